//! Lines in and out: one event a line, wrapped to nothing, without escapes; Markdown as the words it shows.

use std::io::{self, BufRead, Read, Write};

use unicode_normalization::UnicodeNormalization;

use crate::study::answer::fold;
use crate::tui::key::{self, Folded, Key};
use crate::tui::theme::{Glyphs, Palette, Theme};
use crate::tui::widgets::{markup, wrap};

/// Bytes of a line at most; what is longer counts as several lines, so that no input fills the memory.
const MAX_LINE: u64 = 64 * 1024;

/// Where lines come from and where they go.
#[derive(Debug)]
pub struct Lines<R, W> {
    input: R,
    output: W,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// Lines over an open input and output.
    pub const fn new(input: R, output: W) -> Self {
        Self { input, output }
    }

    /// Writes a text; its own line ends are kept, control characters and blanks at line ends are not.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        let safe = wrap::clean(text);
        for line in safe.split('\n') {
            writeln!(self.output, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Writes several texts.
    pub fn say_all<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>) -> io::Result<()> {
        texts.into_iter().try_for_each(|text| self.say(text.as_ref()))
    }

    /// Writes a prompt as a line of its own and reads a line; none at the end of input.
    pub fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        self.say(prompt)?;
        self.read()
    }

    /// Reads a line, NFC and without control characters or blanks at its end; none at the end of input.
    pub fn read(&mut self) -> io::Result<Option<String>> {
        self.output.flush()?;
        let mut bytes = Vec::new();
        self.input.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let text: String = wrap::clean(&String::from_utf8_lossy(&bytes)).nfc().collect();
        // A carriage return inside a line would otherwise be a line end within an answer.
        Ok(Some(text.replace('\n', " ").trim_end().to_owned()))
    }

    /// Hands over everything that was written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Markdown as lines of words: no marks, no rules, every paragraph one line.
pub fn markdown(text: &str) -> Vec<String> {
    let theme = Theme::new(Palette::Plain, &Glyphs::ASCII);
    let is_rule = |line: &String| line.len() > 3 && line.chars().all(|c| c == '-');
    let mut lines: Vec<String> = markup::render(text, u16::MAX, &theme)
        .iter()
        .map(|line| line.spans.iter().map(|span| span.content.as_ref()).collect::<String>())
        .map(|line| line.trim_end().to_owned())
        .filter(|line| !is_rule(line))
        .collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines
}

/// A line that is an order to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// `?`
    Help,
    /// `-`
    Skip,
    /// `u`
    Undo,
    /// `x`
    Suspend,
    /// `b`
    Bury,
    /// `h`
    Hint,
    /// `q`
    Leave,
    /// `!`
    Sure,
}

impl Command {
    /// The command that a line is: one sign alone, also typed with the Korean input method or in full width.
    pub fn of(line: &str) -> Option<Self> {
        match latin(line.trim())?.to_ascii_lowercase() {
            '?' => Some(Self::Help),
            '-' => Some(Self::Skip),
            'u' => Some(Self::Undo),
            'x' => Some(Self::Suspend),
            'b' => Some(Self::Bury),
            'h' => Some(Self::Hint),
            'q' => Some(Self::Leave),
            '!' => Some(Self::Sure),
            _ => None,
        }
    }
}

/// The Latin character of a line of one character.
fn latin(line: &str) -> Option<char> {
    let mut characters = line.chars();
    let (Some(c), None) = (characters.next(), characters.next()) else { return None };
    match key::fold(Key::Char(c)) {
        Folded::Key(Key::Char(c)) => Some(c),
        _ => None,
    }
}

/// The text of a line: `\x` stands for an answer that would be a command.
pub fn text_of(line: &str) -> &str {
    match line.trim_start().strip_prefix('\\') {
        Some(rest) if Command::of(rest).is_some() => rest,
        _ => line,
    }
}

/// Whole numbers separated by spaces or commas; none if anything else stands in the line.
pub fn numbers(line: &str) -> Option<Vec<usize>> {
    fold(line)
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(|word| word.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Command, Lines, markdown, numbers, text_of};

    #[test]
    fn a_command_is_the_same_with_the_korean_input_method_and_in_full_width() {
        for line in ["q", "Q", " q ", "ㅂ", "ｑ"] {
            assert_eq!(Command::of(line), Some(Command::Leave), "{line}");
        }
        for line in ["", "qq", "바", "7", "\\q"] {
            assert_eq!(Command::of(line), None, "{line}");
        }
        assert_eq!((text_of("\\q"), text_of("\\n"), text_of("q q")), ("q", "\\n", "q q"));
    }

    #[test]
    fn numbers_may_be_separated_by_spaces_and_commas() {
        assert_eq!(numbers("1, 3  ４,"), Some(vec![1, 3, 4]));
        assert_eq!(numbers(""), Some(Vec::new()));
        for wrong in ["one", "1 x", "-1", "99999999999999999999999"] {
            assert_eq!(numbers(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn markdown_is_said_without_marks_rules_and_wrapping() {
        let long = "word ".repeat(100);
        let said =
            markdown(&format!("**{}**\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", long.trim()));
        assert_eq!(said[0], long.trim());
        assert!(said.iter().all(|line| !line.contains("--") && !line.contains('*')), "{said:?}");
        assert!(said.iter().any(|line| line.starts_with('1') && line.ends_with('2')), "{said:?}");
    }

    #[test]
    fn no_escape_of_a_deck_or_of_the_input_gets_through() {
        let mut written = Vec::new();
        let mut lines = Lines::new(&b"a\x1b[31m\xff\r\nlast"[..], &mut written);
        lines.say("x\u{1b}[2Jy").unwrap();
        assert_eq!(lines.read().unwrap().as_deref(), Some("a[31m\u{fffd}"));
        assert_eq!(lines.read().unwrap().as_deref(), Some("last"));
        assert_eq!(lines.read().unwrap(), None);
        assert_eq!(written, b"x[2Jy\n");
    }
}
