//! The whole log as JSON Lines and back: one line an entry, in the order of recording, so that any tool can read it.
//!
//! Numbers of 64 and 128 bits are written as hex digits, because many programs keep only 53 bits of a number.

use serde_json::{Map, Value, json};

use crate::domain::card::{CardKey, PointHash};
use crate::domain::interview::{Interview, StudyTime};
use crate::domain::log::WholeLog;
use crate::domain::memory::{Fit, Parameters};
use crate::domain::review::{
    Confidence, Mark, MarkKind, PointResult, Rating, Review, ReviewId, ReviewSource, SavedTicks,
    SessionId,
};
use crate::domain::tag::Tag;
use crate::domain::time::{ClockTime, Day, Timestamp};

/// The version of the lines; it changes when a field changes its meaning.
const VERSION: u64 = 1;

/// A line that is no entry of a log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// The file does not begin with the head that prep writes.
    #[error("line 1 is not the head of a log that `prep export --format jsonl` wrote")]
    NoLog,
    /// A log of a newer prep.
    #[error("the log is of version {0}; this prep reads version {VERSION}: use a newer prep")]
    Newer(u64),
    /// A line that cannot be read.
    #[error("line {line} cannot be read: {why}; nothing was imported")]
    Line {
        /// From 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
}

/// Whether a text is a log as JSON Lines.
pub fn is_log(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains("\"prep-log\""))
}

/// Writes a log.
pub fn log_to_lines(log: &WholeLog) -> String {
    let head = json!({ "type": "prep-log", "version": VERSION });
    let reviews = log.reviews.iter().map(review_value);
    let voids = log.voids.iter().map(|(id, at)| {
        json!({ "type": "void", "session": hex128(id.session.0), "number": id.number, "at": at.0 })
    });
    let marks = log.marks.iter().map(mark_value);
    let drafts = log
        .drafts
        .iter()
        .map(|(key, text, at)| json!({ "type": "draft", "key": key.0, "text": text, "at": at.0 }));
    let ticks = log.ticks.iter().map(|(key, ticks)| ticks_value(key, ticks));
    let interviews = log.interviews.iter().map(|it| {
        let tags: Vec<&str> = it.tags.iter().map(|tag| tag.0.as_str()).collect();
        json!({
            "type": "interview",
            "day": it.day.iso(),
            "time": it.time.map(|time| time.to_string()),
            "company": it.company,
            "role": it.role,
            "tags": tags,
        })
    });
    let study_time = log.study_time.iter().map(|time| {
        let days_off: Vec<String> = time.days_off.iter().map(|day| day.iso()).collect();
        json!({ "type": "study_time", "minutes": time.to_string(), "days_off": days_off })
    });
    let fits = log.fits.iter().map(fit_value);
    let all = reviews.chain(voids).chain(marks).chain(drafts).chain(ticks).chain(interviews);
    let all = all.chain(study_time).chain(fits);
    let lines: Vec<String> =
        std::iter::once(head).chain(all).map(|value| value.to_string()).collect();
    lines.join("\n") + "\n"
}

/// Reads a log; a line that cannot be read stops everything, so that half a log is never taken for a whole one.
pub fn log_of_lines(text: &str) -> Result<WholeLog, LogError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let head = lines.next().and_then(|(_, line)| serde_json::from_str::<Value>(line).ok());
    let head = head.filter(|head| head["type"] == "prep-log").ok_or(LogError::NoLog)?;
    match head["version"].as_u64() {
        Some(VERSION) => {}
        Some(version) => return Err(LogError::Newer(version)),
        None => return Err(LogError::NoLog),
    }
    let mut log = WholeLog::default();
    for (number, line) in lines {
        let at = |why: String| LogError::Line { line: number + 1, why };
        let value: Map<String, Value> =
            serde_json::from_str(line).map_err(|error| at(error.to_string()))?;
        entry(&Fields(&value), &mut log).map_err(at)?;
    }
    Ok(log)
}

fn entry(fields: &Fields<'_>, log: &mut WholeLog) -> Result<(), String> {
    match fields.text("type")? {
        "review" => log.reviews.push(review_of(fields)?),
        "void" => log.voids.push((review_id(fields)?, fields.time("at")?)),
        "mark" => log.marks.push(mark_of(fields)?),
        "draft" => {
            log.drafts.push((fields.key()?, fields.text("text")?.to_owned(), fields.time("at")?));
        }
        "ticks" => log.ticks.push((fields.key()?, ticks_of(fields)?)),
        "interview" => log.interviews.push(Interview {
            day: fields.day("day")?,
            company: fields.text("company")?.to_owned(),
            role: fields.text("role")?.to_owned(),
            tags: fields.texts("tags")?.into_iter().map(Tag).collect(),
            time: match fields.optional_text("time")? {
                Some(time) => Some(ClockTime::from_words(time).ok_or("`time` is no time")?),
                None => None,
            },
        }),
        "study_time" => {
            let weekdays = StudyTime::minutes_from_words(fields.text("minutes")?);
            let days_off: Option<Vec<Day>> =
                fields.texts("days_off")?.iter().map(|day| Day::from_iso(day)).collect();
            log.study_time = Some(StudyTime {
                weekdays: weekdays.ok_or("`minutes` are no minutes")?,
                days_off: days_off.ok_or("`days_off` has something that is no date")?,
            });
        }
        "fit" => log.fits.push(fit_of(fields)?),
        other => return Err(format!("there is no entry \"{other}\"")),
    }
    Ok(())
}

