//! Writing decks from the command line: new decks and cards, editors, mending, and histories that have lost their card.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::cli::{Prep, Run};

const BARE: &str = "# mine\n[[card]]\nquestion = \"What is a pod?\" \nanswer = \"A group of containers.\"\ntags = [\"k8s\"]\n";

/// A script that stands for an editor: it writes down how it was called and changes the file as `change` says.
fn fake_editor(prep: &Prep, name: &str, change: &str) -> PathBuf {
    let record = prep.path("called");
    let script = format!(
        "#!/bin/sh\nprintf '%s' \"$(basename \"$0\")\" >> '{0}'\nfor word in \"$@\"; do printf '|%s' \"$word\" >> '{0}'; done\nprintf '\\n' >> '{0}'\nfor file; do :; done\nfile=${{file%:[0-9]*}}\n{change}\n",
        record.display()
    );
    let path = prep.file(&format!("bin/{name}"), &script);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("rights can be set");
    }
    path
}

fn with_editor(run: Run, editor: &str) -> Run {
    run.env("VISUAL", "").env("EDITOR", editor)
}

/// How the editors were called, a call a line.
fn calls(prep: &Prep) -> Vec<String> {
    let text = fs::read_to_string(prep.path("called")).unwrap_or_default();
    let home = prep.path("").to_string_lossy().into_owned();
    text.lines().map(|line| line.replace(&home, "~/")).collect()
}

fn deck_text(prep: &Prep, name: &str) -> String {
    fs::read_to_string(prep.path(&format!("data/decks/{name}"))).expect("a deck")
}

#[cfg(unix)]
#[test]
fn five_editors_open_a_card_at_its_line_with_their_own_arguments() {
    let deck = "format = 1\n\n[[card]]\nid = \"x/one\"\nquestion = \"1\"\nanswer = \"A\"\n\n[[card]]\nid = \"x/two\"\nquestion = \"2\"\nanswer = \"A\"\n";
    for (name, arguments, expected) in [
        ("vim", "", "vim|+8|FILE"),
        ("nano", "", "nano|+8|FILE"),
        ("emacsclient", " -t", "emacsclient|-t|+8|FILE"),
        ("hx", "", "hx|FILE:8"),
        ("code", " -w", "code|-w|--goto|FILE:8"),
        ("code", "", "code|--wait|--goto|FILE:8"),
        ("vi", " -u NONE '-c set nu'", "vi|-u|NONE|-c set nu|+8|FILE"),
        ("my-own-editor", " --flag", "my-own-editor|--flag|FILE"),
    ] {
        let prep = Prep::new().deck("x y.toml", deck);
        let editor = fake_editor(&prep, name, "");
        let done = with_editor(
            prep.args(&["edit", "x/two"]),
            &format!("'{}'{arguments}", editor.display()),
        )
        .run();
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{name}");
        assert_eq!(calls(&prep), [expected.replace("FILE", "~/data/decks/x y.toml")], "{name}");
        assert_eq!(deck_text(&prep, "x y.toml"), deck, "an untouched file stays as it is");
    }
}

#[cfg(unix)]
#[test]
fn what_is_wrong_after_the_editor_is_shown_with_its_line() {
    let prep = Prep::new().deck("x.toml", BARE);
    let editor = fake_editor(&prep, "nano", "sed -i 's/answer =/anwser =/' \"$file\"");
    let done = with_editor(prep.args(&["edit", "x"]), &editor.to_string_lossy()).run();
    assert_eq!(done.code, 1, "{}", done.err);
    assert!(done.out.contains("x.toml:4:1: error: a card has no key `anwser`"), "{}", done.out);
    assert!(done.out.contains("did you mean `answer`?"));
    assert_eq!(calls(&prep), ["nano|+1|~/data/decks/x.toml"]);
    let failing = fake_editor(&prep, "ed", "exit 3");
    let done = with_editor(prep.args(&["edit", "x"]), &failing.to_string_lossy()).run();
    assert_eq!(done.code, 1);
    assert!(done.err.contains("ended with") && done.err.contains('3'), "{}", done.err);
}

