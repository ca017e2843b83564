//! What the golden files do not hold: methods against each other, against their own definition
//! written out, and at their edges.

use std::sync::Arc;

use impetus::core::fields::{
    BilinearGame, Clipped, DiracGan, DoubleWell, Kind, LANDSCAPES, Quadratic, Rosenbrock, named, stationary_points,
};
use impetus::core::methods::{
    AdaDelta, Adam, Convention, Decay, Extragradient, FedAvg, Hmc, LeimkuhlerMatthews, Momentum, NAdam, Optimistic,
    Participation, ProximalPoint, RmsProp, Schedule, gradient_descent, heavy_ball, nesterov, nesterov_look_ahead, qhm,
};
use impetus::core::{
    At, DormandPrince, Field, Noise, Outcome, RungeKutta4, Splitting, State, Stepper, System, advance,
};

fn bowl() -> Arc<dyn Field> {
    Arc::new(Quadratic::diagonal(&[1.0, 7.0]).around(&[0.5, -1.0]))
}

fn run(field: Arc<dyn Field>, stepper: impl Stepper + 'static, q: &[f64], steps: u64) -> State {
    let mut state = State::at(q, &[], 1, 3, 0);
    assert_eq!(advance(&System::new(field, stepper), &mut state, steps, &mut ()), Outcome::Running);
    state
}

fn close(what: &str, got: &[f64], want: &[f64], bound: f64) {
    let far = got.iter().zip(want).any(|(a, b)| !((a - b).abs() <= bound));
    assert!(!far && got.len() == want.len(), "{what}: {got:?} is not {want:?}");
}

#[test]
fn methods_that_are_the_same_method() {
    let (eta, beta, q) = (0.05, 0.8, [2.0, 1.0]);
    let ball = |convention| heavy_ball(eta, beta, convention);
    let average = Convention::MovingAverage;
    type Pair = (&'static str, Arc<dyn Stepper>, Arc<dyn Stepper>);
    let pairs: Vec<Pair> = vec![
        ("a word and its stepper", Arc::new(ball(average)), Arc::new(Momentum::new(eta, beta, average))),
        ("qhm at nu 0", Arc::new(qhm(eta, beta, 0.0)), Arc::new(gradient_descent(eta))),
        ("qhm at nu 1", Arc::new(qhm(eta, beta, 1.0)), Arc::new(Momentum::ema(eta, beta))),
        ("qhm at nu beta", Arc::new(qhm(eta, beta, beta)), Arc::new(nesterov(eta * (1.0 - beta), beta))),
        ("nesterov", Arc::new(nesterov(eta, beta)), Arc::new(Momentum::pytorch(eta, beta).with_nesterov(true))),
        ("nesterov, seed", Arc::new(nesterov(eta, beta)), Arc::new(Momentum::seed(eta, beta).with_nesterov(true))),
        ("nesterov, ema", Arc::new(nesterov(eta, beta)), {
            Arc::new(Momentum::new(eta, beta, average).with_nesterov(true))
        }),
        ("nadam without memory", Arc::new(NAdam::new(eta, 0.0, 0.9, 1e-8, 0.1)), {
            Arc::new(Adam::new(eta, 0.0, 0.9, 1e-8))
        }),
    ];
    for (what, a, b) in pairs {
        let end = |stepper: Arc<dyn Stepper>| {
            let mut state = State::at(&q, &[], 1, 3, 0);
            advance(&System { field: bowl(), stepper }, &mut state, 40, &mut ());
            state.q
        };
        close(what, &end(a), &end(b), 1e-12);
    }
    let (ahead, phi) = (run(bowl(), nesterov_look_ahead(eta, beta), &q, 40), run(bowl(), nesterov(eta, beta), &q, 40));
    let seen: Vec<f64> = ahead.q.iter().zip(&ahead.v).map(|(theta, v)| theta + beta * v).collect();
    close("nesterov at both points", &seen, &phi.q, 1e-12);
}

/// AdaDelta and RMSProp with centring and momentum, written out in plain numbers.
#[test]
fn scaled_methods_follow_their_recurrence() {
    let (k, rho, eps) = (3.0, 0.9, 1e-3);
    let (mut x, mut w, mut u): (f64, f64, f64) = (1.5, 0.0, 0.0);
    let (mut y, mut s, mut a, mut b): (f64, f64, f64, f64) = (1.5, 0.0, 0.0, 0.0);
    for _ in 0..25 {
        let g = k * x;
        w = rho * w + (1.0 - rho) * g * g;
        let d = ((u + eps) / (w + eps)).sqrt() * g;
        u = rho * u + (1.0 - rho) * d * d;
        x -= 0.7 * d;
        let g = k * y;
        s = rho * s + (1.0 - rho) * g * g;
        a = rho * a + (1.0 - rho) * g;
        b = 0.4 * b + g / ((s - a * a).sqrt() + eps);
        y -= 0.02 * b;
    }
    let field = || Arc::new(Quadratic::diagonal(&[k]));
    close("adadelta", &run(field(), AdaDelta::new(0.7, rho, eps), &[1.5], 25).q, &[x], 1e-12);
    close("rmsprop", &run(field(), RmsProp::new(0.02, rho, eps, 0.4, true), &[1.5], 25).q, &[y], 1e-12);
}

/// A drop of the rate rescales an accumulated memory and leaves a displacement alone.
#[test]
fn a_schedule_tells_the_conventions_apart() {
    let drop = Schedule::Drop { at: 5, factor: 0.1 };
    let end = |method: Momentum| run(bowl(), method.with_schedule(drop), &[2.0, 1.0], 12).q;
    let torch = end(Momentum::pytorch(0.05, 0.9));
    close("corrected", &end(Momentum::seed_corrected(0.05, 0.9)), &torch, 1e-12);
    close("average", &end(Momentum::ema(0.5, 0.9)), &torch, 1e-12);
    assert!((end(Momentum::seed(0.05, 0.9))[0] - torch[0]).abs() > 0.05);
}

#[test]
fn decay_decoupled_shrinks_without_a_force() {
    let flat: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[0.0]));
    let kept = |decay| run(flat.clone(), Momentum::pytorch(0.1, 0.0).with_decay(decay), &[1.0], 3).q;
    close("decoupled", &kept(Decay::Decoupled(0.5)), &[0.95f64.powi(3)], 1e-15);
    close("coupled, no momentum", &kept(Decay::Coupled(0.5)), &[0.95f64.powi(3)], 1e-15);
}

