//! Both methods at two step sizes side by side: the figure of the article.

use std::sync::Arc;

use super::{beta, curvatures};
use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, gradient_descent, heavy_ball};
use crate::figure::{Axis, Dash, Ink, Marker, Panel, rich};
use crate::scenes::exhibit::draw::{panel, points, thin, words};
use crate::scenes::exhibit::lanes::{aside, lane};
use crate::scenes::exhibit::{Page, plane};
use crate::scenes::models::landscape::Window;
use crate::scenes::models::words;
use crate::scenes::{Lane, Seen};
use crate::text::{fill, t};
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::regime::classify;

/// The step sizes of the article, and how many steps it makes.
const ETAS: [f64; 2] = [0.4, 0.6];
const STEPS: u64 = 20;
/// How far beyond the window a path is followed, in its widths.
const BEYOND: f64 = 3.0;
const IDS: [&str; 4] = ["descent-small", "descent-large", "momentum-small", "momentum-large"];

/// The page.
pub const PAGE: Page = Page::new("four", t("Two methods, two step sizes", "两种方法，两个步长"), draw)
    .told(caption)
    .briefly(t("Four maps", "四图"))
    .columns(2)
    .apart();

/// Method 0 (descent) or 1 (momentum) at a step size, from the start of the scene.
fn machine(seen: &Seen<'_>, method: usize, eta: f64) -> Lane {
    let field = Quadratic::rotated(curvatures(&seen.run.values), seen.get("angle").to_radians());
    let start = [seen.get("x0"), seen.get("y0")];
    let (name, field) = (t("path", "路径"), Arc::new(field));
    if method == 0 {
        return lane(name, Ink::Spring, field, gradient_descent(eta), [&start, &[]]);
    }
    let ball = heavy_ball(eta, seen.get("beta"), Convention::Displacement);
    lane(name, Ink::Optimizer, field, ball, [&start, &[]])
}

/// The path of one cell, all of its first coordinate and then all of its second, as far as it stays near.
fn path<'a>(seen: &Seen<'a>, cell: usize, window: Window) -> [&'a [f64]; 2] {
    let both = seen.run.derived.column(("path of four", cell, 0), || {
        let run = aside(vec![machine(seen, cell / 2, ETAS[cell % 2])], &seen.run.values, STEPS);
        let Some(lane) = run.lanes.first() else { return Vec::new() };
        let [x, y] = [0, 1].map(|k| lane.column(Probe::Position(k)));
        let near = |[low, high]: [f64; 2], v: f64| (low - v).max(v - high) <= BEYOND * (high - low);
        let rows = x.iter().zip(y).take_while(|(x, y)| near(window.x, **x) && near(window.y, **y)).count();
        [&x[..rows], &y[..rows]].concat()
    });
    let (x, y) = both.split_at(both.len() / 2);
    [x, y]
}

/// A window around start and minimum with room for words above.
fn window(seen: &Seen<'_>) -> Window {
    let margin = 0.4 * seen.get("x0").hypot(seen.get("y0")).max(0.1);
    let side = |at: f64| [at.min(0.0) - margin, at.max(0.0) + margin];
    let [low, high] = side(seen.get("y0"));
    Window { x: side(seen.get("x0")), y: [low, high + (high - low)] }
}

fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let window = window(seen);
    (0..IDS.len()).filter_map(|cell| Some(map(seen, cell, window, seen.lane(cell / 2)?.lane.ink))).collect()
}

/// One of the four maps: `cell` counts step sizes within methods.
fn map<'a>(seen: &Seen<'a>, cell: usize, window: Window, ink: Ink) -> Panel<'a> {
    let side = |name: &str, [low, high]: [f64; 2]| Axis::new(rich(name), "").range(low, high);
    let name = seen.lane(cell / 2).map_or("", |lane| seen.say(lane.lane.name));
    let below = fill(seen.say(t("$x_1$: {}, $η$ = {}", "$x_1$：{}，$η$ = {}")), &[name, &ETAS[cell % 2].to_string()]);
    let mut panel = panel(IDS[cell], side(&below, window.x), side("$x_2$", window.y));
    if let Some(lane) = seen.lane(0) {
        panel.layers.push(plane::level_lines(seen, &*lane.lane.system.field, window, None));
    }
    let [x, y] = path(seen, cell, window);
    panel.layers.push(thin(x, y, ink, Dash::Solid));
    panel.layers.push(points(x, y, None, ink, Marker::Disc));
    let ([left, right], [low, high]) = (window.x, window.y);
    let line = |k: f64, text: &str| words([0.5 * (left + right), high - k * (high - low)], text, Ink::Text);
    panel.layers.extend(regimes(seen, cell).iter().zip([0.1, 0.25]).map(|(regime, k)| line(k, regime)));
    panel.legend = false;
    panel
}

/// The regimes of both modes of one cell.
fn regimes(seen: &Seen<'_>, cell: usize) -> [String; 2] {
    let [gentle, steep] = curvatures(&seen.run.values).map(|lambda| {
        let regime = classify(ETAS[cell % 2] * lambda, beta(seen, cell / 2));
        seen.say(words::regime(regime))
    });
    let of = |text, regime| fill(seen.say(text), &[regime]);
    [of(t("$λ_1$: {}", "$λ_1$：{}"), gentle), of(t("$λ_2$: {}", "$λ_2$：{}"), steep)]
}

fn caption(seen: &Seen<'_>) -> String {
    let steep = curvatures(&seen.run.values)[1];
    let text = t(
        "The same bowl and start, 20 steps: gradient descent above, momentum with β = {} below. The steep mode changes by a factor of modulus {} and {} per step without momentum, {} and {} with it; above 1 the path leaves the map.",
        "同一个碗、同一起点，各 20 步：上排为梯度下降，下排为 β = {} 的动量法。陡峭模态每步乘子的模，无动量时为 {} 与 {}，有动量时为 {} 与 {}；大于 1 时路径离开图框。",
    );
    let modulus = |method: usize, eta: f64| spectral_radius(eta * steep, beta(seen, method));
    let [a, b] = ETAS.map(|eta| modulus(0, eta));
    let [c, d] = ETAS.map(|eta| modulus(1, eta));
    seen.tell(text, &[seen.get("beta"), a, b, c, d])
}
