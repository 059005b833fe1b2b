//! A page as lines that know what they are: text, code, taken by a question, or an answer that was folded away.

use crate::exchange::SkipReason;
use crate::exchange::clean::excerpt;
use crate::exchange::html::{Fence, Tag, plain_markdown};
use crate::exchange::words::{has_hangul, is_answer_heading};

/// Lines within which the end of a doubtful block of code is looked for.
const LONGEST_CODE: usize = 2000;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// Within a block of code, or its first or last line.
    Code,
    /// Part of a question that was found.
    Taken,
    /// The answer to what stands before it.
    Answer,
    /// More about what stands before it.
    Extra,
}

/// A heading of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its line, from 0.
    pub line: usize,
    /// 1 to 6.
    pub level: usize,
    /// Its text without the signs.
    pub text: String,
}

/// The lines of a file.
#[derive(Debug)]
pub struct Page {
    /// The lines; ranges that were taken out are blank.
    pub lines: Vec<String>,
    /// What each line is.
    pub kinds: Vec<Kind>,
}

impl Page {
    /// The lines of a text, code told from prose.
    pub fn new(text: &str) -> Self {
        let text = without_comments(text);
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let kinds = kinds_of(&lines);
        Self { lines, kinds }
    }

    /// Takes the block between `---` lines at the head of a file; gives the name that it states.
    pub fn take_front_matter(&mut self) -> Option<String> {
        let head = self.lines.first()?.trim_end();
        if !matches!(head, "---" | "+++") {
            return None;
        }
        let end = (1..self.lines.len().min(60)).find(|at| self.lines[*at].trim_end() == head)?;
        let inside = &self.lines[1..end];
        let is_matter = inside.iter().all(|line| {
            line.trim().is_empty() || line.contains([':', '=']) || line.starts_with([' ', '-', '#'])
        });
        if !is_matter {
            return None;
        }
        let name = inside.iter().find_map(|line| {
            let (key, value) = line.split_once(['=', ':'])?;
            let value = value.trim().trim_matches(['"', '\'']);
            (matches!(key.trim(), "name" | "deck") && !value.is_empty()).then(|| value.to_owned())
        });
        self.take(0..end + 1);
        name
    }

    /// Marks lines as part of a question.
    pub fn take(&mut self, lines: std::ops::Range<usize>) {
        for kind in &mut self.kinds[lines] {
            *kind = Kind::Taken;
        }
    }

    /// Whether a line is free text.
    pub fn is_text(&self, line: usize) -> bool {
        self.kinds.get(line) == Some(&Kind::Text)
    }

    /// Whether a line is free text without anything on it.
    pub fn is_blank(&self, line: usize) -> bool {
        self.lines.get(line).is_none_or(|text| text.trim().is_empty())
    }

    /// Lines as one text; those that belong to another question are left out.
    pub fn text(&self, lines: std::ops::Range<usize>) -> String {
        let mut text = String::new();
        for line in lines {
            if self.kinds[line] != Kind::Taken {
                text.push_str(&self.lines[line]);
                text.push('\n');
            }
        }
        text
    }

    /// The heading in a line, if it is one: `## Text`, `1. ### Text`, `<h3>Text</h3>`, or underlined.
    pub fn heading(&self, line: usize) -> Option<Heading> {
        if !self.is_text(line) {
            return None;
        }
        let text = self.lines[line].as_str();
        let (level, text) = hash_heading(text).or_else(|| tag_heading(text)).or_else(|| {
            let level = self.underlined(line)?;
            Some((level, text.trim()))
        })?;
        let text = text.trim().trim_end_matches('#').trim().to_owned();
        (!text.is_empty()).then_some(Heading { line, level, text })
    }

    fn underlined(&self, line: usize) -> Option<usize> {
        let text = &self.lines[line];
        let under = self.lines.get(line + 1).filter(|_| self.is_text(line + 1))?.trim_end();
        let is_alone = line == 0 || self.is_blank(line - 1);
        let starts_plain = text.starts_with(|c: char| c.is_alphanumeric() || c == '*');
        if !is_alone || !starts_plain || text.chars().count() > 120 || under.len() < 3 {
            return None;
        }
        if under.bytes().all(|b| b == b'=') {
            return Some(1);
        }
        // A label before a rule is a card before a separator.
        let is_label = crate::exchange::words::label_of(text).is_some() || text.starts_with("C:");
        (under.bytes().all(|b| b == b'-') && !is_label && !text.contains("::")).then_some(2)
    }

    /// Every heading that begins a section; one that says "Answer" begins none.
    pub fn headings(&self) -> Vec<Heading> {
        (0..self.lines.len())
            .filter_map(|line| self.heading(line))
            .filter(|heading| !is_answer_heading(&heading.text))
            .collect()
    }

    /// Folded answers to which no question was found.
    pub fn lonely_answers(&self) -> Vec<(u32, SkipReason, String)> {
        let mut lonely = Vec::new();
        let mut before = Kind::Text;
        for (line, kind) in self.kinds.iter().enumerate() {
            if *kind == Kind::Answer && before != Kind::Answer {
                let end = (line..self.kinds.len()).find(|at| self.kinds[*at] != Kind::Answer);
                let text = self.text(line..end.unwrap_or(self.kinds.len()));
                if says_something(&text) {
                    let line = u32::try_from(line + 1).unwrap_or(u32::MAX);
                    lonely.push((line, SkipReason::EmptyQuestion, excerpt(&text)));
                }
            }
            before = *kind;
        }
        lonely
    }
}

