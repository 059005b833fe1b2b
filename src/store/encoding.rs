//! How values that hold several things are written as one text.

use crate::domain::card::PointHash;
use crate::domain::review::PointResult;

/// Stands between the items of a list; deck texts never hold it.
pub const SEPARATOR: char = '\u{1f}';

/// Hits and misses as `+0123456789abcdef -…`, so that any tool can read the log.
pub fn points_text(points: &[PointResult]) -> String {
    let words: Vec<String> = points
        .iter()
        .map(|result| format!("{}{:016x}", if result.hit { '+' } else { '-' }, result.point.0))
        .collect();
    words.join(" ")
}

/// Reads what [`points_text`] wrote; `None` for anything else.
pub fn points_of(text: &str) -> Option<Vec<PointResult>> {
    text.split_ascii_whitespace()
        .map(|word| {
            let (hit, digits) = match word.split_at_checked(1)? {
                ("+", digits) => (true, digits),
                ("-", digits) => (false, digits),
                _ => return None,
            };
            Some(PointResult { point: hash_of(digits)?, hit })
        })
        .collect()
}

/// Point hashes as hex words.
pub fn hashes_text(hashes: &[PointHash]) -> String {
    let words: Vec<String> = hashes.iter().map(|hash| format!("{:016x}", hash.0)).collect();
    words.join(" ")
}

/// Reads what [`hashes_text`] wrote; `None` for anything else.
pub fn hashes_of(text: &str) -> Option<Vec<PointHash>> {
    text.split_ascii_whitespace().map(hash_of).collect()
}

fn hash_of(digits: &str) -> Option<PointHash> {
    u64::from_str_radix(digits, 16).ok().map(PointHash)
}

/// A list as one text.
pub fn list_text<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.replace(SEPARATOR, " ")).collect();
    items.join("\u{1f}")
}

/// Reads what [`list_text`] wrote; an empty text is an empty list.
pub fn list_of<T>(text: &str, item: impl Fn(String) -> T) -> Vec<T> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split(SEPARATOR).map(|part| item(part.to_owned())).collect()
}
