//! `prep plan`, `prep interview` and `prep simulate` as a user meets them.

use serde_json::{Value, json};

use crate::cli::Prep;

/// A home where 29 cards are studied: simulations of all of them take their time in a test build.
fn home() -> Prep {
    let prep = Prep::new();
    prep.file("config/config.toml", "[study]\ndecks = [\"kubernetes\"]\n");
    prep
}

/// An interview in two weeks, with minutes.
fn planned() -> Prep {
    let prep = home();
    prep.out(&["plan", "--date", "2026-12-06 14:00", "--role", "sre", "--minutes", "30"]);
    prep
}

/// What is kept: interviews without their forecasts, and minutes.
fn kept(prep: &Prep) -> Value {
    let mut plan = prep.json(&["plan"]);
    for interview in plan["interviews"].as_array_mut().expect("interviews") {
        interview.as_object_mut().expect("an interview").remove("forecast");
    }
    json!({ "interviews": plan["interviews"], "study_time": plan["study_time"] })
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn days(plan: &Value) -> Vec<String> {
    let days = plan["plan"]["days"].as_array().expect("days");
    days.iter().map(|day| day["day"].as_str().expect("a date").to_owned()).collect()
}

#[test]
fn a_date_and_a_time_are_taken_in_every_form() {
    let prep = home();
    for (text, date, time) in [
        ("2026-12-06", "2026-12-06", Value::Null),
        ("+14", "2026-12-07", Value::Null),
        ("2w", "2026-12-07", Value::Null),
        ("2주", "2026-12-07", Value::Null),
        ("12/6", "2026-12-06", Value::Null),
        ("1/15", "2027-01-15", Value::Null),
        ("12월 6일", "2026-12-06", "14:30".into()),
        ("12월 6일 오후 2시", "2026-12-06", "14:00".into()),
        ("2026-12-06T09:30", "2026-12-06", "09:30".into()),
        ("12/6 2pm", "2026-12-06", "14:00".into()),
    ] {
        prep.out(&["plan", "--clear"]);
        let mut args = vec!["plan", "--date", text];
        if text == "12월 6일" {
            args.extend(["--time", "14시 30분"]);
        }
        let plan = prep.json(&args);
        let first = &plan["interviews"][0];
        assert_eq!((&first["date"], &first["time"]), (&date.into(), &time), "{text}");
        assert_eq!(prep.json(&["plan"]), plan, "{text} is kept, and the plan is the same all day");
    }
}

#[test]
fn role_and_tags_are_known_by_every_spelling() {
    let prep = Prep::new();
    prep.out(&["plan", "--date", "2026-12-06 14:00", "--role", "sre", "--minutes", "30"]);
    let plan = prep.json(&["plan", "--tag", "k8s,네트워크", "--company", "핀테크 K"]);
    let first = &plan["interviews"][0];
    assert_eq!(first["tags"], json!(["kubernetes", "networking"]));
    assert_eq!((&first["role"], &first["company"]), (&"sre".into(), &"핀테크 K".into()));
    assert_eq!((&first["date"], &first["time"]), (&"2026-12-06".into(), &"14:00".into()));
    let all = prep.json(&["plan", "--tag", ""])["plan"]["capacity"]["cards"].clone();
    assert!(number(&all) > number(&plan["plan"]["capacity"]["cards"]), "{all}");
    let done = prep.args(&["plan", "--role", "Staff Wizard"]).run();
    assert!(done.code == 0 && done.err.contains("no known role"), "{}", done.err);
    assert_eq!(prep.json(&["plan"])["interviews"][0]["role"], "Staff Wizard");
}

#[test]
fn what_is_refused_says_what_to_write_and_changes_nothing() {
    let prep = planned();
    prep.out(&["plan", "--days-off", "12/1"]);
    let before = kept(&prep);
    for (args, why) in [
        (vec!["--date", "2026-11-22"], "is past"),
        (vec!["--date", "-3"], "is no date; write"),
        (vec!["--date", "soon"], "is no date; write"),
        (vec!["--date", "2026-02-30"], "is no date; write"),
        (vec!["--date", "2026-12-08 25:00"], "is no date; write"),
        (vec!["--date", "2026-11-23 08:00"], "is past"),
        (vec!["--date", "12/8", "--time", "25:00"], "is no time; write"),
        (vec!["--date", "12/8", "--time", "noon"], "is no time; write"),
        (vec!["--date", "12/8", "--minutes", "many"], "are no minutes; write"),
        (vec!["--date", "12/8", "--minutes", "1,2,3"], "are no minutes; write"),
        (vec!["--minutes", "1441"], "are no minutes; write"),
        (vec!["--minutes", "60", "--days-off", "12/3,gestern"], "is no date; write"),
        (vec!["--minutes", "60", "--days-off", "2026-11-01"], "is past"),
        (vec!["--date", "12/8", "--tag", "kubernets"], "did you mean `kubernetes`"),
        (vec!["--remove", "2"], "there is no interview `2`; named are 1 (2026-12-06 14:00)"),
        (vec!["--remove", "12/9"], "there is no interview `12/9`"),
        (vec!["--remove", "x"], "is no date; write"),
        (vec!["--add"], "--date"),
        (vec!["--clear", "--date", "12/8"], "--clear"),
    ] {
        let args: Vec<&str> = ["plan"].into_iter().chain(args).collect();
        let done = prep.args(&args).run();
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{args:?}: {}", done.err);
        assert!(done.err.contains(why), "{args:?}: {}", done.err);
        assert_eq!(kept(&prep), before, "{args:?}");
    }
}

#[test]
fn a_role_without_a_date_asks_for_the_date() {
    let done = Prep::new().args(&["plan", "--role", "sre"]).run();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("--date 2026-12-06"), "{}", done.err);
}

