//! Draws a plan bit by bit, so that a page can be shown at once and fill in while it is looked at.

use crate::study::plan::aim::{Aim, Cutoff};
use crate::study::plan::capacity::capacity;
use crate::study::plan::learners::{
    MIDDLE, Rolls, STRENGTHS, Truth, ordered, range, roll_outs, search_roll_outs, seed_of, truths,
};
use crate::study::plan::{
    DONE_PER_SECOND, DayKind, InterviewForecast, LEVELS, LIGHT_SHARE, LevelForecast, Plan, PlanDay,
    PlanInputs,
};
use crate::study::simulation::{Policy, RollOut, Setting, Target, recall_without_study, roll_out};

/// How much less readiness light days may cost.
const LIGHT_COST: f32 = 0.01;
/// The first dense day is looked for to the day over fewer days than this, to two days over twice as many, and so on.
const FINE_DAYS: i32 = 40;
/// A plan of fewer days has no light ones.
const SHORT: i32 = 8;

/// A plan in the making.
#[derive(Clone, Debug)]
pub struct Planner {
    inputs: PlanInputs,
    targets: Vec<Target>,
    truths: Vec<Truth>,
    stage: Stage,
    /// Days before the dense ones, from today.
    light_days: i32,
    own: Rolls,
    levels: Vec<LevelForecast>,
    seed: u64,
}

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// Looks for the last day from which the full minutes lose next to nothing: between these numbers of light days.
    Search {
        full: Option<f32>,
        low: i32,
        high: i32,
    },
    /// Rolls out the learner's own minutes.
    Own,
    /// Rolls out other minutes, by their place in the list.
    Levels(usize, Rolls),
    Done,
}

impl Planner {
    /// Begins a plan. The same inputs and seed give the same plan.
    pub fn new(inputs: PlanInputs, seed: u64) -> Self {
        let targets = targets(&inputs);
        let (model, strength) = (inputs.scorer.model(), inputs.strength);
        let truths = truths(model, strength, &inputs.cards, inputs.today);
        let last = inputs.interviews[0].day - inputs.today;
        // Where not everything fits, no minute is too early.
        let fit = capacity(&inputs);
        let stage = if last >= SHORT && fit.fit == fit.cards {
            Stage::Search { full: None, low: 0, high: last - 3 }
        } else {
            Stage::Own
        };
        Self {
            inputs,
            targets,
            truths,
            stage,
            light_days: 0,
            own: Default::default(),
            levels: Vec::new(),
            seed,
        }
    }

