//! What a view needs to draw: theme, texts, keymap, the time. Nothing here can be changed by drawing.

use crate::domain::lang::Lang;
use crate::domain::tag::{LabelList, Tag};
use crate::domain::time::{Day, Timestamp};
use crate::i18n::Texts;
use crate::tui::keymap::Keymap;
use crate::tui::theme::Theme;

/// Everything a view may read beside its own state.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Styles and glyphs.
    pub theme: &'a Theme,
    /// Phrases.
    pub texts: &'static Texts,
    /// The interface language.
    pub lang: Lang,
    /// Names of tags.
    pub labels: &'a LabelList,
    /// Keys.
    pub keymap: &'a Keymap,
    /// The time of this frame.
    pub now: Timestamp,
    /// The study day of this frame.
    pub today: Day,
    /// Whether clocks are shown.
    pub clock: bool,
}

impl<'a> Look<'a> {
    /// The name of a role in the interface language, or what the user wrote.
    pub fn role<'b>(&'b self, role: &'b str) -> &'b str {
        let known = self.labels.roles.iter().find(|label| label.slug == role);
        known.map_or(role, |label| label.title(self.lang))
    }

    /// The name of a tag in the interface language.
    pub fn tag(&self, tag: &'a Tag) -> &'a str {
        self.labels.tag_title(tag, self.lang)
    }
}
