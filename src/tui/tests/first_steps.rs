//! The first run, Home and the page of decks.

use crate::domain::lang::Lang;
use crate::i18n::Texts;
use crate::study::request::StudyRequest;
use crate::tui::action::Place;
use crate::tui::app::Message;
use crate::tui::desk::Chore;
use crate::tui::tests::desk::{CARDS, LANGS, desk, many, today};
use crate::tui::tests::pages::BROKEN;

#[test]
fn enter_on_the_empty_form_is_enough() {
    for lang in LANGS {
        let mut sitting = desk(CARDS).lang(lang).first_run();
        sitting.keys("enter").must_show(Texts::of(lang).today);
        assert_eq!(sitting.desk.app.place(), Place::Home);
        let settings = sitting.settings_file();
        assert!(settings.contains(&format!("\nlang = \"{}\"", lang.code())), "{settings}");
        assert_eq!(sitting.desk.trainer.store().interviews().unwrap(), []);
        assert!(!sitting.desk.trainer.is_first_run());
    }
}

#[test]
fn a_date_may_be_written_as_people_write_dates() {
    for (text, day) in [
        ("2026-12-06", "2026-12-06"),
        ("12/6", "2026-12-06"),
        ("+14", "2026-12-07"),
        ("2w", "2026-12-07"),
        ("12월 6일", "2026-12-06"),
        ("2026-11-23", "2026-11-23"),
    ] {
        let mut sitting = desk(CARDS).first_run();
        sitting.write(text).keys("enter");
        let interviews = sitting.desk.trainer.store().interviews().unwrap();
        assert_eq!(interviews.len(), 1, "{text}");
        assert_eq!(interviews[0].day.iso(), day, "{text}");
        sitting.must_show("Your interview");
    }
}

#[test]
fn a_past_date_and_nonsense_are_refused_with_a_sentence() {
    for lang in LANGS {
        let texts = Texts::of(lang);
        for (text, sentence) in [
            ("2026-11-22", texts.date_is_past),
            ("soon", texts.date_is_unclear),
            ("2026-02-30", texts.date_is_unclear),
        ] {
            let mut sitting = desk(CARDS).lang(lang).size(110, 24).first_run();
            sitting.write(text).keys("enter").must_show(sentence);
            assert_eq!(sitting.settings_file(), "");
            sitting.keys("ctrl-u").must_not_show(sentence);
            sitting.keys("enter");
            assert_eq!(sitting.desk.app.place(), Place::Home);
        }
    }
}

#[test]
fn esc_skips_all_questions() {
    let mut sitting = desk(CARDS).first_run();
    sitting.write("soon").keys("esc");
    assert_eq!(sitting.desk.app.place(), Place::Home);
    assert_eq!(sitting.desk.trainer.store().interviews().unwrap(), []);
}

#[test]
fn role_language_and_decks_are_chosen_with_tab_and_space() {
    let mut sitting = desk(CARDS).first_run();
    sitting.write("+3").keys("tab space space tab space");
    sitting.must_show(Texts::of(Lang::Ko).welcome);
    sitting.keys("tab space enter");
    let interviews = sitting.desk.trainer.store().interviews().unwrap();
    assert_eq!((interviews[0].day, interviews[0].role.as_str()), (today() + 3, "sre"));
    let settings = sitting.settings_file();
    assert!(settings.contains("\nlang = \"ko\""), "{settings}");
    sitting.must_show(Texts::of(Lang::Ko).today);
}

#[test]
fn trying_two_questions_records_nothing() {
    let mut sitting = desk(&many(5)).first_run();
    sitting.keys("tab t").must_show("sample, nothing is recorded");
    sitting.must_show("1 of 2");
    sitting.keys("enter type:draft tab 2 1 enter 3 * space 1 2 enter enter");
    sitting.must_show("a sample: nothing was recorded");
    assert_eq!((sitting.log().len(), sitting.stored_schedules().len()), (0, 0));
    // Back on the form, which is still to be filled in.
    sitting.keys("enter").must_show("Your interview");
    sitting.keys("enter").must_show("5 new");
}

