//! Takes up questions from files of other programs, and the log of another machine.

mod files;
mod report;

use std::fs::File;
use std::io::Cursor;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};

use crate::commands::import::files::{Input, bytes_of, inputs, is_package};
use crate::commands::output::UsageError;
use crate::commands::world::{Exit, World};
use crate::exchange::{
    DecodeError, Format, Imported, LARGEST_FILE, Reading, SkipReason, Skipped, anki, decode,
    is_log, log_of_lines, read,
};
use crate::trainer::{ImportError, ImportOrder, import_log};

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Files or folders; - reads standard input
    #[arg(value_name = "FILE|DIR", required = true)]
    files: Vec<PathBuf>,
    /// Put all cards into this deck, instead of decks named by the files
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
    /// Show what would happen and write nothing
    #[arg(long)]
    dry_run: bool,
    /// What the files are written in
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: FormatChoice,
    /// What divides a question from its answer, such as ',' or '\t' or ' - ' (found out if not given)
    #[arg(long, value_name = "TEXT")]
    separator: Option<String>,
    /// What divides one card from the next (found out if not given)
    #[arg(long, value_name = "TEXT")]
    row_separator: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The formats that can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum FormatChoice {
    /// Found out from name and text
    #[default]
    Auto,
    /// A question bank: folds, headings, Q: and A:, lists
    Markdown,
    /// A table with , ; tab or |
    Csv,
    /// A deck of hashcards
    Hashcards,
    /// A deck of repeater
    Repeater,
    /// An export of Quizlet
    Quizlet,
    /// A package of Anki: .apkg or .colpkg
    Anki,
    /// The whole log, as `prep export --format jsonl` writes it
    Jsonl,
}

/// How every zip file begins, and so every package of Anki.
const ZIP: &[u8] = b"PK\x03\x04";

const EXAMPLES: &str = "\
Examples:
  prep import questions.md                 a question bank into a deck of its name
  prep import ~/git/devops-exercises       every bank below a folder
  prep import cards.csv --deck work        a table into one deck
  prep import set.txt --format quizlet     an export of Quizlet
  prep import --dry-run -                  what standard input would bring
  prep import deck.apkg                    an Anki deck with its review history
  prep import log.jsonl                    the log of another machine";

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let inputs = inputs(&args.files)?;
    if inputs.is_empty() {
        bail!("there is no file to import in {}", args.files[0].display());
    }
    let mut all = Imported::default();
    for input in &inputs {
        let (is_package, read) = opened(args, input)?;
        if is_package {
            match package(input, read) {
                Ok(imported) => add(&mut all, imported),
                Err(error) if input.is_named => return Err(error),
                Err(error) => all.skipped.push(Skipped {
                    file: input.name.clone(),
                    line: 0,
                    why: SkipReason::Unreadable,
                    excerpt: format!("{error:#}"),
                }),
            }
            continue;
        }
        let bytes = read.map_or_else(|| bytes_of(input), Ok)?;
        if let Some(text) = log_text(args, input, &bytes)? {
            if inputs.len() > 1 {
                return Err(UsageError("a log is imported alone; name no other file".into()).into());
            }
            return take_log(args, &text, world);
        }
        match read_one(args, input, &bytes) {
            Ok(imported) => add(&mut all, imported),
            Err(error) if input.is_named => {
                return Err(anyhow!(error).context(format!("cannot import {}", input.name)));
            }
            Err(error) => all.skipped.push(unread(input, error)),
        }
    }
    let mut trainer = world.trainer()?;
    let order = ImportOrder { deck: args.deck.clone(), dry_run: args.dry_run };
    let report = trainer.import(all, &order, world.now()).map_err(|error| said(&error))?;
    trainer.close(world.now());
    report::print(&report, inputs.len(), args.dry_run, args.json, world)?;
    Ok(if report.found == 0 { Exit::Failed } else { Exit::Done })
}

/// Whether a file is a package of Anki: by what the user says, by its name, or by how it begins, whatever it is called. Gives also
/// the bytes, where they had to be read to know.
fn opened(args: &Args, input: &Input) -> anyhow::Result<(bool, Option<Vec<u8>>)> {
    match args.format {
        FormatChoice::Anki => return Ok((true, None)),
        FormatChoice::Auto if is_package(&input.name) => return Ok((true, None)),
        FormatChoice::Auto => {}
        _ => return Ok((false, None)),
    }
    let bytes = bytes_of(input)?;
    Ok((bytes.starts_with(ZIP), Some(bytes)))
}

