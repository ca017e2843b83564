//! States kept on the way stay within their budget, and any state can be rebuilt from them.

use std::sync::Arc;

use impetus::core::State;
use impetus::scenes::{BUDGET, Checkpoints, Lens};

use super::session;

#[test]
fn kept_states_stay_within_their_budget_and_evenly_spread() {
    // Particles, coordinates, states that fit.
    for (n, dim, room) in [(10, 1, 7), (100, 2, 16), (1000, 1, 2), (3, 1, 40)] {
        let start = State::at(&vec![1.0; dim], &[], n, 1, 0);
        let one = 8 * 3 * n * dim;
        let mut kept = Checkpoints::new(Arc::new(start.clone()), one * room + one / 2);
        let mut state = start;
        for at in 1..=10_000_u64 {
            state.step = at;
            kept.offer(at, &state);
            assert!(kept.bytes() <= one * room, "{n} particles: {} bytes at {at}", kept.bytes());
            let (near, found) = kept.before(at);
            assert_eq!(found.step, near, "{at}");
            // Never further than four times the spacing that the room allows.
            let far = (4 * at / room as u64).max(32);
            assert!(near <= at && at - near <= far, "{n} particles: {at} from {near}");
        }
        assert_eq!(kept.before(0).0, 0, "the start is never lost");
        let (middle, _) = kept.before(5_000);
        kept.truncate(5_000);
        assert_eq!(kept.before(10_000).0, middle);
    }
}

#[test]
fn a_large_cloud_keeps_to_the_budget() {
    let mut session = session(&[("particles", 1_000_000.0), ("problem", 0.0)], 130);
    session.advance(130);
    let lane = session.run().lane(Lens::Sampler).expect("a sampler");
    assert_eq!(lane.done(), 130);
    assert!(lane.kept_bytes() <= BUDGET, "{} bytes", lane.kept_bytes());
    assert!(lane.kept_bytes() > BUDGET / 4, "{} bytes: room is used", lane.kept_bytes());
}
