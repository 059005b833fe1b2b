//! Writing Markdown piece by piece: what stands between two pieces is decided when the second one comes.

/// Lists, items and quotations within each other; deeper ones are written on the level above.
const DEEPEST: usize = 16;

/// What stands between what is written and what comes next, weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Between {
    Nothing,
    Space,
    /// A line break inside a paragraph.
    Break,
    /// The end of a line of the source, as between the items of a list.
    Line,
    Paragraph,
}

/// What the text stands in.
enum Container {
    Quote,
    List { next: Option<u64> },
    Item { indent: usize },
}

/// How much Markdown may be used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Blocks and lines.
    Full,
    /// One line that may stand in a table, for its cells and the texts of links.
    Inline,
    /// One line.
    Line,
    /// One line without any markup.
    Plain,
}

/// A Markdown text that grows.
pub struct Writer {
    text: String,
    style: Style,
    between: Between,
    containers: Vec<Container>,
    /// Lists and quotations that are open beyond the deepest level.
    too_deep: usize,
    /// The marker of an item of which nothing is written yet.
    marker: Option<String>,
    /// Elements of bold and italic text that are open.
    bold: usize,
    italic: usize,
    /// The marks that are open in the text.
    open: Vec<&'static str>,
    /// Whether nothing but containers stands on the line.
    at_start: bool,
}

impl Writer {
    /// For a whole text.
    pub fn full() -> Self {
        Self::with(Style::Full)
    }

    /// For a part that must stay on one line and may stand in a table.
    pub fn inline() -> Self {
        Self::with(Style::Inline)
    }

    /// For one line.
    pub fn line() -> Self {
        Self::with(Style::Line)
    }

    /// For one line without markup.
    pub fn plain() -> Self {
        Self::with(Style::Plain)
    }

    fn with(style: Style) -> Self {
        Self {
            text: String::new(),
            style,
            between: Between::Nothing,
            containers: Vec::new(),
            too_deep: 0,
            marker: None,
            bold: 0,
            italic: 0,
            open: Vec::new(),
            at_start: true,
        }
    }

    /// The finished text.
    pub fn finish(mut self) -> String {
        self.close_marks(0);
        self.text
    }

    /// Text as HTML means it: white space is one space.
    pub fn text(&mut self, text: &str) {
        let mut rest = text.chars().peekable();
        let mut before = None;
        while let Some(c) = rest.next() {
            if c.is_whitespace() {
                self.at_least(Between::Space);
            } else {
                self.place();
                if self.needs_escape(c, before, rest.peek().copied()) {
                    self.text.push('\\');
                }
                self.text.push(c);
                self.at_start = false;
            }
            before = Some(c);
        }
    }

    /// A finished piece of Markdown within a line.
    pub fn inline_markdown(&mut self, markdown: &str) {
        if !markdown.is_empty() {
            self.place();
            self.text.push_str(markdown);
            self.at_start = false;
        }
    }

