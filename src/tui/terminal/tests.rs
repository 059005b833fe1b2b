//! The screen on a terminal: this test program starts itself once more in a terminal of its own and is looked at.

#![cfg(unix)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui::layout::Position;
use ratatui::style::{Color, Style};
use rustix::process::{Signal as Number, getpid};

use super::{EnterError, Event, Screen, Signal, die_by};
use crate::tui::key::Key;
use crate::tui::widgets::page::Cursor;

#[allow(dead_code, reason = "the integration tests use the rest of it")]
#[path = "../../../tests/it/pty.rs"]
mod pty;

use pty::Program;

const SIZE: (u16, u16) = (70, 8);

/// Reads a line, and hears the interrupt of the keyboard as editors do.
const EDITOR: &str = "trap 'echo interrupted' INT; echo in the editor; \
                      until read line && test \"$line\"; do :; done; exit 3";

/// What the other side does: shows every event, and does as the keys say.
#[expect(clippy::print_stdout, reason = "the test on this side reads it")]
fn child(no_color: bool) {
    let mut screen = match Screen::enter(no_color) {
        Ok(screen) => screen,
        Err(EnterError::NotATerminal) => return println!("refused"),
        Err(error) => panic!("{error}"),
    };
    let mut lines: Vec<String> = vec![format!("ready {}", getpid().as_raw_nonzero())];
    loop {
        let is_behind = screen.has_input();
        let drawn = if is_behind { Ok(()) } else { draw(&mut screen, &lines) };
        if drawn.is_err() {
            die_by(Signal::HangUp);
        }
        let event = screen.next_event(None).expect("events can be read");
        lines.push(format!("{} {event:?}", lines.len()));
        match event {
            Event::Stop(signal) => die_by(signal),
            Event::HangUp => die_by(Signal::HangUp),
            Event::Key { key: Key::Char('q'), .. } => break,
            Event::Key { key: Key::Char('!'), .. } => panic!("the sky falls"),
            Event::Key { key: Key::Char('@'), .. } => {
                let caught = std::panic::catch_unwind(|| panic!("a bad card"));
                lines.push(format!("caught {}", caught.is_err()));
            }
            Event::Key { key: Key::Char('h'), .. } => {
                // A loop that hangs. Signals that come together are one, so it says when it has heard the first.
                let heard = hear(Signal::Terminate);
                println!("hanging");
                wait_for(&heard);
                println!("heard");
                loop {
                    std::thread::park();
                }
            }
            Event::Key { key: Key::Char('r'), .. } => screen.repaint().expect("a terminal"),
            Event::Key { key: Key::Char('e'), .. } => {
                let heard = hear(Signal::Interrupt);
                let status = screen.outside(|| {
                    let mut editor = std::process::Command::new("/bin/sh");
                    let status = editor.args(["-c", EDITOR]).status().expect("a shell");
                    // Tests run on a thread of their own; the one that takes signals may be late.
                    wait_for(&heard);
                    status
                });
                lines.push(format!("editor {:?}", status.expect("a terminal").code()));
            }
            Event::Key { key: Key::Ctrl('z'), .. } => {
                screen.suspend().expect("a terminal");
                lines.push("back".into());
            }
            _ => {}
        }
    }
}

/// A note of the next signal, made after the screen has made its own.
fn hear(signal: Signal) -> Arc<AtomicBool> {
    let heard = Arc::default();
    signal_hook::flag::register(signal.number(), Arc::clone(&heard))
        .expect("a signal that can be caught");
    heard
}

fn wait_for(heard: &AtomicBool) {
    while !heard.load(Ordering::SeqCst) {
        std::thread::park_timeout(Duration::from_millis(1));
    }
}

/// The newest lines first, bold and red, with the cursor in the middle.
fn draw(screen: &mut Screen, lines: &[String]) -> std::io::Result<()> {
    let is_shown = lines.iter().any(|line| line.contains("Char('i')"));
    screen.draw(|frame| {
        let buffer = frame.buffer_mut();
        for (y, line) in (0..buffer.area.height).zip(lines.iter().rev().take(6)) {
            let style = Style::new().fg(Color::Red).bold();
            buffer.set_stringn(0, y, line, usize::from(buffer.area.width), style);
        }
        let at = Position::new(7, 3);
        Some(if is_shown { Cursor::Shown(at) } else { Cursor::Hidden(at) })
    })
}

/// The program on the other side of the terminal: the tests of this file start it there.
#[test]
fn other_side() {
    if is_other_side() {
        child(false);
    }
}

/// The same without colour.
#[test]
fn other_side_without_color() {
    if is_other_side() {
        child(true);
    }
}

#[expect(clippy::disallowed_methods, reason = "how the other side knows that it is the one")]
fn is_other_side() -> bool {
    std::env::var_os(OTHER_SIDE).is_some()
}

