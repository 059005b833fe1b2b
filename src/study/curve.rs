//! The forgetting curve of one card: recall from its first answer through today into the days to come.

use crate::domain::memory::{CardState, Schedule};
use crate::domain::review::{Rating, Review};
use crate::domain::time::Day;
use crate::study::model::Model;
use crate::study::scheduler::Scheduler;

/// Recall over days, with the answers that made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    model: Model,
    stretches: Vec<Stretch>,
    /// One entry per day with a graded answer, in order.
    pub answers: Vec<Answered>,
}

/// From one graded day to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    from: Day,
    /// Days of stability; none while the card has not been recalled since it failed.
    stability: Option<f32>,
}

/// A day on which the card was graded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answered {
    /// The day.
    pub day: Day,
    /// Recall just before, 0 to 1; none at the first meeting and after a failure.
    pub recall: Option<f32>,
    /// Whether the first answer of the day was recalled.
    pub is_pass: bool,
}

impl Curve {
    /// The curve of a history, in the order of recording; none where nothing was graded yet.
    pub fn of(scheduler: &Scheduler, history: &[Review]) -> Option<Self> {
        let mut curve =
            Self { model: scheduler.model(), stretches: Vec::new(), answers: Vec::new() };
        let mut schedule = Schedule::UNSEEN;
        for review in history {
            schedule = scheduler.replay(&schedule, review);
            if let (Some(rating), Some(progress)) = (review.rating, schedule.progress()) {
                // A log that was merged may go back by a day; the curve does not.
                curve.answer(review.day.max(progress.last_day), rating);
                let is_recalled = progress.state == CardState::Review;
                let stability = is_recalled.then_some(progress.memory.stability);
                curve.stretches.push(Stretch { from: progress.last_day, stability });
            }
        }
        (!curve.stretches.is_empty()).then_some(curve)
    }

    fn answer(&mut self, day: Day, rating: Rating) {
        if self.answers.last().is_none_or(|last| last.day < day) {
            let recall = self.recall(day, 0.0);
            self.answers.push(Answered { day, recall, is_pass: rating.is_pass() });
        }
    }

    /// The first day of the curve.
    pub fn first_day(&self) -> Day {
        self.stretches[0].from
    }

    /// Recall, 0 to 1, at a point of a day (`part` is 0 to 1); none before the first answer and while the card is not
    /// recalled. On a day with answers it is recall after them.
    pub fn recall(&self, day: Day, part: f32) -> Option<f32> {
        let stretch = self.stretches.iter().rev().find(|stretch| stretch.from <= day)?;
        #[expect(clippy::cast_precision_loss, reason = "days of a human life fit an f32")]
        let days = day.days_since(stretch.from) as f32 + part;
        Some(self.model.recall(stretch.stability?, days))
    }
}

#[cfg(test)]
mod tests {
    use super::Curve;
    use crate::domain::card::CardKey;
    use crate::domain::review::{Rating, Review, ReviewId, ReviewSource, SessionId};
    use crate::domain::time::{Day, Timestamp};
    use crate::study::scheduler::{Scheduler, SchedulerSettings};

    fn scheduler() -> Scheduler {
        Scheduler::new(SchedulerSettings::default())
    }

    fn history(answers: &[(i32, Rating)]) -> Vec<Review> {
        let review = |(number, (day, rating)): (usize, &(i32, Rating))| Review {
            id: ReviewId { session: SessionId(1), number: u32::try_from(number).unwrap() },
            key: CardKey("card".into()),
            at: Timestamp(i64::from(*day) * 86_400_000),
            day: Day(*day),
            source: ReviewSource::Study,
            rating: Some(*rating),
            proposed: None,
            correct: None,
            confidence: None,
            hint_used: false,
            wrong_statement: false,
            points: Vec::new(),
            seconds: 30.0,
            answer: None,
            due: None,
        };
        answers.iter().enumerate().map(review).collect()
    }

    #[test]
    fn a_card_without_answers_has_no_curve() {
        assert_eq!(Curve::of(&scheduler(), &[]), None);
    }

    #[test]
    fn recall_falls_until_the_next_answer_and_begins_again_at_one() {
        let curve =
            Curve::of(&scheduler(), &history(&[(10, Rating::Good), (13, Rating::Good)])).unwrap();
        assert_eq!(curve.recall(Day(9), 0.5), None);
        assert_eq!(curve.recall(Day(10), 0.0), Some(1.0));
        let (early, late) = (curve.recall(Day(11), 0.0), curve.recall(Day(12), 0.9));
        assert!(early > late && late < Some(0.95), "{early:?} {late:?}");
        assert_eq!(curve.recall(Day(13), 0.0), Some(1.0));
        let before = curve.answers[1].recall.unwrap();
        assert!((0.8..0.95).contains(&before), "{before}");
        assert!(curve.recall(Day(16), 0.0) > Some(before), "it is forgotten more slowly now");
    }

    #[test]
    fn a_card_that_was_not_recalled_again_has_no_recall_and_a_day_counts_by_its_first_answer() {
        let failed = Curve::of(&scheduler(), &history(&[(10, Rating::Again)])).unwrap();
        assert_eq!(failed.recall(Day(12), 0.0), None);
        let curve =
            Curve::of(&scheduler(), &history(&[(10, Rating::Again), (10, Rating::Good)])).unwrap();
        assert_eq!((curve.answers.len(), curve.answers[0].is_pass), (1, false));
        assert!(curve.recall(Day(12), 0.0).is_some());
    }
}
