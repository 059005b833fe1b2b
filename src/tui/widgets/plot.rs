//! A line over an axis, drawn with the dots of Braille letters, or with ASCII where those cannot be drawn.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::tui::theme::{Role, Theme};

/// The bits of a Braille letter's left and right dots, from the top (Unicode, Braille Patterns).
const DOTS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// A field of cells to draw in. Shares are 0 (bottom) to 1 (top).
#[derive(Clone, Debug)]
pub struct Plot {
    columns: usize,
    rows: usize,
    cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    dots: u8,
    line: Option<Role>,
    sign: Option<(&'static str, Role)>,
    backdrop: Option<(&'static str, Role)>,
}

impl Plot {
    /// An empty field.
    pub fn new(columns: usize, rows: usize) -> Self {
        Self { columns, rows, cells: vec![Cell::default(); columns * rows] }
    }

    /// Number of places along the axis at which [`Self::line`] asks for a share: two in each column.
    pub const fn steps(&self) -> usize {
        self.columns * 2
    }

    /// Draws a line that falls without gaps; where it rises or a share is missing it begins anew.
    pub fn line(&mut self, share: impl Fn(usize) -> Option<f32>, role: impl Fn(usize) -> Role) {
        let mut last: Option<usize> = None;
        for step in 0..self.steps() {
            let height = share(step).map(|share| self.dot_of(share));
            if let Some(height) = height {
                let from = last.filter(|last| *last < height).map_or(height, |last| last + 1);
                for dot in from..=height {
                    self.set(step, dot, role(step));
                }
            }
            last = height;
        }
    }

    /// Dots from the top at which a share is drawn.
    fn dot_of(&self, share: f32) -> usize {
        let most = (self.rows * 4).saturating_sub(1);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a few rows"
        )]
        let dot = ((1.0 - share.clamp(0.0, 1.0)) * most as f32).round() as usize;
        dot.min(most)
    }

    fn set(&mut self, step: usize, dot: usize, role: Role) {
        let index = dot / 4 * self.columns + step / 2;
        if let Some(cell) = self.cells.get_mut(index) {
            cell.dots |= DOTS[step % 2][dot % 4];
            cell.line = Some(role);
        }
    }

    /// Puts a sign over whatever is drawn there.
    pub fn sign(&mut self, column: usize, share: f32, sign: &'static str, role: Role) {
        let index = self.dot_of(share) / 4 * self.columns + column;
        if column < self.columns && index < self.cells.len() {
            self.cells[index].sign = Some((sign, role));
        }
    }

    /// An upright through a column, behind the line.
    pub fn upright(&mut self, column: usize, sign: &'static str, role: Role) {
        if column < self.columns {
            for row in 0..self.rows {
                self.cells[row * self.columns + column].backdrop = Some((sign, role));
            }
        }
    }

    /// A row of signs in every other cell, behind everything.
    pub fn level(&mut self, row: usize, sign: &'static str, role: Role) {
        for column in (0..self.columns).step_by(2) {
            if let Some(cell) = self.cells.get_mut(row * self.columns + column)
                && cell.backdrop.is_none()
            {
                cell.backdrop = Some((sign, role));
            }
        }
    }

    /// The rows from the top.
    pub fn rows(&self, theme: &Theme) -> Vec<Vec<Span<'static>>> {
        let rows = self.cells.chunks(self.columns.max(1));
        rows.map(|row| row.iter().map(|cell| drawn(cell, theme)).collect()).collect()
    }
}

fn drawn(cell: &Cell, theme: &Theme) -> Span<'static> {
    if let Some((sign, role)) = cell.sign {
        return Span::styled(sign, theme.style(role));
    }
    match (cell.line, cell.backdrop) {
        (Some(role), _) if theme.glyphs.is_ascii() => Span::styled(".", theme.style(role)),
        (Some(role), _) => {
            let letter = char::from_u32(0x2800 + u32::from(cell.dots)).unwrap_or(' ');
            Span::styled(letter.to_string(), theme.style(role))
        }
        (None, Some((sign, role))) => Span::styled(sign, theme.style(role)),
        (None, None) => Span::styled(" ", Style::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::Plot;
    use crate::tui::theme::{Glyphs, Palette, Role, Theme};

    fn text(plot: &Plot, glyphs: &'static Glyphs) -> Vec<String> {
        let rows = plot.rows(&Theme::new(Palette::Plain, glyphs));
        rows.iter().map(|row| row.iter().map(|span| span.content.as_ref()).collect()).collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "a few steps")]
    fn falling(step: usize) -> f32 {
        1.0 - step as f32 / 7.0
    }

    #[test]
    fn a_falling_line_is_drawn_from_corner_to_corner() {
        let mut plot = Plot::new(4, 2);
        plot.line(|step| Some(falling(step)), |_| Role::Accent);
        assert_eq!(text(&plot, &Glyphs::UNICODE), ["⠑⢄  ", "  ⠑⢄"]);
        assert_eq!(text(&plot, &Glyphs::ASCII), ["..  ", "  .."]);
    }

    #[test]
    fn a_steep_fall_has_no_gap_and_a_rise_is_a_new_beginning() {
        let mut plot = Plot::new(2, 2);
        plot.line(|step| Some([1.0, 0.0, 1.0, 1.0][step]), |_| Role::Accent);
        assert_eq!(text(&plot, &Glyphs::UNICODE), ["⢱⠉", "⢸ "].map(str::to_owned));
    }

    #[test]
    fn signs_stand_over_the_line_and_uprights_behind_it() {
        let mut plot = Plot::new(3, 1);
        plot.upright(0, "|", Role::Faint);
        plot.upright(1, "|", Role::Faint);
        plot.line(|step| (step == 2).then_some(1.0), |_| Role::Accent);
        plot.sign(2, 0.5, "o", Role::Good);
        plot.sign(9, 0.5, "o", Role::Good);
        assert_eq!(text(&plot, &Glyphs::UNICODE), ["|⠁o"]);
    }
}
