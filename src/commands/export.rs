//! Writes cards as text for people and other programs, and the whole log for another machine.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::commands::filter::FilterArgs;
use crate::commands::output::{self, UsageError};
use crate::commands::world::{Exit, World};
use crate::domain::card::{Card, CardKey};
use crate::domain::log::WholeLog;
use crate::domain::review::Review;
use crate::exchange::anki::{Export, ExportedCard, ExportedDeck, write_package};
use crate::exchange::{SheetWords, log_to_lines, to_csv, to_markdown, to_sheet};
use crate::trainer::Trainer;

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: FormatChoice,
    /// The file to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Write over a file that is there
    #[arg(short, long)]
    force: bool,
}

/// The formats that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum FormatChoice {
    /// A question bank in Markdown
    Markdown,
    /// A table
    Csv,
    /// A sheet to print for an interviewer: questions, key points, follow-ups, room for notes
    Sheet,
    /// A package of Anki with the review history; needs --output
    Apkg,
    /// The whole log: reviews, decisions, drafts, interviews, as JSON Lines
    Jsonl,
}

const EXAMPLES: &str = "\
Examples:
  prep export --format markdown --deck linux -o linux.md
  prep export --format csv --tag k8s > k8s.csv        a table for a spreadsheet
  prep export --format sheet --role sre --level 1-2   a sheet for an interviewer
  prep export --format apkg -o prep.apkg              for Anki, with your history
  prep export --format jsonl -o log.jsonl             the whole log; prep import takes it back";

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let is_file = args.output.as_path() != Path::new("-");
    let path = args.output.display();
    if is_file && args.output.is_dir() {
        return Err(UsageError(format!("{path} is a folder; name a file in it")).into());
    }
    if is_file && !args.force && args.output.exists() {
        return Err(UsageError(format!("{path} is there already; --force writes over it")).into());
    }
    let trainer = world.trainer()?;
    let filter = args.filter.resolve(&trainer)?;
    if args.format == FormatChoice::Jsonl {
        if !filter.is_empty() {
            let message = "the log is exported whole; leave the filters out".to_owned();
            return Err(UsageError(message).into());
        }
        let log = trainer.store().whole_log().context("cannot read the log")?;
        write(args, &log_to_lines(&log))?;
        if is_file {
            let path = args.output.display().to_string();
            output::note(&world.texts().exported_log(entries(&log), &path));
        }
        return Ok(Exit::Done);
    }
    let with_drafts = args.format != FormatChoice::Sheet;
    let cards = cards(&trainer, |entry| {
        !entry.retired && filter.accepts(entry) && (with_drafts || !entry.is_draft())
    });
    if cards.is_empty() {
        output::note(&world.texts().no_card_fits());
        return Ok(Exit::Done);
    }
    if args.format == FormatChoice::Apkg {
        if !is_file && std::io::stdout().is_terminal() {
            let message = "a package is no text; name a file with --output".to_owned();
            return Err(UsageError(message).into());
        }
        write_bytes(args, &package(&trainer, &cards, args, world)?)?;
    } else {
        write(args, &text_of(args.format, &cards, world))?;
    }
    if is_file {
        output::note(&world.texts().exported(cards.len(), &args.output.display().to_string()));
    }
    Ok(Exit::Done)
}

/// The selected cards; one that cannot be read is said and left out.
fn cards(
    trainer: &Trainer,
    is_wanted: impl Fn(&crate::domain::deck::CardEntry) -> bool,
) -> Vec<Card> {
    let wanted = trainer.entries().iter().filter(|entry| is_wanted(entry));
    wanted
        .filter_map(|entry| trainer.card(entry).map_err(|problem| output::note(&problem)).ok())
        .collect()
}

fn text_of(format: FormatChoice, cards: &[Card], world: &World) -> String {
    let (lang, texts) = (world.languages().1, world.texts());
    match format {
        FormatChoice::Markdown | FormatChoice::Jsonl | FormatChoice::Apkg => {
            to_markdown(cards, lang)
        }
        FormatChoice::Csv => to_csv(cards, lang),
        FormatChoice::Sheet => {
            let words = SheetWords {
                title: texts.sheet_title(),
                candidate: texts.sheet_candidate(),
                date: texts.sheet_date(),
                points: texts.sheet_points(),
                follow_ups: texts.sheet_follow_ups(),
                notes: texts.sheet_notes(),
                grade: texts.sheet_grade(),
            };
            to_sheet(cards, lang, &words)
        }
    }
}

/// A package of Anki: the cards by deck, each with its answers and what is known of its memory.
fn package(
    trainer: &Trainer,
    cards: &[Card],
    args: &Args,
    world: &World,
) -> anyhow::Result<Vec<u8>> {
    let log = trainer.store().log().context("cannot read the log")?;
    let mut histories: HashMap<&CardKey, Vec<&Review>> = HashMap::new();
    for review in &log {
        histories.entry(&review.key).or_default().push(review);
    }
    let mut decks: Vec<ExportedDeck<'_>> = Vec::new();
    for card in cards {
        let Some(entry) = trainer.entry_of(&card.key) else { continue };
        // The levels of a deck's id are Anki's sub-decks.
        let name = entry.deck.0.replace('/', "::");
        let exported = ExportedCard {
            card,
            schedule: trainer.schedule(&card.key),
            is_suspended: trainer.marks_of(&card.key).is_suspended,
            reviews: histories.get(&card.key).cloned().unwrap_or_default(),
        };
        match decks.iter_mut().find(|deck| deck.name == name) {
            Some(deck) => deck.cards.push(exported),
            None => decks.push(ExportedDeck { name, cards: vec![exported] }),
        }
    }
    let file = args.output.display().to_string();
    let (lang, now, calendar) = (world.languages().1, world.now(), world.calendar());
    let export = Export { file: &file, decks: &decks, lang, now, calendar: &calendar };
    write_package(&export).context("cannot make the package")
}

fn entries(log: &WholeLog) -> usize {
    log.reviews.len()
        + log.voids.len()
        + log.marks.len()
        + log.drafts.len()
        + log.ticks.len()
        + log.interviews.len()
        + usize::from(log.study_time.is_some())
        + log.fits.len()
}

/// Writes to standard output, or a file whole or not at all.
fn write(args: &Args, text: &str) -> anyhow::Result<()> {
    if args.output.as_path() == Path::new("-") {
        return output::print(text);
    }
    write_bytes(args, text.as_bytes())
}

fn write_bytes(args: &Args, bytes: &[u8]) -> anyhow::Result<()> {
    let path = &args.output;
    let cannot = || format!("cannot write {}", path.display());
    if path.as_path() == Path::new("-") {
        return std::io::stdout().lock().write_all(bytes).with_context(cannot);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    let mut file = File::create(&new).with_context(cannot)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).with_context(cannot)?;
    fs::rename(&new, path).with_context(cannot)
}
