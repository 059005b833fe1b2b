//! One card from its parsed table: which keys it may have, what each kind needs, and defaults.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::decks::fields;
use crate::decks::raw::{
    RawFollowUp, RawPoint, RawText, read_date, read_origin, read_sources, read_texts,
    without_blanks,
};
use crate::decks::variant::variant_text;
use crate::decks::walk::{Walk, nearest};
use crate::domain::card::{
    Body, Card, CardId, CardKey, CardKind, CardText, ChoiceOption, DEFAULT_AIM_SECONDS, FollowUp,
    KeyPoint, Level, NearMiss, Numeric, Step,
};
use crate::domain::deck::{DeckId, Place};
use crate::domain::lang::{Lang, Localized};
use crate::domain::tag::{Role, Tag};

/// Whether a key is one of a card: such a key before the first `[[card]]` stands in the wrong place.
pub fn is_card_key(key: &str) -> bool {
    fields::have(&[fields::FIXED, fields::TEXTS], key)
        || CardKind::ALL.iter().any(|kind| fields::have(&[fields::of_kind(*kind)], key))
}

/// Where a card stands and what its file says of all its cards.
pub struct Frame<'a> {
    /// The deck.
    pub deck: &'a DeckId,
    /// The base language of the file.
    pub lang: Lang,
    /// The place of the card's header.
    pub place: Place,
    /// The byte range of the header.
    pub header: Range<usize>,
}

/// Builds the card that a table describes; `None` if there is an error in it. Every problem is noted in `walk`.
pub fn card_of(walk: &mut Walk<'_>, table: &DeTable<'_>, frame: Frame<'_>) -> Option<Card> {
    let errors_before = walk.errors;
    let kind = read_kind(walk, table);
    let known_kind = kind.unwrap_or(CardKind::Open);
    if kind.is_some() {
        refuse_unknown_keys(walk, table, known_kind, frame.lang);
    }
    let id = read_id(walk, table);
    let sources = read_sources(walk, table);
    let raw = read_texts(walk, table);
    require(walk, table, "question", &frame.header);
    // An answer that is left blank on purpose makes a draft; a missing one is a slip.
    let is_draft = table
        .get("answer")
        .is_some_and(|value| value.get_ref().as_str().is_some_and(|it| it.trim().is_empty()));
    if kind == Some(CardKind::Open) && !is_draft {
        require(walk, table, "answer", &frame.header);
    }
    let variant = read_variant(walk, table, frame.lang, known_kind);
    let tolerance = read_tolerance(walk, table);
    let body = Needed { table, kind: known_kind, header: &frame.header };
    let body = body_of(walk, &body, &raw, tolerance);
    let card = Card {
        key: id.as_ref().map_or_else(|| CardKey(String::new()), CardKey::of_id),
        id,
        deck: frame.deck.clone(),
        place: frame.place,
        kind: known_kind,
        level: read_level(walk, table),
        tags: read_tags(walk, table),
        roles: read_roles(walk, table),
        versus: read_versus(walk, table),
        aim_seconds: read_aim(walk, table),
        sources,
        review_by: read_date(walk, table, "review_by"),
        retired: read_date(walk, table, "retired"),
        origin: read_origin(walk, table),
        texts: texts_of(walk, frame.lang, raw, body?, variant),
    };
    (walk.errors == errors_before).then_some(card)
}

