//! The form of a new card: deck, question, answer, key points, tags, level. What is written is in the deck when Save is pressed.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::card::Level;
use crate::domain::new_card::NewCard;
use crate::domain::tag::LabelList;
use crate::tui::action::{Action, Place};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::theme::Role;
use crate::tui::widgets::page::{self, Cursor, Footer, Header, Hint, column, hints, to_u16};
use crate::tui::widgets::text_field::TextField;
use crate::tui::widgets::wrap::{cells, pad, truncate, wrap};

/// A row of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Deck,
    Question,
    Answer,
    Points,
    Tags,
    Level,
    Save,
}

const ROWS: [Row; 7] =
    [Row::Deck, Row::Question, Row::Answer, Row::Points, Row::Tags, Row::Level, Row::Save];
/// Cells of the labels, where they stand before the fields.
const LABEL: u16 = 14;
/// Width below which labels stand above the fields.
const NARROW: u16 = 46;

/// The form.
#[derive(Clone, Debug)]
pub struct AddForm {
    decks: Vec<String>,
    deck: usize,
    question: TextField,
    answer: TextField,
    points: TextField,
    tags: TextField,
    level: usize,
    row: usize,
    complaint: Option<String>,
    /// Esc was pressed once while something was written.
    is_leaving: bool,
}

/// What comes of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// Stay here.
    Stay,
    /// The form is left.
    Leave,
    /// Something must be done.
    Do(Box<Effect>),
}

impl AddForm {
    /// An empty form; the first of the decks is chosen unless another is wanted.
    pub fn new(mut decks: Vec<String>, wanted: Option<&str>) -> Self {
        let is_listed = |name: &str| decks.iter().any(|deck| deck == name);
        if let Some(wanted) = wanted.filter(|wanted| !is_listed(wanted)) {
            decks.push(wanted.to_owned());
        }
        let deck = decks.iter().position(|deck| Some(deck.as_str()) == wanted).unwrap_or(0);
        Self {
            decks,
            deck,
            question: TextField::of_lines(""),
            answer: TextField::of_lines(""),
            points: TextField::of_lines(""),
            tags: TextField::of_line(""),
            level: 0,
            row: 1,
            complaint: None,
            is_leaving: false,
        }
    }

    fn at(&self) -> Row {
        ROWS[self.row % ROWS.len()]
    }

    fn go_to(&mut self, row: Row) {
        self.row = ROWS.iter().position(|it| *it == row).unwrap_or(0);
    }

    fn field(&self) -> Option<&TextField> {
        match self.at() {
            Row::Question => Some(&self.question),
            Row::Answer => Some(&self.answer),
            Row::Points => Some(&self.points),
            Row::Tags => Some(&self.tags),
            Row::Deck | Row::Level | Row::Save => None,
        }
    }

    fn field_mut(&mut self) -> Option<&mut TextField> {
        match self.at() {
            Row::Question => Some(&mut self.question),
            Row::Answer => Some(&mut self.answer),
            Row::Points => Some(&mut self.points),
            Row::Tags => Some(&mut self.tags),
            Row::Deck | Row::Level | Row::Save => None,
        }
    }

    /// Where the user is: in a field, or on a row that is chosen.
    pub fn place(&self) -> Place {
        match self.at() {
            Row::Question | Row::Answer | Row::Points => Place::TextField,
            Row::Tags => Place::LineField,
            Row::Deck | Row::Level | Row::Save => Place::AddForm,
        }
    }

