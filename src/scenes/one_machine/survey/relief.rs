//! The loss of two coordinates as a surface, with the lanes' paths on it.

use super::super::problem;
use crate::core::Probe;
use crate::figure::{Figure, Now, rich};
use crate::scenes::models::relief::{Names, Relief};
use crate::scenes::{LaneRun, Run, View};
use crate::text::{fill, t};

/// The surface of the loss around the start; only for two modes.
fn surface(run: &Run, view: View) -> Option<Relief<impl Fn([f64; 2]) -> f64 + use<>>> {
    let [a, b] = problem::modes(&run.values)[..] else { return None };
    let [rx, ry] = [[a, b], [b, a]].map(|[own, other]| 1.15 * own.size().max(0.35 * other.size()));
    let ([cx, cy], [l1, l2]) = ([a.target, b.target], [a.lambda, b.lambda]);
    let loss = move |[x, y]: [f64; 2]| 0.5 * (l1 * (x - cx) * (x - cx) + l2 * (y - cy) * (y - cy));
    Some(Relief::new(loss, [cx - rx, cx + rx], [cy - ry, cy + ry], view.turned()))
}

/// The lanes all of whose modes exist.
fn whole(run: &Run) -> impl DoubleEndedIterator<Item = &LaneRun> {
    run.lanes.iter().filter(|l| l.lane.present.iter().all(|p| *p))
}

/// The figure.
pub fn figure<'a>(run: &'a Run, view: View) -> Option<Figure<'a>> {
    let relief = surface(run, view)?;
    let names = Names {
        variables: [("$x_1$", "a.u."), ("$x_2$", "a.u.")],
        function: (t("loss $f$", "损失 $f$").get(view.lang), "a.u."),
        front: t(" at the front edge", "（前缘）").get(view.lang),
    };
    let mut panel = relief.panel("relief", &names);
    for lane in whole(run).rev() {
        panel.layers.extend(relief.lane(lane, view.lang));
    }
    let front = t(
        "The loss as a surface in oblique projection, lit from the upper left (the colours of the bar are those in full light), with the paths of all lanes from one start; grey where the surface hides them. Axes are read along the front edge.",
        "损失曲面的斜投影（光自左上方，色标为受光时的颜色），附各通道从同一起点出发的路径；被曲面遮挡处为灰线。坐标沿前缘读取。",
    );
    let turned = t(
        "The loss as a surface turned by {}° and seen from {}° above, lit from the upper left (the colours of the bar are those in full light), with the paths of all lanes from one start; grey where the surface hides them.",
        "损失曲面（转角 {}°，俯角 {}°，光自左上方，色标为受光时的颜色），附各通道从同一起点出发的路径；被曲面遮挡处为灰线。",
    );
    let caption = match view.turned() {
        Some(angles) => fill(turned.get(view.lang), &angles.map(|a| a.to_string()).each_ref().map(String::as_str)),
        None => front.get(view.lang).into(),
    };
    Some(Figure {
        id: super::RELIEF,
        title: rich(super::RELIEF_TITLE.get(view.lang)),
        columns: 1,
        caption,
        panels: vec![panel],
    })
}

/// The ball of every lane.
pub fn marks(run: &Run, view: View, at: f64) -> Option<Vec<Vec<Now>>> {
    let relief = surface(run, view)?;
    let ball = |lane: &LaneRun| {
        let point = [lane.between(Probe::Position(0), at)?, lane.between(Probe::Position(1), at)?];
        Some(Now::At(relief.place(point)?, lane.lane.ink))
    };
    Some(vec![whole(run).filter_map(ball).collect()])
}
