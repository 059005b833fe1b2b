//! Keys of a Korean keyboard, keys of the help, keys that mean nothing.

use crate::domain::lang::Lang;
use crate::i18n::Texts;
use crate::tui::action::Place;
use crate::tui::app::{App, Message};
use crate::tui::desk::Chore;
use crate::tui::key::Key;
use crate::tui::tests::desk::{CARDS, LANGS, Sitting, desk, frame_of, many, text_of};
use crate::tui::tests::pages::every_page;
use crate::tui::tests::study::{How, answer};

/// The letters of a keyboard and the jamo on the same keys.
const LETTERS: &str = "qwertyuiopasdfghjklzxcvbnmQWERTOP";
const JAMO: &str = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ";

/// What a key would do: effects and the screen after it.
fn tried(sitting: &Sitting, key: Key) -> (Vec<crate::tui::effect::Effect>, App, String) {
    let mut app = sitting.desk.app.clone();
    let effects = app.update(Message::Key(key, false), sitting.now);
    let screen = text_of(&frame_of(&app, (80, 24), sitting.now).0);
    (effects, app, screen)
}

#[test]
fn a_jamo_does_what_the_letter_on_its_key_does_on_every_page() {
    for (name, sitting) in every_page(Lang::Ko) {
        if sitting.desk.app.place().is_text() {
            continue;
        }
        for (letter, jamo) in LETTERS.chars().zip(JAMO.chars()) {
            let (effects, _, screen) = tried(&sitting, Key::Char(letter));
            let (korean_effects, _, korean_screen) = tried(&sitting, Key::Char(jamo));
            assert_eq!(korean_effects, effects, "{name} {letter}");
            assert_eq!(korean_screen, screen, "{name} {letter}");
        }
    }
}

#[test]
fn a_syllable_does_nothing_but_say_so_on_every_page() {
    for lang in LANGS {
        for (name, sitting) in every_page(lang) {
            let place = sitting.desk.app.place();
            if place.is_text() {
                continue;
            }
            for syllable in ['가', '뷁', 'ㅘ', 'ㄳ'] {
                let (effects, app, screen) = tried(&sitting, Key::Char(syllable));
                assert_eq!(effects, [], "{name}");
                assert_eq!(app.place(), place, "{name}");
                let told = (Texts::of(lang).korean_in_composition)(syllable);
                let start: String = told.chars().take(20).collect();
                assert!(screen.contains(&start), "{name}:\n{screen}");
                let before = sitting.screen();
                let same = |row: &&str| before.lines().any(|old| old == *row);
                let changed = screen.lines().filter(|row| !same(row)).count();
                // The line that says it takes a row; a page may scroll by it.
                assert!(changed <= 2 || place == Place::Help, "{name}:\n{before}\n{screen}");
            }
        }
    }
}

#[test]
fn in_a_text_field_every_letter_is_text() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("enter").write("ㅂㅕq1가?").must_show("ㅂㅕq1가?");
    assert_eq!(sitting.desk.app.place(), Place::TextField);
}

/// Goes through whatever comes with keys of a Korean keyboard alone.
fn go_on_in_korean(sitting: &mut Sitting) {
    match sitting.desk.app.place() {
        Place::Question => sitting.keys("ㅣ ㅣ h".replace('h', "ㅗ").as_str()).keys("3"),
        Place::Ticks => sitting.keys("ㅓ ㅏ 1 2 3 enter"),
        Place::Grade | Place::Answer => sitting.keys("3"),
        // A command line can only be written in Latin letters; it can be given up without any.
        Place::LineField if sitting.shows("파일 시스템") => sitting.keys("esc space"),
        _ => {
            answer(sitting, Lang::Ko, How::Right);
            sitting.keys("enter")
        }
    };
}

