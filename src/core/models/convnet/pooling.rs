//! Max pooling over 2 × 2 pixels with the rectifier behind it, for sixteen images at once.

use super::super::super::lanes::Numbers;
use super::convolution::Plane;

/// The four pixels that become pixel (y, x), in reading order.
#[inline(always)]
fn four<V: Numbers, const I: usize>(plane: &Plane<V, I>, y: usize, x: usize) -> [V; 4] {
    let (upper, lower) = (&plane[2 * y], &plane[2 * y + 1]);
    [upper[2 * x], upper[2 * x + 1], lower[2 * x], lower[2 * x + 1]]
}

#[inline(always)]
fn largest<V: Numbers>([a, b, c, d]: [V; 4]) -> V {
    a.max(b).max(c.max(d))
}

/// `out = max(0, largest of 2 × 2 pixels)`; `O` is half of `I`.
#[inline(always)]
pub(super) fn pool<V: Numbers, const I: usize, const O: usize>(input: &[Plane<V, I>], out: &mut [Plane<V, O>]) {
    for (input, out) in input.iter().zip(out) {
        for y in 0..O {
            for x in 0..O {
                // The second of two is kept where one is not a number, so what is none stays so.
                out[y][x] = V::zero().max(largest(four(input, y, x)));
            }
        }
    }
}

/// Puts the gradient of every pooled pixel, which is 0 where the rectifier is closed, where the first of its
/// largest pixels was, and 0 where the other three were.
#[inline(always)]
pub(super) fn unpool<V: Numbers, const I: usize, const O: usize>(gradient: &[Plane<V, O>], pixels: &mut [Plane<V, I>]) {
    for (gradient, pixels) in gradient.iter().zip(pixels) {
        for y in 0..O {
            for x in 0..O {
                let corners = four(pixels, y, x);
                let most = largest(corners);
                // What is left over after a pixel is the whole or nothing, so the differences are exact.
                let mut left = gradient[y][x];
                let mut parts = [left; 4];
                for k in 0..3 {
                    parts[k] = left.where_equal(corners[k], most);
                    left = left.sub(parts[k]);
                }
                parts[3] = left;
                pixels[2 * y][2 * x..2 * x + 2].copy_from_slice(&parts[..2]);
                pixels[2 * y + 1][2 * x..2 * x + 2].copy_from_slice(&parts[2..]);
            }
        }
    }
}
