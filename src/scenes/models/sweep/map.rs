//! What was measured, as a figure.

use super::order::spread;
use super::{FINEST, Survey, Sweep, Swept, TITLE, VIEW, chosen, measured};
use crate::figure::{
    Dash, Figure, Hatch, HeatMap, Ink, Layer, Line, Marker, Panel, Points, Region, Rich, Weight, rich,
};
use crate::param::Values;
use crate::scenes::{Run, Scene, View};
use crate::text::{Lang, t};

/// A measured map.
pub struct SweepMap {
    /// What it is of.
    pub sweep: Sweep,
    /// Cells along each side.
    pub cells: [usize; 2],
    /// Row by row from the lowest value along y; NaN where there is nothing to measure.
    pub values: Vec<f64>,
    /// How many cells are measured; the others show the coarser cell they lie in.
    pub measured: usize,
}

impl SweepMap {
    /// A map of which every cell is measured.
    pub fn whole(sweep: Sweep, cells: [usize; 2], values: Vec<f64>) -> Self {
        SweepMap { sweep, cells, measured: values.len(), values }
    }

    /// A finished map in the making: the first of its cells, coarse ones first.
    pub fn growing(sweep: Sweep, measured: &[f64]) -> Self {
        SweepMap { sweep, cells: [FINEST; 2], values: spread(measured), measured: measured.len() }
    }

    /// Whether it has as many cells as it is going to have.
    pub fn is_finished(&self) -> bool {
        self.cells == [FINEST; 2] && self.measured == self.values.len()
    }

    /// Lays the map under what a figure shows of a sweep.
    pub fn under(&self, figure: &mut Figure<'_>, lang: Lang) {
        let panels = figure.panels.iter_mut().filter(|p| p.pick == Some(VIEW));
        for panel in panels {
            let place = panel.layers.iter().take_while(|l| matches!(l, Layer::Region(_))).count();
            panel.layers.splice(place..place, self.layer(lang));
        }
    }

    /// The map as a figure of its own, with what is known of it.
    pub fn figure(&self, lang: Lang) -> Option<Figure<'static>> {
        let (survey, axes) = (self.sweep.scene().survey()?, self.sweep.axes());
        let view = View { lang, ..self.sweep.view() };
        let mut panel = ground(axes, lang);
        panel.layers.extend(survey.borders(axes, self.sweep.values(), view));
        let mut figure = framed(survey, self.sweep.index(), view, panel);
        self.under(&mut figure, lang);
        Some(figure)
    }

    fn layer(&self, lang: Lang) -> Option<Layer<'static>> {
        let survey = self.sweep.scene().survey()?;
        let quantity = self.sweep.quantity()?;
        let [x, y] = self.sweep.axes();
        Some(Layer::HeatMap(HeatMap {
            x: x.range,
            y: y.range,
            nx: self.cells[0],
            values: self.values.clone().into(),
            range: quantity.range,
            map: survey.colours(self.sweep.index()),
            label: rich(quantity.label.get(lang)),
        }))
    }
}

/// What stands under a map unless its scene says more.
pub fn caption(lang: Lang) -> &'static str {
    t(
        "Measured on short runs, one per cell, at most 400 iterations. Ruled ground: nothing to measure.",
        "由短运行逐格测得，每格至多 400 步。斜线底：无可测量。",
    )
    .get(lang)
}

/// The figure a scene shows of the sweep chosen in `view`, without its map.
pub fn figure<'a>(scene: &dyn Scene, run: &'a Run, view: View) -> Option<Figure<'a>> {
    let (survey, values) = (scene.survey()?, run.values_at(0));
    let axes = chosen(survey, values, view)?;
    let panel = panel(scene, run, view, survey.borders(&axes, values, view))?;
    let mut figure = framed(survey, measured(survey, view), view, panel);
    figure.caption.push_str(t(" Diamond: present values.", "菱形：当前值。").get(view.lang));
    Some(figure)
}

fn framed<'a>(survey: &dyn Survey, quantity: usize, view: View, panel: Panel<'a>) -> Figure<'a> {
    Figure {
        id: VIEW,
        title: rich(TITLE.get(view.lang)),
        columns: 1,
        caption: survey.caption(quantity, view),
        panels: vec![panel],
    }
}

/// The panel a map is laid in: axes, ruled ground where the map will be blank, the present values.
pub fn panel<'a>(scene: &dyn Scene, run: &Run, view: View, borders: Vec<Layer<'a>>) -> Option<Panel<'a>> {
    let axes = chosen(scene.survey()?, run.values_at(0), view)?;
    let mut panel = ground(&axes, view.lang);
    panel.layers.extend(borders);
    panel.layers.push(present(&axes, run.values_at(view.now), view));
    panel.pick = Some(VIEW);
    Some(panel)
}

fn ground<'a>(axes: &[Swept; 2], lang: Lang) -> Panel<'a> {
    let mut panel = Panel::new(VIEW, axes[0].axis(lang), axes[1].axis(lang));
    let [[left, right], [low, high]] = axes.map(|a| a.range);
    panel.layers.push(Layer::Region(Region {
        x: vec![left, right, right, left].into(),
        y: vec![low, low, high, high].into(),
        name: Some(Rich::from(t("nothing to measure", "无可测量").get(lang))),
        ink: Ink::Danger,
        hatch: Some(Hatch::Rising),
    }));
    panel.pick = Some(VIEW);
    panel
}

fn present<'a>(axes: &[Swept; 2], values: &Values, view: View) -> Layer<'a> {
    let at = axes.map(|a| values.get(a.spec.id));
    Layer::Points(Points {
        x: vec![at[0]].into(),
        y: vec![at[1]].into(),
        name: Some(Rich::from(t("present values", "当前值").get(view.lang))),
        ink: view.lens.ink(),
        marker: Marker::Diamond,
        size: 2.2,
    })
}

/// A border known from theory, as a named line over a map.
pub fn border<'a>(points: Vec<[f64; 2]>, name: &str, ink: Ink, dash: Dash) -> Layer<'a> {
    let (x, y): (Vec<f64>, Vec<f64>) = points.into_iter().map(|[x, y]| (x, y)).unzip();
    Layer::Line(Line {
        x: x.into(),
        y: y.into(),
        name: Some(rich(name)),
        ink,
        dash,
        weight: Weight::Normal,
        marker: None,
    })
}
