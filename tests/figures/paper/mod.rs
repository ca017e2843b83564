//! Figures on paper: every kind of layer, awkward data and both languages, in every format.

mod numbers;

use std::path::Path;

use impetus::export::{Format, Page, Provenance, fonts, layout, render, svg, write_figure};
use impetus::figure::{
    Arrows, Axis, Band, Bars, Colormap, Dash, Figure, Handle, HeatMap, Ink, Layer, Line, Marker, Panel, Points, Region,
    Rich, Rule, Text, Weight, rich,
};
use impetus::text::Lang;

fn axis(source: &str) -> Axis {
    Axis::new(rich(source), "s")
}

fn line(x: Vec<f64>, y: Vec<f64>, name: &str) -> Layer<'static> {
    let name = (!name.is_empty()).then(|| rich(name));
    let (ink, dash, weight) = (Ink::Spring, Dash::Dashed, Weight::Normal);
    Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None })
}

fn points(x: Vec<f64>, y: Vec<f64>, marker: Marker) -> Layer<'static> {
    let name = Some(rich("optimizer"));
    Layer::Points(Points { x: x.into(), y: y.into(), name, ink: Ink::Optimizer, marker, size: 1.0 })
}

fn panel(id: &'static str, layers: Vec<Layer<'static>>) -> Panel<'static> {
    Panel { layers, ..Panel::new(id, axis("time $t$"), axis("position $q_0$")) }
}

fn figure(id: &'static str, panels: Vec<Panel<'static>>, columns: usize) -> Figure<'static> {
    Figure { id, title: rich("title"), panels, columns, caption: "Draft, 草稿 <&> \"q\".".into() }
}

fn wave(n: usize) -> (Vec<f64>, Vec<f64>) {
    let t: Vec<f64> = (0..n).map(|i| i as f64 * 20.0 / n as f64).collect();
    let q = t.iter().map(|t| (-0.1 * t).exp() * t.cos()).collect();
    (t, q)
}

/// One panel with every kind of layer, labelled in Chinese.
fn everything() -> Panel<'static> {
    let (t, q) = wave(60);
    let grid: Vec<f64> = (0..12).map(|i| if i == 5 { f64::NAN } else { f64::from(i) }).collect();
    let some = |v: f64| vec![v, v + 1.0].into();
    let mut all = panel(
        "all",
        vec![
            Layer::HeatMap(HeatMap {
                x: [0.0, 20.0],
                y: [-1.0, 1.0],
                nx: 4,
                values: grid.into(),
                range: [0.0, 11.0],
                map: Colormap::Viridis,
                label: rich("谱半径 $ρ$"),
            }),
            Layer::Region(Region {
                x: vec![1.0, 5.0, 5.0].into(),
                y: vec![0.0, 0.0, 0.5].into(),
                name: Some(rich("欠阻尼")),
                ink: Ink::Controller,
                hatch: None,
            }),
            Layer::Band(Band {
                x: t.clone().into(),
                low: q.iter().map(|q| q - 0.1).collect::<Vec<_>>().into(),
                high: q.iter().map(|q| q + 0.1).collect::<Vec<_>>().into(),
                name: Some(rich("90 %")),
                ink: Ink::Sampler,
                hatch: None,
            }),
            Layer::Bars(Bars {
                x: some(2.0),
                height: some(-0.5),
                width: 0.8,
                name: None,
                ink: Ink::Amber,
                hatch: None,
            }),
            Layer::Arrows(Arrows {
                x: some(3.0),
                y: some(0.0),
                u: some(0.5),
                v: some(0.1),
                name: Some(rich("力 $F$")),
                ink: Ink::Faint,
                weight: Weight::Thin,
            }),
            Layer::Rule(Rule::X(4.0, Ink::Danger, Dash::Dotted)),
            Layer::Rule(Rule::Y(0.0, Ink::Muted, Dash::DashDot)),
            line(t, q, "弹簧 $ζ = 0.1$"),
            Layer::Text(Text { at: [19.9, 0.99], text: rich("=临界阻尼"), ink: Ink::Text }),
        ],
    );
    all.handles.push(Handle {
        id: "h".into(),
        at: [10.0, 0.2],
        ink: Ink::Optimizer,
        label: rich("$λ_1$"),
        name: "first mode".into(),
    });
    all
}

