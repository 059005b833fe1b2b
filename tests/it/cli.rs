//! The commands as a user meets them: flags in, lines and exit codes out, in a temporary home at a fixed time.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

/// A home of its own, with its decks, settings and progress.
pub struct Prep {
    home: TempDir,
}

/// What a command left behind.
pub struct Done {
    pub out: String,
    pub err: String,
    pub code: i32,
}

/// Monday, 23 November 2026.
const TODAY: i64 = 20_780;

impl Prep {
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// Puts a deck file into the user's folder.
    pub fn deck(self, name: &str, text: &str) -> Self {
        self.file(&format!("data/decks/{name}"), text);
        self
    }

    /// Writes a file below the home.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        let folder = path.parent().expect("a file in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(&path, text).expect("a file can be written");
        path
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn database(&self) -> PathBuf {
        self.path("data/progress.sqlite")
    }

    /// A command that is ready to run.
    pub fn args(&self, args: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prep"));
        for name in ["NO_COLOR", "PREP_NO_COLOR", "PREP_LANG", "PREP_DECKS", "PREP_LOG", "LC_ALL"] {
            command.env_remove(name);
        }
        command
            .args(args)
            .current_dir(self.home.path())
            .env("PREP_DATA_DIR", self.path("data"))
            .env("PREP_CONFIG_DIR", self.path("config"))
            .env("PREP_NOW", "2026-11-23T09:00:00Z")
            .env("TZ", "UTC")
            .env("LANG", "C.UTF-8")
            .env("HOME", self.home.path());
        Run { command, input: String::new() }
    }

    /// Runs a command that must succeed and gives what it printed.
    pub fn out(&self, args: &[&str]) -> String {
        let done = self.args(args).run();
        assert_eq!(done.code, 0, "{args:?}: {}", done.err);
        done.out
    }

    /// Runs a command with `--json` that must succeed, and reads what it printed.
    pub fn json(&self, args: &[&str]) -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.out(&args)).expect("JSON on standard output")
    }

    /// Puts answers into the log, as if they had been given: card, days ago, rating, days until it is due.
    pub fn reviews(self, reviews: &[(&str, i64, i64, i64)]) -> Self {
        self.out(&["list"]);
        let log = Connection::open(self.database()).expect("a progress file");
        for (number, (key, ago, rating, due)) in reviews.iter().enumerate() {
            let day = TODAY - ago;
            let number = i64::try_from(number).expect("a handful");
            let at = day * 86_400_000 + 32_400_000 - 60_000 * (100 - number);
            log.execute(
                "INSERT INTO reviews (session, number, key, at, day, source, rating, hint_used, \
                 wrong_statement, points, seconds, due, confidence) \
                 VALUES (zeroblob(16), ?1, ?2, ?3, ?4, 'study', ?5, 0, 0, '', 42.0, ?6, 3)",
                (number, key, at, day, rating, TODAY + due),
            )
            .expect("a review");
        }
        // The caches are made again from the log.
        log.execute("DELETE FROM meta", []).expect("no caches");
        drop(log);
        self
    }

    /// Puts answers to so many cards into the log, eight to each, by somebody who after a pause recalls every second one.
    pub fn forgetful(self, cards: i64) -> Self {
        self.out(&["list"]);
        let mut log = Connection::open(self.database()).expect("a progress file");
        let answers = log.transaction().expect("a lock");
        for card in 0..cards {
            let mut day = TODAY - 200 + card % 50;
            for answer in 0..8_i64 {
                let is_failed = answer > 0 && (card * 7 + answer * 5 + card * answer) % 4 < 2;
                let row = (
                    card * 8 + answer,
                    format!("forgotten/{card}"),
                    day * 86_400_000 + card * 8 + answer,
                    day,
                    if is_failed { 1 } else { 3 },
                );
                answers
                    .execute(
                        "INSERT INTO reviews (session, number, key, at, day, source, rating, \
                         hint_used, wrong_statement, points, seconds, due) \
                         VALUES (zeroblob(16), ?1, ?2, ?3, ?4, 'study', ?5, 0, 0, '', 9.0, ?4)",
                        row,
                    )
                    .expect("a review");
                day += 1 + (card + answer * 3) % 9;
            }
        }
        answers.execute("DELETE FROM meta", []).expect("no caches");
        answers.commit().expect("a log");
        self
    }
}

/// A command that is ready to run.
pub struct Run {
    command: Command,
    input: String,
}

