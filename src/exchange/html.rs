//! Markdown with HTML in it, as question banks are written, into plain Markdown; pictures and links that lead nowhere outside their repository go.
//!
//! Only known tags are taken for tags: `<pod-name>` in a sentence is text. Code stays as it is.

use std::fmt::Write as _;

/// How far the end of a link, of a code span or of a tag is looked for, in bytes: what is longer is none, and time stays bounded.
const FAR: usize = 600;
/// How far the end of an element is looked for whose content is taken as a whole.
const ELEMENT: usize = 64 * 1024;

/// Makes plain Markdown of a text. The paths of pictures and files that cannot be shown are added to `media`.
pub fn plain_markdown(text: &str, media: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut prose = String::new();
    let mut fence: Option<Fence> = None;
    for line in text.lines() {
        let was_inside = fence.is_some();
        let marker = Fence::at(line);
        match (&fence, marker) {
            (Some(open), _) if open.is_closed_by(line) => fence = None,
            (None, Some(opening)) => fence = Some(opening),
            _ => {}
        }
        if was_inside || fence.is_some() {
            out.push_str(&Converter::new(media).convert(&std::mem::take(&mut prose)));
            out.push_str(line);
            out.push('\n');
        } else {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    out.push_str(&Converter::new(media).convert(&prose));
    if let Some(open) = fence {
        out.push_str(&open.marker);
        out.push('\n');
    }
    tidy(&out)
}

/// The opening line of a code block.
#[derive(Clone, Debug)]
pub struct Fence {
    marker: String,
    is_quoted: bool,
}

impl Fence {
    /// The code block that a line opens, also within a quotation.
    pub fn at(line: &str) -> Option<Self> {
        let inner = line.trim_start();
        let is_quoted = inner.starts_with('>');
        let inner = inner.trim_start_matches(['>', ' ']);
        let inner = inner.strip_prefix("- ").unwrap_or(inner).trim_start();
        let mark = inner.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = inner.chars().take_while(|c| *c == mark).count();
        let info = &inner[length..];
        (length >= 3 && !(mark == '`' && info.contains('`')))
            .then(|| Self { marker: mark.to_string().repeat(length), is_quoted })
    }

    /// Whether a line ends the block.
    pub fn is_closed_by(&self, line: &str) -> bool {
        let inner = line.trim();
        let inner = if self.is_quoted { inner.trim_start_matches(['>', ' ']) } else { inner };
        let rest = inner.trim_start_matches(self.marker.chars().next().unwrap_or('`'));
        inner.starts_with(&self.marker) && rest.is_empty()
    }
}

/// A tag: its name in lower case, whether it closes, its attributes and its length in bytes.
pub struct Tag<'a> {
    /// The name, lower case.
    pub name: String,
    /// `</name>`.
    pub is_closing: bool,
    attributes: &'a str,
    /// Bytes from `<` to `>`.
    pub length: usize,
}

impl<'a> Tag<'a> {
    /// The known tag at the beginning of a text.
    pub fn at(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let is_closing = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = inner[..length].to_ascii_lowercase();
        if !KNOWN.contains(&name.as_str()) {
            return None;
        }
        let after = &inner[length..];
        if !after.starts_with(['>', ' ', '/', '\n', '\t']) {
            return None;
        }
        let end = near(after, FAR).find('>')?;
        let attributes = &after[..end];
        let whole = text.len() - after.len() + end + 1;
        Some(Self { name, is_closing, attributes, length: whole })
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let lower = self.attributes.to_ascii_lowercase();
        let start = lower.match_indices(name).find_map(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let after = &self.attributes[at + name.len()..];
            (before.is_none_or(char::is_whitespace) && after.trim_start().starts_with('='))
                .then(|| at + name.len() + after.find('=').unwrap_or(0) + 1)
        })?;
        let value = self.attributes[start..].trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split_whitespace().next(),
        }
    }
}

const KNOWN: [&str; 57] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "small",
    "source",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
];

/// The beginning of a text, at most `far` bytes.
fn near(text: &str, far: usize) -> &str {
    let mut end = far.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

struct Converter<'a> {
    out: String,
    media: &'a mut Vec<String>,
    lists: Vec<Option<usize>>,
    bold: Vec<&'static str>,
    links: Vec<Option<String>>,
    cells: usize,
    rows: usize,
}

impl<'a> Converter<'a> {
    fn new(media: &'a mut Vec<String>) -> Self {
        Self {
            out: String::new(),
            media,
            lists: Vec::new(),
            bold: Vec::new(),
            links: Vec::new(),
            cells: 0,
            rows: 0,
        }
    }

