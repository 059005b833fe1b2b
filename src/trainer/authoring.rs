//! Writing decks: new ones, new cards, missing ids. Progress goes along; nothing is written that could not be read back.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::decks::{
    DeckHead, Fix, Mended, Mending, NotMended, ReadDeck, SCHEMA_FILE, card_text, deck_guide,
    deck_head, deck_schema, mend, nearest, new_id, read_deck, refresh_file, replace_file, slug,
    text_if_there, with_card,
};
use crate::domain::card::{CardId, CardKey};
use crate::domain::deck::{CardEntry, FileName, Origin};
use crate::domain::lang::Lang;
use crate::domain::new_card::NewCard;
use crate::domain::problem::{Problem, Severity};
use crate::domain::review::{Mark, MarkKind};
use crate::domain::time::Timestamp;
use crate::trainer::Trainer;

/// The deck of cards that are added without naming one, where the user has none of his own or several.
pub const OWN_DECK: &str = "mine";

/// A card that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The file.
    pub path: PathBuf,
    /// The line of its header.
    pub line: u32,
    /// Its id.
    pub id: CardId,
    /// Whether the file was made for it.
    pub is_new_file: bool,
    /// What its author should look at.
    pub warnings: Vec<Problem>,
}

/// Why nothing was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// The question is empty.
    NoQuestion,
    /// The answer is empty.
    NoAnswer,
    /// There is no deck of that name; perhaps the second was meant.
    NoDeck(String, Option<String>),
    /// The id belongs or belonged to another card.
    IdTaken(String),
    /// The text is no card, or the file could no longer be read with it.
    Problems(Vec<Problem>),
    /// A file is there already.
    Exists(PathBuf),
    /// The disk refused.
    Disk(String),
}

/// A file to which cards are added.
struct Target {
    path: PathBuf,
    deck: String,
    /// Its text now; the head of a new file where there is none.
    text: String,
    is_new: bool,
}

impl Trainer {
    /// Ids that belong or belonged to a card: none of them may be given to another.
    pub fn used_ids(&self) -> HashSet<String> {
        let of_entries = self.entries.iter().filter_map(|entry| entry.id.as_ref());
        let mut used: HashSet<String> = of_entries.map(|id| id.0.clone()).collect();
        used.extend(self.schedules.keys().map(|key| key.0.clone()));
        for mark in self.store.all_marks().unwrap_or_default() {
            used.insert(mark.key.0);
            if let MarkKind::Alias { id } = mark.kind {
                used.insert(id);
            }
        }
        used
    }

    /// Puts the mended text of a deck in the place of the text `before`. The cards that got an id keep their progress: their keys are
    /// tied to the ids first, so that a crash between the two costs nothing.
    pub fn write_mended(
        &mut self,
        file: &FileName,
        before: &str,
        mended: &Mended,
        now: Timestamp,
    ) -> Result<(), String> {
        self.refresh(now);
        let path = PathBuf::from(&file.path);
        let cannot = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
        let there = text_if_there(&path).map_err(cannot)?;
        if there.as_deref() != Some(before) {
            return Err(format!(
                "{} was changed meanwhile and is left as it is; try again",
                path.display()
            ));
        }
        let ties: Vec<Mark> = mended
            .changes
            .iter()
            .filter_map(|change| match &change.what {
                Fix::Id { position, id } => self.tie(&path, *position, id, now),
                _ => None,
            })
            .collect();
        if !ties.is_empty() {
            self.store.marks(&ties).map_err(|error| error.to_string())?;
        }
        replace_file(&path, &mended.text).map_err(cannot)?;
        self.write_schema_for(&path);
        self.refresh(now);
        Ok(())
    }

    /// The mark that ties the key of a card without id to the id that it gets.
    fn tie(&self, path: &Path, position: u32, id: &CardId, now: Timestamp) -> Option<Mark> {
        let is_it = |entry: &&CardEntry| {
            entry.id.is_none()
                && entry.position == position
                && is_same_file(Path::new(&entry.file.path), path)
        };
        let entry = self.entries.iter().find(is_it)?;
        Some(Mark { at: now, key: entry.key.clone(), kind: MarkKind::Alias { id: id.0.clone() } })
    }

    /// Where the schema lies, seen from a deck file; none where its folder has none and is not the default one.
    pub fn schema_seen_from(&self, path: &Path) -> Option<String> {
        let folder = self.folders.iter().find(|folder| path.starts_with(folder))?;
        let has_one = folder.join(SCHEMA_FILE).exists() || *folder == self.paths.decks;
        let depth = path.parent()?.strip_prefix(folder).ok()?.components().count();
        let way = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
        has_one.then(|| format!("{way}{SCHEMA_FILE}"))
    }

    /// Writes the schema into the folder of a deck file that is to name it.
    fn write_schema_for(&self, path: &Path) {
        let folder = self.folders.iter().find(|folder| path.starts_with(folder));
        if let Some(folder) = folder.filter(|_| self.schema_seen_from(path).is_some()) {
            let _ = refresh_file(&folder.join(SCHEMA_FILE), &deck_schema(self.labels()));
        }
    }

