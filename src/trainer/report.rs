//! The start page as data: what is due, how memory stands, what the last days were like.

use std::collections::{BTreeMap, HashMap};

use crate::domain::card::CardKey;
use crate::domain::interview::Interview;
use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::review::{Confidence, Rating, Review, ReviewSource};
use crate::domain::tag::{Filter, Tag};
use crate::domain::time::{Day, Timestamp};
use crate::study::overview::{
    Moved, NextInterview, Overview, QuizFacts, Readiness, TagMemory, WeakSpot, last_quizzes,
    overconfidence,
};
use crate::study::queue::{self, Candidate};
use crate::study::request::StudyRequest;
use crate::trainer::choose::Queue;
use crate::trainer::{Aimed, Trainer};

/// Tags that the start page shows.
const SHOWN_TAGS: usize = 8;
/// Days within which the last quizzes are looked for.
const QUIZ_DAYS: i32 = 90;
/// Quizzes that the settings of the next one show.
const SHOWN_QUIZZES: usize = 3;
/// Tags whose change the end of a sitting shows.
const SHOWN_CHANGES: usize = 4;
/// The least change of recall that it shows: half a percent.
const LEAST_CHANGE: f32 = 0.005;
/// Seconds for which the start page says where they buy most.
const BOUGHT_SECONDS: f32 = 600.0;
/// Days before today over which recall is counted: thirty with today.
const RECALL_DAYS: i32 = 29;

impl Trainer {
    /// Everything that Home and `prep today` say.
    pub fn overview(&self, lang: Lang, now: Timestamp) -> Overview {
        let today = self.day_of(now);
        let candidates = self.candidates(&Filter::default(), now);
        let remembered = self.remembered(&Filter::default(), now);
        let recent = self.store().log_since(today + -RECALL_DAYS).unwrap_or_default();
        let unseen = candidates.iter().filter(|c| c.schedule == Schedule::UNSEEN).count();
        let next = self.next_interview(now);
        let queue = self.queue(&StudyRequest::default(), now);
        let (due, new) = match (&queue, &next) {
            (Ok(queue), Some(_)) => {
                let new = queue.cards.iter().filter(|card| card.schedule.is_new()).count();
                (queue.cards.len() - new, new)
            }
            (Err(_), Some(_)) => (0, 0),
            (_, None) => (queue::due(&candidates, today).len(), self.new_left(today).min(unseen)),
        };
        let (nothing, seconds) = match &queue {
            Ok(queue) => (None, expected_seconds(queue)),
            Err(why) => (Some(why.clone()), 0.0),
        };
        Overview {
            due,
            new,
            unseen,
            cards: candidates.len(),
            seconds,
            memory: [0, 7, 30].map(|days| self.mean_recall(&remembered, today + days)),
            tags: self.tag_memory(&remembered, next.as_ref(), now),
            last_days: last_days(&recent, today),
            recalled: self.recalled(&recent),
            overconfidence: overconfidence(&recent),
            weak_spot: self.weak_spot(&recent, lang, today),
            problems: self.count_problems(),
            decks: self.decks_with_cards().len(),
            undoable: self.undoable(),
            done_today: recent.iter().filter(|review| review.day == today).count(),
            readiness: next.as_ref().map(|next| self.readiness(&remembered, next)),
            warm_up: match &next {
                Some(next) if next.interview.day == today => self.warm_up(now),
                _ => Vec::new(),
            },
            interview: next.map(|next| self.described(next, lang, today)),
            nothing,
        }
    }

    /// What a sitting changed: `before` holds each card that it asked with its schedule at the start.
    pub fn moved(&self, before: &[(CardKey, Schedule)], now: Timestamp) -> Moved {
        let (today, next) = (self.day_of(now), self.next_interview(now));
        let before: HashMap<&CardKey, &Schedule> =
            before.iter().map(|(key, schedule)| (key, schedule)).collect();
        let (mut all, mut tags) = (Change::default(), BTreeMap::<&str, Change>::new());
        for candidate in self.remembered(&Filter::default(), now) {
            let weight =
                next.as_ref().map_or(1.0, |next| self.weigh(candidate.entry, next).for_readiness());
            let earlier = before
                .get(&candidate.entry.key)
                .map_or(candidate.retrievability, |it| self.scheduler().retrievability(it, today));
            let tag = tags.entry(queue::main_tag(candidate.entry)).or_default();
            for change in [&mut all, tag] {
                change.weight += weight;
                change.before += weight * earlier;
                change.after += weight * candidate.retrievability;
            }
        }
        let mut moved: Vec<(Tag, f32, f32)> = tags
            .into_iter()
            .map(|(tag, change)| (Tag(tag.to_owned()), change.shares()))
            .filter(|(_, (before, after))| (after - before).abs() >= LEAST_CHANGE)
            .map(|(tag, (before, after))| (tag, before, after))
            .collect();
        moved.sort_by(|one, other| (other.2 - other.1).abs().total_cmp(&(one.2 - one.1).abs()));
        moved.truncate(SHOWN_CHANGES);
        let tomorrow = self.queue(&StudyRequest::default(), now.plus_seconds(24 * 3600)).ok();
        Moved {
            all: all.shares(),
            is_readiness: next.is_some(),
            tags: moved,
            tomorrow: tomorrow.map(|queue| (queue.cards.len(), expected_seconds(&queue))),
        }
    }