#[test]
fn t_in_the_empty_date_tries_two_questions_and_in_a_written_one_is_a_letter() {
    let mut sitting = desk(&many(3)).first_run();
    sitting.must_show("t try it");
    sitting.keys("t").must_show("1 of 2");
    let mut sitting = desk(&many(3)).first_run();
    sitting.write("1t").must_show("[1t");
    assert_eq!(sitting.desk.app.place(), Place::LineField);
}

#[test]
fn digits_at_home_go_where_they_stand() {
    let places =
        [Place::Question, Place::QuizSetup, Place::Browse, Place::Plan, Place::Stats, Place::Decks];
    for (digit, place) in ["1", "2", "3", "4", "5", "6"].into_iter().zip(places) {
        let mut sitting = desk(&many(3)).home();
        let shown = ["Study", "Quiz", "Browse", "Plan", "Stats", "Decks"]
            [digit.parse::<usize>().unwrap() - 1];
        assert_eq!(sitting.number_of(shown), digit);
        sitting.keys(digit);
        assert_eq!(sitting.desk.app.place(), place);
        sitting.keys("esc");
        assert_eq!(sitting.desk.app.place(), Place::Home);
    }
    let mut sitting = desk(&many(3)).home();
    sitting.keys("7 9 0");
    assert_eq!(sitting.desk.app.place(), Place::Home);
}

#[test]
fn home_lists_only_what_exists() {
    let sitting = desk("format = 1\n").home();
    sitting.must_show("Decks").must_not_show("Quiz").must_not_show("Study");
    let mut sitting = desk(&many(3)).settings(|it| it.new_per_day = 1).size(120, 24).home();
    sitting.must_show("1 new").must_not_show("5 more");
    sitting.keys("1 space 1 2 enter enter enter");
    sitting.must_show("5 more").must_show("2 cards left");
    sitting.keys("1").must_show("1 of 2");
}

#[test]
fn a_card_that_was_missed_twice_is_offered_at_home() {
    let mut sitting = desk(&many(2)).study(&["card/1"]);
    sitting.must_not_show("Weak spot");
    sitting.keys("space enter 1 space enter 1 esc enter");
    sitting.must_show("Weak spot");
    let digit = sitting.number_of("Weak spot");
    sitting.keys(&digit).must_show("Question number 1?").must_show("1 of 1");
}

#[test]
fn home_counts_down_to_the_interview() {
    let mut sitting = desk(CARDS).first_run();
    sitting.write("+1").keys("enter").must_show("Tue 24 Nov, tomorrow");
    let mut sitting = desk(CARDS).lang(Lang::Ko).first_run();
    sitting.write("+13").keys("enter").must_show("12월 6일 (일), 13일 남음");
}

#[test]
fn a_backlog_is_no_wall_after_three_weeks_away() {
    let mut sitting = desk(&many(30)).settings(|it| it.new_per_day = 30).home();
    sitting.keys("1");
    for _ in 0..30 {
        sitting.keys("space 1 2 enter enter");
    }
    sitting.now = sitting.now.plus_seconds(21 * 86_400);
    sitting.keys("enter").must_show("30 due");
    sitting.must_not_show("overdue").must_not_show("missed").must_not_show("streak");
}

#[test]
fn the_page_of_decks_names_file_line_and_the_way_to_mend_it() {
    let mut sitting = desk(CARDS).folder(BROKEN).home();
    sitting.must_show("problems");
    let digit = sitting.number_of("Decks");
    sitting.keys(&digit).must_show("broken.toml:16:");
    sitting.must_show("chioce").must_show("did you mean").must_show("choice");
    sitting.keys("e");
    let file = format!("{BROKEN}/broken.toml");
    assert_eq!(sitting.chores(), [Chore::EditFile(file, 16)]);
}

#[test]
fn the_good_cards_of_a_broken_deck_are_studied() {
    let mut sitting = desk(CARDS).folder(BROKEN).home();
    sitting.keys("1").must_show("Is the card beside a broken one still asked?");
}

