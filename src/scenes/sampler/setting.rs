//! The scene at one set of values: the numbers everything else asks for.

use std::sync::Arc;

use super::landscape::{Landscape, potential};
use super::method::Method;
use crate::param::Values;
use crate::scenes::models::kept::Kept;
use crate::theory::density::{LineDensity, PlaneDensity};

/// The exact law of the positions.
#[derive(Debug)]
pub struct Exact {
    /// Over the plane, for a landscape of two coordinates.
    pub plane: Option<PlaneDensity>,
    /// Of every coordinate.
    pub lines: Vec<LineDensity>,
    /// Mean potential (E).
    pub potential: f64,
}

/// Values of one look at the scene.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The values.
    pub values: &'a Values,
}

impl<'a> Setting<'a> {
    /// The scene at these values.
    pub fn new(values: &'a Values) -> Self {
        Setting { values }
    }

    /// The value of a parameter.
    pub fn get(&self, id: &str) -> f64 {
        self.values.get(id)
    }

    /// The method.
    pub fn method(&self) -> Method {
        Method::ALL.get(self.values.index("method")).copied().unwrap_or(Method::Baoab)
    }

    /// The landscape.
    pub fn landscape(&self) -> Landscape {
        Landscape::ALL.get(self.values.index("landscape")).copied().unwrap_or(Landscape::DoubleWell)
    }

    /// Coordinates of a particle.
    pub fn dim(&self) -> usize {
        self.landscape().dim()
    }

    /// The temperature that is wanted (E).
    pub fn temperature(&self) -> f64 {
        self.get("temperature")
    }

    /// The temperature the noise is made for, T(1 + δ) (E).
    pub fn noise_temperature(&self) -> f64 {
        self.temperature() * (1.0 + self.get("mismatch"))
    }

    /// Where every lane starts.
    pub fn start(&self) -> Vec<f64> {
        [self.get("x1"), self.get("x2")].into_iter().take(self.dim()).collect()
    }

    /// What the density depends on.
    fn law(&self) -> [f64; 5] {
        ["landscape", "temperature", "stiffness", "barrier", "tilt"].map(|id| self.get(id))
    }

    /// A number that tells densities apart.
    pub fn mark(&self) -> u64 {
        self.law().iter().fold(0, |mark: u64, x| mark.rotate_left(13) ^ x.to_bits())
    }

    /// The density e^(−U/T)/Z of the temperature that is wanted; `None` at T = 0. The last one asked
    /// for is kept, because every view of a moment asks again.
    pub fn exact(&self) -> Option<Arc<Exact>> {
        static KEPT: Kept<Option<Arc<Exact>>> = Kept::new();
        KEPT.get(&self.law(), || self.quadrature().map(Arc::new))
    }

    fn quadrature(&self) -> Option<Exact> {
        let (landscape, temperature) = (self.landscape(), self.temperature());
        let field = landscape.field(self);
        if landscape.dim() == 1 {
            let line = LineDensity::new(landscape.near()[0], temperature, |x| potential(&*field, &[x]))?;
            let mean = line.mean_of(|x| potential(&*field, &[&[x]]).first().copied().unwrap_or(f64::NAN));
            return Some(Exact { plane: None, lines: vec![line], potential: mean });
        }
        let plane = PlaneDensity::new(landscape.near(), temperature, |x, y| potential(&*field, &[x, y]))?;
        let lines = (0..2).filter_map(|i| plane.marginal(i)).collect();
        let mean = plane.mean_of(|x, y| potential(&*field, &[&[x], &[y]]).first().copied().unwrap_or(f64::NAN));
        Some(Exact { plane: Some(plane), lines, potential: mean })
    }
}
