//! What every read-out is: its words, formula, ingredients and source.

use crate::text::{Text, t};

/// The declaration of one read-out.
pub struct Fact {
    /// What it is.
    pub label: Text,
    /// Unit, in words where it is a count.
    pub unit: Text,
    /// What exactly is predicted and measured.
    pub note: Text,
    /// The formula behind the prediction, in label mark-up.
    pub formula: &'static str,
    /// Parameters the formula uses.
    pub uses: &'static [&'static str],
    /// Author and year, or "derived".
    pub source: &'static str,
}

const NONE: Text = t("", "");
const AU: Text = t("a.u.", "a.u.");
const STEPS: Text = t("steps", "步");

/// Position of the optimizer now.
pub static POSITION: Fact = Fact {
    label: t("$q$ now", "当前 $q$"),
    unit: AU,
    note: t(
        "Position of the optimizer at the present iteration: closed form, and the trace; in the formula x counts from the minimum, and x₋₁ is the start less the start step.",
        "当前迭代步优化器的位置：闭式解与轨迹；公式中 x 从极小点算起，x₋₁ 为起点减初始步。",
    ),
    formula: "$x_n = s_{n+1} x_0 − β s_n x_{−1}$,  $s_n = (z_1^n − z_2^n)/(z_1 − z_2)$",
    uses: &["eta", "beta", "k", "start", "step", "target"],
    source: "Polyak 1964",
};

/// Modulus of the leading pole.
pub static RATE: Fact = Fact {
    label: t("rate $ρ$ per step", "每步收缩率 $ρ$"),
    unit: NONE,
    note: t(
        "Modulus of the leading pole; measured by fitting the recurrence to the trace.",
        "主导极点的模；测量值由轨迹拟合递推式得到。",
    ),
    formula: "$ρ = max |z|$,  $z^2 − (1 + β − ηλ) z + β = 0$",
    uses: &["eta", "beta", "k"],
    source: "Polyak 1964",
};

/// Iterations per turn.
pub static PERIOD: Fact = Fact {
    label: t("period", "周期"),
    unit: STEPS,
    note: t("Iterations per turn of the complex poles.", "复极点转一圈所需的迭代数。"),
    formula: "$2π/φ$,  $cos φ = (1 + β − ηλ)/(2√β)$",
    uses: &["eta", "beta", "k"],
    source: "O’Donoghue & Candès 2015",
};

/// Steps to one per cent.
pub static STEPS_TO: Fact = Fact {
    label: t("steps to 1 %", "到 1 % 步数"),
    unit: STEPS,
    note: t(
        "First iteration after which |q| stays below 1 % of the start; measured only if the run is long enough.",
        "此后 |q| 一直小于初值 1 % 的第一个迭代步；运行足够长时才有测量值。",
    ),
    formula: "$min n : |x_s| ≤ 0.01 |x_0|$ for all $s ≥ n$",
    uses: &["eta", "beta", "k"],
    source: "derived from the closed form of the map",
};

/// Overshoot of the iterates.
pub static OVERSHOOT: Fact = Fact {
    label: t("overshoot", "超调"),
    unit: NONE,
    note: t(
        "How far the iterates pass the minimum, as a share of the start.",
        "迭代点越过极小点的幅度，占初值的比例。",
    ),
    formula: "$max_n (−x_n / x_0)$",
    uses: &["eta", "beta", "k"],
    source: "derived from the closed form of the map",
};

/// Damping ratio of the mapped spring.
pub static ZETA_TWIN: Fact = Fact {
    label: t("$ζ$ twin", "孪生 $ζ$"),
    unit: NONE,
    note: t(
        "Damping ratio of the spring under the chosen mapping; measured on the spring's curve where it rings.",
        "所选映射下弹簧的阻尼比；弹簧振荡时由其曲线测得。",
    ),
    formula: "$ζ = c / (2√(k m))$",
    uses: &["m", "c", "k"],
    source: "Qian 1999; Kovachki & Stuart 2021",
};

/// Damping ratio of the matched poles.
pub static ZETA_EXACT: Fact = Fact {
    label: t("$ζ$ exact poles", "精确极点 $ζ$"),
    unit: NONE,
    note: t(
        "Damping ratio of the one oscillator that passes through every iterate.",
        "经过每个迭代点的那个振子的阻尼比。",
    ),
    formula: "$ζ = −½ ln β / √(ln z_1 ln z_2)$",
    uses: &["eta", "beta", "k"],
    source: "pole matching, derived",
};

/// Ringing frequency of the mapped spring.
pub static OMEGA_TWIN: Fact = Fact {
    label: t("$ω_d$ twin", "孪生 $ω_d$"),
    unit: t("rad/s", "rad/s"),
    note: t("Ringing frequency of the spring.", "弹簧的振荡频率。"),
    formula: "$ω_d = ω_0 √(1 − ζ^2)$",
    uses: &["omega0", "zeta"],
    source: "Franklin, Powell & Emami-Naeini",
};

/// Error of the energy ledger.
pub static RESIDUAL: Fact = Fact {
    label: t("energy residual", "能量残差"),
    unit: NONE,
    note: t(
        "Largest departure of potential + kinetic + dissipated energy, less what changes in mid-run put in, from the start; the error of the quadrature.",
        "势能 + 动能 + 耗散（减去中途改变所注入的）与初始值的最大偏差，即数值积分误差。",
    ),
    formula: "$max_t |E(t) + ∫ c v^2 dt − E(0)| / E(0)$",
    uses: &["m", "c", "k", "h"],
    source: "energy balance d$E$/d$t$ = −$c v^2$",
};

/// Temperature the positions show.
pub static T_POSITION: Fact = Fact {
    label: t("$T$ from positions", "位置温度 $T$"),
    unit: AU,
    note: t(
        "λ times the variance: stationary closed form, and the cloud at the present iteration, which needs time to get there.",
        "λ 乘以方差：平稳闭式解与当前粒子云（达到平稳需要时间）。",
    ),
    formula: "$λ var q = T / (1 − ηλ / (2(2 − α)))$",
    uses: &["temperature", "eta", "alpha", "k"],
    source: "Chen, Fox & Guestrin 2014; discrete covariance derived",
};

/// Temperature the velocities show.
pub static T_VELOCITY: Fact = Fact {
    label: t("$T$ from velocities", "速度温度 $T$"),
    unit: AU,
    note: t(
        "Variance of the displacement per step over η: stationary closed form, and the cloud at the present iteration, which needs time to get there.",
        "每步位移的方差除以 η：平稳闭式解与当前粒子云（达到平稳需要时间）。",
    ),
    formula: "$var v / η = T / (1 − α/2 − ηλ/4)$",
    uses: &["temperature", "eta", "alpha", "k"],
    source: "Chen, Fox & Guestrin 2014; discrete covariance derived",
};