#[test]
fn the_adaptive_integrator_keeps_its_tolerance() {
    let well: Arc<dyn Field> = Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 });
    let fine = RungeKutta4 { dt: 1e-4, mass: 1.0, friction: 0.1 };
    let reference = run(well.clone(), fine, &[1.6], 50_000);
    let mut before = 0;
    for (tolerance, bound) in [(1e-5, 1e-2), (1e-8, 1e-5), (1e-11, 1e-8)] {
        let method = DormandPrince { relative: tolerance, absolute: tolerance, ..DormandPrince::new(1.0, 0.1, 2.5) };
        let end = run(well.clone(), method, &[1.6], 2);
        close("position", &end.q, &reference.q, bound);
        close("velocity", &end.v, &reference.v, bound);
        assert!(end.stats.evaluations > before && end.stats.evaluations < 5_000);
        before = end.stats.evaluations;
    }
}

/// A force that is NaN beyond a wall, and one that is infinite everywhere.
struct Broken;

impl Field for Broken {
    fn dim(&self) -> usize {
        1
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        for (f, q) in out.iter_mut().zip(at.q) {
            *f = if *q > 1.0 { f64::NAN } else { 1.0 };
        }
    }

    fn potential(&self, _: At<'_>, _: &mut [f64]) -> bool {
        false
    }
}

#[test]
fn what_cannot_be_integrated_stops_the_lane() {
    let mut state = State::at(&[0.0], &[], 1, 1, 0);
    let system = System::new(Arc::new(Broken), DormandPrince::new(1.0, 0.0, 1.0));
    let outcome = advance(&system, &mut state, 100, &mut ());
    assert_eq!(outcome, Outcome::Diverged { step: 2 });
    assert!(state.stats.evaluations < 6 * 20_000);
}

#[test]
fn a_landscape_without_potential_refuses_every_proposal() {
    let mut state = State::at(&[0.9, 0.9], &[], 50, 1, 0);
    let system = System::new(Arc::new(BilinearGame::bilinear(1.0)), Hmc::new(1.0, 0.1, 4, 1.0));
    assert_eq!(advance(&system, &mut state, 3, &mut ()), Outcome::Running);
    assert_eq!((state.stats.proposed, state.stats.accepted), (150, 0));
    assert!(state.q.iter().all(|q| *q == 0.9));
}

