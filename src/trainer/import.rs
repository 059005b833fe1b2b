//! Cards of other programs into deck files of the user: new ones are added, known ones brought up to date, and what the user has
//! changed since stays. Answers that were given elsewhere go into the log.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::decks::{ReadDeck, read_deck, toml_list, toml_origin, toml_text, with_values};
use crate::domain::card::{Card, CardKey, ImportOrigin, fnv1a, text_fingerprint};
use crate::domain::deck::{FileName, Origin};
use crate::domain::problem::Severity;
use crate::domain::review::{Mark, MarkKind, Review, ReviewId, ReviewSource, SessionId};
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use crate::exchange::anki::own_key;
use crate::exchange::{
    Imported, ImportedCard, ImportedDeck, SkipReason, Skipped, excerpt, folded, slug,
};
use crate::study::loads::Loads;
use crate::trainer::Trainer;

/// The deck of cards that come from nowhere in particular.
const NAMELESS: &str = "imported";
/// Letters of an answer that no other card has by chance.
const TELLING: usize = 40;

/// What an import is told.
#[derive(Clone, Debug, Default)]
pub struct ImportOrder {
    /// The deck into which everything goes; decks named by the files if none.
    pub deck: Option<String>,
    /// Whether nothing is written.
    pub dry_run: bool,
}

/// What became of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Questions that were seen.
    pub found: usize,
    /// New cards with an answer.
    pub imported: usize,
    /// New drafts: questions without an answer.
    pub unanswered: usize,
    /// Known cards whose text has changed in the file.
    pub updated: usize,
    /// Known cards that are as they were.
    pub unchanged: usize,
    /// Known cards that both the file and the user have changed: the user's text stays.
    pub kept: Vec<String>,
    /// Places that became no card.
    pub skipped: Vec<Skipped>,
    /// Answers from elsewhere that are new in the log.
    pub reviews: usize,
    /// What the cards name but prep cannot show.
    pub media: Vec<String>,
    /// Pictures and sounds of packages, which are not taken along.
    pub pictures: usize,
    /// Answers to cards that were not taken.
    pub lost_reviews: usize,
    /// Cards that are suspended here because they were there.
    pub suspended: usize,
    /// Deck files that were written, or would be.
    pub files: Vec<WrittenDeck>,
}

/// A deck file that an import has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDeck {
    /// The file.
    pub path: PathBuf,
    /// The id of its deck.
    pub deck: String,
    /// Cards that are new in it.
    pub added: usize,
    /// Cards that were brought up to date.
    pub updated: usize,
}

/// Why nothing was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// A deck file that is to be written has errors.
    BrokenDeck(PathBuf),
    /// A deck file cannot be written.
    Write(PathBuf, String),
    /// The log cannot be written.
    Log(String),
}

/// A deck file as it stands, and as it is going to be.
struct Target {
    path: PathBuf,
    deck: String,
    text: String,
    is_changed: bool,
    added: usize,
    updated: usize,
}

/// A deck that may have no file yet.
#[derive(Clone, Copy)]
struct NewDeck<'a> {
    name: &'a str,
    id: &'a str,
    license: Option<&'a str>,
    is_korean: bool,
}

/// A card that stands in a deck file of the user.
struct Known {
    target: usize,
    slice: Range<usize>,
    card: Card,
}

/// Everything that is known before the first card is placed.
struct Placement {
    targets: Vec<Target>,
    known: Vec<Known>,
    by_source: HashMap<String, usize>,
    by_text: HashMap<(String, String), usize>,
    by_question: HashMap<(String, String), usize>,
    by_answer: HashMap<(String, String), usize>,
    /// Names that the files of this import hold: a card of such a name is nobody else.
    incoming: HashSet<String>,
    ids: HashSet<String>,
    /// What each known card is to become, applied file by file at the end, from the back.
    edits: Vec<(usize, ImportedCard)>,
    edited: HashSet<usize>,
    /// The id under which each imported card is found.
    names: HashMap<String, String>,
}

