//! The files that an import reads: what was named, and what stands below a named folder. Hidden names and links to folders are passed over.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::commands::output;
use crate::exchange::{LARGEST_FILE, decode, license_in};

/// Folders below each other; more is a mistake.
const DEEPEST_FOLDER: usize = 32;
/// Files of one import; more is a mistake.
const MOST_FILES: usize = 20_000;
/// Bytes of all text files of one import.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// What is read below a folder. A file that was named itself may be called anything.
const ENDINGS: [&str; 9] =
    ["md", "markdown", "mdown", "mdx", "csv", "tsv", "apkg", "colpkg", "html"];
/// Files about a project, not of its questions.
const ABOUT: [&str; 12] = [
    "license",
    "licence",
    "copying",
    "notice",
    "changelog",
    "contributing",
    "code_of_conduct",
    "security",
    "pull_request_template",
    "issue_template",
    "authors",
    "maintainers",
];
/// Folders of tools.
const FOREIGN: [&str; 3] = ["node_modules", "target", "vendor"];

/// A file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is; none for standard input.
    pub path: Option<PathBuf>,
    /// What the cards' origin calls it: from the named folder on, with `/` between names.
    pub name: String,
    /// The licence that its folder states.
    pub license: Option<String>,
    /// Whether it was named itself: then a file that cannot be read is an error.
    pub is_named: bool,
}

/// Lists the files that the given names mean.
pub fn inputs(names: &[PathBuf]) -> anyhow::Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for name in names {
        if name.as_path() == Path::new("-") {
            let name = "stdin".to_owned();
            inputs.push(Input { path: None, name, license: None, is_named: true });
            continue;
        }
        let data = fs::metadata(name).with_context(|| format!("cannot read {}", name.display()))?;
        if data.is_dir() {
            folder(name, &mut inputs)?;
        } else {
            inputs.push(file(name));
        }
    }
    Ok(inputs)
}

/// A file that was named itself. A README is called by its folder.
fn file(path: &Path) -> Input {
    let name = lossy(path.file_name());
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let parent = real.parent();
    let is_readme = name.to_lowercase().starts_with("readme.");
    let name = match parent.and_then(Path::file_name).filter(|_| is_readme) {
        Some(folder) => format!("{}/{name}", folder.to_string_lossy()),
        None => name,
    };
    let license = parent.and_then(license_of);
    Input { path: Some(path.to_owned()), name, license, is_named: true }
}

fn lossy(name: Option<&std::ffi::OsStr>) -> String {
    name.map_or_else(|| "file".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn folder(root: &Path, inputs: &mut Vec<Input>) -> anyhow::Result<()> {
    let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let license = license_of(&real);
    let name = lossy(real.file_name());
    let before = inputs.len();
    let mut bytes = 0;
    let mut waiting = vec![(root.to_owned(), name, 0)];
    while let Some((folder, name, depth)) = waiting.pop() {
        let entries = match fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>)
        {
            Ok(entries) => entries,
            Err(error) if depth == 0 => {
                return Err(error).with_context(|| format!("cannot read {}", folder.display()));
            }
            Err(error) => {
                output::note(&format!("{} was passed over: {error}", folder.display()));
                continue;
            }
        };
        for entry in entries {
            let own = entry.file_name().to_string_lossy().into_owned();
            let inner = format!("{name}/{own}");
            let Ok(kind) = entry.file_type() else { continue };
            if own.starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                if depth < DEEPEST_FOLDER && !FOREIGN.contains(&own.as_str()) {
                    waiting.push((entry.path(), inner, depth + 1));
                }
            } else if is_wanted(&own)
                && let Ok(data) = fs::metadata(entry.path())
                && data.is_file()
            {
                bytes += read_of(&own, data.len());
                let (path, license) = (Some(entry.path()), license.clone());
                inputs.push(Input { path, name: inner, license, is_named: false });
            }
        }
        if inputs.len() - before > MOST_FILES || bytes > MOST_BYTES {
            bail!(
                "{} holds more than {MOST_FILES} files or 512 MiB; name a folder below it",
                root.display()
            );
        }
    }
    inputs[before..].sort_by(|a, b| a.name.cmp(&b.name));
    Ok(())
}

/// Bytes of a file that are read at once: none of a package, whose pictures stay where they are, and of a text no more than is read of any.
fn read_of(name: &str, length: u64) -> u64 {
    if is_package(name) { 0 } else { length.min(LARGEST_FILE as u64) }
}

/// Whether a file is called like a package of Anki.
pub fn is_package(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    matches!(ending.as_deref(), Some("apkg" | "colpkg"))
}

fn is_wanted(name: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let stem = stem.to_lowercase().replace('-', "_");
    ENDINGS.contains(&ending.to_lowercase().as_str()) && !ABOUT.contains(&stem.as_str())
}

/// The licence that a folder states in a file of that name.
fn license_of(folder: &Path) -> Option<String> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let is_license = |name: &str| {
        let name = name.to_lowercase();
        name.starts_with("license") || name.starts_with("licence") || name.starts_with("copying")
    };
    entries
        .filter(|entry| is_license(&entry.file_name().to_string_lossy()))
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .find_map(|entry| {
            let mut bytes = Vec::new();
            File::open(entry.path()).ok()?.take(8192).read_to_end(&mut bytes).ok()?;
            license_in(&decode(&bytes).ok()?)
        })
}

/// The bytes of a file, at most one more than is read of any.
pub fn bytes_of(input: &Input) -> anyhow::Result<Vec<u8>> {
    let limit = LARGEST_FILE as u64 + 1;
    let mut bytes = Vec::new();
    match &input.path {
        Some(path) => {
            let cannot = || format!("cannot read {}", path.display());
            let file = File::open(path).with_context(cannot)?;
            file.take(limit).read_to_end(&mut bytes).with_context(cannot)?;
        }
        None => {
            let stdin = io::stdin().lock();
            if stdin.is_terminal() {
                output::note(&"reading cards from standard input; Ctrl-D ends it");
            }
            stdin.take(limit).read_to_end(&mut bytes).context("cannot read standard input")?;
        }
    }
    Ok(bytes)
}
