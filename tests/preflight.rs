//! The check before printing: a good file passes, and each way of spoiling it is named.

use std::time::{Duration, Instant};

use impetus::export::{Format, Page, Provenance, fonts, render};
use impetus::figure::{Axis, Dash, Figure, Ink, Layer, Line, Panel, Points, Rich, Weight, rich};
use impetus::preflight::{Check, Report, Verdict, Wanted, inspect};
use impetus::text::Lang;

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = |group: &[u8]| {
        let word = (0..3).fold(0_u32, |word, k| word << 8 | u32::from(group.get(k).copied().unwrap_or(0)));
        (0..4)
            .map(|k| if k <= group.len() { DIGITS[(word >> (18 - 6 * k)) as usize & 63] as char } else { '=' })
            .collect::<String>()
    };
    bytes.chunks(3).map(digits).collect()
}

/// A picture of `width` × `height` pixels with a pale ramp.
fn picture(width: u32, height: u32, dpi: Option<f64>, pixel: impl Fn(u32) -> [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let dims = |dpi: f64| (dpi / 0.0254).round() as u32;
    let dims = dpi.map(dims).map(|d| png::PixelDimensions { xppu: d, yppu: d, unit: png::Unit::Meter });
    encoder.set_pixel_dims(dims);
    let rows: Vec<u8> = (0..height).flat_map(|_| (0..width).flat_map(&pixel)).collect();
    encoder.write_header().unwrap().write_image_data(&rows).unwrap();
    bytes
}

fn ramp(width: u32, height: u32) -> String {
    base64(&picture(width, height, None, |x| [255, 255, 235 - (x * 20 / width) as u8]))
}

fn face(style: &str, bytes: &[u8]) -> String {
    let data = base64(bytes);
    format!("@font-face{{font-family:\"Noto Sans\";font-style:{style};src:url(data:font/ttf;base64,{data})}}")
}

/// Two panels over one another as the writer lays them out: a smooth map with its bar, and two
/// series with a legend.
fn good() -> String {
    let faces = face("normal", fonts::SANS_REGULAR) + &face("italic", fonts::SANS_ITALIC);
    let map = ramp(667, 292);
    let bar = ramp(1, 64);
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="89mm" height="90mm" viewBox="0 0 252.283465 255.118110" font-family="Noto Sans, Noto Sans Math, sans-serif" font-size="7">
<style>{faces}</style>
<rect width="100%" height="100%" fill="#FFFFFF"/>
<g id="p1" class="panel">
<clipPath id="p1-box"><rect x="40" y="20" width="160" height="70"/></clipPath>
<g id="p1-l1" data-kind="map" clip-path="url(#p1-box)"><image preserveAspectRatio="none" x="40" y="20" width="160" height="70" xlink:href="data:image/png;base64,{map}"/></g>
<g id="p1-axes" fill="none" stroke="#000000" stroke-width=".5"><rect x="40" y="20" width="160" height="70"/><path d="M40 90h2.6M40 20h2.6"/></g>
<g id="p1-bar"><image preserveAspectRatio="none" x="208" y="20" width="8" height="70" xlink:href="data:image/png;base64,{bar}"/></g>
<g id="p1-numbers"><text x="37" y="92.5" text-anchor="end">0</text><text x="37" y="22.5" text-anchor="end">1</text><text x="220" y="92.5">0</text></g>
<g id="p1-y" data-quantity="1" data-unit="m s⁻¹"><text transform="translate(20 55) rotate(-90)" text-anchor="middle">velocity <tspan font-style="italic">v</tspan> (m s<tspan dy="-2.4" font-size="5">-1</tspan><tspan dy="2.4">)</tspan></text></g>
<g id="p1-z"><text transform="translate(238 55) rotate(-90)" text-anchor="middle">share</text></g>
<g id="p1-letter"><text x="6" y="16" font-size="8">a</text></g>
<g id="p1-notes"><text x="60" y="50">stable</text></g>
</g>
<g id="p2" class="panel">
<clipPath id="p2-box"><rect x="40" y="110" width="160" height="100"/></clipPath>
<g id="p2-l1" data-name="spring" data-kind="line" clip-path="url(#p2-box)"><path fill="none" stroke="#0072B2" stroke-width="1" d="M40 120L200 150"/></g>
<g id="p2-l2" data-name="optimizer" data-kind="line" clip-path="url(#p2-box)"><path fill="none" stroke="#D55E00" stroke-width="1" stroke-dasharray="4 2" d="M40 140L200 170"/></g>
<g id="p2-axes" fill="none" stroke="#000000" stroke-width=".5"><rect x="40" y="110" width="160" height="100"/><path d="M40 210v-2.6M200 210v-2.6"/></g>
<g id="p2-numbers"><text x="40" y="219" text-anchor="middle">0</text><text x="200" y="219" text-anchor="middle">20</text><text x="37" y="212.5" text-anchor="end">0</text></g>
<g id="p2-x" data-quantity="1" data-unit="s"><text x="120" y="230" text-anchor="middle">time <tspan font-style="italic">t</tspan> (s)</text></g>
<g id="p2-y" data-quantity="1" data-unit=""><text transform="translate(20 160) rotate(-90)" text-anchor="middle">position <tspan font-style="italic">q</tspan><tspan dy="1.4" font-size="5">0</tspan></text></g>
<g id="p2-letter"><text x="6" y="106" font-size="8">b</text></g>
<g id="p2-legend"><path fill="none" stroke="#0072B2" stroke-width="1" d="M50 185h16"/><text x="70" y="187.5">spring</text><path fill="none" stroke="#D55E00" stroke-width="1" stroke-dasharray="4 2" d="M50 195h16"/><text x="70" y="197.5">optimizer</text></g>
<g id="p2-notes"><text x="150" y="187.5">late</text></g>
</g>
</svg>
"##
    )
}

