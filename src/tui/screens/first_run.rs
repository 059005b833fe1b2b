//! First run: an optional interview date, a role, the language, and which decks. Enter on the empty form is valid.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::deck::{DeckInfo, Origin};
use crate::domain::lang::Lang;
use crate::domain::time::Day;
use crate::tui::action::{Action, Place};
use crate::tui::effect::FirstRunChoice;
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::screens::study_view::paragraph;
use crate::tui::theme::Role;
use crate::tui::widgets::page::{self, Cursor, Footer, Header, Hint, column, to_u16};
use crate::tui::widgets::text_field::TextField;
use crate::tui::widgets::wrap::{cells, pad, pad_left, truncate};

/// The form.
#[derive(Clone, Debug)]
pub struct FirstRun {
    date: TextField,
    role: Option<usize>,
    lang: Lang,
    decks: Vec<(DeckInfo, usize, bool)>,
    line: usize,
    complaint: Option<String>,
    data: String,
    own_decks: String,
}

/// What comes of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Stay.
    Stay,
    /// The form is complete.
    Finish(FirstRunChoice),
    /// Two sample questions.
    Sample,
    /// Another interface language.
    Speak(Lang),
}

/// Slugs of the roles in the order shown.
const ROLES: [&str; 4] = ["devops", "sre", "cloud", "platform"];
/// Lines before the decks: date, role, language.
const FIELDS: usize = 3;

impl FirstRun {
    /// An empty form.
    pub fn new(lang: Lang, decks: Vec<(DeckInfo, usize)>, data: String, own_decks: String) -> Self {
        Self {
            date: TextField::of_line(""),
            role: None,
            lang,
            decks: decks.into_iter().map(|(deck, cards)| (deck, cards, true)).collect(),
            line: 0,
            complaint: None,
            data,
            own_decks,
        }
    }

    /// Where the user is: in the date, or in the lists.
    pub const fn place(&self) -> Place {
        if self.line == 0 { Place::LineField } else { Place::FirstRun }
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action, today: Day, look: &Look<'_>) -> Turn {
        let lines = FIELDS + self.decks.len();
        match action {
            Action::NextPart | Action::Down => self.line = (self.line + 1) % lines,
            Action::PreviousPart | Action::Up => self.line = (self.line + lines - 1) % lines,
            Action::Confirm => return self.finish(today, look),
            Action::Back => {
                self.date = TextField::of_line("");
                return self.finish(today, look);
            }
            Action::TryIt => return Turn::Sample,
            Action::Toggle | Action::Right | Action::Left => {
                return self.change(action != Action::Left);
            }
            _ => {}
        }
        Turn::Stay
    }

    fn change(&mut self, forward: bool) -> Turn {
        match self.line {
            1 => {
                let next = match (self.role, forward) {
                    (None, true) => Some(0),
                    (None, false) => Some(ROLES.len() - 1),
                    (Some(role), true) => Some(role + 1).filter(|role| *role < ROLES.len()),
                    (Some(role), false) => role.checked_sub(1),
                };
                self.role = next;
            }
            2 => {
                self.lang = self.lang.other();
                return Turn::Speak(self.lang);
            }
            line if line >= FIELDS => {
                if let Some(deck) = self.decks.get_mut(line - FIELDS) {
                    deck.2 = !deck.2;
                }
            }
            _ => {}
        }
        Turn::Stay
    }

    fn finish(&mut self, today: Day, look: &Look<'_>) -> Turn {
        let text = self.date.text();
        let day = if text.trim().is_empty() {
            None
        } else {
            match Day::from_words(&text, today) {
                Some(day) if day >= today => Some(day),
                Some(_) => {
                    self.complaint = Some(look.texts.date_is_past.to_owned());
                    self.line = 0;
                    return Turn::Stay;
                }
                None => {
                    self.complaint = Some(look.texts.date_is_unclear.to_owned());
                    self.line = 0;
                    return Turn::Stay;
                }
            }
        };
        let all = self.decks.iter().all(|(_, _, chosen)| *chosen);
        let chosen = self.decks.iter().filter(|(_, _, chosen)| *chosen);
        let decks =
            if all { Vec::new() } else { chosen.map(|(deck, _, _)| deck.id.0.clone()).collect() };
        Turn::Finish(FirstRunChoice {
            day,
            role: self.role.map(|role| ROLES[role].to_owned()),
            lang: self.lang,
            decks,
        })
    }

