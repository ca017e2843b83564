//! Sets of values worth starting from.

use crate::scenes::Preset;
use crate::text::t;

/// What the scene offers to start from.
pub static PRESETS: &[Preset] = &[
    Preset { title: t("d2l: η = 0.4, β = 0.5", "d2l：η = 0.4，β = 0.5"), values: &[], steps: 20, mode: 0 },
    Preset {
        title: t("The textbook spring, and what it misses", "教科书弹簧及其偏差"),
        values: &[("mapping", "explicit")],
        steps: 20,
        mode: 0,
    },
    Preset {
        title: t("d2l: η = 0.4, no momentum", "d2l：η = 0.4，无动量"),
        values: &[("beta", "0")],
        steps: 20,
        mode: 0,
    },
    Preset {
        title: t("d2l: η = 0.6, no momentum (diverges)", "d2l：η = 0.6，无动量，发散"),
        values: &[("eta", "0.6"), ("beta", "0")],
        steps: 20,
        mode: 1,
    },
    Preset {
        title: t("d2l: η = 0.6, β = 0.5", "d2l：η = 0.6，β = 0.5"),
        values: &[("eta", "0.6")],
        steps: 20,
        mode: 1,
    },
    Preset {
        title: t("A ringing spring", "振荡的弹簧"),
        values: &[
            ("problem", "one"),
            ("eta", "0.12"),
            ("beta", "0.88"),
            ("x1", "1"),
            ("h", "0.34641"),
            ("mapping", "central"),
            ("temperature", "0.002"),
        ],
        steps: 60,
        mode: 0,
    },
    Preset {
        title: t("Matched poles: the curve through every dot", "极点匹配：曲线经过每个点"),
        values: &[
            ("problem", "one"),
            ("eta", "0.6"),
            ("beta", "0.85"),
            ("x1", "1"),
            ("mapping", "exact"),
            ("temperature", "0"),
        ],
        steps: 40,
        mode: 0,
    },
    Preset {
        title: t("The same machine, heated: T = 0.5", "加热同一台机器：T = 0.5"),
        values: &[
            ("problem", "one"),
            ("eta", "0.05"),
            ("beta", "0.9"),
            ("x1", "3"),
            ("temperature", "0.5"),
            ("particles", "2000"),
        ],
        steps: 200,
        mode: 0,
    },
];
