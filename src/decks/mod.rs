//! Floor 2, deck files: TOML text into cards, every check a deck must pass, the embedded decks and the user's folders.

mod arithmetic;
mod assemble;
mod bundled;
mod check;
mod format;
mod labels;
mod library;
mod point_words;
mod raw;
mod render;
mod resources;
mod rewrite;
mod stretch;
#[cfg(test)]
mod tests;
mod text;
mod variant;
mod walk;
mod working;

pub use bundled::{bundled_labels, bundled_resources, resources_name};
pub use check::check_library;
pub use format::{ReadDeck, read_deck};
pub use library::Library;
pub use render::render;
pub use rewrite::{toml_list, toml_origin, toml_text, with_values};
