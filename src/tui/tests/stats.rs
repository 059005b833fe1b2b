//! The statistics pages over a log of three months.

use std::fs;

use crate::domain::card::{CardKey, PointHash};
use crate::domain::lang::Lang;
use crate::domain::review::{
    Confidence, PointResult, Rating, Review, ReviewId, ReviewSource, SessionId,
};
use crate::domain::time::{Day, Timestamp};
use crate::i18n::Texts;
use crate::study::stats::Window;
use crate::tui::action::Place;
use crate::tui::tests::desk::{LANGS, Plan, Sitting, desk, many, today};

/// Cards of four tags in both languages.
pub fn deck() -> String {
    let tags = ["kubernetes", "linux", "networking", "aws"];
    let cards = (0..48).map(|n| {
        format!(
            "[[card]]\nid = \"card/{n}\"\ntags = [\"{}\"]\nquestion = \"Question number {n}, and what follows from it?\"\n\
             answer = \"The answer number {n}.\"\n[card.ko]\nquestion = \"{n}번 질문입니다. 무엇이 다르고 언제 발생하나요?\"\n\
             answer = \"{n}번 답입니다.\"\n\n",
            tags[n % 4]
        )
    });
    format!("format = 1\n\n{}", cards.collect::<String>())
}

/// A desk whose log holds three months: 36 cards, one new every second day, each met again after growing intervals.
pub fn with_history(plan: Plan) -> Sitting {
    let mut sitting = plan.home();
    let mut number = 0;
    for ago in (0..90).rev() {
        let day = today() + -ago;
        // Two days a week without study.
        if [2, 6].contains(&(ago % 7)) {
            continue;
        }
        for card in 0..36 {
            let age = 89 - ago - card * 2;
            let meetings = [0, 1, 3, 4, 8, 14, 15, 29, 50, 74];
            let Some(meeting) = meetings.iter().position(|it| *it == age) else { continue };
            let next = meetings.get(meeting + 1).map_or(40, |next| next - age);
            record(&mut sitting, number, card, (day, meeting, next));
            number += 1;
        }
    }
    // Home as it would stand after a start with this log.
    sitting.keys("s esc");
    sitting
}

fn record(sitting: &mut Sitting, number: u32, card: i32, (day, meeting, next): (Day, usize, i32)) {
    let dice = (number * 7919 + 13) % 100;
    let recalled = dice >= [60, 25, 15, 12, 10, 8, 8, 6, 6, 6][meeting];
    let rating = match dice % 10 {
        _ if !recalled => Rating::Again,
        0..3 => Rating::Hard,
        9 => Rating::Easy,
        _ => Rating::Good,
    };
    let confidence = match dice % 5 {
        0 => Confidence::NoIdea,
        1 => Confidence::Partly,
        _ => Confidence::Sure,
    };
    let hit = |point: u32| recalled || point == 0;
    let points =
        (0..3).map(|point| PointResult { point: PointHash(point.into()), hit: hit(point) });
    let review = Review {
        id: ReviewId { session: SessionId(u128::from(day.0.unsigned_abs())), number },
        key: CardKey(format!("card/{card}")),
        at: Timestamp(i64::from(day.0) * 86_400_000 + 32_400_000 + i64::from(number) * 1000),
        day,
        source: ReviewSource::Study,
        rating: Some(rating),
        proposed: Some(if recalled { Rating::Good } else { Rating::Again }),
        correct: None,
        confidence: Some(confidence),
        hint_used: false,
        wrong_statement: false,
        points: points.collect(),
        seconds: f32::from(u16::try_from(40 + dice * 2).unwrap())
            * if dice.is_multiple_of(4) { 1.4 } else { 1.0 },
        answer: (dice.is_multiple_of(4)).then(|| "typed".to_owned()),
        due: Some(if recalled { day + next } else { day }),
    };
    let schedule = crate::domain::memory::Schedule::UNSEEN;
    let recorded = crate::study::session::Recorded { review, schedule };
    sitting.desk.trainer.record(recorded).unwrap();
}

fn open(lang: Lang) -> Sitting {
    let mut sitting = with_history(desk(&deck()).lang(lang));
    sitting.keys("s");
    sitting
}

#[test]
fn home_leads_to_the_statistics_and_back() {
    for lang in LANGS {
        let texts = Texts::of(lang);
        let mut sitting = desk(&deck()).lang(lang).home();
        sitting.keys("s").must_show(texts.stats_nothing_yet());
        assert_eq!(sitting.desk.app.place(), Place::Stats);
        sitting.keys("esc").must_show(texts.today);
        let line = sitting.number_of(texts.stats_title());
        sitting.keys(&line).must_show(texts.stats_nothing_yet());
        assert_eq!(sitting.desk.app.place(), Place::Stats);
    }
}

