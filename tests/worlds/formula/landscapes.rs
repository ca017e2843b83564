//! The program's own landscapes, typed: the same values, forces, Hessians and stationary points.

use impetus::core::At;
use impetus::core::fields::{named, stationary_points};
use impetus::formula::fixed_points;

use super::{close, world};

/// A landscape and how one would type it.
const TYPED: &[(&str, &str)] = &[
    ("rosenbrock", "(1 - x)^2 + 100*(y - x^2)^2"),
    ("himmelblau", "(x² + y − 11)² + (x + y² − 7)²"),
    ("beale", "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2"),
    ("styblinski_tang", "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2"),
    ("rastrigin", "20 + x^2 - 10cos(2pi*x) + y^2 - 10cos(2pi*y)"),
    ("double_well", "(x^2 - 1)^2"),
    ("monkey_saddle", "x^3 - 3x*y^2"),
    ("three_hump_camel", "2x^2 - 1.05x^4 + x^6/6 + x*y + y^2"),
    ("muller_brown", super::points::MULLER_BROWN),
];

#[test]
fn typed_landscapes_are_the_built_in_ones() {
    for (name, source) in TYPED {
        let (field, world) = (named(name).unwrap(), world(source));
        let (dim, n) = (field.dim(), 50);
        assert_eq!(world.kind().dim(), dim, "{name}");
        let q: Vec<f64> = (0..dim * n).map(|i| 1.5 * libm::sin(1.7 * i as f64)).collect();
        let (rest, columns) = (vec![0.0; dim * n], world.columns(&q, &[], &0.0));
        let at = At { t: 0.0, n, q: &q, v: &rest };
        let (mut got, mut want) = (vec![0.0; n], vec![0.0; n]);
        assert!(world.potential(&columns, &[], &mut got) && field.potential(at, &mut want));
        assert!(got.iter().zip(&want).all(|(a, b)| close(*a, *b, 1e-12)), "{name}: {got:?}, {want:?}");
        let (mut got, mut want) = (vec![0.0; dim * n], vec![0.0; dim * n]);
        assert!(world.force(&columns, &[], &mut got));
        field.force(at, &mut want);
        assert!(got.iter().zip(&want).all(|(a, b)| close(*a, *b, 1e-11)), "{name}: {got:?}, {want:?}");
        for i in 0..n {
            let point: Vec<f64> = (0..dim).map(|k| q[k * n + i]).collect();
            let (mut got, mut want) = (vec![0.0; dim * dim], vec![0.0; dim * dim]);
            assert!(
                world.hessian(&world.columns(&point, &[], &0.0), &[], &mut got) && field.hessian(&point, &mut want)
            );
            assert!(got.iter().zip(&want).all(|(a, b)| close(*a, *b, 1e-11)), "{name}: {got:?}, {want:?}");
        }
    }
}

/// Every stationary point the built-in landscape knows is found from the typed text alone.
#[test]
fn known_stationary_points_are_found() {
    for (name, source) in TYPED {
        let known = stationary_points(&*named(name).unwrap());
        let world = world(source);
        let half = known.iter().flat_map(|p| &p.at).fold(1.0, |most: f64, x| most.max(1.1 * x.abs()));
        let found = fixed_points(&world, &[], 0.0, &vec![[-half, half]; world.kind().dim()]);
        for point in known {
            let same =
                |p: &&impetus::formula::FixedPoint| p.at.iter().zip(&point.at).all(|(a, b)| (a - b).abs() < 1e-6);
            let found = found.iter().find(same);
            let found = found.unwrap_or_else(|| panic!("{name}: {:?} is not found", point.at));
            assert_eq!(format!("{:?}", found.nature), format!("{:?}", point.kind), "{name}: {:?}", point.at);
            assert!(close(found.value, point.value, 1e-9), "{name}: {} is not {}", found.value, point.value);
        }
    }
}
