//! The interviews to come, and what study does about them: weights, scores, today's queue, the plan.

use std::collections::{HashMap, HashSet};

use crate::domain::card::CardKey;
use crate::domain::deck::CardEntry;
use crate::domain::interview::{Interview, Preparation, StudyTime};
use crate::domain::memory::{CardState, Schedule};
use crate::domain::review::{Review, ReviewSource};
use crate::domain::tag::{Filter, Role};
use crate::domain::time::{Day, Timestamp};
use crate::store::StoreError;
use crate::study::habits::{Habits, length, meetings};
use crate::study::plan::{Aim, DONE_PER_SECOND, LIGHT_SHARE, PlanCard, PlanInputs, Planner};
use crate::study::queue::{self, Candidate, ScoreLimits, Scored};
use crate::study::request::{NothingToStudy, StudyRequest};
use crate::study::score::{Gain, Scorer, hold};
use crate::study::strength::{Rated, Strength};
use crate::study::weigh::{Weight, weigh};
use crate::trainer::Trainer;
use crate::trainer::choose::{Queue, session_card};

/// Newest answers from which habits are learnt.
const HABIT_ANSWERS: u32 = 500;
/// Minutes a day where the user never said how many there are.
const USUAL_MINUTES: u32 = 30;
/// Interviews that a plan looks at.
const PLANNED_INTERVIEWS: usize = 3;
/// Cards of a warm-up.
const WARM_UP_CARDS: usize = 8;
/// Where the first dense day of the newest plan is remembered.
const DENSE_FROM: &str = "dense_from";

/// An interview with what its role means.
#[derive(Clone, Debug)]
pub struct Aimed {
    /// The interview.
    pub interview: Interview,
    /// Its role, where it is one of the known ones.
    pub role: Option<Role>,
}

impl Trainer {
    /// The interviews that are not over, the earliest first.
    pub fn interviews(&self, now: Timestamp) -> Vec<Aimed> {
        let (today, time) = (self.day_of(now), self.calendar().time_of(now));
        let all = self.store().interviews().unwrap_or_default();
        let mut coming: Vec<Interview> =
            all.into_iter().filter(|interview| !interview.is_over(today, time)).collect();
        // An interview of the small hours belongs to the study day before its date.
        coming.sort_by_key(|interview| (interview.day, interview.time));
        coming.into_iter().map(|interview| self.aimed(interview)).collect()
    }

    /// The interview that study aims at.
    pub fn next_interview(&self, now: Timestamp) -> Option<Aimed> {
        self.interviews(now).into_iter().next()
    }

    fn aimed(&self, interview: Interview) -> Aimed {
        let role = (!interview.role.is_empty()).then(|| self.labels().role(&interview.role));
        let role = role.filter(|role| self.labels().roles.iter().any(|it| it.slug == role.0));
        Aimed { interview, role }
    }

    /// The minutes that are given: said for the plan, else those of the settings, else half an hour a day.
    pub fn study_time(&self) -> StudyTime {
        let said = self.store().study_time().ok().flatten();
        said.unwrap_or_else(|| {
            StudyTime::every_day(self.settings().minutes.unwrap_or(USUAL_MINUTES))
        })
    }

    /// Minutes of a sitting where no interview is near: those of the settings, else those that were said for the plan, which hold
    /// after the interview too. None where there is no limit, and on a day off, when who studies all the same decides alone.
    pub(super) fn minutes_without_interview(&self, today: Day) -> Option<u32> {
        let said = || self.store().study_time().ok().flatten();
        let minutes = self.settings().minutes.or_else(|| Some(said()?.minutes_on(today)));
        minutes.filter(|minutes| *minutes > 0)
    }

    /// Says how many minutes are given.
    pub fn set_study_time(&mut self, time: &StudyTime) -> Result<(), StoreError> {
        self.store.set_study_time(time)
    }

    /// What the learner prepares for, and the minutes for it.
    pub fn preparation(&self, now: Timestamp) -> Preparation {
        let interviews = self.interviews(now).into_iter().map(|it| it.interview).collect();
        Preparation { interviews, time: self.study_time() }
    }

