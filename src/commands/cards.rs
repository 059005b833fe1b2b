//! Histories without cards: what they were about, which new card each may belong to, and giving one to a card.

use anyhow::bail;
use serde::Serialize;

use crate::commands::editing::{answer, is_no, is_yes};
use crate::commands::filter::nearest;
use crate::commands::output::{self, JSON_VERSION, UsageError, one_line};
use crate::commands::world::{Exit, World};
use crate::domain::card::CardKey;
use crate::domain::deck::CardEntry;
use crate::domain::time::Day;
use crate::i18n::Texts;
use crate::trainer::{NotGiven, Orphan, Pending, Trainer};

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// List histories whose card is in no deck
    #[arg(long)]
    orphans: bool,
    /// List new cards that may be known ones, without asking
    #[arg(long, conflicts_with = "orphans")]
    pending: bool,
    /// Give a history to a card
    #[arg(long, num_args = 2, value_names = ["HISTORY", "CARD"], conflicts_with_all = ["orphans", "pending"])]
    give: Option<Vec<String>>,
    /// With --give: what the card was answered until now becomes a history without card
    #[arg(long, requires = "give")]
    replace: bool,
    /// Say that a history does not belong to a card
    #[arg(long, num_args = 2, value_names = ["HISTORY", "CARD"], conflicts_with_all = ["orphans", "pending", "give"])]
    apart: Option<Vec<String>>,
    /// Print JSON; nothing is asked
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep cards                                  ask about new cards that may be known ones
  prep cards --pending                        list those questions
  prep cards --orphans                        histories whose card is in no deck
  prep cards --give ~0a1b2c3d mine/new-name   the card continues this history (the beginning of
                                              the history's name is enough)";

#[derive(Serialize)]
struct Output {
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    orphans: Option<Vec<OrphanRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<Vec<PendingRow>>,
}

#[derive(Serialize)]
struct OrphanRow {
    history: String,
    question: String,
    file: String,
    reviews: usize,
    last_day: Option<String>,
    hidden_by_errors: bool,
}

#[derive(Serialize)]
struct PendingRow {
    history: OrphanRow,
    card: String,
    card_question: String,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let mut trainer = world.trainer()?;
    if let Some([history, card]) = args.give.as_deref() {
        let (history, card) = (find_history(&trainer, history, world)?, find_card(&trainer, card)?);
        give(&mut trainer, &history, &card, args.replace, world)?;
        return Ok(Exit::Done);
    }
    if let Some([history, card]) = args.apart.as_deref() {
        let (history, card) = (find_history(&trainer, history, world)?, find_card(&trainer, card)?);
        trainer.part_history(&history, &card.key, world.now())?;
        output::print(&format!("{}\n", world.texts().history_parted(&card.name())))?;
        return Ok(Exit::Done);
    }
    if args.orphans {
        return orphans(&trainer, args.json, world);
    }
    let pending = trainer.pending();
    if args.json {
        let rows = pending.iter().map(|it| pending_row(it, world)).collect();
        let out = Output { version: JSON_VERSION, orphans: None, pending: Some(rows) };
        output::json(&out)?;
        return Ok(Exit::Done);
    }
    if pending.is_empty() {
        output::print(&format!("{}\n", world.texts().nothing_pending()))?;
        return Ok(Exit::Done);
    }
    for it in &pending {
        output::print(&question(it, world))?;
        if !args.pending {
            decide(&mut trainer, it, world)?;
        }
    }
    Ok(Exit::Done)
}

fn orphans(trainer: &Trainer, json: bool, world: &World) -> anyhow::Result<Exit> {
    let orphans = trainer.orphans();
    if json {
        let rows = orphans.iter().map(orphan_row).collect();
        let out = Output { version: JSON_VERSION, orphans: Some(rows), pending: None };
        output::json(&out)?;
        return Ok(Exit::Done);
    }
    let texts = world.texts();
    if orphans.is_empty() {
        output::print(&format!("{}\n", texts.no_orphans()))?;
        return Ok(Exit::Done);
    }
    let lines: Vec<String> = orphans
        .iter()
        .map(|orphan| {
            let hidden = if orphan.is_hidden { texts.history_is_hidden() } else { "" };
            let place = [orphan.file.as_str(), hidden].join(" ");
            format!(
                "{}  {}\n    {}  {}\n",
                orphan.key,
                asked(orphan, texts),
                summary(orphan, texts),
                one_line(&place)
            )
        })
        .collect();
    output::print(&lines.concat())?;
    Ok(Exit::Done)
}

fn asked(orphan: &Orphan, texts: &Texts) -> String {
    let question = one_line(&orphan.question);
    if question.is_empty() { texts.question_unknown().to_owned() } else { question }
}

fn summary(orphan: &Orphan, texts: &Texts) -> String {
    texts.history_summary(orphan.reviews, &orphan.last_day.map(Day::iso).unwrap_or_default())
}

fn question(pending: &Pending, world: &World) -> String {
    let texts = world.texts();
    let (was, is) = texts.was_and_is();
    format!(
        "{was}  {}\n     {}, {}\n{is}  {}\n     {}\n",
        asked(&pending.history, texts),
        pending.history.key,
        summary(&pending.history, texts),
        one_line(pending.card.title.get(world.languages().1)),
        pending.card.name(),
    )
}

/// Asks one question, where somebody is there to answer.
fn decide(trainer: &mut Trainer, pending: &Pending, world: &World) -> anyhow::Result<()> {
    let (history, card) = (&pending.history.key, &pending.card);
    match answer(world, world.texts().same_card())? {
        Some(line) if is_yes(&line) => give(trainer, history, card, false, world),
        Some(line) if is_no(&line) => {
            trainer.part_history(history, &card.key, world.now())?;
            output::print(&format!("{}\n", world.texts().history_parted(&card.name())))
        }
        _ => Ok(()),
    }
}

fn give(
    trainer: &mut Trainer,
    history: &CardKey,
    card: &CardEntry,
    replace: bool,
    world: &World,
) -> anyhow::Result<()> {
    let texts = world.texts();
    let name = card.name();
    let refused = match trainer.give_history(history, card, replace, world.now()) {
        Ok(()) => return output::print(&format!("{}\n", texts.history_given(&name))),
        Err(NotGiven::NoHistory) => texts.no_such_history(&history.0),
        Err(NotGiven::HasCard(owner)) => texts.history_has_card(&owner),
        Err(NotGiven::CardHasHistory(reviews)) => texts.card_has_history(&name, reviews),
        Err(NotGiven::Unsaved(why)) => bail!("{why}"),
    };
    bail!(UsageError(refused))
}

/// A history by its name or the beginning of it.
fn find_history(trainer: &Trainer, name: &str, world: &World) -> Result<CardKey, UsageError> {
    let orphans = trainer.orphans();
    if let Some(exact) = orphans.iter().find(|orphan| orphan.key.0 == name) {
        return Ok(exact.key.clone());
    }
    let mut beginning = orphans.iter().filter(|orphan| orphan.key.0.starts_with(name));
    if let (Some(only), None) = (beginning.next(), beginning.next()) {
        return Ok(only.key.clone());
    }
    match trainer.entry(name) {
        Some(entry) => Err(UsageError(world.texts().history_has_card(&entry.name()))),
        None => Err(UsageError(world.texts().no_such_history(name))),
    }
}

fn find_card(trainer: &Trainer, name: &str) -> Result<CardEntry, UsageError> {
    let by_name = || trainer.entries().iter().find(|entry| entry.name() == name);
    if let Some(entry) = trainer.entry(name).or_else(by_name) {
        return Ok(entry.clone());
    }
    let names: Vec<String> = trainer.entries().iter().map(CardEntry::name).collect();
    let hint = nearest(name, names.iter().map(String::as_str), "prep list");
    Err(UsageError(format!("there is no card `{name}`{hint}")))
}

fn orphan_row(orphan: &Orphan) -> OrphanRow {
    OrphanRow {
        history: orphan.key.0.clone(),
        question: orphan.question.clone(),
        file: orphan.file.clone(),
        reviews: orphan.reviews,
        last_day: orphan.last_day.map(Day::iso),
        hidden_by_errors: orphan.is_hidden,
    }
}

fn pending_row(pending: &Pending, world: &World) -> PendingRow {
    PendingRow {
        history: orphan_row(&pending.history),
        card: pending.card.name(),
        card_question: pending.card.title.get(world.languages().1).clone(),
    }
}
