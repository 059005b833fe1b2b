//! A problem as a person reads it on a terminal: place, message, the line with a caret under the fault, and help.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::decks::text::character_start;
use crate::domain::problem::{Problem, Severity};

/// Lines shown above and below the faulty one.
const LINES_BEFORE: usize = 2;
const LINES_AFTER: usize = 1;

/// Draws a problem. `text` is the file's text, for the lines around it; without it the faulty line alone is shown.
///
/// The first line is `file:line:column: error: message`, which editors understand.
pub fn render(problem: &Problem, text: Option<&str>, color: bool) -> String {
    let (name, code) = match problem.severity {
        Severity::Error => ("error", "\u{1b}[1;31m"),
        Severity::Warning => ("warning", "\u{1b}[1;33m"),
    };
    let (code, reset) = if color { (code, "\u{1b}[0m") } else { ("", "") };
    let place = place_of(problem);
    let mut drawn = format!("{place}: {code}{name}{reset}: {}", problem.message);
    let view = text.and_then(|text| around(problem, text)).or_else(|| alone(problem));
    if let Some(view) = view {
        drawn.push('\n');
        drawn.push_str(&snippet_of(problem, &view, color));
    } else if let Some(help) = &problem.help {
        drawn.push_str("\n  = help: ");
        drawn.push_str(help);
    }
    drawn
}

fn place_of(problem: &Problem) -> String {
    let path = &problem.file.path;
    match (problem.line, problem.column) {
        (0, _) => path.clone(),
        (line, 0) => format!("{path}:{line}"),
        (line, column) => format!("{path}:{line}:{column}"),
    }
}

/// The lines to show, the number of the first, and the faulty bytes within them.
struct View<'a> {
    lines: &'a str,
    first: usize,
    fault: Range<usize>,
}

fn around<'a>(problem: &Problem, text: &'a str) -> Option<View<'a>> {
    let (start, end) = problem.span?;
    let start = character_start(text, start);
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
    let above = text.get(..line_start)?;
    let first_shown = above.rmatch_indices('\n').nth(LINES_BEFORE).map_or(0, |(at, _)| at + 1);
    let below = text.get(line_end..)?;
    let last_shown =
        below.match_indices('\n').nth(LINES_AFTER).map_or(text.len(), |(at, _)| line_end + at);
    let shown_before = above.get(first_shown..)?.matches('\n').count();
    let line = usize::try_from(problem.line).ok()?;
    let end = character_start(text, end).clamp(start, line_end);
    Some(View {
        lines: text.get(first_shown..last_shown)?,
        first: line.saturating_sub(shown_before).max(1),
        fault: start - first_shown..end - first_shown,
    })
}

fn alone(problem: &Problem) -> Option<View<'_>> {
    let line = &problem.source_line;
    if line.is_empty() || problem.line == 0 {
        return None;
    }
    let before = usize::try_from(problem.column).ok()?.saturating_sub(1);
    let start = line.char_indices().nth(before).map_or(line.len(), |(at, _)| at);
    let length = problem.span.map_or(0, |(start, end)| end.saturating_sub(start));
    let end = character_start(line, start.saturating_add(length)).max(start);
    let fault = if problem.column == 0 { 0..line.len() } else { start..end };
    Some(View { lines: line, first: usize::try_from(problem.line).ok()?, fault })
}

fn snippet_of(problem: &Problem, view: &View<'_>, color: bool) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let snippet = Snippet::source(view.lines)
        .line_start(view.first)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(view.fault.clone()));
    let mut group = Group::with_level(level).element(snippet);
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::decks::text::cells;
    use crate::decks::walk::Source;
    use crate::domain::deck::{FileName, Origin};
    use crate::domain::problem::{Problem, Severity};

    const TEXT: &str = "[[card]]\nquestion = \"왜\"\nanswer = \"연결을 맺는\" 시간\nlevel = 1\n";

    fn problem() -> Problem {
        let file = FileName { origin: Origin::User, path: "my/deck.toml".into() };
        let at = TEXT.find("시간").unwrap();
        let source = Source::new(&file, TEXT, 1);
        let found = source.problem(Severity::Error, &(at..at + 6), "unexpected text".into());
        Problem { help: Some("remove it".into()), ..found }
    }

    /// The cell at which the caret stands, and the cell of the word that is meant.
    fn caret_and_word(drawn: &str) -> (usize, usize) {
        let caret = drawn.lines().find(|line| line.contains('^')).unwrap();
        let line = drawn.lines().find(|line| line.contains("시간")).unwrap();
        (cells(caret.split('^').next().unwrap()), cells(line.split("시간").next().unwrap()))
    }

    #[test]
    fn the_caret_stands_under_the_fault_in_a_korean_line() {
        let drawn = render(&problem(), Some(TEXT), false);
        let (caret, word) = caret_and_word(&drawn);
        assert_eq!(caret, word, "{drawn}");
        assert_eq!(drawn.lines().next(), Some("my/deck.toml:3:19: error: unexpected text"));
        assert!(drawn.contains("question = ") && drawn.contains("level = 1"), "{drawn}");
        assert!(drawn.contains("help: remove it"), "{drawn}");
    }

    #[test]
    fn the_line_alone_is_shown_when_the_file_is_gone() {
        let drawn = render(&problem(), None, false);
        let (caret, word) = caret_and_word(&drawn);
        assert_eq!(caret, word, "{drawn}");
        assert!(!drawn.contains("level = 1"));
    }

    #[test]
    fn colour_is_used_only_when_asked_for() {
        assert!(render(&problem(), Some(TEXT), true).contains('\u{1b}'));
        assert!(!render(&problem(), Some(TEXT), false).contains('\u{1b}'));
    }

    #[test]
    fn a_problem_of_a_whole_file_has_no_caret() {
        let whole =
            Problem { line: 0, column: 0, span: None, source_line: String::new(), ..problem() };
        assert_eq!(
            render(&whole, None, false),
            "my/deck.toml: error: unexpected text\n  = help: remove it"
        );
    }
}
