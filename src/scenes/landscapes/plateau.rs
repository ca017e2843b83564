//! A plateau, a cliff and a valley: inertia crosses what stops descent, and flies past what it should hit.

mod ground;
mod map;
mod pages;
mod pareto;
mod story;

use crate::core::Probe;
use crate::core::methods::{Convention, gradient_descent, heavy_ball};
use crate::figure::Ink;
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Group, LaneRun, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::t;
use crate::theory::conventions::{coasting, crossing_steps};

const GROUNDS: &[Choice] =
    &[choice("cliff", "sloping, then a cliff", "缓坡接陡崖"), choice("flat", "exactly flat", "完全平坦")];
const CLIPPING: &[Choice] = &[choice("off", "off", "关"), choice("on", "on", "开")];

static GROUND: Spec = restart(spec(
    "ground",
    "",
    t("plateau", "平台"),
    "",
    Kind::Choice(GROUNDS),
    0.0,
    t(
        "A gentle slope that ends in a cliff, or no force at all up to the edge.",
        "末端为陡崖的缓坡，或直到边缘都毫无力。",
    ),
));
static ETA: Spec = specs::eta(0.1, 0.001, 1.0);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static LENGTH: Spec = restart(specs::pure(
    "length",
    "$L$",
    t("length of the plateau", "平台长度"),
    [1.5, 0.1, 5.0],
    t("Distance from the start to the edge at 0.", "起点到边缘（0 处）的距离。"),
));
static SPEED: Spec = restart(specs::pure(
    "speed",
    "$v_0$",
    t("entry speed", "入场速度"),
    [0.1, 0.0, 1.0],
    t("Displacement per step that momentum brings along; descent has none.", "动量法带入的每步位移；梯度下降没有。"),
));
static SLOPE: Spec = specs::pure(
    "slope",
    "$ε$",
    t("slope of the plateau", "平台坡度"),
    [0.02, 0.0, 0.2],
    t("Force on the plateau; the valley lies to the right.", "平台上的力；山谷在右侧。"),
);
static DROP: Spec = specs::pure(
    "drop",
    "$D$",
    t("height of the cliff", "崖高"),
    [1.0, 0.1, 10.0],
    t("Its steepest slope is D/(4w) with w = 0.15.", "最陡处坡度为 D/(4w)，w = 0.15。"),
);
static WALL: Spec = specs::pure(
    "wall",
    "$k$",
    t("stiffness of the valley", "谷壁刚度"),
    [4.0, 0.5, 50.0],
    t("A stiffer far wall makes a narrower valley.", "对侧谷壁越硬，山谷越窄。"),
);
static CLIP: Spec = spec(
    "clip",
    "",
    t("clipping", "梯度裁剪"),
    "",
    Kind::Choice(CLIPPING),
    0.0,
    t("Shortens every gradient that is longer than the limit.", "把超过上限的梯度缩到上限。"),
);
static LIMIT: Spec = specs::by_decades(
    "limit",
    "$g_{max}$",
    t("largest gradient", "梯度上限"),
    [0.5, 0.01, 10.0],
    t("Longest gradient a step may see.", "每步所见梯度的最大长度。"),
);

/// Whether the plateau is exactly flat.
fn is_flat(values: &Values) -> bool {
    values.index("ground") == 1
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let field = ground::field(values);
    let start = [-values.get("length")];
    let ball = heavy_ball(values.get("eta"), values.get("beta"), Convention::Displacement);
    let descent = gradient_descent(values.get("eta"));
    let speed = [values.get("speed")];
    let lanes = vec![
        lane(t("gradient descent", "梯度下降"), Ink::Spring, field.clone(), descent, [&start, &[]]),
        lane(t("momentum", "动量法"), Ink::Optimizer, field, ball, [&start, &speed]),
    ];
    Ok(together(lanes, 1.0))
}

