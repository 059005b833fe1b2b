//! The look of Browse: the search, the list, and below it what is known of the card under the bar.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::card::{Body, CardText, ClozePiece};
use crate::study::search::Listed;
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::screens::browse::Browse;
use crate::tui::screens::card::{self, Shown};
use crate::tui::screens::home::percent;
use crate::tui::screens::memory::verdict;
use crate::tui::screens::study_view::{asked_words, paragraph};
use crate::tui::theme::Role;
use crate::tui::widgets::meter;
use crate::tui::widgets::page::{self, Cursor, Footer, Header, Hint, draw_lines};
use crate::tui::widgets::wrap::{cells, pad, pad_left, spans_width, truncate};

/// Lapses from which a card is one that does not stick.
const MANY_LAPSES: u32 = 4;

/// Draws the list, or the card that is open over it.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    browse: &Browse,
    notice: Option<(Role, String)>,
) -> Cursor {
    if let (Some(view), Some(shown)) = (&browse.open, browse.shown()) {
        return card::draw(frame, look, (&shown, view), browse.can_undo(), notice);
    }
    let refused = browse.search.refused.first();
    let notice = notice.or_else(|| refused.map(|word| (Role::Warn, look.texts.refused_word(word))));
    let footer = Footer { hints: hints(look, browse), notice };
    let areas = page::draw(frame, look, browse.place(), &header(look, browse), &footer);
    let area = page::wide_column(areas.body);
    let cursor = draw_search(frame, look, browse, area);
    let parts = Parts::of(area);
    if browse.hits.is_empty() {
        draw_nothing(frame, look, browse, parts.list);
    } else {
        draw_list(frame, look, browse, &parts);
        draw_preview(frame, look, browse, parts.preview);
    }
    cursor.map_or(Cursor::Hidden(areas.rest), Cursor::Shown)
}

fn header(look: &Look<'_>, browse: &Browse) -> Header {
    let texts = look.texts;
    let mut right = vec![texts.listed_of(browse.hits.len(), browse.shelf.cards.len())];
    right.extend(browse.reading_percent().map(|percent| texts.reading_texts(percent)));
    let marked = browse.marked.len();
    Header {
        title: texts.browse().into(),
        detail: if marked > 0 { texts.marked_cards(marked) } else { String::new() },
        right: if browse.is_loaded { right } else { Vec::new() },
    }
}

fn hints(look: &Look<'_>, browse: &Browse) -> Vec<Hint> {
    let (texts, key) = (look.texts, |action| look.keymap.shown(action));
    if browse.tagging.is_some() {
        return vec![
            Hint::new(key(Action::Confirm), texts.action(Action::Tag)),
            Hint::new("Esc", texts.action(Action::Back)),
        ];
    }
    if browse.is_typing {
        return vec![
            Hint::new(key(Action::Confirm), texts.to_list()),
            Hint::new(format!("{} {}", key(Action::Up), key(Action::Down)), texts.choose),
            Hint::new("F2", texts.action(Action::Edit)),
            Hint::new("Esc", texts.action(Action::Back)),
        ];
    }
    let mut list = vec![Hint::of(look, Action::Search)];
    if !browse.hits.is_empty() {
        let is_out = browse.current().is_some_and(|card| card.is_suspended);
        let out = if is_out { texts.unsuspend_short() } else { texts.suspend_short() };
        list.push(Hint::new(key(Action::Confirm), texts.open_card()));
        list.push(Hint::new(key(Action::Toggle), texts.mark_card()));
        list.push(Hint::of(look, Action::Edit));
        list.push(Hint::new(key(Action::SuspendCard), out));
    }
    if browse.can_undo() {
        list.insert(1, Hint::of(look, Action::Undo));
    }
    list.push(Hint::of(look, Action::Back));
    if !browse.hits.is_empty() {
        list.push(Hint::of(look, Action::Star));
        list.push(Hint::of(look, Action::MarkAll));
        list.push(Hint::of(look, Action::Tag));
        list.push(Hint::of(look, Action::Export));
    }
    list
}

