//! Answering the kinds that the program judges: choose, order, type. Shared by study and quiz.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use crate::domain::card::{Body, Card, ChoiceOption, ClozePiece};
use crate::domain::lang::Lang;
use crate::study::answer::{
    Judged, judge_choice, judge_cloze, judge_command, judge_numeric, judge_order,
};
use crate::study::choice::{MadeChoice, MadeOption};
use crate::tui::action::{Action, Place};
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::theme::Role;
use crate::tui::widgets::text_field::TextField;
use crate::tui::widgets::wrap::{cells, wrap_spans};

/// What is being answered.
#[derive(Clone, Debug)]
pub struct Pad {
    kind: PadKind,
}

#[derive(Clone, Debug)]
enum PadKind {
    /// `order[i]` is the option shown as number i + 1.
    Choice { order: Vec<usize>, made: Option<Vec<ChoiceOption>>, cursor: usize },
    /// `shown[i]` is the step shown as number i + 1; `picked` are steps in the order picked; `from` is the place of
    /// the first step in sight where they do not fit.
    Order { shown: Vec<usize>, picked: Vec<usize>, from: usize },
    /// One field per gap, or one for a number or a command.
    Typed { fields: Vec<TextField>, focus: usize, is_open: bool },
}

/// What a key did.
#[derive(Clone, Debug, PartialEq)]
pub enum PadEvent {
    /// The pad has taken it.
    Taken,
    /// The answer is complete: its judgement and what was typed or chosen, as text.
    Answered(Judged, String),
    /// The key is not the pad's.
    NotMine,
}

impl Pad {
    /// The pad of a card; none for an open card without made options. The order shown comes from `seed`.
    pub fn new(card: &Card, made: Option<&MadeChoice>, seed: u64) -> Option<Self> {
        let mut rng = StdRng::seed_from_u64(seed);
        let kind = match &card.texts.base().body {
            Body::Open { .. } => {
                let options: Vec<ChoiceOption> = made?.options.iter().map(offered).collect();
                let order = (0..options.len()).collect();
                PadKind::Choice { order, made: Some(options), cursor: 0 }
            }
            Body::Choice { options } => {
                let mut order: Vec<usize> = (0..options.len()).collect();
                order.shuffle(&mut rng);
                PadKind::Choice { order, made: None, cursor: 0 }
            }
            Body::Order { steps } => PadKind::Order {
                shown: shuffled_away(steps.len(), &mut rng),
                picked: Vec::new(),
                from: 0,
            },
            Body::Cloze { pieces } => typed(pieces.iter().filter(|piece| is_gap(piece)).count()),
            Body::Numeric(_) | Body::Command { .. } => typed(1),
        };
        Some(Self { kind })
    }

    /// Where the user is while answering.
    pub fn place(&self, in_quiz: bool) -> Place {
        match (&self.kind, in_quiz) {
            (PadKind::Choice { .. }, false) => Place::Choice,
            (PadKind::Choice { .. }, true) => Place::QuizChoice,
            (PadKind::Order { .. }, false) => Place::Order,
            (PadKind::Order { .. }, true) => Place::QuizOrder,
            (PadKind::Typed { is_open: true, .. }, _) => Place::LineField,
            (PadKind::Typed { is_open: false, .. }, false) => Place::Typed,
            (PadKind::Typed { is_open: false, .. }, true) => Place::QuizTyped,
        }
    }

    /// The largest digit that does something.
    pub fn digits(&self) -> usize {
        match &self.kind {
            PadKind::Choice { order, .. } => order.len().min(9),
            PadKind::Order { shown, .. } => shown.len().min(9),
            PadKind::Typed { .. } => 0,
        }
    }

    /// What has been typed so far, to be kept as a draft; the gaps in lines.
    pub fn draft(&self) -> Option<String> {
        match &self.kind {
            PadKind::Typed { fields, .. } if fields.iter().any(|field| !field.is_empty()) => {
                Some(fields.iter().map(TextField::text).collect::<Vec<_>>().join("\n"))
            }
            _ => None,
        }
    }

