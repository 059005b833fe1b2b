//! The log: reviews, voids and marks as rows. They are inserted and read, never changed.

use std::collections::HashSet;

use rusqlite::{Connection, Row, params};

use crate::domain::card::CardKey;
use crate::domain::review::{
    Confidence, Mark, MarkKind, Rating, Review, ReviewId, ReviewSource, SessionId,
};
use crate::domain::sighting::Sighting;
use crate::domain::time::{Day, Timestamp};
use crate::store::encoding::{points_of, points_text};
use crate::store::error::StoreError;
use crate::store::{Store, last_seen, unreadable};

/// The columns of a review in the order of [`review_of`].
pub const REVIEW_COLUMNS: &str = "session, number, key, at, day, source, rating, proposed, correct, \
     confidence, hint_used, wrong_statement, points, seconds, answer, due";

/// The columns of a void in the order of [`void_of`].
pub const VOID_COLUMNS: &str = "session, number, at";

/// The columns of a mark in the order of [`mark_of`].
pub const MARK_COLUMNS: &str =
    "at, key, kind, until, file, position, question_hash, answer_hash, id";

const IN_ORDER: &str = "ORDER BY entry";

const NOT_VOIDED: &str = "NOT EXISTS (SELECT 1 FROM voids \
     WHERE voids.session = reviews.session AND voids.number = reviews.number)";

/// Answers from another program are no sitting; their sessions begin with the same four bytes.
const NOT_IMPORTED: &str = "substr(session, 1, 4) <> x'696d7074'";

/// What became of a review that was to be inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// It is new.
    Fresh,
    /// The log held it already, as after a retry.
    Known,
    /// The log holds another review of that name; nothing was written.
    Conflict,
}

impl Store {
    /// Every review that was not taken back, in the order of recording.
    pub fn log(&self) -> Result<Vec<Review>, StoreError> {
        self.unvoided(IN_ORDER, [])
    }

    /// The reviews of one card that were not taken back, in the order of recording.
    pub fn history(&self, key: &CardKey) -> Result<Vec<Review>, StoreError> {
        self.unvoided("WHERE key = ?1 ORDER BY entry", [&key.0])
    }

    /// The reviews since a study day that were not taken back, in the order of recording.
    pub fn log_since(&self, day: Day) -> Result<Vec<Review>, StoreError> {
        self.unvoided("WHERE day >= ?1 ORDER BY entry", [day.0])
    }

    /// The newest reviews that were not taken back, at most `count` of them, in the order of recording.
    pub fn recent(&self, count: u32) -> Result<Vec<Review>, StoreError> {
        let newest = self.unvoided("ORDER BY entry DESC LIMIT ?1", [count])?;
        Ok(newest.into_iter().rev().collect())
    }

    /// Key points said at the last answer to a card that had any, and all of them.
    pub fn last_points(&self, key: &CardKey) -> Result<Option<(usize, usize)>, StoreError> {
        let points: Option<String> = self.read(|connection| {
            let sql = format!(
                "SELECT points FROM reviews WHERE key = ?1 AND points <> '' AND {NOT_VOIDED} \
                 ORDER BY entry DESC LIMIT 1"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([&key.0])?;
            rows.next()?.map(|row| row.get(0)).transpose()
        })?;
        Ok(points
            .and_then(|points| points_of(&points))
            .map(|points| (points.iter().filter(|point| point.hit).count(), points.len())))
    }

    /// A number that changes whenever another program has written to the file; what this one writes does not count.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.read(|connection| connection.query_row("PRAGMA data_version", [], |row| row.get(0)))
    }

    /// The newest session of which a review was not taken back, with those reviews by number.
    pub fn last_session(&self) -> Result<Option<(SessionId, Vec<Review>)>, StoreError> {
        let newest = self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT session FROM reviews WHERE {NOT_VOIDED} AND {NOT_IMPORTED} \
                 ORDER BY entry DESC LIMIT 1"
            ))?;
            let mut rows = statement.query([])?;
            rows.next()?.map(|row| row.get::<_, [u8; 16]>(0)).transpose()
        })?;
        let Some(session) = newest else { return Ok(None) };
        let reviews = self.unvoided("WHERE session = ?1 ORDER BY number", [session])?;
        Ok(Some((SessionId(u128::from_be_bytes(session)), reviews)))
    }

    /// Every mark in the order of recording.
    pub fn all_marks(&self) -> Result<Vec<Mark>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("SELECT {MARK_COLUMNS} FROM marks ORDER BY entry"))?
                .query_map([], mark_of)?
                .collect()
        })
    }

    /// The number of the newest mark, with which [`Store::marks_after`] tells whether another program has added some.
    pub fn newest_mark(&self) -> Result<i64, StoreError> {
        self.read(newest_mark)
    }

    /// Stores marks and sightings in one transaction, unless a mark newer than `newest` is there by now: what was decided without
    /// those must be decided again. Tells whether they were stored.
    pub fn marks_after(
        &mut self,
        newest: i64,
        marks: &[Mark],
        sightings: &[Sighting],
    ) -> Result<bool, StoreError> {
        self.write(|transaction| {
            if newest_mark(transaction)? != newest {
                return Ok(false);
            }
            marks.iter().try_for_each(|mark| insert_mark(transaction, None, mark))?;
            sightings.iter().try_for_each(|it| last_seen::write(transaction, it))?;
            Ok(true)
        })
    }

    fn unvoided(
        &self,
        clause: &str,
        arguments: impl rusqlite::Params,
    ) -> Result<Vec<Review>, StoreError> {
        self.read(|connection| unvoided(connection, clause, arguments))
    }
}

