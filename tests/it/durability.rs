//! What was said to be saved is there after the program was killed, and the log alone gives everything else again.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use rusqlite::Connection;

use crate::cli::Prep;

/// As many bare cards as wanted, all with one tag.
fn deck(cards: usize) -> String {
    let card = |n| {
        format!(
            "[[card]]\nid = \"kept/{n}\"\ntags = [\"kept\"]\nquestion = \"Number {n}?\"\nanswer = \"Yes.\"\n\n"
        )
    };
    format!("format = 1\n\n{}", (0..cards).map(card).collect::<String>())
}

/// A study in line mode that is going on.
fn study(prep: &Prep) -> Child {
    Command::new(env!("CARGO_BIN_EXE_prep"))
        .args(["study", "--plain", "--tag", "kept", "--new", "99"])
        .env("PREP_DATA_DIR", prep.path("data"))
        .env("PREP_CONFIG_DIR", prep.path("config"))
        .env("PREP_NOW", "2026-11-23T09:00:00Z")
        .env("TZ", "UTC")
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("prep starts")
}

/// Shows and grades cards until `saved` was read so often, then kills the program as a power cut would.
fn killed_after(prep: &Prep, saved: usize, lines: &str) -> String {
    let mut child = study(prep);
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(lines.as_bytes()).expect("prep reads");
    let out = BufReader::new(child.stdout.take().expect("a pipe"));
    let seen = out.lines().map_while(Result::ok).filter(|line| line == "saved").take(saved).count();
    child.kill().expect("prep still runs");
    let rest = child.wait_with_output().expect("prep ends");
    assert_eq!(seen, saved, "{}", String::from_utf8_lossy(&rest.stderr));
    drop(stdin);
    String::from_utf8_lossy(&rest.stderr).into_owned()
}

fn count(prep: &Prep, table: &str) -> usize {
    let log = Connection::open(prep.database()).expect("a progress file");
    let count: i64 = log
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
        .expect("a number");
    usize::try_from(count).expect("a number of rows")
}

#[test]
fn what_was_said_to_be_saved_survives_a_kill_after_each_grade() {
    let prep = Prep::new().deck("kept.toml", &deck(8));
    for grades in 1..=6 {
        let told = killed_after(&prep, 1, "\n3\n");
        assert_eq!(told, "", "a killed program leaves nothing to complain about");
        assert_eq!((count(&prep, "reviews"), count(&prep, "schedules")), (grades, grades));
    }
    let list = prep.json(&["list", "--tag", "kept", "--new"]);
    assert_eq!(list["cards"].as_array().map(Vec::len), Some(2), "the others wait: {list}");
}

#[test]
fn a_kill_in_the_middle_of_many_grades_loses_none_that_was_said_to_be_saved() {
    for saved in [1, 5, 17] {
        let prep = Prep::new().deck("kept.toml", &deck(40));
        killed_after(&prep, saved, &"\n3\n".repeat(40));
        let kept = count(&prep, "reviews");
        assert!((saved..=40).contains(&kept), "{kept} of at least {saved}");
        assert_eq!(count(&prep, "schedules"), kept, "a grade and its schedule are one transaction");
        assert_eq!(prep.args(&["list", "--tag", "kept"]).run().err, "");
    }
}

#[test]
fn a_killed_program_takes_back_and_marks_nothing_by_half() {
    let prep = Prep::new().deck("kept.toml", &deck(3));
    // Three grades, the last one taken back and given again, the line before "saved" for the fourth time.
    killed_after(&prep, 4, "\n3\n\n3\n\n1\nu\n4\n\n");
    assert_eq!((count(&prep, "reviews"), count(&prep, "voids")), (4, 1));
}

#[test]
fn the_log_alone_gives_every_schedule_again() {
    let prep = Prep::new().deck("kept.toml", &deck(9));
    killed_after(&prep, 9, &["\n1\n", "\n2\n", "\n3\n", "\n4\n"].repeat(5).concat());
    let dump = || -> Vec<(String, String, i64, f64, i64)> {
        let log = Connection::open(prep.database()).expect("a progress file");
        let sql = "SELECT key, state, due, stability, reviews FROM schedules ORDER BY key";
        let mut rows = log.prepare(sql).expect("the cache");
        let all = rows.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        });
        all.expect("rows").collect::<Result<_, _>>().expect("rows that can be read")
    };
    let without_caches = || {
        let log = Connection::open(prep.database()).expect("a progress file");
        log.execute_batch("DELETE FROM schedules; DELETE FROM meta; DELETE FROM index_files")
            .expect("caches can be thrown away");
        drop(log);
        prep.out(&["list", "--tag", "kept"]);
        prep.out(&["stats"]);
        dump()
    };
    let cached = dump();
    assert!(!cached.is_empty());
    assert_eq!(without_caches(), cached);
    // With the learner's own parameters every schedule is another one, at once and from the log alone.
    let log = Connection::open(prep.database()).expect("a progress file");
    let own = "0.1, 0.6, 1.1, 4, 6.4133, 0.8334, 3.0194, 0.001, 1.4, 0.1666, 0.796, 1.4835, 0.0614, \
               0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.2";
    log.execute("INSERT INTO fits (at, reviews, accepted, parameters) VALUES (1, 9, 1, ?1)", [own])
        .expect("a fit");
    drop(log);
    prep.out(&["list", "--tag", "kept"]);
    let fitted = dump();
    let days = |all: &[(String, String, i64, f64, i64)]| -> Vec<(String, i64)> {
        all.iter().map(|row| (row.0.clone(), row.2)).collect()
    };
    assert!(fitted != cached && days(&fitted) == days(&cached), "days that are set stay");
    assert_eq!(without_caches(), fitted);
}
