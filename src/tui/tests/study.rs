//! Study as it is done: question, answer, ticks, grade, and what then stands in the log.

use std::fs;

use crate::domain::card::{Body, Card, CardKey, CardText, ClozePiece};
use crate::domain::lang::Lang;
use crate::domain::review::{Confidence, Rating};
use crate::i18n::Texts;
use crate::tui::action::Place;
use crate::tui::tests::desk::{CARDS, LANGS, Sitting, desk, many, today};

const EVERY_CARD: [&str; 7] =
    ["ops/timeouts", "ops/health", "ops/port", "ops/http", "ops/boot", "ops/downtime", "ops/disk"];

#[test]
fn no_question_shows_anything_of_its_answer() {
    for lang in LANGS {
        for id in EVERY_CARD {
            let mut sitting = desk(CARDS).lang(lang).study(&[id]);
            let secrets = secrets(&sitting.card(id), lang);
            let hidden = |sitting: &Sitting, when: &str| {
                let words = sitting.words();
                let leak = secrets.iter().find(|secret| words.contains(secret.as_str()));
                assert_eq!(leak, None, "{id} {when}:\n{}", sitting.screen());
            };
            hidden(&sitting, "asked");
            for (width, height) in [(20, 6), (60, 15), (200, 50), (80, 24)] {
                sitting.resize(width, height);
                hidden(&sitting, "at another size");
            }
            if sitting.desk.app.place().is_text() {
                sitting.keys("esc");
            }
            for keys in ["!", "h", "pagedown", "end", "?", "esc", "enter"] {
                // A choice is answered by Enter; the line before it is as far as the question goes.
                if keys == "enter" && sitting.desk.app.place() == Place::Choice {
                    continue;
                }
                sitting.keys(keys);
                hidden(&sitting, keys);
            }
        }
    }
}

#[test]
fn the_answer_is_there_once_it_is_asked_for() {
    for lang in LANGS {
        let mut sitting = desk(CARDS).lang(lang).size(120, 60).study(&["ops/timeouts"]);
        let secrets = secrets(&sitting.card("ops/timeouts"), lang);
        sitting.keys("space");
        let words = sitting.words();
        let shown = secrets.iter().filter(|secret| words.contains(secret.as_str())).count();
        // Words at the ends of cells may be cut; nearly all must be there.
        assert!(shown * 10 >= secrets.len() * 8, "{shown} of {}", secrets.len());
    }
}

/// Everything that only the answer says, in groups of three words.
fn secrets(card: &Card, lang: Lang) -> Vec<String> {
    let text = card.text(lang);
    let mut texts = vec![text.answer.clone()];
    texts.extend(text.mistakes.clone());
    texts.extend(card.sources.iter().map(|source| source.title.clone()));
    texts.extend(hidden_parts(text));
    let asked = text.question.split_whitespace().collect::<Vec<_>>().join(" ");
    texts
        .iter()
        .flat_map(|text| {
            let words: Vec<&str> = text.split_whitespace().collect();
            let size = words.len().min(3);
            words.windows(size.max(1)).map(|some| some.join(" ")).collect::<Vec<_>>()
        })
        .filter(|secret| !asked.contains(secret.as_str()))
        .collect()
}

fn hidden_parts(text: &CardText) -> Vec<String> {
    match &text.body {
        Body::Open { points } => points.iter().map(|point| point.text.clone()).collect(),
        Body::Choice { options } => options.iter().filter_map(|it| it.why.clone()).collect(),
        Body::Cloze { pieces } => pieces
            .iter()
            .filter_map(|piece| match piece {
                ClozePiece::Gap(fillings) => fillings.first().cloned(),
                ClozePiece::Text(_) => None,
            })
            .collect(),
        Body::Numeric(numeric) => vec![numeric.number.to_string()],
        Body::Command { accept, .. } => accept.clone(),
        Body::Order { .. } => Vec::new(),
    }
}

