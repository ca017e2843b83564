//! HMC: energy errors of second order, acceptance towards one, and both as the closed form has them.

use std::sync::Arc;

use impetus::core::fields::{DoubleWell, Quadratic};
use impetus::core::methods::{Hmc, leapfrog};
use impetus::core::{At, Field, Noise, State, System, advance};
use impetus::theory::sampler::hmc_gaussian;

const N: usize = 4000;

/// Acceptance and mean square energy error of the first proposals from the exact law on a bowl, T = 1.
fn proposals(h: f64, leaps: u32) -> [f64; 2] {
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), Hmc::new(1.0, h, leaps, 1.0));
    let mut state = State::at(&[0.0], &[], N, 11, 0);
    Noise::new(11, 0).add(&mut state.q, N, 1.0, 0, 250);
    let mut square = 0.0;
    const ROUNDS: usize = 10;
    for _ in 0..ROUNDS {
        advance(&system, &mut state, 1, &mut ());
        let [start, end] = [3, 4].map(|slot: usize| state.slots[slot][..N].to_vec());
        square += start.iter().zip(&end).map(|(a, b)| (b - a) * (b - a)).sum::<f64>();
    }
    let stats = state.stats;
    assert_eq!(stats.proposed, (N * ROUNDS) as u64);
    [stats.accepted as f64 / stats.proposed as f64, (square / (N * ROUNDS) as f64).sqrt()]
}

#[test]
fn acceptance_and_energy_error_are_those_of_the_closed_form() {
    // 40,000 proposals: the standard error of an acceptance a is √(a(1 − a)/40,000) ≤ 0.25 %, that of the
    // root mean square, whose square is heavy-tailed, about 1.5 %.
    for (h, leaps) in [(0.3, 3), (0.8, 5), (1.2, 2), (1.7, 4)] {
        let exact = hmc_gaussian(1.0, 1.0, h, u64::from(leaps)).unwrap();
        let [acceptance, error] = proposals(h, leaps);
        println!(
            "h {h}: acceptance {acceptance} for {}, error {error} for {}",
            exact.acceptance,
            exact.rms_energy_error()
        );
        assert!((acceptance - exact.acceptance).abs() <= 0.011, "{acceptance} for {}", exact.acceptance);
        assert!((error / exact.rms_energy_error() - 1.0).abs() <= 0.06, "{error} for {}", exact.rms_energy_error());
    }
    assert!(hmc_gaussian(1.0, 1.0, 2.0, 3).is_none(), "hω = 2 is the wall");
}

#[test]
fn acceptance_rises_to_one_as_the_step_falls() {
    let rates: Vec<f64> = [(1.6, 1), (0.8, 2), (0.4, 4), (0.1, 16)].map(|(h, l)| proposals(h, l)[0]).to_vec();
    assert!(rates.windows(2).all(|w| w[1] > w[0]) && rates[3] > 0.998, "{rates:?}");
}

#[test]
fn the_energy_error_of_a_trajectory_is_of_second_order() {
    let field: Arc<dyn Field> = Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 });
    let energy = |q: f64, v: f64| {
        let mut u = [f64::NAN];
        field.potential(At { t: 0.0, n: 1, q: &[q], v: &[v] }, &mut u);
        u[0] + 0.5 * v * v
    };
    // The same length of time, from starts all over one shell and beyond.
    let worst = |h: f64| {
        let system = System::new(field.clone(), leapfrog(1.0, h));
        let error = |i: u32| {
            let (q, v) = (-1.4 + 0.15 * f64::from(i), 0.9 - 0.1 * f64::from(i));
            let mut state = State::at(&[q], &[v], 1, 0, 0);
            advance(&system, &mut state, (1.6 / h).round() as u64, &mut ());
            (energy(state.q[0], state.v[0]) - energy(q, v)).abs()
        };
        (0..10).map(error).fold(0.0, f64::max)
    };
    for h in [0.1, 0.05, 0.025] {
        let order = (worst(h) / worst(0.5 * h)).log2();
        assert!((order - 2.0).abs() <= 0.1, "h {h}: order {order}");
    }
}
