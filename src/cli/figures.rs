//! `impetus figures`: every figure of every scene.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::page::PageArguments;
use super::{Failed, Usage, print};
use crate::export::Format;
use crate::files::factory::{FactoryError, Order, make};
use crate::text::{Lang, fill, t};

/// Arguments of `figures`.
#[derive(Debug, clap::Args)]
pub struct FiguresArguments {
    /// Folder to fill; it is made if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Only these scenes or scene-view names, with commas between them; repeatable
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    only: Vec<String>,
    /// Formats by their file endings, svg, pdf, png, csv and so on; repeatable, all by default
    #[arg(long, value_name = "FORMAT")]
    format: Vec<String>,
    /// Makes files again that are as they should be
    #[arg(long)]
    force: bool,
    /// A fault that preflight finds is an error
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    page: PageArguments,
}

/// Makes the figures and says what became of them.
pub fn figures(arguments: &FiguresArguments, langs: &[Lang], lang: Lang) -> anyhow::Result<()> {
    let order = Order {
        folder: arguments.out.clone(),
        only: arguments.only.clone(),
        langs: langs.to_vec(),
        formats: formats(&arguments.format, lang)?,
        pages: arguments.page.pages(lang)?,
        dpi: arguments.page.dpi(lang)?,
        force: arguments.force,
    };
    let terminal = std::io::stderr().is_terminal();
    let result = make(&order, |done, total, name| {
        if terminal {
            eprint!("\r\x1b[K{done}/{total} {name}");
        }
    });
    if terminal {
        eprint!("\r\x1b[K");
    }
    let made = result.map_err(|e| match e {
        FactoryError::NoFigure(_) => anyhow::Error::from(Usage(e.say(lang))),
        _ => anyhow::anyhow!(e.say(lang)),
    })?;
    let text = t("{} written, {} unchanged in {}", "写入 {} 个文件，{} 个未变，位置：{}");
    let parts = [made.written.to_string(), made.unchanged.to_string(), arguments.out.display().to_string()];
    print(fill(text.get(lang), &parts.each_ref().map(String::as_str)) + "\n")?;
    if arguments.strict && !made.faults.is_empty() {
        return Err(Failed(made.faults.into_iter().map(|(file, fault)| format!("{file}: {fault}")).collect()).into());
    }
    Ok(())
}

fn formats(names: &[String], lang: Lang) -> Result<Vec<Format>, Usage> {
    let mut out = Vec::new();
    for name in names {
        let found = Format::ALL.into_iter().find(|f| f.extension() == name.to_ascii_lowercase());
        let Some(format) = found else {
            let valid = Format::ALL.map(Format::extension).join(", ");
            let text = t("there is no format “{}”; there are: {}", "没有格式“{}”；可用的有：{}");
            return Err(Usage(fill(text.get(lang), &[name, &valid])));
        };
        if !out.contains(&format) {
            out.push(format);
        }
    }
    Ok(if out.is_empty() { Format::ALL.to_vec() } else { out })
}
