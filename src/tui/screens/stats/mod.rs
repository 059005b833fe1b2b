//! The statistics: five pages of figures and charts, one file per page. What is drawn stands in `sheet.rs`; here is what keys do.

mod calibration;
mod forecast;
mod hard;
mod overview;
mod sheet;
mod tags;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::card::CardKey;
use crate::domain::time::FirstWeekday;
use crate::study::stats::{Stats, Window};
use crate::tui::action::{Action, Place};
use crate::tui::effect::Effect;
use crate::tui::look::Look;
use crate::tui::theme::Role;
use crate::tui::widgets::page::{self, Cursor, Footer, Header, Hint, draw_lines, wide_column};
use crate::tui::widgets::wrap::{spans_width, window};

pub use crate::tui::screens::stats::sheet::{Content, Page, Sheet};

/// The pages as a screen.
#[derive(Clone, Debug)]
pub struct StatsScreen {
    /// The figures; none while they are gathered.
    pub stats: Option<Box<Stats>>,
    page: Page,
    window: Window,
    scroll: usize,
    cursor: usize,
    first_weekday: FirstWeekday,
}

/// What comes of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Stay.
    Stay,
    /// Back to Home.
    Home,
    /// Study these cards.
    Study(Vec<CardKey>),
}

impl StatsScreen {
    /// The first page, over all answers.
    pub fn new(first_weekday: FirstWeekday) -> Self {
        Self {
            stats: None,
            page: Page::default(),
            window: Window::default(),
            scroll: 0,
            cursor: 0,
            first_weekday,
        }
    }

    /// What must be gathered before anything is shown.
    pub const fn load(&self) -> Effect {
        Effect::LoadStats(self.window)
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action) -> (Vec<Effect>, Turn) {
        match action {
            Action::NextPage => self.turn_to(self.page.moved(1)),
            Action::PreviousPage => self.turn_to(self.page.moved(Page::ALL.len() - 1)),
            Action::Digit(digit) => {
                let index = usize::from(digit).checked_sub(1);
                if let Some(page) = index.and_then(|index| Page::ALL.get(index)) {
                    self.turn_to(*page);
                }
            }
            Action::Window => {
                self.window = self.window.next();
                (self.scroll, self.cursor) = (0, 0);
                return (vec![self.load()], Turn::Stay);
            }
            Action::Export => return (vec![Effect::ExportStats(self.window)], Turn::Stay),
            Action::Confirm => return (Vec::new(), self.study()),
            Action::Back => return (Vec::new(), Turn::Home),
            _ => self.scroll(action),
        }
        (Vec::new(), Turn::Stay)
    }

    fn turn_to(&mut self, page: Page) {
        (self.page, self.scroll, self.cursor) = (page, 0, 0);
    }

    /// Moves the cursor of the list, or the page where nothing is selected.
    fn scroll(&mut self, action: Action) {
        let last = self.stats.as_ref().map_or(0, |stats| stats.hard.len().saturating_sub(1));
        let (place, last) = match self.page {
            Page::Hard => (&mut self.cursor, last),
            _ => (&mut self.scroll, usize::MAX / 2),
        };
        *place = match action {
            Action::Up => place.saturating_sub(1),
            Action::Down => place.saturating_add(1).min(last),
            Action::PageUp => place.saturating_sub(8),
            Action::PageDown => place.saturating_add(8).min(last),
            Action::First => 0,
            Action::Last => last,
            _ => *place,
        };
    }

    /// The cards that Enter studies on this page.
    fn cards(&self) -> Vec<CardKey> {
        let Some(stats) = &self.stats else { return Vec::new() };
        match self.page {
            Page::Calibration => {
                let known = stats.sure_and_wrong.iter().filter(|card| card.title.is_some());
                known.map(|card| card.key.clone()).collect()
            }
            Page::Hard => {
                let marked = stats.hard.get(self.cursor).filter(|card| card.title.is_some());
                marked.map(|card| card.key.clone()).into_iter().collect()
            }
            Page::Overview | Page::Tags | Page::Forecast => Vec::new(),
        }
    }

