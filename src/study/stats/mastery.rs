//! How much of the cards is in memory: now, and on a later day if nothing were studied until then.

use std::collections::HashMap;

use crate::domain::card::CardKey;
use crate::domain::memory::Schedule;
use crate::domain::time::Day;
use crate::study::scheduler::Scheduler;
use crate::study::stats::CardNow;
use crate::study::stats::walk::History;

/// Recalls on different days that make a card ready.
pub const READY_RECALLS: u32 = 3;
/// Recall from which such a card is ready, 0 to 1.
pub const READY_RECALL: f32 = 0.85;
/// Days within which cards count as coming up.
pub const SOON_DAYS: i32 = 7;

/// How much of some cards is in memory.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Mastery {
    /// Cards that may be asked.
    pub cards: u32,
    /// Those that were rated at least once.
    pub seen: u32,
    /// Those recalled on three different days whose recall is at least 85 % now.
    pub ready: u32,
    /// The same on the later day.
    pub ready_later: u32,
    /// Cards that come up within seven days, today and what is overdue included.
    pub due_soon: u32,
    weight: f64,
    recall: f64,
    recall_later: f64,
}

impl Mastery {
    /// Sum of weight times recall over the sum of weights, 0 to 1; a card that was never seen counts 0.
    pub fn now(self) -> f64 {
        self.of_weight(self.recall)
    }

    /// The same on the later day, if nothing is studied until then.
    pub fn later(self) -> f64 {
        self.of_weight(self.recall_later)
    }

    fn of_weight(self, sum: f64) -> f64 {
        if self.weight > 0.0 { sum / self.weight } else { 0.0 }
    }

    pub(super) fn take(&mut self, card: &Remembered) {
        self.cards += 1;
        self.seen += u32::from(card.is_seen);
        self.ready += u32::from(card.is_ready);
        self.ready_later += u32::from(card.is_ready_later);
        self.due_soon += u32::from(card.is_due_soon);
        self.weight += card.weight;
        self.recall += card.weight * card.recall;
        self.recall_later += card.weight * card.recall_later;
    }
}

/// One card as it stands.
pub struct Remembered {
    is_seen: bool,
    is_ready: bool,
    is_ready_later: bool,
    is_due_soon: bool,
    weight: f64,
    recall: f64,
    recall_later: f64,
}

/// The two days between which memory is followed.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// Today.
    pub today: Day,
    /// The later day.
    pub later: Day,
}

impl Remembered {
    pub fn of(
        card: &CardNow<'_>,
        scheduler: &Scheduler,
        days: Days,
        histories: &HashMap<&CardKey, History>,
    ) -> Self {
        let recall_days = histories.get(card.key).map_or(0, |history| history.recall_days);
        let recall = |day| scheduler.retrievability(&card.schedule, day);
        let (now, later) = (recall(days.today), recall(days.later));
        let is_ready = |recall: f32| recall_days >= READY_RECALLS && recall >= READY_RECALL;
        Self {
            is_seen: matches!(card.schedule, Schedule::Seen(_)),
            is_ready: is_ready(now),
            is_ready_later: is_ready(later),
            is_due_soon: card.due().is_some_and(|due| due - days.today < SOON_DAYS),
            weight: f64::from(card.weight),
            recall: f64::from(now),
            recall_later: f64::from(later),
        }
    }
}
