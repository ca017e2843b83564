//! The loss over a line as a profile, with every lane on it.

use super::setting::Setting;
use super::{axes, handles, map};
use crate::core::Probe;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Line, Panel, Weight, rich};
use crate::scenes::{Run, View};
use crate::text::{Lang, t};

/// Points of the curve.
const N: usize = 600;

/// The loss over the line that is shown, and the range of its heights.
pub fn curve<'a>(at: &Setting<'_>, run: &'a Run) -> ([&'a [f64]; 2], [f64; 2]) {
    let x = places(at, run);
    let y = run.derived.column(("profile", 0, 0), || at.losses(&[x]));
    ([x, y], heights(run, y))
}

/// What the force over a line would be the slope of, were it always at rest and at the start of time:
/// −∫F dx by the trapezoidal rule, 0 at the left.
pub fn potential_at_rest<'a>(at: &Setting<'_>, run: &'a Run) -> ([&'a [f64]; 2], [f64; 2]) {
    let x = places(at, run);
    let y = run.derived.column(("profile", 0, 0), || {
        let force = |x: &f64| at.force_at(&[*x]).first().copied().unwrap_or(f64::NAN);
        let force: Vec<f64> = x.iter().map(force).collect();
        let mut height = 0.0;
        let pieces = x.windows(2).zip(force.windows(2)).map(|(x, f)| {
            height -= 0.5 * (f[0] + f[1]) * (x[1] - x[0]);
            height
        });
        std::iter::once(0.0).chain(pieces).collect()
    });
    ([x, y], heights(run, y))
}

fn places<'a>(at: &Setting<'_>, run: &'a Run) -> &'a [f64] {
    let range = axes::extent(at, run, 0);
    run.derived.column(("profile x", 0, 0), || {
        (0..=N).map(|i| range[0] + (range[1] - range[0]) * i as f64 / N as f64).collect()
    })
}

fn heights(run: &Run, y: &[f64]) -> [f64; 2] {
    run.derived.pair(("profile y", 0, 0), || {
        let finite = y.iter().copied().filter(|y| y.is_finite());
        axes::widened(finite.fold([f64::INFINITY, f64::NEG_INFINITY], |r, y| [r[0].min(y), r[1].max(y)]), 0.08)
    })
}

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let range = axes::extent(at, run, 0);
    let loss = Axis::new(rich(t("loss $f$", "损失 $f$").get(view.lang)), "a.u.");
    let mut panel = Panel::new("profile", axes::axis(at, 0).range(range[0], range[1]), loss);
    let ([x, y], [low, high]) = curve(at, run);
    let (ink, dash, weight) = (Ink::Muted, Dash::Solid, Weight::Normal);
    panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None }));
    for lane in axes::lanes(run) {
        let (q, f) = (lane.column(Probe::Position(0)), lane.column(Probe::Potential));
        panel.layers.extend(axes::path(lane, q, f, view));
    }
    panel.y = panel.y.range(low, high);
    for point in at.points().iter() {
        let Some(x) = point.at.first().copied() else { continue };
        let window = crate::scenes::models::landscape::Window { x: range, y: [low, high] };
        panel.layers.extend(map::named(point.nature, [x, point.value], window, view.lang));
    }
    panel.handles = handles::on_profile(at, run, view);
    let drawn = t(
        "The loss and where every lane goes on it; stationary points by their kind.",
        "损失曲线及各通道在其上的位置；驻点按类型标注。",
    );
    let space = if view.lang == Lang::En { " " } else { "" };
    Figure {
        id: "profile",
        title: rich(t("Loss profile", "损失剖面").get(view.lang)),
        columns: 1,
        caption: [drawn.get(view.lang), axes::legend(at).get(view.lang)].join(space),
        panels: vec![panel],
    }
}
