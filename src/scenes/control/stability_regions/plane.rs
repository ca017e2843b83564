//! The plane of complex ηλ: borders by theory, membership by runs.

use std::f64::consts::TAU;

use nalgebra::Complex;

use super::methods::Method;
use crate::figure::{Axis, Dash, Handle, Ink, Layer, Marker, Panel, Points, Region, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{DASHES, axis, line, panel, thin};
use crate::text::t;

const RE: [f64; 2] = [-1.0, 4.6];
const IM: [f64; 2] = [-3.2, 3.2];
/// Curvatures tried along each axis; those below the real axis mirror those above.
const COLUMNS: usize = 18;
const ROWS: usize = 12;
/// Points of a border.
const BORDER: usize = 361;

const IDS: [&str; 5] = ["descent", "heavy-ball", "nesterov", "adam", "runge-kutta"];

/// The curvatures tried.
pub fn grid() -> Vec<Complex<f64>> {
    let at = |[low, high]: [f64; 2], i: usize, n: usize| low + (high - low) * (i as f64 + 0.5) / n as f64;
    let half = |i: usize| Complex::new(at(RE, i % COLUMNS, COLUMNS), 0.02 + at([0.0, IM[1]], i / COLUMNS, ROWS));
    (0..COLUMNS * ROWS).map(half).collect()
}

/// Whether a run of the method shrinks, 1 or 0, for every curvature of the grid.
pub fn tried<'a>(seen: &Seen<'a>, method: Method) -> &'a [f64] {
    let beta = seen.get("beta");
    let key = ("runs over the plane", method as usize, beta.to_bits());
    seen.run.derived.column(key, || grid().into_iter().map(|q| f64::from(u8::from(method.shrinks(q, beta)))).collect())
}

/// The border of a method's region.
fn border(method: Method, beta: f64) -> [Vec<f64>; 2] {
    let at = (0..BORDER).map(|k| method.border(beta, TAU * k as f64 / (BORDER - 1) as f64));
    let own = |q: &Complex<f64>| q.is_finite() && method.radius(*q, beta) < 1.0 + 1e-6;
    let all: Vec<Complex<f64>> = at.filter(own).collect();
    [all.iter().map(|q| q.re).collect(), all.iter().map(|q| q.im).collect()]
}

fn empty<'a>(id: &'static str, seen: &Seen<'_>, name: &str) -> Panel<'a> {
    let x = Axis::new(rich(&format!("Re $ηλ${name}")), "").range(RE[0], RE[1]);
    panel(id, x, axis(seen, t("Im $ηλ$", "Im $ηλ$"), "").range(IM[0], IM[1]))
}

/// Marks where runs shrink and where they grow, for both signs of the imaginary part.
fn marks<'a>(seen: &Seen<'a>, method: Method) -> [Layer<'a>; 2] {
    let found = tried(seen, method);
    [(1.0, method.ink(), Marker::Disc, 0.6), (0.0, Ink::Faint, Marker::Cross, 0.55)].map(
        |(which, ink, marker, size)| {
            let all = grid().into_iter().zip(found).filter(|(_, f)| **f == which).map(|(q, _)| q);
            let both: Vec<Complex<f64>> = all.flat_map(|q| [q, q.conj()]).collect();
            let (x, y): (Vec<f64>, Vec<f64>) = both.iter().map(|q| (q.re, q.im)).unzip();
            Layer::Points(Points { x: x.into(), y: y.into(), name: None, ink, marker, size })
        },
    )
}

/// One panel per method.
pub fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let one = |(k, method): (usize, Method)| {
        let [x, y] = border(method, seen.get("beta"));
        let name = format!("{}{}", seen.say(t(": ", "：")), seen.say(method.name()));
        let mut panel = empty(IDS[k % IDS.len()], seen, &name);
        let (rx, ry, ink) = (x.clone(), y.clone(), method.ink());
        panel.layers.push(Layer::Region(Region { x: rx.into(), y: ry.into(), name: None, ink, hatch: None }));
        panel.layers.extend(marks(seen, method));
        panel.layers.push(thin(x, y, ink, Dash::Solid));
        panel
    };
    Method::ALL.into_iter().enumerate().map(one).collect()
}

/// All borders with the reader's own point.
pub fn borders<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let mut all = empty("all", seen, "");
    for (k, method) in Method::ALL.into_iter().enumerate() {
        let [x, y] = border(method, seen.get("beta"));
        all.layers.push(line(x, y, Some(seen.say(method.name())), method.ink(), DASHES[k % DASHES.len()]));
    }
    all.handles.push(Handle {
        id: "qr,qi".into(),
        at: [seen.get("qr"), seen.get("qi")],
        ink: Ink::Text,
        label: rich("$ηλ$"),
        name: seen.say(t("your curvature", "自选曲率")).to_owned(),
    });
    all
}
