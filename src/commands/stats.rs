//! Numbers of the answers so far. A share that rests on too few of them is not given as a percentage.

use std::collections::HashMap;

use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION, Table, bold, indented};
use crate::commands::world::{Exit, World};
use crate::domain::card::CardKey;
use crate::domain::review::Confidence;
use crate::domain::tag::Tag;
use crate::i18n::Texts;
use crate::study::stats::{CardFacts, Share, Stats, TagStats};
use crate::trainer::Trainer;

/// Shows numbers of your answers.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep stats            answers, recall, tags, what your confidence was worth, quizzes
  prep stats --json     the same for programs";

#[derive(Serialize)]
struct Output {
    version: u32,
    reviews: u32,
    days: u32,
    minutes: u32,
    recall: ShareRow,
    first_try: ShareRow,
    points_first: ShareRow,
    points_later: ShareRow,
    typical_seconds: Option<f32>,
    typical_seconds_by_kind: Vec<KindRow>,
    recent_minutes: Vec<u32>,
    calibration: Vec<CalibrationRow>,
    over_confidence: Option<i16>,
    tags: Vec<TagRow>,
    quizzes: Vec<QuizRow>,
}

#[derive(Serialize)]
struct ShareRow {
    hits: u32,
    total: u32,
    answers: u32,
    percent: Option<u8>,
}

#[derive(Serialize)]
struct KindRow {
    kind: &'static str,
    seconds: f32,
}

#[derive(Serialize)]
struct CalibrationRow {
    confidence: &'static str,
    points: ShareRow,
}

#[derive(Serialize)]
struct TagRow {
    tag: String,
    reviews: u32,
    cards: u32,
    seconds: f64,
    recall: ShareRow,
}

#[derive(Serialize)]
struct QuizRow {
    day: String,
    at: i64,
    right: u32,
    total: u32,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let json = args.json;
    let trainer = world.trainer()?;
    let stats = count(&trainer, world)?;
    if json {
        output::json(&found(&stats))?;
        return Ok(Exit::Done);
    }
    let texts = world.texts();
    if stats.reviews == 0 {
        output::print(&format!("{}\n", texts.no_reviews()))?;
        return Ok(Exit::Done);
    }
    let color = world.has_color();
    let blocks = [
        totals(&stats, texts),
        block(texts.stats_calibration(), &calibration(&stats, texts), color),
        block(texts.stats_tags(), &tags(&stats, &trainer, world), color),
        block(texts.stats_quizzes(), &quizzes(&stats), color),
    ];
    let shown: Vec<&str> =
        blocks.iter().map(String::as_str).filter(|block| !block.is_empty()).collect();
    output::print(&shown.join("\n"))?;
    Ok(Exit::Done)
}

fn count(trainer: &Trainer, world: &World) -> anyhow::Result<Stats> {
    let facts: HashMap<&CardKey, CardFacts<'_>> = trainer
        .entries()
        .iter()
        .map(|entry| (&entry.key, CardFacts { kind: entry.kind, tags: &entry.tags }))
        .collect();
    let log = trainer.store().log()?;
    Ok(Stats::of(&log, world.today(), |key| facts.get(key).copied()))
}

fn block(heading: &str, table: &Table, color: bool) -> String {
    if table.is_empty() {
        return String::new();
    }
    let lines = indented(&table.text(None, color));
    format!("{}\n{lines}", bold(heading, color))
}

fn totals(stats: &Stats, texts: &Texts) -> String {
    let mut table = Table::default();
    let in_all = texts.answers_in_all(stats.reviews, stats.days, stats.minutes());
    table.row(&[texts.stats_reviews().to_owned(), in_all]);
    for (what, share) in [
        (texts.stats_recall(), stats.recall),
        (texts.stats_first_try(), stats.first_try),
        (texts.stats_points_first(), stats.points_first),
        (texts.stats_points_later(), stats.points_later),
    ] {
        table.row(&[what.to_owned(), said(share, texts)]);
    }
    if let Some(seconds) = stats.typical.overall {
        table.row(&[texts.stats_typical().to_owned(), texts.seconds(seconds)]);
    }
    table.text(None, false)
}

