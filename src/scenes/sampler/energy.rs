//! Energy: it falls for the optimizer, stays for the flow, fluctuates for the sampler; and its ledger.

use super::draw::{extent, hand, level, line, said, speeds, widened};
use super::landscape::force;
use super::method::Method;
use super::setting::Setting;
use crate::core::Probe;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Panel, Text as Label, Weight};
use crate::scenes::models::clock::{clock, mark_changes, panel};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::t;

/// The smallest residual that is drawn.
const LEAST: f64 = 1e-17;

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let mut panels = vec![totals(at, run, view)];
    panels.extend(books(at, run).map_or_else(|| vec![nothing(run, view)], |books| ledger(run, view, books)));
    let text = t(
        "Energy U + ½v² over time: monotone for the optimizer, kept by Hamiltonian flow, fluctuating for one particle of the sampler about the mean of the exact density plus T/2 per coordinate. Ledger of that particle: energy + what friction took − what noise gave is constant but for the error of the integrator.",
        "能量 U + ½v² 随时间的变化：优化器单调下降，哈密顿流守恒，采样器的一个粒子则围绕精确均值（平均势能 + 每坐标 T/2）涨落。该粒子的账本：能量 + 摩擦耗散 − 噪声注入，除积分误差外保持不变。",
    );
    Figure {
        id: "energy",
        title: said(t("Energy: monotone or fluctuating", "能量：单调或涨落"), view),
        columns: 1,
        caption: text.get(view.lang).into(),
        panels,
    }
}

/// U + ½v² of a lane's first particle.
pub fn total<'a>(at: &Setting<'_>, run: &Run, lane: &'a LaneRun) -> &'a [f64] {
    let inertia = lane.lane.lens == Lens::Spring || at.method().has_inertia();
    let v: Vec<&[f64]> = (0..if inertia { at.dim() } else { 0 }).map(|i| speeds(at, run, lane, i)).collect();
    let potential = lane.column(Probe::Potential);
    lane.derived.column(("total", 0, 0), || {
        let kinetic = |row: usize| 0.5 * v.iter().map(|v| v[row] * v[row]).sum::<f64>();
        potential.iter().enumerate().map(|(row, u)| u + kinetic(row)).collect()
    })
}

fn totals<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Panel<'a> {
    let axis = Axis::new(said(t("energy $U + v^2/2$", "能量 $U + v^2/2$"), view), "a.u.");
    let mut panel = panel("total", run, view, axis);
    panel.share = 1.6;
    let unit = clock(run, view).1;
    let mut seen = Vec::new();
    for lens in [Lens::Sampler, Lens::Spring, Lens::Optimizer] {
        let Some(lane) = run.lane(lens) else { continue };
        let energy = total(at, run, lane);
        let first = energy.first().copied().unwrap_or(0.0);
        let far = 20.0 * (at.temperature() + first.abs() + 1.0);
        seen.extend(extent(energy.iter().copied().filter(|e| (e - first).abs() < far)));
        let (ink, dash) = hand(lens);
        let weight = if lens == Lens::Optimizer { Weight::Bold } else { Weight::Normal };
        let name =
            if lens == Lens::Sampler { t("sampler, one particle", "采样器的一个粒子") } else { lane.lane.name };
        panel.layers.push(line(lane.times(unit), energy, Some(said(name, view)), (ink, dash, weight)));
    }
    if let Some(mean) = mean(at) {
        let name = said(t("exact mean", "精确均值"), view);
        panel.layers.push(level([0.0, run.horizon as f64 * unit], mean, name, Ink::Muted, Dash::DashDot));
        seen.push(mean);
    }
    let [low, high] = widened(extent(seen.into_iter()), 0.06);
    panel.y = panel.y.range(low, high);
    mark_changes(&mut panel, run, view, true);
    panel
}

/// The mean energy of the exact density: ⟨U⟩ by quadrature and T/2 for every velocity.
pub fn mean(at: &Setting<'_>) -> Option<f64> {
    let velocities = if at.method().has_inertia() { at.dim() as f64 } else { 0.0 };
    at.exact().map(|e| e.potential + 0.5 * velocities * at.temperature())
}