    fn is_empty(&self) -> bool {
        [&self.question, &self.answer, &self.points].iter().all(|field| field.is_empty())
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action, look: &Look<'_>) -> Turn {
        self.complaint = None;
        let was_leaving = std::mem::take(&mut self.is_leaving);
        match action {
            Action::PreviousPart | Action::Up => {
                self.row = (self.row + ROWS.len() - 1) % ROWS.len();
            }
            Action::Left => self.change(false),
            Action::Right => self.change(true),
            Action::Confirm if self.at() == Row::Save => return self.save(look),
            Action::NextPart | Action::Down | Action::Confirm => {
                self.row = (self.row + 1) % ROWS.len();
            }
            Action::Edit => {
                if let Some(field) = self.field() {
                    return Turn::Do(Box::new(Effect::EditText(field.text())));
                }
            }
            Action::Back if self.is_empty() || was_leaving => return Turn::Leave,
            Action::Back => {
                self.is_leaving = true;
                self.complaint = Some(look.texts.add_leave_twice().to_owned());
            }
            _ => {}
        }
        Turn::Stay
    }

    fn change(&mut self, forward: bool) {
        let (value, count) = match self.at() {
            Row::Deck => (&mut self.deck, self.decks.len()),
            Row::Level => (&mut self.level, 4),
            _ => return,
        };
        let count = count.max(1);
        *value = if forward { (*value + 1) % count } else { (*value + count - 1) % count };
    }

    fn save(&mut self, look: &Look<'_>) -> Turn {
        let missing = if self.question.text().trim().is_empty() {
            Some((Row::Question, look.texts.question_missing()))
        } else if self.answer.text().trim().is_empty() {
            Some((Row::Answer, look.texts.answer_missing()))
        } else {
            None
        };
        if let Some((row, complaint)) = missing {
            self.go_to(row);
            self.complaint = Some(complaint.to_owned());
            return Turn::Stay;
        }
        Turn::Do(Box::new(Effect::AddCard(Box::new(self.card()))))
    }

    fn card(&self) -> NewCard {
        NewCard {
            deck: self.decks.get(self.deck).cloned(),
            id: None,
            question: self.question.text(),
            answer: self.answer.text(),
            points: point_lines(&self.points.text()),
            tags: tag_words(&self.tags.text()),
            level: u8::try_from(self.level).ok().and_then(Level::new),
        }
    }

    /// The card is in its deck: the form is ready for the next, in the same deck, with the same tags and level.
    pub fn added(&mut self) {
        self.question = TextField::of_lines("");
        self.answer = TextField::of_lines("");
        self.points = TextField::of_lines("");
        self.go_to(Row::Question);
    }

    /// The card could not be added; what was written stays.
    pub fn refused(&mut self, why: String) {
        self.complaint = Some(why);
    }

    /// Takes a key of a field.
    pub fn key(&mut self, key: Key) {
        self.complaint = None;
        self.is_leaving = false;
        let is_line = self.at() == Row::Tags;
        match key {
            Key::BackTab => self.row = (self.row + ROWS.len() - 1) % ROWS.len(),
            Key::Down if is_line => self.row += 1,
            Key::Up if is_line => self.row -= 1,
            _ => {
                if let Some(field) = self.field_mut() {
                    field.key(key);
                }
            }
        }
    }

    /// Takes a pasted text; `false` where there is no field.
    pub fn paste(&mut self, text: &str) -> bool {
        self.field_mut().map(|field| field.paste(text)).is_some()
    }

    /// A field's text as the editor left it.
    pub fn text_edited(&mut self, text: &str) {
        let text = text.trim_end();
        match self.at() {
            Row::Tags => self.tags = TextField::of_line(text),
            _ => {
                if let Some(field) = self.field_mut() {
                    *field = TextField::of_lines(text);
                }
            }
        }
    }
}

/// One point a line; a mark of a list before it is no part of it.
fn point_lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.trim().trim_start_matches(['-', '*', '•']).trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

