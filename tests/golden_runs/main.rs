//! Every golden case that is a simulation, replayed by the stepping core.
//!
//! The cases are brute-force numbers made without this program. Closed forms have their own
//! test; a case that is neither replayed here nor listed as left out fails the count.

mod case;
mod conventions;
mod games;
mod integrators;
mod landscapes;
mod machine;
mod optimizers;
mod toys;

use std::collections::BTreeSet;
use std::path::Path;

use case::{Case, load};
use conventions as c;
use games as g;
use integrators as i;
use landscapes as l;
use optimizers as o;
use toys as t;

/// File, kind, how it is replayed, and how many of its cases are, of how many.
type Replay = (&'static str, &'static str, fn(&Case) -> bool, usize, usize);

const REPLAYED: &[Replay] = &[
    ("00_seeds", "d2l", c::d2l, 4, 4),
    ("00_seeds", "seed003", c::seed003, 2, 2),
    ("01_conventions", "run", c::run, 10, 10),
    ("01_conventions", "run", o::scheduled, 10, 10),
    ("01_conventions", "dampening", o::dampening, 1, 1),
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
    ("05_integrators", "sde_step", i::sde_step, 10, 10),
    ("05_integrators", "baoab_noise", i::baoab_noise, 1, 1),
    ("05_integrators", "hmc_acceptance", i::hmc_acceptance, 3, 3),
    ("07_phase_space", "volume", i::volume, 7, 7),
    ("09_games", "bilinear", g::bilinear, 13, 13),
    ("09_games", "ellipse", g::ellipse, 8, 8),
    ("09_games", "growth", g::growth, 4, 4),
    ("09_games", "regularised", g::regularised, 4, 4),
    ("09_games", "alt_two_beta", g::alt_two_beta, 7, 7),
    ("09_games", "dirac_gan", g::dirac_gan, 4, 4),
    ("10_adam", "run", o::run, 7, 7),
    ("10_adam", "first_step", o::first_step, 3, 3),
    ("10_adam", "equilibrium", o::equilibrium, 2, 2),
    ("10_adam", "sgdw_poles", o::sgdw_poles, 2, 2),
    ("10_adam", "rotation", o::rotation, 1, 1),
    ("11_toys", "bn_lag", t::bn_lag, 8, 8),
    ("11_toys", "bn_scale_run", t::bn_scale_run, 3, 3),
    ("11_toys", "bn_norm_gd", t::bn_norm_gd, 1, 1),
    ("11_toys", "fed_run", t::fed_run, 2, 2),
    ("11_toys", "fed_fixed_point", t::fed_fixed_point, 2, 2),
    ("11_toys", "fed_variance", t::fed_variance, 2, 2),
    ("11_toys", "rnn_scalar", t::rnn_scalar, 3, 3),
    ("11_toys", "rnn_run", t::rnn_run, 6, 6),
    ("12_functions", "eval", l::eval, 26, 26),
    ("12_functions", "stationary", l::stationary, 36, 36),
    ("12_functions", "ball_run", l::ball_run, 6, 6),
];

/// File, kind (or every kind not replayed), and why the core cannot replay it.
const LEFT_OUT: &[(&str, &str, &str)] = &[
    ("00_seeds", "ema_window", "weights of an average, a closed form"),
    ("01_conventions", "convert", "a closed form"),
    ("02_heavy_ball", "*", "closed forms of one mode"),
    ("03_mapping", "*", "closed forms of the mappings and of the oscillator"),
    ("04_pd", "*", "closed forms; of the loops only state feedback under a hold is stepped"),
    ("05_integrators", "stationary", "closed forms; the samplers are held to them in the test of stationary moments"),
    ("05_integrators", "stability_limit", "closed forms"),
    ("06_fluctuation", "*", "closed forms of stationary statistics"),
    ("07_phase_space", "*", "closed forms of currents and entropy production"),
    ("08_signal", "*", "closed forms of filters"),
    ("09_games", "thresholds", "closed forms"),
    ("09_games", "continuous", "closed forms of the continuous game"),
    ("10_adam", "frozen_threshold", "a closed form with a frozen denominator"),
    ("10_adam", "effective_mass", "a closed form"),
    ("11_toys", "bn_lag_phase", "the response of an average, a closed form"),
    ("11_toys", "bn_equilibrium", "closed forms"),
    ("11_toys", "rnn_jacobian", "norms of matrix powers; nothing is optimized"),
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
    let names = REPLAYED.iter().map(|(file, ..)| *file).chain(LEFT_OUT.iter().map(|(file, ..)| *file));
    let files: BTreeSet<&str> = names.collect();
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
    assert_eq!((replayed, left_out), (245, 261));
}

#[test]
fn a_deep_learning_librarys_optimizers_replay() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/golden/torch_optimizers.json");
    let whole: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = whole["cases"].as_array().unwrap();
    cases.iter().for_each(o::torch_run);
    assert_eq!(cases.len(), 63);
}
