//! The views of a run as a linear system: poles, root locus, frequency and step response.

use std::sync::Arc;

use impetus::core::methods::{Convention, heavy_ball};
use impetus::export::{Page, layout};
use impetus::figure::{Dash, Figure, Ink, Layer, Marker};
use impetus::param::Values;
use impetus::scenes::models::locus::Locus;
use impetus::scenes::models::step_response::{measured, record};
use impetus::scenes::{self, Lens, Opt, Run, Scene, View};
use impetus::text::Lang;
use impetus::theory::heavy_ball::step_metrics;
use nalgebra::{Complex, Matrix2};

const MAPPINGS: [&str; 6] = ["explicit", "qian", "conformal", "splitting", "central", "exact"];

fn scene() -> &'static dyn Scene {
    scenes::find("one-machine").unwrap()
}

/// Values of the scene from its defaults and some texts.
fn values(set: &[(&str, &str)]) -> Values {
    let mut values = Values::defaults(scene().params());
    for (id, text) in set {
        let value = scenes::spec_of(scene(), id).unwrap().read(text).unwrap();
        values.set(id, value).unwrap();
    }
    values
}

fn run(values: &Values, steps: u64) -> Run {
    let mut run = Run::new(scene(), values, 1, steps).unwrap();
    run.compute(steps);
    run
}

/// The points of every layer with this marker.
fn marks(figure: &Figure<'_>, panel: usize, marker: Marker, ink: Ink) -> Vec<Complex<f64>> {
    let of = |layer: &Layer<'_>| match layer {
        Layer::Points(p) if p.marker == marker && p.ink == ink => {
            p.x.iter().zip(p.y.iter()).map(|(x, y)| Complex::new(*x, *y)).collect()
        }
        _ => Vec::new(),
    };
    figure.panels[panel].layers.iter().flat_map(of).collect()
}

/// Whether two sets of poles are one, double ones being known to the square root of the rounding unit.
fn same(drawn: &[Complex<f64>], wanted: &[Complex<f64>]) -> bool {
    let near = |a: &Complex<f64>, all: &[Complex<f64>]| all.iter().any(|b| (a - b).norm() <= 1e-7);
    drawn.len() == wanted.len() && drawn.iter().all(|z| near(z, wanted)) && wanted.iter().all(|z| near(z, drawn))
}

fn eigenvalues(m: Matrix2<f64>) -> [Complex<f64>; 2] {
    let all = m.complex_eigenvalues();
    [all[0], all[1]]
}

#[test]
fn drawn_poles_are_eigenvalues() {
    let (mut with_spring, mut without) = (0, 0);
    for mapping in MAPPINGS {
        for eta in ["0.02", "0.15", "0.31", "0.4", "0.7"] {
            for beta in ["-0.6", "0", "0.25", "0.5", "0.9", "1", "1.05"] {
                let values = values(&[("mapping", mapping), ("eta", eta), ("beta", beta), ("h", "0.7")]);
                let run = run(&values, 1);
                let figure = scene().figure("zplane", &run, View::new(Lang::En)).unwrap();
                let what = format!("{mapping}, η = {eta}, β = {beta}");
                let (eta, beta, h) = (values.get("eta"), values.get("beta"), 0.7);
                let [x, y] = [&figure.panels[0].x, &figure.panels[0].y].map(|a| a.range.unwrap());
                let shown = |z: &Complex<f64>| z.re >= x[0] && z.re <= x[1] && z.im >= y[0] && z.im <= y[1];
                let (mut map, mut spring, mut joint) = (Vec::new(), Vec::new(), Vec::new());
                for (mode, lambda) in [0.2, 4.0].into_iter().enumerate() {
                    map.extend(eigenvalues(Matrix2::new(1.0 + beta - eta * lambda, -beta, 1.0, 0.0)));
                    let [m, c, j, kp, kd] = ["m", "c", "inertia", "kp", "kd"].map(|id| scene().read(id, &values, mode));
                    if m.is_finite() && m > 0.0 {
                        let flow = Matrix2::new(0.0, 1.0, -lambda / m, -c / m);
                        spring.extend(eigenvalues(flow).map(|s| (s * h).exp()));
                    }
                    if j.is_finite() {
                        let (by_angle, by_speed) = (h * h / (2.0 * j), h / j);
                        let held =
                            Matrix2::new(1.0 - by_angle * kp, h - by_angle * kd, -by_speed * kp, 1.0 - by_speed * kd);
                        joint.extend(eigenvalues(held));
                    }
                }
                if spring.is_empty() {
                    without += 1;
                } else {
                    with_spring += 1;
                }
                let wanted = [
                    (Marker::Disc, Ink::Optimizer, map),
                    (Marker::Cross, Ink::Spring, spring),
                    (Marker::Ring, Ink::Controller, joint),
                ];
                for (marker, ink, mut poles) in wanted {
                    poles.retain(shown);
                    let drawn = marks(&figure, 0, marker, ink);
                    assert!(same(&drawn, &poles), "{what}, {marker:?}: {drawn:?} is not {poles:?}");
                }
            }
        }
    }
    assert!(with_spring > 100 && without > 10, "{with_spring} with a twin, {without} without");
}