/// Two coordinates of different stiffness keep their spread at a step where plain leapfrog does not.
#[test]
fn hmc_keeps_the_exact_distribution() {
    let (n, k, temperature) = (20_000, [1.0, 4.0], 0.5);
    let mut state = State::at(&[0.0, 0.0], &[], n, 9, 0);
    let system = System::new(Arc::new(Quadratic::diagonal(&k)), Hmc::new(1.0, 0.7, 3, temperature));
    assert_eq!(advance(&system, &mut state, 80, &mut ()), Outcome::Running);
    for (i, k) in k.into_iter().enumerate() {
        let heat = state.coordinate(i).iter().map(|x| k * x * x / temperature).sum::<f64>() / n as f64;
        assert!((heat - 1.0).abs() <= 4.0 * (2.0 / n as f64).sqrt(), "coordinate {i}: {heat}");
    }
    assert!(state.stats.accepted < state.stats.proposed && state.stats.accepted > state.stats.proposed / 2);
}

/// Leimkuhler and Matthews' scheme has no bias in a bowl, and its checkpoints go on with the same bits.
#[test]
fn the_averaged_noise_is_unbiased_and_replays() {
    let (n, k, temperature, eps) = (40_000, 2.0, 0.7, 0.4);
    let system = System::new(Arc::new(Quadratic::diagonal(&[k])), LeimkuhlerMatthews { eps, temperature });
    let mut state = State::at(&[0.0], &[], n, 2, 0);
    advance(&system, &mut state, 60, &mut ());
    let heat = state.q.iter().map(|x| k * x * x / temperature).sum::<f64>() / n as f64;
    assert!((heat - 1.0).abs() <= 4.0 * (2.0 / n as f64).sqrt(), "{heat}");
    let (mut a, mut b) = (state.clone(), state);
    advance(&system, &mut a, 4, &mut ());
    advance(&system, &mut b, 1, &mut ());
    advance(&system, &mut b, 3, &mut ());
    assert_eq!(a.q, b.q);
}

#[test]
fn proximal_steps_solve_their_equation() {
    let games: [Arc<dyn Field>; 3] =
        [Arc::new(DiracGan), Arc::new(BilinearGame::regularised(0.3, 2.0)), Arc::new(Rosenbrock)];
    for game in games {
        let end = run(game.clone(), ProximalPoint { eta: 0.4 }, &[0.7, 0.5], 1);
        let mut f = [0.0; 2];
        game.force(At { t: 0.0, n: 1, q: &end.q, v: &end.v }, &mut f);
        close("implicit Euler", &end.q, &[0.7 + 0.4 * f[0], 0.5 + 0.4 * f[1]], 1e-12);
    }
    // Without a Jacobian the plain iteration finds the same point, if the step is small.
    let inside: Arc<dyn Field> = Arc::new(DiracGan);
    let hidden: Arc<dyn Field> = Arc::new(Clipped::norm(inside.clone(), 1e9));
    let step = |field| run(field, ProximalPoint { eta: 0.4 }, &[0.7, 0.5], 5).q;
    close("plain iteration", &step(hidden), &step(inside), 1e-12);
}

#[test]
fn the_gan_settles_only_with_a_look_ahead() {
    let end = |stepper: Arc<dyn Stepper>| {
        let mut state = State::at(&[1.0, 0.5], &[], 1, 1, 0);
        advance(&System { field: Arc::new(DiracGan), stepper }, &mut state, 400, &mut ());
        state.q[0].hypot(state.q[1])
    };
    let eta = 0.2;
    assert!(end(Arc::new(gradient_descent(eta))) > 1.5);
    for stepper in [Arc::new(Extragradient { eta }) as Arc<dyn Stepper>, Arc::new(Optimistic { eta })] {
        assert!(end(stepper) < 0.2);
    }
}

#[test]
fn every_landscape_names_its_stationary_points() {
    for (name, make) in LANDSCAPES {
        let (field, points) = (make(), stationary_points(&*make()));
        assert!(!points.is_empty(), "{name}");
        for point in &points {
            let mut f = vec![f64::NAN; field.dim()];
            field.force(At { t: 0.0, n: 1, q: &point.at, v: &vec![0.0; field.dim()] }, &mut f);
            let scale = point.curvatures.iter().fold(1.0, |m: f64, c| m.max(c.abs()));
            assert!(f.iter().all(|f| f.abs() <= 1e-13 * scale), "{name} at {:?}: {f:?}", point.at);
        }
        for (i, a) in points.iter().enumerate() {
            assert!(points[..i].iter().all(|b| a.at != b.at), "{name} names {:?} twice", a.at);
        }
    }
    let count = |name: &str, kind| stationary_points(&*named(name).unwrap()).iter().filter(|p| p.kind == kind).count();
    assert_eq!([count("himmelblau", Kind::Minimum), count("himmelblau", Kind::Saddle)], [4, 4]);
    assert_eq!([count("styblinski_tang", Kind::Minimum), count("styblinski_tang", Kind::Maximum)], [4, 1]);
    assert_eq!([count("rastrigin", Kind::Minimum), count("rastrigin", Kind::Maximum)], [9, 4]);
}

