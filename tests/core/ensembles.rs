//! What only an ensemble shows, against its closed form: within four standard errors of the sample.

use std::sync::Arc;

use impetus::core::fields::Quadratic;
use impetus::core::methods::{FedAvg, Hmc, Participation};
use impetus::core::{Noise, Outcome, State, System, advance};
use impetus::theory::sampler::hmc_gaussian;
use impetus::theory::toys::federated::{client_pull, sampled_state};

/// Particles in every ensemble.
const N: usize = 20_000;

fn run(system: &System, state: &mut State, steps: u64) {
    assert_eq!(advance(system, state, steps, &mut ()), Outcome::Running);
}

/// Hamiltonian Monte Carlo accepts as often as it should, keeps the stationary spread it starts with, and
/// without its accept step is hot by the known factor.
#[test]
fn hmc_accepts_and_heats_as_predicted() {
    let temperature = 0.7;
    for (k, m, h, leaps) in [(1.0, 1.0, 0.5, 4), (2.0, 1.5, 1.2, 3), (1.0, 1.0, 1.8, 1)] {
        let want = hmc_gaussian(k, m, h, u64::from(leaps)).unwrap();
        // Heat k var/T after sixty-one steps, and the share of the last step that was accepted.
        let measure = |metropolis: bool, heat: f64| {
            let method = Hmc { metropolis, ..Hmc::new(m, h, leaps, temperature) };
            let system = System::new(Arc::new(Quadratic::diagonal(&[k])), method);
            let mut state = State::at(&[0.0], &[], N, 5, 0);
            Noise::new(6, 0).add(&mut state.q, N, (heat * temperature / k).sqrt(), 0, 0);
            run(&system, &mut state, 60);
            let before = state.stats.accepted;
            run(&system, &mut state, 1);
            let squares = state.q.iter().map(|x| x * x).sum::<f64>();
            (squares * k / temperature / N as f64, (state.stats.accepted - before) as f64 / N as f64)
        };
        let ((heat, accepted), (hot, _)) = (measure(true, 1.0), measure(false, want.unadjusted_variance));
        let error = (want.acceptance * (1.0 - want.acceptance) / N as f64).sqrt();
        assert!((accepted - want.acceptance).abs() <= 4.0 * error, "{h} {leaps}: {accepted}, {want:?}");
        let spread = 4.0 * (2.0 / N as f64).sqrt();
        assert!((heat - 1.0).abs() <= spread, "{h} {leaps}: k var/T is {heat}");
        assert!((hot / want.unadjusted_variance - 1.0).abs() <= spread, "{h} {leaps}: {hot}, {want:?}");
    }
}

/// The spread that sampling the participants leaves.
#[test]
fn sampled_clients_spread_as_predicted() {
    let (a, b) = ([1.0, 2.0, 0.5, 4.0], [1.0, -1.0, 3.0, 0.5]);
    for (beta, taking_part) in [(0.9, 2), (0.5, 1), (0.0, 3)] {
        let method = FedAvg {
            clients: a.iter().zip(b).map(|(a, b)| [*a, b]).collect(),
            local_steps: 5,
            eta_local: 0.1,
            eta_server: 1.0,
            beta,
            participation: Participation::Sampled(taking_part),
        };
        let pulls = a.map(|a| client_pull(a, 0.1, 5));
        let want = sampled_state(&pulls, &b, taking_part, 1.0, beta).unwrap();
        let mut state = State::at(&[0.0], &[], N, 11, 0);
        run(&System::new(Arc::new(Quadratic::diagonal(&[0.0])), method), &mut state, 200);
        let within = |what: &str, values: Vec<f64>, want: f64| {
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let error = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n / n).sqrt();
            assert!((mean - want).abs() <= 4.0 * error, "{what} at {beta}: {mean} is not {want} ± {error}");
        };
        within("mean", state.q.clone(), want.mean);
        within("variance", state.q.iter().map(|x| (x - want.mean).powi(2)).collect(), want.variance);
    }
}
