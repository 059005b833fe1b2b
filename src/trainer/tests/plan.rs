//! Study before an interview: what is asked, for how long, and that an interview changes no schedule.

use super::{Home, MORNING, grade, key, later, with_ids};
use crate::domain::interview::{Interview, StudyTime};
use crate::domain::lang::Lang;
use crate::domain::memory::{NextMeeting, Schedule};
use crate::domain::review::{Mark, MarkKind, Rating, Review, ReviewId, ReviewSource, SessionId};
use crate::domain::tag::Tag;
use crate::domain::time::{ClockTime, Day, Timestamp};
use crate::study::plan::DayKind;
use crate::study::request::{NothingToStudy, StudyRequest};
use crate::study::session::Answer;
use crate::trainer::Trainer;

fn interview(trainer: &Trainer, days: i32) -> Interview {
    Interview {
        day: trainer.day_of(MORNING) + days,
        time: None,
        company: String::new(),
        role: String::new(),
        tags: Vec::new(),
    }
}

fn aimed(home: &Home, days: i32) -> Trainer {
    let mut trainer = home.trainer(1);
    let interview = interview(&trainer, days);
    trainer.set_interviews(&[interview]).unwrap();
    trainer
}

/// The keys of the sitting that would begin now.
fn asked(trainer: &mut Trainer, request: &StudyRequest, now: Timestamp) -> Vec<String> {
    let Ok(mut session) = trainer.study(request, now) else { return Vec::new() };
    let mut keys = Vec::new();
    while let Some(card) = session.current() {
        keys.push(card.key.0.clone());
        session.drop_current(now);
    }
    keys
}

/// Studies everything that is asked, with one rating.
fn study(trainer: &mut Trainer, rating: Rating, limit: usize, now: Timestamp) -> usize {
    let request = StudyRequest { limit: Some(limit), ..StudyRequest::default() };
    let Ok(mut session) = trainer.study(&request, now) else { return 0 };
    let mut count = 0;
    while session.current().is_some() {
        let (scheduler, today) = (trainer.scheduler().clone(), trainer.day_of(now));
        let answer = Answer { seconds: 30.0, ..Answer::default() };
        let recorded = session.rate(&scheduler, rating, answer, today, now).unwrap();
        trainer.record(recorded).unwrap();
        count += 1;
    }
    count
}

#[test]
fn a_card_that_is_not_due_is_asked_before_an_interview_and_not_without_one() {
    let home = Home::new(&with_ids(3));
    let mut trainer = home.trainer(1);
    assert_eq!(study(&mut trainer, Rating::Easy, 3, MORNING), 3);
    assert_eq!(asked(&mut trainer, &StudyRequest::default(), later(3)), Vec::<String>::new());
    let soon = interview(&trainer, 5);
    trainer.set_interviews(&[soon]).unwrap();
    assert_eq!(asked(&mut trainer, &StudyRequest::default(), later(3)).len(), 3);
}

#[test]
fn an_interview_changes_no_schedule_and_no_entry_of_the_log() {
    let without = Home::new(&with_ids(6));
    let with = Home::new(&with_ids(6));
    let (mut plain, mut aimed) = (without.trainer(1), aimed(&with, 9));
    let only = StudyRequest { only: (0..6).map(key).collect(), ..StudyRequest::default() };
    for trainer in [&mut plain, &mut aimed] {
        for day in [0, 2, 3] {
            let now = later(day);
            let mut session = trainer.study(&only, now).unwrap();
            session.set_aim(trainer.aim(now));
            for rating in [Rating::Good, Rating::Hard, Rating::Easy].iter().cycle().take(6) {
                let (scheduler, today) = (trainer.scheduler().clone(), trainer.day_of(now));
                let recorded =
                    session.rate(&scheduler, *rating, Answer::default(), today, now).unwrap();
                trainer.record(recorded).unwrap();
            }
        }
    }
    let schedules = |trainer: &Trainer| (0..6).map(|card| trainer.schedule(&key(card))).collect();
    let (one, other): (Vec<Schedule>, Vec<Schedule>) = (schedules(&plain), schedules(&aimed));
    assert_eq!(one, other);
    aimed.set_interviews(&[]).unwrap();
    assert_eq!(
        asked(&mut plain, &StudyRequest::default(), later(5)),
        asked(&mut aimed, &StudyRequest::default(), later(5))
    );
}