impl Trainer {
    /// Takes up what was read of other programs' files.
    pub fn import(
        &mut self,
        imported: Imported,
        order: &ImportOrder,
        now: Timestamp,
    ) -> Result<ImportReport, ImportError> {
        let mut report = ImportReport {
            found: imported.found,
            skipped: imported.skipped,
            media: imported.notes,
            pictures: imported.pictures,
            lost_reviews: imported.lost_reviews,
            ..ImportReport::default()
        };
        let (decks, doubles) = without_doubles(imported.decks, &mut report);
        let mut placement = self.placement();
        placement.incoming =
            decks.iter().flat_map(|deck| &deck.cards).map(|card| card.source_id.clone()).collect();
        for mut deck in decks {
            for card in &mut deck.cards {
                card.tags = self.known_first(&card.tags);
            }
            self.place_deck(deck, order, &mut placement, &mut report);
        }
        update(&mut placement, &mut report);
        report.skipped.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        for target in placement.targets.iter().filter(|target| target.is_changed) {
            check(target)?;
            report.files.push(WrittenDeck {
                path: target.path.clone(),
                deck: target.deck.clone(),
                added: target.added,
                updated: target.updated,
            });
        }
        if !order.dry_run {
            for target in placement.targets.iter().filter(|target| target.is_changed) {
                write_whole(&target.path, &target.text)
                    .map_err(|error| ImportError::Write(target.path.clone(), error.to_string()))?;
            }
            self.read_own_decks(now);
        }
        report.suspended =
            self.import_suspensions(&imported.suspended, &placement.names, order, now)?;
        let mut names = placement.names;
        // What was answered of a double was answered of the card.
        for (double, kept) in doubles {
            if let Some(name) = names.get(&kept).cloned() {
                names.insert(double, name);
            }
        }
        report.reviews = self.import_reviews(&imported.reviews, &names, order, now)?;
        Ok(report)
    }

    /// Suspends what the other program does not ask, unless something was decided about the card here.
    fn import_suspensions(
        &mut self,
        suspended: &[String],
        names: &HashMap<String, String>,
        order: &ImportOrder,
        now: Timestamp,
    ) -> Result<usize, ImportError> {
        let marks: Vec<Mark> = suspended
            .iter()
            .filter_map(|source| names.get(source))
            .map(|name| self.key_of(name))
            .filter(|key| !self.marks.contains_key(key))
            .map(|key| Mark { at: now, key, kind: MarkKind::Suspend })
            .collect();
        if !order.dry_run {
            self.mark_all(&marks).map_err(|error| ImportError::Log(error.to_string()))?;
        }
        Ok(marks.len())
    }

    /// Labels in prep's own spelling, those that prep knows first: the first label is the card's topic.
    fn known_first(&self, tags: &[String]) -> Vec<String> {
        let mut labels: Vec<Tag> = Vec::new();
        for tag in tags.iter().map(|tag| self.labels().tag(tag)) {
            if !labels.contains(&tag) {
                labels.push(tag);
            }
        }
        labels.sort_by_key(|tag| !self.labels().knows(tag));
        labels.into_iter().map(|tag| tag.0).collect()
    }

    /// The first own deck: from now on its folder is read.
    fn read_own_decks(&mut self, now: Timestamp) {
        if self.folders.is_empty() && self.paths.decks.is_dir() {
            self.folders.push(self.paths.decks.clone());
        }
        self.refresh(now);
    }

    /// Reads every deck file of the user.
    fn placement(&self) -> Placement {
        let mut placement = Placement {
            targets: Vec::new(),
            known: Vec::new(),
            by_source: HashMap::new(),
            by_text: HashMap::new(),
            by_question: HashMap::new(),
            by_answer: HashMap::new(),
            incoming: HashSet::new(),
            ids: self
                .entries
                .iter()
                .filter_map(|entry| entry.id.as_ref().map(|id| id.0.clone()))
                .collect(),
            edits: Vec::new(),
            edited: HashSet::new(),
            names: HashMap::new(),
        };
        for file in self.library.files().iter().filter(|file| file.name.origin == Origin::User) {
            let Ok(text) = self.library.text(&file.name) else { continue };
            let read = read_deck(&file.name, &text, self.labels());
            placement.take(&file.name, text, read);
        }
        placement
    }

