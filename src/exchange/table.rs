//! Rows of questions: tables of any dialect, with or without names of columns, and exports with any separators.

use csv::{ReaderBuilder, StringRecord};

use crate::exchange::SkipReason;
use crate::exchange::clean::{excerpt, folded};
use crate::exchange::source::Reading;

/// Rows by which the dialect is judged.
const SAMPLE: usize = 200;
/// Quotation marks without end after which no more are looked for.
const STRAY_QUOTES: usize = 100;

/// A row that is a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u32,
    /// The question.
    pub question: String,
    /// The answer; may be blank.
    pub answer: String,
    /// Labels.
    pub tags: Vec<String>,
    /// The deck or topic that the row names.
    pub deck: Option<String>,
}

/// What a table amounts to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The cards.
    pub rows: Vec<Row>,
    /// Rows that are none.
    pub skipped: Vec<(u32, SkipReason, String)>,
}

/// What a column holds, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The question.
    Question,
    /// The answer.
    Answer,
    /// Labels.
    Tags,
    /// The deck.
    Deck,
    /// Something else.
    Other,
}

impl Column {
    /// The column of that name, in English or Korean.
    pub fn named(name: &str) -> Option<Self> {
        let name = folded(name);
        let is = |names: &[&str]| names.contains(&name.as_str());
        if is(&[
            "question",
            "questions",
            "front",
            "term",
            "prompt",
            "q",
            "질문",
            "문제",
            "문항",
            "용어",
            "앞면",
            "앞",
        ]) {
            Some(Self::Question)
        } else if is(&[
            "answer",
            "answers",
            "back",
            "definition",
            "a",
            "response",
            "답",
            "정답",
            "답변",
            "해설",
            "정의",
            "뒷면",
            "뒤",
            "뜻",
        ]) {
            Some(Self::Answer)
        } else if is(&["tag", "tags", "label", "labels", "태그", "분류", "키워드"]) {
            Some(Self::Tags)
        } else if is(&["deck", "category", "topic", "subject", "덱", "카테고리", "주제", "과목"])
        {
            Some(Self::Deck)
        } else if is(&[
            "id",
            "no",
            "number",
            "#",
            "difficulty",
            "level",
            "type",
            "번호",
            "순번",
            "난이도",
            "유형",
        ]) {
            Some(Self::Other)
        } else {
            None
        }
    }
}

/// Reads the rows of a text.
pub fn read(text: &str, is_quizlet: bool, reading: &Reading) -> Rows {
    let given = reading.separator.as_deref().map(unescaped);
    let given_rows = reading.row_separator.as_deref().map(unescaped);
    let one_byte = given.as_deref().filter(|it| it.len() == 1).map(|it| it.as_bytes()[0]);
    if is_quizlet || given_rows.is_some() || (given.is_some() && one_byte.is_none()) {
        return divided(text, given, given_rows);
    }
    let (text, directives) = without_directives(text);
    let delimiter = one_byte.or(directives.separator).unwrap_or_else(|| sniff(text));
    let records = records_of(text, delimiter, directives.lines);
    table(&records, delimiter, &directives)
}

/// Whether a text without a telling name is a table.
pub fn looks_like_rows(text: &str) -> bool {
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
    let with_tab = lines.iter().filter(|line| line.matches('\t').count() == 1).count();
    if lines.len() >= 2 && with_tab * 10 >= lines.len() * 8 {
        return true;
    }
    let Some(head) = lines.first() else { return false };
    [',', ';', '\t', '|'].iter().any(|delimiter| {
        let names: Vec<Option<Column>> =
            head.split(*delimiter).map(|it| Column::named(it.trim_matches('"'))).collect();
        names.contains(&Some(Column::Question)) && names.contains(&Some(Column::Answer))
    })
}

/// `\t` and `\n` as a person types them for a shell.
fn unescaped(text: &str) -> String {
    text.replace("\\t", "\t").replace("\\n", "\n").replace("\\\\", "\\")
}

/// What the lines before the rows of an Anki text file say.
#[derive(Default)]
struct Directives {
    separator: Option<u8>,
    columns: Option<Vec<Option<Column>>>,
    tags: Option<usize>,
    deck: Option<usize>,
    lines: u32,
}