/// Poles after a parameter was set, from its own characteristic polynomial.
fn coefficients(id: &str, value: f64, values: &Values, mode: usize) -> Option<[f64; 2]> {
    let mut next = values.clone();
    scene().write(id, value, &mut next, mode).ok()?;
    let beta = next.get("beta");
    Some([-(1.0 + beta - next.get("eta") * scene().read("k", &next, mode)), beta])
}

fn roots([b, c]: [f64; 2]) -> [Complex<f64>; 2] {
    let root = Complex::from(b * b - 4.0 * c).sqrt();
    [(-b + root) * 0.5, (-b - root) * 0.5]
}

#[test]
fn locus_points_satisfy_the_polynomial_and_picking_one_sets_it() {
    let (mut drawn, mut picked) = (0, 0);
    for mapping in MAPPINGS {
        let values = values(&[
            ("problem", "two"),
            ("mapping", mapping),
            ("eta", "0.07"),
            ("beta", "0.8"),
            ("h", "0.5"),
            ("lambda2", "6"),
        ]);
        let run = run(&values, 1);
        for (k, choice) in scene().choices(Opt::Locus, &values).into_iter().enumerate() {
            for mode in 0..2 {
                let mut view = View { mode, ..View::new(Lang::En) };
                view.options.set(Opt::Locus, k);
                let of = match choice.id {
                    "lambda1" => 0,
                    "lambda2" => 1,
                    _ => mode,
                };
                let what = format!("{mapping}, {}, mode {mode}", choice.id);
                let figure = scene().figure("zplane", &run, view).unwrap();
                let panel = &figure.panels[0];
                assert_eq!(panel.pick, Some("locus"), "{what}");
                let lines: Vec<Vec<Complex<f64>>> = (panel.layers.iter())
                    .filter_map(|layer| match layer {
                        Layer::Line(l) if l.ink == Ink::Optimizer => {
                            Some(l.x.iter().zip(l.y.iter()).map(|(x, y)| Complex::new(*x, *y)).collect())
                        }
                        _ => None,
                    })
                    .collect();
                let spec = scenes::spec_of(scene(), choice.id).unwrap();
                let poles = |value: f64| coefficients(choice.id, value, &values, of).map(roots);
                let locus = Locus::walk(spec, poles);
                assert!(locus.stops.len() < 3000, "{what}: {} points", locus.stops.len());
                assert_eq!(lines.len(), 2, "{what}");
                for (i, stop) in locus.stops.iter().enumerate() {
                    let Some([b, c]) = coefficients(choice.id, stop.value, &values, of) else { continue };
                    // The figure may refine where the rounding of this test does not.
                    let there = lines.iter().flatten().filter(|z| z.is_finite());
                    let scale = 1.0 + b.abs() + c.abs();
                    if i % 9 == 0 {
                        for root in roots([b, c]) {
                            let near = there.clone().map(|z| (z - root).norm()).fold(f64::INFINITY, f64::min);
                            assert!(near <= 1e-6 * scale, "{what}: {root} is {near} off");
                        }
                    }
                    let [z1, z2] = stop.poles.unwrap();
                    for z in [z1, z2] {
                        assert!((z * z + z * b + c).norm() <= 1e-12 * scale * scale, "{what}: {z}");
                    }
                    drawn += 1;
                    if i % 23 == 5 && z1.norm() < 3.0 && (z1 - z2).norm() > 1e-2 {
                        let mut next = values.clone();
                        scene().drag("locus", [z1.re, z1.im], &mut next, view).unwrap();
                        let lambda = scene().read("k", &next, of);
                        let beta = next.get("beta");
                        let got = roots([-(1.0 + beta - next.get("eta") * lambda), beta]);
                        let off = got.iter().map(|z| (z - z1).norm()).fold(f64::INFINITY, f64::min);
                        assert!(off <= 1e-9, "{what}: {z1} picked, a pole is {off} off");
                        picked += 1;
                    }
                }
            }
        }
    }
    assert!(drawn > 10_000 && picked > 200, "{drawn} points, {picked} picked");
}

