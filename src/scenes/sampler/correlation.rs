//! Autocorrelation of x and of x², measured over many particles, beside the closed form of the scheme.

use super::draw::{band, line, said};
use super::gauges::cloud;
use super::landscape::Landscape;
use super::setting::Setting;
use crate::core::advance;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Panel, Rule, Text as Label, Weight};
use crate::param::show_number;
use crate::scenes::{LaneRun, Run, View};
use crate::text::{Text, fill, t};
use crate::theory::fluctuation::{autocorrelation_after, geyer_tau, tau_int_after, windowed_tau};

/// Particles whose paths are followed.
const FOLLOWED: usize = 200;
/// Iterations of the end of the run they are followed over.
const STRETCH: u64 = 320;
/// The longest lag that is drawn.
const LAGS: usize = 120;

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let mut caption = t(
        "Autocorrelation along the lag, over up to 200 independent particles, with its 95 % band; dashed: the closed form of the scheme on the harmonic well.",
        "自相关随滞后的变化，由至多 200 个独立粒子求得，附 95 % 带；虚线：该格式在谐振势上的闭式解。",
    )
    .get(view.lang)
    .to_owned();
    let mut panels = Vec::new();
    for (square, id) in [(false, "x"), (true, "x-squared")] {
        let measured = measured(run, view.mode.min(at.dim() - 1), square);
        panels.push(panel(at, run, id, square, measured, view));
        if let Some(text) = worth(measured, square, view) {
            caption.push_str(if view.lang == crate::text::Lang::En { " " } else { "" });
            caption.push_str(&text);
        }
    }
    Figure {
        id: "correlation",
        title: said(t("Autocorrelation of x and of x²", "x 与 x² 的自相关"), view),
        columns: 2,
        caption,
        panels,
    }
}

/// Integrated times of a measured autocorrelation in words.
fn worth(measured: &[f64], square: bool, view: View) -> Option<String> {
    let rho = measured.get(..measured.len() / 2).filter(|r| !r.is_empty())?;
    let name = if square { "x²" } else { "x" };
    let tau = windowed_tau(rho).map(|(tau, _)| tau);
    let text = t("τ of {}: {} (Sokal), {} (Geyer) iterations.", "{} 的 τ：{}（Sokal）、{}（Geyer）步。");
    let number =
        |x: Option<f64>| x.map_or_else(|| t("beyond the window", "超出窗口").get(view.lang).into(), show_number);
    Some(fill(text.get(view.lang), &[name, &number(tau), &number(geyer_tau(rho))]))
}

/// The correlation time of x by the closed form of the scheme on the harmonic well.
pub fn expected_tau(at: &Setting<'_>) -> Option<f64> {
    let [q, beta, first] = known(at)?;
    Some(tau_int_after(q, beta, first)).filter(|tau| tau.is_finite())
}

fn known(at: &Setting<'_>) -> Option<[f64; 3]> {
    let k = at.get("stiffness");
    let stationary = at.method().readings(at, k, 1.0).is_some();
    at.method().memory(at, k).filter(|_| at.landscape() == Landscape::Harmonic && stationary)
}

/// Correlation at every lag and its standard error, one after the other; empty before the run is
/// complete or where nothing moves.
fn measured(run: &Run, coordinate: usize, square: bool) -> &[f64] {
    run.derived.column(("correlation", 2 * coordinate + usize::from(square), 0), || {
        let paths = cloud(run).filter(|_| run.is_complete()).map_or_else(Vec::new, |lane| paths(lane, coordinate));
        let paths: Vec<Vec<f64>> =
            if square { paths.into_iter().map(|p| p.iter().map(|x| x * x).collect()).collect() } else { paths };
        pooled(&paths)
    })
}

