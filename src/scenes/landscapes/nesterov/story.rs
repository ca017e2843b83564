//! What is asked of Nesterov's method, and what it answers.

use super::{STEEP, curvatures, measure};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::nesterov::{equivalent_beta, spectral_radius};
use crate::theory::regime::{nesterov_wall, stability_wall};
use crate::theory::{heavy_ball, tuning};

fn answer(seen: &Seen<'_>) -> String {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let [gentle, steep] = curvatures(&seen.run.values).map(|l| equivalent_beta(eta * l, beta));
    seen.tell(
        t(
            "It makes friction depend on curvature: the poles of a mode multiply to β(1 − ηλ), {} along the gentle and {} along the steep axis, where heavy ball has {} for both. The price is a smaller stable step, ηλ < {} instead of {}.",
            "它使摩擦随曲率而变：一个模态的两极点之积为 β(1 − ηλ)，平缓方向 {}，陡峭方向 {}，而重球两者都是 {}。代价是稳定步长变小：ηλ < {}，而非 {}。",
        ),
        &[gentle, steep, beta, nesterov_wall(beta), stability_wall(beta)],
    )
}

/// Product of the poles of the steep mode, fitted to the run.
fn fitted(seen: &Seen<'_>, k: usize) -> f64 {
    seen.lane(0).and_then(|lane| measure::product(lane.column(Probe::Position(k)))).unwrap_or(f64::NAN)
}

fn product(seen: &Seen<'_>, k: usize) -> f64 {
    equivalent_beta(seen.get("eta") * curvatures(&seen.run.values)[k.min(1)], seen.get("beta"))
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "At this momentum, which method bears the larger step before it diverges?",
            "在这一动量下，哪种方法在发散之前能承受更大的步长？",
        ),
        choices: &[t("Nesterov", "Nesterov"), t("heavy ball", "重球"), t("both the same", "两者相同")],
        right: |seen| {
            let [here, ball] = measure::walls(seen);
            if (here - ball).abs() < 1e-3 { 2 } else { usize::from(here < ball) }
        },
    },
    answer,
    claims: &[
        Claim::new(
            "003",
            t(
                "Nesterov reads the gradient one step of momentum ahead, at θ − γv.",
                "Nesterov 在动量前一步之处 θ − γv 读取梯度。",
            ),
            reads_ahead,
        ),
        Claim::new("003", t("It often converges faster than momentum.", "它往往比标准动量收敛更快。"), faster),
        Claim::new("003", t("Looking ahead makes it steadier.", "前瞻使它更稳。"), steadier),
    ],
    reading: &[
        "Nesterov (1983), A method of solving a convex programming problem with convergence rate O(1/k²), Soviet Math. Dokl. 27",
        "Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum in deep learning, ICML",
        "Lessard, Recht & Packard (2016), Analysis and design of optimization algorithms via integral quadratic constraints, SIAM J. Optim. (arXiv:1408.3595)",
        "Shi, Du, Jordan & Su (2021), Understanding the acceleration phenomenon via high-resolution differential equations, Math. Program.",
    ],
    checks: &[
        Check::new(
            t("wall of Nesterov, printed", "Nesterov 稳定界，印出值"),
            |_| 1.357,
            |s| measure::walls(s)[0],
            5e-4,
        ),
        Check::new(
            t("wall of Nesterov", "Nesterov 稳定界"),
            |s| nesterov_wall(s.get("beta")),
            |s| measure::walls(s)[0],
            1e-6,
        ),
        Check::new(t("wall of heavy ball", "重球稳定界"), |_| 3.8, |s| measure::walls(s)[1], 1e-6),
        Check::new(t("pole product, gentle", "极点之积，平缓"), |s| product(s, 0), |s| fitted(s, 0), 1e-9),
        Check::new(t("pole product, steep", "极点之积，陡峭"), |s| product(s, 1), |s| fitted(s, 1), 1e-9),
        Check::new(t("stored point is θ + βv", "存储点即 θ + βv"), |_| 0.0, measure::stored_point, 1e-14),
    ],
};

fn reads_ahead(seen: &Seen<'_>) -> Finding {
    let apart = measure::stored_point(seen);
    let because = t(
        "The formula is right. Libraries store the look-ahead point φ = θ + βv instead of θ and plot that; over this run the two differ from that relation by at most {}.",
        "公式正确。程序库存储并绘出的是前瞻点 φ = θ + βv 而非 θ；本次运行中两者与此关系的偏差至多 {}。",
    );
    Finding::plain(apart < 1e-12, seen.tell(because, &[apart]))
}

fn faster(seen: &Seen<'_>) -> Finding {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let slowest = |radius: fn(f64, f64) -> f64| {
        curvatures(&seen.run.values).map(|l| radius(eta * l, beta)).into_iter().fold(0.0, f64::max)
    };
    let [here, ball] = [slowest(spectral_radius), slowest(heavy_ball::spectral_radius)];
    let [mu, l] = curvatures(&seen.run.values);
    let [best, polyak] = [tuning::nesterov_quadratic(mu, l).rate, tuning::polyak(mu, l).rate];
    let because = t(
        "At this η and β the slower mode shrinks by {} per step, heavy ball's by {}. Tuned to this bowl the order turns: {} for Nesterov, {} for heavy ball.",
        "在当前 η、β 下，较慢的模态每步缩为 {}，重球为 {}。若各自针对此碗调优，次序便反过来：Nesterov {}，重球 {}。",
    );
    Finding::conditional(here < ball || best < polyak, seen.tell(because, &[here, ball, best, polyak]))
}

fn steadier(seen: &Seen<'_>) -> Finding {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let product = equivalent_beta(eta * STEEP, beta);
    let because = t(
        "Within its range the steep mode is damped more: its poles multiply to {} instead of {}. But the range is smaller: ηλ < {} instead of {}.",
        "在其稳定范围内，陡峭模态阻尼更强：极点之积为 {} 而非 {}。但范围更小：ηλ < {} 而非 {}。",
    );
    let numbers = [product, beta, nesterov_wall(beta), stability_wall(beta)];
    Finding::conditional(product.abs() < beta, seen.tell(because, &numbers))
}
