//! The decks, labels and links that are embedded in the program, and what tells whether one of them changed.

use crate::decks::labels::read_labels;
use crate::decks::resources::read_resources;
use crate::domain::card::CardId;
use crate::domain::deck::Stamp;
use crate::domain::resource::ResourceList;
use crate::domain::tag::LabelList;

/// Name and text of every embedded deck, in the order in which decks are listed.
pub const FILES: &[(&str, &str)] = &[
    ("sre.toml", include_str!("../../decks/sre.toml")),
    ("observability.toml", include_str!("../../decks/observability.toml")),
    ("incident-response.toml", include_str!("../../decks/incident-response.toml")),
    ("networking.toml", include_str!("../../decks/networking.toml")),
    ("linux.toml", include_str!("../../decks/linux.toml")),
    ("aws.toml", include_str!("../../decks/aws.toml")),
    ("kubernetes.toml", include_str!("../../decks/kubernetes.toml")),
    ("containers.toml", include_str!("../../decks/containers.toml")),
    ("cicd.toml", include_str!("../../decks/cicd.toml")),
    ("gitops.toml", include_str!("../../decks/gitops.toml")),
    ("iac.toml", include_str!("../../decks/iac.toml")),
    ("databases.toml", include_str!("../../decks/databases.toml")),
    ("security.toml", include_str!("../../decks/security.toml")),
    ("cs.toml", include_str!("../../decks/cs.toml")),
    ("git-scripting.toml", include_str!("../../decks/git-scripting.toml")),
    ("system-design.toml", include_str!("../../decks/system-design.toml")),
    ("behavioral.toml", include_str!("../../decks/behavioral.toml")),
    ("finops.toml", include_str!("../../decks/finops.toml")),
];

/// The known tags and roles.
pub const TAGS: &str = include_str!("../../decks/meta/tags.toml");
/// Further reading.
pub const RESOURCES: &str = include_str!("../../decks/meta/resources.toml");

/// The known tags and roles.
pub fn bundled_labels() -> LabelList {
    // A test reads the embedded file; without it every tag is one of the user's own.
    read_labels(TAGS).unwrap_or_default()
}

/// The further reading that comes with the program.
pub fn bundled_resources() -> ResourceList {
    read_resources(RESOURCES).unwrap_or_default()
}

/// Whether the list of resources may name a card; never wrongly no.
pub fn resources_name(id: &CardId) -> bool {
    RESOURCES.contains(&format!("{:?}", id.0))
}

/// The text of an embedded deck.
pub fn bundled_text(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}

/// The stamp of an embedded text: its size and a hash of its bytes.
pub fn stamp_of(text: &str) -> Stamp {
    let hash = fast_hash(text.as_bytes());
    Stamp { size: text.len() as u64, modified: hash.cast_signed(), inode: 0 }
}

/// A hash over words of eight bytes in four lanes, fast enough for megabytes before the first frame. Only equality counts.
fn fast_hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(FACTOR).rotate_left(29);
    let mut lanes: [u64; 4] = [1, 2, 3, 5];
    let (blocks, rest) = bytes.as_chunks::<32>();
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    }
    let tail = rest.iter().fold(7, |hash, byte| mix(hash, u64::from(*byte)));
    lanes.into_iter().fold(mix(tail, bytes.len() as u64), mix)
}

#[cfg(test)]
mod tests {
    use super::{FILES, RESOURCES, TAGS, fast_hash, stamp_of};
    use crate::decks::format::read_deck;
    use crate::decks::labels::read_labels;
    use crate::decks::resources::read_resources;
    use crate::domain::deck::{FileName, Origin};
    use crate::domain::problem::Severity;

    #[test]
    fn every_embedded_file_can_be_read() {
        let labels = read_labels(TAGS).unwrap();
        assert!(!read_resources(RESOURCES).unwrap().resources.is_empty());
        for (name, text) in FILES {
            let file = FileName { origin: Origin::Bundled, path: (*name).into() };
            let deck = read_deck(&file, text, &labels);
            let errors: Vec<String> = deck
                .problems
                .iter()
                .filter(|problem| problem.severity == Severity::Error)
                .map(ToString::to_string)
                .collect();
            assert!(errors.is_empty(), "{errors:#?}");
            assert_eq!(format!("{}.toml", deck.info.id), *name);
        }
    }

    #[test]
    fn every_deck_of_the_directory_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/decks");
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if std::path::Path::new(&name).extension().is_some_and(|it| it == "toml") {
                assert!(FILES.iter().any(|(file, _)| *file == name), "{name} is not in the list");
            }
        }
    }

    #[test]
    fn any_change_of_a_text_changes_its_stamp() {
        let text = "a deck of a few words that is longer than one block of the hash".repeat(3);
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] ^= 1;
            assert_ne!(fast_hash(&changed), fast_hash(text.as_bytes()), "byte {at}");
        }
        assert_ne!(stamp_of("ab"), stamp_of("ba"));
    }
}
