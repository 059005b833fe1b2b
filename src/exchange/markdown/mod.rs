//! Questions in Markdown, however people write question banks: folds, labels, headings, lists, bold lines, tables.
//!
//! Each way of writing takes its lines off the page; what one has taken is not seen by the next.

mod folds;
mod headings;
mod labels;
mod lists;
mod page;

use crate::exchange::SkipReason;
use crate::exchange::markdown::page::Page;

pub use crate::exchange::markdown::page::is_way_back;

/// A question as it stands in the file, before its markup is cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The line, from 1.
    pub line: u32,
    /// The question.
    pub question: String,
    /// The answer; may be blank.
    pub answer: String,
    /// The sentence of a cloze with its `[gaps]`, in the place of question and answer.
    pub cloze: Option<String>,
    /// The headings above it, the outermost first.
    pub path: Vec<String>,
}

/// What a page amounts to.
#[derive(Clone, Debug, Default)]
pub struct Harvest {
    /// The questions, in the order of the page.
    pub found: Vec<Found>,
    /// Places that look like a question and are none.
    pub skipped: Vec<(u32, SkipReason, String)>,
    /// The name that the head of the file gives, if any.
    pub name: Option<String>,
}

/// Which marks a file uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Any; decided by what stands there.
    Mixed,
    /// Only `Q:`, `A:` and `C:` at the beginning of a line; with `question::answer` lines where asked for.
    Marked {
        /// Whether `::` divides a question from its answer.
        with_colons: bool,
    },
}

/// Every question of a text.
pub fn harvest(text: &str, style: Style) -> Harvest {
    let mut page = Page::new(text);
    let mut harvest = Harvest { name: page.take_front_matter(), ..Harvest::default() };
    if style == Style::Mixed {
        folds::take(&mut page, &mut harvest);
    }
    labels::take(&mut page, &mut harvest, style);
    if style == Style::Mixed {
        lists::take_tables(&mut page, &mut harvest);
        headings::take(&mut page, &mut harvest);
        lists::take(&mut page, &mut harvest);
        harvest.skipped.extend(page.lonely_answers());
    }
    harvest.found.sort_by_key(|found| found.line);
    harvest.skipped.sort_by_key(|skipped| skipped.0);
    harvest
}
