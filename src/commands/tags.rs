//! Tags with their names, spellings and cards.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION, Table};
use crate::commands::world::{Exit, World};
use crate::trainer::Trainer;

/// Lists tags with their cards.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep tags                 every tag with its Korean name, its number of cards and its other spellings
  prep tags --json          the same for programs
  prep study --tag k8s      any of the spellings may be given to --tag";

#[derive(Serialize)]
struct Output {
    version: u32,
    tags: Vec<TagRow>,
}

#[derive(Serialize)]
struct TagRow {
    tag: String,
    title: String,
    title_ko: String,
    aliases: Vec<String>,
    cards: usize,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let json = args.json;
    let trainer = world.trainer()?;
    let tags = rows(&trainer);
    if json {
        output::json(&Output { version: JSON_VERSION, tags })?;
        return Ok(Exit::Done);
    }
    let texts = world.texts();
    let heads =
        [texts.column_tag(), texts.column_korean(), texts.column_cards(), texts.column_aliases()];
    let mut table = Table::new(&heads).right(&[2]);
    for row in tags {
        table.row(&[row.tag, row.title_ko, row.cards.to_string(), row.aliases.join(", ")]);
    }
    output::print(&table.text(output::width(world), world.has_color()))?;
    Ok(Exit::Done)
}

/// Known tags in the order of their list, then those that only cards know.
fn rows(trainer: &Trainer) -> Vec<TagRow> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in trainer.entries().iter().filter(|entry| entry.is_asked()) {
        for tag in &entry.tags {
            *counts.entry(tag.0.as_str()).or_default() += 1;
        }
    }
    let labels = &trainer.labels().tags;
    let known = labels.iter().map(|label| TagRow {
        tag: label.slug.clone(),
        title: label.title.clone(),
        title_ko: label.title_ko.clone(),
        aliases: label.aliases.clone(),
        cards: counts.get(label.slug.as_str()).copied().unwrap_or(0),
    });
    let own = counts.iter().filter(|(tag, _)| !labels.iter().any(|label| label.slug == **tag)).map(
        |(tag, cards)| TagRow {
            tag: (*tag).to_owned(),
            title: (*tag).to_owned(),
            title_ko: (*tag).to_owned(),
            aliases: Vec::new(),
            cards: *cards,
        },
    );
    known.chain(own).collect()
}
