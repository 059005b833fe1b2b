//! How a learner really is, as against what the scheduler believes: FSRS-6 to the letter, or whatever a test asks for.

use rand::rngs::StdRng;

use crate::domain::review::Rating;
use crate::study::model::Model;
use crate::study::simulation::{Seen, days_between};

/// A card is met on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Encounter {
    /// The memory before; none for an unseen card.
    pub before: Option<Seen>,
    /// The first grade of the day.
    pub rating: Rating,
    /// The day.
    pub day: i32,
    /// A factor on the first stability of this card.
    pub noise: f32,
}

/// How a learner really is. The two numbers of a [`Seen`] mean what the nature says; only recall is asked from outside.
pub trait Nature {
    /// Probability of recall on a day, 0 to 1.
    fn recall_on(&self, seen: Seen, day: i32) -> f32;

    /// The memory at the end of a day on which the card was met. A first grade other than Easy, and a later Again, is
    /// followed by one Good on that day.
    fn met(&self, encounter: Encounter) -> Seen;

    /// The grade that the learner gives where the true one is `felt`.
    fn given(&self, felt: Rating, _rng: &mut StdRng) -> Rating {
        felt
    }

    /// Whether the learner studies on that day at all; the scheduler does not know it before.
    fn comes(&self, _day: i32) -> bool {
        true
    }
}

impl Nature for Model {
    fn recall_on(&self, seen: Seen, day: i32) -> f32 {
        self.recall(seen.memory.stability, days_between(seen.day, day))
    }

    fn met(&self, encounter: Encounter) -> Seen {
        let Encounter { before, rating, day, noise } = encounter;
        let (memory, is_asked_again) = match before {
            None => {
                let mut memory = self.first(rating);
                memory.stability = (memory.stability * noise).clamp(0.001, 36_500.0);
                (memory, rating != Rating::Easy)
            }
            Some(seen) => {
                let recall = self.recall_on(seen, day);
                (self.after(seen.memory, rating, recall), rating == Rating::Again)
            }
        };
        let memory = if is_asked_again { self.same_day(memory, Rating::Good) } else { memory };
        Seen { memory, day }
    }
}
