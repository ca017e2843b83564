//! A game of two players: one goes down a function, the other up, and momentum decides how the chase ends.

mod map;
mod numbers;
mod pages;
mod play;
mod story;
mod survey;

use std::sync::Arc;

use crate::core::fields::{BilinearGame, DiracGan};
use crate::core::methods::{Extragradient, GameMomentum, Optimistic};
use crate::core::{Field, Probe};
use crate::figure::Ink;
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::{Exhibit, Moves, Page, drag, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Group, Meta, Preset, SceneError, Setup, View};
use crate::text::t;
use numbers::{chips, notes, numbers};

/// The games on offer, and where the one without a coupling of its own stands.
static GAMES: [Choice; 2] =
    [choice("bilinear", "bilinear, with a pull", "双线性（可加正则）"), choice("dirac-gan", "Dirac-GAN", "Dirac-GAN")];
const DIRAC: usize = 1;

static GAME: Spec = restart(spec(
    "game",
    "",
    t("game", "博弈"),
    "",
    Kind::Choice(&GAMES),
    0.0,
    t(
        "Bilinear: f = a xy + ½μ(x² − y²). Dirac-GAN: f = −ln(1 + e^(−xy)) − ln 2, near its solution a bilinear game with a = ½.",
        "双线性：f = a xy + ½μ(x² − y²)。Dirac-GAN：f = −ln(1 + e^(−xy)) − ln 2，在解附近是 a = ½ 的双线性博弈。",
    ),
));
static ETA: Spec = specs::eta(0.1, 0.01, 1.0);
static BETA: Spec = specs::beta(0.5, -0.95, 0.95);
static NEGATIVE: Spec = specs::pure(
    "negative",
    "$β′$",
    t("negative momentum", "负动量"),
    [-0.3, -0.95, 0.0],
    t("Momentum of the lane that plays in turn with negative momentum.", "“负动量”轨道（交替更新）的动量系数。"),
);
static A: Spec = specs::by_decades(
    "a",
    "$a$",
    t("coupling", "耦合"),
    [1.0, 0.1, 10.0],
    t("How strongly each player's gradient depends on the other.", "每一方的梯度对另一方的依赖强度。"),
);
static MU: Spec = specs::pure(
    "mu",
    "$μ$",
    t("pull", "正则强度"),
    [0.0, -0.5, 3.0],
    t(
        "Curvature of each player's own part; a = 1, μ = 2 is x² − y² + xy.",
        "各方自身部分的曲率；a = 1、μ = 2 即 x² − y² + xy。",
    ),
);
static X0: Spec = specs::start("x0", "$x^{(0)}$", 1.0);
static Y0: Spec = specs::start("y0", "$y^{(0)}$", 0.0);

/// The lanes by their places.
const SIMULTANEOUS: usize = 0;
const ALTERNATING: usize = 1;
const NEGATED: usize = 2;
const EXTRAGRADIENT: usize = 3;
const OPTIMISTIC: usize = 4;

fn field(values: &Values) -> Arc<dyn Field> {
    match values.index("game") {
        DIRAC => Arc::new(DiracGan),
        _ => Arc::new(BilinearGame::regularised(values.get("mu"), values.get("a"))),
    }
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [eta, beta, negative] = ["eta", "beta", "negative"].map(|id| values.get(id));
    let at: [&[f64]; 2] = [&[values.get("x0"), values.get("y0")], &[]];
    let field = || field(values);
    let simultaneous = GameMomentum::simultaneous(eta, beta);
    let [alternating, negated] = [beta, negative].map(|beta| GameMomentum::alternating(eta, beta));
    let lanes = vec![
        lane(t("simultaneous", "同时更新"), Ink::Spring, field(), simultaneous, at),
        lane(t("alternating", "交替更新"), Ink::Amber, field(), alternating, at),
        lane(t("alternating, β′ < 0", "交替更新，β′ < 0"), Ink::Optimizer, field(), negated, at),
        lane(t("extragradient", "外梯度"), Ink::Controller, field(), Extragradient { eta }, at),
        lane(t("optimistic", "乐观梯度"), Ink::Sampler, field(), Optimistic { eta }, at),
    ];
    Ok(together(lanes, 1.0))
}

