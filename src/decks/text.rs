//! What is done to every text of a deck file before anybody sees it: one normal form, no control characters; titles, hashes and widths.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::domain::card::fnv1a;

/// A deck text as the program uses it: NFC, LF line ends, tabs as four spaces, no control characters or escape sequences, no blank end.
pub fn clean(text: &str) -> String {
    if is_plain(text.as_bytes()) {
        return text.trim_end().to_owned();
    }
    let text = if text.chars().any(is_unwelcome) {
        Cow::Owned(without_controls(text))
    } else {
        Cow::Borrowed(text)
    };
    let text = text.trim_end();
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.to_owned()
    } else {
        text.nfc().collect()
    }
}

/// Whether a text has nothing to clean: almost every text is printable ASCII and composed Hangul, and a look at its bytes is
/// several times faster than the tables of Unicode. Anything else goes the long way.
fn is_plain(mut bytes: &[u8]) -> bool {
    loop {
        bytes = match bytes {
            [] => return true,
            [b' '..=b'~' | b'\n', rest @ ..]
            // U+00A0 to U+02FF.
            | [0xc2, 0xa0..=0xbf, rest @ ..]
            | [0xc3..=0xcb, _, rest @ ..]
            // Hangul syllables.
            | [0xea, 0xb0..=0xbf, _, rest @ ..]
            | [0xeb | 0xec, _, _, rest @ ..]
            | [0xed, ..=0x9d, _, rest @ ..]
            // Dashes and quotation marks; arrows; lines of drawings.
            | [0xe2, 0x80, 0x90..=0xbf, rest @ ..]
            | [0xe2, 0x86 | 0x87 | 0x94 | 0x95, _, rest @ ..] => rest,
            _ => return false,
        }
    }
}

/// A line of a file for showing: without its end and without control characters, but otherwise as it is.
pub fn shown_line(line: &str) -> String {
    line.chars().filter(|c| !c.is_control() || *c == '\t').collect()
}

/// The nearest place at or before `offset` where a character begins, at most the end of the text.
pub fn character_start(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn is_unwelcome(c: char) -> bool {
    c.is_control() && c != '\n'
}

fn without_controls(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\t' => kept.push_str("    "),
            // An escape sequence goes as a whole, so that a pasted colour does not leave `[31m` behind.
            '\u{1b}' if rest.peek() == Some(&'[') => {
                rest.next();
                while rest.next_if(|c| matches!(c, ' '..='?')).is_some() {}
                rest.next_if(|c| matches!(c, '@'..='~'));
            }
            '\n' => kept.push(c),
            c if c.is_control() => {}
            c => kept.push(c),
        }
    }
    kept
}

/// Hash of a text in which case, width forms and white space do not count.
pub fn folded_hash(text: &str) -> u64 {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            folded.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            folded.extend(word.nfkc().flat_map(char::to_lowercase));
        }
    }
    // NFKC can bring forth new spaces; a second look keeps the promise that white space does not count.
    if folded.is_ascii() {
        return fnv1a(folded.as_bytes());
    }
    let words: Vec<&str> = folded.split_whitespace().collect();
    fnv1a(words.join(" ").as_bytes())
}

/// The first line of a Markdown text that says something, without markup.
pub fn title_of(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("```"))
        .map(without_markup)
        .find(|line| !line.is_empty())
        .unwrap_or_default()
}

fn without_markup(line: &str) -> String {
    let line = line.trim().trim_start_matches(['#', '>']).trim_start();
    let line = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
    let characters: Vec<char> = line.chars().collect();
    let mut kept = String::with_capacity(line.len());
    let mut in_code = false;
    let mut index = 0;
    while let Some(&c) = characters.get(index) {
        let before = index.checked_sub(1).and_then(|at| characters.get(at)).copied();
        let after = characters.get(index + 1).copied();
        index += 1;
        match c {
            '`' => in_code = !in_code,
            _ if in_code => kept.push(c),
            '*' if !stands_alone(before, after) => {}
            '_' if is_emphasis(before, after) => {}
            '[' => {
                if let Some((label, end)) = link_at(&characters, index) {
                    kept.push_str(&label);
                    index = end;
                } else {
                    kept.push(c);
                }
            }
            c => kept.push(c),
        }
    }
    kept.trim().to_owned()
}

/// A star between spaces or digits is a product, not markup.
fn stands_alone(before: Option<char>, after: Option<char>) -> bool {
    let open = |c: Option<char>| c.is_some_and(|c| c == ' ' || c.is_ascii_digit());
    open(before) && open(after)
}

/// An underscore inside a word (`tcp_syn_retries`) is part of it.
fn is_emphasis(before: Option<char>, after: Option<char>) -> bool {
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    in_word(before) != in_word(after)
}

/// The label of `[label](address)` whose label begins at `start`, and where the link ends.
fn link_at(characters: &[char], start: usize) -> Option<(String, usize)> {
    let rest = characters.get(start..)?;
    let close = rest.iter().position(|c| *c == ']')?;
    if rest.get(close + 1) != Some(&'(') {
        return None;
    }
    let end = rest.iter().skip(close).position(|c| *c == ')')? + close;
    Some((rest.iter().take(close).collect(), start + end + 1))
}

/// The number of terminal cells of a line: two for Hangul, Han, Kana and full-width forms, none for combining marks.
pub fn cells(line: &str) -> usize {
    line.chars().map(cells_of).sum()
}

fn cells_of(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{cells, clean, folded_hash, title_of};

    #[test]
    fn texts_cannot_carry_escape_sequences_or_control_characters() {
        assert_eq!(clean("a\u{1b}[31mred\u{1b}[0m\u{7}\u{9b}b\tc\r\nd\n\n"), "aredb    c\nd");
    }

    #[test]
    fn decomposed_hangul_is_composed() {
        assert_eq!(clean("\u{1112}\u{1161}\u{11ab}글"), "한글");
        assert_eq!(clean("e\u{301}"), "é");
    }

    #[test]
    fn plain_texts_need_no_cleaning_and_others_get_it() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}b");
            if super::is_plain(text.as_bytes()) {
                let whole: String = super::without_controls(&text).nfc().collect();
                assert_eq!(whole, text, "{c:?}");
            }
        }
    }

    #[test]
    fn titles_lose_their_markup_but_not_their_words() {
        assert_eq!(
            title_of("\n## What does **`tcp_syn_retries`** do?\nMore"),
            "What does tcp_syn_retries do?"
        );
        assert_eq!(
            title_of("See [the *docs*](https://x.y/z_1) for _this_, 3 * 4"),
            "See the *docs* for this, 3 * 4"
        );
        assert_eq!(title_of("```\ncode\n```"), "code");
    }

    #[test]
    fn the_hash_sees_words_only() {
        assert_eq!(folded_hash("What  is\nＴＣＰ?"), folded_hash("what is tcp?"));
        assert_ne!(folded_hash("what is tcp?"), folded_hash("what is udp?"));
    }

    #[test]
    fn hangul_is_two_cells_wide() {
        assert_eq!(cells("ab한글"), 6);
    }
}
