//! The phase portrait: what moves against how fast, or two states of a system.

use nalgebra::Complex;

use super::setting::Setting;
use super::{axes, handles, line};
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Line, Panel, Weight, rich};
use crate::formula::{FixedPoint as Rest, Nature};
use crate::scenes::models::landscape::Window;
use crate::scenes::models::phase::{FixedPoint, Kind, Motion, field, fixed_points, heads, nullclines};
use crate::scenes::{Lens, Run, View};
use crate::text::{Lang, t};
use crate::theory::heavy_ball;
use crate::theory::oscillator::{Exponents, Oscillator};

/// Instructions for which six saddles have their separatrices drawn; longer formulas have fewer.
const WORK: usize = 400;

/// The states along x and y.
pub fn plane(at: &Setting<'_>, view: View) -> [usize; 2] {
    let (dim, states) = (at.world().kind().dim(), at.world().states().len());
    match (at.is_flow(), states) {
        (true, 2) => [0, 1],
        (true, _) => [view.mode.min(states - 1), (view.mode + 1) % states.max(1)],
        (false, _) => [view.mode.min(dim - 1), dim + view.mode.min(dim - 1)],
    }
}

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let title = rich(t("Phase portrait", "相图").get(view.lang));
    if at.is_flow() && at.world().states().len() == 1 {
        return line::figure(at, run, view, title);
    }
    let [x, y] = plane(at, view);
    let window = Window { x: axes::extent(at, run, x), y: axes::extent(at, run, y) };
    let axis = |state, [low, high]: [f64; 2]| -> Axis { axes::axis(at, state).range(low, high) };
    let mut panel = Panel::new("phase", axis(x, window.x), axis(y, window.y));
    let portrait = Portrait::new(at, view);
    let mut words = Vec::new();
    if let Some(portrait) = &portrait {
        panel.layers.push(field(&portrait.rate, window));
        panel.layers.extend(portrait.lines(at, run, window, "nullclines", view));
        panel.layers.extend(portrait.lines(at, run, window, "separatrices", view));
        words = fixed_points(&portrait.points, window, view.lang);
    }
    for lane in axes::lanes(run) {
        let (px, py) = (axes::column(at, run, lane, x), axes::column(at, run, lane, y));
        panel.layers.extend(axes::path(lane, px, py, view));
        if lane.lane.lens == Lens::Spring {
            panel.layers.push(heads(px, py, 3, window, lane.lane.ink));
        }
    }
    panel.layers.extend(words);
    panel.handles = handles::on_plane(at, run, [x, y], view);
    Figure { id: "phase", title, columns: 1, caption: caption(at, portrait.as_ref(), view), panels: vec![panel] }
}

fn caption(at: &Setting<'_>, portrait: Option<&Portrait<'_>>, view: View) -> String {
    let drawn = match portrait {
        None => t("Two of the states against one another.", "两个状态的相互关系。"),
        Some(Portrait { motion: Motion::Map, .. }) => t(
            "Position against displacement over h, with the vector field and the nullclines (dashed) of the exact one-step map of the optimizer; fixed points (filled if stable) are named by their eigenvalues, dash-dotted: separatrices of saddles.",
            "位置对位移除以 h，附优化器精确一步映射的向量场与零倾线（虚线）；不动点（稳定者实心）按特征值命名，点划线为鞍点的分界线。",
        ),
        Some(_) => t(
            "Vector field, nullclines (dashed) and fixed points (filled if stable), named by their eigenvalues; dash-dotted: separatrices of saddles.",
            "向量场、零倾线（虚线）与按特征值命名的不动点（稳定者实心）；点划线为鞍点的分界线。",
        ),
    };
    let frozen = t("What changes with time is shown as at its beginning.", "随时间变化的量按起始时刻绘制。");
    let mut parts = vec![drawn.get(view.lang), axes::legend(at).get(view.lang)];
    parts.extend((portrait.is_some() && at.world().reads_time()).then_some(frozen.get(view.lang)));
    parts.join(if view.lang == Lang::En { " " } else { "" })
}

/// What is drawn of a motion whose states are the plane.
struct Portrait<'a> {
    rate: Box<dyn Fn([f64; 2]) -> [f64; 2] + 'a>,
    points: Vec<FixedPoint>,
    motion: Motion,
}