/// Takes `#separator:tab` and its like off the head of a text.
fn without_directives(text: &str) -> (&str, Directives) {
    let mut directives = Directives::default();
    let mut rest = text;
    while let Some(line) = rest.lines().next().filter(|line| line.starts_with('#')) {
        let Some((name, value)) = line[1..].split_once(':') else { break };
        let column = value.trim().parse::<usize>().ok().and_then(|it| it.checked_sub(1));
        match name {
            "separator" => directives.separator = separator_named(value.trim()),
            "tags column" => directives.tags = column,
            "deck column" => directives.deck = column,
            "columns" => {
                let delimiter = directives.separator.map_or('\t', char::from);
                directives.columns = Some(value.split(delimiter).map(Column::named).collect());
            }
            "html" | "tags" | "deck" | "notetype" | "notetype column" | "guid column"
            | "if matches" => {}
            _ => break,
        }
        directives.lines += 1;
        rest = rest[line.len()..].strip_prefix('\n').unwrap_or_default();
    }
    (rest, directives)
}

fn separator_named(name: &str) -> Option<u8> {
    match name.to_lowercase().as_str() {
        "tab" | "\\t" => Some(b'\t'),
        "comma" | "," => Some(b','),
        "semicolon" | ";" => Some(b';'),
        "pipe" | "|" => Some(b'|'),
        "colon" | ":" => Some(b':'),
        "space" => Some(b' '),
        _ => None,
    }
}

/// The delimiter with which most rows have the same number of cells, at least two.
fn sniff(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let records: Vec<usize> = reader(text, delimiter)
            .into_records()
            .take(SAMPLE)
            .flatten()
            .map(|it| it.len())
            .collect();
        let most = (2..=40).max_by_key(|size| records.iter().filter(|it| *it == size).count());
        let same = records.iter().filter(|it| Some(**it) == most).count();
        let named = reader(text, delimiter).into_records().next().and_then(Result::ok).is_some_and(
            |head| {
                let columns: Vec<Option<Column>> = head.iter().map(Column::named).collect();
                columns.contains(&Some(Column::Question)) && columns.contains(&Some(Column::Answer))
            },
        );
        (named, same * 1000 / records.len().max(1))
    };
    // The first of equals holds: a tab is hardly ever part of a text, a comma often.
    [b',', b'|', b';', b'\t'].into_iter().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The records with their lines; none for a record whose quotation mark has no end: reading goes on with its second line.
fn records_of(text: &str, delimiter: u8, before: u32) -> Vec<(u32, Option<StringRecord>)> {
    let mut records = Vec::new();
    let mut rest = text;
    let mut first = u64::from(before);
    for round in 0..=STRAY_QUOTES {
        let is_odd = rest.bytes().filter(|b| *b == b'"').count() % 2 == 1 && round < STRAY_QUOTES;
        let mut read: Vec<(u64, u64, StringRecord)> = reader(rest, delimiter)
            .into_records()
            .flatten()
            .map(|record| {
                let at = record.position().map_or((1, 0), |it| (it.line(), it.byte()));
                (at.0, at.1, record)
            })
            .collect();
        let last =
            read.last().filter(|last| is_odd && last.2.iter().any(|cell| cell.contains('\n')));
        let broken = last.map(|last| (last.0, usize::try_from(last.1).unwrap_or(0)));
        if broken.is_some() {
            read.pop();
        }
        let number = |line: u64| u32::try_from(line + first).unwrap_or(u32::MAX);
        records.extend(read.into_iter().map(|(line, _, record)| (number(line), Some(record))));
        let Some((line, byte)) = broken else { break };
        records.push((number(line), None));
        let tail = rest.get(byte..).unwrap_or_default().trim_start_matches('\n');
        let Some(end) = tail.find('\n') else { break };
        rest = &tail[end + 1..];
        first += line;
    }
    records
}

fn table(records: &[(u32, Option<StringRecord>)], delimiter: u8, directives: &Directives) -> Rows {
    let head: Vec<Option<Column>> = records
        .iter()
        .find_map(|(_, record)| record.as_ref())
        .map(|record| record.iter().map(Column::named).collect())
        .unwrap_or_default();
    let has_head = head.contains(&Some(Column::Question))
        && head.iter().flatten().count() * 2 >= head.len()
        && head.len() >= 2;
    let layout = match (&directives.columns, has_head) {
        (Some(columns), _) => Layout::named(columns),
        (None, true) => Layout::named(&head),
        (None, false) => Layout::guessed(records, directives),
    };
    let mut rows = Rows::default();
    for (number, (line, record)) in records.iter().enumerate() {
        match record {
            None => rows.skipped.push((*line, SkipReason::BadRow, String::new())),
            Some(record) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Some(_) if has_head && number == 0 => {}
            Some(record) => layout.row(*line, record, delimiter, &mut rows),
        }
    }
    rows
}

