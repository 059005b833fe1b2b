//! Folds: `<details>` with the question in `<summary>`. Also those without end, without summary, within each other, and several on a line.

use std::ops::Range;

use crate::exchange::SkipReason;
use crate::exchange::clean::excerpt;
use crate::exchange::html::Tag;
use crate::exchange::markdown::page::{Heading, Kind, Page, says_something};
use crate::exchange::markdown::{Found, Harvest};
use crate::exchange::words::{asks, is_no_question, is_reveal};

/// Headings that are looked at for those above a question, so that time stays bounded.
const FAR_ABOVE: usize = 2000;

/// One fold; places are bytes of the whole text.
#[derive(Clone, Debug, Default)]
struct Fold {
    start: usize,
    /// The content of the summary; an end of 0 is not known yet.
    summary: Option<Range<usize>>,
    body: usize,
    body_end: usize,
    end: usize,
    is_closed: bool,
    parent: Option<usize>,
    children: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    Summary,
    SummaryEnd,
    /// A heading outside of code.
    Heading,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    mark: Mark,
    start: usize,
    end: usize,
}

/// Takes every fold that holds a question off the page.
pub fn take(page: &mut Page, harvest: &mut Harvest) {
    let text = page.lines.join("\n");
    let tokens = tokens_of(page);
    if !tokens.iter().any(|token| token.mark != Mark::Heading) {
        return;
    }
    let mut folds = folds_of(&tokens, text.len());
    finish(&mut folds, &text);
    let headings = page.headings();
    let starts = starts_of(page);
    let mut work = Work { page, harvest, text: &text, starts, folds, headings, blanks: Vec::new() };
    work.run();
}

fn starts_of(page: &Page) -> Vec<usize> {
    let mut at = 0;
    let lengths = page.lines.iter().map(|line| {
        let start = at;
        at += line.len() + 1;
        start
    });
    lengths.collect()
}

fn tokens_of(page: &Page) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = 0;
    for (number, line) in page.lines.iter().enumerate() {
        if page.kinds[number] == Kind::Text {
            if page.heading(number).is_some() && !line.contains("<summary") {
                tokens.push(Token { mark: Mark::Heading, start, end: start });
            }
            tokens_of_line(line, start, &mut tokens);
        }
        start += line.len() + 1;
    }
    tokens
}

fn tokens_of_line(line: &str, start: usize, tokens: &mut Vec<Token>) {
    let mut at = 0;
    while let Some(next) = line[at..].find(['<', '`']) {
        let here = at + next;
        let rest = &line[here..];
        if rest.starts_with('`') {
            let run = rest.bytes().take_while(|b| *b == b'`').count();
            let close = rest[run..].find(&rest[..run]);
            at = here + run + close.map_or(0, |close| close + run);
            continue;
        }
        at = here + 1;
        let Some(tag) = Tag::at(rest) else { continue };
        let mark = match (tag.name.as_str(), tag.is_closing) {
            ("details", false) => Mark::Open,
            ("details", true) => Mark::Close,
            ("summary", false) => Mark::Summary,
            ("summary", true) => Mark::SummaryEnd,
            _ => continue,
        };
        if line[..here].ends_with('\\') {
            continue;
        }
        at = here + tag.length;
        tokens.push(Token { mark, start: start + here, end: start + at });
    }
}

