//! A quiz in lines: question, answer, right or wrong, and the result.

use std::io::{self, BufRead, Write};

use crate::commands::plain::explain;
use crate::commands::plain::form::Form;
use crate::commands::plain::lines::Command;
use crate::commands::plain::{Desk, Given};
use crate::domain::card::{Card, fnv1a};
use crate::domain::review::{Confidence, Review};
use crate::domain::time::Timestamp;
use crate::study::answer::Judged;
use crate::study::quiz::{Quiz, QuizAnswer};
use crate::trainer::QuizQuestion;
use crate::tui::screens::study_view::clock;

/// A quiz in lines.
pub struct Round<'a, R, W, C> {
    desk: Desk<'a, R, W, C>,
    quiz: &'a mut Quiz,
    questions: &'a [QuizQuestion],
    pass: Option<u8>,
    is_sure: bool,
}

/// Whether the quiz goes on, and with which question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// The same question.
    Stay,
    /// The question that is current now.
    Next,
    /// No further one.
    Stop,
}

impl<'a, R: BufRead, W: Write, C: Fn() -> Timestamp> Round<'a, R, W, C> {
    /// A quiz that has just been built; `pass` is the percentage asked for.
    pub const fn new(
        desk: Desk<'a, R, W, C>,
        quiz: &'a mut Quiz,
        questions: &'a [QuizQuestion],
        pass: Option<u8>,
    ) -> Self {
        Self { desk, quiz, questions, pass, is_sure: false }
    }

    /// Asks every question, then gives the result.
    pub fn run(mut self) -> io::Result<()> {
        let questions = self.questions;
        while let Some(index) = self.quiz.current().map(|(index, _)| index) {
            let asked = questions.get(index).and_then(|question| {
                let seed = fnv1a(question.card.key.0.as_bytes());
                let form = Form::new(&question.card, question.made.as_ref(), seed)?;
                Some((question, form))
            });
            let now = self.desk.now();
            match asked {
                // A question that cannot be asked is left open.
                None => self.quiz.leave_open(now),
                Some((question, form)) => {
                    if self.question(index, question, &form)? == Turn::Stop {
                        self.quiz.finish(self.desk.now());
                    }
                }
            }
        }
        self.result()?;
        self.desk.lines.flush()
    }

    fn question(&mut self, index: usize, question: &QuizQuestion, form: &Form) -> io::Result<Turn> {
        self.is_sure = false;
        self.say_question(index, question, form)?;
        let prompt = form.prompt(&question.card, self.desk.texts);
        loop {
            let Some(line) = self.desk.lines.ask(&prompt)? else { return Ok(Turn::Stop) };
            let turn = match Command::of(&line) {
                Some(
                    command @ (Command::Help | Command::Sure | Command::Skip | Command::Leave),
                ) => self.command(command)?,
                _ => self.answer_line(&question.card, form, &line)?,
            };
            if turn != Turn::Stay {
                return Ok(turn);
            }
        }
    }

    fn say_question(
        &mut self,
        index: usize,
        question: &QuizQuestion,
        form: &Form,
    ) -> io::Result<()> {
        let now = self.desk.now();
        let Desk { lines, trainer, texts, lang, .. } = &mut self.desk;
        let place = (index + 1, self.quiz.questions().len());
        let heading = explain::heading(&question.card, place, trainer.labels(), texts, *lang);
        lines.say("")?;
        match self.quiz.seconds_left(now) {
            Some(left) => lines.say(&format!("{heading}, {}", (texts.time_left)(&clock(left))))?,
            None => lines.say(&heading)?,
        }
        lines.say_all(explain::question(&question.card, texts, *lang))?;
        if question.made.is_some() {
            lines.say(texts.which_point_belongs)?;
        }
        lines.say_all(form.lines(&question.card, *lang))
    }

    fn command(&mut self, command: Command) -> io::Result<Turn> {
        let texts = self.desk.texts;
        match command {
            Command::Help => self.desk.lines.say_all(texts.plain_quiz_commands())?,
            Command::Sure => {
                self.is_sure = !self.is_sure;
                self.desk.lines.say(texts.plain_sure(self.is_sure))?;
            }
            Command::Skip => {
                self.quiz.leave_open(self.desk.now());
                return Ok(Turn::Next);
            }
            Command::Leave => return Ok(Turn::Stop),
            Command::Undo | Command::Suspend | Command::Bury | Command::Hint => {}
        }
        Ok(Turn::Stay)
    }

    fn answer_line(&mut self, card: &Card, form: &Form, line: &str) -> io::Result<Turn> {
        if line.trim().is_empty() {
            self.desk.lines.say(self.desk.texts.plain_answer_wanted())?;
            return Ok(Turn::Stay);
        }
        let sure = line.trim_start().strip_prefix(['!', '！']).filter(|_| form.takes_numbers());
        match self.desk.judge(form, card, sure.unwrap_or(line))? {
            Given::End => Ok(Turn::Stop),
            Given::None => Ok(Turn::Stay),
            Given::Answer(judged, typed) => {
                self.is_sure |= sure.is_some();
                self.answered(card, form, &judged, &typed)
            }
        }
    }