/// The search with its sign; gives the cell of the insertion point while it is typed.
fn draw_search(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    browse: &Browse,
    area: Rect,
) -> Option<Position> {
    let theme = look.theme;
    if let Some(field) = &browse.tagging {
        let words = look.texts.tag_for_cards(browse.meant_count());
        let room = page::to_u16(cells(&words)).min(area.width.saturating_sub(1));
        let line = Line::styled(words, theme.bold(Role::Accent));
        frame.buffer_mut().set_line(area.x, area.y, &line, room);
        let row = Rect { x: area.x + room, width: area.width - room, height: 1, ..area };
        return Some(field.draw(frame, row, look));
    }
    let sign_role = if browse.is_typing { Role::Accent } else { Role::Muted };
    let sign = Line::styled("/ ", theme.bold(sign_role));
    frame.buffer_mut().set_line(area.x, area.y, &sign, area.width);
    let row = Rect { x: area.x + 2, width: area.width.saturating_sub(2).max(1), height: 1, ..area };
    let language = truncate(look.texts.search_language(), usize::from(row.width), "");
    if browse.is_typing {
        let at = browse.field.draw(frame, row, look);
        if browse.field.is_empty() {
            let style = theme.style(Role::SoftBackground).patch(theme.style(Role::Muted));
            frame.buffer_mut().set_line(row.x, row.y, &Line::styled(language, style), row.width);
        }
        return Some(at);
    }
    let (text, role) = if browse.field.is_empty() {
        (language, Role::Muted)
    } else {
        (browse.field.text(), Role::Title)
    };
    let text = truncate(&text, usize::from(row.width), theme.glyphs.ellipsis);
    frame.buffer_mut().set_line(row.x, row.y, &Line::styled(text, theme.style(role)), row.width);
    None
}

/// Where the parts of the page are.
struct Parts {
    heads: Rect,
    list: Rect,
    preview: Rect,
}

impl Parts {
    /// Below the search: heads, list, and the preview where there is room.
    fn of(area: Rect) -> Self {
        let gap = if area.height >= 14 { 2 } else { 1 };
        let heads = u16::from(area.height >= 6);
        let rest = area.height.saturating_sub(gap + heads);
        let preview = match rest {
            0..=7 => 0,
            8..=11 => 4,
            12..=15 => 7,
            16..=24 => 8,
            25..=35 => 12,
            _ => 14,
        };
        let y = area.y + gap.min(area.height);
        let list = Rect { y: y + heads, height: rest - preview, ..area };
        Self {
            heads: Rect { y, height: heads, ..area },
            list,
            preview: Rect { y: list.y + list.height, height: preview, ..area },
        }
    }
}

fn draw_nothing(frame: &mut Frame<'_>, look: &Look<'_>, browse: &Browse, area: Rect) {
    let texts = look.texts;
    if !browse.is_loaded {
        return;
    }
    let words = match (browse.shelf.cards.is_empty(), browse.reading_percent()) {
        (true, _) => texts.no_cards_yet(),
        (false, Some(_)) => texts.still_reading(),
        (false, None) => texts.nothing_found(),
    };
    let mut lines = paragraph(look, words, area.width, Role::Text);
    if !browse.is_typing {
        lines.extend(paragraph(look, texts.esc_shows_all(), area.width, Role::Muted));
    }
    draw_lines(frame, area, &lines, 0);
}

/// Which columns there is room for.
#[derive(Clone, Copy)]
struct Columns {
    due: usize,
    recall: usize,
    points: usize,
    lapses: usize,
    tag: usize,
}

impl Columns {
    fn of(width: u16) -> Self {
        let width_from = |least: u16, cells: usize| if width >= least { cells } else { 0 };
        Self {
            due: width_from(26, 7),
            recall: width_from(34, 7),
            points: width_from(44, 7),
            lapses: width_from(54, 7),
            tag: width_from(96, 18),
        }
    }
}

fn draw_list(frame: &mut Frame<'_>, look: &Look<'_>, browse: &Browse, parts: &Parts) {
    let area = parts.list;
    let columns = Columns::of(area.width);
    draw_lines(frame, parts.heads, &[heads(look, columns, area.width)], 0);
    let height = usize::from(area.height);
    if height == 0 {
        return;
    }
    // The bar stays in the middle of a list that is longer than the screen: what comes next is always in sight.
    let most = browse.hits.len().saturating_sub(height);
    let top = browse.cursor.saturating_sub(height / 2).min(most);
    for (y, row) in (area.y..).zip(top..(top + height).min(browse.hits.len())) {
        let card = &browse.shelf.cards[browse.hits[row]];
        let is_selected = row == browse.cursor;
        let is_marked = browse.marked.contains(&card.entry.key);
        let line = card_row(look, (card, browse), columns, (is_selected, is_marked), area.width);
        frame.buffer_mut().set_line(area.x, y, &line, area.width);
        if is_selected {
            let row = Rect { y, height: 1, ..area };
            frame.buffer_mut().set_style(row, look.theme.style(Role::Selection));
        }
    }
}

