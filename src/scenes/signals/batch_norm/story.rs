//! What is asked of running statistics, and what they answer.

use std::f64::consts::TAU;

use super::checks::{self, CHECKS};
use super::{found, gains, norm};
use crate::scenes::{Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::closed_loop::resonance;
use crate::theory::toys::lagged::damping_shift;
use crate::theory::toys::scale_invariant::norm_growth_factor;

/// How far the parameter swings beside the statistic: a choice of [`STORY`].
fn swing(seen: &Seen<'_>) -> usize {
    let gain = found(seen).map_or(f64::NAN, |g| g[1]);
    if gain > 1.5 { 2 } else { usize::from(gain > 0.67) }
}

fn answer(seen: &Seen<'_>) -> String {
    let [eta, beta, rho] = ["eta", "beta", "rho"].map(|id| seen.get(id));
    let [statistic, parameter] = gains(seen).unwrap_or([f64::NAN; 2]);
    let first = seen.tell(
        t(
            "A minimum that moved with the running statistic would be followed with gain {}, after the statistic itself had followed the batches with {}: slow drifts pass, drifts near the loop’s own period are amplified.",
            "假如极小点随运行统计量移动，参数会以增益 {} 追随它，而统计量本身以增益 {} 追随各批：慢漂移照样通过，接近回路自身周期的漂移被放大。",
        ),
        &[parameter, statistic],
    );
    let second = match damping_shift(eta, beta, rho) {
        Some(slope) => seen.tell(
            t(
                " A statistic of the parameter itself damps: the logarithm of the modulus changes by {} per unit of κ.",
                "由参数自身形成的统计量则起阻尼作用：模的对数随 κ 每单位变化 {}。",
            ),
            &[slope],
        ),
        None => String::new(),
    };
    let third = seen.tell(
        t(
            " In training neither enters the gradient. What normalisation does is to let weights grow: from 1 to {} in 2000 steps, by the effective step η/(1 − β) = {} alone.",
            "训练中两者都不进入梯度。归一化真正的作用是让权重增长：2000 步内由 1 增至 {}，只取决于等效步长 η/(1 − β) = {}。",
        ),
        &[norm::exact(seen, norm::MOMENTUM, norm::STEPS as f64).sqrt().sqrt(), eta / (1.0 - beta)],
    );
    first + &second + &third
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "The minimum moves with a running statistic that swings. How far does momentum swing, compared with the minimum it follows?",
            "极小点随摆动的运行统计量移动。与所追随的极小点相比，动量法的摆幅有多大？",
        ),
        choices: &[
            t("clearly less: it smooths the drift", "明显更小：它把漂移抹平"),
            t("about as far", "差不多"),
            t("clearly farther: it amplifies the drift", "明显更大：它放大漂移"),
        ],
        right: swing,
    },
    answer,
    claims: &[
        Claim::new(
            "004",
            t(
                "The running statistics of batch normalisation drift against the momentum and cause oscillation.",
                "批归一化的运行统计量与动量之间产生‘相位漂移’，导致不必要的振荡。",
            ),
            oscillates,
        ),
        Claim::new("004", t("This is so especially when β is very high.", "动量系数 β 很高时尤其如此。"), especially),
    ],
    reading: &[
        "Ioffe & Szegedy (2015), Batch normalization: accelerating deep network training by reducing internal covariate shift, ICML",
        "van Laarhoven (2017), L2 regularization versus batch and weight normalization, arXiv:1706.05350",
        "Heo et al. (2021), AdamP: slowing down the slowdown for momentum optimizers on scale-invariant weights, ICLR",
        "Wan, Zhu, Zhang & Sun (2021), Spherical motion dynamics, NeurIPS, arXiv:2006.08419",
    ],
    checks: CHECKS,
};

/// Whether a statistic that follows the parameter feeds the oscillation of the core.
fn oscillates(seen: &Seen<'_>) -> Finding {
    let beta = seen.get("beta");
    let [damped, fed] = [checks::CENTRED, -checks::CENTRED].map(|kappa| checks::ringing(seen, kappa));
    let because = t(
        "In training the gradient knows the batch’s own statistics, not the running ones. If it did take half of the running mean off (κ = 0.5), the oscillation would shrink by {} per step, against √β = {} without and {} with the wrong sign: the statistic damps. What remains of momentum under normalisation is growth of the norm, {} times that of the squared steps alone.",
        "训练时梯度计入的是当前批自身的统计量，而非运行统计量。即便它扣除运行均值的一半（κ = 0.5），振荡每步缩为 {}，而没有它时为 √β = {}，符号相反时为 {}：统计量起阻尼作用。归一化之下动量真正的影响是范数的增长，为单看各步平方时的 {} 倍。",
    );
    let because = seen.tell(because, &[damped, beta.sqrt(), fed, norm_growth_factor(beta)]);
    Finding::plain(damped > beta.sqrt(), because)
}

/// Whether a drift from outside is amplified more at higher momentum.
fn especially(seen: &Seen<'_>) -> Finding {
    let eta = seen.get("eta");
    let top = |beta: f64| resonance(eta, beta, 1.0).map_or(1.0, |p| p.1);
    let [mid, high] = [0.9, 0.99].map(top);
    let period = resonance(eta, 0.99, 1.0).map_or(f64::NAN, |p| TAU / p.0);
    let slow = crate::theory::closed_loop::tracking_response(eta, 0.99, TAU / 1000.0).norm();
    let because = t(
        "For a minimum that drifts from outside: at this ηλ the largest gain is {} at β = 0.9 and {} at β = 0.99, but only for drifts near a period of {} steps; one of 1000 steps is followed with gain {}.",
        "对由外部驱动而漂移的极小点：在此 ηλ 下，最大增益在 β = 0.9 时为 {}，β = 0.99 时为 {}，但仅限于周期接近 {} 步的漂移；周期 1000 步的漂移以增益 {} 被跟随。",
    );
    Finding::conditional(high > mid, seen.tell(because, &[mid, high, period, slow]))
}
