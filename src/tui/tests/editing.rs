//! A card changes in its file while it stands on the screen.

use std::fs;

use crate::tui::action::Place;
use crate::tui::desk::Chore;
use crate::tui::tests::desk::{CARDS, desk, many};
use crate::tui::widgets::wrap::cells;

#[test]
fn ticks_follow_their_key_points_through_an_edit_that_reorders_them() {
    let mut sitting = desk(&many(1)).study(&["card/1"]);
    sitting.keys("space 1").must_show("1 ✓ point alpha 1").must_show("2 · point beta 1");
    sitting.edit(|text| {
        let first = "\"point alpha 1 made from iron\"";
        let second = "\"point beta 1 made from iron\"";
        assert!(text.contains(first) && text.contains(second), "{text}");
        text.replace(first, "#").replace(second, first).replace('#', second)
    });
    sitting.must_show("1 · point beta 1").must_show("2 ✓ point alpha 1").must_show("1 of 2");
    sitting.keys("enter 2");
    let hits: Vec<bool> = sitting.log()[0].points.iter().map(|point| point.hit).collect();
    assert_eq!(hits, [false, true]);
}

#[test]
fn a_point_that_an_edit_takes_away_takes_its_tick_along() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("space 2 3").must_show("2 of 3");
    sitting.edit(|text| {
        let english = text.replace("  \"Connected and sent, but no more data arrived\",\n", "");
        english.replace("  \"연결하고 보냈지만 데이터가 더 오지 않았다\",\n", "")
    });
    sitting.must_show("1 · ! The handshake").must_show("2 ✓ A retry is safe").must_show("1 of 2");
}

#[test]
fn a_card_that_an_edit_breaks_stays_on_the_screen_and_can_be_edited_again() {
    let mut sitting = desk(CARDS).study(&["ops/health"]);
    let question = "What does a health check tell a load balancer?";
    sitting.edit(|text| {
        text.replace("id = \"ops/health\"\nkind = \"open\"", "id = \"ops/health\"\nkind = \"opne\"")
    });
    sitting.must_show("Deck problem").must_show("mine.toml").must_show("opne");
    sitting.must_show("its id stays the same (ops/health)");
    sitting.keys("esc").must_show(question);
    sitting.edit(|text| {
        text.replace("kind = \"opne\"", "kind = \"open\"").replace(question, "What is a probe?")
    });
    sitting.must_show("What is a probe?").must_not_show(question);
    sitting.keys("space 3");
    assert_eq!(sitting.log()[0].key.0, "ops/health");
}

#[test]
fn an_unreadable_card_that_becomes_readable_is_asked_from_its_question() {
    let mut sitting = desk(CARDS).study(&["ops/health", "ops/timeouts"]);
    fs::write(sitting.deck_file(), CARDS.replace("id = \"ops/timeouts\"", "id = \"ops/moved\""))
        .unwrap();
    sitting.keys("space 3").must_show("mine.toml").must_show("ops/timeouts");
    sitting.wait(90).edit(|_| CARDS.to_owned());
    assert_eq!(sitting.desk.app.place(), Place::Question);
    sitting.must_show("What is the difference between a read timeout");
    sitting.must_not_show("Which of these did you say").must_not_show("ops/timeouts");
    sitting.wait(30).keys("space 1 2 3 enter enter");
    let review = &sitting.log()[1];
    assert_eq!(review.points.len(), 3);
    assert!(
        (review.seconds - 30.0).abs() < 0.5,
        "the clock starts with the question: {}",
        review.seconds
    );
}

/// Breaks the card that is shown, by a slip in its kind.
fn with_a_slip(text: &str) -> String {
    text.replace("id = \"ops/timeouts\"\nkind = \"open\"", "id = \"ops/timeouts\"\nkind = \"opne\"")
}