    /// Keeps what the learner prepares for; interviews that are over stay as they are.
    pub fn set_preparation(
        &mut self,
        wanted: &Preparation,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let before = self.preparation(now);
        if before.interviews != wanted.interviews {
            let (today, time) = (self.day_of(now), self.calendar().time_of(now));
            let mut all = self.store().interviews()?;
            all.retain(|interview| interview.is_over(today, time));
            all.extend_from_slice(&wanted.interviews);
            self.set_interviews(&all)?;
        }
        if before.time != wanted.time {
            self.set_study_time(&wanted.time)?;
        }
        Ok(())
    }

    /// What a card counts for an interview.
    pub fn weigh(&self, entry: &CardEntry, aimed: &Aimed) -> Weight {
        let starred = self.marks_of(&entry.key).is_starred;
        weigh(entry, &aimed.interview, aimed.role.as_ref(), starred)
    }

    /// Seconds and odds of this learner, from the newest answers; computed once.
    pub fn habits(&self) -> &Habits {
        self.habits.get_or_init(|| {
            let recent = self.store().recent(HABIT_ANSWERS).unwrap_or_default();
            let lengths: HashMap<&CardKey, f32> =
                self.entries().iter().map(|entry| (&entry.key, length(entry))).collect();
            let meetings = meetings(&recent, |key| {
                let first_day = self.schedule(key).progress()?.first_day;
                Some((first_day, *lengths.get(key)?))
            });
            Habits::learn(&meetings)
        })
    }

    /// What computes gains for this learner.
    pub fn scorer(&self) -> Scorer {
        Scorer::new(self.scheduler().model(), *self.habits())
    }

    /// Seconds of study given today before an interview, what was studied today taken off.
    pub fn seconds_today(&self, next: &Aimed, now: Timestamp) -> f32 {
        let today = self.day_of(now);
        let given = seconds_on(&self.study_time(), today, self.dense_day(next.interview.day));
        (given - self.seconds_studied(today)).max(0.0)
    }

    pub(super) fn seconds_studied(&self, today: Day) -> f32 {
        let log = self.store().log_since(today).unwrap_or_default();
        let studied =
            |review: &&Review| review.day == today && review.source == ReviewSource::Study;
        log.iter().filter(studied).map(|review| review.seconds).sum()
    }

    /// Remembers from which day the minutes count most, so that study needs no plan to know it; says whether that is news.
    pub fn remember_dense_day(&mut self, interview: Day, dense_from: Option<Day>) -> bool {
        let said =
            dense_from.map_or_else(String::new, |day| format!("{} {}", interview.iso(), day.iso()));
        let before = self.store().memo(DENSE_FROM).ok().flatten().unwrap_or_default();
        // A cache: if it cannot be written, today has its full minutes.
        said != before && self.store.set_memo(DENSE_FROM, &said).is_ok()
    }

    /// The day from which the minutes count most, as the newest plan for that date found.
    fn dense_day(&self, interview: Day) -> Option<Day> {
        let said = self.store().memo(DENSE_FROM).ok().flatten()?;
        let (date, dense) = said.split_once(' ')?;
        (Day::from_iso(date)? == interview).then(|| Day::from_iso(dense)).flatten()
    }

