//! What a person sees at the screens: keys in, cells and log out, in both languages.
//!
//! `desk.rs` is the helper. `pictures.rs` keeps whole screens; after a wanted change `INSTA_UPDATE=always cargo test
//! --lib pictures` takes them again.

mod adding;
mod before_interview;
mod browse;
mod desk;
mod editing;
mod first_steps;
mod keeping;
mod keys;
mod pages;
mod pictures;
mod plan;
mod quiz;
mod stats;
mod study;
