//! From a session to files and back: what the window and the command line both save and open.
//!
//! [`compose()`] puts views together into one figure, [`Artwork`] is that figure with its
//! [`Provenance`](crate::export::Provenance), ready to be printed in any format. [`restore()`] goes
//! the other way, from the provenance to the run and the figure; [`command()`] and
//! [`figure_command`] say the same as a line for a shell. [`Batch`] makes a run per value of a
//! parameter, [`factory`] every figure of every scene, [`sweep`] a map by one job or by many. [`deliver`] takes data that
//! was read to the scene that uses it.

mod airfoil;
mod artwork;
mod batch;
mod command;
mod compose;
mod door;
pub mod factory;
pub mod keep;
mod plan;
mod preferences;
mod progress;
mod restore;
mod settings;
pub mod sweep;

use std::path::{Path, PathBuf};

use crate::export::Format;
use crate::session::Session;
use crate::text::{Lang, fill, t};

pub use airfoil::{AIRFOIL, bring_airfoil, bring_named_airfoil};
pub use artwork::{Artwork, run_provenance, save, save_run};
pub use batch::{Batch, BatchError};
pub use command::{command, figure_command, sweep_command};
pub use compose::{Composition, compose};
pub use door::{Delivery, Door, deliver};
pub use plan::{PlanError, amend, event, plan};
pub use preferences::Preferences;
pub use progress::{Outcome, Progress, Reading};
pub use restore::{Claim, Notice, RestoreError, Restored, restore};
pub use settings::Settings;

/// The name of the figure that shows the views that matter most.
pub const OVERVIEW: &str = "overview";

/// The names of all figures, the overview first.
pub fn figure_ids(session: &Session, lang: Lang) -> Vec<&'static str> {
    let views = session.scene().views(&session.run().values, session.view(lang));
    std::iter::once(OVERVIEW).chain(views.into_iter().map(|v| v.id)).collect()
}

/// A file name for a figure of a session.
pub fn file_name(session: &Session, id: &str, format: Format) -> PathBuf {
    PathBuf::from(format!("{}-{id}.{}", session.scene().meta().id, format.extension()))
}

/// The sentence that says what was saved where.
pub fn saved(names: &[String], folder: &Path, lang: Lang) -> String {
    let text = t("Saved {} in {}.", "已保存 {}，位置：{}。");
    fill(text.get(lang), &[&names.join(", "), &folder.display().to_string()])
}
