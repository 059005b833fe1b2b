//! Deck files on a real disk.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::decks::bundled::{FILES, bundled_labels};
use crate::decks::library::Library;
use crate::domain::card::CardKey;
use crate::domain::deck::{CardEntry, FileName, Origin};
use crate::domain::lang::Lang;

const CARD: &str = "[[card]]\nquestion = \"What is a pod?\"\nanswer = \"A group\"\n";

fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn open(folder: &TempDir) -> Library {
    Library::open(&[folder.path().to_owned()])
}

/// The user's files, by their path below the folder.
fn user_files(library: &Library, folder: &TempDir) -> Vec<String> {
    let below = |path: &str| {
        let path = PathBuf::from(path);
        path.strip_prefix(folder.path()).unwrap().to_string_lossy().replace('\\', "/")
    };
    let files = library.files().iter().filter(|file| file.name.origin == Origin::User);
    files.map(|file| below(&file.name.path)).collect()
}

fn file_at(folder: &TempDir, name: &str) -> FileName {
    let path = folder.path().join(name).to_string_lossy().into_owned();
    FileName { origin: Origin::User, path }
}

/// The first card's entry, with the key that a caller would give it.
fn entry_of(library: &Library, file: &FileName) -> CardEntry {
    let deck = library.read(file, &bundled_labels()).unwrap();
    CardEntry { key: CardKey::from_random(7), ..deck.cards[0].entry.clone() }
}

#[test]
fn folders_are_searched_below_without_hidden_names() {
    let folder = folder_with(&[
        ("b.toml", CARD),
        ("a/deep/c.toml", CARD),
        (".git/config.toml", CARD),
        (".hidden.toml", CARD),
        ("readme.md", "# no deck"),
    ]);
    let library = open(&folder);
    assert_eq!(user_files(&library, &folder), ["a/deep/c.toml", "b.toml"]);
    assert_eq!(library.files().len(), FILES.len() + 2);
    assert_eq!(library.files()[0].name.path, FILES[0].0);
    assert_eq!(library.problems(), []);
}

#[test]
fn a_file_may_be_named_itself_and_is_listed_once() {
    let folder = folder_with(&[("a.toml", CARD)]);
    let file = folder.path().join("a.toml");
    let library = Library::open(&[file.clone(), folder.path().to_owned(), file]);
    assert_eq!(user_files(&library, &folder), ["a.toml"]);
}

#[test]
fn a_folder_that_is_not_there_is_a_problem() {
    let folder = folder_with(&[]);
    let library = Library::open(&[folder.path().join("nowhere")]);
    assert_eq!(library.problems().len(), 1);
    assert!(library.problems()[0].to_string().contains("nowhere: cannot be read"));
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = folder_with(&[("a/x.toml", CARD)]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/back")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("a/x.toml"), folder.path().join("y.toml"))
        .unwrap();
    assert_eq!(user_files(&open(&folder), &folder), ["a/x.toml"]);
}

#[test]
fn a_change_of_a_file_changes_its_stamp() {
    let folder = folder_with(&[("a.toml", CARD)]);
    let stamp = |library: &Library| library.files().last().unwrap().stamp;
    let before = stamp(&open(&folder));
    fs::write(folder.path().join("a.toml"), format!("{CARD}\n")).unwrap();
    assert_ne!(stamp(&open(&folder)), before);
}

#[test]
fn a_card_is_read_from_its_place_and_keeps_its_key() {
    let folder = folder_with(&[("a.toml", &format!("# 머리말\n{CARD}"))]);
    let (library, labels) = (open(&folder), bundled_labels());
    let entry = entry_of(&library, &file_at(&folder, "a.toml"));
    let card = library.card(&entry, Lang::En, &labels).unwrap();
    assert_eq!((card.key, card.place.line), (CardKey::from_random(7), 2));
    assert_eq!(card.texts.base().answer, "A group");
}

#[test]
fn a_card_that_moved_within_its_file_is_found() {
    let folder = folder_with(&[("a.toml", CARD)]);
    let (library, labels) = (open(&folder), bundled_labels());
    let entry = entry_of(&library, &file_at(&folder, "a.toml"));
    let other = CARD.replace("pod", "node").replace("A group", "A machine");
    fs::write(folder.path().join("a.toml"), format!("{other}{CARD}")).unwrap();
    let card = library.card(&entry, Lang::En, &labels).unwrap();
    assert_eq!(card.texts.base().question, "What is a pod?");
    // With the question reworded, the answer tells which card it is.
    fs::write(
        folder.path().join("a.toml"),
        format!("{other}{}", CARD.replace("What is", "Explain")),
    )
    .unwrap();
    let card = library.card(&entry, Lang::En, &labels).unwrap();
    assert_eq!(card.texts.base().question, "Explain a pod?");
}

#[test]
fn a_card_that_is_gone_or_broken_says_why() {
    let folder = folder_with(&[("a.toml", CARD)]);
    let (library, labels) = (open(&folder), bundled_labels());
    let entry = entry_of(&library, &file_at(&folder, "a.toml"));
    fs::write(folder.path().join("a.toml"), "").unwrap();
    let problem = library.card(&entry, Lang::En, &labels).unwrap_err();
    assert!(problem.message.ends_with("is no longer in this file"), "{problem}");
    fs::write(folder.path().join("a.toml"), CARD.replace("group\"", "group")).unwrap();
    let problem = library.card(&entry, Lang::En, &labels).unwrap_err();
    assert_eq!(problem.line, 3);
    fs::remove_file(folder.path().join("a.toml")).unwrap();
    let problem = library.card(&entry, Lang::En, &labels).unwrap_err();
    assert!(problem.message.starts_with("the file cannot be read"), "{problem}");
}

#[test]
fn bundled_cards_are_read_from_their_slices() {
    let (library, labels) = (Library::open(&[]), bundled_labels());
    let mut seen = 0;
    for file in library.files() {
        let deck = library.read(&file.name, &labels).unwrap();
        for read in deck.cards {
            assert!(read.entry.length > 0, "{}", read.entry.name());
            assert_eq!(library.card(&read.entry, deck.info.lang, &labels).unwrap(), read.card);
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn a_file_in_another_encoding_is_named_with_the_line() {
    let folder = TempDir::new().unwrap();
    // "한글" in CP949.
    fs::write(folder.path().join("a.toml"), b"[[card]]\nquestion = \"\xc7\xd1\xb1\xdb\"\n")
        .unwrap();
    let problem = open(&folder).read(&file_at(&folder, "a.toml"), &bundled_labels()).unwrap_err();
    assert_eq!((problem.line, problem.column), (2, 13));
    assert!(problem.message.contains("not UTF-8"), "{problem}");
}
