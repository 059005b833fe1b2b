//! The review log gives every card's schedule: what the cache of schedules is rebuilt from.

use std::collections::HashMap;

use crate::domain::card::CardKey;
use crate::domain::memory::Schedule;
use crate::domain::review::Review;
use crate::study::scheduler::Scheduler;

/// Changes whenever the same log would give other schedules, so that stored ones are computed again.
pub const RULES_VERSION: u64 = 1;

/// The schedules after a log in its own order.
pub fn replay(scheduler: &Scheduler, log: &[Review]) -> HashMap<CardKey, Schedule> {
    let mut schedules: HashMap<CardKey, Schedule> = HashMap::new();
    for review in log {
        let schedule = schedules.entry(review.key.clone()).or_insert(Schedule::UNSEEN);
        *schedule = scheduler.replay(schedule, review);
    }
    schedules
}

/// The schedule of one card after its own history.
pub fn replay_card(scheduler: &Scheduler, history: &[Review]) -> Schedule {
    history.iter().fold(Schedule::UNSEEN, |schedule, review| scheduler.replay(&schedule, review))
}
