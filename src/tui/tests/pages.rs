//! Every page at every size and without colours.

use ratatui::style::Color;

use crate::domain::lang::Lang;
use crate::tui::tests::desk::{CARDS, LANGS, Plan, Sitting, desk, frame_of};
use crate::tui::tests::stats::{deck, with_history};
use crate::tui::tests::study::{How, answer};
use crate::tui::widgets::wrap::cells;

/// Folders from the root of the package: their paths stand on the page of decks.
pub const FINE: &str = "src/tui/tests/decks/fine";
/// A deck with mistakes.
pub const BROKEN: &str = "src/tui/tests/decks/broken";

/// Every page that there is, with its name.
pub fn every_page(lang: Lang) -> Vec<(&'static str, Sitting)> {
    pages(&desk(CARDS).lang(lang))
}

fn pages(plan: &Plan) -> Vec<(&'static str, Sitting)> {
    let study = |id: &str, keys: &str| {
        let mut sitting = plan.clone().study(&[id, "ops/timeouts"]);
        sitting.keys(keys);
        sitting
    };
    let quiz = |deck: &str, keys: &str| {
        let mut sitting = plan.clone().quiz(|request| {
            request.filter.tags = vec![crate::domain::tag::Tag(deck.into())];
        });
        sitting.keys(keys);
        sitting
    };
    let mut pages = vec![
        ("first run", plan.clone().first_run()),
        ("home", plan.clone().home()),
        ("question", study("ops/timeouts", "h")),
        ("question bare", study("ops/health", "")),
        ("typing", study("ops/timeouts", "enter type:핸드셰이크가 type:끝나지 type:않음")),
        ("confidence", study("ops/timeouts", "enter type:핸드셰이크 tab")),
        ("ticks", study("ops/timeouts", "enter type:핸드셰이크 tab 3 1")),
        ("grade", study("ops/timeouts", "3 1 3 enter")),
        ("answer", study("ops/health", "space")),
        ("choice", study("ops/port", "h down")),
        ("order", study("ops/boot", "2 1")),
        ("cloze", study("ops/http", "type:사백")),
        ("number", study("ops/downtime", "type:12")),
        ("command closed", study("ops/disk", "type:df esc")),
        ("quiz result", quiz("sre", "type:21.6 enter enter")),
        ("quiz trouble", quiz("nothing", "")),
        ("quiz field", quiz("sre", "type:1")),
        ("quiz feedback", quiz("sre", "type:21.6 enter")),
        ("quiz closed", quiz("sre", "type:1 esc")),
    ];
    pages.push(changed(plan.clone().first_run(), "first run lists", "tab tab tab"));
    pages.push(changed(plan.clone().first_run(), "first run refused", "type:soon enter"));
    pages.push(changed(plan.clone().folder(FINE).home(), "decks", "end enter"));
    pages.push(changed(plan.clone().folder(BROKEN).home(), "decks broken", "end enter"));
    pages.push(changed(plan.clone().home(), "quiz setup", "2 down"));
    pages.push(changed(plan.clone().home(), "stats empty", "s"));
    for (name, keys) in [
        ("stats overview", "s"),
        ("stats tags", "s 2"),
        ("stats calibration", "s 3"),
        ("stats forecast", "s 4 down"),
        ("stats hard", "s 5 down"),
    ] {
        pages.push(changed(with_history(plan.clone().deck(&deck())), name, keys));
    }
    pages.push(changed(study("ops/health", "space 3"), "help", "?"));
    pages.push(changed(study("ops/health", "space 3"), "summary", "1 enter 1 esc"));
    pages.push(changed(study("ops/health", "3 1"), "summary list", "1 enter 1 esc r"));
    let mut planned = plan.clone().plan(Some(9));
    planned.rest();
    pages.push(("plan", planned));
    pages.push(("plan begun", plan.clone().plan(Some(30))));
    pages.push(("plan empty", plan.clone().plan(None)));
    pages.push(changed(plan.clone().plan(Some(9)), "plan form", "e down down"));
    pages.push(changed(plan.clone().plan(None), "plan form refused", "a type:soon enter"));
    for (name, keys) in [
        ("browse", "3 down space"),
        ("browse typing", "/ type:connected"),
        ("browse nothing", "/ type:zebra esc"),
        ("browse refused", "/ type:tag:zebra"),
        ("card", "3 enter"),
        ("card memory", "3 down enter tab"),
    ] {
        let mut sitting = plan.clone().home();
        sitting.keys(keys).rest();
        pages.push((name, sitting));
    }
    for id in ["ops/port", "ops/http", "ops/boot", "ops/downtime", "ops/disk"] {
        let mut sitting = study(id, "");
        let lang = lang_of(&sitting);
        answer(&mut sitting, lang, How::Wrong);
        pages.push(("judged", sitting));
    }
    pages
}

