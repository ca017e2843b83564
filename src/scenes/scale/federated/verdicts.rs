//! What the servers say of the articles' statements.

use super::measure::{self, COMPARED};
use super::setting::{self, PLAIN, SAME_GAIN, SAME_RATE};
use super::story::{ALIKE, bias, floors, rest};
use crate::scenes::{Finding, Seen};
use crate::text::t;

/// Noise floors without and with momentum, at the same rate and at the same gain.
pub fn smooths(seen: &Seen<'_>) -> Finding {
    let [plain, rate, gain] = floors(seen);
    if !(plain > 0.0) {
        let none = t(
            "With these values there is no noise: no round differs from another by who takes part.",
            "在这些取值下没有噪声：各轮不因参与者而有差别。",
        );
        return Finding::plain(false, seen.say(none).to_owned());
    }
    let [a, b, c] = [PLAIN, SAME_RATE, SAME_GAIN].map(|i| measure::floor(seen, i).map(|[sd, _]| sd));
    let because = match (a, b, c) {
        (Some(a), Some(b), Some(c)) => {
            let text = t(
                "The noise floor is {} without momentum (measured {}), {} with momentum at the same rate ({}), and {} at the same gain ({}). What is filtered is the update, not the parameter that adds the updates up.",
                "噪声底：无动量时为 {}（实测 {}），同学习率加动量为 {}（{}），同增益为 {}（{}）。被滤波的是更新量，而不是把更新量累加起来的参数。",
            );
            seen.tell(text, &[plain, a, rate, b, gain, c])
        }
        _ => {
            let text = t(
                "The noise floor is {} without momentum and {} with momentum at the same gain; at the same rate the mean square has no bound.",
                "噪声底：无动量时为 {}，同增益加动量为 {}；同学习率时均方无界。",
            );
            seen.tell(text, &[plain, gain])
        }
    };
    match (rate < plain, gain < plain) {
        (true, true) => Finding::plain(true, because),
        (_, sometimes) => Finding::conditional(sometimes, because),
    }
}

/// What is left of the noise floor by momentum at the same gain where `share` of the clients take part.
fn left(seen: &Seen<'_>, share: f64) -> Option<f64> {
    let mut values = seen.run.values.clone();
    values.set("share", share).ok()?;
    let of = |i: usize| setting::state(&values, i).map(|s| s.variance.sqrt());
    Some(of(SAME_GAIN)? / of(PLAIN)?).filter(|x| x.is_finite())
}

/// What momentum leaves of the floor where one client takes part, and where almost all do.
pub fn above_all(seen: &Seen<'_>) -> Finding {
    let clients = seen.get("clients");
    let [few, most] = [(1.0 / clients).max(0.02), (clients - 1.0) / clients];
    let (Some(one), Some(many)) = (left(seen, few), left(seen, most)) else {
        let none = t("With these values there is no noise that could be compared.", "在这些取值下没有可比较的噪声。");
        return Finding::plain(false, seen.say(none).to_owned());
    };
    let because = t(
        "At equal gain momentum leaves {} of the noise floor where one client takes part, and {} where all but one do.",
        "同增益时，每轮只有一个客户端参与，噪声底余下 {} 倍；除一个外全部参与，余下 {} 倍。",
    );
    Finding::conditional(one < (1.0 - ALIKE) * many && one < 1.0, seen.tell(because, &[one, many]))
}

/// The drift with and without momentum.
pub fn stabilises(seen: &Seen<'_>) -> Finding {
    let [without, with] = [rest(seen, 0.0), rest(seen, 0.9)];
    if !(without.is_finite() && with.is_finite()) {
        let none = t("With these values the runs do not come to rest.", "在这些取值下运行不会停驻。");
        return Finding::plain(false, seen.say(none).to_owned());
    }
    let because = t(
        "With all clients in every round there is no noise, and what their differences do is the drift: the server comes to rest {} from the common minimum without momentum and {} with β = 0.9, by runs. The closed form, {}, has no β in it.",
        "每轮全部参与便没有噪声，差异的后果就是漂移：运行表明，服务器停在距共同极小点 {} 处（无动量）与 {} 处（β = 0.9）。闭式解 {} 中不含 β。",
    );
    let smaller = with.abs() < (1.0 - ALIKE) * without.abs() && without.abs() > 1e-9;
    Finding::plain(smaller, seen.tell(because, &[without, with, bias(seen)]))
}

/// Synchronous training against one machine, without and with momentum.
pub fn hastens(seen: &Seen<'_>) -> Finding {
    let measured = measure::synchronous(seen);
    let [alone, carried] = measured.rounds.map(|n| n.map(|n| n as f64));
    let most = COMPARED as f64;
    let numbers = [
        seen.get("eta") * seen.get("local-rate"),
        alone.unwrap_or(most),
        carried.unwrap_or(most),
        seen.get("beta"),
        measured.apart,
    ];
    let because = match (alone, carried) {
        (Some(_), Some(_)) => t(
            "With one local step and all clients, training is heavy ball on the mean loss with η = {}: after {} rounds without momentum and {} with β = {} it stays below a tenth of its distance (largest difference from one machine {}). A round costs the same messages either way, the buffer never leaves the server. That rounds get fewer is what momentum does on one machine too, and a matter of η and β.",
            "本地一步且全部参与时，训练就是平均损失上的重球法，η = {}：此后始终低于起点距离十分之一的轮次，无动量为 {}，有动量为 {}（β = {}；与单机的最大差别 {}）。每轮通信量不变，缓冲区从不离开服务器。轮数减少是动量在单机上同样的作用，取决于 η 与 β。",
        ),
        _ => t(
            "With one local step and all clients, training is heavy ball on the mean loss with η = {}. Followed for 1000 rounds, it stays below a tenth from round {} on without and {} with β = {}, where 1000 says that it does not (largest difference from one machine {}). A round costs the same messages either way.",
            "本地一步且全部参与时，训练就是平均损失上的重球法，η = {}。在 1000 轮之内，无动量自第 {} 轮、有动量自第 {} 轮起保持在十分之一以下（β = {}），1000 表示未做到（与单机的最大差别 {}）。每轮通信量不变。",
        ),
    };
    Finding::conditional(numbers[2] < numbers[1], seen.tell(because, &numbers))
}
