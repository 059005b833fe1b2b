//! Names the interview that Home and `prep today` count down to: the short sibling of `prep plan`, without the plan.

use serde::Serialize;

use crate::commands::output;
use crate::commands::plan::{Change, Known, Words};
use crate::commands::world::{Exit, World};

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Its date: 2026-12-06, +14, 2w, 12/6 or 12월 6일; none shows the interview
    #[arg(value_name = "DATE", allow_hyphen_values = true)]
    date: Option<String>,
    /// The role
    #[arg(long)]
    role: Option<String>,
    /// The company
    #[arg(long)]
    company: Option<String>,
    /// Forget the interview
    #[arg(long, conflicts_with = "date")]
    clear: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep interview 2026-12-06 --role SRE --company \"Fintech K\"
  prep interview +14          in two weeks
  prep interview              show it
  prep interview --clear      forget it";

#[derive(Serialize)]
struct Out {
    version: u32,
    interview: Option<OutInterview>,
}

#[derive(Serialize)]
struct OutInterview {
    date: String,
    time: Option<String>,
    days: u32,
    role: String,
    company: String,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let mut trainer = world.trainer()?;
    let (today, at) = (world.today(), world.calendar().time_of(world.now()));
    let mut change = Change(trainer.preparation(world.now()));
    if args.clear {
        change.0.interviews.clear();
    }
    let words = Words {
        date: args.date.clone(),
        role: args.role.clone(),
        company: args.company.clone(),
        ..Words::default()
    };
    if words.says_something() {
        change.name(&words, false, &Known::of(&trainer), (today, at))?;
    }
    trainer.set_preparation(&change.0, world.now())?;
    let overview = trainer.overview(world.languages().0, world.now());
    if args.json {
        let interview = overview.interview.map(|next| OutInterview {
            date: next.day.iso(),
            time: next.time.map(|time| time.to_string()),
            days: next.in_days,
            role: next.role.unwrap_or_default(),
            company: next.company.unwrap_or_default(),
        });
        output::json(&Out { version: output::JSON_VERSION, interview })?;
        return Ok(Exit::Done);
    }
    let texts = world.texts();
    let line = match overview.interview {
        None => texts.pick("No interview is named.", "등록한 면접이 없습니다.").to_owned(),
        Some(next) => {
            let who: Vec<String> = next.role.into_iter().chain(next.company).collect();
            let time = next.time.map(|time| format!(", {time}")).unwrap_or_default();
            let when = (texts.interview_when)(next.day, next.in_days) + &time;
            format!("{}  {when}", who.join(" · ")).trim().to_owned()
        }
    };
    output::print(&format!("{line}\n"))?;
    Ok(Exit::Done)
}
