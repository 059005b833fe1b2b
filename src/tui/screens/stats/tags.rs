//! Tags: how much of each is in memory, now and later, and what it takes.

use ratatui::text::{Line, Span};

use crate::study::stats::{Mastery, TagStats, minutes};
use crate::tui::screens::stats::sheet::{Content, Sheet, narrow, percent};
use crate::tui::screens::study_view::paragraph;
use crate::tui::theme::Role;
use crate::tui::widgets::meter;
use crate::tui::widgets::page::to_u16;
use crate::tui::widgets::wrap::{pad, pad_left, truncate, window};

/// Cells of a column of figures.
const FIGURE: usize = 8;

/// The lines of the page.
pub fn content(sheet: &Sheet<'_>) -> Content {
    let texts = sheet.look.texts;
    let stats = sheet.stats;
    let (now, later) = (percent(stats.mastery.now()), percent(stats.mastery.later()));
    let mut fixed = Vec::new();
    if stats.is_too_early() {
        let words = texts.stats_too_early(stats.evidence);
        fixed.push(sheet.heading(texts.memory, &words));
    } else {
        let words = texts.stats_memory_then(&now, &later, stats.later);
        fixed.push(sheet.heading(texts.memory, &words));
    }
    fixed.push(Line::default());
    fixed.push(heads(sheet));
    let mut lines = vec![row(sheet, texts.stats_all_cards(), &all(sheet), Role::Title)];
    for (tag, figures) in stats.tags_in_order() {
        lines.push(row(sheet, sheet.look.tag(tag), figures, Role::Text));
    }
    lines.push(Line::default());
    lines.extend(paragraph(
        sheet.look,
        texts.stats_ready_means(),
        to_u16(sheet.width),
        Role::Muted,
    ));
    Content { fixed, lines, selected: None }
}

/// The figures over all tags; a card with two of them counts once.
fn all(sheet: &Sheet<'_>) -> TagStats {
    TagStats {
        reviews: sheet.stats.reviews,
        seconds: sheet.stats.seconds,
        recall: sheet.stats.retention.recall,
        mastery: sheet.stats.mastery,
        ..TagStats::default()
    }
}

const fn name_width(sheet: &Sheet<'_>) -> usize {
    match sheet.width {
        90.. => 26,
        60.. => 20,
        _ => 14,
    }
}

/// Which columns of figures there is room for: later, ready, answers recalled, minutes, due within a week.
const fn columns(sheet: &Sheet<'_>) -> [bool; 5] {
    let width = sheet.width;
    [width >= 56, width >= 64, width >= 80, width >= 72, width >= 40]
}

fn track(sheet: &Sheet<'_>) -> usize {
    let figures = columns(sheet).iter().filter(|is_shown| **is_shown).count();
    sheet.width.saturating_sub(name_width(sheet) + 6 + figures * FIGURE).max(4)
}

fn heads(sheet: &Sheet<'_>) -> Line<'static> {
    let texts = sheet.look.texts;
    let later = texts.day_short(sheet.stats.later);
    let names = [
        later.as_str(),
        texts.stats_ready_column(),
        texts.stats_recall_column(),
        texts.stats_minutes_column(),
        texts.stats_week_column(),
    ];
    let mut text = pad(texts.stats_tag_column(), name_width(sheet) + track(sheet));
    text.push_str(&pad_left(texts.stats_now_column(), 6));
    for (name, is_shown) in names.iter().zip(columns(sheet)) {
        if is_shown {
            text.push_str(&pad_left(name, FIGURE));
        }
    }
    Line::from(window(&[sheet.span(text, Role::Muted)], 0, sheet.width))
}

fn row(sheet: &Sheet<'_>, name: &str, figures: &TagStats, role: Role) -> Line<'static> {
    let width = name_width(sheet);
    let name = truncate(name, width - 2, sheet.look.theme.glyphs.ellipsis);
    let mut spans = vec![sheet.span(pad(&name, width), role)];
    spans.extend(memory(sheet, &figures.mastery));
    let cells = [
        later(sheet, &figures.mastery),
        format!("{}/{}", figures.mastery.ready, figures.mastery.cards),
        figures.recall.percent().map_or_else(String::new, |percent| format!("{percent}%")),
        minutes(figures.seconds).to_string(),
        figures.mastery.due_soon.to_string(),
    ];
    for (cell, is_shown) in cells.iter().zip(columns(sheet)) {
        if is_shown {
            let role = if cell == "0" { Role::Faint } else { Role::Text };
            spans.push(sheet.span(pad_left(cell, FIGURE), role));
        }
    }
    Line::from(window(&spans, 0, sheet.width))
}

/// Memory now as a line and a figure; in words where nothing can be said.
fn memory(sheet: &Sheet<'_>, mastery: &Mastery) -> Vec<Span<'static>> {
    let texts = sheet.look.texts;
    let track = track(sheet);
    if mastery.seen == 0 || sheet.stats.is_too_early() {
        let words = match (mastery.seen, mastery.cards) {
            (_, 0) => String::new(),
            (0, cards) => (texts.new_count)(cards as usize),
            (seen, cards) => (texts.seen_count)(seen as usize, cards as usize),
        };
        let words = truncate(&words, track + 6, sheet.look.theme.glyphs.ellipsis);
        return vec![sheet.span(pad(&words, track + 6), Role::Muted)];
    }
    let now = mastery.now();
    let mut spans = meter::line(sheet.look.theme, narrow(now), track, Role::Accent);
    spans.push(sheet.span(pad_left(&percent(now), 6), Role::Strong));
    spans
}

fn later(sheet: &Sheet<'_>, mastery: &Mastery) -> String {
    if mastery.seen == 0 || sheet.stats.is_too_early() {
        return String::new();
    }
    percent(mastery.later())
}
