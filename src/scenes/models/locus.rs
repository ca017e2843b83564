//! The root locus: where the poles of a mode go as one parameter walks over its range.

use crate::figure::{Arrows, Dash, Ink, Layer, Line, Rich, Weight};
use crate::param::{Kind, Spec, Spread};
use crate::theory::matrix::Complex;

/// Points walked to begin with.
const FIRST: usize = 160;
/// How often a stretch is halved at most, where poles move far or a machine ceases to exist.
const HALVINGS: u32 = 16;
/// The longest way of a pole between two points, as long as it is near the unit circle.
const STRIDE: f64 = 0.03;
/// The longest way where a pair of real poles becomes a complex one: the branches turn at right angles.
const CORNER: f64 = 0.004;
/// How far from the origin stretches are still refined.
const NEAR: f64 = 4.0;
/// Decades below the largest value where a logarithmic range begins at 0.
const DECADES: f64 = 14.0;

type Poles = [Complex<f64>; 2];

/// One value of the parameter and the poles there, if the machine exists.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// Value of the parameter.
    pub value: f64,
    /// Both poles, in the order of the branches.
    pub poles: Option<Poles>,
}

/// Both branches of a locus, by rising value of the parameter.
#[derive(Clone, Debug)]
pub struct Locus {
    /// Symbol of the parameter.
    pub symbol: Rich,
    /// The points walked.
    pub stops: Vec<Stop>,
}

impl Locus {
    /// Walks `spec` over its declared range; `poles` gives the poles at a value, or `None` where a
    /// machine with that value does not exist.
    pub fn walk(spec: &Spec, poles: impl Fn(f64) -> Option<Poles>) -> Locus {
        let stop = |value: f64| Stop { value, poles: poles(value).filter(|p| p.iter().all(|z| z.is_finite())) };
        let mut stops: Vec<Stop> = Vec::new();
        for value in range(spec) {
            let next = stop(value);
            if let Some(last) = stops.last().copied() {
                refine(last, next, HALVINGS, &stop, &mut stops);
            }
            stops.push(next);
        }
        follow(&mut stops);
        Locus { symbol: crate::figure::rich(spec.symbol), stops }
    }

    /// The value at which a pole comes nearest to `at`; `None` for a locus without a point.
    pub fn nearest(&self, at: [f64; 2], poles: impl Fn(f64) -> Option<Poles>) -> Option<f64> {
        let target = Complex::new(at[0], at[1]);
        let far = |poles: &Poles| poles.iter().map(|z| (z - target).norm()).fold(f64::INFINITY, f64::min);
        let distance = |value: f64| poles(value).map_or(f64::INFINITY, |p| far(&p));
        let there = |k: usize| self.stops.get(k).filter(|s| s.poles.is_some());
        let mut best: Option<(f64, usize)> = None;
        for (k, stop) in self.stops.iter().enumerate() {
            let Some(here) = stop.poles else { continue };
            // On the way to the next point as well: a long stretch may pass close by.
            let next = there(k + 1).and_then(|s| s.poles);
            let way = |b: usize| next.map_or((here[b] - target).norm(), |n| to_segment(target, here[b], n[b]));
            let d = way(0).min(way(1));
            if best.is_none_or(|(least, _)| d < least) {
                best = Some((d, k));
            }
        }
        let k = best?.1;
        let ends = [k.saturating_sub(1), k, k + 1, k + 2].into_iter().filter_map(there).map(|s| s.value);
        let values: Vec<f64> = ends.collect();
        // One dip of the distance per stretch: each is searched on its own.
        let dips = values.windows(2).map(|w| dip(distance, w[0], w[1])).chain(values.iter().copied());
        dips.min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
    }

    /// The branches as lines in `ink`, with arrows in the direction of rising values.
    pub fn layers<'a>(&self, name: Rich, ink: Ink, frame: [[f64; 2]; 2]) -> Vec<Layer<'a>> {
        let weight = Weight::Normal;
        let mut layers = Vec::new();
        let (mut tails, mut ways) = (Vec::new(), Vec::new());
        for branch in 0..2 {
            let point = |s: &Stop| s.poles.map_or([f64::NAN; 2], |p| [p[branch].re, p[branch].im]);
            let line: Vec<[f64; 2]> = self.stops.iter().map(point).collect();
            for (tail, way) in arrows(&line, frame) {
                tails.push(tail);
                ways.push(way);
            }
            let (x, y): (Vec<f64>, Vec<f64>) = line.into_iter().map(|[x, y]| (x, y)).unzip();
            let name = (branch == 0).then(|| name.clone());
            let dash = Dash::Solid;
            layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None }));
        }
        let column = |of: &[[f64; 2]], i: usize| of.iter().map(|p| p[i]).collect::<Vec<f64>>().into();
        let [x, y] = [0, 1].map(|i| column(&tails, i));
        let [u, v] = [0, 1].map(|i| column(&ways, i));
        layers.push(Layer::Arrows(Arrows { x, y, u, v, name: None, ink, weight }));
        layers
    }
}

