//! The plan as text: the lines of the page, all days that say something of their own, and the next command.

use crate::commands::output::{self, bold};
use crate::commands::world::World;
use crate::study::plan::{DayKind, Plan};
use crate::trainer::Trainer;
use crate::tui::theme::{Glyphs, Theme};
use crate::tui::widgets::ansi;
use crate::tui::widgets::plan::Pen;

/// Columns of a text that goes to no terminal.
const PAGE: usize = 100;
/// Days up to which all are shown.
const ALL_DAYS: usize = 35;
/// Days at the beginning and at the end that are always shown.
const ENDS: usize = 10;

/// The text, with the glyphs and colours that are wanted.
pub fn text(plan: Option<&Plan>, trainer: &Trainer, (plain, world): (bool, &World)) -> String {
    let texts = world.texts();
    let Some(plan) = plan else {
        return format!("{}\n", texts.plan_without_interview());
    };
    let glyphs = if plain { &Glyphs::ASCII } else { world.theme().glyphs };
    let theme = Theme::new(world.theme().palette, glyphs);
    let width = output::width(world).unwrap_or(PAGE).clamp(20, PAGE);
    let pen = Pen { theme: &theme, texts, width };
    let color = world.has_color() && !plain;
    let mut lines = head(plan, trainer, (&pen, color), world);
    lines.push(ansi::text_of(&pen.day_head(), color));
    lines.extend(days(plan, &pen, color));
    lines.push(String::new());
    let sentences = [
        pen.dense_from(plan).unwrap_or_default(),
        texts.plan_missed_days().to_owned(),
        texts.simulated_from(plan.roll_outs),
    ];
    let sentences = sentences.iter().filter(|words| !words.is_empty());
    let foot = pen.levels(plan).into_iter().chain(sentences.flat_map(|it| pen.sentence(it)));
    lines.extend(foot.map(|line| ansi::text_of(&line, color)));
    lines.push(String::new());
    lines.push(format!("{}   {}", bold("prep study", color), texts.plan_next_command()));
    lines.join("\n") + "\n"
}

fn head(
    plan: &Plan,
    trainer: &Trainer,
    (pen, color): (&Pen<'_>, bool),
    world: &World,
) -> Vec<String> {
    let lang = world.languages().0;
    let more = plan.time.with_more(plan.capacity.more_minutes);
    let interviews = plan.interviews.iter().map(|forecast| {
        let role = trainer.role_title(forecast.interview.role.clone(), lang);
        [pen.interview(forecast, &role, plan.today), pen.readiness(forecast, (plan.today, true))]
    });
    let given = pen.minutes(plan);
    let needed = pen.capacity(plan, &format!("prep plan --minutes {more}"));
    let mut lines = Vec::new();
    for block in interviews.flatten().chain([[given, needed].concat()]) {
        lines.extend(block.iter().map(|line| ansi::text_of(line, color)));
        lines.push(String::new());
    }
    lines
}

/// The days; of a long plan those at both ends, around each interview, and the first dense one.
fn days(plan: &Plan, pen: &Pen<'_>, color: bool) -> Vec<String> {
    let count = plan.days.len();
    let is_shown = |place: usize| {
        let near = place.saturating_sub(1)..=place + 1;
        count <= ALL_DAYS
            || place < ENDS
            || place + ENDS >= count
            || near.clone().any(|place| {
                plan.days.get(place).is_some_and(|day| {
                    matches!(day.kind, DayKind::Interview(_)) || plan.dense_from == Some(day.day)
                })
            })
    };
    let mut lines = Vec::new();
    let mut left_out = 0;
    for (place, day) in plan.days.iter().enumerate() {
        if !is_shown(place) {
            left_out += 1;
            continue;
        }
        if left_out > 0 {
            lines.push(ansi::text_of(&pen.left_out(left_out), color));
            left_out = 0;
        }
        lines.push(ansi::text_of(&pen.day(plan, day), color));
    }
    lines
}
