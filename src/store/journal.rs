//! The rescue journal: reviews that the database refused, as lines of text beside it, until they can be recorded.
//!
//! A line is `prep-rescue-1`, the fields of the review and a checksum, separated by tabs.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::card::{CardKey, fnv1a};
use crate::domain::review::{Confidence, Rating, Review, ReviewId, ReviewSource, SessionId};
use crate::domain::time::{Day, Timestamp};
use crate::store::backup::remove_if_there;
use crate::store::encoding::{points_of, points_text};
use crate::store::error::StoreError;
use crate::store::log::{self, Inserted};
use crate::store::open::{StoreNotice, create_folder, first_free};
use crate::store::{Store, schedules};

const HEAD: &str = "prep-rescue-1";

/// The rescue journal that belongs to a progress file; [`Store::open`] reads it.
pub fn rescue_file(database: &Path) -> PathBuf {
    database.with_extension("rescue")
}

/// Appends reviews that could not be recorded to a journal, durably.
pub fn rescue(journal: &Path, reviews: &[Review]) -> Result<(), StoreError> {
    if reviews.is_empty() {
        return Ok(());
    }
    create_folder(journal)?;
    // The first line end closes a line that a crash cut off; empty lines mean nothing.
    let lines: Vec<String> = reviews.iter().map(line_of).collect();
    append(journal, format!("\n{}\n", lines.join("\n")).as_bytes())
        .map_err(|error| StoreError::from_io(journal, "keep unsaved reviews", error))
}

fn append(journal: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(journal)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    sync_folder(journal);
    Ok(())
}

/// Makes a new name durable where the system can do that.
pub fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Records the reviews of the journal and removes it; says what became of them.
pub fn replay(store: &mut Store) -> Option<StoreNotice> {
    let journal = rescue_file(store.path());
    let moved = journal.with_extension("rescue-replaying");
    let mut outcome = Outcome::default();
    for step in [Step::Interrupted, Step::New] {
        // Another program may append meanwhile: it then starts a new journal.
        if step == Step::New && (!journal.exists() || fs::rename(&journal, &moved).is_err()) {
            continue;
        }
        match replay_file(store, &moved) {
            Ok(Some(part)) => outcome.add(part),
            Ok(None) => {}
            Err(error) => return Some(StoreNotice::JournalWaits { reason: error.to_string() }),
        }
    }
    outcome.notice()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Interrupted,
    New,
}

#[derive(Default)]
struct Outcome {
    read_any: bool,
    reviews: usize,
    unread: Option<PathBuf>,
}

impl Outcome {
    fn add(&mut self, part: Self) {
        self.read_any = true;
        self.reviews += part.reviews;
        self.unread = part.unread.or_else(|| self.unread.take());
    }

    fn notice(self) -> Option<StoreNotice> {
        let worth_telling = self.read_any && (self.reviews > 0 || self.unread.is_some());
        worth_telling
            .then_some(StoreNotice::JournalReplayed { reviews: self.reviews, unread: self.unread })
    }
}

fn replay_file(store: &mut Store, file: &Path) -> Result<Option<Outcome>, StoreError> {
    let bytes = match fs::read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        bytes => {
            bytes.map_err(|error| StoreError::from_io(file, "read the rescue journal", error))?
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().filter(|line| !line.is_empty());
    let reviews: Vec<Option<Review>> = lines.map(review_of).collect();
    let inserted = record_all(store, &reviews)?;
    let kept = reviews.contains(&None) || inserted.contains(&Inserted::Conflict);
    let fresh = inserted.iter().filter(|it| **it == Inserted::Fresh).count();
    let done = |error| StoreError::from_io(file, "put the rescue journal away", error);
    let unread = if kept {
        let aside = first_free(|number| file.with_extension(format!("unread-{number}")));
        fs::rename(file, &aside).map_err(done)?;
        Some(aside)
    } else {
        remove_if_there(file).map_err(done)?;
        None
    };
    Ok(Some(Outcome { read_any: true, reviews: fresh, unread }))
}

fn record_all(store: &mut Store, reviews: &[Option<Review>]) -> Result<Vec<Inserted>, StoreError> {
    store.write(|transaction| {
        let inserted = reviews.iter().flatten();
        let inserted: Vec<Inserted> = inserted
            .map(|review| log::insert_review(transaction, review))
            .collect::<Result<_, _>>()?;
        if inserted.contains(&Inserted::Fresh) {
            schedules::forget_fingerprint(transaction)?;
        }
        Ok(inserted)
    })
}

fn line_of(review: &Review) -> String {
    let fields = [
        HEAD.to_owned(),
        format!("{:032x}", review.id.session.0),
        review.id.number.to_string(),
        escape(&review.key.0),
        review.at.0.to_string(),
        review.day.0.to_string(),
        review.source.name().to_owned(),
        optional(review.rating.map(Rating::number)),
        optional(review.proposed.map(Rating::number)),
        optional(review.correct),
        optional(review.confidence.map(Confidence::number)),
        review.hint_used.to_string(),
        review.wrong_statement.to_string(),
        points_text(&review.points),
        review.seconds.to_string(),
        optional(review.answer.as_deref().map(escape)),
        optional(review.due.map(|day| day.0)),
    ];
    let line = fields.join("\t");
    let checksum = fnv1a(line.as_bytes());
    format!("{line}\t{checksum:016x}")
}

fn review_of(line: &str) -> Option<Review> {
    let (line, checksum) = line.rsplit_once('\t')?;
    if u64::from_str_radix(checksum, 16).ok()? != fnv1a(line.as_bytes()) {
        return None;
    }
    let fields: Vec<&str> = line.split('\t').collect();
    let [head, session, number, key, at, day, source, rest @ ..] = fields.as_slice() else {
        return None;
    };
    let [rating, proposed, correct, confidence, hint, wrong, points, seconds, answer, due] = rest
    else {
        return None;
    };
    if *head != HEAD {
        return None;
    }
    let session = SessionId(u128::from_str_radix(session, 16).ok()?);
    Some(Review {
        id: ReviewId { session, number: number.parse().ok()? },
        key: CardKey(unescape(key)),
        at: Timestamp(at.parse().ok()?),
        day: Day(day.parse().ok()?),
        source: ReviewSource::from_name(source)?,
        rating: optional_of(rating, |text| Rating::from_number(text.parse().ok()?)).ok()?,
        proposed: optional_of(proposed, |text| Rating::from_number(text.parse().ok()?)).ok()?,
        correct: optional_of(correct, |text| text.parse().ok()).ok()?,
        confidence: optional_of(confidence, |text| Confidence::from_number(text.parse().ok()?))
            .ok()?,
        hint_used: hint.parse().ok()?,
        wrong_statement: wrong.parse().ok()?,
        points: points_of(points)?,
        seconds: seconds.parse().ok()?,
        answer: optional_of(answer, |text| Some(unescape(text))).ok()?,
        due: optional_of(due, |text| text.parse().ok().map(Day)).ok()?,
    })
}

/// `-` for nothing, `=` and the value for something.
fn optional(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("={}", value.to_string()))
}

fn optional_of<T>(
    text: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, UnreadableField> {
    match text.strip_prefix('=') {
        Some(value) => read(value).map(Some).ok_or(UnreadableField),
        None if text == "-" => Ok(None),
        None => Err(UnreadableField),
    }
}

/// A field that prep did not write.
struct UnreadableField;

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next() } else { None };
        plain.push(match escaped {
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            Some(other) => other,
            None => c,
        });
    }
    plain
}
