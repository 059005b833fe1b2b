//! How much a card counts for an interview: asked at this company, asked anywhere, in its tags, the user's stars.

use crate::domain::deck::CardEntry;
use crate::domain::interview::Interview;
use crate::domain::tag::{Role, squeeze};

/// A card that belongs to the interview; the unit of all weights: one question.
const IN_FOCUS: f32 = 1.0;
/// A card outside the interview's tags and roles: asked only when nothing else gains anything.
const ELSEWHERE: f32 = 0.1;
/// Asked in a real interview anywhere.
const ASKED: f32 = 2.0;
/// Asked at this very company.
const ASKED_HERE: f32 = 4.0;
/// Marked as important by the user.
const STARRED: f32 = 2.0;

/// What a card counts for an interview, and whether it is one of the interview's cards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// 1 for an ordinary question of the interview.
    pub value: f32,
    /// Whether readiness counts it.
    pub belongs: bool,
}

impl Weight {
    /// An ordinary question, and every card where there is no interview.
    pub const ORDINARY: Self = Self { value: IN_FOCUS, belongs: true };

    /// What readiness counts: nothing for a card that does not belong to the interview.
    pub fn for_readiness(self) -> f32 {
        if self.belongs { self.value } else { 0.0 }
    }
}

/// The weight of a card. `role` is the known role of the interview; without one every role's cards belong to it.
pub fn weigh(
    entry: &CardEntry,
    interview: &Interview,
    role: Option<&Role>,
    is_starred: bool,
) -> Weight {
    let in_tags =
        interview.tags.is_empty() || interview.tags.iter().any(|tag| entry.tags.contains(tag));
    let in_role = role.is_none_or(|role| entry.roles.is_empty() || entry.roles.contains(role));
    let asked_here = was_asked_by(entry, &interview.company);
    let belongs = (in_tags && in_role) || asked_here || is_starred;
    let mut value = if belongs { IN_FOCUS } else { ELSEWHERE };
    if asked_here {
        value *= ASKED_HERE;
    } else if !entry.asked.is_empty() {
        value *= ASKED;
    }
    if is_starred {
        value *= STARRED;
    }
    Weight { value, belongs }
}

/// Whether that company asked the card, in the spelling of either language.
pub fn was_asked_by(entry: &CardEntry, company: &str) -> bool {
    let wanted = squeeze(company);
    !wanted.is_empty() && entry.asked.iter().any(|asked| squeeze(asked).contains(&wanted))
}

#[cfg(test)]
mod tests {
    use super::weigh;
    use crate::domain::deck::CardEntry;
    use crate::domain::interview::Interview;
    use crate::domain::tag::{Role, Tag};
    use crate::domain::time::Day;
    use crate::study::queue::entry_for_tests;

    fn interview() -> Interview {
        Interview {
            day: Day(10),
            time: None,
            company: "핀테크 K".into(),
            role: "sre".into(),
            tags: vec![Tag("linux".into()), Tag("aws".into())],
        }
    }

    fn card(tag: &str, roles: &[&str], asked: &[&str]) -> CardEntry {
        CardEntry {
            roles: roles.iter().map(|role| Role((*role).to_owned())).collect(),
            asked: asked.iter().map(|company| (*company).to_owned()).collect(),
            ..entry_for_tests("card", tag)
        }
    }

    #[test]
    fn what_was_asked_here_counts_most_and_what_is_elsewhere_least() {
        let sre = Role("sre".into());
        let of = |card: &CardEntry, starred| weigh(card, &interview(), Some(&sre), starred);
        let here = of(&card("git", &["cloud"], &["Fintech K", "핀테크 K사"]), false);
        let anywhere = of(&card("linux", &["sre"], &["Commerce A"]), false);
        let plain = of(&card("linux", &["sre"], &[]), false);
        let other_role = of(&card("linux", &["cloud"], &[]), false);
        let other_tag = of(&card("git", &["sre"], &[]), false);
        assert!(here.value > anywhere.value && anywhere.value > plain.value);
        assert!(plain.value > other_role.value && plain.value > other_tag.value);
        assert!(here.belongs && plain.belongs && !other_role.belongs && !other_tag.belongs);
        assert!(other_tag.for_readiness() == 0.0 && plain.for_readiness() > 0.0);
    }

    #[test]
    fn a_star_counts_twice_and_brings_a_card_in() {
        let sre = Role("sre".into());
        let plain = card("linux", &[], &[]);
        let of = |card: &CardEntry, starred| weigh(card, &interview(), Some(&sre), starred);
        assert!((of(&plain, true).value - 2.0 * of(&plain, false).value).abs() < 1e-6);
        assert!(of(&card("git", &[], &[]), true).belongs);
    }

    #[test]
    fn without_tags_and_role_every_card_belongs() {
        let open = Interview { tags: Vec::new(), role: String::new(), ..interview() };
        assert!(weigh(&card("git", &["cloud"], &[]), &open, None, false).belongs);
    }
}
