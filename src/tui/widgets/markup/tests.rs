//! What Markdown looks like on the screen.

use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::{collection, prop_assert, sample};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::{code_width, render, render_with_offset};
use crate::tui::theme::{Glyphs, Palette, Theme};
use crate::tui::widgets::wrap::spans_width;

const THEME: Theme = Theme::new(Palette::Dark, &Glyphs::UNICODE);

fn shown(markdown: &str, width: u16) -> Vec<String> {
    texts(&render(markdown, width, &THEME))
}

fn texts(lines: &[Line<'_>]) -> Vec<String> {
    lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect()
}

#[test]
fn paragraphs_are_wrapped_and_parted_by_a_blank_line() {
    assert_eq!(
        shown("one two\nthree\n\nRead Timeout과 Connection", 14),
        ["one two three", "", "Read Timeout과", "Connection"]
    );
}

#[test]
fn a_hard_break_breaks() {
    assert_eq!(shown("one  \ntwo\\\nthree", 20), ["one", "two", "three"]);
}

#[test]
fn lists_hang_and_nest() {
    assert_eq!(
        shown("intro\n\n- one two three\n  - inner words here\n- last\n\nafter", 14),
        ["intro", "", "• one two", "  three", "  • inner", "    words here", "• last", "", "after"]
    );
}

#[test]
fn numbered_lists_count_from_their_start() {
    assert_eq!(shown("9. nine\n1. ten is long", 12), ["9. nine", "10. ten is", "    long"]);
}

#[test]
fn items_with_paragraphs_stand_apart() {
    assert_eq!(shown("- one\n\n  more\n\n- two", 20), ["• one", "", "  more", "", "• two"]);
}

#[test]
fn an_item_without_text_still_shows_its_marker() {
    assert_eq!(shown("-\n- b", 20), ["•", "• b"]);
}

#[test]
fn quotations_carry_a_bar_on_each_line() {
    assert_eq!(shown("> one two\n>\n> three", 12), ["│ one two", "│", "│ three"]);
}

#[test]
fn code_is_cut_and_scrolls() {
    let markdown = "```sh\nkubectl get pods --all-namespaces\n```";
    assert_eq!(shown(markdown, 20), ["  kubectl get pods …"]);
    let scrolled = texts(&render_with_offset(markdown, 20, &THEME, 17));
    assert_eq!(scrolled, ["  --all-namespaces"]);
    assert_eq!(code_width(markdown), 35);
}

#[test]
fn code_lies_on_a_soft_background_to_the_edge() {
    let lines = render("```\na\n```", 20, &THEME);
    assert_eq!(spans_width(&lines[0].spans), 20);
    assert!(lines[0].spans.iter().all(|span| span.style.bg.is_some()));
}

#[test]
fn tables_count_cells_and_align() {
    let table = "| 항목 | n |\n|---|--:|\n| 파드 | 10 |\n| node | 3 |";
    assert_eq!(shown(table, 40), ["항목   n", "────────", "파드  10", "node   3"]);
}

#[test]
fn wide_tables_wrap_in_their_columns() {
    let table = "| a | b |\n|---|---|\n| one two three | four five |";
    assert_eq!(
        shown(table, 16),
        ["a        b", "────────────────", "one two  four", "three    five"]
    );
}

#[test]
fn tables_on_a_tiny_screen_are_written_out() {
    let table = "| a | b |\n|---|---|\n| x | y |\n| v | w |";
    assert_eq!(shown(table, 8), ["a: x", "b: y", "", "a: v", "b: w"]);
}

#[test]
fn links_show_their_words_and_html_is_text() {
    assert_eq!(shown("[docs](https://x.y) <b>bold</b>", 40), ["docs <b>bold</b>"]);
    assert_eq!(shown("<div>\nx\n</div>", 40), ["<div>", "x", "</div>"]);
}

#[test]
fn bold_is_bold() {
    let lines = render("a **b** c", 40, &THEME);
    let bold: Vec<&Span<'_>> = lines[0]
        .spans
        .iter()
        .filter(|span| span.style.add_modifier.contains(Modifier::BOLD))
        .collect();
    assert_eq!(bold.len(), 1);
    assert_eq!(bold[0].content, "b");
}

#[test]
fn emphasis_ends_before_a_korean_particle() {
    assert_eq!(shown("**SLO(목표)**는 **\"값\"**입니다", 40), ["SLO(목표)는 \"값\"입니다"]);
    assert_eq!(shown("이때**(예외)**만", 40), ["이때(예외)만"]);
    assert_eq!(shown("\\*가\\* (**가**)", 40), ["*가* (가)"]);
    assert_eq!(shown("`**(가)**나` 2**(n)", 40), ["**(가)**나 2**(n)"]);
}

#[test]
fn korean_ranges_are_not_struck_out() {
    assert_eq!(shown("1~3초, 5~7초", 40), ["1~3초, 5~7초"]);
}

#[test]
fn escapes_in_a_deck_are_not_drawn() {
    assert_eq!(shown("a\u{1b}[2Jb `\u{1b}c`", 40), ["a[2Jb c"]);
    assert_eq!(shown("&#27;[2J", 40), ["[2J"]);
}

const PIECES: [&str; 30] = [
    "- ",
    "1. ",
    "> ",
    "```yaml\n",
    "```\n",
    "\n",
    "\n\n",
    "  ",
    "    ",
    "**",
    "*",
    "`",
    "| a | b |\n|---|--:|\n",
    "| 쿠버네티스 | x |\n",
    "# ",
    "---\n",
    "[x](y)",
    "<b>",
    "가나다라마바사",
    "漢字",
    "word",
    "a-long-word-without-spaces",
    "👨\u{200d}👩\u{200d}👧",
    "e\u{301}",
    "\t",
    "\u{1b}",
    "key: value # no\n",
    "  \n",
    "\\\n",
    "&#27;",
];

fn fits(line: &Line<'_>, width: u16) -> bool {
    let text = line.to_string();
    let alone = text.graphemes(true).filter(|grapheme| !grapheme.trim().is_empty()).count() <= 1;
    spans_width(&line.spans) <= usize::from(width) || alone
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_line_is_wider_than_the_screen(
        pieces in collection::vec(sample::select(&PIECES[..]), 0..40),
        width in 1u16..=200, small in 1u16..=20, offset in 0u16..40, ascii in any::<bool>(),
    ) {
        let glyphs = if ascii { &Glyphs::ASCII } else { &Glyphs::UNICODE };
        let theme = Theme::new(Palette::Plain, glyphs);
        for width in [width, small] {
            for line in render_with_offset(&pieces.concat(), width, &theme, offset) {
                prop_assert!(fits(&line, width), "{line:?} at {width}");
            }
        }
    }

    #[test]
    fn any_text_is_rendered(text in any::<String>(), width in 0u16..=200) {
        for line in render(&text, width, &THEME) {
            prop_assert!(fits(&line, width.max(1)), "{line:?} at {width}");
        }
    }
}
