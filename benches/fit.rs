//! What fitting the learner's parameters costs, in the real program on generated progress files.
//!
//! `cargo bench --bench fit [-- --runs N]`: for logs of 1,000, 10,000 and 100,000 answers the shortest of N runs (5) of
//! `prep today` (opening alone), of a trial, of a fit that is accepted and stored with every schedule, and of the end of
//! `prep study`, where prep fits by itself if the log is short enough. A figure to read, not a test.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints and reads the clock"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// The day of `PREP_NOW`.
const TODAY: i64 = 20_780;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let runs = arguments
        .iter()
        .position(|argument| argument == "--runs")
        .and_then(|at| arguments.get(at + 1))
        .map_or(5, |count| count.parse().expect("--runs takes a number"));
    println!(
        "{:>8}  {:>9}  {:>9}  {:>9}  {:>9}  {:>9}",
        "answers", "open", "trial", "fit", "end", "end, off"
    );
    for answers in [1_000, 10_000, 100_000] {
        let home = Home::new(answers);
        let open = home.shortest(runs, &["today"], "auto");
        let trial = home.shortest(runs, &["optimize", "--dry-run", "--force"], "auto");
        let fit = home.shortest(runs, &["optimize"], "auto");
        let study = ["study", "--plain", "--deck", "linux"];
        let end = home.shortest(runs, &study, "auto");
        let end_off = home.shortest(runs, &study, "off");
        let times = [open, trial, fit, end, end_off].map(|time| format!("{:>6.1} ms", ms(time)));
        println!("{answers:>8}  {}", times.join("  "));
    }
}

/// A home with a log of some answers.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new(answers: i64) -> Self {
        let home = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        // The tables, and the index of the decks.
        home.run(&["list"], "auto");
        write_log(&home.file(), answers);
        // The schedules, and the copy of the day.
        home.run(&["study", "--plain", "--deck", "linux"], "off");
        fs::copy(home.file(), home.file().with_extension("kept")).expect("a copy");
        home
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("progress.sqlite")
    }

    /// The shortest of some runs, each on the progress as it was at first.
    fn shortest(&self, runs: usize, args: &[&str], optimize: &str) -> Duration {
        let once = |_| {
            fs::copy(self.file().with_extension("kept"), self.file()).expect("a copy");
            self.run(args, optimize)
        };
        (0..runs.max(1)).map(once).min().expect("at least one run")
    }

    fn run(&self, args: &[&str], optimize: &str) -> Duration {
        let settings = format!("[scheduling]\noptimize = \"{optimize}\"\n");
        fs::write(self.folder.path().join("config.toml"), settings).expect("settings");
        let began = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_prep"))
            .args(args)
            .env("PREP_DATA_DIR", self.folder.path())
            .env("PREP_CONFIG_DIR", self.folder.path())
            .env("PREP_NOW", "2026-11-23T09:00:00Z")
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("prep starts");
        assert!(status.success(), "{args:?}");
        began.elapsed()
    }
}

/// Writes answers of a learner who forgets twice as fast as the default parameters say, ten or so to a card.
fn write_log(file: &Path, answers: i64) {
    let mut log = Connection::open(file).expect("a progress file");
    let transaction = log.transaction().expect("a lock");
    let mut dice = Dice(1);
    let mut written = 0;
    for card in 0.. {
        let mut day = TODAY - 700 + i64::try_from(dice.below(400)).expect("small");
        let mut stability = 1_u32;
        let mut since = 0;
        for answer in 0..12 {
            if written == answers || day > TODAY {
                break;
            }
            let recall = if answer == 0 {
                0.7
            } else {
                0.9_f64.powf(f64::from(since) / f64::from(stability))
            };
            let rating = if dice.share() < recall { 3 } else { 1 };
            let at = day * 86_400_000 + 32_400_000 + written % 80_000;
            transaction
                .prepare_cached(
                    "INSERT INTO reviews (session, number, key, at, day, source, rating, \
                     hint_used, wrong_statement, points, seconds, due) \
                     VALUES (zeroblob(16), ?1, ?2, ?3, ?4, 'study', ?5, 0, 0, '', 20.0, ?4)",
                )
                .and_then(|mut it| it.execute((written, format!("bench/{card}"), at, day, rating)))
                .expect("a review");
            written += 1;
            stability = if rating == 1 { 1 } else { stability * 2 };
            since = 1 + i32::try_from(dice.below(u64::from(2 + 3 * stability))).expect("small");
            day += i64::from(since);
        }
        if written == answers {
            break;
        }
    }
    transaction.execute("DELETE FROM meta WHERE name = 'schedules'", []).expect("no cache");
    transaction.commit().expect("a log");
}

/// A small generator of even numbers (splitmix64), so that every run is the same.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).expect("32 bits")) / f64::from(u32::MAX)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
