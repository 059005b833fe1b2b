//! Takes cards out of study for good, or back in; without a card it lists those that are out.

use serde::Serialize;

use crate::commands::filter::nearest;
use crate::commands::output::{self, UsageError};
use crate::commands::world::{Exit, World};
use crate::domain::card::CardKey;
use crate::domain::deck::CardEntry;
use crate::domain::review::{Mark, MarkKind};
use crate::trainer::Trainer;

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Cards: ids as `prep list` shows them; none lists the suspended ones
    #[arg(value_name = "CARD")]
    cards: Vec<String>,
    /// Ask them again
    #[arg(long)]
    off: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep suspend linux/load-average         never ask this card
  prep suspend linux/load-average --off   ask it again
  prep suspend                            list the suspended cards";

#[derive(Serialize)]
struct Out {
    version: u32,
    suspended: Vec<String>,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let mut trainer = world.trainer()?;
    let keys = args
        .cards
        .iter()
        .map(|name| find(&trainer, name))
        .collect::<Result<Vec<CardKey>, UsageError>>()?;
    for key in keys {
        let kind = if args.off { MarkKind::Unsuspend } else { MarkKind::Suspend };
        trainer.mark(&Mark { at: world.now(), key, kind })?;
    }
    let suspended: Vec<String> = trainer
        .entries()
        .iter()
        .filter(|entry| trainer.marks_of(&entry.key).is_suspended)
        .map(CardEntry::name)
        .collect();
    if args.json {
        output::json(&Out { version: output::JSON_VERSION, suspended })?;
        return Ok(Exit::Done);
    }
    if suspended.is_empty() {
        output::print(world.texts().pick("No card is suspended.\n", "제외한 카드가 없습니다.\n"))?;
        return Ok(Exit::Done);
    }
    output::print(&format!("{}\n", suspended.join("\n")))?;
    Ok(Exit::Done)
}

fn find(trainer: &Trainer, name: &str) -> Result<CardKey, UsageError> {
    match trainer.entry(name) {
        Some(entry) => Ok(entry.key.clone()),
        None => {
            let names: Vec<String> = trainer.entries().iter().map(CardEntry::name).collect();
            let hint = nearest(name, names.iter().map(String::as_str), "prep list");
            Err(UsageError(format!("there is no card `{name}`{hint}")))
        }
    }
}
