//! What a user's settings file does, and what is said of one that is wrong.

use std::path::{Path, PathBuf};

use crate::config::{
    DEFAULT_FILE, Environment, GlyphChoice, KeySetting, OptimizeChoice, Paths, Settings,
    ThemeChoice, read,
};
use crate::domain::lang::Lang;
use crate::domain::problem::Problem;

fn settings(text: &str) -> Settings {
    let (settings, problems) = read(Some(text), Path::new("config.toml"));
    assert_eq!(problems, []);
    settings
}

fn problems(text: &str) -> Vec<Problem> {
    read(Some(text), Path::new("config.toml")).1
}

/// `line:column message (help)` of the only problem.
fn complaint(text: &str) -> String {
    let problems = problems(text);
    let [only] = problems.as_slice() else { panic!("one problem expected: {problems:?}") };
    let help = only.help.as_deref().unwrap_or("-");
    format!("{}:{} {} ({help})", only.line, only.column, only.message)
}

#[test]
fn the_commented_file_states_the_defaults() {
    assert_eq!(settings(DEFAULT_FILE), Settings::default());
    assert_eq!(read(None, Path::new("config.toml")), (Settings::default(), Vec::new()));
}

#[test]
fn every_line_of_the_commented_file_can_be_used() {
    let switched_on: String = DEFAULT_FILE
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(setting) if setting.split_once(" = ").is_some_and(|(key, _)| is_key(key)) => {
                format!("{setting}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect();
    let all = settings(&switched_on);
    assert_eq!((all.lang, all.card_lang, all.minutes), (Some(Lang::Ko), Some(Lang::En), Some(30)));
    assert_eq!(all.editor_command.as_deref(), Some("code -w"));
    assert_eq!(all.editor_args, Some(vec!["--goto".into(), "{file}:{line}".into()]));
    assert_eq!(all.keys.len(), 1);
}

fn is_key(text: &str) -> bool {
    text != "action" && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[test]
fn settings_are_laid_over_the_defaults() {
    let some = settings(
        "lang = \"ko\"\n[ui]\nglyphs = \"ascii\"\ntheme = \"light\"\nclock = false\n\
         [study]\nretention = 0.85\nnew = 0\nday_ends_at = 0\n[quiz]\nminutes = 5\n",
    );
    assert_eq!(some.lang, Some(Lang::Ko));
    assert_eq!((some.glyphs, some.theme), (GlyphChoice::Ascii, ThemeChoice::Light));
    assert_eq!((some.clock, some.new_per_day, some.day_ends_at), (false, 0, 0));
    assert!((some.retention - 0.85).abs() < f32::EPSILON);
    assert_eq!((some.quiz_questions, some.quiz_minutes), (10, 5));
}

#[test]
fn fitting_unasked_can_be_switched_off() {
    assert_eq!(settings("").optimize, OptimizeChoice::Auto);
    assert_eq!(settings("[scheduling]\noptimize = \"off\"\n").optimize, OptimizeChoice::Off);
    assert_eq!(
        complaint("[scheduling]\noptimize = false\n"),
        "2:12 `scheduling.optimize` is not a text (write one of \"auto\", \"off\")"
    );
}

#[test]
fn a_misspelt_setting_is_answered_with_the_right_one() {
    assert_eq!(
        complaint("[study]\nretenton = 0.8\n"),
        "2:1 there is no setting `study.retenton` (did you mean `retention`?)"
    );
    assert_eq!(
        complaint("[studdy]\nnew = 5\n"),
        "1:2 there is no section `[studdy]` (did you mean `study`?)"
    );
    assert_eq!(
        complaint("[ui]\ntheme = \"drak\"\n"),
        "2:9 `ui.theme` cannot be `drak` (did you mean `dark`?)"
    );
}

#[test]
fn a_setting_in_the_wrong_section_is_shown_its_place() {
    assert_eq!(
        complaint("retention = 0.8\n"),
        "1:1 there is no setting `retention` (it belongs under `[study]`)"
    );
}

#[test]
fn values_out_of_range_leave_the_default() {
    let (settings, problems) =
        read(Some("[study]\nretention = 90\nnew = -1\nmaximum_interval = 1_000\n"), Path::new("c"));
    assert_eq!(problems.len(), 2);
    assert_eq!(problems[0].help.as_deref(), Some("write a share from 0.70 to 0.97"));
    let expected = Settings { maximum_interval: 1000, ..Settings::default() };
    assert_eq!(settings, expected);
}

#[test]
fn wrong_types_are_all_told_at_once_in_order() {
    let problems = problems(
        "lang = 3\nstudy = 1\n[ui]\nclock = \"yes\"\n[decks]\npaths = [1]\n[quiz]\nquestions = 1.5\n",
    );
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 2, 4, 6, 8]);
}

#[test]
fn a_syntax_error_costs_only_its_own_line() {
    let (settings, problems) =
        read(Some("lang = \"ko\"\n[study]\nnew = \nminutes = 20\n"), Path::new("config.toml"));
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].line, 3);
    assert_eq!(problems[0].source_line, "new = ");
    assert_eq!((settings.lang, settings.minutes), (Some(Lang::Ko), Some(20)));
}

