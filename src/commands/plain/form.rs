//! Answering in lines what the program judges: numbered options and steps, gaps, numbers and commands.

use crate::domain::card::{Body, Card, ChoiceOption, ClozePiece};
use crate::domain::lang::Lang;
use crate::i18n::Texts;
use crate::study::answer::{
    Judged, judge_choice, judge_cloze, judge_command, judge_numeric, judge_order,
};
use crate::study::choice::{self, MadeChoice};

use crate::commands::plain::lines::numbers;

/// A card that waits for a judged answer.
#[derive(Clone, Debug)]
pub struct Form {
    kind: FormKind,
}

#[derive(Clone, Debug)]
enum FormKind {
    /// `order[i]` is the option shown as number i + 1; `made` are options of a question made from key points.
    Choice { order: Vec<usize>, made: Option<Vec<ChoiceOption>> },
    /// `shown[i]` is the step shown as number i + 1.
    Order { shown: Vec<usize> },
    /// Typed, with the number of gaps; 1 for a number or a command.
    Typed { gaps: usize },
}

/// What a line was.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A whole answer: its judgement and what was typed or chosen, as text.
    Answered(Judged, String),
    /// The first of several gaps; the others are asked for.
    FirstGap,
    /// No answer; the sentence says what is wanted.
    Refused(String),
}

impl Form {
    /// The form of a card; none for an open card without made options. The order shown comes from `seed`.
    pub fn new(card: &Card, made: Option<&MadeChoice>, seed: u64) -> Option<Self> {
        let kind = match &card.texts.base().body {
            Body::Open { .. } => {
                let options = offered(made?);
                FormKind::Choice { order: (0..options.len()).collect(), made: Some(options) }
            }
            Body::Choice { options } => {
                let mut order: Vec<usize> = (0..options.len()).collect();
                choice::shuffle(&mut order, seed);
                FormKind::Choice { order, made: None }
            }
            Body::Order { steps } => FormKind::Order { shown: shuffled_away(steps.len(), seed) },
            Body::Cloze { pieces } => {
                let gaps = pieces.iter().filter(|piece| matches!(piece, ClozePiece::Gap(_)));
                FormKind::Typed { gaps: gaps.count().max(1) }
            }
            Body::Numeric(_) | Body::Command { .. } => FormKind::Typed { gaps: 1 },
        };
        Some(Self { kind })
    }

    /// Options or steps, numbered.
    pub fn lines(&self, card: &Card, lang: Lang) -> Vec<String> {
        let texts: Vec<&str> = match (&self.kind, &card.text(lang).body) {
            (FormKind::Choice { order, .. }, _) => {
                let options = self.options(card, lang);
                order.iter().filter_map(|at| options.get(*at)).map(|o| o.text.as_str()).collect()
            }
            (FormKind::Order { shown }, Body::Order { steps }) => {
                shown.iter().filter_map(|at| steps.get(*at)).map(|s| s.text.as_str()).collect()
            }
            _ => Vec::new(),
        };
        texts.iter().enumerate().map(|(at, text)| format!("{}. {text}", at + 1)).collect()
    }

    /// What is asked for.
    pub fn prompt(&self, card: &Card, texts: &Texts) -> String {
        texts.plain_judged_prompt(card.kind, self.gaps(), self.parts())
    }

    /// Number of gaps to fill, 1 for everything that is not a cloze.
    pub const fn gaps(&self) -> usize {
        match self.kind {
            FormKind::Typed { gaps } => gaps,
            _ => 1,
        }
    }

    /// Whether numbers are answered, so that `!2` can mean a sure 2.
    pub const fn takes_numbers(&self) -> bool {
        !matches!(self.kind, FormKind::Typed { .. })
    }

    fn parts(&self) -> usize {
        match &self.kind {
            FormKind::Choice { order: parts, .. } | FormKind::Order { shown: parts } => parts.len(),
            FormKind::Typed { .. } => 0,
        }
    }

