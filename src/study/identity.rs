//! Recognises cards after their text, place or file has changed, so that an edit never resets progress.

use std::collections::{HashMap, HashSet};

use crate::domain::card::{CardId, fnv1a};
use crate::domain::sighting::Sighting;

/// A card as it stands in a file now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The id, if its author has given it one.
    pub id: Option<CardId>,
    /// The file.
    pub file: String,
    /// Its number within the file.
    pub position: u32,
    /// Hash of its normalised question.
    pub question_hash: u64,
    /// Hash of its normalised answer.
    pub answer_hash: u64,
    /// Its question, as far as it is remembered.
    pub question: String,
    /// Its answer, as far as it is remembered.
    pub answer: String,
}

/// An answer of fewer characters may stand on many cards and tells none of them apart.
const TELLING_CHARACTERS: usize = 24;
/// Pairs that are compared at most; beyond that whole decks were exchanged, and likeness proves nothing.
const MOST_PAIRS: usize = 250_000;
/// How much more alike one pair must be than the next, in percent of question and answer together.
const CLEARLY_BETTER: u32 = 20;

/// For every found card: the known card that it is, as an index into `known`; none for a card never seen.
///
/// Certain signs are used up first over all cards, so that a moved card is not taken by its new neighbour's place: question
/// and answer in the same place, in the same file, anywhere; the question in the same file, anywhere; an answer that tells,
/// in the same file, anywhere; and at last a text that is mostly the same. Of several known cards the last in the list is
/// taken: it was decided upon last. A card with an id is never taken for one that had another id: only a new id is new.
pub fn recognise(known: &[Sighting], found: &[Found]) -> Vec<Option<usize>> {
    let mut matches = Matches::new(known, found);
    let text = |k: &Sighting, f: &Found| {
        k.question_hash == f.question_hash && k.answer_hash == f.answer_hash
    };
    matches.pass(|k, f| text(k, f) && k.file == f.file && k.position == f.position);
    matches.pass(|k, f| text(k, f) && k.file == f.file);
    matches.pass(text);
    matches.pass(|k, f| k.question_hash == f.question_hash && k.file == f.file);
    matches.pass(|k, f| k.question_hash == f.question_hash);
    // Many questions may share a short answer, so it only tells a card in the file where it just stood.
    let answer = |k: &Sighting, f: &Found| {
        k.is_here && k.answer_hash == f.answer_hash && k.answer_hash != fnv1a(b"")
    };
    matches.pass(|k, f| answer(k, f) && k.file == f.file);
    matches
        .pass_where_unique(|k, f| answer(k, f) && f.answer.chars().count() >= TELLING_CHARACTERS);
    matches.pass_by_likeness();
    matches.result
}

/// A pairing under way.
struct Matches<'a> {
    known: &'a [Sighting],
    found: &'a [Found],
    result: Vec<Option<usize>>,
    taken: HashSet<usize>,
}

impl<'a> Matches<'a> {
    fn new(known: &'a [Sighting], found: &'a [Found]) -> Self {
        Self { known, found, result: vec![None; found.len()], taken: HashSet::new() }
    }

    fn open_found(&self) -> Vec<usize> {
        (0..self.found.len()).filter(|at| self.result[*at].is_none()).collect()
    }

    fn open_known(&self) -> Vec<usize> {
        (0..self.known.len()).filter(|at| !self.taken.contains(at)).collect()
    }

    fn take(&mut self, found: usize, known: usize) {
        self.taken.insert(known);
        self.result[found] = Some(known);
    }

    fn pass(&mut self, same: impl Fn(&Sighting, &Found) -> bool) {
        // By question or answer first: comparing all with all would be slow with thousands of cards.
        let mut by_hash: HashMap<u64, Vec<usize>> = HashMap::new();
        for at in self.open_known() {
            by_hash.entry(self.known[at].question_hash).or_default().push(at);
            by_hash.entry(self.known[at].answer_hash).or_default().push(at);
        }
        for at in self.open_found() {
            let card = &self.found[at];
            let hit = [card.question_hash, card.answer_hash]
                .iter()
                .flat_map(|hash| by_hash.get(hash).into_iter().flatten())
                .copied()
                .filter(|it| !self.taken.contains(it) && may_be_one(&self.known[*it], card))
                .filter(|it| same(&self.known[*it], card))
                .max_by_key(|it| (self.known[*it].position == card.position, *it));
            if let Some(hit) = hit {
                self.take(at, hit);
            }
        }
    }