#[cfg(unix)]
#[test]
fn a_bundled_card_is_edited_in_a_copy_and_an_unchanged_copy_goes_away() {
    let prep = Prep::new();
    let editor = fake_editor(&prep, "vi", "");
    let run = |editor: &PathBuf| {
        with_editor(prep.args(&["edit", "linux/load-average"]), &editor.to_string_lossy()).run()
    };
    assert_eq!(run(&editor).code, 0);
    assert!(!prep.path("data/decks/my-linux.toml").exists());
    let editor = fake_editor(&prep, "vim", "sed -i 's/^level = ./level = 3/' \"$file\"");
    assert_eq!(run(&editor).code, 0);
    assert!(deck_text(&prep, "my-linux.toml").contains("level = 3"));
    assert_eq!(prep.json(&["show", "linux/load-average"])["card"]["origin"], "user");
}

#[test]
fn an_unknown_card_or_deck_is_named_with_the_nearest() {
    let prep = Prep::new().deck("x.toml", BARE);
    let done = prep.args(&["edit", "linux/load-avrage"]).run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("linux/load-average"), "{}", done.err);
    let done = prep.args(&["edit", "linux"]).run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("comes with prep"), "{}", done.err);
}

#[test]
fn an_editor_is_asked_for_where_there_is_neither_one_nor_a_terminal() {
    let prep = Prep::new().deck("x.toml", BARE);
    let done = with_editor(prep.args(&["edit", "x"]), "").run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("set EDITOR"), "{}", done.err);
}

#[test]
fn a_new_deck_has_a_guide_a_schema_and_no_problem_in_both_languages() {
    for (lang, comment) in
        [("en", "# Each card begins with [[card]]"), ("ko", "# 카드마다 [[card]]로")]
    {
        let prep = Prep::new();
        let out = prep.out(&["new", "My Team", "--no-edit", "--lang", lang]);
        assert!(out.contains("my-team.toml"), "{out}");
        let text = deck_text(&prep, "my-team.toml");
        assert!(text.starts_with("#:schema ./deck.schema.json\nformat = 1\n"), "{text}");
        assert!(text.contains(comment) && text.contains(&format!("lang = \"{lang}\"")), "{text}");
        assert_eq!(deck_text(&prep, "deck.schema.json"), prep.out(&["schema"]));
        assert_eq!(prep.json(&["check"])["problems"], Value::Array(Vec::new()));
        let again = prep.args(&["new", "my-team"]).run();
        assert_eq!(again.code, 2);
        assert!(again.err.contains("already there") || again.err.contains("이미"), "{}", again.err);
        assert_eq!(deck_text(&prep, "my-team.toml"), text, "it is not overwritten");
    }
}

#[test]
fn a_schema_of_an_older_prep_is_brought_up_to_date() {
    let prep = Prep::new().deck("deck.schema.json", "{}");
    prep.out(&["new", "x", "--no-edit"]);
    assert_eq!(deck_text(&prep, "deck.schema.json"), prep.out(&["schema"]));
}

#[test]
fn a_card_from_flags_is_written_with_an_id_and_can_be_studied() {
    let prep = Prep::new();
    let card = [
        "add",
        "--question",
        "파일 \"디스크립터\"란?",
        "--answer",
        "C:\\ 는 아닙니다.\n번호입니다.",
        "--point",
        "번호",
        "--tag",
        "리눅스,mine",
        "--level",
        "2",
    ];
    let added = prep.json(&card);
    assert_eq!(added["added"][0]["id"], "mine/pail-diseukeuripteo-ran");
    assert_eq!(added["added"][0]["new_file"], true);
    let shown = prep.json(&["show", "mine/pail-diseukeuripteo-ran"]);
    assert_eq!(shown["question"], "파일 \"디스크립터\"란?");
    assert!(
        deck_text(&prep, "mine.toml").contains("\"\"\"\nC:\\\\ 는 아닙니다.\n번호입니다.\n\"\"\"")
    );
    assert_eq!(shown["card"]["tags"], serde_json::json!(["linux", "mine"]));
    assert_eq!(prep.json(&["check"])["errors"], 0);
    // The same question again gets another id; an id that was used is refused.
    assert_eq!(prep.json(&card)["added"][0]["id"], "mine/pail-diseukeuripteo-ran-2");
    let done = prep.args(&[&card[..], &["--id", "mine/pail-diseukeuripteo-ran"]].concat()).run();
    assert_eq!(done.code, 2, "{}", done.err);
}

