//! Worlds to start from, as text a reader can change.

use crate::text::{Text, t};

/// A world worth starting from.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Identifier on the command line.
    pub id: &'static str,
    /// Name.
    pub title: Text,
    /// Its text.
    pub source: &'static str,
    /// Parameters that differ from the usual ones, as text.
    pub values: &'static [(&'static str, &'static str)],
    /// Iterations.
    pub steps: u64,
}

/// The world the scene opens with.
pub const USUAL: &str = "f(x) = x^4/4 - x^2/2 + a*x\na = 0.1 in [-1, 1]\nx0 = 1.8";

/// Worlds of every kind.
pub const EXAMPLES: &[Example] = &[
    Example { id: "double-well", title: t("Double well", "双阱"), source: USUAL, values: &[], steps: 80 },
    Example {
        id: "rosenbrock",
        title: t("Rosenbrock’s valley", "Rosenbrock 谷"),
        source: "f(x, y) = (1 - x)^2 + b*(y - x^2)^2\nb = 100 in [1, 200]\nx0 = -1.2\ny0 = 1",
        values: &[("eta", "0.0005"), ("beta", "0.95")],
        steps: 400,
    },
    Example {
        id: "himmelblau",
        title: t("Himmelblau’s four minima", "Himmelblau 四极小"),
        source: "f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2\nx0 = 0\ny0 = -0.5",
        values: &[("eta", "0.003"), ("beta", "0.9")],
        steps: 120,
    },
    Example {
        id: "plateau-cliff",
        title: t("Plateau and cliff", "平台与悬崖"),
        source: "# a flat start, a cliff at 0, a valley at -1\nf(x) = h*sigmoid(s*x) + 0.05*(x + 1)^2\nh = 2 in [0, 5]\ns = 8 in [1, 20]\nx0 = 2",
        values: &[("eta", "0.05"), ("beta", "0.9")],
        steps: 200,
    },
    Example {
        id: "pendulum",
        title: t("Pendulum", "单摆"),
        source: "# angle x, gravity over length w2, friction c\nF(x, v) = -w2*sin(x) - c*v\nw2 = 1 in [0.1, 4]\nc = 0.1 in [0, 1]\nx0 = 2.5",
        values: &[],
        steps: 300,
    },
    Example {
        id: "van-der-pol",
        title: t("Van der Pol’s oscillator", "范德波尔振子"),
        source: "x'' = mu*(1 - x^2)*x' - x\nmu = 1 in [0, 4]\nx(0) = 0.1",
        values: &[],
        steps: 400,
    },
    Example {
        id: "lotka-volterra",
        title: t("Lotka and Volterra’s predators", "Lotka–Volterra 捕食者"),
        source: "x' = a*x - b*x*y\ny' = d*x*y - g*y\na = 1 in [0.1, 2]\nb = 0.5 in [0.1, 2]\nd = 0.5 in [0.1, 2]\ng = 1 in [0.1, 2]\nx0 = 1\ny0 = 1",
        values: &[],
        steps: 300,
    },
    Example {
        id: "duffing",
        title: t("Duffing’s driven oscillator", "受迫 Duffing 振子"),
        source: "x'' = x - x^3 - c*x' + p*cos(w*t)\nc = 0.25 in [0, 1]\np = 0.4 in [0, 1]\nw = 1 in [0.2, 2]\nx(0) = 0.5",
        values: &[],
        steps: 1000,
    },
];
