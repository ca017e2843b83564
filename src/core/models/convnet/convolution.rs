//! Convolutions with 5 × 5 weights, forward and backward, for sixteen images at once.
//!
//! Planes are `[channel][row][column]`, one image per lane; weights are `[out][in][5][5]`. Every number is summed
//! up in one order whatever the tile, so a tile may be as large as the registers allow.

use super::super::super::lanes::Numbers;

/// Rows and columns of the weights.
pub(super) const SIDE: usize = 5;

/// Weights between two channels.
pub(super) const TAPS: usize = SIDE * SIDE;

/// One channel of `N` × `N` pixels.
pub(super) type Plane<V, const N: usize> = [[V; N]; N];

/// The 25 weights between two channels, the `place`-th such pair.
#[inline(always)]
fn taps<T>(weights: &[T], place: usize) -> &[T] {
    &weights[place * TAPS..(place + 1) * TAPS]
}

/// `out[o] = bias[o] + Σ_i weights[o][i] ⋆ input[i]`, `C` channels and `T` columns at a time.
#[inline(always)]
pub(super) fn convolve<V: Numbers, const I: usize, const O: usize, const C: usize, const T: usize>(
    weights: &[V::Number],
    bias: &[V::Number],
    input: &[Plane<V, I>],
    out: &mut [Plane<V, O>],
) {
    for (block, out) in out.chunks_exact_mut(C).enumerate() {
        let weights = &weights[block * C * input.len() * TAPS..];
        let bias = &bias[block * C..(block + 1) * C];
        for y in 0..O {
            for from in (0..O).step_by(T) {
                let sums = tile::<V, I, C, T>(weights, bias, input, y, from);
                for c in 0..C {
                    out[c][y][from..from + T].copy_from_slice(&sums[c]);
                }
            }
        }
    }
}

/// `T` columns of row `y` of the first `C` channels of a convolution.
#[inline(always)]
fn tile<V: Numbers, const I: usize, const C: usize, const T: usize>(
    weights: &[V::Number],
    bias: &[V::Number],
    input: &[Plane<V, I>],
    y: usize,
    from: usize,
) -> [[V; T]; C] {
    let mut sums = [[V::zero(); T]; C];
    for c in 0..C {
        sums[c] = [V::splat(bias[c]); T];
    }
    for (i, plane) in input.iter().enumerate() {
        let mut own = [taps(weights, i); C];
        for c in 1..C {
            own[c] = taps(weights, c * input.len() + i);
        }
        for ky in 0..SIDE {
            let row = &plane[y + ky][from..from + T + SIDE - 1];
            for kx in 0..SIDE {
                for c in 0..C {
                    let weight = V::splat(own[c][ky * SIDE + kx]);
                    for k in 0..T {
                        sums[c][k] = weight.mul_add(row[k + kx], sums[c][k]);
                    }
                }
            }
        }
    }
    sums
}

/// The gradient of the weights: `gradient[o][i][ky][kx] = Σ delta[o][y][x] · input[i][y + ky][x + kx]` over
/// all pixels and images, `C` channels at a time.
#[inline(always)]
pub(super) fn weight_gradient<V: Numbers, const I: usize, const O: usize, const C: usize>(
    input: &[Plane<V, I>],
    delta: &[Plane<V, O>],
    gradient: &mut [V::Number],
) {
    for (delta, gradient) in delta.chunks_exact(C).zip(gradient.chunks_exact_mut(C * input.len() * TAPS)) {
        for (i, plane) in input.iter().enumerate() {
            for ky in 0..SIDE {
                let sums = products::<V, I, O, C>(plane, delta, ky);
                for c in 0..C {
                    for kx in 0..SIDE {
                        gradient[(c * input.len() + i) * TAPS + ky * SIDE + kx] = sums[c][kx].sum();
                    }
                }
            }
        }
    }
}

