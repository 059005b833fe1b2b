//! Imports and exports as a user meets them: files in and out, reports, and logs that come back as they were.

use std::fs;

use rusqlite::Connection;
use rusqlite::types::Value as Cell;

use crate::cli::Prep;

const BANK: &str = "## What is a pod?\n\nThe smallest unit.\n\n## What is a node?\n\n\u{1b}[31mA machine.\u{1b}[0m\n\n## What is a cluster?\n";

#[test]
fn an_import_tells_what_it_did_and_where_the_cards_are() {
    let prep = Prep::new();
    prep.file("bank.md", BANK);
    let out = prep.out(&["import", "bank.md"]);
    assert!(out.starts_with("3 questions in 1 file\n"), "{out}");
    for line in
        ["imported    2", "unanswered  1", "3 new cards in ", "next: prep study --deck bank"]
    {
        assert!(out.contains(line), "{line}: {out}");
    }
    let deck = fs::read_to_string(prep.path("data/decks/bank.toml")).expect("a deck file");
    assert!(deck.contains("answer = \"A machine.\"") && !deck.contains('\u{1b}'));
    let again = prep.json(&["import", "bank.md"]);
    assert_eq!((&again["imported"], &again["unchanged"]), (&0.into(), &3.into()));
}

#[test]
fn a_trial_from_standard_input_writes_nothing() {
    let prep = Prep::new();
    let done = prep.args(&["import", "--dry-run", "--lang", "ko", "-"]).stdin(BANK).run();
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("질문 3개") && done.out.contains("시험 실행"), "{}", done.out);
    assert!(!prep.path("data/decks/stdin.toml").exists());
}

#[test]
fn every_skipped_place_is_named_with_its_line() {
    let prep = Prep::new();
    prep.file("bank.csv", "question,answer\nWhat?,This\n,lonely\nWhat?,This\n");
    let out = prep.out(&["import", "bank.csv"]);
    assert!(out.contains("bank.csv:3: an answer without a question: lonely"), "{out}");
    assert!(out.contains("bank.csv:4: the same card was read before: What?"), "{out}");
    let json = prep.json(&["import", "--dry-run", "bank.csv"]);
    assert_eq!(json["skipped"][0]["line"], 3);
    assert_eq!(json["skipped"][0]["why"], "empty-question");
}

#[test]
fn files_that_are_no_text_or_have_no_question_are_refused() {
    let prep = Prep::new();
    fs::write(prep.path("noise.md"), b"abc\xff\xfe\xff").expect("a file");
    let done = prep.args(&["import", "noise.md"]).run();
    assert_eq!(done.code, 1);
    assert!(done.err.contains("noise.md: byte 3 is not UTF-8 text"), "{}", done.err);
    prep.file("diary.md", "It rained.\n");
    let done = prep.args(&["import", "diary.md"]).run();
    assert_eq!(done.code, 1);
    assert!(done.out.contains("diary.md: no question in this file"), "{}", done.out);
    assert_eq!(prep.args(&["import", "missing.md"]).run().code, 1);
    assert_eq!(prep.args(&["import", "--format", "word", "diary.md"]).run().code, 2);
}

