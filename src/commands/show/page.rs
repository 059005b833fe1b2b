//! A card as a page of text: headings, paragraphs that fit the terminal, lists.

use crate::commands::list::percent;
use crate::commands::output::{self, bold, indented, one_line};
use crate::commands::show::Shown;
use crate::commands::undo::grade;
use crate::commands::world::World;
use crate::domain::card::{Body, CardText, ClozePiece, Numeric, SourceLink, fnv1a};
use crate::domain::lang::Lang;
use crate::domain::memory::Schedule;
use crate::domain::review::{Confidence, Review};
use crate::domain::time::Day;
use crate::i18n::Texts;
use crate::study::choice::shuffle;
use crate::trainer::Trainer;
use crate::tui::theme::Theme;
use crate::tui::widgets::ansi::text_of;
use crate::tui::widgets::markup;
use crate::tui::widgets::wrap::{clean, wrap};

/// Widest column of text, as on the screens.
const WIDEST: usize = 88;

/// What a page is made from.
pub struct Page<'a> {
    shown: &'a Shown<'a>,
    text: &'a CardText,
    schedule: Schedule,
    recall: f32,
    texts: &'static Texts,
    theme: Theme,
    color: bool,
    width: usize,
    tags: Vec<String>,
    lang: Lang,
    today: Day,
}

impl<'a> Page<'a> {
    /// The page of a card.
    pub fn new(shown: &'a Shown<'a>, trainer: &Trainer, world: &World) -> Self {
        let (interface, lang) = world.languages();
        let (entry, today) = (shown.entry, world.today());
        let schedule = trainer.schedule(&entry.key);
        let title = |tag| trainer.labels().tag_title(tag, interface).to_owned();
        Self {
            shown,
            text: shown.card.text(lang),
            schedule,
            recall: trainer.scheduler().retrievability(&schedule, today),
            texts: world.texts(),
            theme: world.theme(),
            color: world.has_color(),
            width: output::width(world).map_or(WIDEST, |width| width.clamp(20, WIDEST)),
            tags: entry.tags.iter().map(title).collect(),
            lang,
            today,
        }
    }

