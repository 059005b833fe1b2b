//! The whole interface state: which screen, what is over it, what is told; one update, one view.

use ratatui::Frame;

use crate::domain::card::CardKey;
use crate::domain::deck::DeckInfo;
use crate::domain::lang::Lang;
use crate::domain::tag::LabelList;
use crate::domain::time::{Calendar, FirstWeekday, Timestamp};
use crate::i18n::Texts;
use crate::study::plan::Planner;
use crate::study::quiz::Quiz;
use crate::study::request::{NothingToStudy, QuizRequest, StudyRequest};
use crate::study::scheduler::Scheduler;
use crate::study::session::Session;
use crate::tui::action::{Action, Place};
use crate::tui::effect::{Effect, Reply};
use crate::tui::key::Key;
use crate::tui::keymap::{Keymap, Meaning};
use crate::tui::look::Look;
use crate::tui::screens::add::{self, AddForm};
use crate::tui::screens::browse::{self, Browse};
use crate::tui::screens::browse_view;
use crate::tui::screens::deck_problem::{self, DeckProblem};
use crate::tui::screens::decks::{self, Decks};
use crate::tui::screens::first_run::{self, FirstRun};
use crate::tui::screens::help::{self, Help};
use crate::tui::screens::home::{self, Choice, Home};
use crate::tui::screens::plan::{self, PlanScreen};
use crate::tui::screens::quiz::{self, QuizScreen};
use crate::tui::screens::stats::{self, StatsScreen};
use crate::tui::screens::study::{self, Study};
use crate::tui::screens::study_view;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::page::{self, Cursor};

/// What the interface is built with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Styles and glyphs.
    pub theme: Theme,
    /// The interface language.
    pub lang: Lang,
    /// The language of cards.
    pub card_lang: Lang,
    /// Names of tags.
    pub labels: LabelList,
    /// Keys.
    pub keymap: Keymap,
    /// Time zone and end of the study day.
    pub calendar: Calendar,
    /// The weekday with which a week begins.
    pub first_weekday: FirstWeekday,
    /// The scheduler, for the dates on the grades.
    pub scheduler: Scheduler,
    /// Whether clocks are shown.
    pub clock: bool,
    /// The quiz that Home offers.
    pub quiz: QuizRequest,
    /// Where a user's own decks go, as shown.
    pub deck_folder: String,
    /// Where progress is kept, as shown.
    pub data_folder: String,
}

/// The page on which the program opens.
#[derive(Clone, Debug)]
pub enum Opening {
    /// Home.
    Home,
    /// The form of the first run, with the decks.
    FirstRun(Vec<(DeckInfo, usize)>),
    /// The plan to the interviews.
    Plan,
    /// A sitting that is already built.
    Study(Box<Session>, String),
    /// The form of a new card.
    Add {
        /// The decks to choose from, the default first.
        decks: Vec<String>,
        /// The deck that is wanted.
        deck: Option<String>,
    },
    /// A quiz that starts at once, or shows its settings.
    Quiz {
        /// What it is.
        request: QuizRequest,
        /// What the header says.
        title: String,
        /// Whether the settings are shown first.
        ask: bool,
    },
}

/// Something that happens to the interface.
#[expect(clippy::large_enum_variant, reason = "one at a time")]
#[derive(Clone, Debug)]
pub enum Message {
    /// A key; `true` if it came flushed out of an input method together with another key.
    Key(Key, bool),
    /// A pasted text.
    Paste(String),
    /// A second has passed, or the screen has another size.
    Tick,
    /// No key waits: time for a little of what a page would like to know.
    Idle,
    /// What an effect answered.
    Reply(Reply),
}

/// How long a notice stays.
const NOTICE_SECONDS: f32 = 5.0;
/// Unknown keys after which the help is named.
const UNKNOWN_KEYS: u8 = 3;

