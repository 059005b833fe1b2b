//! A deck file that cannot be read after it was edited: where, why, and the way back into the editor. Lies over the screen below,
//! which keeps its card, ticks and scroll.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::domain::card::CardKey;
use crate::domain::problem::Problem;
use crate::tui::action::{Action, Place};
use crate::tui::effect::Effect;
use crate::tui::look::Look;
use crate::tui::screens::study_view::paragraph;
use crate::tui::theme::Role;
use crate::tui::widgets::page::{self, Cursor, Footer, Header, Hint, column, draw_lines};
use crate::tui::widgets::wrap::{cells, clean, truncate};

/// Lines of the file shown before and after the faulty one.
const AROUND: usize = 2;

/// What is wrong in an edited file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckProblem {
    /// The card that was edited.
    pub key: CardKey,
    /// The id that the card has, if it has one.
    pub id: Option<String>,
    /// The errors of the file, in its order; never empty.
    pub problems: Vec<Problem>,
    /// The text of the file.
    pub text: String,
    /// The error that is shown.
    pub cursor: usize,
}

/// What comes of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// Stay here.
    Stay,
    /// Back to the screen below, with the old version of the card.
    Close,
    /// Something must be done.
    Do(Box<Effect>),
}

impl DeckProblem {
    fn shown(&self) -> Option<&Problem> {
        self.problems.get(self.cursor).or_else(|| self.problems.first())
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action) -> Turn {
        let last = self.problems.len().saturating_sub(1);
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::First => self.cursor = 0,
            Action::Last => self.cursor = last,
            Action::Edit | Action::Confirm => {
                let Some(problem) = self.shown() else { return Turn::Stay };
                let (path, line) = (problem.file.path.clone(), problem.line.max(1));
                return Turn::Do(Box::new(Effect::EditAgain(self.key.clone(), path, line)));
            }
            Action::Again => return Turn::Do(Box::new(Effect::ReadAgain(self.key.clone()))),
            Action::Back => return Turn::Close,
            _ => {}
        }
        Turn::Stay
    }
}

/// Draws the page.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    page: &DeckProblem,
    notice: Option<(Role, String)>,
) -> Cursor {
    let texts = look.texts;
    let Some(problem) = page.shown() else {
        return Cursor::Hidden(ratatui::layout::Position::ORIGIN);
    };
    let file = problem.file.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let header = Header {
        title: texts.deck_problem().into(),
        detail: String::new(),
        right: vec![clean(file)],
    };
    let key = |action| look.keymap.shown(action);
    let hints = vec![
        Hint::new(key(Action::Edit), texts.open_at_line(problem.line.max(1))),
        Hint::new(key(Action::Again), texts.read_again()),
        Hint::new(key(Action::Back), texts.keep_old()),
    ];
    let areas = page::draw(frame, look, Place::DeckProblem, &header, &Footer { hints, notice });
    let area = column(areas.body);
    let lines = body(look, page, problem, area.width, usize::from(area.height));
    draw_lines(frame, area, &lines, 0);
    Cursor::Hidden(areas.rest)
}

fn body(
    look: &Look<'_>,
    page: &DeckProblem,
    problem: &Problem,
    width: u16,
    height: usize,
) -> Vec<Line<'static>> {
    let (texts, theme) = (look.texts, look.theme);
    // In a small window what is wrong comes before what can be read elsewhere.
    let is_roomy = height >= 14;
    let mut lines = Vec::new();
    if is_roomy {
        lines.extend(paragraph(look, texts.deck_problem_intro(), width, Role::Text));
        lines.push(Line::default());
    }
    let place = texts.line_and_column(problem.line, problem.column.max(1));
    lines.push(Line::styled(place, theme.style(Role::Muted)));
    lines.extend(paragraph(look, &clean(&problem.message), width, Role::Bad));
    if is_roomy {
        lines.push(Line::default());
    }
    lines.extend(excerpt(look, page, problem, width));
    if is_roomy {
        lines.push(Line::default());
    }
    if let Some(help) = &problem.help {
        lines.extend(paragraph(look, &clean(help), width, Role::Accent));
    }
    let more = page.problems.len() - 1;
    if more > 0 {
        lines.push(Line::styled(texts.more_problems(more), theme.style(Role::Warn)));
    }
    lines.push(Line::default());
    let kept = texts.progress_is_kept(page.id.as_deref());
    lines.extend(paragraph(look, &kept, width, Role::Muted));
    lines
}

/// The faulty line between its neighbours, with a caret under the fault.
fn excerpt(
    look: &Look<'_>,
    page: &DeckProblem,
    problem: &Problem,
    width: u16,
) -> Vec<Line<'static>> {
    let theme = look.theme;
    let at = usize::try_from(problem.line).unwrap_or(usize::MAX).saturating_sub(1);
    let first = at.saturating_sub(AROUND);
    let digits = (at + AROUND + 1).to_string().len();
    let room = usize::from(width).saturating_sub(digits + 5);
    let mut lines = Vec::new();
    for (index, text) in page.text.lines().enumerate().skip(first).take(2 * AROUND + 1) {
        let is_faulty = index == at;
        let shown = clean(&text.replace('\t', "    "));
        let before: String = text
            .chars()
            .take(usize::try_from(problem.column.saturating_sub(1)).unwrap_or(0))
            .collect();
        let before = cells(&clean(&before.replace('\t', "    ")));
        // A fault far to the right is brought into view.
        let skipped = if is_faulty && before >= room { before + 1 - room.max(1) } else { 0 };
        let shown = skip_cells(&shown, skipped);
        let number = format!("  {:>digits$} {} ", index + 1, theme.glyphs.quote);
        let role = if is_faulty { Role::Text } else { Role::Muted };
        lines.push(Line::from(vec![
            Span::styled(number.clone(), theme.style(Role::Faint)),
            Span::styled(truncate(&shown, room, theme.glyphs.ellipsis), theme.style(role)),
        ]));
        if is_faulty {
            let indent = cells(&number) + (before - skipped).min(room.saturating_sub(1));
            lines.push(Line::styled(format!("{}^", " ".repeat(indent)), theme.bold(Role::Bad)));
        }
    }
    lines
}

/// The text without its first cells.
fn skip_cells(text: &str, skipped: usize) -> String {
    let mut passed = 0;
    text.chars()
        .skip_while(|c| {
            let is_passed = passed < skipped;
            passed += cells(c.encode_utf8(&mut [0; 4]));
            is_passed
        })
        .collect()
}
