//! The range an axis shows when the figure leaves it to the data.

use super::{Axis, Layer, Panel, Rule, Scale};

/// Room left beside the data, relative to the span.
const PAD: f64 = 0.04;
/// Half of what f64 holds, so that a span never overflows.
const HUGE: f64 = 8e307;
/// A run that grows by more than this has diverged; its start decides the range.
const DIVERGED: f64 = 1e9;

/// The ranges of both axes of a panel, low to high: what the axes ask for, or what the data fill.
pub fn fit_ranges(panel: &Panel<'_>) -> [[f64; 2]; 2] {
    let x = given(&panel.x).unwrap_or_else(|| {
        let mut extent = Extent::new(panel.x.scale);
        each_value(panel, |series, x, _| extent.add(series, x));
        extent.range(tight(panel))
    });
    let y = given(&panel.y).unwrap_or_else(|| {
        let mut extent = Extent::new(panel.y.scale);
        let shown = |v: f64| v.is_nan() || (v >= x[0] && v <= x[1]);
        each_value(panel, |series, x, y| {
            if shown(x) {
                extent.add(series, y);
            }
        });
        let [low, high] = extent.range(maps_only(panel));
        let bars = panel.layers.iter().any(|l| matches!(l, Layer::Bars(_) | Layer::Histogram(_)));
        // Bars stand on the axis.
        if bars && panel.y.scale != Scale::Log && extent.all[0] == 0.0 { [0.0, high] } else { [low, high] }
    });
    [x, y]
}

/// A given range that an axis can show, low to high.
fn given(axis: &Axis) -> Option<[f64; 2]> {
    let [a, b] = axis.range?;
    let (low, high) = (a.min(b).clamp(-HUGE, HUGE), a.max(b).clamp(-HUGE, HUGE));
    let usable = a.is_finite() && b.is_finite() && (axis.scale != Scale::Log || high > 0.0);
    usable.then(|| settle(low, high, axis.scale))
}

/// Curves and maps fill their width; clouds of points keep a little distance.
fn tight(panel: &Panel<'_>) -> bool {
    let full = |l: &Layer<'_>| matches!(l, Layer::Line(_) | Layer::Band(_) | Layer::Bars(_) | Layer::Histogram(_));
    panel.layers.iter().any(full) && !panel.equal || maps_only(panel)
}

fn maps_only(panel: &Panel<'_>) -> bool {
    panel.layers.iter().any(|l| matches!(l, Layer::HeatMap(_) | Layer::Contours(_) | Layer::Streamlines(_)))
}

/// Calls `visit(first of its series, x, y)` for every point of a panel; NaN where a layer has no such value.
fn each_value(panel: &Panel<'_>, mut visit: impl FnMut(bool, f64, f64)) {
    let none = f64::NAN;
    for layer in &panel.layers {
        match layer {
            Layer::Line(l) => pairs(&l.x, &l.y, &mut visit),
            Layer::Points(p) => pairs(&p.x, &p.y, &mut visit),
            Layer::Region(r) => pairs(&r.x, &r.y, &mut visit),
            Layer::Band(b) => {
                pairs(&b.x, &b.low, &mut visit);
                pairs(&b.x, &b.high, &mut visit);
            }
            Layer::Bars(b) => {
                for (x, h) in b.x.iter().zip(b.height.iter()) {
                    visit(false, x - b.width / 2.0, 0.0);
                    visit(false, x + b.width / 2.0, *h);
                }
            }
            Layer::Facets(f) => pairs(&f.x, &f.y, &mut visit),
            Layer::HeatMap(m) => {
                visit(false, m.x[0], m.y[0]);
                visit(false, m.x[1], m.y[1]);
            }
            Layer::Arrows(a) => {
                pairs(&a.x, &a.y, &mut visit);
                for (k, (x, y)) in a.x.iter().zip(a.y.iter()).enumerate() {
                    visit(false, x + a.u.get(k).unwrap_or(&0.0), y + a.v.get(k).unwrap_or(&0.0));
                }
            }
            Layer::Rule(Rule::X(x, ..)) => visit(false, *x, none),
            Layer::Rule(Rule::Y(y, ..)) => visit(false, none, *y),
            Layer::Text(t) => visit(false, t.at[0], t.at[1]),
            Layer::Callout(c) => visit(false, c.at[0], c.at[1]),
            Layer::Histogram(h) => {
                for (edges, height) in h.edges.windows(2).zip(h.height.iter()) {
                    visit(false, edges[0], 0.0);
                    visit(false, edges[1], *height);
                }
            }
            Layer::ErrorBars(e) if e.along_x => {
                pairs(&e.low, &e.y, &mut visit);
                pairs(&e.high, &e.y, &mut visit);
            }
            Layer::ErrorBars(e) => {
                pairs(&e.x, &e.low, &mut visit);
                pairs(&e.x, &e.high, &mut visit);
            }
            Layer::Contours(c) => {
                visit(false, c.x[0], c.y[0]);
                visit(false, c.x[1], c.y[1]);
            }
            Layer::Streamlines(s) => {
                visit(false, s.x[0], s.y[0]);
                visit(false, s.x[1], s.y[1]);
            }
        }
    }
    for handle in &panel.handles {
        visit(false, handle.at[0], handle.at[1]);
    }
}

