//! How study looks: the question, the ticks, the grades. Draws only.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::domain::card::{Asked, Body, Card, CardText};
use crate::domain::lang::Lang;
use crate::domain::memory::NextMeeting;
use crate::domain::review::Rating;
use crate::study::answer::Judged;
use crate::study::scheduler::{Outcome, Scheduler};
use crate::tui::action::Action;
use crate::tui::effect::Loaded;
use crate::tui::look::Look;
use crate::tui::screens::pad::Pad;
use crate::tui::screens::study::{Stage, Study};
use crate::tui::screens::summary;
use crate::tui::theme::Role;
use crate::tui::widgets::page::{
    Areas, Cursor, Footer, Header, Hint, column, draw_lines, hints, to_u16,
};
use crate::tui::widgets::wrap::{cells, truncate, wrap, wrap_spans};
use crate::tui::widgets::{markup, meter, page};

/// Rows above which the lower parts of a question no longer move down.
const TALLEST_QUESTION: u16 = 26;
/// Accepted forms of a command that are shown; the others differ in small things.
const SHOWN_FORMS: usize = 4;
/// Lines of the own answer that are shown until all is asked for.
const OWN_LINES: usize = 6;

/// Draws the sitting.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    scheduler: &Scheduler,
    notice: Option<(Role, String)>,
) -> Cursor {
    let footer = Footer { hints: footer(look, study), notice };
    let areas = page::draw(frame, look, study.place(), &header(look, study), &footer);
    let cursor = body(frame, look, study, scheduler, areas);
    cursor.map_or(Cursor::Hidden(areas.rest), Cursor::Shown)
}

fn body(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    scheduler: &Scheduler,
    areas: Areas,
) -> Option<Position> {
    let area = column(areas.body);
    let Some(loaded) = &study.loaded else {
        match &study.stage {
            Stage::Done { is_listing } => summary::draw(frame, look, study, area, *is_listing),
            Stage::Trouble(why) => {
                let lines = paragraph(look, why, area.width, Role::Warn);
                draw_lines(frame, area, &lines, 0);
            }
            _ => {}
        }
        return None;
    };
    match &study.stage {
        Stage::Question | Stage::Confidence => {
            question_page(frame, look, study, loaded, area);
            None
        }
        Stage::Typing(field) => {
            let top = question_top(look, study, loaded, area.width);
            let height = field.height(area.width.saturating_sub(2)).max(3);
            let room = area.height.saturating_sub(2);
            let shown = to_u16(top.len()).min(room.saturating_sub(height.min(room)));
            let top_area = Rect { height: shown, ..area };
            draw_lines(frame, top_area, &top, 0);
            let label = format!("{}  {}", look.texts.your_answer, points_label(look, study));
            let y = area.y + shown;
            let style = look.theme.style(Role::Title);
            frame.buffer_mut().set_line(area.x, y, &Line::styled(label, style), area.width);
            let left = area.height.saturating_sub(shown + 2);
            let field_area = Rect {
                x: area.x + 2.min(area.width),
                y: y + 1,
                width: area.width.saturating_sub(2).max(1),
                height: height.min(left).max(1),
            };
            let edge = Line::styled(look.theme.glyphs.quote, look.theme.style(Role::Accent));
            for row in field_area.y..field_area.y + field_area.height {
                frame.buffer_mut().set_line(area.x, row, &edge, 1);
            }
            let cursor = field.draw(frame, field_area, look);
            clock_line(frame, look, study, loaded, area, field_area.y + field_area.height + 1);
            Some(cursor)
        }
        Stage::Answering(pad) => answering_page(frame, look, study, loaded, pad, area),
        Stage::Ticks { cursor } => {
            ticks_page(frame, look, study, loaded, area, *cursor);
            None
        }
        Stage::Answer => {
            answer_page(frame, look, study, loaded, scheduler, area);
            None
        }
        Stage::Grade => {
            grade_page(frame, look, study, loaded, scheduler, area);
            None
        }
        Stage::Done { is_listing } => {
            summary::draw(frame, look, study, area, *is_listing);
            None
        }
        Stage::Loading | Stage::Trouble(_) => None,
    }
}

fn header(look: &Look<'_>, study: &Study) -> Header {
    let texts = look.texts;
    if let Stage::Done { .. } = study.stage {
        return Header { title: texts.session_done.into(), ..Header::default() };
    }
    let (number, all) = study.session.progress();
    let mut right = vec![(texts.position)(number, all)];
    let answering = matches!(
        study.stage,
        Stage::Question
            | Stage::Typing(_)
            | Stage::Answering(_)
            | Stage::Confidence
            | Stage::Loading
    );
    match study.work.confidence {
        Some(confidence) if !answering => {
            let word = texts.confidence[usize::from(confidence.number()) - 1];
            right.push((texts.you_said)(word));
        }
        _ => right.push((texts.minutes_left)(minutes(study.session.seconds_left(look.now)))),
    }
    if study.is_sample {
        right.insert(0, texts.sample.into());
    }
    Header { title: texts.study.into(), detail: study.title.clone(), right }
}

/// Seconds as whole minutes, at least one for anything that takes time.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a session's minutes")]
pub fn minutes(seconds: f32) -> u32 {
    (seconds / 60.0).ceil().clamp(0.0, 100_000.0) as u32
}

