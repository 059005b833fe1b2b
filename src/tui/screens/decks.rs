//! The decks with their cards, and every problem of their files with the way to mend it.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::domain::deck::{DeckInfo, Origin};
use crate::domain::problem::{Problem, Severity};
use crate::tui::action::{Action, Place};
use crate::tui::effect::Effect;
use crate::tui::look::Look;
use crate::tui::theme::Role;
use crate::tui::widgets::page::{self, Cursor, Footer, Header, column, draw_lines, hints};
use crate::tui::widgets::wrap::{pad, pad_left, truncate};

/// The deck that is made for the first own card.
const OWN_DECK: &str = "mine";

/// The page of decks.
#[derive(Clone, Debug, Default)]
pub struct Decks {
    /// Decks with their number of cards.
    pub list: Vec<(DeckInfo, usize)>,
    /// All problems, errors first.
    pub problems: Vec<Problem>,
    /// The selected problem.
    pub cursor: usize,
    /// Lines scrolled where there are no problems.
    pub scroll: usize,
    /// Where a user's own decks go.
    pub folder: String,
    /// Whether a new card was asked for.
    pub wants_new_card: bool,
}

impl Decks {
    /// What was gathered.
    pub fn show(&mut self, list: Vec<(DeckInfo, usize)>, mut problems: Vec<Problem>) {
        problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        self.list = list;
        self.problems = problems;
    }

    /// Takes an action; `false` when the page is left.
    pub fn act(&mut self, action: Action) -> (Vec<Effect>, bool) {
        let last = self.problems.len().saturating_sub(1);
        match action {
            Action::Up if self.problems.is_empty() => self.scroll = self.scroll.saturating_sub(1),
            Action::Down if self.problems.is_empty() => self.scroll += 1,
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::PageUp => {
                self.cursor = self.cursor.saturating_sub(5);
                self.scroll = self.scroll.saturating_sub(8);
            }
            Action::PageDown => {
                self.cursor = (self.cursor + 5).min(last);
                self.scroll += 8;
            }
            Action::First => (self.cursor, self.scroll) = (0, 0),
            Action::Last => (self.cursor, self.scroll) = (last, usize::MAX / 2),
            Action::Edit => return (self.edit(), true),
            Action::NewCard => self.wants_new_card = true,
            Action::Back => return (Vec::new(), false),
            _ => {}
        }
        (Vec::new(), true)
    }

    /// Decks to which a card can be added: the user's own first.
    pub fn to_add_to(&self) -> Vec<String> {
        let of = |origin| {
            let decks = self.list.iter().filter(move |(info, _)| info.file.origin == origin);
            decks.map(|(info, _)| info.id.0.clone())
        };
        let mut all: Vec<String> = of(Origin::User).collect();
        if all.len() != 1 && !all.contains(&OWN_DECK.to_owned()) {
            all.insert(0, OWN_DECK.to_owned());
        }
        for id in of(Origin::Bundled) {
            if !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }

    fn edit(&self) -> Vec<Effect> {
        match self.problems.get(self.cursor) {
            Some(problem) if problem.file.origin == Origin::User => {
                vec![Effect::EditFile(problem.file.path.clone(), problem.line)]
            }
            _ => Vec::new(),
        }
    }
}

/// Draws the page.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    decks: &Decks,
    notice: Option<(Role, String)>,
) -> Cursor {
    let header = Header {
        title: look.texts.decks.into(),
        detail: String::new(),
        right: vec![(look.texts.decks_and_cards)(
            decks.list.len(),
            decks.list.iter().map(|(_, cards)| cards).sum(),
        )],
    };
    let actions: &[Action] = if decks.problems.is_empty() {
        &[Action::NewCard, Action::Up, Action::Down, Action::Back]
    } else {
        &[Action::Edit, Action::NewCard, Action::Up, Action::Down, Action::Back]
    };
    let footer = Footer { hints: hints(look, actions), notice };
    let areas = page::draw(frame, look, Place::Decks, &header, &footer);
    let area = column(areas.body);
    let (lines, selected) = lines(look, decks, area.width);
    let scroll =
        selected.map_or(decks.scroll, |row| (row + 6).saturating_sub(usize::from(area.height)));
    draw_lines(frame, area, &lines, scroll);
    Cursor::Hidden(areas.rest)
}

