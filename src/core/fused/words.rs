//! Methods as types: what a word does to one cell, with nothing left to decide while it runs.
//!
//! A [`Splitting`](super::super::Splitting) is a list that is read move by move. The words here are
//! the same lists known to the compiler, so that a whole step of a whole method stays in registers.
//! Which word a list is, [`Program`](super::Program) finds by comparing letters.

use super::super::Move;
use super::super::lanes::Lanes;
use super::super::runge_kutta::cell_step;

/// Coefficients of a word at most.
pub(in super::super) const MOST: usize = 8;

/// Draws of noise of a word at most.
pub(in super::super) const DRAWS: usize = 2;

/// What a landscape does at one point, for one particle or several.
pub trait Kernel<const D: usize>: Copy + Send + Sync {
    /// The force −∇U.
    fn force<L: Lanes>(&self, q: [L; D]) -> [L; D];

    /// The potential U.
    fn value<L: Lanes>(&self, q: [L; D]) -> L;

    /// The curvatures ∂²U/∂qᵢ² along the coordinates, the diagonal of the Hessian.
    fn curvatures<L: Lanes>(&self, q: [L; D]) -> [L; D];
}

/// A force on cells of this width: that of a [`Kernel`], or one that differs from lane to lane.
pub(in super::super) trait Force<L, const D: usize>: Copy {
    /// The force at `q`.
    fn at(&self, q: [L; D]) -> [L; D];
}

impl<L: Lanes, K: Kernel<D>, const D: usize> Force<L, D> for K {
    #[inline(always)]
    fn at(&self, q: [L; D]) -> [L; D] {
        self.force(q)
    }
}

/// One particle, or several side by side: positions, velocities and the stored force.
#[derive(Clone, Copy)]
pub(in super::super) struct Cell<L, const D: usize> {
    /// Positions.
    pub q: [L; D],
    /// Velocities.
    pub v: [L; D],
    /// The force of the last evaluation.
    pub f: [L; D],
}

impl<L: Lanes, const D: usize> Cell<L, D> {
    /// A cell at rest in the origin.
    #[inline(always)]
    pub fn origin() -> Self {
        let zero = [L::splat(0.0); D];
        Cell { q: zero, v: zero, f: zero }
    }

    /// Whether every coordinate is at most `limit` in size.
    #[inline(always)]
    pub fn is_within(&self, limit: f64) -> bool {
        let mut largest = L::splat(0.0);
        let mut sum = L::splat(0.0);
        for i in 0..D {
            largest = largest.max(self.q[i].abs()).max(self.v[i].abs());
            sum = sum + self.q[i].abs() + self.v[i].abs();
        }
        // A maximum can lose a NaN, a sum cannot.
        largest.all_within(limit) && sum.all_within(f64::MAX)
    }

    /// Whether positions and velocities have the bits of `other`'s.
    #[inline(always)]
    pub fn same(&self, other: &Self) -> bool {
        (0..D).all(|i| self.q[i].same(other.q[i]) && self.v[i].same(other.v[i]))
    }
}

/// A move as a word knows it: what is in the list, with the coefficients 0 and 1 that save work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Letter {
    /// f ← F(q).
    Eval,
    /// v ← v + a·f.
    Kick,
    /// q ← q + a·v.
    Drift,
    /// q ← q + v.
    Advance,
    /// q ← q + a·f.
    Flow,
    /// q ← q + s·ξ.
    Jitter,
    /// v ← keep·v.
    Keep,
    /// v ← keep·v + s·ξ.
    Damp,
    /// A whole step of the classical Runge–Kutta method with mass 1.
    RungeKutta,
}

impl Letter {
    /// The letter of a move.
    pub fn of(m: &Move) -> Letter {
        match *m {
            Move::Eval => Letter::Eval,
            Move::Kick(_) => Letter::Kick,
            Move::Drift(1.0) => Letter::Advance,
            Move::Drift(_) => Letter::Drift,
            Move::Flow(_) => Letter::Flow,
            Move::Jitter(_) => Letter::Jitter,
            Move::Damp { noise: 0.0, .. } => Letter::Keep,
            Move::Damp { .. } => Letter::Damp,
        }
    }
}

/// Where a step reads its coefficients and deviates.
pub(in super::super) struct Reader<'a, L, const D: usize> {
    coefficients: &'a [L; MOST],
    deviates: &'a [[L; D]; DRAWS],
    at: usize,
    draw: usize,
}

impl<'a, L: Lanes, const D: usize> Reader<'a, L, D> {
    #[inline(always)]
    pub fn new(coefficients: &'a [L; MOST], deviates: &'a [[L; D]; DRAWS]) -> Self {
        Reader { coefficients, deviates, at: 0, draw: 0 }
    }

    #[inline(always)]
    fn next(&mut self) -> L {
        self.at += 1;
        self.coefficients[self.at - 1]
    }

    #[inline(always)]
    fn xi(&mut self) -> [L; D] {
        self.draw += 1;
        self.deviates[self.draw - 1]
    }
}

/// to ← a·x + to.
#[inline(always)]
fn add<L: Lanes, const D: usize>(to: &mut [L; D], a: L, x: &[L; D]) {
    for i in 0..D {
        to[i] = a.mul_add(x[i], to[i]);
    }
}

/// to ← a·to.
#[inline(always)]
fn scale<L: Lanes, const D: usize>(to: &mut [L; D], a: L) {
    for to in to {
        *to = a * *to;
    }
}

