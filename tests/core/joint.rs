//! The sampled joint: positions of a heavy ball while the motor keeps up, the closed form of a held
//! torque when it does not.

use std::sync::Arc;

use impetus::core::fields::{Pendulum, Quadratic};
use impetus::core::{At, Derivative, Field, SampledPd, SampledPid, State, System, advance};
use impetus::theory::pd::{
    PdLoop, gains_from_momentum, gains_from_normalized, gravity_angle, held_torque_step, momentum_from_gains,
    saturated_torque,
};

const STEPS: usize = 1_000;

/// Angle and speed at every sample, the start first.
fn run(kp: f64, r: f64, joint: SampledPd, start: [f64; 2]) -> Vec<[f64; 2]> {
    let system = System::new(Arc::new(Quadratic::diagonal(&[kp]).around(&[r])), joint);
    let mut state = State::at(&start[..1], &start[1..], 1, 1, 0);
    let mut out = vec![start];
    for _ in 0..STEPS {
        advance(&system, &mut state, 1, &mut ());
        out.push([state.q[0], state.v[0]]);
    }
    out
}

#[test]
fn a_sampled_joint_is_heavy_ball() {
    // Overdamped, ringing slowly and fast, alternating, mixed.
    for (q, beta) in [(0.001, 0.9), (0.05, 0.9), (1.6, 0.8), (3.39, 0.7), (0.5, -0.4)] {
        let (inertia, period) = (0.7, 0.02);
        let (a, d) = gains_from_momentum(q, beta);
        let (kp, kd) = gains_from_normalized(a, d, inertia, period);
        let back = momentum_from_gains(a, d);
        assert!((back.0 - q).abs() <= 1e-15 && (back.1 - beta).abs() <= 1e-15, "{q} {beta}: {back:?}");
        let joint = SampledPd { period, inertia: vec![inertia], kd: vec![kd], torque_limit: f64::INFINITY };
        let x = run(kp, 0.0, joint, [1.3, -4.0]);
        let size = x.iter().map(|x| x[0].abs()).fold(0.0, f64::max);
        for (n, w) in x.windows(3).enumerate() {
            let want = (1.0 + beta - q) * w[1][0] - beta * w[0][0];
            assert!((w[2][0] - want).abs() <= 1e-14 * size, "{q} {beta}: step {n}: {} is not {want}", w[2][0]);
        }
    }
}

/// A motor too weak for the gains clips the damping with the pull, in both directions.
#[test]
fn a_saturated_joint_holds_its_torque() {
    let (inertia, period, kp, kd, r) = (0.05, 0.01, 20.0, 0.4, 1.0);
    let plant = PdLoop { inertia, friction: 0.0, kp, kd };
    for (limit, start) in [(0.5, [-2.0, 3.0]), (0.5, [4.0, 0.0]), (3.0, [1.5, -20.0]), (0.0, [0.2, 1.0])] {
        let joint = SampledPd { period, inertia: vec![inertia], kd: vec![kd], torque_limit: limit };
        let (mut low, mut high) = (0, 0);
        for (n, w) in run(kp, r, joint, start).windows(2).enumerate() {
            let u = saturated_torque(&plant, limit, r, w[0][0], w[0][1]);
            (low, high) = (low + usize::from(u == -limit), high + usize::from(u == limit));
            let want = held_torque_step(inertia, period, u, w[0][0], w[0][1]);
            let off = (w[1][0] - want.0).abs().max(period * (w[1][1] - want.1).abs());
            assert!(off <= 1e-14 * (1.0 + want.0.abs()), "limit {limit}, sample {n}: off by {off:e}");
        }
        assert!(low > 10 && high > 10, "limit {limit}: {low} and {high} samples at the limits");
    }
}

fn pid(gains: [f64; 3], torque_limit: f64) -> SampledPid {
    let (period, parts, inertia) = (0.02, 4, 0.7);
    SampledPid {
        period,
        parts,
        inertia,
        gains,
        set_point: 1.3,
        torque_limit,
        noise: 0.0,
        derivative: Derivative::Measured,
    }
}

/// Without gravity and integral action the arm is the sampled joint, at every sample.
#[test]
fn a_pid_arm_without_integral_is_the_sampled_joint() {
    for limit in [f64::INFINITY, 6.0, 0.5] {
        let joint = SampledPd { period: 0.02, inertia: vec![0.7], kd: vec![3.0], torque_limit: limit };
        let want = run(20.0, 1.3, joint, [0.0, 0.4]);
        let arm = System::new(Arc::new(Pendulum::free(0.0)), pid([20.0, 0.0, 3.0], limit));
        let mut state = State::at(&[0.0], &[0.4], 1, 1, 0);
        for (n, want) in want.iter().enumerate() {
            let off = (state.q[0] - want[0]).abs().max(0.02 * (state.v[0] - want[1]).abs());
            assert!(off <= 1e-12, "limit {limit}, sample {n}: off by {off:e}");
            advance(&arm, &mut state, 4, &mut ());
        }
    }
}

/// At rest kp (r − q) = mgl sin q; integral action takes the error up, and a clipped torque does not wind it up.
#[test]
fn gravity_shifts_the_arm_until_integral_action_holds_it() {
    for (ki, limit) in [(0.0, 100.0), (30.0, 100.0), (30.0, 8.0)] {
        let arm = System::new(Arc::new(Pendulum::free(6.0)), pid([20.0, ki, 5.0], limit));
        let mut state = State::at(&[0.0], &[], 1, 1, 0);
        advance(&arm, &mut state, 8_000, &mut ());
        let want = if ki > 0.0 { 1.3 } else { gravity_angle(20.0, 6.0, 1.3).0 };
        assert!((state.q[0] - want).abs() <= 1e-9, "ki = {ki}: {} is not {want}", state.q[0]);
        assert!((state.slots[1][0] - 6.0 * libm::sin(want)).abs() <= 1e-8, "torque {}", state.slots[1][0]);
    }
}

/// The force of the pendulum is the slope of its potential, its curvature the slope of the force.
#[test]
fn a_pendulum_pulls_downhill() {
    let pendulum = Pendulum { weight: 2.5, stiffness: 4.0, rest: 0.7 };
    for q in [-3.0, -0.4, 0.0, 0.7, 1.9] {
        let h = 1e-5;
        let read = |q: f64| {
            let (mut f, mut u, mut k) = ([0.0], [0.0], [0.0]);
            let at = At { t: 0.0, n: 1, q: &[q], v: &[0.0] };
            pendulum.force(at, &mut f);
            assert!(pendulum.potential(at, &mut u) && pendulum.hessian(&[q], &mut k));
            [u[0], f[0], k[0]]
        };
        let ([low, here, high], span) = ([read(q - h), read(q), read(q + h)], 2.0 * h);
        assert!(((low[0] - high[0]) / span - here[1]).abs() <= 1e-8, "{q}: {here:?}");
        assert!(((low[1] - high[1]) / span - here[2]).abs() <= 1e-8, "{q}: {here:?}");
    }
}
