//! Copies of the progress file in `backups/` next to it: one a day, and one before every migration.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::domain::time::Day;
use crate::store::error::StoreError;
use crate::store::open::{create_folder, first_free};
use crate::store::{Store, schema};

/// Number of daily copies that are kept.
const KEPT: usize = 7;

impl Store {
    /// Makes the copy of a day unless it exists, and removes all but the newest seven; returns the new copy.
    ///
    /// An empty log and a file that is only read are not copied.
    pub fn backup_if_older_than(&mut self, day: Day) -> Result<Option<PathBuf>, StoreError> {
        let target = folder(&self.path).join(dated_name(day));
        if self.read_only.is_some() || self.path == Path::new(":memory:") || target.exists() {
            return Ok(None);
        }
        let empty = self.read(|connection| {
            connection.query_row(
                "SELECT count(*) = 0 FROM (SELECT 1 FROM reviews LIMIT 1)",
                [],
                |row| row.get(0),
            )
        })?;
        if empty {
            return Ok(None);
        }
        copy(&self.connection, &self.path, &target)?;
        remove_oldest(&self.path);
        Ok(Some(target))
    }
}

/// The folder of the copies of a progress file.
pub fn folder(path: &Path) -> PathBuf {
    path.with_file_name("backups")
}

/// The newest daily copy.
pub fn newest(path: &Path) -> Option<PathBuf> {
    daily(path).pop()
}

/// Every daily copy, oldest first.
pub fn daily(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(path)).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| is_daily(path)).collect();
    copies.sort();
    copies
}

/// One program at a time repairs or migrates a file; the lock ends with the file that is given.
pub fn lock(path: &Path) -> Result<File, StoreError> {
    let name = path.with_extension("repair-lock");
    File::create(&name)
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|error| StoreError::from_io(&name, "lock the progress file", error))
}

/// Copies the file as it is before it gets a newer version.
pub fn copy_before_migration(
    connection: &Connection,
    path: &Path,
    found: i64,
) -> Result<(), StoreError> {
    let folder = folder(path);
    let target = first_free(|number| match number {
        1 => folder.join(format!("before-version-{}.sqlite", found + 1)),
        _ => folder.join(format!("before-version-{}-{number}.sqlite", found + 1)),
    });
    copy(connection, path, &target)
}

fn dated_name(day: Day) -> String {
    format!("progress-{}.sqlite", day.iso())
}

fn is_daily(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.and_then(|name| name.strip_prefix("progress-")?.strip_suffix(".sqlite"))
        .is_some_and(|date| Day::from_iso(date).is_some())
}

/// Copies a database so that the copy is either whole or not there.
fn copy(connection: &Connection, path: &Path, target: &Path) -> Result<(), StoreError> {
    create_folder(target)?;
    // Two programs may start after an upgrade at the same time; each writes its own.
    let unfinished = target.with_extension(format!("unfinished-{}", std::process::id()));
    let refused = |error| StoreError::from_io(target, "write the copy", error);
    remove_if_there(&unfinished).map_err(refused)?;
    connection
        .execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])
        .map_err(|error| StoreError::from_sqlite(path, error))?;
    File::open(&unfinished).and_then(|file| file.sync_all()).map_err(refused)?;
    fs::rename(&unfinished, target).map_err(refused)
}

/// Failing to remove an old copy costs nothing but room.
fn remove_oldest(path: &Path) {
    let copies = daily(path);
    for old in copies.iter().take(copies.len().saturating_sub(KEPT)) {
        let _ = fs::remove_file(old);
    }
}

/// Removes a file, if there is one.
pub fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether a copy can be read by this program.
pub fn is_readable(connection: &Connection) -> bool {
    schema::version(connection).is_ok_and(|found| found > 0)
}
