//! What an import says when it is done.

use std::fmt::Write as _;

use serde::Serialize;

use crate::commands::output::{self, JSON_VERSION, one_line};
use crate::commands::world::World;
use crate::domain::import::SkipReason;
use crate::domain::log::AddedLog;
use crate::trainer::ImportReport;

/// Deck files that are named one by one.
const SHOWN_FILES: usize = 8;
/// Pictures that are named one by one.
const SHOWN_MEDIA: usize = 3;

#[derive(Serialize)]
struct Output {
    version: u32,
    dry_run: bool,
    files_read: usize,
    found: usize,
    imported: usize,
    unanswered: usize,
    updated: usize,
    unchanged: usize,
    kept: Vec<String>,
    reviews: usize,
    skipped: Vec<SkippedRow>,
    media: Vec<String>,
    pictures: usize,
    lost_reviews: usize,
    suspended: usize,
    written: Vec<WrittenRow>,
}

#[derive(Serialize)]
struct SkippedRow {
    file: String,
    line: u32,
    why: &'static str,
    message: &'static str,
    excerpt: String,
}

#[derive(Serialize)]
struct WrittenRow {
    file: String,
    deck: String,
    added: usize,
    updated: usize,
}

/// Prints what became of an import.
pub fn print(
    report: &ImportReport,
    files_read: usize,
    dry_run: bool,
    json: bool,
    world: &World,
) -> anyhow::Result<()> {
    if json {
        return output::json(&as_json(report, files_read, dry_run, world));
    }
    output::print(&lines(report, files_read, dry_run, world))
}

fn as_json(report: &ImportReport, files_read: usize, dry_run: bool, world: &World) -> Output {
    let skipped = report.skipped.iter().map(|skipped| SkippedRow {
        file: skipped.file.clone(),
        line: skipped.line,
        why: skipped.why.name(),
        message: world.texts().skip_reason(skipped.why),
        excerpt: skipped.excerpt.clone(),
    });
    let written = report.files.iter().map(|written| WrittenRow {
        file: written.path.display().to_string(),
        deck: written.deck.clone(),
        added: written.added,
        updated: written.updated,
    });
    Output {
        version: JSON_VERSION,
        dry_run,
        files_read,
        found: report.found,
        imported: report.imported,
        unanswered: report.unanswered,
        updated: report.updated,
        unchanged: report.unchanged,
        kept: report.kept.clone(),
        reviews: report.reviews,
        skipped: skipped.collect(),
        media: report.media.clone(),
        pictures: report.pictures,
        lost_reviews: report.lost_reviews,
        suspended: report.suspended,
        written: written.collect(),
    }
}

fn lines(report: &ImportReport, files_read: usize, dry_run: bool, world: &World) -> String {
    let texts = world.texts();
    let is_file = |skipped: &&crate::exchange::Skipped| skipped.why == SkipReason::NoQuestions;
    let without = report.skipped.iter().filter(is_file).count();
    let mut text = format!("{}\n", texts.import_found(report.found, files_read));
    let rows = [
        (texts.import_new(), report.imported, ""),
        (texts.import_unanswered(), report.unanswered, texts.import_unanswered_note()),
        (texts.import_updated(), report.updated, ""),
        (texts.import_unchanged(), report.unchanged, ""),
        (texts.import_kept(), report.kept.len(), texts.import_kept_note()),
        (texts.import_reviews(), report.reviews, ""),
        (texts.import_suspended(), report.suspended, ""),
        (texts.import_skipped(), report.skipped.len() - without, ""),
    ];
    let mut table = output::Table::new(&[]).right(&[1]);
    for (name, count, note) in rows.iter().filter(|row| row.1 > 0) {
        table.row(&[format!("  {name}"), count.to_string(), (*note).to_owned()]);
    }
    text.push_str(&output::indented(&table.text(None, false)));
    text.extend(report.kept.iter().map(|name| format!("    {}\n", one_line(name))));
    for skipped in report.skipped.iter().filter(|it| !is_file(it) || files_read == 1) {
        let why = texts.skip_reason(skipped.why);
        let place = match skipped.line {
            0 => skipped.file.clone(),
            line => format!("{}:{line}", skipped.file),
        };
        let excerpt = one_line(&skipped.excerpt);
        let quoted = if excerpt.is_empty() { String::new() } else { format!(": {excerpt}") };
        let _ = writeln!(text, "    {}: {why}{quoted}", one_line(&place));
    }
    if without > 0 && files_read > 1 {
        let _ = writeln!(text, "  {}", texts.import_files_without(without));
    }
    text.push_str(&media(report, world));
    if report.pictures > 0 {
        let _ = writeln!(text, "  {}", texts.import_pictures(report.pictures));
    }
    if report.lost_reviews > 0 {
        let _ = writeln!(text, "  {}", texts.import_lost_reviews(report.lost_reviews));
    }
    text.push_str(&written(report, world));
    if dry_run {
        let _ = writeln!(text, "{}", texts.import_dry());
    } else if let Some(deck) = whole_deck(report) {
        let _ = writeln!(text, "{}", texts.import_next(&deck));
    }
    text
}

