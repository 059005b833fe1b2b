//! What is done to many cards at once: a label for all of them, a file with all of them.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::decks::{replace_file, with_tag};
use crate::domain::card::{Card, CardKey};
use crate::domain::deck::{CardEntry, FileName, Origin};
use crate::domain::lang::Lang;
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use crate::exchange::to_markdown;
use crate::trainer::Trainer;

/// Exports of one day before no further name is tried.
const EXPORTS_A_DAY: u32 = 1000;

/// What became of a label for many cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tagged {
    /// The label, in its known spelling.
    pub tag: String,
    /// Whether it was added; else it was taken away.
    pub is_on: bool,
    /// Cards that were changed.
    pub changed: usize,
    /// Bundled cards, which stay as they are.
    pub bundled: usize,
    /// Files that could not be changed, each with the reason.
    pub failed: Vec<String>,
}

impl Trainer {
    /// Gives the user's own cards a label, or takes it from them where all have it. Comments and order of the files stay.
    pub fn tag_cards(&mut self, keys: &[CardKey], word: &str, now: Timestamp) -> Tagged {
        let tag = self.labels().tag(word);
        let mut files: BTreeMap<&FileName, Vec<&CardEntry>> = BTreeMap::new();
        let mut tagged = Tagged { tag: tag.0.clone(), ..Tagged::default() };
        for entry in keys.iter().filter_map(|key| self.entry_of(key)) {
            match entry.file.origin {
                Origin::Bundled => tagged.bundled += 1,
                Origin::User => files.entry(&entry.file).or_default().push(entry),
            }
        }
        tagged.is_on = !files.values().flatten().all(|entry| entry.tags.contains(&tag));
        for (file, mut entries) in files {
            // From the back, so that what comes before stays where it is.
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.offset));
            match self.tag_file(file, &entries, (&tag, tagged.is_on)) {
                Ok(changed) => tagged.changed += changed,
                Err(why) => tagged.failed.push(why),
            }
        }
        self.refresh(now);
        tagged
    }

    fn tag_file(
        &self,
        file: &FileName,
        entries: &[&CardEntry],
        (tag, is_on): (&Tag, bool),
    ) -> Result<usize, String> {
        let cannot = |why: String| format!("{}: {why}", file.path);
        let before = self.library.text(file).map_err(|problem| problem.to_string())?;
        let mut text = before.clone();
        let mut changed = 0;
        for entry in entries {
            let start = usize::try_from(entry.offset).unwrap_or(usize::MAX);
            let length = usize::try_from(entry.length).unwrap_or(0);
            let slice = start..start.saturating_add(length);
            let is_it = |word: &str| self.labels().tag(word) == *tag;
            let with = with_tag(&text, slice, is_it, (&tag.0, is_on)).ok_or_else(|| {
                cannot(format!("the tags of line {} cannot be changed", entry.line))
            })?;
            changed += usize::from(with != text);
            text = with;
        }
        if text != before {
            replace_file(Path::new(&file.path), &text)
                .map_err(|error| cannot(error.to_string()))?;
        }
        Ok(changed)
    }

    /// Writes cards as Markdown into the folder of exports, under a name that is free, and gives the file.
    pub fn export_cards(
        &self,
        keys: &[CardKey],
        lang: Lang,
        now: Timestamp,
    ) -> Result<PathBuf, String> {
        let cards: Vec<Card> = keys
            .iter()
            .filter_map(|key| self.entry_of(key))
            .map(|entry| self.card(entry).map_err(|problem| problem.to_string()))
            .collect::<Result<_, _>>()?;
        let name = format!("prep-cards-{}", self.day_of(now).iso());
        self.write_export(&name, "md", &to_markdown(&cards, lang))
    }

    /// Writes a text into the folder of exports; a file that is there is never written over.
    pub(super) fn write_export(
        &self,
        name: &str,
        ending: &str,
        text: &str,
    ) -> Result<PathBuf, String> {
        let folder = self.paths().data.join("exports");
        let fails = |error: std::io::Error| format!("cannot write {}: {error}", folder.display());
        fs::create_dir_all(&folder).map_err(fails)?;
        for number in 1..EXPORTS_A_DAY {
            let again = if number == 1 { String::new() } else { format!("-{number}") };
            let path = folder.join(format!("{name}{again}.{ending}"));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(mut file) => {
                    file.write_all(text.as_bytes()).map_err(fails)?;
                    return Ok(path);
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(fails(error)),
            }
        }
        Err(format!("{} holds {EXPORTS_A_DAY} exports of today; remove some", folder.display()))
    }
}
