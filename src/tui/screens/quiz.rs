//! Quiz: settings, one question after the other, right or wrong, the result with the wrong ones to read again.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::card::{Body, CardKey, fnv1a};
use crate::domain::lang::Lang;
use crate::domain::review::Confidence;
use crate::domain::tag::Tag;
use crate::study::answer::{Judged, Verdict};
use crate::study::overview::QuizFacts;
use crate::study::quiz::{Quiz, QuizAnswer};
use crate::study::request::QuizRequest;
use crate::tui::action::{Action, Place};
use crate::tui::effect::{Effect, Question};
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::screens::pad::{Pad, PadEvent};
use crate::tui::screens::study_view::{
    clock, full_answer, judged_lines, own_order, pad_hints, paragraph, question_lines,
};
use crate::tui::theme::Role;
use crate::tui::widgets::page::{
    self, Cursor, Footer, Header, Hint, column, draw_lines, hints, to_u16,
};
use crate::tui::widgets::wrap::{cells, pad, truncate};
use crate::tui::widgets::{markup, meter};

/// A quiz on the screen.
#[derive(Clone, Debug)]
pub struct QuizScreen {
    /// What it is asked to be.
    pub request: QuizRequest,
    /// What the header says of the cards.
    pub title: String,
    /// The language of the cards.
    pub lang: Lang,
    /// What the settings offer.
    pub facts: QuizFacts,
    /// Whether leaving the result ends the program.
    pub leaves_program: bool,
    stage: Stage,
    running: Option<Running>,
    scroll: usize,
}

#[derive(Clone, Debug)]
enum Stage {
    /// Settings; the cursor is a line.
    Setup { cursor: usize },
    /// The questions are being gathered.
    Loading,
    /// There is nothing to ask; the sentence says why.
    Trouble(String),
    /// A question.
    Asking(Option<Box<Pad>>),
    /// Right or wrong.
    Feedback(Judged),
    /// The end; the cursor is a wrong or open question.
    Result { cursor: usize },
}

#[derive(Clone, Debug)]
struct Running {
    quiz: Quiz,
    questions: Vec<Question>,
    judged: Vec<Option<Judged>>,
    is_sure: bool,
}

/// What comes of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// Stay.
    Stay,
    /// Leave the quiz.
    Leave,
    /// Study these cards.
    Study(Vec<CardKey>),
}

/// Lines of the settings.
const SETTINGS: usize = 5;

impl QuizScreen {
    /// A quiz that asks for its settings first.
    pub fn new(request: QuizRequest, title: String, lang: Lang) -> Self {
        let stage = Stage::Setup { cursor: 0 };
        let facts = QuizFacts::default();
        Self { request, title, lang, facts, leaves_program: false, stage, running: None, scroll: 0 }
    }

    /// Starts at once.
    pub fn begin(&mut self) -> Vec<Effect> {
        self.stage = Stage::Loading;
        self.running = None;
        vec![Effect::StartQuiz(self.request.clone())]
    }

    /// The questions have been gathered.
    pub fn show(&mut self, built: Result<(Quiz, Vec<Question>), String>) {
        match built {
            Err(why) => self.stage = Stage::Trouble(why),
            Ok((quiz, questions)) => {
                let judged = vec![None; questions.len()];
                self.running = Some(Running { quiz, questions, judged, is_sure: false });
                self.ask();
            }
        }
    }

    /// The finished quiz, for the exit code of `--pass`; none while it runs or was left before.
    pub fn result(&self) -> Option<&Quiz> {
        let running = self.running.as_ref()?;
        running.quiz.current().is_none().then_some(&running.quiz)
    }

    fn ask(&mut self) {
        self.scroll = 0;
        let Some(running) = &mut self.running else { return };
        running.is_sure = false;
        self.stage = match running.quiz.current() {
            None => Stage::Result { cursor: 0 },
            Some((index, key)) => {
                let seed = fnv1a(key.0.as_bytes()) ^ running.quiz.seed();
                let question = running.questions.get(index);
                let pad = question.and_then(|q| Pad::new(&q.card, q.made.as_ref(), seed));
                Stage::Asking(pad.map(Box::new))
            }
        };
    }

