//! From fits to a diagnosis.

use super::advice::advice;
use super::choose::{EXACT, Fitted, best, mixed};
use super::finding::{Curve, Diagnosis, Finding, Known, Momentum, Noise};
use super::likelihood::Rows;
use super::mode::Mode;
use super::record::{Kind, Record, Sentence};
use super::region::{Estimate, Region};
use super::rival::rival;
use super::shape::Shape;
use super::white::{FALSE, white};
use crate::text::{Text, t};
use crate::theory::nesterov::equivalent_beta;

/// More rows are looked at in windows.
const MOST: usize = 1000;
/// A probability that counts as sure.
const SURE: f64 = 0.95;

/// A loss is not told from fewer rows that count: where pushes are strong, most show little but their square.
const LEAST: f64 = 8.0;
const BEYOND: Text = t(
    "The run may be pushed so strongly that most rows show its noise and hardly its way; a weight or a gradient would tell more.",
    "运行所受的随机推动可能过强，多数行只反映噪声而几乎不反映其轨迹；改用权重或梯度可得到更多信息。",
);

const RIVAL: Text = t(
    "A decay on a trend, or one whose noise shrinks with it, explains the log about as well as an oscillation.",
    "叠加趋势的衰减，或噪声随之减小的衰减，对日志的解释与振荡几乎一样好。",
);

/// Diagnoses a log. Any record gets an answer, be it that nothing can be told.
pub fn diagnose(record: &Record, known: &Known) -> Diagnosis {
    let known = Known {
        rate: known.rate.filter(|x| x.is_finite() && *x > 0.0),
        momentum: known.momentum.filter(|x| (0.0..1.0).contains(x)),
    };
    let mut answers = windows(record).into_iter().map(|window| Case::new(window, known).judge());
    let first = answers.next();
    // The start of a long log is looked at where all of it shows no mode.
    match first {
        Some(first) if first.modes[0].is_some() => first,
        Some(first) => answers.find(|next| next.modes[0].is_some()).unwrap_or(first),
        None => Diagnosis::blank(record.clone(), known),
    }
}

/// A log that fits, or every so many rows of it, and its beginning.
fn windows(record: &Record) -> Vec<Record> {
    let rows = record.values.len();
    if rows <= MOST {
        return vec![record.clone()];
    }
    let stride = rows.div_ceil(MOST);
    let mut thin = record.clone();
    thin.values = record.values.iter().copied().step_by(stride).collect();
    thin.every = record.every.saturating_mul(u32::try_from(stride).unwrap_or(u32::MAX));
    let text = t(
        "Every {}th row of {} is used: faster oscillations would be an alias.",
        "每 {} 行取一行（共 {} 行）：更快的振荡会混叠。",
    );
    thin.notes.push(Sentence::new(text, [stride.to_string(), rows.to_string()]));
    let mut head = record.clone();
    head.values.truncate(MOST);
    let text = t(
        "The first {} of {} rows are used: all of them together show no mode.",
        "采用前 {} 行（共 {} 行）：全部行合起来看不出模态。",
    );
    head.notes.push(Sentence::new(text, [MOST.to_string(), rows.to_string()]));
    vec![thin, head]
}

/// A record on a scale of 1.
struct Case {
    values: Vec<f64>,
    offset: f64,
    scale: f64,
    out: Diagnosis,
}

impl Case {
    /// The record scaled; without values if all of them are one.
    fn new(record: Record, known: Known) -> Case {
        let offset = record.values.iter().copied().find(|v| v.is_finite()).unwrap_or(0.0);
        let far = |scale: f64, v: &f64| scale.max((v - offset).abs());
        let scale = record.values.iter().filter(|v| !v.is_nan()).fold(0.0, far);
        let usable = scale > 0.0 && scale.is_finite();
        let scaled = record.values.iter().filter(|_| usable).map(|v| (v - offset) / scale);
        Case { values: scaled.collect(), offset, scale, out: Diagnosis::blank(record, known) }
    }

