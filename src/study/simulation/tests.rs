//! What the schedulers reach for the default learner: the promise of `docs/scheduling.md`, on fewer learners.

use super::{DueRules, Policy, Setting, SimCard, Target, roll_out};
use crate::study::habits::Habits;
use crate::study::model::{DEFAULT_PARAMETERS, Model};
use crate::study::score::Scorer;

const CARDS: usize = 300;
/// Days, minutes a day, and the most that any schedule can reach (the Lagrangian bound of `docs/scheduling.md`).
const CELLS: [(i32, f32, f32); 7] = [
    (3, 60.0, 0.827),
    (7, 15.0, 0.457),
    (7, 30.0, 0.865),
    (14, 15.0, 0.818),
    (14, 30.0, 0.985),
    (30, 15.0, 0.985),
    (60, 15.0, 0.996),
];

fn mean_recall(policy: Policy, days: i32, minutes: f32) -> f32 {
    let model = Model::new(DEFAULT_PARAMETERS);
    let scorer = Scorer::new(model.clone(), Habits::PRIOR);
    let card = SimCard { believed: None, truth: None, due: 0, length: 1.0, noise: 1.0 };
    let cards = [card; CARDS];
    let budgets = vec![minutes * 60.0; usize::try_from(days).unwrap()];
    let targets = [Target::of_all(days, vec![1.0; CARDS])];
    let setting = Setting {
        scorer: &scorer,
        truth: &model,
        cards: &cards,
        budgets: &budgets,
        targets: &targets,
        policy,
    };
    (1..=16).map(|seed| roll_out(&setting, seed).recall[0]).sum::<f32>() / 16.0
}

#[test]
fn the_score_beats_other_schedulers_and_comes_near_the_bound_for_the_default_learner() {
    for (days, minutes, bound) in CELLS {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "300 cards over some days"
        )]
        let new_per_day =
            (CARDS as f32 / days as f32).ceil().max(CARDS as f32 / (0.8 * days as f32)) as u32;
        let ours = mean_recall(Policy::Score { floor: 0.0 }, days, minutes);
        let anki = mean_recall(Policy::Due(DueRules::ANKI), days, minutes);
        let spread = Policy::Due(DueRules { new_per_day, ..DueRules::ANKI });
        let spread = mean_recall(spread, days, minutes);
        let cell = format!(
            "{days} days of {minutes} min: ours {ours}, Anki {anki}, N/D {spread}, bound {bound}"
        );
        assert!(ours >= anki, "{cell}");
        assert!(ours >= spread - 0.005, "{cell}");
        assert!(ours >= bound - 0.03, "{cell}");
    }
}
