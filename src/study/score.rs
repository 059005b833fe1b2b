//! How much recall on the day of the interview a card gains per second of study now: what orders study before a date.
//!
//! The gain is the expected recall on the day with a meeting now, less that without one; the cost is the expected time
//! of the meeting. Taking the best ratio first is the greedy solution of "the most recall for the minutes given".

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
}

impl Gain {
    /// Questions won per second for a card of that weight and length.
    pub fn per_second(self, weight: f32, length: f32) -> f32 {
        self.recall * weight / (self.seconds * length).max(0.01)
    }
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
        Gain { recall, seconds: self.first_seconds }
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
        Gain { recall: with - without, seconds }
    }
}

#[cfg(test)]
mod tests {
    use super::Scorer;
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
    fn an_interview_today_is_half_a_day_away() {
        assert_eq!(scorer().unseen(0.0), scorer().unseen(0.5));
    }
}
