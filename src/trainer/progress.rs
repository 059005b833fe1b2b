//! What is written: reviews with their schedules, voids, marks, drafts. What could not be written is kept and retried.

use crate::domain::card::CardKey;
use crate::domain::deck::CardEntry;
use crate::domain::interview::Interview;
use crate::domain::memory::Schedule;
use crate::domain::review::{Mark, MarkKind, Review, ReviewId, SavedTicks};
use crate::domain::time::{Day, Timestamp};
use crate::store::{StoreError, rescue, rescue_file};
use crate::study::replay::{replay, replay_card};
use crate::study::session::Recorded;
use crate::trainer::Trainer;

/// What the user decided about a card, as it stands now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CardMarks {
    /// Not asked.
    pub is_suspended: bool,
    /// Not asked before that day.
    pub buried_until: Option<Day>,
    /// Counted as important.
    pub is_starred: bool,
}

impl CardMarks {
    /// Whether the card may be asked on a day.
    pub fn may_be_asked(&self, today: Day) -> bool {
        !self.is_suspended && self.buried_until.is_none_or(|until| until <= today)
    }

    fn take(&mut self, kind: &MarkKind) {
        match kind {
            MarkKind::Suspend => self.is_suspended = true,
            MarkKind::Unsuspend => self.is_suspended = false,
            MarkKind::Bury { until } => self.buried_until = Some(*until),
            MarkKind::Unbury => self.buried_until = None,
            MarkKind::Star => self.is_starred = true,
            MarkKind::Unstar => self.is_starred = false,
            MarkKind::Identity { .. } | MarkKind::Alias { .. } => {}
        }
    }
}

impl Trainer {
    /// Reads schedules and marks; computes schedules again from the log where the stored ones are not current.
    pub(super) fn load_progress(&mut self) -> Result<(), StoreError> {
        let fingerprint = Self::replay_fingerprint();
        if self.store.schedules_are_current(fingerprint)? {
            self.schedules = self.store.schedules()?;
        } else {
            self.rebuild()?;
        }
        for mark in self.store.all_marks()? {
            self.marks.entry(mark.key.clone()).or_default().take(&mark.kind);
        }
        Ok(())
    }

    /// Computes every schedule again from the log.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.schedules = replay(&self.scheduler, &self.store.log()?);
        let all: Vec<(CardKey, Schedule)> =
            self.schedules.iter().map(|(key, schedule)| (key.clone(), *schedule)).collect();
        if self.store.read_only().is_none() {
            self.store.replace_schedules(&all)?;
            self.store.set_schedules_current(Self::replay_fingerprint())?;
        }
        Ok(())
    }

    /// Writes a review and its schedule durably. What cannot be written is kept in order and tried again.
    ///
    /// The schedule is computed from the card's whole history: another running prep may have answered it meanwhile.
    pub fn record(&mut self, recorded: Recorded) -> Result<(), StoreError> {
        let schedule = self.schedule_after(&recorded);
        self.schedules.insert(recorded.review.key.clone(), schedule);
        self.unsaved.push_back(Recorded { schedule, ..recorded });
        self.retry_unsaved()
    }

    fn schedule_after(&self, recorded: &Recorded) -> Schedule {
        let key = &recorded.review.key;
        let waiting = self.unsaved.iter().map(|it| &it.review).filter(|review| review.key == *key);
        match self.store.history(key) {
            Ok(mut history) => {
                history.extend(waiting.cloned());
                history.push(recorded.review.clone());
                replay_card(&self.scheduler, &history)
            }
            Err(_) => recorded.schedule,
        }
    }

    /// Writes a quiz answer; the schedule follows from the card's present one.
    pub fn record_quiz(&mut self, review: Review) -> Result<(), StoreError> {
        let schedule = self.scheduler.replay(&self.schedule(&review.key), &review);
        self.record(Recorded { review, schedule })
    }

    /// Writes what could not be written before, oldest first.
    pub fn retry_unsaved(&mut self) -> Result<(), StoreError> {
        while let Some(recorded) = self.unsaved.front() {
            self.store.record(&recorded.review, &recorded.schedule)?;
            self.unsaved.pop_front();
        }
        Ok(())
    }

    /// Number of reviews that are not on disk.
    pub fn unsaved(&self) -> usize {
        self.unsaved.len()
    }

    /// Puts reviews that could still not be written into the rescue journal beside the log; gives its path.
    pub fn rescue_unsaved(&mut self) -> Result<Option<std::path::PathBuf>, StoreError> {
        if self.unsaved.is_empty() || self.retry_unsaved().is_ok() {
            return Ok(None);
        }
        let journal = rescue_file(&self.paths.database);
        let reviews: Vec<Review> =
            self.unsaved.iter().map(|recorded| recorded.review.clone()).collect();
        rescue(&journal, &reviews)?;
        self.unsaved.clear();
        Ok(Some(journal))
    }

    /// Takes a review back; the schedule is the one before it.
    pub fn void(
        &mut self,
        id: ReviewId,
        key: &CardKey,
        schedule: Schedule,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let schedule = match self.store.history(key) {
            Ok(mut history) => {
                history.retain(|review| review.id != id);
                replay_card(&self.scheduler, &history)
            }
            Err(_) => schedule,
        };
        self.schedules.insert(key.clone(), schedule);
        let was_unsaved = self.unsaved.len();
        self.unsaved.retain(|recorded| recorded.review.id != id);
        if self.unsaved.len() < was_unsaved {
            return Ok(());
        }
        self.store.void(id, at, key, &schedule)
    }

    /// Takes back the last review of the newest session; gives its card.
    pub fn undo_last(
        &mut self,
        at: Timestamp,
    ) -> Result<Option<(Review, Option<CardEntry>)>, StoreError> {
        let Some((_, reviews)) = self.store.last_session()? else { return Ok(None) };
        let Some(last) = reviews.into_iter().next_back() else { return Ok(None) };
        self.void(last.id, &last.key, self.schedule(&last.key), at)?;
        let entry = self.entry_of(&last.key).cloned();
        Ok(Some((last, entry)))
    }

    /// Number of reviews of the newest session, which can be taken back one by one.
    pub fn undoable(&self) -> usize {
        self.store.last_session().ok().flatten().map_or(0, |(_, reviews)| reviews.len())
    }

    /// Writes a decision about a card.
    pub fn mark(&mut self, mark: &Mark) -> Result<(), StoreError> {
        self.marks.entry(mark.key.clone()).or_default().take(&mark.kind);
        self.store.mark(mark)
    }

    /// Keeps a draft; an empty one is forgotten.
    pub fn save_draft(
        &mut self,
        key: &CardKey,
        text: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if text.is_empty() {
            return self.store.clear_draft(key);
        }
        self.store.save_draft(key, text, at)
    }

    /// Keeps ticks of a card that is not rated yet.
    pub fn save_ticks(&mut self, key: &CardKey, ticks: &SavedTicks) -> Result<(), StoreError> {
        self.store.save_ticks(key, ticks)
    }

    /// A draft and today's ticks of a card.
    pub fn in_progress(&self, key: &CardKey, today: Day) -> (Option<String>, Option<SavedTicks>) {
        let draft = self.store.draft(key).ok().flatten();
        let ticks = self.store.ticks(key).ok().flatten().filter(|ticks| ticks.day == today);
        (draft, ticks)
    }

    /// Names the interviews.
    pub fn set_interviews(&mut self, interviews: &[Interview]) -> Result<(), StoreError> {
        self.store.replace_interviews(interviews)
    }
}
