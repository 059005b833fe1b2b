//! One file of another program: which format it is in, and its questions as cards with names that stay the same at the next import.

use std::collections::HashMap;

use crate::domain::card::fnv1a;
use crate::exchange::clean::{clean, excerpt, folded, slug};
use crate::exchange::decode::{DecodeError, decode};
use crate::exchange::html::plain_markdown;
use crate::exchange::markdown::{Found, Harvest, Style, harvest};
use crate::exchange::table;
use crate::exchange::words::{asks, is_no_question, label_of, without_number};
use crate::exchange::{CardOrigin, Imported, ImportedCard, ImportedDeck, SkipReason, Skipped};

/// Characters of the longest question and of the longest answer.
const LONGEST_QUESTION: usize = 8_000;
const LONGEST_ANSWER: usize = 100_000;
/// Headings that become labels.
const TAGS: usize = 3;
/// Characters of the longest label.
const LONGEST_TAG: usize = 32;
/// Answers that say that there is none yet.
const NOTHING: [&str; 14] = [
    "todo",
    "tbd",
    "wip",
    "tba",
    "n/a",
    "na",
    "coming soon",
    "to do",
    "no answer yet",
    "작성 예정",
    "작성중",
    "작성 중",
    "준비중",
    "추가 예정",
];

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// Found out from the name and the text.
    #[default]
    Auto,
    /// A question bank.
    Markdown,
    /// A table: commas, tabs, semicolons or bars.
    Csv,
    /// A deck of hashcards.
    Hashcards,
    /// A deck of repeater.
    Repeater,
    /// An export of Quizlet.
    Quizlet,
}

/// How a file is to be read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The format.
    pub format: Format,
    /// What divides the question from the answer; found out if none.
    pub separator: Option<String>,
    /// What divides one card from the next; a line end if none.
    pub row_separator: Option<String>,
    /// The licence that the folder of the file states.
    pub license: Option<String>,
}

/// Reads a text file. `name` is what the user calls it, with the folders from which decks are named.
pub fn read(name: &str, bytes: &[u8], reading: &Reading) -> Result<Imported, DecodeError> {
    let text = decode(bytes)?;
    let format = match reading.format {
        Format::Auto => guess(name, &text),
        format => format,
    };
    let mut cards = Cards::new(name, license_in(&text).or_else(|| reading.license.clone()));
    match format {
        Format::Auto | Format::Markdown => cards.take(harvest(&text, Style::Mixed)),
        Format::Hashcards => cards.take(harvest(&text, Style::Marked { with_colons: false })),
        Format::Repeater => cards.take(harvest(&text, Style::Marked { with_colons: true })),
        Format::Csv | Format::Quizlet => {
            cards.rows(table::read(&text, format == Format::Quizlet, reading));
        }
    }
    Ok(cards.done(&text))
}

fn guess(name: &str, text: &str) -> Format {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "csv" | "tsv" | "tab" => Format::Csv,
        "md" | "markdown" | "mdx" | "mdown" | "html" | "htm" => Format::Markdown,
        _ if table::looks_like_rows(text) => Format::Csv,
        _ => Format::Markdown,
    }
}

/// The licence that a text states in a few well-known words.
pub fn license_in(text: &str) -> Option<String> {
    let mut end = text.len().min(4000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_lowercase();
    let head = head.split_whitespace().collect::<Vec<&str>>().join(" ");
    let known = [
        ("attribution-noncommercial-noderivatives", "CC BY-NC-ND"),
        ("attribution-noncommercial-sharealike", "CC BY-NC-SA"),
        ("attribution-noncommercial", "CC BY-NC"),
        ("attribution-noderivatives", "CC BY-ND"),
        ("attribution-sharealike", "CC BY-SA"),
        ("creative commons attribution", "CC BY"),
        ("cc by-nc-nd", "CC BY-NC-ND"),
        ("cc by-nc-sa", "CC BY-NC-SA"),
        ("cc by-nc", "CC BY-NC"),
        ("cc by-sa", "CC BY-SA"),
        ("cc by 4.0", "CC BY"),
        ("cc-by-4.0", "CC BY"),
        ("cc0 1.0", "CC0"),
        ("creative commons zero", "CC0"),
        ("mit license", "MIT"),
        ("apache license", "Apache-2.0"),
        ("gnu general public license", "GPL"),
        ("gnu affero", "AGPL"),
        ("mozilla public license", "MPL-2.0"),
        ("this is free and unencumbered software", "Unlicense"),
    ];
    known.iter().find(|(words, _)| head.contains(words)).map(|(_, name)| (*name).to_owned())
}

/// The cards of a file as they come together.
struct Cards<'a> {
    file: &'a str,
    license: Option<String>,
    folders: Vec<String>,
    name: Option<String>,
    list: Vec<ImportedCard>,
    seen: HashMap<String, usize>,
    skipped: Vec<Skipped>,
    media: Vec<String>,
    found: usize,
}

impl<'a> Cards<'a> {
    fn new(file: &'a str, license: Option<String>) -> Self {
        Self {
            file,
            license,
            folders: folders_of(file),
            name: None,
            list: Vec::new(),
            seen: HashMap::new(),
            skipped: Vec::new(),
            media: Vec::new(),
            found: 0,
        }
    }

