//! The plane of complex curvatures, and where a method converges in it.

use super::{DIRAC, EXTRAGRADIENT, OPTIMISTIC, pages, play};
use crate::core::Probe;
use crate::core::fields::BilinearGame;
use crate::core::methods::GameMomentum;
use crate::figure::{Contours, Dash, Handle, Ink, Layer, Marker, Panel, Region, Weight, rich};
use crate::scenes::exhibit::draw::{axis, line, panel, points, upright};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::{Run, Seen};
use crate::text::{fill, t};
use crate::theory::games::ellipse_is_stable;
use crate::theory::matrix::Complex;

/// Nodes along each side of the grid on which borders are sought.
const NODES: usize = 61;
/// Short runs along each side, and their iterations.
const RUNS: usize = 8;
const SHORT: u64 = 150;
/// The part of the plane that is shown: real and imaginary.
const SHOWN: [[f64; 2]; 2] = [[-0.4, 4.0], [-2.0, 2.0]];

/// The border of the stable ellipse of simultaneous heavy ball: centre 1 + β, semi-axes 1 + β and 1 − β.
fn border(beta: f64) -> [Vec<f64>; 2] {
    let turn = |i: u32| std::f64::consts::TAU * f64::from(i) / 96.0;
    let point = |i: u32| [(1.0 + beta) * (1.0 + turn(i).cos()), (1.0 - beta) * turn(i).sin()];
    [0, 1].map(|k| (0..=96).map(|i| point(i)[k]).collect())
}

/// The place of node `i` of `nodes` along a side.
fn node([low, high]: [f64; 2], i: usize, nodes: usize) -> f64 {
    low + (high - low) * i as f64 / (nodes - 1) as f64
}

/// Where the modulus of a lane is 1.
fn neutral<'a>(seen: &Seen<'a>, i: usize) -> Option<Layer<'a>> {
    let found = &seen.lane(i)?.lane;
    let [x, y] = SHOWN;
    let values = seen.run.derived.column(("modulus over q", i, 0), || {
        let at = |k: usize| Complex::new(node(x, k % NODES, NODES), node(y, k / NODES, NODES));
        (0..NODES * NODES).map(|k| play::modulus(i, at(k), 0.0)).collect()
    });
    Some(Layer::Contours(Contours {
        x,
        y,
        nx: NODES,
        values: values.into(),
        levels: vec![1.0],
        labels: false,
        name: Some(rich(seen.say(found.name))),
        ink: found.ink,
        dash: if i == OPTIMISTIC { Dash::Dashed } else { Dash::Solid },
        weight: Weight::Normal,
    }))
}

/// Whether simultaneous heavy ball ends nearer to the solution than it began, in a short run on q.
fn settles(q: Complex<f64>, beta: f64, run: &Run) -> bool {
    let (field, method) = (BilinearGame::regularised(q.re, q.im), GameMomentum::simultaneous(1.0, beta));
    let mut one = lane(t("", ""), Ink::Text, std::sync::Arc::new(field), method, [&[1.0, 0.0], &[]]);
    one.probes = vec![Probe::Position(0), Probe::Position(1)];
    let mut short = Run::brief(together(vec![one], 1.0), &run.values, run.seed, SHORT, &mut Vec::new());
    short.compute(SHORT);
    short.lanes.first().and_then(play::measured).is_some_and(|rho| rho < 1.0)
}

/// Short runs over the plane: those that converge as discs, the others as crosses.
fn marks<'a>(seen: &Seen<'a>) -> Vec<Layer<'a>> {
    let beta = seen.get("beta");
    let at = |k: usize| [0, 1].map(|i| node([SHOWN[i][0] + 0.2, SHOWN[i][1] - 0.2], [k % RUNS, k / RUNS][i], RUNS));
    let verdicts = seen.run.derived.column(("short runs over q", RUNS, SHORT), || {
        let one = |k: usize| settles(Complex::new(at(k)[0], at(k)[1]), beta, seen.run);
        (0..RUNS * RUNS).map(|k| f64::from(u8::from(one(k)))).collect()
    });
    let side = |wanted: f64, marker: Marker| {
        let own: Vec<[f64; 2]> = (0..RUNS * RUNS).filter(|k| verdicts.get(*k) == Some(&wanted)).map(at).collect();
        points(
            own.iter().map(|p| p[0]).collect::<Vec<_>>(),
            own.iter().map(|p| p[1]).collect::<Vec<_>>(),
            None,
            Ink::Muted,
            marker,
        )
    };
    vec![side(1.0, Marker::Disc), side(0.0, Marker::Cross)]
}

/// The stable region of simultaneous heavy ball in the plane of q, with the game as a dot.
pub fn ellipse<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = &seen.run.values;
    let [beta, eta] = ["beta", "eta"].map(|id| values.get(id));
    let name = |beta: f64| fill(seen.say(t("β = {}", "β = {}")), &[&format!("{beta:.2}")]);
    let x = axis(seen, t("real part of $q$: $ημ$", "$q$ 的实部 $ημ$"), "").range(SHOWN[0][0], SHOWN[0][1]);
    let y = axis(seen, t("imaginary part of $q$: $ηa$", "$q$ 的虚部 $ηa$"), "").range(SHOWN[1][0], SHOWN[1][1]);
    let mut panel = panel("ellipse", x, y);
    let [re, im] = border(beta);
    let fill_name = Some(rich(&name(beta)));
    panel.layers.push(Layer::Region(Region {
        x: re.clone().into(),
        y: im.clone().into(),
        name: fill_name,
        ink: Ink::Spring,
        hatch: None,
    }));
    panel.layers.push(line(re, im, None, Ink::Spring, Dash::Solid));
    let [re, im] = border(0.0);
    panel.layers.push(line(re, im, Some(&name(0.0)), Ink::Text, Dash::Dotted));
    panel.layers.extend([EXTRAGRADIENT, OPTIMISTIC].into_iter().filter_map(|i| neutral(seen, i)));
    panel.layers.extend(marks(seen));
    panel.layers.push(upright(0.0, Ink::Faint, Dash::Solid));
    let q = play::curvature(values) * eta;
    let ink = if ellipse_is_stable(q, beta) { Ink::Text } else { Ink::Danger };
    let at = [q.re.clamp(SHOWN[0][0], SHOWN[0][1]), q.im.clamp(SHOWN[1][0], SHOWN[1][1])];
    if values.index("game") == DIRAC {
        panel.layers.push(points(vec![at[0]], vec![at[1]], None, ink, Marker::Diamond));
    } else {
        let what = seen.say(t("curvature of this game", "当前博弈的曲率")).to_owned();
        panel.handles.push(Handle { id: pages::DOT.into(), at, ink, label: rich("$q$"), name: what });
    }
    vec![panel]
}
