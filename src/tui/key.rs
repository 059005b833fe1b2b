//! One spelling of keys for all terminals and input methods: parse, print, and fold what a Korean keyboard sends.

use std::fmt;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_normalization::UnicodeNormalization;

/// A key as the program understands it. Shift is in the character, Alt is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character as typed.
    Char(char),
    /// Control and a lower-case character.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// A function key, 1 to 12.
    F(u8),
}

const NAMED: [(Key, &str, &str); 15] = [
    (Key::Enter, "enter", "Enter"),
    (Key::Esc, "esc", "Esc"),
    (Key::Tab, "tab", "Tab"),
    (Key::BackTab, "shift-tab", "Shift-Tab"),
    (Key::Backspace, "backspace", "Backspace"),
    (Key::Delete, "delete", "Delete"),
    (Key::Up, "up", "Up"),
    (Key::Down, "down", "Down"),
    (Key::Left, "left", "Left"),
    (Key::Right, "right", "Right"),
    (Key::PageUp, "pageup", "PgUp"),
    (Key::PageDown, "pagedown", "PgDn"),
    (Key::Home, "home", "Home"),
    (Key::End, "end", "End"),
    (Key::Char(' '), "space", "Space"),
];

impl Key {
    /// The key of a terminal event; none for keys that the program does not use.
    pub fn from_event(event: &KeyEvent) -> Option<Self> {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let key = match event.code {
            KeyCode::Char(c) if control => Self::Ctrl(fold_letter(c).to_ascii_lowercase()),
            KeyCode::Char(_) if event.modifiers.contains(KeyModifiers::ALT) => return None,
            KeyCode::Char(c) => Self::Char(c),
            KeyCode::Enter => Self::Enter,
            KeyCode::Esc => Self::Esc,
            KeyCode::Tab => Self::Tab,
            KeyCode::BackTab => Self::BackTab,
            KeyCode::Backspace => Self::Backspace,
            KeyCode::Delete => Self::Delete,
            KeyCode::Up => Self::Up,
            KeyCode::Down => Self::Down,
            KeyCode::Left => Self::Left,
            KeyCode::Right => Self::Right,
            KeyCode::PageUp => Self::PageUp,
            KeyCode::PageDown => Self::PageDown,
            KeyCode::Home => Self::Home,
            KeyCode::End => Self::End,
            KeyCode::F(number) => Self::F(number),
            _ => return None,
        };
        Some(key)
    }

    /// Reads the spelling of settings and tests: `a`, `?`, `ctrl-d`, `f2`, `space`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        if let (Some(only), None) = (chars.next(), chars.next()) {
            return Some(Self::Char(only));
        }
        let lower = text.to_lowercase();
        if let Some((key, _, _)) = NAMED.iter().find(|(_, name, _)| *name == lower) {
            return Some(*key);
        }
        if let Some(letter) = lower.strip_prefix("ctrl-") {
            let mut letters = letter.chars();
            return match (letters.next(), letters.next()) {
                (Some(letter), None) => Some(Self::Ctrl(letter)),
                _ => None,
            };
        }
        let number: u8 = lower.strip_prefix('f')?.parse().ok()?;
        (1..=12).contains(&number).then_some(Self::F(number))
    }

    /// Whether the key is a letter of a Korean keyboard that may have been left over in the input method.
    pub fn is_hangul(self) -> bool {
        matches!(self, Self::Char(c) if is_hangul(c))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((_, _, shown)) = NAMED.iter().find(|(key, _, _)| key == self) {
            return f.write_str(shown);
        }
        match self {
            Self::Char(c) => write!(f, "{c}"),
            Self::Ctrl(c) => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            Self::F(number) => write!(f, "F{number}"),
            _ => Ok(()),
        }
    }
}

/// What a key means on a command screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// A key, with Hangul letters and full-width forms turned into the Latin key they share a place with.
    Key(Key),
    /// A composed syllable or double letter: the input method has swallowed several keys, so nothing is done.
    Composed(char),
}

/// Folds a key for a command screen; text fields take keys as they are.
pub fn fold(key: Key) -> Folded {
    let Key::Char(c) = key else { return Folded::Key(key) };
    let folded = fold_letter(c);
    if folded != c || !is_hangul(c) {
        return Folded::Key(Key::Char(folded));
    }
    Folded::Composed(c)
}

/// The Latin character on the same key, or the character itself.
fn fold_letter(c: char) -> char {
    if let Some(latin) = jamo_to_latin(c) {
        return latin;
    }
    match c {
        '\u{3000}' => ' ',
        // Full-width ASCII.
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFEE0).expect("full-width ASCII maps into ASCII")
        }
        // Half-width and conjoining letters have compatibility letters.
        '\u{FFA1}'..='\u{FFDC}' => {
            let plain = c.nfkc().next().unwrap_or(c);
            jamo_to_latin(compatibility(plain)).unwrap_or(c)
        }
        '\u{1100}'..='\u{1175}' => jamo_to_latin(compatibility(c)).unwrap_or(c),
        _ => c,
    }
}

