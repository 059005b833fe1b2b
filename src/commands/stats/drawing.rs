//! Charts as SVG: each a fragment of known size that a picture or a page puts in its place. Text from outside is escaped.

use std::fmt::Write as _;

use crate::commands::output::one_line;
use crate::domain::lang::Lang;
use crate::domain::tag::LabelList;
use crate::domain::time::FirstWeekday;
use crate::i18n::Texts;
use crate::study::stats::{Bin, Share, Stats};
use crate::tui::widgets::chart::round_up;

/// What everything is drawn from.
pub struct Material<'a> {
    /// The figures.
    pub stats: &'a Stats,
    /// Phrases.
    pub texts: &'static Texts,
    /// The language.
    pub lang: Lang,
    /// Names of tags.
    pub labels: &'a LabelList,
    /// The weekday with which a week begins.
    pub first_weekday: FirstWeekday,
}

/// A piece of SVG, drawn from its own top left corner.
pub struct Fragment {
    /// The elements.
    pub body: String,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
}

/// Classes with their property and colours: on light ground and on dark.
const COLOURS: [(&str, &str, &str, &str); 17] = [
    ("ground", "fill", "#ffffff", "#14171d"),
    ("card", "fill", "#f6f8fb", "#1c2028"),
    ("title", "fill", "#0d1117", "#f5f7fa"),
    ("text", "fill", "#242a35", "#d6dae2"),
    ("muted", "fill", "#5b6474", "#868c9b"),
    ("accent", "fill", "#1a57b8", "#7ab2ff"),
    ("good", "fill", "#1c6e35", "#86cd96"),
    ("track", "fill", "#e1e6ee", "#2b313d"),
    ("grid", "stroke", "#e1e6ee", "#2b313d"),
    ("stem", "stroke", "#8a94a6", "#868c9b"),
    ("line", "stroke", "#1a57b8", "#7ab2ff"),
    ("goal", "stroke", "#242a35", "#d6dae2"),
    ("h0", "fill", "#eaeef4", "#20252f"),
    ("h1", "fill", "#b6cff2", "#2f4d74"),
    ("h2", "fill", "#5e93e0", "#5088cf"),
    ("h3", "fill", "#143f8e", "#a9d0ff"),
    ("point", "stroke", "#ffffff", "#14171d"),
];

/// Fonts that are there already, for both scripts; none is fetched.
pub const FONTS: &str = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans KR',\
     'Apple SD Gothic Neo','Malgun Gothic','NanumGothic',sans-serif";

/// The rules of every class, light first, dark where the reader prefers it. Colours stand in the rules as they are, so
/// that programs without variables of CSS draw the light picture.
pub fn rules() -> String {
    let mut light = String::new();
    let mut dark = String::new();
    for (class, property, on_light, on_dark) in COLOURS {
        let _ = write!(light, ".{class}{{{property}:{on_light}}}");
        let _ = write!(dark, ".{class}{{{property}:{on_dark}}}");
    }
    format!(
        "{light}.line{{fill:none;stroke-width:2;stroke-linejoin:round;stroke-dasharray:2 4;\
         stroke-linecap:round}}.grid,.stem{{stroke-width:1}}.stem{{stroke-width:1.5}}\
         .goal{{stroke-width:2}}.point{{stroke-width:2}}\
         text{{font-family:{FONTS};font-size:13px;font-variant-numeric:tabular-nums}}\
         .small{{font-size:11px}}.big{{font-size:22px;font-weight:700}}.title{{font-weight:600}}\
         @media (prefers-color-scheme:dark){{{dark}}}"
    )
}

/// A text that is safe between tags and in quotes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// A text at a place; `anchor` is `start`, `middle` or `end`.
pub fn text(out: &mut String, (x, y): (i32, i32), class: &str, anchor: &str, words: &str) {
    let words = escape(words);
    let _ = write!(
        out,
        "<text x=\"{x}\" y=\"{y}\" class=\"{class}\" text-anchor=\"{anchor}\">{words}</text>"
    );
}

fn rect(out: &mut String, (x, y, width, height): (i32, i32, i32, i32), class: &str, title: &str) {
    let radius = if width.min(height) >= 6 { 2 } else { 1 };
    let _ = write!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" class=\"{class}\""
    );
    if title.is_empty() {
        out.push_str("/>");
    } else {
        let _ = write!(out, "><title>{}</title></rect>", escape(title));
    }
}

fn line(out: &mut String, from: (i32, i32), to: (i32, i32), class: &str) {
    let ((x1, y1), (x2, y2)) = (from, to);
    let _ =
        write!(out, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\"/>");
}

/// A fragment moved to a place.
pub fn placed(fragment: &Fragment, x: i32, y: i32) -> String {
    format!("<g transform=\"translate({x} {y})\">{}</g>", fragment.body)
}

