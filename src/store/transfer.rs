//! The whole log out of a progress file, and into another one: entries that are there already stay as they are.

use std::collections::HashSet;

use rusqlite::{Connection, Row, Transaction};

use crate::domain::card::CardKey;
use crate::domain::log::{AddedLog, WholeLog};
use crate::domain::review::{Mark, Review, ReviewId, SavedTicks};
use crate::domain::time::Timestamp;
use crate::store::drafts::{
    DRAFT_COLUMNS, TICK_COLUMNS, draft_of, insert_draft, insert_interview, insert_study_time,
    insert_ticks, ticks_of,
};
use crate::store::error::StoreError;
use crate::store::fits::insert_fit;
use crate::store::log::{
    Inserted, all_reviews, all_voids, insert_mark, insert_review, insert_void,
};
use crate::store::{Store, schedules};

impl Store {
    /// Everything that cannot be computed.
    pub fn whole_log(&self) -> Result<WholeLog, StoreError> {
        Ok(WholeLog {
            reviews: self.read(all_reviews)?,
            voids: self.read(all_voids)?,
            marks: self.all_marks()?,
            drafts: self.read(all_drafts)?,
            ticks: self.read(all_ticks)?,
            interviews: self.interviews()?,
            study_time: self.study_time()?,
            fits: self.fits()?,
        })
    }

    /// Adds a log, in one transaction; what is known already is left as it is. Schedules are computed again and decks read
    /// again at the next start. With `dry_run` nothing is kept.
    pub fn add_log(&mut self, log: &WholeLog, dry_run: bool) -> Result<AddedLog, StoreError> {
        let here = self.whole_log()?;
        self.write(|transaction| {
            transaction.execute_batch("SAVEPOINT before")?;
            let mut added = AddedLog::default();
            for review in &log.reviews {
                match insert_review(transaction, review)? {
                    Inserted::Fresh => added.reviews += 1,
                    Inserted::Known => added.known += 1,
                    Inserted::Conflict => added.conflicts += 1,
                }
            }
            let voided: HashSet<_> = here.voids.iter().map(|void| void.0).collect();
            let is_new = |void: &&(ReviewId, Timestamp)| !voided.contains(&void.0);
            for (id, at) in log.voids.iter().filter(is_new) {
                insert_void(transaction, *id, *at)?;
                added.voids += 1;
            }
            let marked: HashSet<&Mark> = here.marks.iter().collect();
            for mark in log.marks.iter().filter(|mark| !marked.contains(mark)) {
                insert_mark(transaction, None, mark)?;
                added.marks += 1;
            }
            add_in_progress(transaction, log, &here, &mut added)?;
            schedules::forget_fingerprint(transaction)?;
            // Marks may say which card without id is which: every deck is read again.
            transaction.execute_batch("DELETE FROM index_files")?;
            if dry_run {
                transaction.execute_batch("ROLLBACK TO before")?;
            }
            Ok(added)
        })
    }

    /// Adds reviews at the end of the log in one transaction; schedules must be computed again afterwards.
    pub fn add_reviews(&mut self, reviews: &[Review]) -> Result<usize, StoreError> {
        self.write(|transaction| {
            let mut fresh = 0;
            for review in reviews {
                fresh += usize::from(insert_review(transaction, review)? == Inserted::Fresh);
            }
            schedules::forget_fingerprint(transaction)?;
            Ok(fresh)
        })
    }
}

fn add_in_progress(
    transaction: &Transaction<'_>,
    log: &WholeLog,
    here: &WholeLog,
    added: &mut AddedLog,
) -> rusqlite::Result<()> {
    for draft in &log.drafts {
        let newer = here.drafts.iter().any(|it| it.0 == draft.0 && it.2 >= draft.2);
        if !newer {
            insert_draft(transaction, draft)?;
            added.in_progress += 1;
        }
    }
    for (key, ticks) in &log.ticks {
        if !here.ticks.iter().any(|it| it.0 == *key) {
            insert_ticks(transaction, key, ticks)?;
            added.in_progress += 1;
        }
    }
    for interview in log.interviews.iter().filter(|it| !here.interviews.contains(it)) {
        insert_interview(transaction, interview)?;
        added.interviews += 1;
    }
    if let (Some(time), None) = (&log.study_time, &here.study_time) {
        insert_study_time(transaction, time)?;
        added.in_progress += 1;
    }
    for fit in log.fits.iter().filter(|fit| !here.fits.contains(fit)) {
        insert_fit(transaction, None, fit)?;
        added.fits += 1;
    }
    Ok(())
}

