//! Whole sittings and quizzes: lines in, lines out, and what is in the log afterwards.

use std::cell::Cell;
use std::fs;
use std::io;

use tempfile::TempDir;

use super::lines::Lines;
use super::quiz::Round;
use super::study::Sitting;
use super::{Desk, passed, settle};
use crate::commands::world::Exit;
use crate::config::{Environment, Paths, Settings};
use crate::domain::card::CardKey;
use crate::domain::lang::Lang;
use crate::domain::review::{Confidence, Rating, Review, ReviewSource};
use crate::domain::time::{Calendar, Timestamp};
use crate::i18n::Texts;
use crate::store::Store;
use crate::study::quiz::{Quiz, QuizRules};
use crate::study::request::{Drill, QuizRequest, StudyRequest};
use crate::study::session::{Answer, Session};
use crate::trainer::{QuizQuestion, Start, Trainer};

const DECK: &str = r#"
format = 1
[deck]
id = "mine"
title = "Mine"
[deck.ko]
title = "내 덱"

[[card]]
id = "mine/open"
tags = ["linux"]
question = "What does **load average** count?"
answer = """
Runnable tasks and tasks in uninterruptible sleep.

It is an average over 1, 5 and 15 minutes.
"""
points = [{ text = "runnable tasks", must = true }, "uninterruptible sleep", "three windows"]
hint = "Not only the CPU."
mistakes = ["It is no CPU percentage."]
[card.ko]
question = "로드 애버리지는 무엇을 세나요?"
answer = "실행 가능한 태스크와 D 상태의 태스크입니다."
points = [{ text = "실행 가능한 태스크", must = true }, "D 상태", "세 구간"]
hint = "CPU만이 아닙니다."
mistakes = ["CPU 사용률이 아닙니다."]

[[card]]
id = "mine/bare"
question = "What is a PID?"
answer = "The number of a process."

[[card]]
id = "mine/choice"
kind = "choice"
question = "Which signal cannot be caught?"
options = [
  { text = "SIGKILL", correct = true, why = "The kernel ends the process." },
  { text = "SIGTERM", correct = false, why = "A handler may ignore it." },
  { text = "SIGINT", correct = false, why = "Ctrl-C can be caught." },
]
answer = "SIGKILL and SIGSTOP cannot be caught."

[[card]]
id = "mine/cloze"
kind = "cloze"
question = "Fill in the two states."
cloze = "A zombie is {{Z}} and disk sleep is {{D}}."
answer = "ps shows both letters."

[[card]]
id = "mine/order"
kind = "order"
question = "The TCP handshake in order?"
steps = [{ text = "SYN" }, { text = "SYN-ACK" }, { text = "ACK" }]
answer = "Three packets."

[[card]]
id = "mine/numeric"
kind = "numeric"
question = "How long is a day?"
number = 24
unit = "h"
tolerance = 0
working = "24 x 60 min = 1440 min"
answer = "24 hours."

[[card]]
id = "mine/command"
kind = "command"
question = "Show the routes."
accept = ["ip route", "ip r"]
answer = "ip is the tool of iproute2."
"#;

/// A trainer over a deck folder of its own; the folder goes with it.
struct Room {
    _home: TempDir,
    trainer: Trainer,
}

fn start() -> Timestamp {
    Timestamp::parse("2026-11-23T09:00:00+00:00").unwrap()
}