fn footer(look: &Look<'_>, study: &Study) -> Vec<Hint> {
    let texts = look.texts;
    match &study.stage {
        Stage::Question => {
            let mut list = hints(look, &[Action::Show]);
            if narrow_confidence(look) {
                list.push(Hint::new("1-3", texts.how_sure_short));
            }
            let has_draft = study.work.typed.as_ref().is_some_and(|typed| !typed.is_empty());
            let keys = look.keymap.shown(Action::TypeAnswer);
            list.push(Hint::new(
                keys,
                if has_draft { texts.type_on } else { texts.action(Action::TypeAnswer) },
            ));
            list.extend(hints(look, &[Action::Skip]));
            if study.session.can_undo() {
                list.extend(hints(look, &[Action::Undo]));
            }
            if has_hint(study) {
                list.extend(hints(look, &[Action::Hint]));
            }
            list.extend(hints(look, &[Action::Edit]));
            list.push(Hint::new(look.keymap.shown(Action::Back), texts.leave));
            list
        }
        Stage::Confidence => vec![
            Hint::new("1-3", texts.how_sure),
            Hint::of(look, Action::Show),
            Hint::new(look.keymap.shown(Action::Back), texts.action(Action::Back)),
        ],
        Stage::Typing(_) => vec![
            Hint::new("Tab", texts.done),
            Hint::new("Enter", texts.new_line),
            Hint::new("F2", texts.editor),
            Hint::new("Esc", texts.back_draft_kept),
        ],
        Stage::Answering(pad) => pad_footer(look, pad, study),
        Stage::Ticks { .. } => {
            let digits = study.points().len().min(9);
            let mut list = vec![
                Hint::new(format!("1-{digits}"), texts.tick),
                Hint::new(look.keymap.shown(Action::Confirm), texts.to_grade),
                Hint::new(look.keymap.shown(Action::PageDown), texts.more_answer),
            ];
            list.extend(hints(look, &[Action::Undo, Action::Edit]));
            list
        }
        Stage::Answer => {
            let mut list = vec![Hint::new("1-4", texts.grade)];
            if let Some(rating) = study.default_rating() {
                let word = texts.rating(rating);
                list.insert(0, Hint::new(look.keymap.shown(Action::Confirm), word));
            }
            list.push(Hint::new(look.keymap.shown(Action::PageDown), texts.more_answer));
            list.extend(hints(look, &[Action::Undo, Action::Edit]));
            list
        }
        Stage::Grade => {
            let mut list = Vec::new();
            if let Some(rating) = study.default_rating() {
                let word = texts.rating(rating);
                list.push(Hint::new(look.keymap.shown(Action::Confirm), word));
            }
            list.push(Hint::new("1-4", texts.grade));
            list.push(Hint::new(look.keymap.shown(Action::Up), texts.back_to_ticks));
            list.extend(hints(look, &[Action::Undo, Action::Edit]));
            list
        }
        Stage::Done { .. } => summary::footer(look, study),
        Stage::Loading | Stage::Trouble(_) => {
            vec![
                Hint::of(look, Action::Skip),
                Hint::of(look, Action::Edit),
                Hint::new(look.keymap.shown(Action::Back), texts.leave),
            ]
        }
    }
}

/// Footer of the kinds that the program judges; shared with the quiz.
fn pad_footer(look: &Look<'_>, pad: &Pad, study: &Study) -> Vec<Hint> {
    let texts = look.texts;
    let mut list = pad_hints(look, pad);
    if !pad.place(false).is_text() {
        list.extend(hints(look, &[Action::GiveUp, Action::Skip]));
        if study.session.can_undo() {
            list.extend(hints(look, &[Action::Undo]));
        }
        if has_hint(study) {
            list.extend(hints(look, &[Action::Hint]));
        }
        list.push(Hint::new(look.keymap.shown(Action::Back), texts.leave));
    }
    list
}

/// The keys with which a pad is answered.
pub fn pad_hints(look: &Look<'_>, pad: &Pad) -> Vec<Hint> {
    use crate::tui::action::Place;
    let texts = look.texts;
    let digits = format!("1-{}", pad.digits());
    match pad.place(false) {
        Place::Choice => vec![Hint::new(digits, texts.answer), Hint::of(look, Action::Sure)],
        Place::Order => vec![
            Hint::new(digits, texts.next_step),
            Hint::of(look, Action::TakeBack),
            Hint::new(look.keymap.shown(Action::Confirm), texts.done),
        ],
        Place::LineField => {
            let mut list = vec![Hint::new("Enter", texts.answer)];
            if pad.has_several_fields() {
                list.push(Hint::new("Tab", texts.next_gap));
            }
            list.push(Hint::new("Esc", texts.other_keys));
            list
        }
        _ => vec![Hint::of(look, Action::TypeAnswer), Hint::of(look, Action::Sure)],
    }
}

fn has_hint(study: &Study) -> bool {
    let loaded = study.loaded.as_ref();
    loaded.is_some_and(|loaded| loaded.card.text(study.lang).hint.is_some())
        && !study.work.hint_used
}

/// Whether the confidence keys stand in the footer because the page has no room for them.
fn narrow_confidence(_look: &Look<'_>) -> bool {
    true
}

