//! The weights of the first layer as images.

use super::lanes::MOMENTUM;
use super::{curvature, task};
use crate::figure::{Colormap, HeatMap, Ink, Layer, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, label, panel, words};
use crate::text::t;

/// Units that are drawn at most, and how many of them side by side.
const MOST: usize = 20;
const BESIDE: usize = 5;

/// The first units of the momentum lane.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [units, height, width] = task::of(&seen.run.values).first;
    let units = units.min(MOST);
    let (beside, above) = (units.clamp(1, BESIDE), units.div_ceil(BESIDE).max(1));
    // One blank pixel between two images.
    let [nx, ny] = [beside * (width + 1) - 1, above * (height + 1) - 1];
    let pixels = axis(seen, t("column of pixels", "像素列"), "").range(0.0, nx as f64);
    let rows = axis(seen, t("row of pixels", "像素行"), "").range(0.0, ny as f64);
    let mut panel = panel("weights", pixels, rows);
    let count = units * height * width;
    let read = move |state: &crate::core::State| state.q.iter().copied().take(count).collect::<Vec<f64>>();
    let glanced =
        seen.lane(MOMENTUM).and_then(|lane| lane.glance(curvature::turn(seen), ("first layer", count, 0), 0, read));
    let Some(weights) = glanced.filter(|weights| weights.len() == count) else {
        let wait = seen.say(t("being computed", "正在计算"));
        panel.layers.push(words([nx as f64 / 2.0, ny as f64 / 2.0], wait, Ink::Muted));
        return vec![panel];
    };
    let top = weights.iter().copied().filter(|w| w.is_finite()).fold(1e-12, |m: f64, w| m.max(w.abs()));
    let value = |place: usize| {
        // Rows of pixels count from above, rows of the map from below.
        let (x, y) = (place % nx, ny - 1 - place / nx);
        let (column, line) = (x % (width + 1), y % (height + 1));
        let unit = y / (height + 1) * BESIDE + x / (width + 1);
        let there = column < width && line < height && unit < units;
        let weight = weights.get((unit * height + line) * width + column).copied();
        weight.filter(|_| there).unwrap_or(f64::NAN)
    };
    panel.layers.push(Layer::HeatMap(HeatMap {
        x: [0.0, nx as f64],
        y: [0.0, ny as f64],
        nx,
        values: (0..nx * ny).map(value).collect::<Vec<f64>>().into(),
        range: [-top, top],
        map: Colormap::Vik,
        label: label(seen, t("weight", "权重")),
    }));
    vec![panel]
}
