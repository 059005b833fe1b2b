//! Opening the progress file: modes, versions, and what is done when it cannot be written or read.

use std::fmt;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::store::error::{ReadOnlyReason, StoreError};
use crate::store::schema::{self, APPLICATION_ID, MIGRATIONS};
use crate::store::{Store, backup, journal, log, recover};

/// How long a write waits for another program.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Bytes beside the file above which opening moves them into it.
const LARGE_WAL: u64 = 4 << 20;

/// An open store and what the user should be told about it.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// What happened on the way, in order.
    pub notices: Vec<StoreNotice>,
}

/// What happened while a store was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreNotice {
    /// The file was damaged; it was set aside and a new one holds what could be read.
    Recovered {
        /// Where the damaged file is now.
        aside: PathBuf,
        /// Number of reviews in the new file.
        reviews: usize,
        /// Number of log entries (reviews, voids, marks, fits) known to be lost; 0 where none is known of.
        lost: usize,
        /// The copy from which gaps were filled, if there is one.
        backup: Option<PathBuf>,
    },
    /// The file is only read.
    ReadOnly(ReadOnlyReason),
    /// Reviews that could not be saved before are saved now.
    JournalReplayed {
        /// Number of reviews that were new to the log.
        reviews: usize,
        /// Where lines were kept that could not be read or stored, if there are any.
        unread: Option<PathBuf>,
    },
    /// Reviews that could not be saved before still wait in the rescue journal.
    JournalWaits {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for StoreNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recovered { aside, reviews, lost, backup } => {
                write!(f, "progress was damaged; recovered {reviews} reviews")?;
                if *lost > 0 {
                    write!(f, ", lost {lost} entries")?;
                }
                if let Some(backup) = backup {
                    write!(f, ", with the help of {}", backup.display())?;
                }
                write!(f, "; the damaged file is kept as {}", aside.display())
            }
            Self::ReadOnly(reason) => write!(f, "progress is not saved because {reason}"),
            Self::JournalReplayed { reviews, unread: None } => {
                write!(f, "saved {reviews} reviews that were waiting")
            }
            Self::JournalReplayed { reviews, unread: Some(path) } => write!(
                f,
                "saved {reviews} reviews that were waiting; some lines could not be read and are kept in {}",
                path.display()
            ),
            Self::JournalWaits { reason } => {
                write!(f, "reviews that were not saved still wait: {reason}")
            }
        }
    }
}

impl Store {
    /// Opens the progress file, making it and its folder where they are missing.
    ///
    /// A damaged file is set aside and recovered; a file of a newer prep is opened for reading and never touched.
    pub fn open(path: &Path) -> Result<Opened, StoreError> {
        create_folder(path)?;
        recover::finish(path)?;
        match open_once(path) {
            Err(StoreError::Damaged { .. }) => Self::repair(path),
            opened => opened.map(|store| with_journal(store, Vec::new())),
        }
    }

    /// Checks the whole file; a damaged one is set aside and what can be read is put into a new one.
    ///
    /// For `prep doctor`, and for callers that meet [`StoreError::Damaged`] after opening.
    pub fn repair(path: &Path) -> Result<Opened, StoreError> {
        create_folder(path)?;
        recover::finish(path)?;
        let recovery = recover::recover_if_damaged(path)?;
        let store = open_once(path)?;
        Ok(with_journal(store, recovery.into_iter().collect()))
    }

    /// A store that forgets everything in the end: for tests and for going on when nothing can be opened.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let sqlite = |error| StoreError::from_sqlite(Path::new(":memory:"), error);
        let mut connection = Connection::open_in_memory().map_err(sqlite)?;
        schema::migrate(&mut connection, &path, MIGRATIONS)?;
        Ok(Self { connection, path, read_only: None })
    }
}

/// Adds the reviews of the rescue journal and tells what else there is to tell.
fn with_journal(mut store: Store, mut notices: Vec<StoreNotice>) -> Opened {
    match store.read_only {
        Some(reason) => notices.push(StoreNotice::ReadOnly(reason)),
        None => notices.extend(journal::replay(&mut store)),
    }
    Opened { store, notices }
}

