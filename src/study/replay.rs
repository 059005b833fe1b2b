//! The review log gives every card's schedule: what the cache of schedules is rebuilt from.

use std::collections::HashMap;

use crate::domain::card::{CardKey, fnv1a};
use crate::domain::memory::{Parameters, Schedule};
use crate::domain::review::Review;
use crate::study::scheduler::Scheduler;

/// Changes whenever the same log would give other schedules with the same parameters.
const RULES_VERSION: u64 = 1;

/// A number that changes whenever the same log gives other schedules: with the rules, and with the parameters of memory.
pub fn fingerprint(scheduler: &Scheduler) -> u64 {
    let parameters = scheduler.parameters();
    if *parameters == Parameters::DEFAULT {
        return RULES_VERSION;
    }
    let bytes: Vec<u8> =
        parameters.values().iter().flat_map(|it| it.to_bits().to_le_bytes()).collect();
    fnv1a(&[&RULES_VERSION.to_le_bytes(), bytes.as_slice()].concat())
}

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
