//! The bench over a barrier: what carries a particle out of a well, and into which one.

use super::CONFIGURATIONAL;
use crate::core::Probe;
use crate::scenes::sampler::escape::{beyond, kramers, rate};
use crate::scenes::sampler::gauges::cloud;
use crate::scenes::sampler::landscape::{Barrier, potential};
use crate::scenes::sampler::setting::Setting;
use crate::scenes::{Check, Claim, Finding, Lens, Predict, Seen, Story};
use crate::text::t;
use crate::theory::escape::share_beyond;

/// The minima of (x² − 1)² + 0.3 x.
const TILTED: [f64; 2] = [-1.035_579, 0.960_150];

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "How many of the particles are beyond the barrier at the end of the run?",
            "运行结束时，有多少粒子越过了势垒？",
        ),
        choices: &[
            t("none", "没有"),
            t("less than nine tenths of the share in equilibrium", "少于平衡比例的九成"),
            t("the share in equilibrium, or nearly", "达到或接近平衡比例"),
            t("all", "全部"),
        ],
        right: crossed,
    },
    answer,
    claims: &[
        Claim::new("003", t("Momentum escapes local minima.", "动量能逃离局部极小。"), escapes),
        Claim::new("001", t("Momentum helps to find the global optimum.", "动量有助于找到全局最优。"), global),
    ],
    reading: &[
        "Kramers (1940), Brownian motion in a field of force and the diffusion model of chemical reactions, Physica 7",
        "Risken (1989), The Fokker–Planck Equation, 2nd ed., Springer",
    ],
    checks: &[
        CONFIGURATIONAL,
        Check::new(
            t("share beyond, by the measured rate (standard errors)", "由测得逃逸率推算的越过比例（标准误）"),
            |_| 0.0,
            relaxed,
            super::WITHIN,
        ),
        Check::new(
            t("T = 0, from the better well: where it ends", "T = 0，从更优的阱出发：终点"),
            |_| TILTED[1],
            landed,
            0.02,
        )
        .of(2),
    ],
};

fn barrier(seen: &Seen<'_>) -> Option<Barrier> {
    let at = Setting::new(&seen.run.values);
    at.landscape().barrier(&at)
}

/// The share of the cloud beyond the barrier at the end, and that of the exact density.
fn shares(seen: &Seen<'_>) -> [f64; 2] {
    let (at, barrier) = (Setting::new(&seen.run.values), barrier(seen));
    let now = cloud(seen.run).zip(barrier.as_ref()).map(|(lane, barrier)| {
        let state = lane.state_at(seen.run.done());
        beyond(state.coordinate(0), barrier)
    });
    let exact = at.exact().zip(barrier.as_ref()).and_then(|(exact, barrier)| {
        let below = exact.lines.first()?.below(barrier.top);
        Some(if barrier.wells[1] > barrier.top { 1.0 - below } else { below })
    });
    [now, exact].map(|share| share.unwrap_or(f64::NAN))
}

fn crossed(seen: &Seen<'_>) -> usize {
    let [now, exact] = shares(seen);
    match now {
        share if share >= 1.0 => 3,
        share if !(share > 0.0) => 0,
        share => {
            if share < 0.9 * exact {
                1
            } else {
                2
            }
        }
    }
}

/// How far the share beyond is at the end from the one that the measured rate predicts from the start, in
/// binomial standard errors of the cloud.
fn relaxed(seen: &Seen<'_>) -> f64 {
    let at = Setting::new(&seen.run.values);
    let [now, exact] = shares(seen);
    let n = cloud(seen.run).map_or(f64::NAN, |lane| lane.lane.start.n() as f64);
    let measured = barrier(seen).and_then(|barrier| rate(&at, seen.run, &barrier));
    let time = seen.run.done() as f64 * seen.run.seconds;
    let wanted = measured.map_or(f64::NAN, |rate| share_beyond(rate.rate, exact, time));
    (now - wanted) / (wanted * (1.0 - wanted) / n).sqrt()
}

/// Where the optimizer is at the end.
fn landed(seen: &Seen<'_>) -> f64 {
    let lane = seen.run.lane(Lens::Optimizer);
    lane.and_then(|lane| lane.at(Probe::Position(0), seen.run.done())).unwrap_or(f64::NAN)
}

