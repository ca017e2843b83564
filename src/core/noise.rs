//! Random numbers that depend only on where they are used.
//!
//! A counter-based generator: the deviate for (seed, stream, particle, coordinate, step, draw) is
//! a function of those numbers alone. So a checkpoint needs no generator state, adding a particle
//! changes no other particle's path, and the number of threads cannot matter.

use std::f64::consts::TAU;
use std::sync::Arc;

/// The noise of one lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Noise {
    key: [u32; 2],
    /// Deviates that are given instead of drawn.
    script: Option<Script>,
}

/// Given deviates, `per_step` of them for every step.
#[derive(Clone, Debug, PartialEq)]
struct Script {
    deviates: Arc<[f64]>,
    per_step: usize,
}

impl Noise {
    /// The noise of lane `stream` of the run with `seed`.
    pub fn new(seed: u64, stream: u32) -> Self {
        Noise { key: [seed as u32, (seed >> 32) as u32 ^ stream.wrapping_mul(0x9E37_79B9)], script: None }
    }

    /// Noise that is read from a list instead of drawn: step s uses the deviates from
    /// `s * per_step` on, draw by draw, each `[dim][n]`. A deviate that is missing is NaN, so a run
    /// that outlives its list stops there.
    pub fn scripted(deviates: &[f64], per_step: usize) -> Self {
        Noise { script: Some(Script { deviates: deviates.into(), per_step }), ..Noise::new(0, 0) }
    }

    /// Adds `scale` times a standard normal deviate to every element of `to`, `[dim][n]`.
    ///
    /// `step` is the state's step counter and `draw` the number of the draw within the step.
    pub fn add(&self, to: &mut [f64], n: usize, scale: f64, step: u64, draw: u32) {
        if let Some(script) = &self.script {
            return script.add(to, scale, step, draw);
        }
        for (i, row) in to.chunks_mut(n).enumerate() {
            let lane = ((i as u32) << 8) ^ draw;
            for (pair, cells) in row.chunks_mut(2).enumerate() {
                let bits = philox([step as u32, (step >> 32) as u32, pair as u32, lane], self.key);
                for (cell, xi) in cells.iter_mut().zip(normal_pair(bits)) {
                    *cell += scale * xi;
                }
            }
        }
    }

    /// A deviate uniform on (0, 1) for one particle; `draw` numbers these apart from the normal ones.
    /// A script holds none: it draws as seed 0 does.
    pub fn uniform(&self, particle: usize, step: u64, draw: u32) -> f64 {
        // No coordinate is numbered this high, so no normal deviate uses these bits.
        let lane = 0xFFFF_FF00 ^ draw;
        let bits = philox([step as u32, (step >> 32) as u32, particle as u32, lane], self.key);
        (f64::from(bits[0]) + 0.5) * 2f64.powi(-32)
    }
}

impl Script {
    fn add(&self, to: &mut [f64], scale: f64, step: u64, draw: u32) {
        let first = (step as usize).saturating_mul(self.per_step).saturating_add(draw as usize * to.len());
        for (i, cell) in to.iter_mut().enumerate() {
            *cell += scale * self.deviates.get(first.saturating_add(i)).copied().unwrap_or(f64::NAN);
        }
    }
}

/// Two independent standard normal deviates from 128 random bits (Box and Muller 1958); the tail
/// reaches 9.4 standard deviations, as far as 64 bits of the radius allow.
fn normal_pair(bits: [u32; 4]) -> [f64; 2] {
    let wide = |low: u32, high: u32| (u64::from(high) << 32) | u64::from(low);
    let radius = (wide(bits[0], bits[1]) as f64 + 0.5) * 2f64.powi(-64);
    let angle = (wide(bits[2], bits[3]) >> 11) as f64 * (TAU * 2f64.powi(-53));
    let r = libm::sqrt(-2.0 * libm::log(radius.min(1.0)));
    [r * libm::cos(angle), r * libm::sin(angle)]
}

/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011): 128 random bits for a counter and a key.
pub fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    const M: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
    const W: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
    for _ in 0..10 {
        let a = u64::from(M[0]) * u64::from(counter[0]);
        let b = u64::from(M[1]) * u64::from(counter[2]);
        counter = [(b >> 32) as u32 ^ counter[1] ^ key[0], b as u32, (a >> 32) as u32 ^ counter[3] ^ key[1], a as u32];
        key = [key[0].wrapping_add(W[0]), key[1].wrapping_add(W[1])];
    }
    counter
}

#[cfg(test)]
mod tests {
    use super::{Noise, philox};

    /// Known answers published with the generator (Random123, `kat_vectors`).
    #[test]
    fn philox_known_answers() {
        let table = [
            ([0; 4], [0; 2], [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
            ([u32::MAX; 4], [u32::MAX; 2], [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]),
            (
                [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344],
                [0xA409_3822, 0x299F_31D0],
                [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1],
            ),
        ];
        for (counter, key, want) in table {
            assert_eq!(philox(counter, key), want);
        }
    }

    /// Moments of 4·10⁵ deviates; each bound is 4 standard errors of the estimate.
    #[test]
    fn normal_moments() {
        let n = 400_000;
        let mut x = vec![0.0; n];
        Noise::new(7, 3).add(&mut x, n, 1.0, 0, 0);
        let moment = |p: i32| x.iter().map(|x| x.powi(p)).sum::<f64>() / n as f64;
        for (p, want, variance) in [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)] {
            let z = (moment(p) - want) / (f64::sqrt(variance) / f64::sqrt(n as f64));
            assert!(z.abs() <= 4.0, "moment {p}: {z} standard errors off");
        }
    }

    #[test]
    fn a_particle_does_not_see_its_neighbours() {
        let draw = |n: usize| {
            let mut x = vec![0.0; 2 * n];
            Noise::new(1, 0).add(&mut x, n, 1.0, 5, 0);
            x
        };
        let (few, many) = (draw(4), draw(10));
        assert_eq!(few[..4], many[..4]);
        assert_eq!(few[4..8], many[10..14]);
    }
}
