//! Fits: which parameters of the memory model hold, and every attempt to find better ones. They are inserted and read,
//! never changed.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::card::CardKey;
use crate::domain::memory::{Fit, Parameters, Schedule};
use crate::domain::review::Review;
use crate::domain::time::Timestamp;
use crate::store::error::StoreError;
use crate::store::{Store, log, schedules, unreadable};

/// The columns of a fit in the order of [`fit_of`].
pub const FIT_COLUMNS: &str = "at, reviews, accepted, before, after, parameters";

impl Store {
    /// The learner's own parameters, if some hold. A line that this prep cannot read, as of a newer model, means the
    /// default ones.
    pub fn parameters(&self) -> Result<Option<Parameters>, StoreError> {
        let newest = "SELECT parameters FROM fits WHERE accepted <> 0 ORDER BY entry DESC LIMIT 1";
        let line: Option<Option<String>> = self.read(|connection| {
            if !has_fits(connection)? {
                return Ok(None);
            }
            connection.prepare_cached(newest)?.query_row([], |row| row.get(0)).optional()
        })?;
        Ok(line.flatten().and_then(|line| Parameters::parse(&line)))
    }

    /// The newest fit, whatever came of it.
    pub fn last_fit(&self) -> Result<Option<Fit>, StoreError> {
        self.read(|connection| {
            if !has_fits(connection)? {
                return Ok(None);
            }
            let newest = format!("SELECT {FIT_COLUMNS} FROM fits ORDER BY entry DESC LIMIT 1");
            connection.prepare_cached(&newest)?.query_row([], fit_of).optional()
        })
    }

    /// Every fit in the order of recording.
    pub fn fits(&self) -> Result<Vec<Fit>, StoreError> {
        self.read(|connection| {
            if !has_fits(connection)? {
                return Ok(Vec::new());
            }
            connection
                .prepare_cached(&format!("SELECT {FIT_COLUMNS} FROM fits ORDER BY entry"))?
                .query_map([], fit_of)?
                .collect()
        })
    }

    /// Stores a fit that changed nothing.
    pub fn record_fit(&mut self, fit: &Fit) -> Result<(), StoreError> {
        self.write(|transaction| insert_fit(transaction, None, fit))
    }

    /// Stores a fit that was accepted, with the schedules that its parameters give, in one durable transaction.
    ///
    /// `replay` gets the log as it stands within the transaction: what another program recorded meanwhile is in it.
    /// The schedules are given back, and counted as made by the rules with `fingerprint`.
    pub fn adopt_fit(
        &mut self,
        fit: &Fit,
        fingerprint: u64,
        replay: impl FnOnce(&[Review]) -> HashMap<CardKey, Schedule>,
    ) -> Result<HashMap<CardKey, Schedule>, StoreError> {
        self.write(|transaction| {
            insert_fit(transaction, None, fit)?;
            let schedules = replay(&log::all_unvoided(transaction)?);
            schedules::replace(transaction, &schedules)?;
            schedules::remember_fingerprint(transaction, fingerprint)?;
            Ok(schedules)
        })
    }
}

/// A file of an older prep that is only read has no such table.
fn has_fits(connection: &Connection) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'fits'",
        )?
        .query_row([], |row| row.get(0))
}

/// Inserts a fit as the given entry, or at the end.
pub fn insert_fit(connection: &Connection, entry: Option<i64>, fit: &Fit) -> rusqlite::Result<()> {
    connection
        .prepare_cached(&format!(
            "INSERT INTO fits (entry, {FIT_COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ))?
        .execute(params![
            entry,
            fit.at.0,
            fit.reviews,
            fit.accepted,
            fit.before,
            fit.after,
            fit.parameters.map(|parameters| parameters.to_string()),
        ])
        .map(drop)
}

/// Reads a row of [`FIT_COLUMNS`].
pub fn fit_of(row: &Row<'_>) -> rusqlite::Result<Fit> {
    let line: Option<String> = row.get(5)?;
    let parameters =
        line.map(|line| Parameters::parse(&line).ok_or_else(|| unreadable(5))).transpose()?;
    Ok(Fit {
        at: Timestamp(row.get(0)?),
        reviews: row.get(1)?,
        accepted: row.get(2)?,
        before: row.get(3)?,
        after: row.get(4)?,
        parameters,
    })
}
