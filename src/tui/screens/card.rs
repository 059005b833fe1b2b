//! All that is known of one card: what it says; how well it is remembered is drawn by `memory.rs`.

use std::collections::HashMap;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::card::{Body, CardText, PointHash};
use crate::domain::lang::Lang;
use crate::study::search::Listed;
use crate::tui::action::{Action, Place};
use crate::tui::effect::CardInfo;
use crate::tui::look::Look;
use crate::tui::screens::browse_view::due_words;
use crate::tui::screens::home::percent;
use crate::tui::screens::memory::memory_lines;
use crate::tui::screens::study_view::{
    bullet, draw_scrolled, filled_sentence, full_answer, heading, labels_line, question_lines,
};
use crate::tui::theme::Role;
use crate::tui::widgets::meter;
use crate::tui::widgets::page::{self, Cursor, Footer, Header, Hint};
use crate::tui::widgets::wrap::{spans_width, wrap_spans};

/// Width from which text and memory stand beside each other.
const TWO_COLUMNS: u16 = 132;
/// How the page of a card is looked at.
#[derive(Clone, Debug, Default)]
pub struct CardView {
    /// First line shown.
    pub scroll: usize,
    /// Cells by which code is moved to the left.
    pub code_offset: u16,
    /// Whether memory is shown and not text, where there is no room for both.
    pub shows_memory: bool,
}

/// A card with everything that is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The card and its history.
    pub info: &'a CardInfo,
    /// Its row in the list; none for a card that an edit has broken.
    pub listed: Option<&'a Listed>,
    /// The language in which it is shown.
    pub lang: Lang,
}

impl CardView {
    /// Takes an action that moves.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::NextPart => (self.shows_memory, self.scroll) = (!self.shows_memory, 0),
            Action::Down => self.scroll = self.scroll.saturating_add(1),
            Action::Up => self.scroll = self.scroll.saturating_sub(1),
            Action::PageDown => self.scroll = self.scroll.saturating_add(8),
            Action::PageUp => self.scroll = self.scroll.saturating_sub(8),
            Action::First => self.scroll = 0,
            Action::Last => self.scroll = usize::MAX / 2,
            Action::Right => self.code_offset = self.code_offset.saturating_add(8),
            Action::Left => self.code_offset = self.code_offset.saturating_sub(8),
            _ => {}
        }
    }
}

impl Shown<'_> {
    fn text(&self) -> &CardText {
        self.info.card.text(self.lang)
    }

    /// Hit or miss of each key point at the last answer that had any.
    pub fn last_hits(&self) -> Vec<bool> {
        let last = self.info.history.iter().rev().find(|review| !review.points.is_empty());
        let results: HashMap<PointHash, bool> = last
            .map(|review| review.points.iter().map(|it| (it.point, it.hit)).collect())
            .unwrap_or_default();
        let hashes = self.info.card.point_hashes();
        hashes.iter().map(|hash| results.get(hash).copied().unwrap_or(false)).collect()
    }
}

/// Draws the page.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    (shown, view): (&Shown<'_>, &CardView),
    can_undo: bool,
    notice: Option<(Role, String)>,
) -> Cursor {
    let texts = look.texts;
    let name = shown.listed.map(|listed| listed.entry.name()).unwrap_or_default();
    let mut right = Vec::new();
    if let Some(listed) = shown.listed {
        right.push(due_words(look, listed).0);
        right.extend((listed.recall > 0.0).then(|| percent(listed.recall)));
    }
    right.extend(shown.info.card.level.map(|level| texts.level_of(level.get())));
    right.push(texts.kind(shown.info.card.kind).to_owned());
    let header = Header { title: texts.card_page().into(), detail: name, right };
    let has_both = frame.area().width >= TWO_COLUMNS;
    let footer = Footer { hints: hints(look, shown, view, (has_both, can_undo)), notice };
    let areas = page::draw(frame, look, Place::Card, &header, &footer);
    let area = page::column(areas.body);
    if has_both {
        draw_both(
            frame,
            look,
            (shown, view),
            Rect { y: area.y, height: area.height, ..areas.body },
        );
    } else {
        draw_one(frame, look, (shown, view), area);
    }
    Cursor::Hidden(areas.rest)
}

fn hints(
    look: &Look<'_>,
    shown: &Shown<'_>,
    view: &CardView,
    (has_both, can_undo): (bool, bool),
) -> Vec<Hint> {
    let (texts, key) = (look.texts, |action| look.keymap.shown(action));
    let other = if view.shows_memory { texts.card_text_part() } else { texts.memory_part() };
    let is_out = shown.listed.is_some_and(|listed| listed.is_suspended);
    let out = if is_out { texts.unsuspend_short() } else { texts.suspend_short() };
    let mut list = Vec::new();
    if !has_both {
        list.push(Hint::new(key(Action::NextPart), other));
    }
    list.push(Hint::new(key(Action::Back), texts.to_list()));
    list.push(Hint::of(look, Action::Edit));
    list.push(Hint::new(key(Action::SuspendCard), out));
    list.push(Hint::of(look, Action::Star));
    if can_undo {
        list.push(Hint::of(look, Action::Undo));
    }
    list.push(Hint::of(look, Action::Language));
    list
}