/// Tags, question and key points: the top of every question page.
fn question_top(look: &Look<'_>, study: &Study, loaded: &Loaded, width: u16) -> Vec<Line<'static>> {
    let text = loaded.card.text(study.lang);
    let mut lines =
        vec![labels_line(look, &loaded.card, text, loaded.starred, width), Line::default()];
    lines.extend(question_lines(look, text, width));
    if let Some(sentence) = Pad::sentence(&loaded.card, study.lang) {
        lines.push(Line::default());
        lines.extend(markup::render(&sentence, width, look.theme));
    }
    if let (true, Some(hint)) = (study.work.hint_used, &text.hint) {
        lines.push(Line::default());
        let label = Span::styled(format!("{}  ", look.texts.hint), look.theme.style(Role::Warn));
        let indent = vec![Span::raw(" ".repeat(cells(&label.content)))];
        let hint = Span::styled(hint.clone(), look.theme.style(Role::Text));
        lines.extend(wrap_spans(&[hint], usize::from(width), &[label], &indent));
    }
    lines.push(Line::default());
    lines
}

/// The question: its first paragraph heavy, the rest in the weight of text.
pub fn question_lines(look: &Look<'_>, text: &CardText, width: u16) -> Vec<Line<'static>> {
    let title = look.theme.style(Role::Title);
    let (head, rest) = match text.question.split_once("\n\n") {
        Some((head, rest)) => (head, Some(rest)),
        None => (text.question.as_str(), None),
    };
    let mut lines: Vec<Line<'static>> = markup::render(head, width, look.theme)
        .into_iter()
        .map(|line| line.patch_style(title))
        .collect();
    if let Some(rest) = rest {
        lines.push(Line::default());
        lines.extend(markup::render(rest, width, look.theme));
    }
    lines
}

/// Tags as chips, whether it is starred, and who asked it.
pub fn labels_line(
    look: &Look<'_>,
    card: &Card,
    text: &CardText,
    is_starred: bool,
    width: u16,
) -> Line<'static> {
    let theme = look.theme;
    let chip = theme.style(Role::SoftBackground).patch(theme.style(Role::Accent));
    let mut spans = Vec::new();
    for tag in card.tags.iter().take(2) {
        spans.push(Span::styled(format!(" {} ", look.tag(tag)), chip));
        spans.push(Span::raw(" "));
    }
    if card.tags.is_empty() {
        spans.push(Span::styled(format!(" {} ", card.deck), chip));
    }
    if is_starred {
        spans.push(Span::styled(" * ", theme.style(Role::Warn)));
    }
    if let Some(asked) = text.asked.first() {
        let used: usize = spans.iter().map(|span| cells(&span.content)).sum();
        let asked = (look.texts.asked_at)(&asked_words(asked, theme.glyphs.separator));
        let room = usize::from(width).saturating_sub(used + 1);
        spans.push(Span::styled(
            format!(" {}", truncate(&asked, room, theme.glyphs.ellipsis)),
            theme.style(Role::Muted),
        ));
    }
    Line::from(spans)
}

/// Company, role and month in one line.
pub fn asked_words(asked: &Asked, separator: &str) -> String {
    [Some(asked.company.as_str()), asked.role.as_deref(), asked.date.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(&format!(" {separator} "))
}

fn points_label(look: &Look<'_>, study: &Study) -> String {
    match study.points().len() {
        0 => String::new(),
        count => (look.texts.key_points)(count),
    }
}

fn question_page(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    loaded: &Loaded,
    area: Rect,
) {
    let theme = look.theme;
    let mut lines = question_top(look, study, loaded, area.width);
    let points = study.points().len();
    if points > 0 {
        let mut dots = meter::dots(theme, &vec![false; points]);
        let label = format!("  {}", points_label(look, study));
        dots.push(Span::styled(label, theme.style(Role::Muted)));
        lines.extend(wrap_spans(&dots, usize::from(area.width), &[], &[]));
        lines.push(Line::default());
    }
    let say = if points > 0 { look.texts.say_all_of_it } else { look.texts.say_it };
    lines.extend(paragraph(look, say, area.width, Role::Muted));
    if let Some(typed) = study.work.typed.as_ref().filter(|typed| !typed.is_empty()) {
        lines.push(Line::default());
        lines.extend(own_answer(look, typed, area.width, true));
    }
    let tall = area.height.min(TALLEST_QUESTION);
    // The lower part needs six rows: air, clock, air, confidence, air.
    let lower = if tall >= 14 { 5 } else { u16::from(tall >= 8) };
    let text_area = Rect { height: tall.saturating_sub(lower), ..area };
    draw_scrolled(frame, look, text_area, &lines, study.scroll);
    match lower {
        5 => {
            clock_line(frame, look, study, loaded, area, area.y + tall - 4);
            confidence_line(frame, look, area, area.y + tall - 2);
        }
        1 => clock_line(frame, look, study, loaded, area, area.y + tall - 1),
        _ => {}
    }
}

/// Draws lines from `scroll` on; where they go on below, the last row says with which key.
pub fn draw_scrolled(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    area: Rect,
    lines: &[Line<'_>],
    scroll: usize,
) {
    if lines.len() <= usize::from(area.height) || area.height < 2 {
        draw_lines(frame, area, lines, scroll);
        return;
    }
    let text_area = Rect { height: area.height - 1, ..area };
    let most = draw_lines(frame, text_area, lines, scroll);
    let left = most.saturating_sub(scroll.min(most));
    if left == 0 {
        return;
    }
    let text = (look.texts.more_below)(&look.keymap.shown(Action::PageDown), left);
    let width = to_u16(cells(&text)).min(area.width);
    let line = Line::styled(text, look.theme.style(Role::Accent));
    let x = (area.x + area.width).saturating_sub(width);
    frame.buffer_mut().set_line(x, text_area.y + text_area.height, &line, width);
}

fn clock_line(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    loaded: &Loaded,
    area: Rect,
    y: u16,
) {
    if !look.clock || y >= area.y + area.height {
        return;
    }
    let theme = look.theme;
    let seconds = look.now.seconds_since(study.asked_at).min(3599.0);
    let aim = f32::from(u16::try_from(loaded.card.aim_seconds).unwrap_or(u16::MAX));
    let clock = clock(seconds);
    let aim_text = (look.texts.aim)(&self::clock(aim));
    let mut spans = vec![Span::styled(format!("{clock}  "), theme.style(Role::Muted))];
    let used = cells(&clock) + 2 + cells(&aim_text) + 2;
    let width = usize::from(area.width).saturating_sub(used).min(40);
    if width >= 10 {
        spans.extend(meter::line(theme, seconds / aim.max(1.0), width, Role::Accent));
        spans.push(Span::raw("  "));
    }
    spans.push(Span::styled(aim_text, theme.style(Role::Muted)));
    frame.buffer_mut().set_line(area.x, y, &Line::from(spans), area.width);
}

/// Seconds as `m:ss`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "under an hour")]
pub fn clock(seconds: f32) -> String {
    let seconds = seconds.clamp(0.0, 360_000.0) as u32;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn confidence_line(frame: &mut Frame<'_>, look: &Look<'_>, area: Rect, y: u16) {
    let theme = look.theme;
    let chip = theme.bold(Role::SoftBackground);
    let mut spans =
        vec![Span::styled(format!("{}  ", look.texts.how_sure), theme.style(Role::Muted))];
    for (number, word) in (1..).zip(look.texts.confidence) {
        spans.push(Span::styled(format!(" {number} "), chip));
        spans.push(Span::styled(format!(" {word}   "), theme.style(Role::Text)));
    }
    frame.buffer_mut().set_line(area.x, y, &Line::from(spans), area.width);
}

fn answering_page(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    loaded: &Loaded,
    pad: &Pad,
    area: Rect,
) -> Option<Position> {
    let mut top = question_top(look, study, loaded, area.width);
    if study.work.is_sure {
        let sure = (look.texts.you_said)(look.texts.confidence[2]);
        top.push(Line::styled(sure, look.theme.style(Role::Accent)));
        top.push(Line::default());
    }
    let needed = pad.height(look, &loaded.card, study.lang, area.width);
    let clock_rows = if area.height >= 14 { 2 } else { 0 };
    let room = area.height.saturating_sub(clock_rows);
    // The question may be scrolled; the answers keep at least half of the room.
    let pad_rows = needed.min(room.saturating_sub(to_u16(top.len())).max(room / 2)).max(1);
    let top_rows = to_u16(top.len()).min(room.saturating_sub(pad_rows));
    let top_area = Rect { height: top_rows, ..area };
    draw_scrolled(frame, look, top_area, &top, study.scroll);
    let pad_area = Rect { y: area.y + top_rows, height: pad_rows, ..area };
    let cursor = pad.draw(frame, look, pad_area, &loaded.card, study.lang);
    if clock_rows > 0 {
        let y = (pad_area.y + pad_area.height + 1).min(area.y + area.height - 1);
        clock_line(frame, look, study, loaded, area, y);
    }
    cursor
}

/// The own answer, marked as such, cut unless all is asked for.
fn own_answer(look: &Look<'_>, typed: &str, width: u16, all: bool) -> Vec<Line<'static>> {
    let theme = look.theme;
    let label = format!("{}  ", look.texts.you);
    let indent = " ".repeat(cells(&label));
    let room = usize::from(width).saturating_sub(cells(&label)).max(1);
    let rows: Vec<String> = typed.lines().flat_map(|line| wrap(line, room)).collect();
    let shown = if all { rows.len() } else { rows.len().min(OWN_LINES) };
    let mut lines: Vec<Line<'static>> = rows
        .iter()
        .take(shown)
        .enumerate()
        .map(|(row, text)| {
            let head = if row == 0 { label.clone() } else { indent.clone() };
            Line::from(vec![
                Span::styled(head, theme.style(Role::Muted)),
                Span::styled(text.clone(), theme.style(Role::Text)),
            ])
        })
        .collect();
    if shown < rows.len() {
        let more = format!("{indent}{}", (look.texts.more_lines)(rows.len() - shown));
        lines.push(Line::styled(more, theme.style(Role::Muted)));
    }
    lines
}

fn ticks_page(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    loaded: &Loaded,
    area: Rect,
    cursor: usize,
) {
    let text = loaded.card.text(study.lang);
    let mut top = question_lines(look, text, area.width);
    top.push(Line::default());
    if let Some(typed) = study.work.typed.as_ref().filter(|typed| !typed.trim().is_empty()) {
        top.extend(own_answer(look, typed, area.width, study.work.views_all));
        top.push(Line::default());
    }
    top.push(Line::styled(look.texts.which_did_you_say, look.theme.style(Role::Title)));
    top.push(Line::default());
    let mut cursor_rows = (0, 0);
    let mut selected = Vec::new();
    for (line, rows) in tick_rows(look, study, area.width, cursor).into_iter().enumerate() {
        if line == cursor {
            cursor_rows = (top.len(), top.len() + rows.len());
            selected = (top.len()..top.len() + rows.len()).collect();
        }
        top.extend(rows);
    }
    let verdict_rows = if area.height >= 18 { 3 } else { 2 };
    let verdict_y = area.y + area.height.saturating_sub(if area.height >= 18 { 2 } else { 1 });
    let room = usize::from(area.height.saturating_sub(verdict_rows));
    let answer = answer_lines(look, study, loaded, area.width);
    let least_answer = 8;
    if top.len() + least_answer <= room {
        let top_area = Rect { height: to_u16(top.len()), ..area };
        draw_lines(frame, top_area, &top, 0);
        highlight(frame, look, top_area, &selected, 0);
        let rest = Rect { y: area.y + to_u16(top.len()), height: to_u16(room - top.len()), ..area };
        answer_block(frame, look, study, &answer, rest);
    } else {
        // Too little room for two parts: everything is one text that follows the cursor or the page keys.
        let own = cursor_rows.1.saturating_sub(room);
        let scroll = if study.scroll == 0 { own } else { own + study.scroll };
        let mut all = top;
        all.push(Line::styled(
            look.theme.glyphs.rule.repeat(usize::from(area.width)),
            look.theme.style(Role::Faint),
        ));
        all.push(Line::styled(look.texts.model_answer, look.theme.style(Role::Title)));
        all.push(Line::default());
        all.extend(answer);
        let text_area = Rect { height: to_u16(room), ..area };
        let scroll = scroll.min(all.len().saturating_sub(room));
        draw_lines(frame, text_area, &all, scroll);
        highlight(frame, look, text_area, &selected, scroll);
    }
    verdict_line(frame, look, study, area, verdict_y);
}

/// Lays the selection's background under the selected rows.
fn highlight(frame: &mut Frame<'_>, look: &Look<'_>, area: Rect, rows: &[usize], scroll: usize) {
    for row in rows {
        let Some(y) = row.checked_sub(scroll).map(to_u16).filter(|y| *y < area.height) else {
            continue;
        };
        let row = Rect { y: area.y + y, height: 1, ..area };
        frame.buffer_mut().set_style(row, look.theme.style(Role::Selection));
    }
}

fn tick_rows(look: &Look<'_>, study: &Study, width: u16, cursor: usize) -> Vec<Vec<Line<'static>>> {
    let theme = look.theme;
    let points = study.points();
    let mut rows: Vec<Vec<Line<'static>>> = points
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let ticked = study.work.ticked.get(index).copied().unwrap_or(false);
            let number = (index < 9).then_some(index + 1);
            let must = if point.must { "!" } else { "" };
            tick_row(look, number, ticked, must, &point.text, width, index == cursor)
        })
        .collect();
    let wrong = study.work.wrong_statement;
    let mut last = tick_row(
        look,
        Some(0),
        wrong,
        "",
        look.texts.said_something_wrong,
        width,
        cursor == points.len(),
    );
    if !wrong {
        last = last.into_iter().map(|line| line.patch_style(theme.style(Role::Muted))).collect();
    }
    rows.push(last);
    rows
}

fn tick_row(
    look: &Look<'_>,
    number: Option<usize>,
    ticked: bool,
    must: &str,
    text: &str,
    width: u16,
    is_selected: bool,
) -> Vec<Line<'static>> {
    let theme = look.theme;
    let is_wrong_line = number == Some(0);
    let (glyph, role) = match (ticked, is_wrong_line) {
        (true, true) => (theme.glyphs.tick, Role::Bad),
        (true, false) => (theme.glyphs.tick, Role::Good),
        (false, _) => (theme.glyphs.separator, Role::Muted),
    };
    let bar = if is_selected { theme.glyphs.selection } else { " " };
    let number = number.map_or_else(|| " ".to_owned(), |number| number.to_string());
    let first = vec![
        Span::styled(bar.to_owned(), theme.style(Role::Accent)),
        Span::styled(format!("{number} "), theme.bold(Role::Accent)),
        Span::styled(format!(" {glyph} "), theme.style(role)),
        Span::styled(format!("{must:<1} "), theme.style(Role::Warn)),
    ];
    let indent: usize = first.iter().map(|span| cells(&span.content)).sum();
    let rest = vec![Span::raw(" ".repeat(indent))];
    let text = Span::styled(text.to_owned(), theme.style(Role::Text));
    wrap_spans(&[text], usize::from(width), &first, &rest)
}

fn answer_block(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    answer: &[Line<'static>],
    area: Rect,
) {
    let theme = look.theme;
    let rule = theme.glyphs.rule.repeat(usize::from(area.width));
    let air = u16::from(area.height >= 10);
    let rows = usize::from(area.height.saturating_sub(4 + air));
    let pages = answer.len().div_ceil(rows.max(1)).max(1);
    let most = answer.len().saturating_sub(rows);
    let scroll = study.scroll.min(most);
    let page = (scroll + rows / 2) / rows.max(1) + 1;
    let page = if scroll >= most { pages } else { page.min(pages) };
    let buffer = frame.buffer_mut();
    buffer.set_line(area.x, area.y + 1, &Line::styled(rule, theme.style(Role::Faint)), area.width);
    let title = Line::styled(look.texts.model_answer, theme.style(Role::Title));
    buffer.set_line(area.x, area.y + 2, &title, area.width);
    if pages > 1 {
        let counter = format!("{page}/{pages}");
        let x = area.x + area.width.saturating_sub(to_u16(counter.len()));
        buffer.set_line(
            x,
            area.y + 2,
            &Line::styled(counter, theme.style(Role::Muted)),
            area.width,
        );
    }
    let text_area = Rect { y: area.y + 3 + air, height: to_u16(rows), ..area };
    draw_lines(frame, text_area, answer, scroll);
}

/// The model answer and everything that comes with it.
pub fn answer_lines(
    look: &Look<'_>,
    study: &Study,
    loaded: &Loaded,
    width: u16,
) -> Vec<Line<'static>> {
    let resources = &loaded.resources;
    full_answer(look, &loaded.card, resources, study.lang, (width, study.code_offset))
}

/// Explanation, figure, mistakes, sources and links of a card.
pub fn full_answer(
    look: &Look<'_>,
    card: &Card,
    resources: &[crate::domain::resource::Resource],
    lang: Lang,
    (width, code_offset): (u16, u16),
) -> Vec<Line<'static>> {
    let theme = look.theme;
    let text = card.text(lang);
    let code_offset = code_offset.min(markup::code_width(&text.answer).saturating_sub(width));
    let mut lines = Vec::new();
    kind_lines(look, text, width, &mut lines);
    if !lines.is_empty() {
        // What was right comes before why: it is looked for first.
        lines.remove(0);
        lines.push(Line::default());
    }
    lines.extend(markup::render_with_offset(&text.answer, width, theme, code_offset));
    if let Some(figure) = &text.figure {
        lines.push(Line::default());
        lines.extend(figure.lines().map(|line| {
            Line::styled(truncate(line, usize::from(width), ""), theme.style(Role::Accent))
        }));
    }
    if !text.mistakes.is_empty() {
        heading(look, look.texts.mistakes, &mut lines);
        for mistake in &text.mistakes {
            bullet(look, mistake, width, &mut lines);
        }
    }
    let mut links: Vec<(String, String)> = Vec::new();
    links.extend(card.sources.iter().map(|source| (source.title.clone(), source.url.clone())));
    links.extend(text.resources.iter().map(|link| (link.title.clone(), link.url.clone())));
    links.extend(resources.iter().map(|link| (link.title(lang).to_owned(), link.url.clone())));
    if !links.is_empty() {
        heading(look, look.texts.sources, &mut lines);
        for (title, url) in links {
            bullet(look, &title, width, &mut lines);
            let url = truncate(&url, usize::from(width.saturating_sub(2)), theme.glyphs.ellipsis);
            lines.push(Line::styled(format!("  {url}"), theme.style(Role::Muted)));
        }
    }
    lines
}

/// What the answer of a judged kind shows beside its explanation.
fn kind_lines(look: &Look<'_>, text: &CardText, width: u16, lines: &mut Vec<Line<'static>>) {
    let theme = look.theme;
    match &text.body {
        Body::Choice { options } => {
            lines.push(Line::default());
            for option in options {
                let (glyph, role) = if option.correct {
                    (theme.glyphs.tick, Role::Good)
                } else {
                    (theme.glyphs.separator, Role::Muted)
                };
                let first = vec![Span::styled(format!("{glyph} "), theme.style(role))];
                let rest = vec![Span::raw("  ")];
                let body = Span::styled(option.text.clone(), theme.style(Role::Text));
                lines.extend(wrap_spans(&[body], usize::from(width), &first, &rest));
                if let Some(why) = &option.why {
                    let why = Span::styled(why.clone(), theme.style(Role::Muted));
                    lines.extend(wrap_spans(&[why], usize::from(width), &rest, &rest));
                }
            }
        }
        Body::Order { steps } => {
            lines.push(Line::default());
            for (number, step) in steps.iter().enumerate() {
                let first =
                    vec![Span::styled(format!("{} ", number + 1), theme.style(Role::Accent))];
                let body = Span::styled(step.text.clone(), theme.style(Role::Text));
                lines.extend(wrap_spans(&[body], usize::from(width), &first, &[Span::raw("  ")]));
            }
        }
        Body::Numeric(numeric) => {
            if let Some(working) = &numeric.working {
                lines.push(Line::default());
                lines.extend(paragraph(look, working, width, Role::Accent));
            }
        }
        Body::Command { accept, example } => {
            lines.push(Line::default());
            for form in accept.iter().take(SHOWN_FORMS) {
                let form =
                    truncate(form, usize::from(width.saturating_sub(2)), theme.glyphs.ellipsis);
                lines.push(Line::styled(format!("  {form}"), theme.style(Role::Code)));
            }
            if accept.len() > SHOWN_FORMS {
                let more = (look.texts.more_forms)(accept.len() - SHOWN_FORMS);
                lines.push(Line::styled(format!("  {more}"), theme.style(Role::Muted)));
            }
            if let Some(example) = example {
                lines.push(Line::default());
                lines.extend(markup::render(&format!("```\n{example}\n```"), width, theme));
            }
        }
        Body::Open { .. } | Body::Cloze { .. } => {}
    }
}

/// A heading after an empty line.
pub fn heading(look: &Look<'_>, text: &str, lines: &mut Vec<Line<'static>>) {
    lines.push(Line::default());
    lines.push(Line::styled(text.to_owned(), look.theme.style(Role::Title)));
}

/// An item that hangs from its bullet.
pub fn bullet(look: &Look<'_>, text: &str, width: u16, lines: &mut Vec<Line<'static>>) {
    let theme = look.theme;
    let first = vec![Span::styled(format!("{} ", theme.glyphs.bullet), theme.style(Role::Muted))];
    let rest = vec![Span::raw("  ")];
    let text = Span::styled(text.to_owned(), theme.style(Role::Text));
    lines.extend(wrap_spans(&[text], usize::from(width), &first, &rest));
}

/// A wrapped text in one role.
pub fn paragraph(look: &Look<'_>, text: &str, width: u16, role: Role) -> Vec<Line<'static>> {
    let span = Span::styled(text.to_owned(), look.theme.style(role));
    wrap_spans(&[span], usize::from(width), &[], &[])
}

fn verdict_line(frame: &mut Frame<'_>, look: &Look<'_>, study: &Study, area: Rect, y: u16) {
    let theme = look.theme;
    let hits = study.work.ticked.iter().filter(|hit| **hit).count();
    let mut spans = meter::dots(theme, &study.work.ticked);
    let count = (look.texts.hits_of)(hits, study.work.ticked.len());
    spans.push(Span::styled(format!("  {count}  "), theme.style(Role::Strong)));
    if let Some(rating) = study.proposed() {
        spans.push(Span::styled(format!("{}  ", theme.glyphs.arrow), theme.style(Role::Muted)));
        let chip = theme.style(Role::SoftBackground).patch(theme.style(rating_role(rating)));
        spans.push(Span::styled(
            format!(" {} ", look.texts.rating(rating)),
            chip.add_modifier(Modifier::BOLD),
        ));
    }
    frame.buffer_mut().set_line(area.x, y, &Line::from(spans), area.width);
}

/// The role in which a rating is shown, always with its word.
pub fn rating_role(rating: Rating) -> Role {
    match rating {
        Rating::Again => Role::Bad,
        Rating::Hard => Role::Warn,
        Rating::Good => Role::Good,
        Rating::Easy => Role::Accent,
    }
}

fn answer_page(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    loaded: &Loaded,
    scheduler: &Scheduler,
    area: Rect,
) {
    let text = loaded.card.text(study.lang);
    let mut lines = question_lines(look, text, area.width);
    lines.push(Line::default());
    if let Some(sentence) = filled_sentence(&loaded.card, study.lang) {
        lines.extend(markup::render(&sentence, area.width, look.theme));
        lines.push(Line::default());
    }
    if let Some(typed) = study.work.typed.as_ref().filter(|typed| !typed.trim().is_empty()) {
        let judged = study.work.judged.as_ref();
        match own_order(look, text, typed, judged, area.width) {
            Some(order) => lines.extend(order),
            None => lines.extend(own_answer(look, typed, area.width, true)),
        }
    }
    lines.extend(judgement_lines(look, study, text, area.width));
    if lines.last().is_some_and(|line| line.width() > 0) {
        lines.push(Line::default());
    }
    lines.extend(answer_lines(look, study, loaded, area.width));
    let tiles = match area.height {
        16.. => 4,
        9.. => 2,
        _ => 1,
    };
    let text_area = Rect { height: area.height.saturating_sub(tiles + 1), ..area };
    draw_scrolled(frame, look, text_area, &lines, study.scroll);
    let y = area.y + area.height.saturating_sub(tiles);
    grade_tiles(frame, look, study, scheduler, Rect { y, height: tiles, ..area });
}

/// The own order of steps, each right or wrong in its place; none for what is no order.
pub fn own_order(
    look: &Look<'_>,
    text: &CardText,
    typed: &str,
    judged: Option<&Judged>,
    width: u16,
) -> Option<Vec<Line<'static>>> {
    let Body::Order { steps } = &text.body else { return None };
    let theme = look.theme;
    let picked: Vec<usize> = typed.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    let mut lines = vec![Line::styled(look.texts.your_order, theme.style(Role::Muted))];
    for (place, number) in picked.into_iter().enumerate() {
        let step = number.checked_sub(1).and_then(|index| steps.get(index))?;
        let is_right = judged.and_then(|judged| judged.parts.get(place)).copied();
        let (glyph, role) = match is_right {
            Some(true) => (theme.glyphs.tick, Role::Good),
            Some(false) => ("x", Role::Bad),
            None => (theme.glyphs.separator, Role::Muted),
        };
        let first = [Span::styled(format!("{glyph} {} ", place + 1), theme.style(role))];
        let rest = [Span::raw("    ")];
        let step = Span::styled(step.text.clone(), theme.style(Role::Text));
        lines.extend(wrap_spans(&[step], usize::from(width), &first, &rest));
    }
    Some(lines)
}

/// A cloze with its gaps filled.
pub fn filled_sentence(card: &Card, lang: Lang) -> Option<String> {
    use crate::domain::card::ClozePiece;
    let Body::Cloze { pieces } = &card.text(lang).body else { return None };
    let words = pieces.iter().map(|piece| match piece {
        ClozePiece::Text(text) => text.clone(),
        ClozePiece::Gap(fillings) => {
            format!("**{}**", fillings.first().map_or("", String::as_str))
        }
    });
    Some(words.collect())
}

/// Right, nearly or wrong, with what helps to see why.
fn judgement_lines(
    look: &Look<'_>,
    study: &Study,
    text: &CardText,
    width: u16,
) -> Vec<Line<'static>> {
    judged_lines(look, study.work.judged.as_ref(), text, width)
}

/// The program's judgement in words.
pub fn judged_lines(
    look: &Look<'_>,
    judged: Option<&Judged>,
    text: &CardText,
    width: u16,
) -> Vec<Line<'static>> {
    use crate::study::answer::Verdict;
    let Some(judged) = judged else { return Vec::new() };
    let theme = look.theme;
    let (word, role) = match judged.verdict {
        Verdict::Right => (look.texts.right, Role::Good),
        Verdict::Close => (look.texts.nearly, Role::Warn),
        Verdict::Wrong => (look.texts.wrong, Role::Bad),
    };
    let mut lines = vec![Line::styled(word, theme.bold(role))];
    if let Body::Numeric(numeric) = &text.body {
        let value = format!("{} {}", numeric.number, numeric.unit);
        lines.extend(paragraph(
            look,
            (look.texts.right_is)(value.trim()).as_str(),
            width,
            Role::Text,
        ));
    }
    if let Some(note) = &judged.note {
        lines.extend(paragraph(look, &look.texts.note(note), width, Role::Text));
    }
    lines
}

