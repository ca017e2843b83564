//! Surfaces turned by hand, colour bars, equal axes, and labels in low panels.

use egui::epaint::Shape;
use impetus::scenes::Opt;
use impetus::session::Slot;

use super::*;

/// A window with one view in its only tile.
fn show(view: &str) -> Window {
    let mut session = Session::open(SCENES[0]).unwrap();
    session.advance(20);
    // Frames as short as on a screen, so that two clicks are a double one.
    let mut window = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_step_dt(1.0 / 60.0)
        .with_os(egui::os::OperatingSystem::Nix)
        .with_context_setup(install_fonts)
        .build_ui_state(
            |ui, app: &mut App| app.frame(ui, Duration::from_millis(16)),
            App::new(session, Lang::En, Theme::Dark),
        );
    let layout = impetus::session::Layout {
        rows: vec![impetus::session::Row {
            share: 1.0,
            tiles: vec![impetus::session::Tile { slot: Slot::View(view.into()), share: 1.0 }],
        }],
        maximised: None,
    };
    window.state_mut().session_mut().apply(Command::Arrange(layout)).unwrap();
    window.run_steps(4);
    window
}

fn turned(window: &Window) -> Option<[f64; 2]> {
    window.state().session().view(Lang::En).turned()
}

fn drag(window: &mut Window, from: Pos2, by: Vec2) {
    steps(window, &[Event::PointerMoved(from), button(from, true)]);
    for share in [0.3, 0.6, 1.0] {
        steps(window, &[Event::PointerMoved(from + share * by)]);
    }
    steps(window, &[button(from + by, false)]);
}