/// The figures every format has to survive.
fn gallery() -> Vec<Figure<'static>> {
    let (t, q) = wave(200);
    let gaps: Vec<f64> = q.iter().enumerate().map(|(i, q)| if i % 17 < 3 { f64::NAN } else { *q }).collect();
    let growing: Vec<f64> = (0..400).map(|i| (-1f64).powi(i) * 10f64.powf(f64::from(i) * 0.75)).collect();
    let growing_x: Vec<f64> = (0..400).map(f64::from).collect();
    let markers = [Marker::Disc, Marker::Ring, Marker::Square, Marker::Triangle, Marker::Diamond, Marker::Cross];
    let mut log = panel("log", vec![line(vec![-1.0, 0.0, 1.0, 10.0], vec![1.0, 1.0, 0.0, 1e-8], "")]);
    (log.x, log.y) = (axis("$ω$").log(), axis("$|H|^2$").log());
    let mut none_positive = panel("none", vec![line(vec![-2.0, -1.0], vec![0.0, -3.0], "")]);
    none_positive.y = axis("loss").log();
    let mut equal = panel("equal", vec![line(q.clone(), q.clone(), "")]);
    equal.equal = true;
    let mut low = panel("low", vec![line(t.clone(), q.clone(), "")]);
    low.share = 0.3;
    let wide = |y: f64| panel("wide", vec![line(vec![-1.7e308, 1.7e308], vec![y, -y], "")]);
    vec![
        figure("everything", vec![everything()], 1),
        figure(
            "gaps",
            vec![panel("g", vec![line(t.clone(), gaps, "a"), points(t.clone(), q.clone(), Marker::Ring)])],
            1,
        ),
        figure("diverging", vec![panel("d", vec![line(growing_x.clone(), growing.clone(), "")])], 1),
        figure("empty", vec![panel("none", vec![]), panel("e", vec![line(vec![], vec![], "x")])], 2),
        figure(
            "single",
            vec![panel("one", vec![points(vec![3.0], vec![3.0], Marker::Disc), line(vec![3.0], vec![3.0], "")])],
            1,
        ),
        figure("not-numbers", vec![panel("nan", vec![line(vec![f64::NAN; 3], vec![f64::INFINITY; 3], "")])], 1),
        figure("log", vec![log, none_positive], 2),
        figure("markers", markers.map(|m| panel("m", vec![points(t.clone(), q.clone(), m)])).into(), 3),
        figure("stacked", vec![panel("top", vec![line(t.clone(), q.clone(), "")]), low], 1),
        figure(
            "grid",
            vec![everything(), equal, panel("p", vec![line(t, q, "")]), panel("d", vec![line(growing_x, growing, "")])],
            2,
        ),
        figure("limits", vec![wide(1e300), wide(1e-300), wide(0.0)], 1),
    ]
}

fn provenance() -> Provenance {
    Provenance {
        scene: "spring".into(),
        values: vec![("eta".into(), "0.05".into()), ("标签 <&>\"'".into(), "é −ζ ]]> \\ \u{1F600}".into())],
        events: vec![(3, "beta".into(), "0.9".into()), (u64::MAX, "eta".into(), "=1+1".into())],
        views: vec!["phase".into()],
        seed: u64::MAX,
        steps: 500,
        version: "0.1.0".into(),
        lang: Lang::Zh,
        ..Provenance::default()
    }
}

fn bytes(format: Format, figure: &Figure<'_>, page: &Page) -> Vec<u8> {
    let title = "Figure 图 <1> & \u{1}two";
    render(format, figure, page, 150.0, &provenance(), title).unwrap_or_else(|e| panic!("{}: {e}", figure.id))
}

