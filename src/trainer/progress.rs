//! What is written: reviews with their schedules, voids, marks, drafts. What could not be written is kept and retried.

use crate::domain::card::CardKey;
use crate::domain::deck::CardEntry;
use crate::domain::interview::Interview;
use crate::domain::memory::{Parameters, Schedule};
use crate::domain::review::{Mark, MarkKind, Review, ReviewId, SavedTicks};
use crate::domain::time::{Day, Timestamp};
use crate::store::{StoreError, rescue, rescue_file};
use crate::study::replay::{fingerprint, replay, replay_card};
use crate::study::session::Recorded;
use crate::trainer::Trainer;
use crate::trainer::recognition::count_key_marks;

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

/// What became of what could not be written until the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rescued {
    /// Where the reviews are kept, if there were any.
    pub journal: Option<std::path::PathBuf>,
    /// Undos and decisions that are lost.
    pub lost: usize,
}

/// What could not be written yet.
#[derive(Clone, Debug)]
pub(super) enum Unsaved {
    /// A review with its schedule.
    Review(Box<Recorded>),
    /// A review taken back.
    Void {
        /// The review.
        id: ReviewId,
        /// Its card.
        key: CardKey,
        /// The card's schedule without it.
        schedule: Schedule,
        /// When.
        at: Timestamp,
    },
    /// A decision about a card.
    Mark(Mark),
}

impl CardMarks {
    /// Whether the card may be asked on a day.
    pub fn may_be_asked(&self, today: Day) -> bool {
        !self.is_suspended && self.buried_until.is_none_or(|until| until <= today)
    }

    pub(super) fn take(&mut self, kind: &MarkKind) {
        match kind {
            MarkKind::Suspend => self.is_suspended = true,
            MarkKind::Unsuspend => self.is_suspended = false,
            MarkKind::Bury { until } => self.buried_until = Some(*until),
            MarkKind::Unbury => self.buried_until = None,
            MarkKind::Star => self.is_starred = true,
            MarkKind::Unstar => self.is_starred = false,
            MarkKind::Identity { .. } | MarkKind::Alias { .. } | MarkKind::Apart { .. } => {}
        }
    }
}

impl Trainer {
    /// Reads schedules and marks; computes schedules again from the log where the stored ones are not current.
    pub(super) fn load_progress(&mut self) -> Result<(), StoreError> {
        if self.store.schedules_are_current(fingerprint(&self.scheduler))? {
            self.schedules = self.store.schedules()?;
        } else {
            self.rebuild()?;
        }
        self.data_version = self.store.data_version()?;
        let marks = self.store.all_marks()?;
        self.key_marks = count_key_marks(&marks);
        for mark in marks {
            self.marks.entry(mark.key.clone()).or_default().take(&mark.kind);
        }
        Ok(())
    }

