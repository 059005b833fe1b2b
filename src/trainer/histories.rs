//! Histories whose card is in no deck any more: which there are, which card each may belong to, and giving one to a card.

use std::collections::{HashMap, HashSet};

use crate::domain::card::CardKey;
use crate::domain::deck::{CardEntry, Origin};
use crate::domain::review::{Mark, MarkKind};
use crate::domain::sighting::Sighting;
use crate::domain::time::{Day, Timestamp};
use crate::study::identity::{Found, may_be_compared, resembling};
use crate::trainer::Trainer;
use crate::trainer::catalog::remembered_texts;
use crate::trainer::recognition::{found_card, identity_mark};

/// A history without a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// What its reviews name.
    pub key: CardKey,
    /// The question as it was last seen; empty where that is not known.
    pub question: String,
    /// The file where the card was last seen; empty where that is not known.
    pub file: String,
    /// Number of answers.
    pub reviews: usize,
    /// The study day of the last one.
    pub last_day: Option<Day>,
    /// Whether the card is only hidden by errors in its file.
    pub is_hidden: bool,
}

/// A history without a card, and a new card to which it may belong.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The history.
    pub history: Orphan,
    /// The card.
    pub card: CardEntry,
}

/// Why a history was not given to a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotGiven {
    /// There is no such history.
    NoHistory,
    /// It belongs to a card that is in a deck.
    HasCard(String),
    /// The card has answers of its own.
    CardHasHistory(usize),
    /// The log could not be written.
    Unsaved(String),
}

impl Trainer {
    /// Histories whose card is in no deck, the latest answer first.
    pub fn orphans(&self) -> Vec<Orphan> {
        let cards: HashSet<&CardKey> = self.entries().iter().map(|entry| &entry.key).collect();
        let keys: Vec<&CardKey> =
            self.schedules.keys().filter(|key| !cards.contains(key)).collect();
        if keys.is_empty() {
            return Vec::new();
        }
        let seen = self.seen_by_key();
        let mut orphans: Vec<Orphan> =
            keys.into_iter().filter_map(|key| self.orphan(key, seen.get(key))).collect();
        orphans.sort_by(|one, other| (other.last_day, &one.key).cmp(&(one.last_day, &other.key)));
        orphans
    }

    fn seen_by_key(&self) -> HashMap<CardKey, Sighting> {
        let seen = self.store.last_seen().unwrap_or_default();
        seen.into_iter().map(|it| (it.key.clone(), it)).collect()
    }

    fn orphan(&self, key: &CardKey, seen: Option<&Sighting>) -> Option<Orphan> {
        let history = self.store.history(key).unwrap_or_default();
        let last = history.last()?;
        let (question, file) =
            seen.map_or_else(Default::default, |it| (it.question.clone(), it.file.clone()));
        let has_errors = self.decks().iter().any(|deck| deck.file.path == file && deck.errors > 0);
        Some(Orphan {
            key: key.clone(),
            question,
            file,
            reviews: history.len(),
            last_day: Some(last.day),
            is_hidden: has_errors && seen.is_some_and(|it| it.is_here),
        })
    }

    /// Histories without a card, each with the new card to which it probably belongs: the learner must be asked.
    pub fn pending(&self) -> Vec<Pending> {
        let orphans: Vec<Orphan> = self.orphans().into_iter().filter(|it| !it.is_hidden).collect();
        if orphans.is_empty() {
            return Vec::new();
        }
        let mut seen = self.seen_by_key();
        let (orphans, known): (Vec<Orphan>, Vec<Sighting>) = orphans
            .into_iter()
            .filter_map(|orphan| seen.remove(&orphan.key).map(|seen| (orphan, seen)))
            .unzip();
        let cards: Vec<&CardEntry> =
            self.entries().iter().filter(|entry| self.is_unseen(entry)).collect();
        let reads_texts = may_be_compared(known.len(), cards.len());
        let found: Vec<Found> = cards
            .iter()
            .map(|card| {
                let text = reads_texts.then(|| self.card(card).ok()).flatten();
                found_card(card, text.as_ref().map(remembered_texts).as_ref())
            })
            .collect();
        let apart = self.parted();
        let mut pairs: Vec<(u32, usize, &CardEntry)> = resembling(&known, &found)
            .into_iter()
            .map(|(score, at, card)| (score, at, cards[card]))
            .filter(|(_, at, card)| !apart.contains(&(orphans[*at].key.clone(), card.key.clone())))
            .collect();
        pairs.sort_by_key(|(score, at, _)| (std::cmp::Reverse(*score), *at));
        let (mut asked, mut offered) = (HashSet::new(), HashSet::new());
        let mut pending = Vec::new();
        for (_, at, card) in pairs {
            if !asked.contains(&at) && !offered.contains(&card.key) {
                asked.insert(at);
                offered.insert(card.key.clone());
                pending.push(Pending { history: orphans[at].clone(), card: card.clone() });
            }
        }
        pending
    }

