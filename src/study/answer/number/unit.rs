//! The units that can be converted, and the words that mean the same unit.

use unicode_normalization::UnicodeNormalization;

use crate::study::answer::fold;

/// What a convertible unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// In seconds.
    Time,
    /// In bytes.
    Size,
    /// In bits a second.
    BitRate,
    /// As a part of one.
    Share,
}

/// A unit as written on a card or in an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Unit {
    /// None at all.
    None,
    /// A convertible unit and how many of its dimension's base it is.
    Known(Dimension, f64),
    /// A Korean or English counter, which a number without unit may carry.
    Counter,
    /// Any other word, folded, without plural, synonyms made one.
    Word(String),
}

impl Unit {
    /// Reads a unit.
    pub fn of(word: &str) -> Self {
        let word: String = word.nfkc().collect();
        let word = word.trim();
        if word.is_empty() {
            return Self::None;
        }
        if let Some(known) = time(word).or_else(|| size(word)).or_else(|| rate(word)) {
            return known;
        }
        let folded = fold(word);
        if let Some(factor) = share(&folded) {
            return Self::Known(Dimension::Share, factor);
        }
        let word = synonym(&folded);
        if word == "count" { Self::Counter } else { Self::Word(word) }
    }

    /// What it measures, if it can be converted.
    pub const fn dimension(&self) -> Option<Dimension> {
        match self {
            Self::Known(dimension, _) => Some(*dimension),
            _ => None,
        }
    }
}

/// Case counts only for the lone `M`, which is no minute, and for `Ms`, which is no millisecond.
fn time(word: &str) -> Option<Unit> {
    if matches!(word, "M" | "Ms") {
        return None;
    }
    let seconds = match fold(word).as_str() {
        "ns" | "nsec" | "nanosecond" | "nanoseconds" | "나노초" => 1e-9,
        "us" | "μs" | "usec" | "microsecond" | "microseconds" | "마이크로초" => 1e-6,
        "ms" | "msec" | "millisecond" | "milliseconds" | "밀리초" => 1e-3,
        "s" | "sec" | "secs" | "second" | "seconds" | "초" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" | "분" => 60.0,
        "h" | "hr" | "hrs" | "hour" | "hours" | "시간" => 3_600.0,
        "d" | "day" | "days" | "일" => 86_400.0,
        "w" | "wk" | "wks" | "week" | "weeks" | "주" | "주일" => 604_800.0,
        _ => return None,
    };
    Some(Unit::Known(Dimension::Time, seconds))
}

/// A decimal or binary prefix of a byte or bit.
fn prefix(letters: &str) -> Option<f64> {
    Some(match letters.to_ascii_lowercase().as_str() {
        "" => 1.0,
        "k" => 1e3,
        "m" => 1e6,
        "g" => 1e9,
        "t" => 1e12,
        "p" => 1e15,
        "ki" => 1_024.0,
        "mi" => 1_048_576.0,
        "gi" => 1_073_741_824.0,
        "ti" => 1_099_511_627_776.0,
        "pi" => 1_125_899_906_842_624.0,
        _ => return None,
    })
}

/// `B` is a byte and `b` a bit, but `mb` in small letters is what hurried people write for megabytes. `512Mi` is Kubernetes.
fn size(word: &str) -> Option<Unit> {
    let small = word.chars().all(char::is_lowercase);
    let folded = fold(word);
    let bytes = match folded.as_str() {
        "byte" | "bytes" | "바이트" => Some(1.0),
        "bit" | "bits" | "비트" => Some(0.125),
        "킬로바이트" => Some(1e3),
        "메가바이트" => Some(1e6),
        "기가바이트" | "기가" => Some(1e9),
        "테라바이트" | "테라" => Some(1e12),
        "ki" | "mi" | "gi" | "ti" | "pi" => prefix(&folded),
        _ => None,
    };
    let with_prefix = || {
        let bit = word.ends_with('b') && !small;
        let letters = word.strip_suffix(['B', 'b'])?;
        Some(prefix(letters)? * if bit { 0.125 } else { 1.0 })
    };
    bytes.or_else(with_prefix).map(|bytes| Unit::Known(Dimension::Size, bytes))
}

/// Bits or bytes a second.
fn rate(word: &str) -> Option<Unit> {
    let bits = |factor: f64| Some(Unit::Known(Dimension::BitRate, factor));
    if let Some(amount) = word.strip_suffix("/s").or_else(|| word.strip_suffix("/sec")) {
        let amount = amount.trim();
        if let Some(letters) = amount.strip_suffix("bit").or_else(|| amount.strip_suffix("bits")) {
            return bits(prefix(letters)?);
        }
        return match size(amount)? {
            Unit::Known(_, bytes) => bits(bytes * 8.0),
            _ => None,
        };
    }
    if let Some(letters) = word.strip_suffix("Bps") {
        return bits(prefix(letters)? * 8.0);
    }
    bits(prefix(word.to_ascii_lowercase().strip_suffix("bps")?)?)
}

fn share(folded: &str) -> Option<f64> {
    Some(match folded {
        "%" | "percent" | "per cent" | "pct" | "퍼센트" | "프로" | "%p" => 0.01,
        "‰" | "permille" => 0.001,
        "ppm" => 0.000_001,
        _ => return None,
    })
}

/// One spelling for words that mean the same.
fn synonym(folded: &str) -> String {
    match folded {
        "rps"
        | "req/s"
        | "reqs/s"
        | "request/s"
        | "requests/s"
        | "req/sec"
        | "requests/sec"
        | "requests per second"
        | "request per second"
        | "qps"
        | "초당 요청"
        | "건/초" => "rps".into(),
        "usd" | "$" | "us$" | "dollar" | "dollars" | "달러" | "불" => "usd".into(),
        "krw" | "₩" | "won" | "원" => "krw".into(),
        "eur" | "€" | "euro" | "euros" | "유로" => "eur".into(),
        "개" | "번" | "회" | "건" | "대" | "times" | "x" | "배" | "ea" => "count".into(),
        word if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") => {
            word[..word.len() - 1].to_owned()
        }
        word => word.to_owned(),
    }
}

/// Whether a word that `Unit::of` gave is an amount of money or a rate: no things that can be counted.
pub fn is_measure(word: &str) -> bool {
    matches!(word, "usd" | "krw" | "eur" | "rps")
}