    /// Writes the answer, then says how right it is, unless this is an exam.
    fn answered(
        &mut self,
        card: &Card,
        form: &Form,
        judged: &Judged,
        typed: &str,
    ) -> io::Result<Turn> {
        let now = self.desk.now();
        let today = self.desk.trainer.day_of(now);
        let confidence = if self.is_sure { Confidence::Sure } else { Confidence::Partly };
        let correct = judged.verdict.is_right();
        let answer = QuizAnswer { typed: typed.to_owned(), correct, confidence };
        if let Some(review) = self.quiz.answer(answer, today, now) {
            self.record(review)?;
        }
        if !self.quiz.rules().exam {
            let (texts, lang) = (self.desk.texts, self.desk.lang);
            let verdict = explain::verdict(judged, typed, form, card, texts, lang);
            self.desk.lines.say_all(verdict)?;
            // A made question asks for one point of a long answer, which would drown the verdict.
            if !matches!(card.kind, crate::domain::card::CardKind::Open) {
                self.desk.lines.say_all(explain::answer(card, &[], texts, lang))?;
            }
        }
        self.quiz.next(self.desk.now());
        Ok(Turn::Next)
    }

    fn record(&mut self, review: Review) -> io::Result<()> {
        let written = self.desk.trainer.record_quiz(review);
        self.desk.say_recorded(&written)
    }

    fn result(&mut self) -> io::Result<()> {
        let texts = self.desk.texts;
        let (right, all) = self.quiz.score();
        let percent = self.quiz.percent();
        let time = clock(self.quiz.seconds(self.desk.now()));
        let score = (texts.hits_of)(right, all);
        let mut lines = vec![String::new(), texts.quiz_result.to_owned()];
        lines.push(format!("{score}, {percent}%, {time}"));
        lines.extend(self.per_tag());
        lines.extend(self.sureness());
        lines.extend(self.missed());
        lines.extend(self.pass.map(|wanted| texts.plain_pass(percent >= wanted, wanted)));
        self.desk.lines.say_all(lines)
    }

    /// Right and all answers per main tag.
    fn per_tag(&self) -> Vec<String> {
        let labels = self.desk.trainer.labels();
        let mut tags: Vec<(&str, usize, usize)> = Vec::new();
        for (question, answer) in self.questions.iter().zip(self.quiz.answers()) {
            let tag = question.card.tags.first();
            let name = tag.map_or(question.card.deck.0.as_str(), |tag| {
                labels.tag_title(tag, self.desk.texts.lang)
            });
            let right = usize::from(answer.as_ref().is_some_and(|answer| answer.correct));
            match tags.iter_mut().find(|(known, _, _)| *known == name) {
                Some(entry) => {
                    entry.1 += right;
                    entry.2 += 1;
                }
                None => tags.push((name, right, 1)),
            }
        }
        let line = |(tag, right, all): (&str, usize, usize)| {
            format!("{tag}: {}", (self.desk.texts.hits_of)(right, all))
        };
        tags.into_iter().map(line).collect()
    }

    fn sureness(&self) -> Option<String> {
        let sure = |answer: &&QuizAnswer| answer.confidence == Confidence::Sure;
        let sure: Vec<&QuizAnswer> = self.quiz.answers().iter().flatten().filter(sure).collect();
        let right = sure.iter().filter(|answer| answer.correct).count();
        let words = (self.desk.texts.sure_right_wrong)(right, sure.len() - right);
        (!sure.is_empty()).then(|| words.replace("   ", ", "))
    }

    /// Wrong and open questions, each with what was answered and what is right.
    fn missed(&self) -> Vec<String> {
        let (texts, lang) = (self.desk.texts, self.desk.lang);
        let mut lines = Vec::new();
        let mut is_on_the_list = false;
        for (index, question) in self.questions.iter().enumerate() {
            let answer = self.quiz.answers().get(index).and_then(Option::as_ref);
            if answer.is_some_and(|answer| answer.correct) {
                continue;
            }
            let card = &question.card;
            // A computed question is no card that could be studied.
            is_on_the_list |= answer.is_some() && !card.key.0.starts_with("drill/availability-");
            let asked = explain::question(card, texts, lang).join(" ");
            lines.push(format!("{}. {asked}", index + 1));
            lines.push(match answer {
                Some(answer) => (texts.you_answered)(&answer.typed),
                None => (texts.you_answered)(texts.left_open),
            });
            let right = Form::new(card, question.made.as_ref(), 0)
                .and_then(|form| explain::right_answer(&form, card, lang));
            lines.extend(right.map(|right| (texts.right_is)(&right)));
        }
        if lines.is_empty() {
            return vec![texts.all_right.to_owned()];
        }
        lines.insert(0, format!("{}:", texts.wrong_or_open));
        if is_on_the_list {
            lines.push(texts.plain_on_todays_list().to_owned());
        }
        lines
    }
}
