//! The form of the plan: an interview, the minutes a day, the days off. Every field is a line of text, read as flags are.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::interview::{Interview, Preparation, StudyTime, days_from_words};
use crate::domain::tag::Tag;
use crate::domain::time::{ClockTime, Day};
use crate::tui::action::Place;
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::theme::Role;
use crate::tui::widgets::page::{self, Cursor, Footer, Header, Hint, column, draw_lines, to_u16};
use crate::tui::widgets::text_field::TextField;
use crate::tui::widgets::wrap::{pad, truncate};

/// Which interview a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// One that is named already.
    At(usize),
    /// A further one.
    Further,
}

/// Its fields, in their order.
const FIELDS: usize = 7;
const DATE: usize = 0;
const TIME: usize = 1;
const ROLE: usize = 2;
const COMPANY: usize = 3;
const TAGS: usize = 4;
const MINUTES: usize = 5;
const DAYS_OFF: usize = 6;

/// Cells of a label.
const LABEL: usize = 12;
/// Most cells of a field.
const FIELD: usize = 26;

/// The form.
#[derive(Clone, Debug)]
pub struct PlanForm {
    which: Which,
    fields: [TextField; FIELDS],
    at: usize,
    complaint: Option<(usize, String)>,
}

impl PlanForm {
    /// The form of an interview as it is named, or an empty one.
    pub fn of(preparation: &Preparation, which: Which) -> Self {
        let interview = match which {
            Which::At(place) => preparation.interviews.get(place),
            Which::Further => None,
        };
        let said = |of: fn(&Interview) -> String| interview.map(of).unwrap_or_default();
        let tags = |it: &Interview| {
            it.tags.iter().map(|tag| tag.0.as_str()).collect::<Vec<_>>().join(", ")
        };
        let off: Vec<String> = preparation.time.days_off.iter().map(|day| day.iso()).collect();
        let texts = [
            said(|it| it.day.iso()),
            said(|it| it.time.map(|time| time.to_string()).unwrap_or_default()),
            said(|it| it.role.clone()),
            said(|it| it.company.clone()),
            said(tags),
            preparation.time.to_string(),
            off.join(", "),
        ];
        Self { which, fields: texts.map(|text| TextField::of_line(&text)), at: 0, complaint: None }
    }

    /// To the next field.
    pub fn next(&mut self) {
        self.at = (self.at + 1) % FIELDS;
    }

    /// To the field before.
    pub fn previous(&mut self) {
        self.at = (self.at + FIELDS - 1) % FIELDS;
    }

    /// Takes a key of the field; arrows go to the fields around it.
    pub fn key(&mut self, key: Key) {
        match key {
            Key::Down => self.next(),
            Key::Up | Key::BackTab => self.previous(),
            _ => {
                self.complaint = None;
                self.fields[self.at].key(key);
            }
        }
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) {
        self.complaint = None;
        self.fields[self.at].paste(text);
    }

    fn text(&self, field: usize) -> String {
        self.fields[field].text().trim().to_owned()
    }

    /// What is to be kept; none where a field cannot be read, which is then the field of the cursor, with the reason.
    pub fn read(
        &mut self,
        before: &Preparation,
        tags: &[Tag],
        look: &Look<'_>,
    ) -> Option<Preparation> {
        match self.wanted(before, tags, look) {
            Ok(wanted) => Some(wanted),
            Err((field, why)) => {
                self.at = field;
                self.complaint = Some((field, why));
                None
            }
        }
    }

