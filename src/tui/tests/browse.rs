//! Browse and the page of one card: searching while typing, marks, decisions and their undo, editing, and back again.

use std::fmt::Write as _;

use crate::domain::card::CardKey;
use crate::domain::lang::Lang;
use crate::domain::review::MarkKind;
use crate::i18n::Texts;
use crate::tui::action::{Action, Place};
use crate::tui::app::Message;
use crate::tui::desk::Chore;
use crate::tui::key::Key;
use crate::tui::keymap::{Keymap, Meaning};
use crate::tui::tests::desk::{CARDS, LANGS, Sitting, desk, many};

fn is_suspended(sitting: &Sitting, id: &str) -> bool {
    sitting.desk.trainer.marks_of(&CardKey(id.into())).is_suspended
}

/// The row under the bar.
fn row(sitting: &Sitting) -> String {
    let screen = sitting.screen();
    let row = screen.lines().find(|row| row.trim_start().starts_with('▌'));
    row.unwrap_or_else(|| panic!("no row is selected:\n{screen}")).to_owned()
}

#[test]
fn the_slash_at_home_opens_the_search_and_typing_narrows_the_list() {
    let mut sitting = desk(CARDS).home();
    sitting.keys("/");
    assert_eq!(sitting.desk.app.place(), Place::SearchField);
    sitting.must_show("7 cards").must_show("words tag: deck:");
    sitting.write("TIMEOUT").must_show("1 of 7").must_show("read timeout and a connection");
    sitting.keys("ctrl-u").must_show("7 cards");
    sitting.write("tag:network").must_show("4 of 7");
}

#[test]
fn texts_are_read_while_no_key_waits_and_then_found_in_both_languages() {
    for (lang, text, reading) in [
        (Lang::En, "handshake \"did not finish\"", "Reading the texts"),
        (Lang::Ko, "핸드셰이크가 \"끝나지 않았다\"", "카드 본문을 읽는 중"),
        // English words in a Korean interface, and the other way round.
        (Lang::Ko, "ＨＡＮＤＳＨＡＫＥ", "카드 본문을 읽는 중"),
        (Lang::En, "핸드셰이크", "Reading the texts"),
    ] {
        let mut sitting = desk(CARDS).lang(lang).home();
        sitting.keys("/").write(text).must_show(reading);
        sitting.rest().must_not_show(reading);
        let count = Texts::of(lang).listed_of(1, 7);
        sitting.must_show(&count);
        assert_eq!(sitting.log(), []);
    }
}

#[test]
fn hangul_in_pieces_is_found_like_composed_hangul() {
    let mut sitting = desk(CARDS).lang(Lang::Ko).home();
    sitting.keys("/").step(Message::Paste("\u{1112}\u{1166}\u{11AF}\u{1109}\u{1173}".into()));
    sitting.must_show("헬스 체크는").must_show("7장 중 1장");
}

#[test]
fn what_is_found_in_titles_stands_before_what_is_found_in_texts() {
    let deck = "[[card]]\nid = \"a\"\nquestion = \"First?\"\nanswer = \"It mentions a zebra.\"\n\
                [[card]]\nid = \"b\"\nquestion = \"What is a zebra?\"\nanswer = \"A horse.\"\n";
    let mut sitting = desk(deck).home();
    sitting.keys("/").write("zebra");
    assert!(row(&sitting).contains("What is a zebra?"));
    sitting.rest().must_show("2 cards");
    assert!(row(&sitting).contains("What is a zebra?"), "the bar stays where it is");
    sitting.keys("down");
    assert!(row(&sitting).contains("First?"));
}

#[test]
fn a_tag_that_does_not_exist_is_told_while_it_is_typed() {
    let mut sitting = desk(CARDS).home();
    sitting.keys("/").write("tag:zebra").must_show("zebra: no tag begins so");
    sitting.must_show("No card answers this search.");
    let mut sitting = desk(CARDS).lang(Lang::Ko).home();
    sitting.keys("/").write("수준:9").must_show("9: 수준은 1, 2, 3");
}

#[test]
fn esc_goes_from_the_search_to_the_list_to_all_cards_to_home() {
    let mut sitting = desk(CARDS).home();
    sitting.keys("/").write("health").keys("esc");
    assert_eq!(sitting.desk.app.place(), Place::Browse);
    sitting.must_show("1 of 7");
    sitting.keys("esc").must_show("7 cards");
    assert!(row(&sitting).contains("health check"), "the bar stays on its card");
    sitting.keys("enter");
    assert_eq!(sitting.desk.app.place(), Place::Card);
    sitting.keys("esc");
    assert_eq!(sitting.desk.app.place(), Place::Browse);
    sitting.keys("esc");
    assert_eq!(sitting.desk.app.place(), Place::Home);
}