#[test]
fn a_whole_session_needs_no_latin_letter() {
    let mut sitting = desk(CARDS).lang(Lang::Ko).home();
    sitting.keys("enter");
    let mut steps = 0;
    while sitting.desk.app.place() != Place::Summary {
        go_on_in_korean(&mut sitting);
        steps += 1;
        assert!(steps < 60, "{}", sitting.screen());
    }
    assert_eq!(sitting.log().len(), 7);
    // Undo, list, help and home with jamo.
    sitting.keys("ㅕ");
    assert_eq!(sitting.log().len(), 6);
    sitting.keys("3 ㄱ ㄱ enter");
    assert_eq!(sitting.desk.app.place(), Place::Home);
    sitting.keys("ㅕ");
    assert_eq!(sitting.log().len(), 6);
    sitting.keys("ㅂ");
    assert_eq!(sitting.chores(), [Chore::Quit]);
}

#[test]
fn full_width_digits_and_blanks_are_keys_too() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.write("　").write("１２３").keys("enter").write("４");
    assert_eq!(sitting.log().len(), 1);
}

#[test]
fn a_letter_left_over_in_the_input_method_never_rates_leaves_or_undoes() {
    for (name, sitting) in every_page(Lang::Ko) {
        if sitting.desk.app.place().is_text() {
            continue;
        }
        for jamo in "ㅂㅌㅠㄷㄱㅅㅕ".chars() {
            let mut app = sitting.desk.app.clone();
            let effects = app.update(Message::Key(Key::Char(jamo), true), sitting.now);
            assert_eq!(effects, [], "{name} {jamo}");
            assert_eq!(app.place(), sitting.desk.app.place(), "{name} {jamo}");
        }
    }
}

#[test]
fn help_lists_the_keys_of_the_page_and_runs_the_marked_line() {
    let mut sitting = desk(&many(3)).study(&["card/1", "card/2", "card/3"]);
    sitting.keys("?").must_show("skip: the card comes at the end");
    sitting.must_show("Enter runs a line");
    sitting.keys("down down enter").must_show("Question number 2?");
    sitting.keys("f1 esc").must_show("Question number 2?");
    sitting.keys("? ?").must_show("Question number 2?");
    assert_eq!(sitting.log(), []);
}

#[test]
fn help_can_be_read_to_its_end_on_a_small_screen() {
    for lang in LANGS {
        let mut sitting = desk(CARDS).lang(lang).size(60, 15).study(&["ops/timeouts"]);
        sitting.keys("?");
        let quit = Texts::of(lang).action_help(crate::tui::action::Action::Quit);
        for _ in 0..40 {
            sitting.keys("down");
        }
        sitting.must_show(quit);
    }
}

#[test]
fn after_three_unknown_keys_the_help_is_named() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("y y").must_not_show("? shows all keys");
    sitting.keys("y").must_show("? shows all keys");
    sitting.wait(6).must_not_show("? shows all keys");
}

#[test]
fn a_paste_outside_a_field_does_nothing_but_say_so() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.step(Message::Paste("3 1 2\nx".into())).must_show("Pasted text is only taken");
    assert_eq!(sitting.desk.app.place(), Place::Question);
    sitting.keys("enter").step(Message::Paste("한 줄\n두 줄".into()));
    sitting.must_show("한 줄").must_show("두 줄");
    assert_eq!(sitting.desk.app.place(), Place::TextField);
}

#[test]
fn every_hint_of_the_footer_is_a_key_that_works() {
    let keymap = crate::tui::keymap::Keymap::default();
    for (name, sitting) in every_page(Lang::En) {
        let place = sitting.desk.app.place();
        let screen = sitting.screen();
        let footer = screen.lines().last().unwrap_or_default().to_owned();
        for hint in footer.split("   ").filter(|hint| !hint.trim().is_empty()) {
            let key = hint.trim().split(' ').next().unwrap_or_default();
            if key.contains('-') && key.len() > 1 || ["Up", "Left", "Down"].contains(&key) {
                continue;
            }
            let key = Key::parse(&key.replace("PgDn", "pagedown"))
                .unwrap_or_else(|| panic!("{name}: `{hint}` begins with no key"));
            let meaning = keymap.meaning(place, key, false);
            let works = meaning != crate::tui::keymap::Meaning::Unknown;
            assert!(works, "{name}: {hint}");
        }
    }
}
