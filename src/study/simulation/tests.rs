//! What the schedulers reach for simulated learners: the promise of `docs/scheduling.md`, on fewer learners.

use rand::rngs::StdRng;

use super::learner::shifted;
use super::{
    DueRules, Encounter, Nature, Policy, RollOut, Seen, Setting, SimCard, Target, roll_out,
};
use crate::domain::memory::MemoryState;
use crate::domain::review::Rating;
use crate::study::habits::Habits;
use crate::study::model::{DEFAULT_PARAMETERS, Model};
use crate::study::score::Scorer;

const CARDS: u16 = 300;
/// Days, minutes a day, and the most that any schedule can reach (the Lagrangian bound of `docs/scheduling.md`).
const CELLS: [(u16, f32, f32); 7] = [
    (3, 60.0, 0.827),
    (7, 15.0, 0.457),
    (7, 30.0, 0.865),
    (14, 15.0, 0.818),
    (14, 30.0, 0.985),
    (30, 15.0, 0.985),
    (60, 15.0, 0.996),
];

/// 300 cards until a day.
struct World {
    days: u16,
    minutes: f32,
    is_unequal: bool,
}

impl World {
    fn roll_out(&self, truth: &impl Nature, policy: Policy, seed: u64) -> RollOut {
        let scorer = Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR);
        let cards: Vec<SimCard> = (0..CARDS).map(|number| self.card(number)).collect();
        let weighs_more = |number| self.is_unequal && number % 5 == 0;
        let weights = (0..CARDS).map(|number| if weighs_more(number) { 5.0 } else { 1.0 });
        let target = Target::of_all(i32::from(self.days), weights.collect());
        let setting = Setting {
            scorer: &scorer,
            truth,
            cards: &cards,
            budgets: &vec![self.minutes * 60.0; usize::from(self.days)],
            targets: &[target],
            policy,
        };
        roll_out(&setting, seed)
    }

    /// Lengths from 2 to 7 where cards differ, spread so that weight and length have nothing to do with each other.
    fn card(&self, number: u16) -> SimCard {
        let length = if self.is_unequal { 2.0 + f32::from(number * 7 % 11) / 2.0 } else { 1.0 };
        SimCard { believed: None, truth: None, due: 0, length, noise: 1.0 }
    }

    /// Mean recall over some seeds.
    fn recall(&self, truth: &impl Nature, policy: Policy) -> f32 {
        let seeds = 1..=6;
        seeds.map(|seed| self.roll_out(truth, policy, seed).recall[0]).sum::<f32>() / 6.0
    }

    fn spread(&self) -> Policy {
        let days = u32::from(self.days);
        let new_per_day = (u32::from(CARDS) * 5).div_ceil(days * 4);
        Policy::Due(DueRules { new_per_day, ..DueRules::ANKI })
    }
}

const OURS: Policy = Policy::Score { floor: 0.0 };
const ANKI: Policy = Policy::Due(DueRules::ANKI);

#[test]
fn the_score_beats_other_schedulers_and_comes_near_the_bound_for_the_default_learner() {
    let truth = Model::new(DEFAULT_PARAMETERS);
    for (days, minutes, bound) in CELLS {
        let world = World { days, minutes, is_unequal: false };
        let [ours, anki, spread] =
            [OURS, ANKI, world.spread()].map(|policy| world.recall(&truth, policy));
        let cell = format!(
            "{days} days of {minutes} min: ours {ours}, Anki {anki}, N/D {spread}, bound {bound}"
        );
        assert!(ours > anki, "{cell}");
        assert!(ours > spread, "{cell}");
        assert!(ours >= bound - 0.01, "{cell}");
    }
}

#[test]
fn the_score_beats_other_schedulers_for_weak_and_strong_learners_and_unequal_cards() {
    for strength in [-1.0, 1.0] {
        let truth = shifted(&DEFAULT_PARAMETERS, strength);
        for (days, minutes, is_unequal) in [(30, 15.0, false), (7, 30.0, true), (14, 60.0, true)] {
            let world = World { days, minutes, is_unequal };
            let [ours, anki, spread] =
                [OURS, ANKI, world.spread()].map(|policy| world.recall(&truth, policy));
            let cell = format!(
                "strength {strength}, {days} days of {minutes} min: ours {ours}, Anki {anki}, N/D {spread}"
            );
            assert!(ours > anki && ours > spread, "{cell}");
        }
    }
}

