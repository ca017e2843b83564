//! What can go wrong while a figure is saved or read back.

use std::path::PathBuf;

use crate::text::Lang;

/// A failed export; each message is one sentence that says what happened and what would help.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The page cannot hold the figure.
    #[error("the page does not fit: {0}")]
    Page(String),
    /// The figure has nothing to draw.
    #[error("figure “{0}” has no panels, so there is nothing to save")]
    Empty(String),
    /// The file name does not say which format is meant.
    #[error("cannot tell the format of “{}”; end its name in .svg, .pdf, .png or .csv", .0.display())]
    Format(PathBuf),
    /// A file could not be written.
    #[error("cannot write “{}” ({source}); {help}", .path.display())]
    Write {
        /// The file meant.
        path: PathBuf,
        /// What the reader can do about it.
        help: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// The drawing could not be turned into this format.
    #[error("the drawing could not be turned into {format}: {reason}")]
    Encode {
        /// The format meant.
        format: &'static str,
        /// What the library said.
        reason: String,
    },
    /// A file carries no provenance.
    #[error("this file carries no Impetus provenance; it was not saved by Impetus or another program removed it")]
    NoProvenance,
    /// A file carries provenance that cannot be read.
    #[error("the provenance in this file cannot be read: {0}")]
    BadProvenance(String),
}

impl ExportError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        let say = |pattern: &str, parts: &[&str]| crate::text::fill(pattern, parts);
        match self {
            ExportError::Page(_) => "版面放不下这幅图：请改用 20 至 2000 mm 的宽度和更小的字号。".into(),
            ExportError::Empty(name) => say("图形“{}”没有内容，无可保存。", &[name]),
            ExportError::Format(path) => {
                say("无法判断“{}”的格式；文件名请以 .svg、.pdf、.png 或 .csv 结尾。", &[&path.display().to_string()])
            }
            ExportError::Write { path, source, .. } => say(
                "无法写入“{}”（{}）；请检查文件夹是否存在、是否可写。",
                &[&path.display().to_string(), &source.to_string()],
            ),
            ExportError::Encode { format, reason } => say("无法把图形转换为 {}：{}。", &[format, reason]),
            ExportError::NoProvenance => {
                "此文件没有 Impetus 的来源信息：它不是由 Impetus 保存的，或信息已被移除。".into()
            }
            ExportError::BadProvenance(why) => say("此文件中的来源信息无法读取：{}。", &[why]),
        }
    }
}
