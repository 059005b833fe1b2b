//! Opens the screens: theme, keys, terminal, loop; afterwards saves what is left and dies by a signal if one came.

use anyhow::{Context, bail};

use crate::commands::world::{ColorChoice, Exit, World};
use crate::commands::{optimize, output};
use crate::store::StoreError;
use crate::study::request::QuizRequest;
use crate::trainer::{Rescued, Trainer};
use crate::tui::app::{App, Opening, Setup};
use crate::tui::desk::Desk;
use crate::tui::keymap::Keymap;
use crate::tui::runtime::{self, EditorChoice, Ending};
use crate::tui::terminal::{EnterError, Screen, die_by};
use crate::tui::theme::{Palette, Role};

/// How the screens ended.
pub struct Shown {
    /// Whether everything is on disk.
    pub was_all_saved: bool,
    /// Percent of a quiz that was taken to its end.
    pub quiz_percent: Option<u8>,
}

impl Shown {
    /// Done, or failed where something could not be saved.
    pub const fn exit(&self) -> Exit {
        if self.was_all_saved { Exit::Done } else { Exit::Failed }
    }
}

/// Refuses politely where there is no terminal, and names the plain way.
pub fn need_terminal(world: &World, command: &str) -> anyhow::Result<()> {
    if world.is_interactive() {
        return Ok(());
    }
    bail!(NoTerminal { command: command.to_owned() })
}

/// There is no terminal to draw on.
#[derive(Debug, thiserror::Error)]
#[error(
    "this is no terminal that can show screens; `prep {command} --plain` works with plain lines"
)]
pub struct NoTerminal {
    command: String,
}

/// Shows the screens until the user leaves.
pub fn show(world: &World, trainer: Trainer, opening: Opening) -> anyhow::Result<Shown> {
    let (keymap, complaints) = keymap(world);
    let setup = setup(world, &trainer, keymap);
    let no_color =
        setup.theme.palette == Palette::Plain && world.common.color != ColorChoice::Always;
    let now = world.now();
    let (mut app, effects) = App::new(setup, opening, now);
    // What was said before the screens came is told on them too: behind them nobody sees it.
    let said = world.notices.borrow().first().cloned();
    if let Some(complaint) = said.or_else(|| complaints.first().cloned()) {
        app.tell(Role::Warn, complaint, now);
    }
    let mut desk = Desk::open(app, trainer, effects, now);
    let mut screen = match Screen::enter(no_color) {
        Ok(screen) => screen,
        Err(EnterError::NotATerminal) => bail!(NoTerminal { command: "study".to_owned() }),
        Err(error) => return Err(error).context("cannot use the terminal"),
    };
    let ending = runtime::run(&mut desk, &mut screen, &editor(world), &|| world.now());
    desk.flush(world.now());
    drop(screen);
    let rescued = desk.trainer.rescue_unsaved();
    desk.trainer.close(world.now());
    let was_all_saved = rescued.as_ref().is_ok_and(|it| *it == Rescued::default());
    tell_rescued(rescued);
    for complaint in complaints {
        output::note(&complaint);
    }
    match ending.context("the terminal failed")? {
        // The terminal is the shell's again, and whoever was killed is in a hurry.
        Ending::Left => optimize::when_idle(world, &mut desk.trainer),
        Ending::Signal(signal) => die_by(signal),
    }
    Ok(Shown { was_all_saved, quiz_percent: desk.app.quiz_percent() })
}

fn tell_rescued(rescued: Result<Rescued, StoreError>) {
    match rescued {
        Ok(Rescued { journal, lost }) => {
            if let Some(journal) = journal {
                output::note(&format!(
                    "some answers could not be saved; they are kept in {}; as progress.rescue beside the progress file they come back at the next start",
                    journal.display()
                ));
            }
            if lost > 0 {
                output::note(&format!(
                    "{lost} undos or decisions could not be saved; do them again"
                ));
            }
        }
        Err(error) => output::note(&format!("some answers could not be saved: {error}")),
    }
}

fn keymap(world: &World) -> (Keymap, Vec<String>) {
    let lines: Vec<(String, Vec<String>, u32)> = world
        .settings
        .keys
        .iter()
        .map(|line| (line.action.clone(), line.keys.clone(), line.line))
        .collect();
    if lines.is_empty() {
        return (Keymap::default(), Vec::new());
    }
    Keymap::with_user(&lines)
}

fn setup(world: &World, trainer: &Trainer, keymap: Keymap) -> Setup {
    let (lang, card_lang) = world.languages();
    Setup {
        theme: world.theme(),
        lang,
        card_lang,
        labels: trainer.labels().clone(),
        keymap,
        calendar: trainer.calendar().clone(),
        first_weekday: world.first_weekday(),
        scheduler: trainer.scheduler().clone(),
        clock: world.settings.clock,
        quiz: QuizRequest {
            filter: crate::domain::tag::Filter::default(),
            questions: world.settings.quiz_questions as usize,
            minutes: Some(world.settings.quiz_minutes),
            exam: false,
            weakest_first: false,
            seed: None,
            drill: None,
        },
        deck_folder: shown_path(world, &world.paths.decks),
        data_folder: shown_path(world, &world.paths.database),
    }
}

/// A path with the user's home as `~`.
fn shown_path(world: &World, path: &std::path::Path) -> String {
    match world.paths.home.as_deref().and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

/// The editor of the user: of the settings, else of the environment.
pub fn editor(world: &World) -> EditorChoice {
    EditorChoice {
        command: world.settings.editor_command.clone().or_else(|| world.environment.editor.clone()),
        arguments: world.settings.editor_args.clone(),
    }
}
