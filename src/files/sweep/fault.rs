//! What can be wrong with the files of a sweep.

use std::path::{Path, PathBuf};

use super::{Order, Shard};
use crate::export::ExportError;
use crate::files::restore::clip;
use crate::text::{Lang, Text, fill, t};

/// Why a part of a map, or several together, cannot be used; one sentence each.
#[derive(Debug)]
pub enum SweepError {
    /// A file cannot be read or written, or a figure not made.
    File(ExportError),
    /// A file ends after so many bytes, before it is complete.
    CutOff(PathBuf, usize),
    /// A file is no JSON from this line and column on.
    Damaged(PathBuf, usize, usize),
    /// A file is no part of a sweep.
    Strange(PathBuf),
    /// A file has another form.
    Schema(PathBuf, u64),
    /// A map that this program cannot measure, by the program of this version.
    Unknown(PathBuf, String),
    /// More cells than there should be.
    TooMany(PathBuf, usize, usize),
    /// The file to be written holds another shard.
    OtherShard(PathBuf, Shard, Shard),
    /// The file to be written holds another map: what differs, there and here.
    OtherMap(PathBuf, Text, String, String),
    /// Two parts are of different maps.
    Parts(Box<[PathBuf; 2]>, Text, String, String),
    /// Two parts are of maps split into different numbers of parts.
    Split(PathBuf, usize, PathBuf, usize),
    /// A part is there twice.
    Twice(Shard, PathBuf, PathBuf),
    /// Parts are missing, of so many.
    Missing(Vec<usize>, usize),
    /// A part is not finished: cells measured, of so many.
    Unfinished(PathBuf, usize, usize),
    /// There is nothing to merge.
    NoParts,
}

impl From<ExportError> for SweepError {
    fn from(e: ExportError) -> Self {
        SweepError::File(e)
    }
}

impl SweepError {
    /// The fault that the first difference between two orders makes, if there is one.
    pub(super) fn differ(
        a: &Order,
        b: &Order,
        fault: impl FnOnce(Text, String, String) -> SweepError,
    ) -> Option<SweepError> {
        let pairs = a.terms().into_iter().zip(b.terms());
        let ((what, a), (_, b)) = pairs.into_iter().find(|((_, a), (_, b))| a != b)?;
        Some(fault(what, clip(&a), clip(&b)))
    }

    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            SweepError::File(e) => e.say(lang),
            SweepError::NoParts => t("There is nothing to merge.", "没有可合并的文件。").get(lang).to_owned(),
            SweepError::Missing(missing, of) => said_missing(missing, *of, lang),
            _ => {
                let (text, parts) = self.parts(lang);
                fill(text.get(lang), &parts.iter().map(String::as_str).collect::<Vec<_>>())
            }
        }
    }

    /// The sentence and what fills it.
    fn parts(&self, lang: Lang) -> (Text, Vec<String>) {
        let name = |path: &Path| path.display().to_string();
        match self {
            SweepError::CutOff(path, bytes) => (
                t(
                    "{} is cut off after {} bytes; run its shard again with the same --out, it goes on where the file ends.",
                    "{} 在 {} 字节后中断；用同样的 --out 重新运行该分片，将从中断处继续。",
                ),
                vec![name(path), bytes.to_string()],
            ),
            SweepError::Damaged(path, line, column) => (
                t("{} is damaged at line {}, column {}.", "{} 在第 {} 行第 {} 列处损坏。"),
                vec![name(path), line.to_string(), column.to_string()],
            ),
            SweepError::Strange(path) => (
                t("{} is not a file of a sweep; it is left as it is.", "{} 不是扫描文件；保持原样。"),
                vec![name(path)],
            ),
            SweepError::Schema(path, schema) => (
                t(
                    "{} has form {} of sweep files; this program reads form 1.",
                    "{} 的扫描文件格式为 {}；本程序读取格式 1。",
                ),
                vec![name(path), schema.to_string()],
            ),
            SweepError::Unknown(path, version) => (
                t(
                    "{} holds a map, measured by Impetus {}, of a scene, values or a quantity this program does not have.",
                    "{} 中的图由 Impetus {} 测得，其场景、参数值或测量量在本程序中不存在。",
                ),
                vec![name(path), clip(version)],
            ),
            SweepError::TooMany(path, have, want) => (
                t("{} holds {} cells, which should be at most {}.", "{} 含 {} 格，至多应为 {} 格。"),
                vec![name(path), have.to_string(), want.to_string()],
            ),
            SweepError::OtherShard(path, there, here) => (
                t(
                    "{} holds shard {}, not {}; give another --out, or --fresh to write over it.",
                    "{} 中是分片 {}，而不是 {}；请换一个 --out，或用 --fresh 覆盖。",
                ),
                vec![name(path), there.to_string(), here.to_string()],
            ),
            _ => self.pairs(lang),
        }
    }

    /// The same for faults of several files.
    fn pairs(&self, lang: Lang) -> (Text, Vec<String>) {
        let name = |path: &Path| path.display().to_string();
        match self {
            SweepError::OtherMap(path, what, there, here) => (
                t(
                    "{} holds another map: {} there is “{}”, not “{}”; give another --out, or --fresh to write over it.",
                    "{} 中是另一幅图：其{}为“{}”，而不是“{}”；请换一个 --out，或用 --fresh 覆盖。",
                ),
                vec![name(path), what.get(lang).to_owned(), there.clone(), here.clone()],
            ),
            SweepError::Parts(paths, what, here, there) => (
                t(
                    "{} and {} are parts of different maps: {} is “{}” in the one and “{}” in the other.",
                    "{} 与 {} 属于不同的图：{}一为“{}”，一为“{}”。",
                ),
                vec![name(&paths[0]), name(&paths[1]), what.get(lang).to_owned(), here.clone(), there.clone()],
            ),
            SweepError::Split(a, of_a, b, of_b) => (
                t(
                    "{} is of a map in {} shards and {} of one in {}; their cells overlap.",
                    "{} 所属的图分为 {} 片，{} 所属的分为 {} 片；两者的格子重叠。",
                ),
                vec![name(a), of_a.to_string(), name(b), of_b.to_string()],
            ),
            SweepError::Twice(shard, a, b) => (
                t("Shard {} is there twice: {} and {}.", "分片 {} 出现两次：{} 与 {}。"),
                vec![shard.to_string(), name(a), name(b)],
            ),
            SweepError::Unfinished(path, have, want) => (
                t(
                    "{} is not finished: {} of {} cells; run its shard again with the same --out, it goes on from there.",
                    "{} 尚未完成：{} / {} 格；用同样的 --out 重新运行该分片即可继续。",
                ),
                vec![name(path), have.to_string(), want.to_string()],
            ),
            _ => (t("", ""), Vec::new()),
        }
    }
}

fn said_missing(missing: &[usize], of: usize, lang: Lang) -> String {
    const MOST: usize = 12;
    let mut list: Vec<String> = missing.iter().take(MOST).map(usize::to_string).collect();
    if missing.len() > MOST {
        list.push("…".into());
    }
    let text = match missing {
        [_] => t("Shard {} of {} is missing.", "缺少分片 {}（共 {} 片）。"),
        _ => t("Shards {} of {} are missing.", "缺少分片 {}（共 {} 片）。"),
    };
    fill(text.get(lang), &[&list.join(t(", ", "、").get(lang)), &of.to_string()])
}