    /// Brings the schema files beside the user's decks up to date.
    pub(super) fn refresh_schemas(&self) {
        let schemas = self.folders.iter().map(|folder| folder.join(SCHEMA_FILE));
        for schema in schemas.filter(|schema| schema.exists()) {
            // A schema that cannot be written costs completion in the editor, nothing else.
            let _ = refresh_file(&schema, &deck_schema(self.labels()));
        }
    }

    /// Writes the schema into the folder of new decks.
    pub fn write_schema(&self) {
        let schema = self.folder_for_new().join(SCHEMA_FILE);
        let _ = refresh_file(&schema, &deck_schema(self.labels()));
    }

    /// Makes a deck file with its head and a guide in comments.
    pub fn create_deck(
        &mut self,
        name: &str,
        title: Option<&str>,
        lang: Lang,
    ) -> Result<PathBuf, NotAdded> {
        let id = Some(slug(name))
            .filter(|id| !id.is_empty())
            .ok_or_else(|| NotAdded::NoDeck(name.to_owned(), None))?;
        let path = self.file_for(&id);
        if path.exists() {
            return Err(NotAdded::Exists(path));
        }
        let text = self.head_of(&id, title.unwrap_or(name), lang) + deck_guide(lang);
        self.write_new(&path, &text)?;
        Ok(path)
    }

    /// The file of a deck of the user's that is not there yet; one that adds to a bundled deck says so in its name.
    fn file_for(&self, deck: &str) -> PathBuf {
        let is_bundled =
            self.decks.iter().any(|info| info.file.origin == Origin::Bundled && info.id.0 == deck);
        let name = if is_bundled { format!("my-{deck}.toml") } else { format!("{deck}.toml") };
        self.folder_for_new().join(name)
    }

    fn head_of(&self, deck: &str, title: &str, lang: Lang) -> String {
        let schema = format!("./{SCHEMA_FILE}");
        let known = self.decks.iter().find(|info| info.id.0 == deck);
        let title = known.map_or(title, |info| info.title.get(lang).as_str());
        deck_head(DeckHead { id: deck, title, lang, schema: &schema })
    }

    fn write_new(&mut self, path: &Path, text: &str) -> Result<(), NotAdded> {
        let cannot = |error| NotAdded::Disk(format!("cannot write {}: {error}", path.display()));
        fs::create_dir_all(path.parent().unwrap_or(path)).map_err(cannot)?;
        replace_file(path, text).map_err(cannot)?;
        self.write_schema();
        self.notice_first_folder();
        Ok(())
    }

