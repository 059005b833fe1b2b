//! The archive round a collection: which of its files is the real one, and how it becomes an open database.
//!
//! A package is a zip file with a collection and media. The media are never unpacked, and no name in the archive is
//! used as a path. The collection is read straight into the memory of SQLite, which then only reads it: so nothing is
//! left on disk when prep is killed, personal notes do not pass through a shared folder, and the room stays pure. The
//! size is taken from the head of the database, which is checked before the rest is unpacked.

use std::cmp::Ordering;
use std::io::{self, Cursor, Read, Seek};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB};
use ruzstd::decoding::StreamingDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::exchange::anki::error::{AnkiError, Flaw};
use crate::exchange::anki::protobuf;

/// The collections that a package may hold, newest first, each with the version that its `meta` file tells. New packages
/// also hold one of the oldest kind, with a single card that asks for a newer Anki.
const COLLECTIONS: [(&str, u64); 3] =
    [("collection.anki21b", 3), ("collection.anki21", 2), ("collection.anki2", 1)];

/// Bytes of the head of a SQLite file (<https://www.sqlite.org/fileformat2.html#the_database_header>).
const HEAD: usize = 100;
/// How a SQLite file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Bytes of the `meta` file that are read; it has two.
const META_BYTES: u64 = 1024;
/// Bytes of the longest text that SQLite hands out, such as all note types as JSON.
const LONGEST_TEXT: i32 = 32 << 20;
/// Bytes behind the database that are read to come to the end of its entry.
const TAIL_BYTES: u64 = 1 << 16;

/// A collection that is open for reading, and its size in bytes.
pub struct Opened {
    /// The database.
    pub connection: Connection,
    /// The bytes of the database.
    pub size: u64,
}

/// Opens the collection of a package whose database has at most `most` bytes.
pub fn open(file: impl Read + Seek, most: u64) -> Result<Opened, Flaw> {
    let mut archive = ZipArchive::new(file).map_err(|error| match error {
        ZipError::Io(error) => Flaw::Damaged(error.to_string()),
        _ => Flaw::NotAPackage,
    })?;
    let name = collection_name(&mut archive)?;
    let mut entry = archive.by_name(name).map_err(zip_flaw)?;
    let opened = if name == "collection.anki21b" {
        let mut decoder = StreamingDecoder::new(&mut entry)
            .map_err(|error| Flaw::Damaged(format!("{name}: {error}")))?;
        read_database(&mut decoder, most)?
    } else {
        read_database(&mut entry, most)?
    };
    // At the end of an entry its checksum is compared.
    io::copy(&mut entry.take(TAIL_BYTES), &mut io::sink()).map_err(io_flaw)?;
    Ok(opened)
}

/// The collection to read. The dummy beside a newer collection is never taken, also where that one is missing.
fn collection_name(archive: &mut ZipArchive<impl Read + Seek>) -> Result<&'static str, Flaw> {
    let version = meta_version(archive)?;
    let newest = COLLECTIONS[0].1;
    if version > newest {
        return Err(Flaw::TooNew { version });
    }
    let (name, found) = COLLECTIONS
        .into_iter()
        .find(|(name, _)| archive.index_for_name(name).is_some())
        .ok_or(Flaw::NoCollection)?;
    if found < version {
        return Err(Flaw::NoCollection);
    }
    Ok(name)
}

/// The version of the package; 0 where it does not tell.
fn meta_version(archive: &mut ZipArchive<impl Read + Seek>) -> Result<u64, Flaw> {
    let mut meta = Vec::new();
    match archive.by_name("meta") {
        Ok(file) => file.take(META_BYTES).read_to_end(&mut meta).map_err(io_flaw)?,
        Err(ZipError::FileNotFound) => 0,
        Err(error) => return Err(zip_flaw(error)),
    };
    Ok(protobuf::number(&meta, 1))
}

fn read_database(file: &mut impl Read, most: u64) -> Result<Opened, Flaw> {
    let mut head = [0; HEAD];
    file.read_exact(&mut head).map_err(io_flaw)?;
    let size = database_size(&head).ok_or(Flaw::NotADatabase)?;
    if size > most {
        return Err(Flaw::TooLarge { bytes: size, most });
    }
    // A file in WAL mode cannot be opened from memory; in a package it is complete without a log.
    head[18..20].fill(1);
    let length = usize::try_from(size).map_err(|_| Flaw::TooLarge { bytes: size, most })?;
    let mut connection = Connection::open_in_memory()?;
    let whole = Cursor::new(head).chain(&mut *file);
    connection
        .deserialize_read_exact(MAIN_DB, whole, length, true)
        .map_err(|error| Flaw::Damaged(error.to_string()))?;
    harden(&connection)?;
    Ok(Opened { connection, size })
}

/// The size that the head of a SQLite file tells; none if it is no head.
fn database_size(head: &[u8; HEAD]) -> Option<u64> {
    if !head.starts_with(MAGIC) {
        return None;
    }
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        page if page >= 512 && page.is_power_of_two() => u64::from(page),
        _ => return None,
    };
    let pages = u32::from_be_bytes([head[28], head[29], head[30], head[31]]);
    (pages > 0).then(|| u64::from(pages) * page)
}

/// The database comes from a stranger: its triggers, views and functions are not run, its pages are not believed.
/// (<https://www.sqlite.org/security.html>)
fn harden(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_TEXT)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "query_only", true)?;
    // Names of note types, fields and decks are compared by this; nothing here compares or sorts by them.
    connection.create_collation("unicase", case_apart)
}

/// Compares without regard to case.
fn case_apart(a: &str, b: &str) -> Ordering {
    let fold = |text: &str| text.to_lowercase();
    fold(a).cmp(&fold(b))
}

#[expect(clippy::needless_pass_by_value, reason = "given to map_err")]
fn io_flaw(error: io::Error) -> Flaw {
    Flaw::Damaged(error.to_string())
}

fn zip_flaw(error: ZipError) -> Flaw {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Flaw::Encrypted,
        error => Flaw::Damaged(error.to_string()),
    }
}

impl From<rusqlite::Error> for Flaw {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::TooBig) => Self::TooMuchText,
            Some(rusqlite::ErrorCode::NotADatabase) => Self::NotADatabase,
            _ => Self::Damaged(error.to_string()),
        }
    }
}

impl Flaw {
    /// The error of the file with that name.
    pub fn of(self, file: &str) -> AnkiError {
        AnkiError { file: file.to_owned(), flaw: self }
    }
}
