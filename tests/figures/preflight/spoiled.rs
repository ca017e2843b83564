//! PDFs and PNGs spoiled one by one, and bytes of any kind.

use super::*;

/// A PDF edited through its objects.
fn edited(change: impl Fn(&mut lopdf::Document)) -> Report {
    let mut document = lopdf::Document::load_mem(&written(Format::Pdf, &Page::new(89.0))).unwrap();
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    inspect(&bytes, Format::Pdf, &wanted(), Lang::En)
}

fn each(document: &mut lopdf::Document, change: impl Fn(&mut lopdf::Dictionary)) {
    for object in document.objects.values_mut() {
        match object {
            lopdf::Object::Dictionary(d) => change(d),
            lopdf::Object::Stream(s) => change(&mut s.dict),
            _ => {}
        }
    }
}

#[test]
fn every_spoiled_pdf_fails_that_check_alone() {
    use lopdf::Object;
    type Change = fn(&mut lopdf::Document);
    let without = |key: &'static [u8]| move |d: &mut lopdf::Document| each(d, |o| drop(o.remove(key)));
    assert_eq!(faults(&edited(|_| {})), []);
    assert_eq!(faults(&edited(without(b"FontFile2"))), [Check::Fonts]);
    assert_eq!(faults(&edited(without(b"ToUnicode"))), [Check::Fonts]);
    let content = |d: &mut lopdf::Document, more: &[u8], whole: bool| {
        let page = d.page_iter().next().unwrap();
        let old = if whole { Vec::new() } else { d.get_page_content(page) };
        d.change_page_content(page, [&old, more].concat()).unwrap();
    };
    assert_eq!(faults(&edited(|d| content(d, b"\nq 0 w 0 0 m 9 9 l S Q", false))), [Check::Lines]);
    assert_eq!(faults(&edited(|d| content(d, b"\nq 0.1 0 0 0.1 0 0 cm 2 w 0 0 m 9 9 l S Q", false))), [Check::Lines]);
    assert_eq!(faults(&edited(|d| content(d, b"0.5 w 0 0 m 9 9 l S", true))), [Check::Fonts]);
    let table: [(Check, Change); 4] = [
        (Check::Fonts, |d| {
            each(d, |o| {
                if o.has_type(b"Font") && o.has(b"ToUnicode") {
                    o.set("Subtype", Object::Name(b"Type3".to_vec()));
                }
            });
        }),
        (Check::Width, |d| {
            each(d, |o| {
                if o.has(b"MediaBox") {
                    o.set("MediaBox", vec![0.into(), 0.into(), Object::Real(200.0), 100.into()]);
                }
            });
        }),
        (Check::Readable, |d| {
            let script = lopdf::dictionary! {"S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)")};
            d.add_object(script);
        }),
        (Check::Readable, |d| {
            let page = d.page_iter().next().unwrap();
            each(d, |o| {
                if o.has_type(b"Pages") {
                    o.set("Kids", vec![page.into(), page.into()]);
                    o.set("Count", 2);
                }
            });
        }),
    ];
    for (k, (check, change)) in table.into_iter().enumerate() {
        let report = edited(change);
        assert_eq!(faults(&report), [check], "row {k}\n{}", lines(&report));
    }
}

#[test]
fn pixels_are_checked_for_width_resolution_and_content() {
    let dots = |x: u32| if x.is_multiple_of(7) { [0; 3] } else { [255; 3] };
    let wide = (89.0 / 25.4 * 300.0_f64).round() as u32;
    let table = [
        (picture(wide, 40, Some(300.0), dots), vec![]),
        (picture(wide, 40, Some(300.0), |_| [255; 3]), vec![Check::Readable]),
        (picture(wide, 40, Some(290.0), dots), vec![Check::Width, Check::Resolution]),
        (picture(wide - 3, 40, Some(300.0), dots), vec![Check::Width]),
        (picture(wide.div_ceil(2), 40, Some(150.0), dots), vec![Check::Resolution]),
        (picture(wide.div_ceil(2), 40, None, dots), vec![Check::Resolution]),
    ];
    for (k, (bytes, wrong)) in table.iter().enumerate() {
        let report = inspect(bytes, Format::Png, &wanted(), Lang::En);
        assert_eq!(faults(&report), *wrong, "row {k}\n{}", lines(&report));
    }
}

#[test]
fn size_counts_in_every_format() {
    for format in Format::ALL {
        let bytes = written(format, &Page::new(89.0));
        for (most, fits) in [(bytes.len(), true), (bytes.len() - 1, false)] {
            let report = inspect(&bytes, format, &Wanted { bytes: most, ..wanted() }, Lang::En);
            assert_eq!(report.of(Check::Size).unwrap().verdict == Verdict::Pass, fits, "{format:?}");
            assert_eq!(report.findings.last().unwrap().check, Check::Size);
        }
    }
}

