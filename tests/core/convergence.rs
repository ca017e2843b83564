//! The observed order of every integrator, and the damped oscillator from no friction to a lot.

use std::sync::Arc;

use impetus::core::fields::{DoubleWell, Quadratic};
use impetus::core::methods::{Convention, Friction, baoab, heavy_ball, leapfrog, spring};
use impetus::core::{
    At, DormandPrince, ExactFlow, Field, Linear, Outcome, RungeKutta4, State, Stepper, System, advance,
};
use impetus::theory::mapping::{Mapping, momentum_from_oscillator};
use impetus::theory::oscillator::Oscillator;

/// Mass, friction and final time of every order test.
const M: f64 = 1.5;
const C: f64 = 0.4;
const END: f64 = 3.0;
/// How often a run is looked at.
const LOOKS: u64 = 12;
/// Steps to the end: four halvings.
const STEPS: [f64; 5] = [60.0, 120.0, 240.0, 480.0, 960.0];

/// How a scheme starts from position and velocity at time zero.
#[derive(Clone, Copy, Debug)]
enum Start {
    /// Its velocity belongs to the same time as its position.
    Whole,
    /// Its velocity belongs to half a step before: v₀ − (h/2m)(f₀ − c v₀).
    Half,
}

#[derive(Clone, Copy)]
struct Scheme {
    name: &'static str,
    order: f64,
    start: Start,
    friction: f64,
    method: fn(f64) -> Arc<dyn Stepper>,
}

fn schemes() -> Vec<Scheme> {
    let scheme = |name, order, start, friction, method| Scheme { name, order, start, friction, method };
    let whole = Start::Whole;
    vec![
        scheme("explicit friction", 1.0, whole, C, |h| Arc::new(spring(M, C, h, Friction::Explicit))),
        scheme("implicit friction", 1.0, whole, C, |h| Arc::new(spring(M, C, h, Friction::Implicit))),
        scheme("exponential friction", 1.0, whole, C, |h| Arc::new(spring(M, C, h, Friction::Exponential))),
        // Central differences are of second order only if they start half a step before.
        scheme("central, naive start", 1.0, whole, C, |h| Arc::new(spring(M, C, h, Friction::Central))),
        scheme("central, matched start", 2.0, Start::Half, C, |h| Arc::new(spring(M, C, h, Friction::Central))),
        scheme("leapfrog", 2.0, whole, 0.0, |h| Arc::new(leapfrog(M, h))),
        scheme("BAOAB at T = 0", 2.0, whole, C, |h| Arc::new(baoab(M, C, h, 0.0))),
        scheme("RK4", 4.0, whole, C, |h| Arc::new(RungeKutta4 { dt: h, mass: M, friction: C })),
        scheme("RK4 without friction", 4.0, whole, 0.0, |h| Arc::new(RungeKutta4 { dt: h, mass: M, friction: 0.0 })),
    ]
}

/// The positions at [`LOOKS`] equally spaced times, so that no error is small by a change of sign.
fn positions(field: &Arc<dyn Field>, scheme: &Scheme, n: f64, x0: f64, v0: f64) -> Vec<f64> {
    let h = END / n;
    let mut f = [f64::NAN];
    field.force(At { t: 0.0, n: 1, q: &[x0], v: &[v0] }, &mut f);
    let v = match scheme.start {
        Start::Whole => v0,
        Start::Half => v0 - 0.5 * h / M * (f[0] - scheme.friction * v0),
    };
    let mut state = State::at(&[x0], &[v], 1, 1, 0);
    let system = System { field: field.clone(), stepper: (scheme.method)(h) };
    let mut look = || {
        assert_eq!(advance(&system, &mut state, n as u64 / LOOKS, &mut ()), Outcome::Running);
        state.q[0]
    };
    let out = (0..LOOKS).map(|_| look()).collect();
    assert!((state.t - END).abs() <= 1e-10 && state.step == n as u64);
    out
}

