//! How strong a memory is against what its parameters say, as far as the log shows: a range, from prior to posterior.
//!
//! Learners differ along one axis more than along any other: first stabilities, growth and decay together
//! (`simulation::learner::shifted`). Before any answer eight learners in ten are between -1.25 and 1.25 on it; every review of
//! a later day then says more. A forecast runs at both ends of the range and in its middle.

use crate::domain::memory::MemoryState;
use crate::domain::review::Rating;
use crate::domain::time::Day;
use crate::study::model::{Model, PARAMETERS};
use crate::study::simulation::learner::shifted;

/// A rating of a card on a study day.
pub type Rated = (Day, Rating);

/// The range of strengths that a learner may have: eight in ten such learners are within it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// One in ten is weaker.
    pub low: f32,
    /// As many are weaker as stronger.
    pub middle: f32,
    /// One in ten is stronger.
    pub high: f32,
}

/// Standard deviation before any answer: one in ten is below -1.25. Along this axis alone it would be -1; what learners
/// differ in besides is put on the same axis, so that the range holds (`docs/scheduling.md`, "Forecast").
const PRIOR_DEVIATION: f32 = 0.98;
/// The axis is looked at from -2.5 to 2.5 in steps of a quarter.
const STEPS: usize = 21;
/// Learners differ in more ways than this one: however long the log, the range stays this wide on either side. With half a
/// step, one weak learner in four fell out of the range of a plan half done (`docs/scheduling.md`, "Forecast").
const LEAST_HALF_WIDTH: f32 = 0.75;

impl Strength {
    /// What is known before any answer.
    pub const PRIOR: Self = Self { low: -1.25, middle: 0.0, high: 1.25 };

    /// What these histories, each of one card in order, show against the parameters in use.
    #[expect(clippy::needless_pass_by_value, reason = "an iterator is cheap to clone")]
    pub fn of<'a>(
        parameters: &[f32; PARAMETERS],
        histories: impl Iterator<Item = &'a [Rated]> + Clone,
    ) -> Self {
        let mut weights: Vec<f64> = (0..STEPS).map(prior).collect();
        for (step, weight) in weights.iter_mut().enumerate() {
            let model = shifted(parameters, strength_at(step));
            *weight += histories.clone().map(|history| likelihood(&model, history)).sum::<f64>();
        }
        let most = weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = weights.iter().map(|weight| (weight - most).exp()).collect();
        if histories.clone().all(|history| history.len() < 2) {
            return Self::PRIOR;
        }
        let middle = quantile(&weights, 0.5);
        Self {
            low: quantile(&weights, 0.1).min(middle - LEAST_HALF_WIDTH),
            middle,
            high: quantile(&weights, 0.9).max(middle + LEAST_HALF_WIDTH),
        }
    }
}

fn strength_at(step: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "21 steps")]
    let step = step as f32;
    -2.5 + 0.25 * step
}

/// The logarithm of the prior, up to a constant.
fn prior(step: usize) -> f64 {
    let away = f64::from(strength_at(step) / PRIOR_DEVIATION);
    -0.5 * away * away
}

/// The logarithm of how likely the passes and failures of later days are.
fn likelihood(model: &Model, history: &[Rated]) -> f64 {
    let mut sum = 0.0;
    walk(model, history, |recall, rating| {
        let recall = f64::from(recall).clamp(0.001, 0.999);
        sum += if rating.is_pass() { recall.ln() } else { (1.0 - recall).ln() };
    });
    sum
}

/// The memory that a history leaves, with the day of its last change; none for an empty one.
pub fn memory_of(model: &Model, history: &[Rated]) -> Option<(MemoryState, Day)> {
    walk(model, history, |_, _| {})
}

fn walk(
    model: &Model,
    history: &[Rated],
    mut on_later_day: impl FnMut(f32, Rating),
) -> Option<(MemoryState, Day)> {
    let mut state: Option<(MemoryState, Day)> = None;
    for (day, rating) in history {
        state = Some(match state {
            None => (model.first(*rating), *day),
            Some((memory, last)) => {
                let elapsed = day.days_since(last);
                if elapsed == 0 {
                    // A clock set back takes no time.
                    (model.same_day(memory, *rating), last)
                } else {
                    #[expect(clippy::cast_precision_loss, reason = "days of a human life")]
                    let recall = model.recall(memory.stability, elapsed as f32);
                    on_later_day(recall, *rating);
                    (model.after(memory, *rating, recall), *day)
                }
            }
        });
    }
    state
}

/// The strength below which that share of the weight lies, between steps by straight lines.
fn quantile(weights: &[f64], share: f64) -> f32 {
    let all: f64 = weights.iter().sum();
    let mut below = 0.0;
    for (step, weight) in weights.iter().enumerate() {
        if below + weight >= share * all {
            #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
            let part = ((share * all - below) / weight.max(f64::MIN_POSITIVE)) as f32;
            // The weight of a step lies around it.
            return strength_at(step) + 0.25 * (part - 0.5);
        }
        below += weight;
    }
    strength_at(weights.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::{Rated, Strength, memory_of};
    use crate::domain::review::Rating;
    use crate::domain::time::Day;
    use crate::study::model::{DEFAULT_PARAMETERS, Model};

    fn strength(histories: &[Vec<Rated>]) -> Strength {
        Strength::of(&DEFAULT_PARAMETERS, histories.iter().map(Vec::as_slice))
    }

    fn history(second: Rating) -> Vec<Rated> {
        vec![(Day(0), Rating::Good), (Day(4), second)]
    }

    #[test]
    fn without_reviews_of_a_later_day_the_prior_holds() {
        assert_eq!(strength(&[]), Strength::PRIOR);
        assert_eq!(strength(&[vec![(Day(0), Rating::Good)]]), Strength::PRIOR);
    }

    #[test]
    fn failures_show_a_weak_memory_and_passes_a_strong_one() {
        let weak = strength(&vec![history(Rating::Again); 30]);
        let strong = strength(&vec![history(Rating::Good); 30]);
        assert!(weak.middle < -1.0 && strong.middle > 0.3, "{weak:?} {strong:?}");
    }

    #[test]
    fn the_range_narrows_with_the_log_but_never_to_a_point() {
        // Recall after 4 days is 83 % by the default parameters.
        let mut log = vec![history(Rating::Good); 83];
        log.extend(vec![history(Rating::Again); 17]);
        let few = strength(&log[78..84]);
        let many = strength(&log);
        assert!(many.high - many.low < few.high - few.low, "{few:?} {many:?}");
        assert!(many.high - many.low >= 1.5 && many.middle.abs() < 0.3, "{many:?}");
    }

    #[test]
    fn a_clock_set_back_takes_no_time() {
        let model = Model::new(DEFAULT_PARAMETERS);
        let back = [(Day(5), Rating::Good), (Day(3), Rating::Good)];
        let same = [(Day(5), Rating::Good), (Day(5), Rating::Good)];
        assert_eq!(memory_of(&model, &back), memory_of(&model, &same));
        assert_eq!(memory_of(&model, &[]), None);
    }
}
