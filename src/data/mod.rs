//! Real data: tables, images and logs, read from text and bytes (never from files), and what a reader
//! brought to this process.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `table` | columns of numbers with names, images with labels |
//! | `csv` | tables from text |
//! | `note` | what a reader should know of a table that was read |
//! | `fault` | why data cannot be read, and where |
//! | `shelf` | what a reader brought, for the scenes that can use it |

pub mod csv;
mod fault;
mod note;
mod shelf;
mod table;

pub use fault::{Fault, Place};
pub use note::{Note, Reading};
pub use shelf::{Brought, Shelf, bring, shelf};
pub use table::{Images, Table};
