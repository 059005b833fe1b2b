//! Whole screens, in English and Korean at three sizes, from cards of the tests only.
//!
//! After a wanted change: `INSTA_UPDATE=always cargo test --lib pictures`, then read the difference.

use std::fmt::Write as _;

use crate::domain::card::CardKey;
use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::review::{
    Confidence, PointResult, Rating, Review, ReviewId, ReviewSource, SessionId,
};
use crate::domain::tag::Tag;
use crate::study::session::Recorded;
use crate::tui::tests::desk::{CARDS, LANGS, Plan, Sitting, desk, many};
use crate::tui::tests::pages::{BROKEN, FINE};
use crate::tui::tests::stats::{deck, with_history};
use crate::tui::tests::study::{How, answer};

const SIZES: [(u16, u16); 3] = [(80, 24), (60, 15), (200, 50)];

/// Compares a screen in both languages and all sizes with its picture.
#[track_caller]
fn picture(name: &str, mut open: impl FnMut(Plan, Lang) -> Sitting) {
    let mut all = String::new();
    for lang in LANGS {
        let mut sitting = open(desk(CARDS).lang(lang), lang);
        for (width, height) in SIZES {
            sitting.resize(width, height);
            let rule = "-".repeat(usize::from(width));
            let screen = sitting.screen();
            let _ = writeln!(all, "{} {width}x{height}\n{rule}\n{screen}{rule}", lang.code());
            if let Some(at) = sitting.cursor() {
                let _ = writeln!(all, "cursor {},{}", at.x, at.y);
            }
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, all));
}

/// A picture of a study after some keys.
#[track_caller]
fn study(name: &str, card: &str, keys: &str) {
    picture(name, |plan, _| {
        let mut sitting = plan.study(&[card, "ops/health"]);
        sitting.wait(23).keys(keys);
        sitting
    });
}

/// A picture of a judged answer.
#[track_caller]
fn judged(name: &str, card: &str, how: How) {
    picture(name, |plan, lang| {
        let mut sitting = plan.study(&[card, "ops/health"]);
        answer(&mut sitting, lang, how);
        sitting
    });
}

/// A picture of the quiz over one question.
#[track_caller]
fn quiz(name: &str, keys: &str) {
    picture(name, |plan, _| {
        let mut sitting = plan.quiz(|request| request.filter.tags = vec![Tag("sre".into())]);
        sitting.wait(7).keys(keys);
        sitting
    });
}

#[test]
fn the_question() {
    study("question", "ops/timeouts", "");
}

#[test]
fn the_question_with_its_hint() {
    study("question-hint", "ops/timeouts", "h");
}

#[test]
fn the_answer_field() {
    let keys = "enter type:핸드셰이크가 space type:제한 space type:시간 space type:안에";
    study("typing", "ops/timeouts", keys);
}

#[test]
fn how_sure() {
    study("confidence", "ops/timeouts", "enter type:Handshake! tab");
}

#[test]
fn the_ticks() {
    study("ticks", "ops/timeouts", "enter type:Handshake! tab 3 1 3");
}

#[test]
fn the_grades() {
    study("grade", "ops/timeouts", "3 1 3 enter");
}

#[test]
fn the_answer_of_a_card_without_points() {
    study("answer", "ops/health", "space");
}

#[test]
fn questions_that_the_program_judges() {
    study("choice", "ops/port", "down");
    study("cloze", "ops/http", "type:fou");
    study("order", "ops/boot", "2 1");
    study("numeric", "ops/downtime", "type:43");
    study("command", "ops/disk", "type:df esc");
}

#[test]
fn answers_that_the_program_judged() {
    judged("judged-choice", "ops/port", How::Wrong);
    judged("judged-cloze", "ops/http", How::Close);
    judged("judged-order", "ops/boot", How::Close);
    judged("judged-numeric", "ops/downtime", How::Wrong);
    judged("judged-command", "ops/disk", How::Right);
}

#[test]
fn the_summary() {
    picture("summary", |plan, _| {
        let mut sitting = plan.study(&["ops/timeouts", "ops/health"]);
        sitting
            .wait(80)
            .keys("3 1 2 0 enter enter")
            .wait(30)
            .keys("space 3 space 1 2 3 enter enter");
        sitting
    });
}

