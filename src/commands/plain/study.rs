//! A sitting in lines: question, answer, key points, grade. Follows the study screen step by step.

use std::io::{self, BufRead, Write};

use crate::commands::plain::explain;
use crate::commands::plain::form::Form;
use crate::commands::plain::lines::{Command, markdown, numbers, text_of};
use crate::commands::plain::{Desk, Given, summary};
use crate::domain::card::{Body, Card, CardKey, KeyPoint, fnv1a};
use crate::domain::deck::CardEntry;
use crate::domain::lang::Lang;
use crate::domain::memory::NextMeeting;
use crate::domain::resource::Resource;
use crate::domain::review::{
    Confidence, MAX_ANSWER_SECONDS, Mark, MarkKind, PointResult, Rating, Review, SavedTicks,
};
use crate::domain::time::Timestamp;
use crate::study::answer::Verdict;
use crate::study::rubric;
use crate::study::scheduler::Outcome;
use crate::study::session::{Answer, Session};

/// Characters of a typed answer at most.
const MAX_TYPED: usize = 4000;

/// A sitting in lines.
pub struct Sitting<'a, R, W, C> {
    desk: Desk<'a, R, W, C>,
    session: Session,
}

/// The card that is asked.
struct Asked {
    key: CardKey,
    card: Card,
    links: Vec<Resource>,
    form: Option<Form>,
    work: Work,
    at: Timestamp,
}

/// What was done on a card so far.
#[derive(Clone, Debug, Default)]
struct Work {
    typed: String,
    confidence: Option<Confidence>,
    is_sure: bool,
    hint_used: bool,
    ticked: Vec<bool>,
    wrong_statement: bool,
    verdict: Option<Verdict>,
    correct: Option<bool>,
    gave_up: bool,
    earlier_proposal: Option<Rating>,
}

/// A review that was taken back, to be graded anew.
struct Undone {
    work: Work,
    seconds: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Question,
    Ticks,
    Grade,
}

enum Turn {
    /// On with the same card.
    To(Stage),
    /// On with the card that is current now, with what an undo has brought back.
    Card(Option<Box<Undone>>),
    /// The sitting is left.
    Leave,
}

/// What a line came to; nothing when the same prompt is asked again.
type Step = io::Result<Option<Turn>>;

impl<'a, R: BufRead, W: Write, C: Fn() -> Timestamp> Sitting<'a, R, W, C> {
    /// A sitting that has just been built.
    pub const fn new(desk: Desk<'a, R, W, C>, session: Session) -> Self {
        Self { desk, session }
    }

    /// Asks every card, then says what came of it.
    pub fn run(mut self) -> io::Result<()> {
        let mut undone = None;
        while let Some(current) = self.session.current() {
            let key = current.key.clone();
            match self.card(key, undone.take())? {
                Turn::Card(back) => undone = back,
                Turn::To(_) => {}
                Turn::Leave => break,
            }
        }
        self.say_summary()?;
        self.desk.lines.flush()
    }

    fn card(&mut self, key: CardKey, undone: Option<Box<Undone>>) -> io::Result<Turn> {
        let mut asked = match self.open(key) {
            Ok(asked) => asked,
            Err(why) => {
                self.desk.lines.say(&why)?;
                self.session.drop_current(self.desk.now());
                return Ok(Turn::Card(None));
            }
        };
        let mut stage = self.first_stage(&mut asked, undone);
        self.say_question(&asked)?;
        loop {
            let turn = match stage {
                Stage::Question => self.question(&mut asked)?,
                Stage::Ticks => self.ticks(&mut asked)?,
                Stage::Grade => self.grade(&mut asked)?,
            };
            match turn {
                Turn::To(Stage::Question) => {
                    self.say_question(&asked)?;
                    stage = Stage::Question;
                }
                Turn::To(next) => stage = next,
                turn => return Ok(turn),
            }
        }
    }