fn tag_words(text: &str) -> Vec<String> {
    text.split([',', ' '])
        .map(|word| word.trim().trim_start_matches('#').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The known spelling that a tag of the user's probably means.
fn meant_tag(labels: &LabelList, words: &[String]) -> Option<String> {
    let known = |word: &str| labels.knows(&labels.tag(word));
    let near = |word: &String| {
        let close = labels.tags.iter().filter(|label| is_near(word, &label.slug));
        close.map(|label| label.slug.clone()).next()
    };
    words.iter().filter(|word| word.chars().count() > 3 && !known(word)).find_map(near)
}

/// Whether two words differ in one place: a letter that is wrong, missing, too many, or two that changed places.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[same..], &other[same..]);
    let rest = |a: &[char], b: &[char]| a.get(1..) == b.get(1..);
    !(a.is_empty() && b.is_empty())
        && (rest(a, b)
            || a.get(1..) == Some(b)
            || Some(a) == b.get(1..)
            || (a.len() == b.len()
                && a.len() > 1
                && a[0] == b[1]
                && a[1] == b[0]
                && a[2..] == b[2..]))
}

/// Draws the form.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    form: &AddForm,
    notice: Option<(Role, String)>,
) -> Cursor {
    let deck = form.decks.get(form.deck).cloned().unwrap_or_default();
    let header =
        Header { title: look.texts.add_title().into(), detail: String::new(), right: vec![deck] };
    let complaint = form.complaint.clone().map(|why| (Role::Warn, why));
    let footer = Footer { hints: keys(look, form), notice: complaint.or(notice) };
    let areas = page::draw(frame, look, form.place(), &header, &footer);
    let cursor = body(frame, look, form, column(areas.body));
    cursor.map_or(Cursor::Hidden(areas.rest), Cursor::Shown)
}

fn keys(look: &Look<'_>, form: &AddForm) -> Vec<Hint> {
    let next = Hint::new("Tab", look.texts.next_field);
    match form.at() {
        Row::Save => vec![
            Hint::new("Enter", look.texts.add_save()),
            Hint::of(look, Action::PreviousPart),
            Hint::of(look, Action::Back),
        ],
        Row::Deck | Row::Level => {
            let mut list = hints(look, &[Action::Right]);
            list[0] = Hint::new(
                format!("{} {}", look.keymap.shown(Action::Left), look.keymap.shown(Action::Right)),
                look.texts.change,
            );
            list.extend([next, Hint::of(look, Action::Back)]);
            list
        }
        _ => vec![
            next,
            Hint::new("Shift-Tab", look.texts.action(Action::PreviousPart)),
            Hint::new("F2", "$EDITOR"),
            Hint::of(look, Action::Back),
        ],
    }
}

/// How many lines each row gets: the one where the user is as many as it needs, the others what is left.
fn heights(form: &AddForm, width: u16, room: u16) -> [u16; 7] {
    let wanted = |row: Row| match row {
        Row::Question => form.question.height(width).clamp(2, 6),
        Row::Answer => form.answer.height(width).saturating_add(1).clamp(4, 14),
        Row::Points => form.points.height(width).saturating_add(1).clamp(3, 8),
        _ => 1,
    };
    let mut heights = [1; 7];
    let mut left = room.saturating_sub(7);
    let mut grow = |at: usize, wanted: u16| {
        let more = wanted.saturating_sub(heights[at]).min(left);
        heights[at] += more;
        left -= more;
    };
    let focus = form.row % ROWS.len();
    grow(focus, wanted(ROWS[focus]).min(4));
    for (at, least) in [(2, 4), (3, 3), (1, 2)] {
        grow(at, least);
    }
    for at in [focus, 2, 3, 1] {
        grow(at, wanted(ROWS[at]));
    }
    // A large window invites to write more.
    for (at, roomy) in [(2, 10), (3, 6), (1, 3)] {
        grow(at, roomy);
    }
    heights
}

