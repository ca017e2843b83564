//! Figures for LaTeX: what the file says always, and that it compiles where LaTeX is installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use impetus::export::{Format, Page, Provenance, layout, render};
use impetus::figure::{
    Arrows, Axis, Band, Bars, Callout, Colormap, Contours, Dash, ErrorBars, Figure, Handle, Hatch, HeatMap, Histogram,
    Ink, Inset, Layer, Line, Marker, Medium, Panel, Points, Region, Rule, Text, Weight, rich,
};

/// A name that TeX would choke on, were it not escaped.
const HOSTILE: &str = r#"#$%&_{}~^\ "<|>`"#;

fn line(x: Vec<f64>, y: Vec<f64>, name: &str, dash: Dash, marker: Option<Marker>) -> Layer<'static> {
    let name = (!name.is_empty()).then(|| rich(name));
    Layer::Line(Line { x: x.into(), y: y.into(), name, ink: Ink::Optimizer, dash, weight: Weight::Normal, marker })
}

fn points(x: Vec<f64>, y: Vec<f64>, marker: Marker) -> Layer<'static> {
    Layer::Points(Points { x: x.into(), y: y.into(), name: Some(rich("run")), ink: Ink::Spring, marker, size: 1.0 })
}

fn panel(id: &'static str, x: &str, y: &str, layers: Vec<Layer<'static>>) -> Panel<'static> {
    Panel { layers, ..Panel::new(id, Axis::new(rich(x), "s"), Axis::new(rich(y), "")) }
}

fn figure(id: &'static str, panels: Vec<Panel<'static>>, columns: usize) -> Figure<'static> {
    Figure { id, title: rich("title"), panels, columns, caption: "Draft of 100 % caption, λ ≤ 1.".into() }
}

/// A dependable cloud.
fn noise(n: usize, seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / 2f64.powi(31)
    };
    (0..n).map(|_| (0..6).map(|_| draw()).sum::<f64>() - 3.0).collect()
}

fn wave(n: usize, rate: f64) -> (Vec<f64>, Vec<f64>) {
    let t: Vec<f64> = (0..n).map(|i| i as f64 * 20.0 / (n - 1) as f64).collect();
    let q = t.iter().map(|t| (-0.1 * t).exp() * (rate * t).cos()).collect();
    (t, q)
}

fn field(nx: usize, ny: usize) -> Vec<f64> {
    let at = |k: usize, n: usize| 4.0 * k as f64 / (n - 1) as f64 - 2.0;
    (0..nx * ny).map(|k| (at(k % nx, nx).sin() * at(k / nx, ny).cos()).powi(2) + 0.1 * at(k % nx, nx)).collect()
}

/// Curves, bands, areas, bars, intervals, words and an inset.
fn curves() -> Figure<'static> {
    let (t, q) = wave(400, 2.0);
    let shifted = |d: f64| q.iter().map(|q| q + d).collect::<Vec<_>>();
    let name = |n: &str| Some(rich(n));
    let gaps = q.iter().enumerate().map(|(i, q)| if i % 90 < 10 { f64::NAN } else { 0.5 * q }).collect();
    let mut first = panel(
        "decay",
        "time $t$",
        "position $q_1$",
        vec![
            Layer::Region(Region {
                x: vec![12.0, 20.0, 20.0, 12.0].into(),
                y: vec![-1.0, -1.0, -0.4, -0.4].into(),
                name: name("settled"),
                ink: Ink::Controller,
                hatch: Some(Hatch::Rising),
            }),
            Layer::Band(Band {
                x: t.clone().into(),
                low: shifted(-0.1).into(),
                high: shifted(0.1).into(),
                name: name("90 %"),
                ink: Ink::Optimizer,
                hatch: None,
            }),
            Layer::Rule(Rule::Y(0.0, Ink::Muted, Dash::Dotted)),
            line(t.clone(), q.clone(), "$ζ = 0.1$", Dash::Solid, None),
            line(t.clone(), gaps, "$ζ = 0.05$", Dash::Dashed, Some(Marker::Square)),
            Layer::Text(Text { at: [5.0, -0.8], text: rich("$\\frac{c}{2√{mk}} ≈ 0.1$"), ink: Ink::Spring }),
            Layer::Callout(Callout { at: [3.1, 0.72], text: rich("second peak"), ink: Ink::Text }),
        ],
    );
    first.handles.push(Handle {
        id: "h".into(),
        at: [10.0, 0.2],
        ink: Ink::Optimizer,
        label: rich("$λ_1$"),
        name: "mode".into(),
    });
    let zoom = panel("zoom", "$t$", "$q$", vec![line(t.clone(), q.clone(), "", Dash::Solid, None)]);
    first.insets.push(Inset { panel: zoom, place: None });
    let bars = panel(
        "bars",
        "time $t$",
        "count",
        vec![
            Layer::Bars(Bars {
                x: vec![1.0, 2.0, 3.0].into(),
                height: vec![3.0, 5.0, 2.0].into(),
                width: 0.6,
                name: name("bars"),
                ink: Ink::Amber,
                hatch: Some(Hatch::Cross),
            }),
            Layer::Histogram(Histogram {
                edges: vec![4.0, 5.0, 6.0, 7.0].into(),
                height: vec![2.0, 6.0, 1.0].into(),
                name: name("bins"),
                ink: Ink::Sampler,
                hatch: Some(Hatch::Dots),
            }),
            Layer::ErrorBars(ErrorBars {
                x: vec![1.0, 2.0, 3.0].into(),
                y: vec![3.0, 5.0, 2.0].into(),
                low: vec![2.5, 4.0, 1.8].into(),
                high: vec![3.5, 5.5, 2.4].into(),
                along_x: false,
                marker: Some(Marker::Disc),
                name: name("mean"),
                ink: Ink::Text,
                weight: Weight::Normal,
            }),
        ],
    );
    figure("curves", vec![first, bars], 2)
}

