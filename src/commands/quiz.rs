//! A quiz: questions that the program judges, with a clock, a score and the wrong ones to read again.

use crate::commands::filter::FilterArgs;
use crate::commands::world::{Exit, World};
use crate::commands::{interface, output, plain as lines};
use crate::study::request::{Drill, QuizRequest};
use crate::tui::app::Opening;

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// Number of questions
    #[arg(short = 'n', long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=200))]
    limit: Option<u32>,
    /// Minutes on the clock; 0 for none
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(0..=240))]
    minutes: Option<u32>,
    /// Judgement only at the end
    #[arg(long)]
    exam: bool,
    /// Exit with 3 if fewer percent are right
    #[arg(long, value_name = "PERCENT", num_args = 0..=1, default_missing_value = "70",
        value_parser = clap::value_parser!(u8).range(0..=100))]
    pass: Option<u8>,
    /// Choice of questions: the same seed gives the same quiz
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Computed questions instead of cards
    #[arg(long, value_name = "NAME", value_parser = ["availability"])]
    drill: Option<String>,
    /// Plain lines on standard input and output, for screen readers, pipes and scripts
    #[arg(long)]
    plain: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep quiz                         ten questions in eight minutes
  prep quiz --tag k8s -n 5          five about Kubernetes
  prep quiz --exam --pass 80        judged at the end; exit code 3 below 80 %
  prep quiz --drill availability    downtime per year, month, day … in your head";

/// Runs it.
pub fn run(args: Args, world: &mut World) -> anyhow::Result<Exit> {
    let plain = args.plain || world.wants_plain();
    if !plain && !world.is_interactive() {
        output::note(&interface::need_terminal(world, "quiz").expect_err("there is no terminal"));
        return Ok(Exit::Usage);
    }
    let mut trainer = world.trainer()?;
    let minutes = args.minutes.unwrap_or(world.settings.quiz_minutes);
    let request = QuizRequest {
        filter: args.filter.resolve(&trainer)?,
        questions: args.limit.unwrap_or(world.settings.quiz_questions) as usize,
        minutes: (minutes > 0).then_some(minutes),
        exam: args.exam,
        weakest_first: false,
        seed: args.seed,
        drill: args.drill.map(|_| Drill::Availability),
    };
    if request.drill.is_some() && !request.filter.is_empty() {
        let why = "--drill computes its questions; --tag and the other filters do not go with it";
        return Err(output::UsageError(why.to_owned()).into());
    }
    let (_, card_lang) = world.languages();
    if plain {
        return match trainer.quiz(&request, card_lang, world.now()) {
            Ok((quiz, questions)) => {
                let exit = lines::quiz(world, &mut trainer, quiz, questions, card_lang, args.pass);
                trainer.close(world.now());
                exit
            }
            Err(why) => {
                output::print(&format!("{}\n", world.texts().nothing_to_study(&why)))?;
                Ok(Exit::Done)
            }
        };
    }
    let title = args.filter.words(&trainer, world.languages().0);
    let opening = Opening::Quiz { request, title, ask: false };
    let shown = interface::show(world, trainer, opening)?;
    let missed = args.pass.is_some_and(|pass| shown.quiz_percent.is_none_or(|score| score < pass));
    Ok(if missed { Exit::No } else { shown.exit() })
}
