//! Checks deck files and shows every problem at once, in the order of files and lines.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION};
use crate::commands::world::{Exit, World};
use crate::decks::{Library, ReadDeck, bundled_labels, check_library, read_deck, render};
use crate::domain::deck::{FileName, Origin};
use crate::domain::problem::{Problem, Severity};
use crate::domain::tag::LabelList;

/// Checks deck files and shows every problem at once.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Files or folders; - reads standard input (default: all your decks)
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Warnings fail the check too
    #[arg(long)]
    strict: bool,
    /// Check the decks that come with prep
    #[arg(long, conflicts_with = "files")]
    bundled: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep check                    all your decks
  prep check my.toml team/      these files and folders
  prep check --strict -         a deck from standard input; warnings fail too
  prep check --json | jq -r '.problems[].message'";

/// What a deck from standard input is called.
const STDIN: &str = "<stdin>";

#[derive(Serialize)]
struct Output {
    version: u32,
    files: usize,
    cards: usize,
    drafts: usize,
    errors: usize,
    warnings: usize,
    problems: Vec<ProblemRow>,
}

#[derive(Serialize)]
struct ProblemRow {
    severity: &'static str,
    file: String,
    line: u32,
    column: u32,
    card: Option<String>,
    message: String,
    help: Option<String>,
}

/// A file that is checked: its text where it could be read, and what was read of it.
struct Checked {
    name: FileName,
    text: String,
    deck: Option<ReadDeck>,
    problems: Vec<Problem>,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let labels = bundled_labels();
    let (checked, lost) = look_at(args, world, &labels)?;
    let problems = all_problems(&checked, lost, world, &labels);
    let of = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let cards = checked.iter().filter_map(|it| it.deck.as_ref()).map(|deck| deck.cards.len()).sum();
    let drafts = drafts(&checked);
    if args.json {
        let rows = problems.iter().map(problem_row).collect();
        let files = checked.len();
        let version = JSON_VERSION;
        output::json(&Output { version, files, cards, drafts, errors, warnings, problems: rows })?;
    } else {
        let mut text = drawn(&checked, &problems, world.has_color());
        let note = world.texts().check_drafts(drafts);
        text.extend(Some(note).filter(|note| !note.is_empty()).map(|note| format!("{note}\n")));
        text.push_str(&world.texts().check_summary(errors, warnings, checked.len(), cards));
        text.push('\n');
        output::print(&text)?;
    }
    let fails = errors > 0 || (args.strict && warnings > 0);
    Ok(if fails { Exit::Failed } else { Exit::Done })
}

/// Questions without an answer among the checked cards.
fn drafts(checked: &[Checked]) -> usize {
    let cards = checked.iter().filter_map(|it| it.deck.as_ref()).flat_map(|deck| &deck.cards);
    cards.filter(|read| read.entry.is_draft()).count()
}

/// Reads what is to be checked; also gives what is wrong with files and folders that could not be listed.
fn look_at(
    args: &Args,
    world: &World,
    labels: &LabelList,
) -> anyhow::Result<(Vec<Checked>, Vec<Problem>)> {
    if args.bundled {
        return Ok((read_files(&Library::open(&[]), labels, Origin::Bundled), Vec::new()));
    }
    if args.files.is_empty() {
        let library = Library::open(&world.deck_folders());
        let mut checked = read_files(&library, labels, Origin::User);
        if checked.is_empty() {
            checked = read_files(&library, labels, Origin::Bundled);
        }
        return Ok((checked, library.problems().to_vec()));
    }
    let is_stdin = |path: &&PathBuf| path.as_path() == Path::new("-");
    let paths: Vec<PathBuf> = args.files.iter().filter(|path| !is_stdin(path)).cloned().collect();
    let library = Library::open(&paths);
    let mut checked = read_files(&library, labels, Origin::User);
    if args.files.iter().any(|path| is_stdin(&path)) {
        checked.push(read_stdin(labels)?);
    }
    Ok((checked, library.problems().to_vec()))
}

