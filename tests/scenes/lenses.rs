//! The lenses: what is set through one reads back, what stands beside it stays, and what the
//! scene says of its own numbers is true.

use impetus::core::Probe;
use impetus::param::{Kind, Spec, Values};
use impetus::scenes::{self, Lens, Readout, Scene};
use impetus::session::{Command, Session};
use impetus::text::Lang;

fn scene() -> &'static dyn Scene {
    scenes::find("one-machine").unwrap()
}

fn set(id: &str, value: f64) -> Command {
    Command::Set { id: id.into(), value }
}

/// A derived parameter, and what must stay when it is set.
const EDITS: &[(&str, &[&str])] = &[
    ("m", &["c", "k", "h"]),
    ("c", &["m", "k", "h"]),
    ("k", &["m", "c", "h"]),
    ("dt", &["m", "c", "k"]),
    ("zeta", &["m", "k", "h", "omega0"]),
    ("omega0", &["m", "c", "h"]),
    ("inertia", &["kp", "kd", "period"]),
    ("kp", &["inertia", "kd", "period"]),
    ("kd", &["inertia", "kp", "period"]),
    ("period", &["inertia", "kp", "kd"]),
    ("gamma", &["eta", "k", "h"]),
    ("alpha", &["eta", "k", "h"]),
    ("eta_eff", &["beta", "k", "h"]),
    ("eta", &["beta", "k", "h"]),
    ("beta", &["eta", "k", "h"]),
];

fn near(got: f64, want: f64) -> bool {
    (got - want).abs() <= 1e-9 * want.abs().max(1e-12)
}

fn start(problem: f64, mapping: f64, eta: f64, beta: f64) -> Values {
    let mut values = Values::defaults(scene().params());
    let h = 0.7;
    for (id, value) in [("problem", problem), ("mapping", mapping), ("eta", eta), ("beta", beta), ("h", h)] {
        values.set(id, value).unwrap();
    }
    values
}

/// One edit: refused and nothing changed (`false`), or inverse to reading (`true`).
fn edit(values: &Values, id: &str, stays: &[&str], factor: f64, mode: usize) -> bool {
    let (mut next, old) = (values.clone(), scene().read(id, values, mode));
    let target = old * factor;
    if let Err(why) = scene().write(id, target, &mut next, mode) {
        assert_eq!(&next, values, "{id} was refused ({why}) but changed something");
        return false;
    }
    let where_ = || format!("{id} from {old} to {target}, mode {mode}, at {:?}", values.texts());
    let got = scene().read(id, &next, mode);
    assert!(near(got, target), "{}: reads {got}", where_());
    for other in stays {
        let [before, after] = [values, &next].map(|v| scene().read(other, v, mode));
        assert!(near(after, before) || before.is_nan(), "{}: {other} went from {before} to {after}", where_());
    }
    // And back again.
    scene().write(id, old, &mut next, mode).unwrap_or_else(|e| panic!("{}: no way back, {e}", where_()));
    for id in ["eta", "beta", "h", "lambda1", "lambda2"] {
        assert!(near(next.get(id), values.get(id)), "{}: back, but {id} is {}", where_(), next.get(id));
    }
    true
}

#[test]
fn lens_edits_are_the_inverse_of_reads() {
    let machines = [(0.1, 0.9), (0.001, 0.9), (0.4, 0.5), (0.02, 0.2), (1.5, 0.7), (0.03, 0.97)];
    for (id, stays) in EDITS {
        let (mut accepted, mut tried) = (0, 0);
        for mapping in 0..6 {
            for (problem, modes) in [(0.0, 1), (1.0, 2), (2.0, 2)] {
                for (eta, beta) in machines {
                    let values = start(problem, f64::from(mapping), eta, beta);
                    for (mode, factor) in (0..modes).flat_map(|m| [(m, 0.85), (m, 1.02), (m, 1.1)]) {
                        tried += 1;
                        accepted += usize::from(edit(&values, id, stays, factor, mode));
                    }
                }
            }
        }
        println!("{id:8} {accepted} of {tried} accepted");
        // The bowl with fixed curvatures refuses to change them; some machines have no twin.
        let most = if ["k", "kp", "omega0"].contains(id) { tried * 3 / 5 } else { tried };
        assert!(accepted * 4 >= most * 3, "{id}: only {accepted} of {tried} edits are possible");
    }
}

/// Every value of every parameter, defining and derived, under every mapping: accepted or refused,
/// never a panic and never half a change; what is accepted is finite and builds.
#[test]
fn no_value_of_any_parameter_breaks_anything() {
    let values_of = |spec: &Spec| {
        let [min, max] = spec.bounds();
        let inner = match spec.kind {
            Kind::Real { .. } => vec![1e-3, 0.37, 1.0, 12.5, 999.0],
            _ => vec![1.0, 2.0],
        };
        [vec![min, max], inner].concat()
    };
    for mapping in 0..6 {
        for (eta, beta) in [(0.1, 0.9), (0.4, 0.0), (0.4, -0.5), (3.0, 0.2), (0.2, 1.0), (0.2, 1.1)] {
            let base = start(1.0, f64::from(mapping), eta, beta);
            for spec in scene().params().iter().chain(scene().derived()) {
                for (value, mode) in values_of(spec).into_iter().flat_map(|v| [(v, 0), (v, 1)]) {
                    let mut next = base.clone();
                    if scene().write(spec.id, value, &mut next, mode).is_err() {
                        assert_eq!(next, base, "{} = {value}", spec.id);
                    }
                    next.set("particles", 1.0).unwrap();
                    scene().build(&next, 1).unwrap_or_else(|e| panic!("{} = {value}: {e}", spec.id));
                    assert!(next.texts().iter().all(|(_, t)| t != "NaN" && t != "inf"), "{:?}", next.texts());
                }
            }
        }
    }
}

