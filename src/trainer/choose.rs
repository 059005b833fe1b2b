//! From a request to a sitting or a quiz.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use crate::domain::card::{Body, Card, CardKey, CardKind, fnv1a};
use crate::domain::deck::{CardEntry, Origin};
use crate::domain::lang::Lang;
use crate::domain::tag::Filter;
use crate::domain::time::{Day, Timestamp};
use crate::study::choice::{self, MadeChoice};
use crate::study::drill;
use crate::study::habits::{self, Habits};
use crate::study::loads::Loads;
use crate::study::queue::{self, Candidate, Limits};
use crate::study::quiz::{Quiz, QuizRules};
use crate::study::request::{Drill, NothingToStudy, QuizRequest, StudyRequest};
use crate::study::session::{Session, SessionCard};
use crate::study::weigh::Weight;
use crate::trainer::Trainer;
use crate::trainer::plan::Aimed;

/// A question of a quiz with options made for it, where its card has none.
#[derive(Clone, Debug)]
pub struct QuizQuestion {
    /// The card.
    pub card: Card,
    /// Options made from key points.
    pub made: Option<MadeChoice>,
}

/// What a sitting asks, and how many minutes it may take.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    /// The cards in order.
    pub cards: Vec<SessionCard>,
    /// Minutes at most.
    pub minutes: Option<u32>,
}

/// Cards read to find wrong options for one question.
const POOL: usize = 24;

impl Trainer {
    /// The cards that a filter selects and that may be asked today, with what they count for the next interview.
    pub fn candidates(&self, filter: &Filter, now: Timestamp) -> Vec<Candidate<'_>> {
        let today = self.day_of(now);
        let mut cards = self.remembered(filter, now);
        cards.retain(|candidate| self.marks_of(&candidate.entry.key).may_be_asked(today));
        cards
    }

    /// The same with the buried cards: they come back, so whatever says how much is known counts them.
    pub fn remembered(&self, filter: &Filter, now: Timestamp) -> Vec<Candidate<'_>> {
        let today = self.day_of(now);
        let habits = self.habits();
        let next = self.next_interview(now);
        self.entries()
            .iter()
            .filter(|entry| entry.is_asked() && filter.accepts(entry))
            .filter(|entry| !filter.is_empty() || self.is_in_default_decks(entry))
            .filter(|entry| !self.marks_of(&entry.key).is_suspended)
            .map(|entry| self.candidate(entry, filter, (today, next.as_ref(), habits)))
            .collect()
    }

    fn candidate<'a>(
        &self,
        entry: &'a CardEntry,
        filter: &Filter,
        (today, next, habits): (Day, Option<&Aimed>, &Habits),
    ) -> Candidate<'a> {
        let schedule = self.schedule(&entry.key);
        let retrievability = self.scheduler().retrievability(&schedule, today);
        let length = habits::length(entry);
        let seconds = if schedule.is_new() {
            habits.mean_first_seconds()
        } else {
            habits.mean_review_seconds(retrievability)
        };
        Candidate {
            entry,
            schedule,
            retrievability,
            seconds: seconds * length,
            weight: next.map_or(Weight::ORDINARY, |next| self.weigh(entry, next)),
            length,
            is_focus: entry.tags.first().is_some_and(|tag| filter.tags.contains(tag)),
        }
    }

    /// Whether a card is studied where no flag says otherwise: the settings may leave out bundled decks, never a user's.
    pub(super) fn is_in_default_decks(&self, entry: &CardEntry) -> bool {
        let chosen = &self.settings().study_decks;
        chosen.is_empty() || entry.file.origin == Origin::User || chosen.contains(&entry.deck.0)
    }

    /// How many new cards today's limit still allows.
    pub fn new_left(&self, today: Day) -> usize {
        let introduced = self
            .schedules
            .values()
            .filter(|schedule| schedule.progress().is_some_and(|p| p.first_day == today))
            .count();
        (self.settings().new_per_day as usize).saturating_sub(introduced)
    }

    /// Builds a sitting.
    pub fn study(
        &mut self,
        request: &StudyRequest,
        now: Timestamp,
    ) -> Result<Session, NothingToStudy> {
        // What was answered since the last sitting tells more of the learner's habits.
        self.habits.take();
        let (cards, minutes) = if request.only.is_empty() {
            let queue = self.queue(request, now)?;
            (queue.cards, queue.minutes)
        } else {
            (self.exactly(&request.only, now), request.minutes.or(self.settings().minutes))
        };
        let loads = Loads::of(self.schedules.values());
        Ok(Session::new(self.draw_session(), cards, (minutes, loads), now))
    }

    /// The cards that a sitting would ask now.
    pub(super) fn queue(
        &self,
        request: &StudyRequest,
        now: Timestamp,
    ) -> Result<Queue, NothingToStudy> {
        let candidates = self.candidates(&request.filter, now);
        if candidates.is_empty() {
            return Err(NothingToStudy::NoCards);
        }
        match self.next_interview(now) {
            Some(next) => self.queue_by_score(request, &candidates, &next, now),
            None => self.queue_by_due_day(request, &candidates, now),
        }
    }

    fn queue_by_due_day(
        &self,
        request: &StudyRequest,
        candidates: &[Candidate<'_>],
        now: Timestamp,
    ) -> Result<Queue, NothingToStudy> {
        let today = self.day_of(now);
        let minutes = request.minutes.or_else(|| self.minutes_without_interview(today));
        let limits = Limits {
            new_cards: request.new_cards.unwrap_or_else(|| self.new_left(today)),
            cards: request.limit,
            minutes,
        };
        let seed = request.seed.unwrap_or_else(|| day_seed(today));
        let order = queue::today(candidates, today, limits, seed);
        if order.is_empty() {
            let next = candidates.iter().filter_map(|c| c.schedule.due()).min();
            let unseen = candidates.iter().filter(|c| c.schedule.is_new()).count();
            return Err(NothingToStudy::Done { next, unseen });
        }
        let cards = order.into_iter().map(|index| session_card(&candidates[index])).collect();
        Ok(Queue { cards, minutes })
    }

    fn exactly(&self, keys: &[CardKey], now: Timestamp) -> Vec<SessionCard> {
        let (today, next) = (self.day_of(now), self.next_interview(now));
        let habits = self.habits();
        keys.iter()
            .filter_map(|key| self.entry_of(key))
            .map(|entry| self.candidate(entry, &Filter::default(), (today, next.as_ref(), habits)))
            .map(|candidate| session_card(&candidate))
            .collect()
    }

    /// Builds a quiz; the sentence says why there is none.
    pub fn quiz(
        &mut self,
        request: &QuizRequest,
        lang: Lang,
        now: Timestamp,
    ) -> Result<(Quiz, Vec<QuizQuestion>), NothingToStudy> {
        let seed = request.seed.unwrap_or_else(|| self.draw_seed());
        let questions = match request.drill {
            Some(Drill::Availability) => drill_questions(request.questions, seed),
            None => self.quiz_questions(request, lang, seed, now),
        };
        if questions.is_empty() {
            return Err(NothingToStudy::NoCards);
        }
        let keys = questions.iter().map(|question| question.card.key.clone()).collect();
        let rules = QuizRules { minutes: request.minutes, exam: request.exam };
        Ok((Quiz::new(self.draw_session(), keys, rules, now), questions))
    }

    fn quiz_questions(
        &self,
        request: &QuizRequest,
        lang: Lang,
        seed: u64,
        now: Timestamp,
    ) -> Vec<QuizQuestion> {
        let mut candidates = self.candidates(&request.filter, now);
        let mut rng = StdRng::seed_from_u64(seed);
        candidates.shuffle(&mut rng);
        if request.weakest_first {
            candidates.sort_by(|a, b| a.retrievability.total_cmp(&b.retrievability));
        }
        let mut questions = Vec::new();
        for entry in spread(&candidates) {
            if questions.len() >= request.questions {
                break;
            }
            questions.extend(self.question(entry, lang, seed));
        }
        questions
    }

    /// The question of a card; none where it can neither be judged nor given options.
    fn question(&self, entry: &CardEntry, lang: Lang, seed: u64) -> Option<QuizQuestion> {
        if entry.kind == CardKind::Open && entry.points == 0 {
            return None;
        }
        let card = self.card(entry).ok()?;
        if !matches!(card.texts.base().body, Body::Open { .. }) {
            return Some(QuizQuestion { card, made: None });
        }
        let seed = seed ^ fnv1a(entry.key.0.as_bytes());
        let others = self.neighbours(entry, seed);
        let made = choice::make(&card, &others, lang, seed)?;
        Some(QuizQuestion { card, made: Some(made) })
    }

    /// Open cards that share a tag with a card, a few of them, by chance.
    fn neighbours(&self, entry: &CardEntry, seed: u64) -> Vec<Card> {
        let mut near: Vec<&CardEntry> = self
            .entries()
            .iter()
            .filter(|other| other.key != entry.key && other.kind == CardKind::Open)
            .filter(|other| other.points > 0 && other.is_asked())
            .filter(|other| other.tags.iter().any(|tag| entry.tags.contains(tag)))
            .collect();
        near.shuffle(&mut StdRng::seed_from_u64(seed));
        near.into_iter().take(POOL).filter_map(|other| self.card(other).ok()).collect()
    }
}

