//! What scores, roll-outs, plans and replays cost in time. The only figures that differ from run to run.

use std::hint::black_box;
use std::time::Instant;

use prep::lab::{
    DEFAULT_PARAMETERS, Habits, MemoryState, Model, Planner, Policy, Scorer, Setting, SimCard,
    Target, fitter, replayer, roll_out,
};

use crate::honesty::Case;
use crate::worlds::Who;

const CARDS: u16 = 500;
const DAYS: u16 = 14;
const MINUTES: f32 = 20.0;
/// Repetitions of which the fastest counts: what else the machine does only slows.
const TRIES: usize = 7;

/// Every line of the section.
pub fn lines() -> Vec<String> {
    vec![
        score(),
        one_roll_out(),
        plan(i32::from(DAYS)),
        plan(60),
        plan(120),
        replay_of_log(),
        fit(),
    ]
}

fn score() -> String {
    const SCORES: u16 = 2000;
    let scorer = Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR);
    let seconds = fastest(|| {
        for card in 0..SCORES {
            let stability = 0.5 + f32::from(card) / 50.0;
            let memory = MemoryState { stability, difficulty: 1.0 + f32::from(card % 9) };
            black_box(scorer.seen(black_box(memory), 3.0, 12.0).rank(1.0, 1.0, 0.9));
        }
    });
    let each = seconds * 1e9 / f64::from(SCORES);
    format!("score of a card: {each:.0} ns; of {SCORES} cards: {:.2} ms", seconds * 1e3)
}

fn one_roll_out() -> String {
    let model = Model::new(DEFAULT_PARAMETERS);
    let seconds = fastest(|| {
        black_box(study(&model, 1));
    });
    format!(
        "roll-out of {CARDS} cards, {DAYS} days, {MINUTES} minutes a day: {:.2} ms",
        seconds * 1e3
    )
}

/// The planner as the program runs it, until the page can be shown: the learner's own minutes.
fn plan(days: i32) -> String {
    let case =
        Case { cards: usize::from(CARDS), length: 1.0, days, minutes: 20, who: Who::Default };
    let inputs = case.new_plan();
    let seconds = fastest(|| {
        let mut planner = Planner::new(inputs.clone(), 1);
        planner.draw();
        black_box(planner.plan());
    });
    format!("per plan of {CARDS} cards, {days} days, 20 minutes a day: {:.0} ms", seconds * 1e3)
}

fn fit() -> String {
    const REVIEWS: u32 = 10_000;
    const FITTED_CARDS: u32 = 1000;
    let fit = fitter(REVIEWS, FITTED_CARDS);
    let seconds = fastest(|| {
        black_box(fit());
    });
    format!("per fit to {REVIEWS} reviews of {FITTED_CARDS} cards: {:.0} ms", seconds * 1e3)
}

fn study(truth: &Model, seed: u64) -> f32 {
    let scorer = Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR);
    let card = SimCard { believed: None, truth: None, due: 0, length: 1.0, noise: 1.0 };
    let cards = vec![card; usize::from(CARDS)];
    let budgets = vec![MINUTES * 60.0; usize::from(DAYS)];
    let weights = vec![1.0; usize::from(CARDS)];
    let targets = [Target::of_all(i32::from(DAYS), weights)];
    let setting = Setting {
        scorer: &scorer,
        truth,
        cards: &cards,
        budgets: &budgets,
        targets: &targets,
        policy: Policy::Score { floor: 0.0 },
    };
    roll_out(&setting, seed).recall[0]
}

fn replay_of_log() -> String {
    const REVIEWS: u32 = 10_000;
    const REPLAYED_CARDS: u32 = 1000;
    let replay = replayer(REVIEWS, REPLAYED_CARDS);
    let seconds = fastest(|| {
        black_box(replay());
    });
    format!("replay of {REVIEWS} reviews of {REPLAYED_CARDS} cards: {:.1} ms", seconds * 1e3)
}

fn fastest(mut run: impl FnMut()) -> f64 {
    let mut once = || {
        let began = Instant::now();
        run();
        began.elapsed().as_secs_f64()
    };
    (0..TRIES).map(|_| once()).fold(f64::INFINITY, f64::min)
}
