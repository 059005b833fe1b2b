//! What is left on a page: questions in lists with the answer below or in a sub-list, bold questions, a question with a quoted answer, and tables of both.

use std::ops::Range;

use crate::exchange::SkipReason;
use crate::exchange::clean::excerpt;
use crate::exchange::html::plain_markdown;
use crate::exchange::markdown::folds::path_of;
use crate::exchange::markdown::labels::is_rule;
use crate::exchange::markdown::page::{Heading, Kind, Page, marker_of, says_something};
use crate::exchange::markdown::{Found, Harvest};
use crate::exchange::table::Column;
use crate::exchange::words::{asks, has_hangul};

/// Takes the questions of lists, bold lines and quoted answers off the page.
pub fn take(page: &mut Page, harvest: &mut Harvest) {
    let headings = page.headings();
    let items = items_of(page);
    let mut line = 0;
    while line < page.lines.len() {
        let end =
            match items.iter().find(|_| page.is_text(line)).and_then(|_| item_at(&items, line)) {
                Some(at) => item(page, &items, at, &headings, harvest),
                None => paragraph(page, line, &headings, harvest),
            };
        if let Some(end) = end {
            page.take(line..end);
        }
        line = end.unwrap_or(line + 1);
    }
}

/// An item of a list.
struct Item {
    line: usize,
    indent: usize,
    is_numbered: bool,
    text: String,
    /// Whether it is no more than a link.
    is_link: bool,
    asks: bool,
    /// Number of the list that it stands in.
    list: usize,
}

fn items_of(page: &Page) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut list = 0;
    for line in 0..page.lines.len() {
        if page.heading(line).is_some() {
            list += 1;
            continue;
        }
        let text = page.lines[line].as_str();
        let inner = text.trim_start();
        let Some(marker) = marker_of(inner).filter(|_| page.is_text(line)) else { continue };
        let content = inner[marker..].trim();
        items.push(Item {
            line,
            indent: text.len() - inner.len(),
            is_numbered: inner.starts_with(|c: char| c.is_ascii_digit()),
            is_link: is_only_link(content),
            asks: asks(content, true) && !content.starts_with('!'),
            text: content.to_owned(),
            list,
        });
    }
    items
}

fn item_at(items: &[Item], line: usize) -> Option<usize> {
    items.binary_search_by_key(&line, |item| item.line).ok()
}

/// `[text](address)` and no more: an entry of a table of contents, or a link to somebody's article.
fn is_only_link(text: &str) -> bool {
    let text = text.trim_matches(|c: char| matches!(c, '*' | '_' | '`' | ' ' | '.' | '✅'));
    text.starts_with('[') && text.contains("](") && text.ends_with(')')
        || text.starts_with("<a ") && text.ends_with("</a>")
        || text.starts_with("[x]")
        || text.starts_with("[ ]")
}

/// Reads the question in an item; gives the line behind it.
fn item(
    page: &Page,
    items: &[Item],
    at: usize,
    headings: &[Heading],
    harvest: &mut Harvest,
) -> Option<usize> {
    let item = &items[at];
    if item.is_link || !(item.asks || is_among_questions(items, at, (4, 7))) {
        return None;
    }
    let end = end_of_item(page, items, at);
    let (mut question, start) = question_of_item(page, item, end);
    let mut answer = page.text(start..end);
    if let Some((bold, rest)) = bold_and_rest(&question) {
        answer = format!("{rest}\n{answer}");
        question = bold;
    }
    if only_asks(&answer) {
        // Questions below a question ask on; nothing answers them.
        question = format!("{question}\n\n{answer}");
        answer.clear();
    }
    let is_answered = says_something(&answer);
    if !is_answered && !is_unanswered_question(items, at) {
        return None;
    }
    harvest.found.push(found_at(item.line, question, answer, headings));
    Some(end)
}

/// Whether a text is a list of questions and nothing else.
fn only_asks(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.peek().is_some()
        && lines.all(|line| marker_of(line).is_some_and(|marker| asks(&line[marker..], true)))
}

/// The text of an item goes on over the lines that are set in and begin no list, up to the first blank one.
fn question_of_item(page: &Page, item: &Item, end: usize) -> (String, usize) {
    let mut question = item.text.clone();
    let mut line = item.line + 1;
    let is_whole =
        |text: &str| text.trim_end_matches(['*', '_', '`', ' ']).ends_with(['?', '？', '.']);
    while line < end && !is_whole(&question) && page.is_text(line) && !page.is_blank(line) {
        let inner = page.lines[line].trim_start();
        if marker_of(inner).is_some() || inner.starts_with(['>', '|']) {
            break;
        }
        question.push('\n');
        question.push_str(inner);
        line += 1;
    }
    (question, line)
}

