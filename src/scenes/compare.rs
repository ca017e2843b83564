//! Several runs in one figure: the same view of pinned runs, laid under that of the present one.

use super::{Run, Scene, View};
use crate::figure::{Axis, Figure, Handle, Ink, Layer, Marker, Panel, Points, Rich};

/// A run to compare with.
#[derive(Clone)]
pub struct Rival<'a> {
    /// What tells it from the present run.
    pub label: Rich,
    /// The run.
    pub run: &'a Run,
}

/// The figure of a run, with what the lens chosen shows of every rival under it.
///
/// Of a rival, the lines, points and handles in the lens's colour are taken, in a colour of their own
/// ([`Ink::Rival`]); ranges grow so that all of it is seen.
pub fn compared<'a>(scene: &dyn Scene, id: &str, run: &'a Run, rivals: &[Rival<'a>], view: View) -> Option<Figure<'a>> {
    let mut figure = scene.figure(id, run, view)?;
    for (k, rival) in rivals.iter().enumerate() {
        let others = scene.figure(id, rival.run, view).map_or_else(Vec::new, |f| f.panels);
        for other in others {
            if let Some(panel) = figure.panels.iter_mut().find(|p| p.id == other.id) {
                join(panel, other, Ink::Rival(k as u8), &rival.label, view);
            }
        }
    }
    Some(figure)
}

fn join<'a>(panel: &mut Panel<'a>, other: Panel<'a>, ink: Ink, label: &Rich, view: View) {
    let own = view.lens.ink();
    let mut layers: Vec<Layer<'a>> = other.layers.into_iter().filter_map(|l| tinted(l, own, ink)).collect();
    layers.extend(dots(&other.handles, own, ink));
    if layers.is_empty() {
        return;
    }
    if let Some(first) = layers.iter_mut().find_map(name) {
        *first = Some(label.clone());
    }
    grow(&mut panel.x, &other.x);
    grow(&mut panel.y, &other.y);
    let place = panel.layers.iter().position(|l| is_of_a_lane(l)).unwrap_or(panel.layers.len());
    panel.layers.splice(place..place, layers);
}

/// The layer in another colour if it is a line or points of `own`, without a legend entry.
fn tinted<'a>(mut layer: Layer<'a>, own: Ink, ink: Ink) -> Option<Layer<'a>> {
    match &mut layer {
        Layer::Line(l) if l.ink == own => (l.ink, l.name) = (ink, None),
        Layer::Points(p) if p.ink == own => (p.ink, p.name, p.size) = (ink, None, 0.8 * p.size),
        _ => return None,
    }
    Some(layer)
}

/// What can be dragged in the present run is only a ring in another.
fn dots<'a>(handles: &[Handle], own: Ink, ink: Ink) -> Option<Layer<'a>> {
    let at: Vec<[f64; 2]> = handles.iter().filter(|h| h.ink == own).map(|h| h.at).collect();
    let (x, y): (Vec<f64>, Vec<f64>) = at.iter().map(|[x, y]| (*x, *y)).unzip();
    let points = Points { x: x.into(), y: y.into(), name: None, ink, marker: Marker::Ring, size: 1.6 };
    (!at.is_empty()).then_some(Layer::Points(points))
}

fn name<'l>(layer: &'l mut Layer<'_>) -> Option<&'l mut Option<Rich>> {
    match layer {
        Layer::Line(l) => Some(&mut l.name),
        Layer::Points(p) => Some(&mut p.name),
        _ => None,
    }
}

fn is_of_a_lane(layer: &Layer<'_>) -> bool {
    let ink = match layer {
        Layer::Line(l) => l.ink,
        Layer::Points(p) => p.ink,
        Layer::Band(b) => b.ink,
        _ => return false,
    };
    matches!(ink, Ink::Optimizer | Ink::Spring | Ink::Controller | Ink::Sampler)
}

fn grow(axis: &mut Axis, other: &Axis) {
    if let (Some(range), Some([low, high])) = (&mut axis.range, other.range) {
        *range = [range[0].min(low), range[1].max(high)];
    }
}
