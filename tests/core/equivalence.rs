//! One machine in many costumes: methods that must walk the same path, to the last few bits.

use std::sync::Arc;

use impetus::core::fields::{DoubleWell, PlateauCliffValley, Quadratic, Rosenbrock};
use impetus::core::methods::{Convention, Friction, baoab, heavy_ball, nesterov, sghmc, spring};
use impetus::core::{At, ExactFlow, Field, Linear, Outcome, Probe, State, Stepper, System, advance};
use impetus::param::Values;
use impetus::scenes::{self, Lens, Run, Scene};
use impetus::theory::mapping::{Mapping, interpolant_velocity, momentum_from_oscillator, pole_match};

const STEPS: u64 = 1_000;

fn system(field: impl Field + 'static, method: impl Stepper + 'static) -> System {
    System::new(Arc::new(field), method)
}

fn force(field: &dyn Field, q: &[f64]) -> Vec<f64> {
    let mut f = vec![0.0; q.len()];
    field.force(At { t: 0.0, n: 1, q, v: &vec![0.0; q.len()] }, &mut f);
    f
}

/// All positions of a run, its start included.
fn path(system: &System, q: &[f64], v: &[f64], steps: u64) -> Vec<Vec<f64>> {
    let mut state = State::at(q, v, 1, 1, 0);
    let mut out = vec![state.q.clone()];
    for _ in 0..steps {
        assert_eq!(advance(system, &mut state, 1, &mut ()), Outcome::Running);
        out.push(state.q.clone());
    }
    out
}

/// The two-step form x₊ = x + η f(x) + β (x − x₋): the reference of every equivalence.
fn two_step(field: &dyn Field, eta: f64, beta: f64, before: &[f64], start: &[f64], steps: u64) -> Vec<Vec<f64>> {
    let mut out = vec![start.to_vec()];
    let mut last = before.to_vec();
    for _ in 0..steps {
        let now = out[out.len() - 1].clone();
        let f = force(field, &now);
        out.push((0..now.len()).map(|i| now[i] + eta * f[i] + beta * (now[i] - last[i])).collect());
        last = now;
    }
    out
}

/// The largest distance of two paths, relative to the largest coordinate.
fn distance(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    assert_eq!(a.len(), b.len());
    let size = a.iter().flatten().fold(0.0, |m: f64, x| m.max(x.abs()));
    worst(a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| (a - b).abs())) / size
}

/// The largest of some sizes; NaN if any is, which `f64::max` would hide.
fn worst(sizes: impl Iterator<Item = f64>) -> f64 {
    sizes.fold(0.0, |m: f64, d| if m.is_nan() || d <= m { m } else { d })
}

fn close(what: &str, a: &[Vec<f64>], b: &[Vec<f64>], tolerance: f64) {
    let d = distance(a, b);
    assert!(d <= tolerance, "{what}: apart by {d:e}, allowed {tolerance:e}");
}

struct Problem {
    name: &'static str,
    field: Arc<dyn Field>,
    q: Vec<f64>,
    v: Vec<f64>,
    /// Mass, friction, step.
    mch: [f64; 3],
}

/// Linear and nonlinear, one and two dimensions; steps small enough not to amplify rounding.
fn problems() -> Vec<Problem> {
    let problem = |name, field: Arc<dyn Field>, q: &[f64], v: &[f64], mch| Problem {
        name,
        field,
        q: q.to_vec(),
        v: v.to_vec(),
        mch,
    };
    vec![
        problem("d2l", Arc::new(Quadratic::d2l()), &[-5.0, -2.0], &[0.0, 0.0], [1.0, 0.8, 0.4]),
        problem("turned", Arc::new(Quadratic::rotated([0.3, 5.0], 0.7)), &[2.0, -1.0], &[0.5, 1.5], [1.5, 0.4, 0.3]),
        problem("rosenbrock", Arc::new(Rosenbrock), &[-1.2, 1.0], &[0.1, -0.2], [1.0, 3.0, 0.01]),
        problem(
            "double well",
            Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 }),
            &[0.6],
            &[-0.3],
            [1.5, 0.4, 0.2],
        ),
        problem("cliff", Arc::new(PlateauCliffValley::default()), &[-1.0], &[0.2], [2.0, 0.3, 0.1]),
    ]
}