fn said(share: Share, texts: &Texts) -> String {
    match share.percent() {
        Some(percent) => texts.share_of_answers(percent, share.answers),
        None => texts.too_early(share.answers),
    }
}

fn calibration(stats: &Stats, texts: &Texts) -> Table {
    let mut table = Table::default();
    for entry in stats.calibration.iter().filter(|entry| entry.points.answers > 0) {
        let word = texts.confidence[usize::from(entry.confidence.number()) - 1];
        table.row(&[word.to_owned(), said(entry.points, texts)]);
    }
    table
}

/// The tags with most answers first.
fn tags(stats: &Stats, trainer: &Trainer, world: &World) -> Table {
    let (texts, lang) = (world.texts(), world.languages().0);
    let mut rows: Vec<_> = stats.tags.iter().collect();
    rows.sort_by_key(|(_, tag)| std::cmp::Reverse(tag.reviews));
    let mut table = Table::default().right(&[1, 2, 3]);
    for (tag, figures) in rows {
        let [answers, cards, minutes] =
            texts.answers_of_tag(figures.reviews, figures.cards, whole_minutes(figures.seconds));
        let name = trainer.labels().tag_title(tag, lang).to_owned();
        table.row(&[name, answers, cards, minutes, said(figures.recall, texts)]);
    }
    table
}

fn whole_minutes(seconds: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, and a time is not negative"
    )]
    let minutes = (seconds / 60.0).round() as u32;
    minutes
}

/// The newest quizzes, the last one last.
fn quizzes(stats: &Stats) -> Table {
    const SHOWN: usize = 10;
    let older = stats.quizzes.len().saturating_sub(SHOWN);
    let mut table = Table::default().right(&[1]);
    for quiz in stats.quizzes.iter().skip(older) {
        table.row(&[quiz.day.iso(), format!("{}/{}", quiz.right, quiz.total)]);
    }
    table
}

fn found(stats: &Stats) -> Output {
    Output {
        version: JSON_VERSION,
        reviews: stats.reviews,
        days: stats.days,
        minutes: stats.minutes(),
        recall: share_row(stats.recall),
        first_try: share_row(stats.first_try),
        points_first: share_row(stats.points_first),
        points_later: share_row(stats.points_later),
        typical_seconds: stats.typical.overall,
        typical_seconds_by_kind: stats
            .typical
            .by_kind
            .iter()
            .map(|(kind, seconds)| KindRow { kind: kind.name(), seconds: *seconds })
            .collect(),
        recent_minutes: stats.recent_minutes().to_vec(),
        calibration: stats
            .calibration
            .iter()
            .map(|entry| CalibrationRow {
                confidence: confidence(entry.confidence),
                points: share_row(entry.points),
            })
            .collect(),
        over_confidence: stats.over_confidence(),
        tags: tag_rows(stats),
        quizzes: quiz_rows(stats),
    }
}

fn tag_rows(stats: &Stats) -> Vec<TagRow> {
    let row = |(tag, figures): (&Tag, &TagStats)| TagRow {
        tag: tag.0.clone(),
        reviews: figures.reviews,
        cards: figures.cards,
        seconds: figures.seconds,
        recall: share_row(figures.recall),
    };
    stats.tags.iter().map(row).collect()
}

fn quiz_rows(stats: &Stats) -> Vec<QuizRow> {
    stats
        .quizzes
        .iter()
        .map(|quiz| QuizRow {
            day: quiz.day.iso(),
            at: quiz.at.0,
            right: quiz.right,
            total: quiz.total,
        })
        .collect()
}

fn share_row(share: Share) -> ShareRow {
    ShareRow {
        hits: share.hits,
        total: share.total,
        answers: share.answers,
        percent: share.percent(),
    }
}

/// The stable word of a confidence.
pub const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::NoIdea => "no_idea",
        Confidence::Partly => "partly",
        Confidence::Sure => "sure",
    }
}
