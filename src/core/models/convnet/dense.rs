//! Fully connected layers, forward and backward, for sixteen images at once; weights are `[out][in]`.

use super::super::super::lanes::{Numbers, SIXTEEN};

/// Outputs that are summed up side by side.
const TOGETHER: usize = 5;

/// Inputs whose gradients are summed up side by side.
const ABREAST: usize = 8;

/// `out = weights · input + bias`; their number is a multiple of five.
#[inline(always)]
pub(super) fn connect<V: Numbers>(weights: &[V::Number], bias: &[V::Number], input: &[V], out: &mut [V]) {
    let width = input.len();
    for (block, out) in out.chunks_exact_mut(TOGETHER).enumerate() {
        let first = block * TOGETHER;
        let mut rows = [&weights[..width]; TOGETHER];
        let mut sums = [V::zero(); TOGETHER];
        for o in 0..TOGETHER {
            rows[o] = &weights[(first + o) * width..(first + o + 1) * width];
            sums[o] = V::splat(bias[first + o]);
        }
        for i in 0..width {
            for o in 0..TOGETHER {
                sums[o] = V::splat(rows[o][i]).mul_add(input[i], sums[o]);
            }
        }
        out.copy_from_slice(&sums);
    }
}

/// `max(0, x)` of everything; what is not a number stays so.
#[inline(always)]
pub(super) fn rectify<V: Numbers>(all: &mut [V]) {
    for x in all {
        *x = V::zero().max(*x);
    }
}

/// The gradient of the input, `out = weightsᵀ · delta`, kept where the input is above zero.
#[inline(always)]
pub(super) fn input_gradient<V: Numbers>(weights: &[V::Number], delta: &[V], input: &[V], out: &mut [V]) {
    let width = input.len();
    for (block, (input, out)) in input.chunks(ABREAST).zip(out.chunks_mut(ABREAST)).enumerate() {
        let (mut sums, first) = ([V::zero(); ABREAST], block * ABREAST);
        for (o, delta) in delta.iter().enumerate() {
            let row = &weights[o * width + first..];
            for (sum, weight) in sums[..input.len()].iter_mut().zip(row) {
                *sum = V::splat(*weight).mul_add(*delta, *sum);
            }
        }
        for (k, out) in out.iter_mut().enumerate() {
            *out = sums[k].where_positive(input[k]);
        }
    }
}

/// The gradient of the bias: the sum over the images.
#[inline(always)]
pub(super) fn bias_gradient<V: Numbers>(delta: &[V], gradient: &mut [V::Number]) {
    for (delta, gradient) in delta.iter().zip(gradient) {
        *gradient = delta.sum();
    }
}

/// The gradient of the weights, `Σ delta · inputᵀ` over the images in their order.
///
/// Here inputs are in the lanes and images one after the other, so that nothing has to be summed across lanes.
#[inline(always)]
pub(super) fn weight_gradient<V: Numbers, const O: usize>(input: &[V], delta: &[V], gradient: &mut [V::Number]) {
    let mut pulls = [[V::Number::default(); SIXTEEN]; O];
    for (pulls, delta) in pulls.iter_mut().zip(delta) {
        delta.write(pulls);
    }
    let width = input.len();
    for from in (0..width).step_by(SIXTEEN) {
        let to = width.min(from + SIXTEEN);
        let images = turned(&input[from..to]);
        for (o, pulls) in pulls.iter().enumerate() {
            let mut sum = V::zero();
            for i in 0..SIXTEEN {
                sum = V::splat(pulls[i]).mul_add(images[i], sum);
            }
            let mut row = [V::Number::default(); SIXTEEN];
            sum.write(&mut row);
            gradient[o * width + from..o * width + to].copy_from_slice(&row[..to - from]);
        }
    }
}

/// Rows and columns of up to sixteen by sixteen numbers exchanged; 0 where there are none.
#[inline(always)]
fn turned<V: Numbers>(rows: &[V]) -> [V; SIXTEEN] {
    let mut columns = [[V::Number::default(); SIXTEEN]; SIXTEEN];
    for (r, row) in rows.iter().enumerate().take(SIXTEEN) {
        let mut numbers = [V::Number::default(); SIXTEEN];
        row.write(&mut numbers);
        for c in 0..SIXTEEN {
            columns[c][r] = numbers[c];
        }
    }
    let mut out = [V::zero(); SIXTEEN];
    for c in 0..SIXTEEN {
        out[c] = V::read(&columns[c]);
    }
    out
}
