//! Cards that cost most: forgotten after they had been recalled, sure and wrong, never right.

use std::collections::HashMap;

use crate::domain::card::CardKey;
use crate::domain::time::Day;
use crate::study::stats::walk::Answer;

/// Answers after which a card that was never right is a hard one.
const NEVER_RIGHT_AFTER: u32 = 2;

/// A card that costs much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HardCard {
    /// The card.
    pub key: CardKey,
    /// Its question's first line; none for a card that is gone.
    pub title: Option<String>,
    /// Answers in the window.
    pub answers: u32,
    /// Misses in the window.
    pub misses: u32,
    /// How often it was forgotten in the window, after it had been recalled.
    pub lapses: u32,
    /// How often the learner was sure, and wrong, in the window.
    pub sure_and_wrong: u32,
    /// Whether it was never right in at least two answers, whatever the window.
    pub is_never_right: bool,
    /// The day of the last answer.
    pub last: Day,
}

impl HardCard {
    /// What it has cost: lapses, sure-and-wrong answers, and every miss of a card that was never right.
    pub const fn cost(&self) -> u32 {
        self.lapses + self.sure_and_wrong + if self.is_never_right { self.misses } else { 0 }
    }
}

/// The sums.
#[derive(Default)]
pub struct Hardness {
    cards: HashMap<CardKey, Sum>,
}

struct Sum {
    card: HardCard,
    judged: u32,
    rights: u32,
}

impl Hardness {
    pub fn take(&mut self, answer: &Answer<'_>) {
        let review = answer.review;
        let sum = self.cards.entry(review.key.clone()).or_insert_with(|| Sum {
            card: HardCard {
                key: review.key.clone(),
                title: answer.facts.map(|facts| facts.title.to_owned()),
                answers: 0,
                misses: 0,
                lapses: 0,
                sure_and_wrong: 0,
                is_never_right: false,
                last: review.day,
            },
            judged: 0,
            rights: 0,
        });
        if let Some(is_miss) = answer.is_miss() {
            sum.judged += 1;
            sum.rights += u32::from(!is_miss);
        }
        sum.card.last = sum.card.last.max(review.day);
        if answer.is_counted {
            sum.card.answers += 1;
            sum.card.misses += u32::from(answer.is_miss() == Some(true));
            sum.card.lapses += u32::from(answer.is_lapse);
            sum.card.sure_and_wrong += u32::from(answer.is_sure_and_wrong());
        }
    }

    /// The hard cards, the costliest first.
    pub fn finish(self) -> Vec<HardCard> {
        let mut cards: Vec<HardCard> = self
            .cards
            .into_values()
            .map(|Sum { card, judged, rights }| HardCard {
                is_never_right: rights == 0 && judged >= NEVER_RIGHT_AFTER,
                ..card
            })
            .filter(|card| card.cost() > 0)
            .collect();
        cards.sort_by(|one, other| {
            let rank = |it: &HardCard| std::cmp::Reverse((it.cost(), it.misses, it.last));
            rank(one).cmp(&rank(other)).then_with(|| one.key.cmp(&other.key))
        });
        cards
    }
}