#[test]
fn the_day_asks_for_no_more_minutes_than_given_and_none_on_a_day_off() {
    let home = Home::new(&with_ids(100));
    let mut trainer = aimed(&home, 10);
    let mut time = StudyTime::every_day(10);
    trainer.set_study_time(&time).unwrap();
    let ten = asked(&mut trainer, &StudyRequest::default(), MORNING).len();
    trainer.set_study_time(&StudyTime::every_day(20)).unwrap();
    let twenty = asked(&mut trainer, &StudyRequest::default(), MORNING).len();
    assert!((2..=8).contains(&ten) && twenty.abs_diff(2 * ten) <= 1, "{ten} {twenty}");
    time.days_off = vec![trainer.day_of(MORNING)];
    trainer.set_study_time(&time).unwrap();
    let day = trainer.day_of(MORNING) + 10;
    let none = trainer.study(&StudyRequest::default(), MORNING).err();
    assert_eq!(none, Some(NothingToStudy::DayOff { interview: day }));
    let more = StudyRequest { minutes: Some(10), ..StudyRequest::default() };
    assert_eq!(asked(&mut trainer, &more, MORNING).len(), ten);
}

#[test]
fn what_was_studied_today_counts_and_then_the_minutes_are_spent() {
    let home = Home::new(&with_ids(100));
    let mut trainer = aimed(&home, 10);
    trainer.set_study_time(&StudyTime::every_day(2)).unwrap();
    // Four answers of half a minute.
    assert_eq!(study(&mut trainer, Rating::Good, 1, MORNING), 1);
    for _ in 0..3 {
        study(&mut trainer, Rating::Good, 1, MORNING.plus_seconds(60));
    }
    let day = trainer.day_of(MORNING) + 10;
    let none = trainer.study(&StudyRequest::default(), MORNING.plus_seconds(90)).err();
    assert_eq!(none, Some(NothingToStudy::MinutesSpent { interview: day }));
    assert!(!asked(&mut trainer, &StudyRequest::default(), later(1)).is_empty());
}

#[test]
fn a_card_failed_today_and_left_comes_first_in_the_next_sitting() {
    let home = Home::new(&with_ids(20));
    let mut trainer = aimed(&home, 10);
    grade(&mut trainer, &key(13), Rating::Again, MORNING);
    let next = asked(&mut trainer, &StudyRequest::default(), MORNING.plus_seconds(700));
    assert_eq!(next.first().map(String::as_str), Some("card/13"));
    trainer.set_study_time(&StudyTime::every_day(0)).unwrap();
    let owed = asked(&mut trainer, &StudyRequest::default(), MORNING.plus_seconds(700));
    assert_eq!(owed, ["card/13"], "also when the minutes are spent");
}

#[test]
fn a_wrong_quiz_answer_of_today_comes_first() {
    let home = Home::new(&with_ids(20));
    let mut trainer = aimed(&home, 10);
    let wrong = Review {
        id: ReviewId { session: SessionId(77), number: 0 },
        key: key(9),
        at: MORNING,
        day: trainer.day_of(MORNING),
        source: ReviewSource::Quiz,
        rating: None,
        proposed: None,
        correct: Some(false),
        confidence: None,
        hint_used: false,
        wrong_statement: false,
        points: Vec::new(),
        seconds: 5.0,
        answer: None,
        due: Some(trainer.day_of(MORNING)),
    };
    trainer.record_quiz(wrong).unwrap();
    let next = asked(&mut trainer, &StudyRequest::default(), MORNING.plus_seconds(60));
    assert_eq!(next.first().map(String::as_str), Some("card/9"));
}

#[test]
fn stars_and_the_tags_of_the_interview_decide_what_new_card_comes_first() {
    let deck = "[[card]]\nid = \"a\"\ntags = [\"linux\"]\nquestion = \"A?\"\nanswer = \"!\"\n\n\
                [[card]]\nid = \"b\"\ntags = [\"aws\"]\nquestion = \"B?\"\nanswer = \"!\"\n\n\
                [[card]]\nid = \"c\"\ntags = [\"git\"]\nquestion = \"C?\"\nanswer = \"!\"\n\n";
    let home = Home::new(deck);
    let mut trainer = home.trainer(1);
    let focused = Interview { tags: vec![Tag("aws".into())], ..interview(&trainer, 6) };
    trainer.set_interviews(&[focused]).unwrap();
    let first = |trainer: &mut Trainer| asked(trainer, &StudyRequest::default(), MORNING);
    assert_eq!(first(&mut trainer)[0], "b");
    let key = trainer.entry("c").unwrap().key.clone();
    trainer.mark(&Mark { at: MORNING, key, kind: MarkKind::Star }).unwrap();
    assert_eq!(first(&mut trainer)[..2], ["c", "b"]);
}

