//! One card, as text or as JSON: question, answer, key points, and how it has gone so far.

use anyhow::anyhow;

use crate::commands::filter::nearest;
use crate::commands::output;
use crate::commands::output::UsageError;
use crate::commands::show::page::Page;
use crate::commands::world::{Exit, World};
use crate::domain::card::{Card, CardId};
use crate::domain::deck::CardEntry;
use crate::domain::resource::Resource;
use crate::domain::review::Review;
use crate::trainer::Trainer;

mod json;
mod page;

/// Shows one card with its answer.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// The card: its id, or a place such as my.toml:12
    #[arg(value_name = "CARD")]
    card: String,
    /// Only the question
    #[arg(long)]
    question: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep show linux/load-average              question, answer, key points, sources, history
  prep show linux/load-average --question   only the question
  prep show linux/load-average --lang ko    in Korean
  prep show my.toml:12                      the card of a deck file at that line";

/// A card with all that is shown of it.
struct Shown<'a> {
    entry: &'a CardEntry,
    card: Card,
    resources: Vec<Resource>,
    history: Vec<Review>,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let (name, question, json) = (args.card.as_str(), args.question, args.json);
    let trainer = world.trainer()?;
    let Some(entry) = find(&trainer, name) else {
        return Err(UsageError(unknown(&trainer, name)).into());
    };
    let card = trainer.card(entry).map_err(|problem| anyhow!("{problem}"))?;
    let shown = Shown {
        entry,
        card,
        resources: trainer.resources_of(entry),
        history: trainer.store().history(&entry.key)?,
    };
    if json {
        output::json(&json::found(&shown, &trainer, world, question))?;
    } else {
        output::print(&Page::new(&shown, &trainer, world).text(question))?;
    }
    Ok(Exit::Done)
}

/// A card by id, key, or a file with a line in or under its header.
fn find<'a>(trainer: &'a Trainer, name: &str) -> Option<&'a CardEntry> {
    trainer.entry(name).or_else(|| {
        let (file, line) = name.rsplit_once(':')?;
        let line: u32 = line.parse().ok()?;
        let in_file = trainer.entries().iter().filter(|entry| is_file(&entry.file.path, file));
        in_file.filter(|entry| entry.line <= line).max_by_key(|entry| entry.line)
    })
}

/// Whether a path, as written by a person, means a deck file: its full path or the end of it.
fn is_file(path: &str, written: &str) -> bool {
    let written = written.strip_prefix("./").unwrap_or(written);
    !written.is_empty()
        && path.strip_suffix(written).is_some_and(|rest| {
            rest.is_empty()
                || rest.ends_with('/')
                || rest.ends_with('\\')
                || written.starts_with('/')
        })
}

/// Why there is no such card: it is broken where it is written, or there is none, with the nearest names.
fn unknown(trainer: &Trainer, name: &str) -> String {
    let problems = trainer.all_problems();
    if let Some(problem) = problems.iter().find(|problem| problem.card.as_deref() == Some(name)) {
        return format!(
            "the card `{name}` cannot be used: {problem}; `prep check` shows all of it"
        );
    }
    let known = trainer.entries().iter().filter_map(|entry| entry.id.as_ref());
    let near = nearest(name, known.map(|CardId(id)| id.as_str()), "prep list");
    format!("there is no card `{name}`{near}")
}

#[cfg(test)]
mod tests {
    use super::is_file;

    #[test]
    fn a_file_may_be_written_by_its_name_or_its_path() {
        for written in ["my.toml", "decks/my.toml", "./my.toml", "/home/a/decks/my.toml"] {
            assert!(is_file("/home/a/decks/my.toml", written), "{written}");
        }
        for written in ["y.toml", "", "other/my.toml"] {
            assert!(!is_file("/home/a/decks/my.toml", written), "{written}");
        }
    }
}
