//! Closed forms against each other, where no golden number reaches.

use std::f64::consts::PI;

use impetus::theory::fluctuation::{autocorrelation, tau_int, tau_int_squared};
use impetus::theory::heavy_ball::{self, critical_steps, exact_steps, spectral_radius};
use impetus::theory::integrators::Integrator;
use impetus::theory::mapping::{self, Mapping, momentum_from_oscillator, oscillator_from_momentum, pole_match};
use impetus::theory::matrix::{discrete_lyapunov, polynomial_radius};
use impetus::theory::oscillator::{Exponents, Oscillator};
use impetus::theory::toys::lagged;
use impetus::theory::{games, modified, nesterov, pd, regime, sampler};
use nalgebra::{Complex, DMatrix};

fn close(got: f64, want: f64, rel: f64) -> bool {
    (got - want).abs() <= rel * want.abs().max(1e-300)
}

/// `n` points strictly inside `(low, high)`.
fn inside(low: f64, high: f64, n: u32) -> impl Iterator<Item = f64> + Clone {
    (0..n).map(move |i| low + (high - low) * (f64::from(i) + 0.37) / f64::from(n))
}

#[test]
fn every_dictionary_translates_back() {
    for map in Mapping::ALL {
        for (c, k) in
            [(0.3, 2.0), (0.0, 1.0), (40.0, 3.0), (2.0, 1.0), (0.7, 0.0), (0.7, -1.0), (-0.2, 1.0), (1e-9, 1e-9)]
        {
            let (m, h) = (1.3, 0.11);
            let (eta, beta) = momentum_from_oscillator(map, m, c, k, h).unwrap();
            let Ok(back) = oscillator_from_momentum(map, eta, beta, k, h) else {
                assert!(beta <= 0.0, "{map:?} c {c} k {k}");
                continue;
            };
            // The logarithm of a momentum near 1 is only as good as the momentum.
            let friction = 1e-9 * c.abs().max(1e-4);
            assert!(close(back.m, m, 1e-8) && (back.c - c).abs() < friction, "{map:?} c {c} k {k}: {back:?}");
        }
    }
}

#[test]
fn exact_dictionary_is_the_flow() {
    for (c, k) in [(0.3, 2.0), (2.0 * 2f64.sqrt(), 2.0), (9.0, 2.0), (0.2, -1.0)] {
        let spring = Oscillator { m: 1.0, c, k };
        let (eta, beta) = momentum_from_oscillator(Mapping::Exact, 1.0, c, k, 0.4).unwrap();
        let flow = Integrator::Exact.step_matrix(&spring, 0.4);
        assert!(close(beta, flow.determinant(), 1e-12) && close(1.0 + beta - eta * k, flow.trace(), 1e-12));
    }
    // Continuous in the stiffness, also at none.
    let rate = |k: f64| momentum_from_oscillator(Mapping::Exact, 1.0, 0.5, k, 0.4).unwrap().0;
    assert!(close(rate(1e-12), rate(0.0), 1e-9));
}

#[test]
fn walls_and_ellipses_are_where_the_radius_is_one() {
    for beta in inside(-1.0, 1.0, 60) {
        for q in inside(0.0, 8.0, 80) {
            let radius = nesterov::spectral_radius(q, beta);
            assert_eq!(nesterov::is_stable(q, beta), radius < 1.0, "q {q} beta {beta}");
            assert_eq!(q < regime::nesterov_wall(beta), radius < 1.0, "q {q} beta {beta}");
            assert_eq!(regime::is_stable(q, beta), spectral_radius(q, beta) < 1.0, "q {q} beta {beta}");
            assert_eq!(games::alternating_is_stable(q, beta), games::alternating_radius(q, beta, beta) < 1.0 - 1e-9);
            let curvature = Complex::new(q - 2.0, 0.3 * q);
            let stable = games::ellipse_is_stable(curvature, beta);
            assert_eq!(stable, games::heavy_ball_radius(curvature, beta) < 1.0, "q {curvature} beta {beta}");
            let turning = Complex::new(q - 2.0, beta * 3.0);
            assert_eq!(games::rotation_is_stable(1.4, 0.8, turning), games::rotation_growth(1.4, 0.8, turning) < 0.0);
        }
    }
}

