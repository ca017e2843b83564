//! Many damped springs `q̈ + c q̇ + k q = 0`, each with friction and stiffness of its own.

use rayon::prelude::*;

use super::super::lanes::{Floats, Lanes, Work, with_wide};
use super::Program;
use super::words::{Cell, DRAWS, Force, Letter, MOST, Reader, make};

/// Springs of mass 1 that are stepped together by the classical Runge–Kutta method: each as
/// [`RungeKutta4`](super::super::RungeKutta4) steps one under [`advance`](super::super::advance), bit for bit.
pub struct Springs<'a> {
    /// Stiffness k of every spring.
    pub stiffness: &'a [f64],
    /// Friction c of every spring.
    pub friction: &'a [f64],
}

/// Springs that one thread looks after at a time.
const BAND: usize = 2048;

/// Registers of springs that step side by side.
const SIDE_BY_SIDE: usize = 6;

/// A stiffness that differs from lane to lane.
#[derive(Clone, Copy)]
struct Stiffness<L>(L);

impl<L: Lanes> Force<L, 1> for Stiffness<L> {
    #[inline(always)]
    fn at(&self, [q]: [L; 1]) -> [L; 1] {
        [-(self.0 * q)]
    }
}

impl Springs<'_> {
    /// Makes `steps` steps of length `h` of all springs; what has no partner in the other arrays stays.
    pub fn advance(&self, q: &mut [f64], v: &mut [f64], h: f64, steps: u64) {
        let bands = q.par_chunks_mut(BAND).zip(v.par_chunks_mut(BAND));
        let own = self.stiffness.par_chunks(BAND).zip(self.friction.par_chunks(BAND));
        bands.zip(own).for_each(|((q, v), (stiffness, friction))| {
            let n = q.len().min(v.len()).min(stiffness.len()).min(friction.len());
            let band = Band { q: &mut q[..n], v: &mut v[..n], stiffness, friction, h, steps };
            with_wide(band);
        });
    }
}

struct Band<'a> {
    q: &'a mut [f64],
    v: &'a mut [f64],
    stiffness: &'a [f64],
    friction: &'a [f64],
    h: f64,
    steps: u64,
}

impl Work for Band<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes, F: Floats>(mut self) {
        let (n, mut at) = (self.q.len(), 0);
        while at + SIDE_BY_SIDE * L::COUNT <= n {
            self.group::<L, SIDE_BY_SIDE>(at);
            at += SIDE_BY_SIDE * L::COUNT;
        }
        while at + L::COUNT <= n {
            self.group::<L, 1>(at);
            at += L::COUNT;
        }
        while at < n {
            self.group::<f64, 1>(at);
            at += 1;
        }
    }
}

impl Band<'_> {
    /// All steps of `U` registers of springs from `at` on.
    #[inline(always)]
    fn group<L: Lanes, const U: usize>(&mut self, at: usize) {
        let mut cells = [Cell::<L, 1>::origin(); U];
        let mut force = [Stiffness(L::splat(0.0)); U];
        let mut coefficients = [Program::runge_kutta(self.h, 0.0).coefficients.map(L::splat); U];
        for u in 0..U {
            let from = at + u * L::COUNT;
            cells[u] = Cell { q: [L::load(self.q, from)], v: [L::load(self.v, from)], ..Cell::origin() };
            force[u] = Stiffness(L::load(self.stiffness, from));
            // The last of the method's coefficients.
            coefficients[u][4] = L::load(self.friction, from);
        }
        for _ in 0..self.steps {
            for u in 0..U {
                step(&coefficients[u], force[u], &mut cells[u]);
            }
        }
        for (u, cell) in cells.iter().enumerate() {
            cell.q[0].store(self.q, at + u * L::COUNT);
            cell.v[0].store(self.v, at + u * L::COUNT);
        }
    }
}

#[inline(always)]
fn step<L: Lanes>(coefficients: &[L; MOST], force: Stiffness<L>, cell: &mut Cell<L, 1>) {
    let nothing = [[L::splat(0.0); 1]; DRAWS];
    make(Letter::RungeKutta, &force, &mut Reader::new(coefficients, &nothing), cell);
}
