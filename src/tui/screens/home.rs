//! Home: what to do today, how memory stands, what the last days were like. Lists only what exists.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::card::CardKey;
use crate::study::overview::{NextInterview, Overview, Readiness, TOO_EARLY, TagMemory};
use crate::study::plan::{InterviewForecast, Range};
use crate::study::request::NothingToStudy;
use crate::tui::action::{Action, Place};
use crate::tui::effect::Effect;
use crate::tui::look::Look;
use crate::tui::screens::study_view::{minutes, paragraph};
use crate::tui::theme::Role;
use crate::tui::widgets::page::{Cursor, Footer, Header, Hint, draw_lines, wide_column};
use crate::tui::widgets::wrap::{cells, pad, pad_left, truncate};
use crate::tui::widgets::{meter, page};

/// The start page.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// What it shows; none while it is gathered.
    pub overview: Option<Overview>,
    /// The selected line.
    pub cursor: usize,
    /// Questions and minutes of the quiz that is offered.
    pub quiz: (usize, Option<u32>),
    /// What is forecast for the next interview; none while it is counted.
    pub forecast: Option<InterviewForecast>,
}

/// What a line of the list leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Study what is due and new.
    Study,
    /// More new cards than today's limit.
    StudyMore,
    /// More minutes than the plan gives today.
    MoreMinutes,
    /// Before the interview: what is known best.
    WarmUp(Vec<CardKey>),
    /// One card that needs it.
    WeakSpot(CardKey),
    /// A quiz.
    Quiz,
    /// All cards; `true` with the search field open.
    Browse(bool),
    /// The plan to the interviews.
    Plan,
    /// The statistics.
    Stats,
    /// The decks and their problems.
    Decks,
}

/// What comes of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Stay.
    Stay,
    /// Go there.
    Go(Choice),
    /// Leave the program.
    Leave,
}

impl Home {
    /// The lines that exist now.
    pub fn choices(&self) -> Vec<Choice> {
        let Some(overview) = &self.overview else { return Vec::new() };
        let mut choices = Vec::new();
        if !overview.warm_up.is_empty() {
            choices.push(Choice::WarmUp(overview.warm_up.clone()));
        }
        if overview.due + overview.new > 0 {
            choices.push(Choice::Study);
        } else if overview.readiness.is_some() {
            choices.push(Choice::MoreMinutes);
        } else if overview.unseen > 0 {
            choices.push(Choice::StudyMore);
        }
        if let Some(weak) = &overview.weak_spot {
            choices.push(Choice::WeakSpot(weak.key.clone()));
        }
        if overview.cards > 0 {
            choices.push(Choice::Quiz);
            choices.push(Choice::Browse(false));
            choices.push(Choice::Plan);
        }
        choices.push(Choice::Stats);
        choices.push(Choice::Decks);
        choices
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action) -> (Vec<Effect>, Turn) {
        let choices = self.choices();
        let last = choices.len().saturating_sub(1);
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::First => self.cursor = 0,
            Action::Last => self.cursor = last,
            Action::Confirm => {
                if let Some(choice) = choices.get(self.cursor.min(last)) {
                    return (Vec::new(), Turn::Go(choice.clone()));
                }
            }
            Action::Digit(digit) => {
                let index = usize::from(digit).checked_sub(1);
                if let Some((index, choice)) = index.and_then(|i| choices.get(i).map(|c| (i, c))) {
                    self.cursor = index;
                    return (Vec::new(), Turn::Go(choice.clone()));
                }
            }
            Action::Plan => return (Vec::new(), Turn::Go(Choice::Plan)),
            Action::Stats => return (Vec::new(), Turn::Go(Choice::Stats)),
            Action::Search => return (Vec::new(), Turn::Go(Choice::Browse(true))),
            Action::Undo => return (vec![Effect::UndoLast], Turn::Stay),
            Action::Back => return (Vec::new(), Turn::Leave),
            _ => {}
        }
        (Vec::new(), Turn::Stay)
    }
}

