//! `prep study` and `prep plan` in a terminal: what is on the screen, what is on disk when it dies, and what it leaves behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use rusqlite::Connection;
use rustix::process::Signal;
use tempfile::TempDir;

use crate::pty::{self, Program};

const SIZE: (u16, u16) = (80, 24);

/// A home with a deck of so many cards; their questions end in "of the test", their answers in "of the model".
fn home(cards: usize) -> TempDir {
    let home = tempfile::tempdir().expect("a folder for the test");
    let decks = pty::deck_folder(home.path());
    fs::create_dir_all(&decks).expect("a folder for decks");
    let card = |n| {
        format!(
            "[[card]]\nid = \"mine/{n}\"\nquestion = \"Question {n} of the test?\"\n\
             answer = \"Answer {n} of the model\"\n\n"
        )
    };
    fs::write(decks.join("mine.toml"), (1..=cards).map(card).collect::<String>())
        .expect("a deck file");
    home
}

fn study(home: &TempDir) -> Program {
    let program = Program::start(&["study", "--deck", "mine", "--seed", "1"], home.path(), SIZE);
    program.wait_for("of the test?");
    program
}

/// How many reviews are on disk, in a database that is whole.
fn reviews(home: &TempDir) -> i64 {
    let file = pty::data_folder(home.path()).join("progress.sqlite");
    let database = Connection::open(file).expect("the database opens");
    let whole: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("the database answers");
    assert_eq!(whole, "ok");
    database
        .query_row("SELECT count(*) FROM reviews", [], |row| row.get(0))
        .expect("the database answers")
}

/// A key of the test's cards, and what is on the screen when it was understood.
fn press(program: &mut Program, key: &str, card: usize) {
    program.send(key);
    match key {
        " " => program.wait_for("of the model"),
        _ => program.wait_for(&format!("{} of 3", card + 1)),
    }
}

#[test]
fn the_first_question_appears() {
    let home = home(3);
    let program = study(&home);
    let screen = program.screen();
    assert!(screen.contains("1 of 3"), "{screen}");
    assert!(!screen.contains("of the model"), "{screen}");
    assert_eq!(program.cursor(), None);
    // The input method draws where the hidden cursor is: on the bottom line, with nothing there.
    let (column, row) = program.cursor_even_hidden();
    assert_eq!(row, SIZE.1 - 1);
    assert!(program.ask(|screen| {
        screen.cell(row, column).is_some_and(|cell| cell.contents().trim().is_empty())
    }));
}

#[test]
fn typed_korean_lands_in_the_field_with_the_cursor_behind_it() {
    let home = home(1);
    let mut program = study(&home);
    program.send("\r");
    program.wait_for("Your answer");
    let start = program.cursor().expect("a cursor in the field");
    for letter in ["네", "트", "워", "크", "를", " ", "봅", "니", "다"] {
        program.send(letter);
    }
    program.wait_for("네트워크를 봅니다");
    let end = (start.0 + 17, start.1);
    program.wait_until("the cursor behind the text", |screen| {
        screen.cursor_position() == (end.1, end.0)
    });
    assert_eq!(program.cursor(), Some(end));
    // A whole syllable goes, not half of it.
    program.send("\x7f\x7f");
    program.wait_until_gone("봅니");
    program.wait_for("네트워크를 봅");
    assert_eq!(program.cursor(), Some((end.0 - 4, end.1)));
}

#[test]
fn a_paste_of_two_lines_is_two_lines_and_sends_nothing() {
    let home = home(1);
    let mut program = study(&home);
    program.send("\r");
    program.wait_for("Your answer");
    program.paste("first line\r\nsecond line");
    program.wait_for("second line");
    assert!(program.screen().contains("Your answer"));
    assert_eq!(reviews(&home), 0);
}

#[test]
fn a_program_that_is_killed_after_any_key_has_lost_no_review() {
    let keys = [" ", "3", " ", "3"];
    for count in 1..=keys.len() {
        let home = home(3);
        let mut program = study(&home);
        let mut graded = 0;
        for key in &keys[..count] {
            graded += usize::from(*key == "3");
            press(&mut program, key, graded);
        }
        program.kill_9();
        assert_eq!(reviews(&home), i64::try_from(graded).expect("few"), "after {count} keys");
        let mut again = study(&home);
        again.kill_9();
        assert_eq!(reviews(&home), i64::try_from(graded).expect("few"), "after {count} keys");
    }
}

#[test]
fn a_program_that_is_killed_in_the_middle_of_a_key_leaves_a_whole_database() {
    for _ in 0..5 {
        let home = home(3);
        let mut program = study(&home);
        press(&mut program, " ", 0);
        program.send("3");
        program.kill_9();
        assert!(reviews(&home) <= 1);
        study(&home).kill_9();
    }
}

#[test]
fn a_terminated_program_gives_the_terminal_back_and_dies_by_the_signal() {
    let home = home(1);
    let mut program = study(&home);
    program.send("\r");
    program.wait_for("Your answer");
    program.send("half an answer");
    program.wait_for("half an answer");
    program.signal(Signal::TERM);
    assert_eq!(program.wait_exit(), 143);
    assert_given_back(&program);
    // What was typed is kept.
    let mut again = study(&home);
    again.send("\r");
    again.wait_for("half an answer");
}

