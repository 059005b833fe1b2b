//! How much was answered, when, and how long it took; quizzes.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::card::CardKind;
use crate::domain::review::{ReviewSource, SessionId};
use crate::domain::time::{Day, Timestamp};
use crate::study::stats::walk::Answer;

/// Days shown on Home, today included.
pub const RECENT_DAYS: usize = 14;

/// What was done on one study day.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct DayCount {
    /// Answers of any source.
    pub reviews: u32,
    /// Seconds spent on them.
    pub seconds: f64,
}

impl DayCount {
    /// How dark the day is on the heat map: 0 nothing, 1 under 15 minutes, 2 under 40, 3 more.
    pub fn level(self) -> usize {
        match self.seconds {
            _ if self.reviews == 0 => 0,
            seconds if seconds < 15.0 * 60.0 => 1,
            seconds if seconds < 40.0 * 60.0 => 2,
            _ => 3,
        }
    }

    /// Whole minutes.
    pub fn minutes(self) -> u32 {
        minutes(self.seconds)
    }
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

/// How an answer was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// Aloud or in the head, before the answer was shown.
    Think,
    /// Typed in full.
    Type,
    /// Short enough to be judged by the program: a choice, a number, a command, a gap.
    Short,
    /// Spoken in a mock interview.
    Speak,
}

impl Way {
    /// Every way, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Think, Self::Type, Self::Short, Self::Speak];

    /// The stable word of files and `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Think => "think",
            Self::Type => "type",
            Self::Short => "short",
            Self::Speak => "speak",
        }
    }

    fn of(answer: &Answer<'_>) -> Self {
        let review = answer.review;
        match (review.source, review.correct, &review.answer) {
            (ReviewSource::Mock, ..) => Self::Speak,
            (_, Some(_), _) => Self::Short,
            (.., Some(_)) => Self::Type,
            _ => Self::Think,
        }
    }
}

/// Median seconds for an answer, half of them faster.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TypicalSeconds {
    /// Over all answers; `None` without any.
    pub overall: Option<f32>,
    /// By kind of card, in the order of the documents; only kinds that were answered.
    pub by_kind: Vec<(CardKind, f32)>,
    /// By the way of answering; only ways that were used.
    pub by_way: Vec<(Way, f32)>,
}

/// The sums.
#[derive(Default)]
pub struct Counting {
    pub reviews: u32,
    pub days: BTreeSet<Day>,
    pub seconds: f64,
    pub first_day: Option<Day>,
    pub calendar: BTreeMap<Day, DayCount>,
    times: Vec<f32>,
    times_by_kind: BTreeMap<CardKind, Vec<f32>>,
    times_by_way: BTreeMap<Way, Vec<f32>>,
    quizzes: BTreeMap<SessionId, QuizScore>,
}

impl Counting {
    pub fn take(&mut self, answer: &Answer<'_>) {
        let day = answer.review.day;
        let seconds = answer.seconds();
        self.first_day = Some(self.first_day.map_or(day, |first| first.min(day)));
        let entry = self.calendar.entry(day).or_default();
        entry.reviews += 1;
        entry.seconds += f64::from(seconds);
        if !answer.is_counted {
            return;
        }
        self.reviews += 1;
        self.days.insert(day);
        self.seconds += f64::from(seconds);
        self.times.push(seconds);
        self.times_by_way.entry(Way::of(answer)).or_default().push(seconds);
        if let Some(facts) = answer.facts {
            self.times_by_kind.entry(facts.kind).or_default().push(seconds);
        }
        if answer.review.source == ReviewSource::Quiz {
            self.quiz(answer);
        }
    }

    fn quiz(&mut self, answer: &Answer<'_>) {
        let review = answer.review;
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

    /// Seconds on each of the last 14 days, the oldest first.
    pub fn recent(&self, today: Day) -> [f64; RECENT_DAYS] {
        std::array::from_fn(|position| {
            let ago = i32::try_from(RECENT_DAYS - 1 - position).unwrap_or(0);
            self.calendar.get(&(today + -ago)).map_or(0.0, |day| day.seconds)
        })
    }

    /// Median times, and the quizzes, the oldest first.
    pub fn finish(self) -> (TypicalSeconds, Vec<QuizScore>) {
        let mut quizzes: Vec<QuizScore> = self.quizzes.into_values().collect();
        quizzes.sort_by_key(|score| (score.at, score.session));
        let typical = TypicalSeconds {
            overall: median(self.times),
            by_kind: medians(self.times_by_kind),
            by_way: medians(self.times_by_way),
        };
        (typical, quizzes)
    }
}

fn medians<K>(times: BTreeMap<K, Vec<f32>>) -> Vec<(K, f32)> {
    times.into_iter().filter_map(|(what, times)| Some((what, median(times)?))).collect()
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

/// Seconds as whole minutes, rounded.
pub fn minutes(seconds: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, and a time is neither negative nor thousands of years"
    )]
    let minutes = (seconds / 60.0).round() as u32;
    minutes
}

#[cfg(test)]
mod tests {
    use super::{DayCount, median};

    #[test]
    fn a_median_has_half_of_the_times_on_each_side() {
        assert_eq!(median(vec![30.0, 10.0, 300.0]), Some(30.0));
        assert_eq!(median(vec![10.0, 20.0]), Some(15.0));
        assert_eq!(median(Vec::new()), None);
    }

    #[test]
    fn a_day_is_darker_the_longer_it_was() {
        let level = |minutes: f64| DayCount { reviews: 1, seconds: minutes * 60.0 }.level();
        assert_eq!([0.0, 14.9, 15.0, 39.9, 40.0].map(level), [1, 1, 2, 2, 3]);
        assert_eq!(DayCount::default().level(), 0);
    }
}
