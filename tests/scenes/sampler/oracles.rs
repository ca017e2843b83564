//! Quadratures, distances and correlation times against answers known otherwise.

use impetus::core::fields::Quadratic;
use impetus::core::methods::baoab;
use impetus::core::{State, System, advance};
use impetus::theory::agreement::{band_half_width, kolmogorov_p, kolmogorov_smirnov, wilson};
use impetus::theory::density::{LineDensity, PlaneDensity};
use impetus::theory::fluctuation::{
    autocorrelation, autocorrelation_after, geyer_tau, lag_one, mean_with_error, measured_autocorrelation,
    ratio_with_error, tau_int, tau_int_after, windowed_tau,
};
use std::sync::Arc;

use super::deviates;

fn close(got: f64, want: f64, rel: f64, what: &str) {
    assert!((got - want).abs() <= rel * want.abs().max(1e-12), "{what}: {got} against {want}");
}

fn line(near: [f64; 2], temperature: f64, u: impl Fn(f64) -> f64) -> LineDensity {
    LineDensity::new(near, temperature, |x| x.iter().map(|x| u(*x)).collect()).unwrap()
}

#[test]
fn densities_have_the_moments_that_are_known() {
    let well = line([-2.0, 2.0], 0.5, |x| (x * x - 1.0).powi(2));
    close(well.mean_of(|x| x * x), 0.852136, 1e-6, "double well");
    close(well.below(0.0), 0.5, 1e-9, "its half");
    // The virial theorem: ⟨x U′⟩ = T for any potential.
    close(well.mean_of(|x| 4.0 * x * x * (x * x - 1.0)), 0.5, 1e-9, "virial");
    for (temperature, k) in [(0.02, 3.0), (1.0, 1.0), (40.0, 0.01)] {
        let gauss = line([-2.0, 2.0], temperature, |x| 0.5 * k * (x - 0.3) * (x - 0.3));
        let [mean, variance] = gauss.moments();
        close(mean, 0.3, 1e-9, "mean");
        close(variance, temperature / k, 1e-9, "variance");
        // Φ(1) of a standard normal variable.
        close(gauss.below(0.3 + variance.sqrt()), 0.841_344_746, 1e-6, "one standard deviation");
        assert_eq!([gauss.below(-1e9), gauss.below(1e9)], [0.0, 1.0]);
    }
    assert_eq!(LineDensity::new([-1.0, 1.0], 0.0, <[f64]>::to_vec), None, "no temperature");
    assert_eq!(LineDensity::new([-1.0, 1.0], 1.0, |x| x.iter().map(|_| 0.0).collect()), None, "no finite integral");
}

#[test]
fn densities_over_the_plane_have_the_marginals_that_are_known() {
    let (a, b, k, temperature) = (1.0, 0.7, 4.0, 0.7);
    let banana = |x: &[f64], y: &[f64]| -> Vec<f64> {
        let u = |(x, y): (&f64, &f64)| 0.5 * x * x / (a * a) + 0.5 * k * (y - b * (x * x - a * a)).powi(2);
        x.iter().zip(y).map(u).collect()
    };
    let plane = PlaneDensity::new([[-2.0, 2.0]; 2], temperature, banana).unwrap();
    close(plane.marginal(0).unwrap().moments()[1], a * a * temperature, 1e-5, "x of the banana");
    let across = temperature / k + 2.0 * b * b * a.powi(4) * temperature * temperature;
    close(plane.marginal(1).unwrap().moments()[1], across, 1e-5, "y of the banana");
    close(plane.mean_of(|x, _| x * x), a * a * temperature, 1e-5, "the same by the plane");
}

