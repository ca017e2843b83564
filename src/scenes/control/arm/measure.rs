//! What a control engineer reads off a recorded step response.

/// Overshoot, rise and settling of a response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// How far it passes the set point, as a share of the step.
    pub overshoot: f64,
    /// From 10 % to 90 % of the way, in rows.
    pub rise: Option<f64>,
    /// From where on it stays within 2 %, in rows; `None` if it has not for a tenth of the record.
    pub settling: Option<f64>,
}

/// Reads a response of `x` from 0 to `r`; linear between rows. `None` without a step.
pub fn step(x: &[f64], r: f64) -> Option<Step> {
    if r == 0.0 || x.len() < 3 || x.iter().any(|x| !x.is_finite()) {
        return None;
    }
    let way = |i: usize| x[i] / r;
    let reached = |level: f64| {
        let i = (1..x.len()).find(|i| way(*i) >= level)?;
        Some((i - 1) as f64 + (level - way(i - 1)) / (way(i) - way(i - 1)))
    };
    let far = (0..x.len()).map(way).fold(0.0, f64::max);
    let last = (0..x.len()).rev().find(|i| (way(*i) - 1.0).abs() > 0.02);
    let settles = |i: usize| {
        let [before, after] = [i, i + 1].map(|i| (way(i) - 1.0).abs());
        (x.len() - i > x.len() / 10).then(|| i as f64 + (before - 0.02) / (before - after))
    };
    Some(Step {
        overshoot: (far - 1.0).max(0.0),
        rise: reached(0.9).zip(reached(0.1)).map(|(high, low)| high - low),
        settling: last.filter(|i| i + 1 < x.len()).and_then(settles),
    })
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn a_response_is_read_between_its_rows() {
        let x = [0.0, 0.5, 1.0, 1.5, 1.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        let read = step(&x, 1.0).unwrap();
        assert_eq!(read.overshoot, 0.5);
        assert!((read.rise.unwrap() - 1.6).abs() < 1e-12 && (read.settling.unwrap() - 4.8).abs() < 1e-12);
        let mirrored: Vec<f64> = x.iter().map(|x| -2.0 * x).collect();
        assert_eq!(step(&mirrored, -2.0), Some(read));
        assert_eq!([step(&x, 0.0), step(&[0.0, f64::NAN, 1.0], 1.0)], [None, None]);
        assert_eq!(step(&x[..5], 1.0).unwrap().settling, None);
    }
}