/// Which column holds what.
struct Layout {
    question: usize,
    answer: Option<usize>,
    tags: Option<usize>,
    deck: Option<usize>,
    /// What follows the answer belongs to it, because nothing says otherwise.
    joins_rest: bool,
}

impl Layout {
    fn named(columns: &[Option<Column>]) -> Self {
        let at = |column| columns.iter().position(|it| *it == Some(column));
        Self {
            question: at(Column::Question).unwrap_or(0),
            answer: at(Column::Answer),
            tags: at(Column::Tags),
            deck: at(Column::Deck),
            joins_rest: false,
        }
    }

    /// Question, answer, labels; a first column of numbers is none of them.
    fn guessed(records: &[(u32, Option<StringRecord>)], directives: &Directives) -> Self {
        let rows: Vec<&StringRecord> =
            records.iter().filter_map(|it| it.1.as_ref()).take(SAMPLE).collect();
        let is_number = |record: &&&StringRecord| {
            record.len() >= 3
                && record.get(0).is_some_and(|cell| cell.trim().parse::<u64>().is_ok())
        };
        let first =
            usize::from(!rows.is_empty() && rows.iter().filter(is_number).count() == rows.len());
        let two = rows.iter().filter(|record| record.len() == first + 2).count();
        let joins_rest = two * 2 > rows.len() && directives.tags.is_none();
        let tags = directives.tags.or_else(|| (!joins_rest).then_some(first + 2));
        Self { question: first, answer: Some(first + 1), tags, deck: directives.deck, joins_rest }
    }

    fn row(&self, line: u32, record: &StringRecord, delimiter: u8, rows: &mut Rows) {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
        let mut answer = cell(self.answer).to_owned();
        if let Some(at) = self.answer.filter(|_| self.joins_rest) {
            for more in record.iter().skip(at + 1) {
                answer.push(char::from(delimiter));
                answer.push_str(more);
            }
        }
        let question = cell(Some(self.question));
        if question.is_empty() {
            rows.skipped.push((line, SkipReason::EmptyQuestion, excerpt(&answer)));
            return;
        }
        let tags = cell(self.tags);
        let by = if tags.contains([',', ';']) { &[',', ';'][..] } else { &[' '][..] };
        let tags = tags.split(by).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned);
        let deck = cell(self.deck);
        rows.rows.push(Row {
            line,
            question: question.to_owned(),
            answer: answer.trim().to_owned(),
            tags: tags.collect(),
            deck: (!deck.is_empty()).then(|| deck.to_owned()),
        });
    }
}

/// Rows that are divided by any texts.
fn divided(text: &str, separator: Option<String>, row_separator: Option<String>) -> Rows {
    let rows_by = row_separator
        .filter(|it| !it.is_empty())
        .unwrap_or_else(|| sniff_rows(text, separator.as_deref()));
    let parts = parts_of(text, &rows_by);
    let by = separator.filter(|it| !it.is_empty()).unwrap_or_else(|| sniff_cells(&parts));
    let mut rows = Rows::default();
    for (line, part) in parts {
        let Some((question, answer)) = part.split_once(by.as_str()) else {
            rows.rows.push(Row { line, question: part.trim().to_owned(), ..Row::default() });
            continue;
        };
        if question.trim().is_empty() {
            rows.skipped.push((line, SkipReason::EmptyQuestion, excerpt(part)));
            continue;
        }
        let (question, answer) = (question.trim().to_owned(), answer.trim().to_owned());
        rows.rows.push(Row { line, question, answer, ..Row::default() });
    }
    rows
}

/// The parts of a text that say something, with the line on which each begins.
fn parts_of<'t>(text: &'t str, by: &str) -> Vec<(u32, &'t str)> {
    let mut line = 1;
    let mut parts = Vec::new();
    for part in text.split(by) {
        let before = part.len() - part.trim_start().len();
        let lead = part[..before].matches('\n').count();
        if !part.trim().is_empty() {
            parts.push((u32::try_from(line + lead).unwrap_or(u32::MAX), part));
        }
        line += part.matches('\n').count() + by.matches('\n').count();
    }
    parts
}

/// Signs that people choose to divide a term from its meaning, the clearest first.
const BETWEEN_CELLS: [&str; 13] =
    ["\t", "::", "==", "=>", "->", " - ", " – ", " — ", " = ", "|", ": ", ";", ","];

