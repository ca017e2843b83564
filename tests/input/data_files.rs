//! The numbers behind a figure, as a table and as a tree: nothing lost, every layer there.

use impetus::export::{Format, Page, Provenance, render};
use impetus::figure::{
    Arrows, Axis, Band, Bars, Callout, Colormap, Contours, Dash, ErrorBars, Figure, HeatMap, Histogram, Ink, Inset,
    Layer, Line, Marker, Panel, Points, Region, Rule, Streamlines, Text, Weight, rich,
};
use serde_json::Value;

/// Numbers that lose something when they are printed carelessly.
const ODD: [f64; 8] = [0.1, -0.0, 1e300, 5e-324, 1.0 / 3.0, 123_456_789.123_456_78, f64::NAN, f64::NEG_INFINITY];

fn odd() -> std::borrow::Cow<'static, [f64]> {
    ODD.to_vec().into()
}

fn count() -> std::borrow::Cow<'static, [f64]> {
    (0..ODD.len()).map(|k| k as f64).collect()
}

/// Every kind of layer: the layer, its kind in JSON, and its columns.
fn layers() -> Vec<(Layer<'static>, &'static str, &'static [&'static str])> {
    let (ink, dash, weight) = (Ink::Text, Dash::Solid, Weight::Normal);
    let name = || Some(rich("$λ_1$"));
    let ends = [0.0, 1.0];
    vec![
        (
            Layer::Line(Line { x: count(), y: odd(), name: name(), ink, dash, weight, marker: None }),
            "line",
            &["x", "y"],
        ),
        (
            Layer::Points(Points { x: count(), y: odd(), name: name(), ink, marker: Marker::Disc, size: 1.0 }),
            "points",
            &["x", "y"],
        ),
        (
            Layer::Band(Band { x: count(), low: odd(), high: odd(), name: name(), ink, hatch: None }),
            "band",
            &["x", "low", "high"],
        ),
        (
            Layer::Bars(Bars { x: count(), height: odd(), width: 0.5, name: name(), ink, hatch: None }),
            "bars",
            &["x", "height"],
        ),
        (
            Layer::Histogram(Histogram { edges: count(), height: odd(), name: name(), ink, hatch: None }),
            "histogram",
            &["edges", "height"],
        ),
        (
            Layer::ErrorBars(ErrorBars {
                x: count(),
                y: count(),
                low: odd(),
                high: odd(),
                along_x: true,
                marker: None,
                name: name(),
                ink,
                weight,
            }),
            "error_bars",
            &["x", "y", "low", "high"],
        ),
        (
            Layer::HeatMap(HeatMap {
                x: ends,
                y: ends,
                nx: 4,
                values: odd(),
                range: ends,
                map: Colormap::Viridis,
                label: rich("energy $E$"),
            }),
            "heat_map",
            &["values"],
        ),
        (
            Layer::Contours(Contours {
                x: ends,
                y: ends,
                nx: 4,
                values: odd(),
                levels: vec![0.5],
                labels: true,
                name: name(),
                ink,
                dash,
                weight,
            }),
            "contours",
            &["levels", "values"],
        ),
        (
            Layer::Streamlines(Streamlines {
                x: ends,
                y: ends,
                nx: 4,
                u: odd(),
                v: odd(),
                density: 10.0,
                name: name(),
                ink,
                weight,
            }),
            "streamlines",
            &["u", "v"],
        ),
        (
            Layer::Arrows(Arrows { x: count(), y: odd(), u: odd(), v: odd(), name: name(), ink, weight }),
            "arrows",
            &["x", "y", "u", "v"],
        ),
        (Layer::Region(Region { x: count(), y: odd(), name: name(), ink, hatch: None }), "region", &["x", "y"]),
        (Layer::Rule(Rule::X(0.25, ink, dash)), "rule", &[]),
        (Layer::Text(Text { at: [1.0, 2.0], text: rich("=here"), ink }), "text", &["at"]),
        (Layer::Callout(Callout { at: [1.0, 2.0], text: rich("there"), ink }), "callout", &["at"]),
    ]
}

fn panel(id: &'static str, layers: Vec<Layer<'static>>) -> Panel<'static> {
    Panel { layers, ..Panel::new(id, Axis::new(rich("time $t$"), "s"), Axis::new(rich("position $q$"), "m")) }
}

fn figure() -> Figure<'static> {
    let mut outer = panel("outer", layers().into_iter().map(|l| l.0).collect());
    let small = panel("small", vec![layers().swap_remove(0).0]);
    outer.insets.push(Inset { panel: small, place: Some([0.5, 0.5, 0.9, 0.9]) });
    outer.y = outer.y.clone().symlog(2.0);
    Figure { id: "all", title: rich("t"), panels: vec![outer], columns: 1, caption: "Draft \"1\".\nTwo".into() }
}

