//! Forecast: what comes up, and how memory fades: the learner's own curve against the model's expectation.

use ratatui::text::Line;

use crate::tui::screens::stats::sheet::{Content, Sheet};
use crate::tui::theme::Role;
use crate::tui::widgets::beside::beside;
use crate::tui::widgets::chart::{self, Column};
use crate::tui::widgets::wrap::window;

/// Cells from which two curves stand next to each other.
const TWO_CURVES: usize = 100;
/// Rows from which the columns are higher.
const ROOMY: usize = 34;

/// The lines of the page.
pub fn content(sheet: &Sheet<'_>) -> Content {
    let texts = sheet.look.texts;
    let mut lines = due(sheet);
    lines.push(Line::default());
    let retention = &sheet.stats.retention;
    let curve = (texts.stats_curve(), texts.stats_curve_detail());
    let ages = (texts.stats_ages(), texts.stats_ages_detail());
    if sheet.width >= TWO_CURVES {
        let half = sheet.width / 2;
        let left = sheet.curve(curve, &retention.curve, half - 3);
        let right = sheet.curve(ages, &retention.ages, sheet.width - half);
        lines.extend(beside(left, half, right));
    } else {
        lines.extend(sheet.curve(curve, &retention.curve, sheet.width));
        lines.push(Line::default());
        lines.extend(sheet.curve(ages, &retention.ages, sheet.width));
    }
    Content { lines, ..Content::default() }
}

fn due(sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let texts = sheet.look.texts;
    let forecast = &sheet.stats.forecast;
    let within = forecast.days.iter().map(|day| day.cards).sum();
    let detail = texts.stats_due_detail(within, forecast.afterwards, forecast.unseen);
    let mut lines = vec![sheet.heading(texts.stats_due(), &detail)];
    let columns: Vec<Column> =
        forecast.days.iter().map(|day| Column { value: day.cards, mark: day.planned }).collect();
    let label = |index: usize| match index {
        0 => texts.today.to_lowercase(),
        index if index % 7 == 0 => texts.day_short(forecast.days[index].day),
        _ => String::new(),
    };
    let height = if sheet.height >= ROOMY { 8 } else { 6 };
    lines.extend(chart::columns(sheet.look.theme, &columns, (sheet.width, height), label));
    if forecast.has_plan() {
        let glyphs = sheet.look.theme.glyphs;
        let spans = [
            sheet.span(format!("     {} ", glyphs.bars[7]), Role::Accent),
            sheet.span(format!("{}   ", texts.stats_due_alone()), Role::Muted),
            sheet.span(format!("{} ", glyphs.hit_dot), Role::Good),
            sheet.span(texts.stats_due_planned(), Role::Muted),
        ];
        lines.push(Line::from(window(&spans, 0, sheet.width)));
    }
    if forecast.overdue > 0 {
        let words = format!("     {}", texts.stats_waiting(forecast.overdue));
        lines.push(sheet.span(words, Role::Muted).into());
    }
    lines
}
