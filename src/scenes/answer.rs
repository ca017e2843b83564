//! What a scene says of a run in numbers and words.

use crate::figure::Rich;
use crate::param::Spec;

/// A number with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// What it is.
    pub label: Rich,
    /// Unit; empty for a pure number.
    pub unit: &'static str,
    /// Computed by `theory`; `None` where no formula applies.
    pub predicted: Option<f64>,
    /// Measured from a trace; `None` where it cannot be.
    pub measured: Option<f64>,
    /// What exactly is predicted and measured.
    pub note: String,
    /// The formula behind the prediction.
    pub formula: Rich,
    /// The symbols it uses, with their present values.
    pub uses: Vec<(Rich, f64)>,
    /// Where it comes from.
    pub source: Rich,
}

/// How loud a chip is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Oscillates and converges.
    Ringing,
    /// Converges without oscillation.
    Calm,
    /// On a border, or a discrete effect without a continuous twin.
    Warning,
    /// Diverges or does not exist.
    Danger,
}

/// A regime label that names its model.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    /// What it says, e.g. `λ₁ overdamped · map`.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
    /// Why, with the numbers it rests on.
    pub note: String,
}

/// One line of the dictionary between the lenses.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Parameter.
    pub spec: &'static Spec,
    /// Its present value; NaN where the machine does not exist.
    pub value: f64,
}
