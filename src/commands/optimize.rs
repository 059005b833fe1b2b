//! Fits the memory model to the learner's own answers, says what came of it and why not, and goes back.

use serde::Serialize;

use crate::commands::output::{self, BusyLine, JSON_VERSION, Table, bold, indented};
use crate::commands::today::without_traces;
use crate::commands::world::{Exit, World};
use crate::domain::memory::{Fit, Parameters};
use crate::i18n::Texts;
use crate::study::fit::{Comparison, FitReport, Measure, Verdict, due_at};
use crate::trainer::{IdleFit, Trainer, Trial};

/// Fits the schedule to your own memory: parameters that predict your newest answers better than those in use.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Only say what would come of it
    #[arg(long)]
    dry_run: bool,
    /// Try it before enough answers are new; what is found must still predict better
    #[arg(long)]
    force: bool,
    /// Go back to the default parameters
    #[arg(long, conflicts_with_all = ["dry_run", "force"])]
    reset: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep optimize              find parameters of your own, and use them if they predict better
  prep optimize --dry-run    only say what would come of it
  prep optimize --reset      go back to the default parameters";

/// Answers from which it takes so long that one wants to know what is going on.
const LONG_LOG: u32 = 5_000;

#[derive(Serialize)]
struct Output {
    version: u32,
    verdict: &'static str,
    dry_run: bool,
    answers: u32,
    repeated: u32,
    needed: u32,
    next: u32,
    margin: f64,
    gain: Option<f64>,
    held_out: Option<u32>,
    log_loss: Option<Figures>,
    rmse: Option<Figures>,
    in_use: InUse,
    found: Option<Vec<f32>>,
    fits: Vec<FitRow>,
}

/// A figure of the parameters in use before, of the default ones and of those that were found.
#[derive(Serialize)]
struct Figures {
    in_use: f64,
    default: f64,
    found: f64,
}

/// The parameters after the command.
#[derive(Serialize)]
struct InUse {
    default: bool,
    parameters: Vec<f32>,
}

#[derive(Serialize)]
struct FitRow {
    at: i64,
    repeated: u32,
    accepted: bool,
    log_loss_before: Option<f64>,
    log_loss_after: Option<f64>,
    parameters: Option<Vec<f32>>,
}

#[derive(Serialize)]
struct ResetOutput {
    version: u32,
    verdict: &'static str,
    in_use: InUse,
    fits: Vec<FitRow>,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let mut trainer = without_traces(world)?;
    if args.reset {
        return reset(args, world, &mut trainer);
    }
    let trial = Trial { force: args.force, dry_run: args.dry_run };
    let texts = world.texts();
    let line = BusyLine::new(world, trainer.answers() >= LONG_LOG);
    let report =
        trainer.optimize(trial, world.now(), &mut |step| line.say(texts.fit_step(step)))?;
    drop(line);
    trainer.close(world.now());
    if args.json {
        output::json(&found(&report, args, &trainer)?)?;
    } else {
        output::print(&said(&report, args, world))?;
    }
    Ok(Exit::Done)
}

fn reset(args: &Args, world: &World, trainer: &mut Trainer) -> anyhow::Result<Exit> {
    let was_needed = trainer.reset_parameters(world.now())?;
    trainer.close(world.now());
    if args.json {
        let verdict = if was_needed { "reset" } else { "already_default" };
        let (in_use, fits) = (in_use(trainer), fit_rows(trainer)?);
        output::json(&ResetOutput { version: JSON_VERSION, verdict, in_use, fits })?;
        return Ok(Exit::Done);
    }
    let texts = world.texts();
    let hint = if was_needed { format!("{}\n", texts.fit_reset_hint()) } else { String::new() };
    output::print(&format!("{}\n{hint}", texts.fit_reset(was_needed)))?;
    Ok(Exit::Done)
}

/// Fits at the end of the program if that takes no time, and tells what changed.
pub fn when_idle(world: &World, trainer: &mut Trainer) {
    let texts = world.texts();
    match trainer.optimize_when_idle(world.now()) {
        IdleFit::Nothing => {}
        IdleFit::TooLong(answers) => output::note(&texts.fit_too_long(answers)),
        IdleFit::Done(report) => match &report.verdict {
            Verdict::Accepted(comparison, _) => {
                output::note(&texts.fit_idle(report.repeated, comparison));
            }
            Verdict::BackToDefaults(_) => output::note(&texts.fit_verdict(&report, false)),
            Verdict::NotBetter(_) | Verdict::SameAgain(_) | Verdict::TooFew => {}
        },
    }
}

