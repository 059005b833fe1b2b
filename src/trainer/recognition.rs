//! Which history belongs to which card: every card of a changed file gets its key, and no key is given to two cards.

use std::collections::{HashMap, HashSet};

use rand::RngExt;

use crate::domain::card::{CardId, CardKey};
use crate::domain::deck::{CardEntry, Origin};
use crate::domain::review::{Mark, MarkKind};
use crate::domain::sighting::Sighting;
use crate::domain::time::Timestamp;
use crate::study::identity::{self, Found};
use crate::trainer::Trainer;
use crate::trainer::catalog::Indexed;

/// How often keys are given anew when another program gives some at the same time.
const ATTEMPTS: usize = 5;

/// What the user and earlier looks at the files have settled.
struct Settled {
    /// Every mark, oldest first.
    marks: Vec<Mark>,
    /// The key that an id stands for, with the number of the mark that said so.
    aliases: HashMap<String, (usize, CardKey)>,
    /// How cards looked when they were last seen.
    seen: HashMap<CardKey, Sighting>,
    /// How the cards stood in the index that matter: those without id, and those with a history.
    before: Vec<CardEntry>,
}

impl Settled {
    fn new(marks: Vec<Mark>, seen: Vec<Sighting>, before: Vec<CardEntry>) -> Self {
        let aliases = marks
            .iter()
            .enumerate()
            .filter_map(|(number, mark)| match &mark.kind {
                MarkKind::Alias { id } => Some((id.clone(), (number, mark.key.clone()))),
                _ => None,
            })
            .collect();
        let seen = seen.into_iter().map(|it| (it.key.clone(), it)).collect();
        Self { marks, aliases, seen, before }
    }

    fn alias(&self, card: &CardEntry) -> Option<&(usize, CardKey)> {
        self.aliases.get(&card.id.as_ref()?.0)
    }

    /// Everything that is known of every key, what was decided upon last at the end.
    fn memory(&self) -> Vec<Sighting> {
        let mut memory: HashMap<&CardKey, (usize, Sighting)> =
            self.seen.iter().map(|(key, seen)| (key, (0, seen.clone()))).collect();
        for entry in &self.before {
            memory.insert(&entry.key, (0, self.seen_entry(entry, true)));
        }
        let standing: HashSet<&CardKey> = self.before.iter().map(|entry| &entry.key).collect();
        for (number, mark) in self.marks.iter().enumerate() {
            let Some(place) = marked_place(mark, self.before.is_empty()) else { continue };
            match memory.get_mut(&mark.key) {
                None => {
                    memory.insert(&mark.key, (number + 1, place));
                }
                // The index is never older than the mark of a card that stands in it.
                Some((rank, _)) if standing.contains(&mark.key) => *rank = number + 1,
                Some((rank, known)) => {
                    *rank = number + 1;
                    let (question, answer) = (known.question.clone(), known.answer.clone());
                    *known = Sighting { is_here: known.is_here, question, answer, ..place };
                }
            }
        }
        let mut all: Vec<(usize, Sighting)> = memory.into_values().collect();
        all.sort_by(|one, other| (one.0, &one.1.key).cmp(&(other.0, &other.1.key)));
        all.into_iter().map(|(_, known)| known).collect()
    }

    /// A card of the old index, with its text as far as it is remembered.
    fn seen_entry(&self, entry: &CardEntry, is_here: bool) -> Sighting {
        let seen = self.seen.get(&entry.key);
        let asked = seen.filter(|seen| seen.question_hash == entry.question_hash);
        let answered = seen.filter(|seen| seen.answer_hash == entry.answer_hash);
        Sighting {
            question: asked.map_or_else(|| entry.title.base().clone(), |it| it.question.clone()),
            answer: answered.map(|it| it.answer.clone()).unwrap_or_default(),
            is_here,
            ..sighting_of(entry)
        }
    }
}

impl Trainer {
    /// Gives every card of a fresh file its key: its id, the key it had before, or a new random one. `false` if that could not be
    /// written down.
    pub(super) fn recognise_cards(
        &mut self,
        files: &mut [Indexed],
        before: &[CardEntry],
        now: Timestamp,
    ) -> bool {
        let is_remembered =
            |entry: &&CardEntry| entry.id.is_none() || self.schedules.contains_key(&entry.key);
        let before: Vec<CardEntry> = before.iter().filter(is_remembered).cloned().collect();
        for _ in 0..ATTEMPTS {
            let newest = self.store.newest_mark().unwrap_or_default();
            let marks = self.store.all_marks().unwrap_or_default();
            let seen = self.store.last_seen().unwrap_or_default();
            let settled = Settled::new(marks, seen, before.clone());
            let mut news = self.give_keys(files, &settled, now);
            news.extend(self.part_doubles(files, &settled, now));
            let seen = self.news_of_sightings(files, &settled);
            self.key_marks = count_key_marks(&settled.marks) + count_key_marks(&news);
            if news.is_empty() && seen.is_empty() {
                return true;
            }
            match self.store.marks_after(newest, &news, &seen) {
                Ok(true) => return true,
                // Another program has given keys meanwhile, perhaps to the same cards.
                Ok(false) => {}
                Err(_) => return false,
            }
        }
        false
    }

