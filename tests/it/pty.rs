//! A program in a terminal of its own: keys in, screen out. Waits for what must come, never for time to pass.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, mpsc};
use std::thread;
use std::time::Duration;

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use vt100::{Parser, Screen};

/// After this something that must come will not come. Generous, as the machines of tests are slow.
const PATIENCE: Duration = Duration::from_secs(10);

/// The program under test; the tests inside the library, which share this file, have none.
const PREP: Option<&str> = option_env!("CARGO_BIN_EXE_prep");

/// The time that programs in tests take for now.
pub const NOW: &str = "2026-11-23T10:00:00Z";

/// A running program and the terminal round it.
pub struct Program {
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Box<dyn Write + Send>,
    terminal: Arc<(Mutex<Terminal>, Condvar)>,
    pid: Pid,
    exit: mpsc::Receiver<i32>,
    status: Option<i32>,
}

struct Terminal {
    parser: Parser,
    bytes: Vec<u8>,
    is_closed: bool,
    /// The window is being closed: nobody reads on.
    is_left: bool,
}

impl Program {
    /// Starts `prep` with its data, settings and decks in a home of its own, in a terminal of columns and rows.
    pub fn start(args: &[&str], home: &Path, size: (u16, u16)) -> Self {
        Self::run(prep(args, home), size)
    }

    /// Starts any command in a terminal of columns and rows.
    pub fn run(command: CommandBuilder, size: (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).expect("a terminal can be opened");
        let child = pair.slave.spawn_command(command).expect("the program can be started");
        drop(pair.slave);
        let id = child.process_id().expect("a running program has an id");
        let pid = Pid::from_raw(id.try_into().expect("a small number")).expect("not zero");
        let screen = pair.master.try_clone_reader().expect("the terminal can be read");
        let keyboard = pair.master.take_writer().expect("the terminal can be written to");
        let parser = Parser::new(at_least_one(size.1), at_least_one(size.0), 0);
        let terminal = Terminal { parser, bytes: Vec::new(), is_closed: false, is_left: false };
        let terminal = Arc::new((Mutex::new(terminal), Condvar::new()));
        let watched = Arc::clone(&terminal);
        thread::spawn(move || watch(screen, &watched));
        let (ended, exit) = mpsc::channel();
        thread::spawn(move || ended.send(wait_for_end(pid)));
        Self { master: Some(pair.master), keyboard, terminal, pid, exit, status: None }
    }

    /// Types; escape sequences are keys too.
    pub fn send(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("the program reads its terminal");
        self.keyboard.flush().expect("the program reads its terminal");
    }

    /// Pastes, as a terminal does that knows bracketed paste.
    pub fn paste(&mut self, text: &str) {
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Waits until a text stands on the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| shown(screen).contains(text));
    }

    /// Waits until a text has gone from the screen.
    #[track_caller]
    pub fn wait_until_gone(&self, text: &str) {
        self.wait_until(&format!("no {text}"), |screen| !shown(screen).contains(text));
    }

    /// Waits until the screen is as it must be; `what` says in the failure what that was.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        let (found, last) = self.watch_until(|terminal| is_so(terminal.parser.screen()));
        assert!(found, "waited in vain for: {what}\n{last}");
    }

    /// Waits until the program has written these bytes at any time since it started.
    #[track_caller]
    pub fn wait_for_bytes(&self, bytes: &str) {
        self.wait_for_bytes_times(bytes, 1);
    }

    /// Waits until the program has written these bytes so many times since it started.
    #[track_caller]
    pub fn wait_for_bytes_times(&self, bytes: &str, times: usize) {
        let (found, last) = self.watch_until(|terminal| {
            let windows = terminal.bytes.windows(bytes.len());
            windows.filter(|window| *window == bytes.as_bytes()).count() >= times
        });
        assert!(found, "waited in vain for {times} times the bytes {bytes:?}\n{last}");
    }

    /// Whether it came to be so in time, and the last screen.
    fn watch_until(&self, is_so: impl Fn(&Terminal) -> bool) -> (bool, String) {
        let terminal = self.lock();
        let (terminal, _) = self
            .terminal
            .1
            .wait_timeout_while(terminal, PATIENCE, |terminal| {
                !is_so(terminal) && !terminal.is_closed
            })
            .expect("the reader does not panic");
        (is_so(&terminal), shown(terminal.parser.screen()))
    }

    fn lock(&self) -> MutexGuard<'_, Terminal> {
        self.terminal.0.lock().expect("the reader does not panic")
    }

    /// The screen as a person reads it: a line each, wide characters once, no spaces at the end.
    pub fn screen(&self) -> String {
        shown(self.lock().parser.screen())
    }

    /// What a question about the terminal's state answers, as whether the alternate screen is shown.
    pub fn ask<T>(&self, question: impl FnOnce(&Screen) -> T) -> T {
        question(self.lock().parser.screen())
    }

    /// Column and row of the cursor, from 0; none while it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        self.ask(|screen| (!screen.hide_cursor()).then(|| column_and_row(screen)))
    }

    /// Column and row of the cursor, hidden or not.
    pub fn cursor_even_hidden(&self) -> (u16, u16) {
        self.ask(column_and_row)
    }

    /// Everything that the program has written.
    pub fn bytes(&self) -> Vec<u8> {
        self.lock().bytes.clone()
    }

    /// Changes the terminal's size to columns and rows.
    pub fn resize(&self, size: (u16, u16)) {
        self.lock().parser.screen_mut().set_size(at_least_one(size.1), at_least_one(size.0));
        self.master().resize(pty_size(size)).expect("a terminal can be resized");
    }

    /// Whether lines are edited and echoed by the terminal, as a shell expects it.
    pub fn is_cooked(&self) -> bool {
        let modes = self.master().get_termios().expect("a terminal has modes").local_flags;
        // The type of the flags belongs to a crate of the crate; its names are those of the manual.
        let modes = format!("{modes:?}");
        ["ICANON", "ECHO", "ISIG"]
            .iter()
            .all(|mode| modes.split(|c: char| !c.is_ascii_alphanumeric()).any(|name| name == *mode))
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the program still runs");
    }

    /// Sends a signal to another process, as to a child of the program.
    pub fn signal_to(pid: i32, signal: Signal) {
        let pid = Pid::from_raw(pid).expect("not zero");
        kill_process(pid, signal).expect("the process still runs");
    }

    /// Kills the program as a power cut would.
    pub fn kill_9(&mut self) {
        self.signal(Signal::KILL);
        self.wait_exit();
    }

    /// Closes the terminal's window.
    pub fn hang_up(&mut self) {
        // The reader holds the window open until something comes: a frame of another size.
        self.lock().is_left = true;
        let (rows, columns) = self.ask(Screen::size);
        self.resize((columns.get() + 1, rows.get()));
        self.watch_until(|terminal| terminal.is_closed);
        self.keyboard = Box::new(std::io::sink());
        self.master = None;
    }

    /// Waits for the end: the exit code, or 128 and the signal, as shells say it. Everything written is on the screen.
    #[track_caller]
    pub fn wait_exit(&mut self) -> i32 {
        if let Some(status) = self.status {
            return status;
        }
        let Ok(status) = self.exit.recv_timeout(PATIENCE) else {
            panic!("the program does not end\n{}", self.screen());
        };
        self.status = Some(status);
        self.watch_until(|terminal| terminal.is_closed);
        status
    }

    fn master(&self) -> &dyn MasterPty {
        self.master.as_deref().expect("the window was not closed")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.status.is_none() && self.exit.try_recv().is_err() {
            // It may end at this very moment.
            kill_process(self.pid, Signal::KILL).ok();
        }
    }
}

