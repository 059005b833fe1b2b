//! The figures for programs.

use serde::Serialize;

use crate::commands::output::JSON_VERSION;
use crate::study::stats::{Bin, HardCard, Mastery, Share, Stage, Stats, SureAndWrong, TagStats};

/// Everything.
#[derive(Serialize)]
pub struct Output {
    version: u32,
    day: String,
    window: &'static str,
    days_in_window: u32,
    reviews: u32,
    days: u32,
    minutes: u32,
    seconds: f64,
    target: f32,
    recall: ShareRow,
    first_try: ShareRow,
    points_first: ShareRow,
    points_later: ShareRow,
    retention: Vec<NamedShare>,
    attempts: Vec<ShareRow>,
    typical_seconds: Option<f32>,
    typical_seconds_by_kind: Vec<KindRow>,
    typical_seconds_by_way: Vec<WayRow>,
    recent_minutes: Vec<u32>,
    calendar: Vec<CalendarRow>,
    calibration: Vec<CalibrationRow>,
    over_confidence: Option<i16>,
    sure_and_wrong: Vec<SureRow>,
    grades_against_ticks: GradesRow,
    memory: MemoryRow,
    later: String,
    tags: Vec<TagRow>,
    forecast: ForecastRow,
    curve: Vec<BinRow>,
    retention_by_age: Vec<BinRow>,
    hard: Vec<HardRow>,
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
struct NamedShare {
    stage: &'static str,
    recalled: ShareRow,
}

#[derive(Serialize)]
struct KindRow {
    kind: &'static str,
    seconds: f32,
}

#[derive(Serialize)]
struct WayRow {
    way: &'static str,
    seconds: f32,
}

#[derive(Serialize)]
struct CalendarRow {
    day: String,
    reviews: u32,
    seconds: f64,
}

#[derive(Serialize)]
struct CalibrationRow {
    confidence: &'static str,
    points: ShareRow,
}

#[derive(Serialize)]
struct SureRow {
    card: String,
    title: Option<String>,
    times: u32,
    last: String,
}

#[derive(Serialize)]
struct GradesRow {
    higher: u32,
    same: u32,
    lower: u32,
}

#[derive(Serialize)]
struct MemoryRow {
    cards: u32,
    seen: u32,
    ready: u32,
    ready_later: u32,
    due_soon: u32,
    now: f64,
    later: f64,
}

#[derive(Serialize)]
struct TagRow {
    tag: String,
    reviews: u32,
    cards: u32,
    seconds: f64,
    recall: ShareRow,
    sure: ShareRow,
    memory: MemoryRow,
}

#[derive(Serialize)]
struct ForecastRow {
    days: Vec<DueRow>,
    overdue: u32,
    afterwards: u32,
    unseen: u32,
}

#[derive(Serialize)]
struct DueRow {
    day: String,
    cards: u32,
    planned: Option<u32>,
}

#[derive(Serialize)]
struct BinRow {
    from: u32,
    to: Option<u32>,
    recalled: ShareRow,
    low: f64,
    high: f64,
    expected: f64,
}

#[derive(Serialize)]
struct HardRow {
    card: String,
    title: Option<String>,
    answers: u32,
    misses: u32,
    lapses: u32,
    sure_and_wrong: u32,
    never_right: bool,
    last: String,
}

#[derive(Serialize)]
struct QuizRow {
    day: String,
    at: i64,
    right: u32,
    total: u32,
}

/// The figures as they are printed.
pub fn found(stats: &Stats) -> Output {
    let retention = &stats.retention;
    let stages = Stage::ALL.iter().zip(retention.stages);
    let by_kind = stats.typical.by_kind.iter();
    let by_way = stats.typical.by_way.iter();
    Output {
        version: JSON_VERSION,
        day: stats.today.iso(),
        window: stats.window.name(),
        days_in_window: stats.span,
        reviews: stats.reviews,
        days: stats.days,
        minutes: stats.minutes(),
        seconds: stats.seconds,
        target: stats.target,
        recall: share(retention.recall),
        first_try: share(retention.first_try),
        points_first: share(retention.points_first),
        points_later: share(retention.points_later),
        retention: stages
            .map(|(stage, it)| NamedShare { stage: stage.name(), recalled: share(it) })
            .collect(),
        attempts: retention.attempts.map(share).into(),
        typical_seconds: stats.typical.overall,
        typical_seconds_by_kind: by_kind
            .map(|(kind, seconds)| KindRow { kind: kind.name(), seconds: *seconds })
            .collect(),
        typical_seconds_by_way: by_way
            .map(|(way, seconds)| WayRow { way: way.name(), seconds: *seconds })
            .collect(),
        recent_minutes: stats.recent_minutes().to_vec(),
        calendar: calendar(stats),
        calibration: calibration(stats),
        over_confidence: stats.over_confidence(),
        sure_and_wrong: stats.sure_and_wrong.iter().map(sure).collect(),
        grades_against_ticks: GradesRow {
            higher: stats.grades.higher,
            same: stats.grades.same,
            lower: stats.grades.lower,
        },
        memory: memory(&stats.mastery),
        later: stats.later.iso(),
        tags: stats.tags.iter().map(|(tag, figures)| tag_row(&tag.0, figures)).collect(),
        forecast: forecast(stats),
        curve: retention.curve.iter().map(bin).collect(),
        retention_by_age: retention.ages.iter().map(bin).collect(),
        hard: stats.hard.iter().map(hard).collect(),
        quizzes: quizzes(stats),
    }
}

fn share(share: Share) -> ShareRow {
    ShareRow {
        hits: share.hits,
        total: share.total,
        answers: share.answers,
        percent: share.percent(),
    }
}

fn calendar(stats: &Stats) -> Vec<CalendarRow> {
    let days = stats.calendar.iter();
    days.map(|(day, count)| CalendarRow {
        day: day.iso(),
        reviews: count.reviews,
        seconds: count.seconds,
    })
    .collect()
}

fn calibration(stats: &Stats) -> Vec<CalibrationRow> {
    let rows = stats.calibration.iter();
    rows.map(|row| CalibrationRow { confidence: row.confidence.name(), points: share(row.points) })
        .collect()
}

fn sure(card: &SureAndWrong) -> SureRow {
    SureRow {
        card: card.key.0.clone(),
        title: card.title.clone(),
        times: card.times,
        last: card.last.iso(),
    }
}

fn memory(mastery: &Mastery) -> MemoryRow {
    MemoryRow {
        cards: mastery.cards,
        seen: mastery.seen,
        ready: mastery.ready,
        ready_later: mastery.ready_later,
        due_soon: mastery.due_soon,
        now: mastery.now(),
        later: mastery.later(),
    }
}

fn tag_row(tag: &str, figures: &TagStats) -> TagRow {
    TagRow {
        tag: tag.to_owned(),
        reviews: figures.reviews,
        cards: figures.answered,
        seconds: figures.seconds,
        recall: share(figures.recall),
        sure: share(figures.sure),
        memory: memory(&figures.mastery),
    }
}

fn forecast(stats: &Stats) -> ForecastRow {
    let days = stats.forecast.days.iter();
    ForecastRow {
        days: days
            .map(|it| DueRow { day: it.day.iso(), cards: it.cards, planned: it.planned })
            .collect(),
        overdue: stats.forecast.overdue,
        afterwards: stats.forecast.afterwards,
        unseen: stats.forecast.unseen,
    }
}

fn bin(bin: &Bin) -> BinRow {
    let (low, high) = bin.recalled.interval();
    BinRow {
        from: bin.from,
        to: bin.to,
        recalled: share(bin.recalled),
        low,
        high,
        expected: bin.expected,
    }
}

fn hard(card: &HardCard) -> HardRow {
    HardRow {
        card: card.key.0.clone(),
        title: card.title.clone(),
        answers: card.answers,
        misses: card.misses,
        lapses: card.lapses,
        sure_and_wrong: card.sure_and_wrong,
        never_right: card.is_never_right,
        last: card.last.iso(),
    }
}

fn quizzes(stats: &Stats) -> Vec<QuizRow> {
    let quizzes = stats.quizzes.iter();
    quizzes
        .map(|quiz| QuizRow {
            day: quiz.day.iso(),
            at: quiz.at.0,
            right: quiz.right,
            total: quiz.total,
        })
        .collect()
}
