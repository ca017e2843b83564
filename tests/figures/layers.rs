//! Every kind of layer with ordinary, empty and impossible data: its range, and its ink on the screen.

use impetus::figure::{
    Arrows, Axis, Band, Bars, Callout, Colormap, Contours, Dash, ErrorBars, Hatch, HeatMap, Histogram, Ink, Inset,
    Layer, Line, Marker, Panel, Points, Region, Rule, Scale, Streamlines, Text, Weight, fit_ranges, rich, streamlines,
};

/// Nodes along one side of the grids.
const N: usize = 12;

/// Numbers a data set is made of: `value(k)` for the kth of `count`.
struct Data {
    name: &'static str,
    count: usize,
    value: fn(usize) -> f64,
}

const DATA: [Data; 9] = [
    Data { name: "ordinary", count: N * N, value: |k| 1.0 + 0.1 * k as f64 + (k as f64).sin() },
    Data { name: "empty", count: 0, value: |_| 0.0 },
    Data { name: "single", count: 1, value: |_| 2.5 },
    Data { name: "constant", count: N * N, value: |_| 3.0 },
    Data { name: "zero", count: N * N, value: |_| 0.0 },
    Data { name: "not a number", count: N * N, value: |_| f64::NAN },
    Data { name: "infinite", count: N * N, value: |k| if k % 2 == 0 { f64::INFINITY } else { f64::NEG_INFINITY } },
    Data { name: "huge", count: N * N, value: |k| if k % 2 == 0 { 1e300 } else { -1e300 } },
    Data {
        name: "mixed",
        count: N * N,
        value: |k| [1.0, f64::NAN, 1e300, -2.0, f64::INFINITY, 5e-324, 0.0, -1e308][k * 7 % 8],
    },
];

fn layers(data: &Data) -> Vec<Layer<'static>> {
    let column = |shift: usize| (0..data.count).map(|k| (data.value)(k + shift)).collect::<Vec<_>>().into();
    let edge = |k: usize| (data.value)(k);
    let (ink, weight, dash) = (Ink::Spring, Weight::Normal, Dash::Dashed);
    let name = || Some(rich(r"rate $\frac{c}{2m}$"));
    let marker = Some(Marker::Diamond);
    let (x, y) = ([edge(0), edge(30)], [edge(1), edge(31)]);
    let hatch = Some(Hatch::Cross);
    vec![
        Layer::Line(Line { x: column(0), y: column(1), name: name(), ink, dash, weight, marker }),
        Layer::Points(Points { x: column(0), y: column(3), name: name(), ink, marker: Marker::Ring, size: edge(2) }),
        Layer::Band(Band { x: column(0), low: column(1), high: column(5), name: name(), ink, hatch: None }),
        Layer::Bars(Bars { x: column(0), height: column(2), width: edge(0), name: name(), ink, hatch }),
        Layer::Histogram(Histogram { edges: column(0), height: column(7), name: name(), ink, hatch }),
        Layer::ErrorBars(error_bars([column(0), column(1), column(2), column(3)], false)),
        Layer::ErrorBars(error_bars([column(0), column(1), column(2), column(3)], true)),
        Layer::HeatMap(HeatMap {
            x,
            y,
            nx: N,
            values: column(0),
            range: [edge(0), edge(40)],
            map: Colormap::Vik,
            label: rich("loss"),
        }),
        Layer::Contours(Contours {
            x,
            y,
            nx: N,
            values: column(0),
            levels: vec![edge(3), edge(20), edge(50)],
            labels: true,
            name: name(),
            ink,
            dash,
            weight,
        }),
        Layer::Streamlines(Streamlines {
            x,
            y,
            nx: N,
            u: column(0),
            v: column(9),
            density: edge(40),
            name: name(),
            ink,
            weight,
        }),
        Layer::Arrows(Arrows { x: column(0), y: column(1), u: column(2), v: column(3), name: name(), ink, weight }),
        Layer::Region(Region { x: column(0), y: column(4), name: name(), ink, hatch: Some(Hatch::Dots) }),
        Layer::Rule(Rule::X(edge(3), ink, dash)),
        Layer::Rule(Rule::Y(edge(4), ink, dash)),
        Layer::Text(Text { at: [edge(5), edge(6)], text: rich("here"), ink }),
        Layer::Callout(Callout { at: [edge(7), edge(8)], text: rich("临界 $β$"), ink }),
    ]
}

