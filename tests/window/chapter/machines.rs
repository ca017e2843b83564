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
        let own = |lane| scene.stage(run, lane, 0.0).is_some();
        let staged = run.lanes.iter().any(own);
        let costumes = scene.lenses().len() > 1 && scene.source().is_none();
        for lane in &run.lanes {
            let name = if staged { lane.lane.name } else { usual(lane.lane.machine) };
            // A name in a table is less tall than a machine.
            let mut named = window.query_all_by_label_contains(name.get(Lang::En));
            let there = named.any(|node| node.rect().height() > 100.0 && node.rect().bottom() < 260.0);
            let wanted = if staged { own(lane) } else { costumes };
            assert_eq!(there, wanted, "{}: {}", scene.meta().id, name.en);
        }
        strips += usize::from(staged && !costumes);
    }
    assert!(strips >= 1, "no scene has machines on ground of its own");
}
