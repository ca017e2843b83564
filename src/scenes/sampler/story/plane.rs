//! The bench in the plane: whether a cloud reaches the exact density.

use super::{CONFIGURATIONAL, gap_over_band, read_out, told_gap};
use crate::scenes::sampler::gauges::Thermometer;
use crate::scenes::sampler::setting::Setting;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "At the end of the run, does the cloud follow the exact density along both coordinates?",
            "运行结束时，粒子云沿两个坐标都符合精确密度吗？",
        ),
        choices: &[
            t("along both", "两个坐标都符合"),
            t("along one of them", "只有一个坐标符合"),
            t("along neither", "都不符合"),
        ],
        right: |seen| (0..2).filter(|k| !follows(seen, *k)).count(),
    },
    answer: |seen| {
        let thermometer = read_out(seen, Thermometer::Configurational);
        let names = [t("Along x₁: ", "沿 x₁："), t("Along x₂: ", "沿 x₂：")].map(|name| seen.say(name));
        let along = |(k, name): (usize, &str)| told_gap(seen, k).map(|gap| name.to_owned() + &gap);
        let parts: Vec<String> =
            thermometer.into_iter().chain(names.into_iter().enumerate().filter_map(along)).collect();
        if parts.is_empty() {
            let still = t("Without noise there is no density to reach.", "没有噪声就没有可达到的密度。");
            return seen.say(still).to_owned();
        }
        parts.join(seen.say(t(" ", "")))
    },
    claims: &[Claim::new(
        "004",
        t("Friction and calibrated noise sample the Boltzmann distribution.", "摩擦加校准的噪声即可采样玻尔兹曼分布。"),
        boltzmann,
    )],
    reading: &[
        "Leimkuhler & Matthews (2013), Rational construction of stochastic numerical methods for molecular sampling, arXiv:1203.5428",
        "Sokal (1997), Monte Carlo methods in statistical mechanics (autocorrelation times)",
    ],
    checks: &[
        CONFIGURATIONAL,
        Check::new(
            t("distance over the 95 % band, x₁", "与精确分布的距离／95 % 带，x₁"),
            |_| 0.0,
            |s| gap_over_band(s, 0),
            1.3,
        ),
        Check::new(
            t("distance over the 95 % band, x₂", "与精确分布的距离／95 % 带，x₂"),
            |_| 0.0,
            |s| gap_over_band(s, 1),
            1.3,
        ),
    ],
};

/// Whether the cloud at the end is within the 95 % band of the exact law of coordinate `k`.
fn follows(seen: &Seen<'_>, k: usize) -> bool {
    gap_over_band(seen, k) <= 1.0
}

fn boltzmann(seen: &Seen<'_>) -> Finding {
    let at = Setting::new(&seen.run.values);
    let gaps = [0, 1].map(|k| gap_over_band(seen, k)).map(|gap| if gap.is_finite() { gap } else { f64::INFINITY });
    let because = t(
        "At T = {} and step {} the cloud ends {} and {} times the 95 % band away from the exact marginals. Only the limit is Boltzmann’s: wells have to be visited, which takes time, and the step leaves a bias.",
        "T = {}、步长 {} 时，粒子云终点与精确边缘分布的距离为 95 % 带的 {} 与 {} 倍。只有极限才是玻尔兹曼分布：走遍各势阱需要时间，步长也会留下偏差。",
    );
    Finding::conditional(at.temperature() > 0.0, seen.tell(because, &[at.temperature(), at.get("h"), gaps[0], gaps[1]]))
}
