//! What can be wrong with a package, each with a sentence that names the file and what to do.

/// Why a package could not be read or made.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {flaw}")]
pub struct AnkiError {
    /// The package.
    pub file: String,
    /// What is wrong.
    pub flaw: Flaw,
}

/// What is wrong with a package.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is no zip file, or one that is cut off.
    #[error(
        "no Anki package, or one that is cut off; export it again from Anki as .apkg or .colpkg"
    )]
    NotAPackage,
    /// The zip file has no collection, or only the placeholder of a newer one.
    #[error("no collection in it; export it again from Anki as .apkg or .colpkg")]
    NoCollection,
    /// It needs a password.
    #[error("it is encrypted; export it from Anki without a password")]
    Encrypted,
    /// A later Anki made it.
    #[error(
        "an Anki newer than this prep knows made it (package version {version}); export it again with “Support older Anki versions”"
    )]
    TooNew {
        /// The version that the package tells.
        version: u64,
    },
    /// The collection is larger than is read.
    #[error(
        "the collection has {bytes} bytes, more than the {most} that are read; export fewer decks"
    )]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        most: u64,
    },
    /// The texts are longer than any collection that a person made.
    #[error("its texts are longer than is read; export fewer decks")]
    TooMuchText,
    /// The collection is no database.
    #[error("its collection is no SQLite database; export it again from Anki")]
    NotADatabase,
    /// It is broken.
    #[error("it is damaged ({0}); in Anki use Tools, Check Database, and export it again")]
    Damaged(String),
    /// A package could not be made.
    #[error("the package could not be made ({0})")]
    NotMade(String),
}
