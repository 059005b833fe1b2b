//! Cards and history of prep as an Anki package.
//!
//! It is of the oldest kind, `collection.anki2` with tables of version 11 in a zip file, because every Anki, AnkiDroid
//! and AnkiMobile reads it. The database is made in memory.

mod fields;
mod rows;
mod schema;

use std::io::{Cursor, Write};

use rusqlite::{Connection, MAIN_DB};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::domain::card::{Card, CardKey};
use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::review::Review;
use crate::domain::time::{Calendar, Timestamp};
use crate::exchange::anki::error::{AnkiError, Flaw};
use crate::exchange::anki::export::rows::Writing;

/// What the guids of prep's notes begin with; the card's key follows.
const GUID: &str = "prep:";

/// What is exported.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The name of the file, for messages.
    pub file: &'a str,
    /// The decks.
    pub decks: &'a [ExportedDeck<'a>],
    /// The language of the cards.
    pub lang: Lang,
    /// The time of the export: notes that are already in Anki are updated by a later one.
    pub now: Timestamp,
    /// The calendar in which the schedules count days.
    pub calendar: &'a Calendar,
}

/// A deck of the package.
#[derive(Clone, Debug)]
pub struct ExportedDeck<'a> {
    /// Its name in Anki; levels are divided by `::`.
    pub name: String,
    /// Its cards, in the order in which Anki is to show new ones.
    pub cards: Vec<ExportedCard<'a>>,
}

/// A card of the package with its history.
#[derive(Clone, Debug)]
pub struct ExportedCard<'a> {
    /// The card.
    pub card: &'a Card,
    /// When it comes next.
    pub schedule: Schedule,
    /// Whether it is not asked.
    pub is_suspended: bool,
    /// Its reviews that count, oldest first. Those without a rating are left out: Anki has no place for them.
    pub reviews: Vec<&'a Review>,
}

/// The package as the bytes of an `.apkg` file.
///
/// A note's guid is made of the card's key, so a second import into Anki updates what the first one brought.
pub fn write_package(export: &Export<'_>) -> Result<Vec<u8>, AnkiError> {
    let not_made = |detail: String| Flaw::NotMade(detail).of(export.file);
    let database = database(export).map_err(|error| not_made(error.to_string()))?;
    zipped(&[("collection.anki2", &database), ("media", b"{}")])
        .map_err(|error| not_made(error.to_string()))
}

/// The key of the prep card that an imported card once was; none for another program's card.
pub fn own_key(source_id: &str) -> Option<CardKey> {
    let (guid, _ord) = source_id.rsplit_once('/')?;
    guid.strip_prefix(GUID).map(|key| CardKey(key.to_owned()))
}

fn guid_of(key: &CardKey) -> String {
    format!("{GUID}{key}")
}

fn database(export: &Export<'_>) -> rusqlite::Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(schema::TABLES)?;
    Writing::new(&transaction, export).write()?;
    transaction.commit()?;
    Ok(connection.serialize(MAIN_DB)?.to_vec())
}

fn zipped(files: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default())?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
