//! The command line: the same scenes, session and figures, without a display.
//!
//! Exit codes: 0 done, 1 something failed, 2 bad usage. Every fault is one sentence on the error
//! stream. Parameters are not spelled out here; they are read from the scenes' declarations.

mod bench;
mod catalogue;
mod data;
mod diagnose;
mod figures;
mod open;
mod page;
mod preflight;
mod readouts;
mod run;
mod sweep;
mod verify;
mod world;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::files::Restored;
use crate::files::keep::Found;
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
    /// Language of the window, of figures and of messages: en or zh; `figures` also takes both
    #[arg(long, global = true, value_parser = langs)]
    lang: Option<Langs>,
    /// Opens the window in the light theme
    #[arg(long, global = true)]
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
        #[command(flatten)]
        world: world::WorldArguments,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Runs one scene and saves figures or data, or prints its read-outs
    Run(Box<run::RunArguments>),
    /// Measures a map over two parameters, alone or as one job of many, or merges the parts
    Sweep(Box<sweep::SweepArguments>),
    /// Opens a session, or the run and the view a saved figure shows
    Open(open::OpenArguments),
    /// Makes every figure of every scene, with captions, an index page and a manifest
    Figures(figures::FiguresArguments),
    /// Holds saved files to what publishers ask
    Preflight(preflight::PreflightArguments),
    /// Holds the program to golden numbers it did not make, bundled or yours
    Verify(verify::VerifyArguments),
    /// Reads the log of a training run: poles, momentum and ηλ with intervals, or that it cannot be told
    Diagnose(diagnose::DiagnoseArguments),
    /// Measures how fast the core is, on workloads that another program can run beside it
    Bench(bench::BenchArguments),
    /// Prints a completion script for a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
}

/// The languages of a tag; the first one speaks.
#[derive(Clone, Copy, Debug)]
struct Langs(&'static [Lang]);

fn langs(tag: &str) -> Result<Langs, String> {
    const EN: &[Lang] = &[Lang::En];
    const ZH: &[Lang] = &[Lang::Zh];
    match Lang::from_tag(tag) {
        _ if tag.eq_ignore_ascii_case("both") => Ok(Langs(&Lang::ALL)),
        Some(Lang::En) => Ok(Langs(EN)),
        Some(Lang::Zh) => Ok(Langs(ZH)),
        None => Err("give en or zh, or both to `figures`".into()),
    }
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
    let local = || sys_locale::get_locale().and_then(|l| Lang::from_tag(&l)).unwrap_or_default();
    let asked = arguments.lang.map(|l| l.0);
    let tongue = asked.and_then(|l| l.first().copied()).unwrap_or_else(local);
    let fault = crate::files::bring_named_airfoil(tongue).err();
    if let Some(fault) = &fault {
        eprintln!("impetus: {fault}");
    }
    match obey(arguments, asked.unwrap_or(&[tongue]), tongue, fault) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("impetus: {fault}");
            ExitCode::from(if fault.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// Does what was asked; `news` is what a window has to say first.
fn obey(arguments: Arguments, langs: &[Lang], tongue: Lang, news: Option<String>) -> anyhow::Result<()> {
    if langs.len() > 1 && !matches!(arguments.command, Some(Command::Figures(_))) {
        let text = t("--lang both is for `impetus figures`", "--lang both 只用于 `impetus figures`");
        return Err(Usage(text.get(tongue).into()).into());
    }
    let tongues = (arguments.lang.map(|_| tongue), tongue);
    match arguments.command {
        None => window(Start::Usual, tongues, arguments.light, news),
        Some(Command::List { json }) => print(catalogue::list(json, tongue)),
        Some(Command::Show { scene, world, json }) => {
            world.scene(&scene, tongue).and_then(|s| print(catalogue::show(&*s, json, tongue)))
        }
        Some(Command::Run(run)) => run::run(&run, tongue),
        Some(Command::Sweep(sweep)) => sweep::sweep(&sweep, tongue),
        Some(Command::Open(open)) => open::open(&open, tongues, arguments.light, news),
        Some(Command::Figures(figures)) => figures::figures(&figures, langs, tongue),
        Some(Command::Preflight(preflight)) => preflight::preflight(&preflight, tongue),
        Some(Command::Verify(verify)) => verify::verify(&verify),
        Some(Command::Diagnose(log)) => diagnose::diagnosis(&log, tongue),
        Some(Command::Bench(bench)) => bench::bench(&bench, tongue),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "impetus", &mut script);
            print(String::from_utf8_lossy(&script).into_owned())
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

/// What the window opens with.
#[cfg_attr(not(feature = "gui"), expect(dead_code, reason = "there is no window"))]
enum Start {
    /// The first scene.
    Usual,
    /// A session, and the file it comes from.
    Session(Box<Found>, Option<std::path::PathBuf>),
    /// The run and the figure of a saved figure.
    Figure(Box<Restored>),
}

/// The language asked for, if any, and the one spoken otherwise.
type Tongues = (Option<Lang>, Lang);

/// Opens the window.
#[cfg(feature = "gui")]
fn window(start: Start, (lang, system): Tongues, light: bool, news: Option<String>) -> anyhow::Result<()> {
    use crate::app::{App, Theme, Wish, run};
    let Some(scene) = SCENES.first() else { anyhow::bail!("there are no scenes") };
    let session = crate::session::Session::open(*scene).map_err(|e| anyhow::anyhow!(e.say(system)))?;
    let prepare = move |app: &mut App| {
        news.into_iter().for_each(|said| app.warn(said));
        match start {
            Start::Usual => {}
            Start::Session(found, file) => app.take_session(*found, file),
            Start::Figure(restored) => app.take(*restored),
        }
    };
    let wish = Wish { lang, system, theme: light.then_some(Theme::Light) };
    run(session, prepare, wish).map_err(anyhow::Error::msg)
}

#[cfg(not(feature = "gui"))]
fn window(_: Start, (_, tongue): Tongues, _: bool, _: Option<String>) -> anyhow::Result<()> {
    let text = t(
        "this build has no window; `impetus figures --out figures` makes every figure, `impetus --help` lists the rest",
        "此构建不含窗口；`impetus figures --out figures` 生成全部图形，`impetus --help` 列出其余命令",
    );
    Err(Usage(text.get(tongue).into()).into())
}
