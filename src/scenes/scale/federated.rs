//! Clients that train by themselves and a server that averages them: what momentum on the server smooths,
//! and what it cannot.

mod curves;
mod map;
mod measure;
mod pages;
mod round;
mod setting;
mod story;
mod verdicts;

use crate::core::Probe;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Page, drag, regimes, specs};
use crate::scenes::models::declare::restart;
use crate::scenes::{Chip, Group, Meta, Preset, Readout, SceneError, Seen, Setup, View};
use crate::text::t;
use setting::{PLAIN, SAME_GAIN, SAME_RATE};

static CLIENTS: Spec = restart(specs::count(
    "clients",
    "$K$",
    t("clients", "客户端数"),
    [10, 2, 50],
    t("How many clients there are, each with a quadratic loss of its own.", "客户端总数，各有自己的二次损失。"),
));
static SHARE: Spec = specs::pure(
    "share",
    "$p$",
    t("participation", "参与率"),
    [0.3, 0.02, 1.0],
    t("Share of the clients that take part in a round, one at least.", "每轮参与的客户端比例，至少一个。"),
);
static TARGETS: Spec = specs::pure(
    "targets",
    "$B$",
    t("spread of targets", "目标分散度"),
    [1.0, 0.0, 3.0],
    t("The clients' minima lie evenly between −B and B.", "各客户端的极小点均匀分布在 −B 与 B 之间。"),
);
static CURVATURES: Spec = specs::pure(
    "curvatures",
    "$A$",
    t("spread of curvatures", "曲率分散度"),
    [1.0, 0.0, 2.0],
    t(
        "Curvatures grow from e⁻ᴬ for the leftmost client to eᴬ for the rightmost.",
        "曲率由最左端客户端的 e⁻ᴬ 增至最右端的 eᴬ。",
    ),
);
static LOCAL_STEPS: Spec = specs::count(
    "local-steps",
    "$E$",
    t("local steps", "本地步数"),
    [10, 1, 50],
    t("Steps of gradient descent every participant makes per round.", "每轮各参与者所做的梯度下降步数。"),
);
static LOCAL_RATE: Spec = specs::by_decades(
    "local-rate",
    "$η_l$",
    t("local rate", "本地学习率"),
    [0.05, 0.001, 0.2],
    t("Step size of the participants.", "参与者的步长。"),
);
static ETA: Spec = specs::by_decades(
    "eta",
    "$η_s$",
    t("server rate", "服务器学习率"),
    [0.5, 0.01, 5.0],
    t("What the server multiplies the mean of the clients' changes with.", "服务器对客户端平均改变量所乘的系数。"),
);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static X0: Spec = specs::start("x0", "$x^{(0)}$", 5.0);

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    Ok(together(setting::lanes(values, seed, setting::COPIES), 1.0))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let values = &seen.run.values;
    let [rest, best] = [setting::resting(values), setting::optimum(values)];
    let note = t(
        "Where the server comes to rest less the common minimum: the drift of clients that make several steps on curvatures of their own.",
        "服务器停驻点与共同极小点之差：客户端在各自曲率上多步训练所致的漂移。",
    );
    let bias = number(seen, t("drift bias", "漂移偏差"), note)
        .predicted(rest - best)
        .measured(measure::rested(seen, 0.0).map(|x| x - best))
        .by("Σαᵢbᵢ/Σαᵢ − Σaᵢbᵢ/Σaᵢ", &["local-steps", "local-rate"], "Hsu, Qi & Brown 2019; derived")
        .done();
    [bias].into_iter().chain([PLAIN, SAME_RATE, SAME_GAIN].into_iter().flat_map(|i| reached(seen, i))).collect()
}

