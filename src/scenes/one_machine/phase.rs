//! The phase portrait of the chosen mode.

use nalgebra::Complex;

use super::cloud::gaussian;
use super::series::{FAR, pace, stretch};
use super::{handles, problem, twin};
use crate::core::Probe;
use crate::figure::{Arrows, Axis, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Weight, rich};
use crate::scenes::models::clock::brushed;
use crate::scenes::models::density::{self, Side};
use crate::scenes::models::landscape::Window;
use crate::scenes::models::phase::{FixedPoint, Motion, field, fixed_points, heads, nullclines};
use crate::scenes::models::reach::Reach;
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Lang, fill, t};
use crate::theory::heavy_ball;
use crate::theory::oscillator::Exponents;

/// The phase portrait: position against displacement per step (or its rate, in seconds).
pub fn figure<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let (label, unit, scale) = pace(run, view);
    let position = format!("{} $q_{}$", t("position", "位置").get(view.lang), view.mode + 1);
    let mut panel = Panel::new("phase", Axis::new(rich(&position), "a.u."), Axis::new(rich(&label), unit));
    let lanes = || run.lanes.iter().rev().filter(|l| l.lane.present.get(view.mode) == Some(&true));
    let orbits: Vec<Orbit<'a>> = lanes().map(|lane| Orbit::new(lane, run, view, scale)).collect();
    let key = (key(view), scale.to_bits());
    // The cloud takes its room only where it is shown.
    let name = if view.lens == Lens::Sampler { "cloud window" } else { "phase window" };
    let both = run.derived.column((name, key.0, key.1), || frame(&orbits, run, view, scale).concat());
    let [x, y] = [0, 2].map(|k| both.get(k..k + 2).map_or([-1.0, 1.0], |ends| [ends[0], ends[1]]));
    let window = Window { x, y };
    panel.x = panel.x.range(window.x[0], window.x[1]);
    panel.y = panel.y.range(window.y[0], window.y[1]);
    let mut lines = Vec::new();
    if let Some((rate, point)) = linear(run, view, scale) {
        panel.layers.push(field(&rate, window));
        panel.layers.extend(nullclines(&rate, window));
        panel.layers.extend(point.invariant_lines(&rate, window));
        lines = fixed_points(&[point], window, view.lang);
    }
    if view.lens == Lens::Sampler {
        cloud(run, view, scale, window, &mut panel.layers);
    }
    panel.layers.extend(orbits.into_iter().flat_map(|o| o.layers(view, window)));
    panel.layers.extend(lines);
    panel.handles = handles::on_phase(run, view);
    Figure {
        id: "phase",
        title: rich(t("Phase portrait", "相图").get(view.lang)),
        columns: 1,
        caption: caption(run, view),
        panels: vec![panel],
    }
}

fn caption(run: &Run, view: View) -> String {
    let portrait = t(
        "Phase portrait of the chosen mode: position against displacement over the last iteration, with the vector field and the nullclines (dashed) of {}. Dash-dotted: the lines an orbit does not leave, where the eigenvalues are real; the fixed point (filled if stable) is named by them.",
        "所选模态的相图：位置对上一步位移，附{}的向量场与零倾线（虚线）。点划线：特征值为实数时轨线不离开的直线；不动点（稳定者实心）按特征值命名。",
    );
    let of = if view.lens.is_physical() {
        t("the continuous spring", "连续弹簧")
    } else {
        t("the exact one-step map", "精确的一步映射")
    };
    let mut parts = vec![fill(portrait.get(view.lang), &[of.get(view.lang)])];
    let all = run.lane(Lens::Sampler).map_or(1, |l| l.lane.start.n());
    if view.lens == Lens::Sampler && all > 1 {
        let dots = t(
            "Small dots: the {} particles at iteration {}; ellipses: one and two standard deviations of their exact Gaussian law there.",
            "小点：{} 个粒子在第 {} 步的位置；椭圆：该时刻精确高斯分布的一倍与两倍标准差。",
        );
        let colours = t(
            "Colours: density of the {} particles at iteration {}, blank where there is none; ellipses: one and two standard deviations of their exact Gaussian law there.",
            "颜色：{} 个粒子在第 {} 步的密度，空白处没有粒子；椭圆：该时刻精确高斯分布的一倍与两倍标准差。",
        );
        let text = if all > density::MOST { colours } else { dots };
        parts.push(fill(text.get(view.lang), &[&all.to_string(), &view.now.to_string()]));
    }
    parts.join(if view.lang == Lang::En { " " } else { "" })
}

