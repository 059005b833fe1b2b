//! Floor 1, the verbs: pure functions and state machines over the nouns.

pub mod identity;
pub mod queue;
pub mod quiz;
pub mod replay;
pub mod scheduler;
pub mod session;
