//! From files to cards: the index is brought up to date, cards without id are recognised, a user's cards replace
//! bundled ones of the same id.

use std::collections::{HashMap, HashSet};

use crate::decks::{Library, ReadDeck, answered_text, asked_text};
use crate::domain::card::{Card, CardId, CardKey, fnv1a};
use crate::domain::deck::{CardEntry, DeckFile, DeckInfo, FileName, Origin};
use crate::domain::problem::{Problem, Severity};
use crate::domain::sighting::remembered;
use crate::domain::time::Timestamp;
use crate::store::IndexedFile;
use crate::trainer::Trainer;

/// Changes whenever the index of the same files would look different.
const INDEX_VERSION: &str = concat!("3 ", env!("CARGO_PKG_VERSION"));

/// A file with what the index says of it.
pub(super) struct Indexed {
    pub file: DeckFile,
    pub info: DeckInfo,
    pub cards: Vec<CardEntry>,
    /// Question and answer of each card, as far as they are remembered; only of a fresh file.
    pub texts: Vec<(String, String)>,
    /// Whether it was read just now, because it had changed.
    pub is_fresh: bool,
    /// Whether a card of it got another key than the index has.
    pub is_rekeyed: bool,
}

impl Trainer {
    /// Brings entries and decks up to date with the files. A log that cannot be written costs only the cache.
    pub(super) fn load_catalog(&mut self, now: Timestamp) {
        self.problems = self.library.problems().to_vec();
        let fingerprint = fnv1a(INDEX_VERSION.as_bytes());
        let mut before = None;
        if !self.store.index_is_current(fingerprint).unwrap_or(false) {
            // Also an index that is made again tells how the cards stood before.
            before = self.store.entries().ok();
            let _ = self.store.restart_index(fingerprint);
            self.refresh_schemas();
        }
        let mut files = self.indexed_files();
        let missing = self.missing_files();
        let is_changed = !missing.is_empty() || files.iter().any(|file| file.is_fresh);
        if is_changed {
            let before = before.unwrap_or_else(|| self.store.entries().unwrap_or_default());
            // Without the marks that remember the new keys the index must not hold them either.
            if self.recognise_cards(&mut files, &before, now) {
                self.write_index(&files, &missing);
            }
        }
        let (entries, decks) = self.resolve(files);
        self.note_lost(&entries);
        (self.entries, self.decks) = (entries, decks);
    }

    /// Remembers the cards that were in a deck until now: a sitting may still hold them.
    fn note_lost(&mut self, entries: &[CardEntry]) {
        if self.entries.is_empty() && self.lost.is_empty() {
            return;
        }
        let here: HashSet<&CardKey> = entries.iter().map(|entry| &entry.key).collect();
        self.lost.retain(|key, _| !here.contains(key));
        let gone = self.entries.iter().filter(|entry| !here.contains(&entry.key));
        self.lost.extend(gone.map(|entry| (entry.key.clone(), entry.clone())));
    }

    /// Looks at the files again; `true` if anything changed.
    pub fn refresh(&mut self, now: Timestamp) -> bool {
        let library = Library::open(&self.folders);
        let changed = library.files() != self.library.files();
        self.library = library;
        let is_rekeyed = self.refresh_progress();
        if changed || is_rekeyed {
            self.load_catalog(now);
        }
        changed || is_rekeyed
    }

    /// Every file with its cards, from the index where it is current, else from its text.
    fn indexed_files(&mut self) -> Vec<Indexed> {
        let stamps = self.store.stamps().unwrap_or_default();
        let mut infos: HashMap<FileName, DeckInfo> = self
            .store
            .decks()
            .unwrap_or_default()
            .into_iter()
            .map(|info| (info.file.clone(), info))
            .collect();
        let mut cards: HashMap<FileName, Vec<CardEntry>> = HashMap::new();
        for entry in self.store.entries().unwrap_or_default() {
            match cards.get_mut(&entry.file) {
                Some(list) => list.push(entry),
                None => {
                    cards.insert(entry.file.clone(), vec![entry]);
                }
            }
        }
        let mut files = Vec::new();
        for file in self.library.files().to_vec() {
            let known =
                infos.remove(&file.name).filter(|_| stamps.get(&file.name) == Some(&file.stamp));
            match known {
                Some(info) => {
                    let cards = cards.remove(&file.name).unwrap_or_default();
                    files.push(Indexed {
                        file,
                        info,
                        cards,
                        texts: Vec::new(),
                        is_fresh: false,
                        is_rekeyed: false,
                    });
                }
                None => files.extend(self.read_file(file)),
            }
        }
        files
    }