    /// Whether there is more than one field.
    pub fn has_several_fields(&self) -> bool {
        matches!(&self.kind, PadKind::Typed { fields, .. } if fields.len() > 1)
    }

    /// Puts a kept draft back.
    pub fn restore(&mut self, draft: &str) {
        if let PadKind::Typed { fields, .. } = &mut self.kind {
            for (field, text) in fields.iter_mut().zip(draft.split('\n')) {
                *field = TextField::of_line(text);
            }
        }
    }

    /// Closes an open field, or opens it; tells whether there was a field to close.
    pub fn set_open(&mut self, open: bool) -> bool {
        match &mut self.kind {
            PadKind::Typed { is_open, .. } => {
                let changed = *is_open != open;
                *is_open = open;
                changed
            }
            _ => false,
        }
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action, card: &Card, lang: Lang) -> PadEvent {
        match &mut self.kind {
            PadKind::Choice { .. } => self.act_choice(action, card, lang),
            PadKind::Order { .. } => self.act_order(action, card, lang),
            PadKind::Typed { .. } => self.act_typed(action, card, lang),
        }
    }

    /// Takes a key of an open field; tells whether the text changed.
    pub fn key(&mut self, key: Key) -> bool {
        match &mut self.kind {
            PadKind::Typed { fields, focus, .. } => match key {
                Key::Up if *focus > 0 => {
                    *focus -= 1;
                    false
                }
                Key::Down if *focus + 1 < fields.len() => {
                    *focus += 1;
                    false
                }
                _ => fields[*focus].key(key),
            },
            _ => false,
        }
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) -> bool {
        match &mut self.kind {
            PadKind::Typed { fields, focus, is_open: true } => fields[*focus].paste(text),
            _ => false,
        }
    }

    fn act_choice(&mut self, action: Action, card: &Card, lang: Lang) -> PadEvent {
        let PadKind::Choice { order, cursor, .. } = &mut self.kind else {
            return PadEvent::NotMine;
        };
        let chosen = match action {
            Action::Up => {
                *cursor = cursor.saturating_sub(1);
                return PadEvent::Taken;
            }
            Action::Down => {
                *cursor = (*cursor + 1).min(order.len().saturating_sub(1));
                return PadEvent::Taken;
            }
            Action::Digit(digit) if (1..=order.len()).contains(&usize::from(digit)) => {
                usize::from(digit) - 1
            }
            Action::Confirm => *cursor,
            Action::Digit(_) => return PadEvent::Taken,
            _ => return PadEvent::NotMine,
        };
        *cursor = chosen;
        let option = order[chosen];
        let options = self.options(card, lang);
        let Some(text) = options.get(option).map(|option| option.text.clone()) else {
            return PadEvent::Taken;
        };
        PadEvent::Answered(judge_choice(options, option), text)
    }

    fn act_order(&mut self, action: Action, card: &Card, lang: Lang) -> PadEvent {
        let PadKind::Order { shown, picked, from } = &mut self.kind else {
            return PadEvent::NotMine;
        };
        match action {
            // Where the steps do not fit they scroll by steps; the first line drawn is bounded when it is drawn.
            Action::Up | Action::PageUp => {
                *from = from.saturating_sub(1);
                PadEvent::Taken
            }
            Action::Down | Action::PageDown => {
                *from = (*from + 1).min(shown.len().saturating_sub(1));
                PadEvent::Taken
            }
            Action::Digit(digit) if (1..=shown.len()).contains(&usize::from(digit)) => {
                let step = shown[usize::from(digit) - 1];
                if !picked.contains(&step) {
                    picked.push(step);
                }
                if picked.len() + 1 == shown.len() {
                    picked.extend(shown.iter().find(|step| !picked.contains(step)).copied());
                }
                PadEvent::Taken
            }
            Action::TakeBack if picked.is_empty() => PadEvent::NotMine,
            Action::TakeBack => {
                let was_full = picked.len() == shown.len();
                picked.pop();
                // The last step was placed by the program, so it goes together with the one before it.
                if was_full {
                    picked.pop();
                }
                PadEvent::Taken
            }
            Action::Confirm if picked.len() == shown.len() => {
                let picked = picked.clone();
                let Body::Order { steps } = &card.text(lang).body else { return PadEvent::Taken };
                let numbers: Vec<String> =
                    picked.iter().map(|step| (step + 1).to_string()).collect();
                PadEvent::Answered(judge_order(steps, &picked), numbers.join(" "))
            }
            Action::Confirm | Action::Digit(_) => PadEvent::Taken,
            _ => PadEvent::NotMine,
        }
    }

