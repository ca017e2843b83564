//! The numbers beside the drifting minimum.

use super::{RAMP, SWING, WALK, best_descent, best_here, coefficients, ensemble, pages, predicted, steps};
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::t;
use crate::theory::tracking::average_ramp_lag;

/// All of them.
pub fn all(seen: &Seen<'_>) -> Vec<Readout> {
    let mut out = Vec::new();
    let names = [
        t("rms error, momentum", "均方根误差，动量法"),
        t("rms error, descent, same $η$", "均方根误差，梯度下降，相同 $η$"),
        t("rms error, descent, same $η/(1 − β)$", "均方根误差，梯度下降，相同 $η/(1 − β)$"),
    ];
    for (i, name) in names.into_iter().enumerate().take(seen.run.lanes.len()) {
        let note = t(
            "Root mean square distance from the minimum before a step, noise and drift together. Measured: the cloud over the last half of the run.",
            "一步之前到极小点的均方根距离，噪声与漂移合计。测量：运行后半段的粒子群。",
        );
        let row = number(seen, name, note).predicted(predicted(seen, coefficients(seen, i)).total().sqrt());
        let by = "$√(E_σ + E_s)$";
        let row = row.measured(pages::rms(seen, i));
        out.push(row.by(by, &["eta", "beta", "rate", "noise"], "discrete Lyapunov equation").done());
    }
    out.extend(parts(seen));
    out.extend(optimum(seen));
    out
}

/// What of the error is lag and what is noise.
fn parts(seen: &Seen<'_>) -> Vec<Readout> {
    let [eta, beta, _] = steps(&seen.run.values);
    let error = predicted(seen, [eta, beta]);
    let measured = ensemble::parts(seen, [eta, beta]);
    let drift_by = match seen.index("target") {
        WALK => "$E_s = s^2((1 + β)(1 − β)^2 + 2βq)/((1 − β)q(2(1 + β) − q))$, $q = ηλ$",
        SWING => "$E_s = A^2|1 − G(e^{iω})|^2/2$",
        _ => "$√E_s = s(1 − β)/(ηλ)$",
    };
    let note = t("Root mean square. Measured: an ensemble without noise.", "均方根。测量：没有噪声的系综。");
    let lag = number(seen, t("error from drift", "漂移造成的误差"), note).predicted(error.drift.sqrt());
    let note = t("Root mean square. Measured: an ensemble without drift.", "均方根。测量：没有漂移的系综。");
    let noise = number(seen, t("error from noise", "噪声造成的误差"), note).predicted(error.noise.sqrt());
    let noise_by = "$E_σ = ησ^2/(2λ(1 − β)(1 − q/(2(1 + β))))$";
    let mut out = vec![
        lag.measured(measured.map(|m| m[1].mean.sqrt())).by(drift_by, &["eta", "beta", "rate"], "derived").done(),
        noise
            .measured(measured.map(|m| m[0].mean.sqrt()))
            .by(noise_by, &["eta", "beta", "noise"], "Liu, Ziyin & Ueda 2021")
            .done(),
    ];
    if seen.index("target") == RAMP {
        let note = t(
            "Lag of a running mean with this β behind the same ramp, once it has seen the present value: there a larger β is slower. Measured: the same core with η = 1 − β and no momentum, which is that mean.",
            "以此 β 作滑动平均时（已计入当前值）对同一匀速漂移的滞后：在那里 β 越大越慢。测量：同一核心取 η = 1 − β 且无动量，即该平均。",
        );
        let row = number(seen, t("lag of a running mean", "滑动平均的滞后"), note);
        let row = row.predicted(average_ramp_lag(beta, seen.get("rate"))).measured(ensemble::average_lag(seen));
        out.push(row.by("$sβ/(1 − β)$", &["beta", "rate"], "mean age").done());
    }
    out
}

/// The best there is.
fn optimum(seen: &Seen<'_>) -> [Readout; 3] {
    let best = best_here(seen);
    let note = t("Momentum with the least error at this η, by theory.", "在此 η 下误差最小的动量系数（理论）。");
    let first = number(seen, t("best $β$ at this $η$", "此 $η$ 下的最佳 $β$"), note).predicted(best.map(|b| b.0));
    let note = t("Root mean square error with it, by theory.", "取该值时的均方根误差（理论）。");
    let second = number(seen, t("rms error there", "相应的均方根误差"), note).predicted(best.map(|b| b.1.sqrt()));
    let note = t(
        "The least error of descent with the best step of its own, by theory; for a random walk no linear method does better.",
        "无动量而步长最佳时的最小误差（理论）；对随机游走，没有线性方法比它更好。",
    );
    let descent = best_descent(&seen.run.values, seen.get("rate")).map(|b| b.1.sqrt());
    let third = number(seen, t("best without momentum", "无动量时的最佳误差"), note).predicted(descent);
    [
        first.by("$argmin_β$", &["eta", "rate", "noise"], "minimised numerically").done(),
        second.by("$min_β$", &["eta", "rate", "noise"], "minimised numerically").done(),
        third.by("$q^2/(1 − q) = s^2λ^2/σ^2$", &["rate", "noise"], "Kalman filter").done(),
    ]
}
