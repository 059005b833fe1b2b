//! What the learner's confidence was worth, and how the own grades stand to the ticks.

use std::collections::{BTreeMap, HashMap};

use crate::domain::card::CardKey;
use crate::domain::review::{Confidence, Rating, Review};
use crate::domain::tag::Tag;
use crate::domain::time::Day;
use crate::study::stats::share::Share;
use crate::study::stats::walk::Answer;

/// Percent of what is called "sure" that should be right.
pub const EXPECTED_OF_SURE: i16 = 90;
/// Points from which over- or under-confidence is more than chance.
pub const CLEAR_POINTS: i16 = 5;
/// Days within which "sure and wrong" is recent.
pub const RECENT_SURE_DAYS: i32 = 30;

/// What a confidence turned out to be worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calibration {
    /// What the learner said.
    pub confidence: Confidence,
    /// Key points hit of those asked; a card that the program judged counts as one point.
    pub points: Share,
}

/// A card that was sure and wrong in the last 30 days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SureAndWrong {
    /// The card.
    pub key: CardKey,
    /// Its question's first line; none for a card that is gone.
    pub title: Option<String>,
    /// How often.
    pub times: u32,
    /// When last.
    pub last: Day,
}

/// The learner's grades beside the proposed ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct GradeChoices {
    /// Graded higher than proposed.
    pub higher: u32,
    /// Graded as proposed.
    pub same: u32,
    /// Graded lower than proposed.
    pub lower: u32,
}

impl GradeChoices {
    /// Higher, same and lower as shares of all grades with a proposal.
    pub fn shares(self) -> [Share; 3] {
        let total = self.higher + self.same + self.lower;
        let share = |hits| Share { hits, total, answers: total };
        [share(self.higher), share(self.same), share(self.lower)]
    }
}

/// The sums.
pub struct Judging {
    recent_since: Day,
    by_confidence: BTreeMap<Confidence, Share>,
    sure_by_tag: BTreeMap<Tag, Share>,
    wrong: HashMap<CardKey, SureAndWrong>,
    pub grades: GradeChoices,
}

/// What is left of the sums.
pub struct Judged {
    pub by_confidence: [Calibration; 3],
    pub sure_by_tag: BTreeMap<Tag, Share>,
    pub sure_and_wrong: Vec<SureAndWrong>,
    pub grades: GradeChoices,
}

impl Judging {
    pub fn new(today: Day) -> Self {
        Self {
            recent_since: today + -(RECENT_SURE_DAYS - 1),
            by_confidence: BTreeMap::new(),
            sure_by_tag: BTreeMap::new(),
            wrong: HashMap::new(),
            grades: GradeChoices::default(),
        }
    }

    pub fn take(&mut self, answer: &Answer<'_>) {
        if answer.review.day >= self.recent_since && answer.is_sure_and_wrong() {
            self.wrong(answer);
        }
        if !answer.is_counted {
            return;
        }
        self.grade(answer);
        let (Some(confidence), Some((hits, total))) =
            (answer.review.confidence, points_or_one(answer.review))
        else {
            return;
        };
        self.by_confidence.entry(confidence).or_default().add(hits, total);
        if confidence == Confidence::Sure {
            for tag in answer.facts.map_or(&[][..], |facts| facts.tags) {
                self.sure_by_tag.entry(tag.clone()).or_default().add(hits, total);
            }
        }
    }

    fn wrong(&mut self, answer: &Answer<'_>) {
        let review = answer.review;
        let entry = self.wrong.entry(review.key.clone()).or_insert_with(|| SureAndWrong {
            key: review.key.clone(),
            title: answer.facts.map(|facts| facts.title.to_owned()),
            times: 0,
            last: review.day,
        });
        entry.times += 1;
        entry.last = entry.last.max(review.day);
    }

    fn grade(&mut self, answer: &Answer<'_>) {
        let (Some(rating), Some(proposed)) = (answer.review.rating, answer.review.proposed) else {
            return;
        };
        match rating.cmp(&proposed) {
            std::cmp::Ordering::Greater => self.grades.higher += 1,
            std::cmp::Ordering::Equal => self.grades.same += 1,
            std::cmp::Ordering::Less => self.grades.lower += 1,
        }
    }

    pub fn finish(self) -> Judged {
        let said = [Confidence::Sure, Confidence::Partly, Confidence::NoIdea];
        let share = |confidence| self.by_confidence.get(&confidence).copied().unwrap_or_default();
        let mut sure_and_wrong: Vec<SureAndWrong> = self.wrong.into_values().collect();
        sure_and_wrong.sort_by(|one, other| {
            let rank = |it: &SureAndWrong| std::cmp::Reverse((it.times, it.last));
            rank(one).cmp(&rank(other)).then_with(|| one.key.cmp(&other.key))
        });
        Judged {
            by_confidence: said
                .map(|confidence| Calibration { confidence, points: share(confidence) }),
            sure_by_tag: self.sure_by_tag,
            sure_and_wrong,
            grades: self.grades,
        }
    }
}

/// Key points hit and asked of an answer; an answer without any counts as one, right or wrong. None where nobody judged.
pub fn points_or_one(review: &Review) -> Option<(u32, u32)> {
    if review.points.is_empty() {
        let right = review.correct.or_else(|| review.rating.map(Rating::is_pass))?;
        return Some((u32::from(right), 1));
    }
    Some(points(review))
}

/// Key points that were hit, and all of them.
pub fn points(review: &Review) -> (u32, u32) {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let hits = review.points.iter().filter(|point| point.hit).count();
    (count(hits), count(review.points.len()))
}
