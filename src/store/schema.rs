//! The tables, as numbered migrations counted by `PRAGMA user_version`. A shipped migration is never edited.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::store::backup;
use crate::store::error::StoreError;

/// Tells a progress file from the databases of other programs ("prep" in ASCII).
pub const APPLICATION_ID: i64 = 0x7072_6570;

/// Every migration in order; the first makes version 1 of an empty file.
pub const MIGRATIONS: &[&str] = &[VERSION_1, VERSION_2];

/// `entry` is written out, because `VACUUM` renumbers hidden row ids and the order of the log must survive a copy.
const VERSION_1: &str = "
PRAGMA application_id = 1886545264;

CREATE TABLE reviews (
    entry INTEGER PRIMARY KEY,
    session BLOB NOT NULL,
    number INTEGER NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,
    source TEXT NOT NULL,
    rating INTEGER,
    proposed INTEGER,
    correct INTEGER,
    confidence INTEGER,
    hint_used INTEGER NOT NULL,
    wrong_statement INTEGER NOT NULL,
    points TEXT NOT NULL,
    seconds REAL NOT NULL,
    answer TEXT,
    due INTEGER,
    UNIQUE (session, number)
) STRICT;
CREATE INDEX reviews_by_key ON reviews (key);
CREATE INDEX reviews_by_day ON reviews (day);

CREATE TABLE voids (
    entry INTEGER PRIMARY KEY,
    session BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (session, number)
) STRICT;

CREATE TABLE marks (
    entry INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    until INTEGER,
    file TEXT,
    position INTEGER,
    question_hash INTEGER,
    answer_hash INTEGER,
    id TEXT
) STRICT;

CREATE TRIGGER reviews_are_not_changed BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews only grow'); END;
CREATE TRIGGER reviews_are_not_removed BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews only grow'); END;
CREATE TRIGGER voids_are_not_changed BEFORE UPDATE ON voids
BEGIN SELECT RAISE(ABORT, 'voids only grow'); END;
CREATE TRIGGER voids_are_not_removed BEFORE DELETE ON voids
BEGIN SELECT RAISE(ABORT, 'voids only grow'); END;
CREATE TRIGGER marks_are_not_changed BEFORE UPDATE ON marks
BEGIN SELECT RAISE(ABORT, 'marks only grow'); END;
CREATE TRIGGER marks_are_not_removed BEFORE DELETE ON marks
BEGIN SELECT RAISE(ABORT, 'marks only grow'); END;

CREATE TABLE drafts (
    key TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE ticks (
    key TEXT NOT NULL UNIQUE,
    ticked TEXT NOT NULL,
    wrong_statement INTEGER NOT NULL,
    confidence INTEGER,
    hint_used INTEGER NOT NULL,
    answer_shown INTEGER NOT NULL,
    day INTEGER NOT NULL
) STRICT;

CREATE TABLE interviews (
    entry INTEGER PRIMARY KEY,
    day INTEGER NOT NULL,
    company TEXT NOT NULL,
    role TEXT NOT NULL,
    tags TEXT NOT NULL
) STRICT;

CREATE TABLE schedules (
    key TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    due INTEGER NOT NULL,
    stability REAL,
    difficulty REAL,
    first_day INTEGER,
    last_day INTEGER,
    last_at INTEGER,
    reviews INTEGER,
    lapses INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE index_files (
    file INTEGER PRIMARY KEY,
    origin INTEGER NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    deck TEXT NOT NULL,
    lang TEXT NOT NULL,
    title TEXT NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    cards TEXT NOT NULL,
    UNIQUE (origin, path)
) STRICT;
";

/// The plan to the interview: its time of day, and the minutes that are given. The learner's own parameters: which hold,
/// and how they came about; `parameters` is empty for the default ones. How cards looked when they were last seen.
const VERSION_2: &str = "
ALTER TABLE interviews ADD COLUMN time INTEGER;

CREATE TABLE study_time (
    entry INTEGER PRIMARY KEY,
    minutes TEXT NOT NULL,
    days_off TEXT NOT NULL
) STRICT;

CREATE TABLE fits (
    entry INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    reviews INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    before REAL,
    after REAL,
    parameters TEXT
) STRICT;
CREATE TRIGGER fits_are_not_changed BEFORE UPDATE ON fits
BEGIN SELECT RAISE(ABORT, 'fits only grow'); END;
CREATE TRIGGER fits_are_not_removed BEFORE DELETE ON fits
BEGIN SELECT RAISE(ABORT, 'fits only grow'); END;

CREATE TABLE last_seen (
    key TEXT PRIMARY KEY,
    id TEXT,
    file TEXT NOT NULL,
    position INTEGER NOT NULL,
    question_hash INTEGER NOT NULL,
    answer_hash INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    is_here INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// The version that a list of migrations leads to.
pub fn newest(migrations: &[&str]) -> i64 {
    i64::try_from(migrations.len()).unwrap_or(i64::MAX)
}

/// The version of an open file.
pub fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings the file to the newest of `migrations`: a new file in one transaction, an older one step by step, with a copy
/// before each step. One program at a time copies and steps, as two copies would be written to one place.
pub fn migrate(
    connection: &mut Connection,
    path: &Path,
    migrations: &[&str],
) -> Result<(), StoreError> {
    let sqlite = |error| StoreError::from_sqlite(path, error);
    if version(connection).map_err(sqlite)? == 0 {
        create(connection, migrations).map_err(sqlite)?;
    }
    if version(connection).map_err(sqlite)? >= newest(migrations) {
        return Ok(());
    }
    let _lock = backup::lock(path)?;
    loop {
        let found = version(connection).map_err(sqlite)?;
        if found >= newest(migrations) {
            return Ok(());
        }
        backup::copy_before_migration(connection, path, found)?;
        step(connection, migrations, found).map_err(sqlite)?;
    }
}

/// Takes every step of an empty file, unless another program did since.
fn create(connection: &mut Connection, migrations: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if version(&transaction)? == 0 {
        migrations.iter().try_for_each(|sql| transaction.execute_batch(sql))?;
        transaction.pragma_update(None, "user_version", newest(migrations))?;
    }
    transaction.commit()
}

/// Takes one step.
fn step(connection: &mut Connection, migrations: &[&str], found: i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(sql) = usize::try_from(found).ok().and_then(|index| migrations.get(index)) {
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", found + 1)?;
    }
    transaction.commit()
}
