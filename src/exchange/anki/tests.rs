//! Whole packages: those that Anki itself made (`fixtures`, by `tests/anki/make_packages.py`), and those made to harm.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use proptest::prelude::{ProptestConfig, any, prop};
use proptest::{prop_assert, proptest};
use rusqlite::{Connection, MAIN_DB};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::domain::card::{
    Body, Card, CardKey, CardKind, CardText, ChoiceOption, ClozePiece, FollowUp, KeyPoint,
    SourceLink,
};
use crate::domain::deck::{DeckId, FileName, Origin, Place};
use crate::domain::lang::{Lang, Localized};
use crate::domain::memory::{CardState, MemoryState, Progress, Schedule};
use crate::domain::review::{Rating, Review, ReviewId, ReviewSource, SessionId};
use crate::domain::tag::Tag;
use crate::domain::time::{Calendar, Day, Timestamp};
use crate::exchange::anki::error::{AnkiError, Flaw};
use crate::exchange::anki::import::Package;
use crate::exchange::anki::{
    Export, ExportedCard, ExportedDeck, Limits, own_key, read_package, write_package,
};
use crate::exchange::{ImportedCard, SkipReason};

const OLDEST: &[u8] = include_bytes!("fixtures/oldest.apkg");
const OLDER: &[u8] = include_bytes!("fixtures/older.apkg");
const NEWEST: &[u8] = include_bytes!("fixtures/newest.apkg");
const WHOLE: &[u8] = include_bytes!("fixtures/newest.colpkg");
const STUB: &[u8] = include_bytes!("fixtures/stub.apkg");

fn read(bytes: &[u8]) -> Result<Package, AnkiError> {
    read_package("some.apkg", Cursor::new(bytes), &Limits::default())
}

fn cards(package: &Package) -> Vec<(&str, &ImportedCard)> {
    let decks = package.imported.decks.iter();
    decks.flat_map(|deck| deck.cards.iter().map(|card| (deck.name.as_str(), card))).collect()
}

/// The only card whose question or sentence holds the words.
fn card<'a>(package: &'a Package, words: &str) -> &'a ImportedCard {
    let holds = |card: &ImportedCard| {
        card.question.contains(words) || card.cloze.as_ref().is_some_and(|it| it.contains(words))
    };
    let found: Vec<_> = cards(package).into_iter().filter(|(_, card)| holds(card)).collect();
    assert_eq!(found.len(), 1, "{words}: {found:#?}");
    found[0].1
}

#[test]
fn all_generations_of_packages_say_the_same() {
    let newest = read(NEWEST).unwrap();
    for other in [OLDEST, OLDER] {
        assert_eq!(read(other).unwrap(), newest);
    }
    let imported = &newest.imported;
    assert_eq!(imported.found, 19);
    let decks: BTreeMap<&str, usize> =
        imported.decks.iter().map(|deck| (deck.name.as_str(), deck.cards.len())).collect();
    let expected = [("DevOps::Kubernetes", 9), ("DevOps::Linux", 8), ("데브옵스::쿠버네티스", 1)];
    assert_eq!(decks, expected.into());
    assert_eq!(imported.skipped.len(), 1);
    assert_eq!(imported.skipped[0].why, SkipReason::OnlyMedia);
    assert_eq!(imported.skipped[0].excerpt, "[image: probe diagram.png]");
    assert_eq!(newest.media, 2);
}

#[test]
fn a_whole_collection_brings_the_cards_of_filtered_decks_home() {
    let whole = read(WHOLE).unwrap();
    assert_eq!(whole, read(NEWEST).unwrap());
}

#[test]
fn a_placeholder_is_never_imported() {
    assert_eq!(read(STUB).unwrap_err().flaw, Flaw::NoCollection);
}

#[test]
fn cards_look_as_they_do_in_anki() {
    let package = read(NEWEST).unwrap();
    let pod = card(&package, "What is a pod?");
    assert_eq!(pod.answer, "The smallest unit.  \nOne or more containers.");
    assert_eq!(pod.tags, ["basics::objects", "k8s"]);
    assert_eq!(pod.origin.file, "some.apkg");
    let html = card(&package, "Which probe restarts");
    assert_eq!(
        html.question,
        "Which probe restarts a container?\n\n- liveness\n  - **kubelet** runs it\n- readiness"
    );
    assert_eq!(
        html.answer,
        "The *liveness* probe.\n\n```yaml\nlivenessProbe:\n  httpGet:\n    path: /healthz\n```\n\n\
         | probe | effect |\n| --- | --- |\n| liveness | restart |\n\n\
         [docs](https://kubernetes.io/docs/) \\<pod> [image: probe diagram.png][sound: say.mp3]"
    );
    let korean = card(&package, "파드가");
    assert_eq!(korean.answer, "**쿠버네티스**에서 배포하는 가장 작은 단위입니다.");
    assert_eq!(card(&package, "A question nobody answered").answer, "", "a draft");
    assert_eq!(card(&package, "Show listening").answer, "`ss -ltn`");
}

