//! Rounds and floors: maps over participation, heterogeneity and the server's momentum.

use super::setting::{self, SAME_GAIN, SAME_RATE, TARGET};
use super::{BETA, CURVATURES, ETA, LOCAL_RATE, RECORDED, SHARE, TARGETS};
use crate::core::Outcome;
use crate::figure::{Dash, Ink, Layer, Scale, along, contour_lines};
use crate::param::{Spec, Values};
use crate::scenes::models::sweep::{Quantity, Survey, Swept, border};
use crate::scenes::{LaneRun, Run, SceneError, Setup, View};
use crate::text::{Text, t};

/// Copies of a server in a cell, rounds within which it has to be at the target, and rounds after which its
/// floor is read, averaged over the last of them.
const COPIES: usize = 16;
const ROUNDS: u64 = 150;
const SETTLED: u64 = 120;
const LAST: usize = 60;
/// Rounds before and after one over which its spread is averaged: that of few copies is a matter of luck.
const AROUND: usize = 12;
/// Nodes along each side of what theory says beforehand.
const NODES: usize = 41;

const fn rounds(id: &'static str, name: Text) -> Quantity {
    Quantity::new(id, name, t("log₁₀ of the rounds to the target", "到达目标所需轮数的 log₁₀"), [0.4, 2.2])
}

const fn floor(id: &'static str, name: Text) -> Quantity {
    Quantity::new(id, name, t("log₁₀ of the noise floor", "噪声底的 log₁₀"), [-2.5, 0.5])
}

const QUANTITIES: &[Quantity] = &[
    rounds("rounds", t("rounds, same rate", "轮数，同学习率")),
    floor("floor", t("noise floor, same rate", "噪声底，同学习率")),
    rounds("rounds-gain", t("rounds, same gain", "轮数，同增益")),
    floor("floor-gain", t("noise floor, same gain", "噪声底，同增益")),
];

/// The server a quantity is of, and whether it counts rounds.
const fn kind(quantity: usize) -> (usize, bool) {
    (if quantity < 2 { SAME_RATE } else { SAME_GAIN }, quantity.is_multiple_of(2))
}

/// Maps of the servers with momentum.
pub struct Rounds;