    fn open(&self, key: CardKey) -> Result<Asked, String> {
        let trainer = &self.desk.trainer;
        let unreadable = |name: &str, why: &str| self.desk.texts.plain_unreadable(name, why);
        let entry = trainer.entry_of(&key).ok_or_else(|| unreadable(&key.0, "no such card"))?;
        let name = entry.name();
        let card = trainer.card(entry).map_err(|why| unreadable(&name, &why.to_string()))?;
        let links = trainer.resources_of(entry);
        let reviews = trainer.schedule(&key).progress().map_or(0, |progress| progress.reviews);
        let form = Form::new(&card, None, fnv1a(key.0.as_bytes()) ^ u64::from(reviews));
        let ticked = vec![false; points(&card, self.desk.lang).len()];
        let work = Work { ticked, ..Work::default() };
        Ok(Asked { key, card, links, form, work, at: self.desk.now() })
    }

    /// Puts back what an undo brought, or what was kept of a card that was left.
    fn first_stage(&self, asked: &mut Asked, undone: Option<Box<Undone>>) -> Stage {
        let points = asked.work.ticked.len();
        if let Some(undone) = undone {
            asked.at = before(asked.at, undone.seconds);
            asked.work = undone.work;
            asked.work.ticked.resize(points, false);
            return Stage::Grade;
        }
        if asked.form.is_some() {
            return Stage::Question;
        }
        let (draft, ticks) = self.desk.trainer.in_progress(&asked.key, self.desk.today());
        asked.work.typed = draft.unwrap_or_default();
        let Some(ticks) = ticks else { return Stage::Question };
        let hashes = asked.card.point_hashes();
        asked.work.ticked = hashes.iter().map(|hash| ticks.ticked.contains(hash)).collect();
        asked.work.ticked.resize(points, false);
        asked.work.confidence = ticks.confidence;
        asked.work.hint_used = ticks.hint_used;
        asked.work.wrong_statement = ticks.wrong_statement;
        if ticks.answer_shown && points > 0 { Stage::Ticks } else { Stage::Question }
    }

    fn say_question(&mut self, asked: &Asked) -> io::Result<()> {
        let Desk { lines, trainer, texts, lang, .. } = &mut self.desk;
        let place = self.session.progress();
        let heading = explain::heading(&asked.card, place, trainer.labels(), texts, *lang);
        lines.say("")?;
        lines.say(&heading)?;
        lines.say_all(explain::question(&asked.card, texts, *lang))?;
        let count = points(&asked.card, *lang).len();
        if count > 0 {
            lines.say(&format!("{}. {}", (texts.key_points)(count), texts.say_all_of_it))?;
        }
        if let Some(form) = &asked.form {
            lines.say_all(form.lines(&asked.card, *lang))?;
        }
        Ok(())
    }

    fn question(&mut self, asked: &mut Asked) -> io::Result<Turn> {
        let texts = self.desk.texts;
        if !asked.work.typed.is_empty() && asked.form.is_none() {
            let draft = asked.work.typed.lines().map(str::to_owned).collect();
            self.desk.lines.say_all(explain::labelled(texts.plain_draft(), draft))?;
        }
        let prompt = match &asked.form {
            Some(form) => form.prompt(&asked.card, texts),
            None => texts.plain_open_prompt().to_owned(),
        };
        let mut has_typed = false;
        loop {
            // The further lines of an answer are read without a prompt between them.
            let read =
                if has_typed { self.desk.lines.read()? } else { self.desk.lines.ask(&prompt)? };
            let Some(line) = read else { return Ok(Turn::Leave) };
            let turn = match Command::of(&line) {
                Some(Command::Undo) => self.undo()?,
                Some(Command::Sure) if asked.form.is_none() => self.type_line(asked, &line)?,
                Some(command) => self.command(asked, command)?,
                None if asked.form.is_some() => self.judged_line(asked, &line)?,
                None => self.open_line(asked, &line)?,
            };
            if let Some(turn) = turn {
                return Ok(turn);
            }
            has_typed = asked.form.is_none() && Command::of(&line).is_none();
        }
    }

