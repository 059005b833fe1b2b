//! Floor 3, the trainer: the open decks and the open log together, and what can be asked of them.
//!
//! Introduces the rooms below to each other: index entries meet schedules, files meet keys. The terminal interface,
//! the plain lines and the commands all go through here, so that they can never disagree.

mod authoring;
mod catalog;
mod choose;
#[cfg(test)]
mod durability;
mod edit;
mod histories;
mod import;
#[cfg(test)]
mod import_tests;
mod many;
mod optimize;
mod plan;
mod progress;
mod recognition;
mod report;
mod shelf;
mod stats;
#[cfg(test)]
mod tests;
mod transfer;
mod what_if;

use std::cell::OnceCell;
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::config::{Environment, LocalZone, Paths, Settings, local_zone};
use crate::decks::{Library, bundled_labels, bundled_resources, resources_name};
use crate::domain::card::{Card, CardId, CardKey};
use crate::domain::deck::{CardEntry, DeckInfo};
use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::problem::Problem;
use crate::domain::resource::{Resource, ResourceList};
use crate::domain::review::SessionId;
use crate::domain::tag::LabelList;
use crate::domain::time::{Calendar, Day, Timestamp};
use crate::store::{Store, StoreError, StoreNotice};
use crate::study::habits::Habits;
use crate::study::scheduler::{Scheduler, SchedulerSettings};

pub use crate::trainer::authoring::{Added, NotAdded};
pub use crate::trainer::choose::QuizQuestion;
pub use crate::trainer::edit::EditPlace;
pub use crate::trainer::histories::{NotGiven, Orphan, Pending};
pub use crate::trainer::import::{ImportError, ImportOrder, ImportReport};
pub use crate::trainer::optimize::{IdleFit, Trial};
pub use crate::trainer::plan::Aimed;
use crate::trainer::progress::Unsaved;
pub use crate::trainer::progress::{CardMarks, Rescued};
pub use crate::trainer::transfer::import_log;
pub use crate::trainer::what_if::Asked;

/// What a trainer is opened with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The merged settings.
    pub settings: Settings,
    /// Where files live.
    pub paths: Paths,
    /// The user's deck folders; those that do not exist are left out.
    pub folders: Vec<PathBuf>,
    /// Time zone and end of the study day.
    pub calendar: Calendar,
    /// 128 random bits drawn in `main`: session ids and keys of cards without id come from them.
    pub entropy: u128,
}

/// The open decks and the open log.
#[derive(Debug)]
pub struct Trainer {
    settings: Settings,
    paths: Paths,
    folders: Vec<PathBuf>,
    calendar: Calendar,
    scheduler: Scheduler,
    library: Library,
    store: Store,
    labels: OnceCell<LabelList>,
    resources: OnceCell<ResourceList>,
    entries: Vec<CardEntry>,
    decks: Vec<DeckInfo>,
    problems: Vec<Problem>,
    schedules: HashMap<CardKey, Schedule>,
    marks: HashMap<CardKey, CardMarks>,
    unsaved: VecDeque<Unsaved>,
    data_version: i64,
    key_marks: usize,
    has_new_cards: bool,
    edited: HashMap<CardKey, EditPlace>,
    kept: HashMap<CardKey, Card>,
    lost: HashMap<CardKey, CardEntry>,
    entropy: StdRng,
    habits: OnceCell<Habits>,
}

impl Trainer {
    /// Opens the log and the decks. The notices say what was unusual about the log.
    pub fn open(start: Start, now: Timestamp) -> Result<(Self, Vec<StoreNotice>), StoreError> {
        let mut opened = Store::open(&start.paths.database)?;
        match Self::with_store(start.clone(), opened.store, now) {
            Ok(trainer) => Ok((trainer, opened.notices)),
            // Damage in the middle of the file shows only when it is read.
            Err(StoreError::Damaged { .. }) => {
                let repaired = Store::repair(&start.paths.database)?;
                opened.notices.extend(repaired.notices);
                let trainer = Self::with_store(start, repaired.store, now)?;
                Ok((trainer, opened.notices))
            }
            Err(error) => Err(error),
        }
    }

    /// A trainer over a log that is already open.
    pub fn with_store(start: Start, store: Store, now: Timestamp) -> Result<Self, StoreError> {
        let scheduler = Scheduler::new(SchedulerSettings {
            desired_retention: start.settings.retention,
            maximum_interval: start.settings.maximum_interval,
        });
        let library = Library::open(&start.folders);
        let mut seed = [0; 32];
        seed[..16].copy_from_slice(&start.entropy.to_le_bytes());
        let mut trainer = Self {
            settings: start.settings,
            paths: start.paths,
            folders: start.folders,
            calendar: start.calendar,
            scheduler,
            library,
            store,
            labels: OnceCell::new(),
            resources: OnceCell::new(),
            entries: Vec::new(),
            decks: Vec::new(),
            problems: Vec::new(),
            schedules: HashMap::new(),
            marks: HashMap::new(),
            unsaved: VecDeque::new(),
            data_version: 0,
            key_marks: 0,
            has_new_cards: false,
            edited: HashMap::new(),
            kept: HashMap::new(),
            lost: HashMap::new(),
            entropy: StdRng::from_seed(seed),
            habits: OnceCell::new(),
        };
        if let Some(parameters) = trainer.store.parameters()? {
            trainer.use_parameters(parameters);
        }
        trainer.load_progress()?;
        trainer.load_catalog(now);
        Ok(trainer)
    }