#[test]
fn distances_and_shares_are_those_of_the_tables() {
    // Quantiles of Kolmogorov's distribution: 1.2238, 1.3581, 1.6276 leave 10, 5 and 1 %.
    for (quantile, p) in [(1.2238, 0.10), (1.3581, 0.05), (1.6276, 0.01)] {
        close(kolmogorov_p(quantile / 1e4f64.sqrt(), 1e4), p, 0.02, "Kolmogorov");
    }
    assert_eq!(kolmogorov_p(0.0, 50.0), 1.0);
    close(kolmogorov_smirnov(&[0.1, 0.2, 0.9], |x| x), 2.0 / 3.0 - 0.2, 1e-12, "three numbers");
    close(band_half_width(1000.0), 0.042_947, 1e-4, "band");
    let [low, high] = wilson(5.0, 10.0, 1.96);
    close(low, 0.236_6, 1e-3, "Wilson");
    close(high, 0.763_4, 1e-3, "Wilson");
    assert_eq!(wilson(0.0, 20.0, 1.96)[0], 0.0);
}

/// A large sample is not sorted whole; its distance is that of the definition to the last bit.
#[test]
fn a_large_sample_has_the_distance_of_its_definition() {
    let normal = line([-1.0, 1.0], 1.0, |x| 0.5 * x * x);
    let whole = |x: &[f64], law: &dyn Fn(f64) -> f64| {
        let (mut x, n) = (x.to_vec(), x.len() as f64);
        x.sort_by(f64::total_cmp);
        let apart = |(i, x): (usize, &f64)| (law(*x) - i as f64 / n).abs().max(((i + 1) as f64 / n - law(*x)).abs());
        x.iter().enumerate().map(apart).fold(0.0, f64::max)
    };
    let below = |x: f64| normal.below(x);
    for n in [1 << 14, 100_003, 1_000_000] {
        let x = deviates(n, 7);
        let rounded: Vec<f64> = x.iter().map(|x| (x * 3.0).round() / 3.0).collect();
        let tailed: Vec<f64> = x.iter().map(|x| x * x * x).collect();
        let alike = vec![0.25; n];
        let shifted: Vec<f64> = x.iter().map(|x| x + 0.001).collect();
        for (name, x) in [("law", &x), ("steps", &rounded), ("tails", &tailed), ("alike", &alike), ("off", &shifted)] {
            assert_eq!(kolmogorov_smirnov(x, below), whole(x, &below), "{name}, {n}");
            let unit = |x: f64| x.clamp(0.0, 1.0);
            assert_eq!(kolmogorov_smirnov(x, unit), whole(x, &unit), "{name} beside another law, {n}");
        }
    }
    let mut far = deviates(20_000, 3);
    far[77] = 1e300;
    assert_eq!(kolmogorov_smirnov(&far, below), whole(&far, &below), "one far off");
    far[78] = f64::INFINITY;
    assert_eq!(kolmogorov_smirnov(&far, below), whole(&far, &below), "one at infinity");
}

#[test]
fn a_uniform_sample_has_uniform_p() {
    // 200 samples of 500 normal deviates: about 10 of the p-values lie below 5 %, 3 to 20 within 3.3 sd.
    let normal = line([-1.0, 1.0], 1.0, |x| 0.5 * x * x);
    let p = |seed| kolmogorov_p(kolmogorov_smirnov(&deviates(500, seed), |x| normal.below(x)), 500.0);
    let low = (0..200).filter(|seed| p(*seed) < 0.05).count();
    assert!((1..=20).contains(&low), "{low} of 200");
}