    /// Takes a key of the date; arrows go on to the next field.
    pub fn key(&mut self, key: Key) {
        let lines = FIELDS + self.decks.len();
        match key {
            Key::Down => self.line = 1,
            Key::Up => self.line = lines - 1,
            _ => {
                self.complaint = None;
                self.date.key(key);
            }
        }
    }

    /// Whether no date has been written and the date is where the user is.
    pub fn is_date_empty(&self) -> bool {
        self.line == 0 && self.date.is_empty()
    }

    /// Takes a pasted date.
    pub fn paste(&mut self, text: &str) {
        if self.line == 0 {
            self.date.paste(text);
        }
    }
}

/// Draws the form.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    form: &FirstRun,
    notice: Option<(Role, String)>,
) -> Cursor {
    let texts = look.texts;
    let header = Header { title: texts.welcome.into(), detail: String::new(), right: Vec::new() };
    let mut list = vec![Hint::new("Enter", texts.start), Hint::new("Tab", texts.next_field)];
    if form.line > 0 || form.date.is_empty() {
        list.insert(1, Hint::of(look, Action::TryIt));
    }
    if form.line > 0 {
        list.push(Hint::new("Space", texts.change));
    }
    list.push(Hint::new("Esc", texts.skip_all));
    let footer = Footer { hints: list, notice };
    let areas = page::draw(frame, look, form.place(), &header, &footer);
    let cursor = body(frame, look, form, column(areas.body));
    cursor.map_or(Cursor::Hidden(areas.rest), Cursor::Shown)
}

fn body(frame: &mut Frame<'_>, look: &Look<'_>, form: &FirstRun, area: Rect) -> Option<Position> {
    let texts = look.texts;
    let theme = look.theme;
    let mut lines = paragraph(look, texts.nothing_is_set_up, area.width, Role::Muted);
    lines.push(Line::default());
    lines.push(Line::styled(texts.your_interview_optional, theme.style(Role::Title)));
    let date_row = lines.len();
    let date_note = match (&form.complaint, Day::from_words(&form.date.text(), look.today)) {
        (Some(complaint), _) => (complaint.clone(), Role::Warn),
        (None, Some(day)) if day < look.today => (texts.date_is_past.to_owned(), Role::Warn),
        (None, Some(day)) => ((texts.interview_when)(day, day.days_since(look.today)), Role::Good),
        _ => (texts.date_examples.to_owned(), Role::Muted),
    };
    lines.push(field_line(
        look,
        form.line == 0,
        texts.date_label,
        (&form.date.text(), 16),
        &date_note.0,
        date_note.1,
    ));
    let role = form.role.map_or(texts.any_role, |role| texts.roles[role]);
    lines.push(choice_line(look, form.line == 1, texts.role_label, role));
    let lang = texts.languages[usize::from(form.lang == Lang::Ko)];
    lines.push(choice_line(look, form.line == 2, texts.language_label, lang));
    lines.push(Line::default());
    let cards: usize = form.decks.iter().map(|(_, cards, _)| cards).sum();
    lines.push(Line::styled(
        (texts.decks_and_cards)(form.decks.len(), cards),
        theme.style(Role::Title),
    ));
    let tail = tail_lines(look, form, area.width);
    let room = usize::from(area.height).saturating_sub(lines.len() + tail.len());
    lines.extend(deck_lines(look, form, room.max(3), area.width));
    lines.extend(tail);
    // The date field must stay in sight where the page is lower than the form.
    let selected = if form.line < FIELDS { date_row + form.line } else { lines.len() - 1 };
    let scroll = (selected + 1).saturating_sub(usize::from(area.height));
    page::draw_lines(frame, area, &lines, scroll);
    if form.line != 0 {
        return None;
    }
    let y = area.y + to_u16(date_row.checked_sub(scroll)?);
    let field =
        Rect { x: area.x + 16, y, width: 16.min(area.width.saturating_sub(16)).max(1), height: 1 };
    Some(form.date.draw(frame, field, look))
}

