//! No argument panics or hangs a closed form: every function on every combination of awkward numbers.

use std::time::{Duration, Instant};

use impetus::theory::mapping::{self, Mapping};
use impetus::theory::oscillator::Oscillator;
use impetus::theory::tracking::{Drift, Held};
use impetus::theory::{
    adaptive, closed_loop, conventions, fluctuation, games, heavy_ball, integrators, matrix, modified, nesterov, pd,
    regime, sampler, signal, steady_state, toys, tracking, tuning,
};
use nalgebra::{Complex, DMatrix};

const AWKWARD: [f64; 14] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    -f64::MAX,
    f64::MIN_POSITIVE,
    -5e-324,
    0.0,
    1.0,
    -1.0,
    0.9,
    4.0,
    1e-12,
    0.999_999,
];

#[test]
fn two_arguments() {
    for a in AWKWARD {
        for b in AWKWARD {
            let started = Instant::now();
            let _ = (regime::classify(a, b), regime::classify_map(a, b), regime::nesterov_wall(a));
            let _ = (heavy_ball::poles(a, b), heavy_ball::spectral_radius(a, b), heavy_ball::log_decrement(a, b));
            let _ = (heavy_ball::transient_peak(a, b), heavy_ball::companion_sup_norm(a, b));
            let _ = (nesterov::poles(a, b), nesterov::classify(a, b), tuning::nesterov_quadratic(a, b));
            let _ = (closed_loop::phase_margin(a, b), closed_loop::gain_margin(a, b), signal::ema_cutoff(a));
            let _ = (fluctuation::tau_int_squared(a, b), fluctuation::autocorrelation(a, b, 7));
            let _ = (games::simultaneous_radius(a, b), games::alternating_radius(a, b, b), games::optimistic_radius(a));
            let _ = (games::rotation_growth(a, b, Complex::new(a, b)), pd::backward_is_stable(a, b));
            let _ = (modified::inertial_heavy_ball(a, b), matrix::polynomial_roots(&[a, b, 1.0, a]));
            let _ =
                (conventions::Plateau { eta: 1.0, beta: a, gradient: b }.distance(9), heavy_ball::critical_steps(a, b));
            for map in Mapping::ALL {
                let _ = (mapping::predicted_zeta(map, a, b), mapping::predicted_critical_q(map, a));
            }
            for held in [Held::Step(a), Held::EffectiveStep(a)] {
                let _ = tracking::best_momentum(held, 1.0, b, Drift::Walk(b), 0.99);
                let _ = tracking::best_momentum(held, b, 1.0, Drift::Ramp(1.0), a);
            }
            let _ = tracking::best_effective_step(a, b, 1.0, Drift::Walk(b));
            let matrix = DMatrix::from_row_slice(2, 2, &[a, b, 1.0, a]);
            let _ = (matrix::discrete_lyapunov(&matrix, &matrix), matrix::continuous_lyapunov(&matrix, &matrix));
            assert!(started.elapsed() < Duration::from_secs(3), "{a} {b}: {:?}", started.elapsed());
        }
    }
}

#[test]
fn three_arguments() {
    for a in AWKWARD {
        for b in AWKWARD {
            for c in AWKWARD {
                let started = Instant::now();
                let _ = (heavy_ball::exact_steps(a, b, c), heavy_ball::asymptotic_steps(a, b, c));
                let _ = (heavy_ball::response(a, b, c, 1.0, u64::MAX), heavy_ball::response(a, b, 1.0, c, 3));
                let _ = (mapping::pole_match(a, b, c), pd::gravity_angle(a, b, c));
                let spring = Oscillator { m: a, c: b, k: c };
                let _ = (spring.regime(), spring.settling_exact(0.02), spring.rise_time(), spring.tau_slow_fast());
                let _ = (spring.flow(1.0, 1.0, 0.0), spring.flow(-a, b, c), spring.settling_envelope(c));
                let _ = (sampler::euler_maruyama(&spring, 0.1, 1.0), sampler::hmc_gaussian(a, b, c, 5));
                for scheme in integrators::Integrator::ALL {
                    let _ =
                        (scheme.regime(&spring, 0.1), scheme.stability_limit(&spring), scheme.step_matrix(&spring, a));
                    let _ = scheme.position_before([a, b, c], 1.0, b, c);
                }
                let _ = (closed_loop::resonance(a, b, c), fluctuation::moment_radius(a, b, c, 1.0));
                let _ = (adaptive::adamw_equilibrium(a, b, c, a), adaptive::sgdw_poles(a, b, c, a));
                let _ =
                    (toys::lagged::spectral_radius(a, b, c, a), toys::scale_invariant::equilibrium_radius(a, b, c, a));
                let _ = (toys::lagged::ringing_pole(a, b, c, a), toys::scale_invariant::growth_steps(a, b));
                let _ = toys::scale_invariant::expected_fourth_power(a, b, c, a, b, c);
                for drift in [Drift::Ramp(c), Drift::Walk(c), Drift::Swing { amplitude: c, omega: a }] {
                    let _ = tracking::error(a, b, c, a, drift);
                }
                let _ = toys::federated::sampled_state(&[a, b], &[b, c], 1, a, b);
                let _ = steady_state::Swirl { m: a, c: b, k: c, a, temperature: b }.entropy_production();
                let plant = pd::PdLoop { inertia: a, friction: b, kp: c, kd: a };
                let _ =
                    (pd::pid_poles(&plant, b), pd::viscous_matrix(&plant, c), pd::encoder_noise_variance(&plant, b, c));
                assert!(started.elapsed() < Duration::from_secs(3), "{a} {b} {c}: {:?}", started.elapsed());
            }
        }
    }
}

#[test]
fn dictionaries_refuse_with_a_reason() {
    for map in Mapping::ALL {
        for a in AWKWARD {
            for b in AWKWARD {
                for c in AWKWARD {
                    let forward = mapping::momentum_from_oscillator(map, a, b, c, 0.1);
                    let backward = mapping::oscillator_from_momentum(map, a, b, c, 0.1);
                    let bad = [a, b, c].iter().any(|x| !x.is_finite());
                    assert!(!(bad && (forward.is_ok() || backward.is_ok())), "{map:?} {a} {b} {c}");
                    if let Err(reason) = backward {
                        assert!(!reason.to_string().is_empty());
                    }
                }
            }
        }
    }
    assert!(fluctuation::sokal_tau(&[], 5.0).is_none() && fluctuation::sokal_tau(&[f64::NAN; 9], 5.0).is_none());
    assert!(matrix::eigenvalues(&DMatrix::zeros(0, 0)).is_some_and(|all| all.is_empty()));
    assert!(matrix::discrete_lyapunov(&DMatrix::zeros(0, 0), &DMatrix::zeros(0, 0)).is_none());
    assert!(matrix::discrete_lyapunov(&DMatrix::zeros(2, 3), &DMatrix::zeros(2, 3)).is_none());
}
