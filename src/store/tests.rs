//! What the store promises, on real files: nothing is lost, nothing is changed behind the user's back.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::domain::card::{CardId, CardKey, CardKind, Level, PointHash};
use crate::domain::deck::{CardEntry, DeckFile, DeckId, DeckInfo, FileName, Origin, Stamp};
use crate::domain::interview::{Interview, StudyTime};
use crate::domain::lang::{Lang, Localized};
use crate::domain::memory::{CardState, Fit, MemoryState, Parameters, Progress, Schedule};
use crate::domain::review::{
    Confidence, Mark, MarkKind, PointResult, Rating, Review, ReviewId, ReviewSource, SavedTicks,
    SessionId,
};
use crate::domain::sighting::Sighting;
use crate::domain::tag::{Role, Tag};
use crate::domain::time::{ClockTime, Day, Timestamp};
use crate::store::open::Opened;
use crate::store::open::beside;
use crate::store::schema::{self, MIGRATIONS};
use crate::store::{
    IndexedFile, ReadOnlyReason, Store, StoreError, StoreNotice, backup, rescue, rescue_file,
};

struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("data/progress.sqlite")
    }

    fn opened(&self) -> Opened {
        Store::open(&self.file()).unwrap()
    }

    /// A store that has nothing to tell.
    fn store(&self) -> Store {
        let Opened { store, notices } = self.opened();
        assert_eq!(notices, []);
        store
    }

    fn with_reviews(count: u32) -> Self {
        let home = Self::new();
        let mut store = home.store();
        for number in 0..count {
            store.record(&review(number), &seen(3)).unwrap();
        }
        store.mark(&mark(MarkKind::Star)).unwrap();
        drop(store);
        home
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.file()).unwrap()
    }

    fn raw(&self) -> Connection {
        Connection::open(self.file()).unwrap()
    }
}

const SESSION: SessionId = SessionId(0xfeed_0000_0000_0000_0000_0000_0000_0001);

fn key(name: &str) -> CardKey {
    CardKey(name.to_owned())
}

fn review(number: u32) -> Review {
    Review {
        id: ReviewId { session: SESSION, number },
        key: key(&format!("aws/card-{}", number % 7)),
        at: Timestamp(1_795_374_000_000 + i64::from(number) * 60_000),
        day: Day(20_780),
        source: ReviewSource::Study,
        rating: Some(Rating::Good),
        proposed: Some(Rating::Hard),
        correct: None,
        confidence: Some(Confidence::Partly),
        hint_used: true,
        wrong_statement: false,
        points: vec![
            PointResult { point: PointHash(u64::MAX), hit: true },
            PointResult { point: PointHash(7), hit: false },
        ],
        seconds: 61.237,
        answer: Some("먼저 `kubectl describe`를\t봅니다\n그 다음 \\n".into()),
        due: Some(Day(20_783)),
    }
}

fn bare_review(number: u32) -> Review {
    Review {
        source: ReviewSource::Quiz,
        rating: None,
        proposed: None,
        correct: Some(false),
        confidence: None,
        points: Vec::new(),
        answer: None,
        due: None,
        ..review(number)
    }
}

fn seen(days: i32) -> Schedule {
    Schedule::Seen(Progress {
        state: CardState::Review,
        memory: MemoryState { stability: 3.173_5, difficulty: 5.1 },
        first_day: Day(20_700),
        last_day: Day(20_780),
        last_at: Timestamp(1_795_374_000_000),
        due: Day(20_780 + days),
        reviews: 4,
        lapses: 1,
    })
}

fn mark(kind: MarkKind) -> Mark {
    Mark { at: Timestamp(5), key: key("aws/card-1"), kind }
}

fn numbers(reviews: &[Review]) -> Vec<u32> {
    reviews.iter().map(|review| review.id.number).collect()
}

#[test]
fn a_review_comes_back_as_it_was_recorded() {
    let home = Home::new();
    home.store().record(&review(0), &seen(3)).unwrap();
    home.store().record(&bare_review(1), &Schedule::New { wanted: Some(Day(9)) }).unwrap();
    let store = home.store();
    assert_eq!(store.log().unwrap(), [review(0), bare_review(1)]);
    let schedules = store.schedules().unwrap();
    assert_eq!(schedules[&review(0).key], seen(3));
    assert_eq!(schedules[&review(1).key], Schedule::New { wanted: Some(Day(9)) });
}

#[test]
fn recording_again_after_an_unknown_outcome_changes_nothing() {
    let home = Home::new();
    let mut store = home.store();
    let odd = Review { seconds: f32::NAN, ..review(0) };
    store.record(&odd, &seen(3)).unwrap();
    store.record(&odd, &seen(3)).unwrap();
    assert_eq!(store.log().unwrap().len(), 1);

    let other = Review { rating: Some(Rating::Again), ..odd };
    let refused = store.record(&other, &Schedule::UNSEEN).unwrap_err();
    assert!(matches!(refused, StoreError::Conflict { number: 0, .. }));
    assert_eq!(store.log().unwrap()[0].rating, Some(Rating::Good));
    assert_eq!(store.schedules().unwrap()[&review(0).key], seen(3));
}

