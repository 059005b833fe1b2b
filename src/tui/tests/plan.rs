//! The page of the plan: read, changed, taken back, without a letter key, in both languages.

use super::desk::{LANGS, Sitting, desk, many, today};
use crate::domain::interview::{Interview, Preparation};
use crate::domain::lang::Lang;
use crate::domain::tag::Tag;
use crate::domain::time::ClockTime;

fn planned(cards: usize, days: i32) -> Sitting {
    let mut sitting = desk(&many(cards)).plan(Some(days));
    sitting.rest();
    sitting
}

fn kept(sitting: &Sitting) -> Preparation {
    sitting.desk.trainer.preparation(sitting.now)
}

fn interviews(sitting: &Sitting) -> Vec<Interview> {
    kept(sitting).interviews
}

#[test]
fn arithmetic_is_there_at_once_and_forecasts_follow_while_no_key_waits() {
    let mut sitting = desk(&many(40)).plan(Some(10));
    sitting.step(crate::tui::app::Message::Idle);
    sitting.must_show("40 first meetings x ").must_show("300 min on 10 days");
    sitting.must_show("0% today").must_show("Mon 23 Nov").must_not_show("What if");
    assert!(sitting.desk.app.has_idle_work());
    sitting.rest().must_show("What if").must_show("60 min ").must_show("if you follow the plan");
    let screen = sitting.screen();
    let first = screen.lines().find(|line| line.contains("Mon 23 Nov")).expect("today's row");
    assert!(first.contains('%') && first.contains("today"), "{first}");
}

#[test]
fn home_opens_the_plan_by_its_key_and_by_its_line() {
    for keys in ["p", "down down down enter", "4"] {
        let mut sitting = desk(&many(40)).home_before_interview(10);
        sitting.must_show("day by day until Thu 3 Dec");
        sitting.keys(keys).rest().must_show("first meetings");
        sitting.keys("esc").must_show("Last 14 days");
    }
    desk(&many(40)).home().must_show("name your interview");
}

#[test]
fn on_the_day_the_page_foretells_nothing_and_offers_no_way_out() {
    let sitting = planned(400, 0);
    sitting.must_show("no study days are left").must_show("0% today");
    sitting.must_not_show("if you follow the plan").must_not_show("What if");
    sitting.must_not_show("ways").must_not_show("first meetings x").must_not_show("–");
}

#[test]
fn enter_names_the_first_interview_on_an_empty_page() {
    let mut sitting = desk(&many(40)).home();
    sitting.keys("p enter").must_show("Add an interview").must_show("Company");
    sitting.keys("esc").must_show("No interview is named");
}

#[test]
fn enter_studies_what_the_plan_gives_today() {
    planned(40, 10).keys("enter").must_show("key points").must_show("Question number");
}

#[test]
fn space_takes_a_day_off_and_u_takes_that_back() {
    let mut sitting = planned(40, 10);
    sitting.keys("down down space");
    assert_eq!(kept(&sitting).time.days_off, [today() + 2]);
    sitting.rest();
    let row = |sitting: &Sitting| {
        let screen = sitting.screen();
        screen.lines().find(|line| line.contains("Wed 25 Nov")).expect("the row").to_owned()
    };
    assert!(row(&sitting).contains("off"), "{}", row(&sitting));
    sitting.keys("backspace").rest();
    assert!(kept(&sitting).time.days_off.is_empty() && !row(&sitting).contains("off"));
    sitting.keys("u").must_show("There is nothing to take back");
}

#[test]
fn where_not_all_fits_the_page_names_two_ways_out() {
    let mut sitting = planned(60, 6);
    sitting.keys("e tab tab tab tab tab end ctrl-u type:5 enter").rest();
    sitting.must_show("fit three recalls on three days").must_show("min a day");
    sitting.keys("1").must_show("keeps the cards that count most");
    assert_eq!(kept(&sitting).time.weekdays, [5; 7]);
    sitting.keys("2").rest().must_show("all fit three recalls on three days");
    assert!(kept(&sitting).time.weekdays[0] > 5);
    sitting.keys("2");
    let minutes = kept(&sitting).time.weekdays;
    sitting.keys("u").rest();
    assert_eq!(kept(&sitting).time.weekdays, [5; 7], "{minutes:?}");
}

