//! Rectangles that may be turned.

use usvg::Transform;

/// A rectangle anywhere on the page, by its corners in order, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quad([[f64; 2]; 4]);

impl Quad {
    /// `rect` after `to_page`.
    pub fn new(rect: usvg::Rect, to_page: Transform) -> Self {
        let corners = [
            (rect.left(), rect.top()),
            (rect.right(), rect.top()),
            (rect.right(), rect.bottom()),
            (rect.left(), rect.bottom()),
        ];
        Quad(corners.map(|(x, y)| {
            let mut point = usvg::tiny_skia_path::Point { x, y };
            to_page.map_point(&mut point);
            [f64::from(point.x), f64::from(point.y)]
        }))
    }

    /// Left, upper, right and lower end.
    pub fn bounds(&self) -> [f64; 4] {
        let least = |k: usize| self.0.iter().map(|c| c[k]).fold(f64::INFINITY, f64::min);
        let most = |k: usize| self.0.iter().map(|c| c[k]).fold(f64::NEG_INFINITY, f64::max);
        [least(0), least(1), most(0), most(1)]
    }

    /// Lengths of the two sides.
    pub fn sides(&self) -> [f64; 2] {
        let [a, b, c, _] = self.0;
        [(b[0] - a[0]).hypot(b[1] - a[1]), (c[0] - b[0]).hypot(c[1] - b[1])]
    }

    /// How deep two rectangles overlap; negative when a gap lies between them.
    pub fn depth(&self, other: &Quad) -> f64 {
        let axes = self.normals().into_iter().chain(other.normals());
        axes.map(|n| {
            let ([a, b], [c, d]) = (self.shadow(n), other.shadow(n));
            b.min(d) - a.max(c)
        })
        .fold(f64::INFINITY, f64::min)
    }

    /// Whether a point lies inside.
    pub fn holds(&self, point: [f64; 2]) -> bool {
        let along = |p: [f64; 2], n: [f64; 2]| p[0] * n[0] + p[1] * n[1];
        self.normals().into_iter().all(|n| {
            let [low, high] = self.shadow(n);
            (low..=high).contains(&along(point, n))
        })
    }

    /// Unit vectors along the sides.
    fn normals(&self) -> [[f64; 2]; 2] {
        let [a, b, c, _] = self.0;
        let unit = |p: [f64; 2], q: [f64; 2], flat: [f64; 2]| {
            let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
            let length = dx.hypot(dy);
            if length > 0.0 { [dx / length, dy / length] } else { flat }
        };
        [unit(a, b, [1.0, 0.0]), unit(b, c, [0.0, 1.0])]
    }

    /// The interval covered along a unit vector.
    fn shadow(&self, n: [f64; 2]) -> [f64; 2] {
        let places = self.0.map(|c| c[0] * n[0] + c[1] * n[1]);
        [places.iter().copied().fold(f64::INFINITY, f64::min), places.iter().copied().fold(f64::NEG_INFINITY, f64::max)]
    }
}
