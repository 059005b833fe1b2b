//! The editor and the questions of authoring commands in a real terminal.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::pty::{self, Program};

const SIZE: (u16, u16) = (80, 24);

const CARDS: &str = "[[card]]\nid = \"mine/1\"\nquestion = \"Question 1 of the test?\"\nanswer = \"The answer\"\npoints = [\"first point of it\", \"second point of it\", \"third point of it\"]\n";

fn home(deck: &str) -> TempDir {
    let home = tempfile::tempdir().expect("a folder for the test");
    let decks = pty::deck_folder(home.path());
    fs::create_dir_all(&decks).expect("a folder for decks");
    fs::write(decks.join("mine.toml"), deck).expect("a deck file");
    home
}

fn deck(home: &Path) -> PathBuf {
    pty::deck_folder(home).join("mine.toml")
}

/// A script that stands for an editor: it writes down its arguments and does `change`; `$file` is the deck.
fn fake_editor(home: &Path, name: &str, change: &str) -> String {
    let path = home.join(name);
    let script = format!(
        "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> '{}'\nfile='{}'\n{change}\n",
        home.join("called").display(),
        deck(home).display()
    );
    fs::write(&path, script).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("rights");
    path.to_string_lossy().into_owned()
}

fn start(home: &Path, args: &[&str], editor: &str) -> Program {
    let mut command = pty::prep(args, home);
    command.env("VISUAL", "");
    command.env("EDITOR", editor);
    Program::run(command, SIZE)
}

fn calls(home: &Path) -> String {
    let file = deck(home).to_string_lossy().into_owned();
    fs::read_to_string(home.join("called")).unwrap_or_default().replace(&file, "FILE")
}

#[test]
fn five_editors_come_back_to_the_same_card_with_its_ticks() {
    for (name, arguments, expected) in [
        ("vim", "", "vim +1 FILE\n"),
        ("nano", "", "nano +1 FILE\n"),
        ("emacsclient", " -t", "emacsclient -t +1 FILE\n"),
        ("hx", "", "hx FILE:1\n"),
        ("code", " -w", "code -w --goto FILE:1\n"),
    ] {
        let home = home(CARDS);
        let editor = fake_editor(
            home.path(),
            name,
            "sed -i 's/Question 1 of the test/Asked anew by the test/' \"$file\"",
        );
        let editor = format!("{editor}{arguments}");
        let mut program = start(home.path(), &["study", "--deck", "mine"], &editor);
        program.wait_for("Question 1 of the test?");
        program.send(" ");
        program.wait_for("first point of it");
        program.send("2");
        program.wait_for("1 of 3");
        program.send("e");
        program.wait_for("Asked anew by the test?");
        let screen = program.screen();
        assert!(screen.contains("1 of 3"), "{name}: {screen}");
        assert_eq!(calls(home.path()), expected);
        program.send("\u{3}");
        assert_eq!(program.wait_exit(), 0, "{name}");
    }
}

#[test]
fn a_slip_made_in_the_editor_is_shown_mended_and_forgotten() {
    let home = home(CARDS);
    let toggle = "if grep -q anwser \"$file\"; then sed -i 's/anwser/answer/' \"$file\"; else sed -i 's/^answer/anwser/' \"$file\"; fi";
    let editor = fake_editor(home.path(), "vim", toggle);
    let mut program = start(home.path(), &["study", "--deck", "mine"], &editor);
    program.wait_for("Question 1 of the test?");
    program.send("e");
    program.wait_for("Deck problem");
    program.wait_for("did you mean `answer`?");
    program.send("e");
    program.wait_for("The file is fine again.");
    assert!(program.screen().contains("Question 1 of the test?"));
    assert!(calls(home.path()).ends_with("vim +4 FILE\n"), "{}", calls(home.path()));
    program.send("\u{3}");
    assert_eq!(program.wait_exit(), 0);
}

#[test]
fn prep_edit_offers_to_edit_again_at_the_line_of_the_slip() {
    let home = home(CARDS);
    let toggle = "if grep -q anwser \"$file\"; then sed -i 's/anwser/answer/' \"$file\"; else sed -i 's/^answer/anwser/' \"$file\"; fi";
    let editor = fake_editor(home.path(), "nano", toggle);
    let mut program = start(home.path(), &["edit", "mine"], &editor);
    program.wait_for("Edit again? [Y/n]");
    program.send("\r");
    assert_eq!(program.wait_exit(), 0);
    assert_eq!(calls(home.path()), "nano +1 FILE\nnano +4 FILE\n");
}

#[test]
fn the_form_saves_a_card_in_a_terminal() {
    let home = home(CARDS);
    let mut program = start(home.path(), &["add", "--deck", "mine"], "vi");
    program.wait_for("New card");
    program.send("파드란 무엇인가요?\t묶음입니다.\t\t\t\t\r");
    program.wait_for("Saved mine/padeuran-mueosingayo");
    program.send("\u{1b}");
    assert_eq!(program.wait_exit(), 0);
    let text = fs::read_to_string(deck(home.path())).expect("a deck");
    assert!(
        text.contains("question = \"파드란 무엇인가요?\"\nanswer = \"묶음입니다.\"\n"),
        "{text}"
    );
}

#[test]
fn prep_cards_asks_and_takes_yes_also_from_a_korean_keyboard() {
    let bare = "[[card]]\nquestion = \"Question 1 of the test?\"\nanswer = \"The answer\"\n";
    let home = home(bare);
    let mut program = start(home.path(), &["study", "--deck", "mine"], "vi");
    program.wait_for("Question 1 of the test?");
    program.send(" ");
    program.wait_for("The answer");
    program.send("3");
    program.wait_for("Session done");
    program.send("\u{3}");
    program.wait_exit();
    fs::write(deck(home.path()), "[[card]]\nquestion = \"Which port?\"\nanswer = \"22\"\n")
        .expect("a deck file");
    let mut program = start(home.path(), &["cards"], "vi");
    program.wait_for("The same card?");
    program.send("ㅛ\r");
    program.wait_for("has its history again");
    assert_eq!(program.wait_exit(), 0);
}
