//! Figures of the answers so far: as text with charts, as JSON or CSV, as a picture or a page to keep or share.
//!
//! Without a flag it prints, also on a terminal: a command that sometimes takes the screen cannot be piped or scrolled
//! back to. The pages that can be walked through are one key away, `s` on the start page.

mod drawing;
mod html;
mod json;
mod svg;
mod text;

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::commands::output;
use crate::commands::world::{Exit, World};
use crate::study::stats::{Stats, Window};
use crate::tui::screens::stats::Page;

/// Shows figures of your answers, with charts.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
#[command(group = clap::ArgGroup::new("form").args(["json", "csv", "svg", "html", "page"]))]
pub struct Args {
    /// Only one page: overview, tags, calibration, forecast or hard
    #[arg(long, value_name = "PAGE", value_parser = Page::ALL.map(Page::name))]
    page: Option<String>,
    /// Days whose answers are counted: 30, 90 or all
    #[arg(long, value_name = "DAYS", value_parser = Window::ALL.map(Window::name), default_value = "all")]
    window: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print every figure as CSV: section, item, figure, value
    #[arg(long)]
    csv: bool,
    /// Write one picture; `-` is standard output
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Write one page for the browser with every chart; `-` is standard output
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write over a file that is there already
    #[arg(long)]
    force: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep stats                        five pages of figures and charts
  prep stats --page forecast        what comes up, and how memory fades
  prep stats --window 30            count the last 30 days only
  prep stats --html stats.html      a page to keep, with every chart
  prep stats --json | jq .memory    the same for programs
On the start page of prep, s opens the same pages to walk through.";

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let trainer = world.trainer()?;
    let window = Window::ALL.into_iter().find(|window| window.name() == args.window);
    let lang = world.languages().0;
    let stats = trainer.stats(window.unwrap_or_default(), lang, world.now())?;
    if args.json {
        output::json(&json::found(&stats))?;
    } else if args.csv {
        output::print(&stats.csv())?;
    } else if let Some(file) = &args.svg {
        write(file, &svg::picture(&drawn(&stats, &trainer, world)), args.force)?;
    } else if let Some(file) = &args.html {
        write(file, &html::page(&drawn(&stats, &trainer, world)), args.force)?;
    } else {
        let page = Page::ALL.into_iter().find(|page| Some(page.name()) == args.page.as_deref());
        output::print(&text::pages(&stats, page, &trainer, world))?;
    }
    Ok(Exit::Done)
}

/// What pictures are made from.
fn drawn<'a>(
    stats: &'a Stats,
    trainer: &'a crate::trainer::Trainer,
    world: &World,
) -> drawing::Material<'a> {
    drawing::Material {
        stats,
        texts: world.texts(),
        lang: world.languages().0,
        labels: trainer.labels(),
        first_weekday: world.first_weekday(),
    }
}

/// Writes a file, and no other file over it unless that was asked for; `-` is standard output.
fn write(file: &Path, text: &str, force: bool) -> anyhow::Result<()> {
    if file.as_os_str() == OsStr::new("-") {
        return output::print(text);
    }
    let mut options = OpenOptions::new();
    if force {
        options.write(true).create(true).truncate(true);
    } else {
        options.write(true).create_new(true);
    }
    match options.open(file) {
        Ok(mut opened) => opened
            .write_all(text.as_bytes())
            .with_context(|| format!("cannot write {}", file.display())),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{} is there already; --force writes over it", file.display())
        }
        Err(error) => Err(error).with_context(|| format!("cannot write {}", file.display())),
    }
}
