//! What Home and `prep today` say: what is due, how memory stands, what the last days were like.

use crate::domain::card::CardKey;
use crate::domain::review::{Confidence, Review, ReviewSource, SessionId};
use crate::domain::tag::Tag;
use crate::domain::time::{ClockTime, Day};
use crate::study::request::NothingToStudy;
use crate::study::stats::{EXPECTED_OF_SURE, Share, points_or_one};

/// The start page as data.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Overview {
    /// Cards due today.
    pub due: usize,
    /// New cards that today's limit still allows.
    pub new: usize,
    /// Cards that were never seen, whatever the limit.
    pub unseen: usize,
    /// All cards.
    pub cards: usize,
    /// Estimated seconds for what is due and new.
    pub seconds: f32,
    /// Mean recall over all cards now, in 7 and in 30 days, 0 to 1; unseen cards count 0.
    pub memory: [f32; 3],
    /// Mean recall per tag, the tags with most cards first.
    pub tags: Vec<TagMemory>,
    /// Minutes of each of the last 14 days, today last.
    pub last_days: [f32; 14],
    /// Recalled and all reviews of seen cards in the last 30 days.
    pub recalled: (usize, usize),
    /// Points by which confidence exceeds what was recalled; none while it is too early to say.
    pub overconfidence: Option<i32>,
    /// A card that was missed twice in a row or sure and wrong.
    pub weak_spot: Option<WeakSpot>,
    /// Number of deck problems: errors and warnings.
    pub problems: (usize, usize),
    /// Number of decks.
    pub decks: usize,
    /// Reviews of the newest session, which can be taken back.
    pub undoable: usize,
    /// Reviews made today.
    pub done_today: usize,
    /// The next interview, if one was named.
    pub interview: Option<NextInterview>,
    /// How ready the learner is for it; none without an interview.
    pub readiness: Option<Readiness>,
    /// Why there is nothing to study now, if so.
    pub nothing: Option<NothingToStudy>,
    /// On the day of an interview: the opening answer and the surest cards.
    pub warm_up: Vec<CardKey>,
}

/// How ready the learner is for the next interview, by weighted recall of its cards; unseen ones count 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readiness {
    /// Now, 0 to 1.
    pub today: f32,
    /// Its cards.
    pub cards: usize,
    /// Those of them that were seen.
    pub seen: usize,
}

/// What a sitting changed, and what comes next.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Moved {
    /// Weighted recall over the cards of the next interview, or mean recall of all cards without one: before and after.
    pub all: (f32, f32),
    /// Whether that is readiness for an interview.
    pub is_readiness: bool,
    /// The same by main tag, the tags that moved most first; none that did not move.
    pub tags: Vec<(Tag, f32, f32)>,
    /// Cards and seconds that tomorrow asks; none where tomorrow asks nothing.
    pub tomorrow: Option<(usize, f32)>,
}

/// Mean recall of a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct TagMemory {
    /// The tag.
    pub tag: Tag,
    /// Mean recall now, 0 to 1.
    pub now: f32,
    /// Number of cards.
    pub cards: usize,
    /// Number of them that were seen.
    pub seen: usize,
    /// Whether ten minutes buy most here before the interview.
    pub is_best: bool,
}

/// One card worth two minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct WeakSpot {
    /// The card.
    pub key: CardKey,
    /// Misses in a row.
    pub misses: usize,
    /// Its question's first line in the interface language.
    pub title: String,
}

/// The interview that is nearest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextInterview {
    /// Its date.
    pub day: Day,
    /// Days from today.
    pub in_days: u32,
    /// The time of the day, where it is known.
    pub time: Option<ClockTime>,
    /// The role, as the user named it.
    pub role: Option<String>,
    /// The company, as the user named it.
    pub company: Option<String>,
}

/// What the settings of a quiz offer.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct QuizFacts {
    /// Main tags with their number of cards, most cards first.
    pub tags: Vec<(Tag, usize)>,
    /// The last quizzes, newest first: day, right answers and all answers.
    pub last: Vec<(Day, usize, usize)>,
}

/// Right and all answers of the last quizzes of a log, newest first, at most `count`.
pub fn last_quizzes(log: &[Review], count: usize) -> Vec<(Day, usize, usize)> {
    let mut quizzes: Vec<(SessionId, Day, usize, usize)> = Vec::new();
    for review in log.iter().filter(|review| review.source == ReviewSource::Quiz) {
        let right = usize::from(review.correct == Some(true));
        match quizzes.iter_mut().find(|(session, ..)| *session == review.id.session) {
            Some((_, _, hits, all)) => {
                *hits += right;
                *all += 1;
            }
            None => quizzes.push((review.id.session, review.day, right, 1)),
        }
    }
    let newest = quizzes.into_iter().rev().take(count);
    newest.map(|(_, day, right, all)| (day, right, all)).collect()
}

/// Below this number of reviews no percentage is shown.
pub const TOO_EARLY: usize = 20;

/// Points (0 to 100) by which key points hit in "sure" answers fall short of 90 %, as the statistics count; none under
/// [`TOO_EARLY`] such answers.
pub fn overconfidence(log: &[Review]) -> Option<i32> {
    let mut sure = Share::default();
    for review in log.iter().filter(|review| review.confidence == Some(Confidence::Sure)) {
        if let Some((hits, total)) = points_or_one(review) {
            sure.add(hits, total);
        }
    }
    Some(i32::from(EXPECTED_OF_SURE) - i32::from(sure.percent()?))
}
