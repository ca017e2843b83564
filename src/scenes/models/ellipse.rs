//! The ellipse of a Gaussian law in the plane.

/// Corners of the polygon that is drawn.
const CORNERS: u32 = 96;

/// Points of the curve `radius` standard deviations from the mean, of a covariance xx, xy, yy.
pub fn ellipse(mean: [f64; 2], [xx, xy, yy]: [f64; 3], radius: f64) -> Vec<[f64; 2]> {
    // The factor of Cholesky of the covariance.
    let side = xx.max(0.0).sqrt();
    let slant = if side > 0.0 { xy / side } else { 0.0 };
    let rest = (yy - slant * slant).max(0.0).sqrt();
    let turn = |i: u32| (std::f64::consts::TAU * f64::from(i) / f64::from(CORNERS)).sin_cos();
    let point = |(sin, cos): (f64, f64)| [mean[0] + radius * side * cos, mean[1] + radius * (slant * cos + rest * sin)];
    (0..=CORNERS).map(turn).map(point).collect()
}
