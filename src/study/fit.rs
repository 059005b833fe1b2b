//! The log of reviews gives a learner's own parameters of the memory model, if they predict better than those in use.
//!
//! The parameters are found on the oldest 80 % of the reviews and tested on the newest 20 %, through the same
//! [`Scheduler`] that will use them; what is accepted is found once more on all of them. Writes nothing down.

use std::collections::{BTreeMap, HashMap};

use fsrs::{ComputeParametersInput, FSRSItem, FSRSReview, compute_parameters};

use crate::domain::card::CardKey;
use crate::domain::memory::Parameters;
use crate::domain::review::{Rating, Review};
use crate::domain::time::{Day, Timestamp};
use crate::study::scheduler::{Scheduler, SchedulerSettings};

/// Repeated reviews before the first fit: fewer give parameters that predict worse than the default ones
/// (<https://github.com/ankitects/anki/pull/3094>).
pub const FIRST_FIT: u32 = 200;

/// Repeated reviews below which nothing is fitted even if it is wanted: the crate would move only first stabilities,
/// and a dozen held-out reviews decide nothing.
pub const LEAST: u32 = 64;

/// Log loss by which the newest reviews must be predicted better, so that noise is not taken for the learner.
pub const MARGIN: f64 = 0.0005;

/// Repeated reviews at which the found parameters count half and the default ones half. A small log says little about
/// 21 numbers: with this pull the fits of simulated learners harm less; strong gains become a little smaller.
const PULL: f32 = 500.0;

/// A history longer than this is not trained on (the crate leaves it out), and each of its items holds all of it.
const LONGEST_HISTORY: usize = 256;

/// What a fit is made from.
#[derive(Clone, Copy, Debug)]
pub struct FitRequest<'a> {
    /// The log in its own order, without what was taken back.
    pub log: &'a [Review],
    /// The parameters in use.
    pub in_use: Parameters,
    /// Repeated reviews that the last fit counted; none if there was none.
    pub counted_before: Option<u32>,
    /// Whether to fit also before the next fit is due.
    pub force: bool,
}

/// What a fit is busy with, from the log to the schedules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FitStep {
    /// Reading the log; told by the caller.
    Reading,
    /// Finding parameters on the oldest reviews.
    Training,
    /// Predicting the newest ones.
    Comparing,
    /// Finding parameters on all reviews.
    TrainingOnAll,
    /// Computing every schedule again; told by the caller.
    Replaying,
}

/// What was done, and why not.
#[derive(Clone, Debug, PartialEq)]
pub struct FitReport {
    /// Rated answers in the log.
    pub answers: u32,
    /// Those of them that tell something about forgetting: on a later day than the card's answer before.
    pub repeated: u32,
    /// Repeated reviews that it takes: until a fit is due, or the least where it was forced.
    pub needed: u32,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of a fit.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Not enough repeated reviews: nothing was tried.
    TooFew,
    /// The parameters that were found do not predict better enough: those in use stay.
    NotBetter(Comparison),
    /// The parameters in use were found once more.
    SameAgain(Comparison),
    /// The default parameters predict better than those in use, and nothing better was found.
    BackToDefaults(Comparison),
    /// These parameters predict better.
    Accepted(Comparison, Parameters),
}

/// How well the newest reviews were predicted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Number of those reviews; none of them was trained on.
    pub held_out: u32,
    /// By the parameters in use.
    pub in_use: Measure,
    /// By the default parameters.
    pub defaults: Measure,
    /// By parameters found on the older reviews.
    pub fitted: Measure,
}

impl Comparison {
    /// Log loss by which the parameters that were found are better than the best of the others; negative if worse.
    pub fn gain(&self) -> f64 {
        self.in_use.log_loss.min(self.defaults.log_loss) - self.fitted.log_loss
    }
}

/// How far predictions are from what happened; 0 would be perfect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Mean of -ln of the probability that was given to what happened.
    pub log_loss: f64,
    /// Root mean square of predicted minus actual recall over groups of like reviews, as srs-benchmark's RMSE (bins).
    pub rmse: f64,
}

/// Repeated reviews at which a fit is due.
pub fn due_at(counted_before: Option<u32>) -> u32 {
    counted_before.map_or(FIRST_FIT, |counted| counted.saturating_mul(2).max(FIRST_FIT))
}