    fn open_line(&mut self, asked: &mut Asked, line: &str) -> Step {
        let confidence = numbers(line).filter(|numbers| numbers.len() == 1);
        let confidence = confidence
            .and_then(|numbers| u8::try_from(numbers[0]).ok())
            .and_then(Confidence::from_number);
        if confidence.is_none() && !line.trim().is_empty() {
            return self.type_line(asked, line);
        }
        asked.work.confidence = confidence;
        self.save_ticks(asked)?;
        Ok(Some(Turn::To(Stage::Ticks)))
    }

    /// Adds a line to the typed answer, which is kept as a draft at once.
    fn type_line(&mut self, asked: &mut Asked, line: &str) -> Step {
        let typed = &mut asked.work.typed;
        if !typed.is_empty() {
            typed.push('\n');
        }
        typed.push_str(text_of(line));
        if let Some((end, _)) = typed.char_indices().nth(MAX_TYPED) {
            typed.truncate(end);
            self.desk.lines.say(self.desk.texts.plain_answer_full())?;
        }
        let now = self.desk.now();
        let kept = self.desk.trainer.save_draft(&asked.key, &asked.work.typed, now);
        self.desk.say_failure(&kept)?;
        Ok(None)
    }

    fn judged_line(&mut self, asked: &mut Asked, line: &str) -> Step {
        let Some(form) = asked.form.clone() else { return Ok(None) };
        if line.trim().is_empty() {
            asked.work.gave_up = true;
            asked.work.confidence = Some(Confidence::NoIdea);
            return self.show_judged(asked, &form, None);
        }
        let sure = line.trim_start().strip_prefix(['!', '！']).filter(|_| form.takes_numbers());
        match self.desk.judge(&form, &asked.card, sure.unwrap_or(line))? {
            Given::End => Ok(Some(Turn::Leave)),
            Given::None => Ok(None),
            Given::Answer(judged, typed) => {
                let is_sure = asked.work.is_sure || sure.is_some();
                asked.work.confidence = is_sure.then_some(Confidence::Sure);
                asked.work.verdict = Some(judged.verdict);
                asked.work.correct = Some(judged.verdict.is_right());
                asked.work.typed.clone_from(&typed);
                self.show_judged(asked, &form, Some(&judged))
            }
        }
    }

    /// Verdict and explanation; without a judgement the right answer alone.
    fn show_judged(
        &mut self,
        asked: &Asked,
        form: &Form,
        judged: Option<&crate::study::answer::Judged>,
    ) -> Step {
        let (texts, lang) = (self.desk.texts, self.desk.lang);
        let (card, typed) = (&asked.card, &asked.work.typed);
        let verdict = match judged {
            Some(judged) => explain::verdict(judged, typed, form, card, texts, lang),
            None => explain::right_answer(form, card, lang)
                .map(|right| (texts.right_is)(&right))
                .into_iter()
                .collect(),
        };
        self.desk.lines.say_all(verdict)?;
        self.desk.lines.say_all(explain::answer(card, &asked.links, texts, lang))?;
        Ok(Some(Turn::To(Stage::Grade)))
    }

    /// What can be said on every prompt of a card.
    fn command(&mut self, asked: &mut Asked, command: Command) -> Step {
        let texts = self.desk.texts;
        match command {
            Command::Help => self.desk.lines.say_all(texts.plain_study_commands())?,
            Command::Hint => self.hint(asked)?,
            Command::Sure => {
                asked.work.is_sure = !asked.work.is_sure;
                self.desk.lines.say(texts.plain_sure(asked.work.is_sure))?;
            }
            Command::Skip if self.session.skip(self.desk.now()) => {
                self.desk.lines.say(texts.plain_skipped())?;
                return Ok(Some(Turn::Card(None)));
            }
            Command::Skip => self.desk.lines.say(texts.plain_only_card())?,
            Command::Suspend => return self.drop_card(MarkKind::Suspend, texts.plain_suspended()),
            Command::Bury => {
                let until = self.desk.today() + 1;
                return self.drop_card(MarkKind::Bury { until }, texts.plain_buried());
            }
            Command::Leave => return Ok(Some(Turn::Leave)),
            Command::Undo => {}
        }
        Ok(None)
    }