/// The interface.
#[derive(Clone, Debug)]
pub struct App {
    setup: Setup,
    screen: Screen,
    help: Option<Help>,
    notice: Option<(Role, String, Timestamp)>,
    unsaved: Option<(usize, String)>,
    unknown_keys: u8,
    is_single_purpose: bool,
    /// The result of a quiz that was left to study what was wrong.
    quiz_percent: Option<u8>,
    /// The form of the first run while sample questions are tried.
    waiting_form: Option<Box<FirstRun>>,
    /// An edited deck file that cannot be read, over the screen.
    problem: Option<Box<DeckProblem>>,
    /// The plan to the interviews, as far as it is drawn.
    plan: PlanState,
}

/// How far the plan is.
#[derive(Clone, Debug, Default)]
enum PlanState {
    /// Nobody asked for it, or there is no interview.
    #[default]
    None,
    /// It is to be begun when no key waits.
    Wanted,
    /// It is being drawn, or drawn.
    Begun(Box<Planner>),
}

#[expect(clippy::large_enum_variant, reason = "there is one")]
#[derive(Clone, Debug)]
enum Screen {
    Home(Home),
    FirstRun(Box<FirstRun>),
    Study(Box<Study>),
    Quiz(Box<QuizScreen>),
    Decks(Decks),
    Plan(Box<PlanScreen>),
    Stats(Box<StatsScreen>),
    Add(Box<AddForm>),
    Browse(Box<Browse>),
}

impl App {
    /// The dates on the grades come from this scheduler from now on: another running prep may have found other parameters.
    pub fn use_scheduler(&mut self, scheduler: &Scheduler) {
        self.setup.scheduler = scheduler.clone();
    }

    /// The interface on its first page, with what must be done before the first frame.
    pub fn new(setup: Setup, opening: Opening, now: Timestamp) -> (Self, Vec<Effect>) {
        let card_lang = setup.card_lang;
        let mut effects = Vec::new();
        let mut is_single_purpose = true;
        let screen = match opening {
            Opening::Home => {
                effects.push(Effect::LoadHome);
                is_single_purpose = false;
                Screen::Home(fresh_home(&setup))
            }
            Opening::FirstRun(decks) => {
                is_single_purpose = false;
                let form = FirstRun::new(
                    setup.lang,
                    decks,
                    setup.data_folder.clone(),
                    setup.deck_folder.clone(),
                );
                Screen::FirstRun(Box::new(form))
            }
            Opening::Plan => {
                is_single_purpose = false;
                effects.push(Effect::LoadPreparation);
                Screen::Plan(Box::default())
            }
            Opening::Study(session, title) => {
                let mut study = Study::new(*session, title, card_lang, now);
                effects.extend(study.open_current(card_lang));
                Screen::Study(Box::new(study))
            }
            Opening::Add { decks, deck } => {
                Screen::Add(Box::new(AddForm::new(decks, deck.as_deref())))
            }
            Opening::Quiz { request, title, ask } => {
                let mut quiz = QuizScreen::new(request, title, card_lang);
                quiz.leaves_program = true;
                if !ask {
                    effects.extend(quiz.begin());
                }
                Screen::Quiz(Box::new(quiz))
            }
        };
        let app = Self {
            setup,
            screen,
            help: None,
            notice: None,
            unsaved: None,
            unknown_keys: 0,
            is_single_purpose,
            quiz_percent: None,
            waiting_form: None,
            plan: PlanState::None,
            problem: None,
        };
        (app, effects)
    }