/// Logarithmic, symmetric logarithmic and far-off axes.
fn axes() -> Figure<'static> {
    let x: Vec<f64> = (0..=60).map(f64::from).collect();
    let decay = x.iter().map(|x| 10f64.powf(-x / 10.0)).collect();
    let cubic = x.iter().map(|x| (x - 30.0).powi(3)).collect();
    let far = x.iter().map(|x| 1e6 + 0.01 * x).collect();
    let tiny = x.iter().map(|x| 1e-290 * x).collect();
    let curve = |y: Vec<f64>| vec![line(x.clone(), y, "", Dash::Solid, None), points(vec![], vec![], Marker::Disc)];
    let mut all = vec![
        panel("log", "iteration $n$", "loss $f$", curve(decay)),
        panel("symlog", "iteration $n$", "force $F$", curve(cubic)),
        panel("far", "iteration $n$", "clock $t$", curve(far)),
        panel("tiny", "iteration $n$", "energy $E$", curve(tiny)),
    ];
    all[0].y = all[0].y.clone().log();
    all[1].y = all[1].y.clone().symlog(10.0);
    figure("axes", all, 2)
}

/// A map with a bar and contours, a logarithmic map, and far more data than TeX can hold.
fn dense() -> Figure<'static> {
    let map = |x: [f64; 2], y: [f64; 2]| HeatMap {
        x,
        y,
        nx: 100,
        values: field(100, 80).into_iter().enumerate().map(|(k, v)| if k < 5 { f64::NAN } else { v }).collect(),
        range: [-0.2, 1.2],
        map: Colormap::Viridis,
        label: rich("energy $E$ (J)"),
    };
    let contours = Contours {
        x: [-2.0, 2.0],
        y: [-2.0, 2.0],
        nx: 40,
        values: field(40, 30).into(),
        levels: vec![0.2, 0.5, 0.8],
        labels: true,
        name: None,
        ink: Ink::Ground,
        dash: Dash::Solid,
        weight: Weight::Thin,
    };
    let grid: Vec<f64> = (0..5).flat_map(|_| [-1.6, -0.8, 0.0, 0.8, 1.6]).collect();
    let rows: Vec<f64> = (0..25).map(|k| [-1.6, -0.8, 0.0, 0.8, 1.6][k / 5]).collect();
    let arrows = Arrows {
        u: rows.iter().map(|y| -0.3 * y).collect(),
        v: grid.iter().map(|x| 0.3 * x).collect(),
        x: grid.into(),
        y: rows.into(),
        name: None,
        ink: Ink::Text,
        weight: Weight::Thin,
    };
    let (t, q) = wave(40_000, 200.0);
    let mut all = vec![
        panel(
            "map",
            "$x$",
            "$y$",
            vec![Layer::HeatMap(map([-2.0, 2.0], [-2.0, 2.0])), Layer::Contours(contours), Layer::Arrows(arrows)],
        ),
        panel("log", "step $h$", "$y$", vec![Layer::HeatMap(map([0.01, 10.0], [-2.0, 2.0]))]),
        panel("ringing", "time $t$", "$q$", vec![line(t, q, "", Dash::Solid, None)]),
        panel("cloud", "$q$", "$v$", vec![points(noise(40_000, 1), noise(40_000, 2), Marker::Disc)]),
    ];
    all[1].x = all[1].x.clone().log();
    figure("dense", all, 2)
}

