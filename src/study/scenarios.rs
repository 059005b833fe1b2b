//! Days of study as files: ratings with their times in, states, due days and stability out. A new case is a new file.
//!
//! Stabilities were computed apart from this program, by the formulas of FSRS-6. A step may name its card, the time
//! zone that holds from it on, and what must be true after it; what it does not name is not checked.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

use crate::domain::card::CardKey;
use crate::domain::memory::{CardState, Schedule};
use crate::domain::review::{Rating, Review, ReviewId, ReviewSource, SessionId};
use crate::domain::time::{Calendar, Day, Timestamp};
use crate::study::loads::Loads;
use crate::study::replay::replay;
use crate::study::scheduler::{Scheduler, SchedulerSettings};

/// What a step may say; anything else is a slip of the pen.
const STEP_KEYS: [&str; 14] = [
    "at",
    "card",
    "zone",
    "rating",
    "quiz",
    "day",
    "state",
    "due",
    "stability",
    "difficulty",
    "reviews",
    "lapses",
    "last_day",
    "due_in",
];

/// A scenario while it runs.
struct Run {
    name: String,
    scheduler: Scheduler,
    calendar: Calendar,
    schedules: HashMap<CardKey, Schedule>,
    log: Vec<Review>,
    wrong: Vec<String>,
}

impl Run {
    fn new(name: String, file: &Table) -> Self {
        let defaults = SchedulerSettings::default();
        let scheduler = Scheduler::new(SchedulerSettings {
            maximum_interval: file
                .get("maximum_interval")
                .map_or(defaults.maximum_interval, |it| {
                    u32::try_from(it.as_integer().unwrap()).unwrap()
                }),
            desired_retention: file.get("retention").map_or(defaults.desired_retention, number),
        });
        let calendar = Calendar::from_tzif(None, 4);
        let schedules = HashMap::new();
        Self { name, scheduler, calendar, schedules, log: Vec::new(), wrong: Vec::new() }
    }

    fn step(&mut self, number: usize, step: &Table) {
        for key in step.keys() {
            assert!(STEP_KEYS.contains(&key.as_str()), "{}: unknown `{key}`", self.name);
        }
        let text = |name: &str| step.get(name).map(|value| value.as_str().unwrap());
        if let Some(zone) = text("zone") {
            self.calendar = Calendar::from_posix(zone, 4);
        }
        let key = CardKey(text("card").unwrap_or("card").to_owned());
        let at = Timestamp::parse(text("at").unwrap()).expect("a time");
        let before = self.schedules.get(&key).copied().unwrap_or(Schedule::UNSEEN);
        let review = self.review(&key, at, step, &before);
        let after = self.scheduler.replay(&before, &review);
        self.check(number, step, &review, &after);
        self.schedules.insert(key, after);
        self.log.push(review);
    }

    /// The entry of the log that a step makes.
    fn review(&self, key: &CardKey, at: Timestamp, step: &Table, before: &Schedule) -> Review {
        let day = self.calendar.day_of(at);
        let word = |name: &str| step.get(name).and_then(Value::as_str);
        let rating = word("rating").map(|word| {
            Rating::ALL.into_iter().find(|rating| rating.name() == word).expect("a rating")
        });
        let correct = word("quiz").map(|word| word == "right");
        assert!(rating.is_some() != correct.is_some(), "a step rates or answers a quiz");
        let due = match rating {
            Some(rating) => {
                self.scheduler.rate(key, before, rating, (day, at), &Loads::default()).due()
            }
            None => (correct == Some(false)).then_some(day),
        };
        Review {
            id: ReviewId { session: SessionId(1), number: u32::try_from(self.log.len()).unwrap() },
            key: key.clone(),
            at,
            day,
            source: if rating.is_some() { ReviewSource::Study } else { ReviewSource::Quiz },
            rating,
            proposed: None,
            correct,
            confidence: None,
            hint_used: false,
            wrong_statement: false,
            points: Vec::new(),
            seconds: 30.0,
            answer: None,
            due,
        }
    }

    fn check(&mut self, number: usize, step: &Table, review: &Review, after: &Schedule) {
        let due = after.due();
        let mut facts: Vec<(&str, String)> = vec![
            ("day", review.day.iso()),
            ("due", due.map_or("none".into(), Day::iso)),
            ("due_in", due.map_or("none".into(), |due| (due - review.day).to_string())),
            ("state", state(after).to_owned()),
        ];
        if let Some(progress) = after.progress() {
            facts.push(("stability", format!("{:.2}", progress.memory.stability)));
            facts.push(("difficulty", format!("{:.2}", progress.memory.difficulty)));
            facts.push(("reviews", progress.reviews.to_string()));
            facts.push(("lapses", progress.lapses.to_string()));
            facts.push(("last_day", progress.last_day.iso()));
        }
        for (name, wanted) in step {
            if ["at", "card", "zone", "rating", "quiz"].contains(&name.as_str()) {
                continue;
            }
            let fact = facts.iter().find(|(fact, _)| fact == name).map(|(_, fact)| fact.as_str());
            if !fact.is_some_and(|fact| is_the_same(fact, wanted)) {
                let step = number + 1;
                self.wrong.push(format!(
                    "{}, step {step}: {name} is {fact:?}, not {wanted}\n    {facts:?}",
                    self.name
                ));
            }
        }
    }

    fn finish(mut self) -> Vec<String> {
        if replay(&self.scheduler, &self.log) != self.schedules {
            self.wrong.push(format!("{}: the log gives other schedules", self.name));
        }
        self.wrong
    }
}

/// Numbers with a point may differ in the last digit, by rounding.
fn is_the_same(fact: &str, wanted: &Value) -> bool {
    match wanted {
        Value::Float(wanted) => fact.parse::<f64>().is_ok_and(|fact| (fact - wanted).abs() < 0.011),
        Value::Integer(wanted) => fact == wanted.to_string(),
        wanted => wanted.as_str() == Some(fact),
    }
}

fn state(schedule: &Schedule) -> &'static str {
    match schedule.progress().map(|progress| progress.state) {
        None => "new",
        Some(CardState::Learning) => "learning",
        Some(CardState::Review) => "review",
        Some(CardState::Relearning) => "relearning",
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share")]
fn number(value: &Value) -> f32 {
    value.as_float().unwrap() as f32
}

#[test]
fn every_scenario_goes_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/study/scenarios");
    let mut wrong = Vec::new();
    let mut steps = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file: Table = fs::read_to_string(&path).unwrap().parse().expect(&name);
        assert!(file.get("about").is_some_and(Value::is_str), "{name} says what it is about");
        let mut run = Run::new(name, &file);
        for (number, step) in file["step"].as_array().unwrap().iter().enumerate() {
            run.step(number, step.as_table().unwrap());
            steps += 1;
        }
        wrong.extend(run.finish());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(steps >= 40, "{steps} steps");
}