#[test]
fn a_click_beside_the_locus_takes_the_nearest_point() {
    let start = values(&[("problem", "one"), ("eta", "0.3"), ("beta", "0.7")]);
    for (k, id) in [(0, "eta"), (1, "beta")] {
        let mut view = View::new(Lang::En);
        view.options.set(Opt::Locus, k);
        for at in [[0.2, 0.6], [-0.9, 0.1], [0.95, 0.4], [0.5, -0.5], [1.4, 1.4]] {
            let mut next = start.clone();
            scene().drag("locus", at, &mut next, view).unwrap();
            let at = Complex::new(at[0], at[1]);
            let far = |value: f64| {
                let poles = coefficients(id, value, &start, 0).map(roots);
                poles.iter().flatten().map(|z| (z - at).norm()).fold(f64::INFINITY, f64::min)
            };
            let [low, high] = scenes::spec_of(scene(), id).unwrap().bounds();
            let least = (0..=20_000)
                .map(|i| f64::from(i) / 20_000.0)
                .map(|s| far(if id == "eta" { low * (high / low).powf(s) } else { low + (high - low) * s }))
                .fold(f64::INFINITY, f64::min);
            assert!(far(next.get(id)) <= least + 1e-9, "{id}, {at}: {} is not {least}", far(next.get(id)));
        }
    }
}

#[test]
fn measured_frequency_response_is_the_closed_form() {
    let mut points = 0;
    for mapping in MAPPINGS {
        for (beta, q) in
            [(0.0, 0.3), (0.5, 0.16), (0.5, 1.6), (0.9, 0.05), (0.97, 0.4), (0.996, 0.2), (-0.5, 0.6), (0.6, 3.1)]
        {
            let (b, q_text) = (f64::to_string(&beta), f64::to_string(&q));
            let values =
                values(&[("problem", "one"), ("mapping", mapping), ("beta", &b), ("eta", &q_text), ("h", "0.5")]);
            let run = run(&values, 1);
            for lens in Lens::ALL {
                let view = View { lens, ..View::new(Lang::En) };
                let figure = scene().figure("bode", &run, view).unwrap();
                let h = if lens.is_physical() { 0.5 } else { 1.0 };
                let [gain, phase] = [0, 1].map(|k| marks(&figure, k, Marker::Disc, Ink::Optimizer));
                assert!(gain.len() >= 6 && gain.len() == phase.len(), "{mapping} {beta} {q}: {}", gain.len());
                for (gain, phase) in gain.into_iter().zip(phase) {
                    let z = Complex::from_polar(1.0, gain.re * h);
                    let want = z * q / (z * z - z * (1.0 + beta - q) + beta);
                    let got = Complex::from_polar(10f64.powf(gain.im / 20.0), phase.im.to_radians());
                    assert!((got / want - 1.0).norm() <= 0.01, "{mapping} {beta} {q} at {}: {got}, {want}", gain.re);
                    points += 1;
                }
                let [m, c, k] = ["m", "c", "k"].map(|id| scene().read(id, &values, 0));
                let dashed = figure.panels[0].layers.iter().find_map(|layer| match layer {
                    Layer::Line(l) if l.dash == Dash::Dashed => Some(l.clone()),
                    _ => None,
                });
                assert_eq!(dashed.is_some(), m.is_finite(), "{mapping} {beta} {q}");
                for (x, y) in dashed.iter().flat_map(|l| l.x.iter().zip(l.y.iter())) {
                    let omega = if lens.is_physical() { *x } else { x / 0.5 };
                    let want = Complex::from(k) / Complex::new(k - m * omega * omega, c * omega);
                    assert!((10f64.powf(y / 20.0) / want.norm() - 1.0).abs() <= 1e-9, "{mapping} {beta} {q}");
                }
            }
        }
    }
    assert!(points > 1500, "{points}");
}

