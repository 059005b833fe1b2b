//! One picture to keep or share: the days, what was recalled, and how memory fades.

use crate::commands::stats::drawing::{self, Fragment, Material, placed, text};
use crate::i18n::Texts;
use crate::study::stats::Stage;

/// Width of the picture.
const WIDTH: i32 = 920;
/// Room at the edges.
const MARGIN: i32 = 40;
/// Weeks of the calendar.
const WEEKS: i32 = 53;

/// The picture.
pub fn picture(material: &Material<'_>) -> String {
    let texts = material.texts;
    let inner = WIDTH - 2 * MARGIN;
    let mut body = String::new();
    text(&mut body, (MARGIN, 52), "accent big", "start", "prep");
    // With its year: a picture is kept.
    let day = material.stats.today.iso();
    text(&mut body, (WIDTH - MARGIN, 52), "muted", "end", &day);
    text(&mut body, (MARGIN + 62, 52), "title big", "start", texts.stats_title());
    let mut y = figures(material, &mut body, 84);
    let map = drawing::heatmap(material, WEEKS);
    body.push_str(&placed(&map, MARGIN, y));
    y += map.height + 36;
    let half = inner / 2 - 20;
    let right = MARGIN + inner / 2 + 20;
    let target = format!("{} ({})", texts.stats_retention(), goal(material));
    text(&mut body, (MARGIN, y), "title", "start", &target);
    text(&mut body, (right, y), "title", "start", texts.stats_attempts());
    let (stages, attempts) = (retention(material, half), attempts(material, half));
    body.push_str(&placed(&stages, MARGIN, y + 14));
    body.push_str(&placed(&attempts, right, y + 14));
    y += 14 + stages.height.max(attempts.height) + 36;
    let heading = format!("{}: {}", texts.stats_curve(), texts.stats_curve_detail());
    text(&mut body, (MARGIN, y), "title", "start", &heading);
    let curve = drawing::curve(material, &material.stats.retention.curve, inner);
    body.push_str(&placed(&curve, MARGIN, y + 14));
    let height = y + 14 + curve.height + MARGIN;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" lang=\"{}\" role=\"img\"><title>prep: {}</title>\
         <style>{}</style><rect width=\"{WIDTH}\" height=\"{height}\" rx=\"14\" class=\"ground\"/>\
         {body}</svg>\n",
        material.lang.code(),
        drawing::escape(texts.stats_title()),
        drawing::rules(),
    )
}

/// What was done, as figures in a row; gives where the next block begins.
fn figures(material: &Material<'_>, body: &mut String, y: i32) -> i32 {
    let (texts, stats) = (material.texts, material.stats);
    let figures = [
        (texts.stats_answers_row(), Texts::grouped(stats.reviews)),
        (texts.stats_days_row(), texts.stats_days_of(stats.days, stats.span)),
        (texts.stats_time_row(), texts.stats_time(stats.minutes())),
    ];
    for (x, (name, figure)) in (MARGIN..).step_by(190).zip(figures) {
        text(body, (x, y + 28), "title big", "start", &figure);
        text(body, (x, y + 48), "muted", "start", name);
    }
    let window = texts.stats_window(stats.window);
    text(body, (WIDTH - MARGIN, y + 48), "muted", "end", window);
    y + 78
}

fn goal(material: &Material<'_>) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let target = (material.stats.target * 100.0).round() as u32;
    material.texts.stats_target(target)
}

/// Recall by stage.
pub fn retention(material: &Material<'_>, width: i32) -> Fragment {
    let rows: Vec<_> = Stage::ALL
        .iter()
        .zip(material.stats.retention.stages)
        .map(|(stage, share)| (material.texts.stats_stage(*stage).to_owned(), share))
        .collect();
    drawing::bars(material.texts, &rows, Some(material.stats.target), (90, width))
}

/// Recall by attempt.
pub fn attempts(material: &Material<'_>, width: i32) -> Fragment {
    let rows: Vec<_> = (1..)
        .zip(material.stats.retention.attempts)
        .map(|(number, share)| (material.texts.stats_attempt(number).to_owned(), share))
        .collect();
    drawing::bars(material.texts, &rows, None, (70, width))
}