    /// Computes every schedule again from the log.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.schedules = replay(&self.scheduler, &self.store.log()?);
        if self.store.read_only().is_none() {
            self.store.replace_schedules(&self.schedules)?;
            self.store.set_schedules_current(fingerprint(&self.scheduler))?;
        }
        Ok(())
    }

    /// Writes a review and its schedule durably. What cannot be written is kept in order and tried again.
    pub fn record(&mut self, recorded: Recorded) -> Result<(), StoreError> {
        let Recorded { review, schedule } = recorded;
        self.follow_parameters();
        let schedule =
            self.schedule_with(&review.key, |history| history.push(review.clone()), schedule);
        self.schedules.insert(review.key.clone(), schedule);
        self.unsaved.push_back(Unsaved::Review(Box::new(Recorded { review, schedule })));
        self.retry_unsaved()
    }

    /// Writes a quiz answer; the schedule follows from the card's present one.
    pub fn record_quiz(&mut self, review: Review) -> Result<(), StoreError> {
        let schedule = self.scheduler.replay(&self.schedule(&review.key), &review);
        self.record(Recorded { review, schedule })
    }

    /// Takes a review back; `before` is the schedule without it, should the log not be readable.
    pub fn void(
        &mut self,
        id: ReviewId,
        key: &CardKey,
        before: Schedule,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.follow_parameters();
        let without = |history: &mut Vec<Review>| history.retain(|review| review.id != id);
        let schedule = self.schedule_with(key, without, before);
        self.schedules.insert(key.clone(), schedule);
        self.unsaved.push_back(Unsaved::Void { id, key: key.clone(), schedule, at });
        self.retry_unsaved()
    }

    /// Writes a decision about a card.
    pub fn mark(&mut self, mark: &Mark) -> Result<(), StoreError> {
        self.marks.entry(mark.key.clone()).or_default().take(&mark.kind);
        self.unsaved.push_back(Unsaved::Mark(mark.clone()));
        self.retry_unsaved()
    }

    /// A card's schedule from its whole history, changed as `change` says: another running prep may have answered
    /// it meanwhile, and what is not saved yet counts too.
    fn schedule_with(
        &self,
        key: &CardKey,
        change: impl FnOnce(&mut Vec<Review>),
        otherwise: Schedule,
    ) -> Schedule {
        let Ok(mut history) = self.store.history(key) else { return otherwise };
        for waiting in &self.unsaved {
            match waiting {
                Unsaved::Review(it) if it.review.key == *key => history.push(it.review.clone()),
                Unsaved::Void { id, .. } => history.retain(|review| review.id != *id),
                Unsaved::Review(_) | Unsaved::Mark(_) => {}
            }
        }
        change(&mut history);
        replay_card(&self.scheduler, &history)
    }

    /// Writes what could not be written before, oldest first.
    pub fn retry_unsaved(&mut self) -> Result<(), StoreError> {
        while let Some(waiting) = self.unsaved.front() {
            match waiting {
                Unsaved::Review(it) => self.store.record(&it.review, &it.schedule)?,
                Unsaved::Void { id, key, schedule, at } => {
                    self.store.void(*id, *at, key, schedule)?;
                }
                Unsaved::Mark(mark) => self.store.mark(mark)?,
            }
            self.unsaved.pop_front();
        }
        Ok(())
    }

    /// Number of answers, undos and decisions that are not on disk.
    pub fn unsaved(&self) -> usize {
        self.unsaved.len()
    }

    /// Puts reviews that could still not be written into the rescue journal beside the log; gives its path and the
    /// number of undos and decisions that are lost, as the journal holds reviews only.
    pub fn rescue_unsaved(&mut self) -> Result<Rescued, StoreError> {
        if self.unsaved.is_empty() || self.retry_unsaved().is_ok() {
            return Ok(Rescued::default());
        }
        let voided: Vec<ReviewId> = self
            .unsaved
            .iter()
            .filter_map(|it| if let Unsaved::Void { id, .. } = it { Some(*id) } else { None })
            .collect();
        let reviews: Vec<Review> = self
            .unsaved
            .iter()
            .filter_map(|it| if let Unsaved::Review(it) = it { Some(&it.review) } else { None })
            .filter(|review| !voided.contains(&review.id))
            .cloned()
            .collect();
        let is_lost = |it: &&Unsaved| match it {
            Unsaved::Review(_) => false,
            Unsaved::Mark(_) => true,
            // An undo of a review that is not written either takes it out of the journal.
            Unsaved::Void { id, .. } => !self
                .unsaved
                .iter()
                .any(|other| matches!(other, Unsaved::Review(review) if review.review.id == *id)),
        };
        let lost = self.unsaved.iter().filter(is_lost).count();
        if reviews.is_empty() {
            self.unsaved.clear();
            return Ok(Rescued { journal: None, lost });
        }
        let mut journal = rescue_file(&self.paths.database);
        if rescue(&journal, &reviews).is_err() {
            // The disk of the log is full: any other place is better than none.
            let name = journal.file_name().map(std::ffi::OsStr::to_owned).unwrap_or_default();
            journal = self.paths.temporary.join(name);
            rescue(&journal, &reviews)?;
        }
        self.unsaved.clear();
        Ok(Rescued { journal: Some(journal), lost })
    }

    /// Takes back the last review of the newest session; gives its card.
    pub fn undo_last(
        &mut self,
        at: Timestamp,
    ) -> Result<Option<(Review, Option<CardEntry>)>, StoreError> {
        self.retry_unsaved()?;
        let Some((_, reviews)) = self.store.last_session()? else { return Ok(None) };
        let Some(last) = reviews.into_iter().next_back() else { return Ok(None) };
        self.void(last.id, &last.key, self.schedule(&last.key), at)?;
        let entry = self.entry_of(&last.key).cloned();
        Ok(Some((last, entry)))
    }

    /// Goes on with the parameters that another running prep has found or given up: a schedule that is written from now
    /// on must be one of theirs.
    fn follow_parameters(&mut self) {
        let is_changed =
            self.store.data_version().is_ok_and(|version| version != self.data_version);
        if is_changed && let Ok(parameters) = self.store.parameters() {
            self.use_parameters(parameters.unwrap_or(Parameters::DEFAULT));
        }
    }

    /// Reads parameters, schedules and marks again if another running prep has written since; tells whether it tied keys
    /// to cards.
    pub(super) fn refresh_progress(&mut self) -> bool {
        let Ok(version) = self.store.data_version() else { return false };
        if version == self.data_version || !self.unsaved.is_empty() {
            return false;
        }
        self.follow_parameters();
        if let (Ok(schedules), Ok(marks)) = (self.store.schedules(), self.store.all_marks()) {
            self.data_version = version;
            self.schedules = schedules;
            let key_marks = count_key_marks(&marks);
            let is_rekeyed = key_marks != self.key_marks;
            self.key_marks = key_marks;
            self.marks.clear();
            for mark in marks {
                self.marks.entry(mark.key).or_default().take(&mark.kind);
            }
            return is_rekeyed;
        }
        false
    }

    /// Number of reviews of the newest session, which can be taken back one by one.
    pub fn undoable(&self) -> usize {
        self.store.last_session().ok().flatten().map_or(0, |(_, reviews)| reviews.len())
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
