//! The HTML of Anki's fields as Markdown. Every text comes out, in linear time, whatever the HTML is like; what only a
//! browser can show (scripts, styles, drawings) does not.

mod entities;
mod tokens;
mod writer;

use crate::exchange::anki::html::entities::decoded;
use crate::exchange::anki::html::tokens::{Token, Tokens, attribute};
use crate::exchange::anki::html::writer::Writer;

/// Elements whose text is not HTML, and not for reading.
const RAW: [&str; 4] = ["script", "style", "title", "textarea"];

/// Elements of which nothing is shown.
const HIDDEN: [&str; 11] = [
    "head", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video",
    "select", "button",
];

/// Elements that begin on a line of their own.
const BLOCKS: [&str; 13] = [
    "div",
    "center",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "figure",
    "figcaption",
    "details",
    "summary",
    "dd",
    "address",
];

/// The Markdown that says what the HTML says.
pub fn to_markdown(html: &str) -> String {
    Converter::new(Writer::full()).convert(html)
}

/// The words of the HTML on one line, without any markup.
pub fn to_plain(html: &str) -> String {
    Converter::new(Writer::plain()).convert(html)
}

/// An item of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// Its text on one line, Markdown.
    pub text: String,
    /// The value of its `class`.
    pub class: String,
}

/// The items of all lists in the HTML; those within an item are part of it.
pub fn items(html: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut tokens = Tokens::of(html);
    // The class of the item that is open, where its HTML begins, and how many items are open in it.
    let mut open: Option<(String, &str, usize)> = None;
    let mut before = html;
    while let Some(token) = tokens.next() {
        match (token, &mut open) {
            (Token::Open { name, attributes }, None) if name == "li" => {
                let class = attribute(attributes, "class").unwrap_or_default().to_owned();
                open = Some((class, tokens.rest(), 0));
            }
            (Token::Open { name, .. }, Some((.., inner))) if name == "ul" || name == "ol" => {
                *inner += 1;
            }
            (Token::Close(name), Some((.., inner))) if name == "ul" || name == "ol" => {
                *inner = inner.saturating_sub(1);
            }
            (Token::Close(name), Some((class, begins, 0))) if name == "li" => {
                let html = &begins[..begins.len() - before.len()];
                let text = Converter::new(Writer::line()).convert(html);
                items.push(Item { text, class: std::mem::take(class) });
                open = None;
            }
            _ => {}
        }
        before = tokens.rest();
    }
    items
}

