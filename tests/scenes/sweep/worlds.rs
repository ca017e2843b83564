//! The quantities of typed losses against closed forms and against loops written out here.

use impetus::core::{Field, Observe, Probe, State, advance};
use impetus::param::Values;
use impetus::scenes::models::sweep::{STEPS, Sweep};
use impetus::scenes::{Lens, Run, View, made};
use impetus::text::Lang;
use impetus::theory::heavy_ball::{exact_steps, response};

use super::{Set, sweep};

fn world(source: &str, set: Set<'_>, quantity: &str) -> Sweep {
    sweep(made("typed-world", Some(source)).unwrap(), set, Lens::Optimizer, quantity)
}

#[test]
fn a_bowl_settles_and_overshoots_as_theory_says() {
    let [settling, overshoot] = ["settling", "overshoot"].map(|q| world("f(x) = x^2/2; x0 = 3", &[], q));
    let mut counted = 0;
    for eta in [0.05, 0.3, 0.9, 1.6] {
        for beta in [0.0, 0.3, 0.7, 0.85] {
            let Some(want) = exact_steps(eta, beta, 0.01) else { continue };
            assert_eq!(settling.cell([eta, beta]), want as f64, "{eta}, {beta}");
            let far = (0..400).map(|n| -response(eta, beta, 1.0, 0.0, n)).fold(0.0, f64::max);
            let found = overshoot.cell([eta, beta]);
            assert!((found - far).abs() < 1e-6, "{eta}, {beta}: {found} for {far}");
            counted += 1;
        }
    }
    assert!(counted > 12, "{counted}");
    for (eta, beta) in [(4.5, 0.5), (1e-4, 0.0), (0.5, 1.0)] {
        assert!(settling.cell([eta, beta]).is_nan(), "diverges, creeps or rings for ever: {eta}, {beta}");
    }
    for quantity in ["escape", "crossing"] {
        let only = world("f(x) = x^2/2; x0 = 3", &[], quantity);
        assert!(only.cell([0.3, 0.5]).is_nan(), "there is no other basin");
    }
    // Along a straight way in the plane it is the same.
    let plane = world("f(x, y) = (x^2 + y^2)/2; x0 = 3; y0 = -4", &[], "overshoot");
    assert!((plane.cell([0.9, 0.7]) - overshoot.cell([0.9, 0.7])).abs() < 1e-9);
}

const WELL: &str = "f(x) = x^4/4 - x^2/2 + a*x\na = 0.1 in [-1, 1]\nx0 = 1.8";

/// The maximum of the tilted well, by bisection of f' between its minima.
fn barrier(a: f64) -> f64 {
    let slope = |x: f64| x * x * x - x + a;
    let (mut low, mut high) = (-0.57, 0.57);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if slope(middle) > 0.0 { low = middle } else { high = middle }
    }
    low
}

/// Without noise the cloud is one ball: it is home or away, and a plain loop knows which.
#[test]
fn a_ball_without_noise_ends_where_a_plain_loop_ends() {
    let [escape, crossing] =
        ["escape", "crossing"].map(|q| world(WELL, &[("temperature", "0"), ("particles", "3")], q));
    let (top, mut seen) = (barrier(0.1), [0; 3]);
    for eta in [0.02, 0.05, 0.1, 0.2, 0.3] {
        for beta in [0.0, 0.4, 0.6, 0.75, 0.85, 0.9, 0.94] {
            let (mut x, mut v, mut away) = (1.8f64, 0.0, false);
            for _ in 0..STEPS {
                v = beta * v - eta * (x * x * x - x + 0.1);
                x += v;
                away |= x < top;
            }
            let ends = x < top;
            let found = [escape.cell([eta, beta]), crossing.cell([eta, beta])];
            assert_eq!(found, [f64::from(ends), f64::from(away)], "{eta}, {beta}");
            seen[usize::from(away) + usize::from(ends)] += 1;
        }
    }
    assert!(seen[0] > 5 && seen[1] + seen[2] > 5 && seen[2] > 2, "{seen:?}");
}

/// Hot enough, the cloud forgets where it began, and the other basin holds its share of e^(−f/T).
#[test]
fn a_hot_cloud_is_shared_out_as_boltzmann_says() {
    let n = 4000.0;
    for (a, temperature) in [("0", 0.4), ("0.15", 0.35)] {
        let (heat, tilt): (String, f64) = (temperature.to_string(), a.parse().unwrap());
        let found =
            world(WELL, &[("a", a), ("temperature", &heat), ("particles", "4000")], "escape").cell([0.03, 0.85]);
        let (mut left, mut all) = (0.0, 0.0);
        for k in 0..8000 {
            let x = -4.0 + (f64::from(k) + 0.5) / 1000.0;
            let weight = (-(x.powi(4) / 4.0 - x * x / 2.0 + tilt * x) / temperature).exp();
            all += weight;
            left += if x < barrier(tilt) { weight } else { 0.0 };
        }
        let want: f64 = left / all;
        let error = (want * (1.0 - want) / n).sqrt();
        assert!((found - want).abs() < 4.0 * error, "a = {a}: {found} for {want} ± {error}");
    }
}

