//! Evenly spaced lines along a vector field, after Jobard & Lefer (1997), "Creating evenly-spaced
//! streamlines of arbitrary density".

use super::Streamlines;
use super::grid::bilinear;

/// One line along the field, in data units.
#[derive(Clone, Debug, PartialEq)]
pub struct Streamline {
    /// Its points in the direction of the field; a closed line repeats its first at the end.
    pub points: Vec<[f64; 2]>,
    /// Short pieces of the line, tail to tip, on which arrow heads stand.
    pub heads: Vec<[[f64; 2]; 2]>,
}

/// A line grows until it is this near to another, relative to the distance at which lines start.
const NEAREST: f64 = 0.5;
/// Length of a step, relative to the separation, and at most in panel heights.
const STEP: [f64; 2] = [0.1, 0.01];
/// Shortest line worth drawing, and distance of arrow heads along a line, in separations.
const SHORTEST: f64 = 1.2;
const HEADS: f64 = 6.0;
/// Slower than this, relative to the fastest node, the field stands still.
const STILL: f64 = 1e-9;
/// No more points are ever computed.
const MOST: usize = 200_000;

/// Evenly spaced streamlines of `layer` in a box `aspect` times as wide as it is high.
///
/// Lines start a separation apart, a `density`th of the box, and are followed by RK4 on bilinearly
/// interpolated directions until they leave the grid, come within half a separation of a line, reach
/// a gap in the data or a point where the field stands still, or close. The same layer gives the
/// same lines; whatever it holds, the work is bounded and bad data give fewer lines or none.
pub fn streamlines(layer: &Streamlines<'_>, aspect: f64) -> Vec<Streamline> {
    let aspect = if aspect.is_finite() { aspect.clamp(0.05, 20.0) } else { 1.0 };
    let Some(field) = Field::new(layer, aspect) else { return Vec::new() };
    let density = if layer.density.is_finite() { layer.density.clamp(1.0, 60.0) } else { 12.0 };
    let mut sower = Sower::new(field, aspect.sqrt() / density);
    sower.sow();
    sower.lines.iter().map(|line| sower.finish(line)).collect()
}

/// Place in the box: [0, aspect] × [0, 1].
type Place = [f64; 2];

fn along(p: Place, d: Place, by: f64) -> Place {
    [p[0] + by * d[0], p[1] + by * d[1]]
}

fn apart(a: Place, b: Place) -> f64 {
    squared(a, b).sqrt()
}

fn squared(a: Place, b: Place) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
}

/// The field as unit directions in the box.
struct Field<'a> {
    layer: &'a Streamlines<'a>,
    ny: usize,
    aspect: f64,
    /// From components in data units to relative speeds in the box.
    factor: [f64; 2],
}

impl<'a> Field<'a> {
    fn new(layer: &'a Streamlines<'a>, aspect: f64) -> Option<Self> {
        let ny = layer.u.len().min(layer.v.len()).checked_div(layer.nx)?;
        let spans = [layer.x, layer.y].map(|r| r[1] - r[0]);
        if layer.nx < 2 || ny < 2 || spans.iter().any(|s| !s.is_finite() || *s == 0.0) {
            return None;
        }
        let top = |column: &[f64]| column.iter().filter(|v| v.is_finite()).fold(0.0, |m: f64, v| m.max(v.abs()));
        let factor = [aspect / spans[0], 1.0 / spans[1]];
        let fastest = (top(&layer.u) * factor[0].abs()).max(top(&layer.v) * factor[1].abs());
        let sound = fastest.is_finite() && fastest > 0.0;
        sound.then(|| Field { layer, ny, aspect, factor: factor.map(|f| f / fastest) })
    }

