//! Regimes and mappings in words.

use crate::param::show_number;
use crate::scenes::Tone;
use crate::text::{Lang, Text, t};
use crate::theory::mapping::{Mapping, NoTwin, predicted_zeta};
use crate::theory::regime::{ContinuousRegime, Regime, classify};

/// A discrete regime in words.
pub fn regime(r: Regime) -> Text {
    match r {
        Regime::Free => t("free", "自由"),
        Regime::Escape => t("escape", "逃逸"),
        Regime::Undamped => t("undamped", "无阻尼"),
        Regime::UndampedEdge => t("undamped edge", "无阻尼边缘"),
        Regime::DivergentFlip => t("divergent, flipping", "翻转发散"),
        Regime::DivergentMonotone => t("divergent, monotone", "单调发散"),
        Regime::Antidamped => t("antidamped", "负阻尼"),
        Regime::FlipMarginal => t("marginal flip", "临界翻转"),
        Regime::Overdamped => t("overdamped", "过阻尼"),
        Regime::Critical => t("critical", "临界阻尼"),
        Regime::Underdamped => t("underdamped", "欠阻尼"),
        Regime::AlternatingCritical => t("alternating critical", "交替临界"),
        Regime::AlternatingOverdamped => t("alternating", "交替过阻尼"),
        Regime::Deadbeat => t("deadbeat", "一步到位"),
        Regime::MixedPositive => t("mixed, leading +", "混合（正主导）"),
        Regime::MixedBalanced => t("mixed, balanced", "混合（平衡）"),
        Regime::MixedNegative => t("mixed, leading −", "混合（负主导）"),
        Regime::Undefined => t("undefined", "未定义"),
    }
}

/// The regime of a mode in words, with the damping ratio of the spring that has its poles, if there is one.
pub fn damping(q: f64, beta: f64, lang: Lang) -> String {
    let (regime, zeta) = (regime(classify(q, beta)).get(lang), predicted_zeta(Mapping::Exact, q, beta));
    match (zeta.is_finite(), lang) {
        (false, _) => regime.to_owned(),
        (true, Lang::En) => format!("{regime} (ζ = {})", show_number(zeta)),
        (true, Lang::Zh) => format!("{regime}（ζ = {}）", show_number(zeta)),
    }
}

/// How loud a discrete regime is.
pub fn tone(r: Regime) -> Tone {
    match r {
        Regime::Underdamped => Tone::Ringing,
        Regime::Overdamped | Regime::Critical | Regime::Deadbeat => Tone::Calm,
        Regime::Free
        | Regime::Undamped
        | Regime::FlipMarginal
        | Regime::AlternatingCritical
        | Regime::AlternatingOverdamped
        | Regime::MixedPositive
        | Regime::MixedBalanced
        | Regime::MixedNegative => Tone::Warning,
        Regime::Escape
        | Regime::UndampedEdge
        | Regime::DivergentFlip
        | Regime::DivergentMonotone
        | Regime::Antidamped
        | Regime::Undefined => Tone::Danger,
    }
}

/// A continuous regime in words, with its tone.
pub fn continuous(r: ContinuousRegime) -> (Text, Tone) {
    match r {
        ContinuousRegime::NegativeDamping => (t("negative damping", "负阻尼"), Tone::Danger),
        ContinuousRegime::Undamped => (t("undamped", "无阻尼"), Tone::Warning),
        ContinuousRegime::Underdamped => (t("underdamped", "欠阻尼"), Tone::Ringing),
        ContinuousRegime::Critical => (t("critical", "临界阻尼"), Tone::Calm),
        ContinuousRegime::Overdamped => (t("overdamped", "过阻尼"), Tone::Calm),
        ContinuousRegime::Saddle => (t("saddle", "鞍点"), Tone::Danger),
        ContinuousRegime::Undefined => (t("undefined", "未定义"), Tone::Danger),
    }
}

/// A mapping in words.
pub fn mapping(m: Mapping) -> Text {
    match m {
        Mapping::Qian => t("implicit friction", "隐式摩擦"),
        Mapping::Explicit => t("explicit friction", "显式摩擦"),
        Mapping::Conformal => t("conformal", "共形"),
        Mapping::Splitting => t("splitting", "分裂"),
        Mapping::Central => t("central differences", "中心差分"),
        Mapping::Exact => t("exact poles", "精确极点"),
    }
}

/// What a mapping gets wrong.
pub fn mapping_error(m: Mapping) -> Text {
    match m {
        Mapping::Qian => t(
            "Qian 1999. The spring is first-order accurate; near critical damping its ζ comes out too large.",
            "Qian 1999。弹簧只有一阶精度，临界附近给出的 ζ 偏大。",
        ),
        Mapping::Explicit => t(
            "The textbook map. The spring is first-order accurate; near critical damping its ζ comes out too small.",
            "教科书映射。弹簧只有一阶精度，临界附近给出的 ζ 偏小。",
        ),
        Mapping::Conformal => t(
            "Friction is exact, the kick is not: first order, and near critical damping ζ comes out too large.",
            "摩擦精确而冲量不精确：一阶，临界附近 ζ 偏大。",
        ),
        Mapping::Splitting => t(
            "The map of BAOAB and OBABO at T = 0: second-order accurate.",
            "BAOAB 与 OBABO 在 T = 0 时的映射：二阶精度。",
        ),
        Mapping::Central => t("Central differences: second-order accurate.", "中心差分：二阶精度。"),
        Mapping::Exact => t(
            "Pole matching: the spring passes through every iterate, but mass and friction differ from mode to mode.",
            "极点匹配：弹簧经过每一个迭代点，但各模态的质量与摩擦各不相同。",
        ),
    }
}

/// Why there is no continuous twin.
pub fn no_twin(why: NoTwin) -> Text {
    match why {
        NoTwin::BetaNotPositive => t(
            "no continuous twin: with β ≤ 0 a pole is zero or stands alone on the negative axis",
            "没有连续孪生：β ≤ 0 时有极点为零，或单独落在负半轴",
        ),
        NoTwin::NegativeRealPoles => t(
            "no continuous twin: two different negative poles flip sign every step, and no real spring does that",
            "没有连续孪生：两个不同的负极点使符号每步翻转，实弹簧做不到",
        ),
        NoTwin::DefectiveNegativePole => t(
            "no continuous twin: a double negative pole grows like n·(−√β)ⁿ, which no sampled spring contains",
            "没有连续孪生：二重负极点含 n·(−√β)ⁿ 项，采样的弹簧没有这一项",
        ),
        _ => t("no continuous twin: the numbers are not finite", "没有连续孪生：数值不是有限的"),
    }
}
