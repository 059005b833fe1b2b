//! What is known of a learner's memory of one card, and when the card comes next.

use crate::domain::time::{Day, Timestamp};

/// Stability and difficulty as FSRS defines them
/// (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryState {
    /// Days after which recall has fallen to 90 %; above 0.
    pub stability: f32,
    /// 1 (easy) to 10 (hard).
    pub difficulty: f32,
}

/// Where a seen card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardState {
    /// Failed at first sight, not recalled yet.
    Learning,
    /// Recalled; comes back on its due day.
    Review,
    /// Forgotten after it had been recalled, not recalled again yet.
    Relearning,
}

/// What a card's history amounts to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Where it stands.
    pub state: CardState,
    /// Stability and difficulty.
    pub memory: MemoryState,
    /// The day on which it was first rated.
    pub first_day: Day,
    /// The day of the last rating.
    pub last_day: Day,
    /// The time of the last rating.
    pub last_at: Timestamp,
    /// The day on which it comes again.
    pub due: Day,
    /// Number of ratings.
    pub reviews: u32,
    /// How often it was forgotten after it had been recalled.
    pub lapses: u32,
}

/// When a card is met next after a grade, as the buttons say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextMeeting {
    /// On that day.
    On(Day),
    /// Not before that day, the interview's: other cards gain more until then.
    NotBefore(Day),
}

/// When a card comes next, and on what evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// Never rated.
    New {
        /// The day for which it was asked for all the same, as after a wrong quiz answer.
        wanted: Option<Day>,
    },
    /// Rated at least once.
    Seen(Progress),
}

impl Schedule {
    /// A card that nothing is known of.
    pub const UNSEEN: Self = Self::New { wanted: None };

    /// The day on which the card is due; none for a new card that nobody asked for.
    pub const fn due(&self) -> Option<Day> {
        match self {
            Self::New { wanted } => *wanted,
            Self::Seen(progress) => Some(progress.due),
        }
    }

    /// Whether the card was never rated.
    pub const fn is_new(&self) -> bool {
        matches!(self, Self::New { .. })
    }

    /// The progress of a seen card.
    pub const fn progress(&self) -> Option<&Progress> {
        match self {
            Self::New { .. } => None,
            Self::Seen(progress) => Some(progress),
        }
    }
}
