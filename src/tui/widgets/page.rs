//! The frame of every screen: header with a rule, body, footer with the keys that work now.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::tui::action::{Action, Place};
use crate::tui::look::Look;
use crate::tui::theme::Role;
use crate::tui::widgets::wrap::{cells, truncate};

/// The least size at which anything but one line is drawn.
pub const LEAST: (u16, u16) = (20, 6);

/// What the header says.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// Where the user is.
    pub title: String,
    /// What is shown there.
    pub detail: String,
    /// Numbers on the right, the most important first; the last ones are dropped when narrow.
    pub right: Vec<String>,
}

/// One entry of the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys as shown.
    pub keys: String,
    /// What they do.
    pub label: String,
}

impl Hint {
    /// An entry with its own words.
    pub fn new(keys: impl Into<String>, label: impl Into<String>) -> Self {
        Self { keys: keys.into(), label: label.into() }
    }

    /// The entry of an action, in the words of the texts.
    pub fn of(look: &Look<'_>, action: Action) -> Self {
        Self::new(look.keymap.shown(action), look.texts.action(action))
    }
}

/// The entries of several actions.
pub fn hints(look: &Look<'_>, actions: &[Action]) -> Vec<Hint> {
    actions.iter().map(|action| Hint::of(look, *action)).collect()
}

/// What stands in the footer.
#[derive(Clone, Debug, Default)]
pub struct Footer {
    /// The keys that work now, most important first; the last ones are dropped when narrow.
    pub hints: Vec<Hint>,
    /// A line above the keys: a notice or what is typed.
    pub notice: Option<(Role, String)>,
}

/// Where the terminal's cursor belongs after a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// Visible at the insertion point of a field.
    Shown(Position),
    /// Hidden, at the cells kept free for the input method.
    Hidden(Position),
}

/// The parts of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// Between header and footer, the full width.
    pub body: Rect,
    /// Where a hidden cursor goes.
    pub rest: Position,
}

/// Whether the screen is too small for anything but a sentence.
pub fn is_too_small(area: Rect) -> bool {
    area.width < LEAST.0 || area.height < LEAST.1
}

/// Draws header and footer and gives the room between them.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    place: Place,
    header: &Header,
    footer: &Footer,
) -> Areas {
    let area = frame.area();
    frame
        .buffer_mut()
        .set_style(area, look.theme.style(Role::Screen).patch(look.theme.style(Role::Text)));
    let head = draw_header(frame, look, header);
    let rest = draw_footer(frame, look, place, footer);
    let foot = 1 + u16::from(footer.notice.is_some());
    let body =
        Rect { x: 0, y: head, width: area.width, height: area.height.saturating_sub(head + foot) };
    Areas { body, rest }
}

/// The header's height is one line, two where there is room for the rule.
fn draw_header(frame: &mut Frame<'_>, look: &Look<'_>, header: &Header) -> u16 {
    let area = frame.area();
    let theme = look.theme;
    let margin = side_margin(area.width);
    let width = usize::from(area.width.saturating_sub(2 * margin));
    let right = fit_right(&header.right, width / 2);
    let room = width.saturating_sub(cells(&right) + 2);
    let mut spans = Vec::new();
    let mut left = room;
    for (text, role) in [
        ("prep", Role::Accent),
        (header.title.as_str(), Role::Title),
        (&header.detail, Role::Muted),
    ] {
        let narrow = area.width < 40 && text == "prep";
        if text.is_empty() || narrow || left < 3 {
            continue;
        }
        let shown = truncate(text, left, theme.glyphs.ellipsis);
        left = left.saturating_sub(cells(&shown) + 2);
        let style = if role == Role::Accent { theme.bold(role) } else { theme.style(role) };
        spans.push(Span::styled(shown, style));
        spans.push(Span::raw("  "));
    }
    let buffer = frame.buffer_mut();
    buffer.set_line(margin, 0, &Line::from(spans), area.width.saturating_sub(margin));
    let at = area.width.saturating_sub(margin + to_u16(cells(&right)));
    buffer.set_line(at, 0, &Line::styled(right, theme.style(Role::Muted)), area.width - at);
    if area.height < 14 {
        return 1;
    }
    let rule = theme.glyphs.rule.repeat(usize::from(area.width));
    buffer.set_line(0, 1, &Line::styled(rule, theme.style(Role::Faint)), area.width);
    2
}