impl Room {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("decks");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("mine.toml"), DECK).unwrap();
        let environment = Environment {
            data_dir: Some(home.path().to_owned()),
            config_dir: Some(home.path().to_owned()),
            ..Environment::default()
        };
        let start_with = Start {
            settings: Settings::default(),
            paths: Paths::find(&environment).unwrap(),
            folders: vec![folder],
            calendar: Calendar::from_posix("UTC0", 4),
            entropy: 7,
        };
        let store = Store::in_memory().unwrap();
        let trainer = Trainer::with_store(start_with, store, start()).unwrap();
        assert_eq!(trainer.count_problems().0, 0, "{:?}", trainer.all_problems());
        Self { _home: home, trainer }
    }

    fn session(&mut self, cards: &[&str]) -> Session {
        let only = cards.iter().map(|id| CardKey((*id).to_owned())).collect();
        let request = StudyRequest { only, ..StudyRequest::default() };
        self.trainer.study(&request, start()).unwrap()
    }

    /// Studies with typed lines; what was said.
    fn study(&mut self, cards: &[&str], lang: Lang, input: &str) -> String {
        let session = self.session(cards);
        self.sit(session, lang, input)
    }

    fn sit(&mut self, session: Session, lang: Lang, input: &str) -> String {
        let mut output = Vec::new();
        let seconds = Cell::new(0);
        let clock = || {
            seconds.set(seconds.get() + 1);
            start().plus_seconds(seconds.get())
        };
        let lines = Lines::new(input.as_bytes(), &mut output);
        let desk = Desk { lines, trainer: &mut self.trainer, texts: Texts::of(lang), lang, clock };
        Sitting::new(desk, session).run().unwrap();
        String::from_utf8(output).unwrap()
    }

    fn quiz(
        &mut self,
        cards: &[&str],
        exam: bool,
        pass: Option<u8>,
        input: &str,
    ) -> (String, Exit) {
        let questions: Vec<QuizQuestion> = cards
            .iter()
            .map(|id| {
                let entry = self.trainer.entry(id).unwrap();
                QuizQuestion { card: self.trainer.card(entry).unwrap(), made: None }
            })
            .collect();
        let keys = questions.iter().map(|question| question.card.key.clone()).collect();
        let id = self.trainer.draw_session();
        let quiz = Quiz::new(id, keys, QuizRules { minutes: None, exam }, start());
        self.ask(quiz, &questions, pass, input)
    }

    fn ask(
        &mut self,
        mut quiz: Quiz,
        questions: &[QuizQuestion],
        pass: Option<u8>,
        input: &str,
    ) -> (String, Exit) {
        let mut output = Vec::new();
        let lines = Lines::new(input.as_bytes(), &mut output);
        let texts = Texts::of(Lang::En);
        let desk = Desk { lines, trainer: &mut self.trainer, texts, lang: Lang::En, clock: start };
        Round::new(desk, &mut quiz, questions, pass).run().unwrap();
        (String::from_utf8(output).unwrap(), passed(&quiz, pass))
    }

    fn log(&self) -> Vec<Review> {
        self.trainer.store().log().unwrap()
    }
}

/// Fails unless every text stands in the output, in this order.
fn in_order(output: &str, texts: &[&str]) {
    let mut rest = output;
    for text in texts {
        let Some(at) = rest.find(text) else { panic!("no {text:?} where expected in\n{output}") };
        rest = &rest[at + text.len()..];
    }
}

/// The number under which a text is offered.
fn number_of(output: &str, text: &str) -> String {
    let line = output.lines().find(|line| line.ends_with(&format!(". {text}")));
    line.and_then(|line| line.split('.').next()).unwrap().to_owned()
}

#[test]
fn a_whole_session_in_english() {
    let mut room = Room::new();
    let said = room.study(&["mine/open"], Lang::En, "it counts tasks\nand D state\n\n1,2\n\n");
    in_order(
        &said,
        &[
            "1 of 1, Linux\n",
            "Question: What does load average count?\n",
            "3 key points.",
            "Answer (an empty line ends)",
            "Model answer: Runnable tasks and tasks in uninterruptible sleep.\n",
            "15 minutes.\n",
            "1. runnable tasks (must)\n2. uninterruptible sleep\n3. three windows\n",
            "0 = I also said something wrong",
            "2 of 3 key points\nYou missed:\n- three windows\n",
            "1 Again: 10 min, today\n2 Hard: ",
            ", proposed\n3 Good: ",
            "Enter = 2 Hard:\nsaved\n",
            "Session done\n",
            "Answers: 1",
            "New: 1, 1 at first try\n",
            "Key points: 2 of 3\n",
            "everything saved\n",
        ],
    );
    let log = room.log();
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].rating, log[0].proposed), (Some(Rating::Hard), Some(Rating::Hard)));
    assert_eq!(log[0].answer.as_deref(), Some("it counts tasks\nand D state"));
    assert_eq!(log[0].points.iter().map(|p| p.hit).collect::<Vec<_>>(), [true, true, false]);
    assert!(log[0].seconds > 1.0, "{}", log[0].seconds);
}