    fn act_typed(&mut self, action: Action, card: &Card, lang: Lang) -> PadEvent {
        let PadKind::Typed { fields, focus, is_open } = &mut self.kind else {
            return PadEvent::NotMine;
        };
        match action {
            Action::TypeAnswer => {
                *is_open = true;
                PadEvent::Taken
            }
            Action::NextPart => {
                *focus = (*focus + 1) % fields.len();
                PadEvent::Taken
            }
            Action::Confirm if *focus + 1 < fields.len() => {
                *focus += 1;
                PadEvent::Taken
            }
            // A gap may be left empty, but not all of them: that would be a slip of Enter.
            Action::Confirm if fields.iter().all(TextField::is_empty) => PadEvent::Taken,
            Action::Confirm => {
                let texts: Vec<String> = fields.iter().map(TextField::text).collect();
                PadEvent::Answered(judge_typed(card, lang, &texts), texts.join(" | "))
            }
            _ => PadEvent::NotMine,
        }
    }

    /// The options as written in `lang`.
    fn options<'a>(&'a self, card: &'a Card, lang: Lang) -> &'a [ChoiceOption] {
        match (&self.kind, &card.text(lang).body) {
            (PadKind::Choice { made: Some(made), .. }, _) => made,
            (_, Body::Choice { options }) => options,
            _ => &[],
        }
    }

    /// The lines under the question, and for typed answers the fields with the line they stand on.
    pub fn draw(
        &self,
        frame: &mut Frame<'_>,
        look: &Look<'_>,
        area: Rect,
        card: &Card,
        lang: Lang,
    ) -> Option<Position> {
        match &self.kind {
            PadKind::Choice { .. } | PadKind::Order { .. } => {
                let (lines, cursor) = self.lines(look, card, lang, area.width);
                let height = usize::from(area.height);
                let most = lines.len().saturating_sub(height);
                let scroll = match &self.kind {
                    PadKind::Order { .. } => cursor.min(most),
                    _ => (cursor + 1).saturating_sub(height),
                };
                for (y, (line, selected)) in (area.y..).zip(lines.iter().skip(scroll).take(height))
                {
                    frame.buffer_mut().set_line(area.x, y, line, area.width);
                    if *selected {
                        let row = Rect { y, height: 1, ..area };
                        frame.buffer_mut().set_style(row, look.theme.style(Role::Selection));
                    }
                }
                if scroll < most && area.height > 0 {
                    // Steps that are out of sight must not be forgotten.
                    let more = (look.texts.more_below)("Down", most - scroll);
                    let width = u16::try_from(cells(&more)).unwrap_or(area.width).min(area.width);
                    let line = Line::styled(more, look.theme.style(Role::Accent));
                    let (x, y) = (area.x + area.width - width, area.y + area.height - 1);
                    let row = Rect { x: area.x, y, width: area.width, height: 1 };
                    frame.buffer_mut().set_line(
                        area.x,
                        y,
                        &Line::raw(" ".repeat(usize::from(row.width))),
                        row.width,
                    );
                    frame.buffer_mut().set_line(x, y, &line, width);
                }
                None
            }
            PadKind::Typed { .. } => self.draw_typed(frame, look, area, card, lang),
        }
    }