    /// Does a little more; `false` when nothing is left to do.
    pub fn work(&mut self) -> bool {
        match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Search { full, low, high } => self.search(full, low, high),
            Stage::Own => self.roll_own(),
            Stage::Levels(level, rolls) => self.roll_level(level, rolls),
            Stage::Done => {}
        }
        self.stage != Stage::Done
    }

    /// Works until the learner's own minutes are rolled out; other levels stay open.
    pub fn draw(&mut self) {
        while !self.is_drawn() && self.work() {}
    }

    /// Works until nothing is left.
    pub fn finish(&mut self) {
        while self.work() {}
    }

    /// Whether the plan for the learner's own minutes is complete.
    pub fn is_drawn(&self) -> bool {
        matches!(self.stage, Stage::Levels(..) | Stage::Done)
    }

    /// Whether there is nothing left to do.
    pub fn is_finished(&self) -> bool {
        self.stage == Stage::Done
    }

    fn roll_outs(&self) -> usize {
        roll_outs(self.horizon())
    }

    /// Days from today to the last interview.
    fn horizon(&self) -> i32 {
        self.targets.last().map_or(0, |target| target.day)
    }

    /// One step of the search for the number of light days: by halves, as readiness falls with them.
    fn search(&mut self, full: Option<f32>, low: i32, high: i32) {
        let Some(full) = full else {
            let full = self.searched_recall(0);
            self.stage = Stage::Search { full: Some(full), low, high };
            return;
        };
        // Nobody needs the very day when it is months away.
        if high - low <= self.targets[0].day / FINE_DAYS {
            // Fewer than three light days are no plan but noise; a day off is not one of them.
            let (today, time) = (self.inputs.today, &self.inputs.time);
            let studied = (0..low).filter(|ahead| time.minutes_on(today + *ahead) > 0).count();
            self.light_days = if studied >= 3 { low } else { 0 };
            self.stage = Stage::Own;
            return;
        }
        let middle = low + (high - low + 1) / 2;
        let is_cheap = self.searched_recall(middle) >= full - LIGHT_COST;
        let (low, high) = if is_cheap { (middle, high) } else { (low, middle - 1) };
        self.stage = Stage::Search { full: Some(full), low, high };
    }

    fn searched_recall(&self, light_days: i32) -> f32 {
        let budgets = self.budgets(light_days);
        let roll_outs = search_roll_outs(self.targets[0].day);
        let sum: f32 = (0..roll_outs)
            .map(|number| {
                self.roll_first(MIDDLE, &budgets, seed_of(self.seed, number, MIDDLE)).recall[0]
            })
            .sum();
        sum / count(roll_outs)
    }

    fn roll_own(&mut self) {
        let budgets = self.budgets(self.light_days);
        let number = self.own[0].len();
        for strength in 0..STRENGTHS {
            let rolled = self.roll(strength, &budgets, seed_of(self.seed, number, strength));
            self.own[strength].push(rolled);
        }
        self.stage = if number + 1 < self.roll_outs() {
            Stage::Own
        } else {
            Stage::Levels(0, Default::default())
        };
    }

    fn roll_level(&mut self, level: usize, mut rolls: Rolls) {
        let Some(minutes) = LEVELS.get(level) else { return };
        let time = crate::domain::interview::StudyTime {
            weekdays: self.inputs.time.weekdays.map(|given| if given == 0 { 0 } else { *minutes }),
            days_off: self.inputs.time.days_off.clone(),
        };
        let budgets = budgets(&self.inputs, &time, 0, self.horizon());
        let number = rolls[0].len();
        for (strength, rolls) in rolls.iter_mut().enumerate() {
            rolls.push(self.roll_first(strength, &budgets, seed_of(self.seed, number, strength)));
        }
        if number + 1 < self.roll_outs() {
            self.stage = Stage::Levels(level, rolls);
            return;
        }
        let readiness = range(&rolls, |roll| roll.recall[0]);
        self.levels.push(LevelForecast { minutes: *minutes, readiness });
        if level + 1 < LEVELS.len() {
            self.stage = Stage::Levels(level + 1, Default::default());
        }
    }

    fn budgets(&self, light_days: i32) -> Vec<f32> {
        budgets(&self.inputs, &self.inputs.time, light_days, self.horizon())
    }

    fn roll(&self, strength: usize, budgets: &[f32], seed: u64) -> RollOut {
        self.roll_until(&self.targets, (strength, budgets), seed)
    }

    /// For what asks only how much is known at the first interview.
    fn roll_first(&self, strength: usize, budgets: &[f32], seed: u64) -> RollOut {
        self.roll_until(&self.targets[..1], (strength, budgets), seed)
    }

    fn roll_until(
        &self,
        targets: &[Target],
        (strength, budgets): (usize, &[f32]),
        seed: u64,
    ) -> RollOut {
        let (truth, cards) = &self.truths[strength];
        let setting = Setting {
            scorer: &self.inputs.scorer,
            truth,
            cards,
            budgets,
            targets,
            policy: Policy::Score { floor: DONE_PER_SECOND },
        };
        roll_out(&setting, seed)
    }

    /// The aim of the grades at the first interview, if the first `light_days` days are light: from one roll-out of what
    /// the scheduler believes, as a grade must not wait.
    pub fn aim(&self, light_days: i32) -> Aim {
        let rolled = self.roll(MIDDLE, &self.budgets(light_days), self.seed);
        let cutoffs = rolled
            .days
            .iter()
            .map(|day| (day.seconds > 0.0).then_some(Cutoff { rank: day.cutoff, hold: day.hold }))
            .collect();
        let interview = self.inputs.interviews[0].day;
        Aim::new(self.inputs.scorer.clone(), self.inputs.today, interview, cutoffs)
    }

    /// How many cards each day asks, today first, if the first `light_days` days are light: from one roll-out.
    pub fn cards_by_day(&self, light_days: i32) -> Vec<u32> {
        let rolled = self.roll(MIDDLE, &self.budgets(light_days), self.seed);
        rolled.days.iter().map(|day| day.reviews + day.new).collect()
    }

    /// The plan as far as it is drawn.
    pub fn plan(&self) -> Plan {
        let dense_from = (self.light_days > 0).then(|| self.inputs.today + self.light_days);
        Plan {
            today: self.inputs.today,
            time: self.inputs.time.clone(),
            interviews: (0..self.inputs.interviews.len())
                .map(|place| self.forecast(place))
                .collect(),
            days: (0..=self.horizon()).map(|ahead| self.day(ahead)).collect(),
            capacity: capacity(&self.inputs),
            dense_from,
            levels: self.levels.clone(),
            roll_outs: self.own[0].len(),
        }
    }

    fn forecast(&self, place: usize) -> InterviewForecast {
        let target = &self.targets[place];
        let readiness: Vec<f32> =
            self.inputs.cards.iter().map(|card| card.weights[place].for_readiness()).collect();
        let all: f32 = readiness.iter().sum();
        let now: f32 = readiness
            .iter()
            .zip(&self.inputs.cards)
            .map(|(weight, card)| weight * card.recall_now)
            .sum();
        let stopped = |strength: usize| {
            let (model, cards) = &self.truths[strength];
            recall_without_study(model, cards.iter().map(|card| card.truth), &readiness, target.day)
        };
        let belonging = || self.inputs.cards.iter().filter(|card| card.weights[place].belongs);
        InterviewForecast {
            interview: self.inputs.interviews[place].clone(),
            today: if all > 0.0 { now / all } else { 0.0 },
            followed: range(&self.own, |roll| roll.recall.get(place).copied().unwrap_or(0.0)),
            stopped: ordered(stopped(0), stopped(1), stopped(2)),
            cards: belonging().count(),
            seen: belonging().filter(|card| card.memory.is_some()).count(),
        }
    }

    fn day(&self, ahead: i32) -> PlanDay {
        let day = self.inputs.today + ahead;
        let interview = self.inputs.interviews.iter().position(|interview| interview.day == day);
        let given_minutes = self.inputs.time.minutes_on(day);
        let kind = match interview {
            Some(place) => DayKind::Interview(place),
            None if given_minutes == 0 => DayKind::Off,
            None if ahead < self.light_days => DayKind::Light,
            None => DayKind::Study,
        };
        let index = usize::try_from(ahead).unwrap_or(0);
        let mean = |of: fn(&crate::study::simulation::SimDay) -> f32| {
            let days: Vec<f32> =
                self.own[MIDDLE].iter().filter_map(|roll| roll.days.get(index)).map(of).collect();
            days.iter().sum::<f32>() / count(days.len().max(1))
        };
        let readiness = match interview {
            Some(place) => range(&self.own, |roll| roll.recall.get(place).copied().unwrap_or(0.0)),
            None => range(&self.own, |roll| roll.days.get(index).map_or(0.0, |day| day.readiness)),
        };
        PlanDay {
            day,
            kind,
            given_minutes,
            reviews: mean(|day| whole(day.reviews)),
            new: mean(|day| whole(day.new)),
            // The last card of a day may take longer than was left; the next day gives it back.
            minutes: (mean(|day| day.seconds) / 60.0).min(whole(given_minutes)),
            readiness,
        }
    }
}

fn targets(inputs: &PlanInputs) -> Vec<Target> {
    let of = |place: usize| Target {
        day: inputs.interviews[place].day - inputs.today,
        weights: inputs.cards.iter().map(|card| card.weights[place].value).collect(),
        readiness: inputs.cards.iter().map(|card| card.weights[place].for_readiness()).collect(),
    };
    (0..inputs.interviews.len()).map(of).collect()
}

/// Seconds of each day from today up to the day before the last interview.
fn budgets(
    inputs: &PlanInputs,
    time: &crate::domain::interview::StudyTime,
    light_days: i32,
    horizon: i32,
) -> Vec<f32> {
    (0..horizon)
        .map(|ahead| {
            let share = if ahead < light_days { LIGHT_SHARE } else { 1.0 };
            let seconds = whole(time.minutes_on(inputs.today + ahead)) * 60.0 * share;
            if ahead == 0 { (seconds - inputs.done_seconds).max(0.0) } else { seconds }
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "a number of roll-outs or cards")]
fn count(number: usize) -> f32 {
    number as f32
}

#[expect(clippy::cast_precision_loss, reason = "cards or minutes of a day")]
fn whole(number: u32) -> f32 {
    number as f32
}