    /// How many questions are open, where cards have been found since the last call that were not recognised; else 0.
    pub fn news_pending(&mut self) -> usize {
        if std::mem::take(&mut self.has_new_cards) { self.pending().len() } else { 0 }
    }

    /// A card of the user that was never answered.
    fn is_unseen(&self, entry: &CardEntry) -> bool {
        entry.file.origin == Origin::User && !self.schedules.contains_key(&entry.key)
    }

    /// Histories and cards that the user has told apart.
    fn parted(&self) -> HashSet<(CardKey, CardKey)> {
        let marks = self.store.all_marks().unwrap_or_default();
        let apart = marks.into_iter().filter_map(|mark| match mark.kind {
            MarkKind::Apart { from } => Some((mark.key, from)),
            _ => None,
        });
        apart.collect()
    }

    /// Gives a history to a card. What the card was answered until then, where `replace` allows that, becomes a history without
    /// card: nothing is lost.
    pub fn give_history(
        &mut self,
        history: &CardKey,
        card: &CardEntry,
        replace: bool,
        now: Timestamp,
    ) -> Result<(), NotGiven> {
        if !self.schedules.contains_key(history) {
            return Err(NotGiven::NoHistory);
        }
        if let Some(owner) = self.entry_of(history) {
            return Err(NotGiven::HasCard(owner.name()));
        }
        let own = self.store.history(&card.key).map_or(0, |reviews| reviews.len());
        if own > 0 && !replace {
            return Err(NotGiven::CardHasHistory(own));
        }
        let mark = match &card.id {
            Some(id) => {
                let kind = MarkKind::Alias { id: id.0.clone() };
                Mark { at: now, key: history.clone(), kind }
            }
            None => identity_mark(&CardEntry { key: history.clone(), ..card.clone() }, now),
        };
        let unsaved = |error: crate::store::StoreError| NotGiven::Unsaved(error.to_string());
        self.store.mark(&mark).map_err(unsaved)?;
        self.store.forget_files(std::slice::from_ref(&card.file)).map_err(unsaved)?;
        self.load_catalog(now);
        Ok(())
    }

