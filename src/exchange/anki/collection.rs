//! The tables of a collection as plain values, in both layouts: note types and decks in tables of their own, or as JSON in
//! the table `col`.
//!
//! Every table is read from its first row to its last, without a condition and without an order, so that no index
//! and no collation of a stranger is asked. More text than the file has bytes means pages that are used twice: it ends
//! the reading. Values of a wrong type are taken as well as they can be, as SQLite itself does.

use std::collections::{BTreeMap, HashMap};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde::Deserialize;

use crate::exchange::anki::clean::{clean, clean_line};
use crate::exchange::anki::error::Flaw;
use crate::exchange::anki::html;
use crate::exchange::anki::package::Opened;
use crate::exchange::anki::protobuf;
use crate::exchange::anki::template::Template;

/// Divides the fields of a note, and the levels of a deck's name in the newer layout.
const SEPARATOR: char = '\u{1f}';
/// The stock note type whose cards are drawn over a picture, as `originalStockKind` tells.
const IMAGE_OCCLUSION: u32 = 6;

/// What the notes of one kind have in common.
#[derive(Debug, Default)]
pub struct NoteType {
    /// Its name.
    pub name: String,
    /// Whether its cards are those of its clozes; it then has one template.
    pub is_cloze: bool,
    /// Whether its clozes are places in a picture.
    pub is_occlusion: bool,
    /// The names of its fields.
    pub fields: Vec<String>,
    /// The two sides of each card.
    pub templates: Vec<CardTemplate>,
}

/// The two sides of a card.
#[derive(Debug, Default)]
pub struct CardTemplate {
    /// The name of the card.
    pub name: String,
    /// The question.
    pub front: Template,
    /// The answer.
    pub back: Template,
}

impl CardTemplate {
    fn new(name: &str, front: &str, back: &str) -> Self {
        let side = |text: &str| Template::parse(&html::without_scripts(&clean(text)));
        Self { name: clean_line(name), front: side(front), back: side(back) }
    }
}

/// A note.
#[derive(Debug)]
pub struct Note {
    /// Its number in the collection: when it was made, in milliseconds since 1970.
    pub id: i64,
    /// Its name in every collection.
    pub guid: String,
    /// Its note type.
    pub kind: i64,
    /// The HTML of its fields.
    pub fields: Vec<String>,
    /// Its labels.
    pub tags: Vec<String>,
}

/// A card of a note.
#[derive(Clone, Copy, Debug)]
pub struct CardRow {
    /// Its number in the collection.
    pub id: i64,
    /// The deck that it belongs to, also while it is in a filtered one.
    pub deck: i64,
    /// Its template, or its cloze, from 0.
    pub ord: u32,
    /// Whether it is not asked.
    pub is_suspended: bool,
}

/// An entry of the log of reviews.
#[derive(Clone, Copy, Debug)]
pub struct ReviewRow {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The card.
    pub card: i64,
    /// The button, 1 to 4; 0 where nothing was answered.
    pub button: i64,
    /// Milliseconds that the answer took.
    pub took: i64,
    /// What it was: 0 learning, 1 review, 2 relearning, 3 in a filtered deck, 4 moved by hand, 5 moved by the program.
    pub kind: i64,
    /// The ease that followed, per mille; 0 where nothing was scheduled.
    pub factor: i64,
}

/// An open collection.
pub struct Collection {
    connection: Connection,
    /// Bytes that may still come.
    left: u64,
}

impl Collection {
    /// Reads from an opened database.
    pub fn new(opened: Opened) -> Self {
        Self { connection: opened.connection, left: opened.size }
    }

    /// The note types by their number.
    pub fn note_types(&mut self) -> Result<HashMap<i64, NoteType>, Flaw> {
        if self.has_table("notetypes")? { self.tabled_note_types() } else { self.json_note_types() }
    }

