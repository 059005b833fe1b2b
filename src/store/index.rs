//! The deck index: what can be known of every card without reading its text. A cache; losing it costs one reading of the decks.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};

use crate::domain::card::{CardId, CardKey, CardKind, Level};
use crate::domain::deck::{CardEntry, DeckFile, DeckId, DeckInfo, FileName, Origin, Stamp};
use crate::domain::lang::{Lang, Localized};
use crate::domain::tag::{Role, Tag};
use crate::store::encoding::{list_of, list_text};
use crate::store::error::StoreError;
use crate::store::{Store, memo, unreadable};

/// Stands between the cards of a file.
const CARD: char = '\u{1d}';

/// Stands between the parts of a card.
const PART: char = '\u{1e}';

const FINGERPRINT: &str = "index";

/// A deck file as it was read.
#[derive(Clone, Copy, Debug)]
pub struct IndexedFile<'a> {
    /// The file and its state.
    pub file: &'a DeckFile,
    /// What it says of itself.
    pub info: &'a DeckInfo,
    /// Its cards in order.
    pub cards: &'a [CardEntry],
}

impl Store {
    /// The state in which every indexed file was read.
    pub fn stamps(&self) -> Result<HashMap<FileName, Stamp>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT origin, path, size, modified, inode FROM index_files")?
                .query_map([], |row| Ok((file_name_of(row, 0)?, stamp_of(row)?)))?
                .collect()
        })
    }

    /// Puts these files in the place of what the index said of them, in one transaction.
    pub fn replace_files(&mut self, files: &[IndexedFile<'_>]) -> Result<(), StoreError> {
        self.write(|transaction| {
            files.iter().try_for_each(|indexed| {
                forget(transaction, &indexed.file.name)?;
                insert(transaction, indexed)
            })
        })
    }

    /// Removes files from the index.
    pub fn forget_files(&mut self, files: &[FileName]) -> Result<(), StoreError> {
        self.write(|transaction| files.iter().try_for_each(|file| forget(transaction, file)))
    }

    /// Whether the index was made by the reading rules with this fingerprint.
    pub fn index_is_current(&self, fingerprint: u64) -> Result<bool, StoreError> {
        let stored = self.read(|connection| memo::get(connection, FINGERPRINT))?;
        Ok(stored == Some(format!("{fingerprint:016x}")))
    }

    /// Empties the index and says by which reading rules it will be made.
    pub fn restart_index(&mut self, fingerprint: u64) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute_batch("DELETE FROM index_files")?;
            memo::set(transaction, FINGERPRINT, &format!("{fingerprint:016x}"))
        })
    }

    /// Every card, bundled files first, by file name and position.
    pub fn entries(&self) -> Result<Vec<CardEntry>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT origin, path, cards FROM index_files ORDER BY origin, path",
            )?;
            let mut rows = statement.query([])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                let file = file_name_of(row, 0)?;
                for card in list_of_cards(row.get_ref(2)?.as_str()?) {
                    entries.push(entry_of(card, &file).ok_or_else(|| unreadable(2))?);
                }
            }
            Ok(entries)
        })
    }

    /// Every deck file, bundled ones first, by file name.
    pub fn decks(&self) -> Result<Vec<DeckInfo>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT origin, path, deck, lang, title, errors, warnings FROM index_files \
                     ORDER BY origin, path",
                )?
                .query_map([], deck_of)?
                .collect()
        })
    }
}

fn forget(connection: &Connection, file: &FileName) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM index_files WHERE origin = ?1 AND path = ?2")?
        .execute(params![origin_number(file.origin), file.path])
        .map(drop)
}

fn insert(connection: &Connection, indexed: &IndexedFile<'_>) -> rusqlite::Result<()> {
    let DeckFile { name, stamp } = indexed.file;
    let cards: Vec<String> = indexed.cards.iter().map(card_text).collect();
    connection
        .prepare_cached(
            "INSERT INTO index_files (origin, path, size, modified, inode, deck, lang, title, \
             errors, warnings, cards) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            origin_number(name.origin),
            name.path,
            stamp.size.cast_signed(),
            stamp.modified,
            stamp.inode.cast_signed(),
            indexed.info.id.0,
            indexed.info.lang.code(),
            title_text(&indexed.info.title),
            indexed.info.errors,
            indexed.info.warnings,
            cards.join("\u{1d}"),
        ])
        .map(drop)
}

