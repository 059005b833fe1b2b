//! The user's choices: defaults, over them `config.toml`, over it `PREP_*`; flags are laid on top by the commands.

mod paths;
mod reader;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use crate::config::paths::{Environment, LocalZone, Paths, local_zone};
use crate::config::reader::{Reader, Section};
use crate::domain::deck::{FileName, Origin};
use crate::domain::lang::Lang;
use crate::domain::problem::{Problem, Severity};

/// The complete and commented settings file: the reference manual, and what `prep config init` writes.
pub const DEFAULT_FILE: &str = include_str!("config.toml");

/// Why prep cannot find out where it lives or what time it is.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The system names no home.
    #[error("cannot find your home folder; set PREP_DATA_DIR and PREP_CONFIG_DIR")]
    NoHome,
    /// `PREP_NOW` is no time.
    #[error(
        "PREP_NOW is `{0}`, which is no time; write milliseconds since 1970 or 2026-11-23T09:00:00+09:00"
    )]
    Now(String),
}

/// Which glyphs are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum GlyphChoice {
    /// ASCII where the terminal asks for it, else Unicode.
    #[default]
    Auto,
    /// Thin rules, dots and blocks.
    Unicode,
    /// ASCII only.
    Ascii,
}

/// Which colours are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// What suits the terminal.
    #[default]
    Auto,
    /// The terminal's own 16 colours.
    Terminal,
    /// True colours on a dark ground.
    Dark,
    /// True colours on a light ground.
    Light,
}

/// Whether the learner's own parameters are looked for without being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OptimizeChoice {
    /// At the end of the program, when enough reviews are new.
    #[default]
    Auto,
    /// Only by `prep optimize`.
    Off,
}

/// A line of `[keys]`, as written; its meaning is the keymap's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySetting {
    /// The action, or another name that the keymap knows.
    pub action: String,
    /// The keys.
    pub keys: Vec<String>,
    /// The line, from 1.
    pub line: u32,
}

/// The merged settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The language of the interface; none where the system's holds.
    pub lang: Option<Lang>,
    /// The language in which cards are shown first; none where the interface's holds.
    pub card_lang: Option<Lang>,
    /// Which glyphs are drawn.
    pub glyphs: GlyphChoice,
    /// Which colours are drawn.
    pub theme: ThemeChoice,
    /// Whether the time spent on a question is shown.
    pub clock: bool,
    /// The wanted share of recall, 0.70 to 0.97.
    pub retention: f32,
    /// New cards a day, up to 999.
    pub new_per_day: u32,
    /// Days after which a card comes back at the latest, 1 to 36500.
    pub maximum_interval: u32,
    /// The hour at which a study day ends, 0 to 23.
    pub day_ends_at: u8,
    /// Minutes given a day, 1 to 1440; none where there is no limit.
    pub minutes: Option<u32>,
    /// Decks that are studied where no flag says otherwise; empty for all.
    pub study_decks: Vec<String>,
    /// Whether the learner's own parameters are looked for without being asked.
    pub optimize: OptimizeChoice,
    /// Questions of a quiz, 1 to 200.
    pub quiz_questions: u32,
    /// Minutes of a quiz, 1 to 240.
    pub quiz_minutes: u32,
    /// Further folders with decks, as written.
    pub deck_paths: Vec<PathBuf>,
    /// The lines of `[keys]`, in order.
    pub keys: Vec<KeySetting>,
    /// The editor for cards; none where `VISUAL` or `EDITOR` holds.
    pub editor_command: Option<String>,
    /// The editor's arguments; none where the known ones hold.
    pub editor_args: Option<Vec<String>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: None,
            card_lang: None,
            glyphs: GlyphChoice::Auto,
            theme: ThemeChoice::Auto,
            clock: true,
            retention: 0.90,
            new_per_day: 10,
            maximum_interval: 365,
            day_ends_at: 4,
            minutes: None,
            study_decks: Vec::new(),
            optimize: OptimizeChoice::Auto,
            quiz_questions: 10,
            quiz_minutes: 8,
            deck_paths: Vec::new(),
            keys: Vec::new(),
            editor_command: None,
            editor_args: None,
        }
    }
}

impl Settings {
    /// Reads the settings file and lays the environment over it. Everything that is wrong is returned at once, and its default used.
    pub fn load(paths: &Paths, environment: &Environment) -> (Self, Vec<Problem>) {
        let (mut settings, mut problems) = match fs::read(&paths.settings) {
            Ok(bytes) => read_bytes(&bytes, &paths.settings),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Self::default(), Vec::new()),
            Err(error) => (Self::default(), vec![unreadable(&paths.settings, &error.to_string())]),
        };
        problems.extend(settings.lay_over(environment));
        (settings, problems)
    }

    /// Lays the `PREP_*` variables over the settings.
    pub fn lay_over(&mut self, environment: &Environment) -> Option<Problem> {
        let text = environment.lang.as_deref()?;
        match Lang::from_code(text) {
            Some(lang) => {
                self.lang = Some(lang);
                None
            }
            None => Some(Problem {
                help: Some("set it to `en` or `ko`".into()),
                ..whole_file(Path::new("PREP_LANG"), format!("`{text}` is no language of prep"))
            }),
        }
    }

    /// The folders and files in which the user's decks lie: those of `PREP_DECKS` alone, or else the data folder's and the settings'.
    pub fn deck_folders(&self, paths: &Paths, environment: &Environment) -> Vec<PathBuf> {
        if let Some(decks) = &environment.decks {
            return decks.iter().map(|path| expand(path, paths)).collect();
        }
        let further = self.deck_paths.iter().map(|path| paths.config.join(expand(path, paths)));
        std::iter::once(paths.decks.clone()).chain(further).collect()
    }
}