#[test]
fn cards_from_standard_input_are_added_whole_or_not_at_all() {
    let prep = Prep::new().deck("x.toml", BARE);
    let cards = "# from a friend\n[[card]]\nquestion = \"One?\"\nanswer = \"1\"\n\n[[card]]\nid = \"x/own\"\nquestion = \"Two?\"\nanswer = \"2\"\n";
    let done = prep.args(&["add", "--deck", "x", "-"]).stdin(cards).run();
    assert_eq!(done.code, 0, "{}", done.err);
    let text = deck_text(&prep, "x.toml");
    assert!(text.starts_with(BARE.trim_end()), "{text}");
    assert!(
        text.contains("# from a friend\n[[card]]\nid = \"x/one\"\nquestion = \"One?\""),
        "{text}"
    );
    for (wrong, says) in
        [("[[card]]\nquestion = \"Q\n", "<stdin>"), ("[[card]]\nquestion = \"Q\"\n", "no `answer`")]
    {
        let done = prep.args(&["add", "--deck", "x", "-"]).stdin(wrong).run();
        assert_eq!(done.code, 1, "{says}");
        assert_eq!(deck_text(&prep, "x.toml"), text);
    }
    let done = prep.args(&["add", "--deck", "x", "-"]).stdin(cards).run();
    assert_eq!(done.code, 2, "the id x/own is taken: {}", done.err);
    let done = prep
        .args(&["add", "--question", "Q?", "--answer", "-", "--deck", "x"])
        .stdin("from\na pipe")
        .run();
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(deck_text(&prep, "x.toml").contains("\"\"\"\nfrom\na pipe\n\"\"\""));
}

#[cfg(unix)]
#[test]
fn a_card_is_written_in_the_editor_and_nothing_that_was_written_is_lost() {
    let prep = Prep::new();
    let run = |editor: &PathBuf| {
        with_editor(prep.args(&["add", "--editor"]), &editor.to_string_lossy()).run()
    };
    let nothing = fake_editor(&prep, "vi", "");
    let done = run(&nothing);
    assert_eq!((done.code, prep.path("data/decks/mine.toml").exists()), (0, false), "{}", done.err);
    let misspelt =
        "printf '[[card]]\\nqustion = \"What is a pipe?\"\\nanswer = \"A buffer.\"\\n' > \"$file\"";
    let done = run(&fake_editor(&prep, "ed", misspelt));
    assert_eq!(done.code, 1, "a card without a question that is no untouched template is kept");
    assert!(done.out.contains("did you mean `question`?"), "{}", done.out);
    assert!(fs::read_to_string(prep.path("data/new-card.toml")).unwrap().contains("A buffer."));
    fs::remove_file(prep.path("data/new-card.toml")).expect("a kept text");
    let broken = "sed -i -e 's/^question = .*/question = \"What is a socket?/' -e 's/^$/An end of a connection./' \"$file\"";
    let done = run(&fake_editor(&prep, "nano", broken));
    assert_eq!(done.code, 1);
    assert!(
        done.out.contains("expected `\"` to close") && done.err.contains("new-card.toml"),
        "{}{}",
        done.out,
        done.err
    );
    let mended = "grep -q socket \"$file\" && sed -i 's/^question = .*/question = \"What is a socket?\"/' \"$file\"";
    let done = run(&fake_editor(&prep, "hx", mended));
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    assert!(deck_text(&prep, "mine.toml").contains("id = \"mine/socket\""));
    assert!(!prep.path("data/new-card.toml").exists());
}

#[test]
fn a_deck_that_is_not_there_is_asked_about() {
    let prep = Prep::new();
    let done = prep.args(&["add", "--deck", "lniux", "--question", "Q", "--answer", "A"]).run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("did you mean `linux`?"), "{}", done.err);
    let done = prep.args(&["add"]).run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("--question") && done.err.contains("--editor"), "{}", done.err);
    // Cards for a bundled deck go into a file of one's own.
    prep.out(&["add", "--deck", "linux", "--question", "Q?", "--answer", "A"]);
    assert!(deck_text(&prep, "my-linux.toml").contains("id = \"linux/q\""));
}