fn wanted() -> Wanted {
    Wanted { width_mm: Some(89.0), ..Wanted::default() }
}

fn look(text: &str) -> Report {
    inspect(text.as_bytes(), Format::Svg, &wanted(), Lang::En)
}

fn lines(report: &Report) -> String {
    report.findings.iter().map(|f| format!("{:?} {:?}: {}\n", f.verdict, f.check, f.detail)).collect()
}

/// The checks that fail, in order.
fn faults(report: &Report) -> Vec<Check> {
    report.faults().map(|f| f.check).collect()
}

#[test]
fn a_good_svg_passes_every_check() {
    let report = look(&good());
    assert_eq!(report.findings.iter().map(|f| f.check).collect::<Vec<_>>(), Check::ALL);
    assert_eq!(report.worst(), Verdict::Pass, "\n{}", lines(&report));
    let said = [
        (Check::Width, "89.00 mm"),
        (Check::Lettering, "5.0 pt (superscript “-1” in panel a), at least 5.0 pt"),
        (Check::Lines, "0.5 pt (axes in panel a), at least 0.3 pt"),
        (Check::Fonts, "All 2 faces"),
        (Check::Labels, "All 4 axis labels"),
        (Check::Grey, "(pairs compared: 1)"),
        (Check::Resolution, "300 dpi"),
    ];
    for (check, words) in said {
        let detail = &report.of(check).unwrap().detail;
        assert!(detail.contains(words), "{check:?}: {detail}");
    }
}

