//! FSRS-6 as plain arithmetic, for what computes a memory a million times: scores, roll-outs, plans.
//!
//! The schedule of a card comes from the FSRS crate (`scheduler.rs`); a test holds this file against it. The formulas are
//! those of <https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>, FSRS-6.

use crate::domain::memory::{MemoryState, Parameters};
use crate::domain::review::Rating;

/// Number of parameters of FSRS-6.
pub const PARAMETERS: usize = 21;

/// What fits the average learner.
pub const DEFAULT_PARAMETERS: [f32; PARAMETERS] = *Parameters::DEFAULT.values();

const STABILITY: (f32, f32) = (0.001, 36_500.0);
const DIFFICULTY: (f32, f32) = (1.0, 10.0);

/// A memory by FSRS-6 with given parameters; what does not depend on the card is computed once.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    w: [f32; PARAMETERS],
    /// `-w20`.
    decay: f32,
    /// What makes recall 90 % after as many days as the stability.
    factor: f32,
    /// `e^w8`.
    growth: f32,
    /// `e^(w17 w18)`: how far a failure brings stability down at least.
    failure_floor: f32,
    /// `e^(w17 (rating - 3 + w18))` for a repetition on the same day.
    same_day: [f32; 4],
    /// `D0(Easy)`, to which difficulty reverts.
    easy_difficulty: f32,
}

/// A memory after each of the four ratings, Again first.
pub type NextMemories = [MemoryState; 4];

impl Model {
    /// The model with these parameters (`w0` to `w20`); the decay is kept within 0.1 to 0.8, as the FSRS crate does.
    pub fn new(mut w: [f32; PARAMETERS]) -> Self {
        w[20] = w[20].clamp(0.1, 0.8);
        let decay = -w[20];
        let mut model = Self {
            w,
            decay,
            factor: (0.9_f32.ln() / decay).exp() - 1.0,
            growth: w[8].exp(),
            failure_floor: (w[17] * w[18]).exp(),
            same_day: [1.0, 2.0, 3.0, 4.0].map(|rating| (w[17] * (rating - 3.0 + w[18])).exp()),
            easy_difficulty: 0.0,
        };
        model.easy_difficulty = model.initial_difficulty(3.0);
        model
    }

    /// The parameters.
    pub const fn parameters(&self) -> &[f32; PARAMETERS] {
        &self.w
    }

    /// Probability of recall, 0 to 1, after `days` (0 or more, parts of days count) with that stability.
    pub fn recall(&self, stability: f32, days: f32) -> f32 {
        (days / stability * self.factor + 1.0).powf(self.decay)
    }

    /// Days until recall has fallen to `retention` (above 0, below 1).
    pub fn interval(&self, stability: f32, retention: f32) -> f32 {
        stability / self.factor * (retention.powf(1.0 / self.decay) - 1.0)
    }

    /// The memory after the first rating of an unseen card.
    pub fn first(&self, rating: Rating) -> MemoryState {
        let index = index(rating);
        #[expect(clippy::cast_precision_loss, reason = "0 to 3")]
        let difficulty = self.initial_difficulty(index as f32);
        bounded(self.w[index], difficulty)
    }

    /// The memory after a rating `days` (whole days, 1 or more) after the last one, which recall was at `recall`.
    pub fn after(&self, memory: MemoryState, rating: Rating, recall: f32) -> MemoryState {
        let stability = match rating {
            Rating::Again => self.after_failure(memory, recall),
            _ => memory.stability * (1.0 + self.rise(memory, recall) * self.bonus(rating)),
        };
        bounded(stability, self.next_difficulty(memory.difficulty, rating))
    }

    /// The memory after each rating at that recall: one computation for all four.
    pub fn after_each(&self, memory: MemoryState, recall: f32) -> NextMemories {
        let rise = self.rise(memory, recall);
        Rating::ALL.map(|rating| {
            let stability = match rating {
                Rating::Again => self.after_failure(memory, recall),
                _ => memory.stability * (1.0 + rise * self.bonus(rating)),
            };
            bounded(stability, self.next_difficulty(memory.difficulty, rating))
        })
    }

    /// The memory after a further rating on the same day.
    pub fn same_day(&self, memory: MemoryState, rating: Rating) -> MemoryState {
        let index = index(rating);
        let change = self.same_day[index] * memory.stability.powf(-self.w[19]);
        let change = if rating.is_pass() { change.max(1.0) } else { change };
        bounded(memory.stability * change, self.next_difficulty(memory.difficulty, rating))
    }