    fn tabled_note_types(&mut self) -> Result<HashMap<i64, NoteType>, Flaw> {
        let mut types: HashMap<i64, NoteType> = HashMap::new();
        self.scan("notetypes", &["id", "name", "config"], |row| {
            let config = bytes(row, 2);
            let note_type = NoteType {
                name: clean_line(&text(row, 1)),
                is_cloze: protobuf::number(config, 1) == 1,
                is_occlusion: protobuf::number(config, 9) == u64::from(IMAGE_OCCLUSION),
                ..NoteType::default()
            };
            types.insert(number(row, 0), note_type);
            Ok(())
        })?;
        // Both tables are kept in the order of note type and position; a sort costs nothing and needs no trust.
        let mut fields = BTreeMap::new();
        self.scan("fields", &["ntid", "ord", "name"], |row| {
            fields.insert((number(row, 0), number(row, 1)), clean_line(&text(row, 2)));
            Ok(())
        })?;
        let mut templates = BTreeMap::new();
        self.scan("templates", &["ntid", "ord", "name", "config"], |row| {
            let config = bytes(row, 3);
            let (front, back) = (protobuf::text(config, 1), protobuf::text(config, 2));
            let template = CardTemplate::new(&text(row, 2), &front, &back);
            templates.insert((number(row, 0), number(row, 1)), template);
            Ok(())
        })?;
        for ((note_type, _), name) in fields {
            types.entry(note_type).or_default().fields.push(name);
        }
        for ((note_type, _), template) in templates {
            types.entry(note_type).or_default().templates.push(template);
        }
        Ok(types)
    }

    fn json_note_types(&mut self) -> Result<HashMap<i64, NoteType>, Flaw> {
        let models: BTreeMap<String, JsonModel> = self.json("models")?;
        Ok(models
            .into_iter()
            .filter_map(|(id, model)| Some((id.parse().ok()?, model.note_type())))
            .collect())
    }

    /// The names of the decks by their number, their levels divided by `::`.
    pub fn decks(&mut self) -> Result<HashMap<i64, String>, Flaw> {
        let mut decks = HashMap::new();
        if self.has_table("decks")? {
            self.scan("decks", &["id", "name"], |row| {
                decks.insert(number(row, 0), deck_name(&text(row, 1)));
                Ok(())
            })?;
        } else {
            let found: BTreeMap<String, JsonDeck> = self.json("decks")?;
            for (id, deck) in found {
                if let Ok(id) = id.parse() {
                    decks.insert(id, deck_name(&deck.name));
                }
            }
        }
        Ok(decks)
    }

    /// The cards by their note, each in the order of their templates.
    pub fn cards(&mut self) -> Result<HashMap<i64, Vec<CardRow>>, Flaw> {
        let mut cards: HashMap<i64, Vec<CardRow>> = HashMap::new();
        self.scan("cards", &["id", "nid", "did", "odid", "ord", "queue"], |row| {
            let home = match number(row, 3) {
                0 => number(row, 2),
                original => original,
            };
            let card = CardRow {
                id: number(row, 0),
                deck: home,
                ord: u32::try_from(number(row, 4)).unwrap_or(u32::MAX),
                is_suspended: number(row, 5) == -1,
            };
            cards.entry(number(row, 1)).or_default().push(card);
            Ok(())
        })?;
        for cards in cards.values_mut() {
            cards.sort_by_key(|card| (card.ord, card.id));
            cards.dedup_by_key(|card| card.ord);
        }
        Ok(cards)
    }

    /// Hands out every note, in the order of their making.
    pub fn notes(&mut self, mut each: impl FnMut(Note) -> Result<(), Flaw>) -> Result<(), Flaw> {
        self.scan("notes", &["id", "guid", "mid", "flds", "tags"], |row| {
            each(Note {
                id: number(row, 0),
                guid: clean_line(&text(row, 1)),
                kind: number(row, 2),
                fields: text(row, 3).split(SEPARATOR).map(clean).collect(),
                tags: text(row, 4).split_whitespace().map(clean).collect(),
            })
        })
    }

    /// Hands out every entry of the log, in the order of time.
    pub fn reviews(&mut self, mut each: impl FnMut(ReviewRow)) -> Result<(), Flaw> {
        self.scan("revlog", &["id", "cid", "ease", "time", "type", "factor"], |row| {
            each(ReviewRow {
                at: number(row, 0),
                card: number(row, 1),
                button: number(row, 2),
                took: number(row, 3),
                kind: number(row, 4),
                factor: number(row, 5),
            });
            Ok(())
        })
    }