    fn rows(&self) -> Rows<'_> {
        Rows { values: &self.values, every: self.out.record.every, trust: &[] }
    }

    fn judge(mut self) -> Diagnosis {
        if self.values.is_empty() {
            return self.out;
        }
        let (level, pole) = (best(self.rows(), Shape::Level), best(self.rows(), Shape::Pole));
        let is_loss = self.out.record.kind == Kind::Loss;
        let mode = best(self.rows(), if is_loss { Shape::Loss } else { Shape::Mode });
        let flat = level.as_ref().map_or(f64::INFINITY, |l| l.fit.misfit);
        let slow = pole.as_ref().map_or(f64::INFINITY, |p| p.fit.misfit);
        let mut rivalled = false;
        if let Some(mode) = &mode {
            let spare = 1.0 - mode.fit.free as f64 / mode.fit.rows as f64;
            self.out.evidence = spare * (flat.min(slow) - mode.fit.misfit);
            let shown = self.out.evidence >= self.out.needed;
            rivalled = shown && self.rivalled(mode);
            if shown && !rivalled && self.mode(mode) {
                return self.out;
            }
        }
        // Where nothing so far explains the log, two modes may.
        let plain = [&level, &pole, &mode].into_iter().flatten().min_by(|a, b| a.fit.misfit.total_cmp(&b.fit.misfit));
        if plain.is_some_and(|one| !white(&one.fit.rest, FALSE) && self.two(one)) {
            return self.out;
        }
        if rivalled {
            self.keep(pole.as_ref());
            self.out.finding = Finding::Unsure;
            self.out.record.notes.push(Sentence::new(RIVAL, []));
            return self.out;
        }
        // One parameter and no frequencies to choose among: noise reaches half of what a mode needs less often.
        match pole.filter(|_| flat - slow >= 0.5 * self.out.needed) {
            Some(pole) => self.slow(&pole),
            None => {
                self.keep(level.as_ref());
                self.out.finding = if self.out.white { Finding::Noise } else { Finding::Unsure };
            }
        }
        self.out
    }

    /// Whether a decay that is none of a mode explains the log nearly as well.
    fn rivalled(&self, fitted: &Fitted) -> bool {
        fitted.fit.variance > EXACT && rival(self.rows()) - fitted.fit.misfit < 0.5 * self.out.needed
    }

    /// Keeps a fit as the curve, in the units of the log.
    fn keep(&mut self, fitted: Option<&Fitted>) {
        let Some(Fitted { guess, fit }) = fitted else { return };
        // What rounding leaves of an exact log has memory, and means nothing.
        self.out.white = fit.variance < 1e-20 || white(&fit.rest, FALSE);
        self.out.noise = Some(match guess.share {
            s if s <= 0.0 => Noise::Seen,
            s if s >= 1.0 => Noise::Driven,
            _ => Noise::Both,
        });
        let curve: Vec<f64> = fit.curve.iter().map(|c| self.offset + self.scale * c).collect();
        let rest = self.out.record.values.iter().zip(&curve).map(|(y, c)| y - c).collect();
        let deviation = |share: f64| self.scale * (share * fit.variance).sqrt();
        self.out.curve = Some(Curve {
            curve,
            rest,
            centre: self.offset + self.scale * fit.centre,
            error: deviation(1.0 - guess.share),
            push: deviation(guess.share),
        });
    }

    /// One real pole.
    fn slow(&mut self, pole: &Fitted) {
        self.keep(Some(pole));
        self.out.finding = Finding::Slow;
        let is_loss = self.out.record.kind == Kind::Loss;
        let own = move |at: &[f64]| at.first().map_or(f64::NAN, |z| if is_loss { z.max(0.0).sqrt() } else { *z });
        self.out.pole = Region::of(self.rows(), &mixed(self.rows(), pole)).map(|region| region.estimate(own));
        // A known momentum makes a mode of it, if such a mode explains the log as well.
        if let Some((held, q)) = self.held() {
            let agrees = held.fit.misfit - pole.fit.misfit <= 0.5 * self.out.needed;
            self.out.momentum = Some(if agrees { Momentum::Agrees } else { Momentum::Contradicts });
            self.out.held = q.filter(|_| agrees);
            self.advise(None);
        }
    }

    /// One mode or two; false if its likelihood has no peak or its fit leaves too much.
    fn mode(&mut self, fitted: &Fitted) -> bool {
        let whole = mixed(self.rows(), fitted);
        let Some(region) = Region::of(self.rows(), &whole) else { return false };
        self.keep(Some(fitted));
        let mode = Mode::of(&region, 0);
        self.out.finding = match mode.ringing {
            p if p >= SURE => Finding::Ringing,
            p if p <= 1.0 - SURE => Finding::Real,
            _ => Finding::Border,
        };
        if region.count < LEAST {
            self.out.finding = Finding::Unsure;
            self.out.record.notes.push(Sentence::new(BEYOND, []));
            return true;
        }
        if !self.out.white && self.two(fitted) {
            return true;
        }
        // Evidence rests on the noise being as assumed; where it is not, more is asked.
        if !self.out.white && self.out.evidence < 3.0 * self.out.needed {
            self.out.finding = Finding::Unsure;
            return true;
        }
        self.claimed(&whole, &region);
        self.out.modes = [Some(mode), None];
        self.advise(None);
        true
    }

    /// A second mode, where one does not explain a coordinate.
    fn two(&mut self, one: &Fitted) -> bool {
        if self.out.record.kind == Kind::Loss {
            return false;
        }
        let Some(two) = best(self.rows(), Shape::Two) else { return false };
        let evidence = one.fit.misfit - two.fit.misfit;
        if evidence < self.out.needed || self.rivalled(&two) {
            return false;
        }
        let Some(region) = Region::of(self.rows(), &two) else { return false };
        self.keep(Some(&two));
        self.out.finding = Finding::Two;
        self.out.evidence = self.out.evidence.max(evidence);
        let mut modes = [0, 2].map(|i| Mode::of(&region, i));
        modes.sort_by(|a, b| a.q.value.total_cmp(&b.q.value));
        self.out.momentum = self.out.known.momentum.map(|beta| {
            let agrees = modes[0].beta.holds(beta);
            if agrees { Momentum::Agrees } else { Momentum::Contradicts }
        });
        let other = modes[1].q.value;
        self.out.modes = modes.map(Some);
        self.advise(Some(other));
        true
    }

    /// The fit at the known momentum.
    fn held(&self) -> Option<(Fitted, Option<Estimate>)> {
        let beta = self.out.known.momentum?;
        let loss = self.out.record.kind == Kind::Loss;
        let held = mixed(self.rows(), &best(self.rows(), Shape::Held { beta, loss })?);
        let q =
            Region::of(self.rows(), &held).map(|region| region.estimate(|at| at.first().copied().unwrap_or(f64::NAN)));
        Some((held, q))
    }

    /// What the log says of the known momentum.
    fn claimed(&mut self, fitted: &Fitted, region: &Region) {
        let Some((held, q)) = self.held() else { return };
        let claimed = self.out.known.momentum.unwrap_or(f64::NAN);
        let nesterov = region.estimate(|at| match at {
            [q, beta] => beta - equivalent_beta(*q, claimed),
            _ => f64::NAN,
        });
        let agrees = held.fit.misfit - fitted.fit.misfit <= region.level();
        self.out.held = q.filter(|_| agrees);
        self.out.momentum = Some(if agrees {
            Momentum::Agrees
        } else if nesterov.holds(0.0) {
            Momentum::Nesterov
        } else {
            Momentum::Contradicts
        });
    }

    /// Advice from the best numbers there are.
    fn advise(&mut self, other: Option<f64>) {
        // Of real poles nobody knows whether they are those of one mode.
        if self.out.finding == Finding::Real && self.out.held.is_none() {
            return;
        }
        self.out.advice = self.out.q().zip(self.out.beta()).and_then(|(q, beta)| advice(q, beta, other));
    }
}
