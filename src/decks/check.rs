//! The rules of the card guide that a program can check. What breaks them can be studied; the author should look at it.

use std::collections::HashMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::decks::assemble::place_of;
use crate::decks::format::{ReadCard, ReadDeck};
use crate::decks::point_words::{
    all_groups_occur, covered_percent, covered_percent_korean, is_too_common, words,
};
use crate::decks::text::cells;
use crate::decks::walk::{Source, Value, Walk, nearest};
use crate::decks::working::{numbers_in, wrong_equations};
use crate::domain::card::{Body, Card, CardText, ChoiceOption, ClozePiece, KeyPoint, Numeric};
use crate::domain::deck::Origin;
use crate::domain::lang::Lang;
use crate::domain::problem::{Problem, Severity};
use crate::domain::tag::Label;

/// English words and Korean characters without spaces that take one to two minutes to say.
const ENGLISH_WORDS: (usize, usize) = (120, 240);
const KOREAN_CHARACTERS: (usize, usize) = (300, 650);
const FIGURE_CELLS: usize = 72;
const POINT_CHARACTERS: usize = 120;
/// Below this share of a point's words in the answer, the point is probably not said there.
const COVERED_PERCENT: usize = 34;
/// The same for Korean. Of the 1,134 points of the bundled decks one lies below it; held against the answers of other cards four in
/// five do.
const COVERED_PERCENT_KOREAN: usize = 20;
/// Fields that both languages should have if one has them.
const PAIRED_KEYS: [&str; 11] = [
    "question",
    "answer",
    "points",
    "options",
    "steps",
    "cloze",
    "working",
    "near",
    "follow_ups",
    "mistakes",
    "hint",
];

/// A card that was read without errors, with the table that it was read from.
pub struct CardView<'a, 'i> {
    /// The card.
    pub card: &'a Card,
    /// Its table.
    pub table: &'a DeTable<'i>,
    /// The byte range of its header.
    pub header: &'a Range<usize>,
    /// Whether the deck names itself in the other language.
    pub has_variant: bool,
}

/// One language of a card with the table that it is written in.
struct Side<'a, 'i> {
    lang: Lang,
    text: &'a CardText,
    table: &'a DeTable<'i>,
    header: Range<usize>,
    /// Points of a behavioural card say how a story is told, not what is said in it.
    is_story: bool,
}

/// Notes everything about one card that an author should look at.
pub fn check_card(walk: &mut Walk<'_>, view: &CardView<'_, '_>) {
    check_tags(walk, view);
    check_sources(walk, view);
    if view.card.versus.iter().any(|id| Some(id) == view.card.id.as_ref()) {
        walk.warn(&place_of(view.table, "versus"), "a card cannot be confused with itself", None);
    }
    if walk.source.file.origin == Origin::Bundled {
        check_bundled(walk, view);
    }
    let sides = sides_of(view);
    if let [base, variant] = sides.as_slice() {
        check_parity(walk, base, variant);
    } else if view.has_variant {
        let other = view.card.texts.base_lang().other().code();
        walk.warn(
            view.header,
            format!("the deck has [deck.{other}] but this card has no [card.{other}]"),
            None,
        );
    }
    check_body(walk, view);
    for side in &sides {
        check_side(walk, side);
    }
}

fn sides_of<'a, 'i>(view: &CardView<'a, 'i>) -> Vec<Side<'a, 'i>> {
    let texts = &view.card.texts;
    let lang = texts.base_lang();
    let is_story = view.card.tags.iter().any(|tag| tag.0 == "behavioral");
    let base =
        Side { is_story, lang, text: texts.base(), table: view.table, header: view.header.clone() };
    let other = lang.other();
    let variant = view.table.get(other.code()).and_then(|value| match value.get_ref() {
        DeValue::Table(table) => Some(Side {
            is_story,
            lang: other,
            text: texts.get(other),
            table,
            header: value.span(),
        }),
        _ => None,
    });
    std::iter::once(base).chain(variant).collect()
}

fn item_place(table: &DeTable<'_>, key: &str, index: usize) -> Range<usize> {
    let item = match table.get(key).map(toml::Spanned::get_ref) {
        Some(DeValue::Array(items)) => items.get(index),
        _ => None,
    };
    item.map_or_else(|| place_of(table, key), toml::Spanned::span)
}

