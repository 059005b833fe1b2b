//! The sections of the report: what each table asks, and its rows.

use prep::lab::Spread;

use crate::bound::Programme;
use crate::honesty::{Case, Promise};
use crate::minds::Kind;
use crate::report::{Mean, head, percent, row};
use crate::worlds::{Deck, Method, Outcome, REAL, Who, World, for_learners};

/// How much is computed.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Learners for each cell of the main tables.
    pub learners: u64,
    /// Learners for each cell of the table of other worlds.
    pub others: u64,
    /// Steps towards the upper bound, times the days: short horizons need more steps, and each costs less.
    pub day_steps: u32,
    /// Whether only the cells of the main table get a bound.
    pub is_quick: bool,
}

/// Days and minutes a day of the main table.
const CELLS: [(u16, f32); 7] =
    [(3, 60.0), (7, 15.0), (7, 30.0), (14, 15.0), (14, 30.0), (30, 15.0), (60, 15.0)];
/// Those of the table of unequal cards.
const UNEQUAL: [(u16, f32); 5] = [(3, 60.0), (7, 30.0), (14, 30.0), (30, 30.0), (60, 15.0)];
/// Days of the cells in which every other world is tried, and minutes, and cards.
const GRID: ([u16; 5], [f32; 3], [usize; 4]) =
    ([3, 7, 14, 30, 60], [15.0, 30.0, 60.0], [50, 118, 300, 500]);

const METHODS: [(Method, &str); 6] = [
    (Method::Anki, "Anki .90, 20 new"),
    (Method::Spread, "new = N/D"),
    (Method::Sm2, "SM-2"),
    (Method::AnkiSm2, "Anki's SM-2"),
    (Method::LowestRecall, "unseen, then lowest R"),
    (Method::Ours, "ours"),
];

const WEAK: Who = Who::Shifted(-1.0);
const STRONG: Who = Who::Shifted(1.0);
const STRESS: Who = Who::Drawn(Spread { learners: 2.0, cards: 0.8 });

fn percent_of(mean: Mean, bound: f64) -> String {
    format!("{:.1} %", 100.0 * mean.mean / bound)
}

fn cell_name((days, minutes): (u16, f32)) -> String {
    format!("{days} x {minutes}")
}

/// Every method in one world, each with the same learners.
fn compare(world: World, learners: u64) -> Vec<Vec<Outcome>> {
    let each = for_learners(learners, |number| {
        let life = world.life(number);
        METHODS.map(|(method, _)| life.study(method))
    });
    (0..METHODS.len())
        .map(|method| each.iter().map(|outcomes| outcomes[method]).collect())
        .collect()
}

fn recalls(outcomes: &[Outcome]) -> Vec<f64> {
    outcomes.iter().map(|outcome| outcome.recall).collect()
}

/// Recall and minutes of every method for learners as real users differ.
pub fn main_table(deck: Deck, extent: Extent) -> Vec<String> {
    let names: Vec<&str> = METHODS.iter().map(|(_, name)| *name).collect();
    let mut columns = vec!["days x min"];
    columns.extend(&names);
    columns.extend(["minutes Anki / ours", "ours beats Anki for"]);
    let mut lines = vec![head(&columns)];
    let cells: &[(u16, f32)] = if deck == Deck::Equal { &CELLS } else { &UNEQUAL };
    for (days, minutes) in cells {
        let world = World { deck, ..World::new(*days, *minutes) };
        let methods = compare(world, extent.learners);
        let (anki, ours) = (&methods[0], &methods[METHODS.len() - 1]);
        let spent = |outcomes: &[Outcome]| {
            let minutes: Vec<f64> = outcomes.iter().map(|outcome| outcome.minutes).collect();
            Mean::of(&minutes).mean
        };
        let pairs: Vec<(&Outcome, &Outcome)> = ours.iter().zip(anki).collect();
        let mut cells = vec![cell_name((*days, *minutes))];
        cells.extend(methods.iter().map(|outcomes| Mean::of(&recalls(outcomes)).recall()));
        cells.push(format!("{:.0} / {:.0}", spent(anki), spent(ours)));
        cells.push(percent(&pairs, |(ours, anki)| ours.recall > anki.recall));
        lines.push(row(&cells));
    }
    lines
}

