//! A force that is a signal of time: what a momentum buffer is tried with as a filter.

use super::super::{At, Field, Noise};

/// The noiseless part of a [`Tone`] at iteration n.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wave {
    /// Always 1.
    Level,
    /// 1 at n = 0, then 0.
    Pulse,
    /// cos ωn, ω in rad/step.
    Cosine(f64),
}

impl Wave {
    /// Its value at iteration `n`.
    pub fn at(self, n: f64) -> f64 {
        match self {
            Wave::Level => 1.0,
            Wave::Pulse => f64::from(n == 0.0),
            Wave::Cosine(omega) => libm::cos(omega * n),
        }
    }
}

/// What one coordinate is given: a wave and white noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    /// The wave.
    pub wave: Wave,
    /// Its amplitude \[E/L\].
    pub amplitude: f64,
    /// Standard deviation of the noise \[E/L\], one deviate per iteration and particle.
    pub noise: f64,
}

/// `f_i(n) = A_i w_i(n) + σ_i ξ_{i,n} − λ q_i`: a downhill gradient given from outside, on top of a bowl
/// of curvature λ, or of none. The deviates are a function of (seed, coordinate, particle, n), so that
/// every lane is given the same signal. For methods that count iterations (a step of length 1).
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    tones: Vec<Tone>,
    noise: Vec<Noise>,
    curvature: f64,
}

impl Signal {
    /// No coordinate's number, so that no stepper's noise is the same as a signal's.
    const STREAM: u32 = 0x5167_0000;

    /// One coordinate per tone, pulled back with `curvature` \[E/L²\].
    pub fn new(tones: &[Tone], curvature: f64, seed: u64) -> Self {
        let noise = (0..tones.len()).map(|i| Noise::new(seed, Self::STREAM + i as u32)).collect();
        Signal { tones: tones.to_vec(), noise, curvature }
    }
}

impl Field for Signal {
    fn dim(&self) -> usize {
        self.tones.len()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let rows = out.chunks_mut(at.n.max(1)).zip(at.q.chunks(at.n.max(1)));
        for ((tone, noise), (out, q)) in self.tones.iter().zip(&self.noise).zip(rows) {
            let level = tone.amplitude * tone.wave.at(at.t);
            for (f, q) in out.iter_mut().zip(q) {
                *f = level - self.curvature * q;
            }
            if tone.noise != 0.0 {
                noise.add(out, at.n, tone.noise, at.t as u64, 0);
            }
        }
    }

    fn potential(&self, _: At<'_>, _: &mut [f64]) -> bool {
        false
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        let dim = self.dim();
        for (k, h) in out.iter_mut().enumerate() {
            *h = if k % (dim + 1) == 0 { self.curvature } else { 0.0 };
        }
        true
    }

    fn cost(&self) -> u64 {
        4
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{At, Field};
    use super::{Signal, Tone, Wave};

    fn force(field: &Signal, t: f64, q: &[f64]) -> Vec<f64> {
        let mut out = vec![f64::NAN; q.len()];
        field.force(At { t, n: q.len() / field.dim(), q, v: q }, &mut out);
        out
    }

    #[test]
    fn the_signal_is_what_it_says() {
        let tone = |wave, amplitude| Tone { wave, amplitude, noise: 0.0 };
        let tones = [tone(Wave::Level, 2.0), tone(Wave::Pulse, 3.0), tone(Wave::Cosine(0.5), 1.0)];
        let field = Signal::new(&tones, 0.5, 1);
        for (t, want) in [(0.0, [2.0, 3.0, 1.0]), (1.0, [2.0, 0.0, libm::cos(0.5)]), (4.0, [2.0, 0.0, libm::cos(2.0)])]
        {
            assert_eq!(force(&field, t, &[0.0; 3]), want);
            let pulled: Vec<f64> = want.iter().map(|w| w - 0.5).collect();
            assert_eq!(force(&field, t, &[1.0; 3]), pulled);
        }
        let mut hessian = [f64::NAN; 9];
        assert!(field.hessian(&[0.0; 3], &mut hessian));
        assert_eq!(hessian, [0.5, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.5]);
    }

    /// The same at every call; another one at another iteration, coordinate, particle and seed.
    #[test]
    fn the_noise_belongs_to_its_place() {
        let tone = Tone { wave: Wave::Level, amplitude: 0.0, noise: 1.0 };
        let field = |seed| Signal::new(&[tone, tone], 0.0, seed);
        let here = force(&field(7), 3.0, &[0.0; 4]);
        assert_eq!(here, force(&field(7), 3.0, &[0.0; 4]));
        for i in 0..4 {
            for k in 0..i {
                assert_ne!(here[i], here[k]);
            }
        }
        for other in [force(&field(7), 4.0, &[0.0; 4]), force(&field(8), 3.0, &[0.0; 4])] {
            assert!(here.iter().zip(&other).all(|(a, b)| a != b));
        }
    }
}