/// A path with `~` at its beginning replaced by the user's home.
fn expand(path: &Path, paths: &Paths) -> PathBuf {
    match (path.strip_prefix("~"), &paths.home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

fn read_bytes(bytes: &[u8], path: &Path) -> (Settings, Vec<Problem>) {
    match std::str::from_utf8(bytes) {
        // Some editors put a byte order mark before the text.
        Ok(text) => read(Some(text.trim_start_matches('\u{feff}')), path),
        Err(_) => (Settings::default(), vec![unreadable(path, "it is not UTF-8 text")]),
    }
}

/// Reads the text of a settings file; no text means defaults. Everything that is wrong is returned, and its default used.
pub fn read(text: Option<&str>, path: &Path) -> (Settings, Vec<Problem>) {
    let mut settings = Settings::default();
    let Some(text) = text else { return (settings, Vec::new()) };
    let mut reader = Reader::new(text, path);
    reader.section(Section::TOP, |it| {
        it.choice("lang", &LANGS).set_some(&mut settings.lang);
    });
    read_looks(&mut reader, &mut settings);
    read_study(&mut reader, &mut settings);
    read_files(&mut reader, &mut settings);
    (settings, reader.finish())
}

const LANGS: [(&str, Lang); 2] = [("en", Lang::En), ("ko", Lang::Ko)];

const GLYPHS: [(&str, GlyphChoice); 3] =
    [("unicode", GlyphChoice::Unicode), ("ascii", GlyphChoice::Ascii), ("auto", GlyphChoice::Auto)];

const THEMES: [(&str, ThemeChoice); 4] = [
    ("auto", ThemeChoice::Auto),
    ("terminal", ThemeChoice::Terminal),
    ("dark", ThemeChoice::Dark),
    ("light", ThemeChoice::Light),
];

const OPTIMIZE: [(&str, OptimizeChoice); 2] =
    [("auto", OptimizeChoice::Auto), ("off", OptimizeChoice::Off)];

fn read_looks(reader: &mut Reader<'_>, settings: &mut Settings) {
    reader.section(Section::CARDS, |it| {
        it.choice("lang", &LANGS).set_some(&mut settings.card_lang);
    });
    reader.section(Section::UI, |it| {
        it.choice("glyphs", &GLYPHS).set(&mut settings.glyphs);
        it.choice("theme", &THEMES).set(&mut settings.theme);
        it.switch("clock").set(&mut settings.clock);
    });
}

fn read_study(reader: &mut Reader<'_>, settings: &mut Settings) {
    reader.section(Section::STUDY, |it| {
        it.share("retention", 0.70..=0.97).set(&mut settings.retention);
        it.number("new", 0..=999).set(&mut settings.new_per_day);
        it.number("maximum_interval", 1..=36_500).set(&mut settings.maximum_interval);
        it.number("day_ends_at", 0..=23).set(&mut settings.day_ends_at);
        it.number("minutes", 1..=1440).set_some(&mut settings.minutes);
        it.texts("decks").set(&mut settings.study_decks);
    });
    reader.section(Section::SCHEDULING, |it| {
        it.choice("optimize", &OPTIMIZE).set(&mut settings.optimize);
    });
    reader.section(Section::QUIZ, |it| {
        it.number("questions", 1..=200).set(&mut settings.quiz_questions);
        it.number("minutes", 1..=240).set(&mut settings.quiz_minutes);
    });
}

fn read_files(reader: &mut Reader<'_>, settings: &mut Settings) {
    reader.section(Section::DECKS, |it| {
        let paths = it.texts("paths");
        paths.map(|paths| paths.iter().map(PathBuf::from).collect()).set(&mut settings.deck_paths);
    });
    reader.section(Section::EDITOR, |it| {
        it.text("command").set_some(&mut settings.editor_command);
        it.texts("args").set_some(&mut settings.editor_args);
    });
    reader.section(Section::KEYS, |it| settings.keys = it.keys());
}

/// Puts a value that was read in the place of the default.
trait Given<T> {
    fn set(self, setting: &mut T);
    fn set_some(self, setting: &mut Option<T>);
}

impl<T> Given<T> for Option<T> {
    fn set(self, setting: &mut T) {
        if let Some(value) = self {
            *setting = value;
        }
    }

    fn set_some(self, setting: &mut Option<T>) {
        if self.is_some() {
            *setting = self;
        }
    }
}

fn unreadable(path: &Path, why: &str) -> Problem {
    Problem {
        help: Some("mend the file or move it away; defaults are used until then".into()),
        ..whole_file(path, format!("the settings cannot be read: {why}"))
    }
}

fn whole_file(path: &Path, message: String) -> Problem {
    Problem {
        severity: Severity::Error,
        file: FileName { origin: Origin::User, path: path.display().to_string() },
        line: 0,
        column: 0,
        span: None,
        card: None,
        message,
        help: None,
        source_line: String::new(),
    }
}

#[cfg(test)]
mod tests;
