//! `impetus bench`: how fast the core is, on workloads another program can run beside it.

use std::io::Write as _;

use super::Usage;
use crate::core::{Registers, limit_registers};
use crate::text::{Lang, fill, t};
use crate::workloads::{Measurement, Size, asked, measure, names};

/// Arguments of `bench`.
#[derive(Debug, clap::Args)]
pub struct BenchArguments {
    /// Workloads, separated by commas: all, a family (W2) or one (W2S)
    #[arg(default_value = "all", value_delimiter = ',')]
    workloads: Vec<String>,
    /// full, the size the goals are stated for, or quick
    #[arg(long, default_value = "quick", value_parser = size)]
    size: Size,
    /// Threads; as many as there are processors if not given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Widest registers to use: plain, avx2 or avx512
    #[arg(long, value_parser = registers)]
    registers: Option<Registers>,
    /// One line of JSON per measurement instead of a table
    #[arg(long)]
    json: bool,
}

fn size(word: &str) -> Result<Size, String> {
    [Size::Full, Size::Quick].into_iter().find(|size| size.name() == word).ok_or("give full or quick".into())
}

fn registers(word: &str) -> Result<Registers, String> {
    match word {
        "plain" => Ok(Registers::Plain),
        "avx2" => Ok(Registers::Avx2),
        "avx512" => Ok(Registers::Avx512),
        _ => Err("give plain, avx2 or avx512".into()),
    }
}

/// Measures what was asked for and prints a line per measurement.
pub fn bench(arguments: &BenchArguments, lang: Lang) -> anyhow::Result<()> {
    let wanted = wanted(&arguments.workloads, lang)?;
    if let Some(most) = arguments.registers {
        limit_registers(most);
    }
    let every = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = arguments.threads.map_or(every, usize::from);
    let json = arguments.json;
    if !json {
        say(&heading(lang));
    }
    measure(&wanted, arguments.size, threads, &mut |m| say(&if json { as_json(&m) } else { as_row(&m) }))?;
    Ok(())
}

/// The workloads asked for, each once and in their order.
fn wanted(words: &[String], lang: Lang) -> Result<Vec<&'static str>, Usage> {
    let mut found = Vec::new();
    for word in words {
        let named = asked(word);
        if named.is_empty() {
            let text = t("there is no workload {0}; there are {1}", "没有测试项 {0}；可选：{1}");
            return Err(Usage(fill(text.get(lang), &[word, &names().join(", ")])));
        }
        found.extend(named);
    }
    Ok(names().into_iter().filter(|name| found.contains(name)).collect())
}

/// A closed pipe is the reader's business.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn heading(lang: Lang) -> String {
    let words = t("ns of processor time per unit", "每单位处理器时间（ns）");
    format!("{:8} {:28} {:>12}   {}", "", "", words.get(lang), t("check", "核对").get(lang))
}

fn as_json(m: &Measurement) -> String {
    serde_json::to_string(m).unwrap_or_default()
}

fn as_row(m: &Measurement) -> String {
    let check: Vec<String> = m.check.iter().map(|(name, x)| format!("{name} = {x}")).collect();
    format!("{:8} {:28} {:>12.4}   {}", m.workload, m.who, m.cpu_ns_per_unit, check.join(", "))
}
