//! Sets of values worth starting from.

use crate::scenes::Preset;
use crate::text::t;

/// On a line.
pub static LINE: &[Preset] = &[
    Preset {
        title: t("Boltzmann’s density in a double well", "双阱中的玻尔兹曼分布"),
        values: &[],
        steps: 1000,
        mode: 0,
    },
    Preset {
        title: t("From zero temperature: turn T up", "从零温出发：调高 T"),
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
];

/// Over a barrier.
pub static ESCAPE: &[Preset] = &[
    Preset {
        title: t("Noise over a barrier five times T", "噪声越过五倍于 T 的势垒"),
        values: &[],
        steps: 1500,
        mode: 0,
    },
    Preset {
        title: t("Level wells, weak friction", "等高双阱，弱摩擦"),
        values: &[("landscape", "double-well"), ("gamma", "0.05")],
        steps: 1500,
        mode: 0,
    },
    Preset {
        title: t("Momentum leaves the better well", "动量离开更优的阱"),
        values: &[
            ("method", "sghmc"),
            ("temperature", "0"),
            ("tilt", "0.3"),
            ("x1", "-1.75"),
            ("gamma", "0.4"),
            ("particles", "1"),
        ],
        steps: 300,
        mode: 0,
    },
];

/// In the plane.
pub static PLANE: &[Preset] = &[
    Preset { title: t("Four wells", "四阱"), values: &[], steps: 400, mode: 0 },
    Preset {
        title: t("Two wells, all particles in one", "双阱，粒子全在一侧"),
        values: &[("landscape", "twin-wells"), ("x1", "-1"), ("x2", "-0.5"), ("spread", "0.1")],
        steps: 600,
        mode: 0,
    },
    Preset {
        title: t("Müller–Brown surface", "Müller–Brown 势能面"),
        values: &[
            ("landscape", "muller-brown"),
            ("h", "0.015"),
            ("gamma", "8"),
            ("temperature", "20"),
            ("spread", "0.05"),
            ("x1", "-0.558"),
            ("x2", "1.442"),
        ],
        steps: 800,
        mode: 0,
    },
    Preset {
        title: t("Banana", "香蕉形分布"),
        values: &[
            ("landscape", "banana"),
            ("temperature", "0.7"),
            ("x1", "0"),
            ("x2", "-0.7"),
            ("h", "0.15"),
            ("spread", "0.2"),
        ],
        steps: 600,
        mode: 0,
    },
];