/// Set for the other side.
const OTHER_SIDE: &str = "PREP_TEST_OTHER_SIDE";

fn other_side_command() -> portable_pty::CommandBuilder {
    command_of("other_side")
}

fn command_of(test: &str) -> portable_pty::CommandBuilder {
    let program = std::env::current_exe().expect("the test program has a path");
    let program = program.to_str().expect("a path without strange bytes");
    let mut command = pty::clean_command(program, Path::new("/"));
    let test = format!("tui::terminal::tests::{test}");
    command.args(["--exact", &test, "--nocapture"]);
    command.env(OTHER_SIDE, "1");
    command
}

fn start() -> Program {
    let program = Program::run(other_side_command(), SIZE);
    program.wait_for("ready");
    program
}

/// Everything that was changed is as a shell expects it.
#[track_caller]
fn assert_given_back(program: &Program) {
    assert!(!program.ask(vt100::Screen::alternate_screen), "alternate screen");
    assert!(!program.ask(vt100::Screen::bracketed_paste), "bracketed paste");
    assert!(!program.ask(vt100::Screen::hide_cursor), "hidden cursor");
    assert!(program.is_cooked(), "raw mode");
    let bytes = String::from_utf8_lossy(&program.bytes()).into_owned();
    let (begins, ends) = (bytes.rfind("\x1b[?2026h"), bytes.rfind("\x1b[?2026l"));
    assert!(begins < ends, "synchronized update");
}

#[test]
fn keys_and_pastes_arrive_and_the_terminal_is_given_back() {
    let mut program = start();
    assert!(program.ask(vt100::Screen::alternate_screen));
    assert!(program.ask(vt100::Screen::bracketed_paste));
    program.send("a");
    program.wait_for("Key { key: Char('a'), left_over: false }");
    program.send("\x1b[A");
    program.wait_for("key: Up");
    program.send("\x1b");
    program.wait_for("key: Esc");
    program.send("한");
    program.wait_for("Char('한')");
    program.paste("하나\r\n둘");
    program.wait_for("Paste(\"하나\\n둘\")");
    program.send("q");
    assert_eq!(program.wait_exit(), 0);
    assert_given_back(&program);
}

#[test]
fn a_letter_that_an_input_method_lets_go_is_told_from_one_that_was_typed() {
    let mut program = start();
    program.send("ㅂ ");
    program.wait_for("Key { key: Char('ㅂ'), left_over: true }");
    program.send("ㅓ");
    program.wait_for("Key { key: Char('ㅓ'), left_over: false }");
}

#[test]
fn thousands_of_keys_at_once_all_arrive() {
    let mut program = start();
    program.send(&"x".repeat(5000));
    program.send("q");
    assert_eq!(program.wait_exit(), 0);
}

#[test]
fn the_cursor_stands_where_the_frame_says_hidden_or_shown() {
    let mut program = start();
    program.wait_until("a hidden cursor", |screen| {
        screen.hide_cursor() && screen.cursor_position() == (3, 7)
    });
    program.send("i");
    program.wait_until("a shown cursor", |screen| {
        !screen.hide_cursor() && screen.cursor_position() == (3, 7)
    });
}

#[test]
fn without_colour_bold_is_still_bold() {
    let mut command = command_of("other_side_without_color");
    command.env("NO_COLOR", "1");
    let plain = Program::run(command, SIZE);
    plain.wait_for("ready");
    let style = |screen: &vt100::Screen| {
        let cell = screen.cell(0, 0).expect("a screen has a first cell");
        (cell.bold(), cell.fgcolor())
    };
    assert_eq!(plain.ask(style), (true, vt100::Color::Default));
    assert!(!String::from_utf8_lossy(&plain.bytes()).contains("\x1b[;m"));
    assert_eq!(start().ask(style), (true, vt100::Color::Idx(1)));
}

#[test]
fn the_signals_that_end_a_program_end_it_as_themselves_with_the_terminal_given_back() {
    for (signal, status) in
        [(Number::TERM, 143), (Number::INT, 130), (Number::QUIT, 131), (Number::HUP, 129)]
    {
        let mut program = start();
        program.signal(signal);
        assert_eq!(program.wait_exit(), status);
        assert_given_back(&program);
    }
}

#[test]
fn a_second_signal_ends_a_program_that_hangs() {
    let mut program = start();
    program.send("h");
    program.wait_for_bytes("hanging");
    program.signal(Number::TERM);
    program.wait_for_bytes("heard");
    program.signal(Number::TERM);
    assert_eq!(program.wait_exit(), 143);
}

#[test]
fn a_window_that_is_closed_ends_the_program() {
    let mut program = start();
    program.hang_up();
    assert_eq!(program.wait_exit(), 129);
}

