//! One sitting from the first card to the last, as a state machine: rate, skip, drop, undo. Touches no disk.

use std::collections::VecDeque;

use crate::domain::card::CardKey;
use crate::domain::memory::Schedule;
use crate::domain::review::{
    Confidence, MAX_ANSWER_SECONDS, PointResult, Rating, Review, ReviewId, ReviewSource, SessionId,
};
use crate::domain::time::{Day, Timestamp};
use crate::study::loads::Loads;
use crate::study::plan::Aim;
use crate::study::scheduler::{Outcome, Scheduler};
use crate::study::weigh::Weight;

/// A card of the sitting.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionCard {
    /// What its reviews name.
    pub key: CardKey,
    /// Its schedule now.
    pub schedule: Schedule,
    /// Seconds that asking it will probably take.
    pub seconds: f32,
    /// What it counts for the interview.
    pub weight: Weight,
    /// Seconds against a card of length 1.
    pub length: f32,
}

/// What the learner did with a card, apart from the rating.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Answer {
    /// The rating that was proposed.
    pub proposed: Option<Rating>,
    /// Right or wrong, where the program judged.
    pub correct: Option<bool>,
    /// How sure the learner was.
    pub confidence: Option<Confidence>,
    /// Whether the hint was shown.
    pub hint_used: bool,
    /// Whether the learner also said something wrong.
    pub wrong_statement: bool,
    /// Hit or miss of every key point.
    pub points: Vec<PointResult>,
    /// What was typed or chosen.
    pub typed: Option<String>,
    /// Seconds from question to rating.
    pub seconds: f32,
}

/// A review that must be written before the next frame, with the schedule that follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The entry of the log.
    pub review: Review,
    /// The card's new schedule.
    pub schedule: Schedule,
}

/// What an undo takes back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The card that is current again.
    pub key: CardKey,
    /// The review to void, with the schedule before it; none where a skip or a drop is taken back.
    pub review: Option<(Review, Schedule)>,
    /// Whether the card had been dropped (suspended or buried).
    pub dropped: bool,
}

/// A failed card comes back after this many other cards …
const RETURN_AFTER_CARDS: u32 = 6;
/// … or after this many seconds, whichever is first.
pub const RETURN_AFTER_SECONDS: i64 = 600;

/// A card that waits to be asked again.
#[derive(Clone, Debug, PartialEq)]
struct Waiting {
    card: usize,
    after_step: u32,
    at: Timestamp,
}

/// Where the sitting stands; small, because every step keeps a copy for undo.
#[derive(Clone, Debug, PartialEq, Default)]
struct Position {
    current: Option<usize>,
    upcoming: VecDeque<usize>,
    waiting: Vec<Waiting>,
    answered: usize,
    steps: u32,
}

/// One step of the sitting, as undo needs it.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    before: Position,
    card: usize,
    schedule_before: Schedule,
    review: Option<Review>,
    dropped: bool,
}

/// One sitting.
#[derive(Clone, Debug)]
pub struct Session {
    id: SessionId,
    next_number: u32,
    started: Timestamp,
    minutes: Option<u32>,
    cards: Vec<SessionCard>,
    position: Position,
    steps: Vec<Step>,
    loads: Loads,
    aim: Option<Aim>,
}

impl Session {
    /// A sitting over `cards` in their order; ends early when `minutes` are over. `loads` tells how many cards are due on
    /// which day.
    pub fn new(
        id: SessionId,
        cards: Vec<SessionCard>,
        (minutes, loads): (Option<u32>, Loads),
        now: Timestamp,
    ) -> Self {
        let upcoming = (0..cards.len()).collect();
        let mut session = Self {
            id,
            next_number: 0,
            started: now,
            minutes,
            cards,
            position: Position { upcoming, ..Position::default() },
            steps: Vec::new(),
            loads,
            aim: None,
        };
        session.next_card(now);
        session
    }

    /// The card that is asked now; none when the sitting is over.
    pub fn current(&self) -> Option<&SessionCard> {
        self.position.current.map(|card| &self.cards[card])
    }

