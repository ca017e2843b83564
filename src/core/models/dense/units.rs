//! What units make of weighted sums: bends, losses, and the sums themselves.

/// What a hidden unit makes of its weighted sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bend {
    /// tanh z.
    Tanh,
    /// max(z, 0).
    Relu,
}

impl Bend {
    /// Its value, written so that NaN is kept.
    pub fn of(self, z: f64) -> f64 {
        match self {
            Bend::Tanh => libm::tanh(z),
            Bend::Relu if z < 0.0 => 0.0,
            Bend::Relu => z,
        }
    }

    /// The slope where its value is `a`.
    pub fn slope(self, a: f64) -> f64 {
        match self {
            Bend::Tanh => 1.0 - a * a,
            Bend::Relu => f64::from(a > 0.0),
        }
    }
}

/// How the last weighted sums z become a loss, y being what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// −ln softmax(z)[y].
    Softmax,
    /// ln(1 + e^z) − y z, y being 0 or 1.
    Logistic,
    /// ½ (z − y)².
    Squares,
}

impl Ending {
    /// The loss of the last outputs, which become its slopes along them.
    pub fn close(self, z: &mut [f64], wanted: f64) -> f64 {
        match self {
            Ending::Softmax => {
                let y = wanted as usize;
                let own = z[y];
                let loss = normalise(z) - own;
                z[y] -= 1.0;
                loss
            }
            Ending::Logistic => {
                let (score, fading) = (z[0], libm::exp(-z[0].abs()));
                z[0] = if score < 0.0 { fading } else { 1.0 } / (1.0 + fading) - wanted;
                // ln(1 + e^z) = max(z, 0) + ln(1 + e^−|z|); written so that NaN is kept.
                (if score < 0.0 { 0.0 } else { score }) + libm::log1p(fading) - wanted * score
            }
            Ending::Squares => {
                z[0] -= wanted;
                0.5 * z[0] * z[0]
            }
        }
    }
}

/// The dot product, summed in eight strands.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut strands = [0.0; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        for (strand, (a, b)) in strands.iter_mut().zip(a.iter().zip(b)) {
            *strand += a * b;
        }
    }
    strands.iter().sum::<f64>() + rest
}

/// Replaces scores by their softmax and returns the logarithm of the sum, stably.
fn normalise(scores: &mut [f64]) -> f64 {
    let top = scores.iter().fold(f64::NEG_INFINITY, |m: f64, s| m.max(*s));
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = libm::exp(*s - top);
        sum += *s;
    }
    for s in scores.iter_mut() {
        *s /= sum;
    }
    top + libm::log(sum)
}
