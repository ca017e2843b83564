//! Long and impossible columns: nothing panics, nothing that is not finite is drawn, no extreme is lost.

use egui::epaint::Primitive;
use egui::{Pos2, Vec2, vec2};
use impetus::figure::{Axis, Band, Ink, Layer, Marker, Panel, Points, Scale, rich};

use super::alone::{Alone, line, transform, window};

const N: usize = 30_000;

fn vertices(window: &Alone) -> Vec<Pos2> {
    let meshes = window.ctx.tessellate(window.output().shapes.clone(), 1.0).into_iter();
    let mesh = |p: egui::ClippedPrimitive| match p.primitive {
        Primitive::Mesh(mesh) => mesh.vertices.into_iter().map(|v| v.pos).collect::<Vec<_>>(),
        Primitive::Callback(_) => Vec::new(),
    };
    meshes.flat_map(mesh).collect()
}

/// A name, and the ordinate at every index.
type Made = (&'static str, fn(usize) -> f64);

fn columns() -> Vec<Made> {
    vec![
        ("constant", |_| 1e300),
        ("alternating", |k| if k % 2 == 0 { 1e300 } else { -1e300 }),
        ("nothing", |_| f64::NAN),
        ("holes", |k| if k % 7 == 3 { f64::NAN } else { (k as f64 * 0.01).sin() }),
        ("infinite", |k| if k > 20_000 { f64::INFINITY } else { k as f64 }),
        ("diverging", |k| (k as f64 * 0.05).exp()),
        ("tiny", |k| k as f64 * 1e-320),
    ]
}

#[test]
fn long_columns_of_anything_are_drawn() {
    let sizes = [vec2(420.0, 300.0), vec2(1.0, 1.0), vec2(3_000.0, 60.0)];
    let scales = [Scale::Linear, Scale::Log, Scale::SymLog(1e-3)];
    for (k, (name, value)) in columns().into_iter().enumerate() {
        for (scale, size) in scales.into_iter().zip(sizes.into_iter().cycle().skip(k)) {
            let (x, y): (Vec<f64>, Vec<f64>) = (0..N).map(|k| (k as f64, value(k))).unzip();
            let axis = |label: &str| Axis { scale, ..Axis::new(rich(label), "s") };
            let mut panel = Panel::new("p", axis("a"), axis("b"));
            let back: Vec<f64> = y.iter().rev().copied().collect();
            panel.layers = vec![
                line(x.clone(), y.clone()),
                line(y.clone(), back.clone()),
                Layer::Points(Points {
                    x: x.clone().into(),
                    y: y.clone().into(),
                    name: Some(rich("p")),
                    ink: Ink::Spring,
                    marker: Marker::Ring,
                    size: 1.0,
                }),
                Layer::Band(Band {
                    x: x.into(),
                    low: y.into(),
                    high: back.into(),
                    name: None,
                    ink: Ink::Sampler,
                    hatch: None,
                }),
            ];
            let mut window = window(panel, size);
            window.hover_at((size / 2.0).to_pos2());
            window.run_steps(2);
            let drawn = vertices(&window);
            assert!(drawn.iter().all(|p| p.x.is_finite() && p.y.is_finite()), "{name} {scale:?} {size}");
            assert!(drawn.len() < 1_000_000, "{name} {scale:?} {size}: {}", drawn.len());
        }
    }
}

/// A spike of one sample in a long column reaches its height on the screen, wherever it stands and
/// however the window is moved.
#[test]
fn a_single_spike_is_seen() {
    for spike in [1, 4_097, 12_345, N - 2] {
        for ascending in [true, false] {
            let mut x: Vec<f64> = (0..N).map(|k| k as f64).collect();
            if !ascending {
                // The last sample turns back, so that the column is read as a path.
                x[N - 1] -= 3.0;
            }
            let y: Vec<f64> = (0..N).map(|k| if k == spike { 1.0 } else { 0.0 }).collect();
            let axis = |label: &str, to: f64| Axis::new(rich(label), "").range(0.0, to);
            let panel = Panel { layers: vec![line(x, y)], ..Panel::new("p", axis("a", N as f64), axis("b", 1.25)) };
            let window = window(panel, vec2(500.0, 400.0));
            let want = transform(&window).position_from_point(&egui_plot::PlotPoint::new(spike as f64, 1.0));
            let near = |p: &&Pos2| (p.x - want.x).abs() < 3.0 && (p.y - want.y).abs() < 3.0;
            assert!(vertices(&window).iter().any(|p| near(&p)), "sample {spike}, ascending {ascending}");
        }
    }
}

#[test]
fn no_room_at_all_is_room_enough() {
    for size in [Vec2::splat(1.0), vec2(2.0, 800.0), vec2(9_000.0, 40.0)] {
        let axis = |label: &str| Axis::new(rich(label), "");
        let layers = vec![line(Vec::new(), Vec::new()), line(vec![1.0; N], vec![2.0; N])];
        let window = window(Panel { layers, ..Panel::new("p", axis("a"), axis("b")) }, size);
        assert!(vertices(&window).iter().all(|p| p.x.is_finite() && p.y.is_finite()), "{size}");
    }
}
