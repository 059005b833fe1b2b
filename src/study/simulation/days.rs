//! The day loop of a roll-out: choose, answer by the true memory, remember, until the minutes are spent.

use rand::RngExt;
use rand::rngs::StdRng;

use crate::domain::review::Rating;
use crate::study::score::{Gain, hold};
use crate::study::simulation::nature::{Encounter, Nature};
use crate::study::simulation::policy::{DueRules, Policy, Sm2Rules, Sm2State};
use crate::study::simulation::{
    RollOut, Setting, SimCard, SimDay, Target, days_between, recall_without_study,
};

/// A roll-out while it runs.
pub struct Days<'a, T> {
    setting: &'a Setting<'a, T>,
    rng: StdRng,
    cards: Vec<SimCard>,
    sm2: Vec<Sm2State>,
    /// Seconds by which the day before was overrun.
    debt: f32,
    order: Vec<(f32, u32)>,
    gains: Vec<(Gain, u32)>,
    done: Vec<SimDay>,
    recall: Vec<f32>,
}

impl<'a, T: Nature> Days<'a, T> {
    /// A roll-out before its first day.
    pub fn new(setting: &'a Setting<'a, T>, rng: StdRng) -> Self {
        let sm2 = match setting.policy {
            Policy::Sm2(_) => vec![Sm2State::FRESH; setting.cards.len()],
            _ => Vec::new(),
        };
        Self {
            setting,
            rng,
            cards: setting.cards.to_vec(),
            sm2,
            debt: 0.0,
            order: Vec::with_capacity(setting.cards.len()),
            gains: Vec::with_capacity(setting.cards.len()),
            done: Vec::new(),
            recall: Vec::new(),
        }
    }

    /// Lives through every day.
    pub fn run(&mut self) {
        let last = self.setting.targets.last().map_or(0, |target| target.day);
        for day in 0..=last {
            for target in self.setting.targets.iter().filter(|target| target.day == day) {
                self.recall.push(self.true_recall(target, day));
            }
            let Some(next) = self.setting.targets.iter().find(|target| target.day > day) else {
                break;
            };
            let mut today = if self.setting.targets.iter().any(|target| target.day == day) {
                // The day of an interview is for the interview.
                SimDay::default()
            } else {
                self.study(day, next)
            };
            today.readiness = self.true_recall(next, day);
            self.done.push(today);
        }
    }

    /// What came of it.
    pub fn finish(self) -> RollOut {
        RollOut { recall: self.recall, days: self.done, cards: self.cards }
    }

    fn true_recall(&self, target: &Target, day: i32) -> f32 {
        let memories = self.cards.iter().map(|card| card.truth);
        recall_without_study(self.setting.truth, memories, &target.readiness, day)
    }

    fn study(&mut self, day: i32, target: &Target) -> SimDay {
        let given = usize::try_from(day).ok().and_then(|day| self.setting.budgets.get(day));
        let mut left = given.copied().unwrap_or(0.0) - self.debt;
        let mut today = SimDay::default();
        if !self.setting.truth.comes(day) {
            return today;
        }
        if left <= 0.0 {
            self.debt = -left;
            return today;
        }
        today.hold = self.put_in_order(day, target);
        let order = std::mem::take(&mut self.order);
        let mut is_spent = false;
        for (score, card) in &order {
            let index = *card as usize;
            let seconds = self.meet(index, day, &mut today);
            today.seconds += seconds;
            today.cutoff = *score;
            left -= seconds;
            if left <= 0.0 {
                is_spent = true;
                break;
            }
        }
        if let (Policy::Score { floor }, false) = (self.setting.policy, is_spent) {
            today.cutoff = floor;
        }
        self.debt = (-left).max(0.0);
        self.order = order;
        today
    }

    /// Puts the cards that may be asked today into `order`, the first one first; gives the recall to hold.
    fn put_in_order(&mut self, day: i32, target: &Target) -> f32 {
        self.order.clear();
        match self.setting.policy {
            Policy::Score { floor } => return self.by_score(day, target, floor),
            Policy::Due(rules) => self.by_due_day(day, rules),
            Policy::Sm2(rules) => {
                let reviews_per_day = DueRules::ANKI.reviews_per_day;
                let new_per_day = rules.new_per_day;
                self.by_due_day(day, DueRules { retention: 0.9, new_per_day, reviews_per_day });
            }
            Policy::LowestRecall => self.by_recall(day),
        }
        0.0
    }

    fn by_score(&mut self, day: i32, target: &Target, floor: f32) -> f32 {
        let scorer = self.setting.scorer;
        let days_left = days_between(day, target.day);
        let unseen = scorer.unseen(days_left);
        self.gains.clear();
        let mut round = 0.0;
        for (number, card) in (0_u32..).zip(&self.cards) {
            let index = number as usize;
            let gain = match card.believed {
                _ if target.weights[index] <= 0.0 => continue,
                Some(seen) if seen.day >= day => continue,
                None => unseen,
                Some(seen) => scorer.seen(seen.memory, days_between(seen.day, day), days_left),
            };
            if target.readiness[index] > 0.0 {
                round += gain.seconds * card.length;
            }
            self.gains.push((gain, number));
        }
        let hold = hold(self.seconds_until(day, target.day), round);
        for (gain, number) in &self.gains {
            let index = *number as usize;
            let (weight, length) = (target.weights[index], self.cards[index].length);
            // What does not belong to the interview is not held for it.
            let hold = if target.readiness[index] > 0.0 { hold } else { 0.0 };
            if gain.per_second(weight, length) > floor {
                self.order.push((gain.rank(weight, length, hold), *number));
            }
        }
        self.order.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
        hold
    }

