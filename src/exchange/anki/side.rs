//! The two sides of a card as Anki would show them, and the card of prep that they make.
//!
//! Anki's answer repeats the question; prep shows the question itself, so only what the answer adds is taken.

use crate::exchange::SkipReason;
use crate::exchange::anki::cloze::{self, Show};
use crate::exchange::anki::collection::{CardTemplate, Note, NoteType};
use crate::exchange::anki::html;
use crate::exchange::anki::import::Limits;
use crate::exchange::anki::own;
use crate::exchange::anki::template::{Template, TooLong, Values, is_blank};

/// Gaps of a card that prep asks for at once; with more it is a question with an answer.
const MOST_GAPS: usize = 3;

/// A card as prep has it, before it has a name.
#[derive(Debug, Default)]
pub struct Made {
    /// The question, Markdown.
    pub question: String,
    /// The answer, Markdown; empty for a draft.
    pub answer: String,
    /// Key points.
    pub points: Vec<String>,
    /// The sentence with gaps.
    pub cloze: Option<String>,
    /// Options, each with whether it is right.
    pub options: Vec<(String, bool)>,
}

impl Made {
    /// The bytes of all its texts.
    pub fn size(&self) -> usize {
        let points: usize = self.points.iter().map(String::len).sum();
        let options: usize = self.options.iter().map(|(text, _)| text.len()).sum();
        let cloze = self.cloze.as_ref().map_or(0, String::len);
        self.question.len() + self.answer.len() + cloze + points + options
    }

    /// The number of pictures and sounds that the card names.
    pub fn media(&self) -> usize {
        let texts = [Some(&self.question), Some(&self.answer), self.cloze.as_ref()];
        texts.into_iter().flatten().map(|text| html::media_in(text)).sum()
    }
}

/// A note with all that its cards are made of.
pub struct NoteOfType<'a> {
    /// The note.
    pub note: &'a Note,
    /// Its note type.
    pub note_type: &'a NoteType,
    /// The name of the card's deck.
    pub deck: &'a str,
    /// What is read at most.
    pub limits: &'a Limits,
}

/// What stands in the place of the clozes that are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clozes {
    Gaps,
    Brackets,
    Revealed,
    Nothing,
}

/// Makes the card with the number `ord` (from 0); adds to `work` the bytes that this took to read.
pub fn make(of: &NoteOfType<'_>, ord: u32, work: &mut usize) -> Result<Made, SkipReason> {
    if of.note_type.is_occlusion {
        return Err(SkipReason::OnlyMedia);
    }
    if let Some(made) = own::made(of) {
        *work += of.note.fields.iter().map(String::len).sum::<usize>();
        return within_limits(made, of.limits);
    }
    let place = if of.note_type.is_cloze { 0 } else { usize::try_from(ord).unwrap_or(usize::MAX) };
    let template = of.note_type.templates.get(place).ok_or(SkipReason::Incomplete)?;
    let mut card =
        CardOnPage { of, template, number: ord.saturating_add(1), work, hints: Vec::new() };
    let made = if of.note_type.is_cloze { card.cloze()? } else { card.question_and_answer()? };
    within_limits(made, of.limits)
}

fn within_limits(made: Made, limits: &Limits) -> Result<Made, SkipReason> {
    if made.size() > limits.card {
        return Err(SkipReason::TooLong);
    }
    if made.question.trim().is_empty() {
        return Err(SkipReason::EmptyQuestion);
    }
    if html::is_only_media(&made.question) {
        return Err(SkipReason::OnlyMedia);
    }
    Ok(made)
}

struct CardOnPage<'a, 'w> {
    of: &'a NoteOfType<'a>,
    template: &'a CardTemplate,
    /// The number of the card, from 1: that of its clozes.
    number: u32,
    work: &'w mut usize,
    /// The HTML of hints that the question hides.
    hints: Vec<String>,
}

impl CardOnPage<'_, '_> {
    fn question_and_answer(&mut self) -> Result<Made, SkipReason> {
        let question = self.question(Clozes::Brackets)?.0;
        let answer = self.answer(Clozes::Revealed)?;
        // Without a line between them the question may stand once more above the answer.
        let answer = match answer.strip_prefix(&question).map(str::trim) {
            Some(rest) if !rest.is_empty() => rest.to_owned(),
            _ => answer,
        };
        Ok(Made { answer: self.with_hints(answer), question, ..Made::default() })
    }

    /// A cloze card where prep can ask it as one, else the sentence with `[...]` as the question.
    fn cloze(&mut self) -> Result<Made, SkipReason> {
        let (page, gaps) = self.question(Clozes::Gaps)?;
        if gaps.is_empty() {
            return Err(SkipReason::EmptyQuestion);
        }
        let Some(sentence) = cloze::sentence(&page, &gaps, MOST_GAPS) else {
            self.hints.clear();
            return self.question_and_answer();
        };
        let mut answer = self.answer(Clozes::Nothing)?;
        if answer.is_empty() {
            answer = self.answer(Clozes::Revealed)?;
        }
        let question = own::fill_in_the_gap(&sentence).to_owned();
        Ok(Made {
            question,
            answer: self.with_hints(answer),
            cloze: Some(sentence),
            ..Made::default()
        })
    }