#[test]
fn lines_of_the_chart_have_the_rate_and_damping_they_claim() {
    for beta in inside(-0.8, 0.8, 20) {
        for rate in inside(0.05, 1.0, 20) {
            let Some((low, high)) = heavy_ball::q_range_at_rate(rate, beta) else { continue };
            assert!(low <= high);
            for q in [low, high] {
                assert!((spectral_radius(q, beta) - rate).abs() < 1e-7, "rate {rate} beta {beta}");
            }
        }
        for zeta in [0.3, 0.7, 0.999, 1.0, 1.001, 3.0] {
            let q = mapping::q_at_zeta(zeta, beta);
            assert_eq!(q.is_nan(), beta <= 0.0 || -beta.ln() * (1.0 - zeta * zeta).max(0.0).sqrt() / zeta > 2.0 * PI);
            if q.is_finite() {
                assert!((pole_match(q, beta, 1.0).unwrap().zeta - zeta).abs() < 1e-6, "zeta {zeta} beta {beta}");
            }
        }
    }
    let settled = |map| mapping::terminal_step(map, 0.02, 0.9).unwrap();
    for map in [Mapping::Qian, Mapping::Explicit, Mapping::Central, Mapping::Exact] {
        assert!(close(settled(map), 0.2, 1e-12), "{map:?}");
    }
    assert!(close(settled(Mapping::Conformal), 0.02 / -0.9f64.ln(), 1e-12));
}

#[test]
fn sampled_joint_is_stable_where_its_polynomial_is() {
    for d in inside(-0.5, 2.5, 60) {
        for a in inside(-0.5, 4.5, 60) {
            let radius = polynomial_radius(&pd::state_feedback_polynomial(a, d));
            assert_eq!(pd::state_feedback_is_stable(a, d), radius < 1.0, "a {a} d {d}");
            assert_eq!(pd::backward_is_stable(a, d), polynomial_radius(&pd::backward_polynomial(a, d)) < 1.0);
            assert_eq!(pd::delayed_is_stable(a, d), polynomial_radius(&pd::delayed_polynomial(a, d)) < 1.0);
            let (q, beta) = pd::momentum_from_gains(a, d);
            let (a_back, d_back) = pd::gains_from_momentum(q, beta);
            assert!((a_back - a).abs() < 1e-15 && (d_back - d).abs() < 1e-14);
        }
    }
}

#[test]
fn correlation_times_are_the_sums_of_the_correlations() {
    for beta in inside(-0.9, 0.95, 13) {
        for share in inside(0.05, 0.95, 13) {
            let q = share * regime::stability_wall(beta);
            let (mut linear, mut squared) = (1.0, 1.0);
            for lag in 1..4000 {
                let rho = autocorrelation(q, beta, lag);
                (linear, squared) = (linear + 2.0 * rho, squared + 2.0 * rho * rho);
            }
            assert!((tau_int(q, beta) - linear).abs() < 1e-9, "q {q} beta {beta}");
            assert!(close(tau_int_squared(q, beta), squared, 1e-9), "q {q} beta {beta}");
        }
    }
}

#[test]
fn euler_maruyama_solves_its_lyapunov_equation() {
    let (spring, h, temperature) = (Oscillator { m: 1.5, c: 1.2, k: 2.0 }, 0.3, 0.7);
    let step = Integrator::ExplicitEuler.step_matrix(&spring, h);
    let map = DMatrix::from_fn(2, 2, |i, j| step[(i, j)]);
    let noise = DMatrix::from_row_slice(2, 2, &[0.0, 0.0, 0.0, 2.0 * spring.c * temperature * h / 2.25]);
    let (sigma, closed) = (discrete_lyapunov(&map, &noise).unwrap(), sampler::euler_maruyama(&spring, h, temperature));
    assert!(close(closed.var_x, sigma[(0, 0)], 1e-12) && close(closed.var_v, sigma[(1, 1)], 1e-12));
    assert!(close(closed.cov_xv, sigma[(0, 1)], 1e-12));
    assert!(sampler::euler_maruyama(&Oscillator { c: 0.5, ..spring }, h, temperature).var_x.is_nan());
}

