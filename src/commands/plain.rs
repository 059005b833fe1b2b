//! Line mode: study and quiz as plain lines on standard input and output, for screen readers, pipes and scripts.

use crate::commands::world::{Exit, World};
use crate::domain::lang::Lang;
use crate::study::quiz::Quiz;
use crate::study::session::Session;
use crate::trainer::{QuizQuestion, Trainer};

/// Studies in lines.
pub fn study(_: &World, _: &mut Trainer, _: Session, _: Lang) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}

/// A quiz in lines.
pub fn quiz(
    _: &World,
    _: &mut Trainer,
    _: Quiz,
    _: Vec<QuizQuestion>,
    _: Lang,
    _: Option<u8>,
) -> anyhow::Result<Exit> {
    anyhow::bail!("not built yet")
}
