//! The six panels.

use super::{cloud, settled};
use crate::core::Probe;
use crate::figure::{Dash, Ink, Layer, Marker, Panel};
use crate::scenes::exhibit::draw::{axis, band, level, line, over_time, points, spanning, thin};
use crate::scenes::{LaneRun, Seen};
use crate::text::{Text, t};

/// All of them.
pub fn everywhere<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut panels = vec![damper(seen), joint(seen), filter(seen), players(seen)];
    panels.push(clouded(seen, "sampler", 5, t("sampler $x$", "采样器 $x$"), [0.0, cloud(seen)]));
    let [mean, spread] = settled(seen).map_or([0.0, f64::NAN], |s| [s.mean, s.variance.sqrt()]);
    panels.push(clouded(seen, "server", 6, t("server $x$", "服务器 $x$"), [mean, spread]));
    panels
}

fn empty<'a>(id: &'static str, seen: &Seen<'_>, label: Text) -> Panel<'a> {
    let mut panel = over_time(id, seen, axis(seen, label, ""));
    panel.legend = false;
    panel
}

/// A recorded column of a lane over its clock.
fn rows<'a>(seen: &Seen<'a>, i: usize, probe: Probe) -> [&'a [f64]; 2] {
    let read = |lane: &'a LaneRun| [lane.times(1.0), lane.column(probe)];
    seen.lane(i).map_or([&[], &[]], read)
}

fn damper<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let mut panel = empty("damper", seen, t("optimizer and damper $x$", "优化器与阻尼器 $x$"));
    let [x, y] = rows(seen, 1, Probe::Position(0));
    panel.layers.push(line(x, y, None, Ink::Spring, Dash::Solid));
    let [n, q] = rows(seen, 0, Probe::Position(0));
    panel.layers.push(points(n, q, None, Ink::Optimizer, Marker::Disc));
    panel.y = spanning(panel.y, y.iter().chain(q).copied().filter(|x| x.abs() < 6.0));
    panel
}

fn joint<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let mut panel = empty("joint", seen, t("joint angle", "关节角"));
    let [x, y] = rows(seen, 2, Probe::Position(0));
    panel.layers.push(thin(x, y, Ink::Controller, Dash::Dashed));
    panel.layers.push(points(x, y, None, Ink::Controller, Marker::Ring));
    panel.y = spanning(panel.y, y.iter().copied().filter(|x| x.abs() < 6.0));
    panel
}

/// The mean of a cloud with one standard deviation about it, and its first member.
fn spread<'a>(seen: &Seen<'a>, i: usize, probes: [Probe; 3], root: bool, ink: Ink) -> Vec<Layer<'a>> {
    let [[x, one], [_, mean], [_, spread]] = probes.map(|probe| rows(seen, i, probe));
    let width = |s: f64| if root { s.max(0.0).sqrt() } else { s };
    let edge = |sign: f64| mean.iter().zip(spread).map(|(m, s)| m + sign * width(*s)).collect::<Vec<f64>>();
    vec![band(x.to_vec(), edge(-1.0), edge(1.0), None, ink), thin(x, one, ink, Dash::Solid)]
}

fn filter<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let mut panel = empty("filter", seen, t("filtered signal $v$", "滤波后的信号 $v$"));
    let [x, one] = rows(seen, 3, Probe::Velocity(0));
    let beta = seen.get("beta");
    let rise: Vec<f64> = x.iter().map(|n| 1.0 - libm::pow(beta, *n)).collect();
    let [_, variance] = rows(seen, 3, Probe::VarianceVelocity(0));
    let edge = |sign: f64| rise.iter().zip(variance).map(|(m, s)| m + sign * s.max(0.0).sqrt()).collect::<Vec<f64>>();
    panel.layers.push(band(x.to_vec(), edge(-1.0), edge(1.0), None, Ink::Amber));
    panel.layers.push(thin(x, one, Ink::Amber, Dash::Solid));
    panel.layers.push(line(x, rise, None, Ink::Text, Dash::Dashed));
    panel.y = spanning(panel.y, one.iter().copied().chain([0.0, 1.2]));
    panel
}

/// In powers of ten, so that the numbers of the axis are as narrow as those of the panels around it.
fn players<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let mut panel = empty("players", seen, t("$log_{10}$ distance", "$log_{10}$ 距离"));
    let [n, x] = rows(seen, 4, Probe::Position(0));
    let [_, y] = rows(seen, 4, Probe::Position(1));
    let away: Vec<f64> = x.iter().zip(y).map(|(x, y)| libm::log10(x.hypot(*y))).collect();
    let readable: Vec<f64> = away.iter().copied().filter(|r| r.abs() < 6.0).collect();
    panel.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    panel.layers.push(line(n, away, None, Ink::Spring, Dash::Solid));
    panel.y = spanning(panel.y, readable.into_iter().chain([-0.3, 0.3]));
    panel
}

fn clouded<'a>(seen: &Seen<'a>, id: &'static str, i: usize, label: Text, [mean, spread_to]: [f64; 2]) -> Panel<'a> {
    let mut panel = empty(id, seen, label);
    let ink = seen.lane(i).map_or(Ink::Text, |lane| lane.lane.ink);
    let probes = [Probe::Position(0), Probe::MeanPosition(0), Probe::SpreadPosition(0)];
    panel.layers = spread(seen, i, probes, false, ink);
    let ends = [mean - spread_to, mean + spread_to];
    panel.layers.extend(ends.iter().filter(|y| y.is_finite()).map(|y| level(*y, Ink::Text, Dash::Dashed)));
    let [_, one] = rows(seen, i, Probe::Position(0));
    panel.y = spanning(panel.y, one.iter().chain(&ends).copied().filter(|x| x.abs() < 6.0));
    panel
}
