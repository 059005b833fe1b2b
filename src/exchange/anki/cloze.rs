//! Clozes of Anki, `{{c1::text::hint}}`, which may stand within each other, and what a card shows of them.
//!
//! A card of a cloze note asks for the clozes of one number and shows the others.

use crate::exchange::anki::html;

/// Before the number of a gap in the HTML of a sentence with gaps; no cleaned text holds it.
const GAP_BEGINS: char = '\u{fdd0}';
/// Behind it.
const GAP_ENDS: char = '\u{fdd1}';

/// Clozes within each other; deeper ones are text.
const DEEPEST: usize = 8;

/// A piece of a field with clozes.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    /// A cloze begins, with its numbers.
    Begin(Vec<u32>),
    /// The innermost cloze ends, with its hint.
    End(Option<&'a str>),
}

/// What becomes of the clozes that a card asks for.
pub enum Show<'a> {
    /// `[...]` or the hint stands in their place.
    Question,
    /// They are shown in bold.
    Answer,
    /// Only they are shown.
    Only,
    /// A mark stands in their place and their texts are put at the end of the list.
    Gaps(&'a mut Vec<String>),
}

/// The HTML of a field as the card with the cloze `number` shows it; empty if the field has no such cloze.
pub fn render(field: &str, number: u32, show: &mut Show<'_>) -> String {
    let pieces = pieces(field);
    if !pieces.iter().any(|it| matches!(it, Piece::Begin(numbers) if numbers.contains(&number))) {
        return String::new();
    }
    let mut page = String::with_capacity(field.len());
    let mut asked = String::new();
    // For each open cloze, whether it is asked for. Within one that is, everything belongs to it.
    let mut open: Vec<bool> = Vec::new();
    for piece in &pieces {
        let is_inside = open.contains(&true);
        match piece {
            Piece::Text(text) if is_inside => asked.push_str(text),
            Piece::Text(_) if matches!(show, Show::Only) => {}
            Piece::Text(text) => page.push_str(text),
            Piece::Begin(numbers) => open.push(!is_inside && numbers.contains(&number)),
            Piece::End(hint) => {
                if open.pop() == Some(true) {
                    show.put(&mut page, &asked, *hint);
                    asked.clear();
                }
            }
        }
    }
    page
}

impl Show<'_> {
    fn put(&mut self, page: &mut String, asked: &str, hint: Option<&str>) {
        let hint = hint.map(str::trim).filter(|hint| !hint.is_empty());
        match self {
            Self::Question => page.extend(["[", hint.unwrap_or("..."), "]"]),
            Self::Answer => page.extend(["<b>", asked, "</b>"]),
            Self::Only => {
                let comma = if page.is_empty() { "" } else { ", " };
                page.push_str(comma);
                page.push_str(asked);
            }
            Self::Gaps(gaps) => {
                page.push_str(&gap_mark(gaps.len()));
                if let Some(hint) = hint {
                    page.extend([" (", hint, ")"]);
                }
                gaps.push(html::to_plain(asked));
            }
        }
    }
}

/// What stands in the place of the gap with that number until the sentence is Markdown, or HTML.
pub fn gap_mark(number: usize) -> String {
    format!("{GAP_BEGINS}{number}{GAP_ENDS}")
}

/// The sentence with `{{gap}}` in the place of each mark; none if prep could not read it: too many gaps, or a text in
/// which the braces or the bar between spellings would mean something else.
pub fn sentence(markdown: &str, gaps: &[String], most: usize) -> Option<String> {
    let readable = |gap: &String| {
        !gap.is_empty() && !gap.contains(['|', '{', '}']) && !html::is_only_media(gap)
    };
    if !(1..=most).contains(&gaps.len()) || markdown.contains("{{") || !gaps.iter().all(readable) {
        return None;
    }
    let mut sentence = markdown.to_owned();
    for (number, gap) in gaps.iter().enumerate() {
        let mark = gap_mark(number);
        // A mark in code or in the address of a link may be lost; one shown twice is two gaps of one text.
        if !sentence.contains(&mark) {
            return None;
        }
        // A bracket right behind a gap would make a link of the two.
        sentence = sentence.replace(&format!("{mark}("), &format!("{mark}\\("));
        sentence = sentence.replace(&mark, &format!("{{{{{gap}}}}}"));
    }
    Some(sentence)
}

