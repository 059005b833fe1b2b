//! Charts of cells: columns over days, and a curve of points with their ranges against an expectation.

use ratatui::text::Line;

use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::wrap::{cells, pad_left};

/// Cells of the labels at the left edge.
const SCALE: usize = 5;
/// Dots of a braille pattern in a cell: across and down.
const DOTS: (usize, usize) = (2, 4);

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its height.
    pub value: u32,
    /// A second figure, drawn as a dot at its height.
    pub mark: Option<u32>,
}

/// Columns with a scale at the left; `label` names what stands under a column, or nothing.
pub fn columns(
    theme: &Theme,
    values: &[Column],
    (width, height): (usize, usize),
    label: impl Fn(usize) -> String,
) -> Vec<Line<'static>> {
    let room = width.saturating_sub(SCALE);
    if values.is_empty() || room < values.len() || height < 2 {
        return Vec::new();
    }
    let step = (room / values.len()).min(3);
    let bar = if step > 1 { step - 1 } else { 1 };
    let most = values.iter().map(|it| it.value.max(it.mark.unwrap_or(0))).max().unwrap_or(0);
    let top = round_up(most);
    let mut canvas = Canvas::new(SCALE + step * values.len(), height + 2);
    scale(&mut canvas, top, height);
    for (index, column) in values.iter().enumerate() {
        let x = SCALE + index * step;
        for across in x..x + bar {
            draw_column(theme, &mut canvas, (across, height), eighths(column.value, top, height));
        }
        if let Some(mark) = column.mark.filter(|mark| *mark > 0) {
            let y = height - eighths(mark, top, height).div_ceil(8).clamp(1, height);
            canvas.put(x + (bar - 1) / 2, y, theme.glyphs.hit_dot, Role::Good);
        }
    }
    for x in SCALE..SCALE + step * values.len() {
        canvas.put(x, height, theme.glyphs.rule, Role::Faint);
    }
    for index in 0..values.len() {
        canvas.write(SCALE + index * step, height + 1, &label(index), Role::Muted);
    }
    canvas.lines(theme)
}

/// The scale: the top, half of it, nothing.
fn scale(canvas: &mut Canvas, top: u32, height: usize) {
    let mut put = |y: usize, value: u32| {
        canvas.write(0, y, &pad_left(&value.to_string(), SCALE - 1), Role::Muted);
    };
    put(0, top);
    if height >= 5 && top.is_multiple_of(2) && height.is_multiple_of(2) {
        put(height / 2, top / 2);
    }
    put(height, 0);
}

/// A column of cells up to a height in eighths of a cell; something is never drawn as nothing.
fn draw_column(theme: &Theme, canvas: &mut Canvas, (x, floor): (usize, usize), eighths: usize) {
    let full = if theme.glyphs.is_fine { theme.glyphs.bars[7] } else { theme.glyphs.heat[3] };
    for row in 0..eighths / 8 {
        canvas.put(x, floor - 1 - row, full, Role::Accent);
    }
    let (y, rest) = (floor.checked_sub(1 + eighths / 8), eighths % 8);
    let Some(y) = y.filter(|_| rest > 0) else { return };
    let part = match (theme.glyphs.is_fine, rest) {
        (true, _) => theme.glyphs.bars[rest - 1],
        (false, 4..) => full,
        (false, _) => theme.glyphs.heat[1],
    };
    canvas.put(x, y, part, Role::Accent);
}

fn eighths(value: u32, top: u32, height: usize) -> usize {
    let all = u64::try_from(height * 8).unwrap_or(u64::MAX);
    let exact = (u64::from(value) * all * 2 + u64::from(top)) / (u64::from(top.max(1)) * 2);
    let least = u64::from(value > 0);
    usize::try_from(exact.clamp(least, all)).unwrap_or(0)
}

