//! Golden files: reading cases, comparing answers, reporting every difference.

use std::{collections::BTreeMap, fs, path::Path};

use nalgebra::{Complex, DMatrix};
use serde_json::{Value, json};

/// How one kind is answered: the inputs in, an object with (at least) the expected keys out.
pub type Answer = fn(&Value) -> Value;

/// One kind of golden case: section, kind, number of cases wanted, answer.
pub type Row = (&'static str, &'static str, usize, Answer);

/// A number of the inputs.
pub fn num(inputs: &Value, key: &str) -> f64 {
    inputs[key].as_f64().unwrap_or_else(|| panic!("no number `{key}` in {inputs}"))
}

/// A list of numbers of the inputs.
pub fn list(inputs: &Value, key: &str) -> Vec<f64> {
    let entries = inputs[key].as_array().unwrap_or_else(|| panic!("no list `{key}` in {inputs}"));
    entries.iter().map(|entry| entry.as_f64().unwrap()).collect()
}

/// A string of the inputs.
pub fn text<'a>(inputs: &'a Value, key: &str) -> &'a str {
    inputs[key].as_str().unwrap_or_else(|| panic!("no string `{key}` in {inputs}"))
}

/// Complex numbers as the files write them.
pub fn complex(values: impl IntoIterator<Item = Complex<f64>>) -> Value {
    values.into_iter().map(|z| json!([z.re, z.im])).collect()
}

/// A matrix of the inputs.
pub fn matrix(inputs: &Value, key: &str) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = serde_json::from_value(inputs[key].clone()).unwrap();
    DMatrix::from_fn(rows.len(), rows[0].len(), |i, j| rows[i][j])
}

/// A matrix as the files write it.
pub fn rows(matrix: &DMatrix<f64>) -> Value {
    matrix.row_iter().map(|row| json!(row.iter().copied().collect::<Vec<_>>())).collect()
}

/// Absolute and relative tolerance of one expected value.
#[derive(Clone, Copy)]
struct Tolerance {
    abs: f64,
    rel: f64,
}

impl Tolerance {
    fn read(value: &Value) -> Tolerance {
        Tolerance { abs: value["abs"].as_f64().unwrap(), rel: value["rel"].as_f64().unwrap() }
    }

    fn admits(self, got: f64, want: f64) -> bool {
        // Written so that a NaN fails.
        (got - want).abs() <= self.abs + self.rel * want.abs()
    }
}

/// Runs every case of every file against the table and panics with the list of all failures.
pub fn run(table: &[Row], needs_core: &[(&str, &str)]) {
    let (mut failures, mut counts) = (Vec::new(), BTreeMap::new());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/golden");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let book: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let Some(section) = book["section"].as_u64().filter(|_| book["kinds"].is_object()) else { continue };
        let section = format!("{section:02}");
        for case in book["cases"].as_array().unwrap() {
            let kind = text(case, "kind");
            if needs_core.contains(&(&section, kind)) {
                continue;
            }
            match table.iter().find(|row| row.0 == section && row.1 == kind) {
                Some(row) => check(case, row.3, &mut failures),
                None => failures.push(format!("{}: kind `{kind}` is neither answered nor excused", case["id"])),
            }
            *counts.entry((section.clone(), kind.to_owned())).or_insert(0) += 1;
        }
    }
    for &(section, kind, wanted, _) in table {
        let ran = counts.get(&(section.to_owned(), kind.to_owned())).copied().unwrap_or(0);
        println!("{section} {kind}: {ran}");
        if ran != wanted {
            failures.push(format!("{section} {kind}: {ran} cases ran, {wanted} expected"));
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

fn check(case: &Value, answer: Answer, failures: &mut Vec<String>) {
    let got = answer(&case["inputs"]);
    for (key, want) in case["expected"].as_object().unwrap() {
        let tol = Tolerance::read(case["tol_keys"].get(key).unwrap_or(&case["tol"]));
        let mut report = |what: String| failures.push(format!("{} {key}: {what}", case["id"]));
        match got.get(key) {
            None => report("no answer".to_owned()),
            Some(got) if key == "roots" || key == "poles" => compare_sets(got, want, tol, &mut report),
            Some(got) => compare(got, want, tol, &mut report),
        }
    }
}

fn compare(got: &Value, want: &Value, tol: Tolerance, report: &mut dyn FnMut(String)) {
    match (got, want) {
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).for_each(|(got, want)| compare(got, want, tol, report));
        }
        (Value::Object(a), Value::Object(b)) => {
            b.iter().for_each(|(key, want)| compare(a.get(key).unwrap_or(&Value::Null), want, tol, report));
        }
        (Value::Number(a), Value::Number(b)) if b.is_f64() => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if !tol.admits(a, b) {
                report(format!("got {a:e}, want {b:e}, difference {:e}", a - b));
            }
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        _ if got == want => {}
        _ => report(format!("got {got}, want {want}")),
    }
}

/// Lists of complex numbers in any order: every wanted one takes the nearest that is left.
fn compare_sets(got: &Value, want: &Value, tol: Tolerance, report: &mut dyn FnMut(String)) {
    let read = |value: &Value| -> Vec<Complex<f64>> {
        let pairs = value.as_array().into_iter().flatten();
        pairs.map(|z| Complex::new(z[0].as_f64().unwrap_or(f64::NAN), z[1].as_f64().unwrap_or(f64::NAN))).collect()
    };
    let (mut left, wanted) = (read(got), read(want));
    if left.len() != wanted.len() {
        return report(format!("got {got}, want {want}"));
    }
    for z in wanted {
        let order = |a: &&Complex<f64>, b: &&Complex<f64>| (**a - z).norm().total_cmp(&(**b - z).norm());
        let nearest = *left.iter().min_by(order).unwrap();
        left.remove(left.iter().position(|w| w == &nearest).unwrap_or(0));
        if !(tol.admits(nearest.re, z.re) && tol.admits(nearest.im, z.im)) {
            report(format!("nearest to {z} is {nearest}"));
        }
    }
}
