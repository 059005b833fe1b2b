//! Nothing that was done is lost: grades, undo, drafts, ticks, and what a disk refuses.

use crate::domain::card::CardKey;
use crate::domain::review::{Confidence, Rating};
use crate::tui::action::Place;
use crate::tui::desk::Chore;
use crate::tui::tests::desk::{CARDS, Sitting, desk, many, today};

/// 200 characters in both scripts.
fn long_draft() -> String {
    "Read timeout은 연결 뒤의 침묵, connection timeout은 핸드셰이크. "
        .chars()
        .cycle()
        .take(200)
        .collect()
}

fn thirty() -> (Vec<String>, String) {
    ((1..=28).map(|n| format!("card/{n}")).collect(), many(28))
}

/// Grades until the summary; some cards fail and come back, so that cards with a history are graded too.
fn grade_all(sitting: &mut Sitting, mut around: impl FnMut(&mut Sitting, &str)) -> usize {
    let mut grades = 0;
    while sitting.desk.app.place() != Place::Summary {
        let digit = if grades % 7 == 1 && grades < 20 { 1 } else { 2 + grades % 3 };
        sitting.wait(30).keys("space 1 enter");
        around(sitting, &digit.to_string());
        grades += 1;
        assert_eq!(sitting.log().len(), grades);
    }
    assert!(grades >= 30, "{grades}");
    grades
}

#[test]
fn each_of_thirty_grades_can_be_taken_back_at_once_also_on_the_summary() {
    let (ids, deck) = thirty();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut sitting = desk(&deck).study(&ids);
    grade_all(&mut sitting, |sitting, digit| {
        let before = (sitting.log(), sitting.stored_schedules());
        let page = sitting.screen();
        sitting.keys(digit);
        let graded = sitting.stored_schedules();
        assert_ne!(graded, before.1);
        sitting.keys("u");
        assert_eq!((sitting.log(), sitting.stored_schedules()), before);
        assert_eq!(sitting.screen(), page, "the page is the one before the grade");
        sitting.keys(digit);
        assert_eq!(sitting.stored_schedules(), graded, "the same grade gives the same schedule");
    });
    let numbers: Vec<u32> = sitting.log().iter().map(|review| review.id.number).collect();
    assert!(numbers.iter().all(|number| number % 2 == 1), "each first grade is void: {numbers:?}");
}

#[test]
fn a_whole_session_can_be_taken_back_from_its_summary() {
    let (ids, deck) = thirty();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut sitting = desk(&deck).study(&ids);
    let mut states = Vec::new();
    let grades = grade_all(&mut sitting, |sitting, digit| {
        states.push(sitting.stored_schedules());
        sitting.keys(digit);
    });
    // Taking a grade back opens the grades of its card; from there two keys go back to its question.
    for left in (0..grades).rev() {
        sitting.keys("u");
        assert_eq!(sitting.log().len(), left);
        assert_eq!(sitting.stored_schedules(), states[left]);
        sitting.keys("u u");
    }
    assert_eq!(sitting.stored_schedules(), []);
    sitting.keys("u u").must_show("Question number 1?");
}

#[test]
fn grades_are_taken_back_from_home_and_after_the_next_start() {
    let mut sitting = desk(&many(3)).on_disk().study(&["card/1", "card/2"]);
    sitting.keys("space 1 2 enter 3");
    let one = sitting.stored_schedules();
    sitting.keys("space 1 2 enter 4 enter").must_show("Today");
    sitting.keys("u").must_show("Taken back");
    assert_eq!(sitting.stored_schedules(), one);
    let mut again = sitting.restarted();
    again.keys("u");
    assert_eq!((again.log().len(), again.stored_schedules().len()), (0, 0));
    again.keys("u").must_show("There is nothing to take back");
}

