//! `impetus verify`: the program held to numbers it did not make.
//!
//! A [`Book`] is a file of golden cases: inputs, wanted values, tolerances (`assets/golden/README.md`
//! has the format). [`run_case`] computes a case by the formulas of `theory`, by stepping `core`, or in
//! both ways where both can, and every answer has to agree. A kind that nothing computes is reported as
//! not covered and never as a pass; a case that is at fault is reported with the input that is.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `book` | reading a file; [`VerifyError`] |
//! | `torch`, `training` | the two files with schemas of their own, turned into cases |
//! | `inputs` | total accessors to what a case gives, and the limits that keep every case short |
//! | `answer`, `compare` | what a computation answers, and how it is held to what is wanted |
//! | `closed` | kinds answered by `theory`, one file per section or two |
//! | `simulated` | kinds answered by stepping `core` |
//! | `digits`, `airfoil` | the bundled digits and the rows of a reader's table that training cases need |
//! | `orders` | the order every integrator shows |
//! | `chapter` | numbers that scenes have to give, on whole runs of them |
//! | `outcome` | running cases, verdicts, summaries |
//!
//! Nothing here reads a file, measures time or panics.

mod airfoil;
mod answer;
mod book;
mod chapter;
mod closed;
mod compare;
mod digits;
mod inputs;
mod orders;
mod outcome;
mod simulated;
mod torch;
mod training;

pub use book::{Book, Case, LARGEST, VerifyError};
pub use chapter::{SECTION as SCENES_SECTION, SceneJob, run_scenes, scene_jobs, scene_of};
pub use compare::Tolerance;
pub use orders::{Order, observed_orders};
pub use outcome::{CaseResult, Check, Summary, Verdict, Way, cross_check, run_case, run_cases};

/// The golden files that come with the program: name and text.
const BUNDLED: &[(&str, &str)] = &[
    ("00_seeds", include_str!("../../assets/golden/00_seeds.json")),
    ("01_conventions", include_str!("../../assets/golden/01_conventions.json")),
    ("02_heavy_ball", include_str!("../../assets/golden/02_heavy_ball.json")),
    ("03_mapping", include_str!("../../assets/golden/03_mapping.json")),
    ("04_pd", include_str!("../../assets/golden/04_pd.json")),
    ("05_integrators", include_str!("../../assets/golden/05_integrators.json")),
    ("06_fluctuation", include_str!("../../assets/golden/06_fluctuation.json")),
    ("07_phase_space", include_str!("../../assets/golden/07_phase_space.json")),
    ("08_signal", include_str!("../../assets/golden/08_signal.json")),
    ("09_games", include_str!("../../assets/golden/09_games.json")),
    ("10_adam", include_str!("../../assets/golden/10_adam.json")),
    ("11_toys", include_str!("../../assets/golden/11_toys.json")),
    ("12_functions", include_str!("../../assets/golden/12_functions.json")),
    ("scenes_printed", include_str!("../../assets/golden/scenes_printed.json")),
    ("torch_optimizers", include_str!("../../assets/golden/torch_optimizers.json")),
    ("training", include_str!("../../assets/golden/training.json")),
];

/// The books that come with the program; a test holds that every one of them reads.
pub fn bundled() -> Vec<Book> {
    BUNDLED.iter().filter_map(|(name, text)| Book::parse(name, text).ok()).collect()
}