fn body(frame: &mut Frame<'_>, look: &Look<'_>, form: &AddForm, area: Rect) -> Option<Position> {
    let is_narrow = area.width < NARROW;
    let left = if is_narrow { 2 } else { 2 + LABEL };
    let field_width = area.width.saturating_sub(left + 1);
    let labels = u16::from(is_narrow) * 6;
    // Air between the rows, where all of them fit with it.
    let air = u16::from(area.height >= 7 + labels + 6 + 6);
    let room = area.height.saturating_sub(labels + 7 * air);
    let heights = heights(form, field_width, room);
    let mut tops = [0_u16; 7];
    let mut y = 0;
    for at in 0..ROWS.len() {
        tops[at] = y + u16::from(is_narrow && ROWS[at] != Row::Save);
        y = tops[at] + heights[at] + air;
    }
    // The row where the user is stays in view.
    let focus = form.row % ROWS.len();
    let bottom = tops[focus] + heights[focus];
    let scroll = bottom.saturating_sub(area.height);
    let mut cursor = None;
    for at in 0..ROWS.len() {
        let visible =
            |row: u16| (row >= scroll && row < scroll + area.height).then(|| area.y + row - scroll);
        let label_row = if is_narrow { tops[at].checked_sub(1) } else { Some(tops[at]) };
        if let Some(y) = label_row.and_then(visible).filter(|_| ROWS[at] != Row::Save) {
            draw_label(frame, look, form, at, Rect { y, height: 1, ..area });
        }
        let Some(top) = visible(tops[at]) else { continue };
        let height = heights[at].min(area.y + area.height - top);
        let field = Rect { x: area.x + left, y: top, width: field_width, height };
        cursor = draw_row(frame, look, form, at, field).or(cursor);
    }
    cursor
}

fn draw_label(frame: &mut Frame<'_>, look: &Look<'_>, form: &AddForm, at: usize, area: Rect) {
    let theme = look.theme;
    let is_here = at == form.row % ROWS.len();
    let bar = if is_here { theme.glyphs.selection } else { " " };
    let label = look.texts.add_labels().get(at).copied().unwrap_or_default();
    let role = if is_here { Role::Title } else { Role::Muted };
    let line = Line::from(vec![
        Span::styled(bar.to_owned(), theme.style(Role::Accent)),
        Span::styled(pad(label, usize::from(LABEL) - 2), theme.style(role)),
    ]);
    frame.buffer_mut().set_line(area.x, area.y, &line, area.width);
}

/// Draws a row's own part and gives the insertion point, if it is there.
fn draw_row(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    form: &AddForm,
    at: usize,
    area: Rect,
) -> Option<Position> {
    let theme = look.theme;
    let is_here = at == form.row % ROWS.len();
    let field = match ROWS[at] {
        Row::Question => &form.question,
        Row::Answer => &form.answer,
        Row::Points => &form.points,
        Row::Tags => &form.tags,
        Row::Deck | Row::Level => {
            let levels = look.texts.add_levels();
            let value = match ROWS[at] {
                Row::Deck => form.decks.get(form.deck).map_or("", String::as_str),
                _ => levels.get(form.level).copied().unwrap_or_default(),
            };
            let role = if is_here { Role::Title } else { Role::Text };
            let line = Line::from(vec![
                Span::styled("< ", theme.style(Role::Faint)),
                Span::styled(value.to_owned(), theme.style(role)),
                Span::styled(" >", theme.style(Role::Faint)),
            ]);
            frame.buffer_mut().set_line(area.x, area.y, &line, area.width);
            return None;
        }
        Row::Save => {
            let text = format!(" {} ", look.texts.add_save());
            let area = Rect { x: area.x.saturating_sub(1), width: area.width + 1, ..area };
            let style = if is_here {
                theme.style(Role::Selection).patch(theme.bold(Role::Accent))
            } else {
                theme.style(Role::Accent)
            };
            frame.buffer_mut().set_line(area.x, area.y, &Line::styled(text, style), area.width);
            return None;
        }
    };
    draw_field(frame, look, form, (ROWS[at], field, is_here), area)
}