#[test]
fn recording_forgets_the_draft_and_ticks_of_that_card_only() {
    let mut store = Store::in_memory().unwrap();
    let ticks = SavedTicks {
        ticked: vec![PointHash(1), PointHash(u64::MAX)],
        wrong_statement: true,
        confidence: Some(Confidence::Sure),
        hint_used: true,
        answer_shown: true,
        day: Day(7),
    };
    for card in [review(0).key, review(1).key] {
        store.save_draft(&card, "먼", Timestamp(1)).unwrap();
        store.save_draft(&card, "먼저", Timestamp(2)).unwrap();
        store.save_ticks(&card, &ticks).unwrap();
    }
    store.record(&review(0), &seen(1)).unwrap();
    assert_eq!(store.draft(&review(0).key).unwrap(), None);
    assert_eq!(store.ticks(&review(0).key).unwrap(), None);
    assert_eq!(store.draft(&review(1).key).unwrap().as_deref(), Some("먼저"));
    assert_eq!(store.ticks(&review(1).key).unwrap(), Some(ticks));
    store.clear_draft(&review(1).key).unwrap();
    assert_eq!(store.draft(&review(1).key).unwrap(), None);
}

#[test]
fn what_is_taken_back_is_not_in_the_log() {
    let mut store = Store::in_memory().unwrap();
    for number in 0..3 {
        store.record(&review(number), &seen(3)).unwrap();
    }
    for _ in 0..2 {
        store.void(review(1).id, Timestamp(9), &review(1).key, &Schedule::UNSEEN).unwrap();
    }
    assert_eq!(numbers(&store.log().unwrap()), [0, 2]);
    assert_eq!(store.history(&review(1).key).unwrap(), []);
    assert_eq!(numbers(&store.history(&review(2).key).unwrap()), [2]);
    assert_eq!(store.log_since(Day(20_780)).unwrap().len(), 2);
    assert_eq!(store.log_since(Day(20_781)).unwrap(), []);
    assert!(!store.schedules().unwrap().contains_key(&review(1).key));
}

#[test]
fn the_last_session_is_the_newest_with_a_review_left() {
    let mut store = Store::in_memory().unwrap();
    assert_eq!(store.last_session().unwrap(), None);
    let later = |number| {
        let id = ReviewId { session: SessionId(5), number };
        Review { id, ..review(number) }
    };
    store.record(&review(0), &seen(3)).unwrap();
    store.record(&later(0), &seen(3)).unwrap();
    store.record(&later(1), &seen(3)).unwrap();
    let (session, reviews) = store.last_session().unwrap().unwrap();
    assert_eq!((session, numbers(&reviews)), (SessionId(5), vec![0, 1]));
    for number in 0..2 {
        store.void(later(number).id, Timestamp(9), &key("x"), &Schedule::UNSEEN).unwrap();
    }
    assert_eq!(store.last_session().unwrap(), Some((SESSION, vec![review(0)])));
}

#[test]
fn marks_come_back_in_order() {
    let identity = MarkKind::Identity {
        file: "/decks/내 카드.toml".into(),
        position: 3,
        question_hash: u64::MAX,
        answer_hash: 1,
    };
    let marks: Vec<Mark> = [
        MarkKind::Suspend,
        MarkKind::Unsuspend,
        MarkKind::Bury { until: Day(20_790) },
        MarkKind::Unbury,
        MarkKind::Star,
        MarkKind::Unstar,
        identity,
        MarkKind::Alias { id: "aws/new".into() },
    ]
    .map(mark)
    .into();
    let mut store = Store::in_memory().unwrap();
    store.marks(&marks).unwrap();
    assert_eq!(store.all_marks().unwrap(), marks);
}

#[test]
fn the_log_only_grows_whoever_writes() {
    let home = Home::with_reviews(1);
    let mut store = home.store();
    store.void(review(0).id, Timestamp(1), &review(0).key, &Schedule::UNSEEN).unwrap();
    let raw = home.raw();
    store.record_fit(&fit(210, None)).unwrap();
    for table in ["reviews", "voids", "marks", "fits"] {
        for sql in [format!("UPDATE {table} SET at = 0"), format!("DELETE FROM {table}")] {
            let refused = raw.execute(&sql, []).unwrap_err().to_string();
            assert!(refused.contains("only grow"), "{sql}: {refused}");
        }
    }
}

#[test]
fn two_programs_see_each_others_reviews() {
    let home = Home::new();
    let (mut one, mut other) = (home.store(), home.store());
    one.record(&review(0), &seen(1)).unwrap();
    other.record(&review(1), &seen(1)).unwrap();
    one.record(&review(2), &seen(1)).unwrap();
    assert_eq!(numbers(&one.log().unwrap()), [0, 1, 2]);
    assert_eq!(numbers(&other.log().unwrap()), [0, 1, 2]);
    drop(one);
    other.record(&review(3), &seen(1)).unwrap();
    drop(other);
    assert_eq!(numbers(&home.store().log().unwrap()), [0, 1, 2, 3]);
}

#[test]
fn many_programs_start_and_write_at_once() {
    let home = Home::new();
    std::thread::scope(|scope| {
        for writer in 0..4_u32 {
            let file = home.file();
            scope.spawn(move || {
                let mut store = Store::open(&file).unwrap().store;
                for number in 0..10 {
                    store.record(&review(writer * 10 + number), &seen(1)).unwrap();
                }
            });
        }
    });
    assert_eq!(home.store().log().unwrap().len(), 40);
}

#[test]
fn a_file_that_another_program_holds_is_busy_and_the_retry_succeeds() {
    let home = Home::new();
    let mut store = home.store();
    store.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    let other = home.raw();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let busy = store.record(&review(0), &seen(1)).unwrap_err();
    assert!(matches!(busy, StoreError::Busy { .. }));
    other.execute_batch("COMMIT").unwrap();
    store.record(&review(0), &seen(1)).unwrap();
    assert_eq!(store.log().unwrap(), [review(0)]);
}

