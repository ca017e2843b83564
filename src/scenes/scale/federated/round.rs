//! One round: the clients' own ways from where the server stands.

use super::measure;
use super::setting::{self, SAME_RATE};
use crate::core::{Probe, State};
use crate::figure::{Axis, Dash, Ink, Layer, Marker, Panel, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::Page;
use crate::scenes::exhibit::draw::{axis, level, line, panel, points, spanning, thin};
use crate::text::t;

/// The page.
pub const PAGE: Page = Page::new("round", t("One round", "一轮之内"), draw).told(caption).of_moment().apart();

/// The round that is shown: the one that starts now, or the last one made.
fn shown(seen: &Seen<'_>) -> u64 {
    seen.view.now.min(seen.run.done().saturating_sub(1))
}

/// Where the server with momentum starts it, if it still goes.
fn start(seen: &Seen<'_>) -> Option<f64> {
    Some(seen.at(SAME_RATE, Probe::Position(0), shown(seen))).filter(|x| x.is_finite())
}

/// Which clients take part in it.
fn chosen(seen: &Seen<'_>) -> Vec<usize> {
    let values = seen.run.values_at(shown(seen));
    let Some(lane) = seen.lane(SAME_RATE) else { return Vec::new() };
    let mut state = State::clone(&lane.lane.start.first(1));
    state.step = shown(seen);
    setting::method(values, setting::server(values, SAME_RATE), setting::drawn(values)).taking_part(&state)
}

fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = seen.run.values_at(shown(seen));
    let steps = values.get("local-steps");
    let x = Axis::new(rich(seen.say(t("local step", "本地步"))), "").range(-0.04 * steps, 1.16 * steps);
    let label = axis(seen, t("parameter $x$", "参数 $x$"), "");
    let Some(from) = start(seen) else {
        let mut gone = panel("round", x, label.range(-1.0, 1.0));
        gone.layers.push(level(0.0, Ink::Faint, Dash::Solid));
        return vec![gone];
    };
    let paths = measure::local_paths(values, from);
    let next = Some(seen.at(SAME_RATE, Probe::Position(0), shown(seen) + 1)).filter(|x| x.is_finite());
    let best = setting::optimum(values);
    let all = paths.iter().flatten().copied().chain([best, from]).chain(next);
    let mut panel = panel("round", x, spanning(label, all));
    panel.layers = ways(seen, &paths, steps);
    let name = seen.say(t("server, momentum", "服务器，动量"));
    panel.layers.push(points(vec![0.0], vec![from], Some(name), Ink::Optimizer, Marker::Disc));
    if let Some(next) = next {
        let name = seen.say(t("server after the round", "本轮之后的服务器"));
        panel.layers.push(thin(vec![0.0, 1.1 * steps], vec![from, next], Ink::Optimizer, Dash::Dotted));
        panel.layers.push(points(vec![1.1 * steps], vec![next], Some(name), Ink::Optimizer, Marker::Diamond));
    }
    panel.layers.push(level(best, Ink::Text, Dash::Dotted));
    vec![panel]
}

/// The clients' ways, of those that take part in front, with the mean of their ends.
fn ways<'a>(seen: &Seen<'_>, paths: &[Vec<f64>], steps: f64) -> Vec<Layer<'a>> {
    let time: Vec<f64> = (0..=steps as u32).map(f64::from).collect();
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    let taking_part = chosen(seen);
    for (i, path) in paths.iter().enumerate() {
        if taking_part.contains(&i) { inside.push(path) } else { outside.push(path) }
    }
    let kinds = [
        (&outside, t("not in this round", "本轮未参与"), Ink::Faint, Dash::Dotted),
        (&inside, t("takes part", "参与者"), Ink::Amber, Dash::Solid),
    ];
    let mut out = Vec::new();
    for (ways, name, ink, dash) in kinds {
        for (k, path) in ways.iter().enumerate() {
            let name = (k == 0).then_some(seen.say(name));
            out.push(line(time.clone(), path.to_vec(), name, ink, dash));
        }
    }
    let mean = inside.iter().filter_map(|path| path.last()).sum::<f64>() / inside.len().max(1) as f64;
    let name = seen.say(t("their mean", "参与者均值"));
    out.push(points(vec![steps], vec![mean], Some(name), Ink::Amber, Marker::Square));
    out
}

fn caption(seen: &Seen<'_>) -> String {
    let values = seen.run.values_at(shown(seen));
    let text = t(
        "Round {} of the server with momentum at the same rate: {} of {} clients take {} steps each towards their own minima, and the server moves by ηₛ times the mean of their changes and of what it remembers. Dotted rule: the common minimum.",
        "同学习率动量服务器的第 {} 轮：{} 个客户端参与（共 {} 个），各朝自己的极小点走 {} 步；服务器按 ηₛ 乘以改变量均值与记忆之和移动。水平点线：共同极小点。",
    );
    let count = setting::taking_part(values) as f64;
    seen.tell(text, &[shown(seen) as f64 + 1.0, count, values.get("clients"), values.get("local-steps")])
}
