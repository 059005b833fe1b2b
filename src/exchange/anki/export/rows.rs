//! The rows of notes, cards and reviews. How Anki numbers states and days is told where it is used; the source is its
//! own code (`rslib/src/card`, `rslib/src/revlog`) and what it writes itself.

use std::collections::BTreeSet;

use rusqlite::{Transaction, params};
use serde_json::json;

use crate::domain::memory::{CardState, Progress, Schedule};
use crate::domain::review::{Rating, Review};
use crate::domain::time::{Calendar, Day, Timestamp};
use crate::exchange::anki::export::{Export, ExportedCard, fields, guid_of, schema};

/// FSRS-6's decay (`w20` of its default parameters), rounded as Anki writes it.
const DECAY: f64 = 0.154;
/// Hours after the begin of a study day at which the collection is said to be made: the same date in every program.
const INTO_THE_DAY: i64 = 4 * 3600;
/// Seconds that Anki says of a step within a day; prep has none, and Anki wants one.
const STEP: i64 = -600;

/// A package that is being written.
pub struct Writing<'a> {
    transaction: &'a Transaction<'a>,
    export: &'a Export<'a>,
    /// The day from which Anki counts the days on which cards are due.
    base: Day,
    /// Names of reviews that are taken: Anki names one by its millisecond.
    reviews: BTreeSet<i64>,
    /// Cards that are written.
    written: i64,
}

impl<'a> Writing<'a> {
    /// Into empty tables.
    pub fn new(transaction: &'a Transaction<'a>, export: &'a Export<'a>) -> Self {
        let today = export.calendar.day_of(export.now);
        let first_days = export.decks.iter().flat_map(|deck| &deck.cards).filter_map(first_day);
        let base = first_days.min().map_or(today, |first| first.min(today));
        Self { transaction, export, base, reviews: BTreeSet::new(), written: 0 }
    }

    /// Writes everything.
    pub fn write(mut self) -> rusqlite::Result<()> {
        let export = self.export;
        let mut names: Vec<(i64, &str)> = Vec::new();
        for (deck, id) in export.decks.iter().zip(self.now_in_seconds() * 1000..) {
            names.push((id, &deck.name));
            for card in &deck.cards {
                self.card(id, card)?;
            }
        }
        self.settings(&names)
    }

    fn now_in_seconds(&self) -> i64 {
        self.export.now.0.div_euclid(1000)
    }

    fn settings(&self, decks: &[(i64, &str)]) -> rusqlite::Result<()> {
        let now = self.now_in_seconds();
        let made = day_begins(self.export.calendar, self.base) + INTO_THE_DAY;
        let sql = "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')";
        let position = usize::try_from(self.written).unwrap_or(0) + 1;
        self.transaction
            .execute(
                sql,
                params![
                    made,
                    now * 1000,
                    schema::settings(position).to_string(),
                    schema::note_types().to_string(),
                    schema::decks(decks, now).to_string(),
                    schema::deck_options().to_string(),
                ],
            )
            .map(drop)
    }

    /// A note with its one card and the card's reviews.
    fn card(&mut self, deck: i64, card: &ExportedCard<'_>) -> rusqlite::Result<()> {
        let id = self.now_in_seconds() * 1000 + self.written;
        self.written += 1;
        self.note(id, card)?;
        let row = self.row(card);
        let sql = "INSERT INTO cards VALUES (?1, ?1, ?2, 0, ?3, -1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0, 0, ?12)";
        self.transaction.prepare_cached(sql)?.execute(params![
            id,
            deck,
            self.now_in_seconds(),
            row.kind,
            if card.is_suspended { -1 } else { row.queue },
            row.due,
            row.interval,
            row.ease,
            row.reviews,
            row.lapses,
            row.steps_left,
            row.data,
        ])?;
        self.reviews(id, &card.reviews)
    }

    fn note(&self, id: i64, card: &ExportedCard<'_>) -> rusqlite::Result<()> {
        let fields = fields::of(card.card, self.export.lang);
        let note_type = if fields.is_cloze { schema::CLOZE_ID } else { schema::OPEN_ID };
        let tags: Vec<String> = card
            .card
            .tags
            .iter()
            .map(|tag| tag.0.split_whitespace().collect::<Vec<_>>().join("_"))
            .collect();
        // Anki computes the sort field and the checksum of the first field itself when it imports.
        let sql = "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, '', 0, 0, '')";
        self.transaction
            .prepare_cached(sql)?
            .execute(params![
                id,
                guid_of(&card.card.key),
                note_type,
                self.now_in_seconds(),
                format!(" {} ", tags.join(" ")),
                fields.html.join("\u{1f}"),
            ])
            .map(drop)
    }

    fn row(&self, card: &ExportedCard<'_>) -> Row {
        match &card.schedule {
            Schedule::New { .. } => Row { due: self.written, ..Row::default() },
            Schedule::Seen(progress) => Row::seen(progress, self.base),
        }
    }

