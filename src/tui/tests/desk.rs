//! A desk to sit at: own cards, a store in memory or in a file, a calendar in UTC, and a clock that the test moves.

use std::fs;
use std::path::{Path, PathBuf};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::config::{Paths, Settings};
use crate::decks::Library;
use crate::domain::card::{Card, CardKey};
use crate::domain::interview::Interview;
use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::review::Review;
use crate::domain::tag::Filter;
use crate::domain::time::{Calendar, Day, FirstWeekday, Timestamp};
use crate::store::Store;
use crate::study::request::{QuizRequest, StudyRequest};
use crate::trainer::{Start, Trainer};
use crate::tui::app::{App, Message, Opening, Setup};
use crate::tui::desk::{Chore, Desk};
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;
use crate::tui::theme::{Glyphs, Palette, Theme};
use crate::tui::widgets::page::Cursor;
use crate::tui::widgets::wrap::cells;

/// One card of each kind, in both languages.
pub const CARDS: &str = include_str!("decks/fine/cards.toml");

/// Both languages.
pub const LANGS: [Lang; 2] = [Lang::En, Lang::Ko];

/// 2026-11-23 09:00 UTC, a Monday.
pub const MORNING: Timestamp = Timestamp(1_795_424_400_000);

/// The study day of [`MORNING`].
pub fn today() -> Day {
    Day::from_iso("2026-11-23").unwrap()
}

/// A desk over a deck, not opened yet.
pub fn desk(deck: &str) -> Plan {
    Plan {
        deck: Some(deck.to_owned()),
        folder: None,
        lang: Lang::En,
        card_lang: None,
        size: (80, 24),
        palette: Palette::Terminal,
        is_on_disk: false,
        starts: 0,
        settings: Settings::default(),
    }
}

/// As many open cards with two points each, all of one tag: `card/1` and so on.
pub fn many(count: usize) -> String {
    let cards = (1..=count).map(|n| {
        format!(
            "[[card]]\nid = \"card/{n}\"\ntags = [\"linux\"]\nquestion = \"Question number {n}?\"\n\
             answer = \"The answer number {n} in full.\"\n\
             points = [\"point alpha {n} {0}\", \"point beta {n} {0}\"]\n\n",
            ["of wood", "made from iron", "under water", "beyond the sea", "in a cold winter"]
                [n % 5],
        )
    });
    format!("format = 1\n\n{}", cards.collect::<String>())
}

/// What a desk is opened with.
#[derive(Clone)]
pub struct Plan {
    deck: Option<String>,
    folder: Option<PathBuf>,
    lang: Lang,
    card_lang: Option<Lang>,
    size: (u16, u16),
    palette: Palette,
    is_on_disk: bool,
    starts: u128,
    settings: Settings,
}

impl Plan {
    /// Another deck in the place of the given one.
    pub fn deck_of(mut self, deck: &str) -> Self {
        self.deck = Some(deck.to_owned());
        self
    }

    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// Cards in another language than the interface.
    pub fn card_lang(mut self, lang: Lang) -> Self {
        self.card_lang = Some(lang);
        self
    }

    pub fn size(mut self, width: u16, height: u16) -> Self {
        self.size = (width, height);
        self
    }

    /// As under `NO_COLOR`.
    pub fn without_colours(mut self) -> Self {
        self.palette = Palette::Plain;
        self
    }

    pub fn palette(mut self, palette: Palette) -> Self {
        self.palette = palette;
        self
    }

    /// Progress in a file, so that it can be opened again.
    pub fn on_disk(mut self) -> Self {
        self.is_on_disk = true;
        self
    }

    /// Another deck in the place of the given one.
    pub fn deck(mut self, deck: &str) -> Self {
        self.deck = Some(deck.to_owned());
        self
    }

    /// Decks of a folder in the place of the given one.
    pub fn folder(mut self, folder: &str) -> Self {
        (self.deck, self.folder) = (None, Some(folder.into()));
        self
    }

