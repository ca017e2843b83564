//! The diagnosis of logs, held to runs of the core: intervals contain the truth as often as they say, noise is
//! refused, and any table gets an answer or a sentence.

use std::sync::Arc;

use impetus::core::fields::{Minibatch, Quadratic};
use impetus::core::methods::{Convention, heavy_ball, nesterov_look_ahead};
use impetus::core::{Field, Noise, Observe, State, System, advance};
use impetus::data::Table;
use impetus::diagnose::{Diagnosis, Finding, Kind, Known, Momentum, Record, Wanted, diagnose, record};
use impetus::text::{Lang, t};
use rayon::prelude::*;

/// Logs of one kind; all percentages below are over so many.
const LOGS: u64 = 200;

struct Keep(Vec<f64>);

impl Observe for Keep {
    fn observe(&mut self, _: &dyn Field, state: &State) {
        self.0.push(state.q[0]);
    }
}

/// A run of the core on a bowl around 3, from 4 at rest.
struct Training {
    eta: f64,
    beta: f64,
    lambda: f64,
    rows: usize,
    every: usize,
    /// Standard deviations of what is added to a recorded value and to a gradient.
    error: f64,
    gradient: f64,
    kind: Kind,
}

impl Training {
    fn positions(&self, seed: u64, system: &System) -> Vec<f64> {
        let mut kept = Keep(vec![4.0]);
        let mut state = State::at(&[4.0], &[0.0], 1, seed, 0);
        advance(system, &mut state, (self.rows * self.every) as u64, &mut kept);
        kept.0.into_iter().step_by(self.every).take(self.rows).collect()
    }

    fn field(&self, seed: u64) -> Arc<dyn Field> {
        let bowl: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[self.lambda]).around(&[3.0]));
        Arc::new(Minibatch::new(bowl, self.gradient, seed, 1))
    }

    fn log(&self, seed: u64) -> Record {
        let system = System::new(self.field(seed), heavy_ball(self.eta, self.beta, Convention::Displacement));
        let mut values = self.positions(seed, &system);
        if self.kind == Kind::Loss {
            values.iter_mut().for_each(|x| *x = 0.5 * self.lambda * (*x - 3.0).powi(2));
        }
        noise(&mut values, self.error, seed, 2);
        logged(values, self.kind, self.every as u32)
    }
}

fn noise(values: &mut [f64], scale: f64, seed: u64, stream: u32) {
    let count = values.len();
    Noise::new(seed, stream).add(values, count, scale, 0, 0);
}

fn deviates(count: usize, seed: u64) -> Vec<f64> {
    let mut out = vec![0.0; count];
    noise(&mut out, 1.0, seed, 3);
    out
}

fn logged(values: Vec<f64>, kind: Kind, every: u32) -> Record {
    Record { name: "log".into(), kind, first: 0.0, every, values, notes: Vec::new() }
}

const RUN: Training =
    Training { eta: 0.01, beta: 0.9, lambda: 5.0, rows: 120, every: 1, error: 0.0, gradient: 0.0, kind: Kind::Weight };

/// Whether a share of `n` lies within three standard errors of 95 %.
fn is_95_percent(hits: usize, n: usize) -> bool {
    let share = hits as f64 / n as f64;
    (share - 0.95).abs() <= 3.0 * (0.95f64 * 0.05 / n as f64).sqrt()
}

/// How many of a run's logs are said to ring, and in how many of these the intervals contain β, ηλ and λ.
fn hits(run: &Training, logs: u64) -> (usize, [usize; 3]) {
    let known = Known { rate: Some(run.eta), momentum: None };
    let found: Vec<Diagnosis> = (0..logs).into_par_iter().map(|seed| diagnose(&run.log(seed), &known)).collect();
    let ringing: Vec<&Diagnosis> = found.iter().filter(|d| d.finding == Finding::Ringing).collect();
    let mode = |d: &Diagnosis| d.modes[0].clone().unwrap();
    let hits = [
        ringing.iter().filter(|d| mode(d).beta.holds(run.beta)).count(),
        ringing.iter().filter(|d| mode(d).q.holds(run.eta * run.lambda)).count(),
        ringing.iter().filter(|d| d.curvature().unwrap().holds(run.lambda)).count(),
    ];
    (ringing.len(), hits)
}