    /// Seconds of study planned from a day until the one before another.
    fn seconds_until(&self, day: i32, end: i32) -> f32 {
        let place = |day| usize::try_from(day).unwrap_or(0).min(self.setting.budgets.len());
        self.setting.budgets[place(day)..place(end)].iter().sum::<f32>() - self.debt
    }

    fn by_due_day(&mut self, day: i32, rules: DueRules) {
        let mut reviews: Vec<(i32, u32)> = Vec::new();
        let mut new: Vec<u32> = Vec::new();
        for (number, card) in (0_u32..).zip(&self.cards) {
            match card.believed {
                None => new.push(number),
                Some(_) if card.due <= day => reviews.push((card.due, number)),
                Some(_) => {}
            }
        }
        reviews.sort_unstable();
        reviews.truncate(rules.reviews_per_day as usize);
        new.truncate(rules.new_per_day as usize);
        // New cards are spread among the reviews, as Anki's default order does.
        let (mut reviews, mut new) = (reviews.into_iter().peekable(), new.into_iter().peekable());
        let (all_reviews, all_new) = (reviews.len(), new.len());
        while reviews.peek().is_some() || new.peek().is_some() {
            let reviews_are_behind = reviews.len() * all_new >= new.len() * all_reviews;
            let next = if reviews_are_behind && reviews.peek().is_some() {
                reviews.next().map(|(_, number)| number)
            } else {
                new.next().or_else(|| reviews.next().map(|(_, number)| number))
            };
            self.order.extend(next.map(|number| (0.0, number)));
        }
    }

    fn by_recall(&mut self, day: i32) {
        let model = self.setting.scorer.model();
        for (number, card) in (0_u32..).zip(&self.cards) {
            match card.believed {
                None => self.order.push((2.0, number)),
                Some(seen) if seen.day >= day => {}
                Some(seen) => {
                    let recall = model.recall(seen.memory.stability, days_between(seen.day, day));
                    self.order.push((1.0 - recall, number));
                }
            }
        }
        self.order.sort_by(|one, other| other.0.total_cmp(&one.0));
    }

    /// Asks a card: its seconds, and what it leaves in memory.
    fn meet(&mut self, index: usize, day: i32, today: &mut SimDay) -> f32 {
        let card = self.cards[index];
        let truth = self.setting.truth;
        let habits = self.setting.scorer.habits();
        let odds = match card.truth {
            None => habits.first_odds,
            Some(seen) => habits.review_odds(truth.recall_on(seen, day)),
        };
        let felt = Rating::ALL[self.draw(&odds)];
        let given = truth.given(felt, &mut self.rng);
        let after =
            truth.met(Encounter { before: card.truth, rating: felt, day, noise: card.noise });
        let grade = usize::from(given.number()) - 1;
        let seconds = if card.believed.is_none() {
            today.new += 1;
            habits.first_seconds[grade]
        } else {
            today.reviews += 1;
            habits.review_seconds[grade]
        };
        self.remember(index, given, day);
        self.cards[index].truth = Some(after);
        seconds * card.length
    }

    /// What the scheduler makes of a grade.
    fn remember(&mut self, index: usize, rating: Rating, day: i32) {
        let card = self.cards[index];
        let model = self.setting.scorer.model();
        let believed = model.met(Encounter { before: card.believed, rating, day, noise: 1.0 });
        let due = match self.setting.policy {
            Policy::Due(rules) => {
                day + whole_days(model.interval(believed.memory.stability, rules.retention))
            }
            Policy::Sm2(rules) => {
                let elapsed = card.believed.map_or(0.0, |seen| days_between(seen.day, day));
                day + self.sm2_days(index, rules, rating, elapsed)
            }
            Policy::Score { .. } | Policy::LowestRecall => card.due,
        };
        self.cards[index] = SimCard { believed: Some(believed), due, ..card };
    }

    fn sm2_days(&mut self, index: usize, rules: Sm2Rules, rating: Rating, elapsed: f32) -> i32 {
        self.sm2[index] = rules.next(self.sm2[index], rating, elapsed);
        whole_days(self.sm2[index].interval)
    }

    /// A grade by its odds.
    fn draw(&mut self, odds: &[f32; 4]) -> usize {
        let mut chance: f32 = self.rng.random();
        for (grade, odds) in odds.iter().enumerate().take(3) {
            if chance < *odds {
                return grade;
            }
            chance -= odds;
        }
        3
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
fn whole_days(days: f32) -> i32 {
    days.round().clamp(1.0, 36_500.0) as i32
}
