//! Light highlighting of code blocks: comments, strings, numbers, keywords and names. No grammar is understood;
//! an unknown language is plain text.

mod syntax;

use crate::tui::widgets::highlight::syntax::{Names, Syntax};

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Token {
    /// Anything else.
    Plain,
    /// A remark.
    Comment,
    /// A quoted string.
    Text,
    /// A number, or a constant such as `true`.
    Number,
    /// A word of the language.
    Keyword,
    /// The key of a setting, or an option of a command.
    Name,
}

/// One line of code in pieces; their texts in order are the line.
pub type CodeLine = Vec<(Token, String)>;

/// Splits code into lines of tokens. `language` is the word after the fence, in any case.
pub fn highlight(language: &str, code: &str) -> Vec<CodeLine> {
    let Some(syntax) = Syntax::of(language) else { return plain(code) };
    let mut scanner = Scanner { rest: code, syntax: &syntax, lines: vec![Vec::new()], before: ' ' };
    while !scanner.rest.is_empty() {
        scanner.step();
    }
    if code.ends_with('\n') {
        scanner.lines.pop();
    }
    scanner.lines
}

fn plain(code: &str) -> Vec<CodeLine> {
    let code = code.strip_suffix('\n').unwrap_or(code);
    let line = |line: &str| vec![(Token::Plain, line.to_owned())];
    code.split('\n').map(line).collect()
}

/// Words that are values in nearly every language.
const CONSTANTS: [&str; 9] =
    ["true", "false", "null", "nil", "None", "True", "False", "NULL", "undefined"];

/// Walks through the code; each step takes at least one character.
struct Scanner<'a> {
    rest: &'a str,
    syntax: &'a Syntax,
    lines: Vec<CodeLine>,
    /// The character before the rest.
    before: char,
}

