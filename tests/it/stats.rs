//! `prep stats` as a user meets it: pages of text, a table, a picture and a page that stand alone, and no file lost.

use std::fs;

use rusqlite::Connection;

use crate::cli::Prep;

const DECK: &str = "[[card]]\nid = \"mine/pod\"\ntags = [\"kubernetes\"]\n\
                    question = \"What is a <pod> & \\\"why\\\"?\"\nanswer = \"The smallest unit.\"\n";

/// Thirty answers in the last thirty days, some of them wrong.
fn studied() -> Prep {
    let rows: Vec<(&str, i64, i64, i64)> =
        (0..30).map(|n| ("mine/pod", 30 - n, if n % 4 == 0 { 1 } else { 3 }, 2)).collect();
    Prep::new().deck("mine.toml", DECK).reviews(&rows)
}

#[test]
fn all_five_pages_are_printed_and_each_alone() {
    let prep = studied();
    let all = prep.out(&["stats"]);
    for (page, words) in [
        ("overview", "Recall by attempt"),
        ("tags", "Kubernetes"),
        ("calibration", "Sure and wrong in the last 30 days"),
        ("forecast", "The next 30 days"),
        ("hard", "Cards that cost you most"),
    ] {
        let one = prep.out(&["stats", "--page", page]);
        assert!(all.contains(words) && one.contains(words), "{page}: {one}");
        let others = ["Recall by attempt", "Cards that cost you most", "The next 30 days"];
        assert_eq!(
            others.iter().filter(|it| one.contains(**it)).count(),
            usize::from(others.contains(&words))
        );
        assert!(!one.contains('\u{1b}'), "no escapes where no terminal is");
    }
    assert_eq!(prep.args(&["stats", "--page", "nonsense"]).run().code, 2);
    assert_eq!(prep.args(&["stats", "--json", "--csv"]).run().code, 2, "one form at a time");
}

#[test]
fn without_an_answer_the_next_command_is_named() {
    let prep = Prep::new();
    let text = prep.out(&["stats"]);
    assert!(text.contains("`prep study`"), "{text}");
    assert_eq!(prep.json(&["stats"])["reviews"], 0);
}

#[test]
fn under_twenty_answers_no_percentage_is_printed() {
    let rows: Vec<(&str, i64, i64, i64)> = (0..19).map(|n| ("mine/pod", 30 - n, 3, 2)).collect();
    let prep = Prep::new().deck("mine.toml", DECK).reviews(&rows);
    let text = prep.out(&["stats"]);
    let without_goals = text.replace("target 90%", "").replace("should be 90%", "");
    let without_goals = without_goals.replace("at least 85% likely", "");
    assert!(text.contains("too early to say (19 answers)"), "{text}");
    assert!(!without_goals.contains('%'), "{text}");
    let korean = prep.out(&["stats", "--lang", "ko"]);
    assert!(korean.contains("아직 알 수 없음 (답 19개)"), "{korean}");
    let one = Prep::new().reviews(&[("linux/load-average", 0, 3, 3)]);
    assert!(one.out(&["stats"]).contains("too early to say (1 answer)"));
    assert!(one.json(&["stats"])["first_try"]["percent"].is_null());
}

#[test]
fn statistics_of_many_answers_are_given_as_percentages() {
    let many: Vec<(&str, i64, i64, i64)> = (0..25)
        .map(|n| ("linux/load-average", 30 - n, if n % 5 == 0 { 1 } else { 3 }, 3))
        .collect();
    let prep = Prep::new().reviews(&many);
    assert_eq!(prep.json(&["stats"])["recall"]["percent"], 83);
    let text = prep.out(&["stats", "--page", "calibration"]);
    let sure = text.lines().find(|line| line.starts_with("sure")).expect("a row of sure answers");
    assert!(sure.contains("80%") && sure.contains("25"), "{text}");
}

#[test]
fn a_window_counts_its_days() {
    let prep = studied();
    assert_eq!(prep.json(&["stats"])["reviews"], 30);
    let month = prep.json(&["stats", "--window", "30"]);
    assert_eq!((&month["reviews"], &month["window"]), (&29.into(), &"30".into()));
    assert!(prep.out(&["stats", "--window", "30"]).contains("last 30 days"));
}

#[test]
fn the_heat_map_begins_its_weeks_where_the_user_lives() {
    let prep = studied();
    let row_after_months = |locale: &str| {
        let mut run = prep.args(&["stats", "--page", "overview", "--lang", "en"]);
        run = run.env("LANG", locale);
        let out = run.run().out;
        let first = out.lines().nth(3).expect("the first row of days").to_owned();
        first.split_whitespace().next().expect("a weekday").to_owned()
    };
    assert_eq!(row_after_months("en_GB.UTF-8"), "Mon");
    assert_eq!(row_after_months("en_US.UTF-8"), "Sun");
    assert_eq!(row_after_months("ko_KR.UTF-8"), "Sun");
    assert_eq!(row_after_months("C.UTF-8"), "Mon");
}

