//! A sitting: question, think or type, reveal and tick, grade, next.

use crate::commands::filter::FilterArgs;
use crate::commands::world::{Exit, World};
use crate::commands::{interface, optimize, output, plain as lines};
use crate::study::request::StudyRequest;
use crate::tui::app::Opening;

/// Its flags.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// New cards at most, instead of what today's limit leaves
    #[arg(long, value_name = "N")]
    new: Option<usize>,
    /// Minutes at most
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: Option<u32>,
    /// Cards at most
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Order among equals: the same seed gives the same order
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Plain lines on standard input and output, for screen readers, pipes and scripts
    #[arg(long)]
    plain: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep study                           what is due, then new cards
  prep study --tag aws,networking      cards with either tag
  prep study --role sre --level 2-3    for an SRE with some years
  prep study --minutes 10 --lang ko    ten minutes, in Korean
  prep study --asked 핀테크            what a company asked";

/// Runs it.
#[expect(clippy::needless_pass_by_value, reason = "every command takes its arguments whole")]
pub fn run(args: Args, world: &mut World) -> anyhow::Result<Exit> {
    let plain = args.plain || world.wants_plain();
    if !plain && !world.is_interactive() {
        output::note(&interface::need_terminal(world, "study").expect_err("there is no terminal"));
        return Ok(Exit::Usage);
    }
    let mut trainer = world.trainer()?;
    let request = StudyRequest {
        filter: args.filter.resolve(&trainer)?,
        new_cards: args.new,
        minutes: args.minutes,
        limit: args.limit,
        seed: args.seed,
        only: Vec::new(),
    };
    let session = match trainer.study(&request, world.now()) {
        Ok(session) => session,
        Err(why) => {
            output::print(&format!("{}\n", world.texts().nothing_to_study(&why)))?;
            return Ok(Exit::Done);
        }
    };
    let (_, card_lang) = world.languages();
    if plain {
        // Never a silent reset: a card that may be a known one is told before it is asked as a new one.
        let pending = trainer.pending().len();
        if pending > 0 {
            output::note(&world.texts().pending_hint(pending));
        }
        let mut session = session;
        session.set_aim(trainer.aim(world.now()));
        let exit = lines::study(world, &mut trainer, session, card_lang);
        trainer.close(world.now());
        optimize::when_idle(world, &mut trainer);
        return exit;
    }
    let title = args.filter.words(&trainer, world.languages().0);
    let opening = Opening::Study(Box::new(session), title);
    Ok(interface::show(world, trainer, opening)?.exit())
}