/// The upper bound for the default learner, and how near the methods come.
pub fn bounds(extent: Extent) -> Vec<String> {
    let mut columns = vec!["days x min", "upper bound"];
    columns.extend(METHODS.iter().map(|(_, name)| *name));
    let mut lines = vec![head(&columns)];
    let minutes: &[f32] = if extent.is_quick { &[15.0, 30.0] } else { &GRID.1 };
    let days: &[u16] = if extent.is_quick { &GRID.0[..3] } else { &GRID.0 };
    let cells: Vec<(u16, f32)> =
        days.iter().flat_map(|days| minutes.iter().map(|minutes| (*days, *minutes))).collect();
    let found = for_learners(cells.len() as u64, |number| {
        let (days, minutes) = cells[usize::try_from(number - 1).unwrap_or(0)];
        let steps = extent.day_steps / u32::from(days);
        Programme::new(days).bound(f64::from(minutes) * 60.0 / 300.0, steps).min(1.0)
    });
    for (cell, bound) in cells.iter().zip(found) {
        let world = World { who: Who::Default, ..World::new(cell.0, cell.1) };
        let mut cells = vec![cell_name(*cell), format!("{bound:.3}")];
        for outcomes in compare(world, extent.others.max(20)) {
            let mean = Mean::of(&recalls(&outcomes));
            cells.push(format!("{:.3} ({})", mean.mean, percent_of(mean, bound)));
        }
        lines.push(row(&cells));
    }
    lines
}

/// Learners of other kinds in the cells of the main table.
pub fn learners(extent: Extent) -> Vec<String> {
    let kinds = [("weak", WEAK), ("strong", STRONG), ("stress (k = 2, .8)", STRESS)];
    let columns = ["learner", "days x min", "Anki .90, 20 new", "new = N/D", "ours", "ours - Anki"];
    let mut lines = vec![head(&columns)];
    for (name, who) in kinds {
        for (days, minutes) in CELLS {
            let methods = compare(World { who, ..World::new(days, minutes) }, extent.learners);
            let [anki, spread, ours] =
                [0, 1, METHODS.len() - 1].map(|method| recalls(&methods[method]));
            let lead: Vec<f64> = ours.iter().zip(&anki).map(|(ours, anki)| ours - anki).collect();
            lines.push(row(&[
                name.to_owned(),
                cell_name((days, minutes)),
                Mean::of(&anki).recall(),
                Mean::of(&spread).recall(),
                Mean::of(&ours).recall(),
                Mean::of(&lead).difference(),
            ]));
        }
    }
    lines
}

/// What a world differs in from the main case.
type Change = fn(World) -> World;

const OTHERS: [(&str, Change); 15] = [
    ("as real users differ", |world| world),
    ("default learner", |world| World { who: Who::Default, ..world }),
    ("weak", |world| World { who: WEAK, ..world }),
    ("strong", |world| World { who: STRONG, ..world }),
    ("stress (k = 2, .8)", |world| World { who: STRESS, ..world }),
    ("every fifth grade is off by one", |world| World { slips: 0.2, ..world }),
    ("three days in ten are missed", |world| World { missed: 0.3, ..world }),
    ("half of the days are missed", |world| World { missed: 0.5, ..world }),
    ("already begun", |world| World { is_begun: true, ..world }),
    ("already begun, weak", |world| World { is_begun: true, who: WEAK, ..world }),
    ("exponential forgetting", |world| World { memory: Kind::Exponential, ..world }),
    ("exponential, weak", |world| World { memory: Kind::Exponential, who: WEAK, ..world }),
    ("half-lives", |world| World { memory: Kind::HalfLife, ..world }),
    ("traces (ACT-R)", |world| World { memory: Kind::Traces, ..world }),
    ("exponential, weak, off by one, missed days", |world| World {
        memory: Kind::Exponential,
        who: WEAK,
        slips: 0.2,
        missed: 0.3,
        ..world
    }),
];

/// All days, minutes and deck sizes for every other world: how often ours is behind, and where it leads least.
pub fn others(extent: Extent) -> Vec<String> {
    let columns = [
        "world",
        "cards",
        "cells",
        "ours behind Anki",
        "ours behind N/D",
        "smallest lead over Anki",
        "smallest lead over N/D",
    ];
    let mut lines = vec![head(&columns)];
    for (name, change) in OTHERS {
        for deck in [Deck::Equal, Deck::Unequal] {
            let mut leads: [Vec<(Mean, String)>; 2] = [Vec::new(), Vec::new()];
            for (days, minutes, cards) in grid() {
                let world = change(World { cards, deck, ..World::new(days, minutes) });
                let [anki, spread] = leads_over(world, extent.others);
                let cell = format!("{cards} cards, {}", cell_name((days, minutes)));
                leads[0].push((anki, cell.clone()));
                leads[1].push((spread, cell));
            }
            let behind = |leads: &[(Mean, String)]| {
                leads.iter().filter(|(lead, _)| lead.mean < 0.0).count().to_string()
            };
            lines.push(row(&[
                name.to_owned(),
                if deck == Deck::Equal { "equal" } else { "unequal" }.to_owned(),
                leads[0].len().to_string(),
                behind(&leads[0]),
                behind(&leads[1]),
                smallest(&leads[0]),
                smallest(&leads[1]),
            ]));
        }
    }
    lines
}