    fn wanted(
        &self,
        before: &Preparation,
        tags: &[Tag],
        look: &Look<'_>,
    ) -> Result<Preparation, (usize, String)> {
        let mut wanted = before.clone();
        let said = |field: usize| move |why: String| (field, why);
        wanted.time = StudyTime {
            weekdays: read_minutes(&self.text(MINUTES), look).map_err(said(MINUTES))?,
            days_off: days_from_words(&self.text(DAYS_OFF), look.today)
                .map_err(|word| (DAYS_OFF, look.texts.no_such_day(&word)))?,
        };
        let (day, timed) = read_date(&self.text(DATE), look).map_err(said(DATE))?;
        let time = read_time(&self.text(TIME), look).map_err(said(TIME))?;
        let interview = Interview {
            day,
            time: timed.or(time),
            company: self.text(COMPANY),
            role: known_role(&self.text(ROLE), look),
            tags: read_tags(&self.text(TAGS), tags, look).map_err(said(TAGS))?,
        };
        match self.which {
            Which::At(place) if place < wanted.interviews.len() => {
                wanted.interviews[place] = interview;
            }
            _ => wanted.interviews.push(interview),
        }
        wanted.interviews.sort_by_key(|interview| (interview.day, interview.time));
        Ok(wanted)
    }

    /// What is said beside a field: what is wrong, what it means, or what it takes.
    fn note(&self, field: usize, tags: &[Tag], look: &Look<'_>) -> (String, Role) {
        let texts = look.texts;
        if let Some((at, why)) = &self.complaint
            && *at == field
        {
            return (why.clone(), Role::Warn);
        }
        let text = self.text(field);
        let example = match field {
            DATE => texts.date_examples,
            TIME => texts.time_examples(),
            ROLE => texts.role_examples(),
            COMPANY => texts.company_examples(),
            TAGS => texts.tags_examples(),
            MINUTES => texts.minutes_examples(),
            _ => texts.days_off_examples(),
        };
        let meant = if text.is_empty() { None } else { meaning(field, &text, tags, look) };
        match meant {
            Some(meaning) => (meaning, Role::Good),
            None => (example.to_owned(), Role::Muted),
        }
    }
}

/// What the text of a field means, where it can be read and is worth saying.
fn meaning(field: usize, text: &str, tags: &[Tag], look: &Look<'_>) -> Option<String> {
    let texts = look.texts;
    match field {
        DATE => {
            let (day, _) = read_date(text, look).ok()?;
            Some((texts.interview_when)(day, day.days_since(look.today)))
        }
        TIME => read_time(text, look).ok()?.map(|time| time.to_string()),
        ROLE => {
            let slug = known_role(text, look);
            let title = look.role(&slug);
            let is_known = look.labels.roles.iter().any(|label| label.slug == slug);
            Some(if is_known { title.to_owned() } else { texts.role_is_own().to_owned() })
        }
        TAGS => {
            let tags = read_tags(text, tags, look).ok()?;
            let titles: Vec<&str> =
                tags.iter().map(|tag| look.labels.tag_title(tag, look.lang)).collect();
            Some(titles.join(", "))
        }
        MINUTES => {
            let weekdays = read_minutes(text, look).ok()?;
            Some(texts.minutes_given(&StudyTime { weekdays, days_off: Vec::new() }))
        }
        DAYS_OFF => {
            let days = days_from_words(text, look.today).ok()?;
            Some(texts.days_off_count(days.len()))
        }
        _ => None,
    }
}

fn read_date(text: &str, look: &Look<'_>) -> Result<(Day, Option<ClockTime>), String> {
    let texts = look.texts;
    if text.is_empty() {
        return Err(texts.date_is_missing().to_owned());
    }
    match Interview::when_from_words(text, look.today) {
        None => Err(texts.date_is_unclear.to_owned()),
        Some((day, _)) if day < look.today => Err(texts.date_is_past.to_owned()),
        Some(when) => Ok(when),
    }
}

fn read_time(text: &str, look: &Look<'_>) -> Result<Option<ClockTime>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let time = ClockTime::from_words(text);
    time.map(Some).ok_or_else(|| look.texts.time_is_unclear().to_owned())
}

fn read_minutes(text: &str, look: &Look<'_>) -> Result<[u32; 7], String> {
    StudyTime::minutes_from_words(text).ok_or_else(|| look.texts.minutes_are_unclear().to_owned())
}

fn read_tags(text: &str, known: &[Tag], look: &Look<'_>) -> Result<Vec<Tag>, String> {
    let mut tags = Vec::new();
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let tag = look.labels.tag(word);
        if !look.labels.knows(&tag) && !known.contains(&tag) {
            return Err(look.texts.no_such_tag(word));
        }
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Ok(tags)
}