/// Looks at every particle after every step.
struct Crossed(f64, Vec<bool>);

impl Observe for Crossed {
    fn observe(&mut self, _: &dyn Field, state: &State) {
        self.1.iter_mut().zip(state.coordinate(0)).for_each(|(away, x)| *away |= *x <= self.0);
    }
}

#[test]
fn crossing_counts_every_particle_that_was_ever_beyond() {
    let scene = made("typed-world", Some(WELL)).unwrap();
    let mut values = Values::defaults(scene.params());
    for (id, value) in [("temperature", 0.06), ("particles", 300.0), ("eta", 0.05), ("beta", 0.8), ("x0", 1.0)] {
        values.set(id, value).unwrap();
    }
    let setup = scene.build(&values, 1).unwrap();
    let lane = setup.lanes.iter().find(|l| l.lens == Lens::Sampler).unwrap();
    let (mut state, mut tap) = ((*lane.start).clone(), Crossed(barrier(0.1), vec![false; 300]));
    advance(&lane.system, &mut state, STEPS, &mut tap);
    let want = tap.1.iter().filter(|away| **away).count() as f64 / 300.0;
    let ends = state.coordinate(0).iter().filter(|x| **x < barrier(0.1)).count() as f64 / 300.0;
    let set: Set<'_> = &[("temperature", "0.06"), ("particles", "300"), ("x0", "1")];
    let found = ["crossing", "escape"].map(|q| world(WELL, set, q).cell([0.05, 0.8]));
    assert_eq!(found, [want, ends]);
    assert!(want > ends && ends > 0.05 && want < 0.95, "{want}, {ends}");
    // The watch does not disturb: the first particle goes the same way.
    let survey = scene.survey().unwrap();
    let view = View::new(Lang::En);
    let mut watched = survey.lanes_of(3, &values, 1, view).unwrap();
    watched.lanes[0].probes = vec![Probe::Position(0)];
    let mut run = Run::of(watched, &values, 1, 200);
    run.compute(200);
    let mut whole = Run::new(&*scene, &values, 1, 200).unwrap();
    whole.compute(200);
    let column = |run: &Run| run.lane(Lens::Sampler).unwrap().column(Probe::Position(0)).to_vec();
    assert_eq!(column(&run), column(&whole));
}

/// Himmelblau's four minima.
const FOUR: [[f64; 2]; 4] = [[3.0, 2.0], [-2.805118, 3.131312], [-3.77931, -3.283186], [3.584428, -1.848126]];

fn force([x, y]: [f64; 2]) -> [f64; 2] {
    let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
    [-4.0 * x * a - 2.0 * b, -2.0 * a - 4.0 * y * b]
}

/// Where a ball slides to with tiny steps.
fn basin(mut q: [f64; 2]) -> usize {
    for _ in 0..20_000 {
        let f = force(q);
        q = [q[0] + 1e-4 * f[0], q[1] + 1e-4 * f[1]];
    }
    let far = |m: &[f64; 2]| (m[0] - q[0]).hypot(m[1] - q[1]);
    (0..4).min_by(|a, b| far(&FOUR[*a]).total_cmp(&far(&FOUR[*b]))).unwrap()
}

#[test]
fn a_ball_in_the_plane_ends_in_the_basin_it_slides_into() {
    let source = "f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2\nx0 = 0\ny0 = -0.5";
    let mut seen = [0; 2];
    for (x0, y0) in [(0.0, -0.5), (1.0, 1.0), (-1.0, 0.4), (0.3, 3.0), (-2.0, -0.5), (2.0, -0.2), (-0.2, -2.0)] {
        for beta in [0.5, 0.8, 0.9] {
            let texts = [x0.to_string(), y0.to_string()];
            let set: Set<'_> = &[("x0", &texts[0]), ("y0", &texts[1]), ("temperature", "0"), ("particles", "1")];
            let found = world(source, set, "escape").cell([0.015, beta]);
            let (mut q, mut v) = ([x0, y0], [0.0; 2]);
            for _ in 0..STEPS {
                let f = force(q);
                v = [beta * v[0] + 0.015 * f[0], beta * v[1] + 0.015 * f[1]];
                q = [q[0] + v[0], q[1] + v[1]];
            }
            let away = basin(q) != basin([x0, y0]);
            assert_eq!(found, f64::from(away), "({x0}, {y0}), β {beta}");
            seen[usize::from(away)] += 1;
        }
    }
    assert!(seen[0] > 3 && seen[1] >= 3, "{seen:?}");
}
