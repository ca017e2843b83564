//! Whether numbers are standard normal, asked of any count of them in constant memory.

/// Bins of equal probability.
const BINS: usize = 1 << 12;

/// Sizes beyond which tails are counted.
const TAILS: [f64; 3] = [3.0, 4.0, 5.0];

/// Sums of powers, a histogram over bins of equal probability, and counts in the tails.
pub struct Sample {
    count: f64,
    powers: [f64; 6],
    edges: Vec<f64>,
    bins: Vec<f64>,
    tails: [f64; 3],
}

impl Default for Sample {
    fn default() -> Self {
        let edges = (1..BINS).map(|i| quantile(i as f64 / BINS as f64)).collect();
        Sample { count: 0.0, powers: [0.0; 6], edges, bins: vec![0.0; BINS], tails: [0.0; 3] }
    }
}

impl Sample {
    /// Counts one number in.
    pub fn take(&mut self, x: f64) {
        self.count += 1.0;
        let mut power = 1.0;
        for sum in &mut self.powers {
            power *= x;
            *sum += power;
        }
        self.bins[self.edges.partition_point(|edge| *edge < x)] += 1.0;
        for (tail, edge) in self.tails.iter_mut().zip(TAILS) {
            *tail += f64::from(u8::from(x.abs() > edge));
        }
    }

    /// Everything that is not as it should be. Each bound is passed by a right generator with
    /// probability 0.9999 or more: 4 standard errors, and the quantiles of the limiting laws.
    pub fn faults(&self) -> Vec<String> {
        let (n, mut faults) = (self.count, Vec::new());
        let mut hold = |what: String, value: f64, bound: f64| {
            if !(value.abs() <= bound) {
                faults.push(format!("{what}: {value:.3}, bound {bound}"));
            }
        };
        // Means and variances of x, x², …, x⁶.
        let moments = [(0.0, 1.0), (1.0, 2.0), (0.0, 15.0), (3.0, 96.0), (0.0, 945.0), (15.0, 10_170.0)];
        for (p, (sum, (mean, variance))) in self.powers.iter().zip(moments).enumerate() {
            hold(format!("moment {}", p + 1), (sum / n - mean) / f64::sqrt(variance / n), 4.0);
        }
        for (tail, edge) in self.tails.iter().zip(TAILS) {
            let want = 2.0 * n * upper(edge);
            hold(format!("beyond {edge}"), (tail - want) / want.max(1.0).sqrt(), 4.5);
        }
        let (mut below, mut farthest, mut anderson) = (0.0, 0.0f64, 0.0);
        for (i, bin) in self.bins.iter().enumerate().take(BINS - 1) {
            below += bin;
            let share = (i + 1) as f64 / BINS as f64;
            let off = below / n - share;
            farthest = farthest.max(off.abs());
            anderson += off * off / (share * (1.0 - share));
        }
        hold("Kolmogorov–Smirnov D √n".into(), farthest * n.sqrt(), 2.23);
        hold("Anderson–Darling A²".into(), anderson * n / BINS as f64, 8.0);
        faults
    }
}

/// 1 − Φ(x).
fn upper(x: f64) -> f64 {
    0.5 * libm::erfc(x / std::f64::consts::SQRT_2)
}

/// The number below which the share `p` lies, by bisection.
fn quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if 1.0 - upper(middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}
