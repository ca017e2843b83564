//! The losses with the servers on them, and their distance from the common minimum.

use std::sync::Arc;

use super::measure;
use super::setting::{self, TARGET};
use crate::core::fields::Quadratic;
use crate::core::{At, Field, Probe};
use crate::figure::{Dash, Handle, Ink, Layer, Line, Marker, Panel, Weight, rich};
use crate::param::Values;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{
    DASHES, MARKERS, axis, level, line, over_time, panel, points, spanning, thin, upright,
};
use crate::scenes::exhibit::{Moves, Page};
use crate::scenes::models::clock;
use crate::text::t;

/// Points of a curve.
const POINTS: usize = 241;
/// Marks along a measured curve.
const MARKS: usize = 26;
/// The smallest distance shown, relative to the start's.
const LEAST: f64 = 1e-4;

/// The losses.
pub const LOSS: Page = Page::new("loss", t("Losses and servers", "各损失与服务器"), losses)
    .showing(
        "Losses of the clients (thin), their mean (bold), and on it the first copy of every server round by round. Dotted: the minimum of the mean. Dashed: where every server comes to rest. The start can be dragged.",
        "各客户端的损失（细线）、其平均（粗线），以及各服务器第一个副本逐轮所在。点线：平均损失的极小点。虚线：所有服务器的停驻点。起点可拖动。",
    )
    .moving(&[Moves::At(|seen, lane, moment| {
        let x = lane.between(Probe::Position(0), moment)?;
        Some([x, mean(&seen.run.values, &[x]).first().copied()?])
    })]);

/// The distance from the minimum.
pub const DISTANCE: Page = Page::new("distance", t("Distance over rounds", "距离随轮数"), distance)
    .showing(
        "Root-mean-square distance from the common minimum over the rounds: marks, copies of this run; lines, the recursion of exact moments; horizontal, the predicted floor of every server. Faint rule: a tenth of the start's distance.",
        "与共同极小点的均方根距离随轮数的变化：标记为本次运行的各副本；曲线为精确矩的递推；水平线为各服务器的预言噪声底。浅色横线：起点距离的十分之一。",
    )
    .moving(&[Moves::Clock]);

/// Heights of a client's loss.
fn own([a, b]: [f64; 2], x: &[f64]) -> Vec<f64> {
    let (field, mut out): (Arc<dyn Field>, _) = (Arc::new(Quadratic::diagonal(&[a]).around(&[b])), vec![0.0; x.len()]);
    field.potential(At { t: 0.0, n: x.len(), q: x, v: &vec![0.0; x.len()] }, &mut out);
    out
}

/// Heights of the mean of all losses.
fn mean(values: &Values, x: &[f64]) -> Vec<f64> {
    let clients = setting::clients(values);
    let mut out = vec![0.0; x.len()];
    for client in &clients {
        out.iter_mut().zip(own(*client, x)).for_each(|(sum, u)| *sum += u / clients.len() as f64);
    }
    out
}

fn losses<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = &seen.run.values;
    let (start, best, spread) = (seen.get("x0"), setting::optimum(values), seen.get("targets"));
    let far = 1.2 * start.abs().max(spread).max(0.5);
    let visited = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Position(0)).iter().copied());
    let near = visited.filter(|x| x.abs() <= far).chain([start, best, -1.2 * spread, 1.2 * spread]);
    let x = spanning(axis(seen, t("parameter $x$", "参数 $x$"), ""), near);
    let [left, right] = x.range.unwrap_or([-1.0, 1.0]);
    let along: Vec<f64> = (0..POINTS).map(|i| left + (right - left) * i as f64 / (POINTS - 1) as f64).collect();
    let middle = mean(values, &along);
    let ends = mean(values, &[start, best]);
    let top = 1.35 * ends.iter().copied().fold(0.2, f64::max);
    let mut panel = panel("loss", x, axis(seen, t("loss", "损失"), "").range(-0.05 * top, top));
    for client in setting::clients(values) {
        panel.layers.push(thin(along.clone(), own(client, &along), Ink::Faint, Dash::Solid));
    }
    let name = Some(rich(seen.say(t("mean of all clients", "所有客户端的平均"))));
    let (x, y, weight) = (along.into(), middle.into(), Weight::Bold);
    panel.layers.push(Layer::Line(Line { x, y, name, ink: Ink::Muted, dash: Dash::Solid, weight, marker: None }));
    panel.layers.push(upright(best, Ink::Text, Dash::Dotted));
    panel.layers.push(upright(setting::resting(values), Ink::Danger, Dash::Dashed));
    for (lane, marker) in seen.run.lanes.iter().zip(MARKERS) {
        let x = lane.column(Probe::Position(0));
        panel.layers.push(points(x, mean(values, x), Some(seen.say(lane.lane.name)), lane.lane.ink, marker));
    }
    panel.handles.push(Handle {
        id: "x0,-".into(),
        at: [start, ends.first().map_or(0.0, |u| u + 0.12 * top)],
        ink: Ink::Text,
        label: rich("$x^{(0)}$"),
        name: seen.say(t("start of all servers", "所有服务器的起点")).to_owned(),
    });
    vec![panel]
}

fn distance<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = &seen.run.values;
    let (best, away) = (setting::optimum(values), setting::away(values).max(1e-6));
    let unit = clock::clock(seen.run, seen.view).1;
    let floors = [0, 1, 2].map(|i| setting::floor(values, i));
    let lowest = floors.iter().copied().filter(|f| *f > 0.0).fold(0.3 * away, f64::min);
    let most = floors.iter().copied().filter(|f| f.is_finite()).fold(away, f64::max);
    let y = axis(seen, t("rms distance from the minimum", "与极小点的均方根距离"), "").log();
    let low = (0.4 * lowest).max(LEAST * away).min(0.1 * most);
    let mut panel = over_time("distance", seen, y.range(low, 3.0 * most));
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let (ink, dash, name) = (lane.lane.ink, DASHES[i % DASHES.len()], seen.say(lane.lane.name));
        if seen.run.is_steady() {
            let rounds = usize::try_from(seen.run.horizon).unwrap_or(usize::MAX).min(5000);
            let known =
                seen.run.derived.column(("moments", i, rounds as u64), || setting::distances(values, i, rounds));
            let x: Vec<f64> = (0..known.len()).map(|n| n as f64 * unit).collect();
            panel.layers.push(thin(x, known, ink, dash));
            if floors[i] > 0.0 {
                panel.layers.push(level(floors[i], ink, Dash::Dotted));
            }
        }
        let measured = measure::distances(lane, best);
        let every = (seen.run.horizon as usize / MARKS).max(1);
        let (x, y): (Vec<f64>, Vec<f64>) =
            measured.iter().enumerate().step_by(every).map(|(n, d)| (n as f64 * unit, *d)).unzip();
        panel.layers.push(points(x, y, Some(name), ink, [Marker::Disc, Marker::Square, Marker::Triangle][i % 3]));
    }
    let end = seen.run.horizon as f64 * unit;
    panel.layers.push(line(vec![0.0, end], vec![TARGET * away; 2], None, Ink::Faint, Dash::Solid));
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}
