//! Overview: a year of days, what was done, what was recalled, how long it takes.

use ratatui::text::Line;

use crate::i18n::Texts;
use crate::study::stats::{ATTEMPTS, Share, Stage, Way};
use crate::tui::screens::stats::sheet::{Content, Row, Sheet, name_width};
use crate::tui::theme::Role;
use crate::tui::widgets::beside::beside;
use crate::tui::widgets::heatmap::{self, Heatmap};
use crate::tui::widgets::wrap::{cells, pad, pad_left};

/// Weeks that are shown even where they are empty.
const LEAST_WEEKS: usize = 13;
/// Cells between two blocks.
const GAP: usize = 4;
/// Rows that a curve needs with its heading, legend and the line above.
const CURVE_NEEDS: usize = 14;

/// The lines of the page.
pub fn content(sheet: &Sheet<'_>) -> Content {
    let mut lines = Vec::new();
    let (map, facts) = (map(sheet), facts(sheet));
    let (retention, attempts) = (retention(sheet), attempts(sheet));
    if sheet.is_wide() {
        let mut facts = facts;
        facts.insert(0, Line::default());
        lines.extend(beside(map, sheet.left(), facts));
        lines.push(Line::default());
        lines.extend(beside(retention, sheet.left(), attempts));
    } else {
        for block in [map, facts, retention, attempts] {
            lines.extend(block);
            lines.push(Line::default());
        }
        lines.pop();
    }
    lines.push(Line::default());
    lines.push(times(sheet));
    lines.extend(quizzes(sheet));
    if lines.len() + CURVE_NEEDS <= sheet.height {
        lines.push(Line::default());
        let texts = sheet.look.texts;
        let heading = (texts.stats_curve(), texts.stats_curve_detail());
        lines.extend(sheet.curve(heading, &sheet.stats.retention.curve, sheet.width));
    }
    Content { lines, ..Content::default() }
}

fn map(sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let stats = sheet.stats;
    let room = heatmap::weeks_in(sheet.look, sheet.left().saturating_sub(1));
    let first = stats.calendar.keys().next().copied().unwrap_or(stats.today);
    let studied = stats.today.days_since(first) as usize / 7 + 2;
    let map = Heatmap {
        today: stats.today,
        first_weekday: sheet.first_weekday,
        level: |day| stats.calendar.get(&day).map_or(0, |count| count.level()),
        weeks: room.min(studied.max(LEAST_WEEKS)),
    };
    let mut lines = map.lines(sheet.look);
    lines.push(heatmap::legend(sheet.look));
    lines
}

/// What was done, as names and figures.
fn facts(sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let (stats, texts) = (sheet.stats, sheet.look.texts);
    let share = |share: Share| match share.percent() {
        Some(percent) => format!("{percent}%"),
        None => texts.stats_too_early_short().to_owned(),
    };
    let rows = [
        (texts.stats_answers_row(), Texts::grouped(stats.reviews)),
        (texts.stats_days_row(), texts.stats_days_of(stats.days, stats.span)),
        (texts.stats_time_row(), texts.stats_time(stats.minutes())),
        (texts.stats_points_first_row(), share(stats.retention.points_first)),
        (texts.stats_points_later_row(), share(stats.retention.points_later)),
    ];
    let width = sheet.width - if sheet.is_wide() { sheet.left() } else { 0 };
    let names = name_width(rows.iter().map(|(name, _)| *name));
    let mut lines: Vec<Line<'static>> = rows
        .iter()
        .map(|(name, figure)| {
            let room = width.min(40).saturating_sub(names);
            Line::from(vec![
                sheet.span(pad(name, names), Role::Muted),
                sheet.span(pad_left(figure, room), Role::Strong),
            ])
        })
        .collect();
    lines.insert(3, Line::default());
    lines
}

fn retention(sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let (stats, texts) = (sheet.stats, sheet.look.texts);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let target = (stats.target * 100.0).round() as u32;
    let mut lines = vec![sheet.heading(texts.stats_retention(), &texts.stats_target(target))];
    let names = Stage::ALL.map(|stage| texts.stats_stage(stage));
    let row = Row {
        name: name_width(names),
        width: sheet.left() - if sheet.is_wide() { GAP } else { 0 },
        goal: Some(stats.target),
    };
    for (name, share) in names.iter().zip(stats.retention.stages) {
        lines.push(sheet.share_row(name, share, row));
    }
    lines.push(sheet.span(texts.stats_stages_mean(), Role::Muted).into());
    lines
}

fn attempts(sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let texts = sheet.look.texts;
    let mut lines = vec![sheet.heading(texts.stats_attempts(), texts.stats_attempts_detail())];
    let names: [&str; ATTEMPTS] = std::array::from_fn(|index| texts.stats_attempt(index + 1));
    let width = if sheet.is_wide() { sheet.width - sheet.left() } else { sheet.width };
    let row = Row { name: name_width(names), width, goal: None };
    for (name, share) in names.iter().zip(sheet.stats.retention.attempts) {
        lines.push(sheet.share_row(name, share, row));
    }
    lines
}

/// Typical times in one line.
fn times(sheet: &Sheet<'_>) -> Line<'static> {
    let texts = sheet.look.texts;
    let mut spans = vec![sheet.span(texts.stats_typical_time(), Role::Title)];
    let mut used = cells(texts.stats_typical_time());
    for (way, seconds) in Way::ALL
        .iter()
        .filter_map(|way| sheet.stats.typical.by_way.iter().find(|(known, _)| known == way))
    {
        let (word, time) = (texts.stats_way(*way), clock(*seconds));
        used += 3 + cells(word) + 1 + time.len();
        if used > sheet.width {
            break;
        }
        spans.push(sheet.span(format!("   {word} "), Role::Muted));
        spans.push(sheet.span(time, Role::Strong));
    }
    Line::from(spans)
}

/// The scores of the last quizzes in one line, the newest first.
fn quizzes(sheet: &Sheet<'_>) -> Option<Line<'static>> {
    let texts = sheet.look.texts;
    let mut spans = vec![sheet.span(texts.last_quizzes, Role::Title)];
    let mut used = cells(texts.last_quizzes);
    for quiz in sheet.stats.quizzes.iter().rev() {
        let (day, score) = (texts.day_short(quiz.day), format!("{}/{}", quiz.right, quiz.total));
        used += 3 + cells(&day) + 1 + score.len();
        if used > sheet.width {
            break;
        }
        spans.push(sheet.span(format!("   {day} "), Role::Muted));
        spans.push(sheet.span(score, Role::Strong));
    }
    (spans.len() > 1).then(|| Line::from(spans))
}

/// Seconds as minutes and seconds.
pub fn clock(seconds: f32) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an answer time is at most minutes"
    )]
    let seconds = seconds.round() as u32;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
