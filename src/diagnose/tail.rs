//! How far out a likelihood ends that falls off slowly.

use super::white::student;

/// By how much −2 ln L rises where a law (1 + s²/ν)^(−power/2) leaves 5 %: outside of an interval, and of the region of two
/// parameters.
pub fn levels(power: f64, left: f64) -> [f64; 2] {
    [power * (1.0 + student(left).powi(2) / left).ln(), power * 2.0 / left * 20f64.ln()]
}

/// How far out the borders lie where the likelihood falls off like Student's t of fewer degrees of freedom than rows
/// are left: so it does where little is known of the share of the noises.
pub struct Tail {
    /// By what both borders are to be moved out.
    pub out: [f64; 2],
    /// How much −2 ln L rises to the first of them then.
    pub level: f64,
}

impl Tail {
    /// From the borders at two levels: −2 ln L = a ln (1 + b s²) holds at both for ν = a − 2 degrees of freedom.
    pub fn of(best: &[f64], borders: [&[Vec<f64>]; 2], levels: [f64; 2]) -> Tail {
        let away = |at: &[f64]| best.iter().zip(at).map(|(b, a)| (a - b).powi(2)).sum::<f64>();
        let pairs = borders[0].iter().zip(borders[1]);
        let mut ratios: Vec<f64> = pairs.map(|(near, far)| away(far) / away(near)).filter(|r| r.is_finite()).collect();
        ratios.sort_by(f64::total_cmp);
        let ratio = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0);
        let wanted = levels[1] / levels[0];
        // ln(1 + r x)/ln(1 + x) falls from r to 1.
        let (mut low, mut high) = (1e-4f64, 1e3f64);
        for _ in 0..50 {
            let x = (low * high).sqrt();
            if (1.0 + ratio * x).ln() / (1.0 + x).ln() > wanted { low = x } else { high = x }
        }
        let a = levels[0] / low.ln_1p();
        let degrees = (a - 2.0).max(FEWEST);
        let [level, joint] = self::levels(degrees + 2.0, degrees);
        let x = |level: f64| (level / (degrees + 2.0)).exp_m1();
        let out = [x(level) / low, x(joint) / (ratio * low)].map(|x| x.sqrt().max(1.0));
        Tail { out, level: level.max(levels[0]) }
    }
}

/// Degrees of freedom a likelihood is taken to have at least.
const FEWEST: f64 = 3.0;
