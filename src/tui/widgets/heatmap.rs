//! A calendar with a square per day: a column per week, a row per weekday, bigger and brighter the more was done.

use ratatui::text::{Line, Span};

use crate::domain::time::{Day, FirstWeekday};
use crate::tui::look::Look;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::wrap::cells;

/// Weeks of a year, the most that are shown.
const MOST_WEEKS: usize = 53;

/// What the map shows.
pub struct Heatmap<F> {
    /// The last day.
    pub today: Day,
    /// The weekday of the first row.
    pub first_weekday: FirstWeekday,
    /// How much was done on a day: 0 nothing to 3 much.
    pub level: F,
    /// Number of weeks, the last one the week of today.
    pub weeks: usize,
}

/// Weeks for which there is room.
pub fn weeks_in(look: &Look<'_>, width: usize) -> usize {
    (width.saturating_sub(label_width(look)) / 2).min(MOST_WEEKS)
}

/// The square of a level, and its role.
pub fn square(theme: &Theme, level: usize) -> (&'static str, Role) {
    let role = match level {
        0 => Role::Faint,
        1 => Role::HeatLow,
        2 => Role::HeatMiddle,
        _ => Role::HeatHigh,
    };
    (theme.glyphs.heat[level.min(3)], role)
}

/// What the squares mean.
pub fn legend(look: &Look<'_>) -> Line<'static> {
    let mut spans = vec![Span::raw(" ".repeat(label_width(look)))];
    for (level, words) in look.texts.heat_legend().iter().enumerate() {
        let (glyph, role) = square(look.theme, level);
        spans.push(Span::styled(glyph, look.theme.style(role)));
        spans.push(Span::styled(format!(" {words}   "), look.theme.style(Role::Muted)));
    }
    Line::from(spans)
}

impl<F: Fn(Day) -> usize> Heatmap<F> {
    /// A row of months and seven rows of days.
    pub fn lines(&self, look: &Look<'_>) -> Vec<Line<'static>> {
        let left = label_width(look);
        let mut canvas = Canvas::new(left + self.weeks * 2, 8);
        let first = self.first_day();
        self.months(look, &mut canvas, first);
        for row in 0..7 {
            // Every second name is enough to read the rows.
            if row % 2 == 0 {
                let weekday = (first + to_days(row)).weekday();
                canvas.write(0, row + 1, look.texts.weekday_short(weekday), Role::Muted);
            }
            for week in 0..self.weeks {
                let day = first + to_days(week * 7 + row);
                if day <= self.today {
                    let (glyph, role) = square(look.theme, (self.level)(day));
                    canvas.put(left + week * 2, row + 1, glyph, role);
                }
            }
        }
        canvas.lines(look.theme)
    }

    /// The first day of the first week.
    fn first_day(&self) -> Day {
        let into_week = self.first_weekday.days_into_week(self.today);
        self.today + -(into_week + to_days(self.weeks.saturating_sub(1) * 7))
    }

    /// The name of a month above the first week that begins in it.
    fn months(&self, look: &Look<'_>, canvas: &mut Canvas, first: Day) {
        let mut last = None;
        for week in 0..self.weeks {
            let month = (first + to_days(week * 7)).date().1;
            if last.replace(month) != Some(month) {
                let name = look.texts.month_short(month);
                canvas.write(label_width(look) + week * 2, 0, &name, Role::Muted);
            }
        }
    }
}

/// Cells of the names of weekdays, with a blank.
fn label_width(look: &Look<'_>) -> usize {
    let widest = (0..7).map(|weekday| cells(look.texts.weekday_short(weekday))).max();
    widest.unwrap_or(0) + 2
}

fn to_days(days: usize) -> i32 {
    i32::try_from(days).unwrap_or(0)
}
