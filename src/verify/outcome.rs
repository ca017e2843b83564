//! Running cases: both ways of computing, the verdict, and how a section fares.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::answer::Answers;
use super::book::{Book, Case};
use super::compare::compare;
use super::inputs::{Answered, Fault, Inputs};
use super::{closed, simulated};

/// How a wanted value was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By the formulas of `theory`.
    ClosedForm,
    /// By stepping `core`.
    Simulation,
}

impl Way {
    /// Stable identifier.
    pub fn key(self) -> &'static str {
        match self {
            Way::ClosedForm => "closed form",
            Way::Simulation => "simulation",
        }
    }
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every wanted value was computed, and every computed one agrees.
    Pass,
    /// Some value disagrees or has no answer.
    Fail,
    /// The program cannot compute it, for this reason; never a pass.
    NotCovered(String),
    /// The case itself is at fault, in this way.
    Malformed(String),
}

impl Verdict {
    /// Stable identifier.
    pub fn key(&self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::NotCovered(_) => "not covered",
            Verdict::Malformed(_) => "malformed",
        }
    }

    /// The sentence that comes with it.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Verdict::NotCovered(reason) | Verdict::Malformed(reason) => Some(reason),
            _ => None,
        }
    }
}

/// One wanted key, computed in one way. For a list it shows the worst value.
#[derive(Clone, Debug)]
pub struct Check {
    /// How it was computed.
    pub way: Way,
    /// Key of `expected`.
    pub key: String,
    /// Where in a list or object the worst value is, such as `[2][1]`; empty for a single value.
    pub place: String,
    /// Number of values compared.
    pub values: usize,
    /// What was wanted there.
    pub wanted: String,
    /// What was computed there.
    pub got: String,
    /// `|got - wanted|` there, if both are numbers.
    pub difference: Option<f64>,
    /// Whether every value of the key agrees.
    pub pass: bool,
}

/// What became of one case, and why.
#[derive(Clone, Debug)]
pub struct CaseResult {
    /// Section of its book.
    pub section: String,
    /// Its identifier.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Where its numbers come from.
    pub source: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Every comparison made.
    pub checks: Vec<Check>,
}

impl CaseResult {
    /// Whether some value of the case was computed this way.
    pub fn went(&self, way: Way) -> bool {
        self.checks.iter().any(|check| check.way == way && check.values > 0)
    }
}

/// Computes one case in every way there is and holds the answers to what is wanted.
pub fn run_case(book: &Book, index: usize) -> CaseResult {
    let Some(case) = book.cases.get(index) else {
        let nowhere = Case::new(format!("case {}", index + 1), "", "");
        let sentence = format!("“{}” has {} cases", book.name, book.cases.len());
        return result(book, &nowhere, Verdict::Malformed(sentence), Vec::new());
    };
    match judge(&book.section, case) {
        Ok((verdict, checks)) => result(book, case, verdict, checks),
        Err(Fault::Malformed(sentence)) => result(book, case, Verdict::Malformed(sentence), Vec::new()),
        Err(Fault::NotCovered(reason)) => result(book, case, Verdict::NotCovered(reason), Vec::new()),
    }
}

fn result(book: &Book, case: &Case, verdict: Verdict, checks: Vec<Check>) -> CaseResult {
    CaseResult {
        section: book.section.clone(),
        id: case.id.clone(),
        kind: case.kind.clone(),
        source: case.source.clone(),
        verdict,
        checks,
    }
}

fn judge(section: &str, case: &Case) -> Answered<(Verdict, Vec<Check>)> {
    if let Some(fault) = &case.fault {
        return Err(Fault::Malformed(fault.clone()));
    }
    let inputs = Inputs::new(&case.inputs);
    let (mut checks, mut reason) = (Vec::new(), None);
    for (way, compute) in
        [(Way::ClosedForm, closed::find(section, &case.kind)), (Way::Simulation, simulated::find(section, &case.kind))]
    {
        match compute.map(|compute| compute(inputs)) {
            None => {}
            Some(Ok(answers)) => checks.extend(hold(case, way, &answers)),
            Some(Err(Fault::NotCovered(why))) => reason = Some(why),
            Some(Err(fault)) => return Err(fault),
        }
    }
    if checks.is_empty() {
        let unknown = || format!("there is no way to compute the kind “{}” of section {section}", case.kind);
        return Err(Fault::NotCovered(reason.unwrap_or_else(unknown)));
    }
    checks.extend(unanswered(case, &checks));
    let pass = checks.iter().all(|check| check.pass);
    Ok((if pass { Verdict::Pass } else { Verdict::Fail }, checks))
}