/// Overshoot, its step, first steps past 10 % and 90 %, settling, all by looking.
fn looked_at(q: f64, beta: f64, steps: usize) -> (f64, Option<u64>, [u64; 2], u64) {
    let mut x = vec![0.0, q];
    for n in 1..steps {
        x.push(x[n] - q * (x[n] - 1.0) + beta * (x[n] - x[n - 1]));
    }
    let top = x.iter().copied().fold(0.0, f64::max);
    let first = |share: f64| x.iter().position(|x| *x >= share).unwrap() as u64;
    let settling = x.iter().rposition(|x| (x - 1.0).abs() > 0.02).unwrap() as u64 + 1;
    let peak = x.iter().position(|x| *x == top).unwrap() as u64;
    let beyond = top > 1.0 + 1e-12;
    (if beyond { top - 1.0 } else { 0.0 }, beyond.then_some(peak), [first(0.1), first(0.9)], settling)
}

#[test]
fn step_metrics_are_exact_to_the_sample() {
    let mut overshooting = 0;
    for beta in [-0.9, -0.4, 0.0, 0.1, 0.3, 0.5, 0.7, 0.81, 0.9, 0.97, 0.995] {
        for share in [0.003, 0.01, 0.04, 0.1, 0.21, 0.34, 0.47, 0.55, 0.62, 0.76, 0.88, 0.95, 0.99] {
            let q = share * 2.0 * (1.0 + beta);
            let what = format!("ηλ = {q}, β = {beta}");
            let (overshoot, peak, rise, settling) = looked_at(q, beta, 40_000);
            let predicted = step_metrics(q, beta).unwrap_or_else(|| panic!("{what}"));
            let stepper = Arc::new(heavy_ball(q, beta, Convention::Displacement));
            let seen = measured(&record(stepper, 1.0, 40_000)).unwrap_or_else(|| panic!("{what}"));
            for (name, got) in [("predicted", predicted), ("measured", seen)] {
                assert!((got.overshoot - overshoot).abs() <= 1e-9, "{what} {name}: {} not {overshoot}", got.overshoot);
                assert_eq!((got.rise, got.settling), (rise, settling), "{what} {name}");
            }
            if overshoot > 1e-9 {
                overshooting += 1;
                assert_eq!((predicted.peak, seen.peak), (peak, peak), "{what}");
            }
        }
    }
    assert!(overshooting > 60, "{overshooting}");
    for (q, beta) in [(0.0, 0.5), (3.1, 0.5), (0.5, 1.0), (-0.1, 0.5), (f64::NAN, 0.5)] {
        assert!(step_metrics(q, beta).is_none());
    }
}

#[test]
fn every_preset_prints_whole_through_every_lens() {
    for preset in scene().presets() {
        let values = values(preset.values);
        let run = run(&values, preset.steps);
        for lang in Lang::ALL {
            for lens in Lens::ALL {
                let view = View { lens, mode: preset.mode, ..View::new(lang) };
                for id in ["zplane", "bode", "step", "spectrum"] {
                    let figure = scene().figure(id, &run, view).unwrap();
                    for width in [89.0, 183.0] {
                        let sheet = layout(&figure, &Page::new(width)).unwrap();
                        let missing: Vec<&String> = sheet.panels.iter().flat_map(|p| &p.left_out).collect();
                        let what = format!("{} {lens:?} {lang:?} {id} {width}", preset.title.en);
                        assert!(missing.is_empty(), "{what}: no room for {missing:?}");
                    }
                }
            }
        }
    }
}
