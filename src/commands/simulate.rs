//! What if: minutes, retention, new cards, until a date, simulated from the user's own state, the plan beside due days.

use serde::Serialize;

use crate::commands::filter::FilterArgs;
use crate::commands::output::{self, JSON_VERSION, Table, UsageError, bold};
use crate::commands::plan::{RangeRow, days_of, minutes_of, rounded};
use crate::commands::world::{Exit, World};
use crate::domain::interview::StudyTime;
use crate::domain::time::Day;
use crate::i18n::Texts;
use crate::study::plan::Range;
use crate::study::whatif::{Outcome, OutcomeDay, Way, WhatIf};
use crate::trainer::{Asked, Trainer};
use crate::tui::theme::{Glyphs, Theme};
use crate::tui::widgets::curves::{Curves, axis, bars};
use crate::tui::widgets::plan::percent_range;
use crate::tui::widgets::{ansi, wrap};

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// Minutes a day: 45, weekdays and weekend 45,60, or seven numbers from Monday; else those of the plan
    #[arg(long, value_name = "MINUTES")]
    minutes: Option<String>,
    /// Desired retention of due days, 0.70 to 0.97; else that of the settings
    #[arg(long, value_name = "SHARE", value_parser = retention)]
    retention: Option<f32>,
    /// New cards a day beside due ones; else as in the settings. The plan takes new cards when they gain most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=999))]
    new: Option<u32>,
    /// Until when: a date, or +30; else the interview, or 30 days
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    /// How many cards; more than there are adds unseen ones
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    cards: Option<u32>,
    /// Only one way of choosing, instead of both side by side
    #[arg(long, value_enum, value_name = "WAY")]
    policy: Option<Policy>,
    /// As if no card had been seen; your habits stay
    #[arg(long)]
    fresh: bool,
    /// ASCII signs
    #[arg(long)]
    plain: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep simulate                                  your minutes, until the interview
  prep simulate --minutes 20 --until 12/20       twenty minutes a day
  prep simulate --retention 0.85 --new 5         due days at another retention
  prep simulate --cards 500 --fresh --until +60  five hundred cards from nothing";

/// A way of choosing, as a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Policy {
    /// The greatest gain on the day per second
    Plan,
    /// FSRS due days
    Due,
}

/// The farthest day that is simulated: two years.
const FARTHEST: i32 = 730;
/// Days where there is neither a date nor an interview.
const USUAL_DAYS: i32 = 30;
/// Columns of a text that goes to no terminal.
const PAGE: usize = 80;
/// Rows of the chart.
const ROWS: usize = 9;

fn retention(text: &str) -> Result<f32, String> {
    let number = text.trim().trim_end_matches('%').parse::<f32>().ok();
    let share = number.map(|number| if number > 1.0 { number / 100.0 } else { number });
    let why = "a retention is 0.70 to 0.97, such as 0.9";
    share.filter(|share| (0.70..=0.97).contains(share)).ok_or_else(|| why.to_owned())
}

/// A number of a simulated day.
type Number = fn(&OutcomeDay) -> f32;

/// A question with its answers.
struct Answer {
    asked: Asked,
    question: WhatIf,
    outcomes: Vec<(Way, Outcome)>,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let trainer = world.trainer()?;
    let asked = asked(args, world, &trainer)?;
    let Some(question) = trainer.what_if(&asked, world.now()) else {
        return Err(UsageError(world.texts().what_if_no_cards().to_owned()).into());
    };
    let ways = match args.policy {
        None => vec![Way::Plan, Way::Due],
        Some(Policy::Plan) => vec![Way::Plan],
        Some(Policy::Due) => vec![Way::Due],
    };
    let seed = u64::from(question.today.0.unsigned_abs());
    let outcomes = ways.into_iter().map(|way| (way, question.outcome(way, seed))).collect();
    let answer = Answer { asked, question, outcomes };
    if args.json {
        output::json(&found(&answer))?;
    } else {
        output::print(&text(&answer, args.plain, world))?;
    }
    Ok(Exit::Done)
}

fn asked(args: &Args, world: &World, trainer: &Trainer) -> anyhow::Result<Asked> {
    let time = match &args.minutes {
        Some(text) => StudyTime { weekdays: minutes_of(text)?, ..trainer.study_time() },
        None => trainer.study_time(),
    };
    let settings = trainer.settings();
    Ok(Asked {
        filter: args.filter.resolve(trainer)?,
        cards: args.cards.and_then(|cards| usize::try_from(cards).ok()),
        is_fresh: args.fresh,
        time,
        until: until(args.until.as_deref(), world, trainer)?,
        retention: args.retention.unwrap_or(settings.retention),
        new_per_day: args.new.unwrap_or(settings.new_per_day),
    })
}