fn grade_page(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    loaded: &Loaded,
    scheduler: &Scheduler,
    area: Rect,
) {
    let theme = look.theme;
    let text = loaded.card.text(study.lang);
    let mut lines = question_lines(look, text, area.width);
    lines.push(Line::default());
    let hits = study.work.ticked.iter().filter(|hit| **hit).count();
    let mut dots = meter::dots(theme, &study.work.ticked);
    let of = (look.texts.hits_of_points)(hits, study.work.ticked.len());
    dots.push(Span::styled(format!("  {of}"), theme.style(Role::Text)));
    lines.extend(wrap_spans(&dots, usize::from(area.width), &[], &[]));
    let missed: Vec<_> = study
        .points()
        .iter()
        .zip(&study.work.ticked)
        .filter(|(_, hit)| !**hit)
        .map(|(point, _)| point)
        .collect();
    if !missed.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled(look.texts.you_missed, theme.style(Role::Muted)));
        for point in missed {
            let first =
                [Span::styled(format!("{} ", theme.glyphs.bullet), theme.style(Role::Muted))];
            let rest = [Span::raw("  ")];
            let span = Span::styled(point.text.clone(), theme.style(Role::Warn));
            lines.extend(wrap_spans(&[span], usize::from(area.width), &first, &rest));
        }
        lines.push(Line::default());
        let sure = study.work.confidence == Some(crate::domain::review::Confidence::Sure);
        let say = if sure { look.texts.you_were_sure_say_it } else { look.texts.say_missed_points };
        lines.extend(paragraph(look, say, area.width, Role::Text));
    }
    let tiles = match area.height {
        12.. => 5,
        8.. => 2,
        _ => 1,
    };
    let wanted = to_u16(lines.len()) + if area.height >= 22 { 2 } else { 1 };
    let text_rows = wanted.min(area.height.saturating_sub(tiles));
    let text_area = Rect { height: text_rows, ..area };
    draw_scrolled(frame, look, text_area, &lines, study.scroll);
    let y = area.y + text_rows;
    grade_tiles(frame, look, study, scheduler, Rect { y, height: tiles, ..area });
    let saved_y = y + tiles + 1;
    if saved_y < area.y + area.height {
        let line = Line::from(vec![
            Span::styled(format!("{} ", theme.glyphs.tick), theme.style(Role::Good)),
            Span::styled(
                if study.is_sample { look.texts.sample } else { look.texts.saved_with_every_key },
                theme.style(Role::Muted),
            ),
        ]);
        frame.buffer_mut().set_line(area.x, saved_y, &line, area.width);
    }
}