impl<'a> Portrait<'a> {
    /// The portrait of two equations, of a force over a line, or of a loss over a line: of the exact map
    /// through the lenses that count iterations, of the spring through its own, if there is one.
    fn new(at: &Setting<'a>, view: View) -> Option<Portrait<'a>> {
        let (world, sliders) = (at.world().clone(), at.sliders());
        let points = at.points();
        if !at.is_loss() {
            let rate = move |[x, y]: [f64; 2]| {
                let mut out = [f64::NAN; 2];
                world.rates(&[&[x], &[y], &[0.0]], &sliders, &mut out);
                out
            };
            let points = points.iter().map(flowing).collect::<Option<Vec<_>>>()?;
            let whole = at.world().states().len() == 2;
            return whole.then(|| Portrait { rate: Box::new(rate), points, motion: Motion::Flow });
        }
        if at.world().kind().dim() != 1 {
            return None;
        }
        let force = move |x: f64| {
            let mut out = [f64::NAN];
            world.force(&[&[x]], &sliders, &mut out);
            out[0]
        };
        let (eta, beta, h) = (at.get("eta"), at.get("beta"), at.get("h"));
        let curved = |eigenvalues: &dyn Fn(f64) -> [Complex<f64>; 2], motion| -> Vec<FixedPoint> {
            let place = |p: &Rest| {
                let [x, lambda] = [*p.at.first()?, *p.curvatures.first()?];
                Some(FixedPoint { at: [x, 0.0], eigenvalues: eigenvalues(lambda), motion })
            };
            points.iter().filter_map(place).collect()
        };
        if view.lens.is_physical() {
            let twin = at.twin()?;
            let points = curved(&|k| exponents(&Oscillator { k, ..twin }), Motion::Flow);
            let rate = move |[x, v]: [f64; 2]| [v, (force(x) - twin.c * v) / twin.m];
            return Some(Portrait { rate: Box::new(rate), points, motion: Motion::Flow });
        }
        let points = curved(&|lambda| heavy_ball::poles(eta * lambda, beta), Motion::Map);
        let rate = move |[x, v]: [f64; 2]| {
            let step = beta * v * h + eta * force(x);
            [step, step / h - v]
        };
        Some(Portrait { rate: Box::new(rate), points, motion: Motion::Map })
    }

    /// Lines of one kind as one layer, kept with the run.
    fn lines<'l>(
        &self,
        at: &Setting<'_>,
        run: &'l Run,
        window: Window,
        kind: &'static str,
        view: View,
    ) -> Option<Layer<'l>> {
        let both = run.derived.column((kind, view.lens as usize, 0), || {
            let layers = match kind {
                "nullclines" => nullclines(&self.rate, window),
                _ => self.separatrices(at, window),
            };
            flattened(&layers)
        });
        let (x, y) = both.split_at(both.len() / 2);
        let separatrix = kind == "separatrices";
        let (ink, dash) = if separatrix { (Ink::Amber, Dash::DashDot) } else { (Ink::Muted, Dash::Dashed) };
        let weight = Weight::Thin;
        let line = Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None };
        (!both.is_empty()).then_some(Layer::Line(line))
    }

    /// The ways in and out of the saddles; of as many as the length of the formula allows.
    fn separatrices<'l>(&self, at: &Setting<'_>, window: Window) -> Vec<Layer<'l>> {
        let most = (WORK / (at.world().work()[0] + 1)).min(6);
        let seen = |p: &&FixedPoint| p.kind() == Kind::Saddle && window.contains(p.at);
        let saddles = self.points.iter().filter(seen).take(most);
        saddles.flat_map(|p| p.invariant_lines(&self.rate, window)).collect()
    }
}

/// A point at rest of a flow in the plane.
fn flowing(point: &Rest) -> Option<FixedPoint> {
    let [a, b] = point.eigenvalues[..] else { return None };
    let eigenvalues = [a, b].map(|[re, im]| Complex::new(re, im));
    let at = [*point.at.first()?, point.at.get(1).copied().unwrap_or(0.0)];
    Some(FixedPoint { at, eigenvalues, motion: Motion::Flow })
}

fn exponents(spring: &Oscillator) -> [Complex<f64>; 2] {
    match spring.exponents() {
        Exponents::Real { slow, fast } => [Complex::from(slow), Complex::from(fast)],
        Exponents::Pair { re, im } => [Complex::new(re, im), Complex::new(re, -im)],
    }
}

/// All lines as one with gaps: first every abscissa, then every ordinate.
fn flattened(layers: &[Layer<'_>]) -> Vec<f64> {
    let (mut x, mut y) = (Vec::<f64>::new(), Vec::<f64>::new());
    for layer in layers {
        if let Layer::Line(line) = layer {
            x.extend(line.x.iter().chain(&[f64::NAN]));
            y.extend(line.y.iter().chain(&[f64::NAN]));
        }
    }
    x.extend(y);
    x
}

/// Stability of a point at rest, as filled marks show it.
pub fn is_stable(nature: Nature) -> bool {
    matches!(nature, Nature::Minimum | Nature::StableNode | Nature::StableFocus)
}