fn heads(look: &Look<'_>, columns: Columns, width: u16) -> Line<'static> {
    let texts = look.texts;
    let mut line = "   ".to_owned();
    line.push_str(&pad(if columns.due > 0 { texts.head_due() } else { "" }, columns.due));
    for (head, cells) in [
        (texts.head_recall(), columns.recall),
        (texts.head_points(), columns.points),
        (texts.head_lapses(), columns.lapses),
    ] {
        line.push_str(&pad_left(if cells > 0 { head } else { "" }, cells));
    }
    line.push_str("   ");
    line.push_str(&pad(if columns.tag > 0 { texts.head_tag() } else { "" }, columns.tag));
    line.push_str(texts.head_question());
    Line::styled(truncate(&line, usize::from(width), ""), look.theme.style(Role::Muted))
}

fn card_row(
    look: &Look<'_>,
    (card, browse): (&Listed, &Browse),
    columns: Columns,
    (is_selected, is_marked): (bool, bool),
    width: u16,
) -> Line<'static> {
    let theme = look.theme;
    let glyphs = theme.glyphs;
    let bar = if is_selected { glyphs.selection } else { " " };
    let mark = if is_marked { glyphs.tick } else { " " };
    let (due, due_role) = due_words(look, card);
    let mut spans = vec![
        Span::styled(bar, theme.style(Role::Accent)),
        Span::styled(format!("{mark} "), theme.bold(Role::Good)),
    ];
    if columns.due > 0 {
        spans.push(Span::styled(pad(&due, columns.due), theme.style(due_role)));
    }
    for (words, role, cells) in numbers(look, card, columns) {
        if cells > 0 {
            spans.push(Span::styled(pad_left(&words, cells), theme.style(role)));
        }
    }
    spans.push(Span::raw("   "));
    if columns.tag > 0 {
        let tag = card.entry.tags.first().map_or(card.entry.deck.0.as_str(), |tag| look.tag(tag));
        let tag = truncate(tag, columns.tag - 2, glyphs.ellipsis);
        spans.push(Span::styled(pad(&tag, columns.tag), theme.style(Role::Muted)));
    }
    if card.is_starred {
        spans.push(Span::styled("* ", theme.style(Role::Warn)));
    }
    let room = usize::from(width).saturating_sub(spans_width(&spans));
    let title = truncate(card.entry.title.get(browse.lang), room, glyphs.ellipsis);
    let role = match (is_selected, card.is_suspended) {
        (true, _) => Role::Title,
        (false, true) => Role::Muted,
        (false, false) => Role::Text,
    };
    spans.push(Span::styled(title, theme.style(role)));
    Line::from(spans)
}

/// Recall, points and lapses of a card, each with its role and column.
fn numbers(look: &Look<'_>, card: &Listed, columns: Columns) -> [(String, Role, usize); 3] {
    let none = || look.theme.glyphs.separator.to_owned();
    let progress = card.schedule.progress();
    let (recall, recall_role) = match progress {
        Some(_) => (percent(card.recall), meter::share_role(card.recall)),
        None => (none(), Role::Faint),
    };
    let (points, points_role) = match card.last_points {
        Some((hits, all)) if hits == all => (format!("{hits}/{all}"), Role::Good),
        Some((hits, all)) => (format!("{hits}/{all}"), Role::Text),
        None => (none(), Role::Faint),
    };
    let (lapses, lapses_role) = match progress.map_or(0, |progress| progress.lapses) {
        0 => (none(), Role::Faint),
        lapses if lapses >= MANY_LAPSES => (lapses.to_string(), Role::Warn),
        lapses => (lapses.to_string(), Role::Text),
    };
    [
        (recall, recall_role, columns.recall),
        (points, points_role, columns.points),
        (lapses, lapses_role, columns.lapses),
    ]
}