    fn take(&mut self, harvest: Harvest) {
        self.name = harvest.name;
        for (line, why, excerpt) in harvest.skipped {
            self.found += 1;
            self.skip(line, why, excerpt);
        }
        for found in harvest.found {
            self.question(&found, Vec::new());
        }
    }

    fn rows(&mut self, rows: table::Rows) {
        for (line, why, excerpt) in rows.skipped {
            self.found += 1;
            self.skip(line, why, excerpt);
        }
        for row in rows.rows {
            let path = row.deck.into_iter().collect();
            let found = Found {
                line: row.line,
                question: row.question,
                answer: row.answer,
                cloze: None,
                path,
            };
            self.question(&found, row.tags);
        }
    }

    fn skip(&mut self, line: u32, why: SkipReason, excerpt: String) {
        self.skipped.push(Skipped { file: self.file.to_owned(), line, why, excerpt });
    }

    fn question(&mut self, found: &Found, tags: Vec<String>) {
        self.found += 1;
        if found.question.len() > LONGEST_QUESTION * 4 || found.answer.len() > LONGEST_ANSWER * 4 {
            return self.skip(
                found.line,
                SkipReason::TooLong,
                excerpt(&beginning(&found.question)),
            );
        }
        let (question, answer, cloze) = match &found.cloze {
            Some(cloze) => (String::new(), String::new(), Some(self.plain(cloze))),
            None => (self.question_text(&found.question), self.answer_text(&found.answer), None),
        };
        let asked = cloze.as_deref().unwrap_or(&question);
        if folded(asked).is_empty() {
            return self.skip(found.line, SkipReason::EmptyQuestion, excerpt(&answer));
        }
        if asked.chars().count() > LONGEST_QUESTION || answer.chars().count() > LONGEST_ANSWER {
            return self.skip(found.line, SkipReason::TooLong, excerpt(asked));
        }
        let path: Vec<String> = found.path.iter().map(|heading| heading_text(heading)).collect();
        let source_id = self.source_id(&path, asked);
        self.list.push(ImportedCard {
            source_id,
            tags: if tags.is_empty() { self.tags(&path) } else { tags },
            question,
            answer,
            points: Vec::new(),
            cloze,
            options: Vec::new(),
            origin: CardOrigin {
                file: self.file.to_owned(),
                line: found.line,
                license: self.license.clone(),
            },
        });
    }

    fn plain(&mut self, text: &str) -> String {
        clean(&plain_markdown(text, &mut self.media)).trim().to_owned()
    }

    /// The question without what stands before and around it: numbers, labels, bold, emoji.
    fn question_text(&mut self, text: &str) -> String {
        let plain = self.plain(text);
        let plain = plain.trim().trim_end_matches("***").trim_end();
        let (first, rest) = plain.split_once('\n').unwrap_or((plain, ""));
        let first = without_marks(first);
        let mut first = first.trim();
        for _ in 0..2 {
            first = without_number(first).trim();
            if let Some(label) =
                label_of(first).filter(|label| label.is_question && !label.rest.is_empty())
            {
                first = label.rest;
            }
        }
        let first = unbold(first);
        format!("{first}\n{rest}").trim().to_owned()
    }

    /// The answer without a label before it, links back to the top after it, and the quotation marks of a quoted one.
    fn answer_text(&mut self, text: &str) -> String {
        // A break within a quotation would begin a line without its mark, so the marks go first.
        let text = unquoted(&without_way_back(text));
        let plain = self.plain(&text);
        let plain = without_way_back(&plain);
        let plain = unquoted(plain.trim()).trim().to_owned();
        let plain = match label_of(&plain).filter(|label| !label.is_question && !label.has_number) {
            Some(label) if label.sign == ':' || !label.is_letter => {
                let rest = plain.split_once('\n').map_or("", |(_, rest)| rest);
                format!("{}\n{rest}", label.rest)
            }
            _ => plain,
        };
        let plain = plain.trim();
        let bare = folded(plain);
        if bare.is_empty() && !plain.contains("```") || NOTHING.contains(&bare.as_str()) {
            // Signs are an answer too, as in "what ends the options? `--`".
            return if plain.contains('`') { plain.to_owned() } else { String::new() };
        }
        plain.to_owned()
    }