#[test]
fn a_deck_that_is_added_while_the_program_runs_is_there_at_home() {
    let mut sitting = desk(&many(2)).home();
    std::fs::write(sitting.deck_file().with_file_name("more.toml"), CARDS).unwrap();
    sitting.keys("3 esc").must_show("9 new");
}

#[test]
fn quitting_works_from_everywhere_with_one_key() {
    for (_, mut sitting) in crate::tui::tests::pages::every_page(Lang::En) {
        sitting.chores();
        sitting.keys("ctrl-c");
        assert_eq!(sitting.chores(), [Chore::Quit]);
        sitting.step(Message::Tick);
    }
}

#[test]
fn the_date_stays_in_sight_when_another_field_is_chosen() {
    let mut sitting = desk(CARDS).first_run();
    sitting.write("+14").keys("tab").must_show("[+14").must_show("Mon 7 Dec, in 14 days");
    sitting.keys("tab tab").must_show("[+14").must_show("Mon 7 Dec, in 14 days");
}

#[test]
fn a_past_date_is_told_while_it_is_typed() {
    for lang in LANGS {
        let texts = Texts::of(lang);
        let mut sitting = desk(CARDS).lang(lang).size(110, 24).first_run();
        sitting.write("2026-11-22").must_show(texts.date_is_past);
        sitting.keys("backspace").write("3").must_not_show(texts.date_is_past);
    }
}

#[test]
fn a_date_may_be_written_full_width_or_as_a_word() {
    for (text, day) in
        [("２０２６－１２－０６", "2026-12-06"), ("＋１４", "2026-12-07"), ("내일", "2026-11-24")]
    {
        let mut sitting = desk(CARDS).first_run();
        sitting.write(text).keys("enter");
        let interviews = sitting.desk.trainer.store().interviews().unwrap();
        assert_eq!(interviews.first().map(|it| it.day.iso()).as_deref(), Some(day), "{text}");
    }
}

#[test]
fn home_names_the_minutes_of_the_session_that_enter_starts() {
    for minutes in [None, Some(7)] {
        let mut sitting =
            desk(&many(30)).settings(|it| (it.new_per_day, it.minutes) = (30, minutes)).home();
        let now = sitting.now;
        let overview = sitting.desk.trainer.overview(Lang::En, now);
        let session = sitting.desk.trainer.study(&StudyRequest::default(), now).unwrap();
        let left = session.seconds_left(now);
        assert!((overview.seconds - left).abs() < 0.5, "{} and {left}", overview.seconds);
        let about =
            (Texts::of(Lang::En).about_minutes)(crate::tui::screens::study_view::minutes(left));
        sitting.must_show(&about);
        sitting.keys("enter").must_show(&about.replace("about ", ""));
    }
}

#[test]
fn memory_is_not_told_before_twenty_cards_were_seen() {
    let mut sitting = desk(&many(25)).settings(|it| it.new_per_day = 25).size(120, 30).home();
    let texts = Texts::of(Lang::En);
    sitting.keys("1");
    for _ in 0..19 {
        sitting.keys("space 1 2 enter enter");
    }
    sitting.keys("esc enter").must_show(texts.memory_too_early).must_show("19 of 25 seen");
    sitting.must_not_show("without study");
    sitting.keys("1 space 1 2 enter enter esc enter").must_show("without study");
    sitting.must_not_show(texts.memory_too_early);
}

#[test]
fn a_weak_spot_that_is_gone_gives_its_place_to_the_next_one() {
    let mut sitting = desk(&many(3)).study(&["card/1", "card/2"]);
    sitting.keys("space enter 1 space enter 1 space enter 1 space enter 1 space enter 1 esc enter");
    sitting.must_show("Weak spot Question number 1?");
    std::fs::write(sitting.deck_file(), many(3).replace("card/1\"", "card/9\"")).unwrap();
    let digit = sitting.number_of("Decks");
    sitting.keys(&digit).keys("esc").must_show("Weak spot Question number 2?");
}

#[test]
fn chosen_decks_never_leave_out_an_own_deck() {
    let sitting = desk(&many(3)).settings(|it| it.study_decks = vec!["kubernetes".into()]).home();
    sitting.must_show("3 new");
}