fn check_tags(walk: &mut Walk<'_>, view: &CardView<'_, '_>) {
    // Labels of an imported card are headings of somebody else's file, not slips of the author.
    if view.card.origin.is_some() {
        return;
    }
    let labels = walk.labels;
    for (index, tag) in view.card.tags.iter().enumerate() {
        if labels.tags.is_empty() || labels.knows(tag) {
            continue;
        }
        check_label(walk, "tag", &tag.0, &labels.tags, &item_place(view.table, "tags", index));
    }
    for (index, role) in view.card.roles.iter().enumerate() {
        if labels.roles.is_empty() || labels.roles.iter().any(|label| label.slug == role.0) {
            continue;
        }
        check_label(walk, "role", &role.0, &labels.roles, &item_place(view.table, "roles", index));
    }
}

/// A label of the user's own is welcome; one that is nearly a known one is probably a slip.
fn check_label(walk: &mut Walk<'_>, what: &str, word: &str, known: &[Label], place: &Range<usize>) {
    let spellings: Vec<&str> = known
        .iter()
        .flat_map(|label| std::iter::once(&label.slug).chain(&label.aliases))
        .map(String::as_str)
        .filter(|spelling| spelling.chars().count() > 3)
        .collect();
    let near = nearest(word, &spellings).filter(|_| word.chars().count() > 3);
    if near.is_some() || walk.source.file.origin == Origin::Bundled {
        let help = near.map(|near| format!("did you mean \"{near}\"?"));
        walk.warn(place, format!("\"{word}\" is not a known {what}"), help);
    }
}

fn check_sources(walk: &mut Walk<'_>, view: &CardView<'_, '_>) {
    let card = view.card;
    let is_computed =
        matches!(&card.texts.base().body, Body::Numeric(number) if number.working.is_some());
    for (index, source) in card.sources.iter().enumerate() {
        let place = item_place(view.table, "sources", index);
        check_url(walk, &source.url, &place);
        if source.checked.is_none() && !is_computed {
            let help = "add checked = \"YYYY-MM-DD\", the day you read the passage".to_owned();
            walk.warn(&place, "the source does not say when it was checked", Some(help));
        }
    }
}

fn check_url(walk: &mut Walk<'_>, url: &str, place: &Range<usize>) {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_good = host.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace)
    });
    if !is_good {
        let help = "write the whole address, beginning with https://".to_owned();
        walk.warn(place, format!("\"{url}\" is not the address of a page"), Some(help));
    }
}

/// What a card that comes with the program must have on top.
fn check_bundled(walk: &mut Walk<'_>, view: &CardView<'_, '_>) {
    let card = view.card;
    let deck = &card.deck.0;
    let text = card.texts.base();
    let in_deck = card.id.as_ref().is_some_and(|id| {
        id.0.strip_prefix(deck.as_str()).is_some_and(|rest| rest.starts_with('/'))
    });
    let complaints = [
        (!in_deck, format!("the id must begin with {deck}/")),
        (card.level.is_none(), "no `level`".to_owned()),
        (
            card.tags.first().is_none_or(|tag| tag.0 != *deck),
            format!("the first tag must be \"{deck}\""),
        ),
        (!(2..=5).contains(&card.tags.len()), "2 to 5 tags are needed".to_owned()),
        (card.roles.is_empty(), "no `roles`".to_owned()),
        (!card.texts.has(card.texts.base_lang().other()), "only one language".to_owned()),
        (!(2..=4).contains(&text.follow_ups.len()), "2 to 4 follow-ups are needed".to_owned()),
        (!(1..=3).contains(&text.mistakes.len()), "1 to 3 mistakes are needed".to_owned()),
        (lacks_points(text), "no `points`".to_owned()),
        (text.answer.is_empty(), "no `answer`".to_owned()),
    ];
    for (_, message) in complaints.into_iter().filter(|(is_wrong, _)| *is_wrong) {
        walk.warn(view.header, message, None);
    }
}

fn lacks_points(text: &CardText) -> bool {
    matches!(&text.body, Body::Open { points } if points.is_empty())
}

