//! Verdicts and claims about a run in words, with the numbers they rest on.

use super::gauges::{LOUD, Thermometer, proposals};
use super::landscape::Landscape;
use super::method::Method;
use super::setting::Setting;
use super::{energy, escape, params};
use crate::core::Probe;
use crate::param::{Values, show_number};
use crate::scenes::{Chip, Entry, Lens, Run, Tone, View};
use crate::text::{Text, fill, t};
use crate::theory::fluctuation::{tau_int, tau_int_squared};

/// The chips: what the machine is at these values, then what its thermometers say of it.
pub fn chips(at: &Setting<'_>, run: &Run, view: View) -> Vec<Chip> {
    let mut out = vec![nature(at, view)];
    for which in trusted(at) {
        out.extend(verdict(at, run, *which, view));
    }
    for lane in &run.lanes {
        if let Some(n) = lane.diverged_at() {
            let name = lane.lane.name.get(view.lang);
            let note = t(
                "It left every bound at iteration {}, where it was stopped: the step is beyond its wall.",
                "它在第 {} 步超出一切界限，停在那里：步长超过了稳定边界。",
            );
            out.push(Chip {
                text: fill(t("{} diverges", "{}发散").get(view.lang), &[name]),
                tone: Tone::Danger,
                note: fill(note.get(view.lang), &[&n.to_string()]),
            });
        }
    }
    out
}

/// Optimizer, Hamiltonian flow or sampler.
fn nature(at: &Setting<'_>, view: View) -> Chip {
    let friction = at.get("gamma") > 0.0 || !at.method().has_friction();
    let (text, tone, note) = match (at.noise_temperature() > 0.0, friction) {
        (_, false) => (
            t("γ = 0: Hamiltonian flow", "γ = 0：哈密顿流"),
            Tone::Warning,
            t(
                "Without friction there is no noise either: energy is kept, and a cloud keeps the energies it started with.",
                "没有摩擦也就没有噪声：能量守恒，粒子云保持初始的能量分布。",
            ),
        ),
        (false, true) => (
            t("T = 0: optimizer", "T = 0：优化器"),
            Tone::Calm,
            t(
                "Without noise the sampler is the optimizer: both lanes coincide.",
                "没有噪声，采样器就是优化器：两条通道重合。",
            ),
        ),
        (true, true) => (
            t("T > 0: sampler", "T > 0：采样器"),
            Tone::Ringing,
            t(
                "Friction takes energy and noise gives it back; matched to each other they leave e^(−U/T) in place.",
                "摩擦取走能量，噪声补回能量；两者匹配时保持分布 e^(−U/T) 不变。",
            ),
        ),
    };
    Chip { text: text.get(view.lang).into(), tone, note: note.get(view.lang).into() }
}

