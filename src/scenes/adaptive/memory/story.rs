//! What is asked of an optimizer's memory, and what it answers.

use super::methods::{
    self, ADADELTA, ADAGRAD, ADAM, AMSGRAD, CENTRED, DESCENT, HYBRID, MOMENTUM, NADAM, NESTEROV, RMSPROP,
};
use super::{CONV_NET, KEPT, WEIGHTS, pages, width};
use crate::scenes::{Check, Claim, Finding, LaneRun, Predict, Seen, Story};
use crate::text::{Text, t};

/// Numbers per parameter that a method keeps beside the weight.
fn count(i: usize) -> f64 {
    methods::keeps(i).count() as f64
}

/// The largest distance of an interrupted lane from the whole run; NaN if there is none.
fn far(seen: &Seen<'_>, lane: usize) -> f64 {
    pages::farthest(seen, lane).unwrap_or(f64::NAN)
}

/// Bytes of one array as long as the weights.
fn array(seen: &Seen<'_>) -> f64 {
    seen.get("parameters").round() * width(&seen.run.values)
}

fn answer(seen: &Seen<'_>) -> String {
    let i = seen.index("method");
    let numbers = [
        count(i),
        far(seen, KEPT),
        far(seen, WEIGHTS),
        count(MOMENTUM),
        count(ADAM),
        seen.get("parameters").round(),
        array(seen),
    ];
    seen.tell(
        t(
            "No gradient is stored. Numbers that this method keeps per parameter beside the weight: {}. Taken up again with everything kept, the run differs by {}; from the weights alone, by up to {}. Momentum keeps {} number, Adam {}; for {} parameters each of them is an array of {} bytes.",
            "不存储任何梯度。该方法除权重外每个参数需要 {} 个数：全部保留再重启，运行相差 {}；只带权重重启，最多相差 {}。动量法保留 {} 个数，Adam {} 个；对 {} 个参数，每一个都是 {} 字节的数组。",
        ),
        &numbers,
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "How many numbers per parameter must be saved beside the weight, so that the chosen method goes on exactly as if it had never stopped?",
            "除权重外，每个参数要保存多少个数，所选方法才能像从未停下一样继续？",
        ),
        choices: &[
            t("none", "不需要"),
            t("one", "一个"),
            t("two", "两个"),
            t("three", "三个"),
            t("one for every past step", "每个过去的步各一个"),
        ],
        right: |seen| methods::keeps(seen.index("method")).count().min(3),
    },
    answer,
    claims: &[
        Claim::new(
            "001",
            t("Momentum has to store the gradients of the past.", "动量累积需要存储历史梯度。"),
            stores_history,
        ),
        Claim::new("001", t("It takes much memory.", "占用较多内存。"), much_memory),
        Claim::new(
            "001",
            t("Momentum needs more computing than SGD.", "相比 SGD，动量法需要更多的计算资源。"),
            more_computing,
        ),
    ],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Kingma & Ba (2015), Adam: a method for stochastic optimization, ICLR, arXiv:1412.6980",
    ],
    checks: &[
        kept(t("gradient descent keeps", "梯度下降保留"), |_| 0.0, |_| count(DESCENT)),
        kept(t("momentum keeps", "动量法保留"), |_| 1.0, |_| count(MOMENTUM)),
        kept(t("Nesterov keeps", "Nesterov 保留"), |_| 1.0, |_| count(NESTEROV)),
        kept(t("AdaGrad keeps", "AdaGrad 保留"), |_| 1.0, |_| count(ADAGRAD)),
        kept(t("RMSProp keeps", "RMSProp 保留"), |_| 1.0, |_| count(RMSPROP)),
        kept(t("AdaDelta keeps", "AdaDelta 保留"), |_| 2.0, |_| count(ADADELTA)),
        kept(t("RMSProp with momentum keeps", "带动量的 RMSProp 保留"), |_| 2.0, |_| count(HYBRID)),
        kept(t("Adam keeps", "Adam 保留"), |_| 2.0, |_| count(ADAM)),
        kept(
            t("NAdam keeps, its product being one for all", "NAdam 保留（其乘积为全体共用）"),
            |_| 2.0,
            |_| count(NADAM),
        ),
        kept(t("AMSGrad keeps", "AMSGrad 保留"), |_| 3.0, |_| count(AMSGRAD)),
        kept(t("centred RMSProp with momentum keeps", "带动量的中心化 RMSProp 保留"), |_| 3.0, |_| count(CENTRED)),
        kept(t("parameters of the article’s ConvNet", "文中 ConvNet 的参数个数"), |_| 21_840.0, |_| CONV_NET),
        kept(
            t("bytes of its velocity in single precision", "其速度在单精度下的字节数"),
            |_| 87_360.0,
            |s| count(MOMENTUM) * array(s),
        ),
        kept(t("restart with everything kept", "保留全部状态重启"), |_| 0.0, |s| far(s, KEPT)),
        kept(t("AMSGrad restarted with everything kept", "保留全部状态重启 AMSGrad"), |_| 0.0, |s| far(s, KEPT)).of(3),
        kept(
            t("a new state made of weight and velocity", "仅由权重与速度构成的新状态"),
            |_| 0.0,
            |s| pages::restarted(s, 37, true).unwrap_or(f64::NAN),
        ),
        Check::new(
            t("transient of the lost velocity", "丢失速度的瞬态"),
            |s| pages::farthest_by_formula(s).unwrap_or(f64::NAN),
            |s| far(s, WEIGHTS),
            1e-12,
        ),
    ],
};

