//! The deck files that exist, embedded and on disk, and their texts: the room's only disk access.

#![expect(
    clippy::result_large_err,
    reason = "a problem is made once for a file that cannot be used"
)]

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::{self, DirEntry, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::decks::bundled::{FILES, bundled_text, stamp_of};
use crate::decks::format::{ReadDeck, question_hash, read_card, read_deck};
use crate::decks::walk::Source;
use crate::domain::card::Card;
use crate::domain::deck::{CardEntry, DeckFile, FileName, Origin, Stamp};
use crate::domain::lang::Lang;
use crate::domain::problem::{Problem, Severity};
use crate::domain::tag::LabelList;

/// A larger file is no deck that a person wrote.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;
/// Folders below each other; more is a mistake.
const DEEPEST_FOLDER: usize = 32;

#[cfg(test)]
thread_local! {
    /// Whether the test of this thread sees only decks of its own.
    static HIDES_BUNDLED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Every deck file that there is now.
#[derive(Debug)]
pub struct Library {
    files: Vec<DeckFile>,
    problems: Vec<Problem>,
}

impl Library {
    /// Lists the embedded decks and, below each of the folders, every `*.toml` whose path has no hidden name.
    ///
    /// A path that is a file is taken as it is. A path that does not exist is a problem: leave out what may be missing.
    pub fn open(user_folders: &[PathBuf]) -> Self {
        let files = FILES
            .iter()
            .map(|(name, text)| DeckFile {
                name: FileName { origin: Origin::Bundled, path: (*name).to_owned() },
                stamp: stamp_of(text),
            })
            .collect();
        #[cfg(test)]
        let files = if HIDES_BUNDLED.get() { Vec::new() } else { files };
        let mut search =
            Search { files, problems: Vec::new(), seen: HashSet::new(), folders: HashSet::new() };
        for folder in user_folders {
            match fs::metadata(folder) {
                Ok(data) if data.is_dir() => search.folder(folder, 0),
                Ok(data) => search.file(folder, &data),
                Err(error) => search.unreadable(folder, &error),
            }
        }
        Self { files: search.files, problems: search.problems }
    }

    /// Libraries opened later by this thread have no embedded decks: editing those must not change a test of the screens.
    #[cfg(test)]
    pub fn hide_bundled_decks() {
        HIDES_BUNDLED.set(true);
    }

    /// The files, the embedded ones first.
    pub fn files(&self) -> &[DeckFile] {
        &self.files
    }

    /// Folders and files that could not be listed.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Reads a file with everything that is wrong in it; the error is a file without a readable text.
    pub fn read(&self, file: &FileName, labels: &LabelList) -> Result<ReadDeck, Problem> {
        if let Some(text) = embedded(file) {
            return Ok(read_deck(file, text, labels));
        }
        Ok(read_deck(file, &self.text(file)?, labels))
    }

    /// The text of a file.
    #[expect(clippy::unused_self, reason = "files are read through the library, wherever they are")]
    pub fn text(&self, file: &FileName) -> Result<String, Problem> {
        if let Some(text) = embedded(file) {
            return Ok(text.to_owned());
        }
        if file.origin == Origin::Bundled {
            return Err(whole_file(file, "there is no such embedded deck".to_owned(), None));
        }
        let bytes = read_bytes(file)?;
        String::from_utf8(bytes).map_err(|error| not_utf8(file, &error))
    }

    /// Reads one card by its index entry: its slice alone or, where that is no longer the card, the whole file.
    ///
    /// The card carries the entry's key.
    pub fn card(
        &self,
        entry: &CardEntry,
        lang_of_deck: Lang,
        labels: &LabelList,
    ) -> Result<Card, Problem> {
        let sliced = slice_of(entry).and_then(|slice| {
            read_card(&entry.file, &entry.deck, lang_of_deck, &slice, entry.line, labels).ok()
        });
        let card = match sliced.filter(|card| is_meant(entry, card)) {
            Some(card) => card,
            None => self.search_whole(entry, labels)?,
        };
        Ok(Card { key: entry.key.clone(), ..card })
    }

    fn search_whole(&self, entry: &CardEntry, labels: &LabelList) -> Result<Card, Problem> {
        let deck = self.read(&entry.file, labels)?;
        let mut cards = deck.cards;
        let by_answer = |card: &Card, found: &CardEntry| {
            card.id.is_none() && entry.id.is_none() && found.answer_hash == entry.answer_hash
        };
        let at = cards
            .iter()
            .position(|read| is_meant(entry, &read.card) && by_answer(&read.card, &read.entry))
            .or_else(|| cards.iter().position(|read| is_meant(entry, &read.card)))
            .or_else(|| cards.iter().position(|read| by_answer(&read.card, &read.entry)));
        if let Some(at) = at {
            return Ok(cards.swap_remove(at).card);
        }
        let cause = deck.problems.into_iter().find(|problem| {
            problem.severity == Severity::Error
                && (problem.card.is_none()
                    || problem.card.as_ref() == entry.id.as_ref().map(|id| &id.0))
        });
        Err(cause.unwrap_or_else(|| {
            let message = format!("the card \"{}\" is no longer in this file", entry.name());
            let help = "if it was moved or deleted on purpose, nothing needs to be done".to_owned();
            whole_file(&entry.file, message, Some(help))
        }))
    }
}

/// Whether a card that was read is the one that the index means.
fn is_meant(entry: &CardEntry, card: &Card) -> bool {
    match (&entry.id, &card.id) {
        (Some(wanted), Some(found)) => wanted == found,
        (None, None) => question_hash(card) == entry.question_hash,
        _ => false,
    }
}

fn embedded(file: &FileName) -> Option<&'static str> {
    if file.origin == Origin::Bundled { bundled_text(&file.path) } else { None }
}

/// The card's own bytes; `None` where the entry has none or the file no longer has them.
fn slice_of(entry: &CardEntry) -> Option<Cow<'static, str>> {
    let length = usize::try_from(entry.length).ok().filter(|length| *length > 0)?;
    if entry.file.origin == Origin::Bundled {
        let start = usize::try_from(entry.offset).ok()?;
        return embedded(&entry.file)?.get(start..start.checked_add(length)?).map(Cow::Borrowed);
    }
    if entry.length > LARGEST_FILE {
        return None;
    }
    let file = open_regular(Path::new(&entry.file.path)).ok()?;
    let mut bytes = vec![0; length];
    read_at(&file, &mut bytes, entry.offset).ok()?;
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// Opens a file that is neither a pipe nor a device, which could block for ever.
fn open_regular(path: &Path) -> io::Result<File> {
    if fs::metadata(path)?.is_file() {
        return File::open(path);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"))
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    use std::os::unix::fs::FileExt;

    file.read_exact_at(bytes, offset)
}

#[cfg(not(unix))]
fn read_at(mut file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    use std::io::{Seek, SeekFrom};

    file.seek(SeekFrom::Start(offset))?;
    file.read_exact(bytes)
}

fn read_bytes(file: &FileName) -> Result<Vec<u8>, Problem> {
    let cannot = |error: io::Error| {
        let help = "check that the file exists and that you may read it".to_owned();
        whole_file(file, format!("the file cannot be read: {error}"), Some(help))
    };
    let opened = open_regular(Path::new(&file.path)).map_err(cannot)?;
    let mut bytes = Vec::new();
    // Measured while reading: a file may grow between a look at its size and the reading.
    opened.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > LARGEST_FILE {
        let help = "split it into several files".to_owned();
        return Err(whole_file(file, "the file is larger than 64 MiB".to_owned(), Some(help)));
    }
    Ok(bytes)
}

fn not_utf8(file: &FileName, error: &std::string::FromUtf8Error) -> Problem {
    let bytes = error.as_bytes();
    let good = error.utf8_error().valid_up_to();
    let line_end = bytes.iter().skip(good).position(|byte| *byte == b'\n');
    let shown = bytes.get(..line_end.map_or(bytes.len(), |end| good + end)).unwrap_or(bytes);
    let text = String::from_utf8_lossy(shown);
    // Everything before the first bad byte is unchanged by the lossy reading.
    let source = Source::new(file, &text, 1);
    let problem =
        source.problem(Severity::Error, &(good..good), "the file is not UTF-8 text".to_owned());
    let help = "save it as UTF-8 in your editor; Korean files from Windows are often CP949";
    Problem { help: Some(help.to_owned()), span: None, ..problem }
}

fn whole_file(file: &FileName, message: String, help: Option<String>) -> Problem {
    Problem {
        severity: Severity::Error,
        file: file.clone(),
        line: 0,
        column: 0,
        span: None,
        card: None,
        message,
        help,
        source_line: String::new(),
    }
}

/// A search for deck files under way.
struct Search {
    files: Vec<DeckFile>,
    problems: Vec<Problem>,
    /// Files that were found, by device and inode: the same file may be reached in two ways.
    seen: HashSet<(u64, u64)>,
    /// Folders that were visited, by their real place: links may lead in circles.
    folders: HashSet<PathBuf>,
}

impl Search {
    fn folder(&mut self, folder: &Path, depth: usize) {
        let is_new = fs::canonicalize(folder).map_or(true, |real| self.folders.insert(real));
        if depth > DEEPEST_FOLDER || !is_new {
            return;
        }
        let listed = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<DirEntry>>>);
        let mut entries = match listed {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, &error),
        };
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            if !name.to_string_lossy().starts_with('.') {
                self.entry(&entry, depth);
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry, depth: usize) {
        let path = entry.path();
        let is_deck = path.extension().is_some_and(|extension| extension == "toml");
        let kind = entry.file_type();
        // Only what may be a folder or a deck is looked at: every look costs time before the first frame.
        if !is_deck && kind.as_ref().is_ok_and(fs::FileType::is_file) {
            return;
        }
        match fs::metadata(&path) {
            Ok(data) if data.is_dir() => self.folder(&path, depth + 1),
            Ok(data) if is_deck && data.is_file() => {
                self.listed(&path, &data);
            }
            Err(error) if is_deck => self.unreadable(&path, &error),
            _ => {}
        }
    }

    /// A file that was named itself, whatever its ending.
    fn file(&mut self, path: &Path, data: &Metadata) {
        if data.is_file() {
            self.listed(path, data);
        } else {
            let error = io::Error::new(io::ErrorKind::InvalidInput, "neither a file nor a folder");
            self.unreadable(path, &error);
        }
    }

    fn listed(&mut self, path: &Path, data: &Metadata) {
        let Some(name) = path.to_str() else {
            let error = io::Error::new(io::ErrorKind::InvalidInput, "its name is not UTF-8 text");
            return self.unreadable(path, &error);
        };
        let name = FileName { origin: Origin::User, path: name.to_owned() };
        if identity_of(data).is_none_or(|identity| self.seen.insert(identity)) {
            self.files.push(DeckFile { name, stamp: stamp_of_file(data) });
        }
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let name = path.to_string_lossy().into_owned();
        let file = FileName { origin: Origin::User, path: name };
        let help = "check the path and that you may read it".to_owned();
        self.problems.push(whole_file(&file, format!("cannot be read: {error}"), Some(help)));
    }
}

fn stamp_of_file(data: &Metadata) -> Stamp {
    let since = data.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0);
    let inode = identity_of(data).map_or(0, |(_, inode)| inode);
    Stamp { size: data.len(), modified, inode }
}

/// Device and inode, where the system has them.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn identity_of(data: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;

    Some((data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn identity_of(_: &Metadata) -> Option<(u64, u64)> {
    None
}