    fn give_keys(&mut self, files: &mut [Indexed], settled: &Settled, now: Timestamp) -> Vec<Mark> {
        let taken = taken_keys(files, settled);
        let mut known: Vec<Sighting> =
            settled.memory().into_iter().filter(|it| !taken.contains(&it.key)).collect();
        self.leave_out_twins(&mut known, files);
        let mut found = Vec::new();
        let mut places = Vec::new();
        for (at, file) in files.iter().enumerate().filter(|(_, file)| file.is_fresh) {
            for (index, card) in file.cards.iter().enumerate() {
                if self.may_be_known(card, settled) {
                    found.push(found_card(card, file.texts.get(index)));
                    places.push((at, index));
                }
            }
        }
        let hits = identity::recognise(&known, &found);
        let mut news = Vec::new();
        self.has_new_cards |= hits.iter().any(Option::is_none);
        for ((at, index), hit) in places.into_iter().zip(hits) {
            let card = &mut files[at].cards[index];
            news.extend(self.give_key(card, hit.map(|hit| &known[hit]), now));
        }
        for card in files.iter_mut().filter(|file| file.is_fresh).flat_map(|it| &mut it.cards) {
            if let Some((_, key)) = settled.alias(card) {
                card.key = key.clone();
            }
        }
        news
    }

    /// A card that was met on two machines has two keys: the one that was answered is the card, also if it stood in a file
    /// that this machine does not have.
    fn leave_out_twins(&self, known: &mut Vec<Sighting>, files: &[Indexed]) {
        let is_answered = |known: &Sighting| self.schedules.contains_key(&known.key);
        let is_here = |known: &Sighting| files.iter().any(|file| file.file.name.path == known.file);
        let foreign: HashSet<(u64, u64)> = known
            .iter()
            .filter(|known| is_answered(known) && !is_here(known))
            .map(|known| (known.question_hash, known.answer_hash))
            .collect();
        known.retain(|known| {
            is_answered(known) || !foreign.contains(&(known.question_hash, known.answer_hash))
        });
    }

    /// Gives one card its key, with the mark that keeps it.
    fn give_key(
        &mut self,
        card: &mut CardEntry,
        known: Option<&Sighting>,
        now: Timestamp,
    ) -> Option<Mark> {
        match (known, &card.id) {
            (Some(known), Some(id)) => {
                card.key = known.key.clone();
                let kind = MarkKind::Alias { id: id.0.clone() };
                Some(Mark { at: now, key: known.key.clone(), kind })
            }
            (None, Some(id)) => {
                card.key = CardKey::of_id(id);
                None
            }
            (Some(known), None) => {
                card.key = known.key.clone();
                let is_told = known.id.is_none() && is_same_place(known, card);
                (!is_told).then(|| identity_mark(card, now))
            }
            (None, None) => {
                card.key = CardKey::from_random(self.entropy.random());
                Some(identity_mark(card, now))
            }
        }
    }

    /// A card without id, or one whose id is new and may have been added to a known card.
    fn may_be_known(&self, card: &CardEntry, settled: &Settled) -> bool {
        if card.file.origin == Origin::Bundled {
            return false;
        }
        let is_new = |id: &CardId| {
            settled.alias(card).is_none() && !self.schedules.contains_key(&CardKey::of_id(id))
        };
        card.id.as_ref().is_none_or(is_new)
    }

    /// Two cards never share a history: the key stays with the card whose id was tied to it last, else with the card whose id it
    /// is, else with the first; the others get a key of their own.
    fn part_doubles(
        &mut self,
        files: &mut [Indexed],
        settled: &Settled,
        now: Timestamp,
    ) -> Vec<Mark> {
        let mut owners: HashMap<CardKey, Vec<(usize, usize)>> = HashMap::new();
        for (at, file) in files.iter().enumerate() {
            for (index, card) in file.cards.iter().enumerate() {
                let others = owners.entry(card.key.clone()).or_default();
                let is_same_id = |(f, c): &(usize, usize)| {
                    card.id.is_some() && files[*f].cards[*c].id == card.id
                };
                // One id in two places is one card: a copy that replaces a bundled one, or a problem that is told.
                if !others.iter().any(is_same_id) {
                    others.push((at, index));
                }
            }
        }
        let used: HashSet<CardKey> = owners.keys().cloned().collect();
        let mut news = Vec::new();
        for (key, cards) in owners.into_iter().filter(|(_, cards)| cards.len() > 1) {
            let strength = |(at, index): &(usize, usize)| {
                let card = &files[*at].cards[*index];
                let tied = settled.alias(card).filter(|(_, tied)| *tied == key);
                let is_own = card.id.as_ref().is_some_and(|id| id.0 == key.0);
                (tied.map(|(number, _)| number + 1), is_own, std::cmp::Reverse((*at, *index)))
            };
            let winner = cards.iter().copied().max_by_key(strength);
            for (at, index) in cards.into_iter().filter(|place| Some(*place) != winner) {
                files[at].is_rekeyed = true;
                news.push(self.part(&mut files[at].cards[index], &used, now));
            }
        }
        news
    }

