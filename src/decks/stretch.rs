//! Parsing a file whose syntax may be broken, so that one slip costs one card, and syntax errors in plain words.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::decks::walk::{Value, Walk};

const BYTE_ORDER_MARK: char = '\u{feff}';
/// Lines with syntax errors shown for one broken stretch; the rest are echoes of the first.
const ERRORS_PER_STRETCH: usize = 3;
/// How many stretches a text with `[[card]]` lines inside is tried over.
const STRETCHES_PER_CARD: usize = 4;

/// A stretch of the file that was parsed on its own: the whole file, or in a broken file the text around one card.
pub struct Stretch<'t> {
    /// Its bytes in the file; the spans of `root` count from their beginning.
    pub range: Range<usize>,
    /// What was parsed.
    pub root: DeTable<'t>,
    /// Where the first syntax error stands, if this is a card that has one: what comes before it can still be checked.
    pub broken_at: Option<usize>,
}

/// Parses the file as one; where its syntax is broken, piece by piece, so that one slip does not take the cards after it along.
pub fn stretches_of<'t>(walk: &mut Walk<'_>, text: &'t str) -> Vec<Stretch<'t>> {
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let whole = start..text.len();
    let (root, errors) = DeTable::parse_recoverable(text.get(start..).unwrap_or(""));
    if errors.is_empty() {
        return vec![Stretch { range: whole, root: root.into_inner(), broken_at: None }];
    }
    let cuts = header_lines(text, start);
    let mut stretches = Vec::new();
    let mut at = 0;
    while at + 1 < cuts.len() {
        let taken =
            (1..=STRETCHES_PER_CARD).take_while(|more| at + more < cuts.len()).find_map(|more| {
                sound_stretch(text, cuts[at]..cuts[at + more]).map(|good| (good, more))
            });
        if let Some((stretch, more)) = taken {
            stretches.push(stretch);
            at += more;
        } else {
            stretches.push(broken_stretch(walk, text, cuts[at]..cuts[at + 1], at == 0));
            at += 1;
        }
    }
    if walk.errors == 0 {
        // Only the whole is wrong, for instance two [deck] tables: say so as the parser does.
        walk.base = start;
        note_syntax_errors(walk, text.get(whole).unwrap_or(""), &errors);
    }
    stretches
}

/// The stretch of a card, or of the file's head, that has syntax errors; they are noted.
fn broken_stretch<'t>(
    walk: &mut Walk<'_>,
    text: &'t str,
    range: Range<usize>,
    is_head: bool,
) -> Stretch<'t> {
    let piece = text.get(range.clone()).unwrap_or("");
    let (root, errors) = DeTable::parse_recoverable(piece);
    let root = root.into_inner();
    walk.base = range.start;
    let card = only_row(&root).and_then(|row| row.get_ref().get("id"));
    walk.card = card.and_then(|id| id.get_ref().as_str()).map(str::to_owned);
    note_syntax_errors(walk, piece, &errors);
    walk.card = None;
    let first = errors.iter().map(|error| slip_of(error, piece).span.start).min();
    let is_card = !is_head || root.contains_key("card");
    Stretch { range, root, broken_at: first.filter(|_| is_card) }
}

/// The only card of a parsed text.
pub fn only_row<'r, 't>(root: &'r DeTable<'t>) -> Option<&'r Value<'t>> {
    match root.get("card").map(Spanned::get_ref) {
        Some(DeValue::Array(rows)) if rows.len() == 1 => rows.first(),
        _ => None,
    }
}

/// Where a broken file is cut: its beginning, every line that looks like a card's header, its end.
fn header_lines(text: &str, start: usize) -> Vec<usize> {
    let mut cuts = vec![start];
    let mut at = start;
    for line in text.get(start..).unwrap_or("").split_inclusive('\n') {
        if looks_like_header(line) && at > start {
            cuts.push(at);
        }
        at += line.len();
    }
    cuts.push(text.len());
    cuts
}

/// Whether a line is a card's header, or was meant as one.
fn looks_like_header(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("[[card") || line.starts_with("[card]]") || line == "[card]"
}

