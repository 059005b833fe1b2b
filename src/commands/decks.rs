//! Decks with their cards.

use crate::commands::world::{Exit, World};

/// Its flags.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs it.
pub fn run(_args: Args, _world: &mut World) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
