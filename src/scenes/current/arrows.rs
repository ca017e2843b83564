//! The probability current as arrows: counted box by box, and exact.

use super::measured::{Counted, boxes, lane};
use super::plane;
use super::setting::{Case, Setting};
use crate::core::methods::Plane;
use crate::figure::{Arrows, Figure, Ink, Layer, Rich, Weight, rich};
use crate::param::show_number;
use crate::scenes::models::landscape::Window;
use crate::scenes::{Run, View};
use crate::text::{Lang, fill, t};

/// Share of a box that the longest arrow fills.
const LONGEST: f64 = 0.95;

/// A place and the vector that belongs to it.
type Vector = ([f64; 2], [f64; 2]);

/// How much current the longest arrow stands for: the largest exact one, or four standard errors of the
/// counted ones where that is more, so that noise alone stays short.
fn longest(counted: &[Counted], exact: &[Vector], window: Window) -> f64 {
    let most = |all: &mut dyn Iterator<Item = f64>| all.filter(|x| x.is_finite()).fold(0.0, f64::max);
    let exact = most(&mut exact.iter().map(|(_, j)| window.length(*j)));
    let noise = most(&mut counted.iter().map(|b| 4.0 * window.length(b.error)));
    exact.max(noise)
}

/// The current box by box, counted and exact.
pub fn figure<'a>(at: &Setting, run: &'a Run, view: View) -> Figure<'a> {
    let (counted, loops, window) = (boxes(run), at.loops(), at.window());
    let mut panel = match loops {
        Some(_) => plane::panel("current", at, view),
        None => plane::nothing("current", at, view),
    };
    let mean = |b: &Counted| loops.map_or([0.0; 2], |l| l.over_box(b.x, b.y));
    let exact: Vec<Vector> = counted.iter().map(|b| (b.centre(), mean(b))).collect();
    let top = longest(&counted, &exact, window);
    let scale = if top > 0.0 { LONGEST / at.books().cells as f64 / top } else { 0.0 };
    let of = |clear: bool| -> Vec<Vector> {
        let there = counted.iter().filter(|b| b.is_significant() == clear && b.current != [0.0; 2]);
        there.map(|b| (b.centre(), b.current)).collect()
    };
    let (noise, clear) = (of(false), of(true));
    let flows = |(_, j): &&Vector| scale * window.length(*j) > 1e-6;
    let exact: Vec<Vector> = exact.iter().filter(flows).copied().collect();
    // The exact ones lie over the counted ones, and thinner, so that both are seen where they agree.
    for (list, name, ink, weight) in [
        (&noise, t("noise", "噪声"), Ink::Faint, Weight::Bold),
        (&clear, t("counted", "计数"), Ink::Sampler, Weight::Bold),
        (&exact, t("exact", "精确"), Ink::Text, Weight::Thin),
    ] {
        let name = Some(Rich::from(name.get(view.lang)));
        panel.layers.extend((!list.is_empty()).then(|| arrows(list, scale, name, ink, weight)));
    }
    panel.layers.extend(plane::ellipses(at, view.lang).into_iter().skip(1));
    Figure {
        id: "current",
        title: rich(t("Probability current", "概率流").get(view.lang)),
        columns: 1,
        caption: caption(at, run, [clear.len(), counted.len()], top, view.lang),
        panels: vec![panel],
    }
}

fn caption(at: &Setting, run: &Run, [seen, all]: [usize; 2], top: f64, lang: Lang) -> String {
    let text = t(
        "Probability current box by box: displacements summed where their midpoints lie, per particle, second and area, of {} particles in {} s; {} of {} boxes refuse “no current” at 1 % (16 independent groups of particles), the others are grey. Thin black: exact, J = (drift − D∇ln p) p of the scheme at this step, averaged over the box.",
        "逐格概率流：位移按其中点所在的格累加，折合每粒子、每秒、每单位面积，共 {} 个粒子、{} 秒；{} 个格（共 {} 个）在 1 % 水平上拒绝“无流”（16 组独立粒子），其余为灰色。细黑箭头：该步长下格式的精确值 J = (漂移 − D∇ln p) p，按格平均。",
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
fn arrows<'a>(list: &[Vector], scale: f64, name: Option<Rich>, ink: Ink, weight: Weight) -> Layer<'a> {
    let part = |f: &dyn Fn(&Vector) -> f64| list.iter().map(f).collect::<Vec<f64>>().into();
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
