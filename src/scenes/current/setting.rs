//! What the values mean: forces and baths as matrices, and what theory says of them.

use nalgebra::{DMatrix, Matrix2};

use crate::core::methods::{Books, Plane};
use crate::param::Values;
use crate::scenes::models::landscape::Window;
use crate::theory::linear_sde::{even_state, inertial_entropy_production};
use crate::theory::sampled_diffusion::{Loops, SampledDiffusion, SampledTrap, euler_entropy_production};

/// Boxes along each side of the grid that counts the current.
const CELLS: usize = 12;
/// Half width of the grid in standard deviations.
const REACH: f64 = 3.0;
/// Shortest side of the grid of two coordinates, as a share of the other.
const SHORTEST: f64 = 0.65;

/// Which machine, and what drives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// A mass on a spring in one bath, in the plane of position and velocity.
    Inertia,
    /// One bath and a force that drives around the bowl.
    Swirl,
    /// A bath of its own along x and along y, coupled by a turned bowl.
    Baths,
    /// Gradient noise with axes of its own, no momentum.
    Gradient,
    /// Gradient noise with axes of its own, with momentum.
    Momentum,
    /// One bath and a bowl.
    Matched,
}

impl Case {
    /// The case chosen in `values`.
    pub fn of(values: &Values) -> Case {
        match values.index("case") {
            0 => Case::Inertia,
            1 => Case::Swirl,
            2 => Case::Baths,
            3 => Case::Gradient,
            4 => Case::Momentum,
            _ => Case::Matched,
        }
    }

    /// Whether it has velocities.
    pub fn has_mass(self) -> bool {
        matches!(self, Case::Inertia | Case::Momentum)
    }
}

/// The values of a run.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Which machine.
    pub case: Case,
    /// Curvatures (N/m).
    pub k: [f64; 2],
    /// Turn of the bowl, radians.
    pub bowl: f64,
    /// Turn of the axes of the noise, radians.
    pub turn: f64,
    /// Swirl (N/m).
    pub kappa: f64,
    /// Temperatures along the axes of the noise (J).
    pub t: [f64; 2],
    /// Friction (N s/m).
    pub c: f64,
    /// Mass (kg).
    pub m: f64,
    /// Length of a step (s).
    pub h: f64,
}

fn rotated([a, b]: [f64; 2], angle: f64) -> DMatrix<f64> {
    let (s, c) = (libm::sin(angle), libm::cos(angle));
    let off = (a - b) * s * c;
    DMatrix::from_row_slice(2, 2, &[a * c * c + b * s * s, off, off, a * s * s + b * c * c])
}

impl Setting {
    /// Reads the values.
    pub fn of(values: &Values) -> Setting {
        let case = Case::of(values);
        let get = |id: &str| values.get(id);
        let angle = get("angle").to_radians();
        let two = matches!(case, Case::Baths | Case::Gradient | Case::Momentum);
        Setting {
            case,
            k: [get("k1"), get("k2")],
            bowl: if case == Case::Baths { angle } else { 0.0 },
            turn: if matches!(case, Case::Gradient | Case::Momentum) { angle } else { 0.0 },
            kappa: if case == Case::Swirl { get("kappa") } else { 0.0 },
            t: [get("t1"), if two { get("t2") } else { get("t1") }],
            c: get("c"),
            m: get("m"),
            h: get("h"),
        }
    }

    /// Coordinates of a particle.
    pub fn dim(&self) -> usize {
        if self.case == Case::Inertia { 1 } else { 2 }
    }

    /// The plane that is looked at.
    pub fn plane(&self) -> Plane {
        if self.case == Case::Inertia { Plane::Phase } else { Plane::Positions }
    }

    /// The force is `−K q`.
    pub fn stiffness(&self) -> DMatrix<f64> {
        if self.dim() == 1 {
            return DMatrix::from_element(1, 1, self.k[0]);
        }
        rotated(self.k, self.bowl) + DMatrix::from_row_slice(2, 2, &[0.0, self.kappa, -self.kappa, 0.0])
    }

    /// The temperature of the noise as a matrix, whose axes are those of the noise.
    pub fn temperature(&self) -> DMatrix<f64> {
        if self.dim() == 1 { DMatrix::from_element(1, 1, self.t[0]) } else { rotated(self.t, self.turn) }
    }

