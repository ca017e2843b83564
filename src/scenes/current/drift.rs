//! The drift as a field, and its two parts.

use nalgebra::Matrix2;

use super::plane;
use super::setting::{Case, Setting};
use crate::figure::{Figure, Ink, Layer, Panel, Rich, Streamlines, Text, Weight, rich};
use crate::param::show_number;
use crate::scenes::View;
use crate::scenes::models::landscape::Window;
use crate::text::{fill, t};

/// Nodes along each side of the grid that streamlines follow.
const NODES: usize = 41;
/// Room above a field for its numbers, as a share of its height.
const HEAD: f64 = 0.11;
/// Below this a number is what rounding leaves of zero.
const ZERO: f64 = 1e-9;

/// Divergence and curl of a linear field (1/s in equal units).
pub fn numbers(a: &Matrix2<f64>) -> [f64; 2] {
    [a.trace(), a[(1, 0)] - a[(0, 1)]]
}

/// The curl as it is told: in 1/s, or for position and velocity in the oscillator's own units of time,
/// √(m/k), in which it is −2.
pub fn curl(at: &Setting) -> Option<f64> {
    let [_, curl] = numbers(&at.drift()?);
    Some(match at.case {
        Case::Inertia => -2.0,
        _ if curl.abs() < ZERO => 0.0,
        _ => curl,
    })
}

/// The drift with its divergence and curl.
pub fn figure<'a>(at: &Setting, view: View) -> Option<Figure<'a>> {
    let a = at.drift()?;
    let mut panel = panel("drift", at, &a, Ink::Optimizer, view);
    panel.layers.extend(plane::ellipses(at, view.lang));
    let [div, curl] = numbers(&a).map(show_number);
    let text = match at.case {
        Case::Inertia => t(
            "Drift (v, −(kx + cv)/m) of position and velocity, with one and two standard deviations of the stationary state. Divergence {}, curl {} in these units; with time in units of √(m/k) the curl is −2 for every friction, none included.",
            "位置与速度的漂移 (v, −(kx + cv)/m)，附平稳态的一倍与两倍标准差椭圆。以此单位计散度 {}，旋度 {}；若时间以 √(m/k) 为单位，则无论摩擦多大（包括无摩擦）旋度恒为 −2。",
        ),
        _ => t(
            "Drift −Kx/c of the position, with one and two standard deviations of the stationary state. Divergence {} 1/s, curl {} 1/s.",
            "位置的漂移 −Kx/c，附平稳态的一倍与两倍标准差椭圆。散度 {} 1/s，旋度 {} 1/s。",
        ),
    };
    Some(Figure {
        id: "drift",
        title: rich(t("Drift field", "漂移场").get(view.lang)),
        columns: 1,
        caption: fill(text.get(view.lang), &[&div, &curl]),
        panels: vec![panel],
    })
}

/// The part that carries probability around, and the part that the noise balances.
///
/// `A = Q S⁻¹ − D S⁻¹` with the stationary covariance S; `Q S⁻¹ z` leaves the density as it is.
pub fn parts(at: &Setting) -> Option<[Matrix2<f64>; 2]> {
    let (a, loops) = (at.drift()?, at.continuous()?);
    let [x, y] = [loops.velocity([1.0, 0.0]), loops.velocity([0.0, 1.0])];
    let around = Matrix2::new(x[0], y[0], x[1], y[1]);
    Some([around, a - around])
}

/// Both parts side by side.
pub fn split<'a>(at: &Setting, view: View) -> Option<Figure<'a>> {
    at.drift()?;
    let panels = match parts(at) {
        Some([around, down]) => {
            vec![panel("around", at, &around, Ink::Spring, view), panel("down", at, &down, Ink::Controller, view)]
        }
        None => vec![plane::nothing("around", at, view)],
    };
    let text = match at.case {
        Case::Inertia => t(
            "Left: the reversible part (v, −kx/m), Hamiltonian motion without divergence; run backwards with v turned round it is itself. Right: the irreversible part (0, −cv/m), friction, which the noise of the bath balances exactly: the irreversible current is zero.",
            "左：可逆部分 (v, −kx/m)，即无散度的哈密顿运动；时间倒流并使 v 反号后它不变。右：不可逆部分 (0, −cv/m)，即摩擦，恰与热浴噪声平衡：不可逆概率流为零。",
        ),
        _ => t(
            "Left: the part QS⁻¹x that carries probability around in circles and leaves the density as it is; positions are even under time reversal, so this whole current is irreversible and has to vanish in equilibrium. Right: the part −DS⁻¹x = D∇ln p, which the noise balances exactly.",
            "左：携带概率绕圈而不改变密度的部分 QS⁻¹x；位置在时间反演下为偶，故这一概率流全是不可逆的，平衡时必须为零。右：部分 −DS⁻¹x = D∇ln p，恰与噪声平衡。",
        ),
    };
    Some(Figure {
        id: "split",
        title: rich(t("The two parts of the drift", "漂移的两个部分").get(view.lang)),
        columns: panels.len(),
        caption: text.get(view.lang).to_owned(),
        panels,
    })
}

/// Streamlines of a linear field under its numbers.
fn panel<'a>(id: &'static str, at: &Setting, a: &Matrix2<f64>, ink: Ink, view: View) -> Panel<'a> {
    let mut panel = plane::panel(id, at, view);
    // The numbers stand where a legend would; the caption says what the ellipses are.
    panel.legend = false;
    let window = at.window();
    if a.amax() > ZERO * at.drift().map_or(1.0, |a| a.amax()) {
        panel.layers.push(streamlines(a, window, ink));
    }
    let [div, curl] = numbers(a).map(|x| show_number(if x.abs() < ZERO { 0.0 } else { x }));
    let unit = if at.case == Case::Inertia { "" } else { " 1/s" };
    let words = fill(t("div = {}{},  curl = {}{}", "散度 {}{}，旋度 {}{}").get(view.lang), &[&div, unit, &curl, unit]);
    let [low, high] = window.y;
    let head = HEAD * (high - low);
    panel.layers.push(Layer::Text(Text {
        at: [0.5 * (window.x[0] + window.x[1]), high + 0.5 * head],
        text: Rich::from(words.as_str()),
        ink: Ink::Text,
    }));
    panel.y = panel.y.range(low, high + head);
    panel
}

fn streamlines<'a>(a: &Matrix2<f64>, window: Window, ink: Ink) -> Layer<'a> {
    let node = |r: [f64; 2], i: usize| r[0] + (r[1] - r[0]) * i as f64 / (NODES - 1) as f64;
    let places = || (0..NODES * NODES).map(|i| [node(window.x, i % NODES), node(window.y, i / NODES)]);
    let part = |row: usize| -> Vec<f64> { places().map(|[x, y]| a[(row, 0)] * x + a[(row, 1)] * y).collect() };
    Layer::Streamlines(Streamlines {
        x: window.x,
        y: window.y,
        nx: NODES,
        u: part(0).into(),
        v: part(1).into(),
        density: 10.0,
        name: None,
        ink,
        weight: Weight::Thin,
    })
}