fn error_bars([x, y, low, high]: [impetus::figure::Column<'static>; 4], along_x: bool) -> ErrorBars<'static> {
    let (marker, name) = (Some(Marker::Square), Some(rich("mean")));
    ErrorBars { x, y, low, high, along_x, marker, name, ink: Ink::Optimizer, weight: Weight::Thin }
}

const SCALES: [Scale; 4] = [Scale::Linear, Scale::Log, Scale::SymLog(1.0), Scale::SymLog(1e-300)];

fn panel(layers: Vec<Layer<'static>>, scale: Scale) -> Panel<'static> {
    let axis = |label: &str| Axis { scale, ..Axis::new(rich(label), "s") };
    Panel { layers, ..Panel::new("p", axis("time $t$"), axis("position $q$")) }
}

/// Each layer alone and all of them, with all data, on all scales, and the lot again as an inset.
fn panels() -> Vec<(String, Panel<'static>)> {
    let mut out = Vec::new();
    for data in &DATA {
        for scale in SCALES {
            let all = layers(data);
            for (k, layer) in all.iter().enumerate() {
                out.push((format!("{} {scale:?} layer {k}", data.name), panel(vec![layer.clone()], scale)));
            }
            let mut outer = panel(all.clone(), scale);
            outer.insets.push(Inset { panel: panel(all.clone(), scale), place: None });
            outer.insets.push(Inset { panel: panel(all, scale), place: Some([0.1, 0.1, 0.5, f64::NAN]) });
            out.push((format!("{} {scale:?}", data.name), outer));
        }
    }
    out
}

#[test]
fn every_range_has_a_length() {
    for (name, panel) in panels() {
        for (range, axis) in fit_ranges(&panel).into_iter().zip([&panel.x, &panel.y]) {
            assert!(range[0].is_finite() && range[1].is_finite() && range[0] < range[1], "{name}: {range:?}");
            let places = range.map(|v| axis.scale.forward(v));
            assert!(matches!(places, [Some(a), Some(b)] if a < b), "{name}: {range:?} {places:?}");
        }
    }
}

/// Ranges of layers whose extent is known.
#[test]
fn ranges_hold_what_is_drawn() {
    let column = |v: &[f64]| v.to_vec().into();
    let bins = || {
        let (edges, height) = (column(&[1.0, 2.0, 4.0]), column(&[3.0, 5.0]));
        Layer::Histogram(Histogram { edges, height, name: None, ink: Ink::Text, hatch: None })
    };
    let intervals = |along_x| {
        let ends = [column(&[1.0, 2.0]), column(&[10.0, 20.0]), column(&[-4.0, 5.0]), column(&[3.0, 46.0])];
        Layer::ErrorBars(error_bars(ends, along_x))
    };
    let near = |got: [f64; 2], want: [f64; 2]| {
        let slack = 0.05 * (want[1] - want[0]);
        got[0] <= want[0] && got[1] >= want[1] && got[0] >= want[0] - slack && got[1] <= want[1] + slack
    };
    let table = [
        (panel(vec![bins()], Scale::Linear), [1.0, 4.0], [0.0, 5.0]),
        (panel(vec![intervals(false)], Scale::Linear), [1.0, 2.0], [-4.0, 46.0]),
        (panel(vec![intervals(true)], Scale::Linear), [-4.0, 46.0], [10.0, 20.0]),
    ];
    for (panel, x, y) in table {
        let got = fit_ranges(&panel);
        assert!(near(got[0], x) && near(got[1], y), "{got:?}");
    }
    for scale in [Scale::Linear, Scale::SymLog(1.0)] {
        let [x, y] = fit_ranges(&panel(vec![bins()], scale));
        assert_eq!((x, y[0]), ([1.0, 4.0], 0.0), "bins fill the width and stand on the axis");
    }
    let [_, y] = fit_ranges(&panel(vec![intervals(false)], Scale::Log));
    assert!(y[0] > 0.0 && y[0] <= 3.0 && y[1] >= 46.0, "{y:?}");
}

fn field(of: impl Fn(f64, f64) -> [f64; 2], n: usize) -> Streamlines<'static> {
    let at = |i: usize| -1.0 + 2.0 * i as f64 / (n - 1) as f64;
    let all: Vec<[f64; 2]> = (0..n * n).map(|k| of(at(k % n), at(k / n))).collect();
    let part = |k: usize| all.iter().map(|v| v[k]).collect::<Vec<_>>().into();
    let (ink, weight) = (Ink::Faint, Weight::Thin);
    Streamlines {
        x: [-1.0, 1.0],
        y: [-1.0, 1.0],
        nx: n,
        u: part(0),
        v: part(1),
        density: 12.0,
        name: None,
        ink,
        weight,
    }
}

#[test]
fn streamlines_follow_a_turning_field_in_circles() {
    let lines = streamlines(&field(|x, y| [-y, x], 21), 1.0);
    assert!(lines.len() >= 6, "{}", lines.len());
    let mut whole = 0;
    for line in &lines {
        let radius = |p: &[f64; 2]| p[0].hypot(p[1]);
        let first = radius(&line.points[0]);
        assert!(line.points.iter().all(|p| (radius(p) / first - 1.0).abs() < 0.01), "radius {first}");
        whole += usize::from(line.points.first() == line.points.last());
        for [tail, tip] in &line.heads {
            assert!(tail[0] * tip[1] - tail[1] * tip[0] > 0.0, "heads turn with the field");
        }
    }
    // Circles of radius below 1 close; those beyond are cut by the corners of the box.
    let inner = lines.iter().filter(|l| l.points[0][0].hypot(l.points[0][1]) < 0.98).count();
    assert!(whole >= 4 && whole == inner, "{whole} of {inner} inner circles close");
}

#[test]
fn streamlines_keep_their_distance_and_their_order() {
    let separation = 2.0 / 12.0;
    let fields: [(&str, Streamlines<'_>); 3] = [
        ("circles", field(|x, y| [-y, x], 21)),
        ("saddle", field(|x, y| [x, -y], 21)),
        ("focus", field(|x, y| [-0.2 * x - y, x - 0.2 * y], 41)),
    ];
    for (name, layer) in &fields {
        let lines = streamlines(layer, 1.0);
        assert!((6..40).contains(&lines.len()), "{name}: {}", lines.len());
        assert_eq!(lines, streamlines(layer, 1.0), "{name}");
        for (i, a) in lines.iter().enumerate() {
            assert!(!a.heads.is_empty() && a.points.len() > 2, "{name}");
            for b in &lines[i + 1..] {
                let gap = |p: &[f64; 2]| {
                    b.points.iter().map(|q| (p[0] - q[0]).hypot(p[1] - q[1])).fold(f64::INFINITY, f64::min)
                };
                let least = a.points.iter().map(gap).fold(f64::INFINITY, f64::min);
                assert!(least > 0.45 * separation, "{name}: {least} between two lines");
            }
        }
        // Every place has a line within about a separation.
        for k in 0..400 {
            let p = [(k % 20) as f64 / 10.0 - 0.95, (k / 20) as f64 / 10.0 - 0.95];
            let all = lines.iter().flat_map(|l| &l.points);
            let least = all.map(|q| (p[0] - q[0]).hypot(p[1] - q[1])).fold(f64::INFINITY, f64::min);
            assert!(least < 1.3 * separation, "{name}: nothing within {least} of {p:?}");
        }
    }
    // On a saddle xy is constant along every line.
    for line in streamlines(&fields[1].1, 1.0) {
        let product = |p: &[f64; 2]| p[0] * p[1];
        let first = product(&line.points[line.points.len() / 2]);
        assert!(line.points.iter().all(|p| (product(p) - first).abs() < 1e-3), "{first}");
        assert!(line.points.iter().all(|p| p[0].abs() <= 1.0 + 1e-9 && p[1].abs() <= 1.0 + 1e-9));
    }
}

#[test]
fn streamlines_of_bad_fields_are_few_or_none() {
    let still = field(|_, _| [0.0, 0.0], 9);
    let holed = field(|x, y| if x * x + y * y < 0.2 { [f64::NAN, 1.0] } else { [1.0, 0.0] }, 21);
    assert!(streamlines(&still, 1.0).is_empty());
    let around = streamlines(&holed, 1.0);
    assert!(!around.is_empty() && around.iter().flat_map(|l| &l.points).all(|p| p[0].hypot(p[1]) > 0.35));
    for nx in [0, 1, 2, 7, 81, usize::MAX] {
        for density in [0.0, f64::NAN, 1e9] {
            for aspect in [f64::NAN, 0.0, 1e-9, 1.0, f64::INFINITY] {
                let lines = streamlines(&Streamlines { nx, density, ..still.clone() }, aspect);
                assert!(lines.is_empty());
                streamlines(&Streamlines { nx, density, ..holed.clone() }, aspect);
            }
        }
    }
    let flat = Streamlines { x: [1.0, 1.0], ..holed.clone() };
    assert!(streamlines(&flat, 1.0).is_empty());
}

#[test]
fn level_lines_carry_short_numbers() {
    let label = |levels: &[f64], level: f64| {
        let Some(Layer::Contours(c)) = layers(&DATA[0]).into_iter().find(|l| matches!(l, Layer::Contours(_))) else {
            panic!("there is such a layer");
        };
        Contours { levels: levels.to_vec(), ..c }.label(level).plain()
    };
    let table: [(&[f64], f64, &str); 8] = [
        (&[0.1, 0.2, 0.1 + 0.2], 0.1 + 0.2, "0.3"),
        (&[1.0, 2.0, 4.0], 4.0, "4"),
        (&[-0.5, 0.5], -0.5, "−0.5"),
        (&[0.012345, 0.049382], 0.012345, "0.0123"),
        (&[100.1, 100.2], 100.1, "100.1"),
        (&[100.0, 200.0], 200.0, "200"),
        (&[1e7, 2e7], 2e7, "2×107"),
        (&[f64::NAN], f64::NAN, ""),
    ];
    for (levels, level, want) in table {
        assert_eq!(label(levels, level), want, "{levels:?}");
    }
}

#[cfg(feature = "gui")]
mod screen {
    use super::{DATA, Inset, Panel, Scale, layers, panel, panels};
    use egui::{Id, Vec2, vec2};
    use egui_kittest::Harness;
    use impetus::app::plot::{Look, show};
    use impetus::app::{Theme, install_fonts};
    use impetus::text::Lang;

    /// Vertices drawn for a panel, with the pointer resting in the middle.
    fn ink(name: &str, panel: &Panel<'_>, size: Vec2, theme: Theme) -> usize {
        let skin = theme.skin();
        let mut window = Harness::builder().with_size(size).with_context_setup(install_fonts).build_ui(|ui| {
            show(ui, panel, &Look::new(&skin, Lang::En, Id::unique("plot")));
        });
        window.hover_at((size / 2.0).to_pos2());
        window.run_steps(2);
        let shapes = window.ctx.tessellate(window.output().shapes.clone(), 1.0);
        let count = |p: &egui::ClippedPrimitive| match &p.primitive {
            egui::epaint::Primitive::Mesh(mesh) => {
                let finite = mesh.vertices.iter().all(|v| v.pos.x.is_finite() && v.pos.y.is_finite());
                assert!(finite, "{name}");
                mesh.vertices.len()
            }
            egui::epaint::Primitive::Callback(_) => 0,
        };
        shapes.iter().map(count).sum()
    }

    #[test]
    fn every_layer_is_painted_whatever_its_data() {
        for (name, panel) in panels() {
            let drawn = ink(&name, &panel, vec2(420.0, 300.0), Theme::Dark);
            assert!(drawn < 2_000_000, "{name}: {drawn} vertices");
        }
    }

    #[test]
    fn every_layer_leaves_ink() {
        let size = vec2(420.0, 300.0);
        for (k, layer) in layers(&DATA[0]).into_iter().enumerate() {
            let mut with = panel(vec![layer], Scale::Linear);
            (with.x.range, with.y.range) = (Some([0.0, 12.0]), Some([0.0, 12.0]));
            let without = Panel { layers: Vec::new(), ..with.clone() };
            let (with, without) =
                (ink("with", &with, size, Theme::Light), ink("without", &without, size, Theme::Light));
            assert!(with > without, "layer {k}: {with} vertices against {without}");
        }
        let plain = panel(Vec::new(), Scale::Linear);
        let mut outer = plain.clone();
        outer.insets.push(Inset { panel: plain.clone(), place: None });
        assert!(ink("inset", &outer, size, Theme::Light) > ink("none", &plain, size, Theme::Light) + 40);
    }

    #[test]
    fn any_size_will_do() {
        for size in [vec2(1.0, 1.0), vec2(60.0, 40.0), vec2(2000.0, 90.0)] {
            for (name, panel) in panels().into_iter().filter(|(name, _)| !name.contains("layer")).step_by(3) {
                ink(&format!("{name} {size}"), &panel, size, Theme::Dark);
            }
        }
    }
}