/// The key of the only own card.
fn only_key(prep: &Prep) -> String {
    let listed = prep.json(&["list"]);
    let cards = listed["cards"].as_array().expect("a list");
    let own = cards.iter().find(|card| card["origin"] == "user").expect("an own card");
    own["key"].as_str().expect("a key").to_owned()
}

#[test]
fn mending_writes_ids_tidies_and_keeps_the_progress_of_every_card() {
    let prep = Prep::new().deck("x.toml", BARE);
    let key = only_key(&prep);
    let prep = prep.reviews(&[(&key, 5, 3, 9), (&key, 1, 3, 20)]);
    let dry = prep.json(&["check", "--fix", "--dry-run"]);
    assert_eq!(deck_text(&prep, "x.toml"), BARE, "nothing is written");
    let what: Vec<&str> =
        dry["fixes"].as_array().unwrap().iter().map(|fix| fix["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["schema", "format", "id", "blanks", "label"]);
    let out = prep.out(&["check", "--fix"]);
    assert!(out.contains("x.toml:2: id = \"x/pod\" written"), "{out}");
    assert_eq!(
        deck_text(&prep, "x.toml"),
        "#:schema ./deck.schema.json\nformat = 1\n\n# mine\n[[card]]\nid = \"x/pod\"\nquestion = \"What is a pod?\"\nanswer = \"A group of containers.\"\ntags = [\"kubernetes\"]\n"
    );
    let shown = &prep.json(&["list", "--deck", "x"])["cards"][0];
    assert_eq!((&shown["id"], &shown["reviews"]), (&"x/pod".into(), &2.into()));
    // Rewritten completely, it is still the card x/pod.
    fs::write(
        prep.path("data/decks/x.toml"),
        "[[card]]\nid = \"x/pod\"\nquestion = \"파드?\"\nanswer = \"묶음\"\n",
    )
    .unwrap();
    assert_eq!(prep.json(&["list", "--deck", "x"])["cards"][0]["reviews"], 2);
    assert_eq!(prep.json(&["cards", "--orphans"])["orphans"], Value::Array(Vec::new()));
}

#[test]
fn mending_leaves_a_file_with_broken_syntax_and_mends_the_others() {
    let broken = "[[card]]\nquestion = \"Q\n";
    let prep = Prep::new().deck("a.toml", broken).deck("b.toml", BARE);
    let done = prep.args(&["check", "--fix"]).run();
    assert_eq!(done.code, 1);
    assert!(done.err.contains("a.toml") && done.err.contains("left as it is"), "{}", done.err);
    assert_eq!(deck_text(&prep, "a.toml"), broken);
    assert!(deck_text(&prep, "b.toml").contains("id = \"b/pod\""));
}

#[test]
fn a_deck_from_standard_input_is_printed_mended() {
    let prep = Prep::new();
    let done = prep.args(&["check", "--fix", "-"]).stdin(BARE).run();
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.out.contains("\nid = \"<stdin>") || done.out.contains("\nid = \""),
        "{}",
        done.out
    );
    assert!(done.out.contains("tags = [\"kubernetes\"]"), "{}", done.out);
}

#[cfg(unix)]
#[test]
fn mending_through_a_link_keeps_the_link_and_the_rights_of_the_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let prep = Prep::new().deck("dummy.toml", "format = 1\n");
    let real = prep.file("dotfiles/x.toml", BARE);
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    let link = prep.path("data/decks/x.toml");
    symlink(&real, &link).unwrap();
    prep.out(&["check", "--fix"]);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("id = \"x/pod\""));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_history_without_card_is_listed_asked_about_and_given() {
    let prep = Prep::new().deck("x.toml", BARE);
    let key = only_key(&prep);
    let prep = prep.reviews(&[(&key, 5, 3, 9)]);
    prep.out(&["list"]);
    fs::write(
        prep.path("data/decks/x.toml"),
        "[[card]]\nquestion = \"Which port does SSH use?\"\nanswer = \"22\"\n",
    )
    .unwrap();
    let out = prep.out(&["cards", "--orphans"]);
    assert!(
        out.contains(&key) && out.contains("What is a pod?") && out.contains("1 answer"),
        "{out}"
    );
    let pending = prep.json(&["cards"]);
    assert_eq!(pending["pending"][0]["card_question"], "Which port does SSH use?");
    let card = pending["pending"][0]["card"].as_str().unwrap().to_owned();
    let study = prep.args(&["study", "--plain"]).run();
    assert!(study.err.contains("1 new card may be known: `prep cards` asks"), "{}", study.err);
    // Without a terminal nothing is decided.
    assert!(prep.out(&["cards"]).contains("What is a pod?"));
    let done = prep.args(&["cards", "--give", "~nothing", &card]).run();
    assert_eq!(done.code, 2, "{}", done.err);
    prep.out(&["cards", "--give", &key[..12], &card]);
    assert_eq!(only_key(&prep), key);
    assert_eq!(prep.out(&["cards", "--orphans"]), "every history has its card\n");
    let done = prep.args(&["cards", "--give", &key, "linux/load-average"]).run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("two cards cannot share one"), "{}", done.err);
}

