//! From where a surface is seen: two angles, each one of a list, so that whatever keeps what was chosen
//! for a view (sessions, undo, exported figures) keeps them too.

use std::sync::LazyLock;

use super::{Opt, View};
use crate::param::Choice;
use crate::text::{Text, t};

/// Degrees from one choice to the next.
pub const STEP: f64 = 3.0;

/// From where a surface is seen as soon as it is turned: a little from the right, from above.
pub const FIRST: [f64; 2] = [18.0, 33.0];

/// Choices of either angle beside the usual one: all the way round, from the ground to the zenith.
const COUNTS: [u32; 2] = [120, 31];

static ANGLES: LazyLock<[Vec<Choice>; 2]> = LazyLock::new(|| COUNTS.map(angles));

/// What is drawn unless somebody turns it.
const USUAL: Choice = Choice { id: "front", name: t("as drawn", "正面") };

/// The usual choice, then the angles. Each is written once and lives as long as the program.
fn angles(count: u32) -> Vec<Choice> {
    let angle = |k: u32| {
        let id: &'static str = (f64::from(k) * STEP).to_string().leak();
        let name: &'static str = format!("{id}°").leak();
        Choice { id, name: Text { en: name, zh: name } }
    };
    std::iter::once(USUAL).chain((0..count).map(angle)).collect()
}

/// What can be chosen for a direction.
pub fn choices(opt: Opt) -> Vec<Choice> {
    ANGLES[usize::from(opt == Opt::Elevation)].clone()
}

/// The choices of azimuth and elevation nearest to two angles in degrees.
pub fn nearest([azimuth, elevation]: [f64; 2]) -> [usize; 2] {
    let step = |angle: f64| if angle.is_finite() { (angle / STEP).round() } else { 0.0 };
    let round = step(azimuth).rem_euclid(f64::from(COUNTS[0]));
    let high = step(elevation).clamp(0.0, f64::from(COUNTS[1] - 1));
    [1 + round as usize, 1 + high as usize]
}

impl View {
    /// Azimuth and elevation in degrees from where a surface is seen; `None` as it is drawn at first.
    pub fn turned(&self) -> Option<[f64; 2]> {
        let chosen = [Opt::Azimuth, Opt::Elevation].map(|opt| self.options.get(opt));
        let angle = |k: usize| chosen[k].checked_sub(1).map_or(FIRST[k], |i| i as f64 * STEP);
        (chosen != [0, 0]).then(|| [angle(0), angle(1).min(90.0)])
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST, nearest};
    use crate::scenes::{Opt, View};
    use crate::text::Lang;

    #[test]
    fn angles_are_chosen_and_read_back() {
        let mut view = View::new(Lang::En);
        assert_eq!(view.turned(), None);
        for (given, want) in [
            ([0.0, 0.0], [0.0, 0.0]),
            ([31.4, 44.0], [30.0, 45.0]),
            ([-3.0, -20.0], [357.0, 0.0]),
            ([361.0, 170.0], [0.0, 90.0]),
            (FIRST, FIRST),
            ([f64::NAN, f64::INFINITY], [0.0, 0.0]),
        ] {
            let chosen = nearest(given);
            view.options.set(Opt::Azimuth, chosen[0]);
            view.options.set(Opt::Elevation, chosen[1]);
            assert_eq!(view.turned(), Some(want), "{given:?}");
            for (opt, index) in [Opt::Azimuth, Opt::Elevation].into_iter().zip(chosen) {
                let angle = want[usize::from(opt == Opt::Elevation)];
                assert_eq!(opt.usual_choices()[index].id, angle.to_string());
            }
        }
        view.options.set(Opt::Azimuth, 0);
        assert_eq!(view.turned(), Some([FIRST[0], 0.0]), "one angle alone keeps the other as at first");
    }
}
