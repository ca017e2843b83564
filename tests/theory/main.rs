//! The closed forms: against each other, against numbers of others, on every awkward argument.

mod consistency;
mod identities;
mod inputs;
mod modes;
mod regimes;