/// The first `most` characters of the words of the HTML.
pub fn beginning(html: &str, most: usize) -> String {
    // Tags take room too; this much HTML has the words or is not worth a look.
    let enough = html.char_indices().nth(most.saturating_mul(16)).map_or(html.len(), |it| it.0);
    let text = to_plain(&html[..enough]);
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// What follows the line that divides question and answer, `<hr id=answer>`; none if there is no such line.
pub fn below_answer_line(html: &str) -> Option<&str> {
    let mut tokens = Tokens::of(html);
    while let Some(token) = tokens.next() {
        if let Token::Open { name, attributes } = token
            && name == "hr"
            && attribute(attributes, "id").is_some_and(|id| id.trim_end_matches('/') == "answer")
        {
            return Some(tokens.rest());
        }
    }
    None
}

/// The HTML without scripts, styles and comments. Done once with a template, it spares every card that work.
pub fn without_scripts(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut tokens = Tokens::of(html);
    let mut before = html;
    while let Some(token) = tokens.next() {
        match token {
            Token::Open { name, .. } if matches!(name.as_str(), "script" | "style") => {
                tokens.skip_to_close(&name);
            }
            Token::Close(name) if matches!(name.as_str(), "script" | "style") => {}
            _ => kept.push_str(&before[..before.len() - tokens.rest().len()]),
        }
        before = tokens.rest();
    }
    kept
}

/// The number of pictures and sounds that a Markdown text made here names.
pub fn media_in(markdown: &str) -> usize {
    markdown.matches("[image").count() + markdown.matches("[sound: ").count()
}

/// Code that is being read.
struct Code {
    element: String,
    text: String,
    language: String,
    /// Whether it stands in `pre`, which keeps its lines.
    is_block: bool,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    /// Tables inside this one that are open.
    inner: usize,
    rows: Vec<Vec<String>>,
    cell: Option<Writer>,
}

/// A link that is being read.
struct Link {
    address: String,
    text: Writer,
}

struct Converter {
    page: Writer,
    table: Option<Table>,
    link: Option<Link>,
    code: Option<Code>,
    /// An element that is not shown, and how many of its name are open in it.
    hidden: Option<(String, usize)>,
}

impl Converter {
    fn new(page: Writer) -> Self {
        Self { page, table: None, link: None, code: None, hidden: None }
    }

    fn convert(mut self, html: &str) -> String {
        let mut tokens = Tokens::of(html);
        while let Some(token) = tokens.next() {
            if let Token::Open { name, .. } = &token
                && self.code.is_none()
                && RAW.contains(&name.as_str())
            {
                tokens.skip_to_close(name);
            } else if self.hidden.is_some() {
                self.stay_hidden(&token);
            } else if self.code.is_some() {
                self.read_code(token);
            } else {
                self.read(token);
            }
        }
        self.end_code();
        self.end_link();
        self.end_table();
        self.page.finish()
    }

    /// The text that is written now: that of a link, of a cell, or the page.
    fn writer(&mut self) -> &mut Writer {
        if let Some(link) = &mut self.link {
            return &mut link.text;
        }
        match &mut self.table {
            Some(Table { cell: Some(cell), .. }) => cell,
            _ => &mut self.page,
        }
    }

    fn stay_hidden(&mut self, token: &Token<'_>) {
        let Some((hidden, depth)) = &mut self.hidden else { return };
        match token {
            Token::Open { name, .. } if name == hidden => *depth += 1,
            Token::Close(name) if name == hidden && *depth > 0 => *depth -= 1,
            Token::Close(name) if name == hidden => self.hidden = None,
            _ => {}
        }
    }

    fn read(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self.writer().text(&decoded(&media_named(text))),
            Token::Open { name, attributes } => self.open(name, attributes),
            Token::Close(name) => self.close(&name),
        }
    }

    fn open(&mut self, name: String, attributes: &str) {
        if is_hidden(&name, attributes) {
            if !attributes.ends_with('/') && !matches!(name.as_str(), "img" | "br" | "input" | "hr")
            {
                self.hidden = Some((name, 0));
            }
            return;
        }
        match name.as_str() {
            "b" | "strong" | "dt" => self.writer().bold(true),
            "i" | "em" => self.writer().italic(true),
            "br" => self.writer().line_break(),
            "p" | "hr" => self.writer().paragraph(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.writer().paragraph();
                self.writer().bold(true);
            }
            "ul" => self.writer().begin_list(None),
            "ol" => {
                let first = attribute(attributes, "start").and_then(|it| it.parse().ok());
                self.writer().begin_list(Some(first.unwrap_or(1)));
            }
            "li" => self.writer().begin_item(),
            "blockquote" => self.writer().begin_quote(),
            "sup" => self.writer().text("^"),
            "rt" => self.writer().text("("),
            "rp" => self.hidden = Some((name, 0)),
            "pre" | "code" | "tt" | "kbd" | "samp" => self.begin_code(name, attributes),
            "a" => self.begin_link(attributes),
            "img" => self.image(attributes),
            "table" => self.begin_table(),
            "tr" => self.begin_row(),
            "td" | "th" => self.begin_cell(),
            name if BLOCKS.contains(&name) => self.writer().new_line(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "b" | "strong" => self.writer().bold(false),
            "dt" => {
                self.writer().bold(false);
                self.writer().new_line();
            }
            "i" | "em" => self.writer().italic(false),
            "p" => self.writer().paragraph(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.writer().bold(false);
                self.writer().paragraph();
            }
            "ul" | "ol" => self.writer().end_list(),
            "li" => self.writer().end_item(),
            "blockquote" => self.writer().end_quote(),
            "rt" => self.writer().text(")"),
            "a" => self.end_link(),
            "td" | "th" => self.end_cell(),
            "table" => match &mut self.table {
                Some(table) if table.inner > 0 => table.inner -= 1,
                _ => self.end_table(),
            },
            name if BLOCKS.contains(&name) => self.writer().new_line(),
            _ => {}
        }
    }

    fn begin_code(&mut self, element: String, attributes: &str) {
        let is_block = element == "pre";
        self.code =
            Some(Code { element, text: String::new(), language: language(attributes), is_block });
    }

    fn read_code(&mut self, token: Token<'_>) {
        let Some(code) = &mut self.code else { return };
        match token {
            Token::Text(text) => code.text.push_str(&decoded(text)),
            Token::Open { name, .. } if name == "br" => code.text.push('\n'),
            Token::Open { name, attributes } if name == "code" && code.language.is_empty() => {
                code.language = language(attributes);
            }
            Token::Open { name, .. } | Token::Close(name)
                if matches!(name.as_str(), "div" | "p" | "li" | "tr")
                    && !code.text.is_empty()
                    && !code.text.ends_with('\n') =>
            {
                code.text.push('\n');
            }
            Token::Close(name) if name == code.element => self.end_code(),
            _ => {}
        }
    }

    fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        if code.is_block || code.text.trim().contains('\n') {
            self.writer().code_block(&code.text, &code.language);
        } else {
            if code.text.starts_with(char::is_whitespace) {
                self.writer().text(" ");
            }
            self.writer().code(&code.text);
            if code.text.ends_with(char::is_whitespace) {
                self.writer().text(" ");
            }
        }
    }

    fn begin_link(&mut self, attributes: &str) {
        self.end_link();
        let address = decoded(attribute(attributes, "href").unwrap_or_default().trim());
        let is_link = ["https://", "http://", "mailto:"].iter().any(|it| address.starts_with(it));
        if is_link && !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>')) {
            self.link = Some(Link { address, text: Writer::inline() });
        }
    }

    fn end_link(&mut self) {
        let Some(Link { address, text }) = self.link.take() else { return };
        let text = text.finish();
        let markdown = if text.is_empty() || text == address {
            format!("<{address}>")
        } else if address.contains(['(', ')', '\\']) {
            format!("[{text}](<{address}>)")
        } else {
            format!("[{text}]({address})")
        };
        self.writer().inline_markdown(&markdown);
    }

    fn image(&mut self, attributes: &str) {
        let source = decoded(attribute(attributes, "src").unwrap_or_default().trim());
        let source = if source.starts_with("data:") { String::new() } else { source };
        self.writer().text(&media("image", &source));
    }

    fn begin_table(&mut self) {
        match &mut self.table {
            Some(table) => table.inner += 1,
            None => self.table = Some(Table::default()),
        }
    }

    fn begin_row(&mut self) {
        if let Some(table) = self.table.as_mut().filter(|table| table.inner == 0) {
            table.end_cell();
            table.rows.push(Vec::new());
        }
    }

    fn begin_cell(&mut self) {
        match &mut self.table {
            Some(table) if table.inner == 0 => {
                table.end_cell();
                table.cell = Some(Writer::inline());
            }
            _ => self.writer().text(" "),
        }
    }

    fn end_cell(&mut self) {
        self.end_link();
        if let Some(table) = self.table.as_mut().filter(|table| table.inner == 0) {
            table.end_cell();
        }
    }

    fn end_table(&mut self) {
        self.end_link();
        let Some(mut table) = self.table.take() else { return };
        table.end_cell();
        table.rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns > 1 {
            self.page.block(&table.lines(columns));
        } else {
            // A table of one column only arranges things.
            for cell in table.rows.into_iter().flatten() {
                self.page.new_line();
                self.page.inline_markdown(&cell);
            }
            self.page.new_line();
        }
    }
}

