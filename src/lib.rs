//! `prep`: an interactive trainer for DevOps, SRE, cloud and platform interviews.
//!
//! The map of the house, one line per room in floor order; a room uses only the rooms above its line
//! (ARCHITECTURE.md says why, `tests/it/architecture.rs` watches it).

mod domain;

mod study;

mod i18n;

mod config;
mod decks;
mod store;

mod trainer;

mod tui;

mod commands;

pub use commands::run;

/// The door of `benches/`: memory, learners and roll-outs. Not for programs: it changes whenever the house does.
#[doc(hidden)]
pub mod lab {
    pub use crate::domain::memory::MemoryState;
    pub use crate::domain::review::Rating;
    pub use crate::study::habits::Habits;
    pub use crate::study::model::{DEFAULT_PARAMETERS, Model};
    pub use crate::study::score::{Gain, Scorer};
    pub use crate::study::simulation::learner::{Learner, Spread, shifted};
    pub use crate::study::simulation::{
        DueRules, Policy, RollOut, Seen, Setting, SimCard, SimDay, Sm2Rules, Target, roll_out,
    };
}
