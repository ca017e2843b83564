//! `training.json`: what of the articles' training runs is deterministic, turned into cases.
//!
//! What needs data the program does not come with becomes a case whose kind says so; it is reported as not
//! covered, with the reason, unless a reader brought the data. Of a band of random runs the mean is checked.

use serde_json::{Value, json};

use crate::core::models::TENSORS;

use super::book::{Book, Case};
use super::compare::Tolerance;

/// Relative tolerance of the exact tables, as the file states it.
const EXACT: Tolerance = Tolerance::Number { rel: 1e-9, abs: 1e-12 };

/// Of numbers the file prints with eight to ten digits.
const ROUNDED: Tolerance = Tolerance::Number { rel: 1e-7, abs: 1e-8 };

/// Of numbers computed in single precision.
const SINGLE: Tolerance = Tolerance::Number { rel: 0.0, abs: 5e-7 };

/// The cases of the file; parts that are missing make none.
pub fn book(name: &str, file: &Value) -> Book {
    let mut cases = Vec::new();
    quadratic(&file["article_002_quadratic"], &mut cases);
    two_steps(&file["article_003_two_steps"], &mut cases);
    airfoil(&file["article_002_airfoil"], &mut cases);
    line(&file["article_000_line"], &mut cases);
    convnet(&file["article_001_convnet"], &mut cases);
    for (i, run) in list(&file["digits8_softmax"]["cases"]).iter().enumerate() {
        cases.push(case("digits8_softmax", i, run, json!({ "rows": run["rows"] })));
    }
    let source = file["made_with"].as_str().unwrap_or_default();
    cases.iter_mut().for_each(|case| case.source = source.to_owned());
    let title = "The deterministic parts of the articles' training runs".into();
    Book { name: name.into(), section: "training".into(), title, cases }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn case(kind: &str, index: usize, inputs: &Value, expected: Value) -> Case {
    let mut case = Case::new(format!("training.{kind}.{}", index + 1), kind, "");
    case.inputs = inputs.clone();
    case.tolerance = EXACT;
    match expected {
        Value::Object(expected) if !expected.is_empty() => case.expected = expected,
        _ => case.fault = Some("nothing is expected".into()),
    }
    case
}

/// Rows without their first column, and that column.
fn split_rows(rows: &Value) -> (Vec<Value>, Vec<Value>) {
    let split = |row: &Value| {
        let (first, rest) = list(row).split_first()?;
        Some((first.clone(), Value::Array(rest.to_vec())))
    };
    list(rows).iter().filter_map(split).unzip()
}

/// One column of a list of objects.
fn column(modes: &Value, key: &str) -> Value {
    list(modes).iter().map(|mode| mode[key].clone()).collect()
}

/// The read-outs of the modes of a Hessian.
fn modes(index: usize, kind: &str, run: &Value, hessian: &Value, beta: &Value) -> Case {
    let keys = ["lambda", "eta_lambda", "discriminant", "regime", "spectral_radius", "e_fold_steps", "period_steps"];
    let mut expected: serde_json::Map<String, Value> =
        keys.iter().map(|key| ((*key).to_owned(), column(&run["modes"], key))).collect();
    expected.insert("beta_critical".into(), column(&run["modes"], "beta_critical"));
    let inputs = json!({ "H": hessian, "eta": run["eta"], "beta": beta });
    let mut case = case(kind, index, &inputs, Value::Object(expected));
    case.tolerance = ROUNDED;
    case
}

fn quadratic(part: &Value, cases: &mut Vec<Case>) {
    let hessian = json!([[0.2, 0.0], [0.0, 4.0]]);
    for (i, run) in list(&part["cases"]).iter().enumerate() {
        let (steps, rows) = split_rows(&run["rows"]);
        let inputs = json!({ "eta": run["eta"], "beta": run["gamma"], "start": run["start"], "at": steps,
                             "steps": run["steps"] });
        let expected = json!({ "rows": rows, "printed": run["article_prints"] });
        cases.push(case("quadratic", i, &inputs, expected));
        cases.push(modes(i, "modes", run, &hessian, &run["gamma"]));
    }
}

fn two_steps(part: &Value, cases: &mut Vec<Case>) {
    for (i, precision) in ["float64", "float32"].into_iter().enumerate() {
        let rows = &part[precision]["rows"];
        let at = |column: usize| -> Value { list(rows).iter().map(|row| row[column].clone()).collect() };
        let inputs = json!({ "lr": 0.01, "momentum": 0.9, "w0": 1.0, "steps": list(rows).len() });
        let mut run = case("two_steps", i, &inputs, json!({ "gradient_used": at(1), "w_after": at(2) }));
        if precision == "float32" {
            run.tolerance = SINGLE;
        }
        cases.push(run);
    }
    let inputs = json!({ "lr": 0.01, "momentum": 0.9, "dampening": 0.9, "w0": 1.0, "steps": 2 });
    let mut expected = part["other_conventions_after_two_steps"].clone();
    if let Value::Object(expected) = &mut expected {
        expected.insert("would_print".into(), part["would_print"].clone());
    }
    cases.push(case("two_steps_otherwise", 0, &inputs, expected));
}

fn airfoil(part: &Value, cases: &mut Vec<Case>) {
    let problem = &part["problem"];
    let bowl = json!({ "H": problem["H"], "c": problem["c"], "yy": problem["yy"] });
    if problem.is_object() {
        let expected = json!({
            "optimum": problem["optimum"], "loss_at_optimum": problem["loss_at_optimum"],
            "loss_at_zero": problem["loss_at_zero"], "hessian_eigenvalues": problem["hessian_eigenvalues"],
            "condition_number": problem["condition_number"],
            "hessian_eigenvectors": problem["hessian_eigenvectors"]["rows"],
        });
        cases.push(case("airfoil_moments", 0, &bowl, expected));
        let noise = &problem["gradient_noise"];
        let inputs = with(&bowl, json!({ "C": noise["C"] }));
        let expected = json!({ "C_diagonal_in_eigenbasis": noise["C_diagonal_in_eigenbasis"], "trace": noise["trace"],
                               "C_eig_over_2Lmin_lambda": noise["C_eig_over_2Lmin_lambda"] });
        let mut noise_case = case("airfoil_noise", 0, &inputs, expected);
        noise_case.key_tolerances.push(("C_eig_over_2Lmin_lambda".into(), ROUNDED));
        cases.push(noise_case);
    }
    airfoil_bands(&part["bands"], &with(&bowl, json!({ "C": problem["gradient_noise"]["C"] })), cases);
    for (i, run) in list(&part["full_batch_float64"]["cases"]).iter().enumerate() {
        let (steps, rows) = split_rows(&run["rows"]);
        let inputs = with(&bowl, json!({ "eta": run["eta"], "beta": run["beta"], "at": steps }));
        cases.push(case("airfoil_full_batch", i, &inputs, json!({ "rows": rows })));
        cases.push(modes(i, "airfoil_modes", run, &problem["H"], &run["beta"]));
    }
    for (i, run) in list(&part["fixed_order_float64"]["cases"]).iter().enumerate() {
        let mut expected = json!({ "theta": run["theta"], "losses": run["loss_after_batches_0_30_..._300"] });
        for key in ["first_10_rows", "epoch_2_first_10_rows"] {
            if run[key].is_array() {
                expected[key] = run[key].clone();
            }
        }
        cases.push(case("airfoil_fixed_order", i, run, expected));
    }
}

/// The bands of random runs: only the simple temperature follows from the moments alone.
fn airfoil_bands(bands: &Value, bowl: &Value, cases: &mut Vec<Case>) {
    for (i, band) in bands.as_object().into_iter().flat_map(|bands| bands.values()).enumerate() {
        cases.push(band_of_runs(i, band));
        let thermal = &band["thermal"];
        if !thermal.is_object() {
            continue;
        }
        let inputs = with(bowl, json!({ "eta": band["eta"], "beta": band["beta"], "batch": band["batch"] }));
        let expected = json!({ "temperature_per_mode_simple": thermal["temperature_per_mode_simple"],
                               "stationary_mean_loss_simple": thermal["stationary_mean_loss_simple"] });
        let mut simple = case("airfoil_thermal", i, &inputs, expected);
        simple.tolerance = ROUNDED;
        cases.push(simple);
        cases.push(thermal_exact(i, &inputs, thermal));
        cases.push(modes(i, "airfoil_modes_minibatch", band, &bowl["H"], &band["beta"]));
    }
}

/// The mean of 64 runs, wherever in the interval that the file accepts.
fn band_of_runs(index: usize, band: &Value) -> Case {
    let accepted = &band["final_loss"]["accept_mean_of_64_runs"];
    let end = |k: usize| accepted[k].as_f64().unwrap_or(f64::NAN);
    let uniform = band["init"].as_str().is_some_and(|init| init.contains("U("));
    let inputs = json!({ "eta": band["eta"], "beta": band["beta"], "uniform": uniform });
    let mut case = case("airfoil_band", index, &inputs, json!({ "mean_of_64_runs": 0.5 * (end(0) + end(1)) }));
    case.tolerance = Tolerance::Number { rel: 0.0, abs: 0.5 * (end(1) - end(0)) };
    case
}

/// What depends on the rows beyond their second moments.
fn thermal_exact(index: usize, inputs: &Value, thermal: &Value) -> Case {
    let after = thermal["mean_loss_after_steps_exact_with_replacement"].as_object();
    let steps = |(n, loss): (&String, &Value)| Some((n.parse::<u64>().ok()?, loss.clone()));
    let mut after: Vec<(u64, Value)> = after.into_iter().flatten().filter_map(steps).collect();
    after.sort_by_key(|(n, _)| *n);
    let (at, losses): (Vec<u64>, Vec<Value>) = after.into_iter().unzip();
    let keys = ["temperature_per_mode_exact", "stationary_mean_loss_exact_with_replacement"];
    let mut expected = json!({ "mean_losses": losses });
    keys.into_iter().for_each(|key| expected[key] = thermal[key].clone());
    let mut case = case("airfoil_thermal_exact", index, &with(inputs, json!({ "at": at })), expected);
    case.tolerance = ROUNDED;
    case
}

/// Two objects in one.
fn with(base: &Value, more: Value) -> Value {
    let mut out = base.clone();
    if let (Value::Object(out), Value::Object(more)) = (&mut out, more) {
        out.extend(more);
    }
    out
}

fn line(part: &Value, cases: &mut Vec<Case>) {
    for (i, run) in list(&part["fixed_data_float64"]["cases"]).iter().enumerate() {
        let (epochs, rows) = split_rows(&run["rows"]);
        let inputs = json!({ "eta": run["eta"], "beta": run["beta"], "nesterov": run["nesterov"], "at": epochs });
        cases.push(case("line", i, &inputs, json!({ "rows": rows })));
    }
    if part["bands"].is_object() || part["task"].is_string() {
        cases.push(case("line_band", 0, &json!({}), json!({ "task": part["task"] })));
    }
}

fn convnet(part: &Value, cases: &mut Vec<Case>) {
    for (i, run) in list(&part["fixed_float64"]["cases"]).iter().enumerate() {
        let steps = list(&run["losses"]).len().saturating_sub(1);
        let inputs = with(run, json!({ "steps": steps }));
        let gradient =
            |key: &str| -> Value { TENSORS.iter().map(|(name, _)| run["gradient"][name][key].clone()).collect() };
        let expected = json!({
            "losses": run["losses"], "log_probabilities": run["log_probabilities_of_first_image"],
            "gradient_norm": gradient("norm"), "gradient_sum": gradient("sum"),
            "gradient_first_three": gradient("first_three"), "gradient_last": gradient("last"),
        });
        cases.push(case("convnet_fixed", i, &inputs, expected));
        let pass = &run["one_pass_in_file_order"];
        let (at, losses) = split_rows(&pass["batch_loss"]["rows"]);
        let expected = json!({ "batch_loss": losses, "train_loss": pass["train_loss"],
                               "test_accuracy": pass["test_accuracy"], "test_loss": pass["test_loss"] });
        cases.push(case("convnet_pass", i, &with(run, json!({ "at": at })), expected));
    }
    for (i, band) in part["bands"].as_object().into_iter().flat_map(|bands| bands.values()).enumerate() {
        cases.push(case("convnet_band", i, &json!({}), json!({ "rows": band["rows"] })));
    }
}
