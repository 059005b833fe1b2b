//! What every command has: the flags that work everywhere, settings, paths, the clock, the trainer on demand.

use std::cell::RefCell;
use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::Context;

use crate::commands::output;
use crate::config::{Environment, GlyphChoice, Paths, Settings, ThemeChoice};
use crate::domain::lang::Lang;
use crate::domain::problem::Problem;
use crate::domain::time::{Calendar, Day, FirstWeekday, Timestamp};
use crate::i18n::Texts;
use crate::trainer::{Start, Trainer, calendar, languages};
use crate::tui::theme::{Glyphs, Palette, Theme};

/// When colour is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// Where the output is a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Flags that work before and after every subcommand.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Common {
    /// Language of interface and cards
    #[arg(long, global = true, value_name = "ko|en", value_parser = ["ko", "en"])]
    pub lang: Option<String>,
    /// Folder or file with decks, instead of your own deck folder (may be repeated)
    #[arg(long, global = true, value_name = "DIR")]
    pub decks: Vec<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorChoice,
    /// The same as --color never
    #[arg(long, global = true, hide = true)]
    pub no_color: bool,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// It could not be done; what failed has been said.
    Failed,
    /// Wrong usage; it has been said.
    Usage,
    /// The answer is "no", where a flag asked for one.
    No,
}

impl Exit {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::No => 3,
        }
    }
}

/// What every command has.
pub struct World {
    /// Flags that work everywhere.
    pub common: Common,
    /// The environment as it stood at the start.
    pub environment: Environment,
    /// Where files live.
    pub paths: Paths,
    /// The merged settings.
    pub settings: Settings,
    /// What is wrong in the settings file.
    pub setting_problems: Vec<Problem>,
    /// What was unusual about settings and log.
    pub notices: RefCell<Vec<String>>,
    clock: Box<dyn Fn() -> Timestamp>,
    entropy: u128,
}

impl World {
    /// Reads environment and settings, lays the flags over them.
    pub fn new(
        common: Common,
        clock: Box<dyn Fn() -> Timestamp>,
        entropy: u128,
    ) -> anyhow::Result<Self> {
        let environment = Environment::read();
        let paths = Paths::find(&environment)?;
        let (mut settings, setting_problems) = Settings::load(&paths, &environment);
        if let Some(lang) = common.lang.as_deref().and_then(Lang::from_code) {
            settings.lang = Some(lang);
            settings.card_lang = Some(lang);
        }
        let clock = shifted(clock, environment.now()?);
        Ok(Self {
            common,
            environment,
            paths,
            settings,
            setting_problems,
            notices: RefCell::new(Vec::new()),
            clock,
            entropy,
        })
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The time zone with the end of the study day.
    pub fn calendar(&self) -> Calendar {
        calendar(&self.environment, self.settings.day_ends_at)
    }

    /// The study day now.
    pub fn today(&self) -> Day {
        self.calendar().day_of(self.now())
    }

    /// Languages of the interface and of cards.
    pub fn languages(&self) -> (Lang, Lang) {
        languages(&self.settings, &self.environment)
    }

    /// The weekday with which a week begins: of the locale of dates, else of the language.
    pub fn first_weekday(&self) -> FirstWeekday {
        FirstWeekday::of_locale(self.environment.time_locale.as_deref(), self.languages().0)
    }

    /// The phrases of the interface language.
    pub fn texts(&self) -> &'static Texts {
        Texts::of(self.languages().0)
    }

    /// Opens decks and log; what is unusual about them is said on standard error.
    pub fn trainer(&self) -> anyhow::Result<Trainer> {
        // The folder is there from the start, so that a deck put into it is read at once.
        if self.common.decks.is_empty() && self.environment.decks.is_none() {
            let _ = std::fs::create_dir_all(&self.paths.decks);
        }
        for problem in &self.setting_problems {
            self.notice(format!("settings: {problem}"));
        }
        let (trainer, notices) = Trainer::open(self.start(), self.now()).with_context(|| {
            format!("cannot open the progress file {}", self.paths.database.display())
        })?;
        for notice in notices {
            self.notice(notice.to_string());
        }
        Ok(trainer)
    }

    fn notice(&self, text: String) {
        output::note(&text);
        self.notices.borrow_mut().push(text);
    }

    /// What a trainer is opened with.
    pub fn start(&self) -> Start {
        Start {
            settings: self.settings.clone(),
            paths: self.paths.clone(),
            folders: self.deck_folders(),
            calendar: self.calendar(),
            entropy: self.entropy,
        }
    }

    /// The user's deck folders: those of `--decks`, else of the settings; the default one only where it exists.
    pub fn deck_folders(&self) -> Vec<PathBuf> {
        if !self.common.decks.is_empty() {
            return self.common.decks.clone();
        }
        let folders = self.settings.deck_folders(&self.paths, &self.environment);
        folders
            .into_iter()
            .filter(|folder| *folder != self.paths.decks || folder.exists())
            .collect()
    }

    /// Whether standard output shows colour.
    pub fn has_color(&self) -> bool {
        match self.common.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !self.is_colorless() && std::io::stdout().is_terminal(),
        }
    }

    fn is_colorless(&self) -> bool {
        self.common.no_color
            || self.environment.no_color
            || self.environment.term.as_deref() == Some("dumb")
    }

    /// Whether both ends are a terminal that can show screens.
    pub fn is_interactive(&self) -> bool {
        std::io::stdin().is_terminal()
            && std::io::stdout().is_terminal()
            && self.environment.term.as_deref() != Some("dumb")
    }

    /// Whether a terminal is there that shows nothing but lines: then line mode is taken without asking.
    pub fn wants_plain(&self) -> bool {
        self.environment.term.as_deref() == Some("dumb")
            && std::io::stdin().is_terminal()
            && std::io::stdout().is_terminal()
    }

    /// The theme of the screens.
    pub fn theme(&self) -> Theme {
        let glyphs = match self.settings.glyphs {
            GlyphChoice::Unicode => true,
            GlyphChoice::Ascii => false,
            GlyphChoice::Auto => self.environment.shows_unicode(),
        };
        Theme::new(self.palette(), if glyphs { &Glyphs::UNICODE } else { &Glyphs::ASCII })
    }

    fn palette(&self) -> Palette {
        if self.common.color == ColorChoice::Never
            || (self.common.color == ColorChoice::Auto && self.is_colorless())
        {
            return Palette::Plain;
        }
        match self.settings.theme {
            ThemeChoice::Auto | ThemeChoice::Terminal => Palette::Terminal,
            ThemeChoice::Dark => Palette::Dark,
            ThemeChoice::Light => Palette::Light,
        }
    }
}

/// The clock, or one that starts at a given time and goes on from there, for tests.
fn shifted(
    clock: Box<dyn Fn() -> Timestamp>,
    start: Option<Timestamp>,
) -> Box<dyn Fn() -> Timestamp> {
    let Some(start) = start else { return clock };
    let began = clock();
    Box::new(move || Timestamp(start.0.saturating_add(clock().0.saturating_sub(began.0))))
}
