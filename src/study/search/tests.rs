//! Which cards a search selects.

use super::{Heads, Hit, Listed, Search, Shelf};
use crate::domain::card::{CardId, CardKey, CardKind, Level};
use crate::domain::deck::{CardEntry, DeckId, FileName, Origin};
use crate::domain::lang::{Lang, Localized};
use crate::domain::memory::{CardState, MemoryState, Progress, Schedule};
use crate::domain::tag::{Label, LabelList, Tag};
use crate::domain::time::{Day, Timestamp};

const TODAY: Day = Day(100);

fn labels() -> LabelList {
    let label = |slug: &str, title_ko: &str, alias: &str| Label {
        slug: slug.into(),
        title: slug.to_uppercase(),
        title_ko: title_ko.into(),
        aliases: vec![alias.into()],
    };
    LabelList {
        tags: vec![
            label("kubernetes", "쿠버네티스", "k8s"),
            label("networking", "네트워크", "net"),
            label("netops", "망 운영", "ops"),
        ],
        roles: Vec::new(),
    }
}

fn card(id: &str, tag: &str) -> Listed {
    let entry = CardEntry {
        key: CardKey(id.into()),
        id: Some(CardId(id.into())),
        deck: DeckId("mine".into()),
        file: FileName { origin: Origin::User, path: "mine.toml".into() },
        position: 0,
        offset: 0,
        length: 0,
        line: 1,
        kind: CardKind::Open,
        level: None,
        tags: vec![Tag(tag.into())],
        roles: Vec::new(),
        asked: Vec::new(),
        versus: Vec::new(),
        points: 0,
        aim_seconds: 90,
        retired: false,
        title: Localized::new(Lang::En, format!("About {id}"), Some(format!("{id} 알아보기"))),
        question_hash: 0,
        answer_hash: 0,
    };
    Listed {
        head: Heads::new(&labels()).of(&entry),
        entry,
        schedule: Schedule::UNSEEN,
        recall: 0.0,
        last_points: None,
        is_suspended: false,
        is_starred: false,
        buried_until: None,
    }
}

fn seen(due: i32, lapses: u32) -> Schedule {
    Schedule::Seen(Progress {
        state: CardState::Review,
        memory: MemoryState { stability: 3.0, difficulty: 5.0 },
        first_day: Day(90),
        last_day: Day(95),
        last_at: Timestamp(0),
        due: Day(due),
        reviews: 3,
        lapses,
    })
}

fn shelf(cards: Vec<Listed>) -> Shelf {
    let tags = cards.iter().flat_map(|card| card.entry.tags.clone()).collect();
    let decks = vec![
        (DeckId("mine".into()), Localized::new(Lang::En, "My cards".into(), None)),
        (
            DeckId("other".into()),
            Localized::new(Lang::En, "Others".into(), Some("다른 카드".into())),
        ),
    ];
    Shelf { cards, tags, decks, today: TODAY }
}

/// Ids of the cards that a search finds without their texts.
fn found(shelf: &Shelf, text: &str) -> Vec<String> {
    let search = Search::new(text, shelf, &labels());
    let is_found = |card: &&Listed| search.finds(card, TODAY, || None).is_some();
    shelf.cards.iter().filter(is_found).map(|card| card.entry.key.0.clone()).collect()
}

#[test]
fn words_are_found_in_either_language_and_all_must_occur() {
    let shelf = shelf(vec![card("probe", "kubernetes"), card("timeout", "networking")]);
    assert_eq!(found(&shelf, "TIMEOUT 알아"), ["timeout"]);
    assert_eq!(found(&shelf, "쿠버 about"), ["probe"]);
    assert_eq!(found(&shelf, "timeout probe"), [""; 0]);
    assert_eq!(found(&shelf, ""), ["probe", "timeout"]);
    assert_eq!(found(&shelf, "\"about  timeout\""), ["timeout"]);
}