/// Hessians and potentials against central differences of the force, away from the golden points.
#[test]
fn curvature_is_the_slope_of_the_force() {
    for (name, make) in LANDSCAPES {
        let field = make();
        let (dim, h) = (field.dim(), 1e-5);
        let q: Vec<f64> = [0.37, -0.21][..dim].to_vec();
        let at = |i: usize, by: f64| {
            let mut moved = q.clone();
            moved[i] += by;
            let (mut f, mut u, v) = (vec![0.0; dim], [0.0], vec![0.0; dim]);
            let here = At { t: 0.0, n: 1, q: &moved, v: &v };
            field.force(here, &mut f);
            assert!(field.potential(here, &mut u));
            (f, u[0])
        };
        let (mut hessian, (f, _)) = (vec![0.0; dim * dim], at(0, 0.0));
        assert!(field.hessian(&q, &mut hessian));
        for i in 0..dim {
            let ((up, u), (down, d)) = (at(i, h), at(i, -h));
            let slope = (d - u) / (2.0 * h);
            assert!((slope - f[i]).abs() <= 1e-6 * (1.0 + f[i].abs()), "{name}: force {} is not {slope}", f[i]);
            for j in 0..dim {
                let (got, want) = (hessian[j * dim + i], (down[j] - up[j]) / (2.0 * h));
                assert!((got - want).abs() <= 1e-5 * (1.0 + want.abs()), "{name}: curvature {got} is not {want}");
            }
        }
    }
}

/// A cloud is its particles: the same bits whether they run together or alone.
#[test]
fn a_cloud_is_its_particles() {
    let steppers: Vec<Arc<dyn Stepper>> = vec![
        Arc::new(Adam::amsgrad(0.05, 0.9, 0.99, 1e-8)),
        Arc::new(NAdam::new(0.05, 0.9, 0.99, 1e-8, 0.004)),
        Arc::new(AdaDelta::new(1.0, 0.9, 1e-4)),
        Arc::new(RmsProp::new(0.01, 0.9, 1e-8, 0.5, true)),
        Arc::new(Extragradient { eta: 1e-4 }),
        Arc::new(ProximalPoint { eta: 1e-3 }),
        Arc::new(RungeKutta4 { dt: 1e-3, mass: 1.0, friction: 0.3 }),
    ];
    let starts = [[-1.2, 1.0], [0.3, 0.1], [0.9, 1.4]];
    for stepper in steppers {
        let system = System { field: Arc::new(Rosenbrock), stepper };
        let mut cloud = State::at(&[0.0, 0.0], &[], 3, 1, 0);
        for (p, q) in starts.iter().enumerate() {
            (cloud.q[p], cloud.q[3 + p]) = (q[0], q[1]);
        }
        advance(&system, &mut cloud, 30, &mut ());
        for (p, q) in starts.iter().enumerate() {
            let mut alone = State::at(q, &[], 1, 1, 0);
            advance(&system, &mut alone, 30, &mut ());
            close("a particle alone", &[cloud.q[p], cloud.q[3 + p]], &alone.q, 1e-13);
        }
    }
}

#[test]
fn a_script_that_ends_stops_the_lane() {
    let system = System::new(bowl(), Splitting::parse("BAOAB", 1.0, 0.5, 0.1, 1.0).unwrap());
    let mut state = State::at(&[0.0, 0.0], &[], 1, 1, 0);
    state.noise = Noise::scripted(&[0.1, -0.3, 0.2, 0.7], 2);
    assert_eq!(advance(&system, &mut state, 9, &mut ()), Outcome::Diverged { step: 3 });
}

#[test]
fn nobody_takes_part_and_nothing_happens() {
    let federated = |participation| {
        let (clients, local_steps) = (vec![[1.0, 2.0]], 3);
        FedAvg { clients, local_steps, eta_local: 0.1, eta_server: 1.0, beta: 0.9, participation }
    };
    let nobody = [Participation::Sampled(0), Participation::Listed(vec![]), Participation::Listed(vec![vec![7]])];
    for participation in nobody {
        assert_eq!(run(bowl(), federated(participation), &[0.25, 1.0], 4).q, [0.25, 1.0]);
    }
}
