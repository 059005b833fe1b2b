//! Cells that a terminal blanks by itself: a wide glyph that is drawn over the left half of another one leaves the
//! right half without text and without colour. ratatui 0.30.2 does not send that cell again where both frames hold the
//! same there (ratatui#2652, mended after 0.30.2), so a Korean line that shifts by a column had holes in its
//! selection.

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;

/// Where the last frame had wide glyphs.
#[derive(Default)]
pub struct Halves {
    area: Rect,
    is_wide: Vec<bool>,
}

impl Halves {
    /// Has every cell sent that loses its half of an old glyph to this frame, and remembers the frame.
    pub fn send_again(&mut self, buffer: &mut Buffer) {
        let is_wide: Vec<bool> = buffer.content.iter().map(|cell| cell.cell_width() > 1).collect();
        let was_wide = std::mem::replace(&mut self.is_wide, is_wide);
        // A frame of another size is painted in full.
        if std::mem::replace(&mut self.area, buffer.area) != buffer.area {
            return;
        }
        for (index, cell) in buffer.content.iter_mut().enumerate().skip(2) {
            if self.is_wide[index - 2] && was_wide[index - 1] {
                cell.diff_option = CellDiffOption::AlwaysUpdate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Modifier, Style};

    use super::*;

    fn selected(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 1));
        buffer.set_string(0, 0, text, Style::new());
        buffer.set_style(buffer.area, Modifier::REVERSED);
        buffer
    }

    fn columns_sent(old: &str, new: &str) -> Vec<u16> {
        let mut halves = Halves::default();
        let (mut old, mut new) = (selected(old), selected(new));
        halves.send_again(&mut old);
        halves.send_again(&mut new);
        old.diff(&new).into_iter().map(|(x, _, _)| x).collect()
    }

    #[test]
    fn the_right_half_of_a_covered_glyph_is_sent() {
        assert_eq!(columns_sent("a장 b", "서 이"), [0, 2, 3], "column 2 is a space in both frames");
    }

    #[test]
    fn a_frame_that_changes_nothing_sends_nothing() {
        assert_eq!(columns_sent("서 장 이", "서 장 이"), [0u16; 0]);
    }
}
