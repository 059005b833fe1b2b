//! Help: every key of a place, made from the table that handles them, and a menu that runs the marked line.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::i18n::Texts;
use crate::tui::action::{Action, Digits, Place};
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::theme::Role;
use crate::tui::widgets::page;
use crate::tui::widgets::page::{Cursor, Footer, Header, column, draw_lines, hints};
use crate::tui::widgets::wrap::pad;

/// The help of a place.
#[derive(Clone, Debug)]
pub struct Help {
    /// The place whose keys are shown.
    pub of: Place,
    /// The selected line.
    pub cursor: usize,
}

/// What comes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Stay.
    Stay,
    /// Close the help.
    Close,
    /// Close it and do this.
    Run(Action),
}

impl Help {
    /// The help of a place.
    pub const fn new(of: Place) -> Self {
        Self { of, cursor: 0 }
    }

    /// The actions listed, in order: those of the place, then those that work everywhere.
    fn actions(&self) -> Vec<Action> {
        let everywhere = Place::everywhere().iter().filter(|action| **action != Action::Help);
        self.of.actions().iter().chain(everywhere).copied().collect()
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action) -> Turn {
        let actions = self.actions();
        let last = actions.len().saturating_sub(1);
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::PageUp => self.cursor = self.cursor.saturating_sub(8),
            Action::PageDown => self.cursor = (self.cursor + 8).min(last),
            Action::First => self.cursor = 0,
            Action::Last => self.cursor = last,
            Action::Confirm => return Turn::Run(actions[self.cursor.min(last)]),
            Action::Back | Action::Help => return Turn::Close,
            _ => {}
        }
        Turn::Stay
    }
}

/// Draws the page.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    help: &Help,
    notice: Option<(Role, String)>,
) -> Cursor {
    let texts = look.texts;
    let header = Header {
        title: texts.place(Place::Help).into(),
        detail: texts.place(help.of).into(),
        right: vec![texts.help_is_a_menu.into()],
    };
    let footer = Footer {
        hints: hints(look, &[Action::Up, Action::Down, Action::Confirm, Action::Back]),
        notice,
    };
    let areas = page::draw(frame, look, Place::Help, &header, &footer);
    let area = column(areas.body);
    let lines = lines(look, help);
    let (rows, cursor_row) = lines;
    // What stands below the last line that can be run is shown with it.
    let is_last = help.cursor + 1 >= help.actions().len();
    let wanted = if is_last { rows.len() } else { cursor_row + 1 };
    let scroll = wanted.saturating_sub(usize::from(area.height)).min(cursor_row);
    draw_lines(frame, area, &rows, scroll);
    if let Some(y) = cursor_row.checked_sub(scroll) {
        let row = ratatui::layout::Rect { y: area.y + page::to_u16(y), height: 1, ..area };
        frame.buffer_mut().set_style(row, look.theme.style(Role::Selection));
    }
    Cursor::Hidden(areas.rest)
}

/// All lines, and the one of the cursor.
fn lines(look: &Look<'_>, help: &Help) -> (Vec<Line<'static>>, usize) {
    let theme = look.theme;
    let texts = look.texts;
    let mut lines = Vec::new();
    let mut cursor_row = 0;
    let title = |text: &str| Line::styled(text.to_owned(), theme.style(Role::Title));
    lines.push(title(texts.place(help.of)));
    if help.of.digits() != Digits::None {
        lines.push(row(
            look,
            Texts::digits_of(help.of.digits()),
            texts.digits(help.of.digits()),
            false,
        ));
    }
    let own = help.of.actions().len();
    for (index, action) in help.actions().into_iter().enumerate() {
        if index == own {
            lines.push(Line::default());
            lines.push(title(texts.everywhere));
        }
        if index == help.cursor {
            cursor_row = lines.len();
        }
        let keys = look.keymap.keys(action).iter();
        let works = |key: &&Key| !(help.of.is_text() && is_of_field(**key));
        let keys: Vec<String> = keys.filter(works).map(ToString::to_string).collect();
        lines.push(row(
            look,
            &keys.join("  "),
            texts.action_help_in(help.of, action),
            index == help.cursor,
        ));
    }
    if matches!(help.of, Place::Browse | Place::SearchField) {
        lines.push(Line::default());
        lines.push(title(texts.search_field()));
        for (written, found) in texts.search_help() {
            lines.push(row(look, written, found, false));
        }
    } else if help.of.actions().contains(&Action::TypeAnswer) || help.of.is_text() {
        lines.push(Line::default());
        lines.push(title(texts.text_fields));
        for (keys, what) in texts.field_keys {
            lines.push(row(look, keys, what, false));
        }
    }
    (lines, cursor_row)
}

/// Whether a text field keeps a key for itself.
const fn is_of_field(key: Key) -> bool {
    matches!(key, Key::Char(_) | Key::Ctrl('u' | 'w' | 'a' | 'e' | 'k'))
}

fn row(look: &Look<'_>, keys: &str, what: &str, is_selected: bool) -> Line<'static> {
    let theme = look.theme;
    let bar = if is_selected { theme.glyphs.selection } else { " " };
    Line::from(vec![
        Span::styled(bar.to_owned(), theme.style(Role::Accent)),
        Span::styled(pad(keys, 20), theme.style(Role::Key)),
        Span::styled(what.to_owned(), theme.style(Role::Text)),
    ])
}
