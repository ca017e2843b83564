//! Spectra: the transform, the periodogram and the exact spectra it is held against.

use std::f64::consts::{PI, TAU};

use impetus::core::Probe;
use impetus::figure::{Ink, Layer, Marker};
use impetus::param::Values;
use impetus::scenes::models::welch::{Periodogram, transform_real};
use impetus::scenes::{self, Lens, Run, View};
use impetus::text::Lang;
use impetus::theory::fluctuation::{autocorrelation, position_spectrum, variance_gain};
use impetus::theory::heavy_ball::{response, ringing_transform};
use nalgebra::Complex;

/// A trace without any pattern.
fn rough(n: usize) -> Vec<f64> {
    (0..n).map(|i| (i as f64 * 1.7 + (i * i) as f64 * 0.013).sin() + 0.3 * (0.05 * i as f64).cos()).collect()
}

fn direct(x: &[f64], omega: f64) -> Complex<f64> {
    x.iter().enumerate().map(|(n, x)| Complex::from_polar(*x, -omega * n as f64)).sum()
}

#[test]
fn the_transform_is_the_sum_it_stands_for() {
    for (n, least, size) in [(1, 0, 2), (2, 0, 2), (7, 0, 8), (64, 0, 64), (100, 512, 512)] {
        let x = rough(n);
        let got = transform_real(&x, least);
        assert_eq!(got.len(), size);
        for (k, z) in got.iter().enumerate() {
            let want = direct(&x, TAU * k as f64 / size as f64);
            assert!((z - want).norm() <= 1e-11, "{n}, bin {k}: {z} is not {want}");
        }
    }
}

#[test]
fn a_periodogram_integrates_to_the_mean_square_under_its_windows() {
    for (n, segment) in [(64, 64), (64, 16), (1000, 128), (4096, 1024), (77, 4)] {
        let x = rough(n);
        let window: Vec<f64> = (0..segment).map(|i| (PI * i as f64 / segment as f64).sin().powi(2)).collect();
        let norm: f64 = window.iter().map(|w| w * w).sum();
        let parts: Vec<f64> = (0..=(n - segment) / (segment / 2))
            .map(|s| x[s * segment / 2..].iter().zip(&window).map(|(x, w)| (x * w).powi(2)).sum::<f64>() / norm)
            .collect();
        let got = Periodogram::welch(&x, segment).unwrap();
        let want = parts.iter().sum::<f64>() / parts.len() as f64;
        assert_eq!(got.segments, parts.len(), "{n} by {segment}");
        assert!((got.integral() - want).abs() <= 1e-12 * want, "{n} by {segment}: {} is not {want}", got.integral());
    }
    for (n, segment) in [(15, 16), (64, 24), (64, 2), (0, 16)] {
        assert!(Periodogram::welch(&rough(n), segment).is_none());
    }
}

#[test]
fn what_is_expected_of_a_periodogram_is_the_spectrum_seen_through_its_window() {
    for (q, beta) in [(0.1, 0.9), (0.5, 0.5), (1.2, 0.0), (2.5, 0.6)] {
        let variance = variance_gain(q, beta);
        let total = Periodogram::expected(|lag| variance * autocorrelation(q, beta, lag), 4096);
        // Its integral is the variance whatever the window.
        let integral = total.iter().sum::<f64>() * TAU / 4096.0;
        assert!((integral / variance - 1.0).abs() <= 1e-12, "{q} {beta}: {integral} is not {variance}");
        // A long window sees the exact spectrum.
        for k in (64..2048).step_by(61) {
            let exact = position_spectrum(q, beta, 1.0, TAU * k as f64 / 4096.0);
            assert!((total[k] / exact - 1.0).abs() <= 2e-3, "{q} {beta}, bin {k}: {} is not {exact}", total[k]);
        }
        // A short one blurs it by the window's own transform.
        let short = Periodogram::expected(|lag| variance * autocorrelation(q, beta, lag), 16);
        let window: Vec<f64> = (0..16).map(|i| (PI * f64::from(i) / 16.0).sin().powi(2)).collect();
        for (k, got) in short.iter().enumerate().take(8).skip(1) {
            let at = TAU * k as f64 / 16.0;
            let sum = |i: u32| {
                let omega = TAU * (f64::from(i) + 0.5) / 20_000.0;
                position_spectrum(q, beta, 1.0, omega.min(TAU - omega)) * direct(&window, at - omega).norm_sqr()
            };
            let want = (0..20_000).map(sum).sum::<f64>() / 20_000.0 / 6.0;
            assert!((got / want - 1.0).abs() <= 1e-6, "{q} {beta}, bin {k}: {got} is not {want}");
        }
    }
}