/// Where a slider stops, spread as the parameter is.
fn range(spec: &Spec) -> Vec<f64> {
    let [low, high] = spec.bounds();
    let share = |k: usize| k as f64 / (FIRST - 1) as f64;
    match spec.kind {
        Kind::Real { spread: Spread::Log, .. } => {
            let from = if low > 0.0 { low } else { high * 10f64.powf(-DECADES) };
            let zero = (low <= 0.0).then_some(0.0);
            zero.into_iter().chain((0..FIRST).map(|k| (from * (high / from).powf(share(k))).min(high))).collect()
        }
        _ => (0..FIRST).map(|k| low + (high - low) * share(k)).collect(),
    }
}

/// Adds the points between `a` and `b` that the eye needs.
fn refine(a: Stop, b: Stop, left: u32, stop: &impl Fn(f64) -> Stop, out: &mut Vec<Stop>) {
    let coarse = match (a.poles, b.poles) {
        (None, None) => false,
        (Some(p), Some(q)) => {
            let turns = (p[0].im == 0.0) != (q[0].im == 0.0);
            let straight = way(p[0], q[0]).max(way(p[1], q[1]));
            let crossed = way(p[0], q[1]).max(way(p[1], q[0]));
            straight.min(crossed) > if turns { CORNER } else { STRIDE }
        }
        _ => true,
    };
    let middle = if a.value > 0.0 { (a.value * b.value).sqrt() } else { 0.5 * (a.value + b.value) };
    if !coarse || left == 0 || !(middle > a.value && middle < b.value) {
        return;
    }
    let middle = stop(middle);
    refine(a, middle, left - 1, stop, out);
    out.push(middle);
    refine(middle, b, left - 1, stop, out);
}

/// How far a pole moves, as far as it is seen.
fn way(from: Complex<f64>, to: Complex<f64>) -> f64 {
    if from.norm().min(to.norm()) < NEAR { (from - to).norm() } else { 0.0 }
}

/// Sorts the poles of every stop so that a branch goes on where it was.
fn follow(stops: &mut [Stop]) {
    let mut last: Option<Poles> = None;
    for stop in stops {
        if let (Some(before), Some(now)) = (last, &mut stop.poles) {
            let apart = |a: usize, b: usize| (before[0] - now[a]).norm().max((before[1] - now[b]).norm());
            if apart(1, 0) < apart(0, 1) {
                now.swap(0, 1);
            }
        }
        last = stop.poles;
    }
}

/// Arrows a third and two thirds along every stretch of a branch inside the frame: tail and way.
fn arrows(line: &[[f64; 2]], [x, y]: [[f64; 2]; 2]) -> Vec<([f64; 2], [f64; 2])> {
    let size = 0.035 * (x[1] - x[0]).max(y[1] - y[0]);
    let inside = |p: &[f64; 2]| p[0] > x[0] && p[0] < x[1] && p[1] > y[0] && p[1] < y[1];
    let mut out = Vec::new();
    for run in line.split(|p| !inside(p)) {
        let step = |w: &[[f64; 2]]| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1]);
        let total: f64 = run.windows(2).map(step).sum();
        if total < 4.0 * size {
            continue;
        }
        let mut gone = 0.0;
        for w in run.windows(2) {
            let (before, length) = (gone, step(w));
            gone += length;
            let due = [1.0 / 3.0, 2.0 / 3.0].iter().any(|share| before < share * total && gone >= share * total);
            if due && length > 0.0 {
                let way = [0, 1].map(|i| size * (w[1][i] - w[0][i]) / length);
                out.push(([0, 1].map(|i| w[1][i] - 0.5 * way[i]), way));
            }
        }
    }
    out
}

/// Distance of a point from the way between two others.
fn to_segment(at: Complex<f64>, from: Complex<f64>, to: Complex<f64>) -> f64 {
    let way = to - from;
    let share = if way.norm_sqr() > 0.0 { ((at - from) * way.conj()).re / way.norm_sqr() } else { 0.0 };
    (at - from - way * share.clamp(0.0, 1.0)).norm()
}

/// Where a function with one dip on `[low, high]` is smallest, to the last bit (golden section).
fn dip(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    const GOLD: f64 = 0.618_033_988_749_894_9;
    let (mut a, mut b) = (high - GOLD * (high - low), low + GOLD * (high - low));
    let (mut fa, mut fb) = (f(a), f(b));
    for _ in 0..120 {
        if fa <= fb {
            (high, b, fb) = (b, a, fa);
            a = high - GOLD * (high - low);
            fa = f(a);
        } else {
            (low, a, fa) = (a, b, fb);
            b = low + GOLD * (high - low);
            fb = f(b);
        }
    }
    if fa <= fb { a } else { b }
}
