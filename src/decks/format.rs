//! TOML text into cards: a whole deck file with everything that is wrong in it, or one card's slice as fast as possible.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::decks::assemble::{Frame, card_of, is_card_key};
use crate::decks::check::{CardView, check_card};
use crate::decks::fields;
use crate::decks::stretch::{Stretch, note_syntax_errors, only_row, stretches_of};
use crate::decks::text::{cells, folded_hash, title_of};
use crate::decks::walk::{Source, Value, Walk, nearest};
use crate::domain::card::{Body, Card, CardText, ClozePiece, cloze_text};
use crate::domain::deck::{CardEntry, DeckId, DeckInfo, FileName, Place};
use crate::domain::lang::{Lang, Localized};
use crate::domain::problem::{Problem, Severity};
use crate::domain::tag::LabelList;

/// Cells of a question that says more than what to do.
const TELLING_TITLE: usize = 20;
/// What stands for a gap while the marks of Markdown are taken out of a title.
const GAP: &str = "\u{fffc}";

/// Everything that could be read of one deck file.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadDeck {
    /// The deck, with the numbers of errors and warnings.
    pub info: DeckInfo,
    /// The cards without errors, in the order of the file.
    pub cards: Vec<ReadCard>,
    /// What is wrong, in the order of the file.
    pub problems: Vec<Problem>,
}

/// A card and its index entry. The key is empty where the card has no id: the caller gives one.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadCard {
    /// What the index keeps.
    pub entry: CardEntry,
    /// The card.
    pub card: Card,
    /// Where in the text its names stand.
    pub spans: NameSpans,
}

/// Where the id of a card and the ids that it names stand in the text of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSpans {
    /// Its own id, or its header where it has none.
    pub id: Range<usize>,
    /// Each id of `versus`.
    pub versus: Vec<Range<usize>>,
}

/// Reads a whole deck file. A card with an error is left out, the others go on; warnings are noted on the way.
pub fn read_deck(file: &FileName, text: &str, labels: &LabelList) -> ReadDeck {
    let source = Source::new(file, text, 1);
    let mut walk = Walk::new(&source, labels, true);
    let stretches = stretches_of(&mut walk, text);
    let head = read_head(&mut walk, &stretches);
    let cards = match &head {
        Head { usable: false, .. } => Vec::new(),
        head => read_cards(&mut walk, &stretches, head),
    };
    let mut problems = walk.problems;
    problems.sort_by_key(|problem| problem.span);
    let count = |severity| {
        let found = problems.iter().filter(|problem| problem.severity == severity).count();
        u32::try_from(found).unwrap_or(u32::MAX)
    };
    let info = DeckInfo {
        file: file.clone(),
        id: head.id,
        title: head.title,
        lang: head.lang,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
    };
    ReadDeck { info, cards, problems }
}

/// Reads one card from its slice of a file: from its `[[card]]` to the next.
///
/// `line` is the line of its header. The card's key is its id, or empty. Errors are returned, warnings are not looked for.
pub fn read_card(
    file: &FileName,
    deck: &DeckId,
    lang: Lang,
    slice: &str,
    line: u32,
    labels: &LabelList,
) -> Result<Card, Vec<Problem>> {
    let source = Source::new(file, slice, line);
    let mut walk = Walk::new(&source, labels, false);
    let (root, errors) = DeTable::parse_recoverable(slice);
    if !errors.is_empty() {
        note_syntax_errors(&mut walk, slice, &errors);
        return Err(walk.problems);
    }
    let only_card = only_row(root.get_ref()).filter(|_| root.get_ref().len() == 1);
    let Some((table, header)) = only_card.and_then(|card| walk.table_of(card, "card")) else {
        walk.error(&(0..0), "this is not the text of one card", None);
        return Err(walk.problems);
    };
    let place = Place { file: file.clone(), line: source.line_at(header.start) };
    let frame = Frame { deck, lang, place, header };
    card_of(&mut walk, table, frame).ok_or(walk.problems)
}

/// What a file says of all its cards.
struct Head {
    id: DeckId,
    title: Localized<String>,
    lang: Lang,
    has_variant: bool,
    usable: bool,
}

