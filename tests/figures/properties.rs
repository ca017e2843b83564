//! Whatever the data, every file is sound: no NaN in it, nothing outside the page, no crash.

use impetus::export::{Format, Page, Provenance, layout, render};
use impetus::figure::*;
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus as Rng;

/// A number of any kind a trace or a hostile file may hold.
fn number(rng: &mut Rng) -> f64 {
    const ODD: [f64; 12] =
        [0.0, -0.0, 1.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 5e-324, f64::MAX, f64::MIN];
    match rng.random_range(0..4) {
        0 => ODD[rng.random_range(0..ODD.len())],
        1 => rng.random_range(-1e6..1e6),
        _ => rng.random_range(-2.0..2.0),
    }
}

fn column(rng: &mut Rng) -> Column<'static> {
    let n = [0, 1, 2, 3, 17, 200][rng.random_range(0..6)];
    (0..n).map(|_| number(rng)).collect::<Vec<_>>().into()
}

fn pick<T: Copy>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.random_range(0..of.len())]
}

const INKS: [Ink; 6] = [Ink::Optimizer, Ink::Spring, Ink::Danger, Ink::Faint, Ink::Text, Ink::Ground];
const NAMES: [&str; 5] = ["", "plain", r"$\frac{q_{n+1}}{q_n}$", "中文 $x^2$ <&\">", "$\\frac{"];

fn layer(rng: &mut Rng) -> Layer<'static> {
    let name = Some(rich(pick(rng, &NAMES)));
    let ink = pick(rng, &INKS);
    let dash = pick(rng, &[Dash::Solid, Dash::Dashed, Dash::Dotted, Dash::DashDot]);
    let weight = pick(rng, &[Weight::Thin, Weight::Normal, Weight::Bold]);
    let marker =
        pick(rng, &[Marker::Disc, Marker::Ring, Marker::Square, Marker::Triangle, Marker::Diamond, Marker::Cross]);
    let hatch = pick(rng, &[None, Some(Hatch::Rising), Some(Hatch::Falling), Some(Hatch::Cross), Some(Hatch::Dots)]);
    let (x, y, u, v) = (column(rng), column(rng), column(rng), column(rng));
    let ends = |rng: &mut Rng| [number(rng), number(rng)];
    let (along, up) = (ends(rng), ends(rng));
    let nx = rng.random_range(0..9);
    match rng.random_range(0..15) {
        0 => Layer::Line(Line { x, y, name, ink, dash, weight, marker: Some(marker) }),
        1 => Layer::Points(Points { x, y, name, ink, marker, size: number(rng) }),
        2 => Layer::Band(Band { x, low: y, high: u, name, ink, hatch }),
        3 => Layer::Bars(Bars { x, height: y, width: number(rng), name, ink, hatch }),
        4 => Layer::Histogram(Histogram { edges: x, height: y, name, ink, hatch }),
        5 => Layer::ErrorBars(ErrorBars {
            x,
            y,
            low: u,
            high: v,
            along_x: rng.random_range(0..2) == 0,
            marker: Some(marker),
            name,
            ink,
            weight,
        }),
        6 => {
            let (range, map, label) = (ends(rng), Colormap::Viridis, rich(pick(rng, &NAMES)));
            Layer::HeatMap(HeatMap { x: along, y: up, nx, values: x, range, map, label })
        }
        7 => {
            let levels = (0..4).map(|_| number(rng)).collect();
            Layer::Contours(Contours { x: along, y: up, nx, values: x, levels, labels: true, name, ink, dash, weight })
        }
        8 => {
            Layer::Streamlines(Streamlines { x: along, y: up, nx, u: x, v: y, density: number(rng), name, ink, weight })
        }
        9 => Layer::Arrows(Arrows { x, y, u, v, name, ink, weight }),
        10 => Layer::Region(Region { x, y, name, ink, hatch }),
        11 => Layer::Rule(if nx > 4 { Rule::X(number(rng), ink, dash) } else { Rule::Y(number(rng), ink, dash) }),
        12 => {
            let (range, map, label) = (ends(rng), Colormap::Cividis, rich(pick(rng, &NAMES)));
            Layer::Facets(Facets { x, y, values: u, light: v, range, map, label })
        }
        13 => Layer::Text(Text { at: ends(rng), text: rich(pick(rng, &NAMES)), ink }),
        _ => Layer::Callout(Callout { at: ends(rng), text: rich(pick(rng, &NAMES)), ink }),
    }
}

