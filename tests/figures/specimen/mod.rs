//! Figures that use everything a figure can hold, with data computed on the spot.

use impetus::figure::*;
use impetus::text::{Lang, t};

fn say(lang: Lang, en: &'static str, zh: &'static str) -> Rich {
    rich(t(en, zh).get(lang))
}

fn range(n: usize, from: f64, to: f64) -> Vec<f64> {
    (0..n).map(|i| from + (to - from) * i as f64 / (n - 1) as f64).collect()
}

fn line(x: &[f64], y: Vec<f64>, ink: Ink, dash: Dash, name: Rich) -> Layer<'static> {
    let weight = Weight::Normal;
    Layer::Line(Line { x: x.to_vec().into(), y: y.into(), name: Some(name), ink, dash, weight, marker: None })
}

/// Curves with an inset, a callout, a band and a stacked panel on a symmetric logarithmic axis.
pub fn ringing(lang: Lang) -> [Panel<'static>; 2] {
    let time = || Axis::new(say(lang, "time $t$", "时间 $t$"), "s");
    let n = 401;
    let t = range(n, 0.0, 40.0);
    let free: Vec<f64> = t.iter().map(|t| (-0.08 * t).exp() * t.cos()).collect();
    let fast: Vec<f64> = t.iter().map(|t| (1.0 + t) * (-t).exp()).collect();
    let mut upper = Panel::new("q", time(), Axis::new(say(lang, "position $q$", "位置 $q$"), "m"));
    upper.layers.push(Layer::Rule(Rule::Y(0.0, Ink::Faint, Dash::Solid)));
    upper.layers.push(Layer::Band(Band {
        x: t.clone().into(),
        low: t.iter().map(|t| -(-0.08 * t).exp()).collect::<Vec<_>>().into(),
        high: t.iter().map(|t| (-0.08 * t).exp()).collect::<Vec<_>>().into(),
        name: Some(say(lang, "envelope", "包络")),
        ink: Ink::Sampler,
        hatch: None,
    }));
    upper.layers.push(line(&t, free.clone(), Ink::Optimizer, Dash::Solid, say(lang, "underdamped", "欠阻尼")));
    upper.layers.push(line(&t, fast.clone(), Ink::Spring, Dash::Dashed, say(lang, "critical", "临界")));
    let text = say(lang, r"$\frac{q_{n+1}}{q_n} = -e^{-πζ}$", r"$\frac{q_{n+1}}{q_n} = -e^{-πζ}$");
    upper.layers.push(Layer::Callout(Callout { at: [9.42, -0.47], text, ink: Ink::Text }));
    let mut near = Panel::new("tail", time().range(28.0, 40.0), Axis::new(rich("$q$"), "m"));
    near.layers.push(line(&t, free.clone(), Ink::Optimizer, Dash::Solid, rich("")));
    upper.insets.push(Inset { panel: near, place: Some([0.55, 0.62, 0.99, 0.99]) });
    let mut lower = Panel::new("difference", time(), Axis::new(say(lang, "difference", "差"), "m").symlog(1e-3));
    lower.layers.push(line(&t, free.iter().zip(&fast).map(|(a, b)| a - b).collect(), Ink::Text, Dash::Solid, rich("")));
    (lower.below, lower.share) = (true, 0.5);
    [upper, lower]
}

