//! What was recalled: at the first try and later, by attempt, by stage of the memory, by age and by days since the last time.

use crate::study::scheduler::Scheduler;
use crate::study::stats::calibration::points;
use crate::study::stats::share::{Share, TOO_EARLY};
use crate::study::stats::walk::{Answer, Stage};

/// Attempts that are told apart; the last one stands for all later ones too.
pub const ATTEMPTS: usize = 4;

/// First days of the steps in which recall is followed over the days since the last rating.
const SINCE_LAST: [u32; 8] = [1, 2, 4, 8, 15, 31, 61, 121];
/// First days of the steps in which recall is followed over the age of a card.
const AGES: [u32; 8] = [1, 8, 15, 31, 61, 91, 181, 366];

/// Recall over a span of days, with what the model had expected of the same answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The first day of the span.
    pub from: u32,
    /// The last day; none for "and later".
    pub to: Option<u32>,
    /// What was recalled; at least 20 answers.
    pub recalled: Share,
    /// Mean recall that the model expected of the same answers, 0 to 1.
    pub expected: f64,
}

/// What was recalled.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Retention {
    /// Study answers to cards rated before that were at least Hard.
    pub recall: Share,
    /// Cards that were at least Hard when first rated, in study.
    pub first_try: Share,
    /// Key points hit when a card was first answered.
    pub points_first: Share,
    /// Key points hit in all later answers.
    pub points_later: Share,
    /// Recall on the first, second, third, and fourth or later day of study of a card: the first rating of each day.
    pub attempts: [Share; ATTEMPTS],
    /// Recall by stage, in the order of [`Stage::ALL`].
    pub stages: [Share; 3],
    /// Recall of young and mature memories over the days since the last rating: the learner's own forgetting curve.
    pub curve: Vec<Bin>,
    /// Recall of young and mature memories over the days since the first rating.
    pub ages: Vec<Bin>,
}

/// One answer that tells about memory.
#[derive(Clone, Copy, Debug)]
struct Point {
    days: u32,
    recalled: bool,
    expected: f32,
}

/// The sums.
#[derive(Default)]
pub struct Recalling {
    retention: Retention,
    since_last: Vec<Point>,
    ages: Vec<Point>,
}

impl Recalling {
    pub fn take(&mut self, answer: &Answer<'_>, scheduler: &Scheduler) {
        if !answer.is_counted {
            return;
        }
        self.points(answer);
        let Some(recalled) = answer.recalled() else { return };
        let retention = &mut self.retention;
        if answer.is_first_rating {
            retention.first_try.count(recalled);
        } else {
            retention.recall.count(recalled);
        }
        if let Some(attempt) = answer.attempt {
            let position = usize::try_from(attempt - 1).unwrap_or(usize::MAX).min(ATTEMPTS - 1);
            retention.attempts[position].count(recalled);
        }
        let Some(stage) = answer.stage else { return };
        retention.stages[stage as usize].count(recalled);
        if stage != Stage::Learning {
            let expected = scheduler.retrievability(&answer.before, answer.review.day);
            let point = |days| Point { days, recalled, expected };
            self.since_last.push(point(answer.days_since_last));
            self.ages.push(point(answer.age));
        }
    }

    fn points(&mut self, answer: &Answer<'_>) {
        let (hits, total) = points(answer.review);
        if total == 0 {
            return;
        }
        let retention = &mut self.retention;
        let share =
            if answer.is_first { &mut retention.points_first } else { &mut retention.points_later };
        share.add(hits, total);
    }

    pub fn finish(self) -> Retention {
        Retention {
            curve: bins(&SINCE_LAST, &self.since_last),
            ages: bins(&AGES, &self.ages),
            ..self.retention
        }
    }
}

/// Points in steps of days; neighbours are joined, from the shortest on, until each has 20 answers, and what is left
/// at the end joins the last one. Empty where there are not even 20 in all.
fn bins(starts: &[u32], points: &[Point]) -> Vec<Bin> {
    let mut bins: Vec<(Bin, f64)> = Vec::new();
    for (index, from) in starts.iter().enumerate() {
        let to = starts.get(index + 1).map(|next| next - 1);
        let mut recalled = Share::default();
        let mut expected = 0.0;
        for point in
            points.iter().filter(|it| it.days >= *from && to.is_none_or(|to| it.days <= to))
        {
            recalled.count(point.recalled);
            expected += f64::from(point.expected);
        }
        match bins.last_mut() {
            Some((last, sum)) if last.recalled.answers < TOO_EARLY => {
                last.recalled.join(recalled);
                (last.to, *sum) = (to, *sum + expected);
            }
            _ => bins.push((Bin { from: *from, to, recalled, expected: 0.0 }, expected)),
        }
    }
    if let Some((rest, sum)) = bins.pop_if(|(last, _)| last.recalled.answers < TOO_EARLY)
        && let Some((last, expected)) = bins.last_mut()
    {
        last.recalled.join(rest.recalled);
        (last.to, *expected) = (rest.to, *expected + sum);
    }
    let mean =
        |(bin, sum): (Bin, f64)| Bin { expected: sum / f64::from(bin.recalled.total), ..bin };
    bins.into_iter().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::{Point, bins};

    fn points(days: u32, count: usize, recalled: usize) -> Vec<Point> {
        (0..count).map(|n| Point { days, recalled: n < recalled, expected: 0.5 }).collect()
    }

    #[test]
    fn neighbours_are_joined_until_there_is_something_to_say() {
        let all: Vec<Point> =
            [points(1, 25, 25), points(2, 12, 6), points(3, 12, 6), points(9, 5, 0)].concat();
        let found = bins(&[1, 2, 3, 4, 8], &all);
        let shown: Vec<_> =
            found.iter().map(|it| (it.from, it.to, it.recalled.hits, it.recalled.total)).collect();
        assert_eq!(shown, [(1, Some(1), 25, 25), (2, None, 12, 29)]);
        assert!(found.iter().all(|it| (it.expected - 0.5).abs() < 1e-9));
    }

    #[test]
    fn under_twenty_answers_there_is_no_curve() {
        assert!(bins(&[1, 2], &points(1, 19, 19)).is_empty());
        assert_eq!(bins(&[1, 2], &points(1, 20, 19)).len(), 1);
    }
}