/// When a card comes, in a few cells.
pub fn due_words(look: &Look<'_>, card: &Listed) -> (String, Role) {
    let texts = look.texts;
    if card.is_suspended {
        return (texts.short_suspended().to_owned(), Role::Muted);
    }
    let buried_until = card.buried_until.filter(|until| *until > look.today);
    match card.due().or(buried_until) {
        None => (texts.short_new().to_owned(), Role::Muted),
        Some(due) => {
            let days = due.days_since(look.today);
            (texts.short_due(days), if days == 0 { Role::Accent } else { Role::Text })
        }
    }
}

fn draw_preview(frame: &mut Frame<'_>, look: &Look<'_>, browse: &Browse, area: Rect) {
    if area.height < 3 {
        return;
    }
    let theme = look.theme;
    let rule =
        Line::styled(theme.glyphs.rule.repeat(usize::from(area.width)), theme.style(Role::Faint));
    frame.buffer_mut().set_line(area.x, area.y, &rule, area.width);
    let inner = Rect { y: area.y + 1, height: area.height - 1, ..area };
    match (browse.shown(), &browse.info) {
        (Some(shown), _) => draw_card(frame, look, &shown, inner),
        (None, Some((_, Err(why)))) => {
            draw_lines(frame, inner, &paragraph(look, why, inner.width, Role::Bad), 0);
        }
        (None, _) => {}
    }
}

/// Where the card belongs, its question, what counts in its answer, and how the last answers went.
fn draw_card(frame: &mut Frame<'_>, look: &Look<'_>, shown: &Shown<'_>, area: Rect) {
    let text = shown.info.card.text(shown.lang);
    let mut lines = vec![meta_line(look, shown, area.width)];
    let room = usize::from(area.height).saturating_sub(2);
    if room >= 5 {
        let mut question = super::study_view::question_lines(look, text, area.width);
        question.truncate(if room >= 10 { 3 } else { 1 });
        lines.extend(question);
    }
    let room = room + 1 - lines.len();
    lines.extend(gist(look, shown, text, (area.width, room)));
    let rows = usize::from(area.height).saturating_sub(1);
    lines.truncate(rows);
    if room >= 6 && lines.len() < rows {
        lines.push(Line::default());
    }
    lines.push(last_answers(look, shown, area.width));
    draw_lines(frame, area, &lines, 0);
}

fn meta_line(look: &Look<'_>, shown: &Shown<'_>, width: u16) -> Line<'static> {
    let theme = look.theme;
    let card = &shown.info.card;
    let separator = format!(" {} ", theme.glyphs.separator);
    let mut words: Vec<String> =
        card.tags.iter().take(3).map(|tag| look.tag(tag).to_owned()).collect();
    words.extend(card.level.map(|level| look.texts.level_of(level.get())));
    words.push(look.texts.kind(card.kind).to_owned());
    let asked = shown.info.card.text(shown.lang).asked.first();
    let asked =
        asked.map(|asked| (look.texts.asked_at)(&asked_words(asked, theme.glyphs.separator)));
    let file = card.place.file.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let place = format!("{file}:{}", card.place.line);
    let room = usize::from(width).saturating_sub(cells(&place) + 2);
    let left = truncate(&words.join(&separator), room, theme.glyphs.ellipsis);
    let mut spans = vec![Span::styled(left, theme.style(Role::Accent))];
    let left_over = room.saturating_sub(spans_width(&spans));
    let asked = asked.filter(|_| left_over > 12).map(|asked| format!("   {asked}"));
    spans.extend(asked.map(|asked| {
        Span::styled(truncate(&asked, left_over, theme.glyphs.ellipsis), theme.style(Role::Muted))
    }));
    let used = spans_width(&spans);
    spans.push(Span::styled(
        pad_left(&place, usize::from(width).saturating_sub(used)),
        theme.style(Role::Muted),
    ));
    Line::from(spans)
}

/// What counts in the answer: key points, in two columns where one has no room for all; else what is right.
fn gist(
    look: &Look<'_>,
    shown: &Shown<'_>,
    text: &CardText,
    (width, room): (u16, usize),
) -> Vec<Line<'static>> {
    let points = card::point_lines(look, shown, u16::MAX);
    if points.is_empty() {
        return shortened(
            look,
            paragraph(look, &right_answer(text), width, Role::Text),
            width,
            room,
        );
    }
    let wrapped = card::point_lines(look, shown, width);
    if wrapped.len() <= room || width < 60 {
        return if wrapped.len() <= room { wrapped } else { cut(look, &points, width, room) };
    }
    let half = (width - 2) / 2;
    if points.len() <= room {
        return cut(look, &points, width, room);
    }
    let pairs = points.chunks(2).take(room).map(|pair| {
        let mut spans = fitted(look, &pair[0], half);
        let gap = usize::from(half + 2).saturating_sub(spans_width(&spans));
        spans.push(Span::raw(" ".repeat(gap)));
        spans.extend(pair.get(1).map(|line| fitted(look, line, half)).unwrap_or_default());
        Line::from(spans)
    });
    pairs.collect()
}

