//! What is asked of the server, and what it answers.

use super::measure;
use super::setting::{self, PLAIN, SAME_GAIN, SAME_RATE};
use super::verdicts;
use crate::scenes::{Check, Claim, Predict, Seen, Story};
use crate::text::t;
use crate::theory::heavy_ball::response;

/// Differences below this share count as none.
pub const ALIKE: f64 = 0.02;

/// Predicted noise floors of the three servers.
pub fn floors(seen: &Seen<'_>) -> [f64; 3] {
    [PLAIN, SAME_RATE, SAME_GAIN].map(|i| setting::state(&seen.run.values, i).map_or(f64::NAN, |s| s.variance.sqrt()))
}

/// Where the servers come to rest, less the common minimum.
pub fn bias(seen: &Seen<'_>) -> f64 {
    setting::resting(&seen.run.values) - setting::optimum(&seen.run.values)
}

fn answer(seen: &Seen<'_>) -> String {
    let [plain, rate, gain] = floors(seen);
    let mut out = if plain > 0.0 && rate.is_finite() {
        let text = t(
            "Who happens to take part leaves a noise floor of {} without momentum. Momentum at the same server rate makes it {}; at the same gain ηₛ/(1 − β) it is {}.",
            "每轮抽到谁，使无动量时的噪声底为 {}。服务器学习率不变而加动量，则为 {}；保持增益 ηₛ/(1 − β) 不变，则为 {}。",
        );
        seen.tell(text, &[plain, rate, gain])
    } else if plain > 0.0 {
        let text = t(
            "Who happens to take part leaves a noise floor of {} without momentum; with momentum at the same server rate the mean square grows without bound.",
            "每轮抽到谁，使无动量时的噪声底为 {}；服务器学习率不变而加动量，均方无界增长。",
        );
        seen.tell(text, &[plain])
    } else {
        seen.say(t(
            "No round differs from another by who takes part: there is no noise to smooth.",
            "各轮不因参与者而有差别：没有噪声可抚平。",
        ))
        .to_owned()
    };
    let tail = t(
        " Every one of these servers comes to rest {} from the common minimum: the drift of clients with curvatures of their own and {} local steps.",
        "这些服务器都停在距共同极小点 {} 之处：这是曲率各异的客户端走 {} 个本地步所致的漂移。",
    );
    out.push_str(&seen.tell(tail, &[bias(seen), seen.get("local-steps")]));
    out
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "The server gets momentum and keeps its rate ηₛ. What becomes of the noise that changing participants leave?",
            "给服务器加上动量而学习率 ηₛ 不变。参与者变动所留下的噪声会怎样？",
        ),
        choices: &[t("it gets smaller", "变小"), t("it stays as it is", "不变"), t("it gets larger", "变大")],
        right: |seen| {
            let [plain, rate, _] = floors(seen);
            match () {
                () if !(plain > 0.0) && rate.is_finite() => 1,
                () if (rate / plain - 1.0).abs() <= ALIKE => 1,
                () if rate < plain => 0,
                () => 2,
            }
        },
    },
    answer,
    claims: &[
        Claim::new(
            "004",
            t(
                "Momentum on the server smooths the noisy updates of the clients.",
                "服务器动量能平滑来自客户端的带噪声的更新。",
            ),
            verdicts::smooths,
        ),
        Claim::new(
            "004",
            t("It does so above all where few clients take part.", "在客户端参与率较低时尤其如此。"),
            verdicts::above_all,
        ),
        Claim::new(
            "004",
            t("It stabilises convergence where the clients' data differ.", "客户端数据分布差异较大时，它能稳定收敛。"),
            verdicts::stabilises,
        ),
        Claim::new(
            "001",
            t(
                "Applied to distributed training, momentum makes training more efficient.",
                "动量用于分布式训练，可提高训练效率。",
            ),
            verdicts::hastens,
        ),
    ],
    reading: &[
        "Hsu, Qi & Brown (2019), Measuring the effects of non-identical data distribution for federated visual classification, arXiv:1909.06335",
        "Goyal et al. (2017), Accurate, large minibatch SGD: training ImageNet in 1 hour, arXiv:1706.02677",
    ],
    checks: &[
        Check::new(t("drift bias", "漂移偏差"), bias, |s| rest(s, 0.0), 1e-9),
        Check::new(t("drift bias with momentum", "有动量时的漂移偏差"), bias, |s| rest(s, 0.9), 1e-8),
        Check::new(t("drift bias, many local steps", "本地多步时的漂移偏差"), bias, |s| rest(s, 0.9), 1e-8).of(5),
        Check::new(t("drift bias, one local step", "本地一步时的漂移偏差"), |_| 0.0, |s| rest(s, 0.9), 1e-8).of(2),
        Check::new(t("drift bias, equal curvatures", "曲率相同时的漂移偏差"), |_| 0.0, |s| rest(s, 0.9), 1e-8).of(4),
        Check::new(
            t("server after 400 rounds with all clients", "全部参与 400 轮后的服务器"),
            |s| setting::resting(&s.run.values) + swung(s, SAME_RATE),
            |s| s.end(SAME_RATE, 0),
            1e-9,
        )
        .of(1),
        Check::new(
            t("rounds to a tenth with all clients", "全部参与时降到十分之一的轮数"),
            |s| setting::predicted_rounds(&s.run.values, SAME_GAIN).map_or(f64::NAN, |n| n as f64),
            |s| measure::rounds(s, SAME_GAIN).map_or(f64::NAN, |n| n as f64),
            0.0,
        )
        .of(1),
        Check::new(
            t("synchronous training against heavy ball", "同步训练对照重球法"),
            |_| 0.0,
            |s| measure::synchronous(s).apart,
            1e-11,
        ),
        Check::new(
            t("noise floor without momentum, in standard errors", "无动量的噪声底，以标准误计"),
            |_| 0.0,
            |s| errors(s, PLAIN),
            4.0,
        ),
        Check::new(
            t("noise floor at the same rate, in standard errors", "同学习率的噪声底，以标准误计"),
            |_| 0.0,
            |s| errors(s, SAME_RATE),
            4.0,
        ),
        Check::new(
            t("noise floor at the same gain, in standard errors", "同增益的噪声底，以标准误计"),
            |_| 0.0,
            |s| errors(s, SAME_GAIN),
            4.0,
        ),
    ],
};

/// The same by a run with all clients and this momentum; NaN if it does not come to rest.
pub fn rest(seen: &Seen<'_>, beta: f64) -> f64 {
    measure::rested(seen, beta).map_or(f64::NAN, |x| x - setting::optimum(&seen.run.values))
}

/// How far from its resting point theory sees the server of lane `i` at the end.
fn swung(seen: &Seen<'_>, i: usize) -> f64 {
    let values = &seen.run.values;
    let [rate, beta] = setting::server(values, i);
    let start = seen.get("x0") - setting::resting(values);
    response(rate * setting::mean_pull(values), beta, start, 0.0, seen.run.done())
}

/// How many standard errors the measured floor is from the predicted one.
fn errors(seen: &Seen<'_>, i: usize) -> f64 {
    measure::floor(seen, i).map_or(f64::NAN, |[sd, error]| (sd - floors(seen)[i]) / error)
}