/// Row `ky` of the gradient of the weights from one channel to `C` others, image by image.
#[inline(always)]
fn products<V: Numbers, const I: usize, const O: usize, const C: usize>(
    plane: &Plane<V, I>,
    delta: &[Plane<V, O>],
    ky: usize,
) -> [[V; SIDE]; C] {
    let mut sums = [[V::zero(); SIDE]; C];
    for y in 0..O {
        let row = &plane[y + ky];
        for x in 0..O {
            for c in 0..C {
                let delta = delta[c][y][x];
                for kx in 0..SIDE {
                    sums[c][kx] = delta.mul_add(row[x + kx], sums[c][kx]);
                }
            }
        }
    }
    sums
}

/// The gradient of the bias: the sum of `delta` over all pixels and images.
#[inline(always)]
pub(super) fn bias_gradient<V: Numbers, const O: usize>(delta: &[Plane<V, O>], gradient: &mut [V::Number]) {
    for (plane, gradient) in delta.iter().zip(gradient) {
        let mut columns = [V::zero(); O];
        for row in plane {
            for x in 0..O {
                columns[x] = columns[x].add(row[x]);
            }
        }
        let mut sum = V::zero();
        for column in columns {
            sum = sum.add(column);
        }
        *gradient = sum.sum();
    }
}

/// The gradient of the input, `out[i][y][x] = Σ weights[o][i][ky][kx] · delta[o][y − ky][x − kx]`, kept where the
/// input is above zero; `C` channels and columns `FROM` to `FROM + T`.
#[inline(always)]
pub(super) fn input_gradient<
    V: Numbers,
    const I: usize,
    const O: usize,
    const C: usize,
    const FROM: usize,
    const T: usize,
>(
    weights: &[V::Number],
    delta: &[Plane<V, O>],
    input: &[Plane<V, I>],
    out: &mut [Plane<V, I>],
) {
    let channels = input.len();
    for (block, (input, out)) in input.chunks_exact(C).zip(out.chunks_exact_mut(C)).enumerate() {
        let weights = &weights[block * C * TAPS..];
        for y in 0..I {
            let sums = back_tile::<V, O, C, FROM, T>(weights, channels, delta, y);
            for c in 0..C {
                for k in 0..T {
                    out[c][y][FROM + k] = sums[c][k].where_positive(input[c][y][FROM + k]);
                }
            }
        }
    }
}

/// Columns `FROM` to `FROM + T` of row `y` of the gradient of the first `C` channels of the input.
#[inline(always)]
fn back_tile<V: Numbers, const O: usize, const C: usize, const FROM: usize, const T: usize>(
    weights: &[V::Number],
    channels: usize,
    delta: &[Plane<V, O>],
    y: usize,
) -> [[V; T]; C] {
    let mut sums = [[V::zero(); T]; C];
    // Rows of the weights that reach from row y to a row there is.
    let rows = (y + 1).saturating_sub(O)..(y + 1).min(SIDE);
    for (o, plane) in delta.iter().enumerate() {
        for ky in rows.clone() {
            let row = &plane[y - ky];
            let weights = &weights[o * channels * TAPS + ky * SIDE..];
            spread::<V, O, C, T, FROM, 0>(weights, row, &mut sums);
            spread::<V, O, C, T, FROM, 1>(weights, row, &mut sums);
            spread::<V, O, C, T, FROM, 2>(weights, row, &mut sums);
            spread::<V, O, C, T, FROM, 3>(weights, row, &mut sums);
            spread::<V, O, C, T, FROM, 4>(weights, row, &mut sums);
        }
    }
    sums
}

/// Adds weight `K` of every channel times a row where it reaches columns `FROM` to `FROM + T`; all bounds are known
/// when this is compiled, so that the sums can stay in registers.
#[inline(always)]
fn spread<V: Numbers, const O: usize, const C: usize, const T: usize, const FROM: usize, const K: usize>(
    weights: &[V::Number],
    row: &[V; O],
    sums: &mut [[V; T]; C],
) {
    for c in 0..C {
        let weight = V::splat(weights[c * TAPS + K]);
        for x in FROM.saturating_sub(K)..(FROM + T - K).min(O) {
            sums[c][x + K - FROM] = weight.mul_add(row[x], sums[c][x + K - FROM]);
        }
    }
}