fn check_parity(walk: &mut Walk<'_>, base: &Side<'_, '_>, variant: &Side<'_, '_>) {
    let (base_code, code) = (base.lang.code(), variant.lang.code());
    for key in PAIRED_KEYS {
        match (base.table.get(key), variant.table.get(key)) {
            (Some(_), None) => {
                let message = format!("`{key}` is missing in [card.{code}]");
                walk.warn(&variant.header, message, None);
            }
            (None, Some(value)) => {
                let message =
                    format!("`{key}` is written in \"{code}\" but not in \"{base_code}\"");
                walk.warn(&value.span(), message, None);
            }
            _ => {}
        }
    }
    if let (Some(base), Some(own)) = (base.table.get("asked"), variant.table.get("asked"))
        && length(base) != length(own)
    {
        walk.warn(&own.span(), "`asked` has another length than in the base language", None);
    }
}

fn length(value: &Value<'_>) -> Option<usize> {
    value.get_ref().as_array().map(|items| items.len())
}

/// What does not depend on the language.
fn check_body(walk: &mut Walk<'_>, view: &CardView<'_, '_>) {
    match &view.card.texts.base().body {
        Body::Open { points } if !points.is_empty() => {
            in_range(walk, &place_of(view.table, "points"), "points", points.len(), (3, 6));
        }
        Body::Open { .. } | Body::Command { .. } => {}
        Body::Choice { options } => {
            in_range(walk, &place_of(view.table, "options"), "options", options.len(), (4, 4));
        }
        Body::Order { steps } => {
            in_range(walk, &place_of(view.table, "steps"), "steps", steps.len(), (4, 7));
        }
        Body::Cloze { pieces } => {
            let gaps = pieces.iter().filter(|piece| matches!(piece, ClozePiece::Gap(_))).count();
            in_range(walk, &place_of(view.table, "cloze"), "gaps", gaps, (1, 4));
        }
        Body::Numeric(number) => check_number(walk, view.table, number),
    }
}

fn in_range(
    walk: &mut Walk<'_>,
    place: &Range<usize>,
    what: &str,
    count: usize,
    (low, high): (usize, usize),
) {
    if !(low..=high).contains(&count) {
        let wanted = if low == high { low.to_string() } else { format!("{low} to {high}") };
        let what = if count == 1 { what.trim_end_matches('s') } else { what };
        walk.warn(place, format!("{count} {what}, {wanted} work best"), None);
    }
}

fn check_number(walk: &mut Walk<'_>, table: &DeTable<'_>, numeric: &Numeric) {
    if numeric.working.is_none() && walk.source.file.origin == Origin::Bundled {
        walk.warn(&place_of(table, "number"), "no `working`", None);
    }
    for (index, near) in numeric.near.iter().enumerate() {
        if is_right(numeric, near.number) {
            let message = format!("the near miss {} counts as right", near.number);
            let help = "make `tolerance` smaller, or leave the near miss out".to_owned();
            walk.warn(&item_place(table, "near", index), message, Some(help));
        }
    }
}

fn is_right(numeric: &Numeric, number: f64) -> bool {
    let slack = numeric.tolerance.max(numeric.number.abs() * 1e-9);
    (number - numeric.number).abs() <= slack
}

/// The working must be true, and lead to the number.
fn check_working(walk: &mut Walk<'_>, side: &Side<'_, '_>, numeric: &Numeric) {
    let Some(working) = numeric.working.as_ref().filter(|_| side.table.contains_key("working"))
    else {
        return;
    };
    let place = place_of(side.table, "working");
    if !numbers_in(working).any(|(number, _)| is_right(numeric, number)) {
        let (message, help) = not_reached(numeric, working);
        walk.warn(&place, message, help);
    }
    for wrong in wrong_equations(working) {
        walk.warn(&place, wrong.to_string(), None);
    }
}

/// Why the working does not arrive at the number.
fn not_reached(numeric: &Numeric, working: &str) -> (String, Option<String>) {
    let number = numeric.number;
    let wanted = number.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let shown = numbers_in(working).map(|(_, decimals)| decimals).max().unwrap_or(0);
    if numeric.tolerance <= 0.0 && wanted > shown {
        let message = format!(
            "`tolerance` is 0, but `number` {number} has more decimals than `working` shows"
        );
        let help = "give a `tolerance`, or show all decimals in `working`".to_owned();
        return (message, Some(help));
    }
    (format!("`working` does not arrive at {number}"), None)
}