/// Rated answers on a later day than the card's answer before.
pub fn repeated_reviews(log: &[Review]) -> u32 {
    count(Evidence::of(log).samples.len())
}

/// Tries to find better parameters than those in use. The same request gives the same report.
pub fn fit(request: &FitRequest<'_>, progress: &mut dyn FnMut(FitStep)) -> FitReport {
    let evidence = Evidence::of(request.log);
    let repeated = count(evidence.samples.len());
    let needed = if request.force { LEAST } else { due_at(request.counted_before) };
    let verdict = if repeated < needed {
        Verdict::TooFew
    } else {
        decide(&evidence, request.in_use, progress)
    };
    FitReport { answers: evidence.answers, repeated, needed, verdict }
}

fn decide(evidence: &Evidence, in_use: Parameters, progress: &mut dyn FnMut(FitStep)) -> Verdict {
    let (old, new) = evidence.samples.split_at(evidence.samples.len() * 4 / 5);
    progress(FitStep::Training);
    let found = evidence.train(old);
    progress(FitStep::Comparing);
    let measure = |parameters| Measure::of(&evidence.predict(parameters, new), |_| 1.0);
    let comparison = Comparison {
        held_out: count(new.len()),
        in_use: measure(in_use),
        defaults: measure(Parameters::DEFAULT),
        fitted: measure(found),
    };
    if comparison.gain() > MARGIN {
        progress(FitStep::TrainingOnAll);
        let parameters = evidence.train(&evidence.samples);
        return if parameters == in_use {
            Verdict::SameAgain(comparison)
        } else {
            Verdict::Accepted(comparison, parameters)
        };
    }
    if comparison.in_use.log_loss - comparison.defaults.log_loss > MARGIN {
        return Verdict::BackToDefaults(comparison);
    }
    Verdict::NotBetter(comparison)
}

/// A rated answer as the model sees it.
#[derive(Clone, Copy, Debug)]
struct Answer {
    rating: Rating,
    /// Study days since the card's answer before; 0 for the first, and where a clock was set back.
    days: u32,
}

/// A repeated review: the last of the first `length` answers to a card.
#[derive(Clone, Copy, Debug)]
struct Sample {
    at: Timestamp,
    card: usize,
    length: usize,
    group: Group,
}

/// Reviews are alike if pause, number of long pauses and failures have the same order of magnitude
/// (<https://github.com/open-spaced-repetition/srs-benchmark>, "RMSE (bins)").
type Group = (u8, u8, u8);

/// The log as the model sees it.
#[derive(Debug)]
struct Evidence {
    /// The answers to each card in the order of the log, cards by their first answer.
    cards: Vec<Vec<Answer>>,
    /// Every repeated review, oldest first.
    samples: Vec<Sample>,
    answers: u32,
}

impl Evidence {
    /// Quiz answers carry no rating and change no memory: they are left out, as in replay.
    fn of(log: &[Review]) -> Self {
        let mut places: HashMap<&CardKey, usize> = HashMap::new();
        let mut walks: Vec<Walk> = Vec::new();
        let mut samples = Vec::new();
        for review in log {
            let Some(rating) = review.rating else { continue };
            let card = *places.entry(&review.key).or_insert(walks.len());
            if card == walks.len() {
                walks.push(Walk::from(review.day));
            }
            samples.extend(walks[card].take(rating, review.day).map(|group| Sample {
                at: review.at,
                card,
                length: walks[card].answers.len(),
                group,
            }));
        }
        // The log is in the order of recording; an import may bring older reviews later.
        samples.sort_by_key(|sample| sample.at);
        let cards: Vec<Vec<Answer>> = walks.into_iter().map(|walk| walk.answers).collect();
        let answers = count(cards.iter().map(Vec::len).sum());
        Self { cards, samples, answers }
    }

    /// The parameters that the crate finds on these reviews, pulled towards the default ones; those where it finds none.
    fn train(&self, samples: &[Sample]) -> Parameters {
        let (train_set, card_ids) = samples
            .iter()
            .filter(|sample| sample.length <= LONGEST_HISTORY)
            .map(|sample| (self.item(sample), i64::try_from(sample.card).unwrap_or(i64::MAX)))
            .unzip();
        let input = ComputeParametersInput {
            train_set,
            card_ids: Some(card_ids),
            ..ComputeParametersInput::default()
        };
        let found: Option<[f32; 21]> =
            compute_parameters(input).ok().and_then(|found| found.try_into().ok());
        found
            .and_then(|found| Parameters::clamped(pulled(&found, self.samples.len())))
            .unwrap_or(Parameters::DEFAULT)
    }

