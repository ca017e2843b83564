//! One update as a sum of vectors, drawn tip to tail.

use crate::figure::{Arrows, Axis, Ink, Layer, Marker, Panel, Points, Text, Tick, Weight, rich};
use crate::param::show_number;

/// One arrow of an update.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it is, in label mark-up.
    pub symbol: String,
    /// Its components.
    pub parts: Vec<f64>,
    /// Colour role.
    pub ink: Ink,
    /// Stroke weight.
    pub weight: Weight,
}

/// Terms that add up to a step from a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// Where it starts.
    pub from: Vec<f64>,
    /// What is added, in order.
    pub terms: Vec<Term>,
    /// What the sum is called.
    pub symbol: String,
}

impl Update {
    /// The sum of the terms, added in their order.
    pub fn sum(&self) -> Vec<f64> {
        let part = |i: usize| self.terms.iter().filter_map(|t| t.parts.get(i)).copied().reduce(|a, b| a + b);
        (0..self.from.len()).map(|i| part(i).unwrap_or(0.0)).collect()
    }

    /// The sum as an arrow.
    fn total(&self) -> Term {
        Term { symbol: self.symbol.clone(), parts: self.sum(), ink: Ink::Text, weight: Weight::Bold }
    }

    /// The sum in symbols and, for every component, in numbers that read back to the same bits.
    pub fn equation(&self) -> String {
        let symbols: Vec<String> = self.terms.iter().map(|t| rich(&t.symbol).plain()).collect();
        let mut out = format!("{} = {}", rich(&self.symbol).plain(), symbols.join(" + "));
        for (i, sum) in self.sum().iter().enumerate() {
            let numbers: Vec<String> =
                self.terms.iter().map(|t| signed(t.parts.get(i).copied().unwrap_or(0.0))).collect();
            out.push_str(&format!("; {} = {}", sum.to_string().replace('-', "−"), numbers.join(" + ")));
        }
        out
    }

    /// The panel: a plane for two components, rows along one axis for one. Axes come without ranges.
    pub fn panel<'a>(
        &self,
        id: &'static str,
        axes: [Axis; 2],
        behind: impl FnOnce([[f64; 2]; 2]) -> Vec<Layer<'a>>,
    ) -> Panel<'a> {
        if self.from.len() == 2 { self.plane(id, axes, behind) } else { self.rows(id, axes) }
    }

    /// Tail of every term, tip to tail, and the total from the start.
    fn chain(&self) -> Vec<(Vec<f64>, Term)> {
        let mut tail = self.from.clone();
        let mut out = Vec::new();
        for term in &self.terms {
            let tip = tail.iter().zip(&term.parts).map(|(a, b)| a + b).collect();
            out.push((std::mem::replace(&mut tail, tip), term.clone()));
        }
        out.push((self.from.clone(), self.total()));
        out
    }

    fn plane<'a>(
        &self,
        id: &'static str,
        [x, y]: [Axis; 2],
        behind: impl FnOnce([[f64; 2]; 2]) -> Vec<Layer<'a>>,
    ) -> Panel<'a> {
        let chain = self.chain();
        let ends = |i: usize| window(chain.iter().flat_map(move |(tail, term)| [tail[i], tail[i] + term.parts[i]]));
        let [rx, ry] = [ends(0), ends(1)];
        let mut panel = Panel::new(id, x.range(rx[0], rx[1]), y.range(ry[0], ry[1]));
        panel.layers = behind([rx, ry]);
        for (tail, term) in &chain {
            let numbers: Vec<String> = term.parts.iter().map(|p| show_number(*p)).collect();
            let name = format!("{} = ({})", term.symbol, numbers.join(", "));
            panel.layers.push(arrow([tail[0], tail[1]], [term.parts[0], term.parts[1]], term, Some(&name)));
        }
        panel.layers.push(point([self.from[0], self.from[1]]));
        panel
    }

    /// One row per arrow, the first on top; numbers stand over them, symbols on the vertical axis.
    fn rows<'a>(&self, id: &'static str, [x, y]: [Axis; 2]) -> Panel<'a> {
        let chain = self.chain();
        let first = |v: &[f64]| v.first().copied().unwrap_or(0.0);
        let [low, high] = window(chain.iter().flat_map(|(tail, term)| [first(tail), first(tail) + first(&term.parts)]));
        let n = chain.len() as f64;
        let mut y = y.range(0.4, n + 0.75);
        y.marks = chain
            .iter()
            .rev()
            .enumerate()
            .map(|(k, (_, t))| Tick { at: k as f64 + 1.0, label: rich(&t.symbol) })
            .collect();
        let mut panel = Panel::new(id, x.range(low, high), y);
        panel.legend = false;
        let start = first(&self.from);
        panel.layers.push(Layer::Rule(crate::figure::Rule::X(start, Ink::Faint, crate::figure::Dash::Dashed)));
        for (k, (tail, term)) in chain.iter().enumerate() {
            let (height, from, length) = (n - k as f64, first(tail), first(&term.parts));
            panel.layers.push(arrow([from, height], [length, 0.0], term, None));
            let text = rich(&show_number(length));
            let at =
                [(from + 0.5 * length).clamp(low + 0.08 * (high - low), high - 0.08 * (high - low)), height + 0.33];
            panel.layers.push(Layer::Text(Text { at, text, ink: term.ink }));
        }
        panel.layers.push(point([start, n]));
        panel
    }
}

