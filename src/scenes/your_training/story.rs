//! What is asked of a log, and what it answers.

use super::log::diagnosis;
use super::truth;
use crate::diagnose::{Diagnosis, Estimate, Finding};
use crate::scenes::{Check, Claim, Finding as Judged, Predict, Seen, Story};
use crate::text::t;
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::regime::{critical_beta, overdamped_border};

fn answer(seen: &Seen<'_>) -> String {
    let found = match diagnosis(seen) {
        Ok(found) => found,
        Err(fault) => return fault,
    };
    let mut parts = vec![found.headline(seen.lang())];
    if let (Some(mode), true) = (&found.modes[0], found.tells_momentum()) {
        let text = t(
            "The log gives β between {} and {} and ηλ between {} and {}.",
            "日志给出的 β 介于 {} 与 {} 之间，ηλ 介于 {} 与 {} 之间。",
        );
        parts.push(seen.tell(text, &[mode.beta.low, mode.beta.high, mode.q.low, mode.q.high]));
    }
    parts.extend(found.advised(seen.lang()).into_iter().next());
    parts.join(seen.say(t(" ", "")))
}

fn right(seen: &Seen<'_>) -> usize {
    match diagnosis(seen).map(|found| found.finding) {
        Ok(Finding::Ringing | Finding::Two) => 0,
        Ok(Finding::Border) => 1,
        Ok(Finding::Real | Finding::Slow) => 2,
        _ => 3,
    }
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t("Look at the log alone: what can be told of the run?", "只看日志：能说出这次运行的什么？"),
        choices: &[
            t("it rings, and β can be read off", "它在振荡，可以读出 β"),
            t("it is close to critical", "它接近临界"),
            t("it is overdamped, and β cannot be told", "它过阻尼，无法得知 β"),
            t("nothing: it is noise", "什么也说不出：只是噪声"),
        ],
        right,
    },
    answer,
    claims: &[
        Claim::new("004", t("β mainly controls the damping.", "β 主要控制阻尼。"), controls),
        Claim::new("004", t("A small β is stable but slow.", "β 小则稳定但慢。"), slow),
    ],
    reading: &[
        "Roy & Kailath (1989), ESPRIT: estimation of signal parameters via rotational invariance techniques, IEEE Trans. ASSP 37",
        "Golub & Pereyra (1973), The differentiation of pseudo-inverses and nonlinear least squares problems, SIAM J. Numer. Anal. 10",
        "Jazwinski (1970), Stochastic processes and filtering theory, Academic Press",
        "O'Donoghue & Candès (2015), Adaptive restart for accelerated gradient schemes, Found. Comput. Math. 15",
    ],
    checks: &[
        Check::new(t("β from a log with errors", "含误差日志的 β"), |s| s.get("beta"), |s| told(s)[1], 0.015),
        Check::new(t("ηλ from a log with errors", "含误差日志的 ηλ"), made_q, |s| told(s)[0], 0.005),
        Check::new(t("β, driven by minibatches", "小批量驱动的 β"), |s| s.get("beta"), |s| told(s)[1], 0.06).of(1),
        Check::new(t("β from the loss", "由损失得到的 β"), |s| s.get("beta"), |s| told(s)[1], 0.02).of(2),
        Check::new(t("λ from the loss", "由损失得到的 λ"), |s| s.get("lambda"), curvature, 0.4).of(2),
        Check::new(t("λ, overdamped, β known", "过阻尼、β 已知时的 λ"), |s| s.get("lambda"), curvature, 0.02).of(4),
        Check::new(t("noise is refused", "拒绝噪声"), |_| 3.0, |s| right(s) as f64, 0.0).of(5),
        Check::new(t("β without noise", "无噪声时的 β"), |s| s.get("beta"), |s| told(s)[1], 1e-8).of(6),
        Check::new(t("ηλ without noise", "无噪声时的 ηλ"), made_q, |s| told(s)[0], 1e-9).of(6),
    ],
};

fn made_q(seen: &Seen<'_>) -> f64 {
    truth(seen).map_or(f64::NAN, |t| t[0])
}

/// ηλ and β as the log alone gives them; NaN if it does not.
fn told(seen: &Seen<'_>) -> [f64; 2] {
    let found = diagnosis(seen).ok().filter(|found| found.tells_momentum());
    let mode = found.and_then(|found| found.modes[0].clone());
    mode.map_or([f64::NAN; 2], |mode| [mode.q.value, mode.beta.value])
}

fn curvature(seen: &Seen<'_>) -> f64 {
    diagnosis(seen).ok().and_then(|found| found.curvature()).map_or(f64::NAN, |lambda| lambda.value)
}

/// ηλ and β to judge by: those the log was made with, or those it gives.
fn place(seen: &Seen<'_>) -> [f64; 2] {
    truth(seen).unwrap_or_else(|| {
        let found = diagnosis(seen).ok();
        let of = |f: fn(&Diagnosis) -> Option<Estimate>| {
            found.as_ref().and_then(|found| f(found)).map_or(f64::NAN, |e| e.value)
        };
        [of(Diagnosis::q), of(Diagnosis::beta)]
    })
}

const UNKNOWN: crate::text::Text =
    t("The log gives neither ηλ nor β, so it cannot judge this.", "日志未给出 ηλ 与 β，无法评判。");

fn controls(seen: &Seen<'_>) -> Judged {
    let [q, beta] = place(seen);
    if !(q.is_finite() && beta.is_finite()) {
        return Judged::conditional(true, seen.say(UNKNOWN).to_owned());
    }
    let because = t(
        "At this β = {} a mode rings if ηλ is above {} and does not if it is below; the run has ηλ = {}. Damping takes both, which is why a log that shows no oscillation does not give β.",
        "在 β = {} 下，ηλ 大于 {} 的模态振荡，小于它则不振荡；本次运行 ηλ = {}。阻尼由两者共同决定，因此没有振荡的日志无法给出 β。",
    );
    Judged::plain(false, seen.tell(because, &[beta, overdamped_border(beta), q]))
}

fn slow(seen: &Seen<'_>) -> Judged {
    let [q, beta] = place(seen);
    if !(q > 0.0 && q < 4.0 && beta.is_finite()) {
        return Judged::conditional(true, seen.say(UNKNOWN).to_owned());
    }
    let best = critical_beta(q);
    let [now, then] = [spectral_radius(q, beta), spectral_radius(q, best)];
    let because = t(
        "For ηλ = {} the fastest momentum is {}: the modulus per step is {} there and {} at the run's β = {}. Below it less momentum is slower, above it more momentum is.",
        "对 ηλ = {}，最快的动量为 {}：此时每步模长为 {}，本次运行为 {}（β = {}）。低于它，动量越小越慢；高于它，动量越大越慢。",
    );
    Judged::conditional(beta <= best, seen.tell(because, &[q, best, then, now, beta]))
}
