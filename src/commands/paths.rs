//! Where prep keeps its files.

use std::path::Path;

use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION, Table};
use crate::commands::world::{Exit, World};

/// Prints where decks, progress and settings are.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep paths                             every folder and file of prep
  PREP_DATA_DIR=/mnt/stick prep paths    another folder for progress and decks
  prep --decks ./team-decks paths        which decks a flag selects";

#[derive(Serialize)]
struct Output {
    version: u32,
    data: String,
    database: String,
    decks: Vec<String>,
    own_decks: String,
    config: String,
    settings: String,
    backups: String,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let json = args.json;
    if json {
        output::json(&found(world))?;
        return Ok(Exit::Done);
    }
    let (texts, paths) = (world.texts(), &world.paths);
    let mut folders = world.deck_folders();
    if folders.is_empty() {
        folders.push(paths.decks.clone());
    }
    let mut rows: Vec<(&str, &Path)> =
        vec![(texts.path_data(), &paths.data), (texts.path_database(), &paths.database)];
    rows.extend(folders.iter().map(|folder| (texts.path_decks(), folder.as_path())));
    rows.extend([
        (texts.path_config(), paths.config.as_path()),
        (texts.path_settings(), &paths.settings),
        (texts.path_backups(), &paths.backups),
    ]);
    let mut table = Table::default();
    for (what, path) in rows {
        let missing = if path.exists() { "" } else { texts.not_there_yet() };
        let missing = if missing.is_empty() { String::new() } else { format!("({missing})") };
        table.row(&[what.to_owned(), path.display().to_string(), missing]);
    }
    output::print(&table.text(None, world.has_color()))?;
    Ok(Exit::Done)
}

fn found(world: &World) -> Output {
    let text = |path: &Path| path.display().to_string();
    let paths = &world.paths;
    Output {
        version: JSON_VERSION,
        data: text(&paths.data),
        database: text(&paths.database),
        decks: world.deck_folders().iter().map(|folder| text(folder)).collect(),
        own_decks: text(&paths.decks),
        config: text(&paths.config),
        settings: text(&paths.settings),
        backups: text(&paths.backups),
    }
}
