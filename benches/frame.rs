//! What a frame of the window costs: layout, shapes and tessellation, without a GPU.
//!
//! "still" is a frame in which nothing changes, "drag" one in which a parameter moves, so that the
//! whole run is made again; "dense" draws more than 10⁴ points.

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Pos2, RawInput, Rect, vec2};
use impetus::app::{App, Theme, install_fonts};
use impetus::scenes::SCENES;
use impetus::session::{Command, Session};
use impetus::text::Lang;

fn session(steps: u64, particles: f64) -> Session {
    let mut session = Session::open(SCENES[0]).expect("the first scene opens");
    for command in
        [Command::Steps(steps), Command::Set { id: "particles".into(), value: particles }, Command::Play(true)]
    {
        session.apply(command).expect("values in range");
    }
    session.advance(steps);
    session
}

/// One frame at 1280×800, laid out and tessellated.
fn frame(ctx: &egui::Context, app: &mut App) {
    let screen = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0));
    let input = RawInput { screen_rect: Some(screen), ..Default::default() };
    let mut output = ctx.run_ui(input, |ui| app.frame(ui, Duration::from_millis(16)));
    std::hint::black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
    output.textures_delta.clear();
}

fn benches(c: &mut Criterion) {
    // 4 lanes; the spring alone has 8 points per iteration.
    for (name, steps, particles) in [("usual", 60, 400.0), ("dense", 1_500, 200.0)] {
        let ctx = egui::Context::default();
        install_fonts(&ctx);
        let mut app = App::new(session(steps, particles), Lang::En, Theme::Dark);
        frame(&ctx, &mut app);
        c.bench_function(&format!("frame {name} still"), |b| b.iter(|| frame(&ctx, &mut app)));
        let mut beta = 0.5;
        c.bench_function(&format!("frame {name} drag"), |b| {
            b.iter(|| {
                beta = if beta > 0.8 { 0.5 } else { beta + 0.001 };
                app.session_mut().apply(Command::Set { id: "beta".into(), value: beta }).expect("in range");
                frame(&ctx, &mut app);
            });
        });
    }
}

criterion_group! {
    name = all;
    config = Criterion::default().sample_size(30).measurement_time(Duration::from_secs(3)).without_plots();
    targets = benches
}
criterion_main!(all);