#[test]
fn a_whole_session_in_korean() {
    let mut room = Room::new();
    let said = room.study(&["mine/open", "mine/bare"], Lang::Ko, "３\n1 2 3\n4\n\n3\n");
    in_order(
        &said,
        &[
            "1/2, 리눅스\n",
            "문제: 로드 애버리지는 무엇을 세나요?\n",
            "핵심 3가지",
            "모범 답안: 실행 가능한 태스크와 D 상태의 태스크입니다.\n",
            "1. 실행 가능한 태스크 (필수)\n",
            "핵심 3가지 중 3가지\n",
            "1 다시: 10분 뒤, 오늘\n",
            "3 알맞음: ",
            "일 (",
            "Enter = 3 알맞음:\n저장됨\n",
            "2/2",
            "모범 답안: The number of a process.\n",
            "평가 1-4:\n저장됨\n",
            "학습 끝\n",
            "답한 카드: 2",
            "모두 저장됨\n",
        ],
    );
    let log = room.log();
    assert_eq!(log[0].confidence, Some(Confidence::Sure));
    let ratings: Vec<_> = log.iter().map(|review| (review.rating, review.proposed)).collect();
    assert_eq!(ratings, [(Some(Rating::Easy), Some(Rating::Good)), (Some(Rating::Good), None)]);
}

#[test]
fn the_dates_of_the_grades_are_those_that_are_stored() {
    let mut room = Room::new();
    let said = room.study(&["mine/bare"], Lang::En, "\n4\n");
    let due = room.log()[0].due.unwrap();
    let date = (Texts::of(Lang::En).date)(due);
    assert!(
        said.contains(&format!(
            "4 Easy: {}",
            (Texts::of(Lang::En).interval)(due.days_since(room.log()[0].day))
        )),
        "{said}"
    );
    assert!(said.contains(&format!(", {date}\n")), "{said}");
}

#[test]
fn the_end_of_input_leaves_and_loses_nothing_recorded() {
    let all = "one\n\n1\n3\n\n3\n";
    for length in [0, 2, 4, 5, 7, 9, 10, 12] {
        let mut room = Room::new();
        let said = room.study(&["mine/open", "mine/bare"], Lang::En, &all[..length]);
        let saved = said.lines().filter(|line| *line == "saved").count();
        assert_eq!(room.log().len(), saved, "after {length} bytes");
        assert!(said.contains("Session done"), "{said}");
    }
    let mut room = Room::new();
    let said = room.study(&["mine/open", "mine/bare"], Lang::En, "\n1 2 3\n\n");
    assert_eq!(room.log().len(), 1);
    assert!(said.contains("Left with 1 card to go"), "{said}");
}

#[test]
fn a_typed_answer_and_the_ticks_are_kept_for_the_next_time() {
    let mut room = Room::new();
    room.study(&["mine/open"], Lang::En, "half an answer\nq\n");
    let said = room.study(&["mine/open"], Lang::En, "the rest\n\n");
    assert!(said.contains("Your draft, new lines are added to it: half an answer\n"), "{said}");
    let said = room.study(&["mine/open"], Lang::En, "1 2 3\n\n");
    assert!(!said.contains("Answer (an empty line ends)"), "the answer had been shown: {said}");
    assert_eq!(room.log()[0].answer.as_deref(), Some("half an answer\nthe rest"));
}

