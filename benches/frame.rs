//! What a frame of the window costs: layout, shapes and tessellation, without a GPU.
//!
//! "short" is one run of 20 iterations, "long" one run and seven pinned beside it, of 10⁵ iterations
//! each, on the default scene and its default tiles at 1280×800 ("ringing": with hardly any friction, so
//! that every curve fills an area). "still": nothing changes; "playing":
//! the clock runs; "hovering": the pointer moves over a clock; "panning": a clock is dragged along;
//! "zooming": the wheel turns over a clock; "dragging": a parameter moves, so that the run is made again.
//! "growing": a ringing run of 10⁵ iterations while it is computed. "10 million": one plot of so many
//! samples. "a million": a cloud of so many particles, computed by other threads while it is shown, with
//! the steps that are made per frame, and how many lie between two pictures of its state; "changed" is its
//! size set, "warmer" its temperature.
//! Every line gives the median and the slowest of twenty, and the median as a multiple of the first
//! line's. Words after `--` choose cases.

use std::time::{Duration, Instant};

use egui::epaint::Primitive;
use egui::{Event, Id, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use impetus::app::{App, Theme, install_fonts, plot};
use impetus::figure::{Axis, Dash, Ink, Layer, Line, Panel, Rich, Weight};
use impetus::scenes::{self, Lens, SCENES};
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
            self.frame(vec![Event::PointerMoved(self.place(0.5)), zoom(300.0)]);
            for _ in 0..60 {
                self.frame(Vec::new());
            }
            self.frame(vec![press(self.place(0.5), true)]);
        }
        let took = (0..FRAMES).map(|k| {
            let events = match kind {
                "hovering" | "panning" => vec![Event::PointerMoved(self.place(wave(k)))],
                "zooming" => {
                    let turn = if k < FRAMES / 2 { 20.0 } else { -20.0 };
                    vec![Event::PointerMoved(self.place(0.5)), zoom(turn)]
                }
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

/// A wheel turned over the first tile; a negative turn shows more again.
fn zoom(turn: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, turn),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
    }
}

/// A table of frame times, the first of them the measure of the others.
#[derive(Default)]
struct Table(Option<f64>);

impl Table {
    fn row(&mut self, name: &str, mut took: Vec<Duration>, note: &str) {
        took.sort_unstable();
        let ms = |share: f64| took[(share * (took.len() - 1) as f64) as usize].as_secs_f64() * 1e3;
        let (median, slow) = (ms(0.5), ms(0.95));
        let base = *self.0.get_or_insert(median);
        println!("{name:<28}{median:>12.2}{slow:>12.2}{:>10.2}  {note}", median / base);
    }
}

/// What fills some rows of a table.
type Case = fn(&mut Table);

/// Frames of the window while long runs are shown.
fn runs(table: &mut Table, name: &str, steps: u64, pins: usize, beta: f64) {
    let mut bench = Bench::new(session(steps, pins, beta));
    let kinds = ["still", "playing", "hovering", "panning", "zooming", "dragging"];
    for kind in kinds.into_iter().filter(|k| *k != "dragging" || pins == 0) {
        let took = bench.run(kind);
        let note = format!("{} vertices", bench.vertices);
        table.row(&format!("{name}, {kind}"), took, &note);
    }
}

/// Frames while a long run is still being computed.
fn growing(table: &mut Table) {
    let mut shown = session(1, 0, 0.9999);
    shown.apply(Command::Steps(100_000)).expect("a length in range");
    let mut bench = Bench::new(shown);
    let mut took = Vec::new();
    while !bench.app.session().is_computed() {
        took.push(bench.frame(Vec::new()));
    }
    let late = took.split_off(took.len() / 2);
    let mut alone = session(1, 0, 0.9999);
    alone.apply(Command::Steps(100_000)).expect("a length in range");
    let tick = |session: &mut Session| {
        let start = Instant::now();
        session.tick(Duration::from_millis(16));
        start.elapsed()
    };
    let ticks = (0..late.len()).map(|_| tick(&mut alone)).collect();
    table.row("growing, without a window", ticks, "");
    table.row("growing, first half", took, "");
    table.row("growing, second half", late, "");
}

/// Frames of one plot of ten million samples.
fn ten_million(table: &mut Table) {
    const N: usize = 10_000_000;
    let x: Vec<f64> = (0..N).map(|k| k as f64).collect();
    let y: Vec<f64> = x.iter().map(|x| (x * 0.37).sin() + (x * 1e-5).cos()).collect();
    let axis = |label: &str| Axis::new(Rich::from(label), "");
    let mut panel = Panel::new("long", axis("n").range(0.0, N as f64), axis("y").range(-2.2, 2.2));
    let (ink, dash, weight) = (Ink::Optimizer, Dash::Solid, Weight::Normal);
    panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None }));
    let (ctx, kept, skin) = (egui::Context::default(), plot::Kept::default(), Theme::Dark.skin());
    install_fonts(&ctx);
    let frame = |events| {
        let screen = Rect::from_min_size(Pos2::ZERO, SIZE);
        let input = RawInput { screen_rect: Some(screen), events, ..Default::default() };
        let start = Instant::now();
        let mut output = ctx.run_ui(input, |ui| {
            let look = plot::Look::new(&skin, Lang::En, Id::unique("long"));
            plot::show_kept(ui, &panel, &look, &kept);
        });
        output.textures_delta.clear();
        let drawn = ctx.tessellate(output.shapes, output.pixels_per_point);
        (start.elapsed(), drawn.iter().map(corners).sum::<usize>())
    };
    let first = frame(Vec::new()).0;
    table.row("10 million, first", vec![first], "");
    let wheel = |k: usize| if k < FRAMES { 40.0 } else { -40.0 };
    let frames: Vec<_> =
        (0..2 * FRAMES).map(|k| frame(vec![Event::PointerMoved(pos2(700.0, 400.0)), zoom(wheel(k))])).collect();
    let most = frames.iter().map(|f| f.1).max().unwrap_or(0);
    table.row("10 million, zooming", frames.into_iter().map(|f| f.0).collect(), &format!("{most} vertices at most"));
}

