//! Numbers with units: `21.6`, `21m36s`, `21분 36초`, `1,296 s` and `0.36 h` are the same answer.

mod unit;

use unicode_normalization::UnicodeNormalization;

use crate::domain::card::Numeric;
use crate::study::answer::number::unit::{Dimension, Unit};
use crate::study::answer::{Judged, Note, fold};

/// What `judge_numeric` does.
pub fn judge(numeric: &Numeric, typed: &str) -> Judged {
    if typed.trim().is_empty() {
        return Judged::wrong(Some(Note::Empty));
    }
    let tight = |text: &str| fold(text).replace(' ', "");
    if numeric.accept.iter().any(|form| tight(form) == tight(typed)) {
        return Judged::right();
    }
    match value_in(&numeric.unit, typed) {
        Err(note) => Judged::wrong(Some(note)),
        Ok(value) if is_within(value, numeric.number, numeric.tolerance) => Judged::right(),
        Ok(value) => Judged::wrong(explanation(numeric, value)),
    }
}

/// Whether two numbers agree within a tolerance, with a hair's breadth for the conversion of units.
fn is_within(value: f64, expected: f64, tolerance: f64) -> bool {
    if !value.is_finite() || !expected.is_finite() {
        return false;
    }
    let hair = 1e-9 * expected.abs().max(value.abs());
    (value - expected).abs() <= tolerance.abs() + hair
}

/// Where a wrong number probably comes from: a near miss of the card, else a factor.
fn explanation(numeric: &Numeric, value: f64) -> Option<Note> {
    let distance = |number: f64| (number - value).abs();
    let nearest = numeric
        .near
        .iter()
        .filter(|near| {
            is_within(value, near.number, numeric.tolerance.abs().max(near.number.abs() * 0.005))
        })
        .min_by(|one, other| distance(one.number).total_cmp(&distance(other.number)));
    if let Some(near) = nearest {
        return Some(Note::NearMiss(near.why.clone()));
    }
    factor_note(numeric.number, value)
}

fn factor_note(expected: f64, value: f64) -> Option<Note> {
    const FACTORS: [u32; 9] = [10, 100, 1000, 1_000_000, 60, 3600, 24, 8, 2];
    let is_times = |larger: f64, smaller: f64, factor: u32| {
        let product = smaller * f64::from(factor);
        product != 0.0 && is_within(larger, product, product.abs() * 0.01)
    };
    let too_large = FACTORS.into_iter().find(|factor| is_times(value, expected, *factor));
    let too_small = FACTORS.into_iter().find(|factor| is_times(expected, value, *factor));
    too_large.map(Note::TooLargeByFactor).or(too_small.map(Note::TooSmallByFactor))
}

/// What was typed as a number in `unit`.
fn value_in(unit: &str, typed: &str) -> Result<f64, Note> {
    let typed: String = typed.nfkc().map(evened).collect();
    let expected = Unit::of(unit);
    let mut scanner = Scanner { rest: typed.trim() };
    let prefix = scanner.currency();
    let mut total = 0.0;
    let mut before: Option<f64> = None;
    loop {
        let number = scanner.number().ok_or(Note::NotANumber)?;
        let mut word = scanner.word(unit);
        if word.is_empty() {
            word = prefix;
        }
        if word.is_empty() && before.is_some() {
            return Err(Note::NotANumber);
        }
        let factor = factor(word, unit, &expected)?;
        // Parts as in 21m36s go from the large unit to the small; a sign belongs to the whole.
        if before.is_some_and(|last| factor >= last || number < 0.0) {
            return Err(Note::NotANumber);
        }
        total += number * factor;
        before = Some(factor);
        scanner.skip_spaces();
        if scanner.rest.is_empty() {
            return Ok(total);
        }
        if expected.dimension() != Some(Dimension::Time) {
            return Err(Note::NotANumber);
        }
    }
}

