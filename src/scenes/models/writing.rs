//! One update of the heavy ball as its storage convention writes it.

use super::inspector::{Term, Update};
use crate::figure::{Ink, Weight};

/// How a storage convention writes v ← keep·v + gain·f, q ← q + drift·v, and what the terms of the
/// displacement are called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Writing {
    gain: f64,
    drift: f64,
    keep: f64,
    symbols: [&'static str; 3],
}

/// A term of an update.
pub fn term(symbol: &str, parts: Vec<f64>, ink: Ink, weight: Weight) -> Term {
    Term { symbol: symbol.to_owned(), parts, ink, weight }
}

impl Writing {
    /// The convention of this number: displacement, accumulating, moving average.
    pub fn new(eta: f64, beta: f64, convention: usize) -> Self {
        let (gain, drift, symbols) = match convention {
            1 => (1.0, eta, ["$ηβv_n$", "$−η∇f$", "$Δ = ηv_{n+1}$"]),
            2 if beta != 1.0 => (1.0 - beta, eta / (1.0 - beta), ["$αβv_n$", "$−α(1 − β)∇f$", "$Δ = αv_{n+1}$"]),
            _ => (eta, 1.0, ["$βΔ_n$", "$−η∇f$", "$Δ_{n+1}$"]),
        };
        Writing { gain, drift, keep: beta, symbols }
    }

    /// The same with a force that is no gradient.
    #[must_use]
    pub fn under_a_force(mut self) -> Self {
        self.symbols[1] = match self.symbols[1] {
            "$−η∇f$" => "$ηF$",
            _ => "$α(1 − β)F$",
        };
        self
    }

    /// The update from `q` with buffer `v` under `force`, in the units of a displacement. Where `next` is
    /// the buffer after it, what is neither kept nor pushed is noise.
    pub fn update(&self, q: &[f64], v: &[f64], force: &[f64], next: Option<&[f64]>) -> Update {
        let kept: Vec<f64> = v.iter().map(|v| self.keep * v).collect();
        let push: Vec<f64> = force.iter().map(|f| self.gain * f).collect();
        let scaled = |x: &[f64]| x.iter().map(|x| self.drift * x).collect::<Vec<f64>>();
        let mut terms = vec![
            term(self.symbols[0], scaled(&kept), Ink::Muted, Weight::Thin),
            term(self.symbols[1], scaled(&push), Ink::Amber, Weight::Normal),
        ];
        if let Some(next) = next {
            let noise: Vec<f64> = next.iter().zip(kept.iter().zip(&push)).map(|(n, (k, p))| n - k - p).collect();
            terms.push(term("$σξ$", scaled(&noise), Ink::Sampler, Weight::Thin));
        }
        Update { from: q.to_vec(), terms, symbol: self.symbols[2].into() }
    }
}