/// Frames at 60 a second while a cloud of a million is computed and shown through the sampler's lens: of the
/// bowl of the first scene, and of a double well under thermometers and its exact density.
fn million(table: &mut Table) {
    crowd(table, "a million", "one-machine", &[("problem", 0.0), ("spread", 0.3)]);
    crowd(table, "a million, two wells", "sampler", &[("landscape", 1.0), ("spread", 0.3)]);
}

fn crowd(table: &mut Table, name: &str, scene: &str, values: &[(&str, f64)]) {
    let mut session = Session::open(scenes::find(scene).expect("a scene")).expect("it opens");
    let set = |id: &str, value| Command::Set { id: id.into(), value };
    let acts = [Command::Lens(Lens::Sampler), Command::Speed(1000.0), Command::Steps(8000)];
    let all = values.iter().map(|(id, value)| set(id, *value)).chain(acts);
    all.for_each(|act| session.apply(act).expect("in range"));
    let mut bench = Bench::new(session);
    let start = Instant::now();
    bench.act(set("particles", 1e6));
    let first = bench.frame(Vec::new());
    let edit = start.elapsed();
    let note = format!("{:.1} ms of it the frame", first.as_secs_f64() * 1e3);
    table.row(&format!("{name}, changed"), vec![edit], &note);
    let edits = (0..20).map(|k| {
        let start = Instant::now();
        bench.act(set("temperature", 0.5 + 0.01 * f64::from(k)));
        bench.frame(Vec::new());
        start.elapsed()
    });
    table.row(&format!("{name}, warmer"), edits.collect(), "");
    bench.act(Command::Play(true));
    let (mut took, mut pictures) = (Vec::new(), 0_u32);
    let stand = |bench: &Bench| [bench.app.session().run().done(), bench.app.session().playback().now];
    let (from, mut way) = (stand(&bench), bench.app.session().way());
    for _ in 0..5 * FRAMES {
        let frame = bench.frame(Vec::new());
        std::thread::sleep(Duration::from_micros(16_667).saturating_sub(frame));
        took.push(frame);
        // Apart from the run's going on, it is another look only where a state was read.
        let look = bench.app.session().way();
        pictures += u32::from(look != way);
        way = look;
    }
    let [made, shown] = [0, 1].map(|k| (stand(&bench)[k] - from[k]) as f64);
    let per = shown / f64::from(pictures.max(1));
    let note = format!("{:.2} steps made per frame, {pictures} pictures {per:.1} apart", made / took.len() as f64);
    table.row(&format!("{name}, playing"), took, &note);
}

fn main() {
    println!("{:<28}{:>12}{:>12}{:>10}", "frame", "median ms", "19/20 ms", "× base");
    let mut table = Table::default();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    let cases = [("short", 20, 0, 0.5), ("long", 100_000, 7, 0.5), ("long, ringing", 100_000, 7, 0.9999)];
    for (name, steps, pins, beta) in cases {
        if is_wanted(name) {
            runs(&mut table, name, steps, pins, beta);
        }
    }
    let others: [(&str, Case); 3] = [("growing", growing), ("10 million", ten_million), ("a million", million)];
    for (name, case) in others {
        if is_wanted(name) {
            case(&mut table);
        }
    }
}