fn lang_of(sitting: &Sitting) -> Lang {
    sitting.desk.app.look(sitting.now).lang
}

fn changed(mut sitting: Sitting, name: &'static str, keys: &str) -> (&'static str, Sitting) {
    sitting.keys(keys);
    (name, sitting)
}

#[test]
fn every_page_fits_every_size() {
    let tiny = (0..=26).flat_map(|width| (0..=9).map(move |height| (width, height)));
    let sizes: Vec<(u16, u16)> =
        tiny.chain([(40, 12), (60, 15), (80, 24), (200, 50), (300, 3), (21, 100)]).collect();
    for lang in LANGS {
        for (name, sitting) in every_page(lang) {
            for size in &sizes {
                fits(name, &sitting, *size);
            }
        }
    }
}

/// No row is wider than the screen, and no wide glyph is cut or written over.
fn fits(name: &str, sitting: &Sitting, size: (u16, u16)) {
    let (buffer, cursor) = frame_of(&sitting.desk.app, size, sitting.now);
    assert_eq!((buffer.area.width, buffer.area.height), size);
    for y in 0..size.1 {
        let mut x = 0;
        while x < size.0 {
            let width = u16::try_from(cells(buffer[(x, y)].symbol())).unwrap().max(1);
            for covered in x + 1..(x + width).min(size.0) {
                let symbol = buffer[(covered, y)].symbol();
                assert!(symbol.trim().is_empty(), "{name} {size:?}: half a glyph at {x},{y}");
            }
            x += width;
        }
        assert_eq!(x, size.0, "{name}: row {y} is wider than {size:?}");
    }
    if let Some(crate::tui::widgets::page::Cursor::Shown(at)) = cursor {
        assert!(at.x < size.0 && at.y < size.1, "{name} {size:?}: cursor at {at:?}");
    }
}

#[test]
fn without_colours_no_page_sets_any() {
    for lang in LANGS {
        for (name, sitting) in pages(&desk(CARDS).lang(lang).without_colours()) {
            let (buffer, _) = sitting.frame();
            for cell in buffer.content() {
                assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{name}");
                assert_eq!(cell.underline_color, Color::Reset, "{name}");
            }
        }
    }
}

#[test]
fn with_colours_some_are_set() {
    use crate::tui::theme::Palette;
    for palette in [Palette::Terminal, Palette::Dark, Palette::Light] {
        let (buffer, _) = desk(CARDS).palette(palette).home().frame();
        assert!(buffer.content().iter().any(|cell| cell.fg != Color::Reset), "{palette:?}");
    }
}

#[test]
fn what_is_written_is_the_same_with_and_without_colours() {
    let plain = pages(&desk(CARDS).without_colours());
    for ((name, one), (_, other)) in pages(&desk(CARDS)).iter().zip(&plain) {
        assert_eq!(one.screen(), other.screen(), "{name}");
    }
}

#[test]
fn no_korean_page_has_an_english_sentence() {
    // Words of the interface that must be translated where they stand; deck titles and keys are not among them.
    let english = ["study", "grade", "undo", "leave", "minutes", "session", "answer", "question"];
    for (name, sitting) in every_page(Lang::Ko) {
        if name.starts_with("decks") {
            continue;
        }
        let screen = sitting.screen().to_lowercase();
        for word in english {
            let found = screen.split(|c: char| !c.is_ascii_alphabetic()).any(|it| it == word);
            assert!(!found, "{name} says `{word}`:\n{screen}");
        }
    }
}