#[test]
fn the_list_scrolls_by_lines_pages_and_to_its_ends() {
    let mut sitting = desk(&many(40)).home();
    sitting.keys("3 down down pagedown");
    assert!(row(&sitting).contains("Question number 13?"));
    sitting.keys("G");
    assert!(row(&sitting).contains("Question number 40?"));
    sitting.keys("down pageup up g");
    assert!(row(&sitting).contains("Question number 1?"));
    // In the search field the bar is moved without leaving it.
    sitting.keys("/ down pagedown");
    assert!(row(&sitting).contains("Question number 12?"));
    assert_eq!(sitting.desk.app.place(), Place::SearchField);
}

#[test]
fn marked_cards_are_suspended_together_and_undo_takes_it_back() {
    let mut sitting = desk(&many(5)).on_disk().home();
    sitting.keys("3 space down space").must_show("2 marked").must_show("✓");
    sitting.keys("x").must_show("2 cards suspended");
    for (id, is_out) in [("card/1", true), ("card/2", false), ("card/3", true)] {
        assert_eq!(is_suspended(&sitting, id), is_out, "{id}");
    }
    assert_eq!(sitting.desk.trainer.store().all_marks().unwrap().len(), 2);
    sitting.keys("u").must_show("took back the decision about 2 cards");
    let kinds: Vec<MarkKind> =
        sitting.desk.trainer.store().all_marks().unwrap().into_iter().map(|it| it.kind).collect();
    let twice = |kind: MarkKind| [kind.clone(), kind];
    assert_eq!(kinds, [twice(MarkKind::Suspend), twice(MarkKind::Unsuspend)].concat());
    sitting.keys("u").must_show("There is nothing to take back");
    // A second start knows what was decided.
    sitting.keys("x");
    let sitting = sitting.restarted();
    assert!(is_suspended(&sitting, "card/3"));
}

#[test]
fn cards_of_which_some_are_out_are_all_taken_out_first() {
    let mut sitting = desk(&many(3)).home();
    sitting.keys("3 x");
    assert!(is_suspended(&sitting, "card/1"));
    sitting.keys("a x").must_show("2 cards suspended");
    sitting.keys("x").must_show("3 cards asked again");
    assert!((1..=3).all(|n| !is_suspended(&sitting, &format!("card/{n}"))));
    sitting.keys("u u");
    assert!(is_suspended(&sitting, "card/1") && !is_suspended(&sitting, "card/2"));
    sitting.keys("a").must_not_show("marked");
}

#[test]
fn a_card_can_be_put_off_until_tomorrow_and_taken_back() {
    let mut sitting = desk(&many(3)).home();
    sitting.keys("3 b").must_show("1 card put off until tomorrow");
    assert!(row(&sitting).contains("1 d"), "{}", row(&sitting));
    let marks = |sitting: &Sitting| sitting.desk.trainer.marks_of(&CardKey("card/1".into()));
    assert_eq!(marks(&sitting).buried_until, Some(crate::tui::tests::desk::today() + 1));
    sitting.keys("u").must_show("took back");
    assert_eq!(marks(&sitting).buried_until, None);
    sitting.keys("b f4").must_show("1 card asked today again");
}

#[test]
fn the_help_tells_what_may_be_searched() {
    let mut sitting = desk(CARDS).size(80, 50).home();
    sitting.keys("/ f1").must_show("one of these tags").must_not_show("e F2");
    sitting.must_not_show("Ctrl-U");
    sitting.keys("esc");
    assert_eq!(sitting.desk.app.place(), Place::SearchField);
    // On a small screen the last line brings them along.
    let mut sitting = desk(CARDS).size(60, 15).home();
    sitting.keys("3 ?").must_not_show("one of these tags");
    sitting.keys("G").must_show("one of these tags").must_show("what you decided");
}

#[test]
fn stars_are_set_and_found() {
    let mut sitting = desk(&many(3)).home();
    sitting.keys("3 down *").must_show("1 card starred").must_show("* Question number 2?");
    sitting.keys("/").write("starred").must_show("1 of 3").must_show("Question number 2?");
    sitting.keys("enter backspace").must_show("took back");
    assert!(!sitting.desk.trainer.marks_of(&CardKey("card/2".into())).is_starred);
}

