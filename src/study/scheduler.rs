//! Schedule + rating + day gives the next schedule. With `fit.rs`, which finds its parameters, alone names the FSRS crate.
//!
//! FSRS-6 (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>) gives memory and
//! interval; this file adds whole days, fuzz, the maximum and the order of the four buttons.

use std::ops::RangeInclusive;

use fsrs::{FSRS, current_retrievability};

use crate::domain::card::{CardKey, fnv1a};
use crate::domain::memory::{CardState, MemoryState, NextMeeting, Parameters, Progress, Schedule};
use crate::domain::review::{Rating, Review};
use crate::domain::time::{Day, Timestamp};
use crate::study::loads::Loads;
use crate::study::model::Model;

/// What the user may choose about scheduling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SchedulerSettings {
    /// Share of reviews to be recalled, 0.70 to 0.97.
    pub desired_retention: f32,
    /// Longest interval in days, at least 1.
    pub maximum_interval: u32,
}

impl Default for SchedulerSettings {
    fn default() -> Self {
        Self { desired_retention: 0.90, maximum_interval: 365 }
    }
}

/// What one button would do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The button.
    pub rating: Rating,
    /// Memory after it.
    pub memory: MemoryState,
    /// The day on which ordinary scheduling brings the card again; today for Again. This is what the log keeps.
    pub due: Day,
    /// When the card is really met next: the due day, or what the plan to an interview says.
    pub next: NextMeeting,
}

/// The scheduler: pure, so that a schedule can be computed again from the log at any time.
#[derive(Clone, Debug)]
pub struct Scheduler {
    model: FSRS,
    parameters: Parameters,
    settings: SchedulerSettings,
}

impl Scheduler {
    /// A scheduler with the default parameters; settings outside their ranges are brought inside.
    pub fn new(settings: SchedulerSettings) -> Self {
        Self::with_parameters(settings, Parameters::DEFAULT)
    }

    /// A scheduler with a learner's own parameters; settings outside their ranges are brought inside.
    pub fn with_parameters(settings: SchedulerSettings, parameters: Parameters) -> Self {
        let settings = SchedulerSettings {
            desired_retention: settings.desired_retention.clamp(0.70, 0.97),
            maximum_interval: settings.maximum_interval.clamp(1, 36_500),
        };
        let model = FSRS::new(parameters.values()).expect("21 finite numbers are parameters");
        Self { model, parameters, settings }
    }

    /// The parameters.
    pub const fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The settings, brought inside their ranges.
    pub const fn settings(&self) -> SchedulerSettings {
        self.settings
    }

    /// The same memory as plain arithmetic, for what computes it a million times.
    pub fn model(&self) -> Model {
        Model::new(*self.parameters.values())
    }

    /// What each of the four buttons would do today, Again first. Within its fuzz range a card goes to the day on which
    /// fewest others are due.
    pub fn preview(
        &self,
        key: &CardKey,
        schedule: &Schedule,
        (today, loads): (Day, &Loads),
    ) -> [Outcome; 4] {
        let memories = self.next_memories(schedule, today);
        let intervals = self.intervals(key, schedule, memories, (today, loads));
        std::array::from_fn(|index| Outcome {
            rating: Rating::ALL[index],
            memory: memories[index],
            due: today + intervals[index],
            next: NextMeeting::On(today + intervals[index]),
        })
    }

    /// The schedule after a rating.
    pub fn rate(
        &self,
        key: &CardKey,
        schedule: &Schedule,
        rating: Rating,
        (today, at): (Day, Timestamp),
        loads: &Loads,
    ) -> Schedule {
        let outcomes = self.preview(key, schedule, (today, loads));
        let Outcome { memory, due, .. } = outcomes[usize::from(rating.number()) - 1];
        advance(schedule, (rating, memory, due), today, at)
    }

    /// The schedule after an entry of the log: as [`Self::rate`], but with the due day that stands in the entry.
    pub fn replay(&self, schedule: &Schedule, review: &Review) -> Schedule {
        let Some(rating) = review.rating else {
            return after_unrated(schedule, review);
        };
        let memory = self.next_memories(schedule, review.day)[usize::from(rating.number()) - 1];
        let due = review.due.unwrap_or(review.day);
        advance(schedule, (rating, memory, due), review.day, review.at)
    }

    /// Probability of recall today, 0 to 1: 0 for a card that was never seen or has not been recalled since it failed.
    pub fn retrievability(&self, schedule: &Schedule, today: Day) -> f32 {
        match schedule {
            Schedule::Seen(progress) if progress.state == CardState::Review => {
                self.recall(progress.memory, today.days_since(progress.last_day))
            }
            _ => 0.0,
        }
    }

