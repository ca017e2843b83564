//! The check before printing: a good file passes, and each way of spoiling it is named.

mod spoiled;

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

/// A line is shaped as a whole and looks for other faces as a whole: what is joined or raised beside a minus sign
/// must not keep it from its face.
#[test]
fn every_glyph_of_a_line_is_found() {
    for label in [
        "difference −1",
        "$10^{−16}$ of the profile",
        "$|f_{n+1} − f_n|^2$",
        "efficient −½ fl−fi ffi−",
        "$β^k − ẋ^{−2}$, $x_{−1}^2$",
        "差 − 大小 $10^{−3}$，office",
    ] {
        let axis = || Axis::new(rich(label), "s^{−1}");
        let mut panel = Panel::new("p", axis(), axis());
        let (x, y) = (vec![0.0, 1.0].into(), vec![0.0, 1.0].into());
        let (ink, dash, weight) = (Ink::Spring, Dash::Solid, Weight::Normal);
        panel.layers.push(Layer::Line(Line { x, y, name: Some(rich(label)), ink, dash, weight, marker: None }));
        let figure = Figure { id: "f", title: rich(label), panels: vec![panel], columns: 1, caption: String::new() };
        let file = render(Format::Svg, &figure, &Page::new(122.0), 300.0, &Provenance::default(), "f").unwrap();
        let report = inspect(&file, Format::Svg, &wanted(), Lang::En);
        assert!(!faults(&report).contains(&Check::Fonts), "{label}\n{}", lines(&report));
    }
}
