//! Toy dynamics of training: a statistic that lags behind, and clients who train by themselves.

use super::super::{Field, State, Stepper};

/// Heavy ball whose force sees q less a lagging average of itself, as a centring layer does:
///
/// ```text
/// v ← βv + ηf(q − κs)        s ← ρs + (1 − ρ) q (the old q)        q ← q + v
/// ```
///
/// Slot 0 holds s, slot 1 is scratch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaggedStatistic {
    /// Step η.
    pub eta: f64,
    /// Momentum β.
    pub beta: f64,
    /// Memory ρ of the statistic.
    pub rho: f64,
    /// How much of the statistic is taken off, κ.
    pub kappa: f64,
}

impl Stepper for LaggedStatistic {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        2
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.slots[1].copy_from_slice(&s.q);
        for i in 0..s.q.len() {
            s.q[i] -= self.kappa * s.slots[0][i];
        }
        s.evaluate(field);
        for i in 0..s.q.len() {
            let q = s.slots[1][i];
            s.v[i] = self.beta * s.v[i] + self.eta * s.f[i];
            s.slots[0][i] = self.rho * s.slots[0][i] + (1.0 - self.rho) * q;
            s.q[i] = q + s.v[i];
        }
    }
}

/// Who takes part in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Participation {
    /// Every client, every round.
    All,
    /// The listed clients, one list per round, from the first again after the last. An empty round
    /// moves nothing but the momentum.
    Listed(Vec<Vec<usize>>),
    /// So many clients, drawn anew without replacement for every round and particle.
    Sampled(usize),
}

/// Federated averaging with server momentum (FedAvgM: Hsu, Qi and Brown 2019) over clients with the
/// losses fᵢ = ½ aᵢ (q − bᵢ)²:
///
/// ```text
/// every participant makes E steps of gradient descent with rate η_l from q, ending at qᵢ
/// Δ = mean(q − qᵢ)        v ← βv − Δ        q ← q + η_s v
/// ```
///
/// (v points downhill; the paper's is −v.) The clients bring their own forces, so the field is not
/// looked at; every coordinate is a problem of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct FedAvg {
    /// Curvatures aᵢ and targets bᵢ of the clients.
    pub clients: Vec<[f64; 2]>,
    /// Local steps E.
    pub local_steps: u32,
    /// Local rate η_l.
    pub eta_local: f64,
    /// Server rate η_s.
    pub eta_server: f64,
    /// Server momentum β.
    pub beta: f64,
    /// Who takes part.
    pub participation: Participation,
}

impl FedAvg {
    /// How far client `i` goes from `q`: q − qᵢ.
    fn drift(&self, i: usize, q: f64) -> f64 {
        let Some([a, b]) = self.clients.get(i) else { return 0.0 };
        let mut x = q;
        for _ in 0..self.local_steps {
            x -= self.eta_local * a * (x - b);
        }
        q - x
    }

    /// Shows `each` who takes part for cell `cell` of the state, and says how many do.
    fn participants(&self, s: &State, cell: usize, mut each: impl FnMut(usize)) -> usize {
        let count = self.clients.len();
        match &self.participation {
            Participation::All => {
                (0..count).for_each(each);
                count
            }
            Participation::Listed(rounds) => {
                let round = rounds.get((s.step % rounds.len().max(1) as u64) as usize);
                round.map_or(0, |round| {
                    round.iter().for_each(|i| each(*i));
                    round.len()
                })
            }
            Participation::Sampled(wanted) => {
                let wanted = (*wanted).min(count);
                let mut left = wanted;
                // Selection sampling: client i is taken with probability (still wanted)/(still there).
                for i in 0..count {
                    if left == 0 {
                        break;
                    }
                    let u = s.noise.uniform(cell % s.n(), s.step, i as u32);
                    if u * ((count - i) as f64) < left as f64 {
                        left -= 1;
                        each(i);
                    }
                }
                wanted
            }
        }
    }

    /// Who takes part in the round that starts from `s`, for the first particle.
    pub fn taking_part(&self, s: &State) -> Vec<usize> {
        let mut out = Vec::new();
        self.participants(s, 0, |i| out.push(i));
        out
    }

    /// The mean drift of this round's participants for cell `cell` of the state.
    fn mean_drift(&self, s: &State, cell: usize) -> f64 {
        let (q, mut sum) = (s.q[cell], 0.0);
        let count = self.participants(s, cell, |i| sum += self.drift(i, q));
        if count == 0 { 0.0 } else { sum / count as f64 }
    }
}

impl Stepper for FedAvg {
    fn dt(&self) -> f64 {
        1.0
    }

    fn step(&self, _: &dyn Field, s: &mut State) {
        for i in 0..s.q.len() {
            s.v[i] = self.beta * s.v[i] - self.mean_drift(s, i);
            s.q[i] += self.eta_server * s.v[i];
        }
    }
}
