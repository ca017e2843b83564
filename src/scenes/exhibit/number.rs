//! Read-outs in few words.

use crate::figure::{Rich, rich};
use crate::scenes::{Readout, Seen};
use crate::text::Text;

/// A read-out with a label and a sentence that says what is predicted and what is measured.
///
/// ```ignore
/// number(seen, t("rate", "速率"), t("…", "…")).predicted(rho).measured(slope).formula("$ρ = √β$").uses(&["beta"])
/// ```
pub fn number<'s>(seen: &'s Seen<'s>, label: Text, note: Text) -> Number<'s> {
    let readout = Readout {
        label: rich(seen.say(label)),
        unit: "",
        predicted: None,
        measured: None,
        note: seen.say(note).to_owned(),
        formula: rich(""),
        uses: Vec::new(),
        source: rich(""),
    };
    Number { seen, readout }
}

/// A read-out being written.
pub struct Number<'s> {
    seen: &'s Seen<'s>,
    readout: Readout,
}

impl Number<'_> {
    /// In this unit.
    #[must_use]
    pub fn unit(mut self, unit: &'static str) -> Self {
        self.readout.unit = unit;
        self
    }

    /// Computed by `theory`; what is not finite says nothing.
    #[must_use]
    pub fn predicted(mut self, value: impl Into<Option<f64>>) -> Self {
        self.readout.predicted = value.into();
        self
    }

    /// Measured on the run; what is not finite says nothing.
    #[must_use]
    pub fn measured(mut self, value: impl Into<Option<f64>>) -> Self {
        self.readout.measured = value.into();
        self
    }

    /// By this formula, from these parameters, found there.
    #[must_use]
    pub fn by(mut self, formula: &str, uses: &[&str], source: &str) -> Self {
        let symbol = |id: &&str| {
            let spec = self.seen.run.values.spec(id).ok()?;
            let name = if spec.symbol.is_empty() { self.seen.say(spec.name) } else { spec.symbol };
            Some((rich(name), self.seen.get(id)))
        };
        self.readout.uses = uses.iter().filter_map(symbol).collect();
        (self.readout.formula, self.readout.source) = (rich(formula), Rich::from(source));
        self
    }

    /// The read-out.
    pub fn done(self) -> Readout {
        self.readout
    }
}

/// The read-out without numbers that are not finite; `None` if none is left.
pub(super) fn known(mut readout: Readout) -> Option<Readout> {
    readout.predicted = readout.predicted.filter(|x| x.is_finite());
    readout.measured = readout.measured.filter(|x| x.is_finite());
    (readout.predicted.is_some() || readout.measured.is_some()).then_some(readout)
}
