//! What fits into the minutes until the interview: arithmetic that the user can check, without any simulation.

use crate::domain::time::Day;
use crate::study::plan::PlanInputs;

/// Recalls on different days after which a card counts as ready.
pub const RECALLS: u32 = 3;

/// What fits, and the two ways out where not all does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    /// Days with study until the first interview, its own day left out.
    pub days: u32,
    /// Minutes on them in all.
    pub minutes_given: f32,
    /// Minutes of a first meeting with an average card of the interview.
    pub first_minutes: f32,
    /// Minutes of one later recall of an average card of the interview.
    pub recall_minutes: f32,
    /// The interview's cards.
    pub cards: usize,
    /// Minutes that all of them need for a first meeting, where they were not seen, and three recalls on three days.
    pub minutes_needed: f32,
    /// How many of them fit, those that count most first.
    pub fit: usize,
    /// Minutes more on each study day with which all would fit, in steps of five; 0 where they do.
    pub more_minutes: u32,
}

/// A card's need: its weight, the seconds it takes.
struct Need {
    weight: f32,
    seconds: f32,
}

/// Counts what fits until the first interview.
pub fn capacity(inputs: &PlanInputs) -> Capacity {
    let interview = &inputs.interviews[0];
    let study_days: Vec<Day> = (inputs.today.0..interview.day.0)
        .map(Day)
        .filter(|day| inputs.time.minutes_on(*day) > 0)
        .collect();
    let given: f32 = study_days.iter().map(|day| minutes(inputs.time.minutes_on(*day))).sum();
    let given = (given - inputs.done_seconds / 60.0).max(0.0);
    let habits = inputs.scorer.habits();
    let (first, recall) = (habits.mean_first_seconds(), habits.mean_review_seconds(0.9));
    let mut needs: Vec<Need> = Vec::new();
    let mut lengths = 0.0;
    for card in inputs.cards.iter().filter(|card| card.weights[0].belongs) {
        let left = minutes(RECALLS.saturating_sub(card.recalls()));
        let start = if card.memory.is_none() { first } else { 0.0 };
        let seconds = (start + left * recall) * card.length;
        lengths += card.length;
        needs.push(Need { weight: card.weights[0].value, seconds });
    }
    // What counts most first; among equals what needs least, so that most fit.
    needs.sort_by(|one, other| {
        other.weight.total_cmp(&one.weight).then(one.seconds.total_cmp(&other.seconds))
    });
    let mean_length = lengths / count(needs.len().max(1));
    let needed = needs.iter().map(|need| need.seconds).sum::<f32>() / 60.0;
    let mut left = given * 60.0;
    let fit = needs
        .iter()
        .take_while(|need| {
            left -= need.seconds;
            left >= 0.0
        })
        .count();
    Capacity {
        days: u32::try_from(study_days.len()).unwrap_or(u32::MAX),
        minutes_given: given,
        first_minutes: first * mean_length / 60.0,
        recall_minutes: recall * mean_length / 60.0,
        cards: needs.len(),
        minutes_needed: needed,
        fit,
        more_minutes: more_minutes(needed - given, study_days.len()),
    }
}

/// The missing minutes on each study day, rounded up to five.
fn more_minutes(missing: f32, days: usize) -> u32 {
    if missing <= 0.0 || days == 0 {
        return 0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, and nothing is missing below 0"
    )]
    let steps = (missing / count(days) / 5.0).ceil() as u32;
    steps.saturating_mul(5)
}

#[expect(clippy::cast_precision_loss, reason = "minutes of a day, a few recalls")]
fn minutes(number: u32) -> f32 {
    number as f32
}

#[expect(clippy::cast_precision_loss, reason = "a number of cards or days")]
fn count(number: usize) -> f32 {
    number as f32
}