#[test]
fn without_an_interview_the_plan_says_how_to_name_one() {
    let prep = Prep::new();
    assert!(prep.out(&["plan"]).contains("`prep plan --date 2026-12-06 --time 14:00`"));
    assert!(prep.out(&["plan", "--lang", "ko"]).contains("등록한 면접이 없습니다"));
    let plan = prep.json(&["plan"]);
    assert_eq!((&plan["interviews"], &plan["plan"]), (&json!([]), &Value::Null));
    // Minutes may be given before a date is known.
    prep.out(&["plan", "--minutes", "45,60"]);
    assert_eq!(prep.json(&["plan"])["study_time"]["weekdays"], json!([45, 45, 45, 45, 45, 60, 60]));
}

#[test]
fn minutes_and_days_off_are_kept_and_shown() {
    let prep = planned();
    prep.out(&["plan", "--minutes", "45,60", "--days-off", "2026-12-03,12월 4일,12/3"]);
    let plan = prep.json(&["plan", "--days-on", "12/4"]);
    assert_eq!(plan["study_time"]["days_off"], json!(["2026-12-03"]));
    let day = |date: &str| {
        let days = plan["plan"]["days"].as_array().expect("days");
        days.iter().find(|day| day["day"] == date).expect("the day").clone()
    };
    assert_eq!(
        (&day("2026-12-03")["kind"], &day("2026-12-03")["given_minutes"]),
        (&"off".into(), &0.into())
    );
    assert_eq!(day("2026-12-04")["given_minutes"], 45);
    assert_eq!(day("2026-12-05")["given_minutes"], 60);
    assert_eq!(day("2026-12-06")["kind"], "interview");
    let capacity = &plan["plan"]["capacity"];
    // Nine weekdays of ten, three days of two weekends.
    assert_eq!((&capacity["days"], &capacity["minutes_given"]), (&12.into(), &585.0.into()));
    let text = prep.out(&["plan"]);
    assert!(text.contains("45 on weekdays, 60 on Sat and Sun   off Thu 3 Dec"), "{text}");
}

#[test]
fn further_interviews_are_added_moved_and_removed() {
    let prep = planned();
    let plan = prep.json(&["plan", "--add", "--date", "12/20", "--company", "Cloud L"]);
    assert_eq!(plan["interviews"].as_array().map(Vec::len), Some(2));
    assert!(plan["interviews"][1]["forecast"]["followed"]["middle"].is_number());
    assert_eq!(days(&plan).last().map(String::as_str), Some("2026-12-20"));
    // The nearest one moves, and keeps what was not said anew.
    let plan = prep.json(&["plan", "--date", "12/8"]);
    let first = &plan["interviews"][0];
    assert_eq!((&first["date"], &first["time"]), (&"2026-12-08".into(), &"14:00".into()));
    assert_eq!(
        (&first["role"], &plan["interviews"][1]["company"]),
        (&"sre".into(), &"Cloud L".into())
    );
    // So it does through its short sibling.
    let moved = prep.json(&["interview", "12/9"]);
    assert_eq!(
        (&moved["interview"]["date"], &moved["interview"]["time"]),
        (&"2026-12-09".into(), &"14:00".into())
    );
    assert_eq!(prep.json(&["plan"])["interviews"].as_array().map(Vec::len), Some(2));
    // An earlier one becomes the nearest.
    let plan = prep.json(&["plan", "--add", "--date", "12/1"]);
    assert_eq!(plan["interviews"][0]["date"], "2026-12-01");
    let plan = prep.json(&["plan", "--remove", "12/9"]);
    assert_eq!(plan["interviews"].as_array().map(Vec::len), Some(2));
    let plan = prep.json(&["plan", "--remove", "1"]);
    assert_eq!(plan["interviews"][0]["date"], "2026-12-20");
    let plan = prep.json(&["plan", "--time", "9:30", "--company", ""]);
    assert_eq!(
        (&plan["interviews"][0]["time"], &plan["interviews"][0]["company"]),
        (&"09:30".into(), &"".into())
    );
    assert_eq!(prep.json(&["plan", "--time", ""])["interviews"][0]["time"], Value::Null);
    assert_eq!(prep.json(&["plan", "--clear"])["interviews"], json!([]));
}

