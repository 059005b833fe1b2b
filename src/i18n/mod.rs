//! What the interface says. A phrase without one of its languages does not compile.

/// Makes methods of `Texts` that give one of two phrases, from `name = english, korean;`.
macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $en:literal, $ko:literal;)*) => {
        impl Texts {
            $($(#[$doc])* pub const fn $name(&self) -> &'static str {
                self.pick($en, $ko)
            })*
        }
    };
}

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
