//! A diagnosis in sentences.

use super::finding::{Diagnosis, Finding, Momentum, Noise};
use super::record::Kind;
use super::region::Estimate;
use crate::param::show_number;
use crate::text::{Lang, Text, fill, t};
use crate::theory::regime::Regime;

impl Estimate {
    /// `0.0501 [0.0489, 0.0513]`: as many digits as the interval is wide.
    pub fn show(&self) -> String {
        let half = 0.5 * (self.high - self.low);
        let all = [self.value, self.low, self.high];
        let plain = half > 1e-9 && half.is_finite() && all.iter().all(|x| x.abs() < 1e6) && self.value.abs() >= 1e-4;
        let digits = if plain { (1.0 - half.log10().floor()).clamp(0.0, 9.0) as usize } else { 0 };
        let [value, low, high] =
            if plain { all.map(|x| format!("{x:.digits$}").replace('-', "−")) } else { all.map(show_number) };
        if low == high { value } else { format!("{value} [{low}, {high}]") }
    }
}

/// How regimes are called; scenes and command line call them alike.
pub type Naming = fn(Regime) -> Text;

impl Diagnosis {
    /// What is found, in one or two sentences.
    pub fn headline(&self, lang: Lang) -> String {
        let (name, rows) = (self.record.name.as_str(), self.record.values.len().to_string());
        let proof = [show_number(self.evidence.max(0.0)), show_number(self.needed)];
        let say = |text: Text, parts: &[&str]| fill(text.get(lang), parts);
        match self.finding {
            Finding::Constant => say(t("Cannot tell: “{}” never changes.", "无法判断：“{}”始终不变。"), &[name]),
            Finding::Noise => say(
                t(
                    "Cannot tell: the {} rows of “{}” are noise about a level. Evidence for an oscillation is {}, and {} is needed.",
                    "无法判断：共 {} 行的“{}”只是水平线附近的噪声。振荡的证据为 {}，所需为 {}。",
                ),
                &[&rows, name, &proof[0], &proof[1]],
            ),
            _ => self.shown(lang, name, &proof),
        }
    }

    fn shown(&self, lang: Lang, name: &str, proof: &[String; 2]) -> String {
        let text = match self.finding {
            Finding::Slow if self.wanders() => t(
                "“{}” wanders: a pole that cannot be told from 1, driven by noise. Neither β nor ηλ can be told from it.",
                "“{}”在游走：极点与 1 无法区分，并由噪声驱动。由此无法得知 β 与 ηλ。",
            ),
            Finding::Slow => t(
                "“{}” shows one real pole and no oscillation: overdamped, or only its slow pole is seen. β cannot be told from such a log alone.",
                "“{}”只显示一个实极点，没有振荡：过阻尼，或只看得见慢极点。仅凭这样的日志无法得知 β。",
            ),
            Finding::Real => t(
                "“{}” decays with two real poles and does not ring. They give β only if both belong to one mode, which the log cannot say.",
                "“{}”以两个实极点衰减，不振荡。只有两者同属一个模态时才能由此得到 β，而日志无法说明这一点。",
            ),
            Finding::Border => t(
                "“{}” is close to critical: whether its poles are real or complex cannot be told.",
                "“{}”接近临界：无法判断其极点是实数还是复数。",
            ),
            Finding::Two => t("“{}” holds two modes of one momentum.", "“{}”含有同一动量下的两个模态。"),
            Finding::Unsure => t(
                "Cannot tell: “{}” has structure that none of the models explains.",
                "无法判断：“{}”的结构不能用任何一种模型解释。",
            ),
            _ => t("“{}” rings: a damped oscillation stands out of the noise.", "“{}”在振荡：阻尼振荡明显高于噪声。"),
        };
        let evidence = t(" Evidence {}, needed {}.", "证据 {}，所需 {}。");
        let head = fill(text.get(lang), &[name]);
        let proven = !matches!(self.finding, Finding::Slow | Finding::Unsure);
        if proven { head + &fill(evidence.get(lang), &[&proof[0], &proof[1]]) } else { head }
    }

    /// Whether the one real pole may be 1, and the run is driven.
    fn wanders(&self) -> bool {
        self.noise != Some(Noise::Seen) && self.pole.is_some_and(|pole| pole.holds(1.0)) && self.held.is_none()
    }

