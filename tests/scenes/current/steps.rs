//! The steps that keep books are the known words where the noise is the same along every axis, and a
//! checkpoint holds the books.

use std::sync::Arc;

use impetus::core::fields::{Quadratic, Swirl};
use impetus::core::methods::{BathedFlow, BathedMass, Books, Plane, baoab, ula};
use impetus::core::{Field, State, Stepper, System, advance};

const BOOKS: Books = Books { plane: Plane::Positions, x: [-3.0, 3.0], y: [-3.0, 3.0], cells: 6 };

fn diagonal(x: f64) -> Vec<f64> {
    vec![x, 0.0, 0.0, x]
}

fn end(field: &Arc<dyn Field>, stepper: impl Stepper + 'static, steps: u64) -> State {
    let mut state = State::at(&[1.0, -0.5], &[0.2, 0.1], 40, 9, 3);
    BOOKS.open(&mut state);
    advance(&System { field: field.clone(), stepper: Arc::new(stepper) }, &mut state, steps, &mut ());
    state
}

fn flow(h: f64, t: f64) -> BathedFlow {
    BathedFlow { dt: h, mobility: h, noise: diagonal((2.0 * h * t).sqrt()), cold: diagonal(1.0 / t), books: BOOKS }
}

fn mass(m: f64, c: f64, h: f64, t: f64) -> BathedMass {
    let keep = (-c * h / m).exp();
    let noise = diagonal(((1.0 - keep * keep) * t / m).sqrt());
    BathedMass { dt: h, mass: m, keep, noise, cold: diagonal(m / t), books: BOOKS }
}

fn same(what: &str, a: &State, b: &State) {
    let pairs = a.q.iter().zip(&b.q).chain(a.v.iter().zip(&b.v));
    let worst = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(worst <= 1e-12, "{what}: {worst}");
}

#[test]
fn equal_noise_is_the_known_word() {
    let field: Arc<dyn Field> = Arc::new(Swirl::new([1.0, 2.0], 0.4, 0.7));
    same("overdamped", &end(&field, flow(0.05, 0.3), 200), &end(&field, ula(0.05, 0.3), 200));
    same("BAOAB", &end(&field, mass(1.5, 0.4, 0.2, 0.7), 200), &end(&field, baoab(1.5, 0.4, 0.2, 0.7), 200));
}

/// The entropy given away is the energy lost over T, whatever the path, for a bowl and one bath: to
/// rounding for the overdamped step, whose work along a straight line is exact in a bowl.
#[test]
fn heat_is_the_energy_that_has_gone() {
    let (t, steps) = (0.3, 300);
    let field: Arc<dyn Field> = Arc::new(Quadratic::rotated([1.0, 3.0], 0.5));
    let energy = |s: &State| {
        let mut out = vec![0.0; s.n()];
        let at = impetus::core::At { t: 0.0, n: s.n(), q: &s.q, v: &s.v };
        assert!(field.potential(at, &mut out));
        out
    };
    let (start, last) = (end(&field, flow(0.05, t), 0), end(&field, flow(0.05, t), steps));
    for ((before, after), given) in energy(&start).iter().zip(energy(&last)).zip(&last.slots[Books::ENTROPY]) {
        assert!((given - (before - after) / t).abs() < 1e-10, "{given}");
    }
}

#[test]
fn a_checkpoint_holds_the_books() {
    let field: Arc<dyn Field> = Arc::new(Swirl::new([1.0, 2.0], 0.4, 0.7));
    let system = System { field: field.clone(), stepper: Arc::new(flow(0.05, 0.3)) };
    let mut half = end(&field, flow(0.05, 0.3), 120);
    advance(&system, &mut half, 80, &mut ());
    assert_eq!(half, end(&field, flow(0.05, 0.3), 200));
    let net = |s: &State| (0..6).flat_map(|r| (0..6).map(move |c| BOOKS.net(s, 0, r, c))).collect::<Vec<_>>();
    assert!(net(&half).iter().flatten().any(|d| *d != 0.0));
}
