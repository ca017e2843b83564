//! An adaptive Runge–Kutta method of order 5: the reference the others are measured against.

use super::{At, Field, State, Stepper};

/// Stage times.
const C: [f64; 7] = [0.0, 0.2, 0.3, 0.8, 8.0 / 9.0, 1.0, 1.0];

/// Stage weights; the last row is the solution of order 5.
const A: [[f64; 6]; 7] = [
    [0.0; 6],
    [0.2, 0.0, 0.0, 0.0, 0.0, 0.0],
    [3.0 / 40.0, 9.0 / 40.0, 0.0, 0.0, 0.0, 0.0],
    [44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0.0, 0.0, 0.0],
    [19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0, 0.0, 0.0],
    [9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0, 0.0],
    [35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0],
];

/// Order 5 minus order 4.
const E: [f64; 7] =
    [71.0 / 57600.0, 0.0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339_200.0, 22.0 / 525.0, -1.0 / 40.0];

/// Slots of the start (q, v); those of the seven slopes (q̇, v̇) come after.
const START: usize = 14;

/// The method of Dormand and Prince (1980), order 5(4), for `m v̇ = F(t, q, v) − c v`, `q̇ = v`, or
/// for a flow `q̇ = F(t, q)`.
///
/// One step advances by exactly `dt`, in as many substeps as keep the estimated error of every
/// coordinate below `absolute + relative·size`; all particles share their substeps. A step that
/// cannot be made within [`DormandPrince::most`] substeps ends in NaN, so that the lane stops
/// instead of going on with a result it was not asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DormandPrince {
    /// Step length.
    pub dt: f64,
    /// Mass m.
    pub mass: f64,
    /// Viscous friction c.
    pub friction: f64,
    /// Error allowed per substep as a share of a coordinate's size.
    pub relative: f64,
    /// Error allowed per substep besides.
    pub absolute: f64,
    /// Most substeps, refused ones included, in one step.
    pub most: usize,
    /// Whether the field is the velocity itself; mass, friction and velocities then play no part.
    pub flow: bool,
}

impl DormandPrince {
    /// The method with tolerances of 10⁻¹⁰.
    pub fn new(mass: f64, friction: f64, dt: f64) -> Self {
        DormandPrince { dt, mass, friction, relative: 1e-10, absolute: 1e-10, most: 20_000, flow: false }
    }

    /// The method for a flow, with tolerances of 10⁻¹⁰.
    pub fn flow(dt: f64) -> Self {
        DormandPrince { flow: true, ..DormandPrince::new(1.0, 0.0, dt) }
    }

    /// Slopes (q̇, v̇) at the present q, v into slots 2·stage and 2·stage + 1.
    fn slope(&self, field: &dyn Field, s: &mut State, stage: usize, t: f64) {
        field.force(At { t, n: s.n(), q: &s.q, v: &s.v }, &mut s.f);
        s.stats.evaluations += 1;
        for i in 0..s.q.len() {
            let newton = [s.v[i], (s.f[i] - self.friction * s.v[i]) / self.mass];
            let [q, v] = if self.flow { [s.f[i], 0.0] } else { newton };
            (s.slots[2 * stage][i], s.slots[2 * stage + 1][i]) = (q, v);
        }
    }

    /// Tries a substep of length h from the start; q and v become its end. Returns the largest
    /// error as a share of what is allowed.
    fn attempt(&self, field: &dyn Field, s: &mut State, t: f64, h: f64) -> f64 {
        for stage in 1..7 {
            for i in 0..s.q.len() {
                let (mut q, mut v) = (0.0, 0.0);
                for (j, a) in A[stage][..stage].iter().enumerate() {
                    q += a * s.slots[2 * j][i];
                    v += a * s.slots[2 * j + 1][i];
                }
                s.q[i] = s.slots[START][i] + h * q;
                s.v[i] = s.slots[START + 1][i] + h * v;
            }
            self.slope(field, s, stage, t + C[stage] * h);
        }
        let mut worst: f64 = 0.0;
        for i in 0..s.q.len() {
            for (odd, now) in [s.q[i], s.v[i]].into_iter().enumerate() {
                let error: f64 = E.iter().enumerate().map(|(j, e)| e * s.slots[2 * j + odd][i]).sum();
                let size = now.abs().max(s.slots[START + odd][i].abs());
                let share = (h * error).abs() / (self.absolute + self.relative * size);
                // NaN is the worst of all and stays it.
                if !(share <= worst || worst.is_nan()) {
                    worst = share;
                }
            }
        }
        worst
    }

    fn keep_start(s: &mut State) {
        s.slots[START].copy_from_slice(&s.q);
        s.slots[START + 1].copy_from_slice(&s.v);
    }
}

impl Stepper for DormandPrince {
    fn dt(&self) -> f64 {
        self.dt
    }

    fn slots(&self) -> usize {
        START + 2
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        let (mut done, mut h) = (0.0, self.dt);
        Self::keep_start(s);
        self.slope(field, s, 0, s.t);
        for _ in 0..self.most {
            let last = !((done + h - self.dt).abs() > 1e-12 * self.dt.abs());
            let error = self.attempt(field, s, s.t + done, h);
            let refused = !(error <= 1.0);
            if !refused {
                if last {
                    return;
                }
                done += h;
                Self::keep_start(s);
                // The last slope of a substep is the first of the next.
                for odd in 0..2 {
                    s.slots.swap(odd, 12 + odd);
                }
            }
            let grow = if error.is_finite() { 0.9 * libm::pow(error.max(1e-10), -0.2) } else { 0.1 };
            h *= grow.clamp(0.1, if refused { 1.0 } else { 5.0 });
            if !(h.abs() > 1e-14 * self.dt.abs()) {
                break;
            }
            if (done + h).abs() > self.dt.abs() {
                h = self.dt - done;
            }
        }
        s.q.fill(f64::NAN);
        s.v.fill(f64::NAN);
    }
}
