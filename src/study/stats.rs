//! From the log to the figures of the statistics page. A share that rests on too few answers is not given as a percentage.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::domain::card::{CardKey, CardKind};
use crate::domain::review::{Confidence, Rating, Review, ReviewSource, SessionId};
use crate::domain::tag::Tag;
use crate::domain::time::{Day, Timestamp};

/// Answers below which a percentage would pretend to know something.
pub const TOO_EARLY: u32 = 20;

/// Days shown on Home, today included.
pub const RECENT_DAYS: usize = 14;

/// Hits among a number of tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Share {
    /// How many were hits.
    pub hits: u32,
    /// How many there were.
    pub total: u32,
    /// How many answers they come from: the evidence.
    pub answers: u32,
}

impl Share {
    /// Whole percent, 0 to 100; `None` ("too early to say") under 20 answers.
    pub fn percent(self) -> Option<u8> {
        if self.answers < TOO_EARLY || self.total == 0 {
            return None;
        }
        let percent =
            (u64::from(self.hits) * 200 + u64::from(self.total)) / (u64::from(self.total) * 2);
        u8::try_from(percent.min(100)).ok()
    }

    fn count(&mut self, hit: bool) {
        self.add(u32::from(hit), 1);
    }

    /// Adds one answer with several tries.
    fn add(&mut self, hits: u32, total: u32) {
        self.hits += hits;
        self.total += total;
        self.answers += 1;
    }
}

/// What the statistics need to know of a card that the log only names.
#[derive(Clone, Copy, Debug)]
pub struct CardFacts<'a> {
    /// How it is asked.
    pub kind: CardKind,
    /// Its labels.
    pub tags: &'a [Tag],
}

/// The figures of one tag.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct TagStats {
    /// Answers of any source.
    pub reviews: u32,
    /// Different cards that were answered.
    pub cards: u32,
    /// Seconds spent.
    pub seconds: f64,
    /// Recall as in `Stats::recall`.
    pub recall: Share,
}

/// What a confidence turned out to be worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calibration {
    /// What the learner said.
    pub confidence: Confidence,
    /// Key points hit of those asked; a card that the program judged counts as one point.
    pub points: Share,
}

/// One sitting of quiz questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuizScore {
    /// The sitting.
    pub session: SessionId,
    /// When its last question was answered.
    pub at: Timestamp,
    /// Its study day.
    pub day: Day,
    /// Right answers.
    pub right: u32,
    /// Questions answered.
    pub total: u32,
}

/// Median seconds for an answer, half of them faster.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TypicalSeconds {
    /// Over all answers; `None` without any.
    pub overall: Option<f32>,
    /// By kind of card, in the order of the documents; only kinds that were answered.
    pub by_kind: Vec<(CardKind, f32)>,
}

/// Everything that the statistics page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// Answers of any source.
    pub reviews: u32,
    /// Different study days with at least one answer.
    pub days: u32,
    /// Seconds spent on answers, capped each as in the log.
    pub seconds: f64,
    /// Study answers to cards seen before that were at least Hard.
    pub recall: Share,
    /// Cards that were at least Hard when first rated in study.
    pub first_try: Share,
    /// Key points hit when a card was first answered, and later.
    pub points_first: Share,
    /// Key points hit in all later answers.
    pub points_later: Share,
    /// By tag.
    pub tags: BTreeMap<Tag, TagStats>,
    /// Seconds on each of the last 14 days, the oldest first, today last.
    pub recent_seconds: [f64; RECENT_DAYS],
    /// Median answer times.
    pub typical: TypicalSeconds,
    /// By confidence, the most sure first.
    pub calibration: [Calibration; 3],
    /// Quizzes, the oldest first.
    pub quizzes: Vec<QuizScore>,
}

