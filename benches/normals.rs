//! The deviates of the core: what one costs, and whether 10⁹ of them are standard normal.

#[path = "../tests/core/noise/normality.rs"]
mod normality;

use impetus::core::Noise;
use impetus::workloads::{Size, measure};
use normality::Sample;

/// Deviates that are looked at; a word after `--` is another count.
const MANY: u64 = 1_000_000_000;

const BLOCK: usize = 1 << 16;

fn main() {
    // Cargo adds words of its own; only a number is meant for this bench.
    let many = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(MANY);
    measure(&["GAUSS"], Size::Full, 1, &mut |m| println!("{:28} {:.3} ns", m.who, m.cpu_ns_per_unit)).expect("threads");
    let (noise, mut sample, mut x) = (Noise::new(1, 0), Sample::default(), vec![0.0f32; BLOCK]);
    for step in 0..many / BLOCK as u64 {
        noise.deviates(&mut x, step);
        x.iter().for_each(|x| sample.take(f64::from(*x)));
    }
    let faults = sample.faults();
    println!("{many} deviates: {}", if faults.is_empty() { "standard normal".into() } else { faults.join("; ") });
    assert!(faults.is_empty());
}
