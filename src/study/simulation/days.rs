//! The day loop of a roll-out: choose, answer by the true memory, remember, until the minutes are spent.

use rand::RngExt;
use rand::rngs::StdRng;

use crate::domain::review::Rating;
use crate::study::score::Scorer;
use crate::study::simulation::policy::{DueRules, Policy, Sm2Rules};
use crate::study::simulation::{
    RollOut, Seen, Setting, SimCard, SimDay, Target, days_between, recall_without_study,
};

/// A roll-out while it runs.
pub struct Days<'a> {
    setting: &'a Setting<'a>,
    rng: StdRng,
    cards: Vec<SimCard>,
    sm2: Vec<Sm2State>,
    /// Seconds by which the day before was overrun.
    debt: f32,
    order: Vec<(f32, u32)>,
    done: Vec<SimDay>,
    recall: Vec<f32>,
}

/// What SM-2 remembers of a card.
#[derive(Clone, Copy, Debug)]
struct Sm2State {
    ease: f32,
    interval: f32,
    passes: u32,
}

impl<'a> Days<'a> {
    /// A roll-out before its first day.
    pub fn new(setting: &'a Setting<'a>, rng: StdRng) -> Self {
        let fresh = Sm2State { ease: 2.5, interval: 0.0, passes: 0 };
        let sm2 = match setting.policy {
            Policy::Sm2(_) => vec![fresh; setting.cards.len()],
            _ => Vec::new(),
        };
        Self {
            setting,
            rng,
            cards: setting.cards.to_vec(),
            sm2,
            debt: 0.0,
            order: Vec::with_capacity(setting.cards.len()),
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
        RollOut { recall: self.recall, days: self.done }
    }

    fn true_recall(&self, target: &Target, day: i32) -> f32 {
        let memories = self.cards.iter().map(|card| card.truth);
        recall_without_study(self.setting.truth, memories, &target.readiness, day)
    }

    fn study(&mut self, day: i32, target: &Target) -> SimDay {
        let given = usize::try_from(day).ok().and_then(|day| self.setting.budgets.get(day));
        let mut left = given.copied().unwrap_or(0.0) - self.debt;
        let mut today = SimDay::default();
        if left <= 0.0 {
            self.debt = -left;
            return today;
        }
        self.put_in_order(day, target);
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

    /// Puts the cards that may be asked today into `order`, the first one first.
    fn put_in_order(&mut self, day: i32, target: &Target) {
        self.order.clear();
        match self.setting.policy {
            Policy::Score { floor } => self.by_score(day, target, floor),
            Policy::Due(rules) => self.by_due_day(day, rules),
            Policy::Sm2(rules) => {
                let reviews_per_day = DueRules::ANKI.reviews_per_day;
                let new_per_day = rules.new_per_day;
                self.by_due_day(day, DueRules { retention: 0.9, new_per_day, reviews_per_day });
            }
            Policy::LowestRecall => self.by_recall(day),
        }
    }

    fn by_score(&mut self, day: i32, target: &Target, floor: f32) {
        let scorer = self.setting.scorer;
        let days_left = days_between(day, target.day);
        let unseen = scorer.unseen(days_left);
        for (number, (card, weight)) in (0_u32..).zip(self.cards.iter().zip(&target.weights)) {
            let score = match card.believed {
                None => unseen.per_second(*weight, card.length),
                Some(seen) if seen.day >= day => continue,
                Some(seen) => score_of(scorer, seen, day, days_left, (*weight, card.length)),
            };
            if score > floor {
                self.order.push((score, number));
            }
        }
        self.order.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
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
        let is_first = card.believed.is_none();
        let grade = match card.truth {
            None => self.draw(&self.setting.scorer.habits().first_odds.clone()),
            Some(seen) => {
                let recall =
                    self.setting.truth.recall(seen.memory.stability, days_between(seen.day, day));
                self.draw(&self.setting.scorer.habits().review_odds(recall))
            }
        };
        let rating = Rating::ALL[grade];
        let habits = self.setting.scorer.habits();
        let seconds = if is_first {
            today.new += 1;
            habits.first_seconds[grade]
        } else {
            today.reviews += 1;
            habits.review_seconds[grade]
        };
        self.remember(index, rating, day);
        seconds * card.length
    }

    fn remember(&mut self, index: usize, rating: Rating, day: i32) {
        let card = self.cards[index];
        let believed_model = self.setting.scorer.model();
        let believed = after_a_day(believed_model, card.believed, rating, day, 1.0);
        let truth = after_a_day(self.setting.truth, card.truth, rating, day, card.noise);
        let due = match self.setting.policy {
            Policy::Due(rules) => {
                day + whole_days(
                    believed_model.interval(believed.memory.stability, rules.retention),
                )
            }
            Policy::Sm2(rules) => day + self.sm2_days(index, rules, rating),
            Policy::Score { .. } | Policy::LowestRecall => card.due,
        };
        self.cards[index] = SimCard { believed: Some(believed), truth: Some(truth), due, ..card };
    }

    fn sm2_days(&mut self, index: usize, rules: Sm2Rules, rating: Rating) -> i32 {
        let grade = usize::from(rating.number()) - 1;
        let state = &mut self.sm2[index];
        let interval = rules.interval(state.interval, state.passes, state.ease, grade);
        state.ease = rules.ease(state.ease, grade);
        state.interval = interval;
        state.passes = if grade == 0 { 0 } else { state.passes + 1 };
        whole_days(interval)
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

fn score_of(
    scorer: &Scorer,
    seen: Seen,
    day: i32,
    days_left: f32,
    (weight, length): (f32, f32),
) -> f32 {
    let elapsed = days_between(seen.day, day);
    scorer.seen(seen.memory, elapsed, days_left).per_second(weight, length)
}

/// A memory after one day's meeting: a first grade other than Easy, and a later Again, is followed by a Good that day.
fn after_a_day(
    model: &crate::study::model::Model,
    before: Option<Seen>,
    rating: Rating,
    day: i32,
    noise: f32,
) -> Seen {
    let (memory, again) = match before {
        None => {
            let mut memory = model.first(rating);
            memory.stability = (memory.stability * noise).clamp(0.001, 36_500.0);
            (memory, rating != Rating::Easy)
        }
        Some(seen) => {
            let recall = model.recall(seen.memory.stability, days_between(seen.day, day));
            (model.after(seen.memory, rating, recall), rating == Rating::Again)
        }
    };
    let memory = if again { model.same_day(memory, Rating::Good) } else { memory };
    Seen { memory, day }
}

#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
fn whole_days(days: f32) -> i32 {
    days.round().clamp(1.0, 36_500.0) as i32
}