#[test]
fn every_card_of_a_note_is_a_card() {
    let package = read(NEWEST).unwrap();
    let (front, back) = (card(&package, "SIGTERM"), card(&package, "15"));
    assert_eq!((front.answer.as_str(), back.answer.as_str()), ("15", "SIGTERM"));
    assert!(front.source_id.ends_with("/0") && back.source_id.ends_with("/1"));
    assert_eq!(
        front.source_id[..front.source_id.len() - 1],
        back.source_id[..back.source_id.len() - 1]
    );
    assert_eq!(card(&package, "SIGHUP").answer, "1");
}

#[test]
fn clozes_are_asked_as_gaps_or_as_a_question() {
    let package = read(NEWEST).unwrap();
    let etcd = card(&package, "etcd");
    assert_eq!(etcd.cloze.as_deref(), Some("{{etcd}} stores the state of the {{cluster}} (what)."));
    assert_eq!(
        (etcd.question.as_str(), etcd.answer.as_str()),
        ("Fill in the gap.", "It speaks Raft.")
    );
    let node = card(&package, "scheduler picks a {{node}} (where).");
    assert_eq!(node.answer, "The scheduler picks a **node**.");
    card(&package, "The {{scheduler}} picks a node.");
    card(&package, "{{A Deployment owns ReplicaSets}}.");
    card(&package, "A {{Deployment}} owns ReplicaSets.");
    let many = card(&package, "[...] [...] [...] [...]");
    assert_eq!(many.cloze, None);
    assert_eq!(many.answer, "**a b c d**  \nfour gaps");
    let braces = card(&package, "in Helm");
    assert_eq!(braces.question, "[...]|latest}} in Helm");
}

#[test]
fn only_real_answers_and_suspensions_come_along() {
    let package = read(NEWEST).unwrap();
    let reviews = &package.imported.reviews;
    assert_eq!(reviews.len(), 8);
    assert_eq!(package.lost_reviews, 0);
    let pod = &card(&package, "What is a pod?").source_id;
    let ratings: Vec<Rating> =
        reviews.iter().filter(|it| it.source_id == *pod).map(|it| it.rating).collect();
    let expected =
        [Rating::Again, Rating::Good, Rating::Good, Rating::Again, Rating::Hard, Rating::Easy];
    assert_eq!(ratings, expected);
    assert_eq!(reviews[0].at.0, 1_767_225_600_000);
    assert!((reviews[0].seconds - 8.0).abs() < f32::EPSILON);
    assert!(reviews.iter().any(|it| (it.seconds - 300.0).abs() < f32::EPSILON), "a lunch break");
    assert_eq!(package.suspended, [card(&package, "What does OOM mean?").source_id.clone()]);
}

// What was made to harm.

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn unpacked(package: &[u8], name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// A package with a collection of the oldest layout, changed by `sql`.
fn changed(sql: &str) -> Vec<u8> {
    let database = unpacked(OLDEST, "collection.anki2");
    let mut connection = Connection::open_in_memory().unwrap();
    let length = database.len();
    connection.deserialize_read_exact(MAIN_DB, Cursor::new(database), length, false).unwrap();
    connection.execute_batch(sql).unwrap();
    let bytes = connection.serialize(MAIN_DB).unwrap().to_vec();
    packed(&[("collection.anki2", &bytes)])
}

fn flaw(bytes: &[u8]) -> Flaw {
    read(bytes).unwrap_err().flaw
}

#[test]
fn what_is_no_package_is_called_so() {
    for bytes in [&b""[..], b"PK", b"SQLite format 3\0", &[0; 5000], &NEWEST[..NEWEST.len() / 2]] {
        assert_eq!(flaw(bytes), Flaw::NotAPackage);
    }
    assert_eq!(flaw(&packed(&[("readme.txt", b"hello")])), Flaw::NoCollection);
    assert_eq!(flaw(&packed(&[("../../collection.anki2", b"x")])), Flaw::NoCollection);
    let error = read(b"").unwrap_err().to_string();
    assert!(error.starts_with("some.apkg: no Anki package"), "{error}");
}

#[test]
fn a_package_of_a_later_anki_is_left_alone() {
    let later = packed(&[("meta", b"\x08\x04"), ("collection.anki2", b"x")]);
    assert_eq!(flaw(&later), Flaw::TooNew { version: 4 });
}

#[test]
fn an_encrypted_package_is_called_so() {
    let mut bytes = OLDEST.to_vec();
    // The flag of encryption in the head of each file and in the list at the end.
    for (signature, flags) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let heads: Vec<usize> =
            (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(signature)).collect();
        for at in heads {
            bytes[at + flags] |= 1;
        }
    }
    assert_eq!(flaw(&bytes), Flaw::Encrypted);
}

