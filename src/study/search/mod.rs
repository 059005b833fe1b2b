//! Finding cards: what is known of every card without reading it, and which of them a search selects.
//!
//! Pure; where texts come from and when they are read is the caller's concern.

mod fold;
mod query;

use std::ops::RangeInclusive;

use crate::domain::card::{CardKind, Level};
use crate::domain::deck::{CardEntry, DeckId};
use crate::domain::lang::{Lang, Localized};
use crate::domain::memory::{CardState, Schedule};
use crate::domain::tag::{Label, LabelList, Tag, squeeze};
use crate::domain::time::Day;

pub use fold::{Heads, fold, text_of};
pub use query::{Field, Query, Refused, Standing, Term};

/// A card as a list shows it and a search looks at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its index entry.
    pub entry: CardEntry,
    /// What the index knows of it, folded ([`Heads`]).
    pub head: String,
    /// When it comes, and on what evidence.
    pub schedule: Schedule,
    /// Probability of recall today, 0 to 1.
    pub recall: f32,
    /// Key points said at the last answer that had any, and all of them.
    pub last_points: Option<(usize, usize)>,
    /// Whether it is not asked.
    pub is_suspended: bool,
    /// Whether it counts as important.
    pub is_starred: bool,
    /// Not asked before that day.
    pub buried_until: Option<Day>,
}

impl Listed {
    /// The day on which it is asked next; none for a card that is new or not asked.
    pub fn due(&self) -> Option<Day> {
        let due = self.schedule.due().filter(|_| !self.is_suspended)?;
        Some(self.buried_until.map_or(due, |until| until.max(due)))
    }

    fn may_be_asked(&self, today: Day) -> bool {
        !self.is_suspended && self.buried_until.is_none_or(|until| until <= today)
    }

    fn stands(&self, standing: Standing, today: Day) -> bool {
        match standing {
            Standing::Due => self.due().is_some_and(|due| due <= today),
            Standing::New => self.schedule.is_new() && self.may_be_asked(today),
            Standing::Lapsed => self
                .schedule
                .progress()
                .is_some_and(|it| it.lapses > 0 || it.state != CardState::Review),
            Standing::Starred => self.is_starred,
            Standing::Suspended => self.is_suspended,
        }
    }
}

/// Every card that can be listed, with the words that a search may name.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// The cards, in the order of files.
    pub cards: Vec<Listed>,
    /// Tags that cards carry.
    pub tags: Vec<Tag>,
    /// Decks with their titles.
    pub decks: Vec<(DeckId, Localized<String>)>,
    /// The day on which "due" is asked for.
    pub today: Day,
}

impl Shelf {
    /// A shelf before anything is known.
    pub const fn empty(today: Day) -> Self {
        Self { cards: Vec::new(), tags: Vec::new(), decks: Vec::new(), today }
    }
}

/// A search that knows which tags and decks its words mean.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Search {
    conditions: Vec<Condition>,
    words: Vec<String>,
    /// Words that mean nothing after their field.
    pub refused: Vec<Refused>,
}

#[derive(Clone, Debug, PartialEq)]
enum Condition {
    Tags(Vec<Tag>),
    Decks(Vec<DeckId>),
    Asked(Vec<String>),
    Levels(Vec<RangeInclusive<u8>>),
    Kinds(Vec<CardKind>),
    Standing(Standing),
}

/// Where all words of a search were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// In what the index knows: title, tags, companies.
    Head,
    /// Only with the card's text.
    Text,
}

impl Search {
    /// The search of a text over a shelf. A tag or deck may be written by any of its spellings or their beginning.
    pub fn new(text: &str, shelf: &Shelf, labels: &LabelList) -> Self {
        let query = Query::parse(text);
        let mut search = Self { refused: query.refused, ..Self::default() };
        for term in query.terms {
            let condition = match term {
                Term::Text(word) => {
                    search.words.push(word);
                    continue;
                }
                Term::Tag(words) => Condition::Tags(
                    search.meant(Field::Tag, &words, |word| tags(word, shelf, labels)),
                ),
                Term::Deck(words) => {
                    Condition::Decks(search.meant(Field::Deck, &words, |word| decks(word, shelf)))
                }
                Term::Asked(words) => {
                    Condition::Asked(words.iter().map(|word| squeeze(word)).collect())
                }
                Term::Level(levels) => Condition::Levels(levels),
                Term::Kind(kinds) => Condition::Kinds(kinds),
                Term::Standing(standing) => Condition::Standing(standing),
            };
            search.conditions.push(condition);
        }
        search
    }

