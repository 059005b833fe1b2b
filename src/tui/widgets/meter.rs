//! Small drawings of numbers: progress lines, dots of key points, bars of days.

use ratatui::text::Span;

use crate::study::plan::Range;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::wrap::window;

/// A heavy line over a faint track; `share` is 0 to 1.
pub fn line(theme: &Theme, share: f32, width: usize, role: Role) -> Vec<Span<'static>> {
    let filled = filled_cells(share, width);
    vec![
        Span::styled(theme.glyphs.heavy.repeat(filled), theme.style(role)),
        Span::styled(theme.glyphs.track.repeat(width - filled), theme.style(Role::Faint)),
    ]
}

/// The same with a mark where a goal of 0 to 1 stands.
pub fn line_to_goal(
    theme: &Theme,
    share: f32,
    goal: f32,
    width: usize,
    role: Role,
) -> Vec<Span<'static>> {
    let spans = line(theme, share, width, role);
    let at = filled_cells(goal, width).saturating_sub(1);
    let mut marked = window(&spans, 0, at);
    marked.push(Span::styled(theme.glyphs.goal, theme.style(Role::Text)));
    marked.extend(window(&spans, at + 1, width.saturating_sub(at + 1)));
    marked
}

/// Cells of `width` that a share fills: some for anything above nothing.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a share of a screen's width"
)]
fn filled_cells(share: f32, width: usize) -> usize {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let exact = (share * width as f32).round() as usize;
    if share > 0.0 { exact.max(1).min(width) } else { 0 }
}

/// Where a share lies by a forecast: a heavy line from its low end to its high one with a dot in the middle, over a
/// faint track from 0 to 1.
pub fn range(theme: &Theme, range: Range, width: usize) -> Vec<Span<'static>> {
    let last = width.saturating_sub(1);
    let [low, middle, high] =
        [range.low, range.middle, range.high].map(|share| filled_cells(share, last).min(last));
    let piece =
        |glyph: &str, cells: usize, role| Span::styled(glyph.repeat(cells), theme.style(role));
    if width == 0 {
        return Vec::new();
    }
    vec![
        piece(theme.glyphs.track, low, Role::Faint),
        piece(theme.glyphs.heavy, middle - low, Role::Accent),
        piece(theme.glyphs.hit_dot, 1, Role::Accent),
        piece(theme.glyphs.heavy, high - middle, Role::Accent),
        piece(theme.glyphs.track, last - high, Role::Faint),
    ]
}

/// A dot per key point, filled where it was hit.
pub fn dots(theme: &Theme, hits: &[bool]) -> Vec<Span<'static>> {
    hits.iter()
        .map(|hit| {
            let (glyph, role) = if *hit {
                (theme.glyphs.hit_dot, Role::Good)
            } else {
                (theme.glyphs.open_dot, Role::Muted)
            };
            Span::styled(format!("{glyph} "), theme.style(role))
        })
        .collect()
}

/// The role in which a share of 0 to 1 is shown: it tells at a glance, the number beside it tells exactly.
pub fn share_role(share: f32) -> Role {
    if share >= 0.75 {
        Role::Good
    } else if share >= 0.5 {
        Role::Warn
    } else {
        Role::Bad
    }
}

/// A bar per day, a dot for a day without study.
pub fn days(theme: &Theme, minutes: &[f32]) -> Vec<Span<'static>> {
    let most = minutes.iter().copied().fold(1.0_f32, f32::max);
    minutes
        .iter()
        .map(|minutes| {
            if *minutes <= 0.0 {
                Span::styled(format!("{} ", theme.glyphs.separator), theme.style(Role::Faint))
            } else {
                let bar = theme.glyphs.bar(f64::from(minutes / most));
                Span::styled(format!("{bar} "), theme.style(Role::Accent))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{filled_cells, range};
    use crate::study::plan::Range;
    use crate::tui::theme::{Glyphs, Palette, Theme};

    #[test]
    fn a_range_takes_its_width_wherever_it_lies() {
        let theme = Theme::new(Palette::Plain, &Glyphs::ASCII);
        let drawn = |low, middle, high| -> String {
            let range = range(&theme, Range { low, middle, high }, 11);
            range.iter().map(|span| span.content.to_string()).collect()
        };
        assert_eq!(drawn(0.2, 0.5, 0.7), "--===*==---");
        assert_eq!(drawn(0.0, 0.0, 0.0), "*----------");
        assert_eq!(drawn(1.0, 1.0, 1.0), "----------*");
        assert_eq!(drawn(f32::NAN, f32::NAN, f32::NAN).len(), 11);
    }

    #[test]
    fn something_is_never_drawn_as_nothing_nor_part_as_all_of_it() {
        assert_eq!(filled_cells(0.0, 10), 0);
        assert_eq!(filled_cells(0.01, 10), 1);
        assert_eq!(filled_cells(1.0, 10), 10);
        assert_eq!(filled_cells(f32::NAN, 10), 0);
    }
}