/// A measured histogram against its density, with error bars, hatched.
pub fn thermometer(lang: Lang) -> Panel<'static> {
    let edges = range(25, -3.0, 3.0);
    let density = |x: f64| (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let middle: Vec<f64> = edges.windows(2).map(|w| (w[0] + w[1]) / 2.0).collect();
    let height: Vec<f64> =
        middle.iter().enumerate().map(|(k, x)| density(*x) * (1.0 + 0.08 * (7.0 * k as f64).sin())).collect();
    let error: Vec<f64> = height.iter().map(|h| 0.08 * h.sqrt()).collect();
    let axis = Axis::new(say(lang, "velocity $v$", "速度 $v$"), "m/s");
    let mut panel = Panel::new("v", axis, Axis::new(say(lang, "probability density", "概率密度"), "s/m"));
    let ends = |sign: f64| height.iter().zip(&error).map(|(h, e)| h + sign * e).collect::<Vec<_>>();
    panel.layers.push(Layer::Histogram(Histogram {
        edges: edges.clone().into(),
        height: height.clone().into(),
        name: Some(say(lang, "cloud", "粒子云")),
        ink: Ink::Sampler,
        hatch: Some(Hatch::Rising),
    }));
    panel.layers.push(Layer::ErrorBars(ErrorBars {
        x: middle.clone().into(),
        y: height.clone().into(),
        low: ends(-1.0).into(),
        high: ends(1.0).into(),
        along_x: false,
        marker: Some(Marker::Square),
        name: Some(say(lang, "95 % interval", "95 % 区间")),
        ink: Ink::Text,
        weight: Weight::Thin,
    }));
    let x = range(121, -3.0, 3.0);
    let exact = x.iter().map(|x| density(*x)).collect();
    panel.layers.push(line(&x, exact, Ink::Spring, Dash::Solid, say(lang, "exact", "精确")));
    panel
}

/// Labelled contours, streamlines and a trajectory with markers.
pub fn valley(lang: Lang) -> Panel<'static> {
    let axis = |name: &str, r: f64| Axis::new(rich(name), "a.u.").range(-r, r);
    let mut panel = Panel::new("f", axis("$x_1$", 5.0), axis("$x_2$", 3.0));
    let (nx, ny) = (61, 41);
    let (xs, ys) = (range(nx, -5.0, 5.0), range(ny, -3.0, 3.0));
    let grid = || ys.iter().flat_map(|y| xs.iter().map(move |x| (*x, *y)));
    panel.layers.push(Layer::Contours(Contours {
        x: [-5.0, 5.0],
        y: [-3.0, 3.0],
        nx,
        values: grid().map(|(x, y)| 0.1 * x * x + 2.0 * y * y).collect::<Vec<_>>().into(),
        levels: vec![0.2, 0.5, 1.0, 2.0, 5.0, 10.0],
        labels: true,
        name: None,
        ink: Ink::Muted,
        dash: Dash::Solid,
        weight: Weight::Thin,
    }));
    panel.layers.push(Layer::Streamlines(Streamlines {
        x: [-5.0, 5.0],
        y: [-3.0, 3.0],
        nx,
        u: grid().map(|(x, _)| -0.2 * x).collect::<Vec<_>>().into(),
        v: grid().map(|(_, y)| -4.0 * y).collect::<Vec<_>>().into(),
        density: 9.0,
        name: Some(say(lang, "descent", "下降方向")),
        ink: Ink::Faint,
        weight: Weight::Thin,
    }));
    let (mut x, mut y, mut v) = (vec![-4.6], vec![2.4], [0.0, 0.0]);
    for _ in 0..40 {
        let (a, b) = (x[x.len() - 1], y[y.len() - 1]);
        v = [0.7 * v[0] - 0.3 * 0.2 * a, 0.7 * v[1] - 0.3 * 4.0 * b];
        x.push(a + v[0]);
        y.push(b + v[1]);
    }
    let name = Some(say(lang, "momentum $β = 0.7$", "动量 $β = 0.7$"));
    let (ink, dash, weight) = (Ink::Optimizer, Dash::Solid, Weight::Normal);
    let marker = Some(Marker::Ring);
    panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker }));
    panel
}

