//! Repetition, clocks, and one line of JSON per measurement.

use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use serde::Serialize;
use serde_json::{Map, Value};

/// Repetitions at least.
const LEAST: usize = 5;

/// Repetitions at most.
const MOST: usize = 64;

/// Short workloads are repeated until this much time has passed.
const WHILE: Duration = Duration::from_millis(150);

/// No workload is repeated beyond this.
const BUDGET: Duration = Duration::from_secs(20);

/// One measurement, in the form the project's performance notes give.
#[derive(Clone, Debug, Serialize)]
pub struct Measurement {
    /// Name of the workload.
    pub workload: &'static str,
    /// Who was measured.
    #[serde(rename = "impl")]
    pub who: String,
    /// Best wall time of a repetition, in seconds.
    pub seconds: f64,
    /// Median wall time of a repetition, in seconds.
    pub median: f64,
    /// Repetitions.
    pub reps: usize,
    /// Units of work in one repetition.
    pub units: f64,
    /// Nanoseconds of wall time per unit.
    pub ns_per_unit: f64,
    /// Best processor time of a repetition over all threads, in seconds; the median of very short ones.
    pub cpu_s: f64,
    /// Nanoseconds of processor time per unit.
    pub cpu_ns_per_unit: f64,
    /// Threads that were offered.
    pub threads: usize,
    /// The size, as the expected results are filed.
    pub key: String,
    /// Numbers to be held to the expected results.
    pub check: Map<String, Value>,
}

/// Measures one workload.
pub(super) struct Meter<'a> {
    workload: &'static str,
    threads: usize,
    tell: &'a mut (dyn FnMut(Measurement) + Send),
}

/// What one variant of a workload is called and counts.
pub(super) struct Variant<'a> {
    /// Who is measured, after `impetus`; empty for the usual one.
    pub who: &'a str,
    /// Units of work in one repetition.
    pub units: f64,
    /// The size.
    pub key: String,
}

/// Time spent on one repetition.
#[derive(Clone, Copy)]
pub(super) struct Spent {
    wall: f64,
    cpu: f64,
}

impl Spent {
    /// Times `work`.
    pub fn on<T>(work: impl FnOnce() -> T) -> (Spent, T) {
        let (wall, cpu) = (Instant::now(), ProcessTime::now());
        let out = work();
        (Spent { cpu: cpu.elapsed().as_secs_f64(), wall: wall.elapsed().as_secs_f64() }, out)
    }

    /// Time that passed outside this process.
    pub fn elsewhere(wall: f64) -> Spent {
        Spent { wall, cpu: wall }
    }
}

impl<'a> Meter<'a> {
    pub fn new(workload: &'static str, threads: usize, tell: &'a mut (dyn FnMut(Measurement) + Send)) -> Self {
        Meter { workload, threads, tell }
    }

    /// Repeats `once`, which prepares, times the work itself and gives the numbers to check.
    pub fn repeat(&mut self, variant: Variant<'_>, mut once: impl FnMut() -> (Spent, Vec<(&'static str, f64)>)) {
        let (begin, mut spent, mut check) = (Instant::now(), Vec::new(), Vec::new());
        while spent.len() < MOST {
            let (time, numbers) = once();
            spent.push(time);
            check = numbers;
            let passed = begin.elapsed();
            if passed > BUDGET || (spent.len() >= LEAST && passed > WHILE) {
                break;
            }
        }
        let wall = sorted(spent.iter().map(|s| s.wall));
        let cpu = sorted(spent.iter().map(|s| s.cpu));
        // The clocks of other threads lag behind in very short runs: their median is used.
        let cpu_s = if wall[0] > 0.01 { cpu[0] } else { median(&cpu) };
        let per = 1e9 / variant.units;
        let dash = if variant.who.is_empty() { "" } else { "_" };
        (self.tell)(Measurement {
            workload: self.workload,
            who: format!("impetus{dash}{}", variant.who),
            seconds: wall[0],
            median: median(&wall),
            reps: spent.len(),
            units: variant.units,
            ns_per_unit: wall[0] * per,
            cpu_s,
            cpu_ns_per_unit: cpu_s * per,
            threads: self.threads,
            key: variant.key,
            check: check.into_iter().map(|(name, x)| (name.to_owned(), Value::from(x))).collect(),
        });
    }
}

fn sorted(times: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times
}

fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) { 0.5 * (sorted[middle - 1] + sorted[middle]) } else { sorted[middle] }
}