/// Labels in two scripts, some of them dangerous.
fn hostile() -> Figure<'static> {
    let mut one = panel("危", "时间", "位移", vec![line(vec![0.0, 1.0], vec![0.0, 1.0], "", Dash::Solid, None)]);
    for (k, name) in [HOSTILE, "[中文] 😀", "a--b ?` !` ,,"].into_iter().enumerate() {
        let marker = Marker::Triangle;
        let mut layer = points(vec![0.1 * k as f64], vec![0.9], marker);
        if let Layer::Points(p) = &mut layer {
            p.name = Some(name.into());
        }
        one.layers.push(layer);
    }
    one.x.label = HOSTILE.into();
    one.y.label = "[位移] \\end{axis} }".into();
    figure("hostile", vec![one], 1)
}

fn gallery() -> [Figure<'static>; 4] {
    [curves(), axes(), dense(), hostile()]
}

fn provenance() -> Provenance {
    Provenance { scene: "one-machine".into(), lens: "50 %\n{".into(), ..Provenance::default() }
}

fn written(figure: &Figure<'_>, page: &Page) -> String {
    let bytes = render(Format::Pgf, figure, page, 300.0, &provenance(), "100 %\n\\end").unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The file without comments.
fn code(text: &str) -> String {
    let keep = |line: &str| match line.match_indices('%').find(|(k, _)| *k == 0 || line.as_bytes()[k - 1] != b'\\') {
        Some((at, _)) => line[..at].to_owned(),
        None => line.to_owned(),
    };
    text.lines().map(keep).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_opened_is_closed_and_every_number_is_one() {
    for figure in gallery() {
        for width in [89.0, 183.0] {
            let text = written(&figure, &Page::new(width));
            let code = code(&text);
            let plain = code.replace("\\\\", "").replace("\\{", "").replace("\\}", "");
            let depth = plain.chars().try_fold(0_i32, |depth, c| match c {
                '{' => Some(depth + 1),
                '}' => (depth > 0).then_some(depth - 1),
                _ => Some(depth),
            });
            assert_eq!(depth, Some(0), "{}: braces", figure.id);
            for name in ["axis", "tikzpicture"] {
                let count = |what: &str| code.matches(&format!("\\{what}{{{name}}}")).count();
                assert_eq!(count("begin"), count("end"), "{}: {name}", figure.id);
            }
            let axes = figure.panels.len() + figure.panels.iter().map(|p| p.insets.len()).sum::<usize>();
            let drawn = code.matches("\\begin{axis}").count();
            // A narrow panel has no room for its inset.
            assert!(drawn == axes || width < 100.0 && drawn == figure.panels.len(), "{}: one axis a panel", figure.id);
            assert_eq!(code.matches("\\begingroup").count(), 1);
            // Only blank cells of maps and gaps between pieces may be no number.
            let numbers = code.replace("[nan]", "").replace("(nan,nan)", "").to_lowercase();
            assert!(!numbers.contains("nan"), "{}: NaN", figure.id);
            assert!(!code.contains("inf") || code.contains("\\infty"), "{}: infinity", figure.id);
            let first = text.lines().position(|l| l.starts_with("\\begingroup")).unwrap();
            assert!(text.lines().take(first).all(|l| l.starts_with('%')), "the head is comments");
            assert_eq!(text.lines().filter(|l| l.starts_with("% impetus-provenance: {")).count(), 1);
        }
    }
}

#[test]
fn text_cannot_act() {
    let text = written(&hostile(), &Page::default());
    assert!(
        text.contains(r"\#\$\%\&\_\{\}\textasciitilde{}\textasciicircum{}\textbackslash{} ''$<|>$\textasciigrave{}")
    );
    assert!(text.contains(r"\textbackslash{}end\{axis\}"));
    assert!(text.contains("[中文] 😀"), "Chinese passes through");
    assert!(text.contains("\\usepackage{ctex}"), "the head says what Chinese needs");
    assert!(!written(&axes(), &Page::default()).contains("ctex"), "English needs nothing more");
}

#[test]
fn coordinates_are_the_data() {
    let (x, y) = (vec![0.0, 1.0, 2.0, 3.0], vec![0.125, 20.0, -3.5, 1e-3]);
    let plot = figure("data", vec![panel("p", "$x$", "$y$", vec![points(x.clone(), y.clone(), Marker::Disc)])], 1);
    let page = Page::new(89.0);
    let placed = &layout(&plot, &page).unwrap().panels[0];
    let text = written(&plot, &page);
    let list = text.split("coordinates {\n").nth(1).unwrap().split("};").next().unwrap();
    let numbers: Vec<f64> = list.split(['(', ',', ')']).filter_map(|v| v.trim().parse().ok()).collect();
    for (k, (x, y)) in x.iter().zip(&y).enumerate() {
        for (value, got, ruler) in [(x, numbers[2 * k], &placed.x), (y, numbers[2 * k + 1], &placed.y)] {
            let moved = (ruler.place(*value).unwrap() - ruler.place(got).unwrap()).abs();
            assert!(moved <= 0.0051, "{value} is {got}, {moved} pt away");
        }
    }
    assert!(list.len() < 80, "no more digits than print can show: {list}");
}

#[test]
fn files_stay_small_enough_for_tex() {
    let text = written(&dense(), &Page::new(183.0));
    let pairs = text.matches("(").count();
    assert!((8_000..18_000).contains(&pairs), "{pairs} coordinates");
    assert!(text.contains("% one of every "), "markers left out are owned up to");
    assert!(text.contains("% means of 100 by 80 cells"), "and so are cells");
}

/// The engine's log and how long it took, or `None` where it is not installed.
fn compiled(engine: &str, preamble: &str, text: &str, folder: &Path) -> Option<String> {
    std::fs::write(folder.join("figure.pgf"), text).unwrap();
    let document = format!(
        "\\documentclass{{article}}\n\\usepackage{{amsmath}}\n\\usepackage{{pgfplots}}\n\\pgfplotsset{{compat=1.18}}\n\
         \\usetikzlibrary{{patterns.meta}}\n{preamble}\n\\begin{{document}}\\pagestyle{{empty}}\n\
         \\setbox0\\hbox{{\\input{{figure.pgf}}}}\\typeout{{SIZE \\the\\wd0 \\space\\the\\ht0 \\space\\the\\dp0}}\n\
         \\noindent\\box0\n\\end{{document}}\n"
    );
    std::fs::write(folder.join("main.tex"), document).unwrap();
    let mut command = Command::new(engine);
    command.args(["-interaction=nonstopmode", "main.tex"]).current_dir(folder);
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null()).status().ok()?;
    // TeX breaks the lines of its log wherever they are full.
    let log = String::from_utf8_lossy(&std::fs::read(folder.join("main.log")).unwrap()).into_owned();
    assert!(status.success(), "{engine}: {}", log.lines().filter(|l| l.starts_with('!')).collect::<String>());
    Some(log)
}

/// A folder to keep the results in, where one is asked for.
fn kept(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("IMPETUS_KEEP")?).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    Some(folder)
}

