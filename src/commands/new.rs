//! A new deck file of the user's, with its head, a guide in comments and the schema for editors.

use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION, UsageError};
use crate::commands::world::{Exit, World};
use crate::commands::{editing, why};
use crate::domain::lang::Lang;
use crate::trainer::NotAdded;

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// What the deck is called: its id and the name of its file
    #[arg(value_name = "DECK")]
    deck: String,
    /// The title that is shown
    #[arg(long)]
    title: Option<String>,
    /// Do not open the editor
    #[arg(long)]
    no_edit: bool,
    /// Print JSON; the editor is not opened
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep new my-team                       make a deck and open it in $EDITOR
  prep new linux                         cards of your own for the bundled deck linux
  prep new my-team --no-edit --lang ko   only make the file, in Korean";

#[derive(Serialize)]
struct Output {
    version: u32,
    deck: String,
    file: String,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let mut trainer = world.trainer()?;
    let texts = world.texts();
    let (lang, _): (Lang, Lang) = world.languages();
    let path = match trainer.create_deck(&args.deck, args.title.as_deref(), lang) {
        Ok(path) => path,
        Err(NotAdded::Exists(path)) => {
            let why = texts.deck_exists(&path.display().to_string(), &args.deck);
            return Err(UsageError(why).into());
        }
        Err(error) => return Err(why(texts, &error)),
    };
    trainer.refresh(world.now());
    let info = trainer.decks().iter().find(|info| std::path::Path::new(&info.file.path) == path);
    let deck = info.map_or_else(|| args.deck.clone(), |info| info.id.0.clone());
    let file = path.display().to_string();
    if args.json {
        output::json(&Output { version: JSON_VERSION, deck, file })?;
        return Ok(Exit::Done);
    }
    output::print(&format!("{}\n", texts.deck_made(&file)))?;
    if args.no_edit || !world.is_interactive() {
        output::print(&format!("{}\n", texts.deck_made_next(&deck)))?;
        return Ok(Exit::Done);
    }
    let lines = std::fs::read_to_string(&path).unwrap_or_default().lines().count();
    editing::edit_deck(world, &path, u32::try_from(lines).unwrap_or(1))
}
