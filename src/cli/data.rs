//! Data from files on the command line.

use std::path::{Path, PathBuf};

use super::Usage;
use crate::data::{Recognised, Tray};
use crate::files::keep::Opened;
use crate::files::{Delivery, Door, amend, deliver};
use crate::session::Plan;
use crate::text::{Lang, data as words, fill};

/// Files with data.
#[derive(Debug, clap::Args)]
pub struct DataArguments {
    /// File with data for the scene, a table, a training log, IDX images or labels; repeatable
    #[arg(long = "data", value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl DataArguments {
    /// Reads the data and lets the plan use it.
    ///
    /// # Errors
    /// One sentence: a file holds no data, or data of another scene.
    pub fn lend(&self, plan: &mut Plan, lang: Lang) -> anyhow::Result<()> {
        let (mut tray, mut waiting) = (Tray::default(), None);
        for file in &self.files {
            let opened = Opened::read(file).map_err(|e| Usage(e.say(lang)))?;
            let Opened::Data(data) = opened else { return Err(refuse(words::NO_DATA, file, &[], lang).into()) };
            let Delivery { said, door } = deliver(&mut tray, *data, lang);
            match door {
                None => waiting = Some(said),
                Some(door) => {
                    waiting = None;
                    fit(door, plan, file, lang)?;
                    eprintln!("impetus: {said}");
                }
            }
        }
        waiting.map_or(Ok(()), |said| Err(Usage(said).into()))
    }
}

/// Tells a plan to use what went through a door.
fn fit(door: Door, plan: &mut Plan, file: &Path, lang: Lang) -> Result<(), Usage> {
    let scene = plan.scene.meta().id;
    if door.scene != scene {
        return Err(refuse(words::NOT_FOR, file, &[door.scene, scene], lang));
    }
    amend(plan, [(door.parameter, door.value)], 0).map_err(|e| Usage(e.say(lang)))
}

/// The scene that uses what a file holds, told to use it.
///
/// # Errors
/// One sentence when there is none, or the data waits for its other part.
pub fn scene_of(data: Recognised, file: &Path, lang: Lang) -> Result<Plan, Usage> {
    let Delivery { said, door } = deliver(&mut Tray::default(), data, lang);
    let Some(door) = door else { return Err(Usage(said)) };
    let plan = door.plan().ok_or_else(|| refuse(words::FOR_NONE, file, &[], lang))?;
    eprintln!("impetus: {said}");
    Ok(plan)
}

fn refuse(text: crate::text::Text, file: &Path, parts: &[&str], lang: Lang) -> Usage {
    let file = file.display().to_string();
    let parts: Vec<&str> = std::iter::once(file.as_str()).chain(parts.iter().copied()).collect();
    Usage(fill(text.get(lang), &parts))
}