#[test]
fn undo_takes_the_grade_back_and_asks_for_it_again() {
    let mut room = Room::new();
    let said = room.study(&["mine/open", "mine/bare"], Lang::En, "mine\n\n1\n1\nu\n3\n\n3\n");
    in_order(
        &said,
        &[
            "saved\n",
            "Taken back: the last grade of mine/open\n",
            "Grade 1-4, Enter = 1",
            "saved\n",
        ],
    );
    let log = room.log();
    assert_eq!(log.len(), 2, "the voided review counts no more");
    assert_eq!((log[0].key.0.as_str(), log[0].rating), ("mine/open", Some(Rating::Good)));
    assert_eq!(log[0].answer.as_deref(), Some("mine"));
    assert_eq!(log[0].points.iter().filter(|point| point.hit).count(), 1);
    let said = room.study(&["mine/bare"], Lang::En, "u\n");
    assert!(said.contains("nothing to take back"), "{said}");
}

#[test]
fn one_step_back_leads_from_the_grade_to_the_ticks_and_to_the_question() {
    let mut room = Room::new();
    let said = room.study(&["mine/open"], Lang::En, "\n1\nu\n1 2 3\n\n");
    assert!(said.contains("Enter = 3 Good"), "{said}");
    assert_eq!(room.log()[0].rating, Some(Rating::Good));
}

#[test]
fn cards_are_skipped_suspended_and_buried_and_that_is_taken_back() {
    let mut room = Room::new();
    let cards = ["mine/open", "mine/bare", "mine/choice"];
    let said = room.study(&cards, Lang::En, "-\nx\nb\nu\nu\nu\nu\n");
    in_order(
        &said,
        &[
            "Skipped",
            "PID",
            "Suspended",
            "signal",
            "Buried",
            "load average",
            "mine/choice is asked again",
            "mine/bare is asked again",
            "mine/open is asked again",
            "nothing to take back",
        ],
    );
    let today = room.trainer.day_of(start());
    for id in cards {
        assert!(room.trainer.marks_of(&CardKey(id.into())).may_be_asked(today), "{id}");
    }
    room.study(&cards, Lang::En, "x\nㅠ\nq\n");
    assert!(room.trainer.marks_of(&CardKey("mine/open".into())).is_suspended);
    let buried = room.trainer.marks_of(&CardKey("mine/bare".into())).buried_until;
    assert_eq!(buried, Some(today + 1));
}

#[test]
fn a_hint_caps_the_proposal_and_a_wrong_statement_fails() {
    let mut room = Room::new();
    let said = room.study(&["mine/open"], Lang::En, "?\nh\n\n9\n1 2 3\n\n");
    in_order(
        &said,
        &[
            "Commands, alone on a line:",
            "Hint: Not only the CPU.",
            "numbers from 0 to 3",
            "Enter = 2 Hard",
        ],
    );
    assert!(room.log()[0].hint_used);
    let said = room.study(&["mine/open"], Lang::En, "3\n0 1 2 3\n\n");
    assert!(said.contains("Enter = 1 Again"), "{said}");
    assert!(said.contains("You were sure and wrong on 1 card:\n- mine/open\n"), "{said}");
    assert!(room.log()[1].wrong_statement);
}

#[test]
fn every_judged_kind_is_judged_explained_and_graded() {
    let mut room = Room::new();
    for (card, input, right, rating) in [
        ("mine/cloze", "Z | D\n\n", "Right: Z | D\n", Rating::Good),
        ("mine/cloze", "z\nx\n\n", "Nearly\nYou: z | x\n", Rating::Hard),
        ("mine/numeric", "1440 min\n\n", "Right: 24 h\n", Rating::Good),
        ("mine/numeric", "7\n\n", "Not right\nYou: 7\nRight: 24 h\n", Rating::Again),
        ("mine/command", "ip  route\n\n", "Right: ip route\n", Rating::Good),
        ("mine/command", "\\q\n\n", "You: q\n", Rating::Again),
        ("mine/command", "\n\n", "Right: ip route\n", Rating::Again),
    ] {
        let said = room.study(&[card], Lang::En, input);
        in_order(&said, &[right, "Model answer: ", "saved\n"]);
        assert_eq!(room.log().last().unwrap().rating, Some(rating), "{card} {input:?}\n{said}");
    }
}