/// Energy, dissipated, injected energy, balance and residual of the first particle.
pub type Books<'a> = (&'a LaneRun, [&'a [f64]; 5]);

/// The books; `None` for a method without friction, in the plane, or where values changed in mid-run.
pub fn books<'a>(at: &Setting<'_>, run: &'a Run) -> Option<Books<'a>> {
    let lane = run.lane(Lens::Sampler)?;
    let friction = at.method().has_friction() && at.dim() == 1 && run.is_steady();
    if !friction || lane.trace.len() < 2 {
        return None;
    }
    let energy = total(at, run, lane);
    let v = speeds(at, run, lane, 0);
    let rest = lane.derived.column(("books", 0, 0), || sums(at, lane, energy, v));
    let parts: Vec<&[f64]> = rest.chunks(energy.len().max(1)).collect();
    let &[dissipated, injected, balance, residual] = &parts[..] else { return None };
    Some((lane, [energy, dissipated, injected, balance, residual]))
}

/// The books one after the other.
///
/// Friction and noise act between two velocities u and u′ = keep·u + noise: friction takes
/// ½u²(1 − keep²), noise gives ½(u′² − keep²u²). Both velocities follow from the recorded states of a
/// step, because everything else it does is exact arithmetic on them.
fn sums(at: &Setting<'_>, lane: &LaneRun, energy: &[f64], v: &[f64]) -> Vec<f64> {
    let (h, q) = (at.get("h"), lane.column(Probe::Position(0)));
    let f = force(&*lane.lane.system.field, q);
    let keep = super::params::momentum(at.values);
    let half = keep.sqrt();
    let (mut dissipated, mut injected) = (vec![0.0; q.len()], vec![0.0; q.len()]);
    for i in 1..q.len() {
        let (old, new) = (i - 1, i);
        // (before, after, share kept) of every piece of friction in the step.
        let pieces: Vec<[f64; 3]> = match at.method() {
            Method::Baoab => {
                let before = v[old] + 0.5 * h * f[old];
                vec![[before, 2.0 * (q[new] - q[old]) / h - before, keep]]
            }
            Method::Obabo => {
                let after = (q[new] - q[old]) / h - 0.5 * h * f[old];
                vec![[v[old], after, half], [after + 0.5 * h * (f[old] + f[new]), v[new], half]]
            }
            _ => vec![[v[old], v[new] - h * f[old], keep]],
        };
        let taken: f64 = pieces.iter().map(|[u, _, k]| 0.5 * u * u * (1.0 - k * k)).sum();
        let given: f64 = pieces.iter().map(|[u, w, k]| 0.5 * (w * w - k * k * u * u)).sum();
        (dissipated[i], injected[i]) = (dissipated[i - 1] + taken, injected[i - 1] + given);
    }
    let balance: Vec<f64> = (0..q.len()).map(|i| energy[i] + dissipated[i] - injected[i]).collect();
    let first = balance.first().copied().unwrap_or(0.0);
    let size = dissipated.last().copied().unwrap_or(0.0).abs().max(first.abs()).max(1e-300);
    let residual: Vec<f64> = balance.iter().map(|b| ((b - first) / size).abs().max(LEAST)).collect();
    [dissipated, injected, balance, residual].concat()
}

fn ledger<'a>(run: &'a Run, view: View, (lane, books): Books<'a>) -> Vec<Panel<'a>> {
    let unit = clock(run, view).1;
    let x = lane.times(unit);
    let mut first = panel("ledger", run, view, Axis::new(said(t("ledger", "账本"), view), "a.u."));
    first.below = true;
    first.share = 1.4;
    let parts = [
        (Ink::Optimizer, Dash::Solid, t("energy", "能量")),
        (Ink::Spring, Dash::DashDot, t("dissipated", "耗散")),
        (Ink::Controller, Dash::Dashed, t("injected", "注入")),
        (Ink::Text, Dash::Dotted, t("energy + dissipated − injected", "能量 + 耗散 − 注入")),
    ];
    for (column, (ink, dash, name)) in books.iter().zip(parts) {
        first.layers.push(line(x, *column, Some(said(name, view)), (ink, dash, Weight::Normal)));
    }
    let [low, high] = widened(extent(books[..4].iter().flat_map(|c| c.iter().copied())), 0.06);
    first.y = first.y.range(low, high);
    let mut second = panel("residual", run, view, Axis::new(said(t("residual", "残差"), view), "").log());
    second.below = true;
    let top = books[4].iter().copied().filter(|r| r.is_finite()).fold(1e-12, f64::max).log10().ceil().min(300.0);
    second.y = second.y.range(10f64.powf(top - 5.0), 10f64.powf(top));
    second.layers.push(line(x, books[4], None, (Ink::Spring, Dash::Solid, Weight::Normal)));
    vec![first, second]
}

fn nothing<'a>(run: &Run, view: View) -> Panel<'a> {
    let mut panel = panel("ledger", run, view, Axis::new(said(t("ledger", "账本"), view), "a.u.").range(0.0, 1.0));
    panel.below = true;
    let say =
        t("no ledger: no friction, in the plane, or changed in mid-run", "无账本：没有摩擦、在平面上或中途有改变");
    let at = [0.5 * run.horizon as f64 * clock(run, view).1, 0.5];
    panel.layers.push(Layer::Text(Label { at, text: said(say, view), ink: Ink::Muted }));
    panel
}
