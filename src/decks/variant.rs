//! The second language of a card: what it says itself, what it inherits, and where it must agree with the base.

use std::ops::Range;

use crate::decks::assemble::base_point;
use crate::decks::raw::{RawFollowUp, RawNear, RawOption, RawPoint, RawStep, RawText};
use crate::decks::walk::Walk;
use crate::domain::card::{
    Body, CardText, ChoiceOption, ClozePiece, FollowUp, KeyPoint, NearMiss, Numeric, Step,
};

/// The other language's texts, each missing field filled from the base.
pub fn variant_text(
    walk: &mut Walk<'_>,
    base: &CardText,
    raw: RawText,
    header: &Range<usize>,
) -> CardText {
    let body = variant_body(walk, &base.body, &raw, header);
    let follow_ups = raw.follow_ups.map(|rows| {
        same_length(walk, "follow_ups", rows.len(), base.follow_ups.len(), header);
        rows.into_iter()
            .zip(&base.follow_ups)
            .map(|(row, base)| follow_up(walk, row, base))
            .collect()
    });
    if let Some(mistakes) = &raw.mistakes {
        same_length(walk, "mistakes", mistakes.len(), base.mistakes.len(), header);
    }
    CardText {
        question: raw.question.unwrap_or_else(|| base.question.clone()),
        answer: raw.answer.unwrap_or_else(|| base.answer.clone()),
        body,
        hint: raw.hint.or_else(|| base.hint.clone()),
        figure: raw.figure.or_else(|| base.figure.clone()),
        follow_ups: follow_ups.unwrap_or_else(|| base.follow_ups.clone()),
        mistakes: raw.mistakes.unwrap_or_else(|| base.mistakes.clone()),
        resources: raw.resources.unwrap_or_else(|| base.resources.clone()),
        asked: raw.asked.unwrap_or_else(|| base.asked.clone()),
        topics: raw.topics.unwrap_or_else(|| base.topics.clone()),
    }
}

fn variant_body(walk: &mut Walk<'_>, base: &Body, raw: &RawText, header: &Range<usize>) -> Body {
    match base {
        Body::Open { points } => {
            let own = paired(walk, "points", raw.points.as_deref(), points, header, variant_point);
            Body::Open { points: own }
        }
        Body::Choice { options } => {
            let rows = raw.options.as_deref();
            let own = paired(walk, "options", rows, options, header, variant_option);
            Body::Choice { options: own }
        }
        Body::Order { steps } => {
            let own = paired(walk, "steps", raw.steps.as_deref(), steps, header, variant_step);
            Body::Order { steps: own }
        }
        Body::Cloze { pieces } => {
            let own = raw.cloze.as_ref().unwrap_or(pieces);
            if gaps(own) != gaps(pieces) {
                let message = format!(
                    "`cloze` has {} gaps here and {} in the base language",
                    gaps(own),
                    gaps(pieces)
                );
                walk.error(header, message, None);
            }
            Body::Cloze { pieces: own.clone() }
        }
        Body::Numeric(number) => Body::Numeric(variant_number(walk, number, raw, header)),
        Body::Command { accept, example } => Body::Command {
            accept: raw.accept.as_ref().unwrap_or(accept).clone(),
            example: raw.example.as_ref().or(example.as_ref()).cloned(),
        },
    }
}

fn gaps(pieces: &[ClozePiece]) -> usize {
    pieces.iter().filter(|piece| matches!(piece, ClozePiece::Gap(_))).count()
}

/// Items of the other language, each made with its partner in the base; the base's own where there are none.
fn paired<R, T: Clone>(
    walk: &mut Walk<'_>,
    key: &str,
    rows: Option<&[R]>,
    base: &[T],
    header: &Range<usize>,
    make: impl Fn(&mut Walk<'_>, &R, &T) -> T,
) -> Vec<T> {
    let Some(rows) = rows else {
        return base.to_vec();
    };
    same_length(walk, key, rows.len(), base.len(), header);
    rows.iter().zip(base).map(|(row, base)| make(walk, row, base)).collect()
}

fn same_length(walk: &mut Walk<'_>, key: &str, here: usize, base: usize, header: &Range<usize>) {
    if here != base {
        let help = "both languages need the same items in the same order".to_owned();
        let message = format!("`{key}` has {here} items here and {base} in the base language");
        walk.error(header, message, Some(help));
    }
}

fn must_equal<T: PartialEq>(
    walk: &mut Walk<'_>,
    key: &str,
    own: Option<&T>,
    base: &T,
    span: &Range<usize>,
) {
    if own.is_some_and(|own| own != base) {
        let help = "leave it out here; the base language decides".to_owned();
        walk.warn(span, format!("`{key}` differs from the base language"), Some(help));
    }
}

fn variant_point(walk: &mut Walk<'_>, row: &RawPoint, base: &KeyPoint) -> KeyPoint {
    must_equal(walk, "must", row.must.as_ref(), &base.must, &row.span);
    if row.topic.is_some() {
        must_equal(walk, "topic", Some(&row.topic), &base.topic, &row.span);
    }
    KeyPoint { must: base.must, topic: base.topic.clone(), ..base_point(row) }
}

fn variant_option(walk: &mut Walk<'_>, row: &RawOption, base: &ChoiceOption) -> ChoiceOption {
    must_equal(walk, "correct", row.correct.as_ref(), &base.correct, &row.span);
    let why = row.why.clone().or_else(|| base.why.clone());
    ChoiceOption { text: row.text.clone(), correct: base.correct, why }
}

fn variant_step(walk: &mut Walk<'_>, row: &RawStep, base: &Step) -> Step {
    if row.group.is_some() {
        must_equal(walk, "group", Some(&row.group), &base.group, &row.span);
    }
    Step { text: row.text.clone(), group: base.group }
}

fn variant_number(
    walk: &mut Walk<'_>,
    base: &Numeric,
    raw: &RawText,
    header: &Range<usize>,
) -> Numeric {
    must_equal(walk, "number", raw.number.as_ref(), &base.number, header);
    let near = paired(walk, "near", raw.near.as_deref(), &base.near, header, variant_near);
    Numeric {
        unit: raw.unit.as_ref().unwrap_or(&base.unit).clone(),
        accept: raw.accept.as_ref().unwrap_or(&base.accept).clone(),
        working: raw.working.as_ref().or(base.working.as_ref()).cloned(),
        near,
        ..*base
    }
}

fn variant_near(walk: &mut Walk<'_>, row: &RawNear, base: &NearMiss) -> NearMiss {
    must_equal(walk, "number", row.number.as_ref(), &base.number, &row.span);
    NearMiss { number: base.number, why: row.why.as_ref().unwrap_or(&base.why).clone() }
}

fn follow_up(walk: &mut Walk<'_>, row: RawFollowUp, base: &FollowUp) -> FollowUp {
    if let Some(probes) = row.probes {
        must_equal(walk, "probes", Some(&usize::try_from(probes).ok()), &base.probes, &row.span);
    }
    FollowUp {
        question: row.question.unwrap_or_else(|| base.question.clone()),
        answer: row.answer.unwrap_or_else(|| base.answer.clone()),
        probes: base.probes,
    }
}