fn read_head(walk: &mut Walk<'_>, stretches: &[Stretch<'_>]) -> Head {
    let mut usable = true;
    let mut deck = None;
    for stretch in stretches.iter().filter(|stretch| stretch.broken_at.is_none()) {
        walk.base = stretch.range.start;
        usable &= read_format(walk, &stretch.root);
        refuse_root_keys(walk, &stretch.root);
        if let Some(table) = stretch.root.get("deck") {
            deck = deck.or_else(|| read_deck_table(walk, table));
        }
    }
    let stem = DeckId(stem_of(&walk.source.file.path).to_owned());
    let deck = deck.unwrap_or_default();
    let id = deck.id.map_or(stem, DeckId);
    let title = deck.title.unwrap_or_else(|| id.0.clone());
    let title = Localized::new(deck.lang, title, deck.variant_title);
    Head { id, title, lang: deck.lang, has_variant: deck.has_variant, usable }
}

fn stem_of(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn read_format(walk: &mut Walk<'_>, root: &DeTable<'_>) -> bool {
    let Some(value) = root.get("format") else {
        return true;
    };
    let Some(format) = walk.integer(root, "format") else {
        return false;
    };
    if format != 1 {
        let help = "this prep reads format = 1; a newer one may read this file".to_owned();
        walk.error(&value.span(), format!("deck format {format} is not known"), Some(help));
    }
    format == 1
}

fn refuse_root_keys(walk: &mut Walk<'_>, root: &DeTable<'_>) {
    walk.refuse_unknown(root, "a deck file", &[fields::ROOT], |key| {
        if is_card_key(key) {
            return Some(format!("`{key}` belongs under a line [[card]]"));
        }
        nearest(key, &["card"]).map(|_| "did you mean [[card]]?".to_owned())
    });
}

/// The table `[deck]` as it is written.
#[derive(Default)]
struct DeckTable {
    id: Option<String>,
    title: Option<String>,
    variant_title: Option<String>,
    lang: Lang,
    has_variant: bool,
}

fn read_deck_table(walk: &mut Walk<'_>, value: &Value<'_>) -> Option<DeckTable> {
    let (table, _) = walk.table_of(value, "deck")?;
    let lang = read_lang(walk, table);
    let other = lang.other().code();
    let known = [fields::DECK, fields::deck_variant(lang.other())];
    walk.refuse_unknown(table, "[deck]", &known, |_| None);
    let texts = table.get(other).and_then(|texts| walk.table_of(texts, other));
    let variant_title = texts.as_ref().and_then(|(texts, _)| {
        walk.refuse_unknown(texts, &format!("[deck.{other}]"), &[fields::DECK_TEXTS], |_| None);
        walk.string(texts, "description");
        walk.string(texts, "title")
    });
    for key in ["license", "description"] {
        walk.string(table, key);
    }
    Some(DeckTable {
        id: walk.string(table, "id"),
        title: walk.string(table, "title"),
        variant_title,
        lang,
        has_variant: texts.is_some(),
    })
}

fn read_lang(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Lang {
    let Some(value) = table.get("lang") else {
        return Lang::default();
    };
    let Some(code) = walk.string_of(value, "lang") else {
        return Lang::default();
    };
    Lang::from_code(&code).unwrap_or_else(|| {
        let help = Some("write lang = \"en\" or lang = \"ko\"".to_owned());
        walk.error(&value.span(), format!("there is no language \"{code}\""), help);
        Lang::default()
    })
}

fn read_cards(walk: &mut Walk<'_>, stretches: &[Stretch<'_>], head: &Head) -> Vec<ReadCard> {
    let mut cards = Vec::new();
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut position = 0;
    for stretch in stretches {
        walk.base = stretch.range.start;
        if let Some(end) = stretch.broken_at {
            check_broken(walk, head, stretch, end);
            position += 1;
            continue;
        }
        let Some(value) = stretch.root.get("card") else {
            continue;
        };
        let DeValue::Array(rows) = value.get_ref() else {
            let help = Some("write the header with double brackets: [[card]]".to_owned());
            walk.error(&value.span(), "`card` must be a list of cards", help);
            continue;
        };
        let boundaries = boundaries_of(stretch);
        for row in &**rows {
            let card = read_one(walk, row, position, head, stretch, &boundaries);
            position += 1;
            cards.extend(card.filter(|card| is_first(walk, card, row, &mut seen)));
            walk.card = None;
        }
    }
    cards
}

/// Notes what else is wrong in a card with a syntax error, as far as the text before it shows.
fn check_broken(walk: &mut Walk<'_>, head: &Head, stretch: &Stretch<'_>, end: usize) {
    let Some(row) = only_row(&stretch.root) else {
        return;
    };
    let noted = walk.problems.len();
    read_one(walk, row, 0, head, stretch, &[]);
    walk.card = None;
    let header = walk.base + row.span().start;
    let line = walk.source.line_at(walk.base + end);
    let found = walk.problems.split_off(noted);
    // Keys that seem to be missing may stand behind the slip.
    let is_sure = |problem: &Problem| {
        problem.severity == Severity::Error
            && problem.line < line
            && problem.span.is_some_and(|(start, _)| start != header)
    };
    walk.problems.extend(found.into_iter().filter(is_sure));
}

/// Whether no earlier card of the file has this id.
fn is_first(
    walk: &mut Walk<'_>,
    read: &ReadCard,
    row: &Value<'_>,
    seen: &mut HashMap<String, u32>,
) -> bool {
    let Some(id) = &read.card.id else {
        return true;
    };
    if let Some(line) = seen.get(&id.0) {
        let span = row.get_ref().get("id").map_or_else(|| row.span(), Spanned::span);
        let help = "give this card an id of its own, or none".to_owned();
        walk.error(
            &span,
            format!("line {line} has a card with the id \"{id}\" already"),
            Some(help),
        );
        return false;
    }
    seen.insert(id.0.clone(), read.entry.line);
    true
}

fn read_one(
    walk: &mut Walk<'_>,
    row: &Value<'_>,
    position: u32,
    head: &Head,
    stretch: &Stretch<'_>,
    boundaries: &[usize],
) -> Option<ReadCard> {
    let (table, header) = walk.table_of(row, "card")?;
    walk.card = table.get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned);
    let line = walk.source.line_at(walk.base + header.start);
    let place = Place { file: walk.source.file.clone(), line };
    let frame = Frame { deck: &head.id, lang: head.lang, place, header: header.clone() };
    let card = card_of(walk, table, frame)?;
    let view = CardView { card: &card, table, header: &header, has_variant: head.has_variant };
    check_card(walk, &view);
    let slice = slice_of(walk.source.text, table, &header, stretch, boundaries);
    let entry = entry_of(&card, position, slice);
    let spans = name_spans(table, &header, walk.base);
    Some(ReadCard { entry, card, spans })
}

