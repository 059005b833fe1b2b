//! Counts the log a second time, from the raw rows of the file and in plain loops, and holds every figure of
//! `prep stats --json` against it. Shares no line with the program; only the memory model's crate is the same.

#![expect(
    clippy::unwrap_used,
    reason = "numbers of a hundred cards fit, and a row that cannot be read fails the test"
)]

use std::collections::{BTreeMap, BTreeSet};

use fsrs::{DEFAULT_PARAMETERS, FSRS, MemoryState, current_retrievability};
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::cli::Prep;

/// Monday, 23 November 2026.
const TODAY: i64 = 20_780;
/// The interview.
const LATER: i64 = TODAY + 14;
const CARDS: u64 = 90;
const REVIEWS: usize = 4000;
const DAY: i64 = 86_400_000;

/// Numbers that look random and are always the same (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn int(&mut self, sides: i64) -> i64 {
        i64::try_from(self.roll(u64::try_from(sides).unwrap())).unwrap()
    }
}

/// A row of the log as it lies in the file.
#[derive(Clone, Debug)]
struct Row {
    session: Vec<u8>,
    key: String,
    day: i64,
    source: String,
    rating: Option<i64>,
    proposed: Option<i64>,
    correct: Option<bool>,
    confidence: Option<i64>,
    points: String,
    seconds: f64,
    answer: Option<String>,
    due: Option<i64>,
}

impl Row {
    fn hits(&self) -> i64 {
        self.points.split(' ').filter(|word| word.starts_with('+')).count().try_into().unwrap()
    }

    fn asked(&self) -> i64 {
        self.points.split_whitespace().count().try_into().unwrap()
    }

    fn missed(&self) -> Option<bool> {
        match (self.rating, self.correct) {
            (Some(rating), correct) => Some(rating == 1 || correct == Some(false)),
            (None, correct) => correct.map(|right| !right),
        }
    }

    fn is_study(&self) -> bool {
        self.source == "study" && self.rating.is_some()
    }
}

fn tags_of(card: u64) -> Vec<&'static str> {
    match card % 5 {
        0 => vec!["aws"],
        1 => vec!["linux", "networking"],
        2 => vec!["networking"],
        3 => vec!["linux", "aws", "sre"],
        _ => vec!["sre"],
    }
}

fn deck() -> String {
    let card = |n: u64| {
        let retired = if n == 3 { "retired = \"2026-11-01\"\n" } else { "" };
        format!(
            "[[card]]\nid = \"card/{n}\"\ntags = {:?}\nquestion = \"Question {n}?\"\n\
             answer = \"The answer number {n}.\"\n{retired}\n",
            tags_of(n)
        )
    };
    (0..CARDS).map(card).collect()
}

/// Writes a log of some thousand answers: studied, quizzed and spoken, in three time zones, with undos, with cards that
/// are gone, with repeats on one day, and with a clock that was once set back.
fn write_log(log: &Connection) {
    let mut dice = Dice(20_261_123);
    let mut at = (TODAY - 150) * DAY + 9 * 3_600_000;
    let mut session = 0_i64;
    for number in 0..REVIEWS {
        if number % 23 == 0 {
            session += 1;
            at += dice.int(60) * 3_600_000;
        }
        at += 20_000 + dice.int(90_000);
        if number == 2000 {
            at -= 5 * 3_600_000;
        }
        at = at.min(TODAY * DAY + 8 * 3_600_000);
        // Seoul, then Los Angeles, then Seoul again; the day ends at four.
        let zone = if (1200..2400).contains(&number) { -8 } else { 9 };
        let day = (at + (zone - 4) * 3_600_000).div_euclid(DAY);
        insert(log, &mut dice, (session, number), (at, day));
    }
    for number in (0..REVIEWS).step_by(19) {
        log.execute(
            "INSERT INTO voids (session, number, at) SELECT session, number, at FROM reviews WHERE entry = ?1",
            [i64::try_from(number + 1).unwrap()],
        )
        .unwrap();
    }
}

