//! The read-outs of a run, for people and for machines.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::files;
use crate::param::show_number;
use crate::scenes::{Claim, Scene, Seen};
use crate::session::Session;
use crate::text::Lang;

/// Chips, predicted and measured numbers, and notes.
pub fn text(session: &Session, lang: Lang) -> String {
    let (scene, run, view) = (session.scene(), session.run(), session.view(lang));
    let mut out = format!("{} · n = {} · seed {}\n", scene.meta().title.get(lang), run.done(), run.seed);
    for chip in scene.chips(run, view) {
        let _ = writeln!(out, "  {}\n      {}", chip.text, chip.note);
    }
    let number = |x: Option<f64>| x.map_or_else(|| "–".into(), show_number);
    let _ = writeln!(out);
    for row in scene.readouts(run, view) {
        let _ = writeln!(
            out,
            "  {:<24}{:>12}{:>12}  {}",
            row.label.plain(),
            number(row.predicted),
            number(row.measured),
            row.unit
        );
    }
    for note in scene.notes(run, view) {
        let _ = writeln!(out, "\n  {note}");
    }
    if let Some(story) = scene.story() {
        let seen = Seen { run, view };
        let _ = writeln!(out, "\n  {}\n  {}", scene.meta().question.get(lang), (story.answer)(&seen));
        for claim in story.claims {
            let finding = (claim.judge)(&seen);
            let verdict = finding.verdict.title().get(lang);
            let _ =
                writeln!(out, "\n  {} “{}”: {verdict}\n      {}", claim.source, claim.says.get(lang), finding.because);
        }
    }
    out
}

/// What a scene answers and how it judges its sources, as JSON.
fn story(scene: &dyn Scene, seen: &Seen<'_>) -> Value {
    let Some(story) = scene.story() else { return Value::Null };
    let judged = |claim: &Claim| {
        let finding = (claim.judge)(seen);
        let verdict = finding.verdict.title().get(seen.lang());
        json!({ "source": claim.source, "says": seen.say(claim.says), "verdict": verdict, "because": finding.because })
    };
    json!({
        "question": seen.say(scene.meta().question),
        "answer": (story.answer)(seen),
        "claims": story.claims.iter().map(judged).collect::<Vec<_>>(),
        "reading": story.reading,
    })
}

/// The same with the provenance of the run.
pub fn json(session: &Session, lang: Lang) -> Value {
    let (scene, run, view) = (session.scene(), session.run(), session.view(lang));
    let rows: Vec<_> = scene
        .readouts(run, view)
        .into_iter()
        .map(|r| json!({ "label": r.label.plain(), "unit": r.unit, "predicted": r.predicted, "measured": r.measured }))
        .collect();
    let chips: Vec<_> = scene.chips(run, view).into_iter().map(|c| json!({ "text": c.text, "note": c.note })).collect();
    json!({
        "provenance": files::run_provenance(session, lang),
        "readouts": rows,
        "regimes": chips,
        "notes": scene.notes(run, view),
        "story": story(scene, &Seen { run, view }),
    })
}
