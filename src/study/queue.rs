//! Which cards today, in which order: due ones by lowest recall, then new ones; tags mixed, confusable partners near.

use std::collections::{BTreeMap, HashSet, VecDeque};

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::domain::card::CardId;
use crate::domain::deck::CardEntry;
use crate::domain::memory::Schedule;
use crate::domain::time::Day;
use crate::study::weigh::Weight;

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
    /// What it counts for the interview.
    pub weight: Weight,
    /// Seconds against a card of length 1.
    pub length: f32,
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

/// Scores within this share of the best one count as equal: among them tags take turns.
const EQUAL_SCORES: f32 = 0.9;

/// A candidate's score before an interview, and whether it must be asked whatever it gains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// Questions won per second; cards at or below the floor are left out.
    pub score: f32,
    /// A seen card that has fallen below the recall to hold: before all that only gain.
    pub is_slipping: bool,
    /// Failed today and not recalled yet, or answered wrong in a quiz today.
    pub is_owed: bool,
}

/// The positions (in `candidates`) of the cards to ask today before an interview, in order: what is owed, what slips
/// away, then the greatest score first until `seconds` are spent. `scores` belong to the candidates; `floor` is in questions per second.
pub fn by_score(
    candidates: &[Candidate<'_>],
    scores: &[Scored],
    floor: f32,
    (limits, seconds): (ScoreLimits, f32),
) -> Vec<usize> {
    let (mut owed, mut rest): (Vec<usize>, Vec<usize>) = (0..candidates.len())
        .filter(|index| scores[*index].is_owed || scores[*index].score > floor)
        .partition(|index| scores[*index].is_owed);
    let best_first = |one: &usize, other: &usize| {
        let (one_is, other_is) = (&scores[*one], &scores[*other]);
        other_is
            .is_slipping
            .cmp(&one_is.is_slipping)
            .then(other_is.score.total_cmp(&one_is.score))
            .then(one.cmp(other))
    };
    owed.sort_by(best_first);
    rest.sort_by(best_first);
    let mut left = seconds - owed.iter().map(|index| candidates[*index].seconds).sum::<f32>();
    let mut new_left = limits.new_cards.unwrap_or(usize::MAX);
    rest.retain(|index| {
        if left <= 0.0 || (candidates[*index].schedule.is_new() && new_left == 0) {
            return false;
        }
        left -= candidates[*index].seconds;
        new_left -= usize::from(candidates[*index].schedule.is_new());
        true
    });
    let mut order = owed;
    order.extend(mix_equals(candidates, scores, rest));
    bring_partners_near(candidates, &mut order);
    order.truncate(limits.cards.unwrap_or(usize::MAX));
    order
}

/// How much is asked before an interview, apart from the time.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct ScoreLimits {
    /// New cards at most; none for no limit, as a new card enters when its score wins.
    pub new_cards: Option<usize>,
    /// Cards at most.
    pub cards: Option<usize>,
}