    /// Pairs only where neither has a second partner.
    fn pass_where_unique(&mut self, same: impl Fn(&Sighting, &Found) -> bool) {
        let (known, found) = (self.open_known(), self.open_found());
        let mut partners: HashMap<u64, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for at in known {
            partners.entry(self.known[at].answer_hash).or_default().0.push(at);
        }
        for at in found {
            partners.entry(self.found[at].answer_hash).or_default().1.push(at);
        }
        for (known, found) in partners.into_values() {
            if let ([k], [f]) = (known.as_slice(), found.as_slice())
                && may_be_one(&self.known[*k], &self.found[*f])
                && same(&self.known[*k], &self.found[*f])
            {
                self.take(*f, *k);
            }
        }
    }

    /// Question and answer were edited at once: the best pairs, where no other pair is nearly as good.
    fn pass_by_likeness(&mut self) {
        let (known, found) = (self.open_known(), self.open_found());
        if !may_be_compared(known.len(), found.len()) {
            return;
        }
        let known: Vec<(usize, Shape)> =
            known.into_iter().map(|at| (at, Shape::of_known(&self.known[at]))).collect();
        let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
        for f in found {
            let shape = Shape::of(&self.found[f].question, &self.found[f].answer);
            for (k, known_shape) in &known {
                let (before, now) = (&self.known[*k], &self.found[f]);
                let likeness = known_shape.likeness(&shape);
                if may_be_one(before, now) && is_surely(before, now, likeness) {
                    pairs.push((likeness.sum(), f, *k));
                }
            }
        }
        let best_of_found = best_two(pairs.iter().map(|(score, f, _)| (*f, *score)));
        let best_of_known = best_two(pairs.iter().map(|(score, _, k)| (*k, *score)));
        for (score, f, k) in pairs {
            if is_clear(best_of_found[&f], score) && is_clear(best_of_known[&k], score) {
                self.take(f, k);
            }
        }
    }
}

/// The highest and the second highest score of each card.
fn best_two(scores: impl Iterator<Item = (usize, u32)>) -> HashMap<usize, (u32, u32)> {
    let mut best: HashMap<usize, (u32, u32)> = HashMap::new();
    for (card, score) in scores {
        let (first, second) = best.entry(card).or_default();
        if score > *first {
            (*first, *second) = (score, *first);
        } else {
            *second = score.max(*second);
        }
    }
    best
}

/// Whether a score is the best, and no other is nearly as good.
const fn is_clear((first, second): (u32, u32), score: u32) -> bool {
    score == first && second + CLEARLY_BETTER <= score
}

/// Whether the two may be one at all: the author who writes another id says that it is another card.
fn may_be_one(known: &Sighting, found: &Found) -> bool {
    known.id.is_none() || found.id.is_none()
}

/// Whether a text that is mostly the same is the same card.
fn is_surely(known: &Sighting, found: &Found, likeness: Likeness) -> bool {
    if !known.is_here {
        return false;
    }
    let is_same_file = known.file == found.file;
    // An id that is new may stand on a new card in the old place.
    let is_in_its_place = is_same_file && known.position == found.position && found.id.is_none();
    match likeness {
        Likeness { question, .. }
            if is_in_its_place && question >= 60 && names_the_same(known, found) =>
        {
            true
        }
        Likeness { question, answer: Some(answer) } if is_same_file => {
            question.min(answer) >= 35 && question + answer >= 110
        }
        Likeness { question, answer: Some(answer) } => question >= 70 && answer >= 70,
        Likeness { answer: None, .. } => false,
    }
}

/// Words of questions that do not say what is asked about.
const ASKING_WORDS: [&str; 44] = [
    "a",
    "an",
    "and",
    "are",
    "between",
    "can",
    "did",
    "differ",
    "difference",
    "do",
    "does",
    "explain",
    "for",
    "from",
    "how",
    "in",
    "is",
    "it",
    "of",
    "on",
    "or",
    "the",
    "to",
    "use",
    "used",
    "what",
    "when",
    "which",
    "who",
    "why",
    "with",
    "would",
    "you",
    "your",
    "그것",
    "다른",
    "무엇",
    "설명",
    "어떤",
    "어떻",
    "이유",
    "주세",
    "차이",
    "하나",
];

