//! Values between the nodes, and in the cells, of a regular grid.

use super::{Contours, HeatMap, Scale};

/// The bilinear value of a column of `nx` nodes per row at a place counted in nodes; `None` outside.
pub(super) fn bilinear(column: &[f64], nx: usize, [gx, gy]: [f64; 2]) -> Option<f64> {
    let ny = column.len().checked_div(nx)?;
    let inside = |g: f64, n: usize| n > 1 && g >= 0.0 && g <= (n - 1) as f64;
    if !(inside(gx, nx) && inside(gy, ny)) {
        return None;
    }
    let (ix, iy) = ((gx as usize).min(nx - 2), (gy as usize).min(ny - 2));
    let (sx, sy) = (gx - ix as f64, gy - iy as f64);
    let at = |dx: usize, dy: usize| column[(iy + dy) * nx + ix + dx];
    Some((1.0 - sy) * ((1.0 - sx) * at(0, 0) + sx * at(1, 0)) + sy * ((1.0 - sx) * at(0, 1) + sx * at(1, 1)))
}

/// Where a value lies between two ends, as a share.
fn share(range: [f64; 2], value: f64) -> f64 {
    (value - range[0]) / (range[1] - range[0])
}

impl Contours<'_> {
    /// The field at a point in data units, between the nodes; `None` outside and in gaps.
    pub fn value(&self, [x, y]: [f64; 2]) -> Option<f64> {
        let ny = self.values.len().checked_div(self.nx)?;
        let node = |range, value, n: usize| share(range, value) * n.saturating_sub(1) as f64;
        let found = bilinear(&self.values, self.nx, [node(self.x, x, self.nx), node(self.y, y, ny)]);
        found.filter(|v| v.is_finite())
    }
}

/// The value a share of the way between two ends, as an axis of this scale is drawn; NaN where it
/// cannot show the ends.
pub fn along(range: [f64; 2], scale: Scale, share: f64) -> f64 {
    match range.map(|v| scale.forward(v)) {
        _ if share == 0.0 => range[0],
        _ if share == 1.0 => range[1],
        [Some(low), Some(high)] => scale.back(low * (1.0 - share) + high * share),
        _ => f64::NAN,
    }
}

impl HeatMap<'_> {
    /// The value of the cell that holds a point in data units on axes of these scales; `None` outside
    /// and in blank cells.
    pub fn value(&self, [x, y]: [f64; 2], scales: [Scale; 2]) -> Option<f64> {
        let ny = self.values.len().checked_div(self.nx)?;
        let cell = |range: [f64; 2], at: f64, scale: Scale, n: usize| {
            let share = share([scale.forward(range[0])?, scale.forward(range[1])?], scale.forward(at)?);
            (0.0..1.0).contains(&share).then_some((share * n as f64) as usize)
        };
        let (ix, iy) = (cell(self.x, x, scales[0], self.nx)?, cell(self.y, y, scales[1], ny)?);
        self.values.get(iy * self.nx + ix).copied().filter(|v| v.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::bilinear;

    #[test]
    fn a_plane_is_met_everywhere_and_nothing_beyond() {
        let plane: Vec<f64> = (0..12).map(|k| f64::from(k % 4) + 10.0 * f64::from(k / 4)).collect();
        for at in [[0.0, 0.0], [1.25, 0.5], [3.0, 2.0], [2.9, 1.99]] {
            assert!((bilinear(&plane, 4, at).unwrap() - at[0] - 10.0 * at[1]).abs() < 1e-12, "{at:?}");
        }
        for at in [[-0.01, 0.0], [3.01, 0.0], [0.0, 2.01], [f64::NAN, 0.0]] {
            assert_eq!(bilinear(&plane, 4, at), None, "{at:?}");
        }
        for nx in [0, 1, 12, 99] {
            assert_eq!(bilinear(&plane, nx, [0.0, 0.0]), None, "{nx}");
        }
    }
}
