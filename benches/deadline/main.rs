//! What study before a date is worth: simulated learners under our schedule and under others.
//!
//! `cargo bench --bench deadline [-- --quick]`. Chance has fixed seeds: all but the last section is the same on every
//! run. Recall is simulated throughout; `docs/scheduling.md` explains the rules and keeps the figures of a full run.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints and reads the clock"
)]

mod bound;
mod minds;
mod report;
mod speed;
mod tables;
mod worlds;

use crate::tables::Extent;
use crate::worlds::Deck;

const FULL: Extent = Extent { learners: 200, others: 20, day_steps: 9000, is_quick: false };
const QUICK: Extent = Extent { learners: 40, others: 4, day_steps: 3000, is_quick: true };

fn main() {
    let extent = if std::env::args().any(|argument| argument == "--quick") { QUICK } else { FULL };
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
    section("forecast and truth of our schedule, both simulated");
    print(&tables::forecasts(extent));
    section("minutes in all that the default learner needs for 300 cards, simulated");
    print(&tables::minutes_needed());
    section("time on this machine (the fastest of several runs)");
    print(&speed::lines());
}

fn section(title: &str) {
    println!("\n## {title}\n");
}

fn print(lines: &[String]) {
    for line in lines {
        println!("{line}");
    }
}