fn axis(rng: &mut Rng) -> Axis {
    let axis = Axis::new(rich(pick(rng, &NAMES)), pick(rng, &["", "s", "m/s²"]));
    let axis = match rng.random_range(0..4) {
        0 => axis.log(),
        1 => axis.symlog(number(rng)),
        _ => axis,
    };
    if rng.random_range(0..3) == 0 { axis.range(number(rng), number(rng)) } else { axis }
}

fn panel(rng: &mut Rng) -> Panel<'static> {
    let mut panel = Panel::new("p", axis(rng), axis(rng));
    panel.layers = (0..rng.random_range(0..5)).map(|_| layer(rng)).collect();
    panel.share = number(rng);
    panel.equal = rng.random_range(0..4) == 0;
    panel.below = rng.random_range(0..4) == 0;
    panel
}

fn figure(rng: &mut Rng) -> Figure<'static> {
    let mut panels: Vec<Panel<'static>> = (0..rng.random_range(1..5)).map(|_| panel(rng)).collect();
    if rng.random_range(0..2) == 0 {
        let place = pick(rng, &[None, Some([0.5, 0.5, 1.0, 1.0]), Some([f64::NAN, -3.0, 9.0, 0.2])]);
        let inner = panel(rng);
        panels[0].insets.push(Inset { panel: inner, place });
    }
    Figure { id: "any", title: rich("any"), panels, columns: rng.random_range(0..4), caption: String::new() }
}

/// Every node of the parsed file with what it covers, cut by the clips above it.
fn covered(group: &usvg::Group, seen: &mut dyn FnMut(usvg::Rect, &str)) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) if inner.clip_path().is_some() => {}
            usvg::Node::Group(inner) => covered(inner, seen),
            other => seen(other.abs_stroke_bounding_box(), group.id()),
        }
    }
}

#[test]
fn any_data_makes_sound_files_within_the_page() {
    let page = Page::new(183.0);
    for seed in 0..300 {
        let mut rng = Rng::seed_from_u64(seed);
        let figure = figure(&mut rng);
        let sheet = layout(&figure, &page).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        for format in Format::ALL.into_iter().filter(|f| *f != Format::Png) {
            let bytes = render(format, &figure, &page, 72.0, &Provenance::default(), "any");
            let bytes = bytes.unwrap_or_else(|e| panic!("seed {seed}: {format:?}: {e}"));
            if format == Format::Svg {
                let text = String::from_utf8(bytes).unwrap();
                let drawn = text.split("</style>").last().unwrap();
                assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "seed {seed}");
                sound(&text, &sheet, seed);
            }
        }
    }
}

/// What is not cut at a box lies on the page; one per cent of its width is left to hinting.
fn sound(text: &str, sheet: &impetus::export::Sheet, seed: u64) {
    let tree = usvg::Tree::from_str(text, &usvg::Options::default()).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
    let (width, height) = (tree.size().width(), tree.size().height());
    assert!((f64::from(width) - sheet.width_mm * 96.0 / 25.4).abs() < 0.01);
    let slack = 0.01 * width;
    covered(tree.root(), &mut |b, id| {
        let inside =
            b.left() >= -slack && b.top() >= -slack && b.right() <= width + slack && b.bottom() <= height + slack;
        assert!(inside, "seed {seed}: {id} {b:?} on {width} × {height}");
    });
}

#[test]
fn pictures_survive_any_data_too() {
    for seed in 1000..1020 {
        let figure = figure(&mut Rng::seed_from_u64(seed));
        let bytes = render(Format::Png, &figure, &Page::new(183.0), 72.0, &Provenance::default(), "any").unwrap();
        assert!(bytes.starts_with(b"\x89PNG"), "seed {seed}");
    }
}