impl Stats {
    /// Counts a log without its voided entries, in any order. `facts` tells kind and tags of a card that still exists.
    pub fn of<'a>(
        log: &[Review],
        today: Day,
        facts: impl Fn(&CardKey) -> Option<CardFacts<'a>>,
    ) -> Self {
        let mut entries: Vec<&Review> = log.iter().collect();
        entries.sort_by_key(|review| (review.at, review.id));
        let mut count = Count::default();
        for review in entries {
            count.review(review, today, facts(&review.key));
        }
        count.finish()
    }

    /// Whole minutes spent in all.
    pub fn minutes(&self) -> u32 {
        minutes(self.seconds)
    }

    /// Whole minutes on each of the last 14 days, the oldest first.
    pub fn recent_minutes(&self) -> [u32; RECENT_DAYS] {
        self.recent_seconds.map(minutes)
    }

    /// By how many points the learner is over-confident (positive) or under-confident on cards called "sure",
    /// which should be right nine times in ten; `None` while it is too early.
    pub fn over_confidence(&self) -> Option<i16> {
        const EXPECTED: i16 = 90;
        let sure = self.calibration.iter().find(|entry| entry.confidence == Confidence::Sure)?;
        Some(EXPECTED - i16::from(sure.points.percent()?))
    }
}

/// Seconds as whole minutes, rounded.
fn minutes(seconds: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, and a time is neither negative nor thousands of years"
    )]
    let minutes = (seconds / 60.0).round() as u32;
    minutes
}

/// The figures while the log is walked through in order of time.
#[derive(Default)]
struct Count {
    reviews: u32,
    days: BTreeSet<Day>,
    seconds: f64,
    rated: HashSet<CardKey>,
    answered: HashSet<CardKey>,
    recall: Share,
    first_try: Share,
    points_first: Share,
    points_later: Share,
    tags: BTreeMap<Tag, TagStats>,
    recent_seconds: [f64; RECENT_DAYS],
    times: Vec<f32>,
    times_by_kind: BTreeMap<CardKind, Vec<f32>>,
    calibration: BTreeMap<Confidence, Share>,
    quizzes: BTreeMap<SessionId, QuizScore>,
}

impl Count {
    fn review(&mut self, review: &Review, today: Day, facts: Option<CardFacts<'_>>) {
        let seconds = seconds_of(review);
        self.reviews += 1;
        self.days.insert(review.day);
        self.seconds += f64::from(seconds);
        self.times.push(seconds);
        if let Some(day) = recent_position(review.day, today) {
            self.recent_seconds[day] += f64::from(seconds);
        }
        if let Some(facts) = facts {
            self.times_by_kind.entry(facts.kind).or_default().push(seconds);
        }
        let recalled = self.recalled_again(review);
        self.points(review);
        self.tags(review, facts, recalled);
        if review.source == ReviewSource::Quiz {
            self.quiz(review);
        }
        self.answered.insert(review.key.clone());
    }

    /// Counts recall and first tries; the result says whether a card seen before was recalled.
    fn recalled_again(&mut self, review: &Review) -> Option<bool> {
        let rating = review.rating?;
        let is_first = self.rated.insert(review.key.clone());
        if review.source != ReviewSource::Study {
            return None;
        }
        let share = if is_first { &mut self.first_try } else { &mut self.recall };
        share.count(rating.is_pass());
        (!is_first).then_some(rating.is_pass())
    }

    fn points(&mut self, review: &Review) {
        let (hits, total) = points_of(review);
        if total > 0 {
            let is_first = !self.answered.contains(&review.key);
            let share = if is_first { &mut self.points_first } else { &mut self.points_later };
            share.add(hits, total);
        }
        let Some(confidence) = review.confidence else { return };
        let share = self.calibration.entry(confidence).or_default();
        match judged_alone(review) {
            _ if total > 0 => share.add(hits, total),
            Some(right) => share.count(right),
            None => {}
        }
    }

    fn tags(&mut self, review: &Review, facts: Option<CardFacts<'_>>, recalled: Option<bool>) {
        let is_new = !self.answered.contains(&review.key);
        for tag in facts.map_or(&[][..], |facts| facts.tags) {
            let entry = self.tags.entry(tag.clone()).or_default();
            entry.reviews += 1;
            entry.cards += u32::from(is_new);
            entry.seconds += f64::from(seconds_of(review));
            if let Some(recalled) = recalled {
                entry.recall.count(recalled);
            }
        }
    }

