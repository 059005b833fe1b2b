//! How well a card is remembered: its schedule, its forgetting curve through today to the interview, its answers.

use ratatui::text::{Line, Span};

use crate::domain::review::{Rating, Review};
use crate::domain::time::Day;
use crate::study::curve::Curve;
use crate::tui::look::Look;
use crate::tui::screens::card::Shown;
use crate::tui::screens::home::percent;
use crate::tui::screens::study_view::{clock, heading, paragraph, rating_role};
use crate::tui::theme::Role;
use crate::tui::widgets::meter;
use crate::tui::widgets::plot::Plot;
use crate::tui::widgets::wrap::{cells, pad, pad_left, spans_width, truncate};

/// Days of future on the axis of a curve where no interview is farther.
const FUTURE_DAYS: i32 = 21;
/// Days beyond which an interview is not drawn.
const FARTHEST_INTERVIEW: i32 = 150;

/// When the card comes, its curve, and its answers, the newest first.
pub fn memory_lines(
    look: &Look<'_>,
    shown: &Shown<'_>,
    width: u16,
    rows: usize,
) -> Vec<Line<'static>> {
    let mut lines = schedule_lines(look, shown, width);
    heading(look, look.texts.forgetting_curve(), &mut lines);
    match &shown.info.curve {
        Some(curve) => {
            lines.pop();
            lines.push(curve_head(look, curve, width));
            lines.extend(curve_lines(look, curve, shown.info.interview, (width, rows)));
        }
        None => lines.extend(paragraph(look, look.texts.never_asked(), width, Role::Muted)),
    }
    if !shown.info.history.is_empty() {
        heading(look, look.texts.history_part(), &mut lines);
        lines.extend(
            shown.info.history.iter().rev().map(|review| history_line(look, review, width)),
        );
    }
    lines
}

fn schedule_lines(look: &Look<'_>, shown: &Shown<'_>, width: u16) -> Vec<Line<'static>> {
    let (theme, texts) = (look.theme, look.texts);
    let Some(listed) = shown.listed else { return Vec::new() };
    let label_width = 14;
    let mut lines = Vec::new();
    let mut row = |label: &str, value: String, role: Role| {
        let room = usize::from(width).saturating_sub(label_width);
        lines.push(Line::from(vec![
            Span::styled(pad(label, label_width), theme.style(Role::Muted)),
            Span::styled(truncate(&value, room, theme.glyphs.ellipsis), theme.style(role)),
        ]));
    };
    let next = match listed.due() {
        _ if listed.is_suspended => texts.is_suspended().to_owned(),
        Some(due) => texts.next_meeting(due, due.days_since(look.today)),
        None => texts.never_seen().to_owned(),
    };
    row(texts.row_next(), next, Role::Strong);
    if let Some(progress) = listed.schedule.progress() {
        if listed.recall > 0.0 {
            let role = meter::share_role(listed.recall);
            row(texts.row_recall(), percent(listed.recall), role);
        } else {
            row(texts.row_recall(), texts.not_recalled_since().to_owned(), Role::Warn);
        }
        let memory = progress.memory;
        let numbers = texts.memory_numbers(memory.stability, memory.difficulty);
        row(texts.row_memory(), numbers, Role::Text);
        let evidence = texts.evidence(progress.reviews, progress.lapses);
        row(texts.row_answers(), evidence, Role::Text);
    }
    lines
}

