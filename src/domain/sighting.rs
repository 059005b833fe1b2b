//! A card as it was last seen in a file: what recognises it after its text or place has changed, or tells what a history without card was about.

use crate::domain::card::{CardId, CardKey};

/// How much of a text is remembered, in characters: enough to compare and to show.
pub const REMEMBERED_CHARACTERS: usize = 600;

/// A card as it was last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// What its reviews name.
    pub key: CardKey,
    /// The author's id, if it had one.
    pub id: Option<CardId>,
    /// The file.
    pub file: String,
    /// Its number within the file, from 0.
    pub position: u32,
    /// Hash of its normalised question.
    pub question_hash: u64,
    /// Hash of its normalised answer.
    pub answer_hash: u64,
    /// Its question in the base language, perhaps only its first line; empty where nothing is remembered.
    pub question: String,
    /// The beginning of its answer; empty where nothing is remembered.
    pub answer: String,
    /// Whether it still stood there when the file was last read without errors.
    pub is_here: bool,
}

/// The beginning of a text, as far as it is remembered.
pub fn remembered(text: &str) -> String {
    text.chars().take(REMEMBERED_CHARACTERS).collect()
}