fn media(report: &ImportReport, world: &World) -> String {
    if report.media.is_empty() {
        return String::new();
    }
    let some: Vec<String> =
        report.media.iter().take(SHOWN_MEDIA).map(|name| one_line(name)).collect();
    let more = if report.media.len() > SHOWN_MEDIA { ", ..." } else { "" };
    let examples = format!("{}{more}", some.join(", "));
    format!("  {}\n", world.texts().import_media(report.media.len(), &examples))
}

fn written(report: &ImportReport, world: &World) -> String {
    let texts = world.texts();
    let shown = report.files.iter().take(SHOWN_FILES);
    let mut text = String::new();
    for it in shown {
        let path = one_line(&it.path.display().to_string());
        let _ = writeln!(text, "{}", texts.import_into(it.added, it.updated, &path));
    }
    if report.files.len() > SHOWN_FILES {
        let _ = writeln!(text, "{}", texts.import_more_files(report.files.len() - SHOWN_FILES));
    }
    text
}

/// The deck under which everything stands that was written, as a shell takes it.
fn whole_deck(report: &ImportReport) -> Option<String> {
    let first = report.files.iter().find(|file| file.added > 0)?;
    let levels: Vec<&str> = first.deck.split('/').collect();
    let is_shared = |count: usize| {
        let head = levels[..count].join("/");
        report
            .files
            .iter()
            .all(|file| file.deck == head || file.deck.starts_with(&format!("{head}/")))
    };
    let count = (1..=levels.len()).rev().find(|count| is_shared(*count)).unwrap_or(levels.len());
    let deck = levels[..count].join("/");
    let is_plain = deck.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '_' | '.'));
    Some(if is_plain { deck } else { format!("'{}'", deck.replace('\'', "'\\''")) })
}

#[derive(Serialize)]
struct LogOutput {
    version: u32,
    dry_run: bool,
    reviews: usize,
    known: usize,
    conflicts: usize,
    voids: usize,
    marks: usize,
    in_progress: usize,
    interviews: usize,
    fits: usize,
}

/// Prints what became of a log.
pub fn print_log(added: AddedLog, dry_run: bool, json: bool, world: &World) -> anyhow::Result<()> {
    let AddedLog { reviews, known, conflicts, voids, marks, in_progress, interviews, fits } = added;
    if json {
        return output::json(&LogOutput {
            version: JSON_VERSION,
            dry_run,
            reviews,
            known,
            conflicts,
            voids,
            marks,
            in_progress,
            interviews,
            fits,
        });
    }
    let texts = world.texts();
    let others = voids + marks + in_progress + interviews + fits;
    let mut text = format!("{}\n", texts.log_added(reviews, known, others));
    if conflicts > 0 {
        let _ = writeln!(text, "{}", texts.log_conflicts(conflicts));
    }
    if dry_run {
        let _ = writeln!(text, "{}", texts.import_dry());
    }
    output::print(&text)
}