#[test]
fn a_bomb_is_refused_by_its_first_bytes() {
    let zeros = packed(&[("collection.anki2", &vec![0; 3 << 20])]);
    assert_eq!(flaw(&zeros), Flaw::NotADatabase);
    let mut huge = unpacked(OLDEST, "collection.anki2");
    huge[28..32].fill(0xff);
    assert!(matches!(flaw(&packed(&[("collection.anki2", &huge)])), Flaw::TooLarge { .. }));
    // A size within the limits that is a lie, and zeros where the tables should be.
    huge[28..32].copy_from_slice(&[0, 0, 4, 0]);
    assert!(matches!(flaw(&packed(&[("collection.anki2", &huge)])), Flaw::Damaged(_)));
    huge.resize(8 << 20, 0);
    huge[1000..].fill(0);
    assert!(matches!(flaw(&packed(&[("collection.anki2", &huge)])), Flaw::Damaged(_)));
    let small = Limits { collection: 1000, ..Limits::default() };
    let error = read_package("x", Cursor::new(NEWEST), &small).unwrap_err();
    assert!(matches!(error.flaw, Flaw::TooLarge { most: 1000, .. }));
}

#[test]
fn wrong_compression_is_damage() {
    let zstd = unpacked(NEWEST, "collection.anki21b");
    for bytes in [&b"no zstandard"[..], &zstd[..zstd.len() / 2], &zstd[..3]] {
        assert!(matches!(flaw(&packed(&[("collection.anki21b", bytes)])), Flaw::Damaged(_)));
    }
    // The archive's own checksum finds a changed byte.
    let mut other = NEWEST.to_vec();
    let head = other.windows(18).position(|it| it == b"collection.anki21b").unwrap();
    other[head + 18 + zstd.len() / 2] ^= 1;
    assert!(matches!(flaw(&other), Flaw::Damaged(_)));
}

#[test]
fn a_stranger_s_views_computed_columns_and_triggers_are_not_run() {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";
    let columns = "i AS id, 'g' AS guid, 1 AS mid, 'x' AS flds, '' AS tags";
    let view = format!("DROP TABLE notes; CREATE VIEW notes AS {endless} SELECT {columns} FROM n;");
    assert_eq!(flaw(&changed(&view)), Flaw::Damaged("no table notes".into()));
    let computed = "DROP TABLE revlog; CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid, ease, time, type, \
                    factor AS (hex(zeroblob(30000000))));\
                    INSERT INTO revlog (cid) VALUES (1);";
    assert_eq!(flaw(&changed(computed)), Flaw::Damaged("a computed column in revlog".into()));
    let missing = "DROP TABLE cards;";
    assert_eq!(flaw(&changed(missing)), Flaw::Damaged("no table cards".into()));
    let unknown = "ALTER TABLE notes RENAME COLUMN flds TO fields;";
    assert!(matches!(flaw(&changed(unknown)), Flaw::Damaged(_)));
}

/// Two pages whose 300 children are all the same page: 90,000 copies of five notes in a small file.
#[test]
fn pages_that_are_used_again_and_again_end_the_reading() {
    let package = changed("DELETE FROM notes WHERE flds NOT LIKE 'SIG%'; VACUUM;");
    let mut database = unpacked(&package, "collection.anki2");
    let page = usize::from(u16::from_be_bytes([database[16], database[17]]));
    let mut connection = Connection::open_in_memory().unwrap();
    let length = database.len();
    connection.deserialize_read_exact(MAIN_DB, &database[..], length, true).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'notes'";
    let root: i64 = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    let root = usize::try_from(root).unwrap();
    let pages = u32::try_from(length / page).unwrap();
    let leaf = database[(root - 1) * page..root * page].to_vec();
    assert_eq!(leaf[0], 13, "the notes fit into one page");
    database[(root - 1) * page..root * page].copy_from_slice(&inner_page(page, pages + 1));
    database.extend(inner_page(page, pages + 2));
    database.extend(leaf);
    database[28..32].copy_from_slice(&(pages + 2).to_be_bytes());
    let flaw = flaw(&packed(&[("collection.anki2", &database)]));
    assert_eq!(flaw, Flaw::Damaged("pages of notes are used twice".into()));
}

