//! What is done to every text of a package before anybody looks into it.

/// The text without escape sequences, control characters, marks that change the direction of writing, and the
/// characters that this room uses as its own marks. Line ends are LF.
pub fn clean(text: &str) -> String {
    if !text.contains(is_unwelcome) {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // An escape sequence goes as a whole, so that a pasted colour does not leave `[31m` behind.
            '\u{1b}' if rest.peek() == Some(&'[') => {
                rest.next();
                while rest.next_if(|c| matches!(c, ' '..='?')).is_some() {}
                rest.next_if(|c| matches!(c, '@'..='~'));
            }
            '\r' if rest.peek() != Some(&'\n') => kept.push('\n'),
            '\u{2028}' | '\u{2029}' => kept.push('\n'),
            c if is_unwelcome(c) => {}
            c => kept.push(c),
        }
    }
    kept
}

/// A cleaned text on one line without white space at its ends, for names and labels.
pub fn clean_line(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(clean).collect();
    words.join(" ")
}

/// Whether no text may hold the character.
pub fn is_unwelcome(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
                | '\u{fdd0}'..='\u{fdef}'
        )
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_line};

    #[test]
    fn texts_cannot_carry_escape_sequences_or_control_characters() {
        assert_eq!(clean("a\u{1b}[1;31mred\u{1b}[0m\u{7}\u{9b}b\tc\r\nd\re"), "aredb\tc\nd\ne");
        assert_eq!(clean("abc\u{202e}txt\u{fdd0}한글"), "abctxt한글");
        assert_eq!(clean_line(" a\n\u{1b}]b "), "a ]b");
    }
}
