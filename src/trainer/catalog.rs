//! From files to cards: the index is brought up to date, cards without id are recognised, a user's cards replace
//! bundled ones of the same id.

use std::collections::{HashMap, HashSet};

use rand::RngExt;

use crate::decks::{Library, ReadDeck};
use crate::domain::card::{CardId, CardKey, fnv1a};
use crate::domain::deck::{CardEntry, DeckFile, DeckInfo, FileName, Origin};
use crate::domain::problem::{Problem, Severity};
use crate::domain::review::{Mark, MarkKind};
use crate::domain::time::Timestamp;
use crate::store::IndexedFile;
use crate::study::identity::{self, Found, Known};
use crate::trainer::Trainer;

/// Changes whenever the index of the same files would look different.
const INDEX_VERSION: &str = concat!("1 ", env!("CARGO_PKG_VERSION"));

/// A file with what the index says of it.
struct Indexed {
    file: DeckFile,
    info: DeckInfo,
    cards: Vec<CardEntry>,
    is_fresh: bool,
}

impl Trainer {
    /// Brings entries and decks up to date with the files. A log that cannot be written costs only the cache.
    pub(super) fn load_catalog(&mut self, now: Timestamp) {
        self.problems = self.library.problems().to_vec();
        let fingerprint = fnv1a(INDEX_VERSION.as_bytes());
        if !self.store.index_is_current(fingerprint).unwrap_or(false) {
            let _ = self.store.restart_index(fingerprint);
        }
        let mut files = self.indexed_files();
        if files.iter().any(|file| file.is_fresh) {
            // Without the marks that remember the new keys the index must not hold them either.
            if self.recognise_cards(&mut files, now) {
                self.write_index(&files);
            }
        }
        self.forget_missing_files();
        (self.entries, self.decks) = self.resolve(files);
    }

