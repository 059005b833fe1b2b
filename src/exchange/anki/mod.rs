//! Anki's packages, `.apkg` and `.colpkg`: other people's cards and review history in, prep's cards and history out.
//!
//! In: [`read_package`] takes the file's name (for messages and origins), the open file and [`Limits::default`]. The
//! caller opens the file; nothing else touches the disk. It gives a `Package`: the cards and reviews, which of the
//! cards are suspended, and two counts for the report. A card's source id is Anki's guid and the card's number; where
//! [`own_key`] knows it, the card is one of prep's own that went through Anki, and belongs to that key.
//!
//! Out: [`write_package`] takes an [`Export`], which is the decks with cards, schedules and reviews, and gives the bytes of
//! an `.apkg`. The caller writes them. It wants only reviews that count (no voided ones), oldest first.

mod clean;
mod cloze;
mod collection;
mod error;
mod export;
mod html;
mod import;
mod own;
mod package;
mod protobuf;
mod side;
mod template;
#[cfg(test)]
mod tests;

pub use crate::exchange::anki::export::{
    Export, ExportedCard, ExportedDeck, own_key, write_package,
};
pub use crate::exchange::anki::import::{Limits, read_package};