/// Everything written, with its angle.
fn words(window: &Window) -> Vec<(String, f32)> {
    fn walk(shape: &Shape, out: &mut Vec<(String, f32)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|s| walk(s, out)),
            Shape::Text(text) => out.push((text.galley.job.text.clone(), text.angle)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    window.output().shapes.iter().for_each(|s| walk(&s.shape, &mut out));
    out
}

/// A drag turns the relief, keys do, and a double click takes it back; the figure that is exported and
/// undo know the angle.
#[test]
fn a_relief_is_turned() {
    let mut window = show("relief");
    let svg = |window: &Window| {
        let figure = window.state().session().figure("relief", Lang::En).unwrap();
        let page = impetus::export::Page::new(89.0);
        let bytes = impetus::export::render(
            impetus::export::Format::Svg,
            &figure,
            &page,
            300.0,
            &impetus::export::Provenance::default(),
            "relief",
        );
        (figure.caption.clone(), bytes.unwrap())
    };
    let first = svg(&window);
    assert!(turned(&window).is_none() && first.0.contains("oblique"));
    let from = inside(&plot(&window, 0, "relief", "relief"), 0.5, 0.4);
    // 0.45° per pixel from 18° and 33°, in steps of 3°.
    drag(&mut window, from, vec2(-100.0, 20.0));
    assert_eq!(turned(&window), Some([63.0, 42.0]));
    let turned_figure = svg(&window);
    assert!(turned_figure.0.contains("turned by 63° and seen from 42° above") && turned_figure.1 != first.1);
    assert!(!String::from_utf8(turned_figure.1).unwrap().contains("NaN"));
    window.run_steps(60);
    drag(&mut window, from, vec2(0.0, 400.0));
    assert_eq!(turned(&window), Some([63.0, 90.0]), "no higher than the zenith");
    window.run_steps(60);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.run_steps(2);
    assert_eq!(turned(&window), Some([60.0, 75.0]), "arrow keys turn it after a click");
    window.run_steps(60);
    let undo = |window: &mut Window| {
        window.state_mut().session_mut().apply(Command::Undo).unwrap();
        window.run_steps(2);
        turned(window)
    };
    assert_eq!(undo(&mut window), Some([63.0, 90.0]));
    assert_eq!(undo(&mut window), Some([63.0, 42.0]));
    for _ in 0..2 {
        steps(&mut window, &[Event::PointerMoved(from), button(from, true), button(from, false)]);
    }
    assert_eq!(turned(&window), None, "a double click is the first view");
    assert_eq!(svg(&window), first);
}

/// Every angle is drawn: facets and paths within what is shown, nothing that is not finite.
#[test]
fn every_angle_is_drawn() {
    let mut session = Session::open(SCENES[0]).unwrap();
    session.advance(20);
    for azimuth in (1..121).step_by(7) {
        for elevation in [1, 6, 16, 31] {
            session.apply(Command::Choose(Opt::Azimuth, azimuth)).unwrap();
            session.apply(Command::Choose(Opt::Elevation, elevation)).unwrap();
            let figure = session.figure("relief", Lang::En).unwrap();
            let panel = &figure.panels[0];
            assert!(panel.equal && panel.turn.is_some());
            let [xs, ys] = [panel.x.range.unwrap(), panel.y.range.unwrap()];
            let facets = panel.layers.iter().find_map(|l| match l {
                impetus::figure::Layer::Facets(f) => Some(f),
                _ => None,
            });
            let facets = facets.unwrap();
            assert!(facets.x.iter().all(|x| *x > xs[0] && *x < xs[1]), "{azimuth} {elevation}");
            assert!(facets.y.iter().all(|y| *y > ys[0] && *y < ys[1]), "{azimuth} {elevation}");
        }
    }
}

/// A map of colours says which colour is which number, in the range of the map.
#[test]
fn a_colour_map_has_its_bar() {
    let mut window = show("sweep");
    for _ in 0..200 {
        window.run_steps(1);
        std::thread::sleep(Duration::from_millis(10));
        let session = window.state().session();
        if session.figure("sweep", Lang::En).is_some_and(|f| f.panels.iter().any(has_map)) {
            break;
        }
    }
    window.run_steps(3);
    let session = window.state().session();
    let figure = session.figure("sweep", Lang::En).unwrap();
    let map = figure.panels.iter().flat_map(|p| &p.layers).find_map(|l| match l {
        impetus::figure::Layer::HeatMap(map) => Some(map.clone()),
        _ => None,
    });
    let map = map.expect("the sweep has a map");
    let upright = |text: &str| words(&window).iter().any(|(t, angle)| t == text && *angle < -1.0);
    assert!(upright(&map.label.on_line().plain()), "{}: {:?}", map.label.plain(), words(&window));
    let frame = *plot(&window, 0, "sweep", figure.panels[0].id).frame();
    assert!(frame.right() < 960.0 - 40.0, "the plot makes room: {frame:?}");
    // Its colours are those of the map, from end to end.
    let seen: Vec<egui::Color32> = window
        .ctx
        .tessellate(window.output().shapes.clone(), 1.0)
        .into_iter()
        .filter_map(|p| match p.primitive {
            egui::epaint::Primitive::Mesh(mesh) => Some(mesh.vertices),
            egui::epaint::Primitive::Callback(_) => None,
        })
        .flatten()
        .filter(|v| v.pos.x > frame.right() + 8.0 && v.pos.x < frame.right() + 20.0)
        .map(|v| v.color)
        .collect();
    for share in [0.5 / 96.0, 48.5 / 96.0, 95.5 / 96.0] {
        let impetus::figure::Rgb(r, g, b) = map.map.at(share);
        assert!(seen.contains(&egui::Color32::from_rgb(r, g, b)), "{share}");
    }
}

fn has_map(panel: &impetus::figure::Panel<'_>) -> bool {
    panel.layers.iter().any(|l| matches!(l, impetus::figure::Layer::HeatMap(_)))
}

/// The unit circle of the z-plane is round, also after zooming one axis.
#[test]
fn equal_axes_are_equal() {
    let mut window = show("zplane");
    let round = |window: &Window| {
        let plot = plot(window, 0, "zplane", window.state().session().figure("zplane", Lang::En).unwrap().panels[0].id);
        let [x, y] = plot.dpos_dvalue();
        (x / -y, plot)
    };
    let (ratio, at) = round(&window);
    assert!((ratio - 1.0).abs() < 1e-3, "{ratio}");
    let below = egui::pos2(at.frame().center().x, at.frame().bottom() + 12.0);
    wheel(&mut window, below, vec2(0.0, 120.0));
    let (ratio, zoomed) = round(&window);
    assert!((ratio - 1.0).abs() < 1e-3, "{ratio}");
    assert!(zoomed.bounds().width() < 0.8 * at.bounds().width(), "it did zoom");
}

/// The low panel under the series has its label, at the smallest size of the window and any lower.
#[test]
fn low_panels_keep_their_labels() {
    for size in [vec2(1280.0, 800.0), vec2(1280.0, 700.0), vec2(1000.0, 620.0)] {
        let mut window = open();
        window.set_size(size);
        window.run_steps(4);
        assert!(words(&window).iter().any(|(text, _)| text.starts_with("mismatch")), "{size:?}");
    }
}

/// The label under the lowest panel of a tile lies within the tile, however low it is.
#[test]
fn axis_labels_stay_in_their_tiles() {
    let mut window = open();
    window.key_press(Key::Num2);
    window.run_steps(4);
    let low = plot(&window, 2, "energy", "residual");
    let bottom = 800.0 - 70.0 - 10.0;
    assert!(low.frame().bottom() + 30.0 < bottom, "{:?}", low.frame());
    assert!(low.frame().height() > 24.0, "{:?}", low.frame());
}
