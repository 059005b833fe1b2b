//! Watches the floors of the house: who may use whom, where outside crates live, and that the log only grows.
//!
//! Reads the sources as text. A new door is added to `DOORS` with a sentence why, or not at all.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the lowest floor up, each with the rooms that it may use.
const ROOMS: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("study", &["domain"]),
    ("i18n", &["domain", "study"]),
    ("config", &["domain"]),
    ("decks", &["domain"]),
    ("exchange", &["domain"]),
    ("store", &["domain"]),
    ("trainer", &["domain", "study", "i18n", "config", "decks", "exchange", "store"]),
    ("tui", &["domain", "study", "i18n"]),
    (
        "commands",
        &["domain", "study", "i18n", "config", "decks", "exchange", "store", "trainer", "tui"],
    ),
];

/// Files that may use rooms beyond those of their own room.
const DOORS: [(&str, &[&str], &str); 3] = [
    ("src/tui/desk.rs", &["trainer", "store"], "performs effects: the one way to decks and log"),
    ("src/tui/runtime.rs", &["trainer"], "reads the card again after the editor"),
    ("src/tui/tests/", &["config", "decks", "store", "trainer"], "sits at a whole desk"),
];

/// What the screens may know of the store.
const STORE_SHOWN_TO_TUI: &str = "crate::store::StoreError";

/// Outside crates and parts of std that have a home: a path begins with one of these.
const HOMES: [(&str, &[&str]); 28] = [
    ("fsrs", &["src/study/scheduler.rs", "src/study/fit.rs"]),
    ("jiff", &["src/domain/time.rs"]),
    // A collection of Anki is a SQLite database; it is read from memory and made in memory.
    ("rusqlite", &["src/store/", "src/exchange/anki/"]),
    ("zip", &["src/exchange/anki/"]),
    ("ruzstd", &["src/exchange/anki/package.rs"]),
    ("clap", &["src/commands/"]),
    ("clap_complete", &["src/commands/"]),
    ("clap_mangen", &["src/commands/"]),
    ("anyhow", &["src/commands/"]),
    (
        "serde_json",
        &["src/commands/", "src/exchange/log.rs", "src/exchange/anki/", "src/decks/schema.rs"],
    ),
    ("csv", &["src/exchange/"]),
    ("encoding_rs", &["src/exchange/decode.rs"]),
    ("crossterm", &["src/tui/"]),
    ("ratatui", &["src/tui/"]),
    ("ratatui_textarea", &["src/tui/widgets/text_field.rs"]),
    ("pulldown_cmark", &["src/tui/widgets/markup/", "src/exchange/anki/export/"]),
    ("unicode_width", &["src/tui/"]),
    ("unicode_segmentation", &["src/tui/"]),
    ("rustix", &["src/tui/terminal/"]),
    ("signal_hook", &["src/tui/terminal/"]),
    ("annotate_snippets", &["src/decks/render.rs"]),
    ("directories", &["src/config/paths.rs"]),
    ("serde", &["src/decks/", "src/commands/", "src/exchange/anki/"]),
    ("toml", &["src/decks/", "src/config/", "src/tui/keymap.rs"]),
    (
        "thiserror",
        &["src/config/", "src/exchange/", "src/store/", "src/tui/terminal/", "src/commands/"],
    ),
    ("std::env", &["src/config/paths.rs", "src/main.rs"]),
    ("std::net", &[]),
    ("std::thread", &["src/tui/terminal/"]),
];

/// Names that are looked for wherever a path mentions them, not only at its beginning.
const ANYWHERE: [&str; 1] = ["crossterm"];

/// Tables that only grow.
const LOG_TABLES: [&str; 4] = ["reviews", "voids", "marks", "fits"];

/// A source file without comments and the contents of its strings, and those contents.
struct Source {
    code: String,
    strings: Vec<String>,
}

