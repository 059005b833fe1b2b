//! Floor 2, deck files: TOML text into cards, every check a deck must pass, the embedded decks and the user's folders.

mod arithmetic;
mod assemble;
mod bundled;
mod check;
mod compose;
mod fields;
mod files;
mod format;
mod labels;
mod library;
mod mend;
mod point_words;
mod raw;
mod render;
mod resources;
mod rewrite;
mod schema;
mod slug;
mod stretch;
#[cfg(test)]
mod tests;
mod text;
mod variant;
mod walk;
mod working;

pub use bundled::{bundled_labels, bundled_resources, resources_name};
pub use check::{Checked, check_library};
pub use compose::{DeckHead, card_text, deck_guide, deck_head, with_card};
pub use files::{refresh_file, replace_file, text_if_there};
pub use format::{ReadDeck, answered_text, asked_text, read_deck};
pub use library::Library;
pub use mend::{Change, Fix, Mended, Mending, NotMended, mend};
pub use render::render;
pub use rewrite::{toml_list, toml_origin, toml_text, with_tag, with_values};
pub use schema::{SCHEMA_FILE, deck_schema, label_schema};
pub use slug::{new_id, slug};
pub use walk::nearest;