/// The stretch if it parses without errors and holds at most one card; a `[[card]]` line may stand inside a card's answer.
fn sound_stretch(text: &str, range: Range<usize>) -> Option<Stretch<'_>> {
    let (root, errors) = DeTable::parse_recoverable(text.get(range.clone())?);
    let root = root.into_inner();
    let is_one = match root.get("card").map(Spanned::get_ref) {
        Some(DeValue::Array(cards)) => cards.len() == 1,
        _ => true,
    };
    (errors.is_empty() && is_one).then_some(Stretch { range, root, broken_at: None })
}

/// Notes the syntax errors of the stretch at `walk.base`, one a line: the others of a line are echoes of the first.
pub fn note_syntax_errors(walk: &mut Walk<'_>, stretch: &str, errors: &[toml::de::Error]) {
    let mut lines: Vec<u32> = Vec::new();
    for error in errors {
        let slip = slip_of(error, stretch);
        let line = walk.source.line_at(walk.base + slip.span.start);
        if lines.len() < ERRORS_PER_STRETCH && !lines.contains(&line) {
            lines.push(line);
            let hides_what_follows = slip.message == UNCLOSED_LIST;
            walk.error(&slip.span, slip.message, slip.help.map(str::to_owned));
            if hides_what_follows {
                return;
            }
        }
    }
}

/// The slip after which everything is read as part of a list.
const UNCLOSED_LIST: &str = "the list above this line has no end";

/// A syntax error in words for people who do not know the grammar of TOML.
struct Slip {
    span: Range<usize>,
    message: String,
    help: Option<&'static str>,
}

/// Part of the parser's message, our message, and what to do.
const SLIPS: [(&str, &str, &str); 14] = [
    (
        "invalid multi-line basic string",
        "expected `\"\"\"` to close this text",
        "a text that begins with \"\"\" ends with \"\"\"",
    ),
    (
        "invalid multi-line literal string",
        "expected `'''` to close this text",
        "a text that begins with ''' ends with '''",
    ),
    (
        "invalid basic string",
        "expected `\"` to close this string",
        "texts over several lines stand between \"\"\" and \"\"\"",
    ),
    (
        "invalid literal string",
        "expected `'` to close this string",
        "texts over several lines stand between ''' and '''",
    ),
    ("unexpected `=` in array", UNCLOSED_LIST, "put ] after the last item of the list"),
    ("unclosed array table", "expected `]]` to close this header", "write it as [[card]]"),
    ("unclosed table", "expected `]` to close this header", "write it as [card.ko]"),
    (
        "unexpected key or value, expected newline",
        "expected the end of the line here",
        "write a quotation mark inside a text as \\\", and each key = value on a line of its own",
    ),
    ("string values must be quoted", "texts must stand in quotes", "write key = \"text\""),
    (
        "escape",
        "a backslash must be followed by a known letter",
        "write a backslash as \\\\, or put the text between single quotes",
    ),
    (
        "missing comma",
        "expected `,` or `]` here",
        "put a comma between the items of a list, and ] after the last; write a quotation mark inside a text as \\\"",
    ),
    (
        "missing opening quote",
        "a quotation mark is missing",
        "texts stand between two quotation marks; write one inside a text as \\\"",
    ),
    (
        "duplicate key",
        "this key stands here for the second time",
        "each key may stand once in a card",
    ),
    ("key with no value", "expected `=` and a value after this key", "write key = \"text\""),
];

fn slip_of(error: &toml::de::Error, stretch: &str) -> Slip {
    let span = error.span().unwrap_or(0..0);
    let message = error.message().trim_end().replace('\n', ", ");
    let rest = stretch.get(span.start..).unwrap_or_default();
    if message.contains("must be quoted")
        && rest.trim_start_matches([' ', '\t', '\r']).starts_with(['\n', '#'])
    {
        let message = "expected a value after `=`".to_owned();
        return Slip { span, message, help: Some("write key = \"text\", or leave the line out") };
    }
    let Some((part, ours, help)) = SLIPS.iter().find(|(part, ..)| message.contains(part)) else {
        let message = message.trim_end_matches(", expected nothing").to_owned();
        return Slip { span, message, help: None };
    };
    // The parser points at the end of the file; what was left open is the last opening mark.
    let mark = match *part {
        "invalid multi-line basic string" => stretch.rfind("\"\"\""),
        "invalid multi-line literal string" => stretch.rfind("'''"),
        _ => None,
    };
    let span = mark.map_or(span, |at| at..at + 3);
    Slip { span, message: (*ours).to_owned(), help: Some(help) }
}
