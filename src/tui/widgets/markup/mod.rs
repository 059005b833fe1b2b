//! Markdown to styled lines that fit a width: scrolling over them is an index.
//!
//! HTML is shown as text and links as their words, for a deck is text that somebody else wrote.

mod emphasis;
mod table;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::highlight::{Token, highlight};
use crate::tui::widgets::markup::emphasis::{JOINER, with_korean_emphasis};
use crate::tui::widgets::markup::table::Table;
use crate::tui::widgets::wrap::{cells, clean, spans_width, window, wrap_spans};

/// Cells before each line of code.
const CODE_INDENT: usize = 2;

/// Lays out Markdown in lines of at most `width` cells. Only a single glyph that is wider than the line passes it.
pub fn render(markdown: &str, width: u16, theme: &Theme) -> Vec<Line<'static>> {
    render_with_offset(markdown, width, theme, 0)
}

/// As `render`, with every code block scrolled `code_offset` cells to the right.
pub fn render_with_offset(
    markdown: &str,
    width: u16,
    theme: &Theme,
    code_offset: u16,
) -> Vec<Line<'static>> {
    let text = with_korean_emphasis(&clean(markdown));
    let mut renderer = Renderer::new(usize::from(width.max(1)), theme, usize::from(code_offset));
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        renderer.event(event);
    }
    renderer.flush();
    renderer.lines
}

/// Cells of the widest line of code with its indent, 0 without code: how far it is worth scrolling.
pub fn code_width(markdown: &str) -> u16 {
    let text = clean(markdown);
    let mut in_code = false;
    let mut widest = 0;
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(code) if in_code => {
                let line = code.lines().map(|line| cells(line) + CODE_INDENT).max();
                widest = widest.max(line.unwrap_or(0));
            }
            _ => {}
        }
    }
    u16::try_from(widest).unwrap_or(u16::MAX)
}

/// What the current block stands in.
enum Container {
    Quote,
    /// A list with the number of its next item, if it is numbered.
    List {
        next: Option<u64>,
        items: usize,
    },
    /// An item; its marker is drawn once, then as many spaces.
    Item {
        marker: String,
        drawn: bool,
    },
}

/// A code block that is being read.
struct Code {
    language: String,
    text: String,
}

struct Renderer<'t> {
    theme: &'t Theme,
    width: usize,
    code_offset: usize,
    lines: Vec<Line<'static>>,
    inline: Vec<Span<'static>>,
    styles: Vec<Style>,
    containers: Vec<Container>,
    code: Option<Code>,
    table: Option<Table>,
    /// Whether the last block was part of a list item without paragraphs, which no blank line follows.
    tight: bool,
}

