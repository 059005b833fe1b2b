//! What a person types to find cards, taken apart: words, and what narrows them, in both languages.
//!
//! `timeout "read timeout" tag:aws,linux deck:mine asked:"Fintech K" level:1-2 kind:open due new lapsed starred
//! suspended`; in Korean `태그: 덱: 기출: 수준: 종류: 오늘 새카드 틀린 별표 제외`. What is no such word is text.

use std::ops::RangeInclusive;

use crate::domain::card::CardKind;
use crate::study::search::fold::fold;

/// A search as typed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Query {
    /// Everything that must hold.
    pub terms: Vec<Term>,
    /// What was written after a field but means nothing there.
    pub refused: Vec<Refused>,
}

/// One thing that must hold. Words are folded; several of one term are alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// The text occurs.
    Text(String),
    /// It has one of these tags.
    Tag(Vec<String>),
    /// It is of one of these decks.
    Deck(Vec<String>),
    /// One of these companies asked it; without a word: any did.
    Asked(Vec<String>),
    /// Its level is within one of these.
    Level(Vec<RangeInclusive<u8>>),
    /// It is of one of these kinds.
    Kind(Vec<CardKind>),
    /// How it stands.
    Standing(Standing),
}

/// How a card stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may be asked and is due.
    Due,
    /// It may be asked and was never rated.
    New,
    /// It was forgotten after it had been recalled, or not recalled since it failed.
    Lapsed,
    /// The user counts it as important.
    Starred,
    /// The user took it out.
    Suspended,
}

/// A field of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `tag:`
    Tag,
    /// `deck:`
    Deck,
    /// `asked:`
    Asked,
    /// `level:`
    Level,
    /// `kind:`
    Kind,
}

/// A word that means nothing after its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The field.
    pub field: Field,
    /// The word, folded.
    pub word: String,
}

const FIELDS: [(Field, &[&str]); 5] = [
    (Field::Tag, &["tag", "태그"]),
    (Field::Deck, &["deck", "덱"]),
    (Field::Asked, &["asked", "기출"]),
    (Field::Level, &["level", "수준", "난이도"]),
    (Field::Kind, &["kind", "종류", "유형"]),
];

const STANDINGS: [(Standing, &[&str]); 5] = [
    (Standing::Due, &["due", "오늘"]),
    (Standing::New, &["new", "새카드"]),
    (Standing::Lapsed, &["lapsed", "틀린"]),
    (Standing::Starred, &["starred", "별표"]),
    (Standing::Suspended, &["suspended", "제외"]),
];

/// Korean words of the kinds, as the interface says them.
const KINDS: [(CardKind, &str); 6] = [
    (CardKind::Open, "서술형"),
    (CardKind::Choice, "객관식"),
    (CardKind::Cloze, "빈칸"),
    (CardKind::Order, "순서"),
    (CardKind::Numeric, "숫자"),
    (CardKind::Command, "명령어"),
];

impl Query {
    /// Takes a search apart. Any text is a search; what means nothing is told in `refused` and narrows nothing.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for token in tokens(&fold(text)) {
            query.take(token);
        }
        query
    }

    fn take(&mut self, token: Token) {
        let Token { field, text, is_quoted } = token;
        let alternatives = || text.split(',').map(str::trim).filter(|word| !word.is_empty());
        let words = || alternatives().map(str::to_owned).collect::<Vec<String>>();
        let term = match field {
            None if text.is_empty() => return,
            None if is_quoted => Term::Text(text),
            None => match standing(&text) {
                Some(standing) => Term::Standing(standing),
                None => Term::Text(text),
            },
            Some(Field::Asked) => Term::Asked(words()),
            // A field without a word is one that is being typed.
            Some(_) if alternatives().next().is_none() => return,
            Some(Field::Tag) => Term::Tag(words()),
            Some(Field::Deck) => Term::Deck(words()),
            Some(Field::Level) => Term::Level(self.known(Field::Level, alternatives(), levels)),
            Some(Field::Kind) => {
                let kinds = self.known(Field::Kind, alternatives(), kinds);
                Term::Kind(kinds.into_iter().flatten().collect())
            }
        };
        match &term {
            Term::Level(levels) if levels.is_empty() => {}
            Term::Kind(kinds) if kinds.is_empty() => {}
            _ => self.terms.push(term),
        }
    }

    /// What the words of a field mean; those that mean nothing are noted.
    fn known<'a, T>(
        &mut self,
        field: Field,
        words: impl Iterator<Item = &'a str>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let mut known = Vec::new();
        for word in words {
            match read(word) {
                Some(value) => known.push(value),
                None => self.refused.push(Refused { field, word: word.to_owned() }),
            }
        }
        known
    }
}

/// A piece between blanks: with the field it names, if it names one.
struct Token {
    field: Option<Field>,
    text: String,
    is_quoted: bool,
}

