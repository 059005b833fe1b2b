//! Character references of HTML: `&amp;`, `&#44032;`, `&#xAC00;`.

use crate::exchange::anki::clean::is_unwelcome;

/// The names that card texts use; the full list has 2,231.
const NAMED: [(&str, char); 74] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("hellip", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bull", '•'),
    ("middot", '·'),
    ("sect", '§'),
    ("para", '¶'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("micro", 'µ'),
    ("plusmn", '±'),
    ("times", '×'),
    ("divide", '÷'),
    ("minus", '−'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("equiv", '≡'),
    ("asymp", '≈'),
    ("infin", '∞'),
    ("sum", '∑'),
    ("prod", '∏'),
    ("radic", '√'),
    ("isin", '∈'),
    ("cap", '∩'),
    ("cup", '∪'),
    ("and", '∧'),
    ("or", '∨'),
    ("forall", '∀'),
    ("exist", '∃'),
    ("larr", '←'),
    ("rarr", '→'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("lArr", '⇐'),
    ("rArr", '⇒'),
    ("hArr", '⇔'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ε'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("pi", 'π'),
    ("sigma", 'σ'),
    ("Delta", 'Δ'),
    ("Omega", 'Ω'),
];

/// Bytes of the longest reference that is looked for, without `&` and `;`.
const LONGEST: usize = 10;

/// The character that a text beginning with `&` refers to, and the length of the reference in bytes.
pub fn reference(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let name = inner.get(..end)?;
    let meant = match name.strip_prefix('#') {
        Some(digits) => numbered(digits)?,
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((meant, end + 2))
}

fn numbered(digits: &str) -> Option<char> {
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let meant = char::from_u32(number)?;
    Some(match meant {
        '\u{a0}' => ' ',
        '\n' | '\t' => meant,
        c if is_unwelcome(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    })
}

/// The text with every reference replaced.
pub fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((meant, length)) => {
                plain.push(meant);
                rest = &rest[length..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn references_become_characters_and_other_ampersands_stay() {
        assert_eq!(decoded("a &lt;b&gt; &amp;&#44032;&#xac00; &nbsp;x"), "a <b> &가가  x");
        assert_eq!(decoded("&#27;[31m &#x202e;"), "\u{fffd}[31m \u{fffd}");
        assert_eq!(decoded("R&D &unknown; &#x110000; &"), "R&D &unknown; &#x110000; &");
    }
}
