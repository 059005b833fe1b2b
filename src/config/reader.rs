//! Reading a settings file key by key, so that every mistake is found, with its place and how to mend it.

use std::ops::{Range, RangeInclusive};
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::{KeySetting, whole_file};
use crate::domain::problem::{Problem, Severity};

/// A table of the settings file and the keys that it may hold.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    name: &'static str,
    keys: &'static [&'static str],
}

impl Section {
    /// What stands before the first table.
    pub const TOP: Self = Self { name: "", keys: &["lang"] };
    /// `[cards]`
    pub const CARDS: Self = Self { name: "cards", keys: &["lang"] };
    /// `[ui]`
    pub const UI: Self = Self { name: "ui", keys: &["glyphs", "theme", "clock"] };
    /// `[study]`
    pub const STUDY: Self = Self {
        name: "study",
        keys: &["retention", "new", "maximum_interval", "day_ends_at", "minutes", "decks"],
    };
    /// `[scheduling]`
    pub const SCHEDULING: Self = Self { name: "scheduling", keys: &["optimize"] };
    /// `[quiz]`
    pub const QUIZ: Self = Self { name: "quiz", keys: &["questions", "minutes"] };
    /// `[decks]`
    pub const DECKS: Self = Self { name: "decks", keys: &["paths"] };
    /// `[editor]`
    pub const EDITOR: Self = Self { name: "editor", keys: &["command", "args"] };
    /// `[keys]`; the keymap knows which keys it may hold.
    pub const KEYS: Self = Self { name: "keys", keys: &[] };

    const ALL: [Self; 9] = [
        Self::TOP,
        Self::CARDS,
        Self::UI,
        Self::STUDY,
        Self::SCHEDULING,
        Self::QUIZ,
        Self::DECKS,
        Self::EDITOR,
        Self::KEYS,
    ];

    /// The name of a setting in messages.
    fn spelled(self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

/// A settings file that is being read.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    path: &'a Path,
    root: DeTable<'a>,
    problems: Vec<Problem>,
    broken_lines: Vec<u32>,
}

impl<'a> Reader<'a> {
    /// Parses the text; what cannot be parsed is a problem, the rest is read.
    pub fn new(text: &'a str, path: &'a Path) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut reader = Self {
            text,
            path,
            root: root.into_inner(),
            problems: Vec::new(),
            broken_lines: Vec::new(),
        };
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let help = "see `prep config show` for how the file is written".to_owned();
            reader.report(Severity::Error, span, error.message().to_owned(), Some(help));
            // What was read of such a line is a guess: one problem a line is enough.
            reader.broken_lines.extend(reader.problems.last().map(|problem| problem.line));
        }
        reader.report_unknown_sections();
        reader
    }

    /// Reads one section, if the file has it, and reports the keys that it should not have.
    pub fn section(&mut self, section: Section, read: impl FnOnce(&mut Fields<'_, 'a>)) {
        let root = std::mem::take(&mut self.root);
        let table = if section.name.is_empty() {
            Some(&root)
        } else {
            root.get(section.name).and_then(|value| value.get_ref().as_table())
        };
        if let Some(table) = table {
            self.report_unknown_keys(section, table);
            read(&mut Fields { section, table, reader: self });
        }
        self.root = root;
    }

    /// Everything that was wrong, in the order of the file.
    pub fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        self.problems
    }

    fn report_unknown_sections(&mut self) {
        let root = std::mem::take(&mut self.root);
        for (name, value) in &root {
            let known = Section::ALL.iter().any(|section| section.name == &**name.get_ref());
            match (value.get_ref().as_table(), known) {
                (Some(_), false) => {
                    let names = Section::ALL.iter().map(|section| section.name);
                    let help = did_you_mean(name.get_ref(), names).unwrap_or_else(all_sections);
                    let message = format!("there is no section `[{}]`", name.get_ref());
                    self.report(Severity::Warning, name.span(), message, Some(help));
                }
                (None, true) => {
                    let message = format!("`{}` is a section", name.get_ref());
                    let help = format!("write `[{}]` on a line of its own", name.get_ref());
                    self.report(Severity::Error, name.span(), message, Some(help));
                }
                _ => {}
            }
        }
        self.root = root;
    }

    fn report_unknown_keys(&mut self, section: Section, table: &DeTable<'_>) {
        if section.name == Section::KEYS.name {
            return;
        }
        for (key, value) in table {
            let name = &**key.get_ref();
            let is_section = section.name.is_empty()
                && (value.get_ref().is_table() || Section::ALL.iter().any(|it| it.name == name));
            if section.keys.contains(&name) || is_section {
                continue;
            }
            let message = format!("there is no setting `{}`", section.spelled(name));
            self.report(Severity::Warning, key.span(), message, Some(where_else(section, name)));
        }
    }

    fn report(
        &mut self,
        severity: Severity,
        span: Range<usize>,
        message: String,
        help: Option<String>,
    ) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
        if self.broken_lines.contains(&line) {
            return;
        }
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        let source_line = self.text.get(line_start..).and_then(|rest| rest.lines().next());
        self.problems.push(Problem {
            severity,
            line,
            column: u32::try_from(column).unwrap_or(u32::MAX),
            span: Some((span.start, span.end)),
            help,
            source_line: source_line.unwrap_or("").to_owned(),
            ..whole_file(self.path, message)
        });
    }
}

