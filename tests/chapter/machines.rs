//! The strip of machines: a name under every one, for scenes of many costumes and of one.

use egui_kittest::kittest::Queryable as _;
use impetus::scenes::{Machine, SCENES};
use impetus::text::{Lang, ui as words};

use super::open;

/// Every lane of a scene that says where its machines move stands in the strip under its own name; a scene
/// of one costume that does not has no strip.
#[test]
fn every_lane_with_ground_has_a_machine() {
    let usual = |machine| match machine {
        Machine::Ball => words::MACHINE_BALL,
        Machine::Block => words::MACHINE_BLOCK,
        Machine::Arm => words::MACHINE_ARM,
        Machine::Cloud => words::MACHINE_CLOUD,
    };
    let mut strips = 0;
    for scene in SCENES {
        let window = open(*scene);
        let run = window.state().session().run();
        let staged = run.lanes.iter().any(|lane| scene.stage(run, lane, 0.0).is_some());
        for lane in &run.lanes {
            let name = if staged { lane.lane.name } else { usual(lane.lane.machine) };
            let there = window.query_all_by_label(name.get(Lang::En)).next().is_some();
            let costumes = scene.lenses().len() > 1 && scene.source().is_none();
            strips += usize::from(there && scene.lenses().len() == 1);
            // A name may stand elsewhere too, so that only its absence says something.
            assert!(there || !(staged || costumes), "{}: {}", scene.meta().id, name.en);
            assert!(staged || costumes || !there, "{}: {}", scene.meta().id, name.en);
        }
    }
    assert!(strips >= 2, "{strips}");
}