#[test]
fn a_full_disk_is_told_and_the_retry_succeeds() {
    let home = Home::with_reviews(1);
    let mut store = home.store();
    let limit = |store: &Store, pages: u32| {
        let pragma = format!("PRAGMA max_page_count = {pages}");
        store.connection.query_row(&pragma, [], |_| Ok(())).unwrap();
    };
    limit(&store, 1);
    let big = Review { answer: Some("x".repeat(20_000)), ..review(1) };
    let full = store.record(&big, &seen(1)).unwrap_err();
    assert!(matches!(full, StoreError::Full { .. }));
    assert!(full.to_string().contains("free some space"));
    assert_eq!(numbers(&store.log().unwrap()), [0]);
    limit(&store, 100_000);
    store.record(&big, &seen(1)).unwrap();
    assert_eq!(store.log().unwrap(), [review(0), big]);
}

#[test]
fn every_commit_is_on_disk_before_the_call_returns() {
    let store = Home::new().store();
    let pragma = |name| -> String {
        let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        store.connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!((pragma("journal_mode"), pragma("synchronous")), ("wal".into(), "2".into()));
}

#[test]
fn a_killed_program_loses_nothing() {
    let home = Home::new();
    let mut store = home.store();
    store.record(&review(0), &seen(1)).unwrap();
    // The files as a kill leaves them: the log beside the database was never moved into it.
    let after_kill = Home::new();
    fs::create_dir_all(after_kill.file().parent().unwrap()).unwrap();
    for ending in ["", "-wal"] {
        fs::copy(beside(&home.file(), ending), beside(&after_kill.file(), ending)).unwrap();
    }
    assert_eq!(after_kill.store().log().unwrap(), [review(0)]);
}

#[cfg(unix)]
#[test]
fn the_folder_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    drop(home.store());
    let mode = fs::metadata(home.file().parent().unwrap()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn a_file_of_a_newer_prep_is_read_and_never_touched() {
    let home = Home::with_reviews(2);
    home.raw().pragma_update(None, "user_version", 99).unwrap();
    home.raw().query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).unwrap();
    let before = home.bytes();
    let Opened { mut store, notices } = home.opened();
    let reason = ReadOnlyReason::NewerVersion { found: 99, known: schema::newest(MIGRATIONS) };
    assert_eq!(notices, [StoreNotice::ReadOnly(reason)]);
    assert_eq!(store.log().unwrap().len(), 2);
    let refused = store.record(&review(5), &seen(1)).unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly { .. }));
    assert!(refused.to_string().contains("update prep"), "{refused}");
    assert_eq!(store.backup_if_older_than(Day(1)).unwrap(), None);
    drop(store);
    assert_eq!(Store::repair(&home.file()).unwrap().notices.len(), 1);
    assert!(home.bytes() == before, "the file was changed");
}

#[test]
fn a_newer_version_that_stands_only_in_the_log_is_not_touched_either() {
    let source = Home::with_reviews(2);
    let writer = source.raw();
    writer.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    writer.pragma_update(None, "user_version", 99).unwrap();
    let home = Home::new();
    fs::create_dir_all(home.file().parent().unwrap()).unwrap();
    for ending in ["", "-wal"] {
        fs::copy(beside(&source.file(), ending), beside(&home.file(), ending)).unwrap();
    }
    let wal = || fs::read(beside(&home.file(), "-wal")).unwrap();
    let before = (home.bytes(), wal());
    let opened = home.opened();
    assert_eq!(opened.store.log().unwrap().len(), 2);
    assert!(matches!(opened.notices[..], [StoreNotice::ReadOnly(_)]));
    drop(opened);
    assert!((home.bytes(), wal()) == before, "the file was changed");
}

#[test]
fn a_newer_file_that_cannot_be_read_is_refused_with_a_sentence() {
    let home = Home::with_reviews(1);
    home.raw()
        .execute_batch("ALTER TABLE reviews RENAME TO entries; PRAGMA user_version = 99")
        .unwrap();
    let refused = Store::open(&home.file()).unwrap_err();
    assert!(matches!(refused, StoreError::TooNew { found: 99, .. }));
    assert!(refused.to_string().ends_with("update prep"));
}

#[test]
fn a_database_of_another_program_is_refused_untouched() {
    let home = Home::new();
    fs::create_dir_all(home.file().parent().unwrap()).unwrap();
    for version in [0, 1, 500] {
        home.raw().execute_batch("CREATE TABLE IF NOT EXISTS notes (a)").unwrap();
        home.raw().pragma_update(None, "user_version", version).unwrap();
        let before = home.bytes();
        let refused = Store::open(&home.file()).unwrap_err();
        assert!(matches!(refused, StoreError::Foreign { .. }), "{refused}");
        assert!(home.bytes() == before);
    }
}

/// Opens a damaged file and returns the store, its reviews' numbers and what was told.
fn recovered(home: &Home) -> (Store, Vec<u32>, StoreNotice) {
    let Opened { store, notices } = home.opened();
    let [notice @ StoreNotice::Recovered { aside, reviews, .. }] = notices.as_slice() else {
        panic!("a recovery expected: {notices:?}");
    };
    assert!(aside.exists());
    let read = numbers(&store.log().unwrap());
    assert_eq!(read.len(), *reviews);
    (store, read, notice.clone())
}

const LARGE: u32 = 400;