/// A question without an answer is one if it says so, or if the list is one of questions.
fn is_unanswered_question(items: &[Item], at: usize) -> bool {
    let item = &items[at];
    let end = item.text.trim_end_matches(['*', '_', '`', ' ', ')', '.']);
    if end.ends_with(['?', '？']) || has_hangul(&item.text) {
        return true;
    }
    is_among_questions(items, at, (3, 6))
}

/// Whether an item stands in a list of questions: at least so many of its neighbours ask, and so many of ten.
fn is_among_questions(items: &[Item], at: usize, (least, of_ten): (usize, usize)) -> bool {
    let item = &items[at];
    let is_near = |it: &&Item| {
        it.list == item.list && it.indent == item.indent && it.is_numbered == item.is_numbered
    };
    let near = items[..at].iter().rev().take(50).chain(&items[at..items.len().min(at + 50)]);
    let (asking, all) = near
        .filter(is_near)
        .fold((0, 0), |(asking, all), it| (asking + usize::from(it.asks && !it.is_link), all + 1));
    asking >= least && asking * 10 >= all * of_ten
}

/// Where the content of an item ends. What is not set in belongs to a numbered question too, up to the next number.
fn end_of_item(page: &Page, items: &[Item], at: usize) -> usize {
    let item = &items[at];
    let next = items[at + 1..]
        .iter()
        .find(|it| it.indent <= item.indent && (it.is_numbered || !item.is_numbered));
    let limit = next.map_or(page.lines.len(), |next| next.line);
    let is_loose = item.is_numbered && next.is_some_and(|next| next.list == item.list && next.asks);
    let mut end = item.line + 1;
    for line in item.line + 1..limit {
        let text = &page.lines[line];
        let is_inside = text.len() - text.trim_start().len() > item.indent;
        match page.kinds[line] {
            Kind::Taken if !page.is_blank(line) => break,
            Kind::Taken => {}
            Kind::Answer | Kind::Extra => end = line + 1,
            _ if page.is_blank(line) => {}
            _ if page.heading(line).is_some() || is_rule(text) => break,
            Kind::Text | Kind::Code if is_inside || is_loose => end = line + 1,
            Kind::Code
                if page.kinds.get(line.wrapping_sub(1)) == Some(&Kind::Code) && end == line =>
            {
                end = line + 1;
            }
            _ if is_continued(page, item, line, end) => end = line + 1,
            _ => break,
        }
    }
    end
}

/// A line that goes on with the item although it is not set in.
fn is_continued(page: &Page, item: &Item, line: usize, end: usize) -> bool {
    end == line && item.line + 1 == line && page.lines[line].trim_start().starts_with('>')
}

/// A bold question, or one with a quotation or a folded answer below it; gives the line behind it.
fn paragraph(
    page: &Page,
    line: usize,
    headings: &[Heading],
    harvest: &mut Harvest,
) -> Option<usize> {
    if !page.is_text(line) || page.is_blank(line) || page.heading(line).is_some() {
        return None;
    }
    let text = page.lines[line].trim();
    let next = (line + 1..page.lines.len()).find(|at| !page.is_blank(*at));
    let is_bold = is_bold(text);
    if text.starts_with(['>', '|', '<']) || text.len() > 400 {
        return None;
    }
    let folded = next.is_some_and(|at| page.kinds[at] == Kind::Answer);
    let quoted =
        next.is_some_and(|at| page.is_text(at) && page.lines[at].trim_start().starts_with('>'));
    if let Some((question, rest)) = bold_and_rest(text) {
        let end = end_of_paragraph(page, line, false, false);
        let answer = format!("{rest}\n{}", page.text(line + 1..end));
        harvest.found.push(found_at(line, question, answer, headings));
        return Some(end);
    }
    let is_question = (is_bold && asks(text, true)) || ((folded || quoted) && asks(text, !folded));
    if !is_question {
        return None;
    }
    let end = end_of_paragraph(page, line, !is_bold, quoted);
    let answer = page.text(line + 1..end);
    if !is_bold && !says_something(&answer) {
        return None;
    }
    harvest.found.push(found_at(line, text.to_owned(), answer, headings));
    Some(end)
}

fn found_at(line: usize, question: String, answer: String, headings: &[Heading]) -> Found {
    let path = path_of(headings, line);
    let line = u32::try_from(line + 1).unwrap_or(u32::MAX);
    Found { line, question, answer, cloze: None, path }
}