fn read_kind(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Option<CardKind> {
    let Some(value) = table.get("kind") else {
        return Some(CardKind::Open);
    };
    let name = walk.string_of(value, "kind")?;
    let kind = CardKind::from_name(&name);
    if kind.is_none() {
        let names = CardKind::ALL.map(CardKind::name);
        let help = nearest(&name, &names).map_or_else(
            || format!("kinds are {}", names.join(", ")),
            |near| format!("did you mean \"{near}\"?"),
        );
        walk.error(&value.span(), format!("there is no kind \"{name}\""), Some(help));
    }
    kind
}

fn refuse_unknown_keys(walk: &mut Walk<'_>, table: &DeTable<'_>, kind: CardKind, lang: Lang) {
    let variant = lang.other().code();
    let known =
        [fields::FIXED, fields::TEXTS, fields::of_kind(kind), fields::variant(lang.other())];
    walk.refuse_unknown(table, "a card", &known, |key| {
        if key == lang.code() {
            let base = lang.code();
            return Some(format!(
                "the base language of this file is {base}; write its texts in the card itself and the others in [card.{variant}]"
            ));
        }
        belongs_elsewhere(key, kind).or_else(|| match nearest(key, &fields::names(&known)) {
            Some(_) => None,
            None => in_our_words(key),
        })
    });
}

/// Words that other programs use for what is meant.
const OTHER_WORDS: [(&str, &str); 12] = [
    ("prompt", "question"),
    ("front", "question"),
    ("title", "question"),
    ("back", "answer"),
    ("explanation", "answer"),
    ("difficulty", "level"),
    ("type", "kind"),
    ("category", "tags"),
    ("key_points", "points"),
    ("rubric", "points"),
    ("company", "asked"),
    ("links", "resources"),
];

/// The key that a word of another program stands for.
fn our_word(key: &str) -> Option<&'static str> {
    let words = OTHER_WORDS.map(|(word, _)| word);
    let near = nearest(key, &words)?;
    OTHER_WORDS.iter().find(|(word, _)| *word == near).map(|(_, ours)| *ours)
}

fn in_our_words(key: &str) -> Option<String> {
    our_word(key).map(|ours| format!("did you mean `{ours}`?"))
}

fn belongs_elsewhere(key: &str, kind: CardKind) -> Option<String> {
    let other =
        CardKind::ALL.into_iter().find(|other| fields::have(&[fields::of_kind(*other)], key))?;
    let (other, kind) = (other.name(), kind.name());
    Some(format!("`{key}` belongs to a card with kind = \"{other}\"; this one is \"{kind}\""))
}