#[test]
fn a_folder_is_read_without_hidden_files_and_circles() {
    let prep = Prep::new();
    prep.file("bank/one/README.md", BANK);
    prep.file("bank/.git/two.md", BANK);
    prep.file("bank/CONTRIBUTING.md", "## How do I help?\n\nWrite.\n");
    prep.file("bank/LICENSE", "MIT License\n");
    prep.file("bank/notes.md", "It rained.\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink(prep.path("bank"), prep.path("bank/one/circle")).expect("a link");
    let json = prep.json(&["import", "bank"]);
    assert_eq!((&json["files_read"], &json["found"]), (&2.into(), &3.into()));
    assert_eq!(json["written"][0]["deck"], "bank/one");
    let deck = fs::read_to_string(prep.path("data/decks/bank/one.toml")).expect("a deck file");
    assert!(deck.contains("license = \"MIT\""));
    let cards = prep.json(&["list", "--deck", "bank"]);
    assert_eq!(cards["cards"].as_array().map(Vec::len), Some(2), "decks below are meant too");
}

#[test]
fn one_huge_file_does_not_keep_a_folder_from_being_read() {
    let prep = Prep::new();
    prep.file("bank/one.md", BANK);
    for name in ["bank/zeros.md", "bank/pictures.apkg"] {
        // Holes: nothing of it is on the disk.
        let huge = fs::File::create(prep.path(name)).expect("a file");
        huge.set_len(1 << 30).expect("a length");
    }
    let json = prep.json(&["import", "bank"]);
    assert_eq!(json["imported"], 2);
    let why = |at: usize| json["skipped"][at]["why"].clone();
    assert_eq!([why(0), why(1)], ["unreadable", "too-large"]);
}

#[test]
fn drafts_are_listed_where_asked_for_and_told_by_the_check() {
    let prep = Prep::new();
    prep.file("bank.md", BANK);
    prep.out(&["import", "bank.md"]);
    let drafts = prep.out(&["list", "--drafts"]);
    assert_eq!(drafts.lines().count(), 1);
    assert!(drafts.contains("What is a cluster?"));
    assert!(!prep.out(&["list", "--deck", "bank"]).contains("cluster"));
    let check = prep.out(&["check"]);
    assert!(check.contains("note: 1 draft without an answer"), "{check}");
    assert!(check.contains("0 errors, 0 warnings in 1 file, 3 cards"), "{check}");
}

#[test]
fn what_is_exported_as_markdown_or_a_table_can_be_imported_again() {
    let prep = Prep::new();
    prep.file("bank.md", BANK);
    prep.out(&["import", "bank.md"]);
    for (format, file) in [("markdown", "out.md"), ("csv", "out.csv")] {
        prep.out(&["export", "--format", format, "--deck", "bank", "-o", file]);
        let other = Prep::new();
        other.file(file, &fs::read_to_string(prep.path(file)).expect("an export"));
        let json = other.json(&["import", file]);
        assert_eq!((&json["imported"], &json["unanswered"]), (&2.into(), &1.into()), "{format}");
    }
    let done = prep.args(&["export", "--format", "csv", "--force", "-o", "data"]).run();
    assert_eq!((done.code, prep.path("data.new").exists()), (2, false), "{}", done.err);
    assert!(done.err.contains("data is a folder; name a file in it"), "{}", done.err);
    let done = prep.args(&["export", "--format", "csv", "-o", "out.csv"]).run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("--force"), "{}", done.err);
}

#[test]
fn the_answer_of_a_cloze_that_is_its_sentence_is_written_once() {
    let deck = "[[card]]\nkind = \"cloze\"\nquestion = \"Fill.\"\ncloze = \"A {{pod}} runs.\"\nanswer = \"A **pod** runs.\"\n";
    let prep = Prep::new().deck("own.toml", deck);
    let out = prep.out(&["export", "--format", "markdown", "--deck", "own"]);
    assert_eq!(out.matches("A **pod** runs.").count(), 1, "{out}");
}

#[test]
fn the_bundled_decks_survive_an_export_and_an_import() {
    let prep = Prep::new();
    prep.out(&["export", "--format", "markdown", "-o", "all.md"]);
    let cards = prep.json(&["list"])["cards"].as_array().map_or(0, Vec::len);
    let other = Prep::new();
    other.file("all.md", &fs::read_to_string(prep.path("all.md")).expect("an export"));
    let json = other.json(&["import", "all.md", "--dry-run"]);
    assert_eq!(json["found"], cards);
    assert_eq!(json["imported"], cards);
}

