//! Headings that are questions. Which are, is decided from the page: how they are worded, what their neighbours are, and what its table of contents names.

use std::collections::HashSet;
use std::ops::Range;

use crate::exchange::clean::folded;
use crate::exchange::markdown::folds::path_of;
use crate::exchange::markdown::page::{Heading, Kind, Page, says_something};
use crate::exchange::markdown::{Found, Harvest};
use crate::exchange::words::{
    asks, is_answer_heading, is_no_question, is_question_heading, label_of,
};

/// Questions found before, from which on a page is of that form and its headings are sections.
const OTHER_FORM: usize = 3;

/// Headings that are looked at below another, so that time stays bounded.
const FAR_BELOW: usize = 500;

/// A heading with what was found out about it.
struct Candidate {
    heading: Heading,
    /// The lines up to the next heading of any level.
    own: Range<usize>,
    /// The lines up to the next heading of its level or above.
    section: Range<usize>,
    has_text: bool,
    is_part: bool,
    asks: bool,
    is_linked: bool,
    /// Whether the table of contents makes it a question.
    is_topic: bool,
    is_question: bool,
}

/// Takes every question in a heading, with its section, off the page.
pub fn take(page: &mut Page, harvest: &mut Harvest) {
    let headings = page.headings();
    let mut candidates = candidates_of(page, &headings);
    let has_other_form = harvest.found.len() >= OTHER_FORM;
    decide(&mut candidates, has_other_form);
    let main = main_level(&candidates);
    let mut line = 0;
    for index in 0..candidates.len() {
        let candidate = &candidates[index];
        if candidate.heading.line < line || !candidate.is_question {
            continue;
        }
        let end = end_of(&candidates, index, main);
        let mut body = candidate.own.start..end;
        let taken = body.clone().find(|at| page.kinds[*at] == Kind::Taken);
        if let Some(taken) = taken.filter(|_| has_other_form) {
            // Questions of another form stand below: only what comes before them can be the answer.
            body.end = taken;
            if !is_plain_question(&candidate.heading.text) || !has_text(page, body.clone()) {
                continue;
            }
        }
        let is_split = end < candidate.section.end;
        if is_split && !candidate.has_text {
            continue;
        }
        let found = question_of(page, candidate, body.clone(), &headings);
        harvest.found.push(found);
        page.take(candidate.heading.line..body.end);
        line = body.end;
    }
}

/// Whether a heading is a question beyond doubt.
fn is_plain_question(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '?' | '？'));
    end.ends_with(['?', '？']) || label_of(text).is_some_and(|label| label.is_question)
}

fn candidates_of(page: &Page, headings: &[Heading]) -> Vec<Candidate> {
    let links = links_of(page);
    let mut next_above: Vec<usize> = vec![page.lines.len(); 7];
    let mut candidates = Vec::with_capacity(headings.len());
    let mut next = page.lines.len();
    for heading in headings.iter().rev() {
        let end = next_above[..=heading.level].iter().copied().min().unwrap_or(next);
        let start = heading.line
            + 1
            + usize::from(
                page.heading(heading.line).is_some() && is_underline(page, heading.line + 1),
            );
        let own = start..next.max(start);
        candidates.push(Candidate {
            has_text: has_text(page, own.clone()),
            own,
            section: start..end.max(start),
            is_part: is_no_question(&heading.text),
            asks: asks(&heading.text, true),
            is_linked: links.contains(&letters(&heading.text)),
            is_topic: false,
            is_question: false,
            heading: heading.clone(),
        });
        for deeper in &mut next_above[heading.level..] {
            *deeper = heading.line;
        }
        next = heading.line;
    }
    candidates.reverse();
    candidates
}

fn is_underline(page: &Page, line: usize) -> bool {
    page.lines.get(line).is_some_and(|text| {
        let text = text.trim_end();
        text.len() >= 3 && (text.bytes().all(|b| b == b'=') || text.bytes().all(|b| b == b'-'))
    })
}