/// 200 logs of every kind: the intervals of 95 % contain β, ηλ and λ in 95 % ± 3 standard errors (4.6 %) of them.
#[test]
fn intervals_contain_the_truth_as_often_as_they_say() {
    let table = [
        ("a slow ring with errors", Training { error: 0.05, ..RUN }),
        ("the same, driven by minibatches", Training { gradient: 2.0, ..RUN }),
        ("a fast ring", Training { beta: 0.7, lambda: 50.0, rows: 40, error: 0.02, ..RUN }),
        (
            "turning by more than a quarter per step",
            Training { beta: 0.5, lambda: 200.0, rows: 60, error: 0.01, ..RUN },
        ),
        ("weak damping", Training { beta: 0.97, lambda: 2.0, rows: 160, error: 0.1, ..RUN }),
        ("logged every third step", Training { beta: 0.95, lambda: 2.0, rows: 80, every: 3, error: 0.05, ..RUN }),
        ("the same, driven by minibatches", Training { beta: 0.95, lambda: 2.0, every: 3, gradient: 2.0, ..RUN }),
    ];
    for (what, run) in table {
        let (ringing, hits) = hits(&run, LOGS);
        assert!(ringing as u64 >= LOGS * 97 / 100, "{what}: {ringing} of {LOGS} found");
        assert!(hits.into_iter().all(|hits| is_95_percent(hits, ringing)), "{what}: {hits:?} of {ringing}");
    }
}

/// The same where values are recorded with errors and minibatches push the run. A weak ring may then be taken for a
/// random walk, but where it is found the intervals allow for both noises, however little is known of either.
#[test]
fn intervals_allow_for_errors_and_pushes_at_once() {
    let table = [
        ("both", Training { error: 0.05, gradient: 2.0, ..RUN }),
        ("little push", Training { error: 0.05, gradient: 0.7, ..RUN }),
        ("much push", Training { error: 0.02, gradient: 4.0, ..RUN }),
        (
            "every third step",
            Training { beta: 0.95, lambda: 2.0, rows: 80, every: 3, error: 0.05, gradient: 2.0, ..RUN },
        ),
    ];
    for (what, run) in table {
        let (ringing, hits) = hits(&run, LOGS);
        assert!(ringing as u64 >= LOGS * 80 / 100, "{what}: {ringing} of {LOGS} found");
        assert!(hits.into_iter().all(|hits| is_95_percent(hits, ringing)), "{what}: {hits:?} of {ringing}");
    }
}

/// A loss whose run minibatches push: not below 95 % by more than three standard errors of 100 logs. Without pushes intervals are wider
/// than they need be, because a few dozen rows do not rule them out. Where nearly all rows show the square of a deviation alone, nothing is told.
#[test]
fn intervals_of_a_loss_allow_for_pushes() {
    const FEWER: u64 = 100;
    let slow = |error: f64, gradient: f64| Training { rows: 100, error, gradient, kind: Kind::Loss, ..RUN };
    let fast = |error: f64, gradient: f64| Training { beta: 0.7, lambda: 50.0, rows: 40, ..slow(error, gradient) };
    let table = [
        (slow(0.02, 0.0), 97),
        (slow(0.02, 0.5), 97),
        (slow(0.002, 0.5), 97),
        (slow(0.01, 2.0), 60),
        (fast(0.1, 1.0), 97),
        (fast(0.02, 3.0), 65),
        (fast(0.1, 3.0), 80),
    ];
    for (run, least) in table {
        let what = format!("errors {}, pushes {} at {}", run.error, run.gradient, run.beta);
        let (ringing, hits) = hits(&run, FEWER);
        assert!(ringing as u64 >= FEWER * least / 100, "{what}: {ringing} of {FEWER} found");
        let enough = |hits: usize| hits as f64 / ringing as f64 >= 0.95 || is_95_percent(hits, ringing);
        assert!(hits.into_iter().all(enough), "{what}: {hits:?} of {ringing}");
    }
    let (ringing, _) = hits(&slow(0.01, 6.0), FEWER);
    assert!(ringing as u64 <= FEWER * 5 / 100, "{ringing} of {FEWER} told");
}

