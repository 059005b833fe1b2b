//! Floor 1, the verbs: pure functions and state machines over the nouns.

pub mod answer;
pub mod choice;
pub mod curve;
pub mod drill;
pub mod fit;
pub mod habits;
pub mod identity;
#[cfg(test)]
pub mod learner;
pub mod loads;
pub mod model;
pub mod overview;
pub mod plan;
pub mod queue;
pub mod quiz;
pub mod replay;
pub mod request;
pub mod rubric;
#[cfg(test)]
mod scenarios;
pub mod scheduler;
pub mod score;
pub mod search;
pub mod session;
pub mod simulation;
pub mod stats;
pub mod strength;
pub mod weigh;
pub mod whatif;