#[test]
fn the_files_compile_where_latex_is_installed() {
    for figure in gallery() {
        let chinese = figure.id == "hostile";
        let (engine, preamble) = if chinese { ("xelatex", "\\usepackage{ctex}") } else { ("pdflatex", "") };
        let dark = Page { medium: Medium::Dark, ..Page::new(89.0) };
        let pages = [Page::new(183.0), dark];
        for (k, page) in pages.iter().enumerate().filter(|(k, _)| *k == 0 || figure.id == "curves") {
            let folder = tempfile::tempdir().unwrap();
            let kept = kept(&format!("{}-{k}", figure.id));
            let folder = kept.as_deref().unwrap_or(folder.path());
            let preamble = format!(
                "{preamble}\\usepackage[paperwidth={}mm,paperheight=300mm,margin=0pt]{{geometry}}",
                page.width_mm
            );
            let Some(log) = compiled(engine, &preamble, &written(&figure, page), folder) else { return };
            for bad in ["\n! ", "Overfull", "Undefined", "undefined", "Size substitutions"] {
                assert!(
                    !log.contains(bad),
                    "{}: {bad}: {}",
                    figure.id,
                    log.split(bad).nth(1).unwrap().chars().take(200).collect::<String>()
                );
            }
            let sheet = layout(&figure, page).unwrap();
            let size = log.split("SIZE ").nth(1).unwrap();
            let points: Vec<f64> = size.split("pt").take(3).map(|v| v.trim().parse().unwrap()).collect();
            let want = [sheet.width, sheet.height, 0.0].map(|v| v * 72.27 / 72.0);
            for (got, want) in points.iter().zip(want) {
                assert!((got - want).abs() < 0.02, "{}: {points:?} is not {want:?}", figure.id);
            }
        }
    }
}