#[test]
fn options_and_steps_are_numbered_and_chosen_by_number() {
    let mut room = Room::new();
    let said = room.study(&["mine/choice"], Lang::En, "");
    let (right, wrong) = (number_of(&said, "SIGKILL"), number_of(&said, "SIGINT"));
    let said =
        room.study(&["mine/choice"], Lang::En, &format!("SIGKILL\n4\n0\n{wrong}\n\n!{right}\n\n"));
    in_order(
        &said,
        &[
            "numbers from 1 to 3",
            "numbers from 1 to 3",
            "numbers from 1 to 3",
            "Not right\nYou: SIGINT\nRight: SIGKILL\n",
            "SIGKILL: The kernel ends the process.\n",
            "SIGINT: Ctrl-C can be caught.\n",
            "Enter = 1 Again:\nsaved",
        ],
    );
    let log = room.log();
    assert_eq!((log[0].correct, log[0].answer.as_deref()), (Some(false), Some("SIGINT")));

    let said = room.study(&["mine/order"], Lang::En, "");
    let order = ["SYN", "SYN-ACK", "ACK"].map(|step| number_of(&said, step));
    let input = format!("1 1 2\n{}\n\n", order.join(","));
    let said = room.study(&["mine/order"], Lang::En, &input);
    in_order(
        &said,
        &[
            "Write each number from 1 to 3 once",
            "Right\nRight: SYN -> SYN-ACK -> ACK\n",
            "Enter = 3 Good",
        ],
    );
    room = Room::new();
    let said = room.study(&["mine/order"], Lang::En, &format!("{}\n\n", order.concat()));
    in_order(&said, &["Right\n", "saved\n"]);
    assert_ne!(order.concat(), "123", "steps are never shown in the right order");
}

#[test]
fn a_sure_answer_is_recorded_as_sure() {
    let mut room = Room::new();
    room.study(&["mine/numeric"], Lang::En, "!\n24\n\n");
    assert_eq!(room.log()[0].confidence, Some(Confidence::Sure));
}

#[test]
fn a_review_that_cannot_be_written_is_said_kept_and_rescued() {
    let mut room = Room::new();
    let session = room.session(&["mine/bare", "mine/numeric"]);
    // Another review already holds the first number of this very session.
    let mut clash = session.clone();
    let scheduler = room.trainer.scheduler().clone();
    let today = room.trainer.day_of(start());
    let other = Answer { typed: Some("other".into()), ..Answer::default() };
    let recorded = clash.rate(&scheduler, Rating::Easy, other, today, start()).unwrap();
    room.trainer.record(recorded).unwrap();

    let said = room.sit(session, Lang::En, "\n3\n24\n3\n");
    in_order(&said, &["1 not saved yet, kept and tried again", "2 not saved yet", "Session done"]);
    assert!(!said.contains("everything saved"), "{said}");
    assert_eq!(room.trainer.unsaved(), 2);
    settle(Ok(()), &mut room.trainer, Texts::of(Lang::En)).unwrap();
    assert_eq!(room.trainer.unsaved(), 0);
}

#[test]
fn a_reader_that_has_gone_away_is_no_failure() {
    let mut room = Room::new();
    let gone = io::Error::from(io::ErrorKind::BrokenPipe);
    assert!(settle(Err(gone), &mut room.trainer, Texts::of(Lang::En)).is_ok());
    let broken = io::Error::other("unplugged");
    assert!(settle(Err(broken), &mut room.trainer, Texts::of(Lang::En)).is_err());
}

#[test]
fn nothing_that_is_printed_holds_escapes_or_boxes() {
    let mut room = Room::new();
    let cards =
        ["mine/open", "mine/choice", "mine/cloze", "mine/order", "mine/numeric", "mine/command"];
    let said = room.study(&cards, Lang::En, &"\n\n".repeat(20));
    assert!(said.chars().all(|c| c == '\n' || !c.is_control()), "{said}");
    assert!(!said.chars().any(|c| ('\u{2500}'..='\u{259f}').contains(&c)), "{said}");
}

