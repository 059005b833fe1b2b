//! Progress in a file: everything is there after the program was dropped without a word, and the log alone gives
//! every schedule again, whatever was done before.

use std::fs;
use std::path::Path;

use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof};
use proptest::{collection, proptest, test_runner::TestCaseError};

use crate::config::{Paths, Settings};
use crate::decks::Library;
use crate::domain::card::CardKey;
use crate::domain::memory::Schedule;
use crate::domain::review::{Confidence, Mark, MarkKind, Rating, Review};
use crate::domain::time::{Calendar, Timestamp};
use crate::study::quiz::{Quiz, QuizAnswer, QuizRules};
use crate::study::request::StudyRequest;
use crate::study::session::Answer;
use crate::trainer::{CardMarks, Start, Trainer};

const CARDS: u8 = 4;
const MORNING: Timestamp = Timestamp(1_795_424_400_000);

/// What a person does, in one go.
#[derive(Clone, Debug)]
enum Doing {
    /// A sitting over all cards: grades by number, 0 takes one back.
    Study(Vec<u8>),
    /// A quiz over all cards: right or wrong.
    Quiz(Vec<bool>),
    /// Takes back from Home.
    UndoLast,
    /// Decides something about a card.
    Mark(u8, u8),
    /// Lets days pass; a negative number is a clock that was set back.
    Wait(i8),
    /// The program is killed and started again.
    Kill,
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        4 => collection::vec(0..=4_u8, 1..12).prop_map(Doing::Study),
        2 => collection::vec(any::<bool>(), 1..5).prop_map(Doing::Quiz),
        2 => proptest::strategy::Just(Doing::UndoLast),
        2 => (0..CARDS, 0..6_u8).prop_map(|(card, kind)| Doing::Mark(card, kind)),
        3 => (-3..40_i8).prop_map(Doing::Wait),
        2 => proptest::strategy::Just(Doing::Kill),
    ]
}

fn key(card: u8) -> CardKey {
    CardKey(format!("card/{card}"))
}

/// A home with a deck, and the program that was started last.
struct Home {
    folder: tempfile::TempDir,
    trainer: Trainer,
    now: Timestamp,
    starts: u128,
}

impl Home {
    fn new() -> Self {
        Library::hide_bundled_decks();
        let folder = tempfile::tempdir().unwrap();
        let card =
            |n| format!("[[card]]\nid = \"card/{n}\"\nquestion = \"{n}?\"\nanswer = \"!\"\n");
        let cards = (0..CARDS).map(card).collect::<Vec<_>>().concat();
        fs::create_dir(folder.path().join("decks")).unwrap();
        fs::write(folder.path().join("decks/mine.toml"), cards).unwrap();
        let trainer = open(folder.path(), 1);
        Self { folder, trainer, now: MORNING, starts: 1 }
    }

    /// Nothing is closed, flushed or dropped.
    fn kill(&mut self) {
        self.starts += 1;
        let next = open(self.folder.path(), self.starts);
        std::mem::forget(std::mem::replace(&mut self.trainer, next));
    }

    fn all(&self) -> (Vec<Review>, Vec<(Schedule, CardMarks)>) {
        let cards = (0..CARDS)
            .map(|card| (self.trainer.schedule(&key(card)), self.trainer.marks_of(&key(card))));
        (self.trainer.store().log().unwrap(), cards.collect())
    }

    fn act(&mut self, doing: &Doing) {
        self.now = self.now.plus_seconds(60);
        match doing {
            Doing::Study(grades) => self.study(grades),
            Doing::Quiz(answers) => self.quiz(answers),
            Doing::UndoLast => drop(self.trainer.undo_last(self.now).unwrap()),
            Doing::Mark(card, kind) => self.mark(*card, *kind),
            Doing::Wait(days) => self.now = self.now.plus_seconds(i64::from(*days) * 86_400),
            Doing::Kill => self.kill(),
        }
    }

    fn study(&mut self, grades: &[u8]) {
        let only = (0..CARDS).map(key).collect();
        let request = StudyRequest { only, ..StudyRequest::default() };
        let mut session = self.trainer.study(&request, self.now).unwrap();
        let scheduler = self.trainer.scheduler().clone();
        for grade in grades {
            self.now = self.now.plus_seconds(30);
            let today = self.trainer.day_of(self.now);
            match Rating::from_number(*grade) {
                Some(rating) => {
                    let rated =
                        session.rate(&scheduler, rating, Answer::default(), today, self.now);
                    if let Some(recorded) = rated {
                        self.trainer.record(recorded).unwrap();
                    }
                }
                None => {
                    if let Some((review, schedule)) = session.undo().and_then(|it| it.review) {
                        self.trainer.void(review.id, &review.key, schedule, self.now).unwrap();
                    }
                }
            }
        }
    }

    fn quiz(&mut self, answers: &[bool]) {
        let keys = (0..CARDS).map(key).collect();
        let rules = QuizRules { minutes: None, exam: false };
        let mut quiz = Quiz::new(self.trainer.draw_session(), keys, rules, self.now);
        for correct in answers {
            let answer =
                QuizAnswer { typed: "x".into(), correct: *correct, confidence: Confidence::Partly };
            let today = self.trainer.day_of(self.now);
            if let Some(review) = quiz.answer(answer, today, self.now) {
                self.trainer.record_quiz(review).unwrap();
            }
            quiz.next(self.now);
        }
    }

    fn mark(&mut self, card: u8, kind: u8) {
        let until = self.trainer.day_of(self.now) + 1;
        let kind = match kind {
            0 => MarkKind::Suspend,
            1 => MarkKind::Unsuspend,
            2 => MarkKind::Bury { until },
            3 => MarkKind::Unbury,
            4 => MarkKind::Star,
            _ => MarkKind::Unstar,
        };
        self.trainer.mark(&Mark { at: self.now, key: key(card), kind }).unwrap();
    }
}

fn open(home: &Path, starts: u128) -> Trainer {
    let paths = Paths::in_folder(home);
    let start = Start {
        settings: Settings::default(),
        folders: vec![home.join("decks")],
        paths,
        calendar: Calendar::from_tzif(None, 4),
        entropy: starts,
    };
    let (trainer, notices) = Trainer::open(start, MORNING).unwrap();
    assert_eq!(notices, []);
    trainer
}

fn same<T: PartialEq + std::fmt::Debug>(one: &T, other: &T) -> Result<(), TestCaseError> {
    proptest::prop_assert_eq!(one, other);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_killed_program_finds_everything_again_and_so_does_a_replay(
        doings in collection::vec(doing(), 1..14),
    ) {
        let mut home = Home::new();
        for doing in &doings {
            home.act(doing);
        }
        let before = home.all();
        home.kill();
        same(&home.all(), &before)?;
        home.trainer.rebuild().unwrap();
        same(&home.all(), &before)?;
        home.kill();
        same(&home.all(), &before)?;
    }
}

#[test]
fn a_taken_back_grade_and_a_mark_survive_a_kill() {
    let mut home = Home::new();
    for doing in [
        Doing::Study(vec![3, 1, 2, 0, 4, 0, 0]),
        Doing::Mark(2, 0),
        Doing::Mark(3, 4),
        Doing::Quiz(vec![true, false]),
        Doing::UndoLast,
    ] {
        home.act(&doing);
    }
    home.kill();
    let (log, cards) = home.all();
    assert_eq!(log.len(), 2, "one grade and one answer of the quiz are left");
    assert!(cards[2].1.is_suspended && cards[3].1.is_starred);
    assert_eq!(cards[1].0, Schedule::UNSEEN);
}
