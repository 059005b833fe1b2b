//! Floor 5: one file per subcommand, each with its arguments and its run. Parses, dispatches, prints, and says what failed.

mod add;
mod cards;
mod check;
mod completions;
mod config;
mod decks;
mod edit;
mod editing;
mod export;
mod filter;
mod home;
mod import;
mod interface;
mod interview;
mod keys;
mod list;
mod new;
mod optimize;
mod output;
mod paths;
pub mod plain;
mod plan;
mod quiz;
mod resources;
mod schema;
mod show;
mod simulate;
mod stats;
mod study;
mod suspend;
mod tags;
mod today;
mod undo;
mod world;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::domain::time::Timestamp;
use crate::i18n::Texts;
use crate::trainer::NotAdded;
use crate::tui::desk::not_added;

pub use crate::commands::world::{Exit, World};

/// Interview trainer for DevOps, SRE, cloud and platform engineers.
#[derive(Debug, Parser)]
#[command(
    name = "prep",
    version,
    about = "Train for DevOps, SRE, cloud and platform interviews, in English and Korean",
    before_help = EXAMPLES,
    after_help = AFTER,
    disable_help_subcommand = false,
    args_conflicts_with_subcommands = false,
    infer_subcommands = false
)]
pub struct Cli {
    #[command(flatten)]
    common: world::Common,
    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  prep                          open the start page
  prep study                    study what is due today
  prep study --tag kubernetes   only one tag (k8s and 쿠버네티스 mean the same)
  prep quiz -n 5                five quick questions
  prep plan --date +14          plan the way to an interview in two weeks
  prep show linux/load-average  read one card";

const AFTER: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 answered \"no\" where a flag asked
(quiz --pass, today --exit-code), 130 and 143 ended by a signal.
Your own decks: any *.toml in the folder that `prep paths` names.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Study what is due, then new cards
    Study(study::Args),
    /// Take a quiz: choice, numbers, commands, gaps
    Quiz(quiz::Args),
    /// List cards
    List(list::Args),
    /// Show one card with its answer
    Show(show::Args),
    /// List tags with their cards
    Tags(tags::Args),
    /// List decks with their cards
    Decks(decks::Args),
    /// Make a deck of your own
    New(new::Args),
    /// Add a card: in a form, in $EDITOR, or from flags
    Add(add::Args),
    /// Edit a card or one of your decks in $EDITOR
    Edit(edit::Args),
    /// Check deck files and show every problem at once
    Check(check::Args),
    /// Take up questions of other programs: Markdown, tables, Anki packages
    Import(import::Args),
    /// Write cards as Markdown, a table, a sheet or for Anki; or the whole log
    Export(export::Args),
    /// Find cards for histories that have lost theirs
    Cards(cards::Args),
    /// Print the JSON Schema of deck files, for editors
    Schema(schema::Args),
    /// Show figures and charts of your answers
    Stats(stats::Args),
    /// One line about today, for a prompt or a status bar
    Today(today::Args),
    /// Take back the last review
    Undo(undo::Args),
    /// Take cards out of study, or back in
    Suspend(suspend::Args),
    /// Plan what to study until the interview
    Plan(plan::Args),
    /// What if: other minutes, retention, cards, until a date
    Simulate(simulate::Args),
    /// Fit the schedule to your own memory
    Optimize(optimize::Args),
    /// Name the interview to count down to
    Interview(interview::Args),
    /// List books, courses and links
    Resources(resources::Args),
    /// Print where decks, progress and settings are
    Paths(paths::Args),
    /// Print every action with its keys
    Keys(keys::Args),
    /// Write or show the settings file
    Config(config::Args),
    /// Print shell completions, or the man page
    Completions(completions::Args),
}

/// Runs the program and gives its exit code.
///
/// `arguments` are the program's name and what follows it, `clock` gives milliseconds since 1970-01-01 UTC, and
/// `entropy` is 128 random bits: nothing else in the house may ask for these.
pub fn run(arguments: Vec<OsString>, clock: Box<dyn Fn() -> i64>, entropy: u128) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return output::usage(&error),
    };
    let clock = Box::new(move || Timestamp(clock()));
    let mut world = match World::new(cli.common, clock, entropy) {
        Ok(world) => world,
        Err(error) => return output::failed(&error),
    };
    let done = dispatch(cli.command, &mut world);
    match done {
        Ok(exit) => exit.code(),
        Err(error) => output::failed(&error),
    }
}

fn dispatch(command: Option<Command>, world: &mut World) -> anyhow::Result<Exit> {
    match command {
        None => home::run(world),
        Some(Command::Study(args)) => study::run(args, world),
        Some(Command::Quiz(args)) => quiz::run(args, world),
        Some(Command::List(args)) => list::run(&args, world),
        Some(Command::Show(args)) => show::run(&args, world),
        Some(Command::Tags(args)) => tags::run(&args, world),
        Some(Command::Decks(args)) => decks::run(&args, world),
        Some(Command::New(args)) => new::run(&args, world),
        Some(Command::Add(args)) => add::run(&args, world),
        Some(Command::Edit(args)) => edit::run(&args, world),
        Some(Command::Cards(args)) => cards::run(&args, world),
        Some(Command::Check(args)) => check::run(&args, world),
        Some(Command::Import(args)) => import::run(&args, world),
        Some(Command::Export(args)) => export::run(&args, world),
        Some(Command::Schema(args)) => schema::run(&args, world),
        Some(Command::Stats(args)) => stats::run(&args, world),
        Some(Command::Today(args)) => today::run(&args, world),
        Some(Command::Undo(args)) => undo::run(&args, world),
        Some(Command::Suspend(args)) => suspend::run(&args, world),
        Some(Command::Plan(args)) => plan::run(&args, world),
        Some(Command::Simulate(args)) => simulate::run(&args, world),
        Some(Command::Optimize(args)) => optimize::run(&args, world),
        Some(Command::Interview(args)) => interview::run(&args, world),
        Some(Command::Resources(args)) => resources::run(&args, world),
        Some(Command::Paths(args)) => paths::run(&args, world),
        Some(Command::Keys(args)) => keys::run(&args, world),
        Some(Command::Config(args)) => config::run(&args, world),
        Some(Command::Completions(args)) => completions::run(&args, world),
    }
}

/// Why no deck or card was written, as an error with its exit code.
fn why(texts: &Texts, error: &NotAdded) -> anyhow::Error {
    let sentence = not_added(texts, error);
    match error {
        NotAdded::Disk(_) | NotAdded::Problems(_) => anyhow::anyhow!("{sentence}"),
        _ => output::UsageError(sentence).into(),
    }
}
