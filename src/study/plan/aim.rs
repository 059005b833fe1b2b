//! When a card comes back before the interview: the first day on which its score reaches that day's cut-off.

use crate::domain::memory::{MemoryState, NextMeeting};
use crate::domain::time::Day;
use crate::study::score::Scorer;

/// The day of the interview, and what a card must gain on each day before it to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    scorer: Scorer,
    today: Day,
    interview: Day,
    /// By day, today first: the score (questions per second) of the last card that the plan takes; none on a day without study.
    cutoffs: Vec<Option<f32>>,
}

impl Aim {
    /// An aim at an interview.
    pub const fn new(
        scorer: Scorer,
        today: Day,
        interview: Day,
        cutoffs: Vec<Option<f32>>,
    ) -> Self {
        Self { scorer, today, interview, cutoffs }
    }

    /// When a card of that weight and length comes back if its memory is this at the end of today.
    pub fn next_meeting(&self, memory: MemoryState, weight: f32, length: f32) -> NextMeeting {
        let days = (1_i32..).zip(self.cutoffs.iter().skip(1));
        for (ahead, cutoff) in days {
            let day = self.today + ahead;
            if day >= self.interview {
                break;
            }
            let Some(cutoff) = cutoff else { continue };
            let score = self
                .scorer
                .seen(memory, number(ahead), number(self.interview - day))
                .per_second(weight, length);
            if score >= *cutoff {
                return NextMeeting::On(day);
            }
        }
        NextMeeting::NotBefore(self.interview)
    }
}

#[expect(clippy::cast_precision_loss, reason = "days until an interview")]
fn number(days: i32) -> f32 {
    days as f32
}
