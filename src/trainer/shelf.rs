//! What Browse and `prep list --search` look through: every card with how it stands, its text, its history.

use std::collections::BTreeSet;

use crate::domain::card::CardKey;
use crate::domain::deck::{CardEntry, DeckId};
use crate::domain::lang::Localized;
use crate::domain::review::{Mark, Review};
use crate::domain::tag::Tag;
use crate::domain::time::{Day, Timestamp};
use crate::store::StoreError;
use crate::study::search::{Heads, Listed, Shelf, text_of};
use crate::trainer::Trainer;
use crate::trainer::progress::Unsaved;

impl Trainer {
    /// Every card that is not retired, without the points of its last answer: those are looked for card by card.
    pub fn shelf(&self, now: Timestamp) -> Shelf {
        let today = self.day_of(now);
        let mut heads = Heads::new(self.labels());
        let cards: Vec<Listed> = self
            .entries()
            .iter()
            .filter(|entry| !entry.retired)
            .map(|entry| self.listed(entry, heads.of(entry), today))
            .collect();
        let tags: BTreeSet<&Tag> = cards.iter().flat_map(|card| &card.entry.tags).collect();
        let tags = tags.into_iter().cloned().collect();
        let mut decks: Vec<(DeckId, Localized<String>)> = Vec::new();
        for info in self.decks() {
            if !decks.iter().any(|(id, _)| *id == info.id) {
                decks.push((info.id.clone(), info.title.clone()));
            }
        }
        Shelf { cards, tags, decks, today }
    }

    fn listed(&self, entry: &CardEntry, head: String, today: Day) -> Listed {
        let schedule = self.schedule(&entry.key);
        let marks = self.marks_of(&entry.key);
        Listed {
            entry: entry.clone(),
            head,
            schedule,
            recall: self.scheduler().retrievability(&schedule, today),
            last_points: None,
            is_suspended: marks.is_suspended,
            is_starred: marks.is_starred,
            buried_until: marks.buried_until,
        }
    }

    /// The folded text of a card; empty for a card that cannot be read now.
    pub fn folded_text(&self, entry: &CardEntry) -> String {
        self.card(entry).map_or_else(|_| String::new(), |card| text_of(&card))
    }

    /// Key points said at the last answer to a card that had any, and all of them.
    pub fn last_points(&self, key: &CardKey) -> Option<(usize, usize)> {
        self.store.last_points(key).ok().flatten()
    }

    /// The reviews of a card that were not taken back, in the order of recording.
    pub fn history(&self, key: &CardKey) -> Vec<Review> {
        self.store.history(key).unwrap_or_default()
    }

    /// Writes decisions about cards together. What cannot be written is kept in order and tried again.
    pub fn mark_all(&mut self, marks: &[Mark]) -> Result<(), StoreError> {
        for mark in marks {
            self.marks.entry(mark.key.clone()).or_default().take(&mark.kind);
        }
        if self.unsaved.is_empty() && self.store.marks(marks).is_ok() {
            return Ok(());
        }
        self.unsaved.extend(marks.iter().cloned().map(Unsaved::Mark));
        self.retry_unsaved()
    }
}