fn grid() -> impl Iterator<Item = (u16, f32, usize)> {
    let (days, minutes, cards) = GRID;
    days.into_iter().flat_map(move |days| {
        minutes
            .into_iter()
            .flat_map(move |minutes| cards.into_iter().map(move |cards| (days, minutes, cards)))
    })
}

/// Ours less Anki's default, and less new = N/D, learner by learner.
fn leads_over(world: World, learners: u64) -> [Mean; 2] {
    let each = for_learners(learners, |number| {
        let life = world.life(number);
        let ours = life.study(Method::Ours).recall;
        [Method::Anki, Method::Spread].map(|method| ours - life.study(method).recall)
    });
    [0, 1].map(|other| {
        let leads: Vec<f64> = each.iter().map(|leads| leads[other]).collect();
        Mean::of(&leads)
    })
}

fn smallest(leads: &[(Mean, String)]) -> String {
    let least = leads.iter().min_by(|one, other| one.0.mean.total_cmp(&other.0.mean));
    least.map_or_else(String::new, |(lead, cell)| format!("{} ({cell})", lead.difference()))
}

/// What the planner promises against what becomes of the learner, for an easy deck and for ones of spoken answers.
pub fn forecasts(extent: Extent) -> Vec<String> {
    let kinds = [("default", Who::Default), ("weak", WEAK), ("strong", STRONG), ("real", REAL)];
    let columns = [
        "cards",
        "learner",
        "days x min",
        "truth",
        "promised before the first answer",
        "middle - truth",
        "within",
        "within, midway",
    ];
    let mut lines = vec![head(&columns)];
    for (cards, length) in [(300, 1.0), (118, 4.0), (258, 4.0)] {
        for (name, who) in kinds {
            for (days, minutes) in [(3, 60), (7, 15), (7, 30), (14, 15), (14, 30), (30, 15)] {
                let case = Case { cards, length, days, minutes, who };
                lines.push(promises((&format!("{cards} x{length}"), name), case, extent));
            }
        }
    }
    lines
}

fn promises((deck, name): (&str, &str), case: Case, extent: Extent) -> String {
    let first = case.at_start(extent.learners);
    // Midway each learner has a plan of his own, which takes as long as a hundred roll-outs.
    let midway = case.midway(extent.learners / 4);
    let truths: Vec<f64> = first.iter().map(|promise| f64::from(promise.truth)).collect();
    let (truth, range) = (Mean::of(&truths), first[0].range);
    row(&[
        deck.to_owned(),
        name.to_owned(),
        format!("{} x {}", case.days, case.minutes),
        truth.recall(),
        format!("{:.3} ({:.3} to {:.3})", range.middle, range.low, range.high),
        format!("{:+.3}", f64::from(range.middle) - truth.mean),
        percent(&first, Promise::is_kept),
        percent(&midway, Promise::is_kept),
    ])
}

/// Total minutes, evenly over so many days, until the default learner knows so much.
pub fn minutes_needed() -> Vec<String> {
    let mut lines = vec![head(&["days", "minutes to .90", "minutes to .95"])];
    for days in [5, 7, 10, 14, 30, 60] {
        let needed = [0.90, 0.95].map(|wanted| format!("{:.0}", minutes_until(days, wanted)));
        lines.push(row(&[vec![days.to_string()], needed.to_vec()].concat()));
    }
    lines
}

fn minutes_until(days: u16, wanted: f64) -> f64 {
    let recall = |total: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
        let world = World::new(days, (total / f64::from(days)) as f32);
        let world = World { who: Who::Default, ..world };
        Mean::of(&for_learners(20, |number| world.life(number).study(Method::Ours).recall)).mean
    };
    let (mut low, mut high) = (60.0, 1200.0);
    while high - low > 1.0 {
        let middle = f64::midpoint(low, high);
        if recall(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}
