//! One side of an equation as people write it, "30 d x 24 h" or "평균 115.74 rps", computed if it can be read with certainty.

/// Parentheses, signs and powers within each other; more than any person writes.
const DEEPEST: usize = 24;
/// Words that may stand before an expression without changing it.
const LEADING: [&str; 18] = [
    "average",
    "mean",
    "total",
    "exactly",
    "so",
    "then",
    "thus",
    "hence",
    "평균",
    "총",
    "합계",
    "전체",
    "즉",
    "따라서",
    "그래서",
    "그러면",
    "그러므로",
    "정확히",
];
/// Words that round, bound or compute.
const HEDGES: [&str; 56] = [
    "about",
    "around",
    "roughly",
    "nearly",
    "almost",
    "approx",
    "approximately",
    "circa",
    "ca",
    "some",
    "rounded",
    "rounds",
    "round",
    "rounding",
    "up",
    "down",
    "ceil",
    "ceiling",
    "floor",
    "truncated",
    "least",
    "most",
    "more",
    "less",
    "fewer",
    "over",
    "under",
    "below",
    "above",
    "than",
    "whole",
    "full",
    "remainder",
    "rest",
    "mod",
    "modulo",
    "not",
    "never",
    "no",
    "or",
    "to",
    "half",
    "halves",
    "double",
    "doubled",
    "twice",
    "squared",
    "cubed",
    "factorial",
    "percent",
    "pp",
    "per",
    "of",
    "times",
    "dozen",
    "dozens",
];
/// The same in Korean, where particles cling to the word.
const KOREAN_HEDGES: [&str; 24] = [
    "대략",
    "거의",
    "정도",
    "가량",
    "쯤",
    "올림",
    "올려",
    "내림",
    "내려",
    "버림",
    "버려",
    "이상",
    "이하",
    "미만",
    "초과",
    "최소",
    "최대",
    "제곱",
    "나머지",
    "절반",
    "퍼센트",
    "아니",
    "넘",
    "이내",
];
/// Korean counters: 16개 - 5 subtracts things of one kind.
const COUNTERS: [&str; 6] = ["개", "건", "명", "번", "회", "대"];

/// A side that was read.
#[derive(Debug)]
pub struct Side<'t> {
    /// The expression as it is written, without the words around it.
    pub text: &'t str,
    /// Its value; percents are hundredths.
    pub value: f64,
    /// The units of its operands, sorted.
    pub units: Vec<&'t str>,
    /// It is one number and no computation.
    pub is_bare: bool,
    /// Whether it multiplies, divides or raises: that may change the unit.
    pub multiplies: bool,
    /// Whether an operand is in percent.
    pub has_percent: bool,
    /// Half of the last decimal place of a bare number with decimals: what rounding may have taken. Else 0.
    pub half_place: f64,
    /// The largest operand.
    pub largest: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Number { value: f64, decimals: usize },
    Word,
    Operator(char),
    Open,
    Close,
    Percent,
    Currency,
    Comma,
}

#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    kind: Kind,
    text: &'t str,
    start: usize,
    end: usize,
}

/// Reads a side; `None` unless all of it is understood.
pub fn read_side(text: &str, is_first: bool, is_last: bool) -> Option<Side<'_>> {
    let text = if is_first { text.rsplit(": ").next().unwrap_or(text) } else { text };
    let written = tokens_of(text)?;
    let tokens = without_remarks(&written);
    let leading = tokens.iter().take_while(|token| token.kind == Kind::Word).count();
    let (words, expression) = tokens.split_at_checked(leading)?;
    // An operator in front goes on with something that was cut off.
    let is_cut_off = is_first && matches!(expression.first()?.kind, Kind::Operator(_));
    let is_hedged = written.iter().any(|token| is_hedge(token.text));
    if is_cut_off || is_hedged || has_range(&tokens) || !may_lead(words, expression, is_first) {
        return None;
    }
    let mut reader = Reader { tokens: expression, at: 0, depth: 0, multiplies: false };
    let value = reader.sum()?;
    let (read, rest) = expression.split_at_checked(reader.at)?;
    let is_rest_text = rest.iter().all(|token| token.kind == Kind::Word && is_plain(token.text));
    if !is_rest_text || !(is_last || rest.is_empty()) || !value.number.is_finite() {
        return None;
    }
    side_of(text, read, value.number, reader.multiplies)
}

fn side_of<'t>(
    text: &'t str,
    read: &[Token<'t>],
    value: f64,
    multiplies: bool,
) -> Option<Side<'t>> {
    let is_bare = !read.iter().any(|token| matches!(token.kind, Kind::Operator(_)));
    let has_percent = read.iter().any(|token| token.kind == Kind::Percent);
    let mut units: Vec<&str> = read
        .iter()
        .filter(|token| matches!(token.kind, Kind::Word | Kind::Currency))
        .map(|token| token.text)
        .collect();
    units.sort_unstable();
    units.dedup();
    let mut half_place = 0.0;
    let mut largest = 0.0_f64;
    for token in read {
        if let Kind::Number { value, decimals } = token.kind {
            largest = largest.max(value);
            if is_bare && decimals > 0 {
                let places = i32::try_from(decimals).unwrap_or(i32::MAX);
                half_place = 0.5 * 10_f64.powi(-places) * if has_percent { 0.01 } else { 1.0 };
            }
        }
    }
    let text = text.get(read.first()?.start..read.last()?.end)?.trim();
    Some(Side { text, value, units, is_bare, multiplies, has_percent, half_place, largest })
}

