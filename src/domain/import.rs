//! What can go wrong with one place of an imported file, as data: the words are the interface's.

/// Why a place of a file became no card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SkipReason {
    /// Nothing in the file looks like a question.
    NoQuestions,
    /// An answer, a fold or a row whose question is empty.
    EmptyQuestion,
    /// The same question with the same answer was read before.
    Duplicate,
    /// A cloze without a gap, or with one that has no end.
    BadCloze,
    /// A row that cannot be read as a row.
    BadRow,
    /// A question or an answer that is longer than any that a person reads.
    TooLong,
    /// A question that is only a picture or a sound, which a terminal cannot show.
    OnlyMedia,
    /// A place that refers to something that is not in the file.
    Incomplete,
    /// A file that is not text, or in an encoding that is not known.
    NotText,
    /// A package that cannot be read; the excerpt says why.
    Unreadable,
    /// A file that is larger than what is read.
    TooLarge,
}

impl SkipReason {
    /// Every reason.
    #[cfg(test)]
    pub const ALL: [Self; 11] = [
        Self::NoQuestions,
        Self::EmptyQuestion,
        Self::Duplicate,
        Self::BadCloze,
        Self::BadRow,
        Self::TooLong,
        Self::OnlyMedia,
        Self::Incomplete,
        Self::NotText,
        Self::Unreadable,
        Self::TooLarge,
    ];

    /// The stable word of `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoQuestions => "no-questions",
            Self::EmptyQuestion => "empty-question",
            Self::Duplicate => "duplicate",
            Self::BadCloze => "bad-cloze",
            Self::BadRow => "bad-row",
            Self::TooLong => "too-long",
            Self::OnlyMedia => "only-media",
            Self::Incomplete => "incomplete",
            Self::NotText => "not-text",
            Self::Unreadable => "unreadable",
            Self::TooLarge => "too-large",
        }
    }
}
