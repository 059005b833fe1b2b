//! What if: so many minutes a day, another retention, more cards, until a date. The plan's way of choosing and that of due
//! days, simulated from the same memories.
//!
//! Nothing here schedules anything; it answers a question with the roll-outs of which plans are made.

use crate::domain::time::Day;
use crate::study::plan::learners::{
    MIDDLE, Rolls, Truth, ordered, range, roll_outs, seed_of, truths,
};
use crate::study::plan::{DONE_PER_SECOND, PlanCard, Range};
use crate::study::score::Scorer;
use crate::study::simulation::{
    DueRules, Policy, Setting, SimDay, Target, recall_without_study, roll_out,
};
use crate::study::strength::Strength;

/// A way of choosing what to study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The greatest gain on the last day per second, as before an interview.
    Plan,
    /// FSRS due days at a retention, and so many new cards a day.
    Due,
}

/// A question.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// The first day of study.
    pub today: Day,
    /// The day on which recall counts; after today.
    pub until: Day,
    /// Seconds of study on each day from today.
    pub budgets: Vec<f32>,
    /// The cards; the first of their weights counts.
    pub cards: Vec<PlanCard>,
    /// The day on which ordinary scheduling asks each card.
    pub due: Vec<Option<Day>>,
    /// Desired retention of due days, above 0 and below 1.
    pub retention: f32,
    /// New cards a day beside due ones.
    pub new_per_day: u32,
    /// Memory and habits as the scheduler believes them.
    pub scorer: Scorer,
    /// How strong the memory may be against them.
    pub strength: Strength,
}

/// One day of an outcome, on average over a learner of middle strength.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutcomeDay {
    /// The day.
    pub day: Day,
    /// Cards asked again.
    pub reviews: f32,
    /// Cards asked for the first time.
    pub new: f32,
    /// Minutes of study.
    pub minutes: f32,
    /// Weighted recall at its end; unseen cards count 0.
    pub recall: Range,
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The days of study.
    pub days: Vec<OutcomeDay>,
    /// Weighted recall on the last day.
    pub recall: Range,
    /// Roll-outs of each of three strengths behind it.
    pub roll_outs: usize,
}

impl Outcome {
    /// The mean of something over the days.
    pub fn mean(&self, of: impl Fn(&OutcomeDay) -> f32) -> f32 {
        self.days.iter().map(of).sum::<f32>() / count(self.days.len().max(1))
    }
}

impl WhatIf {
    /// Simulates a way. The same question and seed give the same outcome.
    pub fn outcome(&self, way: Way, seed: u64) -> Outcome {
        let truths = self.truths();
        let targets = [self.target()];
        let roll_outs = roll_outs(targets[0].day);
        let mut rolls = Rolls::default();
        for (strength, (truth, cards)) in truths.iter().enumerate() {
            let setting = Setting {
                scorer: &self.scorer,
                truth,
                cards,
                budgets: &self.budgets,
                targets: &targets,
                policy: self.policy(way),
            };
            let seeds = (0..roll_outs).map(|number| seed_of(seed, number, strength));
            rolls[strength] = seeds.map(|seed| roll_out(&setting, seed)).collect();
        }
        let days = (0..rolls[MIDDLE][0].days.len()).map(|place| self.day(&rolls, place)).collect();
        Outcome { days, recall: range(&rolls, |roll| roll.recall[0]), roll_outs }
    }

    /// Weighted recall on the last day if there is no study at all.
    pub fn without_study(&self) -> Range {
        let target = self.target();
        let of = |(model, cards): &Truth| {
            let memories = cards.iter().map(|card| card.truth);
            recall_without_study(model, memories, &target.readiness, target.day)
        };
        let truths = self.truths();
        ordered(of(&truths[0]), of(&truths[1]), of(&truths[2]))
    }

    fn policy(&self, way: Way) -> Policy {
        match way {
            Way::Plan => Policy::Score { floor: DONE_PER_SECOND },
            Way::Due => Policy::Due(DueRules {
                retention: self.retention,
                new_per_day: self.new_per_day,
                // The minutes are the limit.
                reviews_per_day: u32::MAX,
            }),
        }
    }

    fn target(&self) -> Target {
        let weights = self.cards.iter().map(|card| card.weights[0].value).collect();
        Target::of_all((self.until - self.today).max(1), weights)
    }