fn check_side(walk: &mut Walk<'_>, side: &Side<'_, '_>) {
    match &side.text.body {
        Body::Open { points } if !points.is_empty() => {
            check_answer_length(walk, side);
            check_points(walk, side, points);
        }
        Body::Choice { options } => check_options(walk, side, options),
        Body::Numeric(numeric) => check_working(walk, side, numeric),
        _ => {}
    }
    check_figure(walk, side);
    for (index, resource) in side.text.resources.iter().enumerate() {
        if side.table.contains_key("resources") {
            check_url(walk, &resource.url, &item_place(side.table, "resources", index));
        }
    }
    if side.lang == Lang::Ko {
        check_dashes(walk, side);
    }
}

fn check_answer_length(walk: &mut Walk<'_>, side: &Side<'_, '_>) {
    if !side.table.contains_key("answer") {
        return;
    }
    let answer = &side.text.answer;
    let (length, unit, (low, high)) = match side.lang {
        Lang::En => (answer.split_whitespace().count(), "words", ENGLISH_WORDS),
        Lang::Ko => (
            answer.chars().filter(|c| !c.is_whitespace()).count(),
            "characters without spaces",
            KOREAN_CHARACTERS,
        ),
    };
    if !(low..=high).contains(&length) {
        let message = format!(
            "the answer has {length} {unit}; {low} to {high} take one to two minutes to say"
        );
        walk.warn(&place_of(side.table, "answer"), message, None);
    }
}

fn check_points(walk: &mut Walk<'_>, side: &Side<'_, '_>, points: &[KeyPoint]) {
    if !side.table.contains_key("points") {
        return;
    }
    let answer = words(&side.text.answer);
    for (index, point) in points.iter().enumerate() {
        let place = item_place(side.table, "points", index);
        let length = point.text.chars().count();
        if length > POINT_CHARACTERS {
            let message = format!(
                "the point has {length} characters, at most {POINT_CHARACTERS} can be checked at a glance"
            );
            walk.warn(&place, message, None);
        }
        if is_too_common(&point.match_groups) {
            let help = "add a second group, or a word that only a right answer has".to_owned();
            walk.warn(&place, "`match` is so general that any answer matches", Some(help));
        }
        // Where the author names the words that show the point, those decide, not the point's own wording.
        let is_said = !point.match_groups.is_empty()
            && all_groups_occur(&point.match_groups, &side.text.answer);
        let (covered, least) = match side.lang {
            Lang::En => (covered_percent(&point.text, &answer), COVERED_PERCENT),
            Lang::Ko => {
                (covered_percent_korean(&point.text, &side.text.answer), COVERED_PERCENT_KOREAN)
            }
        };
        let is_missing = covered.is_some_and(|percent| percent < least);
        if is_missing && !is_said && !side.is_story {
            let help = "everything in a point should be said in the answer".to_owned();
            walk.warn(&place, "most words of the point do not occur in the answer", Some(help));
        }
        check_topic(walk, side, point, &place);
    }
}

fn check_topic(walk: &mut Walk<'_>, side: &Side<'_, '_>, point: &KeyPoint, place: &Range<usize>) {
    let Some(topic) = &point.topic else {
        return;
    };
    let names: Vec<&str> = side.text.topics.iter().map(|(name, _)| name.as_str()).collect();
    if !names.contains(&topic.as_str()) {
        let help = nearest(topic, &names).map(|near| format!("did you mean \"{near}\"?"));
        walk.warn(place, format!("`topics` does not name \"{topic}\""), help);
    }
}

fn check_options(walk: &mut Walk<'_>, side: &Side<'_, '_>, options: &[ChoiceOption]) {
    if !side.table.contains_key("options") {
        return;
    }
    let place = place_of(side.table, "options");
    let lengths = || options.iter().map(|option| option.text.chars().count());
    let (longest, shortest) = (lengths().max().unwrap_or(0), lengths().min().unwrap_or(0));
    if longest > shortest + shortest / 2 + 6 {
        let help = "the longest option is often the right one, and readers know it".to_owned();
        let message = format!("options are {shortest} to {longest} characters long");
        walk.warn(&place, message, Some(help));
    }
    let explained = options.iter().filter(|option| option.why.is_some()).count();
    let is_needed = explained > 0 || walk.source.file.origin == Origin::Bundled;
    if is_needed && explained < options.len() {
        walk.warn(&place, "every option should have a `why`", None);
    }
}

