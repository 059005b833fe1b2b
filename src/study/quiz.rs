//! A quiz as a state machine: a fixed row of questions, a clock that may run out, right or wrong at the end.

use crate::domain::card::CardKey;
use crate::domain::review::{
    Confidence, MAX_ANSWER_SECONDS, Review, ReviewId, ReviewSource, SessionId,
};
use crate::domain::time::{Day, Timestamp};

/// What the quiz asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuizRules {
    /// Minutes; none for no clock.
    pub minutes: Option<u32>,
    /// Judgement only at the end.
    pub exam: bool,
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq)]
pub struct QuizAnswer {
    /// What was typed or chosen, as text.
    pub typed: String,
    /// Whether it was right.
    pub correct: bool,
    /// How sure the learner was; a plain answer counts as partly.
    pub confidence: Confidence,
}

/// One quiz.
#[derive(Clone, Debug)]
pub struct Quiz {
    id: SessionId,
    rules: QuizRules,
    started: Timestamp,
    asked_at: Timestamp,
    questions: Vec<CardKey>,
    answers: Vec<Option<QuizAnswer>>,
    current: usize,
    finished_at: Option<Timestamp>,
}

impl Quiz {
    /// A quiz over `questions` in their order.
    pub fn new(id: SessionId, questions: Vec<CardKey>, rules: QuizRules, now: Timestamp) -> Self {
        let answers = vec![None; questions.len()];
        let finished_at = questions.is_empty().then_some(now);
        Self { id, rules, started: now, asked_at: now, questions, answers, current: 0, finished_at }
    }

    /// The rules it runs by.
    pub const fn rules(&self) -> QuizRules {
        self.rules
    }

    /// The question that is asked now and its number from 0; none when the quiz is over.
    pub fn current(&self) -> Option<(usize, &CardKey)> {
        if self.finished_at.is_some() {
            return None;
        }
        self.questions.get(self.current).map(|key| (self.current, key))
    }

    /// A number of this quiz alone, for the order in which options are shown.
    pub fn seed(&self) -> u64 {
        u64::try_from(self.id.0 & u128::from(u64::MAX)).unwrap_or(0)
    }

    /// The questions in order.
    pub fn questions(&self) -> &[CardKey] {
        &self.questions
    }

    /// The answers in order; none where a question was left open.
    pub fn answers(&self) -> &[Option<QuizAnswer>] {
        &self.answers
    }

    /// Seconds left on the clock, 0 when it has run out; none without a clock.
    pub fn seconds_left(&self, now: Timestamp) -> Option<f32> {
        self.rules.minutes.map(|minutes| {
            let given = f32::from(u16::try_from(minutes).unwrap_or(u16::MAX)) * 60.0;
            (given - self.seconds(now)).max(0.0)
        })
    }

    /// Seconds from the start to the end, or to now while it runs.
    pub fn seconds(&self, now: Timestamp) -> f32 {
        self.finished_at.unwrap_or(now).seconds_since(self.started)
    }

    /// Answers the current question, once. The result must be on disk before the next frame.
    pub fn answer(&mut self, answer: QuizAnswer, today: Day, now: Timestamp) -> Option<Review> {
        let (index, key) = self.current()?;
        let review = Review {
            id: ReviewId { session: self.id, number: u32::try_from(index).unwrap_or(u32::MAX) },
            key: key.clone(),
            at: now,
            day: today,
            source: ReviewSource::Quiz,
            rating: None,
            proposed: None,
            correct: Some(answer.correct),
            confidence: Some(answer.confidence),
            hint_used: false,
            wrong_statement: false,
            points: Vec::new(),
            seconds: now.seconds_since(self.asked_at).min(MAX_ANSWER_SECONDS),
            answer: Some(answer.typed.clone()),
            due: (!answer.correct).then_some(today),
        };
        self.answers[index] = Some(answer);
        Some(review)
    }

    /// Goes to the next open question, round to those that were left open; ends the quiz when there is none or the
    /// clock has run out.
    pub fn next(&mut self, now: Timestamp) {
        self.asked_at = now;
        let count = self.questions.len();
        let next_open = (1..=count)
            .map(|step| (self.current + step) % count.max(1))
            .find(|index| self.answers[*index].is_none());
        match next_open {
            Some(index) if !self.is_time_over(now) => self.current = index,
            _ => self.finish(now),
        }
    }