/// Where the momentum is known, an overdamped log gives the curvature, as often as its interval says; alone it
/// never gives β.
#[test]
fn an_overdamped_log_gives_the_curvature_if_the_momentum_is_known() {
    let run = Training { beta: 0.5, lambda: 1.0, rows: 150, error: 0.01, ..RUN };
    let known = Known { rate: Some(run.eta), momentum: Some(run.beta) };
    let found: Vec<[Diagnosis; 2]> = (0..LOGS)
        .into_par_iter()
        .map(|seed| [diagnose(&run.log(seed), &known), diagnose(&run.log(seed), &Known::default())])
        .collect();
    assert!(found.iter().all(|[_, alone]| alone.finding == Finding::Slow && !alone.tells_momentum()));
    let agree: Vec<&Diagnosis> = found.iter().map(|[known, _]| known).filter(|d| d.held.is_some()).collect();
    assert_eq!(agree.len() as u64, LOGS);
    let hits = agree.iter().filter(|d| d.curvature().unwrap().holds(run.lambda)).count();
    assert!(is_95_percent(hits, agree.len()), "{hits} of {}", agree.len());
}

/// A decay on a trend, and one whose errors shrink with it, are not taken for modes that ring or are nearly critical.
#[test]
fn decays_are_no_modes() {
    fn fall(n: usize) -> f64 {
        (-(n as f64) / 40.0).exp()
    }
    let table: [(&str, Null); 3] = [
        ("on a trend", |xi, n| 20.0 * (-(n as f64) / 15.0).exp() + 0.05 * n as f64 + xi[n]),
        ("errors shrink", |xi, n| fall(n) * (1.0 + 0.3 * xi[n])),
        ("errors shrink to a floor", |xi, n| (0.1 + fall(n)) * (1.0 + 0.1 * xi[n])),
    ];
    for (what, null) in table {
        for kind in [Kind::Weight, Kind::Loss] {
            let told = (0..60).into_par_iter().filter(|seed| {
                let xi = deviates(200, 9000 + seed);
                let log = logged((0..200).map(|n| null(&xi, n)).collect(), kind, 1);
                !matches!(diagnose(&log, &Known::default()).finding, Finding::Slow | Finding::Unsure | Finding::Noise)
            });
            let told = told.count();
            assert!(told <= 4, "{what}: {told} of 60");
        }
    }
}

type Null = fn(&[f64], usize) -> f64;

/// Noise of several colours, drifts and decays: no oscillation is found in more than 1 % of the logs (10 expected of
/// 1000 at most, and three standard errors of that), and where one real pole is found β is not told.
#[test]
fn noise_is_refused() {
    fn sum(xi: &[f64], n: usize, keep: f64) -> f64 {
        xi[..=n].iter().fold(0.0, |x, xi| keep * x + xi)
    }
    let table: [(&str, Null); 5] = [
        ("white", |xi, n| xi[n]),
        ("random walk", |xi, n| sum(xi, n, 1.0)),
        ("autoregressive", |xi, n| sum(xi, n, 0.8)),
        ("drift", |xi, n| 0.05 * n as f64 + xi[n]),
        ("decay", |xi, n| 20.0 * (-(n as f64) / 15.0).exp() + xi[n]),
    ];
    let mut told = 0;
    for (what, null) in table {
        for kind in [Kind::Weight, Kind::Loss] {
            let found: Vec<Diagnosis> = (0..LOGS / 2)
                .into_par_iter()
                .map(|seed| {
                    let xi = deviates(60, 7000 + seed);
                    diagnose(&logged((0..60).map(|n| null(&xi, n)).collect(), kind, 1), &Known::default())
                })
                .collect();
            told += found.iter().filter(|d| d.tells_momentum() || d.finding == Finding::Border).count();
            let quiet = found.iter().filter(|d| matches!(d.finding, Finding::Noise | Finding::Slow)).count();
            assert!(quiet as u64 >= LOGS * 45 / 100, "{what}: {quiet}");
            assert!(
                found.iter().filter(|d| d.finding == Finding::Noise).all(|d| d.q().is_none() && d.advice.is_none())
            );
        }
    }
    assert!(told as f64 <= 10.0 + 3.0 * 10f64.sqrt(), "{told} of 1000");
}