/// Makes the move of one letter.
#[inline(always)]
pub(in super::super) fn make<L: Lanes, F: Force<L, D>, const D: usize>(
    letter: Letter,
    force: &F,
    read: &mut Reader<'_, L, D>,
    cell: &mut Cell<L, D>,
) {
    match letter {
        Letter::Eval => cell.f = force.at(cell.q),
        Letter::Kick => add(&mut cell.v, read.next(), &cell.f),
        Letter::Drift => add(&mut cell.q, read.next(), &cell.v),
        Letter::Advance => {
            for i in 0..D {
                cell.q[i] = cell.q[i] + cell.v[i];
            }
        }
        Letter::Flow => add(&mut cell.q, read.next(), &cell.f),
        Letter::Jitter => {
            let (s, xi) = (read.next(), read.xi());
            add(&mut cell.q, s, &xi);
        }
        Letter::Keep => {
            let keep = read.next();
            scale(&mut cell.v, keep);
        }
        Letter::Damp => {
            let (keep, s, xi) = (read.next(), read.next(), read.xi());
            scale(&mut cell.v, keep);
            add(&mut cell.v, s, &xi);
        }
        Letter::RungeKutta => {
            let c = [read.next(), read.next(), read.next(), read.next(), read.next()];
            cell_step(force, c, cell);
        }
    }
}

/// A method whose letters the compiler knows.
pub(in super::super) trait Word: Copy + Send + Sync {
    /// Its letters.
    const LETTERS: &'static [Letter];

    /// Draws of noise in one step.
    const DRAWS: usize;

    /// Whether there are any: a constant by itself, so that what is never run is never compiled.
    const IS_NOISY: bool = Self::DRAWS > 0;

    /// Whether a step begins with the force the step before left.
    const CARRIES_FORCE: bool;

    /// One step of one cell.
    fn step<L: Lanes, F: Force<L, D>, const D: usize>(
        force: &F,
        coefficients: &[L; MOST],
        deviates: &[[L; D]; DRAWS],
        cell: &mut Cell<L, D>,
    );
}

macro_rules! words {
    ($($(#[$about:meta])* $name:ident: $($letter:ident)+;)+) => {
        $(
            $(#[$about])*
            #[derive(Clone, Copy)]
            pub(in super::super) struct $name;

            impl Word for $name {
                const LETTERS: &'static [Letter] = &[$(Letter::$letter),+];
                const DRAWS: usize = draws(Self::LETTERS);
                const CARRIES_FORCE: bool = carries_force(Self::LETTERS);

                #[inline(always)]
                fn step<L: Lanes, F: Force<L, D>, const D: usize>(
                    force: &F,
                    coefficients: &[L; MOST],
                    deviates: &[[L; D]; DRAWS],
                    cell: &mut Cell<L, D>,
                ) {
                    let mut read = Reader::new(coefficients, deviates);
                    $(make(Letter::$letter, force, &mut read, cell);)+
                }
            }
        )+

        /// Does something with the word of these letters; `None` if there is none.
        pub(in super::super) fn with_word<T: Task>(letters: &[Letter], task: T) -> Option<T::Output> {
            $(
                if letters == $name::LETTERS {
                    return Some(task.run($name));
                }
            )+
            None
        }
    };
}

/// Something to do with a word.
pub(in super::super) trait Task {
    /// What comes out.
    type Output;

    /// Does it.
    fn run<W: Word>(self, word: W) -> Self::Output;
}

/// How many letters draw noise.
const fn draws(letters: &[Letter]) -> usize {
    let (mut i, mut count) = (0, 0);
    while i < letters.len() {
        if matches!(letters[i], Letter::Jitter | Letter::Damp) {
            count += 1;
        }
        i += 1;
    }
    count
}

/// Whether a force is used before it is evaluated.
const fn carries_force(letters: &[Letter]) -> bool {
    let mut i = 0;
    while i < letters.len() {
        match letters[i] {
            Letter::Eval | Letter::RungeKutta => return false,
            Letter::Kick | Letter::Flow => return true,
            _ => i += 1,
        }
    }
    false
}

words! {
    /// Heavy ball, displacement form.
    HeavyBall: Eval Keep Kick Advance;
    /// Semi-implicit Euler of a damped spring; heavy ball, accumulating form.
    Spring: Eval Keep Kick Drift;
    /// Gradient descent.
    Descent: Eval Flow;
    /// Nesterov's method.
    Nesterov: Eval Keep Kick Drift Flow;
    /// Leapfrog.
    Leapfrog: Kick Drift Eval Kick;
    /// SGHMC and heavy ball with exact noise.
    Sghmc: Eval Damp Kick Advance;
    /// Symplectic Euler–Maruyama.
    SymplecticEuler: Eval Damp Kick Drift;
    /// Euler–Maruyama.
    EulerMaruyama: Eval Drift Damp Kick;
    /// Overdamped Langevin.
    Overdamped: Eval Flow Jitter;
    /// BAOAB.
    Baoab: Kick Drift Damp Drift Eval Kick;
    /// OBABO.
    Obabo: Damp Kick Drift Eval Kick Damp;
    /// Explicit Euler; Euler–Maruyama without noise.
    ExplicitEuler: Eval Drift Keep Kick;
    /// BAOAB without noise.
    QuietBaoab: Kick Drift Keep Drift Eval Kick;
    /// OBABO without noise.
    QuietObabo: Keep Kick Drift Eval Kick Keep;
    /// The classical Runge–Kutta method.
    RungeKutta: RungeKutta;
}
