//! Small logs whose figures can be counted on the fingers.

use crate::domain::card::{CardKey, CardKind, PointHash};
use crate::domain::memory::Schedule;
use crate::domain::review::{
    Confidence, PointResult, Rating, Review, ReviewId, ReviewSource, SessionId,
};
use crate::domain::tag::Tag;
use crate::domain::time::{Day, Timestamp};
use crate::study::replay::replay_card;
use crate::study::scheduler::{Scheduler, SchedulerSettings};
use crate::study::stats::{CardFacts, CardNow, Material, Share, Stats, Way, Window};

const TODAY: Day = Day(100);

fn study(number: u32, key: &str, day: i32, rating: Rating) -> Review {
    Review {
        id: ReviewId { session: SessionId(1), number },
        key: CardKey(key.into()),
        at: Timestamp(i64::from(day) * 86_400_000 + i64::from(number)),
        day: Day(day),
        source: ReviewSource::Study,
        rating: Some(rating),
        proposed: None,
        correct: None,
        confidence: None,
        hint_used: false,
        wrong_statement: false,
        points: Vec::new(),
        seconds: 30.0,
        answer: None,
        due: None,
    }
}

fn quiz(number: u32, session: u128, right: bool) -> Review {
    Review {
        id: ReviewId { session: SessionId(session), number },
        source: ReviewSource::Quiz,
        rating: None,
        correct: Some(right),
        ..study(number, "quizzed", 99, Rating::Good)
    }
}

fn with_points(review: Review, hits: &[bool]) -> Review {
    let point = |hit: &bool| PointResult { point: PointHash(1), hit: *hit };
    Review { points: hits.iter().map(point).collect(), ..review }
}

fn due(review: Review, day: i32) -> Review {
    Review { due: Some(Day(day)), ..review }
}

fn scheduler() -> Scheduler {
    Scheduler::new(SchedulerSettings::default())
}