impl<'t> Renderer<'t> {
    fn new(width: usize, theme: &'t Theme, code_offset: usize) -> Self {
        let styles = vec![theme.style(Role::Text)];
        Self {
            theme,
            width,
            code_offset,
            lines: Vec::new(),
            inline: Vec::new(),
            styles,
            containers: Vec::new(),
            code: None,
            table: None,
            tight: false,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                let style = self.style().patch(self.theme.style(Role::Code));
                self.inline.push(Span::styled(text.replace(JOINER, ""), style));
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::Rule => self.rule(),
            Event::FootnoteReference(name) => self.text(&format!("[{name}]")),
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.begin_block(),
            Tag::Heading { level, .. } => self.begin_heading(level),
            Tag::BlockQuote(_) => {
                self.begin_block();
                self.containers.push(Container::Quote);
                self.tight = true;
            }
            Tag::CodeBlock(kind) => self.begin_code(&kind),
            Tag::List(next) => self.begin_list(next),
            Tag::Item => self.begin_item(),
            Tag::Table(alignments) => {
                self.begin_block();
                self.table = Some(Table::new(alignments));
            }
            Tag::Emphasis => self.push_style(Role::Emphasis),
            Tag::Strong => self.push_style(Role::Strong),
            Tag::Link { .. } | Tag::Image { .. } => self.push_style(Role::Link),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(_) => {
                self.flush();
                self.pop_style();
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_) | TagEnd::Item => self.end_container(),
            TagEnd::List(_) => {
                self.containers.pop();
                self.tight = self.in_item();
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline);
                if let Some(table) = &mut self.table {
                    table.cell(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    table.end_row();
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => self.pop_style(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let text = text.replace(JOINER, "");
        if let Some(code) = &mut self.code {
            code.text.push_str(&text);
        } else {
            self.inline.push(Span::styled(text, self.style()));
        }
    }

    /// Ends what stands before a block and leaves a blank line, unless the block opens an item or a quotation.
    fn begin_block(&mut self) {
        self.flush();
        let opens_item =
            matches!(self.containers.last(), Some(Container::Item { drawn: false, .. }));
        if !self.tight && !opens_item && !self.lines.is_empty() {
            let (_, rest) = self.prefixes();
            let blank = rest.last().is_some_and(|last| !last.content.trim().is_empty());
            self.lines.push(if blank && self.fits(&rest) {
                Line::from(rest)
            } else {
                Line::default()
            });
        }
        self.tight = false;
    }

    fn begin_heading(&mut self, level: HeadingLevel) {
        self.begin_block();
        let role = if level <= HeadingLevel::H3 { Role::Title } else { Role::Strong };
        self.push_style(role);
    }

    fn begin_list(&mut self, next: Option<u64>) {
        if self.in_item() {
            self.flush();
            self.tight = true;
        } else {
            self.begin_block();
            self.tight = true;
        }
        self.containers.push(Container::List { next, items: 0 });
    }

    fn begin_item(&mut self) {
        // After an item with paragraphs the next one stands apart too.
        let first = matches!(self.containers.last(), Some(Container::List { items: 0, .. }));
        if first {
            self.flush();
        } else {
            self.begin_block();
        }
        let bullet = self.theme.glyphs.bullet;
        let mut marker = format!("{bullet} ");
        if let Some(Container::List { next, items }) = self.containers.last_mut() {
            *items += 1;
            if let Some(number) = next {
                marker = format!("{number}. ");
                *number = number.saturating_add(1);
            }
        }
        self.containers.push(Container::Item { marker, drawn: false });
        self.tight = true;
    }

    fn end_container(&mut self) {
        // An item without any text still shows its marker.
        let empty = matches!(self.containers.last(), Some(Container::Item { drawn: false, .. }));
        if empty && self.inline.is_empty() {
            self.text("");
        }
        self.flush();
        self.containers.pop();
    }

    fn begin_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.begin_block();
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.clone(),
            CodeBlockKind::Indented => CowStr::Borrowed(""),
        };
        let language = info.split([' ', ',', '{']).next().unwrap_or_default().to_owned();
        self.code = Some(Code { language, text: String::new() });
    }

    fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        for line in highlight(&code.language, &code.text) {
            let spans: Vec<Span<'_>> = line
                .into_iter()
                .map(|(token, text)| Span::styled(text, self.theme.style(code_role(token))))
                .collect();
            self.code_line(&spans);
        }
    }

    /// One line of code over its soft background, cut with an ellipsis on the side where more follows.
    fn code_line(&mut self, code: &[Span<'_>]) {
        let mut prefix = self.take_prefix();
        if !self.fits(&prefix) {
            prefix.clear();
        }
        let background = self.theme.style(Role::SoftBackground);
        let room = self.width.saturating_sub(spans_width(&prefix));
        let indent = if room > 4 * CODE_INDENT { CODE_INDENT } else { 0 };
        let room = room - indent;
        let mut shown = window(code, self.code_offset, room);
        if spans_width(code) > self.code_offset.saturating_add(room) {
            let mark = self.theme.glyphs.ellipsis;
            let kept = room.saturating_sub(cells(mark));
            shown = window(code, self.code_offset, kept);
            if cells(mark) <= room {
                shown.push(Span::styled(mark, self.theme.style(Role::Muted)));
            }
        }
        let filling = room.saturating_sub(spans_width(&shown));
        shown.insert(0, Span::raw(" ".repeat(indent)));
        shown.push(Span::raw(" ".repeat(filling)));
        prefix.extend(shown.into_iter().map(|span| {
            let style = background.patch(span.style);
            span.style(style)
        }));
        self.lines.push(Line::from(prefix));
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let first = self.take_prefix();
        let (_, rest) = self.prefixes();
        let fits = self.fits(&first) && self.fits(&rest);
        let (first, rest) = if fits { (first, rest) } else { (Vec::new(), Vec::new()) };
        let room = self.width.saturating_sub(spans_width(&rest)).max(1);
        for (number, line) in table.lines(room, self.theme).into_iter().enumerate() {
            let mut spans = if number == 0 { first.clone() } else { rest.clone() };
            spans.extend(line.spans);
            self.lines.push(Line::from(spans));
        }
    }

    fn rule(&mut self) {
        self.begin_block();
        let prefix = self.take_prefix();
        let prefix = if self.fits(&prefix) { prefix } else { Vec::new() };
        let room = self.width.saturating_sub(spans_width(&prefix));
        let rule = Span::styled(self.theme.glyphs.rule.repeat(room), self.theme.style(Role::Faint));
        self.lines.push(Line::from([prefix, vec![rule]].concat()));
    }

    /// Wraps the words read so far into lines.
    fn flush(&mut self) {
        if self.inline.is_empty() {
            return;
        }
        let mut inline = std::mem::take(&mut self.inline);
        if let Some(last) = inline.last_mut() {
            let kept = last.content.trim_end_matches('\n').to_owned();
            last.content = kept.into();
        }
        let first = self.take_prefix();
        let (_, rest) = self.prefixes();
        self.lines.extend(wrap_spans(&inline, self.width, &first, &rest));
    }

    /// What stands before the next line; markers that were not drawn yet are drawn now.
    fn take_prefix(&mut self) -> Vec<Span<'static>> {
        let (first, _) = self.prefixes();
        for container in &mut self.containers {
            if let Container::Item { drawn, .. } = container {
                *drawn = true;
            }
        }
        first
    }

    /// What stands before the next line and before those after it.
    fn prefixes(&self) -> (Vec<Span<'static>>, Vec<Span<'static>>) {
        let muted = self.theme.style(Role::Muted);
        let mut first = Vec::new();
        let mut rest = Vec::new();
        for container in &self.containers {
            let (now, later) = match container {
                Container::Quote => {
                    let bar = format!("{} ", self.theme.glyphs.quote);
                    (bar.clone(), bar)
                }
                Container::Item { marker, drawn } => {
                    let indent = " ".repeat(cells(marker));
                    (if *drawn { indent.clone() } else { marker.clone() }, indent)
                }
                Container::List { .. } => continue,
            };
            first.push(Span::styled(now, muted));
            rest.push(Span::styled(later, muted));
        }
        (first, rest)
    }

    /// Whether a prefix leaves at least half of the line.
    fn fits(&self, prefix: &[Span<'_>]) -> bool {
        spans_width(prefix) * 2 <= self.width
    }

    fn in_item(&self) -> bool {
        matches!(self.containers.last(), Some(Container::Item { .. }))
    }

    fn style(&self) -> Style {
        self.styles.last().copied().unwrap_or_default()
    }

    fn push_style(&mut self, role: Role) {
        self.styles.push(self.style().patch(self.theme.style(role)));
    }

    fn pop_style(&mut self) {
        self.styles.pop();
    }
}

const fn code_role(token: Token) -> Role {
    match token {
        Token::Plain => Role::CodeText,
        Token::Comment => Role::CodeComment,
        Token::Text => Role::CodeString,
        Token::Number => Role::CodeNumber,
        Token::Keyword => Role::CodeKeyword,
        Token::Name => Role::CodeName,
    }
}

#[cfg(test)]
mod tests;
