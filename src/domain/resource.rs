//! Further reading that comes with the product: books, courses, articles and tools.

use crate::domain::card::CardId;
use crate::domain::lang::Lang;
use crate::domain::tag::Tag;

/// A group of resources, as the list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceGroup {
    /// Its slug.
    pub id: String,
    /// The English heading.
    pub title: String,
    /// The Korean heading.
    pub title_ko: String,
}

/// One link worth keeping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its slug.
    pub id: String,
    /// The slug of its group.
    pub group: String,
    /// `article`, `blog`, `book`, `course`, `docs`, `guide`, `repository`, `tool` or `video`.
    pub kind: String,
    /// The language of the page: `en`, `ko` or `multi`.
    pub lang: String,
    /// The title.
    pub title: String,
    /// The Korean title where it differs.
    pub title_ko: Option<String>,
    /// The address.
    pub url: String,
    /// The address in the guide, where the page has moved since.
    pub was: Option<String>,
    /// Labels.
    pub tags: Vec<Tag>,
    /// What it is, in English.
    pub note: String,
    /// What it is, in Korean.
    pub note_ko: String,
    /// Cards after whose answer the link is shown.
    pub cards: Vec<CardId>,
    /// The sections of the guide where the link stands.
    pub places: Vec<String>,
}

impl Resource {
    /// The title in `lang`.
    pub fn title(&self, lang: Lang) -> &str {
        match (lang, &self.title_ko) {
            (Lang::Ko, Some(title)) => title,
            _ => &self.title,
        }
    }

    /// The description in `lang`.
    pub fn note(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.note,
            Lang::Ko => &self.note_ko,
        }
    }
}

/// The whole list.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ResourceList {
    /// Groups in the order of the list.
    pub groups: Vec<ResourceGroup>,
    /// Links in the order of the list.
    pub resources: Vec<Resource>,
}