#[test]
fn a_draft_survives_esc_skip_quit_and_a_new_start() {
    let draft = long_draft();
    let start: String = draft.chars().take(24).collect();
    let shown = |sitting: &Sitting| {
        let words = sitting.words();
        assert!(words.contains(start.trim()), "{}", sitting.screen());
    };
    let mut sitting = desk(CARDS).on_disk().study(&["ops/timeouts", "ops/health"]);
    sitting.keys("enter").write(&draft).keys("esc");
    shown(&sitting);
    sitting.keys("- -");
    shown(&sitting);
    sitting.keys("enter").write("ENDE").keys("ctrl-c");
    assert_eq!(sitting.chores(), [Chore::Quit]);
    let mut again = sitting.killed(&["ops/timeouts"]);
    shown(&again);
    again.keys("enter tab 3 1 2 3 enter enter");
    let whole = format!("{}ENDE", draft.trim_end());
    let kept = again.log()[0].answer.clone().unwrap();
    assert_eq!(kept.replace(' ', ""), whole.replace(' ', ""));
    let after = again.killed(&["ops/timeouts"]);
    assert!(!after.shows("ENDE"), "a recorded answer is no draft any more");
}

#[test]
fn a_draft_is_on_disk_a_second_after_the_last_letter() {
    let mut sitting = desk(CARDS).on_disk().study(&["ops/timeouts"]);
    sitting.keys("enter").write("핸드셰이크").wait(1);
    sitting.killed(&["ops/timeouts"]).must_show("핸드셰이크");
}

#[test]
fn a_half_filled_cloze_survives_too() {
    let mut sitting = desk(CARDS).on_disk().study(&["ops/http"]);
    sitting.write("fourth").keys("enter").write("fif").wait(1);
    let mut again = sitting.killed(&["ops/http"]);
    again.must_show("fourth").must_show("fif");
    again.keys("enter").write("th").keys("enter").must_show("Right");
}

#[test]
fn ticks_survive_a_killed_program() {
    let mut sitting = desk(CARDS).on_disk().study(&["ops/timeouts"]);
    sitting.keys("h 3 1 3 0");
    let ticked =
        ["1 ✓ ! The handshake", "2 · Connected and sent", "3 ✓ A retry", "0 ✓ I also said"];
    for line in ticked {
        sitting.must_show(line);
    }
    let mut again = sitting.killed(&["ops/timeouts"]);
    for line in ticked {
        again.must_show(line);
    }
    again.must_show("you said: sure").must_show("2 of 3");
    again.keys("0 enter enter");
    let review = &again.log()[0];
    let hits: Vec<bool> = review.points.iter().map(|point| point.hit).collect();
    assert_eq!(hits, [true, false, true]);
    assert_eq!((review.hint_used, review.wrong_statement), (true, false));
    assert!(review.confidence.is_some());
}

#[test]
fn an_answer_shown_yesterday_is_asked_for_again() {
    let mut sitting = desk(CARDS).on_disk().study(&["ops/timeouts"]);
    sitting.keys("space 1 3");
    sitting.now = sitting.now.plus_seconds(86_400);
    let again = sitting.killed(&["ops/timeouts"]);
    assert_eq!(again.desk.app.place(), Place::Question);
    again.must_not_show("Which of these did you say");
}

#[test]
fn every_grade_survives_a_killed_program() {
    let mut sitting = desk(&many(4)).on_disk().study(&["card/1", "card/2", "card/3", "card/4"]);
    for grades in 1..=3 {
        sitting.keys("space 1 2 enter enter");
        let (log, schedules) = (sitting.log(), sitting.stored_schedules());
        assert_eq!(log.len(), grades);
        let next = format!("card/{}", grades + 1);
        sitting = sitting.killed(&[&next]);
        assert_eq!((sitting.log(), sitting.stored_schedules()), (log, schedules));
    }
}

