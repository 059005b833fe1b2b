//! Memories that are not the one the scheduler believes in: what the order of study is worth if FSRS-6 is wrong.

use prep::lab::{Encounter, MemoryState, Model, Nature, Rating, Seen};
use rand::RngExt;
use rand::rngs::StdRng;

/// What a learner's memory is like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// FSRS-6.
    Fsrs,
    /// FSRS-6's stabilities, but forgetting is exponential: long gaps cost more than the scheduler believes.
    Exponential,
    /// Half-lives that each answer lengthens or shortens by a constant factor: no effect of spacing at all.
    HalfLife,
    /// ACT-R's base-level activation: every meeting leaves a trace that decays as a power of its age; the grade leaves none.
    Traces,
}

/// A learner's memory, and how often the grade that is given is not the one that was felt.
#[derive(Clone, Debug)]
pub struct Mind {
    /// The kind of memory.
    pub kind: Kind,
    /// The parameters: all of them for FSRS-6 and exponential forgetting, the first stabilities for half-lives.
    pub model: Model,
    /// Share of answers, 0 to 1, that are given a neighbouring grade.
    pub slips: f32,
    /// Whether each day is missed; none is beyond the end.
    pub missed: Vec<bool>,
}

impl Nature for Mind {
    fn recall_on(&self, seen: Seen, day: i32) -> f32 {
        let days = days(day - seen.day).max(0.5);
        let stability = seen.memory.stability;
        match self.kind {
            Kind::Fsrs => self.model.recall_on(seen, day),
            Kind::Exponential | Kind::HalfLife => 0.9_f32.powf(days / stability),
            Kind::Traces => traces_recall(stability, seen.memory.difficulty, days),
        }
    }

    fn met(&self, encounter: Encounter) -> Seen {
        match self.kind {
            Kind::Fsrs => self.model.met(encounter),
            Kind::Exponential => self.exponential(encounter),
            Kind::HalfLife => self.half_life(encounter),
            Kind::Traces => traces_met(encounter),
        }
    }

    fn comes(&self, day: i32) -> bool {
        !self.is_missed(day)
    }

    fn given(&self, felt: Rating, rng: &mut StdRng) -> Rating {
        if self.slips <= 0.0 || rng.random::<f32>() >= self.slips {
            return felt;
        }
        match felt {
            Rating::Hard if rng.random() => Rating::Again,
            Rating::Good if rng.random() => Rating::Easy,
            Rating::Again | Rating::Good => Rating::Hard,
            Rating::Hard | Rating::Easy => Rating::Good,
        }
    }
}

impl Mind {
    fn is_missed(&self, day: i32) -> bool {
        usize::try_from(day).is_ok_and(|day| self.missed.get(day).copied().unwrap_or(false))
    }

    fn exponential(&self, encounter: Encounter) -> Seen {
        let Encounter { before: Some(before), rating, day, .. } = encounter else {
            return self.model.met(encounter);
        };
        let recall = self.recall_on(before, day);
        let memory = self.model.after(before.memory, rating, recall);
        let is_asked_again = rating == Rating::Again;
        let memory =
            if is_asked_again { self.model.same_day(memory, Rating::Good) } else { memory };
        Seen { memory, day }
    }

    fn half_life(&self, encounter: Encounter) -> Seen {
        let Encounter { before: Some(before), rating, day, .. } = encounter else {
            return self.model.met(encounter);
        };
        let factor = match rating {
            Rating::Again => 0.6,
            Rating::Hard => 1.4,
            Rating::Good => 2.0,
            Rating::Easy => 3.0,
        };
        let stability = (before.memory.stability * factor).clamp(0.1, 1000.0);
        Seen { memory: MemoryState { stability, ..before.memory }, day }
    }
}

/// Recall by ACT-R: `traces` meetings, the first one `age` days before the last, which was `days` ago. The sum over the
/// traces is Petrov's approximation (2006) with the last one exact; a card's own factor is part of the number of traces.
fn traces_recall(traces: f32, age: f32, days: f32) -> f32 {
    const THRESHOLD: f32 = -1.0;
    const NOISE: f32 = 0.5;
    let older = 2.0 * (traces - 1.0).max(0.0) / ((age + days).sqrt() + days.sqrt());
    let activation = (traces.min(1.0) / days.sqrt() + older).ln();
    1.0 / (1.0 + ((THRESHOLD - activation) / NOISE).exp())
}

fn traces_met(encounter: Encounter) -> Seen {
    let memory = match encounter.before {
        None => MemoryState { stability: encounter.noise, difficulty: 0.0 },
        Some(seen) => MemoryState {
            stability: seen.memory.stability + 1.0,
            difficulty: seen.memory.difficulty + days(encounter.day - seen.day),
        },
    };
    Seen { memory, day: encounter.day }
}

#[expect(clippy::cast_precision_loss, reason = "some days")]
fn days(days: i32) -> f32 {
    days as f32
}
