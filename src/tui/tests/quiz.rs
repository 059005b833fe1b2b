//! Quiz: right or wrong, the clock, the exam, and what goes to today's study list.

use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::review::{Confidence, ReviewSource};
use crate::i18n::Texts;
use crate::tui::action::Place;
use crate::tui::desk::Chore;
use crate::tui::tests::desk::{CARDS, LANGS, Sitting, desk, many, today};
use crate::tui::tests::study::{How, answer};

/// Answers the question and goes on.
fn next(sitting: &mut Sitting, lang: Lang, how: How) {
    answer(sitting, lang, how);
    if sitting.desk.app.place() == Place::QuizFeedback {
        sitting.keys("space");
    }
}

#[test]
fn right_answers_are_counted_and_wrong_ones_come_to_todays_list() {
    for lang in LANGS {
        let texts = Texts::of(lang);
        let mut sitting = desk(CARDS).lang(lang).quiz(|_| {});
        for how in [How::Right, How::Wrong, How::Right, How::Wrong, How::Right] {
            answer(&mut sitting, lang, how);
            assert_eq!(sitting.desk.app.place(), Place::QuizFeedback);
            sitting.must_show(if how == How::Right { texts.right } else { texts.wrong });
            sitting.keys("space");
        }
        assert_eq!(sitting.desk.app.place(), Place::QuizResult);
        sitting.must_show(&(texts.hits_of)(3, 5)).must_show("60%");
        let log = sitting.log();
        assert_eq!(log.len(), 5);
        for review in &log {
            assert_eq!((review.source, review.rating), (ReviewSource::Quiz, None));
            let wanted = (review.correct == Some(false)).then(today);
            assert_eq!(review.due, wanted);
            assert_eq!(sitting.schedule(&review.key.0), Schedule::New { wanted });
        }
        assert_eq!(sitting.desk.app.quiz_percent(), Some(60));
    }
}

#[test]
fn the_feedback_explains_a_wrong_answer() {
    let mut sitting = desk(CARDS).size(80, 40).quiz(|request| {
        request.filter.kinds = vec![crate::domain::card::CardKind::Choice];
    });
    answer(&mut sitting, Lang::En, How::Wrong);
    sitting.must_show("You: port 80").must_show("Right: port 443");
    sitting.must_show("That is plain HTTP.").must_show("TLS on TCP 443");
}

#[test]
fn wrong_answers_are_studied_with_one_key_and_counted_as_due_at_home() {
    let mut sitting = desk(CARDS).home();
    sitting.keys("2").must_show("Questions");
    sitting.keys("enter");
    for how in [How::Wrong, How::Wrong, How::Right, How::Right, How::Right] {
        next(&mut sitting, Lang::En, how);
    }
    sitting.must_show("study these 2");
    sitting.keys("esc").must_show("2 due");
    sitting.keys("2 enter");
    for how in [How::Wrong, How::Right, How::Right, How::Right, How::Right] {
        next(&mut sitting, Lang::En, how);
    }
    sitting.keys("enter").must_show("1 of 1");
    assert_ne!(sitting.desk.app.place(), Place::QuizResult);
}

#[test]
fn a_wrong_answer_brings_a_seen_card_back_today_and_keeps_its_memory() {
    let card = "ops/downtime";
    let mut studied = desk(CARDS).on_disk().study(&[card]);
    answer(&mut studied, Lang::En, How::Right);
    studied.keys("4");
    let before = *studied.schedule(card).progress().unwrap();
    assert!(before.due > today() + 3);
    studied.now = studied.now.plus_seconds(86_400);
    let mut again = studied.restarted();
    again.keys("2 enter");
    for _ in 0..5 {
        next(&mut again, Lang::En, How::Wrong);
    }
    let after = *again.schedule(card).progress().unwrap();
    assert_eq!((after.due, after.memory), (today() + 1, before.memory));
    assert_eq!((after.reviews, after.last_day), (before.reviews, before.last_day));
}

