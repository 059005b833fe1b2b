//! What `prep check --fix` does to the text of a deck: writes missing ids and tidies, and touches nothing else.
//!
//! Every change is made at a place that the parser names, from the last to the first. The result is read again and must
//! hold the same cards; otherwise nothing is changed.

use std::collections::HashSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::decks::compose::quoted;
use crate::decks::format::{ReadCard, ReadDeck, read_deck};
use crate::decks::slug::new_id;
use crate::decks::text::{clean, title_of};
use crate::decks::walk::{Source, Value};
use crate::domain::card::{Card, CardId, CardKey};
use crate::domain::deck::FileName;
use crate::domain::lang::Lang;
use crate::domain::tag::LabelList;

const BYTE_ORDER_MARK: char = '\u{feff}';
/// How the line begins that names the schema to taplo.
const SCHEMA_MARK: &str = "#:schema";

/// What a deck is mended with.
pub struct Mending<'a> {
    /// The known tags and roles.
    pub labels: &'a LabelList,
    /// Where the schema lies, seen from the file; none where it is not to be named.
    pub schema: Option<&'a str>,
    /// Whether nothing but ids is written.
    pub only_ids: bool,
    /// Whether an id was ever used for another card.
    pub is_taken: &'a dyn Fn(&str) -> bool,
}

/// A deck's text after mending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The whole text.
    pub text: String,
    /// What was changed, in the order of the file.
    pub changes: Vec<Change>,
}

/// One thing that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The line, from 1, in the text before.
    pub line: u32,
    /// What.
    pub what: Fix,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// The card at that place of the file, from 0, got an id.
    Id { position: u32, id: CardId },
    /// A tag or role got its known spelling.
    Label { from: String, to: String },
    /// The line that names the schema was added.
    Schema,
    /// The line with the version of the format was added.
    Format,
    /// Blanks at the end of the line were removed.
    Blanks,
    /// The end of the last line was added, or empty lines at the end were removed.
    LastLine,
}

/// Why a deck cannot be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMended {
    /// Its syntax is broken: where one thing ends and the next begins is not sure.
    Syntax,
    /// The mended text would not have held the same cards.
    Unsure,
}

/// Mends the text of a deck.
pub fn mend(file: &FileName, text: &str, mending: &Mending<'_>) -> Result<Mended, NotMended> {
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let body = text.get(start..).unwrap_or_default();
    let (root, errors) = DeTable::parse_recoverable(body);
    if !errors.is_empty() {
        return Err(NotMended::Syntax);
    }
    let before = read_deck(file, text, mending.labels);
    let mut edits = Edits { body, windows: body.contains("\r\n"), list: Vec::new() };
    let rows = rows_of(root.get_ref());
    edits.ids(&rows, &before, mending);
    if !mending.only_ids {
        for row in &rows {
            edits.labels(row, mending.labels);
        }
        edits.head(root.get_ref(), mending.schema);
        edits.blanks(root.get_ref());
    }
    let source = Source::new(file, text, 1);
    let (changed, changes) = edits.apply(&source, start);
    let mended =
        Mended { text: text.get(..start).unwrap_or_default().to_owned() + &changed, changes };
    let after = read_deck(file, &mended.text, mending.labels);
    if is_same(&before, &after) { Ok(mended) } else { Err(NotMended::Unsure) }
}