/// Holds the simulation of a case to its closed form, on every key both answer and whatever the case
/// wants; empty where one of them has no answer.
pub fn cross_check(book: &Book, index: usize) -> Vec<Check> {
    let Some(case) = book.cases.get(index).filter(|case| case.fault.is_none()) else { return Vec::new() };
    let inputs = Inputs::new(&case.inputs);
    let answers = |compute: Option<closed::Compute>| compute.and_then(|compute| compute(inputs).ok());
    let formula = answers(closed::find(&book.section, &case.kind));
    let Some((formula, run)) = formula.zip(answers(simulated::find(&book.section, &case.kind))) else {
        return Vec::new();
    };
    let expected = formula.iter().map(|(key, answer)| (key.clone(), answer.to_json())).collect();
    hold(&Case { expected, ..case.clone() }, Way::Simulation, &run)
}

/// Holds the answers of one way to the wanted values of the same keys.
fn hold(case: &Case, way: Way, answers: &Answers) -> Vec<Check> {
    let both = case.expected.iter().filter_map(|(key, wanted)| {
        let (_, got) = answers.iter().find(|(name, _)| name == key)?;
        Some((key, compare(got, wanted, case.tolerance_of(key))))
    });
    both.map(|(key, found)| Check {
        way,
        key: key.clone(),
        place: found.place,
        values: found.values,
        wanted: found.wanted,
        got: found.got,
        difference: found.difference,
        pass: found.pass,
    })
    .collect()
}

/// A failure for every wanted key that nothing answers.
fn unanswered(case: &Case, checks: &[Check]) -> Vec<Check> {
    let open = case.expected.iter().filter(|(key, _)| checks.iter().all(|check| check.key != **key));
    open.map(|(key, wanted)| Check {
        way: Way::ClosedForm,
        key: key.clone(),
        place: String::new(),
        values: 0,
        wanted: super::inputs::shortened(&wanted.to_string(), 80),
        got: "no answer".into(),
        difference: None,
        pass: false,
    })
    .collect()
}

/// Runs cases on all processors; the results come in the order of the jobs.
pub fn run_cases(jobs: &[(&Book, usize)]) -> Vec<CaseResult> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len().max(1));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, (book, case))) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            jobs.get(at).map(|job| (at, *job))
        } {
            done.push((at, run_case(book, case)));
        }
        done
    };
    let mut all: Vec<(usize, CaseResult)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

/// How the cases of one section fare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The section; empty for a total.
    pub section: String,
    /// Cases.
    pub cases: usize,
    /// Of these, passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Not covered.
    pub not_covered: usize,
    /// Malformed.
    pub malformed: usize,
    /// Cases with a value computed by a closed form.
    pub closed_form: usize,
    /// Cases with a value computed by simulation.
    pub simulated: usize,
}

impl Summary {
    /// A summary per section, in the order in which the sections first appear.
    pub fn per_section(results: &[CaseResult]) -> Vec<Summary> {
        let mut out: Vec<Summary> = Vec::new();
        for result in results {
            let at = out.iter().position(|s| s.section == result.section).unwrap_or_else(|| {
                out.push(Summary { section: result.section.clone(), ..Summary::default() });
                out.len() - 1
            });
            if let Some(summary) = out.get_mut(at) {
                summary.count(result);
            }
        }
        out
    }

    /// All results together.
    pub fn total(results: &[CaseResult]) -> Summary {
        let mut out = Summary::default();
        results.iter().for_each(|result| out.count(result));
        out
    }

    fn count(&mut self, result: &CaseResult) {
        self.cases += 1;
        self.closed_form += usize::from(result.went(Way::ClosedForm));
        self.simulated += usize::from(result.went(Way::Simulation));
        match result.verdict {
            Verdict::Pass => self.passed += 1,
            Verdict::Fail => self.failed += 1,
            Verdict::NotCovered(_) => self.not_covered += 1,
            Verdict::Malformed(_) => self.malformed += 1,
        }
    }
}
