//! What fits into the minutes until the interview: arithmetic that the user can check, without any simulation.

use crate::domain::time::Day;
use crate::study::plan::PlanInputs;

/// Recalls on different days after which a card counts as ready.
pub const RECALLS: u32 = 3;

/// What fits, and the two ways out where not all does.
///
/// `first_meetings` x `first_minutes` + `recalls` x `recall_minutes` = `minutes_needed`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    /// Days with study until the first interview, its own day left out.
    pub days: u32,
    /// Minutes on them in all.
    pub minutes_given: f32,
    /// The interview's cards.
    pub cards: usize,
    /// Those of them that were not seen: each is met a first time.
    pub first_meetings: usize,
    /// Minutes of a first meeting, on average.
    pub first_minutes: f32,
    /// Recalls on days of their own that are missing to three for every card.
    pub recalls: u32,
    /// Minutes of one of them, on average.
    pub recall_minutes: f32,
    /// Minutes of all of that.
    pub minutes_needed: f32,
    /// How many of the cards fit, those that count most first.
    pub fit: usize,
    /// Minutes more on each study day with which all would fit, in steps of five; 0 where they do.
    pub more_minutes: u32,
}

/// A card's need: its weight, the seconds it takes.
struct Need {
    weight: f32,
    seconds: f32,
}

/// What the interview's cards need in all.
#[derive(Default)]
struct Needs {
    each: Vec<Need>,
    first_meetings: usize,
    first_seconds: f32,
    recalls: u32,
    recall_seconds: f32,
}

/// Counts what fits until the first interview.
pub fn capacity(inputs: &PlanInputs) -> Capacity {
    let (days, given) = given(inputs);
    let needs = needs(inputs);
    let needed = (needs.first_seconds + needs.recall_seconds) / 60.0;
    let mean = |seconds: f32, meetings: f32| seconds / meetings.max(1.0) / 60.0;
    Capacity {
        days: u32::try_from(days).unwrap_or(u32::MAX),
        minutes_given: given,
        cards: needs.each.len(),
        first_meetings: needs.first_meetings,
        first_minutes: mean(needs.first_seconds, count(needs.first_meetings)),
        recalls: needs.recalls,
        recall_minutes: mean(needs.recall_seconds, minutes(needs.recalls)),
        minutes_needed: needed,
        fit: how_many_fit(&needs.each, given * 60.0),
        more_minutes: more_minutes(needed - given, days),
    }
}

/// Days with study and the minutes on them, what was studied today taken off today's.
fn given(inputs: &PlanInputs) -> (usize, f32) {
    let interview = &inputs.interviews[0];
    let each = (inputs.today.0..interview.day.0).map(|day| inputs.time.minutes_on(Day(day)));
    let study_days: Vec<f32> = each.filter(|given| *given > 0).map(minutes).collect();
    let today = minutes(inputs.time.minutes_on(inputs.today));
    let is_study_day = interview.day > inputs.today;
    let done = if is_study_day { (inputs.done_seconds / 60.0).min(today) } else { 0.0 };
    (study_days.len(), study_days.iter().sum::<f32>() - done)
}

fn needs(inputs: &PlanInputs) -> Needs {
    let habits = inputs.scorer.habits();
    let (first, recall) = (habits.mean_first_seconds(), habits.mean_review_seconds(0.9));
    let mut needs = Needs::default();
    for card in inputs.cards.iter().filter(|card| card.weights[0].belongs) {
        let recalls = RECALLS.saturating_sub(card.recalls());
        let is_unseen = card.memory.is_none();
        let first = if is_unseen { first * card.length } else { 0.0 };
        let recall = minutes(recalls) * recall * card.length;
        needs.first_meetings += usize::from(is_unseen);
        needs.first_seconds += first;
        needs.recalls += recalls;
        needs.recall_seconds += recall;
        needs.each.push(Need { weight: card.weights[0].value, seconds: first + recall });
    }
    // What counts most first; among equals what needs least, so that most fit.
    needs.each.sort_by(|one, other| {
        other.weight.total_cmp(&one.weight).then(one.seconds.total_cmp(&other.seconds))
    });
    needs
}

fn how_many_fit(needs: &[Need], seconds: f32) -> usize {
    let mut left = seconds;
    let fits = |need: &&Need| {
        left -= need.seconds;
        left >= 0.0
    };
    needs.iter().take_while(fits).count()
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
