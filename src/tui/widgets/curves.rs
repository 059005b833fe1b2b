//! Curves of shares over days: a heavy one with the range around it, a dotted one beside it, bars of a number per day.

use ratatui::text::{Line, Span};

use crate::study::plan::Range;
use crate::tui::theme::{Glyphs, Role, Theme};
use crate::tui::widgets::wrap::{pad_left, truncate};

/// A chart of shares from 0 to 1 over the same days.
#[derive(Clone, Debug)]
pub struct Curves<'a> {
    /// Drawn as a line, with its range behind it.
    pub main: &'a [Range],
    /// Drawn as dots; may be empty.
    pub other: &'a [Range],
    /// Columns and rows of the drawing, without axes.
    pub size: (usize, usize),
}

/// Cells of the numbers beside a chart.
const AXIS: usize = 6;
/// Heights of a dot within a cell.
const DOTS: usize = 4;
/// The dots of a braille cell, left and right column, from the top.
const BRAILLE: [[u32; DOTS]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// One cell of the drawing.
#[derive(Clone, Copy, Default)]
struct Cell {
    main: u32,
    other: u32,
    is_in_range: bool,
}

impl Curves<'_> {
    /// The rows from the top down to 0 %, with numbers on the left.
    pub fn lines(&self, theme: &Theme) -> Vec<Line<'static>> {
        let (columns, rows) = self.size;
        (0..rows)
            .map(|row| {
                let label = match row {
                    0 => percent(self.top()),
                    row if row + 1 == rows => percent(0.0),
                    row if row == rows / 2 => percent(self.top() / 2.0),
                    _ => String::new(),
                };
                let label = format!("{} {}", pad_left(&label, AXIS - 2), theme.glyphs.quote);
                let mut spans = vec![Span::styled(label, theme.style(Role::Faint))];
                spans.extend((0..columns).map(|column| self.cell(column, row).drawn(theme)));
                Line::from(spans)
            })
            .collect()
    }

    /// The share at the top: the next quarter above everything that is drawn.
    fn top(&self) -> f32 {
        let values = self.main.iter().chain(self.other);
        let most = values.map(|range| range.high).filter(|high| high.is_finite());
        (most.fold(0.0, f32::max) * 4.0).ceil().clamp(1.0, 4.0) / 4.0
    }

    /// Cells that a chart takes beside its columns.
    pub const fn margin() -> usize {
        AXIS
    }

    fn cell(&self, column: usize, row: usize) -> Cell {
        let mut cell = Cell::default();
        for side in 0..2 {
            let at = column * 2 + side;
            if let Some(range) = self.at(self.main, at) {
                cell.main |= self.dot(range.middle, row, side);
                let center = self.height(row);
                cell.is_in_range |= (range.low..=range.high).contains(&center);
            }
            if let (0, Some(range)) = (side, self.at(self.other, at)) {
                cell.other |= self.dot(range.middle, row, side);
            }
        }
        cell
    }

    /// The dot of a share in a row; none where it lies in another one.
    fn dot(&self, share: f32, row: usize, side: usize) -> u32 {
        let dots = self.size.1 * DOTS;
        let from_top = step_of(1.0 - share / self.top(), dots);
        if from_top / DOTS == row { BRAILLE[side][from_top % DOTS] } else { 0 }
    }

    /// The share in the middle of a row.
    fn height(&self, row: usize) -> f32 {
        self.top() * (1.0 - (number(row) + 0.5) / number(self.size.1.max(1)))
    }

    /// The value at a half column: the days are spread over the whole width.
    fn at(&self, values: &[Range], half_column: usize) -> Option<Range> {
        let last = values.len().checked_sub(1)?;
        let share = number(half_column) / number((self.size.0 * 2).saturating_sub(1).max(1));
        let place = share * number(last);
        let before = step_of(share, last + 1).min(last);
        let before = if number(before) > place { before.saturating_sub(1) } else { before };
        let after = (before + 1).min(last);
        let part = (place - number(before)).clamp(0.0, 1.0);
        let between = |one: f32, other: f32| one + (other - one) * part;
        let (one, other) = (values[before], values[after]);
        Some(Range {
            low: between(one.low, other.low),
            middle: between(one.middle, other.middle),
            high: between(one.high, other.high),
        })
    }
}

impl Cell {
    fn drawn(self, theme: &Theme) -> Span<'static> {
        let is_ascii = is_ascii(theme);
        let (glyph, role) = match (self.main, self.other, self.is_in_range) {
            (0, 0, false) => (' ', Role::Faint),
            (0, 0, true) => (if is_ascii { ':' } else { '░' }, Role::Faint),
            (0, other, _) => (if is_ascii { 'o' } else { braille(other) }, Role::Warn),
            (main, other, _) => (if is_ascii { '*' } else { braille(main | other) }, Role::Accent),
        };
        Span::styled(glyph.to_string(), theme.style(role))
    }
}

