//! What it costs to save a figure: four panels of 10⁴ points each, as SVG, PDF and PNG together.
//!
//! "smooth" are curves, "noise" is white noise (every column of the page is crossed), "cloud" are
//! points that cannot be merged. "together" is one call for the three files at 183 mm and 300 dpi.

use criterion::{Criterion, criterion_group, criterion_main};
use impetus::export::{Format, Page, Provenance, render_all};
use impetus::figure::{Axis, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Weight, rich};
use rand::{RngExt, SeedableRng};

const POINTS: usize = 10_000;

fn panel(kind: &str, seed: u64) -> Panel<'static> {
    let mut rng = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut uniform = || rng.random::<f64>();
    let t: Vec<f64> = (0..POINTS).map(|k| k as f64 / POINTS as f64).collect();
    let (x, y): (Vec<f64>, Vec<f64>) = match kind {
        "smooth" => (t.clone(), t.iter().map(|t| (40.0 * t).sin() * (-3.0 * t).exp()).collect()),
        "noise" => (t.clone(), t.iter().map(|_| uniform() + uniform() + uniform() - 1.5).collect()),
        _ => (0..POINTS).map(|_| (uniform() + uniform() + uniform(), uniform() + uniform() + uniform())).unzip(),
    };
    let axes = [Axis::new(rich("time $t$"), "s"), Axis::new(rich("position $q$"), "m")];
    let [horizontal, vertical] = axes;
    let mut panel = Panel::new("p", horizontal, vertical);
    let (x, y, name) = (x.into(), y.into(), Some(rich("optimizer")));
    panel.layers.push(if kind == "cloud" {
        Layer::Points(Points { x, y, name, ink: Ink::Sampler, marker: Marker::Disc, size: 0.6 })
    } else {
        Layer::Line(Line { x, y, name, ink: Ink::Optimizer, dash: Dash::Solid, weight: Weight::Normal, marker: None })
    });
    panel
}

fn benches(c: &mut Criterion) {
    let (page, provenance) = (Page::new(183.0), Provenance::default());
    for kind in ["smooth", "noise", "cloud"] {
        let panels = (1..=4).map(|seed| panel(kind, seed)).collect();
        let figure =
            Figure { id: "bench", title: rich("bench"), panels, columns: 2, caption: String::from("A caption.") };
        let all = [Format::Svg, Format::Pdf, Format::Png];
        let sets: [(&str, &[Format]); 4] =
            [("svg", &all[..1]), ("pdf", &all[1..2]), ("png", &all[2..]), ("together", &all)];
        for (name, formats) in sets {
            c.bench_function(&format!("export/{kind}/{name}"), |b| {
                b.iter(|| render_all(formats, &figure, &page, 300.0, &provenance, "bench").expect("it fits the page"));
            });
        }
    }
}

criterion_group! { name = export; config = Criterion::default().sample_size(10); targets = benches }
criterion_main!(export);