/// An inner page of a table with 300 cells that all point to one child.
fn inner_page(size: usize, child: u32) -> Vec<u8> {
    let cell = size - 5;
    let place = u16::try_from(cell).unwrap().to_be_bytes();
    let mut page = vec![0; size];
    page[0] = 5;
    page[3..5].copy_from_slice(&300_u16.to_be_bytes());
    page[5..7].copy_from_slice(&place);
    page[8..12].copy_from_slice(&child.to_be_bytes());
    page[12..612].copy_from_slice(&place.repeat(300));
    page[cell..cell + 4].copy_from_slice(&child.to_be_bytes());
    page[cell + 4] = 1;
    page
}

#[test]
fn values_of_wrong_types_cost_their_card_only() {
    let package = read(&changed(
        "UPDATE notes SET mid = 'none' WHERE flds LIKE 'SIGHUP%'; \
         UPDATE notes SET tags = NULL, guid = x'ff', flds = CAST('a' || char(31) || 'b' AS BLOB) \
            WHERE flds LIKE 'What is a pod%'; \
         UPDATE cards SET ord = -5 WHERE nid IN (SELECT id FROM notes WHERE flds LIKE 'SIGKILL%'); \
         DELETE FROM notes WHERE flds LIKE 'SIGTERM%'; \
         UPDATE revlog SET ease = 'good', time = 1e300;"
            .replace("tags = NULL", "tags = 7")
            .as_str(),
    ))
    .unwrap();
    let why: Vec<SkipReason> = package.imported.skipped.iter().map(|it| it.why).collect();
    assert_eq!(why.iter().filter(|it| **it == SkipReason::Incomplete).count(), 4);
    assert!(cards(&package).iter().any(|(_, card)| card.question == "a" && card.answer == "b"));
    assert_eq!(package.imported.reviews.len(), 0);
}

#[test]
fn json_without_measure_or_sense_is_damage() {
    let deep = format!("UPDATE col SET models = '{}';", "[".repeat(100_000));
    assert!(matches!(flaw(&changed(&deep)), Flaw::Damaged(_)));
    let wrong = "UPDATE col SET models = '{\"1\": {\"name\": [1]}}';";
    assert!(matches!(flaw(&changed(wrong)), Flaw::Damaged(_)));
    let none = read(&changed("UPDATE col SET models = '{}', decks = '{}';")).unwrap();
    assert_eq!((none.imported.found, none.imported.decks.len()), (19, 0));
}

#[test]
fn a_few_bytes_do_not_swell_into_gigabytes() {
    // Each of 300 cards fills 200 times a field of 2 kB.
    let swollen = "UPDATE col SET models = replace(models, '{{Front}}', replace(hex(zeroblob(100)), '00', '{{Front}}{{Front}}'));\
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300)\
        INSERT INTO notes SELECT i, 'g' || i, (SELECT mid FROM notes WHERE flds LIKE 'What is a pod%'), 0, 0, '', hex(zeroblob(1000)), '', 0, 0, '' FROM n;\
        INSERT INTO cards SELECT id, id, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '' FROM notes WHERE id < 1000;";
    let limits = Limits { work: 1 << 20, side: 1 << 20, ..Limits::default() };
    let result = read_package("x", Cursor::new(changed(swollen)), &limits);
    assert!(result.is_err_and(|error| error.flaw == Flaw::TooMuchText));
    let long = Limits { card: 20, ..Limits::default() };
    let package = read_package("x", Cursor::new(NEWEST), &long).unwrap();
    assert!(package.imported.skipped.iter().any(|it| it.why == SkipReason::TooLong));
}

