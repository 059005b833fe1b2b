//! Decks and log together make the figures of the statistics pages; their export to a file.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::domain::card::CardKey;
use crate::domain::deck::CardEntry;
use crate::domain::lang::Lang;
use crate::domain::time::Timestamp;
use crate::store::StoreError;
use crate::study::stats::{CardFacts, CardNow, Material, Stats, Window};
use crate::trainer::Trainer;

/// Days ahead on which memory is looked at where there is no interview.
const LATER_DAYS: i32 = 30;

/// What the interview makes of the cards.
#[derive(Clone, Copy)]
struct Importance<'a> {
    /// How much a card counts; 1 is usual.
    weight: &'a dyn Fn(&CardEntry) -> f32,
    /// Cards that the plan asks on each day, today first; none without a plan.
    planned: Option<&'a [u32]>,
}

impl Trainer {
    /// The figures of the statistics pages, titles of cards in `lang`.
    pub fn stats(&self, window: Window, lang: Lang, now: Timestamp) -> Result<Stats, StoreError> {
        let planned = self.planned_cards(now);
        let next = self.next_interview(now);
        let weight = |entry: &CardEntry| {
            next.as_ref().map_or(1.0, |next| self.weigh(entry, next).for_readiness())
        };
        let importance = Importance { weight: &weight, planned: planned.as_deref() };
        self.stats_by(window, lang, now, importance)
    }

    fn stats_by(
        &self,
        window: Window,
        lang: Lang,
        now: Timestamp,
        importance: Importance<'_>,
    ) -> Result<Stats, StoreError> {
        let log = self.store().log()?;
        let today = self.day_of(now);
        let facts: HashMap<&CardKey, CardFacts<'_>> = self
            .entries()
            .iter()
            .map(|entry| {
                let title = entry.title.get(lang).as_str();
                (&entry.key, CardFacts { kind: entry.kind, tags: &entry.tags, title })
            })
            .collect();
        let cards = self.cards_now(importance.weight);
        Ok(Stats::of(&Material {
            log: &log,
            facts: |key: &CardKey| facts.get(key).copied(),
            cards: &cards,
            scheduler: self.scheduler(),
            target: self.settings().retention,
            today,
            later: self.next_interview(now).map_or(today + LATER_DAYS, |next| next.interview.day),
            window,
            planned: importance.planned,
        }))
    }

    /// Every card that is asked where no flag says otherwise; one that is buried comes back.
    fn cards_now(&self, weight: &dyn Fn(&CardEntry) -> f32) -> Vec<CardNow<'_>> {
        self.entries()
            .iter()
            .filter(|entry| entry.is_asked() && self.is_in_default_decks(entry))
            .filter(|entry| !self.marks_of(&entry.key).is_suspended)
            .map(|entry| CardNow {
                key: &entry.key,
                tags: &entry.tags,
                schedule: self.schedule(&entry.key),
                not_before: self.marks_of(&entry.key).buried_until,
                weight: weight(entry),
            })
            .collect()
    }

    /// Writes the figures as CSV into the folder of exports, under a name that is free, and gives the file.
    pub fn export_stats(&self, stats: &Stats) -> Result<PathBuf, String> {
        let name = format!("prep-stats-{}", stats.today.iso());
        self.write_export(&name, "csv", &stats.csv())
    }
}
