//! Everything a key can mean, and what can be meant in which place: the one table behind keys, footer and help.

/// A meaning of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Open the help of this place.
    Help,
    /// Take the last step back.
    Undo,
    /// One step back.
    Back,
    /// Leave the program at once; everything is saved.
    Quit,
    /// Draw everything again.
    Redraw,
    /// Stop the program until the shell continues it.
    SuspendProgram,
    /// Move up.
    Up,
    /// Move down.
    Down,
    /// Scroll a page up.
    PageUp,
    /// Scroll a page down.
    PageDown,
    /// To the start.
    First,
    /// To the end.
    Last,
    /// Smaller, earlier.
    Left,
    /// Larger, later.
    Right,
    /// To the next field or block.
    NextPart,
    /// To the previous field or block.
    PreviousPart,
    /// Take what is marked.
    Confirm,
    /// Show the answer.
    Show,
    /// Open the answer field.
    TypeAnswer,
    /// Tick or untick.
    Toggle,
    /// To the next question.
    GoOn,
    /// Put the card at the end.
    Skip,
    /// Leave the question open.
    LeaveOpen,
    /// The next answer is given as sure.
    Sure,
    /// Take one step of an order back.
    TakeBack,
    /// Show the answer without giving one.
    GiveUp,
    /// Show the hint.
    Hint,
    /// Open the card in the editor.
    Edit,
    /// Never ask this card until taken back.
    SuspendCard,
    /// Not before tomorrow.
    Bury,
    /// Mark the card as important.
    Star,
    /// Show the card in the other language.
    Language,
    /// Show all of the own answer.
    ViewAll,
    /// List all cards of the session.
    List,
    /// The same once more.
    Again,
    /// Two sample questions.
    TryIt,
    /// Open the plan to the interviews.
    Plan,
    /// Name a further one.
    Add,
    /// Forget the marked one.
    Remove,
    /// Open the statistics.
    Stats,
    /// To the next page.
    NextPage,
    /// To the previous page.
    PreviousPage,
    /// Count other days.
    Window,
    /// Write the figures to a file.
    Export,
    /// Write a new card.
    NewCard,
    /// Search in all cards.
    Search,
    /// Mark everything that is listed, or nothing.
    MarkAll,
    /// Give what is marked a label.
    Tag,
    /// A digit, acting on what the screen numbers.
    Digit(u8),
}

impl Action {
    /// Every action that has keys in the keymap, with its name there.
    pub const NAMED: [(Self, &'static str); 48] = [
        (Self::Help, "help"),
        (Self::Undo, "undo"),
        (Self::Back, "back"),
        (Self::Quit, "quit"),
        (Self::Redraw, "redraw"),
        (Self::SuspendProgram, "suspend_program"),
        (Self::Up, "up"),
        (Self::Down, "down"),
        (Self::PageUp, "page_up"),
        (Self::PageDown, "page_down"),
        (Self::First, "first"),
        (Self::Last, "last"),
        (Self::Left, "left"),
        (Self::Right, "right"),
        (Self::NextPart, "next_part"),
        (Self::PreviousPart, "previous_part"),
        (Self::Confirm, "confirm"),
        (Self::Show, "show"),
        (Self::TypeAnswer, "type_answer"),
        (Self::Toggle, "toggle"),
        (Self::GoOn, "go_on"),
        (Self::Skip, "skip"),
        (Self::LeaveOpen, "leave_open"),
        (Self::Sure, "sure"),
        (Self::TakeBack, "take_back"),
        (Self::GiveUp, "give_up"),
        (Self::Hint, "hint"),
        (Self::Edit, "edit"),
        (Self::SuspendCard, "suspend_card"),
        (Self::Bury, "bury"),
        (Self::Star, "star"),
        (Self::Language, "language"),
        (Self::ViewAll, "view_all"),
        (Self::List, "list"),
        (Self::Again, "again"),
        (Self::TryIt, "try_it"),
        (Self::Plan, "plan"),
        (Self::Add, "add"),
        (Self::Remove, "remove"),
        (Self::Stats, "stats"),
        (Self::NextPage, "next_page"),
        (Self::PreviousPage, "previous_page"),
        (Self::Window, "window"),
        (Self::Export, "export"),
        (Self::NewCard, "new_card"),
        (Self::Search, "search"),
        (Self::MarkAll, "mark_all"),
        (Self::Tag, "tag"),
    ];

    /// The action of a keymap name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
    }

    /// Whether a letter left over in an input method may still do this: nothing that loses, leaves or rates.
    pub const fn is_harmless(self) -> bool {
        matches!(
            self,
            Self::Help
                | Self::Up
                | Self::Down
                | Self::PageUp
                | Self::PageDown
                | Self::First
                | Self::Last
                | Self::Hint
                | Self::Language
                | Self::ViewAll
                | Self::List
                | Self::Stats
                | Self::NextPage
                | Self::PreviousPage
                | Self::Window
                | Self::Search
        )
    }
}