    /// Where the user is.
    pub fn place(&self) -> Place {
        match &self.stage {
            Stage::Setup { .. } => Place::QuizSetup,
            Stage::Asking(Some(pad)) => pad.place(true),
            Stage::Asking(None) | Stage::Loading | Stage::Trouble(_) => Place::QuizTyped,
            Stage::Feedback(_) => Place::QuizFeedback,
            Stage::Result { .. } => Place::QuizResult,
        }
    }

    /// Whether a clock runs on the screen.
    pub fn shows_clock(&self) -> bool {
        let timed = self.running.as_ref().is_some_and(|r| r.quiz.rules().minutes.is_some());
        timed && matches!(self.stage, Stage::Asking(_) | Stage::Feedback(_))
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        match &self.stage {
            Stage::Setup { .. } => self.act_setup(action),
            Stage::Loading | Stage::Trouble(_) => match action {
                Action::Back => (Vec::new(), Turn::Leave),
                _ => (Vec::new(), Turn::Stay),
            },
            Stage::Asking(_) => self.act_asking(action, look),
            Stage::Feedback(_) => (self.act_feedback(action, look), Turn::Stay),
            Stage::Result { .. } => self.act_result(action),
        }
    }

    fn act_setup(&mut self, action: Action) -> (Vec<Effect>, Turn) {
        let Stage::Setup { cursor } = &mut self.stage else { return (Vec::new(), Turn::Stay) };
        match action {
            Action::Up | Action::PreviousPart => *cursor = (*cursor + SETTINGS - 1) % SETTINGS,
            Action::Down | Action::NextPart => *cursor = (*cursor + 1) % SETTINGS,
            Action::Left | Action::Right => {
                let line = *cursor;
                self.change(line, action == Action::Right);
            }
            Action::Confirm => return (self.begin(), Turn::Stay),
            Action::Back => return (Vec::new(), Turn::Leave),
            _ => {}
        }
        (Vec::new(), Turn::Stay)
    }

    fn change(&mut self, line: usize, more: bool) {
        let request = &mut self.request;
        match line {
            0 => {
                // The place before the first tag means all of them.
                let tags = &self.facts.tags;
                let now = request.filter.tags.first();
                let at = now.and_then(|now| tags.iter().position(|(tag, _)| tag == now));
                let count = tags.len() + 1;
                let at = at.map_or(0, |at| at + 1);
                let next = if more { at + 1 } else { at + count - 1 } % count;
                request.filter.tags = next
                    .checked_sub(1)
                    .and_then(|next| tags.get(next))
                    .map(|(tag, _)| tag.clone())
                    .into_iter()
                    .collect();
            }
            1 => {
                let step =
                    if more { request.questions + 5 } else { request.questions.saturating_sub(5) };
                request.questions = step.clamp(5, 50);
            }
            2 => {
                let minutes = request.minutes.unwrap_or(0);
                let minutes = if more { minutes + 2 } else { minutes.saturating_sub(2) }.min(60);
                request.minutes = (minutes > 0).then_some(minutes);
            }
            3 => request.exam = !request.exam,
            _ => request.weakest_first = !request.weakest_first,
        }
    }

    fn act_asking(&mut self, action: Action, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        let lang = self.lang;
        let Some(running) = &mut self.running else { return (Vec::new(), Turn::Leave) };
        let Some((index, _)) = running.quiz.current() else { return (Vec::new(), Turn::Stay) };
        if let (Stage::Asking(Some(pad)), Some(question)) =
            (&mut self.stage, running.questions.get(index))
        {
            match pad.act(action, &question.card, lang) {
                PadEvent::Answered(judged, typed) => {
                    return (self.answered(judged, typed, look), Turn::Stay);
                }
                PadEvent::Taken => return (Vec::new(), Turn::Stay),
                PadEvent::NotMine => {}
            }
            if action == Action::Back && pad.set_open(false) {
                return (Vec::new(), Turn::Stay);
            }
        }
        match action {
            Action::Sure => running.is_sure = !running.is_sure,
            Action::LeaveOpen => {
                running.quiz.leave_open(look.now);
                self.ask();
            }
            Action::Left => {
                running.quiz.previous(look.now);
                self.ask();
            }
            Action::Back => {
                running.quiz.finish(look.now);
                self.ask();
            }
            Action::Language => self.lang = self.lang.other(),
            _ => self.scroll_by(action),
        }
        (Vec::new(), Turn::Stay)
    }

