//! The plane that is looked at: its axes, and the cloud under the ellipses of its law.

use super::measured::lane;
use super::setting::Setting;
use crate::core::methods::Plane;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Text, Weight, rich};
use crate::scenes::models::ellipse::ellipse;
use crate::scenes::{Run, View};
use crate::text::{Lang, fill, t};

/// Points of the cloud that are drawn.
const MOST: usize = 1500;

/// An empty panel over the window.
pub fn panel<'a>(id: &'static str, at: &Setting, view: View) -> Panel<'a> {
    let window = at.window();
    let (x, y, unit) = match at.plane() {
        Plane::Positions => (rich("$x$"), rich("$y$"), "m"),
        Plane::Phase => {
            let names = [t("position $x$", "位置 $x$"), t("velocity $v$", "速度 $v$")];
            let [x, v] = names.map(|name| rich(name.get(view.lang)));
            (x, v, "m/s")
        }
    };
    let range = |axis: Axis, r: [f64; 2]| axis.range(r[0], r[1]);
    let mut panel = Panel::new(id, range(Axis::new(x, "m"), window.x), range(Axis::new(y, unit), window.y));
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
