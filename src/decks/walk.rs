//! Reading typed values out of a parsed TOML table while collecting every problem with its place.

use std::cell::OnceCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use crate::decks::fields::{self, Field};
use crate::decks::text;
use crate::domain::deck::FileName;
use crate::domain::problem::{Problem, Severity};
use crate::domain::tag::LabelList;
use crate::domain::time::Day;

/// A value of a parsed file with its place.
pub type Value<'i> = Spanned<DeValue<'i>>;

/// The text that problems point into: a whole file, or one card's slice of it.
pub struct Source<'a> {
    /// Where the text comes from.
    pub file: &'a FileName,
    /// The text.
    pub text: &'a str,
    first_line: u32,
    line_starts: OnceCell<Vec<usize>>,
}

impl<'a> Source<'a> {
    /// A text whose first line has the number `first_line` (from 1) in its file.
    pub fn new(file: &'a FileName, text: &'a str, first_line: u32) -> Self {
        Self { file, text, first_line, line_starts: OnceCell::new() }
    }

    /// The line, from 1, in which a byte stands.
    pub fn line_at(&self, offset: usize) -> u32 {
        let index = self.line_index(offset);
        self.first_line.saturating_add(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// A problem at a byte range of the text; a range outside of it or within a character is moved to where it fits.
    pub fn problem(&self, severity: Severity, span: &Range<usize>, message: String) -> Problem {
        let start = text::character_start(self.text, span.start);
        let end = text::character_start(self.text, span.end).max(start);
        let index = self.line_index(start);
        let line_start = self.line_starts().get(index).copied().unwrap_or(0);
        let column = self.text.get(line_start..start).map_or(0, |before| before.chars().count());
        let line = self.text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        Problem {
            severity,
            file: self.file.clone(),
            line: self.line_at(start),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
            span: Some((start, end)),
            card: None,
            message,
            help: None,
            source_line: text::shown_line(line),
        }
    }

    /// The index of the line that holds a byte.
    fn line_index(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let after_ends = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(after_ends).collect()
        })
    }
}

/// A walk over parsed tables that notes every problem on its way.
pub struct Walk<'a> {
    /// The text that is read.
    pub source: &'a Source<'a>,
    /// The known tags and roles.
    pub labels: &'a LabelList,
    /// Where in the text the parsed stretch begins: its spans count from there.
    pub base: usize,
    /// The id of the card that is read now.
    pub card: Option<String>,
    /// What was found so far.
    pub problems: Vec<Problem>,
    /// The number of errors among them.
    pub errors: usize,
    /// Whether warnings are wanted; a card that is about to be shown has been checked before.
    pub wants_warnings: bool,
}

impl<'a> Walk<'a> {
    /// A walk that has found nothing yet.
    pub fn new(source: &'a Source<'a>, labels: &'a LabelList, wants_warnings: bool) -> Self {
        let problems = Vec::new();
        Self { source, labels, base: 0, card: None, problems, errors: 0, wants_warnings }
    }

    /// Notes an error: the card or file cannot be used.
    pub fn error(&mut self, span: &Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.errors += 1;
        self.note(Severity::Error, span, message.into(), help);
    }

    /// Notes a warning: the card can be studied.
    pub fn warn(&mut self, span: &Range<usize>, message: impl Into<String>, help: Option<String>) {
        if self.wants_warnings {
            self.note(Severity::Warning, span, message.into(), help);
        }
    }

    fn note(
        &mut self,
        severity: Severity,
        span: &Range<usize>,
        text: String,
        help: Option<String>,
    ) {
        let span = self.base + span.start..self.base + span.end;
        let problem = self.source.problem(severity, &span, text);
        self.problems.push(Problem { card: self.card.clone(), help, ..problem });
    }