    /// The whole report, a sentence or a number with its interval a line.
    pub fn report(&self, lang: Lang, naming: Naming) -> Vec<String> {
        let mut out = vec![self.headline(lang)];
        out.extend(self.numbers(lang, naming));
        out.extend(self.claim(lang));
        out.extend(self.advised(lang));
        out.extend(self.remarks(lang));
        out.extend(self.record.notes.iter().map(|note| note.say(lang)));
        out
    }

    /// Estimates with their intervals, each with its name.
    pub fn estimates(&self, lang: Lang) -> Vec<(String, Estimate)> {
        let momentum = match self.finding {
            Finding::Real => t("β, if both poles are of one mode", "β（若两极点同属一个模态）"),
            _ => t("momentum β from the log", "由日志得到的动量 β"),
        };
        let mut out: Vec<(Text, Option<Estimate>)> = vec![
            (t("pole per step", "每步极点"), self.pole),
            (momentum, self.modes[0].as_ref().map(|mode| mode.beta)),
            (t("ηλ", "ηλ"), self.q()),
            (t("curvature λ", "曲率 λ"), self.curvature()),
            (t("steps of a turn", "每圈步数"), self.modes[0].as_ref().and_then(|mode| mode.period)),
        ];
        let second = self.modes[1].as_ref();
        out.push((t("ηλ of the second mode", "第二个模态的 ηλ"), second.map(|mode| mode.q)));
        out.into_iter().filter_map(|(name, e)| Some((name.get(lang).to_owned(), e?))).collect()
    }

    fn numbers(&self, lang: Lang, naming: Naming) -> Vec<String> {
        let colon = t(": ", "：").get(lang);
        let line = |(name, estimate): (String, Estimate)| format!("{name}{colon}{}", estimate.show());
        let mut out: Vec<String> = self.estimates(lang).into_iter().map(line).collect();
        for mode in self.modes.iter().flatten() {
            let share = |(regime, p): &(Regime, f64)| {
                format!("{} {} %", naming(*regime).get(lang), show_number((100.0 * p).round()))
            };
            let shares: Vec<String> = mode.regimes.iter().filter(|r| r.1 >= 0.01).map(share).collect();
            out.push(format!(
                "{}{colon}{}",
                t("regime (exact map)", "阻尼区域（精确映射）").get(lang),
                shares.join(t(", ", "，").get(lang))
            ));
        }
        out
    }

    /// What the log says of the momentum that is claimed.
    pub fn claim(&self, lang: Lang) -> Option<String> {
        let claimed = show_number(self.known.momentum?);
        let fitted = self.modes[0].as_ref().map_or_else(String::new, |mode| mode.beta.show());
        let text = match (self.momentum?, self.modes[0].is_some()) {
            (Momentum::Agrees, _) => t("The log agrees with β = {}.", "日志与 β = {} 相符。"),
            (Momentum::Nesterov, _) => t(
                "The log contradicts heavy ball at β = {} (fitted {}) and agrees with Nesterov's method at that β, whose poles have the product β(1 − ηλ).",
                "日志与 β = {} 的重球法矛盾（拟合值 {}），而与同一 β 的 Nesterov 方法相符，后者极点之积为 β(1 − ηλ)。",
            ),
            (Momentum::Contradicts, true) => t(
                "The log contradicts β = {}: fitted {}. Another optimizer (Adam has no constant poles), or a schedule would explain it; the moving-average convention would not, it has the same β.",
                "日志与 β = {} 矛盾：拟合值为 {}。原因可能是另一种优化器（Adam 没有恒定极点）或学习率、动量的调度；滑动平均约定的 β 相同，不能解释这一差异。",
            ),
            (Momentum::Contradicts, false) => t(
                "The log contradicts β = {}: no mode of that momentum has the pole seen.",
                "日志与 β = {} 矛盾：该动量下没有模态具有所见的极点。",
            ),
        };
        Some(fill(text.get(lang), &[&claimed, &fitted]))
    }

