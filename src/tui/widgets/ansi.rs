//! Styled lines as text for standard output: with escapes where colour is wanted, else bare. Also the terminal's width.

use ratatui::crossterm::terminal;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;

/// Columns of the terminal, where there is one. Ask only when standard output is a terminal.
pub fn terminal_width() -> Option<u16> {
    terminal::size().ok().map(|(columns, _)| columns).filter(|columns| *columns > 0)
}

/// A line as text, without spaces at its end.
pub fn text_of(line: &Line<'_>, color: bool) -> String {
    let text: String = line
        .spans
        .iter()
        .map(|span| {
            let style = if color { line.style.patch(span.style) } else { Style::new() };
            styled(&span.content, style)
        })
        .collect();
    text.trim_end().to_owned()
}

/// No style at all.
pub const BARE: Style = Style::new();

/// A text in a style, closed by a reset. Backgrounds are left out: they belong to screens.
pub fn styled(text: &str, style: Style) -> String {
    let codes = codes_of(style);
    if codes.is_empty() || text.trim().is_empty() {
        return text.to_owned();
    }
    format!("\u{1b}[{}m{text}\u{1b}[0m", codes.join(";"))
}

fn codes_of(style: Style) -> Vec<String> {
    const MODIFIERS: [(Modifier, &str); 5] = [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
    ];
    let weights = MODIFIERS
        .iter()
        .filter(|(modifier, _)| style.add_modifier.contains(*modifier))
        .map(|(_, code)| (*code).to_owned());
    weights.chain(style.fg.and_then(color_code)).collect()
}

fn color_code(color: Color) -> Option<String> {
    let code = match color {
        Color::Reset => return None,
        Color::Black => "30",
        Color::Red => "31",
        Color::Green => "32",
        Color::Yellow => "33",
        Color::Blue => "34",
        Color::Magenta => "35",
        Color::Cyan => "36",
        Color::Gray => "37",
        Color::DarkGray => "90",
        Color::LightRed => "91",
        Color::LightGreen => "92",
        Color::LightYellow => "93",
        Color::LightBlue => "94",
        Color::LightMagenta => "95",
        Color::LightCyan => "96",
        Color::White => "97",
        Color::Indexed(index) => return Some(format!("38;5;{index}")),
        Color::Rgb(red, green, blue) => return Some(format!("38;2;{red};{green};{blue}")),
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier, Style};
    use ratatui::text::{Line, Span};

    use super::{styled, text_of};

    #[test]
    fn escapes_are_written_only_where_colour_is_wanted() {
        let line = Line::from(vec![
            Span::raw("a "),
            Span::styled("b", Style::new().add_modifier(Modifier::BOLD)),
        ]);
        assert_eq!(text_of(&line, true), "a \u{1b}[1mb\u{1b}[0m");
        assert_eq!(text_of(&line, false), "a b");
    }

    #[test]
    fn every_kind_of_colour_has_its_code() {
        assert_eq!(
            styled("x", Style::new().fg(Color::Rgb(1, 2, 3))),
            "\u{1b}[38;2;1;2;3mx\u{1b}[0m"
        );
        assert_eq!(
            styled("x", Style::new().fg(Color::Red).add_modifier(Modifier::ITALIC)),
            "\u{1b}[3;31mx\u{1b}[0m"
        );
        assert_eq!(styled("x", Style::new().fg(Color::Reset)), "x");
    }
}