#[test]
fn lambert_counts_the_steps_at_critical_damping() {
    for beta in [0.04, 0.25, 0.6, 0.81, 0.99, 0.9999] {
        for eps in [0.5, 0.1, 1e-3, 1e-8] {
            let count = exact_steps(regime::overdamped_border(beta), beta, eps).unwrap() as f64;
            let wanted = critical_steps(beta, eps);
            assert!(
                (count - wanted.ceil()).abs() <= f64::from(u8::from(wanted.fract() < 1e-4)),
                "{beta} {eps}: {count} {wanted}"
            );
        }
    }
}

/// Error of a characteristic exponent under halving of a small parameter, as an observed order.
fn observed_order(error: impl Fn(f64) -> f64, small: f64) -> f64 {
    (error(small) / error(0.5 * small)).log2()
}

#[test]
fn modified_equations_are_one_order_better() {
    let (m, c, k) = (1.0, 0.6, 2.0);
    for map in [Mapping::Explicit, Mapping::Qian, Mapping::Conformal] {
        let frequency_error = |factors: [f64; 3], h: f64| {
            let (eta, beta) = momentum_from_oscillator(map, m, c, k, h).unwrap();
            let run = pole_match(eta * k, beta, h).unwrap();
            let equation = Oscillator { m: m * factors[0], c: c * factors[1], k: k * factors[2] };
            (run.omega0 - equation.omega0()).abs() + (run.c_over_m - equation.c / equation.m).abs()
        };
        let plain = observed_order(|h| frequency_error([1.0; 3], h), 0.01);
        let better = observed_order(|h| frequency_error(modified::first_order_factors(map, c * h / m), h), 0.01);
        assert!((plain - 1.0).abs() < 0.1 && (better - 2.0).abs() < 0.1, "{map:?}: {plain} {better}");
    }
    // Fixed momentum: the slow exponent of the inertial equations, in the time n eta.
    let (beta, lambda) = (0.6, 1.5);
    let slow_error =
        |mass: f64, z: Complex<f64>, eta: f64| match (Oscillator { m: mass, c: 1.0 - beta, k: lambda }).exponents() {
            Exponents::Real { slow, .. } => (slow - z.re.ln() / eta).abs(),
            Exponents::Pair { .. } => f64::NAN,
        };
    let heavy = |eta: f64| {
        let poles = heavy_ball::poles(eta * lambda, beta);
        slow_error(modified::inertial_heavy_ball(eta, beta).mass, poles[0], eta)
    };
    let accelerated =
        |eta: f64| slow_error(modified::inertial_mass_nesterov(eta, beta), nesterov::poles(eta * lambda, beta)[0], eta);
    assert!((observed_order(heavy, 1e-3) - 2.0).abs() < 0.1);
    assert!((observed_order(accelerated, 1e-3) - 2.0).abs() < 0.1);
}

#[test]
fn lagged_statistic_damps_at_the_predicted_rate() {
    for (q, beta, rho) in [(0.01, 0.9, 0.9), (0.5, 0.9, 0.99), (1.5, 0.5, 0.3)] {
        let kappa = 1e-6;
        let change =
            lagged::spectral_radius(q, beta, rho, kappa).ln() - lagged::spectral_radius(q, beta, rho, -kappa).ln();
        let Some(predicted) = lagged::damping_shift(q, beta, rho) else { panic!("real poles") };
        if beta.sqrt() > rho {
            assert!(close(0.5 * change / kappa, predicted, 1e-4), "{q} {beta} {rho}");
        }
        assert!(predicted < 0.0);
        assert!(!lagged::is_stable(q, beta, rho, 1.0) && lagged::is_stable(q, beta, rho, 0.5));
    }
}
