//! Every quantity of the four machines against its closed form.

use impetus::scenes::{Lens, made};
use impetus::theory::fluctuation::sghmc_temperatures;
use impetus::theory::heavy_ball::{exact_steps, response, spectral_radius};
use impetus::theory::regime::{Regime, classify};

use super::{Set, sweep};

/// A bowl of curvature 1, so that η is ηλ.
fn cells(set: Set<'_>, quantity: &str) -> impl Fn(f64, f64) -> f64 + use<> {
    let set: Vec<(&str, &str)> = [("problem", "one"), ("lambda1", "1")].iter().chain(set).copied().collect();
    let sweep = sweep(made("one-machine", None).unwrap(), &set, Lens::Optimizer, quantity);
    move |eta, beta| sweep.cell([eta, beta])
}

#[test]
fn rate_steps_overshoot_and_class_are_those_of_theory() {
    let of = |quantity| cells(&[], quantity);
    let [rate, decades, steps, overshoot, regime] = ["rate", "decades", "steps", "overshoot", "regime"].map(of);
    let (mut stable, mut classes) = (0, [0; 5]);
    for (i, k) in (0..30).flat_map(|i| (0..27).map(move |k| (i, k))) {
        let (eta, beta) = (0.013 * 1.21f64.powi(i), -0.231 + 0.0473 * f64::from(k));
        let found = [rate(eta, beta), decades(eta, beta), steps(eta, beta), overshoot(eta, beta), regime(eta, beta)];
        let said = format!("η {eta}, β {beta}: {found:?}");
        let class = classify(eta, beta);
        if !class.is_stable() {
            assert!(found.iter().all(|v| v.is_nan()), "{said}");
            continue;
        }
        stable += 1;
        let radius = spectral_radius(eta, beta);
        assert!((found[0] - radius).abs() <= 2e-5, "{said} for {radius}");
        assert!((found[1] + radius.log10()).abs() <= 2e-5 / radius, "{said}");
        if let Some(want) = exact_steps(eta, beta, 0.01).filter(|n| *n < 350) {
            assert_eq!(found[2], want as f64, "{said}");
        }
        let trace = (0..400).map(|n| -response(eta, beta, 1.0, 0.0, n)).fold(0.0, f64::max);
        assert!((found[3] - trace).abs() <= 1e-9, "{said} for {trace}");
        let want = match class {
            Regime::Overdamped => 1,
            Regime::Underdamped => 2,
            Regime::AlternatingOverdamped => 3,
            Regime::MixedPositive | Regime::MixedNegative => 4,
            other => panic!("{other:?} at {said}"),
        };
        classes[want] += 1;
        assert_eq!(found[4], want as f64, "{said}");
    }
    assert!(stable > 500 && classes[1..].iter().all(|n| *n > 5), "{stable}, {classes:?}");
}

#[test]
fn both_thermometers_read_what_theory_says() {
    let particles = 2000.0;
    let set: Set<'_> = &[("particles", "2000"), ("x1", "0"), ("temperature", "0.3")];
    let [kinetic, configurational] = ["kinetic", "configurational"].map(|q| cells(set, q));
    for eta in [0.1, 0.5, 1.2] {
        for beta in [0.1, 0.5, 0.8] {
            let (hot_x, hot_v) = sghmc_temperatures(1.0 - beta, 0.0, eta, 0.3);
            let square = spectral_radius(eta, beta).powi(2);
            // Squares of a chain of this memory, averaged over 200 iterations of every particle.
            let independent = particles * (200.0 * (1.0 - square) / (1.0 + square)).max(1.0);
            let error = (2.0 / independent).sqrt();
            let table = [("x", configurational(eta, beta), hot_x), ("v", kinetic(eta, beta), hot_v)];
            for (name, found, want) in table {
                let want = want / 0.3;
                assert!(
                    (found / want - 1.0).abs() <= 4.0 * error,
                    "{name} η {eta}, β {beta}: {found} for {want} ± {error}"
                );
            }
            assert!(error < 0.01, "a fault of 5 % is seen: {error}");
        }
    }
    for (eta, beta) in [(2.4, 0.1), (0.001, 0.0), (0.1, 0.999)] {
        let far = cells(&[("x1", "5")], "kinetic");
        assert!(far(eta, beta).is_nan(), "unstable, or not stationary by then: {eta}, {beta}: {}", far(eta, beta));
    }
    assert!(cells(&[("temperature", "0")], "kinetic")(0.5, 0.5).is_nan(), "no temperature set");
}