/// Whether something stands there that is more than a list of links within the page.
fn has_text(page: &Page, lines: Range<usize>) -> bool {
    let mut text = String::new();
    for line in lines {
        let inner = page.lines[line].trim();
        if page.kinds[line] != Kind::Taken && !inner.contains("](#") {
            text.push_str(inner);
            text.push('\n');
        }
        if text.len() > 2000 {
            break;
        }
    }
    says_something(&text)
}

/// Targets and labels of the links within the page: what a table of contents names.
fn links_of(page: &Page) -> HashSet<String> {
    let mut links = HashSet::new();
    for (line, text) in page.lines.iter().enumerate() {
        if page.kinds[line] == Kind::Code {
            continue;
        }
        for part in text.split('[').skip(1) {
            let Some((label, address)) = part.split_once("](") else { continue };
            let Some((_, anchor)) = address.split_once('#') else { continue };
            let anchor = anchor.split([')', ' ', '>']).next().unwrap_or_default();
            links.insert(letters(anchor));
            links.insert(letters(label));
        }
    }
    links.remove("");
    links
}

/// Only the letters and digits of a text: headings and anchors are compared by them.
fn letters(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Decides which headings are questions.
fn decide(candidates: &mut [Candidate], has_other_form: bool) {
    let title = title_of(candidates);
    if has_other_form {
        for candidate in candidates.iter_mut() {
            candidate.is_question = candidate.asks && !candidate.is_part && candidate.has_text;
        }
    } else {
        by_wording(candidates);
        by_contents(candidates);
    }
    let others = candidates.iter().enumerate().any(|(at, it)| Some(at) != title && it.is_question);
    if let Some(title) = title {
        candidates[title].is_question &= !others && candidates[title].asks;
    }
}

/// The heading of the whole page: its only one of the first level, before all others.
fn title_of(candidates: &[Candidate]) -> Option<usize> {
    let firsts = candidates.iter().filter(|it| it.heading.level == 1).count();
    (firsts == 1 && candidates.first().is_some_and(|it| it.heading.level == 1)).then_some(0)
}

/// Headings that ask, and their neighbours where most of them ask.
fn by_wording(candidates: &mut [Candidate]) {
    let mut levels = [(0, 0); 7];
    for candidate in candidates.iter().filter(|it| !it.is_part) {
        let (asking, all) = &mut levels[candidate.heading.level];
        *asking += usize::from(candidate.asks);
        *all += usize::from(candidate.asks || candidate.has_text);
    }
    let is_level = levels.map(|(asking, all): (usize, usize)| asking >= 2 && asking * 2 >= all);
    let groups = groups_of(candidates);
    let mut in_group: std::collections::HashMap<usize, (usize, usize)> =
        std::collections::HashMap::new();
    for (at, candidate) in candidates.iter().enumerate().filter(|(_, it)| !it.is_part) {
        let (asking, all) = in_group.entry(groups[at]).or_default();
        *asking += usize::from(candidate.asks);
        *all += usize::from(candidate.asks || candidate.has_text);
    }
    for (at, candidate) in candidates.iter_mut().enumerate() {
        let (asking, all) = in_group.get(&groups[at]).copied().unwrap_or_default();
        let among = is_level[candidate.heading.level] || (asking >= 2 && asking * 2 >= all);
        candidate.is_question = !candidate.is_part
            && (candidate.asks || (among && candidate.has_text && candidate.heading.level > 1));
    }
}

/// For every heading a number that it shares with its neighbours: those of its level under the same heading.
fn groups_of(candidates: &[Candidate]) -> Vec<usize> {
    let mut above = [usize::MAX; 8];
    let mut groups = Vec::with_capacity(candidates.len());
    for (at, candidate) in candidates.iter().enumerate() {
        let level = candidate.heading.level;
        let parent = above[..level].iter().rev().find(|it| **it != usize::MAX);
        groups.push(parent.copied().map_or(level, |parent| (parent + 1) * 8 + level));
        above[level] = at;
        for deeper in &mut above[level + 1..] {
            *deeper = usize::MAX;
        }
    }
    groups
}

/// Headings that the table of contents names, where nothing on the page asks in so many words: the topics of an interview.
fn by_contents(candidates: &mut [Candidate]) {
    let linked: Vec<usize> = (0..candidates.len()).filter(|at| candidates[*at].is_linked).collect();
    let parts = linked.iter().filter(|at| candidates[**at].is_part).count();
    let topics = linked.iter().filter(|at| candidates[**at].has_text && !candidates[**at].is_part);
    let asking = candidates.iter().filter(|it| it.is_question).count();
    let topics = topics.count();
    if topics < 3 || parts * 3 > topics || asking > topics {
        return;
    }
    for at in linked {
        // A topic without a text of its own is explained under its headings, or nobody has written it yet; it is none
        // if the contents name those headings too.
        let candidate = &candidates[at];
        let inside =
            candidates[at + 1..].iter().take_while(|it| it.heading.line < candidate.section.end);
        let is_leaf = inside.take(FAR_BELOW).all(|it| !it.is_linked);
        let is_topic = !candidate.is_part && (candidate.has_text || is_leaf);
        candidates[at].is_question |= is_topic;
        candidates[at].is_topic = is_topic;
    }
}

/// The level on which most questions stand.
fn main_level(candidates: &[Candidate]) -> usize {
    let has_topics = candidates.iter().any(|it| it.is_topic && it.heading.level > 1);
    let count = |level: usize| {
        let on_level = candidates.iter().filter(|it| it.is_question && it.heading.level == level);
        on_level.filter(|it| it.is_topic || !has_topics).count()
    };
    (1..=6).rev().max_by_key(|level| count(*level)).unwrap_or(6)
}

/// Where the answer of a question ends: with its section, or before a question of its own right within it.
fn end_of(candidates: &[Candidate], index: usize, main: usize) -> usize {
    let candidate = &candidates[index];
    let inside = candidates[index + 1..]
        .iter()
        .take(FAR_BELOW)
        .take_while(|it| it.heading.line < candidate.section.end)
        .find(|it| it.is_question && (it.heading.level <= main || it.is_topic));
    inside.map_or(candidate.section.end, |it| it.heading.line).max(candidate.own.start)
}

/// The question in a heading: what stands before a heading "Answer" or a folded answer belongs to the question.
fn question_of(
    page: &Page,
    candidate: &Candidate,
    body: Range<usize>,
    headings: &[Heading],
) -> Found {
    let heading = &candidate.heading;
    let is_answer = |line: usize| {
        page.heading(line).is_some_and(|it| is_answer_heading(&it.text))
            || is_bold_label(page, line)
            || page.kinds[line] == Kind::Answer
    };
    let split = body.clone().find(|line| is_answer(*line));
    let (question, answer) = match split {
        Some(at) => {
            let label = page.kinds[at] != Kind::Answer && is_bare_label(page, at);
            (page.text(body.start..at), page.text(at + usize::from(label)..body.end))
        }
        None => (String::new(), page.text(body)),
    };
    // "### Question" under "## Question 3: ..." only divides.
    let question: String = question
        .lines()
        .filter(|line| {
            !is_question_heading(line.trim_start_matches(['#', ' '])) || !line.starts_with('#')
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut path = path_of(headings, heading.line);
    path.pop();
    Found {
        line: u32::try_from(heading.line + 1).unwrap_or(u32::MAX),
        question: format!("{}\n\n{question}", heading.text),
        answer,
        cloze: None,
        path,
    }
}

/// `**Answer:**` alone on a line.
fn is_bold_label(page: &Page, line: usize) -> bool {
    let text = page.lines[line].trim();
    page.is_text(line)
        && text.len() < 60
        && text.starts_with("**")
        && text.ends_with(['*', ':'])
        && is_answer_heading(text)
}

/// Whether a line says "Answer" and no more.
fn is_bare_label(page: &Page, line: usize) -> bool {
    let text = page.lines[line].trim_start_matches(['#', ' ', '*']);
    let text = text.trim_end_matches(['#', ' ', '*', ':', '：', '.']);
    !text.contains([':', ' ']) || text.split_whitespace().count() <= 2
}