    fn answered(&mut self, judged: Judged, typed: String, look: &Look<'_>) -> Vec<Effect> {
        let Some(running) = &mut self.running else { return Vec::new() };
        let index = running.quiz.current().map_or(0, |(index, _)| index);
        let confidence = if running.is_sure { Confidence::Sure } else { Confidence::Partly };
        let correct = judged.verdict == Verdict::Right;
        let review =
            running.quiz.answer(QuizAnswer { typed, correct, confidence }, look.today, look.now);
        if let Some(place) = running.judged.get_mut(index) {
            *place = Some(judged.clone());
        }
        if running.quiz.rules().exam {
            running.quiz.next(look.now);
            self.ask();
        } else {
            self.stage = Stage::Feedback(judged);
            self.scroll = 0;
        }
        review.map(|review| Effect::RecordQuiz(Box::new(review))).into_iter().collect()
    }

    fn act_feedback(&mut self, action: Action, look: &Look<'_>) -> Vec<Effect> {
        let Some(running) = &mut self.running else { return Vec::new() };
        match action {
            Action::GoOn => {
                running.quiz.next(look.now);
                self.ask();
            }
            Action::Back => {
                running.quiz.finish(look.now);
                self.ask();
            }
            Action::Edit if self.request.drill.is_none() => {
                return running
                    .quiz
                    .current()
                    .map(|(_, key)| Effect::EditCard(key.clone()))
                    .into_iter()
                    .collect();
            }
            Action::Language => self.lang = self.lang.other(),
            _ => self.scroll_by(action),
        }
        Vec::new()
    }

    fn act_result(&mut self, action: Action) -> (Vec<Effect>, Turn) {
        let missed = self.missed();
        let Stage::Result { cursor } = &mut self.stage else { return (Vec::new(), Turn::Stay) };
        let last = missed.len().saturating_sub(1);
        match action {
            Action::Up => *cursor = cursor.saturating_sub(1),
            Action::Down => *cursor = (*cursor + 1).min(last),
            Action::First => *cursor = 0,
            Action::Last => *cursor = last,
            Action::Again => return (self.begin(), Turn::Stay),
            Action::Back => return (Vec::new(), Turn::Leave),
            Action::Confirm => {
                let keys = self.missed_keys(&missed);
                let turn = if keys.is_empty() { Turn::Leave } else { Turn::Study(keys) };
                return (Vec::new(), turn);
            }
            Action::Edit => {
                let key = missed.get(*cursor).copied();
                let keys = self.missed_keys(&key.into_iter().collect::<Vec<_>>());
                return (keys.into_iter().map(Effect::EditCard).collect(), Turn::Stay);
            }
            _ => {
                self.scroll_by(action);
                return (Vec::new(), Turn::Stay);
            }
        }
        self.scroll = 0;
        (Vec::new(), Turn::Stay)
    }

    /// Indices of the questions that were wrong or left open.
    fn missed(&self) -> Vec<usize> {
        let Some(running) = &self.running else { return Vec::new() };
        let is_missed = |answer: &Option<QuizAnswer>| answer.as_ref().is_none_or(|a| !a.correct);
        (0..running.questions.len()).filter(|i| is_missed(&running.quiz.answers()[*i])).collect()
    }

    /// Cards of questions that can be studied; a computed drill has none.
    fn missed_keys(&self, missed: &[usize]) -> Vec<CardKey> {
        let Some(running) = self.running.as_ref().filter(|_| self.request.drill.is_none()) else {
            return Vec::new();
        };
        missed
            .iter()
            .filter_map(|index| running.questions.get(*index))
            .map(|question| question.card.key.clone())
            .collect()
    }

    /// Takes a key of an open field.
    pub fn key(&mut self, key: Key) {
        if let Stage::Asking(Some(pad)) = &mut self.stage {
            pad.key(key);
        }
    }

