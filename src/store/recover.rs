//! Recovering a damaged progress file: what can be read goes, entry by entry, into a new file; the damaged one is set aside.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Row};

use crate::domain::card::CardKey;
use crate::domain::interview::{Interview, StudyTime};
use crate::domain::memory::Fit;
use crate::domain::review::{Mark, Review, ReviewId};
use crate::domain::time::Timestamp;
use crate::store::error::StoreError;
use crate::store::journal::sync_folder;
use crate::store::open::{
    StoreNotice, beside, connect_immutably, connect_plainly, connect_to_read, first_free, length,
    open_once,
};
use crate::store::{Store, backup, drafts, fits, log};

/// Entries that may be missing in a row before the end of a damaged table is believed to be reached.
const PATIENCE: i64 = 20_000;

/// Recovers the file if it is damaged; `None` if it is not, or no longer.
pub fn recover_if_damaged(path: &Path) -> Result<Option<StoreNotice>, StoreError> {
    let _lock = backup::lock(path)?;
    match open_once(path) {
        // What another program may write must not be judged, and a whole file needs nothing.
        Ok(store) if store.read_only.is_some() || is_whole(&store.connection) => Ok(None),
        Ok(store) => {
            drop(store);
            recover(path).map(Some)
        }
        Err(StoreError::Damaged { .. }) => recover(path).map(Some),
        Err(error) => Err(error),
    }
}

fn is_whole(connection: &Connection) -> bool {
    let verdict: rusqlite::Result<String> =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
    verdict.is_ok_and(|verdict| verdict == "ok")
}

fn recover(path: &Path) -> Result<StoreNotice, StoreError> {
    let damaged = salvage(path);
    let copy = backup::daily(path).into_iter().rev().find_map(|copy| {
        let connection = connect_to_read(&copy).ok().filter(backup::is_readable)?;
        Some((copy, salvage_from(&connection)))
    });
    let (backup, copied) = match copy {
        Some((backup, copied)) => (Some(backup), copied),
        None => (None, Salvage::default()),
    };
    let whole = merge(copied, damaged);
    write_new(&unfinished(path), &whole)?;
    let aside = set_aside(path)?;
    finish(path)?;
    Ok(StoreNotice::Recovered { aside, reviews: whole.reviews.len(), lost: whole.lost(), backup })
}

/// The name of the new file until the damaged one is out of the way.
fn unfinished(path: &Path) -> PathBuf {
    path.with_extension("recovering")
}

/// Puts the new file in place, also one that a crash left: it is complete before the damaged file gives way.
pub fn finish(path: &Path) -> Result<(), StoreError> {
    if path.exists() || !unfinished(path).exists() {
        return Ok(());
    }
    match fs::rename(unfinished(path), path) {
        // Another program that was opening the file did it.
        Err(_) if path.exists() => Ok(()),
        renamed => {
            sync_folder(path);
            renamed.map_err(|error| {
                StoreError::from_io(path, "put the recovered file in place", error)
            })
        }
    }
}

/// What could be read of a file, by entry.
#[derive(Default)]
struct Salvage {
    reviews: BTreeMap<i64, Review>,
    voids: BTreeMap<i64, (ReviewId, Timestamp)>,
    marks: BTreeMap<i64, Mark>,
    fits: BTreeMap<i64, Fit>,
    drafts: BTreeMap<i64, (CardKey, String, Timestamp)>,
    interviews: BTreeMap<i64, Interview>,
    study_time: BTreeMap<i64, StudyTime>,
}

impl Salvage {
    /// Entries are numbered without gaps, so every gap was an entry.
    fn lost(&self) -> usize {
        gaps(&self.reviews) + gaps(&self.voids) + gaps(&self.marks) + gaps(&self.fits)
    }
}

fn gaps<T>(rows: &BTreeMap<i64, T>) -> usize {
    let newest = rows.last_key_value().map_or(0, |(entry, _)| *entry);
    usize::try_from(newest).unwrap_or(0).saturating_sub(rows.len())
}