/// The heading of the curve with the meaning of its signs.
fn curve_head(look: &Look<'_>, curve: &Curve, width: u16) -> Line<'static> {
    let (theme, texts) = (look.theme, look.texts);
    let mut spans = vec![Span::styled(texts.forgetting_curve(), theme.style(Role::Title))];
    let signs = [(true, texts.was_recalled()), (false, texts.was_forgotten())];
    for (is_pass, words) in signs {
        if curve.answers.iter().any(|answer| answer.is_pass == is_pass) {
            let (sign, role) = answer_sign(look, is_pass);
            spans.push(Span::styled(format!("   {sign} "), theme.style(role)));
            spans.push(Span::styled(words, theme.style(Role::Muted)));
        }
    }
    while spans_width(&spans) > usize::from(width) && spans.len() > 1 {
        spans.pop();
    }
    Line::from(spans)
}

fn answer_sign(look: &Look<'_>, is_pass: bool) -> (&'static str, Role) {
    let glyphs = look.theme.glyphs;
    if is_pass { (glyphs.hit_dot, Role::Good) } else { (glyphs.open_dot, Role::Bad) }
}

/// The axis of days of a curve.
#[derive(Clone, Copy)]
struct Axis {
    from: Day,
    days: i32,
    columns: usize,
}

impl Axis {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "days of a life and columns of a screen"
    )]
    fn column(&self, day: Day) -> usize {
        let share = (day.0 - self.from.0) as f32 / self.days as f32;
        (share * (self.columns.saturating_sub(1)) as f32).round() as usize
    }

    /// The day at a step of a plot, and the part of it that is over.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "days of a life and columns of a screen"
    )]
    fn day(&self, step: usize) -> (Day, f32) {
        let most = (self.columns * 2).saturating_sub(1).max(1);
        let days = step as f32 / most as f32 * self.days as f32;
        (self.from + days.floor() as i32, days.fract())
    }
}

fn curve_lines(
    look: &Look<'_>,
    curve: &Curve,
    interview: Option<Day>,
    (width, rows): (u16, usize),
) -> Vec<Line<'static>> {
    const LABELS: usize = 5;
    let columns = usize::from(width).saturating_sub(LABELS);
    if columns < 8 {
        return Vec::new();
    }
    let interview = interview.filter(|day| day.0 - look.today.0 <= FARTHEST_INTERVIEW);
    let past = look.today.0 - curve.first_day().0;
    let end =
        (look.today + FUTURE_DAYS.max(past / 2)).max(interview.map_or(look.today, |day| day + 2));
    let axis =
        Axis { from: curve.first_day(), days: (end.0 - curve.first_day().0).max(1), columns };
    let floor = floor_of(curve, axis);
    let raised = |recall: f32| (recall - floor) / (1.0 - floor);
    let mut plot = Plot::new(columns, rows);
    if let Some(day) = interview {
        plot.upright(axis.column(day), upright(look), Role::Warn);
    }
    plot.upright(axis.column(look.today), upright(look), Role::Muted);
    for row in [0, rows / 2, rows - 1] {
        plot.level(row, look.theme.glyphs.separator, Role::Faint);
    }
    let share = |step: usize| {
        let (day, part) = axis.day(step);
        curve.recall(day, part).map(raised)
    };
    let role = |step: usize| {
        if axis.day(step).0 < look.today { Role::Muted } else { Role::Accent }
    };
    plot.line(share, role);
    for answer in &curve.answers {
        let (sign, role) = answer_sign(look, answer.is_pass);
        plot.sign(axis.column(answer.day), answer.recall.map_or(1.0, raised), sign, role);
    }
    let mut lines: Vec<Line<'static>> = Vec::new();
    for (row, spans) in plot.rows(look.theme).into_iter().enumerate() {
        let label = match row {
            0 => percent(1.0),
            row if row == rows - 1 => percent(floor),
            row if row == rows / 2 && rows % 2 == 1 => percent(f32::midpoint(1.0, floor)),
            _ => String::new(),
        };
        let label = format!("{} ", pad_left(&label, LABELS - 1));
        let mut all = vec![Span::styled(label, look.theme.style(Role::Muted))];
        all.extend(spans);
        lines.push(Line::from(all));
    }
    lines.push(axis_line(look, axis, interview, LABELS));
    lines
}

