//! For tests: a learner who forgets as given parameters say, and the log that such a learner leaves.

use crate::domain::card::CardKey;
use crate::domain::memory::{MemoryState, Parameters, Schedule};
use crate::domain::review::{Rating, Review, ReviewId, ReviewSource, SessionId};
use crate::domain::time::{Day, Timestamp};
use crate::study::loads::Loads;
use crate::study::scheduler::{Scheduler, SchedulerSettings};

/// The day of the first answer.
pub const FIRST_DAY: Day = Day(20_000);

/// A learner with some cards, of whom a prep with default parameters asks what is due.
#[derive(Clone, Copy, Debug)]
pub struct Learner {
    /// How the learner really forgets.
    pub truth: Parameters,
    /// Cards, all unseen at first.
    pub cards: u32,
    /// New cards a day.
    pub new_per_day: u32,
    /// Chooses one of all possible learners of this kind.
    pub seed: u64,
}

/// One of the cards.
struct Known {
    key: CardKey,
    schedule: Schedule,
    memory: Option<MemoryState>,
}

impl Learner {
    /// The average learner times `factor` in first stability: below 1 forgets faster.
    pub fn forgetting(factor: f32) -> Parameters {
        let mut values = *Parameters::DEFAULT.values();
        for stability in &mut values[..4] {
            *stability *= factor;
        }
        values[8] += factor.ln() * 0.4;
        Parameters::clamped(values).expect("numbers")
    }

    /// Studies from day to day until the log has this many answers.
    pub fn log(&self, answers: usize) -> Vec<Review> {
        let mut dice = Dice(self.seed);
        let scheduler = Scheduler::new(SchedulerSettings::default());
        let truth = Scheduler::with_parameters(SchedulerSettings::default(), self.truth);
        let mut cards: Vec<Known> = (0..self.cards)
            .map(|card| Known {
                key: CardKey(format!("card/{card}")),
                schedule: Schedule::UNSEEN,
                memory: None,
            })
            .collect();
        let mut log = Vec::new();
        let mut day = FIRST_DAY;
        while log.len() < answers {
            let mut new = 0;
            for card in &mut cards {
                new += u32::from(card.schedule.is_new());
                let is_due = card.schedule.due().is_some_and(|due| due <= day);
                if is_due || (card.schedule.is_new() && new <= self.new_per_day) {
                    study(card, day, (&scheduler, &truth), &mut dice, &mut log);
                }
            }
            day = day + 1;
        }
        log.truncate(answers);
        log
    }
}

/// Asks a card until it is right, as a sitting does.
fn study(
    card: &mut Known,
    day: Day,
    (scheduler, truth): (&Scheduler, &Scheduler),
    dice: &mut Dice,
    log: &mut Vec<Review>,
) {
    loop {
        let since = card.schedule.progress().map_or(0, |it| day.days_since(it.last_day));
        let recall = match card.memory {
            None => 0.76,
            Some(_) if since == 0 => 1.0,
            Some(memory) => truth.recall(memory, since),
        };
        let rating = match dice.share() {
            it if it >= recall => Rating::Again,
            it if it < recall * 0.12 => Rating::Hard,
            it if it > recall * 0.88 => Rating::Easy,
            _ => Rating::Good,
        };
        let number = u32::try_from(log.len()).expect("a log that fits the memory");
        let at = Timestamp(i64::from(day.0) * 86_400_000 + 36_000_000 + i64::from(number % 30_000));
        let after = scheduler.rate(&card.key, &card.schedule, rating, (day, at), &Loads::default());
        log.push(review(number, &card.key, rating, (day, at), after.due()));
        card.memory = Some(truth.remember(card.memory, since, rating));
        card.schedule = after;
        if rating.is_pass() {
            return;
        }
    }
}

/// A plain answer of study.
pub fn review(
    number: u32,
    key: &CardKey,
    rating: Rating,
    (day, at): (Day, Timestamp),
    due: Option<Day>,
) -> Review {
    Review {
        id: ReviewId { session: SessionId(7), number },
        key: key.clone(),
        at,
        day,
        source: ReviewSource::Study,
        rating: Some(rating),
        proposed: None,
        correct: None,
        confidence: None,
        hint_used: false,
        wrong_statement: false,
        points: Vec::new(),
        seconds: 20.0,
        answer: None,
        due,
    }
}

/// Splitmix64 (<https://prng.di.unimi.it/splitmix64.c>): the same numbers on every machine.
struct Dice(u64);

impl Dice {
    /// A number from 0 up to 1.
    fn share(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        #[expect(clippy::cast_precision_loss, reason = "24 bits fit an f32 exactly")]
        let share = (mixed >> 40) as f32 / (1_u64 << 24) as f32;
        share
    }
}
