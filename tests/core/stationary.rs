//! What the samplers sample: stationary moments against closed forms, and the noise itself.
//!
//! Every particle is an independent chain read at one late time, so a variance estimated from n of
//! them has the standard error variance·√(2/n) for a Gaussian: 0.58 % at n = 60,000. Bounds are
//! four standard errors (2.3 %), below every bias of 5 %. Seeds are fixed, so nothing here flakes.

use std::sync::Arc;

use impetus::core::Move::{Damp, Drift, Eval, Kick};
use impetus::core::fields::{DoubleWell, Quadratic};
use impetus::core::methods::{baoab, sghmc, ula};
use impetus::core::{Field, Noise, Outcome, Splitting, State, System, advance};
use impetus::theory::fluctuation::{sghmc_temperatures, velocity_noise};

const N: usize = 60_000;
const SIGMAS: f64 = 4.0;

/// The cloud after `steps`, from rest at `q`.
fn cloud(field: impl Field + 'static, method: Splitting, q: &[f64], n: usize, steps: u64, seed: u64) -> State {
    let mut state = State::at(q, &[], n, seed, 0);
    assert_eq!(advance(&System::new(Arc::new(field), method), &mut state, steps, &mut ()), Outcome::Running);
    state
}

/// Mean of f over the particles, with its standard error.
fn mean(values: impl Iterator<Item = f64> + Clone) -> [f64; 2] {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    let variance = values.map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    [mean, (variance / n).sqrt()]
}

/// How many standard errors a moment is off; the error is measured on the sample itself.
fn holds(what: &str, values: impl Iterator<Item = f64> + Clone, want: f64) {
    let [mean, error] = mean(values);
    let z = (mean - want) / error;
    println!("{what:34} {mean:.5} against {want:.5}, z = {z:+.2}");
    assert!(z.abs() <= SIGMAS, "{what}: {mean} is not {want}, {z:.1} standard errors of {error:.1e}");
    assert!(want == 0.0 || SIGMAS * error <= 0.04 * want.abs(), "{what}: too blunt to see 5 %");
}

/// Scheme, word, and k⟨x²⟩, ⟨v²⟩ times its mass, ⟨xv⟩ as the theory has them.
struct Row {
    name: &'static str,
    word: Splitting,
    /// Unit of temperature of v²: m, or 1/η for a displacement.
    mass: f64,
    position: f64,
    kinetic: f64,
    /// cov(x, v) as a share of √(var x · var v), in units of v.
    mixed: f64,
}

/// w = h²k/m and a = ch/m, large enough that every correction factor is far from one.
fn rows(k: f64, t: f64) -> Vec<Row> {
    let (m, c, h) = (1.5, 1.2, 0.8 / (k / 1.5f64).sqrt());
    let w = h * h * k / m;
    let (eta, alpha) = (0.6 / k, 0.3);
    let q = eta * k;
    let (hot_x, hot_v) = sghmc_temperatures(alpha, 0.0, q, t);
    let beta = 1.0 - alpha;
    let ou = Damp { keep: beta, noise: velocity_noise(eta, beta, t).sqrt() };
    let keep = (-0.5 * c * h / m).exp();
    let half = Damp { keep, noise: ((1.0 - keep * keep) * t / m).sqrt() };
    let kick = Kick(0.5 * h / m);
    let row = |name, word, mass, position, kinetic, mixed| Row { name, word, mass, position, kinetic, mixed };
    let ou_x = 0.5 * (1.0 + beta) * t / (1.0 - 0.5 * q / (1.0 + beta));
    vec![
        row("BAOAB", baoab(m, c, h, t), m, t, t * (1.0 - 0.25 * w), 0.0),
        row("SGHMC", sghmc(eta, alpha, t), 1.0 / eta, hot_x, hot_v, hot_x / k * q / (2.0 - alpha)),
        row(
            "heavy ball with OU noise",
            Splitting { dt: 1.0, moves: vec![Eval, ou, Kick(eta), Drift(1.0)] },
            1.0 / eta,
            ou_x,
            2.0 * q * ou_x / ((1.0 + beta) * q),
            ou_x / k * q / (1.0 + beta),
        ),
        row(
            "OBABO",
            Splitting { dt: h, moves: vec![half, kick, Drift(h), Eval, kick, half] },
            m,
            t / (1.0 - 0.25 * w),
            t,
            0.0,
        ),
    ]
}