impl Survey for Rounds {
    fn quantities(&self) -> &'static [Quantity] {
        QUANTITIES
    }

    fn swept(&self, _: &Values, _: View) -> Vec<Swept> {
        let swept = |spec: &'static Spec, range, scale| Swept { spec, range, scale };
        vec![
            swept(&SHARE, [0.02, 1.0], Scale::Linear),
            swept(&BETA, [0.0, 0.99], Scale::Linear),
            swept(&TARGETS, [0.0, 3.0], Scale::Linear),
            swept(&CURVATURES, [0.0, 2.0], Scale::Linear),
            swept(&ETA, [0.01, 5.0], Scale::Log),
            swept(&LOCAL_RATE, [0.001, 0.2], Scale::Log),
        ]
    }

    fn lanes(&self, values: &Values, seed: u64, _: View) -> Result<Setup, SceneError> {
        let mut lanes = setting::lanes(values, seed, COPIES);
        lanes.iter_mut().for_each(|lane| lane.probes = RECORDED.to_vec());
        Ok(Setup { lanes, seconds: 1.0 })
    }

    fn lanes_of(&self, quantity: usize, values: &Values, seed: u64, view: View) -> Result<Setup, SceneError> {
        let mut setup = self.lanes(values, seed, view)?;
        setup.lanes = setup.lanes.into_iter().skip(kind(quantity).0).take(1).collect();
        Ok(setup)
    }

    fn is_decided(&self, run: &Run, _: View) -> bool {
        run.lanes.iter().any(|lane| lane.outcome != Outcome::Running)
    }

    fn is_enough(&self, quantity: usize, run: &Run, view: View) -> bool {
        let enough = if kind(quantity).1 { ROUNDS } else { SETTLED };
        self.is_decided(run, view) || run.done() >= enough
    }

    fn measure(&self, quantity: usize, run: &Run, view: View) -> f64 {
        let (server, counts) = kind(quantity);
        // The one server that is measured, or all of them.
        let lane = run.lanes.get(if run.lanes.len() > 1 { server } else { 0 });
        let Some(lane) = lane.filter(|_| !self.is_decided(run, view)) else { return f64::NAN };
        if counts {
            let bound = TARGET * setting::away(&run.values);
            let there = setting::stays(&smoothed(lane, setting::optimum(&run.values)), bound);
            return there.map_or(f64::NAN, |n| libm::log10((n as f64).max(1.0)));
        }
        let spread = lane.column(RECORDED[1]);
        let last = spread.get(spread.len().saturating_sub(LAST)..).unwrap_or(&[]);
        // The spread of a sample has one freedom less than it has members.
        let freed = COPIES as f64 / (COPIES as f64 - 1.0);
        let mean = freed * last.iter().map(|s| s * s).sum::<f64>() / last.len().max(1) as f64;
        0.5 * libm::log10(mean.max(1e-12))
    }

    fn borders(&self, axes: &[Swept; 2], values: &Values, view: View) -> Vec<Layer<'static>> {
        let mut at = values.clone();
        let mut margin = |x: usize, y: usize, server: usize| {
            let place = |axis: &Swept, i: usize| along(axis.range, axis.scale, i as f64 / (NODES - 1) as f64);
            let set = at.set(axes[0].spec.id, place(&axes[0], x)).is_ok()
                && at.set(axes[1].spec.id, place(&axes[1], y)).is_ok();
            let floor = setting::floor(&at, server);
            // What has no mean square is far above every target.
            let floor = if floor.is_finite() { floor } else { 1e6 };
            if set { libm::log(floor.max(1e-9) / (TARGET * setting::away(&at)).max(1e-9)) } else { f64::NAN }
        };
        let servers = [
            (SAME_RATE, t("floor = target, same rate", "噪声底 = 目标，同学习率"), Dash::Dashed),
            (SAME_GAIN, t("floor = target, same gain", "噪声底 = 目标，同增益"), Dash::Dotted),
        ];
        let mut out = Vec::new();
        for (server, name, dash) in servers {
            let nodes: Vec<f64> = (0..NODES * NODES).map(|k| margin(k % NODES, k / NODES, server)).collect();
            let lines = contour_lines([0.0, 1.0], [0.0, 1.0], NODES, NODES, &nodes, 0.0);
            let on =
                |[x, y]: [f64; 2]| [along(axes[0].range, axes[0].scale, x), along(axes[1].range, axes[1].scale, y)];
            let gap = [f64::NAN; 2];
            let points: Vec<[f64; 2]> = lines.into_iter().flat_map(|l| l.into_iter().map(on).chain([gap])).collect();
            if !points.is_empty() {
                out.push(border(points, name.get(view.lang), Ink::Text, dash));
            }
        }
        out
    }

    fn caption(&self, quantity: usize, view: View) -> String {
        let text = if kind(quantity).1 {
            t(
                "Round from which the rms distance of 16 copies from the common minimum stays below the target, a tenth of the start's distance, out of 150; their spread is smoothed over 25 rounds. Ruled ground: it does not. Lines: where theory says that noise floor and drift together are as large as the target.",
                "16 个副本与共同极小点的均方根距离此后始终低于目标（起点距离的十分之一）的轮次，共 150 轮；离散程度按 25 轮平滑。斜线底：未能做到。曲线：理论上噪声底与漂移之和恰等于目标之处。",
            )
        } else {
            t(
                "Standard deviation of 16 copies of the server, averaged over the last 60 of 120 rounds. Ruled ground: it diverges. Lines: where theory says that noise floor and drift together are a tenth of the start's distance.",
                "服务器 16 个副本的标准差，取 120 轮中最后 60 轮的平均。斜线底：发散。曲线：理论上噪声底与漂移之和恰为起点距离十分之一之处。",
            )
        };
        text.get(view.lang).to_owned()
    }
}

/// The rms distance of a lane's copies from the common minimum, with their spread smoothed over rounds.
fn smoothed(lane: &LaneRun, best: f64) -> Vec<f64> {
    let [mean, spread] = RECORDED.map(|probe| lane.column(probe));
    let freed = COPIES as f64 / (COPIES as f64 - 1.0);
    let near = |n: usize| &spread[n.saturating_sub(AROUND)..(n + AROUND + 1).min(spread.len())];
    let square = |n: usize| freed * near(n).iter().map(|s| s * s).sum::<f64>() / near(n).len().max(1) as f64;
    mean.iter().enumerate().take(spread.len()).map(|(n, m)| (m - best).hypot(square(n).sqrt())).collect()
}