#[test]
fn ticks_propose_a_grade_and_the_grade_is_recorded_with_them() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.wait(40).keys("3");
    sitting.must_show("Which of these did you say");
    sitting.keys("1 3").must_show("2 of 3");
    sitting.keys("enter").must_show("2 of 3 key points");
    sitting.must_show("Connected and sent, but no more data arrived");
    sitting.must_not_show("A retry is safe only after the first kind");
    sitting.wait(20).keys("enter");
    let log = sitting.log();
    assert_eq!(log.len(), 1);
    let review = &log[0];
    assert_eq!((review.rating, review.proposed), (Some(Rating::Hard), Some(Rating::Hard)));
    assert_eq!(review.confidence, Some(Confidence::Sure));
    let hits: Vec<bool> = review.points.iter().map(|point| point.hit).collect();
    assert_eq!(hits, [true, false, true]);
    assert!((review.seconds - 60.0).abs() < 0.5, "{}", review.seconds);
    assert_eq!(sitting.stored_schedules()[0].1.due(), review.due);
    sitting.must_show("Session done");
}

#[test]
fn every_combination_of_ticks_proposes_what_the_rubric_says() {
    for (ticks, proposed) in [
        ("1 2 3", Rating::Good),
        ("1 2", Rating::Hard),
        ("2 3", Rating::Again),
        ("1", Rating::Again),
        ("", Rating::Again),
        ("1 2 3 0", Rating::Again),
        ("1 2 3 3", Rating::Hard),
        ("1 2 3 0 0", Rating::Good),
    ] {
        let mut sitting = desk(CARDS).study(&["ops/timeouts", "ops/health"]);
        sitting.keys("space").keys(ticks).keys("enter enter");
        assert_eq!(sitting.log()[0].rating, Some(proposed), "{ticks}");
    }
}

#[test]
fn the_space_key_ticks_the_marked_line() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("space down space down space up up space");
    sitting.keys("enter enter");
    let hits: Vec<bool> = sitting.log()[0].points.iter().map(|point| point.hit).collect();
    assert_eq!(hits, [true, true, true]);
}

#[test]
fn another_grade_than_the_proposed_one_may_be_given() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("space 1 2 3 enter 4");
    let review = &sitting.log()[0];
    assert_eq!((review.rating, review.proposed), (Some(Rating::Easy), Some(Rating::Good)));
}

#[test]
fn every_grade_leads_to_the_day_that_stands_on_it() {
    for lang in LANGS {
        let bare = "format = 1\n[[card]]\nid = \"card/1\"\nquestion = \"Why?\"\nanswer = \"So.\"\n";
        for (deck, keys) in [(many(1).as_str(), "space enter"), (bare, "space")] {
            for rating in Rating::ALL {
                let mut sitting = desk(deck).lang(lang).study(&["card/1"]);
                let mut days = 0;
                // A new card, the same day again after it, and once more when it comes back.
                for _ in 0..3 {
                    sitting.keys(keys);
                    let offered = offered(&sitting, lang);
                    sitting.keys(&rating.number().to_string());
                    let review = sitting.log().pop().unwrap();
                    let due = review.due.unwrap().days_since(review.day);
                    let texts = Texts::of(lang);
                    let said = match due {
                        0 => texts.ten_minutes.to_owned(),
                        _ => (texts.interval)(due),
                    };
                    assert_eq!(offered[usize::from(rating.number()) - 1], said);
                    assert_eq!(sitting.schedule("card/1").due(), review.due);
                    days += due.max(1);
                    if rating != Rating::Again {
                        sitting.now = sitting.now.plus_seconds(i64::from(due) * 86_400);
                        sitting.keys("enter 1");
                    }
                }
                assert!(days >= 3);
            }
        }
    }
}

/// The four dates in their order, read off the tiles.
#[track_caller]
fn offered(sitting: &Sitting, lang: Lang) -> Vec<String> {
    let screen = sitting.screen();
    let texts = Texts::of(lang);
    let words = Rating::ALL.map(|rating| texts.rating(rating));
    let mut rows = screen.lines().skip_while(|row| !words.iter().all(|word| row.contains(word)));
    rows.next().unwrap_or_else(|| panic!("no tiles:\n{screen}"));
    let dates: Vec<String> = rows
        .next()
        .unwrap_or_default()
        .split("  ")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    assert_eq!(dates.len(), 4, "{screen}");
    dates
}