/// What digits do in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// Nothing.
    None,
    /// Choose a line of Home.
    Choose,
    /// Say how sure one is, and show the answer.
    Confidence,
    /// Tick key points, `0` a wrong statement.
    Tick,
    /// Rate.
    Grade,
    /// Take an option.
    Option,
    /// Pick the next step of an order.
    Step,
    /// Take a way out where not all fits into the plan.
    Way,
    /// Turn to a page.
    Page,
}

/// A kind of place in the interface; each has its actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The start page.
    Home,
    /// First run.
    FirstRun,
    /// Decks and their problems.
    Decks,
    /// An open question of study.
    Question,
    /// After typing: how sure?
    Confidence,
    /// A choice question of study.
    Choice,
    /// An order question of study.
    Order,
    /// A typed question whose field is not open.
    Typed,
    /// A text field of several lines.
    TextField,
    /// A text field of one line.
    LineField,
    /// Key points to tick.
    Ticks,
    /// The answer, with grades.
    Answer,
    /// The grades.
    Grade,
    /// The end of a session.
    Summary,
    /// Quiz settings.
    QuizSetup,
    /// A choice question of a quiz.
    QuizChoice,
    /// An order question of a quiz.
    QuizOrder,
    /// A typed question of a quiz whose field is not open.
    QuizTyped,
    /// Right or wrong.
    QuizFeedback,
    /// The end of a quiz.
    QuizResult,
    /// The plan to the interviews.
    Plan,
    /// The statistics.
    Stats,
    /// A row of the form of a new card that is chosen, not written.
    AddForm,
    /// An edited deck file that cannot be read.
    DeckProblem,
    /// The list of cards.
    Browse,
    /// The search field over the list of cards.
    SearchField,
    /// All that is known of one card.
    Card,
    /// The help page.
    Help,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 28] = [
        Self::Home,
        Self::FirstRun,
        Self::Decks,
        Self::Question,
        Self::Confidence,
        Self::Choice,
        Self::Order,
        Self::Typed,
        Self::TextField,
        Self::LineField,
        Self::Ticks,
        Self::Answer,
        Self::Grade,
        Self::Summary,
        Self::QuizSetup,
        Self::QuizChoice,
        Self::QuizOrder,
        Self::QuizTyped,
        Self::QuizFeedback,
        Self::QuizResult,
        Self::Plan,
        Self::Stats,
        Self::AddForm,
        Self::DeckProblem,
        Self::Browse,
        Self::SearchField,
        Self::Card,
        Self::Help,
    ];

    /// Whether typed characters are text here.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::TextField | Self::LineField | Self::SearchField)
    }

    /// What digits do here.
    pub const fn digits(self) -> Digits {
        match self {
            Self::Home | Self::Summary => Digits::Choose,
            Self::Plan => Digits::Way,
            Self::Question | Self::Confidence => Digits::Confidence,
            Self::Choice | Self::QuizChoice => Digits::Option,
            Self::Order | Self::QuizOrder => Digits::Step,
            Self::Ticks => Digits::Tick,
            Self::Answer | Self::Grade => Digits::Grade,
            Self::Stats => Digits::Page,
            _ => Digits::None,
        }
    }

    /// The actions of the place, most important first: the order of the footer.
    #[expect(clippy::too_many_lines, reason = "a plain table")]
    pub const fn actions(self) -> &'static [Action] {
        use Action as A;
        match self {
            Self::Home => &[
                A::Confirm,
                A::Search,
                A::Plan,
                A::Stats,
                A::Undo,
                A::Up,
                A::Down,
                A::First,
                A::Last,
            ],
            Self::FirstRun => &[
                A::Confirm,
                A::TryIt,
                A::NextPart,
                A::Toggle,
                A::PreviousPart,
                A::Up,
                A::Down,
                A::Left,
                A::Right,
            ],
            Self::Decks => {
                &[A::Edit, A::NewCard, A::Up, A::Down, A::PageUp, A::PageDown, A::First, A::Last]
            }
            Self::Question => &[
                A::Show,
                A::TypeAnswer,
                A::Skip,
                A::Undo,
                A::Hint,
                A::Edit,
                A::SuspendCard,
                A::Bury,
                A::Star,
                A::Language,
                A::Up,
                A::Down,
                A::PageUp,
                A::PageDown,
            ],
            Self::Confidence => &[A::Show, A::Undo],
            Self::Choice => &[
                A::Confirm,
                A::GiveUp,
                A::Sure,
                A::Skip,
                A::Undo,
                A::Hint,
                A::Edit,
                A::SuspendCard,
                A::Bury,
                A::Star,
                A::Language,
                A::Up,
                A::Down,
                A::PageUp,
                A::PageDown,
            ],
            Self::Order => &[
                A::Confirm,
                A::TakeBack,
                A::GiveUp,
                A::Sure,
                A::Skip,
                A::Hint,
                A::Edit,
                A::SuspendCard,
                A::Bury,
                A::Star,
                A::Language,
                A::Up,
                A::Down,
                A::PageUp,
                A::PageDown,
            ],
            Self::Typed => &[
                A::TypeAnswer,
                A::GiveUp,
                A::Sure,
                A::Skip,
                A::Undo,
                A::Hint,
                A::Edit,
                A::SuspendCard,
                A::Bury,
                A::Star,
                A::Language,
                A::Up,
                A::Down,
                A::PageUp,
                A::PageDown,
            ],
            Self::TextField => &[A::NextPart],
            Self::LineField => &[A::Confirm, A::NextPart],
            Self::Ticks => &[
                A::Confirm,
                A::Toggle,
                A::PageDown,
                A::Undo,
                A::ViewAll,
                A::Edit,
                A::PageUp,
                A::Up,
                A::Down,
                A::First,
                A::Last,
                A::SuspendCard,
                A::Bury,
                A::Star,
                A::Language,
                A::Left,
                A::Right,
            ],
            Self::Answer => &[
                A::Confirm,
                A::PageDown,
                A::Undo,
                A::Edit,
                A::PageUp,
                A::Up,
                A::Down,
                A::First,
                A::Last,
                A::SuspendCard,
                A::Bury,
                A::Star,
                A::Language,
                A::Left,
                A::Right,
            ],
            Self::Grade => &[A::Confirm, A::Up, A::Undo, A::Edit, A::SuspendCard, A::Bury, A::Star],
            Self::Summary => {
                &[A::Confirm, A::Undo, A::List, A::Up, A::Down, A::PageUp, A::PageDown]
            }
            Self::QuizSetup => {
                &[A::Confirm, A::NextPart, A::PreviousPart, A::Up, A::Down, A::Left, A::Right]
            }
            Self::QuizChoice => &[
                A::Confirm,
                A::LeaveOpen,
                A::Left,
                A::Sure,
                A::Up,
                A::Down,
                A::PageUp,
                A::PageDown,
            ],
            Self::QuizOrder => &[
                A::Confirm,
                A::TakeBack,
                A::LeaveOpen,
                A::Left,
                A::Sure,
                A::Up,
                A::Down,
                A::PageUp,
                A::PageDown,
            ],
            Self::QuizTyped => &[
                A::TypeAnswer,
                A::LeaveOpen,
                A::Left,
                A::Sure,
                A::Up,
                A::Down,
                A::PageUp,
                A::PageDown,
            ],
            Self::QuizFeedback => {
                &[A::GoOn, A::PageDown, A::PageUp, A::Up, A::Down, A::Edit, A::Language]
            }
            Self::QuizResult => &[
                A::Confirm,
                A::Up,
                A::Down,
                A::Edit,
                A::Again,
                A::PageDown,
                A::PageUp,
                A::First,
                A::Last,
            ],
            Self::Browse => &[
                A::Confirm,
                A::Search,
                A::Toggle,
                A::Edit,
                A::SuspendCard,
                A::Bury,
                A::Star,
                A::MarkAll,
                A::Tag,
                A::Export,
                A::Undo,
                A::Language,
                A::Up,
                A::Down,
                A::PageUp,
                A::PageDown,
                A::First,
                A::Last,
            ],
            Self::Plan => &[
                A::Confirm,
                A::Edit,
                A::Toggle,
                A::Add,
                A::Remove,
                A::Undo,
                A::Up,
                A::Down,
                A::PageUp,
                A::PageDown,
                A::First,
                A::Last,
            ],
            Self::Stats => &[
                A::Confirm,
                A::NextPage,
                A::PreviousPage,
                A::Window,
                A::Export,
                A::Up,
                A::Down,
                A::PageDown,
                A::PageUp,
                A::First,
                A::Last,
            ],
            Self::AddForm => {
                &[A::Confirm, A::NextPart, A::PreviousPart, A::Left, A::Right, A::Up, A::Down]
            }
            Self::DeckProblem => {
                &[A::Edit, A::Again, A::Confirm, A::Up, A::Down, A::First, A::Last]
            }
            Self::SearchField => {
                &[A::Confirm, A::NextPart, A::Up, A::Down, A::PageUp, A::PageDown, A::Edit]
            }
            Self::Card => &[
                A::NextPart,
                A::PageDown,
                A::Edit,
                A::SuspendCard,
                A::Bury,
                A::Star,
                A::Undo,
                A::Language,
                A::PageUp,
                A::Up,
                A::Down,
                A::First,
                A::Last,
                A::Left,
                A::Right,
            ],
            Self::Help => &[A::Confirm, A::Up, A::Down, A::PageUp, A::PageDown, A::First, A::Last],
        }
    }

    /// The actions that work wherever no text is typed.
    pub const fn everywhere() -> &'static [Action] {
        use Action as A;
        &[A::Back, A::Help, A::Redraw, A::SuspendProgram, A::Quit]
    }
}