#[test]
fn the_exact_spectrum_integrates_to_the_variance() {
    for (q, beta) in [(0.05, 0.9), (0.3, 0.5), (1.0, 0.0), (1.4, -0.2), (3.1, 0.7)] {
        let n = 200_000;
        let at = |i: i32| position_spectrum(q, beta, 2.5, (f64::from(i) + 0.5) * PI / f64::from(n));
        let integral = (0..n).map(at).sum::<f64>() * PI / f64::from(n);
        let variance = 2.5 * variance_gain(q, beta);
        assert!((integral / variance - 1.0).abs() <= 1e-9, "{q} {beta}: {integral} is not {variance}");
    }
    assert!(position_spectrum(3.0, 0.4, 1.0, 1.0).is_nan(), "an unstable mode has no spectrum");
}

#[test]
fn the_transform_of_a_ringing_is_exact_for_any_length() {
    for (q, beta) in [(0.16, 0.5), (1.6, 0.5), (0.05, 0.9), (0.3, -0.4), (1.0, 0.0), (0.2, 1.0)] {
        for (n, x0, v0) in [(1, -1.7, 0.0), (2, -1.7, 0.3), (7, 0.0, 1.1), (60, -1.7, 0.0), (60, 2.0, -0.4)] {
            let x: Vec<f64> = (0..n).map(|k| response(q, beta, x0, v0, k)).collect();
            for omega in [1e-3, 0.1, 0.77, 2.0, PI] {
                let (got, want) = (ringing_transform(q, beta, x0, v0, n, omega), direct(&x, omega));
                assert!((got - want).norm() <= 1e-10, "{q} {beta}, {n} at {omega}: {got} is not {want}");
            }
        }
    }
}

/// A sampler alone, long enough for its spectrum; the mode, the noise per step and the trace.
fn sampler(set: &[(&str, f64)], seed: u64, steps: u64) -> (f64, f64, f64, Vec<f64>) {
    let scene = scenes::find("one-machine").unwrap();
    let mut values = Values::defaults(scene.params());
    let fixed = [("problem", 0.0), ("particles", 1.0), ("x1", 0.0)];
    for (id, value) in fixed.iter().chain(set) {
        values.set(id, *value).unwrap();
    }
    let mut run = Run::new(scene, &values, seed, steps).unwrap();
    run.compute(steps);
    let [eta, beta, t] = ["eta", "beta", "temperature"].map(|id| values.get(id));
    let trace = run.lane(Lens::Sampler).unwrap().column(Probe::Position(0)).to_vec();
    (eta * values.get("lambda1"), beta, 2.0 * (1.0 - beta) * eta * t, trace)
}