/// Forgets exponentially, which the scheduler does not expect, and may miss days.
struct Forgetful {
    model: Model,
    misses_odd_days: bool,
}

impl Nature for Forgetful {
    fn recall_on(&self, seen: Seen, day: i32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "some days")]
        let days = (day - seen.day) as f32;
        0.9_f32.powf(days.max(0.5) / seen.memory.stability)
    }

    fn met(&self, encounter: Encounter) -> Seen {
        self.model.met(encounter)
    }

    fn given(&self, felt: Rating, _rng: &mut StdRng) -> Rating {
        // Never says Easy.
        if felt == Rating::Easy { Rating::Good } else { felt }
    }

    fn comes(&self, day: i32) -> bool {
        !(self.misses_odd_days && day % 2 == 1)
    }
}

fn forgetful(misses_odd_days: bool) -> Forgetful {
    Forgetful { model: Model::new(DEFAULT_PARAMETERS), misses_odd_days }
}

#[test]
fn the_score_holds_what_is_known_where_memory_fades_faster_than_believed() {
    for (days, minutes, misses_odd_days) in [(30, 15.0, false), (30, 30.0, true), (14, 30.0, false)]
    {
        let world = World { days, minutes, is_unequal: false };
        let truth = forgetful(misses_odd_days);
        let [ours, anki, spread] =
            [OURS, ANKI, world.spread()].map(|policy| world.recall(&truth, policy));
        let cell = format!("{days} days of {minutes} min: ours {ours}, {anki}, {spread}");
        assert!(ours > anki && ours > spread, "{cell}");
    }
}

#[test]
fn a_missed_day_costs_no_time_and_asks_nothing() {
    let world = World { days: 6, minutes: 10.0, is_unequal: false };
    let done = world.roll_out(&forgetful(true), OURS, 3);
    for (number, day) in done.days.iter().enumerate() {
        assert_eq!(day.seconds > 0.0, number % 2 == 0, "day {number}: {day:?}");
    }
}

#[test]
fn what_a_day_takes_too_much_the_next_one_gives_back() {
    for policy in [OURS, ANKI, Policy::LowestRecall] {
        let world = World { days: 14, minutes: 10.0, is_unequal: true };
        let done = world.roll_out(&Model::new(DEFAULT_PARAMETERS), policy, 5);
        let longest = 7.0 * 64.0;
        let mut given = 0.0;
        let mut spent = 0.0;
        for day in &done.days {
            given += 600.0;
            spent += day.seconds;
            assert!(spent <= given + longest, "{policy:?}: {spent} of {given}");
        }
    }
}

#[test]
fn no_card_is_met_twice_on_a_day() {
    for policy in [OURS, ANKI, Policy::LowestRecall] {
        let world = World { days: 5, minutes: 600.0, is_unequal: false };
        let done = world.roll_out(&Model::new(DEFAULT_PARAMETERS), policy, 5);
        assert!(done.days.iter().all(|day| day.new + day.reviews <= u32::from(CARDS)));
        if policy != ANKI {
            assert!(done.days[1..].iter().all(|day| day.reviews == u32::from(CARDS)), "{policy:?}");
        }
    }
}

#[test]
fn a_first_grade_but_easy_and_a_later_again_are_followed_by_a_good_on_the_same_day() {
    let model = Model::new(DEFAULT_PARAMETERS);
    let met = |before, rating| model.met(Encounter { before, rating, day: 4, noise: 1.0 }).memory;
    for rating in [Rating::Again, Rating::Hard, Rating::Good] {
        assert_eq!(met(None, rating), model.same_day(model.first(rating), Rating::Good));
    }
    assert_eq!(met(None, Rating::Easy), model.first(Rating::Easy));
    let before = Seen { memory: MemoryState { stability: 5.0, difficulty: 4.0 }, day: 1 };
    let recall = model.recall(5.0, 3.0);
    let failed = model.after(before.memory, Rating::Again, recall);
    assert_eq!(met(Some(before), Rating::Again), model.same_day(failed, Rating::Good));
    assert_eq!(met(Some(before), Rating::Hard), model.after(before.memory, Rating::Hard, recall));
}
