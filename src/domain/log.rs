//! The whole log as one value: what goes to another machine and comes back.

use crate::domain::card::CardKey;
use crate::domain::interview::{Interview, StudyTime};
use crate::domain::memory::Fit;
use crate::domain::review::{Mark, Review, ReviewId, SavedTicks};
use crate::domain::time::Timestamp;

/// Everything in the progress file that cannot be computed, in the order of recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WholeLog {
    /// Every review, those that were taken back included.
    pub reviews: Vec<Review>,
    /// Reviews that were taken back, each with when.
    pub voids: Vec<(ReviewId, Timestamp)>,
    /// Decisions about cards.
    pub marks: Vec<Mark>,
    /// Answers that are being written: card, text and when it was kept.
    pub drafts: Vec<(CardKey, String, Timestamp)>,
    /// Ticks of cards that are not graded yet.
    pub ticks: Vec<(CardKey, SavedTicks)>,
    /// Interviews to come and past.
    pub interviews: Vec<Interview>,
    /// The minutes given for study, where they were said.
    pub study_time: Option<StudyTime>,
    /// Every fit of the memory model.
    pub fits: Vec<Fit>,
}

/// What became of a log that was added to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddedLog {
    /// Reviews that are new.
    pub reviews: usize,
    /// Reviews that were there already.
    pub known: usize,
    /// Reviews of which another one of the same name was there: they were left out.
    pub conflicts: usize,
    /// Reviews taken back that were not before.
    pub voids: usize,
    /// Decisions that are new.
    pub marks: usize,
    /// Drafts and ticks that are new.
    pub in_progress: usize,
    /// Interviews that are new.
    pub interviews: usize,
    /// Fits of the memory model that are new.
    pub fits: usize,
}