/// Pairs the tags. What is open at a heading behind which no end comes, or at the end of the page, has no end.
fn folds_of(tokens: &[Token], length: usize) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let next = next_tags(tokens);
    for (index, token) in tokens.iter().enumerate() {
        match token.mark {
            Mark::Open => push(&mut folds, &mut open, *token),
            Mark::Summary => {
                let has_room = open.last().is_some_and(|top| folds[*top].summary.is_none());
                if !has_room {
                    // A summary without a fold of its own: the one before ends here.
                    if let Some(top) = open.pop() {
                        close(&mut folds[top], token.start, token.start);
                    }
                    push(&mut folds, &mut open, *token);
                }
                if let Some(top) = open.last() {
                    folds[*top].summary = Some(token.end..0);
                    folds[*top].body = token.end;
                }
            }
            Mark::SummaryEnd => {
                if let Some(top) = open.last() {
                    end_summary(&mut folds[*top], *token);
                }
            }
            Mark::Close => {
                if let Some(top) = open.pop() {
                    close(&mut folds[top], token.start, token.end);
                }
            }
            Mark::Heading => {
                if next[index].is_none_or(|next| matches!(next, Mark::Open | Mark::Summary)) {
                    leave_open(&mut folds, &mut open, token.start);
                }
            }
        }
    }
    leave_open(&mut folds, &mut open, length);
    folds
}

/// For every token the tag that comes after it.
fn next_tags(tokens: &[Token]) -> Vec<Option<Mark>> {
    let mut next = vec![None; tokens.len()];
    let mut after = None;
    for (index, token) in tokens.iter().enumerate().rev() {
        next[index] = after;
        if token.mark != Mark::Heading {
            after = Some(token.mark);
        }
    }
    next
}

fn push(folds: &mut Vec<Fold>, open: &mut Vec<usize>, token: Token) {
    let parent = open.last().copied();
    open.push(folds.len());
    folds.push(Fold { start: token.start, body: token.end, parent, ..Fold::default() });
}

fn end_summary(fold: &mut Fold, token: Token) {
    let start = match &fold.summary {
        None => fold.body,
        Some(summary) if summary.end == 0 => summary.start,
        Some(_) => return,
    };
    fold.summary = Some(start..token.start);
    fold.body = token.end;
}

fn close(fold: &mut Fold, body_end: usize, end: usize) {
    fold.body_end = body_end;
    fold.end = end;
    fold.is_closed = true;
}

fn leave_open(folds: &mut [Fold], open: &mut Vec<usize>, at: usize) {
    for fold in open.drain(..) {
        folds[fold].body_end = at;
        folds[fold].end = at;
    }
}

/// Ends summaries without end with their line, folds without end where the next begins, and gives every fold to its parent.
fn finish(folds: &mut [Fold], text: &str) {
    for index in 0..folds.len() {
        let first_child = folds.get(index + 1).filter(|next| next.parent == Some(index));
        let first_child = first_child.map(|next| next.start);
        let fold = &mut folds[index];
        if !fold.is_closed {
            let end = first_child.unwrap_or(fold.end).min(fold.end);
            fold.body_end = end;
            fold.end = end;
        }
        if let Some(summary) = fold.summary.clone().filter(|summary| summary.end == 0) {
            let limit = first_child.unwrap_or(fold.body_end).min(fold.body_end).max(summary.start);
            let inside = &text[summary.start..limit];
            let skipped = inside.len() - inside.trim_start().len();
            let line = inside[skipped..].find('\n').map_or(inside.len(), |end| skipped + end);
            fold.summary = Some(summary.start..summary.start + line);
            fold.body = summary.start + line;
        }
        fold.body = fold.body.min(fold.body_end);
    }
    for index in 0..folds.len() {
        let mut parent = folds[index].parent;
        // Parents come first, so that this one's parent has been settled already.
        if let Some(at) = parent
            && !folds[at].is_closed
        {
            parent = folds[at].parent;
        }
        folds[index].parent = parent;
        if let Some(parent) = parent {
            folds[parent].children.push(index);
        }
    }
}

struct Work<'a> {
    page: &'a mut Page,
    harvest: &'a mut Harvest,
    text: &'a str,
    starts: Vec<usize>,
    folds: Vec<Fold>,
    headings: Vec<Heading>,
    blanks: Vec<Range<usize>>,
}

