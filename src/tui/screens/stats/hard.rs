//! Hard cards: a list, the costliest first; the marked one can be studied at once.

use ratatui::text::Line;

use crate::study::stats::HardCard;
use crate::tui::screens::stats::sheet::{Content, Sheet};
use crate::tui::screens::study_view::paragraph;
use crate::tui::theme::Role;
use crate::tui::widgets::page::to_u16;
use crate::tui::widgets::wrap::{cells, pad, pad_left, truncate, window};

/// The lines of the page.
pub fn content(sheet: &Sheet<'_>) -> Content {
    let texts = sheet.look.texts;
    if sheet.stats.hard.is_empty() {
        let mut lines = vec![sheet.heading(texts.stats_hard(), "")];
        lines.extend(paragraph(
            sheet.look,
            texts.stats_no_hard(),
            to_u16(sheet.width),
            Role::Muted,
        ));
        return Content { lines, ..Content::default() };
    }
    let cursor = sheet.cursor.map(|cursor| cursor.min(sheet.stats.hard.len() - 1));
    let cards = sheet.stats.hard.iter().enumerate();
    Content {
        fixed: vec![heads(sheet)],
        lines: cards.map(|(index, card)| row(sheet, card, cursor == Some(index))).collect(),
        selected: cursor,
    }
}

/// A column of figures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figure {
    Lapses,
    SureAndWrong,
    Missed,
    NeverRight,
}

/// The columns for which there is room, with their widths.
fn columns(sheet: &Sheet<'_>) -> Vec<(Figure, usize)> {
    let texts = sheet.look.texts;
    let mut columns = vec![(Figure::Lapses, 9)];
    if sheet.width >= 56 {
        columns.push((Figure::SureAndWrong, cells(texts.stats_sure_wrong_column()) + 3));
    }
    columns.push((Figure::Missed, 9));
    let is_any = sheet.stats.hard.iter().any(|card| card.is_never_right);
    if sheet.width >= 72 && is_any {
        columns.push((Figure::NeverRight, cells(texts.stats_never_right()) + 3));
    }
    columns
}

fn title_width(sheet: &Sheet<'_>) -> usize {
    let figures: usize = columns(sheet).iter().map(|(_, width)| width).sum();
    sheet.width.saturating_sub(figures + 2)
}

fn heads(sheet: &Sheet<'_>) -> Line<'static> {
    let texts = sheet.look.texts;
    let title = truncate(texts.stats_hard(), title_width(sheet), "");
    let mut spans =
        vec![sheet.span(pad(&format!("  {title}"), title_width(sheet) + 2), Role::Title)];
    for (figure, width) in columns(sheet) {
        let name = match figure {
            Figure::Lapses => texts.stats_lapses_column(),
            Figure::SureAndWrong => texts.stats_sure_wrong_column(),
            Figure::Missed => texts.stats_missed_column(),
            Figure::NeverRight => "",
        };
        spans.push(sheet.span(pad_left(name, width), Role::Muted));
    }
    Line::from(window(&spans, 0, sheet.width))
}

fn row(sheet: &Sheet<'_>, card: &HardCard, is_selected: bool) -> Line<'static> {
    let texts = sheet.look.texts;
    let glyphs = sheet.look.theme.glyphs;
    let room = title_width(sheet);
    let bar = if is_selected { glyphs.selection } else { " " };
    let (title, role) = match &card.title {
        Some(title) => (title.clone(), if is_selected { Role::Title } else { Role::Text }),
        None => (format!("{} ({})", card.key, texts.stats_card_gone()), Role::Muted),
    };
    let title = truncate(&title, room, glyphs.ellipsis);
    let mut spans =
        vec![sheet.span(pad(bar, 2), Role::Accent), sheet.span(pad(&title, room), role)];
    for (figure, width) in columns(sheet) {
        let (text, role) = cell(sheet, card, figure);
        spans.push(sheet.span(pad_left(&text, width), role));
    }
    Line::from(window(&spans, 0, sheet.width))
}

/// One figure of a card; nothing is faint, and what stands out is marked in words.
fn cell(sheet: &Sheet<'_>, card: &HardCard, figure: Figure) -> (String, Role) {
    let number = |number: u32| {
        let role = if number == 0 { Role::Faint } else { Role::Text };
        (number.to_string(), role)
    };
    match figure {
        Figure::Lapses => number(card.lapses),
        Figure::SureAndWrong => number(card.sure_and_wrong),
        Figure::Missed => (format!("{}/{}", card.misses, card.answers), Role::Text),
        Figure::NeverRight if card.is_never_right => {
            (sheet.look.texts.stats_never_right().to_owned(), Role::Warn)
        }
        Figure::NeverRight => (String::new(), Role::Text),
    }
}