/// The 2-set (dubeolsik) layout, KS X 5002: compatibility letters and the QWERTY keys they lie on.
const TWO_SET: [(char, char); 33] = [
    ('ㅂ', 'q'),
    ('ㅈ', 'w'),
    ('ㄷ', 'e'),
    ('ㄱ', 'r'),
    ('ㅅ', 't'),
    ('ㅛ', 'y'),
    ('ㅕ', 'u'),
    ('ㅑ', 'i'),
    ('ㅐ', 'o'),
    ('ㅔ', 'p'),
    ('ㅁ', 'a'),
    ('ㄴ', 's'),
    ('ㅇ', 'd'),
    ('ㄹ', 'f'),
    ('ㅎ', 'g'),
    ('ㅗ', 'h'),
    ('ㅓ', 'j'),
    ('ㅏ', 'k'),
    ('ㅣ', 'l'),
    ('ㅋ', 'z'),
    ('ㅌ', 'x'),
    ('ㅊ', 'c'),
    ('ㅍ', 'v'),
    ('ㅠ', 'b'),
    ('ㅜ', 'n'),
    ('ㅡ', 'm'),
    ('ㅃ', 'Q'),
    ('ㅉ', 'W'),
    ('ㄸ', 'E'),
    ('ㄲ', 'R'),
    ('ㅆ', 'T'),
    ('ㅒ', 'O'),
    ('ㅖ', 'P'),
];

fn jamo_to_latin(c: char) -> Option<char> {
    TWO_SET.iter().find(|(jamo, _)| *jamo == c).map(|(_, latin)| *latin)
}

/// The compatibility letter of a conjoining leading consonant or vowel (Unicode 3.12, Hangul).
fn compatibility(c: char) -> char {
    const LEADING: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
    let at = |text: &str, index: u32| text.chars().nth(index as usize).unwrap_or(c);
    match u32::from(c) {
        code @ 0x1100..=0x1112 => at(LEADING, code - 0x1100),
        code @ 0x1161..=0x1175 => at(VOWELS, code - 0x1161),
        _ => c,
    }
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}' | '\u{FFA0}'..='\u{FFDC}')
}

#[cfg(test)]
mod tests {
    use super::{Folded, Key, TWO_SET, fold};

    #[test]
    fn every_key_prints_and_parses() {
        for text in ["a", "?", "-", "enter", "ctrl-d", "f2", "space", "pagedown", "shift-tab"] {
            let key = Key::parse(text).expect(text);
            let printed = key.to_string();
            let spelled = printed.replace("PgDn", "pagedown");
            assert_eq!(Key::parse(&spelled), Some(key), "{text} printed as {printed}");
        }
        assert_eq!(Key::parse("f13"), None);
        assert_eq!(Key::parse("nonsense"), None);
    }

    #[test]
    fn every_letter_of_the_two_set_layout_is_its_latin_key() {
        assert_eq!(fold(Key::Char('ㅂ')), Folded::Key(Key::Char('q')));
        assert_eq!(fold(Key::Char('ㅃ')), Folded::Key(Key::Char('Q')));
        let latin: std::collections::BTreeSet<char> = TWO_SET.iter().map(|(_, l)| *l).collect();
        assert_eq!(latin.len(), TWO_SET.len());
        assert_eq!(('a'..='z').filter(|l| latin.contains(l)).count(), 26);
    }

    #[test]
    fn conjoining_half_and_full_width_forms_are_folded() {
        for (typed, meant) in [
            ('\u{1107}', 'q'),
            ('\u{1161}', 'k'),
            ('ﾲ', 'q'),
            ('？', '?'),
            ('１', '1'),
            ('　', ' '),
        ] {
            assert_eq!(fold(Key::Char(typed)), Folded::Key(Key::Char(meant)), "{typed:?}");
        }
    }

    #[test]
    fn no_syllable_and_no_double_letter_does_anything() {
        for code in 0xAC00..=0xD7A3_u32 {
            let c = char::from_u32(code).expect("a syllable");
            assert_eq!(fold(Key::Char(c)), Folded::Composed(c));
        }
        for c in ['ㅘ', 'ㄳ', 'ㅢ', '\u{11A8}'] {
            assert_eq!(fold(Key::Char(c)), Folded::Composed(c), "{c:?}");
        }
    }

    #[test]
    fn latin_keys_stay() {
        assert_eq!(fold(Key::Char('q')), Folded::Key(Key::Char('q')));
        assert_eq!(fold(Key::Enter), Folded::Key(Key::Enter));
    }
}
