//! The interface with its trainer: a message in, everything written that follows from it, what is left for the terminal out.
//!
//! The only door of the interface to decks, log and settings. Knows no terminal, so that tests sit at the same desk.

use std::path::PathBuf;

use crate::domain::card::{Card, CardKey};
use crate::domain::deck::CardEntry;
use crate::domain::interview::Interview;
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use crate::i18n::Texts;
use crate::store::StoreError;
use crate::study::curve::Curve;
use crate::study::stats::Window;
use crate::trainer::{NotAdded, Trainer};
use crate::tui::app::{App, Message};
use crate::tui::effect::{CardInfo, Effect, FirstRunChoice, Loaded, Question, ReadCard, Reply};
use crate::tui::screens::deck_problem::DeckProblem;
use crate::tui::theme::Role;

/// What only the terminal can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chore {
    /// Open a card in the editor.
    EditCard(CardKey),
    /// Open a file in the editor at a line.
    EditFile(String, u32),
    /// Open the file of an edited card again, at a line.
    EditAgain(CardKey, String, u32),
    /// Edit a text in the editor.
    EditDraft(String),
    /// Draw everything again.
    Redraw,
    /// Stop until the shell continues the program.
    Suspend,
    /// Leave.
    Quit,
}

/// Interface and trainer together.
#[derive(Debug)]
pub struct Desk {
    /// The interface.
    pub app: App,
    /// Decks and log.
    pub trainer: Trainer,
}

impl Desk {
    /// A desk on which the first effects have been performed.
    pub fn open(app: App, trainer: Trainer, effects: Vec<Effect>, now: Timestamp) -> Self {
        let mut desk = Self { app, trainer };
        // Opening effects never need the terminal.
        desk.perform_all(effects, now);
        desk
    }

    /// Takes a message. When it returns, everything that follows from it is on disk or told to be not.
    pub fn step(&mut self, message: Message, now: Timestamp) -> Vec<Chore> {
        let effects = self.app.update(message, now);
        self.perform_all(effects, now)
    }

    /// Writes what is typed but not written yet.
    pub fn flush(&mut self, now: Timestamp) {
        let effects = self.app.flush(now);
        self.perform_all(effects, now);
    }

    /// A card was perhaps edited: reads the files again and shows it as it is now.
    pub fn after_edit(&mut self, key: Option<&CardKey>, now: Timestamp) -> Vec<Chore> {
        self.trainer.refresh(now);
        match key {
            Some(key) => {
                self.trainer.adopt_edited(key, now);
                let reply = self.fetch(key, now);
                let mut chores = self.step(Message::Reply(reply), now);
                let found = self.trainer.errors_of_edit(key).map(|(problems, text)| {
                    let entry = self.trainer.entry_of(key);
                    let id = entry.map_or_else(
                        || self.trainer.kept_card(key).and_then(|card| card.id.clone()),
                        |entry| entry.id.clone(),
                    );
                    let (key, id) = (key.clone(), id.map(|id| id.0));
                    Box::new(DeckProblem { key, id, problems, text, cursor: 0 })
                });
                chores.extend(self.step(Message::Reply(Reply::DeckProblem(found)), now));
                self.tell_pending(now);
                chores
            }
            None => self.perform_all(vec![Effect::LoadDecks], now),
        }
    }

    fn perform_all(&mut self, effects: Vec<Effect>, now: Timestamp) -> Vec<Chore> {
        let mut chores = Vec::new();
        let mut waiting: std::collections::VecDeque<Effect> = effects.into();
        while let Some(effect) = waiting.pop_front() {
            match self.perform(effect, now) {
                Done::Nothing => {}
                Done::Chore(chore) => chores.push(chore),
                Done::Reply(reply) => {
                    let more = self.app.update(Message::Reply(*reply), now);
                    // What a reply asks for comes before what was still waiting: it belongs to the earlier effect.
                    for effect in more.into_iter().rev() {
                        waiting.push_front(effect);
                    }
                }
            }
        }
        chores
    }

