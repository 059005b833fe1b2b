//! Every place of the interface with its actions and keys, from the table that handles them.

use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION, Table, bold, indented};
use crate::commands::world::{Exit, World};
use crate::i18n::Texts;
use crate::tui::action::{Action, Digits, Place};
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;

/// Prints every action with its keys.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep keys                the keys of every place, yours included
  prep keys --json         the same for programs

Keys are changed in the [keys] table of the settings: skip = [\"-\", \"s\"]";

#[derive(Serialize)]
struct Output {
    version: u32,
    places: Vec<PlaceRow>,
}

#[derive(Serialize)]
struct PlaceRow {
    place: &'static str,
    title: &'static str,
    keys: Vec<KeyRow>,
}

#[derive(Serialize)]
struct KeyRow {
    action: &'static str,
    keys: Vec<String>,
    help: &'static str,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let json = args.json;
    let places = places(&keymap(world), world.texts());
    if json {
        output::json(&Output { version: JSON_VERSION, places })?;
        return Ok(Exit::Done);
    }
    let color = world.has_color();
    let blocks: Vec<String> = places.iter().map(|place| block(place, color)).collect();
    output::print(&blocks.join("\n"))?;
    Ok(Exit::Done)
}

/// The keymap with the lines of the settings; what cannot be used of them is said.
fn keymap(world: &World) -> Keymap {
    let lines: Vec<(String, Vec<String>, u32)> = world
        .settings
        .keys
        .iter()
        .map(|line| (line.action.clone(), line.keys.clone(), line.line))
        .collect();
    let (keymap, complaints) = Keymap::with_user(&lines);
    for complaint in complaints {
        output::note(&format!("{}: {complaint}", world.paths.settings.display()));
    }
    keymap
}

fn places(keymap: &Keymap, texts: &Texts) -> Vec<PlaceRow> {
    let place = |place: Place| {
        let actions = place.actions().iter();
        let mut keys: Vec<KeyRow> = actions.map(|it| key_row(keymap, texts, *it)).collect();
        if place.digits() != Digits::None {
            let help = texts.digits(place.digits());
            let digits = Texts::digits_of(place.digits()).split_whitespace().map(str::to_owned);
            keys.insert(0, KeyRow { action: "digit", keys: digits.collect(), help });
        }
        if place == Place::TextField {
            let fixed = texts.field_keys.iter();
            keys.extend(fixed.map(|(keys, help)| KeyRow {
                action: "",
                keys: keys.split_whitespace().map(str::to_owned).collect(),
                help,
            }));
        }
        PlaceRow { place: name(place), title: texts.place(place), keys }
    };
    let everywhere = Place::everywhere().iter().map(|it| key_row(keymap, texts, *it)).collect();
    let everywhere = PlaceRow { place: "everywhere", title: texts.everywhere, keys: everywhere };
    std::iter::once(everywhere).chain(Place::ALL.into_iter().map(place)).collect()
}

fn key_row(keymap: &Keymap, texts: &Texts, action: Action) -> KeyRow {
    let named = Action::NAMED.iter().find(|(known, _)| *known == action);
    KeyRow {
        action: named.map_or("digit", |(_, name)| name),
        keys: keymap.keys(action).iter().map(Key::to_string).collect(),
        help: texts.action_help(action),
    }
}

fn block(place: &PlaceRow, color: bool) -> String {
    let mut table = Table::default();
    for row in &place.keys {
        table.row(&[row.keys.join(", "), row.action.to_owned(), row.help.to_owned()]);
    }
    let lines = indented(&table.text(None, color));
    format!("{} ({})\n{lines}", bold(place.title, color), place.place)
}

/// The stable word of a place.
const fn name(place: Place) -> &'static str {
    match place {
        Place::Home => "home",
        Place::FirstRun => "first_run",
        Place::Decks => "decks",
        Place::Plan => "plan",
        Place::Question => "question",
        Place::Confidence => "confidence",
        Place::Choice => "choice",
        Place::Order => "order",
        Place::Typed => "typed",
        Place::TextField => "text_field",
        Place::LineField => "line_field",
        Place::Ticks => "ticks",
        Place::Answer => "answer",
        Place::Grade => "grade",
        Place::Summary => "summary",
        Place::QuizSetup => "quiz_setup",
        Place::QuizChoice => "quiz_choice",
        Place::QuizOrder => "quiz_order",
        Place::QuizTyped => "quiz_typed",
        Place::QuizFeedback => "quiz_feedback",
        Place::QuizResult => "quiz_result",
        Place::Stats => "stats",
        Place::AddForm => "add_form",
        Place::DeckProblem => "deck_problem",
        Place::Browse => "browse",
        Place::SearchField => "search_field",
        Place::Card => "card",
        Place::Help => "help",
    }
}