    fn reviews(&mut self, card: i64, reviews: &[&Review]) -> rusqlite::Result<()> {
        let mut state = State::New;
        let mut last_interval = 0;
        let sql = "INSERT INTO revlog VALUES (?1, ?2, -1, ?3, ?4, ?5, ?6, ?7, ?8)";
        for review in reviews {
            let Some(rating) = review.rating else { continue };
            let interval = match review.due.map(|due| due - review.day) {
                Some(days) if days > 0 => i64::from(days),
                _ => STEP,
            };
            let kind = state.kind();
            self.transaction.prepare_cached(sql)?.execute(params![
                self.free_name(review.at.0),
                card,
                rating.number(),
                interval,
                last_interval,
                // 0 means that it was learnt, or that nothing was scheduled.
                if kind == 0 { 0 } else { 2500 },
                milliseconds(review.seconds),
                kind,
            ])?;
            last_interval = interval;
            state = state.after(rating);
        }
        Ok(())
    }

    /// The first free millisecond from `at` on.
    fn free_name(&mut self, at: i64) -> i64 {
        let mut name = at;
        while !self.reviews.insert(name) {
            name += 1;
        }
        name
    }
}

/// The columns of a card that tell where it stands. The default is a new card.
#[derive(Default)]
struct Row {
    /// 0 new, 1 learning, 2 review, 3 relearning.
    kind: i64,
    /// The same, with 3 for both kinds of learning on a later day.
    queue: i64,
    /// The position of a new card, or the day on which a seen one is due, counted from the base.
    due: i64,
    /// Days.
    interval: i64,
    /// Per mille.
    ease: i64,
    reviews: u32,
    lapses: u32,
    /// 1,000 for each step left today, plus the steps left at all.
    steps_left: i64,
    /// What FSRS knows.
    data: String,
}

impl Row {
    fn seen(progress: &Progress, base: Day) -> Self {
        let (kind, queue, steps_left) = match progress.state {
            CardState::Learning => (1, 3, 1001),
            CardState::Review => (2, 2, 0),
            CardState::Relearning => (3, 3, 1001),
        };
        Self {
            kind,
            queue,
            due: i64::from(progress.due - base),
            interval: i64::from((progress.due - progress.last_day).max(1)),
            ease: ease(progress.memory.difficulty),
            reviews: progress.reviews,
            lapses: progress.lapses,
            steps_left,
            data: json!({
                "s": rounded(progress.memory.stability, 4),
                "d": rounded(progress.memory.difficulty, 3),
                "decay": DECAY,
                "lrt": progress.last_at.0.div_euclid(1000),
            })
            .to_string(),
        }
    }
}

/// What a card was before a review, as far as Anki's log tells it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Known,
    Forgotten,
}

impl State {
    /// 0 learning, 1 review, 2 relearning.
    const fn kind(self) -> i64 {
        match self {
            Self::New => 0,
            Self::Known => 1,
            Self::Forgotten => 2,
        }
    }

    fn after(self, rating: Rating) -> Self {
        match (self, rating.is_pass()) {
            (_, true) => Self::Known,
            (Self::New, false) => Self::New,
            (_, false) => Self::Forgotten,
        }
    }
}

fn first_day(card: &ExportedCard<'_>) -> Option<Day> {
    card.schedule.progress().map(|progress| progress.first_day)
}

/// The ease of Anki's older scheduler, 1,300 to 3,000, that goes with a difficulty of 10 to 1: it only counts where FSRS is
/// switched off.
#[expect(clippy::cast_possible_truncation, reason = "1,300 to 3,000")]
fn ease(difficulty: f32) -> i64 {
    (3000.0 - (difficulty.clamp(1.0, 10.0) - 1.0) / 9.0 * 1700.0).round() as i64
}

fn rounded(value: f32, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (f64::from(value) * scale).round() / scale
}

#[expect(clippy::cast_possible_truncation, reason = "at most 300,000")]
fn milliseconds(seconds: f32) -> i64 {
    (seconds.clamp(0.0, 300.0) * 1000.0).round() as i64
}

/// The first second (since 1970) of a study day.
fn day_begins(calendar: &Calendar, day: Day) -> i64 {
    const SECONDS: i64 = 24 * 3600;
    // No zone is further than a day from UTC, and a day ends at latest at 23 h.
    let (mut before, mut after) =
        ((i64::from(day.0) - 2) * SECONDS, (i64::from(day.0) + 3) * SECONDS);
    while after - before > 1 {
        let middle = before.midpoint(after);
        let has_begun = calendar.day_of(Timestamp(middle * 1000)) >= day;
        if has_begun { after = middle } else { before = middle }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::{day_begins, ease};
    use crate::domain::time::{Calendar, Day, Timestamp};

    #[test]
    fn a_study_day_begins_where_the_calendar_says() {
        for zone in ["KST-9", "UTC0", "PST8PDT,M3.2.0,M11.1.0", "<+14>-14", "<-12>12"] {
            let calendar = Calendar::from_posix(zone, 4);
            let day = Day::from_iso("2026-03-08").unwrap();
            let begins = day_begins(&calendar, day);
            assert_eq!(calendar.day_of(Timestamp(begins * 1000)), day, "{zone}");
            assert_eq!(calendar.day_of(Timestamp((begins - 1) * 1000)), day + -1, "{zone}");
        }
    }

    #[test]
    fn hard_cards_have_a_low_ease() {
        assert_eq!((ease(1.0), ease(10.0), ease(99.0)), (3000, 1300, 1300));
    }
}
