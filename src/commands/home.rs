//! `prep` alone: the start page, or the form of the first run; without a terminal one line and the next command.

use crate::commands::interface;
use crate::commands::world::{Exit, World};
use crate::commands::{output, today};
use crate::tui::app::Opening;

/// Runs it.
pub fn run(world: &mut World) -> anyhow::Result<Exit> {
    if !world.is_interactive() {
        let exit = today::run(&today::Args::default(), world)?;
        output::note(
            &"`prep study --plain` studies in plain lines; `prep --help` lists all commands",
        );
        return Ok(exit);
    }
    let trainer = world.trainer()?;
    let opening = if trainer.is_first_run() {
        Opening::FirstRun(trainer.decks_with_cards())
    } else {
        Opening::Home
    };
    Ok(interface::show(world, trainer, opening)?.exit())
}