#[test]
fn leaving_gives_the_terminal_back_and_ends_well() {
    let home = home(3);
    let mut program = study(&home);
    program.send("\x03");
    assert_eq!(program.wait_exit(), 0);
    assert_given_back(&program);
}

/// As a shell expects it, by the bytes and by what a terminal made of them.
fn assert_given_back(program: &Program) {
    let bytes = String::from_utf8_lossy(&program.bytes()).into_owned();
    for (taken, given_back) in [
        ("\x1b[?1049h", "\x1b[?1049l"),
        ("\x1b[?2004h", "\x1b[?2004l"),
        ("\x1b[?25l", "\x1b[?25h"),
        ("\x1b[?2026h", "\x1b[?2026l"),
    ] {
        assert!(bytes.rfind(taken).is_some(), "{taken:?} was never written");
        assert!(bytes.rfind(taken) < bytes.rfind(given_back), "{given_back:?} does not come last");
    }
    for never in ["\x1b[6n", "\x1b[?1000h", "\x1b[>", "\x1b[c", "\x1b[?u"] {
        assert!(!bytes.contains(never), "{never:?} was written");
    }
    assert!(!program.ask(vt100::Screen::alternate_screen));
    assert!(!program.ask(vt100::Screen::bracketed_paste));
    assert!(!program.ask(vt100::Screen::hide_cursor));
    assert!(program.is_cooked());
}

#[test]
fn a_window_too_small_says_so_and_the_question_comes_back() {
    let home = home(3);
    let mut program = study(&home);
    program.resize((20, 5));
    program.wait_for("20 x 6");
    assert_eq!(program.screen().trim().lines().count(), 1);
    program.resize(SIZE);
    program.wait_for("of the test?");
    // Nothing is left of the line, and keys still work.
    assert!(!program.screen().contains("20 x 6"));
    press(&mut program, " ", 0);
}

#[test]
fn every_size_of_a_window_is_survived() {
    let home = home(3);
    let mut program = study(&home);
    for size in [(1, 1), (200, 2), (2, 60), (39, 9), (0, 0), (250, 70), SIZE] {
        program.resize(size);
        // The key's answer shows that the frame of that size was drawn.
        program.send("\x0c");
    }
    program.wait_for("of the test?");
    press(&mut program, " ", 0);
}

#[test]
fn a_closed_window_ends_the_program_and_keeps_what_was_typed() {
    let home = home(1);
    let mut program = study(&home);
    program.send("\r");
    program.wait_for("Your answer");
    program.send("half an answer");
    program.wait_for("half an answer");
    program.hang_up();
    program.wait_exit();
    let mut again = study(&home);
    again.send("\r");
    again.wait_for("half an answer");
}

#[test]
fn control_z_goes_to_the_shell_and_fg_comes_back() {
    let home = home(3);
    let mut command = pty::prep(&["study"], home.path());
    let words = command.get_argv_mut();
    let program = words[0].to_str().expect("a path without strange bytes").to_owned();
    words.splice(.., ["/bin/sh", "-i"].map(Into::into));
    command.env("PS1", "shell> ");
    let mut shell = Program::run(command, SIZE);
    shell.wait_for("shell>");
    shell.send(&format!("{program} study --deck mine\r"));
    shell.wait_for("of the test?");
    shell.send("\x1a");
    shell.wait_until("the shell", |screen| !screen.alternate_screen() && !screen.hide_cursor());
    shell.wait_for("Stopped");
    shell.send("fg\r");
    shell.wait_until("the question again", |screen| {
        screen.alternate_screen() && screen.contents().contains("of the test?")
    });
    press(&mut shell, " ", 0);
    shell.send("\x03");
    shell.wait_until("the shell", |screen| !screen.alternate_screen());
}

#[test]
fn without_a_terminal_it_refuses_and_names_the_plain_way() {
    let home = home(3);
    let output = command(home.path()).stdin(Stdio::null()).output().expect("prep starts");
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("--plain"), "{message}");
    assert!(!message.contains('\x1b'), "{message:?}");
    assert_eq!(output.stdout, b"");
}

/// `prep study` without a terminal.
fn command(home: &Path) -> Command {
    let in_terminal = pty::prep(&["study"], home);
    let words = in_terminal.get_argv();
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).env_clear();
    command.envs(in_terminal.iter_full_env_as_str());
    command
}

#[test]
fn the_plan_opens_in_a_terminal_names_an_interview_and_fills_in_by_itself() {
    let home = home(3);
    let mut program = Program::start(&["plan"], home.path(), SIZE);
    program.wait_for("No interview is named yet");
    program.send("a");
    program.wait_for("Add an interview");
    program.send("+10\r");
    // Nothing is pressed: the forecasts come while no key waits.
    program.wait_for("What if");
    program.wait_for("60 min ");
    program.send("\x1b");
    program.wait_for("Last 14 days");
    program.send("q");
    assert_eq!(program.wait_exit(), 0);
}
