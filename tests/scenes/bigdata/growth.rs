//! Figures of a run that is looked at while it is computed are those of one that was computed at once.

use impetus::figure::{Figure, Layer};
use impetus::scenes::Lens;
use impetus::session::{Command, Session};
use impetus::text::Lang;

use super::session;

/// All numbers of a figure, its ranges among them, as bits.
fn numbers(figure: &Figure<'_>) -> Vec<u64> {
    let mut out = Vec::new();
    for panel in &figure.panels {
        out.extend([&panel.x, &panel.y].iter().filter_map(|axis| axis.range).flatten());
        for layer in &panel.layers {
            match layer {
                Layer::Line(l) => out.extend(l.x.iter().chain(l.y.iter())),
                Layer::Points(p) => out.extend(p.x.iter().chain(p.y.iter())),
                Layer::Band(b) => out.extend(b.x.iter().chain(b.low.iter()).chain(b.high.iter())),
                Layer::Histogram(h) => out.extend(h.edges.iter().chain(h.height.iter())),
                Layer::HeatMap(m) => out.extend(m.values.iter()),
                _ => {}
            }
        }
    }
    out.into_iter().map(f64::to_bits).collect()
}

fn all(session: &Session) -> Vec<(&'static str, Vec<u64>)> {
    session.figures(Lang::En).iter().map(|f| (f.id, numbers(f))).collect()
}

#[test]
fn looking_while_it_grows_changes_nothing() {
    let cases: [&[(&str, f64)]; 4] = [
        &[("particles", 30.0), ("spread", 0.2), ("beta", 0.98)],
        &[("particles", 3.0), ("eta", 0.5), ("r1", 0.7)],
        &[("problem", 0.0), ("particles", 1.0), ("temperature", 0.0), ("h", 0.5)],
        &[("particles", 2500.0), ("beta", 0.3)],
    ];
    for (case, values) in cases.into_iter().enumerate() {
        for lens in Lens::ALL {
            let [mut once, mut looked] = [0, 1].map(|_| session(values, 400));
            for s in [&mut once, &mut looked] {
                s.apply(Command::Lens(lens)).expect("a lens of it");
            }
            once.advance(400);
            for steps in [1, 2, 30, 31, 100, 236] {
                let _ = (all(&looked), looked.scene().readouts(looked.run(), looked.view(Lang::En)));
                looked.advance(steps);
            }
            for s in [&mut once, &mut looked] {
                s.apply(Command::Seek(391)).expect("within the run");
            }
            for ((id, a), (_, b)) in all(&once).into_iter().zip(all(&looked)) {
                assert!(!a.is_empty() && a == b, "case {case}, {lens:?}: {id}");
            }
            let readouts = |s: &Session| s.scene().readouts(s.run(), s.view(Lang::En));
            assert_eq!(readouts(&once), readouts(&looked), "case {case}, {lens:?}");
        }
    }
}