    fn convert(mut self, text: &str) -> String {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let taken = match c {
                '`' => Some(self.code_span(rest)),
                '<' => self.angle(rest),
                '&' => self.entity(rest),
                '!' | '[' => self.link(rest),
                '\\' => self.escaped(rest),
                _ => None,
            };
            rest = match taken {
                Some(length) => &rest[length..],
                None => {
                    self.out.push(c);
                    &rest[c.len_utf8()..]
                }
            };
        }
        self.out
    }

    fn code_span(&mut self, rest: &str) -> usize {
        let run = rest.bytes().take_while(|b| *b == b'`').count();
        let marker = &rest[..run];
        let after = near(&rest[run..], FAR);
        let mut from = 0;
        while let Some(at) = after[from..].find(marker) {
            let start = from + at;
            let length = after[start..].bytes().take_while(|b| *b == b'`').count();
            if length == run {
                let whole = run + start + run;
                self.out.push_str(&rest[..whole]);
                return whole;
            }
            from = start + length;
        }
        self.out.push_str(marker);
        run
    }

    fn escaped(&mut self, rest: &str) -> Option<usize> {
        let next = rest[1..].chars().next()?;
        if !matches!(next, '`' | '<' | '[' | '!' | '&' | '\\') {
            return None;
        }
        self.out.push('\\');
        self.out.push(next);
        Some(1 + next.len_utf8())
    }

    fn angle(&mut self, rest: &str) -> Option<usize> {
        if rest.starts_with("<!--") {
            return near(rest, ELEMENT).find("-->").map(|end| end + 3);
        }
        let tag = Tag::at(rest)?;
        let after = &rest[tag.length..];
        if let ("code" | "kbd" | "samp" | "tt" | "pre" | "script" | "style", false) =
            (tag.name.as_str(), tag.is_closing)
            && let Some(inside) = element(after, &tag.name)
        {
            self.whole(&tag.name, inside);
            return Some(tag.length + inside.len() + tag.name.len() + 3);
        }
        self.tag(&tag, after);
        Some(tag.length)
    }

    /// An element that is taken with its content.
    fn whole(&mut self, name: &str, inside: &str) {
        match name {
            "script" | "style" => {}
            "pre" => {
                let code = without_tags(inside);
                let code = code.trim_matches('\n');
                let fence = if code.contains("```") { "~~~" } else { "```" };
                let _ = write!(self.out, "\n\n{fence}\n{code}\n{fence}\n\n");
            }
            _ => {
                let code = without_tags(inside);
                let code = code.split_whitespace().collect::<Vec<&str>>().join(" ");
                if code.is_empty() {
                    return;
                }
                let mark = if code.contains('`') { "``" } else { "`" };
                let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
                let _ = write!(self.out, "{mark}{space}{code}{space}{mark}");
            }
        }
    }

    fn tag(&mut self, tag: &Tag<'_>, after: &str) {
        match (tag.name.as_str(), tag.is_closing) {
            ("br", _) => self.line_break(),
            ("hr", _) => self.out.push_str("\n\n---\n\n"),
            ("b" | "strong" | "i" | "em", false) => self.emphasis(tag, after),
            ("b" | "strong" | "i" | "em", true) => {
                let mark = self.bold.pop().unwrap_or("");
                // `** text **` is no emphasis.
                while !mark.is_empty() && self.out.ends_with(' ') {
                    self.out.pop();
                }
                self.out.push_str(mark);
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "summary", closing) => {
                self.out.push_str(if closing { "**\n\n" } else { "\n\n**" });
            }
            ("img", false) => self.picture(
                tag.attribute("src").unwrap_or_default(),
                tag.attribute("alt").unwrap_or_default(),
            ),
            ("a", false) => self.open_link(tag.attribute("href")),
            ("a", true) => {
                if let Some(Some(address)) = self.links.pop() {
                    let _ = write!(self.out, "]({address})");
                }
            }
            ("ul", false) => self.lists.push(None),
            ("ol", false) => self.lists.push(Some(0)),
            ("ul" | "ol", true) => {
                self.lists.pop();
                self.out.push('\n');
            }
            ("li", false) => self.item(),
            ("tr" | "td" | "th", closing) => self.cell(&tag.name, closing),
            (
                "p" | "div" | "center" | "details" | "blockquote" | "dd" | "table" | "figure"
                | "caption" | "figcaption",
                _,
            ) => self.out.push_str("\n\n"),
            _ => {}
        }
    }

    /// A hard break; in a row of a table, where there are none, a space.
    fn line_break(&mut self) {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        let is_row = line.trim_start().starts_with('|');
        self.out.push_str(if is_row { " " } else { "  \n" });
    }

    /// Bold that ends on its line; one that goes round paragraphs means nothing.
    fn emphasis(&mut self, tag: &Tag<'_>, after: &str) {
        let line = near(after, FAR).lines().next().unwrap_or_default();
        let end = find_ignoring_case(line, &format!("</{}>", tag.name));
        let inside = end.map(|end| line[..end].trim()).filter(|inside| {
            !inside.is_empty() && !inside.starts_with(['<', '*']) && !inside.contains("**")
        });
        let mark = match (inside.is_some(), tag.name.as_str()) {
            (false, _) => "",
            (true, "b" | "strong") => "**",
            (true, _) => "*",
        };
        self.bold.push(mark);
        self.out.push_str(mark);
    }

    fn open_link(&mut self, address: Option<&str>) {
        let address = address.map(str::trim).filter(|address| is_outside(address));
        if address.is_some() {
            self.out.push('[');
        }
        self.links.push(address.map(str::to_owned));
    }

    fn item(&mut self) {
        let depth = self.lists.len().saturating_sub(1).min(8);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{number}.")
            }
            _ => "-".to_owned(),
        };
        let _ = write!(self.out, "\n{}{mark} ", "   ".repeat(depth));
    }

    fn cell(&mut self, name: &str, is_closing: bool) {
        match (name, is_closing) {
            ("tr", false) => {
                self.cells = 0;
                self.out.push_str("\n| ");
            }
            ("tr", true) => {
                self.rows += 1;
                if self.rows == 1 && self.cells > 0 {
                    let _ = write!(self.out, "\n|{}", " --- |".repeat(self.cells));
                }
            }
            (_, true) => {
                self.cells += 1;
                self.out.push_str(" | ");
            }
            _ => {}
        }
    }

    fn entity(&mut self, rest: &str) -> Option<usize> {
        let (character, length) = entity_at(rest)?;
        self.out.push_str(&character);
        Some(length)
    }

    /// `[text](address)` and `![text](address)`.
    fn link(&mut self, rest: &str) -> Option<usize> {
        if let Some(badge) = rest.strip_prefix("[![") {
            let (label, source, inner) = link_at(&rest[2..])?;
            let after = &badge[inner - 1..];
            let address = after.strip_prefix("](")?;
            let end = near(address, FAR).find(')')?;
            self.picture(source, label);
            return Some(3 + (inner - 1) + 2 + end + 1);
        }
        let is_picture = rest.starts_with('!');
        let (label, address, length) = link_at(&rest[usize::from(is_picture)..])?;
        let length = length + usize::from(is_picture);
        if is_picture {
            self.picture(address, label);
        } else if is_outside(address) {
            self.out.push_str(&rest[..length]);
        } else {
            if !address.starts_with('#') {
                self.media.push(address.to_owned());
            }
            self.out.push_str(label);
        }
        Some(length)
    }

    /// A picture on the web can be followed; one beside the file is only named.
    fn picture(&mut self, source: &str, label: &str) {
        let source = source.trim();
        if is_badge(source) {
            return;
        }
        let name = source.rsplit('/').next().unwrap_or(source);
        let label = if label.trim().is_empty() { name } else { label.trim() };
        if is_outside(source) {
            let _ = write!(self.out, "[{label}]({source})");
        } else if !source.is_empty() {
            self.media.push(source.to_owned());
            let _ = write!(self.out, "({label})");
        }
    }
}