#[test]
fn a_file_with_garbage_in_the_middle_keeps_what_can_be_read() {
    let home = Home::with_reviews(LARGE);
    let mut bytes = home.bytes();
    let page = 4096;
    // Reviews are the bulk of the file: pages from its middle on hold some of them.
    let middle = bytes.len() / page / 2 * page;
    bytes[middle..middle + 2 * page].fill(0xa5);
    fs::write(home.file(), &bytes).unwrap();
    // Damage in the middle shows when it is read, or to the full check.
    let Opened { mut store, notices } = Store::repair(&home.file()).unwrap();
    let [StoreNotice::Recovered { aside, reviews, lost, .. }] = notices.as_slice() else {
        panic!("a recovery expected: {notices:?}");
    };
    assert_eq!(fs::read(aside).unwrap(), bytes, "the damaged file is kept as it was");
    assert!(*reviews > 300, "{reviews} reviews recovered");
    assert_eq!(reviews + lost, LARGE as usize);
    assert!(store.log().unwrap().iter().all(|it| *it == review(it.id.number)));
    assert_eq!(store.all_marks().unwrap(), [mark(MarkKind::Star)]);
    assert!(!store.schedules_are_current(1).unwrap());
    store.record(&review(LARGE), &seen(1)).unwrap();
    drop(store);
    assert_eq!(home.store().log().unwrap().len(), reviews + 1);
}

#[test]
fn every_single_damaged_page_leaves_the_rest() {
    let home = Home::with_reviews(60);
    let whole = home.bytes();
    for page in 1..whole.len() / 4096 {
        let home = Home::new();
        fs::create_dir_all(home.file().parent().unwrap()).unwrap();
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0xff);
        fs::write(home.file(), bytes).unwrap();
        let opened = Store::repair(&home.file()).unwrap();
        let log = opened.store.log().unwrap();
        assert!(log.iter().all(|it| *it == review(it.id.number)));
        opened.store.schedules().unwrap();
        drop(opened);
        home.store();
    }
}

#[test]
fn a_truncated_file_keeps_what_is_left() {
    let home = Home::with_reviews(LARGE);
    let bytes = home.bytes();
    fs::write(home.file(), &bytes[..bytes.len() * 2 / 3]).unwrap();
    let (store, read, _) = recovered(&home);
    assert!(read.len() > 100, "{} reviews recovered", read.len());
    drop(store);
    assert_eq!(numbers(&home.store().log().unwrap()), read);
}

#[test]
fn a_file_that_is_no_database_is_set_aside() {
    for content in ["not a database", &"x".repeat(10_000)] {
        let home = Home::new();
        fs::create_dir_all(home.file().parent().unwrap()).unwrap();
        fs::write(home.file(), content).unwrap();
        let (mut store, read, notice) = recovered(&home);
        assert_eq!(read, Vec::<u32>::new());
        assert!(notice.to_string().contains("progress.damaged-1.sqlite"), "{notice}");
        store.record(&review(0), &seen(1)).unwrap();
    }
}

#[test]
fn an_empty_file_is_a_new_one_unless_copies_exist() {
    let home = Home::with_reviews(3);
    home.store().backup_if_older_than(Day(20_780)).unwrap();
    fs::write(home.file(), "").unwrap();
    assert_eq!(recovered(&home).1, [0, 1, 2]);

    let fresh = Home::new();
    fs::create_dir_all(fresh.file().parent().unwrap()).unwrap();
    fs::write(fresh.file(), "").unwrap();
    fresh.store().record(&review(0), &seen(1)).unwrap();
}

#[test]
fn gaps_are_filled_from_the_newest_copy() {
    let home = Home::with_reviews(20);
    let mut store = home.store();
    store.backup_if_older_than(Day(20_780)).unwrap().unwrap();
    store.void(review(3).id, Timestamp(1), &review(3).key, &Schedule::UNSEEN).unwrap();
    store.record(&review(20), &seen(1)).unwrap();
    store.save_draft(&key("x"), "half", Timestamp(1)).unwrap();
    drop(store);
    let bytes = home.bytes();
    fs::write(home.file(), [&[0_u8; 100], &bytes[100..]].concat()).unwrap();
    let (store, read, notice) = recovered(&home);
    assert_eq!(read, (0..20).collect::<Vec<_>>());
    assert!(notice.to_string().contains("progress-2026-11-23.sqlite"), "{notice}");
    drop(store);

    // A second accident with a readable file: old and new are put together in order.
    home.store().record(&review(21), &seen(1)).unwrap();
    let connection = home.raw();
    connection.execute_batch("DROP TABLE voids").unwrap();
    drop(connection);
    assert_eq!(recovered(&home).1, (0..20).chain([21]).collect::<Vec<_>>());
    assert!(home.file().with_file_name("progress.damaged-2.sqlite").exists());
}

#[test]
fn a_whole_file_is_not_repaired() {
    let home = Home::with_reviews(3);
    assert_eq!(Store::repair(&home.file()).unwrap().notices, []);
    assert_eq!(home.store().log().unwrap().len(), 3);
}

