//! Computed numeric cards for `prep quiz --drill`: how much downtime an availability allows in a window.
//!
//! Values are exact: seconds times parts per million are whole microseconds, so nothing is rounded before it is shown.

use crate::domain::card::{
    Body, Card, CardId, CardKey, CardKind, CardText, Level, NearMiss, Numeric,
};
use crate::domain::deck::{DeckId, FileName, Origin, Place};
use crate::domain::lang::{Lang, Localized};
use crate::domain::tag::{Role, Tag};

/// The deck to which all computed cards belong.
pub const DECK: &str = "drill";

/// Seconds to answer: a number that one should know by heart or work out quickly.
const AIM_SECONDS: u32 = 30;

/// All availability cards: 8 levels times 6 windows.
pub fn availability() -> Vec<Card> {
    let cells =
        (0..LEVELS.len()).flat_map(|level| WINDOWS.iter().map(move |window| (level, window)));
    cells.map(|(level, window)| card(level, window)).collect()
}

/// An availability: how it is written, and the share of time that may be lost in parts per million.
struct Availability {
    written: &'static str,
    lost: u64,
}

const LEVELS: [Availability; 8] = [
    Availability { written: "90", lost: 100_000 },
    Availability { written: "95", lost: 50_000 },
    Availability { written: "99", lost: 10_000 },
    Availability { written: "99.5", lost: 5_000 },
    Availability { written: "99.9", lost: 1_000 },
    Availability { written: "99.95", lost: 500 },
    Availability { written: "99.99", lost: 100 },
    Availability { written: "99.999", lost: 10 },
];

/// A window of time, and another reading of it that people mix it up with.
struct Window {
    slug: &'static str,
    english: &'static str,
    korean: &'static str,
    seconds: u64,
    /// The other reading in seconds, with its explanation in both languages.
    other: (u64, &'static str, &'static str),
}

const WINDOWS: [Window; 6] = [
    Window {
        slug: "year",
        english: "a year (365 days)",
        korean: "1년(365일)",
        seconds: 31_536_000,
        other: (31_104_000, "That is a year of 360 days.", "1년을 360일로 계산한 값입니다."),
    },
    Window {
        slug: "quarter",
        english: "a quarter (90 days)",
        korean: "1분기(90일)",
        seconds: 7_776_000,
        other: (
            7_884_000,
            "That is a quarter of 365/4 days.",
            "1분기를 365/4일로 계산한 값입니다.",
        ),
    },
    Window {
        slug: "month",
        english: "a month (30 days)",
        korean: "한 달(30일)",
        seconds: 2_592_000,
        other: (
            2_628_000,
            "That is a month of 365/12 days.",
            "한 달을 365/12일로 계산한 값입니다.",
        ),
    },
    Window {
        slug: "week",
        english: "a week",
        korean: "1주",
        seconds: 604_800,
        other: (432_000, "That is a week of 5 days.", "1주를 5일로 계산한 값입니다."),
    },
    Window {
        slug: "day",
        english: "a day",
        korean: "하루",
        seconds: 86_400,
        other: (3_600, "That is for one hour.", "1시간 기준의 값입니다."),
    },
    Window {
        slug: "hour",
        english: "an hour",
        korean: "1시간",
        seconds: 3_600,
        other: (86_400, "That is for a whole day.", "하루 기준의 값입니다."),
    },
];

/// A unit of time: its sign for the card, its Korean name and its seconds.
struct Unit {
    sign: &'static str,
    english: &'static str,
    korean: &'static str,
    seconds: u64,
}

/// Largest first; anything below a minute stays in seconds.
const UNITS: [Unit; 4] = [
    Unit { sign: "d", english: "days", korean: "일", seconds: 86_400 },
    Unit { sign: "h", english: "hours", korean: "시간", seconds: 3_600 },
    Unit { sign: "min", english: "minutes", korean: "분", seconds: 60 },
    Unit { sign: "s", english: "seconds", korean: "초", seconds: 1 },
];

/// Millionths of a second that may be lost.
const fn lost_micros(level: &Availability, seconds: u64) -> u64 {
    level.lost * seconds
}

/// The largest unit in which the value is at least one.
fn natural_unit(micros: u64) -> &'static Unit {
    UNITS.iter().find(|unit| micros >= unit.seconds * 1_000_000).unwrap_or(&UNITS[UNITS.len() - 1])
}

