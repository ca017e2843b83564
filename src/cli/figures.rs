//! `impetus figures`: every figure of every scene.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::PathBuf;

use super::{PageArguments, Usage, make_folder, print};
use crate::export::{Format, atomic_write};
use crate::files;
use crate::scenes::SCENES;
use crate::session::Session;
use crate::text::Lang;

/// Arguments of `figures`.
#[derive(Debug, clap::Args)]
pub struct FiguresArguments {
    /// Folder to fill; it is made if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Only these scenes or scene-view names; repeatable
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// Formats: svg, pdf, png, csv; repeatable, all by default
    #[arg(long, value_name = "FORMAT")]
    format: Vec<String>,
    #[command(flatten)]
    page: PageArguments,
}

/// Saves every figure in every format, and a file of captions.
pub fn figures(arguments: &FiguresArguments, lang: Lang) -> anyhow::Result<()> {
    let formats = formats(&arguments.format)?;
    let page = arguments.page.page()?;
    let (mut captions, mut count) = (String::new(), 0);
    for scene in SCENES {
        let mut session = Session::open(*scene)?;
        session.advance(session.plan().steps);
        session.apply(crate::session::Command::Seek(u64::MAX))?;
        for id in files::figure_ids(&session, lang) {
            let name = format!("{}-{id}", scene.meta().id);
            let wanted = |only: &String| *only == name || only == scene.meta().id;
            if !arguments.only.is_empty() && !arguments.only.iter().any(wanted) {
                continue;
            }
            if std::io::stderr().is_terminal() {
                eprint!("\r{name:<60}");
            }
            make_folder(&arguments.out)?;
            for format in &formats {
                let path = arguments.out.join(files::file_name(&session, id, *format));
                let saved = files::save(&session, id, &path, &page, arguments.page.dpi, lang);
                saved.map_err(|e| anyhow::anyhow!(e.say(lang)))?;
                count += 1;
            }
            if let Some(figure) = files::figure(&session, id, lang) {
                let _ = writeln!(captions, "## {name}\n\n**{}.** {}\n", figure.title.plain(), figure.caption);
            }
        }
    }
    if count == 0 {
        return Err(Usage(format!(
            "--only {} names no figure; `impetus list` names the scenes",
            arguments.only.join(" ")
        ))
        .into());
    }
    atomic_write(&arguments.out.join("captions.md"), captions.as_bytes())?;
    if std::io::stderr().is_terminal() {
        eprint!("\r{:<60}\r", "");
    }
    print(format!("{count} files in {}\n", arguments.out.display()))
}

fn formats(names: &[String]) -> anyhow::Result<Vec<Format>> {
    if names.is_empty() {
        return Ok(Format::ALL.to_vec());
    }
    let valid = || Format::ALL.map(Format::extension).join(", ");
    let one = |name: &String| {
        Format::ALL
            .into_iter()
            .find(|f| f.extension() == name.to_ascii_lowercase())
            .ok_or_else(|| Usage(format!("there is no format “{name}”; there are: {}", valid())).into())
    };
    names.iter().map(one).collect()
}
