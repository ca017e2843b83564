//! Surfaces as painted facets.

use super::{ColorKey, Colormap, Column, Rgb};

/// Steps of height and of light between which colours differ; neighbours of one colour print as one.
const STEPS: [f64; 2] = [48.0, 24.0];
/// Share of the map's colour in what is painted; the rest is ground, so that lines stand out on it.
const STRENGTH: f64 = 0.62;
/// How much of its colour the darkest facet keeps.
const DARKEST: f64 = 0.45;

/// Four-cornered facets of a projected surface, painted in order: later ones cover earlier ones.
#[derive(Clone, Debug)]
pub struct Facets<'a> {
    /// Abscissae, `x[4 k .. 4 k + 4]` are the corners of facet k in turn.
    pub x: Column<'a>,
    /// Ordinates, likewise.
    pub y: Column<'a>,
    /// One value per facet, which gives its colour; a facet without a finite one is left out.
    pub values: Column<'a>,
    /// Light on each facet, 0 in the shade to 1 towards the lamp.
    pub light: Column<'a>,
    /// Values at the two ends of the colour map.
    pub range: [f64; 2],
    /// Colour map.
    pub map: Colormap,
    /// Quantity that gives the colour, with its unit.
    pub label: super::Rich,
}

impl Facets<'_> {
    /// The corners of every facet that has a value, with its colour on `ground`.
    pub fn painted(&self, ground: Rgb) -> impl Iterator<Item = ([[f64; 2]; 4], Rgb)> + '_ {
        let corners = self.x.chunks_exact(4).zip(self.y.chunks_exact(4));
        let numbers = self.values.iter().zip(self.light.iter());
        corners.zip(numbers).filter(|(_, (value, _))| value.is_finite()).map(move |((x, y), (value, light))| {
            ([0, 1, 2, 3].map(|i| [x[i], y[i]]), self.color(*value, *light, ground))
        })
    }

    /// What its colours stand for in full light; shade only darkens them.
    pub fn key(&self) -> ColorKey {
        ColorKey { range: self.range, map: self.map, label: self.label.clone(), strength: STRENGTH }
    }

    fn color(&self, value: f64, light: f64, ground: Rgb) -> Rgb {
        let step = |share: f64, steps: f64| (share.clamp(0.0, 1.0) * steps).round() / steps;
        let height = step((value - self.range[0]) / (self.range[1] - self.range[0]), STEPS[0]);
        let light = DARKEST + (1.0 - DARKEST) * step(light, STEPS[1]);
        // Light falls on the surface, so it dims what is ground in the colour too.
        self.map.at(height).over(ground, STRENGTH).over(Rgb(0, 0, 0), light)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Colormap, Rgb, rich};
    use super::Facets;

    #[test]
    fn light_and_height_are_seen_and_gaps_are_not() {
        let facets = Facets {
            x: [0.0, 1.0, 1.0, 0.0].repeat(4).into(),
            y: [0.0, 0.0, 1.0, 1.0].repeat(4).into(),
            values: vec![0.0, 1.0, f64::NAN, 1.0].into(),
            light: vec![1.0, 1.0, 1.0, 0.0].into(),
            range: [0.0, 1.0],
            map: Colormap::Viridis,
            label: rich("$f$"),
        };
        let white = Rgb(255, 255, 255);
        let seen: Vec<Rgb> = facets.painted(white).map(|(_, color)| color).collect();
        assert_eq!(seen[..2], [0.0, 1.0].map(|h| Colormap::Viridis.at(h).over(white, 0.62)));
        assert_eq!(seen[2], seen[1].over(Rgb(0, 0, 0), 0.45), "in the shade");
        assert_eq!(seen[..2], [0.0, 1.0].map(|share| facets.key().at(share, white)), "as the colour bar says");
        assert_eq!((seen.len(), facets.painted(white).next().map(|f| f.0[2])), (3, Some([1.0, 1.0])));
    }
}
