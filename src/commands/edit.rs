//! A card or a deck in the user's editor, at its line; afterwards its problems, with the offer to edit again.

use std::path::{Path, PathBuf};

use crate::commands::editing;
use crate::commands::filter::nearest;
use crate::commands::output::UsageError;
use crate::commands::world::{Exit, World};
use crate::domain::card::CardKey;
use crate::domain::deck::{CardEntry, Origin};
use crate::trainer::Trainer;

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// A card (its id, or file:line as `prep list` shows it), one of your decks, or a file
    #[arg(value_name = "CARD|DECK")]
    what: String,
}

const EXAMPLES: &str = "\
Examples:
  prep edit linux/load-average        a card; one that comes with prep is copied into your decks first
  prep edit mine                      your deck
  EDITOR='code -w' prep edit mine     in VS Code; vim, nano, emacs, emacsclient, helix and others open at
                                      the line too, [editor] in the settings teaches any other";

/// What is edited.
enum Target {
    Card(CardKey),
    File(PathBuf),
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let mut trainer = world.trainer()?;
    match find(&trainer, &args.what, world)? {
        Target::File(path) => {
            trainer.write_schema();
            let done = editing::edit_deck(world, &path, 1);
            trainer.refresh(world.now());
            done
        }
        Target::Card(key) => {
            let place = trainer.place_to_edit(&key).map_err(anyhow::Error::msg)?;
            let done = editing::edit_deck(world, &place.path, place.line);
            // Also where the editor failed: a copy that was not changed goes away again.
            trainer.finish_edit(&place);
            trainer.refresh(world.now());
            trainer.adopt_edited(&key, world.now());
            done
        }
    }
}

fn find(trainer: &Trainer, what: &str, world: &World) -> anyhow::Result<Target> {
    let by_name = trainer.entries().iter().find(|entry| entry.name() == what);
    if let Some(entry) = trainer.entry(what).or(by_name) {
        return Ok(Target::Card(entry.key.clone()));
    }
    let decks = trainer.decks().iter().filter(|info| info.id.0 == what);
    let own = decks.clone().find(|info| info.file.origin == Origin::User);
    if let Some(info) = own {
        return Ok(Target::File(PathBuf::from(&info.file.path)));
    }
    let path = Path::new(what);
    if path.extension().is_some_and(|it| it == "toml") && path.is_file() {
        return Ok(Target::File(path.to_owned()));
    }
    if decks.count() > 0 {
        return Err(UsageError(world.texts().deck_is_bundled(what)).into());
    }
    let names: Vec<String> = trainer
        .entries()
        .iter()
        .map(CardEntry::name)
        .chain(trainer.decks().iter().map(|info| info.id.0.clone()))
        .collect();
    let hint = nearest(what, names.iter().map(String::as_str), "prep list");
    Err(UsageError(format!("there is no card and no deck `{what}`{hint}")).into())
}
