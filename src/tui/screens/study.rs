//! Study: question, think or type, tick key points, grade. State and update; `study_view` draws it.

use std::collections::HashMap;

use crate::domain::card::{Body, Card, CardKey, KeyPoint, PointHash, fnv1a};
use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::review::{
    Confidence, MAX_ANSWER_SECONDS, Mark, MarkKind, PointResult, Rating, Review, SavedTicks,
};
use crate::domain::time::{Day, Timestamp};
use crate::study::answer::Judged;
use crate::study::overview::Moved;
use crate::study::plan::Aim;
use crate::study::rubric;
use crate::study::scheduler::{Outcome, Scheduler};
use crate::study::session::{Answer, Session};
use crate::tui::action::{Action, Place};
use crate::tui::effect::{Effect, Loaded};
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::screens::pad::{Pad, PadEvent};
use crate::tui::widgets::text_field::TextField;

/// A sitting on the screen.
#[derive(Clone, Debug)]
pub struct Study {
    /// The sitting.
    pub session: Session,
    /// What is studied, as the header says it.
    pub title: String,
    /// Where the user is with the current card.
    pub stage: Stage,
    /// The current card; none while it is read.
    pub loaded: Option<Loaded>,
    /// The language in which the card is shown.
    pub lang: Lang,
    /// What was done on the current card.
    pub work: Work,
    /// When the current card was asked.
    pub asked_at: Timestamp,
    /// First line shown of the part that scrolls.
    pub scroll: usize,
    /// Cells by which code blocks are moved to the left.
    pub code_offset: u16,
    /// Nothing is written: two sample questions.
    pub is_sample: bool,
    /// Whether something of the sitting is not on disk yet.
    pub is_unsaved: bool,
    /// What the last key did to the card, where the screen does not show it.
    pub said: Option<String>,
    /// Questions of the cards that were shown, for the summary.
    pub titles: HashMap<CardKey, String>,
    draft_is_dirty: bool,
    is_reopened: bool,
    /// Whether what the grades aim at was asked for.
    has_asked_aim: bool,
    /// What the sitting changed; known at its end.
    pub moved: Option<Moved>,
}

/// Where the user is with a card.
#[derive(Clone, Debug)]
pub enum Stage {
    /// The card is being read.
    Loading,
    /// The card cannot be shown; the sentence says why.
    Trouble(String),
    /// The question alone.
    Question,
    /// The answer field.
    Typing(Box<TextField>),
    /// After typing: how sure?
    Confidence,
    /// A kind that the program judges.
    Answering(Box<Pad>),
    /// Key points to tick; the cursor is a line, the last one is the wrong statement.
    Ticks {
        /// The selected line.
        cursor: usize,
    },
    /// The answer with the grades, for cards without key points.
    Answer,
    /// The grades.
    Grade,
    /// The sitting is over.
    Done {
        /// Whether all cards are listed.
        is_listing: bool,
    },
}

/// What was done on a card so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// How sure the learner said to be.
    pub confidence: Option<Confidence>,
    /// The next answer counts as sure.
    pub is_sure: bool,
    /// Whether the hint was shown.
    pub hint_used: bool,
    /// The own answer.
    pub typed: Option<String>,
    /// Ticks by key point.
    pub ticked: Vec<bool>,
    /// A wrong statement was admitted.
    pub wrong_statement: bool,
    /// The program's judgement.
    pub judged: Option<Judged>,
    /// Whether all of the own answer is shown.
    pub views_all: bool,
    /// What had been proposed before an undo.
    pub earlier_proposal: Option<Rating>,
    /// Whether the answer had been judged right before an undo.
    pub earlier_verdict: Option<bool>,
}

/// What comes of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// Stay here.
    Stay,
    /// Back to Home.
    Home,
    /// Study cards again that were sure and wrong.
    StudyAgain(Vec<CardKey>),
}

impl Study {
    /// A sitting that has just been built; the first card is still to be fetched.
    pub fn new(session: Session, title: String, lang: Lang, now: Timestamp) -> Self {
        Self {
            session,
            title,
            stage: Stage::Loading,
            loaded: None,
            lang,
            work: Work::default(),
            asked_at: now,
            scroll: 0,
            code_offset: 0,
            is_sample: false,
            is_unsaved: false,
            said: None,
            titles: HashMap::new(),
            draft_is_dirty: false,
            is_reopened: false,
            has_asked_aim: false,
            moved: None,
        }
    }