#[test]
fn everything_works_without_letters_and_with_the_korean_input_method_on() {
    let mut sitting = desk(&many(3)).lang(Lang::Ko).home();
    // Full-width slash, a search, the list, a mark, out and in again, open, memory, editor, back.
    sitting.write("／").keys("tab space f3");
    assert!(is_suspended(&sitting, "card/1"));
    sitting.keys("backspace");
    assert!(!is_suspended(&sitting, "card/1"));
    sitting.keys("enter tab").must_show("망각 곡선");
    sitting.keys("f2");
    assert_eq!(sitting.chores(), [Chore::EditCard(CardKey("card/2".into()))]);
    sitting.keys("esc").write("ㅌ");
    assert!(is_suspended(&sitting, "card/1"), "the marked card");
    sitting.write("ㅕ").write("타").must_show("한글 입력 상태입니다");
    assert!(!is_suspended(&sitting, "card/1"));
    // What has no key but a letter is run from the help.
    sitting.keys("f1 down down down down down down down enter").must_show("3장 고름");
}

#[test]
fn an_edit_returns_to_the_same_row_and_search_and_finds_the_new_words() {
    let mut sitting = desk(&many(5)).home();
    sitting.keys("/").write("number question").keys("enter down down").rest();
    sitting.must_show("5 cards");
    sitting.edit(|text| text.replace("The answer number 3 in full.", "A zebra of the answer."));
    assert!(row(&sitting).contains("Question number 3?"));
    sitting.must_show("number question");
    sitting.keys("/ ctrl-u").write("zebra").rest().must_show("1 of 5");
    assert!(row(&sitting).contains("Question number 3?"));
}

#[test]
fn an_edit_of_the_open_card_returns_to_it_also_when_it_broke_the_card() {
    let mut sitting = desk(&many(3)).home();
    sitting.keys("3 down enter").must_show("The answer number 2 in full.");
    sitting.edit(|text| text.replace("The answer number 2 in full.", "Another answer."));
    assert_eq!(sitting.desk.app.place(), Place::Card);
    sitting.must_show("Another answer.");
    sitting.edit(|text| {
        text.replace("question = \"Question number 2?\"", "qestion = \"Question number 2?\"")
    });
    // The page of the broken file lies over the card, which is shown as it was.
    assert_eq!(sitting.desk.app.place(), Place::DeckProblem);
    sitting.must_show("mine.toml");
    sitting.keys("esc").must_show("Another answer.");
    assert_eq!(sitting.desk.app.place(), Place::Card);
    sitting.edit(|text| text.replace("qestion", "question"));
    sitting.must_show("Question number 2?");
    sitting.keys("esc");
    sitting.must_show("3 cards");
}

#[test]
fn a_card_tells_its_schedule_its_curve_to_the_interview_and_its_answers() {
    for lang in LANGS {
        let texts = Texts::of(lang);
        let mut sitting = desk(CARDS).lang(lang).study_before_interview(&["ops/timeouts"], 12);
        sitting.wait(48).keys("3 1 2 enter 3 enter");
        assert_eq!(sitting.desk.app.place(), Place::Home);
        sitting.keys("/").write("ops/timeouts").keys("enter enter").rest();
        sitting.must_show("●").must_show("○");
        sitting.keys("tab");
        let day = texts.day_and_month(crate::tui::tests::desk::today() + 12);
        sitting.must_show(&format!("{} {day}", texts.on_axis_interview()));
        sitting.must_show(texts.on_axis_today()).must_show(texts.was_recalled());
        sitting.must_show("2/3").must_show("0:48").must_show(texts.confidence[2]);
        sitting.must_show(&texts.evidence(1, 0));
    }
}

#[test]
fn a_card_that_was_never_graded_has_no_curve_and_one_that_failed_no_recall() {
    let mut sitting = desk(CARDS).home();
    sitting.keys("3 enter tab").must_show("Never graded yet");
    let mut sitting = desk(&many(2)).study(&["card/1"]);
    sitting.keys("space 1 enter 1 esc enter");
    assert_eq!(sitting.desk.app.place(), Place::Home);
    sitting.keys("/ enter enter tab").must_show("not recalled since it failed");
}