    /// The advice as sentences.
    pub fn advised(&self, lang: Lang) -> Vec<String> {
        let Some(advice) = self.advice else { return Vec::new() };
        let [now, slower, smaller] = advice.steps.map(show_number);
        let factor = match self.known.rate {
            Some(rate) => format!("η = {}", advice.factor.map(|f| f * rate).show()),
            None => format!("η × {}", advice.factor.show()),
        };
        let critical = t(
            "Critical at this learning rate: β = {}; the slowest mode seen then falls to 1/e in {} steps instead of {}.",
            "在当前学习率下取 β = {} 即为临界；此时所见最慢模态经 {} 步降至 1/e，现在需 {} 步。",
        );
        let other =
            t("Critical at this momentum: {}; 1/e in {} steps.", "在当前动量下取 {} 即为临界；降至 1/e 需 {} 步。");
        let margin = t("{} % of the stable range of learning rates is used.", "已用去稳定学习率范围的 {} %。");
        let mut out = vec![
            fill(critical.get(lang), &[&advice.beta.show(), &slower, &now]),
            fill(other.get(lang), &[&factor, &smaller]),
        ];
        out.extend(advice.both.map(|[factor, beta, steps]| {
            let text = t(
                "Best for both modes (Polyak): η × {} and β = {}; 1/e in {} steps.",
                "对两个模态最优（Polyak）：η × {}，β = {}；降至 1/e 需 {} 步。",
            );
            fill(text.get(lang), &[factor, beta, steps].map(show_number).each_ref().map(String::as_str))
        }));
        out.push(fill(margin.get(lang), &[&show_number(100.0 * advice.margin)]));
        out
    }

    /// What a reader should know of the numbers.
    pub fn remarks(&self, lang: Lang) -> Vec<String> {
        let mut out = Vec::new();
        let mode = self.modes[0].is_some();
        let noise = self.noise.filter(|_| self.finding != Finding::Noise);
        out.extend(noise.map(|noise| self.noisy(noise, lang)));
        let mut remark = |when: bool, text: Text| out.extend(when.then(|| text.get(lang).to_owned()));
        remark(
            !self.white,
            t(
                "The residuals have memory that the model does not explain; intervals are widened for it.",
                "残差仍有模型未能解释的相关性；区间已相应放宽。",
            ),
        );
        remark(
            self.lasts(),
            t(
                "The oscillation does not visibly decay: it may be driven from outside, by the order of the data for example, and then β is not that of the optimizer.",
                "振荡没有明显衰减：它可能由外部驱动，例如数据的顺序，此时得到的 β 并非优化器的 β。",
            ),
        );
        remark(
            mode && self.record.kind == Kind::Loss,
            t(
                "A loss holds products of poles: its period is half that of the weights, its decay twice as fast, and the sign of the poles is lost (they are taken to lie right of the imaginary axis).",
                "损失由极点之积构成：周期为权重的一半，衰减快一倍，且极点的符号丢失（此处取虚轴右侧）。",
            ),
        );
        remark(
            mode && self.record.kind == Kind::Loss && self.curve.as_ref().is_some_and(|c| c.error > 0.0),
            t(
                "Intervals allow for pushes of minibatches even where none are seen, because a loss hardly rules them out; their size is what one does to the loss where the run is farthest out.",
                "即使看不出小批量的推动，区间也已计入其可能，因为损失很难排除它；推动的大小指运行离得最远时一次推动对损失的影响。",
            ),
        );
        remark(
            mode && self.record.every > 1,
            t(
                "Rows lie several steps apart: an oscillation faster than two rows a turn would look like a slower one.",
                "各行相隔若干步：每圈少于两行的快振荡会表现为较慢的振荡。",
            ),
        );
        out
    }

    fn noisy(&self, noise: Noise, lang: Lang) -> String {
        let [error, push] = self.curve.as_ref().map_or([f64::NAN; 2], |c| [c.error, c.push]).map(show_number);
        let text = match noise {
            Noise::Seen => t(
                "Noise: errors of the recorded values, standard deviation {}; the run itself is smooth.",
                "噪声：记录值的误差，标准差 {}；运行本身光滑。",
            ),
            Noise::Driven => t(
                "Noise: random pushes that drive the run, standard deviation {} per step.",
                "噪声：驱动运行的随机推动，每步标准差 {}。",
            ),
            Noise::Both => t(
                "Noise: errors of the recorded values, standard deviation {}, and random pushes, {} per step.",
                "噪声：记录值的误差，标准差 {}；随机推动，每步 {}。",
            ),
        };
        match noise {
            Noise::Driven => fill(text.get(lang), &[&push]),
            _ => fill(text.get(lang), &[&error, &push]),
        }
    }
}
