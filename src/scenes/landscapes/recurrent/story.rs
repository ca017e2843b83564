//! What is asked of the recurrence, and what it answers.

use super::{CLIPPED, DESCENT, MOMENTUM, region, setting};
use crate::core::fields::Clipped;
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{Probe, System};
use crate::figure::Ink;
use crate::scenes::exhibit::lanes::{aside, lane};
use crate::scenes::{Check, Claim, Finding, LaneRun, Predict, Seen, Story};
use crate::text::t;

/// Starts tried for a claim, as shares of the way from the plateau to the target, and iterations of each.
const STARTS: usize = 9;
const TRIED: u64 = 400;

/// Which lanes have landed.
fn landed(seen: &Seen<'_>) -> [bool; 3] {
    [DESCENT, MOMENTUM, CLIPPED]
        .map(|i| seen.lane(i).and_then(|lane| setting::landing(lane, &seen.run.values)).is_some())
}

fn largest(seen: &Seen<'_>, i: usize) -> f64 {
    seen.lane(i).and_then(|lane| setting::largest(lane, &seen.run.values)).unwrap_or(0.0)
}

fn first(seen: &Seen<'_>) -> f64 {
    setting::slopes(&seen.run.values, &[seen.get("w0")]).first().map_or(0.0, |g| g.abs())
}

/// Step size times curvature at the minimum, and where momentum gets unstable.
fn walls(seen: &Seen<'_>) -> [f64; 2] {
    let model = setting::model(&seen.run.values);
    let lambda = model.truncated_share(setting::back(&seen.run.values)) * model.sharpness();
    [seen.get("eta") * lambda, crate::theory::regime::stability_wall(seen.get("beta"))]
}

fn answer(seen: &Seen<'_>) -> String {
    let [q, wall] = walls(seen);
    let head = seen.tell(
        t(
            "At the minimum ηλ = {}, and momentum is stable there below 2(1 + β) = {}. The gradient is {} at the start and reaches {} on the way of momentum.",
            "极小点处 ηλ = {}，动量法在 2(1 + β) = {} 以下稳定。梯度在起点为 {}，在动量法途中最大达 {}。",
        ),
        &[q, wall, first(seen), largest(seen, MOMENTUM)],
    );
    let tail = match landed(seen) {
        [_, true, true] => t(" With and without clipping it lands.", "裁剪与否，它都落定。"),
        [_, false, true] if q < wall => t(
            " Although the minimum is stable, momentum does not stay there: beside it the ground is steeper still, and the cliff throws it off. Clipped, it lands.",
            "极小点虽然稳定，动量法却留不住：旁边更陡，被悬崖弹开。裁剪之后便能落定。",
        ),
        [_, false, true] => t(" Without clipping it does not land; clipped it does.", "不裁剪则不能落定，裁剪后可以。"),
        [_, true, false] => t(
            " Without clipping it lands; clipped it is not there within the run.",
            "不裁剪便落定；裁剪后在本次运行内尚未到达。",
        ),
        _ => t(" Neither with nor without clipping does it land within the run.", "裁剪与否，在本次运行内都未落定。"),
    };
    head + seen.say(tail)
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "From the plateau, all three lanes run towards the cliff. Which of them have landed at the target at the end?",
            "三条轨道都从平台奔向悬崖。运行结束时，哪些已落定在目标处？",
        ),
        choices: &[
            t("none", "都没有"),
            t("all three", "三条都落定"),
            t("gradient descent and clipped momentum", "梯度下降与裁剪的动量法"),
            t("momentum, with and without clipping", "裁剪与不裁剪的动量法"),
            t("another combination", "其他组合"),
        ],
        right: |seen| match landed(seen) {
            [false, false, false] => 0,
            [true, true, true] => 1,
            [true, false, true] => 2,
            [false, true, true] => 3,
            _ => 4,
        },
    },
    answer,
    claims: &[
        Claim::new(
            "004",
            t(
                "In recurrent networks unsuitable hyperparameters make the gradient explode or vanish.",
                "循环网络中，不恰当的超参数会导致梯度爆炸或消失。",
            ),
            explodes,
        ),
        Claim::new(
            "004",
            t(
                "A stability analysis like that of ODE solvers gives a safe range of learning rate and momentum, and so ensures stable convergence.",
                "像分析常微分方程解法那样分析稳定性，可得学习率与动量系数的安全范围，从而确保稳定收敛。",
            ),
            ensures,
        ),
    ],
    reading: &[
        "Pascanu, Mikolov & Bengio (2013), On the difficulty of training recurrent neural networks, ICML",
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum in deep learning, ICML",
    ],
    checks: &[
        Check::new(
            t("curvature at the minimum", "极小点的曲率"),
            |s| setting::model(&s.run.values).sharpness(),
            |s| setting::minimum(&s.run.values).map_or(f64::NAN, |w| setting::curvature(&s.run.values, w)),
            1e-9,
        ),
        Check::new(
            t("stability wall", "稳定界"),
            |s| setting::model(&s.run.values).rate_limit(s.get("beta")),
            |s| region::measured_wall(s).unwrap_or(f64::NAN),
            1e-6,
        ),
        Check::new(
            t("stability wall, two steps back", "稳定界，只反传两步"),
            |s| {
                let model = setting::model(&s.run.values);
                model.rate_limit(s.get("beta")) / model.truncated_share(2)
            },
            |s| region::measured_wall(s).unwrap_or(f64::NAN),
            1e-5,
        )
        .of(5),
        Check::new(
            t("where clipped momentum lands", "裁剪动量法的落点"),
            |s| setting::model(&s.run.values).solution(),
            |s| s.end(CLIPPED, 0),
            1e-6,
        )
        .of(1),
        Check::new(
            t("vanishing gradient at the start", "起点处消失的梯度"),
            |s| setting::model(&s.run.values).gradient(0.3).abs(),
            first,
            1e-15,
        )
        .of(3),
    ],
};