/// Every way of spoiling the good file: the check that has to fail, what is replaced, what by, and
/// words the sentence has to contain.
const SPOILS: &[(Check, &str, &str, &str)] = &[
    (Check::Readable, "<style>", "<script>alert(1)</script><style>", "script"),
    (Check::Readable, "<rect width", "<rect onclick=\"x()\" width", "onclick"),
    (
        Check::Readable,
        "</svg>",
        "<image href=\"http://a.org/b.png\" width=\"9\" height=\"9\"/></svg>",
        "http://a.org/b.png",
    ),
    (Check::Readable, "<style>", "<style>@import url(\"//a.org/b.css\");", "//a.org/b.css"),
    (
        Check::Width,
        "width=\"89mm\" height=\"90mm\"",
        "width=\"89.1mm\" height=\"90.1mm\"",
        "89.10 mm wide; 89.0 mm wanted",
    ),
    (
        Check::Lettering,
        "dy=\"-2.4\" font-size=\"5\"",
        "dy=\"-2.4\" font-size=\"4.75\"",
        "4.75 pt (superscript “-1” in panel a); at least 5.0 pt",
    ),
    (
        Check::Lettering,
        "dy=\"1.4\" font-size=\"5\"",
        "dy=\"1.4\" font-size=\"4.9\"",
        "4.9 pt (subscript “0” in panel b)",
    ),
    (
        Check::Lettering,
        "<text x=\"60\" y=\"50\">",
        "<text transform=\"translate(60 50) scale(.7)\">",
        "4.9 pt (note “stable” in panel a)",
    ),
    (
        Check::Lines,
        "fill=\"none\" stroke=\"#000000\" stroke-width=\".5\"",
        "fill=\"none\" stroke=\"#000000\" stroke-width=\".28\"",
        "0.28 pt (axes in panel a); at least 0.3 pt",
    ),
    (Check::Lines, "stroke-width=\"1\" d=\"M50", "stroke-width=\".1\" d=\"M50", "0.1 pt (legend in panel b)"),
    (Check::Fonts, ">late<", ">la\u{1F600}te<", "\u{1F600}"),
    (Check::Labels, "time <tspan font-style=\"italic\">t</tspan> (s)", "", "horizontal axis in panel b has no label"),
    (Check::Labels, ">share<", "><", "colour bar in panel a has no label"),
    (Check::Labels, "</tspan> (s)", "</tspan>", "does not print its unit (s)"),
    (Check::Labels, "data-unit=\"m s⁻¹\"", "data-unit=\"m\u{b7}s⁻²\"", "does not print its unit"),
    (
        Check::Grey,
        "stroke-width=\"1\" stroke-dasharray=\"4 2\" d=\"M40",
        "stroke-width=\"1\" d=\"M40",
        "“spring” and “optimizer” in panel b differ by 8 L*",
    ),
    (Check::ColourBlind, "ink", "", "without red cones"),
    (Check::Overlap, "x=\"150\" y=\"187.5\"", "x=\"150\" y=\"146\"", "“late” in panel b lies on data"),
    (Check::Overlap, "x=\"150\" y=\"187.5\"", "x=\"82\" y=\"187.5\"", "“late” overlap by"),
    (Check::Overlap, "x=\"150\" y=\"187.5\"", "x=\"245\" y=\"187.5\"", "is cut off by"),
    (Check::Overlap, "M50 185h16", "M50 185h216", "Part of the legend in panel b lies 13.7 pt beyond the page"),
    (Check::Overlap, "d=\"M40 140L200 170\"", "d=\"M40 190L200 190\"", "lies on data"),
    (
        Check::Overlap,
        "<g id=\"p1-notes\">",
        "<rect x=\"50\" y=\"40\" width=\"50\" height=\"20\" fill=\"#303030\"/><g id=\"p1-notes\">",
        "“stable” in panel a has a contrast of 1.6",
    ),
    (Check::Resolution, "map", "", "only 150 dpi (in panel a); at least 300 dpi"),
];

fn spoiled(check: Check, from: &str, to: &str) -> String {
    let good = good();
    match (check, from) {
        (Check::Resolution, "map") => good.replace(&ramp(667, 292), &ramp(334, 146)),
        (Check::ColourBlind, "ink") => {
            let plain = good.replace(" stroke-dasharray=\"4 2\"", "");
            plain.replace("#0072B2", "#E000E0").replace("#D55E00", "#4020E0")
        }
        _ => {
            assert!(good.contains(from), "{from}");
            good.replacen(from, to, 1)
        }
    }
}

#[test]
fn every_spoiled_svg_fails_that_check_alone() {
    for (check, from, to, words) in SPOILS {
        let report = look(&spoiled(*check, from, to));
        assert_eq!(faults(&report), [*check], "{from} → {to}\n{}", lines(&report));
        let detail = &report.of(*check).unwrap().detail;
        assert!(detail.contains(words), "{from} → {to}: {detail}");
        assert_eq!(report.worst(), Verdict::Fault);
        let chinese = inspect(spoiled(*check, from, to).as_bytes(), Format::Svg, &wanted(), Lang::Zh);
        let detail = &chinese.of(*check).unwrap().detail;
        assert!(detail.chars().any(|c| ('一'..='鿿').contains(&c)) && !detail.contains("{}"), "{detail}");
    }
}

/// What is worth knowing but no fault, and what makes a fault disappear.
#[test]
fn rims_squares_and_missing_faces_are_notes() {
    let table = [
        (
            Check::Overlap,
            "<text x=\"150\" y=\"187.5\"",
            "<text paint-order=\"stroke\" stroke=\"#FFFFFF\" stroke-width=\"1.75\" x=\"150\" y=\"146\"",
            "rim",
        ),
        (Check::Fonts, "font-style:italic;", "font-style:normal;", "Noto Sans Italic"),
        (Check::Labels, " data-unit=\"s\"><text", "><text", ""),
        (Check::Labels, " data-unit=\"\"", "", "has a unit"),
    ];
    for (check, from, to, words) in table {
        let report = look(&spoiled(check, from, to));
        assert_eq!(faults(&report), [], "{from}\n{}", lines(&report));
        let found = report.of(check).unwrap();
        assert_eq!(found.verdict == Verdict::Note, !words.is_empty(), "{}", found.detail);
        assert!(found.detail.contains(words), "{}", found.detail);
    }
    let squares = spoiled(Check::Resolution, "map", "").replace("<image ", "<image image-rendering=\"optimizeSpeed\" ");
    assert_eq!(look(&squares).of(Check::Resolution).unwrap().verdict, Verdict::Note);
    let scatter = good().replace("data-kind=\"map\"", "data-kind=\"points\"");
    assert_eq!(faults(&look(&scatter)).last(), Some(&Check::Resolution), "scattered points want 600 dpi");
}

