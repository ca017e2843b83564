//! Data that a reader brings: what is read of it, and what is said of what is wrong.

mod command_line;
mod images;
mod kinds;
mod tables;

/// Bits that are always the same (xorshift, Marsaglia 2003).
fn dice() -> impl FnMut() -> u64 {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}
