//! Plans as a user sees them: what fits, what each day holds, what will be known, and when a card comes back.

use super::{DayKind, Plan, PlanCard, PlanInputs, Planner};
use crate::domain::interview::{Interview, StudyTime};
use crate::domain::memory::{MemoryState, NextMeeting};
use crate::domain::review::Rating;
use crate::domain::time::Day;
use crate::study::habits::Habits;
use crate::study::model::{DEFAULT_PARAMETERS, Model};
use crate::study::score::Scorer;
use crate::study::strength::Strength;
use crate::study::weigh::Weight;

const TODAY: Day = Day(20_785);

fn interview(days: i32) -> Interview {
    Interview {
        day: TODAY + days,
        time: None,
        company: String::new(),
        role: String::new(),
        tags: Vec::new(),
    }
}

pub fn unseen() -> PlanCard {
    PlanCard {
        memory: None,
        history: Vec::new(),
        recall_now: 0.0,
        length: 1.0,
        weights: vec![Weight { value: 1.0, belongs: true }],
    }
}

fn known() -> PlanCard {
    let model = Model::new(DEFAULT_PARAMETERS);
    let history = vec![(TODAY + -3, Rating::Good)];
    let memory = model.first(Rating::Good);
    PlanCard {
        memory: Some((memory, TODAY + -3)),
        history,
        recall_now: model.recall(memory.stability, 3.0),
        ..unseen()
    }
}

pub fn inputs(cards: Vec<PlanCard>, days: i32, minutes: u32) -> PlanInputs {
    PlanInputs {
        today: TODAY,
        done_seconds: 0.0,
        interviews: vec![interview(days)],
        time: StudyTime::every_day(minutes),
        cards,
        scorer: Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR),
        strength: Strength::PRIOR,
    }
}

pub fn drawn(inputs: PlanInputs) -> Plan {
    let mut planner = Planner::new(inputs, 1);
    planner.draw();
    planner.plan()
}

#[test]
fn following_the_plan_is_better_than_stopping_and_the_range_holds_the_middle() {
    let plan = drawn(inputs(vec![known(); 100], 14, 10));
    let forecast = &plan.interviews[0];
    assert!(forecast.followed.middle > forecast.stopped.middle + 0.1, "{forecast:?}");
    for range in [forecast.followed, forecast.stopped] {
        assert!(range.low < range.middle && range.middle < range.high, "{range:?}");
    }
    assert!((forecast.today - known().recall_now).abs() < 1e-4);
    assert_eq!((forecast.cards, forecast.seen), (100, 100));
}

#[test]
fn a_plan_has_every_day_until_the_interview_and_no_minute_more_than_given() {
    let mut given = inputs(vec![unseen(); 200], 10, 20);
    given.time.days_off = vec![TODAY + 4];
    let plan = drawn(given);
    let days: Vec<Day> = plan.days.iter().map(|day| day.day).collect();
    assert_eq!(days, (0..=10).map(|ahead| TODAY + ahead).collect::<Vec<_>>());
    assert_eq!(plan.days[4].kind, DayKind::Off);
    assert!(plan.days[4].minutes == 0.0 && plan.days[4].reviews == 0.0);
    assert_eq!(plan.days[10].kind, DayKind::Interview(0));
    let spent: f32 = plan.days.iter().map(|day| day.minutes).sum();
    assert!(spent <= 9.0 * 20.0 + 2.0, "{spent}");
    assert!(plan.days.windows(2).all(|two| two[0].readiness.low <= two[0].readiness.high));
}

#[test]
fn what_was_studied_today_is_taken_off_today() {
    let mut given = inputs(vec![unseen(); 200], 5, 30);
    given.done_seconds = 29.0 * 60.0;
    let plan = drawn(given);
    assert!(plan.days[0].minutes < 3.0 && plan.days[1].minutes > 25.0, "{:?}", plan.days);
}

#[test]
fn capacity_is_arithmetic_that_can_be_checked() {
    let mut cards = vec![unseen(); 8];
    cards.extend(vec![known(); 2]);
    cards.push(PlanCard { weights: vec![Weight { value: 0.1, belongs: false }], ..unseen() });
    let capacity = drawn(inputs(cards, 4, 3)).capacity;
    let (first, recall) =
        (Habits::PRIOR.mean_first_seconds(), Habits::PRIOR.mean_review_seconds(0.9));
    let needed = (8.0 * (first + 3.0 * recall) + 2.0 * 2.0 * recall) / 60.0;
    assert_eq!((capacity.cards, capacity.days), (10, 4));
    assert!((capacity.minutes_given - 12.0).abs() < 1e-4);
    assert!((capacity.minutes_needed - needed).abs() < 1e-2, "{capacity:?} {needed}");
    // 12 minutes: two known cards first, then as many new ones as fit.
    let new = ((12.0 * 60.0 - 4.0 * recall) / (first + 3.0 * recall)).floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful")]
    let fit = 2 + new as usize;
    assert_eq!(capacity.fit, fit);
    assert_eq!(capacity.more_minutes, 5);
}

