//! Normal deviates.

use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::measure::{Meter, Spent, Variant};
use super::spec::Size;
use crate::core::Noise;

/// Deviates made at a time.
const BUFFER: usize = 4096;

/// Buffers whose moments are taken.
const LOOKED_AT: u64 = 1000;

/// GAUSS: a small buffer filled again and again, by this crate and by the ziggurat of `rand_distr`.
pub(super) fn gauss(meter: &mut Meter<'_>, size: Size) {
    let noise = Noise::new(7, 0);
    fill(meter, "f32", size, |to: &mut [f32], round| noise.deviates(to, round));
    fill(meter, "f32_added_to_f64", size, |to: &mut [f64], round| {
        to.fill(0.0);
        noise.add(to, BUFFER, 1.0, round, 0);
    });
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(99);
    fill(meter, "beside_rand_distr", size, |to: &mut [f64], _| to.fill_with(|| StandardNormal.sample(&mut rng)));
}

fn fill<T: Copy + Default + Into<f64>>(
    meter: &mut Meter<'_>,
    who: &str,
    size: Size,
    mut fill: impl FnMut(&mut [T], u64),
) {
    let (mut buffer, mut sums) = (vec![T::default(); BUFFER], [0.0; 4]);
    for round in 0..LOOKED_AT {
        fill(&mut buffer, round);
        for x in buffer.iter().map(|x| (*x).into()) {
            for (sum, power) in sums.iter_mut().zip(1..) {
                *sum += x.powi(power);
            }
        }
    }
    let [m1, m2, m3, m4] = sums.map(|sum| sum / (LOOKED_AT as f64 * BUFFER as f64));
    let rounds = (size.gauss() / BUFFER) as u64;
    let variant = Variant { who, units: rounds as f64 * BUFFER as f64, key: size.name().to_owned() };
    meter.repeat(variant, || {
        let (spent, ()) = Spent::on(|| {
            for round in 0..rounds {
                fill(&mut buffer, round);
                std::hint::black_box(&buffer);
            }
        });
        (spent, vec![("m1", m1), ("m2", m2), ("m3", m3), ("m4", m4)])
    });
}