fn insert(
    log: &Connection,
    dice: &mut Dice,
    (session, number): (i64, usize),
    (at, day): (i64, i64),
) {
    // Some keys are of cards that no deck has any more; some cards are asked much more often than others.
    let wide = if dice.roll(3) == 0 { CARDS + 10 } else { 25 };
    let card = dice.roll(wide);
    let source = ["study", "study", "study", "study", "study", "study", "quiz", "mock"]
        [usize::try_from(dice.roll(8)).unwrap()];
    let rating =
        (source != "quiz").then(|| [1, 1, 2, 3, 3, 3, 4][usize::try_from(dice.roll(7)).unwrap()]);
    let is_judged = source == "quiz" || (source == "study" && card.is_multiple_of(7));
    let correct = is_judged.then(|| rating.map_or(dice.roll(3) > 0, |rating| rating > 1));
    let points: Vec<String> = if is_judged {
        Vec::new()
    } else {
        (0..dice.roll(5))
            .map(|point| format!("{}{point:016x}", if dice.roll(4) > 0 { '+' } else { '-' }))
            .collect()
    };
    let proposed = rating.filter(|_| dice.roll(2) == 0).map(|rating| (rating + dice.int(2)).min(4));
    let confidence =
        [None, Some(1), Some(2), Some(3), Some(3)][usize::try_from(dice.roll(5)).unwrap()];
    let answer = (dice.roll(4) == 0).then_some("typed");
    let interval = [1, 2, 5, 9, 16, 24, 40][usize::try_from(dice.roll(7)).unwrap()];
    let due = rating.map(|rating| if rating == 1 { day } else { day + interval });
    log.execute(
        "INSERT INTO reviews (session, number, key, at, day, source, rating, proposed, correct, confidence, \
         hint_used, wrong_statement, points, seconds, answer, due) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, ?11, ?12, ?13, ?14)",
        params![
            u128::try_from(session).unwrap().to_be_bytes(),
            i64::try_from(number).unwrap(),
            format!("card/{card}"),
            at,
            day,
            source,
            rating,
            proposed,
            correct,
            confidence,
            points.join(" "),
            f64::from(u32::try_from(dice.roll(3000)).unwrap()) / 10.0,
            answer,
            due
        ],
    )
    .unwrap();
}