/// Opens the file as it is.
pub fn open_once(path: &Path) -> Result<Store, StoreError> {
    match look_at(path)? {
        Found::NotADatabase => return Err(damaged(path, "it is not a database any more")),
        Found::Empty if backup::newest(path).is_some() => {
            return Err(damaged(path, "it is empty although copies of it exist"));
        }
        Found::Foreign => return Err(StoreError::Foreign { path: path.to_owned() }),
        Found::Version(found) if found > schema::newest(MIGRATIONS) => {
            return open_newer(path, found);
        }
        Found::Missing | Found::Empty | Found::Version(_) => {}
    }
    match open_to_write(path) {
        Ok(store) => Ok(store),
        Err(Refusal::Newer(found)) => open_newer(path, found),
        Err(Refusal::NotWritable(error)) => {
            open_to_read(path, ReadOnlyReason::NotWritable).map_err(|_| error)
        }
        Err(Refusal::Error(error)) => Err(error),
    }
}

/// Why a file was not opened for writing.
enum Refusal {
    Newer(i64),
    NotWritable(StoreError),
    Error(StoreError),
}

fn open_to_write(path: &Path) -> Result<Store, Refusal> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let refused = |error| refusal(path, error);
    let mut connection = Connection::open_with_flags(path, flags).map_err(refused)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(refused)?;
    connection.set_prepared_statement_cache_capacity(64);
    // Until the version is known, even closing must not write.
    set_checkpoint_on_close(&connection, false).map_err(refused)?;
    let (found, ours) = version_and_owner(&connection).map_err(refused)?;
    if !ours {
        return Err(Refusal::Error(StoreError::Foreign { path: path.to_owned() }));
    }
    if found > schema::newest(MIGRATIONS) {
        return Err(Refusal::Newer(found));
    }
    if connection.is_readonly("main").map_err(refused)? {
        let path = path.to_owned();
        let error = StoreError::ReadOnly { path, reason: ReadOnlyReason::NotWritable };
        return Err(Refusal::NotWritable(error));
    }
    set_modes(&connection).map_err(refused)?;
    schema::migrate(&mut connection, path, MIGRATIONS).map_err(Refusal::Error)?;
    look_inside(&connection, path).map_err(Refusal::Error)?;
    set_checkpoint_on_close(&connection, true).map_err(refused)?;
    empty_large_wal(&connection, path);
    Ok(Store { connection, path: path.to_owned(), read_only: None })
}

fn refusal(path: &Path, error: rusqlite::Error) -> Refusal {
    let not_writable =
        matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen));
    let error = StoreError::from_sqlite(path, error);
    if not_writable { Refusal::NotWritable(error) } else { Refusal::Error(error) }
}

fn set_checkpoint_on_close(connection: &Connection, checkpoint: bool) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !checkpoint).map(drop)
}

/// The version, and whether the database is a progress file or has nothing in it yet.
///
/// Both are read in one transaction: another program may be making the tables at this moment.
fn version_and_owner(connection: &Connection) -> rusqlite::Result<(i64, bool)> {
    let transaction = connection.unchecked_transaction()?;
    let found = schema::version(&transaction)?;
    let ours = if found == 0 {
        transaction.query_row("SELECT count(*) = 0 FROM sqlite_master", [], |row| row.get(0))?
    } else {
        let id: i64 = transaction.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        id == APPLICATION_ID
    };
    Ok((found, ours))
}

/// Every commit reaches the disk; readers and one writer work side by side where the file system can do that.
fn set_modes(connection: &Connection) -> rusqlite::Result<()> {
    let wal = connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()));
    match wal.as_ref().err().map(rusqlite::Error::sqlite_error_code) {
        // When busy, another program sets the same mode just now.
        None | Some(Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) => {}
        Some(Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)) => return wal,
        // Network disks have no shared memory: without it a file in WAL mode opens only exclusively.
        Some(_) => {
            for pragma in
                ["locking_mode = EXCLUSIVE", "journal_mode = DELETE", "locking_mode = NORMAL"]
            {
                connection.query_row(&format!("PRAGMA {pragma}"), [], |_| Ok(()))?;
            }
        }
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.query_row("PRAGMA wal_autocheckpoint = 0", [], |_| Ok(()))?;
    if cfg!(target_os = "macos") {
        connection.pragma_update(None, "fullfsync", true)?;
    }
    Ok(())
}

/// Reads the ends of the log: damage there, or a table that is gone, shows at once and costs microseconds.
fn look_inside(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    for table in ["reviews", "voids", "marks", "fits"] {
        let ends =
            format!("SELECT (SELECT min(entry) FROM {table}), (SELECT max(entry) FROM {table})");
        connection.query_row(&ends, [], |_| Ok(())).map_err(|error| {
            match error.sqlite_error_code() {
                Some(ErrorCode::Unknown) => damaged(path, &error.to_string()),
                _ => StoreError::from_sqlite(path, error),
            }
        })?;
    }
    Ok(())
}

