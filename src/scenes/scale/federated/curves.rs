//! What stays: the drift over local steps, and the floor over server momentum.

use super::measure;
use super::setting::{self, PLAIN, SAME_GAIN, SAME_RATE};
use crate::core::methods::Participation;
use crate::figure::{Axis, Dash, Handle, Ink, Layer, Marker, Panel, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::Page;
use crate::scenes::exhibit::draw::{axis, line, marked, measured, panel, points, spanning, words};
use crate::text::{Text, t};

/// What the handle of the local steps is called.
pub const STEPS: &str = "local-steps,-";

/// Local steps and momenta at which runs are made.
const TRIED_STEPS: [f64; 8] = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 25.0, 50.0];
const TRIED_BETA: [f64; 6] = [0.0, 0.3, 0.6, 0.8, 0.9, 0.95];
/// Momentum of the second kind of run to a fixed point.
const DRIFT_BETA: f64 = 0.9;
/// Points of a curve over β, up to this momentum.
const POINTS: usize = 100;
const MOST: f64 = 0.98;

/// The drift bias over the local steps.
pub const DRIFT: Page = Page::new("drift", t("Drift over local steps", "漂移随本地步数"), drift).showing(
    "Where the server comes to rest, less the common minimum, over the number of local steps: closed form, and runs with all clients without (rings) and with server momentum 0.9 (crosses). Momentum does not touch it. The mark can be dragged.",
    "服务器停驻点与共同极小点之差随本地步数的变化：闭式解，以及全部客户端参与、无服务器动量（圆环）与动量 0.9（叉号）的运行。动量对它毫无影响。标记可拖动。",
);

/// The noise floor over server momentum.
pub const FLOOR: Page = Page::new("floor", t("Floor over server momentum", "噪声底随服务器动量"), floor)
    .showing(
        "Standard deviation of the server's parameter in the long run over its momentum, at the same rate ηₛ and at the same gain ηₛ/(1 − β): closed form, and runs aside with two standard errors. A curve that ends has no mean square beyond. The mark can be dragged.",
        "长期运行中服务器参数的标准差随动量的变化，分同学习率 ηₛ 与同增益 ηₛ/(1 − β) 两种：闭式解，以及单独运行的两倍标准误。曲线终止处之后均方发散。标记可拖动。",
    )
    .briefly(t("Noise floor", "噪声底"));

/// The bias with so many local steps.
fn known(seen: &Seen<'_>, steps: f64) -> f64 {
    let mut values = seen.run.values.clone();
    if values.set("local-steps", steps).is_err() {
        return f64::NAN;
    }
    setting::resting(&values) - setting::optimum(&values)
}

/// The bias to which runs with so many local steps come.
fn tried<'a>(seen: &Seen<'a>, beta: f64) -> &'a [f64] {
    seen.run.derived.column(("bias of runs", 0, beta.to_bits()), || {
        let rested = |steps: &f64| {
            let mut values = seen.run.values.clone();
            values.set("local-steps", *steps).ok()?;
            let method =
                setting::method(&values, [0.7 * (1.0 - beta) / setting::mean_pull(&values), beta], Participation::All);
            Some(measure::rest_of(method, &values)? - setting::optimum(&values))
        };
        TRIED_STEPS.iter().map(|steps| rested(steps).unwrap_or(f64::NAN)).collect()
    })
}

fn drift<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let x = Axis::new(rich(seen.say(t("local steps $E$", "本地步数 $E$"))), "").log().range(0.85, 60.0);
    let steps: Vec<f64> = (1..=50).map(f64::from).collect();
    let curve: Vec<f64> = steps.iter().map(|e| known(seen, *e)).collect();
    let y = axis(seen, t("$x_∞$ − minimum", "$x_∞$ − 极小点"), "");
    let mut panel = panel("drift", x, spanning(y, curve.iter().copied().chain([0.0])));
    panel.layers.push(line(steps, curve, Some(seen.say(t("closed form", "闭式解"))), Ink::Muted, Dash::Solid));
    let runs = [
        (0.0, t("runs, $β$ = 0", "运行，$β$ = 0"), Ink::Spring, Marker::Ring),
        (DRIFT_BETA, t("runs, $β$ = 0.9", "运行，$β$ = 0.9"), Ink::Optimizer, Marker::Cross),
    ];
    for (beta, name, ink, marker) in runs {
        panel.layers.push(points(TRIED_STEPS.to_vec(), tried(seen, beta), Some(seen.say(name)), ink, marker));
    }
    let here = seen.get("local-steps");
    panel.handles.push(Handle {
        id: STEPS.into(),
        at: [here, known(seen, here)],
        ink: Ink::Text,
        label: rich("$E$"),
        name: seen.say(t("local steps", "本地步数")).to_owned(),
    });
    vec![panel]
}