/// Every review that was not taken back, in the order of recording, as a transaction sees them.
pub fn all_unvoided(connection: &Connection) -> rusqlite::Result<Vec<Review>> {
    unvoided(connection, IN_ORDER, [])
}

fn unvoided(
    connection: &Connection,
    clause: &str,
    arguments: impl rusqlite::Params,
) -> rusqlite::Result<Vec<Review>> {
    let voided = voided(connection)?;
    let sql = format!("SELECT {REVIEW_COLUMNS} FROM reviews {clause}");
    let mut statement = connection.prepare_cached(&sql)?;
    let reviews = statement.query_map(arguments, review_of)?;
    reviews.filter(|review| review.as_ref().map_or(true, |it| !voided.contains(&it.id))).collect()
}

/// Every void in the order of recording.
pub fn all_voids(connection: &Connection) -> rusqlite::Result<Vec<(ReviewId, Timestamp)>> {
    connection
        .prepare_cached(&format!("SELECT {VOID_COLUMNS} FROM voids ORDER BY entry"))?
        .query_map([], void_of)?
        .collect()
}

/// Every review in the order of recording, those that were taken back included.
pub fn all_reviews(connection: &Connection) -> rusqlite::Result<Vec<Review>> {
    connection
        .prepare_cached(&format!("SELECT {REVIEW_COLUMNS} FROM reviews ORDER BY entry"))?
        .query_map([], review_of)?
        .collect()
}

fn newest_mark(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT coalesce(max(entry), 0) FROM marks", [], |row| row.get(0))
}

fn voided(connection: &Connection) -> rusqlite::Result<HashSet<ReviewId>> {
    connection
        .prepare_cached("SELECT session, number FROM voids")?
        .query_map([], review_id_of)?
        .collect()
}

/// Inserts a review at the end of the log, or finds that it is there.
pub fn insert_review(connection: &Connection, review: &Review) -> rusqlite::Result<Inserted> {
    if insert_review_at(connection, None, review)? {
        return Ok(Inserted::Fresh);
    }
    let sql = format!("SELECT {REVIEW_COLUMNS} FROM reviews WHERE session = ?1 AND number = ?2");
    let stored = connection
        .prepare_cached(&sql)?
        .query_row(params![session_bytes(review.id), review.id.number], review_of)?;
    let same = stored == Review { seconds: storable(review.seconds), ..review.clone() };
    Ok(if same { Inserted::Known } else { Inserted::Conflict })
}

/// Inserts a review as the given entry, or at the end; `false` if its name or the entry is taken.
pub fn insert_review_at(
    connection: &Connection,
    entry: Option<i64>,
    review: &Review,
) -> rusqlite::Result<bool> {
    let sql = format!(
        "INSERT INTO reviews (entry, {REVIEW_COLUMNS}) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) \
         ON CONFLICT DO NOTHING"
    );
    let inserted = connection.prepare_cached(&sql)?.execute(params![
        entry,
        session_bytes(review.id),
        review.id.number,
        review.key.0,
        review.at.0,
        review.day.0,
        review.source.name(),
        review.rating.map(Rating::number),
        review.proposed.map(Rating::number),
        review.correct,
        review.confidence.map(Confidence::number),
        review.hint_used,
        review.wrong_statement,
        points_text(&review.points),
        storable(review.seconds),
        review.answer,
        review.due.map(|day| day.0),
    ])?;
    Ok(inserted == 1)
}