#[test]
fn capacity_is_arithmetic_that_can_be_checked_and_the_text_says_the_same() {
    let prep = planned();
    for minutes in ["3", "240"] {
        let plan = prep.json(&["plan", "--minutes", minutes]);
        let capacity = &plan["plan"]["capacity"];
        let of = |name: &str| number(&capacity[name]);
        let sum = of("first_meetings") * of("first_minutes") + of("recalls") * of("recall_minutes");
        assert!((sum - of("minutes_needed")).abs() < 1.0, "{capacity}");
        assert!(
            (of("minutes_given") - 13.0 * minutes.parse::<f64>().expect("a number")).abs() < 1e-6
        );
        let text = prep.out(&["plan"]);
        let said = format!(
            "{} first meetings x {:.2} min + {} recalls x {:.2} min = {:.0} min",
            capacity["first_meetings"],
            of("first_minutes"),
            capacity["recalls"],
            of("recall_minutes"),
            of("minutes_needed"),
        );
        assert!(text.contains(&said), "{said}: {text}");
        let fits = of("fit") >= of("cards");
        assert_eq!(text.contains("all fit three recalls"), fits, "{text}");
        let way = format!(
            "prep plan --minutes {}",
            minutes.parse::<u32>().expect("a number")
                + u32::try_from(capacity["more_minutes"].as_u64().expect("minutes"))
                    .expect("small")
        );
        assert_eq!(text.contains(&way), !fits, "{way}: {text}");
    }
    // The second way out is one.
    let plan = prep.json(&["plan", "--minutes", "3"]);
    let more = 3 + plan["plan"]["capacity"]["more_minutes"].as_u64().expect("minutes");
    let capacity = prep.json(&["plan", "--minutes", &more.to_string()])["plan"]["capacity"].clone();
    assert_eq!((&capacity["fit"], &capacity["more_minutes"]), (&capacity["cards"], &0.into()));
}

#[test]
fn the_plan_has_every_number_for_programs() {
    let prep = planned();
    let plan = prep.json(&["plan", "--levels"]);
    assert_eq!((&plan["version"], &plan["plan"]["simulated"]), (&1.into(), &true.into()));
    let forecast = &plan["interviews"][0]["forecast"];
    for range in [&forecast["followed"], &forecast["stopped"]] {
        assert!(number(&range["low"]) <= number(&range["middle"]), "{range}");
        assert!(number(&range["middle"]) <= number(&range["high"]), "{range}");
    }
    assert!(number(&forecast["followed"]["middle"]) > number(&forecast["stopped"]["middle"]));
    assert_eq!(days(&plan).len(), 14);
    let minutes: Vec<u64> = plan["plan"]["levels"]
        .as_array()
        .expect("levels")
        .iter()
        .map(|level| level["minutes"].as_u64().expect("minutes"))
        .collect();
    assert_eq!(minutes, [10, 15, 20, 30, 45, 60]);
    for day in plan["plan"]["days"].as_array().expect("days") {
        for name in ["reviews", "new", "minutes", "given_minutes"] {
            assert!(day[name].is_number(), "{day}");
        }
    }
}

