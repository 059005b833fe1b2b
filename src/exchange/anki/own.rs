//! The note types under which prep writes its own cards, and those cards read back.
//!
//! Their numbers and names never change: Anki merges a later export with an earlier one by them.

use crate::exchange::anki::cloze::{self, Show};
use crate::exchange::anki::html;
use crate::exchange::anki::side::{Made, NoteOfType};

/// The note type of cards with a question and an answer.
pub const OPEN: &str = "prep";
/// Its fields, in their order.
pub const OPEN_FIELDS: [&str; 8] =
    ["Question", "Options", "Hint", "Answer", "Points", "More", "Source", "Card"];
/// The note type of cloze cards.
pub const CLOZE: &str = "prep cloze";
/// Its fields, in their order.
pub const CLOZE_FIELDS: [&str; 6] = ["Text", "Question", "Hint", "Answer", "Source", "Card"];

/// The class of an option that is right; it shows only below the answer.
pub const RIGHT_CLASS: &str = "right";

/// Gaps of a sentence that are read back; prep's own cards have at most four.
const MOST_GAPS: usize = 8;

/// The question of a card that is only a sentence with gaps, in the language of the sentence.
pub fn fill_in_the_gap(sentence: &str) -> &'static str {
    let is_korean = sentence.chars().any(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    if is_korean { "빈칸을 채우세요." } else { "Fill in the gap." }
}

/// The card of a note that prep wrote, with its points, options or gaps; none if it is another program's note, or was
/// changed into something else.
pub fn made(of: &NoteOfType<'_>) -> Option<Made> {
    let field = |name: &str| {
        let at = of.note_type.fields.iter().position(|field| field == name)?;
        of.note.fields.get(at).map(String::as_str)
    };
    if of.note_type.name == OPEN && of.note_type.fields == OPEN_FIELDS {
        let options = html::items(field("Options")?);
        let is_choice = options.iter().any(|option| option.class == RIGHT_CLASS);
        Some(Made {
            question: html::to_markdown(field("Question")?),
            answer: html::to_markdown(field("Answer")?),
            points: html::items(field("Points")?).into_iter().map(|point| point.text).collect(),
            options: options
                .into_iter()
                .filter(|_| is_choice)
                .map(|option| (option.text, option.class == RIGHT_CLASS))
                .collect(),
            cloze: None,
        })
    } else if of.note_type.name == CLOZE && of.note_type.fields == CLOZE_FIELDS {
        let mut gaps = Vec::new();
        let page = cloze::render(field("Text")?, 1, &mut Show::Gaps(&mut gaps));
        let sentence = cloze::sentence(&html::to_markdown(&page), &gaps, MOST_GAPS)?;
        let question = html::to_markdown(field("Question")?);
        Some(Made {
            question: Some(question)
                .filter(|it| !it.is_empty())
                .unwrap_or_else(|| fill_in_the_gap(&sentence).to_owned()),
            answer: html::to_markdown(field("Answer")?),
            cloze: Some(sentence),
            ..Made::default()
        })
    } else {
        None
    }
}
