//! What is asked of the box, and what it answers.

use super::{coast, glided, plateau, step_of};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::signal::ema_e_fold;

fn answer(seen: &Seen<'_>) -> String {
    let push = plateau(&seen.run.values);
    let n = seen.get("pushed") as u64;
    seen.tell(
        t(
            "Without memory the box stops with the push. With γ = {} it goes on for γ/(1 − γ) = {} times its last step, {} in all, and its speed falls to 1/e in {} steps: that is how wide a flat stretch momentum can cross.",
            "没有记忆，箱子随推力停下。γ = {} 时它继续滑行末步的 γ/(1 − γ) = {} 倍，共 {}，速度在 {} 步内降到 1/e：这就是动量能越过的平坦地带的宽度。",
        ),
        &[push.beta, push.beta / (1.0 - push.beta), push.coast(n), ema_e_fold(push.beta)],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Sketch {
        question: t(
            "Draw the way of the box on ice: pushed during the tinted steps, then let go.",
            "画出冰面上箱子的路程：在着色的步内受推，然后松手。",
        ),
        place: ["glide", "way"],
        truth: |seen| {
            let y = seen.lane(1).map_or(&[][..], |lane| lane.column(Probe::Position(0)));
            [(0..y.len()).map(|n| n as f64).collect(), y.to_vec()]
        },
    },
    answer,
    claims: &[
        Claim::new("000", t("γ is the friction coefficient.", "γ 是摩擦系数。"), is_friction),
        Claim::new(
            "000",
            t("On ice the box slides some distance after the push ends.", "在冰面上，停止推动后箱子还会滑行一段距离。"),
            slides,
        ),
    ],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Sutskever et al. (2013), On the importance of initialization and momentum in deep learning, ICML",
    ],
    checks: &[
        Check::new(
            t("coasting way / last step at γ = 0.9", "γ = 0.9 时滑行路程 / 末步"),
            |_| 9.0,
            |_| coast::measured(0.9).unwrap_or(f64::NAN),
            1e-9,
        ),
        Check::new(t("e-fold at γ = 0.9", "γ = 0.9 时的 1/e 步数"), |_| 9.49, |_| ema_e_fold(0.9), 5e-3),
        Check::new(t("way at the end", "最终路程"), |s| glided(&s.run.values, s.run.done()), |s| s.end(1, 0), 1e-12),
        Check::new(
            t("way at the end, γ = 0.98", "最终路程，γ = 0.98"),
            |s| glided(&s.run.values, s.run.done()),
            |s| s.end(1, 0),
            1e-11,
        )
        .of(2),
        Check::new(
            t("last step of the push", "推动的末步"),
            |s| plateau(&s.run.values).speed(20),
            |s| step_of(s, 1, 20).unwrap_or(f64::NAN),
            1e-12,
        ),
    ],
};

fn is_friction(seen: &Seen<'_>) -> Finding {
    let here = seen.get("beta");
    let more = 0.5 * (1.0 + here);
    let [short, long] = [here, more].map(|gamma| coast::measured(gamma).unwrap_or(f64::NAN));
    let because = t(
        "Raising γ from {} to {} lengthens the coasting from {} to {} last steps. The friction is 1 − γ (more exactly −ln γ per step); γ is the share kept.",
        "γ 由 {} 增至 {}，滑行由末步的 {} 倍变为 {} 倍。摩擦是 1 − γ（更准确地说每步 −ln γ），γ 是保留的比例。",
    );
    Finding::plain(long < short, seen.tell(because, &[here, more, short, long]))
}

fn slides(seen: &Seen<'_>) -> Finding {
    let gamma = seen.get("beta");
    let far = coast::measured(gamma).unwrap_or(f64::NAN);
    let because = t(
        "The distance is known: {} times the last step were measured, γ/(1 − γ) = {} expected.",
        "这段距离是已知的：测得末步的 {} 倍，预期 γ/(1 − γ) = {}。",
    );
    Finding::plain(far > 0.0, seen.tell(because, &[far, gamma / (1.0 - gamma)]))
}
