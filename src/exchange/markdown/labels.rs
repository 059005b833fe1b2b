//! Questions and answers behind labels: `Q:` and `A:`, `**Q1. ...**`, `질문:` and `답:`, the clozes of hashcards and repeater, and `question::answer`.

use std::fmt::Write as _;

use crate::exchange::SkipReason;
use crate::exchange::clean::excerpt;
use crate::exchange::markdown::folds::path_of;
use crate::exchange::markdown::page::{Kind, Page, marker_of};
use crate::exchange::markdown::{Found, Harvest, Style};
use crate::exchange::words::{Labelled, label_of};

/// Takes every labelled card off the page.
pub fn take(page: &mut Page, harvest: &mut Harvest, style: Style) {
    let headings = page.headings();
    let has_clozes = (0..page.lines.len()).any(|line| is_cloze(page, line));
    let colons = style == Style::Marked { with_colons: true };
    let mut line = 0;
    while line < page.lines.len() {
        let end = if style_allows(page, line, style) && question_at(page, line).is_some() {
            Some(pair(page, line, harvest))
        } else if has_clozes && is_cloze(page, line) {
            Some(cloze(page, line, harvest))
        } else if colons && page.is_text(line) && page.lines[line].contains("::") {
            divided(page, line, harvest);
            Some(line + 1)
        } else {
            None
        };
        if let Some(end) = end {
            if let Some(found) = harvest.found.last_mut() {
                found.path = path_of(&headings, line);
            }
            page.take(line..end);
        }
        line = end.unwrap_or(line + 1);
    }
}

/// hashcards and repeater read labels at the beginning of a line only.
fn style_allows(page: &Page, line: usize, style: Style) -> bool {
    style == Style::Mixed || page.lines[line].starts_with("Q:")
}

/// The label of a question in a line of free text that is no heading.
fn question_at(page: &Page, line: usize) -> Option<Labelled<'_>> {
    if !page.is_text(line) || page.heading(line).is_some() {
        return None;
    }
    labelled(&page.lines[line]).filter(|label| label.is_question)
}

/// The label of a line, also within a list item; lines that are set in deep are code or part of something.
fn labelled(line: &str) -> Option<Labelled<'_>> {
    let inner = line.trim_start();
    if line.len() - inner.len() > 3 {
        return None;
    }
    let inner = marker_of(inner).map_or(inner, |marker| inner[marker..].trim_start());
    label_of(inner)
}

/// Whether a line begins the answer: an option `A.` with a `B.` after it does not.
fn is_answer(page: &Page, line: usize) -> bool {
    let Some(label) = labelled(&page.lines[line]).filter(|label| !label.is_question) else {
        return false;
    };
    if !label.is_letter || label.has_number {
        return true;
    }
    let next = (line + 1..page.lines.len()).find(|at| !page.is_blank(*at));
    let inner = next.map(|at| page.lines[at].trim_start()).unwrap_or_default();
    let inner = marker_of(inner).map_or(inner, |marker| inner[marker..].trim_start());
    let inner = inner.trim_start_matches('*');
    !(inner.starts_with('B') && inner[1..].starts_with(label.sign))
}

/// Whether a card ends before a line.
fn is_end(page: &Page, line: usize) -> bool {
    match page.kinds[line] {
        Kind::Taken => !page.is_blank(line),
        Kind::Text => {
            is_rule(&page.lines[line])
                || page.heading(line).is_some()
                || question_at(page, line).is_some()
                || is_cloze(page, line)
        }
        Kind::Code | Kind::Answer | Kind::Extra => false,
    }
}

/// A line that divides: `---`.
pub fn is_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3
        && ["-", "*", "_"].iter().any(|mark| line.replace(*mark, "").trim().is_empty())
        && !line.starts_with(' ')
}