    /// The text under a key, cleaned; `None` if it is missing, blank or (an error) something else.
    pub fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        self.string_of(value, key).filter(|text| !text.is_empty())
    }

    /// A value as text, cleaned; anything else is an error.
    pub fn string_of(&mut self, value: &Value<'_>, key: &str) -> Option<String> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text::clean(text));
        }
        self.wrong_type(value, key, "a text in quotes");
        None
    }

    /// A text that must be there; `what` and `header` name and place the table that lacks it.
    pub fn required_string(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        what: &str,
        header: &Range<usize>,
    ) -> Option<String> {
        let Some(value) = table.get(key) else {
            self.error(header, format!("{what} has no `{key}`"), Some(missing_help(key)));
            return None;
        };
        let text = self.string_of(value, key)?;
        if text.is_empty() {
            self.error(&value.span(), format!("`{key}` is empty"), Some(missing_help(key)));
            return None;
        }
        Some(text)
    }

    /// The array under a key.
    pub fn items<'t, 'i>(&mut self, table: &'t DeTable<'i>, key: &str) -> Option<&'t [Value<'i>]> {
        let value = table.get(key)?;
        if let DeValue::Array(items) = value.get_ref() {
            return Some(items);
        }
        self.wrong_type(value, key, "a list in square brackets");
        None
    }

    /// The list of texts under a key.
    pub fn strings(&mut self, table: &DeTable<'_>, key: &str) -> Option<Vec<String>> {
        let items = self.items(table, key)?;
        Some(items.iter().filter_map(|item| self.string_of(item, key)).collect())
    }

    /// The list of tables under a key.
    pub fn tables<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        key: &str,
    ) -> Option<Vec<(&'t DeTable<'i>, Range<usize>)>> {
        let items = self.items(table, key)?;
        Some(items.iter().filter_map(|item| self.table_of(item, key)).collect())
    }

    /// A value as a table.
    pub fn table_of<'t, 'i>(
        &mut self,
        value: &'t Value<'i>,
        key: &str,
    ) -> Option<(&'t DeTable<'i>, Range<usize>)> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some((table, value.span()));
        }
        self.wrong_type(value, key, "a table in braces");
        None
    }

    /// The whole number under a key.
    pub fn integer(&mut self, table: &DeTable<'_>, key: &str) -> Option<i64> {
        let value = table.get(key)?;
        if let DeValue::Integer(number) = value.get_ref() {
            if let Some(number) = whole_number(number) {
                return Some(number);
            }
            self.error(&value.span(), format!("`{key}` is too large"), None);
            return None;
        }
        self.wrong_type(value, key, "a whole number without quotes");
        None
    }

    /// The number under a key, whole or with a point; not finite is an error.
    pub fn number(&mut self, table: &DeTable<'_>, key: &str) -> Option<f64> {
        let value = table.get(key)?;
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse::<f64>().ok(),
            #[expect(clippy::cast_precision_loss, reason = "numbers of cards are far below 2^53")]
            DeValue::Integer(number) => whole_number(number).map(|number| number as f64),
            _ => {
                self.wrong_type(value, key, "a number without quotes");
                return None;
            }
        };
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            self.error(&value.span(), format!("`{key}` is not a finite number"), None);
        }
        number
    }

    /// The truth value under a key.
    pub fn boolean(&mut self, table: &DeTable<'_>, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        if let DeValue::Boolean(truth) = value.get_ref() {
            return Some(*truth);
        }
        self.wrong_type(value, key, "true or false without quotes");
        None
    }

    /// Refuses keys that are in none of the tables `known`; `other` says what else a key may be good for.
    pub fn refuse_unknown(
        &mut self,
        table: &DeTable<'_>,
        what: &str,
        known: &[&'static [Field]],
        other: impl Fn(&str) -> Option<String>,
    ) {
        for key in table.keys() {
            let name: &str = key.get_ref();
            if fields::have(known, name) {
                continue;
            }
            let known = fields::names(known);
            let help = other(name)
                .or_else(|| nearest(name, &known).map(|near| format!("did you mean `{near}`?")))
                .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
            let name = text::shown_line(name);
            self.error(&key.span(), format!("{what} has no key `{name}`"), Some(help));
        }
    }

    /// Notes that a value is of the wrong type.
    pub fn wrong_type(&mut self, value: &Value<'_>, key: &str, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date without quotes",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let help = matches!(value.get_ref(), DeValue::Datetime(_))
            .then(|| "write dates in quotes: \"2026-11-22\"".to_owned());
        self.error(&value.span(), format!("`{key}` must be {wanted}, not {found}"), help);
    }
}

fn missing_help(key: &str) -> String {
    format!("add a line such as {key} = \"...\"")
}

fn whole_number(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// The known word that was probably meant: at most two letters off, or one in short words, or a prefix of it.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word = word.to_lowercase();
    let allowed = if word.chars().count() <= 4 { 1 } else { 2 };
    known
        .iter()
        .map(|candidate| (strsim::osa_distance(&word, candidate), *candidate))
        .min()
        .filter(|(distance, _)| *distance <= allowed)
        .map(|(_, candidate)| candidate)
}

/// Whether a text is a date of the calendar written `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && has_date_shape(text) && Day::from_iso(text).is_some()
}

/// Whether a text is a month written `YYYY-MM`.
pub fn is_month(text: &str) -> bool {
    text.len() == 7 && has_date_shape(text) && is_date(&format!("{text}-01"))
}

fn has_date_shape(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_month, nearest};

    #[test]
    fn the_nearest_key_is_suggested_and_a_far_one_is_not() {
        let known = ["question", "answer", "points"];
        assert_eq!(nearest("quesiton", &known), Some("question"));
        assert_eq!(nearest("weather", &known), None);
    }

    #[test]
    fn dates_are_real_days_in_one_form() {
        assert!(is_date("2026-11-22") && is_month("2023-05"));
        for wrong in ["2026-02-30", "20261122", "2026-1-02", "2026/11/22", "오늘-11-2"] {
            assert!(!is_date(wrong), "{wrong}");
        }
        assert!(!is_month("2023-13") && !is_month("2023"));
    }
}
