//! What a learner's answers cost and how they turn out: seconds and odds of every grade, learnt from the log.
//!
//! With few answers the priors hold; with many the learner's own means (docs: SCHEDULING in `docs/scheduling.md`).

use std::collections::BTreeMap;

use crate::domain::card::{CardKey, CardKind};
use crate::domain::deck::CardEntry;
use crate::domain::review::{Rating, Review, ReviewSource};
use crate::domain::time::Day;

/// Seconds of a grade and odds of grades. Seconds are those of a card of length 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habits {
    /// Seconds that the first meeting with a card takes, by its first grade, Again first. What the same day asks again is in it.
    pub first_seconds: [f32; 4],
    /// Seconds of a later meeting, likewise.
    pub review_seconds: [f32; 4],
    /// Odds of the grades of a first meeting; they add up to 1.
    pub first_odds: [f32; 4],
    /// Odds of Hard, Good and Easy where a card was recalled; they add up to 1.
    pub pass_odds: [f32; 3],
}

/// One card on one day: what it was graded first, and what it took in all that day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meeting {
    /// Whether the card had never been rated on an earlier day.
    pub is_first: bool,
    /// The first grade of the day.
    pub rating: Rating,
    /// All seconds of the card on that day.
    pub seconds: f32,
    /// The card's length against one of length 1.
    pub length: f32,
}

impl Habits {
    /// What is assumed of a learner of whom nothing is known: means of Anki's users, in seconds and odds, as in the FSRS
    /// crate's simulator (`SimulatorConfig::default`, learning steps counted in).
    pub const PRIOR: Self = Self {
        first_seconds: [62.2, 64.0, 30.8, 10.7],
        review_seconds: [38.2, 17.6, 12.4, 8.9],
        first_odds: [0.24, 0.094, 0.495, 0.171],
        pass_odds: [0.224, 0.631, 0.145],
    };

    /// Answers that a prior mean of seconds counts for.
    const PRIOR_ANSWERS: f32 = 20.0;
    /// Answers that the prior odds count for.
    const PRIOR_ODDS: f32 = 40.0;
    /// A meeting counts as at most this many times its prior seconds: beyond it somebody went for coffee.
    const OUTLIER: f32 = 4.0;

    /// The habits that these meetings show.
    pub fn learn(meetings: &[Meeting]) -> Self {
        let prior = Self::PRIOR;
        let first: Vec<&Meeting> = meetings.iter().filter(|meeting| meeting.is_first).collect();
        let later: Vec<&Meeting> = meetings.iter().filter(|meeting| !meeting.is_first).collect();
        let seconds = |of: &[&Meeting], prior: [f32; 4]| {
            std::array::from_fn(|grade| mean_seconds(of, Rating::ALL[grade], prior[grade]))
        };
        let passes: Vec<&Meeting> =
            later.iter().copied().filter(|meeting| meeting.rating.is_pass()).collect();
        Self {
            first_seconds: seconds(&first, prior.first_seconds),
            review_seconds: seconds(&later, prior.review_seconds),
            first_odds: odds(&first, &Rating::ALL, prior.first_odds),
            pass_odds: odds(&passes, &Rating::ALL[1..], prior.pass_odds),
        }
    }

    /// Expected seconds of a first meeting with a card of length 1.
    pub fn mean_first_seconds(&self) -> f32 {
        self.first_odds.iter().zip(self.first_seconds).map(|(odds, seconds)| odds * seconds).sum()
    }

    /// Odds of the four grades of a later meeting with a card that is recalled with that probability.
    pub fn review_odds(&self, recall: f32) -> [f32; 4] {
        let [hard, good, easy] = self.pass_odds.map(|odds| odds * recall);
        [1.0 - recall, hard, good, easy]
    }

    /// Expected seconds of a later meeting with a card of length 1 that is recalled with that probability.
    pub fn mean_review_seconds(&self, recall: f32) -> f32 {
        let odds = self.review_odds(recall);
        odds.iter().zip(self.review_seconds).map(|(odds, seconds)| odds * seconds).sum()
    }
}

fn mean_seconds(meetings: &[&Meeting], rating: Rating, prior: f32) -> f32 {
    let mut sum = Habits::PRIOR_ANSWERS * prior;
    let mut count = Habits::PRIOR_ANSWERS;
    for meeting in meetings.iter().filter(|meeting| meeting.rating == rating) {
        let seconds = meeting.seconds / meeting.length.max(0.01);
        if seconds.is_finite() {
            sum += seconds.clamp(0.0, Habits::OUTLIER * prior);
            count += 1.0;
        }
    }
    sum / count
}

