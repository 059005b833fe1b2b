//! The log in order of time, each answer with what was known of its card before it. Counts nothing itself.

use std::collections::HashMap;

use crate::domain::card::CardKey;
use crate::domain::memory::Schedule;
use crate::domain::review::{Confidence, Rating, Review, ReviewSource};
use crate::domain::time::Day;
use crate::study::scheduler::Scheduler;
use crate::study::stats::CardFacts;

/// Days of an interval from which a memory is called mature, as in Anki
/// (<https://docs.ankiweb.net/stats.html>).
pub const MATURE_DAYS: i32 = 21;

/// How far a memory was when it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Asked again after a miss, and not recalled since.
    Learning,
    /// Recalled the last time, on an earlier day, with an interval under 21 days.
    Young,
    /// Recalled the last time, with an interval of 21 days or more.
    Mature,
}

impl Stage {
    /// Every stage, the newest memory first.
    pub const ALL: [Self; 3] = [Self::Learning, Self::Young, Self::Mature];

    /// The stable word of files and `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Learning => "learning",
            Self::Young => "young",
            Self::Mature => "mature",
        }
    }
}

/// One answer and what stood before it.
pub struct Answer<'a> {
    /// The answer.
    pub review: &'a Review,
    /// Its card, where it still exists.
    pub facts: Option<CardFacts<'a>>,
    /// Whether it lies in the window of the figures.
    pub is_counted: bool,
    /// Whether the card was never answered before, in any way.
    pub is_first: bool,
    /// Whether the card was never rated before.
    pub is_first_rating: bool,
    /// The number of the day of study on which the card is asked for the first time that day, from 1.
    pub attempt: Option<u32>,
    /// How far the memory was; none where the answer says nothing about it.
    pub stage: Option<Stage>,
    /// Whether a memory that had been recalled was lost.
    pub is_lapse: bool,
    /// Days since the last rating.
    pub days_since_last: u32,
    /// Days since the first rating.
    pub age: u32,
    /// The card's schedule before the answer.
    pub before: Schedule,
}

impl Answer<'_> {
    /// Whether a rating in study said that the card was recalled; none for other answers.
    pub fn recalled(&self) -> Option<bool> {
        let rating = self.review.rating.filter(|_| self.review.source == ReviewSource::Study)?;
        Some(rating.is_pass())
    }

    /// Seconds of the answer; a broken number in the log counts as none.
    pub fn seconds(&self) -> f32 {
        let seconds = self.review.seconds;
        if seconds.is_finite() { seconds.max(0.0) } else { 0.0 }
    }

    /// Whether the answer was a miss; none where nobody judged it.
    pub fn is_miss(&self) -> Option<bool> {
        let wrong = self.review.correct.map(|right| !right);
        match self.review.rating {
            Some(rating) => Some(rating == Rating::Again || wrong == Some(true)),
            None => wrong,
        }
    }

    /// Whether the learner was sure, and wrong.
    pub fn is_sure_and_wrong(&self) -> bool {
        self.review.confidence == Some(Confidence::Sure) && self.is_miss() == Some(true)
    }
}

/// What the log says of a card up to a point.
#[derive(Clone, Debug)]
pub struct History {
    /// Its schedule.
    pub schedule: Schedule,
    /// Days on which it was recalled.
    pub recall_days: u32,
    last_recall_day: Option<Day>,
    answers: u32,
    study_days: u32,
    last_study_day: Option<Day>,
    last: Option<Rated>,
}

/// The last rating of a card.
#[derive(Clone, Copy, Debug)]
struct Rated {
    rating: Rating,
    day: Day,
    due: Option<Day>,
}

impl Default for History {
    fn default() -> Self {
        Self {
            schedule: Schedule::UNSEEN,
            recall_days: 0,
            last_recall_day: None,
            answers: 0,
            study_days: 0,
            last_study_day: None,
            last: None,
        }
    }
}

impl History {
    fn attempt(&self, review: &Review) -> Option<u32> {
        review.rating.filter(|_| review.source == ReviewSource::Study)?;
        let opens_the_day = self.last_study_day.is_none_or(|last| review.day > last);
        opens_the_day.then_some(self.study_days + 1)
    }

    fn stage(&self, review: &Review) -> Option<Stage> {
        review.rating.filter(|_| review.source == ReviewSource::Study)?;
        let last = self.last?;
        if last.rating == Rating::Again {
            return Some(Stage::Learning);
        }
        if review.day <= last.day {
            // Asked once more on the day of a success: that says nothing about memory.
            return None;
        }
        let interval = last.due.unwrap_or(review.day) - last.day;
        Some(if interval < MATURE_DAYS { Stage::Young } else { Stage::Mature })
    }

    fn take(&mut self, review: &Review, attempt: Option<u32>, scheduler: &Scheduler) {
        self.schedule = scheduler.replay(&self.schedule, review);
        self.answers += 1;
        if let Some(attempt) = attempt {
            (self.study_days, self.last_study_day) = (attempt, Some(review.day));
        }
        let Some(rating) = review.rating else { return };
        self.last = Some(Rated { rating, day: review.day, due: review.due });
        if rating.is_pass() && self.last_recall_day.is_none_or(|last| review.day > last) {
            self.recall_days += 1;
            self.last_recall_day = Some(review.day);
        }
    }
}

/// Shows every answer of a log in order of time and gives what is known of each card at the end.
pub fn walk<'a>(
    log: &'a [Review],
    scheduler: &Scheduler,
    since: Option<Day>,
    facts: &impl Fn(&CardKey) -> Option<CardFacts<'a>>,
    mut show: impl FnMut(&Answer<'a>),
) -> HashMap<&'a CardKey, History> {
    let mut entries: Vec<&Review> = log.iter().collect();
    entries.sort_by_key(|review| (review.at, review.id));
    let mut cards: HashMap<&CardKey, History> = HashMap::new();
    for review in entries {
        let history = cards.entry(&review.key).or_default();
        let attempt = history.attempt(review);
        let first_day = history.schedule.progress().map(|progress| progress.first_day);
        show(&Answer {
            review,
            facts: facts(&review.key),
            is_counted: since.is_none_or(|since| review.day >= since),
            is_first: history.answers == 0,
            is_first_rating: history.last.is_none(),
            attempt,
            stage: history.stage(review),
            is_lapse: review.rating == Some(Rating::Again)
                && history.last.is_some_and(|last| last.rating != Rating::Again),
            days_since_last: history.last.map_or(0, |last| review.day.days_since(last.day)),
            age: first_day.map_or(0, |first| review.day.days_since(first)),
            before: history.schedule,
        });
        history.take(review, attempt, scheduler);
    }
    cards
}
