//! A card as `--json` gives it. What does not belong to a kind of card is left out.

use serde::Serialize;

use crate::commands::list::{CardRow, card_row};
use crate::commands::output::JSON_VERSION;
use crate::commands::show::Shown;
use crate::commands::world::World;
use crate::domain::card::{Asked, Body, CardText, ClozePiece, KeyPoint};
use crate::domain::lang::Lang;
use crate::domain::review::{Confidence, Rating, Review};
use crate::domain::time::Day;
use crate::trainer::Trainer;

/// The whole output.
#[derive(Serialize)]
pub struct Output {
    version: u32,
    card: CardRow,
    lang: &'static str,
    question: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<OriginOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
}

/// Where an imported card comes from.
#[derive(Serialize)]
struct OriginOut {
    file: String,
    line: u32,
    license: Option<String>,
}

/// Everything that is shown after answering.
#[derive(Serialize)]
struct Answer {
    text: String,
    #[serde(flatten)]
    body: BodyOut,
    hint: Option<String>,
    figure: Option<String>,
    follow_ups: Vec<FollowUpOut>,
    mistakes: Vec<String>,
    asked: Vec<AskedOut>,
    sources: Vec<LinkOut>,
    resources: Vec<LinkOut>,
    history: Vec<ReviewOut>,
}

#[derive(Default, Serialize)]
struct BodyOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<Vec<PointOut>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<OptionOut>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<Vec<PieceOut>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<NumberOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accept: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<String>,
}

#[derive(Serialize)]
struct PointOut {
    text: String,
    must: bool,
}

#[derive(Serialize)]
struct OptionOut {
    text: String,
    correct: bool,
    why: Option<String>,
}

/// A piece of a sentence: text, or a gap with its fillings.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum PieceOut {
    Text(String),
    Gap(Vec<String>),
}

#[derive(Serialize)]
struct NumberOut {
    value: f64,
    unit: String,
    tolerance: f64,
    working: Option<String>,
    near: Vec<NearOut>,
}

#[derive(Serialize)]
struct NearOut {
    value: f64,
    why: String,
}

#[derive(Serialize)]
struct FollowUpOut {
    question: String,
    answer: String,
    probes: Option<usize>,
}

#[derive(Serialize)]
struct AskedOut {
    company: String,
    role: Option<String>,
    date: Option<String>,
}

#[derive(Serialize)]
struct LinkOut {
    title: String,
    url: String,
    note: Option<String>,
    checked: Option<String>,
}

#[derive(Serialize)]
struct ReviewOut {
    at: i64,
    day: String,
    source: &'static str,
    rating: Option<&'static str>,
    correct: Option<bool>,
    confidence: Option<&'static str>,
    hint_used: bool,
    wrong_statement: bool,
    points_hit: usize,
    points: usize,
    seconds: f32,
    due: Option<String>,
}

/// The output for a card.
pub fn found(shown: &Shown<'_>, trainer: &Trainer, world: &World, only_question: bool) -> Output {
    let lang = world.languages().1;
    let text = shown.card.text(lang);
    let shown_lang = if shown.card.texts.has(lang) { lang } else { shown.card.texts.base_lang() };
    Output {
        version: JSON_VERSION,
        card: card_row(trainer, shown.entry, lang, world.today()),
        lang: shown_lang.code(),
        question: text.question.clone(),
        origin: shown.card.origin.as_ref().map(|origin| OriginOut {
            file: origin.file.clone(),
            line: origin.line,
            license: origin.license.clone(),
        }),
        answer: (!only_question).then(|| answer(shown, text, lang)),
    }
}

fn answer(shown: &Shown<'_>, text: &CardText, lang: Lang) -> Answer {
    let follow_ups = text.follow_ups.iter().map(|it| FollowUpOut {
        question: it.question.clone(),
        answer: it.answer.clone(),
        probes: it.probes,
    });
    let sources = shown.card.sources.iter().map(|it| LinkOut {
        title: it.title.clone(),
        url: it.url.clone(),
        note: None,
        checked: it.checked.clone(),
    });
    Answer {
        text: text.answer.clone(),
        body: body(&text.body),
        hint: text.hint.clone(),
        figure: text.figure.clone(),
        follow_ups: follow_ups.collect(),
        mistakes: text.mistakes.clone(),
        asked: text.asked.iter().map(asked).collect(),
        sources: sources.collect(),
        resources: resources(shown, text, lang),
        history: shown.history.iter().map(review).collect(),
    }
}

fn body(body: &Body) -> BodyOut {
    let mut out = BodyOut::default();
    match body {
        Body::Open { points } => {
            let point = |it: &KeyPoint| PointOut { text: it.text.clone(), must: it.must };
            out.points = Some(points.iter().map(point).collect());
        }
        Body::Choice { options } => {
            let options = options.iter().map(|it| OptionOut {
                text: it.text.clone(),
                correct: it.correct,
                why: it.why.clone(),
            });
            out.options = Some(options.collect());
        }
        Body::Cloze { pieces } => {
            let piece = |piece: &ClozePiece| match piece {
                ClozePiece::Text(text) => PieceOut::Text(text.clone()),
                ClozePiece::Gap(words) => PieceOut::Gap(words.clone()),
            };
            out.sentence = Some(pieces.iter().map(piece).collect());
        }
        Body::Order { steps } => out.steps = Some(steps.iter().map(|it| it.text.clone()).collect()),
        Body::Numeric(numeric) => {
            let near = numeric.near.iter();
            out.number = Some(NumberOut {
                value: numeric.number,
                unit: numeric.unit.clone(),
                tolerance: numeric.tolerance,
                working: numeric.working.clone(),
                near: near.map(|it| NearOut { value: it.number, why: it.why.clone() }).collect(),
            });
            out.accept = Some(numeric.accept.clone());
        }
        Body::Command { accept, example } => {
            out.accept = Some(accept.clone());
            out.example.clone_from(example);
        }
    }
    out
}

fn asked(asked: &Asked) -> AskedOut {
    AskedOut { company: asked.company.clone(), role: asked.role.clone(), date: asked.date.clone() }
}

fn resources(shown: &Shown<'_>, text: &CardText, lang: Lang) -> Vec<LinkOut> {
    let own = text.resources.iter().map(|it| LinkOut {
        title: it.title.clone(),
        url: it.url.clone(),
        note: it.note.clone(),
        checked: None,
    });
    let listed = shown.resources.iter().map(|it| LinkOut {
        title: it.title(lang).to_owned(),
        url: it.url.clone(),
        note: Some(it.note(lang).to_owned()),
        checked: None,
    });
    own.chain(listed).collect()
}

fn review(review: &Review) -> ReviewOut {
    ReviewOut {
        at: review.at.0,
        day: review.day.iso(),
        source: review.source.name(),
        rating: review.rating.map(Rating::name),
        correct: review.correct,
        confidence: review.confidence.map(Confidence::name),
        hint_used: review.hint_used,
        wrong_statement: review.wrong_statement,
        points_hit: review.points.iter().filter(|point| point.hit).count(),
        points: review.points.len(),
        seconds: review.seconds,
        due: review.due.map(Day::iso),
    }
}
