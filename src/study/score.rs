//! How much recall on the day of the interview a card gains per second of study now: what orders study before a date.
//!
//! The gain is the expected recall on the day with a meeting now, less that without one; the cost is the expected time
//! of the meeting. Taking the best ratio first is the greedy solution of "the most recall for the minutes given". It is
//! near the best where minutes are short. Where there are more, it takes in new cards while those it has slip away, and
//! relearning costs more than holding: so what has fallen below [`hold`] comes first. The more time is left for each
//! card, the higher that is. It is worth most for learners who forget faster than their parameters say.

use crate::domain::memory::MemoryState;
use crate::domain::review::Rating;
use crate::study::habits::Habits;
use crate::study::model::Model;

/// Days that a test on the same day is away: some hours.
pub const SAME_DAY: f32 = 0.5;

/// What a meeting now is expected to bring and to cost, for a card of weight 1 and length 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// Expected recall on the day with the meeting, less without it; may be negative.
    pub recall: f32,
    /// Expected seconds.
    pub seconds: f32,
    /// Recall now, 0 to 1; none for an unseen card.
    pub now: Option<f32>,
}

impl Gain {
    /// Questions won per second for a card of that weight and length.
    pub fn per_second(self, weight: f32, length: f32) -> f32 {
        self.recall * weight / (self.seconds * length).max(0.01)
    }

    /// What study before a date goes by, the greatest first: questions won per second, and all of what has fallen below
    /// `hold` before all that has not.
    pub fn rank(self, weight: f32, length: f32, hold: f32) -> f32 {
        self.per_second(weight, length) + if self.is_slipping(hold) { SLIPPING } else { 0.0 }
    }

    /// Whether the card is a seen one that has fallen below the recall to hold.
    pub fn is_slipping(self, hold: f32) -> bool {
        self.now.is_some_and(|now| now < hold)
    }
}

/// Added to the rank of what has fallen below the recall to hold: more than any card gains in a second.
const SLIPPING: f32 = 1000.0;

/// The recall below which a seen card comes before everything else, with `seconds_left` for study until the interview
/// where one meeting with each of its cards takes `round_seconds`.
///
/// 0 (nothing is held, gain alone decides) while less than one round is left, then 0.85, and 0.92 from two rounds on.
/// Found by simulation; `docs/scheduling.md` has the figures.
pub fn hold(seconds_left: f32, round_seconds: f32) -> f32 {
    let rounds = seconds_left / round_seconds.max(1.0);
    if rounds < 1.0 { 0.0 } else { (0.85 + 0.07 * (rounds - 1.0)).min(0.92) }
}

/// Computes gains for one learner.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorer {
    model: Model,
    habits: Habits,
    /// The memory at the end of the day after each first grade.
    first: [MemoryState; 4],
    first_seconds: f32,
}

impl Scorer {
    /// A scorer of a learner with this memory and these habits.
    pub fn new(model: Model, habits: Habits) -> Self {
        let first = Rating::ALL.map(|rating| {
            let memory = model.first(rating);
            // A first Easy ends the day; after the others the card is recalled once more that day.
            if rating == Rating::Easy { memory } else { model.same_day(memory, Rating::Good) }
        });
        let first_seconds = habits.mean_first_seconds();
        Self { model, habits, first, first_seconds }
    }

    /// The memory model.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// The habits.
    pub const fn habits(&self) -> &Habits {
        &self.habits
    }

    /// The memory at the end of a day on which an unseen card was graded so first.
    pub const fn first_memories(&self) -> &[MemoryState; 4] {
        &self.first
    }

    /// The gain of an unseen card with `days_left` until the interview.
    pub fn unseen(&self, days_left: f32) -> Gain {
        let days_left = days_left.max(SAME_DAY);
        let recall = self
            .habits
            .first_odds
            .iter()
            .zip(&self.first)
            .map(|(odds, memory)| odds * self.model.recall(memory.stability, days_left))
            .sum();
        Gain { recall, seconds: self.first_seconds, now: None }
    }

