//! The five pages as lines of any width, so that a screen can scroll them and `prep stats` can print them.

use ratatui::text::{Line, Span};

use crate::domain::time::FirstWeekday;
use crate::study::stats::{Bin, Share, Stats};
use crate::tui::look::Look;
use crate::tui::screens::stats::{calibration, forecast, hard, overview, tags};
use crate::tui::screens::study_view::paragraph;
use crate::tui::theme::Role;
use crate::tui::widgets::chart::{self, Point};
use crate::tui::widgets::wrap::{cells, pad, pad_left, window};
use crate::tui::widgets::{beside, meter, page};

/// Cells from which two blocks stand next to each other.
const WIDE: usize = 72;
/// Rows of a curve without its labels.
const CURVE_ROWS: usize = 9;

/// One of the five pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Page {
    /// What was done and recalled.
    #[default]
    Overview,
    /// By tag.
    Tags,
    /// What confidence was worth.
    Calibration,
    /// What comes up, and how memory fades.
    Forecast,
    /// Cards that cost most.
    Hard,
}

impl Page {
    /// Every page in order.
    pub const ALL: [Self; 5] =
        [Self::Overview, Self::Tags, Self::Calibration, Self::Forecast, Self::Hard];

    /// The word of flags.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Tags => "tags",
            Self::Calibration => "calibration",
            Self::Forecast => "forecast",
            Self::Hard => "hard",
        }
    }

    /// What it is called on the screen.
    pub const fn title(self, look: &Look<'_>) -> &'static str {
        look.texts.stats_pages()[self as usize]
    }

    /// The page so many steps further, round and round.
    pub fn moved(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// What a page is drawn from.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// Theme, texts, names of tags.
    pub look: &'a Look<'a>,
    /// The figures.
    pub stats: &'a Stats,
    /// The weekday with which a week begins.
    pub first_weekday: FirstWeekday,
    /// Cells across.
    pub width: usize,
    /// Rows that can be filled; more are scrolled.
    pub height: usize,
    /// The selected row of a list; none where nothing can be selected.
    pub cursor: Option<usize>,
}

/// A page as lines.
#[derive(Default)]
pub struct Content {
    /// Lines at the top that stay while the rest is scrolled.
    pub fixed: Vec<Line<'static>>,
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// The selected one of them.
    pub selected: Option<usize>,
}

impl Sheet<'_> {
    /// The lines of a page.
    pub fn content(&self, page: Page) -> Content {
        if self.stats.evidence == 0 {
            let words = self.look.texts.stats_nothing_yet();
            let lines = paragraph(self.look, words, page::to_u16(self.width), Role::Muted);
            return Content { lines, ..Content::default() };
        }
        match page {
            Page::Overview => overview::content(self),
            Page::Tags => tags::content(self),
            Page::Calibration => calibration::content(self),
            Page::Forecast => forecast::content(self),
            Page::Hard => hard::content(self),
        }
    }

    /// Whether two blocks stand next to each other.
    pub const fn is_wide(&self) -> bool {
        self.width >= WIDE
    }

    /// The cells of the left one of two blocks, the gap included.
    pub const fn left(&self) -> usize {
        if self.is_wide() { self.width * 11 / 20 } else { self.width }
    }

    /// A piece of text in a role.
    pub fn span(&self, text: impl Into<String>, role: Role) -> Span<'static> {
        Span::styled(text.into(), self.look.theme.style(role))
    }

    /// A heading with what it is about.
    pub fn heading(&self, title: &str, detail: &str) -> Line<'static> {
        beside::heading(self.look, title, detail, self.width)
    }

    /// A name, a line that shows a share, and the share; words instead where it is too early.
    pub fn share_row(&self, name: &str, share: Share, row: Row) -> Line<'static> {
        let mut spans = vec![self.span(pad(name, row.name), Role::Text)];
        let track = row.width.saturating_sub(row.name + 6);
        match (share.percent(), share.share()) {
            (Some(percent), Some(exact)) => {
                let part = narrow(exact);
                let role = role_of(exact, row.goal);
                spans.extend(match row.goal {
                    Some(goal) => meter::line_to_goal(self.look.theme, part, goal, track, role),
                    None => meter::line(self.look.theme, part, track, role),
                });
                spans.push(self.span(pad_left(&format!("{percent}%"), 6), Role::Strong));
            }
            _ => {
                let texts = self.look.texts;
                let words = texts.stats_too_early(share.answers);
                let fits = cells(&words) + row.name <= row.width;
                let short = texts.stats_too_early_short().to_owned();
                spans.push(self.span(if fits { words } else { short }, Role::Muted));
            }
        }
        Line::from(window(&spans, 0, row.width))
    }

    /// A curve under its heading with its legend, or why there is none yet.
    pub fn curve(&self, heading: (&str, &str), bins: &[Bin], width: usize) -> Vec<Line<'static>> {
        let texts = self.look.texts;
        let mut lines = vec![beside::heading(self.look, heading.0, heading.1, width)];
        if bins.is_empty() {
            let memories =
                self.stats.retention.stages[1].answers + self.stats.retention.stages[2].answers;
            let words = texts.stats_too_early(memories);
            lines.push(self.span(words, Role::Muted).into());
            return lines;
        }
        let points: Vec<Point> = bins.iter().map(point).collect();
        lines.extend(chart::curve(self.look.theme, &points, (width, CURVE_ROWS)));
        lines.push(self.legend(width));
        lines
    }

    fn legend(&self, width: usize) -> Line<'static> {
        let glyphs = self.look.theme.glyphs;
        let line = if glyphs.is_fine { "⠒⠒" } else { glyphs.heat[0] };
        let spans = [
            Span::raw("     "),
            self.span(glyphs.hit_dot, Role::Good),
            self.span(format!(" {}   ", self.look.texts.stats_recalled()), Role::Muted),
            self.span(line, Role::Accent),
            self.span(format!(" {}", self.look.texts.stats_expected()), Role::Muted),
        ];
        Line::from(window(&spans, 0, width))
    }
}

/// How a share is laid out.
#[derive(Clone, Copy)]
pub struct Row {
    /// Cells of the name.
    pub name: usize,
    /// Cells of the whole.
    pub width: usize,
    /// What the learner aims at, 0 to 1.
    pub goal: Option<f32>,
}

/// Cells of the widest of some names, with a gap.
pub fn name_width<'a>(names: impl IntoIterator<Item = &'a str>) -> usize {
    names.into_iter().map(cells).max().unwrap_or(0) + 2
}

fn point(bin: &Bin) -> Point {
    let label = match bin.to {
        None => format!("{}+", bin.from),
        Some(to) if to == bin.from => bin.from.to_string(),
        Some(to) => format!("{}-{to}", bin.from),
    };
    Point {
        label,
        detail: bin.recalled.answers.to_string(),
        share: f64::from(bin.recalled.hits) / f64::from(bin.recalled.total.max(1)),
        range: bin.recalled.interval(),
        expected: bin.expected,
    }
}

/// Good where a goal is reached, else the accent: no figure of one's own is shown as a failure.
fn role_of(share: f64, goal: Option<f32>) -> Role {
    match goal {
        Some(goal) if share + 0.005 >= f64::from(goal) => Role::Good,
        _ => Role::Accent,
    }
}

/// A share as the meters take it.
#[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
pub fn narrow(share: f64) -> f32 {
    share as f32
}

/// A share of 0 to 1 as whole percent.
pub fn percent(share: f64) -> String {
    format!("{:.0}%", share.clamp(0.0, 1.0) * 100.0)
}
