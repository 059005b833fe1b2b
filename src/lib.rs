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