fn odds<const N: usize>(meetings: &[&Meeting], ratings: &[Rating], prior: [f32; N]) -> [f32; N] {
    let counts: [f32; N] = std::array::from_fn(|grade| {
        let of = meetings.iter().filter(|meeting| meeting.rating == ratings[grade]);
        #[expect(clippy::cast_precision_loss, reason = "a number of answers")]
        let count = of.count() as f32;
        count + Habits::PRIOR_ODDS * prior[grade]
    });
    let all: f32 = counts.iter().sum();
    counts.map(|count| count / all)
}

/// Seconds of a card against one of length 1: an open answer is spoken and ticked, which takes four times as long with the
/// usual aim of 90 seconds; the other kinds are read and typed.
pub fn length(entry: &CardEntry) -> f32 {
    const SPOKEN: f32 = 4.0;
    const USUAL_AIM: f32 = 90.0;
    const TYPED: f32 = 1.5;
    if entry.kind != CardKind::Open {
        return TYPED;
    }
    let aim = f32::from(u16::try_from(entry.aim_seconds.clamp(15, 600)).unwrap_or(600));
    SPOKEN * aim / USUAL_AIM
}

/// The meetings of a log, voided entries left out, in its order. `facts` gives a card's first day and its length; a
/// card that is in no deck any more is left out.
pub fn meetings(log: &[Review], facts: impl Fn(&CardKey) -> Option<(Day, f32)>) -> Vec<Meeting> {
    let mut found: Vec<Meeting> = Vec::new();
    let mut places: BTreeMap<(&CardKey, Day), usize> = BTreeMap::new();
    for review in log.iter().filter(|review| review.source == ReviewSource::Study) {
        let Some(rating) = review.rating else { continue };
        if let Some(place) = places.get(&(&review.key, review.day)) {
            found[*place].seconds += review.seconds;
            continue;
        }
        let Some((first_day, length)) = facts(&review.key) else { continue };
        places.insert((&review.key, review.day), found.len());
        let is_first = first_day >= review.day;
        found.push(Meeting { is_first, rating, seconds: review.seconds, length });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Habits, Meeting};
    use crate::domain::review::Rating;

    fn meeting(rating: Rating, seconds: f32, length: f32) -> Meeting {
        Meeting { is_first: false, rating, seconds, length }
    }

    #[test]
    fn without_answers_the_priors_hold() {
        let habits = Habits::learn(&[]);
        assert!((habits.review_seconds[2] - 12.4).abs() < 1e-4);
        assert!((habits.pass_odds.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!((habits.first_odds[0] - 0.24).abs() < 1e-5);
    }

    #[test]
    fn twenty_answers_weigh_as_much_as_the_prior() {
        let meetings = [meeting(Rating::Good, 80.0, 4.0); 20];
        let habits = Habits::learn(&meetings);
        // 20 s at length 1, against 12.4 s.
        assert!((habits.review_seconds[2] - 16.2).abs() < 1e-3, "{habits:?}");
        assert!((habits.review_seconds[1] - 17.6).abs() < 1e-3);
    }

    #[test]
    fn a_lunch_break_counts_as_a_slow_answer() {
        let habits = Habits::learn(&[meeting(Rating::Good, 100_000.0, 1.0)]);
        let most = (20.0 * 12.4 + 4.0 * 12.4) / 21.0;
        assert!((habits.review_seconds[2] - most).abs() < 1e-3);
        let odd = Habits::learn(&[meeting(Rating::Good, f32::NAN, 1.0)]);
        assert!((odd.review_seconds[2] - 12.4).abs() < 1e-4);
    }

    #[test]
    fn odds_move_towards_the_learners_own() {
        let habits = Habits::learn(&[meeting(Rating::Hard, 30.0, 1.0); 40]);
        assert!((habits.pass_odds[0] - (0.224 * 40.0 + 40.0) / 80.0).abs() < 1e-4);
        let sum: f32 = habits.review_odds(0.7).iter().sum();
        assert!((sum - 1.0).abs() < 1e-5);
        assert!((habits.review_odds(0.7)[0] - 0.3).abs() < 1e-6);
    }
}