    /// The number of the current card, from 1, and of all cards of the sitting as known now.
    ///
    /// A failed card counts again when it comes back, so that the number always moves.
    pub fn progress(&self) -> (usize, usize) {
        let left = self.cards_left();
        let done = self.position.answered;
        (done + usize::from(left > 0), done + left)
    }

    /// Cards that are still to be asked, the current one included.
    pub fn cards_left(&self) -> usize {
        usize::from(self.position.current.is_some())
            + self.position.upcoming.len()
            + self.position.waiting.len()
    }

    /// Estimated seconds until the end.
    pub fn seconds_left(&self, now: Timestamp) -> f32 {
        let cards = self
            .position
            .current
            .iter()
            .chain(&self.position.upcoming)
            .chain(self.position.waiting.iter().map(|waiting| &waiting.card));
        let estimate: f32 = cards.map(|card| self.cards[*card].seconds).sum();
        match self.time_left(now) {
            Some(left) => estimate.min(left),
            None => estimate,
        }
    }

    /// What each button would do for the current card.
    pub fn preview(&self, scheduler: &Scheduler, today: Day) -> Option<[Outcome; 4]> {
        let card = self.current()?;
        let mut outcomes = scheduler.preview(&card.key, &card.schedule, (today, &self.loads));
        if let Some(aim) = &self.aim {
            for outcome in outcomes.iter_mut().filter(|outcome| outcome.rating.is_pass()) {
                outcome.next = aim.next_meeting(outcome.memory, card.weight, card.length);
            }
        }
        Some(outcomes)
    }

    /// Sets what the grades aim at: an interview, or nothing but the due days.
    pub fn set_aim(&mut self, aim: Option<Aim>) {
        self.aim = aim;
    }

    /// Rates the current card and goes on; the result must be on disk before the next frame.
    pub fn rate(
        &mut self,
        scheduler: &Scheduler,
        rating: Rating,
        answer: Answer,
        today: Day,
        now: Timestamp,
    ) -> Option<Recorded> {
        let card = self.position.current?;
        let SessionCard { key, schedule: before, .. } = self.cards[card].clone();
        let schedule = scheduler.rate(&key, &before, rating, (today, now), &self.loads);
        self.loads.moved(&before, &schedule);
        let review = self.review(key, rating, answer, today, now, schedule.due());
        self.push_step(card, before, Some(review.clone()), false);
        self.cards[card].schedule = schedule;
        if rating == Rating::Again {
            self.position.waiting.push(Waiting {
                card,
                after_step: self.position.steps + RETURN_AFTER_CARDS,
                at: now.plus_seconds(RETURN_AFTER_SECONDS),
            });
        }
        self.position.answered += 1;
        self.next_card(now);
        Some(Recorded { review, schedule })
    }

    /// Puts the current card at the end; not a rating. Does nothing when it is the only one left.
    pub fn skip(&mut self, now: Timestamp) -> bool {
        let Some(card) = self.position.current else { return false };
        if self.position.upcoming.is_empty() && self.position.waiting.is_empty() {
            return false;
        }
        self.push_step(card, self.cards[card].schedule, None, false);
        self.position.upcoming.push_back(card);
        self.next_card(now);
        true
    }

    /// Takes the current card out of the sitting: suspended or buried.
    pub fn drop_current(&mut self, now: Timestamp) -> Option<CardKey> {
        let card = self.position.current?;
        self.push_step(card, self.cards[card].schedule, None, true);
        self.next_card(now);
        Some(self.cards[card].key.clone())
    }

    /// Takes the last step back, without limit; none at the start of the sitting.
    pub fn undo(&mut self) -> Option<Undone> {
        let step = self.steps.pop()?;
        self.position = step.before;
        if step.review.is_some() {
            self.loads.moved(&self.cards[step.card].schedule, &step.schedule_before);
        }
        self.cards[step.card].schedule = step.schedule_before;
        Some(Undone {
            key: self.cards[step.card].key.clone(),
            review: step.review.map(|review| (review, step.schedule_before)),
            dropped: step.dropped,
        })
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.steps.is_empty()
    }

