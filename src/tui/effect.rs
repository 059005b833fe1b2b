//! What the world must do after a key, as data. Effects are performed in order before the next frame.

use crate::domain::card::{Card, CardKey};
use crate::domain::deck::{CardEntry, DeckInfo};
use crate::domain::interview::Preparation;
use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::new_card::NewCard;
use crate::domain::problem::Problem;
use crate::domain::resource::Resource;
use crate::domain::review::{Mark, Review, ReviewId, SavedTicks};
use crate::domain::tag::Tag;
use crate::domain::time::{Day, Timestamp};
use crate::study::choice::MadeChoice;
use crate::study::curve::Curve;
use crate::study::overview::{Moved, Overview, QuizFacts};
use crate::study::plan::{Aim, Planner};
use crate::study::quiz::Quiz;
use crate::study::request::{NothingToStudy, QuizRequest, StudyRequest};
use crate::study::search::Shelf;
use crate::study::session::{Recorded, Session};
use crate::study::stats::{Stats, Window};
use crate::tui::screens::deck_problem::DeckProblem;

/// What the world must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write a review and the schedule that follows from it, in one durable transaction.
    Record(Box<Recorded>),
    /// Write a quiz answer; the card's schedule follows from its history.
    RecordQuiz(Box<Review>),
    /// Take a review back; the schedule is the one before it.
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
    /// Write a decision about a card.
    Mark(Mark),
    /// Write decisions about several cards together.
    MarkAll(Vec<Mark>),
    /// Gather every card for Browse: answered by [`Reply::Shelf`].
    LoadShelf,
    /// Read these cards to search in them: answered by [`Reply::Read`].
    ReadCards(Vec<CardEntry>),
    /// Read a card with its history: answered by [`Reply::CardInfo`].
    FetchInfo(CardKey),
    /// Keep a draft.
    SaveDraft(CardKey, String, Timestamp),
    /// Keep ticks of a card that is not rated yet.
    SaveTicks(CardKey, SavedTicks),
    /// Try again to write what could not be written.
    RetryUnsaved,
    /// Read a card: answered by [`Reply::Card`].
    FetchCard(CardKey),
    /// Build a sitting: answered by [`Reply::Study`].
    StartStudy(StudyRequest),
    /// Build a quiz: answered by [`Reply::Quiz`].
    StartQuiz(QuizRequest),
    /// Gather the start page: answered by [`Reply::Home`].
    LoadHome,
    /// Begin the plan to the interviews: answered by [`Reply::Plan`].
    LoadPlan,
    /// Read the interviews to come and the minutes given: answered by [`Reply::Preparation`].
    LoadPreparation,
    /// Keep the interviews to come and the minutes given: answered by [`Reply::Preparation`].
    SavePreparation(Box<Preparation>),
    /// Gather what a sitting changed, from the schedules its cards had before: answered by [`Reply::Moved`].
    LoadMoved(Vec<(CardKey, Schedule)>),
    /// Gather what the grades aim at: answered by [`Reply::Aim`].
    LoadAim,
    /// Keep from which day the minutes count most, for the interview of that day.
    KeepDenseDay(Day, Option<Day>),
    /// Gather what the settings of a quiz offer: answered by [`Reply::QuizFacts`].
    LoadQuizFacts,
    /// Gather decks and problems: answered by [`Reply::Decks`].
    LoadDecks,
    /// Gather the statistics: answered by [`Reply::Stats`].
    LoadStats(Window),
    /// Write the figures of the statistics to a file: answered by [`Reply::Exported`].
    ExportStats(Window),
    /// Write cards to a file: answered by [`Reply::Exported`].
    ExportCards(Vec<CardKey>, Lang),
    /// Give cards a label, or take it from them where all have it: answered by [`Reply::Trouble`] or [`Reply::Told`].
    TagCards(Vec<CardKey>, String),
    /// Take back the last review of the newest session: answered by [`Reply::UndoneLast`].
    UndoLast,
    /// Write the first settings: answered by [`Reply::Home`].
    FinishFirstRun(FirstRunChoice),
    /// Leave the screen, open the card's file in the editor at its line, come back: answered by [`Reply::Card`].
    EditCard(CardKey),
    /// Leave the screen, open a file in the editor at a line: answered by [`Reply::Decks`].
    EditFile(String, u32),
    /// Leave the screen, edit a text, come back: answered by [`Reply::DraftEdited`].
    EditDraft(CardKey, String),
    /// Leave the screen, open the file of an edited card again at a line: answered by [`Reply::Card`] and [`Reply::DeckProblem`].
    EditAgain(CardKey, String, u32),
    /// Read the file of an edited card again: answered by [`Reply::Card`] and [`Reply::DeckProblem`].
    ReadAgain(CardKey),
    /// Leave the screen, edit a text of a form, come back: answered by [`Reply::DraftEdited`].
    EditText(String),
    /// Add a card to a deck: answered by [`Reply::Added`].
    AddCard(Box<NewCard>),
    /// Draw everything again.
    Redraw,
    /// Stop until the shell continues the program.
    SuspendProgram,
    /// Leave the program.
    Quit,
}