/// Logs without noise give back the numbers they were made with.
#[test]
fn exact_logs_give_exact_numbers() {
    for (beta, lambda, kind, every) in [
        (0.9, 5.0, Kind::Weight, 1),
        (0.9, 5.0, Kind::Loss, 1),
        (0.98, 0.4, Kind::Weight, 1),
        (0.3, 200.0, Kind::Weight, 1),
        (0.95, 2.0, Kind::Weight, 4),
        (0.95, 2.0, Kind::Loss, 3),
    ] {
        let run = Training { beta, lambda, kind, every, ..RUN };
        let found = diagnose(&run.log(1), &Known { rate: Some(run.eta), momentum: Some(beta) });
        assert_eq!((found.finding, found.momentum), (Finding::Ringing, Some(Momentum::Agrees)), "{beta} {lambda}");
        let mode = found.modes[0].clone().unwrap();
        assert!((mode.beta.value - beta).abs() <= 1e-8, "{}", mode.beta.value);
        assert!((mode.q.value / (run.eta * lambda) - 1.0).abs() <= 1e-7, "{}", mode.q.value);
    }
}

/// A log of Nesterov's method contradicts heavy ball at its β and agrees with Nesterov's; at another it contradicts both.
#[test]
fn a_wrong_momentum_is_contradicted() {
    let run = Training { lambda: 20.0, error: 0.01, ..RUN };
    let system = System::new(run.field(1), nesterov_look_ahead(run.eta, run.beta));
    let mut values = run.positions(1, &system);
    noise(&mut values, run.error, 1, 2);
    let log = logged(values, Kind::Weight, 1);
    let table = [
        (log.clone(), 0.9, Momentum::Nesterov),
        (log, 0.5, Momentum::Contradicts),
        (run.log(1), 0.9, Momentum::Agrees),
        (run.log(1), 0.95, Momentum::Contradicts),
    ];
    for (log, momentum, want) in table {
        let found = diagnose(&log, &Known { rate: None, momentum: Some(momentum) });
        assert_eq!(found.momentum, Some(want), "{momentum}");
        assert!(found.claim(Lang::Zh).is_some());
    }
}

/// Two modes of one momentum are told apart, and Polyak's tuning is advised.
#[test]
fn two_modes_are_told_apart() {
    let [slow, fast] = [2.0, 40.0].map(|lambda| Training { lambda, rows: 200, ..RUN }.log(1));
    let mut values: Vec<f64> = slow.values.iter().zip(&fast.values).map(|(a, b)| a + 0.5 * b).collect();
    noise(&mut values, 0.01, 1, 2);
    let found = diagnose(&logged(values, Kind::Weight, 1), &Known::default());
    assert_eq!(found.finding, Finding::Two);
    let [slow, fast] = found.modes.clone().map(Option::unwrap);
    assert!(slow.q.holds(0.02) && fast.q.holds(0.4) && slow.beta.holds(0.9), "{slow:?} {fast:?}");
    let [_, beta, _] = found.advice.unwrap().both.unwrap();
    let root = (0.4f64 / 0.02).sqrt();
    assert!((beta - ((root - 1.0) / (root + 1.0)).powi(2)).abs() <= 0.01, "{beta}");
}

fn table(columns: &[(&str, Vec<f64>)]) -> Table {
    let (names, columns) = columns.iter().map(|(name, column)| ((*name).to_owned(), column.clone())).unzip();
    Table { name: "log.csv".into(), names, columns }
}