    fn item(&self, sample: &Sample) -> FSRSItem {
        let review = |answer: &Answer| FSRSReview {
            rating: u32::from(answer.rating.number()),
            delta_t: answer.days,
        };
        FSRSItem { reviews: self.cards[sample.card][..sample.length].iter().map(review).collect() }
    }

    /// What the scheduler with these parameters would have said of each of the reviews before it was made.
    fn predict(&self, parameters: Parameters, samples: &[Sample]) -> Vec<Prediction> {
        let scheduler = Scheduler::with_parameters(SchedulerSettings::default(), parameters);
        let mut recalls: Vec<Option<Vec<f32>>> = vec![None; self.cards.len()];
        let prediction = |sample: &Sample| {
            let answers = &self.cards[sample.card];
            let recalls = recalls[sample.card].get_or_insert_with(|| expected(&scheduler, answers));
            Prediction {
                recall: f64::from(recalls[sample.length - 1]),
                is_recalled: answers[sample.length - 1].rating.is_pass(),
                group: sample.group,
            }
        };
        samples.iter().map(prediction).collect()
    }
}

/// Found parameters as far as so many repeated reviews can be believed.
fn pulled(found: &[f32; 21], repeated: usize) -> [f32; 21] {
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 24 bits")]
    let repeated = repeated as f32;
    let believed = repeated / (repeated + PULL);
    let default = Parameters::DEFAULT.values();
    std::array::from_fn(|index| default[index] + (found[index] - default[index]) * believed)
}

/// Probability of recall before each answer to a card; that of the first is never asked for.
fn expected(scheduler: &Scheduler, answers: &[Answer]) -> Vec<f32> {
    let mut memory = None;
    let expect = |answer: &Answer| {
        let recall = memory.map_or(0.0, |memory| scheduler.recall(memory, answer.days));
        memory = Some(scheduler.remember(memory, answer.days, answer.rating));
        recall
    };
    answers.iter().map(expect).collect()
}

/// The answers to one card so far.
#[derive(Debug)]
struct Walk {
    answers: Vec<Answer>,
    last_day: Day,
    pauses: u32,
    failures: u32,
}

impl Walk {
    const fn from(day: Day) -> Self {
        Self { answers: Vec::new(), last_day: day, pauses: 0, failures: 0 }
    }

    /// Adds an answer; gives its group if it is a repeated review.
    fn take(&mut self, rating: Rating, day: Day) -> Option<Group> {
        let days = day.days_since(self.last_day);
        self.last_day = self.last_day.max(day);
        self.answers.push(Answer { rating, days });
        if days == 0 {
            return None;
        }
        self.pauses += 1;
        let group = (
            magnitude(days, 3.62),
            magnitude(self.pauses + 1, 1.89),
            if self.failures == 0 { 0 } else { 1 + magnitude(self.failures, 1.73) },
        );
        self.failures += u32::from(!rating.is_pass());
        Some(group)
    }
}

/// The order of magnitude of a number from 1 on.
fn magnitude(number: u32, base: f64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a logarithm of a u32 from 1 on is 0 to 41"
    )]
    let exponent = f64::from(number).log(base).floor() as u8;
    exponent
}

/// What was expected of a review, and what happened.
#[derive(Clone, Copy, Debug)]
struct Prediction {
    recall: f64,
    is_recalled: bool,
    group: Group,
}

