//! Whether the range of a plan holds what becomes of the learners who follow it; `benches/deadline` looks at more of them.

use super::tests::{drawn, inputs, unseen};
use super::{DONE_PER_SECOND, LIGHT_SHARE, Plan};
use crate::study::habits::Habits;
use crate::study::model::{DEFAULT_PARAMETERS, Model};
use crate::study::score::Scorer;
use crate::study::simulation::learner::{Learner, Spread};
use crate::study::simulation::{Policy, Setting, SimCard, Target, roll_out};

const LEARNERS: u64 = 30;

#[test]
fn of_learners_who_differ_as_users_do_eight_in_ten_end_within_the_range_of_their_plan() {
    for (days, minutes) in [(3, 60), (7, 15), (14, 15)] {
        let plan = drawn(inputs(vec![unseen(); 120], days, minutes));
        let range = plan.interviews[0].followed;
        let is_within = |learner: &u64| {
            let truth = follow(&plan, *learner);
            (range.low..=range.high).contains(&truth)
        };
        let within = (1..=LEARNERS).filter(is_within).count();
        assert!(within * 10 >= 8 * 30, "{days} x {minutes}: {within} of {LEARNERS}, {range:?}");
        // A range that holds everything would say nothing.
        assert!(range.high - range.low < 0.45, "{days} x {minutes}: {range:?}");
    }
}

/// The recall on the day of a learner who does what the plan says.
fn follow(plan: &Plan, number: u64) -> f32 {
    let spread = Spread { learners: 1.0, cards: 0.4 };
    let Learner { model, noise } = Learner::draw(spread, plan.interviews[0].cards, number);
    let card = |noise| SimCard { believed: None, truth: None, due: 0, length: 1.0, noise };
    let cards: Vec<SimCard> = noise.into_iter().map(card).collect();
    let budget = |day: &super::PlanDay| {
        let share = if day.kind == super::DayKind::Light { LIGHT_SHARE } else { 1.0 };
        f32::from(u16::try_from(day.given_minutes).expect("minutes")) * 60.0 * share
    };
    let days = &plan.days[..plan.days.len() - 1];
    let last = i32::try_from(days.len()).expect("some days");
    let setting = Setting {
        scorer: &Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR),
        truth: &model,
        cards: &cards,
        budgets: &days.iter().map(budget).collect::<Vec<f32>>(),
        targets: &[Target::of_all(last, vec![1.0; cards.len()])],
        policy: Policy::Score { floor: DONE_PER_SECOND },
    };
    roll_out(&setting, number).recall[0]
}
