//! Adam in a narrow valley: the mass it gives every coordinate follows the size of gradients.

mod ledger;
mod mass;
mod numbers;
mod pages;
mod story;

use std::sync::Arc;

use crate::core::fields::{Quadratic, SunkenValley};
use crate::core::methods::{Adam, Convention, gradient_descent, heavy_ball};
use crate::core::{Field, Probe};
use crate::figure::Ink;
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::{Exhibit, Moves, Page, drag, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Group, Meta, Preset, SceneError, Setup, View};
use crate::text::t;
use numbers::{notes, numbers};

/// Adam's smallest denominator.
const EPS: f64 = 1e-8;
/// The lane of Adam.
const ADAM: usize = 2;

static GROUNDS: [Choice; 2] = [choice("bowl", "bowl", "二次碗"), choice("plain", "valley in a plain", "平原中的山谷")];
const PLAIN: usize = 1;

static GROUND: Spec = restart(spec(
    "ground",
    "",
    t("ground", "地形"),
    "",
    Kind::Choice(&GROUNDS),
    0.0,
    t(
        "Bowl: U = s with s = ½(λ₁u² + λ₂w²). Valley in a plain: U = s/(1 + s/D), flat far away.",
        "二次碗：U = s，s = ½(λ₁u² + λ₂w²)。平原中的山谷：U = s/(1 + s/D)，远处平坦。",
    ),
));
static ETA: Spec = specs::eta(0.01, 0.0001, 0.05);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static ALPHA: Spec = specs::by_decades(
    "alpha",
    "$α$",
    t("rate of Adam", "Adam 的学习率"),
    [0.1, 0.001, 1.0],
    t("Length of Adam's steps; its β₁ is β.", "Adam 的步长；其 β₁ 取 β。"),
);
static BETA2: Spec = specs::pure(
    "beta2",
    "$β_2$",
    t("memory of squares", "平方的记忆"),
    [0.999, 0.5, 0.9999],
    t("Share of the second moment that is kept per step.", "二阶矩每步保留的比例。"),
);
static KAPPA: Spec = specs::by_decades(
    "kappa",
    "$κ$",
    t("condition number", "条件数"),
    [100.0, 1.0, 1000.0],
    t("Curvature across the valley; along it, it is 1.", "横跨山谷的曲率；沿山谷方向为 1。"),
);
static ANGLE: Spec = specs::degrees(
    "angle",
    "$ϑ$",
    t("turn of the valley", "山谷转角"),
    [0.0, -90.0, 90.0],
    t(
        "Direction of the valley against the coordinates; the start turns with it.",
        "山谷相对坐标轴的方向；起点随之转动。",
    ),
);
static PLAIN_HEIGHT: Spec = specs::by_decades(
    "height",
    "$D$",
    t("height of the plain", "平原高度"),
    [5.0, 0.1, 1000.0],
    t("Height at which the valley in a plain flattens.", "平原中的山谷在此高度趋于平坦。"),
);
static X0: Spec = restart(specs::pure(
    "x0",
    "$u_0$",
    t("start along the valley", "起点（沿谷）"),
    [2.0, -10.0, 10.0],
    t("Where all lanes start, along the valley.", "所有轨道的起点，沿山谷方向。"),
));
static Y0: Spec = restart(specs::pure(
    "y0",
    "$w_0$",
    t("start across the valley", "起点（跨谷）"),
    [1.0, -10.0, 10.0],
    t("Where all lanes start, across the valley.", "所有轨道的起点，横跨山谷方向。"),
));

/// A vector turned by an angle.
fn turned([x, y]: [f64; 2], degrees: f64) -> [f64; 2] {
    let (s, c) = degrees.to_radians().sin_cos();
    [c * x - s * y, s * x + c * y]
}

/// Where all lanes start, in the plane's coordinates.
fn start(values: &Values) -> [f64; 2] {
    turned([values.get("x0"), values.get("y0")], values.get("angle"))
}

