//! Clouds too large to be drawn point by point, as densities over a grid of cells.

use crate::core::State;
use crate::figure::{Colormap, HeatMap, Ink, Layer, Marker, Points, Rich, rich};
use crate::scenes::models::landscape::Window;
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{fill, t};

/// The largest cloud that is drawn point by point.
pub const MOST: usize = 2000;
/// Fewest and most cells along a side.
const SIDES: [usize; 2] = [32, 192];
/// Particles that are worth a thread of their own.
const SHARE: usize = 100_000;

/// A grid of equal cells over a part of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Left and right edge.
    pub x: [f64; 2],
    /// Lower and upper edge.
    pub y: [f64; 2],
    /// Cells along each side.
    pub side: usize,
}

impl Grid {
    /// A grid over a window whose cells hold some particles each where the cloud is dense.
    pub fn new(window: Window, particles: usize) -> Self {
        let side = ((particles as f64).sqrt() / 3.0) as usize;
        Grid { x: window.x, y: window.y, side: side.clamp(SIDES[0], SIDES[1]) }
    }

    /// A number that tells windows apart.
    fn mark(&self) -> u64 {
        [self.x, self.y].concat().iter().fold(0, |mark: u64, edge| mark.rotate_left(17) ^ edge.to_bits())
    }

    /// Area of a cell.
    fn cell(&self) -> f64 {
        (self.x[1] - self.x[0]) * (self.y[1] - self.y[0]) / (self.side * self.side) as f64
    }

    /// How many of the points (x, scale·y) lie in every cell, row by row from the lowest, and in the last
    /// place how many in none: outside, or not finite. The work is shared among `threads`, and the counts
    /// do not depend on how many there are.
    pub fn counts(&self, x: &[f64], y: &[f64], scale: f64, threads: usize) -> Vec<u32> {
        let share = x.len().div_ceil(threads.max(1)).max(1);
        let parts: Vec<(&[f64], &[f64])> = x.chunks(share).zip(y.chunks(share)).collect();
        if let [(x, y)] = parts[..] {
            return self.counted(x, y, scale);
        }
        let mut sum = vec![0_u32; self.side * self.side + 1];
        std::thread::scope(|scope| {
            let jobs: Vec<_> = parts.iter().map(|(x, y)| (scope.spawn(|| self.counted(x, y, scale)), x, y)).collect();
            for (job, x, y) in jobs {
                let counts = job.join().unwrap_or_else(|_| self.counted(x, y, scale));
                sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        });
        sum
    }

    fn counted(&self, x: &[f64], y: &[f64], scale: f64) -> Vec<u32> {
        let cells = self.side * self.side;
        let mut counts = vec![0_u32; cells + 1];
        let side = self.side as f64;
        let [kx, ky] = [self.x, self.y].map(|[low, high]| side / (high - low));
        for (x, y) in x.iter().zip(y) {
            let (ix, iy) = ((x - self.x[0]) * kx, (y * scale - self.y[0]) * ky);
            let inside = ix >= 0.0 && ix < side && iy >= 0.0 && iy < side;
            let cell = if inside { iy as usize * self.side + ix as usize } else { cells };
            if let Some(count) = counts.get_mut(cell) {
                *count += 1;
            }
        }
        counts
    }
}

/// The cloud of a lane over the plane of its first two coordinates, if it is one.
pub fn of_plane<'a>(lane: &LaneRun, window: Window, view: View) -> Option<Cloud<'a>> {
    let sides = [Side::Position(0), Side::Position(1)];
    if lane.lane.start.n() > 1 { cloud(lane, "map cloud", sides, 1.0, window, view) } else { None }
}

/// The caption of a map with a word on the sampler's cloud, where it is shown.
pub fn said(caption: &str, run: &Run, view: View) -> String {
    let n = run.lane(Lens::Sampler).map_or(1, |l| l.lane.start.n());
    if view.lens != Lens::Sampler || n < 2 {
        return caption.to_owned();
    }
    let dots = t("Small dots: the {} particles at iteration {}.", "小点：{} 个粒子在第 {} 步的位置。");
    let colours = t(
        "Colours: density of the {} particles at iteration {}, blank where there is none.",
        "颜色：{} 个粒子在第 {} 步的密度，空白处没有粒子。",
    );
    let text = if n > MOST { colours } else { dots }.get(view.lang);
    let space = t(" ", "").get(view.lang);
    [caption, &fill(text, &[&n.to_string(), &view.now.to_string()])].join(space)
}

/// A cloud as it is drawn, and the iteration it is of.
pub struct Cloud<'a> {
    layer: Layer<'a>,
    at: u64,
}