    #[expect(clippy::too_many_lines, reason = "a plain table: one arm an effect")]
    fn perform(&mut self, effect: Effect, now: Timestamp) -> Done {
        match effect {
            Effect::Record(recorded) => {
                let result = self.trainer.record(*recorded);
                self.saved(result)
            }
            Effect::RecordQuiz(review) => {
                let result = self.trainer.record_quiz(*review);
                self.saved(result)
            }
            Effect::RetryUnsaved => {
                let result = self.trainer.retry_unsaved();
                self.saved(result)
            }
            Effect::Void { id, key, schedule, at } => {
                let result = self.trainer.void(id, &key, schedule, at);
                self.saved(result)
            }
            Effect::Mark(mark) => {
                let result = self.trainer.mark(&mark);
                self.saved(result)
            }
            Effect::MarkAll(marks) => {
                let result = self.trainer.mark_all(&marks);
                self.saved(result)
            }
            Effect::LoadShelf => {
                self.trainer.refresh(now);
                Done::reply(Reply::Shelf(Box::new(self.trainer.shelf(now))))
            }
            Effect::ReadCards(entries) => {
                let read = |entry: CardEntry| ReadCard {
                    text: self.trainer.folded_text(&entry),
                    last_points: self.trainer.last_points(&entry.key),
                    key: entry.key,
                };
                Done::reply(Reply::Read(entries.into_iter().map(read).collect()))
            }
            Effect::FetchInfo(key) => {
                let info = Box::new(self.card_info(&key, now));
                Done::reply(Reply::CardInfo(key, info))
            }
            Effect::SaveDraft(key, text, at) => trouble(self.trainer.save_draft(&key, &text, at)),
            Effect::SaveTicks(key, ticks) => trouble(self.trainer.save_ticks(&key, &ticks)),
            Effect::FetchCard(key) => {
                // Decks that were changed in another window are seen with the next card.
                self.trainer.refresh(now);
                Done::reply(self.fetch(&key, now))
            }
            Effect::AddCard(card) => {
                let look = self.app.look(now);
                let (lang, texts) = (look.lang, look.texts);
                let added = self.trainer.add_card(&card, lang, now);
                Done::reply(Reply::Added(match added {
                    Ok(added) => Ok(added.id.0),
                    Err(why) => Err(not_added(texts, &why)),
                }))
            }
            Effect::ReadAgain(key) => {
                let chores = self.after_edit(Some(&key), now);
                chores.into_iter().next().map_or(Done::Nothing, Done::Chore)
            }
            Effect::EditAgain(key, path, line) => Done::Chore(Chore::EditAgain(key, path, line)),
            Effect::StartStudy(request) => {
                self.trainer.refresh(now);
                self.app.use_scheduler(self.trainer.scheduler());
                Done::reply(Reply::Study(Box::new(self.trainer.study(&request, now))))
            }
            Effect::StartQuiz(request) => Done::reply(self.quiz(&request, now)),
            Effect::LoadHome => {
                self.trainer.refresh(now);
                self.tell_pending(now);
                let overview = self.trainer.overview(self.app.look(now).lang, now);
                Done::reply(Reply::Home(Box::new(overview)))
            }
            Effect::LoadPlan => Done::reply(Reply::Plan(self.trainer.planner(now).map(Box::new))),
            Effect::LoadPreparation => Done::reply(self.preparation(now)),
            Effect::SavePreparation(wanted) => match self.trainer.set_preparation(&wanted, now) {
                Ok(()) => Done::reply(self.preparation(now)),
                Err(error) => Done::reply(Reply::Trouble(error.to_string())),
            },
            Effect::LoadMoved(before) => {
                Done::reply(Reply::Moved(Box::new(self.trainer.moved(&before, now))))
            }
            Effect::LoadAim => Done::reply(Reply::Aim(self.trainer.aim(now).map(Box::new))),
            Effect::KeepDenseDay(interview, dense_from) => {
                if self.trainer.remember_dense_day(interview, dense_from) {
                    // Today's minutes are others now.
                    let overview = self.trainer.overview(self.app.look(now).lang, now);
                    return Done::reply(Reply::Home(Box::new(overview)));
                }
                Done::Nothing
            }
            Effect::LoadQuizFacts => Done::reply(Reply::QuizFacts(self.trainer.quiz_facts(now))),
            Effect::LoadDecks => {
                self.trainer.refresh(now);
                Done::reply(Reply::Decks(
                    self.trainer.decks_with_cards(),
                    self.trainer.all_problems(),
                ))
            }
            Effect::LoadStats(window) => {
                self.trainer.refresh(now);
                let lang = self.app.look(now).lang;
                Done::reply(match self.trainer.stats(window, lang, now) {
                    Ok(stats) => Reply::Stats(Box::new(stats)),
                    Err(error) => Reply::Trouble(error.to_string()),
                })
            }
            Effect::ExportCards(keys, lang) => {
                Done::reply(self.exported(self.trainer.export_cards(&keys, lang, now)))
            }
            Effect::TagCards(keys, word) => Done::reply(self.tag_cards(&keys, &word, now)),
            Effect::ExportStats(window) => Done::reply(self.export_stats(window, now)),
            Effect::UndoLast => match self.trainer.undo_last(now) {
                Ok(undone) => Done::reply(Reply::UndoneLast(undone.and_then(|(_, entry)| entry))),
                // Kept and tried again, as an undo within a sitting is.
                Err(error) if self.trainer.unsaved() > 0 => self.saved(Err(error)),
                Err(error) => Done::reply(Reply::Trouble(error.to_string())),
            },
            Effect::FinishFirstRun(choice) => self.finish_first_run(&choice, now),
            Effect::EditCard(key) => Done::Chore(Chore::EditCard(key)),
            Effect::EditFile(path, line) => Done::Chore(Chore::EditFile(path, line)),
            Effect::EditDraft(_, text) | Effect::EditText(text) => {
                Done::Chore(Chore::EditDraft(text))
            }
            Effect::Redraw => Done::Chore(Chore::Redraw),
            Effect::SuspendProgram => Done::Chore(Chore::Suspend),
            Effect::Quit => Done::Chore(Chore::Quit),
        }
    }