fn name_spans(table: &DeTable<'_>, header: &Range<usize>, base: usize) -> NameSpans {
    let in_file = |span: Range<usize>| base + span.start..base + span.end;
    let items = table.get("versus").and_then(|value| value.get_ref().as_array());
    let named = items.into_iter().flat_map(|items| items.iter());
    let named =
        named.filter(|item| item.get_ref().as_str().is_some_and(|id| !id.trim().is_empty()));
    NameSpans {
        id: in_file(table.get("id").map_or_else(|| header.clone(), Spanned::span)),
        versus: named.map(|item| in_file(item.span())).collect(),
    }
}

/// Where top-level tables begin, from the parse: a card ends at the next of them.
fn boundaries_of(stretch: &Stretch<'_>) -> Vec<usize> {
    let mut starts = vec![stretch.range.len()];
    for value in stretch.root.values() {
        match value.get_ref() {
            DeValue::Array(rows) => starts.extend(rows.iter().map(|row| row.span().start)),
            DeValue::Table(table) => {
                starts.push(value.span().start);
                let inner = table.values().filter(|inner| inner.get_ref().is_table());
                starts.extend(inner.map(|inner| inner.span().start));
            }
            _ => {}
        }
    }
    starts.sort_unstable();
    starts
}

/// The byte range of a card's own text in the file; empty where the card cannot be read on its own.
fn slice_of(
    text: &str,
    table: &DeTable<'_>,
    header: &Range<usize>,
    stretch: &Stretch<'_>,
    boundaries: &[usize],
) -> Range<usize> {
    let base = stretch.range.start;
    let after = boundaries.partition_point(|start| *start <= header.start);
    let end = boundaries.get(after).copied().unwrap_or(stretch.range.len());
    let start = base + header.start;
    let has_header = text.get(start..).is_some_and(|rest| rest.starts_with("[["));
    let inside = |value: &Value<'_>| value.span().start >= header.start && value.span().end <= end;
    let is_whole = table.values().all(|value| {
        inside(value)
            && match value.get_ref() {
                DeValue::Table(inner) => inner.values().all(inside),
                _ => true,
            }
    });
    if has_header && is_whole { start..base + end } else { start..start }
}

