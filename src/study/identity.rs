//! Recognises cards without id after their text, place or file has changed, so that an edit never resets progress.

use std::collections::{HashMap, HashSet};

use crate::domain::card::{CardId, CardKey, fnv1a};

/// What is remembered of a card without id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its random key.
    pub key: CardKey,
    /// The file where it was last seen.
    pub file: String,
    /// Its number within that file.
    pub position: u32,
    /// Hash of its normalised question.
    pub question_hash: u64,
    /// Hash of its normalised answer.
    pub answer_hash: u64,
    /// Whether it still stood there when its file was last read; a card that was deleted gives its place to nobody.
    pub live: bool,
    /// The first line of its question when its file was last read, where that is still known.
    pub title: Option<String>,
}

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
    /// The first line of its question.
    pub title: String,
}

/// For every found card: the known card that it is, as an index into `known`; none for a card never seen.
///
/// Certain signs are used up first over all cards, so that a moved card is not taken by its new neighbour's place:
/// question and answer, question in the same file, question anywhere, answer in the same file,
/// and at last the same position of the same file with a similar question. A card with an id is only recognised by its text: the id is
/// new, and whatever stands in the old place may be another card.
pub fn recognise(known: &[Known], found: &[Found]) -> Vec<Option<usize>> {
    let mut result = vec![None; found.len()];
    let mut taken: HashSet<usize> = HashSet::new();
    let passes: [fn(&Known, &Found) -> bool; 6] = [
        |k, f| {
            k.question_hash == f.question_hash && k.answer_hash == f.answer_hash && k.file == f.file
        },
        |k, f| k.question_hash == f.question_hash && k.answer_hash == f.answer_hash,
        |k, f| k.question_hash == f.question_hash && k.file == f.file,
        |k, f| k.question_hash == f.question_hash,
        |k, f| {
            // Many questions may share a short answer, so it only tells a card in the file where it just stood.
            k.live
                && k.file == f.file
                && k.answer_hash == f.answer_hash
                && k.answer_hash != fnv1a(b"")
        },
        |k, f| {
            k.live
                && f.id.is_none()
                && k.file == f.file
                && k.position == f.position
                && k.title.as_ref().is_some_and(|title| is_like(title, &f.title))
        },
    ];
    for same in passes {
        for (index, card) in found.iter().enumerate() {
            if result[index].is_some() {
                continue;
            }
            let hit = (0..known.len()).find(|i| !taken.contains(i) && same(&known[*i], card));
            if let Some(hit) = hit {
                taken.insert(hit);
                result[index] = Some(hit);
            }
        }
    }
    result
}

/// Whether two questions are one question before and after an edit: at least half of the characters stayed.
fn is_like(before: &str, now: &str) -> bool {
    strsim::normalized_levenshtein(before, now) >= 0.5
}

/// The newest identity of every random key, in order of first appearance, from the marks of a log.
pub fn newest(identities: impl IntoIterator<Item = Known>) -> Vec<Known> {
    let mut order: Vec<CardKey> = Vec::new();
    let mut latest: HashMap<CardKey, Known> = HashMap::new();
    for known in identities {
        if !latest.contains_key(&known.key) {
            order.push(known.key.clone());
        }
        latest.insert(known.key.clone(), known);
    }
    order.into_iter().filter_map(|key| latest.remove(&key)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Found, Known, newest, recognise};
    use crate::domain::card::{CardId, CardKey};

    fn known(key: &str, file: &str, position: u32, question: u64, answer: u64) -> Known {
        Known {
            key: CardKey(key.into()),
            file: file.into(),
            position,
            question_hash: question,
            answer_hash: answer,
            live: true,
            title: Some("What does a load balancer do?".into()),
        }
    }

    fn found(file: &str, position: u32, question: u64, answer: u64) -> Found {
        Found {
            id: None,
            file: file.into(),
            position,
            question_hash: question,
            answer_hash: answer,
            title: "What does the load balancer do?".into(),
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
    fn a_renamed_file_keeps_its_cards() {
        let before = [known("~a", "old.toml", 0, 1, 10)];
        assert_eq!(recognise(&before, &[found("new.toml", 0, 1, 10)]), [Some(0)]);
    }

    #[test]
    fn a_card_put_in_front_takes_nobodys_place() {
        let before = [known("~a", "x.toml", 0, 1, 10)];
        let now = [found("x.toml", 0, 9, 90), found("x.toml", 1, 1, 10)];
        assert_eq!(recognise(&before, &now), [None, Some(0)]);
    }

    #[test]
    fn a_card_rewritten_in_its_place_is_known_but_a_deleted_one_leaves_no_heir() {
        let mut before = [known("~a", "x.toml", 0, 1, 10)];
        assert_eq!(recognise(&before, &[found("x.toml", 0, 7, 70)]), [Some(0)]);
        let another = Found { title: "Which port is SSH?".into(), ..found("x.toml", 0, 7, 70) };
        assert_eq!(recognise(&before, &[another]), [None], "another card in the same place");
        before[0].live = false;
        assert_eq!(recognise(&before, &[found("x.toml", 0, 7, 70)]), [None]);
    }

    #[test]
    fn an_id_added_later_is_recognised_by_the_text_only() {
        let before = [known("~a", "x.toml", 0, 1, 10)];
        let mut card = found("x.toml", 0, 1, 10);
        card.id = Some(CardId("x/a".into()));
        assert_eq!(recognise(&before, std::slice::from_ref(&card)), [Some(0)]);
        card.question_hash = 5;
        card.answer_hash = 50;
        assert_eq!(recognise(&before, &[card]), [None]);
    }

    #[test]
    fn the_newest_place_of_a_card_counts() {
        let marks = [known("~a", "x.toml", 0, 1, 10), known("~a", "y.toml", 3, 1, 11)];
        assert_eq!(newest(marks), [known("~a", "y.toml", 3, 1, 11)]);
    }
}