fn fit_value(fit: &Fit) -> Value {
    json!({
        "type": "fit",
        "at": fit.at.0,
        "reviews": fit.reviews,
        "accepted": fit.accepted,
        "before": fit.before,
        "after": fit.after,
        "parameters": fit.parameters.map(|parameters| parameters.to_string()),
    })
}

fn fit_of(fields: &Fields<'_>) -> Result<Fit, String> {
    let parameters = fields.optional_text("parameters")?;
    Ok(Fit {
        at: fields.time("at")?,
        reviews: u32::try_from(fields.number("reviews")?).map_err(|_| "`reviews` is too large")?,
        accepted: fields.truth("accepted")?,
        before: fields.optional("before", Value::as_f64)?,
        after: fields.optional("after", Value::as_f64)?,
        parameters: match parameters {
            Some(line) => Some(Parameters::parse(line).ok_or("`parameters` are not 21 numbers")?),
            None => None,
        },
    })
}

fn hex128(number: u128) -> String {
    format!("{number:032x}")
}

fn hex64(number: u64) -> String {
    format!("{number:016x}")
}

fn review_value(review: &Review) -> Value {
    let points: Vec<Value> = review
        .points
        .iter()
        .map(|result| json!({ "point": hex64(result.point.0), "hit": result.hit }))
        .collect();
    json!({
        "type": "review",
        "session": hex128(review.id.session.0),
        "number": review.id.number,
        "key": review.key.0,
        "at": review.at.0,
        "day": review.day.iso(),
        "source": review.source.name(),
        "rating": review.rating.map(Rating::name),
        "proposed": review.proposed.map(Rating::name),
        "correct": review.correct,
        "confidence": review.confidence.map(Confidence::number),
        "hint_used": review.hint_used,
        "wrong_statement": review.wrong_statement,
        "points": points,
        "seconds": review.seconds,
        "answer": review.answer,
        "due": review.due.map(Day::iso),
    })
}

fn review_of(fields: &Fields<'_>) -> Result<Review, String> {
    let rating = |name: &str| {
        let found = Rating::ALL.into_iter().find(|rating| rating.name() == name);
        found.ok_or_else(|| format!("there is no rating \"{name}\""))
    };
    Ok(Review {
        id: review_id(fields)?,
        key: fields.key()?,
        at: fields.time("at")?,
        day: fields.day("day")?,
        source: ReviewSource::from_name(fields.text("source")?).ok_or("`source` is not known")?,
        rating: fields.optional_text("rating")?.map(rating).transpose()?,
        proposed: fields.optional_text("proposed")?.map(rating).transpose()?,
        correct: fields.optional("correct", Value::as_bool)?,
        confidence: fields.confidence()?,
        hint_used: fields.truth("hint_used")?,
        wrong_statement: fields.truth("wrong_statement")?,
        points: fields.points()?,
        seconds: fields.seconds()?,
        answer: fields.optional_text("answer")?.map(str::to_owned),
        due: match fields.optional_text("due")? {
            Some(day) => Some(Day::from_iso(day).ok_or("`due` is no date")?),
            None => None,
        },
    })
}

fn review_id(fields: &Fields<'_>) -> Result<ReviewId, String> {
    let session = u128::from_str_radix(fields.text("session")?, 16);
    let session = session.map_err(|_| "`session` is not 32 hex digits")?;
    let number = u32::try_from(fields.number("number")?).map_err(|_| "`number` is too large")?;
    Ok(ReviewId { session: SessionId(session), number })
}