fn field_line(
    look: &Look<'_>,
    selected: bool,
    label: &str,
    (value, room): (&str, usize),
    note: &str,
    role: Role,
) -> Line<'static> {
    let theme = look.theme;
    let bar = if selected { theme.glyphs.selection } else { " " };
    Line::from(vec![
        Span::styled(bar.to_owned(), theme.style(Role::Accent)),
        Span::styled(pad(label, 14), theme.style(Role::Muted)),
        Span::styled("[", theme.style(Role::Faint)),
        Span::styled(pad(&truncate(value, room, ""), room), theme.style(Role::Text)),
        Span::styled("] ", theme.style(Role::Faint)),
        Span::styled(note.to_owned(), theme.style(role)),
    ])
}

fn choice_line(look: &Look<'_>, selected: bool, label: &str, value: &str) -> Line<'static> {
    let theme = look.theme;
    let bar = if selected { theme.glyphs.selection } else { " " };
    let role = if selected { Role::Title } else { Role::Text };
    Line::from(vec![
        Span::styled(bar.to_owned(), theme.style(Role::Accent)),
        Span::styled(pad(label, 14), theme.style(Role::Muted)),
        Span::styled("< ", theme.style(Role::Faint)),
        Span::styled(value.to_owned(), theme.style(role)),
        Span::styled(" >", theme.style(Role::Faint)),
    ])
}

/// The decks around the selected one, as many as there is room for.
fn deck_lines(look: &Look<'_>, form: &FirstRun, room: usize, width: u16) -> Vec<Line<'static>> {
    let theme = look.theme;
    let cursor = form.line.checked_sub(FIELDS);
    let from = cursor.map_or(0, |cursor| (cursor + 1).saturating_sub(room));
    form.decks
        .iter()
        .enumerate()
        .skip(from)
        .take(room)
        .map(|(index, (deck, cards, chosen))| {
            let selected = cursor == Some(index);
            let bar = if selected { theme.glyphs.selection } else { " " };
            let tick = if *chosen { theme.glyphs.tick } else { " " };
            let title = deck.title.get(look.lang);
            let names = usize::from(width).saturating_sub(5 + 20 + 6);
            let own = if deck.file.origin == Origin::User { look.texts.yours } else { "" };
            let title = format!("{title} {own}");
            Line::from(vec![
                Span::styled(bar.to_owned(), theme.style(Role::Accent)),
                Span::styled(format!("[{tick}] "), theme.style(Role::Good)),
                Span::styled(
                    pad(&truncate(&deck.id.0, 19, theme.glyphs.ellipsis), 20),
                    theme.style(Role::Text),
                ),
                Span::styled(
                    pad(&truncate(title.trim(), names, theme.glyphs.ellipsis), names),
                    theme.style(Role::Muted),
                ),
                Span::styled(pad_left(&cards.to_string(), 5), theme.style(Role::Strong)),
            ])
        })
        .collect()
}

fn tail_lines(look: &Look<'_>, form: &FirstRun, width: u16) -> Vec<Line<'static>> {
    let texts = look.texts;
    let room = usize::from(width);
    let muted = look.theme.style(Role::Muted);
    let line = |label: &str, path: &str| {
        let left = room.saturating_sub(cells(label) + 2);
        Line::styled(
            format!("{label}  {}", truncate(path, left, look.theme.glyphs.ellipsis)),
            muted,
        )
    };
    vec![
        Line::default(),
        line(texts.own_decks_label, &form.own_decks),
        line(texts.progress_label, &form.data),
        Line::styled(truncate(texts.nothing_leaves, room, look.theme.glyphs.ellipsis), muted),
    ]
}
