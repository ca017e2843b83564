//! What is asked of the plateau, and what it answers.

use super::pareto::{Trial, front, kept};
use super::{crossing, ground, is_flat, overshoot};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::conventions::{coasting, crossing_steps};
use crate::theory::regime::stability_wall;

/// Whether each lane passes the edge.
fn crosses(seen: &Seen<'_>) -> [bool; 2] {
    [0, 1].map(|i| seen.lane(i).and_then(crossing).is_some())
}

/// What momentum can coast from its entry speed.
fn reach(seen: &Seen<'_>) -> f64 {
    coasting(seen.get("speed"), seen.get("beta"))
}

fn answer(seen: &Seen<'_>) -> String {
    let numbers = [reach(seen), seen.get("length"), overshoot(seen, 1)];
    let [descent, momentum] = crosses(seen);
    let text = match (is_flat(&seen.run.values), descent, momentum) {
        (true, _, true) => t(
            "Without any gradient descent does not move at all. Momentum coasts v₀β/(1 − β) = {}, which is more than the {} of the plateau, so it crosses; it then flies past the minimum by {}.",
            "没有梯度，梯度下降纹丝不动。动量能滑行 v₀β/(1 − β) = {}，超过平台长度 {}，因此越过；随后飞越极小点 {}。",
        ),
        (true, ..) => t(
            "Without any gradient descent does not move at all. Momentum coasts v₀β/(1 − β) = {}, which is not more than the {} of the plateau, so it stops on it; past the minimum it gets by {}.",
            "没有梯度，梯度下降纹丝不动。动量只能滑行 v₀β/(1 − β) = {}，不超过平台长度 {}，于是停在平台上；飞越极小点 {}。",
        ),
        (false, false, true) => t(
            "Momentum brings a coasting distance of {} along and gains 1/(1 − β) times the step of descent on the slope, so it crosses the {} of the plateau while descent is still on its way. The same memory carries it past the minimum by {}.",
            "动量自带 {} 的滑行距离，又在缓坡上把步长放大到 1/(1 − β) 倍，所以越过长 {} 的平台时梯度下降还在途中。同一份记忆也使它飞越极小点 {}。",
        ),
        _ => t(
            "Momentum could coast {} by itself over a plateau of {}; here the slope and the number of iterations decide as well. Past the minimum it gets by {}.",
            "动量单凭自身可滑行 {}，平台长 {}；此处坡度与迭代数同样起作用。它飞越极小点 {}。",
        ),
    };
    seen.tell(text, &numbers)
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "Which of the two balls passes the edge of the plateau within the run?",
            "在本次运行内，哪个小球会越过平台边缘？",
        ),
        choices: &[
            t("neither", "都不会"),
            t("gradient descent only", "只有梯度下降"),
            t("momentum only", "只有动量法"),
            t("both", "两者都会"),
        ],
        right: |seen| match crosses(seen) {
            [false, false] => 0,
            [true, false] => 1,
            [false, true] => 2,
            [true, true] => 3,
        },
    },
    answer,
    claims: &[
        Claim::new(
            "004",
            t("On a plateau descent stalls; momentum crosses it.", "在平台上梯度下降停滞，动量法能够越过。"),
            carries,
        ),
        Claim::new(
            "004",
            t("At a cliff or in a narrow valley momentum overshoots.", "遇到陡崖或狭谷，动量法会冲过头。"),
            flies,
        ),
        Claim::new("004", t("A large β explores quickly and lands imprecisely.", "β 大则探索快而落点不准。"), trades),
        Claim::new("004", t("A small β is stable but slow.", "β 小则稳定但慢。"), small_is_stable),
    ],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum in deep learning, ICML",
        "Pascanu, Mikolov & Bengio (2013), On the difficulty of training recurrent neural networks, ICML",
    ],
    checks: &[
        Check::new(t("minimum of the valley", "谷底"), |_| 0.592352, |s| ground::minimum(&s.run.values), 5e-7),
        Check::new(t("momentum at rest", "静止的动量法"), |_| 0.592352, |s| s.end(1, 0), 5e-7).of(5),
        Check::new(t("coasting distance", "滑行距离"), reach, |s| ground::coasted(&s.run.values, s.get("beta")), 1e-10),
        Check::new(
            t("iterations to the edge of a flat plateau", "到平坦平台边缘的迭代数"),
            |s| crossing_steps(s.get("length"), s.get("speed"), s.get("beta")).map_or(f64::NAN, |n| n as f64),
            |s| s.lane(1).and_then(crossing).map_or(f64::NAN, |n| n as f64),
            0.0,
        )
        .of(1),
        Check::new(
            t("where a slow ball stops on a flat plateau", "慢球在平坦平台上的停点"),
            |s| reach(s) - s.get("length"),
            |s| s.end(1, 0),
            1e-9,
        )
        .of(2),
        Check::new(t("descent without gradient", "无梯度的梯度下降"), |s| -s.get("length"), |s| s.end(0, 0), 0.0).of(1),
    ],
};

