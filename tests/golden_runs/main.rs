//! Every golden case that is a simulation, replayed by the stepping core.
//!
//! The cases are brute-force numbers made without this program. Closed forms have their own
//! test; a case that is neither replayed here nor listed as left out fails the count.

mod case;
mod conventions;
mod integrators;
mod machine;

use std::path::Path;

use case::{Case, load};
use conventions as c;
use integrators as i;

/// File, kind, how it is replayed, and how many of its cases are, of how many.
type Replay = (&'static str, &'static str, fn(&Case) -> bool, usize, usize);

const REPLAYED: &[Replay] = &[
    ("00_seeds", "d2l", c::d2l, 4, 4),
    ("00_seeds", "seed003", c::seed003, 2, 2),
    ("01_conventions", "run", c::run, 10, 10),
    ("01_conventions", "equivalent", c::equivalent, 1, 1),
    ("01_conventions", "different", c::different, 1, 1),
    ("01_conventions", "nesterov_points", c::nesterov_points, 1, 1),
    ("01_conventions", "constant_gradient", c::constant_gradient, 2, 2),
    ("02_heavy_ball", "cycle3", c::cycle3, 1, 1),
    ("02_heavy_ball", "hb_response", c::hb_response, 8, 8),
    ("03_mapping", "msd_exact", i::msd_exact, 5, 5),
    ("03_mapping", "interpolant", i::interpolant, 3, 3),
    ("03_mapping", "modified_order", i::modified_order, 1, 1),
    ("04_pd", "saturation", i::saturation, 1, 1),
    ("05_integrators", "step", i::step, 16, 16),
    ("05_integrators", "order", i::order, 8, 8),
    ("05_integrators", "heavy_ball_identity", i::heavy_ball_identity, 5, 5),
    ("05_integrators", "leapfrog", i::leapfrog_run, 2, 2),
    ("05_integrators", "shadow", i::shadow, 2, 2),
    // The Leimkuhler-Matthews scheme averages the noise of two steps; no move remembers one.
    ("05_integrators", "sde_step", i::sde_step, 9, 10),
    ("05_integrators", "baoab_noise", i::baoab_noise, 1, 1),
    ("07_phase_space", "volume", i::volume, 7, 7),
    // The other sixteen are of functions the core does not have.
    ("12_functions", "eval", i::eval, 10, 26),
    ("12_functions", "ball_run", i::ball_run, 6, 6),
];

/// File, kind (or every kind not replayed), and why the core cannot replay it.
const LEFT_OUT: &[(&str, &str, &str)] = &[
    ("00_seeds", "ema_window", "weights of an average, a closed form"),
    ("01_conventions", "convert", "a closed form"),
    ("01_conventions", "dampening", "the first step ignores dampening, so it is no word over the moves"),
    ("02_heavy_ball", "*", "closed forms of one mode"),
    ("03_mapping", "*", "closed forms of the mappings and of the oscillator"),
    ("04_pd", "*", "closed forms; of the loops only state feedback under a hold is stepped"),
    ("05_integrators", "stationary", "closed forms; the samplers are held to them in the test of stationary moments"),
    ("05_integrators", "stability_limit", "closed forms"),
    ("05_integrators", "hmc_acceptance", "no accept step yet"),
    ("06_fluctuation", "*", "closed forms of stationary statistics"),
    ("07_phase_space", "*", "closed forms of currents and entropy production"),
    ("08_signal", "*", "closed forms of filters"),
    ("09_games", "*", "no games yet"),
    ("10_adam", "*", "no adaptive methods yet"),
    ("11_toys", "*", "no toy models yet"),
    ("12_functions", "stationary", "stationary points, found by no run"),
];

#[test]
fn simulations_replay() {
    for (file, kind, replay, want, of) in REPLAYED {
        let cases: Vec<Case> = load(file).into_iter().filter(|c| c.kind() == *kind).collect();
        let done = cases.iter().filter(|c| replay(c)).count();
        println!("{file:16} {kind:20} {done:3} of {}", cases.len());
        assert_eq!((done, cases.len()), (*want, *of), "{file} {kind}");
    }
}

#[test]
fn every_case_is_accounted_for() {
    let (mut replayed, mut left_out) = (0, 0);
    let mut files: Vec<&str> = LEFT_OUT.iter().map(|(file, ..)| *file).collect();
    files.dedup();
    for file in files {
        for case in load(file) {
            if REPLAYED.iter().any(|(f, kind, ..)| *f == file && *kind == case.kind()) {
                replayed += 1;
                continue;
            }
            let known = LEFT_OUT.iter().any(|(f, kind, _)| *f == file && (*kind == "*" || *kind == case.kind()));
            assert!(known, "{} is neither replayed nor left out for a reason", case.id());
            left_out += 1;
        }
    }
    println!("{replayed} cases of replayed kinds, {left_out} left out");
    assert_eq!((replayed, left_out), (123, 383));
}

#[test]
fn a_deep_learning_librarys_sgd_replays() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/torch_optimizers.json");
    let whole: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = whole["cases"].as_array().unwrap();
    let done = cases.iter().filter(|case| c::torch_sgd(case)).count();
    // The others: three with dampening, whose first step is special, and the adaptive methods.
    assert_eq!((done, cases.len()), (21, 63));
}
