//! The fields of a card as one language writes them, before defaults, inheritance and fallback.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::decks::fields::{self, Field};
use crate::decks::walk::{Value, Walk, is_date, is_month};
use crate::domain::card::{Asked, ClozePiece, ImportOrigin, ResourceLink, SourceLink};

/// What one language says; everything may be missing.
#[derive(Default)]
pub struct RawText {
    pub question: Option<String>,
    pub answer: Option<String>,
    pub points: Option<Vec<RawPoint>>,
    pub options: Option<Vec<RawOption>>,
    pub steps: Option<Vec<RawStep>>,
    pub cloze: Option<Vec<ClozePiece>>,
    pub number: Option<f64>,
    pub unit: Option<String>,
    pub accept: Option<Vec<String>>,
    pub working: Option<String>,
    pub near: Option<Vec<RawNear>>,
    pub example: Option<String>,
    pub hint: Option<String>,
    pub figure: Option<String>,
    pub follow_ups: Option<Vec<RawFollowUp>>,
    pub mistakes: Option<Vec<String>>,
    pub resources: Option<Vec<ResourceLink>>,
    pub asked: Option<Vec<Asked>>,
    pub topics: Option<Vec<(String, Vec<String>)>>,
}

/// A key point of one language.
pub struct RawPoint {
    pub span: Range<usize>,
    pub text: String,
    pub must: Option<bool>,
    pub match_groups: Vec<Vec<String>>,
    pub not: Vec<String>,
    pub topic: Option<String>,
}

/// An option of one language.
pub struct RawOption {
    pub span: Range<usize>,
    pub text: String,
    pub correct: Option<bool>,
    pub why: Option<String>,
}

/// A step of one language.
pub struct RawStep {
    pub span: Range<usize>,
    pub text: String,
    pub group: Option<i64>,
}

/// A typical wrong number of one language.
pub struct RawNear {
    pub span: Range<usize>,
    pub number: Option<f64>,
    pub why: Option<String>,
}

/// A follow-up question of one language.
pub struct RawFollowUp {
    pub span: Range<usize>,
    pub question: Option<String>,
    pub answer: Option<String>,
    pub probes: Option<i64>,
}

/// Reads every text field of a table; keys that do not belong to the card's kind were refused before.
pub fn read_texts(walk: &mut Walk<'_>, table: &DeTable<'_>) -> RawText {
    RawText {
        question: walk.string(table, "question"),
        answer: walk.string(table, "answer"),
        points: walk.items(table, "points").map(|items| each(walk, items, read_point)),
        options: walk.items(table, "options").map(|items| each(walk, items, read_option)),
        steps: walk.items(table, "steps").map(|items| each(walk, items, read_step)),
        cloze: read_cloze(walk, table),
        number: walk.number(table, "number"),
        unit: walk.string(table, "unit"),
        accept: walk.strings(table, "accept").map(without_blanks),
        working: walk.string(table, "working"),
        near: walk.tables(table, "near").map(|rows| each_table(walk, rows, read_near)),
        example: walk.string(table, "example"),
        hint: walk.string(table, "hint"),
        figure: walk.string(table, "figure"),
        follow_ups: walk
            .tables(table, "follow_ups")
            .map(|rows| each_table(walk, rows, read_follow_up)),
        mistakes: walk.strings(table, "mistakes"),
        resources: walk
            .tables(table, "resources")
            .map(|rows| each_table(walk, rows, read_resource).into_iter().flatten().collect()),
        asked: walk
            .tables(table, "asked")
            .map(|rows| each_table(walk, rows, read_asked).into_iter().flatten().collect()),
        topics: read_topics(walk, table),
    }
}