impl Table {
    fn end_cell(&mut self) {
        if let Some(cell) = self.cell.take() {
            if self.rows.is_empty() {
                self.rows.push(Vec::new());
            }
            self.rows.last_mut().expect("a row was just added").push(cell.finish());
        }
    }

    /// The first row is the head; it alone is filled up to all columns, as Markdown wants it.
    fn lines(mut self, columns: usize) -> Vec<String> {
        if let Some(head) = self.rows.first_mut() {
            head.resize(columns, String::new());
        }
        let mut lines: Vec<String> =
            self.rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
        lines.insert(1.min(lines.len()), format!("|{}", " --- |".repeat(columns)));
        lines
    }
}

/// Whether an element is there but not shown.
fn is_hidden(name: &str, attributes: &str) -> bool {
    HIDDEN.contains(&name)
        || attribute(attributes, "style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none")
        })
}

/// The language of code marked `class="language-yaml"`.
fn language(attributes: &str) -> String {
    let class = attribute(attributes, "class").unwrap_or_default();
    let named = class
        .split_whitespace()
        .find_map(|it| it.strip_prefix("language-").or_else(|| it.strip_prefix("lang-")));
    named
        .filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_.".contains(c)))
        .unwrap_or_default()
        .to_owned()
}

/// What stands in the place of a picture or a sound.
fn media(kind: &str, name: &str) -> String {
    if name.is_empty() { format!("[{kind}]") } else { format!("[{kind}: {name}]") }
}