/// The first iteration at which a lane is beyond the edge.
fn crossing(lane: &LaneRun) -> Option<u64> {
    lane.column(Probe::Position(0)).iter().position(|x| *x > 0.0).map(|n| n as u64)
}

/// How far beyond the minimum a lane ever gets.
fn overshoot(seen: &Seen<'_>, i: usize) -> f64 {
    let Some(lane) = seen.lane(i) else { return f64::NAN };
    let most = lane.column(Probe::Position(0)).iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (most - ground::minimum(&seen.run.values)).max(0.0)
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let [speed, beta] = ["speed", "beta"].map(|id| seen.get(id));
    let flat = is_flat(&seen.run.values);
    let of = |i: usize| seen.lane(i).and_then(crossing).map(|n| n as f64);
    let known = crossing_steps(seen.get("length"), speed, beta).map(|n| n as f64);
    let note = t(
        "Iterations until the edge is passed; predicted on exactly flat ground.",
        "越过边缘所需的迭代数；在完全平坦处可预言。",
    );
    let descent = number(seen, t("crossing, descent", "越过，梯度下降"), note).measured(of(0)).done();
    let crossed = number(seen, t("crossing, momentum", "越过，动量法"), note);
    let crossed = crossed.predicted(known.filter(|_| flat)).measured(of(1));
    let crossed = crossed.by("$v_0 β(1 − β^n)/(1 − β) > L$", &["speed", "beta", "length"], "geometric series").done();
    let note = t(
        "How far momentum coasts without any force: closed form against a run.",
        "毫无力时动量能滑行的距离：闭式解对照运行。",
    );
    let coast = number(seen, t("coasting distance", "滑行距离"), note)
        .predicted(coasting(speed, beta))
        .measured(ground::coasted(&seen.run.values, beta))
        .by("$v_0 β/(1 − β)$", &["speed", "beta"], "geometric series")
        .done();
    let note = t("Farthest distance beyond the minimum.", "越过极小点的最远距离。");
    let past = number(seen, t("flies past by", "飞越极小点"), note).measured(overshoot(seen, 1)).done();
    let note = t("Where the valley is lowest, and where momentum stands.", "谷底所在，以及动量法的当前位置。");
    let end = number(seen, t("position, momentum", "位置，动量法"), note)
        .predicted(ground::minimum(&seen.run.values))
        .measured(seen.end(1, 0))
        .done();
    vec![descent, crossed, coast, past, end]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "plateau",
        title: t("Plateau, cliff, valley", "平台、陡崖与山谷"),
        group: Group::Landscapes,
        question: t(
            "How far does inertia carry where the gradient says nothing, and what does it cost at the cliff?",
            "梯度沉默之处惯性能走多远？到了陡崖又要付出什么？",
        ),
        rows: &[6, 7, 8],
        steps: 200,
    },
    params: &[&GROUND, &ETA, &BETA, &LENGTH, &SPEED, &SLOPE, &DROP, &WALL, &CLIP, &LIMIT],
    shown: |id, values| match id {
        "slope" | "drop" => !is_flat(values),
        "limit" => values.index("clip") == 1,
        _ => true,
    },
    presets: &[
        Preset::new(t("slope and cliff", "缓坡与陡崖"), &[], 200),
        Preset::new(t("flat, long enough a run-up", "平坦，助跑足够"), &[("ground", "flat"), ("speed", "0.2")], 200),
        Preset::new(t("flat, too slow", "平坦，速度不足"), &[("ground", "flat")], 200),
        Preset::new(t("high cliff", "高崖"), &[("drop", "8")], 200),
        Preset::new(t("high cliff, clipped", "高崖，裁剪"), &[("drop", "8"), ("clip", "on")], 400),
        Preset::new(t("run to rest", "直至静止"), &[("beta", "0.8")], 600),
    ],
    build,
    pages: pages::PAGES,
    tiles: &["profile", "positions", "coasting", "pareto"],
    numbers,
    drag: pages::drag,
    survey: Some(&map::Arrivals),
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