#[test]
fn drafts_and_interviews_survive_a_recovery() {
    let home = Home::with_reviews(3);
    let interview = Interview {
        day: Day(20_800),
        company: "핀테크 K".into(),
        role: "SRE".into(),
        tags: vec![Tag("aws".into()), Tag("linux".into())],
        time: ClockTime::new(14, 30),
    };
    let time = StudyTime {
        weekdays: [45, 45, 45, 45, 45, 60, 60],
        days_off: vec![Day(20_790), Day(20_795)],
    };
    let mut store = home.store();
    store.replace_interviews(std::slice::from_ref(&interview)).unwrap();
    store.set_study_time(&StudyTime::every_day(5)).unwrap();
    store.set_study_time(&time).unwrap();
    store.save_draft(&key("x"), "half", Timestamp(1)).unwrap();
    drop(store);
    home.raw().execute_batch("DROP TABLE voids").unwrap();
    let (store, read, _) = recovered(&home);
    assert_eq!(read, [0, 1, 2]);
    assert_eq!(store.interviews().unwrap(), [interview]);
    assert_eq!(store.study_time().unwrap(), Some(time));
    assert_eq!(store.draft(&key("x")).unwrap().as_deref(), Some("half"));
}

#[test]
fn keys_that_two_programs_give_at_once_are_given_by_one_of_them() {
    let home = Home::with_reviews(1);
    let (mut one, mut other) = (home.store(), home.store());
    let mark = |name: &str| Mark {
        at: Timestamp(1),
        key: key(name),
        kind: MarkKind::Identity {
            file: "x.toml".into(),
            position: 0,
            question_hash: 1,
            answer_hash: u64::MAX,
        },
    };
    let seen = |name: &str| Sighting {
        key: key(name),
        id: None,
        file: "x.toml".into(),
        position: 0,
        question_hash: 1,
        answer_hash: u64::MAX,
        question: "파드란?".into(),
        answer: String::new(),
        is_here: true,
    };
    let (first, second) = (one.newest_mark().unwrap(), other.newest_mark().unwrap());
    assert!(one.marks_after(first, &[mark("~1")], &[seen("~1")]).unwrap());
    assert!(
        !other.marks_after(second, &[mark("~2")], &[seen("~2")]).unwrap(),
        "it must look again"
    );
    assert_eq!(other.all_marks().unwrap().last(), Some(&mark("~1")));
    assert_eq!(other.last_seen().unwrap(), [seen("~1")]);
    let apart = Mark { kind: MarkKind::Apart { from: key("x/a") }, ..mark("~1") };
    other.mark(&apart).unwrap();
    assert_eq!(one.all_marks().unwrap().last(), Some(&apart));
}

