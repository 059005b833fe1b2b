//! Imports over real deck files and a real log: what is written, what a second import changes, and what stays the user's.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::config::{Paths, Settings};
use crate::domain::card::{CardKey, fnv1a};
use crate::domain::deck::CardEntry;
use crate::domain::review::{Rating, Review, ReviewId, ReviewSource, SessionId};
use crate::domain::time::{Calendar, Day, Timestamp};
use crate::exchange::{
    CardOrigin, Imported, ImportedCard, ImportedDeck, ImportedReview, Reading, SkipReason, read,
};
use crate::trainer::{ImportError, ImportOrder, ImportReport, Start, Trainer, import_log};

const NOW: Timestamp = Timestamp(1_795_374_000_000);

struct House {
    home: TempDir,
    trainer: Trainer,
}

impl House {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let paths = Paths::in_folder(home.path());
        let decks = paths.decks.clone();
        fs::create_dir_all(&decks).expect("a folder");
        // Every house draws other keys.
        let entropy = u128::from(fnv1a(home.path().to_string_lossy().as_bytes()));
        let start = Start {
            settings: Settings::default(),
            paths,
            folders: vec![decks],
            calendar: Calendar::from_posix("UTC0", 4),
            entropy,
        };
        let (trainer, _) = Trainer::open(start, NOW).expect("a trainer");
        Self { home, trainer }
    }

    /// What the trainer was opened with.
    fn start(&self) -> Start {
        Start {
            settings: Settings::default(),
            paths: self.trainer.paths.clone(),
            folders: self.trainer.folders.clone(),
            calendar: self.trainer.calendar.clone(),
            entropy: 3,
        }
    }

    fn import(&mut self, text: &str) -> ImportReport {
        self.order(text, &ImportOrder::default()).expect("an import")
    }

    fn order(&mut self, text: &str, order: &ImportOrder) -> Result<ImportReport, ImportError> {
        let imported = read("bank.md", text.as_bytes(), &Reading::default()).expect("a text");
        self.trainer.import(imported, order, NOW)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join("decks").join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).expect("a deck file")
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{text}");
        fs::write(self.file(name), text.replacen(from, to, 1)).expect("a deck file");
    }
}

fn counts(report: &ImportReport) -> [usize; 5] {
    [report.imported, report.unanswered, report.updated, report.unchanged, report.kept.len()]
}

const BANK: &str = "## What is a pod?\n\nThe smallest unit.\n\n## What is a node?\n\nA machine.\n\n## What is a cluster?\n\n";

#[test]
fn a_second_import_changes_nothing_and_a_changed_file_updates_its_cards() {
    let mut house = House::new();
    assert_eq!(counts(&house.import(BANK)), [2, 1, 0, 0, 0]);
    let text = house.text("bank.toml");
    assert_eq!(counts(&house.import(BANK)), [0, 0, 0, 3, 0]);
    assert_eq!(house.text("bank.toml"), text);
    let changed = BANK.replace("A machine.", "A machine that runs pods.") + "All nodes together.\n";
    assert_eq!(counts(&house.import(&changed)), [0, 0, 2, 1, 0]);
    let text = house.text("bank.toml");
    assert!(text.contains("A machine that runs pods.") && text.contains("All nodes together."));
    assert_eq!(text.matches("[[card]]").count(), 3);
}

#[test]
fn what_the_user_has_changed_stays_and_is_told() {
    let mut house = House::new();
    house.import(BANK);
    house.edit("bank.toml", "A machine.", "A machine, physical or virtual.");
    house.edit("bank.toml", "The smallest unit.\"\n", "The smallest unit.\"\nlevel = 2 # mine\n");
    let changed =
        BANK.replace("A machine.", "A server.").replace("smallest unit", "smallest thing");
    let report = house.import(&changed);
    assert_eq!(counts(&report), [0, 0, 1, 1, 1]);
    assert_eq!(report.kept, ["bank/what-is-a-node"]);
    let text = house.text("bank.toml");
    assert!(text.contains("A machine, physical or virtual.") && !text.contains("A server."));
    assert!(text.contains("The smallest thing.\"\nlevel = 2 # mine\n"), "{text}");
}

#[test]
fn a_reworded_question_with_the_same_long_answer_is_the_same_card() {
    let mut house = House::new();
    let answer = "A pod holds one or more containers that share a network address and volumes.";
    house.import(&format!("## What is a pod?\n\n{answer}\n"));
    let report = house.import(&format!("## What do you know about a pod?\n\n{answer}\n"));
    assert_eq!(counts(&report), [0, 0, 1, 0, 0]);
    assert!(house.text("bank.toml").contains("What do you know about a pod?"));
    assert_eq!(house.text("bank.toml").matches("id = \"bank/").count(), 1, "the id stays");
}

