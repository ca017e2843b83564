//! What can be wrong with a parameter, as one sentence in either language.

use super::show_number;
use crate::text::{Lang, fill, t};

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
        id: &'static str,
        /// What was given.
        given: String,
    },
    /// A whole number is wanted.
    NotWhole {
        /// Parameter.
        id: &'static str,
        /// What was given.
        given: f64,
    },
    /// The number is outside the range.
    OutOfRange {
        /// Parameter.
        id: &'static str,
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
        id: &'static str,
        /// What was given.
        given: String,
        /// Words that exist.
        valid: String,
    },
}

impl ParamError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let say = |text: crate::text::Text, parts: &[&str]| fill(text.get(lang), parts);
        match self {
            Self::Unknown { given, valid } => say(
                t("There is no parameter “{}”; there are: {}.", "没有名为“{}”的参数；可用的有：{}。"),
                &[given, valid],
            ),
            Self::NotANumber { id, given } => say(
                t("“{}” is no finite number, so {} keeps its value.", "“{}”不是有限的数，{} 保持原值。"),
                &[given, id],
            ),
            Self::NotWhole { id, given } => {
                say(t("{} takes a whole number, not {}.", "{} 须为整数，不能是 {}。"), &[id, &show_number(*given)])
            }
            Self::OutOfRange { id, given, min, max } => say(
                t("{} = {} is outside its range {} to {}.", "{} = {} 超出范围 {} 至 {}。"),
                &[id, &show_number(*given), &show_number(*min), &show_number(*max)],
            ),
            Self::NotAChoice { id, given, valid } => {
                say(t("{} cannot be “{}”; it can be: {}.", "{} 不能取“{}”；可取：{}。"), &[id, given, valid])
            }
        }
    }
}

impl std::fmt::Display for ParamError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for ParamError {}