fn sniff_cells(parts: &[(u32, &str)]) -> String {
    let sample = &parts[..parts.len().min(SAMPLE)];
    let score = |by: &str| sample.iter().filter(|(_, part)| part.contains(by)).count();
    let once = |by: &str| sample.iter().filter(|(_, part)| part.matches(by).count() == 1).count();
    let all = sample.len();
    let clear = BETWEEN_CELLS.iter().find(|by| all > 0 && score(by) * 10 >= all * 9);
    let best = BETWEEN_CELLS.iter().rev().max_by_key(|by| once(by));
    clear.or(best).map_or_else(|| "\t".to_owned(), |by| (*by).to_owned())
}

/// A blank line, a line end or a semicolon: that with which nearly every row has a term and a meaning.
fn sniff_rows(text: &str, separator: Option<&str>) -> String {
    let share = |by: &str| {
        let parts = parts_of(text, by);
        let cells = separator.map_or_else(|| sniff_cells(&parts), str::to_owned);
        let good =
            parts.iter().filter(|(_, part)| part.matches(cells.as_str()).count() == 1).count();
        (good * 100 / parts.len().max(1), parts.len())
    };
    let candidates = ["\n\n", "\n", ";", "|", "##", "@@", "$$"];
    let good = candidates
        .iter()
        .map(|by| (*by, share(by)))
        .filter(|(_, (share, parts))| *share >= 90 && *parts >= 2);
    good.max_by_key(|(_, (_, parts))| *parts).map_or("\n", |(by, _)| by).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Row, read};
    use crate::exchange::SkipReason;
    use crate::exchange::source::Reading;

    fn rows(text: &str) -> Vec<(String, String)> {
        let rows = read(text, false, &Reading::default());
        rows.rows.into_iter().map(|row| (row.question, row.answer)).collect()
    }

    fn pair(question: &str, answer: &str) -> (String, String) {
        (question.to_owned(), answer.to_owned())
    }

    #[test]
    fn every_dialect_is_found_out() {
        for delimiter in [",", ";", "\t", "|"] {
            let text = format!("What?{delimiter}\"It, is; a|test\"\nWhy?{delimiter}Because\n");
            let expected = [pair("What?", "It, is; a|test"), pair("Why?", "Because")];
            assert_eq!(rows(&text), expected, "{delimiter:?}");
        }
    }

    #[test]
    fn columns_are_found_by_their_names_in_both_languages() {
        let text = "번호,태그,정답,문제\n1,\"linux, os\",커널,무엇?\n";
        let read = read(text, false, &Reading::default()).rows;
        let expected = Row {
            line: 2,
            question: "무엇?".into(),
            answer: "커널".into(),
            tags: vec!["linux".into(), "os".into()],
            deck: None,
        };
        assert_eq!(read, [expected]);
    }

    #[test]
    fn fields_may_have_lines_and_quotes_and_a_stray_quote_costs_one_row() {
        assert_eq!(rows("a,\"x\n\"\"y\"\"\"\nb,z\n"), [pair("a", "x\n\"y\""), pair("b", "z")]);
        let read = read("a,b\nc,\"open\nd,e\nf,g\n", false, &Reading::default());
        assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<u32>>(), [1, 3, 4]);
        assert_eq!(read.skipped[0].0, 2);
        assert_eq!(read.skipped[0].1, SkipReason::BadRow);
    }

    #[test]
    fn an_unquoted_comma_in_an_answer_is_not_lost() {
        assert_eq!(
            rows("a,b\nc,one, two\nd,e\nf,g"),
            [pair("a", "b"), pair("c", "one, two"), pair("d", "e"), pair("f", "g")]
        );
    }

    #[test]
    fn exports_with_any_separators_are_read() {
        let quizlet = |text: &str, reading: &Reading| -> Vec<(String, String)> {
            read(text, true, reading)
                .rows
                .into_iter()
                .map(|row| (row.question, row.answer))
                .collect()
        };
        let two = [pair("pod", "smallest unit"), pair("node", "a machine")];
        for text in [
            "pod\tsmallest unit\nnode\ta machine",
            "pod - smallest unit\n\nnode - a machine",
            "pod,smallest unit;node,a machine",
            "pod::smallest unit\nnode::a machine",
        ] {
            assert_eq!(quizlet(text, &Reading::default()), two, "{text}");
        }
        let reading = Reading {
            separator: Some("===".into()),
            row_separator: Some("@@@".into()),
            ..Reading::default()
        };
        assert_eq!(quizlet("pod===smallest unit@@@node===a machine@@@", &reading), two);
    }
}