/// One lane's path in the plane.
struct Orbit<'a> {
    lane: &'a LaneRun,
    x: &'a [f64],
    y: &'a [f64],
    /// Rows of the trace before the first point.
    skipped: usize,
}

impl<'a> Orbit<'a> {
    fn new(lane: &'a LaneRun, run: &Run, view: View, scale: f64) -> Self {
        let (q, lens) = (lane.column(Probe::Position(view.mode)), lane.lane.lens);
        if view.lens.is_physical() && matches!(lens, Lens::Spring | Lens::Controller) {
            // These machines have a velocity of their own, from the start on.
            return Orbit { lane, x: q, y: lane.column(Probe::Velocity(view.mode)), skipped: 0 };
        }
        // The optimizer also has its start, and the displacement with which it got there.
        let skipped = if lens == Lens::Optimizer { 0 } else { lane.lane.substeps as usize };
        let y = lane.derived.grown(("displacement", view.mode, scale.to_bits()), |y| {
            let first = problem::mode(run.values_at(0), view.mode).map_or(0.0, |m| m.step * scale);
            y.extend((skipped == 0 && y.is_empty()).then_some(first));
            let known = y.len() - usize::from(skipped == 0);
            let [now, before] = [known + lane.lane.substeps as usize, known].map(|row| q.get(row..).unwrap_or(&[]));
            y.extend(now.iter().zip(before).map(|(now, before)| (now - before) * scale));
        });
        Orbit { lane, x: q.get(skipped..).unwrap_or(&[]), y, skipped }
    }

    fn layers(self, view: View, window: Window) -> Vec<Layer<'a>> {
        let (lens, ink) = (self.lane.lane.lens, self.lane.lane.ink);
        let (dash, weight) = match lens {
            Lens::Spring => (Dash::Solid, Weight::Normal),
            Lens::Controller => (Dash::Dashed, Weight::Thin),
            _ => (Dash::Dotted, Weight::Thin),
        };
        let (x, y, name) = (self.x.into(), self.y.into(), Some(Rich::from(self.lane.lane.name.get(view.lang))));
        let mut out = vec![if lens == Lens::Optimizer {
            Layer::Points(Points { x, y, name, ink, marker: Marker::Disc, size: 1.0 })
        } else {
            Layer::Line(Line { x, y, name, ink, dash, weight, marker: None })
        }];
        let rows = brushed(self.lane, view);
        let rows = rows.map(|r| r.start.saturating_sub(self.skipped)..r.end.saturating_sub(self.skipped));
        out.extend(rows.map(|rows| stretch(self.x, self.y, rows, lens)));
        if matches!(lens, Lens::Spring | Lens::Controller) {
            out.push(self.heads(view, window, ink));
        }
        out
    }

    /// Heads along the orbit, found once for a window.
    fn heads(&self, view: View, window: Window, ink: Ink) -> Layer<'a> {
        let edges = [window.x, window.y].concat();
        let mark = edges.iter().fold(self.skipped as u64, |mark, v| mark.rotate_left(7) ^ v.to_bits());
        let kept =
            self.lane.derived.measured(("heads", view.mode, mark), || match heads(self.x, self.y, 3, window, ink) {
                Layer::Arrows(a) => [a.x, a.y, a.u, a.v].concat(),
                _ => Vec::new(),
            });
        let part = |k: usize| kept[k * kept.len() / 4..(k + 1) * kept.len() / 4].into();
        let (x, y, u, v) = (part(0), part(1), part(2), part(3));
        Layer::Arrows(Arrows { x, y, u, v, name: None, ink, weight: Weight::Normal })
    }
}

/// Tells modes apart, and lenses that show velocities from those that show displacements.
fn key(view: View) -> usize {
    2 * view.mode + usize::from(view.lens.is_physical())
}