fn read_files(library: &Library, labels: &LabelList, origin: Origin) -> Vec<Checked> {
    let files = library.files().iter().filter(|file| file.name.origin == origin);
    files
        .map(|file| match library.text(&file.name) {
            Ok(text) => checked(file.name.clone(), text, labels),
            Err(problem) => Checked {
                name: file.name.clone(),
                text: String::new(),
                deck: None,
                problems: vec![problem],
            },
        })
        .collect()
}

fn checked(name: FileName, text: String, labels: &LabelList) -> Checked {
    let mut deck = read_deck(&name, &text, labels);
    let problems = std::mem::take(&mut deck.problems);
    Checked { name, text, deck: Some(deck), problems }
}

fn read_stdin(labels: &LabelList) -> anyhow::Result<Checked> {
    let mut stdin = io::stdin().lock();
    if stdin.is_terminal() {
        output::note(&"reading a deck from standard input; Ctrl-D ends it");
    }
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes).context("cannot read standard input")?;
    let text = String::from_utf8(bytes)
        .map_err(|_| anyhow!("standard input is not UTF-8 text; save the deck as UTF-8"))?;
    let name = FileName { origin: Origin::User, path: STDIN.to_owned() };
    Ok(checked(name, text, labels))
}

/// Problems within files, between files, and of files that could not be listed, in the order of files and lines.
fn all_problems(
    checked: &[Checked],
    lost: Vec<Problem>,
    world: &World,
    labels: &LabelList,
) -> Vec<Problem> {
    let mut problems: Vec<Problem> =
        checked.iter().flat_map(|file| file.problems.iter().cloned()).collect();
    problems.extend(between_files(checked, world, labels));
    let position = |problem: &Problem| checked.iter().position(|it| it.name == problem.file);
    problems.sort_by_key(|problem| (position(problem), problem.line, problem.column));
    problems.extend(lost);
    problems
}

/// Ids that are taken twice among the checked files, and `versus` cards that are nowhere.
fn between_files(checked: &[Checked], world: &World, labels: &LabelList) -> Vec<Problem> {
    let mut decks: Vec<ReadDeck> = checked.iter().filter_map(|it| it.deck.clone()).collect();
    let is_error = |problem: &Problem| problem.severity == Severity::Error;
    let mut problems = check_library(&decks);
    problems.retain(is_error);
    let has_versus = |deck: &ReadDeck| deck.cards.iter().any(|read| !read.card.versus.is_empty());
    if decks.iter().any(has_versus) {
        // A file that is checked may name cards of the user's other decks and of those that come with prep.
        decks.extend(others(checked, world, labels));
        let is_checked = |problem: &Problem| checked.iter().any(|it| it.name == problem.file);
        let unknown = check_library(&decks).into_iter();
        problems.extend(unknown.filter(|it| !is_error(it) && is_checked(it)));
    }
    for problem in &mut problems {
        let file = checked.iter().find(|it| it.name == problem.file);
        let line = file.and_then(|it| it.text.lines().nth(problem.line.max(1) as usize - 1));
        problem.source_line = line.unwrap_or_default().to_owned();
    }
    problems
}

/// Every other deck that there is.
fn others(checked: &[Checked], world: &World, labels: &LabelList) -> Vec<ReadDeck> {
    let library = Library::open(&world.deck_folders());
    let is_checked = |name: &FileName| checked.iter().any(|it| it.name == *name);
    let files = library.files().iter().filter(|file| !is_checked(&file.name));
    files.filter_map(|file| library.read(&file.name, labels).ok()).collect()
}

fn drawn(checked: &[Checked], problems: &[Problem], color: bool) -> String {
    let mut text = String::new();
    for problem in problems {
        let file = checked.iter().find(|it| it.name == problem.file);
        let source = file.map(|it| it.text.as_str());
        text.push_str(&render(problem, source, color));
        text.push_str("\n\n");
    }
    text
}

fn problem_row(problem: &Problem) -> ProblemRow {
    ProblemRow {
        severity: match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        file: problem.file.path.clone(),
        line: problem.line,
        column: problem.column,
        card: problem.card.clone(),
        message: problem.message.clone(),
        help: problem.help.clone(),
    }
}