/// The largest difference of two lists; NaN if any is.
fn worst(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, |m: f64, d| if m.is_nan() || d <= m { m } else { d })
}

/// The slope of log error against log step, by least squares; every error is far above rounding.
fn slope(what: &str, error: impl Fn(f64) -> f64) -> f64 {
    let points: Vec<[f64; 2]> = STEPS.iter().map(|n| [-n.log2(), error(*n)]).collect();
    let floor = 100.0 * f64::EPSILON;
    assert!(points.iter().all(|[_, e]| *e > floor), "{what}: an error is lost in rounding: {points:?}");
    let mean = |i: usize, f: fn(f64) -> f64| points.iter().map(|p| f(p[i])).sum::<f64>() / points.len() as f64;
    let (mx, my) = (mean(0, |x| x), mean(1, f64::log2));
    let up: f64 = points.iter().map(|[x, e]| (x - mx) * (e.log2() - my)).sum();
    up / points.iter().map(|[x, _]| (x - mx) * (x - mx)).sum::<f64>()
}

#[test]
fn orders_on_the_damped_oscillator() {
    let (k, x0, v0) = (2.0, 1.0, 0.5);
    let field: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[k]));
    for s in schemes() {
        let osc = Oscillator { m: M, c: s.friction, k };
        let exact: Vec<f64> = (1..=LOOKS).map(|j| osc.flow(END * j as f64 / LOOKS as f64, x0, v0).0).collect();
        let order = slope(s.name, |n| worst(&positions(&field, &s, n, x0, v0), &exact));
        println!("{:24} {order:.3}", s.name);
        assert!((order - s.order).abs() <= 0.1, "{}: order {order}, not {}", s.name, s.order);
    }
}

/// On a double well there is no closed form; RK4 with steps 64 times finer stands for the truth.
#[test]
fn orders_on_the_double_well() {
    let (x0, v0) = (0.6, -0.3);
    let field: Arc<dyn Field> = Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 });
    for s in schemes() {
        let method: fn(f64) -> Arc<dyn Stepper> = match s.friction {
            C => |h| Arc::new(RungeKutta4 { dt: h, mass: M, friction: C }),
            _ => |h| Arc::new(RungeKutta4 { dt: h, mass: M, friction: 0.0 }),
        };
        let truth = Scheme { method, start: Start::Whole, ..s };
        let fine = positions(&field, &truth, 61_440.0, x0, v0);
        let order = slope(s.name, |n| worst(&positions(&field, &s, n, x0, v0), &fine));
        println!("{:24} {order:.3}", s.name);
        assert!((order - s.order).abs() <= 0.1, "{}: order {order}, not {}", s.name, s.order);
    }
}

/// The heavy ball itself, from rest: it follows the spring of the central map to second order in
/// time h N if the spring starts with half a step's kick, and to first order if it starts at rest.
#[test]
fn heavy_ball_follows_its_spring() {
    let (k, x0) = (2.0, 1.0);
    let osc = Oscillator { m: M, c: C, k };
    for (matched, want) in [(true, 2.0), (false, 1.0)] {
        let order = slope("heavy ball", |n| {
            let h = END / n;
            let (eta, beta) = momentum_from_oscillator(Mapping::Central, M, C, k, h).unwrap();
            let ball = heavy_ball(eta, beta, Convention::Displacement);
            let mut state = State::at(&[x0], &[], 1, 1, 0);
            advance(&System::new(Arc::new(Quadratic::diagonal(&[k])), ball), &mut state, n as u64, &mut ());
            let v0 = if matched { -0.5 * h / M * k * x0 } else { 0.0 };
            (state.q[0] - osc.flow(END, x0, v0).0).abs()
        });
        assert!((order - want).abs() <= 0.1, "matched {matched}: order {order}, not {want}");
    }
}

