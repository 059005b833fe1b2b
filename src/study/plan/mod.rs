//! The plan to the interviews: what each day holds, what will be known on the day, and what the minutes are worth.
//!
//! A plan is drawn by roll-outs of the very policy that study follows. It informs; the score of each day decides.

mod aim;
mod capacity;
#[cfg(test)]
mod coverage_tests;
pub(in crate::study) mod learners;
mod planner;
#[cfg(test)]
mod tests;

use crate::domain::interview::{Interview, StudyTime};
use crate::domain::memory::MemoryState;
use crate::domain::time::Day;
use crate::study::queue::Candidate;
use crate::study::score::Scorer;
use crate::study::strength::{Rated, Strength};
use crate::study::weigh::Weight;

pub use crate::study::plan::aim::Aim;
pub use crate::study::plan::capacity::Capacity;
pub use crate::study::plan::planner::Planner;

/// Questions per second below which study before a date is offered as done: 0.02 a minute.
pub const DONE_PER_SECOND: f32 = 0.02 / 60.0;

/// Minutes a day that the page compares with the learner's own.
pub const LEVELS: [u32; 6] = [10, 15, 20, 30, 45, 60];

/// What part of its minutes a day before the dense ones takes.
pub const LIGHT_SHARE: f32 = 0.5;

/// A card as the plan needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanCard {
    /// What the scheduler believes, and the study day of the last rating; none for an unseen card.
    pub memory: Option<(MemoryState, Day)>,
    /// Its ratings in order.
    pub history: Vec<Rated>,
    /// Probability of recall now, 0 to 1, as everywhere in the program.
    pub recall_now: f32,
    /// Seconds against a card of length 1.
    pub length: f32,
    /// What it counts for each interview, in their order.
    pub weights: Vec<Weight>,
}

impl PlanCard {
    /// A card that may be asked, with its ratings and what it counts for each interview.
    pub fn of(candidate: &Candidate<'_>, history: Vec<Rated>, weights: Vec<Weight>) -> Self {
        Self {
            memory: candidate.schedule.progress().map(|it| (it.memory, it.last_day)),
            history,
            recall_now: candidate.retrievability,
            length: candidate.length,
            weights,
        }
    }

    /// On how many different days it was recalled.
    pub fn recalls(&self) -> u32 {
        let mut days: Vec<Day> = self
            .history
            .iter()
            .filter(|(_, rating)| rating.is_pass())
            .map(|(day, _)| *day)
            .collect();
        days.sort_unstable();
        days.dedup();
        u32::try_from(days.len()).unwrap_or(u32::MAX)
    }
}

/// What a plan is drawn from.
#[derive(Clone, Debug)]
pub struct PlanInputs {
    /// The study day on which it is drawn.
    pub today: Day,
    /// Seconds studied today already.
    pub done_seconds: f32,
    /// The interviews to come, the earliest first; at least one.
    pub interviews: Vec<Interview>,
    /// The minutes given.
    pub time: StudyTime,
    /// The cards that may be asked.
    pub cards: Vec<PlanCard>,
    /// Memory and habits as the scheduler believes them.
    pub scorer: Scorer,
    /// How strong the memory may be against them.
    pub strength: Strength,
}

/// A share of 0 to 1 with its range: eight learners in ten are within it.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Range {
    /// One in ten is below.
    pub low: f32,
    /// The middle.
    pub middle: f32,
    /// One in ten is above.
    pub high: f32,
}

/// What a day is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Study with all minutes given.
    Study,
    /// Study with part of them: they count more later.
    Light,
    /// A day off.
    Off,
    /// The day of an interview, by its place among the interviews: a warm-up.
    Interview(usize),
}

/// One day of the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanDay {
    /// The day.
    pub day: Day,
    /// What it is for.
    pub kind: DayKind,
    /// Minutes given, before anything is left out.
    pub given_minutes: u32,
    /// Cards asked again, on average.
    pub reviews: f32,
    /// Cards asked for the first time, on average.
    pub new: f32,
    /// Minutes that study takes, on average.
    pub minutes: f32,
    /// Readiness at the end of the day for the interview that is then next.
    pub readiness: Range,
}

/// What would be known on the first interview's day with so many minutes a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelForecast {
    /// Minutes on every day that is not off.
    pub minutes: u32,
    /// Readiness on the day.
    pub readiness: Range,
}

/// What is forecast for an interview.
#[derive(Clone, Debug, PartialEq)]
pub struct InterviewForecast {
    /// The interview.
    pub interview: Interview,
    /// Weighted recall over its cards now, 0 to 1.
    pub today: f32,
    /// The same on the day, if the plan is followed.
    pub followed: Range,
    /// The same on the day, if study stops now.
    pub stopped: Range,
    /// Its cards.
    pub cards: usize,
    /// Those of them that were seen.
    pub seen: usize,
}

/// The plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The day on which it was drawn.
    pub today: Day,
    /// The minutes given.
    pub time: StudyTime,
    /// Each interview with its forecast, the earliest first.
    pub interviews: Vec<InterviewForecast>,
    /// The days up to the last interview.
    pub days: Vec<PlanDay>,
    /// What fits into the minutes until the first interview.
    pub capacity: Capacity,
    /// The day from which the minutes count most; none where they count from now on.
    pub dense_from: Option<Day>,
    /// What other minutes a day would bring; grows while the plan is worked on.
    pub levels: Vec<LevelForecast>,
    /// Roll-outs behind each number, of each of three strengths.
    pub roll_outs: usize,
}