    pub(super) fn queue_by_score(
        &self,
        request: &StudyRequest,
        candidates: &[Candidate<'_>],
        next: &Aimed,
        now: Timestamp,
    ) -> Result<Queue, NothingToStudy> {
        let scores = self.scores(candidates, next, now);
        let seconds = match request.minutes {
            Some(asked) => minutes(asked) * 60.0,
            None => self.seconds_today(next, now),
        };
        // Who asks for more than the plan gives is not told that it gains little.
        let floor = if request.minutes.is_some() { 0.0 } else { DONE_PER_SECOND };
        let limits = ScoreLimits { new_cards: request.new_cards, cards: request.limit };
        let order = queue::by_score(candidates, &scores, floor, (limits, seconds));
        if order.is_empty() {
            let given = self.study_time().minutes_on(self.day_of(now));
            return Err(match (seconds > 0.0, given) {
                (true, _) => NothingToStudy::Ready { interview: next.interview.day },
                (false, 0) => NothingToStudy::DayOff { interview: next.interview.day },
                (false, _) => NothingToStudy::MinutesSpent { interview: next.interview.day },
            });
        }
        let cards = order.into_iter().map(|index| session_card(&candidates[index])).collect();
        Ok(Queue {
            cards,
            minutes: Some(request.minutes.unwrap_or_else(|| whole_minutes(seconds))),
        })
    }

    /// The scores of candidates today. On the day of the interview: what is most probably not known counts most.
    pub fn scores(
        &self,
        candidates: &[Candidate<'_>],
        next: &Aimed,
        now: Timestamp,
    ) -> Vec<Scored> {
        let today = self.day_of(now);
        let owed = self.wrong_today(today);
        let gains = self.gains(candidates, next, today);
        let round = candidates
            .iter()
            .zip(&gains)
            .filter(|(candidate, _)| candidate.weight.belongs)
            .filter_map(|(candidate, gain)| Some(gain.as_ref()?.seconds * candidate.length))
            .sum();
        let hold = hold(self.seconds_until(next, now), round);
        candidates
            .iter()
            .zip(gains)
            .map(|(candidate, gain)| Scored {
                score: gain
                    .map_or(0.0, |it| it.per_second(candidate.weight.value, candidate.length)),
                is_slipping: candidate.weight.belongs
                    && gain.is_some_and(|it| it.is_slipping(hold)),
                is_owed: is_left_failed(&candidate.schedule, today)
                    || owed.contains(&candidate.entry.key),
            })
            .collect()
    }

    /// What a meeting today would bring for each candidate; none for one that was met today.
    fn gains(&self, candidates: &[Candidate<'_>], next: &Aimed, today: Day) -> Vec<Option<Gain>> {
        let scorer = self.scorer();
        let ahead = next.interview.day - today;
        let unseen = scorer.unseen(days(ahead));
        let gain = |candidate: &Candidate<'_>| match candidate.schedule {
            Schedule::Seen(progress) if progress.last_day >= today => None,
            // Hours before the interview a meeting brings what is missing.
            _ if ahead <= 0 => Some(Gain {
                recall: 1.0 - candidate.retrievability,
                seconds: candidate.seconds / candidate.length.max(0.01),
                now: None,
            }),
            Schedule::New { .. } => Some(unseen),
            Schedule::Seen(progress) => {
                Some(scorer.seen(progress.memory, days(today - progress.last_day), days(ahead)))
            }
        };
        candidates.iter().map(gain).collect()
    }

    /// Seconds of study that are planned from now until the interview.
    fn seconds_until(&self, next: &Aimed, now: Timestamp) -> f32 {
        let (today, time) = (self.day_of(now), self.study_time());
        let dense_day = self.dense_day(next.interview.day);
        let later: f32 = (today.0 + 1..next.interview.day.0)
            .map(|day| seconds_on(&time, Day(day), dense_day))
            .sum();
        self.seconds_today(next, now) + later
    }

    /// Cards answered wrong in a quiz today and not studied since.
    fn wrong_today(&self, today: Day) -> HashSet<CardKey> {
        let mut wrong = HashSet::new();
        for review in self.store().log_since(today).unwrap_or_default() {
            if review.source == ReviewSource::Quiz && review.correct == Some(false) {
                wrong.insert(review.key);
            } else if review.rating.is_some() {
                wrong.remove(&review.key);
            }
        }
        wrong
    }

    /// What the grades of a sitting aim at; none without an interview to come.
    pub fn aim(&self, now: Timestamp) -> Option<Aim> {
        let (planner, light_days) = self.quick_planner(now)?;
        Some(planner.aim(light_days))
    }

    /// How many cards the plan asks on each day until the next interview, today first; none without one.
    pub fn planned_cards(&self, now: Timestamp) -> Option<Vec<u32>> {
        let (planner, light_days) = self.quick_planner(now)?;
        Some(planner.cards_by_day(light_days))
    }

    /// A planner that believes what the scheduler believes, for what needs no range, and the number of light days.
    fn quick_planner(&self, now: Timestamp) -> Option<(Planner, i32)> {
        let mut inputs = self.plan_inputs(HashMap::new(), now)?;
        inputs.interviews.truncate(1);
        let dense_day = self.dense_day(inputs.interviews[0].day);
        let light_days = dense_day.map_or(0, |dense| dense - inputs.today);
        let seed = seed_of(&inputs);
        Some((Planner::new(inputs, seed), light_days))
    }

    /// A plan in the making for the interviews to come; none without one.
    pub fn planner(&self, now: Timestamp) -> Option<Planner> {
        let mut inputs = self.plan_inputs(self.histories(), now)?;
        let histories = inputs.cards.iter().map(|card| card.history.as_slice());
        inputs.strength = Strength::of(inputs.scorer.model().parameters(), histories);
        let seed = seed_of(&inputs);
        Some(Planner::new(inputs, seed))
    }

    fn plan_inputs(
        &self,
        mut histories: HashMap<CardKey, Vec<Rated>>,
        now: Timestamp,
    ) -> Option<PlanInputs> {
        let today = self.day_of(now);
        let mut aimed = self.interviews(now);
        aimed.truncate(PLANNED_INTERVIEWS);
        aimed.first()?;
        let cards = self
            .remembered(&Filter::default(), now)
            .iter()
            .map(|candidate| {
                let history = histories.remove(&candidate.entry.key).unwrap_or_default();
                let weights = aimed.iter().map(|it| self.weigh(candidate.entry, it)).collect();
                PlanCard::of(candidate, history, weights)
            })
            .collect();
        Some(PlanInputs {
            today,
            done_seconds: self.seconds_studied(today),
            interviews: aimed.into_iter().map(|it| it.interview).collect(),
            time: self.study_time(),
            cards,
            scorer: self.scorer(),
            strength: Strength::PRIOR,
        })
    }

    /// Every card's ratings in order.
    pub(super) fn histories(&self) -> HashMap<CardKey, Vec<Rated>> {
        let mut histories: HashMap<CardKey, Vec<Rated>> = HashMap::new();
        for review in self.store().log().unwrap_or_default() {
            if let Some(rating) = review.rating {
                histories.entry(review.key).or_default().push((review.day, rating));
            }
        }
        histories
    }

    /// The cards of a warm-up before an interview: the opening answer, then the surest ones that count most.
    pub fn warm_up(&self, now: Timestamp) -> Vec<CardKey> {
        const OPENING: &str = "behavioral/self-introduction";
        let mut cards = self.candidates(&Filter::default(), now);
        cards.retain(|candidate| !candidate.schedule.is_new());
        let sureness =
            |candidate: &Candidate<'_>| candidate.retrievability * candidate.weight.value.min(2.0);
        cards.sort_by(|one, other| sureness(other).total_cmp(&sureness(one)));
        let sure = cards.iter().map(|candidate| &candidate.entry.key);
        let opening = self.entry(OPENING).map(|entry| &entry.key);
        let mut keys: Vec<CardKey> = opening.into_iter().cloned().collect();
        let left = WARM_UP_CARDS + keys.len();
        for key in sure {
            if keys.len() < left && !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        keys
    }
}

/// Seconds of study planned on a day: a part of those given while the minutes count more later.
fn seconds_on(time: &StudyTime, day: Day, dense_day: Option<Day>) -> f32 {
    let share = if dense_day.is_some_and(|dense| day < dense) { LIGHT_SHARE } else { 1.0 };
    minutes(time.minutes_on(day)) * 60.0 * share
}

/// Chance in a plan is that of its day: the same log gives the same plan all day.
fn seed_of(inputs: &PlanInputs) -> u64 {
    u64::from(inputs.today.0.unsigned_abs())
}

/// Whether a card was failed today and not recalled since: it is asked until it is right once.
fn is_left_failed(schedule: &Schedule, today: Day) -> bool {
    schedule
        .progress()
        .is_some_and(|progress| progress.last_day == today && progress.state != CardState::Review)
}

#[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
fn minutes(number: u32) -> f32 {
    number as f32
}

#[expect(clippy::cast_precision_loss, reason = "days until an interview")]
fn days(number: i32) -> f32 {
    number as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast saturates, and no time is negative"
)]
fn whole_minutes(seconds: f32) -> u32 {
    ((seconds / 60.0).ceil() as u32).max(1)
}
