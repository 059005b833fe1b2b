//! How cards looked when they were last seen: what recognises them after an edit, and what tells of a history whose card is gone.
//!
//! No part of the log: a loss costs only that fewer edited cards are recognised.

use rusqlite::{Connection, Row, params};

use crate::domain::card::{CardId, CardKey};
use crate::domain::sighting::Sighting;
use crate::store::Store;
use crate::store::error::StoreError;

impl Store {
    /// How cards looked that have no id, or that went away with their history.
    pub fn last_seen(&self) -> Result<Vec<Sighting>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT key, id, file, position, question_hash, answer_hash, question, answer, \
                     is_here FROM last_seen ORDER BY key",
                )?
                .query_map([], sighting_of)?
                .collect()
        })
    }
}

/// Writes how a card looks over how it looked before.
pub fn write(connection: &Connection, seen: &Sighting) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO last_seen (key, id, file, position, question_hash, answer_hash, \
             question, answer, is_here) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            seen.key.0,
            seen.id.as_ref().map(|id| &id.0),
            seen.file,
            seen.position,
            seen.question_hash.cast_signed(),
            seen.answer_hash.cast_signed(),
            seen.question,
            seen.answer,
            seen.is_here,
        ])
        .map(drop)
}

fn sighting_of(row: &Row<'_>) -> rusqlite::Result<Sighting> {
    Ok(Sighting {
        key: CardKey(row.get(0)?),
        id: row.get::<_, Option<String>>(1)?.map(CardId),
        file: row.get(2)?,
        position: row.get(3)?,
        question_hash: row.get::<_, i64>(4)?.cast_unsigned(),
        answer_hash: row.get::<_, i64>(5)?.cast_unsigned(),
        question: row.get(6)?,
        answer: row.get(7)?,
        is_here: row.get(8)?,
    })
}
