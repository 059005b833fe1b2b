//! A plan in lines: what is given and needed, what will be known, day by day. The page and the command print the same.

use ratatui::text::{Line, Span};

use crate::domain::time::Day;
use crate::i18n::{Texts, whole_percent};
use crate::study::plan::{Capacity, DayKind, InterviewForecast, Plan, PlanDay, Range};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::meter;
use crate::tui::widgets::wrap::{cells, pad, pad_left, spans_width, truncate, wrap_spans};

/// What lines are drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Pen<'a> {
    /// Styles and glyphs.
    pub theme: &'a Theme,
    /// Phrases.
    pub texts: &'static Texts,
    /// Cells of a line.
    pub width: usize,
}

/// Cells of the words before a row's contents.
const LABEL: usize = 10;
/// Least cells of a line with dates in words.
const WITH_DATES: usize = 32;
/// Least cells of a line that shows minutes.
const WITH_MINUTES: usize = 26;
/// Least cells of a line that shows counts of cards.
const WITH_COUNTS: usize = 44;
/// Cells of the word at the end of a day.
const NOTE: usize = 12;
/// Least cells of a drawn range.
const LEAST_METER: usize = 10;
/// Most cells of a drawn range.
const MOST_METER: usize = 44;

impl Pen<'_> {
    fn span(&self, text: impl Into<String>, role: Role) -> Span<'static> {
        Span::styled(text.into(), self.theme.style(role))
    }

    /// A row of a label and contents that hang beside it, or stand below it where the line is short.
    fn row(&self, label: &str, contents: &[Span<'static>]) -> Vec<Line<'static>> {
        if self.width < 40 {
            return wrap_spans(contents, self.width, &[], &[]);
        }
        // One cell is that of the bar before the selected day.
        let first = self.span(format!(" {}", pad(label, LABEL)), Role::Muted);
        let rest = Span::raw(" ".repeat(LABEL + 1));
        wrap_spans(contents, self.width, &[first], &[rest])
    }

    /// The interview and when it is.
    pub fn interview(
        &self,
        forecast: &InterviewForecast,
        role: &str,
        today: Day,
    ) -> Vec<Line<'static>> {
        let interview = &forecast.interview;
        let name = self.texts.interview_name(role, &interview.company);
        let left = self.texts.days_left(interview.day.days_since(today));
        let when = format!("{}, {left}", self.texts.interview_date(interview));
        let spans = [self.span(format!("{name}   "), Role::Title), self.span(when, Role::Muted)];
        wrap_spans(&spans, self.width, &[], &[])
    }

    /// Readiness: today, if the plan is followed, if study stops; the second one is left open while it is counted.
    /// On the day itself there is nothing left to foretell.
    pub fn readiness(
        &self,
        forecast: &InterviewForecast,
        (today, is_counted): (Day, bool),
    ) -> Vec<Line<'static>> {
        let texts = self.texts;
        let day = forecast.interview.day;
        if day <= today {
            let now = self.span(texts.ready_today(whole_percent(forecast.today)), Role::Strong);
            return self.row(texts.plan_readiness(), &[now]);
        }
        let (before, after) = texts.ready_followed(day);
        let now = [
            self.span(texts.ready_today(whole_percent(forecast.today)), Role::Strong),
            self.span(format!("  {}  ", self.theme.glyphs.arrow), Role::Muted),
            self.span(before, Role::Text),
            Span::styled(self.followed(forecast, is_counted), self.theme.bold(Role::Good)),
            self.span(after, Role::Text),
        ];
        let mut lines = self.row(texts.plan_readiness(), &now);
        let stopped = texts.ready_stopped(&self.percent(forecast.stopped));
        let stopped = format!("{stopped}   ({})", texts.simulated());
        lines.extend(self.row("", &[self.span(stopped, Role::Muted)]));
        lines
    }

    /// The minutes that are given, with the days off until the last interview.
    pub fn minutes(&self, plan: &Plan) -> Vec<Line<'static>> {
        let texts = self.texts;
        let last = plan.days.last().map_or(plan.today, |day| day.day);
        let off: Vec<Day> = plan
            .time
            .days_off
            .iter()
            .copied()
            .filter(|day| (plan.today..=last).contains(day))
            .collect();
        let minutes = texts.minutes_given(&plan.time);
        let words =
            if off.is_empty() { minutes } else { format!("{minutes}   {}", texts.days_off(&off)) };
        self.row(texts.plan_minutes(), &[self.span(words, Role::Text)])
    }

    /// What the first interview's cards need against what is given, and the ways out. `way_more` tells how to take the
    /// second one.
    pub fn capacity(&self, plan: &Plan, way_more: &str) -> Vec<Line<'static>> {
        let (texts, capacity) = (self.texts, &plan.capacity);
        if capacity.cards == 0 {
            return self.row(texts.plan_cards(), &[self.fit(capacity)]);
        }
        let cards = texts.interview_cards(capacity.cards, capacity.first_meetings);
        let mut lines = self.row(texts.plan_cards(), &[self.span(cards, Role::Text)]);
        let is_today = plan.interviews[0].interview.day <= plan.today;
        // The sum is worth reading while there are days to hold it against.
        if !is_today {
            let sum = texts.capacity_sum(capacity);
            lines.extend(self.row("", &[self.span(sum, Role::Muted)]));
        }
        if capacity.days == 0 {
            let words = if is_today { texts.plan_no_more_days() } else { texts.plan_no_minutes() };
            lines.extend(self.row("", &[self.span(words, Role::Muted)]));
            return lines;
        }
        let given = texts.capacity_given(capacity.minutes_given, capacity.days);
        lines.extend(self.row("", &[self.span(given, Role::Muted), self.fit(capacity)]));
        if capacity.fit == capacity.cards {
            return lines;
        }
        lines.extend(self.way(1, texts.plan_way_keep(), ""));
        if capacity.more_minutes > 0 {
            lines.extend(self.way(2, &texts.way_more(capacity.more_minutes), way_more));
        }
        lines
    }

    /// How many of the cards fit, alone.
    pub fn how_many_fit(&self, capacity: &Capacity) -> Vec<Line<'static>> {
        self.row(self.texts.plan_cards(), &[self.fit(capacity)])
    }

    fn fit(&self, capacity: &Capacity) -> Span<'static> {
        if capacity.cards == 0 {
            return self.span(self.texts.plan_no_cards(), Role::Warn);
        }
        if capacity.fit == capacity.cards {
            return self.span(self.texts.plan_all_fit(), Role::Good);
        }
        self.span(self.texts.how_many_fit(capacity.fit, capacity.cards), Role::Warn)
    }

    /// Another interview with its readiness, in a row.
    pub fn also(
        &self,
        forecast: &InterviewForecast,
        role: &str,
        is_counted: bool,
    ) -> Vec<Line<'static>> {
        let interview = &forecast.interview;
        let name = self.texts.interview_name(role, &interview.company);
        let (before, after) = self.texts.ready_followed(interview.day);
        let spans = [
            self.span(format!("{name}   "), Role::Text),
            self.span(before, Role::Muted),
            self.span(self.followed(forecast, is_counted), Role::Good),
            self.span(after, Role::Muted),
        ];
        self.row(self.texts.plan_also(), &spans)
    }

    /// A sentence of its own.
    pub fn sentence(&self, words: &str) -> Vec<Line<'static>> {
        let indent = [Span::raw(" ")];
        wrap_spans(&[self.span(words, Role::Muted)], self.width, &indent, &indent)
    }

    fn percent(&self, range: Range) -> String {
        percent_range(range, self.theme.glyphs.dash)
    }

    fn followed(&self, forecast: &InterviewForecast, is_counted: bool) -> String {
        if is_counted {
            self.percent(forecast.followed)
        } else {
            self.theme.glyphs.ellipsis.to_owned()
        }
    }

    fn way(&self, number: u8, words: &str, how: &str) -> Vec<Line<'static>> {
        let mut spans = vec![
            self.span(format!("{number}  "), Role::Key),
            self.span(words.to_owned(), Role::Text),
        ];
        if !how.is_empty() {
            spans.push(self.span(format!("   {how}"), Role::Muted));
        }
        self.row("", &spans)
    }

    /// From which day the minutes count most, where that is not today.
    pub fn dense_from(&self, plan: &Plan) -> Option<String> {
        plan.dense_from.map(|day| self.texts.dense_from(day))
    }

    /// What other minutes a day would bring, as far as that is known.
    pub fn levels(&self, plan: &Plan) -> Vec<Line<'static>> {
        let is_over = plan.interviews.iter().all(|one| one.interview.day <= plan.today);
        if plan.levels.is_empty() || is_over {
            return Vec::new();
        }
        let words: Vec<String> = plan
            .levels
            .iter()
            .map(|level| self.texts.level(level.minutes, &self.percent(level.readiness)))
            // A level stays on one line.
            .map(|level| level.replace(' ', "\u{a0}"))
            .collect();
        let simulated = format!("   ({})", self.texts.simulated()).replace(' ', "\u{a0}");
        let spans = [self.span(words.join("   "), Role::Text), self.span(simulated, Role::Muted)];
        let mut lines = self.row(self.texts.plan_levels(), &spans);
        for line in &mut lines {
            for span in &mut line.spans {
                span.content = span.content.replace('\u{a0}', " ").into();
            }
        }
        lines
    }

    /// The heads of the days' columns.
    pub fn day_head(&self) -> Line<'static> {
        let texts = self.texts;
        let words = Cells {
            day: texts.plan_column_day().to_owned(),
            counts: Counts::Of([
                texts.plan_column_again().to_owned(),
                texts.plan_column_new().to_owned(),
                texts.plan_column_minutes().to_owned(),
            ]),
            readiness: texts.plan_column_readiness().to_owned(),
        };
        let roles = [Role::Muted; 3];
        let note = self.span(texts.simulated(), Role::Muted);
        Line::from(self.cells(&words, roles, (note, Vec::new())))
    }

    /// A day of the plan; without its numbers while they are counted.
    pub fn day(&self, plan: &Plan, day: &PlanDay) -> Line<'static> {
        let texts = self.texts;
        // What the day of an interview brings is no forecast any more once it is here.
        let is_here = day.day == plan.today && matches!(day.kind, DayKind::Interview(_));
        let is_counted = plan.roll_outs > 0 && !is_here;
        let counts = match day.kind {
            DayKind::Off => Counts::Words(String::new()),
            DayKind::Interview(_) => Counts::Words(texts.warm_up.to_owned()),
            _ if !is_counted => Counts::Words(self.theme.glyphs.ellipsis.to_owned()),
            _ => Counts::Of([day.reviews, day.new, day.minutes].map(|it| format!("{it:.0}"))),
        };
        let words = Cells {
            day: self.date(day.day),
            counts,
            readiness: if is_counted { self.percent(day.readiness) } else { String::new() },
        };
        let is_today = day.day == plan.today;
        let (note, role) = match day.kind {
            DayKind::Off => (texts.plan_day_off(), Role::Muted),
            DayKind::Interview(_) => (texts.plan_day_interview(), Role::Title),
            DayKind::Light if is_today => (texts.plan_day_today_light(), Role::Accent),
            _ if is_today => (texts.plan_day_today(), Role::Accent),
            DayKind::Light => (texts.plan_day_light(), Role::Muted),
            DayKind::Study => ("", Role::Muted),
        };
        let roles = match day.kind {
            DayKind::Off => [Role::Muted; 3],
            DayKind::Interview(_) => [Role::Title, Role::Muted, Role::Strong],
            _ => [Role::Text, Role::Text, Role::Strong],
        };
        let meter = match self.meter() {
            width if is_counted => meter::range(self.theme, day.readiness, width),
            width => vec![self.span(self.theme.glyphs.track.repeat(width), Role::Faint)],
        };
        Line::from(self.cells(&words, roles, (self.span(note, role), meter)))
    }

    /// A line in the place of days that are left out.
    pub fn left_out(&self, days: usize) -> Line<'static> {
        let dots = pad(self.theme.glyphs.ellipsis, self.day_width());
        Line::from(vec![
            self.span(format!(" {dots}"), Role::Muted),
            self.span(self.texts.days_left_out(days), Role::Muted),
        ])
    }

    /// The columns of one line, as many as there is room for. Roles are those of day, counts and readiness.
    fn cells(
        &self,
        words: &Cells,
        [day, counts, readiness]: [Role; 3],
        (note, meter): (Span<'static>, Vec<Span<'static>>),
    ) -> Vec<Span<'static>> {
        let mut spans = vec![Span::raw(" "), self.span(pad(&words.day, self.day_width()), day)];
        let left_out = match self.width {
            ..WITH_MINUTES => 3,
            WITH_MINUTES..WITH_COUNTS => 2,
            _ => 0,
        };
        let widths = &self.count_widths()[left_out..];
        match &words.counts {
            Counts::Of(words) => {
                for (word, width) in words[left_out..].iter().zip(widths) {
                    spans.push(self.span(pad_left(word, *width), counts));
                }
            }
            Counts::Words(words) => {
                let room = widths.iter().sum();
                let words = if cells(words) > room { "" } else { words };
                spans.push(self.span(pad_left(words, room), counts));
            }
        }
        let width = self.readiness_width();
        spans.push(self.span(pad_left(&words.readiness, width), readiness));
        let room = self.width.saturating_sub(spans_width(&spans) + 2);
        if room < 4 {
            return spans;
        }
        spans.push(Span::raw("  "));
        if !meter.is_empty() {
            spans.extend(meter);
            spans.push(Span::raw("  "));
        }
        let room = self.width.saturating_sub(spans_width(&spans));
        let text = truncate(&note.content, room, self.theme.glyphs.ellipsis);
        spans.push(Span::styled(text, note.style));
        spans
    }

    fn day_width(&self) -> usize {
        let room = if self.width < WITH_DATES { 1 } else { 3 };
        // Two digits for the day and, in Korean, for the month.
        cells(&self.date(Day(350))) + room
    }

    /// A date, in digits where the line is short.
    fn date(&self, day: Day) -> String {
        if self.width < WITH_DATES {
            let (_, month, date) = day.date();
            return format!("{month}/{date}");
        }
        (self.texts.date)(day)
    }

    /// Cells of the three counts: again, new, minutes.
    fn count_widths(&self) -> [usize; 3] {
        [
            cells(self.texts.plan_column_again()).max(4) + 1,
            cells(self.texts.plan_column_new()).max(4) + 2,
            cells(self.texts.plan_column_minutes()).max(3) + 2,
        ]
    }

    fn readiness_width(&self) -> usize {
        let widest = self.percent(Range { low: 0.1, middle: 0.2, high: 1.0 });
        cells(&widest).max(cells(self.texts.plan_column_readiness())) + 2
    }

    /// Cells of the drawn range; 0 where there is no room for one.
    fn meter(&self) -> usize {
        let counts: usize = self.count_widths().iter().sum();
        let fixed = 1 + self.day_width() + counts + self.readiness_width() + 4 + NOTE;
        let room = self.width.saturating_sub(fixed);
        if room < LEAST_METER { 0 } else { room.min(MOST_METER) }
    }
}

/// A share of 0 to 1 as a range of whole percent.
pub fn percent_range(range: Range, dash: &str) -> String {
    let (low, high) = (whole_percent(range.low), whole_percent(range.high));
    if low == high { format!("{low}%") } else { format!("{low}{dash}{high}%") }
}

/// The words of a line of days.
struct Cells {
    day: String,
    counts: Counts,
    readiness: String,
}

/// What stands in the columns of counts.
enum Counts {
    /// Cards again, new cards, minutes.
    Of([String; 3]),
    /// Words across all of them.
    Words(String),
}