/// The command of `prep` with nothing of the tester's environment.
pub fn prep(args: &[&str], home: &Path) -> CommandBuilder {
    let program = PREP.expect("cargo builds the program for integration tests");
    let mut command = clean_command(program, home);
    command.args(args);
    command.env("PREP_DATA_DIR", data_folder(home));
    command.env("PREP_CONFIG_DIR", home.join("config"));
    command.env("PREP_DECKS", deck_folder(home));
    command.env("PREP_NOW", NOW);
    command
}

/// Any command with a clean environment.
pub fn clean_command(program: &str, home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    command.cwd(home);
    let variables =
        [("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("TERM", "xterm-256color"), ("TZ", "UTC")];
    for (name, value) in variables {
        command.env(name, value);
    }
    command.env("HOME", home);
    command
}

/// Where the program of a home keeps its progress.
pub fn data_folder(home: &Path) -> PathBuf {
    home.join("data")
}

/// Where a test puts the decks of a home.
pub fn deck_folder(home: &Path) -> PathBuf {
    home.join("decks")
}

fn watch(mut screen: Box<dyn Read + Send>, terminal: &(Mutex<Terminal>, Condvar)) {
    let mut bytes = [0; 4096];
    loop {
        // A terminal without a program is an error on Linux and the end of the file elsewhere.
        let count = screen.read(&mut bytes).unwrap_or(0);
        let mut guard = terminal.0.lock().expect("nobody panics with the terminal in hand");
        guard.parser.process(&bytes[..count]);
        guard.bytes.extend(&bytes[..count]);
        guard.is_closed = count == 0 || guard.is_left;
        let is_over = guard.is_closed;
        if is_over {
            screen = Box::new(std::io::empty());
        }
        terminal.1.notify_all();
        if is_over {
            return;
        }
    }
}

fn wait_for_end(pid: Pid) -> i32 {
    let ended = waitpid(Some(pid), WaitOptions::empty());
    let Ok(Some((_, status))) = ended else { return -1 };
    status.exit_status().or(status.terminating_signal().map(|signal| 128 + signal)).unwrap_or(-1)
}

fn shown(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let row = |row| {
        let cells = (0..columns.get()).filter_map(|column| screen.cell(row, column));
        let text: String = cells
            .filter(|cell| !cell.is_wide_continuation())
            .map(|cell| if cell.contents().is_empty() { " " } else { cell.contents() })
            .collect();
        text.trim_end().to_owned() + "\n"
    };
    (0..rows.get()).map(row).collect()
}

fn column_and_row(screen: &Screen) -> (u16, u16) {
    let (row, column) = screen.cursor_position();
    (column, row)
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// A terminal may say that it has no size; the screen on which a test looks must have one.
fn at_least_one(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN)
}