    fn place_deck(
        &self,
        deck: ImportedDeck,
        order: &ImportOrder,
        placement: &mut Placement,
        report: &mut ImportReport,
    ) {
        let name = order.deck.as_deref().unwrap_or(&deck.name);
        let id = self.deck_id(name, order.deck.is_some());
        let mut target = None;
        let is_korean = is_korean(&deck.cards);
        for card in deck.cards {
            // One of prep's own cards that went through another program: its text is ours, its answers are news.
            if let Some(own) = own_key(&card.source_id).and_then(|key| self.entry_of(&key)) {
                placement.names.insert(card.source_id, own.key.0.clone());
                report.unchanged += 1;
                continue;
            }
            if let Some(known) = placement.find(&card, &id) {
                placement.meet(known, card, report);
                continue;
            }
            let new = NewDeck { name, id: &id, license: deck.license.as_deref(), is_korean };
            let at = *target.get_or_insert_with(|| self.target(&new, placement));
            placement.add(at, &id, &card, report);
        }
    }

    /// The id of a deck. A bundled deck is only added to where the user says its name.
    fn deck_id(&self, name: &str, is_chosen: bool) -> String {
        if is_chosen && self.decks.iter().any(|info| info.id.0 == name) {
            return name.to_owned();
        }
        let levels: Vec<String> =
            name.split("::").map(slug).filter(|level| !level.is_empty()).collect();
        let id = if levels.is_empty() { NAMELESS.to_owned() } else { levels.join("/") };
        let is_bundled = |info: &crate::domain::deck::DeckInfo| {
            info.id.0 == id && info.file.origin == Origin::Bundled
        };
        if !is_chosen && self.decks.iter().any(is_bundled) {
            format!("{id}-{NAMELESS}")
        } else {
            id
        }
    }

    /// The file of the user that holds a deck, or a new one.
    fn target(&self, new: &NewDeck<'_>, placement: &mut Placement) -> usize {
        let NewDeck { name, id, license, is_korean } = *new;
        if let Some(at) = placement.targets.iter().position(|target| target.deck == id) {
            return at;
        }
        let folder =
            self.folders.iter().find(|folder| folder.is_dir()).unwrap_or(&self.paths.decks);
        // An id may hold anything; a path is made of plain names below the folder.
        let names: Vec<String> = id.split('/').map(slug).filter(|name| !name.is_empty()).collect();
        let mut place = folder.clone();
        place.extend(&names[..names.len().saturating_sub(1)]);
        let stem = names.last().map_or(NAMELESS, String::as_str);
        let mut path = place.join(format!("{stem}.toml"));
        let mut number = 2;
        while path.exists() || placement.targets.iter().any(|target| target.path == path) {
            path = place.join(format!("{stem}-{number}.toml"));
            number += 1;
        }
        let title = name.rsplit("::").next().unwrap_or(name).trim();
        let mut text = String::from(
            "# Imported by prep. Change what you like: the next import brings new questions and leaves alone what you have changed.\nformat = 1\n\n[deck]\n",
        );
        let _ = writeln!(text, "id = {}", toml_text(id));
        if !title.is_empty() {
            let _ = writeln!(text, "title = {}", toml_text(title));
        }
        if is_korean {
            text.push_str("lang = \"ko\"\n");
        }
        if let Some(license) = license {
            let _ = writeln!(text, "license = {}", toml_text(license));
        }
        placement.targets.push(Target {
            path,
            deck: id.to_owned(),
            text,
            is_changed: false,
            added: 0,
            updated: 0,
        });
        placement.targets.len() - 1
    }

    /// Writes answers that were given elsewhere into the log: those of cards that are known, and that come after what the log
    /// says of the card, so that its history stays in order.
    fn import_reviews(
        &mut self,
        reviews: &[crate::exchange::ImportedReview],
        names: &HashMap<String, String>,
        order: &ImportOrder,
        now: Timestamp,
    ) -> Result<usize, ImportError> {
        let mut by_card: HashMap<&str, Vec<&crate::exchange::ImportedReview>> = HashMap::new();
        for review in reviews {
            if let Some(name) = names.get(&review.source_id) {
                by_card.entry(name).or_default().push(review);
            }
        }
        let mut fresh = Vec::new();
        for (name, mut reviews) in by_card {
            reviews.sort_by_key(|review| review.at);
            fresh.extend(self.fresh_reviews(&self.key_of(name), &reviews, now));
        }
        fresh.sort_by_key(|review| (review.at, review.id));
        if order.dry_run || fresh.is_empty() {
            return Ok(fresh.len());
        }
        let log = |error: crate::store::StoreError| ImportError::Log(error.to_string());
        let today = self.day_of(now);
        self.store.backup_if_older_than(today).map_err(log)?;
        self.store.add_reviews(&fresh).map_err(log)?;
        self.rebuild().map_err(log)?;
        Ok(fresh.len())
    }