    fn hint(&mut self, asked: &mut Asked) -> io::Result<()> {
        let Some(hint) = &asked.card.text(self.desk.lang).hint else {
            return self.desk.lines.say(self.desk.texts.plain_no_hint());
        };
        asked.work.hint_used = true;
        self.desk.lines.say_all(explain::labelled(self.desk.texts.hint, markdown(hint)))
    }

    fn drop_card(&mut self, kind: MarkKind, said: &str) -> Step {
        let at = self.desk.now();
        let Some(key) = self.session.drop_current(at) else { return Ok(None) };
        let written = self.desk.trainer.mark(&Mark { at, key, kind });
        self.desk.say_failure(&written)?;
        self.desk.lines.say(said)?;
        Ok(Some(Turn::Card(None)))
    }

    /// Takes the last step of the sitting back.
    fn undo(&mut self) -> Step {
        let Some(undone) = self.session.undo() else {
            self.desk.lines.say(self.desk.texts.nothing_to_undo)?;
            return Ok(None);
        };
        let at = self.desk.now();
        let texts = self.desk.texts;
        let entry = self.desk.trainer.entry_of(&undone.key);
        let name = entry.map_or_else(|| undone.key.0.clone(), CardEntry::name);
        if undone.dropped {
            for kind in [MarkKind::Unsuspend, MarkKind::Unbury] {
                let written = self.desk.trainer.mark(&Mark { at, key: undone.key.clone(), kind });
                self.desk.say_failure(&written)?;
            }
        }
        let Some((review, schedule)) = undone.review else {
            self.desk.lines.say(&texts.plain_back_to(&name))?;
            return Ok(Some(Turn::Card(None)));
        };
        let voided = self.desk.trainer.void(review.id, &undone.key, schedule, at);
        self.desk.say_failure(&voided)?;
        self.desk.lines.say(&(texts.took_back)(&name))?;
        Ok(Some(Turn::Card(Some(Box::new(Undone::of(review))))))
    }

    fn ticks(&mut self, asked: &mut Asked) -> io::Result<Turn> {
        let (texts, lang) = (self.desk.texts, self.desk.lang);
        self.desk.lines.say_all(explain::answer(&asked.card, &asked.links, texts, lang))?;
        let count = asked.work.ticked.len();
        if count == 0 {
            return Ok(Turn::To(Stage::Grade));
        }
        self.desk.lines.say(texts.which_did_you_say)?;
        for (number, point) in points(&asked.card, lang).iter().enumerate() {
            let must =
                if point.must { format!(" ({})", texts.plain_must()) } else { String::new() };
            self.desk.lines.say(&format!("{}. {}{must}", number + 1, point.text))?;
        }
        loop {
            let Some(line) = self.desk.lines.ask(texts.plain_ticks_prompt())? else {
                return Ok(Turn::Leave);
            };
            let turn = match Command::of(&line) {
                Some(Command::Undo) => Some(Turn::To(Stage::Question)),
                Some(command) => self.command(asked, command)?,
                None => self.tick_line(asked, &line)?,
            };
            if let Some(turn) = turn {
                return Ok(turn);
            }
        }
    }

    fn tick_line(&mut self, asked: &mut Asked, line: &str) -> Step {
        let count = asked.work.ticked.len();
        let said = numbers(line).filter(|said| said.iter().all(|number| *number <= count));
        let Some(said) = said else {
            self.desk.lines.say(&self.desk.texts.plain_number_wanted(0, count))?;
            return Ok(None);
        };
        asked.work.ticked = (1..=count).map(|number| said.contains(&number)).collect();
        asked.work.wrong_statement = said.contains(&0);
        self.save_ticks(asked)?;
        self.say_missed(asked)?;
        Ok(Some(Turn::To(Stage::Grade)))
    }

