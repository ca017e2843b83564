//! A file of golden cases: reading it, and what may be wrong with it.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::compare::Tolerance;
use super::inputs::shortened;
use super::{torch, training};

/// Largest file read (bytes).
pub const LARGEST: usize = 64 << 20;

/// The schema of the sections' files.
const SCHEMA: &str = "golden/1";

/// Cases that belong together.
#[derive(Clone, Debug)]
pub struct Book {
    /// Where it came from, for messages: a file name.
    pub name: String,
    /// Section of the theory, `00` to `13`, or `torch` or `training`.
    pub section: String,
    /// What it is about.
    pub title: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// One case: inputs, wanted values and how far a number may be off.
#[derive(Clone, Debug)]
pub struct Case {
    /// Identifier, for messages.
    pub id: String,
    /// What it is a case of; unique within its section only.
    pub kind: String,
    /// Where its numbers come from.
    pub source: String,
    /// What is given.
    pub inputs: Value,
    /// What is wanted, by key.
    pub expected: Map<String, Value>,
    /// Tolerance of every key that has none of its own.
    pub tolerance: Tolerance,
    /// Tolerances of single keys.
    pub key_tolerances: Vec<(String, Tolerance)>,
    /// What is wrong with the case, if it cannot be run.
    pub fault: Option<String>,
}

/// Why a file is no book, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// More than [`LARGEST`] bytes.
    #[error("“{name}” has {bytes} bytes; at most {LARGEST} are read")]
    TooLarge {
        /// The file.
        name: String,
        /// Its size.
        bytes: usize,
    },
    /// No JSON.
    #[error("“{name}” is no JSON: {reason}")]
    Json {
        /// The file.
        name: String,
        /// The parser's words, with line and column.
        reason: String,
    },
    /// JSON of another shape.
    #[error("“{name}” is no file of golden cases: {reason}")]
    Schema {
        /// The file.
        name: String,
        /// What is missing or of the wrong type, with line and column.
        reason: String,
    },
}

/// Which of the three schemas a file has.
#[derive(Deserialize)]
#[serde(expecting = "an object with `schema`, `section` and `cases`")]
struct Shape {
    rules: Option<IgnoredAny>,
    columns: Option<IgnoredAny>,
    article_002_quadratic: Option<IgnoredAny>,
    schema: Option<Value>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object with `schema`, `section` and `cases`")]
struct Golden {
    section: u8,
    #[serde(default)]
    title: String,
    cases: Vec<Value>,
}

impl Book {
    /// Reads a book; `name` is for messages only.
    ///
    /// # Errors
    /// One sentence: too large, no JSON, or JSON of another shape, with line and column.
    pub fn parse(name: &str, json: &str) -> Result<Book, VerifyError> {
        if json.len() > LARGEST {
            return Err(VerifyError::TooLarge { name: name.into(), bytes: json.len() });
        }
        let refuse = |e: serde_json::Error| {
            let (name, reason) = (name.to_owned(), shortened(&e.to_string(), 300));
            if e.is_data() { VerifyError::Schema { name, reason } } else { VerifyError::Json { name, reason } }
        };
        let shape: Shape = serde_json::from_str(json).map_err(refuse)?;
        if shape.article_002_quadratic.is_some() {
            return Ok(training::book(name, &serde_json::from_str(json).map_err(refuse)?));
        }
        if shape.rules.is_some() && shape.columns.is_some() {
            return Ok(torch::book(name, &serde_json::from_str::<torch::File>(json).map_err(refuse)?));
        }
        if shape.schema.as_ref().and_then(Value::as_str) != Some(SCHEMA) {
            let found = shape.schema.map_or_else(|| "missing".to_owned(), |s| shortened(&s.to_string(), 40));
            let reason = format!("`schema` is {found}, it has to be \"{SCHEMA}\"");
            return Err(VerifyError::Schema { name: name.into(), reason });
        }
        let golden: Golden = serde_json::from_str(json).map_err(refuse)?;
        Ok(Book {
            name: name.into(),
            section: format!("{:02}", golden.section),
            title: golden.title,
            cases: golden.cases.into_iter().enumerate().map(|(i, case)| Case::read(i, case)).collect(),
        })
    }
}

impl Case {
    /// A case with nothing in it yet but its names.
    pub fn new(id: String, kind: &str, source: &str) -> Self {
        Case {
            id,
            kind: kind.into(),
            source: source.into(),
            inputs: Value::Object(Map::new()),
            expected: Map::new(),
            tolerance: Tolerance::Number { rel: 0.0, abs: 0.0 },
            key_tolerances: Vec::new(),
            fault: None,
        }
    }

    /// The tolerance of one key.
    pub fn tolerance_of(&self, key: &str) -> Tolerance {
        self.key_tolerances.iter().find(|(name, _)| name == key).map_or(self.tolerance, |(_, own)| *own)
    }

    /// A case as its file writes it; a fault is kept with it and told when it is run.
    fn read(index: usize, mut value: Value) -> Case {
        let word = |key: &str| value[key].as_str().map(|s| shortened(s, 200));
        let mut case = Case::new(
            word("id").unwrap_or_else(|| format!("case {}", index + 1)),
            &word("kind").unwrap_or_default(),
            &word("source").unwrap_or_default(),
        );
        case.fault = case.fill(&mut value).err();
        case
    }

    fn fill(&mut self, value: &mut Value) -> Result<(), String> {
        if !value.is_object() {
            return Err("it is no object".into());
        }
        if self.kind.is_empty() {
            return Err("it has no `kind`".into());
        }
        self.inputs = value["inputs"].take();
        if !self.inputs.is_object() {
            return Err("it has no object `inputs`".into());
        }
        let Value::Object(expected) = value["expected"].take() else {
            return Err("it has no object `expected`".into());
        };
        if expected.is_empty() {
            return Err("`expected` is empty".into());
        }
        self.expected = expected;
        self.tolerance = tolerance("tol", &value["tol"])?;
        match value["tol_keys"].take() {
            Value::Null => Ok(()),
            Value::Object(own) => {
                for (key, tol) in own {
                    let tol = tolerance(&format!("tol_keys.{}", shortened(&key, 40)), &tol)?;
                    self.key_tolerances.push((key, tol));
                }
                Ok(())
            }
            _ => Err("`tol_keys` is no object".into()),
        }
    }
}

fn tolerance(name: &str, value: &Value) -> Result<Tolerance, String> {
    let part = |key: &str| value[key].as_f64().filter(|x| *x >= 0.0 && x.is_finite());
    match (part("rel"), part("abs")) {
        (Some(rel), Some(abs)) => Ok(Tolerance::Number { rel, abs }),
        _ => Err(format!("`{name}` has no numbers `rel` and `abs` that are not negative")),
    }
}