#[test]
fn a_migration_copies_the_file_first_and_keeps_everything() {
    let home = Home::with_reviews(3);
    let steps = [MIGRATIONS, &["ALTER TABLE reviews ADD COLUMN extra TEXT"]].concat();
    let (before, after) = (schema::newest(MIGRATIONS), schema::newest(&steps));
    let mut connection = home.raw();
    schema::migrate(&mut connection, &home.file(), &steps).unwrap();
    assert_eq!(schema::version(&connection).unwrap(), after);
    let count = |connection: &Connection| -> u32 {
        connection.query_row("SELECT count(*) FROM reviews", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(count(&connection), 3);
    let copy = home.file().with_file_name("backups").join(format!("before-version-{after}.sqlite"));
    let copy = Connection::open(copy).unwrap();
    assert_eq!((schema::version(&copy).unwrap(), count(&copy)), (before, 3));
}

#[test]
fn a_new_file_is_not_copied_on_its_way_to_the_newest_version() {
    let home = Home::new();
    assert_eq!(schema::version(&home.store().connection).unwrap(), schema::newest(MIGRATIONS));
    assert!(!home.file().with_file_name("backups").exists());
}

#[test]
fn an_older_file_is_brought_up_by_many_programs_at_once() {
    let home = Home::new();
    fs::create_dir_all(home.file().parent().unwrap()).unwrap();
    let raw = home.raw();
    raw.execute_batch(MIGRATIONS[0]).unwrap();
    raw.pragma_update(None, "user_version", 1).unwrap();
    drop(raw);
    std::thread::scope(|scope| {
        for writer in 0..4_u32 {
            let file = home.file();
            scope.spawn(move || {
                let mut store = Store::open(&file).unwrap().store;
                store.record(&review(writer), &seen(1)).unwrap();
            });
        }
    });
    assert_eq!(home.store().log().unwrap().len(), 4);
    let copies = fs::read_dir(home.file().with_file_name("backups")).unwrap().count();
    assert_eq!(copies, MIGRATIONS.len() - 1, "one copy for each step");
}

#[test]
fn a_migration_that_fails_leaves_the_old_file() {
    let home = Home::with_reviews(3);
    let broken = "ALTER TABLE reviews ADD COLUMN extra TEXT; SELECT nonsense";
    let steps = [MIGRATIONS, &[broken]].concat();
    assert!(schema::migrate(&mut home.raw(), &home.file(), &steps).is_err());
    assert_eq!(home.store().log().unwrap().len(), 3);
}

/// The text of version 1 as it was shipped; when this fails, a shipped migration was edited.
#[test]
fn a_shipped_migration_is_never_edited() {
    assert_eq!(crate::domain::card::fnv1a(MIGRATIONS[0].as_bytes()), VERSION_1_HASH);
}

const VERSION_1_HASH: u64 = 0x4311_b604_94ae_b8e2;

#[test]
fn a_file_written_by_hand_in_version_1_opens() {
    let home = Home::new();
    fs::create_dir_all(home.file().parent().unwrap()).unwrap();
    let raw = home.raw();
    raw.execute_batch(MIGRATIONS[0]).unwrap();
    raw.execute_batch(
        "INSERT INTO reviews VALUES (1, x'feed0000000000000000000000000001', 0, 'aws/card-0', \
         1795374000000, 20780, 'quiz', NULL, NULL, 0, NULL, 1, 0, '', 61.237, NULL, NULL); \
         PRAGMA user_version = 1",
    )
    .unwrap();
    drop(raw);
    let mut store = home.store();
    let mut stored = store.log().unwrap();
    stored[0].seconds = review(0).seconds;
    assert_eq!(stored, [bare_review(0)]);
    // What version 1 did not have is there and empty, and the file as it was is kept.
    assert_eq!((store.fits().unwrap(), store.parameters().unwrap()), (Vec::new(), None));
    store.record_fit(&fit(210, None)).unwrap();
    let copy = home.file().with_file_name("backups").join("before-version-2.sqlite");
    assert_eq!(schema::version(&Connection::open(copy).unwrap()).unwrap(), 1);
}

#[test]
fn a_file_of_version_1_that_is_only_read_has_no_fits() {
    let home = Home::new();
    fs::create_dir_all(home.file().parent().unwrap()).unwrap();
    home.raw().execute_batch(&format!("{}; PRAGMA user_version = 99", MIGRATIONS[0])).unwrap();
    let store = home.opened().store;
    assert!(store.read_only().is_some());
    assert_eq!((store.fits().unwrap(), store.last_fit().unwrap()), (Vec::new(), None));
    assert_eq!(store.parameters().unwrap(), None);
}

fn own_parameters() -> Parameters {
    let mut values = *Parameters::DEFAULT.values();
    values[2] = 1.1;
    values[20] = 0.2;
    Parameters::clamped(values).unwrap()
}

/// A fit that was accepted if it has parameters.
fn fit(reviews: u32, parameters: Option<Parameters>) -> Fit {
    Fit {
        at: Timestamp(1_795_374_000_000 + i64::from(reviews)),
        reviews,
        accepted: parameters.is_some(),
        before: Some(0.401_25),
        after: Some(0.4),
        parameters,
    }
}

fn adopt(store: &mut Store, fit: &Fit) {
    store.adopt_fit(fit, 1, |_| HashMap::from([(key("a"), seen(5))])).unwrap();
}

#[test]
fn the_newest_accepted_fit_gives_the_parameters_in_use() {
    let home = Home::with_reviews(2);
    let mut store = home.store();
    assert_eq!((store.parameters().unwrap(), store.last_fit().unwrap()), (None, None));
    let refused = fit(210, None);
    store.record_fit(&refused).unwrap();
    assert_eq!((store.parameters().unwrap(), store.last_fit().unwrap()), (None, Some(refused)));
    let accepted = fit(420, Some(own_parameters()));
    adopt(&mut store, &accepted);
    store.record_fit(&fit(840, None)).unwrap();
    drop(store);
    let mut store = home.store();
    assert_eq!(store.parameters().unwrap(), Some(own_parameters()));
    assert_eq!(store.fits().unwrap(), [refused, accepted, fit(840, None)]);
    // Going back to the default parameters is an accepted fit without any.
    let reset = Fit { accepted: true, before: None, after: None, ..fit(900, None) };
    adopt(&mut store, &reset);
    assert_eq!((store.parameters().unwrap(), store.last_fit().unwrap()), (None, Some(reset)));
}

#[test]
fn a_fit_is_stored_with_its_schedules_or_not_at_all() {
    let home = Home::with_reviews(3);
    let mut store = home.store();
    let mut other = home.store();
    other.record(&review(3), &seen(9)).unwrap();
    let accepted = fit(420, Some(own_parameters()));
    let given = store.adopt_fit(&accepted, 77, |log| {
        assert_eq!(log.len(), 4, "what another program recorded meanwhile is in the log");
        HashMap::from([(key("a"), seen(5))])
    });
    assert_eq!(given.unwrap(), other.schedules().unwrap());
    assert!(store.schedules_are_current(77).unwrap());
    store.refuse_writes(true);
    let refused = store.adopt_fit(&fit(840, Some(Parameters::DEFAULT)), 78, |_| HashMap::new());
    assert!(refused.is_err());
    store.refuse_writes(false);
    assert_eq!(store.parameters().unwrap(), Some(own_parameters()));
    assert_eq!((store.schedules().unwrap().len(), store.fits().unwrap()), (1, vec![accepted]));
}

#[test]
fn parameters_that_cannot_be_read_are_the_default_ones() {
    let home = Home::with_reviews(1);
    home.raw()
        .execute(
            "INSERT INTO fits (at, reviews, accepted, parameters) VALUES (1, 9, 1, '1, 2')",
            [],
        )
        .unwrap();
    assert_eq!(home.store().parameters().unwrap(), None);
}

#[test]
fn fits_survive_a_recovery_and_stand_in_every_copy() {
    let home = Home::with_reviews(3);
    let mut store = home.store();
    let (refused, accepted) = (fit(210, None), fit(420, Some(own_parameters())));
    store.record_fit(&refused).unwrap();
    let copy = store.backup_if_older_than(Day(20_780)).unwrap().unwrap();
    adopt(&mut store, &accepted);
    drop(store);
    home.raw().execute_batch("DROP TABLE voids").unwrap();
    let (store, read, notice) = recovered(&home);
    assert_eq!(read, [0, 1, 2]);
    assert!(matches!(notice, StoreNotice::Recovered { lost: 0, .. }), "{notice:?}");
    assert_eq!(store.fits().unwrap(), [refused, accepted]);
    assert_eq!(store.parameters().unwrap(), Some(own_parameters()));
    assert!(!store.schedules_are_current(1).unwrap(), "they are computed again");
    drop(store);
    // Where only the table of fits is gone, the copy has what it had.
    home.raw().execute_batch("DROP TABLE fits").unwrap();
    let (store, read, _) = recovered(&home);
    assert_eq!((read, store.fits().unwrap()), (vec![0, 1, 2], vec![refused]));
    assert!(copy.exists());
}

#[test]
fn one_copy_a_day_and_seven_in_all() {
    let home = Home::with_reviews(2);
    let mut store = home.store();
    for day in 20_780..20_790 {
        let made = store.backup_if_older_than(Day(day)).unwrap().unwrap();
        assert_eq!(store.backup_if_older_than(Day(day)).unwrap(), None);
        let copy = Connection::open(made).unwrap();
        assert_eq!(schema::version(&copy).unwrap(), schema::newest(MIGRATIONS));
    }
    let names = backup::daily(&home.file());
    assert_eq!(names.len(), 7);
    assert!(names[6].ends_with("backups/progress-2026-12-02.sqlite"), "{names:?}");
    let mut empty = Home::new().store();
    assert_eq!(empty.backup_if_older_than(Day(1)).unwrap(), None);
}

#[test]
fn a_copy_of_the_data_folder_is_the_same_progress() {
    let home = Home::with_reviews(5);
    let copy = home.store().backup_if_older_than(Day(1)).unwrap().unwrap();
    let other = Home::new();
    fs::create_dir_all(other.file().parent().unwrap()).unwrap();
    fs::copy(copy, other.file()).unwrap();
    let (one, other) = (home.store(), other.store());
    assert_eq!(one.log().unwrap(), other.log().unwrap());
    assert_eq!(one.schedules().unwrap(), other.schedules().unwrap());
    assert_eq!(one.all_marks().unwrap(), other.all_marks().unwrap());
}

#[test]
fn reviews_of_the_rescue_journal_are_recorded_at_the_next_start() {
    let home = Home::with_reviews(1);
    home.store().set_schedules_current(7).unwrap();
    let journal = rescue_file(&home.file());
    rescue(&journal, &[review(0), review(1)]).unwrap();
    rescue(&journal, &[bare_review(2)]).unwrap();
    let Opened { store, notices } = home.opened();
    assert_eq!(notices, [StoreNotice::JournalReplayed { reviews: 2, unread: None }]);
    assert_eq!(store.log().unwrap(), [review(0), review(1), bare_review(2)]);
    assert!(!store.schedules_are_current(7).unwrap(), "schedules must be replayed");
    assert!(!journal.exists());
    home.store();
}

#[test]
fn lines_of_the_rescue_journal_that_cannot_be_read_are_kept() {
    let home = Home::with_reviews(0);
    let journal = rescue_file(&home.file());
    rescue(&journal, &[review(0), review(1)]).unwrap();
    let text = fs::read(&journal).unwrap();
    // Cut within the last line (and within a letter), as by a crash, then written on.
    fs::write(&journal, &text[..text.len() - 46]).unwrap();
    rescue(&journal, &[review(2)]).unwrap();
    let Opened { store, notices } = home.opened();
    let [StoreNotice::JournalReplayed { reviews: 2, unread: Some(kept) }] = notices.as_slice()
    else {
        panic!("{notices:?}");
    };
    assert!(kept.exists());
    assert_eq!(numbers(&store.log().unwrap()), [0, 2]);
    home.store();
}

#[test]
fn a_journal_whose_replay_was_interrupted_is_replayed_with_the_new_one() {
    let home = Home::with_reviews(0);
    let journal = rescue_file(&home.file());
    rescue(&journal, &[review(0)]).unwrap();
    fs::rename(&journal, journal.with_extension("rescue-replaying")).unwrap();
    rescue(&journal, &[review(1)]).unwrap();
    let opened = home.opened();
    assert_eq!(opened.notices, [StoreNotice::JournalReplayed { reviews: 2, unread: None }]);
    assert_eq!(opened.store.log().unwrap(), [review(0), review(1)]);
}

#[test]
fn a_damaged_file_and_a_journal_are_both_used() {
    let home = Home::with_reviews(2);
    rescue(&rescue_file(&home.file()), &[review(2)]).unwrap();
    home.raw().execute_batch("DROP TABLE marks").unwrap();
    let opened = home.opened();
    assert_eq!(opened.notices.len(), 2);
    assert_eq!(numbers(&opened.store.log().unwrap()), [0, 1, 2]);
}

#[test]
fn schedules_are_replaced_as_a_whole() {
    let mut store = Store::in_memory().unwrap();
    assert!(!store.schedules_are_current(1).unwrap());
    store.record(&review(0), &seen(1)).unwrap();
    let all = [(key("a"), seen(5)), (key("b"), Schedule::UNSEEN)];
    store.replace_schedules(&all.into_iter().collect()).unwrap();
    store.set_schedules_current(1).unwrap();
    assert_eq!(store.schedules().unwrap().into_iter().collect::<Vec<_>>(), [(key("a"), seen(5))]);
    assert!(store.schedules_are_current(1).unwrap());
    assert!(!store.schedules_are_current(2).unwrap());
}

fn deck(path: &str, origin: Origin) -> (DeckFile, DeckInfo) {
    let name = FileName { origin, path: path.to_owned() };
    let stamp = Stamp { size: u64::MAX, modified: -5, inode: 77 };
    let info = DeckInfo {
        file: name.clone(),
        id: DeckId(path.to_owned()),
        title: Localized::new(Lang::Ko, "제목".into(), Some("Title".into())),
        lang: Lang::Ko,
        errors: 1,
        warnings: 2,
    };
    (DeckFile { name, stamp }, info)
}

fn entry(file: &FileName, position: u32) -> CardEntry {
    let id = position.is_multiple_of(2).then(|| CardId(format!("aws/{position}")));
    CardEntry {
        key: CardKey(format!("key-{position}")),
        id,
        deck: DeckId("aws".into()),
        file: file.clone(),
        position,
        offset: 10,
        length: u64::MAX,
        line: 12,
        kind: CardKind::Numeric,
        level: Level::new(u8::try_from(position % 4).unwrap()),
        tags: vec![Tag("aws".into()), Tag("네트워크".into())],
        roles: vec![Role("sre".into())],
        asked: vec!["핀테크 K사".into(), "fintech K".into()],
        versus: vec![CardId("aws/9".into())],
        points: 4,
        aim_seconds: 90,
        retired: position == 1,
        title: Localized::new(Lang::En, format!("Question {position}?"), None),
        question_hash: u64::MAX - 1,
        answer_hash: 3,
    }
}

#[test]
fn the_index_comes_back_in_file_order_and_position() {
    let mut store = Store::in_memory().unwrap();
    let (user, user_info) = deck("/home/a.toml", Origin::User);
    let (bundled, bundled_info) = deck("z.toml", Origin::Bundled);
    let user_cards: Vec<_> = (0..12).map(|position| entry(&user.name, position)).collect();
    let bundled_cards = [entry(&bundled.name, 0)];
    let index = [
        IndexedFile { file: &user, info: &user_info, cards: &user_cards },
        IndexedFile { file: &bundled, info: &bundled_info, cards: &bundled_cards },
    ];
    store.replace_files(&index).unwrap();
    store.replace_files(&index[..1]).unwrap();
    let expected: Vec<_> = bundled_cards.iter().chain(&user_cards).cloned().collect();
    assert_eq!(store.entries().unwrap(), expected);
    assert_eq!(store.decks().unwrap(), [bundled_info, user_info]);
    assert_eq!(store.stamps().unwrap()[&user.name], user.stamp);

    store.forget_files(std::slice::from_ref(&user.name)).unwrap();
    assert_eq!(store.entries().unwrap(), bundled_cards);
    assert_eq!(store.stamps().unwrap().len(), 1);
    assert!(!store.index_is_current(3).unwrap());
    store.restart_index(3).unwrap();
    assert!(store.index_is_current(3).unwrap());
    assert_eq!((store.entries().unwrap().len(), store.decks().unwrap().len()), (0, 0));
}

#[test]
fn characters_that_separate_parts_cannot_break_the_index() {
    let mut store = Store::in_memory().unwrap();
    let (file, info) = deck("a.toml", Origin::User);
    let odd = CardEntry {
        title: Localized::new(Lang::En, "a\u{1e}b\u{1f}c".into(), None),
        tags: vec![Tag("a\u{1f}b\u{1e}".into())],
        ..entry(&file.name, 0)
    };
    store.replace_files(&[IndexedFile { file: &file, info: &info, cards: &[odd] }]).unwrap();
    let read = store.entries().unwrap();
    assert_eq!(read[0].title.base(), "a b c");
    assert_eq!(read[0].tags, [Tag("a b ".into())]);
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("file"), "").unwrap();
    let refused = Store::open(&home.path().join("file/progress.sqlite")).unwrap_err();
    assert!(refused.to_string().contains("cannot make the folder"), "{refused}");
    assert!(Store::open(Path::new(home.path())).is_err());
}

#[test]
fn a_recovery_that_was_cut_off_is_finished() {
    let home = Home::with_reviews(3);
    fs::rename(home.file(), home.file().with_extension("recovering")).unwrap();
    assert_eq!(home.store().log().unwrap().len(), 3);
}

#[cfg(unix)]
#[test]
fn a_write_protected_file_is_read() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    let home = Home::with_reviews(3);
    let folder = home.file().parent().unwrap().to_owned();
    fs::set_permissions(home.file(), Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    // Nothing is protected from root.
    if fs::write(folder.join("root"), "").is_err() {
        let Opened { mut store, notices } = home.opened();
        assert_eq!(notices, [StoreNotice::ReadOnly(ReadOnlyReason::NotWritable)]);
        assert_eq!(store.log().unwrap().len(), 3);
        let refused = store.mark(&mark(MarkKind::Star)).unwrap_err();
        assert!(refused.to_string().contains("write-protected"), "{refused}");
    }
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_points_of_the_last_answer_that_had_any_are_those_that_hold() {
    let home = Home::new();
    let mut store = home.store();
    let hits = |number: u32, hits: &[bool]| Review {
        points: hits.iter().map(|hit| PointResult { point: PointHash(1), hit: *hit }).collect(),
        ..review(number)
    };
    // Numbers 7 apart are answers to one card.
    for review in [hits(0, &[true, true]), hits(7, &[true, false]), bare_review(14), hits(1, &[])] {
        store.record(&review, &seen(3)).unwrap();
    }
    assert_eq!(store.last_points(&key("aws/card-0")).unwrap(), Some((1, 2)));
    assert_eq!(store.last_points(&key("aws/card-1")).unwrap(), None);
    let id = ReviewId { session: SESSION, number: 7 };
    store.void(id, Timestamp(0), &key("aws/card-0"), &seen(3)).unwrap();
    assert_eq!(store.last_points(&key("aws/card-0")).unwrap(), Some((2, 2)));
}