    /// Gives a card a key of its own.
    fn part(&mut self, card: &mut CardEntry, used: &HashSet<CardKey>, now: Timestamp) -> Mark {
        let own = card.id.as_ref().map(CardKey::of_id).filter(|key| !used.contains(key));
        card.key = own.unwrap_or_else(|| CardKey::from_random(self.entropy.random()));
        match &card.id {
            Some(CardId(id)) => {
                let kind = MarkKind::Alias { id: id.clone() };
                Mark { at: now, key: card.key.clone(), kind }
            }
            None => identity_mark(card, now),
        }
    }

    /// What is to be remembered of how cards look now, and of cards that went away.
    fn news_of_sightings(&self, files: &[Indexed], settled: &Settled) -> Vec<Sighting> {
        let mut news = Vec::new();
        let keys: HashSet<&CardKey> =
            files.iter().flat_map(|file| file.cards.iter().map(|card| &card.key)).collect();
        for file in files.iter().filter(|file| file.is_fresh) {
            for (card, (question, answer)) in file.cards.iter().zip(&file.texts) {
                if card.id.is_none() {
                    let (question, answer) = (question.clone(), answer.clone());
                    news.push(Sighting { question, answer, is_here: true, ..sighting_of(card) });
                }
            }
        }
        for entry in settled.before.iter().filter(|entry| !keys.contains(&entry.key)) {
            let is_listed = self.library.files().iter().any(|it| it.name == entry.file);
            // A slip in its file may hide it; of a file that cannot be read nothing is known.
            let is_broken = files
                .iter()
                .find(|it| it.file.name == entry.file)
                .is_none_or(|file| file.info.errors > 0);
            news.push(settled.seen_entry(entry, is_listed && is_broken));
        }
        news.retain(|seen| settled.seen.get(&seen.key) != Some(seen));
        news
    }
}

/// Keys that are not to be given away: those of cards in files that have not changed, and those whose id stands in a file.
fn taken_keys(files: &[Indexed], settled: &Settled) -> HashSet<CardKey> {
    let of_card = |card: &CardEntry| match settled.alias(card) {
        Some((_, key)) => Some(key.clone()),
        None => card.id.as_ref().map(CardKey::of_id),
    };
    let mut taken: HashSet<CardKey> =
        files.iter().flat_map(|file| file.cards.iter().filter_map(of_card)).collect();
    let unchanged = files.iter().filter(|file| !file.is_fresh);
    taken.extend(unchanged.flat_map(|file| file.cards.iter().map(|card| card.key.clone())));
    taken
}

/// Number of marks that tie keys to cards.
pub(super) fn count_key_marks(marks: &[Mark]) -> usize {
    let ties =
        |mark: &&Mark| matches!(mark.kind, MarkKind::Identity { .. } | MarkKind::Alias { .. });
    marks.iter().filter(ties).count()
}

/// Where a mark says that a card stands; its text is not known.
fn marked_place(mark: &Mark, is_here: bool) -> Option<Sighting> {
    let MarkKind::Identity { file, position, question_hash, answer_hash } = &mark.kind else {
        return None;
    };
    Some(Sighting {
        key: mark.key.clone(),
        id: None,
        file: file.clone(),
        position: *position,
        question_hash: *question_hash,
        answer_hash: *answer_hash,
        question: String::new(),
        answer: String::new(),
        is_here,
    })
}

fn sighting_of(card: &CardEntry) -> Sighting {
    Sighting {
        key: card.key.clone(),
        id: card.id.clone(),
        file: card.file.path.clone(),
        position: card.position,
        question_hash: card.question_hash,
        answer_hash: card.answer_hash,
        question: String::new(),
        answer: String::new(),
        is_here: true,
    }
}

/// A card as it stands in its file, with its text where that was read.
pub(super) fn found_card(card: &CardEntry, text: Option<&(String, String)>) -> Found {
    let (question, answer) =
        text.cloned().unwrap_or_else(|| (card.title.base().clone(), String::new()));
    Found {
        id: card.id.clone(),
        file: card.file.path.clone(),
        position: card.position,
        question_hash: card.question_hash,
        answer_hash: card.answer_hash,
        question,
        answer,
    }
}

fn is_same_place(known: &Sighting, card: &CardEntry) -> bool {
    known.file == card.file.path
        && known.position == card.position
        && known.question_hash == card.question_hash
        && known.answer_hash == card.answer_hash
}

/// The mark that keeps the key of a card without id.
pub(super) fn identity_mark(card: &CardEntry, now: Timestamp) -> Mark {
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