/// The day on which recall counts: after today, and near enough to be simulated.
fn until(text: Option<&str>, world: &World, trainer: &Trainer) -> anyhow::Result<Day> {
    let today = world.today();
    let Some(text) = text else {
        let next = trainer.next_interview(world.now()).map(|next| next.interview.day);
        return Ok(next
            .filter(|day| (1..=FARTHEST).contains(&(*day - today)))
            .unwrap_or(today + USUAL_DAYS));
    };
    let day = days_of(&[text.to_owned()], today)?.first().copied().unwrap_or(today);
    match day - today {
        ..1 => Err(UsageError(format!("{} is today; name a later day", day.iso())).into()),
        1..=FARTHEST => Ok(day),
        _ => Err(UsageError(format!("{} is too far; at most two years", day.iso())).into()),
    }
}

fn text(answer: &Answer, plain: bool, world: &World) -> String {
    let texts = world.texts();
    let glyphs = if plain { &Glyphs::ASCII } else { world.theme().glyphs };
    let theme = Theme::new(world.theme().palette, glyphs);
    let color = world.has_color() && !plain;
    let question = &answer.question;
    let seen = question.cards.iter().filter(|card| card.memory.is_some()).count();
    let counts = (question.cards.len(), seen);
    let head = texts.what_if(&answer.asked.time, counts, question.until);
    let mut text = format!("{}\n\n", bold(&head, color));
    text.push_str(&figures(answer, texts, glyphs.dash));
    text.push('\n');
    let width = output::width(world).unwrap_or(PAGE).clamp(30, PAGE);
    for line in chart(answer, (&theme, color), texts, width) {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let roll_outs = answer.outcomes.first().map_or(0, |(_, outcome)| outcome.roll_outs);
    text.push('\n');
    text.push_str(&texts.simulated_from(roll_outs));
    text.push('\n');
    text
}

fn name(way: Way, asked: &Asked, texts: &Texts) -> String {
    match way {
        Way::Plan => texts.way_plan().to_owned(),
        Way::Due => texts.way_due(asked.retention, asked.new_per_day),
    }
}

/// The figures of each way side by side.
fn figures(answer: &Answer, texts: &Texts, dash: &str) -> String {
    let names = answer.outcomes.iter().map(|(way, _)| name(*way, &answer.asked, texts));
    let mut table = Table::default();
    table.row(&[vec![String::new()], names.collect()].concat());
    let mut row = |label: &str, of: &dyn Fn(&Outcome) -> String| {
        let cells = answer.outcomes.iter().map(|(_, outcome)| of(outcome));
        table.row(&[vec![label.to_owned()], cells.collect()].concat());
    };
    let mean = |of: Number| move |outcome: &Outcome| format!("{:.1}", outcome.mean(of));
    row(&texts.recall_on(answer.question.until), &|it| percent_range(it.recall, dash));
    let nothing = percent_range(answer.question.without_study(), dash);
    row(texts.what_if_nothing(), &|_| nothing.clone());
    row(texts.what_if_minutes(), &mean(|day| day.minutes));
    row(texts.what_if_reviews(), &mean(|day| day.reviews));
    row(texts.what_if_new(), &mean(|day| day.new));
    table.text(None, false)
}

/// Recall over time as curves, minutes and reviews as bars under them.
fn chart(
    answer: &Answer,
    (theme, color): (&Theme, bool),
    texts: &Texts,
    width: usize,
) -> Vec<String> {
    let columns = width.saturating_sub(Curves::margin());
    let ranges = |outcome: &Outcome| -> Vec<Range> {
        outcome.days.iter().map(|day| day.recall).chain([outcome.recall]).collect()
    };
    let curves: Vec<Vec<Range>> =
        answer.outcomes.iter().map(|(_, outcome)| ranges(outcome)).collect();
    let other = curves.get(1).map(Vec::as_slice).unwrap_or_default();
    let drawing = Curves { main: &curves[0], other, size: (columns, ROWS) };
    let mut lines: Vec<String> =
        drawing.lines(theme).iter().map(|line| ansi::text_of(line, color)).collect();
    let days = (texts.date)(answer.question.today);
    let ends = (days.as_str(), (texts.date)(answer.question.until));
    lines.push(ansi::text_of(&axis(theme, columns, (ends.0, &ends.1)), color));
    lines.push(legend(answer, theme, texts));
    let rows: [(&str, Number); 3] = [
        (texts.what_if_minutes(), |day| day.minutes),
        (texts.what_if_reviews(), |day| day.reviews),
        (texts.what_if_new(), |day| day.new),
    ];
    for (label, of) in rows {
        lines.push(String::new());
        lines.extend(bar_rows(answer, (theme, color), (label, of), (texts, columns)));
    }
    lines
}

fn legend(answer: &Answer, theme: &Theme, texts: &Texts) -> String {
    let is_ascii = *theme.glyphs == Glyphs::ASCII;
    let [line, dots, shade] =
        if is_ascii { ["**", "oo", "::"] } else { ["⠒⠒", "⠂⠂", "░░"] };
    let short = |way: Way| match way {
        Way::Plan => texts.way_plan(),
        Way::Due => texts.way_due_short(),
    };
    let signs = [line, dots].into_iter();
    let mut words: Vec<String> = signs
        .zip(&answer.outcomes)
        .map(|(sign, (way, _))| format!("{sign} {}", short(*way)))
        .collect();
    words.insert(1, format!("{shade} 80%"));
    format!("{}{}", " ".repeat(Curves::margin()), words.join("   "))
}

/// A heading with the greatest number, and a row of bars for each way.
fn bar_rows(
    answer: &Answer,
    (theme, color): (&Theme, bool),
    (label, of): (&str, Number),
    (texts, columns): (&Texts, usize),
) -> Vec<String> {
    let values: Vec<Vec<f32>> =
        answer.outcomes.iter().map(|(_, outcome)| outcome.days.iter().map(of).collect()).collect();
    let most = values.iter().flatten().copied().fold(0.0_f32, f32::max);
    let mut lines = vec![bold(&format!("{label}  {}", texts.at_most(most)), color)];
    for ((way, _), values) in answer.outcomes.iter().zip(&values) {
        let name = match way {
            Way::Plan => texts.way_plan(),
            Way::Due => texts.way_due_short(),
        };
        let room = Curves::margin() + 4;
        let columns = columns.saturating_sub(room - Curves::margin());
        let drawn: String = bars(theme, values, columns, most)
            .iter()
            .map(|span| ansi::styled(&span.content, if color { span.style } else { ansi::BARE }))
            .collect();
        lines.push(format!("{}{drawn}", wrap::pad(&wrap::truncate(name, room - 1, ""), room)));
    }
    lines
}

#[derive(Serialize)]
struct Output {
    version: u32,
    simulated: bool,
    day: String,
    until: String,
    days: usize,
    weekdays: [u32; 7],
    cards: usize,
    seen: usize,
    fresh: bool,
    retention: f64,
    new_per_day: u32,
    roll_outs: usize,
    without_study: RangeRow,
    policies: Vec<PolicyRow>,
}

#[derive(Serialize)]
struct PolicyRow {
    policy: &'static str,
    recall: RangeRow,
    mean_minutes: f64,
    mean_reviews: f64,
    mean_new: f64,
    days: Vec<DayRow>,
}

#[derive(Serialize)]
struct DayRow {
    day: String,
    reviews: f64,
    new: f64,
    minutes: f64,
    recall: RangeRow,
}

fn found(answer: &Answer) -> Output {
    let Answer { asked, question, outcomes } = answer;
    Output {
        version: JSON_VERSION,
        simulated: true,
        day: question.today.iso(),
        until: question.until.iso(),
        days: question.budgets.len(),
        weekdays: asked.time.weekdays,
        cards: question.cards.len(),
        seen: question.cards.iter().filter(|card| card.memory.is_some()).count(),
        fresh: asked.is_fresh,
        retention: rounded(asked.retention),
        new_per_day: asked.new_per_day,
        roll_outs: outcomes.first().map_or(0, |(_, outcome)| outcome.roll_outs),
        without_study: question.without_study().into(),
        policies: outcomes.iter().map(policy_row).collect(),
    }
}

fn policy_row((way, outcome): &(Way, Outcome)) -> PolicyRow {
    PolicyRow {
        policy: match way {
            Way::Plan => "plan",
            Way::Due => "due",
        },
        recall: outcome.recall.into(),
        mean_minutes: rounded(outcome.mean(|day| day.minutes)),
        mean_reviews: rounded(outcome.mean(|day| day.reviews)),
        mean_new: rounded(outcome.mean(|day| day.new)),
        days: outcome
            .days
            .iter()
            .map(|day| DayRow {
                day: day.day.iso(),
                reviews: rounded(day.reviews),
                new: rounded(day.new),
                minutes: rounded(day.minutes),
                recall: day.recall.into(),
            })
            .collect(),
    }
}
