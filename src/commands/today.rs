//! One line about today, for a prompt or a status bar.

use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION};
use crate::commands::world::{Exit, World};
use crate::store::{Store, rescue_file};
use crate::study::overview::{NextInterview, Overview};
use crate::trainer::Trainer;

/// Prints one line about today, for a prompt or a status bar.
#[derive(Debug, Default, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// End with exit code 3 if nothing is left for today
    #[arg(long)]
    exit_code: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep today                                  17 due + 6 new, about 38 min
  prep today --exit-code && prep study        study only if something is left
  prep today --json                           the same for programs";

#[derive(Serialize)]
struct Output {
    version: u32,
    day: String,
    due: usize,
    new: usize,
    minutes: u32,
    unseen: usize,
    cards: usize,
    answered_today: usize,
    interview: Option<InterviewRow>,
    /// Weighted recall now over the interview's cards, 0 to 1.
    readiness: Option<f32>,
}

#[derive(Serialize)]
struct InterviewRow {
    day: String,
    in_days: u32,
    role: Option<String>,
    company: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let (json, exit_code) = (args.json, args.exit_code);
    let trainer = without_traces(world)?;
    let overview = trainer.overview(world.languages().0, world.now());
    if json {
        output::json(&found(&overview, world))?;
    } else {
        output::print(&format!("prep: {}\n", line(&overview, world)))?;
    }
    let is_done = overview.due + overview.new == 0;
    Ok(if exit_code && is_done { Exit::No } else { Exit::Done })
}

/// A trainer that makes no file where there is none: then it knows what a new user would have.
pub fn without_traces(world: &World) -> anyhow::Result<Trainer> {
    if has_progress(world) {
        return world.trainer();
    }
    Ok(Trainer::with_store(world.start(), Store::in_memory()?, world.now())?)
}

/// Whether there is a progress file, or answers that wait to be put into one.
pub fn has_progress(world: &World) -> bool {
    let database = &world.paths.database;
    database.exists() || rescue_file(database).exists() || world.paths.backups.exists()
}

fn line(overview: &Overview, world: &World) -> String {
    let texts = world.texts();
    let mut line = match (overview.due, overview.new) {
        (0, 0) => texts.today_is_done().to_owned(),
        // Before an interview nothing is due: what gains most is asked.
        (again, new) if overview.readiness.is_some() => {
            let what = (texts.again_and_new)(again, new);
            format!("{what}, {}", (texts.about_minutes)(minutes(overview)))
        }
        (due, new) => texts.today_line(due, new, minutes(overview)),
    };
    if !overview.warm_up.is_empty() {
        line = format!("{}; {line}", texts.warm_up);
    }
    if let Some(interview) = &overview.interview {
        let what = output::one_line(&name(interview));
        line.push_str(", ");
        line.push_str(&texts.days_to_interview(interview.in_days, &what));
    }
    line
}

/// Role and company in the form of a job title: `SRE @ fintech K`.
fn name(interview: &NextInterview) -> String {
    match (&interview.role, &interview.company) {
        (Some(role), Some(company)) => format!("{role} @ {company}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    }
}

/// Whole minutes, rounded up: half a minute is not nothing.
fn minutes(overview: &Overview) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, and an estimate is not negative"
    )]
    let minutes = (overview.seconds / 60.0).ceil() as u32;
    minutes
}

fn found(overview: &Overview, world: &World) -> Output {
    Output {
        version: JSON_VERSION,
        day: world.today().iso(),
        due: overview.due,
        new: overview.new,
        minutes: minutes(overview),
        unseen: overview.unseen,
        cards: overview.cards,
        answered_today: overview.done_today,
        readiness: overview.readiness.map(|readiness| readiness.today),
        interview: overview.interview.as_ref().map(|interview| InterviewRow {
            day: interview.day.iso(),
            in_days: interview.in_days,
            role: interview.role.clone(),
            company: interview.company.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::name;
    use crate::domain::time::Day;
    use crate::study::overview::NextInterview;

    #[test]
    fn an_interview_is_called_by_what_is_known_of_it() {
        let interview = |role: Option<&str>, company: Option<&str>| NextInterview {
            day: Day(0),
            in_days: 14,
            time: None,
            role: role.map(str::to_owned),
            company: company.map(str::to_owned),
        };
        assert_eq!(name(&interview(Some("SRE"), Some("fintech K"))), "SRE @ fintech K");
        assert_eq!(name(&interview(None, Some("fintech K"))), "fintech K");
        assert_eq!(name(&interview(None, None)), "");
    }
}