    fn json<T: for<'a> Deserialize<'a> + Default>(&mut self, column: &str) -> Result<T, Flaw> {
        let mut found = T::default();
        self.scan("col", &[column], |row| {
            found = serde_json::from_str(&text(row, 0))
                .map_err(|error| Flaw::Damaged(format!("{column}: {error}")))?;
            Ok(())
        })?;
        Ok(found)
    }

    /// Whether there is a table of that name; a view or a virtual table is none.
    fn has_table(&self, name: &str) -> Result<bool, Flaw> {
        let sql = "SELECT count(*) FROM sqlite_schema \
                   WHERE type = 'table' AND rootpage > 0 AND name = ?1";
        Ok(self.connection.query_row(sql, [name], |row| row.get::<_, i64>(0))? == 1)
    }

    /// Whether a table is one, and computes none of its columns.
    fn check_table(&self, name: &str) -> Result<(), Flaw> {
        if !self.has_table(name)? {
            return Err(Flaw::Damaged(format!("no table {name}")));
        }
        let mut statement = self.connection.prepare(&format!("PRAGMA table_xinfo({name})"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if row.get::<_, i64>("hidden")? != 0 {
                return Err(Flaw::Damaged(format!("a computed column in {name}")));
            }
        }
        Ok(())
    }

    fn scan(
        &mut self,
        table: &str,
        columns: &[&str],
        mut each: impl FnMut(&Row<'_>) -> Result<(), Flaw>,
    ) -> Result<(), Flaw> {
        self.check_table(table)?;
        let sql = format!("SELECT {} FROM {table}", columns.join(", "));
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            // A row takes at least a byte for each column, so this ends whatever the pages say.
            let size: usize = (0..columns.len()).map(|at| 1 + bytes(row, at).len()).sum();
            self.left = self
                .left
                .checked_sub(u64::try_from(size).unwrap_or(u64::MAX))
                .ok_or_else(|| Flaw::Damaged(format!("pages of {table} are used twice")))?;
            each(row)?;
        }
        Ok(())
    }
}

/// A note type in JSON; everything else that stands there is passed over.
#[derive(Default, Deserialize)]
#[serde(default)]
struct JsonModel {
    name: String,
    /// Numbers are floats in the files of some programs.
    #[serde(rename = "type")]
    kind: Option<f64>,
    #[serde(rename = "originalStockKind")]
    stock: Option<f64>,
    flds: Vec<JsonField>,
    tmpls: Vec<JsonTemplate>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct JsonField {
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct JsonTemplate {
    name: String,
    qfmt: String,
    afmt: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct JsonDeck {
    name: String,
}

impl JsonModel {
    fn note_type(self) -> NoteType {
        NoteType {
            name: clean_line(&self.name),
            is_cloze: is_number(self.kind, 1),
            is_occlusion: is_number(self.stock, IMAGE_OCCLUSION),
            fields: self.flds.iter().map(|field| clean_line(&field.name)).collect(),
            templates: self
                .tmpls
                .iter()
                .map(|it| CardTemplate::new(&it.name, &it.qfmt, &it.afmt))
                .collect(),
        }
    }
}

fn is_number(found: Option<f64>, wanted: u32) -> bool {
    found.is_some_and(|found| (found - f64::from(wanted)).abs() < 0.5)
}

/// A deck's name without empty levels.
fn deck_name(name: &str) -> String {
    let name = name.replace(SEPARATOR, "::");
    let levels: Vec<String> =
        name.split("::").map(clean_line).filter(|level| !level.is_empty()).collect();
    levels.join("::")
}

fn value<'a>(row: &'a Row<'_>, at: usize) -> ValueRef<'a> {
    row.get_ref(at).unwrap_or(ValueRef::Null)
}

fn bytes<'a>(row: &'a Row<'_>, at: usize) -> &'a [u8] {
    match value(row, at) {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        _ => &[],
    }
}

fn text(row: &Row<'_>, at: usize) -> String {
    match value(row, at) {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Null => String::new(),
    }
}

fn number(row: &Row<'_>, at: usize) -> i64 {
    match value(row, at) {
        ValueRef::Integer(number) => number,
        #[expect(clippy::cast_possible_truncation, reason = "a cast of floats saturates")]
        ValueRef::Real(number) => number as i64,
        ValueRef::Text(bytes) => {
            std::str::from_utf8(bytes).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
        }
        ValueRef::Blob(_) | ValueRef::Null => 0,
    }
}
