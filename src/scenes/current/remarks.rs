//! What the numbers say: whether detailed balance holds, and what the curl has to do with it.

use super::measured::{Rate, rate};
use super::setting::{Case, Setting};
use super::{drift, measured};
use crate::core::methods::Books;
use crate::param::show_number;
use crate::scenes::{Chip, LaneRun, Run, Tone, View};
use crate::text::{Text, fill, t};

/// Below this a closed form counts as zero.
const ZERO: f64 = 1e-9;

fn say(text: Text, view: View, parts: &[&str]) -> String {
    fill(text.get(view.lang), parts)
}

/// `2.01 ± 0.03` with a true minus.
fn interval(rate: Rate) -> String {
    let half = rate.half_width();
    // Two digits of the interval say all there is.
    let digits = (1.0 - half.log10().floor()).clamp(0.0, 12.0) as usize;
    format!("{:.digits$} ± {half:.digits$}", rate.mean).replace('-', "−")
}

/// Regime chips: balance, curl, and what is wrong.
pub fn chips(at: &Setting, run: &Run, view: View) -> Vec<Chip> {
    let Some(exact) = at.entropy() else {
        let text = say(t("no stationary state", "无平稳态"), view, &[]);
        let note = t(
            "The step multiplies the distance from the centre, so no law is stationary; shorten the step or weaken the force.",
            "每步都放大到中心的距离，故没有平稳分布；请减小步长或减弱力。",
        );
        return vec![Chip { text, tone: Tone::Danger, note: note.get(view.lang).to_owned() }];
    };
    let mut out = vec![balance(exact, run, view)];
    out.extend(drift::curl(at).map(|number| curl(at, number, view)));
    out
}

fn balance(exact: f64, run: &Run, view: View) -> Chip {
    let closed = show_number(if exact.abs() < ZERO { 0.0 } else { exact });
    let note = t(
        "Closed form for this scheme and step: dS/dt = {}/s. Entropy counts in units of Boltzmann’s constant. A measured rate more than three standard errors from zero refuses detailed balance; any other bounds the departure; intervals are of 95 %.",
        "该格式与步长的闭式解：dS/dt = {}/s。熵以玻尔兹曼常数为单位。测得的速率偏离零超过三个标准误则否定细致平衡，否则给出偏离的上界；区间为 95 %。",
    );
    let note = say(note, view, &[&closed]);
    let (text, tone) = match rate(run, Books::ENTROPY) {
        None => (say(t("closed form: dS/dt = {}/s", "闭式解：dS/dt = {}/s"), view, &[&closed]), Tone::Warning),
        Some(rate) if rate.is_clear() => {
            let text = t("balance broken: dS/dt = ({})/s", "平衡被打破：dS/dt = ({})/s");
            (say(text, view, &[&interval(rate)]), Tone::Ringing)
        }
        Some(rate) => {
            let text = t("detailed balance holds within ±{}/s", "细致平衡在 ±{}/s 内成立");
            (say(text, view, &[&show_number(rate.mean.abs() + rate.half_width())]), Tone::Calm)
        }
    };
    Chip { text, tone, note }
}

fn curl(at: &Setting, curl: f64, view: View) -> Chip {
    let (text, tone) = if curl == 0.0 {
        (t("drift without curl", "漂移无旋"), Tone::Calm)
    } else {
        (t("drift with curl {}", "漂移的旋度 {}"), Tone::Warning)
    };
    let note = match at.case {
        Case::Inertia => t(
            "The drift of (x, v) always turns, even without friction; v changes sign with time, so this turning is reversible.",
            "(x, v) 的漂移总是旋转的，无摩擦时亦然；v 随时间反演而反号，故这种旋转是可逆的。",
        ),
        _ => t(
            "In the plane of positions a curl means that the force has no potential. Balance can also break without it, by the noise.",
            "在位置平面上，旋度意味着力没有势。没有旋度时，噪声也能打破平衡。",
        ),
    };
    Chip { text: say(text, view, &[&show_number(curl)]), tone, note: note.get(view.lang).to_owned() }
}

/// Sentences a reader should see.
pub fn notes(at: &Setting, run: &Run, view: View) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(n) = measured::lane(run).and_then(LaneRun::diverged_at) {
        out.push(say(t("The ensemble diverges at iteration {}.", "系综在第 {} 步发散。"), view, &[&n.to_string()]));
    }
    let Some(exact) = at.entropy() else { return out };
    out.push(claim(at, exact, run, view));
    out.push(reason(at.case).get(view.lang).to_owned());
    out.extend(bias(at, exact, run, view));
    out
}