    /// Takes a pasted text; tells whether there was a field for it.
    pub fn paste(&mut self, text: &str) -> bool {
        match &mut self.stage {
            Stage::Asking(Some(pad)) if pad.place(true).is_text() => {
                pad.paste(text);
                true
            }
            _ => false,
        }
    }

    fn scroll_by(&mut self, action: Action) {
        self.scroll = match action {
            Action::PageDown => self.scroll.saturating_add(8),
            Action::PageUp => self.scroll.saturating_sub(8),
            Action::Down => self.scroll.saturating_add(1),
            Action::Up => self.scroll.saturating_sub(1),
            _ => self.scroll,
        };
    }
}

/// Draws the quiz.
pub fn draw(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    screen: &QuizScreen,
    notice: Option<(Role, String)>,
) -> Cursor {
    let footer = Footer { hints: footer(look, screen), notice };
    let areas = page::draw(frame, look, screen.place(), &header(look, screen), &footer);
    let area = column(areas.body);
    let cursor = match &screen.stage {
        Stage::Setup { cursor } => {
            draw_lines(frame, area, &setup_lines(look, screen, *cursor, area.width), 0);
            None
        }
        Stage::Loading => None,
        Stage::Trouble(why) => {
            draw_lines(frame, area, &paragraph(look, why, area.width, Role::Text), 0);
            None
        }
        Stage::Asking(pad) => asking_page(frame, look, screen, pad.as_deref(), area),
        Stage::Feedback(judged) => {
            draw_lines(
                frame,
                area,
                &feedback_lines(look, screen, judged, area.width),
                screen.scroll,
            );
            None
        }
        Stage::Result { cursor } => {
            let lines = result_lines(look, screen, *cursor, area.width);
            draw_lines(frame, area, &lines, screen.scroll);
            None
        }
    };
    cursor.map_or(Cursor::Hidden(areas.rest), Cursor::Shown)
}

fn header(look: &Look<'_>, screen: &QuizScreen) -> Header {
    let texts = look.texts;
    let mut right = Vec::new();
    if let Some(running) = &screen.running {
        match running.quiz.current() {
            Some((index, _)) => {
                right.push((texts.position)(index + 1, running.quiz.questions().len()));
                if let Some(left) = running.quiz.seconds_left(look.now) {
                    right.push((texts.time_left)(&clock(left)));
                }
            }
            None => {
                let (score, all) = running.quiz.score();
                right.push((texts.hits_of)(score, all));
                right.push(clock(running.quiz.seconds(look.now)));
            }
        }
    }
    let done = matches!(screen.stage, Stage::Result { .. });
    let title = if done { texts.quiz_result } else { texts.quiz };
    Header { title: title.into(), detail: screen.title.clone(), right }
}

fn footer(look: &Look<'_>, screen: &QuizScreen) -> Vec<Hint> {
    let texts = look.texts;
    match &screen.stage {
        Stage::Setup { .. } => vec![
            Hint::new(look.keymap.shown(Action::Confirm), texts.start),
            Hint::new("Up Down", texts.choose),
            Hint::new("Left Right", texts.change),
            Hint::of(look, Action::Back),
        ],
        Stage::Asking(Some(pad)) => {
            let mut list = pad_hints(look, pad);
            if !pad.place(true).is_text() {
                list.extend(hints(look, &[Action::LeaveOpen]));
                list.push(Hint::new(look.keymap.shown(Action::Left), texts.previous));
                list.push(Hint::new(look.keymap.shown(Action::Back), texts.stop));
            }
            list
        }
        Stage::Asking(None) | Stage::Loading | Stage::Trouble(_) => hints(look, &[Action::Back]),
        Stage::Feedback(_) => {
            let mut list = hints(look, &[Action::GoOn, Action::PageDown]);
            if screen.request.drill.is_none() {
                list.extend(hints(look, &[Action::Edit]));
            }
            list.push(Hint::new(look.keymap.shown(Action::Back), texts.stop));
            list
        }
        Stage::Result { .. } => {
            let missed = screen.missed_keys(&screen.missed()).len();
            let keys = look.keymap.shown(Action::Confirm);
            let mut list = if missed > 0 {
                vec![Hint::new("Up Down", texts.read), Hint::new(keys, (texts.study_these)(missed))]
            } else {
                vec![Hint::new(keys, if screen.leaves_program { texts.quit } else { texts.home })]
            };
            list.extend(hints(look, &[Action::Again]));
            if screen.request.drill.is_none() {
                list.extend(hints(look, &[Action::Edit]));
            }
            list.extend(hints(look, &[Action::Back]));
            list
        }
    }
}