/// Keeps the order of scores, but among equal ones never lets a tag follow itself while another waits.
fn mix_equals(candidates: &[Candidate<'_>], scores: &[Scored], order: Vec<usize>) -> Vec<usize> {
    let mut waiting: VecDeque<usize> = order.into();
    let mut mixed: Vec<usize> = Vec::with_capacity(waiting.len());
    while let Some(best) = waiting.front() {
        let last = mixed.last().map(|index| main_tag(candidates[*index].entry));
        let best = scores[*best];
        let is_equal = |other: &Scored| {
            other.is_slipping == best.is_slipping && other.score >= best.score * EQUAL_SCORES
        };
        let next = waiting
            .iter()
            .take_while(|index| is_equal(&scores[**index]))
            .position(|index| Some(main_tag(candidates[*index].entry)) != last)
            .unwrap_or(0);
        mixed.extend(waiting.remove(next));
    }
    mixed
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
    use super::{
        Candidate, Limits, ScoreLimits, Scored, by_score, entry_for_tests as entry, today,
    };
    use crate::domain::card::CardId;
    use crate::domain::deck::CardEntry;
    use crate::domain::memory::{CardState, MemoryState, Progress, Schedule};
    use crate::domain::time::{Day, Timestamp};
    use crate::study::weigh::Weight;

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
            weight: Weight::ORDINARY,
            length: 1.0,
            is_focus: false,
        }
    }

    fn new_card(entry: &CardEntry) -> Candidate<'_> {
        Candidate {
            entry,
            schedule: Schedule::UNSEEN,
            retrievability: 0.0,
            seconds: 60.0,
            weight: Weight::ORDINARY,
            length: 1.0,
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

    fn scored(scores: &[f32]) -> Vec<Scored> {
        scores
            .iter()
            .map(|score| Scored { score: *score, is_slipping: false, is_owed: false })
            .collect()
    }

    const NO_LIMITS: (ScoreLimits, f32) =
        (ScoreLimits { new_cards: None, cards: None }, f32::INFINITY);

    #[test]
    fn before_an_interview_the_greatest_gain_comes_first_due_or_not() {
        let entries = [entry("low", "a"), entry("new", "b"), entry("none", "c")];
        let candidates =
            [due_card(&entries[0], 0.4), new_card(&entries[1]), due_card(&entries[2], 0.4)];
        let order = by_score(&candidates, &scored(&[0.1, 0.3, 0.0]), 0.01, NO_LIMITS);
        assert_eq!(names(&candidates, &order), ["new", "low"]);
    }

    #[test]
    fn what_was_failed_today_comes_before_any_gain_and_whatever_the_time() {
        let entries = [entry("best", "a"), entry("failed", "b")];
        let candidates = [new_card(&entries[0]), due_card(&entries[1], 0.0)];
        let mut scores = scored(&[0.5, 0.0]);
        scores[1].is_owed = true;
        let order = by_score(&candidates, &scores, 0.01, (ScoreLimits::default(), 0.0));
        assert_eq!(names(&candidates, &order), ["failed"]);
        let order = by_score(&candidates, &scores, 0.01, NO_LIMITS);
        assert_eq!(names(&candidates, &order), ["failed", "best"]);
    }

    #[test]
    fn what_slips_away_comes_before_what_gains_more() {
        let entries = [entry("gains", "a"), entry("slips", "b")];
        let candidates = [new_card(&entries[0]), due_card(&entries[1], 0.6)];
        let mut scores = scored(&[0.5, 0.1]);
        scores[1].is_slipping = true;
        let order = by_score(&candidates, &scores, 0.01, NO_LIMITS);
        assert_eq!(names(&candidates, &order), ["slips", "gains"]);
    }

    #[test]
    fn the_time_and_the_limits_end_the_queue() {
        let entries: Vec<CardEntry> = (0..9).map(|n| entry(&n.to_string(), "a")).collect();
        let candidates: Vec<Candidate<'_>> = entries.iter().map(new_card).collect();
        let scores = scored(&[0.5; 9]);
        let order = |limits, seconds| by_score(&candidates, &scores, 0.0, (limits, seconds)).len();
        assert_eq!(order(ScoreLimits::default(), 130.0), 3);
        assert_eq!(order(ScoreLimits { new_cards: Some(2), cards: None }, 1e9), 2);
        assert_eq!(order(ScoreLimits { new_cards: None, cards: Some(4) }, 1e9), 4);
    }

    #[test]
    fn among_equal_scores_tags_take_turns_but_a_better_card_is_not_held_back() {
        let entries: Vec<CardEntry> =
            ["a", "a", "a", "b", "b"].iter().map(|tag| entry("x", tag)).collect();
        let candidates: Vec<Candidate<'_>> = entries.iter().map(new_card).collect();
        let scores = scored(&[0.9, 0.50, 0.49, 0.48, 0.47]);
        let order = by_score(&candidates, &scores, 0.0, NO_LIMITS);
        let tags: String = order.iter().map(|index| entries[*index].tags[0].0.as_str()).collect();
        assert_eq!(tags, "ababa");
    }

    #[test]
    fn confusable_partners_come_near_each_other_before_an_interview_too() {
        let mut entries: Vec<CardEntry> = (0..12).map(|n| entry(&n.to_string(), "a")).collect();
        entries[0].versus = vec![CardId("11".into())];
        let candidates: Vec<Candidate<'_>> = entries.iter().map(new_card).collect();
        let scores: Vec<f32> = (0..12_u8).map(|n| 1.0 - f32::from(n) / 20.0).collect();
        let order = names(&candidates, &by_score(&candidates, &scored(&scores), 0.0, NO_LIMITS));
        let place = |id: &str| order.iter().position(|name| name == id).expect("asked");
        assert!(place("0").abs_diff(place("11")) <= 3, "{order:?}");
    }
}
