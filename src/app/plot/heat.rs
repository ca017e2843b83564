//! Colour fields: cell by cell, or where there are many as one picture.

use egui::{Color32, ColorImage, Mesh, Rect, Shape, TextureOptions, pos2};

use super::pen::Pen;
use crate::app::theme::rgb;
use crate::figure::{HeatMap, along};

/// Fields of more cells than this are drawn as a picture.
const MOST: usize = 1024;

impl Pen<'_, '_> {
    pub(super) fn heat(&self, map: &HeatMap<'_>, out: &mut Vec<Shape>) {
        let ny = map.values.len().checked_div(map.nx).unwrap_or(0);
        if map.nx * ny > MOST {
            out.extend(self.picture(map, ny));
            return;
        }
        let mut mesh = Mesh::default();
        let share = |k: usize, n: usize| k as f64 / n.max(1) as f64;
        let (sx, sy) = (self.panel.x.scale, self.panel.y.scale);
        let xs: Vec<f32> = (0..=map.nx).map(|k| self.across(along(map.x, sx, share(k, map.nx)))).collect();
        let ys: Vec<f32> = (0..=ny).map(|k| self.height(along(map.y, sy, share(k, ny)))).collect();
        for (i, value) in map.values.iter().take(map.nx * ny).enumerate() {
            if let Some(colour) = colour(map, *value) {
                let (ix, iy) = (i % map.nx, i / map.nx);
                let rect = Rect::from_two_pos(pos2(xs[ix], ys[iy]), pos2(xs[ix + 1], ys[iy + 1]));
                mesh.add_colored_rect(rect, colour);
            }
        }
        out.push(Shape::mesh(mesh));
    }

    /// All cells in one picture, which the axes, equal cells being equally large on them, only stretch.
    fn picture(&self, map: &HeatMap<'_>, ny: usize) -> Option<Shape> {
        let ctx = self.ui.ctx();
        // A side longer than this no graphics card takes; such a field has its cells drawn in steps.
        let most = ctx.input(|i| i.max_texture_side).max(1);
        let [wide, tall] = [map.nx, ny].map(|n| n.min(most));
        let pixel = |k: usize| {
            let (ix, iy) = (k % wide * map.nx / wide, (tall - 1 - k / wide) * ny / tall);
            let value = map.values.get(iy * map.nx + ix).copied().unwrap_or(f64::NAN);
            colour(map, value).unwrap_or(Color32::TRANSPARENT)
        };
        let image = ColorImage::new([wide, tall], (0..wide * tall).map(pixel).collect());
        let handle = ctx.load_texture("field", image, TextureOptions::NEAREST);
        let corners = [map.x[0], map.x[1]].map(|x| self.across(x));
        let edges = [map.y[1], map.y[0]].map(|y| self.height(y));
        let rect = Rect::from_two_pos(pos2(corners[0], edges[0]), pos2(corners[1], edges[1]));
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let shape = rect.is_finite().then(|| Shape::image(handle.id(), rect, uv, Color32::WHITE));
        self.pictures.borrow_mut().push(handle);
        shape
    }
}

fn colour(map: &HeatMap<'_>, value: f64) -> Option<Color32> {
    let share = (value - map.range[0]) / (map.range[1] - map.range[0]);
    value.is_finite().then(|| rgb(map.map.at(share)))
}