    /// The unit direction at a place; `None` outside, in a gap, and where the field stands still.
    fn direction(&self, [x, y]: Place) -> Option<Place> {
        let node = [x / self.aspect * (self.layer.nx - 1) as f64, y * (self.ny - 1) as f64];
        let u = bilinear(&self.layer.u, self.layer.nx, node)? * self.factor[0];
        let v = bilinear(&self.layer.v, self.layer.nx, node)? * self.factor[1];
        let speed = u.hypot(v);
        (speed.is_finite() && speed > STILL).then(|| [u / speed, v / speed])
    }

    /// One step of RK4 along (or, with a negative step, against) the field.
    fn step(&self, p: Place, step: f64) -> Option<Place> {
        let a = self.direction(p)?;
        let b = self.direction(along(p, a, 0.5 * step))?;
        let c = self.direction(along(p, b, 0.5 * step))?;
        let d = self.direction(along(p, c, step))?;
        let mean = [0, 1].map(|k| (a[k] + 2.0 * b[k] + 2.0 * c[k] + d[k]) / 6.0);
        Some(along(p, mean, step))
    }

    /// Where the straight line from `p` along the field leaves the box, if within one step.
    fn edge(&self, p: Place, step: f64) -> Option<Place> {
        let d = self.direction(p)?;
        let to = |at: f64, way: f64, end: f64| match way * step {
            w if w > 0.0 => (end - at) / way,
            w if w < 0.0 => -at / way,
            _ => f64::INFINITY.copysign(step),
        };
        let reach = [to(p[0], d[0], self.aspect), to(p[1], d[1], 1.0)].map(f64::abs);
        let least = reach[0].min(reach[1]);
        (least <= step.abs()).then(|| along(p, d, least.copysign(step)))
    }

    fn data(&self, [x, y]: Place) -> [f64; 2] {
        let at = |r: [f64; 2], share: f64| r[0] * (1.0 - share) + r[1] * share;
        [at(self.layer.x, x / self.aspect), at(self.layer.y, y)]
    }
}

/// A point of a line: where it is, on which line, and how far along from the line's seed.
#[derive(Clone, Copy)]
struct Point {
    place: Place,
    line: usize,
    arc: f64,
}

/// Grows lines one after another, each from a seed a separation away from all before.
struct Sower<'a> {
    field: Field<'a>,
    separation: f64,
    step: f64,
    /// Points by squares of one separation.
    squares: Vec<Vec<Point>>,
    columns: usize,
    rows: usize,
    lines: Vec<Vec<Place>>,
    points: usize,
}

impl<'a> Sower<'a> {
    fn new(field: Field<'a>, separation: f64) -> Self {
        let count = |length: f64| (length / separation) as usize + 1;
        let (columns, rows) = (count(field.aspect), count(1.0));
        let step = (STEP[0] * separation).min(STEP[1]);
        let squares = vec![Vec::new(); columns * rows];
        Sower { field, separation, step, squares, columns, rows, lines: Vec::new(), points: 0 }
    }

    /// Seeds beside every line there is, then wherever a lattice finds room.
    fn sow(&mut self) {
        let lattice = self.columns * self.rows;
        let mut done = 0;
        for k in 0..=lattice {
            while let Some(line) = self.lines.get(done).cloned() {
                done += 1;
                self.beside(&line);
            }
            // The middle comes first: lines then spread from where one looks first.
            let k = (k + lattice / 2 + self.columns / 2) % lattice;
            let at = [k % self.columns, k / self.columns].map(|i| (i as f64 + 0.5) * self.separation);
            self.seed(at);
        }
    }

    fn beside(&mut self, line: &[Place]) {
        for pair in line.windows(2).step_by(4) {
            let length = apart(pair[0], pair[1]).max(1e-12);
            let across = [(pair[0][1] - pair[1][1]) / length, (pair[1][0] - pair[0][0]) / length];
            for side in [1.001, -1.001] {
                self.seed(along(pair[0], across, side * self.separation));
            }
        }
    }

