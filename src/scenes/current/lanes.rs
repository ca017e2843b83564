//! The ensemble: independent particles that start in the stationary law of their scheme.

use std::sync::Arc;

use nalgebra::DMatrix;
use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};

use super::setting::Setting;
use crate::core::fields::{Quadratic, Swirl};
use crate::core::methods::{BathedFlow, BathedMass, Books};
use crate::core::{Field, Probe, State, Stepper, System};
use crate::param::Values;
use crate::scenes::{Lane, Lens, Machine, SceneError, Setup};
use crate::text::t;

/// Steps per iteration.
pub const SUBSTEPS: u64 = 4;

/// The lane.
///
/// # Errors
/// The noise of these values is no covariance.
pub fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let at = Setting::of(values);
    let dim = at.dim();
    let stepper = stepper(&at).ok_or(SceneError::Refused(t(
        "The noise of these values is no covariance; raise the lower temperature.",
        "这些值下的噪声不构成协方差；请提高较低的温度。",
    )))?;
    let own = (0..dim).flat_map(|i| [Probe::Position(i), Probe::Velocity(i)]);
    let cloud = (0..dim).flat_map(|i| [Probe::MeanPosition(i), Probe::SpreadPosition(i), Probe::VarianceVelocity(i)]);
    let booked = [Books::ENTROPY, Books::AREA].into_iter().flat_map(|s| [Probe::MeanBooked(s), Probe::SpreadBooked(s)]);
    let mut start = State::at(&vec![0.0; dim], &[], values.index("particles"), seed, Lens::Sampler as u32);
    scatter(&mut start, &at, seed);
    at.books().open(&mut start);
    let lane = Lane {
        lens: Lens::Sampler,
        ink: Lens::Sampler.ink(),
        name: t("ensemble", "系综"),
        machine: Machine::Cloud,
        probes: [Probe::Step, Probe::Time].into_iter().chain(own).chain(cloud).chain(booked).collect(),
        present: vec![true; dim],
        system: System { field: field(&at), stepper },
        start: start.into(),
        substeps: SUBSTEPS,
    };
    Ok(Setup { lanes: vec![lane], seconds: at.h * SUBSTEPS as f64 })
}

/// The force.
pub fn field(at: &Setting) -> Arc<dyn Field> {
    match at.dim() {
        1 => Arc::new(Quadratic::diagonal(&at.k[..1])),
        _ => Arc::new(Swirl::new(at.k, at.bowl, at.kappa)),
    }
}

/// A matrix row by row.
fn rows(m: &DMatrix<f64>) -> Vec<f64> {
    m.transpose().as_slice().to_vec()
}

fn stepper(at: &Setting) -> Option<Arc<dyn Stepper>> {
    let (theta, books) = (at.temperature(), at.books());
    let cold = theta.clone().try_inverse()?;
    let factor = |covariance: DMatrix<f64>| Some(rows(&covariance.cholesky()?.l()));
    if !at.case.has_mass() {
        let mobility = at.h / at.c;
        let noise = factor(theta * (2.0 * mobility))?;
        return Some(Arc::new(BathedFlow { dt: at.h, mobility, noise, cold: rows(&cold), books }));
    }
    let keep = libm::exp(-at.c * at.h / at.m);
    let noise = factor(theta * ((1.0 - keep * keep) / at.m))?;
    Some(Arc::new(BathedMass { dt: at.h, mass: at.m, keep, noise, cold: rows(&(cold * at.m)), books }))
}

/// Draws every particle from the stationary law; where there is none, from a bowl of unit width.
fn scatter(state: &mut State, at: &Setting, seed: u64) {
    let (n, dim) = (state.n(), at.dim());
    let size = if at.case.has_mass() { 2 * dim } else { dim };
    let covariance = at.law().map_or_else(|| DMatrix::identity(size, size), |law| law.covariance);
    let Some(factor) = covariance.cholesky().map(|c| c.l()) else { return };
    let mut rng = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut xi = vec![0.0; size];
    for p in 0..n {
        xi.iter_mut().for_each(|x| *x = StandardNormal.sample(&mut rng));
        for i in 0..size {
            let z = (0..=i).map(|j| factor[(i, j)] * xi[j]).sum();
            let column = if i < dim { &mut state.q } else { &mut state.v };
            column[i % dim * n + p] = z;
        }
    }
}
