//! The three learners behind every forecast: how often each is simulated, and what range their fates make.

use crate::domain::time::Day;
use crate::study::model::Model;
use crate::study::plan::{PlanCard, Range};
use crate::study::simulation::learner::shifted;
use crate::study::simulation::{RollOut, Seen, SimCard};
use crate::study::strength::{Strength, memory_of};

/// The strengths in their order: weak, middle, strong.
pub const STRENGTHS: usize = 3;
/// The place of the middle one.
pub const MIDDLE: usize = 1;

/// Learners differ in more ways than one: so much is added at both ends of a range.
const MARGIN: f32 = 0.01;

/// Roll-outs of each strength over up to [`LONG`] days; longer ones are fewer, as each takes longer.
const ROLL_OUTS: usize = 20;
/// Days from which there are fewer roll-outs.
const LONG: usize = 40;

/// Roll-outs of each learner.
pub type Rolls = [Vec<RollOut>; STRENGTHS];

/// How memory works for a learner, with the cards as they are then.
pub type Truth = (Model, Vec<SimCard>);

/// How often each learner is simulated over so many days.
pub fn roll_outs(days: i32) -> usize {
    let days = usize::try_from(days).unwrap_or(0).max(1);
    (ROLL_OUTS * LONG / days).clamp(4, ROLL_OUTS)
}

/// With how many roll-outs the first dense day is looked for over so many days.
pub fn search_roll_outs(days: i32) -> usize {
    const SEARCH: usize = 4;
    let days = usize::try_from(days).unwrap_or(0).max(1);
    (SEARCH * LONG / days).clamp(2, SEARCH)
}

/// The seed of a roll-out of a learner.
pub fn seed_of(seed: u64, number: usize, strength: usize) -> u64 {
    let place = u64::try_from(number * STRENGTHS + strength).unwrap_or(0);
    seed.wrapping_add(place.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The weak, the middle and the strong learner of a range.
pub fn truths(
    parameters: &Model,
    strength: Strength,
    cards: &[PlanCard],
    today: Day,
) -> Vec<Truth> {
    [strength.low, strength.middle, strength.high]
        .map(|strength| {
            let model = shifted(parameters.parameters(), strength);
            let cards = cards.iter().map(|card| simulated(card, &model, today)).collect();
            (model, cards)
        })
        .to_vec()
}

/// A card as it is for a learner with that memory.
fn simulated(card: &PlanCard, model: &Model, today: Day) -> SimCard {
    let seen = |(memory, day): (_, Day)| Seen { memory, day: day - today };
    let believed = card.memory.map(seen);
    SimCard {
        believed,
        // A schedule without a readable history is believed as it is.
        truth: memory_of(model, &card.history).map(seen).or(believed),
        due: 0,
        length: card.length,
        noise: 1.0,
    }
}

/// The middle, and a range from the weak learner's less to the strong one's more: chance moves both a little.
pub fn range(rolls: &Rolls, of: impl Fn(&RollOut) -> f32) -> Range {
    let [low, middle, high] = [0, 1, 2].map(|strength| spread(&rolls[strength], &of));
    // Where even the strong learner knows nothing, nothing was studied.
    let margin = if high.0 > 0.0 { MARGIN } else { 0.0 };
    ordered(low.0 - low.1 - margin, middle.0, high.0 + high.1 + margin)
}

/// Mean and standard deviation.
fn spread(rolls: &[RollOut], of: impl Fn(&RollOut) -> f32) -> (f32, f32) {
    if rolls.is_empty() {
        return (0.0, 0.0);
    }
    let values: Vec<f32> = rolls.iter().map(of).collect();
    let mean = values.iter().sum::<f32>() / count(values.len());
    let square = values.iter().map(|value| (value - mean).powi(2)).sum::<f32>();
    (mean, (square / count(values.len())).sqrt())
}

/// A range whose ends are on their sides of the middle.
pub fn ordered(low: f32, middle: f32, high: f32) -> Range {
    Range {
        low: low.min(middle).clamp(0.0, 1.0),
        middle: middle.clamp(0.0, 1.0),
        high: high.max(middle).clamp(0.0, 1.0),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of roll-outs")]
fn count(number: usize) -> f32 {
    number as f32
}
