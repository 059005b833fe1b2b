//! Labels, roles, the list of known ones with their names in both languages, and the filter that a command line makes of them.

use std::fmt;
use std::ops::RangeInclusive;

use crate::domain::card::CardKind;
use crate::domain::deck::{CardEntry, DeckId};
use crate::domain::lang::Lang;

/// A label of a card: a lower-case slug such as `kubernetes`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub String);

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A role that is interviewed for: `devops`, `sre`, `cloud` or `platform` in bundled decks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Role(pub String);

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A known tag or role: its slug, its names and the other spellings that mean it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The stable slug.
    pub slug: String,
    /// The English name.
    pub title: String,
    /// The Korean name.
    pub title_ko: String,
    /// Other accepted spellings, lower case.
    pub aliases: Vec<String>,
}

impl Label {
    /// The name shown in `lang`.
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.title,
            Lang::Ko => &self.title_ko,
        }
    }

    fn is_spelled(&self, folded: &str) -> bool {
        fold(&self.slug) == folded
            || fold(&self.title) == folded
            || fold(&self.title_ko) == folded
            || self.aliases.iter().any(|alias| fold(alias) == folded)
    }
}

/// The known tags and roles.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LabelList {
    /// Known tags, in the order of the list.
    pub tags: Vec<Label>,
    /// Known roles.
    pub roles: Vec<Label>,
}

impl LabelList {
    /// The tag meant by a slug, alias or name in either language; a tag of the user's own is taken as written, in lower case.
    pub fn tag(&self, word: &str) -> Tag {
        let folded = fold(word);
        match self.tags.iter().find(|label| label.is_spelled(&folded)) {
            Some(label) => Tag(label.slug.clone()),
            None => Tag(folded),
        }
    }

    /// The role meant by a slug, alias or name.
    pub fn role(&self, word: &str) -> Role {
        let folded = fold(word);
        match self.roles.iter().find(|label| label.is_spelled(&folded)) {
            Some(label) => Role(label.slug.clone()),
            None => Role(folded),
        }
    }

    /// Whether the tag stands in the list.
    pub fn knows(&self, tag: &Tag) -> bool {
        self.tags.iter().any(|label| label.slug == tag.0)
    }

    /// The name of a tag in `lang`; a tag of the user's own is its own name.
    pub fn tag_title<'a>(&'a self, tag: &'a Tag, lang: Lang) -> &'a str {
        self.tags.iter().find(|label| label.slug == tag.0).map_or(&tag.0, |label| label.title(lang))
    }
}

/// Lower case, with spaces at the ends removed: how spellings of labels are compared.
fn fold(word: &str) -> String {
    word.trim().to_lowercase()
}

/// What the flags select. Values of one field are alternatives; different fields must all hold; an empty field holds always.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Filter {
    /// Any of these tags.
    pub tags: Vec<Tag>,
    /// Any of these decks.
    pub decks: Vec<DeckId>,
    /// Any of these roles.
    pub roles: Vec<Role>,
    /// A level within any of these ranges; a card without level is level 1.
    pub levels: Vec<RangeInclusive<u8>>,
    /// A company, in either language, that contains any of these, without regard to case and spaces.
    pub asked: Vec<String>,
    /// Any of these kinds.
    pub kinds: Vec<CardKind>,
}

impl Filter {
    /// Whether the filter lets every card through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a card is selected.
    pub fn accepts(&self, card: &CardEntry) -> bool {
        let level = card.level.map_or(1, super::card::Level::get);
        any_or_empty(&self.tags, |tag| card.tags.contains(tag))
            && any_or_empty(&self.decks, |deck| deck.holds(&card.deck))
            && any_or_empty(&self.roles, |role| card.roles.contains(role))
            && any_or_empty(&self.levels, |levels| levels.contains(&level))
            && any_or_empty(&self.kinds, |kind| card.kind == *kind)
            && any_or_empty(&self.asked, |wanted| {
                card.asked.iter().any(|company| squeeze(company).contains(&squeeze(wanted)))
            })
    }
}

fn any_or_empty<T>(values: &[T], holds: impl Fn(&T) -> bool) -> bool {
    values.is_empty() || values.iter().any(holds)
}

/// Lower case without any white space: how companies are compared.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Label, LabelList, Role, Tag, squeeze};

    fn labels() -> LabelList {
        LabelList {
            tags: vec![Label {
                slug: "kubernetes".into(),
                title: "Kubernetes".into(),
                title_ko: "쿠버네티스".into(),
                aliases: vec!["k8s".into()],
            }],
            roles: Vec::new(),
        }
    }

    #[test]
    fn every_spelling_of_a_tag_is_the_same_tag() {
        for word in ["kubernetes", "K8s", "쿠버네티스", " Kubernetes "] {
            assert_eq!(labels().tag(word), Tag("kubernetes".into()));
        }
    }

    #[test]
    fn a_tag_of_the_users_own_is_kept() {
        assert_eq!(labels().tag("My-Team"), Tag("my-team".into()));
        assert!(!labels().knows(&Tag("my-team".into())));
        assert_eq!(labels().role("sre"), Role("sre".into()));
    }

    #[test]
    fn companies_are_compared_without_case_and_spaces() {
        assert!(squeeze("핀테크 K사").contains(&squeeze("핀테크k")));
    }
}
