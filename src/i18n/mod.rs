//! What the interface says. A phrase without one of its languages does not compile.

mod commands;
mod optimize;
mod phrases;
mod plain;

pub use phrases::Texts;