/// The noise floor of server `i`, and when it is at the target.
fn reached(seen: &Seen<'_>, i: usize) -> [Readout; 2] {
    let values = &seen.run.values;
    let [floor, rounds] = match i {
        PLAIN => [t("floor without momentum", "噪声底，无动量"), t("rounds without momentum", "轮数，无动量")],
        SAME_RATE => [t("floor at the same rate", "噪声底，同学习率"), t("rounds at the same rate", "轮数，同学习率")],
        _ => [t("floor at the same gain", "噪声底，同增益"), t("rounds at the same gain", "轮数，同增益")],
    };
    let long = t(
        "Standard deviation of the server's parameter in the long run, from who happens to take part: closed form against runs of their own.",
        "长期运行中服务器参数的标准差，源于每轮抽到哪些客户端：闭式解对照单独的运行。",
    );
    let until = t(
        "Round from which the rms distance from the common minimum stays below a tenth of the start's: recursion of the exact moments against the copies of this run.",
        "此后与共同极小点的均方根距离始终低于起点十分之一的轮次：精确矩的递推对照本次运行的各副本。",
    );
    let formula = "$η_s^2 s_e^2$ / [(1 − β) Q (2(1 + β) − Q)/(1 + β) − $η_s^2 s_A^2$], Q = $η_s$ mean α";
    let floor = number(seen, floor, long)
        .predicted(setting::state(values, i).map(|s| s.variance.sqrt()))
        .measured(measure::floor(seen, i).map(|[sd, _]| sd))
        .by(formula, &["share", "eta", "beta"], "Hsu, Qi & Brown 2019; derived")
        .done();
    let rounds = number(seen, rounds, until)
        .predicted(setting::predicted_rounds(values, i).map(|n| n as f64))
        .measured(measure::rounds(seen, i).map(|n| n as f64))
        .done();
    [floor, rounds]
}

/// The regimes of the mean: heavy ball with the mean pull as curvature.
fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let values = &seen.run.values;
    let names = [(PLAIN, "β = 0"), (SAME_RATE, "ηₛ"), (SAME_GAIN, "ηₛ(1 − β)")];
    let chip = |(lane, name): (usize, &str)| {
        let [rate, beta] = setting::server(values, lane);
        regimes::chip(seen, name, rate * setting::mean_pull(values), beta)
    };
    names.into_iter().map(chip).collect()
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let values = &seen.run.values;
    let text = t(
        "{} of {} clients take part in a round. {} copies of every server, with the same clients and other draws, give means and spreads; the first of them is shown as a path.",
        "每轮 {} 个客户端参与（共 {} 个）。每种服务器有 {} 个副本，客户端相同而抽样不同，由此得均值与离散；路径取第一个副本。",
    );
    let numbers = [setting::taking_part(values) as f64, values.get("clients"), setting::COPIES as f64];
    vec![seen.tell(text, &numbers)]
}

/// Handles of whole numbers land on whole numbers.
fn dragged(handle: &str, to: [f64; 2], values: &mut Values, _: View) -> Result<(), SceneError> {
    let to = if handle == curves::STEPS { to.map(f64::round) } else { to };
    drag(handle, to, values)
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "federated",
        title: t("Many clients, one server", "众多客户端，一个服务器"),
        group: Group::Scale,
        question: t(
            "Clients differ, and only some take part: what does momentum on the server smooth, and what stays?",
            "客户端各异，且每轮只有部分参与：服务器动量能抚平什么，又有什么留下？",
        ),
        rows: &[39],
        steps: 150,
    },
    params: &[&CLIENTS, &SHARE, &TARGETS, &CURVATURES, &LOCAL_STEPS, &LOCAL_RATE, &ETA, &BETA, &X0],
    presets: &[
        Preset::new(t("three of ten", "十取三"), &[], 150),
        Preset::new(t("all take part", "全部参与"), &[("share", "1")], 400),
        Preset::new(
            t("one local step, all take part", "本地一步，全部参与"),
            &[("share", "1"), ("local-steps", "1")],
            800,
        ),
        Preset::new(t("one at a time", "每轮一个"), &[("share", "0.1")], 150),
        Preset::new(t("equal curvatures", "曲率相同"), &[("curvatures", "0")], 150),
        Preset::new(t("many local steps", "本地多步"), &[("local-steps", "50"), ("curvatures", "1.5")], 150),
    ],
    modes: &["$x$"],
    build,
    pages: &[pages::LOSS, round::PAGE, pages::DISTANCE, curves::DRIFT, curves::FLOOR, Page::sweep()],
    tiles: &["loss", "round", "distance", "drift", "floor"],
    numbers,
    chips,
    notes,
    drag: dragged,
    survey: Some(&map::Rounds),
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};

/// What is recorded of every lane, beside its first copy.
const RECORDED: [Probe; 2] = [Probe::MeanPosition(0), Probe::SpreadPosition(0)];