impl Source {
    fn read(text: &str) -> Self {
        let mut source = Self { code: String::new(), strings: Vec::new() };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let taken = source.take(rest, first);
            rest = &rest[taken..];
        }
        source
    }

    /// Takes a comment, a string, a character or one letter; gives its length in bytes.
    fn take(&mut self, rest: &str, first: char) -> usize {
        if rest.starts_with("//") {
            return rest.find('\n').unwrap_or(rest.len());
        }
        if rest.starts_with("/*") {
            return rest.find("*/").map_or(rest.len(), |end| end + 2);
        }
        if let Some((start, end, length)) = string_at(rest, self.code.chars().next_back()) {
            self.strings.push(rest[start..end].to_owned());
            self.code.push_str("\"\"");
            return length;
        }
        if let Some(length) = character_at(rest) {
            self.code.push_str("' '");
            return length;
        }
        self.code.push(first);
        first.len_utf8()
    }

    /// The code without the module of tests at its foot.
    fn without_tests(&self) -> &str {
        let end = self.code.find("#[cfg(test)]\nmod tests {").unwrap_or(self.code.len());
        &self.code[..end]
    }
}

/// Where the contents of a string literal begin and end, and how long the whole is.
fn string_at(rest: &str, before: Option<char>) -> Option<(usize, usize, usize)> {
    let inside_a_name = before.is_some_and(is_of_name);
    if rest.starts_with('r') && !inside_a_name {
        let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
        let start = 1 + hashes;
        if rest[start..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let end = start + 1 + rest[start + 1..].find(&close)?;
            return Some((start + 1, end, end + close.len()));
        }
    }
    if !rest.starts_with('"') {
        return None;
    }
    let mut is_escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    });
    end.map(|(end, _)| (1, end, end + 1))
}

/// The length of a character literal; none for a lifetime.
fn character_at(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let mut chars = inner.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        let (at, escaped) = chars.next()?;
        let from = at + escaped.len_utf8();
        return inner[from..].find('\'').map(|end| 1 + from + end + 1);
    }
    inner[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The rooms that paths from `crate::` name, with the first lines of those paths.
fn rooms_used(code: &str) -> Vec<(String, String)> {
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].chars().next_back().is_some_and(is_of_name) {
            continue;
        }
        let path: String = code[at..].chars().take_while(|c| !";)\n,".contains(*c)).collect();
        let after = &code[at + "crate::".len()..];
        if let Some(group) = after.strip_prefix('{') {
            used.extend(members(group).into_iter().map(|room| (room, path.clone())));
        } else {
            used.push((after.chars().take_while(|c| is_of_name(*c)).collect(), path));
        }
    }
    used
}

/// The first names of a `{…}` group whose brace has been taken off.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut names = Vec::new();
    let mut name = String::new();
    let mut is_first = true;
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => is_first = true,
            c if is_of_name(c) && depth == 0 && is_first => name.push(c),
            _ => {
                if !name.is_empty() {
                    names.push(std::mem::take(&mut name));
                    is_first = false;
                }
            }
        }
        if c == ',' && !name.is_empty() {
            names.push(std::mem::take(&mut name));
        }
    }
    names.extend(Some(name).filter(|name| !name.is_empty()));
    names
}

/// Whether code names a crate or module at the beginning of a path, or anywhere in one.
fn names(code: &str, what: &str) -> bool {
    let anywhere = ANYWHERE.contains(&what);
    code.match_indices(what).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + what.len()..]);
        let starts = !before.chars().next_back().is_some_and(is_of_name)
            && (anywhere || !before.ends_with("::"));
        let is_path = after.starts_with("::")
            || (after.starts_with([';', ' ']) && before.trim_end().ends_with("use"));
        starts && is_path
    })
}

fn room_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    inside.split_once('/').map(|(room, _)| room)
}

/// Whether all of a file is tests.
fn is_test_file(path: &str) -> bool {
    ["/tests.rs", "/scenarios.rs", "/durability.rs", "_tests.rs"]
        .iter()
        .any(|end| path.ends_with(end))
        || path.contains("/tests/")
}

/// Everything that is wrong with a file.
fn complaints(path: &str, text: &str) -> Vec<String> {
    let source = Source::read(text);
    let mut all = foreign_rooms(path, &source);
    if !is_test_file(path) {
        all.extend(strays(path, source.without_tests()));
        all.extend(changed_log(path, &source.strings));
    }
    if !text.starts_with("//!") && !text.starts_with("#!") {
        all.push(format!("{path} does not say at its head what lives there"));
    }
    all
}

