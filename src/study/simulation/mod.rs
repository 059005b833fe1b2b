//! A learner studies day by day under a policy until the interviews: what plans, forecasts and the benchmark are made of.
//!
//! What the scheduler believes of a memory and how the memory really is are kept apart, so that a forecast can ask
//! "and if this learner is weaker than the parameters say?". Chance is a seed: the same seed gives the same weeks.

mod days;
pub mod learner;
mod nature;
mod policy;
#[cfg(test)]
mod tests;

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::domain::memory::MemoryState;
use crate::study::model::Model;
use crate::study::score::Scorer;

pub use crate::study::simulation::nature::{Encounter, Nature};
pub use crate::study::simulation::policy::{DueRules, Policy, Sm2Rules};

/// A memory and the day of its last change, counted from the first simulated day (0); earlier days are negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Stability and difficulty.
    pub memory: MemoryState,
    /// The day.
    pub day: i32,
}

/// A card as a simulation needs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimCard {
    /// What the scheduler believes; none for an unseen card.
    pub believed: Option<Seen>,
    /// How the memory really is; none for an unseen card.
    pub truth: Option<Seen>,
    /// The day on which ordinary scheduling would ask it; only policies with due days read it.
    pub due: i32,
    /// Seconds against a card of length 1.
    pub length: f32,
    /// By how much this card's first stability differs from the learner's, hidden from the scheduler; 1 for not at all.
    pub noise: f32,
}

/// An interview in a simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its day, counted from the first simulated day.
    pub day: i32,
    /// What each card counts when study is chosen, in the order of the cards.
    pub weights: Vec<f32>,
    /// What each card counts on the day, in the order of the cards; 0 for a card that does not belong to the interview.
    pub readiness: Vec<f32>,
}

impl Target {
    /// An interview to which every card belongs.
    pub fn of_all(day: i32, weights: Vec<f32>) -> Self {
        Self { day, readiness: weights.clone(), weights }
    }
}

/// Everything that holds for all roll-outs of one question.
#[derive(Debug)]
pub struct Setting<'a, T = Model> {
    /// What the scheduler believes of memory, and what answers cost and how they turn out.
    pub scorer: &'a Scorer,
    /// How the learner really is.
    pub truth: &'a T,
    /// The cards.
    pub cards: &'a [SimCard],
    /// Seconds of study on each day, from day 0; days beyond the end have none.
    pub budgets: &'a [f32],
    /// The interviews, the earliest first; at least one.
    pub targets: &'a [Target],
    /// How the next card is chosen.
    pub policy: Policy,
}

// By hand: derived, they would ask the truth itself to be copied, which is only borrowed.
impl<T> Clone for Setting<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Setting<'_, T> {}

/// One simulated day.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct SimDay {
    /// Cards asked again.
    pub reviews: u32,
    /// Cards asked for the first time.
    pub new: u32,
    /// Seconds spent.
    pub seconds: f32,
    /// Weighted true recall over the cards of the next interview at the end of the day, 0 to 1.
    pub readiness: f32,
    /// The rank ([`Gain::rank`](crate::lab::Gain::rank)) of the last card taken: what a card must reach to be asked that
    /// day; the policy's floor where the cards ran out before the time.
    pub cutoff: f32,
    /// The recall below which a seen card came first that day, 0 to 1 (`hold` in `study/score.rs`).
    pub hold: f32,
}

/// What came of one roll-out.
#[derive(Clone, Debug, PartialEq)]
pub struct RollOut {
    /// Weighted true recall on the day of each interview, 0 to 1.
    pub recall: Vec<f32>,
    /// The days up to the last interview, its own day left out.
    pub days: Vec<SimDay>,
    /// The cards as they are on the day of the last interview.
    pub cards: Vec<SimCard>,
}

impl RollOut {
    /// Seconds spent in all.
    pub fn seconds(&self) -> f32 {
        self.days.iter().map(|day| day.seconds).sum()
    }
}

/// Studies once until the last interview.
pub fn roll_out<T: Nature>(setting: &Setting<'_, T>, seed: u64) -> RollOut {
    let mut days = days::Days::new(setting, StdRng::seed_from_u64(seed));
    days.run();
    days.finish()
}

/// Weighted mean recall on `day` of memories as they are now, without further study; unseen cards count 0.
pub fn recall_without_study(
    truth: &impl Nature,
    memories: impl Iterator<Item = Option<Seen>>,
    weights: &[f32],
    day: i32,
) -> f32 {
    let mut all = 0.0;
    let mut known = 0.0;
    for (memory, weight) in memories.zip(weights) {
        all += weight;
        if let Some(seen) = memory {
            known += weight * truth.recall_on(seen, day);
        }
    }
    if all > 0.0 { known / all } else { 0.0 }
}

/// Days from a day to a later one, at least half a day where it is the same: the test comes hours later.
fn days_between(from: i32, to: i32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "days of a human life fit an f32")]
    let days = to.saturating_sub(from) as f32;
    days.max(crate::study::score::SAME_DAY)
}