    fn preparation(&self, now: Timestamp) -> Reply {
        let tags = self.trainer.entries().iter().flat_map(|entry| entry.tags.clone());
        let tags: std::collections::BTreeSet<Tag> = tags.collect();
        Reply::Preparation(Box::new(self.trainer.preparation(now)), tags.into_iter().collect())
    }

    fn saved(&self, result: Result<(), StoreError>) -> Done {
        let why = result.err().map(|error| error.to_string());
        Done::reply(Reply::Unsaved(self.trainer.unsaved(), why))
    }

    fn fetch(&self, key: &CardKey, now: Timestamp) -> Reply {
        let is_broken = || self.trainer.errors_of_edit(key).is_some();
        let entry = self.trainer.entry_of(key);
        let kept = self.trainer.kept_card(key).filter(|_| entry.is_none() && is_broken());
        let loaded = match (kept, entry.or_else(|| self.trainer.lost_entry(key))) {
            // An edit broke the file: the card that was read before goes on to be used.
            (Some(card), _) => Ok(self.loaded(card.clone(), now)),
            (None, None) => Err(format!("the card {key} is no longer in any deck")),
            (None, Some(entry)) => {
                let card = self.trainer.card(entry).map_err(|problem| problem.to_string());
                card.map(|card| Loaded {
                    resources: self.trainer.resources_of(entry),
                    ..self.loaded(card, now)
                })
            }
        };
        Reply::Card(Box::new(loaded))
    }

    /// Says that new cards may be known ones, once after they were found.
    fn tell_pending(&mut self, now: Timestamp) {
        let waiting = self.trainer.news_pending();
        if waiting > 0 {
            let hint = self.app.look(now).texts.pending_hint(waiting);
            self.app.tell(Role::Warn, hint, now);
        }
    }

    /// A card with what is kept of it.
    fn loaded(&self, card: Card, now: Timestamp) -> Loaded {
        let today = self.trainer.day_of(now);
        let (draft, ticks) = self.trainer.in_progress(&card.key, today);
        let starred = self.trainer.marks_of(&card.key).is_starred;
        Loaded { card, draft, ticks, resources: Vec::new(), starred }
    }

    fn card_info(&self, key: &CardKey, now: Timestamp) -> Result<CardInfo, String> {
        let trainer = &self.trainer;
        let entry = trainer
            .entry_of(key)
            .ok_or_else(|| format!("the card {key} is no longer in any deck"))?;
        let card = trainer.card(entry).map_err(|problem| problem.to_string())?;
        let history = trainer.history(key);
        Ok(CardInfo {
            card,
            resources: trainer.resources_of(entry),
            curve: Curve::of(trainer.scheduler(), &history),
            history,
            interview: trainer.next_interview(now).map(|next| next.interview.day),
        })
    }

