//! The plan to the interviews: what is given and needed, what will be known, day by day; and what changes it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::domain::interview::{Interview, Preparation};
use crate::domain::tag::Tag;
use crate::study::plan::{DayKind, InterviewForecast, Plan};
use crate::tui::action::{Action, Place};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::screens::plan_form::{self, PlanForm, Which};
use crate::tui::screens::study_view::paragraph;
use crate::tui::theme::Role;
use crate::tui::widgets::page::{
    self, Cursor, Footer, Header, Hint, draw_lines, to_u16, wide_column,
};
use crate::tui::widgets::plan::Pen;

/// The page.
#[derive(Clone, Debug, Default)]
pub struct PlanScreen {
    /// The plan as far as it is drawn; none without an interview, or while it is begun.
    pub plan: Option<Plan>,
    /// What it is drawn from; none while that is read.
    pub preparation: Option<Preparation>,
    /// The tags of the cards that there are.
    pub tags: Vec<Tag>,
    form: Option<Box<PlanForm>>,
    /// The day at the cursor, counted from today.
    cursor: usize,
    /// Lines above the days that are scrolled back to, in a low window.
    back: usize,
    /// What it was before each change.
    undo: Vec<Preparation>,
}

/// What comes of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// Stay.
    Stay,
    /// Go home.
    Home,
    /// Study what the plan gives today.
    Study,
    /// Stay, and say something.
    Tell(String),
}

impl PlanScreen {
    /// Where the user is.
    pub const fn place(&self) -> Place {
        if self.form.is_some() { Place::LineField } else { Place::Plan }
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        if self.form.is_some() {
            return (self.act_in_form(action, look), Turn::Stay);
        }
        let stay = |effects| (effects, Turn::Stay);
        match action {
            Action::Confirm if self.is_empty() => {
                self.open_form(Which::Further);
                stay(Vec::new())
            }
            Action::Confirm => (Vec::new(), Turn::Study),
            Action::Back => (Vec::new(), Turn::Home),
            Action::Edit => {
                self.open_form(if self.interviews().is_empty() {
                    Which::Further
                } else {
                    Which::At(self.chosen())
                });
                stay(Vec::new())
            }
            Action::Add => {
                self.open_form(Which::Further);
                stay(Vec::new())
            }
            Action::Remove => stay(self.remove()),
            Action::Toggle => stay(self.toggle()),
            Action::Digit(1) if self.has_ways() => {
                (Vec::new(), Turn::Tell(look.texts.way_keep_taken().to_owned()))
            }
            Action::Digit(2) if self.has_ways() => self.add_minutes(look),
            Action::Undo => self.take_back(look),
            _ => {
                self.go(action);
                stay(Vec::new())
            }
        }
    }