/// Reads a package; one from standard input is held in memory, because its parts are read out of order.
fn package(input: &Input, read: Option<Vec<u8>>) -> anyhow::Result<Imported> {
    let limits = anki::Limits::default();
    let package = match &input.path {
        Some(path) => {
            let file = File::open(path).with_context(|| format!("cannot read {}", input.name))?;
            anki::read_package(&input.name, file, &limits)
        }
        None => {
            let bytes = read.map_or_else(|| bytes_of(input), Ok)?;
            if bytes.len() > LARGEST_FILE {
                bail!("a package on standard input is larger than 64 MiB; name its file instead");
            }
            anki::read_package(&input.name, Cursor::new(bytes), &limits)
        }
    };
    let package = package.map_err(|error| {
        let flaw = anyhow!(error.flaw);
        // The report of a folder names the file before it says why.
        if input.is_named { flaw.context(format!("cannot import {}", input.name)) } else { flaw }
    })?;
    Ok(Imported {
        suspended: package.suspended,
        pictures: package.media,
        lost_reviews: package.lost_reviews,
        ..package.imported
    })
}

fn read_one(args: &Args, input: &Input, bytes: &[u8]) -> Result<Imported, DecodeError> {
    let format = match args.format {
        FormatChoice::Auto | FormatChoice::Jsonl | FormatChoice::Anki => Format::Auto,
        FormatChoice::Markdown => Format::Markdown,
        FormatChoice::Csv => Format::Csv,
        FormatChoice::Hashcards => Format::Hashcards,
        FormatChoice::Repeater => Format::Repeater,
        FormatChoice::Quizlet => Format::Quizlet,
    };
    let reading = Reading {
        format,
        separator: args.separator.clone(),
        row_separator: args.row_separator.clone(),
        license: input.license.clone(),
    };
    read(&input.name, bytes, &reading)
}

fn add(all: &mut Imported, more: Imported) {
    all.decks.extend(more.decks);
    all.reviews.extend(more.reviews);
    all.skipped.extend(more.skipped);
    all.found += more.found;
    all.notes.extend(more.notes);
    all.suspended.extend(more.suspended);
    all.pictures += more.pictures;
    all.lost_reviews += more.lost_reviews;
}

fn unread(input: &Input, error: DecodeError) -> Skipped {
    let why = match error {
        DecodeError::TooLarge => SkipReason::TooLarge,
        DecodeError::NotText { .. } | DecodeError::Binary { .. } => SkipReason::NotText,
    };
    Skipped { file: input.name.clone(), line: 0, why, excerpt: error.to_string() }
}

fn said(error: &ImportError) -> anyhow::Error {
    match error {
        ImportError::BrokenDeck(path) => anyhow!(
            "{} has errors, so nothing was imported; `prep check {}` shows them",
            path.display(),
            path.display()
        ),
        ImportError::Write(path, why) => anyhow!("cannot write {}: {why}", path.display()),
        ImportError::Log(why) => anyhow!("the cards were imported, their answers were not: {why}"),
    }
}

/// The text of a file that is a log.
fn log_text(args: &Args, input: &Input, bytes: &[u8]) -> anyhow::Result<Option<String>> {
    let is_called = input.name.to_lowercase().ends_with(".jsonl");
    let may_be = args.format == FormatChoice::Jsonl
        || (args.format == FormatChoice::Auto && (is_called || bytes.starts_with(b"{")));
    if !may_be {
        return Ok(None);
    }
    // Texts of the log come back as they were: nothing is cleaned here.
    let text = std::str::from_utf8(bytes)
        .map_err(|error| anyhow!("{}: byte {} is not UTF-8 text", input.name, error.valid_up_to()));
    match text {
        Ok(text) if is_called || args.format == FormatChoice::Jsonl || is_log(text) => {
            Ok(Some(text.to_owned()))
        }
        Ok(_) => Ok(None),
        Err(_) if decode(bytes).is_ok() => Ok(None),
        Err(error) => Err(error),
    }
}

fn take_log(args: &Args, text: &str, world: &World) -> anyhow::Result<Exit> {
    let log = log_of_lines(text).context("cannot import the log")?;
    let added = import_log(&world.start(), &log, args.dry_run, world.now())
        .context("cannot import the log")?;
    report::print_log(added, args.dry_run, args.json, world)?;
    Ok(Exit::Done)
}