#[test]
fn columns_count_characters() {
    let one = complaint("[ui]\n\"테마\" = 1\n[study]\n");
    assert!(one.starts_with("2:1 there is no setting `ui.테마`"), "{one}");
}

#[test]
fn keys_are_passed_on_with_their_lines() {
    let keys = settings("[keys]\nshow = [\"space\", \"x\"]\nagain = \"a\"\n").keys;
    let expected = [
        KeySetting { action: "show".into(), keys: vec!["space".into(), "x".into()], line: 2 },
        KeySetting { action: "again".into(), keys: vec!["a".into()], line: 3 },
    ];
    assert_eq!(keys, expected);
    assert_eq!(problems("[keys]\nshow = 3\n").len(), 1);
}

fn home() -> (tempfile::TempDir, Paths, Environment) {
    let folder = tempfile::tempdir().unwrap();
    let environment = Environment {
        data_dir: Some(folder.path().join("data")),
        config_dir: Some(folder.path().to_owned()),
        ..Environment::default()
    };
    let paths = Paths::find(&environment).unwrap();
    (folder, Paths { home: Some(PathBuf::from("/home/kim")), ..paths }, environment)
}

#[test]
fn without_a_file_everything_is_default() {
    let (_folder, paths, environment) = home();
    assert_eq!(Settings::load(&paths, &environment), (Settings::default(), Vec::new()));
}

#[test]
fn the_variable_goes_before_the_file() {
    let (_folder, paths, mut environment) = home();
    std::fs::write(&paths.settings, "\u{feff}lang = \"en\"\n").unwrap();
    environment.lang = Some("ko".into());
    let (settings, problems) = Settings::load(&paths, &environment);
    assert_eq!((settings.lang, problems.len()), (Some(Lang::Ko), 0));
    environment.lang = Some("fr".into());
    let (settings, problems) = Settings::load(&paths, &environment);
    assert_eq!(settings.lang, Some(Lang::En));
    assert_eq!(problems[0].to_string(), "PREP_LANG: `fr` is no language of prep");
}

#[test]
fn a_file_that_is_not_text_is_told_and_skipped() {
    let (_folder, paths, environment) = home();
    std::fs::write(&paths.settings, [0xff, 0xfe, 0]).unwrap();
    let (settings, problems) = Settings::load(&paths, &environment);
    assert_eq!(settings, Settings::default());
    assert!(problems[0].message.contains("not UTF-8"));
}

#[test]
fn deck_folders_add_up_unless_the_variable_replaces_them() {
    let (folder, paths, mut environment) = home();
    let settings = settings("[decks]\npaths = [\"~/cards\", \"/srv/decks\", \"near\"]\n");
    let expected = [
        paths.decks.clone(),
        PathBuf::from("/home/kim/cards"),
        PathBuf::from("/srv/decks"),
        folder.path().join("near"),
    ];
    assert_eq!(settings.deck_folders(&paths, &environment), expected);
    environment.decks = Some(vec![PathBuf::from("/only")]);
    assert_eq!(settings.deck_folders(&paths, &environment), [PathBuf::from("/only")]);
}

#[test]
fn no_text_makes_reading_panic() {
    let pieces = ["[", "]", "[study", "=", "\"", "\n", "lang", "한", "{", "}", "#", ".", "[[ui]]"];
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let text = format!("{first}{second}{third}");
                let _ = read(Some(&text), Path::new("c"));
            }
        }
    }
}