    fn truths(&self) -> Vec<Truth> {
        let mut truths = truths(self.scorer.model(), self.strength, &self.cards, self.today);
        for (_, cards) in &mut truths {
            for (card, due) in cards.iter_mut().zip(&self.due) {
                card.due = due.map_or(0, |due| due - self.today);
            }
        }
        truths
    }

    fn day(&self, rolls: &Rolls, place: usize) -> OutcomeDay {
        let days: Vec<&SimDay> =
            rolls[MIDDLE].iter().filter_map(|roll| roll.days.get(place)).collect();
        let mean = |of: fn(&SimDay) -> f32| {
            days.iter().map(|day| of(day)).sum::<f32>() / count(days.len().max(1))
        };
        let recall = range(rolls, |roll| roll.days.get(place).map_or(0.0, |day| day.readiness));
        OutcomeDay {
            day: self.today + i32::try_from(place).unwrap_or(i32::MAX),
            reviews: mean(|day| cards(day.reviews)),
            new: mean(|day| cards(day.new)),
            minutes: mean(|day| day.seconds) / 60.0,
            recall,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of days or roll-outs")]
fn count(number: usize) -> f32 {
    number as f32
}

#[expect(clippy::cast_precision_loss, reason = "cards of a day")]
fn cards(number: u32) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::{Way, WhatIf};
    use crate::domain::review::Rating;
    use crate::domain::time::Day;
    use crate::study::habits::Habits;
    use crate::study::model::{DEFAULT_PARAMETERS, Model};
    use crate::study::plan::PlanCard;
    use crate::study::score::Scorer;
    use crate::study::strength::Strength;
    use crate::study::weigh::Weight;

    const TODAY: Day = Day(20_785);

    fn unseen() -> PlanCard {
        PlanCard {
            memory: None,
            history: Vec::new(),
            recall_now: 0.0,
            length: 1.0,
            weights: vec![Weight { value: 1.0, belongs: true }],
        }
    }

    fn question(cards: Vec<PlanCard>, days: i32, minutes: f32) -> WhatIf {
        WhatIf {
            today: TODAY,
            until: TODAY + days,
            budgets: vec![minutes * 60.0; usize::try_from(days).expect("some days")],
            due: vec![None; cards.len()],
            cards,
            retention: 0.9,
            new_per_day: 10,
            scorer: Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR),
            strength: Strength::PRIOR,
        }
    }

    #[test]
    fn the_plan_knows_more_on_the_day_than_due_days_for_the_same_minutes() {
        let question = question(vec![unseen(); 200], 14, 15.0);
        let [plan, due] = [Way::Plan, Way::Due].map(|way| question.outcome(way, 1));
        assert!(plan.recall.middle > due.recall.middle + 0.05, "{plan:?} {due:?}");
        assert_eq!((plan.days.len(), plan.days[13].day), (14, TODAY + 13));
        for outcome in [plan, due] {
            assert!(outcome.mean(|day| day.minutes) <= 15.2, "{outcome:?}");
            let range = outcome.recall;
            assert!(range.low < range.middle && range.middle < range.high);
        }
    }

    #[test]
    fn due_days_take_so_many_new_cards_and_more_reviews_at_a_higher_retention() {
        let of = |retention, new_per_day| {
            let mut question = question(vec![unseen(); 200], 20, 600.0);
            (question.retention, question.new_per_day) = (retention, new_per_day);
            question.outcome(Way::Due, 2)
        };
        let (usual, strict) = (of(0.9, 5), of(0.97, 5));
        assert!(usual.days.iter().all(|day| (day.new - 5.0).abs() < 1e-4), "{usual:?}");
        assert!(strict.mean(|day| day.reviews) > usual.mean(|day| day.reviews) * 1.2);
        assert!((of(0.9, 0).recall.high).abs() < 1e-6);
    }

    #[test]
    fn a_card_that_is_due_later_is_not_asked_before() {
        let model = Model::new(DEFAULT_PARAMETERS);
        let seen = PlanCard {
            memory: Some((model.first(Rating::Good), TODAY + -1)),
            history: vec![(TODAY + -1, Rating::Good)],
            ..unseen()
        };
        let mut question = question(vec![seen; 10], 6, 60.0);
        question.due = vec![Some(TODAY + 3); 10];
        let days = question.outcome(Way::Due, 3).days;
        let reviews: Vec<f32> = days.iter().take(4).map(|day| day.reviews).collect();
        assert_eq!(reviews, [0.0, 0.0, 0.0, 10.0]);
        let left = question.without_study();
        assert!(left.low > 0.1 && left.high < 0.95 && left.low < left.high, "{left:?}");
    }
}
