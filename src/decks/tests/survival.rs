//! Broken files never stop the program, and cost as few cards as possible.

use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::sample::Index;

use super::{SAMPLES, ids, read, user_file};
use crate::decks::bundled::bundled_labels;
use crate::decks::mend::{Mending, mend};
use crate::decks::render::render;

/// A deck of a few lines per card, so that most insertions hit something that matters.
fn small_deck() -> String {
    let card = |id: &str| {
        format!(
            "[[card]]\nid = \"{id}\"\nquestion = \"질문 {id}?\"\nanswer = \"\"\"\nAn answer\n\"\"\"\npoints = [\"one\", {{ text = \"둘\", match = [\"a|b\"] }}]\n\n"
        )
    };
    ["a", "b", "c", "d"].map(card).concat()
}

fn insert(text: &str, at: Index, added: &str) -> (String, usize) {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let at = *at.get(&places);
    (format!("{}{added}{}", &text[..at], &text[at..]), at)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_typed_into_a_deck_is_survived(at in any::<Index>(), added in "[\\[\\]{}\"'=#\\\\\n\ra-c가 \u{0}\u{1b}.]{1,8}") {
        let (text, _) = insert(SAMPLES, at, &added);
        let deck = read(&text);
        let labels = bundled_labels();
        let mending =
            Mending { labels: &labels, schema: Some("./x.json"), only_ids: false, is_taken: &|_| false };
        if let Ok(mended) = mend(&user_file(), &text, &mending) {
            proptest::prop_assert_eq!(read(&mended.text).cards.len(), deck.cards.len());
        }
        for problem in &deck.problems {
            render(problem, Some(&text), false);
            render(problem, None, true);
        }
    }

    #[test]
    fn a_slip_in_one_card_costs_no_other(at in any::<Index>(), added in "[\\[\\]{}=\\\\a-c가 .]{1,6}") {
        let text = small_deck();
        let starts: Vec<usize> = text.match_indices("[[card]]").map(|(at, _)| at).collect();
        let (broken, at) = insert(&text, at, &added);
        let hit = starts.partition_point(|start| *start <= at).saturating_sub(1);
        // A slip in a header line joins the card to the one before.
        let in_header = at < starts[hit] + "[[card]]\n".len();
        let deck = read(&broken);
        for (index, id) in ["a", "b", "c", "d"].into_iter().enumerate() {
            let is_near = index == hit || (in_header && index + 1 == hit);
            proptest::prop_assert!(is_near || ids(&deck).contains(&id), "{id} lost: {broken}");
        }
    }

    #[test]
    fn any_text_at_all_is_survived(text in "\\PC{0,200}") {
        read(&text);
        read(&format!("[[card]]\n{text}"));
    }
}

#[test]
fn forty_cut_files_are_survived() {
    let places: Vec<usize> = SAMPLES.char_indices().map(|(at, _)| at).collect();
    for part in 0..40 {
        let at = places[places.len() * part / 40];
        let (start, end) = SAMPLES.split_at(at);
        for text in [start, end] {
            for problem in read(text).problems {
                render(&problem, Some(text), false);
            }
        }
    }
}
