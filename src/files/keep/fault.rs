//! Why a text is no session, and where.

use super::super::PlanError;
use crate::param::ParamError;
use crate::scenes::{SCENES, SceneError};
use crate::text::{Lang, Text, fill, keep as words};

/// Why a text is no session: one sentence that says where, and what would be accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct KeepError {
    place: Place,
    why: Why,
}

/// Where a fault is, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The text as a whole.
    Whole,
    /// Line and column.
    Line(usize, usize),
    /// A character of the one line.
    Character(usize),
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::files) enum Why {
    NotText(usize),
    TooLong(usize),
    NotToml,
    NotShared,
    NotPercent,
    Missing(String, Text),
    Kind(String, Text),
    Range(String, [u64; 2]),
    OneOf { name: String, given: String, valid: String },
    TooMany(String, usize),
    NoScene(String),
    Plan(PlanError),
}

impl From<ParamError> for Why {
    fn from(e: ParamError) -> Self {
        Why::Plan(e.into())
    }
}

impl From<SceneError> for Why {
    fn from(e: SceneError) -> Self {
        Why::Plan(e.into())
    }
}

impl From<PlanError> for Why {
    fn from(e: PlanError) -> Self {
        Why::Plan(e)
    }
}

impl Why {
    pub(super) fn at(self, place: Place) -> KeepError {
        KeepError { place, why: self }
    }

    pub(super) fn no_scene(id: &str) -> Self {
        Why::NoScene(clip(id))
    }

    /// A word that is none of a list.
    pub(super) fn one_of<'a>(name: &str, given: &str, valid: impl IntoIterator<Item = &'a str>) -> Self {
        let valid = valid.into_iter().collect::<Vec<_>>().join(", ");
        Why::OneOf { name: clip(name), given: clip(given), valid }
    }

    pub(in crate::files) fn say(&self, lang: Lang) -> String {
        let say = |text: Text, parts: &[&str]| fill(text.get(lang), parts);
        match self {
            Why::NotText(byte) => say(words::NOT_TEXT, &[&byte.to_string()]),
            Why::TooLong(most) => say(words::TOO_LONG, &[&most.to_string()]),
            Why::NotToml => say(words::NOT_TOML, &[]),
            Why::NotShared => say(words::NOT_SHARED, &[]),
            Why::NotPercent => say(words::NOT_PERCENT, &[]),
            Why::Missing(name, wanted) => say(words::MISSING, &[name, wanted.get(lang)]),
            Why::Kind(name, wanted) => say(words::WRONG_KIND, &[name, wanted.get(lang)]),
            Why::Range(name, [low, high]) => say(words::OUT_OF_RANGE, &[name, &low.to_string(), &high.to_string()]),
            Why::OneOf { name, given, valid } => say(words::ONE_OF, &[name, given, valid]),
            Why::TooMany(name, most) => say(words::TOO_MANY, &[name, &most.to_string()]),
            Why::NoScene(given) => {
                let valid: Vec<&str> = SCENES.iter().map(|s| s.meta().id).collect();
                say(words::NO_SCENE, &[given, &valid.join(", ")])
            }
            Why::Plan(e) => e.say(lang),
        }
    }
}

impl KeepError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let why = self.why.say(lang);
        match self.place {
            Place::Whole => why,
            Place::Line(line, column) => {
                fill(words::AT_LINE.get(lang), &[&line.to_string(), &column.to_string(), &why])
            }
            Place::Character(n) => fill(words::AT_CHARACTER.get(lang), &[&n.to_string(), &why]),
        }
    }
}

impl std::fmt::Display for KeepError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for KeepError {}

/// Enough of a foreign text to recognise it in a sentence.
pub(super) fn clip(text: &str) -> String {
    super::super::restore::clip(text)
}