/// The cards of a file as they are written.
fn rows_of<'r, 'i>(root: &'r DeTable<'i>) -> Vec<&'r Value<'i>> {
    match root.get("card").map(toml::Spanned::get_ref) {
        Some(DeValue::Array(rows)) => rows.iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether two texts of a deck hold the same cards and problems, but for ids that are new.
fn is_same(before: &ReadDeck, after: &ReadDeck) -> bool {
    let bare = |read: &ReadCard, had_id: bool| {
        let mut card = read.card.clone();
        card.place.line = 0;
        if had_id { card } else { Card { id: None, key: CardKey(String::new()), ..card } }
    };
    before.info.errors == after.info.errors
        && before.cards.len() == after.cards.len()
        && before.cards.iter().zip(&after.cards).all(|(one, other)| {
            let had_id = one.card.id.is_some();
            bare(one, had_id) == bare(other, had_id)
        })
}

/// Changes that are gathered before they are made.
struct Edits<'t> {
    body: &'t str,
    windows: bool,
    list: Vec<(Range<usize>, String, Fix)>,
}

impl Edits<'_> {
    fn line_end(&self) -> &'static str {
        if self.windows { "\r\n" } else { "\n" }
    }

    /// An id for every card that was read and has none.
    fn ids(&mut self, rows: &[&Value<'_>], deck: &ReadDeck, mending: &Mending<'_>) {
        let mut given: HashSet<String> = rows.iter().filter_map(|row| written_id(row)).collect();
        for read in deck.cards.iter().filter(|read| read.card.id.is_none()) {
            let position = read.entry.position;
            let Some(row) = rows.get(position as usize) else { continue };
            let question = title_of(&spelled_best(&read.card));
            let is_taken = |id: &str| given.contains(id) || (mending.is_taken)(id);
            let id = new_id(&deck.info.id.0, &question, is_taken);
            given.insert(id.0.clone());
            self.insert_id(row, position, id);
        }
    }

    fn insert_id(&mut self, row: &Value<'_>, position: u32, id: CardId) {
        let start = row.span().start;
        let rest = self.body.get(start..).unwrap_or_default();
        let line = format!("id = {}", quoted(&id.0));
        let (at, added) = if rest.starts_with('{') {
            (start + 1, format!(" {line},"))
        } else {
            let end = rest.find('\n').map_or(self.body.len(), |end| start + end + 1);
            let next = self.body.get(end..).unwrap_or_default();
            let indent: String = next.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
            (end, format!("{indent}{line}{}", self.line_end()))
        };
        self.list.push((at..at, added, Fix::Id { position, id }));
    }

    /// The known spelling of tags and roles.
    fn labels(&mut self, row: &Value<'_>, labels: &LabelList) {
        let Some(table) = row.get_ref().as_table() else { return };
        self.spell(table, "tags", &|word| {
            Some(labels.tag(word)).filter(|tag| labels.knows(tag)).map(|tag| tag.0)
        });
        self.spell(table, "roles", &|word| {
            let role = labels.role(word).0;
            labels.roles.iter().any(|label| label.slug == role).then_some(role)
        });
    }

    fn spell(&mut self, table: &DeTable<'_>, key: &str, known: &dyn Fn(&str) -> Option<String>) {
        let items = table.get(key).and_then(|value| value.get_ref().as_array());
        let words: Vec<(Range<usize>, String)> = items
            .into_iter()
            .flat_map(|items| items.iter())
            .filter_map(|item| Some((item.span(), clean(item.get_ref().as_str()?))))
            .collect();
        for (span, from) in &words {
            let Some(to) = known(from).filter(|to| to != from) else { continue };
            // The same label twice would be no tidier.
            if words.iter().any(|(_, other)| *other == to) {
                continue;
            }
            let fix = Fix::Label { from: from.clone(), to: to.clone() };
            self.list.push((span.clone(), quoted(&to), fix));
        }
    }

    /// The lines that a deck begins with.
    fn head(&mut self, root: &DeTable<'_>, schema: Option<&str>) {
        let end = self.line_end();
        let has_schema = self.body.lines().any(|line| line.starts_with(SCHEMA_MARK));
        if let Some(schema) = schema.filter(|_| !has_schema) {
            self.list.push((0..0, format!("{SCHEMA_MARK} {schema}{end}"), Fix::Schema));
        }
        if !root.contains_key("format") {
            let at = self.after_opening_comment();
            let text = self.body.get(at..).unwrap_or_default();
            let gap = if text.starts_with(['\n', '\r']) || text.is_empty() { "" } else { end };
            self.list.push((at..at, format!("format = 1{end}{gap}"), Fix::Format));
        }
    }

    /// Behind comments at the beginning that an empty line parts from what follows, else the beginning.
    fn after_opening_comment(&self) -> usize {
        let mut at = 0;
        for line in self.body.split_inclusive('\n') {
            match line.trim() {
                "" => return at,
                line if line.starts_with('#') => {}
                // A comment right above the first line belongs to it; the schema's line does not.
                _ if self.body.starts_with(SCHEMA_MARK) => {
                    return self.body.find('\n').map_or(0, |end| end + 1);
                }
                _ => return 0,
            }
            at += line.len();
        }
        0
    }

    /// Blanks at the ends of lines, except in texts and comments, and the end of the file.
    fn blanks(&mut self, root: &DeTable<'_>) {
        let mut texts = Vec::new();
        text_spans(root, &mut texts);
        texts.sort_by_key(|span| span.start);
        let is_text = |at: usize| {
            let after = texts.partition_point(|span| span.start < at);
            after.checked_sub(1).is_some_and(|before| texts[before].end > at)
        };
        let mut at = 0;
        let content_end = self.body.trim_end().len();
        for line in self.body.split_inclusive('\n') {
            let text = line.trim_end_matches(['\n', '\r']);
            let kept = text.trim_end_matches([' ', '\t']);
            let (from, to) = (at + kept.len(), at + text.len());
            if from < to && to <= content_end && !kept.contains('#') && !is_text(to) {
                self.list.push((from..to, String::new(), Fix::Blanks));
            }
            at += line.len();
        }
        let rest = self.body.get(content_end..).unwrap_or_default();
        if content_end > 0 && rest != self.line_end() {
            self.list.push((content_end..self.body.len(), self.line_end().into(), Fix::LastLine));
        }
    }

    /// The text with everything changed, and what was.
    fn apply(self, source: &Source<'_>, start: usize) -> (String, Vec<Change>) {
        let Self { body, mut list, .. } = self;
        // A sort that keeps the order of what is added at one place.
        list.sort_by_key(|(span, ..)| span.start);
        let mut text = String::with_capacity(body.len() + 64 * list.len());
        let mut changes = Vec::with_capacity(list.len());
        let mut done = 0;
        for (span, added, what) in list {
            text.push_str(body.get(done..span.start).unwrap_or_default());
            text.push_str(&added);
            done = span.end;
            // An id is told at its card's header, not at the line below.
            let at = if matches!(what, Fix::Id { .. }) {
                span.start.saturating_sub(1)
            } else {
                span.start
            };
            changes.push(Change { line: source.line_at(start + at), what });
        }
        text.push_str(body.get(done..).unwrap_or_default());
        (text, changes)
    }
}

