//! What a person sees who writes deck files.

mod checks;
mod mutations;
mod reading;
mod survival;
mod the_library;
mod working;

use crate::decks::bundled::bundled_labels;
use crate::decks::format::{ReadDeck, read_deck};
use crate::domain::deck::{FileName, Origin};
use crate::domain::problem::Severity;

/// The complete cards of the card guide.
const SAMPLES: &str = include_str!("samples.toml");

fn user_file() -> FileName {
    FileName { origin: Origin::User, path: "decks/mine.toml".into() }
}

/// A user's deck, read with the bundled labels.
fn read(text: &str) -> ReadDeck {
    read_deck(&user_file(), text, &bundled_labels())
}

/// `line:column message (help)` of every error.
fn errors(deck: &ReadDeck) -> Vec<String> {
    shown(deck, Severity::Error)
}

/// `line:column message (help)` of every warning.
fn warnings(deck: &ReadDeck) -> Vec<String> {
    shown(deck, Severity::Warning)
}

fn shown(deck: &ReadDeck, severity: Severity) -> Vec<String> {
    let wanted = deck.problems.iter().filter(|problem| problem.severity == severity);
    wanted
        .map(|problem| {
            let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{}:{} {}{help}", problem.line, problem.column, problem.message)
        })
        .collect()
}

/// The ids of the cards that could be read.
fn ids(deck: &ReadDeck) -> Vec<&str> {
    deck.cards.iter().filter_map(|read| read.card.id.as_ref()).map(|id| id.0.as_str()).collect()
}
