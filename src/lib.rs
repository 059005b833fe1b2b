//! `prep`: an interactive trainer for DevOps, SRE, cloud and platform interviews.
//!
//! The map of the house, one line per room in floor order; a room uses only the rooms above its line
//! (ARCHITECTURE.md says why, `tests/it/architecture.rs` watches it).

mod domain;

mod study;

mod i18n;

mod config;
mod decks;
mod exchange;
mod store;

mod trainer;

mod tui;

mod commands;

pub use commands::run;

/// The door of `benches/`: memory, learners, roll-outs and plans. Not for programs: it changes whenever the house does.
#[doc(hidden)]
pub mod lab {
    use crate::domain::card::CardKey;
    use crate::domain::memory::Parameters;
    use crate::domain::review::{Review, ReviewId, ReviewSource, SessionId};
    use crate::domain::time::Timestamp;
    use crate::study::fit::{FitRequest, Verdict, fit};
    use crate::study::replay::replay;
    use crate::study::scheduler::{Scheduler, SchedulerSettings};

    pub use crate::domain::interview::{Interview, StudyTime};
    pub use crate::domain::memory::MemoryState;
    pub use crate::domain::review::Rating;
    pub use crate::domain::time::Day;
    pub use crate::study::habits::Habits;
    pub use crate::study::model::{DEFAULT_PARAMETERS, Model};
    pub use crate::study::plan::{
        DONE_PER_SECOND, LIGHT_SHARE, Plan, PlanCard, PlanInputs, Planner, Range,
    };
    pub use crate::study::score::{Gain, Scorer};
    pub use crate::study::simulation::learner::{Learner, Spread, shifted};
    pub use crate::study::simulation::{
        DueRules, Encounter, Nature, Policy, RollOut, Seen, Setting, SimCard, SimDay, Sm2Rules,
        Target, recall_without_study, roll_out,
    };
    pub use crate::study::strength::{Rated, Strength};
    pub use crate::study::weigh::Weight;

    /// Makes a log of so many reviews, one a card every fifth day; each call then replays it and gives the number of cards.
    pub fn replayer(reviews: u32, cards: u32) -> impl Fn() -> usize {
        let log = log(reviews, cards);
        let scheduler = Scheduler::new(SchedulerSettings::default());
        move || replay(&scheduler, &log).len()
    }

    /// Makes the same log; each call then tries to fit parameters to it and says whether there were answers enough.
    pub fn fitter(reviews: u32, cards: u32) -> impl Fn() -> bool {
        let log = log(reviews, cards);
        move || {
            let in_use = Parameters::DEFAULT;
            let request = FitRequest { log: &log, in_use, counted_before: None, force: true };
            !matches!(fit(&request, &mut |_| ()).verdict, Verdict::TooFew)
        }
    }

    fn log(reviews: u32, cards: u32) -> Vec<Review> {
        (0..reviews).map(|number| review(number, cards)).collect()
    }

    fn review(number: u32, cards: u32) -> Review {
        let day = i32::try_from(number / cards * 5).unwrap_or(i32::MAX / 2);
        Review {
            id: ReviewId { session: SessionId(1), number },
            key: CardKey(format!("deck/card-{}", number % cards)),
            at: Timestamp(i64::from(number)),
            day: Day(day),
            source: ReviewSource::Study,
            rating: Some(Rating::ALL[(number % 7 % 4) as usize]),
            proposed: None,
            correct: None,
            confidence: None,
            hint_used: false,
            wrong_statement: false,
            points: Vec::new(),
            seconds: 20.0,
            answer: None,
            due: Some(Day(day + 5)),
        }
    }
}