fn draw_both(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    (shown, view): (&Shown<'_>, &CardView),
    body: Rect,
) {
    let (measure, gap) = (76, 6);
    let width = (body.width - 4).min(measure + gap + 60);
    let left = Rect { x: body.x + (body.width - width) / 2, width: measure, ..body };
    let right = Rect { x: left.x + measure + gap, width: width - measure - gap, ..body };
    let lines = text_lines(look, shown, view, left.width);
    draw_scrolled(frame, look, left, &lines, view.scroll);
    let rows = usize::from(right.height).saturating_sub(16).clamp(5, 13) | 1;
    let lines = memory_lines(look, shown, right.width, rows);
    page::draw_lines(frame, right, &lines, 0);
}

fn draw_one(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    (shown, view): (&Shown<'_>, &CardView),
    area: Rect,
) {
    let tabs = if area.height >= 10 { 2 } else { 0 };
    if tabs > 0 {
        frame.buffer_mut().set_line(area.x, area.y, &tab_line(look, view), area.width);
    }
    let rest = Rect { y: area.y + tabs, height: area.height - tabs, ..area };
    let lines = if view.shows_memory {
        // An odd number of rows has a middle, which is labelled too.
        let rows = usize::from(rest.height).saturating_sub(11).clamp(5, 9) | 1;
        memory_lines(look, shown, rest.width, rows)
    } else {
        text_lines(look, shown, view, rest.width)
    };
    draw_scrolled(frame, look, rest, &lines, view.scroll);
}

fn tab_line(look: &Look<'_>, view: &CardView) -> Line<'static> {
    let theme = look.theme;
    let names = [look.texts.card_text_part(), look.texts.memory_part()];
    let mut spans = Vec::new();
    for (index, name) in names.into_iter().enumerate() {
        let style = if (index == 1) == view.shows_memory {
            theme.style(Role::Title).patch(theme.style(Role::Selection))
        } else {
            theme.style(Role::Muted)
        };
        spans.push(Span::styled(format!(" {name} "), style));
        spans.push(Span::raw("  "));
    }
    Line::from(spans)
}

/// What the card says.
fn text_lines(
    look: &Look<'_>,
    shown: &Shown<'_>,
    view: &CardView,
    width: u16,
) -> Vec<Line<'static>> {
    let card = &shown.info.card;
    let text = shown.text();
    let is_starred = shown.listed.is_some_and(|listed| listed.is_starred);
    let mut lines = vec![labels_line(look, card, text, is_starred, width), Line::default()];
    lines.extend(question_lines(look, text, width));
    if let Some(sentence) = filled_sentence(card, shown.lang) {
        lines.push(Line::default());
        lines.extend(crate::tui::widgets::markup::render(&sentence, width, look.theme));
    }
    lines.push(Line::default());
    let points = point_lines(look, shown, width);
    if !points.is_empty() {
        lines.extend(points);
        lines.push(Line::default());
    }
    lines.extend(full_answer(
        look,
        card,
        &shown.info.resources,
        shown.lang,
        (width, view.code_offset),
    ));
    if !text.follow_ups.is_empty() {
        heading(look, look.texts.next_questions(), &mut lines);
        for follow_up in &text.follow_ups {
            bullet(look, &follow_up.question, width, &mut lines);
            let answer = Span::styled(follow_up.answer.clone(), look.theme.style(Role::Muted));
            let indent = [Span::raw("  ")];
            lines.extend(wrap_spans(&[answer], usize::from(width), &indent, &indent));
        }
    }
    lines
}

/// Key points, each with a dot that tells whether it was said last time.
pub fn point_lines(look: &Look<'_>, shown: &Shown<'_>, width: u16) -> Vec<Line<'static>> {
    let Body::Open { points } = &shown.text().body else { return Vec::new() };
    let hits = shown.last_hits();
    let mut lines = Vec::new();
    for (index, point) in points.iter().enumerate() {
        let mut dot = meter::dots(look.theme, &[hits.get(index).copied().unwrap_or(false)]);
        if point.must {
            dot.push(Span::styled("! ", look.theme.style(Role::Warn)));
        }
        let indent = vec![Span::raw(" ".repeat(spans_width(&dot)))];
        let text = Span::styled(point.text.clone(), look.theme.style(Role::Text));
        lines.extend(wrap_spans(&[text], usize::from(width), &dot, &indent));
    }
    lines
}
