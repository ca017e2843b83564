//! The box around a surface: its edges, its numbers, its names.

use super::{Names, Relief};
use crate::figure::{Axis, Dash, Ink, Layer, Line, Panel, Rich, Scale, Text, Tick, Weight, rich, ticks};
use crate::param::show_number;
use crate::scenes::turn::FIRST;

/// Half the width and height of what is shown of a turned box, whose ground is as wide as 1.
const HALF: [f64; 2] = [0.98, 0.92];
/// How far numbers and names stand outside the edges of a turned box.
const AWAY: [f64; 2] = [0.07, 0.17];
/// Seen from this high and higher, in degrees, the box is too flat for numbers on an upright edge.
const FLAT: f64 = 75.0;

impl<F: Fn([f64; 2]) -> f64> Relief<F> {
    /// The panel with the surface and its edges; paths go on top.
    pub fn panel<'a>(&self, id: &'static str, names: &Names<'_>) -> Panel<'a> {
        let mut panel = match self.turn {
            Some(angles) => self.turned(id, names, angles),
            None => self.oblique(id, names),
        };
        panel.turn = Some(self.turn.unwrap_or(FIRST));
        panel
    }

    /// The variables with their units, that across first.
    fn variables<'n>(&self, names: &Names<'n>) -> [(&'n str, &'static str); 2] {
        if self.swapped { [1, 0] } else { [0, 1] }.map(|i| names.variables[i])
    }

    /// Axes that are read along the front, which the projection leaves as it is.
    fn oblique<'a>(&self, id: &'static str, names: &Names<'_>) -> Panel<'a> {
        let [near, far] = self.deep;
        let corner = self.projected(self.across[1], far, self.ends[1]);
        let (width, height) = (corner[0] - self.across[0], corner[1] - self.ends[0]);
        let variables = self.variables(names);
        let axis = |(name, unit): (&str, &'static str), shown: [f64; 2], low: f64, high: f64| {
            let mut axis = Axis::new(rich(&format!("{name}{}", names.front)), unit).range(low, high);
            axis.marks = ticks(shown, Scale::Linear, 4).major;
            axis
        };
        let margins = [0.03 * width, 0.04 * height];
        let x = axis(variables[0], self.across, self.across[0] - margins[0], corner[0] + 2.0 * margins[0]);
        let y = axis(names.function, self.ends, self.ends[0] - margins[1], corner[1] + margins[1]);
        let mut panel = Panel::new(id, x, y);
        let ground = |corners: &[[f64; 2]]| self.edge(corners.iter().map(|[a, d]| [*a, *d, self.ends[0]]));
        panel.layers.push(ground(&[[self.across[0], near], [self.across[0], far], [self.across[1], far]]));
        panel.layers.push(Layer::Facets(self.facets(names.function)));
        panel.layers.push(ground(&[[self.across[0], near], [self.across[1], near], [self.across[1], far]]));
        let label = self.projected(self.across[1], near + 0.15 * (far - near), self.ends[0]);
        let [to_the_right, down] = [0.07 * width, 0.03 * height];
        let [from, to] = self.deep.map(|v| show_number((v * 100.0).round() / 100.0));
        let name = format!("{} ({from} … {to})", variables[1].0);
        panel.layers.push(word([label[0] + to_the_right, label[1] - down], rich(&name)));
        panel
    }

    /// The box in its own proportions: numbers and names stand along the edges that are in front.
    fn turned<'a>(&self, id: &'static str, names: &Names<'_>, [azimuth, elevation]: [f64; 2]) -> Panel<'a> {
        let variables = self.variables(names);
        let blank = |label: String, unit: &'static str, half: f64| {
            let mut axis = Axis::new(rich(&label), unit).range(-half, half);
            // A mark out of sight: lengths on a turned picture are not numbers.
            axis.marks = vec![Tick { at: 2.0 * half, label: Rich::default() }];
            axis
        };
        let (first, second) = (variables[0], variables[1]);
        let across = format!("{}, {} ({azimuth}°)", first.0, second.0);
        let up = format!("{} ({elevation}°)", names.function.0);
        let mut panel = Panel::new(id, blank(across, first.1, HALF[0]), blank(up, names.function.1, HALF[1]));
        panel.equal = true;
        panel.legend = false;
        let [low, high] = self.ends;
        // The corner of the ground that is nearest to the eye, and the one farthest from it.
        let towards = |k: usize, r: [f64; 2], near: bool| r[usize::from((self.sight.eye[k] > 0.0) == near)];
        let corner = |near: bool| [towards(0, self.across, near), towards(1, self.deep, near)];
        let (front, back) = (corner(true), corner(false));
        let beside = [[front[0], back[1]], [back[0], front[1]]];
        let floor = |p: [f64; 2]| [p[0], p[1], low];
        panel.layers.push(self.edge([beside[0], back, beside[1]].map(floor).into_iter()));
        panel.layers.push(self.edge([floor(back), [back[0], back[1], high]].into_iter()));
        panel.layers.push(Layer::Facets(self.facets(names.function)));
        panel.layers.push(self.edge([beside[0], front, beside[1]].map(floor).into_iter()));
        let middle = [0.5 * (self.across[0] + self.across[1]), 0.5 * (self.deep[0] + self.deep[1])];
        for (k, range) in [self.across, self.deep].into_iter().enumerate() {
            let point = |v: f64| if k == 0 { [v, front[1], low] } else { [front[0], v, low] };
            let inner = self.sight.place(floor(middle));
            panel.layers.extend(self.numbers(range, 4, Some(variables[k].0), inner, point));
        }
        if elevation < FLAT {
            panel.layers.extend(self.upright(beside, middle, names.function.0));
        }
        panel
    }

    /// Heights on the upright edge that stands farther left, of two corners of the ground beside the
    /// nearest one.
    fn upright<'a>(&self, corners: [[f64; 2]; 2], middle: [f64; 2], name: &str) -> Vec<Layer<'a>> {
        let [low, high] = self.ends;
        let across = corners.map(|[a, d]| self.sight.place([a, d, low])[0]);
        let [a, d] = corners[usize::from(across[1] <= across[0])];
        let inner = self.sight.place([middle[0], middle[1], 0.5 * (low + high)]);
        let top = self.sight.place([a, d, high]);
        let mut out = vec![self.edge([[a, d, low], [a, d, high]].into_iter())];
        out.extend(self.numbers(self.ends, 3, None, inner, |z| [a, d, z]));
        out.push(word([top[0], top[1] + AWAY[0]], rich(name)));
        out
    }

    /// Numbers along an edge of a turned box, farther out a name; away from `inner`.
    fn numbers<'a>(
        &self,
        range: [f64; 2],
        count: usize,
        name: Option<&str>,
        inner: [f64; 2],
        point: impl Fn(f64) -> [f64; 3],
    ) -> Vec<Layer<'a>> {
        let ends = range.map(|v| self.sight.place(point(v)));
        let along = [ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]];
        let length = along[0].hypot(along[1]).max(1e-9);
        let middle = [0.5 * (ends[0][0] + ends[1][0]), 0.5 * (ends[0][1] + ends[1][1])];
        let across = [-along[1] / length, along[0] / length];
        let side = across[0] * (middle[0] - inner[0]) + across[1] * (middle[1] - inner[1]);
        let out = across.map(|c| if side < 0.0 { -c } else { c });
        let beside = |at: [f64; 2], away: f64| [at[0] + away * out[0], at[1] + away * out[1]];
        let name = name.map(|name| word(beside(middle, AWAY[1]), rich(name)));
        let inside = |t: &Tick| t.at >= range[0] && t.at <= range[1];
        let marks = ticks(range, Scale::Linear, count).major.into_iter().filter(inside);
        let marks = marks.map(|t| word(beside(self.sight.place(point(t.at)), AWAY[0]), t.label));
        name.into_iter().chain(marks).collect()
    }

    /// A line along edges of the box.
    fn edge<'a>(&self, corners: impl Iterator<Item = [f64; 3]>) -> Layer<'a> {
        let (x, y): (Vec<f64>, Vec<f64>) = corners.map(|at| self.sight.place(at)).map(|[x, y]| (x, y)).unzip();
        let (ink, dash, weight) = (Ink::Faint, Dash::Solid, Weight::Thin);
        Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None })
    }
}

fn word<'a>(at: [f64; 2], text: Rich) -> Layer<'a> {
    Layer::Text(Text { at, text, ink: Ink::Muted })
}
