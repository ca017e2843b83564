//! Views in the plane: its axes, the cloud under the ellipses of its law, the counted current.

use super::measured::{Counted, boxes, lane};
use super::setting::{Case, Setting};
use crate::core::methods::Plane;
use crate::figure::{Arrows, Axis, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Text, Weight, rich};
use crate::param::show_number;
use crate::scenes::models::ellipse::ellipse;
use crate::scenes::{Run, View};
use crate::text::{Lang, fill, t};
use crate::theory::sampled_diffusion::Loops;

/// Points of the cloud that are drawn.
const MOST: usize = 1500;
/// Share of a box that the longest arrow fills.
const LONGEST: f64 = 0.95;

/// An empty panel over the window.
pub fn panel<'a>(id: &'static str, at: &Setting, view: View) -> Panel<'a> {
    let window = at.window();
    let place = |letter: &str| rich(&format!("{} ${letter}$", t("position", "位置").get(view.lang)));
    let (y, unit) = match at.plane() {
        Plane::Positions => (place("y"), "m"),
        Plane::Phase => (rich(t("velocity $v$", "速度 $v$").get(view.lang)), "m/s"),
    };
    let range = |axis: Axis, r: [f64; 2]| axis.range(r[0], r[1]);
    let mut panel = Panel::new(id, range(Axis::new(place("x"), "m"), window.x), range(Axis::new(y, unit), window.y));
    panel.equal = at.plane() == Plane::Positions;
    panel
}

/// A panel that says why it is empty.
pub fn nothing<'a>(id: &'static str, at: &Setting, view: View) -> Panel<'a> {
    let mut panel = panel(id, at, view);
    let say = t("there is no stationary state", "不存在平稳态").get(view.lang);
    panel.layers.push(Layer::Text(Text { at: [0.0; 2], text: Rich::from(say), ink: Ink::Muted }));
    panel
}

/// One and two standard deviations of the stationary state of the scheme.
pub fn ellipses<'a>(at: &Setting, lang: Lang) -> Vec<Layer<'a>> {
    let Some(covariance) = at.covariance() else { return Vec::new() };
    let names = [t("exact 1σ", "精确 1σ"), t("exact 2σ", "精确 2σ")];
    let line = |((radius, dash), name): ((f64, Dash), crate::text::Text)| {
        let (x, y): (Vec<f64>, Vec<f64>) =
            ellipse([0.0; 2], covariance, radius).into_iter().map(|[x, y]| (x, y)).unzip();
        let (name, ink, weight) = (Some(Rich::from(name.get(lang))), Ink::Text, Weight::Thin);
        Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None })
    };
    [(1.0, Dash::Solid), (2.0, Dash::Dashed)].into_iter().zip(names).map(line).collect()
}

/// The cloud of one moment.
pub fn cloud<'a>(at: &Setting, run: &'a Run, view: View) -> Figure<'a> {
    let mut panel = panel("cloud", at, view);
    if let Some(lane) = lane(run) {
        let all = run.derived.column(("cloud", 0, view.now), || {
            let state = lane.state_at(view.now);
            let every = state.n().div_ceil(MOST).max(1);
            at.books().points(&state).into_iter().flat_map(|p| p.iter().step_by(every)).copied().collect()
        });
        let (x, y) = all.split_at(all.len() / 2);
        let name = Some(Rich::from(t("particles", "粒子").get(view.lang)));
        let (ink, marker) = (Ink::Sampler, Marker::Disc);
        panel.layers.push(Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker, size: 0.45 }));
    }
    panel.layers.extend(ellipses(at, view.lang));
    let text = t(
        "Particles at iteration {} under one and two standard deviations of the exact stationary covariance of the scheme (Lyapunov equation of one step); two standard deviations hold 86 % of a Gaussian.",
        "第 {} 步的粒子，附格式精确平稳协方差（一步的李雅普诺夫方程）的一倍与两倍标准差椭圆；两倍标准差内含高斯分布的 86 %。",
    );
    Figure {
        id: "cloud",
        title: rich(t("Cloud and exact covariance", "粒子云与精确协方差").get(view.lang)),
        columns: 1,
        caption: fill(text.get(view.lang), &[&view.now.to_string()]),
        panels: vec![panel],
    }
}

/// How much current the longest arrow stands for: the largest exact one, or four standard errors of the
/// counted ones where that is more, so that noise alone stays short.
fn longest(counted: &[Counted], exact: &[[f64; 2]], at: &Setting) -> f64 {
    let window = at.window();
    let most = |all: &mut dyn Iterator<Item = f64>| all.filter(|x| x.is_finite()).fold(0.0, f64::max);
    let exact = most(&mut exact.iter().map(|j| window.length(*j)));
    let noise = most(&mut counted.iter().map(|b| 4.0 * window.length(b.error)));
    exact.max(noise)
}

