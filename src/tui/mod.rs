//! Floor 4: keys in, frames out. Decides nothing about scheduling; `desk` is its only door to decks and log.

pub mod action;
pub mod app;
pub mod desk;
pub mod editor;
pub mod effect;
pub mod key;
pub mod keymap;
pub mod look;
pub mod runtime;

pub mod screens;
pub mod terminal;

pub mod theme;
pub mod widgets;
pub mod words;

#[cfg(test)]
mod tests;