/// `**Text**`, also with a number before it.
fn is_bold(text: &str) -> bool {
    let text = crate::exchange::words::without_number(text);
    let tagged = text.starts_with("<b>") && text.contains("</b>");
    let text = text.trim_end_matches(['<', 'b', 'r', '/', '>', ' ', '\\']);
    (text.starts_with("**")
        && text.ends_with("**")
        && text.len() > 6
        && !text[2..text.len() - 2].contains("**"))
        || tagged
}

/// `**Question?** answer` on one line, as question and answer.
fn bold_and_rest(text: &str) -> Option<(String, String)> {
    let inner = crate::exchange::words::without_number(text.trim()).strip_prefix("**")?;
    let (bold, rest) = inner.split_once("**")?;
    let rest = rest.trim_start_matches([':', '-', '–', '—', ' ']);
    let is_answered = rest.chars().any(char::is_alphanumeric) && !rest.starts_with("**");
    (asks(bold, true) && is_answered).then(|| (bold.trim().to_owned(), rest.to_owned()))
}

/// Where the answer below a paragraph ends.
fn end_of_paragraph(page: &Page, start: usize, is_plain: bool, is_quoted: bool) -> usize {
    let mut end = start + 1;
    for line in start + 1..page.lines.len() {
        let text = page.lines[line].trim();
        match page.kinds[line] {
            Kind::Taken if !page.is_blank(line) => break,
            Kind::Taken => {}
            Kind::Answer | Kind::Extra => end = line + 1,
            _ if text.is_empty() => {}
            Kind::Text if page.heading(line).is_some() || is_rule(&page.lines[line]) => break,
            Kind::Text if is_bold(text) && asks(text, true) => break,
            Kind::Text if bold_and_rest(text).is_some() => break,
            Kind::Text if line > start + 1 && is_quoted_question(page, line) => break,
            _ if is_plain && is_quoted && !text.starts_with('>') => break,
            Kind::Text if is_plain && !is_quoted && end > start + 1 => break,
            _ => end = line + 1,
        }
    }
    end
}

/// A question on a line of its own with a quotation or a folded answer below it.
fn is_quoted_question(page: &Page, line: usize) -> bool {
    let text = page.lines[line].trim();
    let next = (line + 1..page.lines.len()).find(|at| !page.is_blank(*at));
    !text.starts_with('>')
        && text.ends_with(['?', '？'])
        && next.is_some_and(|at| {
            page.kinds[at] == Kind::Answer || page.lines[at].trim_start().starts_with('>')
        })
}

/// Takes tables with a column of questions off the page.
pub fn take_tables(page: &mut Page, harvest: &mut Harvest) {
    let headings = page.headings();
    let mut line = 0;
    while line + 1 < page.lines.len() {
        let end = table(page, line, &headings, harvest);
        if let Some(end) = end {
            page.take(line..end);
        }
        line = end.unwrap_or(line + 1);
    }
}

fn table(page: &Page, head: usize, headings: &[Heading], harvest: &mut Harvest) -> Option<usize> {
    if !page.is_text(head) || !is_divider(&page.lines[head + 1]) {
        return None;
    }
    let columns: Vec<Option<Column>> =
        cells_of(&page.lines[head]).iter().map(|cell| Column::named(&plain(cell))).collect();
    let question = columns.iter().position(|it| *it == Some(Column::Question))?;
    let answer = columns.iter().position(|it| *it == Some(Column::Answer))?;
    let rows: Range<usize> = head + 2..page.lines.len();
    let end = rows.clone().find(|line| !page.is_text(*line) || !page.lines[*line].contains('|'));
    let end = end.unwrap_or(rows.end);
    for line in head + 2..end {
        let cells = cells_of(&page.lines[line]);
        let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
        let number = u32::try_from(line + 1).unwrap_or(u32::MAX);
        if plain(&cell(question)).is_empty() {
            let text = excerpt(&page.lines[line]);
            harvest.skipped.push((number, SkipReason::EmptyQuestion, text));
            continue;
        }
        harvest.found.push(Found {
            line: number,
            question: cell(question),
            answer: cell(answer).replace("<br>", "\n").replace("<br/>", "\n"),
            cloze: None,
            path: path_of(headings, line),
        });
    }
    Some(end)
}

fn plain(cell: &str) -> String {
    plain_markdown(cell, &mut Vec::new()).replace('*', "")
}

/// `| --- | :-: |`.
fn is_divider(line: &str) -> bool {
    line.contains('|')
        && line.contains("--")
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The cells of a row; `\|` is a sign.
fn cells_of(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let marked = line.replace("\\|", "\u{1}");
    marked.split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect()
}
