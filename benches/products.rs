//! The ConvNet's heavy work in two hands: the whole network forward and back as the core makes it, beside
//! nothing but its matrix products in nalgebra (whose kernels are those of matrixmultiply).
//!
//! A network made of products also has to unroll patches, pool, bend and fold back; none of that is counted
//! for the crate, so its side is a lower bound. One thread, single precision, batches of 64 images; the last
//! column is time per image as a multiple of the first row's.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use impetus::core::models::{ConvNet, Images, Model, PARAMETERS, PIXELS, Pixels, Precision};
use nalgebra::DMatrix;

const BATCH: usize = 64;
const ROUNDS: usize = 40;

/// A layer as one product: rows of its unrolled input per image, length of a row, number of outputs.
const LAYERS: [(&str, usize, usize, usize); 4] =
    [("conv 1→10", 24 * 24, 25, 10), ("conv 10→20", 8 * 8, 250, 20), ("320→50", 1, 320, 50), ("50→10", 1, 50, 10)];

/// Anything but zeros.
fn filled(rows: usize, columns: usize) -> DMatrix<f32> {
    DMatrix::from_fn(rows, columns, |i, j| ((7 * i + 13 * j) % 97) as f32 / 97.0 - 0.5)
}

/// The products of a layer: outputs, gradient of the weights, and of the inputs unless they are pixels. Factors
/// lie as the crate likes them best.
fn products(rows: usize, inner: usize, outputs: usize, with_inputs: bool) -> impl FnMut() {
    let [input, input_t] = [filled(rows, inner), filled(inner, rows)];
    let [weights, weights_t] = [filled(inner, outputs), filled(outputs, inner)];
    let delta = filled(rows, outputs);
    let [mut out, mut gradient, mut pull] = [filled(rows, outputs), filled(inner, outputs), filled(rows, inner)];
    move || {
        black_box(&input).mul_to(&weights, &mut out);
        black_box(&input_t).mul_to(&delta, &mut gradient);
        if with_inputs {
            black_box(&delta).mul_to(&weights_t, &mut pull);
        }
        black_box((&out, &gradient, &pull));
    }
}

/// The network as the core computes it, gradient included.
fn network() -> impl FnMut() {
    let pixels = (0..BATCH * PIXELS).map(|i| (i % 251) as f32 / 251.0).collect();
    let labels = (0..BATCH).map(|i| (i % 10) as u8).collect();
    let net = ConvNet::new(Arc::new(Images { pixels: Pixels::Floats(pixels), labels }), Precision::Single);
    let q: Vec<f64> = (0..PARAMETERS).map(|i| ((i % 101) as f64 / 101.0 - 0.5) / 5.0).collect();
    let (rows, mut gradient): (Vec<u32>, Vec<f64>) = ((0..BATCH as u32).collect(), vec![0.0; PARAMETERS]);
    move || {
        black_box(net.loss(black_box(&q), &rows, Some(&mut gradient)));
    }
}

/// Microseconds an image, the best of the rounds.
fn timed(mut work: impl FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed().as_secs_f64());
    }
    best * 1e6 / BATCH as f64
}

fn main() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let whole = one.install(|| timed(network()));
    println!("{:<34}{:>12}{:>10}", "", "µs / image", "× whole");
    let row = |name: &str, us: f64| println!("{name:<34}{us:>12.2}{:>10.2}", us / whole);
    row("whole network here", whole);
    let mut sum = 0.0;
    for (k, (name, rows, inner, outputs)) in LAYERS.into_iter().enumerate() {
        let us = timed(products(BATCH * rows, inner, outputs, k > 0));
        row(&format!("products of {name}, nalgebra"), us);
        sum += us;
    }
    row("products of all layers, nalgebra", sum);
}