fn read_log(log: &Connection, order: &str) -> Vec<Row> {
    let sql = format!(
        "SELECT session, key, day, source, rating, proposed, correct, confidence, points, seconds, answer, due \
         FROM reviews r \
         WHERE (SELECT COUNT(*) FROM voids v WHERE v.session = r.session AND v.number = r.number) = 0 \
         ORDER BY {order}"
    );
    let mut statement = log.prepare(&sql).unwrap();
    let rows = statement.query_map([], |row| {
        Ok(Row {
            session: row.get(0)?,
            key: row.get(1)?,
            day: row.get(2)?,
            source: row.get(3)?,
            rating: row.get(4)?,
            proposed: row.get(5)?,
            correct: row.get(6)?,
            confidence: row.get(7)?,
            points: row.get(8)?,
            seconds: row.get(9)?,
            answer: row.get(10)?,
            due: row.get(11)?,
        })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// A card's memory after some rows, in their order.
#[derive(Clone, Copy, Default)]
struct Memory {
    state: Option<MemoryState>,
    is_recalled: bool,
    last_day: i64,
    first_day: i64,
    due: Option<i64>,
}

impl Memory {
    fn after(rows: &[&Row], model: &FSRS) -> Self {
        let mut memory = Self::default();
        for row in rows {
            memory.take(row, model);
        }
        memory
    }

    fn take(&mut self, row: &Row, model: &FSRS) {
        let Some(rating) = row.rating else {
            if row.correct == Some(false) {
                let due = self.due.filter(|_| self.state.is_some());
                self.due = Some(due.map_or(row.day, |due| due.min(row.day)));
            }
            return;
        };
        let elapsed = u32::try_from((row.day - self.last_day).max(0)).unwrap();
        let elapsed = if self.state.is_some() { elapsed } else { 0 };
        let next = model.next_states(self.state, 0.9, elapsed).unwrap();
        let next = [next.again, next.hard, next.good, next.easy];
        if self.state.is_none() {
            (self.first_day, self.last_day) = (row.day, row.day);
        }
        self.state = Some(next[usize::try_from(rating - 1).unwrap()].memory);
        self.is_recalled = rating > 1;
        self.last_day = self.last_day.max(row.day);
        self.due = Some(row.due.unwrap_or(row.day));
    }

    fn recall(&self, day: i64) -> f64 {
        let Some(state) = self.state.filter(|_| self.is_recalled) else { return 0.0 };
        let days = u16::try_from((day - self.last_day).max(0)).unwrap();
        f64::from(current_retrievability(state, f32::from(days), DEFAULT_PARAMETERS[20]))
    }
}

/// Hits and tries and answers, as the program prints them.
fn share(value: &Value, hits: i64, total: i64, answers: i64, what: &str) {
    assert_eq!(value["hits"], hits, "{what}: hits");
    assert_eq!(value["total"], total, "{what}: total");
    assert_eq!(value["answers"], answers, "{what}: answers");
    if answers < 20 || total == 0 {
        assert!(value["percent"].is_null(), "{what}: too early for a percentage");
    } else {
        let percent = (200 * hits + total) / (2 * total);
        assert_eq!(value["percent"], percent, "{what}: percent");
    }
}

fn share_of(value: &Value, results: &[bool], what: &str) {
    let hits = results.iter().filter(|hit| **hit).count();
    let (hits, all) = (i64::try_from(hits).unwrap(), i64::try_from(results.len()).unwrap());
    share(value, hits, all, all, what);
}

fn near(value: &Value, expected: f64, what: &str) {
    let found = value.as_f64().unwrap_or_else(|| panic!("{what}: {value}"));
    assert!(
        (found - expected).abs() <= 1e-4 * expected.abs().max(1.0),
        "{what}: {found} {expected}"
    );
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    let middle = seconds.len() / 2;
    if seconds.len() % 2 == 1 {
        seconds[middle]
    } else {
        f64::midpoint(seconds[middle - 1], seconds[middle])
    }
}

fn iso(day: i64) -> String {
    // Days of the civil calendar: http://howardhinnant.github.io/date_algorithms.html
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{:02}", doy - (153 * mp + 2) / 5 + 1)
}

/// Everything that the second count needs.
struct Recount {
    /// In order of time.
    rows: Vec<Row>,
    /// In the order of recording.
    recorded: Vec<Row>,
    /// Positions in `rows` by card.
    by_card: BTreeMap<String, Vec<usize>>,
    since: i64,
    model: FSRS,
    found: Value,
}

impl Recount {
    fn counted(&self) -> Vec<&Row> {
        self.rows.iter().filter(|row| row.day >= self.since).collect()
    }

    /// The rows of the same card before a row.
    fn before(&self, index: usize) -> Vec<&Row> {
        let of_card = &self.by_card[&self.rows[index].key];
        of_card.iter().take_while(|it| **it < index).map(|it| &self.rows[*it]).collect()
    }

    fn card_of(key: &str) -> Option<u64> {
        key.strip_prefix("card/")?.parse().ok().filter(|card| *card < CARDS)
    }

    fn totals(&self) {
        let rows = self.counted();
        let days: BTreeSet<i64> = rows.iter().map(|row| row.day).collect();
        let seconds: f64 = rows.iter().map(|row| row.seconds).sum();
        assert_eq!(self.found["reviews"], rows.len());
        assert_eq!(self.found["days"], days.len());
        near(&self.found["seconds"], seconds, "seconds");
        near(&self.found["minutes"], (seconds / 60.0).round(), "minutes");
        near(
            &self.found["typical_seconds"],
            median(rows.iter().map(|it| it.seconds).collect()),
            "median",
        );
        for way in ["think", "type", "short", "speak"] {
            let is_way = |row: &&&Row| {
                let of = match (row.source.as_str(), row.correct, &row.answer) {
                    ("mock", _, _) => "speak",
                    (_, Some(_), _) => "short",
                    (_, None, Some(_)) => "type",
                    (_, None, None) => "think",
                };
                of == way
            };
            let times: Vec<f64> = rows.iter().filter(is_way).map(|row| row.seconds).collect();
            let listed = self.found["typical_seconds_by_way"].as_array().unwrap();
            let found = listed.iter().find(|row| row["way"] == way).unwrap();
            near(&found["seconds"], median(times), way);
        }
        // The heat map shows all days, whatever the window.
        let mut calendar: BTreeMap<i64, (i64, f64)> = BTreeMap::new();
        for row in &self.rows {
            let day = calendar.entry(row.day).or_default();
            *day = (day.0 + 1, day.1 + row.seconds);
        }
        let listed = self.found["calendar"].as_array().unwrap();
        assert_eq!(listed.len(), calendar.len());
        for (found, (day, (reviews, seconds))) in listed.iter().zip(calendar) {
            assert_eq!(
                (&found["day"], &found["reviews"]),
                (&Value::from(iso(day)), &Value::from(reviews))
            );
            near(&found["seconds"], seconds, "a day");
        }
    }

    fn recall(&self) {
        let (mut first, mut recall) = (Vec::new(), Vec::new());
        let mut attempts: [Vec<bool>; 4] = Default::default();
        let mut stages: [Vec<bool>; 3] = Default::default();
        let mut points = [(0, 0, 0); 2];
        for (index, row) in self.rows.iter().enumerate() {
            if row.day < self.since {
                continue;
            }
            let before = self.before(index);
            if row.asked() > 0 {
                let sum = &mut points[usize::from(!before.is_empty())];
                *sum = (sum.0 + row.hits(), sum.1 + row.asked(), sum.2 + 1);
            }
            if !row.is_study() {
                continue;
            }
            let right = row.rating > Some(1);
            let rated: Vec<&&Row> = before.iter().filter(|it| it.rating.is_some()).collect();
            if rated.is_empty() {
                first.push(right);
            } else {
                recall.push(right);
            }
            // Days of study before this one; a day that was already left does not begin again.
            let mut days = Vec::new();
            for it in before.iter().filter(|it| it.is_study()) {
                if days.last().is_none_or(|last| it.day > *last) {
                    days.push(it.day);
                }
            }
            if days.last().is_none_or(|last| row.day > *last) {
                attempts[days.len().min(3)].push(right);
            }
            if let Some(last) = rated.last() {
                let interval = last.due.unwrap() - last.day;
                match (last.rating == Some(1), row.day > last.day) {
                    (true, _) => stages[0].push(right),
                    (false, true) => stages[usize::from(interval >= 21) + 1].push(right),
                    (false, false) => {}
                }
            }
        }
        share_of(&self.found["first_try"], &first, "first try");
        share_of(&self.found["recall"], &recall, "recall");
        for (number, results) in attempts.iter().enumerate() {
            share_of(&self.found["attempts"][number], results, "attempt");
        }
        for (number, stage) in ["learning", "young", "mature"].iter().enumerate() {
            assert_eq!(self.found["retention"][number]["stage"], *stage);
            share_of(&self.found["retention"][number]["recalled"], &stages[number], stage);
        }
        for (name, (hits, total, answers)) in ["points_first", "points_later"].iter().zip(points) {
            share(&self.found[*name], hits, total, answers, name);
        }
    }

    fn confidence(&self) {
        let rows = self.counted();
        for (number, said, name) in [(0, 3, "sure"), (1, 2, "partly"), (2, 1, "no_idea")] {
            let found = &self.found["calibration"][number];
            assert_eq!(found["confidence"], name);
            let (hits, total, answers) = points_of(&rows, |row| row.confidence == Some(said));
            share(&found["points"], hits, total, answers, name);
            if said == 3 {
                assert_eq!(self.found["over_confidence"], 90 - (200 * hits + total) / (2 * total));
            }
        }
        let mut wrong: BTreeMap<&str, i64> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.day > TODAY - 30) {
            if row.confidence == Some(3) && row.missed() == Some(true) {
                *wrong.entry(&row.key).or_default() += 1;
            }
        }
        let listed = self.found["sure_and_wrong"].as_array().unwrap();
        let listed: BTreeMap<&str, i64> = listed
            .iter()
            .map(|it| (it["card"].as_str().unwrap(), it["times"].as_i64().unwrap()))
            .collect();
        assert_eq!(listed, wrong);
        for (name, order) in [("higher", 1), ("same", 0), ("lower", -1)] {
            let counts = |row: &&&Row| {
                row.rating
                    .zip(row.proposed)
                    .is_some_and(|(own, given)| (own - given).signum() == order)
            };
            assert_eq!(
                self.found["grades_against_ticks"][name],
                rows.iter().filter(counts).count()
            );
        }
    }

    /// Every card's memory now, in the order of recording as the program keeps it.
    fn memories(&self) -> BTreeMap<u64, (Memory, bool)> {
        (0..CARDS)
            // One is retired, one is suspended.
            .filter(|card| *card != 3 && *card != 4)
            .map(|card| {
                let key = format!("card/{card}");
                let rows: Vec<&Row> = self.recorded.iter().filter(|row| row.key == key).collect();
                let mut days: Vec<i64> = Vec::new();
                for row in self.rows.iter().filter(|row| row.key == key && row.rating > Some(1)) {
                    if days.last().is_none_or(|last| row.day > *last) {
                        days.push(row.day);
                    }
                }
                (card, (Memory::after(&rows, &self.model), days.len() >= 3))
            })
            .collect()
    }

    fn memory(&self) {
        let memories = self.memories();
        let check = |found: &Value, wanted: &dyn Fn(u64) -> bool, what: &str| {
            let cards: Vec<_> = memories.iter().filter(|(card, _)| wanted(**card)).collect();
            let count = |holds: &dyn Fn(&Memory, bool) -> bool| {
                cards.iter().filter(|(_, (memory, thrice))| holds(memory, *thrice)).count()
            };
            #[expect(clippy::cast_precision_loss, reason = "a hundred cards")]
            let mean = |day| {
                cards.iter().map(|(_, (memory, _))| memory.recall(day)).sum::<f64>()
                    / cards.len() as f64
            };
            assert_eq!(found["cards"], cards.len(), "{what}");
            assert_eq!(found["seen"], count(&|memory, _| memory.state.is_some()), "{what}");
            assert_eq!(
                found["ready"],
                count(&|memory, thrice| thrice && memory.recall(TODAY) >= 0.85),
                "{what}"
            );
            let later = count(&|memory, thrice| thrice && memory.recall(LATER) >= 0.85);
            assert_eq!(found["ready_later"], later, "{what}");
            let soon = count(&|memory, _| memory.due.is_some_and(|due| due < TODAY + 7));
            assert_eq!(found["due_soon"], soon, "{what}");
            near(&found["now"], mean(TODAY), what);
            near(&found["later"], mean(LATER), what);
        };
        check(&self.found["memory"], &|_| true, "all cards");
        assert_eq!(self.found["later"], iso(LATER));
        for tag in ["aws", "linux", "networking", "sre"] {
            let tags = self.found["tags"].as_array().unwrap();
            let found = tags.iter().find(|row| row["tag"] == tag).unwrap();
            check(&found["memory"], &|card| tags_of(card).contains(&tag), tag);
            self.tag(found, tag);
        }
    }

    fn tag(&self, found: &Value, tag: &str) {
        let has = |key: &str| Self::card_of(key).is_some_and(|card| tags_of(card).contains(&tag));
        let rows: Vec<&Row> = self.counted().into_iter().filter(|row| has(&row.key)).collect();
        let cards: BTreeSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(found["reviews"], rows.len(), "{tag}");
        assert_eq!(found["cards"], cards.len(), "{tag}");
        near(&found["seconds"], rows.iter().map(|row| row.seconds).sum(), tag);
        let (hits, total, answers) = points_of(&rows, |row| row.confidence == Some(3));
        share(&found["sure"], hits, total, answers, tag);
        let again = self.rows.iter().enumerate().filter(|(index, row)| {
            row.day >= self.since
                && row.is_study()
                && has(&row.key)
                && self.before(*index).iter().any(|it| it.rating.is_some())
        });
        let results: Vec<bool> = again.map(|(_, row)| row.rating > Some(1)).collect();
        share_of(&found["recall"], &results, tag);
    }

    fn forecast(&self) {
        let memories = self.memories();
        let dues: Vec<Option<i64>> = memories.values().map(|(memory, _)| memory.due).collect();
        let found = &self.found["forecast"];
        let days = found["days"].as_array().unwrap();
        assert_eq!(days.len(), 30);
        for (ahead, day) in (0..30).zip(days) {
            let falls = |due: &&Option<i64>| {
                due.is_some_and(|due| if ahead == 0 { due <= TODAY } else { due == TODAY + ahead })
            };
            assert_eq!(day["day"], iso(TODAY + ahead));
            assert_eq!(day["cards"], dues.iter().filter(falls).count(), "{}", day["day"]);
            // The plan asks something on the days before the interview and nothing from it on.
            let is_before = TODAY + ahead < LATER;
            assert_eq!(day["planned"].is_number(), is_before, "{}", day["day"]);
        }
        let count =
            |holds: &dyn Fn(i64) -> bool| dues.iter().flatten().filter(|due| holds(**due)).count();
        assert_eq!(found["overdue"], count(&|due| due < TODAY));
        assert_eq!(found["afterwards"], count(&|due| due >= TODAY + 30));
        assert_eq!(found["unseen"], dues.iter().filter(|due| due.is_none()).count());
    }

    /// Both curves: the steps that the program made must be filled as it says, and hold every answer once.
    fn curves(&self) {
        let mut points = Vec::new();
        for positions in self.by_card.values() {
            let mut memory = Memory::default();
            let mut last: Option<&Row> = None;
            for row in positions.iter().map(|index| &self.rows[*index]) {
                let tells = row.day >= self.since && row.is_study();
                if let Some(last) =
                    last.filter(|it| tells && it.rating > Some(1) && row.day > it.day)
                {
                    let (days, age) = (row.day - last.day, row.day - memory.first_day);
                    points.push((days, age, row.rating > Some(1), memory.recall(row.day)));
                }
                memory.take(row, &self.model);
                last = Some(row).filter(|row| row.rating.is_some()).or(last);
            }
        }
        for (name, is_age) in [("curve", false), ("retention_by_age", true)] {
            let bins = self.found[name].as_array().unwrap();
            let mut next = 1;
            for bin in bins {
                let (from, to) =
                    (bin["from"].as_i64().unwrap(), bin["to"].as_i64().unwrap_or(i64::MAX));
                assert_eq!(from, next, "{name}: no day is left out");
                next = to.saturating_add(1);
                let inside: Vec<_> = points
                    .iter()
                    .filter(|(days, age, ..)| (from..=to).contains(if is_age { age } else { days }))
                    .collect();
                assert!(inside.len() >= 20, "{name}: {from} has too few answers to be shown");
                let results: Vec<bool> = inside.iter().map(|it| it.2).collect();
                share_of(&bin["recalled"], &results, name);
                #[expect(clippy::cast_precision_loss, reason = "some thousand answers")]
                let all = inside.len() as f64;
                near(&bin["expected"], inside.iter().map(|it| it.3).sum::<f64>() / all, name);
                #[expect(clippy::cast_precision_loss, reason = "some thousand answers")]
                let hits = results.iter().filter(|hit| **hit).count() as f64;
                let (low, high) = (bin["low"].as_f64().unwrap(), bin["high"].as_f64().unwrap());
                // The ends of Wilson's interval solve |share - end| = z * sqrt(end * (1 - end) / n).
                for end in [low, high] {
                    let z = (hits / all - end).abs() / (end * (1.0 - end) / all).sqrt();
                    assert!((z - 1.96).abs() < 1e-3, "{name}: {z}");
                }
            }
            assert_eq!(next, i64::MAX, "{name}: open at the end");
            let total: i64 =
                bins.iter().map(|bin| bin["recalled"]["total"].as_i64().unwrap()).sum();
            assert_eq!(usize::try_from(total).unwrap(), points.len(), "{name}: every answer once");
            let is_long = self.since < 0;
            assert!(bins.len() >= if is_long { 5 } else { 1 }, "{name}: {} points", bins.len());
        }
    }

    fn hard(&self) {
        let mut expected = BTreeMap::new();
        let keys: BTreeSet<&str> = self.rows.iter().map(|row| row.key.as_str()).collect();
        for key in keys {
            let rows: Vec<&Row> = self.rows.iter().filter(|row| row.key == key).collect();
            let judged: Vec<bool> = rows.iter().filter_map(|row| row.missed()).collect();
            let never = judged.len() >= 2 && judged.iter().all(|missed| *missed);
            let (mut answers, mut misses, mut lapses, mut sure) = (0, 0, 0, 0);
            let mut last = None;
            for row in rows {
                if row.day >= self.since {
                    answers += 1;
                    misses += i64::from(row.missed() == Some(true));
                    lapses += i64::from(row.rating == Some(1) && last > Some(1));
                    sure += i64::from(row.confidence == Some(3) && row.missed() == Some(true));
                }
                last = row.rating.or(last);
            }
            if lapses + sure + if never { misses } else { 0 } > 0 {
                expected.insert(key.to_owned(), (answers, misses, lapses, sure, never));
            }
        }
        let number = |row: &Value, name: &str| row[name].as_i64().unwrap();
        let found: BTreeMap<String, _> = self.found["hard"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let figures = (
                    number(row, "answers"),
                    number(row, "misses"),
                    number(row, "lapses"),
                    number(row, "sure_and_wrong"),
                    row["never_right"] == true,
                );
                (row["card"].as_str().unwrap().to_owned(), figures)
            })
            .collect();
        assert_eq!(found, expected);
    }

    fn quizzes(&self) {
        let mut scores: BTreeMap<&Vec<u8>, (i64, i64)> = BTreeMap::new();
        for row in self.counted().into_iter().filter(|row| row.source == "quiz") {
            let score = scores.entry(&row.session).or_default();
            *score = (score.0 + i64::from(row.correct == Some(true)), score.1 + 1);
        }
        let mut expected: Vec<(i64, i64)> = scores.into_values().collect();
        let listed = self.found["quizzes"].as_array().unwrap();
        let mut found: Vec<(i64, i64)> = listed
            .iter()
            .map(|it| (it["right"].as_i64().unwrap(), it["total"].as_i64().unwrap()))
            .collect();
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected);
    }
}

