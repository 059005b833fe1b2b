//! Progress on disk: the log of reviews, voids, marks and fits, what is in progress, and two caches, in one SQLite file.
//!
//! The only SQL of the house is in this room. Reviews, voids, marks and fits only grow; triggers in the file refuse all
//! else.

mod backup;
mod drafts;
mod encoding;
mod error;
mod fits;
mod index;
mod journal;
mod last_seen;
mod log;
mod memo;
mod open;
mod recover;
mod schedules;
mod schema;
#[cfg(test)]
mod tests;
mod transfer;

use std::path::{Path, PathBuf};

use rusqlite::types::Type;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::domain::card::CardKey;
use crate::domain::memory::Schedule;
use crate::domain::review::{Mark, Review, ReviewId};
use crate::domain::time::Timestamp;
use crate::store::log::Inserted;

pub use crate::store::error::{ReadOnlyReason, StoreError};
pub use crate::store::index::IndexedFile;
pub use crate::store::journal::{rescue, rescue_file};
pub use crate::store::open::StoreNotice;

/// An open progress file. Several programs may hold one on the same file; each sees what the others wrote.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    read_only: Option<ReadOnlyReason>,
}

impl Store {
    /// The file, `:memory:` if there is none.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why nothing can be saved, if so.
    pub const fn read_only(&self) -> Option<ReadOnlyReason> {
        self.read_only
    }

    /// Stores a review with the schedule that follows, and forgets the card's draft and ticks, in one durable transaction.
    ///
    /// Recording the same review again is success, so that a retry after an unknown outcome is safe.
    pub fn record(&mut self, review: &Review, schedule: &Schedule) -> Result<(), StoreError> {
        let inserted = self.write(|transaction| {
            let inserted = log::insert_review(transaction, review)?;
            if inserted != Inserted::Conflict {
                schedules::write(transaction, &review.key, schedule)?;
                drafts::remove_draft(transaction, &review.key)?;
                drafts::remove_ticks(transaction, &review.key)?;
            }
            Ok(inserted)
        })?;
        match inserted {
            Inserted::Fresh | Inserted::Known => Ok(()),
            Inserted::Conflict => Err(StoreError::Conflict {
                path: self.path.clone(),
                session: review.id.session.0,
                number: review.id.number,
            }),
        }
    }

    /// Takes a review back and stores the card's schedule without it; taking back twice is taking back once.
    pub fn void(
        &mut self,
        id: ReviewId,
        at: Timestamp,
        key: &CardKey,
        schedule: &Schedule,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            log::insert_void(transaction, id, at)?;
            schedules::write(transaction, key, schedule)
        })
    }

    /// Stores a decision about a card.
    pub fn mark(&mut self, mark: &Mark) -> Result<(), StoreError> {
        self.marks(std::slice::from_ref(mark))
    }

    /// Stores decisions about cards in one transaction.
    pub fn marks(&mut self, marks: &[Mark]) -> Result<(), StoreError> {
        self.write(|transaction| {
            marks.iter().try_for_each(|mark| log::insert_mark(transaction, None, mark))
        })
    }

    /// Writes what has gathered beside the file into it; for idle moments, never needed for safety.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.read(|connection| {
            connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
        })
    }

    /// Refuses every write from now on, or no longer, as a disk does that has become full.
    #[cfg(test)]
    pub fn refuse_writes(&self, refuse: bool) {
        self.connection.pragma_update(None, "query_only", refuse).expect("a known pragma");
    }

    /// Puts reviews at the end of the log in one go; the schedules are computed again at the next start.
    #[cfg(test)]
    pub fn append(&mut self, reviews: &[Review]) {
        self.write(|transaction| {
            schedules::forget_fingerprint(transaction)?;
            reviews.iter().try_for_each(|it| log::insert_review(transaction, it).map(drop))
        })
        .expect("a log that takes reviews");
    }

    /// Refuses every further decision about a card, and nothing else.
    #[cfg(test)]
    pub fn refuse_marks(&self) {
        let refuse = "CREATE TEMP TRIGGER no_marks BEFORE INSERT ON main.marks \
                      BEGIN SELECT RAISE(ABORT, 'refused'); END";
        self.connection.execute_batch(refuse).expect("a table of marks");
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&self.connection).map_err(|error| StoreError::from_sqlite(&self.path, error))
    }

    /// Does `work` as one transaction that holds the write lock from its first statement on.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        if let Some(reason) = self.read_only {
            return Err(StoreError::ReadOnly { path: self.path.clone(), reason });
        }
        in_transaction(&mut self.connection, work)
            .map_err(|error| StoreError::from_sqlite(&self.path, error))
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let result = work(&transaction)?;
    transaction.commit()?;
    Ok(result)
}

/// The error of a stored value that prep never writes.
fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, "a value prep does not know".into(), Type::Text)
}
