//! Cards in lines: when they come, how well they are known, what they ask.

use std::cell::OnceCell;
use std::collections::HashSet;

use serde::Serialize;

use crate::commands::decks::origin;
use crate::commands::filter::{FilterArgs, unknown_deck, unknown_tag};
use crate::commands::output::{self, JSON_VERSION, Table, UsageError};
use crate::commands::world::{Exit, World};
use crate::domain::card::{CardId, CardKey, Level};
use crate::domain::deck::CardEntry;
use crate::domain::lang::Lang;
use crate::domain::memory::{CardState, Schedule};
use crate::domain::time::Day;
use crate::study::search::{Field, Listed, Refused, Search};
use crate::trainer::Trainer;

/// Lists cards.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// Only cards that are due today
    #[arg(long)]
    due: bool,
    /// Only cards that were never seen (with --due: either)
    #[arg(long)]
    new: bool,
    /// Only drafts: questions without an answer, which are never asked
    #[arg(long, conflicts_with_all = ["due", "new"])]
    drafts: bool,
    /// Only cards that answer this search, as typed in Browse: words of title, question, answer and key points, and
    /// tag: deck: asked: level: kind: due new lapsed starred suspended
    #[arg(short, long, value_name = "SEARCH")]
    search: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep list --tag kubernetes             day, recall, level, kind, id and title of each card
  prep list --due                        what is due today
  prep list --asked 'Fintech K'          what a company asked
  prep list --search 'timeout tag:networking'   what mentions timeouts
  prep list --search '틀린 태그:네트워크'        the same language in Korean
  prep list --new --level 1 --role sre   unseen cards that every SRE is asked
  prep list --drafts                     questions that still lack an answer
  prep list --json | jq -r '.cards[].name'";

#[derive(Serialize)]
struct Output {
    version: u32,
    today: String,
    cards: Vec<CardRow>,
}

/// A card without its text, as `--json` gives it.
#[derive(Serialize)]
pub struct CardRow {
    name: String,
    id: Option<String>,
    key: String,
    title: String,
    deck: String,
    origin: &'static str,
    file: String,
    line: u32,
    kind: &'static str,
    level: Option<u8>,
    tags: Vec<String>,
    roles: Vec<String>,
    asked: Vec<String>,
    state: &'static str,
    due: Option<String>,
    retrievability: Option<f32>,
    stability: Option<f32>,
    difficulty: Option<f32>,
    reviews: u32,
    lapses: u32,
    suspended: bool,
    starred: bool,
    buried_until: Option<String>,
    retired: bool,
    draft: bool,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let trainer = world.trainer()?;
    let filter = args.filter.resolve(&trainer)?;
    let today = world.today();
    let found = match &args.search {
        Some(search) => Some(found(&trainer, search, world)?),
        None => None,
    };
    let entries: Vec<&CardEntry> = trainer
        .entries()
        .iter()
        .filter(|entry| !entry.retired && entry.is_draft() == args.drafts && filter.accepts(entry))
        .filter(|entry| is_wanted(args, &trainer, entry, today))
        .filter(|entry| found.as_ref().is_none_or(|found| found.contains(&entry.key)))
        .collect();
    let lang = world.languages().1;
    if args.json {
        let cards = entries.iter().map(|entry| card_row(&trainer, entry, lang, today)).collect();
        output::json(&Output { version: JSON_VERSION, today: today.iso(), cards })?;
        return Ok(Exit::Done);
    }
    if entries.is_empty() {
        output::note(&world.texts().no_card_fits());
        return Ok(Exit::Done);
    }
    output::print(&lines(&trainer, &entries, world))?;
    Ok(Exit::Done)
}

/// The cards that answer a search. A word that means nothing after its field is refused, with the nearest ones.
fn found(trainer: &Trainer, text: &str, world: &World) -> anyhow::Result<HashSet<CardKey>> {
    let shelf = trainer.shelf(world.now());
    let search = Search::new(text, &shelf, trainer.labels());
    if let Some(refused) = search.refused.first() {
        return Err(UsageError(complaint(trainer, refused, world)).into());
    }
    let is_found = |card: &&Listed| {
        // The text is read only where title, tags and companies do not hold all words.
        let text = OnceCell::new();
        let read = || Some(text.get_or_init(|| trainer.folded_text(&card.entry)).as_str());
        search.finds(card, shelf.today, read).is_some()
    };
    Ok(shelf.cards.iter().filter(is_found).map(|card| card.entry.key.clone()).collect())
}

