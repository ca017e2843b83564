//! What can be wrong with a source, each as one sentence in either language that says what is
//! wrong and what would be accepted.

use super::wanted::Wanted;
use super::{MAX_BYTES, MAX_DEPTH, MAX_HELPERS, MAX_NODES, MAX_SLIDERS, MAX_STATES, MAX_STEPS};
use crate::text::{Lang, Text, fill, formula as words, t};

/// What is wrong with a source.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the sentences of `text::formula` are the documentation")]
pub enum Problem {
    NotText,
    TooLong { bytes: usize },
    TooDeep,
    TooManyNodes,
    TooManySteps,
    TooManySliders,
    TooManyHelpers,
    TooManyStates,
    StrangeCharacter(char),
    BadNumber,
    HugeNumber,
    Expected { wanted: Wanted, found: String },
    Unclosed(char),
    Ambiguous,
    UnknownName { name: String, near: Vec<String> },
    UnknownFunction { name: String, near: Vec<String> },
    NotAFunction(String),
    NeedsArguments(String),
    ArgumentCount { name: String, wanted: usize, given: usize },
    Recursive(String),
    DefinedTwice(String),
    TakenByFunction(String),
    VariableInHelper { variable: String, helper: String },
    NotConstant,
    NotFinite,
    EmptyRange,
    LogRange,
    OutsideRange,
    Order,
    StartOfNothing(String),
    PairOutsideForce,
    ForceArguments,
    ForceNeedsPair,
    LossArguments,
    TwoWorlds,
    WhichFunction,
    Nothing,
}

impl Problem {
    /// The sentence in `lang`, without the place.
    pub fn say(&self, lang: Lang) -> String {
        let (pattern, parts) = self.sentence(lang);
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        fill(pattern.get(lang), &parts)
    }

    /// The wording, and what fills its places.
    fn sentence(&self, lang: Lang) -> (Text, Vec<String>) {
        match self {
            Self::TooLong { bytes } => (words::TOO_LONG, vec![bytes.to_string(), MAX_BYTES.to_string()]),
            Self::StrangeCharacter(c) => (words::STRANGE_CHARACTER, vec![show(*c, lang)]),
            Self::Expected { wanted, found } if found.is_empty() => (words::EXPECTED_AT_END, vec![wanted.say(lang)]),
            Self::Expected { wanted, found } => (words::EXPECTED, vec![found.clone(), wanted.say(lang)]),
            Self::Unclosed(open) => (words::UNCLOSED, vec![open.to_string(), closing(*open).to_string()]),
            Self::UnknownName { name, near } if near.is_empty() => {
                (words::UNKNOWN_NAME, vec![name.clone(), plain(name)])
            }
            Self::UnknownFunction { name, near } if near.is_empty() => {
                (words::UNKNOWN_FUNCTION, vec![name.clone(), plain(name)])
            }
            Self::UnknownName { name, near } | Self::UnknownFunction { name, near } => {
                (words::UNKNOWN_BUT_NEAR, vec![name.clone(), near.join(words::LIST_COMMA.get(lang))])
            }
            Self::ArgumentCount { name, wanted, given } => {
                (words::ARGUMENT_COUNT, vec![name.clone(), wanted.to_string(), given.to_string()])
            }
            Self::VariableInHelper { variable, helper } => {
                (words::VARIABLE_IN_HELPER, vec![variable.clone(), helper.clone()])
            }
            _ => self.limit().or_else(|| self.of_name()).unwrap_or_else(|| (self.plain(), Vec::new())),
        }
    }

    /// A limit that was passed.
    fn limit(&self) -> Option<(Text, Vec<String>)> {
        let (wording, limit) = match self {
            Self::TooDeep => (words::TOO_DEEP, MAX_DEPTH),
            Self::TooManyNodes => (words::TOO_MANY_NODES, MAX_NODES),
            Self::TooManySteps => (words::TOO_MANY_STEPS, MAX_STEPS),
            Self::TooManySliders => (words::TOO_MANY_SLIDERS, MAX_SLIDERS),
            Self::TooManyHelpers => (words::TOO_MANY_HELPERS, MAX_HELPERS),
            Self::TooManyStates => (words::TOO_MANY_STATES, MAX_STATES),
            _ => return None,
        };
        Some((wording, vec![limit.to_string()]))
    }

    /// A fault of one name, which may be said twice.
    fn of_name(&self) -> Option<(Text, Vec<String>)> {
        let (wording, name) = match self {
            Self::NotAFunction(name) => (words::NOT_A_FUNCTION, name),
            Self::NeedsArguments(name) => (words::NEEDS_ARGUMENTS, name),
            Self::Recursive(name) => (words::RECURSIVE, name),
            Self::DefinedTwice(name) => (words::DEFINED_TWICE, name),
            Self::TakenByFunction(name) => (words::TAKEN_BY_FUNCTION, name),
            Self::StartOfNothing(name) => (words::START_OF_NOTHING, name),
            _ => return None,
        };
        Some((wording, vec![name.clone(); 2]))
    }

    /// A fault that names nothing.
    fn plain(&self) -> Text {
        match self {
            Self::NotText => words::NOT_TEXT,
            Self::BadNumber => words::BAD_NUMBER,
            Self::HugeNumber => words::HUGE_NUMBER,
            Self::Ambiguous => words::AMBIGUOUS,
            Self::NotConstant => words::NOT_CONSTANT,
            Self::NotFinite => words::NOT_FINITE,
            Self::EmptyRange => words::EMPTY_RANGE,
            Self::LogRange => words::LOG_RANGE,
            Self::OutsideRange => words::OUTSIDE_RANGE,
            Self::Order => words::ORDER,
            Self::PairOutsideForce => words::PAIR_OUTSIDE_FORCE,
            Self::ForceArguments => words::FORCE_ARGUMENTS,
            Self::ForceNeedsPair => words::FORCE_NEEDS_PAIR,
            Self::LossArguments => words::LOSS_ARGUMENTS,
            Self::TwoWorlds => words::TWO_WORLDS,
            Self::WhichFunction => words::WHICH_FUNCTION,
            _ => words::NOTHING,
        }
    }
}

/// The bracket that closes `open`.
fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        other => other,
    }
}

/// A name without its primes, as a definition would write it.
fn plain(name: &str) -> String {
    name.trim_end_matches('\'').to_owned()
}

/// A character in quotes, or its code point if it would not be seen.
fn show(c: char, lang: Lang) -> String {
    if c.is_control() || c.is_whitespace() {
        return format!("U+{:04X}", u32::from(c));
    }
    fill(t("“{}”", "“{}”").get(lang), &[&c.to_string()])
}