/// Draws the page.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    home: &Home,
    notice: Option<(Role, String)>,
) -> Cursor {
    let texts = look.texts;
    let header = Header {
        title: texts.home_title.into(),
        detail: String::new(),
        right: vec![(texts.date)(look.today)],
    };
    let digits = home.choices().len().max(1);
    let mut list = vec![
        Hint::new(look.keymap.shown(Action::Confirm), texts.start),
        Hint::new(format!("1-{digits}"), texts.choose),
    ];
    if home.overview.as_ref().is_some_and(|overview| overview.undoable > 0) {
        list.push(Hint::new(look.keymap.shown(Action::Undo), texts.undo_last_grade));
    }
    if home.choices().contains(&Choice::Plan) {
        list.push(Hint::of(look, Action::Plan));
    }
    list.push(Hint::of(look, Action::Stats));
    list.push(Hint::new("q", texts.quit));
    list.push(Hint::of(look, Action::Search));
    let footer = Footer { hints: list, notice };
    let areas = page::draw(frame, look, Place::Home, &header, &footer);
    let area = wide_column(areas.body);
    if let Some(overview) = &home.overview {
        body(frame, look, home, overview, area);
    }
    Cursor::Hidden(areas.rest)
}

fn body(frame: &mut Frame<'_>, look: &Look<'_>, home: &Home, overview: &Overview, area: Rect) {
    let gap = if area.width >= 100 { 6 } else { 4 };
    let two_columns = area.width >= 72 && area.height >= 10;
    let left_width = if two_columns { area.width * 12 / 20 } else { area.width };
    let mut lines = Vec::new();
    interview_line(look, overview, &mut lines);
    let today = Span::styled(look.texts.today, look.theme.style(Role::Title));
    let time = if overview.due + overview.new > 0 {
        (look.texts.about_minutes)(minutes(overview.seconds))
    } else {
        String::new()
    };
    lines.push(spread(vec![today], &time, left_width, look, Role::Muted));
    // Air between the lines, where the last days still have their place below.
    let needed = lines.len() + 3 + 2 * home.choices().len() + recent_lines(look, overview).len();
    let airy = area.height >= 18 && usize::from(area.height) >= needed;
    lines.push(Line::default());
    let head_rows = lines.len();
    let selected = draw_choices(look, home, overview, left_width, airy, &mut lines);
    lines.push(Line::default());
    if !two_columns {
        lines.extend(memory_or_readiness(look, (home, overview), left_width, false));
        lines.push(Line::default());
    }
    lines.extend(recent_lines(look, overview));
    let scroll = selected.saturating_sub(usize::from(area.height).saturating_sub(1));
    let left = Rect { width: left_width, ..area };
    draw_lines(frame, left, &lines, scroll);
    if let Some(y) = selected.checked_sub(scroll) {
        let row = Rect { y: area.y + page::to_u16(y), height: 1, ..left };
        if row.y < area.y + area.height {
            frame.buffer_mut().set_style(row, look.theme.style(Role::Selection));
        }
    }
    if two_columns {
        let x = area.x + left_width + gap;
        let y = area.y + page::to_u16(head_rows.saturating_sub(2));
        let right = Rect {
            x,
            y,
            width: area.width - left_width - gap,
            height: (area.y + area.height).saturating_sub(y),
        };
        let lines = memory_or_readiness(look, (home, overview), right.width, airy);
        draw_lines(frame, right, &lines, 0);
    }
}