/// Points hit and asked, and answers; an answer without points counts as one.
fn points_of(rows: &[&Row], wanted: impl Fn(&Row) -> bool) -> (i64, i64, i64) {
    let mut sum = (0, 0, 0);
    for row in rows.iter().filter(|row| wanted(row)) {
        if row.asked() > 0 {
            sum = (sum.0 + row.hits(), sum.1 + row.asked(), sum.2 + 1);
        } else {
            let right = row.correct.unwrap_or(row.rating > Some(1));
            sum = (sum.0 + i64::from(right), sum.1 + 1, sum.2 + 1);
        }
    }
    sum
}

#[test]
fn every_figure_equals_an_independent_recount_of_the_log() {
    let prep = Prep::new().deck("mine.toml", &deck());
    // Only the cards of this test, so that every card can be counted.
    prep.file("config/config.toml", "[study]\ndecks = [\"none-of-the-bundled\"]\n");
    prep.out(&["suspend", "card/4"]);
    let log = Connection::open(prep.database()).unwrap();
    log.execute_batch("BEGIN").unwrap();
    write_log(&log);
    log.execute_batch("COMMIT").unwrap();
    log.execute(
        "INSERT INTO interviews (day, company, role, tags) VALUES (?1, '', '', '')",
        [LATER],
    )
    .unwrap();
    // The caches are made again from the log.
    log.execute("DELETE FROM meta", []).unwrap();
    for (window, since) in [("all", i64::MIN), ("90", TODAY - 89), ("30", TODAY - 29)] {
        let rows = read_log(&log, "at, session, number");
        let mut by_card: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            by_card.entry(row.key.clone()).or_default().push(index);
        }
        let recount = Recount {
            rows,
            recorded: read_log(&log, "entry"),
            by_card,
            since,
            model: FSRS::default(),
            found: prep.json(&["stats", "--window", window]),
        };
        assert!(recount.rows.len() > 3500 && recount.rows.len() < REVIEWS, "some are taken back");
        recount.totals();
        recount.recall();
        recount.confidence();
        recount.memory();
        recount.forecast();
        recount.curves();
        recount.hard();
        recount.quizzes();
    }
}