    /// Leaves the current question open and goes to the next one; the last open one ends the quiz.
    pub fn leave_open(&mut self, now: Timestamp) {
        self.asked_at = now;
        let next = (self.current + 1..self.questions.len()).find(|i| self.answers[*i].is_none());
        match next {
            Some(index) if !self.is_time_over(now) => self.current = index,
            _ => self.finish(now),
        }
    }

    /// Back to the nearest earlier question that is still open.
    pub fn previous(&mut self, now: Timestamp) {
        let open = (0..self.current).rev().find(|index| self.answers[*index].is_none());
        if let Some(index) = open {
            self.current = index;
            self.asked_at = now;
        }
    }

    /// Ends the quiz; what was answered counts.
    pub fn finish(&mut self, now: Timestamp) {
        self.finished_at.get_or_insert(now);
    }

    /// Number of right answers and of questions.
    pub fn score(&self) -> (usize, usize) {
        let right = self.answers.iter().flatten().filter(|answer| answer.correct).count();
        (right, self.questions.len())
    }

    /// Right answers in percent of all questions, rounded down, 0 for an empty quiz.
    pub fn percent(&self) -> u8 {
        let (right, all) = self.score();
        u8::try_from((right * 100).checked_div(all).unwrap_or(0)).unwrap_or(100)
    }

    fn is_time_over(&self, now: Timestamp) -> bool {
        self.seconds_left(now).is_some_and(|left| left <= 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Quiz, QuizAnswer, QuizRules};
    use crate::domain::card::CardKey;
    use crate::domain::review::{Confidence, SessionId};
    use crate::domain::time::{Day, Timestamp};

    fn quiz(questions: usize, minutes: Option<u32>) -> Quiz {
        let questions = (0..questions).map(|n| CardKey(format!("card/{n}"))).collect();
        Quiz::new(SessionId(1), questions, QuizRules { minutes, exam: false }, Timestamp(0))
    }

    fn answer(correct: bool) -> QuizAnswer {
        QuizAnswer { typed: "x".into(), correct, confidence: Confidence::Partly }
    }

    #[test]
    fn a_quiz_answer_has_no_rating_and_a_wrong_one_is_due_today() {
        let mut quiz = quiz(2, None);
        let wrong = quiz.answer(answer(false), Day(7), Timestamp(1000)).expect("a question");
        assert_eq!((wrong.rating, wrong.correct, wrong.due), (None, Some(false), Some(Day(7))));
        quiz.next(Timestamp(1000));
        let right = quiz.answer(answer(true), Day(7), Timestamp(2000)).expect("a question");
        assert_eq!(right.due, None);
        quiz.next(Timestamp(2000));
        assert_eq!((quiz.current(), quiz.score(), quiz.percent()), (None, (1, 2), 50));
    }

    #[test]
    fn a_question_left_open_can_be_reached_again() {
        let mut quiz = quiz(3, None);
        quiz.leave_open(Timestamp(0));
        assert_eq!(quiz.current().map(|(n, _)| n), Some(1));
        quiz.previous(Timestamp(0));
        assert_eq!(quiz.current().map(|(n, _)| n), Some(0));
    }

    #[test]
    fn after_the_last_question_the_open_ones_come_again() {
        let mut quiz = quiz(2, None);
        quiz.leave_open(Timestamp(0));
        quiz.answer(answer(true), Day(0), Timestamp(0));
        quiz.next(Timestamp(0));
        assert_eq!(quiz.current().map(|(n, _)| n), Some(0));
    }

    #[test]
    fn when_the_time_is_over_the_open_question_may_be_finished_and_the_rest_is_open() {
        let mut quiz = quiz(3, Some(1));
        assert!(quiz.answer(answer(true), Day(0), Timestamp(61_000)).is_some());
        quiz.next(Timestamp(61_000));
        assert_eq!((quiz.current(), quiz.score()), (None, (1, 3)));
    }

    #[test]
    fn an_empty_quiz_is_over_at_once() {
        let quiz = quiz(0, Some(8));
        assert_eq!((quiz.current(), quiz.percent()), (None, 0));
    }
}