    /// The settings.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where files live.
    pub const fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Time zone and end of the study day.
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The scheduler.
    pub const fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// The known tags and roles; read once, on first use.
    pub fn labels(&self) -> &LabelList {
        self.labels.get_or_init(bundled_labels)
    }

    /// The list of resources; read once, on first use.
    pub fn resources(&self) -> &ResourceList {
        self.resources.get_or_init(bundled_resources)
    }

    /// Every card that can be asked, retired ones included, in the order of files.
    pub fn entries(&self) -> &[CardEntry] {
        &self.entries
    }

    /// Every deck file.
    pub fn decks(&self) -> &[DeckInfo] {
        &self.decks
    }

    /// The entry of a card by its id or key.
    pub fn entry(&self, name: &str) -> Option<&CardEntry> {
        let is_named = |entry: &&CardEntry| {
            entry.id.as_ref().is_some_and(|CardId(id)| id == name) || entry.key.0 == name
        };
        self.entries.iter().find(is_named)
    }

    /// The entry of a card by its key.
    pub fn entry_of(&self, key: &CardKey) -> Option<&CardEntry> {
        self.entries.iter().find(|entry| entry.key == *key)
    }

    /// A card that stood in a deck when this program last looked, and does not now: as after a slip in its file.
    pub fn lost_entry(&self, key: &CardKey) -> Option<&CardEntry> {
        self.lost.get(key)
    }

    /// Reads a card.
    #[expect(clippy::result_large_err, reason = "a problem is rare and is shown whole")]
    pub fn card(&self, entry: &CardEntry) -> Result<Card, Problem> {
        self.library.card(entry, entry.title.base_lang(), self.labels())
    }

    /// Links of the list that belong after a card's answer.
    pub fn resources_of(&self, entry: &CardEntry) -> Vec<Resource> {
        let Some(id) = &entry.id else { return Vec::new() };
        // The list is read only for a card that it names: most are not, and the first question is waiting.
        if !resources_name(id) {
            return Vec::new();
        }
        self.resources()
            .resources
            .iter()
            .filter(|resource| resource.cards.contains(id))
            .cloned()
            .collect()
    }

    /// The schedule of a card.
    pub fn schedule(&self, key: &CardKey) -> Schedule {
        self.schedules.get(key).copied().unwrap_or(Schedule::UNSEEN)
    }

    /// What the user decided about a card.
    pub fn marks_of(&self, key: &CardKey) -> CardMarks {
        self.marks.get(key).copied().unwrap_or_default()
    }

    /// The log, for commands that only read it.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The study day of a point in time.
    pub fn day_of(&self, at: Timestamp) -> Day {
        self.calendar.day_of(at)
    }

    /// A new session's name.
    pub fn draw_session(&mut self) -> SessionId {
        SessionId(self.entropy.random())
    }

    /// A random number for what the user did not give a seed for.
    pub fn draw_seed(&mut self) -> u64 {
        self.entropy.random()
    }

    /// Whether nothing was ever set up: no settings file and no review.
    pub fn is_first_run(&self) -> bool {
        !self.paths.settings.exists() && self.schedules.is_empty() && self.marks.is_empty()
    }

    /// Writes a copy of the log once a day and empties the write-ahead file; failures do not matter here.
    pub fn close(&mut self, now: Timestamp) {
        let today = self.day_of(now);
        if !self.schedules.is_empty() {
            let _ = self.store.backup_if_older_than(today);
        }
        let _ = self.store.checkpoint();
    }
}

/// The calendar of this machine, from its environment.
pub fn calendar(environment: &Environment, day_ends_at: u8) -> Calendar {
    match local_zone(environment) {
        LocalZone::Tzif(bytes) => Calendar::from_tzif(Some(&bytes), day_ends_at),
        LocalZone::Posix(text) => Calendar::from_posix(&text, day_ends_at),
        LocalZone::Unknown => Calendar::from_tzif(None, day_ends_at),
    }
}

/// The languages in use: interface and cards.
pub fn languages(settings: &Settings, environment: &Environment) -> (Lang, Lang) {
    let interface = settings.lang.unwrap_or_else(|| environment.system_lang());
    (interface, settings.card_lang.unwrap_or(interface))
}