fn mark_value(mark: &Mark) -> Value {
    let mut value = json!({ "type": "mark", "at": mark.at.0, "key": mark.key.0 });
    let kind = match &mark.kind {
        MarkKind::Suspend => "suspend",
        MarkKind::Unsuspend => "unsuspend",
        MarkKind::Unbury => "unbury",
        MarkKind::Star => "star",
        MarkKind::Unstar => "unstar",
        MarkKind::Bury { until } => {
            value["until"] = json!(until.iso());
            "bury"
        }
        MarkKind::Alias { id } => {
            value["id"] = json!(id);
            "alias"
        }
        MarkKind::Apart { from } => {
            value["from"] = json!(from.0);
            "apart"
        }
        MarkKind::Identity { file, position, question_hash, answer_hash } => {
            value["file"] = json!(file);
            value["position"] = json!(position);
            value["question_hash"] = json!(hex64(*question_hash));
            value["answer_hash"] = json!(hex64(*answer_hash));
            "identity"
        }
    };
    value["kind"] = json!(kind);
    value
}

fn mark_of(fields: &Fields<'_>) -> Result<Mark, String> {
    let kind = match fields.text("kind")? {
        "suspend" => MarkKind::Suspend,
        "unsuspend" => MarkKind::Unsuspend,
        "unbury" => MarkKind::Unbury,
        "star" => MarkKind::Star,
        "unstar" => MarkKind::Unstar,
        "bury" => MarkKind::Bury { until: fields.day("until")? },
        "alias" => MarkKind::Alias { id: fields.text("id")?.to_owned() },
        "apart" => MarkKind::Apart { from: CardKey(fields.text("from")?.to_owned()) },
        "identity" => MarkKind::Identity {
            file: fields.text("file")?.to_owned(),
            position: u32::try_from(fields.number("position")?)
                .map_err(|_| "`position` is too large")?,
            question_hash: fields.hash("question_hash")?,
            answer_hash: fields.hash("answer_hash")?,
        },
        other => return Err(format!("there is no mark \"{other}\"")),
    };
    Ok(Mark { at: fields.time("at")?, key: fields.key()?, kind })
}

fn ticks_value(key: &CardKey, ticks: &SavedTicks) -> Value {
    let ticked: Vec<String> = ticks.ticked.iter().map(|point| hex64(point.0)).collect();
    json!({
        "type": "ticks",
        "key": key.0,
        "day": ticks.day.iso(),
        "ticked": ticked,
        "wrong_statement": ticks.wrong_statement,
        "confidence": ticks.confidence.map(Confidence::number),
        "hint_used": ticks.hint_used,
        "answer_shown": ticks.answer_shown,
    })
}

fn ticks_of(fields: &Fields<'_>) -> Result<SavedTicks, String> {
    let ticked = fields.texts("ticked")?;
    let ticked = ticked.iter().map(|digits| u64::from_str_radix(digits, 16).map(PointHash));
    Ok(SavedTicks {
        day: fields.day("day")?,
        ticked: ticked.collect::<Result<_, _>>().map_err(|_| "`ticked` holds no hex digits")?,
        wrong_statement: fields.truth("wrong_statement")?,
        confidence: fields.confidence()?,
        hint_used: fields.truth("hint_used")?,
        answer_shown: fields.truth("answer_shown")?,
    })
}

