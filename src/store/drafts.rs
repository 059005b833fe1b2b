//! What is not finished: drafts of answers, ticks of a card in progress, and the interviews to come.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::card::CardKey;
use crate::domain::interview::{Interview, StudyTime};
use crate::domain::review::{Confidence, SavedTicks};
use crate::domain::tag::Tag;
use crate::domain::time::{ClockTime, Day, Timestamp};
use crate::store::encoding::{hashes_of, hashes_text, list_of, list_text};
use crate::store::error::StoreError;
use crate::store::log::numbered;
use crate::store::{Store, unreadable};

/// The columns of a draft in the order of [`draft_of`].
pub const DRAFT_COLUMNS: &str = "key, text, at";

/// The columns of ticks in the order of [`ticks_of`].
pub const TICK_COLUMNS: &str = "ticked, wrong_statement, confidence, hint_used, answer_shown, day";

/// The columns of an interview in the order of [`interview_of`].
pub const INTERVIEW_COLUMNS: &str = "day, company, role, tags, time";

/// The same of a file of version 1, which is recovered without being migrated.
pub const INTERVIEW_COLUMNS_1: &str = "day, company, role, tags, NULL";

/// The columns of the study time in the order of [`study_time_of`].
pub const STUDY_TIME_COLUMNS: &str = "minutes, days_off";

impl Store {
    /// Keeps an answer that is being typed.
    pub fn save_draft(
        &mut self,
        key: &CardKey,
        text: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|transaction| insert_draft(transaction, &(key.clone(), text.to_owned(), at)))
    }

    /// The answer that was being typed.
    pub fn draft(&self, key: &CardKey) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT text FROM drafts WHERE key = ?1")?
                .query_row([&key.0], |row| row.get(0))
                .optional()
        })
    }

    /// Forgets the answer that was being typed.
    pub fn clear_draft(&mut self, key: &CardKey) -> Result<(), StoreError> {
        self.write(|transaction| remove_draft(transaction, key))
    }

    /// Keeps the ticks of a card that is not rated yet.
    pub fn save_ticks(&mut self, key: &CardKey, ticks: &SavedTicks) -> Result<(), StoreError> {
        self.write(|transaction| insert_ticks(transaction, key, ticks))
    }

    /// The ticks of a card that is not rated yet.
    pub fn ticks(&self, key: &CardKey) -> Result<Option<SavedTicks>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("SELECT {TICK_COLUMNS} FROM ticks WHERE key = ?1"))?
                .query_row([&key.0], ticks_of)
                .optional()
        })
    }

    /// The interviews to come and past, by day.
    pub fn interviews(&self) -> Result<Vec<Interview>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "SELECT {INTERVIEW_COLUMNS} FROM interviews ORDER BY day, entry"
                ))?
                .query_map([], interview_of)?
                .collect()
        })
    }

    /// Puts these interviews in the place of all that were there.
    pub fn replace_interviews(&mut self, interviews: &[Interview]) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM interviews", [])?;
            interviews.iter().try_for_each(|interview| insert_interview(transaction, interview))
        })
    }

    /// The minutes that the learner gives; none if that was never said.
    pub fn study_time(&self) -> Result<Option<StudyTime>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "SELECT {STUDY_TIME_COLUMNS} FROM study_time ORDER BY entry DESC LIMIT 1"
                ))?
                .query_row([], study_time_of)
                .optional()
        })
    }

    /// Puts this in the place of the minutes that were given before.
    pub fn set_study_time(&mut self, time: &StudyTime) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM study_time", [])?;
            insert_study_time(transaction, time)
        })
    }
}

/// Writes the minutes that are given.
pub fn insert_study_time(connection: &Connection, time: &StudyTime) -> rusqlite::Result<()> {
    let days_off: Vec<String> = time.days_off.iter().map(|day| day.iso()).collect();
    connection
        .prepare_cached(&format!("INSERT INTO study_time ({STUDY_TIME_COLUMNS}) VALUES (?1, ?2)"))?
        .execute(params![time.to_string(), days_off.join(" ")])
        .map(drop)
}

/// Reads a row of [`STUDY_TIME_COLUMNS`].
pub fn study_time_of(row: &Row<'_>) -> rusqlite::Result<StudyTime> {
    let weekdays =
        StudyTime::minutes_from_words(row.get_ref(0)?.as_str()?).ok_or_else(|| unreadable(0))?;
    let days_off: Option<Vec<Day>> =
        row.get_ref(1)?.as_str()?.split_ascii_whitespace().map(Day::from_iso).collect();
    Ok(StudyTime { weekdays, days_off: days_off.ok_or_else(|| unreadable(1))? })
}

/// Writes a draft over the card's earlier one.
pub fn insert_draft(
    connection: &Connection,
    (key, text, at): &(CardKey, String, Timestamp),
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO drafts (key, text, at) VALUES (?1, ?2, ?3)")?
        .execute(params![key.0, text, at.0])
        .map(drop)
}

/// Writes ticks over the card's earlier ones.
pub fn insert_ticks(
    connection: &Connection,
    key: &CardKey,
    ticks: &SavedTicks,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(&format!(
            "INSERT OR REPLACE INTO ticks (key, {TICK_COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ))?
        .execute(params![
            key.0,
            hashes_text(&ticks.ticked),
            ticks.wrong_statement,
            ticks.confidence.map(Confidence::number),
            ticks.hint_used,
            ticks.answer_shown,
            ticks.day.0,
        ])
        .map(drop)
}

/// Removes a card's draft.
pub fn remove_draft(connection: &Connection, key: &CardKey) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM drafts WHERE key = ?1")?.execute([&key.0]).map(drop)
}

/// Removes a card's ticks.
pub fn remove_ticks(connection: &Connection, key: &CardKey) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM ticks WHERE key = ?1")?.execute([&key.0]).map(drop)
}

/// Adds an interview.
pub fn insert_interview(connection: &Connection, interview: &Interview) -> rusqlite::Result<()> {
    let tags = list_text(interview.tags.iter().map(|tag| tag.0.as_str()));
    connection
        .prepare_cached(&format!(
            "INSERT INTO interviews ({INTERVIEW_COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5)"
        ))?
        .execute(params![
            interview.day.0,
            interview.company,
            interview.role,
            tags,
            interview.time.map(|time| time.0)
        ])
        .map(drop)
}

/// Reads a row of [`DRAFT_COLUMNS`].
pub fn draft_of(row: &Row<'_>) -> rusqlite::Result<(CardKey, String, Timestamp)> {
    Ok((CardKey(row.get(0)?), row.get(1)?, Timestamp(row.get(2)?)))
}

/// Reads a row of [`INTERVIEW_COLUMNS`].
pub fn interview_of(row: &Row<'_>) -> rusqlite::Result<Interview> {
    Ok(Interview {
        day: Day(row.get(0)?),
        company: row.get(1)?,
        role: row.get(2)?,
        tags: list_of(row.get_ref(3)?.as_str()?, Tag),
        time: row.get::<_, Option<u16>>(4)?.map(ClockTime),
    })
}

/// Reads a row of [`TICK_COLUMNS`].
pub fn ticks_of(row: &Row<'_>) -> rusqlite::Result<SavedTicks> {
    Ok(SavedTicks {
        ticked: hashes_of(row.get_ref(0)?.as_str()?).ok_or_else(|| unreadable(0))?,
        wrong_statement: row.get(1)?,
        confidence: numbered(row, 2, Confidence::from_number)?,
        hint_used: row.get(3)?,
        answer_shown: row.get(4)?,
        day: Day(row.get(5)?),
    })
}
