//! What there is: `list` and `show`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::formula::FixedPoint;
use crate::param::{Kind, Spec, Spread, Values, show_number};
use crate::scenes::{SCENES, Scene, View};
use crate::text::{Lang, t};

/// Every scene, a line each, or all of it as JSON.
pub fn list(as_json: bool, lang: Lang) -> String {
    if as_json {
        let all: Vec<Value> = SCENES.iter().map(|s| scene_json(*s)).collect();
        return pretty(&Value::Array(all));
    }
    let mut out = String::new();
    for scene in SCENES {
        let meta = scene.meta();
        let _ = writeln!(out, "{:<16} {} · {}", meta.id, meta.group.title().get(lang), meta.title.get(lang));
    }
    out
}

/// One scene in full.
pub fn show(scene: &dyn Scene, as_json: bool, lang: Lang) -> String {
    if as_json {
        return pretty(&scene_json(scene));
    }
    let meta = scene.meta();
    let mut out = format!("{} — {}\n{}\n\n", meta.id, meta.title.get(lang), meta.question.get(lang));
    for spec in scene.params().iter().chain(scene.derived()) {
        let default = if spec.default.is_finite() { format!(" = {}", spec.text(spec.default)) } else { String::new() };
        let _ = writeln!(out, "  {:<14}{:<24}{}{}", spec.id, spec.name.get(lang), range(spec), default);
    }
    rest(&mut out, scene, lang);
    let _ = writeln!(out);
    for view in scene.views(&Values::defaults(scene.params()), first_view(lang)) {
        let _ = writeln!(out, "  --view {:<12}{}", view.id, view.title.get(lang));
    }
    out
}

/// The text of a typed world, and the points where nothing moves with their eigenvalues.
fn rest(out: &mut String, scene: &dyn Scene, lang: Lang) {
    let Some(source) = scene.source() else { return };
    let _ = writeln!(out);
    source.lines().for_each(|line| {
        let _ = writeln!(out, "  | {line}");
    });
    let points = scene.rest(&Values::defaults(scene.params()));
    let word = t("fixed points and the eigenvalues of the flow there", "不动点及该处流的特征值").get(lang);
    let _ = writeln!(out, "\n  {word}: {}", points.len());
    for p in points {
        let numbers = |list: Vec<String>| list.join(", ");
        let at = numbers(p.at.iter().map(|x| show_number(*x)).collect());
        let eigenvalues = numbers(p.eigenvalues.iter().map(|e| complex(*e)).collect());
        let _ = writeln!(out, "  ({at})  {}  {eigenvalues}", p.nature.name().get(lang));
    }
}

/// `1 + 2i`, or a real number.
fn complex([re, im]: [f64; 2]) -> String {
    let sign = if im < 0.0 { '−' } else { '+' };
    if im == 0.0 { show_number(re) } else { format!("{} {sign} {}i", show_number(re), show_number(im.abs())) }
}

fn rest_json(point: &FixedPoint) -> Value {
    json!({
        "at": point.at,
        "nature": both(point.nature.name()),
        "eigenvalues": point.eigenvalues,
        "curvatures": point.curvatures,
        "value": Some(point.value).filter(|v| v.is_finite()),
    })
}

fn first_view(lang: Lang) -> View {
    View::new(lang)
}

fn range(spec: &Spec) -> String {
    match spec.kind {
        Kind::Choice(list) => list.iter().map(|c| c.id).collect::<Vec<_>>().join(" | "),
        _ => {
            let [min, max] = spec.bounds();
            let unit = if spec.unit.is_empty() { String::new() } else { format!(" {}", spec.unit) };
            format!("{} … {}{unit}", show_number(min), show_number(max))
        }
    }
}

fn both(text: crate::text::Text) -> Value {
    json!({ "en": text.en, "zh": text.zh })
}

fn scene_json(scene: &dyn Scene) -> Value {
    let meta = scene.meta();
    let views = scene.views(&Values::defaults(scene.params()), first_view(Lang::En));
    json!({
        "id": meta.id,
        "title": both(meta.title),
        "group": both(meta.group.title()),
        "question": both(meta.question),
        "rows": meta.rows,
        "steps": meta.steps,
        "parameters": scene.params().iter().map(|s| spec_json(s)).collect::<Vec<_>>(),
        "source": scene.source(),
        "fixed_points": scene.rest(&Values::defaults(scene.params())).iter().map(rest_json).collect::<Vec<_>>(),
        "derived": scene.derived().iter().map(|s| spec_json(s)).collect::<Vec<_>>(),
        "views": views.iter().map(|v| json!({ "id": v.id, "title": both(v.title) })).collect::<Vec<_>>(),
    })
}

fn spec_json(spec: &Spec) -> Value {
    let mut out = json!({
        "id": spec.id,
        "symbol": crate::figure::rich(spec.symbol).plain(),
        "name": both(spec.name),
        "unit": spec.unit,
        "live": spec.live,
        "help": both(spec.help),
    });
    let default = if spec.default.is_finite() { json!(spec.text(spec.default)) } else { Value::Null };
    let [min, max] = spec.bounds();
    let kind = match spec.kind {
        Kind::Real { spread, .. } => json!({ "kind": "real", "min": min, "max": max, "log": spread == Spread::Log }),
        Kind::Count { .. } => json!({ "kind": "count", "min": min, "max": max }),
        Kind::Choice(list) => {
            let choices: Vec<Value> = list.iter().map(|c| json!({ "id": c.id, "name": both(c.name) })).collect();
            json!({ "kind": "choice", "choices": choices })
        }
    };
    if let (Value::Object(out), Value::Object(kind)) = (&mut out, kind) {
        out.insert("default".into(), default);
        out.extend(kind);
    }
    out
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