fn explodes(seen: &Seen<'_>) -> Finding {
    let [q, wall] = walls(seen);
    let [smooth, thrown] = [DESCENT, MOMENTUM].map(|i| largest(seen, i));
    let because = t(
        "What vanishes or explodes is set by the weight and the length of the sequence: |L′| = {} at the start, whatever η and β are. They decide where the weight goes: on the way of descent the gradient reaches {}, on that of momentum {}, with ηλ = {} at the minimum against a wall of {}.",
        "消失或爆炸取决于权重与序列长度：起点处 |L′| = {}，与 η、β 无关。η 与 β 决定权重走到哪里：梯度下降途中梯度最大为 {}，动量法途中为 {}；极小点处 ηλ = {}，稳定界为 {}。",
    );
    Finding::conditional(
        smooth != thrown || thrown > first(seen),
        seen.tell(because, &[first(seen), smooth, thrown, q, wall]),
    )
}

/// How many starts on the plateau land at half the stable step size, without and with clipping.
fn arrivals(seen: &Seen<'_>) -> [f64; 2] {
    let values = &seen.run.values;
    let model = setting::model(values);
    let eta = 0.5 * model.rate_limit(seen.get("beta")) / model.truncated_share(setting::back(values));
    let count = |clipped: bool| {
        let lanes = (0..STARTS).map(|i| {
            let field = setting::field(values);
            let start = [model.solution() * (0.6 + 0.4 * i as f64 / STARTS as f64)];
            let ball = heavy_ball(eta, seen.get("beta"), Convention::Displacement);
            let mut machine = lane(t("trial", "试验"), Ink::Optimizer, field.clone(), ball, [&start, &[]]);
            if clipped {
                let field = std::sync::Arc::new(Clipped::norm(field, seen.get("limit")));
                machine.system = System { field, ..machine.system };
            }
            machine.probes = vec![Probe::Position(0), Probe::Potential];
            machine
        });
        let run = aside(lanes.collect(), values, TRIED);
        let lands = |lane: &&LaneRun| setting::landing(lane, values).is_some();
        run.lanes.iter().filter(lands).count() as f64
    };
    seen.run.derived.pair(("arrivals", STARTS, 0), || [count(false), count(true)])
}

fn ensures(seen: &Seen<'_>) -> Finding {
    let [free, clipped] = arrivals(seen);
    let because = t(
        "It gives the wall η = 2(1 + β)/λ, which runs confirm ({} predicted, {} measured), but only close to the minimum. Of {} starts between 0.6 w* and w*, at half that step size, {} land without clipping and {} with it: a local analysis does not see the cliff.",
        "它给出稳定界 η = 2(1 + β)/λ，运行也予以证实（预言 {}，实测 {}），但只在极小点附近成立。在 0.6 w* 与 w* 之间取 {} 个起点、步长取界的一半，不裁剪有 {} 个落定，裁剪有 {} 个：局部分析看不见悬崖。",
    );
    let model = setting::model(&seen.run.values);
    let wall = model.rate_limit(seen.get("beta")) / model.truncated_share(setting::back(&seen.run.values));
    let measured = region::measured_wall(seen).unwrap_or(wall);
    let numbers = [wall, measured, STARTS as f64, free, clipped];
    if free == STARTS as f64 {
        return Finding::plain(true, seen.tell(because, &numbers));
    }
    Finding::conditional(free > 0.0 || clipped > 0.0, seen.tell(because, &numbers))
}