/// Pieces of a folded text. Blanks within quotation marks do not part; a mark that is still open closes at the end.
fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut token = Token { field: None, text: String::new(), is_quoted: false };
    let mut in_quotes = false;
    for c in text.chars() {
        match c {
            '"' | '“' | '”' => {
                in_quotes = !in_quotes;
                token.is_quoted = true;
            }
            ' ' if !in_quotes => {
                let next = Token { field: None, text: String::new(), is_quoted: false };
                all.push(std::mem::replace(&mut token, next));
            }
            ':' if token.field.is_none() && !token.is_quoted => match field(&token.text) {
                Some(field) => {
                    token.field = Some(field);
                    token.text.clear();
                }
                None => token.text.push(c),
            },
            c => token.text.push(c),
        }
    }
    all.push(token);
    for token in &mut all {
        token.text = token.text.trim().to_owned();
    }
    all
}

fn field(word: &str) -> Option<Field> {
    FIELDS.iter().find(|(_, names)| names.contains(&word)).map(|(field, _)| *field)
}

fn standing(word: &str) -> Option<Standing> {
    STANDINGS.iter().find(|(_, names)| names.contains(&word)).map(|(standing, _)| *standing)
}

/// `2` or `1-2`; a range that is still being typed is its beginning.
fn levels(word: &str) -> Option<RangeInclusive<u8>> {
    let level = |text: &str| text.parse::<u8>().ok().filter(|level| (1..=3).contains(level));
    let (low, high) = match word.split_once('-') {
        Some((low, "")) => (level(low)?, level(low)?),
        Some((low, high)) => (level(low)?, level(high)?),
        None => (level(word)?, level(word)?),
    };
    (low <= high).then_some(low..=high)
}

/// The kinds whose name in either language begins so.
fn kinds(word: &str) -> Option<Vec<CardKind>> {
    let begins = |(kind, korean): &(CardKind, &str)| {
        kind.name().starts_with(word) || korean.starts_with(word)
    };
    let found: Vec<CardKind> =
        KINDS.iter().filter(|kind| begins(kind)).map(|(kind, _)| *kind).collect();
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{Field, Query, Refused, Standing, Term};
    use crate::domain::card::CardKind;

    fn terms(text: &str) -> Vec<Term> {
        Query::parse(text).terms
    }

    fn text(word: &str) -> Term {
        Term::Text(word.to_owned())
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn words_and_fields_are_told_apart_in_both_languages() {
        let english = terms("Timeout tag:k8s,aws deck:mine asked:FinTech level:1-2 kind:open");
        let korean = terms("timeout 태그:k8s,aws 덱:mine 기출:fintech 수준:1-2 종류:서술형");
        assert_eq!(english, korean);
        assert_eq!(
            english,
            [
                text("timeout"),
                Term::Tag(words(&["k8s", "aws"])),
                Term::Deck(words(&["mine"])),
                Term::Asked(words(&["fintech"])),
                Term::Level(vec![1..=2]),
                Term::Kind(vec![CardKind::Open]),
            ]
        );
    }

    #[test]
    fn bare_words_say_how_a_card_stands_unless_they_are_quoted() {
        let english = terms("due new lapsed starred suspended");
        assert_eq!(english, terms("오늘 새카드 틀린 별표 제외"));
        assert_eq!(english[0], Term::Standing(Standing::Due));
        assert_eq!(terms("\"due\""), [text("due")]);
        assert_eq!(terms("duet"), [text("duet")]);
    }

    #[test]
    fn full_width_letters_and_hangul_in_pieces_mean_the_same() {
        assert_eq!(terms("ＴＡＧ：ｋ８ｓ\u{3000}ＤＵＥ"), terms("tag:k8s due"));
        let pieces = "\u{1110}\u{1162}\u{1100}\u{1173}:\u{1106}\u{1161}\u{11BC}";
        assert_eq!(terms(pieces), [Term::Tag(words(&["망"]))]);
    }

    #[test]
    fn quotation_marks_keep_blanks_also_after_a_field_and_while_they_are_open() {
        assert_eq!(terms("\"read  timeout\" x"), [text("read timeout"), text("x")]);
        assert_eq!(terms("asked:\"핀테크 K\""), [Term::Asked(words(&["핀테크 k"]))]);
        assert_eq!(terms("“read time"), [text("read time")]);
    }

    #[test]
    fn a_colon_after_an_unknown_word_is_text() {
        assert_eq!(terms("http://x std::io"), [text("http://x"), text("std::io")]);
    }

    #[test]
    fn a_field_that_is_being_typed_narrows_nothing_yet() {
        assert_eq!(terms("tag: deck:, level: kind:"), []);
        assert_eq!(terms("level:1-"), [Term::Level(vec![1..=1])]);
        assert_eq!(terms("kind:c"), terms("kind:choice,cloze,command"));
        assert_eq!(terms("asked:"), [Term::Asked(Vec::new())]);
    }

    #[test]
    fn a_word_that_means_nothing_after_its_field_is_told() {
        let query = Query::parse("level:7 kind:essay,open");
        assert_eq!(query.terms, [Term::Kind(vec![CardKind::Open])]);
        let refused = |field, word: &str| Refused { field, word: word.to_owned() };
        assert_eq!(query.refused, [refused(Field::Level, "7"), refused(Field::Kind, "essay")]);
    }

    proptest! {
        #[test]
        fn any_text_is_a_search(text in any::<String>()) {
            Query::parse(&text);
        }
    }
}
