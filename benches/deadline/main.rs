//! What study before a date is worth: simulated learners under our schedule and under others.
//!
//! `cargo bench --bench deadline [-- --quick | --forecasts]`: all of it, all of it with fewer learners, or only what the
//! planner promises and the times. Chance has fixed seeds: all but the times is the same on every run. Recall is
//! simulated throughout; `docs/scheduling.md` explains the rules and keeps the figures of a full run.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints and reads the clock"
)]

mod bound;
mod honesty;
mod minds;
mod report;
mod speed;
mod tables;
mod worlds;

use crate::tables::Extent;
use crate::worlds::Deck;

/// The title of the section that differs from run to run.
const TIME: &str = "time on this machine (the fastest of several runs)";
const FULL: Extent = Extent { learners: 200, others: 20, day_steps: 9000, is_quick: false };
const QUICK: Extent = Extent { learners: 40, others: 4, day_steps: 3000, is_quick: true };

fn main() {
    let extent = if std::env::args().any(|argument| argument == "--quick") { QUICK } else { FULL };
    if std::env::args().any(|argument| argument == "--forecasts") {
        forecasts(FULL);
        section(TIME);
        print(&speed::lines());
        return;
    }
    println!("# Study before a date, simulated ({} learners a cell)", extent.learners);
    section("300 equal cards, cost x1: simulated recall on the day");
    print(&tables::main_table(Deck::Equal, extent));
    section("300 unequal cards, cost x4: simulated weighted recall on the day");
    print(&tables::main_table(Deck::Unequal, extent));
    section("default learner, 300 equal cards: upper bound, and simulated recall in % of it");
    print(&tables::bounds(extent));
    section("other learners, 300 equal cards: simulated recall");
    print(&tables::learners(extent));
    section("other worlds, all days, minutes and decks: simulated leads");
    print(&tables::others(extent));
    forecasts(extent);
    section("minutes in all that the default learner needs for 300 cards, simulated");
    print(&tables::minutes_needed());
    section(TIME);
    print(&speed::lines());
}

fn forecasts(extent: Extent) {
    section("what the planner promises and what comes of it, both simulated");
    print(&tables::forecasts(extent));
}

fn section(title: &str) {
    println!("\n## {title}\n");
}

fn print(lines: &[String]) {
    for line in lines {
        println!("{line}");
    }
}