    fn quiz(&mut self, review: &Review) {
        let score = self.quizzes.entry(review.id.session).or_insert(QuizScore {
            session: review.id.session,
            at: review.at,
            day: review.day,
            right: 0,
            total: 0,
        });
        score.at = review.at;
        score.right += u32::from(review.correct == Some(true));
        score.total += 1;
    }

    fn finish(self) -> Stats {
        let calibration = [Confidence::Sure, Confidence::Partly, Confidence::NoIdea];
        let share = |confidence| self.calibration.get(&confidence).copied().unwrap_or_default();
        let mut quizzes: Vec<QuizScore> = self.quizzes.into_values().collect();
        quizzes.sort_by_key(|score| (score.at, score.session));
        let by_kind = self.times_by_kind.into_iter();
        Stats {
            reviews: self.reviews,
            days: u32::try_from(self.days.len()).unwrap_or(u32::MAX),
            seconds: self.seconds,
            recall: self.recall,
            first_try: self.first_try,
            points_first: self.points_first,
            points_later: self.points_later,
            tags: self.tags,
            recent_seconds: self.recent_seconds,
            typical: TypicalSeconds {
                overall: median(self.times),
                by_kind: by_kind.filter_map(|(kind, times)| Some((kind, median(times)?))).collect(),
            },
            calibration: calibration
                .map(|confidence| Calibration { confidence, points: share(confidence) }),
            quizzes,
        }
    }
}

/// The seconds of an answer; a broken number in the log counts as none.
fn seconds_of(review: &Review) -> f32 {
    if review.seconds.is_finite() { review.seconds.max(0.0) } else { 0.0 }
}

/// The place of a day among the last 14, today last.
fn recent_position(day: Day, today: Day) -> Option<usize> {
    let age = usize::try_from(today - day).ok()?;
    (RECENT_DAYS - 1).checked_sub(age)
}

fn points_of(review: &Review) -> (u32, u32) {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let hits = review.points.iter().filter(|point| point.hit).count();
    (count(hits), count(review.points.len()))
}

/// Whether an answer without key points was right.
fn judged_alone(review: &Review) -> Option<bool> {
    review.correct.or_else(|| review.rating.map(Rating::is_pass))
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = values.get(values.len() / 2 - 1).copied()?;
    Some(f32::midpoint(lower, upper))
}

#[cfg(test)]
mod tests {
    use super::{CardFacts, Share, Stats, median};
    use crate::domain::card::{CardKey, CardKind, PointHash};
    use crate::domain::review::{
        Confidence, PointResult, Rating, Review, ReviewId, ReviewSource, SessionId,
    };
    use crate::domain::tag::Tag;
    use crate::domain::time::{Day, Timestamp};

    const TODAY: Day = Day(100);

    fn study(number: u32, key: &str, day: i32, rating: Rating) -> Review {
        Review {
            id: ReviewId { session: SessionId(1), number },
            key: CardKey(key.into()),
            at: Timestamp(i64::from(day) * 86_400_000 + i64::from(number)),
            day: Day(day),
            source: ReviewSource::Study,
            rating: Some(rating),
            proposed: None,
            correct: None,
            confidence: None,
            hint_used: false,
            wrong_statement: false,
            points: Vec::new(),
            seconds: 30.0,
            answer: None,
            due: None,
        }
    }

    fn quiz(number: u32, session: u128, right: bool) -> Review {
        Review {
            id: ReviewId { session: SessionId(session), number },
            source: ReviewSource::Quiz,
            rating: None,
            correct: Some(right),
            ..study(number, "quizzed", 99, Rating::Good)
        }
    }

    fn stats(log: &[Review]) -> Stats {
        let tags = [Tag("aws".into())];
        let facts = |key: &CardKey| {
            let kind = if key.0 == "numeric" { CardKind::Numeric } else { CardKind::Open };
            (key.0 != "gone").then_some(CardFacts { kind, tags: &tags })
        };
        Stats::of(log, TODAY, facts)
    }

