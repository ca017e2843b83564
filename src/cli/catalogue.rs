//! What there is: `list` and `show`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::param::{Kind, Spec, Spread, Values, show_number};
use crate::scenes::{SCENES, Scene, View};
use crate::text::Lang;

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
    let _ = writeln!(out);
    for view in scene.views(&Values::defaults(scene.params()), first_view(lang)) {
        let _ = writeln!(out, "  --view {:<12}{}", view.id, view.title.get(lang));
    }
    out
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