    pub fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    pub fn home(self) -> Sitting {
        self.open(|_| Opening::Home)
    }

    /// Home with an interview in some days.
    pub fn home_before_interview(self, days: i32) -> Sitting {
        self.open(move |trainer| {
            aim(trainer, days);
            Opening::Home
        })
    }

    /// A sitting over exactly these cards, with an interview in some days.
    pub fn study_before_interview(self, cards: &[&str], days: i32) -> Sitting {
        let request = StudyRequest {
            only: cards.iter().map(|id| CardKey((*id).to_owned())).collect(),
            ..StudyRequest::default()
        };
        self.open(move |trainer| {
            aim(trainer, days);
            let session = trainer.study(&request, MORNING).expect("cards to study");
            Opening::Study(Box::new(session), String::new())
        })
    }

    /// The plan to an interview in some days, without one if there are none.
    pub fn plan(self, days: Option<i32>) -> Sitting {
        self.open(move |trainer| {
            if let Some(days) = days {
                aim(trainer, days);
            }
            Opening::Plan
        })
    }

    pub fn first_run(self) -> Sitting {
        self.open(|trainer| Opening::FirstRun(trainer.decks_with_cards()))
    }

    /// A sitting over exactly these cards in this order.
    pub fn study(self, cards: &[&str]) -> Sitting {
        let request = StudyRequest {
            only: cards.iter().map(|id| CardKey((*id).to_owned())).collect(),
            ..StudyRequest::default()
        };
        self.open(move |trainer| {
            let session = trainer.study(&request, MORNING).expect("cards to study");
            Opening::Study(Box::new(session), String::new())
        })
    }

    /// The form of a new card.
    pub fn add(self, deck: Option<&str>) -> Sitting {
        let deck = deck.map(str::to_owned);
        self.open(|trainer| Opening::Add { decks: trainer.decks_to_add_to(), deck })
    }

    /// A quiz that starts at once.
    pub fn quiz(self, change: impl FnOnce(&mut QuizRequest)) -> Sitting {
        let mut request = quiz_request();
        change(&mut request);
        self.open(|_| Opening::Quiz { request, title: String::new(), ask: false })
    }

    fn open(self, opening: impl FnOnce(&mut Trainer) -> Opening) -> Sitting {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("decks")).unwrap();
        if let Some(deck) = &self.deck {
            fs::write(home.path().join("decks/mine.toml"), deck).unwrap();
        }
        Sitting::open(self, home, MORNING, opening)
    }

    fn start(&self, home: &Path) -> Start {
        let paths = Paths::in_folder(home);
        Start {
            settings: self.settings.clone(),
            folders: vec![self.folder.clone().unwrap_or_else(|| paths.decks.clone())],
            paths,
            calendar: Calendar::from_tzif(None, 4),
            entropy: self.starts,
        }
    }

    fn setup(&self, trainer: &Trainer) -> Setup {
        Setup {
            theme: Theme::new(self.palette, &Glyphs::UNICODE),
            lang: self.lang,
            card_lang: self.card_lang.unwrap_or(self.lang),
            labels: trainer.labels().clone(),
            keymap: Keymap::default(),
            calendar: trainer.calendar().clone(),
            first_weekday: FirstWeekday::MONDAY,
            scheduler: trainer.scheduler().clone(),
            clock: true,
            quiz: quiz_request(),
            deck_folder: "~/prep/decks".into(),
            data_folder: "~/prep/progress.sqlite".into(),
        }
    }
}

fn aim(trainer: &mut Trainer, days: i32) {
    let interview = Interview {
        day: today() + days,
        time: None,
        company: "Fintech K".into(),
        role: String::new(),
        tags: Vec::new(),
    };
    trainer.set_interviews(&[interview]).unwrap();
}

fn quiz_request() -> QuizRequest {
    QuizRequest {
        filter: Filter::default(),
        questions: 10,
        minutes: Some(8),
        exam: false,
        weakest_first: false,
        seed: Some(3),
        drill: None,
    }
}

