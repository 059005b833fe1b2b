//! Schedules: a cache of what the log amounts to, written with every review and rebuilt by replaying the log.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};

use crate::domain::card::CardKey;
use crate::domain::memory::{CardState, MemoryState, Progress, Schedule};
use crate::domain::time::{Day, Timestamp};
use crate::store::error::StoreError;
use crate::store::{Store, memo, unreadable};

const FINGERPRINT: &str = "schedules";

impl Store {
    /// Every schedule that is not [`Schedule::UNSEEN`].
    pub fn schedules(&self) -> Result<HashMap<CardKey, Schedule>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT key, state, due, stability, difficulty, first_day, last_day, last_at, \
                     reviews, lapses FROM schedules",
                )?
                .query_map([], |row| Ok((CardKey(row.get(0)?), schedule_of(row)?)))?
                .collect()
        })
    }

    /// Puts these schedules in the place of all that were there.
    pub fn replace_schedules(
        &mut self,
        schedules: &HashMap<CardKey, Schedule>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| replace(transaction, schedules))
    }

    /// Whether the schedules were made by the replay rules with this fingerprint and nothing was recovered since.
    pub fn schedules_are_current(&self, fingerprint: u64) -> Result<bool, StoreError> {
        let stored = self.read(|connection| memo::get(connection, FINGERPRINT))?;
        Ok(stored == Some(format!("{fingerprint:016x}")))
    }

    /// Says which replay rules made the schedules.
    pub fn set_schedules_current(&mut self, fingerprint: u64) -> Result<(), StoreError> {
        self.write(|transaction| remember_fingerprint(transaction, fingerprint))
    }
}

/// Puts these schedules in the place of all that were there.
pub fn replace(
    connection: &Connection,
    schedules: &HashMap<CardKey, Schedule>,
) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM schedules", [])?;
    schedules.iter().try_for_each(|(key, schedule)| write(connection, key, schedule))
}

/// Says which replay rules made the schedules.
pub fn remember_fingerprint(connection: &Connection, fingerprint: u64) -> rusqlite::Result<()> {
    memo::set(connection, FINGERPRINT, &format!("{fingerprint:016x}"))
}

/// Says that the schedules do not follow from the log any more.
pub fn forget_fingerprint(connection: &Connection) -> rusqlite::Result<()> {
    memo::remove(connection, FINGERPRINT)
}

/// Writes a card's schedule; [`Schedule::UNSEEN`] removes it.
pub fn write(connection: &Connection, key: &CardKey, schedule: &Schedule) -> rusqlite::Result<()> {
    match schedule {
        Schedule::New { wanted: None } => connection
            .prepare_cached("DELETE FROM schedules WHERE key = ?1")?
            .execute([&key.0])
            .map(drop),
        Schedule::New { wanted: Some(day) } => connection
            .prepare_cached(
                "INSERT OR REPLACE INTO schedules (key, state, due) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![key.0, "new", day.0])
            .map(drop),
        Schedule::Seen(progress) => write_progress(connection, key, progress),
    }
}

fn write_progress(
    connection: &Connection,
    key: &CardKey,
    progress: &Progress,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO schedules (key, state, due, stability, difficulty, first_day, \
             last_day, last_at, reviews, lapses) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            key.0,
            state_name(progress.state),
            progress.due.0,
            progress.memory.stability,
            progress.memory.difficulty,
            progress.first_day.0,
            progress.last_day.0,
            progress.last_at.0,
            progress.reviews,
            progress.lapses,
        ])
        .map(drop)
}

fn schedule_of(row: &Row<'_>) -> rusqlite::Result<Schedule> {
    let due = Day(row.get(2)?);
    let state = match row.get_ref(1)?.as_str()? {
        "new" => return Ok(Schedule::New { wanted: Some(due) }),
        "learning" => CardState::Learning,
        "review" => CardState::Review,
        "relearning" => CardState::Relearning,
        _ => return Err(unreadable(1)),
    };
    Ok(Schedule::Seen(Progress {
        state,
        memory: MemoryState { stability: row.get(3)?, difficulty: row.get(4)? },
        first_day: Day(row.get(5)?),
        last_day: Day(row.get(6)?),
        last_at: Timestamp(row.get(7)?),
        due,
        reviews: row.get(8)?,
        lapses: row.get(9)?,
    }))
}

const fn state_name(state: CardState) -> &'static str {
    match state {
        CardState::Learning => "learning",
        CardState::Review => "review",
        CardState::Relearning => "relearning",
    }
}
