//! Names the interview that Home and `prep today` count down to; the plan to its date builds on it.

use serde::Serialize;

use crate::commands::output::{self, UsageError};
use crate::commands::world::{Exit, World};
use crate::domain::interview::Interview;
use crate::domain::time::Day;

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Its date: 2026-12-06, +14, 2w, 12/6 or 12월 6일; none shows the interview
    #[arg(value_name = "DATE", allow_hyphen_values = true)]
    date: Option<String>,
    /// The role
    #[arg(long, default_value = "", hide_default_value = true)]
    role: String,
    /// The company
    #[arg(long, default_value = "", hide_default_value = true)]
    company: String,
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
    days: u32,
    role: String,
    company: String,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let mut trainer = world.trainer()?;
    let today = world.today();
    if args.clear {
        trainer.set_interviews(&[])?;
    }
    if let Some(text) = &args.date {
        let day = Day::from_words(text, today).ok_or_else(|| {
            UsageError(format!("`{text}` is no date; write 2026-12-06, +14, 2w or 12/6"))
        })?;
        if day < today {
            return Err(UsageError(format!("{} is past; name a day to come", day.iso())).into());
        }
        let (company, role) = (args.company.clone(), args.role.clone());
        trainer.set_interviews(&[Interview {
            day,
            company,
            role,
            tags: Vec::new(),
            time: None,
        }])?;
    }
    let overview = trainer.overview(world.languages().0, world.now());
    if args.json {
        let interview = overview.interview.map(|next| OutInterview {
            date: next.day.iso(),
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
            let when = (texts.interview_when)(next.day, next.in_days);
            format!("{}  {when}", who.join(" · ")).trim().to_owned()
        }
    };
    output::print(&format!("{line}\n"))?;
    Ok(Exit::Done)
}
