//! Tables in Markdown: columns as wide as their cells, narrowed and wrapped where the screen is too small.

use pulldown_cmark::Alignment;
use ratatui::text::{Line, Span};

use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::wrap::{spans_width, wrap_spans};

/// Cells between two columns.
const GAP: usize = 2;

/// The narrowest column worth drawing; below it rows are written out one cell a line.
const LEAST_COLUMN: usize = 4;

type Cell = Vec<Span<'static>>;

/// A table that is being read; the first row is its head.
pub struct Table {
    alignments: Vec<Alignment>,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
}

impl Table {
    /// An empty table.
    pub const fn new(alignments: Vec<Alignment>) -> Self {
        Self { alignments, rows: Vec::new(), row: Vec::new() }
    }

    /// Adds a cell to the current row.
    pub fn cell(&mut self, cell: Cell) {
        self.row.push(cell);
    }

    /// Ends the current row.
    pub fn end_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.row));
    }

    /// The table in lines of at most `width` cells.
    pub fn lines(&self, width: usize, theme: &Theme) -> Vec<Line<'static>> {
        let columns = self.alignments.len();
        let gaps = GAP * columns.saturating_sub(1);
        match width.checked_sub(gaps) {
            Some(room) if room >= columns * LEAST_COLUMN => {
                self.grid(&narrowed(self.natural_widths(), room), theme)
            }
            _ => self.written_out(width),
        }
    }

    fn natural_widths(&self) -> Vec<usize> {
        let widest = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| spans_width(cell)).max()
        };
        (0..self.alignments.len()).map(|column| widest(column).unwrap_or(0).max(1)).collect()
    }

    fn grid(&self, widths: &[usize], theme: &Theme) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            if number == 0 {
                let bold = theme.style(Role::Strong);
                let head: Vec<Cell> = row
                    .iter()
                    .map(|cell| cell.iter().map(|span| span.clone().patch_style(bold)).collect())
                    .collect();
                lines.extend(self.grid_row(&head, widths));
                let rule = theme
                    .glyphs
                    .rule
                    .repeat(widths.iter().sum::<usize>() + GAP * (widths.len() - 1));
                lines.push(Line::from(Span::styled(rule, theme.style(Role::Faint))));
            } else {
                lines.extend(self.grid_row(row, widths));
            }
        }
        lines
    }

    /// One row: each cell wrapped in its column, as many lines as the tallest cell.
    fn grid_row(&self, row: &[Cell], widths: &[usize]) -> Vec<Line<'static>> {
        let wrapped: Vec<Vec<Line<'static>>> = widths
            .iter()
            .enumerate()
            .map(|(column, width)| {
                row.get(column).map_or_else(Vec::new, |cell| wrap_spans(cell, *width, &[], &[]))
            })
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let line = |number: usize| {
            let mut spans = Vec::new();
            for (column, width) in widths.iter().enumerate() {
                let cell = wrapped[column].get(number).map_or(&[][..], |line| &line.spans);
                let free = width.saturating_sub(spans_width(cell));
                let left = match self.alignments.get(column) {
                    Some(Alignment::Right) => free,
                    Some(Alignment::Center) => free / 2,
                    _ => 0,
                };
                let gap = if column + 1 < widths.len() { GAP } else { 0 };
                spans.push(Span::raw(" ".repeat(left)));
                spans.extend(cell.iter().cloned());
                spans.push(Span::raw(" ".repeat(free - left + gap)));
            }
            spans.retain(|span| !span.content.is_empty());
            Line::from(spans)
        };
        (0..height).map(line).collect()
    }

    /// Rows one after another, each cell as `head: text`, for a screen too narrow for columns.
    fn written_out(&self, width: usize) -> Vec<Line<'static>> {
        let Some((head, rows)) = self.rows.split_first() else { return Vec::new() };
        let mut lines = Vec::new();
        if rows.is_empty() {
            lines.extend(head.iter().flat_map(|cell| wrap_spans(cell, width, &[], &[])));
        }
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                lines.push(Line::default());
            }
            for (column, cell) in row.iter().enumerate() {
                let mut spans = head.get(column).cloned().unwrap_or_default();
                spans.push(Span::raw(": "));
                spans.extend(cell.iter().cloned());
                lines.extend(wrap_spans(&spans, width, &[], &[]));
            }
        }
        lines
    }
}

/// Takes cells from the widest columns until the sum fits.
fn narrowed(mut widths: Vec<usize>, room: usize) -> Vec<usize> {
    for width in &mut widths {
        *width = (*width).min(room);
    }
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max() else { break };
        *widest = widest.saturating_sub(1).max(1);
    }
    widths
}