#[test]
fn grades_name_the_day_of_the_plan_and_never_one_after_the_interview() {
    let home = Home::new(&with_ids(30));
    let mut trainer = aimed(&home, 12);
    trainer.set_study_time(&StudyTime::every_day(15)).unwrap();
    let session = trainer.study(&StudyRequest::default(), MORNING).unwrap();
    let mut aimed = session.clone();
    aimed.set_aim(trainer.aim(MORNING));
    let today = trainer.day_of(MORNING);
    let outcomes = aimed.preview(trainer.scheduler(), today).unwrap();
    let day = |next| match next {
        NextMeeting::On(day) => day,
        NextMeeting::NotBefore(day) => day + 1,
    };
    assert_eq!(outcomes[0].next, NextMeeting::On(today));
    assert!(outcomes.iter().all(|outcome| day(outcome.next) <= today + 13), "{outcomes:?}");
    assert!(outcomes.windows(2).all(|two| day(two[0].next) <= day(two[1].next)), "{outcomes:?}");
    let plain = session.preview(trainer.scheduler(), today).unwrap();
    assert!(plain.iter().all(|outcome| outcome.next == NextMeeting::On(outcome.due)));
    assert_eq!(
        plain.map(|outcome| outcome.due),
        outcomes.map(|outcome| outcome.due),
        "the log keeps the same day"
    );
}

#[test]
fn a_card_that_is_buried_until_tomorrow_still_counts_for_readiness() {
    let home = Home::new(&with_ids(6));
    let mut trainer = aimed(&home, 8);
    study(&mut trainer, Rating::Good, 3, MORNING);
    let readiness = |trainer: &Trainer| {
        let plan = trainer.planner(MORNING).expect("a plan").plan();
        let home = trainer.overview(Lang::En, MORNING).readiness.expect("an interview");
        let forecast = &plan.interviews[0];
        assert!((forecast.today - home.today).abs() < 1e-6, "{forecast:?} {home:?}");
        assert_eq!((forecast.cards, forecast.seen), (home.cards, home.seen));
        (home.today, home.cards, home.seen)
    };
    let before = readiness(&trainer);
    assert_eq!((before.1, before.2), (6, 3));
    let until = trainer.day_of(MORNING) + 1;
    for kind in [MarkKind::Bury { until }, MarkKind::Unbury] {
        trainer.mark(&Mark { at: MORNING, key: key(0), kind }).unwrap();
        assert_eq!(readiness(&trainer), before);
    }
    trainer.mark(&Mark { at: MORNING, key: key(0), kind: MarkKind::Suspend }).unwrap();
    assert_eq!(readiness(&trainer).1, 5);
}

#[test]
fn on_the_day_there_is_a_warm_up_and_afterwards_ordinary_scheduling() {
    let home = Home::new(&with_ids(12));
    let mut trainer = aimed(&home, 3);
    study(&mut trainer, Rating::Good, 10, MORNING);
    let lang = crate::domain::lang::Lang::En;
    assert_eq!(trainer.overview(lang, later(2)).warm_up, []);
    let on_the_day = trainer.overview(lang, later(3));
    assert_eq!(on_the_day.warm_up.len(), 8);
    assert_eq!(on_the_day.interview.map(|next| next.in_days), Some(0));
    let after = trainer.overview(lang, later(4));
    assert!(after.interview.is_none() && after.readiness.is_none());
    assert!(after.due > 0);
}

#[test]
fn with_a_time_the_interview_is_over_once_it_has_begun() {
    let home = Home::new(&with_ids(3));
    let mut trainer = home.trainer(1);
    let noon = Interview { time: ClockTime::new(12, 0), ..interview(&trainer, 0) };
    trainer.set_interviews(&[noon]).unwrap();
    // The morning is at 9:00.
    assert!(trainer.next_interview(MORNING).is_some());
    assert!(trainer.next_interview(MORNING.plus_seconds(4 * 3600)).is_none());
}

#[test]
fn the_plan_begins_today_and_ends_on_the_day_with_every_card_of_the_interview() {
    let home = Home::new(&with_ids(40));
    let trainer = aimed(&home, 7);
    let mut planner = trainer.planner(MORNING).unwrap();
    planner.draw();
    let plan = planner.plan();
    let today = trainer.day_of(MORNING);
    let days: Vec<Day> = plan.days.iter().map(|day| day.day).collect();
    assert_eq!(days, (0..=7).map(|ahead| today + ahead).collect::<Vec<_>>());
    assert_eq!(plan.days[7].kind, DayKind::Interview(0));
    assert_eq!((plan.interviews[0].cards, plan.interviews[0].seen), (40, 0));
    assert!(plan.interviews[0].followed.middle > 0.5 && plan.interviews[0].stopped.high == 0.0);
}

#[test]
fn the_minutes_that_were_said_hold_after_the_interview_too() {
    let home = Home::new(&with_ids(100));
    let mut trainer = aimed(&home, 1);
    assert!(study(&mut trainer, Rating::Good, 100, MORNING) > 0);
    let all = asked(&mut trainer, &StudyRequest::default(), later(5)).len();
    trainer.set_study_time(&StudyTime::every_day(3)).unwrap();
    let some = asked(&mut trainer, &StudyRequest::default(), later(5)).len();
    assert!(some > 0 && some < all, "{some} of {all}");
    let more = StudyRequest { minutes: Some(1440), ..StudyRequest::default() };
    assert_eq!(asked(&mut trainer, &more, later(5)).len(), all);
}
