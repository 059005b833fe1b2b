//! The JSON Schema of deck files, for editors.

use crate::commands::output;
use crate::commands::world::{Exit, World};
use crate::decks::{bundled_labels, deck_schema, label_schema};

/// Prints the JSON Schema of deck files: completion and hovers in editors that use taplo.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// The schema of deck files (the default)
    #[arg(long, conflicts_with = "tags")]
    deck: bool,
    /// The schema of a list of tags and roles
    #[arg(long)]
    tags: bool,
    /// The same: a schema is JSON
    #[arg(long, hide = true)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep schema > deck.schema.json          the schema of deck files
  prep schema --tags > tags.schema.json   that of a list of tags

A deck whose first line is `#:schema ./deck.schema.json` gets completion, hovers and checks in
editors with taplo (VS Code: Even Better TOML; helix and nvim: `taplo lsp`). `prep new` writes both.";

/// Runs it.
pub fn run(args: &Args, _world: &mut World) -> anyhow::Result<Exit> {
    let text = if args.tags { label_schema() } else { deck_schema(&bundled_labels()) };
    output::print(&text)?;
    Ok(Exit::Done)
}