#[test]
fn a_card_outside_the_interview_changes_no_readiness() {
    let mut cards = vec![known(); 50];
    let alone = drawn(inputs(cards.clone(), 9, 60)).interviews[0].stopped;
    cards.extend(vec![
        PlanCard { weights: vec![Weight { value: 0.1, belongs: false }], ..unseen() };
        50
    ]);
    assert_eq!(drawn(inputs(cards, 9, 60)).interviews[0].stopped, alone);
}

#[test]
fn with_plenty_of_minutes_and_a_far_date_the_first_days_are_light() {
    let far = drawn(inputs(vec![unseen(); 100], 60, 30));
    let dense = far.dense_from.expect("light days");
    assert!(dense > TODAY + 10 && dense < TODAY + 58, "{dense:?}");
    assert_eq!(far.days[0].kind, DayKind::Light);
    assert!(far.days[0].minutes <= 16.0);
    for minutes in [15, 30] {
        let scarce = drawn(inputs(vec![unseen(); 300], 14, minutes));
        assert!(scarce.capacity.fit < 300);
        assert_eq!(scarce.dense_from, None, "where not all fits, no day is light");
    }
}

#[test]
fn days_off_are_not_light_days() {
    let mut scarce = inputs(vec![unseen(); 300], 14, 15);
    scarce.time.days_off = (0..4).map(|ahead| TODAY + ahead).collect();
    let plan = drawn(scarce);
    assert_eq!(plan.dense_from, None);
    assert!(plan.days.iter().all(|day| day.kind != DayKind::Light));
}

#[test]
fn more_minutes_a_day_promise_more() {
    let mut planner = Planner::new(inputs(vec![unseen(); 300], 14, 20), 3);
    planner.finish();
    let plan = planner.plan();
    assert_eq!(plan.levels.len(), super::LEVELS.len());
    assert!(
        plan.levels.windows(2).all(|two| two[0].readiness.middle <= two[1].readiness.middle + 0.01)
    );
    let own = plan.interviews[0].followed.middle;
    let same = plan.levels.iter().find(|level| level.minutes == 20).expect("20 minutes");
    assert!((own - same.readiness.middle).abs() < 0.02, "{own} {same:?}");
}

#[test]
fn two_interviews_have_each_their_forecast() {
    let mut given = inputs(Vec::new(), 5, 30);
    given.interviews.push(interview(12));
    let of = |first: bool| PlanCard {
        weights: vec![
            Weight { value: if first { 1.0 } else { 0.1 }, belongs: first },
            Weight { value: if first { 0.1 } else { 1.0 }, belongs: !first },
        ],
        ..unseen()
    };
    given.cards = (0..120).map(|number| of(number % 2 == 0)).collect();
    let plan = drawn(given);
    assert_eq!(plan.days.len(), 13);
    assert_eq!(plan.days[5].kind, DayKind::Interview(0));
    assert_eq!(plan.days[12].kind, DayKind::Interview(1));
    assert!(plan.interviews.iter().all(|it| it.followed.middle > 0.7), "{:?}", plan.interviews);
    assert_eq!((plan.interviews[0].cards, plan.interviews[1].cards), (60, 60));
}

#[test]
fn a_weaker_grade_brings_a_card_back_no_later() {
    let aim = Planner::new(inputs(vec![known(); 120], 14, 15), 5).aim(0);
    let model = Model::new(DEFAULT_PARAMETERS);
    let day = |memory: MemoryState| match aim.next_meeting(memory, Weight::ORDINARY, 1.0) {
        NextMeeting::On(day) => day.0,
        NextMeeting::NotBefore(day) => day.0 + 1000,
    };
    let after = |rating| day(model.first(rating));
    assert!(
        after(Rating::Hard) <= after(Rating::Good) && after(Rating::Good) <= after(Rating::Easy)
    );
    assert!(after(Rating::Hard) > TODAY.0);
    let solid = MemoryState { stability: 5000.0, difficulty: 2.0 };
    assert_eq!(aim.next_meeting(solid, Weight::ORDINARY, 1.0), NextMeeting::NotBefore(TODAY + 14));
}

#[test]
fn a_card_outside_the_interview_is_not_held_for_it() {
    // Ample time for the interview's cards: each day holds what slips.
    let aim = Planner::new(inputs(vec![known(); 60], 30, 60), 5).aim(0);
    let memory = Model::new(DEFAULT_PARAMETERS).first(Rating::Good);
    let elsewhere = Weight { value: 1e-4, belongs: false };
    let within = Weight { value: 1e-4, belongs: true };
    assert!(matches!(aim.next_meeting(memory, within, 1.0), NextMeeting::On(_)));
    assert_eq!(aim.next_meeting(memory, elsewhere, 1.0), NextMeeting::NotBefore(TODAY + 30));
}

#[test]
fn the_same_seed_draws_the_same_plan() {
    let plan = |seed| {
        let mut planner = Planner::new(inputs(vec![unseen(); 60], 9, 10), seed);
        planner.draw();
        planner.plan()
    };
    assert_eq!(plan(4), plan(4));
    assert_ne!(plan(4).days, plan(5).days);
}