    #[test]
    fn totals_count_answers_days_and_minutes() {
        let log = [
            study(0, "a", 98, Rating::Good),
            study(1, "b", 98, Rating::Again),
            study(2, "gone", 100, Rating::Good),
        ];
        let stats = stats(&log);
        assert_eq!((stats.reviews, stats.days, stats.minutes()), (3, 2, 2));
        let tag = &stats.tags[&Tag("aws".into())];
        assert_eq!((tag.reviews, tag.cards), (2, 2));
    }

    #[test]
    fn recall_leaves_first_answers_out_whatever_the_order_of_the_log() {
        let mut log = vec![
            study(0, "a", 90, Rating::Again),
            study(1, "a", 91, Rating::Hard),
            study(2, "a", 95, Rating::Again),
            study(3, "b", 95, Rating::Easy),
        ];
        log.reverse();
        let stats = stats(&log);
        assert_eq!(stats.recall, Share { hits: 1, total: 2, answers: 2 });
        assert_eq!(stats.first_try, Share { hits: 1, total: 2, answers: 2 });
    }

    #[test]
    fn percentages_wait_for_twenty_answers() {
        let log: Vec<Review> = (0..21).map(|n| study(n, "a", 90, Rating::Good)).collect();
        assert_eq!(stats(&log[..20]).recall.percent(), None);
        assert_eq!(stats(&log).recall.percent(), Some(100));
        assert_eq!(Share { hits: 2, total: 3, answers: 20 }.percent(), Some(67));
    }

    #[test]
    fn quiz_answers_are_scores_and_no_recall() {
        let log = [quiz(0, 7, true), quiz(1, 7, false), quiz(0, 5, true)];
        let stats = stats(&log);
        assert_eq!(stats.recall.total + stats.first_try.total, 0);
        let scores: Vec<(u128, u32, u32)> =
            stats.quizzes.iter().map(|quiz| (quiz.session.0, quiz.right, quiz.total)).collect();
        assert_eq!(scores, [(5, 1, 1), (7, 1, 2)]);
    }

    #[test]
    fn the_last_fourteen_days_end_today() {
        let log = [
            study(0, "a", 86, Rating::Good),
            study(1, "a", 87, Rating::Good),
            study(2, "a", 100, Rating::Good),
            study(3, "a", 100, Rating::Good),
            study(4, "a", 101, Rating::Good),
        ];
        let minutes = stats(&log).recent_minutes();
        assert_eq!((minutes[0], minutes[12], minutes[13]), (1, 0, 1));
    }

    #[test]
    fn calibration_compares_what_was_said_with_what_was_there() {
        let answer = |number, confidence, hits: [bool; 2]| {
            let point = |hit| PointResult { point: PointHash(1), hit };
            Review {
                confidence: Some(confidence),
                points: hits.map(point).to_vec(),
                ..study(number, "a", 90, Rating::Good)
            }
        };
        let mut log: Vec<Review> =
            (0..20).map(|n| answer(n, Confidence::Sure, [true, n % 2 == 0])).collect();
        log.push(answer(20, Confidence::Partly, [true, true]));
        let stats = stats(&log);
        assert_eq!(stats.calibration[0].points.percent(), Some(75));
        assert_eq!(stats.over_confidence(), Some(15));
        assert_eq!(stats.calibration[1].points.percent(), None);
        assert_eq!(stats.points_first, Share { hits: 2, total: 2, answers: 1 });
    }

    #[test]
    fn typical_times_are_medians_by_kind() {
        let timed =
            |number, key, seconds| Review { seconds, ..study(number, key, 90, Rating::Good) };
        let log = [
            timed(0, "a", 10.0),
            timed(1, "a", 300.0),
            timed(2, "numeric", 20.0),
            timed(3, "a", f32::NAN),
        ];
        let typical = stats(&log).typical;
        assert_eq!(typical.overall, Some(15.0));
        assert_eq!(typical.by_kind, [(CardKind::Open, 10.0), (CardKind::Numeric, 20.0)]);
        assert_eq!(median(Vec::new()), None);
    }

    #[test]
    fn an_empty_log_says_nothing() {
        let stats = stats(&[]);
        assert_eq!(
            (stats.reviews, stats.typical.overall, stats.over_confidence()),
            (0, None, None)
        );
    }
}