/// A session that was killed leaves its log beside the file; failing to move it costs nothing but room.
fn empty_large_wal(connection: &Connection, path: &Path) {
    if length(&beside(path, "-wal")) > LARGE_WAL {
        let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}

fn open_newer(path: &Path, found: i64) -> Result<Store, StoreError> {
    let known = schema::newest(MIGRATIONS);
    let too_new = || StoreError::TooNew { path: path.to_owned(), found, known };
    let store = open_to_read(path, ReadOnlyReason::NewerVersion { found, known })?;
    let selects = [
        format!("SELECT {} FROM reviews", log::REVIEW_COLUMNS),
        format!("SELECT {} FROM voids", log::VOID_COLUMNS),
        format!("SELECT {} FROM marks", log::MARK_COLUMNS),
    ];
    for select in selects {
        store.connection.prepare(&select).map_err(|_| too_new())?;
    }
    Ok(store)
}

fn open_to_read(path: &Path, reason: ReadOnlyReason) -> Result<Store, StoreError> {
    let connection = connect_to_read(path).map_err(|error| StoreError::from_sqlite(path, error))?;
    Ok(Store { connection, path: path.to_owned(), read_only: Some(reason) })
}

/// Connects without ever writing to the file.
pub fn connect_to_read(path: &Path) -> rusqlite::Result<Connection> {
    // Without a log beside it the file is complete, and SQLite need not even make its helper files.
    if length(&beside(path, "-wal")) == 0 {
        return connect_immutably(path);
    }
    let plain = connect_plainly(path)?;
    if schema::version(&plain).is_ok() { Ok(plain) } else { connect_immutably(path) }
}

/// Connects for reading the file and the log beside it.
pub fn connect_plainly(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    Ok(connection)
}

/// Connects for reading the file alone.
pub fn connect_immutably(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(immutable_uri(path), flags)
}

/// The path as a URI that says nobody writes to the file.
fn immutable_uri(path: &Path) -> String {
    let mut text = path.to_string_lossy().into_owned();
    if cfg!(windows) {
        text = format!("/{}", text.replace('\\', "/"));
    }
    let escaped = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{escaped}?immutable=1")
}

/// What the first bytes of a file tell.
enum Found {
    Missing,
    Empty,
    NotADatabase,
    Foreign,
    Version(i64),
}

/// Reads the header by itself (<https://www.sqlite.org/fileformat2.html#the_database_header>): SQLite opens nothing that is not ours.
fn look_at(path: &Path) -> Result<Found, StoreError> {
    let doing = "read the file";
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Missing),
        file => file.map_err(|error| StoreError::from_io(path, doing, error))?,
    };
    let mut header = Vec::with_capacity(100);
    file.take(100)
        .read_to_end(&mut header)
        .map_err(|error| StoreError::from_io(path, doing, error))?;
    if header.is_empty() {
        return Ok(Found::Empty);
    }
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        return Ok(Found::NotADatabase);
    }
    let version = number_at(&header, 60);
    // Version 0 may also mean that the first transaction is still beside the file.
    let foreign = version != 0 && number_at(&header, 68) != APPLICATION_ID;
    Ok(if foreign { Found::Foreign } else { Found::Version(version) })
}

fn number_at(header: &[u8], offset: usize) -> i64 {
    let bytes = header.get(offset..offset + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, |bytes| i64::from(i32::from_be_bytes(bytes)))
}

fn damaged(path: &Path, detail: &str) -> StoreError {
    StoreError::Damaged { path: path.to_owned(), detail: detail.to_owned() }
}

/// Makes the folder of a file, closed to other users.
pub fn create_folder(path: &Path) -> Result<(), StoreError> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| StoreError::from_io(folder, "make the folder", error))
}

/// The file beside `path` whose name goes on with `ending`, as SQLite names its helpers.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The first of some numbered names, from 1, that no file has.
pub fn first_free(name: impl Fn(u32) -> PathBuf) -> PathBuf {
    let free = (1..u32::MAX).map(&name).find(|name| !name.exists());
    free.unwrap_or_else(|| name(u32::MAX))
}

/// Bytes of a file, 0 if there is none.
pub fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}