const fn kept(what: Text, wanted: fn(&Seen<'_>) -> f64, got: fn(&Seen<'_>) -> f64) -> Check {
    Check::new(what, wanted, got, 0.0)
}

fn stores_history(seen: &Seen<'_>) -> Finding {
    let half = seen.run.done() / 2;
    let error = pages::restarted(seen, half, true).unwrap_or(f64::NAN);
    let because = t(
        "Momentum keeps {} number per parameter. A new state made of what this run keeps after step {}, and of nothing else, ends at a distance of {} from it; the {} gradients before that step are not needed.",
        "动量法每个参数只保留 {} 个数。仅用本次运行第 {} 步后所保留的数构成新状态，后续与它相距 {}；此前的 {} 个梯度并不需要。",
    );
    let numbers = [count(MOMENTUM), half as f64, error, half as f64];
    Finding::plain(error != 0.0 || count(MOMENTUM) > 1.0, seen.tell(because, &numbers))
}

fn much_memory(seen: &Seen<'_>) -> Finding {
    let one = array(seen);
    let because = t(
        "As much as the weights once more: {} bytes for {} parameters, as much as their gradient takes anyway. Adam takes {} of them. A history of the {} steps of this run would take {}.",
        "再占一份与权重相同的内存：{} 字节（{} 个参数），与梯度本来就要占的一样多。Adam 占 {} 字节。若存储本次运行 {} 步的历史，则需 {} 字节。",
    );
    let steps = seen.run.done() as f64;
    let numbers = [count(MOMENTUM) * one, seen.get("parameters").round(), count(ADAM) * one, steps, steps * one];
    Finding::conditional(count(MOMENTUM) > 0.0, seen.tell(because, &numbers))
}

fn more_computing(seen: &Seen<'_>) -> Finding {
    let state = seen.lane(0).map(LaneRun::state);
    let per_step = state.map_or(f64::NAN, |s| s.stats.evaluations as f64 / s.step.max(1) as f64);
    let because = t(
        "The gradient is the work, and the method of this run asks for {} per step, as SGD does. What a buffer adds is a multiplication and an addition per parameter and step, for each of its {} numbers.",
        "工作量在于梯度；本次运行的方法每步求 {} 次梯度，与 SGD 相同。缓冲只为每个参数的每个数（共 {} 个）每步增加一次乘法和一次加法。",
    );
    let kept = count(seen.index("method"));
    Finding::conditional(per_step > 1.0 || kept > 0.0, seen.tell(because, &[per_step, kept]))
}
