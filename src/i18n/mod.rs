//! What the interface says. A phrase without one of its languages does not compile.

mod phrases;

pub use phrases::Texts;