    /// The reviews of the sitting that hold, in order.
    pub fn reviews(&self) -> impl Iterator<Item = &Review> {
        self.steps.iter().filter_map(|step| step.review.as_ref())
    }

    /// The reviews with the schedule each card had before.
    pub fn reviews_with_before(&self) -> impl Iterator<Item = (&Review, &Schedule)> {
        self.steps
            .iter()
            .filter_map(|step| step.review.as_ref().map(|review| (review, &step.schedule_before)))
    }

    fn review(
        &mut self,
        key: CardKey,
        rating: Rating,
        answer: Answer,
        day: Day,
        at: Timestamp,
        due: Option<Day>,
    ) -> Review {
        // A number is never used twice, not even after an undo: the voided entry keeps it.
        let id = ReviewId { session: self.id, number: self.next_number };
        self.next_number += 1;
        Review {
            id,
            key,
            at,
            day,
            source: ReviewSource::Study,
            rating: Some(rating),
            proposed: answer.proposed,
            correct: answer.correct,
            confidence: answer.confidence,
            hint_used: answer.hint_used,
            wrong_statement: answer.wrong_statement,
            points: answer.points,
            seconds: answer.seconds.clamp(0.0, MAX_ANSWER_SECONDS),
            answer: answer.typed,
            due,
        }
    }

    fn push_step(
        &mut self,
        card: usize,
        schedule_before: Schedule,
        review: Option<Review>,
        dropped: bool,
    ) {
        let before = self.position.clone();
        self.steps.push(Step { before, card, schedule_before, review, dropped });
        self.position.steps += 1;
    }

    /// A failed card whose time has come, else the next of the queue, else the failed one that waits longest.
    fn next_card(&mut self, now: Timestamp) {
        let position = &mut self.position;
        position.current = None;
        if self.minutes.is_some() && time_left(self.started, self.minutes, now) <= 0.0 {
            position.upcoming.clear();
            position.waiting.clear();
            return;
        }
        let ready = position
            .waiting
            .iter()
            .position(|waiting| waiting.after_step <= position.steps || waiting.at <= now);
        if let Some(index) = ready {
            position.current = Some(position.waiting.remove(index).card);
        } else if let Some(card) = position.upcoming.pop_front() {
            position.current = Some(card);
        } else if !position.waiting.is_empty() {
            position.current = Some(position.waiting.remove(0).card);
        }
    }

    fn time_left(&self, now: Timestamp) -> Option<f32> {
        self.minutes.map(|_| time_left(self.started, self.minutes, now).max(0.0))
    }
}

fn time_left(started: Timestamp, minutes: Option<u32>, now: Timestamp) -> f32 {
    minutes.map_or(f32::INFINITY, |minutes| {
        f32::from(u16::try_from(minutes).unwrap_or(u16::MAX)) * 60.0 - now.seconds_since(started)
    })
}

#[cfg(test)]
mod tests {
    use super::{Answer, Session, SessionCard};
    use crate::domain::card::CardKey;
    use crate::domain::memory::Schedule;
    use crate::domain::review::{Rating, SessionId};
    use crate::domain::time::{Day, Timestamp};
    use crate::study::loads::Loads;
    use crate::study::replay::replay_card;
    use crate::study::scheduler::{Scheduler, SchedulerSettings};
    use crate::study::weigh::Weight;

    const TODAY: Day = Day(20_000);

