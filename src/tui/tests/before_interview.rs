//! Home and the grades before an interview.

use super::desk::{LANGS, desk, many, today};
use crate::domain::lang::Lang;

#[test]
fn home_counts_the_forecast_while_no_key_waits_and_is_there_before() {
    let mut sitting = desk(&many(40)).home_before_interview(10);
    sitting.must_show("Readiness").must_show("today 0%").must_show("stop today");
    assert!(sitting.desk.app.has_idle_work());
    sitting.rest().must_show("follow the plan").must_show("0 of 40 seen");
    let screen = sitting.screen();
    let followed = screen.lines().find(|line| line.contains("follow the plan")).unwrap();
    assert!(followed.contains('%') && followed.contains('–'), "{followed}");
}

#[test]
fn a_key_is_taken_while_the_forecast_is_counted() {
    let mut sitting = desk(&many(40)).home_before_interview(10);
    sitting.keys("enter").must_show("key points");
    assert!(!sitting.desk.app.has_idle_work(), "a question waits for nothing");
}

#[test]
fn home_names_the_tag_on_which_ten_minutes_buy_most() {
    let mut sitting = desk(&many(40)).home_before_interview(10);
    sitting.rest().must_show("10 minutes buy most here");
    let screen = sitting.screen();
    assert!(screen.lines().any(|line| line.contains("Linux") && line.contains('◂')), "{screen}");
}

#[test]
fn grades_name_days_before_the_interview_or_not_before_it() {
    for lang in LANGS {
        let mut sitting = desk(&many(60)).lang(lang).study_before_interview(&["card/1"], 3);
        sitting.keys("space 1 2 enter");
        let screen = sitting.screen();
        let not_before = if lang == Lang::En { "not before 26 Nov" } else { "11월 26일 이후" };
        assert!(screen.contains(not_before), "{screen}");
        assert!(!screen.contains("10 days") && !screen.contains("10일"), "{screen}");
    }
}

#[test]
fn the_grade_is_recorded_with_the_day_of_ordinary_scheduling() {
    let mut aimed = desk(&many(3)).study_before_interview(&["card/1"], 3);
    let mut plain = desk(&many(3)).study(&["card/1"]);
    for sitting in [&mut aimed, &mut plain] {
        sitting.keys("space 1 2 enter 4");
    }
    assert_eq!(aimed.log()[0].due, plain.log()[0].due);
    assert!(aimed.log()[0].due.is_some_and(|due| due > today() + 3));
}

#[test]
fn on_the_day_home_says_what_is_known_and_foretells_nothing() {
    let mut sitting = desk(&many(12)).home_before_interview(0);
    sitting.rest().must_show("today 0%").must_show("0 of 12 seen");
    sitting.must_not_show("follow the plan").must_not_show("stop today");
}

#[test]
fn on_the_day_home_offers_the_warm_up_first() {
    let mut sitting = desk(&many(12)).home_before_interview(0);
    sitting.must_show("Study");
    sitting.keys("1 space 1 2 enter enter esc enter").rest();
    sitting.must_show("Warm-up");
    let screen = sitting.screen();
    let warm_up = screen.find("Warm-up").unwrap();
    assert!(screen.find("Study").is_none_or(|study| warm_up < study), "{screen}");
}

#[test]
fn the_end_of_a_sitting_says_what_moved_and_what_comes_tomorrow() {
    let cards = ["card/1", "card/2"];
    let mut aimed = desk(&many(20)).study_before_interview(&cards, 9);
    aimed.keys("space 1 2 enter enter space 1 2 enter enter");
    // Two of twenty cards, none of which was known.
    aimed.must_show("What moved").must_show("Readiness").must_show("0% → 10%");
    aimed.must_show("Tomorrow: ");
    let mut plain = desk(&many(20)).study(&cards);
    plain.keys("space 1 2 enter enter space 1 2 enter enter");
    plain.must_show("Memory").must_show("0% → 10%");
}

#[test]
fn an_undo_at_the_end_takes_what_moved_back_too() {
    let mut sitting = desk(&many(20)).study_before_interview(&["card/1", "card/2"], 9);
    sitting.keys("space 1 2 enter enter space 1 2 enter enter").must_show("0% → 10%");
    sitting.keys("u esc esc esc").must_show("0% → 5%");
}