#[test]
fn the_correlation_time_of_an_ar1_chain_is_found() {
    // The relative error of the estimate is about √(2(2M + 1)/n) with M = 5τ, 10 at least: 2.5 % at φ = 0.9.
    let n = 600_000;
    for (phi, seed) in [(0.0, 1), (0.5, 2), (0.9, 3), (-0.5, 4)] {
        let mut x = 0.0;
        let chain: Vec<f64> = deviates(n, seed)
            .into_iter()
            .map(|xi| {
                x = phi * x + xi;
                x
            })
            .collect();
        let (tau, variance) = ((1.0 + phi) / (1.0 - phi), 1.0 / (1.0 - phi * phi));
        let estimate = mean_with_error(&chain).unwrap();
        println!("φ {phi}: τ {} for {tau}", estimate.tau);
        close(estimate.tau, tau, 0.05, "Sokal");
        close(estimate.error, (variance * tau / n as f64).sqrt(), 0.04, "error of the mean");
        close(estimate.effective, n as f64 / tau, 0.05, "worth");
        assert!(estimate.z(0.0).abs() <= 4.0, "φ {phi}: {}", estimate.z(0.0));
        let rho = measured_autocorrelation(&chain, 150);
        assert!((rho[1] - phi).abs() <= 0.01 && rho[0] == 1.0);
        close(windowed_tau(&rho).unwrap().0, tau, 0.05, "window");
        close(geyer_tau(&rho).unwrap(), tau, 0.05, "Geyer");
    }
    assert_eq!(mean_with_error(&[1.0; 50]), None, "nothing fluctuates");
}

#[test]
fn the_error_of_a_ratio_is_that_of_its_spread() {
    // a = 2 + ε, b = 1 + δ: the ratio of 1000 pairs has the standard error √(0.2² + (2·0.1)²)/√1000.
    let ratios: Vec<[f64; 2]> = (0..300)
        .map(|seed| {
            let (e, d) = (deviates(1000, seed), deviates(1000, 10_000 + seed));
            let a: Vec<f64> = e.iter().map(|e| 2.0 + 0.2 * e).collect();
            let b: Vec<f64> = d.iter().map(|d| 1.0 + 0.1 * d).collect();
            let ratio = ratio_with_error(&a, &b).unwrap();
            [ratio.mean, ratio.error]
        })
        .collect();
    let n = ratios.len() as f64;
    let mean = |k: usize| ratios.iter().map(|r| r[k]).sum::<f64>() / n;
    let want = (0.08f64 / 1000.0).sqrt();
    close(mean(1), want, 0.05, "stated error");
    close(mean(0), 2.0, 4.0 * want / n.sqrt(), "ratio");
    let spread = (ratios.iter().map(|r| (r[0] - mean(0)).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    close(spread, want, 0.15, "spread of 300 ratios, 4 % standard error");
}

#[test]
fn correlations_after_lag_one_follow_the_map() {
    for (q, beta) in [(0.1, 0.9), (0.6, 0.5), (0.3, 0.0), (0.02, 0.97)] {
        for lag in 0..12 {
            let same = autocorrelation_after(q, beta, lag_one(q, beta), lag);
            assert!((same - autocorrelation(q, beta, lag)).abs() <= 1e-12, "{q} {beta} {lag}");
        }
        close(tau_int_after(q, beta, lag_one(q, beta)), tau_int(q, beta), 1e-9, "white noise");
    }
    // BAOAB: cov(x_n, x_0) is the map's power on the stationary covariance, which is diagonal.
    let (k, gamma, h) = (1.7, 0.8, 0.5);
    let system = System::new(Arc::new(Quadratic::diagonal(&[k])), baoab(1.0, gamma, h, 0.0));
    let keep = f64::exp(-gamma * h);
    let q = 0.5 * h * h * k * (1.0 + keep);
    let mut state = State::at(&[1.0], &[0.0], 1, 0, 0);
    let mut sum = 1.0;
    for lag in 0..200 {
        let want = autocorrelation_after(q, keep, 1.0 - 0.5 * q, lag);
        assert!((state.q[0] - want).abs() <= 1e-12, "lag {lag}: {} against {want}", state.q[0]);
        sum += if lag > 0 { 2.0 * want } else { 0.0 };
        advance(&system, &mut state, 1, &mut ());
    }
    close(sum, tau_int_after(q, keep, 1.0 - 0.5 * q), 1e-9, "sum of the correlations");
}