impl Work<'_> {
    fn run(&mut self) {
        let roots: Vec<usize> =
            (0..self.folds.len()).filter(|at| self.folds[*at].parent.is_none()).collect();
        let mut waiting: Vec<(usize, Vec<String>)> = roots
            .into_iter()
            .rev()
            .map(|root| (root, self.path_at(self.folds[root].start)))
            .collect();
        while let Some((index, path)) = waiting.pop() {
            let children = self.one(index, &path);
            waiting.extend(children.into_iter().rev());
        }
        self.blank();
    }

    /// The headings above a place.
    fn path_at(&self, byte: usize) -> Vec<String> {
        let line = self.line_of(byte);
        path_of(&self.headings, line)
    }

    fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// Does one fold; gives the folds within it that are looked at next.
    fn one(&mut self, index: usize, path: &[String]) -> Vec<(usize, Vec<String>)> {
        let fold = self.folds[index].clone();
        let summary = fold.summary.clone().map(|range| self.text[range].trim().to_owned());
        let label = summary.as_deref().map(plain_line).unwrap_or_default();
        let inner = |path: &[String]| fold.children.iter().map(|it| (*it, path.to_vec())).collect();
        if label.is_empty() {
            return self.without_summary(index, path);
        }
        let is_empty = !says_something(&self.own_text(&fold));
        if is_empty && !fold.children.is_empty() {
            let mut path = path.to_vec();
            path.push(label);
            self.blanks.push(fold.start..fold.body);
            self.blanks.push(fold.body_end..fold.end);
            return inner(&path);
        }
        let section = path.last().is_some_and(|heading| asks(heading, true));
        if is_contents(&self.own_text(&fold)) {
            self.blanks.push(fold.start..fold.end);
            return Vec::new();
        }
        if is_reveal(&label) || is_no_question(&label) || (section && !asks(&label, false)) {
            self.reveal(&fold, is_answer(&label));
            return Vec::new();
        }
        let apart: Vec<usize> =
            fold.children.iter().copied().filter(|child| self.is_apart(*child)).collect();
        let found = Found {
            line: self.number(fold.summary.as_ref().map_or(fold.start, |summary| summary.start)),
            question: summary.unwrap_or_default(),
            answer: self.body_without(&fold, &apart),
            cloze: None,
            path: path.to_vec(),
        };
        self.harvest.found.push(found);
        self.blanks.push(fold.start..fold.end);
        apart.into_iter().map(|child| (child, path.to_vec())).collect()
    }

    /// Whether a fold within an answer is a question of its own.
    fn is_apart(&self, child: usize) -> bool {
        let summary = self.folds[child].summary.clone();
        let label = summary.map(|range| plain_line(&self.text[range])).unwrap_or_default();
        !label.is_empty() && !is_reveal(&label) && asks(&label, false)
    }

    /// A fold that names no question: its first line may be one, or what stands before it.
    fn without_summary(&mut self, index: usize, path: &[String]) -> Vec<(usize, Vec<String>)> {
        let fold = self.folds[index].clone();
        let body = self.body_without(&fold, &fold.children);
        let children = fold.children.iter().map(|child| (*child, path.to_vec())).collect();
        let (first, rest) = first_paragraph(&body);
        let label = plain_line(&first);
        let is_marked = label.to_lowercase().starts_with("[question]");
        if is_marked || (asks(&label, true) && says_something(&rest)) {
            let question = label.trim_start_matches("[Question]").trim_start_matches("[question]");
            self.harvest.found.push(Found {
                line: self.number(fold.start),
                question: question.trim().to_owned(),
                answer: rest,
                cloze: None,
                path: path.to_vec(),
            });
            self.blanks.push(fold.start..fold.end);
        } else if fold.children.is_empty() {
            self.reveal(&fold, true);
        } else if says_something(&body) {
            let line = self.number(fold.start);
            self.harvest.skipped.push((line, SkipReason::EmptyQuestion, excerpt(&body)));
        }
        children
    }

    /// Leaves a fold on the page as the answer to, or more about, what stands before it.
    fn reveal(&mut self, fold: &Fold, is_answer: bool) {
        self.blanks.push(fold.start..fold.body);
        self.blanks.push(fold.body_end..fold.end);
        let kind = if is_answer { Kind::Answer } else { Kind::Extra };
        let (first, last) = (self.line_of(fold.start), self.line_of(fold.body_end));
        for kind_of_line in &mut self.page.kinds[first..=last] {
            if matches!(kind_of_line, Kind::Text | Kind::Code) {
                *kind_of_line = kind;
            }
        }
    }

    /// What stands in a fold outside of the folds within it.
    fn own_text(&self, fold: &Fold) -> String {
        self.body_without(fold, &fold.children)
    }

    fn body_without(&self, fold: &Fold, children: &[usize]) -> String {
        let mut text = String::new();
        let mut at = fold.body;
        for child in children {
            let child = &self.folds[*child];
            text.push_str(self.text.get(at..child.start).unwrap_or_default());
            at = at.max(child.end);
        }
        text.push_str(self.text.get(at..fold.body_end).unwrap_or_default());
        text
    }

    /// The number of a line, from 1.
    fn number(&self, byte: usize) -> u32 {
        u32::try_from(self.line_of(byte) + 1).unwrap_or(u32::MAX)
    }

    /// Takes what was used off the page.
    fn blank(&mut self) {
        let mut bytes = self.text.as_bytes().to_vec();
        // Folds within each other are one stretch.
        self.blanks.sort_by_key(|range| range.start);
        let mut done = 0;
        for range in &self.blanks {
            let range = range.start.max(done)..range.end.max(done);
            done = range.end;
            for byte in &mut bytes[range] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        for (number, line) in text.split('\n').enumerate().take(self.page.lines.len()) {
            if self.page.lines[number] == line {
                continue;
            }
            let is_left = !line.trim().is_empty();
            line.clone_into(&mut self.page.lines[number]);
            if !is_left && matches!(self.page.kinds[number], Kind::Text | Kind::Code) {
                self.page.kinds[number] = Kind::Taken;
            }
        }
    }
}

