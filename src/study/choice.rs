//! Choice questions for quizzes: options made from key points where a card has none, and their shuffling.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};

use crate::domain::card::{Body, Card, KeyPoint};
use crate::domain::lang::Lang;
use crate::study::answer::fold;

/// Options of a made question: one right, three wrong.
const OPTIONS: usize = 4;

/// Texts at least this alike (0 to 1) say the same thing.
const TOO_ALIKE: f64 = 0.7;

/// One option of a made choice question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeOption {
    /// What is offered.
    pub text: String,
    /// Whether it is a key point of the asked card.
    pub correct: bool,
    /// For a wrong option the question of the card that it belongs to.
    pub why: Option<String>,
}

/// A choice question made from key points, its options shuffled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeChoice {
    /// Four options, one of them right.
    pub options: Vec<MadeOption>,
}

/// Makes a choice question for an open card: one of its key points among those of `others` that share a tag.
///
/// Points of a `versus` partner, of retired cards and of cards that would show in another language are never
/// offered, nor points that say nearly the same as one of the asked card. Cards with more common tags come first.
/// `None` where the card has no key points or fewer than three wrong options are left. The same seed makes the
/// same question.
pub fn make(card: &Card, others: &[Card], lang: Lang, seed: u64) -> Option<MadeChoice> {
    let own = points(card, lang);
    let mut dice = StdRng::seed_from_u64(seed);
    let musts: Vec<&KeyPoint> = own.iter().filter(|point| point.must).collect();
    let right = match musts.choose(&mut dice) {
        Some(point) => point,
        None => own.choose(&mut dice)?,
    };
    let mut sources: Vec<&Card> =
        others.iter().filter(|other| may_lend(card, other, lang)).collect();
    sources.shuffle(&mut dice);
    sources.sort_by_key(|other| std::cmp::Reverse(common_tags(card, other)));

    let mut taken: Vec<String> = own.iter().map(|point| fold(&point.text)).collect();
    let right = MadeOption { text: right.text.clone(), correct: true, why: None };
    let mut options = vec![right];
    for source in sources {
        if options.len() == OPTIONS {
            break;
        }
        if let Some(option) = borrowed(source, lang, &taken, &mut dice) {
            taken.push(fold(&option.text));
            options.push(option);
        }
    }
    options.shuffle(&mut dice);
    (options.len() == OPTIONS).then_some(MadeChoice { options })
}

/// Shuffles options or positions; the same seed shuffles in the same way.
pub fn shuffle<T>(options: &mut [T], seed: u64) {
    options.shuffle(&mut StdRng::seed_from_u64(seed));
}

/// A wrong option from another card: a point unlike all that were taken.
fn borrowed(source: &Card, lang: Lang, taken: &[String], dice: &mut StdRng) -> Option<MadeOption> {
    let fresh: Vec<&KeyPoint> = points(source, lang)
        .iter()
        .filter(|point| !taken.iter().any(|text| are_alike(text, &fold(&point.text))))
        .collect();
    let point = fresh.choose(dice)?;
    Some(MadeOption {
        text: point.text.clone(),
        correct: false,
        why: Some(title(&source.text(lang).question)),
    })
}

fn may_lend(card: &Card, other: &Card, lang: Lang) -> bool {
    other.key != card.key
        && other.retired.is_none()
        && shown_lang(other, lang) == shown_lang(card, lang)
        && common_tags(card, other) > 0
        && !are_partners(card, other)
}

/// The language in which a card is shown: an option in another one would give itself away.
fn shown_lang(card: &Card, lang: Lang) -> Lang {
    if card.texts.has(lang) { lang } else { card.texts.base_lang() }
}

fn common_tags(card: &Card, other: &Card) -> usize {
    other.tags.iter().filter(|tag| card.tags.contains(tag)).count()
}

/// Whether one of the cards names the other as easily confused with it.
fn are_partners(card: &Card, other: &Card) -> bool {
    let names =
        |one: &Card, other: &Card| other.id.as_ref().is_some_and(|id| one.versus.contains(id));
    names(card, other) || names(other, card)
}

fn points(card: &Card, lang: Lang) -> &[KeyPoint] {
    match &card.text(lang).body {
        Body::Open { points } => points,
        _ => &[],
    }
}

fn are_alike(one: &str, other: &str) -> bool {
    one == other
        || one.contains(other)
        || other.contains(one)
        || strsim::normalized_levenshtein(one, other) >= TOO_ALIKE
}