/// Anything but colour that tells two series apart.
#[test]
fn style_stands_in_for_colour() {
    let plain = good().replace(" stroke-dasharray=\"4 2\"", "");
    assert_eq!(faults(&look(&plain)), [Check::Grey]);
    let own =
        |attributes: &str| plain.replace("data-name=\"optimizer\"", &format!("data-name=\"optimizer\" {attributes}"));
    let width = |w: &str| {
        plain.replace(
            "stroke=\"#D55E00\" stroke-width=\"1\" d=\"M40",
            &format!("stroke=\"#D55E00\" stroke-width=\"{w}\" d=\"M40"),
        )
    };
    let table = [
        (own("data-marker=\"disc\""), true),
        (own("data-hatch=\"1\""), true),
        (plain.replacen("data-kind=\"line\"", "data-kind=\"rule\"", 1), true),
        (width("1.85"), true),
        (width("1.7"), false),
        (plain.replace("#0072B2", "#004B76"), true),
        (plain.replace("#0072B2", "#0065A0"), false),
    ];
    for (k, (text, apart)) in table.iter().enumerate() {
        assert_eq!(faults(&look(text)).is_empty(), *apart, "row {k}\n{}", lines(&look(text)));
    }
}

fn figure(layers: Vec<Layer<'static>>) -> Figure<'static> {
    let axis = |label: &str, unit| Axis::new(rich(label), unit);
    let panel = Panel { layers, ..Panel::new("p", axis("时间 $t$", "s"), axis("位置 $q_0$", "m")) };
    Figure { id: "f", title: rich("title"), panels: vec![panel], columns: 1, caption: "Draft.".into() }
}

fn wave(name: &str, phase: f64) -> Layer<'static> {
    let x: Vec<f64> = (0..400).map(|i| f64::from(i) / 20.0).collect();
    let y: Vec<f64> = x.iter().map(|t| (-0.1 * t).exp() * (t + phase).cos()).collect();
    let name: Option<Rich> = Some(rich(name));
    let (ink, dash, weight) = (Ink::Spring, Dash::Solid, Weight::Normal);
    Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None })
}

fn written(format: Format, page: &Page) -> Vec<u8> {
    let provenance = Provenance { scene: "spring".into(), lang: Lang::Zh, ..Provenance::default() };
    render(format, &figure(vec![wave("弹簧 $ζ$", 0.0)]), page, 300.0, &provenance, "title").unwrap()
}

#[test]
fn our_own_files_have_no_fault() {
    for width in [89.0, 122.0, 183.0] {
        for format in [Format::Svg, Format::Pdf, Format::Png, Format::Csv] {
            for lang in Lang::ALL {
                let wanted = Wanted { width_mm: Some(width), ..Wanted::default() };
                let report = inspect(&written(format, &Page::new(width)), format, &wanted, lang);
                assert_eq!(faults(&report), [], "{format:?}\n{}", lines(&report));
            }
        }
    }
}

#[test]
fn pdf_is_read_back() {
    let page = Page::new(89.0);
    let look = |bytes: &[u8], wanted: &Wanted| inspect(bytes, Format::Pdf, wanted, Lang::En);
    let bytes = written(Format::Pdf, &page);
    let report = look(&bytes, &wanted());
    let said = [
        (Check::Width, "89.00 mm"),
        (Check::Lettering, "5.04 pt (“0”)"),
        (Check::Lines, "0.5 pt"),
        (Check::Fonts, "faces are embedded as subsets"),
    ];
    for (check, words) in said {
        let detail = &report.of(check).unwrap().detail;
        assert!(detail.contains(words), "{check:?}: {detail}");
    }
    let stricter = [
        (Check::Width, Wanted { width_mm: Some(89.1), ..wanted() }),
        (Check::Lettering, Wanted { font_pt: 5.1, ..wanted() }),
        (Check::Lines, Wanted { line_pt: 0.52, ..wanted() }),
        (Check::Size, Wanted { bytes: bytes.len() - 1, ..wanted() }),
    ];
    for (check, wanted) in stricter {
        assert_eq!(faults(&look(&bytes, &wanted)), [check]);
    }
}

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