/// Whether two questions ask about the same things: "What is a pod?" and "What is a port?" are alike and do not.
fn names_the_same(known: &Sighting, found: &Found) -> bool {
    let (before, now) = (named_things(&known.question), named_things(&found.question));
    let (fewer, more) = if before.len() <= now.len() { (&before, &now) } else { (&now, &before) };
    let shared = fewer.iter().filter(|word| more.iter().any(|other| other == *word)).count();
    // A question of nothing but such words leaves the rest to likeness.
    fewer.is_empty() || 2 * shared > fewer.len()
}

/// The words that say what a question asks about, without their ends: five letters, or two syllables of Hangul.
fn named_things(question: &str) -> Vec<String> {
    let words = question.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(str::to_lowercase)
        .map(|word| {
            let is_hangul = word.starts_with(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c));
            word.chars().take(if is_hangul { 2 } else { 5 }).collect::<String>()
        })
        .filter(|word| !ASKING_WORDS.iter().any(|asking| asking.chars().take(5).eq(word.chars())))
        .collect()
}

/// How much of two texts is the same, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Likeness {
    /// Of the questions.
    question: u32,
    /// Of the answers, where both are remembered.
    answer: Option<u32>,
}

impl Likeness {
    fn sum(self) -> u32 {
        self.question + self.answer.unwrap_or(self.question)
    }
}

/// Whether so many pairs can be compared by their texts; beyond that only places and equal texts are.
pub const fn may_be_compared(known: usize, found: usize) -> bool {
    known.saturating_mul(found) <= MOST_PAIRS
}

/// Pairs of a known card and a card that stands in a file that may be one, although that is not sure: the learner must be asked.
/// Each with how much speaks for it, and the places of both in their lists.
pub fn resembling(known: &[Sighting], found: &[Found]) -> Vec<(u32, usize, usize)> {
    let mut pairs = Vec::new();
    if !may_be_compared(known.len(), found.len()) {
        let mut by_place: HashMap<(&str, u32), usize> = HashMap::new();
        let mut by_text: HashMap<(u64, u64), usize> = HashMap::new();
        for (at, known) in known.iter().enumerate() {
            by_place.insert((&known.file, known.position), at);
            by_text.insert((known.question_hash, known.answer_hash), at);
        }
        for (at, card) in found.iter().enumerate() {
            let same_text = by_text.get(&(card.question_hash, card.answer_hash));
            let same_place = by_place.get(&(card.file.as_str(), card.position));
            pairs.extend(same_text.map(|known| (SAME_TEXT, *known, at)));
            pairs.extend(same_place.map(|known| (IN_ITS_PLACE, *known, at)));
        }
        return pairs;
    }
    let shapes: Vec<Shape> = known.iter().map(Shape::of_known).collect();
    for (at, card) in found.iter().enumerate() {
        let shape = Shape::of(&card.question, &card.answer);
        for (number, (known, known_shape)) in known.iter().zip(&shapes).enumerate() {
            let score = resemblance(known, card, known_shape.likeness(&shape));
            pairs.extend(score.map(|score| (score, number, at)));
        }
    }
    pairs
}

/// How much speaks for a pair with the same text, and for one in the same place.
const SAME_TEXT: u32 = 300;
const IN_ITS_PLACE: u32 = 50;

/// How much speaks for a pair; none where nothing does.
fn resemblance(known: &Sighting, found: &Found, likeness: Likeness) -> Option<u32> {
    if known.question_hash == found.question_hash && known.answer_hash == found.answer_hash {
        return Some(SAME_TEXT);
    }
    let is_in_its_place = known.file == found.file && known.position == found.position;
    let is_alike = likeness.question >= 50 || likeness.answer.is_some_and(|it| it >= 60);
    let place = if is_in_its_place { IN_ITS_PLACE } else { 0 };
    (is_alike || is_in_its_place).then(|| likeness.sum() + place)
}

/// The pairs of letters of a card's texts, sorted: what likeness is measured on.
struct Shape {
    question: Vec<(char, char)>,
    answer: Vec<(char, char)>,
}

impl Shape {
    fn of(question: &str, answer: &str) -> Self {
        Self { question: letter_pairs(question), answer: letter_pairs(answer) }
    }

    fn of_known(known: &Sighting) -> Self {
        Self::of(&known.question, &known.answer)
    }

    fn likeness(&self, other: &Self) -> Likeness {
        let has_answers = !self.answer.is_empty() && !other.answer.is_empty();
        Likeness {
            question: shared_percent(&self.question, &other.question),
            answer: has_answers.then(|| shared_percent(&self.answer, &other.answer)),
        }
    }
}

