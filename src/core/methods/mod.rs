//! The methods of the book, by subject. Every constructor takes the method's own coefficients;
//! none of them knows a conversion (that is `theory`'s).
//!
//! | file | what lives there |
//! | --- | --- |
//! | `momentum` | gradient descent, heavy ball, Nesterov and QHM as words over [`Move`]s |
//! | `sgd` | heavy ball with schedule, weight decay and dampening, as libraries have it |
//! | `adam`, `scaled` | methods that divide by the size of past gradients |
//! | `lazy` | methods that leave alone what no gradient came for |
//! | `restart` | a method interrupted and taken up again |
//! | `schedule`, `decay` | how a rate changes, how parameters shrink |
//! | `mechanics` | springs: the semi-implicit Eulers, explicit Euler, leapfrog |
//! | `samplers`, `hmc` | Langevin samplers and Hamiltonian Monte Carlo |
//! | `baths`, `books` | noise of any covariance, and what it leaves behind: entropy, area, currents |
//! | `games` | two players on one function |
//! | `chase` | heavy ball after a minimum that moves |
//! | `toys` | a lagged statistic, federated averaging |
//!
//! A method that is a word over the moves is a function that returns a
//! [`Splitting`]; anything else is its own [`Stepper`](super::Stepper).

mod adam;
mod baths;
mod books;
mod chase;
mod decay;
mod games;
mod hmc;
mod lazy;
mod mechanics;
mod momentum;
mod restart;
mod samplers;
mod scaled;
mod schedule;
mod sgd;
mod toys;

pub use adam::{Adam, NAdam};
pub use baths::{BathedFlow, BathedMass};
pub use books::{Books, Plane};
pub use chase::{Chase, Cosine, Target};
pub use decay::Decay;
pub use games::{Extragradient, GameMomentum, Optimistic, Order, ProximalPoint};
pub use hmc::Hmc;
pub use lazy::{Idle, SparseAdam, SparseMomentum};
pub use mechanics::{Friction, explicit_euler, leapfrog, spring};
pub use momentum::{Convention, gradient_descent, heavy_ball, nesterov, nesterov_look_ahead, qhm};
pub use restart::{Kept, Restarted};
pub(super) use samplers::ornstein_uhlenbeck;
pub use samplers::{
    LeimkuhlerMatthews, baoab, euler_maruyama, hb_ou, obabo, sghmc, sghmc_corrected, sghmc_drift_kick, symplectic_em,
    ula,
};
pub use scaled::{AdaDelta, AdaGrad, RmsProp};
pub use schedule::Schedule;
pub use sgd::Momentum;
pub use toys::{FedAvg, LaggedStatistic, Participation};

use super::{Move, Splitting};

/// A noiseless [`Move::Damp`].
const fn keep(keep: f64) -> Move {
    Move::Damp { keep, noise: 0.0 }
}

/// A word that counts iterations.
fn iterations(moves: Vec<Move>) -> Splitting {
    Splitting { dt: 1.0, moves }
}
