//! Floor 2, other people's formats: bytes in, cards and reviews out, and cards back into text.
//!
//! Pure: names and bytes are arguments, nothing is read or written here. The trainer makes deck files and log entries of it.

pub mod anki;
mod clean;
mod decode;
mod html;
mod log;
mod markdown;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod write;

use crate::domain::review::Rating;
use crate::domain::time::Timestamp;

pub use crate::domain::import::SkipReason;
pub use crate::exchange::clean::{excerpt, folded, slug};
pub use crate::exchange::decode::{DecodeError, LARGEST_FILE, decode};
pub use crate::exchange::log::{is_log, log_of_lines, log_to_lines};
pub use crate::exchange::source::{Format, Reading, license_in, read};
pub use crate::exchange::words::has_hangul;
pub use crate::exchange::write::{SheetWords, to_csv, to_markdown, to_sheet};

/// What another program's file amounts to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The cards, by deck.
    pub decks: Vec<ImportedDeck>,
    /// Answers that were given in the other program.
    pub reviews: Vec<ImportedReview>,
    /// Places that became no card.
    pub skipped: Vec<Skipped>,
    /// Questions that were seen, those that were skipped included.
    pub found: usize,
    /// What the cards name but prep cannot show, such as the path of a picture.
    pub notes: Vec<String>,
    /// The cards (by source id) that the other program does not ask.
    pub suspended: Vec<String>,
    /// Pictures and sounds of a package, which are not taken along.
    pub pictures: usize,
    /// Answers to cards that were not taken.
    pub lost_reviews: usize,
}

/// The cards of one deck of another program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportedDeck {
    /// Its name; may have levels, divided by `::`.
    pub name: String,
    /// Its cards, in the order of the file.
    pub cards: Vec<ImportedCard>,
    /// The licence that the deck states.
    pub license: Option<String>,
}

/// One card of another program.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedCard {
    /// What tells the card at the next import of the same file.
    pub source_id: String,
    /// The question, Markdown.
    pub question: String,
    /// The answer, Markdown; empty for a draft.
    pub answer: String,
    /// Key points, where the file names them.
    pub points: Vec<String>,
    /// The sentence with `{{gaps}}`, where the card is a cloze.
    pub cloze: Option<String>,
    /// Options and whether each is right, where the card is a choice.
    pub options: Vec<(String, bool)>,
    /// Labels.
    pub tags: Vec<String>,
    /// Where it comes from.
    pub origin: CardOrigin,
}

/// Where an imported card comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardOrigin {
    /// The file.
    pub file: String,
    /// The line of the question, from 1; in a package, the number of the note; 0 where the file has neither.
    pub line: u32,
    /// The licence, if the file or its folder states one.
    pub license: Option<String>,
}

/// An answer that was given in another program.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedReview {
    /// The card, as [`ImportedCard::source_id`].
    pub source_id: String,
    /// When.
    pub at: Timestamp,
    /// The grade.
    pub rating: Rating,
    /// Seconds that the answer took.
    pub seconds: f32,
}

/// A place that became no card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// The line, from 1; in a package, the number of the note; 0 where the whole file is meant.
    pub line: u32,
    /// Why.
    pub why: SkipReason,
    /// The beginning of what stands there, one line.
    pub excerpt: String,
}
