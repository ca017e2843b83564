//! The small convolutional network of handwritten digits, 21,840 parameters:
//!
//! ```text
//! 28 × 28 ─ conv 5×5, 1→10 ─ max pool 2 ─ relu ─ conv 5×5, 10→20 ─ max pool 2 ─ relu ─ 320→50 ─ relu ─ 50→10 ─ ln softmax
//! ```
//!
//! Its loss is the mean of −ln(probability of the own class). Sixteen images go through it together, one in
//! each lane ([`Numbers`](super::super::lanes::Numbers)), in single or double precision by the same code. The
//! groups of sixteen are summed as a binary tree over their places in the batch, so neither the number of threads
//! nor the width of the registers changes a bit.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `parameters` | where the parameters lie |
//! | `number` | single and double precision |
//! | `convolution`, `pooling`, `dense`, `softmax` | the layers, forward and backward |
//! | `pass` | sixteen images through all of them |
//! | `store` | buffers that are used again |

// An index is sure to be inlined into code for special registers; an iterator's closures are not.
#![allow(clippy::needless_range_loop)]

mod convolution;
mod dense;
mod number;
mod parameters;
mod pass;
mod pooling;
mod softmax;
mod store;

use std::sync::Arc;

use super::super::lanes::{SIXTEEN, with_wide};
use super::Model;
use super::images::Images;
use number::Number;
pub use parameters::{PARAMETERS, TENSORS};
use pass::Pass;
use softmax::Said;
use store::Store;

/// Number of classes.
pub const CLASSES: usize = 10;

/// In what kind of number a network is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// `f32`: parameters are rounded once per call and the gradient is widened.
    #[default]
    Single,
    /// `f64`.
    Double,
}

/// The network with its images.
#[derive(Debug)]
pub struct ConvNet {
    net: Either,
}

#[derive(Debug)]
enum Either {
    Single(Box<Net<f32>>),
    Double(Box<Net<f64>>),
}

impl ConvNet {
    /// The network over these images.
    pub fn new(images: Arc<Images>, precision: Precision) -> Self {
        let net = match precision {
            Precision::Single => Either::Single(Box::new(Net::new(images))),
            Precision::Double => Either::Double(Box::new(Net::new(images))),
        };
        ConvNet { net }
    }

    /// Logarithms of the probabilities the network gives the classes of a row; NaN if there is no such row.
    pub fn log_probabilities(&self, q: &[f64], row: u32) -> [f64; CLASSES] {
        self.say(q, &[row], None).map_or([f64::NAN; CLASSES], |said| said.first)
    }

    fn say(&self, q: &[f64], rows: &[u32], gradient: Option<&mut [f64]>) -> Option<Said> {
        match &self.net {
            Either::Single(net) => net.say(q, rows, gradient),
            Either::Double(net) => net.say(q, rows, gradient),
        }
    }
}

impl Model for ConvNet {
    fn dim(&self) -> usize {
        PARAMETERS
    }

    fn rows(&self) -> usize {
        match &self.net {
            Either::Single(net) => net.count,
            Either::Double(net) => net.count,
        }
    }

    /// Over no rows, or rows that are not there, the loss is NaN and so is the gradient.
    fn loss(&self, q: &[f64], rows: &[u32], gradient: Option<&mut [f64]>) -> f64 {
        self.say(q, rows, gradient).map_or(f64::NAN, |said| said.loss)
    }

    fn accuracy(&self, q: &[f64], rows: &[u32]) -> f64 {
        self.say(q, rows, None).map_or(f64::NAN, |said| f64::from(said.right) / rows.len() as f64)
    }

    /// 1.3 million multiplications, of which a core makes some ten thousand in a microsecond.
    fn cost(&self) -> u64 {
        20_000
    }
}

/// The network in one precision.
#[derive(Debug)]
struct Net<T> {
    images: Arc<Images>,
    count: usize,
    /// The shares of full ink that bytes stand for.
    shades: [T; 256],
    layers: Store,
    vectors: Store,
}

impl<T: Number> Net<T> {
    fn new(images: Arc<Images>) -> Self {
        let mut shades = [T::default(); 256];
        for (byte, shade) in shades.iter_mut().enumerate() {
            *shade = T::near(byte as f64 / 255.0);
        }
        Net { count: images.count(), images, shades, layers: Store::default(), vectors: Store::default() }
    }

    /// What the network says of rows, and the gradient of the mean loss; `None` where that is nothing.
    fn say(&self, q: &[f64], rows: &[u32], mut gradient: Option<&mut [f64]>) -> Option<Said> {
        let lengths = [q.len(), gradient.as_ref().map_or(PARAMETERS, |gradient| gradient.len())];
        let all_there = rows.iter().all(|row| (*row as usize) < self.count);
        if rows.is_empty() || !all_there || lengths != [PARAMETERS; 2] {
            if let Some(gradient) = &mut gradient {
                gradient.fill(f64::NAN);
            }
            return None;
        }
        let mut weights = self.vector();
        for (weight, q) in weights.iter_mut().zip(q) {
            *weight = T::near(*q);
        }
        let share = 1.0 / rows.len() as f64;
        let said = match gradient {
            None => self.tree(&weights, rows, share, None),
            Some(gradient) => {
                let mut own = self.vector();
                let said = self.tree(&weights, rows, share, Some(&mut own));
                for (gradient, own) in gradient.iter_mut().zip(own.iter()) {
                    *gradient = own.wide();
                }
                self.vectors.give(own);
                said
            }
        };
        self.vectors.give(weights);
        Some(said)
    }

    /// Room for all parameters, filled with anything.
    #[allow(clippy::box_collection, reason = "what is spare lies in boxes")]
    fn vector(&self) -> Box<Vec<T>> {
        self.vectors.take(|| vec![T::default(); PARAMETERS])
    }

    /// The sum over groups of sixteen rows; the left branch holds as many groups as the largest power of two that
    /// leaves something to the right one.
    fn tree(&self, weights: &[T], rows: &[u32], share: f64, gradient: Option<&mut [T]>) -> Said {
        if rows.len() <= SIXTEEN {
            return with_wide(Pass { net: self, weights, rows, share, gradient });
        }
        let groups = rows.len().div_ceil(SIXTEEN);
        let (left, right) = rows.split_at(groups.next_power_of_two() / 2 * SIXTEEN);
        let Some(gradient) = gradient else {
            let branch = |rows| self.tree(weights, rows, share, None);
            let (left, right) = rayon::join(|| branch(left), || branch(right));
            return left.and(right);
        };
        let mut other = self.vector();
        let branch = |rows, gradient| self.tree(weights, rows, share, Some(gradient));
        let (left, right) = rayon::join(|| branch(left, &mut *gradient), || branch(right, &mut other));
        for (sum, other) in gradient.iter_mut().zip(other.iter()) {
            *sum += *other;
        }
        self.vectors.give(other);
        left.and(right)
    }

    /// The class of a row.
    fn label(&self, row: u32) -> usize {
        self.images.label(row as usize)
    }
}
