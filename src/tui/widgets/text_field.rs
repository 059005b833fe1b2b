//! A field for text of one or several lines, with the terminal's real cursor at the insertion point.
//!
//! The real cursor matters: a Korean input method draws the letter in composition there.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, Input, Key as AreaKey, TextArea, WrapMode};
use unicode_normalization::UnicodeNormalization;

use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::theme::Role;
use crate::tui::widgets::page::to_u16;
use crate::tui::widgets::wrap::{clean, wrap};

/// Characters that a field takes at most.
const MOST: usize = 4_000;

/// A field being edited.
#[derive(Clone, Debug)]
pub struct TextField {
    area: TextArea<'static>,
    is_line: bool,
}

impl TextField {
    /// A field of several lines.
    pub fn of_lines(text: &str) -> Self {
        let mut area = TextArea::new(clean(text).split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self::with(area, false)
    }

    /// A field of one line.
    pub fn of_line(text: &str) -> Self {
        let mut area = TextArea::new(vec![clean(text).replace('\n', " ")]);
        area.move_cursor(CursorMove::End);
        Self::with(area, true)
    }

    fn with(mut area: TextArea<'static>, is_line: bool) -> Self {
        area.set_cursor_line_style(Style::new());
        // The widget's own cursor is a reversed cell; the terminal's cursor is used instead.
        area.set_cursor_style(Style::new());
        Self { area, is_line }
    }

    /// What is written, in NFC.
    pub fn text(&self) -> String {
        self.area.lines().join("\n").nfc().collect()
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Takes a key; tells whether the text changed.
    pub fn key(&mut self, key: Key) -> bool {
        match key {
            Key::Char(_) if self.is_full() => false,
            Key::Char(c) if c.is_control() => false,
            Key::Char(c) => {
                self.area.insert_char(c);
                true
            }
            Key::Enter if self.is_line || self.is_full() => false,
            Key::Ctrl('u') => self.area.delete_line_by_head(),
            // The widget would delete the line; a line feed is a new line.
            Key::Ctrl('j' | 'm') => self.key(Key::Enter),
            _ => input(key).is_some_and(|input| self.area.input(input)),
        }
    }

    /// Takes a pasted text; a line end in it never submits.
    pub fn paste(&mut self, text: &str) -> bool {
        let text: String = clean(text).nfc().collect();
        let text = if self.is_line { text.replace('\n', " ") } else { text };
        let room = MOST.saturating_sub(self.length());
        let fitting: String = text.chars().take(room).collect();
        self.area.insert_str(fitting)
    }

    /// Lines that the text takes at a width, at least one.
    pub fn height(&self, width: u16) -> u16 {
        let rows = self.area.lines().iter().map(|line| wrap(line, usize::from(width)).len().max(1));
        to_u16(rows.sum::<usize>().max(1))
    }

    /// Draws the text and gives the cell of the insertion point.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) -> Position {
        let style = look.theme.style(Role::SoftBackground).patch(look.theme.style(Role::Text));
        frame.buffer_mut().set_style(area, style);
        (&self.area).render(area, frame.buffer_mut());
        let cursor = self.area.screen_cursor();
        let (top, left) = self.area.scroll_offset();
        let inside = |offset: u16, length: u16| offset.min(length.saturating_sub(1));
        Position {
            x: area.x + inside(to_u16(cursor.col).saturating_sub(left), area.width),
            y: area.y + inside(to_u16(cursor.row).saturating_sub(top), area.height),
        }
    }

    fn length(&self) -> usize {
        self.area.lines().iter().map(|line| line.chars().count() + 1).sum()
    }

    fn is_full(&self) -> bool {
        self.length() >= MOST
    }
}

fn input(key: Key) -> Option<Input> {
    let (key, ctrl) = match key {
        Key::Char(c) => (AreaKey::Char(c), false),
        Key::Ctrl(c) => (AreaKey::Char(c), true),
        Key::Enter => (AreaKey::Enter, false),
        Key::Backspace => (AreaKey::Backspace, false),
        Key::Delete => (AreaKey::Delete, false),
        Key::Up => (AreaKey::Up, false),
        Key::Down => (AreaKey::Down, false),
        Key::Left => (AreaKey::Left, false),
        Key::Right => (AreaKey::Right, false),
        Key::PageUp => (AreaKey::PageUp, false),
        Key::PageDown => (AreaKey::PageDown, false),
        Key::Home => (AreaKey::Home, false),
        Key::End => (AreaKey::End, false),
        Key::Tab | Key::BackTab | Key::Esc | Key::F(_) => return None,
    };
    Some(Input { key, ctrl, alt: false, shift: false })
}

#[cfg(test)]
mod tests {
    use super::{MOST, TextField};
    use crate::tui::key::Key;

    fn typed(field: &mut TextField, text: &str) {
        for c in text.chars() {
            field.key(if c == '\n' { Key::Enter } else { Key::Char(c) });
        }
    }

    #[test]
    fn korean_is_kept_in_composed_form() {
        let mut field = TextField::of_lines("");
        field.paste("\u{1112}\u{1161}\u{11AB}");
        assert_eq!(field.text(), "한");
    }

    #[test]
    fn enter_is_a_new_line_only_where_there_are_lines() {
        let mut lines = TextField::of_lines("");
        typed(&mut lines, "a\nb");
        assert_eq!(lines.text(), "a\nb");
        let mut line = TextField::of_line("");
        typed(&mut line, "a\nb");
        line.paste("c\r\nd");
        assert_eq!(line.text(), "abc d");
    }

    #[test]
    fn shell_keys_edit() {
        let mut field = TextField::of_line("one two");
        field.key(Key::Ctrl('w'));
        assert_eq!(field.text(), "one ");
        field.key(Key::Ctrl('u'));
        assert!(field.is_empty());
    }

    #[test]
    fn a_line_feed_is_a_new_line_and_deletes_nothing() {
        let mut field = TextField::of_lines("half an answer");
        field.key(Key::Ctrl('j'));
        assert_eq!(field.text(), "half an answer\n");
    }

    #[test]
    fn an_endless_paste_is_cut() {
        let mut field = TextField::of_lines("");
        field.paste(&"가".repeat(MOST * 2));
        assert!(field.text().chars().count() <= MOST);
    }
}