#[test]
fn samplers_reach_their_stationary_covariance() {
    for (k, t) in [(2.0, 0.7), (8.0, 0.05)] {
        for (i, row) in rows(k, t).into_iter().enumerate() {
            let s = cloud(Quadratic::diagonal(&[k]), row.word, &[0.3], N, 120, 11 + i as u64);
            let (x, v) = (|| s.q.iter(), || s.v.iter());
            let name = |what: &str| format!("{} k = {k}: {what}", row.name);
            holds(&name("<x>"), x().copied(), 0.0);
            holds(&name("k<x²>"), x().map(|x| k * x * x), row.position);
            holds(&name("m<v²>"), v().map(|v| row.mass * v * v), row.kinetic);
            let [mixed, error] = mean(x().zip(v()).map(|(x, v)| x * v));
            let z = (mixed - row.mixed) / error;
            assert!(z.abs() <= SIGMAS, "{}: {mixed} is not {}, z = {z:.1}", name("<xv>"), row.mixed);
        }
    }
}

/// ULA: k⟨x²⟩ = T / (1 − hk/2); a Gaussian has ⟨x⁴⟩ = 3⟨x²⟩².
#[test]
fn unadjusted_langevin_is_as_hot_as_its_step() {
    for hk in [0.1, 0.5, 1.4] {
        let (k, t) = (3.0, 0.4);
        let s = cloud(Quadratic::diagonal(&[k]), ula(hk / k, t), &[0.0], N, 200, 3);
        let variance = t / k / (1.0 - 0.5 * hk);
        holds(&format!("ULA hk = {hk}: <x²>"), s.q.iter().map(|x| x * x), variance);
        let [fourth, error] = mean(s.q.iter().map(|x| x.powi(4)));
        assert!(((fourth - 3.0 * variance * variance) / error).abs() <= SIGMAS, "hk = {hk}: <x⁴> = {fourth}");
    }
}

/// Two coordinates of one particle, and two halves of a cloud, share no noise.
#[test]
fn coordinates_and_particles_are_independent() {
    let s = cloud(Quadratic::diagonal(&[2.0, 2.0]), baoab(1.0, 1.0, 0.3, 0.5), &[0.0, 0.0], N, 100, 5);
    let (x, y) = (s.coordinate(0), s.coordinate(1));
    let tests = [
        ("coordinates", mean(x.iter().zip(y).map(|(a, b)| a * b))),
        ("neighbours", mean(x.chunks_exact(2).map(|p| p[0] * p[1]))),
        ("next pairs", mean(x.windows(3).step_by(2).map(|p| p[0] * p[2]))),
        ("halves", mean(x[..N / 2].iter().zip(&x[N / 2..]).map(|(a, b)| a * b))),
    ];
    for (what, [covariance, error]) in tests {
        assert!((covariance / error).abs() <= SIGMAS, "{what}: covariance {covariance:.1e} ± {error:.1e}");
    }
}

/// ⟨x²⟩ of exp(−U/T) by quadrature.
fn by_quadrature(u: impl Fn(f64) -> f64, t: f64) -> f64 {
    let grid = (-4000..=4000).map(|i| f64::from(i) * 1e-3);
    let [norm, square] = grid.fold([0.0; 2], |[n, s], x| [n + (-u(x) / t).exp(), s + x * x * (-u(x) / t).exp()]);
    square / norm
}

