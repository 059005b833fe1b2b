//! A card changes in its file while it stands on the screen.

use std::fs;

use crate::tui::action::Place;
use crate::tui::tests::desk::{CARDS, desk, many};

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
    sitting.must_show(question).must_show("mine.toml:").must_show("opne");
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
