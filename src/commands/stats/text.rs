//! The pages as lines: the same as on the screen, in the width of the terminal.

use crate::commands::output;
use crate::commands::world::World;
use crate::study::stats::Stats;
use crate::trainer::Trainer;
use crate::tui::keymap::Keymap;
use crate::tui::look::Look;
use crate::tui::screens::stats::{Content, Page, Sheet};
use crate::tui::theme::{Palette, Theme};
use crate::tui::widgets::ansi::text_of;
use crate::tui::widgets::beside::heading;

/// Columns where the output is no terminal.
const USUAL_WIDTH: usize = 80;
/// Narrowest and widest page.
const WIDTHS: (usize, usize) = (40, 110);
/// Rows of a list when all pages are printed.
const SHOWN_ROWS: usize = 12;

/// One page, or all of them, the long lists cut.
pub fn pages(stats: &Stats, page: Option<Page>, trainer: &Trainer, world: &World) -> String {
    let color = world.has_color();
    let theme =
        if color { world.theme() } else { Theme::new(Palette::Plain, world.theme().glyphs) };
    let keymap = Keymap::default();
    let look = Look {
        theme: &theme,
        texts: world.texts(),
        lang: world.languages().0,
        labels: trainer.labels(),
        keymap: &keymap,
        now: world.now(),
        today: world.today(),
        clock: false,
    };
    let width = output::width(world).unwrap_or(USUAL_WIDTH).clamp(WIDTHS.0, WIDTHS.1);
    let sheet = Sheet {
        look: &look,
        stats,
        first_weekday: world.first_weekday(),
        width,
        // The curve stands on its own page; on a screen it fills what is left.
        height: 0,
        cursor: None,
    };
    if stats.evidence == 0 {
        return format!("{}\n", look.texts.no_reviews());
    }
    let whole: Vec<Page> = page.map_or_else(|| Page::ALL.to_vec(), |page| vec![page]);
    let printed = |one: &Page| {
        let mut text = text_of(&heading(&look, one.title(&look), window(&sheet), width), color);
        text.push_str("\n\n");
        text.push_str(&lines(&sheet, *one, page.is_none(), color));
        text
    };
    whole.iter().map(printed).collect::<Vec<_>>().join("\n\n")
}

fn window<'a>(sheet: &Sheet<'a>) -> &'a str {
    sheet.look.texts.stats_window(sheet.stats.window)
}

fn lines(sheet: &Sheet<'_>, page: Page, is_cut: bool, color: bool) -> String {
    let Content { fixed, lines, .. } = sheet.content(page);
    let is_list = matches!(page, Page::Tags | Page::Hard);
    let most = if is_cut && is_list { SHOWN_ROWS } else { usize::MAX };
    let hidden = lines.len().saturating_sub(most);
    let shown = fixed.iter().chain(lines.iter().take(most));
    let mut text: String = shown.flat_map(|line| [text_of(line, color), "\n".to_owned()]).collect();
    if hidden > 0 {
        let command = format!("prep stats --page {}", page.name());
        let more = sheet.look.texts.stats_more(hidden, &command);
        text.push_str(&text_of(&heading(sheet.look, "", &more, sheet.width), color));
        text.push('\n');
    }
    text
}