fn check_figure(walk: &mut Walk<'_>, side: &Side<'_, '_>) {
    let Some(figure) = side.text.figure.as_ref().filter(|_| side.table.contains_key("figure"))
    else {
        return;
    };
    let widest = figure.lines().map(cells).max().unwrap_or(0);
    if widest > FIGURE_CELLS {
        let message =
            format!("the figure is {widest} columns wide, {FIGURE_CELLS} fit every terminal");
        walk.warn(&place_of(side.table, "figure"), message, None);
    }
}

/// Korean is written without em dashes.
fn check_dashes(walk: &mut Walk<'_>, side: &Side<'_, '_>) {
    for (key, value) in side.table {
        let key: &str = key.get_ref();
        if !["sources", "resources", Lang::En.code(), "figure"].contains(&key) {
            warn_of_dashes(walk, value);
        }
    }
}

fn warn_of_dashes(walk: &mut Walk<'_>, value: &Value<'_>) {
    match value.get_ref() {
        DeValue::String(text) if text.contains('\u{2014}') => {
            let help = "use a comma, a colon or two sentences".to_owned();
            walk.warn(&value.span(), "em dash in a Korean text", Some(help));
        }
        DeValue::Array(items) => items.iter().for_each(|item| warn_of_dashes(walk, item)),
        DeValue::Table(table) => table.values().for_each(|inner| warn_of_dashes(walk, inner)),
        _ => {}
    }
}

/// A deck with the text that it was read from.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    /// The deck.
    pub deck: &'a ReadDeck,
    /// The text of its file; empty where its problems are not looked for.
    pub text: &'a str,
}

/// What can only be seen with all files read: two cards with one id, and `versus` cards that do not exist.
///
/// A user's card with the id of a bundled card replaces it and is no problem.
pub fn check_library(decks: &[Checked<'_>]) -> Vec<Problem> {
    let cards = || decks.iter().flat_map(|it| it.deck.cards.iter().map(|read| (read, it.text)));
    let mut first: HashMap<(Origin, &str), &ReadCard> = HashMap::new();
    let mut problems = Vec::new();
    for (read, text) in cards() {
        let Some(id) = &read.card.id else {
            continue;
        };
        let origin = read.entry.file.origin;
        if let Some(earlier) = first.insert((origin, &id.0), read) {
            problems.push(same_id(earlier, read, text));
            first.insert((origin, &id.0), earlier);
        }
    }
    let is_known = |id: &str| {
        first.contains_key(&(Origin::Bundled, id)) || first.contains_key(&(Origin::User, id))
    };
    for (read, text) in cards() {
        for (id, span) in read.card.versus.iter().zip(&read.spans.versus) {
            if !is_known(&id.0) {
                let ids: Vec<&str> = first.keys().map(|(_, id)| *id).collect();
                let message = format!("`versus` names the card \"{id}\", which does not exist");
                let help = meant_id(&id.0, ids).map(|near| format!("did you mean \"{near}\"?"));
                problems.push(at(read, text, (Severity::Warning, span), message, help));
            }
        }
    }
    problems
}

/// The id that was probably meant: one that is nearly the same, or the same name in another deck.
fn meant_id<'k>(id: &str, mut known: Vec<&'k str>) -> Option<&'k str> {
    known.sort_unstable();
    let name = |id: &'k str| id.rsplit('/').next().unwrap_or(id);
    let own_name = id.rsplit('/').next().unwrap_or(id);
    nearest(id, &known).or_else(|| known.iter().copied().find(|it| name(it) == own_name))
}

fn same_id(earlier: &ReadCard, later: &ReadCard, text: &str) -> Problem {
    let place = |read: &ReadCard| format!("{}:{}", read.entry.file.path, read.entry.line);
    let name = later.entry.name();
    let message =
        format!("two cards have the id \"{name}\": {} and {}", place(earlier), place(later));
    let help = "give one of them another id; progress belongs to the id".to_owned();
    at(later, text, (Severity::Error, &later.spans.id), message, Some(help))
}

/// A problem at a place of a card's file.
fn at(
    read: &ReadCard,
    text: &str,
    (severity, span): (Severity, &Range<usize>),
    message: String,
    help: Option<String>,
) -> Problem {
    let card = read.card.id.as_ref().map(|id| id.0.clone());
    let source = Source::new(&read.entry.file, text, 1);
    Problem { card, help, ..source.problem(severity, span, message) }
}