    fn meant<T>(
        &mut self,
        field: Field,
        words: &[String],
        meaning: impl Fn(&str) -> Vec<T>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for word in words {
            let found = meaning(word);
            if found.is_empty() {
                self.refused.push(Refused { field, word: word.clone() });
            }
            all.extend(found);
        }
        all
    }

    /// Whether texts of cards must be looked at.
    pub fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether all that this search finds is among what an earlier one found.
    pub fn narrows(&self, earlier: &Self) -> bool {
        let within = |word: &String| self.words.iter().any(|it| it.contains(word.as_str()));
        earlier.conditions.iter().all(|condition| self.conditions.contains(condition))
            && earlier.words.iter().all(within)
    }

    /// Where a card answers the search: all conditions hold and every word occurs. `text` gives the card's folded text,
    /// none where it is not read; it is asked for only if the head does not hold all words.
    pub fn finds<'a>(
        &self,
        card: &Listed,
        today: Day,
        text: impl FnOnce() -> Option<&'a str>,
    ) -> Option<Hit> {
        if !self.conditions.iter().all(|condition| condition.holds(card, today)) {
            return None;
        }
        let missing: Vec<&str> = self
            .words
            .iter()
            .map(String::as_str)
            .filter(|word| !card.head.contains(word))
            .collect();
        if missing.is_empty() {
            return Some(Hit::Head);
        }
        let text = text()?;
        missing.iter().all(|word| text.contains(word)).then_some(Hit::Text)
    }
}

impl Condition {
    fn holds(&self, card: &Listed, today: Day) -> bool {
        let entry = &card.entry;
        match self {
            Self::Tags(tags) => tags.iter().any(|tag| entry.tags.contains(tag)),
            Self::Decks(decks) => decks.contains(&entry.deck),
            Self::Asked(wanted) if wanted.is_empty() => !entry.asked.is_empty(),
            Self::Asked(wanted) => {
                let asked: Vec<String> =
                    entry.asked.iter().map(|company| squeeze(&fold(company))).collect();
                wanted.iter().any(|it| asked.iter().any(|company| company.contains(it)))
            }
            Self::Levels(levels) => {
                let level = entry.level.map_or(1, Level::get);
                levels.iter().any(|levels| levels.contains(&level))
            }
            Self::Kinds(kinds) => kinds.contains(&entry.kind),
            Self::Standing(standing) => card.stands(*standing, today),
        }
    }
}

/// The tag that is spelled so, else every tag of a card one of whose spellings begins so.
fn tags(word: &str, shelf: &Shelf, labels: &LabelList) -> Vec<Tag> {
    let exact = labels.tag(word);
    if labels.knows(&exact) || shelf.tags.contains(&exact) {
        return vec![exact];
    }
    let label = |tag: &Tag| labels.tags.iter().find(|label| label.slug == tag.0);
    let begins = |tag: &&Tag| {
        tag.0.starts_with(word) || label(tag).is_some_and(|label| has_beginning(label, word))
    };
    shelf.tags.iter().filter(begins).cloned().collect()
}

fn has_beginning(label: &Label, word: &str) -> bool {
    let names = [Lang::En, Lang::Ko].map(|lang| label.title(lang));
    let aliases = label.aliases.iter().map(String::as_str);
    names.into_iter().chain(aliases).any(|name| fold(name).starts_with(word))
}

/// The deck of that id, else every deck whose id or title begins so.
fn decks(word: &str, shelf: &Shelf) -> Vec<DeckId> {
    if let Some((exact, _)) = shelf.decks.iter().find(|(id, _)| fold(&id.0) == word) {
        return vec![exact.clone()];
    }
    let begins = |(id, title): &&(DeckId, Localized<String>)| {
        fold(&id.0).starts_with(word)
            || [Lang::En, Lang::Ko].iter().any(|lang| fold(title.get(*lang)).starts_with(word))
    };
    shelf.decks.iter().filter(begins).map(|(id, _)| id.clone()).collect()
}

#[cfg(test)]
mod tests;
