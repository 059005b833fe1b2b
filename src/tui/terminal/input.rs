//! What the bytes of a terminal mean: keys and pastes. Pure; reads nothing itself.
//!
//! Written here because crossterm 0.29 spins for ever once the terminal is gone, and sleeps on input that came in one
//! piece larger than its buffer. Its parser is used where there is no Unix.

use std::collections::VecDeque;
use std::time::Duration;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::tui::key::Key;

/// What a user did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted in one piece.
    Paste(String),
}

const ESCAPE: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";
/// How long an escape byte may stand alone before it is the key Esc; slow lines tear sequences apart.
const ESCAPE_PATIENCE: Duration = Duration::from_millis(25);
/// How long the rest of any other sequence or paste may take.
const PATIENCE: Duration = Duration::from_millis(500);
/// Bytes after which a sequence is noise.
const LONGEST_SEQUENCE: usize = 64;

/// Takes bytes as they come and gives inputs as they are complete.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    paste: Option<Vec<u8>>,
}

/// What stands at the front of the bytes.
enum Step {
    /// The beginning of something.
    Wait,
    /// So many bytes that mean a key, or nothing.
    Done(usize, Option<Key>),
    /// So many bytes that begin a paste.
    Paste(usize),
}

impl Decoder {
    /// Takes bytes and puts what is complete at the end of the queue.
    pub fn feed(&mut self, bytes: &[u8], queue: &mut VecDeque<Input>) {
        self.bytes.extend_from_slice(bytes);
        let mut at = 0;
        loop {
            if self.paste.is_some() {
                let rest = self.bytes.split_off(at);
                self.bytes.clear();
                at = 0;
                if !self.feed_paste(rest, queue) {
                    return;
                }
            }
            match step(&self.bytes[at..]) {
                Step::Wait => break,
                Step::Done(length, key) => {
                    at += length;
                    queue.extend(key.map(Input::Key));
                }
                Step::Paste(length) => {
                    at += length;
                    self.paste = Some(Vec::new());
                }
            }
        }
        self.bytes.drain(..at);
    }

    /// Adds to the paste; whether it is over, with what came after it left in `bytes`.
    fn feed_paste(&mut self, bytes: Vec<u8>, queue: &mut VecDeque<Input>) -> bool {
        let mut paste = self.paste.take().unwrap_or_default();
        // The end may have been torn apart: look at a few of the bytes that came before.
        let from = paste.len().saturating_sub(PASTE_END.len() - 1);
        paste.extend(bytes);
        let end = paste[from..].windows(PASTE_END.len()).position(|found| found == PASTE_END);
        let Some(end) = end else {
            self.paste = Some(paste);
            return false;
        };
        self.bytes = paste.split_off(from + end + PASTE_END.len());
        paste.truncate(from + end);
        queue.push_back(Input::Paste(pasted_text(&paste)));
        true
    }

    /// How long to wait for the rest of what has begun; none if nothing has.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.bytes.as_slice()) {
            (None, []) => None,
            (None, [ESCAPE]) => Some(ESCAPE_PATIENCE),
            _ => Some(PATIENCE),
        }
    }

    /// The rest did not come: an escape byte was the key, an open paste is all there is, all else means nothing.
    pub fn give_up(&mut self, queue: &mut VecDeque<Input>) {
        if let Some(paste) = self.paste.take() {
            queue.push_back(Input::Paste(pasted_text(&paste)));
        } else if self.bytes == [ESCAPE] {
            queue.push_back(Input::Key(Key::Esc));
        }
        self.bytes.clear();
    }
}

/// Line ends become LF; characters that would move the terminal's cursor go.
pub fn clean_paste(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn pasted_text(bytes: &[u8]) -> String {
    clean_paste(&String::from_utf8_lossy(bytes))
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [] | [ESCAPE] => Step::Wait,
        [ESCAPE, ESCAPE, ..] => Step::Done(1, Some(Key::Esc)),
        [ESCAPE, b'[', rest @ ..] => control_sequence(rest),
        [ESCAPE, b'O', rest @ ..] => single_shift(rest),
        // Alt and another key: Alt is not used, but Alt-Enter is still Enter.
        [ESCAPE, rest @ ..] => match step(rest) {
            Step::Done(length, key) => {
                Step::Done(length + 1, key.filter(|key| !matches!(key, Key::Char(_))))
            }
            other => other,
        },
        [byte, ..] if byte.is_ascii() => Step::Done(1, ascii(*byte)),
        _ => character(bytes),
    }
}

fn ascii(byte: u8) -> Option<Key> {
    Some(match byte {
        // Several terminals send a line feed for Control-Enter or Shift-Enter.
        b'\r' | b'\n' => Key::Enter,
        b'\t' => Key::Tab,
        0x08 | 0x7f => Key::Backspace,
        0 => Key::Ctrl(' '),
        1..=0x1a => Key::Ctrl(char::from(byte - 1 + b'a')),
        0x1c..=0x1f => Key::Ctrl(char::from(byte - 0x1c + b'4')),
        ESCAPE => return None,
        _ => Key::Char(char::from(byte)),
    })
}