/// The current box by box, counted and exact.
pub fn current<'a>(at: &Setting, run: &'a Run, view: View) -> Figure<'a> {
    let (counted, loops) = (boxes(run), at.loops());
    let mut panel = match loops {
        Some(_) => panel("current", at, view),
        None => nothing("current", at, view),
    };
    let exact: Vec<[f64; 2]> =
        counted.iter().map(|b| loops.map_or([0.0; 2], |l: Loops| l.over_box(b.x, b.y))).collect();
    let top = longest(&counted, &exact, at);
    let cells = at.books().cells as f64;
    let scale = if top > 0.0 { LONGEST / cells / top } else { 0.0 };
    let say = |text: crate::text::Text| Some(Rich::from(text.get(view.lang)));
    let of = |seen: bool| -> Vec<_> {
        let there = counted.iter().filter(|b| b.is_significant() == seen && b.current != [0.0; 2]);
        there.map(|b| (b.centre(), b.current)).collect()
    };
    let (noise, signal) = (of(false), of(true));
    // Under the counted ones, and wider, so that both are seen where they agree.
    if exact.iter().any(|j| scale * at.window().length(*j) > 1e-6) {
        let closed: Vec<_> = counted.iter().zip(&exact).map(|(b, j)| (b.centre(), *j)).collect();
        panel.layers.push(arrows(&closed, scale, say(t("exact", "精确")), Ink::Faint, Weight::Bold));
    }
    for (list, name, ink) in [(&noise, t("noise", "噪声"), Ink::Faint), (&signal, t("counted", "计数"), Ink::Sampler)]
    {
        if !list.is_empty() {
            panel.layers.push(arrows(list, scale, say(name), ink, Weight::Normal));
        }
    }
    panel.layers.extend(ellipses(at, view.lang).into_iter().skip(1));
    Figure {
        id: "current",
        title: rich(t("Probability current", "概率流").get(view.lang)),
        columns: 1,
        caption: caption(at, run, [signal.len(), counted.len()], top, view.lang),
        panels: vec![panel],
    }
}

fn caption(at: &Setting, run: &Run, [seen, all]: [usize; 2], top: f64, lang: Lang) -> String {
    let text = t(
        "Probability current box by box: displacements summed where their midpoints lie, per particle, second and area, of {} particles in {} s; {} of {} boxes refuse “no current” at 1 % (16 independent groups of particles), the others are grey. Wide and pale: exact, J = (drift − D∇ln p) p of the scheme at this step, averaged over the box.",
        "逐格概率流：位移按其中点所在的格累加，折合每粒子、每秒、每单位面积，共 {} 个粒子、{} 秒；{} 个格（共 {} 个）在 1 % 水平上拒绝“无流”（16 组独立粒子），其余为灰色。宽而浅的箭头：该步长下格式的精确值 J = (漂移 − D∇ln p) p，按格平均。",
    );
    let particles = lane(run).map_or(0, |l| l.lane.start.n()).to_string();
    let time = show_number(run.done() as f64 * run.seconds);
    let mut parts = vec![fill(text.get(lang), &[&particles, &time, &seen.to_string(), &all.to_string()])];
    if top > 0.0 {
        let unit = if at.plane() == Plane::Phase { "1/m" } else { "1/(m·s)" };
        let across = top / LONGEST * at.window().size()[0];
        let text = t("A horizontal arrow across a box stands for {} {}.", "水平跨满一格的箭头代表 {} {}。");
        parts.push(fill(text.get(lang), &[&show_number(across), unit]));
    }
    if at.case == Case::Inertia {
        let text = t(
            "This current is reversible: with time and v turned round it is itself. It is thermal equilibrium.",
            "这一概率流是可逆的：时间与 v 同时反号后它不变。这正是热平衡。",
        );
        parts.push(text.get(lang).to_owned());
    }
    parts.join(if lang == Lang::En { " " } else { "" })
}

/// Arrows centred on their places.
fn arrows<'a>(list: &[([f64; 2], [f64; 2])], scale: f64, name: Option<Rich>, ink: Ink, weight: Weight) -> Layer<'a> {
    let part = |f: &dyn Fn(&([f64; 2], [f64; 2])) -> f64| list.iter().map(f).collect::<Vec<f64>>().into();
    Layer::Arrows(Arrows {
        x: part(&|(p, j)| p[0] - 0.5 * scale * j[0]),
        y: part(&|(p, j)| p[1] - 0.5 * scale * j[1]),
        u: part(&|(_, j)| scale * j[0]),
        v: part(&|(_, j)| scale * j[1]),
        name,
        ink,
        weight,
    })
}