fn read_id(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Option<CardId> {
    let value = table.get("id")?;
    let id = walk.string_of(value, "id")?;
    let problem = if id.is_empty() {
        "the id is empty"
    } else if id.starts_with('~') {
        "an id must not begin with ~, which marks cards without id"
    } else if id.contains(['\n', '\u{2028}']) || id.chars().count() > 200 {
        "an id is one line of at most 200 characters"
    } else {
        return Some(CardId(id));
    };
    walk.error(&value.span(), problem, Some("write it as id = \"deck/short-name\"".to_owned()));
    None
}

fn read_level(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Option<Level> {
    let number = walk.integer(table, "level")?;
    let level = u8::try_from(number).ok().and_then(Level::new);
    if level.is_none() {
        let help = "1 = every candidate, 2 = two years of work, 3 = senior".to_owned();
        let message = format!("`level` must be 1, 2 or 3, not {number}");
        walk.error(&place_of(table, "level"), message, Some(help));
    }
    level
}

/// Whether a key is there under a misspelt name, which has been reported where it stands: that it is missing is an echo.
fn is_misspelt(table: &DeTable<'_>, key: &str) -> bool {
    table.keys().any(|found| {
        let found: &str = found.get_ref();
        !is_card_key(found) && (nearest(found, &[key]).is_some() || our_word(found) == Some(key))
    })
}

/// Notes a text that is missing or blank; one of another type has been reported already.
fn require(walk: &mut Walk<'_>, table: &DeTable<'_>, key: &str, header: &Range<usize>) {
    if is_misspelt(table, key) {
        return;
    }
    if table.get(key).is_none_or(|value| value.get_ref().is_str()) {
        walk.required_string(table, key, "this card", header);
    }
}

/// The byte range of the value under a key; empty if there is none.
pub fn place_of(table: &DeTable<'_>, key: &str) -> Range<usize> {
    table.get(key).map_or(0..0, toml::Spanned::span)
}

fn read_tags(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Vec<Tag> {
    let words = walk.strings(table, "tags").map(without_blanks).unwrap_or_default();
    let mut tags: Vec<Tag> = Vec::with_capacity(words.len());
    for tag in words.into_iter().map(|word| tag_of(walk, word)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// The slug itself is the common case, and looking through every other spelling of every label is slow.
fn tag_of(walk: &Walk<'_>, word: String) -> Tag {
    let tag = Tag(word);
    if walk.labels.knows(&tag) { tag } else { walk.labels.tag(&tag.0) }
}

fn read_roles(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Vec<Role> {
    let words = walk.strings(table, "roles").map(without_blanks).unwrap_or_default();
    let mut roles: Vec<Role> = Vec::with_capacity(words.len());
    for role in words.iter().map(|word| walk.labels.role(word)) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

fn read_versus(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Vec<CardId> {
    let ids = walk.strings(table, "versus").map(without_blanks).unwrap_or_default();
    ids.into_iter().map(CardId).collect()
}

fn read_aim(walk: &mut Walk<'_>, table: &DeTable<'_>) -> u32 {
    let Some(seconds) = walk.integer(table, "aim") else {
        return DEFAULT_AIM_SECONDS;
    };
    if let Ok(seconds @ 1..=3600) = u32::try_from(seconds) {
        return seconds;
    }
    let message = format!("`aim` must be 1 to 3600 seconds, not {seconds}");
    walk.warn(&place_of(table, "aim"), message, None);
    DEFAULT_AIM_SECONDS
}

fn read_tolerance(walk: &mut Walk<'_>, table: &DeTable<'_>) -> f64 {
    let tolerance = walk.number(table, "tolerance").unwrap_or(0.0);
    if tolerance < 0.0 {
        walk.error(&place_of(table, "tolerance"), "`tolerance` must not be negative", None);
    }
    tolerance.max(0.0)
}

/// The texts of the other language, with the place of its header.
fn read_variant(
    walk: &mut Walk<'_>,
    table: &DeTable<'_>,
    lang: Lang,
    kind: CardKind,
) -> Option<(RawText, Range<usize>)> {
    let key = lang.other().code();
    let value = table.get(key)?;
    let DeValue::Table(texts) = value.get_ref() else {
        walk.wrong_type(value, key, "a table of texts");
        return None;
    };
    let known = [fields::TEXTS, fields::of_kind(kind)];
    let what = format!("[card.{key}]");
    walk.refuse_unknown(texts, &what, &known, |key| {
        fields::have(&[fields::FIXED], key)
            .then(|| format!("`{key}` is the same in both languages; write it in the card itself"))
            .or_else(|| belongs_elsewhere(key, kind))
    });
    // Sources are the same in both languages; these are read only to find mistakes in them.
    read_sources(walk, texts);
    Some((read_texts(walk, texts), value.span()))
}

fn texts_of(
    walk: &mut Walk<'_>,
    lang: Lang,
    raw: RawText,
    body: Body,
    variant: Option<(RawText, Range<usize>)>,
) -> Localized<CardText> {
    let base = base_text(walk, raw, body);
    let variant = variant.map(|(raw, header)| variant_text(walk, &base, raw, &header));
    Localized::new(lang, base, variant)
}

fn base_text(walk: &mut Walk<'_>, raw: RawText, body: Body) -> CardText {
    let points = match &body {
        Body::Open { points } => points.len(),
        _ => 0,
    };
    let rows = raw.follow_ups.unwrap_or_default();
    CardText {
        question: raw.question.unwrap_or_default(),
        answer: raw.answer.unwrap_or_default(),
        body,
        hint: raw.hint,
        figure: raw.figure,
        follow_ups: rows.into_iter().map(|row| base_follow_up(walk, row, points)).collect(),
        mistakes: raw.mistakes.unwrap_or_default(),
        resources: raw.resources.unwrap_or_default(),
        asked: raw.asked.unwrap_or_default(),
        topics: raw.topics.unwrap_or_default(),
    }
}

fn base_follow_up(walk: &mut Walk<'_>, row: RawFollowUp, points: usize) -> FollowUp {
    if row.question.is_none() || row.answer.is_none() {
        walk.error(&row.span, "a follow-up needs `question` and `answer`", None);
    }
    let probes = row.probes.and_then(|number| {
        let probed = usize::try_from(number).ok().filter(|number| (1..=points).contains(number));
        if probed.is_none() {
            let message = format!("`probes` must be the number of a point, 1 to {points}");
            walk.warn(&row.span, message, None);
        }
        probed
    });
    FollowUp {
        question: row.question.unwrap_or_default(),
        answer: row.answer.unwrap_or_default(),
        probes,
    }
}

/// What the fields that a kind cannot do without are looked for in.
struct Needed<'a, 'i> {
    table: &'a DeTable<'i>,
    kind: CardKind,
    header: &'a Range<usize>,
}

impl Needed<'_, '_> {
    /// A field that must be there; one that could not be read has been reported where it stands.
    fn field<T>(&self, walk: &mut Walk<'_>, field: Option<T>, key: &str) -> Option<T> {
        let is_told = self.table.contains_key(key) || is_misspelt(self.table, key);
        if field.is_none() && !is_told {
            let kind = self.kind.name();
            walk.error(self.header, format!("a card of kind \"{kind}\" needs `{key}`"), None);
        }
        field
    }
}

fn body_of(
    walk: &mut Walk<'_>,
    needed: &Needed<'_, '_>,
    raw: &RawText,
    tolerance: f64,
) -> Option<Body> {
    match needed.kind {
        CardKind::Open => {
            let points = raw.points.iter().flatten().map(base_point).collect();
            Some(Body::Open { points })
        }
        CardKind::Choice => choice_body(walk, needed, raw),
        CardKind::Cloze => {
            let pieces = needed.field(walk, raw.cloze.as_ref(), "cloze")?.clone();
            Some(Body::Cloze { pieces })
        }
        CardKind::Order => order_body(walk, needed, raw),
        CardKind::Numeric => numeric_body(walk, needed, raw, tolerance),
        CardKind::Command => {
            let accept = needed.field(walk, raw.accept.as_ref(), "accept")?.clone();
            if accept.is_empty() {
                walk.error(needed.header, "a command card needs a right form in `accept`", None);
            }
            Some(Body::Command { accept, example: raw.example.clone() })
        }
    }
}

/// A key point as its own language writes it.
pub fn base_point(point: &RawPoint) -> KeyPoint {
    KeyPoint {
        text: point.text.clone(),
        must: point.must.unwrap_or(false),
        match_groups: point.match_groups.clone(),
        not: point.not.clone(),
        topic: point.topic.clone(),
    }
}

fn choice_body(walk: &mut Walk<'_>, needed: &Needed<'_, '_>, raw: &RawText) -> Option<Body> {
    let rows = needed.field(walk, raw.options.as_ref(), "options")?;
    let options: Vec<ChoiceOption> = rows
        .iter()
        .map(|row| ChoiceOption {
            text: row.text.clone(),
            correct: row.correct.unwrap_or(false),
            why: row.why.clone(),
        })
        .collect();
    let place = rows.first().map_or(needed.header, |row| &row.span);
    if options.len() < 2 {
        walk.error(place, "a choice card needs at least 2 options", None);
    }
    let right = options.iter().filter(|option| option.correct).count();
    if right != 1 {
        let help = "mark the right one with correct = true".to_owned();
        let message = format!("exactly one option must be correct, here {right} are");
        walk.error(place, message, Some(help));
    }
    Some(Body::Choice { options })
}

fn order_body(walk: &mut Walk<'_>, needed: &Needed<'_, '_>, raw: &RawText) -> Option<Body> {
    let rows = needed.field(walk, raw.steps.as_ref(), "steps")?;
    if rows.len() < 2 {
        let place = rows.first().map_or(needed.header, |row| &row.span);
        walk.error(place, "an order card needs at least 2 steps", None);
    }
    let steps = rows.iter().map(|row| Step { text: row.text.clone(), group: row.group }).collect();
    Some(Body::Order { steps })
}

fn numeric_body(
    walk: &mut Walk<'_>,
    needed: &Needed<'_, '_>,
    raw: &RawText,
    tolerance: f64,
) -> Option<Body> {
    let number = needed.field(walk, raw.number, "number")?;
    let mut near = Vec::new();
    for row in raw.near.iter().flatten() {
        if row.number.is_none() || row.why.is_none() {
            walk.error(&row.span, "a near miss needs `number` and `why`", None);
        }
        let why = row.why.clone().unwrap_or_default();
        near.push(NearMiss { number: row.number.unwrap_or(number), why });
    }
    Some(Body::Numeric(Numeric {
        number,
        unit: raw.unit.clone().unwrap_or_default(),
        tolerance,
        accept: raw.accept.clone().unwrap_or_default(),
        working: raw.working.clone(),
        near,
    }))
}