fn salvage(path: &Path) -> Salvage {
    // SQLite removes the log beside an empty file instead of reading it.
    if length(path) == 0 {
        return Salvage::default();
    }
    connect_to_damaged(path).map(|connection| salvage_from(&connection)).unwrap_or_default()
}

/// A writable schema is what makes SQLite open a file that is shorter than it should be; nothing is written.
fn connect_to_damaged(path: &Path) -> rusqlite::Result<Connection> {
    let with_log = connect_plainly(path)?;
    with_log.set_db_config(DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, true)?;
    let can_be_read =
        with_log.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).is_ok();
    let connection = if can_be_read { with_log } else { connect_immutably(path)? };
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, true)?;
    Ok(connection)
}

fn salvage_from(connection: &Connection) -> Salvage {
    let has_times = connection.prepare("SELECT time FROM interviews").is_ok();
    let interviews =
        if has_times { drafts::INTERVIEW_COLUMNS } else { drafts::INTERVIEW_COLUMNS_1 };
    Salvage {
        reviews: rows_of(connection, "reviews", log::REVIEW_COLUMNS, log::review_of),
        voids: rows_of(connection, "voids", log::VOID_COLUMNS, log::void_of),
        marks: rows_of(connection, "marks", log::MARK_COLUMNS, log::mark_of),
        fits: rows_of(connection, "fits", fits::FIT_COLUMNS, fits::fit_of),
        drafts: rows_of(connection, "drafts", drafts::DRAFT_COLUMNS, drafts::draft_of),
        interviews: rows_of(connection, "interviews", interviews, drafts::interview_of),
        study_time: rows_of(
            connection,
            "study_time",
            drafts::STUDY_TIME_COLUMNS,
            drafts::study_time_of,
        ),
    }
}

