//! Files and cases at fault.

use impetus::verify::{Book, Verdict, bundled, run_case};
use serde_json::json;

use crate::{all, file, loose, only};

/// Files that are no books: what they say, and the sentence that has to name it.
#[test]
fn files_that_are_no_books_are_refused_in_a_sentence() {
    let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep = format!("{{\"schema\": \"golden/1\", \"section\": 2, \"cases\": {nested}}}");
    let table: &[(&str, &str)] = &[
        ("", "line 1"),
        ("{", "line 1 column 1"),
        ("nonsense", "line 1"),
        ("[1, 2]", "`schema`, `section` and `cases`"),
        ("3", "line 1"),
        ("{\n \"schema\": \"golden/1\",\n \"section\": NaN }", "line 3"),
        ("{\"schema\": \"golden/1\", \"section\": 1e999, \"cases\": []}", "out of range"),
        ("{\"schema\": \"golden/1\", \"section\": -1, \"cases\": []}", "line 1"),
        ("{\"schema\": \"golden/1\", \"section\": 2}", "`cases`"),
        ("{\"schema\": \"golden/1\", \"section\": 2, \"cases\": {}}", "line 1 column"),
        ("{\"schema\": \"golden/1\", \"section\": \"two\", \"cases\": []}", "line 1 column"),
        ("{\"schema\": \"golden/2\", \"section\": 2, \"cases\": []}", "golden/2"),
        ("{\"section\": 2, \"cases\": []}", "missing"),
        ("{\"rules\": {}, \"columns\": [], \"cases\": [{}]}", "optimizer"),
        (&deep, "recursion limit"),
        (&nested, "line 1"),
    ];
    for (text, has) in table {
        let said = Book::parse("x.json", text).unwrap_err().to_string();
        let short: String = text.chars().take(80).collect();
        assert!(said.contains(has) && said.contains("x.json") && !said.contains('\n'), "{short}: {said}");
        assert!(said.len() < 500, "{short}: {said}");
    }
    let large = " ".repeat(impetus::verify::LARGEST + 1);
    assert!(Book::parse("x.json", &large).unwrap_err().to_string().contains("at most"));
}

/// Cases at fault: section, kind, inputs, and the word the sentence has to contain.
#[test]
fn cases_at_fault_are_named() {
    let bowl = json!({ "type": "diag_quadratic", "lambda": [1.0], "x_star": [0.0] });
    let table = [
        (2, "hb_modes", json!({ "q": 0.1 }), "`beta` is missing"),
        (2, "hb_modes", json!({ "q": 0.1, "beta": null }), "`beta` is missing"),
        (2, "hb_modes", json!({ "q": "NaN", "beta": 0.9 }), "`q` is \"NaN\""),
        (2, "hb_modes", json!({ "q": [0.1], "beta": 0.9 }), "`q`"),
        (2, "hb_modes", json!({ "q": true, "beta": 0.9 }), "`q`"),
        (2, "hb_response", json!({ "q": 0.1, "beta": 0.9, "x0": 1.0, "v0_seed": 0.0, "t": [-1] }), "`t` is -1"),
        (2, "hb_response", json!({ "q": 0.1, "beta": 0.9, "x0": 1.0, "v0_seed": 0.0, "t": 3 }), "`t`"),
        (2, "cycle3", json!({ "eta": 0.1, "beta": 0.4, "x0": 3.3, "x_minus1": 3.3, "steps": 1e18 }), "`steps` is 1e18"),
        (3, "map_forward", json!({ "map": "mercator", "m": 1.0, "c": 1.0, "h": 0.1 }), "“mercator”"),
        (3, "map_forward", json!({ "map": "qian", "m": 0.0, "c": 1.0, "h": 0.0 }), "dictionary"),
        (4, "saturation", json!({ "J": 1, "kp": 1, "kd": 1, "T": 0.1, "r": 1, "u_max": 1, "n": -5 }), "`n` is -5"),
        (
            5,
            "order",
            json!({ "integrator": "rk4", "m": 1, "c": 0, "k": 1, "T": 1, "x0": 1, "v0": 0, "n": [1e15] }),
            "`n`",
        ),
        (
            5,
            "step",
            json!({ "integrator": "magic", "m": 1, "c": 0, "h": 1, "U": { "type": "harmonic", "k": 1 },
                            "x0": 1, "v0": 0, "n": 1 }),
            "“magic”",
        ),
        (
            5,
            "sde_step",
            json!({ "scheme": "obabo", "params": { "m": 1, "c": 1, "h": 1, "T": 1 },
                                "U": { "type": "harmonic", "k": 1 }, "x0": 1, "v0": 0, "xi": [[1.0]] }),
            "2 deviates",
        ),
        (6, "matrix", json!({ "K": vec![vec![1.0; 100]; 100], "C": [[1.0]], "eta": 0.1, "beta": 0.9 }), "`K`"),
        (6, "matrix", json!({ "K": [[1.0, 2.0], [3.0]], "C": [[1.0]], "eta": 0.1, "beta": 0.9 }), "`K`"),
        (7, "linear_all_even", json!({ "A": [[-1.0]], "D": [[1.0, 0.0], [0.0, 1.0]] }), "differ in size"),
        (
            10,
            "run",
            json!({ "variant": "adam", "objective": bowl, "x0": [1.0, 2.0], "lr": 0.1, "b1": 0.9, "select": [1] }),
            "differ in length",
        ),
        (
            10,
            "run",
            json!({ "variant": "eve", "objective": bowl, "x0": [1.0], "lr": 0.1, "b1": 0.9, "select": [1] }),
            "“eve”",
        ),
        (
            11,
            "fed_run",
            json!({ "a": [1.0], "b": [1.0], "E": 5, "eta_l": 0.1, "eta_s": 1.0, "beta": 0.9,
                                "rounds": [[7]], "x0": 0.0 }),
            "`rounds`",
        ),
        (
            11,
            "rnn_run",
            json!({ "w0": 1, "h0": 1, "y": 1, "T": 3, "eta": 0.1, "beta": 0.1, "clip": -1.0, "n": 3 }),
            "`clip`",
        ),
        (12, "eval", json!({ "function": "rosenbrock", "x": [1.0] }), "coordinates"),
        (12, "eval", json!({ "function": "rosenbrock", "x": vec![1.0; 1000] }), "`x` has 1000"),
        (12, "eval", json!({ "function": 3, "x": [1.0] }), "`function`"),
    ];
    for (section, kind, inputs, has) in table {
        let result = only(&file(section, kind, &inputs, &json!({ "anything": 1.0 }), &loose()));
        let Verdict::Malformed(said) = &result.verdict else { panic!("{kind} {inputs}: {:?}", result.verdict) };
        assert!(said.contains(has) && !said.contains('\n') && said.len() < 400, "{kind} {inputs}: {said}");
    }
}

