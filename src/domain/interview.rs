//! The real interviews that the learner prepares for, and the time that is given for it.

use std::fmt;

use crate::domain::tag::Tag;
use crate::domain::time::{ClockTime, Day};

/// One interview with its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// The local calendar date on which it takes place.
    pub day: Day,
    /// The local time of the day, where it is known; from then on the interview is over.
    pub time: Option<ClockTime>,
    /// The company, as the learner calls it; may be empty.
    pub company: String,
    /// The role or stage, as the learner calls it; may be empty.
    pub role: String,
    /// The labels in focus; empty means all.
    pub tags: Vec<Tag>,
}

impl Interview {
    /// Whether it is over on that study day at that time of it. Without a time it lasts until the study day ends.
    pub fn is_over(&self, today: Day, time: ClockTime) -> bool {
        let minutes = |day: Day, time: ClockTime| i64::from(day.0) * 1440 + i64::from(time.0);
        match self.time {
            // An interview at two in the morning falls into the study day before.
            Some(begins) => minutes(self.day, begins) <= minutes(today, time),
            None => self.day < today,
        }
    }

    /// The date that a person means, as [`Day::from_words`] reads it, with a time after it if there is one:
    /// `2026-12-06 14:00`, `2026-12-06T14:00`, `12월 6일 오후 2시`.
    pub fn when_from_words(text: &str, today: Day) -> Option<(Day, Option<ClockTime>)> {
        let text = text.trim();
        let parts =
            text.char_indices().filter(|(_, c)| c.is_whitespace() || matches!(c, 'T' | 't'));
        for (at, between) in parts {
            let (date, time) = (&text[..at], &text[at + between.len_utf8()..]);
            // Only a date with nothing left over ends here: `T` alone stands inside words, too.
            if let Some(day) = Day::from_words(date, today)
                && let Some(time) = ClockTime::from_words(time)
            {
                return Some((day, Some(time)));
            }
        }
        // The date crate would read a date and drop whatever time it has.
        let has_time = text.contains(':') || text.contains('시');
        if has_time { None } else { Day::from_words(text, today).map(|day| (day, None)) }
    }
}

/// What the learner prepares for, and the time that is given for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preparation {
    /// The interviews to come, the earliest first.
    pub interviews: Vec<Interview>,
    /// The minutes.
    pub time: StudyTime,
}

/// Minutes of study that are given: on each day of the week, and none on days off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyTime {
    /// Minutes on Monday to Sunday, 0 to 1440.
    pub weekdays: [u32; 7],
    /// Days without study.
    pub days_off: Vec<Day>,
}

impl StudyTime {
    /// Most minutes of a day.
    pub const MOST: u32 = 24 * 60;

    /// The same minutes on every day.
    pub fn every_day(minutes: u32) -> Self {
        Self { weekdays: [minutes.min(Self::MOST); 7], days_off: Vec::new() }
    }

    /// Minutes on a day.
    pub fn minutes_on(&self, day: Day) -> u32 {
        if self.days_off.contains(&day) { 0 } else { self.weekdays[day.weekday()] }
    }

    /// This time with some minutes more on every day on which there is study at all.
    #[must_use]
    pub fn with_more(&self, minutes: u32) -> Self {
        let more = |given: u32| if given == 0 { 0 } else { (given + minutes).min(Self::MOST) };
        Self { weekdays: self.weekdays.map(more), days_off: self.days_off.clone() }
    }

    /// This time with a day off that was none, or with study on a day that was off.
    #[must_use]
    pub fn toggled(&self, day: Day) -> Self {
        let mut days_off = self.days_off.clone();
        match days_off.iter().position(|off| *off == day) {
            Some(at) => drop(days_off.remove(at)),
            None => days_off.push(day),
        }
        days_off.sort_unstable();
        Self { weekdays: self.weekdays, days_off }
    }

    /// Reads minutes as people write them: `45` for every day, `45,60` for weekdays and the weekend, or seven numbers
    /// from Monday to Sunday.
    pub fn minutes_from_words(text: &str) -> Option<[u32; 7]> {
        let numbers: Option<Vec<u32>> = text
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|word| !word.is_empty())
            .map(|word| {
                let word =
                    word.strip_suffix('m').or_else(|| word.strip_suffix('분')).unwrap_or(word);
                word.parse().ok().filter(|minutes| *minutes <= Self::MOST)
            })
            .collect();
        match numbers?.as_slice() {
            [all] => Some([*all; 7]),
            [week, end] => Some([*week, *week, *week, *week, *week, *end, *end]),
            seven => seven.try_into().ok(),
        }
    }
}