    /// What must be fetched for the current card, or the end of the sitting.
    pub fn open_current(&mut self, lang: Lang) -> Vec<Effect> {
        self.loaded = None;
        self.work = Work::default();
        self.scroll = 0;
        self.code_offset = 0;
        self.draft_is_dirty = false;
        self.is_reopened = false;
        self.lang = lang;
        match self.session.current() {
            Some(card) => {
                self.stage = Stage::Loading;
                vec![Effect::FetchCard(card.key.clone())]
            }
            None => {
                self.stage = Stage::Done { is_listing: false };
                Vec::new()
            }
        }
    }

    /// The card has been read.
    pub fn show(&mut self, loaded: Result<Loaded, String>, now: Timestamp) {
        match loaded {
            // An edit that broke the card leaves the version that was on the screen in use.
            Err(_) if self.loaded.is_some() && !matches!(self.stage, Stage::Loading) => {}
            Err(why) => self.stage = Stage::Trouble(why),
            Ok(loaded) if self.is_current(&loaded) => {
                let title = loaded.card.text(self.lang).question.lines().next().unwrap_or_default();
                self.titles.insert(loaded.card.key.clone(), title.to_owned());
                self.replace_or_ask(loaded, now);
            }
            Ok(_) => {}
        }
    }

    fn is_current(&self, loaded: &Loaded) -> bool {
        self.session.current().is_some_and(|card| card.key == loaded.card.key)
    }

    /// A card that was only read again, after editing, keeps its stage and its ticks.
    fn replace_or_ask(&mut self, loaded: Loaded, now: Timestamp) {
        let is_edit =
            self.loaded.is_some() && !matches!(self.stage, Stage::Loading | Stage::Trouble(_));
        let points = points(&loaded.card, self.lang).len();
        if is_edit {
            self.carry_ticks(&loaded.card);
            if let Stage::Answering(_) = self.stage {
                self.stage = self.first_stage(&loaded);
            }
            self.loaded = Some(loaded);
            return;
        }
        if self.is_reopened {
            self.work.ticked.resize(points, false);
            self.stage = if points == 0 { Stage::Answer } else { Stage::Grade };
            self.loaded = Some(loaded);
            return;
        }
        self.asked_at = now;
        self.work.ticked = vec![false; points];
        self.stage = self.first_stage(&loaded);
        self.restore(&loaded);
        self.loaded = Some(loaded);
    }

    /// Ticks stay with their key points when an edit adds, drops or reorders some.
    fn carry_ticks(&mut self, card: &Card) {
        let before = self.loaded.as_ref().map(|old| old.card.point_hashes()).unwrap_or_default();
        let hit = |hash: &PointHash| {
            let at = before.iter().position(|known| known == hash);
            at.and_then(|at| self.work.ticked.get(at)).copied().unwrap_or(false)
        };
        self.work.ticked = card.point_hashes().iter().map(hit).collect();
    }

    fn first_stage(&self, loaded: &Loaded) -> Stage {
        let reviews = self.session.current().and_then(|card| card.schedule.progress().copied());
        let seed =
            fnv1a(loaded.card.key.0.as_bytes()) ^ reviews.map_or(0, |p| u64::from(p.reviews));
        match Pad::new(&loaded.card, None, seed) {
            Some(mut pad) => {
                if let Some(draft) = &loaded.draft {
                    pad.restore(draft);
                }
                Stage::Answering(Box::new(pad))
            }
            None => Stage::Question,
        }
    }

    /// Puts back what was kept of a card that was left, or of a program that was killed.
    fn restore(&mut self, loaded: &Loaded) {
        if !matches!(self.stage, Stage::Question) {
            return;
        }
        self.work.typed = loaded.draft.clone().filter(|draft| !draft.is_empty());
        let Some(ticks) = &loaded.ticks else { return };
        self.work.confidence = ticks.confidence;
        self.work.hint_used = ticks.hint_used;
        self.work.wrong_statement = ticks.wrong_statement;
        let hashes = loaded.card.point_hashes();
        self.work.ticked = hashes.iter().map(|hash| ticks.ticked.contains(hash)).collect();
        if ticks.answer_shown && !hashes.is_empty() {
            self.stage = Stage::Ticks { cursor: 0 };
        }
    }

