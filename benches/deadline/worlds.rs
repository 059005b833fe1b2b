//! Who studies what: the cards, the learner and the days of one cell of a table, and how a schedule fares there.

use prep::lab::{
    DEFAULT_PARAMETERS, DueRules, Habits, Learner, Model, Nature, Policy, RollOut, Scorer, Setting,
    SimCard, Sm2Rules, Spread, Target, roll_out, shifted,
};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::minds::{Kind, Mind};

/// Days of Anki's schedule before the first day of a deck that has already been begun.
const BEGUN_DAYS: i32 = 20;
/// Minutes on each of those days.
const BEGUN_MINUTES: f32 = 10.0;

/// One cell: everything but the schedule and the learner's number.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// Cards.
    pub cards: usize,
    /// Days before the interview.
    pub days: u16,
    /// Minutes on each of them.
    pub minutes: f32,
    /// What the cards are like.
    pub deck: Deck,
    /// Whether the learner has already begun.
    pub is_begun: bool,
    /// Share of the days, 0 to 1, on which the learner does not study; no schedule knows it beforehand.
    pub missed: f64,
    /// Who studies.
    pub who: Who,
    /// What memory is like.
    pub memory: Kind,
    /// Share of answers given a neighbouring grade.
    pub slips: f32,
}

/// What the cards of a deck are like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deck {
    /// All weigh and cost the same.
    Equal,
    /// Interview answers: four times the seconds, lengths log-normal with deviation .5, every fifth card weighs 5.
    Unequal,
}

/// Who studies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Who {
    /// The learner whom the default parameters describe.
    Default,
    /// One drawn from the spread among users.
    Drawn(Spread),
    /// The default learner moved by so many steps (-1 is weak, 1 is strong), cards differing as for the drawn ones.
    Shifted(f32),
}

/// Learners as real users differ, the main case.
pub const REAL: Who = Who::Drawn(Spread { learners: 1.0, cards: 0.4 });

/// A schedule that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Anki's default: desired retention .90, 20 new cards a day.
    Anki,
    /// The same, with as many new cards a day as it takes to see all of them in time.
    Spread,
    /// SM-2 as published.
    Sm2,
    /// SM-2 as Anki has it.
    AnkiSm2,
    /// Unseen cards first, then the lowest recall.
    LowestRecall,
    /// The greatest gain of recall on the day per second.
    Ours,
}

impl Method {
    /// The policy in a world where so many cards are unseen.
    fn policy(self, world: &World, unseen: u16) -> Policy {
        match self {
            Self::Anki => Policy::Due(DueRules::ANKI),
            Self::Spread => {
                let new_per_day = new_per_day(unseen, world.days);
                Policy::Due(DueRules { new_per_day, ..DueRules::ANKI })
            }
            Self::Sm2 => Policy::Sm2(Sm2Rules { is_classic: true, new_per_day: 20 }),
            Self::AnkiSm2 => Policy::Sm2(Sm2Rules { is_classic: false, new_per_day: 20 }),
            Self::LowestRecall => Policy::LowestRecall,
            Self::Ours => Policy::Score { floor: 0.0 },
        }
    }
}

/// What came of one learner's weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Recall on the day, 0 to 1, weighted.
    pub recall: f64,
    /// Minutes spent in all.
    pub minutes: f64,
}

/// A learner in a world, ready to study.
#[derive(Clone, Debug)]
pub struct Life {
    world: World,
    mind: Mind,
    scorer: Scorer,
    cards: Vec<SimCard>,
    target: Target,
    seed: u64,
}

impl World {
    /// The main case: 300 equal unseen cards, learners as real users differ.
    pub const fn new(days: u16, minutes: f32) -> Self {
        Self {
            cards: 300,
            days,
            minutes,
            deck: Deck::Equal,
            is_begun: false,
            missed: 0.0,
            who: REAL,
            memory: Kind::Fsrs,
            slips: 0.0,
        }
    }