/// A label before the expression must be one that cannot be part of the computation.
fn may_lead(words: &[Token<'_>], expression: &[Token<'_>], is_first: bool) -> bool {
    let (Some(last), Some(next)) = (words.last(), expression.first()) else {
        return !expression.is_empty();
    };
    let is_topic = is_first
        && last.text.chars().count() > 1
        && last.text.ends_with(['은', '는'])
        && words.iter().all(|word| is_plain(word.text));
    let is_known =
        words.iter().all(|word| LEADING.contains(&word.text.to_ascii_lowercase().as_str()));
    matches!(next.kind, Kind::Number { .. } | Kind::Currency) && (is_topic || is_known)
}

fn is_plain(word: &str) -> bool {
    !word.chars().any(char::is_numeric)
}

fn is_hedge(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    HEDGES.contains(&lower.as_str())
        || ["약", "여", "몫"].contains(&word)
        || KOREAN_HEDGES.iter().any(|hedge| word.contains(hedge))
}

/// "3-6" without spaces, the smaller number first, is more often a range than a difference.
fn has_range(tokens: &[Token<'_>]) -> bool {
    tokens.windows(3).any(|three| {
        let [low, dash, high] = three else {
            return false;
        };
        let is_tight = low.end == dash.start && dash.end == high.start;
        match (low.kind, dash.kind, high.kind) {
            (
                Kind::Number { value: low, .. },
                Kind::Operator('-'),
                Kind::Number { value: high, .. },
            ) => is_tight && low < high,
            _ => false,
        }
    })
}

/// Leaves out remarks in parentheses, such as (network and broadcast).
fn without_remarks<'t>(tokens: &[Token<'t>]) -> Vec<Token<'t>> {
    let mut kept: Vec<Token<'t>> = Vec::new();
    let mut start = None;
    for token in tokens {
        kept.push(*token);
        match token.kind {
            Kind::Open => start = Some(kept.len() - 1),
            Kind::Close => {
                // "f(n)" is no remark, but a side with it cannot be read anyway.
                if let Some(start) = start.take() {
                    kept.truncate(start);
                }
            }
            Kind::Word | Kind::Comma => {}
            _ => start = None,
        }
    }
    kept
}

fn tokens_of(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let rest = text.get(at..)?;
        let (kind, length) = next_token(rest, c, tokens.last().map(|token| token.kind))?;
        let end = at + length;
        tokens.push(Token { kind, text: text.get(at..end)?, start: at, end });
        at = end;
    }
    Some(tokens)
}

fn next_token(rest: &str, c: char, previous: Option<Kind>) -> Option<(Kind, usize)> {
    let second = rest.chars().nth(1);
    let is_after_operand =
        matches!(previous, Some(Kind::Number { .. } | Kind::Word | Kind::Percent | Kind::Close));
    let is_times = matches!(c, 'x' | 'X')
        && is_after_operand
        && !second.is_some_and(|second| second.is_alphabetic() || second == '_');
    let kind = match c {
        '0'..='9' => return number(rest),
        '+' | '-' | '^' | '/' => Kind::Operator(c),
        '−' => Kind::Operator('-'),
        '÷' => Kind::Operator('/'),
        '*' | '×' | '·' => Kind::Operator('x'),
        _ if is_times => Kind::Operator('x'),
        '(' => Kind::Open,
        ')' => Kind::Close,
        ',' => Kind::Comma,
        // "0.5 %p" counts points.
        '%' if !second.is_some_and(|second| second.is_ascii_alphabetic()) => Kind::Percent,
        '$' | '€' | '£' | '₩' | '¥' => Kind::Currency,
        _ if c.is_alphabetic() => return Some((Kind::Word, word_length(rest))),
        _ => return None,
    };
    Some((kind, c.len_utf8()))
}

/// A word with the unit that it is divided by: req/s.
fn word_length(rest: &str) -> usize {
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let goes_on = c.is_alphanumeric()
            || c == '_'
            || matches!(c, '/' | '-' | '\'') && next.is_some_and(char::is_alphabetic);
        if !goes_on {
            return at;
        }
    }
    rest.len()
}