fn session(changes: &[(&str, f64)], steps: u64) -> Session {
    let mut session = Session::open(scene()).unwrap();
    session.apply(Command::Steps(steps)).unwrap();
    for (id, value) in changes {
        session.apply(set(id, *value)).unwrap();
    }
    session.advance(steps);
    session.apply(Command::Seek(steps)).unwrap();
    session
}

fn notes(session: &Session) -> String {
    session.scene().notes(session.run(), session.view(Lang::En)).join("\n")
}

#[test]
fn the_bowl_reads_as_printed() {
    let session = session(&[], 20);
    let lane = session.run().lane(Lens::Optimizer).unwrap();
    let x = [0, 1].map(|i| format!("{:.6}", lane.at(Probe::Position(i), 20).unwrap()));
    assert_eq!(x, ["-0.062843", "0.001202"]);
}

#[test]
fn a_divergence_is_named_with_its_step() {
    // |x₂| = 2·1.4ⁿ passes 20 at n = 7, and its step 2.4·2·1.4ⁿ⁻¹ passes 10¹⁰⁰ at n = 681.
    for (steps, step) in [(20, "ten times its start at iteration 7."), (800, "beyond 10¹⁰⁰ at iteration 681,")] {
        let session = session(&[("eta", 0.6), ("beta", 0.0)], steps);
        let notes = notes(&session);
        assert!(notes.contains("λ₂ diverges (divergent, flipping, ×1.4 per step)"), "{notes}");
        assert!(notes.contains(step), "{notes}");
        assert!(!notes.contains("λ₁ diverges"), "{notes}");
        let lane = session.run().lane(Lens::Optimizer).unwrap();
        assert_eq!(lane.diverged_at(), (steps > 681).then_some(681));
    }
}

#[test]
fn a_regime_names_its_model() {
    let session = session(&[("mapping", 0.0)], 20);
    let chips = session.scene().chips(session.run(), session.view(Lang::En));
    let texts: Vec<&str> = chips.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(texts[0], "λ₁ overdamped · discrete map");
    assert_eq!(texts[1], "λ₁ underdamped · twin, ζ 0.8839");
    assert_eq!(texts[2], "λ₂ underdamped · discrete map");
    assert!(chips[1].note.contains("ζ = 0.8839"), "{}", chips[1].note);
    let notes = notes(&session);
    assert!(notes.contains("λ₁ is overdamped by the exact map") && notes.contains("ζ = 0.8839"), "{notes}");
    assert!(notes.contains("would say underdamped"), "{notes}");
}

/// A number predicted and a number measured agree where both are exact.
#[test]
fn predictions_are_what_is_measured() {
    let find = |rows: &[Readout], label: &str| {
        let row = rows.iter().find(|r| r.label.plain().contains(label));
        row.and_then(|r| Some([r.predicted?, r.measured?]))
    };
    for (eta, beta, mapping) in [(0.4, 0.5, 0.0), (0.1, 0.9, 5.0), (0.4, 0.8, 4.0), (0.05, 0.3, 1.0)] {
        let session = session(&[("eta", eta), ("beta", beta), ("mapping", mapping)], 400);
        for mode in 0..2 {
            let mut view = session.view(Lang::En);
            (view.mode, view.now) = (mode, 17);
            let rows = session.scene().readouts(session.run(), view);
            for label in ["now", "rate", "period", "steps to 1", "overshoot", " twin"] {
                let Some([predicted, measured]) = find(&rows, label) else { continue };
                let off = (predicted - measured).abs() / predicted.abs().max(1e-9);
                assert!(off <= 1e-6, "η = {eta}, β = {beta}, mode {mode}, {label}: {predicted} against {measured}");
            }
            assert!(find(&rows, "now").is_some() && find(&rows, "rate").is_some(), "{rows:?}");
        }
    }
}

/// The rows before a change in mid-run are those of the run without it, and each row is made with
/// the spring in force there.
#[test]
fn the_energy_ledger_follows_a_change_in_mid_run() {
    let open = |event: Option<(u64, f64)>| {
        let mut plan = impetus::session::Plan::new(impetus::scenes::SCENES[0]);
        plan.events.extend(event.map(|(at, value)| impetus::session::Event { at, id: "beta", value }));
        let mut session = Session::resume(plan).unwrap();
        session.advance(20);
        session
    };
    let shares = |session: &Session| {
        let figure = session.scene().figure("energy", session.run(), session.view(Lang::En)).unwrap();
        let bands = figure.panels[0].layers.iter().filter_map(|l| match l {
            impetus::figure::Layer::Band(band) => Some(band.high.to_vec()),
            _ => None,
        });
        bands.collect::<Vec<_>>()
    };
    let (steady, changed) = (open(None), open(Some((8, 0.9))));
    let (before, after) = (shares(&steady), shares(&changed));
    let per = before[0].len() / 20;
    for (a, b) in before.iter().zip(&after) {
        assert_eq!(a[..8 * per], b[..8 * per], "the past stays as it was");
        assert_ne!(a[12 * per], b[12 * per]);
    }
    assert!(before[2].iter().all(|s| (s - 1.0).abs() < 1e-3), "{:?}", before[2]);
}