#[test]
fn a_panic_is_read_on_the_screen_of_the_shell() {
    let mut program = start();
    program.send("!");
    assert_eq!(program.wait_exit(), 101);
    assert_given_back(&program);
    let bytes = String::from_utf8_lossy(&program.bytes()).into_owned();
    let (left, told) = (bytes.find("\x1b[?1049l"), bytes.find("the sky falls"));
    assert!(left.is_some() && left < told, "{bytes:?}");
}

#[test]
fn a_panic_that_is_caught_does_not_cost_the_screen() {
    let mut program = start();
    program.send("@");
    program.wait_until("the caught panic on the alternate screen", |screen| {
        screen.alternate_screen()
            && screen.bracketed_paste()
            && screen.contents().contains("caught true")
    });
    program.send("q");
    assert_eq!(program.wait_exit(), 0);
    assert_given_back(&program);
}

#[test]
fn another_size_is_told_and_drawn() {
    let mut program = start();
    for size in [(20, 5), (1, 1), (100, 30)] {
        program.resize(size);
        // Nothing must be left of the larger screen, and the program must still hear.
        program.send("r");
    }
    program.wait_for("Resize");
    program.send("q");
    assert_eq!(program.wait_exit(), 0);
}

#[test]
fn a_terminal_without_a_size_is_no_panic() {
    let program = Program::run(other_side_command(), (0, 0));
    program.wait_for_bytes("ready");
}

#[test]
fn an_editor_has_the_terminal_to_itself_and_its_interrupt_is_not_ours() {
    let mut program = start();
    program.send("e");
    program.wait_until("the editor", |screen| {
        !screen.alternate_screen() && screen.contents().contains("in the editor")
    });
    assert_given_back(&program);
    program.send("\x03");
    program.wait_for("interrupted");
    program.send("line\r");
    program.wait_for("editor Some(3)");
    assert!(program.ask(vt100::Screen::alternate_screen));
    program.send("q");
    assert_eq!(program.wait_exit(), 0);
}

#[test]
fn control_z_without_a_shell_does_nothing() {
    let mut program = start();
    program.send("\x1a");
    program.wait_for("back");
    assert!(program.ask(vt100::Screen::alternate_screen));
}

/// A shell that controls jobs, with the program in its foreground.
fn start_in_a_shell() -> (Program, i32) {
    let inner = other_side_command();
    let words: Vec<&str> = inner.get_argv().iter().filter_map(|word| word.to_str()).collect();
    let mut command = pty::clean_command("/bin/sh", Path::new("/"));
    // Without a prompt of its own the shell says only what happens to its jobs.
    command.env("PS1", "shell> ");
    command.env(OTHER_SIDE, "1");
    command.args(["-i"]);
    let mut program = Program::run(command, (120, 12));
    program.wait_for("shell>");
    program.send(&format!("{}\r", words.join(" ")));
    program.wait_for("ready ");
    let pid = program.screen();
    let (_, pid) = pid.split_once("ready ").expect("was waited for");
    let pid = pid.split_whitespace().next().and_then(|pid| pid.parse().ok()).expect("a number");
    (program, pid)
}

#[test]
fn control_z_goes_to_the_shell_and_fg_comes_back() {
    let (mut program, pid) = start_in_a_shell();
    program.send("\x1a");
    program.wait_until("the shell", |screen| !screen.alternate_screen() && !screen.hide_cursor());
    program.wait_for("Stopped");
    // The shell may have its own wishes for pastes by now.
    program.wait_for_bytes("\x1b[?2004l\x1b[?25h\x1b[?1049l");
    program.send("fg\r");
    program.wait_until("the program again", |screen| {
        screen.alternate_screen() && screen.contents().contains("back")
    });
    program.send("a");
    program.wait_for("Char('a')");
    // The same from outside, and a stop that nobody is told of.
    for (times, signal) in [(2, Number::TSTP), (3, Number::STOP)] {
        Program::signal_to(pid, signal);
        program.wait_for_bytes_times("Stopped", times);
        // After the second the terminal is as the program had it, where Enter does not end a line.
        program.send("fg\n");
        program.wait_for("Resumed");
        let before = String::from_utf8_lossy(&program.bytes()).matches("Char('a')").count();
        program.send("aaaaaa");
        program.wait_for_bytes_times("Char('a')", before + 1);
        program.wait_until_gone("Resumed");
    }
    program.send("q");
    program.wait_until("the shell", |screen| !screen.alternate_screen());
}

#[test]
fn a_pipe_is_refused_before_anything_is_written() {
    let program = std::env::current_exe().expect("the test program has a path");
    let output = std::process::Command::new(program)
        .args(["--exact", "tui::terminal::tests::other_side", "--nocapture"])
        .env(OTHER_SIDE, "1")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the test program can be started");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("refused") && !said.contains('\x1b'), "{said:?}");
}
