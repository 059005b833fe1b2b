//! What is said of a card in lines: its question, the verdict on an answer, the right answer and the explanation.

use crate::commands::plain::form::Form;
use crate::commands::plain::lines::markdown;
use crate::domain::card::{Body, Card, ClozePiece};
use crate::domain::lang::Lang;
use crate::domain::resource::Resource;
use crate::domain::tag::LabelList;
use crate::i18n::Texts;
use crate::study::answer::{Judged, Verdict};
use crate::tui::screens::pad::Pad;
use crate::tui::screens::study_view::asked_words;

/// Position, tags and who asked, in one line.
pub fn heading(
    card: &Card,
    place: (usize, usize),
    labels: &LabelList,
    texts: &Texts,
    lang: Lang,
) -> String {
    let mut words = vec![(texts.position)(place.0, place.1)];
    words.extend(card.tags.iter().map(|tag| labels.tag_title(tag, texts.lang).to_owned()));
    if card.tags.is_empty() {
        words.push(card.deck.0.clone());
    }
    if let Some(asked) = card.text(lang).asked.first() {
        words.push((texts.asked_at)(&asked_words(asked, "/")));
    }
    words.join(", ")
}

/// The question, a cloze with its sentence.
pub fn question(card: &Card, texts: &Texts, lang: Lang) -> Vec<String> {
    let mut lines = labelled(texts.plain_question(), markdown(&card.text(lang).question));
    lines.extend(Pad::sentence(card, lang).iter().flat_map(|sentence| markdown(sentence)));
    lines
}

/// A label before the first line.
pub fn labelled(label: &str, lines: Vec<String>) -> Vec<String> {
    let mut lines = lines.into_iter();
    let first = format!("{label}: {}", lines.next().unwrap_or_default());
    std::iter::once(first).chain(lines).collect()
}

/// Right, nearly or wrong, what was answered, what is right, and what helps to see why.
pub fn verdict(
    judged: &Judged,
    typed: &str,
    form: &Form,
    card: &Card,
    texts: &Texts,
    lang: Lang,
) -> Vec<String> {
    let word = match judged.verdict {
        Verdict::Right => texts.right,
        Verdict::Close => texts.nearly,
        Verdict::Wrong => texts.wrong,
    };
    let mut lines = vec![word.to_owned()];
    if !judged.verdict.is_right() && card.kind != crate::domain::card::CardKind::Order {
        lines.push((texts.you_answered)(typed));
    }
    lines.extend(right_answer(form, card, lang).map(|right| (texts.right_is)(&right)));
    lines.extend(judged.note.as_ref().map(|note| texts.note(note)));
    lines.extend(whys(form, card, typed, lang));
    lines
}

/// Why the chosen option is wrong and the right one right.
fn whys(form: &Form, card: &Card, typed: &str, lang: Lang) -> Vec<String> {
    form.options(card, lang)
        .iter()
        .filter(|option| option.correct || option.text == typed)
        .filter_map(|option| option.why.as_ref().map(|why| format!("{}: {why}", option.text)))
        .collect()
}

/// The right answer in one line; none for an open card without options.
pub fn right_answer(form: &Form, card: &Card, lang: Lang) -> Option<String> {
    if let Some(right) = form.options(card, lang).iter().find(|option| option.correct) {
        return Some(right.text.clone());
    }
    match &card.text(lang).body {
        Body::Cloze { pieces } => {
            let gaps: Vec<&str> = pieces.iter().filter_map(first_filling).collect();
            Some(gaps.join(" | "))
        }
        Body::Order { steps } => {
            let steps: Vec<&str> = steps.iter().map(|step| step.text.as_str()).collect();
            Some(steps.join(" -> "))
        }
        Body::Numeric(numeric) => {
            Some(format!("{} {}", numeric.number, numeric.unit).trim_end().to_owned())
        }
        Body::Command { accept, .. } => accept.first().cloned(),
        Body::Open { .. } | Body::Choice { .. } => None,
    }
}

fn first_filling(piece: &ClozePiece) -> Option<&str> {
    match piece {
        ClozePiece::Gap(fillings) => fillings.first().map(String::as_str),
        ClozePiece::Text(_) => None,
    }
}

/// The model answer with the working, the mistakes and the sources. A figure is never the only carrier of a fact and is
/// left out: it cannot be read aloud.
pub fn answer(card: &Card, links: &[Resource], texts: &Texts, lang: Lang) -> Vec<String> {
    let text = card.text(lang);
    let mut lines = labelled(texts.model_answer, markdown(&text.answer));
    match &text.body {
        Body::Numeric(numeric) => lines.extend(numeric.working.clone()),
        Body::Command { accept, example } => {
            lines.extend(accept.iter().skip(1).cloned());
            lines.extend(example.iter().flat_map(|text| text.lines().map(str::to_owned)));
        }
        _ => {}
    }
    if !text.mistakes.is_empty() {
        lines.push(format!("{}:", texts.mistakes));
        lines.extend(text.mistakes.iter().map(|mistake| format!("- {mistake}")));
    }
    let sources = card.sources.iter().map(|source| (source.title.as_str(), source.url.as_str()));
    let own = text.resources.iter().map(|link| (link.title.as_str(), link.url.as_str()));
    let listed = links.iter().map(|link| (link.title(lang), link.url.as_str()));
    let links: Vec<String> =
        sources.chain(own).chain(listed).map(|(title, url)| format!("- {title}: {url}")).collect();
    if !links.is_empty() {
        lines.push(format!("{}:", texts.sources));
        lines.extend(links);
    }
    lines
}
