//! The published airfoil table, from the file of a reader to the scenes that use it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::data::{Brought, airfoil, bring};
use crate::text::{Lang, fill, t};

/// The environment variable that names the file.
pub const AIRFOIL: &str = "IMPETUS_AIRFOIL";

/// Reads the published table from a file and puts it where scenes find it.
///
/// # Errors
/// One sentence: the file cannot be read, or is not that table.
pub fn bring_airfoil(path: &Path, lang: Lang) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        let text = t("The airfoil table {} cannot be read: {}.", "无法读取翼型数据表 {}：{}。");
        fill(text.get(lang), &[&path.display().to_string(), &e.to_string()])
    })?;
    let table = airfoil::read(&text).map_err(|e| format!("{}: {}", path.display(), e.say(lang)))?;
    bring(Brought::Airfoil(Arc::new(table)));
    Ok(())
}

/// The same for the file that the environment names; whether it names one.
///
/// # Errors
/// As [`bring_airfoil`]; the stand-in is used then.
pub fn bring_named_airfoil(lang: Lang) -> Result<bool, String> {
    let Some(path) = std::env::var_os(AIRFOIL).filter(|path| !path.is_empty()) else { return Ok(false) };
    let told = |fault: String| {
        let text = t("{} A stand-in with the same moments is used.", "{}改用矩相同的替代数据。");
        fill(text.get(lang), &[&fault])
    };
    bring_airfoil(&PathBuf::from(path), lang).map_err(told).map(|()| true)
}