    /// Takes a line.
    pub fn read(&self, card: &Card, lang: Lang, line: &str, texts: &Texts) -> Reading {
        match &self.kind {
            FormKind::Choice { order, .. } => self.read_choice(order, card, lang, line, texts),
            FormKind::Order { shown } => read_order(shown, card, lang, line, texts),
            FormKind::Typed { gaps: 1 } => judged(card, lang, &[line.trim().to_owned()]),
            FormKind::Typed { gaps } => {
                let parts: Vec<String> = line.split('|').map(|gap| gap.trim().to_owned()).collect();
                if parts.len() == *gaps { judged(card, lang, &parts) } else { Reading::FirstGap }
            }
        }
    }

    fn read_choice(
        &self,
        order: &[usize],
        card: &Card,
        lang: Lang,
        line: &str,
        texts: &Texts,
    ) -> Reading {
        let chosen = match numbers(line).as_deref() {
            Some([number]) => number.checked_sub(1).and_then(|at| order.get(at)).copied(),
            _ => None,
        };
        let options = self.options(card, lang);
        match chosen.and_then(|at| options.get(at).map(|option| (at, option))) {
            Some((at, option)) => Reading::Answered(judge_choice(options, at), option.text.clone()),
            None => Reading::Refused(texts.plain_number_wanted(1, order.len())),
        }
    }

    /// The options as written in `lang`.
    pub fn options<'a>(&'a self, card: &'a Card, lang: Lang) -> &'a [ChoiceOption] {
        match (&self.kind, &card.text(lang).body) {
            (FormKind::Choice { made: Some(made), .. }, _) => made,
            (_, Body::Choice { options }) => options,
            _ => &[],
        }
    }
}

/// Judges typed fillings; a kind that is not typed has no right filling.
pub fn judged(card: &Card, lang: Lang, texts: &[String]) -> Reading {
    let first = texts.first().map_or("", String::as_str);
    let judged = match &card.text(lang).body {
        Body::Cloze { pieces } => judge_cloze(pieces, texts),
        Body::Numeric(numeric) => judge_numeric(numeric, first),
        Body::Command { accept, .. } => judge_command(accept, first),
        Body::Open { .. } | Body::Choice { .. } | Body::Order { .. } => judge_command(&[], first),
    };
    Reading::Answered(judged, texts.join(" | "))
}

fn read_order(shown: &[usize], card: &Card, lang: Lang, line: &str, texts: &Texts) -> Reading {
    let picked: Option<Vec<usize>> =
        numbers(line).map(|numbers| written_together(numbers, shown.len())).and_then(|numbers| {
            let step = |number: &usize| number.checked_sub(1).and_then(|at| shown.get(at)).copied();
            numbers.iter().map(step).collect()
        });
    let complete = picked.filter(|picked| {
        let mut sorted = picked.clone();
        sorted.sort_unstable();
        sorted.into_iter().eq(0..shown.len())
    });
    match (complete, &card.text(lang).body) {
        (Some(picked), Body::Order { steps }) => {
            let numbers: Vec<String> = picked.iter().map(|step| (step + 1).to_string()).collect();
            Reading::Answered(judge_order(steps, &picked), numbers.join(" "))
        }
        _ => Reading::Refused(texts.plain_order_wanted(shown.len())),
    }
}

/// `213` for `2 1 3`: of fewer than ten steps each number is one digit.
fn written_together(numbers: Vec<usize>, steps: usize) -> Vec<usize> {
    match numbers.as_slice() {
        [number] if (2..10).contains(&steps) => {
            number.to_string().bytes().map(|digit| usize::from(digit - b'0')).collect()
        }
        _ => numbers,
    }
}

fn offered(made: &MadeChoice) -> Vec<ChoiceOption> {
    let option = |option: &choice::MadeOption| ChoiceOption {
        text: option.text.clone(),
        correct: option.correct,
        why: option.why.clone(),
    };
    made.options.iter().map(option).collect()
}

/// A shuffle of the steps that is not already the right order.
fn shuffled_away(count: usize, seed: u64) -> Vec<usize> {
    let right: Vec<usize> = (0..count).collect();
    let shuffled = (0..8).map(|attempt| {
        let mut shown = right.clone();
        choice::shuffle(&mut shown, seed.wrapping_add(attempt));
        shown
    });
    shuffled
        .into_iter()
        .find(|shown| *shown != right)
        .unwrap_or_else(|| right.iter().rev().copied().collect())
}
