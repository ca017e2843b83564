//! All layers of a panel as one item of egui_plot.

use std::ops::RangeInclusive;

use egui::{Color32, Shape, Ui};
use egui_plot::{PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotTransform};

use super::pen::Pen;
use crate::app::theme::Skin;
use crate::figure::{Now, Panel};

/// The inside of a plot.
pub struct Canvas<'a, 'b> {
    base: PlotItemBase,
    panel: &'a Panel<'b>,
    now: &'a [Now],
    skin: Skin,
}

impl<'a, 'b> Canvas<'a, 'b> {
    pub fn new(panel: &'a Panel<'b>, now: &'a [Now], skin: Skin) -> Self {
        Canvas { base: PlotItemBase::new(panel.id.to_owned()), panel, now, skin }
    }
}

impl PlotItem for Canvas<'_, '_> {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, out: &mut Vec<Shape>) {
        Pen::new(ui, self.panel, transform, &self.skin).all(self.now, out);
    }

    fn initialize(&mut self, _: RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        self.skin.text
    }

    fn allow_hover(&self) -> bool {
        false
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        PlotGeometry::None
    }

    fn bounds(&self) -> PlotBounds {
        PlotBounds::NOTHING
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }
}
