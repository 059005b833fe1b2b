//! Where there is no Unix: crossterm's events, no signals.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyEventKind};

use crate::tui::key::Key;
use crate::tui::terminal::input::{Input, clean_paste};
use crate::tui::terminal::{Caught, Heard, Signal};

/// What can be heard.
pub struct Source {
    queue: VecDeque<Input>,
    resized: bool,
}

impl Source {
    /// Opens the console's events.
    pub fn open() -> io::Result<Self> {
        Ok(Self { queue: VecDeque::new(), resized: false })
    }

    /// The next thing heard within the time; without a time limit it waits for ever.
    pub fn next(&mut self, timeout: Option<Duration>) -> io::Result<Heard> {
        loop {
            if std::mem::take(&mut self.resized) {
                return Ok(Heard::Signal(Caught::Resize));
            }
            if let Some(input) = self.queue.pop_front() {
                return Ok(Heard::Input(input));
            }
            self.wait(timeout.unwrap_or(Duration::from_secs(3600)))?;
            if timeout.is_some() && self.queue.is_empty() && !self.resized {
                return Ok(Heard::Nothing);
            }
        }
    }

    /// Whether the next input is a key and comes within the time.
    pub fn key_follows(&mut self, within: Duration) -> io::Result<bool> {
        if self.queue.is_empty() {
            self.wait(within)?;
        }
        Ok(matches!(self.queue.front(), Some(Input::Key(_))))
    }

    /// Whether something typed can be had without waiting.
    pub fn has_input(&mut self) -> bool {
        if self.queue.is_empty() {
            self.wait(Duration::ZERO).ok();
        }
        !self.queue.is_empty()
    }

    fn wait(&mut self, timeout: Duration) -> io::Result<()> {
        if !event::poll(timeout)? {
            return Ok(());
        }
        match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                self.queue.extend(Key::from_event(&key).map(Input::Key));
            }
            Event::Paste(text) => self.queue.push_back(Input::Paste(clean_paste(&text))),
            Event::Resize(..) => self.resized = true,
            _ => {}
        }
        Ok(())
    }

    /// Does nothing.
    pub fn stop_group(&self) -> io::Result<()> {
        Ok(())
    }

    /// Does nothing.
    pub fn go_outside(&self) {}

    /// Does nothing.
    pub fn come_back(&self) {}
}

/// There is no shell to go back to.
pub fn can_stop() -> bool {
    false
}

/// Does nothing; signals are never heard here.
pub fn take_default_action(_: Signal) {}

/// Writes to the console.
pub fn write_all(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout();
    stdout.write_all(bytes)?;
    stdout.flush()
}
