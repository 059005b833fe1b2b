//! A collection as decks, cards and reviews of prep.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Read, Seek};

use crate::domain::review::{MAX_ANSWER_SECONDS, Rating};
use crate::domain::time::Timestamp;
use crate::exchange::anki::collection::{CardRow, Collection, Note, NoteType, ReviewRow};
use crate::exchange::anki::error::{AnkiError, Flaw};
use crate::exchange::anki::side::{Made, NoteOfType, make};
use crate::exchange::anki::{html, package};
use crate::exchange::{
    CardOrigin, Imported, ImportedCard, ImportedDeck, ImportedReview, SkipReason, Skipped,
};

/// The deck of cards whose deck is not in the package, as Anki names it.
const NO_DECK: &str = "Default";
/// Characters of a skipped note that are shown.
const EXCERPT: usize = 60;

/// What is read at most. A package of a person stays far below; one that was made to harm stops here.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the unpacked collection; it is held in memory.
    pub collection: u64,
    /// Bytes of the texts of all cards.
    pub text: usize,
    /// Bytes of HTML that are filled into templates, a measure of time.
    pub work: usize,
    /// Bytes of one side of a card, with all its HTML.
    pub side: usize,
    /// Bytes of the texts of a card.
    pub card: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            collection: 512 << 20,
            text: 512 << 20,
            work: 4 << 30,
            side: 16 << 20,
            card: 256 << 10,
        }
    }
}

/// What a package holds.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Package {
    /// Decks, cards and reviews.
    pub imported: Imported,
    /// The cards (by source id) that are suspended in Anki.
    pub suspended: Vec<String>,
    /// Pictures and sounds whose names stand in the cards; they themselves are not taken.
    pub media: usize,
    /// Reviews of cards that were not taken.
    pub lost_reviews: usize,
}

/// Reads an `.apkg` or `.colpkg` of any version. Nothing is written to disk.
///
/// `name` is the file's name for messages and origins. `file` is read in small steps where it is needed, so the media
/// of a package cost nothing; an open `File` is right. Cards with the same source id are the same card, also in a later
/// export. The line of an origin is the number of the note within the package.
pub fn read_package(
    name: &str,
    file: impl Read + Seek,
    limits: &Limits,
) -> Result<Package, AnkiError> {
    let opened = package::open(std::io::BufReader::new(file), limits.collection);
    let read = opened.and_then(|opened| Reading::new(name, limits).read(Collection::new(opened)));
    read.map_err(|flaw| flaw.of(name))
}

/// A package that is being read.
struct Reading<'a> {
    name: &'a str,
    limits: &'a Limits,
    package: Package,
    decks: BTreeMap<String, Vec<ImportedCard>>,
    /// The source ids of the cards that were taken, by their number in the collection.
    taken: HashMap<i64, String>,
    known: HashSet<String>,
    notes: u32,
    text: usize,
    work: usize,
}

impl<'a> Reading<'a> {
    fn new(name: &'a str, limits: &'a Limits) -> Self {
        Self {
            name,
            limits,
            package: Package::default(),
            decks: BTreeMap::new(),
            taken: HashMap::new(),
            known: HashSet::new(),
            notes: 0,
            text: 0,
            work: 0,
        }
    }

    fn read(mut self, mut collection: Collection) -> Result<Package, Flaw> {
        let types = collection.note_types()?;
        let decks = collection.decks()?;
        let mut cards = collection.cards()?;
        self.package.imported.found = cards.values().map(Vec::len).sum();
        collection.notes(|note| {
            let cards = cards.remove(&note.id).unwrap_or_default();
            self.note(&note, &cards, &types, &decks)
        })?;
        for _ in cards.values().flatten() {
            self.skip(SkipReason::Incomplete, String::new());
        }
        collection.reviews(|row| self.review(row))?;
        self.package.imported.decks = self
            .decks
            .into_iter()
            .map(|(name, cards)| ImportedDeck { name, cards, license: None })
            .collect();
        Ok(self.package)
    }

    fn note(
        &mut self,
        note: &Note,
        cards: &[CardRow],
        types: &HashMap<i64, NoteType>,
        decks: &HashMap<i64, String>,
    ) -> Result<(), Flaw> {
        self.notes += 1;
        let Some(note_type) = types.get(&note.kind) else {
            for _ in cards {
                self.skip_note(SkipReason::Incomplete, note);
            }
            return Ok(());
        };
        let guid = self.guid(note);
        for card in cards {
            let deck = decks.get(&card.deck).filter(|name| !name.is_empty());
            let deck = deck.map_or(NO_DECK, String::as_str);
            let of_type = NoteOfType { note, note_type, deck, limits: self.limits };
            let made = make(&of_type, card.ord, &mut self.work);
            if self.work > self.limits.work || self.text > self.limits.text {
                return Err(Flaw::TooMuchText);
            }
            match made {
                Ok(made) => self.take(made, format!("{guid}/{}", card.ord), deck, card, note),
                Err(why) => self.skip_note(why, note),
            }
        }
        Ok(())
    }

