//! The machines on their landscape.

use impetus::core::Probe;
use impetus::scenes::Lens;

use super::{run, scene};

/// A particle lies on the curve of the potential it moves in, or where it is in the plane, and is seen.
#[test]
fn machines_move_on_their_landscape() {
    let lines = ["harmonic", "double-well", "tilted-well"].map(|id| ("sampler", id));
    let planes = ["twin-wells", "four-wells", "muller-brown", "banana"].map(|id| ("sampler-plane", id));
    for (id, landscape) in lines.into_iter().chain(planes) {
        let run = run(id, &[("landscape", landscape)], 40, 3);
        for lane in &run.lanes {
            for moment in [0.0, 7.5, 40.0] {
                let stage = scene(id).stage(&run, lane, moment).unwrap();
                let q = [0, 1].map(|i| lane.between(Probe::Position(i), moment));
                assert_eq!(Some(stage.at[0]), q[0], "{landscape}");
                assert_eq!(stage.handle.is_some(), moment == 0.0, "{landscape}");
                if let Some(y) = q[1] {
                    assert_eq!((stage.curve, stage.at[1]), (false, y), "{landscape}");
                    continue;
                }
                // Between two of 160 nodes of the curve a chord lies off by less than a thousandth of it.
                let height = lane.between(Probe::Potential, moment).unwrap();
                let [low, high] = stage.window[1];
                let inside = stage.window[0][0] <= stage.at[0] && stage.at[0] <= stage.window[0][1];
                let off = (stage.at[1] - height).abs() / (high - low);
                let whole = moment.fract() == 0.0;
                assert!(stage.curve && (off < 1e-3 || !inside || !whole), "{landscape} at {moment}: {off}");
            }
            let still = scene(id).stage(&run, lane, 20.0).unwrap().arrows[2] == [0.0; 2];
            assert!(still || lane.lane.lens != Lens::Spring, "Hamiltonian flow knows no friction");
        }
    }
}