fn lines(look: &Look<'_>, decks: &Decks, width: u16) -> (Vec<Line<'static>>, Option<usize>) {
    let theme = look.theme;
    let mut lines = Vec::new();
    let mut selected = None;
    for (index, problem) in decks.problems.iter().enumerate() {
        if index == decks.cursor {
            selected = Some(lines.len());
        }
        problem_lines(look, problem, index == decks.cursor, width, &mut lines);
    }
    if !decks.problems.is_empty() {
        let rest = look.texts.other_cards_go_on;
        lines.push(Line::styled(rest, theme.style(Role::Muted)));
        lines.push(Line::default());
    }
    let titles = usize::from(width).saturating_sub(30);
    for (deck, cards) in &decks.list {
        let origin = match deck.file.origin {
            Origin::Bundled => "",
            Origin::User => look.texts.yours,
        };
        lines.push(Line::from(vec![
            Span::styled(
                pad(&truncate(&deck.id.0, 19, theme.glyphs.ellipsis), 20),
                theme.style(Role::Text),
            ),
            Span::styled(
                pad(&truncate(deck.title.get(look.lang), titles, theme.glyphs.ellipsis), titles),
                theme.style(Role::Muted),
            ),
            Span::styled(pad_left(&cards.to_string(), 4), theme.style(Role::Strong)),
            Span::styled(format!(" {origin}"), theme.style(Role::Accent)),
        ]));
    }
    lines.push(Line::default());
    let folder = (look.texts.your_decks_go_in)(&decks.folder);
    lines.extend(super::study_view::paragraph(look, &folder, width, Role::Muted));
    (lines, selected)
}

fn problem_lines(
    look: &Look<'_>,
    problem: &Problem,
    is_selected: bool,
    width: u16,
    lines: &mut Vec<Line<'static>>,
) {
    let theme = look.theme;
    let role = if problem.severity == Severity::Error { Role::Bad } else { Role::Warn };
    let bar = if is_selected { theme.glyphs.selection } else { " " };
    let word = look.texts.severity(problem.severity);
    let first = vec![
        Span::styled(bar.to_owned(), theme.style(Role::Accent)),
        Span::styled(format!("{word} "), theme.bold(role)),
    ];
    let rest = vec![Span::raw("   ")];
    let text = Span::styled(problem.to_string(), theme.style(Role::Text));
    lines.extend(super::super::widgets::wrap::wrap_spans(
        &[text],
        usize::from(width),
        &first,
        &rest,
    ));
    if !is_selected {
        return;
    }
    if !problem.source_line.is_empty() {
        let number = format!("{:>6} | ", problem.line);
        let room = usize::from(width).saturating_sub(number.len());
        let line = truncate(&problem.source_line, room, theme.glyphs.ellipsis);
        lines.push(Line::from(vec![
            Span::styled(number, theme.style(Role::Muted)),
            Span::styled(line, theme.style(Role::Text)),
        ]));
        let before: String = problem
            .source_line
            .chars()
            .take(usize::try_from(problem.column.saturating_sub(1)).unwrap_or(0))
            .collect();
        let indent = super::super::widgets::wrap::cells(&before);
        lines.push(Line::styled(
            format!("{}^", " ".repeat(9 + indent.min(room))),
            theme.style(role),
        ));
    }
    if let Some(help) = &problem.help {
        lines.extend(super::study_view::paragraph(look, help, width, Role::Muted));
    }
    lines.push(Line::default());
}