#[test]
fn a_tag_may_be_written_in_any_spelling_or_begun() {
    let shelf = shelf(vec![
        card("a", "kubernetes"),
        card("b", "networking"),
        card("c", "netops"),
        card("d", "my-team"),
    ]);
    for text in ["tag:k8s", "tag:쿠버네티스", "태그:KUBERNETES", "tag:kub", "tag:쿠버"] {
        assert_eq!(found(&shelf, text), ["a"], "{text}");
    }
    // An alias that is spelled out is not a beginning.
    assert_eq!(found(&shelf, "tag:net"), ["b"]);
    assert_eq!(found(&shelf, "tag:ne"), ["b", "c"]);
    assert_eq!(found(&shelf, "tag:k8s,my"), ["a", "d"]);
    assert_eq!(found(&shelf, "tag:k8s tag:my-team"), [""; 0]);
    let search = Search::new("tag:nothing", &shelf, &labels());
    assert_eq!(search.refused[0].word, "nothing");
    assert_eq!(found(&shelf, "tag:nothing"), [""; 0]);
}

#[test]
fn decks_levels_kinds_and_companies_narrow() {
    let mut hard = card("hard", "kubernetes");
    hard.entry.level = Level::new(3);
    hard.entry.kind = CardKind::Order;
    hard.entry.deck = DeckId("other".into());
    hard.entry.asked = vec!["핀테크 K".into()];
    let shelf = shelf(vec![card("easy", "kubernetes"), hard]);
    let hard = ["deck:other", "deck:다른", "level:2-3", "kind:순서", "asked:핀테크k", "기출:"];
    for text in hard {
        assert_eq!(found(&shelf, text), ["hard"], "{text}");
    }
    for text in ["deck:mine", "덱:my", "level:1", "kind:open"] {
        assert_eq!(found(&shelf, text), ["easy"], "{text}");
    }
}

#[test]
fn cards_are_found_by_how_they_stand() {
    let with = |id: &str, schedule| Listed { schedule, ..card(id, "kubernetes") };
    let buried = Listed { buried_until: Some(TODAY + 1), ..with("buried", seen(99, 0)) };
    let out = Listed { is_suspended: true, ..with("out", seen(99, 2)) };
    let star = Listed { is_starred: true, ..with("star", seen(105, 1)) };
    let shelf =
        shelf(vec![with("due", seen(100, 0)), with("new", Schedule::UNSEEN), buried, out, star]);
    assert_eq!(found(&shelf, "due"), ["due"]);
    assert_eq!(found(&shelf, "오늘"), ["due"]);
    assert_eq!(found(&shelf, "new"), ["new"]);
    assert_eq!(found(&shelf, "lapsed"), ["out", "star"]);
    assert_eq!(found(&shelf, "틀린 별표"), ["star"]);
    assert_eq!(found(&shelf, "suspended"), ["out"]);
}

#[test]
fn a_text_is_looked_at_only_for_what_the_head_does_not_hold() {
    let shelf = shelf(vec![card("probe", "kubernetes")]);
    let listed = &shelf.cards[0];
    let search = |text: &str| Search::new(text, &shelf, &labels());
    assert_eq!(search("probe").finds(listed, TODAY, || panic!("not needed")), Some(Hit::Head));
    assert_eq!(
        search("probe liveness").finds(listed, TODAY, || Some("a liveness")),
        Some(Hit::Text)
    );
    assert_eq!(search("probe liveness").finds(listed, TODAY, || None), None);
}

#[test]
fn a_longer_search_narrows_a_shorter_one() {
    let shelf = shelf(vec![card("probe", "kubernetes")]);
    let search = |text: &str| Search::new(text, &shelf, &labels());
    assert!(search("timeout").narrows(&search("time")));
    assert!(search("timeout due").narrows(&search("time")));
    assert!(search("timeout").narrows(&search("")));
    assert!(!search("time").narrows(&search("timeout")));
    assert!(!search("timeout").narrows(&search("timeout due")));
}
