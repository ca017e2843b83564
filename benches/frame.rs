//! What a frame of the window costs: layout, shapes and tessellation, without a GPU.
//!
//! "short" is one run of 20 iterations, "long" one run and seven pinned beside it, of 10⁵ iterations
//! each, on the default scene and its default tiles at 1280×800 ("ringing": with hardly any friction, so
//! that every curve fills an area). "still": nothing changes; "playing":
//! the clock runs; "hovering": the pointer moves over a clock; "panning": a clock is dragged along;
//! "dragging": a parameter moves, so that the run is made again. Every line gives the median and the
//! slowest of twenty, and the median as a multiple of the first line's. Words after `--` choose cases.

use std::time::{Duration, Instant};

use egui::epaint::Primitive;
use egui::{Event, Id, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use impetus::app::{App, Theme, install_fonts};
use impetus::scenes::SCENES;
use impetus::session::{Command, Session};
use impetus::text::Lang;

const SIZE: egui::Vec2 = vec2(1280.0, 800.0);
const FRAMES: usize = 120;

fn session(steps: u64, pins: usize, beta: f64) -> Session {
    let mut session = Session::open(SCENES[0]).expect("the first scene opens");
    let mut act = |command| session.apply(command).expect("values in range");
    // The cloud's size makes computing slow, not drawing.
    act(Command::Set { id: "particles".into(), value: 4.0 });
    act(Command::Steps(steps));
    for k in 0..pins {
        act(Command::Set { id: "beta".into(), value: beta - 0.02 * (k + 1) as f64 });
        act(Command::Pin);
    }
    act(Command::Set { id: "beta".into(), value: beta });
    session.advance(steps);
    session
}

struct Bench {
    ctx: egui::Context,
    app: App,
    /// Corners of triangles in the last frame.
    vertices: usize,
}

impl Bench {
    fn new(session: Session) -> Self {
        let ctx = egui::Context::default();
        install_fonts(&ctx);
        let mut bench = Bench { ctx, app: App::new(session, Lang::En, Theme::Dark), vertices: 0 };
        for _ in 0..8 {
            bench.frame(Vec::new());
        }
        bench
    }

    /// One frame, laid out and tessellated, and how long it took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        let screen = Rect::from_min_size(Pos2::ZERO, SIZE);
        let input = RawInput { screen_rect: Some(screen), events, ..Default::default() };
        let start = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame(ui, Duration::from_millis(16)));
        let drawn = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = start.elapsed();
        self.vertices = drawn.iter().map(corners).sum();
        output.textures_delta.clear();
        took
    }

    fn act(&mut self, command: Command) {
        self.app.session_mut().apply(command).expect("in range");
    }

    /// A place in the first tile, a share of its width from its left edge.
    fn place(&self, share: f32) -> Pos2 {
        let id = Id::unique(("plot", 0_usize, "series", "position")).with("transform");
        let plot = self.ctx.data(|d| d.get_temp::<egui_plot::PlotTransform>(id)).expect("the first tile is a series");
        plot.frame().lerp_inside(vec2(share, 0.5))
    }

    fn run(&mut self, kind: &str) -> Vec<Duration> {
        let wave = |k: usize| 0.3 + 0.4 * (k % 60) as f32 / 60.0;
        if kind == "playing" {
            self.act(Command::Seek(0));
            self.act(Command::Play(true));
        }
        if kind == "panning" {
            let zoom = Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, 300.0),
                modifiers: Modifiers::NONE,
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
            };
            self.frame(vec![Event::PointerMoved(self.place(0.5)), zoom]);
            for _ in 0..60 {
                self.frame(Vec::new());
            }
            self.frame(vec![press(self.place(0.5), true)]);
        }
        let took = (0..FRAMES).map(|k| {
            let events = match kind {
                "hovering" | "panning" => vec![Event::PointerMoved(self.place(wave(k)))],
                "dragging" => {
                    self.act(Command::Set { id: "beta".into(), value: 0.5 + 0.001 * (k + 1) as f64 });
                    Vec::new()
                }
                _ => Vec::new(),
            };
            self.frame(events)
        });
        let took = took.collect();
        self.act(Command::Play(false));
        self.frame(vec![press(pos2(1.0, 1.0), false), Event::PointerGone]);
        took
    }
}

fn corners(drawn: &egui::ClippedPrimitive) -> usize {
    match &drawn.primitive {
        Primitive::Mesh(mesh) => mesh.vertices.len(),
        Primitive::Callback(_) => 0,
    }
}

fn press(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Secondary, pressed, modifiers: Modifiers::NONE }
}

fn main() {
    let mut base = None;
    println!("{:<28}{:>12}{:>12}{:>10}{:>12}", "frame", "median ms", "19/20 ms", "× base", "vertices");
    let cases = [("short", 20, 0, 0.5), ("long", 100_000, 7, 0.5), ("long, ringing", 100_000, 7, 0.9999)];
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    for (name, steps, pins, beta) in cases {
        if !wanted.is_empty() && !wanted.iter().any(|w| w == name) {
            continue;
        }
        let mut bench = Bench::new(session(steps, pins, beta));
        let kinds = ["still", "playing", "hovering", "panning", "dragging"];
        for kind in kinds.into_iter().filter(|k| *k != "dragging" || pins == 0) {
            let mut took = bench.run(kind);
            took.sort_unstable();
            let ms = |share: f64| took[(share * (took.len() - 1) as f64) as usize].as_secs_f64() * 1e3;
            let base = *base.get_or_insert(ms(0.5));
            let (median, slow, vertices) = (ms(0.5), ms(0.95), bench.vertices);
            let name = format!("{name}, {kind}");
            println!("{name:<28}{median:>12.2}{slow:>12.2}{:>10.2}{vertices:>12}", median / base);
        }
    }
}