/// The text with `[sound:x.mp3]` as `[sound: x.mp3]`.
fn media_named(text: &str) -> String {
    text.replace("[sound:", "[sound: ").replace("[sound:  ", "[sound: ")
}

/// Whether a Markdown text made here says nothing but the names of pictures and sounds.
pub fn is_only_media(markdown: &str) -> bool {
    let mut rest = markdown.trim();
    let mut found = false;
    while let Some(inner) = ["[image", "[sound"].iter().find_map(|it| rest.strip_prefix(it)) {
        let Some((_, after)) = inner.split_once(']') else { return false };
        found = true;
        rest = after.trim_start();
    }
    found && rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{
        beginning, below_answer_line, is_only_media, items, to_markdown, to_plain, without_scripts,
    };

    fn becomes(html: &str, markdown: &str) {
        assert_eq!(to_markdown(html), markdown, "{html}");
    }

    #[test]
    fn lines_and_paragraphs_stay_apart() {
        becomes("a<br>b<div>c</div><div>d</div>", "a  \nb  \nc  \nd");
        becomes("<p>a</p>\n <p>b<br><br>c</p>", "a\n\nb\n\nc");
        becomes("<div>a</div><div><br></div><div>b</div>", "a\n\nb");
        becomes("  a \n\t b&nbsp; c  ", "a b c");
    }

    #[test]
    fn emphasis_holds_its_words_and_never_a_line_end() {
        becomes("x<b> bold </b>y <i>it</i>", "x **bold** y *it*");
        becomes("<b>one<br>two</b>", "**one**  \n**two**");
        becomes("<b>a <i>b</i></b><b></b>c", "**a *b***c");
        becomes("<i>a <b>b</b> c", "*a **b** c*");
        becomes("<h2>Title</h2>text", "**Title**\n\ntext");
    }

    #[test]
    fn lists_nest_and_number() {
        becomes(
            "x<ul><li>a</li><li>b<ol start=3><li>c<li>d</ol></li><li>e</ul>y",
            "x\n\n- a\n- b\n  3. c\n  4. d\n- e\n\ny",
        );
        becomes("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b");
        becomes("<ul><li>a<br>b</li><li></li></ul>", "- a  \n  b");
        becomes("- a<br>- b", "- a  \n- b");
    }

    #[test]
    fn code_is_kept_as_it_is() {
        becomes("run <code>kubectl get *_pods</code>.", "run `kubectl get *_pods`.");
        becomes("<code>a`b</code>", "``a`b``");
        becomes(
            "x<pre><code class=\"language-yaml\">a:\n  - b<br>  - c &lt;d&gt;\n</code></pre>y",
            "x\n\n```yaml\na:\n  - b\n  - c <d>\n```\n\ny",
        );
        becomes("<ul><li>a<pre>x\ny</pre></li></ul>", "- a\n\n  ```\n  x\n  y\n  ```");
        becomes("<code>a<br>b</code>", "```\na\nb\n```");
    }

    #[test]
    fn tables_links_and_media_are_written_out() {
        becomes(
            "<table><tr><th>A</th><th>B|C</th></tr><tr><td>1<br>2</td><td><b>x</b></td></tr></table>",
            "| A | B\\|C |\n| --- | --- |\n| 1 2 | **x** |",
        );
        becomes("<table><tr><td>only</td></tr><tr><td>one</td></tr></table>", "only  \none");
        becomes(
            "<a href=\"https://x.y/z?a=1&amp;b=2\">the docs</a>!",
            "[the docs](https://x.y/z?a=1&b=2)!",
        );
        becomes("<a href=\"javascript:alert(1)\">press</a>", "press");
        becomes("<img src=\"a b_c.png\"> [sound:x.mp3]", "[image: a b_c.png] [sound: x.mp3]");
        assert!(is_only_media("[image: a.png] [sound: b.mp3]"));
        assert!(!is_only_media("[image: a.png] what?"));
        assert!(!is_only_media(""));
    }

    #[test]
    fn what_a_browser_does_not_show_is_dropped() {
        becomes("a<script>if (1<2) { '</b>' }</script><style>b{}</style>c", "ac");
        becomes("a<div style=\"display: none\">b<div>c</div>d</div>e", "ae");
        becomes("a<svg><text>b</text></svg><rp>(</rp>c", "ac");
    }

    #[test]
    fn the_answer_is_what_stands_below_its_line() {
        assert_eq!(below_answer_line("q<hr id=answer>\n a"), Some("\n a"));
        assert_eq!(below_answer_line("q<HR id='answer' class=x/>a"), Some("a"));
        assert_eq!(below_answer_line("q<hr>a"), None);
    }

    #[test]
    fn templates_lose_their_scripts_only() {
        assert_eq!(
            without_scripts(
                "{{A}}<b>x</b><script>{{#B}}</script><STYLE>.c{}</STYLE> {{#C}}<i>{{/C}}"
            ),
            "{{A}}<b>x</b> {{#C}}<i>{{/C}}"
        );
        assert_eq!(beginning("<p>one two</p>three", 5), "one t…");
    }

    #[test]
    fn text_that_looks_like_markdown_stays_text() {
        becomes(
            "*a* 2 * 3 snake_case _x_ [a](b) `c`",
            "\\*a\\* 2 * 3 snake_case \\_x\\_ [a\\](b) \\`c\\`",
        );
        becomes("# no head", "\\# no head");
        becomes(
            "&lt;b&gt; AT&amp;T &amp;amp; a\\*b \\(x\\)",
            "\\<b> AT\\&T \\&amp; a\\\\\\*b \\\\(x\\\\)",
        );
    }

    #[test]
    fn plain_text_is_one_line_without_marks() {
        assert_eq!(to_plain("<b>a_b*</b><br><code>c</code><ul><li>d</ul>"), "a_b* c d");
        let found = items(
            "<ul><li>a <b>b</b> <code>x|y</code></li><li class=\"right\">c|d<ul><li>e</li></ul></li></ul>",
        );
        let texts: Vec<&str> = found.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(texts, ["a **b** `x|y`", "c|d e"]);
        assert_eq!(found[1].class, "right");
    }

    #[test]
    fn depth_costs_neither_stack_nor_quadratic_space() {
        for piece in
            ["<ul><li>a", "<blockquote>a", "<table><tr><td>a", "<b><i>", "<div>", "<pre>a", "<br>"]
        {
            let html = piece.repeat(50_000);
            assert!(to_markdown(&html).len() <= 4_000_000, "{piece}");
        }
    }
}
