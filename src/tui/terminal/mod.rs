//! The real terminal: taken once, given back whatever happens, drawn on, listened to. Nothing else writes to it.

mod backend;
mod halves;
mod input;
#[cfg(all(test, unix))]
mod tests;

#[cfg(not(unix))]
#[path = "elsewhere.rs"]
mod system;
#[cfg(unix)]
#[path = "unix.rs"]
mod system;

use std::io::{self, IsTerminal, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::style::force_color_output;
use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::style::Color;
use ratatui::{Frame, Terminal};
use thiserror::Error;

use crate::tui::key::{Folded, Key, fold};
use crate::tui::terminal::backend::Collector;
use crate::tui::terminal::halves::Halves;
use crate::tui::terminal::input::Input;
use crate::tui::terminal::system::Source;
use crate::tui::widgets::page::Cursor;

/// Alternate screen, bracketed paste, no cursor until a frame asks for one. No mouse, so that text can be selected;
/// no kitty protocol, which breaks Control with a Korean keyboard; no question that a terminal must answer.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l";
/// The reverse, and the end of a frame that was torn: synchronized update, colours, paste, cursor, screen.
const GIVE_BACK: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";
/// Round a frame, so that terminals that know it never show half of one.
const FRAME_BEGINS: &[u8] = b"\x1b[?2026h\x1b[?25l";
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

/// A letter and another key within this time were flushed out of an input method together.
const SAME_FLUSH: Duration = Duration::from_millis(20);

/// Whether the terminal is ours; the one thing that a panic must know.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);
static PANIC_HOOK: Once = Once::new();

/// What the terminal said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key.
    Key {
        /// The key.
        key: Key,
        /// A Hangul letter that an input method let go because of the key that comes next.
        left_over: bool,
    },
    /// A pasted text; lines end in LF.
    Paste(String),
    /// The screen may have another size.
    Resize,
    /// Nothing within the time, or nothing that means anything.
    Timeout,
    /// The program must save and end by this signal; a second one ends it at once.
    Stop(Signal),
    /// The terminal is gone; all further events are this one.
    HangUp,
    /// The program was stopped and goes on; the next frame is painted in full.
    Resumed,
}

/// A signal by which the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The terminal was closed.
    HangUp = 1,
    /// Interrupted from outside; Ctrl-C is a key.
    Interrupt,
    /// Asked to quit from outside.
    Quit,
    /// Asked to end, as at shutdown.
    Terminate,
}

impl Signal {
    /// The signal of a handler's note.
    fn from_note(note: usize) -> Option<Self> {
        let all = [Self::HangUp, Self::Interrupt, Self::Quit, Self::Terminate];
        all.into_iter().find(|signal| *signal as usize == note)
    }
}

/// A signal's meaning for the screen.
enum Caught {
    Stop(Signal),
    Suspend,
    Continued,
    Resize,
}

/// What the system said.
enum Heard {
    Input(Input),
    Signal(Caught),
    HangUp,
    Nothing,
}

