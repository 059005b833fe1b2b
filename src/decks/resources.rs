//! Further reading, as `decks/meta/resources.toml` writes it.

use serde::Deserialize;

use crate::domain::card::CardId;
use crate::domain::resource::{Resource, ResourceGroup, ResourceList};
use crate::domain::tag::Tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceFile {
    #[serde(rename = "format")]
    _format: u8,
    #[serde(default, rename = "group")]
    groups: Vec<GroupRow>,
    #[serde(default, rename = "resource")]
    resources: Vec<ResourceRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupRow {
    id: String,
    title: String,
    title_ko: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceRow {
    id: String,
    group: String,
    kind: String,
    lang: String,
    title: String,
    title_ko: Option<String>,
    url: String,
    was: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    note: String,
    note_ko: String,
    #[serde(default)]
    cards: Vec<String>,
    #[serde(default)]
    places: Vec<String>,
}

/// Reads a resource file; the error says where it is wrong.
pub fn read_resources(text: &str) -> Result<ResourceList, toml::de::Error> {
    let file: ResourceFile = toml::from_str(text)?;
    Ok(ResourceList {
        groups: file.groups.into_iter().map(group_of).collect(),
        resources: file.resources.into_iter().map(resource_of).collect(),
    })
}

fn group_of(row: GroupRow) -> ResourceGroup {
    ResourceGroup { id: row.id, title: row.title, title_ko: row.title_ko }
}

fn resource_of(row: ResourceRow) -> Resource {
    Resource {
        id: row.id,
        group: row.group,
        kind: row.kind,
        lang: row.lang,
        title: row.title,
        title_ko: row.title_ko,
        url: row.url,
        was: row.was,
        tags: row.tags.into_iter().map(Tag).collect(),
        note: row.note,
        note_ko: row.note_ko,
        cards: row.cards.into_iter().map(CardId).collect(),
        places: row.places,
    }
}

#[cfg(test)]
mod tests {
    use super::read_resources;
    use crate::domain::lang::Lang;

    #[test]
    fn a_resource_is_read_in_both_languages() {
        let text = "format = 1\n[[group]]\nid = \"sre\"\ntitle = \"SRE\"\ntitle_ko = \"SRE\"\n\
                    [[resource]]\nid = \"sre/book\"\ngroup = \"sre\"\nkind = \"book\"\nlang = \"en\"\n\
                    title = \"The book\"\nurl = \"https://sre.google\"\nnote = \"Read it.\"\nnote_ko = \"읽어 보세요.\"\n";
        let list = read_resources(text).unwrap();
        assert_eq!(list.groups.len(), 1);
        let book = list.resources.first().unwrap();
        assert_eq!(book.title(Lang::Ko), "The book");
        assert_eq!(book.note(Lang::Ko), "읽어 보세요.");
    }
}
