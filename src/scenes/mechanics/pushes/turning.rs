//! How sharply the two methods turn from one step to the next.

use super::displacements;
use super::pages::angles;
use crate::figure::{Bars, Dash, Hatch, Ink, Layer, Panel, rich};
use crate::scenes::exhibit::draw::{axis, panel, upright};
use crate::scenes::{LaneRun, Seen};
use crate::text::t;

/// Width of a bin (degrees).
const BIN: f64 = 15.0;
/// Steps shorter than this share of the longest are left out: nothing but rounding is left there.
const LEAST: f64 = 1e-12;

/// On which side of a bin the bars of a lane stand, and how they are told apart without colour.
const SIDES: [(f64, Option<Hatch>, Dash); 2] =
    [(-0.21, Some(Hatch::Rising), Dash::DashDot), (0.21, None, Dash::Dashed)];

/// The angles between neighbouring displacements (degrees).
fn turns(lane: &LaneRun) -> Vec<f64> {
    let steps = displacements(lane);
    let length = |d: &[f64; 2]| d[0].hypot(d[1]);
    let longest = steps.iter().map(length).fold(0.0, f64::max);
    let pairs = steps.windows(2).filter(|w| w.iter().all(|d| length(d) > LEAST * longest));
    let angle = |w: &[[f64; 2]]| {
        let (dot, cross) = (w[0][0] * w[1][0] + w[0][1] * w[1][1], w[0][0] * w[1][1] - w[0][1] * w[1][0]);
        libm::atan2(cross.abs(), dot).to_degrees()
    };
    pairs.map(angle).collect()
}

/// Their mean; `None` of fewer than two displacements.
pub fn mean(lane: &LaneRun) -> Option<f64> {
    let turns = turns(lane);
    (!turns.is_empty()).then(|| turns.iter().sum::<f64>() / turns.len() as f64)
}

/// Shares of the steps by the angle they turn.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let bins = (180.0 / BIN) as usize;
    let mut panel = panel("turning", angles(seen), axis(seen, t("share of the steps", "占步数的比例"), ""));
    let mut most: f64 = 0.0;
    for (lane, (side, hatch, dash)) in seen.run.lanes.iter().zip(SIDES) {
        let turns = turns(lane);
        let mut shares = vec![0.0; bins];
        for turn in &turns {
            let bin = ((turn / BIN) as usize).min(bins - 1);
            if let Some(share) = shares.get_mut(bin) {
                *share += 1.0 / turns.len() as f64;
            }
        }
        most = shares.iter().copied().fold(most, f64::max);
        let centres: Vec<f64> = (0..bins).map(|i| (i as f64 + 0.5 + side) * BIN).collect();
        let (name, ink) = (Some(rich(seen.say(lane.lane.name))), lane.lane.ink);
        let (x, height, width) = (centres.into(), shares.into(), 0.4 * BIN);
        panel.layers.push(Layer::Bars(Bars { x, height, width, name, ink, hatch }));
        panel.layers.extend(mean(lane).map(|at| upright(at, ink, dash)));
    }
    panel.layers.push(upright(90.0, Ink::Faint, Dash::Dotted));
    panel.y = panel.y.clone().range(0.0, 1.25 * most.max(0.1));
    vec![panel]
}

pub fn caption(seen: &Seen<'_>) -> String {
    let first = seen.say(t(
        "How sharply both paths turn from one displacement to the next: 0° goes straight on, 180° back. Vertical lines: means.",
        "两条路径相邻两步位移之间的转角：0° 为直行，180° 为折返。竖线：平均值。",
    ));
    match [0, 1].map(|i| seen.lane(i).and_then(mean)) {
        [Some(descent), Some(momentum)] => {
            let text = t(" They are {}° for descent and {}° for momentum.", "梯度下降为 {}°，动量法为 {}°。");
            format!("{first}{}", seen.tell(text, &[descent, momentum]))
        }
        _ => first.to_owned(),
    }
}
