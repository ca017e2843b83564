//! Short ways to declare a parameter.

use crate::param::{Choice, Kind, Spec, Spread};
use crate::text::{Text, t};

/// A real number between two bounds.
pub const fn real(min: f64, max: f64, spread: Spread) -> Kind {
    Kind::Real { min, max, spread }
}

/// One of a list.
pub const fn choice(id: &'static str, en: &'static str, zh: &'static str) -> Choice {
    Choice { id, name: t(en, zh) }
}

/// A parameter that a running experiment takes at once.
pub const fn spec(
    id: &'static str,
    symbol: &'static str,
    name: Text,
    unit: &'static str,
    kind: Kind,
    default: f64,
    help: Text,
) -> Spec {
    Spec { id, symbol, name, unit, kind, default, live: true, help }
}

/// The same parameter where a change makes the run start again.
pub const fn restart(spec: Spec) -> Spec {
    Spec { live: false, ..spec }
}