    /// What views and updates read.
    pub fn look(&self, now: Timestamp) -> Look<'_> {
        Look {
            theme: &self.setup.theme,
            texts: Texts::of(self.setup.lang),
            lang: self.setup.lang,
            labels: &self.setup.labels,
            keymap: &self.setup.keymap,
            now,
            today: self.setup.calendar.day_of(now),
            clock: self.setup.clock,
        }
    }

    /// Where the user is.
    pub fn place(&self) -> Place {
        if self.help.is_some() {
            return Place::Help;
        }
        if self.problem.is_some() {
            return Place::DeckProblem;
        }
        match &self.screen {
            Screen::Add(form) => form.place(),
            Screen::Home(_) => Place::Home,
            Screen::FirstRun(form) => form.place(),
            Screen::Study(study) => study.place(),
            Screen::Quiz(quiz) => quiz.place(),
            Screen::Decks(_) => Place::Decks,
            Screen::Plan(plan) => plan.place(),
            Screen::Stats(_) => Place::Stats,
            Screen::Browse(browse) => browse.place(),
        }
    }

    /// Whether the loop must wake every second: a clock, a draft, a notice or an unsaved grade.
    pub fn needs_tick(&self) -> bool {
        let clock = match &self.screen {
            Screen::Study(study) => {
                (self.setup.clock && study.shows_clock()) || study.has_dirty_draft()
            }
            Screen::Quiz(quiz) => quiz.shows_clock(),
            _ => false,
        };
        clock || self.notice.is_some() || self.unsaved.is_some()
    }

    /// Whether the page would like to compute something while no key waits.
    pub fn has_idle_work(&self) -> bool {
        match (&self.screen, &self.plan) {
            (Screen::Browse(browse), _) => browse.has_idle_work(),
            (Screen::Home(_) | Screen::Plan(_), PlanState::Wanted) => true,
            (Screen::Home(_), PlanState::Begun(planner)) => !planner.is_drawn(),
            (Screen::Plan(_), PlanState::Begun(planner)) => !planner.is_finished(),
            _ => false,
        }
    }

    /// Computes a little: a few roll-outs, so that a key never waits long.
    fn work(&mut self) -> Vec<Effect> {
        const UNITS: usize = 2;
        if let Screen::Browse(browse) = &self.screen {
            return browse.read_on();
        }
        let planner = match &mut self.plan {
            PlanState::None => return Vec::new(),
            PlanState::Wanted => {
                self.plan = PlanState::None;
                return vec![Effect::LoadPlan];
            }
            PlanState::Begun(planner) => planner,
        };
        let was_drawn = planner.is_drawn();
        for _ in 0..UNITS {
            planner.work();
        }
        if let Screen::Plan(screen) = &mut self.screen {
            screen.show(Some(planner.plan()));
        }
        if was_drawn || !planner.is_drawn() {
            return Vec::new();
        }
        let plan = planner.plan();
        let first = &plan.interviews[0];
        let keep = Effect::KeepDenseDay(first.interview.day, plan.dense_from);
        if let Screen::Home(home) = &mut self.screen {
            home.forecast = Some(first.clone());
        }
        vec![keep]
    }

    /// Percent of the quiz that was taken to its end, for the exit code.
    pub fn quiz_percent(&self) -> Option<u8> {
        match &self.screen {
            Screen::Quiz(quiz) => quiz.result().map(Quiz::percent).or(self.quiz_percent),
            _ => self.quiz_percent,
        }
    }

    /// The language of cards.
    pub const fn card_lang(&self) -> Lang {
        self.setup.card_lang
    }

    /// Shows a sentence for a few seconds.
    pub fn tell(&mut self, role: Role, text: impl Into<String>, now: Timestamp) {
        self.notice = Some((role, text.into(), now));
    }

    /// Takes a message and says what the world must do.
    pub fn update(&mut self, message: Message, now: Timestamp) -> Vec<Effect> {
        match message {
            Message::Key(key, left_over) => self.key(key, left_over, now),
            Message::Paste(text) => self.paste(&text, now),
            Message::Tick => self.tick(now),
            Message::Idle => self.work(),
            Message::Reply(reply) => self.reply(reply, now),
        }
    }

    /// What must be written before the program ends, however it ends.
    pub fn flush(&mut self, now: Timestamp) -> Vec<Effect> {
        match &mut self.screen {
            Screen::Study(study) => study.flush(now),
            _ => Vec::new(),
        }
    }

    fn key(&mut self, key: Key, left_over: bool, now: Timestamp) -> Vec<Effect> {
        match self.setup.keymap.meaning(self.place(), key, left_over) {
            Meaning::Action(action) => {
                self.unknown_keys = 0;
                self.notice = None;
                self.act(action, now)
            }
            Meaning::Text(key) => {
                // No date begins with this letter, so in the empty date field it is still the key of the samples.
                let is_sample_key = matches!(key, Key::Char('t' | 'ㅅ'));
                if let (Screen::FirstRun(form), true) = (&self.screen, is_sample_key)
                    && form.is_date_empty()
                {
                    return self.act(Action::TryIt, now);
                }
                self.text_key(key)
            }
            Meaning::Composed(c) => {
                let text = (self.look(now).texts.korean_in_composition)(c);
                self.tell(Role::Warn, text, now);
                Vec::new()
            }
            Meaning::Unknown => {
                self.unknown_keys = self.unknown_keys.saturating_add(1);
                if self.unknown_keys >= UNKNOWN_KEYS {
                    self.tell(Role::Muted, self.look(now).texts.help_shows_keys, now);
                }
                Vec::new()
            }
        }
    }

    fn text_key(&mut self, key: Key) -> Vec<Effect> {
        match &mut self.screen {
            Screen::Study(study) => study.key(key),
            Screen::Quiz(quiz) => quiz.key(key),
            Screen::FirstRun(form) => form.key(key),
            Screen::Browse(browse) => return browse.key(key, &self.setup.labels),
            Screen::Add(form) => form.key(key),
            Screen::Plan(plan) => plan.key(key),
            Screen::Home(_) | Screen::Decks(_) | Screen::Stats(_) => {}
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, now: Timestamp) -> Vec<Effect> {
        let taken = match &mut self.screen {
            _ if self.help.is_some() || self.problem.is_some() => false,
            Screen::Add(form) => form.paste(text),
            Screen::Browse(browse) => match browse.paste(text, &self.setup.labels) {
                Some(effects) => return effects,
                None => false,
            },
            Screen::Study(study) => study.paste(text),
            Screen::Quiz(quiz) => quiz.paste(text),
            Screen::Plan(plan) => plan.paste(text),
            Screen::FirstRun(form) => {
                form.paste(text);
                true
            }
            Screen::Home(_) | Screen::Decks(_) | Screen::Stats(_) => false,
        };
        if !taken {
            self.tell(Role::Muted, self.look(now).texts.paste_ignored, now);
        }
        Vec::new()
    }

    fn tick(&mut self, now: Timestamp) -> Vec<Effect> {
        if self.notice.as_ref().is_some_and(|(_, _, at)| now.seconds_since(*at) >= NOTICE_SECONDS) {
            self.notice = None;
        }
        let mut effects = self.flush(now);
        if self.unsaved.is_some() {
            effects.push(Effect::RetryUnsaved);
        }
        effects
    }

    fn act(&mut self, action: Action, now: Timestamp) -> Vec<Effect> {
        if let Some(effects) = self.act_everywhere(action, now) {
            return effects;
        }
        if let Some(help) = &mut self.help {
            return match help.act(action) {
                help::Turn::Stay => Vec::new(),
                help::Turn::Close => {
                    self.help = None;
                    Vec::new()
                }
                help::Turn::Run(action) => {
                    self.help = None;
                    self.act(action, now)
                }
            };
        }
        if self.problem.is_some() {
            return self.act_problem(action);
        }
        match &self.screen {
            Screen::Add(_) => self.act_add(action, now),
            Screen::Home(_) => self.act_home(action, now),
            Screen::FirstRun(_) => self.act_first_run(action, now),
            Screen::Study(_) => self.act_study(action, now),
            Screen::Quiz(_) => self.act_quiz(action, now),
            Screen::Decks(_) => self.act_decks(action),
            Screen::Plan(_) => self.act_plan(action, now),
            Screen::Stats(_) => self.act_stats(action),
            Screen::Browse(_) => self.act_browse(action, now),
        }
    }

    fn act_everywhere(&mut self, action: Action, now: Timestamp) -> Option<Vec<Effect>> {
        match action {
            Action::Quit => {
                let mut effects = self.flush(now);
                effects.push(Effect::Quit);
                Some(effects)
            }
            Action::Redraw => Some(vec![Effect::Redraw]),
            Action::SuspendProgram => {
                let mut effects = self.flush(now);
                effects.push(Effect::SuspendProgram);
                Some(effects)
            }
            Action::Help if self.help.is_none() => {
                self.help = Some(Help::new(self.place()));
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn act_home(&mut self, action: Action, now: Timestamp) -> Vec<Effect> {
        let Screen::Home(home) = &mut self.screen else { return Vec::new() };
        let (mut effects, turn) = home.act(action);
        match turn {
            home::Turn::Stay => {}
            home::Turn::Leave => effects.push(Effect::Quit),
            home::Turn::Go(choice) => effects.extend(self.go(choice, now)),
        }
        effects
    }

    fn go(&mut self, choice: Choice, now: Timestamp) -> Vec<Effect> {
        match choice {
            Choice::Study => Self::start_study(StudyRequest::default()),
            Choice::StudyMore => {
                Self::start_study(StudyRequest { new_cards: Some(5), ..StudyRequest::default() })
            }
            Choice::MoreMinutes => {
                Self::start_study(StudyRequest { minutes: Some(10), ..StudyRequest::default() })
            }
            Choice::WarmUp(keys) => Self::study_these(keys),
            Choice::WeakSpot(key) => Self::study_these(vec![key]),
            Choice::Quiz => {
                let request = self.setup.quiz.clone();
                let quiz = QuizScreen::new(request, String::new(), self.setup.card_lang);
                self.screen = Screen::Quiz(Box::new(quiz));
                vec![Effect::LoadQuizFacts]
            }
            Choice::Plan => {
                self.screen = Screen::Plan(Box::default());
                vec![Effect::LoadPreparation]
            }
            Choice::Browse(is_typing) => {
                let today = self.setup.calendar.day_of(now);
                let browse = Browse::new(is_typing, self.setup.card_lang, today);
                self.screen = Screen::Browse(Box::new(browse));
                vec![Effect::LoadShelf]
            }
            Choice::Decks => {
                let folder = self.setup.deck_folder.clone();
                self.screen = Screen::Decks(Decks { folder, ..Decks::default() });
                vec![Effect::LoadDecks]
            }
            Choice::Stats => {
                let stats = StatsScreen::new(self.setup.first_weekday);
                let load = stats.load();
                self.screen = Screen::Stats(Box::new(stats));
                vec![load]
            }
        }
    }

    fn start_study(request: StudyRequest) -> Vec<Effect> {
        vec![Effect::StartStudy(request)]
    }

    fn study_these(only: Vec<CardKey>) -> Vec<Effect> {
        Self::start_study(StudyRequest { only, ..StudyRequest::default() })
    }

    fn go_home(&mut self) -> Vec<Effect> {
        if let Some(form) = self.waiting_form.take() {
            self.screen = Screen::FirstRun(form);
            return Vec::new();
        }
        self.screen = Screen::Home(fresh_home(&self.setup));
        // Whatever the command line asked for is over: what is begun from here comes back here.
        self.is_single_purpose = false;
        vec![Effect::LoadHome]
    }

    fn act_first_run(&mut self, action: Action, now: Timestamp) -> Vec<Effect> {
        let today = self.setup.calendar.day_of(now);
        let setup = self.setup.clone();
        let look = look_of(&setup, now);
        let Screen::FirstRun(form) = &mut self.screen else { return Vec::new() };
        match form.act(action, today, &look) {
            first_run::Turn::Stay => Vec::new(),
            first_run::Turn::Speak(lang) => {
                self.setup.lang = lang;
                self.setup.card_lang = lang;
                Vec::new()
            }
            first_run::Turn::Sample => {
                vec![Effect::StartStudy(StudyRequest {
                    limit: Some(2),
                    new_cards: Some(2),
                    ..StudyRequest::default()
                })]
            }
            first_run::Turn::Finish(choice) => {
                self.setup.lang = choice.lang;
                self.setup.card_lang = choice.lang;
                self.screen = Screen::Home(fresh_home(&self.setup));
                vec![Effect::FinishFirstRun(choice)]
            }
        }
    }

    fn act_study(&mut self, action: Action, now: Timestamp) -> Vec<Effect> {
        let setup = self.setup.clone();
        let look = look_of(&setup, now);
        let Screen::Study(study) = &mut self.screen else { return Vec::new() };
        let (mut effects, turn) = study.act(action, &look, &setup.scheduler);
        effects.extend(study.wants_aim().then_some(Effect::LoadAim));
        effects.extend(study.wants_moved());
        if let Some(said) = study.said.take() {
            self.notice = Some((Role::Text, said, now));
        }
        match turn {
            study::Turn::Stay => {}
            study::Turn::Home => effects.extend(self.go_home()),
            study::Turn::StudyAgain(keys) => effects.extend(Self::study_these(keys)),
        }
        effects
    }

    fn act_quiz(&mut self, action: Action, now: Timestamp) -> Vec<Effect> {
        let setup = self.setup.clone();
        let look = look_of(&setup, now);
        let Screen::Quiz(quiz) = &mut self.screen else { return Vec::new() };
        let (mut effects, turn) = quiz.act(action, &look);
        match turn {
            quiz::Turn::Stay => {}
            // A quiz that the command line asked for ends the program, so that its exit code can tell.
            quiz::Turn::Leave if self.is_single_purpose => effects.push(Effect::Quit),
            quiz::Turn::Leave => effects.extend(self.go_home()),
            quiz::Turn::Study(keys) => {
                self.quiz_percent = quiz.result().map(Quiz::percent);
                effects.extend(Self::study_these(keys));
            }
        }
        effects
    }

    fn act_browse(&mut self, action: Action, now: Timestamp) -> Vec<Effect> {
        let setup = self.setup.clone();
        let look = look_of(&setup, now);
        let Screen::Browse(browse) = &mut self.screen else { return Vec::new() };
        let (mut effects, turn) = browse.act(action, &look);
        if let Some(said) = browse.said.take() {
            self.tell(Role::Text, said, now);
        }
        if turn == browse::Turn::Home {
            effects.extend(self.go_home());
        }
        effects
    }

    fn act_decks(&mut self, action: Action) -> Vec<Effect> {
        let Screen::Decks(decks) = &mut self.screen else { return Vec::new() };
        let (mut effects, stays) = decks.act(action);
        if decks.wants_new_card {
            self.screen = Screen::Add(Box::new(AddForm::new(decks.to_add_to(), None)));
            return effects;
        }
        if !stays {
            effects.extend(self.go_home());
        }
        effects
    }

    fn act_plan(&mut self, action: Action, now: Timestamp) -> Vec<Effect> {
        let setup = self.setup.clone();
        let look = look_of(&setup, now);
        let Screen::Plan(screen) = &mut self.screen else { return Vec::new() };
        let (mut effects, turn) = screen.act(action, &look);
        match turn {
            plan::Turn::Stay => {}
            plan::Turn::Home => effects.extend(self.go_home()),
            plan::Turn::Study => effects.extend(Self::start_study(StudyRequest::default())),
            plan::Turn::Tell(words) => self.tell(Role::Text, words, now),
        }
        effects
    }

    fn act_stats(&mut self, action: Action) -> Vec<Effect> {
        let Screen::Stats(screen) = &mut self.screen else { return Vec::new() };
        let (mut effects, turn) = screen.act(action);
        match turn {
            stats::Turn::Stay => {}
            stats::Turn::Home => effects.extend(self.go_home()),
            stats::Turn::Study(keys) => effects.extend(Self::study_these(keys)),
        }
        effects
    }

    fn act_add(&mut self, action: Action, now: Timestamp) -> Vec<Effect> {
        let setup = self.setup.clone();
        let Screen::Add(form) = &mut self.screen else { return Vec::new() };
        match form.act(action, &look_of(&setup, now)) {
            add::Turn::Stay => Vec::new(),
            add::Turn::Do(effect) => vec![*effect],
            add::Turn::Leave if self.is_single_purpose => vec![Effect::Quit],
            add::Turn::Leave => self.go_home(),
        }
    }

    fn act_problem(&mut self, action: Action) -> Vec<Effect> {
        let Some(problem) = &mut self.problem else { return Vec::new() };
        match problem.act(action) {
            deck_problem::Turn::Stay => Vec::new(),
            deck_problem::Turn::Do(effect) => vec![*effect],
            deck_problem::Turn::Close => {
                self.problem = None;
                Vec::new()
            }
        }
    }

    /// What the file of an edited card is like now.
    fn problem_shown(&mut self, found: Option<Box<DeckProblem>>, now: Timestamp) {
        if found.is_none() && self.problem.is_some() {
            self.tell(Role::Good, self.look(now).texts.mended_now(), now);
        }
        self.problem = found;
    }

    #[expect(clippy::too_many_lines, reason = "a plain table: one arm a reply")]
    fn reply(&mut self, reply: Reply, now: Timestamp) -> Vec<Effect> {
        let texts = self.look(now).texts;
        match reply {
            Reply::DeckProblem(found) => self.problem_shown(found, now),
            Reply::Added(result) => {
                let Screen::Add(form) = &mut self.screen else { return Vec::new() };
                match result {
                    Ok(id) => {
                        form.added();
                        self.tell(Role::Good, texts.add_saved(&id), now);
                    }
                    Err(why) => form.refused(why),
                }
            }
            Reply::Unsaved(count, why) => {
                self.unsaved = (count > 0).then(|| (count, why.unwrap_or_default()));
                if let Screen::Study(study) = &mut self.screen {
                    study.is_unsaved = count > 0;
                }
            }
            Reply::Trouble(why) => {
                if let Screen::Study(study) = &mut self.screen {
                    study.keep_draft_dirty();
                }
                self.tell(Role::Warn, why, now);
            }
            Reply::Card(card) => {
                if let Screen::Browse(browse) = &mut self.screen {
                    return browse.after_edit();
                }
                if let Screen::Study(study) = &mut self.screen {
                    study.show(*card, now);
                    // A card that was left at its answer comes back there.
                    return study.wants_aim().then_some(Effect::LoadAim).into_iter().collect();
                }
            }
            Reply::Study(built) => return self.study_built(*built, now),
            Reply::Quiz(built) => {
                if let Screen::Quiz(quiz) = &mut self.screen {
                    quiz.show(*built);
                }
            }
            Reply::QuizFacts(facts) => {
                if let Screen::Quiz(quiz) = &mut self.screen {
                    quiz.facts = facts;
                }
            }
            Reply::Home(overview) => {
                if let Screen::Home(home) = &mut self.screen {
                    let is_aimed = overview.interview.is_some();
                    home.overview = Some(*overview);
                    if is_aimed && home.forecast.is_none() {
                        self.plan = PlanState::Wanted;
                    }
                }
            }
            Reply::Preparation(preparation, tags) => {
                if let Screen::Plan(screen) = &mut self.screen {
                    screen.preparation = Some(*preparation);
                    screen.tags = tags;
                    if screen.has_interviews() {
                        self.plan = PlanState::Wanted;
                    } else {
                        screen.show(None);
                        self.plan = PlanState::None;
                    }
                }
            }
            Reply::Plan(planner) => {
                if let Screen::Plan(screen) = &mut self.screen {
                    // What is arithmetic is there at once; what is simulated follows.
                    screen.show(planner.as_ref().map(|planner| planner.plan()));
                }
                self.plan = planner.map_or(PlanState::None, PlanState::Begun);
            }
            Reply::Moved(moved) => {
                if let Screen::Study(study) = &mut self.screen {
                    study.moved = Some(*moved);
                }
            }
            Reply::Aim(aim) => {
                if let Screen::Study(study) = &mut self.screen {
                    study.aim_at(aim.map(|aim| *aim));
                }
            }
            Reply::Decks(list, problems) => {
                if let Screen::Decks(decks) = &mut self.screen {
                    decks.show(list, problems);
                }
            }
            Reply::Stats(stats) => {
                if let Screen::Stats(screen) = &mut self.screen {
                    screen.stats = Some(stats);
                }
            }
            Reply::Exported(path) => self.tell(Role::Good, texts.stats_exported(&path), now),
            Reply::Told(text) => self.tell(Role::Good, text, now),
            Reply::Shelf(shelf) => {
                if let Screen::Browse(browse) = &mut self.screen {
                    return browse.show(*shelf, &self.setup.labels);
                }
            }
            Reply::Read(cards) => {
                if let Screen::Browse(browse) = &mut self.screen {
                    return browse.take_read(cards);
                }
            }
            Reply::CardInfo(key, info) => {
                if let Screen::Browse(browse) = &mut self.screen {
                    browse.show_info(key, *info);
                    if let Some(said) = browse.said.take() {
                        self.tell(Role::Warn, said, now);
                    }
                }
            }
            Reply::UndoneLast(Some(entry)) => {
                self.tell(Role::Text, (texts.took_back)(&entry.name()), now);
                return vec![Effect::LoadHome];
            }
            Reply::UndoneLast(None) => self.tell(Role::Muted, texts.nothing_to_undo, now),
            Reply::DraftEdited(text) => match &mut self.screen {
                Screen::Study(study) => study.draft_edited(&text),
                Screen::Add(form) => form.text_edited(&text),
                _ => {}
            },
        }
        Vec::new()
    }

    fn study_built(
        &mut self,
        built: Result<Session, NothingToStudy>,
        now: Timestamp,
    ) -> Vec<Effect> {
        match built {
            Ok(session) => {
                if let Screen::FirstRun(form) = &self.screen {
                    self.waiting_form = Some(form.clone());
                }
                let is_sample = self.waiting_form.is_some();
                let lang = self.setup.card_lang;
                let mut study = Study::new(session, String::new(), lang, now);
                study.is_sample = is_sample;
                let effects = study.open_current(lang);
                self.screen = Screen::Study(Box::new(study));
                effects
            }
            Err(why) => {
                let text = self.look(now).texts.nothing_to_study(&why);
                self.tell(Role::Text, text, now);
                Vec::new()
            }
        }
    }

    /// Draws everything and says where the terminal's cursor belongs.
    pub fn view(&self, frame: &mut Frame<'_>, now: Timestamp) -> Option<Cursor> {
        let look = self.look(now);
        if page::is_too_small(frame.area()) {
            page::draw_too_small(frame, &look);
            return None;
        }
        let notice = self.notice(&look);
        if let Some(help) = &self.help {
            return Some(help::draw(frame, &look, help, notice));
        }
        if let Some(problem) = &self.problem {
            return Some(deck_problem::draw(frame, &look, problem, notice));
        }
        Some(match &self.screen {
            Screen::Add(form) => add::draw(frame, &look, form, notice),
            Screen::Home(home) => home::draw(frame, &look, home, notice),
            Screen::FirstRun(form) => first_run::draw(frame, &look, form, notice),
            Screen::Study(study) => {
                study_view::draw(frame, &look, study, &self.setup.scheduler, notice)
            }
            Screen::Quiz(quiz) => quiz::draw(frame, &look, quiz, notice),
            Screen::Decks(decks) => decks::draw(frame, &look, decks, notice),
            Screen::Plan(screen) => plan::draw(frame, &look, screen, notice),
            Screen::Stats(screen) => stats::draw(frame, &look, screen, notice),
            Screen::Browse(browse) => browse_view::draw(frame, &look, browse, notice),
        })
    }

    fn notice(&self, look: &Look<'_>) -> Option<(Role, String)> {
        if let Some((count, why)) = &self.unsaved {
            return Some((Role::Bad, (look.texts.not_saved)(*count, why)));
        }
        self.notice.as_ref().map(|(role, text, _)| (*role, text.clone()))
    }
}

/// Home before anything is known.
fn fresh_home(setup: &Setup) -> Home {
    Home { quiz: (setup.quiz.questions, setup.quiz.minutes), ..Home::default() }
}

/// The look of a setup, for updates that change the screen beside it.
fn look_of(setup: &Setup, now: Timestamp) -> Look<'_> {
    Look {
        theme: &setup.theme,
        texts: Texts::of(setup.lang),
        lang: setup.lang,
        labels: &setup.labels,
        keymap: &setup.keymap,
        now,
        today: setup.calendar.day_of(now),
        clock: setup.clock,
    }
}