/// The four grades with the dates they lead to; the proposed one stands out.
fn grade_tiles(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    study: &Study,
    scheduler: &Scheduler,
    area: Rect,
) {
    let Some(outcomes) = study.outcomes(scheduler, look) else { return };
    let proposed = study.default_rating();
    if area.height < 3 || area.width < 40 {
        grade_row(frame, look, &outcomes, proposed, area);
        return;
    }
    let gap = 2;
    let width = ((area.width - 3 * gap) / 4).min(18);
    for (index, outcome) in (0_u16..).zip(&outcomes) {
        let x = area.x + index * (width + gap);
        let tile = Rect { x, y: area.y, width, height: 4.min(area.height) };
        grade_tile(frame, look, outcome, proposed == Some(outcome.rating), tile);
        if proposed == Some(outcome.rating) && area.height > 4 {
            let fits = Line::styled(look.texts.fits_your_ticks, look.theme.style(Role::Muted));
            let room = (area.x + area.width).saturating_sub(x);
            frame.buffer_mut().set_line(x, area.y + 4, &fits, room);
        }
    }
}

/// One grade: a raised block; without colours only its edge tells which one is proposed.
fn grade_tile(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    outcome: &Outcome,
    is_proposed: bool,
    tile: Rect,
) {
    let theme = look.theme;
    let role = rating_role(outcome.rating);
    if theme.has_backgrounds() {
        let back = if is_proposed { Role::Selection } else { Role::SoftBackground };
        frame.buffer_mut().set_style(tile, theme.style(back));
    }
    let (glyph, edge) = match (is_proposed, theme.has_backgrounds()) {
        (true, _) => (theme.glyphs.heavy, theme.style(role)),
        (false, true) => (" ", theme.style(Role::Faint)),
        (false, false) => (theme.glyphs.rule, theme.style(Role::Faint)),
    };
    let edge = Line::styled(glyph.repeat(usize::from(tile.width)), edge);
    frame.buffer_mut().set_line(tile.x, tile.y, &edge, tile.width);
    let number = format!(" {} ", outcome.rating.number());
    let word = format!(" {}", look.texts.rating(outcome.rating));
    let word_role = if is_proposed { Role::Title } else { Role::Text };
    let line = Line::from(vec![
        Span::styled(number, theme.bold(role)),
        Span::styled(word, theme.style(word_role)),
    ]);
    frame.buffer_mut().set_line(tile.x, tile.y + 1, &line, tile.width);
    let room = usize::from(tile.width);
    let when = interval(look, outcome, room);
    // What is long moves to the edge of the tile.
    let indent = room.saturating_sub(cells(&when)).min(4);
    let when = format!("{}{when}", " ".repeat(indent));
    let when = Line::styled(when, theme.style(Role::Muted));
    frame.buffer_mut().set_line(tile.x, tile.y + 2, &when, tile.width);
}