#[test]
fn the_users_own_file_keeps_its_cards_and_comments() {
    let mut house = House::new();
    let own = "# mine\nformat = 1\n\n[deck]\nid = \"bank\"\n\n[[card]]\nquestion = \"What is a node?\"\nanswer = \"My words.\"\n";
    fs::write(house.file("own.toml"), own).expect("a deck file");
    house.trainer.refresh(NOW);
    let report = house.import(BANK);
    assert_eq!(counts(&report), [1, 1, 0, 0, 1]);
    assert!(house.text("own.toml").starts_with(own));
    assert!(!house.file("bank.toml").exists(), "the deck has a file already");
}

#[test]
fn a_trial_writes_nothing() {
    let mut house = House::new();
    let order = ImportOrder { dry_run: true, ..ImportOrder::default() };
    let report = house.order(BANK, &order).expect("an import");
    assert_eq!(counts(&report), [2, 1, 0, 0, 0]);
    assert_eq!(report.files.len(), 1);
    assert_eq!(fs::read_dir(house.file("")).expect("a folder").count(), 0);
    assert!(house.trainer.entry("bank/what-is-a-pod").is_none());
}

#[test]
fn a_deck_file_with_errors_is_never_written_over() {
    let mut house = House::new();
    let broken = "[deck]\nid = \"bank\"\n\n[[card]]\nquestion = \"open\n";
    fs::write(house.file("bank.toml"), broken).expect("a deck file");
    house.trainer.refresh(NOW);
    let result = house.order(BANK, &ImportOrder::default());
    assert_eq!(result, Err(ImportError::BrokenDeck(house.file("bank.toml"))));
    assert_eq!(house.text("bank.toml"), broken);
}

#[test]
fn a_bundled_deck_is_added_to_only_where_its_name_is_said() {
    let mut house = House::new();
    let imported = || read("linux.md", BANK.as_bytes(), &Reading::default()).expect("a text");
    let report = house.trainer.import(imported(), &ImportOrder::default(), NOW).expect("an import");
    assert_eq!(report.files[0].deck, "linux-imported");
    let order = ImportOrder { deck: Some("linux".into()), dry_run: true };
    let mut other = House::new();
    let report = other.trainer.import(imported(), &order, NOW).expect("an import");
    assert_eq!(report.files[0].deck, "linux");
}

#[test]
fn drafts_are_never_asked_and_become_cards_when_they_are_answered() {
    let mut house = House::new();
    house.import(BANK);
    let is_candidate = |house: &House| {
        let filter = crate::domain::tag::Filter::default();
        let candidates = house.trainer.candidates(&filter, NOW);
        candidates.iter().any(|it| it.entry.name() == "bank/what-is-a-cluster")
    };
    assert!(house.trainer.entry("bank/what-is-a-cluster").is_some_and(CardEntry::is_draft));
    assert!(!is_candidate(&house));
    house.edit("bank.toml", "answer = \"\"", "answer = \"Many nodes.\"");
    house.trainer.refresh(NOW);
    assert!(is_candidate(&house));
}

#[test]
fn the_same_card_twice_and_an_unanswered_twin_are_told_and_left_out() {
    let mut house = House::new();
    let text = format!(
        "{BANK}# Again\n\n## What is a pod?\n\nThe  smallest unit.\n\n## What is a node?\n\n"
    );
    let report = house.import(&text);
    assert_eq!(counts(&report), [2, 1, 0, 0, 0]);
    let skipped: Vec<(u32, SkipReason)> =
        report.skipped.iter().map(|it| (it.line, it.why)).collect();
    assert_eq!(skipped, [(13, SkipReason::Duplicate), (17, SkipReason::Duplicate)]);
    assert_eq!(report.found, 5);
}

fn anki_like() -> Imported {
    let origin = CardOrigin { file: "deck.apkg".into(), line: 0, license: None };
    let card = ImportedCard {
        source_id: "guid/0".into(),
        question: "Which layer?".into(),
        answer: String::new(),
        points: Vec::new(),
        cloze: None,
        options: vec![("Network".into(), true), ("Link".into(), false)],
        tags: vec!["net".into()],
        origin: origin.clone(),
    };
    let cloze = ImportedCard {
        source_id: "guid/1".into(),
        cloze: Some("A {{pod}} runs".into()),
        question: String::new(),
        options: Vec::new(),
        origin,
        ..card.clone()
    };
    let day = 86_400_000;
    let review = |at: i64, rating| ImportedReview {
        source_id: "guid/0".into(),
        at: Timestamp(NOW.0 - at * day),
        rating,
        seconds: 12.0,
    };
    Imported {
        decks: vec![ImportedDeck {
            name: "Work::Net".into(),
            cards: vec![card, cloze],
            license: None,
        }],
        reviews: vec![review(3, Rating::Good), review(10, Rating::Good), review(9, Rating::Again)],
        found: 2,
        ..Imported::default()
    }
}

