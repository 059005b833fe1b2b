//! A card of prep as the HTML of a note's fields.

use pulldown_cmark::{Event, Options, Parser, html};

use crate::domain::card::{Body, Card, CardText, ChoiceOption, ClozePiece, Numeric, fnv1a};
use crate::domain::lang::Lang;
use crate::exchange::anki::cloze::gap_mark;
use crate::exchange::anki::own;

/// The fields of a note, in the order of its note type.
pub struct Fields {
    /// Whether it is a note of clozes.
    pub is_cloze: bool,
    /// The HTML of the fields.
    pub html: Vec<String>,
}

/// The note of a card in a language.
pub fn of(card: &Card, lang: Lang) -> Fields {
    let text = card.text(lang);
    let source = sources(card);
    let key = escaped(&card.key.0);
    let hint = text.hint.as_deref().map(to_html).unwrap_or_default();
    if let Body::Cloze { pieces } = &text.body {
        let html =
            vec![cloze(pieces), own_question(text), hint, to_html(&text.answer), source, key];
        return Fields { is_cloze: true, html };
    }
    let (options, before_answer, points) = body(text);
    let mut answer = before_answer;
    answer.push_str(&to_html(&text.answer));
    let html = vec![question(text), options, hint, answer, points, more(text), source, key];
    Fields { is_cloze: false, html }
}

/// The question of a cloze card, where it says more than that there are gaps.
fn own_question(text: &CardText) -> String {
    let says_nothing = ["Fill in the gap.", "빈칸을 채우세요."].contains(&text.question.trim());
    if says_nothing { String::new() } else { question(text) }
}

fn question(text: &CardText) -> String {
    let mut html = to_html(&text.question);
    if let Some(figure) = &text.figure {
        html.push_str(&pre(figure));
    }
    html
}

/// What the kind of a card adds: options, what stands before the answer, and key points.
fn body(text: &CardText) -> (String, String, String) {
    let none = String::new;
    match &text.body {
        Body::Open { points } => {
            let points = points.iter().map(|point| (to_html(&point.text), false));
            (none(), none(), list("ul", points))
        }
        Body::Choice { options } => (choice(options), none(), none()),
        Body::Cloze { .. } => (none(), none(), none()),
        Body::Order { steps } => {
            let right: Vec<String> = steps.iter().map(|step| to_html(&step.text)).collect();
            let mut shuffled = right.clone();
            shuffled.sort_by_key(|step| fnv1a(step.as_bytes()));
            let options = list("ul", shuffled.into_iter().map(|step| (step, false)));
            (options, list("ol", right.into_iter().map(|step| (step, false))), none())
        }
        Body::Numeric(numeric) => (none(), number(numeric), none()),
        Body::Command { accept, example } => {
            let mut answer: String = accept.iter().map(|command| pre(command)).collect();
            answer.extend(example.as_deref().map(pre));
            (none(), answer, none())
        }
    }
}

fn choice(options: &[ChoiceOption]) -> String {
    list("ul", options.iter().map(|option| (to_html(&option.text), option.correct)))
}

fn number(numeric: &Numeric) -> String {
    let mut html = format!("<p><b>{} {}</b></p>", numeric.number, escaped(&numeric.unit));
    html.extend(numeric.working.as_deref().map(pre));
    html
}

/// What an interviewer asks next, what goes wrong, and why an option is right or wrong.
fn more(text: &CardText) -> String {
    let mut items: Vec<String> = Vec::new();
    if let Body::Choice { options } = &text.body {
        items.extend(options.iter().filter_map(|option| {
            let why = option.why.as_deref()?;
            Some(format!("<b>{}</b> {}", to_html(&option.text), to_html(why)))
        }));
    }
    items.extend(
        text.follow_ups
            .iter()
            .map(|next| format!("<b>{}</b> {}", to_html(&next.question), to_html(&next.answer))),
    );
    items.extend(text.mistakes.iter().map(|mistake| format!("✗ {}", to_html(mistake))));
    list("ul", items.into_iter().map(|item| (item, false)))
}

fn sources(card: &Card) -> String {
    let links: Vec<String> = card
        .sources
        .iter()
        .map(|source| {
            format!("<a href=\"{}\">{}</a>", escaped(&source.url), escaped(&source.title))
        })
        .collect();
    links.join("<br>")
}

/// The sentence with Anki's clozes. All of them belong to one card, as in prep.
fn cloze(pieces: &[ClozePiece]) -> String {
    let mut sentence = String::new();
    let mut gaps = Vec::new();
    for piece in pieces {
        match piece {
            ClozePiece::Text(text) => sentence.push_str(text),
            ClozePiece::Gap(fillings) => {
                sentence.push_str(&gap_mark(gaps.len()));
                gaps.extend(fillings.first());
            }
        }
    }
    let mut html = inert(&to_html(&sentence));
    for (number, gap) in gaps.into_iter().enumerate() {
        let mark = gap_mark(number);
        html = html.replace(&mark, &format!("{{{{c1::{}}}}}", inert(&escaped(gap))));
    }
    html
}

/// HTML in which nothing looks like a cloze.
fn inert(html: &str) -> String {
    html.replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;").replace("::", "&#58;&#58;")
}

/// A list of HTML texts; right ones are marked with a class, which is invisible on the question's side.
fn list(element: &str, items: impl Iterator<Item = (String, bool)>) -> String {
    let mut html = String::new();
    for (item, is_right) in items {
        let class =
            if is_right { format!(" class=\"{}\"", own::RIGHT_CLASS) } else { String::new() };
        html.extend(["<li", &class, ">", &item, "</li>"]);
    }
    if html.is_empty() { html } else { format!("<{element}>{html}</{element}>") }
}

fn pre(text: &str) -> String {
    format!("<pre>{}</pre>", escaped(text.trim_end()))
}

/// Markdown as HTML; HTML within it is text, as it is in prep. A single paragraph comes without its element.
fn to_html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    let page = page.trim_end();
    let inner = page.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    // Fields of Anki are lines of their own; a line end would show as a space, which is what it means.
    inner.filter(|inner| !inner.contains("<p>")).unwrap_or(page).to_owned()
}

/// Text as HTML, also within a quoted attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
