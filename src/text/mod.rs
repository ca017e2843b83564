//! The two languages.
//!
//! A [`Text`] holds the English and the Chinese wording side by side, so that a sentence without
//! its twin does not compile. Interface wording lives in [`ui`] and [`studio`], that of faults of
//! typed worlds in [`formula`]; a scene keeps the wording of its own parameters and answers beside
//! them, as `Text` too.

/// Wording as constants, and the list of them all.
macro_rules! wording {
    ($($(#[$doc:meta])* $name:ident = $en:literal, $zh:literal;)*) => {
        $($(#[$doc])* #[allow(missing_docs, reason = "the wording is its own documentation")] pub const $name: Text = t($en, $zh);)*
        /// Every wording, for tests of completeness and of font coverage.
        pub const ALL: &[Text] = &[$($name),*];
    };
}

pub mod chapter;
pub mod data;
pub mod formula;
pub mod keep;
pub mod machines;
pub mod plot;
pub mod shell;
pub mod studio;
pub mod survey;
pub mod tile;
pub mod ui;
pub mod world;

/// A language the interface and the figures can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Lang {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Simplified Chinese.
    #[serde(rename = "zh")]
    Zh,
}

impl Lang {
    /// Both languages, in the order they are offered.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Zh];

    /// The tag used on the command line and in files.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }

    /// The language's own name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Zh => "简体中文",
        }
    }

    /// The language of a tag such as `zh_CN.UTF-8`; `None` if it is neither.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let tag = tag.to_ascii_lowercase();
        if tag.starts_with("zh") {
            Some(Lang::Zh)
        } else if tag.starts_with("en") {
            Some(Lang::En)
        } else {
            None
        }
    }
}

/// One wording in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English wording.
    pub en: &'static str,
    /// Chinese wording.
    pub zh: &'static str,
}

impl Text {
    /// The wording in `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// A [`Text`] from its two wordings.
pub const fn t(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

/// Fills `{}` places of `pattern` with `parts`, in order. Superfluous parts are ignored, missing
/// ones leave the place empty, so a sentence can never fail to be said.
pub fn fill(pattern: &str, parts: &[&str]) -> String {
    let mut parts = parts.iter();
    let mut pieces = pattern.split("{}");
    let mut out = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push_str(parts.next().unwrap_or(&""));
        out.push_str(piece);
    }
    out
}
