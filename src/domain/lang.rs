//! The two languages of the product and texts that exist in both.

/// A language of the interface or of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// The code used in files, flags and settings: `en` or `ko`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
        }
    }

    /// Reads a code as written in a file or flag; `None` for anything else.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::En),
            "ko" => Some(Self::Ko),
            _ => None,
        }
    }

    /// The language meant by a locale such as `ko_KR.UTF-8`: Korean for `ko…`, English for all else.
    pub fn from_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("ko") { Self::Ko } else { Self::En }
    }

    /// The other language.
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Ko,
            Self::Ko => Self::En,
        }
    }
}

/// A text in its base language and, where it was written, in the other one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized<T> {
    base_lang: Lang,
    base: T,
    variant: Option<T>,
}

impl<T> Localized<T> {
    /// A text written in `base_lang`, with its variant in the other language if there is one.
    pub const fn new(base_lang: Lang, base: T, variant: Option<T>) -> Self {
        Self { base_lang, base, variant }
    }

    /// The text in `lang`, or the base text where that language is missing.
    pub fn get(&self, lang: Lang) -> &T {
        match &self.variant {
            Some(variant) if lang != self.base_lang => variant,
            _ => &self.base,
        }
    }

    /// The text in the base language: what fingerprints and point hashes are taken from.
    pub const fn base(&self) -> &T {
        &self.base
    }

    /// The base language.
    pub const fn base_lang(&self) -> Lang {
        self.base_lang
    }

    /// Whether the text was written in `lang`.
    pub fn has(&self, lang: Lang) -> bool {
        lang == self.base_lang || self.variant.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, Localized};

    #[test]
    fn a_missing_language_falls_back_to_the_base() {
        let text = Localized::new(Lang::En, "hello", None);
        assert_eq!(*text.get(Lang::Ko), "hello");
        assert!(!text.has(Lang::Ko));
    }

    #[test]
    fn a_korean_base_has_an_english_variant() {
        let text = Localized::new(Lang::Ko, "안녕", Some("hello"));
        assert_eq!((*text.get(Lang::En), *text.get(Lang::Ko)), ("hello", "안녕"));
    }

    #[test]
    fn locales_choose_the_language() {
        assert_eq!(Lang::from_locale("ko_KR.UTF-8"), Lang::Ko);
        assert_eq!(Lang::from_locale("C"), Lang::En);
    }
}