/// A calendar of weeks with a square per day.
pub fn heatmap(material: &Material<'_>, weeks: i32) -> Fragment {
    const STEP: i32 = 15;
    const LEFT: i32 = 38;
    const TOP: i32 = 20;
    let Material { stats, texts, first_weekday, .. } = material;
    let mut body = String::new();
    let first = stats.today + -(first_weekday.days_into_week(stats.today) + (weeks - 1) * 7);
    let mut last_month = (0, -10);
    for week in 0..weeks {
        let month = (first + week * 7).date().1;
        let is_apart = week - last_month.1 >= 3;
        if last_month.0 != month && is_apart {
            let name = texts.month_short(month);
            text(&mut body, (LEFT + week * STEP, 12), "muted small", "start", &name);
            last_month = (month, week);
        }
        for row in 0..7 {
            let day = first + (week * 7 + row);
            if day > stats.today {
                continue;
            }
            let count = stats.calendar.get(&day).copied().unwrap_or_default();
            let class = ["h0", "h1", "h2", "h3"][count.level()];
            let title = format!(
                "{}: {}, {}",
                (texts.date)(day),
                texts.stats_answers(count.reviews),
                texts.stats_time(count.minutes())
            );
            let place = (LEFT + week * STEP, TOP + row * STEP, STEP - 3, STEP - 3);
            rect(&mut body, place, class, &title);
        }
    }
    for row in [0, 2, 4, 6] {
        let name = texts.weekday_short((first + row).weekday());
        text(&mut body, (0, TOP + 10 + row * STEP), "muted small", "start", name);
    }
    let mut x = LEFT;
    let below = TOP + 7 * STEP + 8;
    for (words, class) in texts.heat_legend().iter().zip(["h0", "h1", "h2", "h3"]) {
        rect(&mut body, (x, below, STEP - 3, STEP - 3), class, "");
        text(&mut body, (x + 18, below + 10), "muted small", "start", words);
        x += 90;
    }
    Fragment { body, width: LEFT + weeks * STEP, height: below + 14 }
}

/// Rows of a name, a bar and a percentage, with the goal marked.
pub fn bars(
    texts: &Texts,
    rows: &[(String, Share)],
    goal: Option<f32>,
    (names, width): (i32, i32),
) -> Fragment {
    const ROW: i32 = 24;
    let track = width - names - 56;
    let mut body = String::new();
    for (y, (name, share)) in (0..).step_by(24).zip(rows) {
        text(&mut body, (0, y + 14), "text", "start", name);
        let Some((percent, exact)) = share.percent().zip(share.share()) else {
            let words = texts.stats_too_early(share.answers);
            text(&mut body, (names, y + 14), "muted", "start", &words);
            continue;
        };
        let title = texts.stats_answers(share.answers);
        rect(&mut body, (names, y + 6, track, 8), "track", &title);
        let filled = scaled(exact, track).max(i32::from(share.hits > 0));
        let is_reached = goal.is_some_and(|goal| exact + 0.005 >= f64::from(goal));
        let class = if is_reached { "good" } else { "accent" };
        rect(&mut body, (names, y + 6, filled, 8), class, &title);
        if let Some(goal) = goal {
            let x = names + scaled(f64::from(goal), track);
            line(&mut body, (x, y + 2), (x, y + 18), "goal");
        }
        text(&mut body, (width, y + 14), "title", "end", &format!("{percent}%"));
    }
    Fragment { body, width, height: ROW * i32::try_from(rows.len()).unwrap_or(0) }
}

/// A curve of points with their ranges against the expectation.
pub fn curve(material: &Material<'_>, bins: &[Bin], width: i32) -> Fragment {
    const HEIGHT: i32 = 190;
    const LEFT: i32 = 40;
    let texts = material.texts;
    let mut body = String::new();
    if bins.is_empty() {
        let stages = material.stats.retention.stages;
        let words = texts.stats_too_early(stages[1].answers + stages[2].answers);
        text(&mut body, (0, 16), "muted", "start", &words);
        return Fragment { body, width, height: 30 };
    }
    let least = bins.iter().map(|bin| bin.recalled.interval().0.min(bin.expected));
    let bottom = ((least.fold(0.8, f64::min) * 10.0).floor() / 10.0).clamp(0.0, 0.8);
    let y_of = |share: f64| 8 + scaled((1.0 - share) / (1.0 - bottom), HEIGHT);
    for tens in (0..=10_u32).rev().map(|tens| f64::from(tens) / 10.0) {
        if tens < bottom - 1e-9 {
            break;
        }
        let y = y_of(tens);
        line(&mut body, (LEFT, y), (width, y), "grid");
        let words = format!("{:.0}%", tens * 100.0);
        text(&mut body, (LEFT - 8, y + 4), "muted small", "end", &words);
    }
    let count = i32::try_from(bins.len()).unwrap_or(1);
    let x_of = |index: i32| LEFT + (2 * index + 1) * (width - LEFT) / (2 * count);
    let mut path = String::new();
    for (index, bin) in (0..).zip(bins) {
        let start = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{start}{} {} ", x_of(index), y_of(bin.expected));
    }
    let _ = write!(body, "<path d=\"{}\" class=\"line\"/>", path.trim_end());
    for (index, bin) in (0..).zip(bins) {
        point(&mut body, texts, bin, (x_of(index), &y_of));
        let below = HEIGHT + 26;
        text(&mut body, (x_of(index), below), "muted small", "middle", &days(bin));
    }
    let y = HEIGHT + 50;
    let _ = write!(body, "<circle cx=\"{}\" cy=\"{}\" r=\"4\" class=\"good\"/>", LEFT + 4, y - 4);
    text(&mut body, (LEFT + 16, y), "muted", "start", texts.stats_recalled());
    let middle = LEFT + (width - LEFT) / 2;
    let _ = write!(body, "<path d=\"M{middle} {0} H{1}\" class=\"line\"/>", y - 4, middle + 24);
    text(&mut body, (middle + 34, y), "muted", "start", texts.stats_expected());
    Fragment { body, width, height: y + 8 }
}

