//! `impetus verify`: the bundled golden numbers hold, both ways of computing agree on parameters no file
//! has, and no file, however hostile, does more than fail with a sentence.

mod agreement;
mod command;
mod hostile;

use impetus::verify::{Book, CaseResult, Summary, Verdict, bundled, run_case, run_cases};
use serde_json::{Value, json};

/// Every case of some books.
pub fn all(books: &[Book]) -> Vec<CaseResult> {
    let jobs: Vec<(&Book, usize)> = books.iter().flat_map(|b| (0..b.cases.len()).map(move |i| (b, i))).collect();
    run_cases(&jobs)
}

/// A book of one case, as text.
pub fn file(section: u8, kind: &str, inputs: &Value, expected: &Value, tol: &Value) -> String {
    let case = json!({ "id": "x", "kind": kind, "inputs": inputs, "expected": expected, "tol": tol });
    json!({ "schema": "golden/1", "section": section, "title": "t", "cases": [case] }).to_string()
}

/// What becomes of the one case of a file.
pub fn only(text: &str) -> CaseResult {
    run_case(&Book::parse("x.json", text).unwrap(), 0)
}

/// A tolerance for exact formulas.
pub fn loose() -> Value {
    json!({ "rel": 1e-9, "abs": 1e-12 })
}

/// Section, cases, not covered, by closed form, by simulation. Everything covered passes.
const BUNDLED: &[(&str, usize, usize, usize, usize)] = &[
    ("00", 9, 0, 9, 6),
    ("01", 22, 0, 11, 16),
    ("02", 70, 0, 70, 18),
    ("03", 59, 0, 59, 10),
    ("04", 32, 0, 32, 9),
    ("05", 74, 0, 46, 60),
    ("06", 36, 0, 36, 20),
    ("07", 20, 0, 20, 7),
    ("08", 20, 0, 20, 8),
    ("09", 44, 0, 44, 36),
    ("10", 18, 0, 10, 15),
    ("11", 34, 0, 32, 25),
    ("12", 68, 0, 0, 68),
    ("13", 33, 0, 31, 15),
    ("torch", 63, 0, 0, 63),
    ("training", 66, 24, 35, 21),
];

#[test]
fn everything_bundled_passes() {
    let books = bundled();
    assert_eq!(books.len(), 16, "a bundled book does not read");
    let results = all(&books);
    for r in &results {
        let fine = matches!(r.verdict, Verdict::Pass | Verdict::NotCovered(_));
        assert!(fine, "{} {:?} {:#?}", r.id, r.verdict, r.checks.iter().filter(|c| !c.pass).collect::<Vec<_>>());
    }
    let got: Vec<_> = Summary::per_section(&results)
        .into_iter()
        .map(|s| (s.section, s.cases, s.not_covered, s.closed_form, s.simulated))
        .collect();
    let want: Vec<_> = BUNDLED.iter().map(|(s, a, b, c, d)| ((*s).to_owned(), *a, *b, *c, *d)).collect();
    assert_eq!(got, want);
    for (i, pair) in results.iter().zip(all(&books)).enumerate() {
        assert_eq!(pair.0.id, pair.1.id, "result {i} is out of order");
    }
}

/// What is not covered is in the training file, and says why.
#[test]
fn gaps_have_reasons() {
    for r in all(&bundled()) {
        if let Verdict::NotCovered(reason) = &r.verdict {
            assert_eq!(r.section, "training", "{}", r.id);
            assert!(reason.contains("needs") || reason.contains("random"), "{}: {reason}", r.id);
        }
    }
}

/// Moving any wanted number out of its tolerance fails the case, in every way it was computed.
#[test]
fn a_perturbed_number_fails() {
    for mut book in bundled() {
        for i in 0..book.cases.len() {
            if run_case(&book, i).verdict != Verdict::Pass || i % 3 > 0 {
                continue;
            }
            for wanted in book.cases[i].expected.values_mut() {
                perturb(wanted);
            }
            let result = run_case(&book, i);
            assert_eq!(result.verdict, Verdict::Fail, "{}", result.id);
            assert!(result.checks.iter().all(|c| !c.pass || c.values == 0), "{}: {:?}", result.id, result.checks);
        }
    }
}

/// Changes every value inside.
fn perturb(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(perturb),
        Value::Object(parts) => parts.values_mut().for_each(perturb),
        Value::Number(x) => *value = json!(x.as_f64().unwrap() * 1.5 + 1.0),
        Value::Bool(x) => *value = json!(!*x),
        Value::String(x) => *value = json!(format!("{x}.")),
        Value::Null => *value = json!(1.0),
    }
}

/// Infinity is a word, null is nothing, NaN is never right, and an unknown key fails.
#[test]
fn the_tolerance_rule_is_the_written_one() {
    let ema = |beta: f64, expected: Value| {
        only(&file(8, "ema", &json!({ "beta": beta }), &expected, &json!({ "rel": 1e-3, "abs": 1e-3 }))).verdict
    };
    for (beta, expected, pass) in [
        (1.0, json!({ "window": "inf" }), true),
        (1.0, json!({ "window": "-inf" }), false),
        (1.0, json!({ "window": 1e308 }), false),
        (1.0, json!({ "dc_group_delay": 0.0 }), false),
        (1.0, json!({ "dc_group_delay": null }), false),
        (1.0, json!({ "dc_group_delay": "nan" }), false),
        (0.1, json!({ "omega_c": null }), true),
        (0.9, json!({ "omega_c": null }), false),
        (0.9, json!({ "window": 10.01 }), true),
        (0.9, json!({ "window": 10.02 }), false),
        (0.9, json!({ "window": "10" }), false),
        (0.9, json!({ "window": [10.0] }), false),
        (0.9, json!({ "window": 10.0, "colour": "red" }), false),
        (0.9, json!({ "window": {} }), false),
    ] {
        let wanted = if pass { Verdict::Pass } else { Verdict::Fail };
        assert_eq!(ema(beta, expected.clone()), wanted, "{beta} {expected}");
    }
    let steps = |n: Value| {
        let inputs = json!({ "q": 0.01, "beta": 0.9, "eps": 1e-3 });
        only(&file(2, "steps_to_eps", &inputs, &json!({ "n_exact": n }), &json!({ "rel": 1, "abs": 9 }))).verdict
    };
    assert_eq!(
        (steps(json!(124)), steps(json!(124.0)), steps(json!(125))),
        (Verdict::Pass, Verdict::Pass, Verdict::Fail)
    );
}