fn interview_line(look: &Look<'_>, overview: &Overview, lines: &mut Vec<Line<'static>>) {
    let Some(interview) = &overview.interview else { return };
    let theme = look.theme;
    let who = [interview.role.as_deref(), interview.company.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(&format!(" {} ", theme.glyphs.separator));
    let who = if who.is_empty() { look.texts.your_interview.to_owned() } else { who };
    let when = (look.texts.interview_when)(interview.day, interview.in_days);
    lines.push(Line::from(vec![
        Span::styled(format!("{who}  "), theme.style(Role::Title)),
        Span::styled(when, theme.style(Role::Muted)),
    ]));
    lines.push(Line::default());
}

/// Adds the list and gives the line of the selected entry.
fn draw_choices(
    look: &Look<'_>,
    home: &Home,
    overview: &Overview,
    width: u16,
    airy: bool,
    lines: &mut Vec<Line<'static>>,
) -> usize {
    let choices = home.choices();
    let cursor = home.cursor.min(choices.len().saturating_sub(1));
    let mut selected = lines.len();
    for (index, choice) in choices.iter().enumerate() {
        let is_selected = index == cursor;
        if is_selected {
            selected = lines.len();
        }
        lines.push(choice_line(look, overview, (choice, home.quiz), index + 1, is_selected, width));
        if airy {
            lines.push(Line::default());
        }
    }
    selected
}

fn choice_line(
    look: &Look<'_>,
    overview: &Overview,
    (choice, quiz): (&Choice, (usize, Option<u32>)),
    number: usize,
    is_selected: bool,
    width: u16,
) -> Line<'static> {
    let texts = look.texts;
    let theme = look.theme;
    let (word, detail, time) = match choice {
        Choice::Study => (
            texts.study,
            match overview.readiness {
                Some(_) => (texts.again_and_new)(overview.due, overview.new),
                None => (texts.due_and_new)(overview.due, overview.new),
            },
            (texts.minutes_short)(minutes(overview.seconds)),
        ),
        Choice::MoreMinutes => {
            let why = match &overview.nothing {
                Some(NothingToStudy::DayOff { .. }) => texts.day_off,
                Some(NothingToStudy::MinutesSpent { .. }) => texts.minutes_done,
                _ => texts.ready_for_today,
            };
            (texts.ten_more, why.to_owned(), (texts.minutes_short)(10))
        }
        Choice::WarmUp(keys) => {
            (texts.warm_up, (texts.warm_up_detail)(keys.len()), (texts.minutes_short)(15))
        }
        Choice::StudyMore => {
            (texts.study_more, (texts.unseen_left)(overview.unseen), String::new())
        }
        Choice::WeakSpot(_) => {
            let weak = overview.weak_spot.as_ref();
            let title = weak.map(|weak| weak.title.clone()).unwrap_or_default();
            (texts.weak_spot, title, (texts.minutes_short)(2))
        }
        Choice::Quiz => {
            let (questions, minutes) = quiz;
            let time = minutes.map_or_else(String::new, texts.minutes_short);
            (texts.quiz, (texts.quiz_detail)(questions), time)
        }
        Choice::Plan => {
            let detail = match &overview.interview {
                Some(next) => texts.plan_until(next.day),
                None => texts.plan_names_interview().to_owned(),
            };
            (texts.plan(), detail, String::new())
        }
        Choice::Stats => (texts.stats_title(), texts.stats_detail().to_owned(), String::new()),
        Choice::Browse(_) => (texts.browse(), texts.browse_detail(overview.cards), String::new()),
        Choice::Decks => {
            // Warnings are advice on style: they stand on the page itself, not here.
            let (errors, _) = overview.problems;
            let detail = if errors > 0 {
                (texts.problems)(errors)
            } else {
                (texts.decks_and_cards)(overview.decks, overview.cards)
            };
            (texts.decks, detail, String::new())
        }
    };
    let bar = if is_selected { theme.glyphs.selection } else { " " };
    let word_role = if is_selected { Role::Title } else { Role::Text };
    // The words stand in a column, unless the time would then fall off a narrow line.
    let beside = 11.min(usize::from(width).saturating_sub(4 + cells(&time) + 2));
    let head = vec![
        Span::styled(bar.to_owned(), theme.style(Role::Accent)),
        Span::styled(format!("{number}  "), theme.bold(Role::Accent)),
        Span::styled(pad(word, beside), theme.style(word_role)),
    ];
    let used: usize = head.iter().map(|span| cells(&span.content)).sum();
    let room = usize::from(width).saturating_sub(used + cells(&time) + 2);
    let mut spans = head;
    let detail = truncate(&detail, room, theme.glyphs.ellipsis);
    spans.push(Span::styled(pad(&detail, room), theme.style(Role::Muted)));
    spans.push(Span::styled(format!(" {time} "), theme.style(Role::Text)));
    Line::from(spans)
}