fn field(values: &Values) -> Arc<dyn Field> {
    let (lambda, angle) = ([1.0, values.get("kappa")], values.get("angle").to_radians());
    match values.index("ground") {
        PLAIN => Arc::new(SunkenValley::new(lambda, angle, values.get("height"))),
        _ => Arc::new(Quadratic::rotated(lambda, angle)),
    }
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [eta, beta, alpha, beta2] = ["eta", "beta", "alpha", "beta2"].map(|id| values.get(id));
    let (field, from) = (field(values), start(values));
    let ball = heavy_ball(eta, beta, Convention::Displacement);
    let adam = Adam::new(alpha, beta, beta2, EPS);
    let at: [&[f64]; 2] = [&from, &[]];
    let squares = [Probe::Remembered(0, 0), Probe::Remembered(0, 1)];
    let lanes = vec![
        lane(t("gradient descent", "梯度下降"), Ink::Spring, field.clone(), gradient_descent(eta), at),
        lane(t("momentum", "动量法"), Ink::Optimizer, field.clone(), ball, at),
        lane(t("Adam", "Adam"), Ink::Sampler, field, adam, at).recording(squares),
    ];
    Ok(together(lanes, 1.0))
}

/// The start is held in the frame of the valley.
fn dragged(handle: &str, to: [f64; 2], values: &mut Values, _: View) -> Result<(), SceneError> {
    let to = if handle == "x0,y0" { turned(to, -values.get("angle")) } else { to };
    drag(handle, to, values)
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "effective-mass",
        title: t("Effective mass", "有效质量"),
        group: Group::Adaptive,
        question: t(
            "Adam divides by the root of its second moment: is that curvature, or a mass made of past gradients?",
            "Adam 除以二阶矩的平方根：那是曲率，还是由过往梯度构成的质量？",
        ),
        rows: &[11, 12, 13],
        steps: 60,
    },
    params: &[&GROUND, &ETA, &BETA, &ALPHA, &BETA2, &KAPPA, &ANGLE, &PLAIN_HEIGHT, &X0, &Y0],
    shown: |id, values| id != "height" || values.index("ground") == PLAIN,
    presets: &[
        Preset::new(t("along the axes", "与坐标轴对齐"), &[], 60),
        Preset::new(t("turned by 45°", "旋转 45°"), &[("angle", "45")], 60),
        Preset::new(t("from the plain", "自平原出发"), &[("ground", "plain"), ("x0", "4"), ("y0", "1")], 120),
        Preset::new(t("short memory", "短记忆"), &[("beta2", "0.9")], 120),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: &[
        Page::new("paths", t("Three paths and a mass", "三条路径与一个质量"), pages::paths)
            .showing(
                "Paths of three methods from one start. Ellipses along Adam's path: velocities of equal kinetic energy, short where the effective mass is large. They follow the coordinates, not the valley.",
                "三种方法自同一起点的路径。沿 Adam 路径的椭圆：动能相等的速度，质量越大越短。椭圆跟随坐标轴，而不是山谷。",
            )
            .moving(&[Moves::Plane(Probe::Position(0), Probe::Position(1))]),
        Page::new("moment", t("Second moment and curvature", "二阶矩与曲率"), pages::moment)
            .briefly(t("Second moment", "二阶矩"))
            .showing(
                "Above: root of Adam's second moment beside the diagonal of the Hessian at the same point, in one colour each. Below: their ratio, which would be constant if the one stood for the other.",
                "上：Adam 二阶矩的平方根与同一点的 Hessian 对角元，同一坐标同色。下：两者之比；若前者能代替后者，它应为常数。",
            )
            .moving(&[Moves::Clock, Moves::Clock]),
        Page::new("ledger", t("Energy with a changing mass", "质量变化时的能量账"), ledger::page)
            .briefly(t("Energy ledger", "能量账"))
            .showing(
                "Adam's potential and kinetic energy, what friction has taken and what the changing mass has given. The balance, potential + kinetic + friction − change of mass, would stay constant in continuous time; what it drifts is the error of finite steps.",
                "Adam 的势能与动能、摩擦累计带走的能量，以及质量变化累计给予的能量。结余（势能 + 动能 + 摩擦 − 质量变化）在连续时间下守恒；其漂移即有限步长的误差。",
            )
            .moving(&[Moves::Clock]),
        Page::new("turn", t("Loss over the turn", "损失随转角的变化"), pages::turn).showing(
            "Loss at the end of the run over the direction of the valley, start turned with it. Descent and momentum do not notice; Adam does. The mark can be dragged.",
            "运行结束时的损失随山谷方向的变化，起点随之转动。梯度下降与动量法毫无察觉，Adam 则不然。标记可拖动。",
        ),
        Page::new("loss", t("Loss", "损失"), pages::loss)
            .showing("Loss of the three methods over the iterations.", "三种方法的损失随迭代的变化。")
            .moving(&[Moves::Clock])
            .apart(),
    ],
    tiles: &["paths", "moment", "ledger", "turn"],
    numbers,
    notes,
    drag: dragged,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