fn said(report: &FitReport, args: &Args, world: &World) -> String {
    let texts = world.texts();
    let mut lines = vec![texts.fit_verdict(report, args.dry_run)];
    match &report.verdict {
        Verdict::TooFew => {
            lines.push(texts.fit_repeated_means().to_owned());
            lines.extend((!args.force).then(|| texts.fit_force_hint(report.repeated)));
        }
        Verdict::Accepted(comparison, _) => {
            lines.push(comparison_lines(report, comparison, texts, world.has_color()));
            lines.push(texts.fit_accepted_means().to_owned());
        }
        Verdict::NotBetter(comparison)
        | Verdict::SameAgain(comparison)
        | Verdict::BackToDefaults(comparison) => {
            lines.push(comparison_lines(report, comparison, texts, world.has_color()));
        }
    }
    if args.dry_run {
        lines.push(texts.fit_dry_run().to_owned());
    } else if report.verdict != Verdict::TooFew {
        lines.push(texts.fit_next(due_at(Some(report.repeated))));
    }
    lines.join("\n") + "\n"
}

fn comparison_lines(
    report: &FitReport,
    comparison: &Comparison,
    texts: &Texts,
    color: bool,
) -> String {
    let mut table = Table::default().right(&[1, 2]);
    table.row(&texts.fit_columns().map(str::to_owned));
    let [in_use, default, found] = texts.fit_rows();
    for (name, measure) in [
        (in_use, Some(comparison.in_use)),
        (default, Some(comparison.defaults).filter(|it| *it != comparison.in_use)),
        (found, Some(comparison.fitted)),
    ] {
        let Some(Measure { log_loss, rmse }) = measure else { continue };
        table.row(&[name.to_owned(), format!("{log_loss:.4}"), format!("{rmse:.4}")]);
    }
    let text = table.text(None, color);
    let (head, rows) = text.split_once('\n').unwrap_or((&text, ""));
    let lines = indented(&format!("{}\n{rows}", bold(head, color)));
    format!("\n{lines}\n{}", texts.fit_counts(report.answers, report.repeated))
}

fn found(report: &FitReport, args: &Args, trainer: &Trainer) -> anyhow::Result<Output> {
    let (verdict, comparison, parameters) = match &report.verdict {
        Verdict::TooFew => ("too_few", None, None),
        Verdict::NotBetter(comparison) => ("not_better", Some(*comparison), None),
        Verdict::SameAgain(comparison) => ("same_again", Some(*comparison), None),
        Verdict::BackToDefaults(comparison) => ("back_to_defaults", Some(*comparison), None),
        Verdict::Accepted(comparison, parameters) => {
            ("accepted", Some(*comparison), Some(parameters))
        }
    };
    let last = trainer.store().last_fit()?.map(|fit| fit.reviews);
    Ok(Output {
        version: JSON_VERSION,
        verdict,
        dry_run: args.dry_run,
        answers: report.answers,
        repeated: report.repeated,
        needed: report.needed,
        next: due_at(last),
        margin: crate::study::fit::MARGIN,
        gain: comparison.map(|it| it.gain()),
        held_out: comparison.map(|it| it.held_out),
        log_loss: comparison.map(|it| figures(&it, |measure| measure.log_loss)),
        rmse: comparison.map(|it| figures(&it, |measure| measure.rmse)),
        in_use: in_use(trainer),
        found: parameters.map(values),
        fits: fit_rows(trainer)?,
    })
}

fn figures(comparison: &Comparison, of: impl Fn(Measure) -> f64) -> Figures {
    Figures {
        in_use: of(comparison.in_use),
        default: of(comparison.defaults),
        found: of(comparison.fitted),
    }
}

fn in_use(trainer: &Trainer) -> InUse {
    let parameters = trainer.scheduler().parameters();
    InUse { default: *parameters == Parameters::DEFAULT, parameters: values(parameters) }
}

fn fit_rows(trainer: &Trainer) -> anyhow::Result<Vec<FitRow>> {
    let row = |fit: &Fit| FitRow {
        at: fit.at.0,
        repeated: fit.reviews,
        accepted: fit.accepted,
        log_loss_before: fit.before,
        log_loss_after: fit.after,
        parameters: fit.parameters.as_ref().map(values),
    };
    Ok(trainer.store().fits()?.iter().map(row).collect())
}

fn values(parameters: &Parameters) -> Vec<f32> {
    parameters.values().to_vec()
}