    fn say_missed(&mut self, asked: &Asked) -> io::Result<()> {
        let texts = self.desk.texts;
        let hits = asked.work.ticked.iter().filter(|hit| **hit).count();
        self.desk.lines.say(&(texts.hits_of_points)(hits, asked.work.ticked.len()))?;
        let points = points(&asked.card, self.desk.lang).iter().zip(&asked.work.ticked);
        let missed: Vec<_> = points.filter(|(_, hit)| !**hit).map(|(point, _)| point).collect();
        if missed.is_empty() {
            return Ok(());
        }
        self.desk.lines.say(&format!("{}:", texts.you_missed))?;
        self.desk.lines.say_all(missed.iter().map(|point| format!("- {}", point.text)))?;
        let sure = asked.work.confidence == Some(Confidence::Sure);
        self.desk.lines.say(if sure { texts.you_were_sure_say_it } else { texts.say_missed_points })
    }

    fn grade(&mut self, asked: &mut Asked) -> io::Result<Turn> {
        let proposed = self.proposed(asked);
        self.say_grades(proposed)?;
        let texts = self.desk.texts;
        let named = proposed.map(|rating| (rating.number(), texts.rating(rating)));
        let prompt = texts.plain_grade_prompt(named);
        loop {
            let Some(line) = self.desk.lines.ask(&prompt)? else { return Ok(Turn::Leave) };
            let turn = match Command::of(&line) {
                Some(Command::Undo) => Some(back_from_grade(asked)),
                Some(command) => self.command(asked, command)?,
                None => self.grade_line(asked, &line, proposed)?,
            };
            if let Some(turn) = turn {
                return Ok(turn);
            }
        }
    }

    fn grade_line(&mut self, asked: &Asked, line: &str, proposed: Option<Rating>) -> Step {
        if let Some(rating) = chosen_rating(line, proposed) {
            return self.rate(asked, rating, proposed).map(Some);
        }
        self.desk.lines.say(&self.desk.texts.plain_number_wanted(1, 4))?;
        Ok(None)
    }

    /// The four grades, each with the day on which the card would come again.
    fn say_grades(&mut self, proposed: Option<Rating>) -> io::Result<()> {
        let today = self.desk.today();
        let Some(outcomes) = self.session.preview(self.desk.trainer.scheduler(), today) else {
            return Ok(());
        };
        let texts = self.desk.texts;
        for Outcome { rating, next, .. } in outcomes {
            let when = match next {
                NextMeeting::On(day) if day <= today => {
                    format!("{}, {}", texts.ten_minutes, texts.plain_today())
                }
                NextMeeting::On(day) => {
                    format!("{}, {}", (texts.interval)(day.days_since(today)), (texts.date)(day))
                }
                NextMeeting::NotBefore(day) => (texts.not_before)(day),
            };
            let mark = if proposed == Some(rating) { texts.plain_proposed() } else { "" };
            let comma = if mark.is_empty() { "" } else { ", " };
            let (number, word) = (rating.number(), texts.rating(rating));
            self.desk.lines.say(&format!("{number} {word}: {when}{comma}{mark}"))?;
        }
        Ok(())
    }

    /// What Enter takes: the proposal of judgement or ticks; after giving up, Again.
    fn proposed(&self, asked: &Asked) -> Option<Rating> {
        let work = &asked.work;
        if let Some(verdict) = work.verdict {
            let rating = verdict.rating();
            return Some(if work.hint_used { rating.min(Rating::Hard) } else { rating });
        }
        let is_new = self.session.current().is_some_and(|card| card.schedule.is_new());
        let no_idea = work.confidence == Some(Confidence::NoIdea);
        let points = points(&asked.card, self.desk.lang);
        rubric::propose(
            points,
            &work.ticked,
            work.wrong_statement,
            work.hint_used,
            no_idea && is_new,
        )
        .or_else(|| work.gave_up.then_some(Rating::Again))
        .or(work.earlier_proposal)
    }