/// The order of a fair quiz: tags take turns, the order of the candidates kept within each.
fn spread<'a>(candidates: &[Candidate<'a>]) -> Vec<&'a CardEntry> {
    let mut groups: Vec<(&str, std::collections::VecDeque<&'a CardEntry>)> = Vec::new();
    for candidate in candidates {
        let tag = queue::main_tag(candidate.entry);
        match groups.iter_mut().find(|(name, _)| *name == tag) {
            Some((_, cards)) => cards.push_back(candidate.entry),
            None => groups.push((tag, std::iter::once(candidate.entry).collect())),
        }
    }
    let mut order = Vec::new();
    while groups.iter().any(|(_, cards)| !cards.is_empty()) {
        order.extend(groups.iter_mut().filter_map(|(_, cards)| cards.pop_front()));
    }
    order
}

fn drill_questions(count: usize, seed: u64) -> Vec<QuizQuestion> {
    let mut cards = drill::availability();
    cards.shuffle(&mut StdRng::seed_from_u64(seed));
    cards.into_iter().take(count).map(|card| QuizQuestion { card, made: None }).collect()
}

pub(super) fn session_card(candidate: &Candidate<'_>) -> SessionCard {
    SessionCard {
        key: candidate.entry.key.clone(),
        schedule: candidate.schedule,
        seconds: candidate.seconds,
        weight: candidate.weight,
        length: candidate.length,
    }
}

/// The order of a day: the same all day, another one tomorrow.
fn day_seed(today: Day) -> u64 {
    fnv1a(&today.0.to_le_bytes())
}