#[test]
fn the_plan_is_said_in_both_languages_and_calls_its_forecasts_simulated() {
    let prep = planned();
    prep.out(&["plan", "--company", "핀테크 K", "--time", "14:00"]);
    let english = prep.out(&["plan", "--levels"]);
    for words in [
        "SRE @ 핀테크 K   Sun 6 Dec 14:00, 13 days left",
        "if you follow the plan",
        "if you stop today",
        "Simulated: ",
        "(simulated)",
        "10 min ",
        "Mon 23 Nov",
        "prep study   ",
    ] {
        assert!(english.contains(words), "{words}: {english}");
    }
    let korean = prep.out(&["plan", "--lang", "ko", "--levels"]);
    for words in [
        "12월 6일 (일) 14:00, 13일 남음",
        "계획대로 하면",
        "오늘 그만두면",
        "시뮬레이션 결과",
        "10분 ",
        "11월 23일 (월)",
        "면접",
    ] {
        assert!(korean.contains(words), "{words}: {korean}");
    }
    let plain = prep.out(&["plan", "--plain"]);
    let drawn: String =
        plain.chars().filter(|c| !c.is_ascii() && !('가'..='힣').contains(c)).collect();
    assert_eq!(drawn, "", "{plain}");
}

#[test]
fn a_far_plan_shows_its_ends_and_json_all_of_it() {
    let prep = planned();
    let text = prep.out(&["plan", "--date", "2027-02-28"]);
    assert!(text.contains("more days like these") && text.contains("Sun 28 Feb"), "{text}");
    assert!(text.lines().count() < 60, "{text}");
    assert_eq!(days(&prep.json(&["plan"])).len(), 98);
}

#[test]
fn study_on_another_day_or_in_another_zone_loses_and_doubles_no_day() {
    // A made-up zone whose clocks go forward on 20 December and stay there.
    const ZONE: &str = "AAA-1BBB,M12.3.0/2,M3.5.0/3";
    let prep = home();
    let at = |now: &str, zone: &str, args: &[&str]| -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        let done = prep.args(&args).env("PREP_NOW", now).env("TZ", zone).run();
        assert_eq!(done.code, 0, "{args:?}: {}", done.err);
        serde_json::from_str(&done.out).expect("JSON")
    };
    let expected = |from: &str| -> Vec<String> {
        let december = (1..=31).map(|day| format!("2026-12-{day:02}"));
        let january = (1..=12).map(|day| format!("2027-01-{day:02}"));
        december.chain(january).skip_while(|day| day != from).collect()
    };
    let name = ["plan", "--date", "2027-01-12 10:00", "--minutes", "30"];
    let plan = at("2026-12-10T09:00:00+01:00", ZONE, &name);
    assert_eq!(days(&plan), expected("2026-12-10"));
    assert_eq!(plan["plan"]["capacity"]["minutes_given"], 33.0 * 30.0);
    for (now, zone, today) in [
        // The hour before the change, the hour after it, the small hours of the next day.
        ("2026-12-20T01:30:00+01:00", ZONE, "2026-12-19"),
        ("2026-12-20T03:30:00+02:00", ZONE, "2026-12-19"),
        ("2026-12-20T04:30:00+02:00", ZONE, "2026-12-20"),
        ("2026-12-21T03:59:00+02:00", ZONE, "2026-12-20"),
        // The same moment before and after a flight to Seoul.
        ("2026-12-28T20:00:00+02:00", ZONE, "2026-12-28"),
        ("2026-12-28T20:00:00+02:00", "KST-9", "2026-12-28"),
        ("2026-12-28T21:30:00+02:00", "KST-9", "2026-12-29"),
        ("2027-01-12T09:59:00+09:00", "KST-9", "2027-01-12"),
    ] {
        let plan = at(now, zone, &["plan"]);
        assert_eq!(days(&plan), expected(today), "{now} {zone}");
        let first = &plan["interviews"][0];
        assert_eq!((&first["date"], &first["time"]), (&"2027-01-12".into(), &"10:00".into()));
        let days = expected(today).len() - 1;
        assert_eq!(first["in_days"], days, "{now} {zone}");
        let given = number(&plan["plan"]["capacity"]["minutes_given"]);
        assert!((given - 30.0 * f64::from(u32::try_from(days).expect("days"))).abs() < 1e-6);
    }
    // Once it has begun it is over, wherever one is.
    assert_eq!(at("2027-01-12T10:00:00+09:00", "KST-9", &["plan"])["interviews"], json!([]));
}