#[test]
fn control_characters_do_not_come_through() {
    let package = read(&changed(
        "UPDATE notes SET flds = 'a' || char(27) || '[31mb' || char(7) || '&#27;' || char(31) || char(155) || 'c', \
            tags = 't' || char(27) || ']x', guid = char(27) || 'g'; \
         UPDATE col SET decks = replace(decks, 'Linux', 'Li\\u001b[2Jnux');",
    ))
    .unwrap();
    let text = format!("{package:?}");
    assert!(
        !text.contains("\\u{1b}") && !text.contains("\\u{7}") && !text.contains("\\u{9b}"),
        "{text}"
    );
    assert!(package.imported.decks.iter().any(|deck| deck.name == "DevOps::Linux"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_damage_to_a_package_makes_it_panic(
        which in 0..5_usize,
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = [OLDEST, OLDER, NEWEST, WHOLE, STUB][which].to_vec();
        for (at, value) in places {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = read(&bytes);
        let _ = read(&bytes[..cut.index(bytes.len())]);
    }

    /// The archive's checksums hide damage within; here they are right.
    #[test]
    fn no_damage_to_a_collection_makes_it_panic(
        is_new in any::<bool>(),
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let (package, name) =
            if is_new { (NEWEST, "collection.anki21b") } else { (OLDEST, "collection.anki2") };
        let mut bytes = unpacked(package, name);
        if is_new {
            let mut plain = Vec::new();
            ruzstd::decoding::StreamingDecoder::new(&bytes[..]).unwrap().read_to_end(&mut plain).unwrap();
            bytes = plain;
        }
        for (at, value) in places {
            let at = 100 + at.index(bytes.len() - 100);
            bytes[at] = value;
        }
        // The reader goes by the tables, so the old name serves for both layouts.
        if let Ok(package) = read(&packed(&[("collection.anki2", &bytes)])) {
            let taken: usize = package.imported.decks.iter().map(|deck| deck.cards.len()).sum();
            prop_assert!(taken + package.imported.skipped.len() >= package.imported.found);
        }
    }
}

// What prep writes.

const NOW: Timestamp = Timestamp(1_795_824_000_000);

fn calendar() -> Calendar {
    Calendar::from_posix("KST-9", 4)
}

fn own_card(key: &str, question: &str, body: Body) -> Card {
    let text = CardText {
        question: question.into(),
        answer: "First **bold** `code`.\n\n- one\n- two <b>\n\n```yaml\na: {{ b }}\n```".into(),
        body,
        hint: None,
        figure: None,
        follow_ups: vec![FollowUp {
            question: "And then?".into(),
            answer: "Nothing.".into(),
            probes: None,
        }],
        mistakes: vec!["A mistake".into()],
        resources: Vec::new(),
        asked: Vec::new(),
        topics: Vec::new(),
    };
    let file = FileName { origin: Origin::User, path: "deck.toml".into() };
    Card {
        key: CardKey(key.into()),
        id: None,
        deck: DeckId("deck".into()),
        place: Place { file, line: 1 },
        kind: CardKind::Open,
        level: None,
        tags: vec![Tag("k8s".into()), Tag("my tag".into())],
        roles: Vec::new(),
        versus: Vec::new(),
        aim_seconds: 90,
        sources: vec![SourceLink {
            title: "A & B".into(),
            url: "https://x.y/?a=1&b=2".into(),
            checked: None,
        }],
        review_by: None,
        retired: None,
        origin: None,
        texts: Localized::new(Lang::En, text, None),
    }
}

fn own_cards() -> Vec<Card> {
    let point = |text: &str| KeyPoint {
        text: text.into(),
        must: false,
        match_groups: Vec::new(),
        not: Vec::new(),
        topic: None,
    };
    let option = |text: &str, correct| ChoiceOption { text: text.into(), correct, why: None };
    let gap = |text: &str| ClozePiece::Gap(vec![text.into(), "other".into()]);
    let text = |text: &str| ClozePiece::Text(text.into());
    vec![
        own_card(
            "k8s/pod",
            "What is a *pod*?",
            Body::Open {
                points: vec![point("smallest unit"), point("shares `net` <ns> & | more")],
            },
        ),
        own_card(
            "~00ff",
            "Which one?",
            Body::Choice { options: vec![option("a < b", false), option("right", true)] },
        ),
        own_card(
            "k8s/etcd",
            "Fill in the gap.",
            Body::Cloze { pieces: vec![gap("std::map"), text(" and :: }} "), gap("파드")] },
        ),
    ]
}

fn review(number: u32, day: Day, rating: Option<Rating>, due: Option<Day>) -> Review {
    Review {
        id: ReviewId { session: SessionId(7), number },
        key: CardKey("k8s/pod".into()),
        // Two of them in one millisecond: Anki names a review by its time.
        at: Timestamp(i64::from(day.0) * 86_400_000 + 3_600_000),
        day,
        source: ReviewSource::Study,
        rating,
        proposed: None,
        correct: None,
        confidence: None,
        hint_used: false,
        wrong_statement: false,
        points: Vec::new(),
        seconds: 12.5,
        answer: None,
        due,
    }
}

/// Three cards: one with history, one new and suspended, one being relearnt.
fn exported() -> Vec<u8> {
    exported_at(NOW, &own_cards())
}

fn exported_at(now: Timestamp, cards: &[Card]) -> Vec<u8> {
    let today = calendar().day_of(NOW);
    let reviews = [
        review(0, today + -20, Some(Rating::Again), Some(today + -20)),
        review(1, today + -20, Some(Rating::Good), Some(today + -17)),
        review(2, today + -17, None, None),
        review(3, today + -17, Some(Rating::Good), Some(today + -10)),
        review(4, today + -10, Some(Rating::Easy), Some(today + 12)),
    ];
    let progress = Progress {
        state: CardState::Review,
        memory: MemoryState { stability: 22.345_67, difficulty: 4.5 },
        first_day: today + -20,
        last_day: today + -10,
        last_at: reviews[4].at,
        due: today + 12,
        reviews: 4,
        lapses: 1,
    };
    let relearning = Progress { state: CardState::Relearning, due: today + 1, ..progress };
    let exported = |at: usize, schedule, is_suspended, reviews| ExportedCard {
        card: &cards[at],
        schedule,
        is_suspended,
        reviews,
    };
    let decks = [
        ExportedDeck {
            name: "prep::Kubernetes".into(),
            cards: vec![
                exported(0, Schedule::Seen(progress), false, reviews.iter().collect()),
                exported(1, Schedule::UNSEEN, true, Vec::new()),
            ],
        },
        ExportedDeck {
            name: "prep::쿠버네티스".into(),
            cards: vec![exported(2, Schedule::Seen(relearning), false, Vec::new())],
        },
    ];
    let calendar = calendar();
    let export = Export { file: "x.apkg", decks: &decks, lang: Lang::En, now, calendar: &calendar };
    write_package(&export).unwrap()
}

#[test]
fn what_prep_exports_it_imports_again() {
    let package = read(&exported()).unwrap();
    assert_eq!((package.imported.found, package.imported.skipped.len()), (3, 0));
    let names: Vec<&str> = package.imported.decks.iter().map(|deck| deck.name.as_str()).collect();
    assert_eq!(names, ["prep::Kubernetes", "prep::쿠버네티스"]);
    let pod = card(&package, "pod");
    assert_eq!(own_key(&pod.source_id), Some(CardKey("k8s/pod".into())));
    assert_eq!(pod.question, "What is a *pod*?");
    assert_eq!(
        pod.answer,
        "First **bold** `code`.\n\n- one\n- two \\<b>\n\n```yaml\na: {{ b }}\n```"
    );
    assert_eq!(pod.points, ["smallest unit", "shares `net` \\<ns> & | more"]);
    assert_eq!(pod.tags, ["k8s", "my_tag"]);
    let choice = card(&package, "Which one?");
    assert_eq!(choice.options, [("a < b".into(), false), ("right".into(), true)]);
    assert_eq!(package.suspended, std::slice::from_ref(&choice.source_id));
    let cloze = card(&package, "파드");
    assert_eq!(cloze.question, "빈칸을 채우세요.", "the sentence has Hangul");
    assert_eq!(cloze.cloze.as_deref(), Some("{{std::map}} and :: }} {{파드}}"));
    assert_eq!(own_key("abc/0"), None);
}

#[test]
fn the_history_survives_the_way_through_a_package() {
    let package = read(&exported()).unwrap();
    let today = calendar().day_of(NOW);
    let ratings: Vec<Rating> = package.imported.reviews.iter().map(|it| it.rating).collect();
    assert_eq!(ratings, [Rating::Again, Rating::Good, Rating::Good, Rating::Easy]);
    let times: Vec<i64> = package.imported.reviews.iter().map(|it| it.at.0).collect();
    let first = review(0, today + -20, None, None).at.0;
    assert_eq!(&times[..2], [first, first + 1], "two reviews of one millisecond");
    assert!(package.imported.reviews.iter().all(|it| (it.seconds - 12.5).abs() < f32::EPSILON));
}

#[test]
fn the_same_export_is_the_same_file() {
    assert!(exported() == exported());
}
