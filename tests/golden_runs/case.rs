//! A golden case: inputs, expected values and the tolerance they are held to.

use std::path::Path;

use serde_json::Value;

/// One case of a golden file.
pub struct Case {
    value: Value,
}

/// All cases of `assets/golden/{file}.json`.
pub fn load(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/golden/{file}.json"));
    let mut whole: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let Value::Array(cases) = whole["cases"].take() else { panic!("{file} has no cases") };
    cases.into_iter().map(|value| Case { value }).collect()
}

impl Case {
    /// Its identifier, for messages.
    pub fn id(&self) -> &str {
        self.value["id"].as_str().unwrap_or("?")
    }

    /// What it is a case of.
    pub fn kind(&self) -> &str {
        self.value["kind"].as_str().unwrap_or("?")
    }

    /// An input; null if there is none of this name.
    pub fn input(&self, key: &str) -> &Value {
        &self.value["inputs"][key]
    }

    /// A numeric input.
    pub fn num(&self, key: &str) -> f64 {
        self.input(key).as_f64().unwrap_or_else(|| panic!("{}: no number {key}", self.id()))
    }

    /// A whole-number input.
    pub fn count(&self, key: &str) -> u64 {
        self.input(key).as_u64().unwrap_or_else(|| panic!("{}: no count {key}", self.id()))
    }

    /// A text input.
    pub fn text(&self, key: &str) -> &str {
        self.input(key).as_str().unwrap_or_else(|| panic!("{}: no text {key}", self.id()))
    }

    /// A list input.
    pub fn list(&self, key: &str) -> Vec<f64> {
        flat(self.input(key))
    }

    /// An expected value.
    pub fn expected(&self, key: &str) -> &Value {
        &self.value["expected"][key]
    }

    /// Holds numbers to the expected ones under `key`: |got − want| ≤ abs + rel·|want| each.
    pub fn holds(&self, key: &str, got: &[f64]) {
        let want = flat(self.expected(key));
        assert_eq!(got.len(), want.len(), "{} {key}: length", self.id());
        let own = &self.value["tol_keys"][key];
        let tol = if own.is_null() { &self.value["tol"] } else { own };
        let (rel, abs) = (tol["rel"].as_f64().unwrap(), tol["abs"].as_f64().unwrap());
        for (i, (got, want)) in got.iter().zip(&want).enumerate() {
            let far = !((got - want).abs() <= abs + rel * want.abs());
            assert!(!far, "{} {key}[{i}]: {got} is not {want}", self.id());
        }
    }

    /// Holds words to the expected ones.
    pub fn says(&self, key: &str, got: &[&str]) {
        let want = self.expected(key).as_array().unwrap().iter();
        assert_eq!(got, want.map(|w| w.as_str().unwrap()).collect::<Vec<_>>(), "{} {key}", self.id());
    }
}

/// The numbers of a value, in reading order; a null is skipped.
pub fn flat(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(list) => list.iter().flat_map(flat).collect(),
        Value::Number(x) => vec![x.as_f64().unwrap()],
        Value::Null => Vec::new(),
        other => panic!("{other} is no number"),
    }
}