    /// Rates the card; the review is on disk before anything is said.
    fn rate(
        &mut self,
        asked: &Asked,
        rating: Rating,
        proposed: Option<Rating>,
    ) -> io::Result<Turn> {
        let now = self.desk.now();
        let today = self.desk.trainer.day_of(now);
        let answer = answer_of(asked, proposed, now);
        let scheduler = self.desk.trainer.scheduler();
        if let Some(recorded) = self.session.rate(scheduler, rating, answer, today, now) {
            let written = self.desk.trainer.record(recorded);
            self.desk.say_recorded(&written)?;
        }
        Ok(Turn::Card(None))
    }

    /// Keeps the ticks, so that a card whose answer was shown goes on there.
    fn save_ticks(&mut self, asked: &Asked) -> io::Result<()> {
        let hashes = asked.card.point_hashes();
        if hashes.is_empty() {
            return Ok(());
        }
        let said = hashes.into_iter().zip(&asked.work.ticked);
        let ticks = SavedTicks {
            day: self.desk.today(),
            ticked: said.filter_map(|(hash, hit)| hit.then_some(hash)).collect(),
            wrong_statement: asked.work.wrong_statement,
            confidence: asked.work.confidence,
            hint_used: asked.work.hint_used,
            answer_shown: true,
        };
        let kept = self.desk.trainer.save_ticks(&asked.key, &ticks);
        self.desk.say_failure(&kept)
    }

    fn say_summary(&mut self) -> io::Result<()> {
        let unsaved = self.desk.trainer.unsaved();
        self.desk.lines.say_all(summary::lines(&self.session, unsaved, self.desk.texts))
    }
}

impl Undone {
    fn of(review: Review) -> Self {
        let work = Work {
            typed: review.answer.unwrap_or_default(),
            confidence: review.confidence,
            is_sure: review.confidence == Some(Confidence::Sure),
            hint_used: review.hint_used,
            ticked: review.points.iter().map(|point| point.hit).collect(),
            wrong_statement: review.wrong_statement,
            verdict: None,
            correct: review.correct,
            gave_up: false,
            earlier_proposal: review.proposed,
        };
        Self { work, seconds: review.seconds }
    }
}

/// Back to the ticks, or to the question of a card without key points.
fn back_from_grade(asked: &mut Asked) -> Turn {
    if !asked.work.ticked.is_empty() {
        return Turn::To(Stage::Ticks);
    }
    asked.work.verdict = None;
    asked.work.correct = None;
    asked.work.gave_up = false;
    Turn::To(Stage::Question)
}

/// The grade that a line names, Enter the proposed one.
fn chosen_rating(line: &str, proposed: Option<Rating>) -> Option<Rating> {
    match numbers(line)?.as_slice() {
        [] => proposed,
        [number] => u8::try_from(*number).ok().and_then(Rating::from_number),
        _ => None,
    }
}

fn answer_of(asked: &Asked, proposed: Option<Rating>, now: Timestamp) -> Answer {
    let work = &asked.work;
    let hashes = asked.card.point_hashes();
    let points = hashes.into_iter().zip(&work.ticked);
    Answer {
        proposed,
        correct: work.correct,
        confidence: work.confidence,
        hint_used: work.hint_used,
        wrong_statement: work.wrong_statement,
        points: points.map(|(point, hit)| PointResult { point, hit: *hit }).collect(),
        typed: Some(work.typed.clone()).filter(|typed| !typed.is_empty()),
        seconds: now.seconds_since(asked.at).min(MAX_ANSWER_SECONDS),
    }
}

/// The time some seconds before another.
#[expect(clippy::cast_possible_truncation, reason = "at most 300 seconds")]
fn before(at: Timestamp, seconds: f32) -> Timestamp {
    Timestamp(at.0.saturating_sub((seconds.clamp(0.0, MAX_ANSWER_SECONDS) * 1000.0) as i64))
}

/// Key points of an open card; none for other kinds.
fn points(card: &Card, lang: Lang) -> &[KeyPoint] {
    match &card.text(lang).body {
        Body::Open { points } => points,
        _ => &[],
    }
}
