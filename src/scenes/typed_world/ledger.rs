//! The energy ledger: of the spring of a loss, potential, kinetic and dissipated energy; of a mass under
//! a force, kinetic energy and the work of the force; and what is missing.

use super::axes;
use super::books::{Books, books};
use super::setting::Setting;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Line, Panel, Rich, Text, Weight, rich};
use crate::scenes::models::clock::{clock, mark_changes, panel};
use crate::scenes::{Run, View};
use crate::text::{self, Lang, t};

/// The smallest residual that counts for the range.
const LEAST: f64 = 1e-17;

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let panels = match books(at, run) {
        Some(books) => {
            let x = books.lane.times(clock(run, view).1);
            vec![energies(at, run, view, x, &books), missing(run, view, x, books.residual)]
        }
        None => vec![nothing(run, view)],
    };
    let title = match at.is_force() {
        true => t("Energy ledger of the motion", "运动的能量账本"),
        false => t("Energy ledger of the spring", "弹簧的能量账本"),
    };
    let (title, columns) = (rich(title.get(view.lang)), 1);
    Figure { id: "energy", title, columns, caption: caption(at, run, view.lang), panels }
}

fn caption(at: &Setting<'_>, run: &Run, lang: Lang) -> String {
    let drawn = match at.is_force() {
        true => t(
            "Kinetic energy of the unit mass, the work ∫F·v dt that the force has done on it, and their difference. Panel “residual”: departure of the difference from the start, as a share of the energy that was exchanged: the error of the integrator and of the quadrature.",
            "单位质量的动能、力所做的功 ∫F·v dt 及二者之差。“残差”图：该差与初值的偏差占交换能量的比例，即积分与求积的误差。",
        ),
        false => t(
            "Potential, kinetic and dissipated energy of the spring of the chosen mapping, and their sum. Panel “residual”: departure of the sum from the start, as a share of the energy that was exchanged: the error of the integrator and of the quadrature.",
            "所选映射弹簧的势能、动能、耗散能及其总和。“残差”图：总和与初值的偏差占交换能量的比例，即积分与求积的误差。",
        ),
    };
    let changed = t(
        "Changes in mid-run (dashed rules) put energy in or take it out at unchanged position and velocity; the heavy dashed line is the start with what was put in, and the residual is counted from it.",
        "中途的改变（竖虚线）在位置与速度不变时注入或取走能量；粗虚线为初值加注入量，残差以它为准。",
    );
    let parts = [drawn].into_iter().chain((shows_owed(at, run)).then_some(changed));
    parts.map(|part| part.get(lang)).collect::<Vec<_>>().join(if lang == Lang::En { " " } else { "" })
}

/// Whether changes by hand may have put energy in: a force stores none.
fn shows_owed(at: &Setting<'_>, run: &Run) -> bool {
    !run.is_steady() && !at.is_force()
}

/// The largest residual.
pub fn residual(at: &Setting<'_>, run: &Run) -> Option<f64> {
    let residual = books(at, run)?.residual;
    let most = residual.iter().copied().filter(|r| r.is_finite()).fold(0.0, f64::max);
    (residual.len() > 1).then_some(most)
}

fn line<'a>(x: &'a [f64], y: &'a [f64], name: text::Text, view: View, ink: Ink, dash: Dash) -> Layer<'a> {
    let name = Some(Rich::from(name.get(view.lang)));
    Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight: Weight::Normal, marker: None })
}

fn axis(view: View) -> Axis {
    Axis::new(rich(t("energy", "能量").get(view.lang)), "a.u.")
}

fn energies<'a>(at: &Setting<'_>, run: &'a Run, view: View, x: &'a [f64], books: &Books<'a>) -> Panel<'a> {
    let mut panel = panel("energy", run, view, axis(view));
    panel.share = 2.4;
    let kinetic = (books.kinetic, Ink::Controller, Dash::Dashed, t("kinetic", "动能"));
    let mut parts = if at.is_force() {
        let work = (books.flow, Ink::Amber, Dash::Solid, t("work of the force", "力所做的功"));
        vec![work, kinetic, (books.sum, Ink::Text, Dash::Dotted, t("kinetic − work", "动能 − 功"))]
    } else {
        let potential = (books.potential, Ink::Optimizer, Dash::Solid, t("potential", "势能"));
        let dissipated = (books.flow, Ink::Spring, Dash::DashDot, t("dissipated", "耗散"));
        vec![potential, kinetic, dissipated, (books.sum, Ink::Text, Dash::Dotted, t("sum", "总和"))]
    };
    if shows_owed(at, run) {
        parts.push((books.owed, Ink::Text, Dash::Dashed, t("start + put in by hand", "初始 + 注入")));
    }
    let [low, high] = run.derived.pair(("energy range", 0, 0), || range(&parts, books.sum));
    panel.y = panel.y.range(low, high);
    panel.layers.extend(parts.into_iter().map(|(y, ink, dash, name)| line(x, y, name, view, ink, dash)));
    mark_changes(&mut panel, run, view, true);
    panel
}

/// What holds all columns as far as they stay near the start.
fn range(parts: &[(&[f64], Ink, Dash, text::Text)], sum: &[f64]) -> [f64; 2] {
    let start = sum.first().copied().unwrap_or(1.0);
    let most = 10.0 * start.abs().max(1.0);
    let near = parts.iter().flat_map(|(c, ..)| c.iter()).copied().filter(|e| e.abs() <= most);
    axes::widened(near.fold([f64::INFINITY, f64::NEG_INFINITY], |r, e| [r[0].min(e), r[1].max(e)]), 0.06)
}

fn missing<'a>(run: &'a Run, view: View, x: &'a [f64], residual: &'a [f64]) -> Panel<'a> {
    let mut panel = panel("residual", run, view, Axis::new(rich(t("residual", "残差").get(view.lang)), "").log());
    panel.below = true;
    panel.legend = false;
    let [most, _] = run.derived.pair(("residual top", 0, 0), || {
        [residual.iter().copied().filter(|r| r.is_finite()).fold(LEAST, f64::max), 0.0]
    });
    let high = most.log10().ceil().min(300.0);
    panel.y = panel.y.range(10f64.powf(high - 8.0), 10f64.powf(high));
    let (ink, dash, weight) = (Ink::Spring, Dash::Solid, Weight::Normal);
    panel.layers.push(Layer::Line(Line {
        x: x.into(),
        y: residual.into(),
        name: None,
        ink,
        dash,
        weight,
        marker: None,
    }));
    mark_changes(&mut panel, run, view, false);
    panel
}

fn nothing<'a>(run: &Run, view: View) -> Panel<'a> {
    let mut panel = panel("energy", run, view, axis(view).range(0.0, 1.0));
    let say = t("no ledger: there is no spring for these values", "无账本：这些值下没有弹簧");
    let at = [0.5 * run.horizon as f64 * clock(run, view).1, 0.5];
    panel.layers.push(Layer::Text(Text { at, text: Rich::from(say.get(view.lang)), ink: Ink::Muted }));
    panel
}