    /// Where the user is.
    pub fn place(&self) -> Place {
        match &self.stage {
            Stage::Loading | Stage::Question | Stage::Trouble(_) => Place::Question,
            Stage::Typing(_) => Place::TextField,
            Stage::Confidence => Place::Confidence,
            Stage::Answering(pad) => pad.place(false),
            Stage::Ticks { .. } => Place::Ticks,
            Stage::Answer => Place::Answer,
            Stage::Grade => Place::Grade,
            Stage::Done { .. } => Place::Summary,
        }
    }

    /// Key points in the shown language.
    pub fn points(&self) -> &[KeyPoint] {
        self.loaded.as_ref().map_or(&[], |loaded| points(&loaded.card, self.lang))
    }

    /// The rating that ticks or judgement propose; none where the learner judges alone.
    pub fn proposed(&self) -> Option<Rating> {
        if let Some(judged) = &self.work.judged {
            let rating = judged.verdict.rating();
            return Some(if self.work.hint_used { rating.min(Rating::Hard) } else { rating });
        }
        let is_new = self.session.current().is_some_and(|card| card.schedule.is_new());
        let no_idea = self.work.confidence == Some(Confidence::NoIdea);
        rubric::propose(
            self.points(),
            &self.work.ticked,
            self.work.wrong_statement,
            self.work.hint_used,
            no_idea && is_new,
        )
    }

    /// Whether grades are shown and it is not known yet what they aim at.
    pub fn wants_aim(&mut self) -> bool {
        let shows_grades = matches!(self.stage, Stage::Answer | Stage::Grade);
        let wants = shows_grades && !self.has_asked_aim;
        self.has_asked_aim |= wants;
        wants
    }

    /// At the end of a sitting: asks what it changed, once. An undo opens it again.
    pub fn wants_moved(&mut self) -> Option<Effect> {
        if !matches!(self.stage, Stage::Done { .. }) {
            self.moved = None;
            return None;
        }
        if self.is_sample || self.moved.is_some() || self.session.reviews().next().is_none() {
            return None;
        }
        let mut before: Vec<(CardKey, Schedule)> = Vec::new();
        for (review, schedule) in self.session.reviews_with_before() {
            if before.iter().all(|(key, _)| *key != review.key) {
                before.push((review.key.clone(), *schedule));
            }
        }
        Some(Effect::LoadMoved(before))
    }

    /// What the grades aim at from now on.
    pub fn aim_at(&mut self, aim: Option<Aim>) {
        self.session.set_aim(aim);
    }

    /// What each button would do.
    pub fn outcomes(&self, scheduler: &Scheduler, look: &Look<'_>) -> Option<[Outcome; 4]> {
        self.session.preview(scheduler, look.today)
    }

    /// Takes an action.
    pub fn act(
        &mut self,
        action: Action,
        look: &Look<'_>,
        scheduler: &Scheduler,
    ) -> (Vec<Effect>, Turn) {
        if let Stage::Done { .. } = self.stage {
            return self.act_done(action, look);
        }
        if let Some(effects) = self.act_on_card(action, look) {
            return (effects, Turn::Stay);
        }
        match self.stage {
            Stage::Question | Stage::Loading | Stage::Trouble(_) => self.act_question(action, look),
            Stage::Typing(_) => self.act_typing(action, look),
            Stage::Confidence => self.act_confidence(action, look),
            Stage::Answering(_) => self.act_answering(action, look),
            Stage::Ticks { .. } => (self.act_ticks(action, look), Turn::Stay),
            Stage::Answer | Stage::Grade => (self.act_grade(action, look, scheduler), Turn::Stay),
            Stage::Done { .. } => (Vec::new(), Turn::Stay),
        }
    }