/// A character of several bytes; bytes that are none are skipped.
fn character(bytes: &[u8]) -> Step {
    let length = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Step::Done(1, None),
    };
    let known = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(known) {
        Ok(text) => {
            let shown = text.chars().next().filter(|c| !c.is_control());
            Step::Done(length, shown.map(Key::Char))
        }
        Err(error) if error.error_len().is_none() => Step::Wait,
        Err(_) => Step::Done(1, None),
    }
}

/// `ESC O` and a letter: arrows and the first function keys in application mode.
fn single_shift(rest: &[u8]) -> Step {
    let Some(letter) = rest.first() else { return Step::Wait };
    match letter_code(*letter) {
        Some(code) => Step::Done(3, key(code, 1)),
        None if *letter == b'M' => Step::Done(3, Some(Key::Enter)),
        // Alt-O and something else that comes next.
        None => Step::Done(2, None),
    }
}

/// `ESC [`, parameters, and a final byte.
fn control_sequence(rest: &[u8]) -> Step {
    // The Linux console: ESC [ [ A to E.
    if let [b'[', more @ ..] = rest {
        return match more.first() {
            None => Step::Wait,
            Some(letter @ b'A'..=b'E') => Step::Done(4, Some(Key::F(letter - b'A' + 1))),
            Some(_) => Step::Done(3, None),
        };
    }
    let end = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte));
    let Some(end) = end else {
        return if rest.len() > LONGEST_SEQUENCE {
            Step::Done(2 + rest.len(), None)
        } else {
            Step::Wait
        };
    };
    if !(0x40..=0x7e).contains(&rest[end]) {
        // Torn: the byte that does not belong begins something new.
        return Step::Done(2 + end, None);
    }
    let length = 2 + end + 1;
    // Reports that the program never asks for, such as the mouse's.
    if rest[0] >= b'<' && end > 0 {
        return Step::Done(length, None);
    }
    let parameters = Parameters::read(&rest[..end]);
    if rest[end] == b'~' && parameters.get(0, 0) == Some(200) {
        return Step::Paste(length);
    }
    Step::Done(length, parameters.key(rest[end]))
}

/// The numbers of a control sequence, separated by `;` and within these by `:`.
struct Parameters(Vec<Vec<Option<u32>>>);

impl Parameters {
    fn read(bytes: &[u8]) -> Self {
        let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse().ok();
        let group = |group: &[u8]| group.split(|byte| *byte == b':').map(number).collect();
        Self(bytes.split(|byte| *byte == b';').map(group).collect())
    }

    fn get(&self, group: usize, at: usize) -> Option<u32> {
        self.0.get(group)?.get(at).copied().flatten()
    }

    fn key(&self, last: u8) -> Option<Key> {
        // With the kitty protocol a terminal may tell that a key was let go.
        if self.get(1, 1) == Some(3) {
            return None;
        }
        let modifiers = self.get(1, 0).unwrap_or(1);
        match last {
            b'~' if self.get(0, 0) == Some(27) => unicode_key(self.get(2, 0)?, modifiers),
            b'~' => key(numbered_code(self.get(0, 0)?)?, modifiers),
            b'u' => unicode_key(self.get(0, 0)?, modifiers),
            b'Z' => Some(Key::BackTab),
            letter => key(letter_code(letter)?, modifiers),
        }
    }
}

fn letter_code(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

fn numbered_code(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11 => KeyCode::F(1),
        12 => KeyCode::F(2),
        13 => KeyCode::F(3),
        14 => KeyCode::F(4),
        15 => KeyCode::F(5),
        17 => KeyCode::F(6),
        18 => KeyCode::F(7),
        19 => KeyCode::F(8),
        20 => KeyCode::F(9),
        21 => KeyCode::F(10),
        23 => KeyCode::F(11),
        24 => KeyCode::F(12),
        _ => return None,
    })
}

/// A key told by its character, as the kitty protocol and xterm's `modifyOtherKeys` do.
fn unicode_key(number: u32, modifiers: u32) -> Option<Key> {
    let shift = modifiers.saturating_sub(1) & 1 == 1;
    let code = match number {
        8 | 127 => KeyCode::Backspace,
        9 if shift => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 | 57414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        // Function and modifier keys of the kitty protocol.
        57344..=63743 => return None,
        _ => match char::from_u32(number).filter(|c| !c.is_control())? {
            c if shift => KeyCode::Char(c.to_ascii_uppercase()),
            c => KeyCode::Char(c),
        },
    };
    key(code, modifiers)
}