#[test]
fn a_hint_allows_hard_at_best() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.must_not_show("Which step of the call");
    sitting.keys("h").must_show("Which step of the call is being waited for?");
    sitting.keys("space 1 2 3 enter enter");
    let review = &sitting.log()[0];
    assert_eq!((review.rating, review.hint_used), (Some(Rating::Hard), true));

    let mut sitting = desk(CARDS).study(&["ops/port"]);
    sitting.keys("h").must_show("It is below 1024.");
    let right = sitting.number_of("port 443");
    sitting.keys(&right).keys("enter");
    assert_eq!(sitting.log()[0].rating, Some(Rating::Hard));
}

#[test]
fn a_wrong_statement_is_again_whatever_was_ticked() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts", "ops/health"]);
    sitting.keys("space 1 2 3 0 enter enter");
    let review = &sitting.log()[0];
    assert_eq!((review.rating, review.wrong_statement), (Some(Rating::Again), true));
}

#[test]
fn no_idea_on_a_new_card_is_again() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts", "ops/health"]);
    sitting.keys("1 1 2 3 enter enter");
    let review = &sitting.log()[0];
    assert_eq!(review.rating, Some(Rating::Again));
    assert_eq!(review.confidence, Some(Confidence::NoIdea));
}

#[test]
fn a_card_without_key_points_takes_two_keys() {
    let mut sitting = desk(CARDS).study(&["ops/health"]);
    sitting.keys("space 3");
    let review = &sitting.log()[0];
    assert_eq!((review.rating, review.proposed), (Some(Rating::Good), None));
}

#[test]
fn enter_rates_nothing_where_nothing_is_proposed() {
    let mut sitting = desk(CARDS).study(&["ops/health"]);
    sitting.keys("space enter enter enter");
    assert_eq!(sitting.log(), []);
}

