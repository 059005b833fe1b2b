//! Emphasis that ends before a Korean particle.

/// Ends emphasis where a Korean writer means it to end.
///
/// CommonMark lets `**목표(SLO)**는` stand, for stars between a bracket and a letter close nothing, and Korean puts
/// particles there all the time. A joiner without width beside the stars mends it; the renderer takes it away again.
pub fn with_korean_emphasis(markdown: &str) -> String {
    let mut mended = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(start) = rest.find('*') {
        let (head, stars_on) = rest.split_at(start);
        let stars = stars_on.len() - stars_on.trim_start_matches('*').len();
        let (stars, tail) = stars_on.split_at(stars);
        mended.push_str(head);
        let before = mended.chars().next_back().unwrap_or(' ');
        let after = tail.chars().next().unwrap_or(' ');
        match (is_sign(before), is_sign(after)) {
            (true, false) if is_korean(after) => mended.extend([JOINER, stars]),
            (false, true) if is_korean(before) => mended.extend([stars, JOINER]),
            _ => mended.push_str(stars),
        }
        rest = tail;
    }
    mended.push_str(rest);
    mended
}

/// No letter, no punctuation, no space, and nothing to be seen.
pub const JOINER: &str = "\u{2060}";

/// Punctuation, but for the backslash, which must keep what it escapes.
fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '*' | '\\')
}

fn is_korean(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{3131}'..='\u{318e}')
}