#[test]
fn a_report_travels_as_json() {
    let json =
        look(&spoiled(Check::Width, "width=\"89mm\" height=\"90mm\"", "width=\"70mm\" height=\"90mm\"")).to_json();
    assert_eq!(json["verdict"], "fault");
    assert_eq!(json["findings"][1]["check"], "width");
    assert_eq!(json["findings"].as_array().unwrap().len(), Check::ALL.len());
    for check in Check::ALL {
        assert_ne!(check.name(Lang::En), check.name(Lang::Zh));
    }
}

/// Truncations, noise, bombs: one fault, in little time, and never a panic.
#[test]
fn hostile_bytes_are_one_fault_and_cost_little() {
    let start = Instant::now();
    let fine = [
        written(Format::Svg, &Page::new(89.0)),
        written(Format::Pdf, &Page::new(89.0)),
        written(Format::Png, &Page::new(89.0)),
    ];
    for (format, bytes) in [Format::Svg, Format::Pdf, Format::Png].into_iter().zip(&fine) {
        for k in 0..40 {
            let cut = &bytes[..bytes.len() * k / 40];
            assert!(!inspect(cut, format, &wanted(), Lang::En).findings.is_empty());
            let mut noisy = bytes.clone();
            let mut seed = 1 + k as u64;
            for _ in 0..20 {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let at = (seed >> 33) as usize % noisy.len();
                noisy[at] = (seed >> 25) as u8;
            }
            assert!(!inspect(&noisy, format, &wanted(), Lang::En).findings.is_empty());
        }
        let noise: Vec<u8> = (0..10_000_u64).map(|i| (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8).collect();
        for bytes in [&b""[..], b"\0", &noise, b"%PDF-1.7\n", b"<svg/>", b"\x89PNG\r\n\x1a\n"] {
            assert_eq!(faults(&inspect(bytes, format, &wanted(), Lang::En))[..1], [Check::Readable], "{format:?}");
        }
    }
    let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9mm\" height=\"9mm\">";
    let deep = |n: usize| format!("{head}{}{}</svg>", "<g>".repeat(n), "</g>".repeat(n));
    let copies: String =
        (1..40).map(|k| format!("<g id=\"a{k}\"><use href=\"#a{0}\"/><use href=\"#a{0}\"/></g>", k - 1)).collect();
    let bombs = [
        "<g>".repeat(3_500_000),
        deep(1_500_000),
        deep(500),
        format!("{head}<rect id=\"a0\" width=\"1\" height=\"1\"/>{copies}</svg>"),
        format!("{head}<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g></svg>"),
    ];
    for (k, bomb) in bombs.iter().enumerate() {
        let report = look(bomb);
        assert_eq!(faults(&report)[..1], [Check::Readable], "row {k}\n{}", lines(&report));
    }
    let huge = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1e7mm\" height=\"1e7mm\"><rect width=\"9\" height=\"9\"/></svg>";
    assert_eq!(faults(&look(huge)), [Check::Width]);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn foreign_files_are_checked_as_far_as_they_go() {
    let foreign = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"89mm\" height=\"50mm\" viewBox=\"0 0 89 50\">\
                   <path d=\"M5 5L80 40\" stroke=\"#000\" stroke-width=\".05\"/>\
                   <text x=\"10\" y=\"40\" font-family=\"Helvetica\" font-size=\"1.5\">time</text></svg>";
    let report = look(foreign);
    assert_eq!(faults(&report), [Check::Lettering, Check::Lines], "\n{}", lines(&report));
    assert!(report.of(Check::Lettering).unwrap().detail.contains("4.25 pt"), "\n{}", lines(&report));
    assert!(report.of(Check::Lines).unwrap().detail.contains("0.14 pt"));
    assert!(report.of(Check::Fonts).unwrap().detail.contains("Helvetica"));
    for check in [Check::Fonts, Check::Labels, Check::Grey, Check::ColourBlind] {
        assert_eq!(report.of(check).unwrap().verdict, Verdict::Note, "{check:?}");
    }
}

/// Checking a crowded figure stays well below the time of a frame in a window that waits for it.
#[test]
fn a_crowded_figure_is_checked_quickly() {
    let cloud: Vec<f64> = (0..10_000).map(|i| f64::from(i * 7919 % 10_007) / 500.0).collect();
    let high: Vec<f64> = (0..10_000).map(|i| f64::from(i * 104_729 % 10_009) / 5000.0).collect();
    let points = || {
        let (x, y, name) = (cloud.clone().into(), high.clone().into(), Some(rich("optimizer")));
        Layer::Points(Points { x, y, name, ink: Ink::Optimizer, marker: impetus::figure::Marker::Disc, size: 1.0 })
    };
    let one = figure(vec![points(), wave("spring", 0.3)]);
    let four = Figure { panels: vec![one.panels[0].clone(); 4], columns: 2, ..one };
    let provenance = Provenance { scene: "s".into(), lang: Lang::En, ..Provenance::default() };
    let bytes = render(Format::Svg, &four, &Page::new(183.0), 300.0, &provenance, "t").unwrap();
    let start = Instant::now();
    inspect(&bytes, Format::Svg, &Wanted::default(), Lang::En);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
}
