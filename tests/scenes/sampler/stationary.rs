//! Var x of SGHMC and BAOAB on a 5 × 5 grid of (β, ηλ), and the bias table of every scheme.
//!
//! These are 50 looks at once. A single one exceeds 3 standard errors with 0.27 %, so of 50 up to two
//! may (three or more: 0.04 %), and none may exceed 4.2 (0.13 % for all of them together). The standard
//! errors are corrected for autocorrelation and at most 1.1 %, so an error of 5 % is seen in every cell.

use std::sync::Arc;

use impetus::core::fields::Quadratic;
use impetus::core::methods::{baoab, sghmc};
use impetus::core::{Noise, Splitting, State, System, advance};
use impetus::figure::Layer;
use impetus::theory::fluctuation::mean_with_error;
use impetus::theory::sampler::sghmc as exact_sghmc;

use super::{run, scene, view};

const BETAS: [f64; 5] = [0.5, 0.7, 0.8, 0.9, 0.95];
const QS: [f64; 5] = [0.02, 0.1, 0.3, 1.0, 2.0];
const N: usize = 500;
const STEPS: u64 = 2500;

/// z and relative standard error of λ⟨x²⟩ over a long run of a cloud, T = λ = 1.
fn look(word: Splitting, exact: f64, seed: u64) -> [f64; 2] {
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), word);
    let mut state = State::at(&[0.0], &[], N, seed, 0);
    Noise::new(seed, 0).add(&mut state.q, N, 1.0, 0, 250);
    advance(&system, &mut state, 400, &mut ());
    let mut series = Vec::new();
    for _ in 0..STEPS {
        advance(&system, &mut state, 1, &mut ());
        series.push(state.q.iter().map(|x| x * x).sum::<f64>() / N as f64);
    }
    let estimate = mean_with_error(&series).unwrap();
    [estimate.z(exact), estimate.error / exact]
}

#[test]
fn variances_are_those_of_the_closed_form_on_the_whole_grid() {
    let mut all = Vec::new();
    for (i, beta) in BETAS.into_iter().enumerate() {
        for (j, q) in QS.into_iter().enumerate() {
            let seed = (10 * i + j) as u64;
            // The splitting with the same poles: η = h²(1 + β)/2, β = e^(−γh).
            let h = (2.0 * q / (1.0 + beta)).sqrt();
            let looks = [
                ("SGHMC", look(sghmc(q, 1.0 - beta, 1.0), exact_sghmc(q, 1.0 - beta, 0.0, 1.0, 1.0).var_x, seed)),
                ("BAOAB", look(baoab(1.0, -beta.ln() / h, h, 1.0), 1.0, 100 + seed)),
            ];
            for (name, [z, error]) in looks {
                println!("{name} β {beta:4} ηλ {q:4}: z {z:+.2}, error {:.2} %", 100.0 * error);
                assert!(z.abs() <= 4.2, "{name} at β {beta}, ηλ {q}: z = {z}");
                assert!(error <= 0.011, "{name} at β {beta}, ηλ {q}: an error of {error} is too blunt");
                all.push(z);
            }
        }
    }
    let beyond = all.iter().filter(|z| z.abs() > 3.0).count();
    assert!(beyond <= 2, "{beyond} of {} beyond 3 standard errors", all.len());
    // Σz² of 50 looks: mean 50, standard deviation 10.
    let square: f64 = all.iter().map(|z| z * z).sum();
    assert!((15.0..100.0).contains(&square), "errors are not those stated: Σz² = {square}");
}

#[test]
fn the_bias_table_measures_the_closed_forms() {
    // Steps so large that every bias is visible; 14 marks with an exact number each.
    let run = run("sampler", &[("landscape", "harmonic"), ("h", "0.7"), ("gamma", "1.5"), ("particles", "1")], 5, 3);
    let figure = scene("sampler").figure("bias", &run, view(&run)).unwrap();
    let mut marks = 0;
    for panel in &figure.panels {
        let bars = panel.layers.iter().find_map(|l| if let Layer::ErrorBars(b) = l { Some(b) } else { None }).unwrap();
        let rings = panel.layers.iter().find_map(|l| if let Layer::Points(p) = l { Some(p) } else { None }).unwrap();
        assert_eq!(bars.x, rings.x, "measured and known for the same schemes");
        for i in 0..bars.x.len() {
            let error = (bars.high[i] - bars.low[i]) / (2.0 * 1.96);
            let z = (bars.y[i] - rings.y[i]) / error;
            println!("{} {}: {} for {}, z {z:+.2}", panel.id, bars.x[i], bars.y[i], rings.y[i]);
            assert!(z.abs() <= 4.0 && error <= 0.05 * rings.y[i], "{} {}: z = {z}", panel.id, bars.x[i]);
            marks += 1;
        }
    }
    assert_eq!(marks, 14);
}