    /// What the model expects of a memory some whole days after the last rating: probability of recall, 0 to 1.
    pub fn recall(&self, memory: MemoryState, days: u32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "days of a human life fit an f32")]
        let days = days as f32;
        current_retrievability(to_fsrs(memory), days, self.parameters.decay())
    }

    /// Memory after a rating some whole days after the one before; without a memory, after the first rating.
    pub fn remember(&self, memory: Option<MemoryState>, days: u32, rating: Rating) -> MemoryState {
        self.next_states(memory, days)[usize::from(rating.number()) - 1]
    }

    fn next_memories(&self, schedule: &Schedule, today: Day) -> [MemoryState; 4] {
        match schedule {
            Schedule::New { .. } => self.next_states(None, 0),
            Schedule::Seen(progress) => {
                self.next_states(Some(progress.memory), today.days_since(progress.last_day))
            }
        }
    }

    fn next_states(&self, memory: Option<MemoryState>, days: u32) -> [MemoryState; 4] {
        let retention = self.settings.desired_retention;
        let next = self
            .model
            .next_states(memory.map(to_fsrs), retention, days)
            .or_else(|_| self.model.next_states(None, retention, 0))
            .expect("parameters within their ranges give finite states for a new card");
        [next.again, next.hard, next.good, next.easy].map(|state| MemoryState {
            stability: state.memory.stability,
            difficulty: state.memory.difficulty,
        })
    }

    /// Whole days for the four buttons. Again stays today; the others keep their order, as a button that
    /// promises more must not bring the card back sooner.
    fn intervals(
        &self,
        key: &CardKey,
        schedule: &Schedule,
        memories: [MemoryState; 4],
        (today, loads): (Day, &Loads),
    ) -> [i32; 4] {
        let number = schedule.progress().map_or(0, |progress| progress.reviews);
        let fuzz = fuzz_fraction(key, number);
        let days = |memory: MemoryState| {
            let exact = self.model.next_interval(
                Some(memory.stability),
                self.settings.desired_retention,
                3,
            );
            let range = fuzz_range(exact, self.settings.maximum_interval);
            loads.lightest(today, range, fuzz)
        };
        let maximum = i32::try_from(self.settings.maximum_interval).unwrap_or(i32::MAX);
        let step = i32::from(schedule.progress().is_none_or(|p| p.state == CardState::Review));
        let hard = days(memories[1]);
        let good = days(memories[2]).max(hard.saturating_add(step)).min(maximum);
        let easy = days(memories[3]).max(good.saturating_add(1)).min(maximum);
        [0, hard, good, easy]
    }
}