fn all_drafts(connection: &Connection) -> rusqlite::Result<Vec<(CardKey, String, Timestamp)>> {
    let sql = format!("SELECT {DRAFT_COLUMNS} FROM drafts ORDER BY key");
    connection.prepare_cached(&sql)?.query_map([], draft_of)?.collect()
}

fn all_ticks(connection: &Connection) -> rusqlite::Result<Vec<(CardKey, SavedTicks)>> {
    let sql = format!("SELECT {TICK_COLUMNS}, key FROM ticks ORDER BY key");
    let named = |row: &Row<'_>| Ok((CardKey(row.get(6)?), ticks_of(row)?));
    connection.prepare_cached(&sql)?.query_map([], named)?.collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::card::{CardKey, PointHash};
    use crate::domain::interview::{Interview, StudyTime};
    use crate::domain::log::{AddedLog, WholeLog};
    use crate::domain::memory::{Fit, Parameters};
    use crate::domain::review::{
        Mark, MarkKind, Rating, Review, ReviewId, ReviewSource, SavedTicks, SessionId,
    };
    use crate::domain::time::{ClockTime, Day, Timestamp};
    use crate::store::Store;

    fn review(number: u32, rating: Rating) -> Review {
        Review {
            id: ReviewId { session: SessionId(9), number },
            key: CardKey("a/b".into()),
            at: Timestamp(1_000 * i64::from(number)),
            day: Day(20_000),
            source: ReviewSource::Study,
            rating: Some(rating),
            proposed: None,
            correct: None,
            confidence: None,
            hint_used: false,
            wrong_statement: false,
            points: Vec::new(),
            seconds: 1.5,
            answer: None,
            due: Some(Day(20_001)),
        }
    }

    fn log() -> WholeLog {
        let key = CardKey("a/b".into());
        WholeLog {
            reviews: vec![review(1, Rating::Good), review(0, Rating::Again)],
            voids: vec![(review(0, Rating::Again).id, Timestamp(5))],
            marks: vec![Mark { at: Timestamp(6), key: key.clone(), kind: MarkKind::Star }],
            drafts: vec![(key.clone(), "so far".into(), Timestamp(7))],
            ticks: vec![(
                key,
                SavedTicks {
                    day: Day(20_000),
                    ticked: vec![PointHash(3)],
                    wrong_statement: false,
                    confidence: None,
                    hint_used: true,
                    answer_shown: true,
                },
            )],
            interviews: vec![Interview {
                day: Day(20_009),
                company: String::new(),
                role: "sre".into(),
                tags: Vec::new(),
                time: ClockTime::new(9, 0),
            }],
            study_time: Some(StudyTime::every_day(25)),
            fits: vec![Fit {
                at: Timestamp(7),
                reviews: 210,
                accepted: true,
                before: Some(0.34),
                after: Some(0.33),
                parameters: Some(Parameters::DEFAULT),
            }],
        }
    }

    fn store(folder: &tempfile::TempDir) -> Store {
        Store::open(&folder.path().join("progress.sqlite")).unwrap().store
    }

    #[test]
    fn a_log_that_was_added_comes_out_as_it_went_in_and_is_added_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store(&folder);
        let trial = store.add_log(&log(), true).unwrap();
        assert_eq!(store.whole_log().unwrap(), WholeLog::default());
        assert_eq!(store.add_log(&log(), false).unwrap(), trial);
        assert_eq!(store.whole_log().unwrap(), log(), "the order of recording is kept");
        let again = AddedLog { known: 2, ..AddedLog::default() };
        assert_eq!(store.add_log(&log(), false).unwrap(), again);
    }

    #[test]
    fn what_is_here_already_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store(&folder);
        store.add_log(&log(), false).unwrap();
        let mut other = log();
        other.reviews = vec![review(1, Rating::Easy)];
        other.drafts[0].1 = "older".into();
        let added = store.add_log(&other, false).unwrap();
        assert_eq!((added.conflicts, added.in_progress), (1, 0));
        assert_eq!(store.whole_log().unwrap(), log());
    }
}