/// A server at the same rate or gain as the scene's, with another momentum.
fn server(seen: &Seen<'_>, kind: usize, beta: f64) -> [f64; 2] {
    let rate = seen.get("eta");
    [if kind == SAME_GAIN { rate * (1.0 - beta) } else { rate }, beta]
}

/// Measured floors of one kind: standard deviations and two standard errors, by momentum.
fn floors<'a>(seen: &Seen<'a>, kind: usize) -> [&'a [f64]; 2] {
    let both = seen.run.derived.column(("floors over momentum", kind, 0), || {
        let all = TRIED_BETA.iter().enumerate().map(|(k, beta)| {
            let stream = (kind * TRIED_BETA.len() + k) as u32 + 8;
            measure::floor_of(&seen.run.values, server(seen, kind, *beta), seen.run.seed, stream)
        });
        let (sd, error): (Vec<f64>, Vec<f64>) =
            all.map(|f| f.map_or((f64::NAN, f64::NAN), |[s, e]| (s, 2.0 * e))).unzip();
        [sd, error].concat()
    });
    let (sd, error) = both.split_at(both.len() / 2);
    [sd, error]
}

fn floor<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let alone = known_floor(seen, setting::server(&seen.run.values, PLAIN));
    let unit = if alone > 0.0 { alone } else { 1e-3 };
    let x = Axis::new(rich(seen.say(t("server momentum $β$", "服务器动量 $β$"))), "").range(-0.03, 1.0);
    let y = axis(seen, t("noise floor", "噪声底"), "").log();
    let mut panel = panel("floor", x, y.range(0.4 * unit, 20.0 * unit));
    if alone == 0.0 {
        let text = seen.say(t("no noise: every round is alike", "没有噪声：各轮相同"));
        panel.layers.push(words([0.485, 3.0 * unit], text, Ink::Muted));
        return vec![panel];
    }
    let kinds: [(usize, Text, Ink, Dash); 2] = [
        (SAME_RATE, t("same rate", "同学习率"), Ink::Optimizer, Dash::Dashed),
        (SAME_GAIN, t("same gain", "同增益"), Ink::Controller, Dash::DashDot),
    ];
    let betas: Vec<f64> = (0..POINTS).map(|i| MOST * i as f64 / (POINTS - 1) as f64).collect();
    for (kind, name, ink, dash) in kinds {
        let curve: Vec<f64> = betas.iter().map(|beta| known_floor(seen, server(seen, kind, *beta))).collect();
        panel.layers.push(line(betas.clone(), curve, Some(seen.say(name)), ink, dash));
        panel.layers.extend(marks(seen, kind, ink));
    }
    if alone > 0.0 {
        let name = seen.say(t("no momentum", "无动量"));
        panel.layers.push(line(vec![-0.03, 1.0], vec![alone; 2], Some(name), Ink::Spring, Dash::Solid));
    }
    let here = known_floor(seen, setting::server(&seen.run.values, SAME_GAIN));
    panel.handles.push(Handle {
        id: "beta,-".into(),
        at: [seen.get("beta"), if here > 0.0 { here } else { unit }],
        ink: Ink::Text,
        label: rich("$β$"),
        name: seen.say(t("server momentum", "服务器动量")).to_owned(),
    });
    vec![panel]
}

/// The noise floor of a server in closed form.
fn known_floor(seen: &Seen<'_>, server: [f64; 2]) -> f64 {
    setting::settled(&seen.run.values, server).map_or(f64::NAN, |s| s.variance.sqrt())
}

/// Measured floors with two standard errors, where there are any.
fn marks<'a>(seen: &Seen<'a>, kind: usize, ink: Ink) -> Option<Layer<'a>> {
    let [sd, error] = floors(seen, kind);
    let rows = (0..sd.len()).filter(|k| sd[*k].is_finite());
    let of = |f: &dyn Fn(usize) -> f64| rows.clone().map(f).collect::<Vec<f64>>();
    let ends = [of(&|k| (sd[k] - error[k]).max(0.2 * sd[k])), of(&|k| sd[k] + error[k])];
    rows.clone().next()?;
    let marker = if kind == SAME_RATE { Marker::Disc } else { Marker::Triangle };
    Some(marked(measured(of(&|k| TRIED_BETA[k]), of(&|k| sd[k]), ends, None, ink), marker))
}
