//! What is asked of every bench, and what it answers: `line`, `plane` and `escape` hold one story each; the
//! parts they share are here.

mod escape;
mod line;
mod plane;

use super::gauges::{Thermometer, distance};
use super::setting::Setting;
use crate::scenes::{Check, Seen, Story};
use crate::text::{Text, t};
use crate::theory::agreement::{band_half_width, kolmogorov_p};
use crate::theory::fluctuation::Estimate;

/// The story of the bench called `id`.
pub fn of(id: &str) -> Option<&'static Story> {
    match id {
        "sampler" => Some(&line::STORY),
        "sampler-plane" => Some(&plane::STORY),
        "escape" => Some(&escape::STORY),
        _ => None,
    }
}

/// Standard errors within which what is measured has to lie: less than one run in 10⁴ is farther off.
const WITHIN: f64 = 4.0;

/// What a thermometer reads over the settled part of the run.
fn reading(seen: &Seen<'_>, which: Thermometer) -> Option<Estimate> {
    which.reading(&Setting::new(&seen.run.values), seen.run, seen.run.done())
}

/// How many standard errors a thermometer reads above what theory expects; NaN if it reads nothing.
fn z(seen: &Seen<'_>, which: Thermometer) -> f64 {
    let expected = which.expected(&Setting::new(&seen.run.values));
    reading(seen, which).zip(expected).map_or(f64::NAN, |(reading, expected)| reading.z(expected))
}

/// Largest distance of the cloud at the end from the exact law of coordinate `k`, and its particles.
fn gap(seen: &Seen<'_>, k: usize) -> Option<[f64; 2]> {
    distance(&Setting::new(&seen.run.values), seen.run, k, seen.run.done())
}

/// That distance over the half width of the 95 % band; NaN without a law or a cloud.
fn gap_over_band(seen: &Seen<'_>, k: usize) -> f64 {
    gap(seen, k).map_or(f64::NAN, |[d, n]| d / band_half_width(n))
}

/// The kinetic thermometer of the defaults against theory, in standard errors.
const KINETIC: Check = Check::new(
    t("kinetic temperature against theory (standard errors)", "动能温度与理论之差（标准误）"),
    |_| 0.0,
    |seen| z(seen, Thermometer::Kinetic),
    WITHIN,
);

/// The configurational thermometer of the defaults against theory, in standard errors.
const CONFIGURATIONAL: Check = Check::new(
    t("configurational temperature against theory (standard errors)", "构型温度与理论之差（标准误）"),
    |_| 0.0,
    |seen| z(seen, Thermometer::Configurational),
    WITHIN,
);

/// What a thermometer reads, and what it ought to.
fn read_out(seen: &Seen<'_>, which: Thermometer) -> Option<String> {
    let at = Setting::new(&seen.run.values);
    let (expected, reading) = (which.expected(&at)?, reading(seen, which)?);
    let text: Text = match (which, which.has_closed_form(&at)) {
        (Thermometer::Kinetic, true) => {
            t("The kinetic thermometer reads {} ± {}; theory says {}.", "动能温度计读数 {} ± {}，理论值 {}。")
        }
        (Thermometer::Kinetic, false) => t(
            "The kinetic thermometer reads {} ± {} at T = {}, where a finite step may bias it.",
            "动能温度计读数 {} ± {}（T = {}），有限步长可能使其有偏差。",
        ),
        (Thermometer::Configurational, _) => {
            t("The configurational one reads {} ± {}; theory says {}.", "构型温度计读数 {} ± {}，理论值 {}。")
        }
    };
    Some(seen.tell(text, &[reading.mean, reading.error, expected]))
}

/// How far the cloud is from the exact density of coordinate `k`.
fn told_gap(seen: &Seen<'_>, k: usize) -> Option<String> {
    let [d, n] = gap(seen, k)?;
    let text = t(
        "The cloud of {} particles is {} away from e^(−U/T)/Z; the 95 % band is ±{}, p = {}.",
        "{} 个粒子的云与 e^(−U/T)/Z 相距 {}；95 % 带为 ±{}，p = {}。",
    );
    Some(seen.tell(text, &[n, d, band_half_width(n), kolmogorov_p(d, n)]))
}
