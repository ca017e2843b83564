//! Every scene with its defaults, every parameter at its ends, every choice and every preset:
//! it builds, runs and shows whole figures in both languages.

use std::collections::BTreeSet;

use impetus::figure::{Axis, Figure, Layer, Rule, Scale};
use impetus::param::{Kind, Values};
use impetus::scenes::{self, Lens, Run, SCENES, Scene, View};
use impetus::text::{Lang, Text};

const STEPS: u64 = 30;

/// The values to try, each with a name for messages.
fn variants(scene: &dyn Scene) -> Vec<(String, Values)> {
    let defaults = || Values::defaults(scene.params());
    let mut out = vec![("defaults".to_owned(), defaults())];
    for spec in scene.params() {
        let values = match spec.kind {
            Kind::Choice(list) => (0..list.len()).map(|i| i as f64).collect(),
            _ => spec.bounds().to_vec(),
        };
        for value in values {
            let mut next = defaults();
            next.set(spec.id, value).unwrap();
            out.push((format!("{} = {}", spec.id, spec.text(value)), next));
        }
    }
    for preset in scene.presets() {
        let mut next = defaults();
        for (id, text) in preset.values {
            let value = scenes::spec_of(scene, id).unwrap().read(text).unwrap();
            next.set(id, value).unwrap_or_else(|e| panic!("preset {}: {e}", preset.title.en));
        }
        assert!(preset.steps > 0);
        out.push((format!("preset {}", preset.title.en), next));
    }
    out
}

fn views(scene: &dyn Scene, values: &Values) -> Vec<View> {
    let modes = scene.modes(values).len();
    assert!(modes > 0);
    let at = |lang, lens| [0, STEPS].into_iter().map(move |now| (lang, lens, now));
    let all = Lang::ALL.into_iter().flat_map(|lang| Lens::ALL.into_iter().flat_map(move |lens| at(lang, lens)));
    all.flat_map(|(lang, lens, now)| (0..modes).map(move |mode| View { lens, mode, now, ..View::new(lang) })).collect()
}

#[test]
fn every_scene_runs_and_shows_with_every_value() {
    assert!(!SCENES.is_empty());
    for scene in SCENES {
        for (name, values) in variants(*scene) {
            let what = format!("{}, {name}", scene.meta().id);
            let mut run = Run::new(*scene, &values, 1, STEPS).unwrap_or_else(|e| panic!("{what}: {e}"));
            for done in [0, 1, STEPS] {
                run.compute(done - run.done());
                assert_eq!(run.done(), done, "{what}");
                for view in views(*scene, &values) {
                    shows(*scene, &run, view, &format!("{what}, {view:?}"));
                }
            }
        }
    }
}

/// Everything a scene shows of a run, whole and in the right language.
fn shows(scene: &dyn Scene, run: &Run, view: View, what: &str) {
    let offered: Vec<&str> = scene.views(&run.values, view).iter().map(|v| v.id).collect();
    let figures = scene.figures(run, view);
    let ids: Vec<&str> = figures.iter().map(|f| f.id).collect();
    assert_eq!(ids, offered, "{what}: an offered view has no figure");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{what}: {ids:?}");
    for figure in &figures {
        check_figure(figure, &format!("{what}, figure {}", figure.id));
    }
    assert!(scene.figure("no such view", run, view).is_none(), "{what}");
    for chip in scene.chips(run, view) {
        assert!(!chip.text.is_empty() && !chip.note.is_empty(), "{what}: {chip:?}");
        whole(&format!("{} {}", chip.text, chip.note), what);
    }
    for note in scene.notes(run, view) {
        whole(&note, what);
    }
    for row in scene.readouts(run, view) {
        let numbers = [row.predicted, row.measured];
        assert!(numbers.iter().any(Option::is_some), "{what}: {row:?} says nothing");
        assert!(numbers.iter().flatten().all(|x| x.is_finite()), "{what}: {row:?}");
        whole(&row.note, what);
    }
    let (title, entries) = scene.dictionary(&run.values, view);
    whole(&title, what);
    assert!(scene.lenses().len() == 1 || !entries.is_empty(), "{what}");
    assert!(!scene.controls(view.lens, &run.values).is_empty(), "{what}");
}

/// A sentence with nothing missing.
fn whole(text: &str, what: &str) {
    let bad = text.trim().is_empty() || text.contains("{}") || text.contains("NaN") || text.contains("inf ");
    assert!(!bad, "{what}: {text:?}");
}

