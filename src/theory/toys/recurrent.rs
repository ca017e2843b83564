//! A linear recurrence trained through time: `h_T = w^T h_0`, `L = (h_T - y)²/2`.

use crate::theory::regime::stability_wall;

/// The scalar recurrent model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScalarRnn {
    /// Initial state (1).
    pub h0: f64,
    /// Target (1).
    pub y: f64,
    /// Sequence length (steps).
    pub length: u32,
}

impl ScalarRnn {
    /// `w^(T - back) h_0`, with the convention that a missing power contributes nothing.
    fn state(&self, w: f64, back: u32) -> f64 {
        if back > self.length { 0.0 } else { w.powf(f64::from(self.length - back)) * self.h0 }
    }

    /// Loss `(h_T - y)²/2`.
    pub fn loss(&self, w: f64) -> f64 {
        0.5 * (self.state(w, 0) - self.y).powi(2)
    }

    /// Gradient `(h_T - y) T w^(T-1) h_0`.
    pub fn gradient(&self, w: f64) -> f64 {
        (self.state(w, 0) - self.y) * f64::from(self.length) * self.state(w, 1)
    }

    /// Curvature `T² w^(2T-2) h_0² + (h_T - y) T (T - 1) w^(T-2) h_0`.
    pub fn curvature(&self, w: f64) -> f64 {
        let t = f64::from(self.length);
        (t * self.state(w, 1)).powi(2) + (self.state(w, 0) - self.y) * t * (t - 1.0) * self.state(w, 2)
    }

    /// The positive weight that hits the target, `(y/h_0)^(1/T)`; NaN if there is none.
    pub fn solution(&self) -> f64 {
        (self.y / self.h0).powf(1.0 / f64::from(self.length))
    }

    /// Curvature at the solution, `T² w*^(2T-2) h_0²`.
    pub fn sharpness(&self) -> f64 {
        (f64::from(self.length) * self.state(self.solution(), 1)).powi(2)
    }

    /// Largest stable learning rate at the solution, `2 (1 + beta)/sharpness`.
    pub fn rate_limit(&self, beta: f64) -> f64 {
        stability_wall(beta) / self.sharpness()
    }

    /// What the loss sees of the state `back` steps before its end, `dL/dh_(T-back) = (h_T - y) w^back`.
    pub fn signal(&self, w: f64, back: u32) -> f64 {
        (self.state(w, 0) - self.y) * w.powf(f64::from(back))
    }

    /// Share of the gradient left when it goes back through `back` steps only, `min(back, T)/T` (1).
    ///
    /// The sum over the sequence has `T` equal terms `(h_T - y) w^(T-1) h_0`, because what a state has
    /// gained going forward its signal has lost coming back. Truncation is a smaller step here, no more.
    pub fn truncated_share(&self, back: u32) -> f64 {
        f64::from(back.min(self.length)) / f64::from(self.length)
    }
}

/// Norm of the `n`-step Jacobian of a rotation scaled by `r`: `r^n` (1).
pub fn rotation_norm(r: f64, n: u32) -> f64 {
    r.abs().powf(f64::from(n))
}

/// 2-norm of the `n`-th power of the Jordan block `[[r, g], [0, r]]` (1): grows first, then decays like `r^n`.
pub fn jordan_norm(r: f64, g: f64, n: u32) -> f64 {
    let count = f64::from(n);
    let (diagonal, corner) = (r.abs().powf(count), count * r.abs().powf(count - 1.0) * g);
    // Singular values s and d²/s of [[d, e], [0, d]]: s - d²/s = |e|.
    let corner = if n == 0 { 0.0 } else { corner };
    0.5 * (corner.abs() + corner.hypot(2.0 * diagonal))
}

/// Largest such norm for `1..=n` and where it occurs: `(norm, step)`; `None` for `n = 0`.
pub fn jordan_peak(r: f64, g: f64, n: u32) -> Option<(f64, u32)> {
    (1..=n).map(|step| (jordan_norm(r, g, step), step)).max_by(|a, b| a.0.total_cmp(&b.0))
}