fn pairs(x: &[f64], y: &[f64], visit: &mut impl FnMut(bool, f64, f64)) {
    for (k, (x, y)) in x.iter().zip(y).enumerate() {
        visit(k < 3, *x, *y);
    }
}

/// The extent of the values seen, and of the starts of their series.
struct Extent {
    scale: Scale,
    all: [f64; 2],
    start: [f64; 2],
}

impl Extent {
    fn new(scale: Scale) -> Self {
        let none = [f64::INFINITY, f64::NEG_INFINITY];
        Extent { scale, all: none, start: none }
    }

    #[inline]
    fn add(&mut self, start: bool, value: f64) {
        if !value.is_finite() || (self.scale == Scale::Log && value <= 0.0) {
            return;
        }
        self.all = [self.all[0].min(value), self.all[1].max(value)];
        if start {
            self.start = [self.start[0].min(value), self.start[1].max(value)];
        }
    }

    /// The range shown: padded unless `tight`, cut when the data diverge on a linear axis.
    fn range(&self, tight: bool) -> [f64; 2] {
        let [low, high] = self.all.map(|v| v.clamp(-HUGE, HUGE));
        if low > high {
            return if self.scale == Scale::Log { [0.1, 10.0] } else { [0.0, 1.0] };
        }
        let size = |range: [f64; 2]| range[0].abs().max(range[1].abs());
        let start = size(self.start);
        if self.scale == Scale::Linear && start.is_finite() && size([low, high]) > (start * DIVERGED).max(1e6) {
            let room = if start > 0.0 { 5.0 * start } else { 1.0 };
            return settle(low.max(-room), high.min(room), self.scale);
        }
        let [low, high] = settle(low, high, self.scale);
        if tight || low == 0.0 && high == 0.0 { [low, high] } else { padded(low, high, self.scale) }
    }
}

fn padded(low: f64, high: f64, scale: Scale) -> [f64; 2] {
    match scale {
        Scale::Linear => {
            let pad = PAD * (high - low);
            [low - pad, high + pad].map(|v| v.clamp(-HUGE, HUGE))
        }
        Scale::SymLog(_) => {
            let ends = [scale.forward(low), scale.forward(high)].map(Option::unwrap_or_default);
            let pad = PAD * (ends[1] - ends[0]);
            [scale.back(ends[0] - pad), scale.back(ends[1] + pad)].map(|v| v.clamp(-HUGE, HUGE))
        }
        Scale::Log => {
            let pad = (high / low).log10().abs().min(600.0) * PAD;
            let factor = 10f64.powf(pad);
            [(low / factor).max(f64::MIN_POSITIVE), (high * factor).min(HUGE)]
        }
    }
}

/// Makes a range that has a length: equal ends move apart, a logarithmic one becomes positive.
fn settle(low: f64, high: f64, scale: Scale) -> [f64; 2] {
    match scale {
        Scale::Log => {
            let high = high.max(1e-290);
            let low = if low > 0.0 { low.max(1e-300) } else { high * 1e-3 };
            if high / low < 1.001 { [low / 2.0, high * 2.0] } else { [low, high] }
        }
        Scale::Linear | Scale::SymLog(_) => {
            let size = low.abs().max(high.abs());
            if high - low > (size * 1e-12).max(1e-290) {
                return [low, high];
            }
            let half = if size < 1e-280 { 0.5 } else { 0.1 * size };
            [low - half, high + half].map(|v| v.clamp(-HUGE, HUGE))
        }
    }
}
