//! One file per screen, each with its state, its update and its view.

pub mod add;
pub mod browse;
pub mod browse_view;
pub mod card;
pub mod deck_problem;
pub mod decks;
pub mod first_run;
pub mod help;
pub mod home;
pub mod memory;
pub mod pad;
pub mod plan;
pub mod plan_form;
pub mod quiz;
pub mod stats;
pub mod study;
pub mod study_view;
pub mod summary;