impl Scanner<'_> {
    fn step(&mut self) {
        let first = self.rest.chars().next().unwrap_or(' ');
        if let Some(length) = self.comment() {
            self.take(Token::Comment, length);
        } else if let Some(length) = self.text() {
            let token = if self.is_name(length) { Token::Name } else { Token::Text };
            self.take(token, length);
        } else if is_word(first) || (first == '-' && self.syntax.names == Names::Dashes) {
            let length = self.word_length();
            let token = self.word_token(length);
            self.take(token, length);
        } else {
            self.take(Token::Plain, first.len_utf8());
        }
    }

    /// The length of a comment that starts here. `#` and `;` count only after a space, as in `a#b` of a URL.
    fn comment(&self) -> Option<usize> {
        if let Some((open, close)) = self.syntax.block_comment
            && let Some(inside) = self.rest.strip_prefix(open)
        {
            let end =
                inside.find(close).map_or(self.rest.len(), |end| open.len() + end + close.len());
            return Some(end);
        }
        let mark = self.syntax.comments.iter().find(|mark| self.rest.starts_with(**mark))?;
        let needs_space = matches!(*mark, "#" | ";") || *mark == "//";
        (!needs_space || self.before.is_whitespace())
            .then(|| self.rest.find('\n').unwrap_or(self.rest.len()))
    }

    /// The length of a string that starts here; one that is not closed ends with its line.
    fn text(&self) -> Option<usize> {
        let quote = self.syntax.quotes.iter().find(|quote| self.rest.starts_with(**quote))?;
        // An apostrophe within a word is none.
        if self.before.is_alphanumeric() {
            return None;
        }
        let inside = &self.rest[quote.len()..];
        let spans_lines = quote.len() == 3 || *quote == "`";
        let mut escaped = false;
        for (position, c) in inside.char_indices() {
            if c == '\n' && !spans_lines {
                return Some(quote.len() + position);
            }
            if !escaped && inside[position..].starts_with(quote) {
                return Some(quote.len() + position + quote.len());
            }
            escaped = c == '\\' && !escaped;
        }
        Some(self.rest.len())
    }

    fn word_length(&self) -> usize {
        let dashes = self.syntax.names != Names::None;
        self.rest
            .find(|c: char| !(is_word(c) || dashes && c == '-'))
            .unwrap_or(self.rest.len())
            .max(1)
    }

    fn word_token(&self, length: usize) -> Token {
        let word = &self.rest[..length];
        if word.starts_with('-') {
            let option = self.before.is_whitespace() && word.len() > 1;
            return if option { Token::Name } else { Token::Plain };
        }
        if self.is_keyword(word) {
            Token::Keyword
        } else if self.is_name(length) {
            Token::Name
        } else if CONSTANTS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit()) {
            Token::Number
        } else {
            Token::Plain
        }
    }

    fn is_keyword(&self, word: &str) -> bool {
        let same = |keyword: &&&str| {
            if self.syntax.any_case {
                keyword.eq_ignore_ascii_case(word)
            } else {
                **keyword == word
            }
        };
        // In a path or an option a keyword is no keyword.
        !matches!(self.before, '/' | '-' | '.' | '$')
            && self.syntax.keywords.iter().any(|keyword| same(&keyword))
    }

    /// Whether the next `length` bytes are the key of a setting.
    fn is_name(&self, length: usize) -> bool {
        let after = &self.rest[length..];
        match self.syntax.names {
            Names::Colon => after
                .strip_prefix(':')
                .is_some_and(|value| value.is_empty() || value.starts_with([' ', '\n'])),
            Names::Equals => {
                let value = after.trim_start_matches(' ');
                value.starts_with('=') && !value.starts_with("==")
            }
            Names::None | Names::Dashes => false,
        }
    }

    /// Moves `length` bytes to the lines; neighbours of one kind are one piece.
    fn take(&mut self, token: Token, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        for (number, part) in taken.split('\n').enumerate() {
            if number > 0 {
                self.lines.push(Vec::new());
            }
            let Some(line) = self.lines.last_mut() else { continue };
            match line.last_mut() {
                _ if part.is_empty() => {}
                Some((last, text)) if *last == token => text.push_str(part),
                _ => line.push((token, part.to_owned())),
            }
        }
        self.before = taken.chars().next_back().unwrap_or(self.before);
        self.rest = rest;
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::{collection, prop_assert_eq, sample};

    use super::{Token, highlight};

    fn kinds(language: &str, code: &str, wanted: Token) -> Vec<String> {
        highlight(language, code)
            .concat()
            .into_iter()
            .filter(|(token, _)| *token == wanted)
            .map(|(_, text)| text)
            .collect()
    }

    #[test]
    fn yaml_shows_keys_and_comments() {
        let code = "apiVersion: v1\nimage: nginx:1.27 # pinned\nurl: http://a#b\n";
        assert_eq!(kinds("yaml", code, Token::Name), ["apiVersion", "image", "url"]);
        assert_eq!(kinds("yaml", code, Token::Comment), ["# pinned"]);
    }

    #[test]
    fn shell_shows_options_strings_and_keywords() {
        let code = "for p in 'a b'; do kubectl get po -n \"$p\" --watch; done";
        assert_eq!(kinds("sh", code, Token::Keyword), ["for", "in", "do", "done"]);
        assert_eq!(kinds("sh", code, Token::Name), ["-n", "--watch"]);
        assert_eq!(kinds("bash", code, Token::Text), ["'a b'", "\"$p\""]);
    }

    #[test]
    fn comments_over_several_lines_stay_comments() {
        let lines = highlight("go", "a /* one\ntwo */ b\n");
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1][0], (Token::Comment, "two */".to_owned()));
    }

    #[test]
    fn sql_keywords_have_no_case() {
        assert_eq!(kinds("sql", "SELECT id FROM t", Token::Keyword), ["SELECT", "FROM"]);
    }

    #[test]
    fn an_unknown_language_is_plain() {
        let lines = highlight("brainfuck", "if \"x\" # 1");
        assert_eq!(lines, [[(Token::Plain, "if \"x\" # 1".to_owned())]]);
    }

    const LANGUAGES: [&str; 14] = [
        "yaml",
        "sh",
        "hcl",
        "json",
        "dockerfile",
        "python",
        "go",
        "java",
        "sql",
        "ini",
        "toml",
        "promql",
        "",
        "text",
    ];

    proptest! {
        #[test]
        fn every_character_of_the_code_is_kept(
            language in sample::select(&LANGUAGES[..]), code in any::<String>(),
            bits in collection::vec(sample::select(&["\"", "'", "\\", "/*", "*/", "#", "--", "\n", "가", "x", " ", "\"\"\""][..]), 0..40),
        ) {
            for code in [code, bits.concat()] {
                let lines: Vec<String> = highlight(language, &code)
                    .into_iter()
                    .map(|line| line.into_iter().map(|(_, text)| text).collect())
                    .collect();
                let expected: Vec<&str> = code.strip_suffix('\n').unwrap_or(&code).split('\n').collect();
                prop_assert_eq!(lines, expected);
            }
        }
    }
}
