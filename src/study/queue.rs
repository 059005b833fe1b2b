//! Which cards today, in which order: due ones by lowest recall, then new ones; tags mixed, confusable partners near.

use std::collections::{BTreeMap, HashSet, VecDeque};

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::domain::card::CardId;
use crate::domain::deck::CardEntry;
use crate::domain::memory::Schedule;
use crate::domain::time::Day;

/// A card that could be asked.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// The card.
    pub entry: &'a CardEntry,
    /// Its schedule.
    pub schedule: Schedule,
    /// Probability of recall today, 0 to 1.
    pub retrievability: f32,
    /// Seconds that asking it will probably take.
    pub seconds: f32,
    /// Whether its main tag is one that was asked for, and not only one of its further tags.
    pub is_focus: bool,
}

/// How much is asked.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Limits {
    /// New cards at most.
    pub new_cards: usize,
    /// Cards at most.
    pub cards: Option<usize>,
    /// Minutes at most, by the estimated seconds of the cards.
    pub minutes: Option<u32>,
}

/// How many new cards of a tag that was never studied come in a row before tags are mixed.
const FIRST_RUN: usize = 3;

/// How far apart two confusable partners may stand.
const PARTNER_REACH: usize = 3;

/// The positions (in `candidates`) of the cards to ask today, in order.
///
/// A card is due when its day has come or a wrong quiz answer asked for it; `seed` changes the order among equals.
pub fn today(candidates: &[Candidate<'_>], today: Day, limits: Limits, seed: u64) -> Vec<usize> {
    let mut rng = StdRng::seed_from_u64(seed);
    let due = due_in_order(candidates, today, &mut rng);
    let new = new_in_order(candidates, limits.new_cards, &mut rng);
    let mut order = mix_tags(candidates, due);
    order.extend(new);
    bring_partners_near(candidates, &mut order);
    within(candidates, order, limits)
}

/// Positions of every due card, whatever the limits.
pub fn due(candidates: &[Candidate<'_>], today: Day) -> Vec<usize> {
    let is_due =
        |candidate: &Candidate<'_>| candidate.schedule.due().is_some_and(|day| day <= today);
    (0..candidates.len()).filter(|index| is_due(&candidates[*index])).collect()
}

fn due_in_order(candidates: &[Candidate<'_>], today: Day, rng: &mut StdRng) -> Vec<usize> {
    let mut order = due(candidates, today);
    order.shuffle(rng);
    // A stable sort after the shuffle: equals stay in the seed's order. Recall within a few points is equal.
    order.sort_by_key(|index| recall_band(candidates[*index].retrievability));
    order
}

/// Recall in steps of 5 %, so that today's order differs from yesterday's among cards that are equally weak.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1 in 20 steps")]
fn recall_band(retrievability: f32) -> u8 {
    (retrievability.clamp(0.0, 1.0) * 20.0) as u8
}

/// New cards: questions asked in real interviews first, then the easier ones; a tag never studied opens with up to
/// three in a row, then tags take turns.
fn new_in_order(candidates: &[Candidate<'_>], limit: usize, rng: &mut StdRng) -> Vec<usize> {
    let mut groups = new_by_tag(candidates, rng);
    groups.shuffle(rng);
    let studied: HashSet<&str> = candidates
        .iter()
        .filter(|candidate| !candidate.schedule.is_new())
        .map(|candidate| main_tag(candidate.entry))
        .collect();
    // `--tag networking` means the networking cards first, then those of other decks that touch it.
    let (focus, rest): (Vec<_>, Vec<_>) = groups
        .into_iter()
        .partition(|(_, cards)| cards.iter().any(|index| candidates[*index].is_focus));
    let mut order = take_turns(focus, &studied, limit);
    let left = limit - order.len();
    order.extend(take_turns(rest, &studied, left));
    order
}

/// One card of each group in turn, up to three in a row at the opening of a tag that was never studied.
fn take_turns(
    groups: Vec<(&str, Vec<usize>)>,
    studied: &HashSet<&str>,
    limit: usize,
) -> Vec<usize> {
    let mut queue: VecDeque<(bool, VecDeque<usize>)> =
        groups.into_iter().map(|(tag, cards)| (studied.contains(tag), cards.into())).collect();
    let mut order = Vec::new();
    while order.len() < limit
        && let Some((known, mut cards)) = queue.pop_front()
    {
        let run = if known { 1 } else { FIRST_RUN }.min(limit - order.len());
        order.extend(cards.drain(..run.min(cards.len())));
        if !cards.is_empty() {
            queue.push_back((true, cards));
        }
    }
    order
}

fn new_by_tag<'a>(candidates: &[Candidate<'a>], rng: &mut StdRng) -> Vec<(&'a str, Vec<usize>)> {
    let mut groups: BTreeMap<&str, Vec<(bool, u8, u32, usize)>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        // A new card that a wrong quiz answer asked for is due, not new.
        if candidate.schedule == Schedule::UNSEEN {
            let entry = candidate.entry;
            let level = entry.level.map_or(1, crate::domain::card::Level::get);
            let rank = (entry.asked.is_empty(), level, rng.random::<u32>(), index);
            groups.entry(main_tag(entry)).or_default().push(rank);
        }
    }
    groups
        .into_iter()
        .map(|(tag, mut ranked)| {
            ranked.sort_unstable();
            (tag, ranked.into_iter().map(|(_, _, _, index)| index).collect())
        })
        .collect()
}

/// Keeps the order but never lets one tag follow itself while another waits within reach.
fn mix_tags(candidates: &[Candidate<'_>], order: Vec<usize>) -> Vec<usize> {
    const REACH: usize = 12;
    let mut waiting: VecDeque<usize> = order.into();
    let mut mixed: Vec<usize> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let last = mixed.last().map(|index| main_tag(candidates[*index].entry));
        let next = waiting
            .iter()
            .take(REACH)
            .position(|index| Some(main_tag(candidates[*index].entry)) != last)
            .unwrap_or(0);
        mixed.extend(waiting.remove(next));
    }
    mixed
}

/// Moves the later of two confusable partners to within three cards of the earlier one.
fn bring_partners_near(candidates: &[Candidate<'_>], order: &mut Vec<usize>) {
    let mut index = 0;
    while index < order.len() {
        let first = candidates[order[index]].entry;
        let far = (index + PARTNER_REACH + 1..order.len())
            .find(|later| are_partners(first, candidates[order[*later]].entry));
        if let Some(far) = far {
            let partner = order.remove(far);
            order.insert(index + 2, partner);
        }
        index += 1;
    }
}

fn are_partners(one: &CardEntry, other: &CardEntry) -> bool {
    let names =
        |versus: &[CardId], id: &Option<CardId>| id.as_ref().is_some_and(|id| versus.contains(id));
    names(&one.versus, &other.id) || names(&other.versus, &one.id)
}

fn within(candidates: &[Candidate<'_>], order: Vec<usize>, limits: Limits) -> Vec<usize> {
    let mut left = limits.minutes.map_or(f32::INFINITY, |minutes| {
        f32::from(u16::try_from(minutes).unwrap_or(u16::MAX)) * 60.0
    });
    order
        .into_iter()
        .take(limits.cards.unwrap_or(usize::MAX))
        .take_while(|index| {
            // The card that crosses the limit is still asked: stopping short would waste the minutes given.
            let fits = left > 0.0;
            left -= candidates[*index].seconds;
            fits
        })
        .collect()
}

/// The tag under which a card is mixed: its first one, or its deck.
pub fn main_tag(entry: &CardEntry) -> &str {
    entry.tags.first().map_or(entry.deck.0.as_str(), |tag| tag.0.as_str())
}

/// A plain open card, for the tests of this floor.
#[cfg(test)]
pub fn entry_for_tests(id: &str, tag: &str) -> CardEntry {
    use crate::domain::card::{CardKey, CardKind, Level};
    use crate::domain::deck::{DeckId, FileName, Origin};
    use crate::domain::lang::{Lang, Localized};
    use crate::domain::tag::Tag;
    CardEntry {
        key: CardKey(id.into()),
        id: Some(CardId(id.into())),
        deck: DeckId(tag.into()),
        file: FileName { origin: Origin::User, path: "x.toml".into() },
        position: 0,
        offset: 0,
        length: 0,
        line: 1,
        kind: CardKind::Open,
        level: Level::new(1),
        tags: vec![Tag(tag.into())],
        roles: Vec::new(),
        asked: Vec::new(),
        versus: Vec::new(),
        points: 0,
        aim_seconds: 90,
        retired: false,
        title: Localized::new(Lang::En, id.into(), None),
        question_hash: 0,
        answer_hash: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Limits, entry_for_tests as entry, today};
    use crate::domain::card::CardId;
    use crate::domain::deck::CardEntry;
    use crate::domain::memory::{CardState, MemoryState, Progress, Schedule};
    use crate::domain::time::{Day, Timestamp};

    fn due_card(entry: &CardEntry, retrievability: f32) -> Candidate<'_> {
        let progress = Progress {
            state: CardState::Review,
            memory: MemoryState { stability: 3.0, difficulty: 5.0 },
            first_day: Day(1),
            last_day: Day(1),
            last_at: Timestamp(0),
            due: Day(9),
            reviews: 1,
            lapses: 0,
        };
        Candidate {
            entry,
            schedule: Schedule::Seen(progress),
            retrievability,
            seconds: 60.0,
            is_focus: false,
        }
    }

    fn new_card(entry: &CardEntry) -> Candidate<'_> {
        Candidate {
            entry,
            schedule: Schedule::UNSEEN,
            retrievability: 0.0,
            seconds: 60.0,
            is_focus: false,
        }
    }

    fn limits(new_cards: usize) -> Limits {
        Limits { new_cards, ..Limits::default() }
    }

    fn names(candidates: &[Candidate<'_>], order: &[usize]) -> Vec<String> {
        order.iter().map(|index| candidates[*index].entry.key.0.clone()).collect()
    }

    #[test]
    fn the_weakest_due_card_comes_first_and_new_ones_last() {
        let entries = [entry("strong", "a"), entry("weak", "b"), entry("new", "c")];
        let candidates =
            [due_card(&entries[0], 0.95), due_card(&entries[1], 0.40), new_card(&entries[2])];
        let order = today(&candidates, Day(10), limits(5), 1);
        assert_eq!(names(&candidates, &order), ["weak", "strong", "new"]);
    }

    #[test]
    fn a_card_is_not_asked_before_its_day() {
        let entries = [entry("later", "a")];
        let candidates = [due_card(&entries[0], 0.9)];
        assert!(today(&candidates, Day(8), limits(5), 1).is_empty());
        assert_eq!(today(&candidates, Day(9), limits(5), 1), [0]);
    }

    #[test]
    fn no_more_new_cards_than_given() {
        let entries: Vec<CardEntry> = (0..20).map(|n| entry(&n.to_string(), "a")).collect();
        let candidates: Vec<Candidate<'_>> = entries.iter().map(new_card).collect();
        assert_eq!(today(&candidates, Day(0), limits(4), 1).len(), 4);
    }

    #[test]
    fn a_new_tag_opens_with_three_in_a_row_and_then_takes_turns() {
        let entries: Vec<CardEntry> =
            (0..10).map(|n| entry(&n.to_string(), if n < 5 { "a" } else { "b" })).collect();
        let candidates: Vec<Candidate<'_>> = entries.iter().map(new_card).collect();
        let order = today(&candidates, Day(0), limits(10), 3);
        let tags: String = order.iter().map(|i| candidates[*i].entry.tags[0].0.as_str()).collect();
        assert!(tags == "aaabbbabab" || tags == "bbbaaababa", "{tags}");
    }

    #[test]
    fn the_tag_that_was_asked_for_comes_before_cards_that_only_touch_it() {
        let entries: Vec<CardEntry> =
            (0..8).map(|n| entry(&n.to_string(), if n < 4 { "a" } else { "b" })).collect();
        for seed in 0..10 {
            let candidates: Vec<Candidate<'_>> = entries
                .iter()
                .map(|e| Candidate { is_focus: e.deck.0 == "b", ..new_card(e) })
                .collect();
            let order = today(&candidates, Day(0), limits(6), seed);
            let tags: String =
                order.iter().map(|i| candidates[*i].entry.tags[0].0.as_str()).collect();
            assert_eq!(tags, "bbbbaa");
        }
    }

    #[test]
    fn due_tags_are_mixed() {
        let entries: Vec<CardEntry> =
            (0..8).map(|n| entry(&n.to_string(), if n < 4 { "a" } else { "b" })).collect();
        let candidates: Vec<Candidate<'_>> = entries.iter().map(|e| due_card(e, 0.8)).collect();
        let order = today(&candidates, Day(10), limits(0), 5);
        let tags: Vec<&str> =
            order.iter().map(|i| candidates[*i].entry.tags[0].0.as_str()).collect();
        assert!(tags.windows(2).all(|pair| pair[0] != pair[1]), "{tags:?}");
    }

    #[test]
    fn confusable_partners_come_within_three_cards() {
        let mut entries: Vec<CardEntry> = (0..12).map(|n| entry(&n.to_string(), "a")).collect();
        entries[0].versus = vec![CardId("11".into())];
        for seed in 0..20 {
            let candidates: Vec<Candidate<'_>> = entries.iter().map(|e| due_card(e, 0.8)).collect();
            let order = names(&candidates, &today(&candidates, Day(10), limits(0), seed));
            let place = |id: &str| order.iter().position(|name| name == id).expect("asked");
            assert!(place("0").abs_diff(place("11")) <= 3, "seed {seed}: {order:?}");
        }
    }

    #[test]
    fn another_seed_gives_another_order_and_the_same_seed_the_same() {
        let entries: Vec<CardEntry> = (0..12).map(|n| entry(&n.to_string(), "a")).collect();
        let candidates: Vec<Candidate<'_>> = entries.iter().map(|e| due_card(e, 0.8)).collect();
        let order = |seed| today(&candidates, Day(10), limits(0), seed);
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
    }

    #[test]
    fn minutes_bound_the_session() {
        let entries: Vec<CardEntry> = (0..30).map(|n| entry(&n.to_string(), "a")).collect();
        let candidates: Vec<Candidate<'_>> = entries.iter().map(|e| due_card(e, 0.8)).collect();
        let limits = Limits { minutes: Some(5), ..Limits::default() };
        assert_eq!(today(&candidates, Day(10), limits, 1).len(), 5);
    }
}
