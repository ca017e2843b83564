//! Whether every axis says what it shows, and in which unit.

use super::super::report::{Check, Desk, quoted};
use super::sheet::{Part, Place, Sheet};
use crate::text::{Text, t};

/// The axes of a panel.
const AXES: [(Part, Text); 3] = [
    (Part::LabelX, t("horizontal axis", "横轴")),
    (Part::LabelY, t("vertical axis", "纵轴")),
    (Part::LabelBar, t("colour bar", "色标")),
];
/// How far the ends of shared axes may lie apart in points.
const SLACK: f64 = 0.1;

/// Hands in axes without labels and units that are not printed.
pub(super) fn labels(sheet: &Sheet<'_>, desk: &mut Desk<'_>) {
    if sheet.panels.is_empty() {
        let text =
            t("This file does not mark its axis labels, so they cannot be checked", "此文件未标明坐标轴标签，无法检查");
        return desk.note(Check::Labels, text, &[]);
    }
    let mut count = 0_usize;
    for panel in 0..sheet.panels.len() {
        for (part, name) in AXES {
            let place = Place { panel: Some(panel), part };
            if !asked(sheet, place) {
                continue;
            }
            let label = sheet.said(place);
            if label.trim().is_empty() {
                let text = t("The {} {} has no label; every axis wants one", "{}（{}）没有标签；每个坐标轴都应有标签");
                desk.fault(Check::Labels, text, &[&name.get(desk.lang), &sheet.whereabouts(place, desk.lang)]);
            } else {
                count += 1;
                unit(sheet, place, &label, desk);
            }
        }
    }
    let text = t("All {} axis labels are there, with their units", "全部 {} 个坐标轴标签齐全，单位齐全");
    desk.else_pass(Check::Labels, text, &[&count.to_string()]);
}

/// Hands in a unit that is recorded but not printed, or not recorded.
fn unit(sheet: &Sheet<'_>, place: Place, label: &str, desk: &mut Desk<'_>) {
    let recorded = sheet.marks(place).and_then(|m| m.unit.as_deref());
    let here = sheet.whereabouts(place, desk.lang);
    match recorded {
        Some(unit) if !prints(label, unit) => {
            let text = t("The label “{}” {} does not print its unit ({})", "标签“{}”（{}）未印出其单位（{}）");
            desk.fault(Check::Labels, text, &[&quoted(label), &here, &unit]);
        }
        None if place.part != Part::LabelBar && !label.contains(['(', '（', '/', '[']) => {
            let text = t("The file does not say whether “{}” {} has a unit", "文件未说明“{}”（{}）是否有单位");
            desk.note(Check::Labels, text, &[&quoted(label), &here]);
        }
        _ => {}
    }
}

/// Whether `label` prints `unit` behind a bracket or a stroke; a pure number prints none.
fn prints(label: &str, unit: &str) -> bool {
    let (label, unit) = (plain(label), plain(unit));
    let signs = ["(", "（", "/", "["];
    unit.is_empty() || signs.iter().any(|sign| label.contains(&format!("{sign}{unit}")))
}

/// A label without spaces, raised digits and typographic minus signs.
fn plain(text: &str) -> String {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let usual = |c: char| match c {
        '−' | '⁻' | '–' => '-',
        '·' | '⋅' => '.',
        c => RAISED.chars().position(|r| r == c).and_then(|n| char::from_digit(n as u32, 10)).unwrap_or(c),
    };
    text.chars().filter(|c| !c.is_whitespace()).map(usual).collect()
}

/// Whether `place` is an axis that wants a label of its own: drawn, and not shared. A horizontal axis
/// is shared with a panel below that is as wide, a vertical one with a labelled panel beside it.
fn asked(sheet: &Sheet<'_>, place: Place) -> bool {
    let Some(panel) = place.panel.and_then(|k| sheet.panels.get(k)) else { return false };
    if place.part == Part::LabelBar {
        return panel.parts.contains_key(&Part::Bar);
    }
    let Some(frame) = panel.frame.filter(|_| panel.parts.contains_key(&Part::Axes)) else { return false };
    let labelled = |k: usize| !sheet.said(Place { panel: Some(k), ..place }).trim().is_empty();
    let alike = |k: usize| {
        let Some(other) = sheet.panels.get(k).and_then(|p| p.frame) else { return false };
        let [a, b, beyond] = if place.part == Part::LabelX {
            [other[0] - frame[0], other[2] - frame[2], other[1] - frame[3]]
        } else {
            [other[1] - frame[1], other[3] - frame[3], (frame[0] - other[2]).max(other[0] - frame[2])]
        };
        let speaks = place.part == Part::LabelX || labelled(k);
        a.abs() < SLACK && b.abs() < SLACK && beyond > 0.0 && speaks
    };
    let own = place.panel.is_some_and(labelled);
    own || !(0..sheet.panels.len()).any(alike)
}