/// Inserts a void; taking back twice is taking back once.
pub fn insert_void(connection: &Connection, id: ReviewId, at: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO voids (session, number, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute(params![session_bytes(id), id.number, at.0])
        .map(drop)
}

/// Inserts a mark as the given entry, or at the end.
pub fn insert_mark(
    connection: &Connection,
    entry: Option<i64>,
    mark: &Mark,
) -> rusqlite::Result<()> {
    let MarkColumns { until, file, position, question_hash, answer_hash, id } = mark_columns(mark);
    connection
        .prepare_cached(&format!(
            "INSERT INTO marks (entry, {MARK_COLUMNS}) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        ))?
        .execute(params![
            entry,
            mark.at.0,
            mark.key.0,
            mark_name(&mark.kind),
            until,
            file,
            position,
            question_hash,
            answer_hash,
            id
        ])
        .map(drop)
}

/// Reads a row of [`REVIEW_COLUMNS`].
pub fn review_of(row: &Row<'_>) -> rusqlite::Result<Review> {
    Ok(Review {
        id: review_id_of(row)?,
        key: CardKey(row.get(2)?),
        at: Timestamp(row.get(3)?),
        day: Day(row.get(4)?),
        source: ReviewSource::from_name(row.get_ref(5)?.as_str()?).ok_or_else(|| unreadable(5))?,
        rating: numbered(row, 6, Rating::from_number)?,
        proposed: numbered(row, 7, Rating::from_number)?,
        correct: row.get(8)?,
        confidence: numbered(row, 9, Confidence::from_number)?,
        hint_used: row.get(10)?,
        wrong_statement: row.get(11)?,
        points: points_of(row.get_ref(12)?.as_str()?).ok_or_else(|| unreadable(12))?,
        seconds: row.get(13)?,
        answer: row.get(14)?,
        due: row.get::<_, Option<i32>>(15)?.map(Day),
    })
}

/// Reads a row of [`VOID_COLUMNS`].
pub fn void_of(row: &Row<'_>) -> rusqlite::Result<(ReviewId, Timestamp)> {
    Ok((review_id_of(row)?, Timestamp(row.get(2)?)))
}

/// Reads a row of [`MARK_COLUMNS`].
pub fn mark_of(row: &Row<'_>) -> rusqlite::Result<Mark> {
    let kind = match row.get_ref(2)?.as_str()? {
        "suspend" => MarkKind::Suspend,
        "unsuspend" => MarkKind::Unsuspend,
        "bury" => MarkKind::Bury { until: Day(row.get(3)?) },
        "unbury" => MarkKind::Unbury,
        "star" => MarkKind::Star,
        "unstar" => MarkKind::Unstar,
        "identity" => MarkKind::Identity {
            file: row.get(4)?,
            position: row.get(5)?,
            question_hash: row.get::<_, i64>(6)?.cast_unsigned(),
            answer_hash: row.get::<_, i64>(7)?.cast_unsigned(),
        },
        "alias" => MarkKind::Alias { id: row.get(8)? },
        "apart" => MarkKind::Apart { from: CardKey(row.get(8)?) },
        _ => return Err(unreadable(2)),
    };
    Ok(Mark { at: Timestamp(row.get(0)?), key: CardKey(row.get(1)?), kind })
}

/// The columns of a mark that only some kinds fill.
#[derive(Default)]
struct MarkColumns<'a> {
    until: Option<i32>,
    file: Option<&'a str>,
    position: Option<u32>,
    question_hash: Option<i64>,
    answer_hash: Option<i64>,
    id: Option<&'a str>,
}

fn mark_columns(mark: &Mark) -> MarkColumns<'_> {
    match &mark.kind {
        MarkKind::Bury { until } => MarkColumns { until: Some(until.0), ..MarkColumns::default() },
        MarkKind::Alias { id } | MarkKind::Apart { from: CardKey(id) } => {
            MarkColumns { id: Some(id), ..MarkColumns::default() }
        }
        MarkKind::Identity { file, position, question_hash, answer_hash } => MarkColumns {
            file: Some(file),
            position: Some(*position),
            question_hash: Some(question_hash.cast_signed()),
            answer_hash: Some(answer_hash.cast_signed()),
            ..MarkColumns::default()
        },
        _ => MarkColumns::default(),
    }
}

const fn mark_name(kind: &MarkKind) -> &'static str {
    match kind {
        MarkKind::Suspend => "suspend",
        MarkKind::Unsuspend => "unsuspend",
        MarkKind::Bury { .. } => "bury",
        MarkKind::Unbury => "unbury",
        MarkKind::Star => "star",
        MarkKind::Unstar => "unstar",
        MarkKind::Identity { .. } => "identity",
        MarkKind::Alias { .. } => "alias",
        MarkKind::Apart { .. } => "apart",
    }
}

fn review_id_of(row: &Row<'_>) -> rusqlite::Result<ReviewId> {
    let session = SessionId(u128::from_be_bytes(row.get(0)?));
    Ok(ReviewId { session, number: row.get(1)? })
}

fn session_bytes(id: ReviewId) -> [u8; 16] {
    id.session.0.to_be_bytes()
}

/// SQLite stores "not a number" as NULL; an answer time that is none counts as nothing.
fn storable(seconds: f32) -> f32 {
    if seconds.is_finite() { seconds } else { 0.0 }
}

/// Reads an optional value that is stored as its number.
pub fn numbered<T>(
    row: &Row<'_>,
    column: usize,
    read: impl Fn(u8) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    let number: Option<u8> = row.get(column)?;
    number.map(|number| read(number).ok_or_else(|| unreadable(column))).transpose()
}