#[test]
fn the_last_points_and_grades_stand_in_the_list_and_below_it() {
    let mut sitting = desk(&many(2)).study(&["card/1"]);
    sitting.wait(20).keys("space 1 enter 2 enter");
    sitting.keys("/ esc").rest();
    assert!(row(&sitting).contains("1/2"), "{}", row(&sitting));
    sitting.must_show("● point alpha 1").must_show("○ point beta 1").must_show("23 Nov Hard");
    sitting.keys("/").write("due").must_show("0 of 2");
    sitting.keys("ctrl-u").write("new").must_show("1 of 2");
}

#[test]
fn a_decision_that_cannot_be_written_is_told_and_kept() {
    let mut sitting = desk(&many(3)).home();
    sitting.desk.trainer.store().refuse_writes(true);
    sitting.keys("3 a x").must_show("3 not saved yet");
    sitting.desk.trainer.store().refuse_writes(false);
    sitting.wait(1).must_not_show("not saved");
    assert_eq!(sitting.desk.trainer.store().all_marks().unwrap().len(), 3);
}

#[test]
fn no_place_with_a_question_leads_to_the_list() {
    let keymap = Keymap::default();
    for place in Place::ALL {
        let meaning = keymap.meaning(place, Key::Char('/'), false);
        let is_home = matches!(place, Place::Home | Place::Browse);
        assert_eq!(meaning == Meaning::Action(Action::Search), is_home, "{place:?}");
    }
}

#[test]
fn the_other_language_is_shown_in_the_list_and_on_the_card() {
    let mut sitting = desk(CARDS).home();
    sitting.keys("3 l").must_show("리드 타임아웃과");
    sitting.keys("enter").must_show("핸드셰이크");
    sitting.keys("l").must_show("The handshake did not finish");
}

#[test]
fn a_shelf_without_cards_says_so() {
    let mut sitting = desk("format = 1\n").home();
    sitting.keys("/").must_show("There are no cards yet.");
    sitting.keys("esc x enter space esc");
    assert_eq!(sitting.desk.app.place(), Place::Home);
}

#[test]
fn five_thousand_cards_are_listed_and_searched() {
    let mut deck = String::from("format = 1\n");
    for n in 0..5000 {
        let _ = write!(
            deck,
            "[[card]]\nid = \"c/{n}\"\nquestion = \"Question {n}?\"\nanswer = \"Needle {} here.\"\n",
            n % 50
        );
    }
    let mut sitting = desk(&deck).home();
    sitting.keys("/").write("\"needle 49 here\"").rest().must_show("100 of 5000");
}

/// The file of a card as it stands.
fn file_of(sitting: &mut Sitting, id: &str) -> String {
    let key = CardKey(id.into());
    let place = sitting.desk.trainer.place_to_edit(&key).expect("a file");
    std::fs::read_to_string(place.path).expect("its text")
}

#[test]
fn marked_cards_get_a_tag_together_and_lose_it_by_the_same_keys() {
    for lang in LANGS {
        let mut sitting = desk(&many(4)).lang(lang).home();
        let before = file_of(&mut sitting, "card/1");
        sitting.keys("/ esc space down space t");
        assert_eq!(sitting.desk.app.place(), Place::LineField);
        sitting.write("우리팀").keys("enter").rest();
        let tagged = file_of(&mut sitting, "card/1");
        assert_eq!(tagged.matches("tags = [\"linux\", \"우리팀\"]").count(), 2, "{tagged}");
        assert_eq!(tagged.matches("tags = [\"linux\"]").count(), 2, "{tagged}");
        let told =
            if lang == Lang::En { "2 cards tagged: 우리팀" } else { "카드 2장에 태그를" };
        sitting.must_show(told);
        sitting.keys("f7").write("우리팀").keys("enter").rest();
        assert_eq!(file_of(&mut sitting, "card/1"), before);
        sitting.keys("t").write("x").keys("esc");
        assert_eq!(sitting.desk.app.place(), Place::Browse);
        assert_eq!(file_of(&mut sitting, "card/1"), before, "Esc writes nothing");
    }
}

#[test]
fn marked_cards_are_written_to_a_file_of_their_own() {
    let mut sitting = desk(&many(4)).home();
    sitting.keys("/ esc space down space o").must_show("Saved: ");
    let folder = sitting.desk.trainer.paths().data.join("exports");
    let files: Vec<_> = std::fs::read_dir(folder).expect("exports").flatten().collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(files[0].path()).expect("a text");
    assert!(text.contains("Question number 1?") && text.contains("Question number 3?"), "{text}");
    assert!(!text.contains("Question number 2?"), "{text}");
}