fn entry_of(card: &Card, position: u32, slice: Range<usize>) -> CardEntry {
    let base = card.texts.base();
    let points = match &base.body {
        Body::Open { points } => points.len(),
        _ => 0,
    };
    CardEntry {
        key: card.key.clone(),
        id: card.id.clone(),
        deck: card.deck.clone(),
        file: card.place.file.clone(),
        position,
        offset: slice.start as u64,
        length: slice.len() as u64,
        line: card.place.line,
        kind: card.kind,
        level: card.level,
        tags: card.tags.clone(),
        roles: card.roles.clone(),
        asked: companies(card),
        versus: card.versus.clone(),
        points: u32::try_from(points).unwrap_or(u32::MAX),
        aim_seconds: card.aim_seconds,
        retired: card.retired.is_some(),
        title: titles(card),
        question_hash: question_hash(card),
        answer_hash: answer_hash(card),
    }
}

/// Hash of the question in the base language; recognises a card without id.
pub fn question_hash(card: &Card) -> u64 {
    folded_hash(&asked_text(card.texts.base()))
}

/// Hash of the answer in the base language; recognises a card without id.
pub fn answer_hash(card: &Card) -> u64 {
    folded_hash(&answered_text(card.texts.base()))
}

/// What a card asks, to recognise it by: of a cloze the sentence too, because many share the words before it.
pub fn asked_text(text: &CardText) -> Cow<'_, str> {
    match &text.body {
        Body::Cloze { pieces } => format!("{}\n{}", text.question, cloze_text(pieces)).into(),
        _ => Cow::Borrowed(&text.question),
    }
}

/// What a card takes for right, to recognise it by: a card that is no open one may do without an answer in words.
pub fn answered_text(text: &CardText) -> Cow<'_, str> {
    let parts: Vec<&str> = match &text.body {
        Body::Choice { options } => options.iter().map(|option| option.text.as_str()).collect(),
        Body::Order { steps } => steps.iter().map(|step| step.text.as_str()).collect(),
        Body::Command { accept, .. } => accept.iter().map(String::as_str).collect(),
        Body::Numeric(number) => {
            return format!("{}\n{} {}", text.answer, number.number, number.unit).into();
        }
        Body::Open { .. } | Body::Cloze { .. } => return Cow::Borrowed(&text.answer),
    };
    format!("{}\n{}", text.answer, parts.join("\n")).into()
}

/// The texts of a card, the base language first.
fn sides(card: &Card) -> Vec<&CardText> {
    let lang = card.texts.base_lang();
    let other = card.texts.has(lang.other()).then(|| card.texts.get(lang.other()));
    std::iter::once(card.texts.base()).chain(other).collect()
}

fn companies(card: &Card) -> Vec<String> {
    let mut companies: Vec<String> = Vec::new();
    for asked in sides(card).into_iter().flat_map(|text| &text.asked) {
        if !companies.contains(&asked.company) {
            companies.push(asked.company.clone());
        }
    }
    companies
}

/// The first line of what is asked; where that only says what to do, as in "Fill in the gaps.", also the sentence with its gaps.
fn title(text: &CardText) -> String {
    let title = title_of(&text.question);
    match &text.body {
        Body::Cloze { pieces } if cells(&title) < TELLING_TITLE => {
            let pieces = pieces.iter().map(|piece| match piece {
                ClozePiece::Text(text) => text.as_str(),
                ClozePiece::Gap(_) => GAP,
            });
            format!("{title} {}", title_of(&pieces.collect::<String>()).replace(GAP, "____"))
        }
        _ => title,
    }
}

fn titles(card: &Card) -> Localized<String> {
    let mut titles = sides(card).into_iter().map(title);
    let base = titles.next().unwrap_or_default();
    Localized::new(card.texts.base_lang(), base, titles.next())
}
