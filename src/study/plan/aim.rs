//! When a card comes back before the interview: the first day on which its score reaches that day's cut-off.

use crate::domain::memory::{MemoryState, NextMeeting};
use crate::domain::time::Day;
use crate::study::score::Scorer;
use crate::study::weigh::Weight;

/// The day of the interview, and what a card must gain on each day before it to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    scorer: Scorer,
    today: Day,
    interview: Day,
    /// By day, today first; none on a day without study.
    cutoffs: Vec<Option<Cutoff>>,
}

/// What a card must reach to be asked on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cutoff {
    /// The rank of the last card that the plan takes.
    pub rank: f32,
    /// The recall below which a seen card comes first.
    pub hold: f32,
}

impl Aim {
    /// An aim at an interview.
    pub const fn new(
        scorer: Scorer,
        today: Day,
        interview: Day,
        cutoffs: Vec<Option<Cutoff>>,
    ) -> Self {
        Self { scorer, today, interview, cutoffs }
    }

    /// When a card of that weight and length comes back if its memory is this at the end of today.
    pub fn next_meeting(&self, memory: MemoryState, weight: Weight, length: f32) -> NextMeeting {
        let days = (1_i32..).zip(self.cutoffs.iter().skip(1));
        for (ahead, cutoff) in days {
            let day = self.today + ahead;
            if day >= self.interview {
                break;
            }
            let Some(cutoff) = cutoff else { continue };
            let gain = self.scorer.seen(memory, number(ahead), number(self.interview - day));
            // What does not belong to the interview is not held for it.
            let hold = if weight.belongs { cutoff.hold } else { 0.0 };
            if gain.rank(weight.value, length, hold) >= cutoff.rank {
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
