//! Points in time, study days, and the calendar that turns one into the other. Alone names the date crate.

use std::ops::{Add, Sub};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::lang::Lang;

/// A point in time: milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Seconds from `earlier` to here; never negative, so that a clock set back costs nothing.
    pub fn seconds_since(self, earlier: Self) -> f32 {
        let milliseconds = self.0.saturating_sub(earlier.0).clamp(0, i64::from(i32::MAX));
        #[expect(
            clippy::cast_precision_loss,
            reason = "an answer time needs no more than milliseconds within a day"
        )]
        let milliseconds = milliseconds as f32;
        milliseconds / 1000.0
    }

    /// The time written as milliseconds since 1970 or as ISO 8601 with an offset, such as `2026-11-23T09:00:00+09:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(milliseconds) = text.parse::<i64>() {
            return Some(Self(milliseconds));
        }
        text.parse::<jiff::Timestamp>().ok().map(|at| Self(at.as_millisecond()))
    }

    /// This time plus whole seconds.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}

/// A study day: the number of its calendar date since 1970-01-01. A day ends at the calendar's hour, not at midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub i32);

impl Day {
    /// The calendar date as year, month and day.
    pub fn date(self) -> (i16, i8, i8) {
        let date = self.civil();
        (date.year(), date.month(), date.day())
    }

    /// `YYYY-MM-DD`.
    pub fn iso(self) -> String {
        self.civil().to_string()
    }

    /// Days since Monday, 0 to 6.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        usize::try_from((self.0 + 3).rem_euclid(7)).expect("a remainder of 7 is 0 to 6")
    }

    /// The day of a date written `YYYY-MM-DD`; `None` if there is no such date.
    pub fn from_iso(text: &str) -> Option<Self> {
        text.parse::<Date>().ok().map(Self::of_date)
    }

    /// The day that a person means: `2026-12-06`, `+14`, `2w`, `12/6` and `12월 6일` (the next such date).
    pub fn from_words(text: &str, today: Self) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
        if let Some(day) = Self::from_iso(&text) {
            return Some(day);
        }
        match text.as_str() {
            "오늘" | "today" => return Some(today),
            "내일" | "tomorrow" => return Some(today + 1),
            "모레" => return Some(today + 2),
            _ => {}
        }
        let days = |text: &str| text.parse::<u16>().ok().map(i32::from);
        if let Some(number) = text.strip_prefix('+') {
            return days(number).map(|days| today + days);
        }
        if let Some(weeks) = text.strip_suffix('w').or_else(|| text.strip_suffix('주')) {
            return days(weeks).map(|weeks| today + weeks.saturating_mul(7));
        }
        let (month, day) = match text.split_once('월') {
            Some((month, day)) => (month, day.strip_suffix('일').unwrap_or(day)),
            None => text.split_once('/')?,
        };
        let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
        let year = today.date().0;
        [year, year.saturating_add(1)]
            .into_iter()
            .filter_map(|year| Date::new(year, month, day).ok().map(Self::of_date))
            .find(|day| *day >= today)
    }

    /// Whole days from `earlier` to here; 0 if it is later.
    pub fn days_since(self, earlier: Self) -> u32 {
        u32::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0)
    }

    fn of_date(date: Date) -> Self {
        let days = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
        Self(i32::try_from(days).expect("every date of the calendar is within 2^31 days of 1970"))
    }

    fn civil(self) -> Date {
        let epoch = Date::constant(1970, 1, 1);
        epoch.saturating_add(jiff::Span::new().days(self.0.clamp(-4_000_000, 2_900_000)))
    }
}

/// A local time of a study day: minutes since midnight of its date. After midnight it goes on above 24 hours, until the study day ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClockTime(pub u16);

impl ClockTime {
    /// A time of the clock; `None` above 23:59.
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if hour < 24 && minute < 60 { Some(Self(hour * 60 + minute)) } else { None }
    }

    /// Hour and minute of the clock.
    pub const fn hour_and_minute(self) -> (u16, u16) {
        (self.0 / 60 % 24, self.0 % 60)
    }

    /// The time that a person means: `14:00`, `9`, `2pm`, `14시 30분`, `오후 2시`.
    pub fn from_words(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
        let text = text.to_lowercase();
        let (rest, half) = [("오전", 0), ("오후", 12)]
            .iter()
            .find_map(|(word, half)| Some((text.strip_prefix(word)?, Some(*half))))
            .or_else(|| {
                let ends = [("am", 0), ("pm", 12)];
                ends.iter().find_map(|(word, half)| Some((text.strip_suffix(word)?, Some(*half))))
            })
            .unwrap_or((&text, None));
        let rest = rest.strip_suffix('분').unwrap_or(rest);
        let (hour, minute) = match rest.split_once([':', '시']) {
            Some((hour, "")) => (hour, "0"),
            Some((hour, minute)) => (hour, minute),
            None => (rest, "0"),
        };
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        match half {
            Some(half) if (1..=12).contains(&hour) => Self::new(hour % 12 + half, minute),
            Some(_) => None,
            None => Self::new(hour, minute),
        }
    }
}

