//! The plan for programs: every number that the page shows, and those behind them.

use serde::Serialize;

use crate::commands::output::JSON_VERSION;
use crate::commands::world::World;
use crate::domain::interview::{Interview, StudyTime};
use crate::study::plan::{Capacity, DayKind, InterviewForecast, Plan, PlanDay, Range};
use crate::trainer::Trainer;

/// What is printed. Shares are 0 to 1; every forecast is simulated.
#[derive(Serialize)]
pub struct Output {
    version: u32,
    day: String,
    interviews: Vec<InterviewRow>,
    study_time: TimeRow,
    plan: Option<PlanRow>,
}

#[derive(Serialize)]
struct InterviewRow {
    date: String,
    time: Option<String>,
    in_days: u32,
    role: String,
    company: String,
    tags: Vec<String>,
    /// None for an interview beyond those that the plan looks at.
    forecast: Option<ForecastRow>,
}

#[derive(Serialize)]
struct ForecastRow {
    cards: usize,
    seen: usize,
    today: f64,
    followed: RangeRow,
    stopped: RangeRow,
}

/// A range of shares.
#[derive(Serialize)]
pub struct RangeRow {
    low: f64,
    middle: f64,
    high: f64,
}

#[derive(Serialize)]
struct TimeRow {
    weekdays: [u32; 7],
    days_off: Vec<String>,
}

#[derive(Serialize)]
struct PlanRow {
    simulated: bool,
    roll_outs: usize,
    capacity: CapacityRow,
    dense_from: Option<String>,
    days: Vec<DayRow>,
    levels: Vec<LevelRow>,
}

#[derive(Serialize)]
struct CapacityRow {
    days: u32,
    minutes_given: f64,
    cards: usize,
    first_meetings: usize,
    first_minutes: f64,
    recalls: u32,
    recall_minutes: f64,
    minutes_needed: f64,
    fit: usize,
    more_minutes: u32,
}

#[derive(Serialize)]
struct DayRow {
    day: String,
    kind: &'static str,
    given_minutes: u32,
    reviews: f64,
    new: f64,
    minutes: f64,
    readiness: RangeRow,
}

#[derive(Serialize)]
struct LevelRow {
    minutes: u32,
    readiness: RangeRow,
}

/// Gathers it; without an interview there is no plan.
pub fn found(plan: Option<&Plan>, trainer: &Trainer, world: &World) -> Output {
    let today = world.today();
    let forecasts = plan.map(|plan| plan.interviews.as_slice()).unwrap_or_default();
    let interviews = trainer.interviews(world.now());
    Output {
        version: JSON_VERSION,
        day: today.iso(),
        interviews: interviews
            .into_iter()
            .enumerate()
            .map(|(place, aimed)| {
                let in_days = aimed.interview.day.days_since(today);
                interview_row(aimed.interview, in_days, forecasts.get(place))
            })
            .collect(),
        study_time: time_row(&trainer.study_time()),
        plan: plan.map(plan_row),
    }
}

fn interview_row(
    interview: Interview,
    in_days: u32,
    forecast: Option<&InterviewForecast>,
) -> InterviewRow {
    InterviewRow {
        date: interview.day.iso(),
        time: interview.time.map(|time| time.to_string()),
        in_days,
        role: interview.role,
        company: interview.company,
        tags: interview.tags.into_iter().map(|tag| tag.0).collect(),
        forecast: forecast.map(|forecast| ForecastRow {
            cards: forecast.cards,
            seen: forecast.seen,
            today: rounded(forecast.today),
            followed: forecast.followed.into(),
            stopped: forecast.stopped.into(),
        }),
    }
}

fn time_row(time: &StudyTime) -> TimeRow {
    TimeRow {
        weekdays: time.weekdays,
        days_off: time.days_off.iter().map(|day| day.iso()).collect(),
    }
}

fn plan_row(plan: &Plan) -> PlanRow {
    PlanRow {
        simulated: true,
        roll_outs: plan.roll_outs,
        capacity: capacity_row(&plan.capacity),
        dense_from: plan.dense_from.map(crate::domain::time::Day::iso),
        days: plan.days.iter().map(day_row).collect(),
        levels: plan
            .levels
            .iter()
            .map(|level| LevelRow { minutes: level.minutes, readiness: level.readiness.into() })
            .collect(),
    }
}

fn capacity_row(capacity: &Capacity) -> CapacityRow {
    CapacityRow {
        days: capacity.days,
        minutes_given: rounded(capacity.minutes_given),
        cards: capacity.cards,
        first_meetings: capacity.first_meetings,
        first_minutes: rounded(capacity.first_minutes),
        recalls: capacity.recalls,
        recall_minutes: rounded(capacity.recall_minutes),
        minutes_needed: rounded(capacity.minutes_needed),
        fit: capacity.fit,
        more_minutes: capacity.more_minutes,
    }
}

fn day_row(day: &PlanDay) -> DayRow {
    DayRow {
        day: day.day.iso(),
        kind: match day.kind {
            DayKind::Study => "study",
            DayKind::Light => "light",
            DayKind::Off => "off",
            DayKind::Interview(_) => "interview",
        },
        given_minutes: day.given_minutes,
        reviews: rounded(day.reviews),
        new: rounded(day.new),
        minutes: rounded(day.minutes),
        readiness: day.readiness.into(),
    }
}

impl From<Range> for RangeRow {
    fn from(range: Range) -> Self {
        Self { low: rounded(range.low), middle: rounded(range.middle), high: rounded(range.high) }
    }
}

/// Four digits: what a simulation says beyond them is chance.
pub fn rounded(number: f32) -> f64 {
    // Zero is added so that an empty sum, which is -0, prints as 0.
    (f64::from(number) * 1e4).round() / 1e4 + 0.0
}
