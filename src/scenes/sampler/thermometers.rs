//! Two thermometers over time: of the velocities, and of the forces.

use super::draw::{band, extent, level, line, said, widened};
use super::gauges::{Thermometer, cloud, settled};
use super::setting::Setting;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Panel, Text as Label, Weight, rich};
use crate::scenes::models::clock::{clock, mark_changes, panel};
use crate::scenes::{Run, View};
use crate::text::{Text, t};

/// Moments at which the running mean is taken.
const MOMENTS: u64 = 20;

const KINETIC: Text = t("kinetic $T_{kin} = m⟨v^2⟩$", "动能温度 $T_{kin} = m⟨v^2⟩$");
const CONFIGURATIONAL: Text =
    t("configurational $T_{conf} = ⟨|∇U|^2⟩/⟨∇^2U⟩$", "构型温度 $T_{conf} = ⟨|∇U|^2⟩/⟨∇^2U⟩$");

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let mut second = over_time(at, run, Thermometer::Configurational, "configurational", view);
    second.below = true;
    second.legend = false;
    let text = t(
        "Thermometers over time. Thin: the whole cloud at one iteration; bold with band: mean over the settled iterations so far (the first quarter is left out) with its 95 % interval, corrected for autocorrelation. Solid rule: the temperature that is wanted; dash-dotted: what this scheme reads with matched noise on the harmonic well, exactly.",
        "两支温度计随时间的读数。细线：某一步整个粒子云；粗线与色带：截至当时的平稳段均值（略去前四分之一）及经自相关修正的 95 % 区间。实横线：所需温度；点划线：噪声匹配时该格式在谐振势上的精确读数。",
    );
    Figure {
        id: "temperature",
        title: said(t("Thermometers", "温度计"), view),
        columns: 1,
        caption: text.get(view.lang).into(),
        panels: vec![over_time(at, run, Thermometer::Kinetic, "kinetic", view), second],
    }
}

fn over_time<'a>(at: &Setting<'_>, run: &'a Run, which: Thermometer, id: &'static str, view: View) -> Panel<'a> {
    let word = if which == Thermometer::Kinetic { KINETIC } else { CONFIGURATIONAL };
    let mut panel = panel(id, run, view, Axis::new(said(word, view), "a.u."));
    let unit = clock(run, view).1;
    let ends = [0.0, run.horizon as f64 * unit];
    let lane = cloud(run);
    let Some(moments) = lane.and_then(|lane| which.moments(at, lane)) else {
        let say = if lane.is_none() {
            t("the sampler diverged", "采样器已发散")
        } else {
            t("a method without inertia has no velocity", "无惯性的方法没有速度")
        };
        panel.y = panel.y.range(0.0, 1.0);
        let place = [0.5 * ends[1], 0.5];
        panel.layers.push(Layer::Text(Label { at: place, text: said(say, view), ink: Ink::Muted }));
        return panel;
    };
    let expected = which.expected(at);
    let temperature = at.temperature();
    let rows = settled(run, run.done());
    let seen = moments.get(rows).unwrap_or_default().iter().copied();
    let [low, high] = widened(extent(seen.chain(expected).chain([temperature])), 0.15);
    panel.y = panel.y.range(low.max(-0.02 * high.abs()), high);
    if let Some(lane) = lane {
        let name = Some(said(t("one iteration", "单步"), view));
        panel.layers.push(line(lane.times(unit), moments, name, (Ink::Sampler, Dash::Solid, Weight::Thin)));
    }
    let wanted = rich(t("wanted $T$", "所需 $T$").get(view.lang));
    panel.layers.push(level(ends, temperature, wanted, Ink::Muted, Dash::Solid));
    if let Some(own) = expected.filter(|_| which.has_closed_form(at)) {
        let name = said(t("closed form of the scheme", "格式的闭式解"), view);
        panel.layers.push(level(ends, own, name, Ink::Amber, Dash::DashDot));
    }
    panel.layers.extend(running(at, run, which, unit, view));
    mark_changes(&mut panel, run, view, which == Thermometer::Kinetic);
    panel
}

/// The mean so far, with its interval.
fn running<'a>(at: &Setting<'_>, run: &'a Run, which: Thermometer, unit: f64, view: View) -> Vec<Layer<'a>> {
    let all = run.derived.column(("running", which as usize, 0), || {
        let at_end = |k: u64| k * run.done() / MOMENTS;
        let read = |n: u64| which.reading(at, run, n).map(|e| [n as f64, e.mean, e.interval()[0], e.interval()[1]]);
        let rows: Vec<[f64; 4]> = (1..=MOMENTS).map(at_end).filter_map(read).collect();
        (0..4).flat_map(|c| rows.iter().map(move |r| r[c])).collect()
    });
    let parts: Vec<&[f64]> = all.chunks(all.len().div_ceil(4).max(1)).collect();
    let &[n, mean, low, high] = &parts[..] else { return Vec::new() };
    let x: Vec<f64> = n.iter().map(|n| n * unit).collect();
    let interval = Some(said(t("95 % interval", "95 % 区间"), view));
    let name = Some(said(t("mean of the settled part", "平稳段均值"), view));
    let style = (Ink::Text, Dash::Solid, Weight::Bold);
    vec![band(x.clone(), low, high, interval, Ink::Spring), line(x, mean, name, style)]
}