/// `HH:MM`.
impl std::fmt::Display for ClockTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (hour, minute) = self.hour_and_minute();
        write!(f, "{hour:02}:{minute:02}")
    }
}

/// The ASCII character of a full-width one, as Korean keyboards may type digits.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

impl Add<i32> for Day {
    type Output = Self;

    fn add(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl Sub<Day> for Day {
    type Output = i32;

    fn sub(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }
}

/// The weekday with which a week begins, where the user lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FirstWeekday(usize);

/// Territories whose week begins on Sunday, and on Saturday: `weekData` of CLDR
/// (<https://github.com/unicode-org/cldr>, `common/supplemental/supplementalData.xml`). All others: Monday.
const SUNDAY_FIRST: &str = "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO \
     MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW";
const SATURDAY_FIRST: &str = "AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";

impl FirstWeekday {
    /// Monday, as ISO 8601 has it.
    pub const MONDAY: Self = Self(0);
    /// Sunday.
    pub const SUNDAY: Self = Self(6);
    const SATURDAY: Self = Self(5);

    /// What a locale such as `ko_KR.UTF-8` means: its territory decides. Without one (`C`, or none at all) the
    /// language of the interface does: Sunday in Korean, Monday in English.
    pub fn of_locale(locale: Option<&str>, lang: Lang) -> Self {
        let territory = locale.and_then(|locale| {
            let (_, rest) = locale.split_once('_')?;
            let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            Some(rest[..end].to_ascii_uppercase())
        });
        let lists = |list: &str, territory: &str| list.split_whitespace().any(|it| it == territory);
        match territory.filter(|territory| territory.len() == 2) {
            Some(territory) if lists(SUNDAY_FIRST, &territory) => Self::SUNDAY,
            Some(territory) if lists(SATURDAY_FIRST, &territory) => Self::SATURDAY,
            None if lang == Lang::Ko => Self::SUNDAY,
            _ => Self::MONDAY,
        }
    }

    /// Days from the beginning of a day's week to the day, 0 to 6.
    pub fn days_into_week(self, day: Day) -> i32 {
        let days = (day.weekday() + 7 - self.0) % 7;
        i32::try_from(days).expect("a remainder of 7 is 0 to 6")
    }
}

/// The user's time zone and the hour at which a study day ends.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    day_ends_at: i64,
}

impl Calendar {
    /// A calendar in a zone given by the bytes of its TZif file (RFC 9636), or in UTC where they cannot be read.
    ///
    /// `day_ends_at` is the local hour, 0 to 23, at which the next study day begins.
    pub fn from_tzif(bytes: Option<&[u8]>, day_ends_at: u8) -> Self {
        let zone =
            bytes.and_then(|bytes| TimeZone::tzif("local", bytes).ok()).unwrap_or(TimeZone::UTC);
        Self { zone, day_ends_at: i64::from(day_ends_at.min(23)) }
    }

    /// A calendar in a zone given by a POSIX `TZ` string such as `KST-9`; UTC where it cannot be read.
    pub fn from_posix(text: &str, day_ends_at: u8) -> Self {
        let zone = TimeZone::posix(text).unwrap_or(TimeZone::UTC);
        Self { zone, day_ends_at: i64::from(day_ends_at.min(23)) }
    }

    /// The study day to which a point in time belongs.
    pub fn day_of(&self, at: Timestamp) -> Day {
        let (date, hour, _) = self.local(at);
        let day = Day::of_date(date);
        if i64::from(hour) < self.day_ends_at { day + -1 } else { day }
    }

    /// The local time of the study day to which a point in time belongs.
    pub fn time_of(&self, at: Timestamp) -> ClockTime {
        let (_, hour, minute) = self.local(at);
        let hour = i64::from(hour);
        let hour = if hour < self.day_ends_at { hour + 24 } else { hour };
        let minutes = hour * 60 + i64::from(minute);
        ClockTime(u16::try_from(minutes).expect("an hour is below 48"))
    }

    fn local(&self, at: Timestamp) -> (Date, i8, i8) {
        let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let local = self.zone.to_datetime(at);
        (local.date(), local.hour(), local.minute())
    }
}

#[cfg(test)]
mod tests {
    use super::{Calendar, ClockTime, Day, FirstWeekday, Timestamp};
    use crate::domain::lang::Lang;