    fn key_of(&self, name: &str) -> CardKey {
        self.entry(name).map_or_else(|| CardKey(name.to_owned()), |entry| entry.key.clone())
    }

    /// The reviews of one card as entries of the log, those that it holds already left out.
    fn fresh_reviews(
        &self,
        key: &CardKey,
        reviews: &[&crate::exchange::ImportedReview],
        now: Timestamp,
    ) -> Vec<Review> {
        let history = self.store.history(key).unwrap_or_default();
        let newest = history.iter().map(|review| review.at).max();
        let mut schedule = self.schedule(key);
        let mut fresh: Vec<Review> = Vec::new();
        for imported in
            reviews.iter().filter(|it| newest.is_none_or(|newest| it.at > newest) && it.at <= now)
        {
            let day = self.day_of(imported.at);
            let id = ReviewId {
                session: SessionId::of_import(&imported.source_id),
                number: u32::try_from(imported.at.0 / 1000).unwrap_or(0),
            };
            if fresh.last().is_some_and(|last| last.id == id) {
                continue;
            }
            let next = self.scheduler.rate(
                key,
                &schedule,
                imported.rating,
                (day, imported.at),
                &Loads::default(),
            );
            fresh.push(Review {
                id,
                key: key.clone(),
                at: imported.at,
                day,
                source: ReviewSource::Study,
                rating: Some(imported.rating),
                proposed: None,
                correct: None,
                confidence: None,
                hint_used: false,
                wrong_statement: false,
                points: Vec::new(),
                seconds: imported.seconds.clamp(0.0, crate::domain::review::MAX_ANSWER_SECONDS),
                answer: None,
                due: next.due(),
            });
            schedule = next;
        }
        fresh
    }
}

impl Placement {
    fn take(&mut self, file: &FileName, text: String, read: ReadDeck) {
        let target = self.targets.len();
        for read in read.cards {
            let start = usize::try_from(read.entry.offset).unwrap_or(0);
            let length = usize::try_from(read.entry.length).unwrap_or(0);
            let at = self.known.len();
            let base = read.card.texts.base();
            let question = asked_in(&read.card);
            let answer = folded(&base.answer);
            if let Some(origin) =
                read.card.origin.as_ref().filter(|origin| !origin.source.is_empty())
            {
                self.by_source.entry(origin.source.clone()).or_insert(at);
                self.by_text.entry((question.clone(), answer.clone())).or_insert(at);
                if answer.chars().count() >= TELLING {
                    self.by_answer.entry((origin.file.clone(), answer)).or_insert(at);
                }
            }
            self.by_question.entry((read.entry.deck.0.clone(), question)).or_insert(at);
            self.known.push(Known { target, slice: start..start + length, card: read.card });
        }
        self.targets.push(Target {
            path: file.path.clone().into(),
            deck: read.info.id.0,
            text,
            is_changed: false,
            added: 0,
            updated: 0,
        });
    }

    /// The card of the user that an imported one is: by its name; where the file has been changed, by its text, by its question
    /// in the same deck, or by a long answer of the same file.
    fn find(&self, card: &ImportedCard, deck: &str) -> Option<usize> {
        let question = asked_of(card);
        let by_source = self.by_source.get(&card.source_id);
        let by_text = || self.by_text.get(&(question.clone(), folded(&card.answer)));
        let by_question = || self.by_question.get(&(deck.to_owned(), question.clone()));
        let by_answer = || self.by_answer.get(&(card.origin.file.clone(), folded(&card.answer)));
        let is_free = |at: &&usize| {
            let origin = self.known[**at].card.origin.as_ref();
            origin.is_none_or(|origin| !self.incoming.contains(&origin.source))
        };
        by_source
            .or_else(|| by_text().filter(is_free))
            .or_else(|| by_question().filter(is_free))
            .or_else(|| by_answer().filter(is_free))
            .copied()
    }