fn counted(log: &[Review], window: Window, cards: &[CardNow<'_>]) -> Stats {
    let tags = [Tag("aws".into())];
    let facts = |key: &CardKey| {
        let kind = if key.0 == "numeric" { CardKind::Numeric } else { CardKind::Open };
        (key.0 != "gone").then_some(CardFacts { kind, tags: &tags, title: "A question?" })
    };
    Stats::of(&Material {
        log,
        facts,
        cards,
        scheduler: &scheduler(),
        target: 0.9,
        today: TODAY,
        later: TODAY + 14,
        window,
        planned: None,
    })
}

fn stats(log: &[Review]) -> Stats {
    counted(log, Window::All, &[])
}

fn pair(share: Share) -> (u32, u32) {
    (share.hits, share.total)
}

#[test]
fn totals_count_answers_days_and_minutes() {
    let log = [
        study(0, "a", 98, Rating::Good),
        study(1, "b", 98, Rating::Again),
        study(2, "gone", 100, Rating::Good),
    ];
    let stats = stats(&log);
    assert_eq!((stats.reviews, stats.days, stats.span, stats.minutes()), (3, 2, 3, 2));
    let tag = &stats.tags[&Tag("aws".into())];
    assert_eq!((tag.reviews, tag.answered), (2, 2));
    assert_eq!(stats.calendar[&Day(98)].reviews, 2);
}

#[test]
fn recall_leaves_first_answers_out_whatever_the_order_of_the_log() {
    let mut log = vec![
        study(0, "a", 90, Rating::Again),
        study(1, "a", 91, Rating::Hard),
        study(2, "a", 95, Rating::Again),
        study(3, "b", 95, Rating::Easy),
    ];
    log.reverse();
    let retention = stats(&log).retention;
    assert_eq!(retention.recall, Share { hits: 1, total: 2, answers: 2 });
    assert_eq!(retention.first_try, Share { hits: 1, total: 2, answers: 2 });
}

#[test]
fn a_window_counts_its_days_only_but_knows_what_came_before() {
    let log = [
        study(0, "a", 70, Rating::Good),
        study(1, "a", 71, Rating::Good),
        study(2, "a", 100, Rating::Good),
    ];
    let month = counted(&log, Window::Month, &[]);
    assert_eq!((month.reviews, month.days, month.span, month.evidence), (2, 2, 30, 3));
    // The first answer lies outside: what is inside is the second and third attempt.
    assert_eq!(month.retention.attempts.map(|share| share.total), [0, 1, 1, 0]);
    assert_eq!(month.calendar.len(), 3, "the heat map shows all days");
    assert_eq!(counted(&log, Window::Quarter, &[]).reviews, 3);
}

#[test]
fn an_attempt_is_the_first_answer_of_a_day() {
    let log = [
        study(0, "a", 90, Rating::Again),
        study(1, "a", 90, Rating::Good),
        study(2, "a", 91, Rating::Good),
        study(3, "a", 92, Rating::Again),
        study(4, "a", 93, Rating::Good),
        study(5, "a", 94, Rating::Good),
    ];
    let attempts = stats(&log).retention.attempts.map(pair);
    assert_eq!(attempts, [(0, 1), (1, 1), (0, 1), (2, 2)]);
}

#[test]
fn a_memory_is_learning_young_or_mature_by_what_was_before() {
    let log = [
        due(study(0, "a", 10, Rating::Again), 10),
        // Asked again after a miss.
        due(study(1, "a", 10, Rating::Good), 12),
        // Once more on the day of a success: says nothing.
        due(study(2, "a", 10, Rating::Good), 12),
        // An interval of two days, then one of 21.
        due(study(3, "a", 12, Rating::Good), 33),
        due(study(4, "a", 40, Rating::Again), 40),
        due(study(5, "a", 41, Rating::Again), 41),
    ];
    let stats = stats(&log);
    assert_eq!(stats.retention.stages.map(pair), [(1, 2), (1, 1), (0, 1)]);
    assert_eq!(stats.hard[0].lapses, 1, "a miss after a miss is no second lapse");
}

#[test]
fn quiz_answers_are_scores_and_no_recall() {
    let log = [quiz(0, 7, true), quiz(1, 7, false), quiz(0, 5, true)];
    let stats = stats(&log);
    assert_eq!(stats.retention.recall.total + stats.retention.first_try.total, 0);
    let scores: Vec<(u128, u32, u32)> =
        stats.quizzes.iter().map(|quiz| (quiz.session.0, quiz.right, quiz.total)).collect();
    assert_eq!(scores, [(5, 1, 1), (7, 1, 2)]);
}

#[test]
fn the_last_fourteen_days_end_today() {
    let log = [
        study(0, "a", 86, Rating::Good),
        study(1, "a", 87, Rating::Good),
        study(2, "a", 100, Rating::Good),
        study(3, "a", 100, Rating::Good),
        study(4, "a", 101, Rating::Good),
    ];
    let minutes = stats(&log).recent_minutes();
    assert_eq!((minutes[0], minutes[12], minutes[13]), (1, 0, 1));
}

#[test]
fn calibration_compares_what_was_said_with_what_was_there() {
    let answer = |number, confidence, hits: [bool; 2]| Review {
        confidence: Some(confidence),
        ..with_points(study(number, "a", 90, Rating::Good), &hits)
    };
    let mut log: Vec<Review> =
        (0..20).map(|n| answer(n, Confidence::Sure, [true, n % 2 == 0])).collect();
    log.push(answer(20, Confidence::Partly, [true, true]));
    let stats = stats(&log);
    assert_eq!(stats.calibration[0].points.percent(), Some(75));
    assert_eq!(stats.over_confidence(), Some(15));
    assert_eq!(stats.calibration[1].points.percent(), None);
    assert_eq!(stats.too_sure_tags(), [(&Tag("aws".into()), 75)]);
    assert_eq!(stats.retention.points_first, Share { hits: 2, total: 2, answers: 1 });
}

#[test]
fn sure_and_wrong_is_remembered_for_thirty_days() {
    let sure = |number, key, day, rating| Review {
        confidence: Some(Confidence::Sure),
        ..study(number, key, day, rating)
    };
    let mut log = vec![
        sure(0, "old", 70, Rating::Again),
        sure(1, "a", 71, Rating::Again),
        sure(2, "a", 72, Rating::Again),
        sure(3, "b", 90, Rating::Good),
        sure(4, "gone", 100, Rating::Again),
    ];
    log.push(Review { confidence: Some(Confidence::Sure), ..quiz(9, 3, false) });
    let found: Vec<(String, u32)> =
        stats(&log).sure_and_wrong.into_iter().map(|it| (it.key.0, it.times)).collect();
    assert_eq!(found, [("a".into(), 2), ("gone".into(), 1), ("quizzed".into(), 1)]);
}

#[test]
fn own_grades_stand_beside_the_proposed_ones() {
    let graded = |number, rating, proposed| Review {
        proposed: Some(proposed),
        ..study(number, "a", 90, rating)
    };
    let log = [
        graded(0, Rating::Easy, Rating::Good),
        graded(1, Rating::Good, Rating::Good),
        graded(2, Rating::Again, Rating::Hard),
        study(3, "a", 91, Rating::Good),
    ];
    let grades = stats(&log).grades;
    assert_eq!((grades.higher, grades.same, grades.lower), (1, 1, 1));
    assert!(grades.shares()[0].is_too_early());
}

#[test]
fn typical_times_are_medians_by_kind_and_by_way() {
    let timed = |number, key, seconds| Review { seconds, ..study(number, key, 90, Rating::Good) };
    let typed = Review { answer: Some("words".into()), ..timed(4, "a", 120.0) };
    let log = [
        timed(0, "a", 10.0),
        timed(1, "a", 300.0),
        Review { correct: Some(true), ..timed(2, "numeric", 20.0) },
        timed(3, "a", f32::NAN),
        typed,
    ];
    let typical = stats(&log).typical;
    assert_eq!(typical.overall, Some(20.0));
    assert_eq!(typical.by_kind, [(CardKind::Open, 65.0), (CardKind::Numeric, 20.0)]);
    assert_eq!(typical.by_way, [(Way::Think, 10.0), (Way::Type, 120.0), (Way::Short, 20.0)]);
}

#[test]
fn the_curve_compares_answers_with_what_the_model_expected_of_them() {
    let mut log = Vec::new();
    for number in 0..20 {
        let key = format!("card/{number}");
        log.push(due(study(2 * number, &key, 10, Rating::Good), 12));
        let rating = if number < 15 { Rating::Good } else { Rating::Again };
        log.push(due(study(2 * number + 1, &key, 12, rating), 20));
    }
    let stats = stats(&log);
    let [bin] = stats.retention.curve.as_slice() else { panic!("{:?}", stats.retention.curve) };
    assert_eq!((bin.from, bin.to, pair(bin.recalled)), (1, None, (15, 20)));
    let first = replay_card(&scheduler(), &log[..1]);
    let expected = f64::from(scheduler().retrievability(&first, Day(12)));
    assert!((bin.expected - expected).abs() < 1e-6);
}

#[test]
fn mastery_weighs_recall_and_counts_unseen_cards_as_nothing() {
    let history = [
        due(study(0, "a", 80, Rating::Good), 82),
        due(study(1, "a", 82, Rating::Good), 92),
        due(study(2, "a", 92, Rating::Hard), 103),
        due(study(3, "b", 99, Rating::Good), 101),
    ];
    let keys = ["a", "b", "c"].map(|key| CardKey(key.into()));
    let tags = [Tag("aws".into())];
    let a = replay_card(&scheduler(), &history[..3]);
    let b = replay_card(&scheduler(), &history[3..]);
    let card = |index: usize, schedule, weight| CardNow {
        key: &keys[index],
        tags: &tags,
        schedule,
        not_before: None,
        weight,
    };
    let cards = [card(0, a, 2.0), card(1, b, 1.0), card(2, Schedule::UNSEEN, 1.0)];
    let stats = counted(&history, Window::All, &cards);
    let recall = |schedule, day| f64::from(scheduler().retrievability(&schedule, day));
    let expected = (2.0 * recall(a, TODAY) + recall(b, TODAY)) / 4.0;
    assert!((stats.mastery.now() - expected).abs() < 1e-6);
    let later = (2.0 * recall(a, TODAY + 14) + recall(b, TODAY + 14)) / 4.0;
    assert!((stats.mastery.later() - later).abs() < 1e-6);
    // Three recalls on three days make the first one ready, as long as it is still remembered.
    assert_eq!((stats.mastery.cards, stats.mastery.seen), (3, 2));
    assert_eq!(stats.mastery.ready, u32::from(recall(a, TODAY) >= 0.85));
    assert_eq!(stats.mastery.ready, 1);
    assert_eq!(stats.mastery.due_soon, 2);
    assert_eq!(stats.tags[&Tag("aws".into())].mastery, stats.mastery);
}

#[test]
fn the_forecast_puts_every_card_on_its_day() {
    let keys = ["a", "b", "c", "d"].map(|key| CardKey(key.into()));
    let seen = |day| Schedule::New { wanted: Some(Day(day)) };
    let schedules = [seen(95), seen(102), seen(130), Schedule::UNSEEN];
    let mut cards: Vec<CardNow<'_>> = keys
        .iter()
        .zip(schedules)
        .map(|(key, schedule)| CardNow { key, tags: &[], schedule, not_before: None, weight: 1.0 })
        .collect();
    cards[1].not_before = Some(Day(105));
    let stats = counted(&[], Window::All, &cards);
    let forecast = &stats.forecast;
    assert_eq!((forecast.days[0].cards, forecast.days[2].cards, forecast.days[5].cards), (1, 0, 1));
    assert_eq!((forecast.overdue, forecast.afterwards, forecast.unseen), (1, 1, 1));
    assert!(!forecast.has_plan());
}

#[test]
fn a_plan_lies_beside_the_due_days() {
    let log: [Review; 0] = [];
    let stats = Stats::of(&Material {
        log: &log,
        facts: |_: &CardKey| None,
        cards: &[],
        scheduler: &scheduler(),
        target: 0.9,
        today: TODAY,
        later: TODAY,
        window: Window::All,
        planned: Some(&[4, 2]),
    });
    let planned: Vec<_> = stats.forecast.days.iter().take(3).map(|day| day.planned).collect();
    assert_eq!(planned, [Some(4), Some(2), None]);
    assert!(stats.forecast.has_plan());
    assert!(stats.csv().contains("due,1970-04-11,planned,4\r\n"));
}

#[test]
fn a_card_that_was_never_right_is_hard_after_two_answers() {
    let log = [
        study(0, "never", 90, Rating::Again),
        study(1, "never", 91, Rating::Again),
        study(2, "once", 91, Rating::Again),
        study(3, "fine", 91, Rating::Again),
        study(4, "fine", 92, Rating::Good),
    ];
    let hard = stats(&log).hard;
    let [card] = hard.as_slice() else { panic!("{hard:?}") };
    assert!(card.is_never_right);
    assert_eq!((card.key.0.as_str(), card.misses, card.lapses, card.cost()), ("never", 2, 0, 2));
}

#[test]
fn an_empty_log_says_nothing() {
    let stats = stats(&[]);
    assert_eq!((stats.reviews, stats.typical.overall, stats.over_confidence()), (0, None, None));
    assert!(stats.is_too_early() && stats.hard.is_empty());
    assert!(stats.csv().starts_with("section,item,figure,value\r\n"));
}