/// The thermometers whose reading a method gets right, or is known to get wrong by how much.
fn trusted(at: &Setting<'_>) -> &'static [Thermometer] {
    use Thermometer::{Configurational, Kinetic};
    match (at.landscape(), at.method()) {
        (Landscape::Harmonic, _) | (_, Method::Hmc) => &[Kinetic, Configurational],
        (_, Method::Obabo) => &[Kinetic],
        _ => &[Configurational],
    }
}

/// What a thermometer says: the reading, what it ought to be, and how many standard errors lie between.
pub fn verdict(at: &Setting<'_>, run: &Run, which: Thermometer, view: View) -> Option<Chip> {
    let ergodic = at.get("gamma") > 0.0 || !at.method().has_friction();
    let reading = which.reading(at, run, run.done()).filter(|_| ergodic)?;
    let expected = which.expected(at)?;
    let z = reading.z(expected);
    if !z.is_finite() {
        return None;
    }
    let loud = z.abs() > LOUD;
    let name = match which {
        Thermometer::Kinetic => t("kinetic", "动能"),
        Thermometer::Configurational => t("configurational", "构型"),
    };
    let text = if loud {
        t("{} thermometer off: {} for {}, z = {}", "{}温度计不符：读数 {}，应为 {}，z = {}")
    } else {
        t("{} thermometer agrees: {} for {}, z = {}", "{}温度计相符：读数 {}，应为 {}，z = {}")
    };
    let parts = [reading.mean, expected, z].map(show_number);
    let note = if which.has_closed_form(at) {
        t(
            "Against the closed form of this scheme with matched noise. Standard error {}; the settled iterations are worth {} independent moments. |z| > 3 means that noise and friction do not match.",
            "与噪声匹配时该格式的闭式解比较。标准误 {}；平稳段相当于 {} 个独立时刻。|z| > 3 说明噪声与摩擦不匹配。",
        )
    } else {
        t(
            "Against T. Standard error {}; the settled iterations are worth {} independent moments. |z| > 3 means that noise and friction do not match, or that the step is too large or the cloud not settled.",
            "与 T 比较。标准误 {}；平稳段相当于 {} 个独立时刻。|z| > 3 说明噪声与摩擦不匹配，或步长过大、粒子云尚未平稳。",
        )
    };
    let worth = [reading.error, reading.effective].map(show_number);
    Some(Chip {
        text: fill(text.get(view.lang), &[name.get(view.lang), &parts[0], &parts[1], &parts[2]]),
        tone: if loud { Tone::Warning } else { Tone::Calm },
        note: fill(note.get(view.lang), &[&worth[0], &worth[1]]),
    })
}

/// What a reader of these values should know: claims of the articles with the verdict on this run.
pub fn notes(at: &Setting<'_>, run: &Run, view: View) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    out.extend(mismatch(at, view));
    out.extend(calibration(at, view));
    out.extend(descent(at, run, view));
    out.extend(refusals(at, run, view));
    out.extend(better_well(at, run, view));
    out.extend(free_samples(at, view));
    if !run.is_steady() {
        let text = t(
            "Parameters changed in mid-run: means and thermometers count from the last change on.",
            "运行中途改变了参数：均值与温度计自最后一次改变起计。",
        );
        out.push(text.get(view.lang).into());
    }
    out
}

/// Fluctuation and dissipation broken on purpose.
fn mismatch(at: &Setting<'_>, view: View) -> Option<String> {
    let delta = at.get("mismatch");
    let text = t(
        "Noise for T = {} with friction for {}: with one noise for every direction this is a good sampler of the wrong temperature, so the density is too {}. No current flows.",
        "噪声对应 T = {}，摩擦对应 {}：各方向噪声相同，因此这是一个温度有误的合格采样器，分布过{}；其中没有环流。",
    );
    let word = if delta > 0.0 { t("wide", "宽") } else { t("narrow", "窄") };
    let parts = [at.noise_temperature(), at.temperature()].map(show_number);
    (delta != 0.0 && at.temperature() > 0.0)
        .then(|| fill(text.get(view.lang), &[&parts[0], &parts[1], word.get(view.lang)]))
}

/// Claim: noise matched to friction. How much, and what each thermometer then reads.
fn calibration(at: &Setting<'_>, view: View) -> Option<String> {
    let own = match at.method() {
        Method::Sghmc => t(
            "Claim “noise must match friction”: true, and the match is s² = 2(1 − β)ηT for positions. Velocities then read hot, because v lives half a step away: {} here. Noise that the gradient already brings must be subtracted.",
            "“噪声须与摩擦匹配”：正确，就位置而言为 s² = 2(1 − β)ηT。此时速度温度偏高，因为 v 位于半步处：此处为 {}。梯度自带的噪声须从中扣除。",
        ),
        Method::HeavyBallOu => t(
            "Claim “noise must match friction”: s² = (1 − β²)ηT is right for velocities and leaves positions cold: thermometers read {} here; both at once is impossible.",
            "“噪声须与摩擦匹配”：s² = (1 − β²)ηT 适于速度而使位置偏冷：此处读数为 {}；两者无法同时正确。",
        ),
        Method::Baoab => t(
            "BAOAB: positions exact on the harmonic well, velocities cold: {} there.",
            "BAOAB：谐振势上位置精确，速度偏冷：该处读数为 {}。",
        ),
        Method::Obabo => t(
            "OBABO: velocities exact on the harmonic well, positions hot: {} there.",
            "OBABO：谐振势上速度精确，位置偏热：该处读数为 {}。",
        ),
        _ => return None,
    };
    let k = at.get("stiffness");
    let readings = at.method().readings(at, k, at.temperature()).filter(|_| at.temperature() > 0.0)?;
    let text = t("k var x = {}, m var v = {} for T = {}, k = {}", "k var x = {}，m var v = {}（T = {}，k = {}）");
    let parts = [readings.position, readings.kinetic, at.temperature(), k].map(show_number);
    let said = fill(text.get(view.lang), &[&parts[0], &parts[1], &parts[2], &parts[3]]);
    Some(fill(own.get(view.lang), &[&said]))
}

/// Claim: energy falls. Counted on the lanes.
fn descent(at: &Setting<'_>, run: &Run, view: View) -> Option<String> {
    let rises = |lens: Lens| {
        let lane = run.lane(lens).filter(|l| l.diverged_at().is_none())?;
        let energy = energy::total(at, run, lane);
        let size = energy.iter().fold(0.0, |most: f64, e| most.max(e.abs()));
        Some(energy.windows(2).filter(|w| w[1] > w[0] + 1e-12 * size).count())
    };
    let (optimizer, sampler) = (rises(Lens::Optimizer)?, rises(Lens::Sampler)?);
    let text = t(
        "Energy monotone against fluctuating: U + ½v² rose in {} of {} steps of the optimizer and in {} of one particle of the sampler. The loss alone may rise for both.",
        "能量单调与涨落：U + ½v² 于优化器上升 {} 次（共 {} 步），于采样器的一个粒子上升 {} 次。单看损失，两者都可能上升。",
    );
    let parts = [optimizer, run.done() as usize, sampler].map(|n| n.to_string());
    (run.done() > 0).then(|| fill(text.get(view.lang), &[&parts[0], &parts[1], &parts[2]]))
}

/// Claim: HMC is momentum. What it needs besides.
fn refusals(at: &Setting<'_>, run: &Run, view: View) -> Option<String> {
    if at.method() != Method::Hmc {
        return None;
    }
    let [proposed, accepted] = proposals(run, view.now)?;
    let text = t(
        "Claim “HMC is momentum simulation”: it also draws the velocity anew and refuses by energy; {} of {} proposals were refused here so far, and each time the old state counts again.",
        "“HMC 就是动量模拟”：它还要重抽速度并按能量接受或拒绝；此处迄今拒绝了 {} 次（共 {} 次提议），每次拒绝旧状态再计一次。",
    );
    Some(fill(text.get(view.lang), &[&(proposed - accepted.min(proposed)).to_string(), &proposed.to_string()]))
}

/// Claim: momentum escapes local minima. Where the optimizer went from here.
fn better_well(at: &Setting<'_>, run: &Run, view: View) -> Option<String> {
    let barrier = at.landscape().barrier(at)?;
    let lane = run.lane(Lens::Optimizer).filter(|l| l.diverged_at().is_none() && run.done() > 0)?;
    let end = *lane.column(Probe::Position(0)).last()?;
    let left = escape::beyond(&[end], &barrier) > 0.0;
    let better = barrier.heights[0] > barrier.heights[1] + 1e-9;
    let text = match (left, better) {
        (true, true) => t(
            "Claim “momentum escapes local minima”: here it left the better well and is at {} now. It passes only barriers lower than its starting energy, in either direction.",
            "“动量能逃离局部极小”：此处它离开了更优的阱，现位于 {}。它只能越过低于起始能量的势垒，而且两个方向都可能。",
        ),
        (true, false) => t(
            "Claim “momentum escapes local minima”: here it crossed the barrier and is at {} now, because its starting energy allowed it; there is no guarantee.",
            "“动量能逃离局部极小”：此处它越过势垒，现位于 {}，因为起始能量足够；但并无保证。",
        ),
        (false, _) => t(
            "Claim “momentum escapes local minima”: not here; the optimizer is at {}, on the side it started from. With noise every barrier is passed, at a rate that falls as e^(−E/T).",
            "“动量能逃离局部极小”：此处并没有；优化器位于 {}，仍在出发的一侧。有噪声时任何势垒都会被越过，但速率按 e^(−E/T) 下降。",
        ),
    };
    Some(fill(text.get(view.lang), &[&show_number(end)]))
}

/// High momentum gives no free samples.
fn free_samples(at: &Setting<'_>, view: View) -> Option<String> {
    let harmonic = at.landscape() == Landscape::Harmonic && at.method() == Method::Sghmc;
    let [q, beta, _] = at.method().memory(at, at.get("stiffness")).filter(|_| harmonic)?;
    let (x, square) = (tau_int(q, beta), tau_int_squared(q, beta));
    let text = t(
        "Correlation times of x and of x²: {} and {} iterations, exactly. They move in opposite directions with β: high momentum does not give free samples.",
        "x 与 x² 的相关时间：精确为 {} 与 {} 步。二者随 β 反向变化：高动量并不带来免费的样本。",
    );
    (x.is_finite() && square.is_finite()).then(|| fill(text.get(view.lang), &[&show_number(x), &show_number(square)]))
}

/// The same run in the terms of the other lens.
pub fn dictionary(values: &Values, view: View) -> (String, Vec<Entry>) {
    let (title, specs): (Text, Vec<_>) = match view.lens {
        Lens::Optimizer => (t("The same run as a sampler", "同一运行 · 采样器"), vec![&params::H, &params::GAMMA]),
        _ => (t("The same run as an optimizer", "同一运行 · 优化器"), params::DERIVED.to_vec()),
    };
    let entries = specs.into_iter().map(|spec| Entry { spec, value: params::read(spec.id, values) }).collect();
    (title.get(view.lang).to_owned(), entries)
}
