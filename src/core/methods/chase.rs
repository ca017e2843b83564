//! Heavy ball after a minimum that moves by itself.

use super::super::{Field, State, Stepper};

/// How the minimum moves from one step to the next.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// By so much every step.
    Ramp(f64),
    /// By a normal deviate of this standard deviation, one per step and particle.
    Walk(f64),
    /// As A sin ωn.
    Swing {
        /// Amplitude A.
        amplitude: f64,
        /// Frequency ω, in radians per step.
        omega: f64,
    },
    /// As the running average of a statistic that swings: `c ← ρc + (1 − ρ) b(n)`.
    Running {
        /// Memory ρ of the average.
        memory: f64,
        /// What b(n) is the sum of.
        waves: Vec<Cosine>,
    },
}

/// `a cos(ωn + φ)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cosine {
    /// Amplitude a.
    pub amplitude: f64,
    /// Frequency ω, in radians per step.
    pub omega: f64,
    /// Phase φ in radians.
    pub phase: f64,
}

impl Cosine {
    /// The sum of `waves` at step `n`.
    pub fn sum(waves: &[Cosine], n: f64) -> f64 {
        waves.iter().map(|wave| wave.amplitude * libm::cos(wave.omega * n + wave.phase)).sum()
    }
}

/// Heavy ball along the first coordinate, after the second, which is the minimum and knows nothing of it:
///
/// ```text
/// v ← βv + ηf(x, c)        x ← x + v        c ← where the target is at step n + 1
/// ```
///
/// The force is that of step n, with the minimum where it is then. The velocity of c is its last move. Further
/// coordinates stay where they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Chase {
    /// Step η.
    pub eta: f64,
    /// Momentum β.
    pub beta: f64,
    /// The minimum.
    pub target: Target,
}

impl Stepper for Chase {
    fn dt(&self) -> f64 {
        1.0
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.evaluate(field);
        let n = s.n();
        for p in 0..n.min(s.q.len()) {
            s.v[p] = self.beta * s.v[p] + self.eta * s.f[p];
            s.q[p] += s.v[p];
        }
        if s.dim() > 1 {
            self.target.go(s, n);
        }
    }
}

impl Target {
    /// Moves the second coordinate of `n` particles.
    fn go(&self, s: &mut State, n: usize) {
        let at = s.step as f64;
        let moves = &mut s.v[n..2 * n];
        match self {
            Target::Ramp(by) => moves.fill(*by),
            Target::Walk(deviation) => {
                moves.fill(0.0);
                s.noise.add(moves, n, *deviation, s.step, 0);
            }
            Target::Swing { amplitude, omega } => {
                moves.fill(amplitude * (libm::sin(omega * (at + 1.0)) - libm::sin(omega * at)));
            }
            Target::Running { memory, waves } => {
                let b = Cosine::sum(waves, at);
                for (by, c) in moves.iter_mut().zip(&s.q[n..2 * n]) {
                    *by = (1.0 - memory) * (b - c);
                }
            }
        }
        for (c, by) in s.q[n..2 * n].iter_mut().zip(moves) {
            *c += *by;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::super::fields::Tether;
    use super::super::super::{System, advance};
    use super::*;

    fn path(target: Target, steps: u64) -> State {
        let system = System::new(Arc::new(Tether { curvature: 1.0 }), Chase { eta: 0.2, beta: 0.5, target });
        let mut state = State::at(&[0.0, 0.0], &[], 3, 5, 1);
        advance(&system, &mut state, steps, &mut ());
        state
    }

    #[test]
    fn the_minimum_goes_where_it_says() {
        let near = |state: &State, c: f64| state.coordinate(1).iter().all(|x| (x - c).abs() <= 1e-12);
        assert!(near(&path(Target::Ramp(0.25), 7), 1.75));
        assert!(near(&path(Target::Swing { amplitude: 2.0, omega: 0.3 }, 7), 2.0 * libm::sin(2.1)));
        let waves = vec![Cosine { amplitude: 1.0, omega: 0.0, phase: 0.0 }];
        let memory = 0.8;
        assert!(near(&path(Target::Running { memory, waves }, 7), 1.0 - memory.powi(7)));
        let walk = path(Target::Walk(0.5), 7);
        assert!(walk.coordinate(1).windows(2).all(|pair| pair[0] != pair[1]));
    }

    /// The first steps by hand: the gradient of a step sees the minimum of that step.
    #[test]
    fn the_gradient_sees_the_present_minimum() {
        // c: 0, 1, 2; x: 0, 0, 0.2·1 = 0.2, then v = 0.5·0.2 + 0.2·1.8 = 0.46.
        for (steps, x) in [(1, 0.0), (2, 0.2), (3, 0.66)] {
            let state = path(Target::Ramp(1.0), steps);
            assert!(state.coordinate(0).iter().all(|q| (q - x).abs() <= 1e-15), "{steps}: {:?}", state.q);
        }
    }
}