/// The double well: h = 0.1 leaves a bias of O(h²) far below the error of the sample.
#[test]
fn baoab_samples_the_double_well() {
    let (barrier, t) = (1.0, 0.8);
    let field = DoubleWell { barrier, half_width: 1.0 };
    let s = cloud(field, baoab(1.0, 1.5, 0.1, t), &[0.0], N, 400, 9);
    let want = by_quadrature(|x| barrier * (x * x - 1.0) * (x * x - 1.0), t);
    holds("double well <x>", s.q.iter().copied(), 0.0);
    holds("double well <x²>", s.q.iter().map(|x| x * x), want);
    // BAOAB's velocities are cold by h²⟨U″⟩/4m, to leading order.
    let curvature = 4.0 * barrier * (3.0 * want - 1.0);
    holds("double well <v²>", s.v.iter().map(|v| v * v), t * (1.0 - 0.01 * curvature / 4.0));
}

/// The normal distribution function Φ.
fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// Kolmogorov–Smirnov: D < 1.95/√n has probability 0.9990 for a right generator.
#[test]
fn noise_is_normal() {
    const LONG: usize = 1_000_000;
    let deviates = |fill: &dyn Fn(&mut [f64])| {
        let mut x = vec![0.0; LONG];
        fill(&mut x);
        x
    };
    let table = [
        ("many particles", deviates(&|x| Noise::new(2, 7).add(x, LONG, 1.0, 0, 0))),
        (
            "one particle, many steps",
            deviates(&|x| {
                for (step, x) in x.iter_mut().enumerate() {
                    Noise::new(2, 7).add(std::slice::from_mut(x), 1, 1.0, step as u64, 0);
                }
            }),
        ),
        (
            "the second of every pair",
            deviates(&|x| {
                for (step, x) in x.iter_mut().enumerate() {
                    let mut pair = [0.0; 2];
                    Noise::new(2, 7).add(&mut pair, 2, 1.0, step as u64, 1);
                    *x = pair[1];
                }
            }),
        ),
    ];
    for (what, mut x) in table {
        x.sort_by(f64::total_cmp);
        let n = LONG as f64;
        let far = |(i, x): (usize, &f64)| {
            (normal_cdf(*x) - i as f64 / n).abs().max((normal_cdf(*x) - (i + 1) as f64 / n).abs())
        };
        let d = x.iter().enumerate().map(far).fold(0.0, f64::max);
        println!("{what}: D √n = {:.3}", d * n.sqrt());
        assert!(d < 1.95 / n.sqrt(), "{what}: D = {d}");
        assert!(x[0] < -4.2 && x[LONG - 1] > 4.2, "{what}: no tails");
    }
}

/// A path depends on seed, stream and particle, and on nothing else.
#[test]
fn noise_depends_on_its_place_only() {
    let paths = |seed: u64, stream: u32, n: usize| {
        let mut s = State::at(&[0.3, -0.2], &[], n, seed, stream);
        let system = System::new(Arc::new(Quadratic::d2l()), baoab(1.0, 0.7, 0.2, 0.3));
        advance(&system, &mut s, 50, &mut ());
        (0..n).map(|p| [s.coordinate(0)[p], s.coordinate(1)[p]]).collect::<Vec<_>>()
    };
    let few = paths(1, 0, 10);
    assert_eq!(few, paths(1, 0, 10), "same seed, same bits");
    assert_eq!(few[..], paths(1, 0, 1000)[..10], "a particle does not see how many others there are");
    assert_eq!(few[..1], paths(1, 0, 1)[..], "nor that it is alone");
    for (seed, stream) in [(2, 0), (1 << 32 | 1, 0), (1, 1), (1, 3), (u64::MAX, 0)] {
        let other = paths(seed, stream, 10);
        assert!(few.iter().zip(&other).all(|(a, b)| a != b), "seed {seed}, stream {stream}: the same path");
    }
}