    /// Names the card by file, headings and question; a second one of that name gets a number.
    fn source_id(&mut self, path: &[String], question: &str) -> String {
        let path = path.iter().map(|heading| folded(heading)).collect::<Vec<String>>().join("/");
        let place = fnv1a(format!("{}\n{path}", self.file).as_bytes());
        let id = format!("{place:016x}{:016x}", fnv1a(folded(question).as_bytes()));
        let count = self.seen.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}-{count}") }
    }

    /// The topic of the file and the deepest headings, as labels; headings that ask or only divide the page are none. The name of
    /// a bank as a whole comes last, because all of its cards have it.
    fn tags(&self, path: &[String]) -> Vec<String> {
        let (topic, bank) = match self.folders.as_slice() {
            [bank] => (None, Some(bank)),
            [_, .., topic] => (Some(topic), None),
            [] => (None, None),
        };
        let words = topic.into_iter().chain(path.iter().rev()).chain(bank);
        let mut tags: Vec<String> = Vec::new();
        for word in words {
            let tag = slug(word);
            let is_short = !tag.is_empty() && tag.chars().count() <= LONGEST_TAG;
            let is_label = is_short && !asks(word, false) && !is_no_question(word);
            if is_label && !tags.contains(&tag) && !DIVIDING.contains(&tag.as_str()) {
                tags.push(tag);
            }
        }
        tags.truncate(TAGS);
        tags
    }

    fn done(mut self, text: &str) -> Imported {
        if self.list.is_empty() && self.skipped.is_empty() && !text.trim().is_empty() {
            self.skip(0, SkipReason::NoQuestions, String::new());
        }
        self.media.sort();
        self.media.dedup();
        let name = self.name.clone().unwrap_or_else(|| self.folders.join("::"));
        let deck = ImportedDeck { name, cards: self.list, license: self.license };
        Imported {
            decks: if deck.cards.is_empty() { Vec::new() } else { vec![deck] },
            skipped: self.skipped,
            found: self.found,
            notes: self.media,
            ..Imported::default()
        }
    }
}

/// Headings that say nothing about a question.
const DIVIDING: [&str; 14] = [
    "questions",
    "question",
    "interview-questions",
    "exercises",
    "self-assessment",
    "misc",
    "general",
    "beginner",
    "advanced",
    "basic",
    "readme",
    "topics",
    "contents",
    "q-a",
];

/// A heading without markup, emoji and number.
fn heading_text(text: &str) -> String {
    let plain = without_marks(&plain_markdown(text, &mut Vec::new()));
    without_number(plain.trim()).trim().to_owned()
}

/// Enough of a text for an excerpt.
fn beginning(text: &str) -> String {
    text.chars().take(200).collect()
}

/// The folders and the name of a file; a README has the name of its folder.
fn folders_of(file: &str) -> Vec<String> {
    let mut parts: Vec<&str> =
        file.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let last = parts.pop().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    if !matches!(stem.to_ascii_lowercase().as_str(), "readme" | "index") || parts.is_empty() {
        parts.push(stem);
    }
    parts.into_iter().map(|part| clean(part).replace("::", " ")).collect()
}

/// A line without emoji, short names of emoji, and marks of highlighting.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_apart = out.is_empty() || out.ends_with(char::is_whitespace);
        if c == ':'
            && is_apart
            && let Some(end) = rest[1..].find(':').filter(|end| (2..=40).contains(end))
            && rest[1..=end]
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            && rest[1..=end].bytes().any(|b| b.is_ascii_lowercase())
        {
            rest = &rest[end + 2..];
            continue;
        }
        if !is_emoji(c) {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out.trim().to_owned()
}

const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{200d}')
}

/// A line without the bold marks that go round all of it.
fn unbold(text: &str) -> &str {
    let mut text = text.trim();
    for mark in ["***", "**", "__", "*", "_"] {
        if let Some(inner) = text.strip_prefix(mark).and_then(|inner| inner.strip_suffix(mark))
            && !inner.contains(mark)
            && !inner.is_empty()
        {
            text = inner.trim();
        }
    }
    // Bold that was opened and never closed.
    if text.starts_with("**") && !text[2..].contains("**") {
        text = text.trim_start_matches('*');
    }
    text
}

/// A text without links to the top of the page, rules and breaks at its end.
fn without_way_back(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut end = lines.len();
    let mut is_open = true;
    while end > 0 && is_open {
        let line = lines[end - 1].trim();
        let is_break = matches!(
            line,
            "" | "<br>"
                | "<br/>"
                | "</br>"
                | "<br />"
                | "---"
                | "***"
                | "___"
                | "****"
                | ">"
                | "<hr>"
                | "<hr/>"
        );
        is_open = is_break || crate::exchange::markdown::is_way_back(line);
        if is_open {
            end -= 1;
        }
    }
    let kept: Vec<&str> = lines[..end]
        .iter()
        .copied()
        .filter(|line| {
            !(crate::exchange::markdown::is_way_back(line)
                && line.trim_start().starts_with(['[', '*', '<', '>']))
        })
        .collect();
    kept.join("\n")
}

/// A text that is a quotation as a whole, without the marks.
fn unquoted(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..4 {
        let is_quoted = !text.is_empty()
            && text.lines().all(|line| is_blank_line(line) || line.trim_start().starts_with('>'));
        if !is_quoted {
            break;
        }
        let lines = text.lines().map(|line| {
            let inner = line.trim_start();
            let inner = inner.strip_prefix('>').unwrap_or(inner);
            inner.strip_prefix(' ').unwrap_or(inner)
        });
        text = lines.collect::<Vec<&str>>().join("\n");
    }
    text
}

fn is_blank_line(line: &str) -> bool {
    matches!(line.trim(), "" | "<br>" | "<br/>" | "<br />" | "</br>")
}
