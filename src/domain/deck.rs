//! Deck files and the index entry of a card: what can be known of a card without reading its text.

use std::fmt;

use crate::domain::card::{CardId, CardKey, CardKind, Level, fnv1a};
use crate::domain::lang::{Lang, Localized};
use crate::domain::tag::{Role, Tag};

/// The id of a deck: written in `[deck]` or, without that table, the file's name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeckId(pub String);

impl DeckId {
    /// Whether it is the other deck, or one that the other stands below: `aws` holds `aws/s3`.
    pub fn holds(&self, other: &Self) -> bool {
        let below = other.0.strip_prefix(&self.0);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl fmt::Display for DeckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whose deck file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// Embedded in the program.
    Bundled,
    /// On the user's disk.
    User,
}

/// The name of a deck file: a path on disk, or `name.toml` of an embedded file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileName {
    /// Whose it is.
    pub origin: Origin,
    /// The full path, or the embedded file's name.
    pub path: String,
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.origin {
            Origin::Bundled => write!(f, "{} (comes with prep)", self.path),
            Origin::User => f.write_str(&self.path),
        }
    }
}

/// What tells whether a file changed since it was indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Modification time in nanoseconds, or a hash of the text for an embedded file.
    pub modified: i64,
    /// Inode number where the system has one, else 0.
    pub inode: u64,
}

/// A deck file that exists now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckFile {
    /// Its name.
    pub name: FileName,
    /// Its state.
    pub stamp: Stamp,
}

/// Where a card stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: FileName,
    /// The line of its `[[card]]`, from 1.
    pub line: u32,
}

/// What the index says of a deck file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckInfo {
    /// The file.
    pub file: FileName,
    /// The deck that it holds or adds to.
    pub id: DeckId,
    /// The deck's title.
    pub title: Localized<String>,
    /// The base language of the file.
    pub lang: Lang,
    /// Number of errors found in the file.
    pub errors: u32,
    /// Number of warnings found in the file.
    pub warnings: u32,
}

/// The index entry of a card: enough to choose it, list it and find its text.
#[derive(Clone, Debug, PartialEq)]
pub struct CardEntry {
    /// What its reviews name.
    pub key: CardKey,
    /// The author's id.
    pub id: Option<CardId>,
    /// Its deck.
    pub deck: DeckId,
    /// The file.
    pub file: FileName,
    /// Its number within the file, from 0.
    pub position: u32,
    /// First byte of its text in the file.
    pub offset: u64,
    /// Length of its text in bytes.
    pub length: u64,
    /// The line of its `[[card]]`, from 1.
    pub line: u32,
    /// How it is asked.
    pub kind: CardKind,
    /// How hard it is.
    pub level: Option<Level>,
    /// Its labels.
    pub tags: Vec<Tag>,
    /// Roles that are asked it.
    pub roles: Vec<Role>,
    /// Companies that asked it, in every language of the card.
    pub asked: Vec<String>,
    /// Cards that are easily confused with it.
    pub versus: Vec<CardId>,
    /// Number of key points.
    pub points: u32,
    /// Seconds a spoken answer should take.
    pub aim_seconds: u32,
    /// Whether it is no longer asked.
    pub retired: bool,
    /// The question's first line, per language, without markup.
    pub title: Localized<String>,
    /// Hash of the normalised question in the base language; recognises a card without id.
    pub question_hash: u64,
    /// Hash of the normalised answer in the base language; recognises a card whose question was edited.
    pub answer_hash: u64,
}

impl CardEntry {
    /// Whether the card has a question and no answer yet: it is listed where drafts are asked for, and never asked.
    pub fn is_draft(&self) -> bool {
        self.kind == CardKind::Open && self.answer_hash == fnv1a(b"")
    }

    /// Whether the card can be asked at all.
    pub fn is_asked(&self) -> bool {
        !self.retired && !self.is_draft()
    }

    /// What a person calls the card: its id, or its place.
    pub fn name(&self) -> String {
        match &self.id {
            Some(id) => id.0.clone(),
            None => format!("{}:{}", self.file.path, self.line),
        }
    }
}
