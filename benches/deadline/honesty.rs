//! Whether the real planner's range holds: what it promises a learner, before the first answer and in the middle of the
//! plan with the log so far, and what becomes of the learner who follows the plan.

use std::cell::RefCell;
use std::collections::HashMap;

use prep::lab::{
    DEFAULT_PARAMETERS, DONE_PER_SECOND, Day, Encounter, Habits, Interview, LIGHT_SHARE, Learner,
    Model, Nature, PlanCard, PlanInputs, Planner, Policy, Range, Rated, Rating, RollOut, Scorer,
    Seen, Setting, SimCard, Spread, Strength, StudyTime, Target, Weight, roll_out, shifted,
};

use crate::worlds::{Who, for_learners};

/// The first study day of every plan.
const FIRST: Day = Day(20_785);

/// A learner's deck and time.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Cards, all unseen on the first day.
    pub cards: usize,
    /// Seconds of each against one of length 1.
    pub length: f32,
    /// Days before the interview.
    pub days: i32,
    /// Minutes on each of them.
    pub minutes: u32,
    /// Who studies.
    pub who: Who,
}

/// A promise and what became of it, both recall on the day.
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    /// What the planner showed.
    pub range: Range,
    /// The true recall on the day of the learner who followed the plan.
    pub truth: f32,
}

impl Promise {
    /// Whether the truth is within the range.
    pub fn is_kept(&self) -> bool {
        (self.range.low..=self.range.high).contains(&self.truth)
    }
}

/// A learner whose answers are written down: a card is known by its own factor on first stability.
struct Recorded<'a> {
    model: &'a Model,
    log: RefCell<HashMap<u32, Vec<Rated>>>,
}

impl Nature for Recorded<'_> {
    fn recall_on(&self, seen: Seen, day: i32) -> f32 {
        self.model.recall_on(seen, day)
    }

    fn met(&self, encounter: Encounter) -> Seen {
        let (day, rating) = (FIRST + encounter.day, encounter.rating);
        let mut log = self.log.borrow_mut();
        let ratings = log.entry(encounter.noise.to_bits()).or_default();
        ratings.push((day, rating));
        let is_first = encounter.before.is_none();
        if rating == Rating::Again || (is_first && rating != Rating::Easy) {
            ratings.push((day, Rating::Good));
        }
        self.model.met(encounter)
    }
}

/// The days on which a learner studies, those before `light_until` with part of the minutes.
struct Path {
    days: std::ops::Range<i32>,
    light_until: i32,
    seed: u64,
}

impl Case {
    /// What a new plan of so many cards is drawn from, for what measures its time.
    pub fn new_plan(&self) -> PlanInputs {
        self.inputs(0, &self.unseen(&vec![1.0; self.cards]), &HashMap::new())
    }

    fn weights(&self) -> Vec<f32> {
        // As in the bundled decks with an interview: every third card was asked somewhere.
        let weight =
            |card: usize| if self.length > 1.0 && card.is_multiple_of(3) { 2.0 } else { 1.0 };
        (0..self.cards).map(weight).collect()
    }

    fn learner(&self, number: u64) -> (Model, Vec<f32>) {
        let spread = |learners| Spread { learners, cards: 0.4 };
        match self.who {
            Who::Drawn(spread) => {
                let learner = Learner::draw(spread, self.cards, number);
                (learner.model, learner.noise)
            }
            Who::Default => {
                let learner = Learner::draw(spread(0.0), self.cards, number);
                (learner.model, learner.noise)
            }
            Who::Shifted(strength) => {
                let noise = Learner::draw(spread(0.0), self.cards, number).noise;
                (shifted(&DEFAULT_PARAMETERS, strength), noise)
            }
        }
    }