#[test]
fn an_exam_judges_only_at_the_end() {
    let mut sitting = desk(CARDS).quiz(|request| request.exam = true);
    for number in 0..5 {
        sitting.must_show(&format!("{} of 5", number + 1));
        answer(&mut sitting, Lang::En, How::Wrong);
        assert_ne!(sitting.desk.app.place(), Place::QuizFeedback);
    }
    assert_eq!(sitting.desk.app.place(), Place::QuizResult);
    sitting.must_show("0 of 5").must_show("0%");
    assert!(sitting.log().iter().all(|review| review.correct == Some(false)));
}

#[test]
fn open_questions_come_again_and_count_as_not_right_when_the_quiz_ends() {
    let mut sitting = desk(CARDS).quiz(|_| {});
    leave_open(&mut sitting);
    for _ in 0..4 {
        next(&mut sitting, Lang::En, How::Right);
    }
    sitting.must_show("1 of 5");
    leave_open(&mut sitting);
    assert_eq!(sitting.desk.app.place(), Place::QuizResult);
    sitting.must_show("4 of 5").must_show("80%").must_show("open");
    assert_eq!(sitting.log().len(), 4);
}

fn leave_open(sitting: &mut Sitting) {
    if sitting.desk.app.place().is_text() {
        sitting.keys("esc");
    }
    sitting.keys("-");
}

#[test]
fn left_goes_back_to_a_question_that_was_left_open() {
    let mut sitting = desk(CARDS).quiz(|_| {});
    let first = sitting.words();
    leave_open(&mut sitting);
    sitting.must_show("2 of 5");
    if sitting.desk.app.place().is_text() {
        sitting.keys("esc");
    }
    sitting.keys("left").must_show("1 of 5");
    let question: String = first.chars().skip(60).take(20).collect();
    sitting.must_show(question.trim());
}

#[test]
fn when_the_time_is_over_the_open_question_may_be_finished_and_the_rest_stays_open() {
    let mut sitting = desk(CARDS).quiz(|request| request.minutes = Some(1));
    sitting.must_show("1:00 left");
    next(&mut sitting, Lang::En, How::Right);
    sitting.wait(30).must_show("0:30 left");
    sitting.wait(40).must_show("0:00 left");
    next(&mut sitting, Lang::En, How::Right);
    assert_eq!(sitting.desk.app.place(), Place::QuizResult);
    sitting.must_show("2 of 5").must_show("1:10");
    assert_eq!(sitting.log().len(), 2);
}

#[test]
fn leaving_a_quiz_early_shows_the_result_and_keeps_what_was_answered() {
    let mut sitting = desk(CARDS).quiz(|_| {});
    next(&mut sitting, Lang::En, How::Right);
    if sitting.desk.app.place().is_text() {
        sitting.keys("esc");
    }
    sitting.keys("esc").must_show("1 of 5");
    assert_eq!(sitting.log().len(), 1);
    sitting.keys("esc");
    assert_eq!(sitting.chores(), [Chore::Quit], "a quiz of the command line ends the program");
}

#[test]
fn a_sure_answer_is_recorded_as_sure() {
    let mut sitting = desk(CARDS).quiz(|request| {
        request.filter.kinds = vec![crate::domain::card::CardKind::Choice];
    });
    sitting.keys("!");
    answer(&mut sitting, Lang::En, How::Wrong);
    assert_eq!(sitting.log()[0].confidence, Some(Confidence::Sure));
}

#[test]
fn open_cards_get_options_made_from_key_points_and_exactly_one_is_right() {
    let mut sitting = desk(&many(8)).quiz(|request| request.questions = 6);
    for _ in 0..6 {
        sitting.must_show("Which of these belongs to a good answer?");
        let words = sitting.words();
        let from = words.find("Question number ").unwrap() + "Question number ".len();
        let number: String = words[from..].chars().take_while(char::is_ascii_digit).collect();
        let own: Vec<&str> = words
            .split("point ")
            .skip(1)
            .filter(|point| point.split(' ').nth(1) == Some(number.as_str()))
            .collect();
        assert_eq!(own.len(), 1, "{words}");
        let kind = own[0].split(' ').next().unwrap();
        let digit = sitting.number_of(&format!("point {kind} {number} "));
        sitting.keys(&digit).must_show("Right");
        sitting.keys("space");
    }
    sitting.must_show("6 of 6");
}