fn check_figure(figure: &Figure<'_>, what: &str) {
    assert!(!figure.id.is_empty() && !figure.panels.is_empty() && figure.columns > 0, "{what}");
    whole(&figure.title.plain(), what);
    whole(&figure.caption, what);
    let mut ids = BTreeSet::new();
    for panel in &figure.panels {
        assert!(!panel.id.is_empty() && ids.insert(panel.id), "{what}: panel {:?}", panel.id);
        assert!(panel.share > 0.0 && panel.share.is_finite(), "{what}");
        for (axis, which) in [(&panel.x, "x"), (&panel.y, "y")] {
            check_axis(axis, &format!("{what}, panel {}, {which}", panel.id));
        }
        for layer in &panel.layers {
            check_layer(layer, &format!("{what}, panel {}", panel.id));
        }
        for handle in &panel.handles {
            let named = !handle.id.is_empty() && !handle.name.is_empty();
            assert!(named && handle.at.iter().all(|x| x.is_finite()), "{what}: {handle:?}");
        }
    }
}

fn check_axis(axis: &Axis, what: &str) {
    assert!(!axis.label.plain().trim().is_empty(), "{what}: no label");
    assert!(axis.full_label().plain().contains(axis.unit), "{what}");
    if let Some([low, high]) = axis.range {
        assert!(low.is_finite() && high.is_finite() && low < high, "{what}: range {low} to {high}");
        assert!(axis.scale != Scale::Log || low > 0.0, "{what}: {low} on a log axis");
    }
}

/// Columns of one length; a map as large as it says.
fn check_layer(layer: &Layer<'_>, what: &str) {
    let same = |lengths: &[usize]| lengths.iter().all(|l| *l == lengths[0]);
    let fine = match layer {
        Layer::Line(l) => same(&[l.x.len(), l.y.len()]),
        Layer::Points(p) => same(&[p.x.len(), p.y.len()]) && p.size > 0.0,
        Layer::Band(b) => same(&[b.x.len(), b.low.len(), b.high.len()]),
        Layer::Bars(b) => same(&[b.x.len(), b.height.len()]) && b.width > 0.0,
        Layer::HeatMap(m) => m.nx > 0 && m.values.len() % m.nx == 0 && m.range[0] < m.range[1],
        Layer::Facets(f) => {
            same(&[f.x.len(), f.y.len(), 4 * f.values.len(), 4 * f.light.len()]) && f.range[0] < f.range[1]
        }
        Layer::Arrows(a) => same(&[a.x.len(), a.y.len(), a.u.len(), a.v.len()]),
        Layer::Region(r) => same(&[r.x.len(), r.y.len()]) && r.x.iter().chain(r.y.iter()).all(|x| x.is_finite()),
        Layer::Rule(Rule::X(x, ..) | Rule::Y(x, ..)) => x.is_finite(),
        Layer::Histogram(h) => h.edges.len() == h.height.len() + 1 && h.edges.is_sorted(),
        Layer::ErrorBars(e) => same(&[e.x.len(), e.y.len(), e.low.len(), e.high.len()]),
        Layer::Contours(c) => c.nx > 1 && c.values.len() % c.nx == 0 && c.levels.is_sorted(),
        Layer::Streamlines(s) => s.nx > 1 && s.u.len() == s.v.len() && s.u.len() % s.nx == 0 && s.density > 0.0,
        Layer::Callout(c) => c.at.iter().all(|x| x.is_finite()) && !c.text.plain().is_empty(),
        Layer::Text(t) => t.at.iter().all(|x| x.is_finite()) && !t.text.plain().is_empty(),
    };
    assert!(fine, "{what}: {layer:?}");
}

#[test]
fn declarations_are_complete() {
    let mut scene_ids = BTreeSet::new();
    let said = |text: Text| !text.en.trim().is_empty() && !text.zh.trim().is_empty();
    for scene in SCENES {
        let meta = scene.meta();
        let plain_id =
            |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || "-_0123456789".contains(c));
        assert!(plain_id(meta.id) && scene_ids.insert(meta.id), "{}", meta.id);
        assert!(said(meta.title) && said(meta.question) && said(meta.group.title()) && meta.steps > 0, "{}", meta.id);
        assert!(scenes::find(meta.id).is_some_and(|s| s.meta().id == meta.id));
        let mut ids = BTreeSet::new();
        for spec in scene.params().iter().chain(scene.derived()) {
            assert!(plain_id(spec.id) && ids.insert(spec.id), "{} twice", spec.id);
            assert!(said(spec.name) && said(spec.help), "{}", spec.id);
            let [low, high] = spec.bounds();
            assert!(low < high, "{}: {low} to {high}", spec.id);
        }
        for spec in scene.params() {
            assert_eq!(spec.check(spec.default), Ok(spec.default), "{}: its default", spec.id);
            assert_eq!(spec.read(&spec.text(spec.default)), Ok(spec.default), "{}: its text", spec.id);
        }
        assert!(scene.presets().iter().all(|p| said(p.title)), "{}", meta.id);
        let values = Values::defaults(scene.params());
        let known = |id: &str| scenes::spec_of(*scene, id).is_ok();
        for lens in Lens::ALL {
            assert!(scene.controls(lens, &values).iter().all(|s| known(s.id)), "{} {lens:?}", meta.id);
        }
    }
}
