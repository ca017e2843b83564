//! What can go wrong while a figure is saved or read back.

use std::io;
use std::path::{Path, PathBuf};

use super::Format;
use crate::text::{Lang, Text, fill, t};

/// A failed export; each message is one sentence that says what happened and what would help.
#[derive(Debug)]
pub enum ExportError {
    /// The page cannot hold the figure.
    Page(String),
    /// The figure has nothing to draw.
    Empty(String),
    /// The file name does not say which format is meant.
    Format(PathBuf),
    /// A file could not be written.
    Write {
        /// The file meant.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder could not be made.
    Folder {
        /// The folder meant.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file could not be read.
    Read {
        /// The file meant.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is larger than anything this program saves.
    TooLarge(PathBuf),
    /// The drawing could not be turned into this format.
    Encode {
        /// The format meant.
        format: &'static str,
        /// What the library said.
        reason: String,
    },
    /// A file carries no provenance.
    NoProvenance,
    /// A file carries provenance that cannot be read.
    BadProvenance(Damage),
}

/// What is wrong with the provenance in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It ends before it is complete.
    CutOff,
    /// It is no JSON from this character on.
    NotJson(usize),
    /// It holds a value of a wrong kind at this character.
    WrongKind(usize),
    /// It names no scene.
    NoScene,
}

impl Damage {
    fn say(self, lang: Lang) -> String {
        let (text, at) = match self {
            Damage::CutOff => (t("it is cut off", "内容不完整"), 0),
            Damage::NotJson(at) => (t("it is no JSON from character {} on", "从第 {} 个字符起不是 JSON"), at),
            Damage::WrongKind(at) => {
                (t("it holds a value of a wrong kind at character {}", "第 {} 个字符处的值类型不对"), at)
            }
            Damage::NoScene => (t("it names no scene", "没有写明场景"), 0),
        };
        fill(text.get(lang), &[&at.to_string()])
    }
}

impl ExportError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let say = |text: Text, parts: &[&str]| fill(text.get(lang), parts);
        match self {
            ExportError::Page(why) => say(
                t("the page does not fit: {}", "版面放不下这幅图：请改用 20 至 2000 mm 的宽度和更小的字号。"),
                &[why],
            ),
            ExportError::Empty(name) => say(
                t("figure “{}” has no panels, so there is nothing to save", "图形“{}”没有内容，无可保存。"),
                &[name],
            ),
            ExportError::Format(path) => say(
                t("cannot tell the format of “{}”; end its name in {}", "无法判断“{}”的格式；文件名请以 {} 结尾。"),
                &[&path.display().to_string(), &endings(lang)],
            ),
            ExportError::Write { path, source } => {
                say_io(t("cannot write “{}” ({}); {}", "无法写入“{}”（{}）；{}。"), path, source, lang)
            }
            ExportError::Folder { path, source } => {
                say_io(t("cannot make the folder “{}” ({}); {}", "无法创建文件夹“{}”（{}）；{}。"), path, source, lang)
            }
            ExportError::Read { path, source } => {
                say_io(t("cannot read “{}” ({}); {}", "无法读取“{}”（{}）；{}。"), path, source, lang)
            }
            ExportError::TooLarge(path) => say(
                t(
                    "“{}” is larger than any file Impetus saves, so it is not read",
                    "“{}”比 Impetus 保存的任何文件都大，因此不读取。",
                ),
                &[&path.display().to_string()],
            ),
            ExportError::Encode { format, reason } => {
                say(t("the drawing could not be turned into {}: {}", "无法把图形转换为 {}：{}。"), &[format, reason])
            }
            ExportError::NoProvenance => say(
                t(
                    "this file carries no Impetus provenance; it was not saved by Impetus or another program removed it",
                    "此文件没有 Impetus 的来源信息：它不是由 Impetus 保存的，或信息已被移除。",
                ),
                &[],
            ),
            ExportError::BadProvenance(damage) => say(
                t("the provenance in this file cannot be read: {}", "此文件中的来源信息无法读取：{}。"),
                &[&damage.say(lang)],
            ),
        }
    }
}

impl std::fmt::Display for ExportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for ExportError {}

/// The endings a file name may have, as a list in words.
fn endings(lang: Lang) -> String {
    let all = Format::ALL.map(|f| format!(".{}", f.extension()));
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            fill(t("{} or {}", "{} 或 {}").get(lang), &[&rest.join(t(", ", "、").get(lang)), last])
        }
        _ => all.concat(),
    }
}

fn say_io(text: Text, path: &Path, source: &io::Error, lang: Lang) -> String {
    let reason = reason(source).map_or_else(|| source.to_string(), |r| r.get(lang).to_owned());
    fill(text.get(lang), &[&path.display().to_string(), &reason, help(source, path).get(lang)])
}

/// The usual reasons in words; others are told as the system tells them.
fn reason(error: &io::Error) -> Option<Text> {
    use io::ErrorKind as Kind;
    Some(match error.kind() {
        Kind::NotFound => t("there is no such place", "位置不存在"),
        Kind::PermissionDenied => t("permission denied", "没有权限"),
        Kind::ReadOnlyFilesystem => t("the disk is read-only", "磁盘只读"),
        Kind::IsADirectory => t("it is a folder", "它是文件夹"),
        Kind::NotADirectory => t("a part of the path is a file", "路径中有一段是文件"),
        Kind::AlreadyExists => t("a file is in the way", "有同名文件"),
        Kind::StorageFull => t("the disk is full", "磁盘已满"),
        Kind::QuotaExceeded => t("the quota is used up", "配额已用完"),
        Kind::InvalidFilename | Kind::InvalidInput => t("the name is not allowed", "文件名不合法"),
        _ => return None,
    })
}

fn help(error: &io::Error, path: &Path) -> Text {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound if path.parent().is_some_and(|p| p != Path::new("") && !p.exists()) => {
            t("its folder does not exist: create it or choose another", "所在文件夹不存在：请先创建或另选一个")
        }
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => {
            t("choose a place you have access to", "请选择有权限的位置")
        }
        Kind::IsADirectory => t("that is a folder: add a file name", "这是文件夹：请加上文件名"),
        Kind::StorageFull | Kind::QuotaExceeded => {
            t("free some space or choose another disk", "请腾出空间或换一个磁盘")
        }
        Kind::InvalidFilename | Kind::InvalidInput => {
            t("choose a shorter or plainer file name", "请用更短、更简单的文件名")
        }
        Kind::NotFound => t("check its name", "请检查名称"),
        Kind::NotADirectory | Kind::AlreadyExists => t(
            "a part of the path is a file, not a folder: choose another path",
            "路径中有一段是文件而非文件夹：请另选路径",
        ),
        _ => t("choose another place and try again", "请换一个位置再试"),
    }
}