fn letter_pairs(text: &str) -> Vec<(char, char)> {
    let letters: Vec<char> =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut pairs: Vec<(char, char)> = letters.windows(2).map(|two| (two[0], two[1])).collect();
    pairs.sort_unstable();
    pairs
}

/// The coefficient of Dice over two sorted lists, in percent.
fn shared_percent(one: &[(char, char)], other: &[(char, char)]) -> u32 {
    let (mut a, mut b, mut shared) = (0, 0, 0_usize);
    while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                (a, b, shared) = (a + 1, b + 1, shared + 1);
            }
        }
    }
    let all = one.len() + other.len();
    u32::try_from((200 * shared).checked_div(all).unwrap_or(0)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Found, recognise, resembling};
    use crate::domain::card::{CardId, CardKey};
    use crate::domain::sighting::Sighting;

    const QUESTION: &str = "What does a load balancer do?";
    const ANSWER: &str =
        "It spreads requests over several servers and leaves out those that are ill.";

    fn known(key: &str, file: &str, position: u32, question: u64, answer: u64) -> Sighting {
        Sighting {
            key: CardKey(key.into()),
            id: None,
            file: file.into(),
            position,
            question_hash: question,
            answer_hash: answer,
            question: QUESTION.into(),
            answer: ANSWER.into(),
            is_here: true,
        }
    }

    fn found(file: &str, position: u32, question: u64, answer: u64) -> Found {
        Found {
            id: None,
            file: file.into(),
            position,
            question_hash: question,
            answer_hash: answer,
            question: "What does the load balancer do?".into(),
            answer: "It spreads requests over several servers and skips those that are ill.".into(),
        }
    }

    /// A card about something else.
    fn another(card: Found) -> Found {
        Found {
            question: "Which port is SSH?".into(),
            answer: "Port 22 over TCP, unless sshd_config says otherwise.".into(),
            ..card
        }
    }

    #[test]
    fn cards_that_changed_places_are_told_apart_by_their_text() {
        let before = [known("~a", "x.toml", 0, 1, 10), known("~b", "x.toml", 1, 2, 20)];
        let now = [found("x.toml", 0, 2, 20), found("x.toml", 1, 1, 10)];
        assert_eq!(recognise(&before, &now), [Some(1), Some(0)]);
    }

    #[test]
    fn an_edited_question_is_known_by_its_answer_and_an_edited_answer_by_its_question() {
        let before = [known("~a", "x.toml", 0, 1, 10), known("~b", "x.toml", 1, 2, 20)];
        let now = [found("x.toml", 0, 1, 11), found("x.toml", 1, 3, 20)];
        assert_eq!(recognise(&before, &now), [Some(0), Some(1)]);
    }

    #[test]
    fn a_renamed_file_keeps_its_cards_also_edited_ones() {
        let before = [known("~a", "old.toml", 0, 1, 10), known("~b", "old.toml", 1, 2, 20)];
        let mut now = [found("new.toml", 0, 1, 10), another(found("new.toml", 1, 3, 20))];
        assert_eq!(recognise(&before, &now), [Some(0), Some(1)], "by question, by answer");
        now[1].answer = "Port 22".into();
        assert_eq!(recognise(&before, &now), [Some(0), None], "a short answer tells nothing");
    }

    #[test]
    fn a_card_put_in_front_takes_nobodys_place() {
        let before = [known("~a", "x.toml", 0, 1, 10)];
        let now = [another(found("x.toml", 0, 9, 90)), found("x.toml", 1, 1, 10)];
        assert_eq!(recognise(&before, &now), [None, Some(0)]);
    }

    #[test]
    fn a_card_edited_in_question_and_answer_is_known_wherever_it_stands_in_its_file() {
        let mut before = [known("~a", "x.toml", 0, 1, 10)];
        assert_eq!(recognise(&before, &[found("x.toml", 0, 7, 70)]), [Some(0)]);
        let below = [another(found("x.toml", 0, 9, 90)), found("x.toml", 1, 7, 70)];
        assert_eq!(recognise(&before, &below), [None, Some(0)]);
        assert_eq!(recognise(&before, &[another(found("x.toml", 0, 7, 70))]), [None]);
        before[0].is_here = false;
        assert_eq!(recognise(&before, &[found("x.toml", 0, 7, 70)]), [None], "it was deleted");
    }

    #[test]
    fn a_similar_question_with_another_answer_is_another_card() {
        let before = [known("~a", "x.toml", 0, 1, 10)];
        let mut now = another(found("x.toml", 1, 7, 70));
        now.question = "What does a load tester do?".into();
        assert_eq!(recognise(&before, std::slice::from_ref(&now)), [None]);
        assert_eq!(resembling(&before, &[now]).len(), 1, "but the learner is asked");
    }

    #[test]
    fn a_question_about_another_thing_in_the_same_place_is_another_card() {
        for (before, now) in [
            ("What is a pod?", "What is a port?"),
            ("What does TCP guarantee?", "What does UDP guarantee?"),
            ("파드란 무엇인가요?", "포트란 무엇인가요?"),
        ] {
            let before = Sighting { question: before.into(), ..known("~a", "x.toml", 0, 1, 10) };
            let mut card = another(found("x.toml", 0, 7, 70));
            card.question = now.into();
            assert_eq!(recognise(std::slice::from_ref(&before), &[card.clone()]), [None], "{now}");
            let pairs = resembling(std::slice::from_ref(&before), std::slice::from_ref(&card));
            assert_eq!(pairs.len(), 1, "but the learner is asked");
            card.question = format!("{} Briefly.", before.question);
            assert_eq!(recognise(&[before], &[card]), [Some(0)]);
        }
    }

    #[test]
    fn of_two_cards_that_are_equally_like_neither_is_taken() {
        let before = [known("~a", "x.toml", 5, 1, 10)];
        let now = [found("x.toml", 0, 7, 70), found("x.toml", 1, 8, 80)];
        assert_eq!(recognise(&before, &now), [None, None]);
    }

    #[test]
    fn a_copy_does_not_take_the_history_of_the_card_that_stayed() {
        let before = [known("~a", "x.toml", 0, 1, 10), known("~b", "x.toml", 1, 1, 10)];
        // The first of two equal cards is edited: the second keeps its own history.
        let now = [found("x.toml", 0, 3, 10), found("x.toml", 1, 1, 10)];
        assert_eq!(recognise(&before, &now), [Some(0), Some(1)]);
    }

    #[test]
    fn a_copy_in_another_file_does_not_take_the_history_of_the_original() {
        let before = [known("~a", "b.toml", 2, 1, 10)];
        let now = [found("a.toml", 2, 1, 10), found("b.toml", 3, 1, 10)];
        assert_eq!(recognise(&before, &now), [None, Some(0)]);
        let moved_below = [found("b.toml", 0, 1, 10), found("b.toml", 2, 1, 10)];
        assert_eq!(recognise(&before, &moved_below), [None, Some(0)]);
    }

    #[test]
    fn of_whole_decks_that_were_exchanged_only_places_and_equal_texts_are_compared() {
        let many = |count: u32| 0..count;
        let before: Vec<Sighting> =
            many(600).map(|n| known("~a", "x.toml", n, u64::from(n), 1)).collect();
        let now: Vec<Found> =
            many(600).map(|n| found("x.toml", n + 599, u64::from(n + 5000), 2)).collect();
        let pairs = resembling(&before, &now);
        assert_eq!(pairs, [(super::IN_ITS_PLACE, 599, 0)]);
        assert!(recognise(&before, &now).iter().all(Option::is_none));
    }

    #[test]
    fn an_id_added_later_is_recognised_by_the_text_only() {
        let before = [known("~a", "x.toml", 0, 1, 10)];
        let mut card = found("x.toml", 0, 1, 10);
        card.id = Some(CardId("x/a".into()));
        assert_eq!(recognise(&before, std::slice::from_ref(&card)), [Some(0)]);
        card.question_hash = 5;
        card.answer_hash = 50;
        assert_eq!(recognise(&before, &[another(card)]), [None]);
    }

    #[test]
    fn another_id_is_another_card_and_an_id_taken_away_is_not() {
        let before =
            [Sighting { id: Some(CardId("x/a".into())), ..known("x/a", "x.toml", 0, 1, 10) }];
        let mut card = found("x.toml", 0, 1, 10);
        assert_eq!(recognise(&before, std::slice::from_ref(&card)), [Some(0)]);
        card.id = Some(CardId("x/b".into()));
        assert_eq!(recognise(&before, &[card]), [None]);
    }

    #[test]
    fn of_two_keys_for_one_text_the_one_that_was_decided_upon_last_is_taken() {
        let before = [known("~old", "x.toml", 0, 1, 10), known("~given", "x.toml", 0, 1, 10)];
        assert_eq!(recognise(&before, &[found("x.toml", 0, 1, 10)]), [Some(1)]);
    }
}