fn setup_lines(
    look: &Look<'_>,
    screen: &QuizScreen,
    cursor: usize,
    width: u16,
) -> Vec<Line<'static>> {
    let theme = look.theme;
    let texts = look.texts;
    let request = &screen.request;
    let minutes = request.minutes.map_or_else(|| texts.no_clock.to_owned(), texts.minutes_short);
    let chosen = request.filter.tags.first();
    let tag = chosen.map_or(texts.all_tags, |tag| look.labels.tag_title(tag, look.lang));
    let cards: usize = screen
        .facts
        .tags
        .iter()
        .filter(|(tag, _)| chosen.is_none_or(|chosen| chosen == tag))
        .map(|(_, cards)| cards)
        .sum();
    let rows = [
        (texts.tag_label, format!("{tag}  {}", (texts.cards_count)(cards))),
        (texts.questions, request.questions.to_string()),
        (texts.time, minutes),
        (
            texts.feedback,
            (if request.exam { texts.at_the_end } else { texts.after_each }).to_owned(),
        ),
        (
            texts.order,
            (if request.weakest_first { texts.weakest_first } else { texts.mixed }).to_owned(),
        ),
    ];
    let mut lines = Vec::new();
    for (index, (label, value)) in rows.into_iter().enumerate() {
        let selected = index == cursor;
        let bar = if selected { theme.glyphs.selection } else { " " };
        let role = if selected { Role::Title } else { Role::Text };
        lines.push(Line::from(vec![
            Span::styled(bar.to_owned(), theme.style(Role::Accent)),
            Span::styled(pad(label, 16), theme.style(Role::Muted)),
            Span::styled("< ".to_owned(), theme.style(Role::Faint)),
            Span::styled(value, theme.style(role)),
            Span::styled(" >".to_owned(), theme.style(Role::Faint)),
        ]));
        lines.push(Line::default());
    }
    lines.extend(paragraph(look, texts.quiz_is_no_review, width, Role::Muted));
    if !screen.facts.last.is_empty() {
        let scores = screen
            .facts
            .last
            .iter()
            .map(|(day, right, all)| format!("{} {right}/{all}", (texts.date)(*day)));
        let scores: Vec<String> = scores.collect();
        lines.push(Line::default());
        let words = format!("{}  {}", texts.last_quizzes, scores.join("   "));
        lines.extend(paragraph(look, &words, width, Role::Text));
    }
    lines
}

fn asking_page(
    frame: &mut Frame<'_>,
    look: &Look<'_>,
    screen: &QuizScreen,
    pad: Option<&Pad>,
    area: Rect,
) -> Option<ratatui::layout::Position> {
    let running = screen.running.as_ref()?;
    let (index, _) = running.quiz.current()?;
    let question = running.questions.get(index)?;
    let text = question.card.text(screen.lang);
    let theme = look.theme;
    let tags: Vec<&str> = question
        .card
        .tags
        .iter()
        .take(2)
        .map(|tag| look.labels.tag_title(tag, look.lang))
        .collect();
    let mut top = vec![Line::styled(tags.join("  "), theme.style(Role::Accent)), Line::default()];
    top.extend(question_lines(look, text, area.width));
    if let Some(sentence) = Pad::sentence(&question.card, screen.lang) {
        top.push(Line::default());
        top.extend(markup::render(&sentence, area.width, theme));
    }
    if question.made.is_some() {
        top.extend(paragraph(look, look.texts.which_point_belongs, area.width, Role::Muted));
    }
    if running.is_sure {
        let sure = (look.texts.you_said)(look.texts.confidence[2]);
        top.push(Line::styled(sure, theme.style(Role::Accent)));
    }
    top.push(Line::default());
    let pad = pad?;
    let needed = pad.height(look, &question.card, screen.lang, area.width);
    let pad_rows =
        needed.min(area.height.saturating_sub(to_u16(top.len())).max(area.height / 2)).max(1);
    let top_rows = to_u16(top.len()).min(area.height.saturating_sub(pad_rows));
    draw_lines(frame, Rect { height: top_rows, ..area }, &top, screen.scroll);
    let pad_area = Rect { y: area.y + top_rows, height: pad_rows, ..area };
    pad.draw(frame, look, pad_area, &question.card, screen.lang)
}