fn arrow<'a>([x, y]: [f64; 2], [u, v]: [f64; 2], term: &Term, name: Option<&str>) -> Layer<'a> {
    let one = |v: f64| vec![v].into();
    let name = name.map(rich);
    Layer::Arrows(Arrows { x: one(x), y: one(y), u: one(u), v: one(v), name, ink: term.ink, weight: term.weight })
}

/// The present point.
fn point<'a>([x, y]: [f64; 2]) -> Layer<'a> {
    let (ink, marker) = (Ink::Text, Marker::Disc);
    Layer::Points(Points { x: vec![x].into(), y: vec![y].into(), name: None, ink, marker, size: 1.6 })
}

/// A range around values, with room on both sides.
fn window(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let finite = values.filter(|v| v.is_finite());
    let [low, high] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], v| [a.min(v), b.max(v)]);
    if low > high {
        return [-1.0, 1.0];
    }
    let size = low.abs().max(high.abs());
    let room = match high - low {
        span if span > 1e-9 * size => 0.2 * span,
        _ if size > 0.0 => 0.1 * size,
        _ => 1.0,
    };
    [low - room, high + room]
}

/// A number as a summand: brackets around a negative one.
fn signed(value: f64) -> String {
    if value < 0.0 { format!("(−{})", -value) } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::{Term, Update};
    use crate::figure::{Axis, Ink, Layer, Weight, rich};

    fn term(symbol: &str, parts: &[f64]) -> Term {
        Term { symbol: symbol.into(), parts: parts.to_vec(), ink: Ink::Amber, weight: Weight::Normal }
    }

    #[test]
    fn arrows_follow_each_other_and_the_sum_joins_the_ends() {
        let terms = vec![term("$a$", &[1.0, 0.5]), term("$b$", &[-0.25, 2.0]), term("$c$", &[0.5, 0.0])];
        let update = Update { from: vec![3.0, 4.0], terms, symbol: "$s$".into() };
        assert_eq!(update.sum(), [1.25, 2.5]);
        assert_eq!(update.equation(), "s = a + b + c; 1.25 = 1 + (−0.25) + 0.5; 2.5 = 0.5 + 2 + 0");
        let axes = || [Axis::new(rich("$x$"), ""), Axis::new(rich("$y$"), "")];
        let panel = update.panel("p", axes(), |_| Vec::new());
        let arrows: Vec<[f64; 4]> = panel
            .layers
            .iter()
            .filter_map(|l| if let Layer::Arrows(a) = l { Some([a.x[0], a.y[0], a.u[0], a.v[0]]) } else { None })
            .collect();
        let want = [[3.0, 4.0, 1.0, 0.5], [4.0, 4.5, -0.25, 2.0], [3.75, 6.5, 0.5, 0.0], [3.0, 4.0, 1.25, 2.5]];
        assert_eq!(arrows, want);
        let flat = Update { from: vec![2.0], terms: vec![term("$a$", &[0.0])], symbol: "$s$".into() };
        let panel = flat.panel("p", axes(), |_| Vec::new());
        assert!(panel.x.range.is_some_and(|[a, b]| a < 2.0 && b > 2.0), "an update of nothing has a range too");
        assert_eq!(panel.y.marks.len(), 2);
    }
}