#[test]
fn the_table_has_one_figure_a_line() {
    let csv = studied().out(&["stats", "--csv"]);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[0], "section,item,figure,value");
    assert!(lines.contains(&"overview,,reviews,30"), "{csv}");
    assert!(lines.contains(&"calendar,2026-11-22,reviews,1"), "{csv}");
    assert!(lines.iter().any(|line| line.starts_with("hard,mine/pod,title,")), "{csv}");
    assert!(lines.iter().any(|line| line.starts_with("curve,")), "{csv}");
}

/// Every tag is closed by its own name, attributes are quoted, and no bare `<` or `&` is left.
fn is_well_formed(text: &str) -> Result<(), String> {
    const VOID: [&str; 3] = ["meta", "br", "!DOCTYPE"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        check_text(&rest[..at])?;
        let end = rest[at..].find('>').ok_or("a tag that does not end")? + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.contains('<') || tag.matches('"').count() % 2 == 1 {
            return Err(format!("<{tag}>"));
        }
        let name = tag.trim_end_matches('/').split_whitespace().next().unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            if open.pop() != Some(closed) {
                return Err(format!("</{closed}> closes nothing"));
            }
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
            if name == "style" {
                rest = &rest[rest.find("</style>").ok_or("an open style")?..];
            }
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

fn check_text(text: &str) -> Result<(), String> {
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
        if !known.iter().any(|entity| text[at..].starts_with(entity)) {
            return Err(format!("a bare & in {text}"));
        }
    }
    Ok(())
}

#[test]
fn picture_and_page_are_well_formed_and_need_nothing_from_elsewhere() {
    for prep in [studied(), Prep::new().deck("mine.toml", DECK)] {
        for lang in ["en", "ko"] {
            for flag in ["--svg", "--html"] {
                let text = prep.out(&["stats", flag, "-", "--lang", lang]);
                is_well_formed(&text).unwrap_or_else(|why| panic!("{flag} {lang}: {why}\n{text}"));
                assert!(text.contains(&format!("lang=\"{lang}\"")), "{flag}");
                assert!(text.contains("prefers-color-scheme:dark"), "{flag}");
                let elsewhere = text.replace("http://www.w3.org/2000/svg", "");
                for word in ["http:", "https:", "//", "<script", "<link", "url(", "@import", "src="]
                {
                    assert!(!elsewhere.contains(word), "{flag} {lang} has `{word}`");
                }
            }
        }
    }
}

#[test]
fn titles_of_cards_are_escaped() {
    let page = studied().out(&["stats", "--html", "-"]);
    assert!(page.contains("What is a &lt;pod&gt; &amp; &quot;why&quot;?"), "{page}");
}

#[test]
fn a_file_that_is_there_is_kept_unless_force_is_given() {
    let prep = studied();
    for (flag, name, begins) in
        [("--svg", "stats.svg", "<svg "), ("--html", "stats.html", "<!DOCTYPE html>")]
    {
        let file = prep.file(name, "mine");
        let done = prep.args(&["stats", flag, name]).run();
        assert_eq!(done.code, 1, "{}", done.err);
        assert!(done.err.contains("is there already; --force writes over it"), "{}", done.err);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        assert_eq!(prep.out(&["stats", flag, name, "--force"]), "");
        assert!(fs::read_to_string(&file).unwrap().starts_with(begins));
    }
    let done = prep.args(&["stats", "--svg", "no/such/folder/x.svg"]).run();
    assert_eq!(done.code, 1);
    assert!(done.err.contains("cannot write no/such/folder/x.svg"), "{}", done.err);
}

#[test]
fn a_log_with_odd_numbers_is_counted_without_a_crash() {
    let prep = studied();
    let log = Connection::open(prep.database()).unwrap();
    for (number, (day, seconds)) in
        [(-900_000, 1e30), (2_000_000, -5.0), (20_780, 0.0)].into_iter().enumerate()
    {
        log.execute(
            "INSERT INTO reviews (session, number, key, at, day, source, rating, hint_used, wrong_statement, \
             points, seconds, due) VALUES (zeroblob(16), ?1, 'gone', 0, ?2, 'study', 3, 0, 0, '', ?3, 2000000000)",
            (i64::try_from(number).unwrap() + 500, day, seconds),
        )
        .unwrap();
    }
    log.execute("DELETE FROM meta", []).unwrap();
    for args in
        [&["stats"][..], &["stats", "--json"], &["stats", "--csv"], &["stats", "--html", "-"]]
    {
        assert_eq!(prep.args(args).run().code, 0, "{args:?}");
    }
}