/// A key with the modifiers as terminals number them: 1 and a bit each for Shift, Alt, Control.
fn key(code: KeyCode, modifiers: u32) -> Option<Key> {
    let bits = modifiers.saturating_sub(1);
    let mut held = KeyModifiers::NONE;
    held.set(KeyModifiers::SHIFT, bits & 1 != 0);
    held.set(KeyModifiers::ALT, bits & 2 != 0);
    held.set(KeyModifiers::CONTROL, bits & 4 != 0);
    Key::from_event(&KeyEvent::new(code, held))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::{Decoder, Input, VecDeque};
    use crate::tui::key::Key;

    fn decode(bytes: &[u8]) -> Vec<Input> {
        let (mut decoder, mut queue) = (Decoder::default(), VecDeque::new());
        decoder.feed(bytes, &mut queue);
        decoder.give_up(&mut queue);
        queue.into()
    }

    fn keys(bytes: &str) -> Vec<Key> {
        let key = |input| match input {
            Input::Key(key) => Some(key),
            Input::Paste(_) => None,
        };
        decode(bytes.as_bytes()).into_iter().filter_map(key).collect()
    }

    #[test]
    fn every_way_a_terminal_spells_a_key_is_understood() {
        let spellings: [(&str, Key); 37] = [
            ("a", Key::Char('a')),
            ("한", Key::Char('한')),
            (" ", Key::Char(' ')),
            ("\r", Key::Enter),
            ("\t", Key::Tab),
            ("\x7f", Key::Backspace),
            ("\x08", Key::Backspace),
            ("\x03", Key::Ctrl('c')),
            ("\n", Key::Enter),
            ("\x1a", Key::Ctrl('z')),
            ("\x1b", Key::Esc),
            ("\x1b[A", Key::Up),
            ("\x1bOA", Key::Up),
            ("\x1b[1;5B", Key::Down),
            ("\x1b[D", Key::Left),
            ("\x1b[C", Key::Right),
            ("\x1b[H", Key::Home),
            ("\x1b[1~", Key::Home),
            ("\x1b[4~", Key::End),
            ("\x1bOF", Key::End),
            ("\x1b[3~", Key::Delete),
            ("\x1b[5~", Key::PageUp),
            ("\x1b[6~", Key::PageDown),
            ("\x1b[Z", Key::BackTab),
            ("\x1bOP", Key::F(1)),
            ("\x1b[11~", Key::F(1)),
            ("\x1b[[A", Key::F(1)),
            ("\x1bOQ", Key::F(2)),
            ("\x1b[15~", Key::F(5)),
            ("\x1b[24~", Key::F(12)),
            ("\x1b\r", Key::Enter),
            ("\x1bOM", Key::Enter),
            ("\x1b[97u", Key::Char('a')),
            ("\x1b[97;2u", Key::Char('A')),
            ("\x1b[99;5u", Key::Ctrl('c')),
            // Control-C on a Korean keyboard.
            ("\x1b[12618;5u", Key::Ctrl('c')),
            ("\x1b[27;5;99~", Key::Ctrl('c')),
        ];
        for (bytes, key) in spellings {
            assert_eq!(keys(bytes), [key], "{bytes:?}");
        }
    }

    #[test]
    fn what_means_nothing_gives_nothing_and_what_follows_is_not_lost() {
        for nothing in ["\x1b[I", "\x1b[<0;3;4M", "\x1b[97;1:3u", "\x1bq", "\x1b[2~", "\u{85}"] {
            assert_eq!(keys(&format!("{nothing}x")), [Key::Char('x')], "{nothing:?}");
        }
        assert_eq!(keys("\x1b\x1b[A"), [Key::Esc, Key::Up]);
        assert_eq!(keys("\x1b[1;\x1b[A"), [Key::Up]);
        assert_eq!(decode(b"\xffx\xe3\x85"), [Input::Key(Key::Char('x'))]);
    }

    #[test]
    fn a_paste_is_one_text_with_plain_line_ends() {
        let bytes = "a\x1b[200~일\r\n둘\r셋\x1b[31m\x07\x1b[201~b".as_bytes();
        let expected = [
            Input::Key(Key::Char('a')),
            Input::Paste("일\n둘\n셋[31m".into()),
            Input::Key(Key::Char('b')),
        ];
        assert_eq!(decode(bytes), expected);
    }

    #[test]
    fn a_paste_without_an_end_is_not_lost() {
        assert_eq!(decode(b"\x1b[200~abc"), [Input::Paste("abc".into())]);
    }

    #[test]
    fn an_escape_byte_waits_a_moment_for_its_sequence() {
        let (mut decoder, mut queue) = (Decoder::default(), VecDeque::new());
        decoder.feed(b"\x1b", &mut queue);
        assert!(queue.is_empty() && decoder.patience().is_some());
        decoder.feed(b"[A", &mut queue);
        assert_eq!(queue, [Input::Key(Key::Up)]);
        assert_eq!(decoder.patience(), None);
    }

    proptest! {
        #[test]
        fn no_bytes_are_a_panic_and_tearing_them_apart_changes_nothing(
            bytes in proptest::collection::vec(
                proptest::sample::select(b"\x1b[O~;:0127uAMZ<\r\x03ab\xe3\x85\x82\xff".to_vec()), 0..60),
            cut in any::<usize>(),
        ) {
            let cut = cut % (bytes.len() + 1);
            let (mut decoder, mut queue) = (Decoder::default(), VecDeque::new());
            decoder.feed(&bytes[..cut], &mut queue);
            decoder.feed(&bytes[cut..], &mut queue);
            decoder.give_up(&mut queue);
            prop_assert!(queue.len() <= bytes.len());
            prop_assert_eq!(Vec::from(queue), decode(&bytes));
        }
    }
}