#[test]
fn the_form_reads_what_flags_read_and_keeps_it_at_once() {
    for (lang, date, tags) in
        [(Lang::En, "12/6 2pm", "Linux"), (Lang::Ko, "12월 6일 오후 2시", "리눅스")]
    {
        let mut sitting = desk(&many(20)).lang(lang).plan(Some(3));
        // F2 and Tab: no letter is needed to get there.
        sitting.keys("f2 ctrl-u").write(date).keys("tab tab").write("SRE").keys("tab ctrl-u");
        sitting.write("핀테크 K").keys("tab").write(tags).keys("tab ctrl-u");
        sitting.write("20, 40").keys("tab").write("12/1, 12월 2일").keys("enter");
        let Preparation { interviews, time } = kept(&sitting);
        let wanted = Interview {
            day: today() + 13,
            time: ClockTime::new(14, 0),
            company: "핀테크 K".into(),
            role: "sre".into(),
            tags: vec![Tag("linux".into())],
        };
        assert_eq!(interviews, [wanted]);
        assert_eq!(time.to_string(), "20,40");
        assert_eq!(time.days_off, [today() + 8, today() + 9]);
        sitting.rest().must_show("SRE @ 핀테크 K").must_show("14:00");
    }
}

#[test]
fn what_the_form_cannot_read_is_said_and_nothing_is_kept() {
    let mut sitting = planned(20, 3);
    let before = kept(&sitting);
    for (fields, text, why) in [
        (0, "soon", "no such date"),
        (0, "2026-11-22", "that day is past"),
        (0, "", "an interview needs a date"),
        (1, "noon", "no such time"),
        (4, "kubernets", "no card has the tag"),
        (5, "many", "no such minutes"),
        (6, "12/3, gestern", "\"gestern\" is no day to come"),
    ] {
        sitting.keys("e").keys(&"tab ".repeat(fields)).keys("end ctrl-u");
        sitting.write(text).keys("enter").must_show(why);
        assert_eq!(kept(&sitting), before, "{text}");
        sitting.keys("esc").must_show("first meetings");
    }
}

#[test]
fn interviews_are_added_edited_where_the_cursor_is_and_removed() {
    let mut sitting = planned(30, 4);
    sitting.keys("f5").write("+9").keys("tab tab tab").write("Cloud L").keys("enter").rest();
    assert_eq!(interviews(&sitting).len(), 2);
    sitting.must_show("Cloud L");
    // On the second one's day its form opens, and it is the one that is removed.
    sitting.keys("end e").must_show("Cloud L");
    sitting.keys("esc x");
    let left = interviews(&sitting);
    assert_eq!((left.len(), left[0].day), (1, today() + 4));
    sitting.keys("u");
    assert_eq!(interviews(&sitting).len(), 2);
    sitting.rest().keys("home x x");
    assert_eq!(interviews(&sitting), []);
    sitting.must_show("No interview is named yet");
    sitting.keys("u u").rest();
    assert_eq!(interviews(&sitting).len(), 2);
}

#[test]
fn without_an_interview_the_page_offers_to_name_one() {
    for lang in LANGS {
        let mut sitting = desk(&many(5)).lang(lang).plan(None);
        assert!(!sitting.rest().screen().contains('%'));
        sitting.keys("a").write("내일").keys("enter").rest();
        assert_eq!(interviews(&sitting).len(), 1);
        assert!(sitting.screen().contains('%'));
    }
}

#[test]
fn in_a_low_window_the_lines_above_the_days_are_scrolled_to() {
    let mut sitting = desk(&many(30)).size(30, 8).plan(Some(6));
    sitting.rest().must_show("11/23");
    sitting.keys("up up up up up up up up").must_show("0% today");
    sitting.keys("end").must_show("11/29");
}

#[test]
fn a_pasted_text_is_taken_in_the_form_only() {
    let mut sitting = planned(10, 3);
    sitting.step(crate::tui::app::Message::Paste("x".into()));
    assert_eq!(interviews(&sitting).len(), 1);
    sitting.keys("e ctrl-u").step(crate::tui::app::Message::Paste("+20\n".into()));
    sitting.keys("enter");
    assert_eq!(interviews(&sitting)[0].day, today() + 20);
}

#[test]
fn an_interview_to_which_no_card_belongs_is_said_to_be_one() {
    for lang in LANGS {
        let mut sitting = desk(&many(5)).lang(lang).plan(Some(5));
        sitting.keys("e tab tab tab tab").write("aws").keys("enter").rest();
        let words = if lang == Lang::En {
            "no card belongs"
        } else {
            "해당하는 카드가 없습니다"
        };
        sitting.must_show(words).must_not_show("all fit");
    }
}
