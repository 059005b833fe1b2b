//! HTML cut into texts and tags, in one pass over the text, whatever is in it.

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text, references not yet replaced.
    Text(&'a str),
    /// A tag that opens an element, with all that stands behind its name.
    Open {
        /// The name, in lower case.
        name: String,
        /// The attributes as they are written.
        attributes: &'a str,
    },
    /// A tag that closes an element of that name, in lower case.
    Close(String),
}

/// The pieces of a text.
pub struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// The pieces of `html`.
    pub fn of(html: &'a str) -> Self {
        Self { rest: html }
    }

    /// What is not yet cut.
    pub const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Leaves out everything before the tag that closes the element `name`; the tag itself is next.
    pub fn skip_to_close(&mut self, name: &str) {
        let mut from = 0;
        while let Some(at) = self.rest[from..].find("</") {
            let after = &self.rest[from + at + 2..];
            if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                self.rest = &self.rest[from + at..];
                return;
            }
            from += at + 2;
        }
        self.rest = "";
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let begins = tag_start(self.rest);
            if begins != Some(0) {
                let (text, rest) = self.rest.split_at(begins.unwrap_or(self.rest.len()));
                self.rest = rest;
                return Some(Token::Text(text));
            }
            let Some(end) = tag_end(self.rest) else {
                // A tag without an end: what is left is text, so that nothing an author wrote is lost.
                return Some(Token::Text(std::mem::take(&mut self.rest)));
            };
            let (tag, rest) = self.rest.split_at(end);
            self.rest = rest;
            if let Some(token) = token_of(tag) {
                return Some(token);
            }
        }
    }
}

/// Where the first tag or comment begins; a `<` before anything else is text.
fn tag_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    text.match_indices('<').map(|(at, _)| at).find(|at| match bytes.get(at + 1) {
        Some(b'/') => bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic),
        Some(b'!' | b'?') => true,
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    })
}

/// The length of the tag or comment at the beginning of the text.
fn tag_end(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    // An apostrophe that closes nothing: the tag ends at the first bracket. This happens at most once for each
    // kind of quote, because behind it there is no other.
    text.find('>').map(|at| at + 1)
}

/// The token of a whole tag; none for comments and declarations.
fn token_of(tag: &str) -> Option<Token<'_>> {
    let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
    if inner.starts_with(['!', '?']) {
        return None;
    }
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let end = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(end);
    let name = name.to_ascii_lowercase();
    Some(if closes { Token::Close(name) } else { Token::Open { name, attributes } })
}

/// The value of an attribute, references not yet replaced.
pub fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=')?;
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after;
            continue;
        };
        let (value, after) = value_at(value.trim_start());
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

fn value_at(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens, attribute};

    fn texts(html: &str) -> String {
        let of = |token| if let Token::Text(text) = token { Some(text.to_owned()) } else { None };
        Tokens::of(html).filter_map(of).collect()
    }

    #[test]
    fn tags_and_comments_are_not_text_and_comparisons_are() {
        assert_eq!(texts("a<b class='x>y'>c</b><!-- <i>no --> d < e <= f"), "ac d < e <= f");
        assert_eq!(texts("if (a<b) x"), "if (a<b) x", "a tag without an end");
    }

    #[test]
    fn an_apostrophe_that_closes_nothing_ends_with_its_tag() {
        assert_eq!(texts("<a title=\"it's>one</a> two"), "one two");
    }

    #[test]
    fn attributes_are_found_however_they_are_quoted() {
        let attributes = " hidden src = \"a b.png\" alt='x' width=3/";
        assert_eq!(attribute(attributes, "SRC"), Some("a b.png"));
        assert_eq!(attribute(attributes, "alt"), Some("x"));
        assert_eq!(attribute(attributes, "width"), Some("3/"));
        assert_eq!(attribute(attributes, "hidden"), None);
    }

    #[test]
    fn hostile_html_takes_linear_time() {
        for piece in ["<a \"", "<a <", "<!--", "<a '>", "&", "<", "</"] {
            let html = piece.repeat(200_000);
            assert!(Tokens::of(&html).count() <= 200_001, "{piece}");
        }
    }
}
