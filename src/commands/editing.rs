//! Editing a file outside the screens: the editor at a line, and afterwards a look at what was saved.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::commands::interface;
use crate::commands::output::{self, UsageError};
use crate::commands::world::{Exit, World};
use crate::decks::{bundled_labels, read_deck, render};
use crate::domain::deck::{FileName, Origin};
use crate::domain::problem::{Problem, Severity};
use crate::tui::editor::EditorCommand;

/// Opens a file in the user's editor at a line and waits until it is closed.
pub fn open(world: &World, path: &Path, line: u32) -> anyhow::Result<()> {
    let choice = interface::editor(world);
    if choice.command.is_none() && !world.is_interactive() {
        bail!(UsageError(
            "no editor is set and this is no terminal; set EDITOR, such as EDITOR='code -w'".into()
        ));
    }
    let name = choice.command.as_deref().unwrap_or("vi");
    let command =
        EditorCommand::new(name, choice.arguments.as_deref(), &path.to_string_lossy(), line);
    let status = Command::new(&command.program)
        .args(&command.arguments)
        .status()
        .with_context(|| format!("cannot start the editor `{}`; set EDITOR", command.program))?;
    if !status.success() {
        bail!("the editor `{}` ended with {status}", command.program);
    }
    Ok(())
}

/// Edits a deck file until it can be read or the user has enough, beginning at a line.
pub fn edit_deck(world: &World, path: &Path, line: u32) -> anyhow::Result<Exit> {
    let mut line = line;
    loop {
        open(world, path, line)?;
        let (problems, cards) = look_at(world, path)?;
        let is_error = |problem: &&Problem| problem.severity == Severity::Error;
        let Some(first) = problems.iter().find(is_error) else {
            if problems.is_empty() {
                output::print(&format!("{}\n", world.texts().file_is_fine(cards)))?;
            }
            return Ok(Exit::Done);
        };
        if !ask(world, world.texts().edit_again())? {
            return Ok(Exit::Failed);
        }
        line = first.line.max(1);
    }
}

/// Reads a deck file and prints its problems; gives them and the number of cards.
fn look_at(world: &World, path: &Path) -> anyhow::Result<(Vec<Problem>, usize)> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = FileName { origin: Origin::User, path: path.to_string_lossy().into_owned() };
    let deck = read_deck(&name, &text, &bundled_labels());
    print_problems(world, &deck.problems, Some(&text))?;
    Ok((deck.problems, deck.cards.len()))
}

/// Prints problems as `prep check` does.
pub fn print_problems(
    world: &World,
    problems: &[Problem],
    text: Option<&str>,
) -> anyhow::Result<()> {
    let drawn: String =
        problems.iter().map(|problem| render(problem, text, world.has_color()) + "\n\n").collect();
    output::print(&drawn)
}

/// Asks a question whose answer is yes unless it is no; without a terminal nobody says yes.
pub fn ask(world: &World, question: &str) -> anyhow::Result<bool> {
    Ok(answer(world, question)?.is_some_and(|line| !is_no(&line)))
}

/// Asks a question and gives the line; none at the end of input and without a terminal.
pub fn answer(_world: &World, question: &str) -> anyhow::Result<Option<String>> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    let mut err = io::stderr().lock();
    write!(err, "{question}").and_then(|()| err.flush()).context("cannot ask")?;
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).context("cannot read the answer")?;
    Ok((read > 0).then(|| line.trim().to_lowercase()))
}

/// Whether a line means no, also typed on a Korean keyboard.
pub fn is_no(line: &str) -> bool {
    matches!(line, "n" | "no" | "ㅜ" | "아니" | "아니요" | "아니오")
}

/// Whether a line means yes, also typed on a Korean keyboard.
pub fn is_yes(line: &str) -> bool {
    matches!(line, "y" | "yes" | "ㅛ" | "예" | "네")
}
