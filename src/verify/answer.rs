//! What a computation answers: a small value type that, unlike JSON, keeps NaN and infinity.

use nalgebra::{Complex, DMatrix, Matrix2};
use serde_json::{Value, json};

/// An answered value.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// There is none (no period without ringing, no variance without stability).
    Nothing,
    /// Yes or no.
    Flag(bool),
    /// A quantity, held to a tolerance.
    Real(f64),
    /// A count, held exactly.
    Whole(u64),
    /// A word, held exactly.
    Word(String),
    /// Values in order.
    List(Vec<Answer>),
    /// Complex numbers in any order: poles.
    Poles(Vec<Complex<f64>>),
    /// Values by name.
    Parts(Answers),
}

/// Values by name, in the order in which they were computed.
pub type Answers = Vec<(String, Answer)>;

impl Answer {
    /// The answer as a golden file would write it; NaN becomes a word that nothing agrees with.
    pub fn to_json(&self) -> Value {
        match self {
            Answer::Nothing => Value::Null,
            Answer::Flag(x) => json!(x),
            Answer::Real(x) if x.is_finite() => json!(x),
            Answer::Real(x) => json!(x.to_string()),
            Answer::Whole(x) => json!(x),
            Answer::Word(x) => json!(x),
            Answer::List(list) => list.iter().map(Answer::to_json).collect(),
            Answer::Poles(list) => list.iter().map(|z| json!([z.re, z.im])).collect(),
            Answer::Parts(parts) => parts.iter().map(|(key, part)| (key.clone(), part.to_json())).collect(),
        }
    }
}

/// `answers! { "rho" => rho, … }`: values by name.
macro_rules! answers {
    ($($key:expr => $value:expr),* $(,)?) => {
        vec![$(($key.to_string(), $crate::verify::answer::Answer::from($value))),*]
    };
}
pub(super) use answers;

/// Complex numbers in any order.
pub fn poles(roots: impl IntoIterator<Item = Complex<f64>>) -> Answer {
    Answer::Poles(roots.into_iter().collect())
}

impl From<f64> for Answer {
    fn from(x: f64) -> Self {
        Answer::Real(x)
    }
}

impl From<bool> for Answer {
    fn from(x: bool) -> Self {
        Answer::Flag(x)
    }
}

impl From<u64> for Answer {
    fn from(x: u64) -> Self {
        Answer::Whole(x)
    }
}

impl From<u32> for Answer {
    fn from(x: u32) -> Self {
        Answer::Whole(u64::from(x))
    }
}

impl From<usize> for Answer {
    fn from(x: usize) -> Self {
        Answer::Whole(x as u64)
    }
}

impl From<&str> for Answer {
    fn from(x: &str) -> Self {
        Answer::Word(x.to_owned())
    }
}

impl From<String> for Answer {
    fn from(x: String) -> Self {
        Answer::Word(x)
    }
}

impl From<Answers> for Answer {
    fn from(x: Answers) -> Self {
        Answer::Parts(x)
    }
}

impl From<&DMatrix<f64>> for Answer {
    fn from(matrix: &DMatrix<f64>) -> Self {
        matrix.row_iter().map(|row| row.iter().copied().collect::<Vec<f64>>()).collect::<Vec<_>>().into()
    }
}

impl From<Matrix2<f64>> for Answer {
    fn from(m: Matrix2<f64>) -> Self {
        vec![vec![m.m11, m.m12], vec![m.m21, m.m22]].into()
    }
}

impl<T: Into<Answer>> From<Option<T>> for Answer {
    fn from(x: Option<T>) -> Self {
        x.map_or(Answer::Nothing, Into::into)
    }
}

/// A list of anything that is an answer itself; `Answers` has its own meaning and is no list.
pub trait Element: Into<Answer> {}
impl Element for f64 {}
impl Element for u64 {}
impl Element for &str {}
impl Element for String {}
impl Element for Answer {}
impl<T: Element> Element for Vec<T> {}
impl<T: Element, const N: usize> Element for [T; N] {}

impl<T: Element> From<Vec<T>> for Answer {
    fn from(list: Vec<T>) -> Self {
        Answer::List(list.into_iter().map(Into::into).collect())
    }
}

impl<T: Element, const N: usize> From<[T; N]> for Answer {
    fn from(list: [T; N]) -> Self {
        Answer::List(list.into_iter().map(Into::into).collect())
    }
}