/// The days to come that a person means, parted by commas; else the first word that is none of them.
pub fn days_from_words(text: &str, today: Day) -> Result<Vec<Day>, String> {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    let day = |word: &str| Day::from_words(word, today).filter(|day| *day >= today);
    let mut days = words
        .map(|word| day(word).ok_or_else(|| word.to_owned()))
        .collect::<Result<Vec<Day>, String>>()?;
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// As [`StudyTime::minutes_from_words`] reads it, in the shortest form.
impl fmt::Display for StudyTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [week, .., end] = self.weekdays;
        if self.weekdays == [week; 7] {
            return write!(f, "{week}");
        }
        if self.weekdays == [week, week, week, week, week, end, end] {
            return write!(f, "{week},{end}");
        }
        let words: Vec<String> = self.weekdays.iter().map(u32::to_string).collect();
        f.write_str(&words.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::{Interview, StudyTime, days_from_words};
    use crate::domain::time::{ClockTime, Day};

    #[test]
    fn minutes_are_read_as_people_write_them() {
        let weekend = [45, 45, 45, 45, 45, 60, 60];
        for (text, minutes) in [
            ("45", [45; 7]),
            ("45분", [45; 7]),
            ("45, 60", weekend),
            ("45,45,45,45,45,60,60", weekend),
            ("0", [0; 7]),
        ] {
            assert_eq!(StudyTime::minutes_from_words(text), Some(minutes), "{text}");
        }
        for text in ["", "many", "-5", "1,2,3", "1441", "1,2,3,4,5,6,7,8"] {
            assert_eq!(StudyTime::minutes_from_words(text), None, "{text}");
        }
        let time = StudyTime { weekdays: weekend, days_off: Vec::new() };
        assert_eq!(time.to_string(), "45,60");
        assert_eq!(StudyTime::every_day(20).to_string(), "20");
    }

    #[test]
    fn a_date_may_carry_a_time() {
        let today = Day::from_iso("2026-11-23").expect("a date");
        let two = ClockTime::new(14, 0);
        for (text, date, time) in [
            ("2026-12-06 14:00", "2026-12-06", two),
            ("2026-12-06T14:00", "2026-12-06", two),
            ("12/6 2pm", "2026-12-06", two),
            ("12월 6일 오후 2시", "2026-12-06", two),
            ("12월 6일", "2026-12-06", None),
            ("+14 9", "2026-12-07", ClockTime::new(9, 0)),
            ("2w", "2026-12-07", None),
            ("tomorrow", "2026-11-24", None),
        ] {
            let when = Interview::when_from_words(text, today);
            assert_eq!(
                when.map(|(day, time)| (day.iso(), time)),
                Some((date.to_owned(), time)),
                "{text}"
            );
        }
        for text in ["", "soon", "2026-12-06 25:00", "2026-12-06T99:99", "14:00", "12월 6일 40시"]
        {
            assert_eq!(Interview::when_from_words(text, today), None, "{text}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let today = Day::from_iso("2026-11-23").expect("a date");
        let days = days_from_words("12월 4일, 12/3,2026-12-04", today).expect("days");
        assert_eq!(
            days.iter().map(|day| day.iso()).collect::<Vec<_>>(),
            ["2026-12-03", "2026-12-04"]
        );
        assert_eq!(days_from_words(" , ", today), Ok(Vec::new()));
        assert_eq!(days_from_words("12/3, soon", today), Err("soon".to_owned()));
        assert_eq!(days_from_words("2026-11-22", today), Err("2026-11-22".to_owned()));
    }

    #[test]
    fn a_day_is_taken_off_and_back() {
        let time = StudyTime::every_day(30);
        let off = time.toggled(Day(12)).toggled(Day(10));
        assert_eq!(off.days_off, [Day(10), Day(12)]);
        assert_eq!(off.toggled(Day(10)).toggled(Day(12)), time);
    }

    #[test]
    fn a_day_off_has_no_minutes_and_gets_none_more() {
        let monday = Day::from_iso("2026-11-23").expect("a date");
        let time = StudyTime { weekdays: [30, 30, 30, 30, 30, 0, 60], days_off: vec![monday] };
        assert_eq!(time.minutes_on(monday), 0);
        assert_eq!(time.minutes_on(monday + 1), 30);
        assert_eq!(time.minutes_on(monday + 5), 0);
        let more = time.with_more(15);
        assert_eq!((more.minutes_on(monday + 6), more.minutes_on(monday + 5)), (75, 0));
    }

    #[test]
    fn an_interview_is_over_when_it_has_begun_or_its_day_is_past() {
        let at = |time| Interview {
            day: Day(10),
            time,
            company: String::new(),
            role: String::new(),
            tags: Vec::new(),
        };
        let two = ClockTime::new(14, 0);
        let noon = ClockTime::new(12, 0).expect("a time");
        let evening = ClockTime::new(20, 0).expect("a time");
        assert!(!at(two).is_over(Day(10), noon));
        assert!(at(two).is_over(Day(10), evening));
        assert!(!at(None).is_over(Day(10), evening));
        assert!(at(None).is_over(Day(11), noon));
        let night = at(ClockTime::new(2, 0));
        assert!(!night.is_over(Day(9), ClockTime(25 * 60)));
        assert!(night.is_over(Day(9), ClockTime(26 * 60)));
    }
}
