//! What is asked of the digits, and what they answer.

use super::lanes::{self, MATCHED, MOMENTUM, SGD};
use super::reference::{self, Band, Range};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::{Text, t};

/// Shares below and above which little or nearly all of the gain is the step.
const SHARES: [f64; 2] = [1.0 / 3.0, 2.0 / 3.0];

fn right(seen: &Seen<'_>) -> usize {
    let share = lanes::share(seen);
    usize::from(share > SHARES[0]) + usize::from(share > SHARES[1])
}

fn answer(seen: &Seen<'_>) -> String {
    let [sgd, momentum, matched] = [SGD, MOMENTUM, MATCHED].map(|i| lanes::final_loss(seen, i));
    if ![sgd, momentum, matched].iter().all(|u| u.is_finite()) {
        let lost = t("One of the lanes diverged, and nothing can be compared.", "有轨道发散，无从比较。");
        return seen.say(lost).to_owned();
    }
    let gain = 1.0 / (1.0 - seen.get("beta"));
    let text = t(
        "The batch loss ends at {} under SGD and at {} under momentum. SGD at a step {} times as large ends at {}: {} % of momentum's gain is the larger step.",
        "批损失最终为 {}（SGD）与 {}（动量法）。步长放大 {} 倍的 SGD 最终为 {}：动量法的收益中有 {} % 来自更大的步长。",
    );
    seen.tell(text, &[sgd, momentum, gain, matched, 100.0 * lanes::share(seen)])
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "SGD is run again at the step η/(1 − β). How much of momentum's gain over SGD does that reach?",
            "SGD 以步长 η/(1 − β) 再跑一遍。它能达到动量法相对 SGD 收益的多少？",
        ),
        choices: &[
            t("less than a third", "不到三分之一"),
            t("between a third and two thirds", "三分之一到三分之二"),
            t("more than two thirds", "超过三分之二"),
        ],
        right,
    },
    answer,
    claims: &[
        Claim::new("001", t("Momentum trains faster than SGD.", "动量法训练得比 SGD 快。"), faster),
        Claim::new(
            "001",
            t("Momentum lowers the oscillation of the training loss.", "动量法减少训练损失的振荡。"),
            smoother,
        ),
    ],
    reading: &[
        "LeCun, Bottou, Bengio & Haffner (1998), Gradient-based learning applied to document recognition, Proc. IEEE 86:2278",
        "Sutskever et al. (2013), On the importance of initialization and momentum in deep learning, ICML",
        "Cohen et al. (2021), Gradient descent on neural networks typically occurs at the edge of stability, ICLR, arXiv:2103.00065",
    ],
    checks: &[
        Check::new(
            t("loss of the first batch, all classes alike", "首批损失，各类等可能"),
            |_| f64::ln(10.0),
            |s| s.at(SGD, Probe::Potential, 0),
            0.15,
        ),
        Check::new(
            t("all lanes see the same first batch", "各轨道的首批相同"),
            |s| s.at(SGD, Probe::Potential, 0),
            |s| s.at(MOMENTUM, Probe::Potential, 0),
            0.0,
        ),
        Check::new(
            t("first step of momentum and of SGD", "动量法与 SGD 的第一步"),
            |s| s.at(SGD, Probe::Potential, 1),
            |s| s.at(MOMENTUM, Probe::Potential, 1),
            0.0,
        ),
        Check::new(
            t("gain of momentum and of the larger step", "动量法的收益与更大步长的收益"),
            |_| 1.0,
            lanes::share,
            0.1,
        ),
        band(
            t("ConvNet, loss of epoch 1 at η = 0.01, β = 0.9", "卷积网络，η = 0.01、β = 0.9，第 1 轮的损失"),
            |s| wanted(s, 0, |band| band.loss),
            |s| lanes::epoch_loss(s, MOMENTUM, 1),
            WITHIN[0],
        ),
        band(
            t("ConvNet, loss of epoch 2", "卷积网络，第 2 轮的损失"),
            |s| wanted(s, 1, |band| band.loss),
            |s| lanes::epoch_loss(s, MOMENTUM, 2),
            WITHIN[1],
        ),
        band(
            t("ConvNet, unseen images right after epoch 2", "卷积网络，第 2 轮后未见图像的正确率"),
            |s| wanted(s, 1, |band| band.accuracy),
            |s| lanes::last(s, MOMENTUM, lanes::TEST_ACCURACY),
            WITHIN[2],
        ),
    ],
};

