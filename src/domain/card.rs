//! A card: one question, its model answer, and what a good answer mentions.

use std::fmt;

use crate::domain::deck::{DeckId, Place};
use crate::domain::lang::{Lang, Localized};
use crate::domain::tag::{Role, Tag};

/// The id that an author wrote on a card. Global, taken literally, kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CardId(pub String);

impl fmt::Display for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a review names: the card's id or, for a card without one, `~` and 32 random hex digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CardKey(pub String);

impl CardKey {
    /// The key of a card that has an id.
    pub fn of_id(id: &CardId) -> Self {
        Self(id.0.clone())
    }

    /// A key for a card without id, from 128 random bits.
    pub fn from_random(bits: u128) -> Self {
        Self(format!("~{bits:032x}"))
    }
}

impl fmt::Display for CardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a card is asked and judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CardKind {
    /// Explained aloud or in writing; the learner ticks key points.
    Open,
    /// One right option of several.
    Choice,
    /// A sentence with gaps.
    Cloze,
    /// Steps to put in order.
    Order,
    /// A number with a unit.
    Numeric,
    /// A command line.
    Command,
}

impl CardKind {
    /// Every kind, in the order of the documents.
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Choice, Self::Cloze, Self::Order, Self::Numeric, Self::Command];

    /// The word used in deck files and flags.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Choice => "choice",
            Self::Cloze => "cloze",
            Self::Order => "order",
            Self::Numeric => "numeric",
            Self::Command => "command",
        }
    }

    /// Reads the word of a deck file or flag.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How hard the answer is: 1 every candidate, 2 two years of work, 3 senior.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Level(u8);

impl Level {
    /// A level from 1 to 3; `None` outside.
    pub const fn new(level: u8) -> Option<Self> {
        if matches!(level, 1..=3) { Some(Self(level)) } else { None }
    }

    /// The number, 1 to 3.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// One question with everything that belongs to it, in one or two languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// What its reviews name.
    pub key: CardKey,
    /// The author's id, if there is one.
    pub id: Option<CardId>,
    /// The deck that it belongs to.
    pub deck: DeckId,
    /// Where it is written.
    pub place: Place,
    /// How it is asked.
    pub kind: CardKind,
    /// How hard the answer is, if the author said.
    pub level: Option<Level>,
    /// Labels, the deck's own slug first in bundled decks.
    pub tags: Vec<Tag>,
    /// Roles that are asked this question.
    pub roles: Vec<Role>,
    /// Ids of cards that are easily confused with this one.
    pub versus: Vec<CardId>,
    /// Seconds that a spoken answer should take.
    pub aim_seconds: u32,
    /// Where the facts come from.
    pub sources: Vec<SourceLink>,
    /// The date (`YYYY-MM-DD`) after which the facts should be read again.
    pub review_by: Option<String>,
    /// Since when (`YYYY-MM-DD`) the card is no longer asked; its history stays.
    pub retired: Option<String>,
    /// Where it was imported from.
    pub origin: Option<ImportOrigin>,
    /// Everything that is said, per language, with missing fields filled from the base language.
    pub texts: Localized<CardText>,
}

/// Where an imported card comes from, and what tells at the next import whether its author has changed it since.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportOrigin {
    /// The card's name in the file that it comes from; empty where a person wrote the origin.
    pub source: String,
    /// Fingerprint of the texts as they were imported, [`text_fingerprint`]; empty where a person wrote the origin.
    pub text: String,
    /// The file.
    pub file: String,
    /// The line, from 1; 0 where the file has none.
    pub line: u32,
    /// The licence, if the file stated one.
    pub license: Option<String>,
}

/// A fingerprint of a card's texts in which white space does not count: 16 hex digits.
pub fn text_fingerprint<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for text in texts {
        for word in text.split_whitespace() {
            all.push_str(word);
            all.push(' ');
        }
        all.push('\n');
    }
    format!("{:016x}", fnv1a(all.as_bytes()))
}

/// Seconds that a spoken answer should take where the card does not say.
pub const DEFAULT_AIM_SECONDS: u32 = 90;

impl Card {
    /// A fingerprint of what the card asks and answers in its base language, as an import makes one.
    pub fn text_fingerprint(&self) -> String {
        let text = self.texts.base();
        let mut texts = vec![text.question.clone(), text.answer.clone()];
        match &text.body {
            Body::Open { points } => texts.extend(points.iter().map(|point| point.text.clone())),
            Body::Choice { options } => {
                texts.extend(options.iter().map(|option| option.text.clone()));
            }
            Body::Cloze { pieces } => texts.push(cloze_text(pieces)),
            _ => {}
        }
        text_fingerprint(texts.iter().map(String::as_str))
    }

    /// The texts in `lang`, falling back to the base language.
    pub fn text(&self, lang: Lang) -> &CardText {
        self.texts.get(lang)
    }

