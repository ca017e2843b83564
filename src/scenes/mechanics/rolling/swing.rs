//! How long a swing takes, over its amplitude: only the optimizer keeps time.

use super::bodies::{Body, G, SECONDS};
use crate::core::{State, System, Trace, advance};
use crate::figure::{Handle, Ink, Panel, rich};
use crate::param::Values;
use crate::scenes::exhibit::draw::{DASHES, MARKERS, axis, line, panel, points, spanning};
use crate::scenes::{Probe, Seen};
use crate::text::t;
use crate::theory::rolling::{flat_period, period};

/// Largest amplitude shown, m.
const WIDEST: f64 = 3.0;
/// The bodies that swing.
pub const SWINGING: [Body; 3] = [Body::Ball, Body::Block, Body::HeavyBall];

/// The period by theory.
pub fn expected(body: Body, k: f64, amplitude: f64) -> f64 {
    match body {
        Body::HeavyBall => flat_period(k, G),
        Body::Bead => f64::NAN,
        _ => period(k, amplitude, G, body.inertia()),
    }
}

/// The period of a run of its own without friction: from one passage of the bottom to the one after the
/// next.
pub fn measured(body: Body, values: &Values, amplitude: f64) -> Option<f64> {
    let mut free = values.clone();
    for (id, value) in [("friction", 0.0), ("shape", 0.0)] {
        free.set(id, value).ok()?;
    }
    let (stepper, parts) = body.stepper(&free);
    let system = System { field: body.field(&free), stepper };
    let mut trace = Trace::new(&[Probe::Position(0)], 1);
    let steps = (2.0 * expected(Body::Ball, free.get("steep"), amplitude) / SECONDS).ceil().min(5e3) as u64 * parts;
    advance(&system, &mut State::at(&[-amplitude], &[], 1, 0, 0), steps, &mut trace);
    let x = trace.column(Probe::Position(0));
    let mut passed = x.windows(2).enumerate().filter(|(_, w)| (w[0] < 0.0) != (w[1] < 0.0)).map(|(i, w)| {
        // Close to the bottom the speed is as good as constant.
        i as f64 + w[0] / (w[0] - w[1])
    });
    let (first, third) = (passed.next()?, passed.nth(1)?);
    Some((third - first) * SECONDS / parts as f64)
}

/// Periods over the amplitude.
pub fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = &seen.run.values;
    let k = values.get("steep");
    let x = axis(seen, t("amplitude $A$", "振幅 $A$"), "m").range(0.0, 1.03 * WIDEST);
    let mut panel = panel("periods", x, axis(seen, t("period", "周期"), "s"));
    let fine: Vec<f64> = (0..=120).map(|i| WIDEST * f64::from(i) / 120.0).collect();
    let tried: Vec<f64> = (1..=12).map(|i| 0.25 * f64::from(i)).collect();
    let mut all = vec![0.0];
    for (i, body) in SWINGING.into_iter().enumerate() {
        let known: Vec<f64> = fine.iter().map(|a| expected(body, k, *a)).collect();
        all.extend(known.iter().copied());
        panel.layers.push(line(fine.clone(), known, Some(seen.say(body.name())), body.ink(), DASHES[i]));
        let found = seen.run.derived.column(("periods", i, k.to_bits()), || {
            tried.iter().map(|a| measured(body, values, *a).unwrap_or(f64::NAN)).collect()
        });
        panel.layers.push(points(tried.clone(), found, None, body.ink(), MARKERS[i % MARKERS.len()]));
    }
    panel.y = spanning(panel.y, all);
    let here = values.get("x0").abs().min(WIDEST);
    panel.handles.push(Handle {
        id: "amplitude".into(),
        at: [here, expected(Body::Ball, k, here)],
        ink: Ink::Text,
        label: rich("$|x_0|$"),
        name: seen.say(t("amplitude", "振幅")).to_owned(),
    });
    vec![panel]
}
