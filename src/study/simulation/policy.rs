//! How the next card is chosen: by score before a date, or as other programs do, to be compared with.

use crate::domain::review::Rating;

/// How a learner chooses what to study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Policy {
    /// The greatest gain of recall on the day per second first, after what must be held (`study/score.rs`);
    /// nothing that gains less than `floor` questions a second.
    Score {
        /// Questions per second, 0 or more.
        floor: f32,
    },
    /// FSRS with due days: what is due in the order of due days, new cards up to a limit.
    Due(DueRules),
    /// SM-2 with due days.
    Sm2(Sm2Rules),
    /// Unseen cards first, then the lowest recall.
    LowestRecall,
}

/// Rules of scheduling by due days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DueRules {
    /// Desired retention, above 0 and below 1.
    pub retention: f32,
    /// New cards a day.
    pub new_per_day: u32,
    /// Reviews a day.
    pub reviews_per_day: u32,
}

/// The two SM-2 schedules that are compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sm2Rules {
    /// Intervals as in the paper (1, 6, then times the ease); else as Anki's (graduating 1 or 4, then times the ease).
    pub is_classic: bool,
    /// New cards a day.
    pub new_per_day: u32,
}

impl DueRules {
    /// Anki's defaults with FSRS: desired retention .90, 20 new cards and 200 reviews a day (its manual, "Deck Options").
    pub const ANKI: Self = Self { retention: 0.90, new_per_day: 20, reviews_per_day: 200 };
}

/// What SM-2 remembers of a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sm2State {
    ease: f32,
    /// Days until the card is due again.
    pub interval: f32,
    /// Passes since the last failure.
    passes: u32,
}

impl Sm2State {
    /// An unseen card.
    pub const FRESH: Self = Self { ease: 2.5, interval: 0.0, passes: 0 };
}

impl Sm2Rules {
    /// The state after a grade `elapsed` days after the last meeting.
    pub(super) fn next(self, state: Sm2State, rating: Rating, elapsed: f32) -> Sm2State {
        if self.is_classic { classic(state, rating) } else { anki(state, rating, elapsed) }
    }
}

/// SM-2 as first published (<https://super-memory.com/english/ol/sm2.htm>), the grades being its qualities 2 to 5.
fn classic(state: Sm2State, rating: Rating) -> Sm2State {
    if !rating.is_pass() {
        return Sm2State { interval: 1.0, passes: 0, ..state };
    }
    let missing = f32::from(4 - rating.number());
    let ease = (state.ease + 0.1 - missing * (0.08 + missing * 0.02)).max(1.3);
    let interval = match state.passes {
        0 => 1.0,
        1 => 6.0,
        _ => (state.interval * ease).ceil(),
    };
    Sm2State { ease, interval, passes: state.passes + 1 }
}

/// SM-2 as Anki has it (`rslib/src/scheduler/states/review.rs`), without fuzz: the first day of a card is its learning
/// steps and changes no ease; a failure starts over at one day.
fn anki(state: Sm2State, rating: Rating, elapsed: f32) -> Sm2State {
    let Sm2State { ease, interval: last, passes } = state;
    if last == 0.0 {
        let interval = if rating == Rating::Easy { 4.0 } else { 1.0 };
        return Sm2State { interval, passes: 1, ..state };
    }
    let late = (elapsed - last).max(0.0);
    let hard = (last * 1.2).round().max(last + 1.0);
    let good = ((last + late / 2.0) * ease).round().max(hard + 1.0);
    let easy = ((last + late) * ease * 1.3).round().max(good + 1.0);
    let (interval, change) = match rating {
        Rating::Again => (1.0, -0.20),
        Rating::Hard => (hard, -0.15),
        Rating::Good => (good, 0.0),
        Rating::Easy => (easy, 0.15),
    };
    Sm2State { ease: (ease + change).max(1.3), interval, passes }
}

#[cfg(test)]
mod tests {
    use super::{Sm2Rules, Sm2State};
    use crate::domain::review::Rating::{self, Again, Easy, Good, Hard};

    fn intervals(is_classic: bool, ratings: &[Rating]) -> Vec<f32> {
        let rules = Sm2Rules { is_classic, new_per_day: 20 };
        let mut state = Sm2State::FRESH;
        let each = ratings.iter().map(|rating| {
            state = rules.next(state, *rating, state.interval);
            state.interval
        });
        each.collect()
    }

    #[test]
    fn sm2_gives_the_intervals_of_its_paper() {
        // EF 2.5, then 2.36 after a 3, unchanged by a failure.
        let found = intervals(true, &[Good, Good, Good, Hard, Again, Good, Good, Good]);
        assert_eq!(found, [1.0, 6.0, 15.0, 36.0, 1.0, 1.0, 6.0, 15.0]);
    }

    #[test]
    fn ankis_sm2_gives_the_intervals_of_anki() {
        assert_eq!(intervals(false, &[Again, Good, Good, Good]), [1.0, 3.0, 8.0, 20.0]);
        assert_eq!(intervals(false, &[Easy, Hard, Easy]), [4.0, 5.0, 15.0]);
        assert_eq!(intervals(false, &[Good, Again, Good]), [1.0, 1.0, 3.0]);
    }

    #[test]
    fn ankis_sm2_counts_half_of_the_days_that_a_card_waited() {
        let rules = Sm2Rules { is_classic: false, new_per_day: 20 };
        let state = Sm2State { interval: 10.0, ..Sm2State::FRESH };
        assert!((rules.next(state, Good, 14.0).interval - 30.0).abs() < 1e-6);
    }
}