    /// Grows a line from `at` both ways if there is room, and keeps it if it gets long enough.
    fn seed(&mut self, at: Place) {
        if self.points >= MOST || self.field.direction(at).is_none() || self.crowded(at, self.separation, None) {
            return;
        }
        self.add(Point { place: at, line: self.lines.len(), arc: 0.0 });
        let (forward, closed) = self.grow(at, self.step);
        let mut line = if closed { Vec::new() } else { self.grow(at, -self.step).0 };
        line.reverse();
        line.push(at);
        line.extend(forward);
        let long = closed || (line.len() - 1) as f64 * self.step >= SHORTEST * self.separation;
        if long && line.len() > 2 {
            self.lines.push(line);
        } else {
            self.forget(&line);
        }
    }

    /// The points that follow `from`, and whether they came back to it.
    fn grow(&mut self, from: Place, step: f64) -> (Vec<Place>, bool) {
        let mut out: Vec<Place> = Vec::new();
        let (mut here, mut arc) = (from, 0.0);
        let start = self.field.direction(from);
        while self.points < MOST {
            let Some(next) = self.field.step(here, step) else {
                let edge = self.field.edge(here, step).filter(|e| apart(*e, here) > 0.1 * self.step);
                out.extend(edge.inspect(|e| self.add(Point { place: *e, line: self.lines.len(), arc })));
                break;
            };
            arc += step;
            let same_way =
                || self.field.direction(next).zip(start).is_some_and(|(a, b)| a[0] * b[0] + a[1] * b[1] > 0.9);
            if out.len() > 3 && apart(next, from) < 0.75 * self.step && same_way() {
                out.push(from);
                return (out, true);
            }
            if self.crowded(next, NEAREST * self.separation, Some(arc)) {
                break;
            }
            self.add(Point { place: next, line: self.lines.len(), arc });
            out.push(next);
            here = next;
        }
        (out, false)
    }

    fn square(&self, [x, y]: Place) -> [usize; 2] {
        let index = |v: f64, n: usize| ((v / self.separation) as usize).min(n - 1);
        [index(x, self.columns), index(y, self.rows)]
    }

    fn add(&mut self, point: Point) {
        let [ix, iy] = self.square(point.place);
        self.squares[iy * self.columns + ix].push(point);
        self.points += 1;
    }

    /// Takes the line grown last out of the squares again; its points were the last to come.
    fn forget(&mut self, line: &[Place]) {
        for place in line {
            let [ix, iy] = self.square(*place);
            let square = &mut self.squares[iy * self.columns + ix];
            square.retain(|p| p.line != self.lines.len());
        }
    }

    /// Whether a point lies nearer than `reach`. Of the line being grown, now `arc` from its seed,
    /// the part just drawn and the part about the seed (where it may close) do not count.
    fn crowded(&self, at: Place, reach: f64, arc: Option<f64>) -> bool {
        let [ix, iy] = self.square(at);
        let mine = |p: &Point| {
            let arc = arc.filter(|_| p.line == self.lines.len());
            arc.is_some_and(|arc| (p.arc - arc).abs() < 1.5 * self.separation || p.arc.abs() < self.separation)
        };
        let near = |p: &Point| squared(p.place, at) < reach * reach && !mine(p);
        (iy.saturating_sub(1)..(iy + 2).min(self.rows)).any(|y| {
            (ix.saturating_sub(1)..(ix + 2).min(self.columns))
                .any(|x| self.squares[y * self.columns + x].iter().any(near))
        })
    }

    /// A line in data units, with its arrow heads evenly along it.
    fn finish(&self, line: &[Place]) -> Streamline {
        let segments = line.len() - 1;
        let heads = ((segments as f64 * self.step / (HEADS * self.separation)).round() as usize).max(1);
        let piece = |k: usize| {
            let tip = ((2 * k + 1) * segments / (2 * heads)).clamp(1, segments);
            [self.field.data(line[tip - 1]), self.field.data(line[tip])]
        };
        let heads = (0..heads).map(piece).collect();
        Streamline { points: line.iter().map(|p| self.field.data(*p)).collect(), heads }
    }
}
