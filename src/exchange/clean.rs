//! What is done to every imported text: one normal form, no control characters, and the forms in which texts are compared and named.

use unicode_normalization::UnicodeNormalization;

/// Characters of an excerpt.
const EXCERPT: usize = 60;
/// Characters of a slug.
const SLUG: usize = 48;

/// A text in NFC with LF line ends, without escape sequences, control characters and marks that turn the direction of writing.
pub fn clean(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                rest.next_if_eq(&'\n');
                kept.push('\n');
            }
            '\t' | '\n' => kept.push(c),
            '\u{a0}' => kept.push(' '),
            '\u{1b}' => skip_escape(&mut rest),
            '\u{2028}' | '\u{2029}' | '\u{85}' => kept.push('\n'),
            c if c.is_control() || is_invisible(c) => {}
            c => kept.push(c),
        }
    }
    if kept.is_ascii() { kept } else { kept.nfc().collect() }
}

/// An escape sequence goes as a whole, so that a pasted colour does not leave `[31m` behind.
fn skip_escape(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match rest.peek() {
        Some('[') => {
            rest.next();
            while rest.next_if(|c| matches!(c, ' '..='?')).is_some() {}
            rest.next_if(|c| matches!(c, '@'..='~'));
        }
        // A title or a link ends with a bell or the string terminator; one that has no end takes at most its line.
        Some(']' | 'P' | '^' | '_' | 'X') => {
            while let Some(c) = rest.next_if(|c| *c != '\n') {
                if c == '\u{7}' || c == '\u{9c}' {
                    break;
                }
                if c == '\u{1b}' {
                    rest.next_if_eq(&'\\');
                    break;
                }
            }
        }
        _ => {}
    }
}

/// Byte-order marks, spaces without width, and what turns the direction of writing, which can hide what a text says.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// A text in which only letters and digits count: two questions that differ in markup or spaces are the same.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut is_apart = false;
    for c in text.nfkc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || matches!(c, '+' | '#' | '/' | '=' | '<' | '>' | '$') {
            if is_apart && !folded.is_empty() {
                folded.push(' ');
            }
            is_apart = false;
            folded.push(c);
        } else {
            is_apart = true;
        }
    }
    folded
}

/// A name in lower case with hyphens, at most 48 characters; Hangul stays. Empty where the text has no letter or digit.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut count = 0;
    for word in folded(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if count > 0 && count + length >= SLUG {
            break;
        }
        if count > 0 {
            slug.push('-');
        }
        slug.extend(word.chars().take(SLUG));
        count += length + 1;
    }
    slug
}

/// The beginning of a text as one line without control characters.
pub fn excerpt(text: &str) -> String {
    let line = clean(text).split_whitespace().collect::<Vec<&str>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    let kept: String = line.chars().take(EXCERPT - 3).collect();
    format!("{}...", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{clean, excerpt, folded, slug};

    #[test]
    fn escape_sequences_and_control_characters_do_not_come_in() {
        assert_eq!(clean("a\u{1b}[31mred\u{1b}[0m\u{7}\u{9b}b\r\nc\rd"), "aredb\nc\nd");
        assert_eq!(clean("x\u{1b}]0;title\u{7}y\u{1b}]8;;http://a\u{1b}\\z"), "xyz");
        assert_eq!(clean("a\u{202e}b\u{feff}c\u{200b}d"), "abcd");
    }

    #[test]
    fn decomposed_hangul_is_composed() {
        assert_eq!(clean("\u{1112}\u{1161}\u{11ab}글"), "한글");
    }

    #[test]
    fn two_spellings_of_a_question_are_one() {
        assert_eq!(folded("**What** is `TCP`?"), folded("what is tcp"));
        assert_ne!(folded("C++"), folded("C"));
    }

    #[test]
    fn a_slug_is_a_name_for_a_shell() {
        assert_eq!(slug("What is a *Pod*? (Kubernetes)"), "what-is-a-pod-kubernetes");
        assert_eq!(slug("데드락이란?"), "데드락이란");
        assert_eq!(slug("???"), "");
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt("a\n b"), "a b");
        assert_eq!(excerpt(&"word ".repeat(40)).chars().count(), 60);
    }
}
