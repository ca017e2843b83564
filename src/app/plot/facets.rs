//! Projected surfaces.

use egui::{Mesh, Pos2, Shape};

use super::pen::Pen;
use crate::app::theme::rgb;
use crate::figure::{Facets, Rgb};

impl Pen<'_, '_> {
    pub(super) fn facets(&self, facets: &Facets<'_>, out: &mut Vec<Shape>) {
        let ground = self.skin.card;
        let mut mesh = Mesh::default();
        for (corners, color) in facets.painted(Rgb(ground.r(), ground.g(), ground.b())) {
            let places: Option<Vec<Pos2>> = corners.iter().map(|[x, y]| self.place(*x, *y)).collect();
            let Some(places) = places else { continue };
            let first = mesh.vertices.len() as u32;
            places.into_iter().for_each(|p| mesh.colored_vertex(p, rgb(color)));
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first, first + 2, first + 3);
        }
        out.push(Shape::mesh(mesh));
    }
}