    /// The learner of that number.
    pub fn life(self, number: u64) -> Life {
        let (model, noise) = self.draw(number);
        let lengths = match self.deck {
            Deck::Equal => vec![1.0; self.cards],
            Deck::Unequal => {
                let spread = Spread { learners: 0.0, cards: 0.5 };
                let lengths = Learner::draw(spread, self.cards, number ^ 0x1e57_0000).noise;
                lengths.into_iter().map(|length| 4.0 * length).collect()
            }
        };
        let weighs_more = |card: &usize| self.deck == Deck::Unequal && card.is_multiple_of(5);
        let weights = (0..self.cards).map(|card| if weighs_more(&card) { 5.0 } else { 1.0 });
        let target = Target::of_all(i32::from(self.days), weights.collect());
        let cards = noise.into_iter().zip(lengths).map(|(noise, length)| SimCard {
            believed: None,
            truth: None,
            due: 0,
            length,
            noise,
        });
        let cards = cards.collect();
        let scorer = Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR);
        let mind = Mind { kind: self.memory, model, slips: self.slips, missed: Vec::new() };
        let mut life = Life { world: self, mind, scorer, cards, target, seed: number };
        if self.is_begun {
            life.begin();
        }
        let mut rng = StdRng::seed_from_u64(number ^ 0xd0d0_0000);
        life.mind.missed = (0..self.days).map(|_| rng.random_bool(self.missed)).collect();
        life
    }

    fn draw(self, number: u64) -> (Model, Vec<f32>) {
        match self.who {
            Who::Default => (Model::new(DEFAULT_PARAMETERS), vec![1.0; self.cards]),
            Who::Drawn(spread) => {
                let learner = Learner::draw(spread, self.cards, number);
                (learner.model, learner.noise)
            }
            Who::Shifted(strength) => {
                let spread = Spread { learners: 0.0, cards: 0.4 };
                let noise = Learner::draw(spread, self.cards, number).noise;
                (shifted(&DEFAULT_PARAMETERS, strength), noise)
            }
        }
    }
}

impl Life {
    /// Studies under a schedule.
    pub fn study(&self, method: Method) -> Outcome {
        let policy = method.policy(&self.world, self.unseen());
        let done = self.roll_out(policy, &self.mind, &self.budgets(), self.seed);
        Outcome { recall: f64::from(done.recall[0]), minutes: f64::from(done.seconds()) / 60.0 }
    }

    fn roll_out(&self, policy: Policy, truth: &impl Nature, budgets: &[f32], seed: u64) -> RollOut {
        let setting = Setting {
            scorer: &self.scorer,
            truth,
            cards: &self.cards,
            budgets,
            targets: std::slice::from_ref(&self.target),
            policy,
        };
        roll_out(&setting, seed)
    }

    /// Studies by Anki's schedule for some days, then calls the last of them yesterday.
    fn begin(&mut self) {
        let planned = self.target.day;
        self.target.day = BEGUN_DAYS;
        let budgets = vec![BEGUN_MINUTES * 60.0; usize::try_from(BEGUN_DAYS).unwrap_or(0)];
        let policy = Policy::Due(DueRules::ANKI);
        self.cards = self.roll_out(policy, &self.mind, &budgets, self.seed ^ 0xbe61_0000).cards;
        self.target.day = planned;
        for card in &mut self.cards {
            card.due -= BEGUN_DAYS;
            for seen in [&mut card.believed, &mut card.truth].into_iter().flatten() {
                seen.day -= BEGUN_DAYS;
            }
        }
    }

    fn budgets(&self) -> Vec<f32> {
        vec![self.world.minutes * 60.0; usize::from(self.world.days)]
    }

    fn unseen(&self) -> u16 {
        let unseen = self.cards.iter().filter(|card| card.believed.is_none()).count();
        u16::try_from(unseen).unwrap_or(u16::MAX)
    }
}

/// New cards a day to see all in time: all days, or the first four fifths of them where that is more a day.
fn new_per_day(unseen: u16, days: u16) -> u32 {
    let (unseen, days) = (u32::from(unseen), u32::from(days));
    (unseen * 5).div_ceil(days * 4).max(unseen.div_ceil(days))
}

/// Calls `each` for every number from 1, on all cores, and gives the results in their order.
pub fn for_learners<T: Send>(learners: u64, each: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut found: Vec<(u64, T)> = std::thread::scope(|scope| {
        let parts: Vec<_> = (1..=threads as u64)
            .map(|first| {
                let each = &each;
                let numbers = (first..=learners).step_by(threads);
                scope
                    .spawn(move || numbers.map(|number| (number, each(number))).collect::<Vec<_>>())
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
    });
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, result)| result).collect()
}