fn draw_field(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    form: &AddForm,
    (row, field, is_here): (Row, &TextField, bool),
    area: Rect,
) -> Option<Position> {
    let theme = look.theme;
    let style = theme.style(Role::SoftBackground).patch(theme.style(Role::Text));
    let panel = Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area };
    let panel = panel.intersection(frame.area());
    frame.buffer_mut().set_style(panel, style);
    let cursor = if is_here {
        Some(field.draw(frame, area, look))
    } else {
        let text = field.text();
        let rows = text.lines().flat_map(|line| wrap(line, usize::from(area.width)));
        for (y, line) in (area.y..area.y + area.height).zip(rows) {
            frame.buffer_mut().set_line(area.x, y, &Line::styled(line, style), area.width);
        }
        None
    };
    let (note, role) = note_of(look, form, row, field);
    let room = usize::from(area.width);
    if field.is_empty() {
        // Behind the insertion point, so that a Korean syllable in composition does not cover it.
        let note = format!("  {}", truncate(&note, room.saturating_sub(3), theme.glyphs.ellipsis));
        let style = theme.style(Role::SoftBackground).patch(theme.style(role));
        frame.buffer_mut().set_line(area.x, area.y, &Line::styled(note, style), area.width);
    } else if !note.is_empty() {
        draw_count(frame, look, (&note, role), area);
    }
    cursor
}

/// A count at the right end of a field's last line, where nothing stands.
fn draw_count(frame: &mut Frame<'_>, look: &Look<'_>, (note, role): (&str, Role), area: Rect) {
    let width = to_u16(cells(note));
    let y = area.y + area.height.saturating_sub(1);
    let Some(x) = (area.x + area.width).checked_sub(width + 1) else { return };
    let is_free = (x.saturating_sub(1)..area.x + area.width)
        .all(|x| frame.buffer_mut().cell((x, y)).is_some_and(|cell| cell.symbol() == " "));
    if is_free && x > area.x {
        let style = look.theme.style(Role::SoftBackground).patch(look.theme.style(role));
        frame.buffer_mut().set_line(x, y, &Line::styled(note.to_owned(), style), width);
    }
}

/// What is said of a field: what belongs there while it is empty, then how much is there.
fn note_of(look: &Look<'_>, form: &AddForm, row: Row, field: &TextField) -> (String, Role) {
    let texts = look.texts;
    let at = ROWS.iter().position(|it| *it == row).unwrap_or(0);
    if field.is_empty() {
        let note = texts.add_notes().get(at).copied().unwrap_or_default();
        return (note.to_owned(), Role::Muted);
    }
    let text = field.text();
    match row {
        Row::Answer => {
            let characters = text.chars().filter(|c| !c.is_whitespace()).count();
            let words = text.split_whitespace().count();
            (texts.add_length(words, characters), Role::Muted)
        }
        Row::Points => {
            let points = point_lines(&text).len();
            let role = if (3..=6).contains(&points) { Role::Good } else { Role::Muted };
            (texts.add_points(points), role)
        }
        Row::Tags => match meant_tag(look.labels, &tag_words(&form.tags.text())) {
            Some(near) => (texts.add_tag_meant(&near), Role::Warn),
            None => (String::new(), Role::Muted),
        },
        _ => (String::new(), Role::Muted),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_near, point_lines, tag_words};

    #[test]
    fn points_and_tags_are_taken_as_people_write_them() {
        assert_eq!(point_lines("- one\n\n* two \n셋"), ["one", "two", "셋"]);
        assert_eq!(
            tag_words("linux, #networking 쿠버네티스,"),
            ["linux", "networking", "쿠버네티스"]
        );
    }

    #[test]
    fn a_slip_in_a_tag_is_near() {
        for slip in ["kubernets", "kuberentes", "kubernetess", "kubernetec"] {
            assert!(is_near(slip, "kubernetes"), "{slip}");
        }
        assert!(!is_near("kubernetes", "kubernetes") && !is_near("linux", "aws"));
    }
}