    /// The page, or only what is known before answering.
    pub fn text(&self, only_question: bool) -> String {
        let mut parts = vec![self.head(), self.markdown(&self.text.question)];
        if only_question {
            parts.push(self.given());
        } else {
            parts.extend(self.answer_parts());
            parts.extend(self.further_parts());
            parts.push(self.schedule_part());
            parts.push(self.history_part());
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }

    fn head(&self) -> String {
        let entry = self.shown.entry;
        let mut words = vec![entry.kind.name().to_owned()];
        if let Some(level) = entry.level {
            words.push(format!("{} {}", self.texts.column_level(), level.get()));
        }
        if !self.tags.is_empty() {
            words.push(self.tags.join(", "));
        }
        if self.shown.card.retired.is_some() {
            words.push(self.texts.is_retired().to_owned());
        }
        let asked: Vec<&str> = self.text.asked.iter().map(|it| it.company.as_str()).collect();
        if !asked.is_empty() {
            words.push((self.texts.asked_at)(&asked.join(", ")));
        }
        let name = bold(&one_line(&entry.name()), self.color);
        format!("{name}\n{}", self.paragraph(&one_line(&words.join("  ·  "))))
    }

    /// What a question gives besides its text, without telling the answer.
    fn given(&self) -> String {
        let seed = fnv1a(self.shown.entry.name().as_bytes());
        let shuffled = |mut items: Vec<String>| {
            shuffle(&mut items, seed);
            self.list(&items)
        };
        match &self.text.body {
            Body::Choice { options } => {
                shuffled(options.iter().map(|option| option.text.clone()).collect())
            }
            Body::Order { steps } => shuffled(steps.iter().map(|step| step.text.clone()).collect()),
            Body::Cloze { pieces } => self.paragraph(&sentence(pieces, |_| "____".to_owned())),
            Body::Open { .. } | Body::Numeric(_) | Body::Command { .. } => String::new(),
        }
    }

    fn answer_parts(&self) -> Vec<String> {
        let texts = self.texts;
        let mut parts = self.body_parts();
        parts.push(self.part(texts.model_answer, &self.markdown(&self.text.answer)));
        if let Body::Open { points } = &self.text.body {
            let must = |must| if must { texts.must_point() } else { "" };
            let points: Vec<String> =
                points.iter().map(|point| format!("{}{}", point.text, must(point.must))).collect();
            parts.push(self.part(texts.key_points_row, &self.list(&points)));
        }
        if let Some(figure) = &self.text.figure {
            let figure = clean(figure);
            parts.push(format!("{}\n", figure.trim_matches('\n')));
        }
        parts
    }

    /// What is right, for kinds that the program judges.
    fn body_parts(&self) -> Vec<String> {
        let texts = self.texts;
        match &self.text.body {
            Body::Open { .. } => Vec::new(),
            Body::Choice { options } => {
                let options: Vec<String> = options
                    .iter()
                    .map(|option| {
                        let right = if option.correct {
                            texts.right_option()
                        } else {
                            texts.wrong_option()
                        };
                        let why = option.why.as_ref().map(|why| format!(" {why}"));
                        format!("{} ({right}){}", option.text, why.unwrap_or_default())
                    })
                    .collect();
                vec![self.part(texts.options_part(), &self.list(&options))]
            }
            Body::Cloze { pieces } => {
                let sentence = sentence(pieces, |words| format!("[{}]", words.join(" | ")));
                vec![self.part(texts.accepted_part(), &self.paragraph(&sentence))]
            }
            Body::Order { steps } => {
                let steps: Vec<String> = steps.iter().map(|step| step.text.clone()).collect();
                vec![self.part(texts.steps_part(), &self.numbered(&steps))]
            }
            Body::Numeric(numeric) => self.numeric_parts(numeric),
            Body::Command { accept, example } => vec![
                self.part(texts.accepted_part(), &self.list(accept)),
                self.part(
                    texts.example_part(),
                    &example.as_deref().map_or_else(String::new, block),
                ),
            ],
        }
    }

    fn numeric_parts(&self, numeric: &Numeric) -> Vec<String> {
        let texts = self.texts;
        let mut right = format!("{} {}", numeric.number, numeric.unit).trim().to_owned();
        if numeric.tolerance > 0.0 {
            right = format!("{right} (± {})", numeric.tolerance);
        }
        let right: Vec<String> =
            std::iter::once(right).chain(numeric.accept.iter().cloned()).collect();
        let near: Vec<String> =
            numeric.near.iter().map(|miss| format!("{}: {}", miss.number, miss.why)).collect();
        let working = numeric.working.as_deref().map_or_else(String::new, block);
        vec![
            self.part(texts.accepted_part(), &self.list(&right)),
            self.part(texts.working_part(), &working),
            self.part(texts.near_misses_part(), &self.list(&near)),
        ]
    }

    fn further_parts(&self) -> Vec<String> {
        let (texts, text) = (self.texts, self.text);
        let follow_ups: Vec<String> = text
            .follow_ups
            .iter()
            .map(|it| format!("{}\n{}", one_line(&it.question), one_line(&it.answer)))
            .collect();
        let sources: Vec<String> = self.shown.card.sources.iter().map(source).collect();
        let own = text.resources.iter().map(|it| link(&it.title, &it.url, it.note.as_deref()));
        let listed = self.shown.resources.iter();
        let listed = listed.map(|it| link(it.title(self.lang), &it.url, Some(it.note(self.lang))));
        let links: Vec<String> = own.chain(listed).collect();
        vec![
            self.part(texts.follow_ups_part(), &self.list(&follow_ups)),
            self.part(texts.mistakes, &self.list(&text.mistakes)),
            self.part(texts.sources_part(), &self.list(&sources)),
            self.part(texts.origin_part(), &self.list(&self.origin())),
            self.part(texts.resources_part(), &self.list(&links)),
        ]
    }

    /// File, line and licence of an imported card.
    fn origin(&self) -> Vec<String> {
        let origin = self.shown.card.origin.as_ref().map(|origin| {
            let license = origin.license.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
            match origin.line {
                0 => format!("{}{license}", origin.file),
                line => format!("{}:{line}{license}", origin.file),
            }
        });
        origin.into_iter().collect()
    }

    fn schedule_part(&self) -> String {
        let texts = self.texts;
        let text = match &self.schedule {
            Schedule::New { wanted: None } => texts.never_seen().to_owned(),
            Schedule::New { wanted: Some(day) } => {
                format!("{}, {} {}", texts.never_seen(), texts.column_due(), day.iso())
            }
            Schedule::Seen(progress) => format!(
                "{}, {} {}, {} {}\n{}\n{}",
                texts.state(progress.state),
                texts.column_due(),
                progress.due.iso(),
                texts.column_recall(),
                percent(self.recall),
                texts.memory_numbers(progress.memory.stability, progress.memory.difficulty),
                texts.evidence(progress.reviews, progress.lapses),
            ),
        };
        self.part(texts.schedule_part(), &self.paragraph(&text))
    }

    fn history_part(&self) -> String {
        let mut table = output::Table::default().right(&[4]);
        for review in &self.shown.history {
            table.row(&self.history_row(review));
        }
        self.part(self.texts.history_part(), &table.text(None, false))
    }

    fn history_row(&self, review: &Review) -> Vec<String> {
        let word = |it: Confidence| self.texts.confidence[usize::from(it.number()) - 1];
        let said = review.confidence.map_or("", word);
        let hits = review.points.iter().filter(|point| point.hit).count();
        let points = match review.points.len() {
            0 => String::new(),
            all => format!("{hits}/{all}"),
        };
        let day =
            if review.day == self.today { self.texts.today.to_owned() } else { review.day.iso() };
        vec![
            day,
            self.texts.source(review.source).to_owned(),
            grade(review, self.texts).to_owned(),
            said.to_owned(),
            points,
            self.texts.seconds(review.seconds),
        ]
    }

    /// A part with its heading; nothing without content.
    fn part(&self, heading: &str, content: &str) -> String {
        if content.trim().is_empty() {
            return String::new();
        }
        format!("{}\n{content}", bold(heading, self.color))
    }

    fn markdown(&self, markdown: &str) -> String {
        let width = u16::try_from(self.width).unwrap_or(u16::MAX);
        let lines = markup::render(markdown, width, &self.theme);
        let lines: Vec<String> = lines.iter().map(|line| text_of(line, self.color)).collect();
        format!("{}\n", lines.join("\n").trim_matches('\n'))
    }

    fn paragraph(&self, text: &str) -> String {
        let lines = wrap(&clean(text), self.width);
        lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
    }

    fn list(&self, items: &[String]) -> String {
        items.iter().map(|item| self.item("- ", item)).collect()
    }

    fn numbered(&self, items: &[String]) -> String {
        let items = items.iter().enumerate();
        items.map(|(index, item)| self.item(&format!("{}. ", index + 1), item)).collect()
    }

    /// An item that hangs from its marker.
    fn item(&self, marker: &str, text: &str) -> String {
        let room = self.width.saturating_sub(marker.len() + 2).max(10);
        let mut item = String::new();
        for (number, line) in wrap(&clean(text), room).iter().enumerate() {
            let before = if number == 0 { marker.to_owned() } else { " ".repeat(marker.len()) };
            item.push_str(format!("  {before}{line}").trim_end());
            item.push('\n');
        }
        item
    }
}

/// Text whose lines are kept as they are.
fn block(text: &str) -> String {
    indented(clean(text).trim_matches('\n'))
}

fn sentence(pieces: &[ClozePiece], gap: impl Fn(&[String]) -> String) -> String {
    let piece = |piece: &ClozePiece| match piece {
        ClozePiece::Text(text) => text.clone(),
        ClozePiece::Gap(words) => gap(words),
    };
    pieces.iter().map(piece).collect()
}

fn source(source: &SourceLink) -> String {
    let title = one_line(&source.title);
    match &source.checked {
        Some(day) => format!("{title} ({})\n{}", one_line(day), one_line(&source.url)),
        None => format!("{title}\n{}", one_line(&source.url)),
    }
}

fn link(title: &str, url: &str, note: Option<&str>) -> String {
    let mut text = format!("{}\n{}", one_line(title), one_line(url));
    if let Some(note) = note.filter(|note| !note.is_empty()) {
        text.push('\n');
        text.push_str(&one_line(note));
    }
    text
}