/// A number, with commas between thousands only.
fn number(rest: &str) -> Option<(Kind, usize)> {
    let length = rest
        .char_indices()
        .find(|(at, c)| {
            let is_before_digit = rest.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
            !(c.is_ascii_digit() || matches!(c, '.' | ',') && is_before_digit)
        })
        .map_or(rest.len(), |(at, _)| at);
    let (digits, after) = rest.split_at_checked(length)?;
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_grouped = !whole.contains(',') || first.len() <= 3;
    let is_hex = digits == "0" && after.starts_with(['x', 'X']);
    if !is_grouped || is_hex || groups.any(|group| group.len() != 3) || decimals.contains(',') {
        return None;
    }
    let value = digits.replace(',', "").parse::<f64>().ok()?;
    Some((Kind::Number { value, decimals: decimals.len() }, length))
}

/// A value on the way, with the last unit that was written.
#[derive(Debug, Clone, Copy)]
struct Value<'t> {
    number: f64,
    unit: Option<&'t str>,
    is_percent: bool,
}

struct Reader<'a, 't> {
    tokens: &'a [Token<'t>],
    at: usize,
    depth: usize,
    multiplies: bool,
}

impl<'t> Reader<'_, 't> {
    fn peek(&self) -> Option<Kind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    fn operator(&mut self, wanted: &[char]) -> Option<char> {
        match self.peek() {
            Some(Kind::Operator(operator)) if wanted.contains(&operator) => {
                self.at += 1;
                Some(operator)
            }
            _ => None,
        }
    }

    fn sum(&mut self) -> Option<Value<'t>> {
        let mut value = self.product()?;
        while let Some(operator) = self.operator(&['+', '-']) {
            let next = self.product()?;
            value = added(value, next, if operator == '-' { -1.0 } else { 1.0 })?;
        }
        Some(value)
    }

    fn product(&mut self) -> Option<Value<'t>> {
        let mut value = self.signed()?;
        while let Some(operator) = self.operator(&['x', '/']) {
            self.multiplies = true;
            let next = self.signed()?;
            let number = match operator {
                'x' => value.number * next.number,
                _ => value.number / next.number,
            };
            let is_percent = value.is_percent || next.is_percent;
            value = Value { number, unit: next.unit.or(value.unit), is_percent };
        }
        Some(value)
    }

    fn signed(&mut self) -> Option<Value<'t>> {
        let sign = if self.operator(&['-']).is_some() { -1.0 } else { 1.0 };
        let base = self.operand()?;
        if self.operator(&['^']).is_none() {
            return Some(Value { number: sign * base.number, ..base });
        }
        self.multiplies = true;
        let exponent_sign = if self.operator(&['-']).is_some() { -1.0 } else { 1.0 };
        let exponent = self.operand()?;
        // People read 2^3^2 in two ways, and 5 % ^ 2 too.
        if self.operator(&['^']).is_some() || base.is_percent || exponent.is_percent {
            return None;
        }
        let number = sign * base.number.powf(exponent_sign * exponent.number);
        Some(Value { number, unit: base.unit.or(exponent.unit), is_percent: false })
    }

    /// A number or a sum in parentheses, with its percent sign and at most one word as its unit.
    fn operand(&mut self) -> Option<Value<'t>> {
        let token = *self.tokens.get(self.at)?;
        self.at += 1;
        let mut value = match token.kind {
            Kind::Number { value, .. } => Value { number: value, unit: None, is_percent: false },
            Kind::Currency if matches!(self.peek(), Some(Kind::Number { .. })) => {
                let amount = self.operand()?;
                return Some(Value { unit: Some(token.text), ..amount });
            }
            Kind::Open if self.depth < DEEPEST => self.parenthesis()?,
            _ => return None,
        };
        if self.peek() == Some(Kind::Percent) {
            self.at += 1;
            value = Value { number: value.number / 100.0, is_percent: true, ..value };
        }
        if let Some(word) = self.tokens.get(self.at).filter(|token| token.kind == Kind::Word) {
            if !is_plain(word.text) {
                return None;
            }
            self.at += 1;
            value.unit = Some(word.text);
        }
        Some(value)
    }

    fn parenthesis(&mut self) -> Option<Value<'t>> {
        self.depth += 1;
        let value = self.sum()?;
        self.depth -= 1;
        if self.peek() != Some(Kind::Close) {
            return None;
        }
        self.at += 1;
        Some(value)
    }
}

/// The sum of two values of one kind.
fn added<'t>(a: Value<'t>, b: Value<'t>, sign: f64) -> Option<Value<'t>> {
    let is_counted = |unit: Option<&str>| unit.is_none_or(|unit| COUNTERS.contains(&unit));
    let is_one_unit = a.unit == b.unit || is_counted(a.unit) && is_counted(b.unit);
    // "200 - 10 %" takes a tenth of 200; only 1 and the whole are without doubt.
    let is_one = |value: Value<'_>| (value.number - 1.0).abs() < 1e-12 && !value.is_percent;
    let is_one_kind = a.is_percent == b.is_percent || is_one(a) || is_one(b);
    if !is_one_unit || !is_one_kind {
        return None;
    }
    let is_percent = a.is_percent || b.is_percent;
    Some(Value { number: a.number + sign * b.number, unit: a.unit.or(b.unit), is_percent })
}