#[test]
fn heavy_ball_is_every_semi_implicit_spring() {
    let table = [
        (Mapping::Explicit, Friction::Explicit),
        (Mapping::Qian, Friction::Implicit),
        (Mapping::Conformal, Friction::Exponential),
        (Mapping::Central, Friction::Central),
    ];
    for p in problems() {
        let [m, c, h] = p.mch;
        for (map, friction) in table {
            let (eta, beta) = momentum_from_oscillator(map, m, c, 0.0, h).unwrap();
            let what = format!("{} {friction:?}", p.name);
            // The displacement before the start is h v: the optimizer's buffer is that displacement.
            let buffer: Vec<f64> = p.v.iter().map(|v| h * v).collect();
            let before: Vec<f64> = p.q.iter().zip(&buffer).map(|(q, b)| q - b).collect();
            let machine = path(&system_of(&p, spring(m, c, h, friction)), &p.q, &p.v, STEPS);
            let ball = heavy_ball(eta, beta, Convention::Displacement);
            close(&what, &path(&system_of(&p, ball), &p.q, &buffer, STEPS), &machine, 1e-12);
            close(&what, &two_step(&*p.field, eta, beta, &before, &p.q, STEPS), &machine, 1e-12);
        }
    }
}

fn system_of(p: &Problem, method: impl Stepper + 'static) -> System {
    System::new(p.field.clone(), method)
}

/// x₀ − x₋₁ = (h(1+β)/(2β)) (v₀ + (h/2m) U′(x₀)).
#[test]
fn heavy_ball_is_baoab_without_noise() {
    for p in problems() {
        let [m, c, h] = p.mch;
        let (eta, beta) = momentum_from_oscillator(Mapping::Splitting, m, c, 0.0, h).unwrap();
        let f = force(&*p.field, &p.q);
        let back = |i: usize| h * (1.0 + beta) / (2.0 * beta) * (p.v[i] - h / (2.0 * m) * f[i]);
        let before: Vec<f64> = (0..p.q.len()).map(|i| p.q[i] - back(i)).collect();
        let machine = path(&system_of(&p, baoab(m, c, h, 0.0)), &p.q, &p.v, STEPS);
        close(p.name, &two_step(&*p.field, eta, beta, &before, &p.q, STEPS), &machine, 1e-12);
    }
}

#[test]
fn storage_conventions_agree() {
    for p in problems() {
        let [m, c, h] = p.mch;
        let (eta, beta) = momentum_from_oscillator(Mapping::Explicit, m, c, 0.0, h).unwrap();
        let run = |convention| path(&system_of(&p, heavy_ball(eta, beta, convention)), &p.q, &[], STEPS);
        let reference = two_step(&*p.field, eta, beta, &p.q, &p.q, STEPS);
        for convention in [Convention::Displacement, Convention::Accumulating, Convention::MovingAverage] {
            close(&format!("{} {convention:?}", p.name), &run(convention), &reference, 1e-12);
        }
    }
}

/// After a change of η the accumulated memory is rescaled at once; a stored displacement is not.
#[test]
fn storage_conventions_part_when_the_step_changes() {
    let (beta, eta, k) = (0.9, [0.05, 0.005], 6);
    let bowl = || Quadratic::diagonal(&[1.0, 10.0, 0.05]).around(&[0.5, -1.0, 2.0]);
    let table = [
        (Convention::Displacement, 1.0),
        (Convention::Accumulating, eta[1] / eta[0]),
        (Convention::MovingAverage, eta[1] / eta[0]),
    ];
    let mut ends = Vec::new();
    for (convention, ratio) in table {
        let mut state = State::at(&[1.0, 2.0, -3.0], &[], 1, 1, 0);
        let mut x = vec![state.q.clone()];
        for n in 0..12 {
            let method = heavy_ball(eta[usize::from(n >= k)], beta, convention);
            advance(&system(bowl(), method), &mut state, 1, &mut ());
            x.push(state.q.clone());
        }
        let f = force(&bowl(), &x[k]);
        let step = |i: usize| x[k][i] + eta[1] * f[i] + ratio * beta * (x[k][i] - x[k - 1][i]);
        let want: Vec<f64> = (0..3).map(step).collect();
        close(&format!("{convention:?}"), &[x[k + 1].clone()], &[want], 1e-14);
        ends.push(vec![x[12].clone()]);
    }
    close("average against accumulating", &ends[1], &ends[2], 1e-12);
    assert!(distance(&ends[0], &ends[1]) > 0.1, "displacement and accumulating end at the same point");
}

/// b ← μb + g(φ), φ ← φ − η(g + μb): the state a deep-learning library keeps; and the look-ahead
/// point of θ's own recurrence.
#[test]
fn nesterov_is_the_look_ahead_form() {
    for p in problems() {
        let (eta, mu) = if p.name == "rosenbrock" { (1e-4, 0.9) } else { (0.03, 0.9) };
        let word = path(&system_of(&p, nesterov(eta, mu)), &p.q, &[], STEPS);
        let (mut phi, mut b) = (vec![p.q.clone()], vec![0.0; p.q.len()]);
        let (mut theta, mut v, mut look) = (p.q.clone(), vec![0.0; p.q.len()], vec![p.q.clone()]);
        for n in 0..STEPS as usize {
            let (f, g) = (force(&*p.field, &phi[n]), force(&*p.field, &look[n]));
            for i in 0..b.len() {
                b[i] = mu * b[i] - f[i];
                v[i] = mu * v[i] - eta * g[i];
                theta[i] -= v[i];
            }
            phi.push((0..b.len()).map(|i| phi[n][i] - eta * (mu * b[i] - f[i])).collect());
            look.push((0..b.len()).map(|i| theta[i] - mu * v[i]).collect());
        }
        close(&format!("{} library form", p.name), &word, &phi, 1e-12);
        close(&format!("{} look-ahead form", p.name), &word, &look, 1e-12);
    }
}