/// A known role by its slug, any other as it is written.
fn known_role(text: &str, look: &Look<'_>) -> String {
    let role = look.labels.role(text).0;
    let is_known = look.labels.roles.iter().any(|label| label.slug == role);
    if is_known { role } else { text.to_owned() }
}

/// Draws the form.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    form: &PlanForm,
    tags: &[Tag],
    notice: Option<(Role, String)>,
) -> Cursor {
    let texts = look.texts;
    let title = match form.which {
        Which::At(_) => texts.plan_edit_title(),
        Which::Further => texts.plan_add_title(),
    };
    let header = Header { title: title.into(), ..Header::default() };
    let hints = vec![
        Hint::new("Enter", texts.plan_save()),
        Hint::new("Tab", texts.next_field),
        Hint::new("Esc", texts.plan_cancel()),
    ];
    // Where notes do not stand beside the fields, that of the cursor's field stands above the keys.
    let area = frame.area();
    let is_narrow = usize::from(area.width) < LABEL + FIELD + 24;
    let own = form.note(form.at, tags, look);
    let notice = notice.or_else(|| is_narrow.then_some((own.1, own.0)));
    let areas = page::draw(frame, look, Place::LineField, &header, &Footer { hints, notice });
    let area = column(areas.body);
    Cursor::Shown(fields(frame, look, (form, tags), area, is_narrow))
}

/// Draws the fields, and gives the cell of the cursor.
fn fields(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    (form, tags): (&PlanForm, &[Tag]),
    area: Rect,
    is_narrow: bool,
) -> Position {
    let texts = look.texts;
    let labels = [
        texts.date_label,
        texts.field_time(),
        texts.role_label,
        texts.field_company(),
        texts.field_tags(),
        texts.field_minutes(),
        texts.field_days_off(),
    ];
    // Air between what belongs to the interview and what belongs to every day, where there is room.
    let is_airy = area.height >= 16;
    let label_width = LABEL.min(usize::from(area.width / 2));
    let width = usize::from(area.width).saturating_sub(label_width + 2).clamp(1, FIELD);
    let row_of = |field: usize| {
        if is_airy { field * 2 + usize::from(field >= MINUTES) } else { field }
    };
    let mut lines = vec![Line::default(); row_of(FIELDS - 1) + 1];
    for (field, label) in labels.iter().enumerate() {
        let (note, role) = form.note(field, tags, look);
        let note = if is_narrow { (String::new(), role) } else { (note, role) };
        let room = usize::from(area.width).saturating_sub(label_width + width + 3);
        let value = form.fields[field].text();
        lines[row_of(field)] = line(
            look,
            field == form.at,
            (label, label_width),
            (&value, width),
            (&note.0, note.1, room),
        );
    }
    let at = row_of(form.at);
    let scroll = (at + 1).saturating_sub(usize::from(area.height));
    draw_lines(frame, area, &lines, scroll);
    let field = Rect {
        x: area.x + to_u16(label_width) + 1,
        y: area.y + to_u16(at.saturating_sub(scroll)),
        width: to_u16(width),
        height: 1,
    };
    form.fields[form.at].draw(frame, field, look)
}

fn line(
    look: &Look<'_>,
    is_selected: bool,
    (label, label_width): (&str, usize),
    (value, width): (&str, usize),
    (note, role, room): (&str, Role, usize),
) -> Line<'static> {
    let theme = look.theme;
    let bar = if is_selected { theme.glyphs.selection } else { " " };
    let weight = if is_selected { Role::Title } else { Role::Muted };
    let field = theme.style(Role::SoftBackground).patch(theme.style(Role::Text));
    let cut = truncate(value, width, theme.glyphs.ellipsis);
    Line::from(vec![
        Span::styled(bar.to_owned(), theme.style(Role::Accent)),
        Span::styled(pad(&truncate(label, label_width - 1, ""), label_width), theme.style(weight)),
        Span::styled(pad(&cut, width), field),
        Span::raw("  "),
        Span::styled(truncate(note, room, theme.glyphs.ellipsis), theme.style(role)),
    ])
}