impl Cloud<'_> {
    /// With a name in the legend for its particles, if they are drawn one by one.
    #[must_use]
    pub fn named(mut self, name: Rich) -> Self {
        if let Layer::Points(points) = &mut self.layer {
            points.name = Some(name);
        }
        self
    }

    /// With its density in colours that go up to `top`.
    #[must_use]
    pub fn up_to(mut self, top: f64) -> Self {
        if let Layer::HeatMap(map) = &mut self.layer {
            map.range = [0.0, top];
        }
        self
    }
}

/// Lays a cloud over what a panel holds so far, or its density under all of it; the iteration it is of.
pub fn lay<'a>(cloud: Option<Cloud<'a>>, layers: &mut Vec<Layer<'a>>) -> Option<u64> {
    let Cloud { layer, at } = cloud?;
    let place = if matches!(layer, Layer::HeatMap(_)) { 0 } else { layers.len() };
    layers.insert(place, layer);
    Some(at)
}

/// A coordinate or a velocity of every particle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Coordinate `i`.
    Position(usize),
    /// Velocity along coordinate `i`.
    Velocity(usize),
}

impl Side {
    fn of(self, state: &State) -> &[f64] {
        match self {
            Side::Position(i) => state.coordinate(i),
            Side::Velocity(i) => state.velocity(i),
        }
    }
}

/// The cloud of a lane at the present iteration in the plane of two of its numbers, the second times
/// `scale`: its particles, or of a large one their density. While that is being counted, the last one
/// there was, if there was one.
pub fn cloud<'a>(
    lane: &LaneRun,
    name: &'static str,
    sides: [Side; 2],
    scale: f64,
    window: Window,
    view: View,
) -> Option<Cloud<'a>> {
    let n = lane.lane.start.n();
    let iteration = |step: f64| step as u64 / lane.lane.substeps.max(1);
    if n <= MOST {
        let read = move |state: &State| {
            let [x, y] = sides.map(|side| side.of(state));
            std::iter::once(state.step as f64).chain(x.iter().copied()).chain(y.iter().map(|y| y * scale)).collect()
        };
        let answer = lane.glance(view.now, (name, view.mode, 0), scale.to_bits(), read)?;
        let [step, both @ ..] = &answer[..] else { return None };
        let (x, y) = both.split_at(both.len() / 2);
        let (x, y, ink) = (x.to_vec().into(), y.to_vec().into(), Ink::Sampler);
        let layer = Layer::Points(Points { x, y, name: None, ink, marker: Marker::Disc, size: 0.4 });
        return Some(Cloud { layer, at: iteration(*step) });
    }
    let grid = Grid::new(window, n);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(n.div_ceil(SHARE));
    let read = move |state: &State| {
        let [x, y] = sides.map(|side| side.of(state));
        let counts = grid.counts(x, y, scale, threads).into_iter().map(f64::from);
        [state.step as f64].into_iter().chain(grid.x).chain(grid.y).chain(counts).collect()
    };
    // The newest answer may be over another window, which goes with it.
    let answer = lane.glance(view.now, (name, view.mode, grid.side as u64), grid.mark() ^ scale.to_bits(), read)?;
    let [step, left, right, low, high, counts @ .., _] = &answer[..] else { return None };
    let grid = Grid { x: [*left, *right], y: [*low, *high], ..grid };
    Some(Cloud { layer: Layer::HeatMap(map(grid, counts, n, view)), at: iteration(*step) })
}

/// The density of `n` particles over the cells of a grid, blank where there is none.
fn map<'a>(grid: Grid, counts: &[f64], n: usize, view: View) -> HeatMap<'a> {
    let unit = 1.0 / (n as f64 * grid.cell());
    let top = counts.iter().copied().fold(1.0, f64::max) * unit;
    let blank = |count: &f64| if *count > 0.0 { count * unit } else { f64::NAN };
    HeatMap {
        x: grid.x,
        y: grid.y,
        nx: grid.side,
        values: counts.iter().map(blank).collect::<Vec<_>>().into(),
        range: [0.0, top],
        map: Colormap::Viridis,
        label: rich(t("density of the cloud", "粒子云密度").get(view.lang)),
    }
}