/// A number from 0 to 1 that is the same whenever the same review of the same card is computed.
fn fuzz_fraction(key: &CardKey, number: u32) -> f32 {
    let mut bytes = key.0.clone().into_bytes();
    bytes.extend_from_slice(&number.to_le_bytes());
    // FNV leaves the low bits of short inputs alike; one round of a multiplicative mix spreads them.
    let mixed = (fnv1a(&bytes) ^ (fnv1a(&bytes) >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    #[expect(clippy::cast_precision_loss, reason = "24 bits fit an f32 exactly")]
    let fraction = (mixed >> 40) as f32 / (1u64 << 24) as f32;
    fraction
}

/// Bands of Anki's interval fuzz: start, end, share of the days within the band
/// (<https://docs.ankiweb.net/deck-options.html>, "fuzz").
const FUZZ_BANDS: [(f32, f32, f32); 3] =
    [(2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, f32::INFINITY, 0.05)];

/// The whole days, at least 1, to which an interval may be moved; below 2.5 days there is one.
fn fuzz_range(exact: f32, maximum: u32) -> RangeInclusive<i32> {
    #[expect(clippy::cast_precision_loss, reason = "the maximum is at most 36 500")]
    let maximum = maximum as f32;
    let exact = if exact.is_finite() { exact.clamp(1.0, maximum) } else { maximum };
    if exact < 2.5 {
        return whole(exact)..=whole(exact);
    }
    let delta = FUZZ_BANDS
        .iter()
        .fold(1.0, |delta, (start, end, share)| delta + share * (exact.min(*end) - start).max(0.0));
    let low = (exact - delta).round().max(2.0);
    let high = (exact + delta).round().min(maximum).max(low);
    whole(low)..=whole(high)
}

#[expect(clippy::cast_possible_truncation, reason = "callers give 1 to 36 500")]
fn whole(days: f32) -> i32 {
    days.round() as i32
}

fn advance(
    schedule: &Schedule,
    (rating, memory, due): (Rating, MemoryState, Day),
    day: Day,
    at: Timestamp,
) -> Schedule {
    let before = schedule.progress();
    let was_recalled = before.is_some_and(|progress| progress.state == CardState::Review);
    let state = match (rating, before.map(|progress| progress.state)) {
        (Rating::Again, Some(CardState::Review | CardState::Relearning)) => CardState::Relearning,
        (Rating::Again, _) => CardState::Learning,
        _ => CardState::Review,
    };
    let lapsed = rating == Rating::Again && was_recalled;
    Schedule::Seen(Progress {
        state,
        memory,
        first_day: before.map_or(day, |progress| progress.first_day),
        last_day: before.map_or(day, |progress| progress.last_day.max(day)),
        last_at: at,
        due,
        reviews: before.map_or(0, |progress| progress.reviews).saturating_add(1),
        lapses: before.map_or(0, |progress| progress.lapses).saturating_add(u32::from(lapsed)),
    })
}

/// A quiz answer changes no memory; a wrong one makes the card due on its day.
fn after_unrated(schedule: &Schedule, review: &Review) -> Schedule {
    if review.correct != Some(false) {
        return *schedule;
    }
    match schedule {
        Schedule::New { .. } => Schedule::New { wanted: Some(review.day) },
        Schedule::Seen(progress) => {
            Schedule::Seen(Progress { due: progress.due.min(review.day), ..*progress })
        }
    }
}

fn to_fsrs(memory: MemoryState) -> fsrs::MemoryState {
    fsrs::MemoryState { stability: memory.stability, difficulty: memory.difficulty }
}

#[cfg(test)]
mod tests {
    use super::{Scheduler, SchedulerSettings, fuzz_fraction, fuzz_range};
    use crate::domain::card::CardKey;
    use crate::domain::memory::{CardState, MemoryState, Parameters, Schedule};
    use crate::domain::review::Rating;
    use crate::domain::time::{Day, Timestamp};
    use crate::study::loads::Loads;

    fn scheduler() -> Scheduler {
        Scheduler::new(SchedulerSettings::default())
    }

    fn key() -> CardKey {
        CardKey("linux/load-average".into())
    }

    fn studied(history: &[(i32, Rating)]) -> Schedule {
        history.iter().fold(Schedule::UNSEEN, |schedule, (day, rating)| {
            let at = (Day(*day), Timestamp(0));
            scheduler().rate(&key(), &schedule, *rating, at, &Loads::default())
        })
    }

    #[test]
    fn memory_agrees_with_the_reference_values_of_the_crate() {
        // fsrs 6.6.2, src/inference.rs, `test_memory_state`: these ratings after 0, 0, 1, 3, 8 and 21 days.
        use Rating::{Again, Good};
        let schedule =
            studied(&[(0, Again), (0, Good), (1, Good), (4, Good), (12, Good), (33, Good)]);
        let memory = schedule.progress().expect("seen").memory;
        assert!((memory.stability - 53.62691).abs() < 1e-4, "{memory:?}");
        assert!((memory.difficulty - 6.357_486_7).abs() < 1e-4, "{memory:?}");
    }

    #[test]
    fn the_first_intervals_are_those_of_the_default_parameters() {
        let outcomes =
            scheduler().preview(&key(), &Schedule::UNSEEN, (Day(100), &Loads::default()));
        let days: Vec<i32> = outcomes.iter().map(|outcome| outcome.due - Day(100)).collect();
        assert_eq!(&days[..3], &[0, 1, 2]);
        // Easy: 8.3 days, and the fuzz range of 8.3 days is 6 to 10.
        assert!((6..=10).contains(&days[3]), "{days:?}");
    }

    #[test]
    fn buttons_keep_their_order() {
        use Rating::Good;
        let schedule = studied(&[(0, Good), (2, Good), (10, Good)]);
        for late in 0..60 {
            let outcomes =
                scheduler().preview(&key(), &schedule, (Day(20 + late), &Loads::default()));
            assert!(outcomes.windows(2).all(|pair| pair[0].due < pair[1].due), "{outcomes:?}");
        }
    }

    #[test]
    fn no_interval_passes_the_maximum() {
        let settings = SchedulerSettings { maximum_interval: 5, ..SchedulerSettings::default() };
        let outcomes = Scheduler::new(settings).preview(
            &key(),
            &Schedule::UNSEEN,
            (Day(0), &Loads::default()),
        );
        assert!(outcomes.iter().all(|outcome| outcome.due <= Day(5)));
    }

    #[test]
    fn a_failed_card_stays_today_and_counts_a_lapse_only_after_it_was_recalled() {
        use Rating::{Again, Good};
        let first = studied(&[(0, Again)]);
        let progress = first.progress().expect("seen");
        assert_eq!(
            (progress.state, progress.due, progress.lapses),
            (CardState::Learning, Day(0), 0)
        );
        let lapsed = studied(&[(0, Good), (2, Again)]);
        let progress = lapsed.progress().expect("seen");
        assert_eq!(
            (progress.state, progress.due, progress.lapses),
            (CardState::Relearning, Day(2), 1)
        );
    }

    #[test]
    fn recall_falls_with_the_days() {
        let schedule = studied(&[(0, Rating::Good)]);
        let early = scheduler().retrievability(&schedule, Day(1));
        let late = scheduler().retrievability(&schedule, Day(9));
        assert!(early > late && late > 0.0 && early <= 1.0, "{early} {late}");
    }

    #[test]
    fn the_default_parameters_are_those_of_the_crate() {
        assert_eq!(Parameters::clamped(fsrs::DEFAULT_PARAMETERS), Some(Parameters::DEFAULT));
    }

    #[test]
    fn recall_and_interval_use_the_same_decay() {
        // A decay outside the crate's range is where the two would part: the crate brings its own copy inside.
        for decay in [0.05, 0.1, 0.3, 0.8, 2.0] {
            let mut values = *Parameters::DEFAULT.values();
            values[20] = decay;
            let parameters = Parameters::clamped(values).expect("numbers");
            let settings = SchedulerSettings { desired_retention: 0.8, maximum_interval: 36_500 };
            let scheduler = Scheduler::with_parameters(settings, parameters);
            let memory = MemoryState { stability: 1000.0, difficulty: 5.0 };
            let interval = scheduler.model.next_interval(Some(memory.stability), 0.8, 3);
            let recall = fsrs::current_retrievability(
                super::to_fsrs(memory),
                interval,
                scheduler.parameters().decay(),
            );
            assert!((recall - 0.8).abs() < 1e-3, "{decay}: {recall} after {interval} days");
        }
    }

    #[test]
    fn parameters_at_the_ends_of_their_ranges_give_memories_that_can_be_used() {
        for index in 0..21 {
            for end in [Parameters::RANGES[index].0, Parameters::RANGES[index].1] {
                let mut values = *Parameters::DEFAULT.values();
                values[index] = end;
                let parameters = Parameters::clamped(values).expect("numbers");
                let scheduler =
                    Scheduler::with_parameters(SchedulerSettings::default(), parameters);
                let mut memory = None;
                for (days, rating) in [(0, 3), (0, 1), (0, 3), (2, 1), (900, 4), (9000, 2), (1, 1)]
                {
                    let rating = Rating::from_number(rating).expect("1 to 4");
                    let next = scheduler.remember(memory, days, rating);
                    assert!(next.stability > 0.0 && next.stability.is_finite(), "w{index} = {end}");
                    assert!((1.0..=10.0).contains(&next.difficulty), "w{index} = {end}: {next:?}");
                    let recall = scheduler.recall(next, 3);
                    assert!((0.0..=1.0).contains(&recall), "w{index} = {end}: {recall}");
                    memory = Some(next);
                }
            }
        }
    }

    #[test]
    fn fuzz_is_the_same_for_the_same_review_and_stays_in_its_range() {
        assert!((fuzz_fraction(&key(), 3) - fuzz_fraction(&key(), 3)).abs() < f32::EPSILON);
        let days = |fraction| Loads::default().lightest(Day(0), fuzz_range(30.0, 365), fraction);
        let seen: std::collections::BTreeSet<i32> =
            (0..200).map(|number| days(fuzz_fraction(&key(), number))).collect();
        assert!(seen.iter().all(|days| (26..=34).contains(days)), "{seen:?}");
        assert!(seen.len() > 4, "fuzz should spread: {seen:?}");
    }

    #[test]
    fn lower_retention_gives_longer_intervals() {
        let days = |retention| {
            let settings =
                SchedulerSettings { desired_retention: retention, ..SchedulerSettings::default() };
            Scheduler::new(settings).preview(&key(), &Schedule::UNSEEN, (Day(0), &Loads::default()))
                [3]
            .due
        };
        assert!(days(0.75) > days(0.95));
    }
}
