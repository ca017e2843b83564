//! Data dropped on the window: recognised, told in a toast, and taken to the scene that uses it. No display,
//! no GPU, no file outside a temporary folder.

use std::sync::{Mutex, PoisonError};

use egui::{Key, Modifiers};
use impetus::app::Theme;
use impetus::data::shelf;
use impetus::export::fonts;
use impetus::scenes::find;
use impetus::session::Session;
use impetus::text::{Lang, data as words};

use super::harness::{SIZE, Window, drop_files, says, until, window_on};

/// The shelf is one for all windows of a process.
static ALONE: Mutex<()> = Mutex::new(());

fn window(lang: Lang) -> Window {
    window_on(SIZE, Session::open(find("bowl").unwrap()).unwrap(), (lang, Theme::Dark), |_| {})
}

fn scene(window: &Window) -> &'static str {
    window.state().session().scene().meta().id
}

fn choice(window: &Window, id: &str) -> String {
    let values = &window.state().session().plan().values;
    values.spec(id).map(|spec| spec.text(values.get(id))).unwrap()
}

/// Rows of `y = slope·x + 1`.
fn table(slope: f64) -> String {
    (0..40).fold("x,y\n".to_owned(), |text, i| {
        let x = f64::from(i * 7 % 40) / 40.0;
        format!("{text}{x},{}\n", slope * x + 1.0 + 0.01 * f64::from(i % 3))
    })
}

/// The loss of the first lane at the end of what is computed.
fn recorded(window: &Window) -> f64 {
    let trace = &window.state().session().run().lanes[0].trace;
    trace.column(impetus::core::Probe::Potential).last().copied().unwrap_or(f64::NAN)
}

#[test]
fn every_wording_has_its_glyphs() {
    for wording in words::ALL {
        for c in Lang::ALL.iter().flat_map(|l| wording.get(*l).chars()) {
            assert!(fonts::covers(c), "{c:?} of {:?}", wording.en);
        }
    }
}

#[test]
fn a_table_opens_the_scene_that_uses_it_and_can_be_taken_back() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    std::fs::write(&file, table(2.0).replacen(",1\n", ",NA\n", 1)).unwrap();
    let mut window = window(Lang::En);
    drop_files(&mut window, &[&file]);
    until(&mut window, "the scene", |w| scene(w) == "airfoil");
    window.run_steps(3);
    assert!(says(&window, "A table of 40 rows and 2 columns; the scene “"));
    assert!(says(&window, "1 value is missing in column y."));
    assert_eq!(choice(&window, "data"), "mine");
    assert_eq!(shelf().table.map(|t| (t.name.clone(), t.rows())), Some(("mine.csv".into(), 40)));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!(scene(&window), "bowl");
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    window.run_steps(3);
    assert_eq!((scene(&window), choice(&window, "data").as_str()), ("airfoil", "mine"));
}

/// A second table of one name changes the run, and where another choice was in force it is one step back.
#[test]
fn the_run_of_an_open_scene_is_made_again() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    std::fs::write(&file, table(2.0)).unwrap();
    let mut window = window(Lang::En);
    drop_files(&mut window, &[&file]);
    until(&mut window, "the scene", |w| scene(w) == "airfoil");
    window.run_steps(3);
    let before = (recorded(&window), window.state().session().document().clone());
    std::fs::write(&file, table(-3.0)).unwrap();
    let turn = shelf().turn;
    drop_files(&mut window, &[&file]);
    until(&mut window, "the second table", |_| shelf().turn > turn);
    window.run_steps(5);
    let after = (recorded(&window), window.state().session().document().clone());
    assert!(before.0.is_finite() && after.0.is_finite() && before.0 != after.0, "{} {}", before.0, after.0);
    assert_eq!(before.1, after.1);
    let session = window.state_mut().session_mut();
    session.apply(impetus::session::Command::SetText { id: "data".into(), text: "stand-in".into() }).unwrap();
    drop_files(&mut window, &[&file]);
    until(&mut window, "the choice", |w| choice(w, "data") == "mine");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!((scene(&window), choice(&window, "data").as_str()), ("airfoil", "stand-in"));
}

#[test]
fn labels_and_images_find_each_other() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let [labels, images] = ["my-labels-idx1-ubyte", "my-images-idx3-ubyte"].map(|name| folder.path().join(name));
    std::fs::write(&labels, [&[0, 0, 8, 1, 0, 0, 0, 14], [3; 14].as_slice()].concat()).unwrap();
    std::fs::write(&images, [&[0, 0, 8, 3, 0, 0, 0, 14, 0, 0, 0, 2, 0, 0, 0, 2], [9; 56].as_slice()].concat()).unwrap();
    let mut window = window(Lang::En);
    let before = window.state().session().document().clone();
    drop_files(&mut window, &[&labels]);
    until(&mut window, "the labels", |w| says(w, "14 labels; they wait for as many images."));
    assert_eq!(window.state().session().document(), &before);
    drop_files(&mut window, &[&images, &labels]);
    until(&mut window, "the images", |w| says(w, "12 images for training and 2 for testing, of 2 × 2 pixels"));
    assert_eq!(shelf().images.map(|[train, test]| (train.count(), test.count())), Some((12, 2)));
    let used = find("digits").is_some_and(|digits| digits.params().iter().any(|spec| spec.id == "data"));
    assert_eq!(scene(&window), if used { "digits" } else { "bowl" });
}

#[test]
fn what_is_wrong_is_one_sentence_and_nothing_is_lost() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&str, &[u8], &str, &str); 5] = [
        (
            "a.csv",
            b"a,b\n1,2\n3,x\n5,6\n",
            "“a.csv”: Line 3, column 2: “x” is not a number.",
            "“a.csv”：第 3 行第 2 列：“x”不是数。",
        ),
        (
            "b.txt",
            b"a,b\n1.5,2\n3\n",
            "“b.txt”: Line 3: expected 2 columns, found 1.",
            "“b.txt”：第 3 行：应有 2 列，实际有 1 列。",
        ),
        (
            "c.idx",
            &[0, 0, 8, 1, 0, 0, 0, 9, 1],
            "“c.idx”: By its header the data has 9 values, but it has 1.",
            "“c.idx”：文件头说明有 9 个值，实际有 1 个。",
        ),
        ("d.gz", b"\x1F\x8Bxx", "“d.gz”: The packed data is damaged", "“d.gz”：压缩数据已损坏"),
        (
            "e.png",
            b"a,b\n1,2\n",
            "“e.png”: this file carries no Impetus provenance",
            "“e.png”：此文件没有 Impetus 的来源信息",
        ),
    ];
    for lang in Lang::ALL {
        let mut window = window(lang);
        let before = (window.state().session().document().clone(), shelf().turn);
        for (name, bytes, english, chinese) in cases {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            drop_files(&mut window, &[&file]);
            let wanted = if lang == Lang::En { english } else { chinese };
            until(&mut window, wanted, |w| says(w, wanted));
        }
        assert_eq!((window.state().session().document(), shelf().turn), (&before.0, before.1));
    }
}