/// A line with something at its right end.
fn spread(
    left: Vec<Span<'static>>,
    right: &str,
    width: u16,
    look: &Look<'_>,
    role: Role,
) -> Line<'static> {
    let used: usize = left.iter().map(|span| cells(&span.content)).sum();
    let room = usize::from(width).saturating_sub(used + 1);
    let mut spans = left;
    // What would touch the words before it is left out.
    if cells(right) >= room {
        return Line::from(spans);
    }
    spans.push(Span::styled(format!("{} ", pad_left(right, room)), look.theme.style(role)));
    Line::from(spans)
}

/// Readiness for the interview to come, else mean recall; overall and by tag.
fn memory_or_readiness(
    look: &Look<'_>,
    (home, overview): (&Home, &Overview),
    width: u16,
    airy: bool,
) -> Vec<Line<'static>> {
    let mut lines = match (&overview.readiness, &overview.interview) {
        (Some(readiness), Some(interview)) => {
            readiness_head(look, readiness, (interview, home.forecast.as_ref()), width)
        }
        _ => memory_head(look, overview, width),
    };
    lines.push(Line::default());
    let is_early = is_too_early(overview);
    let has_mark = overview.readiness.is_some();
    for tag in &overview.tags {
        lines.push(tag_line(look, tag, width, (is_early, has_mark)));
        if airy && overview.tags.len() <= 6 {
            lines.push(Line::default());
        }
    }
    if overview.tags.iter().any(|tag| tag.is_best) {
        lines.push(Line::from(vec![
            Span::styled(format!("{} ", look.theme.glyphs.best), look.theme.style(Role::Accent)),
            Span::styled(look.texts.ten_minutes_here, look.theme.style(Role::Muted)),
        ]));
    }
    lines
}

/// Whether too few cards were seen for a percentage of recall.
fn is_too_early(overview: &Overview) -> bool {
    let seen: usize = overview.tags.iter().map(|tag| tag.seen).sum();
    overview.readiness.is_none() && seen < TOO_EARLY
}

/// Three numbers: now, on the day if the plan is followed, on the day if study stops. On the day itself only the first.
fn readiness_head(
    look: &Look<'_>,
    readiness: &Readiness,
    (interview, forecast): (&NextInterview, Option<&InterviewForecast>),
    width: u16,
) -> Vec<Line<'static>> {
    let (theme, texts) = (look.theme, look.texts);
    let head = vec![Span::styled(texts.readiness, theme.style(Role::Title))];
    let today = (texts.readiness_today)(&percent(readiness.today));
    let mut lines = vec![spread(head, &today, width, look, Role::Strong)];
    if interview.in_days == 0 {
        let seen = (texts.seen_count)(readiness.seen, readiness.cards);
        lines.push(Line::styled(seen, theme.style(Role::Muted)));
        return lines;
    }
    let row = |words: &str, value: &str, role: Role| {
        let words = vec![Span::styled(format!("  {words}"), theme.style(Role::Muted))];
        spread(words, value, width, look, role)
    };
    let on = (texts.readiness_on)(interview.day);
    lines.push(Line::styled(on, theme.style(Role::Muted)));
    let (followed, stopped) = match forecast {
        None => (theme.glyphs.ellipsis.to_owned(), theme.glyphs.ellipsis.to_owned()),
        Some(forecast) => (range(look, forecast.followed), percent(forecast.stopped.middle)),
    };
    lines.push(row(texts.readiness_followed, &followed, Role::Good));
    lines.push(row(texts.readiness_stopped, &stopped, Role::Text));
    let seen = (texts.readiness_meaning)(readiness.seen, readiness.cards);
    lines.extend(paragraph(look, &seen, width, Role::Muted));
    lines
}

