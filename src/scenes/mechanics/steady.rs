//! The steady swing of a trace, and of a method driven by one sine. Nothing here knows a formula of `theory`.

use std::sync::Arc;

use crate::core::fields::Driven;
use crate::core::{Outcome, Probe, State, Stepper, System, Trace, advance};
use crate::theory::matrix::Complex;

/// What may be left besides the sine, as a share of it.
const LEFT: f64 = 1e-3;

/// G of the sine Re(G e^{iωk}) that fits the last quarter of `x` best, k counting its rows from the first;
/// `None` if something else is left there, or the quarter is shorter than a turn.
pub fn fit(x: &[f64], omega: f64) -> Option<Complex<f64>> {
    let from = x.len() - x.len() / 4;
    let rows = || x.iter().enumerate().skip(from).map(|(k, x)| (libm::sincos(omega * k as f64), *x));
    if ((x.len() - from) as f64) * omega < std::f64::consts::TAU {
        return None;
    }
    let mut sums = [0.0; 5];
    for ((s, c), x) in rows() {
        for (sum, add) in sums.iter_mut().zip([c * c, c * s, s * s, c * x, s * x]) {
            *sum += add;
        }
    }
    let [cc, cs, ss, cx, sx] = sums;
    let det = cc * ss - cs * cs;
    // At two steps per turn the sine is zero in every row.
    let (a, b) =
        if det > 1e-9 * cc * cc { ((cx * ss - sx * cs) / det, (sx * cc - cx * cs) / det) } else { (cx / cc, 0.0) };
    let wrong = rows().map(|((s, c), x)| (x - a * c - b * s).abs()).fold(0.0, f64::max);
    let size = a.hypot(b);
    (size.is_finite() && wrong <= LEFT * size).then(|| Complex::new(a, -b))
}

/// The steady swing of what `probe` reads of `stepper`, which counts iterations, on a mode of this curvature
/// under the push cos ωn from rest, after the first three quarters of so many steps.
pub fn driven(stepper: Arc<dyn Stepper>, curvature: f64, omega: f64, probe: Probe, steps: u64) -> Option<Complex<f64>> {
    let system = System { field: Arc::new(Driven { curvature, amplitude: 1.0, omega }), stepper };
    let mut trace = Trace::new(&[probe], steps as usize + 1);
    let mut state = State::at(&[0.0], &[], 1, 0, 0);
    let outcome = advance(&system, &mut state, steps, &mut trace);
    // Row k of the trace is the state after step k + 1; a constant push swings once a step.
    let turn = if omega == 0.0 { std::f64::consts::TAU } else { omega };
    let swing = fit(trace.column(probe), turn).filter(|_| outcome == Outcome::Running);
    swing.map(|g| g * Complex::from_polar(1.0, -turn))
}

#[cfg(test)]
mod tests {
    use super::fit;
    use crate::theory::matrix::Complex;

    #[test]
    fn a_swing_is_found_and_anything_else_is_refused() {
        for (size, angle, omega) in [(3.0, -1.2, 0.3), (0.02, 0.4, 2.0), (1.0, 0.0, std::f64::consts::PI)] {
            let wanted = Complex::from_polar(size, angle);
            let x: Vec<f64> = (0..200).map(|k| (wanted * Complex::from_polar(1.0, omega * f64::from(k))).re).collect();
            assert!(fit(&x, omega).is_some_and(|g| (g - wanted).norm() <= 1e-12 * size), "{wanted} {omega}");
            let drifting: Vec<f64> = x.iter().enumerate().map(|(k, x)| x + 1e-3 * size * k as f64).collect();
            assert_eq!(fit(&drifting, omega), None);
        }
        assert_eq!(fit(&[1.0, 0.5, 0.2, 0.1], 0.1), None, "less than a turn");
        assert_eq!(fit(&[], 0.1), None);
    }
}