/// The next number that reads well on a scale.
pub fn round_up(most: u32) -> u32 {
    let mut unit = 1_u32;
    loop {
        for step in [2, 4, 6, 8, 10] {
            let top = unit.saturating_mul(step);
            if top >= most {
                return top;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// One point of a curve; shares are 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What stands under it.
    pub label: String,
    /// The second line under it.
    pub detail: String,
    /// Its height.
    pub share: f64,
    /// Where it truly lies.
    pub range: (f64, f64),
    /// What was expected.
    pub expected: f64,
}

/// Points with their ranges, and the expectation as a line, over a scale of percent that begins where the data does.
pub fn curve(
    theme: &Theme,
    points: &[Point],
    (width, height): (usize, usize),
) -> Vec<Line<'static>> {
    let room = width.saturating_sub(SCALE);
    if points.is_empty() || room < points.len() * 2 || height < 3 {
        return Vec::new();
    }
    let plot = Plot { bottom: bottom(points), height, room, count: points.len() };
    let mut canvas = Canvas::new(width, height + 2);
    plot.grid(theme, &mut canvas);
    plot.expectation(theme, &mut canvas, points);
    for (index, point) in points.iter().enumerate() {
        let x = plot.middle(index);
        for y in plot.row(point.range.1)..=plot.row(point.range.0) {
            canvas.put(x, y, theme.glyphs.stem, Role::Muted);
        }
        canvas.put(x, plot.row(point.share), theme.glyphs.hit_dot, Role::Good);
        for (below, text) in [(0, &point.label), (1, &point.detail)] {
            let left = x.saturating_sub((cells(text) - 1.min(cells(text))) / 2);
            let role = if below == 0 { Role::Muted } else { Role::Faint };
            canvas.write(left, height + below, text, role);
        }
    }
    canvas.lines(theme)
}

/// Where a share of 0 to 1 falls.
struct Plot {
    bottom: f64,
    height: usize,
    room: usize,
    count: usize,
}

impl Plot {
    /// The column of a point.
    fn middle(&self, index: usize) -> usize {
        SCALE + (2 * index + 1) * self.room / (2 * self.count)
    }

    /// The height of a share in parts of the plot, from the top.
    fn place(&self, share: f64, parts: usize) -> usize {
        let down = (1.0 - share) / (1.0 - self.bottom);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "a float cast saturates, and a screen has few cells"
        )]
        let place = (down * (parts - 1) as f64).round() as usize;
        place.min(parts - 1)
    }

    fn row(&self, share: f64) -> usize {
        self.place(share, self.height)
    }

    /// A line at every ten percent for which there is a row.
    fn grid(&self, theme: &Theme, canvas: &mut Canvas) {
        let lines = (0..=10_u32).map(|tens| f64::from(tens) / 10.0);
        let every = if self.height < 7 && self.bottom < 0.7 { 2 } else { 1 };
        for share in lines.rev().step_by(every).filter(|share| *share >= self.bottom - 1e-9) {
            let y = self.row(share);
            let words = format!("{:.0}", share * 100.0);
            canvas.write(0, y, &pad_left(&words, SCALE - 1), Role::Muted);
            for x in SCALE..SCALE + self.room {
                canvas.put(x, y, theme.glyphs.grid, Role::Faint);
            }
        }
    }

    /// The expectation from point to point, and level to both edges.
    fn expectation(&self, theme: &Theme, canvas: &mut Canvas, points: &[Point]) {
        let (first, last) = (self.middle(0), self.middle(self.count - 1));
        let reach = (self.room / (2 * self.count)).min(3);
        for x in first - reach..=last + reach {
            for part in 0..DOTS.0 {
                let at = self.expected_at(points, x * DOTS.0 + part);
                if theme.glyphs.is_fine {
                    let y = self.place(at, self.height * DOTS.1);
                    canvas.dot(x * DOTS.0 + part, y, Role::Accent);
                } else if part == 0 {
                    canvas.put(x, self.row(at), theme.glyphs.heat[0], Role::Accent);
                }
            }
        }
    }

    fn expected_at(&self, points: &[Point], dot: usize) -> f64 {
        let place = |index: usize| self.middle(index) * DOTS.0;
        let next = (0..self.count).find(|index| place(*index) >= dot);
        match next {
            None => points[self.count - 1].expected,
            Some(0) => points[0].expected,
            Some(index) => {
                let (from, to) = (place(index - 1), place(index));
                #[expect(clippy::cast_precision_loss, reason = "a screen has few cells")]
                let part = (dot - from) as f64 / (to - from) as f64;
                let (one, other) = (points[index - 1].expected, points[index].expected);
                one + (other - one) * part
            }
        }
    }
}