fn fit_right(parts: &[String], width: usize) -> String {
    let mut shown = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        let longer = if shown.is_empty() { part.clone() } else { format!("{shown}   {part}") };
        if cells(&longer) > width {
            break;
        }
        shown = longer;
    }
    shown
}

/// The keys that fit, help last, two cells before it kept free for a letter in composition.
fn draw_footer(frame: &mut Frame<'_>, look: &Look<'_>, place: Place, footer: &Footer) -> Position {
    let area = frame.area();
    let theme = look.theme;
    let y = area.height.saturating_sub(1);
    let margin = side_margin(area.width);
    let bar = theme.style(Role::Bar);
    let help = if place.is_text() {
        Hint::new("F1", look.texts.action(Action::Help))
    } else {
        Hint::of(look, Action::Help)
    };
    let help_width = cells(&help.keys) + 1 + cells(&help.label);
    let room = usize::from(area.width.saturating_sub(2 * margin)).saturating_sub(help_width + 3);
    let buffer = frame.buffer_mut();
    if let Some((role, notice)) = &footer.notice {
        let text = truncate(
            notice,
            usize::from(area.width.saturating_sub(2 * margin)),
            theme.glyphs.ellipsis,
        );
        buffer.set_line(
            margin,
            y.saturating_sub(1),
            &Line::styled(text, theme.style(*role)),
            area.width,
        );
    }
    buffer.set_style(Rect { x: 0, y, width: area.width, height: 1 }, bar);
    let mut spans = Vec::new();
    let mut used = 0;
    for hint in &footer.hints {
        let width = cells(&hint.keys) + 1 + cells(&hint.label) + 3;
        if used + width > room + 3 {
            break;
        }
        used += width;
        spans.push(Span::styled(hint.keys.clone(), theme.style(Role::Key)));
        spans.push(Span::styled(format!(" {}   ", hint.label), theme.style(Role::Muted)));
    }
    buffer.set_line(margin, y, &Line::from(spans).patch_style(bar), area.width);
    let help_at = area.width.saturating_sub(margin + to_u16(help_width));
    let line = Line::from(vec![
        Span::styled(help.keys, theme.style(Role::Key)),
        Span::styled(format!(" {}", help.label), theme.style(Role::Muted)),
    ]);
    buffer.set_line(help_at, y, &line.patch_style(bar), area.width.saturating_sub(help_at));
    Position { x: help_at.saturating_sub(3), y }
}

/// One line for a screen that is too small, and nothing else.
pub fn draw_too_small(frame: &mut Frame<'_>, look: &Look<'_>) {
    let area = frame.area();
    if area.is_empty() {
        return;
    }
    let text = truncate(look.texts.too_small, usize::from(area.width), "");
    frame.buffer_mut().set_line(0, 0, &Line::raw(text), area.width);
}

/// Cells left free at each side of header and footer.
fn side_margin(width: u16) -> u16 {
    if width < 60 { 1 } else { 2 }
}

/// The column of text in a body: a measure of about 76 cells in the middle, with a line of air above where there is room.
pub fn column(body: Rect) -> Rect {
    let measure = if body.width >= 140 { 88 } else { 76 };
    let width = body.width.saturating_sub(2 * side_margin(body.width)).min(measure);
    let air = u16::from(body.height >= 10);
    Rect {
        x: body.x + (body.width - width) / 2,
        y: body.y + air,
        width,
        height: body.height.saturating_sub(air),
    }
}

/// The wider column of pages that are tables: at most 110 cells, in the middle.
pub fn wide_column(body: Rect) -> Rect {
    let width = body.width.saturating_sub(2 * side_margin(body.width)).min(110);
    Rect { x: body.x + (body.width - width) / 2, width, ..column(body) }
}

/// Cells as a coordinate; a screen is never wider than that.
pub fn to_u16(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}

/// Draws lines from `scroll` on and gives the largest scroll that still shows something new.
pub fn draw_lines(frame: &mut Frame<'_>, area: Rect, lines: &[Line<'_>], scroll: usize) -> usize {
    let height = usize::from(area.height);
    let most = lines.len().saturating_sub(height);
    let from = scroll.min(most);
    let rows = (area.y..).take(height);
    for (y, line) in rows.zip(lines.iter().skip(from)) {
        frame.buffer_mut().set_line(area.x, y, line, area.width);
    }
    most
}