/// The claim card: the verdict follows from the numbers.
fn claim(at: &Setting, exact: f64, run: &Run, view: View) -> String {
    let turns = drift::curl(at).is_none_or(|curl| curl != 0.0);
    let rate = rate(run, Books::ENTROPY);
    // Before anything is measured the closed form decides.
    let broken = rate.map_or(exact.abs() > ZERO, |r| r.is_clear());
    let number = rate.map_or_else(|| show_number(if exact.abs() < ZERO { 0.0 } else { exact }), interval);
    let text = match (turns, broken) {
        (true, false) => t(
            "Claim: a drift with curl is out of equilibrium. Verdict: wrong here. The drift turns, and yet dS/dt = ({})/s is zero within three standard errors.",
            "说法：有旋度的漂移偏离平衡。判定：此处不成立。漂移在旋转，但 dS/dt = ({})/s 在三个标准误内为零。",
        ),
        (true, true) => t(
            "Claim: a drift with curl is out of equilibrium. Verdict: this state is, with dS/dt = ({})/s; but it is the irreversible current that shows it, not the curl.",
            "说法：有旋度的漂移偏离平衡。判定：此状态确实偏离，dS/dt = ({})/s；但说明这一点的是不可逆概率流，而非旋度。",
        ),
        (false, true) => t(
            "Claim: without curl there is equilibrium. Verdict: wrong here. The force is a gradient, and yet dS/dt = ({})/s is not zero.",
            "说法：没有旋度就是平衡。判定：此处不成立。力是梯度，但 dS/dt = ({})/s 不为零。",
        ),
        (false, false) => t(
            "Claim: without curl there is equilibrium. Verdict: it is here, dS/dt = ({})/s is zero within three standard errors; because the noise fits the force, not for want of curl.",
            "说法：没有旋度就是平衡。判定：此处确实平衡，dS/dt = ({})/s 在三个标准误内为零；原因是噪声与力相配，而非没有旋度。",
        ),
    };
    say(text, view, &[&number])
}

/// Why it is so.
fn reason(case: Case) -> Text {
    match case {
        Case::Inertia => t(
            "Every bit of the current of (x, v) is reversible: turn time round and v with it, and it runs the same way. The formula for even variables, used here, would diverge.",
            "(x, v) 的概率流全部可逆：时间反演并使 v 反号，它照样如此流动。若在此套用偶变量公式，结果会发散。",
        ),
        Case::Swirl => t(
            "The swirl force does work on every turn and the bath takes it up as heat: dS/dt = 2κ²/(ck) in a round bowl.",
            "旋转力每转一圈都做功，热浴以热的形式吸收：圆碗中 dS/dt = 2κ²/(ck)。",
        ),
        Case::Baths => t(
            "Heat flows from the warm to the cold coordinate through the coupling and turns the particle as it passes (Filliger & Reimann 2007); at equal temperatures or without coupling nothing flows.",
            "热量经耦合从热坐标流向冷坐标，途中推动粒子旋转（Filliger & Reimann 2007）；温度相等或没有耦合时没有流。",
        ),
        Case::Gradient | Case::Momentum => t(
            "Noise that commutes with the Hessian only gives every mode a temperature of its own; noise across its axes keeps SGD circling for ever (Chaudhari & Soatto 2018).",
            "与 Hessian 对易的噪声只是让每个模态各有温度；与其轴不一致的噪声使 SGD 永远绕圈（Chaudhari & Soatto 2018）。",
        ),
        Case::Matched => t(
            "One bath, a force with a potential: every path is as likely as its reverse, at any step of this scheme.",
            "单一热浴、有势力：每条路径与其逆路径等可能，对该格式的任意步长都成立。",
        ),
    }
}

/// What the step adds to the continuous motion, where that is more than the interval.
fn bias(at: &Setting, exact: f64, run: &Run, view: View) -> Option<String> {
    let limit = at.continuous_entropy()?;
    let half = rate(run, Books::ENTROPY)?.half_width();
    let text = t(
        "At this step the scheme itself produces {}/s where continuous motion produces {}; the difference is larger than the interval.",
        "在此步长下格式本身的熵产生率为 {}/s，而连续运动为 {}；其差大于测量区间。",
    );
    ((exact - limit).abs() > half).then(|| say(text, view, &[&show_number(exact), &show_number(limit)]))
}
