//! Steady currents: the closed forms against quadrature and brute force, the steps that keep books
//! against known words, and what the scene counts against the closed forms.
//!
//! Particles are independent, so every standard error is that of a mean over them. Seeds are fixed, but
//! no bound rests on particular random numbers: three standard errors hold for any sound generator
//! but for three runs in a thousand each.

mod closed;
mod counted;
mod steps;
mod verdicts;

use impetus::core::methods::Books;
use impetus::param::Values;
use impetus::scenes::{self, Probe, Run, Scene};
use nalgebra::DMatrix;

/// Bound in standard errors.
const SIGMAS: f64 = 3.0;

fn scene() -> &'static dyn Scene {
    scenes::find("current").expect("the scene is in the list")
}

/// The values of a case, written as on the command line.
fn values(list: &[(&str, &str)]) -> Values {
    let mut values = Values::defaults(scene().params());
    for (id, text) in list {
        let spec = scenes::spec_of(scene(), id).expect("a parameter");
        scene().write(id, spec.read(text).expect("a value"), &mut values, 0).expect("an allowed value");
    }
    values
}

/// A finished run.
fn run(list: &[(&str, &str)], seed: u64, iterations: u64) -> Run {
    let mut run = Run::new(scene(), &values(list), seed, iterations).expect("it builds");
    run.compute(iterations);
    run
}

/// Rate of a booked sum with its standard error.
fn rate(run: &Run, slot: usize) -> [f64; 2] {
    let lane = &run.lanes[0];
    let last = |probe| *lane.column(probe).last().expect("it has stepped");
    let root = ((lane.lane.start.n() - 1) as f64).sqrt();
    let time = last(Probe::Time);
    [last(Probe::MeanBooked(slot)) / time, last(Probe::SpreadBooked(slot)) / root / time]
}

/// A machine of the table: its values, and the matrices it stands for.
struct Machine {
    name: &'static str,
    values: &'static [(&'static str, &'static str)],
    /// The force is −K q.
    k: DMatrix<f64>,
    /// Temperature of the noise.
    theta: DMatrix<f64>,
    c: f64,
    /// None without inertia.
    m: Option<f64>,
    h: f64,
    balanced: bool,
}

/// R diag(a, b) Rᵀ with the axes turned by so many degrees.
fn turned([a, b]: [f64; 2], degrees: f64) -> DMatrix<f64> {
    let (s, c) = degrees.to_radians().sin_cos();
    let r = DMatrix::from_row_slice(2, 2, &[c, -s, s, c]);
    &r * DMatrix::from_diagonal(&vec![a, b].into()) * r.transpose()
}

fn one(x: f64) -> DMatrix<f64> {
    DMatrix::from_element(1, 1, x)
}

/// Every case of the scene, driven and balanced.
fn machines() -> Vec<Machine> {
    let swirl = DMatrix::from_row_slice(2, 2, &[1.0, 1.5, -1.5, 2.0]);
    let machine =
        |name, values, k, theta, balanced| Machine { name, values, k, theta, c: 1.0, m: None, h: 0.01, balanced };
    let quiet = turned([1.0, 1.0], 0.0);
    vec![
        machine("swirl", &[("case", "swirl"), ("kappa", "1.5")], swirl, quiet.clone(), false),
        Machine {
            c: 2.0,
            h: 0.02,
            ..machine(
                "two temperatures",
                &[("case", "baths"), ("k2", "4"), ("angle", "30"), ("t1", "2"), ("c", "2"), ("h", "0.02")],
                turned([1.0, 4.0], 30.0),
                turned([2.0, 0.1], 0.0),
                false,
            )
        },
        machine(
            "gradient noise",
            &[("case", "gradient"), ("k2", "4"), ("angle", "-40")],
            turned([1.0, 4.0], 0.0),
            turned([1.0, 0.1], -40.0),
            false,
        ),
        Machine {
            c: 1.5,
            m: Some(0.5),
            h: 0.05,
            ..machine(
                "gradient noise, momentum",
                &[("case", "momentum"), ("k2", "4"), ("c", "1.5"), ("m", "0.5"), ("h", "0.05")],
                turned([1.0, 4.0], 0.0),
                turned([1.0, 0.1], 45.0),
                false,
            )
        },
        machine("one bath", &[("case", "matched"), ("k2", "4")], turned([1.0, 4.0], 0.0), quiet, true),
        machine(
            "noise along the axes",
            &[("case", "gradient"), ("k2", "4"), ("angle", "0")],
            turned([1.0, 4.0], 0.0),
            turned([1.0, 0.1], 0.0),
            true,
        ),
        Machine {
            c: 0.5,
            m: Some(2.0),
            h: 0.05,
            ..machine(
                "mass in one bath",
                &[("case", "inertia"), ("k1", "3"), ("t1", "0.7"), ("c", "0.5"), ("m", "2"), ("h", "0.05")],
                one(3.0),
                one(0.7),
                true,
            )
        },
    ]
}

/// The two booked sums.
const BOOKED: [usize; 2] = [Books::ENTROPY, Books::AREA];
