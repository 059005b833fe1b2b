//! Drawing without app state: pieces that more than one screen uses.

pub mod ansi;
pub mod beside;
pub mod canvas;
pub mod chart;
pub mod curves;
pub mod heatmap;
pub mod highlight;
pub mod markup;
pub mod meter;
pub mod page;
pub mod plan;
pub mod plot;
pub mod text_field;
pub mod wrap;
