//! What a diagnosis holds.

use super::advice::Advice;
use super::mode::Mode;
use super::record::Record;
use super::region::Estimate;

/// What is known of a run beside its log.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Known {
    /// Learning rate η.
    pub rate: Option<f64>,
    /// Momentum β.
    pub momentum: Option<f64>,
}

/// What a log shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// One value for ever.
    Constant,
    /// Noise about a level: nothing of the run.
    Noise,
    /// One real pole: a slow approach, a drift or a random walk.
    Slow,
    /// Two real poles.
    Real,
    /// Poles that may be real or complex: close to critical.
    Border,
    /// A complex pair: it rings.
    Ringing,
    /// Two modes of one momentum.
    Two,
    /// Structure that none of the models explains.
    Unsure,
}

impl Finding {
    /// Identifier for machines.
    pub fn key(self) -> &'static str {
        match self {
            Finding::Constant => "constant",
            Finding::Noise => "noise",
            Finding::Slow => "one_real_pole",
            Finding::Real => "two_real_poles",
            Finding::Border => "near_critical",
            Finding::Ringing => "ringing",
            Finding::Two => "two_modes",
            Finding::Unsure => "unexplained",
        }
    }
}

/// What kind of noise explains a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// Errors of the recorded values; the run itself is smooth.
    Seen,
    /// Random pushes that drive the run, as minibatches do.
    Driven,
    /// Both.
    Both,
}

/// What the log says of a momentum that is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Momentum {
    /// It is compatible with it.
    Agrees,
    /// It contradicts heavy ball and is compatible with Nesterov's method at that momentum.
    Nesterov,
    /// It contradicts both.
    Contradicts,
}

/// The fit beside the log, row by row; NaN where a row is missing.
#[derive(Clone, Debug)]
pub struct Curve {
    /// The fitted run, or what was expected one row ahead where noise drives it.
    pub curve: Vec<f64>,
    /// What is left of the log.
    pub rest: Vec<f64>,
    /// Where the run comes to rest; NaN if it does not.
    pub centre: f64,
    /// Standard deviation of the error of a row.
    pub error: f64,
    /// Standard deviation of the random push of a step; of a loss, of what it does where the run is farthest out.
    pub push: f64,
}

/// What a log says of the run it was kept of.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The rows that were used.
    pub record: Record,
    /// What was known beside.
    pub known: Known,
    /// What it shows.
    pub finding: Finding,
    /// By how much a mode lowers −2 ln L against noise, drift and one real pole, of [`Diagnosis::needed`].
    pub evidence: f64,
    /// What noise without a mode reaches in less than one log of a hundred.
    pub needed: f64,
    /// What kind of noise there is.
    pub noise: Option<Noise>,
    /// Whether the residuals show no memory; if they do, intervals are widened.
    pub white: bool,
    /// The fit.
    pub curve: Option<Curve>,
    /// The one real pole per step, of the run (not of its loss).
    pub pole: Option<Estimate>,
    /// The mode, and a second one.
    pub modes: [Option<Mode>; 2],
    /// q where the momentum is known and the log does not contradict it.
    pub held: Option<Estimate>,
    /// What the log says of the known momentum.
    pub momentum: Option<Momentum>,
    /// What to change.
    pub advice: Option<Advice>,
}

/// Evidence (−2 ln L) that noise of `n` rows without a ringing mode reaches in less than one log of a hundred.
///
/// The best of all frequencies is taken, so it grows with their number; measured on white and autocorrelated
/// noise, random walks, drifts and decays of 16 to 1000 rows.
pub fn needed(n: usize) -> f64 {
    22.0 + 2.0 * (n.max(1) as f64).ln()
}

impl Diagnosis {
    /// Nothing found yet.
    pub(super) fn blank(record: Record, known: Known) -> Diagnosis {
        Diagnosis {
            needed: needed(record.values.len()),
            record,
            known,
            finding: Finding::Constant,
            evidence: 0.0,
            noise: None,
            white: true,
            curve: None,
            pole: None,
            modes: [None, None],
            held: None,
            momentum: None,
            advice: None,
        }
    }

    /// q = ηλ (1) of the mode: at the known momentum if the log agrees with it.
    pub fn q(&self) -> Option<Estimate> {
        self.held.or(self.modes[0].as_ref().map(|mode| mode.q))
    }

    /// β (1): the known one if the log agrees with it; of a real pair it is that of one mode with both poles.
    pub fn beta(&self) -> Option<Estimate> {
        let known = self.known.momentum.filter(|_| self.held.is_some());
        let own = known.map(|beta| Estimate { value: beta, low: beta, high: beta });
        own.or(self.modes[0].as_ref().map(|mode| mode.beta))
    }

    /// The curvature λ = q/η where the learning rate is known.
    pub fn curvature(&self) -> Option<Estimate> {
        let rate = self.known.rate?;
        self.q().map(|q| q.map(|q| q / rate))
    }

    /// Whether β is told by the log itself: not by real poles, which may belong to two modes.
    pub fn tells_momentum(&self) -> bool {
        matches!(self.finding, Finding::Ringing | Finding::Two)
    }

    /// Whether the oscillation may last for ever: undamped, or driven from outside.
    pub fn lasts(&self) -> bool {
        self.finding == Finding::Ringing && self.modes[0].as_ref().is_some_and(|mode| mode.beta.high >= 1.0)
    }
}
