//! Text as the search compares it: without regard to case, to the width of letters and to how Hangul is put together.

use std::collections::HashMap;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::domain::card::{Body, Card, CardText, ClozePiece};
use crate::domain::deck::CardEntry;
use crate::domain::lang::Lang;
use crate::domain::tag::{LabelList, Tag};

/// Between the parts of a card's text: no word of a search holds it, so that a phrase is found within one part only.
const BETWEEN: char = '\n';

/// Lower case, NFKC (composed Hangul, half- and full-width letters as one), white space as single blanks.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            folded.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else if is_nfkc_quick(word.chars()) == IsNormalized::Yes {
            // Nearly every Korean word: taking syllables apart and together again would be most of the work.
            folded.extend(word.chars().flat_map(char::to_lowercase));
        } else {
            folded.extend(word.nfkc().flat_map(char::to_lowercase));
        }
    }
    if folded.is_ascii() {
        return folded;
    }
    // NFKC brings forth blanks of its own, from an ideographic one for example.
    folded.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// Both languages.
const LANGS: [Lang; 2] = [Lang::En, Lang::Ko];

/// Makes heads of cards; what it folds of a tag it remembers, as the next card has it too.
#[derive(Debug)]
pub struct Heads<'a> {
    labels: &'a LabelList,
    tags: HashMap<&'a Tag, String>,
}

impl<'a> Heads<'a> {
    /// With the names of tags.
    pub fn new(labels: &'a LabelList) -> Self {
        Self { labels, tags: HashMap::new() }
    }

    /// What the index knows of a card, folded: title, tags in every spelling that is shown, companies, deck and id.
    pub fn of(&mut self, entry: &'a CardEntry) -> String {
        let titles = LANGS.iter().filter(|lang| entry.title.has(**lang));
        let titles: Vec<&str> = titles.map(|lang| entry.title.get(*lang).as_str()).collect();
        let mut head = joined(&titles);
        for tag in &entry.tags {
            let labels = self.labels;
            let spellings = self.tags.entry(tag).or_insert_with(|| {
                let titles = LANGS.map(|lang| labels.tag_title(tag, lang));
                joined(&[&tag.0, titles[0], titles[1]])
            });
            head.push_str(spellings);
        }
        let mut rest: Vec<&str> = entry.asked.iter().map(String::as_str).collect();
        rest.push(&entry.deck.0);
        rest.extend(entry.id.as_ref().map(|id| id.0.as_str()));
        head.push_str(&joined(&rest));
        head
    }
}

/// Everything that a card says in both languages, folded: question, answer, key points and what else its kind has.
pub fn text_of(card: &Card) -> String {
    let mut parts = Vec::new();
    for lang in LANGS {
        if card.texts.has(lang) {
            said(card.text(lang), &mut parts);
        }
    }
    joined(&parts)
}

fn said<'a>(text: &'a CardText, parts: &mut Vec<&'a str>) {
    parts.extend([text.question.as_str(), text.answer.as_str()]);
    match &text.body {
        Body::Open { points } => parts.extend(points.iter().map(|point| point.text.as_str())),
        Body::Choice { options } => {
            parts.extend(options.iter().map(|option| option.text.as_str()));
            parts.extend(options.iter().filter_map(|option| option.why.as_deref()));
        }
        Body::Cloze { pieces } => {
            for piece in pieces {
                match piece {
                    ClozePiece::Text(text) => parts.push(text),
                    ClozePiece::Gap(fillings) => {
                        parts.extend(fillings.iter().map(String::as_str));
                    }
                }
            }
        }
        Body::Order { steps } => parts.extend(steps.iter().map(|step| step.text.as_str())),
        Body::Numeric(numeric) => parts.extend(numeric.working.as_deref()),
        Body::Command { accept, .. } => parts.extend(accept.iter().map(String::as_str)),
    }
    parts.extend(text.mistakes.iter().map(String::as_str));
    for follow_up in &text.follow_ups {
        parts.extend([follow_up.question.as_str(), follow_up.answer.as_str()]);
    }
}

fn joined(parts: &[&str]) -> String {
    let mut folded = String::new();
    for part in parts {
        folded.push_str(&fold(part));
        folded.push(BETWEEN);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_width_composition_and_blanks_do_not_count() {
        assert_eq!(fold("ＴＩＭＥ\u{3000}Out \n1"), "time out 1");
        assert_eq!(fold("\u{1112}\u{1161}\u{11AB}글"), "한글");
        assert_eq!(fold("Straße ÉTÉ"), "straße été");
        assert_eq!(fold("ﾀｲﾑ"), "タイム");
        assert_eq!(fold(" \t "), "");
    }
}
