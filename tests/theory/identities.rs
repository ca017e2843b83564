//! General formulas of `theory` against the special ones, at the parameters of the golden numbers.

use impetus::theory::fluctuation::{position_noise, position_temperature, velocity_diffusion};
use impetus::theory::heavy_ball::spectral_radius;
use impetus::theory::integrators::Integrator;
use impetus::theory::linear_sde::{even_state, inertial_entropy_production};
use impetus::theory::matrix::polynomial_roots;
use impetus::theory::oscillator::Oscillator;
use impetus::theory::steady_state::{Gyrator, Swirl};
use impetus::theory::toys::scale_invariant;
use impetus::theory::{games, pd, regime};
use nalgebra::DMatrix;

fn close(got: f64, want: f64, bound: f64) {
    assert!((got - want).abs() <= bound, "{got} is not {want}");
}

#[test]
fn stability_and_class_say_the_same() {
    for q in [-0.1, 0.0, 0.001, 0.01, 0.5, 1.0, 1.9, 2.0, 3.0, 3.8, 4.2] {
        for beta in [-1.0, -0.3, 0.0, 0.5, 0.9, 1.0, 1.1] {
            assert_eq!(regime::classify(q, beta).is_stable(), regime::is_stable(q, beta), "{q} {beta}");
        }
    }
    for q in [0.01, 0.1, 1.0, 2.5] {
        // A double root is known to half the digits only.
        close(spectral_radius(q, regime::critical_beta(q)), regime::best_rate(q), 1e-7);
    }
}

#[test]
fn joints_agree_with_their_polynomials() {
    for kd in [0.2, 1.0, 3.0] {
        let joint = pd::PdLoop { inertia: 0.05, friction: 0.02, kp: 20.0, kd };
        assert_eq!(pd::PdLoop::from_oscillator(&joint.oscillator(), joint.friction).kp, joint.kp);
        let (a, d) = pd::normalized_gains(&joint, 0.01);
        let poly = pd::backward_polynomial(a, d);
        assert_eq!(pd::backward_is_stable(a, d), pd::cubic_is_stable(poly[1], poly[2], poly[3]));
        let direct = polynomial_roots(&[joint.inertia, kd + joint.friction, joint.kp, 30.0]);
        assert_eq!(pd::pid_poles(&joint, 30.0), direct);
    }
    let (d, a) = pd::BACKWARD_WIDEST;
    close(pd::backward_wall(d), a, 1e-15);
}

#[test]
fn integrators_fail_just_beyond_their_limit() {
    for scheme in Integrator::ALL {
        for c in [0.0, 0.4, 5.0] {
            let spring = Oscillator { m: 1.5, c, k: 2.0 };
            let h = scheme.stability_limit(&spring);
            if !(h > 0.0 && h.is_finite()) || (scheme == Integrator::VelocityVerlet && c > 0.0) {
                continue;
            }
            let radius = |h: f64| {
                let poles = scheme.step_matrix(&spring, h).complex_eigenvalues();
                poles.iter().map(|z| z.norm()).fold(0.0, f64::max)
            };
            assert!(radius(h * (1.0 + 1e-6)) > 1.0 && radius(h * (1.0 - 1e-3)) < 1.0 + 1e-12, "{scheme:?} {c} {h}");
        }
    }
}

#[test]
fn steady_states_agree_with_the_general_solution() {
    let machine = Gyrator { k1: 1.0, k2: 2.0, u: 0.5, t1: 1.0, t2: 0.3, c: 1.2 };
    let (drift, diffusion) = machine.matrices();
    let state = even_state(&drift, &diffusion).unwrap();
    close(state.circulation[(0, 1)], machine.circulation(), 1e-14);
    close(state.entropy_production, machine.entropy_production(), 1e-12);
    let swirl = Swirl { m: 1.0, c: 0.8, k: 2.0, a: 0.5, temperature: 0.6 };
    let stiffness = DMatrix::from_row_slice(2, 2, &[swirl.k, swirl.a, -swirl.a, swirl.k]);
    let heat = DMatrix::identity(2, 2) * velocity_diffusion(swirl.m, swirl.c, swirl.temperature);
    let rate = inertial_entropy_production(&stiffness, &heat, swirl.m, swirl.c).unwrap();
    close(rate, swirl.entropy_production(), 1e-10);
}

#[test]
fn games_grow_as_their_laws_say() {
    for beta in [-0.5, 0.0, 0.5, 0.9] {
        let q = 1e-3 * (1.0 - beta);
        let scale = games::simultaneous_growth(beta);
        close(games::simultaneous_radius(q, beta).ln() / (q * q), scale, 5e-3 * scale);
    }
    let (best, rate) = games::EXTRAGRADIENT_BEST;
    close(games::extragradient_radius(best), rate, 1e-15);
    close(games::optimistic_radius(games::optimistic_wall()), 1.0, 1e-15);
    close(games::alternating_radius(1.999, 0.0, 0.0), 1.0, 1e-7);
    assert!(games::alternating_radius(2.001, 0.0, 0.0) > 1.01);
    for beta in [-0.9, -0.5, -0.1, 0.3] {
        assert_eq!(games::alternating_is_stable(0.4, beta), games::alternating_radius(0.4, beta, beta) < 1.0, "{beta}");
    }
}

#[test]
fn temperature_is_the_inverse_of_its_noise() {
    let noise = position_noise(0.02, 0.9, 10.0, 1.3);
    close(position_temperature(0.02, 0.9, 10.0, noise), 1.3, 1e-14);
}

#[test]
fn scale_invariant_weights_grow_by_their_buffers() {
    let (eta, beta, mut w, mut buffer, mut buffers) = (0.3, 0.9, [0.2, 1.0], [0.0; 2], Vec::new());
    for _ in 0..12 {
        let g = scale_invariant::gradient(1.0, [1.0, 0.0], w);
        buffer = [0, 1].map(|d| beta * buffer[d] + g[d]);
        w = [0, 1].map(|d| w[d] - eta * buffer[d]);
        buffers.push(buffer);
    }
    let predicted = scale_invariant::norm_squared_after_momentum(1.04, eta, beta, &buffers);
    close(w[0].hypot(w[1]).powi(2), predicted, 1e-12 * predicted);
}