/// The field in pieces; an end without a begin and a begin without an end are text.
fn pieces(field: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    // For each open cloze the place of its begin in `pieces` and where its text begins in the field.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut written = 0;
    let mut at = 0;
    while let Some(found) = field[at..].find(['{', '}']) {
        let here = at + found;
        at = here + 1;
        if let Some((numbers, length)) = begin_at(&field[here..]) {
            if open.len() < DEEPEST {
                pieces.push(Piece::Text(&field[written..here]));
                open.push((pieces.len(), here));
                pieces.push(Piece::Begin(numbers));
                written = here + length;
            }
            at = here + length;
        } else if field[here..].starts_with("}}") && open.pop().is_some() {
            let (text, hint) = hint_of(&field[written..here]);
            pieces.push(Piece::Text(text));
            pieces.push(Piece::End(hint));
            written = here + 2;
            at = written;
        }
    }
    for (place, begins) in open {
        let end = field[begins..].find("::").map_or(field.len(), |it| begins + it + 2);
        pieces[place] = Piece::Text(&field[begins..end]);
    }
    pieces.push(Piece::Text(&field[written..]));
    pieces
}

/// The numbers of the cloze that begins here (`{{c1::`, `{{c1,2::`), and the length of that.
fn begin_at(text: &str) -> Option<(Vec<u32>, usize)> {
    let inner = text.strip_prefix("{{c")?;
    let end = inner.bytes().take(64).position(|byte| !(byte.is_ascii_digit() || byte == b','))?;
    if !inner[end..].starts_with("::") {
        return None;
    }
    let numbers: Option<Vec<u32>> =
        inner[..end].split(',').map(|number| number.parse().ok()).collect();
    Some((numbers?, "{{c".len() + end + "::".len()))
}

/// The text of a cloze, or its last piece behind another one, and the hint behind `::`.
fn hint_of(text: &str) -> (&str, Option<&str>) {
    match text.split_once("::") {
        Some((text, hint)) => (text, Some(hint)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::{Show, render, sentence};

    #[test]
    fn a_card_asks_for_one_number_and_shows_the_others() {
        let field = "{{c1::etcd}} stores {{c2::state::what?}} of the {{c1::cluster}}";
        assert_eq!(render(field, 1, &mut Show::Question), "[...] stores state of the [...]");
        assert_eq!(render(field, 2, &mut Show::Question), "etcd stores [what?] of the cluster");
        assert_eq!(
            render(field, 1, &mut Show::Answer),
            "<b>etcd</b> stores state of the <b>cluster</b>"
        );
        assert_eq!(render(field, 1, &mut Show::Only), "etcd, cluster");
        assert_eq!(render(field, 3, &mut Show::Question), "");
    }

    #[test]
    fn clozes_stand_within_each_other() {
        let field = "{{c1::a {{c2::b::h}} c}} d";
        assert_eq!(render(field, 1, &mut Show::Question), "[...] d");
        assert_eq!(render(field, 1, &mut Show::Answer), "<b>a b c</b> d");
        assert_eq!(render(field, 2, &mut Show::Question), "a [h] c d");
        assert_eq!(render("{{c1,3::x}}{{c2::y}}", 3, &mut Show::Question), "[...]y");
    }

    #[test]
    fn what_is_no_whole_cloze_is_text() {
        for text in ["{{c1::open", "a }} b", "{{c::x}}", "{{cx::y}}", "{{c1:x}}", "{{", "{{c1::"] {
            assert_eq!(render(text, 1, &mut Show::Answer), "", "{text}");
        }
        assert_eq!(render("{{c1::a}} {{c2::b", 1, &mut Show::Answer), "<b>a</b> {{c2::b");
        assert_eq!(render("{{c2::b {{c1::a}} c", 1, &mut Show::Answer), "{{c2::b <b>a</b> c");
    }

    #[test]
    fn gaps_become_those_of_prep_unless_it_could_not_read_them() {
        let mut gaps = Vec::new();
        let html = render("{{c1::<b>A</b> b::hint}} {{c2::x}}", 1, &mut Show::Gaps(&mut gaps));
        assert_eq!(gaps, ["A b"]);
        assert_eq!(sentence(&html, &gaps, 3).as_deref(), Some("{{A b}} (hint) x"));
        let html = render("{{c1::A}}(x)", 1, &mut Show::Gaps(&mut Vec::new()));
        assert_eq!(sentence(&html, &["A".into()], 3).as_deref(), Some("{{A}}\\(x)"));
        assert_eq!(sentence(&html, &["a|b".into()], 3), None);
        assert_eq!(sentence(&html, &[String::new()], 3), None);
        assert_eq!(sentence("no mark", &gaps, 3), None);
        assert_eq!(sentence(&html, &["a".into(), "b".into()], 1), None);
    }

    #[test]
    fn many_and_deep_clozes_take_linear_time() {
        let deep = "{{c1::a".repeat(50_000) + &"}}".repeat(50_000);
        assert!(!render(&deep, 1, &mut Show::Question).is_empty());
        let many = "{{c1::a}}".repeat(50_000);
        assert!(render(&many, 1, &mut Show::Question).len() == 5 * 50_000);
    }
}
