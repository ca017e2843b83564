//! The chart of regimes against eigenvalues computed by somebody else.

use impetus::theory::regime::{Regime, classify};
use nalgebra::{Complex, Matrix2};

/// Regime read off the two computed eigenvalues alone.
fn from_eigenvalues([a, b]: [Complex<f64>; 2]) -> Regime {
    const NEAR: f64 = 1e-7;
    let at = |x: f64, y: f64| (x - y).abs() < NEAR;
    if a.im.abs() > NEAR {
        return match a.norm() {
            size if at(size, 1.0) => Regime::Undamped,
            size if size < 1.0 => Regime::Underdamped,
            _ => Regime::Antidamped,
        };
    }
    let (low, high) = (a.re.min(b.re), a.re.max(b.re));
    if at(high, 1.0) || at(low, 1.0) {
        Regime::Free
    } else if high > 1.0 {
        if low > 1.0 { Regime::DivergentMonotone } else { Regime::Escape }
    } else if at(low, -1.0) {
        if at(high, -1.0) { Regime::UndampedEdge } else { Regime::FlipMarginal }
    } else if low < -1.0 {
        Regime::DivergentFlip
    } else if at(low, 0.0) && at(high, 0.0) {
        Regime::Deadbeat
    } else if low > -NEAR {
        if at(low, high) { Regime::Critical } else { Regime::Overdamped }
    } else if high < NEAR {
        if at(low, high) { Regime::AlternatingCritical } else { Regime::AlternatingOverdamped }
    } else if at(low, -high) {
        Regime::MixedBalanced
    } else if high > -low {
        Regime::MixedPositive
    } else {
        Regime::MixedNegative
    }
}

#[test]
fn borders_agree_with_the_eigenvalues_of_the_companion_matrix() {
    const N: usize = 221;
    let step = (4.9 / (N - 1) as f64, 2.2 / (N - 1) as f64);
    let (mut points, mut disagreements) = (0, 0);
    for i in 0..N {
        for j in 0..N {
            let (q, beta) = (-0.5 + step.0 * i as f64, -1.1 + step.1 * j as f64);
            let eigen = Matrix2::new(1.0 + beta - q, -beta, 1.0, 0.0).complex_eigenvalues();
            let (named, computed) = (classify(q, beta), from_eigenvalues([eigen[0], eigen[1]]));
            points += 1;
            if named != computed {
                disagreements += 1;
                let offsets = [-1.0, -0.5, 0.0, 0.5, 1.0];
                let mut cell =
                    offsets.iter().flat_map(|a| offsets.map(|b| classify(q + a * step.0, beta + b * step.1)));
                assert!(cell.any(|near| near == computed), "q = {q}, beta = {beta}: {named:?}, eigenvalues {eigen}");
            }
        }
    }
    println!("{disagreements} of {points} points disagree, all within one cell of a border");
    assert!(disagreements <= 5, "{disagreements} disagreements");
}

#[test]
fn every_regime_has_a_key_of_its_own_and_one_fate() {
    let mut keys: Vec<_> = Regime::ALL.iter().map(|regime| regime.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Regime::ALL.len());
    for regime in Regime::ALL {
        assert!(!(regime.is_stable() && regime.diverges()), "{regime:?}");
    }
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(classify(bad, 0.5), Regime::Undefined);
        assert_eq!(classify(0.5, bad), Regime::Undefined);
    }
}

#[test]
fn a_double_pole_lies_on_its_named_border() {
    let cases = [
        (0.04, 0.64, Regime::Critical),
        (3.24, 0.64, Regime::AlternatingCritical),
        (1.0, 0.0, Regime::Deadbeat),
        (4.0, 1.0, Regime::UndampedEdge),
        (0.5, -0.5, Regime::MixedBalanced),
        (3.28, 0.64, Regime::FlipMarginal),
        (0.0, 0.64, Regime::Free),
    ];
    for (q, beta, regime) in cases {
        assert_eq!(classify(q, beta), regime);
        assert_eq!(classify(q + 5e-10, beta), regime);
        assert_ne!(classify(q + 2e-9, beta), regime);
    }
}