#[test]
fn a_quiz_records_every_answer_and_lists_what_was_wrong() {
    let mut room = Room::new();
    let cards = ["mine/numeric", "mine/command", "mine/cloze"];
    let (said, exit) = room.quiz(&cards, false, None, "\n24 h\nls\n-\nq\n");
    in_order(
        &said,
        &[
            "1 of 3",
            "Nothing was answered yet",
            "saved\nRight\n",
            "2 of 3",
            "Not right\nYou: ls\nRight: ip route\n",
            "3 of 3",
            "Quiz result\n1 of 3, 33%",
            "mine: 1 of 3\n",
            "Wrong or open:\n2. Question: Show the routes.\nYou: ls\nRight: ip route\n",
            "3. Question: Fill in the two states.",
            "You: open\nRight: Z | D\n",
            "on today's study list",
        ],
    );
    assert_eq!(exit, Exit::Done);
    let log = room.log();
    let answers: Vec<_> = log.iter().map(|review| (review.source, review.correct)).collect();
    assert_eq!(answers, [(ReviewSource::Quiz, Some(true)), (ReviewSource::Quiz, Some(false))]);
}

#[test]
fn a_quiz_that_misses_the_percentage_answers_no() {
    for (input, exit) in
        [("24\nip r\n", Exit::Done), ("24\nls\n", Exit::No), ("24\n", Exit::No), ("", Exit::No)]
    {
        let mut room = Room::new();
        let (said, ended) = room.quiz(&["mine/numeric", "mine/command"], false, Some(70), input);
        assert_eq!(ended, exit, "{input:?}");
        let words = if exit == Exit::Done {
            "\nPassed: at least 70%"
        } else {
            "\nNot passed: at least 70%"
        };
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn an_exam_judges_only_at_the_end() {
    let mut room = Room::new();
    let (said, _) = room.quiz(&["mine/numeric", "mine/command"], true, None, "!\n7\nip r\n");
    let (asking, result) = said.split_once("Quiz result").unwrap();
    assert!(
        !asking.contains("right") && !asking.contains("Right") && asking.contains("saved\n"),
        "{asking}"
    );
    in_order(
        result,
        &["1 of 2, 50%", "sure and right 0, sure and wrong 1", "You: 7\nRight: 24 h\n"],
    );
}

#[test]
fn a_drill_is_asked_judged_and_written_but_is_no_card_to_study() {
    let mut room = Room::new();
    let request = QuizRequest {
        filter: crate::domain::tag::Filter::default(),
        questions: 2,
        minutes: Some(8),
        exam: false,
        weakest_first: false,
        seed: Some(3),
        drill: Some(Drill::Availability),
    };
    let (quiz, questions) = room.trainer.quiz(&request, Lang::En, start()).unwrap();
    let (said, _) = room.ask(quiz, &questions, None, "1000 d\n1000 d\n");
    in_order(&said, &["8:00 left", "Not right\nYou: 1000 d\n", "0 of 2, 0%"]);
    assert!(!said.contains("study list"), "{said}");
    let log = room.log();
    assert_eq!(log.len(), 2);
    assert!(log.iter().all(|review| review.rating.is_none() && review.correct == Some(false)));
}

#[test]
fn a_question_made_from_key_points_is_answered_by_number() {
    let mut room = Room::new();
    let filter = crate::domain::tag::Filter {
        kinds: vec![crate::domain::card::CardKind::Open],
        ..crate::domain::tag::Filter::default()
    };
    let request = QuizRequest {
        filter,
        questions: 1,
        minutes: None,
        exam: false,
        weakest_first: false,
        seed: Some(1),
        drill: None,
    };
    let (quiz, questions) = room.trainer.quiz(&request, Lang::En, start()).unwrap();
    let made = questions[0].made.clone().unwrap();
    let right = made.options.iter().position(|option| option.correct).unwrap();
    let (said, _) = room.ask(quiz, &questions, Some(100), &format!("{}\n", right + 1));
    in_order(
        &said,
        &[
            "belongs to a good answer?\n",
            "1. ",
            "4. ",
            "Right\n",
            "1 of 1, 100%",
            "All right.",
            "Passed",
        ],
    );
}