/// What the first run settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstRunChoice {
    /// The interview's date.
    pub day: Option<Day>,
    /// The role's slug.
    pub role: Option<String>,
    /// The language of interface and cards.
    pub lang: Lang,
    /// Decks to study; empty for all.
    pub decks: Vec<String>,
}

/// What the world answers.
#[expect(clippy::large_enum_variant, reason = "one at a time")]
#[derive(Clone, Debug)]
pub enum Reply {
    /// How many grades are not on disk, and why.
    Unsaved(usize, Option<String>),
    /// Something could not be kept; the sentence says what.
    Trouble(String),
    /// A card, or why it cannot be shown.
    Card(Box<Result<Loaded, String>>),
    /// A sitting, or why there is nothing to study.
    Study(Box<Result<Session, NothingToStudy>>),
    /// A quiz with its questions, or a sentence why there is none.
    Quiz(Box<Result<(Quiz, Vec<Question>), String>>),
    /// What the settings of a quiz offer.
    QuizFacts(QuizFacts),
    /// The start page.
    Home(Box<Overview>),
    /// A plan in the making; none without an interview to come.
    Plan(Option<Box<Planner>>),
    /// The interviews to come and the minutes given, and the tags that cards have.
    Preparation(Box<Preparation>, Vec<Tag>),
    /// What a sitting changed.
    Moved(Box<Moved>),
    /// What the grades aim at; none without an interview to come.
    Aim(Option<Box<Aim>>),
    /// Decks with their number of cards, and all problems.
    Decks(Vec<(DeckInfo, usize)>, Vec<Problem>),
    /// The statistics.
    Stats(Box<Stats>),
    /// The file to which the figures were written.
    Exported(String),
    /// A sentence to show.
    Told(String),
    /// The card whose review was taken back; none if there was none.
    UndoneLast(Option<CardEntry>),
    /// What is wrong in the file of an edited card; none where nothing is.
    DeckProblem(Option<Box<DeckProblem>>),
    /// The id of the card that was added, or why it was not.
    Added(Result<String, String>),
    /// Every card that can be listed.
    Shelf(Box<Shelf>),
    /// Cards that were to be read, in the order asked for.
    Read(Vec<ReadCard>),
    /// A card with its history, or why it cannot be shown.
    CardInfo(CardKey, Box<Result<CardInfo, String>>),
    /// A text as the editor left it.
    DraftEdited(String),
}

/// A card with what belongs to it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The card.
    pub card: Card,
    /// A draft that was kept.
    pub draft: Option<String>,
    /// Ticks that were kept.
    pub ticks: Option<SavedTicks>,
    /// Links of the resource list that belong to it.
    pub resources: Vec<Resource>,
    /// Whether the user marked it as important.
    pub starred: bool,
}

/// What a list needs of a card besides its index entry.
#[derive(Clone, Debug)]
pub struct ReadCard {
    /// The card.
    pub key: CardKey,
    /// Its folded text; empty for a card that cannot be read.
    pub text: String,
    /// Key points said at the last answer that had any, and all of them.
    pub last_points: Option<(usize, usize)>,
}

/// A card with everything that is known of it.
#[derive(Clone, Debug)]
pub struct CardInfo {
    /// The card.
    pub card: Card,
    /// Links of the resource list that belong to it.
    pub resources: Vec<Resource>,
    /// Its answers, in the order of recording.
    pub history: Vec<Review>,
    /// Its forgetting curve; none before the first grade.
    pub curve: Option<Curve>,
    /// The day of the next interview.
    pub interview: Option<Day>,
}

/// A question of a quiz.
#[derive(Clone, Debug)]
pub struct Question {
    /// The card.
    pub card: Card,
    /// Options made from key points, for a card that has none of its own.
    pub made: Option<MadeChoice>,
}