fn feedback_lines(
    look: &Look<'_>,
    screen: &QuizScreen,
    judged: &Judged,
    width: u16,
) -> Vec<Line<'static>> {
    let Some(running) = &screen.running else { return Vec::new() };
    let Some((index, _)) = running.quiz.current() else { return Vec::new() };
    explained(look, screen, running, index, Some(judged), width)
}

/// A question with its judgement, what was answered and the explanation.
fn explained(
    look: &Look<'_>,
    screen: &QuizScreen,
    running: &Running,
    index: usize,
    judged: Option<&Judged>,
    width: u16,
) -> Vec<Line<'static>> {
    let Some(question) = running.questions.get(index) else { return Vec::new() };
    let text = question.card.text(screen.lang);
    let theme = look.theme;
    let mut lines = judged_lines(look, judged, text, width);
    lines.push(Line::default());
    lines.extend(question_lines(look, text, width));
    lines.push(Line::default());
    if let Some(answer) = &running.quiz.answers()[index] {
        if let Some(order) = own_order(look, text, &answer.typed, judged, width) {
            lines.extend(order);
        } else {
            let words = (look.texts.you_answered)(&answer.typed);
            let role = if answer.correct { Role::Good } else { Role::Bad };
            lines.extend(paragraph(look, &words, width, role));
        }
    }
    if let Some(right) = right_answer(question, screen.lang) {
        let words = (look.texts.right_is)(&right);
        lines.extend(paragraph(look, &words, width, Role::Good));
    }
    lines
        .push(Line::styled(theme.glyphs.rule.repeat(usize::from(width)), theme.style(Role::Faint)));
    lines.extend(full_answer(look, &question.card, &[], screen.lang, (width, 0)));
    lines
}

/// The right answer in one line.
fn right_answer(question: &Question, lang: Lang) -> Option<String> {
    if let Some(made) = &question.made {
        return made.options.iter().find(|option| option.correct).map(|o| o.text.clone());
    }
    match &question.card.text(lang).body {
        Body::Choice { options } => {
            options.iter().find(|option| option.correct).map(|option| option.text.clone())
        }
        Body::Cloze { pieces } => {
            let gaps: Vec<&str> = pieces
                .iter()
                .filter_map(|piece| match piece {
                    crate::domain::card::ClozePiece::Gap(fillings) => {
                        fillings.first().map(String::as_str)
                    }
                    crate::domain::card::ClozePiece::Text(_) => None,
                })
                .collect();
            Some(gaps.join(" | "))
        }
        Body::Command { accept, .. } => accept.first().cloned(),
        Body::Numeric(_) | Body::Order { .. } | Body::Open { .. } => None,
    }
}

