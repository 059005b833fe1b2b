//! Floor 0, the nouns: plain data and the rules that hold for it. Knows no terminal, disk, clock or dice.

pub mod card;
pub mod deck;
pub mod import;
pub mod interview;
pub mod lang;
pub mod log;
pub mod memory;
pub mod new_card;
pub mod problem;
pub mod resource;
pub mod review;
pub mod sighting;
pub mod tag;
pub mod time;