/// Reads the sources of a card.
pub fn read_sources(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Vec<SourceLink> {
    let rows = walk.tables(table, "sources").unwrap_or_default();
    each_table(walk, rows, read_source).into_iter().flatten().collect()
}

/// Reads where a card was imported from.
pub fn read_origin(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Option<ImportOrigin> {
    let (origin, span) = walk.table_of(table.get("origin")?, "origin")?;
    walk.refuse_unknown(origin, "`origin`", &[fields::ORIGIN], no_other);
    let file = walk.required_string(origin, "file", "`origin`", &span);
    let line = walk.integer(origin, "line").unwrap_or(0);
    Some(ImportOrigin {
        source: walk.string(origin, "source").unwrap_or_default(),
        text: walk.string(origin, "text").unwrap_or_default(),
        file: file?,
        line: u32::try_from(line).unwrap_or(0),
        license: walk.string(origin, "license"),
    })
}

/// Reads a date written `YYYY-MM-DD`.
pub fn read_date(walk: &mut Walk<'_>, table: &DeTable<'_>, key: &str) -> Option<String> {
    let example = "2026-11-22";
    dated(walk, table, key, is_date, example)
}

/// Removes texts that say nothing.
pub fn without_blanks(texts: Vec<String>) -> Vec<String> {
    texts.into_iter().filter(|text| !text.trim().is_empty()).collect()
}

fn each<'t, 'i, T>(
    walk: &mut Walk<'_>,
    items: &'t [Value<'i>],
    read: impl Fn(&mut Walk<'_>, &'t Value<'i>) -> T,
) -> Vec<T> {
    // A broken item keeps its place, so that lists are not called too short on top of it.
    items.iter().map(|item| read(walk, item)).collect()
}

fn each_table<'t, 'i, T>(
    walk: &mut Walk<'_>,
    rows: Vec<(&'t DeTable<'i>, Range<usize>)>,
    read: impl Fn(&mut Walk<'_>, &'t DeTable<'i>, Range<usize>) -> T,
) -> Vec<T> {
    rows.into_iter().map(|(row, span)| read(walk, row, span)).collect()
}

fn no_other(_: &str) -> Option<String> {
    None
}

/// The text of an item that may be a bare text or a table with `text`.
fn item_text<'t, 'i>(
    walk: &mut Walk<'_>,
    item: &'t Value<'i>,
    what: &str,
    known: &'static [Field],
) -> (String, Option<&'t DeTable<'i>>) {
    match item.get_ref() {
        DeValue::Table(table) => {
            walk.refuse_unknown(table, what, &[known], no_other);
            let text = walk.required_string(table, "text", what, &item.span());
            (text.unwrap_or_default(), Some(table))
        }
        DeValue::String(_) => {
            let text = walk.string_of(item, what).unwrap_or_default();
            if text.is_empty() {
                walk.error(&item.span(), format!("{what} is empty"), None);
            }
            (text, None)
        }
        _ => {
            walk.wrong_type(item, what, "a text in quotes or a table in braces");
            (String::new(), None)
        }
    }
}

fn read_point(walk: &mut Walk<'_>, item: &Value<'_>) -> RawPoint {
    let (text, table) = item_text(walk, item, "a point", fields::POINT);
    let mut point = RawPoint {
        span: item.span(),
        text,
        must: None,
        match_groups: Vec::new(),
        not: Vec::new(),
        topic: None,
    };
    if let Some(table) = table {
        point.must = walk.boolean(table, "must");
        let groups = walk.strings(table, "match").unwrap_or_default();
        point.match_groups = groups.iter().map(|group| alternatives(group)).collect();
        point.match_groups.retain(|group| !group.is_empty());
        point.not = walk.string(table, "not").map(|words| alternatives(&words)).unwrap_or_default();
        point.topic = walk.string(table, "topic");
    }
    point
}

fn read_option(walk: &mut Walk<'_>, item: &Value<'_>) -> RawOption {
    let (text, table) = item_text(walk, item, "an option", fields::OPTION);
    let correct = table.and_then(|table| walk.boolean(table, "correct"));
    let why = table.and_then(|table| walk.string(table, "why"));
    RawOption { span: item.span(), text, correct, why }
}

fn read_step(walk: &mut Walk<'_>, item: &Value<'_>) -> RawStep {
    let (text, table) = item_text(walk, item, "a step", fields::STEP);
    let group = table.and_then(|table| walk.integer(table, "group"));
    RawStep { span: item.span(), text, group }
}

fn read_near(walk: &mut Walk<'_>, row: &DeTable<'_>, span: Range<usize>) -> RawNear {
    walk.refuse_unknown(row, "a near miss", &[fields::NEAR], no_other);
    let number = walk.number(row, "number");
    let why = walk.string(row, "why");
    RawNear { span, number, why }
}

fn read_follow_up(walk: &mut Walk<'_>, row: &DeTable<'_>, span: Range<usize>) -> RawFollowUp {
    walk.refuse_unknown(row, "a follow-up", &[fields::FOLLOW_UP], no_other);
    let question = walk.string(row, "question");
    let answer = walk.string(row, "answer");
    let probes = walk.integer(row, "probes");
    RawFollowUp { span, question, answer, probes }
}

fn read_resource(
    walk: &mut Walk<'_>,
    row: &DeTable<'_>,
    span: Range<usize>,
) -> Option<ResourceLink> {
    walk.refuse_unknown(row, "a resource", &[fields::RESOURCE], no_other);
    let title = walk.required_string(row, "title", "a resource", &span);
    let url = walk.required_string(row, "url", "a resource", &span);
    let note = walk.string(row, "note");
    Some(ResourceLink { title: title?, url: url?, note })
}

fn read_source(walk: &mut Walk<'_>, row: &DeTable<'_>, span: Range<usize>) -> Option<SourceLink> {
    walk.refuse_unknown(row, "a source", &[fields::SOURCE], no_other);
    let title = walk.required_string(row, "title", "a source", &span);
    let url = walk.required_string(row, "url", "a source", &span);
    let checked = read_date(walk, row, "checked");
    Some(SourceLink { title: title?, url: url?, checked })
}

fn read_asked(walk: &mut Walk<'_>, row: &DeTable<'_>, span: Range<usize>) -> Option<Asked> {
    walk.refuse_unknown(row, "an entry of `asked`", &[fields::ASKED], no_other);
    let company = walk.required_string(row, "company", "an entry of `asked`", &span);
    let role = walk.string(row, "role");
    let date = dated(walk, row, "date", is_month, "2026-11");
    Some(Asked { company: company?, role, date })
}

fn dated(
    walk: &mut Walk<'_>,
    table: &DeTable<'_>,
    key: &str,
    is_right: fn(&str) -> bool,
    example: &str,
) -> Option<String> {
    let value = table.get(key)?;
    let text = walk.string_of(value, key)?;
    if is_right(&text) {
        return Some(text);
    }
    let help = Some(format!("write it as {key} = \"{example}\""));
    walk.error(&value.span(), format!("`{key}` is not a date: \"{text}\""), help);
    None
}

fn read_topics(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Option<Vec<(String, Vec<String>)>> {
    let (topics, _) = walk.table_of(table.get("topics")?, "topics")?;
    let mut named = Vec::new();
    for (name, words) in topics {
        if let Some(words) = walk.string_of(words, "a topic") {
            named.push((name.get_ref().to_string(), alternatives(&words)));
        }
    }
    Some(named)
}

/// The alternatives of `a|b|c`.
fn alternatives(words: &str) -> Vec<String> {
    words.split('|').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn read_cloze(walk: &mut Walk<'_>, table: &DeTable<'_>) -> Option<Vec<ClozePiece>> {
    let value = table.get("cloze")?;
    let text = walk.string_of(value, "cloze")?;
    let pieces = cloze_pieces(&text);
    let problem = match &pieces {
        None => "a gap of `cloze` has no end or nothing in it",
        Some(pieces) if !pieces.iter().any(|piece| matches!(piece, ClozePiece::Gap(_))) => {
            "`cloze` has no gap"
        }
        Some(_) => return pieces,
    };
    let help = "write each gap as {{term}}, or {{term|other spelling}}";
    walk.error(&value.span(), problem, Some(help.to_owned()));
    None
}

/// The pieces of `text {{gap|other}} text`; `None` if a gap is empty or has no end.
fn cloze_pieces(text: &str) -> Option<Vec<ClozePiece>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (gap, after) = after.split_once("}}")?;
        if !before.is_empty() {
            pieces.push(ClozePiece::Text(before.to_owned()));
        }
        let fillings = alternatives(gap);
        if fillings.is_empty() {
            return None;
        }
        pieces.push(ClozePiece::Gap(fillings));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(ClozePiece::Text(rest.to_owned()));
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::cloze_pieces;
    use crate::domain::card::ClozePiece;

    #[test]
    fn gaps_are_cut_out_of_the_sentence() {
        let pieces = cloze_pieces("A {{ pod | Pod }} runs.").unwrap();
        assert_eq!(
            pieces,
            [
                ClozePiece::Text("A ".into()),
                ClozePiece::Gap(vec!["pod".into(), "Pod".into()]),
                ClozePiece::Text(" runs.".into()),
            ]
        );
        assert_eq!(cloze_pieces("a {{gap without end"), None);
        assert_eq!(cloze_pieces("a {{ | }} b"), None);
    }
}
