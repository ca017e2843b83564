//! How fast the core steps, next to a plain scalar loop written by hand in the same run.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use criterion::Criterion;
use impetus::core::fields::{Quadratic, Rosenbrock};
use impetus::core::methods::{Convention, baoab, heavy_ball};
use impetus::core::{Field, State, Stepper, System, advance};
use impetus::param::Values;
use impetus::scenes::{self, Run};
use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use rand_xoshiro::Xoshiro256PlusPlus;

const STEPS: u64 = 1_000;
const MANY: usize = 100_000;
const CLOUD: usize = 10_000;

fn stepping(
    field: impl Field + 'static,
    method: impl Stepper + 'static,
    q: &[f64],
    n: usize,
    steps: u64,
) -> impl FnMut() {
    let system = System::new(Arc::new(field), method);
    let mut state = State::at(q, &[], n, 1, 0);
    move || {
        black_box(advance(&system, black_box(&mut state), steps, &mut ()));
    }
}

/// One ball on the d2l bowl, from the start every time.
fn one_ball() -> impl FnMut() {
    let system = System::new(Arc::new(Quadratic::d2l()), heavy_ball(0.4, 0.5, Convention::Displacement));
    let start = State::at(&[-5.0, -2.0], &[], 1, 1, 0);
    move || {
        let mut state = black_box(&start).clone();
        black_box(advance(&system, &mut state, STEPS, &mut ()));
    }
}

fn one_ball_plain() -> impl FnMut() {
    move || {
        let [mut x, mut y, mut vx, mut vy] = black_box([-5.0f64, -2.0, 0.0, 0.0]);
        for _ in 0..STEPS {
            vx = 0.5 * vx - 0.4 * 0.2 * x;
            vy = 0.5 * vy - 0.4 * 4.0 * y;
            x += vx;
            y += vy;
        }
        black_box([x, y]);
    }
}

fn rosenbrock_plain() -> impl FnMut() {
    let mut balls = vec![[-1.2f64, 1.0, 0.0, 0.0]; MANY];
    move || {
        for [x, y, vx, vy] in black_box(&mut balls).iter_mut() {
            let w = *y - *x * *x;
            *vx = 0.9 * *vx + 1e-4 * (2.0 * (1.0 - *x) + 400.0 * *x * w);
            *vy = 0.9 * *vy - 1e-4 * 200.0 * w;
            *x += *vx;
            *y += *vy;
        }
    }
}

/// BAOAB with a sequential generator and the ziggurat method.
fn baoab_plain() -> impl FnMut() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
    let mut balls = vec![[0.3f64, 0.0]; CLOUD];
    let (keep, h) = ((-0.1f64).exp(), 0.1);
    let noise = (0.5 * (1.0 - keep * keep)).sqrt();
    move || {
        for [x, v] in black_box(&mut balls).iter_mut() {
            *v -= 0.5 * h * 2.0 * *x;
            *x += 0.5 * h * *v;
            let xi: f64 = StandardNormal.sample(&mut rng);
            *v = keep * *v + noise * xi;
            *x += 0.5 * h * *v;
            *v -= 0.5 * h * 2.0 * *x;
        }
    }
}

fn scene_run() -> impl FnMut() {
    let scene = scenes::find("one-machine").expect("the scene exists");
    let values = Values::defaults(scene.params());
    move || {
        let mut run = Run::new(scene, &values, 1, STEPS).expect("the defaults build");
        run.compute(STEPS);
        black_box(run.done());
    }
}

/// The fastest of many runs, in nanoseconds.
fn fastest(mut f: impl FnMut()) -> f64 {
    let one = |f: &mut dyn FnMut()| {
        let start = Instant::now();
        f();
        start.elapsed().as_nanos() as f64
    };
    (0..60).map(|_| one(&mut f)).fold(f64::INFINITY, f64::min)
}

fn ratios() {
    let cloud = || stepping(Quadratic::diagonal(&[2.0]), baoab(1.0, 1.0, 0.1, 0.5), &[0.3], CLOUD, 1);
    let many = || stepping(Rosenbrock, heavy_ball(1e-4, 0.9, Convention::Displacement), &[-1.2, 1.0], MANY, 1);
    let rows = [
        ("one ball", STEPS as f64, fastest(one_ball()), fastest(one_ball_plain())),
        ("rosenbrock x 1e5", MANY as f64, fastest(many()), fastest(rosenbrock_plain())),
        ("BAOAB x 1e4", CLOUD as f64, fastest(cloud()), fastest(baoab_plain())),
    ];
    for (name, per, core, plain) in rows {
        println!(
            "{name:18} core {:8.2} ns, plain {:8.2} ns per particle-step, ratio {:.2}",
            core / per,
            plain / per,
            core / plain
        );
    }
    let whole = fastest(scene_run());
    println!("one-machine        {:.2} ms per run of {STEPS} iterations", whole * 1e-6);
}

fn main() {
    let mut c = Criterion::default().configure_from_args();
    c.bench_function("one ball, 1000 steps", |b| b.iter(one_ball()));
    c.bench_function("one ball, plain loop", |b| b.iter(one_ball_plain()));
    let mut many = stepping(Rosenbrock, heavy_ball(1e-4, 0.9, Convention::Displacement), &[-1.2, 1.0], MANY, 1);
    c.bench_function("rosenbrock, 1e5 particles, one step", |b| b.iter(&mut many));
    c.bench_function("rosenbrock, plain loop", |b| b.iter(rosenbrock_plain()));
    let mut cloud = stepping(Quadratic::diagonal(&[2.0]), baoab(1.0, 1.0, 0.1, 0.5), &[0.3], CLOUD, 1);
    c.bench_function("BAOAB, 1e4 particles, one step", |b| b.iter(&mut cloud));
    c.bench_function("BAOAB, plain loop", |b| b.iter(baoab_plain()));
    c.bench_function("one-machine, 1000 iterations", |b| b.iter(scene_run()));
    c.final_summary();
    ratios();
}
