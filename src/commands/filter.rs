//! The flags that select cards, shared by study, quiz and list.

use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization;

use crate::commands::output::UsageError;
use crate::domain::card::CardKind;
use crate::domain::deck::DeckId;
use crate::domain::lang::Lang;
use crate::domain::tag::{Filter, Tag};
use crate::i18n::Texts;
use crate::trainer::Trainer;

/// Which cards. Values of one flag (commas or repeated) are alternatives; different flags must all hold.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct FilterArgs {
    /// Only these tags (k8s, 쿠버네티스 and kubernetes are the same)
    #[arg(short, long, value_delimiter = ',', value_name = "TAG")]
    pub tag: Vec<String>,
    /// Only these decks
    #[arg(long, value_delimiter = ',', value_name = "DECK")]
    pub deck: Vec<String>,
    /// Only what these roles are asked: devops, sre, cloud, platform
    #[arg(long, value_delimiter = ',', value_name = "ROLE")]
    pub role: Vec<String>,
    /// Only these levels: 2 or 1-2
    #[arg(long, value_delimiter = ',', value_name = "1-3", value_parser = level_range)]
    pub level: Vec<RangeInclusive<u8>>,
    /// Only what this company asked (part of the name, either language)
    #[arg(long, value_delimiter = ',', value_name = "COMPANY")]
    pub asked: Vec<String>,
    /// Only these kinds: open, choice, cloze, order, numeric, command
    #[arg(long, value_delimiter = ',', value_name = "KIND", value_parser = kind)]
    pub kind: Vec<CardKind>,
}

fn level_range(text: &str) -> Result<RangeInclusive<u8>, String> {
    let level = |text: &str| text.trim().parse::<u8>().ok().filter(|level| (1..=3).contains(level));
    let range = match text.split_once('-') {
        Some((low, high)) => level(low).zip(level(high)),
        None => level(text).map(|level| (level, level)),
    };
    match range {
        Some((low, high)) if low <= high => Ok(low..=high),
        _ => Err("a level is 1, 2 or 3, or a range such as 1-2".to_owned()),
    }
}

fn kind(text: &str) -> Result<CardKind, String> {
    CardKind::from_name(&text.to_lowercase()).ok_or_else(|| {
        let names: Vec<&str> = CardKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("a kind is one of {}", names.join(", "))
    })
}

impl FilterArgs {
    /// The filter that the flags mean. A tag, deck or role that no card has is refused, with the nearest ones.
    pub fn resolve(&self, trainer: &Trainer) -> anyhow::Result<Filter> {
        let labels = trainer.labels();
        let mut filter = Filter {
            levels: self.level.clone(),
            asked: composed(&self.asked),
            kinds: self.kind.clone(),
            ..Filter::default()
        };
        for word in &composed(&self.tag) {
            filter.tags.push(tag_named(word, trainer)?);
        }
        for word in &self.deck {
            let deck = DeckId(word.clone());
            if !trainer.decks().iter().any(|info| deck.holds(&info.id)) {
                return Err(UsageError(unknown_deck(trainer, word)).into());
            }
            filter.decks.push(deck);
        }
        for word in &self.role {
            let role = labels.role(word);
            if !trainer.entries().iter().any(|entry| entry.roles.contains(&role)) {
                let known = labels.roles.iter().map(|label| label.slug.as_str());
                return Err(UsageError(format!(
                    "there is no role `{word}`{}",
                    nearest(word, known, "prep list --help")
                ))
                .into());
            }
            filter.roles.push(role);
        }
        Ok(filter)
    }

    /// The filter in a few words, for the header of a page.
    pub fn words(&self, trainer: &Trainer, lang: Lang) -> String {
        let labels = trainer.labels();
        let tags = self.tag.iter().map(|word| labels.tag(word));
        let mut words: Vec<String> =
            tags.map(|tag| labels.tag_title(&tag, lang).to_owned()).collect();
        words.extend(self.deck.iter().cloned());
        words.extend(self.role.iter().cloned());
        words.extend(self.asked.iter().cloned());
        words.extend(self.kind.iter().map(|kind| Texts::of(lang).kind(*kind).to_owned()));
        words.join(", ")
    }
}

/// The tag that a word means. One that is neither known nor on any card is refused, with the nearest ones.
pub fn tag_named(word: &str, trainer: &Trainer) -> anyhow::Result<Tag> {
    let labels = trainer.labels();
    let tag = labels.tag(&word.nfc().collect::<String>());
    if labels.knows(&tag) || trainer.entries().iter().any(|entry| entry.tags.contains(&tag)) {
        return Ok(tag);
    }
    Err(UsageError(unknown_tag(trainer, word)).into())
}

/// There is no such tag, with the nearest spellings of those there are.
pub fn unknown_tag(trainer: &Trainer, word: &str) -> String {
    let known = trainer.labels().tags.iter().flat_map(|label| {
        std::iter::once(label.slug.as_str())
            .chain([label.title_ko.as_str()])
            .chain(label.aliases.iter().map(String::as_str))
    });
    let own = trainer.entries().iter().flat_map(|e| e.tags.iter().map(|Tag(t)| t.as_str()));
    format!("there is no tag `{word}`{}", nearest(word, known.chain(own), "prep tags"))
}

/// There is no such deck, with the nearest ids.
pub fn unknown_deck(trainer: &Trainer, word: &str) -> String {
    let known = trainer.decks().iter().map(|info| info.id.0.as_str());
    format!("there is no deck `{word}`{}", nearest(word, known, "prep decks"))
}

/// Words in NFC, as the texts of cards are: some systems hand Hangul over in pieces.
fn composed(words: &[String]) -> Vec<String> {
    words.iter().map(|word| word.nfc().collect()).collect()
}

/// `; did you mean …?` with up to three near words, and where the whole list is.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>, list: &str) -> String {
    let word = word.to_lowercase();
    let mut near: Vec<(f64, &str)> = known
        .map(|known| (strsim::jaro_winkler(&word, &known.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness > 0.75)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.dedup_by(|a, b| a.1 == b.1);
    let names: Vec<String> =
        near.into_iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
    if names.is_empty() {
        return format!("; `{list}` lists all");
    }
    format!("; did you mean {}? `{list}` lists all", names.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::{level_range, nearest};

    #[test]
    fn levels_are_one_or_a_range() {
        assert_eq!(level_range("2"), Ok(2..=2));
        assert_eq!(level_range("1-2"), Ok(1..=2));
        for wrong in ["0", "4", "3-1", "x", "1-"] {
            assert!(level_range(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_answered_with_the_nearest_words() {
        let hint = nearest("kubernets", ["linux", "kubernetes", "aws"].into_iter(), "prep tags");
        assert!(hint.contains("`kubernetes`") && !hint.contains("linux"), "{hint}");
        let none = nearest("zzz", ["linux"].into_iter(), "prep tags");
        assert_eq!(none, "; `prep tags` lists all");
    }
}
