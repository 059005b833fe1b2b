//! What is wrong in a file that a person wrote, where, and how to mend it.

use std::fmt;

use crate::domain::deck::FileName;

/// Whether the card can still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The card can be studied; the author should look at it.
    Warning,
    /// The card, or the file, cannot be used.
    Error,
}

/// One thing that is wrong, with the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file.
    pub file: FileName,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 where the whole line is meant.
    pub column: u32,
    /// Byte range in the file's text, for drawing a caret.
    pub span: Option<(usize, usize)>,
    /// The card's id, where there is one.
    pub card: Option<String>,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// The text of the line, without its end; empty where the whole file is meant.
    pub source_line: String,
}

impl fmt::Display for Problem {
    /// `file:line:column: message`, the form that editors understand.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.path)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        write!(f, ": {}", self.message)
    }
}
