//! Short names for ids and files: ASCII words with hyphens, Hangul romanised.

use unicode_normalization::UnicodeNormalization;

use crate::domain::card::{CardId, fnv1a};

/// Words of a short name at most.
const MOST_WORDS: usize = 6;
/// Letters of a short name at most.
const MOST_LETTERS: usize = 48;

/// Words that tell nothing in a short name.
const EMPTY_WORDS: [&str; 34] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "could", "did", "do", "does", "for",
    "from", "has", "have", "how", "in", "is", "it", "of", "on", "or", "that", "the", "their", "to",
    "was", "were", "what", "which", "with", "would",
];

/// Initial consonants, vowels and final consonants of Hangul in the order of Unicode, as the Revised Romanization spells
/// them letter by letter.
const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];
/// Final consonants before a syllable that begins with a vowel.
const LINKED_FINALS: [&str; 28] = [
    "", "g", "kk", "ks", "n", "nj", "n", "d", "r", "lg", "lm", "lb", "ls", "lt", "lp", "r", "m",
    "b", "ps", "s", "ss", "ng", "j", "ch", "k", "t", "p", "",
];
/// The place of the silent initial, with which a syllable begins with its vowel.
const SILENT: u32 = 11;

/// A short name for a text; empty where none of it can be spelled in ASCII.
pub fn slug(text: &str) -> String {
    let words = words_of(text);
    let telling: Vec<&String> =
        words.iter().filter(|word| !EMPTY_WORDS.contains(&word.as_str())).collect();
    let chosen = if telling.is_empty() { words.iter().collect() } else { telling };
    let mut name = String::new();
    for word in chosen.into_iter().take(MOST_WORDS) {
        if name.len() + 1 + word.len() > MOST_LETTERS && !name.is_empty() {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    name.truncate(MOST_LETTERS);
    name
}

/// An id for a card: the deck and a short name of its question, with a number where `is_taken` says that it is taken.
pub fn new_id(deck: &str, question: &str, is_taken: impl Fn(&str) -> bool) -> CardId {
    let deck = Some(slug(deck)).filter(|deck| !deck.is_empty()).unwrap_or_else(|| "deck".into());
    let name = Some(slug(question)).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| format!("{:08x}", fnv1a(question.as_bytes()) >> 32));
    let first = format!("{deck}/{name}");
    if !is_taken(&first) {
        return CardId(first);
    }
    let numbered = (2_u32..).map(|number| format!("{first}-{number}"));
    CardId(numbered.into_iter().find(|id| !is_taken(id)).unwrap_or(first))
}

fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = text.nfc().peekable();
    while let Some(c) = letters.next() {
        let spelled = spelling(c, letters.peek().copied());
        // A mark such as an apostrophe does not end a word.
        if spelled.is_empty() && !matches!(c, '\'' | '\u{2019}') {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        }
        word.push_str(&spelled);
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// The place of a syllable among those of Hangul.
fn syllable(c: char) -> Option<u32> {
    u32::from(c).checked_sub(0xac00).filter(|at| *at < 11_172)
}

/// How a letter is spelled in ASCII before another; empty for what is no letter or cannot be spelled.
fn spelling(c: char, next: Option<char>) -> String {
    if let Some(at) = syllable(c) {
        let is_linked = next.and_then(syllable).is_some_and(|next| next / 588 == SILENT);
        let finals = if is_linked { &LINKED_FINALS } else { &FINALS };
        let of =
            |list: &[&'static str], index: u32| list.get(index as usize).copied().unwrap_or("");
        let parts = [of(&INITIALS, at / 588), of(&VOWELS, at % 588 / 28), of(finals, at % 28)];
        return parts.concat();
    }
    let plain = c.to_string();
    plain.nfkd().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{new_id, slug};

    #[test]
    fn questions_become_short_names() {
        assert_eq!(slug("What is a pod?"), "pod");
        assert_eq!(slug("How does TCP's slow start work?"), "tcps-slow-start-work");
        assert_eq!(slug("What is it?"), "what-is-it");
        assert_eq!(slug("Café — 3.5 %"), "cafe-3-5");
        assert!(slug(&"long words ".repeat(30)).len() <= 48);
    }

    #[test]
    fn korean_questions_are_romanised() {
        assert_eq!(slug("파드란 무엇인가요?"), "padeuran-mueosingayo");
        assert_eq!(slug("한글"), "hangeul");
        assert_eq!(slug("SLO와 SLA의 차이"), "slowa-slaui-chai");
    }

    #[test]
    fn what_cannot_be_spelled_gets_digits_that_stay() {
        let id = new_id("mine", "？？？", |_| false);
        assert!(id.0.len() == "mine/".len() + 8, "{id}");
        assert_eq!(id, new_id("mine", "？？？", |_| false));
    }

    #[test]
    fn a_taken_id_is_not_given_again() {
        let taken = ["mine/pod", "mine/pod-2"];
        let id = new_id("mine", "What is a pod?", |id| taken.contains(&id));
        assert_eq!(id.0, "mine/pod-3");
        assert_eq!(new_id("내 덱", "What is a pod?", |_| false).0, "nae-dek/pod");
    }
}