/// A range of shares in whole percent, such as `84–90%`.
fn range(look: &Look<'_>, range: Range) -> String {
    let (low, high) = (percent(range.low), percent(range.high));
    if low == high {
        return low;
    }
    format!("{}{}{high}", low.trim_end_matches('%'), look.theme.glyphs.dash)
}

fn memory_head(look: &Look<'_>, overview: &Overview, width: u16) -> Vec<Line<'static>> {
    let (theme, texts) = (look.theme, look.texts);
    let [now, week, month] = overview.memory;
    let head = vec![Span::styled(texts.memory, theme.style(Role::Title))];
    if is_too_early(overview) {
        let mut lines = vec![spread(head, "", width, look, Role::Muted)];
        lines.extend(paragraph(look, texts.memory_too_early, width, Role::Muted));
        return lines;
    }
    let mut lines = vec![spread(head, &percent(now), width, look, Role::Strong)];
    let later = (texts.memory_later)(&percent(week), &percent(month));
    lines.extend(paragraph(look, &later, width, Role::Muted));
    lines
}

fn tag_line(
    look: &Look<'_>,
    tag: &TagMemory,
    width: u16,
    (is_early, has_mark): (bool, bool),
) -> Line<'static> {
    let (theme, texts) = (look.theme, look.texts);
    // Without meters the names may take more of the line.
    let room = match usize::from(width) {
        width if is_early => width.saturating_sub(15).clamp(12, 26),
        30.. => 18,
        _ => 14,
    };
    let name = truncate(look.tag(&tag.tag), room - 1, theme.glyphs.ellipsis);
    let name_role = if tag.is_best { Role::Title } else { Role::Text };
    let mut spans = vec![Span::styled(pad(&name, room), theme.style(name_role))];
    let mark = if tag.is_best { theme.glyphs.best } else { " " };
    let track = usize::from(width).saturating_sub(room + 6 + 2 * usize::from(has_mark));
    if tag.seen == 0 || is_early {
        let words = match tag.seen {
            0 => (texts.new_count)(tag.cards),
            seen => (texts.seen_count)(seen, tag.cards),
        };
        spans.push(Span::styled(pad_left(&words, track + 6), theme.style(Role::Muted)));
    } else {
        // Two weeks before an interview little is known yet, and that is nothing bad.
        let role = match meter::share_role(tag.now) {
            Role::Bad if has_mark => Role::Accent,
            role => role,
        };
        spans.extend(meter::line(theme, tag.now, track, role));
        spans.push(Span::styled(pad_left(&percent(tag.now), 6), theme.style(role)));
    }
    if has_mark {
        spans.push(Span::styled(format!(" {mark}"), theme.style(Role::Accent)));
    }
    Line::from(spans)
}

fn recent_lines(look: &Look<'_>, overview: &Overview) -> Vec<Line<'static>> {
    let theme = look.theme;
    let texts = look.texts;
    let mut days =
        vec![Span::styled(format!("{}  ", texts.last_14_days), theme.style(Role::Title))];
    days.extend(meter::days(theme, &overview.last_days));
    let mut lines = vec![Line::from(days)];
    let (recalled, all) = overview.recalled;
    if all >= TOO_EARLY {
        #[expect(clippy::cast_precision_loss, reason = "a count of reviews")]
        let share = recalled as f32 / all as f32;
        lines.push(Line::from(vec![
            Span::styled(format!("{}  ", texts.recall_30_days), theme.style(Role::Muted)),
            Span::styled(percent(share), theme.style(Role::Strong)),
        ]));
    }
    if let Some(over) = overview.overconfidence {
        let words = if over >= 5 { (texts.too_sure)(over) } else { texts.well_judged.to_owned() };
        lines.push(Line::styled(words, theme.style(Role::Muted)));
    }
    if overview.done_today > 0 {
        let words = (texts.answered_today)(overview.done_today);
        lines.push(Line::styled(words, theme.style(Role::Muted)));
    }
    lines
}

/// A share of 0 to 1 as whole percent.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
pub fn percent(share: f32) -> String {
    format!("{}%", (share.clamp(0.0, 1.0) * 100.0).round() as u32)
}