/// The share at which the scale begins: the ten below everything drawn, 80 % at most.
pub fn bottom(points: &[Point]) -> f64 {
    let least = points.iter().map(|it| it.range.0.min(it.expected)).fold(0.8, f64::min);
    ((least * 10.0).floor() / 10.0).clamp(0.0, 0.8)
}

#[cfg(test)]
mod tests {
    use super::{Column, Point, columns, curve, eighths, round_up};
    use crate::tui::theme::{Glyphs, Palette, Theme};
    use crate::tui::widgets::ansi::text_of;

    fn shown(lines: &[ratatui::text::Line<'_>]) -> Vec<String> {
        lines.iter().map(|line| text_of(line, false)).collect()
    }

    fn point(share: f64, expected: f64) -> Point {
        let range = (share - 0.1, (share + 0.05).min(1.0));
        Point { label: "1".into(), detail: "20".into(), share, range, expected }
    }

    #[test]
    fn a_scale_ends_at_a_number_that_reads_well() {
        let tops = [0, 1, 2, 3, 11, 37, 60, 61, 999].map(round_up);
        assert_eq!(tops, [2, 2, 2, 4, 20, 40, 60, 80, 1000]);
    }

    #[test]
    fn something_is_never_drawn_as_nothing() {
        assert_eq!((eighths(0, 100, 4), eighths(1, 1000, 4), eighths(100, 100, 4)), (0, 1, 32));
    }

    #[test]
    fn columns_stand_on_the_line_and_marks_at_their_height() {
        let theme = Theme::new(Palette::Plain, &Glyphs::ASCII);
        let values = [(4, None), (0, Some(4)), (1, None)];
        let values = values.map(|(value, mark)| Column { value, mark });
        let lines = columns(&theme, &values, (20, 4), |index| format!("{index}"));
        assert_eq!(
            shown(&lines),
            ["   4 ## *", "     ##", "     ##", "     ##    ##", "   0 ---------", "     0  1  2"]
        );
    }

    #[test]
    fn a_curve_shows_points_ranges_and_the_expectation() {
        let theme = Theme::new(Palette::Plain, &Glyphs::ASCII);
        let lines = curve(&theme, &[point(0.9, 0.95), point(0.85, 0.8)], (21, 7));
        let shown = shown(&lines);
        assert_eq!(shown.iter().filter(|line| line.contains('*')).count(), 2, "{shown:?}");
        assert!(shown[0].starts_with(" 100"), "{shown:?}");
        assert!(shown.iter().any(|line| line.starts_with("  70")), "{shown:?}");
        assert!(shown.iter().filter(|line| line.contains('|')).count() >= 2, "{shown:?}");
    }

    #[test]
    fn no_room_is_no_chart() {
        let theme = Theme::new(Palette::Plain, &Glyphs::UNICODE);
        let values = [Column { value: 1, mark: None }; 30];
        assert!(columns(&theme, &values, (30, 6), |_| String::new()).is_empty());
        assert!(curve(&theme, &[point(0.9, 0.9)], (6, 9)).is_empty());
        assert!(curve(&theme, &[], (60, 9)).is_empty());
    }
}