    /// The question as Markdown, and the texts of its gaps.
    fn question(&mut self, clozes: Clozes) -> Result<(String, Vec<String>), SkipReason> {
        let (page, gaps) = self.page(&self.template.front, false, clozes)?;
        Ok((html::to_markdown(&page), gaps))
    }

    /// The answer as Markdown, without the question.
    fn answer(&mut self, clozes: Clozes) -> Result<String, SkipReason> {
        let (page, _) = self.page(&self.template.back, true, clozes)?;
        if let Some(below) = html::below_answer_line(&page) {
            let answer = html::to_markdown(below);
            if !answer.is_empty() {
                return Ok(answer);
            }
        }
        Ok(html::to_markdown(&page))
    }

    fn page(
        &mut self,
        template: &Template,
        is_answer: bool,
        clozes: Clozes,
    ) -> Result<(String, Vec<String>), SkipReason> {
        let most = self.of.limits.side;
        let mut side = Side { card: self, is_answer, clozes, gaps: Vec::new(), hints: Vec::new() };
        let page = template.fill(&mut side, most);
        let (gaps, hints) = (side.gaps, side.hints);
        let page = page.map_err(|TooLong| SkipReason::TooLong)?;
        *self.work += page.len();
        if !is_answer {
            self.hints = hints;
        }
        Ok((page, gaps))
    }

    /// The answer with the hints of the question below it, unless it says them already.
    fn with_hints(&self, mut answer: String) -> String {
        for hint in &self.hints {
            let hint = html::to_markdown(hint);
            if !hint.is_empty() && !answer.contains(&hint) {
                if !answer.is_empty() {
                    answer.push_str("\n\n");
                }
                answer.push_str(&hint);
            }
        }
        answer
    }
}

/// One side of a card while its template is filled.
struct Side<'s, 'a, 'w> {
    card: &'s mut CardOnPage<'a, 'w>,
    is_answer: bool,
    clozes: Clozes,
    gaps: Vec<String>,
    hints: Vec<String>,
}

impl Side<'_, '_, '_> {
    /// The HTML of a field, or of what Anki itself knows of a card; none for an unknown name.
    fn raw(&self, name: &str) -> Option<String> {
        let of = self.card.of;
        let field = of.note_type.fields.iter().position(|field| field == name);
        if let Some(at) = field {
            return Some(of.note.fields.get(at).cloned().unwrap_or_default());
        }
        Some(match name {
            "Tags" => escaped(&of.note.tags.join(" ")),
            "Type" => escaped(&of.note_type.name),
            "Deck" => escaped(of.deck),
            "Subdeck" => escaped(of.deck.rsplit("::").next().unwrap_or_default()),
            "Card" => escaped(&self.card.template.name),
            _ => return None,
        })
    }

    fn filtered(&mut self, value: String, filter: &str) -> String {
        match filter {
            "text" => escaped(&html::to_plain(&value)),
            "cloze" | "cloze-only" => self.cloze(&value, filter == "cloze-only"),
            "hint" if !self.is_answer => {
                if !is_blank(&value) {
                    self.hints.push(value);
                }
                String::new()
            }
            _ => value,
        }
    }

    fn cloze(&mut self, field: &str, only: bool) -> String {
        *self.card.work += field.len();
        let mut show = match self.clozes {
            Clozes::Nothing => return String::new(),
            _ if only => Show::Only,
            Clozes::Gaps => Show::Gaps(&mut self.gaps),
            Clozes::Brackets => Show::Question,
            Clozes::Revealed => Show::Answer,
        };
        cloze::render(field, self.card.number, &mut show)
    }
}

impl Values for Side<'_, '_, '_> {
    fn field(&mut self, name: &str, filters: &[String]) -> String {
        let has = |wanted: &str| filters.iter().any(|filter| filter == wanted);
        let Some(value) = self.raw(name) else { return String::new() };
        // The question has a box to type into; the answer shows what belonged into it.
        match (has("type"), self.is_answer) {
            (true, false) => return String::new(),
            (true, true) if has("cloze") => return self.cloze(&value, true),
            _ => {}
        }
        filters.iter().fold(value, |value, filter| self.filtered(value, filter))
    }

    fn is_filled(&self, name: &str) -> bool {
        let number = name.strip_prefix('c').and_then(|number| number.parse::<u32>().ok());
        match self.raw(name) {
            Some(value) => !is_blank(&value),
            None if self.card.of.note_type.is_cloze => number == Some(self.card.number),
            None => name == "FrontSide" && self.is_answer,
        }
    }
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
