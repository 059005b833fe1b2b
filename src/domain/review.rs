//! Reviews and marks: the entries of the log, which only grows and is the truth.

use crate::domain::card::{CardKey, PointHash, fnv1a};
use crate::domain::time::{Day, Timestamp};

/// How well a card was recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rating {
    /// Not recalled.
    Again,
    /// Recalled with something missing.
    Hard,
    /// Recalled.
    Good,
    /// Recalled without effort.
    Easy,
}

impl Rating {
    /// Every rating, worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// The number of its key and of FSRS: 1 to 4.
    pub const fn number(self) -> u8 {
        match self {
            Self::Again => 1,
            Self::Hard => 2,
            Self::Good => 3,
            Self::Easy => 4,
        }
    }

    /// The rating with that number.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Again),
            2 => Some(Self::Hard),
            3 => Some(Self::Good),
            4 => Some(Self::Easy),
            _ => None,
        }
    }

    /// The stable English word of files and `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }

    /// Whether the card was recalled at all.
    pub fn is_pass(self) -> bool {
        self != Self::Again
    }
}

/// How sure the learner was before the answer was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// No idea.
    NoIdea,
    /// Partly.
    Partly,
    /// Sure.
    Sure,
}

impl Confidence {
    /// The number of its key: 1 to 3.
    pub const fn number(self) -> u8 {
        match self {
            Self::NoIdea => 1,
            Self::Partly => 2,
            Self::Sure => 3,
        }
    }

    /// The stable English word of files and `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoIdea => "no_idea",
            Self::Partly => "partly",
            Self::Sure => "sure",
        }
    }

    /// The confidence with that number.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::NoIdea),
            2 => Some(Self::Partly),
            3 => Some(Self::Sure),
            _ => None,
        }
    }
}

/// Where a review was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReviewSource {
    /// Study: rated, changes memory.
    Study,
    /// Quiz: right or wrong, no rating.
    Quiz,
    /// Mock interview.
    Mock,
}

impl ReviewSource {
    /// The stable word of the database and of `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Quiz => "quiz",
            Self::Mock => "mock",
        }
    }

    /// Reads the word.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Study, Self::Quiz, Self::Mock].into_iter().find(|source| source.name() == name)
    }
}

/// One sitting, named by 128 random bits drawn in `main`, so that two programs or machines never clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(pub u128);

/// The first 32 bits of the sessions under which answers from other programs stand ("impt" in ASCII). The log knows them by
/// these: they are no sitting of the learner, and are never taken back one by one.
const IMPORTED: u128 = 0x696d_7074;

impl SessionId {
    /// The session of a card's answers in another program: the same at every import, so that none is written twice.
    pub fn of_import(source: &str) -> Self {
        let low = u128::from(fnv1a(source.as_bytes()));
        let high = u128::from(fnv1a(format!("import {source}").as_bytes())) & 0xffff_ffff;
        Self(IMPORTED << 96 | high << 64 | low)
    }
}

/// The name of a log entry: its session and its running number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReviewId {
    /// The session.
    pub session: SessionId,
    /// From 0, in order.
    pub number: u32,
}

/// Whether a key point was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointResult {
    /// The point.
    pub point: PointHash,
    /// Said, and said correctly.
    pub hit: bool,
}

/// One answer at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Its name in the log.
    pub id: ReviewId,
    /// The card.
    pub key: CardKey,
    /// When it was answered.
    pub at: Timestamp,
    /// The study day on which it was answered; replay counts with it, never with today's time zone.
    pub day: Day,
    /// Where.
    pub source: ReviewSource,
    /// The rating; none for quiz answers.
    pub rating: Option<Rating>,
    /// The rating that was proposed from ticks or by the program's judgement.
    pub proposed: Option<Rating>,
    /// Whether a program-judged answer was right; none where the learner judged alone.
    pub correct: Option<bool>,
    /// How sure the learner was.
    pub confidence: Option<Confidence>,
    /// Whether the hint was shown.
    pub hint_used: bool,
    /// Whether the learner also said something wrong.
    pub wrong_statement: bool,
    /// Hit or miss of every key point.
    pub points: Vec<PointResult>,
    /// Seconds from question to rating, capped at 300.
    pub seconds: f32,
    /// What was typed or chosen.
    pub answer: Option<String>,
    /// The due day that was chosen, fuzz included; none where nothing is scheduled.
    pub due: Option<Day>,
}

/// Seconds above which an answer time is a lunch break.
pub const MAX_ANSWER_SECONDS: f32 = 300.0;

/// A decision of the user about a card. Marks only grow: the newest of a kind holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// The card.
    pub key: CardKey,
    /// What was decided.
    pub kind: MarkKind,
}

/// What can be decided about a card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// Not asked until taken back.
    Suspend,
    /// Asked again.
    Unsuspend,
    /// Not asked before that day.
    Bury { until: Day },
    /// Asked again today.
    Unbury,
    /// Counted as important.
    Star,
    /// No longer.
    Unstar,
    /// A card without id, recognised at this place with these hashes.
    Identity {
        /// The file's path.
        file: String,
        /// Its number within the file, from 0.
        position: u32,
        /// Hash of the normalised question.
        question_hash: u64,
        /// Hash of the normalised answer.
        answer_hash: u64,
    },
    /// The card now has this id; reviews of the mark's key belong to it.
    Alias { id: String },
    /// The history of the mark's key does not belong to this card, although it looks so.
    Apart { from: CardKey },
}

/// What was done on a card that is not rated yet: enough to continue after the program was killed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedTicks {
    /// The study day; an answer shown yesterday is asked for again today.
    pub day: Day,
    /// Key points ticked so far.
    pub ticked: Vec<PointHash>,
    /// Whether a wrong statement was admitted.
    pub wrong_statement: bool,
    /// How sure the learner was.
    pub confidence: Option<Confidence>,
    /// Whether the hint was shown.
    pub hint_used: bool,
    /// Whether the answer has been shown.
    pub answer_shown: bool,
}