/// A map with a colour bar, hatched beyond a wall, and bars on logarithmic axes beside it.
pub fn spectral_radius(lang: Lang) -> Panel<'static> {
    let mut panel = Panel::new(
        "rho",
        Axis::new(say(lang, "step × curvature $ηλ$", "步长 × 曲率 $ηλ$"), "").range(0.0, 4.4),
        Axis::new(say(lang, "momentum $β$", "动量 $β$"), "").range(0.0, 1.0),
    );
    let (nx, ny) = (110, 80);
    let radius = |q: f64, b: f64| {
        let (trace, gap) = (1.0 + b - q, (1.0 + b - q).powi(2) - 4.0 * b);
        if gap < 0.0 { b.sqrt() } else { (trace.abs() + gap.sqrt()) / 2.0 }
    };
    let values: Vec<f64> = (0..nx * ny)
        .map(|k| radius(4.4 * ((k % nx) as f64 + 0.5) / nx as f64, ((k / nx) as f64 + 0.5) / ny as f64))
        .collect();
    panel.layers.push(Layer::HeatMap(HeatMap {
        x: [0.0, 4.4],
        y: [0.0, 1.0],
        nx,
        values: values.into(),
        range: [0.0, 1.5],
        map: Colormap::Viridis,
        label: say(lang, "spectral radius $ρ$", "谱半径 $ρ$"),
    }));
    let b = range(60, 0.0, 1.0);
    let wall = b.iter().map(|b| 2.0 * (1.0 + b)).collect::<Vec<_>>();
    panel.layers.push(Layer::Line(Line {
        x: wall.into(),
        y: b.into(),
        name: None,
        ink: Ink::Danger,
        dash: Dash::Solid,
        weight: Weight::Bold,
        marker: None,
    }));
    panel
}

/// Rates on logarithmic axes: three methods, told apart by colour, dash and marker.
pub fn rates(lang: Lang) -> Panel<'static> {
    let kappa: Vec<f64> = range(25, 0.0, 6.0).iter().map(|e| 10f64.powf(*e)).collect();
    let mut panel = Panel::new(
        "rates",
        Axis::new(say(lang, "condition number $κ$", "条件数 $κ$"), "").log(),
        Axis::new(say(lang, "steps to 1 %", "到 1 % 的步数"), "").log(),
    );
    let curves = [
        (1.0, Ink::Optimizer, Dash::Solid, Some(Marker::Disc), say(lang, "descent", "下降")),
        (0.5, Ink::Spring, Dash::Dashed, Some(Marker::Square), say(lang, "heavy ball", "重球")),
        (0.55, Ink::Controller, Dash::DashDot, Some(Marker::Triangle), say(lang, "Nesterov", "Nesterov")),
    ];
    for (power, ink, dash, marker, name) in curves {
        let y: Vec<f64> = kappa.iter().map(|k| 4.6 * k.powf(power)).collect();
        let (x, y, name, weight) = (kappa.clone().into(), y.into(), Some(name), Weight::Normal);
        panel.layers.push(Layer::Line(Line { x, y, name, ink, dash, weight, marker }));
    }
    panel
}

/// Regions told apart by hatching, with bars.
pub fn regions(lang: Lang) -> Panel<'static> {
    let mut panel = Panel::new(
        "regions",
        Axis::new(say(lang, "step $η$", "步长 $η$"), "").range(0.0, 4.0),
        Axis::new(say(lang, "momentum $β$", "动量 $β$"), "").range(0.0, 1.0),
    );
    let hatches = [Hatch::Rising, Hatch::Falling, Hatch::Cross, Hatch::Dots];
    let inks = [Ink::Optimizer, Ink::Spring, Ink::Controller, Ink::Danger];
    for (k, (hatch, ink)) in hatches.into_iter().zip(inks).enumerate() {
        let left = k as f64;
        panel.layers.push(Layer::Region(Region {
            x: vec![left, left + 1.0, left + 1.0, left].into(),
            y: vec![0.0, 0.0, 1.0 - 0.1 * left, 0.8].into(),
            name: Some(say(lang, ["one", "two", "three", "four"][k], ["一", "二", "三", "四"][k])),
            ink,
            hatch: Some(hatch),
        }));
    }
    panel
}

/// All of it as one figure of six cells in two columns.
pub fn everything(lang: Lang) -> Figure<'static> {
    let [upper, lower] = ringing(lang);
    let panels = vec![upper, lower, valley(lang), thermometer(lang), spectral_radius(lang), rates(lang), regions(lang)];
    let caption = t("Everything a figure can hold.", "一幅图所能容纳的一切。").get(lang).into();
    Figure { id: "everything", title: say(lang, "Everything", "全部"), panels, columns: 2, caption }
}