#[test]
fn the_quiz_question() {
    quiz("quiz-typed", "");
    picture("quiz-question", |plan, _| {
        plan.quiz(|request| request.filter.kinds = vec![crate::domain::card::CardKind::Choice])
    });
}

#[test]
fn the_quiz_settings() {
    picture("quiz-settings", |plan, _| {
        let mut sitting = plan.home();
        sitting.keys("2 down");
        sitting
    });
}

#[test]
fn the_quiz_feedback() {
    quiz("quiz-feedback", "type:21.6 enter");
}

#[test]
fn the_quiz_result() {
    quiz("quiz-result", "type:21.6 enter space");
}

#[test]
fn home() {
    picture("home", |plan, _| {
        let mut sitting = plan.study(&["ops/health", "ops/timeouts", "ops/port"]);
        sitting.wait(60).keys("space 3").wait(60).keys("space 1 2 3 enter enter");
        sitting.now = sitting.now.plus_seconds(5 * 86_400);
        sitting.keys("space 1 space 1 esc enter");
        sitting
    });
}

#[test]
fn the_first_home() {
    picture("home-first", |plan, _| plan.home());
}

#[test]
fn the_first_run() {
    picture("first-run", |plan, _| plan.first_run());
    picture("first-run-filled", |plan, _| {
        let mut sitting = plan.first_run();
        sitting.write("12/6").keys("tab space tab tab");
        sitting
    });
}

#[test]
fn the_help() {
    study("help", "ops/timeouts", "? down down");
}

#[test]
fn the_form_of_a_new_card() {
    picture("add", |plan, _| plan.add(None));
    picture("add-filled", |plan, lang| {
        let mut sitting = plan.add(None);
        let (question, answer, points) = match lang {
            Lang::En => (
                "What does a health check tell a load balancer?",
                "Whether an instance can take requests now.\nShallow checks ask the process, deep ones what it needs.",
                "whether it may get requests\nshallow or deep\nfail open when all are ill",
            ),
            Lang::Ko => (
                "헬스 체크는 로드 밸런서에 무엇을 알려 주나요?",
                "지금 요청을 받을 수 있는지 알려 줍니다.\n얕은 검사는 프로세스만, 깊은 검사는 의존 대상까지 봅니다.",
                "요청을 보내도 되는지\n얕은 검사와 깊은 검사\n모두 실패하면 모두에게 보낸다",
            ),
        };
        sitting.write(question).keys("tab").write(answer).keys("tab").write(points);
        sitting.keys("tab").write("networking, kubernets").keys("shift-tab shift-tab");
        sitting
    });
}

#[test]
fn an_edited_deck_that_cannot_be_read() {
    picture("deck-problem", |plan, _| {
        let mut sitting = plan.study(&["ops/timeouts"]);
        sitting.keys("space 2").edit(|text| {
            let slip = "\"응답을 기다리는\" 제한이다\"";
            let line = text.lines().position(|line| line.trim() == "points = [");
            let line = line.expect("key points");
            let mut lines: Vec<&str> = text.lines().collect();
            let faulty = format!("  {slip},");
            lines.insert(line + 1, &faulty);
            lines.join("\n") + "\n"
        });
        sitting
    });
}

#[test]
fn the_decks() {
    picture("decks", |plan, _| {
        let mut sitting = plan.folder(FINE).home();
        sitting.keys("end enter");
        sitting
    });
    picture("decks-with-problems", |plan, _| {
        let mut sitting = plan.folder(BROKEN).home();
        sitting.keys("end enter");
        sitting
    });
}

/// A picture of a page of the statistics.
#[track_caller]
fn stats(name: &str, keys: &str) {
    picture(name, |plan, _| {
        let mut sitting = with_history(plan.deck(&deck()));
        sitting.keys("s").keys(keys);
        sitting
    });
}

#[test]
fn the_statistics() {
    stats("stats-overview", "1");
    stats("stats-tags", "2");
    stats("stats-calibration", "3");
    stats("stats-forecast", "4");
    stats("stats-hard", "5 down");
    picture("stats-empty", |plan, _| {
        let mut sitting = plan.home();
        sitting.keys("s");
        sitting
    });
}

