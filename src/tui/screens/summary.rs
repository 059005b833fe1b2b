//! The end of a sitting: what was recalled, what to fix, and when it goes on.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::review::{Rating, Review};
use crate::study::overview::Moved;
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::screens::home::percent;
use crate::tui::screens::study::Study;
use crate::tui::screens::study_view::{minutes, paragraph, rating_role};
use crate::tui::theme::Role;
use crate::tui::widgets::page::{Hint, draw_lines};
use crate::tui::widgets::wrap::{pad, truncate};

/// The keys of the summary.
pub fn footer(look: &Look<'_>, study: &Study) -> Vec<Hint> {
    let mut list = vec![Hint::new(look.keymap.shown(Action::Confirm), look.texts.home)];
    if study.sure_and_wrong().next().is_some() {
        list.push(Hint::new("1", look.texts.study_sure_and_wrong_short));
    }
    if study.session.can_undo() {
        list.push(Hint::new(look.keymap.shown(Action::Undo), look.texts.undo_last_grade));
    }
    list.push(Hint::of(look, Action::List));
    list
}

/// Draws the numbers, or the list of all cards.
pub fn draw(frame: &mut Frame<'_>, look: &Look<'_>, study: &Study, area: Rect, is_listing: bool) {
    let lines =
        if is_listing { list(look, study, area.width) } else { numbers(look, study, area.width) };
    draw_lines(frame, area, &lines, study.scroll);
}

fn numbers(look: &Look<'_>, study: &Study, width: u16) -> Vec<Line<'static>> {
    let theme = look.theme;
    let texts = look.texts;
    let reviews: Vec<(&Review, bool)> = study
        .session
        .reviews_with_before()
        .map(|(review, before)| (review, before.is_new()))
        .collect();
    let mut lines = Vec::new();
    let left = study.session.cards_left();
    let head = if left == 0 { texts.session_over.to_owned() } else { (texts.left_with)(left) };
    lines.push(Line::styled(head, theme.style(Role::Title)));
    lines.push(Line::default());
    let seconds: f32 = reviews.iter().map(|(review, _)| review.seconds).sum();
    let passed = |review: &Review| review.rating.is_some_and(Rating::is_pass);
    let seen: Vec<&Review> = reviews.iter().filter(|(_, new)| !new).map(|(r, _)| *r).collect();
    let new: Vec<&Review> = reviews.iter().filter(|(_, new)| *new).map(|(r, _)| *r).collect();
    let points: Vec<bool> =
        reviews.iter().flat_map(|(review, _)| review.points.iter().map(|p| p.hit)).collect();
    let mut row = |label: &str, value: String, note: String| {
        lines.push(Line::from(vec![
            Span::styled(pad(label, 18), theme.style(Role::Muted)),
            Span::styled(format!("{value:<12}"), theme.style(Role::Strong)),
            Span::styled(note, theme.style(Role::Muted)),
        ]));
    };
    row(texts.answers, reviews.len().to_string(), (texts.in_minutes)(minutes(seconds)));
    if !seen.is_empty() {
        let recalled = seen.iter().filter(|review| passed(review)).count();
        row(texts.recalled, (texts.hits_of)(recalled, seen.len()), String::new());
    }
    if !new.is_empty() {
        let first = new.iter().filter(|review| passed(review)).count();
        row(texts.new_cards, new.len().to_string(), (texts.at_first_try)(first));
    }
    if !points.is_empty() {
        let hits = points.iter().filter(|hit| **hit).count();
        row(texts.key_points_row, (texts.hits_of)(hits, points.len()), String::new());
    }
    // What can be mended in two minutes comes before what is only good to know.
    sure_and_wrong(look, study, width, &mut lines);
    if let Some(moved) = &study.moved {
        what_moved(look, moved, &mut lines);
    }
    if let Some((cards, seconds)) = study.moved.as_ref().and_then(|moved| moved.tomorrow) {
        lines.push(Line::default());
        let tomorrow = (texts.tomorrow)(cards, minutes(seconds));
        lines.push(Line::styled(tomorrow, theme.style(Role::Text)));
    }
    lines.push(Line::default());
    let saved = if study.is_sample { texts.sample_saved_nothing } else { texts.everything_saved };
    // What is not saved is told in the line above the keys until it is.
    if study.is_unsaved {
        return lines;
    }
    lines.push(Line::from(vec![
        Span::styled(format!("{} ", theme.glyphs.tick), theme.style(Role::Good)),
        Span::styled(saved, theme.style(Role::Muted)),
    ]));
    lines
}

/// Recall before and after: of all, and of the tags that moved most.
fn what_moved(look: &Look<'_>, moved: &Moved, lines: &mut Vec<Line<'static>>) {
    let (theme, texts) = (look.theme, look.texts);
    let row = |label: &str, (before, after): (f32, f32)| {
        let change = format!("{} {} {}", percent(before), theme.glyphs.arrow, percent(after));
        Line::from(vec![
            Span::styled(pad(label, 18), theme.style(Role::Muted)),
            Span::styled(change, theme.style(Role::Strong)),
        ])
    };
    lines.push(Line::default());
    lines.push(Line::styled(texts.what_moved, theme.style(Role::Title)));
    let all = if moved.is_readiness { texts.readiness } else { texts.memory };
    lines.push(row(all, moved.all));
    for (tag, before, after) in &moved.tags {
        let name = truncate(look.tag(tag), 17, theme.glyphs.ellipsis);
        lines.push(row(&name, (*before, *after)));
    }
}

fn sure_and_wrong(look: &Look<'_>, study: &Study, width: u16, lines: &mut Vec<Line<'static>>) {
    let keys: Vec<&str> = study.sure_and_wrong().map(|review| title(study, review)).collect();
    if keys.is_empty() {
        return;
    }
    lines.push(Line::default());
    lines.extend(paragraph(look, &(look.texts.sure_and_wrong)(keys.len()), width, Role::Warn));
    for key in keys {
        let text = truncate(key, usize::from(width.saturating_sub(2)), look.theme.glyphs.ellipsis);
        lines.push(Line::styled(format!("  {text}"), look.theme.style(Role::Text)));
    }
    lines.extend(paragraph(look, look.texts.press_one_to_fix, width, Role::Muted));
}

fn list(look: &Look<'_>, study: &Study, width: u16) -> Vec<Line<'static>> {
    let theme = look.theme;
    study
        .session
        .reviews()
        .map(|review| {
            let rating = review.rating.unwrap_or(Rating::Again);
            let word = pad(look.texts.rating(rating), 10);
            let key = truncate(
                title(study, review),
                usize::from(width.saturating_sub(12)),
                theme.glyphs.ellipsis,
            );
            Line::from(vec![
                Span::styled(word, theme.style(rating_role(rating))),
                Span::styled(key, theme.style(Role::Text)),
            ])
        })
        .collect()
}

/// What the summary calls a card: its question, which was on the screen.
fn title<'a>(study: &'a Study, review: &'a Review) -> &'a str {
    study.titles.get(&review.key).map_or(&review.key.0, String::as_str)
}