#[test]
fn a_quiz_over_nothing_says_so_and_can_be_left() {
    let mut sitting = desk("format = 1\n").quiz(|_| {});
    sitting.must_show("No card fits");
    sitting.keys("esc");
    assert_eq!(sitting.chores(), [Chore::Quit]);
}

#[test]
fn the_settings_of_a_quiz_are_changed_with_arrows() {
    let mut sitting = desk(CARDS).home();
    sitting.keys("2 down right down left left left left down right down right");
    sitting.must_show("15").must_show("no clock").must_show("at the end (exam)");
    sitting.must_show("weakest first");
    sitting.keys("enter").must_show("1 of 5");
}

#[test]
fn the_tag_of_a_quiz_is_chosen_and_the_last_quizzes_are_shown() {
    let mut sitting = desk(CARDS).home();
    sitting.keys("2 right").must_show("Networking (4 cards)");
    sitting.keys("left").must_show("all (");
    sitting.keys("right").must_show("Networking (4 cards)").must_not_show("Last quizzes");
    sitting.keys("enter 1 esc esc 2").must_show("Last quizzes");
}

#[test]
fn the_score_is_still_known_after_the_wrong_ones_were_studied() {
    let mut sitting = desk(CARDS).quiz(|_| {});
    for how in [How::Right, How::Wrong, How::Right, How::Right, How::Wrong] {
        next(&mut sitting, Lang::En, how);
    }
    sitting.keys("enter").must_show("1 of 2");
    assert_eq!(sitting.desk.app.quiz_percent(), Some(60));
    if sitting.desk.app.place().is_text() {
        sitting.keys("esc");
    }
    sitting.keys("space 1 esc");
    assert_eq!(sitting.desk.app.quiz_percent(), Some(60));
}

/// Open cards in both languages, with two points each.
fn bilingual(count: usize) -> String {
    let colours = ["red", "green", "blue", "white", "black"];
    let farben = ["빨간", "초록", "파란", "하얀", "까만"];
    let cards = (0..count).map(|n| {
        format!(
            "[[card]]\nid = \"card/{n}\"\ntags = [\"linux\"]\nquestion = \"Question {n}?\"\n\
             answer = \"Answer.\"\npoints = [\"{0} houses {n}\", \"{0} gardens {n}\"]\n\
             [card.ko]\nquestion = \"질문 {n}?\"\nanswer = \"답.\"\n\
             points = [\"{1} 집 {n}\", \"{1} 정원 {n}\"]\n\n",
            colours[n % 5],
            farben[n % 5],
        )
    });
    format!("format = 1\n\n{}", cards.collect::<String>())
}

#[test]
fn made_options_are_written_in_the_language_of_the_cards() {
    for (lang, card_lang) in [(Lang::En, Lang::Ko), (Lang::Ko, Lang::En)] {
        let sitting = desk(&bilingual(5)).lang(lang).card_lang(card_lang).quiz(|_| {});
        sitting.must_show(if card_lang == Lang::Ko { "질문" } else { "Question" });
        let words = sitting.words();
        let english = words.matches("houses").count() + words.matches("gardens").count();
        let korean = words.matches(" 집").count() + words.matches(" 정원").count();
        let expected = if card_lang == Lang::Ko { (0, 4) } else { (4, 0) };
        assert_eq!((english, korean), expected, "{}", sitting.screen());
    }
}

#[test]
fn a_quiz_begun_at_home_ends_at_home_however_the_program_was_started() {
    let mut sitting = desk(&many(8)).study(&["card/1"]);
    sitting.keys("space 1 2 enter enter enter").must_show("Today");
    let digit = sitting.number_of("Quiz");
    sitting.keys(&digit).keys("esc").must_show("Today");
    assert_eq!(sitting.chores(), []);
}
