//! What a scene asks before a run and answers after it: prediction, answer, claims, reading, checks.
//!
//! Nothing here is typed that could be computed: the right choice, the curve a sketch is laid over, the
//! verdict on a claim and the numbers of the answer are read off the run that is shown.

use super::{LaneRun, Run, View};
use crate::core::Probe;
use crate::param::show_number;
use crate::text::{Lang, Text, fill, t};

/// A run as somebody looks at it.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The run.
    pub run: &'a Run,
    /// From where it is looked at.
    pub view: View,
}

impl<'a> Seen<'a> {
    /// The language of every word.
    pub fn lang(&self) -> Lang {
        self.view.lang
    }

    /// A wording in the language of the view.
    pub fn say(&self, text: Text) -> &'static str {
        text.get(self.view.lang)
    }

    /// A wording with numbers in its places, written as everywhere in the program.
    pub fn tell(&self, pattern: Text, numbers: &[f64]) -> String {
        let numbers: Vec<String> = numbers.iter().map(|x| show_number(*x)).collect();
        fill(self.say(pattern), &numbers.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The present value of a parameter.
    pub fn get(&self, id: &str) -> f64 {
        self.run.values.get(id)
    }

    /// The present choice of a parameter.
    pub fn index(&self, id: &str) -> usize {
        self.run.values.index(id)
    }

    /// Lane `i`, in the order in which the scene built them.
    pub fn lane(&self, i: usize) -> Option<&'a LaneRun> {
        self.run.lanes.get(i)
    }

    /// What lane `i` recorded of `probe` after `n` iterations; NaN if nothing.
    pub fn at(&self, i: usize, probe: Probe, n: u64) -> f64 {
        self.lane(i).and_then(|lane| lane.at(probe, n)).unwrap_or(f64::NAN)
    }

    /// Coordinate `k` of lane `i` at the end of what is computed; NaN if there is none.
    pub fn end(&self, i: usize, k: usize) -> f64 {
        self.at(i, Probe::Position(k), self.run.done())
    }
}

/// What a reader is asked before the run is shown.
#[derive(Clone, Copy)]
pub enum Predict {
    /// To choose one of several answers.
    Choose {
        /// What is asked.
        question: Text,
        /// The answers on offer, two at least.
        choices: &'static [Text],
        /// The index of the right one, read off the run.
        right: fn(&Seen<'_>) -> usize,
    },
    /// To draw a curve.
    Sketch {
        /// What is asked.
        question: Text,
        /// The view and the panel in which it is drawn, over empty axes.
        place: [&'static str; 2],
        /// Abscissae and ordinates of the right curve, read off the run.
        truth: for<'a> fn(&Seen<'a>) -> [Vec<f64>; 2],
    },
}

/// A scene as the chapter tells it.
#[derive(Clone, Copy)]
pub struct Story {
    /// What is asked before the run.
    pub predict: Predict,
    /// The answer to the question of the scene, with the numbers it rests on.
    pub answer: fn(&Seen<'_>) -> String,
    /// Statements of the sources that this scene can judge.
    pub claims: &'static [Claim],
    /// Where to read on: author, year, title, place.
    pub reading: &'static [&'static str],
    /// Numbers that have to come out, from print or from theory.
    pub checks: &'static [Check],
}

/// A statement of a source article.
#[derive(Clone, Copy)]
pub struct Claim {
    /// Number of the article among the sources.
    pub source: &'static str,
    /// What it says, in our words.
    pub says: Text,
    /// What the run says of it.
    pub judge: fn(&Seen<'_>) -> Finding,
}

impl Claim {
    /// What article `source` says, and how a run judges it.
    pub const fn new(source: &'static str, says: Text, judge: fn(&Seen<'_>) -> Finding) -> Claim {
        Claim { source, says, judge }
    }
}

/// What became of a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// The numbers it rests on, in a sentence or two.
    pub because: String,
}

impl Finding {
    /// It holds or it does not, because of these numbers.
    pub fn plain(holds: bool, because: String) -> Finding {
        Finding { verdict: if holds { Verdict::Holds } else { Verdict::Fails }, because }
    }

    /// It holds under conditions if the numbers say so, and not at all otherwise.
    pub fn conditional(sometimes: bool, because: String) -> Finding {
        Finding { verdict: if sometimes { Verdict::Conditional } else { Verdict::Fails }, because }
    }
}

/// Whether a statement holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it stands.
    Holds,
    /// Under conditions that the statement leaves out.
    Conditional,
    /// It does not.
    Fails,
}

impl Verdict {
    /// In a word.
    pub const fn title(self) -> Text {
        match self {
            Verdict::Holds => t("holds", "成立"),
            Verdict::Conditional => t("holds under conditions", "有条件成立"),
            Verdict::Fails => t("does not hold", "不成立"),
        }
    }
}

/// A number that has to come out of a run of this scene.
#[derive(Clone, Copy)]
pub struct Check {
    /// What it is.
    pub what: Text,
    /// Which preset is run to its end, from 0; the defaults if none.
    pub preset: Option<usize>,
    /// The number wanted: printed, or from theory.
    pub wanted: fn(&Seen<'_>) -> f64,
    /// The number the run gives.
    pub got: fn(&Seen<'_>) -> f64,
    /// The largest difference allowed.
    pub within: f64,
}

impl Check {
    /// A number that has to come out of the defaults run to their end.
    pub const fn new(what: Text, wanted: fn(&Seen<'_>) -> f64, got: fn(&Seen<'_>) -> f64, within: f64) -> Check {
        Check { what, preset: None, wanted, got, within }
    }

    /// The same number of a preset.
    #[must_use]
    pub const fn of(mut self, preset: usize) -> Check {
        self.preset = Some(preset);
        self
    }
}