#[test]
fn another_size_keeps_draft_cursor_and_ticks() {
    let draft = long_draft();
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("enter").write(&draft);
    let (screen, cursor) = (sitting.screen(), sitting.cursor());
    for (width, height) in [(20, 6), (0, 0), (40, 12), (200, 50), (60, 15), (3, 2), (80, 24)] {
        sitting.resize(width, height);
    }
    assert_eq!((sitting.screen(), sitting.cursor()), (screen, cursor));
    sitting.keys("tab 3 1 3");
    let ticks = sitting.screen();
    sitting.resize(26, 9).resize(1, 1).resize(80, 24);
    assert_eq!(sitting.screen(), ticks);
    sitting.keys("2 enter enter");
    let review = &sitting.log()[0];
    assert_eq!(review.rating, Some(Rating::Good));
    assert_eq!(review.answer.as_deref().map(str::trim_end), Some(draft.trim_end()));
}

#[test]
fn the_cursor_stands_behind_the_letter_that_was_typed() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("enter");
    let start = sitting.cursor().expect("a cursor in the field");
    let mut x = start.x;
    for (letter, cells) in [("가", 2), ("n", 1), ("힣", 2), ("한", 2), (".", 1)] {
        sitting.write(letter);
        x += cells;
        let cursor = sitting.cursor().expect("a cursor in the field");
        assert_eq!((cursor.x, cursor.y), (x, start.y));
    }
    sitting.keys("left left");
    assert_eq!(sitting.cursor().map(|cursor| cursor.x), Some(x - 3));
    sitting.write("글");
    sitting.must_show("가n힣글한.");
    assert_eq!(sitting.cursor().map(|cursor| cursor.x), Some(x - 1));
}

#[test]
fn the_cursor_stays_inside_the_field_at_every_size() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("enter").write(&long_draft());
    for width in 20..90 {
        for height in 6..26 {
            sitting.resize(width, height);
            let cursor = sitting.cursor().expect("a cursor in the field");
            assert!(cursor.x < width && cursor.y < height, "{cursor:?} at {width}x{height}");
        }
    }
}

#[test]
fn a_grade_that_cannot_be_saved_is_shown_kept_and_tried_again() {
    let mut sitting = desk(&many(3)).on_disk().study(&["card/1", "card/2", "card/3"]);
    sitting.desk.trainer.store().refuse_writes(true);
    sitting.keys("space 1 2 enter enter").must_show("1 not saved yet");
    assert!(sitting.desk.app.needs_tick(), "the loop must wake to try again");
    sitting.keys("space 1 2 enter enter").must_show("2 not saved yet");
    sitting.wait(1).must_show("2 not saved yet");
    assert_eq!((sitting.log().len(), sitting.desk.trainer.unsaved()), (0, 2));
    sitting.desk.trainer.store().refuse_writes(false);
    sitting.wait(1).must_not_show("not saved");
    let keys: Vec<String> = sitting.log().iter().map(|review| review.key.0.clone()).collect();
    assert_eq!(keys, ["card/1", "card/2"], "in the order in which they were given");
    assert_eq!(sitting.killed(&["card/3"]).log().len(), 2);
}

#[test]
fn a_grade_that_was_never_saved_can_be_taken_back() {
    let mut sitting = desk(&many(2)).study(&["card/1", "card/2"]);
    sitting.desk.trainer.store().refuse_writes(true);
    sitting.keys("space 1 2 enter enter u");
    sitting.desk.trainer.store().refuse_writes(false);
    sitting.wait(1).must_not_show("not saved");
    assert_eq!((sitting.log().len(), sitting.stored_schedules().len()), (0, 0));
}