/// Microseconds in a unit as a decimal with up to nine places, exact for every cell of the table.
fn decimal(micros: u64, unit: &Unit) -> String {
    const PLACES: u64 = 1_000_000_000;
    let scale = unit.seconds * 1_000_000;
    let (whole, rest) = (micros / scale, micros % scale);
    let fraction = u128::from(rest) * u128::from(PLACES) / u128::from(scale);
    let digits = format!("{whole}.{fraction:09}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Parts per million as a percentage: 500 is `0.05`.
fn percent(lost: u64) -> String {
    let digits = format!("{}.{:04}", lost / 10_000, lost % 10_000);
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A whole number with its thousands parted by commas.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn card(level: usize, window: &Window) -> Card {
    let slug = LEVELS[level].written.replace('.', "");
    let id = format!("drill/availability-{slug}-{}", window.slug);
    let text = |lang| text(level, window, lang);
    Card {
        key: CardKey(id.clone()),
        id: Some(CardId(id)),
        deck: DeckId(DECK.to_owned()),
        place: Place { file: FileName { origin: Origin::Bundled, path: DECK.to_owned() }, line: 0 },
        kind: CardKind::Numeric,
        level: Level::new(1),
        tags: ["slo", "sre"].map(|tag| Tag(tag.to_owned())).to_vec(),
        roles: ["devops", "sre", "cloud", "platform"].map(|role| Role(role.to_owned())).to_vec(),
        versus: Vec::new(),
        aim_seconds: AIM_SECONDS,
        sources: Vec::new(),
        review_by: None,
        retired: None,
        origin: None,
        texts: Localized::new(Lang::En, text(Lang::En), Some(text(Lang::Ko))),
    }
}

fn text(level: usize, window: &Window, lang: Lang) -> CardText {
    let availability = &LEVELS[level];
    let unit = natural_unit(lost_micros(availability, window.seconds));
    let value = decimal(lost_micros(availability, window.seconds), unit);
    let written = availability.written;
    let (question, answer) = match lang {
        Lang::En => (
            format!("How much downtime does {written} % availability allow in {}?", window.english),
            format!("{value} {}.", unit.english),
        ),
        Lang::Ko => (
            format!(
                "가용성이 {written}%일 때 {} 동안 허용되는 다운타임은 얼마인가요?",
                window.korean
            ),
            format!("{value}{}입니다.", unit.korean),
        ),
    };
    CardText {
        question,
        answer,
        body: Body::Numeric(numeric(level, window, unit, lang)),
        hint: None,
        figure: None,
        follow_ups: Vec::new(),
        mistakes: Vec::new(),
        resources: Vec::new(),
        asked: Vec::new(),
        topics: Vec::new(),
    }
}

fn numeric(level: usize, window: &Window, unit: &Unit, lang: Lang) -> Numeric {
    let value = decimal(lost_micros(&LEVELS[level], window.seconds), unit);
    let number = number(&value);
    Numeric {
        number,
        unit: (if lang == Lang::Ko { unit.korean } else { unit.sign }).to_owned(),
        // Half a percent: the rounded values of the book pass, its mis-rounded 0.87 s a day does not.
        tolerance: number / 200.0,
        accept: Vec::new(),
        working: Some(working(&LEVELS[level], window, unit, &value, lang)),
        near: near_misses(level, window, unit, lang),
    }
}

fn working(level: &Availability, window: &Window, unit: &Unit, value: &str, lang: Lang) -> String {
    let whole = grouped(window.seconds / unit.seconds);
    let share = percent(level.lost);
    let written = level.written;
    match lang {
        Lang::En => {
            let sign = unit.sign;
            format!("100 % - {written} % = {share} %; {whole} {sign} x {share} % = {value} {sign}")
        }
        Lang::Ko => {
            let name = unit.korean;
            format!("100% - {written}% = {share}%, {whole}{name} x {share}% = {value}{name}")
        }
    }
}

/// The neighbouring levels in the same window, and the other reading of the window.
fn near_misses(level: usize, window: &Window, unit: &Unit, lang: Lang) -> Vec<NearMiss> {
    let neighbours = [level.checked_sub(1), Some(level + 1)].into_iter().flatten();
    let levels = neighbours.filter_map(|neighbour| LEVELS.get(neighbour)).map(|neighbour| {
        let why = match lang {
            Lang::En => format!("That is {} %.", neighbour.written),
            Lang::Ko => format!("{}%일 때의 값입니다.", neighbour.written),
        };
        NearMiss { number: number(&decimal(lost_micros(neighbour, window.seconds), unit)), why }
    });
    let (seconds, english, korean) = window.other;
    let why = if lang == Lang::En { english } else { korean };
    let other = NearMiss {
        number: number(&decimal(lost_micros(&LEVELS[level], seconds), unit)),
        why: why.to_owned(),
    };
    levels.chain([other]).collect()
}

/// A decimal that this module wrote as a number.
fn number(decimal: &str) -> f64 {
    decimal.parse().expect("digits with one point are a number")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{availability, grouped};
    use crate::domain::card::{Body, Card, Numeric};
    use crate::domain::lang::Lang;
    use crate::study::answer::{Note, Verdict, judge_numeric};

    fn numeric(card: &Card, lang: Lang) -> &Numeric {
        let Body::Numeric(numeric) = &card.text(lang).body else { panic!("not numeric") };
        numeric
    }

    fn find(id: &str) -> Card {
        availability().into_iter().find(|card| card.key.0 == id).unwrap()
    }

    #[test]
    fn there_are_48_cards_with_different_keys_and_questions() {
        let cards = availability();
        let keys: HashSet<&str> = cards.iter().map(|card| card.key.0.as_str()).collect();
        assert_eq!((cards.len(), keys.len()), (48, 48));
        for lang in [Lang::En, Lang::Ko] {
            let questions: HashSet<&str> =
                cards.iter().map(|card| card.text(lang).question.as_str()).collect();
            assert_eq!(questions.len(), 48);
        }
    }

    #[test]
    fn values_are_those_of_the_known_table() {
        for (cell, answer) in [
            ("90-year", "36.5 d"),
            ("99-year", "3.65 d"),
            ("999-year", "8.76 h"),
            ("9999-year", "52.56 min"),
            ("99999-year", "5.256 min"),
            ("99-quarter", "21.6 h"),
            ("9995-month", "21.6 min"),
            ("9999-month", "4.32 min"),
            ("99999-month", "25.92 s"),
            ("999-week", "10.08 min"),
            ("99999-day", "0.864 s"),
            ("99999-hour", "0.036 s"),
        ] {
            let card = find(&format!("drill/availability-{cell}"));
            let numeric = numeric(&card, Lang::En);
            assert_eq!(format!("{} {}", numeric.number, numeric.unit), answer, "{cell}");
        }
    }

    #[test]
    fn every_value_is_window_times_share_in_both_languages() {
        for card in availability() {
            let (english, korean) = (numeric(&card, Lang::En), numeric(&card, Lang::Ko));
            assert!((english.number - korean.number).abs() < f64::EPSILON);
            let judged = judge_numeric(english, &format!("{} {}", english.number, english.unit));
            assert_eq!(judged.verdict, Verdict::Right, "{}", card.key);
            assert!((english.tolerance / english.number - 0.005).abs() < 1e-9);
        }
    }

    #[test]
    fn the_books_mis_rounded_value_is_not_right() {
        use crate::study::answer::{Verdict, judge_numeric};
        let card = availability()
            .into_iter()
            .find(|card| card.key.0 == "drill/availability-99999-day")
            .expect("the cell");
        let Body::Numeric(cell) = &card.texts.base().body else { panic!("a numeric card") };
        assert_eq!(judge_numeric(cell, "0.864 s").verdict, Verdict::Right);
        assert_eq!(judge_numeric(cell, "864 ms").verdict, Verdict::Right);
        assert_eq!(judge_numeric(cell, "0.87").verdict, Verdict::Wrong);
    }

    #[test]
    fn near_misses_are_wrong_and_explained() {
        for card in availability() {
            let numeric = numeric(&card, Lang::Ko);
            for near in &numeric.near {
                let judged = judge_numeric(numeric, &near.number.to_string());
                assert_eq!(judged.note, Some(Note::NearMiss(near.why.clone())), "{}", card.key);
            }
        }
    }

    #[test]
    fn the_working_shows_the_whole_computation() {
        let card = find("drill/availability-9995-month");
        let working = numeric(&card, Lang::En).working.clone().unwrap();
        assert_eq!(working, "100 % - 99.95 % = 0.05 %; 43,200 min x 0.05 % = 21.6 min");
        let working = numeric(&card, Lang::Ko).working.clone().unwrap();
        assert_eq!(working, "100% - 99.95% = 0.05%, 43,200분 x 0.05% = 21.6분");
        assert_eq!(card.text(Lang::Ko).answer, "21.6분입니다.");
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(
            ["7", "1,234", "12,345,678"],
            [7, 1_234, 12_345_678].map(grouped).each_ref().map(String::as_str)
        );
    }
}