    /// Decks to which a card can be added: the user's own first, then those that come with prep.
    pub fn decks_to_add_to(&self) -> Vec<String> {
        let of = |origin| {
            let decks = self.decks.iter().filter(move |info| info.file.origin == origin);
            decks.map(|info| info.id.0.clone())
        };
        let mut all = vec![self.default_deck()];
        for id in of(Origin::User).chain(of(Origin::Bundled)) {
            if !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }

    /// The user's only own deck, or the one called `mine`.
    pub fn default_deck(&self) -> String {
        let mut own: Vec<&str> = self
            .decks
            .iter()
            .filter(|info| info.file.origin == Origin::User)
            .map(|info| info.id.0.as_str())
            .collect();
        own.dedup();
        match own.as_slice() {
            [one] => (*one).to_owned(),
            _ => OWN_DECK.to_owned(),
        }
    }

    fn deck_to_add_to(&self, deck: Option<&str>, lang: Lang) -> Result<Target, NotAdded> {
        let default = self.default_deck();
        let deck = deck.unwrap_or(&default);
        let is_own = |info: &&crate::domain::deck::DeckInfo| {
            info.file.origin == Origin::User && info.id.0 == deck
        };
        if let Some(info) = self.decks.iter().find(is_own) {
            let text = self.library.text(&info.file).map_err(|it| NotAdded::Problems(vec![it]))?;
            let path = PathBuf::from(&info.file.path);
            return Ok(Target { path, deck: deck.to_owned(), text, is_new: false });
        }
        if deck != OWN_DECK && !self.decks.iter().any(|info| info.id.0 == deck) {
            let known: Vec<&str> = self.decks.iter().map(|info| info.id.0.as_str()).collect();
            let meant = nearest(deck, &known).map(str::to_owned);
            return Err(NotAdded::NoDeck(deck.to_owned(), meant));
        }
        let path = self.file_for(deck);
        let disk = |error| NotAdded::Disk(format!("cannot read {}: {error}", path.display()));
        let there = text_if_there(&path).map_err(disk)?;
        let is_new = there.is_none();
        let title = if lang == Lang::Ko { "내 카드" } else { "My cards" };
        let text = there.unwrap_or_else(|| self.head_of(deck, title, lang));
        Ok(Target { path, deck: deck.to_owned(), text, is_new })
    }

    /// Adds a card at the end of a deck of the user's; `lang` is the language of a file that is made for it.
    pub fn add_card(
        &mut self,
        card: &NewCard,
        lang: Lang,
        now: Timestamp,
    ) -> Result<Added, NotAdded> {
        if card.question.trim().is_empty() {
            return Err(NotAdded::NoQuestion);
        }
        if card.answer.trim().is_empty() {
            return Err(NotAdded::NoAnswer);
        }
        self.refresh(now);
        let target = self.deck_to_add_to(card.deck.as_deref(), lang)?;
        let used = self.used_ids();
        let id = match &card.id {
            Some(id) if used.contains(id) => return Err(NotAdded::IdTaken(id.clone())),
            Some(id) => CardId(id.clone()),
            None => new_id(&target.deck, &card.question, |id| used.contains(id)),
        };
        let tags = card.tags.iter().map(|tag| self.labels().tag(tag).0).collect();
        let text = card_text(&NewCard { tags, ..card.clone() }, &id);
        self.append(target, &text, now)?.pop().ok_or(NotAdded::NoQuestion)
    }

    /// Adds cards that are written as in a deck file; those without id get one.
    pub fn add_text(
        &mut self,
        deck: Option<&str>,
        text: &str,
        lang: Lang,
        now: Timestamp,
    ) -> Result<Vec<Added>, NotAdded> {
        self.refresh(now);
        let target = self.deck_to_add_to(deck, lang)?;
        let used = self.used_ids();
        let name = FileName { origin: Origin::User, path: format!("{}.toml", target.deck) };
        let alone = read_deck(&name, text, self.labels());
        let errors = errors_of(&alone);
        if !errors.is_empty() {
            return Err(NotAdded::Problems(errors));
        }
        if let Some(id) =
            alone.cards.iter().filter_map(|it| it.card.id.as_ref()).find(|id| used.contains(&id.0))
        {
            return Err(NotAdded::IdTaken(id.0.clone()));
        }
        let is_taken = |id: &str| used.contains(id);
        let mending =
            Mending { labels: self.labels(), schema: None, only_ids: true, is_taken: &is_taken };
        let with_ids = match mend(&name, text, &mending) {
            Ok(mended) => mended.text,
            Err(NotMended::Syntax | NotMended::Unsure) => text.to_owned(),
        };
        self.append(target, &with_ids, now)
    }

    /// Adds the text of cards to a file, if all that is there can still be read with it.
    fn append(
        &mut self,
        target: Target,
        cards: &str,
        now: Timestamp,
    ) -> Result<Vec<Added>, NotAdded> {
        let Target { path, text: before, is_new, .. } = target;
        let file = FileName { origin: Origin::User, path: path.to_string_lossy().into_owned() };
        let text = with_card(&before, cards);
        let (old, new) =
            (read_deck(&file, &before, self.labels()), read_deck(&file, &text, self.labels()));
        let is_sound = new.info.errors <= old.info.errors && new.cards.len() > old.cards.len();
        if !is_sound {
            let known = |problem: &Problem| {
                old.problems
                    .iter()
                    .any(|it| it.message == problem.message && it.line == problem.line)
            };
            let news = errors_of(&new).into_iter().filter(|problem| !known(problem)).collect();
            return Err(NotAdded::Problems(news));
        }
        if is_new {
            self.write_new(&path, &text)?;
        } else {
            let disk = |error| NotAdded::Disk(format!("cannot write {}: {error}", path.display()));
            replace_file(&path, &text).map_err(disk)?;
        }
        let added = new.cards.iter().skip(old.cards.len()).map(|read| Added {
            path: path.clone(),
            line: read.entry.line,
            id: read.card.id.clone().unwrap_or(CardId(read.entry.name())),
            is_new_file: is_new,
            warnings: warnings_of(&new, read.card.id.as_ref()),
        });
        let added = added.collect();
        self.refresh(now);
        Ok(added)
    }

    /// A card whose edit changed all that tells it, found again at the place where its author opened it.
    pub fn adopt_edited(&mut self, key: &CardKey, now: Timestamp) -> bool {
        if self.entry_of(key).is_some() {
            return false;
        }
        let Some(place) = self.edited.get(key) else { return false };
        let is_it = |entry: &&CardEntry| {
            entry.line == place.line
                && is_same_file(Path::new(&entry.file.path), &place.path)
                && !self.schedules.contains_key(&entry.key)
        };
        let Some(card) = self.entries.iter().find(is_it).cloned() else { return false };
        // A history is moved; a card that was never answered has none to lose.
        self.give_history(key, &card, false, now).is_ok()
    }
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    one == other
        || matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(a), Ok(b)) if a == b)
}

fn errors_of(deck: &ReadDeck) -> Vec<Problem> {
    let errors = deck.problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors.cloned().collect()
}

fn warnings_of(deck: &ReadDeck, id: Option<&CardId>) -> Vec<Problem> {
    let is_its = |problem: &&Problem| problem.card.as_ref() == id.map(|id| &id.0);
    deck.problems.iter().filter(is_its).cloned().collect()
}