/// An open desk, with the person at it.
pub struct Sitting {
    pub desk: Desk,
    pub now: Timestamp,
    plan: Plan,
    home: tempfile::TempDir,
    size: (u16, u16),
    chores: Vec<Chore>,
}

impl Sitting {
    fn open(
        mut plan: Plan,
        home: tempfile::TempDir,
        now: Timestamp,
        opening: impl FnOnce(&mut Trainer) -> Opening,
    ) -> Self {
        Library::hide_bundled_decks();
        // Each start of the program draws other random numbers, so that no two sessions share a name.
        plan.starts += 1;
        let start = plan.start(home.path());
        let mut trainer = if plan.is_on_disk {
            Trainer::open(start, now).unwrap().0
        } else {
            Trainer::with_store(start, Store::in_memory().unwrap(), now).unwrap()
        };
        let opening = opening(&mut trainer);
        let (app, effects) = App::new(plan.setup(&trainer), opening, now);
        let desk = Desk::open(app, trainer, effects, now);
        Self { desk, now, size: plan.size, plan, home, chores: Vec::new() }
    }

    /// The program is killed, nothing more is written, and it is started again on the same file.
    pub fn killed(self, cards: &[&str]) -> Self {
        assert!(self.plan.is_on_disk, "progress in memory ends with the program");
        let Self { desk, now, plan, home, .. } = self;
        drop(desk);
        let only = cards.iter().map(|id| CardKey((*id).to_owned())).collect();
        let request = StudyRequest { only, ..StudyRequest::default() };
        Self::open(plan, home, now, |trainer| {
            let session = trainer.study(&request, now).expect("cards to study");
            Opening::Study(Box::new(session), String::new())
        })
    }

    /// The program is started again at Home.
    pub fn restarted(self) -> Self {
        let Self { desk, now, plan, home, .. } = self;
        drop(desk);
        Self::open(plan, home, now, |_| Opening::Home)
    }

    /// Presses keys, named as in the keymap and parted by spaces; `type:word` writes a word letter by letter.
    pub fn keys(&mut self, words: &str) -> &mut Self {
        for word in words.split_whitespace() {
            match word.strip_prefix("type:") {
                Some(text) => self.write(text),
                None => {
                    let key = Key::parse(word).unwrap_or_else(|| panic!("`{word}` is no key"));
                    self.press(key)
                }
            };
        }
        self
    }