#[test]
fn matched_poles_pass_through_every_iterate() {
    for (q, beta) in [(0.01, 0.9), (0.0016, 0.9), (0.002, 0.9), (0.3, 0.2), (0.2, 0.2), (2.5, 0.9), (1.9, 0.5)] {
        let (h, x0) = (0.5, 1.4);
        let twin = pole_match(q, beta, h).unwrap().oscillator(2.0);
        let want = two_step(&Quadratic::diagonal(&[1.0]), q, beta, &[x0], &[x0], STEPS);
        let v0 = interpolant_velocity(&twin, h, x0, want[1][0]);
        let linear = Linear { matrix: &[twin.k], centre: &[0.0] };
        for parts in [1, 8] {
            let flow = ExactFlow::new(linear, &[twin.m], &[twin.c], h / parts as f64);
            let fine = path(&system(Quadratic::diagonal(&[twin.k]), flow), &[x0], &[v0], STEPS * parts);
            let through: Vec<Vec<f64>> = fine.into_iter().step_by(parts as usize).collect();
            close(&format!("q = {q}, β = {beta}, {parts} parts"), &through, &want, 1e-10);
        }
    }
}

/// Without temperature a sampler is its noiseless counterpart, bit for bit.
#[test]
fn cold_samplers_are_optimizers() {
    for p in problems() {
        let [m, c, h] = p.mch;
        let (eta, beta) = (h * h / m, 1.0 - c * h / m);
        let cold = path(&system_of(&p, sghmc(eta, 1.0 - beta, 0.0)), &p.q, &p.v, STEPS);
        let ball = heavy_ball(eta, 1.0 - (1.0 - beta), Convention::Displacement);
        assert_eq!(cold, path(&system_of(&p, ball), &p.q, &p.v, STEPS), "{} sghmc", p.name);
        use impetus::core::{Move, Splitting};
        let keep = Move::Damp { keep: libm::exp(-c * h / m), noise: 0.0 };
        let (kick, drift) = (Move::Kick(0.5 * h / m), Move::Drift(0.5 * h));
        let plain = Splitting { dt: h, moves: vec![kick, drift, keep, drift, Move::Eval, kick] };
        let cold = path(&system_of(&p, baoab(m, c, h, 0.0)), &p.q, &p.v, STEPS);
        assert_eq!(cold, path(&system_of(&p, plain), &p.q, &p.v, STEPS), "{} baoab", p.name);
    }
}

/// The scene itself: with matched poles the spring and the joint pass through every iterate.
#[test]
fn the_scene_passes_through_every_iterate() {
    let scene = scenes::find("one-machine").unwrap();
    let table = [(0.0015, 0.9), (0.00263, 0.9), (0.00264, 0.9), (0.6, 0.85), (0.3, 0.2), (2.2, 0.6), (0.05, 0.05)];
    for (eta, beta) in table {
        for mapping in ["exact", "explicit", "qian", "central"] {
            let mut values = Values::defaults(scene.params());
            for (id, value) in [("eta", eta), ("beta", beta), ("lambda1", 1.0), ("x1", 1.7), ("h", 0.3)] {
                values.set(id, value).unwrap();
            }
            values.set("problem", 0.0).unwrap();
            values.set("mapping", scenes::spec_of(scene, "mapping").unwrap().read(mapping).unwrap()).unwrap();
            let off = twins(scene, &values);
            if mapping == "exact" {
                assert!(off.iter().all(|d| *d <= 1e-10), "η = {eta}, β = {beta}: spring and joint off by {off:?}");
            } else {
                assert!(off[0] > 1e-7, "η = {eta}, β = {beta}, {mapping}: a first-order twin cannot be exact");
            }
        }
    }
}

/// The largest distance of the spring and of the joint from the optimizer, relative to the start.
fn twins(scene: &dyn Scene, values: &Values) -> [f64; 2] {
    let mut run = Run::new(scene, values, 1, 200).unwrap();
    run.compute(200);
    let x = run.lane(Lens::Optimizer).unwrap().column(Probe::Position(0));
    [Lens::Spring, Lens::Controller].map(|lens| {
        let lane = run.lane(lens).unwrap();
        assert!(lane.lane.present[0] && x.len() == 201);
        let twin = lane.column(Probe::Position(0)).iter().step_by(lane.lane.substeps as usize);
        worst(twin.zip(x).map(|(a, b)| (a - b).abs() / 1.7))
    })
}
