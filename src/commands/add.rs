//! A new card: in the form, in the user's editor, from flags, or from standard input.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, bail};
use serde::Serialize;

use crate::commands::editing::{self, ask, print_problems};
use crate::commands::output::{self, JSON_VERSION, UsageError};
use crate::commands::world::{Exit, World};
use crate::commands::{interface, why};
use crate::domain::card::Level;
use crate::domain::new_card::NewCard;
use crate::trainer::{Added, NotAdded, Trainer};
use crate::tui::app::Opening;

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// - reads whole cards from standard input, written as in a deck file
    #[arg(value_name = "-", value_parser = ["-"], conflicts_with_all = ["question", "editor"])]
    stdin: Option<String>,
    /// The deck (default: your only own one, else `mine`)
    #[arg(long)]
    deck: Option<String>,
    /// The question; - reads it from standard input
    #[arg(long, requires = "answer")]
    question: Option<String>,
    /// The model answer; - reads it from standard input
    #[arg(long, requires = "question")]
    answer: Option<String>,
    /// A key point (may be repeated)
    #[arg(long = "point", value_name = "POINT", requires = "question")]
    points: Vec<String>,
    /// A tag (may be repeated)
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',', requires = "question")]
    tags: Vec<String>,
    /// 1 every candidate, 2 two years of work, 3 senior
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=3), requires = "question")]
    level: Option<u8>,
    /// The id, instead of one made from the question
    #[arg(long, requires = "question")]
    id: Option<String>,
    /// Write the card in $EDITOR instead of the form
    #[arg(long, conflicts_with = "question")]
    editor: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep add                               the form
  prep add --editor --deck my-team       a template in $EDITOR
  prep add --deck my-team --tag linux --question 'What is load average?' \\
    --answer 'Tasks that run or wait ...' --point 'Counts uninterruptible sleep'
  pbpaste | prep add --question 'What is an inode?' --answer -
  prep add --deck my-team - < cards.toml";

#[derive(Serialize)]
struct Output {
    version: u32,
    added: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    file: String,
    line: u32,
    new_file: bool,
    warnings: Vec<String>,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let mut trainer = world.trainer()?;
    let lang = world.languages().0;
    let now = world.now();
    if args.stdin.is_some() {
        let text = read_stdin()?;
        return match trainer.add_text(args.deck.as_deref(), &text, lang, now) {
            Ok(added) => tell(args, world, &added),
            Err(NotAdded::Problems(problems)) => refuse(world, &problems, Some(&text)),
            Err(error) => Err(why(world.texts(), &error)),
        };
    }
    if args.question.is_some() {
        let card = card_of(args)?;
        return match trainer.add_card(&card, lang, now) {
            Ok(added) => tell(args, world, &[added]),
            Err(NotAdded::Problems(problems)) => refuse(world, &problems, None),
            Err(error) => Err(why(world.texts(), &error)),
        };
    }
    if args.editor {
        return in_editor(args, world, &mut trainer);
    }
    if !world.is_interactive() {
        bail!(UsageError(
            "this is no terminal that can show the form; give --editor, --question and --answer, or - for standard input".into()
        ));
    }
    let opening = Opening::Add { decks: trainer.decks_to_add_to(), deck: args.deck.clone() };
    Ok(interface::show(world, trainer, opening)?.exit())
}

fn card_of(args: &Args) -> anyhow::Result<NewCard> {
    let is_stdin = |text: &Option<String>| text.as_deref() == Some("-");
    if is_stdin(&args.question) && is_stdin(&args.answer) {
        bail!(UsageError(
            "only one of --question and --answer can come from standard input".into()
        ));
    }
    let text = |given: &Option<String>| match given.as_deref() {
        Some("-") => read_stdin(),
        given => Ok(given.unwrap_or_default().to_owned()),
    };
    Ok(NewCard {
        deck: args.deck.clone(),
        id: args.id.clone(),
        question: text(&args.question)?,
        answer: text(&args.answer)?,
        points: args.points.clone(),
        tags: args
            .tags
            .iter()
            .map(|tag| tag.trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect(),
        level: args.level.and_then(Level::new),
    })
}

fn read_stdin() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("standard input is not UTF-8 text"))
}

fn tell(args: &Args, world: &World, added: &[Added]) -> anyhow::Result<Exit> {
    if args.json {
        let added = added.iter().map(row).collect();
        output::json(&Output { version: JSON_VERSION, added })?;
        return Ok(Exit::Done);
    }
    for card in added {
        let place = format!("{}:{}", card.path.display(), card.line);
        output::print(&format!("{}\n", world.texts().card_added(&card.id.0, &place)))?;
        for warning in &card.warnings {
            output::note(warning);
        }
    }
    Ok(Exit::Done)
}

fn row(card: &Added) -> Row {
    Row {
        id: card.id.0.clone(),
        file: card.path.display().to_string(),
        line: card.line,
        new_file: card.is_new_file,
        warnings: card.warnings.iter().map(|it| it.message.clone()).collect(),
    }
}

fn refuse(
    world: &World,
    problems: &[crate::domain::problem::Problem],
    text: Option<&str>,
) -> anyhow::Result<Exit> {
    print_problems(world, problems, text)?;
    Ok(Exit::Failed)
}

/// Writes a template, opens it, and adds what was written; what could not be added is kept for the next time.
fn in_editor(args: &Args, world: &World, trainer: &mut Trainer) -> anyhow::Result<Exit> {
    let texts = world.texts();
    let path = world.paths.data.join("new-card.toml");
    let template = texts.card_template();
    if !path.exists() {
        write(&path, template)?;
    }
    let mut line = line_of_question(&path);
    loop {
        editing::open(world, &path, line)?;
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if is_untouched(&text, template) {
            let _ = fs::remove_file(&path);
            output::print(&format!("{}\n", texts.nothing_added()))?;
            return Ok(Exit::Done);
        }
        let added = trainer.add_text(args.deck.as_deref(), &text, world.languages().0, world.now());
        match added {
            Ok(added) => {
                let _ = fs::remove_file(&path);
                return tell(args, world, &added);
            }
            Err(NotAdded::Problems(problems)) => {
                line = problems.first().map_or(1, |problem| problem.line.max(1));
                print_problems(world, &problems, Some(&text))?;
            }
            Err(error) => output::note(&why(texts, &error)),
        }
        if !ask(world, texts.edit_again())? {
            output::note(&texts.text_is_kept(&path.display().to_string()));
            return Ok(Exit::Failed);
        }
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))
        .and_then(|()| fs::write(path, text))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn line_of_question(path: &Path) -> u32 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let at = text.lines().position(|line| line.starts_with("question"));
    at.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(1)
}

/// Whether the text says nothing that the template does not: whatever else was written is not thrown away, even where it is no card.
fn is_untouched(text: &str, template: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| {
        line.is_empty()
            || line.starts_with('#')
            || template.lines().any(|known| known.trim() == line)
    })
}