fn complaint(trainer: &Trainer, refused: &Refused, world: &World) -> String {
    let word = &refused.word;
    match refused.field {
        Field::Tag => unknown_tag(trainer, word),
        Field::Deck => unknown_deck(trainer, word),
        _ => world.texts().refused_word(refused),
    }
}

fn is_wanted(args: &Args, trainer: &Trainer, entry: &CardEntry, today: Day) -> bool {
    let schedule = trainer.schedule(&entry.key);
    let may_be_asked = trainer.marks_of(&entry.key).may_be_asked(today);
    let is_due = schedule.due().is_some_and(|due| due <= today);
    match (args.due, args.new) {
        (false, false) => true,
        (due, new) => may_be_asked && ((due && is_due) || (new && schedule.is_new())),
    }
}

fn lines(trainer: &Trainer, entries: &[&CardEntry], world: &World) -> String {
    let (texts, today, lang) = (world.texts(), world.today(), world.languages().1);
    let heads = [
        texts.column_due(),
        texts.column_recall(),
        texts.column_level(),
        texts.column_kind(),
        texts.column_card(),
        texts.column_title(),
    ];
    let mut table = Table::new(&heads).right(&[1, 2]);
    for entry in entries {
        let schedule = trainer.schedule(&entry.key);
        let due = match (trainer.marks_of(&entry.key).is_suspended, schedule.due()) {
            (true, _) => texts.is_suspended().to_owned(),
            (false, Some(day)) => day.iso(),
            (false, None) => texts.never_seen().to_owned(),
        };
        let recall = match schedule {
            Schedule::New { .. } => "-".to_owned(),
            Schedule::Seen(_) => percent(trainer.scheduler().retrievability(&schedule, today)),
        };
        let level = entry.level.map_or_else(|| "-".to_owned(), |level| level.get().to_string());
        let title = entry.title.get(lang).clone();
        table.row(&[due, recall, level, entry.kind.name().to_owned(), entry.name(), title]);
    }
    table.text(output::width(world), world.has_color())
}

/// `93 %`.
pub fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

/// What can be said of a card without reading its text.
pub fn card_row(trainer: &Trainer, entry: &CardEntry, lang: Lang, today: Day) -> CardRow {
    let schedule = trainer.schedule(&entry.key);
    let marks = trainer.marks_of(&entry.key);
    let progress = schedule.progress();
    CardRow {
        name: entry.name(),
        id: entry.id.as_ref().map(|CardId(id)| id.clone()),
        key: entry.key.0.clone(),
        title: entry.title.get(lang).clone(),
        deck: entry.deck.0.clone(),
        origin: origin(entry.file.origin),
        file: entry.file.path.clone(),
        line: entry.line,
        kind: entry.kind.name(),
        level: entry.level.map(Level::get),
        tags: entry.tags.iter().map(ToString::to_string).collect(),
        roles: entry.roles.iter().map(ToString::to_string).collect(),
        asked: entry.asked.clone(),
        state: progress.map_or("new", |progress| state(progress.state)),
        due: schedule.due().map(Day::iso),
        retrievability: progress.map(|_| trainer.scheduler().retrievability(&schedule, today)),
        stability: progress.map(|progress| progress.memory.stability),
        difficulty: progress.map(|progress| progress.memory.difficulty),
        reviews: progress.map_or(0, |progress| progress.reviews),
        lapses: progress.map_or(0, |progress| progress.lapses),
        suspended: marks.is_suspended,
        starred: marks.is_starred,
        buried_until: marks.buried_until.filter(|until| *until > today).map(Day::iso),
        retired: entry.retired,
        draft: entry.is_draft(),
    }
}

/// The stable word of a state.
const fn state(state: CardState) -> &'static str {
    match state {
        CardState::Learning => "learning",
        CardState::Review => "review",
        CardState::Relearning => "relearning",
    }
}