    /// What an imported card does to the card of the user that it is.
    fn meet(&mut self, known: usize, card: ImportedCard, report: &mut ImportReport) {
        let mine = &self.known[known].card;
        let name = mine.id.as_ref().map_or_else(
            || format!("{}:{}", mine.place.file.path, mine.place.line),
            |id| id.0.clone(),
        );
        self.names.insert(card.source_id.clone(), name.clone());
        let (now, new) = (mine.text_fingerprint(), fingerprint(&card));
        let before =
            mine.origin.as_ref().map(|origin| origin.text.clone()).filter(|text| !text.is_empty());
        let is_mine = before.as_ref().is_none_or(|before| *before != now);
        let taken = self.edited.contains(&known);
        if now == new
            || before.as_ref() == Some(&new)
            || (card.answer.is_empty() && card.cloze.is_none())
        {
            report.unchanged += 1;
        } else if is_mine || taken || self.known[known].slice.is_empty() {
            report.kept.push(name);
        } else {
            self.edited.insert(known);
            self.edits.push((known, card));
        }
    }

    /// Writes a card at the end of a file.
    fn add(&mut self, target: usize, deck: &str, card: &ImportedCard, report: &mut ImportReport) {
        let id = self.free_id(deck, card);
        self.names.insert(card.source_id.clone(), id.clone());
        let target = &mut self.targets[target];
        while !target.text.ends_with("\n\n") && !target.text.is_empty() {
            target.text.push('\n');
        }
        target.text.push_str(&card_text(&id, card));
        target.is_changed = true;
        target.added += 1;
        let is_draft = card.answer.is_empty() && card.cloze.is_none() && card.options.is_empty();
        if is_draft {
            report.unanswered += 1;
        } else {
            report.imported += 1;
        }
    }

    /// An id that a person can read and that no card has.
    fn free_id(&mut self, deck: &str, card: &ImportedCard) -> String {
        let words = slug(card.cloze.as_deref().unwrap_or(&card.question));
        let words = if words.is_empty() { "card".to_owned() } else { words };
        let mut id = format!("{deck}/{words}");
        let mut number = 2;
        while self.ids.contains(&id) {
            id = format!("{deck}/{words}-{number}");
            number += 1;
        }
        self.ids.insert(id.clone());
        id
    }
}

/// What a card asks, as cards are compared.
fn asked_in(card: &Card) -> String {
    let text = card.texts.base();
    match &text.body {
        crate::domain::card::Body::Cloze { pieces } => {
            folded_cloze(&crate::domain::card::cloze_text(pieces))
        }
        _ => folded(&text.question),
    }
}

/// What an imported card asks, as cards are compared.
fn asked_of(card: &ImportedCard) -> String {
    card.cloze.as_deref().map_or_else(|| folded(&card.question), folded_cloze)
}

/// A sentence with gaps, as cards are compared: where the gaps stand is the question, since the cards of one note share the words.
fn folded_cloze(cloze: &str) -> String {
    let parts: Vec<String> =
        cloze.split("{{").flat_map(|part| part.split("}}")).map(folded).collect();
    parts.join("|")
}

/// The question of a cloze card, which says only what to do.
fn question_of(card: &ImportedCard) -> &str {
    match &card.cloze {
        Some(cloze) if crate::exchange::has_hangul(cloze) => "빈칸을 채우세요.",
        Some(_) => "Fill in the gaps.",
        None => &card.question,
    }
}

/// The fingerprint of the card that [`card_text`] writes.
fn fingerprint(card: &ImportedCard) -> String {
    let mut texts = vec![question_of(card), card.answer.as_str()];
    match &card.cloze {
        Some(cloze) => texts.push(cloze),
        None if !card.options.is_empty() => {
            texts.extend(card.options.iter().map(|it| it.0.as_str()));
        }
        None => texts.extend(card.points.iter().map(String::as_str)),
    }
    text_fingerprint(texts)
}

fn origin_of(card: &ImportedCard) -> ImportOrigin {
    ImportOrigin {
        source: card.source_id.clone(),
        text: fingerprint(card),
        file: if card.origin.file.is_empty() { "-".to_owned() } else { card.origin.file.clone() },
        line: card.origin.line,
        license: card.origin.license.clone(),
    }
}

/// The texts of a card as keys and values of TOML.
fn values_of(card: &ImportedCard) -> Vec<(&'static str, String)> {
    let mut values = vec![("question", toml_text(question_of(card)))];
    if let Some(cloze) = &card.cloze {
        values.push(("cloze", toml_text(cloze)));
    }
    if !card.options.is_empty() {
        let options = card.options.iter().map(|(text, correct)| {
            let mark = if *correct { ", correct = true" } else { "" };
            format!("  {{ text = {}{mark} }},\n", toml_text(&text.replace('\n', " ")))
        });
        values.push(("options", format!("[\n{}]", options.collect::<String>())));
    }
    // A blank answer makes a draft; a cloze or a choice needs none.
    let can_do_without = card.cloze.is_some() || !card.options.is_empty();
    if !card.answer.is_empty() || !can_do_without {
        values.push(("answer", toml_text(&card.answer)));
    }
    if !card.points.is_empty() && !can_do_without {
        values.push(("points", toml_list(&card.points)));
    }
    values.push(("origin", toml_origin(&origin_of(card))));
    values
}