fn upright(look: &Look<'_>) -> &'static str {
    look.theme.glyphs.quote
}

/// The lowest recall on the axis, down to the next ten percent; never above 70 %, so that a curve is not made steeper
/// than it is.
fn floor_of(curve: &Curve, axis: Axis) -> f32 {
    let steps = (0..axis.columns * 2).map(|step| axis.day(step));
    let recalls = steps.filter_map(|(day, part)| curve.recall(day, part));
    let lowest = curve.answers.iter().filter_map(|answer| answer.recall).chain(recalls);
    let lowest = lowest.fold(1.0_f32, f32::min);
    ((lowest * 10.0).floor() / 10.0).clamp(0.0, 0.7)
}

/// Words under the axis, the most important first; what would run into another is left out.
fn axis_line(look: &Look<'_>, axis: Axis, interview: Option<Day>, indent: usize) -> Line<'static> {
    let texts = look.texts;
    let mut wanted = vec![(look.today, texts.on_axis_today().to_owned(), Role::Text)];
    if let Some(day) = interview {
        let words = format!("{} {}", texts.on_axis_interview(), texts.day_and_month(day));
        wanted.push((day, words, Role::Warn));
    }
    for day in [axis.from, axis.from + axis.days] {
        wanted.push((day, texts.day_and_month(day), Role::Muted));
    }
    let mut placed: Vec<(usize, String, Role)> = Vec::new();
    for (day, words, role) in wanted {
        let width = cells(&words);
        let at = axis.column(day).saturating_sub(width / 2);
        let at = at.min(axis.columns.saturating_sub(width));
        let is_free = |(other, text, _): &(usize, String, Role)| {
            at >= other + cells(text) + 2 || at + width + 2 <= *other
        };
        if width <= axis.columns && placed.iter().all(is_free) {
            placed.push((at, words, role));
        }
    }
    placed.sort_by_key(|(at, ..)| *at);
    let mut spans = vec![Span::raw(" ".repeat(indent))];
    let mut column = 0;
    for (at, words, role) in placed {
        spans.push(Span::raw(" ".repeat(at - column)));
        column = at + cells(&words);
        spans.push(Span::styled(words, look.theme.style(role)));
    }
    Line::from(spans)
}

fn history_line(look: &Look<'_>, review: &Review, width: u16) -> Line<'static> {
    let (theme, texts) = (look.theme, look.texts);
    let (word, role) = verdict(look, review);
    let hits: Vec<bool> = review.points.iter().map(|point| point.hit).collect();
    let mut spans = vec![
        Span::styled(pad(&texts.day_and_month(review.day), 8), theme.style(Role::Muted)),
        Span::styled(pad(word, 8), theme.style(role)),
        Span::styled(pad_left(&clock(review.seconds), 5), theme.style(Role::Text)),
        Span::raw("   "),
    ];
    if !hits.is_empty() {
        let said = hits.iter().filter(|hit| **hit).count();
        let share = format!("{said}/{}", hits.len());
        spans.push(Span::styled(pad(&share, 5), theme.style(Role::Text)));
        if spans_width(&spans) + hits.len() * 2 + 8 <= usize::from(width) {
            spans.extend(meter::dots(theme, &hits));
        }
    }
    if let Some(confidence) = review.confidence {
        let word = texts.confidence[usize::from(confidence.number()) - 1];
        if spans_width(&spans) + cells(word) < usize::from(width) {
            spans.push(Span::styled(word, theme.style(Role::Muted)));
        }
    }
    Line::from(spans)
}

/// The grade of an answer, or whether it was right in a quiz.
pub fn verdict(look: &Look<'_>, review: &Review) -> (&'static str, Role) {
    match (review.rating, review.correct) {
        (Some(rating), _) => (look.texts.rating(rating), rating_role(rating)),
        (None, Some(true)) => (look.texts.short_right(), rating_role(Rating::Good)),
        (None, Some(false)) => (look.texts.short_wrong(), rating_role(Rating::Again)),
        (None, None) => (look.theme.glyphs.dash, Role::Muted),
    }
}