fn grade_row(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    outcomes: &[Outcome; 4],
    proposed: Option<Rating>,
    area: Rect,
) {
    let theme = look.theme;
    let width = area.width / 4;
    for (index, outcome) in (0_u16..).zip(outcomes) {
        let x = area.x + index * width;
        let number = format!("{} ", outcome.rating.number());
        let word = look.texts.rating(outcome.rating);
        let is_proposed = proposed == Some(outcome.rating);
        let style = theme.style(if is_proposed { Role::Selection } else { Role::Text });
        let line = Line::from(vec![
            Span::styled(number, theme.style(rating_role(outcome.rating))),
            Span::styled(word.to_owned(), style),
        ]);
        frame.buffer_mut().set_line(x, area.y, &line, width);
        if area.height >= 2 {
            let room = usize::from(width).saturating_sub(3);
            let when = format!("  {}", interval(look, outcome, room));
            let line = Line::styled(when, theme.style(Role::Muted));
            frame.buffer_mut().set_line(x, area.y + 1, &line, width);
        }
    }
}

/// When the card comes again, in words that fit into `room` cells where they can.
fn interval(look: &Look<'_>, outcome: &Outcome, room: usize) -> String {
    match outcome.next {
        NextMeeting::On(day) => match day.days_since(look.today) {
            0 => look.texts.ten_minutes.to_owned(),
            days => (look.texts.interval)(days),
        },
        NextMeeting::NotBefore(day) => {
            let long = (look.texts.not_before)(day);
            if cells(&long) <= room { long } else { (look.texts.not_before_short)(day) }
        }
    }
}