    const SEOUL: &str = "KST-9";

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1000)
    }

    #[test]
    fn the_day_ends_at_four() {
        let calendar = Calendar::from_posix(SEOUL, 4);
        // 2026-11-22 18:59:59 UTC is 03:59:59 on the 23rd in Seoul.
        let before = at(1_795_373_999);
        assert_eq!(calendar.day_of(before).iso(), "2026-11-22");
        assert_eq!(calendar.day_of(at(1_795_374_000)).iso(), "2026-11-23");
    }

    #[test]
    fn the_clock_goes_on_after_midnight_until_the_day_ends() {
        let calendar = Calendar::from_posix(SEOUL, 4);
        assert_eq!(calendar.time_of(at(1_795_373_999)).0, 27 * 60 + 59);
        assert_eq!(calendar.time_of(at(1_795_374_000)).to_string(), "04:00");
    }

    #[test]
    fn a_time_may_be_written_in_many_ways() {
        for (text, meant) in [
            ("14:00", "14:00"),
            ("9", "09:00"),
            ("2pm", "14:00"),
            ("12am", "00:00"),
            ("14시 30분", "14:30"),
            ("오후 2시", "14:00"),
            ("오전 10시 30분", "10:30"),
            ("１４：００", "14:00"),
        ] {
            let time = ClockTime::from_words(text).map(|time| time.to_string());
            assert_eq!(time.as_deref(), Some(meant), "{text}");
        }
        for text in ["", "24:00", "13pm", "오후 0시", "noon", "9:60"] {
            assert_eq!(ClockTime::from_words(text), None, "{text}");
        }
    }

    #[test]
    fn days_and_dates_agree() {
        assert_eq!(Day(0).iso(), "1970-01-01");
        assert_eq!(Day::from_iso("2026-11-23").map(Day::iso).as_deref(), Some("2026-11-23"));
        assert_eq!(Day::from_iso("2026-11-23").map(Day::weekday), Some(0));
        assert_eq!(Day::from_iso("2026-02-30"), None);
    }

    #[test]
    fn a_date_may_be_written_in_many_ways() {
        let today = Day::from_iso("2026-11-23").expect("a date");
        for (text, meant) in [
            ("2026-12-06", "2026-12-06"),
            ("+14", "2026-12-07"),
            ("2w", "2026-12-07"),
            ("12/6", "2026-12-06"),
            ("12월 6일", "2026-12-06"),
            ("1/3", "2027-01-03"),
            ("１２월６일", "2026-12-06"),
            ("내일", "2026-11-24"),
            ("모레", "2026-11-25"),
        ] {
            assert_eq!(
                Day::from_words(text, today).map(Day::iso).as_deref(),
                Some(meant),
                "{text}"
            );
        }
        for text in ["", "soon", "13/40", "2026-02-30", "+", "w"] {
            assert_eq!(Day::from_words(text, today), None, "{text}");
        }
    }

    #[test]
    fn a_clock_set_back_costs_nothing() {
        assert!(at(5).seconds_since(at(9)).abs() < f32::EPSILON);
        assert_eq!(Day(3).days_since(Day(9)), 0);
    }

    #[test]
    fn a_week_begins_where_the_user_lives() {
        let first = |locale, lang| FirstWeekday::of_locale(locale, lang);
        assert_eq!(first(Some("ko_KR.UTF-8"), Lang::En), FirstWeekday::SUNDAY);
        assert_eq!(first(Some("en_US.UTF-8"), Lang::Ko), FirstWeekday::SUNDAY);
        assert_eq!(first(Some("en_GB"), Lang::Ko), FirstWeekday::MONDAY);
        assert_eq!(first(Some("de_DE@euro"), Lang::En), FirstWeekday::MONDAY);
        assert_eq!(first(Some("ar_EG.UTF-8"), Lang::En), FirstWeekday::SATURDAY);
        for without in [None, Some("C.UTF-8"), Some("POSIX"), Some("ko")] {
            assert_eq!(first(without, Lang::Ko), FirstWeekday::SUNDAY, "{without:?}");
            assert_eq!(first(without, Lang::En), FirstWeekday::MONDAY, "{without:?}");
        }
    }

    #[test]
    fn a_day_knows_its_place_in_the_week() {
        let sunday = Day::from_iso("2026-12-06").unwrap();
        assert_eq!(FirstWeekday::MONDAY.days_into_week(sunday), 6);
        assert_eq!(FirstWeekday::SUNDAY.days_into_week(sunday), 0);
        assert_eq!(FirstWeekday::SATURDAY.days_into_week(sunday), 1);
    }
}