    /// Largest entry of `K Θ − Θ K`, which vanishes for a noise that fits the bowl.
    pub fn commutator(&self) -> f64 {
        let (k, t) = (self.stiffness(), self.temperature());
        (&k * &t - &t * &k).amax()
    }

    /// Drift matrix A and diffusion matrix D of `dz = A z dt + √(2D) dW`, of positions and velocities
    /// where there is a mass.
    pub fn motion(&self) -> [DMatrix<f64>; 2] {
        let (k, t, d) = (self.stiffness(), self.temperature(), self.dim());
        if !self.case.has_mass() {
            return [k / -self.c, t / self.c];
        }
        let (mut drift, mut diffusion) = (DMatrix::zeros(2 * d, 2 * d), DMatrix::zeros(2 * d, 2 * d));
        drift.view_mut((0, d), (d, d)).fill_with_identity();
        drift.view_mut((d, 0), (d, d)).copy_from(&(k / -self.m));
        drift.view_mut((d, d), (d, d)).copy_from(&(DMatrix::identity(d, d) * (-self.c / self.m)));
        diffusion.view_mut((d, d), (d, d)).copy_from(&(t * (self.c / (self.m * self.m))));
        [drift, diffusion]
    }

    /// The drift in the plane, if the plane is the whole state.
    pub fn drift(&self) -> Option<Matrix2<f64>> {
        let [a, _] = self.motion();
        (a.nrows() == 2).then(|| Matrix2::from_iterator(a.iter().copied()))
    }

    fn trap(&self) -> SampledTrap {
        SampledTrap { k: self.stiffness(), bath: self.temperature() / self.m, m: self.m, c: self.c, h: self.h }
    }

    /// The stationary law of the scheme; `None` if there is none.
    pub fn law(&self) -> Option<SampledDiffusion> {
        if self.case.has_mass() {
            return self.trap().sampled();
        }
        let [a, d] = self.motion();
        SampledDiffusion::euler(&a, &d, self.h)
    }

    /// The current of the scheme.
    pub fn loops(&self) -> Option<Loops> {
        self.law()?.loops([0, 1])
    }

    /// The current for a step of no length.
    pub fn continuous(&self) -> Option<Loops> {
        let [a, d] = self.motion();
        Loops::continuous(&a, &d, [0, 1])
    }

    /// Entropy production of the scheme (1/s, in units of Boltzmann's constant).
    pub fn entropy(&self) -> Option<f64> {
        if self.case.has_mass() {
            return self.trap().entropy_production();
        }
        let [a, d] = self.motion();
        euler_entropy_production(&a, &d, self.h)
    }

    /// Entropy production for a step of no length (1/s, in units of Boltzmann's constant).
    pub fn continuous_entropy(&self) -> Option<f64> {
        let [a, d] = self.motion();
        if self.case.has_mass() {
            let velocity = self.temperature() * (self.c / (self.m * self.m));
            return inertial_entropy_production(&self.stiffness(), &velocity, self.m, self.c);
        }
        Some(even_state(&a, &d)?.entropy_production)
    }

    /// Covariance of the scheme in the plane, xx, xy, yy.
    pub fn covariance(&self) -> Option<[f64; 3]> {
        let s = self.law()?.covariance;
        Some([s[(0, 0)], s[(0, 1)], s[(1, 1)]])
    }

    /// The part of the plane that is counted and shown: three standard deviations either way, and of two
    /// coordinates no side much shorter than the other.
    pub fn window(&self) -> Window {
        let [xx, _, yy] = self.covariance().unwrap_or([1.0, 0.0, 1.0]);
        let reach = [xx, yy].map(|v| REACH * v.max(1e-12).sqrt());
        let least = if self.plane() == Plane::Positions { SHORTEST * reach[0].max(reach[1]) } else { 0.0 };
        let [x, y] = reach.map(|r| [-r.max(least), r.max(least)]);
        Window { x, y }
    }

    /// The books a step keeps.
    pub fn books(&self) -> Books {
        let Window { x, y } = self.window();
        Books { plane: self.plane(), x, y, cells: CELLS }
    }
}