impl Run {
    pub fn stdin(mut self, text: &str) -> Self {
        text.clone_into(&mut self.input);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn run(mut self) -> Done {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().expect("prep starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that reads nothing may be gone already.
        let _ = stdin.write_all(self.input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("prep ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Done {
            out: text(output.stdout),
            err: text(output.stderr),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

const FIVE_LINES: &str = "\
[[card]]
question = \"What is a pod?\"
answer = \"The smallest thing that Kubernetes schedules.\"
tags = [\"k8s\", \"my-team\"]
id = \"mine/pod\"
";

const THREE_BROKEN: &str = r#"
[[card]]
id = "mine/one"
question = "One?"
answer = "Yes."
levle = 2

[[card]]
id = "mine/good"
question = "Is this one fine?"
answer = "It is."

[[card]]
id = "mine/two"
question = "Two?"
answer = "no end

[[card]]
id = "mine/three"
question = "Three?"
answer = "Yes."
level = 9
"#;

fn ids(list: &Value) -> Vec<&str> {
    list["cards"].as_array().expect("cards").iter().filter_map(|card| card["id"].as_str()).collect()
}

#[test]
fn every_spelling_of_a_tag_gives_the_same_list() {
    let prep = Prep::new();
    let list = prep.out(&["list", "--tag", "kubernetes"]);
    assert!(list.lines().count() > 5, "{list}");
    assert_eq!(prep.out(&["list", "--tag", "k8s"]), list);
    assert_eq!(prep.out(&["list", "-t", "쿠버네티스"]), list);
}

#[test]
fn a_tag_that_does_not_exist_is_answered_with_the_nearest_one() {
    let done = Prep::new().args(&["list", "--tag", "kubernets"]).run();
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert!(done.err.contains("did you mean `kubernetes`"), "{}", done.err);
    assert!(done.err.contains("`prep tags` lists all"), "{}", done.err);
}

#[test]
fn a_search_of_the_list_reads_the_texts_and_knows_both_languages() {
    let prep = Prep::new().deck("mine.toml", FIVE_LINES);
    let mine = ["mine/pod"];
    for search in ["SMALLEST thing deck:mine", "덱:mine \"that kubernetes schedules\"", "tag:my-t"]
    {
        assert_eq!(ids(&prep.json(&["list", "--search", search])), mine, "{search}");
    }
    let all = prep.json(&["list"]);
    assert_eq!(prep.json(&["list", "--search", ""]), all);
    let tagged = prep.json(&["list", "--tag", "kubernetes"]);
    for search in ["tag:k8s", "태그:쿠버네티스", "ＴＡＧ：Ｋ８Ｓ"] {
        assert_eq!(prep.json(&["list", "-s", search]), tagged, "{search}");
    }
    // Flags narrow it further.
    assert_eq!(ids(&prep.json(&["list", "-s", "tag:k8s", "--deck", "mine"])), mine);
}

#[test]
fn a_search_with_a_word_that_means_nothing_is_refused_with_the_nearest_one() {
    let prep = Prep::new();
    for (search, hint) in [
        ("tag:kubernets", "did you mean `kubernetes`"),
        ("태그:쿠버네티즈", "did you mean `쿠버네티스`"),
        ("deck:linus", "did you mean `linux`"),
        ("level:4", "a level is 1, 2, 3"),
        ("kind:essay", "kinds are open, choice"),
    ] {
        let done = prep.args(&["list", "--search", search]).run();
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{search}");
        assert!(done.err.contains(hint), "{search}: {}", done.err);
    }
    let done = prep.args(&["list", "--search", "zyzzyva"]).run();
    assert_eq!((done.code, done.out.as_str()), (0, ""));
    assert!(done.err.contains("no card fits"), "{}", done.err);
}

#[test]
fn a_deck_of_five_lines_is_listed_shown_and_tagged() {
    let prep = Prep::new().deck("mine.toml", FIVE_LINES);
    let list = prep.out(&["list", "--deck", "mine"]);
    assert_eq!(list, "new  -  -  open  mine/pod  What is a pod?\n");
    let card = prep.out(&["show", "mine/pod"]);
    assert!(card.contains("The smallest thing that Kubernetes schedules."), "{card}");
    assert!(prep.out(&["tags"]).lines().any(|line| line.starts_with("my-team ")));
    let by_place = prep.out(&["show", "mine.toml:3"]);
    assert_eq!(by_place, card);
}

#[test]
fn a_card_of_the_user_replaces_the_bundled_one_of_the_same_id() {
    let own = "[[card]]\nid = \"linux/load-average\"\nquestion = \"My own?\"\nanswer = \"Mine.\"\n";
    let prep = Prep::new().deck("mine.toml", own);
    let card = prep.json(&["show", "linux/load-average"]);
    assert_eq!((&card["question"], &card["answer"]["text"]), (&"My own?".into(), &"Mine.".into()));
    assert_eq!(card["card"]["origin"], "user");
    let all = prep.json(&["list"]);
    let same = ids(&all).into_iter().filter(|id| *id == "linux/load-average").count();
    assert_eq!(same, 1);
}

#[test]
fn check_shows_every_problem_with_its_place_and_the_other_cards_live_on() {
    let prep = Prep::new().deck("broken.toml", THREE_BROKEN);
    let done = prep.args(&["check"]).run();
    assert_eq!(done.code, 1, "{}", done.out);
    let file = prep.path("data/decks/broken.toml");
    let place = |line: u32| format!("{}:{line}:", file.display());
    for line in [6, 16, 22] {
        let is_there = done.out.lines().any(|it| it.starts_with(&place(line)));
        assert!(is_there, "{line}: {}", done.out);
    }
    let columns = done.out.lines().filter_map(|line| line.strip_prefix(&place(22)));
    assert!(columns.clone().all(|rest| rest.starts_with(|c: char| c.is_ascii_digit())));
    assert!(done.out.contains("level"), "{}", done.out);
    assert!(done.out.trim_end().ends_with("in 1 file, 1 card"), "{}", done.out);
    let cards = prep.json(&["list", "--deck", "broken"]);
    assert_eq!(ids(&cards), ["mine/good"]);
}

#[test]
fn problems_come_in_the_order_of_files_and_lines() {
    let prep = Prep::new().deck("b.toml", THREE_BROKEN).deck("a.toml", THREE_BROKEN);
    let done = prep.args(&["check", "--json"]).run();
    assert_eq!(done.code, 1);
    let report: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["files"], 2);
    let places: Vec<(String, u64)> = report["problems"]
        .as_array()
        .expect("problems")
        .iter()
        .map(|it| (it["file"].as_str().unwrap().to_owned(), it["line"].as_u64().unwrap()))
        .collect();
    let mut sorted = places.clone();
    sorted.sort();
    assert_eq!(places, sorted);
    assert!(places.len() >= 6, "{places:?}");
}

#[test]
fn two_cards_with_one_id_are_named_with_both_places() {
    let prep = Prep::new().deck("one.toml", FIVE_LINES).deck("two.toml", FIVE_LINES);
    let done = prep.args(&["check"]).run();
    assert_eq!(done.code, 1);
    let line = done.out.lines().find(|line| line.contains("two cards")).expect("a problem");
    assert!(line.contains("one.toml:1") && line.contains("two.toml:1"), "{line}");
}

#[test]
fn check_reads_standard_input_files_and_folders() {
    let prep = Prep::new();
    let done = prep.args(&["check", "-"]).stdin(THREE_BROKEN).run();
    assert_eq!(done.code, 1);
    assert!(done.out.contains("<stdin>:22:"), "{}", done.out);
    prep.file("team/a.toml", FIVE_LINES);
    let folder = prep.out(&["check", "team"]);
    assert!(folder.trim_end().ends_with("0 errors, 0 warnings in 1 file, 1 card"), "{folder}");
    assert_eq!(prep.out(&["check", "team/a.toml"]), folder);
    let none = prep.args(&["check", "nothing.toml"]).run();
    assert_eq!(none.code, 1);
    assert!(none.out.starts_with("nothing.toml: error: cannot be read"), "{}", none.out);
}

#[test]
fn warnings_fail_only_a_strict_check() {
    let text = format!("{FIVE_LINES}versus = [\"no/such-card\"]\n");
    let prep = Prep::new().deck("mine.toml", &text);
    let done = prep.args(&["check"]).run();
    assert_eq!(done.code, 0, "{}", done.out);
    assert!(done.out.contains("no/such-card"), "{}", done.out);
    assert_eq!(prep.args(&["check", "--strict"]).run().code, 1);
    let known = format!("{FIVE_LINES}versus = [\"linux/load-average\"]\n");
    let prep = Prep::new().deck("mine.toml", &known);
    assert_eq!(prep.args(&["check", "--strict"]).run().code, 0);
}

#[test]
fn without_own_decks_the_bundled_ones_are_checked() {
    let done = Prep::new().args(&["check"]).run();
    assert_eq!(done.code, 0);
    assert!(done.out.contains("0 errors, "), "{}", done.out);
    assert!(!done.out.contains(" in 0 files"), "{}", done.out);
}

#[test]
fn every_json_output_has_its_version() {
    let prep = Prep::new().deck("mine.toml", FIVE_LINES);
    for command in [
        &["list"][..],
        &["show", "mine/pod"],
        &["tags"],
        &["decks"],
        &["check"],
        &["stats"],
        &["today"],
        &["paths"],
        &["resources"],
        &["keys"],
        &["config", "path"],
        &["config", "show"],
        &["optimize"],
    ] {
        assert_eq!(prep.json(command)["version"], 1, "{command:?}");
    }
}

#[test]
fn help_leads_with_examples() {
    let prep = Prep::new();
    for args in [&["--help"][..], &["-h"], &["help", "list"], &["check", "--help"], &["list", "-h"]]
    {
        let help = prep.out(args);
        assert!(help.starts_with("Examples:\n  prep"), "{args:?}: {help}");
        assert!(help.contains("Usage: prep"), "{args:?}: {help}");
    }
}

#[test]
fn exit_codes_tell_failure_from_wrong_usage() {
    let prep = Prep::new();
    assert_eq!(prep.args(&["show", "no/such"]).run().code, 2);
    assert_eq!(prep.args(&["list", "--level", "9"]).run().code, 2);
    assert_eq!(prep.args(&["list", "--nonsense"]).run().code, 2);
    let typo = prep.args(&["lst"]).run();
    assert_eq!(typo.code, 2);
    assert!(typo.err.contains("'list'") && typo.out.is_empty(), "{}", typo.err);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let prep = Prep::new();
    let mut run = prep.args(&["list", "--json"]).command;
    let mut child = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("prep starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("prep ends");
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn an_unknown_card_is_answered_with_the_nearest_ones() {
    let done = Prep::new().args(&["show", "linux/load-averag"]).run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("did you mean `linux/load-average`"), "{}", done.err);
}

#[test]
fn a_broken_card_says_why_it_cannot_be_shown() {
    let prep = Prep::new().deck("broken.toml", THREE_BROKEN);
    let done = prep.args(&["show", "mine/three"]).run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("broken.toml:22:"), "{}", done.err);
    assert!(done.err.contains("`prep check`"), "{}", done.err);
}

#[test]
fn a_question_alone_does_not_tell_the_answer() {
    let prep = Prep::new().deck("mine.toml", FIVE_LINES);
    let question = prep.out(&["show", "mine/pod", "--question"]);
    assert!(question.contains("What is a pod?") && !question.contains("smallest"), "{question}");
    assert_eq!(prep.json(&["show", "mine/pod", "--question"]).get("answer"), None);
}

#[test]
fn a_card_and_its_page_are_shown_in_korean() {
    let page = Prep::new().out(&["show", "linux/load-average", "--lang", "ko"]);
    assert!(page.contains("무엇을 의미하나요?") && page.contains("모범 답안"), "{page}");
}

#[test]
fn colour_is_used_only_where_it_is_asked_for() {
    let prep = Prep::new();
    assert!(!prep.out(&["show", "linux/load-average"]).contains('\u{1b}'));
    assert!(prep.out(&["--color", "always", "show", "linux/load-average"]).contains("\u{1b}[1m"));
}

#[test]
fn a_deck_cannot_write_escapes_to_the_terminal() {
    let text = "[[card]]\nid = \"x\"\nquestion = \"A \\u001b[31mred\\u001b[0m one?\"\nanswer = \"\\u001b]0;t\\u0007\"\n";
    let prep = Prep::new().deck("mine.toml", text);
    for args in [&["list", "--deck", "mine"][..], &["show", "x"], &["check"]] {
        let done = prep.args(args).run();
        assert!(!done.out.contains('\u{1b}'), "{args:?}: {:?}", done.out);
    }
}

#[test]
fn today_is_one_line_and_leaves_no_trace() {
    let prep = Prep::new();
    let line = prep.out(&["today"]);
    assert!(line.starts_with("prep: 0 due + 10 new, about "), "{line}");
    assert_eq!(line.lines().count(), 1);
    assert!(!prep.path("data").exists());
    let korean = prep.args(&["today"]).env("LANG", "ko_KR.UTF-8").run();
    assert!(korean.out.starts_with("prep: 복습 0장 + 새 카드 10장, 약 "), "{}", korean.out);
}

#[test]
fn today_answers_no_only_where_a_flag_asks() {
    let prep = Prep::new();
    prep.file("config/config.toml", "[study]\nnew = 0\n");
    assert_eq!(prep.out(&["today"]), "prep: nothing left for today\n");
    assert_eq!(prep.args(&["today", "--exit-code"]).run().code, 3);
    assert_eq!(Prep::new().args(&["today", "--exit-code"]).run().code, 0);
}

#[test]
fn an_interview_is_counted_down() {
    let prep = Prep::new();
    prep.out(&["list"]);
    let log = Connection::open(prep.database()).expect("a progress file");
    log.execute(
        "INSERT INTO interviews (day, company, role, tags) VALUES (?1, 'fintech K', 'SRE', '')",
        [TODAY + 14],
    )
    .expect("an interview");
    drop(log);
    let line = prep.out(&["today"]);
    assert!(line.ends_with(", 14 days to the SRE @ fintech K interview\n"), "{line}");
}

#[test]
fn what_is_due_and_what_is_new_can_be_listed() {
    let prep = Prep::new()
        .deck("mine.toml", FIVE_LINES)
        .reviews(&[("mine/pod", 3, 3, 0), ("linux/load-average", 1, 3, 5)]);
    let due = prep.json(&["list", "--due"]);
    assert_eq!(ids(&due), ["mine/pod"]);
    let card = &due["cards"][0];
    assert_eq!((&card["due"], &card["state"]), (&"2026-11-23".into(), &"review".into()));
    let recall = card["retrievability"].as_f64().unwrap();
    assert!((0.5..1.0).contains(&recall), "{recall}");
    let new = prep.json(&["list", "--new"]);
    assert!(!ids(&new).contains(&"mine/pod") && !ids(&new).contains(&"linux/load-average"));
    assert!(prep.out(&["today"]).starts_with("prep: 1 due + 10 new"));
}

#[test]
fn a_shown_card_tells_its_history() {
    let prep =
        Prep::new().reviews(&[("linux/load-average", 4, 1, -4), ("linux/load-average", 1, 3, 5)]);
    let page = prep.out(&["show", "linux/load-average"]);
    assert!(page.contains("2026-11-19  study  Again  sure"), "{page}");
    assert!(page.contains("due 2026-11-28"), "{page}");
    let json = prep.json(&["show", "linux/load-average"]);
    assert_eq!(json["answer"]["history"][1]["rating"], "good");
}

#[test]
fn undo_takes_back_one_answer_after_the_other() {
    let prep = Prep::new().reviews(&[("linux/load-average", 0, 3, 3), ("linux/zombie", 0, 1, 0)]);
    let first = prep.out(&["undo"]);
    assert!(first.contains("\"Again\" of linux/zombie"), "{first}");
    let second = prep.json(&["undo"]);
    assert_eq!(second["undone"]["card"], "linux/load-average");
    assert_eq!((&second["undone"]["rating"], &second["left"]), (&"good".into(), &0.into()));
    assert_eq!(prep.json(&["stats"])["reviews"], 0);
    let nothing = prep.args(&["undo"]).run();
    assert_eq!((nothing.code, nothing.out.as_str()), (1, ""));
    assert!(nothing.err.contains("nothing to take back"), "{}", nothing.err);
}

#[test]
fn undo_without_any_progress_makes_no_file() {
    let prep = Prep::new();
    assert_eq!(prep.args(&["undo"]).run().code, 1);
    assert!(!prep.path("data").exists());
}

#[test]
fn progress_of_a_newer_prep_is_read_but_never_touched() {
    let prep = Prep::new().reviews(&[("linux/load-average", 0, 3, 3)]);
    prep.out(&["list"]);
    let log = Connection::open(prep.database()).expect("a progress file");
    log.execute_batch("PRAGMA user_version = 99; PRAGMA journal_mode = DELETE;").expect("newer");
    drop(log);
    let before = fs::read(prep.database()).expect("a file");
    let done = prep.args(&["undo"]).run();
    assert_eq!(done.code, 1);
    assert!(done.err.contains("a newer prep wrote it"), "{}", done.err);
    assert!(done.err.contains("update prep"), "{}", done.err);
    let list = prep.args(&["list", "--tag", "linux"]).run();
    assert_eq!(list.code, 0, "{}", list.err);
    assert_eq!(fs::read(prep.database()).expect("a file"), before);
}

#[test]
fn paths_name_what_is_there_and_what_is_not() {
    let prep = Prep::new();
    let paths = prep.out(&["paths"]);
    let database = prep.database().display().to_string();
    let line = paths.lines().find(|line| line.contains(&database)).expect("a line");
    assert!(line.ends_with("(not there yet)"), "{line}");
    assert_eq!(prep.json(&["paths"])["database"], database);
    assert!(!prep.path("data").exists());
}

#[test]
fn settings_are_written_once_and_never_overwritten_by_accident() {
    let prep = Prep::new();
    let file = prep.path("config/config.toml");
    assert_eq!(prep.out(&["config", "path"]).trim(), file.display().to_string());
    assert!(prep.out(&["config", "init"]).starts_with("wrote "));
    fs::write(&file, "[study]\nnew = 3\n").unwrap();
    let again = prep.args(&["config", "init"]).run();
    assert_eq!(again.code, 1);
    assert!(again.err.contains("--force"), "{}", again.err);
    assert!(prep.out(&["config", "show"]).contains("new = 3"));
    prep.out(&["config", "init", "--force"]);
    assert!(prep.out(&["config", "show"]).contains("new = 10"));
    assert_eq!(fs::read_to_string(file.with_extension("toml.bak")).unwrap(), "[study]\nnew = 3\n");
}

#[test]
fn a_wrong_setting_is_told_with_its_line() {
    let prep = Prep::new();
    prep.file("config/config.toml", "[study]\nnew = \"many\"\n");
    let done = prep.args(&["list", "--tag", "linux"]).run();
    assert_eq!(done.code, 0);
    assert!(done.err.contains("config.toml:2:"), "{}", done.err);
}

#[test]
fn keys_of_the_user_are_printed() {
    let prep = Prep::new();
    prep.file("config/config.toml", "[keys]\nhint = [\"H\"]\n");
    let keys = prep.out(&["keys"]);
    assert!(
        keys.lines().any(|line| line.trim_start().starts_with("H ") && line.contains(" hint "))
    );
    let json = prep.json(&["keys"]);
    assert_eq!(json["places"][0]["place"], "everywhere");
}

#[test]
fn resources_are_chosen_by_group_and_by_any_spelling_of_a_tag() {
    let prep = Prep::new();
    let by_tag = prep.out(&["resources", "--tag", "k8s"]);
    assert!(by_tag.contains("https://"), "{by_tag}");
    assert_eq!(prep.out(&["resources", "--tag", "쿠버네티스"]), by_tag);
    let sre = prep.json(&["resources", "--group", "sre"]);
    assert_eq!(sre["groups"].as_array().expect("groups").len(), 1);
    let wrong = prep.args(&["resources", "--group", "kubernets"]).run();
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `kubernetes`"), "{}", wrong.err);
}

#[test]
fn every_shell_gets_its_completions_and_the_man_page_its_head() {
    let prep = Prep::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(prep.out(&["completions", shell]).contains("today"), "{shell}");
    }
    assert!(prep.out(&["completions", "man"]).contains(".TH prep 1"));
}

#[test]
fn a_deck_folder_that_is_missing_is_told() {
    let prep = Prep::new();
    let done = prep.args(&["decks", "--decks", "nowhere"]).run();
    assert_eq!(done.code, 0);
    assert!(done.err.contains("nowhere: cannot be read"), "{}", done.err);
    assert!(!Path::new("nowhere").exists());
}

#[test]
fn what_does_not_exist_is_wrong_usage_wherever_it_is_named() {
    let prep = Prep::new().deck("mine.toml", FIVE_LINES);
    for (args, near) in [
        (&["list", "--tag", "kubernets"][..], "`kubernetes`"),
        (&["list", "--deck", "linus"], "`linux`"),
        (&["list", "--role", "devop"], "`devops`"),
        (&["study", "--plain", "--tag", "kubernets"], "`kubernetes`"),
        (&["study", "--plain", "--deck", "linus"], "`linux`"),
        (&["quiz", "--plain", "--tag", "kubernets"], "`kubernetes`"),
        (&["show", "mine/pods"], "`mine/pod`"),
        (&["suspend", "mine/pods"], "`mine/pod`"),
        (&["suspend", "mine/pods", "--off"], "`mine/pod`"),
        (&["resources", "--group", "kubernets"], "`kubernetes`"),
        (&["resources", "--tag", "kubernets"], "`kubernetes`"),
        (&["list", "--tag", "zzzzzz"], "lists all"),
    ] {
        let done = prep.args(args).run();
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{args:?}: {}", done.err);
        assert!(done.err.contains(near), "{args:?}: {}", done.err);
    }
    assert_eq!(prep.json(&["stats"])["reviews"], 0);
}

#[test]
fn a_drill_takes_no_filter() {
    let prep = Prep::new();
    for filter in [["--tag", "linux"], ["--level", "1"], ["--kind", "choice"]] {
        let args = ["quiz", "--plain", "--drill", "availability", filter[0], filter[1]];
        let done = prep.args(&args).run();
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{filter:?}: {}", done.err);
        assert!(done.err.contains("--drill computes its questions"), "{}", done.err);
    }
    let done = prep.args(&["quiz", "--plain", "--drill", "availability", "-n", "1"]).run();
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!done.out.is_empty());
}

#[test]
fn cards_are_suspended_listed_and_taken_back_in() {
    let prep = Prep::new().deck("mine.toml", FIVE_LINES);
    assert_eq!(prep.out(&["suspend"]), "No card is suspended.\n");
    let listed = prep.out(&["suspend", "mine/pod", "linux/load-average"]);
    assert!(listed.contains("mine/pod\n") && listed.contains("linux/load-average\n"), "{listed}");
    assert_eq!(prep.out(&["suspend"]), listed, "it is kept");
    let study = prep.args(&["study", "--plain", "--deck", "mine"]).run();
    assert_eq!(study.code, 0, "{}", study.err);
    assert!(!study.out.contains("What is a pod?"), "{}", study.out);
    let json = prep.json(&["suspend", "linux/load-average", "--off"]);
    assert_eq!(json["suspended"], serde_json::json!(["mine/pod"]));
    assert_eq!(prep.out(&["suspend", "mine/pod", "--off"]), "No card is suspended.\n");
    let study = prep.args(&["study", "--plain", "--deck", "mine"]).run();
    assert!(study.out.contains("What is a pod?"), "{} {}", study.out, study.err);
    // One wrong name among right ones changes nothing.
    assert_eq!(prep.args(&["suspend", "mine/pod", "mine/no"]).run().code, 2);
    assert_eq!(prep.out(&["suspend"]), "No card is suspended.\n");
}

#[test]
fn an_interview_is_named_shown_and_forgotten() {
    let prep = Prep::new();
    assert_eq!(prep.out(&["interview"]), "No interview is named.\n");
    assert_eq!(prep.json(&["interview"])["interview"], Value::Null);
    for (text, day, days) in [
        ("2026-12-06", "2026-12-06", 13),
        ("+14", "2026-12-07", 14),
        ("2w", "2026-12-07", 14),
        ("2주", "2026-12-07", 14),
        ("12/6", "2026-12-06", 13),
        ("12월 6일", "2026-12-06", 13),
        ("내일", "2026-11-24", 1),
        ("2026-11-23", "2026-11-23", 0),
    ] {
        let json = prep.json(&["interview", text]);
        assert_eq!(
            (&json["interview"]["date"], &json["interview"]["days"]),
            (&day.into(), &days.into()),
            "{text}"
        );
        assert_eq!(prep.json(&["interview"]), json, "{text} is kept");
    }
    let line = prep.out(&["interview", "+14", "--role", "SRE", "--company", "Fintech K"]);
    assert!(
        line.contains("SRE") && line.contains("Fintech K") && line.contains("in 14 days"),
        "{line}"
    );
    assert!(prep.out(&["today"]).contains("14 days to the SRE @ Fintech K interview"));
    for (text, why) in [
        ("2026-11-22", "is past"),
        ("soon", "is no date"),
        ("2026-02-30", "is no date"),
        ("-3", "is no date"),
    ] {
        let done = prep.args(&["interview", text]).run();
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{text}: {}", done.err);
        assert!(done.err.contains(why), "{text}: {}", done.err);
    }
    assert_eq!(prep.out(&["interview"]), line, "what is refused changes nothing");
    assert_eq!(prep.args(&["interview", "+3", "--clear"]).run().code, 2);
    assert_eq!(prep.out(&["interview", "--clear"]), "No interview is named.\n");
    assert_eq!(prep.json(&["interview"])["interview"], Value::Null);
    assert!(!prep.out(&["today"]).contains("interview"));
}

/// Stability of a card's memory.
fn stability(prep: &Prep, card: &str) -> f64 {
    let log = Connection::open(prep.database()).expect("a progress file");
    let sql = "SELECT stability FROM schedules WHERE key = ?1";
    log.query_row(sql, [card], |row| row.get(0)).expect("a schedule")
}

#[test]
fn few_answers_are_told_and_what_is_missing() {
    let none = Prep::new();
    let said = none.out(&["optimize"]);
    assert!(
        said.starts_with("Nothing was tried: 0 of 200 repeated answers are there.\n"),
        "{said}"
    );
    assert!(!none.path("data").exists(), "looking leaves no trace");
    let prep = Prep::new().forgetful(20);
    let said = prep.out(&["optimize"]);
    assert!(said.starts_with("Nothing was tried: 140 of 200"), "{said}");
    assert!(said.contains("`prep optimize --force`"), "{said}");
    let json = prep.json(&["optimize"]);
    assert_eq!((&json["verdict"], &json["answers"]), (&"too_few".into(), &160.into()));
    assert_eq!((&json["needed"], &json["fits"]), (&200.into(), &serde_json::json!([])));
    assert_eq!(json["in_use"]["default"], true);
    let korean = prep.out(&["optimize", "--lang", "ko"]);
    assert!(
        korean.starts_with("아직 맞추지 않았습니다. 반복해서 답한 기록 140개, 필요한 기록 200개"),
        "{korean}"
    );
    // Force goes below the threshold, and not below what can be told from noise.
    assert_ne!(prep.json(&["optimize", "--force"])["verdict"], "too_few");
    assert_eq!(Prep::new().forgetful(5).json(&["optimize", "--force"])["needed"], 64);
}

#[test]
fn parameters_of_ones_own_are_found_tried_used_and_given_back() {
    let prep = Prep::new().forgetful(120);
    let trial = prep.out(&["optimize", "--dry-run"]);
    assert!(trial.starts_with("Parameters of your own would be used: "), "{trial}");
    assert!(trial.ends_with("Nothing was written (--dry-run).\n"), "{trial}");
    assert_eq!(prep.json(&["optimize", "--dry-run"])["fits"], serde_json::json!([]));
    let before = stability(&prep, "forgotten/7");

    let json = prep.json(&["optimize"]);
    assert_eq!((&json["verdict"], &json["repeated"]), (&"accepted".into(), &840.into()));
    assert_eq!((&json["held_out"], &json["next"]), (&168.into(), &1680.into()));
    let loss = |of: &str| json["log_loss"][of].as_f64().expect("a figure");
    assert!(loss("found") < loss("in_use") - 0.0005, "{json}");
    assert!((loss("in_use") - loss("default")).abs() < f64::EPSILON, "{json}");
    assert_eq!(json["in_use"], serde_json::json!({"default": false, "parameters": json["found"]}));
    assert_eq!(json["fits"][0]["accepted"], true);
    let after = stability(&prep, "forgotten/7");
    assert!((after - before).abs() > 1e-3, "{before} to {after}");
    // They hold in every later run, and from the log alone.
    let log = Connection::open(prep.database()).expect("a progress file");
    log.execute_batch("DELETE FROM schedules; DELETE FROM meta").expect("caches");
    drop(log);
    prep.out(&["stats"]);
    assert!((stability(&prep, "forgotten/7") - after).abs() < f64::EPSILON);
    let again = prep.out(&["optimize"]);
    assert!(again.starts_with("Nothing was tried: 840 of 1680"), "{again}");
    let forced = prep.json(&["optimize", "--force"]);
    assert_eq!((&forced["verdict"], &forced["in_use"]), (&"same_again".into(), &json["in_use"]));

    let reset = prep.json(&["optimize", "--reset"]);
    assert_eq!((&reset["verdict"], &reset["in_use"]["default"]), (&"reset".into(), &true.into()));
    assert_eq!(reset["fits"].as_array().map(Vec::len), Some(3));
    assert!((stability(&prep, "forgotten/7") - before).abs() < f64::EPSILON);
    assert_eq!(prep.out(&["optimize", "--reset"]), "The default parameters are in use already.\n");
}

#[test]
fn what_was_found_is_shown_in_both_languages() {
    let said = Prep::new().forgetful(120).out(&["optimize"]);
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].ends_with("they predict the newest 168 answers better."), "{said}");
    assert_eq!(lines[2], "  parameters  log loss    RMSE", "{said}");
    assert!(lines[3].starts_with("  in use ") && lines[4].starts_with("  found "), "{said}");
    assert!(said.contains("960 answers, 840 of them repeated."), "{said}");
    assert!(said.ends_with("The next fit is due at 1680 repeated answers.\n"), "{said}");
    let korean = Prep::new().forgetful(120).out(&["optimize", "--lang", "ko"]);
    assert!(korean.starts_with("이제 내 기록에 맞춘 매개변수를 씁니다."), "{korean}");
    assert!(korean.contains("  매개변수  로그 손실"), "{korean}");
    assert!(!korean.contains("answers"), "{korean}");
}

#[test]
fn the_end_of_study_fits_by_itself_unless_it_is_switched_off() {
    let study = ["study", "--plain", "--deck", "mine"];
    let prep = Prep::new().deck("mine.toml", FIVE_LINES).forgetful(120);
    prep.file("config/config.toml", "[scheduling]\noptimize = \"off\"\n");
    let off = prep.args(&study).run();
    assert_eq!((off.code, off.err.as_str()), (0, ""));
    prep.file("config/config.toml", "[scheduling]\noptimize = \"auto\"\n");
    let auto = prep.args(&study).run();
    assert_eq!(auto.code, 0, "{}", auto.err);
    assert!(
        auto.err.starts_with("prep: 840 repeated answers gave parameters of your own"),
        "{}",
        auto.err
    );
    assert_eq!(prep.json(&["optimize"])["in_use"]["default"], false);
    assert_eq!(prep.args(&study).run().err, "", "once is enough");
}

#[test]
fn a_progress_file_that_is_only_read_is_tried_and_not_changed() {
    let prep = Prep::new().forgetful(120);
    prep.out(&["list"]);
    let log = Connection::open(prep.database()).expect("a progress file");
    log.execute_batch("PRAGMA user_version = 99; PRAGMA journal_mode = DELETE;").expect("newer");
    drop(log);
    let before = fs::read(prep.database()).expect("a file");
    let trial = prep.args(&["optimize", "--dry-run"]).run();
    assert!(
        trial.code == 0 && trial.out.starts_with("Parameters of your own would"),
        "{}",
        trial.err
    );
    let real = prep.args(&["optimize"]).run();
    assert!(real.code == 1 && real.err.contains("update prep"), "{}", real.err);
    assert_eq!(fs::read(prep.database()).expect("a file"), before);
    assert_eq!(prep.args(&["optimize", "--reset", "--force"]).run().code, 2);
}