    fn scheduler() -> Scheduler {
        Scheduler::new(SchedulerSettings::default())
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1000)
    }

    fn session(cards: usize) -> Session {
        let cards = (0..cards)
            .map(|n| SessionCard {
                key: CardKey(format!("card/{n}")),
                schedule: Schedule::UNSEEN,
                seconds: 60.0,
                weight: Weight::ORDINARY,
                length: 1.0,
            })
            .collect();
        Session::new(SessionId(1), cards, (None, Loads::default()), at(0))
    }

    fn current(session: &Session) -> &str {
        session.current().map_or("-", |card| card.key.0.as_str())
    }

    fn rate(session: &mut Session, rating: Rating, now: i64) {
        session
            .rate(&scheduler(), rating, Answer::default(), TODAY, at(now))
            .expect("a card is current");
    }

    #[test]
    fn a_failed_card_comes_back_after_six_others() {
        let mut session = session(10);
        rate(&mut session, Rating::Again, 1);
        for n in 1..=6 {
            assert_eq!(current(&session), format!("card/{n}"));
            rate(&mut session, Rating::Good, 1 + n);
        }
        assert_eq!(current(&session), "card/0");
    }

    #[test]
    fn a_failed_card_comes_back_after_ten_minutes() {
        let mut session = session(10);
        rate(&mut session, Rating::Again, 0);
        rate(&mut session, Rating::Good, 601);
        assert_eq!(current(&session), "card/0");
    }

    #[test]
    fn a_failed_card_comes_back_at_once_when_nothing_is_left_until_it_is_recalled_once() {
        let mut session = session(1);
        rate(&mut session, Rating::Again, 0);
        rate(&mut session, Rating::Again, 10);
        assert_eq!(current(&session), "card/0");
        rate(&mut session, Rating::Good, 20);
        assert_eq!(current(&session), "-");
        assert_eq!(session.progress(), (3, 3));
    }

    #[test]
    fn undo_is_the_inverse_of_rate_for_a_whole_session() {
        let mut session = session(6);
        let mut states = Vec::new();
        let ratings = [Rating::Again, Rating::Good, Rating::Hard, Rating::Easy, Rating::Again];
        for (n, rating) in ratings.into_iter().cycle().take(30).enumerate() {
            if session.current().is_none() {
                break;
            }
            states.push((session.position.clone(), session.cards.clone()));
            rate(&mut session, rating, i64::try_from(n).expect("small"));
        }
        while let Some((position, cards)) = states.pop() {
            session.undo().expect("a step to take back");
            assert_eq!((&session.position, &session.cards), (&position, &cards));
        }
        assert!(session.undo().is_none());
    }

    #[test]
    fn a_review_number_is_never_used_twice() {
        let mut session = session(2);
        rate(&mut session, Rating::Good, 0);
        let undone = session.undo().and_then(|undone| undone.review).expect("a review");
        let again = session
            .rate(&scheduler(), Rating::Hard, Answer::default(), TODAY, at(5))
            .expect("current");
        assert_eq!((undone.0.id.number, again.review.id.number), (0, 1));
    }

    #[test]
    fn the_log_of_a_session_replays_to_its_schedules() {
        let mut session = session(3);
        for (n, rating) in
            [Rating::Again, Rating::Good, Rating::Hard, Rating::Good].into_iter().enumerate()
        {
            rate(&mut session, rating, i64::try_from(n).expect("small"));
        }
        for card in &session.cards {
            let history: Vec<_> =
                session.reviews().filter(|review| review.key == card.key).cloned().collect();
            assert_eq!(replay_card(&scheduler(), &history), card.schedule);
        }
    }

    #[test]
    fn a_skipped_card_comes_last_and_is_not_rated() {
        let mut session = session(3);
        assert!(session.skip(at(1)));
        rate(&mut session, Rating::Good, 2);
        rate(&mut session, Rating::Good, 3);
        assert_eq!(current(&session), "card/0");
        assert!(!session.skip(at(4)), "the only card left cannot be skipped");
        assert_eq!(session.reviews().count(), 2);
    }

    #[test]
    fn a_dropped_card_is_back_after_undo() {
        let mut session = session(2);
        session.drop_current(at(0));
        assert_eq!(current(&session), "card/1");
        let undone = session.undo().expect("a step");
        assert!(undone.dropped && undone.review.is_none());
        assert_eq!(current(&session), "card/0");
    }

    #[test]
    fn the_minutes_given_end_the_session() {
        let cards = session(50).cards;
        let mut session = Session::new(SessionId(1), cards, (Some(5), Loads::default()), at(0));
        rate(&mut session, Rating::Good, 299);
        assert!(session.current().is_some());
        rate(&mut session, Rating::Good, 301);
        assert!(session.current().is_none());
    }
}