    /// Writes down that a history does not belong to a card, so that it is not asked again.
    pub fn part_history(
        &mut self,
        history: &CardKey,
        card: &CardKey,
        now: Timestamp,
    ) -> Result<(), crate::store::StoreError> {
        let kind = MarkKind::Apart { from: card.clone() };
        self.mark(&Mark { at: now, key: history.clone(), kind })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use crate::domain::card::CardKey;
    use crate::domain::memory::Schedule;
    use crate::domain::review::Rating;
    use crate::trainer::tests::{Home, MORNING, bare, grade, key_of, later};
    use crate::trainer::{NotGiven, Trainer};

    /// Five cards that share nothing.
    const CARDS: [(&str, &str); 5] = [
        (
            "What is a pod?",
            "The smallest unit that Kubernetes schedules: containers that share a network.",
        ),
        (
            "파일 디스크립터란 무엇인가요?",
            "열린 파일이나 소켓을 가리키는 프로세스 안의 번호입니다.",
        ),
        (
            "Why does DNS cache answers?",
            "To spare a round trip; the record says for how many seconds.",
        ),
        (
            "How do you roll back a release?",
            "Deploy the last good version again, then look for the cause.",
        ),
        (
            "What fills an inode table?",
            "Very many small files, such as sessions that nobody removes.",
        ),
    ];

    /// A home in which every card was answered, each another number of times.
    fn studied() -> (Home, Trainer) {
        let home = Home::new(&bare(&CARDS));
        let mut trainer = home.trainer(1);
        for (times, (question, _)) in CARDS.iter().enumerate() {
            for day in 0..=times {
                let card = key_of(&trainer, question);
                grade(&mut trainer, &card, Rating::Good, later(i64::try_from(day).unwrap() * 9));
            }
        }
        (home, trainer)
    }

    /// How often each question that stands in a deck was answered.
    fn answers(trainer: &Trainer) -> BTreeMap<String, u32> {
        let count = |key: &CardKey| trainer.schedule(key).progress().map_or(0, |it| it.reviews);
        let entries = trainer.entries().iter();
        entries.map(|entry| (entry.title.base().clone(), count(&entry.key))).collect()
    }

    /// The files were changed while prep ran and once more while it did not: in both cases every card has its answers, no answer
    /// is without card, and no two cards share any.
    #[track_caller]
    fn keeps_all(home: &Home, mut trainer: Trainer, expected: &[(&str, u32)]) {
        trainer.refresh(MORNING);
        let expected: BTreeMap<String, u32> =
            expected.iter().map(|(question, times)| ((*question).to_owned(), *times)).collect();
        assert_eq!(answers(&trainer), expected, "in the running program");
        for start in 7..9 {
            let again = home.trainer(start);
            assert_eq!(answers(&again), expected, "after start {start}");
            assert_eq!(again.orphans(), []);
            let mut keys: Vec<&CardKey> = again.entries().iter().map(|it| &it.key).collect();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), expected.len(), "every card has its own history");
            assert_eq!(again.store().log().unwrap().len(), 15, "no answer is lost");
        }
    }

    const ALL: [(&str, u32); 5] =
        [(CARDS[0].0, 1), (CARDS[1].0, 2), (CARDS[2].0, 3), (CARDS[3].0, 4), (CARDS[4].0, 5)];

    fn shuffled(order: [usize; 5]) -> String {
        bare(&order.map(|at| CARDS[at]))
    }

    #[test]
    fn cards_that_are_reordered_by_hand_keep_their_answers() {
        let (home, trainer) = studied();
        home.write(&shuffled([4, 2, 0, 3, 1]));
        keeps_all(&home, trainer, &ALL);
    }

    #[test]
    fn a_renamed_file_keeps_its_answers() {
        let (home, trainer) = studied();
        fs::rename(home.own("mine.toml"), home.own("other.toml")).unwrap();
        keeps_all(&home, trainer, &ALL);
    }

    #[test]
    fn a_file_that_was_renamed_and_edited_at_once_keeps_its_answers() {
        let (home, trainer) = studied();
        fs::remove_file(home.own("mine.toml")).unwrap();
        let mut cards = CARDS;
        cards[1].0 = "FD가 뭔가요?";
        cards[2].1 = "It saves time.";
        cards[3] = (
            "How would you roll back a bad release?",
            "Deploy the last good version once more, and then look for the cause.",
        );
        fs::write(home.own("team.toml"), bare(&cards)).unwrap();
        let mut expected = ALL;
        (expected[1].0, expected[3].0) = (cards[1].0, cards[3].0);
        keeps_all(&home, trainer, &expected);
    }

    #[test]
    fn a_deck_that_is_split_into_two_files_keeps_its_answers() {
        let (home, trainer) = studied();
        home.write(&bare(&CARDS[..2]));
        fs::write(home.own("second.toml"), bare(&[CARDS[4], CARDS[3], CARDS[2]])).unwrap();
        keeps_all(&home, trainer, &ALL);
    }

    #[test]
    fn a_deck_that_is_split_while_prep_looks_between_the_steps_keeps_its_answers() {
        let (home, mut trainer) = studied();
        home.write(&bare(&CARDS[..2]));
        trainer.refresh(MORNING);
        assert_eq!(trainer.orphans().len(), 3, "they are in no file for now");
        fs::write(home.own("second.toml"), bare(&CARDS[2..])).unwrap();
        keeps_all(&home, trainer, &ALL);
    }

    #[test]
    fn two_cards_that_swap_their_places_and_are_edited_keep_their_answers() {
        let (home, trainer) = studied();
        let mut cards = CARDS;
        cards.swap(3, 4);
        cards[3].0 = "What can fill up an inode table?";
        cards[4].1 = "Deploy the last good version again.";
        home.write(&bare(&cards));
        let mut expected = ALL;
        expected[4].0 = cards[3].0;
        keeps_all(&home, trainer, &expected);
    }

    #[test]
    fn a_card_edited_in_question_and_answer_below_a_new_card_keeps_its_answers() {
        let (home, trainer) = studied();
        let edited = (
            "Why does a DNS resolver cache answers?",
            "To spare a round trip. The TTL of the record says for how many seconds.",
        );
        home.write(&bare(&[
            ("What does 137 mean?", "Killed by signal 9."),
            CARDS[0],
            CARDS[1],
            edited,
            CARDS[3],
            CARDS[4],
        ]));
        let mut expected = ALL.to_vec();
        expected[2].0 = edited.0;
        expected.push(("What does 137 mean?", 0));
        keeps_all(&home, trainer, &expected);
    }

    #[test]
    fn a_copy_that_is_edited_is_new_and_the_original_keeps_its_answers() {
        let (home, trainer) = studied();
        let mut cards = vec![("What is a sidecar?", CARDS[0].1)];
        cards.extend(CARDS);
        home.write(&bare(&cards));
        let mut expected = ALL.to_vec();
        expected.push((cards[0].0, 0));
        keeps_all(&home, trainer, &expected);
    }

    #[test]
    fn of_two_equal_copies_each_keeps_its_own_answers_when_one_is_edited() {
        let (home, mut trainer) = studied();
        let mut cards = CARDS.to_vec();
        cards.push(CARDS[0]);
        home.write(&bare(&cards));
        trainer.refresh(MORNING);
        let first = trainer.entries().iter().find(|it| it.position == 0).unwrap().key.clone();
        cards[0].0 = "What is a pod good for?";
        home.write(&bare(&cards));
        trainer.refresh(MORNING);
        assert_eq!(key_of(&trainer, "What is a pod good for?"), first);
        let mut expected = ALL.to_vec();
        expected[0].0 = "What is a pod good for?";
        expected.push((CARDS[0].0, 0));
        keeps_all(&home, trainer, &expected);
    }

    #[test]
    fn a_card_that_was_broken_for_a_while_and_then_edited_keeps_its_answers() {
        let (home, mut trainer) = studied();
        home.write(&bare(&CARDS).replace("\"What is a pod?\"", "\"What is a pod?"));
        trainer.refresh(MORNING);
        assert_eq!(trainer.entries().len(), 4);
        assert!(trainer.orphans()[0].is_hidden, "it is there, behind a slip");
        assert_eq!(trainer.pending(), []);
        let mut cards = CARDS;
        cards[0].0 = "Pod: what is that?";
        home.write(&bare(&cards));
        let mut expected = ALL;
        expected[0].0 = cards[0].0;
        keeps_all(&home, trainer, &expected);
    }

    #[test]
    fn a_deleted_card_that_comes_back_elsewhere_has_its_answers_again() {
        let (home, mut trainer) = studied();
        home.write(&bare(&CARDS[1..]));
        trainer.refresh(MORNING);
        let orphans = trainer.orphans();
        assert_eq!((orphans.len(), orphans[0].question.as_str()), (1, CARDS[0].0));
        let (question, answer) = (CARDS[0].0, "Some containers.");
        fs::write(home.own("back.toml"), bare(&[(question, answer)])).unwrap();
        keeps_all(&home, trainer, &ALL);
    }

    #[test]
    fn an_id_that_is_given_kept_through_a_rewrite_and_taken_away_keeps_the_answers() {
        let (home, mut trainer) = studied();
        let with_id = bare(&CARDS).replacen("[[card]]\n", "[[card]]\nid = \"k8s/pod\"\n", 1);
        home.write(&with_id);
        trainer.refresh(MORNING);
        let rewritten = with_id.replace(CARDS[0].0, "포드란?").replace(CARDS[0].1, "컨테이너 묶음");
        home.write(&rewritten);
        trainer.refresh(MORNING);
        let mut expected = ALL;
        expected[0].0 = "포드란?";
        home.write(&rewritten.replace("id = \"k8s/pod\"\n", ""));
        keeps_all(&home, trainer, &expected);
    }

    #[test]
    fn another_id_is_asked_about_and_never_taken_for_the_same_silently() {
        let home = Home::new(&bare(&CARDS[..1]).replace("[[card]]", "[[card]]\nid = \"a/pod\""));
        let mut trainer = home.trainer(1);
        grade(&mut trainer, &CardKey("a/pod".into()), Rating::Good, MORNING);
        home.write(&bare(&CARDS[..1]).replace("[[card]]", "[[card]]\nid = \"b/pod\""));
        trainer.refresh(MORNING);
        let entry = trainer.entry("b/pod").unwrap().clone();
        assert_eq!(trainer.schedule(&entry.key), Schedule::UNSEEN);
        let pending = trainer.pending();
        assert_eq!((pending.len(), pending[0].card.name().as_str()), (1, "b/pod"));
        let history = pending[0].history.key.clone();
        trainer.give_history(&history, &entry, false, MORNING).unwrap();
        for trainer in [&trainer, &home.trainer(2)] {
            assert_eq!(answers(trainer), BTreeMap::from([(CARDS[0].0.to_owned(), 1)]));
            assert_eq!((trainer.orphans(), trainer.pending()), (vec![], vec![]));
        }
        // The old id comes back beside the new one: the history stays where the learner put it.
        fs::write(
            home.own("old.toml"),
            bare(&[("Back?", "Yes.")]).replace("[[card]]", "[[card]]\nid = \"a/pod\""),
        )
        .unwrap();
        trainer.refresh(MORNING);
        for trainer in [&trainer, &home.trainer(3)] {
            let expected = [(CARDS[0].0.to_owned(), 1), ("Back?".to_owned(), 0)];
            assert_eq!(answers(trainer), BTreeMap::from(expected));
        }
    }

    #[test]
    fn a_card_that_was_rewritten_completely_is_asked_about() {
        let (home, mut trainer) = studied();
        let pod = key_of(&trainer, CARDS[0].0);
        let mut cards = CARDS;
        cards[0] = ("Which port does SSH use?", "22, unless the daemon is told otherwise.");
        home.write(&bare(&cards));
        trainer.refresh(MORNING);
        let ssh = trainer.entry_of(&key_of(&trainer, cards[0].0)).unwrap().clone();
        let pending = trainer.pending();
        assert_eq!(pending.len(), 1);
        assert_eq!((&pending[0].history.key, &pending[0].card.key), (&pod, &ssh.key));
        // No: it is another card. That is not asked again.
        trainer.part_history(&pod, &ssh.key, MORNING).unwrap();
        assert_eq!(trainer.pending(), []);
        assert_eq!(home.trainer(2).pending(), []);
        // But the history is there and can still be given.
        assert_eq!(trainer.orphans()[0].key, pod);
        grade(&mut trainer, &ssh.key, Rating::Again, later(30));
        let refused = trainer.give_history(&pod, &ssh, false, MORNING).unwrap_err();
        assert_eq!(refused, NotGiven::CardHasHistory(1));
        trainer.give_history(&pod, &ssh, true, MORNING).unwrap();
        assert_eq!(key_of(&trainer, cards[0].0), pod);
        assert_eq!(key_of(&home.trainer(3), cards[0].0), pod);
        assert_eq!(trainer.orphans()[0].key, ssh.key, "nothing is lost");
    }

    #[test]
    fn a_history_is_not_given_away_from_under_a_card() {
        let (_home, mut trainer) = studied();
        let (one, other) = (key_of(&trainer, CARDS[0].0), key_of(&trainer, CARDS[1].0));
        let other = trainer.entry_of(&other).unwrap().clone();
        let refused = trainer.give_history(&one, &other, true, MORNING).unwrap_err();
        assert!(matches!(refused, NotGiven::HasCard(_)), "{refused:?}");
        let refused = trainer.give_history(&CardKey("~no".into()), &other, true, MORNING);
        assert_eq!(refused.unwrap_err(), NotGiven::NoHistory);
    }

    #[test]
    fn two_ids_of_one_history_do_not_make_two_cards_of_it() {
        let (home, mut trainer) = studied();
        let with =
            |id: &str| bare(&CARDS).replacen("[[card]]\n", &format!("[[card]]\nid = {id:?}\n"), 1);
        for id in ["x/one", "x/two"] {
            home.write(&bare(&CARDS));
            trainer.refresh(MORNING);
            home.write(&with(id));
            trainer.refresh(MORNING);
        }
        let both = format!("{}{}", with("x/two"), bare(&[("Another?", "Yes, another one.")]));
        home.write(&both.replace(
            "[[card]]\nquestion = \"Another?\"",
            "[[card]]\nid = \"x/one\"\nquestion = \"Another?\"",
        ));
        let mut expected = ALL.to_vec();
        expected.push(("Another?", 0));
        keeps_all(&home, trainer, &expected);
    }

    #[test]
    fn two_programs_that_see_a_new_card_at_the_same_time_give_it_one_key() {
        let home = Home::new("format = 1\n");
        let (mut one, mut other) = (home.trainer(1), home.trainer(2));
        home.write(&bare(&CARDS));
        one.refresh(MORNING);
        other.refresh(MORNING);
        assert_eq!(key_of(&one, CARDS[0].0), key_of(&other, CARDS[0].0));
        // A history that one program gives to a card is seen by the other.
        let key = key_of(&one, CARDS[0].0);
        grade(&mut one, &key, Rating::Good, MORNING);
        let mut cards = CARDS;
        cards[0] = ("Which port does SSH use?", "22, unless the daemon is told otherwise.");
        home.write(&bare(&cards));
        one.refresh(MORNING);
        other.refresh(MORNING);
        let ssh = one.entry_of(&key_of(&one, cards[0].0)).unwrap().clone();
        one.give_history(&key, &ssh, false, MORNING).unwrap();
        other.refresh(MORNING);
        assert_eq!(key_of(&other, cards[0].0), key);
    }
}