/// Answers a card of a judged kind.
pub fn answer(sitting: &mut Sitting, lang: Lang, how: How) {
    let words = sitting.words();
    let en = lang == Lang::En;
    macro_rules! pick {
        ($en:expr, $ko:expr $(,)?) => {
            if en { $en } else { $ko }
        };
    }
    if words.contains("HTTPS") {
        let text = pick!(["port 443", "port 80"], ["포트 443", "포트 22"]);
        let number = sitting.number_of(text[usize::from(how != How::Right)]);
        sitting.keys(&number);
    } else if words.contains("status codes") || words.contains("상태 코드") {
        let right = pick!(["fourth", "fifth"], ["사백", "오백"]);
        let wrong = pick!("tenth", "천");
        let gaps = match how {
            How::Right => right,
            How::Close => [right[0], wrong],
            How::Wrong => [wrong, wrong],
        };
        sitting.write(gaps[0]).keys("enter").write(gaps[1]).keys("enter");
    } else if words.contains("boot") || words.contains("부팅") {
        let steps = pick!(
            ["The firmware", "The boot loader", "The kernel", "The init"],
            ["펌웨어가", "부트 로더가", "커널이", "초기화"],
        );
        let order = match how {
            How::Right => [0, 1, 2, 3],
            How::Close => [0, 2, 1, 3],
            How::Wrong => [3, 2, 1, 0],
        };
        let digits = order.map(|step| sitting.number_of(steps[step]));
        sitting.keys(&digits.join(" ")).keys("enter");
    } else if words.contains("99.9") {
        sitting.write(if how == How::Right { "43.2" } else { "21.6" }).keys("enter");
    } else {
        sitting.write(if how == How::Right { "df -h" } else { "rm -rf" }).keys("enter");
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    Right,
    Close,
    Wrong,
}

#[test]
fn what_the_program_judges_is_right_close_or_wrong_and_rated_so() {
    for lang in LANGS {
        let texts = Texts::of(lang);
        for (id, hows) in [
            ("ops/port", vec![How::Right, How::Wrong]),
            ("ops/http", vec![How::Right, How::Close, How::Wrong]),
            ("ops/boot", vec![How::Right, How::Close, How::Wrong]),
            ("ops/downtime", vec![How::Right, How::Wrong]),
            ("ops/disk", vec![How::Right, How::Wrong]),
        ] {
            for how in hows {
                let mut sitting = desk(CARDS).lang(lang).study(&[id, "ops/health"]);
                answer(&mut sitting, lang, how);
                let (word, rating) = match how {
                    How::Right => (texts.right, Rating::Good),
                    How::Close => (texts.nearly, Rating::Hard),
                    How::Wrong => (texts.wrong, Rating::Again),
                };
                sitting.must_show(word);
                assert_eq!(sitting.log(), [], "judging is no grade yet");
                sitting.keys("enter");
                let review = &sitting.log()[0];
                assert_eq!(review.rating, Some(rating), "{id} {how:?}");
                assert_eq!(review.correct, Some(how == How::Right), "{id} {how:?}");
                assert!(review.answer.is_some());
            }
        }
    }
}

#[test]
fn a_typical_wrong_number_is_explained() {
    let mut sitting = desk(CARDS).study(&["ops/downtime"]);
    sitting.keys("type:21.6 enter").must_show("That is 99.95 % over the same window.");
    sitting.must_show("43.2 min");
}

#[test]
fn a_step_of_an_order_can_be_taken_back() {
    let mut sitting = desk(CARDS).study(&["ops/boot"]);
    let first = sitting.number_of("The kernel");
    sitting.keys(&first).keys("backspace");
    answer(&mut sitting, Lang::En, How::Right);
    sitting.must_show("Right");
}

#[test]
fn showing_the_answer_without_one_proposes_again() {
    for id in ["ops/port", "ops/http", "ops/boot", "ops/downtime", "ops/disk"] {
        let mut sitting = desk(CARDS).study(&[id, "ops/health"]);
        if sitting.desk.app.place().is_text() {
            sitting.keys("esc");
        }
        sitting.keys("space enter");
        let review = &sitting.log()[0];
        assert_eq!((review.rating, review.correct), (Some(Rating::Again), Some(false)), "{id}");
    }
}

#[test]
fn an_answer_may_be_announced_as_sure() {
    let mut sitting = desk(CARDS).study(&["ops/port", "ops/health"]);
    sitting.keys("!").must_show("sure");
    answer(&mut sitting, Lang::En, How::Wrong);
    sitting.keys("enter");
    assert_eq!(sitting.log()[0].confidence, Some(Confidence::Sure));
    sitting.keys("esc").must_show("You were sure and wrong on 1 card");
    sitting.keys("1").must_show("Which port does HTTPS use");
}

#[test]
fn a_failed_card_returns_after_six_others() {
    let ids: Vec<String> = (1..=9).map(|n| format!("card/{n}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut sitting = desk(&many(9)).study(&ids);
    sitting.keys("space enter 1");
    for n in 2..=7 {
        sitting.must_show(&format!("Question number {n}?"));
        sitting.keys("space enter 3");
    }
    sitting.must_show("Question number 1?");
    sitting.keys("space enter 3").must_show("Question number 8?");
}

#[test]
fn a_failed_card_returns_after_ten_minutes() {
    let mut sitting = desk(&many(4)).study(&["card/1", "card/2", "card/3", "card/4"]);
    sitting.keys("space enter 1").must_show("Question number 2?");
    sitting.wait(601).keys("space enter 3").must_show("Question number 1?");
}

#[test]
fn a_skipped_card_comes_at_the_end_and_is_not_rated() {
    let mut sitting = desk(&many(3)).study(&["card/1", "card/2", "card/3"]);
    sitting.keys("-").must_show("Question number 2?");
    sitting.keys("space enter 3 space enter 3").must_show("Question number 1?");
    assert_eq!(sitting.log().len(), 2);
    sitting.keys("u u u u u u").must_show("Question number 2?");
    sitting.keys("u").must_show("Question number 1?");
    assert_eq!(sitting.log(), []);
}

#[test]
fn a_buried_card_is_not_asked_before_tomorrow() {
    let mut sitting = desk(&many(2)).home();
    sitting.keys("1");
    let first = first_question(&sitting);
    sitting.keys("b").must_not_show(&first);
    sitting.keys("esc").must_show("1 new");
    sitting.now = sitting.now.plus_seconds(86_400);
    sitting.keys("1 esc").must_show("2 new");
    assert_eq!(sitting.log(), []);
}

#[test]
fn a_suspended_card_is_never_asked_and_undo_takes_that_back() {
    let mut sitting = desk(&many(2)).home();
    sitting.keys("1");
    let first = first_question(&sitting);
    sitting.keys("x").must_not_show(&first);
    sitting.keys("u").must_show(&first);
    sitting.keys("x esc").must_show("1 new");
    sitting.now = sitting.now.plus_seconds(30 * 86_400);
    sitting.keys("1 esc").must_show("1 new");
}

fn first_question(sitting: &Sitting) -> String {
    let words = sitting.words();
    let from = words.find("Question number").expect("a question");
    words[from..].chars().take("Question number 1?".len()).collect()
}

#[test]
fn a_star_is_kept_until_it_is_taken_away() {
    let mut sitting = desk(CARDS).study(&["ops/health"]);
    let key = CardKey("ops/health".into());
    sitting.keys("*");
    assert!(sitting.desk.trainer.marks_of(&key).is_starred);
    sitting.keys("space *");
    assert!(!sitting.desk.trainer.marks_of(&key).is_starred);
}

#[test]
fn the_card_can_be_shown_in_the_other_language_and_ticks_stay() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("space 1 l").must_show("제한 시간 안에 핸드셰이크가 끝나지 않았다");
    sitting.must_show("1 of 3");
    sitting.keys("2 3 enter enter");
    assert_eq!(sitting.log()[0].rating, Some(Rating::Good));
    let english = desk(CARDS).study(&["ops/timeouts"]).keys("space 1 2 3 enter enter").log();
    assert_eq!(sitting.log()[0].points, english[0].points, "points are the same in both languages");
}

#[test]
fn a_card_that_cannot_be_read_says_so_and_can_be_skipped_or_left() {
    let mut sitting = desk(CARDS).study(&["ops/health", "ops/port", "ops/timeouts"]);
    let text = CARDS.replace("id = \"ops/port\"", "id = \"ops/moved\"");
    fs::write(sitting.deck_file(), text).unwrap();
    sitting.keys("space 3").must_show("mine.toml");
    sitting.must_show("ops/port");
    sitting.keys("1 space 3 enter 0").must_show("ops/port");
    assert_eq!(sitting.log().len(), 1, "nothing can be answered here");
    sitting.keys("-").must_show("What is the difference between a read timeout");
    sitting.keys("space 1 2 3 enter enter");
    assert_eq!(sitting.log().len(), 2);
    sitting.must_show("ops/port");
    sitting.keys("esc").must_show("Session done");
}

#[test]
fn leaving_before_the_first_grade_goes_home_and_afterwards_shows_the_summary() {
    let mut sitting = desk(&many(3)).home();
    sitting.keys("1 esc").must_show("Today");
    sitting.keys("1 space enter 3 esc").must_show("Session done");
    sitting.must_show("Left with 2 cards to go");
    sitting.keys("enter").must_show("2 new");
}

#[test]
fn the_summary_counts_what_was_done() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts", "ops/health"]);
    sitting.keys("space 1 3 enter enter space 3");
    sitting.must_show("Session done").must_show("This session is done.");
    sitting.must_show("Answers 2").must_show("Key points 2 of 3");
    sitting.keys("r").must_show("Hard What is the difference between");
    sitting.must_show("Good What does a health check tell a load balancer?");
}

#[test]
fn a_day_after_midnight_is_still_today_until_four() {
    let mut sitting = desk(CARDS).study(&["ops/health", "ops/timeouts"]);
    // 03:59 on the 24th, then 04:01.
    sitting.wait(68_340).keys("space 3");
    sitting.wait(120).keys("space 1 2 3 enter enter");
    let days: Vec<_> = sitting.log().iter().map(|review| review.day).collect();
    assert_eq!(days, [today(), today() + 1]);
}

#[test]
fn giving_up_on_a_judged_card_is_a_wrong_answer_whatever_grade_is_given() {
    for id in ["ops/port", "ops/http", "ops/boot", "ops/downtime", "ops/disk"] {
        let mut sitting = desk(CARDS).study(&[id]);
        if sitting.desk.app.place().is_text() {
            sitting.keys("esc");
        }
        sitting.keys("space 3");
        let review = &sitting.log()[0];
        assert_eq!((review.rating, review.correct), (Some(Rating::Good), Some(false)), "{id}");
    }
}

#[test]
fn an_undone_cloze_keeps_what_was_typed() {
    let mut sitting = desk(CARDS).study(&["ops/http", "ops/health"]);
    answer(&mut sitting, Lang::En, How::Close);
    sitting.keys("enter u u");
    assert_eq!(sitting.desk.app.place(), Place::LineField);
    sitting.must_show("fourth").must_show("tenth");
    // The second gap alone is mended.
    sitting.keys("enter ctrl-u type:fifth enter enter");
    let review = &sitting.log()[0];
    assert_eq!((review.rating, review.correct), (Some(Rating::Good), Some(true)));
}

#[test]
fn one_of_three_gaps_may_be_left_empty() {
    let deck = "format = 1\n[[card]]\nid = \"card/1\"\nkind = \"cloze\"\nquestion = \"Fill in.\"\n\
                cloze = \"First {{alpha}}, then {{beta}}, then {{gamma}}.\"\nanswer = \"Letters.\"\n";
    let mut sitting = desk(deck).study(&["card/1"]);
    sitting.keys("enter enter enter enter");
    assert_eq!(sitting.desk.app.place(), Place::LineField, "nothing at all is no answer");
    let mut sitting = desk(deck).study(&["card/1"]);
    sitting.keys("type:alpha enter enter type:gamma enter").must_show(Texts::of(Lang::En).nearly);
    sitting.keys("enter");
    assert_eq!(sitting.log()[0].rating, Some(Rating::Hard));
}

#[test]
fn a_long_order_scrolls_in_a_small_window_and_says_that_there_is_more() {
    let names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let steps = names.map(|name| {
        format!("  {{ text = \"step {name} of a very long procedure that fills its line\" }},\n")
    });
    let deck = format!(
        "format = 1\n[[card]]\nid = \"card/1\"\nkind = \"order\"\nquestion = \"In order?\"\n\
         steps = [\n{}]\nanswer = \"So.\"\n",
        steps.concat()
    );
    let mut sitting = desk(&deck).size(60, 15).study(&["card/1"]);
    let seen = |sitting: &Sitting| names.map(|name| sitting.shows(&format!("step {name} of")));
    let first = seen(&sitting);
    assert!(first.contains(&false), "all fit:\n{}", sitting.screen());
    let more = (Texts::of(Lang::En).more_below)("Down", 7);
    let more = more.split('7').next().unwrap().trim();
    sitting.must_show(more);
    let mut ever = first;
    for _ in 0..30 {
        sitting.keys("down");
        for (ever, now) in ever.iter_mut().zip(seen(&sitting)) {
            *ever |= now;
        }
    }
    assert_eq!(ever, [true; 9], "each step comes into sight");
    assert_ne!(seen(&sitting), first);
    sitting.must_not_show(more);
    for _ in 0..30 {
        sitting.keys("up");
    }
    assert_eq!(seen(&sitting), first);
}

#[test]
fn the_position_moves_with_a_failed_card_too() {
    let mut sitting = desk(&many(3)).study(&["card/1", "card/2", "card/3"]);
    sitting.must_show("1 of 3");
    sitting.keys("space enter 1").must_show("2 of 4");
    sitting.keys("space enter 1").must_show("3 of 5");
    sitting.keys("space enter 3").must_show("4 of 5");
}

#[test]
fn the_summary_names_cards_by_their_questions() {
    let mut sitting = desk(&many(2)).study(&["card/1", "card/2"]);
    sitting
        .keys("3 enter 1 space 1 2 enter enter esc")
        .must_show("You were sure and wrong on 1 card");
    sitting.must_show("Question number 1?").must_not_show("card/1");
    sitting.keys("r").must_show("Again Question number 1?").must_show("Good Question number 2?");
    sitting.must_not_show("card/");
}

#[test]
fn help_lists_the_keys_of_fields_only_where_there_is_a_field() {
    for lang in LANGS {
        let fields = Texts::of(lang).text_fields;
        for (id, has_field) in [
            ("ops/timeouts", true),
            ("ops/downtime", true),
            ("ops/port", false),
            ("ops/boot", false),
        ] {
            let mut sitting = desk(CARDS).lang(lang).size(100, 70).study(&[id]);
            if sitting.desk.app.place().is_text() {
                sitting.keys("esc");
            }
            sitting.keys("?");
            assert_eq!(sitting.shows(fields), has_field, "{id}:\n{}", sitting.screen());
        }
        let mut home = desk(CARDS).lang(lang).size(100, 70).home();
        home.keys("?").must_not_show(fields);
    }
}