    fn quiz(&mut self, request: &crate::study::request::QuizRequest, now: Timestamp) -> Reply {
        self.trainer.refresh(now);
        let texts = self.app.look(now).texts;
        let built = self.trainer.quiz(request, self.app.card_lang(), now);
        Reply::Quiz(Box::new(match built {
            Ok((quiz, questions)) => {
                let questions = questions
                    .into_iter()
                    .map(|question| Question { card: question.card, made: question.made })
                    .collect();
                Ok((quiz, questions))
            }
            Err(why) => Err(texts.nothing_to_study(&why)),
        }))
    }

    fn export_stats(&self, window: Window, now: Timestamp) -> Reply {
        let stats = match self.trainer.stats(window, self.app.look(now).lang, now) {
            Ok(stats) => stats,
            Err(error) => return Reply::Trouble(error.to_string()),
        };
        self.exported(self.trainer.export_stats(&stats))
    }

    /// Where something was written, as the user calls the place.
    fn exported(&self, written: Result<PathBuf, String>) -> Reply {
        match written {
            Ok(path) => {
                let home = self.trainer.paths().home.as_deref();
                let shown = home.and_then(|home| path.strip_prefix(home).ok());
                Reply::Exported(match shown {
                    Some(rest) => format!("~/{}", rest.display()),
                    None => path.display().to_string(),
                })
            }
            Err(why) => Reply::Trouble(why),
        }
    }

    fn tag_cards(&mut self, keys: &[CardKey], word: &str, now: Timestamp) -> Reply {
        let tagged = self.trainer.tag_cards(keys, word, now);
        if let Some(why) = tagged.failed.first() {
            return Reply::Trouble(why.clone());
        }
        let texts = self.app.look(now).texts;
        let done = texts.tagged_cards(tagged.changed, &tagged.tag, tagged.is_on);
        Reply::Told(match tagged.bundled {
            0 => done,
            bundled => format!("{done}; {}", texts.bundled_cards_stay(bundled)),
        })
    }

    fn finish_first_run(&mut self, choice: &FirstRunChoice, now: Timestamp) -> Done {
        let interviews: Vec<Interview> = choice
            .day
            .map(|day| Interview {
                day,
                company: String::new(),
                role: choice.role.clone().unwrap_or_default(),
                tags: Vec::new(),
                time: None,
            })
            .into_iter()
            .collect();
        if let Err(error) = self.trainer.set_interviews(&interviews) {
            return Done::reply(Reply::Trouble(error.to_string()));
        }
        if let Err(error) = self.trainer.write_first_settings(choice.lang, &choice.decks) {
            return Done::reply(Reply::Trouble(error));
        }
        let overview = self.trainer.overview(choice.lang, now);
        Done::reply(Reply::Home(Box::new(overview)))
    }
}

/// What became of an effect.
enum Done {
    Nothing,
    Chore(Chore),
    Reply(Box<Reply>),
}

impl Done {
    fn reply(reply: Reply) -> Self {
        Self::Reply(Box::new(reply))
    }
}

/// Why a card was not added, in a sentence.
pub fn not_added(texts: &Texts, why: &NotAdded) -> String {
    match why {
        NotAdded::NoQuestion => texts.question_missing().to_owned(),
        NotAdded::NoAnswer => texts.answer_missing().to_owned(),
        NotAdded::NoDeck(deck, meant) => texts.no_such_deck(deck, meant.as_deref()),
        NotAdded::IdTaken(id) => texts.id_is_taken(id),
        NotAdded::Exists(path) => path.display().to_string(),
        NotAdded::Disk(why) => why.clone(),
        NotAdded::Problems(problems) => {
            problems.first().map(ToString::to_string).unwrap_or_default()
        }
    }
}

/// A write that may fail with a sentence.
fn trouble(result: Result<(), StoreError>) -> Done {
    match result {
        Ok(()) => Done::Nothing,
        Err(error) => Done::reply(Reply::Trouble(error.to_string())),
    }
}