#[test]
fn an_undo_that_cannot_be_saved_is_shown_kept_and_tried_again() {
    let mut sitting = desk(&many(2)).on_disk().study(&["card/1", "card/2"]);
    sitting.keys("space 1 2 enter enter");
    sitting.desk.trainer.store().refuse_writes(true);
    sitting.keys("u").must_show("1 not saved yet").must_show("1 of 2");
    sitting.keys("4").must_show("2 not saved yet").must_show("Question number 2?");
    sitting.wait(1).must_show("2 not saved yet");
    assert_eq!(sitting.log()[0].rating, Some(Rating::Good), "on disk is the grade taken back");
    sitting.desk.trainer.store().refuse_writes(false);
    sitting.wait(1).must_not_show("not saved");
    let mut again = sitting.killed(&["card/2"]);
    let log = again.log();
    assert_eq!(log.len(), 1, "one live review");
    assert_eq!(
        (log[0].rating, log[0].id.number),
        (Some(Rating::Easy), 1),
        "the void is on disk too"
    );
    let stored = again.stored_schedules();
    again.desk.trainer.rebuild().unwrap();
    assert_eq!(again.stored_schedules(), stored);
}

#[test]
fn suspending_and_burying_while_nothing_can_be_saved_is_kept_and_tried_again() {
    let mut sitting = desk(&many(4)).on_disk().study(&["card/1", "card/2", "card/3", "card/4"]);
    sitting.desk.trainer.store().refuse_writes(true);
    sitting.keys("x").must_show("1 not saved yet").must_show("Question number 2?");
    sitting.keys("b").must_show("2 not saved yet").must_show("Question number 3?");
    // Taken back again: suspended and not.
    sitting.keys("x u").must_show("Question number 3?");
    sitting.desk.trainer.store().refuse_writes(false);
    sitting.wait(1).must_not_show("not saved");
    let again = sitting.restarted();
    let marks = |card: &str| again.desk.trainer.marks_of(&CardKey(card.to_owned()));
    assert!(marks("card/1").is_suspended);
    assert!(!marks("card/2").is_suspended && marks("card/2").buried_until == Some(today() + 1));
    assert!(!marks("card/3").is_suspended, "taken back");
    again.must_show("2 new");
}

#[test]
fn an_undo_at_home_that_cannot_be_saved_is_kept_and_tried_again() {
    let mut sitting = desk(&many(2)).on_disk().study(&["card/1"]);
    sitting.keys("space 1 2 enter enter enter").must_show("Today");
    sitting.desk.trainer.store().refuse_writes(true);
    sitting.keys("u").must_show("not saved yet");
    sitting.desk.trainer.store().refuse_writes(false);
    sitting.wait(1).must_not_show("not saved");
    assert_eq!((sitting.log().len(), sitting.stored_schedules().len()), (0, 0));
}

#[test]
fn the_summary_calls_nothing_saved_that_is_not() {
    let mut sitting = desk(&many(1)).study(&["card/1"]);
    sitting.desk.trainer.store().refuse_writes(true);
    sitting.keys("space 1 2 enter enter").must_show("Session done");
    sitting.must_show("1 not saved yet").must_not_show("everything saved");
    sitting.desk.trainer.store().refuse_writes(false);
    sitting.wait(1).must_show("everything saved").must_not_show("not saved yet");
}

#[test]
fn ticks_taken_back_are_empty_when_the_answer_is_shown_again() {
    let mut sitting = desk(CARDS).on_disk().study(&["ops/timeouts", "ops/health"]);
    sitting.keys("space 1 3 0 u").must_not_show("Which of these did you say");
    sitting.keys("space").must_show("0 of 3").must_show("0 · I also said");
    sitting.keys("1 2 u");
    let mut again = sitting.killed(&["ops/timeouts", "ops/health"]);
    assert_eq!(again.desk.app.place(), Place::Question);
    again.keys("space").must_show("0 of 3");
    // And after a grade that was taken back as far as the question.
    again.keys("1 2 3 enter enter u u").must_show("3 of 3");
    again.keys("u space").must_show("0 of 3");
}

#[test]
fn confidence_on_a_card_without_key_points_survives_a_killed_program() {
    let mut sitting = desk(CARDS).on_disk().study(&["ops/health"]);
    sitting.keys("3");
    let mut again = sitting.killed(&["ops/health"]);
    again.keys("space 3");
    assert_eq!(again.log()[0].confidence, Some(Confidence::Sure));
}