fn result_lines(
    look: &Look<'_>,
    screen: &QuizScreen,
    cursor: usize,
    width: u16,
) -> Vec<Line<'static>> {
    let Some(running) = &screen.running else { return Vec::new() };
    let theme = look.theme;
    let texts = look.texts;
    let (right, all) = running.quiz.score();
    #[expect(clippy::cast_precision_loss, reason = "a handful of questions")]
    let share = if all == 0 { 0.0 } else { right as f32 / all as f32 };
    let mut head =
        vec![Span::styled(format!("{}  ", (texts.hits_of)(right, all)), theme.style(Role::Title))];
    head.extend(meter::line(
        theme,
        share,
        30.min(usize::from(width) / 2),
        meter::share_role(share),
    ));
    let percent = format!("  {}%", running.quiz.percent());
    head.push(Span::styled(percent, theme.style(Role::Strong)));
    let mut lines = vec![Line::from(head), Line::default()];
    lines.extend(per_tag(look, running, width));
    lines.extend(sureness(look, running));
    let missed = screen.missed();
    if missed.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled(texts.all_right, theme.style(Role::Good)));
        return lines;
    }
    lines.push(Line::default());
    lines.push(Line::styled(texts.wrong_or_open, theme.style(Role::Title)));
    for (row, index) in missed.iter().enumerate() {
        let Some(question) = running.questions.get(*index) else { continue };
        let selected = row == cursor.min(missed.len() - 1);
        let bar = if selected { theme.glyphs.selection } else { " " };
        let open = if running.quiz.answers()[*index].is_none() { texts.left_open } else { "" };
        let title = question.card.text(screen.lang).question.lines().next().unwrap_or_default();
        let room =
            usize::from(width).saturating_sub(6 + super::super::widgets::wrap::cells(open) + 1);
        lines.push(Line::from(vec![
            Span::styled(bar.to_owned(), theme.style(Role::Accent)),
            Span::styled(format!("{:>2}  ", index + 1), theme.style(Role::Muted)),
            Span::styled(
                truncate(title, room, theme.glyphs.ellipsis),
                theme.style(if selected { Role::Title } else { Role::Text }),
            ),
            Span::styled(format!(" {open}"), theme.style(Role::Muted)),
        ]));
    }
    lines.push(Line::default());
    let wrong = running.quiz.answers().iter().flatten().filter(|answer| !answer.correct).count();
    if wrong > 0 && screen.request.drill.is_none() {
        lines.push(Line::styled((texts.added_to_today)(wrong), theme.style(Role::Muted)));
    }
    lines
        .push(Line::styled(theme.glyphs.rule.repeat(usize::from(width)), theme.style(Role::Faint)));
    if let Some(index) = missed.get(cursor.min(missed.len() - 1)) {
        let judged = running.judged.get(*index).and_then(Option::as_ref);
        lines.extend(explained(look, screen, running, *index, judged, width));
    }
    lines
}

/// Right and all answers per main tag.
fn per_tag(look: &Look<'_>, running: &Running, width: u16) -> Vec<Line<'static>> {
    let mut tags: Vec<(String, usize, usize)> = Vec::new();
    for (question, answer) in running.questions.iter().zip(running.quiz.answers()) {
        let tag = question
            .card
            .tags
            .first()
            .map_or_else(|| question.card.deck.0.clone(), |t| t.0.clone());
        let right = usize::from(answer.as_ref().is_some_and(|answer| answer.correct));
        match tags.iter_mut().find(|(name, _, _)| *name == tag) {
            Some(entry) => {
                entry.1 += right;
                entry.2 += 1;
            }
            None => tags.push((tag, right, 1)),
        }
    }
    // A tag and its count stay on one line.
    let mut rows = vec![String::new()];
    for (tag, right, all) in tags {
        let tag = Tag(tag);
        let word = format!("{} {right}/{all}", look.labels.tag_title(&tag, look.lang));
        let row = rows.last_mut().expect("there is always a row");
        if row.is_empty() {
            *row = word;
        } else if cells(row) + 3 + cells(&word) <= usize::from(width) {
            row.push_str("   ");
            row.push_str(&word);
        } else {
            rows.push(word);
        }
    }
    rows.into_iter().map(|row| Line::styled(row, look.theme.style(Role::Muted))).collect()
}

fn sureness(look: &Look<'_>, running: &Running) -> Vec<Line<'static>> {
    let sure: Vec<bool> = running
        .quiz
        .answers()
        .iter()
        .flatten()
        .filter(|answer| answer.confidence == Confidence::Sure)
        .map(|answer| answer.correct)
        .collect();
    if sure.is_empty() {
        return Vec::new();
    }
    let right = sure.iter().filter(|right| **right).count();
    let words = (look.texts.sure_right_wrong)(right, sure.len() - right);
    vec![Line::styled(words, look.theme.style(Role::Muted))]
}
