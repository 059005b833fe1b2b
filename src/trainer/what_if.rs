//! What-if questions about this learner: cards, schedules and habits as they are, everything else as it is asked.

use crate::domain::interview::StudyTime;
use crate::domain::tag::Filter;
use crate::domain::time::{Day, Timestamp};
use crate::study::plan::PlanCard;
use crate::study::strength::Strength;
use crate::study::weigh::Weight;
use crate::study::whatif::WhatIf;
use crate::trainer::Trainer;

/// What a user asks.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which cards; an empty filter means those of the next interview, or all where there is none.
    pub filter: Filter,
    /// How many cards: seen ones first, then those that count most; more than there are adds unseen ones.
    pub cards: Option<usize>,
    /// As if no card had been seen.
    pub is_fresh: bool,
    /// The minutes.
    pub time: StudyTime,
    /// The day on which recall counts.
    pub until: Day,
    /// Desired retention of due days.
    pub retention: f32,
    /// New cards a day beside due ones.
    pub new_per_day: u32,
}

impl Trainer {
    /// The question as it is simulated; none where no card is selected.
    pub fn what_if(&self, asked: &Asked, now: Timestamp) -> Option<WhatIf> {
        let today = self.day_of(now);
        let mut histories = self.histories();
        let scorer = self.scorer();
        let all = histories.values().map(Vec::as_slice);
        let strength = Strength::of(scorer.model().parameters(), all);
        let next = self.next_interview(now);
        let mut cards: Vec<(PlanCard, Option<Day>)> = Vec::new();
        for candidate in self.candidates(&asked.filter, now) {
            let weight = match &next {
                Some(next) => self.weigh(candidate.entry, next),
                None => Weight { value: 1.0, belongs: true },
            };
            if weight.belongs || !asked.filter.is_empty() {
                let history = histories.remove(&candidate.entry.key).unwrap_or_default();
                let card = PlanCard::of(&candidate, history, vec![weight]);
                cards.push((card, candidate.schedule.due()));
            }
        }
        if asked.is_fresh {
            cards.iter_mut().for_each(forget);
        }
        if let Some(wanted) = asked.cards {
            resize(&mut cards, wanted);
        }
        let done = if asked.is_fresh { 0.0 } else { self.seconds_studied(today) };
        let (cards, due): (Vec<PlanCard>, Vec<Option<Day>>) = cards.into_iter().unzip();
        (!cards.is_empty()).then(|| WhatIf {
            today,
            until: asked.until,
            budgets: budgets(asked, today, done),
            cards,
            due,
            retention: asked.retention,
            new_per_day: asked.new_per_day,
            scorer,
            strength,
        })
    }
}

fn forget((card, due): &mut (PlanCard, Option<Day>)) {
    card.memory = None;
    card.history.clear();
    card.recall_now = 0.0;
    *due = None;
}

/// So many cards: seen ones first, then those that count most, then further unseen ones of the usual length.
fn resize(cards: &mut Vec<(PlanCard, Option<Day>)>, wanted: usize) {
    cards.sort_by(|(one, _), (other, _)| {
        let weight = other.weights[0].value.total_cmp(&one.weights[0].value);
        one.memory.is_none().cmp(&other.memory.is_none()).then(weight)
    });
    cards.truncate(wanted);
    let Some((last, _)) = cards.last() else { return };
    let mut further =
        (PlanCard { weights: vec![Weight { value: 1.0, belongs: true }], ..last.clone() }, None);
    forget(&mut further);
    #[expect(clippy::cast_precision_loss, reason = "a number of cards")]
    let mean = cards.iter().map(|(card, _)| card.length).sum::<f32>() / cards.len() as f32;
    further.0.length = mean;
    cards.resize(wanted.max(cards.len()), further);
}

fn budgets(asked: &Asked, today: Day, done_seconds: f32) -> Vec<f32> {
    (today.0..asked.until.0)
        .map(|day| {
            let minutes = asked.time.minutes_on(Day(day));
            let seconds = f32::from(u16::try_from(minutes).unwrap_or(u16::MAX)) * 60.0;
            if day == today.0 { (seconds - done_seconds).max(0.0) } else { seconds }
        })
        .collect()
}
