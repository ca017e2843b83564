//! What the colours of a panel stand for.

use super::{Colormap, Layer, Panel, Rgb, Rich};

/// Which colour stands for which number, where a panel says numbers by colour.
#[derive(Clone, Debug, PartialEq)]
pub struct ColorKey {
    /// Values at the two ends of the colour map, low to high.
    pub range: [f64; 2],
    /// Colour map.
    pub map: Colormap,
    /// Quantity and unit.
    pub label: Rich,
    /// Share of the map's colour in what is painted; the rest is the ground.
    pub strength: f64,
}

impl ColorKey {
    /// The key of a panel's first heat map or surface; none where its values have no range.
    pub fn of(panel: &Panel<'_>) -> Option<Self> {
        let key = panel.layers.iter().find_map(|layer| match layer {
            Layer::HeatMap(m) => Some(ColorKey { range: m.range, map: m.map, label: m.label.clone(), strength: 1.0 }),
            Layer::Facets(f) => Some(f.key()),
            _ => None,
        })?;
        let [low, high] = key.range;
        (low.is_finite() && high.is_finite() && high > low).then_some(key)
    }

    /// The colour at `share` ∈ [0, 1] of the range, painted on `ground` in full light.
    pub fn at(&self, share: f64, ground: Rgb) -> Rgb {
        self.map.at(share).over(ground, self.strength)
    }
}