/// A text with its comments as blanks; lines stay where they are.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let Some(end) = after.find("-->").filter(|end| !after[..*end].contains("```")) else {
            out.push_str("<!--");
            rest = &after[4..];
            // Without an end there is none for the next one either.
            if !rest.contains("-->") {
                break;
            }
            continue;
        };
        out.extend(after[..end + 3].chars().filter(|c| *c == '\n'));
        rest = &after[end + 3..];
    }
    out.push_str(rest);
    out
}

/// Tells code from text. A block whose end is missing ends before the end of the fold that it stands in.
fn kinds_of(lines: &[String]) -> Vec<Kind> {
    let mut kinds = vec![Kind::Text; lines.len()];
    let mut line = 0;
    while line < lines.len() {
        let Some(fence) = Fence::at(&lines[line]) else {
            line += 1;
            continue;
        };
        let end = end_of_code(lines, line, &fence);
        for kind in &mut kinds[line..end] {
            *kind = Kind::Code;
        }
        line = end.max(line + 1);
    }
    kinds
}

/// The line behind a block of code.
fn end_of_code(lines: &[String], start: usize, fence: &Fence) -> usize {
    let mut folds = 0;
    let mut heading = None;
    let mut stray = None;
    for (line, text) in lines.iter().enumerate().skip(start + 1) {
        if fence.is_closed_by(text) {
            // Another block was opened in between: this one was never closed.
            return stray.unwrap_or(line + 1);
        }
        let lower = text.trim_start().to_ascii_lowercase();
        if lower.starts_with("<details") {
            folds += 1;
        }
        if lower.contains("</details") {
            if folds == 0 {
                return line;
            }
            folds -= 1;
        }
        if heading.is_none() && hash_heading(text).is_some_and(|it| it.0 > 1) {
            heading = Some(line);
        }
        let opens_another = Fence::at(text).is_some() && text.trim().len() > 3;
        if opens_another && stray.is_none() {
            stray = heading;
        }
        if stray.is_some() && line - start > LONGEST_CODE {
            break;
        }
    }
    stray.unwrap_or(lines.len())
}

/// Level and text of `## Text`, also behind the mark of a list.
fn hash_heading(line: &str) -> Option<(usize, &str)> {
    let inner = line.trim_start();
    let indent = line.len() - inner.len();
    let unlisted = unlisted(inner);
    if unlisted.len() == inner.len() && indent > 3 {
        return None;
    }
    let level = unlisted.bytes().take_while(|b| *b == b'#').count();
    let rest = &unlisted[level..];
    let is_spaced = rest.starts_with([' ', '\t', '\u{a0}']);
    let is_tight = level >= 2 && rest.starts_with(|c: char| c.is_alphabetic());
    ((1..=6).contains(&level) && (is_spaced || is_tight)).then_some((level, rest))
}

/// A line without the mark of a list item before it.
fn unlisted(text: &str) -> &str {
    match marker_of(text) {
        Some(marker) => text[marker..].trim_start(),
        None => text,
    }
}

/// The length of the mark of a list item (`-`, `*`, `+`, `1.`, `1)`) at the beginning of a text.
pub fn marker_of(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = match text.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=4).contains(&digits) => digits + 1,
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        _ => return None,
    };
    text[length..].starts_with([' ', '\t']).then_some(length)
}

fn tag_heading(line: &str) -> Option<(usize, &str)> {
    let inner = line.trim();
    let tag = Tag::at(inner)?;
    let level = tag.name.strip_prefix('h')?.parse().ok().filter(|_| !tag.is_closing)?;
    let rest = &inner[tag.length..];
    Some((level, rest.split("</h").next().unwrap_or(rest)))
}

/// Whether a text has a letter or a digit once its markup is gone.
pub fn says_something(text: &str) -> bool {
    text.lines().any(|line| {
        let line = beginning(line);
        let plain = plain_markdown(line, &mut Vec::new());
        !is_way_back(line) && !is_way_back(&plain) && plain.chars().any(char::is_alphanumeric)
    })
}

/// Enough of a line to know what it is.
fn beginning(line: &str) -> &str {
    let end = line.char_indices().nth(1000).map_or(line.len(), |(at, _)| at);
    &line[..end]
}

/// Whether a line only leads back to the top of the page, or is a rule.
pub fn is_way_back(line: &str) -> bool {
    let plain: String = line
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    let is_short = line.len() <= 900;
    let leads_up = (words.len() <= 24
        && has("back")
        && (has("top") || has("to"))
        && (line.contains(['[', '⬆', '↥', '⇧']) || words.len() <= 4))
        || (words.len() <= 5 && has("top") && line.contains("](#"))
        || (has_hangul(line)
            && line.contains("](")
            && ["[뒤로]", "[위로]", "[목차", "맨 위로", "[처음"]
                .iter()
                .any(|it| line.contains(it)))
        || (line.contains(":arrow") && line.contains("]("));
    is_short && leads_up
}