    /// Hashes of the key points' base-language texts, in order: what a review stores hits and misses under.
    pub fn point_hashes(&self) -> Vec<PointHash> {
        match &self.texts.base().body {
            Body::Open { points } => {
                points.iter().map(|point| PointHash::of(&point.text)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What a card says in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct CardText {
    /// The question, Markdown.
    pub question: String,
    /// The model answer or explanation, Markdown.
    pub answer: String,
    /// The part that depends on the kind.
    pub body: Body,
    /// Shown on a key before the answer.
    pub hint: Option<String>,
    /// A drawing in plain text, never the only carrier of a fact.
    pub figure: Option<String>,
    /// What an interviewer asks next.
    pub follow_ups: Vec<FollowUp>,
    /// Wrong answers that candidates give, each with why it is wrong.
    pub mistakes: Vec<String>,
    /// Further reading.
    pub resources: Vec<ResourceLink>,
    /// Interviews in which the question was asked.
    pub asked: Vec<Asked>,
    /// The words that name each topic to which a key point may belong (DESIGN.md 11.1).
    pub topics: Vec<(String, Vec<String>)>,
}

/// The part of a card that depends on its kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Key points; empty for a bare question and answer.
    Open { points: Vec<KeyPoint> },
    /// Options, one of them right.
    Choice { options: Vec<ChoiceOption> },
    /// A sentence in pieces of text and gaps.
    Cloze { pieces: Vec<ClozePiece> },
    /// Steps in the right order.
    Order { steps: Vec<Step> },
    /// A number.
    Numeric(Numeric),
    /// Accepted command lines.
    Command {
        /// Every form that is right.
        accept: Vec<String>,
        /// What the command prints.
        example: Option<String>,
    },
}

/// One thing that a good answer mentions; the rubric is all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPoint {
    /// The fact, at most 120 characters.
    pub text: String,
    /// Missing it alone fails the answer.
    pub must: bool,
    /// Word groups that show the point was said; alternatives stand inside a group (DESIGN.md 11.1).
    pub match_groups: Vec<Vec<String>>,
    /// Words that show the opposite was said.
    pub not: Vec<String>,
    /// The topic in whose clauses the words count.
    pub topic: Option<String>,
}

/// A stable 64-bit hash of a key point's base-language text (FNV-1a over its NFC bytes).
///
/// It names the point in the log, so that a hit belongs to the point even when points are reordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PointHash(pub u64);

impl PointHash {
    /// The hash of a text that is already in NFC, as deck texts are after loading.
    pub fn of(text: &str) -> Self {
        Self(fnv1a(text.as_bytes()))
    }
}

/// FNV-1a, 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): small, stable across versions, good enough to name texts.
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// One option of a choice card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What is offered.
    pub text: String,
    /// Whether it is the right one.
    pub correct: bool,
    /// Why it is right or wrong.
    pub why: Option<String>,
}

/// A piece of a cloze sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClozePiece {
    /// Text that is shown.
    Text(String),
    /// A gap with its accepted fillings, the preferred one first.
    Gap(Vec<String>),
}

/// The sentence of a cloze as a deck file writes it: `a {{gap|other}}`.
pub fn cloze_text(pieces: &[ClozePiece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        ClozePiece::Text(text) => text.clone(),
        ClozePiece::Gap(fillings) => format!("{{{{{}}}}}", fillings.join("|")),
    });
    texts.collect()
}

/// One step of an order card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happens.
    pub text: String,
    /// Neighbouring steps of one group may swap.
    pub group: Option<i64>,
}

/// The number that a numeric card asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeric {
    /// The right value, in `unit`.
    pub number: f64,
    /// The unit of `number`, `tolerance` and a bare answer; may be empty.
    pub unit: String,
    /// How far off an answer may be, in `unit`.
    pub tolerance: f64,
    /// Further accepted spellings, compared as text.
    pub accept: Vec<String>,
    /// The computation.
    pub working: Option<String>,
    /// Typical wrong values with their explanation.
    pub near: Vec<NearMiss>,
}

/// A typical wrong number and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    /// The wrong value, in the card's unit.
    pub number: f64,
    /// What was probably done.
    pub why: String,
}

/// What an interviewer asks next, with a one-line answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The question.
    pub question: String,
    /// The short answer.
    pub answer: String,
    /// The number (from 1) of the key point that it digs into.
    pub probes: Option<usize>,
}

/// A primary source of a card's facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLink {
    /// What the page is called.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The day (`YYYY-MM-DD`) on which the author read the passage.
    pub checked: Option<String>,
}

/// Further reading named by the card itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceLink {
    /// What the page is called.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Why it is worth reading.
    pub note: Option<String>,
}

/// An interview in which the question was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The company, anonymised as in the source.
    pub company: String,
    /// The role interviewed for.
    pub role: Option<String>,
    /// The month, `YYYY-MM`.
    pub date: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{CardKey, CardKind, PointHash};

    #[test]
    fn point_hashes_never_change() {
        // Written into every review: a change here would orphan the users' point histories.
        assert_eq!(PointHash::of("").0, 0xcbf2_9ce4_8422_2325);
        assert_eq!(PointHash::of("a").0, 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for kind in CardKind::ALL {
            assert_eq!(CardKind::from_name(kind.name()), Some(kind));
        }
    }

    #[test]
    fn random_keys_are_told_from_ids() {
        assert!(CardKey::from_random(7).0.starts_with('~'));
        assert!(!CardKey("aws/endpoints".into()).0.starts_with('~'));
    }
}
