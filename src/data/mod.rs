//! Real data: tables, images and logs, read from text and bytes (never from files), and what a reader
//! brought to this process.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `table` | columns of numbers with names |
//! | `digits8` | the bundled 8 × 8 digits |
//! | `shelf` | what a reader brought, for the scenes that can use it |

mod digits8;
mod shelf;
mod table;

pub use digits8::digits8;
pub use shelf::{Brought, Shelf, bring, shelf};
pub use table::{Images, Table};
