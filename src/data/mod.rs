//! Real data: tables, images and logs, read from text and bytes (never from files), and what a reader
//! brought to this process.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `table` | columns of numbers with names, images with labels |
//! | `csv` | tables from text |
//! | `idx` | images and labels from IDX bytes |
//! | `gzip` | unpacking, within bounds |
//! | `digits` | the handwritten digits that come with the program |
//! | `recognise` | what some bytes are |
//! | `tray` | images and labels until they have found each other |
//! | `note` | what a reader should know of a table that was read |
//! | `fault` | why data cannot be read, and where |
//! | `shelf` | what a reader brought, for the scenes that can use it |

pub mod csv;
mod digits;
mod fault;
mod gzip;
pub mod idx;
mod note;
mod recognise;
mod shelf;
mod table;
mod tray;

pub use digits::{digits8, digits28};
pub use fault::{Fault, Place};
pub use note::{Note, Reading};
pub use recognise::{Recognised, What, recognise};
pub use shelf::{Brought, Shelf, bring, shelf};
pub use table::{Images, Table};
pub use tray::Tray;

/// The most data that is read, packed or not, in bytes.
pub const MOST_BYTES: usize = 64 << 20;
