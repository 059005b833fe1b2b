//! A card that is being written: what the form and the flags of `prep add` gather.

use crate::domain::card::Level;

/// An open card as its author gives it, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewCard {
    /// The deck to which it is added; none for the user's own first one.
    pub deck: Option<String>,
    /// The id that the author wants; none lets prep make one from the question.
    pub id: Option<String>,
    /// The question.
    pub question: String,
    /// The model answer.
    pub answer: String,
    /// The key points, in order.
    pub points: Vec<String>,
    /// Labels.
    pub tags: Vec<String>,
    /// How hard the answer is.
    pub level: Option<Level>,
}
