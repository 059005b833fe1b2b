//! The settings file: where it is, a commented one to begin with, and what holds now.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, bail};
use clap::Subcommand;
use serde_json::{Map, Value, json};

use crate::commands::output::{self, JSON_VERSION};
use crate::commands::world::{Exit, World};
use crate::config::{DEFAULT_FILE, GlyphChoice, OptimizeChoice, Settings, ThemeChoice};
use crate::domain::lang::Lang;

/// Writes or shows the settings file.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  prep config init                     write a settings file with every default, commented
  prep config show                     what holds now
  $EDITOR \"$(prep config path)\"        edit it";

#[derive(Debug, Subcommand)]
enum What {
    /// Print where the settings file is
    Path {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a settings file with every default, commented
    Init {
        /// Overwrite the file that is there, keeping a copy of it
        #[arg(short, long)]
        force: bool,
    },
    /// Print the settings that hold now: defaults, the file, PREP_* and flags together
    Show {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    match args.what {
        What::Path { json } => path(world, json),
        What::Init { force } => init(&world.paths.settings, force),
        What::Show { json } => show(world, json),
    }
}

fn path(world: &World, json: bool) -> anyhow::Result<Exit> {
    let file = &world.paths.settings;
    if json {
        let found = json!({
            "version": JSON_VERSION, "settings": file.display().to_string(), "exists": file.exists(),
        });
        output::json(&found)?;
    } else {
        output::print(&format!("{}\n", file.display()))?;
    }
    Ok(Exit::Done)
}

fn init(file: &Path, force: bool) -> anyhow::Result<Exit> {
    let shown = file.display();
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let mut copied = String::new();
    if force && file.exists() {
        let copy = file.with_extension("toml.bak");
        fs::rename(file, &copy).with_context(|| format!("cannot set {shown} aside"))?;
        copied = format!("; the old one is now {}", copy.display());
    }
    match write_new(file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            bail!(
                "{shown} is already there; edit it, or use --force to start again (a copy is kept)"
            )
        }
        written => written.with_context(|| format!("cannot write {shown}"))?,
    }
    output::print(&format!("wrote {shown}{copied}\n"))?;
    Ok(Exit::Done)
}

fn write_new(file: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(file)?;
    file.write_all(DEFAULT_FILE.as_bytes())
}

fn show(world: &World, json: bool) -> anyhow::Result<Exit> {
    for problem in &world.setting_problems {
        output::note(problem);
    }
    let sections = sections(&world.settings, world.languages());
    if json {
        let mut settings = Map::new();
        for (section, values) in sections {
            let values = values.into_iter().collect();
            settings.insert(section.to_owned(), Value::Object(values));
        }
        output::json(&json!({ "version": JSON_VERSION, "settings": settings }))?;
    } else {
        output::print(&toml_text(&sections))?;
    }
    Ok(Exit::Done)
}

type Sections = Vec<(&'static str, Vec<(String, Value)>)>;

/// Every setting with the value that holds, in the order of the file.
fn sections(settings: &Settings, (lang, card_lang): (Lang, Lang)) -> Sections {
    let named = |pairs: Vec<(&str, Value)>| -> Vec<(String, Value)> {
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    };
    let paths: Vec<String> =
        settings.deck_paths.iter().map(|path| path.display().to_string()).collect();
    let keys = settings.keys.iter().map(|line| (line.action.clone(), json!(line.keys))).collect();
    vec![
        ("interface", named(vec![("lang", json!(lang.code()))])),
        ("cards", named(vec![("lang", json!(card_lang.code()))])),
        (
            "ui",
            named(vec![
                ("glyphs", json!(glyphs(settings.glyphs))),
                ("theme", json!(theme(settings.theme))),
                ("clock", json!(settings.clock)),
            ]),
        ),
        ("study", named(study(settings))),
        ("scheduling", named(vec![("optimize", json!(optimize(settings.optimize)))])),
        (
            "quiz",
            named(vec![
                ("questions", json!(settings.quiz_questions)),
                ("minutes", json!(settings.quiz_minutes)),
            ]),
        ),
        ("decks", named(vec![("paths", json!(paths))])),
        ("keys", keys),
        (
            "editor",
            named(vec![
                ("command", json!(settings.editor_command)),
                ("args", json!(settings.editor_args)),
            ]),
        ),
    ]
}

fn study(settings: &Settings) -> Vec<(&'static str, Value)> {
    vec![
        // Two decimals are all that the setting means; a 32-bit number would print its rounding.
        ("retention", json!((f64::from(settings.retention) * 1000.0).round() / 1000.0)),
        ("new", json!(settings.new_per_day)),
        ("maximum_interval", json!(settings.maximum_interval)),
        ("day_ends_at", json!(settings.day_ends_at)),
        ("minutes", json!(settings.minutes)),
        ("decks", json!(settings.study_decks)),
    ]
}

/// As a settings file; what is left out stands as a comment.
fn toml_text(sections: &Sections) -> String {
    let mut lines = Vec::new();
    for (section, values) in sections {
        // The language of the interface stands above the first table of the file.
        if *section != "interface" {
            lines.push(format!("\n[{section}]"));
        }
        lines.extend(values.iter().map(|(key, value)| match value {
            Value::Null => format!("# {key} is not set"),
            value => format!("{key} = {value}"),
        }));
    }
    lines.join("\n") + "\n"
}

const fn glyphs(glyphs: GlyphChoice) -> &'static str {
    match glyphs {
        GlyphChoice::Auto => "auto",
        GlyphChoice::Unicode => "unicode",
        GlyphChoice::Ascii => "ascii",
    }
}

const fn optimize(optimize: OptimizeChoice) -> &'static str {
    match optimize {
        OptimizeChoice::Auto => "auto",
        OptimizeChoice::Off => "off",
    }
}

const fn theme(theme: ThemeChoice) -> &'static str {
    match theme {
        ThemeChoice::Auto => "auto",
        ThemeChoice::Terminal => "terminal",
        ThemeChoice::Dark => "dark",
        ThemeChoice::Light => "light",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{sections, toml_text};
    use crate::config::{Settings, read};
    use crate::domain::lang::Lang;

    #[test]
    fn what_is_shown_is_a_settings_file_that_means_the_same() {
        let settings = Settings {
            retention: 0.93,
            study_decks: vec!["a \"b\"".into()],
            minutes: Some(30),
            ..Settings::default()
        };
        let text = toml_text(&sections(&settings, (Lang::Ko, Lang::En)));
        let (again, problems) = read(Some(&text), Path::new("config.toml"));
        assert_eq!(problems, []);
        let meant = Settings { lang: Some(Lang::Ko), card_lang: Some(Lang::En), ..settings };
        assert_eq!(again, meant);
    }
}
