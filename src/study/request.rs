//! What a sitting or a quiz is asked to be: the flags of the command line as data.

use crate::domain::card::CardKey;
use crate::domain::tag::Filter;
use crate::domain::time::Day;

/// What to study.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct StudyRequest {
    /// Which cards.
    pub filter: Filter,
    /// New cards at most; none takes what the settings leave for today.
    pub new_cards: Option<usize>,
    /// Minutes at most.
    pub minutes: Option<u32>,
    /// Cards at most.
    pub limit: Option<usize>,
    /// The order among equals; none takes the day.
    pub seed: Option<u64>,
    /// Exactly these cards, due or not, as after a quiz; empty for the ordinary queue.
    pub only: Vec<CardKey>,
}

/// What to be quizzed on.
#[derive(Clone, Debug, PartialEq)]
pub struct QuizRequest {
    /// Which cards.
    pub filter: Filter,
    /// Number of questions.
    pub questions: usize,
    /// Minutes; none for no clock.
    pub minutes: Option<u32>,
    /// Judgement only at the end.
    pub exam: bool,
    /// Cards of low recall first instead of a fair mixture.
    pub weakest_first: bool,
    /// The choice of questions; none takes a new one each time.
    pub seed: Option<u64>,
    /// A computed drill instead of cards.
    pub drill: Option<Drill>,
}

/// Questions that are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drill {
    /// Allowed downtime: availability levels by periods.
    Availability,
}

/// Why a sitting is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NothingToStudy {
    /// No card fits the filter.
    NoCards,
    /// Everything that is due has been done.
    Done {
        /// The next day on which something is due.
        next: Option<Day>,
        /// Cards never seen that today's limit keeps back.
        unseen: usize,
    },
    /// Before an interview: no card gains enough to be worth the time today.
    Ready {
        /// The interview's day.
        interview: Day,
    },
    /// Before an interview: today's minutes are used up.
    MinutesSpent {
        /// The interview's day.
        interview: Day,
    },
    /// Before an interview: today is a day off.
    DayOff {
        /// The interview's day.
        interview: Day,
    },
}
