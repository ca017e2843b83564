//! Sets of values worth starting from.

use crate::scenes::Preset;
use crate::text::t;

/// What the scene offers to start from.
pub static PRESETS: &[Preset] = &[
    Preset {
        title: t("Boltzmann’s density in a double well", "双阱中的玻尔兹曼分布"),
        values: &[],
        steps: 600,
        mode: 0,
    },
    Preset {
        title: t("From optimizer to sampler: turn T up from 0", "从优化器到采样器：从 0 调高 T"),
        values: &[
            ("landscape", "harmonic"),
            ("method", "sghmc"),
            ("temperature", "0"),
            ("x1", "3"),
            ("h", "0.3"),
            ("gamma", "0.6"),
        ],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("To Hamiltonian flow: friction 0", "到哈密顿流：摩擦为 0"),
        values: &[("gamma", "0"), ("x1", "-1.6"), ("h", "0.1"), ("spread", "0.05")],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("Noise 5 % too strong", "噪声偏强 5 %"), values: &[("mismatch", "0.05")], steps: 600, mode: 0
    },
    Preset {
        title: t("Thermometers and the bias of every scheme", "温度计与各格式的偏差"),
        values: &[
            ("landscape", "harmonic"),
            ("method", "sghmc"),
            ("h", "0.8"),
            ("gamma", "1.2"),
            ("temperature", "1"),
            ("x1", "1"),
        ],
        steps: 600,
        mode: 0,
    },
    Preset {
        title: t("HMC on its energy shells", "能量壳上的 HMC"),
        values: &[
            ("method", "hmc"),
            ("landscape", "harmonic"),
            ("h", "0.9"),
            ("leaps", "5"),
            ("temperature", "1"),
            ("x1", "1"),
        ],
        steps: 200,
        mode: 0,
    },
    Preset {
        title: t("Energy: falling, kept, fluctuating", "能量：下降、守恒、涨落"),
        values: &[("landscape", "harmonic"), ("gamma", "0.4"), ("x1", "2"), ("temperature", "0.4")],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("Escape over a barrier", "越过势垒"),
        values: &[("barrier", "2"), ("temperature", "0.5"), ("gamma", "1.5"), ("h", "0.15"), ("x1", "-1")],
        steps: 1000,
        mode: 0,
    },
    Preset {
        title: t("Momentum leaves the better well", "动量离开更优的阱"),
        values: &[
            ("landscape", "tilted-well"),
            ("method", "sghmc"),
            ("temperature", "0"),
            ("x1", "-1.75"),
            ("gamma", "0.4"),
            ("h", "0.1"),
            ("particles", "1"),
        ],
        steps: 300,
        mode: 0,
    },
    Preset {
        title: t("Four wells in the plane", "平面四阱"),
        values: &[("landscape", "four-wells"), ("spread", "0.5"), ("x1", "0"), ("x2", "0"), ("temperature", "0.4")],
        steps: 400,
        mode: 0,
    },
    Preset {
        title: t("Müller–Brown surface", "Müller–Brown 势能面"),
        values: &[
            ("landscape", "muller-brown"),
            ("h", "0.015"),
            ("gamma", "8"),
            ("temperature", "20"),
            ("x1", "-0.558"),
            ("x2", "1.442"),
        ],
        steps: 800,
        mode: 0,
    },
    Preset {
        title: t("Banana", "香蕉形分布"),
        values: &[("landscape", "banana"), ("temperature", "0.7"), ("x1", "0"), ("x2", "-0.7"), ("h", "0.15")],
        steps: 600,
        mode: 0,
    },
];
