//! The eigenmodes of a run side by side: rates, energies, shares of the loss.

use crate::figure::{Axis, Bars, Hatch, Ink, Layer, Panel, Rich, Text, Tick, rich};
use crate::param::show_number;
use crate::text::{Lang, t};

/// What is known of one mode at a moment; NaN where there is nothing.
#[derive(Clone, Debug)]
pub struct Mode {
    /// Its symbol in label mark-up.
    pub symbol: String,
    /// Colour role of its regime.
    pub ink: Ink,
    /// Contraction per step, measured.
    pub measured: f64,
    /// Contraction per step from theory.
    pub predicted: f64,
    /// Energy relative to that of its start.
    pub energy: f64,
    /// Share of the loss.
    pub share: f64,
}

/// Rulings that tell modes apart without colour, measured and predicted.
const RULINGS: [[Option<Hatch>; 2]; 3] =
    [[None, Some(Hatch::Rising)], [Some(Hatch::Dots), Some(Hatch::Cross)], [Some(Hatch::Falling), Some(Hatch::Rising)]];

/// Half the distance between the two bars of a group, and their width.
const PAIR: [f64; 2] = [0.21, 0.38];

/// Smallest energy that is shown.
const FLOOR: f64 = 1e-16;

/// Three panels, one under the other: rate per step, energy, share of the loss.
pub fn panels<'a>(modes: &[Mode], lang: Lang) -> Vec<Panel<'a>> {
    let mut panels = vec![rates(modes, lang), energies(modes, lang), shares(modes, lang)];
    panels.iter_mut().skip(1).for_each(|p| p.below = true);
    panels
}

fn panel<'a>(id: &'static str, label: &str, modes: &[Mode], lang: Lang) -> Panel<'a> {
    let n = modes.len().max(1) as f64;
    let mut x = Axis::new(rich(t("mode", "模态").get(lang)), "").range(0.4, n + 0.6);
    x.marks = modes.iter().enumerate().map(|(i, m)| Tick { at: i as f64 + 1.0, label: rich(&m.symbol) }).collect();
    let mut panel = Panel::new(id, x, Axis::new(rich(label), ""));
    panel.legend = false;
    panel
}

fn rates<'a>(modes: &[Mode], lang: Lang) -> Panel<'a> {
    let mut panel = panel("rates", t("rate per step", "每步速率").get(lang), modes, lang);
    let top = modes.iter().flat_map(|m| [m.measured, m.predicted]).filter(|v| v.is_finite()).fold(1.0, f64::max);
    panel.y = panel.y.range(0.0, 1.35 * top);
    panel.legend = true;
    for (i, mode) in modes.iter().enumerate() {
        let pairs =
            [(mode.measured, -PAIR[0], t("measured", "实测")), (mode.predicted, PAIR[0], t("predicted", "预测"))];
        for (k, (value, shift, name)) in pairs.into_iter().enumerate() {
            let name = (i == 0).then(|| Rich::from(name.get(lang)));
            bar(&mut panel, [i as f64 + 1.0 + shift, PAIR[1]], value, mode.ink, RULINGS[i % RULINGS.len()][k], name);
            number(&mut panel, [i as f64 + 1.0 + shift, value + 0.06 * top], value);
        }
    }
    panel
}

fn energies<'a>(modes: &[Mode], lang: Lang) -> Panel<'a> {
    let label = t("energy, share of start", "能量（占初值）");
    let mut panel = panel("energies", label.get(lang), modes, lang);
    let shown = modes.iter().map(|m| m.energy).filter(|e| e.is_finite() && *e > 0.0);
    let [low, high] = shown.fold([1.0, 1.0], |[a, b]: [f64; 2], e| [a.min(e), b.max(e)]);
    let decade = |v: f64, step: f64| 10f64.powf((v.log10().floor() + step).clamp(FLOOR.log10(), 300.0));
    let ends = [decade(low, -1.0), decade(high, 2.0)];
    panel.y = panel.y.log().range(ends[0], ends[1]);
    for (i, mode) in modes.iter().enumerate() {
        let at = i as f64 + 1.0;
        bar(&mut panel, [at, 2.0 * PAIR[1]], mode.energy, mode.ink, RULINGS[i % RULINGS.len()][0], None);
        let above = (ends[1] / ends[0]).powf(0.06);
        let seen = if mode.energy > ends[0] { mode.energy } else { ends[0] };
        number(&mut panel, [at, seen * above], mode.energy);
    }
    panel
}

fn shares<'a>(modes: &[Mode], lang: Lang) -> Panel<'a> {
    let mut panel = panel("shares", t("share of the loss", "损失占比").get(lang), modes, lang);
    panel.y = panel.y.range(0.0, 1.2);
    for (i, mode) in modes.iter().enumerate() {
        let at = i as f64 + 1.0;
        bar(&mut panel, [at, 2.0 * PAIR[1]], mode.share, mode.ink, RULINGS[i % RULINGS.len()][0], None);
        number(&mut panel, [at, mode.share + 0.06], mode.share);
    }
    panel
}

fn bar(panel: &mut Panel<'_>, [at, width]: [f64; 2], value: f64, ink: Ink, hatch: Option<Hatch>, name: Option<Rich>) {
    let (x, height) = (vec![at].into(), vec![value].into());
    panel.layers.push(Layer::Bars(Bars { x, height, width, name, ink, hatch }));
}

/// The number over a bar, where there is one.
fn number(panel: &mut Panel<'_>, at: [f64; 2], value: f64) {
    if value.is_finite() && at[1].is_finite() {
        let text = rich(&short(value));
        panel.layers.push(Layer::Text(Text { at, text, ink: Ink::Text }));
    }
}

/// Three digits, a power of ten outside a hundredth to a thousand.
fn short(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (0.01..1000.0).contains(&size) {
        return show_number((value * 1000.0).round() / 1000.0);
    }
    let exponent = size.log10().floor();
    format!("${}·10^{{{}}}$", show_number((value / 10f64.powf(exponent) * 10.0).round() / 10.0), exponent as i32)
        .replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::{Mode, panels, short};
    use crate::figure::{Ink, Layer};
    use crate::text::Lang;

    #[test]
    fn every_number_has_its_bar() {
        let mode = |symbol: &str, energy: f64| Mode {
            symbol: symbol.into(),
            ink: Ink::Optimizer,
            measured: 0.9,
            predicted: 0.91,
            energy,
            share: 0.25,
        };
        let panels = panels(&[mode("$λ_1$", 1e-3), mode("$λ_2$", 0.0)], Lang::En);
        let heights = |k: usize| -> Vec<f64> {
            let bars = panels[k].layers.iter();
            bars.filter_map(|l| if let Layer::Bars(b) = l { Some(b.height[0]) } else { None }).collect()
        };
        assert_eq!((heights(0), heights(1), heights(2)), (vec![0.9, 0.91, 0.9, 0.91], vec![1e-3, 0.0], vec![0.25; 2]));
        assert_eq!(panels[1].y.range, Some([1e-4, 1e2]));
        assert_eq!([short(0.91234), short(1.26e-9), short(0.0)], ["0.912", "$1.3·10^{−9}$", "0"]);
    }
}
