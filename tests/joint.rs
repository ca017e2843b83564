//! The sampled joint: positions of a heavy ball while the motor keeps up, the closed form of a held
//! torque when it does not.

use std::sync::Arc;

use impetus::core::fields::Quadratic;
use impetus::core::{SampledPd, State, System, advance};
use impetus::theory::pd::{
    PdLoop, gains_from_momentum, gains_from_normalized, held_torque_step, momentum_from_gains, saturated_torque,
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