/// Why the terminal cannot be taken.
#[derive(Debug, Error)]
pub enum EnterError {
    /// Input or output is a file or a pipe.
    #[error("stdin or stdout is not a terminal; use --plain to go on without one")]
    NotATerminal,
    /// The terminal refused.
    #[error("the terminal cannot be used: {0}")]
    Io(#[from] io::Error),
}

/// The terminal, ours until this is dropped.
pub struct Screen {
    terminal: Terminal<Collector>,
    source: Source,
    no_color: bool,
    halves: Halves,
    /// Where the last frame left the cursor.
    cursor: Option<Cursor>,
    /// The next frame is sent even if it changes nothing.
    is_due: bool,
}

impl Screen {
    /// Takes the terminal. With `no_color` frames keep bold, reverse and underline but no colour.
    ///
    /// Refuses before the first byte where stdin or stdout is no terminal.
    pub fn enter(no_color: bool) -> Result<Self, EnterError> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(EnterError::NotATerminal);
        }
        restore_on_panic();
        // Left alone, crossterm writes `CSI ;m` under NO_COLOR, which takes bold and reverse away as well.
        force_color_output(true);
        let source = Source::open()?;
        let terminal = Terminal::new(Collector::default())?;
        let mut screen = Self {
            terminal,
            source,
            no_color,
            halves: Halves::default(),
            cursor: None,
            is_due: true,
        };
        screen.take()?;
        Ok(screen)
    }

    /// Draws a frame in one write, inside a synchronized update, and puts the cursor where the view says: shown there,
    /// hidden there (an input method draws at the cursor even so), or just hidden.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>) -> Option<Cursor>) -> io::Result<()> {
        // A panic that was caught has given the terminal back.
        if !IS_TAKEN.load(Ordering::SeqCst) {
            self.take()?;
        }
        let no_color = self.no_color;
        let halves = &mut self.halves;
        let mut cursor = None;
        self.terminal.draw(|frame| {
            cursor = view(frame);
            if no_color {
                take_colors(frame.buffer_mut());
            }
            halves.send_again(frame.buffer_mut());
        })?;
        self.send(cursor)
    }

    fn send(&mut self, cursor: Option<Cursor>) -> io::Result<()> {
        let drawn = self.terminal.backend_mut().take();
        if drawn.is_empty() && self.cursor == cursor && !self.is_due {
            return Ok(());
        }
        let mut bytes = FRAME_BEGINS.to_vec();
        bytes.extend(drawn);
        if let Some(Cursor::Shown(at) | Cursor::Hidden(at)) = cursor {
            let (row, column) = (u32::from(at.y) + 1, u32::from(at.x) + 1);
            write!(bytes, "\x1b[{row};{column}H")?;
        }
        if let Some(Cursor::Shown(_)) = cursor {
            bytes.extend(b"\x1b[?25h");
        }
        bytes.extend(FRAME_ENDS);
        self.cursor = cursor;
        self.is_due = false;
        system::write_all(&bytes)
    }

    /// Waits for the next event, without a limit if there is no `timeout`.
    pub fn next_event(&mut self, timeout: Option<Duration>) -> io::Result<Event> {
        Ok(match self.source.next(timeout)? {
            Heard::Input(Input::Key(key)) => Event::Key { key, left_over: self.is_left_over(key)? },
            Heard::Input(Input::Paste(text)) => Event::Paste(text),
            Heard::Signal(Caught::Stop(signal)) => Event::Stop(signal),
            Heard::Signal(Caught::Resize) => Event::Resize,
            Heard::Signal(Caught::Suspend) => {
                self.suspend()?;
                Event::Resumed
            }
            Heard::Signal(Caught::Continued) => {
                // Stopped without a word, and whoever had the terminal since has left it as they liked.
                self.take_again()?;
                Event::Resumed
            }
            Heard::HangUp => Event::HangUp,
            Heard::Nothing => Event::Timeout,
        })
    }

    /// Only a letter that could be a command is worth the wait; syllables are none.
    fn is_left_over(&mut self, key: Key) -> io::Result<bool> {
        let is_command = key.is_hangul() && matches!(fold(key), Folded::Key(_));
        Ok(is_command && self.source.key_follows(SAME_FLUSH)?)
    }

    /// Whether more input is already waiting, so that several updates may share a frame.
    pub fn has_input(&mut self) -> bool {
        self.source.has_input()
    }

    /// Has the next frame painted in full.
    pub fn repaint(&mut self) -> io::Result<()> {
        // Not `Terminal::clear`, which asks the terminal where its cursor is.
        let size = self.terminal.backend().size()?;
        self.terminal.resize(size.into())?;
        self.is_due = true;
        Ok(())
    }

    /// Gives the terminal back for as long as `run` lasts, as for an editor; the next frame is painted in full.
    pub fn outside<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        restore();
        self.source.go_outside();
        let result = run();
        self.source.come_back();
        self.take()?;
        Ok(result)
    }

    /// Gives the terminal back and stops the process group until the shell continues it, then takes it again.
    /// Does nothing where no shell could continue it.
    pub fn suspend(&mut self) -> io::Result<()> {
        if !system::can_stop() {
            return Ok(());
        }
        restore();
        let stopped = self.source.stop_group();
        self.take()?;
        stopped
    }

    fn take_again(&mut self) -> io::Result<()> {
        // The mode of the terminal is set anew from what it was before; no byte is written.
        disable_raw_mode()?;
        self.take()
    }

    fn take(&mut self) -> io::Result<()> {
        // First, so that a failure half-way is undone.
        IS_TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        system::write_all(TAKE)?;
        self.repaint()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

/// Ends the program by a signal, so that whoever started it sees the signal and not a number. Call it when everything
/// is saved; the terminal is given back here if it was not before.
pub fn die_by(signal: Signal) -> ! {
    restore();
    system::take_default_action(signal);
    // Never reached on Unix.
    std::process::abort()
}

/// The one way back: for the end, errors, panics, signals and suspension; the second call does nothing. Errors are of
/// no interest, as the terminal may be gone.
fn restore() {
    if IS_TAKEN.swap(false, Ordering::SeqCst) {
        system::write_all(GIVE_BACK).ok();
        disable_raw_mode().ok();
    }
}

/// A panic's message is printed where it can be read.
fn restore_on_panic() {
    PANIC_HOOK.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            report(panic);
        }));
    });
}

fn take_colors(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        cell.fg = Color::Reset;
        cell.bg = Color::Reset;
        cell.underline_color = Color::Reset;
    }
}