/// The headings above a line, the outermost first.
pub fn path_of(headings: &[Heading], line: usize) -> Vec<String> {
    let mut path: Vec<&Heading> = Vec::new();
    let before = headings.partition_point(|heading| heading.line <= line);
    for heading in headings[..before].iter().rev().take(FAR_ABOVE) {
        if path.last().is_none_or(|deeper| heading.level < deeper.level) {
            path.push(heading);
        }
        if heading.level == 1 {
            break;
        }
    }
    path.iter().rev().map(|heading| heading.text.clone()).collect()
}

/// Whether a text is a table of contents: nearly all of its lines are links within the page.
fn is_contents(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let (links, all) = lines.fold((0, 0), |(links, all), line| {
        (links + usize::from(line.contains("](#") || line.contains("href=\"#")), all + 1)
    });
    links >= 3 && links * 10 >= all * 8
}

/// Whether what a fold says on its outside promises an answer, not only more of one.
fn is_answer(label: &str) -> bool {
    let label = label.to_lowercase();
    ["answer", "solution", "reveal", "정답", "답", "해설", "풀이", "click"]
        .iter()
        .any(|word| label.contains(word))
        && !label.contains("deep-dive")
}

/// A text as one line without tags and bold marks.
fn plain_line(text: &str) -> String {
    let plain = crate::exchange::html::plain_markdown(text, &mut Vec::new());
    let plain = plain.replace("**", "");
    plain.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The first line that says something, and what follows.
fn first_paragraph(text: &str) -> (String, String) {
    let mut lines = text.lines().skip_while(|line| !says_something(line));
    let first = lines.next().unwrap_or_default().to_owned();
    (first, lines.collect::<Vec<&str>>().join("\n"))
}