    /// By which share stability rises when the card is rated Good.
    fn rise(&self, memory: MemoryState, recall: f32) -> f32 {
        self.growth
            * (11.0 - memory.difficulty)
            * memory.stability.powf(-self.w[9])
            * (((1.0 - recall) * self.w[10]).exp() - 1.0)
    }

    fn bonus(&self, rating: Rating) -> f32 {
        match rating {
            Rating::Hard => self.w[15],
            Rating::Easy => self.w[16],
            Rating::Again | Rating::Good => 1.0,
        }
    }

    fn after_failure(&self, memory: MemoryState, recall: f32) -> f32 {
        let fallen = self.w[11]
            * memory.difficulty.powf(-self.w[12])
            * ((memory.stability + 1.0).powf(self.w[13]) - 1.0)
            * ((1.0 - recall) * self.w[14]).exp();
        fallen.min(memory.stability / self.failure_floor)
    }

    fn initial_difficulty(&self, steps: f32) -> f32 {
        self.w[4] - (self.w[5] * steps).exp() + 1.0
    }

    fn next_difficulty(&self, difficulty: f32, rating: Rating) -> f32 {
        let change = -self.w[6] * (f32::from(rating.number()) - 3.0);
        let damped = difficulty + (10.0 - difficulty) * change / 9.0;
        self.w[7] * (self.easy_difficulty - damped) + damped
    }
}

fn index(rating: Rating) -> usize {
    usize::from(rating.number()) - 1
}

fn bounded(stability: f32, difficulty: f32) -> MemoryState {
    MemoryState {
        stability: stability.clamp(STABILITY.0, STABILITY.1),
        difficulty: difficulty.clamp(DIFFICULTY.0, DIFFICULTY.1),
    }
}

#[cfg(test)]
mod tests {
    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    use super::{DEFAULT_PARAMETERS, Model};
    use crate::domain::card::CardKey;
    use crate::domain::memory::{MemoryState, Schedule};
    use crate::domain::review::Rating;
    use crate::domain::time::{Day, Timestamp};
    use crate::study::loads::Loads;
    use crate::study::scheduler::{Scheduler, SchedulerSettings};

    fn close(one: MemoryState, other: MemoryState) -> bool {
        let near = |a: f32, b: f32| (a - b).abs() <= 1e-3 * a.abs().max(1.0);
        near(one.stability, other.stability) && near(one.difficulty, other.difficulty)
    }

    #[test]
    fn the_model_gives_the_memories_of_the_crate() {
        let scheduler = Scheduler::new(SchedulerSettings::default());
        let model = Model::new(DEFAULT_PARAMETERS);
        let key = CardKey("card".into());
        let mut rng = StdRng::seed_from_u64(7);
        for _ in 0..300 {
            let mut schedule = Schedule::UNSEEN;
            let mut memory: Option<MemoryState> = None;
            let mut day = Day(100);
            for _ in 0..12 {
                let pause: i32 = if rng.random_bool(0.2) { 0 } else { rng.random_range(1..60) };
                day = if memory.is_some() { day + pause } else { day };
                let rating = Rating::ALL[rng.random_range(0..4)];
                let next = match memory {
                    None => model.first(rating),
                    Some(memory) if pause == 0 => model.same_day(memory, rating),
                    Some(memory) => {
                        #[expect(clippy::cast_precision_loss, reason = "at most 60 days")]
                        let recall = model.recall(memory.stability, pause as f32);
                        let each = model.after_each(memory, recall);
                        let one = model.after(memory, rating, recall);
                        assert!(close(each[usize::from(rating.number()) - 1], one));
                        one
                    }
                };
                schedule =
                    scheduler.rate(&key, &schedule, rating, (day, Timestamp(0)), &Loads::default());
                let wanted = schedule.progress().expect("rated").memory;
                assert!(close(next, wanted), "{next:?} is not {wanted:?}");
                memory = Some(next);
            }
        }
    }

    #[test]
    fn recall_is_90_percent_after_as_many_days_as_the_stability() {
        let model = Model::new(DEFAULT_PARAMETERS);
        assert!((model.recall(12.0, 12.0) - 0.9).abs() < 1e-5);
        assert!((model.interval(12.0, 0.9) - 12.0).abs() < 1e-3);
        assert!((model.recall(5.0, 0.0) - 1.0).abs() < 1e-6);
    }
}