    /// What can be done with the card itself on every page of it.
    fn act_on_card(&mut self, action: Action, look: &Look<'_>) -> Option<Vec<Effect>> {
        let in_field = self.place().is_text();
        let key = self.session.current()?.key.clone();
        let today = look.today;
        match action {
            Action::Edit if !in_field => Some(vec![Effect::EditCard(key)]),
            Action::Language => {
                let lang = self.lang.other();
                if self.loaded.as_ref().is_some_and(|loaded| loaded.card.texts.has(lang)) {
                    self.lang = lang;
                }
                Some(Vec::new())
            }
            Action::SuspendCard => Some(self.drop_card(MarkKind::Suspend, look)),
            Action::Bury => Some(self.drop_card(MarkKind::Bury { until: today + 1 }, look)),
            Action::Star => {
                let loaded = self.loaded.as_mut()?;
                loaded.starred = !loaded.starred;
                let kind = if loaded.starred { MarkKind::Star } else { MarkKind::Unstar };
                let said = if loaded.starred { look.texts.starred } else { look.texts.unstarred };
                self.said = Some(said.to_owned());
                Some(self.written(Effect::Mark(Mark { at: look.now, key, kind })))
            }
            Action::Hint => {
                let has_hint = self
                    .loaded
                    .as_ref()
                    .is_some_and(|loaded| loaded.card.text(self.lang).hint.is_some());
                if has_hint {
                    self.work.hint_used = true;
                }
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn drop_card(&mut self, kind: MarkKind, look: &Look<'_>) -> Vec<Effect> {
        let texts = look.texts;
        let said = if kind == MarkKind::Suspend { texts.suspended } else { texts.buried };
        self.said = Some(said.to_owned());
        let Some(key) = self.session.drop_current(look.now) else { return Vec::new() };
        let mut effects = self.written(Effect::Mark(Mark { at: look.now, key, kind }));
        effects.extend(self.open_current(self.lang));
        effects
    }

    fn act_question(&mut self, action: Action, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        let effects = match action {
            Action::Digit(digit) => match Confidence::from_number(digit) {
                Some(confidence) if self.loaded.is_some() => {
                    self.work.confidence = Some(confidence);
                    self.reveal(look.today)
                }
                _ => Vec::new(),
            },
            Action::Show if self.loaded.is_some() => self.reveal(look.today),
            Action::TypeAnswer if self.loaded.is_some() => {
                let text = self.work.typed.clone().unwrap_or_default();
                self.stage = Stage::Typing(Box::new(TextField::of_lines(&text)));
                Vec::new()
            }
            Action::Skip => self.skip(look),
            Action::Undo => self.undo(look),
            Action::Back => return self.leave(look),
            _ => {
                self.scroll_by(action);
                Vec::new()
            }
        };
        (effects, Turn::Stay)
    }

    fn act_typing(&mut self, action: Action, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        let Stage::Typing(field) = &self.stage else { return (Vec::new(), Turn::Stay) };
        let text = field.text();
        let key = self.session.current().map(|card| card.key.clone());
        let kept = Some(text.clone()).filter(|text| !text.trim().is_empty());
        match action {
            Action::NextPart => {
                self.work.typed = kept;
                self.stage = Stage::Confidence;
                (self.save_draft(text, look.now), Turn::Stay)
            }
            Action::Back => {
                self.work.typed = kept;
                self.stage = Stage::Question;
                (self.save_draft(text, look.now), Turn::Stay)
            }
            Action::Edit => {
                let mut effects = self.save_draft(text.clone(), look.now);
                effects.extend(key.map(|key| Effect::EditDraft(key, text)));
                (effects, Turn::Stay)
            }
            _ => (Vec::new(), Turn::Stay),
        }
    }

    fn act_confidence(&mut self, action: Action, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        let effects = match action {
            Action::Digit(digit) => match Confidence::from_number(digit) {
                Some(confidence) => {
                    self.work.confidence = Some(confidence);
                    self.reveal(look.today)
                }
                None => Vec::new(),
            },
            Action::Show | Action::Confirm => self.reveal(look.today),
            Action::Undo | Action::Back => {
                let text = self.work.typed.clone().unwrap_or_default();
                self.stage = Stage::Typing(Box::new(TextField::of_lines(&text)));
                Vec::new()
            }
            _ => Vec::new(),
        };
        (effects, Turn::Stay)
    }

    fn act_answering(&mut self, action: Action, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        let lang = self.lang;
        let Some(loaded) = &self.loaded else { return (Vec::new(), Turn::Stay) };
        let Stage::Answering(pad) = &mut self.stage else { return (Vec::new(), Turn::Stay) };
        match pad.act(action, &loaded.card, lang) {
            PadEvent::Answered(judged, typed) => {
                self.work.judged = Some(judged);
                self.work.typed = Some(typed);
                self.work.confidence = self.work.is_sure.then_some(Confidence::Sure);
                return (self.reveal(look.today), Turn::Stay);
            }
            PadEvent::Taken => return (Vec::new(), Turn::Stay),
            PadEvent::NotMine => {}
        }
        let effects = match action {
            Action::Back => {
                let draft = pad.draft();
                if pad.set_open(false) {
                    return (
                        draft.map_or_else(Vec::new, |d| self.save_draft(d, look.now)),
                        Turn::Stay,
                    );
                }
                return self.leave(look);
            }
            Action::GiveUp | Action::Show => {
                self.work.judged = None;
                self.work.confidence = Some(Confidence::NoIdea);
                self.reveal(look.today)
            }
            Action::Sure => {
                self.work.is_sure = !self.work.is_sure;
                Vec::new()
            }
            Action::Skip => self.skip(look),
            Action::Undo | Action::TakeBack => self.undo(look),
            _ => {
                self.scroll_by(action);
                Vec::new()
            }
        };
        (effects, Turn::Stay)
    }

    fn act_ticks(&mut self, action: Action, look: &Look<'_>) -> Vec<Effect> {
        let count = self.points().len();
        let Stage::Ticks { cursor } = &mut self.stage else { return Vec::new() };
        match action {
            Action::Up => *cursor = cursor.saturating_sub(1),
            Action::Down => *cursor = (*cursor + 1).min(count),
            Action::Digit(0) => return self.tick(count, look.today),
            Action::Digit(digit) if usize::from(digit) <= count => {
                return self.tick(usize::from(digit) - 1, look.today);
            }
            Action::Toggle => {
                let line = *cursor;
                return self.tick(line, look.today);
            }
            Action::Confirm => {
                self.stage = Stage::Grade;
            }
            Action::ViewAll => self.work.views_all = !self.work.views_all,
            Action::Undo | Action::Back => {
                // Taken back means asked again: the ticks of the first look must not fill in the second.
                self.work.ticked.fill(false);
                self.work.wrong_statement = false;
                self.stage = Stage::Question;
                self.scroll = 0;
                return self.save_ticks(false, look.today);
            }
            _ => {
                self.scroll_by(action);
            }
        }
        Vec::new()
    }

    /// Ticks a line; the one after the last key point is the wrong statement.
    fn tick(&mut self, line: usize, today: Day) -> Vec<Effect> {
        if let Some(ticked) = self.work.ticked.get_mut(line) {
            *ticked = !*ticked;
        } else {
            self.work.wrong_statement = !self.work.wrong_statement;
        }
        if let Stage::Ticks { cursor } = &mut self.stage {
            *cursor = line;
        }
        self.save_ticks(true, today)
    }

    fn act_grade(&mut self, action: Action, look: &Look<'_>, scheduler: &Scheduler) -> Vec<Effect> {
        let back_to_ticks = !self.points().is_empty();
        match action {
            Action::Digit(digit) => match Rating::from_number(digit) {
                Some(rating) => self.rate(rating, look, scheduler),
                None => Vec::new(),
            },
            Action::Confirm => match self.default_rating() {
                Some(rating) => self.rate(rating, look, scheduler),
                None => Vec::new(),
            },
            Action::Up | Action::Undo | Action::Back if back_to_ticks => {
                self.stage = Stage::Ticks { cursor: 0 };
                Vec::new()
            }
            Action::Undo | Action::Back => {
                // The answer has been seen; going back only takes back the key that showed it.
                self.work.judged = None;
                self.stage =
                    self.loaded.as_ref().map_or(Stage::Loading, |loaded| self.first_stage(loaded));
                if let (Stage::Answering(pad), Some(typed)) = (&mut self.stage, &self.work.typed) {
                    pad.restore(&typed.replace(" | ", "\n"));
                }
                self.scroll = 0;
                Vec::new()
            }
            _ => {
                self.scroll_by(action);
                Vec::new()
            }
        }
    }

    /// What Enter takes: the proposal; after giving up, Again.
    pub fn default_rating(&self) -> Option<Rating> {
        let gave_up =
            self.is_judged_kind() && self.work.judged.is_none() && self.work.typed.is_none();
        self.proposed().or_else(|| gave_up.then_some(Rating::Again)).or(self.work.earlier_proposal)
    }

    fn is_judged_kind(&self) -> bool {
        self.loaded
            .as_ref()
            .is_some_and(|loaded| !matches!(loaded.card.texts.base().body, Body::Open { .. }))
    }

    fn rate(&mut self, rating: Rating, look: &Look<'_>, scheduler: &Scheduler) -> Vec<Effect> {
        let Some(loaded) = &self.loaded else { return Vec::new() };
        let hashes = loaded.card.point_hashes();
        let points = hashes
            .iter()
            .zip(&self.work.ticked)
            .map(|(point, hit)| PointResult { point: *point, hit: *hit })
            .collect();
        let judged = self.work.judged.as_ref();
        let answer = Answer {
            proposed: self.default_rating(),
            correct: judged
                .map(|judged| judged.verdict.rating() == Rating::Good)
                .or(self.work.earlier_verdict)
                // Giving up on what the program judges is a wrong answer.
                .or_else(|| self.is_judged_kind().then_some(false)),
            confidence: self.work.confidence,
            hint_used: self.work.hint_used,
            wrong_statement: self.work.wrong_statement,
            points,
            typed: self.work.typed.clone(),
            seconds: look.now.seconds_since(self.asked_at).min(MAX_ANSWER_SECONDS),
        };
        let recorded = self.session.rate(scheduler, rating, answer, look.today, look.now);
        let mut effects = Vec::new();
        if let Some(recorded) = recorded {
            effects = self.written(Effect::Record(Box::new(recorded)));
        }
        effects.extend(self.open_current(self.lang));
        effects
    }

    fn undo(&mut self, look: &Look<'_>) -> Vec<Effect> {
        let Some(undone) = self.session.undo() else { return Vec::new() };
        let mut effects = Vec::new();
        let mut work = Work::default();
        if let Some((review, schedule)) = undone.review {
            work = work_of(&review);
            self.asked_at = look.now.plus_seconds(-whole_seconds(review.seconds));
            effects.extend(self.written(Effect::Void {
                id: review.id,
                key: undone.key.clone(),
                schedule,
                at: look.now,
            }));
        }
        if undone.dropped {
            for kind in [MarkKind::Unsuspend, MarkKind::Unbury] {
                let mark = Mark { at: look.now, key: undone.key.clone(), kind };
                effects.extend(self.written(Effect::Mark(mark)));
            }
        }
        effects.extend(self.open_current(self.lang));
        self.is_reopened = work.typed.is_some();
        self.work = work;
        effects
    }

    /// A sample writes nothing.
    fn written(&self, effect: Effect) -> Vec<Effect> {
        if self.is_sample { Vec::new() } else { vec![effect] }
    }

    fn act_done(&mut self, action: Action, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        match action {
            Action::Confirm | Action::Back => (Vec::new(), Turn::Home),
            Action::Undo => (self.undo(look), Turn::Stay),
            Action::List => {
                if let Stage::Done { is_listing } = &mut self.stage {
                    *is_listing = !*is_listing;
                }
                self.scroll = 0;
                (Vec::new(), Turn::Stay)
            }
            Action::Digit(1) => {
                let keys: Vec<_> = self.sure_and_wrong().map(|review| review.key.clone()).collect();
                if keys.is_empty() {
                    return (Vec::new(), Turn::Stay);
                }
                (Vec::new(), Turn::StudyAgain(keys))
            }
            _ => {
                self.scroll_by(action);
                (Vec::new(), Turn::Stay)
            }
        }
    }

    /// Reviews of the sitting that were given as sure and were not recalled.
    pub fn sure_and_wrong(&self) -> impl Iterator<Item = &Review> {
        self.session.reviews().filter(|review| {
            review.confidence == Some(Confidence::Sure) && review.rating == Some(Rating::Again)
        })
    }

    /// Leaving shows the summary once something was done.
    fn leave(&mut self, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        let effects = self.flush(look.now);
        if self.session.reviews().next().is_none() {
            return (effects, Turn::Home);
        }
        self.stage = Stage::Done { is_listing: false };
        self.scroll = 0;
        (effects, Turn::Stay)
    }

    fn skip(&mut self, look: &Look<'_>) -> Vec<Effect> {
        let mut effects = self.flush(look.now);
        if self.session.skip(look.now) {
            effects.extend(self.open_current(self.lang));
        }
        effects
    }

    fn reveal(&mut self, today: Day) -> Vec<Effect> {
        self.scroll = 0;
        self.stage =
            if self.points().is_empty() { Stage::Answer } else { Stage::Ticks { cursor: 0 } };
        self.save_ticks(true, today)
    }

    fn save_ticks(&self, answer_shown: bool, today: Day) -> Vec<Effect> {
        let Some(loaded) = &self.loaded else { return Vec::new() };
        let hashes = loaded.card.point_hashes();
        let ticked = hashes
            .iter()
            .zip(&self.work.ticked)
            .filter_map(|(hash, ticked)| ticked.then_some(*hash))
            .collect();
        let ticks = SavedTicks {
            day: today,
            ticked,
            wrong_statement: self.work.wrong_statement,
            confidence: self.work.confidence,
            hint_used: self.work.hint_used,
            answer_shown,
        };
        self.written(Effect::SaveTicks(loaded.card.key.clone(), ticks))
    }

    fn save_draft(&mut self, text: String, now: Timestamp) -> Vec<Effect> {
        self.draft_is_dirty = false;
        match self.session.current() {
            Some(card) => self.written(Effect::SaveDraft(card.key.clone(), text, now)),
            None => Vec::new(),
        }
    }

    /// Keeps what is typed: every second and before anything that might end the program.
    pub fn flush(&mut self, now: Timestamp) -> Vec<Effect> {
        if !self.draft_is_dirty {
            return Vec::new();
        }
        let text = match &self.stage {
            Stage::Typing(field) => Some(field.text()),
            Stage::Answering(pad) => Some(pad.draft().unwrap_or_default()),
            _ => None,
        };
        text.map_or_else(Vec::new, |text| self.save_draft(text, now))
    }

    /// Takes a key of an open field.
    pub fn key(&mut self, key: Key) {
        let changed = match &mut self.stage {
            Stage::Typing(field) => field.key(key),
            Stage::Answering(pad) => pad.key(key),
            _ => false,
        };
        self.draft_is_dirty |= changed;
    }

    /// Takes a pasted text; tells whether there was a field for it.
    pub fn paste(&mut self, text: &str) -> bool {
        let changed = match &mut self.stage {
            Stage::Typing(field) => field.paste(text),
            Stage::Answering(pad) if pad.place(false).is_text() => pad.paste(text),
            _ => return false,
        };
        self.draft_is_dirty |= changed;
        true
    }

    /// A write failed: what is typed is written again with the next tick.
    pub fn keep_draft_dirty(&mut self) {
        self.draft_is_dirty |= matches!(self.stage, Stage::Typing(_) | Stage::Answering(_));
    }

    /// The editor has given the draft back.
    pub fn draft_edited(&mut self, text: &str) {
        if let Stage::Typing(field) = &mut self.stage {
            **field = TextField::of_lines(text.trim_end());
            self.draft_is_dirty = true;
        }
    }

    /// Whether typed text waits to be saved, so that the loop wakes within a second.
    pub const fn has_dirty_draft(&self) -> bool {
        self.draft_is_dirty
    }

    /// Whether a clock runs on the screen.
    pub fn shows_clock(&self) -> bool {
        matches!(self.stage, Stage::Question | Stage::Typing(_) | Stage::Answering(_))
    }

    fn scroll_by(&mut self, action: Action) {
        self.code_offset = match action {
            Action::Right => self.code_offset.saturating_add(8),
            Action::Left => self.code_offset.saturating_sub(8),
            _ => self.code_offset,
        };
        self.scroll = match action {
            Action::PageDown => self.scroll.saturating_add(8),
            Action::PageUp => self.scroll.saturating_sub(8),
            Action::Down => self.scroll.saturating_add(1),
            Action::Up => self.scroll.saturating_sub(1),
            Action::First => 0,
            Action::Last => usize::MAX / 2,
            _ => self.scroll,
        };
    }
}

/// Key points of an open card; none for other kinds.
fn points(card: &Card, lang: Lang) -> &[KeyPoint] {
    match &card.text(lang).body {
        Body::Open { points } => points,
        _ => &[],
    }
}

fn work_of(review: &Review) -> Work {
    Work {
        confidence: review.confidence,
        is_sure: review.confidence == Some(Confidence::Sure),
        hint_used: review.hint_used,
        // Something typed also marks the work as begun, so that the grade page opens and not the question.
        typed: review.answer.clone().or_else(|| Some(String::new())),
        ticked: review.points.iter().map(|point| point.hit).collect(),
        wrong_statement: review.wrong_statement,
        judged: None,
        views_all: false,
        earlier_proposal: review.proposed,
        earlier_verdict: review.correct,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most 300")]
fn whole_seconds(seconds: f32) -> i64 {
    seconds.clamp(0.0, MAX_ANSWER_SECONDS) as i64
}
