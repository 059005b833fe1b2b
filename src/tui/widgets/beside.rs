//! Blocks of lines next to each other, and a heading with its detail.

use ratatui::text::{Line, Span};

use crate::tui::look::Look;
use crate::tui::theme::Role;
use crate::tui::widgets::wrap::{spans_width, window};

/// Two blocks next to each other: the left one cut or filled to `width` cells, then the right one.
pub fn beside(
    left: Vec<Line<'static>>,
    width: usize,
    right: Vec<Line<'static>>,
) -> Vec<Line<'static>> {
    let rows = left.len().max(right.len());
    let mut left = left.into_iter();
    let mut right = right.into_iter();
    (0..rows)
        .map(|_| {
            let mut spans = left.next().map_or_else(Vec::new, |line| window(&line.spans, 0, width));
            let Some(right) = right.next() else { return Line::from(spans) };
            let missing = width.saturating_sub(spans_width(&spans));
            spans.push(Span::raw(" ".repeat(missing)));
            spans.extend(right.spans);
            Line::from(spans)
        })
        .collect()
}

/// A heading with what it is about, cut to `width` cells.
pub fn heading(look: &Look<'_>, title: &str, detail: &str, width: usize) -> Line<'static> {
    let spans = [
        Span::styled(title.to_owned(), look.theme.style(Role::Title)),
        Span::raw(if detail.is_empty() || title.is_empty() { "" } else { "   " }),
        Span::styled(detail.to_owned(), look.theme.style(Role::Muted)),
    ];
    Line::from(window(&spans, 0, width))
}

#[cfg(test)]
mod tests {
    use ratatui::text::Line;

    use super::beside;
    use crate::tui::widgets::ansi::text_of;

    #[test]
    fn the_right_block_stands_at_one_edge_whatever_the_left_one_holds() {
        let left = vec![Line::raw("한글"), Line::raw("too long"), Line::raw("")];
        let right = vec![Line::raw("a"), Line::raw("b"), Line::raw("c"), Line::raw("d")];
        let lines = beside(left, 6, right);
        let texts: Vec<String> = lines.iter().map(|line| text_of(line, false)).collect();
        assert_eq!(texts, ["한글  a", "too lob", "      c", "      d"]);
    }
}
