//! Printing: data on standard output, messages on standard error. A closed pipe is success.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::commands::world::World;
use crate::tui::widgets::ansi;
use crate::tui::widgets::wrap::{cells, clean, pad, pad_left, truncate};

/// Writes lines to standard output; a reader that has gone away is no failure.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// Writes a value as JSON on standard output, with the version of its schema.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// The version that every `--json` output carries; it changes when a field changes its meaning or goes away.
pub const JSON_VERSION: u32 = 1;

/// A message on standard error; a dead one is ignored.
pub fn note(message: &dyn Display) {
    let _ = writeln!(io::stderr(), "prep: {message}");
}

/// A line on standard error that says what a long command is busy with; there only on a terminal, and gone at the end.
#[derive(Debug)]
pub struct BusyLine {
    is_shown: bool,
}

impl BusyLine {
    /// A line that is shown if it is wanted and standard error is a terminal that can take it away again.
    pub fn new(world: &World, is_wanted: bool) -> Self {
        let is_dumb = world.environment.term.as_deref() == Some("dumb");
        Self { is_shown: is_wanted && !is_dumb && io::stderr().is_terminal() }
    }

    /// Says it in the place of what was said before.
    pub fn say(&self, text: &str) {
        if self.is_shown {
            // A line that wraps could not be taken away again.
            let width = ansi::terminal_width().map_or(80, usize::from).saturating_sub(1);
            let text = truncate(text, width, "...");
            let _ = write!(io::stderr(), "\r\u{1b}[K{text}");
        }
    }
}

impl Drop for BusyLine {
    fn drop(&mut self) {
        self.say("");
    }
}

/// What was asked for does not exist: wrong usage, exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub String);

/// Says what failed, with its causes, and gives the exit code.
pub fn failed(error: &anyhow::Error) -> u8 {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    note(&causes.join(": "));
    if error.is::<UsageError>() { 2 } else { 1 }
}

/// Prints help or what is wrong with the command line, and gives the exit code.
pub fn usage(error: &clap::Error) -> u8 {
    let _ = error.print();
    u8::from(error.use_stderr()) * 2
}

/// Columns of the terminal on standard output; none where lines may be of any length.
pub fn width(world: &World) -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let columns = world.environment.columns.filter(|columns| *columns > 0);
    columns.or_else(ansi::terminal_width).map(usize::from)
}

/// Text from a deck or a log as part of one line: no escapes and no line ends.
pub fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// Bold, where colour is wanted.
pub fn bold(text: &str, color: bool) -> String {
    if color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Lines that stand under a heading.
pub fn indented(text: &str) -> String {
    text.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

/// Records in lines with aligned columns, measured in cells.
#[derive(Debug, Default)]
pub struct Table {
    heads: Vec<String>,
    right: Vec<usize>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows. The heads are shown on a terminal only: elsewhere every line is a record.
    pub fn new(heads: &[&str]) -> Self {
        let heads = heads.iter().map(|head| (*head).to_owned()).collect();
        Self { heads, ..Self::default() }
    }

    /// Sets these columns against their right edge.
    pub fn right(self, columns: &[usize]) -> Self {
        Self { right: columns.to_vec(), ..self }
    }

    /// Adds a record.
    pub fn row(&mut self, row: &[String]) {
        self.rows.push(row.iter().map(|cell| one_line(cell)).collect());
    }

    /// The lines: with heads and cut to `width` on a terminal, else whole.
    pub fn text(&self, width: Option<usize>, color: bool) -> String {
        let heads = width.filter(|_| !self.heads.is_empty()).map(|_| &self.heads);
        let widths = self.widths(heads);
        let mut text = String::new();
        for (number, row) in heads.into_iter().chain(&self.rows).enumerate() {
            let line = self.line(row, &widths);
            let line = width.map_or_else(|| line.clone(), |width| truncate(&line, width, "..."));
            let is_head = heads.is_some() && number == 0;
            text.push_str(&if is_head { bold(&line, color) } else { line });
            text.push('\n');
        }
        text
    }

    fn widths(&self, heads: Option<&Vec<String>>) -> Vec<usize> {
        let mut widths = Vec::new();
        for row in heads.into_iter().chain(&self.rows) {
            for (column, cell) in row.iter().enumerate() {
                match widths.get_mut(column) {
                    Some(width) => *width = cells(cell).max(*width),
                    None => widths.push(cells(cell)),
                }
            }
        }
        widths
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let filled: Vec<String> = row
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                let fill = if self.right.contains(&column) { pad_left } else { pad };
                fill(cell, *width)
            })
            .collect();
        filled.join("  ").trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, one_line};

    fn table() -> Table {
        let mut table = Table::new(&["name", "n"]).right(&[1]);
        table.row(&["쿠버네티스".into(), "5".into()]);
        table.row(&["aws".into(), "12".into()]);
        table
    }

    #[test]
    fn columns_stand_under_each_other_in_both_scripts() {
        assert_eq!(table().text(None, false), "쿠버네티스   5\naws         12\n");
    }

    #[test]
    fn a_terminal_sees_heads_and_lines_that_fit() {
        let text = table().text(Some(8), false);
        assert!(text.starts_with("name"), "{text}");
        assert!(text.lines().all(|line| crate::tui::widgets::wrap::cells(line) <= 8), "{text}");
    }

    #[test]
    fn a_deck_cannot_write_escapes_or_break_a_record() {
        assert_eq!(one_line("a\u{1b}[31m\nb"), "a[31m b");
    }
}