fn carries(seen: &Seen<'_>) -> Finding {
    let because = t(
        "On exactly flat ground if and only if v₀β/(1 − β) exceeds its length: here {} against {}. From rest, without an entry speed, momentum stalls there too.",
        "完全平坦时，当且仅当 v₀β/(1 − β) 超过其长度：这里是 {} 对 {}。若没有入场速度，动量法从静止出发同样停滞。",
    );
    Finding::conditional(reach(seen) > 0.0, seen.tell(because, &[reach(seen), seen.get("length")]))
}

fn flies(seen: &Seen<'_>) -> Finding {
    let past = overshoot(seen, 1);
    let because = t(
        "In this run momentum gets {} beyond the minimum, gradient descent {}.",
        "本次运行中，动量法飞越极小点 {}，梯度下降 {}。",
    );
    Finding::conditional(past > 0.0, seen.tell(because, &[past, overshoot(seen, 0)]))
}

fn trades(seen: &Seen<'_>) -> Finding {
    let all = kept(seen);
    let least = |of: fn(&Trial) -> f64| all.iter().min_by(|a, b| of(a).total_cmp(&of(b))).copied();
    let (Some(soonest), Some(closest)) = (least(|t| t.reach), least(|t| t.error)) else {
        let none = t("With these values no momentum arrives.", "在这些取值下没有动量能到达。");
        return Finding::plain(false, seen.say(none).to_owned());
    };
    let because = t(
        "Soonest there is β = {} after {} iterations, with an error of {}; closest is β = {} after {}, with {}. It is not a trade at every β: of the {} that arrive, {} are beaten by another on both counts.",
        "最早到达的是 β = {}，用 {} 步，误差 {}；落点最准的是 β = {}，用 {} 步，误差 {}。但并非每个 β 都是取舍：到达的 {} 个中，有 {} 个在两方面都不如另一个。",
    );
    let counts = [all.len() as f64, (all.len() - front(&all).len()) as f64];
    let numbers = [soonest.beta, soonest.reach, soonest.error, closest.beta, closest.reach, closest.error];
    Finding::conditional(soonest.beta > closest.beta, seen.tell(because, &[numbers.as_slice(), &counts].concat()))
}

fn small_is_stable(seen: &Seen<'_>) -> Finding {
    let [none, here] = [0.0, seen.get("beta")].map(stability_wall);
    let because = t(
        "The range of stable steps grows with β: ηλ < 2(1 + β) is {} without momentum and {} at this β. What a small β buys is less overshoot.",
        "稳定步长的范围随 β 增大：ηλ < 2(1 + β)，无动量时为 {}，当前 β 时为 {}。小 β 换来的是较小的超调。",
    );
    Finding::plain(none > here, seen.tell(because, &[none, here]))
}
