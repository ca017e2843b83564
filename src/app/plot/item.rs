//! All layers of a panel as one item of egui_plot.

use std::ops::RangeInclusive;

use egui::{Color32, Shape, Ui};
use egui_plot::{PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotTransform};

use super::pen::Pen;
use super::plate::Inside;
use super::thin::Store;
use super::{Look, Subject, axes};

/// The inside of a plot.
pub struct Canvas<'a, 's> {
    base: PlotItemBase,
    subject: &'a Subject<'s>,
    look: &'a Look<'a>,
    inside: Inside,
}

impl<'a, 's> Canvas<'a, 's> {
    pub fn new(subject: &'a Subject<'s>, look: &'a Look<'a>, inside: Inside) -> Self {
        Canvas { base: PlotItemBase::new(subject.face.id.to_owned()), subject, look, inside }
    }
}

impl PlotItem for Canvas<'_, '_> {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, out: &mut Vec<Shape>) {
        let (store, skin) = (Store::default(), self.look.skin);
        let face = Pen::new(ui, self.subject.face, transform, skin, &store);
        face.brushed(self.look, out);
        axes::minor(self.subject.face, transform, skin, out);
        self.subject.plate.borrow_mut().draw(ui, transform, self.subject, self.look, &self.inside, out);
        self.look.ghosts.iter().for_each(|mark| face.mark(mark, true, out));
        self.look.now.iter().for_each(|mark| face.mark(mark, false, out));
    }

    fn initialize(&mut self, _: RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        self.look.skin.text
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