/// The fields of a line.
struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    fn optional<T>(
        &self,
        name: &str,
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, String> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                read(value).map(Some).ok_or_else(|| format!("`{name}` is of another kind"))
            }
        }
    }

    fn needed<T>(&self, name: &str, read: impl Fn(&'a Value) -> Option<T>) -> Result<T, String> {
        self.optional(name, read)?.ok_or_else(|| format!("there is no `{name}`"))
    }

    fn text(&self, name: &str) -> Result<&'a str, String> {
        self.needed(name, Value::as_str)
    }

    fn optional_text(&self, name: &str) -> Result<Option<&'a str>, String> {
        self.optional(name, Value::as_str)
    }

    fn number(&self, name: &str) -> Result<i64, String> {
        self.needed(name, Value::as_i64)
    }

    fn truth(&self, name: &str) -> Result<bool, String> {
        self.needed(name, Value::as_bool)
    }

    fn time(&self, name: &str) -> Result<Timestamp, String> {
        self.number(name).map(Timestamp)
    }

    fn day(&self, name: &str) -> Result<Day, String> {
        Day::from_iso(self.text(name)?).ok_or_else(|| format!("`{name}` is no date"))
    }

    fn key(&self) -> Result<CardKey, String> {
        self.text("key").map(|key| CardKey(key.to_owned()))
    }

    fn hash(&self, name: &str) -> Result<u64, String> {
        u64::from_str_radix(self.text(name)?, 16)
            .map_err(|_| format!("`{name}` is not 16 hex digits"))
    }

    fn texts(&self, name: &str) -> Result<Vec<String>, String> {
        let items = self.needed(name, Value::as_array)?;
        let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
        texts.collect::<Option<_>>().ok_or_else(|| format!("`{name}` is no list of texts"))
    }

    fn confidence(&self) -> Result<Option<Confidence>, String> {
        let read = |value: &Value| Confidence::from_number(u8::try_from(value.as_u64()?).ok()?);
        self.optional("confidence", read)
    }

    fn seconds(&self) -> Result<f32, String> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the value was an f32 when it was written"
        )]
        self.needed("seconds", Value::as_f64).map(|seconds| seconds as f32)
    }

    fn points(&self) -> Result<Vec<PointResult>, String> {
        let items = self.needed("points", Value::as_array)?;
        let read = |item: &Value| {
            let point = u64::from_str_radix(item["point"].as_str()?, 16).ok().map(PointHash)?;
            Some(PointResult { point, hit: item["hit"].as_bool()? })
        };
        items
            .iter()
            .map(read)
            .collect::<Option<_>>()
            .ok_or_else(|| "`points` cannot be read".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, proptest};

    use super::{LogError, is_log, log_of_lines, log_to_lines};
    use crate::domain::card::{CardKey, PointHash};
    use crate::domain::interview::{Interview, StudyTime};
    use crate::domain::log::WholeLog;
    use crate::domain::memory::{Fit, Parameters};
    use crate::domain::review::{
        Confidence, Mark, MarkKind, PointResult, Rating, Review, ReviewId, ReviewSource,
        SavedTicks, SessionId,
    };
    use crate::domain::tag::Tag;
    use crate::domain::time::{ClockTime, Day, Timestamp};

    fn log(text: &str, number: u64, seconds: f32) -> WholeLog {
        let key = CardKey(format!("deck/{text}"));
        let at = Timestamp(1_795_374_000_123);
        let id =
            ReviewId { session: SessionId(u128::from(number) << 64 | 7), number: 4_000_000_000 };
        let review = Review {
            id,
            key: key.clone(),
            at,
            day: Day(20_780),
            source: ReviewSource::Quiz,
            rating: Some(Rating::Hard),
            proposed: None,
            correct: Some(false),
            confidence: Some(Confidence::Sure),
            hint_used: true,
            wrong_statement: false,
            points: vec![PointResult { point: PointHash(number), hit: true }],
            seconds,
            answer: Some(text.to_owned()),
            due: Some(Day(20_790)),
        };
        let kinds = [
            MarkKind::Suspend,
            MarkKind::Bury { until: Day(20_781) },
            MarkKind::Alias { id: text.to_owned() },
            MarkKind::Identity {
                file: text.to_owned(),
                position: 3,
                question_hash: number,
                answer_hash: u64::MAX,
            },
        ];
        WholeLog {
            reviews: vec![review],
            voids: vec![(id, at)],
            marks: kinds.map(|kind| Mark { at, key: key.clone(), kind }).to_vec(),
            drafts: vec![(key.clone(), text.to_owned(), at)],
            ticks: vec![(
                key,
                SavedTicks {
                    day: Day(20_780),
                    ticked: vec![PointHash(number)],
                    wrong_statement: true,
                    confidence: None,
                    hint_used: false,
                    answer_shown: true,
                },
            )],
            interviews: vec![Interview {
                day: Day(20_800),
                company: text.to_owned(),
                role: "sre".into(),
                tags: vec![Tag("linux".into())],
                time: ClockTime::new(14, 30),
            }],
            study_time: Some(StudyTime {
                weekdays: [45, 45, 45, 45, 45, 60, 0],
                days_off: vec![Day(20_790)],
            }),
            fits: vec![fit(number)],
        }
    }

    fn fit(number: u64) -> Fit {
        Fit {
            at: Timestamp(3),
            reviews: 200,
            accepted: number.is_multiple_of(2),
            before: Some(0.341_25),
            after: None,
            parameters: number.is_multiple_of(3).then_some(Parameters::DEFAULT),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_log_comes_back_as_it_was(text in "\\PC{0,40}", number in any::<u64>(), seconds in 0.0_f32..300.0) {
            let log = log(&text, number, seconds);
            let lines = log_to_lines(&log);
            assert!(is_log(&lines));
            assert_eq!(log_of_lines(&lines), Ok(log));
        }

        #[test]
        fn no_text_is_taken_for_half_a_log(text in "\\PC{0,200}") {
            let _ = log_of_lines(&text);
            let _ = log_of_lines(&format!("{{\"type\":\"prep-log\",\"version\":1}}\n{text}"));
        }
    }

    #[test]
    fn a_broken_line_is_named_and_a_newer_log_is_not_guessed_at() {
        let head = "{\"type\":\"prep-log\",\"version\":1}\n";
        let broken = log_of_lines(&format!("{head}\n{{\"type\":\"void\"}}"));
        assert!(matches!(broken, Err(LogError::Line { line: 3, .. })));
        assert_eq!(log_of_lines(&head.replace('1', "2")), Err(LogError::Newer(2)));
        assert_eq!(log_of_lines("hello"), Err(LogError::NoLog));
    }
}