/// From no friction to twenty times critical, through critical itself: 10,000 steps against the
/// closed form, at every step, relative to the start.
#[test]
fn damped_oscillator_for_every_damping_ratio() {
    let (m, k, h, x0, v0) = (2.0, 8.0, 0.001, 1.0, -0.4);
    let linear = Linear { matrix: &[k], centre: &[0.0] };
    for zeta in [0.0, 0.1, 0.5, 1.0 - 1e-9, 1.0, 1.0 + 1e-9, 2.0, 10.0] {
        let c = 2.0 * zeta * (k * m).sqrt();
        let osc = Oscillator { m, c, k };
        let methods: [(&str, Arc<dyn Stepper>, f64); 2] = [
            ("exact", Arc::new(ExactFlow::new(linear, &[m], &[c], h)), 1e-12),
            ("RK4", Arc::new(RungeKutta4 { dt: h, mass: m, friction: c }), 1e-8),
        ];
        for (name, stepper, bound) in methods {
            let system = System { field: Arc::new(Quadratic::diagonal(&[k])), stepper };
            let mut s = State::at(&[x0], &[v0], 1, 1, 0);
            for n in 1..=10_000 {
                advance(&system, &mut s, 1, &mut ());
                let (x, v) = osc.flow(f64::from(n) * h, x0, v0);
                let off = (s.q[0] - x).abs().max((s.v[0] - v).abs() / osc.omega0());
                assert!(off <= bound, "ζ = {zeta}, {name}: off by {off:e} at step {n}");
            }
        }
    }
}

/// One step of any length is the same flow: rounding only, also far from the origin of the
/// coordinates and for a coupled pair, which is two oscillators in turned axes.
#[test]
fn the_exact_flow_has_no_step_error() {
    let (lambda, angle, c, x, v) = ([0.3, 5.0], 0.7, 0.9, [2.0, -1.0], [0.4, 1.1]);
    let centre = [3.0, -2.0];
    let bowl = Quadratic::rotated(lambda, angle).around(&centre);
    let (sin, cos) = f64::sin_cos(angle);
    let turn = |p: [f64; 2]| [cos * p[0] + sin * p[1], -sin * p[0] + cos * p[1]];
    let (a, b) = (turn([x[0] - centre[0], x[1] - centre[1]]), turn(v));
    for n in [1u64, 3, 7, 50, 999] {
        let flow = ExactFlow::new(bowl.stiffness().unwrap(), &[M], &[c], END / n as f64);
        let mut s = State::at(&x, &v, 1, 1, 0);
        advance(&System::new(Arc::new(bowl.clone()), flow), &mut s, n, &mut ());
        let got = [turn([s.q[0] - centre[0], s.q[1] - centre[1]]), turn([s.v[0], s.v[1]])];
        for mode in 0..2 {
            let want = Oscillator { m: M, c, k: lambda[mode] }.flow(END, a[mode], b[mode]);
            let off = (got[0][mode] - want.0).abs().max((got[1][mode] - want.1).abs());
            assert!(off <= 2e-13, "{n} steps, mode {mode}: off by {off:e}");
        }
    }
}

/// A force that does not exist left of zero beside one that is always zero.
struct HalfLine;

impl Field for HalfLine {
    fn dim(&self) -> usize {
        2
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        (out[0], out[1]) = (-at.q[0].ln(), 0.0);
    }

    fn potential(&self, _: At<'_>, _: &mut [f64]) -> bool {
        false
    }
}

/// A trial step that leaves the domain is tried again shorter, whatever the other coordinates say:
/// the motion itself stays between 0.5 and 1.8, and its energy where it was.
#[test]
fn the_adaptive_method_refuses_a_step_that_is_not_a_number() {
    let mut s = State::at(&[0.5, 1.0], &[], 1, 1, 0);
    let system = System::new(Arc::new(HalfLine), DormandPrince::new(1.0, 0.0, 50.0));
    assert_eq!(advance(&system, &mut s, 4, &mut ()), Outcome::Running);
    let energy = |x: f64, v: f64| 0.5 * v * v + x * x.ln() - x;
    let lost = energy(s.q[0], s.v[0]) - energy(0.5, 0.0);
    assert!(lost.abs() <= 1e-7, "energy changed by {lost:e}");
}