fn is_ascii(theme: &Theme) -> bool {
    *theme.glyphs == Glyphs::ASCII
}

fn braille(dots: u32) -> char {
    char::from_u32(0x2800 + dots).unwrap_or(' ')
}

/// The line under a chart: its first and its last day.
pub fn axis(theme: &Theme, columns: usize, (first, last): (&str, &str)) -> Line<'static> {
    let first = truncate(first, columns, "");
    let room = columns.saturating_sub(crate::tui::widgets::wrap::cells(&first));
    let text = format!("{}{first}{}", " ".repeat(AXIS), pad_left(&truncate(last, room, ""), room));
    Line::styled(text, theme.style(Role::Muted))
}

/// A bar per column for a number per day, the days spread over the same width as in a chart above it.
pub fn bars(theme: &Theme, values: &[f32], columns: usize, most: f32) -> Vec<Span<'static>> {
    (0..columns)
        .map(|column| {
            let count = values.len();
            let from = (column * count / columns.max(1)).min(count);
            let to = ((column + 1) * count / columns.max(1)).clamp(from, count).max(from + 1);
            let days = values.get(from..to.min(count)).unwrap_or_default();
            let mean = days.iter().sum::<f32>() / number(days.len().max(1));
            if mean <= 0.0 {
                // The separator of the ASCII set is one of its bars.
                let nothing = if is_ascii(theme) { " " } else { theme.glyphs.separator };
                return Span::styled(nothing, theme.style(Role::Faint));
            }
            let glyph = theme.glyphs.bar(f64::from(mean / most.max(f32::MIN_POSITIVE)));
            Span::styled(glyph, theme.style(Role::Accent))
        })
        .collect()
}

fn percent(share: f32) -> String {
    format!("{:.0}%", share * 100.0)
}

/// Which of so many equal steps a share from 0 to 1 lies in.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast saturates, and the share is not negative"
)]
fn step_of(share: f32, steps: usize) -> usize {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    ((share * number(steps)) as usize).min(steps.saturating_sub(1))
}

#[expect(clippy::cast_precision_loss, reason = "cells of a screen, days of a plan")]
fn number(number: usize) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use ratatui::text::Line;

    use super::{Curves, bars};
    use crate::study::plan::Range;
    use crate::tui::theme::{Glyphs, Palette, Theme};
    use crate::tui::widgets::wrap::cells;

    const ASCII: Theme = Theme::new(Palette::Plain, &Glyphs::ASCII);
    const UNICODE: Theme = Theme::new(Palette::Plain, &Glyphs::UNICODE);

    fn flat(low: f32, middle: f32, high: f32) -> Vec<Range> {
        vec![Range { low, middle, high }; 3]
    }

    fn texts(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_curve_lies_at_its_height_within_its_range() {
        let (main, other) = (flat(0.3, 0.5, 0.8), flat(0.0, 0.05, 0.1));
        let curves = Curves { main: &main, other: &other, size: (6, 5) };
        let lines = texts(&curves.lines(&ASCII));
        assert_eq!(
            lines,
            ["100% |      ", "     |::::::", " 50% |******", "     |::::::", "  0% |oooooo"]
        );
    }

    #[test]
    fn a_rising_curve_rises_and_no_number_breaks_a_drawing() {
        let rising: Vec<Range> =
            [0.0, 0.5, 1.0].map(|share| Range { low: share, middle: share, high: share }).to_vec();
        let curves = Curves { main: &rising, other: &[], size: (8, 4) };
        let lines = texts(&curves.lines(&UNICODE));
        assert!(
            lines[0].ends_with(|c| c != ' ') && lines[3].chars().nth(6) != Some(' '),
            "{lines:?}"
        );
        let odd = flat(f32::NAN, f32::INFINITY, -3.0);
        for values in [&odd[..], &odd[..1], &[]] {
            let curves = Curves { main: values, other: values, size: (7, 3) };
            let lines = texts(&curves.lines(&UNICODE));
            assert!(lines.iter().all(|line| cells(line) == 13), "{lines:?}");
        }
        assert!(Curves { main: &odd, other: &[], size: (0, 0) }.lines(&UNICODE).is_empty());
    }

    #[test]
    fn bars_fill_the_width_whether_days_are_few_or_many() {
        for days in [1, 3, 10, 95] {
            let values = vec![5.0; days];
            let drawn = bars(&UNICODE, &values, 10, 10.0);
            assert_eq!(drawn.iter().map(|span| cells(&span.content)).sum::<usize>(), 10);
            assert!(drawn.iter().all(|span| span.content == "▄"), "{drawn:?}");
        }
        assert_eq!(bars(&UNICODE, &[], 4, 0.0).len(), 4);
    }
}