#[test]
fn what_if_puts_the_plan_beside_due_days() {
    let prep = planned();
    let found = prep.json(&["simulate", "--minutes", "20", "--retention", "85", "--new", "7"]);
    assert_eq!((&found["version"], &found["simulated"]), (&1.into(), &true.into()));
    assert_eq!((&found["until"], &found["days"]), (&"2026-12-06".into(), &13.into()));
    assert_eq!((&found["retention"], &found["new_per_day"]), (&0.85.into(), &7.into()));
    let ways = found["policies"].as_array().expect("ways");
    let names: Vec<&Value> = ways.iter().map(|way| &way["policy"]).collect();
    assert_eq!(names, ["plan", "due"]);
    for way in ways {
        assert_eq!(way["days"].as_array().map(Vec::len), Some(13));
        assert!(number(&way["mean_minutes"]) <= 21.0, "{way}");
    }
    assert!(number(&ways[0]["recall"]["middle"]) > number(&ways[1]["recall"]["middle"]));
    let due = prep.json(&["simulate", "--policy", "due", "--new", "2", "--until", "+5"]);
    assert_eq!(due["policies"].as_array().map(Vec::len), Some(1));
    assert!(
        due["policies"][0]["days"]
            .as_array()
            .expect("days")
            .iter()
            .all(|day| number(&day["new"]) <= 2.0)
    );
}

#[test]
fn what_if_starts_from_what_is_known_or_from_nothing() {
    let reviews: Vec<(String, i64)> =
        (1..=20).map(|card| (format!("mine/{card}"), 1 + card % 6)).collect();
    let card = |number: i64| {
        format!(
            "[[card]]\nid = \"mine/{number}\"\ntags = [\"own-tag\"]\nquestion = \"{number}?\"\nanswer = \"!\"\n"
        )
    };
    let deck = (1..=20).map(card).collect::<Vec<String>>().join("\n");
    let reviews: Vec<(&str, i64, i64, i64)> =
        reviews.iter().map(|(key, ago)| (key.as_str(), *ago, 3, 2)).collect();
    let prep = Prep::new().deck("mine.toml", &deck).reviews(&reviews);
    let ask = |more: &[&str]| {
        let args: Vec<&str> =
            ["simulate", "--tag", "own-tag"].iter().chain(more).copied().collect();
        prep.json(&args)
    };
    let known = ask(&[]);
    assert_eq!(
        (&known["cards"], &known["seen"], &known["days"]),
        (&20.into(), &20.into(), &30.into())
    );
    assert!(number(&known["without_study"]["middle"]) > 0.3, "{known}");
    let fresh = ask(&["--fresh"]);
    assert_eq!((&fresh["cards"], &fresh["seen"]), (&20.into(), &0.into()));
    assert_eq!(fresh["without_study"]["high"], 0.0);
    let more = ask(&["--cards", "50"]);
    assert_eq!((&more["cards"], &more["seen"]), (&50.into(), &20.into()));
    assert_eq!(ask(&["--cards", "5"])["cards"], 5);
    assert_eq!(prep.json(&["plan"])["interviews"], json!([]), "a question changes nothing");
}

#[test]
fn what_if_is_drawn_in_both_languages_and_in_ascii() {
    let prep = planned();
    let english = prep.out(&["simulate", "--minutes", "20"]);
    for words in [
        "20 a day",
        "Recall on Sun 6 Dec",
        "Minutes a day",
        "due days at 90%",
        "100% │",
        "░",
        "Simulated",
    ] {
        assert!(english.contains(words), "{words}: {english}");
    }
    assert!(english.lines().all(|line| line.chars().count() <= 112), "{english}");
    let korean = prep.out(&["simulate", "--lang", "ko"]);
    for words in ["기억률", "하루 복습", "복습일", "시뮬레이션 결과"] {
        assert!(korean.contains(words), "{words}: {korean}");
    }
    let plain = prep.out(&["simulate", "--plain"]);
    assert!(plain.is_ascii() && plain.contains("**") && plain.contains("oo"), "{plain}");
}

#[test]
fn what_if_refuses_what_cannot_be_simulated() {
    let prep = planned();
    for (args, why) in [
        (vec!["--retention", "0.5"], "0.70 to 0.97"),
        (vec!["--retention", "high"], "0.70 to 0.97"),
        (vec!["--until", "2026-11-20"], "is past"),
        (vec!["--until", "+0"], "is today; name a later day"),
        (vec!["--until", "+3000"], "at most two years"),
        (vec!["--minutes", "x"], "are no minutes; write"),
        (vec!["--tag", "kubernets"], "did you mean `kubernetes`"),
        (vec!["--cards", "0"], "--cards"),
    ] {
        let args: Vec<&str> = ["simulate"].into_iter().chain(args).collect();
        let done = prep.args(&args).run();
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{args:?}: {}", done.err);
        assert!(done.err.contains(why), "{args:?}: {}", done.err);
    }
}