    /// What the planner promises on a day, and the day from which it wants the full minutes.
    fn promise(&self, day: i32, cards: &[SimCard], log: &HashMap<u32, Vec<Rated>>) -> (Range, i32) {
        let mut planner = Planner::new(self.inputs(day, cards, log), 7);
        planner.draw();
        let plan = planner.plan();
        let light_until = plan.dense_from.map_or(0, |dense| dense.0 - FIRST.0);
        (plan.interviews[0].followed, light_until)
    }

    fn inputs(&self, day: i32, cards: &[SimCard], log: &HashMap<u32, Vec<Rated>>) -> PlanInputs {
        let scorer = scorer();
        let card = |(card, value): (&SimCard, f32)| PlanCard {
            memory: card.believed.map(|seen| (seen.memory, FIRST + seen.day)),
            history: log.get(&card.noise.to_bits()).cloned().unwrap_or_default(),
            recall_now: card.believed.map_or(0.0, |seen| scorer.model().recall_on(seen, day)),
            length: card.length,
            weights: vec![Weight { value, belongs: true }],
        };
        let cards: Vec<PlanCard> = cards.iter().zip(self.weights()).map(card).collect();
        let histories = cards.iter().map(|card| card.history.as_slice());
        let strength = Strength::of(&DEFAULT_PARAMETERS, histories);
        PlanInputs {
            today: FIRST + day,
            done_seconds: 0.0,
            interviews: vec![Interview {
                day: FIRST + self.days,
                time: None,
                company: String::new(),
                role: String::new(),
                tags: Vec::new(),
            }],
            time: StudyTime::every_day(self.minutes),
            cards,
            scorer,
            strength,
        }
    }

    /// Studies as the plan says.
    fn follow(&self, truth: &impl Nature, cards: &[SimCard], path: &Path) -> RollOut {
        #[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
        let full = self.minutes as f32 * 60.0;
        let budget = |day: i32| match day {
            _ if !path.days.contains(&day) => 0.0,
            _ if day < path.light_until => full * LIGHT_SHARE,
            _ => full,
        };
        let setting = Setting {
            scorer: &scorer(),
            truth,
            cards,
            budgets: &(0..self.days).map(budget).collect::<Vec<f32>>(),
            targets: &[Target::of_all(self.days, self.weights())],
            policy: Policy::Score { floor: DONE_PER_SECOND },
        };
        roll_out(&setting, path.seed)
    }

    fn unseen(&self, noise: &[f32]) -> Vec<SimCard> {
        noise
            .iter()
            .map(|noise| SimCard {
                believed: None,
                truth: None,
                due: 0,
                length: self.length,
                noise: *noise,
            })
            .collect()
    }

    /// Before the first answer: one promise holds for all learners.
    pub fn at_start(&self, learners: u64) -> Vec<Promise> {
        let unseen = self.unseen(&vec![1.0; self.cards]);
        let (range, light_until) = self.promise(0, &unseen, &HashMap::new());
        for_learners(learners, |number| {
            let (model, noise) = self.learner(number);
            let cards = self.unseen(&noise);
            let path = Path { days: 0..self.days, light_until, seed: number };
            Promise { range, truth: self.follow(&model, &cards, &path).recall[0] }
        })
    }

    /// After half of the days, with the log so far: each learner has a promise of his own.
    pub fn midway(&self, learners: u64) -> Vec<Promise> {
        for_learners(learners, |number| {
            let (model, noise) = self.learner(number);
            let half = self.days / 2;
            let recorded = Recorded { model: &model, log: RefCell::default() };
            let path = Path { days: 0..half, light_until: 0, seed: number };
            let cards = self.follow(&recorded, &self.unseen(&noise), &path).cards;
            let (range, light_until) = self.promise(half, &cards, &recorded.log.into_inner());
            let path = Path { days: half..self.days, light_until, seed: number ^ 0x5555 };
            Promise { range, truth: self.follow(&model, &cards, &path).recall[0] }
        })
    }
}

fn scorer() -> Scorer {
    Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR)
}