/// Home a month before an interview, with some answers of the last weeks; then Browse.
fn browsing(plan: Plan, keys: &str) -> Sitting {
    let mut sitting = plan.home_before_interview(30);
    for (number, (id, days_ago, rating, hits)) in [
        ("ops/timeouts", 16, Rating::Again, &[false, true, false][..]),
        ("ops/timeouts", 16, Rating::Hard, &[true, true, false]),
        ("ops/timeouts", 14, Rating::Good, &[true, true, true]),
        ("ops/port", 9, Rating::Good, &[]),
        ("ops/timeouts", 3, Rating::Again, &[false, false, true]),
        ("ops/timeouts", 3, Rating::Good, &[true, true, false]),
        ("ops/health", 0, Rating::Easy, &[]),
    ]
    .into_iter()
    .enumerate()
    {
        let mut review = review_of(&sitting, id, days_ago, rating, hits);
        review.id.number = u32::try_from(number).unwrap();
        let schedule = Schedule::UNSEEN;
        sitting.desk.trainer.record(Recorded { review, schedule }).unwrap();
    }
    sitting.keys(keys).rest();
    sitting
}

/// A graded answer to a card some days ago.
fn review_of(sitting: &Sitting, id: &str, days_ago: i64, rating: Rating, hits: &[bool]) -> Review {
    let points = sitting.card(id).point_hashes().into_iter().zip(hits);
    let at = sitting.now.plus_seconds(-86_400 * days_ago);
    let day = sitting.desk.trainer.day_of(at);
    Review {
        id: ReviewId { session: SessionId(9), number: 0 },
        key: CardKey(id.into()),
        at,
        day,
        source: ReviewSource::Study,
        rating: Some(rating),
        proposed: None,
        correct: None,
        confidence: Some(Confidence::Partly),
        hint_used: false,
        wrong_statement: false,
        points: points.map(|(point, hit)| PointResult { point, hit: *hit }).collect(),
        seconds: 84.0,
        answer: None,
        due: Some(day + i32::from(rating.number()) * 2),
    }
}

#[test]
fn the_list_of_cards() {
    picture("browse", |plan, _| browsing(plan, "/ esc down space down space x up"));
    picture("browse-search", |plan, lang| {
        let words = match lang {
            Lang::En => "/ type:safe space type:tag:net",
            Lang::Ko => "/ type:안전 space type:태그:네트",
        };
        browsing(plan, words)
    });
    picture("browse-nothing", |plan, _| browsing(plan, "/ type:zebra esc"));
}

#[test]
fn the_page_of_a_card() {
    picture("card", |plan, _| browsing(plan, "/ esc enter"));
    picture("card-memory", |plan, _| browsing(plan, "/ esc enter tab"));
}

#[test]
fn a_grade_that_is_not_saved() {
    picture("not-saved", |_, lang| {
        let mut sitting = desk(&many(2)).lang(lang).study(&["card/1", "card/2"]);
        sitting.desk.trainer.store().refuse_writes(true);
        sitting.keys("space 1 2 enter enter");
        sitting
    });
}

#[test]
fn no_picture_is_left_over() {
    let source = include_str!("pictures.rs");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tui/tests/snapshots");
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(".snap") else { continue };
        assert!(source.contains(&format!("\"{name}\"")), "{name} belongs to no test");
    }
}

#[test]
fn the_plan() {
    picture("plan", |plan, lang| {
        let mut sitting = plan.deck_of(&many(60)).plan(Some(9));
        sitting.keys("e").keys("end tab type:14:00 tab tab ctrl-u");
        let company = if lang == Lang::En { "Fintech K" } else { "핀테크 K" };
        sitting.write(company).keys("tab tab end ctrl-u type:5,10 enter down down space").rest();
        sitting
    });
}

#[test]
fn the_form_of_the_plan() {
    picture("plan-form", |plan, lang| {
        let mut sitting = plan.plan(Some(9));
        let date = if lang == Lang::En { "12/6 2pm" } else { "12월 6일 오후 2시" };
        sitting.keys("e ctrl-u").write(date).keys("tab tab type:sre tab tab tab tab").write("12/1");
        sitting
    });
}

#[test]
fn the_plan_without_an_interview() {
    picture("plan-empty", |plan, _| plan.plan(None));
}
