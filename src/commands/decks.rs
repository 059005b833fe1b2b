//! Deck files with their cards and problems.

use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION, Table};
use crate::commands::world::{Exit, World};
use crate::domain::deck::{DeckInfo, Origin};
use crate::domain::lang::Lang;
use crate::domain::problem::Severity;
use crate::trainer::Trainer;

/// Lists decks with their cards.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep decks                every deck file with its cards and problems
  prep decks --json         the same for programs
  prep study --deck linux   study one of them";

#[derive(Serialize)]
struct Output {
    version: u32,
    decks: Vec<DeckRow>,
}

#[derive(Serialize)]
struct DeckRow {
    id: String,
    title: String,
    origin: &'static str,
    file: String,
    lang: &'static str,
    cards: usize,
    errors: u32,
    warnings: u32,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let json = args.json;
    let trainer = world.trainer()?;
    let texts = world.texts();
    let lang = world.languages().0;
    let rows: Vec<DeckRow> = trainer.decks().iter().map(|info| row(&trainer, info, lang)).collect();
    if json {
        output::json(&Output { version: JSON_VERSION, decks: rows })?;
        return Ok(Exit::Done);
    }
    let heads = [
        texts.column_deck(),
        texts.column_title(),
        texts.column_cards(),
        texts.column_file(),
        texts.column_problems(),
    ];
    let mut table = Table::new(&heads).right(&[2]);
    for row in rows {
        let problems = texts.errors_and_warnings(row.errors, row.warnings);
        table.row(&[row.id, row.title, row.cards.to_string(), row.file, problems]);
    }
    output::print(&table.text(output::width(world), world.has_color()))?;
    say_problems(&trainer);
    Ok(Exit::Done)
}

fn row(trainer: &Trainer, info: &DeckInfo, lang: Lang) -> DeckRow {
    let is_in_file = |file| file == &info.file;
    let cards = trainer.entries().iter().filter(|e| is_in_file(&e.file) && e.is_asked()).count();
    DeckRow {
        id: info.id.0.clone(),
        title: info.title.get(lang).clone(),
        origin: origin(info.file.origin),
        file: info.file.path.clone(),
        lang: info.lang.code(),
        cards,
        errors: info.errors,
        warnings: info.warnings,
    }
}

/// The stable word for whose file it is.
pub const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Bundled => "bundled",
        Origin::User => "user",
    }
}

/// Folders that cannot be read have no row, so they are said here.
fn say_problems(trainer: &Trainer) {
    let (errors, _) = trainer.count_problems();
    for problem in trainer.all_problems().iter().filter(|problem| problem.line == 0) {
        if problem.severity == Severity::Error {
            output::note(problem);
        }
    }
    if errors > 0 {
        output::note(&"some cards cannot be used; `prep check` shows what is wrong and where");
    }
}