#[test]
fn a_slip_is_shown_at_its_line_and_column_and_can_be_mended_from_there() {
    let mut sitting = desk(CARDS).study(&["ops/timeouts"]);
    sitting.keys("space 2 pagedown").edit(with_a_slip);
    assert_eq!(sitting.desk.app.place(), Place::DeckProblem);
    let text = fs::read_to_string(sitting.deck_file()).unwrap();
    let line = text.lines().position(|line| line.contains("opne")).unwrap() + 1;
    sitting.must_show(&format!("line {line}, column 8"));
    sitting.must_show("there is no kind \"opne\"").must_show("did you mean \"open\"?");
    let screen = sitting.screen();
    let faulty =
        screen.lines().find(|row| row.contains("opne\"") && row.contains(&line.to_string()));
    let caret = screen.lines().find(|row| row.trim() == "^").unwrap();
    let column = |row: &str, mark: &str| cells(row.split(mark).next().unwrap());
    assert_eq!(column(faulty.unwrap(), "\"opne"), column(caret, "^"), "{screen}");
    sitting.keys("r");
    assert_eq!(sitting.desk.app.place(), Place::DeckProblem, "it is still broken");
    sitting.keys("e");
    let path = sitting.deck_file().to_string_lossy().into_owned();
    let key = crate::domain::card::CardKey("ops/timeouts".into());
    let line = u32::try_from(line).unwrap();
    assert_eq!(sitting.chores(), [Chore::EditAgain(key, path, line)]);
    // Mended in another window: read again, and everything is where it was.
    fs::write(sitting.deck_file(), CARDS).unwrap();
    sitting.keys("f5").must_show("2 \u{2713}").must_show("The file is fine again.");
    assert_eq!(sitting.desk.app.place(), Place::Ticks);
}

#[test]
fn an_edit_comes_back_to_the_same_ticks_and_the_same_place_in_the_answer() {
    let mut sitting = desk(CARDS).size(60, 15).study(&["ops/timeouts"]);
    sitting.keys("space 2 pagedown");
    let before = sitting.screen();
    sitting.edit(|text| text.replace("tags = [\"networking\"", "tags = [\"networking\", \"mine\""));
    assert_eq!(sitting.screen(), before);
    sitting.edit(with_a_slip);
    sitting.keys("esc");
    assert_eq!(sitting.screen(), before, "also with a slip, when the old version is kept");
}

#[test]
fn a_card_that_a_slip_broke_is_asked_later_in_its_old_version() {
    let mut sitting = desk(&many(2)).study(&["card/1", "card/2"]);
    sitting.edit(|text| {
        text.replace("answer = \"The answer number 1", "answer = The answer number 1")
    });
    sitting.must_show("Deck problem");
    sitting.keys("esc - space 1 2 enter enter");
    sitting.must_show("Question number 1?");
    sitting.keys("space").must_show("The answer number 1");
}

#[test]
fn a_deck_that_changes_in_another_window_is_seen_with_the_next_card() {
    let mut sitting = desk(&many(2)).study(&["card/1", "card/2"]);
    let text = many(2).replace("Question number 2?", "Asked anew?");
    fs::write(
        sitting.deck_file(),
        format!("{text}[[card]]\nid = \"card/3\"\nquestion = \"Third?\"\nanswer = \"!\"\n"),
    )
    .unwrap();
    sitting.keys("space 1 2 enter enter").must_show("Asked anew?");
    assert!(sitting.desk.trainer.entry("card/3").is_some());
}

#[test]
fn a_rewritten_card_that_may_be_a_known_one_is_told_on_the_start_page() {
    let deck = many(1).replace("id = \"card/1\"\n", "");
    let mut sitting = desk(&deck).home();
    let key = sitting.desk.trainer.entries()[0].key.clone();
    sitting.keys("enter space 1 2 enter enter esc").must_not_show("prep cards");
    assert_eq!(sitting.log()[0].key, key);
    let text = deck
        .replace("Question number 1?", "Which port?")
        .replace("The answer number 1 in full.", "22");
    fs::write(sitting.deck_file(), text).unwrap();
    sitting.keys("end enter esc").must_show("1 new card may be known: `prep cards` asks");
}
