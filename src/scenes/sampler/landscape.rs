//! The landscapes: their fields, where they begin, the wells and the barrier between them.

use std::sync::Arc;

use super::setting::Setting;
use crate::core::fields::{
    Banana, DoubleWell, FourWells, MullerBrown, Quadratic, TiltedDoubleWell, TwinWells, stationary_points,
};
use crate::core::{At, Field, Gauge};

/// A potential to sample from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landscape {
    /// ½kx².
    Harmonic,
    /// E(x² − 1)².
    DoubleWell,
    /// E(x² − 1)² + sx.
    Tilted,
    /// Two wells in the plane.
    TwinWells,
    /// Four wells in the plane.
    FourWells,
    /// The surface of Müller and Brown 1979.
    MullerBrown,
    /// A bent Gaussian.
    Banana,
}

/// Two wells on a line and the barrier between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Barrier {
    /// The bottom of the well of the start, and the other one.
    pub wells: [f64; 2],
    /// The top.
    pub top: f64,
    /// Heights of the barrier over both wells (E).
    pub heights: [f64; 2],
    /// Frequency at the bottom of the well of the start and at the top (rad/s of a unit mass).
    pub omegas: [f64; 2],
}

impl Landscape {
    /// Every landscape, in the order of the parameter.
    pub const ALL: [Landscape; 7] = [
        Landscape::Harmonic,
        Landscape::DoubleWell,
        Landscape::Tilted,
        Landscape::TwinWells,
        Landscape::FourWells,
        Landscape::MullerBrown,
        Landscape::Banana,
    ];

    /// Coordinates.
    pub const fn dim(self) -> usize {
        match self {
            Landscape::Harmonic | Landscape::DoubleWell | Landscape::Tilted => 1,
            Landscape::TwinWells | Landscape::FourWells | Landscape::MullerBrown | Landscape::Banana => 2,
        }
    }

    /// The force field.
    pub fn field(self, at: &Setting<'_>) -> Arc<dyn Field> {
        let (barrier, half_width) = (at.get("barrier"), 1.0);
        match self {
            Landscape::Harmonic => Arc::new(Quadratic::diagonal(&[at.get("stiffness")])),
            Landscape::DoubleWell => Arc::new(DoubleWell { barrier, half_width }),
            Landscape::Tilted => Arc::new(TiltedDoubleWell { barrier, half_width, tilt: at.get("tilt") }),
            Landscape::TwinWells => Arc::new(TwinWells { barrier, half_width, stiffness: 4.0, slant: 0.5 }),
            Landscape::FourWells => Arc::new(FourWells { barrier, half_width: [half_width; 2] }),
            Landscape::MullerBrown => Arc::new(MullerBrown),
            Landscape::Banana => Arc::new(Banana { width: 1.0, bend: 0.7, stiffness: 4.0 }),
        }
    }

    /// A box that holds its minima.
    pub const fn near(self) -> [[f64; 2]; 2] {
        match self {
            Landscape::MullerBrown => [[-1.5, 1.2], [-0.5, 2.0]],
            _ => [[-2.0, 2.0], [-2.0, 2.0]],
        }
    }

    /// The barrier between the well of the start and the other one; `None` where there are not two
    /// wells on a line.
    pub fn barrier(self, at: &Setting<'_>) -> Option<Barrier> {
        if !matches!(self, Landscape::DoubleWell | Landscape::Tilted) {
            return None;
        }
        let points = stationary_points(&*self.field(at));
        let [left, top, right] = &points[..] else { return None };
        let (Some(l), Some(t), Some(r)) = (left.at.first(), top.at.first(), right.at.first()) else { return None };
        let from_left = at.get("x1") <= *t;
        let (home, other) = if from_left { (left, right) } else { (right, left) };
        let omega = |c: Option<&f64>| c.map_or(f64::NAN, |c| c.abs().sqrt());
        Some(Barrier {
            wells: if from_left { [*l, *r] } else { [*r, *l] },
            top: *t,
            heights: [top.value - home.value, top.value - other.value],
            omegas: [omega(home.curvatures.first()), omega(top.curvatures.first())],
        })
    }
}

impl Landscape {
    /// What counts the particles beyond the barrier, where there may be one.
    pub fn watch(self, at: &Setting<'_>) -> Option<Gauge> {
        let line = matches!(self, Landscape::DoubleWell | Landscape::Tilted);
        line.then(|| Gauge::Above(self.barrier(at).map_or(0.0, |barrier| barrier.level())))
    }
}

impl Barrier {
    /// Whether the other well is on the side of larger x.
    pub fn leads_up(&self) -> bool {
        self.wells[1] > self.top
    }

    /// The level above which a particle is not on the lower side of the top; on the top it is still at home.
    pub fn level(&self) -> f64 {
        if self.leads_up() { self.top } else { self.top.next_down() }
    }
}

/// The potential at many places, one array per coordinate.
pub fn potential(field: &dyn Field, at: &[&[f64]]) -> Vec<f64> {
    let n = at.first().map_or(0, |x| x.len());
    let (q, mut out) = (at.concat(), vec![f64::NAN; n]);
    field.potential(At { t: 0.0, n, q: &q, v: &q }, &mut out);
    out
}

/// The force at many places on a line.
pub fn force(field: &dyn Field, x: &[f64]) -> Vec<f64> {
    let mut out = vec![f64::NAN; x.len()];
    field.force(At { t: 0.0, n: x.len(), q: x, v: x }, &mut out);
    out
}