fn written(format: Format) -> String {
    let provenance = Provenance { scene: "one-machine".into(), seed: 7, ..Provenance::default() };
    String::from_utf8(render(format, &figure(), &Page::default(), 300.0, &provenance, "a \"title\"").unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap_or(f64::NAN)).collect()
}

#[test]
fn the_tree_holds_every_layer_and_every_bit() {
    let text = written(Format::Json);
    let tree: Value = serde_json::from_str(&text).unwrap();
    let figure = &tree["figure"];
    assert_eq!(figure["title"], "a \"title\"");
    assert_eq!(figure["caption"], "Draft \"1\".\nTwo");
    let outer = &figure["panels"][0];
    assert_eq!((&outer["x"]["label"], &outer["x"]["unit"]), (&"time t".into(), &"s".into()));
    assert_eq!((&outer["y"]["scale"], outer["y"]["linear_within"].as_f64()), (&"symlog".into(), Some(2.0)));
    assert_eq!(numbers(&outer["x"]["range"]).len(), 2);
    for (k, (_, kind, columns)) in layers().into_iter().enumerate() {
        let layer = &outer["layers"][k];
        assert_eq!(layer["kind"], kind, "layer {k}");
        for column in columns {
            let got = numbers(&layer[column]);
            assert!(!got.is_empty(), "{kind}: {column}");
            let whole = got.len() == ODD.len() && got[1].to_bits() == ODD[1].to_bits();
            let want: Vec<f64> = if whole { ODD.to_vec() } else { continue };
            for (got, want) in got.iter().zip(want) {
                assert!(got.to_bits() == want.to_bits() || got.is_nan() && !want.is_finite(), "{kind}: {got} {want}");
            }
        }
    }
    let lossless = text.matches("5e-324").count();
    assert_eq!(lossless, 17, "every odd column of the panel and its inset");
    assert_eq!(outer["layers"][11]["x"], 0.25);
    assert_eq!(outer["layers"][5]["along_x"], true);
    assert_eq!(outer["insets"][0]["id"], "small");
    assert_eq!(numbers(&outer["insets"][0]["place"]), [0.5, 0.5, 0.9, 0.9]);
    assert_eq!(outer["insets"][0]["layers"][0]["name"], "λ1");
    assert_eq!(tree["impetus-provenance"]["seed"], 7);
    assert!(text.starts_with("{\n  \"impetus-provenance\": {"), "where it came from is found at once");
}

#[test]
fn the_table_has_columns_for_every_layer() {
    let text = written(Format::Csv);
    let head = text.lines().find(|l| !l.starts_with('#')).unwrap();
    let columns = [
        "outer | λ1 | \"edges, time t (s)\"",
        "low, time t (s)",
        "high, time t (s)",
        "outer | λ1 | value",
        "outer | λ1 | levels",
        "outer | λ1 | component along time t (s)",
        "outer | λ1 | component along position q (m)",
        "outer | map 7 | energy E",
        "outer | callout 14 | label",
        "outer/small | λ1 | position q (m)",
    ];
    let bare = head.replace('"', "");
    for column in columns {
        assert!(bare.contains(&column.replace('"', "")), "{column} is not in {head}");
    }
    let rows: Vec<&str> = text.lines().filter(|l| !l.starts_with('#')).skip(1).collect();
    assert_eq!(rows.len(), ODD.len(), "as many rows as the longest column");
    assert!(rows.iter().any(|r| r.ends_with(",5e-324")), "the inset comes last, to the bit");
}

#[test]
fn nodes_of_a_grid_reach_both_ends() {
    let text = written(Format::Csv);
    let mut records = text.lines().filter(|l| !l.starts_with('#'));
    let split = |line: &str| {
        let mut cells = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    };
    let head = split(records.next().unwrap());
    let value = head.iter().position(|h| h == "outer | λ1 | value").unwrap();
    let rows: Vec<Vec<String>> = records.map(split).collect();
    let column = |k: usize| rows.iter().map(|r| r[k].parse().unwrap()).collect::<Vec<f64>>();
    let third = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0];
    for (got, want) in column(value - 2).iter().zip(third.iter().chain(&third)) {
        assert!((got - want).abs() < 1e-15, "{got} {want}");
    }
    assert_eq!(column(value - 1), [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn same_figure_same_bytes() {
    for format in [Format::Csv, Format::Json] {
        assert_eq!(written(format), written(format));
    }
}
