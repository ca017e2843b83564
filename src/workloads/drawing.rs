//! Figures to files, and a start of the program.

use std::process::{Command, Stdio};
use std::time::Instant;

use super::measure::{Meter, Spent, Variant};
use super::spec::{Size, uniform};
use crate::export::{Format, Page, Provenance, render};
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Line, Panel, Pyramid, Weight, rich};

/// Points of each of the four curves of W8SVG.
const CURVE: usize = 10_000;

/// Points of the one curve of W8PNG and W8DEC.
const LONG: usize = 1_000_000;

/// Columns of pixels the long curve is thinned to.
const COLUMNS: usize = 1920;

fn line<'a>(id: &'static str, y: &'a [f64]) -> Panel<'a> {
    let x: Vec<f64> = (0..y.len()).map(|i| i as f64).collect();
    let mut panel = Panel::new(id, Axis::new(rich("index"), ""), Axis::new(rich("value"), ""));
    panel.layers.push(Layer::Line(Line {
        x: x.into(),
        y: y.into(),
        name: None,
        ink: Ink::Optimizer,
        dash: Dash::Solid,
        weight: Weight::Normal,
        marker: None,
    }));
    panel
}

fn export(meter: &mut Meter<'_>, units: usize, panels: Vec<Panel<'_>>, format: Format, page: &Page, dpi: f64) {
    let columns = if panels.len() > 1 { 2 } else { 1 };
    let figure = Figure { id: "bench", title: rich("bench"), panels, columns, caption: String::new() };
    let variant = Variant { who: "", units: units as f64, key: "x".into() };
    meter.repeat(variant, || {
        let (spent, file) = Spent::on(|| render(format, &figure, page, dpi, &Provenance::default(), "bench"));
        (spent, vec![("bytes", file.map_or(0.0, |file| file.len() as f64))])
    });
}

/// W8SVG: four panels of 10⁴ points each as SVG.
pub(super) fn w8_svg(meter: &mut Meter<'_>, _: Size) {
    let curve = |k: usize| -> Vec<f64> {
        let y = |i: usize| libm::sin(i as f64 * 0.01 * (k + 1) as f64) + 0.1 * uniform(800 + k as u64, i);
        (0..CURVE).map(y).collect()
    };
    let curves = [0, 1, 2, 3].map(curve);
    let panels = ["a", "b", "c", "d"].into_iter().zip(&curves).map(|(id, y)| line(id, y)).collect();
    export(meter, 4 * CURVE, panels, Format::Svg, &Page::new(183.0), 300.0);
}

fn long_curve() -> Vec<f64> {
    (0..LONG).map(|i| libm::sin(i as f64 * 1e-4) + 0.3 * (uniform(810, i) - 0.5)).collect()
}

/// W8PNG: one line of 10⁶ points, 1920 pixels wide.
pub(super) fn w8_png(meter: &mut Meter<'_>, _: Size) {
    let y = long_curve();
    let page = Page::new(183.0);
    let dpi = COLUMNS as f64 / (page.width_mm / 25.4);
    export(meter, LONG, vec![line("a", &y)], Format::Png, &page, dpi);
}

/// W8DEC: the least and the greatest of every column of pixels of 10⁶ points, the pyramid of a curve seen
/// for the first time included; once it is there, another window of the same curve costs next to nothing.
pub(super) fn w8_decimation(meter: &mut Meter<'_>, _: Size) {
    let y = long_curve();
    let ranges = |pyramid: &Pyramid| -> f64 {
        let column = |k: usize| pyramid.within(&y, k * LONG / COLUMNS..(k + 1) * LONG / COLUMNS);
        (0..COLUMNS).map(column).map(|[least, greatest]| y[greatest] - y[least]).sum()
    };
    let variant = |who| Variant { who, units: LONG as f64, key: "x".into() };
    meter.repeat(variant("first_look"), || {
        let (spent, sum) = Spent::on(|| ranges(&Pyramid::new(&y)));
        (spent, vec![("sum", sum)])
    });
    let pyramid = Pyramid::new(&y);
    meter.repeat(variant("next_look"), || {
        let (spent, sum) = Spent::on(|| ranges(&pyramid));
        (spent, vec![("sum", sum)])
    });
}

/// W8: from nothing to the first read-outs of a run, in a process of its own.
pub(super) fn w8(meter: &mut Meter<'_>, _: Size) {
    let Ok(program) = std::env::current_exe() else { return };
    let variant = Variant { who: "readouts", units: 1.0, key: "x".into() };
    meter.repeat(variant, || {
        let begin = Instant::now();
        let ran = Command::new(&program).args(["run", "one-machine"]).stdout(Stdio::null()).status();
        let spent = Spent::elsewhere(begin.elapsed().as_secs_f64());
        (spent, vec![("ok", f64::from(u8::from(ran.is_ok_and(|status| status.success()))))])
    });
}
