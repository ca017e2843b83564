//! `impetus sweep`: a map over two parameters, measured alone or as one job of many, and merged.
//!
//! The `.json` file of `--out` is also what a job that was killed goes on from: it is written whole every
//! few seconds, and read first when it is there. `axis` reads what is swept, `progress` says how far it is.

mod axis;
mod measure;
mod progress;

use std::path::{Path, PathBuf};

use super::data::DataArguments;
use super::page::PageArguments;
use super::world::WorldArguments;
use super::{Usage, print};
use crate::export::{ExportError, Format, atomic_write};
use crate::files::sweep::{self as files, Part, Print, SweepError};
use crate::text::{Lang, fill, t};

/// Arguments of `sweep`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example, a map shared by the 8 jobs of an array:\n  \
    impetus sweep one-machine --x eta:0.01:4:64:log --y beta:0:0.99:64 --quantity steps --shard 3/8 --out part3.json\n  \
    impetus sweep --merge part*.json --out map.json --out map.svg\n\
    A job that was killed goes on where its .json file ends when the same command is given again.")]
pub struct SweepArguments {
    /// Scene identifier (`impetus list` names them), session file or share text
    #[arg(required_unless_present = "merge")]
    scene: Option<String>,
    #[command(flatten)]
    world: WorldArguments,
    #[command(flatten)]
    data: DataArguments,
    /// Sets a parameter, derived ones included; repeatable
    #[arg(long = "set", value_name = "ID=VALUE")]
    set: Vec<String>,
    /// Parameter along x, ID:FROM:TO:CELLS[:log]; with ID alone over the range the window shows
    #[arg(long, value_name = "AXIS", allow_hyphen_values = true)]
    x: Option<String>,
    /// Parameter along y, likewise
    #[arg(long, value_name = "AXIS", allow_hyphen_values = true)]
    y: Option<String>,
    /// What is measured; an unknown one lists all
    #[arg(long, value_name = "ID")]
    quantity: Option<String>,
    /// Cells along every axis that does not say; 108 by default
    #[arg(long)]
    cells: Option<String>,
    /// Seed of all noise
    #[arg(long)]
    seed: Option<u64>,
    /// Lens: optimizer, spring, controller or sampler
    #[arg(long)]
    lens: Option<String>,
    /// Eigenmode measured, from 1
    #[arg(long)]
    mode: Option<usize>,
    /// Threads; as many as there are processors by default
    #[arg(long)]
    threads: Option<std::num::NonZeroUsize>,
    /// Measures the I-th of N parts of the map only
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,
    /// Makes the whole map of its parts instead of measuring
    #[arg(long, value_name = "PART", num_args = 1.., conflicts_with_all = ["scene", "set", "x", "y", "quantity", "cells", "seed", "lens", "mode", "threads", "shard", "fresh"])]
    merge: Vec<PathBuf>,
    /// File to save, its ending says how: .json holds the map or its part, the others show it; repeatable
    #[arg(long, value_name = "FILE", required = true)]
    out: Vec<PathBuf>,
    /// Writes over what --out holds instead of going on from it
    #[arg(long)]
    fresh: bool,
    /// Says nothing while it works
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    page: PageArguments,
}

/// Measures or merges, and saves.
pub fn sweep(arguments: &SweepArguments, lang: Lang) -> anyhow::Result<()> {
    let outs = Outs::read(arguments, lang)?;
    let part = if arguments.merge.is_empty() {
        measure::measure(arguments, &outs, lang)?
    } else {
        let whole = merged(&arguments.merge).map_err(|e| anyhow::anyhow!(e.say(lang)))?;
        outs.save_part(&whole).map_err(|e| anyhow::anyhow!(e.say(lang)))?;
        whole
    };
    outs.save_figures(&part).map_err(|e| anyhow::anyhow!(e.say(lang)))?;
    if arguments.quiet {
        return Ok(());
    }
    let blank = part.values.iter().filter(|v| v.is_nan()).count();
    let names: Vec<String> = arguments.out.iter().map(|p| p.display().to_string()).collect();
    let text = t("{} cells, {} of them blank, in {}", "{} 格，其中 {} 格空白，已保存到 {}");
    let parts = [part.values.len().to_string(), blank.to_string(), names.join(", ")];
    print(fill(text.get(lang), &parts.each_ref().map(String::as_str)) + "\n")
}

fn merged(paths: &[PathBuf]) -> Result<Part, SweepError> {
    let parts = paths.iter().map(|path| Ok((path.clone(), files::read(path)?)));
    files::merge(&parts.collect::<Result<Vec<_>, SweepError>>()?)
}

/// The files to be written.
struct Outs<'a> {
    /// The map or its part.
    json: Option<&'a Path>,
    /// Figures of it.
    figures: Vec<(&'a Path, Format)>,
    print: Print,
}

impl<'a> Outs<'a> {
    /// Reads every name before anything is measured.
    fn read(arguments: &'a SweepArguments, lang: Lang) -> anyhow::Result<Self> {
        let mut out = Outs {
            json: None,
            figures: Vec::new(),
            print: Print { page: arguments.page.page(lang)?, dpi: arguments.page.dpi(lang)?, lang },
        };
        for path in &arguments.out {
            match Format::from_path(path).map_err(|e| Usage(e.say(lang)))? {
                Format::Json if out.json.is_some() => {
                    return Err(Usage(
                        t("one .json file holds the whole map", "整幅图只需一个 .json 文件").get(lang).into(),
                    )
                    .into());
                }
                Format::Json => out.json = Some(path),
                format => out.figures.push((path, format)),
            }
        }
        Ok(out)
    }

    fn save_part(&self, part: &Part) -> Result<(), ExportError> {
        self.json.map_or(Ok(()), |path| atomic_write(path, part.to_json().as_bytes()))
    }

    fn save_figures(&self, part: &Part) -> Result<(), ExportError> {
        let formats: Vec<Format> = self.figures.iter().map(|(_, format)| *format).collect();
        if formats.is_empty() {
            return Ok(());
        }
        let files = files::print(part, &formats, &self.print)?;
        self.figures.iter().zip(files).try_for_each(|((path, _), bytes)| atomic_write(path, &bytes))
    }
}
