//! Calibration: what the learner's confidence was worth, and where it was not worth enough.

use ratatui::text::Line;

use crate::domain::review::Confidence;
use crate::study::stats::Calibration;
use crate::tui::screens::stats::sheet::{Content, Row, Sheet, name_width};
use crate::tui::theme::Role;
use crate::tui::widgets::wrap::{cells, pad, pad_left, spans_width, truncate, window};

/// Tags of over-confidence that are shown.
const WORST_TAGS: usize = 3;

/// The lines of the page.
pub fn content(sheet: &Sheet<'_>) -> Content {
    let mut lines = worth(sheet);
    lines.push(Line::default());
    lines.extend(verdict(sheet));
    lines.push(Line::default());
    lines.extend(sure_and_wrong(sheet));
    lines.push(Line::default());
    lines.push(grades(sheet));
    Content { lines, ..Content::default() }
}

/// A row per confidence: what was said, what was there.
fn worth(sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let texts = sheet.look.texts;
    let said = |it: &Calibration| texts.confidence[usize::from(it.confidence.number()) - 1];
    let names = sheet.stats.calibration.iter().map(said).chain([texts.stats_said_column()]);
    let name = name_width(names);
    let figures = 12;
    let width = sheet.width.saturating_sub(figures).min(name + 50);
    let mut head = pad(texts.stats_said_column(), name);
    head.push_str(&pad(texts.stats_had_column(), width.saturating_sub(name)));
    head.push_str(&pad_left(texts.stats_answers_column(), 9));
    let mut lines = vec![Line::from(window(&[sheet.span(head, Role::Muted)], 0, sheet.width))];
    for entry in &sheet.stats.calibration {
        let goal = (entry.confidence == Confidence::Sure).then_some(0.9);
        let row = Row { name, width, goal };
        let mut spans = sheet.share_row(said(entry), entry.points, row).spans;
        let used = spans_width(&spans);
        let answers = pad_left(&entry.points.answers.to_string(), width.saturating_sub(used) + 9);
        spans.push(sheet.span(answers, Role::Text));
        let note = cells(texts.stats_should_be()) + 3;
        if goal.is_some() && width + 9 + note <= sheet.width {
            spans.push(sheet.span(format!("   {}", texts.stats_should_be()), Role::Muted));
        }
        lines.push(Line::from(window(&spans, 0, sheet.width)));
    }
    lines
}

/// The verdict, and the tags to which it applies most.
fn verdict(sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let texts = sheet.look.texts;
    let Some(over) = sheet.stats.over_confidence() else {
        let sure = sheet.stats.calibration[0].points.answers;
        let words = texts.stats_confidence_too_early(sure);
        return vec![Line::from(window(&[sheet.span(words, Role::Muted)], 0, sheet.width))];
    };
    let role = if over >= 5 { Role::Warn } else { Role::Title };
    let mut lines = vec![sheet.span(texts.stats_confidence(over), role).into()];
    let tags = sheet.stats.too_sure_tags();
    let mut spans = vec![sheet.span(format!("{}   ", texts.stats_hurts_most()), Role::Muted)];
    if tags.is_empty() {
        spans.push(sheet.span(texts.stats_hurts_nowhere(), Role::Muted));
    }
    for (tag, percent) in tags.into_iter().take(WORST_TAGS) {
        let (name, right) = (sheet.look.tag(tag), texts.stats_sure_right(percent));
        if spans_width(&spans) + cells(name) + 1 + cells(&right) > sheet.width {
            break;
        }
        spans.push(sheet.span(format!("{name} "), Role::Text));
        spans.push(sheet.span(format!("{right}   "), Role::Muted));
    }
    lines.push(Line::from(window(&spans, 0, sheet.width)));
    lines
}

fn sure_and_wrong(sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let texts = sheet.look.texts;
    let cards = &sheet.stats.sure_and_wrong;
    let detail = if cards.is_empty() { texts.stats_none() } else { texts.stats_fix_first() };
    let mut lines = vec![sheet.heading(texts.stats_sure_wrong(), detail)];
    for card in cards {
        let times = texts.stats_times(card.times);
        let title = card.title.clone().unwrap_or_else(|| card.key.0.clone());
        let room = sheet.width.saturating_sub(cells(&times) + 4).min(70);
        let title = truncate(&title, room, sheet.look.theme.glyphs.ellipsis);
        lines.push(Line::from(vec![
            sheet.span(format!("  {}", pad(&title, room)), Role::Text),
            sheet.span(format!("  {times}"), Role::Strong),
        ]));
    }
    lines
}

fn grades(sheet: &Sheet<'_>) -> Line<'static> {
    let texts = sheet.look.texts;
    let mut spans = vec![sheet.span(format!("{}   ", texts.stats_grades()), Role::Title)];
    let shares = sheet.stats.grades.shares();
    if shares[0].is_too_early() {
        spans.push(sheet.span(texts.stats_too_early(shares[0].answers), Role::Muted));
        return Line::from(window(&spans, 0, sheet.width));
    }
    let names = [texts.stats_higher(), texts.stats_same(), texts.stats_lower()];
    for (name, share) in names.iter().zip(shares) {
        let percent = share.percent().unwrap_or_default();
        spans.push(sheet.span(format!("{name} "), Role::Muted));
        spans.push(sheet.span(format!("{percent}%   "), Role::Strong));
    }
    Line::from(window(&spans, 0, sheet.width))
}
