//! Random numbers that depend only on where they are used.
//!
//! The deviate for (seed, stream, particle, coordinate, step, draw) is a function of those numbers
//! alone. So a checkpoint needs no generator state, adding a particle changes no other particle's
//! path, and the number of threads cannot matter.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `stream` | the deviates of one shard of particles in one step |
//! | `normal` | normal deviates from random bits |

mod normal;
mod stream;

use std::sync::Arc;

use super::lanes::widely;

pub(super) use stream::{BLOCK, SHARD, Stream};

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

    /// Whether the deviates are given instead of drawn.
    pub(super) fn is_scripted(&self) -> bool {
        self.script.is_some()
    }

    /// The stream of one shard for one coordinate, step and draw, of `count` deviates.
    #[inline]
    pub(super) fn stream(&self, shard: u32, coordinate: u32, step: u64, draw: u32, count: usize) -> Stream {
        let [a, b, c, d] = philox([step as u32, (step >> 32) as u32, shard, (coordinate << 8) ^ draw], self.key);
        let wide = |low: u32, high: u32| (u64::from(high) << 32) | u64::from(low);
        Stream::new([wide(a, b), wide(c, d)], count)
    }

    /// Writes standard normal deviates, those that step `step` adds to the first coordinate at scale 1.
    pub fn deviates(&self, to: &mut [f32], step: u64) {
        for (index, shard) in to.chunks_mut(SHARD).enumerate() {
            self.stream(index as u32, 0, step, 0, shard.len()).fill(shard);
        }
    }

    /// Adds `scale` times a standard normal deviate to every element of `to`, `[dim][n]`.
    ///
    /// `step` is the state's step counter and `draw` the number of the draw within the step.
    pub fn add(&self, to: &mut [f64], n: usize, scale: f64, step: u64, draw: u32) {
        if let Some(script) = &self.script {
            return script.add(to, scale, step, draw);
        }
        let mut deviates = [0.0; BLOCK];
        for (i, row) in to.chunks_mut(n).enumerate() {
            for (index, shard) in row.chunks_mut(SHARD).enumerate() {
                let mut stream = self.stream(index as u32, i as u32, step, draw, shard.len());
                for block in shard.chunks_mut(BLOCK) {
                    let deviates = &mut deviates[..block.len()];
                    stream.fill(deviates);
                    add_scaled(block, scale, deviates);
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
            let xi = self.deviates.get(first.saturating_add(i)).copied().unwrap_or(f64::NAN);
            *cell = scale.mul_add(xi, *cell);
        }
    }
}

/// to ← scale·ξ + to.
fn add_scaled(to: &mut [f64], scale: f64, xi: &[f32]) {
    widely(|| {
        for (to, xi) in to.iter_mut().zip(xi) {
            *to = scale.mul_add(f64::from(*xi), *to);
        }
    });
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