    fn act_in_form(&mut self, action: Action, look: &Look<'_>) -> Vec<Effect> {
        let Some(form) = &mut self.form else { return Vec::new() };
        match action {
            Action::NextPart | Action::Down => form.next(),
            Action::PreviousPart | Action::Up => form.previous(),
            Action::Back => self.form = None,
            Action::Confirm => {
                let Some(preparation) = &self.preparation else { return Vec::new() };
                if let Some(wanted) = form.read(preparation, &self.tags, look) {
                    self.form = None;
                    return self.change(wanted);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// Takes a key of the form.
    pub fn key(&mut self, key: Key) {
        if let Some(form) = &mut self.form {
            form.key(key);
        }
    }

    /// Takes a pasted text; says whether there was a field for it.
    pub fn paste(&mut self, text: &str) -> bool {
        let Some(form) = &mut self.form else { return false };
        form.paste(text);
        true
    }

    fn go(&mut self, action: Action) {
        const PAGE: usize = 7;
        let last = self.plan.as_ref().map_or(0, |plan| plan.days.len().saturating_sub(1));
        match action {
            Action::Up if self.cursor == 0 => self.back += 1,
            Action::PageUp if self.cursor == 0 => self.back += PAGE,
            Action::Down if self.back > 0 => self.back -= 1,
            Action::PageDown if self.back > 0 => self.back = self.back.saturating_sub(PAGE),
            Action::Up => self.cursor -= 1,
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::PageUp => self.cursor = self.cursor.saturating_sub(PAGE),
            Action::PageDown => self.cursor = (self.cursor + PAGE).min(last),
            Action::First => self.cursor = 0,
            Action::Last => (self.cursor, self.back) = (last, 0),
            _ => {}
        }
    }

    /// Whether there is anything to plan for.
    pub fn has_interviews(&self) -> bool {
        !self.interviews().is_empty()
    }

    fn interviews(&self) -> &[Interview] {
        self.preparation.as_ref().map(|it| it.interviews.as_slice()).unwrap_or_default()
    }

    /// The place of the interview at the cursor, else of the nearest one.
    fn chosen(&self) -> usize {
        let day = self.plan.as_ref().and_then(|plan| plan.days.get(self.cursor));
        match day.map(|day| day.kind) {
            Some(DayKind::Interview(place)) if place < self.interviews().len() => place,
            _ => 0,
        }
    }

    fn open_form(&mut self, which: Which) {
        if let Some(preparation) = &self.preparation {
            self.form = Some(Box::new(PlanForm::of(preparation, which)));
        }
    }

    /// Whether not all fits, so that there are ways out.
    /// Whether the page says that no interview is named.
    fn is_empty(&self) -> bool {
        self.preparation.is_some() && self.interviews().is_empty()
    }

    fn has_ways(&self) -> bool {
        let is_short = |plan: &Plan| plan.capacity.fit < plan.capacity.cards;
        self.plan.as_ref().is_some_and(|plan| plan.capacity.days > 0 && is_short(plan))
    }

    fn remove(&mut self) -> Vec<Effect> {
        let place = self.chosen();
        let Some(mut wanted) = self.preparation.clone() else { return Vec::new() };
        if place >= wanted.interviews.len() {
            return Vec::new();
        }
        wanted.interviews.remove(place);
        self.change(wanted)
    }

    /// The day at the cursor becomes a day off, or one of study.
    fn toggle(&mut self) -> Vec<Effect> {
        let (Some(plan), Some(preparation)) = (&self.plan, &self.preparation) else {
            return Vec::new();
        };
        let Some(day) = plan.days.get(self.cursor) else { return Vec::new() };
        // A weekday without minutes is no day that could be switched.
        let is_fixed = preparation.time.weekdays[day.day.weekday()] == 0;
        if is_fixed || matches!(day.kind, DayKind::Interview(_)) {
            return Vec::new();
        }
        let time = preparation.time.toggled(day.day);
        self.change(Preparation { time, ..preparation.clone() })
    }

    fn add_minutes(&mut self, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        let (Some(plan), Some(preparation)) = (&self.plan, &self.preparation) else {
            return (Vec::new(), Turn::Stay);
        };
        let more = plan.capacity.more_minutes;
        let time = preparation.time.with_more(more);
        let wanted = Preparation { time, ..preparation.clone() };
        (self.change(wanted), Turn::Tell(look.texts.way_more_taken(more)))
    }

    fn change(&mut self, wanted: Preparation) -> Vec<Effect> {
        let Some(before) = &self.preparation else { return Vec::new() };
        if *before == wanted {
            return Vec::new();
        }
        self.undo.push(before.clone());
        vec![Effect::SavePreparation(Box::new(wanted))]
    }

    fn take_back(&mut self, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        let Some(before) = self.undo.pop() else {
            return (Vec::new(), Turn::Tell(look.texts.plan_nothing_to_undo().to_owned()));
        };
        let effect = Effect::SavePreparation(Box::new(before));
        (vec![effect], Turn::Tell(look.texts.plan_undone().to_owned()))
    }

    /// The cursor stays within the days of a plan that has become shorter.
    pub fn show(&mut self, plan: Option<Plan>) {
        let last = plan.as_ref().map_or(0, |plan| plan.days.len().saturating_sub(1));
        self.cursor = self.cursor.min(last);
        self.plan = plan;
    }
}

/// Draws the page.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    screen: &PlanScreen,
    notice: Option<(Role, String)>,
) -> Cursor {
    if let Some(form) = &screen.form {
        return plan_form::draw(frame, look, form, &screen.tags, notice);
    }
    let footer = Footer { hints: hints(look, screen), notice };
    let areas = page::draw(frame, look, Place::Plan, &header(look, screen), &footer);
    body(frame, look, screen, wide_column(areas.body));
    Cursor::Hidden(areas.rest)
}

fn header(look: &Look<'_>, screen: &PlanScreen) -> Header {
    let texts = look.texts;
    let Some(next) = screen.interviews().get(screen.chosen()) else {
        return Header { title: texts.plan().into(), ..Header::default() };
    };
    Header {
        title: texts.plan().into(),
        detail: texts.interview_name(look.role(&next.role), &next.company),
        right: vec![texts.days_left(next.day.days_since(look.today)), texts.interview_date(next)],
    }
}

fn hints(look: &Look<'_>, screen: &PlanScreen) -> Vec<Hint> {
    let texts = look.texts;
    let of = |action, words: &str| Hint::new(look.keymap.shown(action), words);
    let add = of(Action::Add, texts.plan_add());
    let home = Hint::new("Esc", texts.home);
    if screen.interviews().is_empty() {
        return vec![of(Action::Confirm, texts.plan_add()), home];
    }
    let mut list =
        vec![of(Action::Confirm, texts.start), of(Action::Edit, texts.plan_edit()), home];
    if screen.has_ways() {
        list.push(Hint::new("1 2", texts.plan_ways()));
    }
    list.push(of(Action::Toggle, texts.plan_toggle()));
    list.push(add);
    list.push(of(Action::Remove, texts.plan_remove()));
    if !screen.undo.is_empty() {
        list.push(Hint::of(look, Action::Undo));
    }
    list
}

fn body(frame: &mut Frame<'_>, look: &Look<'_>, screen: &PlanScreen, area: Rect) {
    let pen = Pen { theme: look.theme, texts: look.texts, width: usize::from(area.width) };
    let Some(plan) = &screen.plan else {
        if screen.is_empty() {
            let lines = paragraph(look, look.texts.plan_is_empty(), area.width.min(76), Role::Text);
            draw_lines(frame, area, &lines, 0);
        }
        return;
    };
    let height = usize::from(area.height);
    let head = head_lines(look, &pen, (plan, screen.chosen()), height);
    let foot = foot_lines(&pen, plan, height.saturating_sub(head.len()));
    let days = plan.days.iter().map(|day| pen.day(plan, day));
    let selected = head.len() + screen.cursor;
    // In a low window what stands above the days scrolls away with them; else they scroll under it.
    let is_low = height < head.len() + LEAST_DAYS;
    if is_low {
        let lines: Vec<Line<'_>> = head.into_iter().chain(days).collect();
        // On the first day the lower half shows days.
        let below = if screen.cursor == 0 { height / 2 } else { 0 };
        let scroll = (selected + 1 + below).saturating_sub(height + screen.back);
        draw_lines(frame, area, &lines, scroll);
        let most = lines.len().saturating_sub(height);
        select(frame, look, area, selected.checked_sub(scroll.min(most)));
        return;
    }
    draw_lines(frame, area, &head, 0);
    let top = to_u16(head.len());
    let rows = area.height.saturating_sub(top + to_u16(foot.len()));
    let table = Rect { y: area.y + top, height: rows, ..area };
    let lines: Vec<Line<'_>> = days.collect();
    // The cursor keeps two days in sight before it.
    let most = lines.len().saturating_sub(usize::from(rows));
    let scroll = (screen.cursor + 3).saturating_sub(usize::from(rows)).min(most);
    draw_lines(frame, table, &lines, scroll);
    select(frame, look, table, screen.cursor.checked_sub(scroll));
    let shown = to_u16(lines.len()).min(rows);
    let below = Rect { y: table.y + shown, height: to_u16(foot.len()), ..area };
    draw_lines(frame, below, &foot, 0);
}

/// Days that must stay in sight under what stands above them.
const LEAST_DAYS: usize = 4;

fn select(frame: &mut Frame<'_>, look: &Look<'_>, area: Rect, row: Option<usize>) {
    let Some(row) = row.filter(|row| *row < usize::from(area.height)) else { return };
    let row = Rect { y: area.y + to_u16(row), height: 1, ..area };
    let bar = Line::styled(look.theme.glyphs.selection, look.theme.style(Role::Accent));
    frame.buffer_mut().set_line(row.x, row.y, &bar, 1);
    frame.buffer_mut().set_style(row, look.theme.style(Role::Selection));
}

/// What stands above the days: all of it, or what counts most in a lower window.
fn head_lines(
    look: &Look<'_>,
    pen: &Pen<'_>,
    (plan, chosen): (&Plan, usize),
    height: usize,
) -> Vec<Line<'static>> {
    let Some(forecast) = plan.interviews.get(chosen).or(plan.interviews.first()) else {
        return Vec::new();
    };
    let mut lines = pen.readiness(forecast, (plan.today, plan.roll_outs > 0));
    if height >= 15 {
        lines.extend(pen.minutes(plan));
        if chosen == 0 {
            lines.extend(pen.capacity(plan, ""));
        }
        lines.extend(others(look, pen, plan, chosen));
    } else if chosen == 0 {
        lines.extend(pen.how_many_fit(&plan.capacity));
    }
    if height >= 12 {
        lines.push(Line::default());
    }
    lines.push(pen.day_head());
    lines
}

/// The readiness for the other interviews, a line each.
fn others(look: &Look<'_>, pen: &Pen<'_>, plan: &Plan, chosen: usize) -> Vec<Line<'static>> {
    let other = |(place, forecast): (usize, &InterviewForecast)| {
        let role = look.role(&forecast.interview.role);
        (place != chosen).then(|| pen.also(forecast, role, plan.roll_outs > 0))
    };
    plan.interviews.iter().enumerate().filter_map(other).flatten().collect()
}

fn foot_lines(pen: &Pen<'_>, plan: &Plan, room: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    lines.extend(pen.levels(plan));
    if let Some(sentence) = pen.dense_from(plan) {
        lines.extend(pen.sentence(&sentence));
    }
    if lines.len() == 1 || room < lines.len() + LEAST_DAYS {
        return Vec::new();
    }
    lines
}
