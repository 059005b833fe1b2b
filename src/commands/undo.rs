//! Takes back the last answer of the newest session.

use anyhow::bail;
use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION};
use crate::commands::today::has_progress;
use crate::commands::world::{Exit, World};
use crate::domain::deck::CardEntry;
use crate::domain::review::{Rating, Review};
use crate::i18n::Texts;

/// Takes back the last answer of the newest session.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep undo         take back the last grade; the card is scheduled as before it
  prep undo         once more: the one before that";

#[derive(Serialize)]
struct Output {
    version: u32,
    undone: Undone,
    left: usize,
}

#[derive(Serialize)]
struct Undone {
    key: String,
    card: String,
    source: &'static str,
    rating: Option<&'static str>,
    correct: Option<bool>,
    at: i64,
    day: String,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let json = args.json;
    let texts = world.texts();
    if !has_progress(world) {
        bail!("{}", texts.nothing_to_take_back());
    }
    let mut trainer = world.trainer()?;
    let Some((review, entry)) = trainer.undo_last(world.now())? else {
        bail!("{}", texts.nothing_to_take_back());
    };
    let left = trainer.undoable();
    trainer.close(world.now());
    if json {
        let undone = undone(&review, entry.as_ref());
        output::json(&Output { version: JSON_VERSION, undone, left })?;
        return Ok(Exit::Done);
    }
    let lang = world.languages().1;
    let mut card = name(&review, entry.as_ref());
    if let Some(entry) = &entry {
        let title = output::one_line(entry.title.get(lang));
        card = format!("{card} ({title})");
    }
    output::print(&format!("{}\n", texts.took_back_of(grade(&review, texts), &card)))?;
    Ok(Exit::Done)
}

/// The card's id or place; a card that is gone has only its key.
fn name(review: &Review, entry: Option<&CardEntry>) -> String {
    entry.map_or_else(|| review.key.0.clone(), CardEntry::name)
}

/// The word of the grade or, for a quiz answer, whether it was right.
pub const fn grade(review: &Review, texts: &Texts) -> &'static str {
    match (review.rating, review.correct) {
        (Some(rating), _) => texts.rating(rating),
        (None, Some(true)) => texts.right,
        (None, Some(false)) => texts.wrong,
        (None, None) => texts.left_open,
    }
}

fn undone(review: &Review, entry: Option<&CardEntry>) -> Undone {
    Undone {
        key: review.key.0.clone(),
        card: name(review, entry),
        source: review.source.name(),
        rating: review.rating.map(Rating::name),
        correct: review.correct,
        at: review.at.0,
        day: review.day.iso(),
    }
}