/// Whether the optimizer ends beyond the barrier.
fn left(seen: &Seen<'_>, barrier: &Barrier) -> bool {
    (landed(seen) - barrier.top) * (barrier.wells[1] - barrier.top) > 0.0
}

fn answer(seen: &Seen<'_>) -> String {
    let at = Setting::new(&seen.run.values);
    let Some(barrier) = barrier(seen) else {
        return seen.say(t("This landscape has no barrier to escape over.", "这一势能面没有可越过的势垒。")).to_owned();
    };
    let [now, exact] = shares(seen);
    let mut out = String::new();
    if at.temperature() > 0.0 && now.is_finite() && exact.is_finite() {
        let text = t(
            "Noise of T = {} carries {} of the cloud over a barrier of {}; in equilibrium {} belong there.",
            "T = {} 的噪声使粒子云的 {} 越过高度为 {} 的势垒；平衡时应有 {} 在那里。",
        );
        out += &seen.tell(text, &[at.temperature(), now, barrier.heights[0], exact]);
        if let Some(measured) = rate(&at, seen.run, &barrier) {
            let text =
                t(" They leave at {} ± {} per second, Kramers says {}.", "逃逸率为每秒 {} ± {}，Kramers 公式给出 {}。");
            out += &seen.tell(text, &[measured.rate, measured.error, kramers(&at, &barrier, at.get("gamma"))]);
        }
    }
    let lead = if out.is_empty() { "" } else { seen.say(t(" ", "")) };
    let text = t(
        "Without noise the optimizer starts {} above its well and ends at x = {}.",
        "没有噪声时，优化器从高出阱底 {} 处出发，终点 x = {}。",
    );
    out + lead + &seen.tell(text, &[start_above(seen, &barrier), landed(seen)])
}

/// The potential at places.
fn heights<const N: usize>(seen: &Seen<'_>, x: [f64; N]) -> [f64; N] {
    let at = Setting::new(&seen.run.values);
    let found = potential(&*at.landscape().field(&at), &[&x]);
    std::array::from_fn(|i| found.get(i).copied().unwrap_or(f64::NAN))
}

/// How high above the bottom of its well the run starts.
fn start_above(seen: &Seen<'_>, barrier: &Barrier) -> f64 {
    let [start, bottom] = heights(seen, [seen.get("x1"), barrier.wells[0]]);
    start - bottom
}

fn escapes(seen: &Seen<'_>) -> Finding {
    let Some(barrier) = barrier(seen) else {
        let none = t("There is no barrier on this landscape.", "这一势能面没有势垒。");
        return Finding::conditional(true, seen.say(none).to_owned());
    };
    let (above, [now, _]) = (start_above(seen, &barrier), shares(seen));
    let because = t(
        "Continuous motion from rest crosses only barriers below its start: here it starts {} above the bottom and the barrier is {} high. The optimizer ends at x = {}, with the top at {}. Of the cloud with its noise, {} are beyond: a matter of chance and time.",
        "从静止出发的连续运动只能越过低于起点的势垒：此处起点高出阱底 {}，势垒高 {}。优化器终点 x = {}，势垒顶在 {}。有噪声的粒子云中有 {} 越过：取决于概率与时间。",
    );
    let numbers = [above, barrier.heights[0], landed(seen), barrier.top, if now.is_finite() { now } else { 0.0 }];
    Finding::conditional(left(seen, &barrier) || now > 0.0, seen.tell(because, &numbers))
}

fn global(seen: &Seen<'_>) -> Finding {
    let Some(barrier) = barrier(seen) else {
        let none = t("There is no second well on this landscape.", "这一势能面没有第二个阱。");
        return Finding::conditional(true, seen.say(none).to_owned());
    };
    let [own, other] = heights(seen, barrier.wells);
    let left = left(seen, &barrier);
    let [now, exact] = shares(seen);
    let known = |x: f64| if x.is_finite() { x } else { f64::from(left) };
    let because = t(
        "The well of the start lies at {}, the other one at {}. The optimizer ends at x = {}; {} of the cloud go over and {} would in equilibrium. What carries over a barrier does so either way, also out of the better well.",
        "出发阱的阱底为 {}，另一阱为 {}。优化器终点 x = {}；粒子云有 {} 越过，平衡时为 {}。能越过势垒的机制两个方向都起作用，也会离开更优的阱。",
    );
    let because = seen.tell(because, &[own, other, landed(seen), known(now), known(exact)]);
    Finding::conditional(!(left && own < other), because)
}