#[test]
fn answers_from_elsewhere_go_into_the_log_once_and_in_order() {
    let mut house = House::new();
    let order = ImportOrder::default();
    let report = house.trainer.import(anki_like(), &order, NOW).expect("an import");
    assert_eq!((report.imported, report.reviews), (2, 3));
    let entry = house.trainer.entry("work/net/which-layer").expect("a card").clone();
    let log = house.trainer.store().history(&entry.key).expect("a log");
    let ratings: Vec<Option<Rating>> = log.iter().map(|review| review.rating).collect();
    assert_eq!(ratings, [Some(Rating::Good), Some(Rating::Again), Some(Rating::Good)]);
    assert!(house.trainer.schedule(&entry.key).due().is_some());
    let again = house.trainer.import(anki_like(), &order, NOW).expect("an import");
    assert_eq!((again.imported, again.unchanged, again.reviews), (0, 2, 0));
    assert_eq!(house.trainer.undoable(), 0, "they are no sitting of this learner");
}

#[test]
fn cards_of_one_note_that_differ_only_in_their_gap_are_different_cards() {
    let mut house = House::new();
    let mut imported = anki_like();
    let cards = &mut imported.decks[0].cards;
    let gaps = ["The {{pod}} runs on a node.", "The pod runs on a {{node}}."];
    for (number, gap) in gaps.iter().enumerate() {
        cards.push(ImportedCard {
            source_id: format!("note/{number}"),
            cloze: Some((*gap).to_owned()),
            ..cards[1].clone()
        });
    }
    let order = ImportOrder::default();
    let report = house.trainer.import(imported.clone(), &order, NOW).expect("an import");
    assert_eq!((report.imported, report.skipped.len()), (4, 0));
    assert!(house.trainer.entry("work/net/the-pod-runs-on-a-node-2").is_some());
    let again = house.trainer.import(imported, &order, NOW).expect("an import");
    assert_eq!((again.imported, again.unchanged, again.skipped.len()), (0, 4, 0));
}

#[test]
fn what_was_answered_of_a_double_was_answered_of_the_card() {
    let mut house = House::new();
    let mut imported = anki_like();
    let double = ImportedCard { source_id: "guid/9".into(), ..imported.decks[0].cards[0].clone() };
    let deck = ImportedDeck { name: "Other".into(), cards: vec![double], license: None };
    imported.decks.push(deck);
    for review in &mut imported.reviews[1..] {
        review.source_id = "guid/9".into();
    }
    let order = ImportOrder::default();
    let report = house.trainer.import(imported.clone(), &order, NOW).expect("an import");
    assert_eq!((report.imported, report.skipped.len(), report.reviews), (2, 1, 3));
    let entry = house.trainer.entry("work/net/which-layer").expect("a card").clone();
    let log = house.trainer.store().history(&entry.key).expect("a log");
    assert!(log.is_sorted_by_key(|review| review.at) && log.len() == 3, "one history, in order");
    let again = house.trainer.import(imported, &order, NOW).expect("an import");
    assert_eq!(again.reviews, 0);
}

#[test]
fn a_card_without_id_that_two_machines_know_keeps_the_history_of_the_one_that_asked_it() {
    let own = "[[card]]\nquestion = \"What is a node?\"\nanswer = \"A machine.\"\n";
    let house = |text: &str| {
        let mut house = House::new();
        fs::write(house.file("own.toml"), text).expect("a deck file");
        house.trainer.refresh(NOW);
        house
    };
    let mut first = house(own);
    let key = own_key(&first);
    let id = ReviewId { session: SessionId(1), number: 0 };
    first.trainer.store.add_reviews(&[review_of(id, &key)]).expect("a review");
    let log = first.trainer.store().whole_log().expect("a log");
    let second = house(own);
    assert_ne!(own_key(&second), key, "it has given the card a key of its own");
    let start = second.start();
    drop(second.trainer);
    import_log(&start, &log, false, NOW).expect("an import");
    let (trainer, _) = Trainer::open(start, NOW).expect("a trainer");
    let entry = trainer.entries().iter().find(|entry| entry.id.is_none()).expect("a card");
    assert_eq!(entry.key, key);
    assert!(trainer.schedule(&key).due().is_some());
}

fn own_key(house: &House) -> CardKey {
    let own = house.trainer.entries().iter().find(|entry| entry.id.is_none());
    own.expect("a card without id").key.clone()
}

fn review_of(id: ReviewId, key: &CardKey) -> Review {
    Review {
        id,
        key: key.clone(),
        at: NOW,
        day: Day(20_779),
        source: ReviewSource::Study,
        rating: Some(Rating::Good),
        proposed: None,
        correct: None,
        confidence: None,
        hint_used: false,
        wrong_statement: false,
        points: Vec::new(),
        seconds: 5.0,
        answer: None,
        due: Some(Day(20_785)),
    }
}