/// A card as one text. A file's cards are read together and always all, which is several times faster than a row a card.
fn card_text(card: &CardEntry) -> String {
    let parts = [
        card.key.0.clone(),
        optional_text(card.id.as_ref().map(|id| id.0.as_str())),
        card.deck.0.clone(),
        card.kind.name().to_owned(),
        list_text(card.tags.iter().map(|tag| tag.0.as_str())),
        list_text(card.roles.iter().map(|role| role.0.as_str())),
        list_text(card.asked.iter().map(String::as_str)),
        list_text(card.versus.iter().map(|id| id.0.as_str())),
        title_text(&card.title),
        card.position.to_string(),
        card.offset.to_string(),
        card.length.to_string(),
        card.line.to_string(),
        card.level.map_or(0, Level::get).to_string(),
        card.points.to_string(),
        card.aim_seconds.to_string(),
        u8::from(card.retired).to_string(),
        card.question_hash.to_string(),
        card.answer_hash.to_string(),
    ];
    parts.map(|part| part.replace([CARD, PART], " ")).join("\u{1e}")
}

fn list_of_cards(text: &str) -> impl Iterator<Item = &str> {
    text.split(CARD).filter(|card| !card.is_empty())
}

fn entry_of(text: &str, file: &FileName) -> Option<CardEntry> {
    let mut parts = text.split(PART);
    let mut part = || parts.next();
    Some(CardEntry {
        key: CardKey(part()?.to_owned()),
        id: part()?.strip_prefix('=').map(|id| CardId(id.to_owned())),
        deck: DeckId(part()?.to_owned()),
        kind: CardKind::from_name(part()?)?,
        tags: list_of(part()?, Tag),
        roles: list_of(part()?, Role),
        asked: list_of(part()?, |company| company),
        versus: list_of(part()?, CardId),
        title: title_of(part()?)?,
        file: file.clone(),
        position: part()?.parse().ok()?,
        offset: part()?.parse().ok()?,
        length: part()?.parse().ok()?,
        line: part()?.parse().ok()?,
        level: Level::new(part()?.parse().ok()?),
        points: part()?.parse().ok()?,
        aim_seconds: part()?.parse().ok()?,
        retired: part()? == "1",
        question_hash: part()?.parse().ok()?,
        answer_hash: part()?.parse().ok()?,
    })
}

fn optional_text(text: Option<&str>) -> String {
    text.map_or_else(String::new, |text| format!("={text}"))
}

/// The base language, the base text and, where there is one, the other text.
fn title_text(title: &Localized<String>) -> String {
    let lang = title.base_lang();
    let other = title.has(lang.other()).then(|| title.get(lang.other()).as_str());
    list_text([lang.code(), title.base()].into_iter().chain(other))
}

fn title_of(text: &str) -> Option<Localized<String>> {
    let mut parts = text.split(crate::store::encoding::SEPARATOR);
    let lang = Lang::from_code(parts.next()?)?;
    let base = parts.next()?.to_owned();
    Some(Localized::new(lang, base, parts.next().map(str::to_owned)))
}

fn deck_of(row: &Row<'_>) -> rusqlite::Result<DeckInfo> {
    Ok(DeckInfo {
        file: file_name_of(row, 0)?,
        id: DeckId(row.get(2)?),
        lang: Lang::from_code(row.get_ref(3)?.as_str()?).ok_or_else(|| unreadable(3))?,
        title: title_of(row.get_ref(4)?.as_str()?).ok_or_else(|| unreadable(4))?,
        errors: row.get(5)?,
        warnings: row.get(6)?,
    })
}

/// Reads an origin and, in the next column, a path.
fn file_name_of(row: &Row<'_>, column: usize) -> rusqlite::Result<FileName> {
    let origin = match row.get(column)? {
        0 => Origin::Bundled,
        1 => Origin::User,
        _ => return Err(unreadable(column)),
    };
    Ok(FileName { origin, path: row.get(column + 1)? })
}

fn stamp_of(row: &Row<'_>) -> rusqlite::Result<Stamp> {
    Ok(Stamp {
        size: row.get::<_, i64>(2)?.cast_unsigned(),
        modified: row.get(3)?,
        inode: row.get::<_, i64>(4)?.cast_unsigned(),
    })
}

const fn origin_number(origin: Origin) -> u8 {
    match origin {
        Origin::Bundled => 0,
        Origin::User => 1,
    }
}