/// Whatever a table holds, there is a report in both languages or a sentence.
#[test]
fn any_table_gets_an_answer() {
    let steps = |n: usize| (0..n).map(|i| i as f64).collect::<Vec<_>>();
    let ring = RUN.log(1).values;
    let mut gaps = ring.clone();
    gaps.iter_mut().step_by(7).for_each(|x| *x = f64::NAN);
    let mut bursts = ring.clone();
    bursts.extend([f64::INFINITY, f64::NAN, 1e300]);
    let reversed: Vec<f64> = steps(120).into_iter().rev().collect();
    let twice: Vec<f64> = steps(120).iter().map(|n| (n / 2.0).floor()).collect();
    let uneven: Vec<f64> = steps(120).iter().map(|n| n * n).collect();
    let grows: Vec<f64> = (0..200).map(|n| 1.05f64.powi(n)).collect();
    let tables: Vec<(&str, Table, Option<Finding>)> = vec![
        ("gaps", table(&[("w", gaps)]), Some(Finding::Ringing)),
        ("bursts at the end", table(&[("w", bursts)]), Some(Finding::Ringing)),
        ("unsorted", table(&[("step", reversed), ("w", ring.iter().rev().copied().collect())]), Some(Finding::Ringing)),
        ("repeated steps", table(&[("step", twice), ("w", ring.clone())]), Some(Finding::Ringing)),
        ("uneven steps", table(&[("step", uneven), ("w", ring.clone())]), None),
        ("constant", table(&[("loss", vec![0.3; 50])]), Some(Finding::Constant)),
        ("growth", table(&[("loss", grows)]), Some(Finding::Slow)),
        ("large", table(&[("w", ring.iter().map(|x| 1e99 * x).collect())]), Some(Finding::Ringing)),
        ("small", table(&[("w", ring.iter().map(|x| 1e-200 * x).collect())]), Some(Finding::Ringing)),
        ("beyond numbers", table(&[("w", vec![1e300; 50])]), None),
        ("no numbers", table(&[("w", vec![f64::NAN; 50])]), None),
        ("one row", table(&[("w", vec![1.0])]), None),
        ("no rows", table(&[("w", vec![])]), None),
        ("no columns", Table::default(), None),
        ("steps only", table(&[("step", steps(50))]), None),
        ("infinite steps", table(&[("step", vec![f64::INFINITY; 50]), ("w", steps(50))]), None),
        ("one step", table(&[("step", vec![1.0; 50]), ("w", steps(50))]), None),
        ("columns of different lengths", table(&[("step", steps(5)), ("w", ring)]), None),
    ];
    for (what, table, want) in tables {
        match record(&table, &Wanted::default()) {
            Ok(log) => {
                let found = diagnose(&log, &Known { rate: Some(f64::NAN), momentum: Some(7.0) });
                for lang in Lang::ALL {
                    let report = found.report(lang, |r| t(r.key(), r.key()));
                    assert!(
                        report.iter().all(|line| !line.is_empty() && !line.contains("{}") && !line.contains("NaN")),
                        "{what}: {report:?}"
                    );
                }
                assert!(want.is_none_or(|want| want == found.finding), "{what}: {:?}", found.finding);
            }
            Err(fault) => {
                assert!(want.is_none(), "{what}: {}", fault.say(Lang::En));
                assert!(Lang::ALL.iter().all(|lang| !fault.say(*lang).is_empty()));
            }
        }
    }
}

/// What is asked for and not there is a sentence that lists what is.
#[test]
fn columns_are_found_by_name_or_by_themselves() {
    let ring = RUN.log(1).values;
    let steps: Vec<f64> = (0..120).map(|i| 10.0 * f64::from(i)).collect();
    let log = table(&[("Step", steps), ("lr", vec![0.01; 120]), ("train_loss", ring.clone()), ("w", ring)]);
    let wanted = [
        (Wanted::default(), Ok(("train_loss", Kind::Loss, 10))),
        (Wanted { column: Some("W"), ..Wanted::default() }, Ok(("w", Kind::Weight, 10))),
        (Wanted { kind: Some(Kind::Weight), ..Wanted::default() }, Ok(("w", Kind::Weight, 10))),
        (Wanted { every: Some(3), column: Some("w"), ..Wanted::default() }, Ok(("w", Kind::Weight, 3))),
        (
            Wanted { column: Some("acc"), ..Wanted::default() },
            Err("there is no column “acc”; there are: Step, lr, train_loss, w"),
        ),
    ];
    for (wanted, want) in wanted {
        let got = record(&log, &wanted);
        let got = got.as_ref().map(|r| (r.name.as_str(), r.kind, r.every)).map_err(|e| e.say(Lang::En));
        assert_eq!(got, want.map_err(str::to_owned));
    }
}

/// A million rows are read in windows, and said to be.
#[test]
fn a_long_log_is_answered() {
    let mut values = Training { beta: 0.9999, lambda: 1e-5, rows: 1_000_000, ..RUN }.log(1).values;
    noise(&mut values, 0.05, 1, 2);
    let found = diagnose(&logged(values, Kind::Weight, 1), &Known::default());
    assert_eq!(found.finding, Finding::Ringing);
    assert!(found.record.values.len() <= 1000 && found.modes[0].as_ref().unwrap().beta.holds(0.9999));
    assert!(!found.record.notes.is_empty());
}