    /// Code within a line.
    pub fn code(&mut self, code: &str) {
        let mut code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if code.is_empty() {
            return;
        }
        if self.style == Style::Inline {
            // A bar divides cells even in code.
            code = code.replace('|', "\\|");
        }
        if self.style == Style::Plain {
            self.inline_markdown(&code);
            return;
        }
        let fence = "`".repeat(longest_run(&code, '`') + 1);
        let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        self.inline_markdown(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    /// Code on lines of its own.
    pub fn code_block(&mut self, code: &str, language: &str) {
        let code = code.trim_matches('\n').trim_end();
        if code.trim().is_empty() {
            return;
        }
        if self.style != Style::Full {
            self.code(code);
            return;
        }
        self.paragraph();
        let marks = (std::mem::take(&mut self.bold), std::mem::take(&mut self.italic));
        self.place();
        let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
        self.text.push_str(&fence);
        self.text.push_str(language);
        for line in code.lines().chain([fence.as_str()]) {
            self.text.push('\n');
            self.begin_line();
            self.text.push_str(line);
        }
        (self.bold, self.italic) = marks;
        self.paragraph();
    }

    /// A finished block of lines, such as a table.
    pub fn block(&mut self, lines: &[String]) {
        self.paragraph();
        for line in lines {
            self.inline_markdown(line);
            self.between = Between::Line;
        }
        self.paragraph();
    }

    /// The begin or end of bold text.
    pub fn bold(&mut self, begins: bool) {
        self.bold = if begins { self.bold + 1 } else { self.bold.saturating_sub(1) };
    }

    /// The begin or end of italic text.
    pub fn italic(&mut self, begins: bool) {
        self.italic = if begins { self.italic + 1 } else { self.italic.saturating_sub(1) };
    }

    /// A line break; two are an empty line.
    pub fn line_break(&mut self) {
        if self.between == Between::Break {
            self.between = Between::Paragraph;
        }
        self.at_least(Between::Break);
    }

    /// What follows begins on a line of its own.
    pub fn new_line(&mut self) {
        self.at_least(Between::Break);
    }

    /// What follows begins a paragraph.
    pub fn paragraph(&mut self) {
        self.at_least(Between::Paragraph);
    }

    /// A list begins, with its first number if it is numbered.
    pub fn begin_list(&mut self, first: Option<u64>) {
        self.at_least(self.around_list());
        if self.goes_deeper() {
            self.containers.push(Container::List { next: first });
        }
    }

    /// The innermost list ends.
    pub fn end_list(&mut self) {
        if self.comes_up(|it| matches!(it, Container::List { .. })) {
            self.marker = None;
        }
        self.at_least(self.around_list());
    }

    /// An item of the innermost list begins; outside of lists it is one of its own.
    pub fn begin_item(&mut self) {
        self.end_item();
        self.at_least(Between::Line);
        if self.too_deep > 0 || self.containers.len() >= DEEPEST {
            return;
        }
        let marker = match self.containers.last_mut() {
            Some(Container::List { next: Some(next) }) => {
                let marker = format!("{next}. ");
                *next = next.saturating_add(1);
                marker
            }
            _ => "- ".to_owned(),
        };
        self.containers.push(Container::Item { indent: marker.len() });
        self.marker = Some(marker);
    }

    /// The innermost item ends, if it is that of the innermost list.
    pub fn end_item(&mut self) {
        self.at_least(Between::Line);
        if self.too_deep == 0 && matches!(self.containers.last(), Some(Container::Item { .. })) {
            self.containers.pop();
            self.marker = None;
        }
    }

    /// A quotation begins.
    pub fn begin_quote(&mut self) {
        self.paragraph();
        if self.goes_deeper() {
            self.containers.push(Container::Quote);
        }
    }

    /// The innermost quotation ends.
    pub fn end_quote(&mut self) {
        self.comes_up(|it| matches!(it, Container::Quote));
        self.paragraph();
    }

    /// Whether there is room for one more level; otherwise it is only counted.
    fn goes_deeper(&mut self) -> bool {
        if self.too_deep > 0 || self.containers.len() >= DEEPEST {
            self.too_deep += 1;
        }
        self.too_deep == 0
    }

    /// Leaves the innermost container of a kind and all within; whether there was one.
    fn comes_up(&mut self, is_left: impl Fn(&Container) -> bool) -> bool {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return false;
        }
        let left = self.containers.iter().rposition(is_left);
        self.containers.truncate(left.unwrap_or(self.containers.len()));
        left.is_some()
    }

    /// What stands before and after a list: an empty line, except inside of another one.
    fn around_list(&self) -> Between {
        let nested = self.containers.iter().any(|it| matches!(it, Container::Item { .. }));
        if nested { Between::Line } else { Between::Paragraph }
    }

    fn at_least(&mut self, between: Between) {
        self.between = self.between.max(between);
    }

    /// Makes the text ready for the next piece: writes what stands between, and the marks of emphasis.
    fn place(&mut self) {
        let between = std::mem::replace(&mut self.between, Between::Nothing);
        let is_first = self.text.is_empty();
        let between = match self.style {
            Style::Full => between,
            _ => between.min(Between::Space),
        };
        match between {
            _ if is_first => self.begin_line(),
            Between::Nothing => self.close_stale_marks(),
            Between::Space => {
                self.close_stale_marks();
                self.text.push(' ');
            }
            Between::Break | Between::Line => {
                self.close_marks(0);
                self.text.push_str(if between == Between::Break { "  \n" } else { "\n" });
                self.begin_line();
            }
            Between::Paragraph => {
                self.close_marks(0);
                self.text.push('\n');
                self.empty_line();
                self.text.push('\n');
                self.begin_line();
            }
        }
        self.open_marks();
    }

    /// The indentation of the line, and the marker of a new item in its place.
    fn begin_line(&mut self) {
        self.at_start = true;
        let marker = self.marker.take();
        let last = self.containers.iter().rposition(|it| matches!(it, Container::Item { .. }));
        for (at, container) in self.containers.iter().enumerate() {
            match (container, &marker) {
                (Container::Item { .. }, Some(marker)) if Some(at) == last => {
                    self.text.push_str(marker);
                }
                (Container::Item { indent }, _) => {
                    self.text.extend(std::iter::repeat_n(' ', *indent));
                }
                (Container::Quote, _) => self.text.push_str("> "),
                (Container::List { .. }, _) => {}
            }
        }
    }

    /// What an empty line needs so that a quotation goes on.
    fn empty_line(&mut self) {
        let begin = self.text.len();
        for container in &self.containers {
            match container {
                Container::Item { indent } => {
                    self.text.extend(std::iter::repeat_n(' ', *indent));
                }
                Container::Quote => self.text.push_str("> "),
                Container::List { .. } => {}
            }
        }
        let end = begin + self.text[begin..].trim_end().len();
        self.text.truncate(end);
    }

    fn wanted_marks(&self) -> (bool, bool) {
        let has_marks = self.style != Style::Plain;
        (has_marks && self.bold > 0, has_marks && self.italic > 0)
    }

    fn close_stale_marks(&mut self) {
        let (bold, italic) = self.wanted_marks();
        let stale = self.open.iter().position(|mark| match *mark {
            "**" => !bold,
            _ => !italic,
        });
        if let Some(stale) = stale {
            self.close_marks(stale);
        }
    }

    fn close_marks(&mut self, from: usize) {
        for mark in self.open.drain(from..).rev() {
            self.text.push_str(mark);
        }
    }

    fn open_marks(&mut self) {
        let (bold, italic) = self.wanted_marks();
        for (mark, is_wanted) in [("**", bold), ("*", italic)] {
            if is_wanted && !self.open.contains(&mark) {
                self.text.push_str(mark);
                self.open.push(mark);
            }
        }
    }

    /// Whether Markdown would read the character as markup. Markers of lists at the start of a line stay: a line
    /// that looks like an item was meant as one.
    fn needs_escape(&self, c: char, before: Option<char>, after: Option<char>) -> bool {
        if self.style == Style::Plain {
            return false;
        }
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '`' => true,
            '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
            '*' => !space(before) || !space(after),
            '_' => !(space(before) && space(after) || word(before) && word(after)),
            ']' => matches!(after, Some('(' | '[' | ':')),
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => after.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()),
            '|' => self.style == Style::Inline,
            '#' | '>' | '~' | '=' => self.at_start,
            _ => false,
        }
    }
}

/// The length of the longest run of a character.
fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