/// The corners of every path of a drawing, in points.
fn paths(tree: &usvg::Tree) -> Vec<Vec<[f64; 2]>> {
    fn walk(group: &usvg::Group, out: &mut Vec<Vec<[f64; 2]>>) {
        for node in group.children() {
            match node {
                usvg::Node::Group(inner) => walk(inner, out),
                usvg::Node::Path(path) => {
                    let corners = path.data().points().iter();
                    out.push(corners.map(|p| [f64::from(p.x), f64::from(p.y)]).collect());
                }
                usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
    }
    let mut out = Vec::new();
    walk(tree.root(), &mut out);
    out
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

#[test]
fn svg_is_well_formed_exact_and_bounded() {
    for figure in gallery() {
        for width in [72.0, 89.0, 122.5, 183.0] {
            let text = String::from_utf8(bytes(Format::Svg, &figure, &Page::new(width))).unwrap();
            let document = usvg::roxmltree::Document::parse(&text).unwrap_or_else(|e| panic!("{}: {e}", figure.id));
            let root = document.root_element();
            assert_eq!(root.attribute("width"), Some(format!("{width}mm").as_str()));
            let box_width: f64 = root.attribute("viewBox").unwrap().split(' ').nth(2).unwrap().parse().unwrap();
            assert!((box_width - width * 72.0 / 25.4).abs() < 1e-5, "{}: {box_width}", figure.id);
            let ids: Vec<_> = document.descendants().filter_map(|n| n.attribute("id")).collect();
            let unique: std::collections::HashSet<_> = ids.iter().collect();
            assert_eq!(ids.len(), unique.len(), "{}", figure.id);
            for points in paths(&usvg::Tree::from_str(&text, &usvg::Options::default()).unwrap()) {
                assert!(points.iter().flatten().all(|v| v.abs() < 2000.0), "{}: {points:?}", figure.id);
            }
        }
    }
}

#[test]
fn panels_lie_on_the_sheet_and_in_line() {
    for figure in gallery() {
        let sheet = layout(&figure, &Page::new(183.0)).unwrap();
        for (k, placed) in sheet.panels.iter().enumerate() {
            let frame = placed.frame;
            assert!(frame.x > 0.0 && frame.right() < sheet.width && frame.y > 0.0 && frame.bottom() < sheet.height);
            let above = k.checked_sub(figure.columns).map(|k| sheet.panels[k].frame.x);
            assert!(above.is_none_or(|x| x == frame.x), "{} {k}", figure.id);
            for note in &placed.notes {
                assert!(frame.contains(note.at), "{}: a note left its box", figure.id);
            }
        }
    }
    let stacked = gallery().into_iter().find(|f| f.id == "stacked").unwrap();
    let sheet = layout(&stacked, &Page::new(89.0)).unwrap();
    let titles = |k: usize| sheet.panels[k].labels().filter(|l| l.text.plain().contains("time")).count();
    assert_eq!([titles(0), titles(1)], [0, 1], "only the lowest panel names the shared axis");
    let height = |k: usize| sheet.panels[k].frame.h;
    assert!((height(1) / height(0) - 0.3).abs() < 1e-9);
}

#[test]
fn a_page_keeps_its_height_and_refuses_what_cannot_fit() {
    let figure = &gallery()[9];
    let sheet = layout(figure, &Page { height_mm: Some(120.0), ..Page::new(183.0) }).unwrap();
    assert_eq!(sheet.height_mm, 120.0);
    assert!(layout(figure, &Page::new(100.0)).unwrap().height_mm <= Page::TALLEST + 0.01);
    for page in [
        Page::new(f64::NAN),
        Page::new(-1.0),
        Page::new(22.0),
        Page { height_mm: Some(20.0), ..Page::new(183.0) },
        Page { font_pt: 1000.0, ..Page::new(89.0) },
    ] {
        let error = layout(figure, &page).unwrap_err().to_string();
        assert!(error.contains("page does not fit"), "{error}");
    }
    assert!(layout(&Figure { panels: vec![], ..figure.clone() }, &Page::default()).is_err());
}

#[test]
fn legends_keep_off_the_data() {
    let (t, q) = wave(400);
    let noise: Vec<f64> = (0..400).map(|i| f64::from(i * 7919 % 401) / 200.0 - 1.0).collect();
    for (y, inside) in [(q, true), (noise, false)] {
        let mut all = panel("p", vec![line(t.clone(), y.clone(), "one"), line(t.clone(), y.clone(), "two")]);
        all.layers.push(points(t.clone(), y, Marker::Disc));
        let figure = figure("legend", vec![all], 1);
        let sheet = layout(&figure, &Page::new(120.0)).unwrap();
        let placed = &sheet.panels[0];
        let rect = placed.legend.as_ref().unwrap().rect;
        assert_eq!(rect.y > placed.frame.y, inside);
        let Layer::Line(line) = &figure.panels[0].layers[0] else { unreachable!() };
        for (x, y) in line.x.iter().zip(line.y.iter()) {
            let at = [placed.x.place(*x).unwrap(), placed.y.place(*y).unwrap()];
            assert!(!rect.contains(at), "the legend covers {at:?}");
        }
    }
}

#[test]
fn every_character_of_every_label_has_a_glyph() {
    let tricky = rich("$−0.5×10^{−16} θ_{n+1} ẋ ∇f ∈ ℝ → ∝ ⋆ ≤ ρ$ 临界阻尼动量（单位）");
    let printed = |label: &Rich| label.plain().chars().filter(|c| !fonts::covers(*c)).collect::<String>();
    assert_eq!(printed(&tricky), "");
    for figure in gallery() {
        for placed in layout(&figure, &Page::default()).unwrap().panels {
            let names = placed.legend.iter().flat_map(|l| &l.entries).map(|e| &e.name);
            let labels = placed.labels().map(|l| &l.text);
            for label in names.chain(labels) {
                assert_eq!(printed(label), "", "{}: {label:?}", figure.id);
            }
        }
    }
    assert!(!fonts::covers('\u{1F600}'));
}

/// Titles are bold wherever they stand, so the bold face has every hanzi that the sources speak with.
#[test]
fn every_hanzi_of_the_sources_is_bold_too() {
    let face = ttf_parser::Face::parse(fonts::CJK_BOLD, 0).unwrap();
    let (mut folders, mut seen) = (vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let text = std::fs::read_to_string(&entry).unwrap_or_default();
            for c in text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) {
                assert!(face.glyph_index(c).is_some(), "{c} of {}", entry.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn pdf_embeds_its_faces() {
    for figure in gallery() {
        let pdf = bytes(Format::Pdf, &figure, &Page::new(183.0));
        assert!(pdf.starts_with(b"%PDF-1.") && contains(&pdf, b"%%EOF"), "{}", figure.id);
        assert!(!contains(&pdf, b"/Type3") && !contains(&pdf, b"CreationDate"), "{}", figure.id);
        assert!(contains(&pdf, b"/FontFile2"), "{}", figure.id);
        let chinese = figure.panels.iter().any(|p| p.id == "all");
        assert_eq!(contains(&pdf, b"/FontFile3"), chinese, "{}", figure.id);
    }
}

#[test]
fn png_has_the_stated_size_and_resolution() {
    for (width, dpi, transparent) in [(89.0, 300.0, false), (183.0, 96.0, true), (65.0, 72.0, true)] {
        let page = Page { transparent, ..Page::new(width) };
        let png = render(Format::Png, &gallery()[1], &page, dpi, &provenance(), "t").unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info().unwrap();
        let info = reader.info();
        assert_eq!(f64::from(info.width), (width / 25.4 * dpi).round());
        let sheet = layout(&gallery()[1], &page).unwrap();
        assert!((f64::from(info.height) - sheet.height_mm / 25.4 * dpi).abs() <= 1.0);
        assert_eq!(info.pixel_dims.unwrap().xppu, (dpi / 0.0254).round() as u32);
        assert_eq!(info.color_type == png::ColorType::Rgba, transparent);
    }
    assert!(render(Format::Png, &gallery()[1], &Page::default(), f64::NAN, &provenance(), "").is_err());
}

#[test]
fn same_input_same_bytes() {
    for figure in gallery() {
        for format in Format::ALL {
            let page = Page::new(122.0);
            assert!(bytes(format, &figure, &page) == bytes(format, &figure, &page), "{} {format:?}", figure.id);
        }
    }
}

#[test]
fn provenance_comes_back_from_every_format() {
    for figure in gallery() {
        for format in Format::ALL {
            let back = Provenance::from_file(&bytes(format, &figure, &Page::default()));
            assert_eq!(back.unwrap_or_else(|e| panic!("{} {format:?}: {e}", figure.id)), provenance());
        }
    }
    for foreign in [&b""[..], b"<svg/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt", b"\0\xff\xfe", b"a,b\n"]
    {
        assert!(Provenance::from_file(foreign).unwrap_err().to_string().contains("carries no Impetus provenance"));
    }
    assert!(Provenance::from_file(b"# impetus-provenance: {\"seed\":-1}\n").is_err());
}
