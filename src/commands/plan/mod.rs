//! The plan to the interviews: names them and the minutes given, and shows what to study until then.

mod json;
mod named;
mod page;

use crate::commands::world::{Exit, World};
use crate::commands::{interface, output};
use crate::study::plan::Plan;
use crate::trainer::Trainer;
use crate::tui::app::Opening;

pub use crate::commands::plan::json::{RangeRow, rounded};
pub use crate::commands::plan::named::{Change, Known, Words, days_of, minutes_of};

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    words: Words,
    /// Minutes a day: 45, weekdays and weekend 45,60, or seven numbers from Monday
    #[arg(long, value_name = "MINUTES")]
    minutes: Option<String>,
    /// Days without study
    #[arg(long, value_delimiter = ',', value_name = "DATES")]
    days_off: Vec<String>,
    /// Days that are off no longer
    #[arg(long, value_delimiter = ',', value_name = "DATES")]
    days_on: Vec<String>,
    /// Name a further interview with --date; without it --date moves the nearest one
    #[arg(long, requires = "date")]
    add: bool,
    /// Forget one interview: its number in the plan, or its date
    #[arg(long, value_name = "N|DATE", conflicts_with_all = ["date", "clear"])]
    remove: Option<String>,
    /// Forget all interviews
    #[arg(long, conflicts_with = "date")]
    clear: bool,
    /// Also forecast 10, 15, 20, 30, 45 and 60 minutes a day
    #[arg(long)]
    levels: bool,
    /// Plain lines with ASCII signs, also on a terminal
    #[arg(long)]
    plain: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep plan --date 2026-12-06 --time 14:00 --role SRE --company \"Fintech K\"
  prep plan --date +14 --tag kubernetes,aws     in two weeks, with these tags in focus
  prep plan --minutes 45,60 --days-off 12/3     45 min on weekdays, 60 on Sat and Sun
  prep plan --date 12/20 --add                  a further interview
  prep plan --remove 2                          forget the second one
  prep plan --plain                             the whole plan as text
  prep plan --json                              the same for programs";

impl Args {
    fn changes_something(&self) -> bool {
        self.words.says_something()
            || self.minutes.is_some()
            || !self.days_off.is_empty()
            || !self.days_on.is_empty()
            || self.remove.is_some()
            || self.clear
    }
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let mut trainer = world.trainer()?;
    change(args, world, &mut trainer)?;
    let wants_text = args.plain || args.json || args.levels || world.wants_plain();
    if !wants_text && !args.changes_something() && world.is_interactive() {
        return Ok(interface::show(world, trainer, Opening::Plan)?.exit());
    }
    let plan = draw(&mut trainer, args.levels, world);
    if args.json {
        output::json(&json::found(plan.as_ref(), &trainer, world))?;
        return Ok(Exit::Done);
    }
    output::print(&page::text(plan.as_ref(), &trainer, (args.plain, world)))?;
    Ok(Exit::Done)
}

/// Keeps what the flags say. Everything is read before anything is written: what is refused changes nothing.
fn change(args: &Args, world: &World, trainer: &mut Trainer) -> anyhow::Result<()> {
    if !args.changes_something() {
        return Ok(());
    }
    let mut change = Change(trainer.preparation(world.now()));
    let (today, at) = (world.today(), world.calendar().time_of(world.now()));
    if args.clear {
        change.0.interviews.clear();
    }
    if let Some(which) = &args.remove {
        change.remove(which, today)?;
    }
    if args.words.says_something() {
        let labels = Known::of(trainer);
        change.name(&args.words, args.add, &labels, (today, at))?;
    }
    if let Some(text) = &args.minutes {
        change.0.time.weekdays = minutes_of(text)?;
    }
    change.take_off(&args.days_off, &args.days_on, today)?;
    trainer.set_preparation(&change.0, world.now())?;
    Ok(())
}

/// Draws the plan, and remembers for study from which day the minutes count most.
fn draw(trainer: &mut Trainer, with_levels: bool, world: &World) -> Option<Plan> {
    let mut planner = trainer.planner(world.now())?;
    if with_levels {
        planner.finish();
    } else {
        planner.draw();
    }
    let plan = planner.plan();
    trainer.remember_dense_day(plan.interviews[0].interview.day, plan.dense_from);
    Some(plan)
}
