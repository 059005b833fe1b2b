//! The arithmetic in the `working` of a number card: equations whose two sides do not agree.
//!
//! Only what can be read with certainty is judged. A side with other words between its operands, a rounding
//! ("about", 약, ceil), a range, or a sum of different units says nothing; a change of units by a usual factor is no mistake.

use std::collections::BTreeMap;
use std::fmt;

use crate::decks::arithmetic::{Side, read_side};

/// How far the sides may differ, of the larger one: rounded values are usual.
const ROUNDED: f64 = 0.006;
/// Binary fractions do not end where decimal ones do; of the largest operand.
const HAIR: f64 = 1e-9;
/// Stands where two lines may or may not be one computation; no side that contains it is read.
const UNCLEAR: char = '\0';
/// Factors between usual units: of time, bits and bytes, scale words such as 만 and million.
const FACTORS: [f64; 20] = [
    1.0,
    7.0,
    8.0,
    12.0,
    24.0,
    30.0,
    31.0,
    52.0,
    60.0,
    168.0,
    365.0,
    720.0,
    730.0,
    1440.0,
    3600.0,
    8760.0,
    43_200.0,
    86_400.0,
    525_600.0,
    2_592_000.0,
];
/// Steps between prefixes (k, M, Ki, Mi …) and the Korean 만 and 억.
const STEPS: [f64; 11] =
    [1.0, 1e3, 1e4, 1e6, 1e8, 1e9, 1e12, 1024.0, 1_048_576.0, 1_073_741_824.0, 1_099_511_627_776.0];

/// An equation that is not true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongEquation {
    /// The equation as it is written.
    pub says: String,
    /// What its sides really are.
    pub truth: String,
}

impl fmt::Display for WrongEquation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the working says {}, but {}", self.says, self.truth)
    }
}

/// The equations of a working that are surely wrong, in reading order.
pub fn wrong_equations(working: &str) -> Vec<WrongEquation> {
    segments(working).iter().flat_map(|segment| wrong_in_chain(segment)).collect()
}

/// The numbers in a text, with commas between thousands, and how many decimals each shows.
pub fn numbers_in(text: &str) -> impl Iterator<Item = (f64, usize)> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .map(|digits| digits.trim_matches(['.', ',']).replace(',', ""))
        .filter_map(|digits| {
            let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            digits.parse::<f64>().ok().map(|number| (number, decimals))
        })
}

/// The parts of a working that are computed on their own: sentences, list items, lines, equations in parentheses.
fn segments(text: &str) -> Vec<String> {
    let parentheses = parentheses(text);
    let mut segments = vec![String::new()];
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        let (before, after) =
            (text.get(..at).unwrap_or(""), text.get(at + c.len_utf8()..).unwrap_or(""));
        let is_listed = after.is_empty() || after.starts_with(char::is_whitespace);
        let is_cut = match c {
            '(' | ')' => {
                let has_equation = parentheses.get(&at).copied();
                match (has_equation, c) {
                    (Some(false), '(') => depth += 1,
                    (Some(false), _) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                has_equation == Some(true)
            }
            ';' => depth == 0,
            ',' | '.' => depth == 0 && is_listed,
            '\n' => {
                let joint = line_joint(before, after);
                push(&mut segments, joint.unwrap_or(' '));
                joint.is_none() && depth == 0
            }
            _ => false,
        };
        if is_cut {
            segments.push(String::new());
        } else if c != '\n' {
            push(&mut segments, c);
        }
    }
    segments
}

fn push(segments: &mut [String], c: char) {
    if let Some(segment) = segments.last_mut() {
        segment.push(c);
    }
}

/// What joins two lines; `None` if each stands on its own.
///
/// A line that begins with a minus may be an item of a list or go on subtracting: that is unclear.
fn line_joint(before: &str, after: &str) -> Option<char> {
    let ends_with = before.trim_end_matches([' ', '\t', '\r']).chars().next_back();
    let starts_with = after.trim_start_matches([' ', '\t']).chars().next();
    let is_operator = |c: char| "+-*/^x×÷−·".contains(c);
    if ends_with == Some('=') || starts_with == Some('=') {
        Some(' ')
    } else if ends_with.is_some_and(is_operator) || starts_with.is_some_and(is_operator) {
        Some(UNCLEAR)
    } else {
        None
    }
}