fn card_text(id: &str, card: &ImportedCard) -> String {
    let mut text = format!("[[card]]\nid = {}\n", toml_text(id));
    if card.cloze.is_some() {
        text.push_str("kind = \"cloze\"\n");
    } else if !card.options.is_empty() {
        text.push_str("kind = \"choice\"\n");
    }
    if !card.tags.is_empty() {
        let _ = writeln!(text, "tags = {}", toml_list(&card.tags));
    }
    for (key, value) in values_of(card) {
        let _ = writeln!(text, "{key} = {value}");
    }
    text
}

/// Brings known cards up to date, from the back of each file so that places stay true.
fn update(placement: &mut Placement, report: &mut ImportReport) {
    let mut edits = std::mem::take(&mut placement.edits);
    edits.sort_by_key(|(known, _)| std::cmp::Reverse(placement.known[*known].slice.start));
    for (known, card) in edits {
        let Known { target, slice, card: mine } = &placement.known[known];
        let target = &mut placement.targets[*target];
        let values = values_of(&card);
        match with_values(&target.text, slice.clone(), &values) {
            Some(text) => {
                target.text = text;
                target.is_changed = true;
                target.updated += 1;
                report.updated += 1;
            }
            None => report.kept.push(mine.key.0.clone()),
        }
    }
}

/// Leaves out questions that are there twice with the same answer, and unanswered ones that are answered elsewhere. Gives also
/// which card (by source id) each of them is.
fn without_doubles(
    mut decks: Vec<ImportedDeck>,
    report: &mut ImportReport,
) -> (Vec<ImportedDeck>, Vec<(String, String)>) {
    let asked = |card: &ImportedCard| fnv1a(asked_of(card).as_bytes());
    let is_draft = |card: &ImportedCard| {
        card.answer.is_empty() && card.cloze.is_none() && card.options.is_empty()
    };
    let cards = || decks.iter().flat_map(|deck| &deck.cards);
    let mut answered: HashMap<u64, String> = HashMap::new();
    for card in cards().filter(|card| !is_draft(card)) {
        answered.entry(asked(card)).or_insert_with(|| card.source_id.clone());
    }
    let mut seen: HashMap<(u64, u64), String> = HashMap::new();
    let mut doubles = Vec::new();
    for deck in &mut decks {
        deck.cards.retain(|card| {
            let asked = asked(card);
            let text = (asked, fnv1a(folded(&card.answer).as_bytes()));
            let twin = answered.get(&asked).filter(|_| is_draft(card)).or_else(|| seen.get(&text));
            let Some(twin) = twin else {
                seen.insert(text, card.source_id.clone());
                return true;
            };
            doubles.push((card.source_id.clone(), twin.clone()));
            report.skipped.push(Skipped {
                file: card.origin.file.clone(),
                line: card.origin.line,
                why: SkipReason::Duplicate,
                excerpt: excerpt(card.cloze.as_deref().unwrap_or(&card.question)),
            });
            false
        });
    }
    (decks, doubles)
}

/// Whether most of what the cards say is Korean.
fn is_korean(cards: &[ImportedCard]) -> bool {
    let korean = cards.iter().filter(|card| {
        crate::exchange::has_hangul(card.cloze.as_deref().unwrap_or(&card.question))
            || crate::exchange::has_hangul(&card.answer)
    });
    korean.count() * 2 > cards.len()
}

/// A file that would not be read again is not written.
fn check(target: &Target) -> Result<(), ImportError> {
    let file = FileName { origin: Origin::User, path: target.path.to_string_lossy().into_owned() };
    let read = read_deck(&file, &target.text, &crate::domain::tag::LabelList::default());
    let errors = read.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    if errors == 0 { Ok(()) } else { Err(ImportError::BrokenDeck(target.path.clone())) }
}

/// Writes a file whole or not at all.
pub(super) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = path.with_extension("toml.new");
    let mut file = File::create(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, path)
}