/// What a case itself may lack.
#[test]
fn cases_without_their_parts_are_named() {
    let whole = json!({ "id": "x", "kind": "hb_modes", "inputs": { "q": 0.1, "beta": 0.9 }, "expected": { "rho": 0.9 },
                        "tol": { "rel": 0, "abs": 1 } });
    let table = [
        ("kind", json!(null), "kind"),
        ("kind", json!(3), "kind"),
        ("inputs", json!(null), "inputs"),
        ("inputs", json!([1]), "inputs"),
        ("expected", json!(null), "expected"),
        ("expected", json!({}), "empty"),
        ("tol", json!(null), "tol"),
        ("tol", json!({ "rel": 1e-9 }), "tol"),
        ("tol", json!({ "rel": "big", "abs": 1 }), "tol"),
        ("tol", json!({ "rel": -1, "abs": 1 }), "tol"),
        ("tol_keys", json!([1]), "tol_keys"),
        ("tol_keys", json!({ "rho": 3 }), "tol_keys.rho"),
    ];
    for (key, value, has) in table {
        let mut case = whole.clone();
        case[key] = value;
        let text = json!({ "schema": "golden/1", "section": 2, "cases": [case, whole, 5] }).to_string();
        let book = Book::parse("x.json", &text).unwrap();
        let Verdict::Malformed(said) = run_case(&book, 0).verdict else { panic!("{key}: no fault") };
        assert!(said.contains(has), "{key}: {said}");
        assert_eq!(run_case(&book, 1).verdict, Verdict::Pass);
        assert!(matches!(run_case(&book, 2).verdict, Verdict::Malformed(_)));
        assert!(matches!(run_case(&book, 3).verdict, Verdict::Malformed(_)), "there is no fourth case");
    }
}

/// A kind nobody knows, or one of another section, is never a pass.
#[test]
fn unknown_kinds_are_not_covered() {
    for (section, kind) in [(2, "perpetual_motion"), (3, "hb_modes"), (99, "hb_modes")] {
        let inputs = json!({ "q": 0.1, "beta": 0.9 });
        let result = only(&file(section, kind, &inputs, &json!({ "rho": 1.0 }), &json!({ "rel": 9, "abs": 9 })));
        assert!(matches!(result.verdict, Verdict::NotCovered(_)), "{section} {kind}: {:?}", result.verdict);
    }
    let inputs = json!({ "function": "atlantis", "x": [1.0] });
    let result = only(&file(12, "eval", &inputs, &json!({ "f": 1.0 }), &loose()));
    assert!(matches!(result.verdict, Verdict::NotCovered(_)));
}

/// Every input of one case per kind replaced by everything it should not be: each run ends, none panics.
#[test]
fn mangled_inputs_are_survived() {
    let absurd = [
        json!(null),
        json!("x"),
        json!([]),
        json!({}),
        json!(true),
        json!(0),
        json!(-1),
        json!(1),
        json!(2.5),
        json!(1e-300),
        json!(1e18),
        json!(-1e300),
        json!(1e300),
        json!([[]]),
        json!([1e300, -1e300]),
        json!([[1.0, 2.0], [3.0, 4.0]]),
        json!(vec![0.5; 5000]),
        json!([{}]),
        json!("inf"),
    ];
    let mut mangled = Vec::new();
    for book in bundled() {
        let mut seen: Vec<String> = Vec::new();
        for case in &book.cases {
            if seen.contains(&case.kind) || case.kind == "ks_modified" {
                continue;
            }
            seen.push(case.kind.clone());
            let keys: Vec<String> = case.inputs.as_object().unwrap().keys().cloned().collect();
            let mut cases = Vec::new();
            for key in &keys {
                for value in &absurd {
                    let mut case = case.clone();
                    case.inputs[key] = value.clone();
                    cases.push(case);
                }
            }
            mangled.push(Book { cases, ..book.clone() });
        }
    }
    let results = all(&mangled);
    assert_eq!(results.len(), mangled.iter().map(|b| b.cases.len()).sum::<usize>(), "a run panicked");
    let malformed = results.iter().filter(|r| matches!(r.verdict, Verdict::Malformed(_))).count();
    assert!(malformed * 3 > results.len(), "only {malformed} of {} are malformed", results.len());
}