/// The first lines of a text; the last of them shows that it goes on.
fn shortened(
    look: &Look<'_>,
    mut lines: Vec<Line<'static>>,
    width: u16,
    room: usize,
) -> Vec<Line<'static>> {
    if lines.len() > room && room > 0 {
        let goes_on = format!("{} {}", lines[room - 1], lines[room]);
        let text = truncate(&goes_on, usize::from(width), look.theme.glyphs.ellipsis);
        lines[room - 1] = Line::styled(text, look.theme.style(Role::Text));
    }
    lines.truncate(room);
    lines
}

/// One line per point, each cut to the width.
fn cut(look: &Look<'_>, lines: &[Line<'static>], width: u16, room: usize) -> Vec<Line<'static>> {
    lines.iter().take(room).map(|line| Line::from(fitted(look, line, width))).collect()
}

/// The spans of a line, the last of them cut so that all fit.
fn fitted(look: &Look<'_>, line: &Line<'static>, width: u16) -> Vec<Span<'static>> {
    let mut spans = line.spans.clone();
    if let Some(last) = spans.pop() {
        let room = usize::from(width).saturating_sub(spans_width(&spans));
        spans.push(Span::styled(
            truncate(&last.content, room, look.theme.glyphs.ellipsis),
            last.style,
        ));
    }
    spans
}

/// What is right, in one paragraph; for a bare question its answer.
fn right_answer(text: &CardText) -> String {
    match &text.body {
        Body::Open { .. } => text.answer.clone(),
        Body::Choice { options } => {
            let right = options.iter().find(|option| option.correct);
            right.map_or_else(String::new, |option| option.text.clone())
        }
        Body::Cloze { pieces } => pieces
            .iter()
            .map(|piece| match piece {
                ClozePiece::Text(text) => text.as_str(),
                ClozePiece::Gap(fillings) => fillings.first().map_or("", String::as_str),
            })
            .collect(),
        Body::Order { steps } => steps
            .iter()
            .enumerate()
            .map(|(number, step)| format!("{} {}", number + 1, step.text))
            .collect::<Vec<String>>()
            .join("   "),
        Body::Numeric(numeric) => format!("{} {}", numeric.number, numeric.unit),
        Body::Command { accept, .. } => accept.first().cloned().unwrap_or_default(),
    }
}

/// The newest answers that fit, oldest of them first, and the stability they left.
fn last_answers(look: &Look<'_>, shown: &Shown<'_>, width: u16) -> Line<'static> {
    let (theme, texts) = (look.theme, look.texts);
    let progress = shown.listed.and_then(|listed| listed.schedule.progress());
    let stability = progress.map(|progress| texts.stability_of(progress.memory.stability));
    let stability = stability.unwrap_or_default();
    let mut room = usize::from(width).saturating_sub(cells(&stability) + 2);
    let mut answers: Vec<Vec<Span<'static>>> = Vec::new();
    for review in shown.info.history.iter().rev() {
        let (word, role) = verdict(look, review);
        let spans = vec![
            Span::styled(texts.day_and_month(review.day), theme.style(Role::Muted)),
            Span::styled(format!(" {word}   "), theme.style(role)),
        ];
        if spans_width(&spans) > room {
            break;
        }
        room -= spans_width(&spans);
        answers.push(spans);
    }
    if answers.is_empty() {
        return Line::styled(
            truncate(texts.never_asked(), usize::from(width), theme.glyphs.ellipsis),
            theme.style(Role::Muted),
        );
    }
    let mut spans: Vec<Span<'static>> = answers.into_iter().rev().flatten().collect();
    let used = spans_width(&spans);
    let rest = usize::from(width).saturating_sub(used);
    spans.push(Span::styled(pad_left(&stability, rest), theme.style(Role::Muted)));
    Line::from(spans)
}
