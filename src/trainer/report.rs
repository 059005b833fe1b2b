//! The start page as data: what is due, how memory stands, what the last days were like.

use std::collections::BTreeMap;

use crate::domain::card::CardKey;
use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::review::{Confidence, Rating, Review, ReviewSource};
use crate::domain::tag::{Filter, Tag};
use crate::domain::time::{Day, Timestamp};
use crate::study::overview::{
    NextInterview, Overview, QuizFacts, TagMemory, WeakSpot, last_quizzes, overconfidence,
};
use crate::study::queue::{self, Candidate};
use crate::study::request::StudyRequest;
use crate::trainer::Trainer;

/// Tags that the start page shows.
const SHOWN_TAGS: usize = 8;
/// Days within which the last quizzes are looked for.
const QUIZ_DAYS: i32 = 90;
/// Quizzes that the settings of the next one show.
const SHOWN_QUIZZES: usize = 3;
/// Days over which recall is counted.
const RECALL_DAYS: i32 = 30;

impl Trainer {
    /// Everything that Home and `prep today` say.
    pub fn overview(&self, lang: Lang, now: Timestamp) -> Overview {
        let today = self.day_of(now);
        let candidates = self.candidates(&Filter::default(), today);
        let recent = self.store().log_since(today + -RECALL_DAYS).unwrap_or_default();
        let due = queue::due(&candidates, today);
        let unseen = candidates.iter().filter(|c| c.schedule == Schedule::UNSEEN).count();
        let new = self.new_left(today).min(unseen);
        // The minutes of the sitting that Enter would begin, so that both say the same.
        let seconds = self
            .queue(&StudyRequest::default(), today)
            .map_or(0.0, |cards| cards.iter().map(|card| card.seconds).sum::<f32>());
        // A sitting with a limit ends when its time is over, however long its last card takes.
        let limit = self.settings().minutes.and_then(|minutes| u16::try_from(minutes).ok());
        let seconds = limit.map_or(seconds, |minutes| seconds.min(f32::from(minutes) * 60.0));
        Overview {
            due: due.len(),
            new,
            unseen,
            cards: candidates.len(),
            seconds,
            memory: [0, 7, 30].map(|days| self.mean_recall(&candidates, today + days)),
            tags: self.tag_memory(&candidates, today),
            last_days: last_days(&recent, today),
            recalled: self.recalled(&recent),
            overconfidence: overconfidence(&recent),
            weak_spot: self.weak_spot(&recent, lang, today),
            problems: self.count_problems(),
            decks: self.decks_with_cards().len(),
            undoable: self.undoable(),
            done_today: recent.iter().filter(|review| review.day == today).count(),
            interview: self.next_interview(lang, today),
        }
    }

    /// What the settings of a quiz offer.
    pub fn quiz_facts(&self, now: Timestamp) -> QuizFacts {
        let today = self.day_of(now);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in self.entries().iter().filter(|entry| !entry.retired) {
            *counts.entry(queue::main_tag(entry)).or_default() += 1;
        }
        let mut tags: Vec<(Tag, usize)> =
            counts.into_iter().map(|(tag, cards)| (Tag(tag.to_owned()), cards)).collect();
        tags.sort_by_key(|(_, cards)| std::cmp::Reverse(*cards));
        let recent = self.store().log_since(today + -QUIZ_DAYS).unwrap_or_default();
        QuizFacts { tags, last: last_quizzes(&recent, SHOWN_QUIZZES) }
    }

    fn mean_recall(&self, candidates: &[Candidate<'_>], day: Day) -> f32 {
        let sum: f32 =
            candidates.iter().map(|c| self.scheduler().retrievability(&c.schedule, day)).sum();
        sum / count(candidates.len().max(1))
    }

    fn tag_memory(&self, candidates: &[Candidate<'_>], today: Day) -> Vec<TagMemory> {
        let mut tags: BTreeMap<&str, (f32, usize, usize)> = BTreeMap::new();
        for candidate in candidates {
            let entry = tags.entry(queue::main_tag(candidate.entry)).or_default();
            entry.0 += self.scheduler().retrievability(&candidate.schedule, today);
            entry.1 += 1;
            entry.2 += usize::from(!candidate.schedule.is_new());
        }
        let mut list: Vec<TagMemory> = tags
            .into_iter()
            .map(|(tag, (sum, cards, seen))| TagMemory {
                tag: Tag(tag.to_owned()),
                now: sum / count(cards.max(1)),
                cards,
                seen,
            })
            .collect();
        list.sort_by_key(|tag| std::cmp::Reverse((tag.seen > 0, tag.cards)));
        list.truncate(SHOWN_TAGS);
        list
    }

    /// Recalled and all ratings of cards that had been seen on an earlier day.
    fn recalled(&self, recent: &[Review]) -> (usize, usize) {
        let repeated = recent.iter().filter(|review| {
            let first = self.schedule(&review.key).progress().map(|progress| progress.first_day);
            review.source == ReviewSource::Study && first.is_some_and(|first| first < review.day)
        });
        repeated.filter_map(|review| review.rating).fold((0, 0), |(recalled, all), rating| {
            (recalled + usize::from(rating.is_pass()), all + 1)
        })
    }

    /// The card that was missed most often in a row at the end of its history, or was sure and wrong.
    fn weak_spot(&self, recent: &[Review], lang: Lang, today: Day) -> Option<WeakSpot> {
        let mut misses: BTreeMap<&CardKey, (usize, bool)> = BTreeMap::new();
        for review in recent {
            let entry = misses.entry(&review.key).or_default();
            let missed = review.rating == Some(Rating::Again) || review.correct == Some(false);
            if missed {
                entry.0 += 1;
                entry.1 |= review.confidence == Some(Confidence::Sure);
            } else if review.rating.is_some() {
                *entry = (0, false);
            }
        }
        let (key, (misses, _)) = misses
            .into_iter()
            .filter(|(_, (misses, sure))| *misses >= 2 || *sure)
            .filter(|(key, _)| {
                self.marks_of(key).may_be_asked(today) && self.entry_of(key).is_some()
            })
            .max_by_key(|(_, weight)| *weight)?;
        let entry = self.entry_of(key)?;
        Some(WeakSpot { key: key.clone(), misses, title: entry.title.get(lang).clone() })
    }

    fn next_interview(&self, lang: Lang, today: Day) -> Option<NextInterview> {
        let interviews = self.store().interviews().ok()?;
        let next = interviews.into_iter().filter(|it| it.day >= today).min_by_key(|it| it.day)?;
        let named = |text: String| Some(text).filter(|text| !text.is_empty());
        Some(NextInterview {
            day: next.day,
            in_days: next.day.days_since(today),
            role: named(next.role).map(|role| self.role_title(role, lang)),
            company: named(next.company),
        })
    }

    /// The name of a known role, or what the user wrote.
    fn role_title(&self, role: String, lang: Lang) -> String {
        let known = self.labels().roles.iter().find(|label| label.slug == role);
        known.map_or(role, |label| label.title(lang).to_owned())
    }
}

fn last_days(recent: &[Review], today: Day) -> [f32; 14] {
    let mut days = [0.0; 14];
    for review in recent {
        let ago = today.days_since(review.day) as usize;
        if ago < days.len() && review.day <= today {
            days[days.len() - 1 - ago] += review.seconds / 60.0;
        }
    }
    days
}

#[expect(clippy::cast_precision_loss, reason = "a number of cards")]
fn count(number: usize) -> f32 {
    number as f32
}