/// Reads the pair that begins at a line; gives the line behind it.
fn pair(page: &Page, start: usize, harvest: &mut Harvest) -> usize {
    let lines = page.lines.len();
    let end = (start + 1..lines).find(|at| is_end(page, *at)).unwrap_or(lines);
    let label = question_at(page, start).map(|label| label.rest.to_owned()).unwrap_or_default();
    let is_folded = |at: &usize| page.kinds[*at] == Kind::Answer;
    let answer =
        (start + 1..end).find(|at| is_folded(at) || (page.is_text(*at) && is_answer(page, *at)));
    let (question, text) = match answer {
        Some(at) if is_folded(&at) => (page.text(start + 1..at), page.text(at..end)),
        Some(at) => {
            let first = labelled(&page.lines[at]).map(|label| label.rest).unwrap_or_default();
            let text = format!("{first}\n{}", page.text(at + 1..end));
            (page.text(start + 1..at), text)
        }
        None => {
            let split = (start + 1..end).find(|at| page.is_blank(*at)).unwrap_or(end);
            // A question on a line of its own is answered from the next line on.
            let split = if label.is_empty() || split == end { split.min(start + 1) } else { split };
            let split = if label.ends_with(['?', '？', '*']) { start + 1 } else { split };
            (page.text(start + 1..split), page.text(split..end))
        }
    };
    let question = format!("{label}\n{question}");
    if question.trim().is_empty() {
        harvest.skipped.push((number(start), SkipReason::EmptyQuestion, excerpt(&text)));
    } else {
        harvest.found.push(Found {
            line: number(start),
            question,
            answer: text,
            ..Found::default()
        });
    }
    end
}

fn number(line: usize) -> u32 {
    u32::try_from(line + 1).unwrap_or(u32::MAX)
}

/// `C:` and a space at the beginning of a line; `C:\` is a drive.
fn is_cloze(page: &Page, line: usize) -> bool {
    let text = &page.lines[line];
    page.is_text(line)
        && text
            .strip_prefix("C:")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn cloze(page: &Page, start: usize, harvest: &mut Harvest) -> usize {
    let lines = page.lines.len();
    let end = (start + 1..lines).find(|at| is_end(page, *at)).unwrap_or(lines);
    let text = format!("{}\n{}", &page.lines[start][2..], page.text(start + 1..end));
    match gaps_of(text.trim()) {
        Some(cloze) => harvest.found.push(Found {
            line: number(start),
            cloze: Some(cloze),
            ..Found::default()
        }),
        None => harvest.skipped.push((number(start), SkipReason::BadCloze, excerpt(&text))),
    }
    end
}

/// A sentence with `[gaps]` as one with `{{gaps}}`; none without a gap, or with an empty or endless one.
fn gaps_of(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut count = 0;
    while let Some(at) = rest.find(['[', ']', '\\', '`', '$']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let is_picture = before.ends_with('!');
        let mark = after.chars().next().unwrap_or(' ');
        match mark {
            '\\' => {
                let length = 1 + after[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&after[..length]);
                rest = &after[length..];
            }
            '`' | '$' => {
                let close = after[1..].find(mark).map_or(0, |close| close + 1);
                out.push_str(&after[..=close]);
                rest = &after[close + 1..];
            }
            '[' if is_picture => {
                let close = after.find(')').map_or(0, |close| close);
                out.push_str(&after[..=close]);
                rest = &after[close + 1..];
            }
            '[' => {
                let close = after.find(']')?;
                let gap = after[1..close].trim();
                if after[close + 1..].starts_with('(') {
                    out.push_str(&after[..=close]);
                } else if gap.is_empty() {
                    return None;
                } else {
                    count += 1;
                    let _ = write!(out, "{{{{{}}}}}", gap.replace('|', "/").replace("}}", "} }"));
                }
                rest = &after[close + 1..];
            }
            _ => return None,
        }
    }
    out.push_str(rest);
    (count > 0).then_some(out)
}

/// `question::answer` on one line, as repeater and others write it.
fn divided(page: &Page, line: usize, harvest: &mut Harvest) {
    let text = &page.lines[line];
    let Some((question, answer)) = text.split_once("::") else { return };
    let (question, answer) = (question.trim(), answer.trim_start_matches(':').trim());
    if question.is_empty() {
        harvest.skipped.push((number(line), SkipReason::EmptyQuestion, excerpt(text)));
        return;
    }
    harvest.found.push(Found {
        line: number(line),
        question: question.to_owned(),
        answer: answer.to_owned(),
        ..Found::default()
    });
}