/// The mean over the bins of periodogram over expectation. For a flat spectrum it is a weighted mean
/// square, whose relative variance under half-overlapping Hann windows is 2 · 1.0556/N.
#[test]
fn the_sampler_has_the_exact_spectrum() {
    let steps = 60_000;
    let table: [(&[(&str, f64)], u64); 3] = [
        (&[("eta", 0.05), ("beta", 0.9), ("temperature", 0.5)], 3),
        (&[("eta", 0.4), ("beta", 0.5), ("temperature", 2.0)], 5),
        (&[("eta", 1.1), ("beta", 0.0), ("temperature", 0.1)], 8),
    ];
    let error = (2.0 * 1.0556 / steps as f64).sqrt();
    assert!(4.0 * error < 0.025, "a spectrum that is 5 % off must fail");
    for (set, seed) in table {
        let (q, beta, noise, trace) = sampler(set, seed, steps);
        let got = Periodogram::welch(&trace[200..], 1024).unwrap();
        let variance = noise * variance_gain(q, beta);
        let want = Periodogram::expected(|lag| variance * autocorrelation(q, beta, lag), 1024);
        let bins = 1..512;
        let ratios: Vec<f64> = bins.map(|k| got.density[k] / want[k]).collect();
        let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
        assert!((mean - 1.0).abs() <= 4.0 * error, "{set:?}: the mean ratio {mean} is off by more than 4 × {error}");
        // Each bin scatters as it is said to.
        let scatter = (ratios.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / ratios.len() as f64).sqrt();
        let stated = got.standard_error();
        assert!((scatter / stated - 1.0).abs() <= 0.15, "{set:?}: scatter {scatter}, stated {stated}");
    }
}

#[test]
fn the_figure_shows_both_spectra_of_its_own_run() {
    let scene = scenes::find("one-machine").unwrap();
    let mut values = Values::defaults(scene.params());
    for (id, value) in [
        ("problem", 0.0),
        ("eta", 0.2),
        ("beta", 0.9),
        ("x1", 2.0),
        ("v1", -0.7),
        ("r1", 0.6),
        ("temperature", 0.3),
        ("h", 0.5),
    ] {
        values.set(id, value).unwrap();
    }
    let mut run = Run::new(scene, &values, 4, 3000).unwrap();
    run.compute(3000);
    for (lens, h) in [(Lens::Sampler, 1.0), (Lens::Spring, 0.5)] {
        let figure = scene.figure("spectrum", &run, View { lens, ..View::new(Lang::En) }).unwrap();
        let points = |k: usize, ink: Ink| {
            let found = figure.panels[k].layers.iter().find_map(|layer| match layer {
                Layer::Points(p) if p.ink == ink && p.marker == Marker::Disc => Some((p.x.clone(), p.y.clone())),
                _ => None,
            });
            found.unwrap()
        };
        let (x, y) = points(0, Ink::Sampler);
        assert_eq!(x.len(), 255, "512 samples per segment");
        // Density times width of a bin, summed, is most of the variance in any unit.
        let power: f64 = y.iter().sum::<f64>() * (x[1] - x[0]);
        let variance = 2.0 * 0.1 * 0.2 * 0.3 * variance_gain(0.2, 0.9);
        assert!((power / variance - 1.0).abs() < 0.2, "{lens:?}: {power} is not {variance}");
        // Spectra are of the distance from the minimum, which is at 0.6.
        let positions = run.lane(Lens::Optimizer).unwrap().column(Probe::Position(0));
        let trace: Vec<f64> = positions.iter().map(|x| x - 0.6).collect();
        let line = figure.panels[1].layers.iter().find_map(|layer| match layer {
            Layer::Line(l) => Some((l.x.clone(), l.y.clone())),
            _ => None,
        });
        for (omega, size) in line.iter().flat_map(|(x, y)| x.iter().zip(y.iter())) {
            let want = direct(&trace, omega * h).norm();
            assert!((size / want - 1.0).abs() <= 1e-6, "{lens:?}: exact line at {omega}: {size} is not {want}");
        }
        let (x, y) = points(1, Ink::Optimizer);
        for (omega, size) in x.iter().zip(y.iter()) {
            let want = direct(&trace, omega * h).norm();
            assert!((size / want - 1.0).abs() <= 1e-9, "{lens:?} at {omega}: {size} is not {want}");
        }
    }
}