/// A character with its typographic relatives evened out.
fn evened(c: char) -> char {
    match c {
        '\u{2212}' | '\u{2013}' => '-',
        '\u{2044}' | '\u{2215}' => '/',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// How many of the card's unit one of `word` is.
fn factor(word: &str, unit: &str, expected: &Unit) -> Result<f64, Note> {
    if word.is_empty() || fold(word) == fold(unit) {
        return Ok(1.0);
    }
    let typed = Unit::of(word);
    let note = |word: &str| (word.to_owned(), unit.to_owned());
    match (&typed, expected) {
        (Unit::Known(typed_kind, typed_factor), Unit::Known(kind, factor))
            if typed_kind == kind =>
        {
            Ok(typed_factor / factor)
        }
        (Unit::Counter, Unit::None | Unit::Counter) => Ok(1.0),
        // "3개" answers how many pods, but not how many dollars.
        (Unit::Counter, Unit::Word(expected)) if !unit::is_measure(expected) => Ok(1.0),
        (Unit::Known(Dimension::Share, factor), Unit::None) => Ok(*factor),
        (Unit::Word(typed), Unit::Word(expected)) if typed == expected => Ok(1.0),
        (Unit::Known(..), _) => {
            let (word, expected) = note(word);
            Err(Note::UnitMismatch { word, expected })
        }
        _ => {
            let (word, expected) = note(word);
            Err(Note::UnitUnknown { word, expected })
        }
    }
}

/// Reads an answer from left to right.
struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start_matches(' ');
    }

    /// A sign of money before the number.
    fn currency(&mut self) -> &'a str {
        let sign = ["US$", "$", "₩", "€"].into_iter().find(|sign| self.rest.starts_with(sign));
        let (taken, rest) = self.rest.split_at(sign.map_or(0, str::len));
        self.rest = rest;
        self.skip_spaces();
        taken
    }

    /// A number with its sign, separators of thousands, exponent and Korean multipliers (`4만 3200`).
    fn number(&mut self) -> Option<f64> {
        let negative = self.rest.starts_with('-');
        self.rest = self.rest.strip_prefix(['-', '+']).unwrap_or(self.rest);
        self.skip_spaces();
        let mut total = self.plain_number()?;
        let mut smallest = self.multiplier();
        total *= smallest.unwrap_or(1.0);
        while let Some(last) = smallest {
            let Some((part, multiplier, rest)) = self.next_part() else { break };
            let part = part * multiplier.unwrap_or(1.0);
            if part >= last {
                break;
            }
            total += part;
            smallest = multiplier;
            self.rest = rest;
        }
        total.is_finite().then_some(if negative { -total } else { total })
    }

    /// The next part of a number with Korean multipliers, without moving on.
    fn next_part(&self) -> Option<(f64, Option<f64>, &'a str)> {
        let mut ahead = Scanner { rest: self.rest };
        ahead.skip_spaces();
        let part = ahead.plain_number()?;
        let multiplier = ahead.multiplier();
        Some((part, multiplier, ahead.rest))
    }

    fn multiplier(&mut self) -> Option<f64> {
        let multipliers = [('천', 1e3), ('만', 1e4), ('억', 1e8)];
        let (sign, value) =
            multipliers.into_iter().find(|(sign, _)| self.rest.starts_with(*sign))?;
        self.rest = &self.rest[sign.len_utf8()..];
        Some(value)
    }

    fn plain_number(&mut self) -> Option<f64> {
        let whole = self.grouped_digits()?;
        let mut digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        let separated = digits.len() != whole.len();
        if let Some(fraction) = self.fraction(&digits, separated) {
            digits.push('.');
            digits.push_str(fraction);
        } else if self.rest.starts_with(',') {
            return None;
        }
        if let Some(exponent) = self.exponent() {
            digits.push_str(exponent);
        }
        digits.parse().ok()
    }

    /// Digits, in groups of three parted by commas, underscores or spaces, or without groups.
    fn grouped_digits(&mut self) -> Option<&'a str> {
        let first = digits_at(self.rest, 0);
        if first == 0 {
            // `.5` is a number too.
            return (self.rest.starts_with('.') && digits_at(self.rest, 1) > 0)
                .then(|| &self.rest[..0]);
        }
        let mut end = first;
        // `0,125` is no number with thousands.
        if first <= 3 && !self.rest.starts_with('0') {
            let sign = self.rest[end..].chars().next().filter(|sign| ", _".contains(*sign));
            while sign.is_some()
                && self.rest[end..].chars().next() == sign
                && digits_at(self.rest, end + 1) == 3
            {
                end += 4;
            }
        }
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(taken)
    }

    /// The digits after a decimal point, or after a decimal comma where it cannot part thousands.
    fn fraction(&mut self, whole: &str, separated: bool) -> Option<&'a str> {
        let comma = self.rest.starts_with(',') && !separated;
        if !self.rest.starts_with('.') && !comma {
            return None;
        }
        let length = digits_at(self.rest, 1);
        let after = self.rest[1 + length..].chars().next();
        let ambiguous =
            length == 0 || (length == 3 && whole != "0") || matches!(after, Some(',' | '.'));
        if comma && ambiguous {
            return None;
        }
        let (taken, rest) = self.rest.split_at(1 + length);
        self.rest = rest;
        Some(&taken[1..])
    }

    fn exponent(&mut self) -> Option<&'a str> {
        let after = self.rest.strip_prefix(['e', 'E'])?;
        let sign = usize::from(after.starts_with(['-', '+']));
        let length = digits_at(after, sign);
        if length == 0 {
            return None;
        }
        let (taken, rest) = self.rest.split_at(1 + sign + length);
        self.rest = rest;
        Some(taken)
    }

    /// The unit after a number: the card's own as a whole, else everything up to the next digit.
    fn word(&mut self, unit: &str) -> &'a str {
        self.skip_spaces();
        if fold(self.rest) == fold(unit) {
            return std::mem::take(&mut self.rest);
        }
        let end = self.rest.find(|c: char| c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.trim().trim_end_matches('.')
    }
}