fn written_id(row: &Value<'_>) -> Option<String> {
    Some(clean(row.get_ref().as_table()?.get("id")?.get_ref().as_str()?))
}

/// The question in the language that a short name is easiest made of.
fn spelled_best(card: &Card) -> String {
    card.text(Lang::En).question.clone()
}

/// Where texts stand, in which a blank at the end of a line may mean something.
fn text_spans(table: &DeTable<'_>, spans: &mut Vec<Range<usize>>) {
    for value in table.values() {
        text_spans_of(value, spans);
    }
}

fn text_spans_of(value: &Value<'_>, spans: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::String(_) => spans.push(value.span()),
        DeValue::Array(items) => items.iter().for_each(|item| text_spans_of(item, spans)),
        DeValue::Table(table) => text_spans(table, spans),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Fix, Mended, Mending, NotMended, mend};
    use crate::decks::bundled::{FILES, bundled_labels};
    use crate::domain::card::CardId;
    use crate::domain::deck::{FileName, Origin};

    const SCHEMA: &str = "./deck.schema.json";

    fn mended(text: &str) -> Result<Mended, NotMended> {
        let file = FileName { origin: Origin::User, path: "mine.toml".into() };
        let labels = bundled_labels();
        let is_taken = |id: &str| id == "mine/pod";
        mend(
            &file,
            text,
            &Mending {
                labels: &labels,
                schema: Some(SCHEMA),
                only_ids: false,
                is_taken: &is_taken,
            },
        )
    }

    /// A deck as a person leaves it: comments everywhere, odd order, blanks, other spellings.
    const UNTIDY: &str = "# My notes, collected over years.\n\n# about pods\n[[card]] # the first\n  # why so short?\n  question = \"What is a pod?\"   \n  answer = \"\"\"\nContainers   \ntogether\"\"\" # enough\n  tags = [\"k8s\", 'mine'] \n\n\n[[card]]\nanswer = \"5432\"\nquestion = \"PostgreSQL의 기본 포트는?\"\n\n[[card]]\nid = \"mine/kept\"\nquestion = \"Q\"\nanswer = \"A\"\n\n# the end   \n\n\n";

    #[test]
    fn ids_are_written_and_the_rest_is_tidied_without_touching_comments_or_order() {
        let Mended { text, changes } = mended(UNTIDY).unwrap();
        assert_eq!(
            text,
            "#:schema ./deck.schema.json\n# My notes, collected over years.\nformat = 1\n\n# about pods\n[[card]] # the first\n  id = \"mine/pod-2\"\n  # why so short?\n  question = \"What is a pod?\"\n  answer = \"\"\"\nContainers   \ntogether\"\"\" # enough\n  tags = [\"kubernetes\", 'mine']\n\n\n[[card]]\nid = \"mine/postgresqlui-gibon-poteuneun\"\nanswer = \"5432\"\nquestion = \"PostgreSQL의 기본 포트는?\"\n\n[[card]]\nid = \"mine/kept\"\nquestion = \"Q\"\nanswer = \"A\"\n\n# the end\n"
        );
        let at = |line, what| Change { line, what };
        let id = |position, id: &str| Fix::Id { position, id: CardId(id.into()) };
        assert_eq!(
            changes,
            [
                at(1, Fix::Schema),
                at(2, Fix::Format),
                at(4, id(0, "mine/pod-2")),
                at(6, Fix::Blanks),
                at(10, Fix::Label { from: "k8s".into(), to: "kubernetes".into() }),
                at(10, Fix::Blanks),
                at(13, id(1, "mine/postgresqlui-gibon-poteuneun")),
                at(22, Fix::LastLine),
            ]
        );
    }

    #[test]
    fn mending_twice_is_mending_once() {
        let once = mended(UNTIDY).unwrap().text;
        let twice = mended(&once).unwrap();
        assert_eq!((twice.text, twice.changes), (once, vec![]));
    }

    #[test]
    fn windows_line_ends_and_a_byte_order_mark_stay() {
        let windows = format!("\u{feff}{}", UNTIDY.replace('\n', "\r\n"));
        let text = mended(&windows).unwrap().text;
        let expected = mended(UNTIDY).unwrap().text.replace('\n', "\r\n");
        assert_eq!(text, format!("\u{feff}{expected}"));
    }

    #[test]
    fn cards_in_braces_get_ids_too() {
        let text =
            mended("format = 1\ncard = [{ question = \"Q one\", answer = \"A\" }]\n").unwrap().text;
        assert!(text.contains("card = [{ id = \"mine/q-one\", question"), "{text}");
    }

    #[test]
    fn a_card_with_an_error_is_left_alone_and_the_others_are_mended() {
        let text = "format = 1\n[[card]]\nquestion = \"One\"\n[[card]]\nquestion = \"Two\"\nanswer = \"A\"\n";
        let mended = mended(text).unwrap();
        assert!(
            mended.text.contains("[[card]]\nquestion = \"One\"\n[[card]]\nid = \"mine/two\"\n")
        );
    }

    #[test]
    fn a_file_with_broken_syntax_is_left_alone() {
        assert_eq!(mended("[[card]]\nquestion = \"One\n"), Err(NotMended::Syntax));
    }

    #[test]
    fn the_bundled_decks_have_nothing_to_mend() {
        let labels = bundled_labels();
        for (name, text) in FILES {
            let file = FileName { origin: Origin::Bundled, path: (*name).into() };
            let mending =
                Mending { labels: &labels, schema: None, only_ids: false, is_taken: &|_| true };
            let mended = mend(&file, text, &mending).unwrap();
            assert_eq!((mended.changes, mended.text.as_str()), (vec![], *text), "{name}");
        }
    }
}