/// The keys of one section, each read at most once.
#[derive(Debug)]
pub struct Fields<'r, 'a> {
    section: Section,
    table: &'r DeTable<'a>,
    reader: &'r mut Reader<'a>,
}

impl<'r, 'a> Fields<'r, 'a> {
    /// One of some words.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let value = self.table.get(key)?;
        let words = choices.iter().map(|(word, _)| *word);
        let Some(text) = value.get_ref().as_str() else {
            return self.refuse(key, value, "is not a text", &one_of(words));
        };
        let found = choices.iter().find(|(word, _)| *word == text);
        let Some((_, choice)) = found else {
            let help = did_you_mean(text, words.clone()).unwrap_or_else(|| one_of(words));
            return self.refuse(key, value, &format!("cannot be `{text}`"), &help);
        };
        Some(*choice)
    }

    /// `true` or `false`.
    pub fn switch(&mut self, key: &str) -> Option<bool> {
        let value = self.table.get(key)?;
        match value.get_ref().as_bool() {
            Some(switch) => Some(switch),
            None => self.refuse(key, value, "is neither true nor false", "write `true` or `false`"),
        }
    }

    /// A whole number within a range.
    pub fn number<T: TryFrom<i64>>(&mut self, key: &str, range: RangeInclusive<i64>) -> Option<T> {
        let value = self.table.get(key)?;
        let help = format!("write a whole number from {} to {}", range.start(), range.end());
        let Some(number) = value.get_ref().as_integer() else {
            return self.refuse(key, value, "is not a whole number", &help);
        };
        let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
        match number.filter(|number| range.contains(number)).and_then(|it| T::try_from(it).ok()) {
            Some(number) => Some(number),
            None => self.refuse(key, value, "is out of range", &help),
        }
    }

    /// A share within a range.
    pub fn share(&mut self, key: &str, range: RangeInclusive<f32>) -> Option<f32> {
        let value = self.table.get(key)?;
        let help = format!("write a share from {:.2} to {:.2}", range.start(), range.end());
        let digits = match value.get_ref() {
            DeValue::Float(number) => number.as_str(),
            DeValue::Integer(number) => number.as_str(),
            _ => return self.refuse(key, value, "is not a number", &help),
        };
        match digits.parse::<f32>().ok().filter(|share| range.contains(share)) {
            Some(share) => Some(share),
            None => self.refuse(key, value, "is out of range", &help),
        }
    }

    /// A text that is not empty.
    pub fn text(&mut self, key: &str) -> Option<String> {
        let value = self.table.get(key)?;
        match value.get_ref().as_str().filter(|text| !text.trim().is_empty()) {
            Some(text) => Some(text.to_owned()),
            None => self.refuse(key, value, "is not a text", "write it in quotes"),
        }
    }

    /// A list of texts, or one.
    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.table.get(key)?;
        let texts = texts_of(value.get_ref());
        if texts.is_none() {
            return self.refuse(key, value, "is not a list of texts", "write `[\"…\", \"…\"]`");
        }
        texts
    }

    /// Every key with its texts, in the order of the file.
    pub fn keys(&mut self) -> Vec<KeySetting> {
        let table = self.table;
        let mut lines: Vec<_> = table.iter().collect();
        lines.sort_by_key(|(key, _)| key.span().start);
        let mut settings = Vec::new();
        for (key, _) in lines {
            let action = key.get_ref().to_string();
            let before = self.reader.text.get(..key.span().start).unwrap_or("");
            let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
            if let Some(keys) = self.texts(&action) {
                settings.push(KeySetting { action, keys, line });
            }
        }
        settings
    }

    /// Reports a value that cannot be used; its default holds.
    fn refuse<T>(
        &mut self,
        key: &str,
        value: &'r Spanned<DeValue<'a>>,
        what: &str,
        help: &str,
    ) -> Option<T> {
        let message = format!("`{}` {what}", self.section.spelled(key));
        self.reader.report(Severity::Error, value.span(), message, Some(help.to_owned()));
        None
    }
}

fn texts_of(value: &DeValue<'_>) -> Option<Vec<String>> {
    if let Some(text) = value.as_str() {
        return Some(vec![text.to_owned()]);
    }
    let items = value.as_array()?;
    items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
}

fn one_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
    format!("write one of {}", words.join(", "))
}

fn all_sections() -> String {
    let names = Section::ALL.iter().filter(|section| !section.name.is_empty());
    let names: Vec<String> = names.map(|section| format!("[{}]", section.name)).collect();
    format!("sections are {}", names.join(", "))
}

/// How to mend a key that its section does not have.
fn where_else(section: Section, name: &str) -> String {
    if let Some(help) = did_you_mean(name, section.keys.iter().copied()) {
        return help;
    }
    let home = Section::ALL.iter().find(|it| it.keys.contains(&name));
    match home {
        Some(home) if home.name.is_empty() => "write it before the first section".to_owned(),
        Some(home) => format!("it belongs under `[{}]`", home.name),
        None if section.keys.is_empty() => all_sections(),
        None => format!("settings here are {}", section.keys.join(", ")),
    }
}

/// The known word that was probably meant.
fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let word = word.to_lowercase();
    known
        .filter(|known| !known.is_empty())
        .map(|known| (strsim::damerau_levenshtein(&word, known), known))
        .filter(|(distance, known)| *distance <= known.chars().count().div_ceil(3))
        .min()
        .map(|(_, known)| format!("did you mean `{known}`?"))
}