fn point(out: &mut String, texts: &Texts, bin: &Bin, (x, y_of): (i32, &dyn Fn(f64) -> i32)) {
    let (low, high) = bin.recalled.interval();
    let share = f64::from(bin.recalled.hits) / f64::from(bin.recalled.total.max(1));
    for (from, to) in [
        ((x, y_of(high)), (x, y_of(low))),
        ((x - 4, y_of(high)), (x + 4, y_of(high))),
        ((x - 4, y_of(low)), (x + 4, y_of(low))),
    ] {
        line(out, from, to, "stem");
    }
    let title = format!("{:.0}%, {}", share * 100.0, texts.stats_answers(bin.recalled.answers));
    let _ = write!(
        out,
        "<circle cx=\"{x}\" cy=\"{}\" r=\"5\" class=\"good point\"><title>{}</title></circle>",
        y_of(share),
        escape(&title)
    );
}

/// What comes up on each of the next days.
pub fn due(material: &Material<'_>, width: i32) -> Fragment {
    const HEIGHT: i32 = 150;
    const LEFT: i32 = 40;
    let (texts, forecast) = (material.texts, &material.stats.forecast);
    let mut body = String::new();
    let most = forecast.days.iter().map(|day| day.cards.max(day.planned.unwrap_or(0))).max();
    let top = round_up(most.unwrap_or(0));
    for (value, y) in [(top, 8), (top / 2, 8 + HEIGHT / 2), (0, 8 + HEIGHT)] {
        line(&mut body, (LEFT, y), (width, y), "grid");
        text(&mut body, (LEFT - 8, y + 4), "muted small", "end", &value.to_string());
    }
    let count = i32::try_from(forecast.days.len()).unwrap_or(1).max(1);
    let step = (width - LEFT) / count;
    let height_of = |value: u32| scaled(f64::from(value) / f64::from(top), HEIGHT);
    for (index, day) in (0..).zip(&forecast.days) {
        let x = LEFT + index * step;
        let height = height_of(day.cards).max(i32::from(day.cards > 0));
        let title = format!("{}: {}", (texts.date)(day.day), day.cards);
        if height > 0 {
            let place = (x + 2, 8 + HEIGHT - height, step - 4, height);
            rect(&mut body, place, "accent", &title);
        }
        if let Some(planned) = day.planned {
            let (x, y) = (x + step / 2, 8 + HEIGHT - height_of(planned));
            let _ = write!(body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" class=\"good point\"/>");
        }
        if index % 7 == 0 {
            let words = if index == 0 { texts.today.into() } else { texts.day_short(day.day) };
            text(&mut body, (x + 2, HEIGHT + 26), "muted small", "start", &words);
        }
    }
    Fragment { body, width, height: HEIGHT + 34 }
}

/// Days of a bin as people write them.
fn days(bin: &Bin) -> String {
    match bin.to {
        None => format!("{}+", bin.from),
        Some(to) if to == bin.from => bin.from.to_string(),
        Some(to) => format!("{}-{to}", bin.from),
    }
}

/// A share of a length.
fn scaled(share: f64, length: i32) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "within a picture")]
    let scaled = (share.clamp(0.0, 1.0) * f64::from(length)).round() as i32;
    scaled
}

#[cfg(test)]
mod tests {
    use super::{escape, rules};

    #[test]
    fn text_from_outside_stays_text() {
        assert_eq!(escape("<b>&\"'\u{1b}[31m"), "&lt;b&gt;&amp;&quot;&#39;[31m");
    }

    #[test]
    fn every_class_has_a_colour_for_both_grounds() {
        let rules = rules();
        assert_eq!(rules.matches(".h2{fill:").count(), 2, "{rules}");
        assert!(!rules.contains("http") && !rules.contains("url("), "{rules}");
    }
}