#[test]
fn cards_that_share_their_words_are_told_apart_by_what_they_ask_and_take_for_right() {
    let cloze = |gap: &str| {
        format!("[[card]]\nkind = \"cloze\"\nquestion = \"Fill in.\"\ncloze = \"{gap}\"\n")
    };
    let choice = |right: &str| {
        format!(
            "[[card]]\nkind = \"choice\"\nquestion = \"Which is true?\"\noptions = [{{ text = \"{right}\", correct = true }}, {{ text = \"Neither\" }}]\n"
        )
    };
    let cards = [
        cloze("A {{pod}} is the smallest unit"),
        cloze("{{etcd}} stores the state"),
        choice("Linux is a kernel"),
        choice("Git is a shell"),
    ];
    let keys = |prep: &Prep| -> Vec<String> {
        let list = prep.json(&["list", "--deck", "x"]);
        let cards = list["cards"].as_array().expect("a list").iter();
        cards.map(|card| card["key"].as_str().expect("a key").to_owned()).collect()
    };
    let prep = Prep::new().deck("x.toml", &cards.join("\n"));
    let before = keys(&prep);
    assert_eq!(before.len(), 4);
    let mut turned = cards.clone();
    turned.reverse();
    prep.file("data/decks/x.toml", &turned.join("\n"));
    let after: Vec<String> = keys(&prep).into_iter().rev().collect();
    assert_eq!(after, before, "a card that moves takes its history along");
    prep.file(
        "data/decks/x.toml",
        &[&turned[..3], &[cloze("A {{node}} runs kubelet")]].concat().join("\n"),
    );
    assert!(!before.contains(&keys(&prep)[3]), "another sentence is another card");
    let list = prep.out(&["list", "--deck", "x"]);
    assert!(list.contains("Fill in. A ____ runs kubelet"), "{list}");
}

#[test]
fn cards_that_are_told_apart_are_not_asked_about_again() {
    let prep = Prep::new().deck("x.toml", BARE);
    let key = only_key(&prep);
    let prep = prep.reviews(&[(&key, 5, 3, 9)]);
    prep.out(&["list"]);
    prep.file("data/decks/x.toml", "[[card]]\nquestion = \"What is a port?\"\nanswer = \"A number.\"\n[[card]]\nquestion = \"What is pod?\"\nanswer = \"?\"\n");
    let card = prep.json(&["cards"])["pending"][0]["card"].as_str().unwrap().to_owned();
    prep.out(&["cards", "--apart", &key, &card]);
    let pending = prep.json(&["cards"]);
    assert!(pending["pending"].as_array().unwrap().iter().all(|it| it["card"] != card.as_str()));
    assert_eq!(prep.json(&["cards", "--orphans"])["orphans"][0]["history"], key.as_str());
}

#[test]
fn the_schema_is_json_and_knows_every_kind() {
    let schema: Value = serde_json::from_str(&Prep::new().out(&["schema"])).unwrap();
    assert_eq!(schema["properties"]["card"]["items"]["properties"]["kind"]["enum"][3], "order");
    let tags: Value = serde_json::from_str(&Prep::new().out(&["schema", "--tags"])).unwrap();
    assert!(tags["properties"]["tag"].is_object());
}