    fn study(&self) -> Turn {
        match self.cards() {
            cards if cards.is_empty() => Turn::Stay,
            cards => Turn::Study(cards),
        }
    }

    fn hints(&self, look: &Look<'_>) -> Vec<Hint> {
        let texts = look.texts;
        let mut hints = Vec::new();
        if !self.cards().is_empty() {
            let words = match self.page {
                Page::Hard => texts.stats_study_card(),
                _ => texts.stats_study_these(),
            };
            hints.push(Hint::new(look.keymap.shown(Action::Confirm), words));
        }
        hints.push(Hint::new("1-5", texts.stats_page_hint()));
        hints.extend(page::hints(look, &[Action::Window, Action::Export]));
        hints.push(Hint::new(look.keymap.shown(Action::Back), texts.home));
        hints
    }
}

/// Draws the page.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    screen: &StatsScreen,
    notice: Option<(Role, String)>,
) -> Cursor {
    let header = Header {
        title: look.texts.stats_title().into(),
        detail: screen.page.title(look).into(),
        right: vec![look.texts.stats_window(screen.window).into()],
    };
    let footer = Footer { hints: screen.hints(look), notice };
    let areas = page::draw(frame, look, Place::Stats, &header, &footer);
    let area = wide_column(areas.body);
    let area = draw_tabs(frame, look, screen.page, area);
    if let Some(stats) = &screen.stats {
        draw_content(frame, look, screen, stats, area);
    }
    Cursor::Hidden(areas.rest)
}

fn draw_content(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    screen: &StatsScreen,
    stats: &Stats,
    area: Rect,
) {
    let sheet = Sheet {
        look,
        stats,
        first_weekday: screen.first_weekday,
        width: usize::from(area.width),
        height: usize::from(area.height),
        cursor: Some(screen.cursor),
    };
    let Content { fixed, lines, selected } = sheet.content(screen.page);
    // On a very low screen the list matters more than its heads.
    let fixed = if area.height >= 8 { fixed } else { Vec::new() };
    draw_lines(frame, area, &fixed, 0);
    let used = page::to_u16(fixed.len()).min(area.height);
    let area = Rect { y: area.y + used, height: area.height - used, ..area };
    let rows = usize::from(area.height);
    let follow = |row: usize| (row + 1).saturating_sub(rows);
    let scroll = selected.map_or(screen.scroll, follow).min(lines.len().saturating_sub(rows));
    draw_lines(frame, area, &lines, scroll);
    let Some(row) = selected.and_then(|row| row.checked_sub(scroll)) else { return };
    if row < rows {
        let row = Rect { y: area.y + page::to_u16(row), height: 1, ..area };
        frame.buffer_mut().set_style(row, look.theme.style(Role::Selection));
    }
}

/// The names of the pages with their digits; where there is no room, only the digits and the name of this one.
fn draw_tabs(frame: &mut Frame<'_>, look: &Look<'_>, current: Page, area: Rect) -> Rect {
    if area.height < 4 {
        return area;
    }
    let width = usize::from(area.width);
    let all = tabs(look, current, true);
    let spans = if spans_width(&all) <= width {
        all
    } else {
        window(&tabs(look, current, false), 0, width)
    };
    let air = 1 + u16::from(area.height >= 11);
    draw_lines(frame, Rect { height: 1, ..area }, &[Line::from(spans)], 0);
    Rect { y: area.y + air, height: area.height - air, ..area }
}

fn tabs(look: &Look<'_>, current: Page, with_names: bool) -> Vec<Span<'static>> {
    let theme = look.theme;
    let mut spans = Vec::new();
    for (index, page) in Page::ALL.into_iter().enumerate() {
        let number = index + 1;
        if page == current {
            let style = theme.style(Role::Title).patch(theme.style(Role::Selection));
            spans.push(Span::styled(format!(" {number} {} ", page.title(look)), style));
        } else {
            spans.push(Span::styled(format!(" {number}"), theme.style(Role::Key)));
            let name = if with_names { format!(" {} ", page.title(look)) } else { " ".to_owned() };
            spans.push(Span::styled(name, theme.style(Role::Muted)));
        }
        spans.push(Span::raw(" "));
    }
    spans
}
