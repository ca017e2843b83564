//! From scores to the loss.

use super::super::super::lanes::SIXTEEN;
use super::CLASSES;
use super::number::Number;

/// What the network says of up to sixteen rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// Sum of −ln(probability of the own class), times the share of a row.
    pub loss: f64,
    /// How many rows have their highest score at their own class; where scores tie the lowest class wins.
    pub right: u32,
    /// Logarithms of the probabilities of the first row.
    pub first: [f64; CLASSES],
}

impl Said {
    /// Of two groups of rows, the first one first.
    pub fn and(self, other: Said) -> Said {
        Said { loss: self.loss + other.loss, right: self.right + other.right, first: self.first }
    }
}

/// Judges scores `[class][lane]` and puts the gradient of the loss with respect to them in their place; 0 in lanes
/// that have no label.
#[inline(always)]
pub(super) fn judge<T: Number>(
    scores: &mut [[T; SIXTEEN]; CLASSES],
    labels: impl Iterator<Item = usize>,
    share: f64,
) -> Said {
    let (mut said, mut count) = (Said::default(), 0);
    for (lane, label) in labels.enumerate().take(SIXTEEN) {
        let logarithms = log_softmax(scores, lane);
        if lane == 0 {
            said.first = logarithms;
        }
        said.loss -= share * logarithms[label];
        let best = (1..CLASSES).fold(0, |best, k| if logarithms[k] > logarithms[best] { k } else { best });
        said.right += u32::from(best == label);
        for (k, score) in scores.iter_mut().enumerate() {
            let own = if k == label { 1.0 } else { 0.0 };
            score[lane] = T::near(share * (libm::exp(logarithms[k]) - own));
        }
        count = lane + 1;
    }
    for score in scores {
        score[count..].fill(T::default());
    }
    said
}

/// ln softmax of the scores of one lane, in double precision.
fn log_softmax<T: Number>(scores: &[[T; SIXTEEN]; CLASSES], lane: usize) -> [f64; CLASSES] {
    let mut out = [0.0; CLASSES];
    for (out, score) in out.iter_mut().zip(scores) {
        *out = score[lane].wide();
    }
    let top = out.iter().fold(f64::NEG_INFINITY, |top: f64, score| top.max(*score));
    let sum: f64 = out.iter().map(|score| libm::exp(score - top)).sum();
    let shift = top + libm::log(sum);
    out.map(|score| score - shift)
}