/// The article's network, of which other runs say where it should be.
const CONVNET: usize = 2;

const fn band(what: Text, wanted: fn(&Seen<'_>) -> f64, got: fn(&Seen<'_>) -> f64, within: f64) -> Check {
    Check::new(what, wanted, got, within).of(CONVNET)
}

/// Half the intervals of what other runs found at η = 0.01, β = 0.9: losses of epochs 1 and 2, images right after 2.
const WITHIN: [f64; 3] = [0.423_45, 0.276, 0.056_895];

/// The mean of what other runs with the rates of the momentum lane found in epoch `k + 1`.
fn wanted(seen: &Seen<'_>, k: usize, of: fn(&Band) -> Range) -> f64 {
    reference::bands(lanes::rates(&seen.run.values)[MOMENTUM]).get(k).map_or(f64::NAN, |band| of(band).mean)
}

fn faster(seen: &Seen<'_>) -> Finding {
    let [sgd, momentum, matched] = [SGD, MOMENTUM, MATCHED].map(|i| lanes::final_loss(seen, i));
    let because = t(
        "At one η the mean batch loss ends at {} under momentum and at {} under SGD. At equal η/(1 − β) SGD ends at {}: what is left for momentum itself is {} % of its gain.",
        "η 相同时，平均批损失最终为 {}（动量法）与 {}（SGD）。η/(1 − β) 相等时，SGD 最终为 {}：真正属于动量的收益占 {} %。",
    );
    let said = seen.tell(because, &[momentum, sgd, matched, 100.0 - 100.0 * lanes::share(seen)].map(finite));
    Finding::conditional(momentum < sgd, said)
}

/// The scatter of the batch losses around their mean over an epoch, over the last half of the run.
fn scatter(seen: &Seen<'_>, i: usize) -> f64 {
    let Some(lane) = seen.lane(i) else { return f64::NAN };
    let (raw, mean) = (lane.column(Probe::Potential), lanes::smoothed(seen, lane));
    let half = raw.len() / 2;
    let squares = raw.iter().zip(mean).skip(half).map(|(u, m)| (u - m) * (u - m));
    (squares.sum::<f64>() / (raw.len() - half).max(1) as f64).sqrt()
}

fn smoother(seen: &Seen<'_>) -> Finding {
    let [momentum, matched] = [MOMENTUM, MATCHED].map(|i| scatter(seen, i));
    let because = t(
        "Over the last half of the run batch losses scatter by {} around their mean under momentum and by {} under SGD at the same η/(1 − β): what scatters is which images are in a batch, and momentum cannot change that.",
        "在运行的后一半，批损失围绕均值的离散为 {}（动量法）与 {}（η/(1 − β) 相同的 SGD）：离散来自批中有哪些图像，动量改变不了。",
    );
    Finding::plain(momentum < 0.8 * matched, seen.tell(because, &[momentum, matched].map(finite)))
}

/// A number that can be told, infinite if it is none.
fn finite(x: f64) -> f64 {
    if x.is_nan() { f64::INFINITY } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_that_are_kept() {
        let bands = reference::bands([0.01, 0.9]);
        for (kept, range) in WITHIN.iter().zip([bands[0].loss, bands[1].loss, bands[1].accuracy]) {
            assert!((kept - 0.5 * (range.high - range.low)).abs() < 1e-5, "{kept} {range:?}");
            assert!((range.mean - 0.5 * (range.high + range.low)).abs() < 1e-4, "{range:?}");
        }
    }
}