/// The last stretch of the paths of some particles, stepped again from a checkpoint.
fn paths(lane: &LaneRun, coordinate: usize) -> Vec<Vec<f64>> {
    let from = lane.done() - STRETCH.min(3 * lane.done() / 4);
    let mut state = lane.few_at(from, FOLLOWED);
    let mut out = vec![Vec::new(); state.n()];
    for n in from..lane.done() {
        for (path, x) in out.iter_mut().zip(state.coordinate(coordinate)) {
            path.push(*x);
        }
        advance(lane.system_at(n), &mut state, lane.lane.substeps, &mut ());
    }
    out
}

/// Autocorrelation about the common mean of all paths, and its standard error from their spread.
fn pooled(paths: &[Vec<f64>]) -> Vec<f64> {
    let length = paths.first().map_or(0, Vec::len);
    let count = (paths.len() * length) as f64;
    let mean = paths.iter().flatten().sum::<f64>() / count;
    let variance = paths.iter().flatten().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
    if !(variance > 0.0 && variance.is_finite()) || length < 8 {
        return Vec::new();
    }
    let lags = LAGS.min(length / 2);
    let n = paths.len() as f64;
    let (mut rho, mut error) = (Vec::new(), Vec::new());
    for lag in 0..=lags {
        let own = |path: &Vec<f64>| {
            let pairs = path.iter().zip(path.iter().skip(lag));
            pairs.map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / ((length - lag) as f64 * variance)
        };
        let all: Vec<f64> = paths.iter().map(own).collect();
        let centre = all.iter().sum::<f64>() / n;
        let spread = all.iter().map(|r| (r - centre) * (r - centre)).sum::<f64>() / (n - 1.0).max(1.0);
        rho.push(centre);
        error.push(if lag == 0 { 0.0 } else { (spread / n).sqrt() });
    }
    [rho, error].concat()
}

fn panel<'a>(at: &Setting<'_>, run: &'a Run, id: &'static str, square: bool, all: &'a [f64], view: View) -> Panel<'a> {
    let symbol: Text = if square {
        t("autocorrelation of $x^2$", "$x^2$ 的自相关")
    } else {
        t("autocorrelation of $x$", "$x$ 的自相关")
    };
    let lag = Axis::new(said(t("lag (iterations)", "滞后（步）"), view), "");
    let most = all.len().saturating_sub(2) / 2;
    let mut panel = Panel::new(id, lag.range(0.0, most.max(1) as f64), Axis::new(said(symbol, view), ""));
    panel.y = panel.y.range(-0.6, 1.05);
    panel.layers.push(Layer::Rule(Rule::Y(0.0, Ink::Faint, Dash::Solid)));
    if all.is_empty() {
        let say = if run.is_complete() {
            t("nothing fluctuates", "没有涨落")
        } else {
            t("measured when the run is complete", "运行完成后测量")
        };
        panel.layers.push(Layer::Text(Label { at: [0.5, 0.4], text: said(say, view), ink: Ink::Muted }));
        return panel;
    }
    let (rho, error) = all.split_at(all.len() / 2);
    let x: Vec<f64> = (0..rho.len()).map(|k| k as f64).collect();
    let edge = |sign: f64| -> Vec<f64> { rho.iter().zip(error).map(|(r, e)| r + sign * 1.96 * e).collect() };
    let interval = Some(said(t("95 % band", "95 % 带"), view));
    panel.layers.push(band(x.clone(), edge(-1.0), edge(1.0), interval, Ink::Sampler));
    let name = Some(said(t("measured", "测量"), view));
    panel.layers.push(line(x.clone(), rho, name, (Ink::Sampler, Dash::Solid, Weight::Normal)));
    if let Some([q, beta, first]) = known(at) {
        let exact = |k: u64| {
            let r = autocorrelation_after(q, beta, first, k);
            if square { r * r } else { r }
        };
        let y: Vec<f64> = (0..rho.len() as u64).map(exact).collect();
        let name = Some(said(t("closed form", "闭式解"), view));
        panel.layers.push(line(x, y, name, (Ink::Text, Dash::Dashed, Weight::Normal)));
    }
    panel
}
