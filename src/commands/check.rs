//! Checks deck files and shows every problem at once, in the order of files and lines.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION};
use crate::commands::world::{Exit, World};
use crate::decks::{
    Change, Checked as InLibrary, Fix, Library, Mended, Mending, NotMended, ReadDeck,
    bundled_labels, check_library, mend, read_deck, render,
};
use crate::domain::deck::{FileName, Origin};
use crate::domain::problem::{Problem, Severity};
use crate::domain::tag::LabelList;
use crate::i18n::Texts;

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
    /// Write missing ids and tidy: known spellings of tags, `format`, `#:schema`, blanks at line ends
    ///
    /// Comments and the order of everything stay as they are, and every card keeps its progress. A deck from standard
    /// input is printed mended.
    #[arg(long, conflicts_with = "bundled")]
    fix: bool,
    /// With --fix: show what would be changed, write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep check                    all your decks
  prep check my.toml team/      these files and folders
  prep check --strict -         a deck from standard input; warnings fail too
  prep check --fix --dry-run    which ids would be written, what would be tidied
  prep check --fix my.toml      do it; no card loses its progress
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
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<Vec<FixRow>>,
}

#[derive(Serialize)]
struct FixRow {
    file: String,
    line: u32,
    what: &'static str,
    from: Option<String>,
    to: Option<String>,
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
    let (mut checked, lost) = look_at(args, world, &labels)?;
    let fixes = if args.fix { Some(fix_all(&mut checked, args, world, &labels)?) } else { None };
    let problems = all_problems(&checked, lost, world, &labels);
    let of = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let cards = checked.iter().filter_map(|it| it.deck.as_ref()).map(|deck| deck.cards.len()).sum();
    let drafts = drafts(&checked);
    if args.json {
        let rows = problems.iter().map(problem_row).collect();
        let files = checked.len();
        let version = JSON_VERSION;
        let fixes = fixes.map(|fixes| fixes.iter().map(fix_row).collect());
        let problems = rows;
        output::json(&Output { version, files, cards, drafts, errors, warnings, problems, fixes })?;
    } else if let Some(mended) = checked.iter().find(|it| args.fix && it.name.path == STDIN) {
        // A filter of an editor: the deck goes out as it should be, what is wrong with it beside it.
        output::print(&mended.text)?;
        for problem in &problems {
            output::note(problem);
        }
    } else {
        if let Some(fixes) = &fixes {
            output::print(&told(fixes, args.dry_run, world.texts()))?;
        }
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

/// A change in a file.
struct Fixed {
    file: String,
    change: Change,
}

/// Mends every file that can be mended, and reads it again.
fn fix_all(
    checked: &mut [Checked],
    args: &Args,
    world: &World,
    labels: &LabelList,
) -> anyhow::Result<Vec<Fixed>> {
    let mut trainer = world.trainer()?;
    let mut used = trainer.used_ids();
    for read in checked.iter().filter_map(|it| it.deck.as_ref()).flat_map(|deck| &deck.cards) {
        used.extend(read.card.id.as_ref().map(|id| id.0.clone()));
    }
    let mut fixes = Vec::new();
    // Without own decks those that come with prep are checked; they are not to be mended.
    let is_own = |it: &&mut Checked| it.deck.is_some() && it.name.origin == Origin::User;
    for file in checked.iter_mut().filter(is_own) {
        let schema = trainer.schema_seen_from(Path::new(&file.name.path));
        let is_taken = |id: &str| used.contains(id);
        let mending =
            Mending { labels, schema: schema.as_deref(), only_ids: false, is_taken: &is_taken };
        let Some(mended) = mended(file, &mending, world) else { continue };
        for change in &mended.changes {
            if let Fix::Id { id, .. } = &change.what {
                used.insert(id.0.clone());
            }
            fixes.push(Fixed { file: file.name.path.clone(), change: change.clone() });
        }
        let is_stdin = file.name.path == STDIN;
        if mended.changes.is_empty() || (args.dry_run && !is_stdin) {
            continue;
        }
        if !is_stdin {
            let written = trainer.write_mended(&file.name, &file.text, &mended, world.now());
            written.map_err(anyhow::Error::msg)?;
        }
        *file = self::checked(file.name.clone(), mended.text, labels);
    }
    Ok(fixes)
}

/// The mended text of a file; where it cannot be mended, that is said.
fn mended(file: &Checked, mending: &Mending<'_>, world: &World) -> Option<Mended> {
    let (texts, name) = (world.texts(), &file.name.path);
    match mend(&file.name, &file.text, mending) {
        Ok(mended) => return Some(mended),
        Err(NotMended::Syntax) => output::note(&texts.not_mended_syntax(name)),
        Err(NotMended::Unsure) => output::note(&texts.not_mended_unsure(name)),
    }
    None
}

/// What was changed, in lines, and how much it was.
fn told(fixes: &[Fixed], is_dry: bool, texts: &Texts) -> String {
    let mut lines = Vec::new();
    for Fixed { file, change } in fixes {
        let what = match &change.what {
            Fix::Id { id, .. } => texts.fix_id(&id.0),
            Fix::Label { from, to } => texts.fix_label(&output::one_line(from), to),
            Fix::Schema => texts.fix_schema().to_owned(),
            Fix::Format => texts.fix_format().to_owned(),
            Fix::Blanks => texts.fix_blanks().to_owned(),
            Fix::LastLine => texts.fix_last_line().to_owned(),
        };
        lines.push(format!("{file}:{}: {what}\n", change.line));
    }
    let mut files: Vec<&str> = fixes.iter().map(|fixed| fixed.file.as_str()).collect();
    files.dedup();
    lines.push(format!("{}\n\n", texts.fixes_made(fixes.len(), files.len(), is_dry)));
    lines.concat()
}

fn fix_row(fixed: &Fixed) -> FixRow {
    let (what, from, to) = match &fixed.change.what {
        Fix::Id { id, .. } => ("id", None, Some(id.0.clone())),
        Fix::Label { from, to } => ("label", Some(from.clone()), Some(to.clone())),
        Fix::Schema => ("schema", None, None),
        Fix::Format => ("format", None, None),
        Fix::Blanks => ("blanks", None, None),
        Fix::LastLine => ("end", None, None),
    };
    FixRow { file: fixed.file.clone(), line: fixed.change.line, what, from, to }
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
    let mut decks: Vec<InLibrary<'_>> = checked
        .iter()
        .filter_map(|it| Some(InLibrary { deck: it.deck.as_ref()?, text: &it.text }))
        .collect();
    let is_error = |problem: &Problem| problem.severity == Severity::Error;
    let mut problems = check_library(&decks);
    problems.retain(is_error);
    let has_versus =
        |it: &InLibrary<'_>| it.deck.cards.iter().any(|read| !read.card.versus.is_empty());
    if decks.iter().any(has_versus) {
        // A file that is checked may name cards of the user's other decks and of those that come with prep.
        let others = others(checked, world, labels);
        decks.extend(others.iter().map(|deck| InLibrary { deck, text: "" }));
        let is_checked = |problem: &Problem| checked.iter().any(|it| it.name == problem.file);
        let unknown = check_library(&decks).into_iter();
        problems.extend(unknown.filter(|it| !is_error(it) && is_checked(it)));
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