/// Where the paired parentheses stand, and whether there is an equation between them.
fn parentheses(text: &str) -> BTreeMap<usize, bool> {
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut pairs = BTreeMap::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => open.push((at, false)),
            '=' => {
                if let Some((_, has_equation)) = open.last_mut() {
                    *has_equation = true;
                }
            }
            ')' => {
                if let Some((start, has_equation)) = open.pop() {
                    pairs.insert(start, has_equation);
                    pairs.insert(at, has_equation);
                    if let Some((_, outer)) = open.last_mut() {
                        *outer |= has_equation;
                    }
                }
            }
            _ => {}
        }
    }
    pairs
}

fn wrong_in_chain(segment: &str) -> Vec<WrongEquation> {
    let texts: Vec<&str> = segment.split('=').collect();
    let last = texts.len() - 1;
    let sides: Vec<Option<Side<'_>>> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| read_side(text, index == 0, index == last))
        .collect();
    let mut has_computed = false;
    let mut wrong = Vec::new();
    for pair in sides.windows(2) {
        let [Some(left), Some(right)] = pair else {
            continue;
        };
        has_computed |= !(left.is_bare && right.is_bare);
        // "level 5 = 52" is no computation; "a x b = 0.02 = 2 %" and "0.02 = 2 %" are.
        let is_computed = has_computed || left.has_percent || right.has_percent;
        if is_computed && !agree(left, right) {
            wrong.push(wrong_equation(left, right));
        }
    }
    wrong
}

fn agree(left: &Side<'_>, right: &Side<'_>) -> bool {
    let has_other_units = left.units != right.units;
    let is_renamed = has_other_units && !left.units.is_empty() && !right.units.is_empty();
    if is_renamed && !left.multiplies && !right.multiplies {
        // 72 h = 3 d, 3 nodes = 12 vCPU: not of one kind.
        return true;
    }
    let (scaled_left, scaled_right) = (in_percent(left, right), in_percent(right, left));
    if is_close(left, right, left.value, right.value)
        || is_close(left, right, scaled_left, right.value)
        || is_close(left, right, left.value, scaled_right)
    {
        return true;
    }
    (has_other_units || left.units.len() > 1) && is_conversion(left.value, right.value)
}

/// The value of a side that may count hundredths without saying so: 21.6 / 43,200 x 100 = 0.05 %.
fn in_percent(side: &Side<'_>, other: &Side<'_>) -> f64 {
    let is_meant = !side.is_bare && !side.has_percent && other.is_bare && other.has_percent;
    if is_meant { side.value / 100.0 } else { side.value }
}

fn is_close(left: &Side<'_>, right: &Side<'_>, a: f64, b: f64) -> bool {
    let difference = (a - b).abs();
    let hair = left.largest.max(right.largest) * HAIR;
    let rounded = (a.abs().max(b.abs()) * ROUNDED).max(left.half_place).max(right.half_place);
    difference <= rounded.max(hair) * (1.0 + HAIR)
}

fn is_conversion(a: f64, b: f64) -> bool {
    let ratio = (a / b).abs();
    let ratio = if ratio < 1.0 { ratio.recip() } else { ratio };
    ratio.is_finite()
        && FACTORS.iter().any(|factor| {
            STEPS.iter().any(|step| {
                let is_near = |wanted: f64| (ratio / wanted - 1.0).abs() <= ROUNDED;
                is_near(factor * step) || is_near(factor / step) || is_near(step / factor)
            })
        })
}

fn wrong_equation(left: &Side<'_>, right: &Side<'_>) -> WrongEquation {
    let is = |side: &Side<'_>, other: &Side<'_>| {
        format!("{} is {}", side.text, shown(side.value, other.is_bare && other.has_percent))
    };
    let truth = match (left.is_bare, right.is_bare) {
        (false, false) => format!(
            "{} is {} and {} is {}",
            left.text,
            shown(left.value, false),
            right.text,
            shown(right.value, false)
        ),
        (true, false) => is(right, left),
        _ => is(left, right),
    };
    WrongEquation { says: format!("{} = {}", left.text, right.text), truth }
}

/// A value with six digits that count.
fn shown(value: f64, in_percent: bool) -> String {
    let value = if in_percent { value * 100.0 } else { value };
    let rounded = format!("{value:.5e}").parse::<f64>().unwrap_or(value);
    let digits = if (1e-7..1e15).contains(&rounded.abs()) || rounded.abs() <= 0.0 {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
    };
    if in_percent { format!("{digits} %") } else { digits }
}
