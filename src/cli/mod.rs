//! The command line: the same scenes, session and figures, without a display.
//!
//! Exit codes: 0 done, 1 something failed, 2 bad usage. Every fault is one sentence on the error
//! stream. Parameters are not spelled out here; they are read from the scenes' declarations.

mod catalogue;
mod figures;
mod run;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::scenes::{SCENES, Scene};
use crate::text::{Lang, fill, t};

/// Arguments of the program.
#[derive(Debug, Parser)]
#[command(
    name = "impetus",
    version,
    about = "A momentum optimizer is a machine with inertia: a laboratory",
    propagate_version = true
)]
struct Arguments {
    /// Language of the window, of figures and of messages: en or zh
    #[arg(long, global = true, value_parser = lang)]
    lang: Option<Lang>,
    /// Opens the window in the light theme
    #[arg(long)]
    light: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists every scene
    List {
        /// As JSON: titles, group, rows, parameters, views
        #[arg(long)]
        json: bool,
    },
    /// Shows one scene: its question, parameters, ranges and views
    Show {
        /// Scene identifier
        scene: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Runs one scene and saves figures or data, or prints its read-outs
    Run(run::RunArguments),
    /// Makes every figure of every scene
    Figures(figures::FiguresArguments),
    /// Holds the program to golden numbers it did not make, bundled or yours
    Verify(verify::VerifyArguments),
    /// Prints a completion script for a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
}

fn lang(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| "give en or zh".into())
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(e) => {
            let code = if e.use_stderr() { 2 } else { 0 };
            // A closed pipe is the reader's business.
            let _ = e.print();
            return ExitCode::from(code);
        }
    };
    let tongue =
        arguments.lang.or_else(|| sys_locale::get_locale().and_then(|l| Lang::from_tag(&l))).unwrap_or_default();
    let result = match arguments.command {
        None => window(tongue, arguments.light),
        Some(Command::List { json }) => print(catalogue::list(json, tongue)),
        Some(Command::Show { scene, json }) => {
            find(&scene, tongue).and_then(|s| print(catalogue::show(s, json, tongue)))
        }
        Some(Command::Run(run)) => run::run(&run, tongue),
        Some(Command::Figures(figures)) => figures::figures(&figures, tongue),
        Some(Command::Verify(verify)) => verify::verify(&verify),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "impetus", &mut script);
            print(String::from_utf8_lossy(&script).into_owned())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("impetus: {fault}");
            ExitCode::from(if fault.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// A fault of the person who typed the command.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// Something that was checked and does not hold; a sentence each.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\nimpetus: "))]
struct Failed(Vec<String>);

/// Writes to standard output; a reader who has gone away is no fault.
fn print(text: String) -> anyhow::Result<()> {
    use std::io::Write;
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e.into()),
        _ => Ok(()),
    }
}

fn find(id: &str, tongue: Lang) -> anyhow::Result<&'static dyn Scene> {
    crate::scenes::find(id).ok_or_else(|| {
        let valid: Vec<&str> = SCENES.iter().map(|s| s.meta().id).collect();
        let text = t("there is no scene “{}”; there are: {}", "没有场景“{}”；可用的有：{}");
        Usage(fill(text.get(tongue), &[&id.chars().take(40).collect::<String>(), &valid.join(", ")])).into()
    })
}

#[cfg(feature = "gui")]
fn window(tongue: Lang, light: bool) -> anyhow::Result<()> {
    use crate::app::{Theme, run};
    let Some(scene) = SCENES.first() else { anyhow::bail!("there are no scenes") };
    let session = crate::session::Session::open(*scene)?;
    run(session, tongue, if light { Theme::Light } else { Theme::Dark }).map_err(anyhow::Error::msg)
}

#[cfg(not(feature = "gui"))]
fn window(tongue: Lang, _: bool) -> anyhow::Result<()> {
    let text = t(
        "this build has no window; `impetus figures --out figures` makes every figure, `impetus --help` lists the rest",
        "此构建不含窗口；`impetus figures --out figures` 生成全部图形，`impetus --help` 列出其余命令",
    );
    Err(Usage(text.get(tongue).into()).into())
}

/// Options of every command that saves figures.
#[derive(Debug, clap::Args)]
struct PageArguments {
    /// Width in millimetres: 89 single, 122 book, 183 double, or any
    #[arg(long, default_value_t = crate::export::Page::DOUBLE)]
    width: f64,
    /// Resolution of PNG in dots per inch
    #[arg(long, default_value_t = 300.0)]
    dpi: f64,
}

impl PageArguments {
    fn page(&self) -> anyhow::Result<crate::export::Page> {
        if !(self.dpi >= 36.0 && self.dpi <= 2400.0) {
            return Err(Usage(format!("--dpi {} is outside 36 to 2400", self.dpi)).into());
        }
        if !(self.width >= 20.0 && self.width <= 2000.0) {
            return Err(Usage(format!("--width {} is outside 20 to 2000 mm", self.width)).into());
        }
        Ok(crate::export::Page::new(self.width))
    }
}

/// Makes sure a folder exists.
fn make_folder(path: &PathBuf) -> anyhow::Result<()> {
    std::fs::create_dir_all(path)
        .map_err(|e| anyhow::anyhow!("cannot make the folder “{}” ({e}); give another with --out", path.display()))
}