/// The part of the plane to show: all orbits with a margin, or a readable part of a diverging one.
fn frame(orbits: &[Orbit<'_>], run: &Run, view: View, scale: f64) -> [[f64; 2]; 2] {
    let mode = problem::mode(run.values_at(0), view.mode);
    let (centre, size) = mode.map_or((0.0, 1.0), |m| (m.target, m.size()));
    let last = problem::mode(&run.values, view.mode).map_or(centre, |m| m.target);
    let mut x = [centre.min(last) - 0.1 * size, centre.max(last) + 0.1 * size];
    let mut y = [-0.1 * size, 0.1 * size];
    let hold = |range: &mut [f64; 2], ends: [f64; 2]| *range = [range[0].min(ends[0]), range[1].max(ends[1])];
    for orbit in orbits {
        let reach = |name, column, centre: f64, size: f64| {
            let key = (name, key(view), scale.to_bits());
            Reach::of(&orbit.lane.derived, key, column, centre, FAR * size).readable()
        };
        hold(&mut x, reach("orbit across", orbit.x, centre, size));
        hold(&mut y, reach("orbit up", orbit.y, 0.0, size * scale));
    }
    if let Some(mode) = mode {
        hold(&mut y, [mode.step * scale; 2]);
    }
    let law = run.lane(Lens::Sampler).and_then(|l| gaussian(run, view.mode, l.done()));
    for [q, v] in law.filter(|_| view.lens == Lens::Sampler).iter().flat_map(|law| law.ellipse(2.0)) {
        let near = |v: f64, centre: f64, size: f64| if (v - centre).abs() <= FAR * size { v } else { f64::NAN };
        hold(&mut x, [near(q, centre, size); 2]);
        hold(&mut y, [near(v * scale, 0.0, size * scale); 2]);
    }
    [x, y].map(|[low, high]| {
        let margin = 0.12 * (high - low);
        [low - margin, high + margin]
    })
}

/// The rate of change of (q, Δ·scale) at a point, per iteration, and where it vanishes: of the discrete
/// map through the optimizer's and the sampler's lens, of the continuous twin through the others.
fn linear(run: &Run, view: View, scale: f64) -> Option<(impl Fn([f64; 2]) -> [f64; 2], FixedPoint)> {
    let mode = problem::mode(&run.values, view.mode)?;
    let (eta, beta, h) = (run.values.get("eta"), run.values.get("beta"), run.values.get("h"));
    let physical = view.lens.is_physical();
    let (pull, damp, eigenvalues, motion) = if physical {
        let s = twin::spring(&run.values, view.mode)?;
        let roots = match s.exponents() {
            Exponents::Real { slow, fast } => [Complex::from(slow * h), Complex::from(fast * h)],
            Exponents::Pair { re, im } => [Complex::new(re * h, im * h), Complex::new(re * h, -im * h)],
        };
        (s.k / s.m * h * h, -s.c / s.m * h, roots, Motion::Flow)
    } else {
        let q = eta * mode.lambda;
        (q, beta - 1.0, heavy_ball::poles(q, beta), Motion::Map)
    };
    let rate = move |[q, y]: [f64; 2]| {
        let step = y / scale;
        let change = damp * step - pull * (q - mode.target);
        [if physical { step } else { step + change }, change * scale]
    };
    Some((rate, FixedPoint { at: [mode.target, 0.0], eigenvalues, motion }))
}

/// The cloud at the present iteration under the ellipses of its exact law.
fn cloud<'a>(run: &'a Run, view: View, scale: f64, window: Window, layers: &mut Vec<Layer<'a>>) {
    let Some(lane) = run.lane(Lens::Sampler).filter(|l| l.lane.start.n() > 1) else { return };
    let sides = [Side::Position(view.mode), Side::Velocity(view.mode)];
    let at = density::lay(density::cloud(lane, "phase cloud", sides, scale, window, view), layers);
    // The law is that of the moment whose cloud is seen.
    let Some(law) = gaussian(run, view.mode, at.unwrap_or(view.now).min(lane.done())) else { return };
    for (radius, dash) in [(1.0, Dash::Solid), (2.0, Dash::Dashed)] {
        let (x, y): (Vec<f64>, Vec<f64>) = law.ellipse(radius).into_iter().map(|[q, v]| (q, v * scale)).unzip();
        let (ink, weight) = (Ink::Text, Weight::Thin);
        layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None }));
    }
}