type Decode<T> = fn(&Row<'_>) -> rusqlite::Result<T>;

/// Every readable row of a table: from the front and from the back up to the damage, then one by one in between.
fn rows_of<T>(
    connection: &Connection,
    table: &str,
    columns: &str,
    decode: Decode<T>,
) -> BTreeMap<i64, T> {
    let mut rows = BTreeMap::new();
    let select = |clause: &str| format!("SELECT {columns}, rowid FROM {table} {clause}");
    let forward = run(connection, &select("NOT INDEXED ORDER BY rowid"), decode, &mut rows);
    let Run::Broken { at: front } = forward else { return rows };
    let back = run(connection, &select("NOT INDEXED ORDER BY rowid DESC"), decode, &mut rows);
    let end = match back {
        Run::Broken { at: Some(back) } if Some(back) > front => Some(back),
        _ => None,
    };
    probe(
        connection,
        &select("WHERE rowid = ?1"),
        decode,
        front.unwrap_or(0)..end.unwrap_or(i64::MAX),
        &mut rows,
    );
    rows
}

/// How a run over a table ended.
enum Run {
    Complete,
    /// At damage, behind the row with that entry.
    Broken {
        at: Option<i64>,
    },
}

fn run<T>(
    connection: &Connection,
    select: &str,
    decode: Decode<T>,
    into: &mut BTreeMap<i64, T>,
) -> Run {
    let Ok(mut statement) = connection.prepare(select) else { return Run::Broken { at: None } };
    let entry_column = statement.column_count() - 1;
    let Ok(mut rows) = statement.query([]) else { return Run::Broken { at: None } };
    let mut at = None;
    loop {
        match rows.next() {
            Ok(None) => return Run::Complete,
            Ok(Some(row)) => {
                let Ok(entry) = row.get(entry_column) else { continue };
                at = Some(entry);
                if let Ok(value) = decode(row) {
                    into.insert(entry, value);
                }
            }
            Err(_) => return Run::Broken { at },
        }
    }
}

fn probe<T>(
    connection: &Connection,
    select: &str,
    decode: Decode<T>,
    entries: std::ops::Range<i64>,
    into: &mut BTreeMap<i64, T>,
) {
    let Ok(mut statement) = connection.prepare(select) else { return };
    let mut missing = 0;
    for entry in entries.start.saturating_add(1)..entries.end {
        match statement.query_row([entry], decode) {
            Ok(value) => {
                missing = 0;
                into.insert(entry, value);
            }
            Err(_) => missing += 1,
        }
        if missing > PATIENCE {
            return;
        }
    }
}

/// The copy first, because it was whole, then what the damaged file has beyond it.
fn merge(copy: Salvage, damaged: Salvage) -> Salvage {
    Salvage {
        reviews: merge_entries(copy.reviews, damaged.reviews),
        voids: merge_entries(copy.voids, damaged.voids),
        marks: merge_entries(copy.marks, damaged.marks),
        fits: merge_entries(copy.fits, damaged.fits),
        drafts: newer(copy.drafts, damaged.drafts),
        interviews: newer(copy.interviews, damaged.interviews),
        study_time: newer(copy.study_time, damaged.study_time),
    }
}

/// What only the newest file knows rightly: the copy's where the damaged one has nothing left.
fn newer<T>(copy: BTreeMap<i64, T>, damaged: BTreeMap<i64, T>) -> BTreeMap<i64, T> {
    if damaged.is_empty() { copy } else { damaged }
}

/// Two histories that grew apart keep both: an entry that is taken by another one goes to the end.
fn merge_entries<T: PartialEq>(
    copy: BTreeMap<i64, T>,
    damaged: BTreeMap<i64, T>,
) -> BTreeMap<i64, T> {
    let mut merged = copy;
    let mut apart = Vec::new();
    for (entry, value) in damaged {
        match merged.get(&entry) {
            None => {
                merged.insert(entry, value);
            }
            Some(same) if *same == value => {}
            Some(_) => apart.push(value),
        }
    }
    let last = merged.last_key_value().map_or(0, |(entry, _)| *entry);
    merged.extend((last.saturating_add(1)..).zip(apart));
    merged
}

/// Writes everything into a new file and closes it.
fn write_new(new: &Path, salvage: &Salvage) -> Result<(), StoreError> {
    for ending in ["", "-wal", "-shm"] {
        let left_over = beside(new, ending);
        backup::remove_if_there(&left_over)
            .map_err(|error| StoreError::from_io(&left_over, "remove the left-over file", error))?;
    }
    let mut store: Store = open_once(new)?;
    store.write(|transaction| {
        for (entry, review) in &salvage.reviews {
            log::insert_review_at(transaction, Some(*entry), review)?;
        }
        for (id, at) in salvage.voids.values() {
            log::insert_void(transaction, *id, *at)?;
        }
        for (entry, mark) in &salvage.marks {
            log::insert_mark(transaction, Some(*entry), mark)?;
        }
        for (entry, fit) in &salvage.fits {
            fits::insert_fit(transaction, Some(*entry), fit)?;
        }
        salvage.drafts.values().try_for_each(|draft| drafts::insert_draft(transaction, draft))?;
        let mut interviews = salvage.interviews.values();
        interviews.try_for_each(|interview| drafts::insert_interview(transaction, interview))?;
        let mut times = salvage.study_time.values();
        times.try_for_each(|time| drafts::insert_study_time(transaction, time))
    })?;
    // The file is renamed without what lies beside it, so nothing may lie beside it.
    store.read(|connection| connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())))
}

/// Gives the damaged file, and what SQLite keeps beside it, a name that says so.
fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("sqlite");
    let aside = first_free(|number| path.with_extension(format!("damaged-{number}.{extension}")));
    for ending in ["", "-wal", "-shm"] {
        let from = beside(path, ending);
        if from.exists() {
            fs::rename(&from, beside(&aside, ending))
                .map_err(|error| StoreError::from_io(&from, "set the damaged file aside", error))?;
        }
    }
    Ok(aside)
}
