//! Breaking, cutting and padding text by the cells it takes on the screen.
//!
//! Lines break at spaces and between Han or Kana letters. A word, and so a Korean word with its particles, is
//! broken only where it is wider than the line; a grapheme never. Where a single glyph is wider than the line it
//! stands alone on one and the terminal cuts it: no text is dropped and no width loops.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells that a text takes: the sum over its graphemes, as the screen buffer counts.
pub fn cells(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Text that is safe to draw: line ends kept, a tab as spaces, every other control and direction-changing
/// character removed, so that a deck cannot write escapes.
pub fn clean(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => safe.push('\n'),
            '\t' => safe.push_str("    "),
            c if c.is_control() || is_invisible_order(c) => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Marks that reorder what follows, and the byte order mark.
fn is_invisible_order(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Breaks a text into lines of at most `width` cells. Line ends in the text are kept; an empty text is one empty line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let glyphs = glyphs_of(&[Span::raw(text)]);
    break_lines(&glyphs, width, width)
        .into_iter()
        .map(|line| line.iter().map(|glyph| glyph.text.as_str()).collect())
        .collect()
}

/// Breaks styled text into lines of at most `width` cells, the first after `first`, the others after `rest`:
/// a list item hangs from its marker. Prefixes that leave too little room are shortened.
pub fn wrap_spans(
    spans: &[Span<'_>],
    width: usize,
    first: &[Span<'static>],
    rest: &[Span<'static>],
) -> Vec<Line<'static>> {
    let (first, rest) = (fitting_prefix(first, width), fitting_prefix(rest, width));
    let room = |prefix: &[Span<'_>]| width.saturating_sub(spans_width(prefix));
    let glyphs = glyphs_of(spans);
    let lines = break_lines(&glyphs, room(first), room(rest));
    lines
        .into_iter()
        .enumerate()
        .map(|(number, line)| {
            let mut spans = if number == 0 { first.to_vec() } else { rest.to_vec() };
            spans.extend(joined(line));
            Line::from(spans)
        })
        .collect()
}

/// Cells that a row of spans takes.
pub fn spans_width(spans: &[Span<'_>]) -> usize {
    spans.iter().map(|span| cells(&span.content)).sum()
}

/// Cuts a text to at most `width` cells, ending in `ellipsis` where something was cut and the ellipsis fits.
pub fn truncate(text: &str, width: usize, ellipsis: &str) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let (kept, mark) = match width.checked_sub(cells(ellipsis)) {
        Some(room) => (room, ellipsis),
        None => (width, ""),
    };
    let mut taken = 0;
    let head = text.graphemes(true).take_while(|grapheme| {
        taken += grapheme.width();
        taken <= kept
    });
    head.chain([mark]).collect()
}

/// Fills a text with spaces to `width` cells; a wider text is returned as it is.
pub fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(cells(text));
    format!("{text}{}", " ".repeat(missing))
}

/// Fills a text with spaces on its left to `width` cells; a wider text is returned as it is.
pub fn pad_left(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(cells(text));
    format!("{}{text}", " ".repeat(missing))
}

/// The part of a row of spans from cell `offset` on, at most `width` cells; half of a wide glyph is a space.
pub fn window(spans: &[Span<'_>], offset: usize, width: usize) -> Vec<Span<'static>> {
    let mut column = 0;
    let mut shown: Vec<Glyph> = Vec::new();
    let end = offset.saturating_add(width);
    for glyph in glyphs_of(spans) {
        let start = column;
        column += glyph.width;
        if column <= offset || start >= end {
            // A mark without width belongs to the glyph before it, but never to one that is out of sight.
            if glyph.width > 0 || start < offset || start > end || shown.is_empty() {
                continue;
            }
        }
        if start < offset || column > end {
            let half = column.min(end) - start.max(offset);
            shown.push(Glyph { text: " ".repeat(half), width: half, ..glyph });
        } else {
            shown.push(glyph);
        }
    }
    joined(&shown)
}

/// One grapheme with its width and style.
#[derive(Clone, Debug)]
struct Glyph {
    text: String,
    width: usize,
    style: Style,
}

impl Glyph {
    fn is_line_end(&self) -> bool {
        self.text == "\n"
    }

    /// A space at which a line may break; a no-break space is none.
    fn is_space(&self) -> bool {
        // A space under a combining mark is text.
        self.text.chars().all(char::is_whitespace)
            && !self.is_line_end()
            && !self.text.starts_with(['\u{a0}', '\u{202f}', '\u{2007}'])
    }

    fn first(&self) -> char {
        self.text.chars().next().unwrap_or(' ')
    }
}

fn glyphs_of(spans: &[Span<'_>]) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    for span in spans {
        let text = clean(&span.content);
        glyphs.extend(text.graphemes(true).map(|grapheme| Glyph {
            text: grapheme.to_owned(),
            width: grapheme.width(),
            style: span.style,
        }));
    }
    glyphs
}

/// Neighbours of one style as one span.
fn joined(glyphs: &[Glyph]) -> Vec<Span<'static>> {
    glyphs
        .chunk_by(|one, next| one.style == next.style)
        .map(|run| {
            let text: String = run.iter().map(|glyph| glyph.text.as_str()).collect();
            Span::styled(text, run[0].style)
        })
        .collect()
}

/// The prefix if it leaves room for a few words, else its last part (the marker), else nothing.
fn fitting_prefix<'a>(prefix: &'a [Span<'static>], width: usize) -> &'a [Span<'static>] {
    const LEAST_ROOM: usize = 8;
    if spans_width(prefix) + LEAST_ROOM <= width {
        return prefix;
    }
    let marker = &prefix[prefix.len().saturating_sub(1)..];
    if spans_width(marker) + 2 <= width { marker } else { &[] }
}

/// Where each line begins and ends; spaces at a break belong to no line.
fn break_lines(glyphs: &[Glyph], first_width: usize, rest_width: usize) -> Vec<&[Glyph]> {
    let mut lines = Vec::new();
    for paragraph in glyphs.split(Glyph::is_line_end) {
        let mut filler =
            Filler { glyphs: paragraph, start: 0, end: 0, column: 0, lines: &mut lines };
        for word in words(paragraph) {
            let width = if filler.lines.is_empty() { first_width } else { rest_width };
            filler.add(word, width.max(1), rest_width.max(1));
        }
        filler.finish();
    }
    lines
}

/// Spaces and the unbreakable run after them, as positions in the paragraph.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    text: usize,
    end: usize,
}

fn words(glyphs: &[Glyph]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut position = 0;
    while position < glyphs.len() {
        let start = position;
        while position < glyphs.len() && glyphs[position].is_space() {
            position += 1;
        }
        let text = position;
        while position < glyphs.len() && !glyphs[position].is_space() {
            position += 1;
            if position < glyphs.len() && may_break(&glyphs[position - 1], &glyphs[position]) {
                break;
            }
        }
        words.push(Word { start, text, end: position });
    }
    words
}

/// Whether a line may break between two glyphs that have no space between them.
fn may_break(before: &Glyph, after: &Glyph) -> bool {
    let (before, after) = (before.first(), after.first());
    (is_han_or_kana(before) || is_han_or_kana(after)) && !is_opening(before) && !is_closing(after)
        || before == '\u{200b}'
}

fn is_han_or_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_opening(c: char) -> bool {
    "([{<\"'「『（【《〈“‘".contains(c)
}

/// Signs that never begin a line, small Kana and the long-vowel mark among them.
fn is_closing(c: char) -> bool {
    ")]}>\"'.,:;!?%~-、。，．：；！？」』）】》〉”’…ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々"
        .contains(c)
}

/// Fills lines with words.
struct Filler<'g, 'l> {
    glyphs: &'g [Glyph],
    start: usize,
    end: usize,
    column: usize,
    lines: &'l mut Vec<&'g [Glyph]>,
}

impl Filler<'_, '_> {
    fn add(&mut self, word: Word, width: usize, rest_width: usize) {
        let wide = self.width_of(word.start, word.end);
        if self.column + wide <= width {
            self.column += wide;
            self.end = word.end;
            return;
        }
        let mut width = width;
        let begun = self.end > self.start;
        if begun {
            self.close(word.text);
            width = rest_width;
        } else {
            // Leading spaces that leave no room for their word are not worth a line.
            self.start = word.text;
        }
        self.add_by_glyphs(word, width, rest_width);
    }

    /// A word on a line of its own, broken where it is wider.
    fn add_by_glyphs(&mut self, word: Word, first_width: usize, rest_width: usize) {
        let mut width = first_width;
        self.end = word.text;
        for position in word.text..word.end {
            let wide = self.glyphs[position].width;
            if self.column + wide > width && self.end > self.start {
                self.close(position);
                width = rest_width;
            }
            self.column += wide;
            self.end = position + 1;
        }
    }

    fn close(&mut self, next: usize) {
        self.lines.push(trimmed_end(&self.glyphs[self.start..self.end]));
        (self.start, self.end, self.column) = (next, next, 0);
    }

    fn finish(&mut self) {
        self.lines.push(trimmed_end(&self.glyphs[self.start..self.end]));
    }

    fn width_of(&self, start: usize, end: usize) -> usize {
        self.glyphs[start..end].iter().map(|glyph| glyph.width).sum()
    }
}

fn trimmed_end(line: &[Glyph]) -> &[Glyph] {
    let kept = line.iter().rposition(|glyph| !glyph.is_space()).map_or(0, |last| last + 1);
    &line[..kept]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, proptest};
    use proptest::{collection, prop_assert, prop_assert_eq, sample};
    use ratatui::style::{Modifier, Style};
    use ratatui::text::Span;

    use super::{cells, clean, pad, pad_left, spans_width, truncate, window, wrap, wrap_spans};

    #[test]
    fn korean_words_stay_whole() {
        assert_eq!(wrap("Read Timeout과 Connection", 14), ["Read Timeout과", "Connection"]);
        assert_eq!(wrap("커넥션 타임아웃은 다릅니다", 12), ["커넥션", "타임아웃은", "다릅니다"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        assert_eq!(wrap("a 쿠버네티스", 5), ["a", "쿠버", "네티", "스"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    }

    #[test]
    fn han_and_kana_break_anywhere_but_not_before_a_full_stop() {
        assert_eq!(wrap("漢字仮名交", 4), ["漢字", "仮名", "交"]);
        assert_eq!(wrap("漢字仮。", 6), ["漢字", "仮。"]);
    }

    #[test]
    fn a_cell_too_few_drops_nothing() {
        for width in [0, 1] {
            assert_eq!(wrap("가 나다", width), ["가", "나", "다"]);
        }
    }

    #[test]
    fn line_ends_and_empty_text_are_kept() {
        assert_eq!(wrap("a\n\nb\r\nc", 9), ["a", "", "b", "c"]);
        assert_eq!(wrap("", 9), [""]);
    }

    #[test]
    fn list_items_hang_from_their_marker() {
        let marker = [Span::raw("• ")];
        let lines = wrap_spans(&[Span::raw("one two three four")], 12, &marker, &[Span::raw("  ")]);
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["• one two", "  three four"]);
    }

    #[test]
    fn styles_survive_the_wrap() {
        let spans = [
            Span::raw("plain "),
            Span::styled("bold words", Style::new().add_modifier(Modifier::BOLD)),
        ];
        let lines = wrap_spans(&spans, 10, &[], &[]);
        assert_eq!(lines[0].to_string(), "plain bold");
        assert_eq!(lines[1].spans[0].style, Style::new().add_modifier(Modifier::BOLD));
    }

    #[test]
    fn cut_text_ends_in_an_ellipsis() {
        assert_eq!(truncate("쿠버네티스", 7, "…"), "쿠버네…");
        assert_eq!(truncate("쿠버네티스", 10, "…"), "쿠버네티스");
        assert_eq!(truncate("abcdef", 2, "..."), "ab");
        assert_eq!(truncate("가나", 1, "…"), "…");
    }

    #[test]
    fn padding_counts_cells() {
        assert_eq!((pad("가", 4), pad_left("가", 4)), ("가  ".into(), "  가".into()));
        assert_eq!(pad("abc", 2), "abc");
    }

    #[test]
    fn a_window_shows_half_a_wide_glyph_as_a_space() {
        let spans = [Span::raw("a가나b")];
        let text: String = window(&spans, 2, 4).iter().map(|span| span.content.as_ref()).collect();
        assert_eq!(text, " 나b");
        let text: String = window(&spans, 0, 2).iter().map(|span| span.content.as_ref()).collect();
        assert_eq!(text, "a ");
    }

    #[test]
    fn escapes_are_not_drawn() {
        assert_eq!(clean("\u{1b}[31mred\u{7}\u{202e}"), "[31mred");
        assert_eq!(wrap("a\u{1b}]0;x\u{7}", 20), ["a]0;x"]);
    }

    const LETTERS: [&str; 17] = [
        "a",
        "bc",
        " ",
        "  ",
        "가",
        "타임아웃",
        "漢",
        "の",
        "。",
        "\n",
        "e\u{301}",
        " \u{301}",
        "👨\u{200d}👩\u{200d}👧",
        "\u{1b}",
        "\t",
        "-",
        "한",
    ];

    fn visible(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn no_text_is_lost_and_no_line_is_too_wide(
            parts in collection::vec(sample::select(&LETTERS[..]), 0..60), width in 0usize..40,
        ) {
            let text = parts.concat();
            let lines = wrap(&text, width);
            prop_assert_eq!(visible(&lines.concat()), visible(&clean(&text)));
            for line in &lines {
                let alone = super::glyphs_of(&[Span::raw(line.as_str())]).iter().filter(|g| g.width > 0).count() <= 1;
                prop_assert!(cells(line) <= width || alone, "{line:?} at {width}");
            }
        }

        #[test]
        fn any_text_wraps(text in any::<String>(), width in 0usize..80) {
            let lines = wrap(&text, width);
            prop_assert_eq!(visible(&lines.concat()), visible(&clean(&text)));
        }

        #[test]
        fn cutting_and_windows_keep_their_width(
            parts in collection::vec(sample::select(&LETTERS[..]), 0..30),
            offset in 0usize..30, width in 0usize..30,
        ) {
            let text = clean(&parts.concat()).replace('\n', " ");
            prop_assert!(cells(&truncate(&text, width, "…")) <= width);
            prop_assert!(spans_width(&window(&[Span::raw(text)], offset, width)) <= width);
        }
    }
}
