//! Cards as text for people and other programs: a Markdown bank that prep can read again, a table, and a sheet for an interviewer.

use std::fmt::Write as _;

use crate::domain::card::{Body, Card, CardText, ChoiceOption, ClozePiece, cloze_text};
use crate::domain::lang::Lang;
use crate::exchange::clean::folded;

/// The words of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct SheetWords {
    /// Title of the sheet.
    pub title: &'static str,
    /// Before the candidate's name.
    pub candidate: &'static str,
    /// Before the date.
    pub date: &'static str,
    /// Heading of key points.
    pub points: &'static str,
    /// Heading of follow-ups.
    pub follow_ups: &'static str,
    /// Heading of the room for notes.
    pub notes: &'static str,
    /// Before the grades that may be circled.
    pub grade: &'static str,
}

/// A bank of folds under one heading a deck, as `prep import` reads it again.
pub fn to_markdown(cards: &[Card], lang: Lang) -> String {
    let mut out = String::new();
    let mut deck = None;
    for card in cards {
        if deck != Some(&card.deck) {
            let _ = write!(out, "{}# {}\n\n", if out.is_empty() { "" } else { "\n" }, card.deck);
            deck = Some(&card.deck);
        }
        let text = card.text(lang);
        let _ = write!(
            out,
            "<details>\n<summary>{}</summary>\n\n{}\n\n</details>\n\n",
            summary(&question(text)),
            answer(text)
        );
    }
    out
}

/// A question within tags: its signs of HTML are written so that they stay text.
fn summary(question: &str) -> String {
    question.trim().replace("</summary", "&lt;/summary").replace("<details", "&lt;details")
}

/// A table with a line of names: question, answer, points, tags, deck, kind, level, id.
pub fn to_csv(cards: &[Card], lang: Lang) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["question", "answer", "points", "tags", "deck", "kind", "level", "id"];
    let _ = writer.write_record(head);
    for card in cards {
        let text = card.text(lang);
        let tags: Vec<&str> = card.tags.iter().map(|tag| tag.0.as_str()).collect();
        let level = card.level.map_or_else(String::new, |level| level.get().to_string());
        let id = card.id.as_ref().map_or("", |id| id.0.as_str());
        let _ = writer.write_record([
            question(text).as_str(),
            plain_answer(text).as_str(),
            points(text).join("\n").as_str(),
            tags.join(",").as_str(),
            card.deck.0.as_str(),
            card.kind.name(),
            level.as_str(),
            id,
        ]);
    }
    // Writing into memory does not fail.
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A sheet to print: question, what a good answer mentions, what to ask next, and room for notes.
pub fn to_sheet(cards: &[Card], lang: Lang, words: &SheetWords) -> String {
    let mut out = format!(
        "# {}\n\n{}: ____________________    {}: ____________\n",
        words.title, words.candidate, words.date
    );
    for (number, card) in cards.iter().enumerate() {
        let text = card.text(lang);
        let asked = question(text);
        let (first, rest) = asked.split_once('\n').unwrap_or((&asked, ""));
        let _ = write!(out, "\n---\n\n## {}. {first}\n\n", number + 1);
        if !rest.trim().is_empty() {
            let _ = write!(out, "{}\n\n", rest.trim());
        }
        let points = points(text);
        if points.is_empty() {
            let _ = writeln!(out, "{}", plain_answer(text));
        } else {
            let _ = write!(out, "**{}**\n\n", words.points);
            out.extend(points.iter().map(|point| format!("- [ ] {point}\n")));
        }
        if !text.follow_ups.is_empty() {
            let _ = write!(out, "\n**{}**\n\n", words.follow_ups);
            out.extend(
                text.follow_ups.iter().map(|it| format!("- {}\n  - {}\n", it.question, it.answer)),
            );
        }
        let _ = write!(
            out,
            "\n**{}**\n\n{}\n{}: 1  2  3  4\n",
            words.notes,
            ROOM.repeat(4),
            words.grade
        );
    }
    out
}

/// A line to write on.
const ROOM: &str = "______________________________________________________________________\n\n";

/// What is asked; of a cloze the sentence with its gaps, of a choice its options too.
fn question(text: &CardText) -> String {
    match &text.body {
        Body::Cloze { pieces } => format!("{}\n\n{}", text.question, gapped(pieces)),
        Body::Choice { options } => {
            let options: Vec<String> =
                options.iter().map(|option| format!("- {}", option.text)).collect();
            format!("{}\n\n{}", text.question, options.join("\n"))
        }
        _ => text.question.clone(),
    }
}

fn gapped(pieces: &[ClozePiece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        ClozePiece::Text(text) => text.as_str(),
        ClozePiece::Gap(_) => "____",
    });
    texts.collect()
}

/// The answer with the key points below it.
fn answer(text: &CardText) -> String {
    let points: Vec<String> = points(text).iter().map(|point| format!("- {point}")).collect();
    let parts = [plain_answer(text), points.join("\n")];
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// The answer without points: what a card of each kind takes for right, and why.
fn plain_answer(text: &CardText) -> String {
    let right = match &text.body {
        Body::Open { .. } => String::new(),
        Body::Choice { options } => {
            options.iter().filter(|it| it.correct).map(right_option).collect()
        }
        Body::Cloze { pieces } => cloze_text(pieces).replace("{{", "**").replace("}}", "**"),
        Body::Order { steps } => {
            let steps =
                steps.iter().enumerate().map(|(at, step)| format!("{}. {}\n", at + 1, step.text));
            steps.collect()
        }
        Body::Numeric(number) => format!("{} {}", number.number, number.unit),
        Body::Command { accept, .. } => {
            accept.first().map(|it| format!("`{it}`")).unwrap_or_default()
        }
    };
    // The sentence of a cloze is often its answer too.
    let is_said = !right.trim().is_empty() && folded(&text.answer).contains(&folded(&right));
    let right = if is_said { "" } else { right.trim() };
    let parts = [right, text.answer.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn right_option(option: &ChoiceOption) -> String {
    match &option.why {
        Some(why) => format!("{}: {why}\n", option.text),
        None => format!("{}\n", option.text),
    }
}

fn points(text: &CardText) -> Vec<String> {
    match &text.body {
        Body::Open { points } => points.iter().map(|point| point.text.clone()).collect(),
        _ => Vec::new(),
    }
}
