//! The real interview that the learner prepares for.

use crate::domain::tag::Tag;
use crate::domain::time::Day;

/// One interview with its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// The day on which it takes place.
    pub day: Day,
    /// The company, as the learner calls it; may be empty.
    pub company: String,
    /// The role or stage, as the learner calls it; may be empty.
    pub role: String,
    /// The labels in focus; empty means all.
    pub tags: Vec<Tag>,
}