fn foreign_rooms(path: &str, source: &Source) -> Vec<String> {
    let Some(room) = room_of(path) else { return Vec::new() };
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{path}: the room `{room}` is not in the plan")];
    };
    let through_door = |used: &str| {
        DOORS.iter().any(|(file, rooms, _)| path.starts_with(file) && rooms.contains(&used))
    };
    rooms_used(&source.code)
        .into_iter()
        .filter(|(used, _)| ROOMS.iter().any(|(name, _)| name == used) && used != room)
        .filter(|(used, use_path)| {
            let is_hidden_store = room == "tui"
                && used == "store"
                && !is_test_file(path)
                && !use_path.starts_with(STORE_SHOWN_TO_TUI);
            is_hidden_store || !(allowed.contains(&used.as_str()) || through_door(used))
        })
        .map(|(used, use_path)| format!("{path}: {room} may not use {used} ({use_path})"))
        .collect()
}

/// Crates away from home, globs, and panics that were not thought about.
fn strays(path: &str, code: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (name, homes) in HOMES {
        if names(code, name) && !homes.iter().any(|home| path.starts_with(home)) {
            all.push(format!("{path}: `{name}` lives in {homes:?}"));
        }
    }
    if code.contains(".unwrap()") {
        all.push(format!("{path}: unwrap() outside tests; expect() says why it cannot fail"));
    }
    if code.contains("::*;") || code.contains("::*}") || code.contains("::*,") {
        all.push(format!("{path}: a glob hides what is used"));
    }
    all
}