impl Measure {
    /// Measures predictions, each of which counts as much as `weight` says of its place.
    fn of(predictions: &[Prediction], weight: impl Fn(usize) -> f64) -> Self {
        // A sure prediction that fails would be infinitely bad.
        const SUREST: f64 = 1e-6;
        let (mut loss, mut total) = (0.0, 0.0);
        let mut groups: BTreeMap<Group, [f64; 4]> = BTreeMap::new();
        for (place, prediction) in predictions.iter().enumerate() {
            let weight = weight(place);
            let recall = prediction.recall.clamp(SUREST, 1.0 - SUREST);
            let given = if prediction.is_recalled { recall } else { 1.0 - recall };
            loss -= weight * given.ln();
            total += weight;
            let group = groups.entry(prediction.group).or_default();
            let actual = f64::from(u8::from(prediction.is_recalled));
            for (sum, value) in group.iter_mut().zip([prediction.recall, actual, 1.0, weight]) {
                *sum += value;
            }
        }
        let squares: f64 = groups
            .values()
            .map(|[recall, actual, number, weight]| ((recall - actual) / number).powi(2) * weight)
            .sum();
        Self { log_loss: loss / total, rmse: (squares / total).sqrt() }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use fsrs::FSRS;
    use proptest::prelude::{ProptestConfig, any, prop_assert};
    use proptest::{collection, proptest};

    use super::{
        Comparison, Evidence, FIRST_FIT, FitReport, FitRequest, LEAST, MARGIN, Measure, Verdict,
        due_at, fit,
    };
    use crate::domain::card::CardKey;
    use crate::domain::memory::{Parameters, Schedule};
    use crate::domain::review::{Rating, Review, ReviewSource};
    use crate::domain::time::{Day, Timestamp};
    use crate::study::learner::{Learner, review};
    use crate::study::scheduler::{Scheduler, SchedulerSettings};

    /// An average learner whose log gives no better parameters.
    const REFUSED: u64 = 0;

    fn learner(factor: f32, seed: u64) -> Learner {
        Learner { truth: Learner::forgetting(factor), cards: 2000, new_per_day: 10, seed }
    }

    fn fitted(log: &[Review]) -> FitReport {
        let in_use = Parameters::DEFAULT;
        fit(&FitRequest { log, in_use, counted_before: None, force: false }, &mut |_| {})
    }

    fn forced(log: &[Review], in_use: Parameters) -> FitReport {
        fit(&FitRequest { log, in_use, counted_before: None, force: true }, &mut |_| {})
    }

    /// Answers as day and rating of some cards, in the order of the log.
    fn log(answers: &[(u32, i32, Rating)]) -> Vec<Review> {
        let entry = |(number, (card, day, rating)): (u32, &(u32, i32, Rating))| {
            let at = Timestamp(i64::from(*day) * 86_400_000 + i64::from(number));
            review(number, &CardKey(format!("card/{card}")), *rating, (Day(*day), at), None)
        };
        (0..).zip(answers).map(entry).collect()
    }

    fn pauses(log: &[Review]) -> Vec<Vec<u32>> {
        let evidence = Evidence::of(log);
        let pauses = |card: &Vec<super::Answer>| card.iter().map(|answer| answer.days).collect();
        evidence.cards.iter().map(pauses).collect()
    }

    /// What the parameters that were accepted after `answers` are worth on as many answers that came later.
    fn gain_to_come(learner: Learner, answers: usize) -> Option<f64> {
        let log = learner.log(answers * 2);
        let report = fitted(&log[..answers]);
        let Verdict::Accepted(comparison, parameters) = report.verdict else { return None };
        assert!(comparison.gain() > MARGIN, "{comparison:?}");
        let all = Evidence::of(&log);
        let later = &all.samples[report.repeated as usize..];
        let loss = |parameters| Measure::of(&all.predict(parameters, later), |_| 1.0).log_loss;
        Some(loss(Parameters::DEFAULT) - loss(parameters))
    }

    #[test]
    fn a_learner_who_forgets_faster_gets_parameters_that_predict_the_time_to_come_better() {
        let gains: Vec<f64> =
            (0..6).filter_map(|seed| gain_to_come(learner(0.35, seed), 3000)).collect();
        assert!(gains.len() >= 5 && gains.iter().all(|gain| *gain > MARGIN), "{gains:?}");
    }

    #[test]
    fn an_average_learner_keeps_the_default_parameters_or_ones_that_hardly_differ() {
        let gains: Vec<Option<f64>> =
            (0..10).map(|seed| gain_to_come(learner(1.0, seed), 2000)).collect();
        let accepted: Vec<f64> = gains.iter().flatten().copied().collect();
        assert!(accepted.len() <= 5, "noise is taken for the learner: {gains:?}");
        assert!(accepted.iter().all(|gain| *gain > -0.005), "{gains:?}");
    }

    #[test]
    fn a_refusal_says_by_how_much_the_parameters_were_not_better() {
        let log = learner(1.0, REFUSED).log(2000);
        let report = fitted(&log);
        let Verdict::NotBetter(comparison) = report.verdict else { panic!("{report:?}") };
        assert!(comparison.gain() <= MARGIN, "{comparison:?}");
        assert_eq!(comparison.in_use, comparison.defaults);
        assert_eq!(comparison.held_out, report.repeated - report.repeated * 4 / 5);
    }

    #[test]
    fn few_reviews_are_counted_and_nothing_is_tried() {
        let log = learner(0.35, 1).log(250);
        let report = fitted(&log);
        assert_eq!((report.answers, report.needed), (250, FIRST_FIT));
        assert!(report.repeated < FIRST_FIT && report.repeated > LEAST, "{report:?}");
        assert_eq!(report.verdict, Verdict::TooFew);
        assert_ne!(forced(&log, Parameters::DEFAULT).verdict, Verdict::TooFew);
        assert_eq!(forced(&log[..60], Parameters::DEFAULT).verdict, Verdict::TooFew);
        assert_eq!(fitted(&[]).verdict, Verdict::TooFew);
    }

    #[test]
    fn the_next_fit_is_due_when_the_reviews_have_doubled() {
        assert_eq!((due_at(None), due_at(Some(20)), due_at(Some(230))), (200, 200, 460));
        let log = learner(0.35, 1).log(1000);
        let request = |counted| FitRequest {
            log: &log,
            in_use: Parameters::DEFAULT,
            counted_before: Some(counted),
            force: false,
        };
        let repeated = fitted(&log).repeated;
        assert_eq!(fit(&request(repeated / 2 + 1), &mut |_| {}).verdict, Verdict::TooFew);
        assert_ne!(fit(&request(repeated / 2), &mut |_| {}).verdict, Verdict::TooFew);
    }

    #[test]
    fn the_same_log_gives_the_same_parameters_and_they_are_not_accepted_twice() {
        let log = learner(0.35, 2).log(1500);
        let report = fitted(&log);
        assert_eq!(fitted(&log), report);
        let Verdict::Accepted(_, parameters) = report.verdict else { panic!("{report:?}") };
        let again = forced(&log, parameters).verdict;
        assert!(matches!(again, Verdict::SameAgain(_) | Verdict::NotBetter(_)), "{again:?}");
    }

    #[test]
    fn parameters_that_are_worse_than_the_default_ones_are_given_up() {
        let log = learner(1.0, 0).log(2000);
        let wrong = Learner::forgetting(0.1);
        let Verdict::BackToDefaults(comparison) = forced(&log, wrong).verdict else {
            panic!("{:?}", forced(&log, wrong));
        };
        let Comparison { in_use, defaults, .. } = comparison;
        assert!(in_use.log_loss > defaults.log_loss + MARGIN && in_use.rmse > defaults.rmse);
    }

    #[test]
    fn measures_agree_with_those_of_the_crate() {
        let log = learner(0.5, 3).log(2500);
        let evidence = Evidence::of(&log);
        let items = || evidence.samples.iter().map(|sample| evidence.item(sample)).collect();
        for parameters in [Parameters::DEFAULT, Learner::forgetting(0.3), Learner::forgetting(3.0)]
        {
            let model = FSRS::new(parameters.values()).unwrap();
            let theirs = model.evaluate(items(), |_| true).unwrap();
            let predictions = evidence.predict(parameters, &evidence.samples);
            // The crate counts newer reviews more: fsrs 6.6.2, src/dataset.rs, `recency_weighted_fsrs_items`.
            #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
            let weight =
                |place| 0.25 + 0.75 * (place as f64 / (predictions.len() - 1) as f64).powi(3);
            let ours = Measure::of(&predictions, weight);
            assert!((ours.log_loss - f64::from(theirs.log_loss)).abs() < 1e-4, "{ours:?}");
            assert!((ours.rmse - f64::from(theirs.rmse_bins)).abs() < 1e-4, "{ours:?} {theirs:?}");
        }
    }

    #[test]
    fn what_is_measured_is_what_the_scheduler_would_have_said() {
        let log = learner(0.5, 4).log(600);
        let evidence = Evidence::of(&log);
        let parameters = Learner::forgetting(0.7);
        let predictions = evidence.predict(parameters, &evidence.samples);
        let scheduler = Scheduler::with_parameters(SchedulerSettings::default(), parameters);
        let mut schedules = std::collections::HashMap::new();
        let mut said = Vec::new();
        for review in &log {
            let schedule = schedules.entry(&review.key).or_insert(Schedule::UNSEEN);
            if let Some(progress) = schedule.progress() {
                let days = review.day.days_since(progress.last_day);
                said.extend((days > 0).then(|| scheduler.recall(progress.memory, days)));
            }
            *schedule = scheduler.replay(schedule, review);
        }
        assert_eq!(said.len(), predictions.len());
        for (said, measured) in said.iter().zip(&predictions) {
            assert!((f64::from(*said) - measured.recall).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn answers_of_one_day_and_of_a_clock_that_was_set_back_are_no_pauses() {
        use Rating::{Again, Good};
        let log = log(&[
            (0, 100, Again),
            (1, 100, Good),
            (0, 100, Good),
            (0, 103, Again),
            (0, 103, Good),
            (0, 90, Good),
            (0, 104, Good),
        ]);
        assert_eq!(pauses(&log), [vec![0, 0, 3, 0, 0, 1], vec![0]]);
        let evidence = Evidence::of(&log);
        assert_eq!((evidence.samples.len(), evidence.answers), (2, 7));
        // A repeated review holds everything before it.
        let item = evidence.item(&evidence.samples[1]);
        assert_eq!((item.reviews.len(), item.reviews[0].delta_t), (6, 0));
    }

    #[test]
    fn quiz_answers_change_nothing() {
        let log = learner(0.35, 2).log(800);
        let mut with_quizzes = log.clone();
        for (place, number) in (0..700).step_by(7).zip(10_000..) {
            let rated = log[place].clone();
            let mut id = rated.id;
            id.number = number;
            let source = ReviewSource::Quiz;
            let quiz = Review { id, source, rating: None, correct: Some(false), ..rated };
            with_quizzes.insert(place, quiz);
        }
        assert_eq!(fitted(&with_quizzes), fitted(&log));
    }

    #[test]
    fn the_newest_reviews_are_held_out_also_if_older_ones_were_imported_later() {
        let log = learner(0.35, 5).log(1200);
        // Whole cards: the order of a card's own answers is that of the log.
        let is_late = |review: &&Review| review.key.0.ends_with('3');
        let mut imported: Vec<Review> = log.iter().filter(|it| !is_late(it)).cloned().collect();
        imported.extend(log.iter().filter(is_late).cloned());
        let times = |log: &[Review]| -> Vec<Timestamp> {
            Evidence::of(log).samples.iter().map(|sample| sample.at).collect()
        };
        assert!(times(&imported).is_sorted());
        assert_eq!(times(&imported), times(&log));
    }

    #[test]
    fn odd_logs_are_no_accident() {
        use Rating::{Again, Easy, Good};
        let one_card_all_day: Vec<_> = (0..1500).map(|_| (0, 5, Good)).collect();
        let one_card_for_years: Vec<_> = (0..1500).map(|day| (0, day, Good)).collect();
        let every_pause_differs: Vec<_> = (0..300)
            .zip(0_i32..)
            .flat_map(|(card, n)| [(card, 0, Good), (card, 1 + 11 * n, Again)])
            .collect();
        let never_recalled: Vec<_> =
            (0..150).flat_map(|card| (0..4).map(move |day| (card, day * 3, Again))).collect();
        let always_easy: Vec<_> =
            (0..150).flat_map(|card| (0..4).map(move |day| (card, day * 9, Easy))).collect();
        for answers in
            [one_card_all_day, one_card_for_years, every_pause_differs, never_recalled, always_easy]
        {
            let report = forced(&log(&answers), Parameters::DEFAULT);
            if let Verdict::NotBetter(comparison) | Verdict::Accepted(comparison, _) =
                report.verdict
            {
                for measure in [comparison.in_use, comparison.fitted] {
                    assert!(measure.log_loss.is_finite() && measure.rmse.is_finite());
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_log_gives_a_report_and_parameters_that_can_be_used(
            answers in collection::vec((0_u32..12, -3_i32..9, 0_u8..5, any::<bool>()), 0..400),
        ) {
            let mut day = 0;
            let mut some = Vec::new();
            for (card, step, rating, jumps) in answers {
                day += if jumps { step } else { 0 };
                some.push((card, day, Rating::from_number(rating).unwrap_or(Rating::Again)));
            }
            let report = forced(&log(&some), Parameters::DEFAULT);
            if let Verdict::Accepted(comparison, parameters) = report.verdict {
                prop_assert!(comparison.gain() > MARGIN);
                prop_assert!(Parameters::parse(&parameters.to_string()) == Some(parameters));
            }
        }
    }
}