#[test]
fn a_sheet_has_questions_points_follow_ups_and_room_in_both_languages() {
    let prep = Prep::new();
    let sheet = prep.out(&["export", "--format", "sheet", "--deck", "linux"]);
    for part in
        ["# Interview sheet", "A good answer mentions", "- [ ] ", "Ask next", "Notes", "____"]
    {
        assert!(sheet.contains(part), "{part}");
    }
    let korean = prep.out(&["export", "--format", "sheet", "--deck", "linux", "--lang", "ko"]);
    assert!(korean.contains("면접 질문지") && korean.contains("꼬리 질문"));
}

/// A small package of Anki's own engine; `tests/anki/make_packages.py` tells what is in it.
fn fixture(name: &str) -> String {
    format!("{}/src/exchange/anki/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn an_anki_package_brings_its_cards_with_what_is_known_of_them() {
    for name in ["oldest.apkg", "newest.colpkg"] {
        let prep = Prep::new();
        let package = fixture(name);
        let trial = prep.json(&["import", "--dry-run", &package]);
        assert_eq!((&trial["imported"], &trial["reviews"]), (&17.into(), &8.into()), "{name}");
        assert!(!prep.path("data/decks/devops").exists(), "{name}: a trial writes nothing");
        let first = prep.json(&["import", &package]);
        let counts = ["found", "imported", "unanswered", "reviews", "suspended", "unchanged"];
        assert_eq!(counts.map(|count| &first[count]), [19, 17, 1, 8, 1, 0], "{name}");
        let skipped = first["skipped"].as_array().expect("a list");
        assert_eq!(skipped.len(), 1, "{name}: {skipped:?}");
        assert_eq!((&skipped[0]["line"], &skipped[0]["why"]), (&5.into(), &"only-media".into()));

        let pod = prep.out(&["show", "devops/kubernetes/what-is-a-pod", "--json"]);
        assert_eq!(pod.matches("\"rating\"").count(), 6, "{name}: {pod}");
        let list = prep.json(&["list", "--deck", "devops"]);
        let mut cards = list["cards"].as_array().expect("a list").iter();
        let suspended = cards.find(|card| card["suspended"] == true).expect("a suspended card");
        assert_eq!(suspended["id"], "devops/linux/what-does-oom-mean", "{name}");
        let drafts = prep.out(&["list", "--drafts"]);
        assert!(drafts.contains("A question nobody answered"), "{name}: {drafts}");
        let check = prep.out(&["check"]);
        assert!(check.contains("0 errors, 0 warnings in 3 files, 18 cards"), "{name}: {check}");

        let again = prep.json(&["import", &package]);
        assert_eq!(counts.map(|count| &again[count]), [19, 0, 0, 0, 0, 18], "{name}");
        assert_eq!(again["written"], serde_json::json!([]), "{name}");
    }
}

#[test]
fn a_package_is_known_by_how_it_begins_and_a_broken_one_says_what_to_do() {
    let prep = Prep::new();
    fs::copy(fixture("oldest.apkg"), prep.path("renamed.md")).expect("a copy");
    assert_eq!(prep.json(&["import", "renamed.md"])["imported"], 17);
    let bytes = fs::read(fixture("oldest.apkg")).expect("a package");
    fs::create_dir(prep.path("bank")).expect("a folder");
    fs::write(prep.path("bank/cut.apkg"), &bytes[..bytes.len() / 2]).expect("a file");
    prep.file("bank/one.md", BANK);
    let done = prep.args(&["import", "bank/cut.apkg"]).run();
    assert_eq!(done.code, 1);
    assert_eq!(
        done.err,
        "prep: cannot import cut.apkg: no Anki package, or one that is cut off; export it again from Anki as .apkg or .colpkg\n"
    );
    let out = prep.out(&["import", "bank"]);
    assert!(out.contains("bank/cut.apkg: a package that cannot be read: no Anki"), "{out}");
    assert!(out.contains("imported    2"), "the other files of the folder are read: {out}");
}

#[test]
fn what_prep_gives_to_anki_comes_home_without_doubles() {
    let deck = "[deck]\nid = \"own\"\n\n[[card]]\nid = \"own/what\"\nquestion = \"What?\"\nanswer = \"That.\"\n";
    let prep = Prep::new().deck("own.toml", deck).reviews(&[
        ("linux/load-average", 9, 3, 2),
        ("linux/load-average", 2, 1, 0),
        ("own/what", 1, 3, 4),
    ]);
    prep.out(&["export", "--format", "apkg", "-o", "all.apkg"]);
    let cards = prep.json(&["list"])["cards"].as_array().map_or(0, Vec::len);
    let here = prep.json(&["import", "all.apkg"]);
    assert_eq!((&here["unchanged"], &here["reviews"]), (&cards.into(), &0.into()));

    let other = Prep::new();
    fs::copy(prep.path("all.apkg"), other.path("all.apkg")).expect("a copy");
    let first = other.json(&["import", "all.apkg"]);
    assert_eq!((&first["imported"], &first["reviews"]), (&1.into(), &3.into()), "its own cards");
    assert_eq!(first["unchanged"], cards - 1, "bundled cards are known");
    let memory = |prep: &Prep| {
        let list = prep.json(&["list", "--deck", "linux"]);
        ["name", "reviews", "lapses", "stability"].map(|key| list["cards"][0][key].clone())
    };
    assert_eq!(memory(&other), memory(&prep), "what is known follows from the answers");
    assert_eq!(memory(&other)[1], 2);
    let again = other.json(&["import", "all.apkg"]);
    assert_eq!((&again["unchanged"], &again["reviews"]), (&cards.into(), &0.into()));
    assert_eq!(other.json(&["list"])["cards"].as_array().map(Vec::len), Some(cards));
}

/// Every row of the tables that hold what cannot be computed.
fn rows(prep: &Prep) -> Vec<Vec<Cell>> {
    let log = Connection::open(prep.database()).expect("a progress file");
    let mut rows = Vec::new();
    for table in ["reviews", "voids", "marks", "drafts", "ticks", "interviews"] {
        let mut all = log.prepare(&format!("SELECT * FROM {table} ORDER BY 1")).expect("a table");
        let columns = all.column_count();
        let read = all
            .query_map([], |row| (0..columns).map(|at| row.get(at)).collect::<Result<_, _>>())
            .expect("rows");
        rows.extend(read.map(|row| row.expect("a row")));
    }
    rows
}

#[test]
fn a_log_comes_back_equal_on_another_machine() {
    let deck = "[[card]]\nquestion = \"What?\"\nanswer = \"That.\"\n";
    let prep = Prep::new().deck("own.toml", deck).reviews(&[
        ("linux/load-average", 9, 3, 2),
        ("linux/load-average", 2, 1, 0),
        ("linux/zombie", 1, 4, 20),
    ]);
    prep.out(&["undo"]);
    prep.out(&["suspend", "linux/load-average"]);
    prep.out(&["interview", "2026-12-20"]);
    prep.out(&["export", "--format", "jsonl", "-o", "log.jsonl"]);
    let other = Prep::new().deck("own.toml", deck);
    other.file("log.jsonl", &fs::read_to_string(prep.path("log.jsonl")).expect("a log"));
    let trial = other.json(&["import", "--dry-run", "log.jsonl"]);
    assert_eq!((&trial["reviews"], &trial["voids"]), (&3.into(), &1.into()));
    other.out(&["import", "log.jsonl"]);
    assert_eq!(rows(&other), rows(&prep));
    let list = ["list", "--deck", "linux"];
    assert_eq!(other.out(&list), prep.out(&list), "schedules follow from the log");
    let again = other.json(&["import", "log.jsonl"]);
    assert_eq!((&again["reviews"], &again["known"]), (&0.into(), &3.into()));
}

#[test]
fn a_broken_log_changes_nothing() {
    let prep = Prep::new();
    prep.file("log.jsonl", "{\"type\":\"prep-log\",\"version\":1}\n{\"type\":\"void\"}\n");
    let done = prep.args(&["import", "log.jsonl"]).run();
    assert_eq!(done.code, 1);
    assert!(done.err.contains("line 2 cannot be read"), "{}", done.err);
}
