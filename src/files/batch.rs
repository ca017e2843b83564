//! One run per value of a parameter.

use super::plan::{PlanError, write};
use crate::param::Spec;
use crate::scenes::{SceneError, spec_of};
use crate::session::{Command, Document, Look, Plan, Session};
use crate::text::{Lang, Text, fill, t};

/// Most runs in a batch.
const MOST: usize = 1000;

/// The same run for several values of one parameter, derived ones included; seed, length, changes
/// in mid-run and the look stay.
pub struct Batch {
    plans: Vec<(String, Plan)>,
    look: Look,
    now: u64,
}

/// Why a batch is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum BatchError {
    /// The text names no parameter or no value.
    Form(String),
    /// The text in place of first, last and count is no range.
    Range(String),
    /// Too many values.
    TooMany(usize),
    /// A value is refused, or its run cannot be made.
    Value(PlanError),
}

impl<E: Into<PlanError>> From<E> for BatchError {
    fn from(e: E) -> Self {
        BatchError::Value(e.into())
    }
}

impl BatchError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let say = |text: Text, part: &str| fill(text.get(lang), &[&part.chars().take(60).collect::<String>()]);
        match self {
            BatchError::Form(given) => say(
                t(
                    "a batch is ID=VALUE,VALUE,… or ID=FIRST:LAST:COUNT, not “{}”",
                    "批量的格式是 ID=值,值,… 或 ID=首值:末值:个数，而不是“{}”",
                ),
                given,
            ),
            BatchError::Range(given) => say(
                t(
                    "“{}” is no range; give FIRST:LAST:COUNT with a count of at least 2",
                    "“{}”不是范围；请写 首值:末值:个数，个数至少为 2",
                ),
                given,
            ),
            BatchError::TooMany(count) => say(
                t("a batch has at most 1000 values, not {}", "一批最多 1000 个值，而不是 {} 个"),
                &count.to_string(),
            ),
            BatchError::Value(e) => e.say(lang),
        }
    }
}

impl std::fmt::Display for BatchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for BatchError {}

impl Batch {
    /// Reads `ID=V1,V2,…`, where a value may also be a range `FIRST:LAST:COUNT` of evenly spaced
    /// numbers, and checks that every run can be made.
    ///
    /// # Errors
    /// The first thing that is refused.
    pub fn parse(session: &Session, text: &str) -> Result<Batch, BatchError> {
        let form = || BatchError::Form(text.to_owned());
        let (id, list) = text.split_once('=').ok_or_else(form)?;
        Batch::new(session, id.trim(), list)
    }

    /// The same from the parameter and the list of its values.
    ///
    /// # Errors
    /// The first thing that is refused.
    pub fn new(session: &Session, id: &str, list: &str) -> Result<Batch, BatchError> {
        let spec = spec_of(session.scene(), id)?;
        let mut plans: Vec<(String, Plan)> = Vec::new();
        for value in values(spec, list)? {
            let label = format!("{id}={}", spec.text(value));
            if plans.iter().any(|(known, _)| *known == label) {
                continue;
            }
            let mut plan = session.plan().clone();
            write(&*plan.scene, id, value, &mut plan.values, session.mode())?;
            plan.start()?;
            plans.push((label, plan));
        }
        if plans.is_empty() {
            return Err(BatchError::Form(format!("{id}={list}")));
        }
        Ok(Batch { plans, look: session.look().clone(), now: session.playback().now })
    }

    /// What defines each run, in the order given, with its label.
    pub fn plans(&self) -> impl ExactSizeIterator<Item = (&str, &Plan)> {
        self.plans.iter().map(|(label, plan)| (label.as_str(), plan))
    }

    /// The runs in the order given, not yet computed, each with a label such as `eta=0.1`.
    pub fn sessions(&self) -> impl ExactSizeIterator<Item = Result<(&str, Session), SceneError>> {
        self.plans.iter().map(|(label, plan)| {
            let document = Document { look: self.look.clone(), ..Document::new(plan.clone()) };
            let mut session = Session::load(document)?;
            session.apply(Command::Seek(self.now))?;
            Ok((label.as_str(), session))
        })
    }
}

/// The values of a list, ranges included.
fn values(spec: &Spec, list: &str) -> Result<Vec<f64>, BatchError> {
    let mut out = Vec::new();
    for piece in list.split([',', '，', '、', ';', '；']).filter(|p| !p.trim().is_empty()) {
        if piece.contains([':', '：']) {
            range(spec, piece, &mut out)?;
        } else {
            out.push(spec.read(piece)?);
        }
        if out.len() > MOST {
            return Err(BatchError::TooMany(out.len()));
        }
    }
    Ok(out)
}

/// Evenly spaced values from `FIRST:LAST:COUNT`, to twelve digits so that their names stay short.
fn range(spec: &Spec, piece: &str, out: &mut Vec<f64>) -> Result<(), BatchError> {
    let wrong = || BatchError::Range(piece.to_owned());
    let [first, last, count] = piece.split([':', '：']).collect::<Vec<_>>().try_into().map_err(|_| wrong())?;
    let count: usize = count.trim().parse().map_err(|_| wrong())?;
    if count < 2 {
        return Err(wrong());
    }
    if count > MOST {
        return Err(BatchError::TooMany(count));
    }
    let (first, last) = (spec.read(first)?, spec.read(last)?);
    for k in 0..count {
        let share = k as f64 / (count - 1) as f64;
        let value = first * (1.0 - share) + last * share;
        let short = format!("{value:.11e}").parse().unwrap_or(value);
        out.push(spec.check(if k == 0 {
            first
        } else if k + 1 == count {
            last
        } else {
            short
        })?);
    }
    Ok(())
}
