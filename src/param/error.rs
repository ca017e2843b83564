//! What can be wrong with a parameter, as one sentence in either language.

use super::show_number;
use crate::text::{Lang, Text, fill, t};

/// A parameter as messages call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct What {
    /// Identifier.
    pub id: &'static str,
    /// Name in words.
    pub name: Text,
}

impl What {
    fn say(self, lang: Lang) -> String {
        fill(t("{} ({})", "{}（{}）").get(lang), &[self.name.get(lang), self.id])
    }
}

/// A value that was refused; the old one stays.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamError {
    /// No parameter has this identifier.
    Unknown {
        /// What was asked for.
        given: String,
        /// Identifiers that exist.
        valid: String,
    },
    /// The text is no finite number.
    NotANumber {
        /// Parameter.
        what: What,
        /// What was given.
        given: String,
        /// Smallest value allowed.
        min: f64,
        /// Largest value allowed.
        max: f64,
    },
    /// A whole number is wanted.
    NotWhole {
        /// Parameter.
        what: What,
        /// What was given.
        given: f64,
    },
    /// The number is outside the range.
    OutOfRange {
        /// Parameter.
        what: What,
        /// What was given.
        given: f64,
        /// Smallest value allowed.
        min: f64,
        /// Largest value allowed.
        max: f64,
    },
    /// The word is none of the choices.
    NotAChoice {
        /// Parameter.
        what: What,
        /// What was given.
        given: String,
        /// Words that exist.
        valid: String,
    },
}

impl ParamError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let say = |text: Text, parts: &[&str]| fill(text.get(lang), parts);
        match self {
            Self::Unknown { given, valid } => say(
                t("There is no parameter “{}”; there are: {}.", "没有名为“{}”的参数；可用的有：{}。"),
                &[given, valid],
            ),
            Self::NotANumber { what, given, min, max } => say(
                t("{}: “{}” is not a finite number; give {} to {}.", "{}：“{}”不是有限的数；可取 {} 至 {}。"),
                &[&what.say(lang), given, &show_number(*min), &show_number(*max)],
            ),
            Self::NotWhole { what, given } => say(
                t("{} takes a whole number, not {}.", "{}须为整数，不能是 {}。"),
                &[&what.say(lang), &show_number(*given)],
            ),
            Self::OutOfRange { what, given, min, max } => say(
                t("{} = {} is outside its range {} to {}.", "{} = {} 超出范围 {} 至 {}。"),
                &[&what.say(lang), &show_number(*given), &show_number(*min), &show_number(*max)],
            ),
            Self::NotAChoice { what, given, valid } => say(
                t("{} cannot be “{}”; it can be: {}.", "{}不能取“{}”；可取：{}。"),
                &[&what.say(lang), given, valid],
            ),
        }
    }
}

impl std::fmt::Display for ParamError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for ParamError {}
