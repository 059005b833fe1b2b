//! A new card in the form, and what becomes of it.

use std::fs;

use crate::domain::lang::Lang;
use crate::tui::action::Place;
use crate::tui::app::Message;
use crate::tui::desk::Chore;
use crate::tui::effect::Reply;
use crate::tui::tests::desk::{CARDS, Sitting, desk};

fn form() -> Sitting {
    desk(CARDS).add(None)
}

/// Fills the form and stands on Save.
fn filled(sitting: &mut Sitting) {
    sitting.write("What is an inode?").keys("tab").write("A record of a file.\nIt holds no name.");
    sitting.keys("tab").write("- holds no name\n- counts links").keys("tab").write("linux, k8s");
    sitting.keys("tab right tab");
}

#[test]
fn a_card_that_is_saved_stands_in_the_deck_with_an_id_and_the_form_is_ready_for_the_next() {
    let mut sitting = form();
    filled(&mut sitting);
    sitting.must_show("2 points").must_show("9 words");
    sitting.keys("enter").must_show("Saved ops/inode");
    let text = fs::read_to_string(sitting.deck_file()).unwrap();
    assert!(text.starts_with(CARDS.trim_end()), "what was there is untouched");
    assert!(
        text.ends_with(
            "\n\n[[card]]\nid = \"ops/inode\"\nlevel = 1\ntags = [\"linux\", \"kubernetes\"]\nquestion = \"What is an inode?\"\nanswer = \"\"\"\nA record of a file.\nIt holds no name.\n\"\"\"\npoints = [\n  \"holds no name\",\n  \"counts links\",\n]\n"
        ),
        "{text}"
    );
    assert!(sitting.desk.trainer.entry("ops/inode").is_some());
    sitting.must_not_show("What is an inode?").must_show("linux, k8s");
    sitting.write("What is an inode?").keys("tab").write("Again.").keys("tab tab tab tab enter");
    sitting.must_show("Saved ops/inode-2");
}

#[test]
fn what_is_missing_is_said_and_nothing_is_lost() {
    let mut sitting = form();
    sitting.keys("tab").write("An answer").keys("tab tab tab tab enter");
    sitting.must_show("the question is empty").must_show("An answer");
    assert_eq!(fs::read_to_string(sitting.deck_file()).unwrap(), CARDS);
    sitting.keys("esc").must_show("Esc again leaves");
    sitting.write("Q").must_not_show("Esc again leaves");
    sitting.keys("esc esc");
    assert_eq!(sitting.chores(), [Chore::Quit]);
}

#[test]
fn the_form_can_be_walked_in_both_directions_and_every_row_is_reached_without_letters() {
    let mut sitting = form();
    let mut places = Vec::new();
    for _ in 0..7 {
        places.push(sitting.desk.app.place());
        sitting.keys("tab");
    }
    for place in places.iter().rev() {
        sitting.keys("shift-tab");
        assert_eq!(sitting.desk.app.place(), *place);
    }
    assert!(places.contains(&Place::AddForm) && places.contains(&Place::LineField));
}

#[test]
fn a_field_can_be_written_in_the_editor() {
    let mut sitting = form();
    sitting.keys("tab").write("half").keys("f2");
    assert_eq!(sitting.chores(), [Chore::EditDraft("half".into())]);
    sitting.step(Message::Reply(Reply::DraftEdited("a whole\nanswer\n".into())));
    sitting.must_show("a whole").must_show("3 words");
}

#[test]
fn a_slip_in_a_tag_is_noticed_while_it_is_written() {
    let mut sitting = form();
    sitting.keys("tab tab tab").write("kubernets").must_show("did you mean kubernetes?");
}

#[test]
fn the_form_opens_from_the_decks_and_goes_back_home() {
    let mut sitting = desk(CARDS).home();
    sitting.keys("end enter c").must_show("New card");
    sitting.keys("esc");
    assert_eq!(sitting.desk.app.place(), Place::Home);
}

#[test]
fn the_form_fits_every_window_in_both_languages() {
    for lang in [Lang::En, Lang::Ko] {
        for size in [(20, 6), (40, 10), (60, 15), (80, 24), (200, 50)] {
            let mut sitting = desk(CARDS).lang(lang).size(size.0, size.1).add(None);
            for _ in 0..8 {
                let place = sitting.desk.app.place();
                assert_eq!(sitting.cursor().is_some(), place.is_text(), "{size:?}");
                sitting.keys("tab");
            }
            filled(&mut sitting);
        }
    }
}
