//! A renderer for tests without a GPU: egui's triangles into an image, on the processor.
//!
//! The rules are those of egui's own back ends: pixel centres, top-left edges, bilinear textures,
//! premultiplied colours blended in gamma space.

use std::collections::HashMap;

use egui::{ColorImage, Context, FullOutput, ImageData, Rect, TextureFilter, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

type Colour = [f32; 4];

/// Textures by their names.
#[derive(Default)]
pub struct Painter(HashMap<TextureId, (ColorImage, TextureFilter)>);

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, patches) in &delta.set {
            for patch in patches {
                let ImageData::Color(new) = &patch.image;
                match patch.pos {
                    None => {
                        self.0.insert(*id, ((**new).clone(), patch.options.magnification));
                    }
                    Some([x, y]) => self.patch(*id, new, x, y),
                }
            }
        }
        for id in &delta.free {
            self.0.remove(id);
        }
        delta.clear();
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize);
        for part in ctx.tessellate(output.shapes.clone(), scale) {
            let egui::epaint::Primitive::Mesh(mesh) = part.primitive else { continue };
            let texture = self.0.get(&mesh.texture_id).ok_or_else(|| format!("no texture {:?}", mesh.texture_id))?;
            let clip = part.clip_rect * scale;
            for corners in mesh.indices.chunks_exact(3) {
                canvas.triangle([0, 1, 2].map(|k| mesh.vertices[corners[k] as usize]), scale, clip, texture);
            }
        }
        Ok(canvas.image())
    }
}

impl Painter {
    fn patch(&mut self, id: TextureId, new: &ColorImage, x: usize, y: usize) {
        let Some((old, _)) = self.0.get_mut(&id) else { return };
        for row in 0..new.height() {
            let to = (y + row) * old.width() + x;
            old.pixels[to..to + new.width()].copy_from_slice(&new.pixels[row * new.width()..][..new.width()]);
        }
    }
}

struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Colour>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Self {
        Canvas { width, height, pixels: vec![[0.0; 4]; width * height] }
    }

    fn triangle(
        &mut self,
        v: [egui::epaint::Vertex; 3],
        scale: f32,
        clip: Rect,
        texture: &(ColorImage, TextureFilter),
    ) {
        let p = v.map(|v| [f64::from(v.pos.x * scale), f64::from(v.pos.y * scale)]);
        let area = cross(p[0], p[1], p[2]);
        if area == 0.0 || !area.is_finite() {
            return;
        }
        let ends = |axis: usize| {
            let of = |f: fn(f64, f64) -> f64| f(f(p[0][axis], p[1][axis]), p[2][axis]);
            [of(f64::min).floor(), of(f64::max).ceil()]
        };
        let within = |[low, high]: [f64; 2], from: f32, to: f32, most: usize| {
            let first = low.max(f64::from(from.round())).max(0.0) as usize;
            first..(high.min(f64::from(to.round())).max(0.0) as usize).min(most)
        };
        let columns = within(ends(0), clip.min.x, clip.max.x, self.width);
        for y in within(ends(1), clip.min.y, clip.max.y, self.height) {
            for x in columns.clone() {
                if let Some(share) = covered(p, area, [x as f64 + 0.5, y as f64 + 0.5]) {
                    self.blend(y * self.width + x, colour(v, share, texture));
                }
            }
        }
    }

    fn blend(&mut self, at: usize, new: Colour) {
        for (old, c) in self.pixels[at].iter_mut().zip(new) {
            *old = c + *old * (1.0 - new[3]);
        }
    }

    fn image(&self) -> RgbaImage {
        let byte = |c: f32| (c.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        RgbaImage::from_fn(self.width as u32, self.height as u32, |x, y| {
            Rgba(self.pixels[y as usize * self.width + x as usize].map(byte))
        })
    }
}

/// Twice the signed area of a triangle.
fn cross(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// The shares of the three corners in a point, if the triangle covers it. An edge between two
/// triangles belongs to one of them.
fn covered(p: [[f64; 2]; 3], area: f64, at: [f64; 2]) -> Option<[f32; 3]> {
    let mut share = [0.0; 3];
    for k in 0..3 {
        let (a, b) = (p[(k + 1) % 3], p[(k + 2) % 3]);
        let part = cross(a, b, at) / area;
        let along = [(b[0] - a[0]) * area.signum(), (b[1] - a[1]) * area.signum()];
        let owns = along[1] < 0.0 || (along[1] == 0.0 && along[0] > 0.0);
        if part < 0.0 || (part == 0.0 && !owns) {
            return None;
        }
        share[k] = part as f32;
    }
    Some(share)
}

fn colour(v: [egui::epaint::Vertex; 3], share: [f32; 3], (image, filter): &(ColorImage, TextureFilter)) -> Colour {
    let (mut tint, mut uv) = ([0.0; 4], [0.0; 2]);
    for (v, share) in v.iter().zip(share) {
        for (t, c) in tint.iter_mut().zip(v.color.to_array()) {
            *t += share * f32::from(c) / 255.0;
        }
        uv[0] += share * v.uv.x;
        uv[1] += share * v.uv.y;
    }
    let texel = sample(image, *filter, uv);
    std::array::from_fn(|i| tint[i] * texel[i])
}

fn sample(image: &ColorImage, filter: TextureFilter, uv: [f32; 2]) -> Colour {
    let (w, h) = (image.width() as i32, image.height() as i32);
    let at = |x: i32, y: i32| {
        let i = y.clamp(0, h - 1) * w + x.clamp(0, w - 1);
        image.pixels[i as usize].to_array().map(|c| f32::from(c) / 255.0)
    };
    if filter == TextureFilter::Nearest {
        return at((uv[0] * w as f32).floor() as i32, (uv[1] * h as f32).floor() as i32);
    }
    let (x, y) = (uv[0] * w as f32 - 0.5, uv[1] * h as f32 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let (i, j) = (left as i32, top as i32);
    let (a, b, c, d) = (at(i, j), at(i + 1, j), at(i, j + 1), at(i + 1, j + 1));
    std::array::from_fn(|k| (a[k] * (1.0 - fx) + b[k] * fx) * (1.0 - fy) + (c[k] * (1.0 - fx) + d[k] * fx) * fy)
}
