//! What can go wrong with the progress file, each with a sentence that names the file and what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a progress file is only read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnlyReason {
    /// A newer prep wrote it.
    NewerVersion {
        /// The version of the file's tables.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The file or its folder cannot be written.
    NotWritable,
}

impl fmt::Display for ReadOnlyReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewerVersion { found, known } => write!(
                f,
                "a newer prep wrote it (format {found}, this one knows {known}); update prep to save progress"
            ),
            Self::NotWritable => {
                f.write_str("the file or its folder is write-protected; change its permissions or set PREP_DATA_DIR")
            }
        }
    }
}

/// Why progress could not be read or saved.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the file; trying again helps.
    #[error("another program is writing to the file, close it or wait ({})", .path.display())]
    Busy {
        /// The progress file.
        path: PathBuf,
    },
    /// No room is left; trying again after freeing some helps.
    #[error("the disk is full, free some space ({})", .path.display())]
    Full {
        /// The file that could not grow.
        path: PathBuf,
    },
    /// The file is only read.
    #[error("nothing is saved because {reason} ({})", .path.display())]
    ReadOnly {
        /// The progress file.
        path: PathBuf,
        /// Why.
        reason: ReadOnlyReason,
    },
    /// Parts of the file cannot be read; `Store::repair` recovers the rest.
    #[error("{}: the file is damaged ({detail}); start prep again, it recovers what can be read", .path.display())]
    Damaged {
        /// The progress file.
        path: PathBuf,
        /// What SQLite said.
        detail: String,
    },
    /// A newer prep wrote the file in a way that this one cannot read; it was not touched.
    #[error("{}: a newer prep wrote it (format {found}, this one knows {known}); update prep", .path.display())]
    TooNew {
        /// The progress file.
        path: PathBuf,
        /// The version of the file's tables.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// A database of another program.
    #[error("{}: this is a database of another program; move it away or set PREP_DATA_DIR", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The log already holds another review of that session and number.
    #[error("{}: review {number} of session {session:032x} is already stored with other content; restart prep", .path.display())]
    Conflict {
        /// The progress file.
        path: PathBuf,
        /// The session's random bits.
        session: u128,
        /// The running number.
        number: u32,
    },
    /// The file system refused.
    #[error("{}: cannot {doing}: {source}; check the folder's permissions or set PREP_DATA_DIR", .path.display())]
    Files {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// Anything else that SQLite reports.
    #[error("{}: {source}; start prep again, and if that does not help restore the newest copy from the backups folder", .path.display())]
    Other {
        /// The progress file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// The error that a failure of SQLite means for the file at `path`.
    pub(super) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            _ if has_no_room_for_helpers(&source) => Self::Full { path },
            Some(ErrorCode::ReadOnly) => {
                Self::ReadOnly { path, reason: ReadOnlyReason::NotWritable }
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { path, detail: source.to_string() }
            }
            Some(ErrorCode::CannotOpen) => {
                let source = io::Error::other(source.to_string());
                Self::Files { path, doing: "open the file", source }
            }
            None if is_unreadable_value(&source) => {
                Self::Damaged { path, detail: source.to_string() }
            }
            _ => Self::Other { path, source },
        }
    }

    /// The error that a failure of the file system means while `doing` something with `path`.
    pub(super) fn from_io(path: &Path, doing: &'static str, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            _ => Self::Files { path, doing, source },
        }
    }
}

/// Whether the file's shared-memory helper could not grow, which SQLite does not report as a full disk.
fn has_no_room_for_helpers(error: &rusqlite::Error) -> bool {
    error.sqlite_error().map(|it| it.extended_code) == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE)
}

/// Whether a stored value has a shape that prep never writes.
fn is_unreadable_value(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
    )
}
