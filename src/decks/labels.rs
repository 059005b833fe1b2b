//! The list of known tags and roles, as `decks/meta/tags.toml` writes it.

use serde::Deserialize;

use crate::domain::tag::{Label, LabelList};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelFile {
    #[serde(rename = "format")]
    _format: u8,
    #[serde(default, rename = "tag")]
    tags: Vec<LabelRow>,
    #[serde(default, rename = "role")]
    roles: Vec<LabelRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelRow {
    id: String,
    title: String,
    title_ko: String,
    #[serde(default)]
    aliases: Vec<String>,
}

/// Reads a label file; the error says where it is wrong.
pub fn read_labels(text: &str) -> Result<LabelList, toml::de::Error> {
    let file: LabelFile = toml::from_str(text)?;
    Ok(LabelList { tags: labels_of(file.tags), roles: labels_of(file.roles) })
}

fn labels_of(rows: Vec<LabelRow>) -> Vec<Label> {
    rows.into_iter()
        .map(|row| Label {
            slug: row.id,
            title: row.title,
            title_ko: row.title_ko,
            aliases: row.aliases.iter().map(|alias| alias.to_lowercase()).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::read_labels;
    use crate::domain::tag::{Role, Tag};

    #[test]
    fn tags_and_roles_are_read_with_their_spellings() {
        let text = "format = 1\n[[tag]]\nid = \"slo\"\ntitle = \"SLO\"\ntitle_ko = \"에러 버짓\"\naliases = [\"SLI\"]\n\
                    [[role]]\nid = \"sre\"\ntitle = \"SRE\"\ntitle_ko = \"SRE\"\n";
        let labels = read_labels(text).unwrap();
        assert_eq!(labels.tag("sli"), Tag("slo".into()));
        assert_eq!(labels.role("SRE"), Role("sre".into()));
        assert!(read_labels("format = 1\n[[tag]]\nid = \"slo\"\n").is_err());
    }
    #[test]
    fn no_spelling_means_two_things() {
        let labels = read_labels(crate::decks::bundled::TAGS).unwrap();
        for known in [labels.tags, labels.roles] {
            let mut owners: HashMap<String, String> = HashMap::new();
            for label in known {
                let spellings = [&label.slug, &label.title, &label.title_ko].into_iter();
                for spelling in spellings.chain(&label.aliases) {
                    let earlier = owners.insert(spelling.to_lowercase(), label.slug.clone());
                    let is_own = earlier.as_ref().is_none_or(|slug| *slug == label.slug);
                    assert!(is_own, "{spelling} means {earlier:?} and {}", label.slug);
                }
            }
        }
    }
}