    /// Writes a text letter by letter.
    pub fn write(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.press(if letter == '\n' { Key::Enter } else { Key::Char(letter) });
        }
        self
    }

    fn press(&mut self, key: Key) -> &mut Self {
        self.step(Message::Key(key, false))
    }

    pub fn step(&mut self, message: Message) -> &mut Self {
        let chores = self.desk.step(message, self.now);
        self.chores.extend(chores);
        self
    }

    /// No key is pressed until nothing is left to compute.
    pub fn rest(&mut self) -> &mut Self {
        for _ in 0..10_000 {
            if !self.desk.app.has_idle_work() {
                return self;
            }
            self.step(Message::Idle);
        }
        panic!("idle work does not end");
    }

    /// Lets time pass; the loop wakes once.
    pub fn wait(&mut self, seconds: i64) -> &mut Self {
        self.now = self.now.plus_seconds(seconds);
        self.step(Message::Tick)
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.size = (width, height);
        self.step(Message::Tick)
    }

    /// What the terminal was asked to do since the last look.
    pub fn chores(&mut self) -> Vec<Chore> {
        std::mem::take(&mut self.chores)
    }

    /// Edits the card on the screen, as a person does in the editor that `e` opens.
    pub fn edit(&mut self, change: impl FnOnce(&str) -> String) -> &mut Self {
        self.chores();
        self.keys("e");
        let chores = self.chores();
        let [Chore::EditCard(key)] = chores.as_slice() else { panic!("no edit: {chores:?}") };
        let place = self.desk.trainer.place_to_edit(key).expect("a place to edit");
        let text = fs::read_to_string(&place.path).unwrap();
        let line = text.lines().nth(place.line as usize - 1).unwrap_or_default();
        assert_eq!(line, "[[card]]", "the editor opens at the card");
        fs::write(&place.path, change(&text)).unwrap();
        self.desk.trainer.finish_edit(&place);
        let chores = self.desk.after_edit(Some(key), self.now);
        self.chores.extend(chores);
        self
    }

    /// The frame as it would go to the terminal.
    pub fn frame(&self) -> (Buffer, Option<Cursor>) {
        frame_of(&self.desk.app, self.size, self.now)
    }

    /// The screen as a person reads it, without blanks at the ends of rows.
    pub fn screen(&self) -> String {
        text_of(&self.frame().0)
    }

    /// The screen as one line with single blanks, so that wrapping hides nothing from a search.
    pub fn words(&self) -> String {
        self.screen().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn shows(&self, text: &str) -> bool {
        self.words().contains(text)
    }

    /// Fails with the screen where it lacks a text.
    #[track_caller]
    pub fn must_show(&self, text: &str) -> &Self {
        assert!(self.shows(text), "`{text}` is missing:\n{}", self.screen());
        self
    }

    /// Fails with the screen where it has a text.
    #[track_caller]
    pub fn must_not_show(&self, text: &str) -> &Self {
        assert!(!self.shows(text), "`{text}` is shown:\n{}", self.screen());
        self
    }

    /// The cell of the visible cursor.
    pub fn cursor(&self) -> Option<Position> {
        match self.frame().1 {
            Some(Cursor::Shown(position)) => Some(position),
            _ => None,
        }
    }

    /// The number that stands before a text on the screen.
    #[track_caller]
    pub fn number_of(&self, text: &str) -> String {
        let screen = self.screen();
        let row = screen.lines().find(|row| row.contains(text));
        let row = row.unwrap_or_else(|| panic!("`{text}` is missing:\n{screen}"));
        let number = row.chars().find(char::is_ascii_digit);
        number.unwrap_or_else(|| panic!("no number in `{row}`")).to_string()
    }

    /// The reviews that hold.
    pub fn log(&self) -> Vec<Review> {
        self.desk.trainer.store().log().unwrap()
    }

    pub fn schedule(&self, card: &str) -> Schedule {
        self.desk.trainer.schedule(&CardKey(card.to_owned()))
    }

    /// The schedules as the store would give them back, by card.
    pub fn stored_schedules(&self) -> Vec<(CardKey, Schedule)> {
        let mut all: Vec<_> = self.desk.trainer.store().schedules().unwrap().into_iter().collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all
    }

    pub fn card(&self, id: &str) -> Card {
        let entry = self.desk.trainer.entry(id).expect("a card of the deck");
        self.desk.trainer.card(entry).expect("a card that can be read")
    }

    /// The file of the given deck.
    pub fn deck_file(&self) -> PathBuf {
        self.home.path().join("decks/mine.toml")
    }

    pub fn settings_file(&self) -> String {
        fs::read_to_string(self.home.path().join("config.toml")).unwrap_or_default()
    }
}

/// What an interface draws at a size.
pub fn frame_of(
    app: &App,
    (width, height): (u16, u16),
    now: Timestamp,
) -> (Buffer, Option<Cursor>) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut cursor = None;
    let drawn = terminal.draw(|frame| cursor = app.view(frame, now)).unwrap();
    (drawn.buffer.clone(), cursor)
}

/// The cells of a frame in rows; a cell that is covered by a wide glyph is skipped.
pub fn text_of(buffer: &Buffer) -> String {
    let area = buffer.area;
    let rows = (0..area.height).map(|y| {
        let mut row = String::new();
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += u16::try_from(cells(symbol)).unwrap().max(1);
        }
        row.trim_end().to_owned() + "\n"
    });
    rows.collect()
}