/// SQL that changes or removes entries of the log; the triggers that refuse it say `UPDATE ON`.
fn changed_log(path: &str, strings: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for string in strings {
        let words: Vec<String> = string
            .split(|c: char| !is_of_name(c))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        for table in LOG_TABLES {
            for verb in [
                &["update", table][..],
                &["delete", "from", table],
                &["replace", "into", table],
                &["drop", "table", table],
                &["alter", "table", table],
                &["or", "replace", table, "set"],
            ] {
                if words.windows(verb.len()).any(|some| some == verb) {
                    all.push(format!("{path}: `{}` but {table} only grow", verb.join(" ")));
                }
            }
        }
    }
    all
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the tests run in the root of the package") {
        let path = entry.expect("a folder that can be read").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn every_room_uses_only_the_rooms_below_and_every_crate_is_at_home() {
    let mut files = Vec::new();
    rust_files(Path::new("src"), &mut files);
    assert!(files.len() > 50, "the sources are read from the root of the package");
    let mut all = Vec::new();
    for file in files {
        let path = file.to_string_lossy().replace('\\', "/");
        all.extend(complaints(&path, &fs::read_to_string(&file).unwrap()));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn the_map_lists_the_rooms_in_the_order_of_their_floors_and_keeps_them_private() {
    let map = fs::read_to_string("src/lib.rs").unwrap();
    let code = Source::read(&map).code;
    let rooms: Vec<&str> =
        code.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).collect();
    assert_eq!(rooms, ROOMS.map(|(room, _)| room));
    // `lab` is the door of `benches/`: re-exports, and no room.
    let public: Vec<&str> = code.lines().filter(|line| line.contains("pub mod")).collect();
    assert_eq!(public, ["pub mod lab {"], "rooms are private");
}

#[test]
fn every_room_uses_only_rooms_above_it_in_the_plan() {
    for (index, (room, allowed)) in ROOMS.iter().enumerate() {
        for used in *allowed {
            let below = ROOMS[..index].iter().any(|(name, _)| name == used);
            assert!(below, "{room} may not use {used}: that would be a circle");
        }
    }
}

#[test]
fn every_door_and_every_home_exists() {
    for file in
        DOORS.iter().map(|(file, ..)| *file).chain(HOMES.iter().flat_map(|it| it.1).copied())
    {
        assert!(Path::new(file).exists(), "{file} is gone");
    }
}

// The checker itself, on sources that are wrong on purpose.

fn wrong(path: &str, code: &str) -> bool {
    !complaints(path, &format!("//! A file.\n\n{code}")).is_empty()
}

#[test]
fn a_wrong_import_is_found_however_it_is_written() {
    for code in [
        "use crate::store::Store;",
        "use crate::{domain::card::Card, store::Store};",
        "use crate::{\n    domain,\n    store,\n};",
        "fn f() { crate::trainer::languages(); }",
        "fn f(a: Option<crate::decks::Library>) {}",
        "#[cfg(test)]\nmod tests {\n    use crate::tui::app::App;\n}",
    ] {
        assert!(wrong("src/study/session.rs", code), "{code}");
    }
    assert!(wrong("src/domain/card.rs", "use crate::study::queue::Queue;"));
    assert!(wrong("src/decks/check.rs", "use crate::store::Store;"), "the same floor");
    assert!(wrong("src/tui/screens/home.rs", "use crate::trainer::Trainer;"));
    assert!(wrong("src/tui/desk.rs", "use crate::store::Store;"), "only the error type");
    assert!(wrong("src/attic/mod.rs", "fn f() {}"), "a room that is not in the plan");
}

#[test]
fn a_right_import_is_not_found() {
    for (path, code) in [
        ("src/study/session.rs", "use crate::domain::card::CardKey;\nuse crate::study::queue;"),
        ("src/tui/desk.rs", "use crate::store::StoreError;\nuse crate::trainer::Trainer;"),
        ("src/commands/home.rs", "use crate::{store::Store, tui::app::App};"),
        ("src/domain/card.rs", "/// See [`crate::store::Store`].\nfn f() { g(\"crate::tui\"); }"),
        ("src/domain/card.rs", "// use crate::store::Store;\nfn f() {}"),
        ("src/lib.rs", "pub use commands::run;"),
    ] {
        assert_eq!(complaints(path, &format!("//! A file.\n{code}")), Vec::<String>::new());
    }
}

#[test]
fn a_crate_away_from_home_is_found() {
    for (path, code) in [
        ("src/study/queue.rs", "use fsrs::FSRS;"),
        ("src/tui/screens/home.rs", "fn f() -> jiff::Timestamp { todo() }"),
        ("src/trainer/progress.rs", "use rusqlite::Connection;"),
        ("src/config/mod.rs", "use clap::Parser;"),
        ("src/commands/home.rs", "use ratatui::crossterm::event::KeyCode;"),
        ("src/decks/library.rs", "let home = std::env::var(\"HOME\");"),
        ("src/commands/stats.rs", "use std::net::TcpStream;"),
        ("src/trainer/mod.rs", "use anyhow::Context;"),
    ] {
        assert!(wrong(path, code), "{path} {code}");
    }
    assert!(!wrong("src/store/mod.rs", "use rusqlite::Connection;"));
    assert!(!wrong("src/tui/mod.rs", "fn toml_free() { crate::tui::clap::f() }"));
}

#[test]
fn sql_that_changes_the_log_is_found() {
    for sql in [
        "UPDATE reviews SET rating = 1",
        "delete from  voids where entry = 1",
        "INSERT OR REPLACE INTO marks (at) VALUES (1)",
        "DROP TABLE reviews",
        "UPDATE fits SET accepted = 1",
        "DELETE \\\n             FROM reviews",
    ] {
        assert!(wrong("src/store/log.rs", &format!("const SQL: &str = \"{sql}\";")), "{sql}");
        assert!(wrong("src/store/log.rs", &format!("const SQL: &str = r#\"{sql}\"#;")), "{sql}");
    }
    for sql in [
        "CREATE TRIGGER t BEFORE UPDATE ON reviews BEGIN SELECT 1; END",
        "INSERT OR IGNORE INTO voids (at) VALUES (1)",
        "DELETE FROM drafts",
    ] {
        assert!(!wrong("src/store/log.rs", &format!("const SQL: &str = \"{sql}\";")), "{sql}");
    }
}

#[test]
fn unwrap_outside_tests_and_globs_are_found() {
    assert!(wrong("src/study/queue.rs", "fn f() { g().unwrap(); }"));
    assert!(wrong("src/study/queue.rs", "use crate::domain::card::*;"));
    assert!(!wrong("src/study/queue.rs", "fn f() { g().unwrap_or(1); }"));
    let in_tests = "#[cfg(test)]\nmod tests {\n    fn f() { g().unwrap(); }\n}";
    assert!(!wrong("src/study/queue.rs", in_tests));
    assert!(!wrong("src/study/queue.rs", "fn f(c: char) { if c == '\"' {} g(\".unwrap()\") }"));
}