#[test]
fn pages_turn_by_digit_tab_and_arrow() {
    for lang in LANGS {
        let texts = Texts::of(lang);
        let mut sitting = open(lang);
        sitting.must_show(texts.stats_attempts());
        sitting.keys("2").must_show(texts.stats_all_cards());
        sitting.keys("tab").must_show(texts.stats_sure_wrong());
        sitting.keys("right").must_show(texts.stats_due());
        sitting.keys("5").must_show(texts.stats_lapses_column());
        sitting.keys("tab").must_show(texts.stats_attempts());
        sitting.keys("shift-tab").must_show(texts.stats_lapses_column());
        sitting.keys("left").must_show(texts.stats_due());
        sitting.keys("9").must_show(texts.stats_due());
    }
}

#[test]
fn the_window_goes_round() {
    let mut sitting = open(Lang::En);
    sitting.must_show("all time").must_show("Days 65 of 90");
    sitting.keys("w").must_show("last 30 days").must_show("of 30");
    sitting.keys("w").must_show("last 90 days");
    sitting.keys("w").must_show("all time");
    // Without letters: through the help.
    sitting.keys("? down down down enter").must_show("last 30 days");
}

#[test]
fn figures_are_written_to_a_new_file_each_time() {
    for lang in LANGS {
        let mut sitting = open(lang);
        sitting.resize(160, 24).keys("o").must_show("exports/prep-stats-2026-11-23.csv");
        sitting.keys("o").must_show("exports/prep-stats-2026-11-23-2.csv");
        let folder = sitting.deck_file().parent().unwrap().parent().unwrap().join("exports");
        let text = fs::read_to_string(folder.join("prep-stats-2026-11-23.csv")).unwrap();
        assert!(text.starts_with("section,item,figure,value\r\n"), "{text}");
        let answers = sitting.log().len();
        assert!(text.contains(&format!("overview,,reviews,{answers}\r\n")), "{text}");
    }
}

#[test]
fn enter_studies_what_was_sure_and_wrong() {
    let mut sitting = open(Lang::En);
    sitting.keys("enter");
    assert_eq!(sitting.desk.app.place(), Place::Stats, "nothing to study on the first page");
    let first = {
        let stats = sitting.desk.trainer.stats(Window::All, Lang::En, sitting.now);
        stats.unwrap().sure_and_wrong[0].title.clone().unwrap()
    };
    sitting.keys("3").must_show(&first);
    sitting.keys("enter").must_show(&first);
    assert_eq!(sitting.desk.app.place(), Place::Question);
}

#[test]
fn enter_studies_the_marked_hard_card() {
    let mut sitting = open(Lang::En);
    let stats = sitting.desk.trainer.stats(Window::default(), Lang::En, sitting.now).unwrap();
    let second = stats.hard[1].title.clone().unwrap();
    sitting.keys("5 down enter").must_show(&second);
    assert_eq!(sitting.desk.app.place(), Place::Question);
    // The cursor stays within the list.
    let mut sitting = open(Lang::En);
    let last = stats.hard.last().unwrap().title.clone().unwrap();
    sitting.keys("5 end down down enter").must_show(&last);
}

#[test]
fn under_twenty_answers_it_is_too_early_to_say() {
    for (lang, words) in [(Lang::En, "too early to say"), (Lang::Ko, "아직 알 수 없음")] {
        let mut sitting = desk(&many(3)).lang(lang).study(&["card/1", "card/2"]);
        sitting.keys("space 1 2 enter enter space 1 2 enter enter enter esc");
        sitting.keys("s").must_show(words);
        for page in ["1", "2", "3", "4", "5"] {
            let screen = sitting.keys(page).screen();
            let percents: Vec<&str> = screen
                .split_whitespace()
                .filter(|word| word.contains('%') && !["90%", "85%"].contains(word))
                .collect();
            assert!(percents.is_empty(), "{percents:?}\n{screen}");
        }
    }
}

#[test]
fn a_log_that_grew_elsewhere_is_read_when_the_page_opens() {
    let mut sitting = open(Lang::En);
    let answers = sitting.log().len();
    sitting.must_show(&format!("Answers {answers}"));
    record(&mut sitting, 9000, 1, (today(), 3, 5));
    sitting.keys("esc s").must_show(&format!("Answers {}", answers + 1));
}

#[test]
fn no_page_nags() {
    // Loss, guilt and alarm have no place beside figures.
    let words = ["streak", "lost", "lose", "behind", "fail", "!", "연속", "실패", "밀린", "잃"];
    for lang in LANGS {
        for page in ["1", "2", "3", "4", "5"] {
            let mut sitting = open(lang);
            let screen = sitting.resize(120, 60).keys(page).screen().to_lowercase();
            for word in words {
                assert!(!screen.contains(word), "`{word}` on page {page}:\n{screen}");
            }
        }
    }
}
