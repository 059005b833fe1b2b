//! Where a card is edited: in the user's own file, or in a copy that replaces the bundled card.

use std::fs;
use std::path::PathBuf;

use crate::config::DEFAULT_FILE;
use crate::decks::{replace_file, text_if_there};
use crate::domain::card::{Card, CardKey};
use crate::domain::deck::{CardEntry, FileName, Origin};
use crate::domain::lang::Lang;
use crate::domain::problem::{Problem, Severity};
use crate::trainer::Trainer;

/// A place in a file on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditPlace {
    /// The file.
    pub path: PathBuf,
    /// The line of the card, from 1.
    pub line: u32,
    /// For a copy made for this edit: the file's text before it (none if there was no file) and after it.
    copy: Option<(Option<String>, String)>,
}

impl Trainer {
    /// Where a card can be edited. A bundled card is copied into the user's decks first, where it replaces the bundled one.
    pub fn place_to_edit(&mut self, key: &CardKey) -> Result<EditPlace, String> {
        if let Some(card) = self.entry_of(key).and_then(|entry| self.card(entry).ok()) {
            self.kept.insert(key.clone(), card);
        }
        let place = match self.entry_of(key) {
            // A card that an edit broke is in no deck for now, but where it stands is known.
            None => self
                .edited
                .get(key)
                .cloned()
                .or_else(|| {
                    self.lost_entry(key).filter(|it| it.file.origin == Origin::User).map(place_of)
                })
                .ok_or_else(|| format!("the card {key} is no longer in any deck"))?,
            Some(entry) if entry.file.origin == Origin::Bundled => self.copy_for_edit(entry)?,
            Some(entry) => place_of(entry),
        };
        let known = EditPlace { copy: None, ..place.clone() };
        self.edited.insert(key.clone(), known);
        Ok(place)
    }

    fn copy_for_edit(&self, entry: &CardEntry) -> Result<EditPlace, String> {
        let text = self.library.text(&entry.file).map_err(|problem| problem.to_string())?;
        let (from, length) = (as_usize(entry.offset), as_usize(entry.length));
        let slice = text.get(from..from.saturating_add(length)).unwrap_or_default().trim();
        let folder = self.folder_for_new();
        let path = folder.join(format!("my-{}.toml", entry.deck));
        let before = text_if_there(&path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        // A copy that is there already but could not be read, as after a slip, is mended and not doubled.
        let marker = entry.id.as_ref().map(|id| format!("id = {:?}", id.0)).unwrap_or_default();
        let at = before.iter().flat_map(|text| text.lines()).position(|line| line.trim() == marker);
        if let Some(at) = at {
            let line = u32::try_from(at + 1).unwrap_or(1);
            return Ok(EditPlace { path, line, copy: None });
        }
        let head = before.clone().unwrap_or_else(|| {
            format!("# Cards here replace the bundled cards of the same id.\nformat = 1\n\n[deck]\nid = \"{}\"\n", entry.deck)
        });
        let head = format!("{}\n\n", head.trim_end());
        let line = u32::try_from(head.lines().count() + 1).unwrap_or(1);
        let after = format!("{head}{slice}\n");
        fs::create_dir_all(&folder)
            .and_then(|()| replace_file(&path, &after))
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        Ok(EditPlace { path, line, copy: Some((before, after)) })
    }

    /// The errors of the file in which a card was edited, with its text; none where there is none.
    pub fn errors_of_edit(&self, key: &CardKey) -> Option<(Vec<Problem>, String)> {
        let path = self.edited.get(key)?.path.to_string_lossy().into_owned();
        let file = FileName { origin: Origin::User, path };
        let text = self.library.text(&file).unwrap_or_default();
        let problems = match self.library.read(&file, self.labels()) {
            Ok(deck) => deck.problems,
            Err(problem) => vec![problem],
        };
        let errors: Vec<Problem> =
            problems.into_iter().filter(|it| it.severity == Severity::Error).collect();
        (!errors.is_empty()).then_some((errors, text))
    }

    /// A card as it was before it was edited.
    pub fn kept_card(&self, key: &CardKey) -> Option<&Card> {
        self.kept.get(key)
    }

    /// Takes a copy away again that was not changed, so that the bundled card goes on to be kept up to date.
    pub fn finish_edit(&mut self, place: &EditPlace) {
        let Some((before, after)) = &place.copy else {
            return;
        };
        let is_unchanged = fs::read_to_string(&place.path).is_ok_and(|text| text == *after);
        if is_unchanged {
            let _ = match before {
                Some(before) => replace_file(&place.path, before),
                None => fs::remove_file(&place.path),
            };
        }
        self.notice_first_folder();
    }

    /// The first own deck: from now on its folder is read.
    pub(super) fn notice_first_folder(&mut self) {
        if self.folders.is_empty() && self.paths.decks.is_dir() {
            self.folders.push(self.paths.decks.clone());
        }
    }

    /// The folder into which new decks go.
    pub(super) fn folder_for_new(&self) -> PathBuf {
        self.folders.iter().find(|folder| folder.is_dir()).unwrap_or(&self.paths.decks).clone()
    }

    /// Writes the settings of the first run: the commented default file with the choices filled in.
    pub fn write_first_settings(&mut self, lang: Lang, decks: &[String]) -> Result<(), String> {
        let chosen: Vec<String> = decks.iter().map(|deck| format!("{deck:?}")).collect();
        let text = DEFAULT_FILE
            .replacen("# lang = \"ko\"", &format!("lang = \"{}\"", lang.code()), 1)
            .replacen("\ndecks = []", &format!("\ndecks = [{}]", chosen.join(", ")), 1);
        let path = &self.paths.settings;
        let folder = path.parent().unwrap_or(path);
        fs::create_dir_all(folder)
            .and_then(|()| replace_file(path, &text))
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        self.settings.lang = Some(lang);
        self.settings.study_decks = decks.to_vec();
        Ok(())
    }
}

fn place_of(entry: &CardEntry) -> EditPlace {
    EditPlace { path: entry.file.path.clone().into(), line: entry.line, copy: None }
}

fn as_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
