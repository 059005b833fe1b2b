//! A small grid of cells to draw charts on, with braille dots where fine lines are needed.

use ratatui::text::{Line, Span};

use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::wrap::cells;

/// A grid of cells; what is drawn later covers what was drawn before.
pub struct Canvas {
    width: usize,
    rows: Vec<Vec<Cell>>,
}

#[derive(Clone)]
struct Cell {
    text: String,
    role: Role,
    /// Dots of a braille pattern, as in the offset from U+2800.
    dots: u8,
    /// Covered by the wide glyph before it.
    is_covered: bool,
}

/// The bit of each dot of a braille pattern: four rows of two columns.
const DOTS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

impl Canvas {
    /// An empty grid.
    pub fn new(width: usize, height: usize) -> Self {
        let blank = Cell { text: " ".to_owned(), role: Role::Text, dots: 0, is_covered: false };
        Self { width, rows: vec![vec![blank; width]; height] }
    }

    /// Puts one glyph of a cell; outside nothing happens.
    pub fn put(&mut self, x: usize, y: usize, glyph: &str, role: Role) {
        if let Some(cell) = self.rows.get_mut(y).and_then(|row| row.get_mut(x)) {
            *cell = Cell { text: glyph.to_owned(), role, dots: 0, is_covered: false };
        }
    }

    /// Writes a text from a cell on; it is not drawn where it would not fit or would touch another text.
    pub fn write(&mut self, x: usize, y: usize, text: &str, role: Role) -> bool {
        let width = cells(text);
        let Some(row) = self.rows.get_mut(y) else { return false };
        let near = x.saturating_sub(1)..(x + width + 1).min(self.width);
        let is_free = row[near.start.min(near.end)..near.end]
            .iter()
            .all(|cell| cell.text == " " && !cell.is_covered);
        if width == 0 || x + width > self.width || !is_free {
            return false;
        }
        row[x] = Cell { text: text.to_owned(), role, dots: 0, is_covered: false };
        for covered in &mut row[x + 1..x + width] {
            covered.is_covered = true;
        }
        true
    }

    /// Sets one of the two by four dots of a cell, counted over the whole grid from the top left.
    pub fn dot(&mut self, x: usize, y: usize, role: Role) {
        if let Some(cell) = self.rows.get_mut(y / 4).and_then(|row| row.get_mut(x / 2)) {
            let dots = cell.dots | DOTS[y % 4][x % 2];
            let text = char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' ').to_string();
            *cell = Cell { text, role, dots, is_covered: false };
        }
    }

    /// The rows as styled lines.
    pub fn lines(self, theme: &Theme) -> Vec<Line<'static>> {
        self.rows.into_iter().map(|row| line_of(row, theme)).collect()
    }
}

/// A row with neighbours of one role joined.
fn line_of(row: Vec<Cell>, theme: &Theme) -> Line<'static> {
    let mut runs: Vec<(Role, String)> = Vec::new();
    for cell in row.into_iter().filter(|cell| !cell.is_covered) {
        match runs.last_mut() {
            Some((role, text)) if *role == cell.role => text.push_str(&cell.text),
            _ => runs.push((cell.role, cell.text)),
        }
    }
    let span = |(role, text)| Span::styled(text, theme.style(role));
    Line::from(runs.into_iter().map(span).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::Canvas;
    use crate::tui::theme::{Glyphs, Palette, Role, Theme};
    use crate::tui::widgets::ansi::text_of;

    fn shown(canvas: Canvas) -> Vec<String> {
        let theme = Theme::new(Palette::Plain, &Glyphs::UNICODE);
        canvas.lines(&theme).iter().map(|line| text_of(line, false)).collect()
    }

    #[test]
    fn texts_do_not_run_into_each_other() {
        let mut canvas = Canvas::new(10, 1);
        assert!(canvas.write(0, 0, "오늘", Role::Muted));
        assert!(!canvas.write(4, 0, "x", Role::Muted), "no blank between");
        assert!(canvas.write(5, 0, "x", Role::Muted));
        assert!(!canvas.write(8, 0, "long", Role::Muted), "over the edge");
        assert_eq!(shown(canvas), ["오늘 x"]);
    }

    #[test]
    fn dots_of_one_cell_come_together() {
        let mut canvas = Canvas::new(2, 1);
        canvas.dot(0, 0, Role::Accent);
        canvas.dot(1, 3, Role::Accent);
        canvas.dot(99, 99, Role::Accent);
        assert_eq!(shown(canvas), ["\u{2881}\u{20}".trim_end()]);
    }
}
