//! What the interface says. A phrase without one of its languages does not compile.

mod authoring;
mod commands;
mod exchange;
mod optimize;
mod phrases;
mod plain;
mod stats;

pub use phrases::Texts;
