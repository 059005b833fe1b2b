//! What the interface says. A phrase without one of its languages does not compile.

mod authoring;
mod browse;
mod commands;
mod exchange;
mod optimize;
mod phrases;
mod plain;
mod plan;
mod stats;

pub use phrases::Texts;
pub use plan::whole_percent;
