//! The loop: wait, take a message, perform what follows, draw. One user, one file, one loop.

use std::io;
use std::process::Command;
use std::time::Duration;

use crate::domain::card::CardKey;
use crate::domain::time::Timestamp;
use crate::tui::app::Message;
use crate::tui::desk::{Chore, Desk};
use crate::tui::editor::EditorCommand;
use crate::tui::effect::Reply;
use crate::tui::key::Key;
use crate::tui::terminal::{Event, Screen, Signal};
use crate::tui::theme::Role;
use crate::tui::widgets::page;

/// How the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The user left.
    Left,
    /// A signal came; the program must die by it once everything is saved.
    Signal(Signal),
}

/// The editor of the user.
#[derive(Clone, Debug, Default)]
pub struct EditorChoice {
    /// The command, with arguments.
    pub command: Option<String>,
    /// Arguments with `{file}` and `{line}`.
    pub arguments: Option<Vec<String>>,
}

/// Runs the interface until the user leaves or a signal comes.
pub fn run(
    desk: &mut Desk,
    screen: &mut Screen,
    editor: &EditorChoice,
    clock: &dyn Fn() -> Timestamp,
) -> io::Result<Ending> {
    let mut is_too_small = false;
    loop {
        let now = clock();
        // Keys that are already waiting share a frame; each is saved before the next is read.
        if !screen.has_input() {
            screen.draw(|frame| {
                is_too_small = page::is_too_small(frame.area());
                desk.app.view(frame, now)
            })?;
        }
        let is_idle = desk.app.has_idle_work();
        let timeout = if is_idle {
            Some(Duration::ZERO)
        } else {
            desk.app.needs_tick().then_some(Duration::from_secs(1))
        };
        let event = screen.next_event(timeout)?;
        let now = clock();
        let message = match event {
            // No key waits: a little of what the page would like to know.
            Event::Timeout if is_idle => Message::Idle,
            // What cannot be seen is not pressed, except to leave.
            Event::Key { key, .. } if is_too_small && key != Key::Ctrl('c') => continue,
            Event::Key { key, left_over } => Message::Key(key, left_over),
            Event::Paste(text) => Message::Paste(text),
            Event::Resize | Event::Timeout => Message::Tick,
            Event::Resumed => {
                screen.repaint()?;
                Message::Tick
            }
            Event::Stop(signal) => {
                desk.flush(now);
                return Ok(Ending::Signal(signal));
            }
            Event::HangUp => {
                desk.flush(now);
                return Ok(Ending::Signal(Signal::HangUp));
            }
        };
        let mut chores = desk.step(message, now);
        while let Some(chore) = chores.pop() {
            match chore {
                Chore::Quit => return Ok(Ending::Left),
                chore => chores.extend(do_chore(chore, desk, screen, editor, clock)?),
            }
        }
    }
}

fn do_chore(
    chore: Chore,
    desk: &mut Desk,
    screen: &mut Screen,
    editor: &EditorChoice,
    clock: &dyn Fn() -> Timestamp,
) -> io::Result<Vec<Chore>> {
    match chore {
        Chore::EditCard(key) => edit_card(&key, desk, screen, editor, clock),
        Chore::EditFile(path, line) => {
            edit(&path, line, desk, screen, editor, clock)?;
            Ok(desk.after_edit(None, clock()))
        }
        Chore::EditAgain(key, path, line) => {
            edit(&path, line, desk, screen, editor, clock)?;
            Ok(desk.after_edit(Some(&key), clock()))
        }
        Chore::EditDraft(text) => edit_draft(&text, desk, screen, editor, clock),
        Chore::Redraw => {
            screen.repaint()?;
            Ok(Vec::new())
        }
        Chore::Suspend => {
            screen.suspend()?;
            Ok(Vec::new())
        }
        Chore::Quit => Ok(vec![Chore::Quit]),
    }
}

fn edit_card(
    key: &CardKey,
    desk: &mut Desk,
    screen: &mut Screen,
    editor: &EditorChoice,
    clock: &dyn Fn() -> Timestamp,
) -> io::Result<Vec<Chore>> {
    match desk.trainer.place_to_edit(key) {
        Ok(place) => {
            edit(&place.path.to_string_lossy(), place.line, desk, screen, editor, clock)?;
            desk.trainer.finish_edit(&place);
            Ok(desk.after_edit(Some(key), clock()))
        }
        Err(why) => {
            desk.app.tell(Role::Warn, why, clock());
            Ok(Vec::new())
        }
    }
}

/// Runs the editor outside the screen; what goes wrong is told.
fn edit(
    path: &str,
    line: u32,
    desk: &mut Desk,
    screen: &mut Screen,
    editor: &EditorChoice,
    clock: &dyn Fn() -> Timestamp,
) -> io::Result<()> {
    let name = editor.command.as_deref().unwrap_or("vi");
    let command = EditorCommand::new(name, editor.arguments.as_deref(), path, line);
    let status =
        screen.outside(|| Command::new(&command.program).args(&command.arguments).status())?;
    let complaint = match status {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => format!("the editor `{}` ended with {status}", command.program),
        Err(error) => {
            format!("cannot start the editor `{}`: {error}; set EDITOR", command.program)
        }
    };
    desk.app.tell(Role::Warn, complaint, clock());
    Ok(())
}

fn edit_draft(
    text: &str,
    desk: &mut Desk,
    screen: &mut Screen,
    editor: &EditorChoice,
    clock: &dyn Fn() -> Timestamp,
) -> io::Result<Vec<Chore>> {
    let path = desk.trainer.paths().data.join("draft.md");
    if let Err(error) = std::fs::write(&path, text) {
        let why = format!("cannot write {}: {error}", path.display());
        desk.app.tell(Role::Warn, why, clock());
        return Ok(Vec::new());
    }
    edit(&path.to_string_lossy(), 1, desk, screen, editor, clock)?;
    let edited = std::fs::read_to_string(&path).unwrap_or_else(|_| text.to_owned());
    let _ = std::fs::remove_file(&path);
    Ok(desk.step(Message::Reply(Reply::DraftEdited(edited)), clock()))
}
