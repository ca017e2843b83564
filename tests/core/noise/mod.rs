//! The deviates of the core are standard normal: moments, tails, Kolmogorov–Smirnov and
//! Anderson–Darling on 2²⁴ of them; `cargo bench --bench normals` asks the same of 10⁹.

mod normality;

use impetus::core::Noise;
use normality::Sample;

/// The three ways in which the core asks for deviates.
fn samples() -> Vec<(&'static str, Sample)> {
    const COUNT: usize = 1 << 22;
    let noise = Noise::new(20_261, 3);
    let collect = |block: usize, rounds: usize, fill: &dyn Fn(&mut [f64], u64)| {
        let (mut sample, mut x) = (Sample::default(), vec![0.0; block]);
        for round in 0..rounds as u64 {
            x.fill(0.0);
            fill(&mut x, round);
            x.iter().for_each(|x| sample.take(*x));
        }
        sample
    };
    vec![
        ("clouds", collect(1 << 14, COUNT >> 12, &|x, step| noise.add(x, x.len(), 1.0, step, 0))),
        ("single chains", collect(1, COUNT / 16, &|x, step| noise.add(x, 1, 1.0, step, 1))),
        ("pairs of coordinates", collect(2, COUNT / 16, &|x, step| noise.add(x, 1, 1.0, step, 0))),
        ("a few particles", collect(20, COUNT / 40, &|x, step| noise.add(x, 20, 1.0, step, 2))),
    ]
}

#[test]
fn deviates_are_standard_normal() {
    for (what, sample) in samples() {
        let faults = sample.faults();
        assert!(faults.is_empty(), "{what}: {faults:?}");
    }
}

/// What is wrong, and how.
type Distortion = (&'static str, fn(f64) -> f64);

/// The tests can tell: a spread off by half a percent, a shift of half a percent of a standard
/// deviation, tails cut at four and a wrong kurtosis are all found.
#[test]
fn what_is_not_normal_is_found() {
    let noise = Noise::new(5, 0);
    let distort: [Distortion; 4] = [
        ("spread", |x| 1.005 * x),
        ("shift", |x| x + 0.005),
        ("tails", |x| x.clamp(-4.0, 4.0)),
        ("kurtosis", |x| x + 0.002 * x * x * x),
    ];
    for (what, f) in distort {
        let (mut sample, mut x) = (Sample::default(), vec![0.0; 1 << 22]);
        noise.add(&mut x, 1 << 22, 1.0, 0, 0);
        x.iter().for_each(|x| sample.take(f(*x)));
        assert!(!sample.faults().is_empty(), "{what} goes unnoticed");
    }
}

/// Neighbours in particle, coordinate, step, draw and lane have nothing to do with each other: each
/// correlation within four standard errors, 1/√n.
#[test]
fn neighbours_are_independent() {
    const N: usize = 1 << 20;
    let draw = |stream: u32, step: u64, draw: u32| {
        let mut x = vec![0.0; 2 * N];
        Noise::new(9, stream).add(&mut x, N, 1.0, step, draw);
        x
    };
    let base = draw(0, 7, 0);
    let (row, other) = base.split_at(N);
    let correlation = |a: &[f64], b: &[f64]| {
        let n = a.len().min(b.len());
        a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / (n as f64).sqrt()
    };
    let squares = |x: &[f64]| -> Vec<f64> { x.iter().map(|x| (x * x - 1.0) / f64::sqrt(2.0)).collect() };
    let mut pairs: Vec<(String, Vec<f64>, Vec<f64>)> = vec![
        ("coordinate".into(), row.to_vec(), other.to_vec()),
        ("step".into(), row.to_vec(), draw(0, 8, 0)[..N].to_vec()),
        ("draw".into(), row.to_vec(), draw(0, 7, 1)[..N].to_vec()),
        ("lane".into(), row.to_vec(), draw(1, 7, 0)[..N].to_vec()),
    ];
    for lag in [1, 2, 7, 8, 15, 16, 31, 32, 64, 256, 1024] {
        pairs.push((format!("lag {lag}"), row[..N - lag].to_vec(), row[lag..].to_vec()));
    }
    for (what, a, b) in pairs {
        for (kind, z) in [("values", correlation(&a, &b)), ("squares", correlation(&squares(&a), &squares(&b)))] {
            assert!(z.abs() <= 4.0, "{what}, {kind}: {z:.2} standard errors");
        }
    }
}