/// How many ASCII digits stand at a byte position.
fn digits_at(text: &str, start: usize) -> usize {
    text.bytes().skip(start).take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::{prop_assert_eq, sample};

    use crate::domain::card::{NearMiss, Numeric};
    use crate::study::answer::{Note, Verdict, judge_numeric};

    fn card(number: f64, unit: &str, tolerance: f64) -> Numeric {
        Numeric {
            number,
            unit: unit.into(),
            tolerance,
            accept: Vec::new(),
            working: None,
            near: vec![NearMiss { number: 43.2, why: "that is 99.9 %".into() }],
        }
    }

    fn is_right(number: f64, unit: &str, typed: &str) -> bool {
        judge_numeric(&card(number, unit, number.abs() * 1e-6), typed).verdict == Verdict::Right
    }

    #[test]
    fn every_way_to_write_a_time_is_the_same() {
        for typed in [
            "21.6",
            "21,6",
            "21.60 min",
            "21.6m",
            "21.6 분",
            "1,296 s",
            "1296초",
            "1 296 sec",
            "21m36s",
            "21m 36s",
            "21분 36초",
            "0.36 h",
            "0.36시간",
            ".36 hours",
            "２１．６",
            "2.16e1 minutes",
            "0.015 d",
            "+21.6",
            "1.296e6 ms",
            "1296000000 µs",
            "21 min 36 seconds",
            "21.6 Min.",
        ] {
            assert!(is_right(21.6, "min", typed), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_named() {
        for typed in [
            "약 22", "about 22", "~22", "twenty", "m", "1,2,3", "1.2.3", "-", "1e999", "36s 21m",
            "21m 36",
        ] {
            assert_eq!(
                judge_numeric(&card(21.6, "min", 0.1), typed).note,
                Some(Note::NotANumber),
                "{typed}"
            );
        }
        assert_eq!(judge_numeric(&card(21.6, "min", 0.1), " ").note, Some(Note::Empty));
    }

    #[test]
    fn a_comma_parts_thousands_only_before_three_digits() {
        assert!(is_right(1296.0, "s", "1,296"));
        assert!(is_right(43200.0, "s", "43,200.0"));
        assert!(is_right(1_234_567.0, "", "1,234,567"));
        assert!(is_right(0.125, "s", "0,125"));
        assert!(!is_right(1.296, "s", "1,296"));
        assert!(!is_right(12345.0, "", "1,2345,"));
    }

    #[test]
    fn korean_multipliers_count() {
        assert!(is_right(43_200.0, "", "4만 3200"));
        assert!(is_right(43_200.0, "", "4만3천200"));
        assert!(is_right(100_000.0, "원", "10만원"));
    }

    #[test]
    fn bytes_are_powers_of_ten_or_two_as_written() {
        assert!(is_right(1.0, "GiB", "1024 MiB"));
        assert!(is_right(1.0, "GiB", "1Gi"));
        assert!(is_right(1.0, "GB", "1000 mb"));
        assert!(is_right(1.073_741_824, "GB", "1GiB"));
        assert!(is_right(512.0, "B", "512 바이트"));
        assert!(is_right(1.0, "Gbps", "125 MB/s"));
        assert!(is_right(100.0, "Mbps", "0.1 Gbit/s"));
    }

    #[test]
    fn shares_may_be_percent() {
        assert!(is_right(0.05, "%", "0.05 퍼센트"));
        assert!(is_right(0.9995, "", "99.95 %"));
        assert!(is_right(5.0, "%", "5percent"));
    }

    #[test]
    fn unit_words_are_compared_folded() {
        assert!(is_right(500.0, "rps", "500 req/s"));
        assert!(is_right(500.0, "requests per second", "500 RPS"));
        assert!(is_right(45.0, "USD", "$45"));
        assert!(is_right(45.0, "USD/month", "45 usd/month"));
        assert!(is_right(3.0, "", "3개"));
        assert!(is_right(3.0, "pods", "3 Pod"));
        assert!(is_right(3.0, "개", "3"));
        assert!(is_right(3.0, "pods", "3개"));
        assert!(!is_right(3.0, "USD", "3개"));
    }

    #[test]
    fn a_capital_m_is_no_minute() {
        let note = judge_numeric(&card(21.6, "min", 0.1), "21.6 M").note;
        assert_eq!(note, Some(Note::UnitUnknown { word: "M".into(), expected: "min".into() }));
    }

    #[test]
    fn another_kind_of_unit_is_wrong_and_the_expected_one_is_named() {
        let note = judge_numeric(&card(21.6, "min", 0.1), "21.6 MB").note;
        assert_eq!(note, Some(Note::UnitMismatch { word: "MB".into(), expected: "min".into() }));
        let note = judge_numeric(&card(3.0, "", 0.0), "3 min").note;
        assert_eq!(note, Some(Note::UnitMismatch { word: "min".into(), expected: String::new() }));
    }

    #[test]
    fn near_misses_and_factors_are_explained_but_wrong() {
        let judged = judge_numeric(&card(21.6, "min", 0.05), "43.2");
        assert_eq!(
            (judged.verdict, judged.note),
            (Verdict::Wrong, Some(Note::NearMiss("that is 99.9 %".into())))
        );
        assert_eq!(
            judge_numeric(&card(21.6, "min", 0.05), "216").note,
            Some(Note::TooLargeByFactor(10))
        );
        assert_eq!(
            judge_numeric(&card(21.6, "min", 0.05), "0.36").note,
            Some(Note::TooSmallByFactor(60))
        );
        assert_eq!(judge_numeric(&card(21.6, "min", 0.05), "22").note, None);
    }

    #[test]
    fn the_tolerance_is_in_the_cards_unit_and_reaches_its_edge() {
        let numeric = card(21.6, "min", 0.1);
        assert_eq!(judge_numeric(&numeric, "21.7").verdict, Verdict::Right);
        assert_eq!(judge_numeric(&numeric, "1302 s").verdict, Verdict::Right);
        assert_eq!(judge_numeric(&numeric, "21.71").verdict, Verdict::Wrong);
    }

    #[test]
    fn a_number_beyond_all_bounds_is_wrong() {
        assert_eq!(judge_numeric(&card(21.6, "min", 0.1), "1e308 w").verdict, Verdict::Wrong);
    }

    #[test]
    fn accepted_spellings_are_compared_as_text() {
        let numeric =
            Numeric { accept: vec!["Twenty-one and a half".into()], ..card(21.5, "", 0.0) };
        assert_eq!(judge_numeric(&numeric, "twenty-one  and a half").verdict, Verdict::Right);
    }

    const TIMES: [(&str, f64); 12] = [
        ("ns", 1e-9),
        ("us", 1e-6),
        ("ms", 1e-3),
        ("s", 1.0),
        ("초", 1.0),
        ("min", 60.0),
        ("분", 60.0),
        ("h", 3600.0),
        ("시간", 3600.0),
        ("days", 86_400.0),
        ("일", 86_400.0),
        ("weeks", 604_800.0),
    ];
    const SIZES: [(&str, f64); 9] = [
        ("B", 1.0),
        ("KB", 1e3),
        ("MB", 1e6),
        ("GB", 1e9),
        ("TB", 1e12),
        ("KiB", 1024.0),
        ("MiB", 1_048_576.0),
        ("GiB", 1_073_741_824.0),
        ("바이트", 1.0),
    ];

    proptest! {
        #[test]
        fn right_answers_in_every_unit_agree(
            number in 0.001f64..1e6, asked in sample::select(&TIMES[..]), typed in sample::select(&TIMES[..]),
            size in sample::select(&SIZES[..]), typed_size in sample::select(&SIZES[..]),
        ) {
            for ((unit, worth), (word, typed_worth)) in [(asked, typed), (size, typed_size)] {
                let answer = format!("{:e} {word}", number * worth / typed_worth);
                prop_assert_eq!(judge_numeric(&card(number, unit, number * 1e-7), &answer).verdict, Verdict::Right, "{} for {} {}", answer, number, unit);
            }
        }

        #[test]
        fn any_text_is_judged(text in any::<String>(), digits in "[-+0-9.,eE 만천억kmsh분초%$]{0,12}") {
            for typed in [text, digits] {
                for unit in ["min", "GB", "", "%", "개", "USD"] {
                    judge_numeric(&card(21.6, unit, 0.1), &typed);
                }
            }
        }
    }
}