/// The dot in the plane of q = η(μ + ia) moves curvature, not the step.
fn dragged(handle: &str, to: [f64; 2], values: &mut Values, _: View) -> Result<(), SceneError> {
    if handle == pages::DOT {
        let eta = values.get("eta");
        return drag("mu,a", to.map(|q| q / eta), values);
    }
    drag(handle, to, values)
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "game",
        title: t("A game of two players", "两方博弈"),
        group: Group::Games,
        question: t(
            "Two players chase each other round a saddle: does momentum end the chase or feed it?",
            "两方绕鞍点相互追逐：动量是结束追逐，还是助长追逐？",
        ),
        rows: &[40],
        steps: 200,
    },
    params: &[&GAME, &ETA, &BETA, &NEGATIVE, &A, &MU, &X0, &Y0],
    shown: |id, values| values.index("game") != DIRAC || !["a", "mu"].contains(&id),
    presets: &[
        Preset::new(t("β = 0.5", "β = 0.5"), &[], 200),
        Preset::new(t("no momentum", "无动量"), &[("beta", "0")], 400),
        Preset::new(t("β = 0.9", "β = 0.9"), &[("beta", "0.9")], 400),
        Preset::new(t("both negative", "两者皆负"), &[("beta", "-0.3")], 400),
        Preset::new(t("x² − y² + xy", "x² − y² + xy"), &[("mu", "2"), ("beta", "0.5")], 100),
        Preset::new(t("Dirac-GAN", "Dirac-GAN"), &[("game", "dirac-gan"), ("beta", "0.5"), ("y0", "1")], 400),
    ],
    modes: &["$x$", "$y$"],
    build,
    pages: &[
        Page::new("orbit", t("The chase", "追逐轨迹"), pages::orbit)
            .showing(
                "Paths of all lanes in the plane of both players. Grey: the flow they follow together. Paths that leave the panel diverge; those with a look ahead nearly coincide.",
                "所有轨道在双方平面上的路径。灰线：双方共同遵循的流。离开图框的路径发散；两种带前瞻的方法几乎重合。",
            )
            .moving(&[Moves::Plane(Probe::Position(0), Probe::Position(1))]),
        Page::new("distance", t("Distance from the solution", "到解的距离"), pages::distance)
            .showing(
                "Distance from the solution over the iterations, as a share of the start; its square is the energy that continuous play would conserve. Thin and grey: ρⁿ by the closed form.",
                "到解的距离（占初值的比例）随迭代的变化；其平方是连续时间博弈守恒的能量。灰色细线：闭式解的 ρⁿ。",
            )
            .moving(&[Moves::Clock]),
        Page::new("modulus", t("Modulus over momentum", "模长随动量的变化"), pages::modulus).showing(
            "Growth per step, ρ − 1, over the momentum: closed forms as lines, short runs as marks. Above zero the players drift apart. The mark can be dragged.",
            "每步增长 ρ − 1 随动量的变化：线为闭式解，点为短运行所测。零线之上双方越离越远。标记可拖动。",
        ),
        Page::new("ellipse", t("Stable ellipse", "稳定椭圆"), map::ellipse).showing(
            "Where simultaneous heavy ball converges in the plane of q = η(μ + ia): positive momentum stretches the ellipse along the real axis and squeezes it along the imaginary one. Discs: short runs at β that converge, crosses: that do not. The dot is this game and can be dragged.",
            "同时更新的重球法在 q = η(μ + ia) 平面上的收敛区：正动量沿实轴拉长椭圆，沿虚轴压扁。圆点：以 β 所做短运行收敛，叉：不收敛。大点即当前博弈，可拖动。",
        ),
        Page::new("mix", t("From saddle to bowl", "从鞍到碗"), pages::mix)
            .showing(
                "Growth per step while the game changes from pure chase (0°, f = xy) to two bowls (90°, f = ½(x² − y²)) at the same size of curvature. Lines: closed forms; marks: short runs.",
                "保持曲率大小不变，博弈由纯追逐（0°，f = xy）变为两个碗（90°，f = ½(x² − y²)）时的每步增长。线：闭式解；点：短运行。",
            )
            .only(|values| values.index("game") != DIRAC)
            .apart(),
        Page::sweep(),
    ],
    tiles: &["orbit", "distance", "modulus", "ellipse"],
    numbers,
    chips,
    notes,
    drag: dragged,
    survey: Some(&survey::Chase),
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