    /// The gain of a card that was last studied `elapsed` whole days ago (1 or more) with `days_left` until the interview.
    pub fn seen(&self, memory: MemoryState, elapsed: f32, days_left: f32) -> Gain {
        let days_left = days_left.max(SAME_DAY);
        let now = self.model.recall(memory.stability, elapsed);
        let odds = self.habits.review_odds(now);
        let [again, hard, good, easy] = self.model.after_each(memory, now);
        let again = self.model.same_day(again, Rating::Good);
        let with: f32 = [again, hard, good, easy]
            .iter()
            .zip(odds)
            .map(|(memory, odds)| odds * self.model.recall(memory.stability, days_left))
            .sum();
        let without = self.model.recall(memory.stability, elapsed + days_left);
        let seconds =
            odds.iter().zip(self.habits.review_seconds).map(|(odds, seconds)| odds * seconds).sum();
        Gain { recall: with - without, seconds, now: Some(now) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scorer, hold};
    use crate::domain::memory::MemoryState;
    use crate::study::habits::Habits;
    use crate::study::model::{DEFAULT_PARAMETERS, Model};

    fn scorer() -> Scorer {
        Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR)
    }

    fn memory(stability: f32) -> MemoryState {
        MemoryState { stability, difficulty: 5.0 }
    }

    #[test]
    fn the_gain_is_the_expected_recall_with_less_that_without() {
        // Computed apart from this program, by the formulas of FSRS-6: S 3, D 5, 4 days ago, 6 days left.
        let gain = scorer().seen(memory(3.0), 4.0, 6.0);
        assert!((gain.recall - 0.115_57).abs() < 1e-4, "{gain:?}");
        assert!((gain.seconds - 16.098).abs() < 1e-2, "{gain:?}");
    }

    #[test]
    fn a_card_that_is_known_for_long_gains_next_to_nothing() {
        let known = scorer().seen(memory(400.0), 1.0, 5.0).per_second(1.0, 1.0);
        let shaky = scorer().seen(memory(2.0), 3.0, 5.0).per_second(1.0, 1.0);
        assert!(known < shaky / 20.0, "{known} {shaky}");
    }

    #[test]
    fn weight_and_length_change_the_order() {
        let gain = scorer().unseen(7.0);
        assert!(gain.per_second(5.0, 1.0) > gain.per_second(1.0, 1.0));
        assert!(gain.per_second(1.0, 4.0) < gain.per_second(1.0, 1.0));
    }

    #[test]
    fn what_slips_below_the_recall_to_hold_comes_before_any_gain() {
        let slipping = scorer().seen(memory(3.0), 9.0, 20.0);
        let unseen = scorer().unseen(20.0);
        assert!(unseen.rank(5.0, 1.0, 0.0) > slipping.rank(1.0, 1.0, 0.0));
        assert!(unseen.rank(5.0, 1.0, 0.9) < slipping.rank(1.0, 1.0, 0.9));
        let held = scorer().seen(memory(30.0), 2.0, 20.0);
        assert!(unseen.rank(1.0, 1.0, 0.9) > held.rank(1.0, 1.0, 0.9));
    }

    #[test]
    fn nothing_is_held_where_time_is_short_and_more_the_more_there_is() {
        assert_eq!(hold(900.0, 1000.0).to_bits(), 0.0_f32.to_bits());
        assert!((hold(1000.0, 1000.0) - 0.85).abs() < 1e-6);
        assert!((hold(1500.0, 1000.0) - 0.885).abs() < 1e-6);
        assert!((hold(90_000.0, 1000.0) - 0.92).abs() < 1e-6);
        assert!(hold(60.0, 0.0) <= 0.92, "no cards are left");
    }

    #[test]
    fn an_interview_today_is_half_a_day_away() {
        assert_eq!(scorer().unseen(0.0), scorer().unseen(0.5));
    }
}