    fn read_file(&mut self, file: DeckFile) -> Option<Indexed> {
        match self.library.read(&file.name, self.labels()) {
            Ok(ReadDeck { info, cards, .. }) => {
                let texts = cards.iter().map(|read| remembered_texts(&read.card)).collect();
                let cards = cards.into_iter().map(|read| read.entry).collect();
                Some(Indexed { file, info, cards, texts, is_fresh: true, is_rekeyed: false })
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    fn write_index(&mut self, files: &[Indexed], missing: &[FileName]) {
        let fresh: Vec<IndexedFile<'_>> = files
            .iter()
            .filter(|file| file.is_fresh || file.is_rekeyed)
            .map(|file| IndexedFile { file: &file.file, info: &file.info, cards: &file.cards })
            .collect();
        let _ = self.store.replace_files(&fresh);
        if !missing.is_empty() {
            let _ = self.store.forget_files(missing);
        }
    }

    /// Files of the index that are no longer there.
    fn missing_files(&self) -> Vec<FileName> {
        let here: HashSet<&FileName> = self.library.files().iter().map(|file| &file.name).collect();
        let stamps = self.store.stamps().unwrap_or_default();
        stamps.into_keys().filter(|name| !here.contains(name)).collect()
    }

    /// One card per id: a user's card replaces a bundled one; of two cards of the user the first holds.
    fn resolve(&mut self, files: Vec<Indexed>) -> (Vec<CardEntry>, Vec<DeckInfo>) {
        let own: HashSet<CardId> = files
            .iter()
            .filter(|file| file.file.name.origin == Origin::User)
            .flat_map(|file| file.cards.iter().filter_map(|card| card.id.clone()))
            .collect();
        // Places by a hash of the id: this runs before the first frame, for every card there is.
        let mut first: HashMap<u64, usize> = HashMap::new();
        let mut entries: Vec<CardEntry> = Vec::new();
        let mut decks = Vec::with_capacity(files.len());
        for file in files {
            decks.push(file.info);
            for card in file.cards {
                let Some(id) = &card.id else {
                    entries.push(card);
                    continue;
                };
                if card.file.origin == Origin::Bundled && own.contains(id) {
                    continue;
                }
                let hash = fnv1a(id.0.as_bytes());
                match first.get(&hash).map(|at| &entries[*at]) {
                    Some(other) if other.id == card.id => self.problems.push(double(&card, other)),
                    _ => {
                        first.insert(hash, entries.len());
                        entries.push(card);
                    }
                }
            }
        }
        (entries, decks)
    }

    /// Everything that is wrong in the files: those with problems are read again in full.
    pub fn all_problems(&self) -> Vec<Problem> {
        let mut problems = self.problems.clone();
        for deck in self.decks.iter().filter(|deck| deck.errors + deck.warnings > 0) {
            if let Ok(read) = self.library.read(&deck.file, self.labels()) {
                problems.extend(read.problems);
            }
        }
        problems
    }

    /// Number of errors and warnings, without reading anything again. Warnings of bundled decks are ours, not the user's.
    pub fn count_problems(&self) -> (usize, usize) {
        let of =
            |severity| self.problems.iter().filter(|problem| problem.severity == severity).count();
        let errors: u32 = self.decks.iter().map(|deck| deck.errors).sum();
        let warnings: u32 = self
            .decks
            .iter()
            .filter(|deck| deck.file.origin == Origin::User)
            .map(|deck| deck.warnings)
            .sum();
        (of(Severity::Error) + errors as usize, of(Severity::Warning) + warnings as usize)
    }

    /// Decks by id in the order of files, each with its number of cards.
    pub fn decks_with_cards(&self) -> Vec<(DeckInfo, usize)> {
        let mut decks: Vec<(DeckInfo, usize)> = Vec::new();
        for info in &self.decks {
            if !decks.iter().any(|(known, _)| known.id == info.id) {
                let cards =
                    self.entries.iter().filter(|e| e.deck == info.id && e.is_asked()).count();
                decks.push((info.clone(), cards));
            }
        }
        decks
    }
}

/// Question and answer in the base language, as far as they are remembered.
pub(super) fn remembered_texts(card: &Card) -> (String, String) {
    let text = card.texts.base();
    (remembered(&asked_text(text)), remembered(&answered_text(text)))
}

fn double(card: &CardEntry, other: &CardEntry) -> Problem {
    Problem {
        severity: Severity::Error,
        file: card.file.clone(),
        line: card.line,
        column: 1,
        span: None,
        card: card.id.as_ref().map(|id| id.0.clone()),
        message: format!(
            "the id \"{}\" is already taken by the card at {}:{}",
            card.name(),
            other.file.path,
            other.line
        ),
        help: Some("give one of the two another id; until then the first one is asked".to_owned()),
        source_line: String::new(),
    }
}
