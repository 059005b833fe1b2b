//! Line mode: study and quiz as plain lines on standard input and output, for screen readers, pipes and scripts.

mod explain;
mod form;
mod lines;
mod quiz;
mod study;
mod summary;
#[cfg(test)]
mod tests;

use std::io::{self, BufRead, Write};

use anyhow::Context;

use crate::commands::output;
use crate::commands::plain::form::{Form, Reading, judged};
use crate::commands::plain::lines::{Lines, text_of};
use crate::commands::plain::quiz::Round;
use crate::commands::plain::study::Sitting;
use crate::commands::world::{Exit, World};
use crate::domain::card::Card;
use crate::domain::lang::Lang;
use crate::domain::time::{Day, Timestamp};
use crate::i18n::Texts;
use crate::store::StoreError;
use crate::study::quiz::Quiz;
use crate::study::session::Session;
use crate::trainer::{QuizQuestion, Trainer};

/// Studies in lines. Gives how the session ended.
///
/// The end of input leaves like `q`; a reader of the output that has gone away is no failure.
pub fn study(
    world: &World,
    trainer: &mut Trainer,
    session: Session,
    card_lang: Lang,
) -> anyhow::Result<Exit> {
    let texts = world.texts();
    let lines = Lines::new(io::stdin().lock(), io::stdout().lock());
    let desk = Desk { lines, trainer, texts, lang: card_lang, clock: || world.now() };
    let ended = Sitting::new(desk, session).run();
    settle(ended, trainer, texts)?;
    Ok(Exit::Done)
}

/// A quiz in lines; `pass` is the percent asked for by --pass.
///
/// A quiz that is left early counts what was answered; with `pass` what is open counts as not right.
#[expect(clippy::needless_pass_by_value, reason = "the questions end with their quiz")]
pub fn quiz(
    world: &World,
    trainer: &mut Trainer,
    mut quiz: Quiz,
    questions: Vec<QuizQuestion>,
    card_lang: Lang,
    pass: Option<u8>,
) -> anyhow::Result<Exit> {
    let texts = world.texts();
    let lines = Lines::new(io::stdin().lock(), io::stdout().lock());
    let desk = Desk { lines, trainer, texts, lang: card_lang, clock: || world.now() };
    let ended = Round::new(desk, &mut quiz, &questions, pass).run();
    settle(ended, trainer, texts)?;
    Ok(passed(&quiz, pass))
}

/// "No" where a percentage was asked for and not reached.
fn passed(quiz: &Quiz, pass: Option<u8>) -> Exit {
    if pass.is_some_and(|wanted| quiz.percent() < wanted) { Exit::No } else { Exit::Done }
}

/// However it ended, what could not be written goes into the rescue journal.
fn settle(ended: io::Result<()>, trainer: &mut Trainer, texts: &Texts) -> anyhow::Result<()> {
    let rescued = trainer.rescue_unsaved().context("some answers could not be saved")?;
    if rescued.lost > 0 {
        let lost = rescued.lost;
        output::note(&format!("{lost} undos or decisions could not be saved; do them again"));
    }
    if let Some(journal) = rescued.journal {
        output::note(&texts.plain_rescued(&journal.display().to_string()));
    }
    match ended {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        ended => ended.context("cannot read standard input or write standard output"),
    }
}

/// What study and quiz in lines have in common.
struct Desk<'a, R, W, C> {
    lines: Lines<R, W>,
    trainer: &'a mut Trainer,
    texts: &'static Texts,
    lang: Lang,
    clock: C,
}

/// What came of asking for a judged answer.
enum Given {
    /// The judgement and what was typed.
    Answer(crate::study::answer::Judged, String),
    /// It was no answer; why has been said.
    None,
    /// The input has ended.
    End,
}

impl<R: BufRead, W: Write, C: Fn() -> Timestamp> Desk<'_, R, W, C> {
    fn now(&self) -> Timestamp {
        (self.clock)()
    }

    fn today(&self) -> Day {
        self.trainer.day_of(self.now())
    }

    /// Says that a review is on disk, or that it waits.
    fn say_recorded(&mut self, result: &Result<(), StoreError>) -> io::Result<()> {
        match result {
            Ok(()) => self.lines.say(self.texts.plain_saved()),
            Err(why) => {
                let text = (self.texts.not_saved)(self.trainer.unsaved(), &why.to_string());
                self.lines.say(&text)
            }
        }
    }

    /// Says why something other than a review was not written.
    fn say_failure(&mut self, result: &Result<(), StoreError>) -> io::Result<()> {
        match result {
            Ok(()) => Ok(()),
            Err(why) => self.lines.say(&self.texts.plain_not_written(&why.to_string())),
        }
    }

    /// Judges a line, after asking for the further gaps of a cloze.
    fn judge(&mut self, form: &Form, card: &Card, line: &str) -> io::Result<Given> {
        let line = text_of(line);
        match form.read(card, self.lang, line, self.texts) {
            Reading::Answered(judged, typed) => Ok(Given::Answer(judged, typed)),
            Reading::Refused(why) => {
                self.lines.say(&why)?;
                Ok(Given::None)
            }
            Reading::FirstGap => self.fill_gaps(form, card, line),
        }
    }

    fn fill_gaps(&mut self, form: &Form, card: &Card, first: &str) -> io::Result<Given> {
        let mut fillings = vec![first.trim().to_owned()];
        for number in 2..=form.gaps() {
            let prompt = self.texts.plain_gap_prompt(number, form.gaps());
            let Some(line) = self.lines.ask(&prompt)? else { return Ok(Given::End) };
            fillings.push(text_of(&line).trim().to_owned());
        }
        match judged(card, self.lang, &fillings) {
            Reading::Answered(judged, typed) => Ok(Given::Answer(judged, typed)),
            Reading::FirstGap | Reading::Refused(_) => Ok(Given::None),
        }
    }
}
