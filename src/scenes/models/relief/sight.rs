//! How a box over two variables comes to lie on a plane, and what is nearer to the eye.

/// Height of the box against its width where it is seen in its own proportions.
const HEIGHT: f64 = 0.62;

/// A parallel projection of across, deep and up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// What lies at the origin of the plane.
    home: [f64; 3],
    /// Steps on the plane per unit across, deep and up.
    steps: [[f64; 2]; 3],
    /// The way towards the eye, in units of the box.
    pub eye: [f64; 3],
    /// The way towards the lamp, in shares of the box's sides.
    pub lamp: [f64; 3],
}

/// Towards the lamp as one looks on: left, front, above.
const LAMP: [f64; 3] = [-0.45, -0.35, 0.82];

impl Sight {
    /// An oblique projection: the front stays as it is, depth leans to the right and up.
    pub fn oblique(near: f64, lean: [f64; 2]) -> Sight {
        let steps = [[1.0, 0.0], lean, [0.0, 1.0]];
        Sight { home: [0.0, near, 0.0], steps, eye: [lean[0], -1.0, lean[1]], lamp: LAMP }
    }

    /// An orthographic projection of a box with its middle at the origin, `sides` its first ends and
    /// lengths across, deep and up, turned by `azimuth` and seen from `elevation` degrees above.
    pub fn turned(sides: [[f64; 2]; 3], [azimuth, elevation]: [f64; 2]) -> Sight {
        let [(sa, ca), (se, ce)] = [azimuth, elevation].map(|angle| angle.to_radians().sin_cos());
        let shares = [1.0, 1.0, HEIGHT];
        let scale = [0, 1, 2].map(|k| shares[k] / (sides[k][1] - sides[k][0]));
        let axes = [[ca, -sa * se], [sa, ca * se], [0.0, ce]];
        let steps = [0, 1, 2].map(|k| axes[k].map(|step| step * scale[k]));
        let to_eye = [ce * sa, -ce * ca, se];
        let eye = [0, 1, 2].map(|k| to_eye[k] / scale[k]);
        let [left, front, above] = LAMP;
        let lamp = [left * ca - front * sa, left * sa + front * ca, above];
        Sight { home: sides.map(|[low, high]| 0.5 * (low + high)), steps, eye, lamp }
    }

    /// Where a point of the box is drawn.
    pub fn place(&self, point: [f64; 3]) -> [f64; 2] {
        [0, 1].map(|i| (0..3).map(|k| self.steps[k][i] * (point[k] - self.home[k])).sum())
    }

    /// How far one can go from a point towards the eye before leaving the box `sides`.
    pub fn way_out(&self, point: [f64; 3], sides: [[f64; 2]; 3]) -> f64 {
        let out = |k: usize| {
            let [low, high] = sides[k];
            match self.eye[k] {
                way if way > 0.0 => (high - point[k]) / way,
                way if way < 0.0 => (low - point[k]) / way,
                _ => f64::INFINITY,
            }
        };
        (0..3).map(out).fold(f64::INFINITY, f64::min).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Sight;

    /// Seen from the front, from the side and from above, lengths are those of the box.
    #[test]
    fn known_directions() {
        let sides = [[-2.0, 2.0], [0.0, 10.0], [5.0, 6.0]];
        let table = [
            ([0.0, 0.0], [2.0, 10.0, 6.0], [0.5, 0.31]),
            ([90.0, 0.0], [2.0, 10.0, 6.0], [0.5, 0.31]),
            ([90.0, 0.0], [2.0, 0.0, 6.0], [-0.5, 0.31]),
            ([0.0, 90.0], [2.0, 10.0, 6.0], [0.5, 0.5]),
            ([180.0, 90.0], [2.0, 10.0, 6.0], [-0.5, -0.5]),
            ([33.0, 21.0], [0.0, 5.0, 5.5], [0.0, 0.0]),
        ];
        for (angles, point, want) in table {
            let sight = Sight::turned(sides, angles);
            let got = sight.place(point);
            assert!((got[0] - want[0]).abs() + (got[1] - want[1]).abs() < 1e-12, "{angles:?} {point:?} {got:?}");
        }
    }

    /// Going towards the eye does not move a point on the picture.
    #[test]
    fn the_eye_sees_along_its_lines() {
        let sides = [[-2.0, 2.0], [0.0, 10.0], [5.0, 6.0]];
        let sights =
            [Sight::oblique(0.0, [0.3, 1.1]), Sight::turned(sides, [70.0, 25.0]), Sight::turned(sides, [200.0, 80.0])];
        for sight in sights {
            let from = [0.5, 4.0, 5.2];
            let to = [0, 1, 2].map(|k| from[k] + 0.1 * sight.eye[k]);
            let (a, b) = (sight.place(from), sight.place(to));
            assert!((a[0] - b[0]).abs() + (a[1] - b[1]).abs() < 1e-12, "{a:?} {b:?}");
        }
    }
}