/// Little signs of the state of a project.
fn is_badge(source: &str) -> bool {
    source.contains("shields.io") || source.contains("badge")
}

/// Label, address and length of the link at the beginning of a text.
fn link_at(text: &str) -> Option<(&str, &str, usize)> {
    let inside = near(text.strip_prefix('[')?, FAR);
    let mut depth = 1;
    let close = inside.char_indices().find(|(_, c)| {
        depth += match c {
            '[' => 1,
            ']' => -1,
            _ => 0,
        };
        depth == 0 || *c == '\n'
    });
    let close = close.filter(|(_, c)| *c == ']')?.0;
    let after = inside[close + 1..].strip_prefix('(')?;
    let mut depth = 1;
    let end = after.char_indices().find(|(_, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0 || *c == '\n'
    });
    let end = end.filter(|(_, c)| *c == ')')?.0;
    let address = after[..end].trim();
    let address = match address.strip_prefix('<').and_then(|inner| inner.split_once('>')) {
        Some((inner, _)) => inner,
        None => address.split_whitespace().next().unwrap_or_default(),
    };
    Some((&inside[..close], address, 1 + close + 1 + 1 + end + 1))
}

fn is_outside(address: &str) -> bool {
    ["http://", "https://", "mailto:", "ftp://", "//"].iter().any(|it| address.starts_with(it))
}

/// The content of an element up to its end.
fn element<'t>(after: &'t str, name: &str) -> Option<&'t str> {
    let far = if matches!(name, "pre" | "script" | "style") { ELEMENT } else { FAR };
    let inside = near(after, far);
    find_ignoring_case(inside, &format!("</{name}>")).map(|end| &inside[..end])
}

fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.as_bytes().windows(what.len()).position(|some| some.eq_ignore_ascii_case(what.as_bytes()))
}

/// Text without tags, with its entities as characters: what is inside of code.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '<' => Tag::at(rest).map(|tag| {
                if tag.name == "br" {
                    out.push('\n');
                }
                tag.length
            }),
            '&' => entity_at(rest).map(|(character, length)| {
                out.push_str(&character);
                length
            }),
            _ => None,
        };
        let taken = taken.unwrap_or_else(|| {
            out.push(c);
            c.len_utf8()
        });
        rest = &rest[taken..];
    }
    out
}

const ENTITIES: [(&str, &str); 24] = [
    ("nbsp", " "),
    ("lt", "<"),
    ("gt", ">"),
    ("amp", "&"),
    ("quot", "\""),
    ("apos", "'"),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("rarr", "→"),
    ("larr", "←"),
    ("middot", "·"),
    ("bull", "•"),
    ("times", "×"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("emsp", " "),
    ("ensp", " "),
];

fn entity_at(text: &str) -> Option<(String, usize)> {
    let inner = near(text.strip_prefix('&')?, 12);
    let end = inner.find(';')?;
    let name = &inner[..end];
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?.to_string()
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1.to_owned(),
    };
    Some((character, end + 2))
}

/// Without blank ends, without the indentation that all lines share, and with at most one blank line in a row outside of code.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let shared = shared_indent(&lines);
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<Fence> = None;
    let mut blanks = 0;
    for line in lines {
        let line = line.get(shared.min(indent_of(line))..).unwrap_or_default();
        let was_inside = fence.is_some();
        match &fence {
            Some(open) if open.is_closed_by(line) => fence = None,
            None => fence = Fence::at(line),
            Some(_) => {}
        }
        if line.trim().is_empty() && !was_inside {
            blanks += 1;
            continue;
        }
        if blanks > 0 && !out.is_empty() {
            out.push('\n');
        }
        blanks = 0;
        let end = line.trim_end();
        out.push_str(end);
        // Two spaces at the end of a line are a break.
        if !was_inside && line.ends_with("  ") && fence.is_none() {
            out.push_str("  ");
        }
        out.push('\n');
    }
    out.trim_end().trim_start_matches('\n').to_owned()
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The indentation in bytes that every line with text has.
fn shared_indent(lines: &[&str]) -> usize {
    let with_text = lines.iter().filter(|line| !line.trim().is_empty());
    with_text.map(|line| indent_of(line)).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::plain_markdown;

    fn plain(text: &str) -> String {
        plain_markdown(text, &mut Vec::new())
    }

    #[test]
    fn html_becomes_markdown_and_placeholders_stay() {
        assert_eq!(
            plain("<b>Bold</b> and <code>ls -l &lt;x&gt;</code>"),
            "**Bold** and `ls -l <x>`"
        );
        assert_eq!(plain("run kubectl delete <pod-name> now"), "run kubectl delete <pod-name> now");
        assert_eq!(plain("<ul><li>a</li><li>b</li></ul>"), "- a\n- b");
        assert_eq!(plain("one<br>two<br/>three"), "one  \ntwo  \nthree");
        assert_eq!(plain("<p>a&nbsp;b</p><p>c</p>"), "a b\n\nc");
        assert_eq!(plain("<pre><code>a &amp;&amp; b\nc</code></pre>"), "```\na && b\nc\n```");
        assert_eq!(plain("<b>\n\n- a\n- b\n\n</b>"), "- a\n- b");
    }

    #[test]
    fn code_stays_as_it_is() {
        let code = "```html\n<details><b>x</b>&amp;\n\n\n</details>\n```";
        assert_eq!(plain(code), code);
        assert_eq!(plain("`<br>` and `&lt;`"), "`<br>` and `&lt;`");
        assert_eq!(plain("```\nopen"), "```\nopen\n```", "a block without end gets one");
    }

    #[test]
    fn pictures_and_files_beside_the_bank_are_named() {
        let mut media = Vec::new();
        let text = "![](images/a.png) [see](../b.md) [anchor](#x) [web](https://x.y/(z)) ![w](https://x.y/p.png)";
        assert_eq!(
            plain_markdown(text, &mut media),
            "(a.png) see anchor [web](https://x.y/(z)) [w](https://x.y/p.png)"
        );
        assert_eq!(media, ["images/a.png", "../b.md"]);
        assert_eq!(plain("<a href=\"https://x.y\">t</a> <a name=\"q\"></a>"), "[t](https://x.y)");
    }

    #[test]
    fn a_table_of_tags_becomes_a_table() {
        let text = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>";
        assert_eq!(plain(text), "| a | b |\n| --- | --- |\n| 1 | 2 |");
    }
}
