//! Learners who differ from the default: drawn by the real spread among users, or weak and strong ones.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::domain::memory::Parameters;
use crate::study::model::{DEFAULT_PARAMETERS, Model, PARAMETERS};

/// Standard deviations of the parameters among users, `w4` to `w20` (fsrs 6.6.2, `training.rs`, `PARAMS_STDDEV`).
const SPREAD: [f32; 17] = [
    0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14,
    0.27,
];

/// How learners spread: strength among each other, and cards within one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// 0: all are the default learner; 1: as real users differ; 2: twice that.
    pub learners: f32,
    /// Standard deviation of the hidden logarithmic factor on a card's first stability.
    pub cards: f32,
}

/// A learner: how memory works, and how each card differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Learner {
    /// The memory.
    pub model: Model,
    /// A factor on the first stability of each card.
    pub noise: Vec<f32>,
}

impl Learner {
    /// Draws a learner with `cards` cards.
    pub fn draw(spread: Spread, cards: usize, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut w = DEFAULT_PARAMETERS;
        let shared = 0.6 * spread.learners * normal(&mut rng);
        for stability in &mut w[..4] {
            let own = 0.5 * spread.learners * normal(&mut rng);
            *stability = (*stability * (shared + own).exp()).clamp(0.001, 100.0);
        }
        for (number, deviation) in (4..).zip(SPREAD) {
            let (low, high) = Parameters::RANGES[number];
            let moved = w[number] + 0.5 * spread.learners * deviation * normal(&mut rng);
            w[number] = moved.clamp(low, high);
        }
        let noise = (0..cards).map(|_| (spread.cards * normal(&mut rng)).exp()).collect();
        Self { model: Model::new(w), noise }
    }
}

/// The parameters of a learner `strength` steps from these: -1 is weak, 1 is strong, and eight learners in ten are between.
///
/// First stabilities times `e^strength`, `w8` + 0.4 `strength`, decay - 0.08 `strength`.
pub fn shifted(parameters: &[f32; PARAMETERS], strength: f32) -> Model {
    let mut w = *parameters;
    for stability in &mut w[..4] {
        *stability = (*stability * strength.exp()).clamp(0.001, 100.0);
    }
    w[8] = (w[8] + 0.4 * strength).clamp(0.0, 4.5);
    w[20] -= 0.08 * strength;
    Model::new(w)
}

/// A normal number with mean 0 and standard deviation 1 (Box and Muller).
fn normal(rng: &mut StdRng) -> f32 {
    let radius = (-2.0 * (1.0 - rng.random::<f32>()).ln()).sqrt();
    radius * (std::f32::consts::TAU * rng.random::<f32>()).cos()
}