    /// The note's name; its number where another note has the same, so that no two cards share a history.
    fn guid(&mut self, note: &Note) -> String {
        if !note.guid.is_empty() && self.known.insert(note.guid.clone()) {
            return note.guid.clone();
        }
        format!("{}#{}", note.guid, note.id)
    }

    fn take(&mut self, made: Made, source_id: String, deck: &str, row: &CardRow, note: &Note) {
        self.text += made.size();
        self.package.media += made.media();
        if row.is_suspended {
            self.package.suspended.push(source_id.clone());
        }
        self.taken.insert(row.id, source_id.clone());
        let card = ImportedCard {
            source_id,
            question: made.question,
            answer: made.answer,
            points: made.points,
            cloze: made.cloze,
            options: made.options,
            tags: note.tags.clone(),
            origin: CardOrigin { file: self.name.to_owned(), line: self.notes, license: None },
        };
        match self.decks.get_mut(deck) {
            Some(cards) => cards.push(card),
            None => drop(self.decks.insert(deck.to_owned(), vec![card])),
        }
    }

    fn skip_note(&mut self, why: SkipReason, note: &Note) {
        let first = note.fields.iter().find(|field| !field.trim().is_empty());
        let text = first.map(|html| html::beginning(html, EXCERPT)).unwrap_or_default();
        self.skip(why, text);
    }

    fn skip(&mut self, why: SkipReason, excerpt: String) {
        let file = self.name.to_owned();
        self.package.imported.skipped.push(Skipped { file, line: self.notes, why, excerpt });
    }

    fn review(&mut self, row: ReviewRow) {
        let Some(rating) = rating_of(row) else { return };
        let Some(source_id) = self.taken.get(&row.card) else {
            self.package.lost_reviews += 1;
            return;
        };
        self.package.imported.reviews.push(ImportedReview {
            source_id: source_id.clone(),
            at: Timestamp(row.at),
            rating,
            seconds: seconds_of(row.took),
        });
    }
}

/// The grade of a real answer. Moving a card by hand or by the program is none, nor is a look at it in a filtered deck
/// that schedules nothing: those have the ease 0. This is Anki's own rule for what counts as a review.
fn rating_of(row: ReviewRow) -> Option<Rating> {
    let is_answer = match row.kind {
        0..=2 => true,
        3 => row.factor != 0,
        _ => false,
    };
    u8::try_from(row.button).ok().filter(|_| is_answer).and_then(Rating::from_number)
}

fn seconds_of(milliseconds: i64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 300,000")]
    #[expect(clippy::cast_precision_loss, reason = "at most 300,000")]
    let seconds = milliseconds.clamp(0, (MAX_ANSWER_SECONDS * 1000.0) as i64) as f32 / 1000.0;
    seconds
}

#[cfg(test)]
mod tests {
    use super::{rating_of, seconds_of};
    use crate::domain::review::Rating;
    use crate::exchange::anki::collection::ReviewRow;

    fn row(button: i64, kind: i64, factor: i64) -> ReviewRow {
        ReviewRow { at: 1, card: 1, button, took: 1, kind, factor }
    }

    #[test]
    fn only_real_answers_are_reviews() {
        assert_eq!(rating_of(row(1, 0, 0)), Some(Rating::Again));
        assert_eq!(rating_of(row(4, 2, 2500)), Some(Rating::Easy));
        assert_eq!(rating_of(row(3, 3, 2500)), Some(Rating::Good), "early, in a filtered deck");
        for no_answer in
            [row(3, 3, 0), row(0, 4, 2500), row(3, 5, 2500), row(5, 1, 1), row(-1, 1, 1)]
        {
            assert_eq!(rating_of(no_answer), None, "{no_answer:?}");
        }
    }

    #[test]
    fn a_lunch_break_is_five_minutes() {
        assert!((seconds_of(12_500) - 12.5).abs() < f32::EPSILON);
        assert!((seconds_of(i64::MAX) - 300.0).abs() < f32::EPSILON);
        assert!(seconds_of(-5).abs() < f32::EPSILON);
    }
}