    /// Weighted recall now over the cards of an interview.
    fn readiness(&self, candidates: &[Candidate<'_>], next: &Aimed) -> Readiness {
        let (mut known, mut all, mut cards, mut seen) = (0.0, 0.0, 0, 0);
        for candidate in candidates {
            let weight = self.weigh(candidate.entry, next);
            if weight.belongs {
                known += weight.value * candidate.retrievability;
                all += weight.value;
                cards += 1;
                seen += usize::from(!candidate.schedule.is_new());
            }
        }
        Readiness { today: if all > 0.0 { known / all } else { 0.0 }, cards, seen }
    }

    /// What the settings of a quiz offer.
    pub fn quiz_facts(&self, now: Timestamp) -> QuizFacts {
        let today = self.day_of(now);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in self.entries().iter().filter(|entry| entry.is_asked()) {
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

    /// The tags under which cards are mixed, each with all cards that carry it, as `--tag` and the statistics count: the
    /// mean recall of all cards, or weighted over those of the interview to come.
    fn tag_memory(
        &self,
        candidates: &[Candidate<'_>],
        next: Option<&Aimed>,
        now: Timestamp,
    ) -> Vec<TagMemory> {
        let scores = next.map(|next| self.scores(candidates, next, now));
        let weight_of = |candidate: &Candidate<'_>| match next {
            None => Some(1.0),
            Some(next) => {
                let weight = self.weigh(candidate.entry, next);
                weight.belongs.then_some(weight.value)
            }
        };
        let mut tags: BTreeMap<&str, TagSum> = candidates
            .iter()
            .filter(|candidate| weight_of(candidate).is_some())
            .map(|candidate| (queue::main_tag(candidate.entry), TagSum::default()))
            .collect();
        for (index, candidate) in candidates.iter().enumerate() {
            let Some(weight) = weight_of(candidate) else { continue };
            let main = queue::main_tag(candidate.entry);
            let further = candidate.entry.tags.iter().map(|tag| tag.0.as_str());
            for tag in further.filter(|tag| *tag != main).chain([main]) {
                let Some(sum) = tags.get_mut(tag) else { continue };
                sum.known += weight * candidate.retrievability;
                sum.weight += weight;
                sum.cards += 1;
                sum.seen += usize::from(!candidate.schedule.is_new());
                if let Some(scores) = &scores {
                    sum.gains.push((scores[index].score, candidate.seconds));
                }
            }
        }
        let best = tags
            .iter()
            .map(|(tag, sum)| (*tag, sum.bought_in(BOUGHT_SECONDS)))
            .filter(|(_, gain)| *gain > 0.0)
            .max_by(|one, other| one.1.total_cmp(&other.1))
            .map(|(tag, _)| tag);
        let mut list: Vec<TagMemory> = tags
            .iter()
            .map(|(tag, sum)| TagMemory {
                tag: Tag((*tag).to_owned()),
                now: if sum.weight > 0.0 { sum.known / sum.weight } else { 0.0 },
                cards: sum.cards,
                seen: sum.seen,
                is_best: best == Some(*tag),
            })
            .collect();
        list.sort_by_key(|tag| std::cmp::Reverse((tag.is_best, tag.seen > 0, tag.cards)));
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

    fn described(&self, next: Aimed, lang: Lang, today: Day) -> NextInterview {
        let Interview { day, time, company, role, .. } = next.interview;
        let named = |text: String| Some(text).filter(|text| !text.is_empty());
        NextInterview {
            day,
            in_days: day.days_since(today),
            time,
            role: named(role).map(|role| self.role_title(role, lang)),
            company: named(company),
        }
    }

    /// The name of a known role, or what the user wrote.
    pub fn role_title(&self, role: String, lang: Lang) -> String {
        let known = self.labels().roles.iter().find(|label| label.slug == role);
        known.map_or(role, |label| label.title(lang).to_owned())
    }
}

/// Weighted recall before and after a sitting.
#[derive(Default)]
struct Change {
    weight: f32,
    before: f32,
    after: f32,
}

impl Change {
    fn shares(&self) -> (f32, f32) {
        let all = if self.weight > 0.0 { self.weight } else { 1.0 };
        (self.before / all, self.after / all)
    }
}

/// The cards of one tag, added up.
#[derive(Default)]
struct TagSum {
    known: f32,
    weight: f32,
    cards: usize,
    seen: usize,
    /// Score (questions per second) and seconds of each card.
    gains: Vec<(f32, f32)>,
}

impl TagSum {
    /// Questions won by so many seconds on this tag, the best cards first.
    fn bought_in(&self, seconds: f32) -> f32 {
        let mut gains = self.gains.clone();
        gains.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut left = seconds;
        let mut bought = 0.0;
        for (score, needed) in gains {
            let spent = needed.min(left);
            bought += score.max(0.0) * spent;
            left -= spent;
        }
        bought
    }
}

/// Seconds that a sitting will probably take: those of its cards, or its limit where that is less.
fn expected_seconds(queue: &Queue) -> f32 {
    let seconds = queue.cards.iter().map(|card| card.seconds).sum::<f32>();
    let limit = queue.minutes.and_then(|minutes| u16::try_from(minutes).ok());
    limit.map_or(seconds, |minutes| seconds.min(f32::from(minutes) * 60.0))
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