    /// Looks at the files again; `true` if anything changed.
    pub fn refresh(&mut self, now: Timestamp) -> bool {
        let library = Library::open(&self.folders);
        let changed = library.files() != self.library.files();
        self.library = library;
        self.refresh_progress();
        if changed {
            self.load_catalog(now);
        }
        changed
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
                    files.push(Indexed { file, info, cards, is_fresh: false });
                }
                None => files.extend(self.read_file(file)),
            }
        }
        files
    }

    fn read_file(&mut self, file: DeckFile) -> Option<Indexed> {
        match self.library.read(&file.name, self.labels()) {
            Ok(ReadDeck { info, cards, .. }) => {
                let cards = cards.into_iter().map(|read| read.entry).collect();
                Some(Indexed { file, info, cards, is_fresh: true })
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    /// Gives every card of a fresh file its key: its id, the random key it had before, or a new random one. `false` if
    /// that could not be written down.
    fn recognise_cards(&mut self, files: &mut [Indexed], now: Timestamp) -> bool {
        let marks = self.store.all_marks().unwrap_or_default();
        let aliases: HashMap<String, CardKey> = marks
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Alias { id } => Some((id.clone(), mark.key.clone())),
                _ => None,
            })
            .collect();
        let known = self.known_cards(&marks, &aliases, files);
        let mut found = Vec::new();
        let mut places = Vec::new();
        for (at, file) in files.iter().enumerate().filter(|(_, file)| file.is_fresh) {
            for (index, card) in file.cards.iter().enumerate() {
                if self.may_be_known(card, &aliases) {
                    found.push(found_card(card));
                    places.push((at, index));
                }
            }
        }
        let hits = identity::recognise(&known, &found);
        let mut news = Vec::new();
        for ((place, found), hit) in places.iter().zip(&found).zip(hits) {
            let card = &mut files[place.0].cards[place.1];
            match (hit.map(|hit| &known[hit]), &card.id) {
                (Some(known), Some(id)) => {
                    card.key = known.key.clone();
                    let kind = MarkKind::Alias { id: id.0.clone() };
                    news.push(Mark { at: now, key: known.key.clone(), kind });
                }
                (None, Some(id)) => card.key = CardKey::of_id(id),
                (Some(known), None) => {
                    card.key = known.key.clone();
                    if !is_same_place(known, found) {
                        news.push(identity_mark(card, now));
                    }
                }
                (None, None) => {
                    card.key = CardKey::from_random(self.entropy.random());
                    news.push(identity_mark(card, now));
                }
            }
        }
        for file in files.iter_mut().filter(|file| file.is_fresh) {
            for card in &mut file.cards {
                if let Some(key) = card.id.as_ref().and_then(|id| aliases.get(&id.0)) {
                    card.key = key.clone();
                }
            }
        }
        news.is_empty() || self.store.marks(&news).is_ok()
    }

    /// Cards without id that were seen before and are not in a file that has not changed.
    fn known_cards(
        &self,
        marks: &[Mark],
        aliases: &HashMap<String, CardKey>,
        files: &[Indexed],
    ) -> Vec<Known> {
        // A key is taken while the id that was given to its card stands in a file.
        let ids: HashSet<&str> = files
            .iter()
            .flat_map(|file| file.cards.iter().filter_map(|card| card.id.as_ref()))
            .map(|id| id.0.as_str())
            .collect();
        let aliased: HashSet<&CardKey> = aliases
            .iter()
            .filter(|(id, _)| ids.contains(id.as_str()))
            .map(|(_, key)| key)
            .collect();
        let unchanged: HashSet<&CardKey> = files
            .iter()
            .filter(|file| !file.is_fresh)
            .flat_map(|file| file.cards.iter().map(|card| &card.key))
            .collect();
        let live: HashMap<CardKey, String> = self
            .store
            .entries()
            .unwrap_or_default()
            .into_iter()
            .map(|entry| (entry.key, entry.title.base().clone()))
            .collect();
        let is_cache_empty = live.is_empty();
        let identities = marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Identity { file, position, question_hash, answer_hash } => Some(Known {
                key: mark.key.clone(),
                file: file.clone(),
                position: *position,
                question_hash: *question_hash,
                answer_hash: *answer_hash,
                live: is_cache_empty || live.contains_key(&mark.key),
                title: live.get(&mark.key).cloned(),
            }),
            _ => None,
        });
        let mut known: Vec<Known> = identity::newest(identities)
            .into_iter()
            .filter(|known| !aliased.contains(&known.key) && !unchanged.contains(&known.key))
            .collect();
        // A card that was met on two machines has two keys: the one that was answered is the card, also if it stood in a file
        // that this machine does not have.
        let is_answered = |known: &Known| self.schedules.contains_key(&known.key);
        let is_here = |known: &Known| files.iter().any(|file| file.file.name.path == known.file);
        let foreign: HashSet<(u64, u64)> = known
            .iter()
            .filter(|known| is_answered(known) && !is_here(known))
            .map(|known| (known.question_hash, known.answer_hash))
            .collect();
        known.retain(|known| {
            is_answered(known) || !foreign.contains(&(known.question_hash, known.answer_hash))
        });
        known.sort_by_key(|known| !is_answered(known));
        known
    }

    /// A card without id, or one whose id is new and may have been added to a known card.
    fn may_be_known(&self, card: &CardEntry, aliases: &HashMap<String, CardKey>) -> bool {
        if card.file.origin == Origin::Bundled {
            return false;
        }
        card.id.as_ref().is_none_or(|id| {
            !aliases.contains_key(&id.0) && !self.schedules.contains_key(&CardKey::of_id(id))
        })
    }

    fn write_index(&mut self, files: &[Indexed]) {
        let fresh: Vec<IndexedFile<'_>> = files
            .iter()
            .filter(|file| file.is_fresh)
            .map(|file| IndexedFile { file: &file.file, info: &file.info, cards: &file.cards })
            .collect();
        let _ = self.store.replace_files(&fresh);
    }

    fn forget_missing_files(&mut self) {
        let here: HashSet<&FileName> = self.library.files().iter().map(|file| &file.name).collect();
        let gone: Vec<FileName> = self
            .store
            .stamps()
            .unwrap_or_default()
            .into_keys()
            .filter(|name| !here.contains(name))
            .collect();
        if !gone.is_empty() {
            let _ = self.store.forget_files(&gone);
        }
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

fn found_card(card: &CardEntry) -> Found {
    Found {
        id: card.id.clone(),
        file: card.file.path.clone(),
        position: card.position,
        question_hash: card.question_hash,
        answer_hash: card.answer_hash,
        title: card.title.base().clone(),
    }
}

fn is_same_place(known: &Known, found: &Found) -> bool {
    known.file == found.file
        && known.position == found.position
        && known.question_hash == found.question_hash
        && known.answer_hash == found.answer_hash
}

fn identity_mark(card: &CardEntry, now: Timestamp) -> Mark {
    Mark {
        at: now,
        key: card.key.clone(),
        kind: MarkKind::Identity {
            file: card.file.path.clone(),
            position: card.position,
            question_hash: card.question_hash,
            answer_hash: card.answer_hash,
        },
    }
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
