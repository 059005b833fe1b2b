//! Cards written as TOML, and the texts of a card that stands in a file exchanged without touching anything else there.

use std::fmt::Write;
use std::ops::Range;

use toml::de::DeTable;

use crate::decks::stretch::only_row;
use crate::domain::card::ImportOrigin;

/// A text as a TOML value: a plain one in quotes, a longer one as a block that a person can edit.
pub fn toml_text(text: &str) -> String {
    if !text.contains('\n') {
        return quoted(text);
    }
    let is_plain =
        !text.contains("'''") && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    if is_plain {
        return format!("'''\n{text}\n'''");
    }
    let mut out = String::from("\"\"\"\n");
    for c in text.chars() {
        push_escaped(&mut out, c);
    }
    out.push_str("\n\"\"\"");
    out
}

fn quoted(text: &str) -> String {
    let is_literal =
        text.contains(['"', '\\']) && !text.contains('\'') && !text.chars().any(char::is_control);
    if is_literal {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        push_escaped(&mut out, c);
    }
    out.push('"');
    out
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push('\n'),
        '\t' => out.push_str("\\t"),
        c if c.is_control() => {
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// A list of texts as a TOML value.
pub fn toml_list(texts: &[String]) -> String {
    let items: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", items.join(", "))
}

/// The origin of an imported card as a TOML value.
pub fn toml_origin(origin: &ImportOrigin) -> String {
    let mut out = format!(
        "{{ file = {}, line = {}, source = {}, text = {}",
        quoted(&origin.file),
        origin.line,
        quoted(&origin.source),
        quoted(&origin.text)
    );
    if let Some(license) = &origin.license {
        let _ = write!(out, ", license = {}", quoted(license));
    }
    out.push_str(" }");
    out
}

/// Puts values in the place of those under the same keys in the card that stands at `slice`; a key that the card does not
/// have is written behind its question. Comments, order and all other keys stay. `None` where the card cannot be told apart.
pub fn with_values(text: &str, slice: Range<usize>, values: &[(&str, String)]) -> Option<String> {
    let card = text.get(slice.clone()).filter(|card| !card.is_empty())?;
    let (root, errors) = DeTable::parse_recoverable(card);
    if !errors.is_empty() {
        return None;
    }
    let row = only_row(root.get_ref())?;
    let table = row.get_ref().as_table()?;
    let question = table.get("question").map(toml::Spanned::span)?;
    let line_end = card[question.end..].find('\n').map_or(card.len(), |end| question.end + end + 1);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (key, value) in values {
        match table.get(*key).map(toml::Spanned::span) {
            Some(span) => edits.push((span, value.clone())),
            None => {
                let before = if card[..line_end].ends_with('\n') { "" } else { "\n" };
                edits.push((line_end..line_end, format!("{before}{key} = {value}\n")));
            }
        }
    }
    edits.sort_by_key(|(span, _)| span.start);
    let mut out = text[..slice.start].to_owned();
    let mut at = 0;
    for (span, value) in edits {
        out.push_str(card.get(at..span.start)?);
        out.push_str(&value);
        at = span.end;
    }
    out.push_str(card.get(at..)?);
    out.push_str(&text[slice.end..]);
    Some(out)
}

/// Adds a tag to the card that stands at `slice`, or takes it away; the others stay as they are spelled. The same text where
/// there is nothing to do; `None` where the card cannot be told apart or its tags are no list of texts.
pub fn with_tag(
    text: &str,
    slice: Range<usize>,
    is_it: impl Fn(&str) -> bool,
    (tag, is_on): (&str, bool),
) -> Option<String> {
    let card = text.get(slice.clone())?;
    let (root, _) = DeTable::parse_recoverable(card);
    let row = only_row(root.get_ref())?;
    let tags: Option<Vec<String>> = match row.get_ref().as_table()?.get("tags") {
        None => Some(Vec::new()),
        Some(value) => {
            let list = value.get_ref().as_array()?;
            list.iter().map(|it| it.get_ref().as_str().map(str::to_owned)).collect()
        }
    };
    let mut tags = tags?;
    let before = tags.len();
    if is_on && !tags.iter().any(|it| is_it(it)) {
        tags.push(tag.to_owned());
    } else if !is_on {
        tags.retain(|it| !is_it(it));
    }
    if tags.len() == before {
        return Some(text.to_owned());
    }
    with_values(text, slice, &[("tags", toml_list(&tags))])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, proptest};
    use toml::de::DeTable;

    use super::{toml_text, with_tag, with_values};

    fn read_back(value: &str) -> String {
        let text = format!("a = {value}\n");
        let table = DeTable::parse(&text).expect("a text that can be read");
        let read = table.get_ref().get("a").and_then(|it| it.get_ref().as_str()).map(str::to_owned);
        read.expect("a text")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_text_is_read_as_it_was_written(text in "[a-z'\"\\\\\n\t {}\u{0}-\u{1f}가🙂]{0,60}") {
            let read = read_back(&toml_text(&text));
            assert_eq!(read.trim_end_matches('\n'), text.trim_end_matches('\n'));
        }
    }

    #[test]
    fn values_are_exchanged_and_all_else_stays() {
        let card =
            "[[card]] # mine\nquestion = \"a\" # why\nanswer = '''\nb\n'''\nlevel = 2\n# end\n";
        let text = format!("format = 1\n{card}[[card]]\nquestion = \"x\"\nanswer = \"y\"\n");
        let slice = 11..11 + card.len();
        let values = [("answer", "\"new\"".to_owned()), ("tags", "[\"t\"]".to_owned())];
        let new = with_values(&text, slice, &values).expect("a card");
        let expected = "format = 1\n[[card]] # mine\nquestion = \"a\" # why\ntags = [\"t\"]\nanswer = \"new\"\nlevel = 2\n# end\n[[card]]\nquestion = \"x\"\nanswer = \"y\"\n";
        assert_eq!(new, expected);
    }

    #[test]
    fn a_tag_comes_and_goes_and_nothing_else_changes() {
        let file = "# mine\n[[card]]\nquestion = \"a\"\ntags = [\"k8s\"] # why\n\n[[card]]\nquestion = \"b\"\n";
        let tagged = |text: &str, slice, change| {
            with_tag(text, slice, |tag| tag == "team", change).expect("a card")
        };
        let first = 7..file.rfind("[[card]]").expect("two cards");
        let one = tagged(file, first.clone(), ("team", true));
        assert_eq!(one, file.replace("[\"k8s\"]", "[\"k8s\", \"team\"]"));
        let end = one.rfind("[[card]]").expect("two cards");
        assert_eq!(tagged(&one, 7..end, ("team", true)), one, "once is enough");
        assert_eq!(tagged(&one, 7..end, ("team", false)), file);
        let second = tagged(file, first.end..file.len(), ("team", true));
        assert!(second.ends_with("question = \"b\"\ntags = [\"team\"]\n"), "{second}");
        let odd = "[[card]]\nquestion = \"a\"\ntags = \"k8s\"\n";
        assert_eq!(with_tag(odd, 0..odd.len(), |_| false, ("team", true)), None);
    }
}