/// The first line of a question.
fn title(question: &str) -> String {
    question.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{make, shuffle};
    use crate::domain::card::{
        Body, Card, CardId, CardKey, CardKind, CardText, DEFAULT_AIM_SECONDS, KeyPoint,
    };
    use crate::domain::deck::{DeckId, FileName, Origin, Place};
    use crate::domain::lang::{Lang, Localized};
    use crate::domain::tag::Tag;

    fn card(id: &str, tag: &str, points: &[&str]) -> Card {
        let point = |text: &&str| KeyPoint {
            text: (*text).to_owned(),
            must: false,
            match_groups: Vec::new(),
            not: Vec::new(),
            topic: None,
        };
        let text = CardText {
            question: format!("What is {id}?"),
            answer: String::new(),
            body: Body::Open { points: points.iter().map(point).collect() },
            hint: None,
            figure: None,
            follow_ups: Vec::new(),
            mistakes: Vec::new(),
            resources: Vec::new(),
            asked: Vec::new(),
            topics: Vec::new(),
        };
        Card {
            key: CardKey(id.into()),
            id: Some(CardId(id.into())),
            deck: DeckId("test".into()),
            place: Place {
                file: FileName { origin: Origin::User, path: "test.toml".into() },
                line: 1,
            },
            kind: CardKind::Open,
            level: None,
            tags: vec![Tag(tag.into())],
            roles: Vec::new(),
            versus: Vec::new(),
            aim_seconds: DEFAULT_AIM_SECONDS,
            sources: Vec::new(),
            review_by: None,
            retired: None,
            origin: None,
            texts: Localized::new(Lang::En, text, None),
        }
    }

    fn asked() -> Card {
        card("gateway", "aws", &["a route table target", "free of charge"])
    }

    fn others() -> Vec<Card> {
        vec![
            card("interface", "aws", &["an elastic network interface"]),
            card("nat", "aws", &["translates private addresses", "a route table target."]),
            card("peering", "aws", &["joins two networks, not transitive"]),
            card("pod", "kubernetes", &["smallest deployable unit"]),
            card("transit", "aws", &["a hub for thousands of networks"]),
        ]
    }

    #[test]
    fn one_option_is_right_and_the_others_name_their_card() {
        for seed in 0..50 {
            let made = make(&asked(), &others(), Lang::En, seed).unwrap();
            assert_eq!(made.options.len(), 4);
            let right: Vec<_> = made.options.iter().filter(|option| option.correct).collect();
            assert_eq!(right.len(), 1);
            assert!(["a route table target", "free of charge"].contains(&right[0].text.as_str()));
            for wrong in made.options.iter().filter(|option| !option.correct) {
                assert!(wrong.why.as_ref().is_some_and(|why| why.starts_with("What is ")));
                assert_ne!(wrong.text, "smallest deployable unit", "has no common tag");
                assert_ne!(wrong.text, "a route table target.", "is right too");
            }
        }
    }

    #[test]
    fn a_versus_partner_lends_nothing_in_either_direction() {
        let mut asked = asked();
        asked.versus = vec![CardId("interface".into())];
        let mut others = others();
        others[2].versus = vec![CardId("gateway".into())];
        assert_eq!(make(&asked, &others, Lang::En, 1), None);
    }

    #[test]
    fn the_same_seed_makes_the_same_question() {
        let make = |seed| make(&asked(), &others(), Lang::En, seed);
        assert_eq!(make(7), make(7));
        assert!((0..20).any(|seed| make(seed) != make(7)));
    }

    #[test]
    fn options_are_not_made_from_too_little() {
        assert_eq!(make(&asked(), &others()[..2], Lang::En, 1), None);
        assert_eq!(make(&card("bare", "aws", &[]), &others(), Lang::En, 1), None);
    }

    #[test]
    fn no_option_stands_in_another_language() {
        let mut others = others();
        for other in &mut others[..2] {
            let text = other.texts.base().clone();
            other.texts = Localized::new(Lang::Ko, text, None);
        }
        assert_eq!(make(&asked(), &others, Lang::En, 1), None);
    }

    #[test]
    fn shuffling_keeps_every_option() {
        let mut options: Vec<u32> = (0..20).collect();
        shuffle(&mut options, 3);
        assert_ne!(options, (0..20).collect::<Vec<_>>());
        options.sort_unstable();
        assert_eq!(options, (0..20).collect::<Vec<_>>());
    }
}
