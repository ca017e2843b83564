//! The new landscapes against finite differences, and the gauges against sums by hand.

use std::sync::Arc;

use impetus::core::fields::{Banana, FourWells, Kind, Quadratic, TwinWells, stationary_points};
use impetus::core::{At, Field, Gauge, State};

fn landscapes() -> Vec<(&'static str, Arc<dyn Field>)> {
    vec![
        ("four wells", Arc::new(FourWells { barrier: 1.3, half_width: [1.0, 1.4] })),
        ("twin wells", Arc::new(TwinWells { barrier: 0.8, half_width: 1.2, stiffness: 3.0, slant: 0.5 })),
        ("banana", Arc::new(Banana { width: 1.1, bend: 0.7, stiffness: 4.0 })),
    ]
}

fn potential(field: &dyn Field, q: [f64; 2]) -> f64 {
    let mut out = [f64::NAN];
    assert!(field.potential(At { t: 0.0, n: 1, q: &q, v: &[0.0; 2] }, &mut out));
    out[0]
}

fn force(field: &dyn Field, q: [f64; 2]) -> [f64; 2] {
    let mut out = [f64::NAN; 2];
    field.force(At { t: 0.0, n: 1, q: &q, v: &[0.0; 2] }, &mut out);
    out
}

#[test]
fn gradients_and_hessians_are_those_of_the_potential() {
    const H: f64 = 1e-5;
    for (name, field) in landscapes() {
        for i in 0..49 {
            let q = [-1.9 + 0.63 * f64::from(i % 7), -1.7 + 0.57 * f64::from(i / 7)];
            let moved = |axis: usize, by: f64| {
                let mut q = q;
                q[axis] += by;
                q
            };
            let f = force(&*field, q);
            let mut hessian = [f64::NAN; 4];
            assert!(field.hessian(&q, &mut hessian));
            for a in 0..2 {
                let slope = (potential(&*field, moved(a, H)) - potential(&*field, moved(a, -H))) / (2.0 * H);
                let scale = 1.0 + slope.abs();
                assert!((slope + f[a]).abs() <= 1e-7 * scale, "{name} at {q:?}: {slope} against {}", -f[a]);
                for b in 0..2 {
                    let bend = (force(&*field, moved(b, -H))[a] - force(&*field, moved(b, H))[a]) / (2.0 * H);
                    let got = hessian[2 * a + b];
                    assert!((bend - got).abs() <= 1e-6 * (1.0 + got.abs()), "{name} at {q:?}: {bend} against {got}");
                }
            }
        }
    }
}

#[test]
fn wells_and_saddles_are_where_they_are_said_to_be() {
    let count = |field: &dyn Field, kind| stationary_points(field).iter().filter(|p| p.kind == kind).count();
    let all = landscapes();
    let counts: Vec<[usize; 3]> =
        all.iter().map(|(_, f)| [Kind::Minimum, Kind::Saddle, Kind::Maximum].map(|kind| count(&**f, kind))).collect();
    assert_eq!(counts, [[4, 4, 1], [2, 1, 0], [1, 0, 0]]);
    for (name, field) in &all {
        for point in stationary_points(&**field) {
            let barrier = if *name == "four wells" { 1.3 } else { 0.8 };
            let want = match point.kind {
                Kind::Minimum => 0.0,
                Kind::Saddle => barrier,
                _ => 2.0 * barrier,
            };
            assert!((point.value - want).abs() <= 1e-12, "{name}: {point:?}");
        }
    }
}

#[test]
fn gauges_are_means_over_the_cloud() {
    let field = Quadratic::diagonal(&[2.0, 0.5]);
    let mut state = State::at(&[0.0, 0.0], &[0.0, 0.0], 3, 1, 0);
    state.q.copy_from_slice(&[1.0, -2.0, 0.5, 3.0, 0.0, -1.0]);
    state.v.copy_from_slice(&[0.1, 0.2, -0.3, 1.0, 0.0, 2.0]);
    // A force that was left behind by an earlier step must not be what is read.
    state.f.fill(77.0);
    let table = [
        (Gauge::SquareVelocity, (0.01 + 0.04 + 0.09 + 1.0 + 4.0) / 3.0),
        (Gauge::Potential, (1.0 + 4.0 + 0.25 + 0.25 * (9.0 + 1.0)) / 3.0),
        (Gauge::SquareForce, (4.0 * (1.0 + 4.0 + 0.25) + 0.25 * (9.0 + 1.0)) / 3.0),
        (Gauge::Laplacian, 2.5),
    ];
    let mut scratch = Vec::new();
    for (gauge, want) in table {
        let got = gauge.read(&field, &state, &mut scratch);
        assert!((got - want).abs() <= 1e-14 * want, "{gauge:?}: {got} against {want}");
    }
}
