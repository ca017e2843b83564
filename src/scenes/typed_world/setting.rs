//! A typed world at one set of values: the numbers everything else asks for.

use std::sync::Arc;

use super::Made;
use crate::formula::{FixedPoint, Kind, MAX_STATES, Nature, World};
use crate::param::{Spec, Values};
use crate::theory::mapping::{Mapping, oscillator_from_momentum};
use crate::theory::oscillator::Oscillator;

/// Mappings in the order of the choice that selects them.
const MAPPINGS: [Mapping; 5] =
    [Mapping::Explicit, Mapping::Qian, Mapping::Conformal, Mapping::Splitting, Mapping::Central];

/// A world and its values.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The world with its declarations.
    pub made: &'a Made,
    /// The values.
    pub values: &'a Values,
}

impl Setting<'_> {
    /// The world.
    pub fn world(&self) -> &Arc<World> {
        &self.made.world
    }

    /// The value of a parameter; NaN where this world has no such parameter.
    pub fn get(&self, id: &str) -> f64 {
        self.values.get(id)
    }

    /// Whether it is a loss.
    pub fn is_loss(&self) -> bool {
        matches!(self.world().kind(), Kind::Loss1 | Kind::Loss2)
    }

    /// Whether it is a force.
    pub fn is_force(&self) -> bool {
        matches!(self.world().kind(), Kind::Force1 | Kind::Force2)
    }

    /// Whether it is equations, whose lane has all states as positions.
    pub fn is_flow(&self) -> bool {
        matches!(self.world().kind(), Kind::Ode { .. })
    }

    fn list(&self, specs: &[&'static Spec]) -> Vec<f64> {
        specs.iter().map(|s| self.values.get(s.id)).collect()
    }

    /// One number per slider of the text.
    pub fn sliders(&self) -> Vec<f64> {
        self.list(&self.made.params.sliders)
    }

    /// Where every position or unknown starts.
    pub fn start(&self) -> Vec<f64> {
        self.list(&self.made.params.starts)
    }

    /// The displacements per iteration with which it starts.
    pub fn steps(&self) -> Vec<f64> {
        let unit = if self.is_loss() { 1.0 } else { self.get("h") };
        self.list(&self.made.params.speeds).into_iter().map(|v| v * unit).collect()
    }

    /// The velocities with which it starts.
    pub fn speeds(&self) -> Vec<f64> {
        let unit = if self.is_loss() { self.get("h") } else { 1.0 };
        self.list(&self.made.params.speeds).into_iter().map(|v| v / unit).collect()
    }

    /// The mapping between η, β and the spring.
    pub fn mapping(&self) -> Mapping {
        MAPPINGS.get(self.get("mapping") as usize).copied().unwrap_or(Mapping::Explicit)
    }

    /// Mass and friction of the spring of a loss, if there is one; its stiffness is 1.
    pub fn twin(&self) -> Option<Oscillator> {
        let made = oscillator_from_momentum(self.mapping(), self.get("eta"), self.get("beta"), 1.0, self.get("h"));
        made.ok().filter(|twin| self.is_loss() && twin.m > 0.0 && twin.m.is_finite() && twin.c.is_finite())
    }

    /// The loss at many points, one array per coordinate; NaN where this is no loss.
    pub fn losses(&self, at: &[&[f64]]) -> Vec<f64> {
        let mut out = vec![f64::NAN; at.first().map_or(0, |x| x.len())];
        self.world().potential(at, &self.sliders(), &mut out);
        out
    }

    /// The force at a place, at rest and at the start of time; empty where there is none.
    pub fn force_at(&self, q: &[f64]) -> Vec<f64> {
        let (rest, mut out) = ([0.0; MAX_STATES], vec![0.0; q.len()]);
        let v = rest.get(..q.len()).unwrap_or(&rest);
        if self.world().force(&self.world().columns(q, v, &0.0), &self.sliders(), &mut out) { out } else { Vec::new() }
    }

    /// The force on many particles at rest, `[dim][n]`, at the start of time; empty where there is none.
    pub fn forces(&self, q: &[f64], n: usize) -> Vec<f64> {
        let (rest, mut out) = ([0.0; MAX_STATES], vec![0.0; q.len()]);
        let v = rest.get(..q.len() / n.max(1)).unwrap_or(&rest);
        if self.world().force(&self.world().columns(q, v, &0.0), &self.sliders(), &mut out) { out } else { Vec::new() }
    }

    /// The force at a place, a velocity per second and a time; NaN where there is none.
    pub fn force_of(&self, q: &[f64], v: &[f64], t: f64) -> Vec<f64> {
        let mut out = vec![f64::NAN; q.len()];
        self.world().force(&self.world().columns(q, v, &t), &self.sliders(), &mut out);
        out
    }

    /// The Hessian of a loss at a place, rows first.
    pub fn hessian_at(&self, q: &[f64]) -> Vec<f64> {
        let mut out = vec![f64::NAN; q.len() * q.len()];
        self.world().hessian(&self.world().columns(q, &[], &0.0), &self.sliders(), &mut out);
        out
    }

    /// The rates of all states at many points, `[states][n]`, one array per state.
    pub fn rates(&self, at: &[&[f64]], time: f64) -> Vec<f64> {
        let n = at.first().map_or(0, |x| x.len());
        let time = [time];
        let variables: Vec<&[f64]> = at.iter().copied().chain([&time[..]]).collect();
        let mut out = vec![f64::NAN; at.len() * n];
        self.world().rates(&variables, &self.sliders(), &mut out);
        out
    }

    /// The points where nothing moves, near the start; of what changes with time those of its beginning.
    pub fn points(&self) -> Arc<Vec<FixedPoint>> {
        self.made.points(&self.sliders(), &self.start())
    }

    /// The same for work that runs aside of the window: it keeps what the window asked for last.
    pub fn points_aside(&self) -> Arc<Vec<FixedPoint>> {
        self.made.points_aside(&self.sliders(), &self.start())
    }

    /// The minimum of a loss nearest to a place.
    pub fn minimum(&self, near: &[f64]) -> Option<FixedPoint> {
        let far = |p: &FixedPoint| p.at.iter().zip(near).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
        let points = self.points();
        let minima = points.iter().filter(|p| p.nature == Nature::Minimum);
        minima.min_by(|a, b| far(a).total_cmp(&far(b))).cloned()
    }

    /// The part of every coordinate that is searched for points at rest.
    pub fn reach(&self) -> Vec<[f64; 2]> {
        super::reach(&self.start())
    }
}