    /// Lines of options or steps, each with whether it is selected, and the line of the cursor or first step.
    fn lines(
        &self,
        look: &Look<'_>,
        card: &Card,
        lang: Lang,
        width: u16,
    ) -> (Vec<(Line<'static>, bool)>, usize) {
        let mut lines = Vec::new();
        let mut cursor_line = 0;
        match &self.kind {
            PadKind::Choice { order, cursor, .. } => {
                let options = self.options(card, lang);
                for (number, option) in order.iter().enumerate() {
                    let Some(option) = options.get(*option) else { continue };
                    let selected = number == *cursor;
                    let rows =
                        numbered(look, number + 1, Slot::None, &option.text, width, selected);
                    lines.extend(rows.into_iter().map(|row| (row, selected)));
                    if selected {
                        cursor_line = lines.len().saturating_sub(1);
                    }
                    lines.push((Line::default(), false));
                }
            }
            PadKind::Order { shown, picked, from } => {
                let Body::Order { steps } = &card.text(lang).body else {
                    return (lines, 0);
                };
                for (number, step) in shown.iter().enumerate() {
                    if number == *from {
                        cursor_line = lines.len();
                    }
                    let place = picked
                        .iter()
                        .position(|picked| picked == step)
                        .map_or(Slot::Open, Slot::Taken);
                    let text = steps.get(*step).map_or("", |step| step.text.as_str());
                    let rows = numbered(look, number + 1, place, text, width, false);
                    lines.extend(rows.into_iter().map(|row| (row, false)));
                }
            }
            PadKind::Typed { .. } => {}
        }
        (lines, cursor_line)
    }

    fn draw_typed(
        &self,
        frame: &mut Frame<'_>,
        look: &Look<'_>,
        area: Rect,
        card: &Card,
        lang: Lang,
    ) -> Option<Position> {
        let PadKind::Typed { fields, focus, is_open } = &self.kind else { return None };
        let unit = match &card.text(lang).body {
            Body::Numeric(numeric) => numeric.unit.clone(),
            _ => String::new(),
        };
        let mut cursor = None;
        // The focused field must be seen, also where only one line is left.
        let first = (focus + 1).saturating_sub(usize::from(area.height));
        for (row, (index, field)) in (area.y..).zip(fields.iter().enumerate().skip(first)) {
            if row >= area.y + area.height {
                break;
            }
            let label = if fields.len() > 1 {
                format!("{:>2} ", index + 1)
            } else {
                format!("{} ", look.theme.glyphs.marker)
            };
            let label_width = u16::try_from(cells(&label)).unwrap_or(3);
            let unit_width = u16::try_from(cells(&unit)).unwrap_or(0);
            let focused = *is_open && index == *focus;
            let role = if focused { Role::Accent } else { Role::Muted };
            frame.buffer_mut().set_line(
                area.x,
                row,
                &Line::styled(label, look.theme.style(role)),
                area.width,
            );
            let field_area = Rect {
                x: area.x + label_width.min(area.width),
                y: row,
                width: area
                    .width
                    .saturating_sub(label_width + unit_width + 1)
                    .clamp(1, if unit.is_empty() { 70 } else { 24 }),
                height: 1,
            };
            let at = field.draw(frame, field_area, look);
            let unit_at = field_area.x + field_area.width + 1;
            frame.buffer_mut().set_line(
                unit_at,
                row,
                &Line::styled(unit.clone(), look.theme.style(Role::Muted)),
                (area.x + area.width).saturating_sub(unit_at),
            );
            if focused {
                cursor = Some(at);
            }
        }
        cursor
    }

    /// Lines that the pad needs at a width.
    pub fn height(&self, look: &Look<'_>, card: &Card, lang: Lang, width: u16) -> u16 {
        let lines = match &self.kind {
            PadKind::Typed { fields, .. } => fields.len(),
            _ => self.lines(look, card, lang, width).0.len(),
        };
        u16::try_from(lines).unwrap_or(u16::MAX)
    }

    /// The question text that goes with the pad: a cloze shows its sentence with numbered gaps.
    pub fn sentence(card: &Card, lang: Lang) -> Option<String> {
        let Body::Cloze { pieces } = &card.text(lang).body else { return None };
        let mut number = 0;
        let sentence = pieces.iter().map(|piece| match piece {
            ClozePiece::Text(text) => text.clone(),
            ClozePiece::Gap(_) => {
                number += 1;
                format!("[{number}]")
            }
        });
        Some(sentence.collect())
    }
}

fn offered(option: &MadeOption) -> ChoiceOption {
    ChoiceOption { text: option.text.clone(), correct: option.correct, why: option.why.clone() }
}

fn typed(fields: usize) -> PadKind {
    let fields = vec![TextField::of_line(""); fields.max(1)];
    PadKind::Typed { fields, focus: 0, is_open: true }
}

fn is_gap(piece: &ClozePiece) -> bool {
    matches!(piece, ClozePiece::Gap(_))
}

fn judge_typed(card: &Card, lang: Lang, texts: &[String]) -> Judged {
    let first = texts.first().map_or("", String::as_str);
    match &card.text(lang).body {
        Body::Cloze { pieces } => judge_cloze(pieces, texts),
        Body::Numeric(numeric) => judge_numeric(numeric, first),
        Body::Command { accept, .. } => judge_command(accept, first),
        Body::Open { .. } | Body::Choice { .. } | Body::Order { .. } => {
            unreachable_kind(card, first)
        }
    }
}

/// A typed pad is only made for the three kinds above; should that ever change, nothing is right.
fn unreachable_kind(_card: &Card, text: &str) -> Judged {
    judge_command(&[], text)
}

/// A shuffle of the steps that is not already the right order.
fn shuffled_away(count: usize, rng: &mut StdRng) -> Vec<usize> {
    let right: Vec<usize> = (0..count).collect();
    let mut shown = right.clone();
    for _ in 0..8 {
        shown.shuffle(rng);
        if shown != right || count < 2 {
            break;
        }
    }
    shown
}

/// Where a numbered line stands in an order.
#[derive(Clone, Copy)]
enum Slot {
    /// There is no order.
    None,
    /// It is not placed yet.
    Open,
    /// It has this place, from 0.
    Taken(usize),
}

/// A numbered line with a hanging indent; `place` is its place in an order, open or taken.
fn numbered(
    look: &Look<'_>,
    number: usize,
    place: Slot,
    text: &str,
    width: u16,
    selected: bool,
) -> Vec<Line<'static>> {
    let theme = look.theme;
    let bar = if selected { theme.glyphs.selection } else { " " };
    let mut first = vec![
        Span::styled(bar.to_owned(), theme.style(Role::Accent)),
        Span::styled(format!("{number} "), theme.style(Role::Key).patch(theme.style(Role::Accent))),
    ];
    match place {
        Slot::Taken(place) => {
            let mark = format!("{} {:<2}", theme.glyphs.arrow, place + 1);
            first.push(Span::styled(mark, theme.style(Role::Good)));
        }
        Slot::Open => {
            let blank = " ".repeat(cells(theme.glyphs.arrow) + 3);
            first.push(Span::raw(blank));
        }
        Slot::None => {}
    }
    first.push(Span::raw(" "));
    let indent: usize = first.iter().map(|span| cells(&span.content)).sum();
    let rest = vec![Span::raw(" ".repeat(indent))];
    let role = if matches!(place, Slot::Taken(_)) { Role::Muted } else { Role::Text };
    let text = Span::styled(text.to_owned(), theme.style(role));
    wrap_spans(&[text], usize::from(width), &first, &rest)
}
